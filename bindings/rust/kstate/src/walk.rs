// SPDX-License-Identifier: MIT
use super::*;

type Next<R> = unsafe extern "C" fn(*mut sys::kst_cursor, *mut R, *mut sys::kst_error) -> sys::kst_status;

/// A walk over one of the kernel's lists or tables: an iterator of `Result`.
///
/// Elements come lazily. A walk over damaged evidence delivers what there is, then the error, then nothing more; after
/// its end [`Walk::end`], [`Walk::delivered`] and [`Walk::anomalies`] tell how it went. A clone is a bookmark.
pub struct Walk<'t, R: Record, M> {
    target: &'t Target<M>,
    cursor: sys::kst_cursor,
    next: Next<R::Raw>,
    failed: Option<Error>,
    done: bool,
}

impl<R: Record, M> Clone for Walk<'_, R, M> {
    fn clone(&self) -> Self {
        Walk {
            failed: self.failed.clone(),
            ..*self
        }
    }
}

impl<'t, R: Record, M> Walk<'t, R, M> {
    pub(crate) fn begin(
        target: &'t Target<M>,
        next: Next<R::Raw>,
        begin: impl FnOnce(*mut sys::kst_cursor, *const sys::kst_target, *mut sys::kst_error) -> i32,
    ) -> Result<Self> {
        let (mut cursor, mut err) = (sys::kst_cursor::default(), sys::kst_error::default());
        let status = begin(&mut cursor, target.raw(), &mut err);
        check(status, &err)?;
        Ok(Walk {
            target,
            cursor,
            next,
            failed: None,
            done: false,
        })
    }

    /// Fill `out` from its start; returns how many elements came, fewer only at the end. A failure behind elements comes
    /// with the next call.
    pub fn fill(&mut self, out: &mut [R]) -> Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut err = sys::kst_error::default();
        let mut count = 0;
        while count < out.len() && !self.done {
            let raw: *mut R = &mut out[count];
            self.done = true; // also if a reader's panic goes on from here
                              // SAFETY: the cursor is of this walk, the target lives, and a record is laid out as the C struct
            let status = unsafe { (self.next)(&mut self.cursor, raw.cast(), &mut err) };
            match check(status, &err) {
                Ok(sys::KST_OK) => (self.done, count) = (false, count + 1),
                Ok(_) => {}
                Err(error) if count == 0 => return Err(error),
                Err(error) => self.failed = Some(error),
            }
        }
        Ok(count)
    }

    /// What is left of the walk, and what it failed with, if it failed.
    pub fn partial(mut self) -> (Vec<R>, Option<Error>) {
        let mut found = Vec::new();
        let error = loop {
            match self.next() {
                Some(Ok(record)) => found.push(record),
                Some(Err(error)) => break Some(error),
                None => break None,
            }
        };
        (found, error)
    }

    /// The target that is walked.
    pub fn target(&self) -> &'t Target<M> {
        self.target
    }

    /// Why the walk ended; [`WalkEnd::RUNNING`] while there may be more.
    pub fn end(&self) -> WalkEnd {
        // SAFETY: the cursor was begun
        WalkEnd(unsafe { sys::kst_cursor_end(&self.cursor) })
    }

    /// How many elements came so far.
    pub fn delivered(&self) -> u64 {
        // SAFETY: the cursor was begun
        unsafe { sys::kst_cursor_count(&self.cursor) }
    }

    /// What looked wrong in the walk as a whole; complete at its end.
    pub fn anomalies(&self) -> WalkAnomaly {
        // SAFETY: the cursor was begun
        WalkAnomaly(unsafe { sys::kst_cursor_anomalies(&self.cursor) })
    }
}

impl<M> Walk<'_, Handle, M> {
    /// How many entries of one state the walk has met so far, delivered or not.
    pub fn met(&self, state: HandleState) -> u64 {
        // SAFETY: the cursor was begun
        unsafe { sys::kst_handles_met(&self.cursor, state.0) }
    }
}

impl<R: Record, M> Iterator for Walk<'_, R, M> {
    type Item = Result<R>;

    fn next(&mut self) -> Option<Result<R>> {
        let mut out = R::default();
        match self.fill(std::slice::from_mut(&mut out)) {
            Ok(0) => None,
            Ok(_) => Some(Ok(out)),
            Err(error) => Some(Err(error)),
        }
    }
}

impl<R: Record, M> std::iter::FusedIterator for Walk<'_, R, M> {}

impl<R: Record, M> fmt::Debug for Walk<'_, R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("of", &R::NAME)
            .field("delivered", &self.delivered())
            .field("end", &self.end())
            .finish()
    }
}
