// SPDX-License-Identifier: MIT
use super::*;
use std::ptr::NonNull;

/// `kst_target_create` or one that finds out what the config lacks.
type MakeTarget = unsafe extern "C" fn(
    *const sys::kst_target_config,
    *mut *mut sys::kst_target,
    *mut sys::kst_error,
) -> sys::kst_status;

/// Everything a target may be told: what is left out is found where the memory tells.
#[derive(Clone, Default)]
pub struct Options<'a> {
    layout: Option<&'a Layout>,
    identity: Option<&'a Identity>,
    symbols: Vec<(&'a str, u64)>,
    step_budget: u64,
    hardware_only: bool,
    invalid_pte_mask: Option<u64>,
}

impl<'a> Options<'a> {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the members of the kernel's types are.
    pub fn layout(mut self, layout: &'a Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// What the machine is.
    pub fn identity(mut self, identity: &'a Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// The address of a global, such as `PsActiveProcessHead`; it wins over all other sources.
    pub fn symbol(mut self, name: &'a str, address: u64) -> Self {
        self.symbols.push((name, address));
        self
    }

    /// How many elements one walk may visit; 0: the library's own limit.
    pub fn step_budget(mut self, steps: u64) -> Self {
        self.step_budget = steps;
        self
    }

    /// Translate as the hardware does: do not follow transition, prototype and page-file entries.
    pub fn hardware_only(mut self, only: bool) -> Self {
        self.hardware_only = only;
        self
    }

    /// The mask that software page-table entries are swizzled with.
    pub fn invalid_pte_mask(mut self, mask: u64) -> Self {
        self.invalid_pte_mask = Some(mask);
        self
    }

    /// Call `with` with the C struct, which points into what is alive during the call.
    pub(crate) fn with<T>(&self, with: impl FnOnce(&mut sys::kst_target_config) -> T) -> Result<T> {
        let texts = self
            .symbols
            .iter()
            .map(|(name, _)| c_text(Some(name)))
            .collect::<Result<Vec<_>>>()?;
        let symbols: Vec<_> = self
            .symbols
            .iter()
            .zip(&texts)
            .map(|(&(_, address), text)| sys::kst_symbol {
                address,
                name: text.as_ptr(),
            })
            .collect();
        let mut config = sys::kst_target_config {
            flags: if self.hardware_only {
                sys::KST_TARGET_HARDWARE_ONLY
            } else {
                0
            } | self.invalid_pte_mask.map_or(0, |_| sys::KST_TARGET_HAS_PTE_MASK),
            step_budget: self.step_budget,
            invalid_pte_mask: self.invalid_pte_mask.unwrap_or(0),
            symbols_count: symbols.len() as u64,
            symbols: symbols.as_ptr(),
            layout: self.layout.map_or(std::ptr::null(), Layout::raw),
            identity: pointer(self.identity),
            ..Default::default()
        };
        Ok(with(&mut config))
    }
}

/// A machine to look into: memory, type information, paging mode and the addresses of the kernel's globals, put together
/// once. It is immutable, and may go to or be shared by threads as far as its memory `M` may.
///
/// `M` is a [`Memory`], or a [`Dump`] or what points to one. Walks borrow the target; the target owns or borrows its memory:
///
/// ```compile_fail,E0597
/// # use kstate::*;
/// let walk = {
///     let target = Target::open("memory.dmp").unwrap();
///     target.processes().unwrap()
/// };
/// ```
///
/// ```compile_fail,E0505
/// # use kstate::*;
/// let dump = Dump::open("memory.dmp").unwrap();
/// let target = Target::of_dump(&dump, &Options::new()).unwrap();
/// drop(dump);
/// target.identity();
/// ```
///
/// Memory that is not `Sync` makes a target that no two threads may use:
///
/// ```compile_fail,E0277
/// # use kstate::*;
/// # use std::cell::Cell;
/// struct Counting(Cell<u64>);
/// impl Memory for Counting {
///     fn read(&self, _: Space, _: u64, _: &mut [u8]) -> Result<usize, HostError> {
///         self.0.set(self.0.get() + 1);
///         Ok(0)
///     }
/// }
/// let target = Target::new(Counting(Cell::new(0)), &Options::new()).unwrap();
/// std::thread::scope(|scope| scope.spawn(|| target.identity()));
/// ```
pub struct Target<M> {
    raw: NonNull<sys::kst_target>,
    memory: NonNull<M>,
}

// SAFETY: the C target is immutable and calls nothing but the memory
unsafe impl<M: Send> Send for Target<M> {}
// SAFETY: the C target is immutable and calls nothing but the memory, which may be called by several threads
unsafe impl<M: Sync> Sync for Target<M> {}

impl<M> Drop for Target<M> {
    fn drop(&mut self) {
        // SAFETY: both were made in `assemble`, and no walk is left
        unsafe {
            sys::kst_target_destroy(self.raw.as_ptr());
            drop(Box::from_raw(self.memory.as_ptr()));
        }
    }
}

impl<M> fmt::Debug for Target<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("identity", &self.identity()).finish()
    }
}

