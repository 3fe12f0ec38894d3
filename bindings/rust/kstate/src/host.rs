// SPDX-License-Identifier: MIT
//! The border: C calls Rust in here. No panic crosses it, none gets lost.

use super::*;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    os::raw::c_void,
    panic::{catch_unwind, resume_unwind, AssertUnwindSafe},
    slice,
    sync::Arc,
};

/// Physical and virtual memory, as a host has it.
///
/// A reference to a `Memory` is one, so that a target may borrow or own it. A panic comes out of the call that needed the
/// memory, with its payload; an error comes back as [`Error::Host`] with the error as `source()`.
pub trait Memory {
    /// Put what is found at `address` of `space` into `buf`; returns how many leading bytes are valid. Fewer than asked for
    /// mean that the rest is not there, which is an answer and no error. `buf` is never empty and the range never wraps.
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError>;

    /// What else this memory can do. The methods below are called only if their bit is in it.
    fn offers(&self) -> Offers {
        Offers::default()
    }

    /// The first readable run at or after `address`, as start and length; `None` when there is none.
    /// With [`Offers::RANGES`].
    fn next_range(&self, space: Space, address: u64) -> Result<Option<(u64, u64)>, HostError> {
        let _ = (space, address);
        Ok(None)
    }

    /// Memory that lies in this process: the run that holds `address`, as its first address and its bytes; `None` where
    /// there is none. With it page tables and arrays are read without a call for each entry. With [`Offers::WINDOWS`].
    fn window(&self, space: Space, address: u64) -> Option<(u64, &[u8])> {
        let _ = (space, address);
        None
    }

    /// Kernel module number `index` as the host knows it. With [`Offers::MODULES`].
    fn module(&self, index: u64) -> Result<Option<Module>, HostError> {
        let _ = index;
        Ok(None)
    }

    /// Unloaded kernel module number `index`. With [`Offers::UNLOADED_MODULES`].
    fn unloaded_module(&self, index: u64) -> Result<Option<UnloadedModule>, HostError> {
        let _ = index;
        Ok(None)
    }

    /// Read from a page file, as [`Memory::read`]. With [`Offers::PAGE_FILES`].
    fn read_page_file(&self, number: u32, offset: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        let _ = (number, offset, buf);
        Ok(0)
    }
}

bits! {
    /// What a [`Memory`] can do besides reading.
    Offers: none {
        /// It has physical memory only: the library translates.
        PHYSICAL_ONLY "physical-only" = 0x1;
        /// [`Memory::next_range`].
        RANGES "ranges" = 0x2;
        /// [`Memory::module`].
        MODULES "modules" = 0x4;
        /// [`Memory::unloaded_module`].
        UNLOADED_MODULES "unloaded-modules" = 0x8;
        /// [`Memory::read_page_file`].
        PAGE_FILES "page-files" = 0x10;
        /// [`Memory::window`].
        WINDOWS "windows" = 0x20;
    }
}

impl<T: Memory + ?Sized> Memory for &T {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        (**self).read(space, address, buf)
    }

    fn offers(&self) -> Offers {
        (**self).offers()
    }

    fn next_range(&self, space: Space, address: u64) -> Result<Option<(u64, u64)>, HostError> {
        (**self).next_range(space, address)
    }

    fn window(&self, space: Space, address: u64) -> Option<(u64, &[u8])> {
        (**self).window(space, address)
    }

    fn module(&self, index: u64) -> Result<Option<Module>, HostError> {
        (**self).module(index)
    }

    fn unloaded_module(&self, index: u64) -> Result<Option<UnloadedModule>, HostError> {
        (**self).unloaded_module(index)
    }

    fn read_page_file(&self, number: u32, offset: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        (**self).read_page_file(number, offset, buf)
    }
}

/// The host's own symbol engine as a source of type information, by name.
pub trait Types {
    /// Bytes of a pointer: 4 or 8.
    fn pointer_size(&self) -> u32;

    /// Size of a type in bytes; `None` when it is not known.
    fn type_size(&self, name: &str) -> Result<Option<u64>, HostError>;

    /// Place of a member, asked for by path (`u3.e1.PageLocation` of `_MMPFN`); unnamed structs on the way are transparent.
    fn member(&self, name: &str, path: &str) -> Result<Option<Member>, HostError>;

    /// Offset of a symbol from the kernel's base.
    fn symbol(&self, name: &str) -> Result<Option<u64>, HostError> {
        let _ = name;
        Ok(None)
    }
}

