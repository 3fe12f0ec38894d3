// SPDX-License-Identifier: MIT
use super::*;
use std::{ops::Deref, ptr::NonNull};

/// Where the members of the kernel's types are. Immutable; borrowed from a [`LayoutBuf`] or a [`Target`].
#[repr(transparent)]
pub struct Layout(sys::kst_layout);

// SAFETY: a layout is immutable once made and may be shared by threads (layout.h)
unsafe impl Send for Layout {}
// SAFETY: as above
unsafe impl Sync for Layout {}

impl Layout {
    /// The caller sees to the lifetime.
    pub(crate) unsafe fn from_raw<'a>(raw: *const sys::kst_layout) -> &'a Layout {
        &*raw.cast()
    }

    pub(crate) fn raw(&self) -> *const sys::kst_layout {
        &self.0
    }

    /// What the layout is.
    pub fn info(&self) -> LayoutInfo {
        let mut out = LayoutInfo::default();
        // SAFETY: a layout, and a record of its size; it cannot fail
        unsafe { sys::kst_layout_info(self.raw(), &mut out.0) };
        out
    }

    /// Place of one member that the library wants (`""`: the type's size); `None` when it is absent.
    pub fn member(&self, name: &str, path: &str) -> Option<Member> {
        let (name, path, mut out) = (c_text(Some(name)).ok()?, c_text(Some(path)).ok()?, Member::default());
        // SAFETY: a layout, texts, and a record of its size
        let status = unsafe { sys::kst_layout_member(self.raw(), name.as_ptr(), path.as_ptr(), &mut out.0) };
        (status == sys::KST_OK).then_some(out)
    }

    /// Offset of one symbol from the kernel's base; `None` when it is absent.
    pub fn symbol(&self, name: &str) -> Option<u64> {
        let (name, mut rva) = (c_text(Some(name)).ok()?, 0);
        // SAFETY: a layout and a text
        let status = unsafe { sys::kst_layout_symbol(self.raw(), name.as_ptr(), &mut rva) };
        (status == sys::KST_OK).then_some(rva)
    }