impl<M: Memory> Target<M> {
    /// A target of your own memory. Memory that is physical only needs paging mode and directory table base in the
    /// identity; [`Target::discover`] finds them.
    ///
    /// Calls `kst_target_create`.
    pub fn new(memory: M, options: &Options<'_>) -> Result<Self> {
        Self::of_reader(memory, options, sys::kst_target_create)
    }

    /// A target of your own memory, with all that can be found out: identity (see [`identify`] for hints) and built-in
    /// layout, where the options have none.
    ///
    /// Calls `kst_target_open_reader`.
    pub fn discover(memory: M, options: &Options<'_>) -> Result<Self> {
        Self::of_reader(memory, options, sys::kst_target_open_reader)
    }

    fn of_reader(memory: M, options: &Options<'_>, make: MakeTarget) -> Result<Self> {
        Self::assemble(memory, options, |memory, config, out, err| {
            // SAFETY: the memory has its final place
            let (reader, page_files) = host::reader_ops(unsafe { &*memory });
            config.reader = &reader;
            config.reader_user = memory.cast();
            config.read_page_file = page_files;
            config.page_file_user = memory.cast();
            // SAFETY: everything in the config is alive
            unsafe { make(config, out, err) }
        })
    }
}

impl Target<Dump<'static>> {
    /// Open a dump file: finds out what the machine is and takes the built-in layout that fits.
    ///
    /// Calls `kst_dump_open`, `kst_target_open`.
    pub fn open(path: impl AsRef<std::path::Path>) -> Result<Self> {
        Self::of_dump(Dump::open(path)?, &Options::new())
    }
}

impl<'d, D: DumpPointer<'d>> Target<D> {
    /// A target of a dump that is open, with what you know better.
    ///
    /// Calls `kst_target_open`.
    pub fn of_dump(dump: D, options: &Options<'_>) -> Result<Self> {
        Self::assemble(dump, options, |dump, config, out, err| {
            // SAFETY: the dump lives as long as what points to it
            unsafe { sys::kst_target_open((*dump).dump().raw(), config, out, err) }
        })
    }
}

impl<M> Target<M> {
    fn assemble(
        memory: M,
        options: &Options<'_>,
        make: impl FnOnce(*mut M, &mut sys::kst_target_config, *mut *mut sys::kst_target, *mut sys::kst_error) -> i32,
    ) -> Result<Self> {
        /// Frees the memory if the target does not come to be, also when the reader panics.
        struct Kept<M>(*mut M);
        impl<M> Drop for Kept<M> {
            fn drop(&mut self) {
                // SAFETY: from Box::into_raw
                drop(unsafe { Box::from_raw(self.0) });
            }
        }

        let kept = Kept(Box::into_raw(Box::new(memory)));
        let mut err = sys::kst_error::default();
        let mut raw = std::ptr::null_mut();
        let status = options.with(|config| make(kept.0, config, &mut raw, &mut err))?;
        // complete before a panic goes on
        let made = NonNull::new(raw).map(|raw| {
            let memory = NonNull::new(kept.0).expect("a box is somewhere");
            std::mem::forget(kept);
            Target { raw, memory }
        });
        check(status, &err)?;
        Ok(made.expect("a target was promised"))
    }

    pub(crate) fn raw(&self) -> *const sys::kst_target {
        self.raw.as_ptr()
    }

    /// The C target, for calls that this crate lacks; it lives as long as the target.
    pub fn as_ptr(&self) -> *const sys::kst_target {
        self.raw()
    }

