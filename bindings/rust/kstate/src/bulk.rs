// SPDX-License-Identifier: MIT
//! Many records for one call.

use super::*;
use std::ops::Range;

type Bulk<'a> = &'a dyn Fn(*mut sys::c_void, usize, usize, *mut usize, *mut sys::kst_error) -> i32;

/// All records of a call that says KST_E_LIMIT while there is not enough room.
fn all_of<R: Record>(mut capacity: usize, call: Bulk<'_>) -> Result<Vec<R>> {
    loop {
        let mut records = vec![R::default(); capacity];
        let (mut done, mut err) = (0, sys::kst_error::default());
        let status = call(
            records.as_mut_ptr().cast(),
            std::mem::size_of::<R>(),
            capacity,
            &mut done,
            &mut err,
        );
        if status == sys::KST_E_LIMIT && done == capacity && capacity < 1 << 22 {
            capacity *= 4;
            continue;
        }
        check(status, &err)?;
        records.truncate(done);
        return Ok(records);
    }
}

impl<M> Target<M> {
    /// The ranges that hold pool, as far as the target tells.
    ///
    /// Calls `kst_pool_ranges`.
    pub fn pool_ranges(&self) -> Result<Vec<PoolRange>> {
        // SAFETY: as many records as said
        all_of(64, &|records, stride, count, done, err| unsafe {
            sys::kst_pool_ranges(self.raw(), records, stride, count, done, err)
        })
    }

    /// Blocks of one page of pool into `blocks`; returns how many there were room for, and the verdict on the page.
    ///
    /// Calls `kst_pool_page_read`.
    pub fn pool_page_read(
        &self,
        space: Space,
        address: u64,
        start: u32,
        flags: u32,
        blocks: &mut [PoolHeader],
    ) -> Result<(usize, PoolPage)> {
        let (mut page, mut err, mut done) = (PoolPage::default(), sys::kst_error::default(), 0);
        // SAFETY: as many blocks as said; a record is laid out as the C struct
        let status = unsafe {
            sys::kst_pool_page_read(
                self.raw(),
                space.0,
                address,
                start,
                flags,
                blocks.as_mut_ptr().cast(),
                std::mem::size_of::<PoolHeader>(),
                blocks.len(),
                &mut done,
                &mut page.0,
                &mut err,
            )
        };
        check(status, &err)?;
        Ok((done, page))
    }

    /// Control areas with resident pages, found through the page frames (as `!memusage` does), in no order. `most` is how
    /// many areas there may be.
    ///
    /// Calls `kst_section_usages`.
    pub fn section_usages(&self, most: usize) -> Result<Vec<SectionUsage>> {
        let mut records = vec![SectionUsage::default(); most.max(1)];
        let (mut done, mut err) = (0, sys::kst_error::default());
        // SAFETY: as many records as said
        let status = unsafe {
            let stride = std::mem::size_of::<SectionUsage>();
            sys::kst_section_usages(
                self.raw(),
                records.as_mut_ptr().cast(),
                stride,
                records.len(),
                &mut done,
                &mut err,
            )
        };
        check(status, &err)?;
        records.retain(|record| record.0.size != 0); // a hash table's empty places
        Ok(records)
    }

    /// Search a range for pool tags (four bytes, as in memory). `all` reports implausible hits too, with their reasons.
    ///
    /// Calls `kst_pool_scan`.
    pub fn pool_scan(&self, space: Space, range: Range<u64>, tags: &[[u8; 4]], all: bool) -> PoolScan<'_, M> {
        PoolScan {
            target: self,
            space,
            position: range.start,
            end: range.end,
            tags: tags.iter().map(|tag| u32::from_le_bytes(*tag)).collect(),
            all,
            done: false,
            hits: Vec::new().into_iter(),
        }
    }
}

/// A search for pool tags: an iterator of `Result<PoolHit>`.
pub struct PoolScan<'t, M> {
    target: &'t Target<M>,
    space: Space,
    position: u64,
    end: u64,
    tags: Vec<u32>,
    all: bool,
    done: bool,
    hits: std::vec::IntoIter<PoolHit>,
}