    /// Walk the blocks of one page of pool into `blocks`; returns how many there were room for, and the verdict.
    ///
    /// Calls `kst_decode_pool_page`.
    pub fn decode_pool_page(
        &self,
        bytes: &[u8],
        address: u64,
        start: u32,
        flags: u32,
        blocks: &mut [PoolHeader],
    ) -> Result<(usize, PoolPage)> {
        let (mut page, mut err, mut done) = (PoolPage::default(), sys::kst_error::default(), 0);
        // SAFETY: bytes and blocks are as long as said; a record is laid out as the C struct
        let status = unsafe {
            sys::kst_decode_pool_page(
                self.raw(),
                bytes.as_ptr().cast(),
                bytes.len(),
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

    /// The process that a block is charged to, where the pointer is stored encoded; `None`: to nobody.
    ///
    /// Calls `kst_pool_quota_process`.
    pub fn pool_quota_process(&self, header: &PoolHeader, cookie: u64) -> Result<Option<u64>> {
        let mut out = 0;
        // SAFETY: a layout and a record of its size
        let status = unsafe { sys::kst_pool_quota_process(self.raw(), &header.0, cookie, &mut out) };
        if status == sys::KST_E_NO_MEMBER {
            return Ok(None);
        }
        check(status, &sys::kst_error::default())?;
        Ok(Some(out))
    }
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Layout").field(&self.info()).finish()
    }
}

/// A layout of your own.
pub struct LayoutBuf(NonNull<sys::kst_layout>);

// SAFETY: as for Layout; it is changed only where it is borrowed mutably
unsafe impl Send for LayoutBuf {}
// SAFETY: as above
unsafe impl Sync for LayoutBuf {}

impl LayoutBuf {
    fn made(make: impl FnOnce(*mut *mut sys::kst_layout, *mut sys::kst_error) -> i32) -> Result<Self> {
        let (mut raw, mut err) = (std::ptr::null_mut(), sys::kst_error::default());
        let status = make(&mut raw, &mut err);
        let made = NonNull::new(raw).map(LayoutBuf); // complete before a panic goes on
        check(status, &err)?;
        Ok(made.expect("a layout was promised"))
    }

    /// The built-in layout of a kernel.
    ///
    /// Calls `kst_layout_from_builtin`.
    pub fn builtin(key: &LayoutKey) -> Result<Self> {
        // SAFETY: a record of its size
        Self::made(|out, err| unsafe { sys::kst_layout_from_builtin(&key.0, out, err) })
    }

    /// The layout that a PDB describes.
    ///
    /// Calls `kst_layout_from_pdb`.
    pub fn from_pdb(bytes: &[u8]) -> Result<Self> {
        // SAFETY: the bytes are as many as said
        Self::made(|out, err| unsafe { sys::kst_layout_from_pdb(bytes.as_ptr().cast(), bytes.len(), out, err) })
    }

    /// The layout that an ISF file describes (JSON, plain or xz).
    ///
    /// Calls `kst_layout_from_isf`.
    pub fn from_isf(bytes: &[u8]) -> Result<Self> {
        // SAFETY: the bytes are as many as said
        Self::made(|out, err| unsafe { sys::kst_layout_from_isf(bytes.as_ptr().cast(), bytes.len(), out, err) })
    }

    /// The layout that your symbol engine describes: it is asked for every wanted member once.
    ///
    /// Calls `kst_layout_from_types`.
    pub fn from_types<T: Types>(types: &T, name: &str) -> Result<Self> {
        let name = c_text(Some(name))?;
        let (ops, user): (_, *const T) = (host::types_ops(types), types);
        // SAFETY: the callbacks take the engine as shared, during the call only
        Self::made(|out, err| unsafe { sys::kst_layout_from_types(&ops, user as *mut _, name.as_ptr(), out, err) })
    }

    /// The layout of user-mode structures that have stood still since XP, for pointers of 4 or 8 bytes.
    ///
    /// Calls `kst_layout_init_user`.
    pub fn user(pointer_size: u32) -> Result<Self> {
        let made = Self::from_types(&Unknown(pointer_size), "")?;
        let mut err = sys::kst_error::default();
        // SAFETY: the memory is that of a layout, and not shared here
        let status =
            unsafe { sys::kst_layout_init_user(made.0.as_ptr(), sys::kst_layout_size(), pointer_size, &mut err) };
        check(status, &err)?;
        Ok(made)
    }

    /// A layout of which every member is absent, for pointers of 4 or 8 bytes.
    pub fn empty(pointer_size: u32) -> Result<Self> {
        Self::from_types(&Unknown(pointer_size), "empty")
    }

    /// Bring in what a debugger data block says of the kernel's structs.
    ///
    /// Calls `kst_layout_refine`.
    pub fn refine(&mut self, block: &DebuggerData) -> Result<()> {
        let mut err = sys::kst_error::default();
        // SAFETY: the layout is not shared here
        let status = unsafe { sys::kst_layout_refine(self.0.as_ptr(), &block.0, &mut err) };
        check(status, &err).map(drop)
    }
}

impl Deref for LayoutBuf {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        // SAFETY: it lives as long as self
        unsafe { Layout::from_raw(self.0.as_ptr()) }
    }
}

impl Drop for LayoutBuf {
    fn drop(&mut self) {
        // SAFETY: made by the library
        unsafe { sys::kst_layout_destroy(self.0.as_ptr()) };
    }
}

impl fmt::Debug for LayoutBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl LayoutKey {
    /// The key of the kernel that an identity tells of.
    pub fn of(identity: &Identity) -> Self {
        let id = &identity.0;
        let pae = match (id.arch, id.paging) {
            (sys::KST_ARCH_X86, sys::KST_PAGING_PAE) => 1,
            (sys::KST_ARCH_X86, sys::KST_PAGING_X86) => 2,
            _ => 0,
        };
        LayoutKey::from(sys::kst_layout_key {
            arch: id.arch,
            build: id.build,
            revision: id.revision,
            time_date_stamp: id.time_date_stamp,
            size_of_image: id.size_of_image,
            pae,
            ..Default::default()
        })
    }
}

/// The exact version of a kernel by time stamp and size of its image; `None` when it is not one that is known.
///
/// Calls `kst_kernel_identify`.
pub fn kernel_identify(time_date_stamp: u32, size_of_image: u32) -> Option<KernelVersion> {
    let mut out = KernelVersion::default();
    // SAFETY: a record of its size
    let status = unsafe { sys::kst_kernel_identify(time_date_stamp, size_of_image, &mut out.0) };
    (status == sys::KST_OK).then_some(out)
}

/// A symbol engine that knows nothing.
struct Unknown(u32);

impl Types for Unknown {
    fn pointer_size(&self) -> u32 {
        self.0
    }