    /// The memory that the target reads.
    pub fn memory(&self) -> &M {
        // SAFETY: it lives as long as the target
        unsafe { self.memory.as_ref() }
    }

    /// The layout that the target uses: the given one, completed and corrected by what the kernel says of itself.
    pub fn layout(&self) -> &Layout {
        // SAFETY: it lives as long as the target
        unsafe { Layout::from_raw(sys::kst_target_layout(self.raw())) }
    }

    /// What the target knows of the machine.
    pub fn identity(&self) -> Identity {
        let mut out = Identity::default();
        // SAFETY: a target, and a record of its size; it cannot fail
        unsafe { sys::kst_target_identity(self.raw(), &mut out.0) };
        out
    }

    /// Address of a global; `None` when it is not known.
    pub fn symbol(&self, name: &str) -> Option<u64> {
        let (name, mut address) = (c_text(Some(name)).ok()?, 0);
        // SAFETY: a target and a text
        let status = unsafe { sys::kst_target_symbol(self.raw(), name.as_ptr(), &mut address) };
        (status == sys::KST_OK).then_some(address)
    }

    /// Read memory in any space. Returns how many leading bytes of `buf` are valid: fewer than asked for mean that the
    /// rest is not there.
    ///
    /// Calls `kst_read`.
    pub fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize> {
        let (mut err, mut done) = (sys::kst_error::default(), 0);
        // SAFETY: the buffer is as long as said
        let status = unsafe {
            sys::kst_read(
                self.raw(),
                space.0,
                address,
                buf.as_mut_ptr().cast(),
                buf.len(),
                &mut done,
                &mut err,
            )
        };
        match check(status, &err) {
            Err(Error::Fault(_)) => Ok(done),
            result => result.map(|_| done),
        }
    }

    /// UTF-16 at an address as text, and `KST_TEXT_…` bits that tell whether it was cut or is not whole.
    ///
    /// Calls `kst_read_text`.
    pub fn read_text(&self, space: Space, address: u64, bytes: u64) -> Result<(String, u32)> {
        let (mut err, mut notes, mut needed) = (sys::kst_error::default(), 0, 0);
        let mut buf = vec![0; (bytes.min(0x1_0000) as usize) * 3 / 2 + 4];
        // SAFETY: the buffer is as long as said
        let status = unsafe {
            sys::kst_read_text(
                self.raw(),
                space.0,
                address,
                bytes,
                buf.as_mut_ptr(),
                buf.len(),
                &mut needed,
                &mut notes,
                &mut err,
            )
        };
        check(status, &err)?;
        Ok((error::text(&buf).into_owned(), notes))
    }