impl<M> PoolScan<'_, M> {
    /// Where the search goes on.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Fill `out` from its start; returns how many hits came, fewer only at the end.
    pub fn fill(&mut self, out: &mut [PoolHit]) -> Result<usize> {
        if self.done || out.is_empty() {
            return Ok(0);
        }
        let mut scratch = vec![0u64; 0x2000];
        let scan = sys::kst_pool_scan {
            flags: if self.all { sys::KST_POOL_SCAN_ALL } else { 0 },
            space: self.space.0,
            end: self.end,
            tags_count: self.tags.len() as u64,
            tags: self.tags.as_ptr(),
            scratch_size: (scratch.len() * 8) as u64,
            scratch: scratch.as_mut_ptr().cast(),
            ..Default::default()
        };
        let (mut done, mut err) = (0, sys::kst_error::default());
        self.done = true; // also if a reader's panic goes on from here
                          // SAFETY: as many records as said; tags and scratch live during the call
        let status = unsafe {
            sys::kst_pool_scan(
                self.target.raw(),
                &scan,
                &mut self.position,
                out.as_mut_ptr().cast(),
                std::mem::size_of::<PoolHit>(),
                out.len(),
                &mut done,
                &mut err,
            )
        };
        self.done = check(status, &err)? == sys::KST_END;
        Ok(done)
    }
}

impl<M> Iterator for PoolScan<'_, M> {
    type Item = Result<PoolHit>;

    fn next(&mut self) -> Option<Result<PoolHit>> {
        if let Some(hit) = self.hits.next() {
            return Some(Ok(hit));
        }
        let mut hits = vec![PoolHit::default(); 256];
        match self.fill(&mut hits) {
            Ok(count) => {
                hits.truncate(count);
                self.hits = hits.into_iter();
                self.hits.next().map(Ok)
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// The live entries of a table of large allocations, sorted by address: many look-ups cost one pass over the table.
#[derive(Clone)]
pub struct LargeIndex(Vec<u64>);

impl LargeIndex {
    /// Read a table once; `None`: the system's. Call it again with a larger `most` if it says that there are more entries.
    ///
    /// Calls `kst_large_index_init`.
    pub fn new<M>(target: &Target<M>, table: Option<&LargeTable>, most: u64) -> Result<Self> {
        let mut err = sys::kst_error::default();
        // SAFETY: a number
        let size = unsafe { sys::kst_large_index_size(most) };
        let mut words = vec![0u64; size / 8 + 1];
        // SAFETY: the memory is as large as said, and aligned
        let status = unsafe {
            sys::kst_large_index_init(words.as_mut_ptr().cast(), size, target.raw(), pointer(table), &mut err)
        };
        check(status, &err)?;
        Ok(LargeIndex(words))
    }

    pub(crate) fn pointer(index: Option<&Self>) -> *const sys::kst_large_index {
        index.map_or(std::ptr::null(), |index| index.0.as_ptr().cast())
    }

    /// What the index holds.
    pub fn info(&self) -> LargeIndexInfo {
        let mut out = LargeIndexInfo::default();
        // SAFETY: an index, and a record of its size; it cannot fail
        unsafe { sys::kst_large_index_info(Self::pointer(Some(self)), &mut out.0) };
        out
    }

    /// The live large allocation that contains an address. Not found in an index that is not whole: an error.
    ///
    /// Calls `kst_large_index_find`.
    pub fn find<M>(&self, target: &Target<M>, address: u64) -> Result<Option<LargeAllocation>> {
        let (mut out, mut err) = (LargeAllocation::default(), sys::kst_error::default());
        // SAFETY: an index, and a record of its size
        let status = unsafe {
            sys::kst_large_index_find(Self::pointer(Some(self)), target.raw(), address, &mut out.0, &mut err)
        };
        Ok((check(status, &err)? != sys::KST_END).then_some(out))
    }
}

impl fmt::Debug for LargeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LargeIndex").field(&self.info()).finish()
    }
}