/// A failure of the host: a number, or any error (`?` makes one). It stops the call that needed the host.
#[derive(Debug)]
pub struct HostError {
    pub(crate) code: i32,
    pub(crate) cause: Option<HostCause>,
}

impl HostError {
    /// A failure that is a number only: it comes back as [`Details::host_code`].
    pub fn code(code: i32) -> Self {
        HostError { code, cause: None }
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for HostError {
    fn from(error: E) -> Self {
        let cause: HostCause = Arc::new(error);
        let code = cause
            .downcast_ref::<std::io::Error>()
            .and_then(|error| error.raw_os_error());
        HostError {
            code: code.unwrap_or(0),
            cause: Some(cause),
        }
    }
}

/// What C gets for every failure: no status of its own. The host's number is kept on this side, it may be any.
const FAILED: i32 = -1000;

enum Pending {
    Panic(Box<dyn Any + Send>),
    Error(HostError),
}

thread_local! {
    // a call into C and its callbacks are on one thread
    static FAILING: Cell<bool> = const { Cell::new(false) }; // quicker to ask than PENDING
    static PENDING: RefCell<Option<Pending>> = const { RefCell::new(None) };
}

/// After a call into C: let a panic go on; returns the error of the host.
#[inline]
pub(crate) fn settle() -> Option<HostError> {
    if FAILING.with(Cell::get) {
        return settle_failure();
    }
    None
}

#[cold]
fn settle_failure() -> Option<HostError> {
    FAILING.with(|failing| failing.set(false));
    match PENDING.with(|pending| pending.borrow_mut().take()) {
        None => None,
        Some(Pending::Error(error)) => Some(error),
        Some(Pending::Panic(payload)) => resume_unwind(payload),
    }
}

/// Call the host: what it fails with is kept for `settle`, and C gets a status.
fn guarded<T>(call: impl FnOnce() -> Result<T, HostError>) -> Result<T, i32> {
    // the first failure counts; the host is not asked again before it is told
    if FAILING.with(Cell::get) {
        return Err(FAILED);
    }
    let kept = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => Pending::Error(error),
        Err(payload) => Pending::Panic(payload),
    };
    PENDING.with(|pending| *pending.borrow_mut() = Some(kept));
    FAILING.with(|failing| failing.set(true));
    Err(FAILED)
}

/// As C reads: `done` is written always.
unsafe fn fill(
    buf: *mut c_void,
    len: usize,
    done: *mut usize,
    call: impl FnOnce(&mut [u8]) -> Result<usize, HostError>,
) -> i32 {
    // C's buffers may not have been written yet; a slice must have been
    buf.cast::<u8>().write_bytes(0, len);
    let bytes = slice::from_raw_parts_mut(buf.cast::<u8>(), len);
    *done = 0;
    let result = guarded(|| {
        let n = call(bytes)?;
        assert!(n <= len, "a Memory claims {n} bytes of {len}");
        Ok(n)
    });
    match result {
        Ok(n) => {
            *done = n;
            if n == len {
                sys::KST_OK
            } else {
                sys::KST_E_FAULT
            }
        }
        Err(status) => status,
    }
}

unsafe extern "C" fn read<M: Memory>(
    user: *mut c_void,
    space: u64,
    address: u64,
    buf: *mut c_void,
    len: usize,
    done: *mut usize,
) -> i32 {
    let memory = &*user.cast::<M>();
    fill(buf, len, done, |bytes| memory.read(Space(space), address, bytes))
}

unsafe extern "C" fn read_page_file<M: Memory>(
    user: *mut c_void,
    number: u32,
    offset: u64,
    buf: *mut c_void,
    len: usize,
    done: *mut usize,
) -> i32 {
    let memory = &*user.cast::<M>();
    fill(buf, len, done, |bytes| memory.read_page_file(number, offset, bytes))
}

unsafe extern "C" fn next_range<M: Memory>(
    user: *mut c_void,
    space: u64,
    address: u64,
    start: *mut u64,
    length: *mut u64,
) -> i32 {
    let memory = &*user.cast::<M>();
    match guarded(|| memory.next_range(Space(space), address)) {
        Ok(Some(range)) => {
            *start = range.0;
            *length = range.1;
            sys::KST_OK
        }
        Ok(None) => sys::KST_END,
        Err(status) => status,
    }
}

unsafe extern "C" fn window<M: Memory>(
    user: *mut c_void,
    space: u64,
    address: u64,
    start: *mut u64,
    length: *mut u64,
) -> *const c_void {
    // The memory is borrowed, and neither moved nor changed, for as long as a target uses it: so long lives the run
    let memory = &*user.cast::<M>();
    match guarded(|| Ok(memory.window(Space(space), address))) {
        Ok(Some((first, bytes))) => {
            *start = first;
            *length = bytes.len() as u64;
            bytes.as_ptr().cast()
        }
        Ok(None) | Err(_) => std::ptr::null(), // a panic goes on when the call returns
    }
}

/// A record for C, whose struct may be of another size than ours.
unsafe fn give<R: Record>(answer: Result<Option<R>, i32>, none: i32, out: *mut R::Raw) -> i32 {
    match answer {
        Ok(Some(record)) => {
            let size = *out.cast::<u32>(); // every struct that C hands out begins with it
            let bytes = std::mem::size_of::<R::Raw>().min(size as usize);
            out.cast::<u8>().copy_from((&record as *const R).cast(), bytes);
            *out.cast::<u32>() = size;
            sys::KST_OK
        }
        Ok(None) => none,
        Err(status) => status,
    }
}

unsafe extern "C" fn module<M: Memory>(user: *mut c_void, index: u64, out: *mut sys::kst_module) -> i32 {
    give(guarded(|| (*user.cast::<M>()).module(index)), sys::KST_END, out)
}

unsafe extern "C" fn unloaded_module<M: Memory>(
    user: *mut c_void,
    index: u64,
    out: *mut sys::kst_unloaded_module,
) -> i32 {
    give(
        guarded(|| (*user.cast::<M>()).unloaded_module(index)),
        sys::KST_END,
        out,
    )
}

type ReadPageFile = unsafe extern "C" fn(*mut c_void, u32, u64, *mut c_void, usize, *mut usize) -> i32;

/// The table of callbacks for a memory, and its page files.
pub(crate) fn reader_ops<M: Memory>(memory: &M) -> (sys::kst_reader_ops, Option<ReadPageFile>) {
    let offers = memory.offers();
    // Thread-safe by construction: a target of a memory that is not `Sync` is not `Sync` either
    let mut ops = sys::kst_reader_ops {
        flags: sys::KST_READER_THREAD_SAFE,
        read: Some(read::<M>),
        ..Default::default()
    };
    if offers.contains(Offers::PHYSICAL_ONLY) {
        ops.flags |= sys::KST_READER_PHYSICAL_ONLY;
    }
    if offers.contains(Offers::RANGES) {
        ops.next_range = Some(next_range::<M>);
    }
    if offers.contains(Offers::WINDOWS) {
        ops.window = Some(window::<M>);
    }
    if offers.contains(Offers::MODULES) {
        ops.module = Some(module::<M>);
    }
    if offers.contains(Offers::UNLOADED_MODULES) {
        ops.unloaded_module = Some(unloaded_module::<M>);
    }
    let page_files = offers
        .contains(Offers::PAGE_FILES)
        .then_some(read_page_file::<M> as ReadPageFile);
    (ops, page_files)
}

// --- type information -------------------------------------------------------------------------------------------------

unsafe fn from_c<'a>(text: *const u8) -> Cow<'a, str> {
    std::ffi::CStr::from_ptr(text.cast()).to_string_lossy()
}

unsafe fn give_number(answer: Result<Option<u64>, i32>, out: *mut u64) -> i32 {
    match answer {
        Ok(Some(number)) => {
            *out = number;
            sys::KST_OK
        }
        Ok(None) => sys::KST_E_NO_MEMBER,
        Err(status) => status,
    }
}

unsafe extern "C" fn type_size<T: Types>(user: *mut c_void, name: *const u8, out: *mut u64) -> i32 {
    give_number(guarded(|| (*user.cast::<T>()).type_size(&from_c(name))), out)
}

unsafe extern "C" fn member<T: Types>(
    user: *mut c_void,
    name: *const u8,
    path: *const u8,
    out: *mut sys::kst_member,
) -> i32 {
    let answer = guarded(|| (*user.cast::<T>()).member(&from_c(name), &from_c(path)));
    give(answer, sys::KST_E_NO_MEMBER, out)
}

unsafe extern "C" fn symbol<T: Types>(user: *mut c_void, name: *const u8, out: *mut u64) -> i32 {
    give_number(guarded(|| (*user.cast::<T>()).symbol(&from_c(name))), out)
}

pub(crate) fn types_ops<T: Types>(types: &T) -> sys::kst_types_ops {
    sys::kst_types_ops {
        pointer_size: types.pointer_size(),
        type_size: Some(type_size::<T>),
        member: Some(member::<T>),
        symbol: Some(symbol::<T>),
        ..Default::default()
    }
}