    /// Every DPC that is queued: the queues of all processors.
    pub fn queued_dpcs(&self) -> impl Iterator<Item = Result<Dpc>> + '_ {
        fn flat<T>(result: Result<impl Iterator<Item = Result<T>>>) -> impl Iterator<Item = Result<T>> {
            let (walk, error) = match result {
                Ok(walk) => (Some(walk), None),
                Err(error) => (None, Some(Err(error))),
            };
            walk.into_iter().flatten().chain(error)
        }
        flat(self.dpc_queues().map(|queues| queues.into_iter().map(Ok)))
            .flat_map(move |queue: Result<DpcQueue>| flat(queue.and_then(|queue| self.dpcs(&queue))))
    }

    /// The DPC queues of all processors, in the order of their kinds; those that are not in memory are left out.
    pub fn dpc_queues(&self) -> Result<Vec<DpcQueue>> {
        let mut found = Vec::new();
        for processor in self.processors()? {
            let processor = processor?;
            for kind in [DpcKind::NORMAL, DpcKind::THREADED] {
                match self.dpc_queue(&processor, kind) {
                    Err(Error::Fault(_)) => {}
                    queue => found.extend(queue?),
                }
            }
        }
        Ok(found)
    }

    /// Body of the object at a path of the object directory; `None` when there is no such object.
    ///
    /// Calls `kst_directory_find`.
    pub fn directory_find(&self, path: &str) -> Result<Option<u64>> {
        let (path, mut err, mut body) = (c_text(Some(path))?, sys::kst_error::default(), 0);
        // SAFETY: a target and a text
        let status = unsafe { sys::kst_directory_find(self.raw(), path.as_ptr(), &mut body, &mut err) };
        Ok((check(status, &err)? != sys::KST_END).then_some(body))
    }

    /// A control area with its segment; the segment's `present` is empty where it is not in memory.
    ///
    /// Calls `kst_control_area_read`.
    pub fn control_area_read(&self, address: u64) -> Result<(ControlArea, Segment)> {
        let (mut err, mut area, mut segment) = (sys::kst_error::default(), ControlArea::default(), Segment::default());
        // SAFETY: records of their sizes
        let status = unsafe { sys::kst_control_area_read(self.raw(), address, &mut area.0, &mut segment.0, &mut err) };
        check(status, &err)?;
        Ok((area, segment))
    }

    /// Name of the file of a control area; `None` when there is no file.
    ///
    /// Calls `kst_control_area_file`.
    pub fn control_area_file(&self, area: &ControlArea) -> Result<Option<String>> {
        let mut end = false;
        let name = text_of(|text, cap, err| {
            // SAFETY: the buffer is as long as said
            let status = unsafe { sys::kst_control_area_file(self.raw(), &area.0, text, cap, err) };
            end = status == sys::KST_END;
            status
        })?;
        Ok((!end).then_some(name))
    }

    /// One page file of the system with its path; `None` when there are not that many.
    ///
    /// Calls `kst_page_file_read`.
    pub fn page_file_read(&self, number: u32) -> Result<Option<(PageFile, String)>> {
        let (mut file, mut end) = (PageFile::default(), false);
        let name = text_of(|text, cap, err| {
            // SAFETY: the buffer is as long as said
            let status = unsafe { sys::kst_page_file_read(self.raw(), number, &mut file.0, text, cap, err) };
            end = status == sys::KST_END;
            status
        })?;
        Ok((!end).then_some((file, name)))
    }

    /// One run of the physical memory that the kernel manages, as first frame and number of pages; `None` when there are
    /// not that many.
    ///
    /// Calls `kst_memory_run_read`.
    pub fn memory_run_read(&self, number: u32) -> Result<Option<(u64, u64)>> {
        let (mut err, mut first, mut pages) = (sys::kst_error::default(), 0, 0);
        // SAFETY: a target and places for the results
        let status = unsafe { sys::kst_memory_run_read(self.raw(), number, &mut first, &mut pages, &mut err) };
        Ok((check(status, &err)? != sys::KST_END).then_some((first, pages)))
    }

    /// What page-table entries of this target are decoded with.
    pub fn pte_context(&self) -> PteContext {
        let mut out = PteContext::default();
        // SAFETY: a target, and a record of its size; it cannot fail
        unsafe { sys::kst_target_pte_context(self.raw(), &mut out.0) };
        out
    }

    /// Which kinds of callbacks the target's symbols lead to: a set of `1 << CallbackKind`.
    pub fn callback_kinds(&self) -> u32 {
        // SAFETY: a target
        unsafe { sys::kst_callback_kinds(self.raw()) }
    }
}

impl Process {
    /// The address space of the process, for everything that takes a [`Space`].
    ///
    /// Calls `kst_process_space`.
    pub fn space(&self) -> Result<Space> {
        let (mut err, mut space) = (sys::kst_error::default(), 0);
        // SAFETY: a record of its size
        let status = unsafe { sys::kst_process_space(&self.0, &mut space, &mut err) };
        check(status, &err)?;
        Ok(Space(space))
    }
}

/// Find out what a machine is, without symbols. Members of `hints` that are present are kept unless the memory contradicts
/// them.
///
/// Calls `kst_identify`.
pub fn identify<M: Memory>(memory: &M, hints: Identity) -> Result<Identity> {
    let (mut err, mut identity) = (sys::kst_error::default(), hints);
    let (reader, _) = host::reader_ops(memory);
    let user: *const M = memory;
    // SAFETY: the callbacks take the memory as shared
    let status = unsafe { sys::kst_identify(&reader, user as *mut _, &mut identity.0, &mut err) };
    check(status, &err)?;
    Ok(identity)
}

