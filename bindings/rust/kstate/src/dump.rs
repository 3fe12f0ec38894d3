// SPDX-License-Identifier: MIT
use super::*;
use std::{marker::PhantomData, path::Path, ptr::NonNull, sync::Arc};

/// An open dump: a file, or bytes in memory that live for `'b`.
pub struct Dump<'b> {
    raw: NonNull<sys::kst_dump>,
    bytes: PhantomData<&'b [u8]>,
}

// SAFETY: an open dump is only read, and its reader is thread-safe (dump.h)
unsafe impl Send for Dump<'_> {}
// SAFETY: as above
unsafe impl Sync for Dump<'_> {}

impl Dump<'static> {
    /// Open a file; the format is recognised by content.
    ///
    /// Calls `kst_dump_open`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        #[cfg(unix)]
        let name = std::ffi::CString::new(std::os::unix::ffi::OsStrExt::as_bytes(path.as_ref().as_os_str()));
        #[cfg(not(unix))]
        let name = std::ffi::CString::new(path.as_ref().to_string_lossy().as_bytes());
        let name = name.map_err(|_| Error::argument("a path with a NUL in it"))?;
        // SAFETY: a path and places for the results
        Self::made(|out, err| unsafe { sys::kst_dump_open(name.as_ptr().cast(), out, err) })
    }
}

impl<'b> Dump<'b> {
    /// A dump that is in memory.
    ///
    /// Calls `kst_dump_open_memory`.
    pub fn from_bytes(bytes: &'b [u8]) -> Result<Self> {
        // SAFETY: the bytes outlive the dump
        Self::made(|out, err| unsafe { sys::kst_dump_open_memory(bytes.as_ptr().cast(), bytes.len(), out, err) })
    }

    fn made(open: impl FnOnce(*mut *mut sys::kst_dump, *mut sys::kst_error) -> i32) -> Result<Self> {
        let (mut raw, mut err) = (std::ptr::null_mut(), sys::kst_error::default());
        let status = open(&mut raw, &mut err);
        check(status, &err)?;
        let raw = NonNull::new(raw).expect("a dump was promised");
        Ok(Dump {
            raw,
            bytes: PhantomData,
        })
    }

    pub(crate) fn raw(&self) -> *mut sys::kst_dump {
        self.raw.as_ptr()
    }

    /// What the container says of itself.
    pub fn info(&self) -> DumpInfo {
        let mut out = DumpInfo::default();
        // SAFETY: a dump, and a record of its size; it cannot fail
        unsafe { sys::kst_dump_info(self.raw(), &mut out.0) };
        out
    }

    /// What the container's header says of the machine.
    pub fn identity(&self) -> Identity {
        let mut out = Identity::default();
        // SAFETY: a dump, and a record of its size; it cannot fail
        unsafe { sys::kst_dump_identity(self.raw(), &mut out.0) };
        out
    }

    /// Bytes of the context record that the container holds, `None` where it holds none; see [`decode_context`].
    pub fn context(&self) -> Result<Option<Vec<u8>>> {
        self.bytes_of(sys::kst_dump_context)
    }

    /// Bytes of the exception record that the container holds, `None` where it holds none; see [`decode_exception`].
    pub fn exception(&self) -> Result<Option<Vec<u8>>> {
        self.bytes_of(sys::kst_dump_exception)
    }

    fn bytes_of(
        &self,
        call: unsafe extern "C" fn(*const sys::kst_dump, *mut sys::c_void, usize, *mut usize) -> i32,
    ) -> Result<Option<Vec<u8>>> {
        let (mut bytes, mut done) = (vec![0u8; 4096], 0);
        // SAFETY: the buffer is as long as said
        let status = unsafe { call(self.raw(), bytes.as_mut_ptr().cast(), bytes.len(), &mut done) };
        if status == sys::KST_E_NO_MEMBER {
            return Ok(None);
        }
        check(status, &sys::kst_error::default())?;
        bytes.truncate(done);
        Ok(Some(bytes))
    }
}

impl Drop for Dump<'_> {
    fn drop(&mut self) {
        // SAFETY: the last use; targets hold the dump or borrow it
        unsafe { sys::kst_dump_close(self.raw()) };
    }
}

impl fmt::Debug for Dump<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dump").field(&self.info()).finish()
    }
}

/// A dump, a reference to one, or a shared one: what [`Target::of_dump`] takes.
pub trait DumpPointer<'d>: private::Sealed {
    #[doc(hidden)]
    fn dump(&self) -> &Dump<'d>;
}

macro_rules! dump_pointers {
    ($($type:ty),*) => {
        $(
            impl<'d> private::Sealed for $type {}
            impl<'d> DumpPointer<'d> for $type {
                fn dump(&self) -> &Dump<'d> {
                    self
                }
            }
        )*
    };
}

dump_pointers!(Dump<'d>, &Dump<'d>, Arc<Dump<'d>>);