    fn type_size(&self, _: &str) -> Result<Option<u64>, HostError> {
        Ok(None)
    }

    fn member(&self, _: &str, _: &str) -> Result<Option<Member>, HostError> {
        Ok(None)
    }
}

/// The members that the library wants, as type and path; alternatives are separated by `|`.
///
/// Calls `kst_layout_wanted`.
pub fn layout_wanted() -> impl Iterator<Item = (&'static str, &'static str)> {
    (0..).map_while(|index| {
        let (mut name, mut path) = (std::ptr::null(), std::ptr::null());
        // SAFETY: places for the results, which are static
        let status = unsafe { sys::kst_layout_wanted(index, &mut name, &mut path) };
        (status == sys::KST_OK).then_some(())?;
        from_static(name).zip(from_static(path))
    })
}

/// The symbols that the library wants; alternatives are separated by `|`.
///
/// Calls `kst_layout_wanted_symbol`.
pub fn layout_wanted_symbols() -> impl Iterator<Item = &'static str> {
    (0..).map_while(|index| {
        let mut name = std::ptr::null();
        // SAFETY: a place for the result, which is static
        let status = unsafe { sys::kst_layout_wanted_symbol(index, &mut name) };
        (status == sys::KST_OK).then_some(())?;
        from_static(name)
    })
}

/// Undo the encoding that a debugger data block is kept in, in place.
///
/// Calls `kst_debugger_data_unveil`.
pub fn debugger_data_unveil(block: &mut [u8], wait_never: u64, wait_always: u64, flag_address: u64) -> Result<()> {
    let (mut err, bytes) = (sys::kst_error::default(), block.as_mut_ptr().cast());
    // SAFETY: as many bytes as said; source and result may be one
    let status = unsafe {
        sys::kst_debugger_data_unveil(
            bytes,
            block.len(),
            wait_never,
            wait_always,
            flag_address,
            bytes,
            &mut err,
        )
    };
    check(status, &err).map(drop)
}

macro_rules! type_files {
    ($($(#[$doc:meta])* $name:ident, $info:ident: $raw:ident, $open:ident, $close:ident, $info_of:ident, $type_of:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name<'b>(NonNull<sys::$raw>, std::marker::PhantomData<&'b [u8]>);

            // SAFETY: it is not bound to a thread
            unsafe impl Send for $name<'_> {}

            impl<'b> $name<'b> {
                /// Open a file that is in memory.
                pub fn open(bytes: &'b [u8]) -> Result<Self> {
                    let (mut raw, mut err) = (std::ptr::null_mut(), sys::kst_error::default());
                    // SAFETY: the bytes outlive the result
                    let status = unsafe { sys::$open(bytes.as_ptr().cast(), bytes.len(), &mut raw, &mut err) };
                    check(status, &err)?;
                    Ok($name(NonNull::new(raw).expect("a file was promised"), std::marker::PhantomData))
                }

                /// What the file says of itself.
                pub fn info(&self) -> $info {
                    let mut out = $info::default();
                    // SAFETY: an open file, and a record of its size; it cannot fail
                    unsafe { sys::$info_of(self.0.as_ptr(), &mut out.0) };
                    out
                }

                /// The types in it.
                pub fn types(&self) -> impl Iterator<Item = Type> + '_ {
                    (0..).map_while(|index| {
                        let mut out = Type::default();
                        // SAFETY: an open file, and a record of its size
                        let status = unsafe { sys::$type_of(self.0.as_ptr(), index, &mut out.0) };
                        (status == sys::KST_OK).then_some(out)
                    })
                }
            }

            impl Drop for $name<'_> {
                fn drop(&mut self) {
                    // SAFETY: the last use
                    unsafe { sys::$close(self.0.as_ptr()) };
                }
            }

            impl fmt::Debug for $name<'_> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(stringify!($name)).field(&self.info()).finish()
                }
            }
        )*
    };
}

type_files! {
    /// A PDB; [`LayoutBuf::from_pdb`] makes a layout of one.
    Pdb, PdbInfo: kst_pdb, kst_pdb_open, kst_pdb_close, kst_pdb_info, kst_pdb_type;
    /// An ISF file; [`LayoutBuf::from_isf`] makes a layout of one.
    Isf, IsfInfo: kst_isf, kst_isf_open, kst_isf_close, kst_isf_info, kst_isf_type;
}