/// Text that C writes, in a buffer that grows once.
pub(crate) fn text_of(mut call: impl FnMut(*mut u8, usize, *mut sys::kst_error) -> i32) -> Result<String> {
    let mut buf = vec![0; 1024];
    loop {
        let mut err = sys::kst_error::default();
        let status = call(buf.as_mut_ptr(), buf.len(), &mut err);
        if status == sys::KST_E_LIMIT && buf.len() < 0x2_0000 {
            buf = vec![0; 0x2_0000]; // no UNICODE_STRING is longer
            continue;
        }
        check(status, &err)?;
        return Ok(error::text(&buf).into_owned());
    }
}

// --- what calls.rs is made of -----------------------------------------------------------------------------------------

macro_rules! walks {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) -> $record:ident = $begin:ident($($pass:expr),*), $next:ident;)*) => {
        impl<M> Target<M> {
            $(
                $(#[$doc])*
                #[allow(clippy::too_many_arguments)]
                pub fn $name(&self $(, $arg: $type)*) -> Result<Walk<'_, $record, M>> {
                    Walk::begin(self, sys::$next, |cursor, target, err| {
                        // SAFETY: records have their sizes and live during the call
                        unsafe { sys::$begin(cursor, target, $($pass,)* err) }
                    })
                }
            )*
        }
    };
}

macro_rules! method {
    ($(#[$doc:meta])* find $name:ident($($arg:ident: $type:ty),*) -> $record:ident = $function:ident($($pass:expr),*)) => {
        $(#[$doc])*
        ///
        /// `None`: there is none.
        pub fn $name(&self $(, $arg: $type)*) -> Result<Option<$record>> {
            let (mut out, mut err) = ($record::default(), sys::kst_error::default());
            // SAFETY: records have their sizes; what is passed lives during the call
            let status = unsafe { sys::$function(self.raw(), $($pass,)* &mut out.0, &mut err) };
            Ok((check(status, &err)? != sys::KST_END).then_some(out))
        }
    };
    ($(#[$doc:meta])* read $name:ident($($arg:ident: $type:ty),*) -> $record:ident = $function:ident($($pass:expr),*)) => {
        $(#[$doc])*
        pub fn $name(&self $(, $arg: $type)*) -> Result<$record> {
            let (mut out, mut err) = ($record::default(), sys::kst_error::default());
            // SAFETY: records have their sizes; what is passed lives during the call
            let status = unsafe { sys::$function(self.raw(), $($pass,)* &mut out.0, &mut err) };
            check(status, &err)?;
            Ok(out)
        }
    };
    ($(#[$doc:meta])* text $name:ident($($arg:ident: $type:ty),*) = $function:ident($($pass:expr),*)) => {
        $(#[$doc])*
        pub fn $name(&self $(, $arg: $type)*) -> Result<String> {
            // SAFETY: the buffer is as long as said
            text_of(|text, cap, err| unsafe { sys::$function(self.raw(), $($pass,)* text, cap, err) })
        }
    };
}

macro_rules! methods {
    ($($(#[$doc:meta])* $word:ident $name:ident($($arg:ident: $type:ty),*) $(-> $record:ident)? = $function:ident($($pass:expr),*);)*) => {
        $(method! { $(#[$doc])* $word $name($($arg: $type),*) $(-> $record)? = $function($($pass),*) })*
    };
}

macro_rules! targets {
    ($($all:tt)*) => {
        impl<M> Target<M> {
            methods! { $($all)* }
        }
    };
}

macro_rules! layouts {
    ($($all:tt)*) => {
        impl Layout {
            methods! { $($all)* }
        }
    };
}

macro_rules! free {
    ($($(#[$doc:meta])* read $name:ident($($arg:ident: $type:ty),*) -> $record:ident = $function:ident($($pass:expr),*);)*) => {
        $(
            $(#[$doc])*
            pub fn $name($($arg: $type),*) -> Result<$record> {
                let (mut out, mut err) = ($record::default(), sys::kst_error::default());
                // SAFETY: records have their sizes; what is passed lives during the call
                let status = unsafe { sys::$function($($pass,)* &mut out.0, &mut err) };
                check(status, &err)?;
                Ok(out)
            }
        )*
    };
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) = $function:ident($($pass:expr),*);)*) => {
        $(
            $(#[$doc])*
            pub fn $name($($arg: $type),*) -> Option<&'static str> {
                // SAFETY: any number may be asked for
                from_static(unsafe { sys::$function($($pass),*) })
            }
        )*
    };
}
