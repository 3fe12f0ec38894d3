// Generated from include/kstate/*.h by tools/rust_bindings.py. Do not edit.
use super::*;

enumeration! {
    /// Every status there is. A number keeps its meaning for ever; the band tells a tool what to do.
    Status: i32, kst_status_name {
        /// Done.
        OK "ok" = 0;
        /// Nothing more; not an error.
        END "end" = 1;
        /// An argument is wrong: fix the call.
        E_ARG "e-arg" = -1;
        /// A struct's `size` is not one that this version knows, or it asks for something unknown.
        E_ABI "e-abi" = -2;
        /// A heap allocation failed (never from decoders or walks).
        E_NO_MEMORY "e-no-memory" = -3;
        /// Type information lacks a type, member or symbol: give a better layout.
        E_NO_MEMBER "e-no-member" = -20;
        /// The format or build is recognised, but nothing here can decode it.
        E_UNSUPPORTED "e-unsupported" = -21;
        /// The memory is not there: try another source.
        E_FAULT "e-fault" = -40;
        /// The host's callback failed; see `kst_error.host_code`.
        E_HOST "e-host" = -41;
        /// The operating system could not open or map a file; `host_code` is errno.
        E_IO "e-io" = -42;
        /// The evidence contradicts itself: a finding to report.
        E_CORRUPT "e-corrupt" = -60;
        /// A budget or the caller's buffer is used up.
        E_LIMIT "e-limit" = -61;
    }
}

enumeration! {
    /// Why a walk ended.
    WalkEnd: u32, kst_walk_end_name {
        /// It has not ended.
        RUNNING "running" = 0;
        /// A circular list came back to its head, or a table was read to its end.
        CLOSED "closed" = 1;
        /// A null link ended a list that ends that way.
        TERMINATED "terminated" = 2;
        /// Links or counts contradict each other.
        MISMATCH "mismatch" = 3;
        /// The list runs in a loop that does not contain its head.
        LOOP "loop" = 4;
        /// The next element is not in the memory at hand.
        UNREADABLE "unreadable" = 5;
        /// The step budget of the target is used up.
        BUDGET "budget" = 6;
    }
}

enumeration! {
    /// Processor architectures.
    Arch: u32, kst_arch_name {
        /// Not known.
        UNKNOWN "unknown" = 0;
        /// 32-bit x86, PAE or not.
        X86 "x86" = 1;
        /// x86-64.
        X64 "x64" = 2;
        /// AArch64.
        ARM64 "arm64" = 3;
    }
}

enumeration! {
    /// How virtual addresses are translated.
    Paging: u32, kst_paging_name {
        /// Not known, or the reader translates.
        NONE "none" = 0;
        /// x86, 2 levels, 4-byte entries.
        X86 "x86" = 1;
        /// x86 PAE, 3 levels, 8-byte entries.
        PAE "pae" = 2;
        /// x64, 4 levels.
        X64 "x64" = 3;
        /// x64, 5 levels.
        LA57 "la57" = 4;
        /// ARM64, 4 KiB granule, 4 levels.
        ARM64 "arm64" = 5;
    }
}

enumeration! {
    /// Container formats.
    Format: u32, kst_format_name {
        /// Not recognised.
        UNKNOWN "unknown" = 0;
        /// Physical memory from address 0.
        RAW "raw" = 1;
        /// LiME.
        LIME "lime" = 2;
        /// ELF core with physical segments.
        ELF "elf" = 3;
        /// Windows dump, physical runs (type 1).
        FULL "full" = 4;
        /// Windows dump, kernel summary (type 2).
        SUMMARY "summary" = 5;
        /// Windows dump header, no memory.
        HEADER_ONLY "header-only" = 6;
        /// Windows dump, virtual pieces (type 4).
        TRIAGE "triage" = 7;
        /// Windows dump, bitmap (type 5).
        BITMAP_FULL "bitmap-full" = 8;
        /// Windows dump, bitmap (types 6 and 7; live dumps too).
        BITMAP_KERNEL "bitmap-kernel" = 9;
        /// Windows dump, page ranges (types 8, 9, 10).
        RDMP "rdmp" = 10;
    }
}

enumeration! {
    /// Kinds of types that have members.
    TypeKind: u32, none {
        /// A struct or a class.
        STRUCT "struct" = 1;
        /// A union.
        UNION "union" = 2;
    }
}

enumeration! {
    /// The two queues of a processor.
    DpcKind: u32, kst_dpc_kind_name {
        /// DpcData\[0\], or the one queue of XP.
        NORMAL "normal" = 0;
        /// DpcData\[1\]: DPCs that run in a thread at passive level.
        THREADED "threaded" = 1;
    }
}

enumeration! {
    /// Kinds of kernel stacks.
    Stack: u32, kst_stack_name {
        /// None that the processor tells of.
        UNKNOWN "unknown" = 0;
        /// The current thread's.
        THREAD "thread" = 1;
        /// The processor's DPC stack.
        DPC "dpc" = 2;
        /// The processor's interrupt stack.
        INTERRUPT "interrupt" = 3;
        /// The processor's exception stack.
        EXCEPTION "exception" = 4;
        /// The first interrupt stack of the TSS (x64): double faults.
        DOUBLE_FAULT "double-fault" = 5;
        /// The second: machine checks.
        MACHINE_CHECK "machine-check" = 6;
        /// The third: non-maskable interrupts.
        NMI "nmi" = 7;
        /// The fourth: debug exceptions.
        DEBUG "debug" = 8;
    }
}

enumeration! {
    /// How the registers of a link were found.
    RegistersFound: u32, kst_registers_found_name {
        /// A saved context, or the caller gave them.
        CONTEXT "context" = 1;
        /// The frame at the top of the stack that was switched to.
        FRAME "frame" = 2;
        /// A field of the processor block or of the thread.
        FIELD "field" = 3;
        /// A scan of the top of the stack: the weakest.
        SCAN "scan" = 4;
    }
}

enumeration! {
    /// What there is of a process below the kernel.
    UserState: u32, kst_user_state_name {
        /// The members that tell are not known here.
        UNKNOWN "unknown" = 0;
        /// It has a PEB.
        PRESENT "present" = 1;
        /// It never had user mode: Idle, System, minimal processes.
        NONE "none" = 2;
        /// It has exited; its address space is deleted.
        GONE "gone" = 3;
        /// Isolated user mode: part of it runs, and lies, in VTL 1, which VTL 0 cannot read.
        SECURE "secure" = 4;
    }
}

enumeration! {
    /// Where processes are looked for.
    Processes: u32, none {
        /// PsActiveProcessHead.
        ACTIVE "active" = 0;
        /// KiProcessListHead (KPROCESS.ProcessListEntry, 2003 SP1 and later).
        KERNEL_LIST "kernel-list" = 1;
    }
}

enumeration! {
    /// Scheduler states (KTHREAD.State).
    ThreadState: u32, kst_thread_state_name {
        /// Not started.
        INITIALIZED "initialized" = 0;
        /// Waits for a processor.
        READY "ready" = 1;
        /// Runs.
        RUNNING "running" = 2;
        /// Chosen to run next.
        STANDBY "standby" = 3;
        /// Has exited.
        TERMINATED "terminated" = 4;
        /// Waits; `wait_reason` says for what.
        WAITING "waiting" = 5;
        /// Ready, its kernel stack is paged out.
        TRANSITION "transition" = 6;
        /// Ready, not yet on a processor's queue.
        DEFERRED_READY "deferred-ready" = 7;
        /// Waits on a gate (obsolete in later builds).
        GATE_WAIT "gate-wait" = 8;
        /// Its process is swapped out.
        WAITING_FOR_PROCESS_IN_SWAP "waiting-for-process-in-swap" = 9;
    }
}

enumeration! {
    /// Which list of a process a walk follows. They normally agree except for terminated threads.
    Threads: u32, none {
        /// EPROCESS.ThreadListHead.
        EXECUTIVE "executive" = 0;
        /// KPROCESS.ThreadListHead.
        KERNEL "kernel" = 1;
    }
}

enumeration! {
    /// What could be told of a PEB.
    PebState: u32, kst_peb_state_name {
        /// The process is not known well enough.
        UNKNOWN "unknown" = 0;
        /// The PEB and its loader data are there.
        PRESENT "present" = 1;
        /// The PEB, or the loader data it names, is not in the memory at hand; see `unreadable`.
        PAGED_OUT "paged-out" = 2;
        /// The process has no user mode (or not of this width).
        NONE "none" = 3;
        /// The process has exited; its address space is deleted.
        GONE "gone" = 4;
        /// The stored address cannot be a PEB's.
        INVALID "invalid" = 5;
    }
}

enumeration! {
    /// Loader lists.
    LoaderList: u32, kst_loader_list_name {
        /// InLoadOrderModuleList: the program first, then ntdll.
        LOAD "load" = 0;
        /// InMemoryOrderModuleList.
        MEMORY "memory" = 1;
        /// InInitializationOrderModuleList: without the program.
        INIT "init" = 2;
    }
}

enumeration! {
    /// Kinds of a range (MI_VAD_TYPE).
    VadKind: u32, kst_vad_kind_name {
        /// Ordinary memory, or a mapped section.
        NONE "none" = 0;
        /// Physical memory of a device.
        DEVICE_PHYSICAL "device-physical" = 1;
        /// A mapped image.
        IMAGE "image" = 2;
        /// Address windowing extensions.
        AWE "awe" = 3;
        /// Writes are tracked.
        WRITE_WATCH "write-watch" = 4;
        /// Large pages.
        LARGE_PAGES "large-pages" = 5;
        /// Rotates between a device's memory and ordinary memory.
        ROTATE_PHYSICAL "rotate-physical" = 6;
        /// A section of large pages.
        LARGE_PAGE_SECTION "large-page-section" = 7;
    }
}

enumeration! {
    /// How an address means an object.
    ObjectAt: u32, none {
        /// It is the object's body: what pointers to objects hold.
        BODY "body" = 0;
        /// It is the header.
        HEADER "header" = 1;
        /// Take it as body if a header that makes sense lies before it, else as header.
        EITHER "either" = 2;
    }
}

enumeration! {
    /// Kinds of body that tell a name.
    ObjectKind: u32, kst_object_kind_name {
        /// Its body tells no name.
        NONE "none" = 0;
        /// `_FILE_OBJECT`.
        FILE "file" = 1;
        /// `_DEVICE_OBJECT`.
        DEVICE "device" = 2;
        /// `_DRIVER_OBJECT`.
        DRIVER "driver" = 3;
        /// `_CM_KEY_BODY`.
        KEY "key" = 4;
        /// `_SECTION` or `_SECTION_OBJECT`.
        SECTION "section" = 5;
        /// `_OBJECT_SYMBOLIC_LINK`.
        LINK "link" = 6;
        /// `_EPROCESS`.
        PROCESS "process" = 7;
        /// `_ETHREAD`.
        THREAD "thread" = 8;
    }
}

enumeration! {
    /// Whether the objects of a type are linked into a list.
    ObjectTracking: u32, kst_object_tracking_name {
        /// Neither the global flag nor the type's own bit is known.
        UNKNOWN "unknown" = 0;
        /// Not linked: the list is empty whatever there is. Use handles, the directory, pool tags.
        OFF "off" = 1;
        /// The type asked for it (MaintainTypeList).
        TYPE "type" = 2;
        /// Global flag 0x4000 (`otl`) at boot: every type.
        GLOBAL "global" = 3;
    }
}

enumeration! {
    /// What an entry of a handle table is.
    HandleState: u32, kst_handle_state_name {
        /// The entry is not in the memory at hand.
        UNKNOWN "unknown" = 0;
        /// A handle.
        LIVE "live" = 1;
        /// Not in use: no object.
        FREE "free" = 2;
        /// The first entry of a leaf: never a handle.
        RESERVED "reserved" = 3;
        /// A handle that somebody is working on (the lock bit says so).
        LOCKED "locked" = 4;
        /// Its pointer is none of the kernel.
        BAD "bad" = 5;
    }
}

enumeration! {
    /// Which rules a pool follows. It is told by the members that the layout has, never by a build number.
    PoolGeneration: u32, kst_pool_generation_name {
        /// The layout does not tell; states are then not decoded.
        UNKNOWN "unknown" = 0;
        /// Type byte before the size byte: POOL_TYPE + 1, in use is bit 7 of PoolIndex.
        _2000 "2000" = 1;
        /// (POOL_TYPE + 1) | 4 while in use (5.1, 5.2).
        NT5 "nt5" = 2;
        /// POOL_TYPE | 2 while in use (6.0 and later, classic pages).
        VISTA "vista" = 3;
        /// As VISTA, but the header sits on a segment-heap block (18362 and later).
        HEAP "heap" = 4;
        /// POOL_TYPE + 1 while in use, without an in-use bit (5.2 compatible systems).
        NT5_PLAIN "nt5-plain" = 5;
    }
}

enumeration! {
    /// State of a block.
    PoolState: u32, kst_pool_state_name {
        /// Not told by what is there.
        UNKNOWN "unknown" = 0;
        /// In use.
        ALLOCATED "allocated" = 1;
        /// On a free list.
        FREE "free" = 2;
        /// Freed, but type bits are left: on a lookaside list (inferred but for 8.1).
        CACHED "cached" = 3;
    }
}

enumeration! {
    /// Where pool memory is.
    PoolRegion: u32, kst_pool_region_name {
        /// No range is known that would tell.
        UNKNOWN "unknown" = 0;
        /// Nonpaged pool.
        NONPAGED "nonpaged" = 1;
        /// Paged pool.
        PAGED "paged" = 2;
        /// Special pool.
        SPECIAL "special" = 3;
        /// Paged pool of a session.
        SESSION "session" = 4;
        /// The ranges are known and the address is in none.
        OUTSIDE "outside" = 5;
    }
}

enumeration! {
    /// Rules of a classic page, and the first one that a page breaks.
    PoolRule: u32, kst_pool_rule_name {
        /// All hold.
        NONE "none" = 0;
        /// The first block has a previous size (bug check 0x19 class 6).
        FIRST_PREVIOUS "first-previous" = 1;
        /// A block has no size (class 8).
        ZERO_SIZE "zero-size" = 2;
        /// A block leaves its page (class 9).
        LEAVES_PAGE "leaves-page" = 3;
        /// Previous size is not the size of the block before (class 5).
        PREVIOUS_DIFFERS "previous-differs" = 4;
        /// Previous size is zero inside the page (class 7).
        NO_PREDECESSOR "no-predecessor" = 5;
        /// The header is not in the memory at hand.
        UNREADABLE "unreadable" = 6;
        /// Segment heap: headers do not form a chain; heap metadata decides.
        NO_CHAIN "no-chain" = 7;
    }
}

enumeration! {
    /// What kind of allocation an address belongs to.
    PoolKind: u32, kst_pool_kind_name {
        /// No allocation: free, or not pool.
        NONE "none" = 0;
        /// An entry of the large-allocation table.
        LARGE "large" = 1;
        /// A block of a classic page.
        CLASSIC "classic" = 2;
        /// Special pool.
        SPECIAL "special" = 3;
        /// Segment heap, variable-size chunk.
        VS "vs" = 4;
        /// Segment heap, low-fragmentation block.
        LFH "lfh" = 5;
        /// Segment heap, a page range or a large allocation of the heap.
        HEAP_LARGE "heap-large" = 6;
        /// The evidence does not close; candidates may be given.
        INCONSISTENT "inconsistent" = 7;
    }
}

enumeration! {
    /// Where a heap key came from.
    HeapKeySource: u32, kst_heap_key_source_name {
        /// There is none.
        UNKNOWN "unknown" = 0;
        /// Read from RtlpHpHeapGlobals.
        SYMBOLS "symbols" = 1;
        /// Voted for by chunks and segments in memory, without a symbol.
        RECOVERED "recovered" = 2;
    }
}

enumeration! {
    /// What a range of a page segment is.
    HeapRangeKind: u32, kst_heap_range_name {
        /// Free.
        FREE "free" = 0;
        /// Behind the first descriptor of an allocated range.
        CONTINUATION "continuation" = 1;
        /// One allocation of whole units.
        BACKEND "backend" = 2;
        /// An LFH subsegment.
        LFH "lfh" = 3;
        /// A VS subsegment.
        VS "vs" = 4;
        /// Flags that mean nothing known.
        UNKNOWN "unknown" = 5;
    }
}

enumeration! {
    /// What an entry of a page table is. The prototype bit is tested before the transition bit.
    PteState: u32, kst_pte_state_name {
        /// All bits zero: the VAD decides.
        ZERO "zero" = 0;
        /// The hardware translates through it.
        VALID "valid" = 1;
        /// Not valid, the page is still in memory.
        TRANSITION "transition" = 2;
        /// Points to a prototype entry.
        PROTOTYPE "prototype" = 3;
        /// The prototype entry is found through the VAD.
        PROTOTYPE_VAD "prototype-vad" = 4;
        /// In a prototype array: the page is in a file.
        SUBSECTION "subsection" = 5;
        /// In a page file.
        PAGE_FILE "page-file" = 6;
        /// A zeroed page is made on first use.
        DEMAND_ZERO "demand-zero" = 7;
        /// No access.
        NO_ACCESS "no-access" = 8;
        /// Decommitted.
        DECOMMITTED "decommitted" = 9;
        /// The entry itself is not in the memory at hand.
        UNREADABLE "unreadable" = 10;
        /// None of these.
        UNKNOWN "unknown" = 11;
    }
}

enumeration! {
    /// How a debugger gets at the page that an entry stands for.
    PteRead: u32, kst_pte_read_name {
        /// Not in memory and not in a page file.
        NONE "none" = 0;
        /// As the processor does.
        HARDWARE "hardware" = 1;
        /// By its page frame: the page is still in memory.
        TRANSITION "transition" = 2;
        /// Through a prototype entry.
        PROTOTYPE "prototype" = 3;
        /// From a page file.
        PAGE_FILE "page-file" = 4;
    }
}

enumeration! {
    /// Where a page is: the values of MMLISTS, the same in all builds.
    PfnLocation: u32, kst_pfn_location_name {
        /// On the list of zeroed pages.
        ZEROED "zeroed" = 0;
        /// On the list of free pages.
        FREE "free" = 1;
        /// On a standby list: kept, and free if needed.
        STANDBY "standby" = 2;
        /// On the modified list: to be written.
        MODIFIED "modified" = 3;
        /// On the list of modified pages that must not be written yet.
        MODIFIED_NO_WRITE "modified-no-write" = 4;
        /// On the list of bad pages.
        BAD "bad" = 5;
        /// In use.
        ACTIVE "active" = 6;
        /// Between two states: I/O in progress, or in use without a normal owner.
        TRANSITION "transition" = 7;
    }
}

enumeration! {
    /// What a page is used for, as far as its entry proves it.
    PfnUse: u32, kst_pfn_use_name {
        /// Not known.
        UNKNOWN "unknown" = 0;
        /// Nothing: zeroed, free or bad.
        NONE "none" = 1;
        /// A page of a mapped file or image: its prototype entry names a subsection.
        FILE "file" = 2;
        /// A page of a section that the page file backs.
        SHARED "shared" = 3;
        /// A page table.
        PAGE_TABLE "page-table" = 4;
        /// Private memory of a process.
        PROCESS "process" = 5;
        /// Memory of the system: pool, stacks, drivers, cache.
        SYSTEM "system" = 6;
    }
}

enumeration! {
    /// What a control area is of.
    Section: u32, none {
        /// Backed by the page file.
        PAGEFILE "pagefile" = 0;
        /// A data file.
        DATA "data" = 1;
        /// An image.
        IMAGE "image" = 2;
        /// Physical memory.
        PHYSICAL "physical" = 3;
    }
}

enumeration! {
    /// The counters, indexes of `kst_memory_counters.values`; all in pages unless stated.
    MemoryCounter: u32, none {
        /// Pages of physical memory.
        PHYSICAL "physical" = 0;
        /// Zeroed, free and standby pages.
        AVAILABLE "available" = 1;
        /// Pages that could still be made resident for good.
        RESIDENT_AVAILABLE "resident-available" = 2;
        /// On the list of zeroed pages.
        ZEROED "zeroed" = 3;
        /// On the list of free pages.
        FREE "free" = 4;
        /// On the standby lists of all priorities.
        STANDBY "standby" = 5;
        /// On the modified list.
        MODIFIED "modified" = 6;
        /// On the modified no-write list.
        MODIFIED_NO_WRITE "modified-no-write" = 7;
        /// Committed pages.
        COMMITTED "committed" = 8;
        /// Limit of committed pages.
        COMMIT_LIMIT "commit-limit" = 9;
        /// Most pages ever committed.
        COMMIT_PEAK "commit-peak" = 10;
        /// Committed for shared memory.
        SHARED_COMMIT "shared-commit" = 11;
        /// Committed for processes.
        PROCESS_COMMIT "process-commit" = 12;
        /// Committed for drivers.
        DRIVER_COMMIT "driver-commit" = 13;
        /// Committed for paged pool.
        PAGED_POOL_COMMIT "paged-pool-commit" = 14;
        /// Number of page files.
        PAGING_FILES "paging-files" = 15;
        /// Bytes of nonpaged pool at most.
        NONPAGED_POOL_MAXIMUM "nonpaged-pool-maximum" = 16;
        /// Bytes of paged pool at most.
        PAGED_POOL_SIZE "paged-pool-size" = 17;
        /// Lowest page frame number.
        LOWEST_PAGE "lowest-page" = 18;
        /// Highest page frame number.
        HIGHEST_PAGE "highest-page" = 19;
        /// Entries that system mappings can still take.
        FREE_SYSTEM_PTES "free-system-ptes" = 20;
        /// Modified pages that belong into a page file.
        MODIFIED_PAGE_FILE "modified-page-file" = 21;
        /// Nonpaged pool in use.
        NONPAGED_POOL "nonpaged-pool" = 22;
        /// Paged pool in use.
        PAGED_POOL "paged-pool" = 23;
        /// How many there are in this version.
        COUNT "count" = 24;
    }
}

enumeration! {
    /// Kinds of callbacks.
    CallbackKind: u32, kst_callback_kind_name {
        /// CmRegisterCallback: the vector before Vista, the list from Vista on.
        REGISTRY "registry" = 0;
        /// PsSetCreateProcessNotifyRoutine.
        PROCESS "process" = 1;
        /// PsSetCreateThreadNotifyRoutine.
        THREAD "thread" = 2;
        /// PsSetLoadImageNotifyRoutine.
        IMAGE "image" = 3;
        /// ObRegisterCallbacks, on process, thread and desktop objects.
        OBJECT "object" = 4;
        /// KeRegisterBugCheckCallback and KeRegisterBugCheckReasonCallback.
        BUGCHECK "bugcheck" = 5;
    }
}

enumeration! {
    /// Logs, by the flag that the debugger's command takes.
    VerifierLog: u32, kst_verifier_log_name {
        /// Pool allocations and frees.
        POOL "pool" = 128;
        /// IoCallDriver, IoCompleteRequest, IoCancelIrp.
        IRP "irp" = 256;
        /// KeEnterCriticalRegion, KeLeaveCriticalRegion.
        CRITICAL_REGION "critical-region" = 512;
    }
}

enumeration! {
    /// What an entry recorded, where the first return address tells.
    VerifierOperation: u32, kst_verifier_operation_name {
        /// The symbols that would tell are not known.
        UNKNOWN "unknown" = 0;
        /// A critical region was entered.
        ENTER "enter" = 1;
        /// A critical region was left.
        LEAVE "leave" = 2;
    }
}

bits! {
    /// Set of `KST_CALLBACK_ANOMALY_…` bits.
    CallbackAnomaly: kst_callback_anomaly_name {
        /// The routine lies in no kernel module that is known: a detection, not an error.
        NO_MODULE "no-module" = 0x1;
        /// The slot is not empty and holds no kernel address.
        RAW "raw" = 0x2;
        /// The routine is no kernel address.
        FUNCTION "function" = 0x4;
        /// The routine block is not in memory.
        UNREADABLE "unreadable" = 0x8;
        /// The place of the members rests on an inference for this kernel.
        INFERRED "inferred" = 0x10;
    }
}

bits! {
    /// Set of `KST_CALLBACK_HAS_…` bits.
    CallbackHas: none {
        /// `raw` is valid.
        RAW "raw" = 0x1;
        /// `function` is valid.
        FUNCTION "function" = 0x2;
        /// `context` is valid.
        CONTEXT "context" = 0x4;
        /// `cookie` is valid.
        COOKIE "cookie" = 0x8;
        /// `module_base`, `module` are valid.
        MODULE "module" = 0x10;
        /// `name` is valid.
        NAME "name" = 0x20;
        /// `post_function` is valid.
        POST "post" = 0x40;
        /// `object_type` is valid.
        OBJECT_TYPE "object-type" = 0x80;
        /// `operations` is valid.
        OPERATIONS "operations" = 0x100;
        /// `reason` is valid.
        REASON "reason" = 0x200;
        /// `state` is valid.
        STATE "state" = 0x400;
    }
}

bits! {
    /// Set of `KST_CONTEXT_ANOMALY_…` bits.
    ContextAnomaly: kst_context_anomaly_name {
        /// ContextFlags does not name the architecture; nothing else was taken.
        ARCH "arch" = 0x1;
    }
}

bits! {
    /// Set of `KST_CONTEXT_HAS_…` bits.
    ContextHas: none {
        /// `context_flags` is valid.
        FLAGS "flags" = 0x1;
        /// `ip`, `sp`, `eflags` (and where the architecture says so `fp`, `cs`, `ss`).
        CONTROL "control" = 0x2;
        /// `gpr` is valid but for registers of the control group.
        INTEGER "integer" = 0x4;
        /// `ds`, `es`, `fs`, `gs` are valid.
        SEGMENTS "segments" = 0x8;
    }
}

bits! {
    /// Set of `KST_CONTROL_AREA_ANOMALY_…` bits.
    ControlAreaAnomaly: kst_control_area_anomaly_name {
        /// The segment is there and names another control area: this is none.
        SEGMENT "segment" = 0x1;
        /// The first subsection is there and names another control area.
        SUBSECTION "subsection" = 0x2;
        /// Neither could be read: nothing proves that this is a control area.
        UNPROVED "unproved" = 0x4;
        /// The segment pointer is no kernel address.
        POINTER "pointer" = 0x8;
    }
}

bits! {
    /// Set of `KST_CONTROL_AREA_HAS_…` bits.
    ControlAreaHas: none {
        /// `segment` is valid.
        SEGMENT "segment" = 0x1;
        /// `flink` and `blink` are valid.
        LINKS "links" = 0x2;
        /// `file_object` is valid (0 included).
        FILE_OBJECT "file-object" = 0x4;
        /// `flags` and `kind` are valid.
        FLAGS "flags" = 0x8;
        /// `section_references` is valid.
        SECTION_REFERENCES "section-references" = 0x10;
        /// `pfn_references` is valid.
        PFN_REFERENCES "pfn-references" = 0x20;
        /// `mapped_views` is valid.
        MAPPED_VIEWS "mapped-views" = 0x40;
        /// `user_references` is valid.
        USER_REFERENCES "user-references" = 0x80;
        /// `modified_write_count` is valid.
        MODIFIED_WRITE_COUNT "modified-write-count" = 0x100;
        /// `writable_references` is valid.
        WRITABLE_REFERENCES "writable-references" = 0x200;
        /// `first_subsection` is valid.
        FIRST_SUBSECTION "first-subsection" = 0x400;
        /// `wait_for_deletion` is valid.
        WAIT_FOR_DELETION "wait-for-deletion" = 0x800;
    }
}

bits! {
    /// Set of `KST_CONTROL_AREA_IS_…` bits.
    ControlAreaIs: none {
        /// BeingDeleted.
        BEING_DELETED "being-deleted" = 0x1;
        /// BeingCreated.
        BEING_CREATED "being-created" = 0x2;
        /// BeingPurged.
        BEING_PURGED "being-purged" = 0x4;
        /// NoModifiedWriting.
        NO_MODIFIED_WRITING "no-modified-writing" = 0x8;
        /// FailAllIo.
        FAIL_ALL_IO "fail-all-io" = 0x10;
        /// Image.
        IMAGE "image" = 0x20;
        /// Based.
        BASED "based" = 0x40;
        /// File.
        FILE "file" = 0x80;
        /// PhysicalMemory.
        PHYSICAL_MEMORY "physical-memory" = 0x100;
        /// Reserve.
        RESERVE "reserve" = 0x200;
        /// Commit.
        COMMIT "commit" = 0x400;
        /// Accessed (up to Windows 7).
        ACCESSED "accessed" = 0x800;
        /// WasPurged.
        WAS_PURGED "was-purged" = 0x1000;
        /// UserReference.
        USER_REFERENCE "user-reference" = 0x2000;
        /// GlobalMemory.
        GLOBAL_MEMORY "global-memory" = 0x4000;
        /// DeleteOnClose.
        DELETE_ON_CLOSE "delete-on-close" = 0x8000;
    }
}

bits! {
    /// Set of `KST_DEBUGGER_DATA_ANOMALY_…` bits.
    DebuggerDataAnomaly: kst_debugger_data_anomaly_name {
        /// The kernel's base in the block is not page aligned or not a kernel address.
        KERNEL_BASE "kernel-base" = 0x1;
        /// The list of blocks has more than this one entry, or is broken.
        LIST "list" = 0x2;
        /// Fewer bytes are at hand than the block's Size.
        TRUNCATED "truncated" = 0x4;
        /// The block is larger than this version knows; its tail was left out.
        NEWER "newer" = 0x8;
        /// The block was encoded and has been decoded with the kernel's keys.
        ENCODED "encoded" = 0x10;
    }
}

bits! {
    /// Set of `KST_DIRECTORY_ENTRY_ANOMALY_…` bits.
    DirectoryEntryAnomaly: kst_directory_entry_anomaly_name {
        /// The object's name header does not point back to the directory.
        PARENT "parent" = 0x1;
        /// The hash does not belong into the bucket.
        BUCKET "bucket" = 0x2;
        /// A directory that was not entered: too deep, or one that contains itself.
        NOT_ENTERED "not-entered" = 0x4;
        /// The object's pointer is none of the kernel.
        POINTER "pointer" = 0x8;
    }
}

bits! {
    /// Set of `KST_DIRECTORY_ENTRY_HAS_…` bits.
    DirectoryEntryHas: none {
        /// `body` is valid.
        OBJECT "object" = 0x1;
        /// `chain` is valid.
        CHAIN "chain" = 0x2;
        /// `hash` is valid.
        HASH "hash" = 0x4;
    }
}

bits! {
    /// Set of `KST_DPC_ANOMALY_…` bits.
    DpcAnomaly: kst_dpc_anomaly_name {
        /// The type is none of a DPC.
        TYPE "type" = 0x1;
        /// DpcData says that it is not queued, though it is in a queue.
        NOT_QUEUED "not-queued" = 0x2;
        /// The routine is not a kernel address.
        ROUTINE "routine" = 0x4;
        /// A threaded DPC in the normal queue, or the other way round.
        WRONG_QUEUE "wrong-queue" = 0x8;
    }
}

bits! {
    /// Set of `KST_DPC_HAS_…` bits.
    DpcHas: none {
        /// `type`, `kind` are valid.
        TYPE "type" = 0x1;
        /// `routine` is valid.
        ROUTINE "routine" = 0x2;
        /// `context` is valid.
        CONTEXT "context" = 0x4;
        /// `arguments` is valid.
        ARGUMENTS "arguments" = 0x8;
        /// `dpc_data` is valid.
        DPC_DATA "dpc-data" = 0x10;
        /// `processor_history` is valid.
        HISTORY "history" = 0x20;
        /// `importance` is valid.
        IMPORTANCE "importance" = 0x40;
        /// `number` is valid.
        NUMBER "number" = 0x80;
    }
}

bits! {
    /// Set of `KST_DPC_QUEUE_ANOMALY_…` bits.
    DpcQueueAnomaly: kst_dpc_queue_anomaly_name {
        /// The list is empty and the depth is not 0, or the other way round.
        DEPTH "depth" = 0x1;
        /// Only one of the two ends of the list is empty.
        ENDS "ends" = 0x2;
    }
}

bits! {
    /// Set of `KST_DPC_QUEUE_HAS_…` bits.
    DpcQueueHas: none {
        /// `first`, `last` are valid.
        LIST "list" = 0x1;
        /// `depth` is valid.
        DEPTH "depth" = 0x2;
        /// `count` is valid.
        COUNT "count" = 0x4;
        /// `active` is valid.
        ACTIVE "active" = 0x8;
        /// `lock` is valid.
        LOCK "lock" = 0x10;
        /// `long_dpc_present` is valid.
        LONG "long" = 0x20;
        /// `processor` is valid.
        PROCESSOR "processor" = 0x40;
    }
}

bits! {
    /// Set of `KST_DUMP_ANOMALY_…` bits.
    DumpAnomaly: kst_dump_anomaly_name {
        /// The file ends before its last page or piece.
        TRUNCATED "truncated" = 0x1;
        /// Header type and layout disagree; the layout was believed.
        TYPE_DIFFERS "type-differs" = 0x2;
        /// Runs overlap with other bytes of the file, or pieces of a triage dump with different bytes; the first one wins.
        OVERLAP "overlap" = 0x4;
        /// A count or an offset points beyond the file and was cut.
        CLAMPED "clamped" = 0x8;
        /// A total in the header differs from what the map says; the map was believed.
        COUNT_DIFFERS "count-differs" = 0x10;
        /// The triage end mark is missing.
        NO_END_MARK "no-end-mark" = 0x20;
    }
}

bits! {
    /// Set of `KST_DUMP_HAS_…` bits.
    DumpHas: none {
        /// `dump_type` is valid.
        TYPE "type" = 0x1;
        /// `bugcheck_code`, `bugcheck_parameters` are valid.
        BUGCHECK "bugcheck" = 0x2;
        /// `system_time` is valid.
        SYSTEM_TIME "system-time" = 0x4;
        /// `up_time` is valid.
        UP_TIME "up-time" = 0x8;
        /// `product_type` is valid.
        PRODUCT "product" = 0x10;
        /// `suite_mask` is valid.
        SUITE "suite" = 0x20;
        /// `secondary_offset` is valid.
        SECONDARY "secondary" = 0x40;
    }
}

bits! {
    /// Set of `KST_EXCEPTION_ANOMALY_…` bits.
    ExceptionAnomaly: kst_exception_anomaly_name {
        /// NumberParameters is above 15 and was cut.
        COUNT "count" = 0x1;
        /// The record's bytes are the fill pattern of a dump header: nothing was written there.
        FILL "fill" = 0x2;
    }
}

bits! {
    /// Set of `KST_EXCEPTION_HAS_…` bits.
    ExceptionHas: none {
        /// `code` and `flags` are valid.
        CODE "code" = 0x1;
        /// `exception_address` and `next` are valid.
        ADDRESS "address" = 0x2;
        /// `information_count` and so many of `information` are valid.
        INFORMATION "information" = 0x4;
    }
}

bits! {
    /// Set of `KST_HANDLE_ANOMALY_…` bits.
    HandleAnomaly: kst_handle_anomaly_name {
        /// The pointer is none of the kernel, or not aligned.
        POINTER "pointer" = 0x1;
    }
}

bits! {
    /// Set of `KST_HANDLE_ATTRIBUTE_…` bits.
    HandleAttribute: kst_handle_attribute_name {
        /// Protected from close.
        PROTECT "protect" = 0x1;
        /// Inherited by child processes.
        INHERIT "inherit" = 0x2;
        /// Closing it is audited.
        AUDIT "audit" = 0x4;
        /// NoRightsUpgrade (8.1 and later).
        NO_RIGHTS_UPGRADE "no-rights-upgrade" = 0x8;
    }
}

bits! {
    /// Set of `KST_HANDLE_HAS_…` bits.
    HandleHas: none {
        /// `handle` is valid.
        HANDLE "handle" = 0x1;
        /// `header` and `body` are valid.
        OBJECT "object" = 0x2;
        /// `access` is valid.
        ACCESS "access" = 0x4;
        /// `attributes` is valid.
        ATTRIBUTES "attributes" = 0x8;
    }
}

bits! {
    /// Set of `KST_HANDLE_TABLE_ANOMALY_…` bits.
    HandleTableAnomaly: kst_handle_table_anomaly_name {
        /// TableCode says three levels: there is no such table.
        LEVELS "levels" = 0x1;
        /// TableCode's address is none of the kernel, or, of fewer than two levels, not at the start of a page.
        ADDRESS "address" = 0x2;
        /// HandleCount exceeds what a table can hold.
        COUNT "count" = 0x4;
    }
}

bits! {
    /// Set of `KST_HANDLE_TABLE_HAS_…` bits.
    HandleTableHas: none {
        /// `table` and `levels` are valid.
        TABLE "table" = 0x1;
        /// `process` is valid.
        PROCESS "process" = 0x2;
        /// `pid` is valid.
        PID "pid" = 0x4;
        /// `list_entry` is valid.
        LIST "list" = 0x8;
        /// `handles` is valid.
        HANDLES "handles" = 0x10;
        /// `flags` is valid.
        FLAGS "flags" = 0x20;
        /// `limit` is valid.
        LIMIT "limit" = 0x40;
    }
}

bits! {
    /// Set of `KST_HEAP_KEY_ANOMALY_…` bits.
    HeapKeyAnomaly: kst_heap_key_anomaly_name {
        /// Only a part of the memory was searched: the votes were clear, or the budget ended.
        PARTIAL "partial" = 0x1;
        /// Neighbouring chunks, or chunks and segments, contradict each other; bits that depend on them are left out.
        CONTRADICTION "contradiction" = 0x2;
    }
}

bits! {
    /// Set of `KST_HEAP_LARGE_ANOMALY_…` bits.
    HeapLargeAnomaly: kst_heap_large_anomaly_name {
        /// No address or no pages, or the allocation wraps around the address space.
        EXTENT "extent" = 0x1;
    }
}

bits! {
    /// Set of `KST_HEAP_RANGE_ANOMALY_…` bits.
    HeapRangeAnomaly: kst_heap_range_anomaly_name {
        /// The first descriptor of an allocated range lacks its signature.
        SIGNATURE "signature" = 0x1;
        /// Flags that mean nothing known.
        FLAGS "flags" = 0x2;
        /// A range without a length, or a continuation that leads nowhere.
        UNITS "units" = 0x4;
    }
}

bits! {
    /// Set of `KST_IDENTITY_ANOMALY_…` bits.
    IdentityAnomaly: kst_identity_anomaly_name {
        /// More than one directory table base fits; the best one was taken.
        DTB_GUESSED "dtb-guessed" = 0x1;
        /// The debugger data block is encoded and could not be decoded.
        BLOCK_ENCODED "block-encoded" = 0x2;
        /// Time stamp and size of the kernel image belong to more than one version.
        REVISION_AMBIGUOUS "revision-ambiguous" = 0x4;
        /// Header fields contradict what the memory shows; the memory was believed.
        HEADER_DIFFERS "header-differs" = 0x8;
    }
}

bits! {
    /// Set of `KST_IDENTITY_HAS_…` bits.
    IdentityHas: none {
        /// `arch` is valid.
        ARCH "arch" = 0x1;
        /// `paging` is valid.
        PAGING "paging" = 0x2;
        /// `build` is valid.
        BUILD "build" = 0x4;
        /// `revision` is valid.
        REVISION "revision" = 0x8;
        /// `processors` is valid.
        PROCESSORS "processors" = 0x10;
        /// `time_date_stamp` is valid.
        TIME_DATE_STAMP "time-date-stamp" = 0x20;
        /// `size_of_image` is valid.
        SIZE_OF_IMAGE "size-of-image" = 0x40;
        /// `dtb` is valid.
        DTB "dtb" = 0x80;
        /// `kernel_base` is valid.
        KERNEL_BASE "kernel-base" = 0x100;
        /// `debugger_data` is valid.
        DEBUGGER_DATA "debugger-data" = 0x200;
        /// `loaded_modules` is valid.
        LOADED_MODULES "loaded-modules" = 0x400;
        /// `active_processes` is valid.
        ACTIVE_PROCESSES "active-processes" = 0x800;
        /// `pfn_database` is valid.
        PFN_DATABASE "pfn-database" = 0x1000;
        /// `kpcr` is valid.
        KPCR "kpcr" = 0x2000;
    }
}

bits! {
    /// Set of `KST_IMAGE_ANOMALY_…` bits.
    ImageAnomaly: kst_image_anomaly_name {
        /// The debug directory, or what it names, lies outside the image.
        RANGE "range" = 0x1;
        /// The debug directory states more entries than are sane; the first ones were looked at.
        CLAMPED "clamped" = 0x2;
        /// The name of the PDB does not end, or is longer than its array, and was cut.
        NAME_CUT "name-cut" = 0x4;
    }
}

bits! {
    /// Set of `KST_IMAGE_HAS_…` bits.
    ImageHas: none {
        /// `machine`, `time_date_stamp` and `size_of_image` are valid.
        HEADER "header" = 0x1;
        /// `pdb_guid` and `pdb_age` are valid.
        PDB "pdb" = 0x2;
        /// `pdb_name` is valid.
        NAME "name" = 0x4;
    }
}

bits! {
    /// Set of `KST_ISF_HAS_…` bits.
    IsfHas: none {
        /// Members guid, age, machine and pdb_name of `kst_isf_info` are there.
        IDENTITY "identity" = 0x1;
    }
}

bits! {
    /// Set of `KST_LARGE_ALLOCATION_ANOMALY_…` bits.
    LargeAllocationAnomaly: kst_large_allocation_anomaly_name {
        /// The address is not that of a page.
        MISALIGNED "misaligned" = 0x1;
        /// The address is not a kernel address.
        NOT_KERNEL "not-kernel" = 0x2;
        /// The length is zero, absurd, or wraps around the address space.
        LENGTH "length" = 0x4;
        /// Another live entry overlaps this one.
        OVERLAP "overlap" = 0x8;
    }
}

bits! {
    /// Set of `KST_LARGE_ALLOCATION_HAS_…` bits.
    LargeAllocationHas: none {
        /// `address` and `state` are valid.
        ADDRESS "address" = 0x1;
        /// `bytes` is valid.
        BYTES "bytes" = 0x2;
        /// `tag`, `tag_text` and `protected_tag` are valid.
        TAG "tag" = 0x4;
        /// `pool_type` and `region` are valid.
        POOL_TYPE "pool-type" = 0x8;
        /// `executable` is valid.
        EXECUTABLE "executable" = 0x10;
        /// `slush` and `pattern` are valid.
        SLUSH "slush" = 0x20;
        /// `quota_raw` is valid.
        QUOTA_RAW "quota-raw" = 0x40;
        /// `quota_process` is valid.
        QUOTA_PROCESS "quota-process" = 0x80;
        /// `index` is valid.
        INDEX "index" = 0x100;
    }
}

bits! {
    /// Set of `KST_LARGE_TABLE_ANOMALY_…` bits.
    LargeTableAnomaly: kst_large_table_anomaly_name {
        /// The number of entries was absurd and was clamped.
        CLAMPED "clamped" = 0x1;
        /// The table is not at a page boundary.
        MISALIGNED "misaligned" = 0x2;
        /// Pointer or size changed while the table was read (live memory).
        TORN "torn" = 0x4;
        /// Parts of the table could not be read.
        PARTIAL "partial" = 0x8;
        /// Live entries overlap each other.
        OVERLAP "overlap" = 0x10;
        /// The caller's memory was too small for all live entries.
        TRUNCATED "truncated" = 0x20;
    }
}

bits! {
    /// Set of `KST_LAYOUT_ANOMALY_…` bits.
    LayoutAnomaly: kst_layout_anomaly_name {
        /// The revision was not known, or not one that was seen (or the image is the 5-level-paging kernel, and the table is of its twin); of several candidates the best fitting one was taken.
        REVISION_GUESSED "revision-guessed" = 0x1;
        /// No table for this build: only members that are known for every kernel of its identity are there.
        PARTIAL "partial" = 0x2;
        /// A value of the debugger data block contradicts the table; the block's value was taken.
        BLOCK_DIFFERS "block-differs" = 0x4;
        /// No table for this width of PTE (PAE or not): members whose place depends on it were left out.
        PAE_REDUCED "pae-reduced" = 0x8;
    }
}

bits! {
    /// Set of `KST_LFH_SUBSEGMENT_ANOMALY_…` bits.
    LfhSubsegmentAnomaly: kst_lfh_subsegment_anomaly_name {
        /// The size of blocks is none that the heap uses.
        BLOCK_SIZE "block-size" = 0x1;
        /// The first block overlaps the bitmap, or does not lie at a multiple of the size unit.
        FIRST_BLOCK "first-block" = 0x2;
        /// The places of blocks do not fit into the range, or leave room for one more.
        BLOCK_COUNT "block-count" = 0x4;
        /// More blocks are free than there are.
        FREE_COUNT "free-count" = 0x8;
    }
}

bits! {
    /// Set of `KST_LFH_SUBSEGMENT_HAS_…` bits.
    LfhSubsegmentHas: none {
        /// `block_bytes`, `first_block` and `plain` are valid.
        OFFSETS "offsets" = 0x1;
        /// `block_count` is valid.
        BLOCK_COUNT "block-count" = 0x2;
        /// `free_count` is valid.
        FREE_COUNT "free-count" = 0x4;
        /// `bitmap` is valid.
        BITMAP "bitmap" = 0x8;
        /// `withheld_count` is valid.
        WITHHELD "withheld" = 0x10;
    }
}

bits! {
    /// Set of `KST_MODULE_ANOMALY_…` bits.
    ModuleAnomaly: kst_module_anomaly_name {
        /// A name is longer than its array and was cut.
        NAME_CUT "name-cut" = 0x1;
        /// Base or size is not page aligned, or the size is absurd.
        RANGE "range" = 0x2;
        /// A name is not sound UTF-16 (odd length, length beyond its maximum, broken surrogates).
        NAME "name" = 0x4;
    }
}

bits! {
    /// Set of `KST_MODULE_HAS_…` bits.
    ModuleHas: none {
        /// `base` is valid.
        BASE "base" = 0x1;
        /// `size_of_image` is valid.
        SIZE "size" = 0x2;
        /// `name` is valid.
        NAME "name" = 0x4;
        /// `path` is valid.
        PATH "path" = 0x8;
        /// `entry_point` is valid.
        ENTRY_POINT "entry-point" = 0x10;
        /// `time_date_stamp` is valid.
        STAMP "stamp" = 0x20;
        /// `checksum` is valid.
        CHECKSUM "checksum" = 0x40;
        /// `flags` is valid.
        FLAGS "flags" = 0x80;
        /// `load_count` is valid.
        LOAD_COUNT "load-count" = 0x100;
        /// `name_address` and `name_bytes` are valid.
        NAME_STRING "name-string" = 0x200;
        /// `path_address` and `path_bytes` are valid.
        PATH_STRING "path-string" = 0x400;
    }
}

bits! {
    /// Set of `KST_OBJECT_ANOMALY_…` bits.
    ObjectAnomaly: kst_object_anomaly_name {
        /// The header is not aligned to two pointers.
        UNALIGNED "unaligned" = 0x1;
        /// InfoMask has a bit whose header is not known here.
        INFO_UNKNOWN "info-unknown" = 0x2;
        /// An offset byte (up to Vista) points into the header's neighbour or is not a multiple of four.
        INFO_OFFSET "info-offset" = 0x4;
        /// PaddingAmount exceeds a page and was cut.
        PADDING "padding" = 0x8;
        /// The name's length is odd, or exceeds its buffer.
        NAME_LENGTH "name-length" = 0x10;
        /// The name does not fit `name`, or is not sound UTF-16.
        NAME_CUT "name-cut" = 0x20;
        /// A count is negative, or there are more handles than references.
        COUNTS "counts" = 0x40;
        /// The type index needs the header cookie, or it is not known whether it does, and the cookie is not known.
        COOKIE_UNKNOWN "cookie-unknown" = 0x80;
        /// The type index is beyond the type table, or its slot is empty.
        TYPE_INDEX "type-index" = 0x100;
        /// What should be the type is no object of type Type.
        NOT_A_TYPE "not-a-type" = 0x200;
        /// The neighbours in the list of the type do not point back.
        BACK_LINK "back-link" = 0x400;
        /// In the list of a type, but of another type.
        OTHER_TYPE "other-type" = 0x800;
        /// In the list of a type, but its header says it has no creator header.
        NO_CREATOR "no-creator" = 0x1000;
    }
}

bits! {
    /// Set of `KST_OBJECT_BODY_ANOMALY_…` bits.
    ObjectBodyAnomaly: kst_object_body_anomaly_name {
        /// The body's own signature is not that of its type: nothing of it was believed.
        SIGNATURE "signature" = 0x1;
        /// The name does not fit `name`, or is not sound text.
        NAME_CUT "name-cut" = 0x2;
        /// The key's parents do not end: the path's front is left out.
        PARENTS "parents" = 0x4;
        /// What it names (a file's device, a section's file) lacks the signature of its type: nothing of that one was believed.
        REFERENCE "reference" = 0x8;
    }
}

bits! {
    /// Set of `KST_OBJECT_BODY_HAS_…` bits.
    ObjectBodyHas: none {
        /// `device` is valid.
        DEVICE "device" = 0x1;
        /// `driver` is valid.
        DRIVER "driver" = 0x2;
        /// `file` is valid.
        FILE "file" = 0x4;
        /// `start` is valid.
        START "start" = 0x8;
        /// `id` is valid.
        ID "id" = 0x10;
        /// `pid` is valid.
        PID "pid" = 0x20;
        /// `flags` is valid.
        FLAGS "flags" = 0x40;
        /// `device_name` is valid.
        DEVICE_NAME "device-name" = 0x80;
        /// `name` is valid.
        NAME "name" = 0x100;
    }
}

bits! {
    /// Set of `KST_OBJECT_HAS_…` bits.
    ObjectHas: none {
        /// `pointer_count` is valid.
        POINTER_COUNT "pointer-count" = 0x1;
        /// `handle_count` is valid.
        HANDLE_COUNT "handle-count" = 0x2;
        /// `flags` is valid.
        FLAGS "flags" = 0x4;
        /// `type` is valid.
        TYPE "type" = 0x8;
        /// `stored_type_index` is valid.
        STORED_INDEX "stored-index" = 0x10;
        /// `type_index` is valid.
        TYPE_INDEX "type-index" = 0x20;
        /// `info_mask` is valid.
        INFO_MASK "info-mask" = 0x40;
        /// `infos` and `info_address` are valid.
        INFOS "infos" = 0x80;
        /// `create_info` is valid.
        CREATE_INFO "create-info" = 0x100;
        /// `security_descriptor` and `security_references` are valid.
        SECURITY "security" = 0x200;
        /// `creator_pid` is valid.
        CREATOR_PID "creator-pid" = 0x400;
        /// `type_list_flink` and `type_list_blink` are valid.
        TYPE_LIST "type-list" = 0x800;
        /// `creator_backtrace` is valid.
        BACKTRACE "backtrace" = 0x1000;
        /// `directory` is valid.
        DIRECTORY "directory" = 0x2000;
        /// `name_buffer`, `name_length` and `name_maximum` are valid.
        NAME_STRING "name-string" = 0x4000;
        /// `name_references` is valid.
        NAME_REFERENCES "name-references" = 0x8000;
        /// `paged_charge` and `nonpaged_charge` are valid.
        QUOTA "quota" = 0x10000;
        /// `handle_info` is valid.
        HANDLE_INFO "handle-info" = 0x20000;
        /// `handle_info_count` is valid.
        HANDLE_INFO_COUNT "handle-info-count" = 0x40000;
        /// `exclusive_process` is valid.
        EXCLUSIVE "exclusive" = 0x80000;
        /// `padding` is valid.
        PADDING "padding" = 0x100000;
        /// `audit_descriptor` is valid.
        AUDIT "audit" = 0x200000;
        /// `footer` is valid.
        FOOTER "footer" = 0x400000;
        /// `type_name` is valid.
        TYPE_NAME "type-name" = 0x800000;
        /// `name` is valid: the object has a name and it could be read.
        NAME "name" = 0x1000000;
    }
}

bits! {
    /// Set of `KST_OBJECT_INFO_…` bits.
    ObjectInfo: kst_object_info_name {
        /// `_OBJECT_HEADER_CREATOR_INFO`; `info_address[0]`.
        CREATOR "creator" = 0x1;
        /// `_OBJECT_HEADER_NAME_INFO`; `info_address[1]`.
        NAME "name" = 0x2;
        /// `_OBJECT_HEADER_HANDLE_INFO`; `info_address[2]`.
        HANDLE "handle" = 0x4;
        /// `_OBJECT_HEADER_QUOTA_INFO`; `info_address[3]`.
        QUOTA "quota" = 0x8;
        /// `_OBJECT_HEADER_PROCESS_INFO`; `info_address[4]`.
        PROCESS "process" = 0x10;
        /// `_OBJECT_HEADER_PADDING_INFO`; `info_address[5]`.
        PADDING "padding" = 0x20;
        /// `_OBJECT_HEADER_AUDIT_INFO`; `info_address[6]`.
        AUDIT "audit" = 0x40;
        /// `_OBJECT_HEADER_EXTENDED_INFO`, in 10240 and 10586 `_OBJECT_HEADER_HANDLE_REVOCATION_INFO`; `info_address[7]`.
        EXTENDED "extended" = 0x80;
    }
}

bits! {
    /// Set of `KST_OBJECT_TYPE_…` bits.
    ObjectTypeFlags: none {
        /// Names are compared without case.
        CASE_INSENSITIVE "case-insensitive" = 0x1;
        /// Objects have no names.
        UNNAMED_ONLY "unnamed-only" = 0x2;
        /// Waits use a default object.
        USE_DEFAULT "use-default" = 0x4;
        /// Every object has a security descriptor.
        SECURITY_REQUIRED "security-required" = 0x8;
        /// Handles are counted per process.
        MAINTAIN_HANDLES "maintain-handles" = 0x10;
        /// Every object is linked at TypeList.
        MAINTAIN_LIST "maintain-list" = 0x20;
        /// Callbacks may be registered (Vista SP1 and later).
        CALLBACKS "callbacks" = 0x40;
        /// Objects are aligned to cache lines (8.1 and later).
        CACHE_ALIGNED "cache-aligned" = 0x80;
    }
}

bits! {
    /// Set of `KST_OBJECT_TYPE_ANOMALY_…` bits.
    ObjectTypeAnomaly: kst_object_type_anomaly_name {
        /// The name's length is odd, or exceeds its buffer, or its text cannot be shown whole.
        NAME "name" = 0x1;
        /// Index is not the slot of the type table that leads here.
        INDEX "index" = 0x2;
        /// One link of TypeList leads to its head, the other does not.
        LIST "list" = 0x4;
        /// Its own header does not say that it is an object of type Type.
        NOT_A_TYPE "not-a-type" = 0x8;
        /// A high-water mark is below the number it is the mark of.
        COUNTS "counts" = 0x10;
    }
}

bits! {
    /// Set of `KST_OBJECT_TYPE_HAS_…` bits.
    ObjectTypeHas: none {
        /// `list_head`, `list_flink` and `list_blink` are valid.
        LIST "list" = 0x1;
        /// `name_buffer`, `name_length` and `name_maximum` are valid.
        NAME_STRING "name-string" = 0x2;
        /// `default_object` is valid.
        DEFAULT "default" = 0x4;
        /// `index` is valid.
        INDEX "index" = 0x8;
        /// `objects` is valid.
        OBJECTS "objects" = 0x10;
        /// `handles` is valid.
        HANDLES "handles" = 0x20;
        /// `high_objects` and `high_handles` are valid.
        HIGH "high" = 0x40;
        /// `key` is valid.
        KEY "key" = 0x80;
        /// `flags` is valid.
        FLAGS "flags" = 0x100;
        /// `valid_access` is valid.
        VALID_ACCESS "valid-access" = 0x200;
        /// `pool_type` is valid.
        POOL_TYPE "pool-type" = 0x400;
        /// `callback_head` and `callback_flink` are valid.
        CALLBACKS "callbacks" = 0x800;
        /// `name` is valid.
        NAME "name" = 0x1000;
    }
}

bits! {
    /// Set of `KST_PAGE_FILE_HAS_…` bits.
    PageFileHas: none {
        /// `current_pages` is valid.
        CURRENT "current" = 0x1;
        /// `minimum_pages` is valid.
        MINIMUM "minimum" = 0x2;
        /// `maximum_pages` is valid.
        MAXIMUM "maximum" = 0x4;
        /// `free_pages` is valid.
        FREE "free" = 0x8;
        /// The name was read.
        NAME "name" = 0x10;
    }
}

bits! {
    /// Set of `KST_PAGE_SEGMENT_ANOMALY_…` bits.
    PageSegmentAnomaly: kst_page_segment_anomaly_name {
        /// The signature does not decode to an address that a segment context can have.
        SIGNATURE "signature" = 0x1;
    }
}

bits! {
    /// Set of `KST_PAGE_SEGMENT_HAS_…` bits.
    PageSegmentHas: none {
        /// `context` is valid.
        CONTEXT "context" = 0x1;
        /// `next` and `previous` are valid.
        LINKS "links" = 0x2;
    }
}

bits! {
    /// Set of `KST_PDB_ANOMALY_…` bits.
    PdbAnomaly: kst_pdb_anomaly_name {
        /// The type records end inside a record or hold one that is not sound: later types are missing.
        TYPES_CUT "types-cut" = 0x1;
        /// The symbol records end inside a record or hold one that is not sound: later symbols are missing.
        SYMBOLS_CUT "symbols-cut" = 0x2;
        /// A stream that the file names has blocks outside the file: what it describes is missing.
        STREAM_LOST "stream-lost" = 0x4;
        /// The sections or the address map are missing or not sound: no symbol has an address.
        NO_ADDRESSES "no-addresses" = 0x8;
    }
}

bits! {
    /// Set of `KST_PEB_ANOMALY_…` bits.
    PebAnomaly: kst_peb_anomaly_name {
        /// A pointer in the PEB or the loader data leads out of user space.
        POINTER "pointer" = 0x1;
        /// The PEB itself is not at a user address.
        ADDRESS "address" = 0x2;
        /// The length of the loader data is none that a version has.
        LDR_LENGTH "ldr-length" = 0x4;
    }
}

bits! {
    /// Set of `KST_PEB_HAS_…` bits.
    PebHas: none {
        /// `inherited_address_space`, `read_image_file_exec_options`, `being_debugged` are valid.
        FLAG_BYTES "flag-bytes" = 0x1;
        /// `bit_field`, `flags` are valid.
        BIT_FIELD "bit-field" = 0x2;
        /// `image_base` is valid.
        IMAGE_BASE "image-base" = 0x4;
        /// `ldr` is valid.
        LDR "ldr" = 0x8;
        /// `parameters` is valid.
        PARAMETERS "parameters" = 0x10;
        /// `subsystem_data` is valid.
        SUBSYSTEM_DATA "subsystem-data" = 0x20;
        /// `process_heap` is valid.
        PROCESS_HEAP "process-heap" = 0x40;
        /// `process_heaps` is valid.
        PROCESS_HEAPS "process-heaps" = 0x80;
        /// `cross_process_flags` is valid.
        CROSS_PROCESS_FLAGS "cross-process-flags" = 0x100;
        /// `nt_global_flag` is valid.
        NT_GLOBAL_FLAG "nt-global-flag" = 0x200;
        /// `processors` is valid.
        PROCESSORS "processors" = 0x400;
        /// `heaps` is valid.
        HEAPS "heaps" = 0x800;
        /// `os_major` is valid.
        OS_MAJOR "os-major" = 0x1000;
        /// `os_minor` is valid.
        OS_MINOR "os-minor" = 0x2000;
        /// `os_build` is valid.
        OS_BUILD "os-build" = 0x4000;
        /// `os_service_pack` is valid.
        OS_SERVICE_PACK "os-service-pack" = 0x8000;
        /// `os_platform` is valid.
        OS_PLATFORM "os-platform" = 0x10000;
        /// `image_subsystem` is valid.
        IMAGE_SUBSYSTEM "image-subsystem" = 0x20000;
        /// `session_id` is valid.
        SESSION_ID "session-id" = 0x40000;
        /// `csd_version` is valid.
        CSD_VERSION "csd-version" = 0x80000;
        /// `ldr_length` is valid.
        LDR_LENGTH "ldr-length" = 0x100000;
        /// `ldr_initialized` is valid.
        LDR_INITIALIZED "ldr-initialized" = 0x200000;
        /// `load_first`, `load_last` are valid.
        LOAD_LIST "load-list" = 0x400000;
        /// `memory_first`, `memory_last` are valid.
        MEMORY_LIST "memory-list" = 0x800000;
        /// `init_first`, `init_last` are valid.
        INIT_LIST "init-list" = 0x1000000;
        /// `entry_in_progress` is valid.
        ENTRY_IN_PROGRESS "entry-in-progress" = 0x2000000;
        /// `shutdown_in_progress` is valid.
        SHUTDOWN "shutdown" = 0x4000000;
    }
}

bits! {
    /// Set of `KST_PEB_IS_…` bits.
    PebIs: none {
        /// ImageUsesLargePages.
        LARGE_PAGES "large-pages" = 0x1;
        /// IsProtectedProcess.
        PROTECTED "protected" = 0x2;
        /// IsLegacyProcess (Vista, 7).
        LEGACY "legacy" = 0x4;
        /// IsImageDynamicallyRelocated.
        RELOCATED "relocated" = 0x8;
        /// SkipPatchingUser32Forwarders.
        SKIP_PATCHING "skip-patching" = 0x10;
        /// IsPackagedProcess.
        PACKAGED "packaged" = 0x20;
        /// IsAppContainer.
        APP_CONTAINER "app-container" = 0x40;
        /// IsProtectedProcessLight.
        PROTECTED_LIGHT "protected-light" = 0x80;
        /// IsLongPathAwareProcess.
        LONG_PATH_AWARE "long-path-aware" = 0x100;
    }
}

bits! {
    /// Set of `KST_PFN_ANOMALY_…` bits.
    PfnAnomaly: kst_pfn_anomaly_name {
        /// A page on a free list has references.
        COUNTS "counts" = 0x1;
        /// The frame of the containing table is above all memory, and no mark for a page without one.
        FRAME_RANGE "frame-range" = 0x2;
        /// A list link is above all memory and not the end mark.
        LINK_RANGE "link-range" = 0x4;
    }
}

bits! {
    /// Set of `KST_PFN_BIT_…` bits.
    PfnBit: none {
        /// Modified.
        MODIFIED "modified" = 0x1;
        /// A read is in progress.
        READ "read" = 0x2;
        /// A write is in progress.
        WRITE "write" = 0x4;
        /// The entry of this page is a prototype entry.
        PROTOTYPE "prototype" = 0x8;
        /// Rom.
        ROM "rom" = 0x10;
        /// ParityError.
        PARITY_ERROR "parity-error" = 0x20;
        /// RemovalRequested.
        REMOVAL "removal" = 0x40;
        /// InPageError.
        IN_PAGE_ERROR "in-page-error" = 0x80;
        /// AweAllocation.
        AWE "awe" = 0x100;
        /// KernelStack.
        KERNEL_STACK "kernel-stack" = 0x200;
    }
}

bits! {
    /// Set of `KST_PFN_HAS_…` bits.
    PfnHas: none {
        /// `location` is valid.
        LOCATION "location" = 0x1;
        /// `pte_address` is valid.
        PTE_ADDRESS "pte-address" = 0x2;
        /// `original_pte` is valid.
        ORIGINAL_PTE "original-pte" = 0x4;
        /// `u1` is valid.
        U1 "u1" = 0x8;
        /// `u2` is valid.
        U2 "u2" = 0x10;
        /// `u4` is valid.
        U4 "u4" = 0x20;
        /// `flink` and `blink` are valid: the page is on a list.
        LINKS "links" = 0x40;
        /// `share_count` is valid: the page is on no list.
        SHARE_COUNT "share-count" = 0x80;
        /// `pte_frame` is valid.
        PTE_FRAME "pte-frame" = 0x100;
        /// `virtual_address` is valid.
        VIRTUAL_ADDRESS "virtual-address" = 0x200;
        /// `reference_count` is valid.
        REFERENCE_COUNT "reference-count" = 0x400;
        /// `priority` is valid.
        PRIORITY "priority" = 0x800;
        /// `cache_attribute` is valid.
        CACHE_ATTRIBUTE "cache-attribute" = 0x1000;
        /// `page_identity` is valid.
        PAGE_IDENTITY "page-identity" = 0x2000;
        /// `KST_PFN_BIT_PROTOTYPE` means something.
        PROTOTYPE "prototype" = 0x4000;
        /// `frame` and `address` are valid.
        ADDRESS "address" = 0x8000;
    }
}

bits! {
    /// Set of `KST_POOL_EVIDENCE_…` bits.
    PoolEvidence: kst_pool_evidence_name {
        /// A live entry of the large-allocation table contains the address.
        LARGE_ENTRY "large-entry" = 0x1;
        /// The whole large-allocation table was read and no live entry contains the address.
        NO_LARGE_ENTRY "no-large-entry" = 0x2;
        /// The large-allocation table is not known or not readable: it could not be asked.
        NO_LARGE_TABLE "no-large-table" = 0x4;
        /// Only parts of the large-allocation table could be read.
        LARGE_TABLE_PARTIAL "large-table-partial" = 0x8;
        /// A freed entry of the large-allocation table covers the address: history.
        FREED_ENTRY "freed-entry" = 0x10;
        /// The address is in the unused tail of the last page of a large allocation.
        LARGE_TAIL "large-tail" = 0x20;
        /// The chain of headers closes over the whole page.
        PAGE_CHAIN "page-chain" = 0x40;
        /// The chain holds from the page's start over the block, but breaks behind it.
        CHAIN_TO_BLOCK "chain-to-block" = 0x80;
        /// Paged or nonpaged by its header, the block lies in the range where such blocks belong.
        REGION_AGREES "region-agrees" = 0x100;
        /// The address is outside all known pool ranges.
        OUTSIDE_RANGES "outside-ranges" = 0x200;
        /// The page carries the mark of a free nonpaged page.
        FREE_PAGE "free-page" = 0x400;
        /// The address is in the range of special pool.
        SPECIAL_RANGE "special-range" = 0x800;
        /// Size, place and fill bytes are those of a special-pool page.
        SPECIAL_PATTERN "special-pattern" = 0x1000;
        /// The page cannot be read.
        UNREADABLE "unreadable" = 0x2000;
        /// The signature of a heap's page segment decodes to a heap that exists.
        SEGMENT "segment" = 0x4000;
        /// The page range descriptor is one of an allocated range.
        PAGE_RANGE "page-range" = 0x8000;
        /// The signature of the VS subsegment fits its size.
        VS_SUBSEGMENT "vs-subsegment" = 0x10000;
        /// The chain of VS chunks holds from the subsegment's start over the block.
        VS_CHAIN "vs-chain" = 0x20000;
        /// The VS chunk and its neighbours agree, but the subsegment's start is not at hand.
        VS_NEIGHBOURS "vs-neighbours" = 0x40000;
        /// Block size and offsets of the LFH subsegment decode and fit its range.
        LFH_SUBSEGMENT "lfh-subsegment" = 0x80000;
        /// The LFH bitmap tells the state.
        LFH_BITMAP "lfh-bitmap" = 0x100000;
        /// The heap's tree of large allocations holds the address.
        HEAP_TREE "heap-tree" = 0x200000;
        /// The POOL_HEADER's size agrees with the heap's metadata.
        HEADER_AGREES "header-agrees" = 0x400000;
        /// The heap key came from the kernel's globals.
        KEY_SYMBOLS "key-symbols" = 0x800000;
        /// The heap key was recovered from the memory itself.
        KEY_RECOVERED "key-recovered" = 0x1000000;
        /// Without the heap's keys or types its metadata cannot be decoded.
        NO_HEAP_METADATA "no-heap-metadata" = 0x2000000;
        /// The free VS chunk holds a node of the tree of free chunks.
        VS_FREE_NODE "vs-free-node" = 0x4000000;
        /// The page begins with a segment heap's own header, whose first context names it: the address is no block.
        HEAP_OBJECT "heap-object" = 0x8000000;
        /// The block is free for its next user: it is on a processor's lookaside list. In some generations its header looks allocated nevertheless, and `state` says what the header says.
        ON_LOOKASIDE "on-lookaside" = 0x10000000;
    }
}

bits! {
    /// Set of `KST_POOL_HEADER_ANOMALY_…` bits.
    PoolHeaderAnomaly: kst_pool_header_anomaly_name {
        /// The block leaves its page.
        LEAVES_PAGE "leaves-page" = 0x1;
        /// BlockSize is zero.
        ZERO_SIZE "zero-size" = 0x2;
        /// PreviousSize points before the start of the page.
        PREVIOUS_LEAVES_PAGE "previous-leaves-page" = 0x4;
        /// The header does not lie at a multiple of the size unit.
        MISALIGNED "misaligned" = 0x8;
        /// The type byte is none that this generation stores.
        POOL_TYPE "pool-type" = 0x10;
        /// The tag has bytes that cannot be printed (legal, but rare).
        TAG "tag" = 0x20;
        /// Segment heap: the tag is the upper half of a kernel pointer, so a list link overwrote the header.
        OVERWRITTEN "overwritten" = 0x40;
        /// The block was found again after a contradiction (`KST_POOL_PAGE_RESYNC`), not by the chain from the page's start.
        RESYNC "resync" = 0x80;
        /// The block and the one before are both free: they should be one.
        ADJACENT_FREE "adjacent-free" = 0x100;
    }
}

bits! {
    /// Set of `KST_POOL_HEADER_HAS_…` bits.
    PoolHeaderHas: none {
        /// `block_size` and `previous_size` are valid.
        SIZES "sizes" = 0x1;
        /// `pool_index` is valid.
        POOL_INDEX "pool-index" = 0x2;
        /// `pool_type` is valid.
        POOL_TYPE "pool-type" = 0x4;
        /// `state` is valid.
        STATE "state" = 0x8;
        /// `base_type` is valid.
        BASE_TYPE "base-type" = 0x10;
        /// `tag`, `tag_text` and `protected_tag` are valid.
        TAG "tag" = 0x20;
        /// `quota_raw` is valid: the block is charged to a process.
        QUOTA_RAW "quota-raw" = 0x40;
        /// `quota_process` is valid.
        QUOTA_PROCESS "quota-process" = 0x80;
    }
}

bits! {
    /// Set of `KST_POOL_HIT_…` bits.
    PoolHitFlags: none {
        /// The block has no size.
        ZERO_SIZE "zero-size" = 0x1;
        /// The block leaves its page.
        LEAVES_PAGE "leaves-page" = 0x2;
        /// The previous size leaves the page, is zero inside of it, or (where no header follows in the page) is not the size of the block before; in the segment heap it is not zero.
        PREVIOUS "previous" = 0x4;
        /// The type byte is none that this generation stores.
        POOL_TYPE "pool-type" = 0x8;
        /// The next header, where it is in the same memory, has another previous size.
        NEXT_DIFFERS "next-differs" = 0x10;
    }
}

bits! {
    /// Set of `KST_POOL_PAGE_ANOMALY_…` bits.
    PoolPageAnomaly: kst_pool_page_anomaly_name {
        /// Paged and nonpaged blocks in one page.
        MIXED_KINDS "mixed-kinds" = 0x1;
        /// Two free blocks are neighbours (suspicious, not illegal).
        ADJACENT_FREE "adjacent-free" = 0x2;
        /// Blocks overwrite parts of each other's headers: more than one contradiction was met.
        SEVERAL_BREAKS "several-breaks" = 0x4;
        /// Parts of the page are not in the memory at hand.
        PARTIAL "partial" = 0x8;
        /// The page carries the mark of a free page of nonpaged pool at its start (seen on NT 5.2 compatible systems).
        FREE_PAGE "free-page" = 0x10;
    }
}

bits! {
    /// Set of `KST_POOL_USAGE_ANOMALY_…` bits.
    PoolUsageAnomaly: kst_pool_usage_anomaly_name {
        /// Some processor's table could not be read, and the counts are too small; or none has the tag, and no counter is present.
        INCOMPLETE "incomplete" = 0x1;
        /// More was freed than allocated.
        NEGATIVE "negative" = 0x2;
        /// The last slot: allocations of tags that found no slot.
        OVERFLOW_SLOT "overflow-slot" = 0x4;
        /// A processor's slot has another tag than the master table.
        KEY_DIFFERS "key-differs" = 0x8;
    }
}

bits! {
    /// Set of `KST_POOL_USAGE_HAS_…` bits.
    PoolUsageHas: none {
        /// `tag` is valid.
        TAG "tag" = 0x1;
        /// The three nonpaged counters are valid.
        NONPAGED "nonpaged" = 0x2;
        /// The three paged counters are valid.
        PAGED "paged" = 0x4;
    }
}

bits! {
    /// Set of `KST_POOL_VERDICT_ANOMALY_…` bits.
    PoolVerdictAnomaly: kst_pool_verdict_anomaly_name {
        /// The header contradicts the region or the heap's metadata.
        HEADER_SUSPECT "header-suspect" = 0x1;
        /// The tag is what the last owner left: the block is free.
        STALE_TAG "stale-tag" = 0x2;
        /// Allocated by the heap's metadata, but a list link overwrote the header: on a lookaside list.
        LOOKASIDE "lookaside" = 0x4;
        /// More than one live large entry contains the address; the nearest one was taken.
        OVERLAP "overlap" = 0x8;
        /// Paged and nonpaged blocks in one page.
        MIXED_KINDS "mixed-kinds" = 0x10;
        /// The page's chain breaks behind the block.
        PAGE_CORRUPT "page-corrupt" = 0x20;
    }
}

bits! {
    /// Set of `KST_POOL_VERDICT_HAS_…` bits.
    PoolVerdictHas: none {
        /// `base`, `bytes` and `data` are valid.
        EXTENT "extent" = 0x1;
        /// `tag`, `tag_text` and `protected_tag` are valid.
        TAG "tag" = 0x2;
        /// `header` is valid.
        HEADER "header" = 0x4;
        /// `pool_type` is valid.
        POOL_TYPE "pool-type" = 0x8;
        /// `process` is valid.
        PROCESS "process" = 0x10;
        /// `container` is valid.
        CONTAINER "container" = 0x20;
        /// `heap` is valid.
        HEAP "heap" = 0x40;
        /// `rule` and `rule_offset` are valid.
        RULE "rule" = 0x80;
    }
}

bits! {
    /// Set of `KST_PROCESSOR_ANOMALY_…` bits.
    ProcessorAnomaly: kst_processor_anomaly_name {
        /// Number differs from the slot that the KPRCB was found in.
        NUMBER "number" = 0x1;
        /// KPCR.Self does not point to the KPCR.
        SELF "self" = 0x2;
        /// A thread pointer is not a kernel address.
        THREAD "thread" = 0x4;
    }
}

bits! {
    /// Set of `KST_PROCESSOR_HAS_…` bits.
    ProcessorHas: none {
        /// `number` is valid.
        NUMBER "number" = 0x1;
        /// `kpcr` is valid.
        KPCR "kpcr" = 0x2;
        /// `current_thread` is valid.
        CURRENT_THREAD "current-thread" = 0x4;
        /// `next_thread` is valid.
        NEXT_THREAD "next-thread" = 0x8;
        /// `idle_thread` is valid.
        IDLE_THREAD "idle-thread" = 0x10;
        /// `dpc_stack` is valid.
        DPC_STACK "dpc-stack" = 0x20;
        /// `isr_stack` is valid.
        ISR_STACK "isr-stack" = 0x40;
        /// `exception_stack` is valid.
        EXCEPTION_STACK "exception-stack" = 0x80;
        /// `saved_rsp` is valid.
        SAVED_RSP "saved-rsp" = 0x100;
        /// `dpc_thread` is valid.
        DPC_THREAD "dpc-thread" = 0x200;
        /// `context_ip`, `context_sp`, `context_bp` are valid.
        CONTEXT "context" = 0x400;
        /// `dpc_routine_active` is valid.
        DPC_ACTIVE "dpc-active" = 0x800;
        /// `irql` is valid.
        IRQL "irql" = 0x1000;
        /// `tss` is valid.
        TSS "tss" = 0x2000;
    }
}

bits! {
    /// Set of `KST_PROCESS_ANOMALY_…` bits.
    ProcessAnomaly: kst_process_anomaly_name {
        /// The process id is no multiple of 4, or beyond 32 bits.
        PID "pid" = 0x1;
        /// The directory table base is 0 or has bits that no mode allows.
        DTB "dtb" = 0x2;
        /// The PEB is not at a user address.
        PEB "peb" = 0x4;
        /// The image name holds bytes that no name has.
        NAME "name" = 0x8;
        /// Exited before it was created.
        TIMES "times" = 0x10;
        /// The path was cut, or is not sound UTF-16.
        PATH "path" = 0x20;
        /// The 32-bit PEB is not in the low 4 GiB.
        WOW64_PEB "wow64-peb" = 0x40;
        /// SecureState is set without its lowest bit.
        SECURE_STATE "secure-state" = 0x80;
        /// Found elsewhere, but not on PsActiveProcessHead.
        NOT_LISTED "not-listed" = 0x100;
        /// On PsActiveProcessHead, but not in PspCidTable.
        NOT_IN_CID_TABLE "not-in-cid-table" = 0x200;
        /// KPROCESS.ProcessListEntry is not linked with its neighbours.
        NOT_IN_KERNEL_LIST "not-in-kernel-list" = 0x400;
        /// No directory table base was found, or the one stored maps nothing: its user memory cannot be read.
        NO_ADDRESS_SPACE "no-address-space" = 0x800;
        /// Known elsewhere, but not on the list of all objects of type Process, where the kernel keeps one.
        NOT_IN_OBJECT_LIST "not-in-object-list" = 0x1000;
    }
}

bits! {
    /// Set of `KST_PROCESS_HAS_…` bits.
    ProcessHas: none {
        /// `pid` is valid.
        PID "pid" = 0x1;
        /// `parent_pid` is valid.
        PARENT_PID "parent-pid" = 0x2;
        /// `name` is valid.
        NAME "name" = 0x4;
        /// `dtb` is valid.
        DTB "dtb" = 0x8;
        /// `user_dtb` is valid.
        USER_DTB "user-dtb" = 0x10;
        /// `peb` is valid.
        PEB "peb" = 0x20;
        /// `wow64_process` is valid.
        WOW64 "wow64" = 0x40;
        /// `wow64_peb` is valid.
        WOW64_PEB "wow64-peb" = 0x80;
        /// `handle_table` is valid.
        HANDLE_TABLE "handle-table" = 0x100;
        /// `handles` is valid.
        HANDLES "handles" = 0x200;
        /// `threads` is valid.
        THREADS "threads" = 0x400;
        /// `create_time` is valid.
        CREATE_TIME "create-time" = 0x800;
        /// `exit_time` is valid.
        EXIT_TIME "exit-time" = 0x1000;
        /// `exit_status` is valid.
        EXIT_STATUS "exit-status" = 0x2000;
        /// `token` is valid.
        TOKEN "token" = 0x4000;
        /// `session` is valid.
        SESSION "session" = 0x8000;
        /// `session_id` is valid.
        SESSION_ID "session-id" = 0x10000;
        /// `section` is valid.
        SECTION "section" = 0x20000;
        /// `section_base` is valid.
        SECTION_BASE "section-base" = 0x40000;
        /// `vad_root` is valid.
        VAD_ROOT "vad-root" = 0x80000;
        /// `flags` is valid.
        FLAGS "flags" = 0x100000;
        /// `protection` is valid.
        PROTECTION "protection" = 0x200000;
        /// `KST_PROCESS_IS_SECURE` is known.
        SECURE "secure" = 0x400000;
        /// `KST_PROCESS_IS_MINIMAL` is known.
        MINIMAL "minimal" = 0x800000;
        /// `KST_PROCESS_IS_EXITING` and …_DELETED are known.
        EXITING "exiting" = 0x1000000;
        /// `base_priority` is valid.
        BASE_PRIORITY "base-priority" = 0x2000000;
        /// `kernel_time` is valid.
        KERNEL_TIME "kernel-time" = 0x4000000;
        /// `user_time` is valid.
        USER_TIME "user-time" = 0x8000000;
        /// `file_object` is valid.
        FILE_OBJECT "file-object" = 0x10000000;
        /// `audit_name` is valid.
        AUDIT_NAME "audit-name" = 0x20000000;
        /// `path`, `path_bytes` are valid.
        PATH "path" = 0x40000000;
        /// `trustlet_identity` is valid.
        TRUSTLET "trustlet" = 0x80000000;
        /// `secure_state` is valid.
        SECURE_STATE "secure-state" = 0x100000000;
        /// `wow64_machine` is valid.
        WOW64_MACHINE "wow64-machine" = 0x200000000;
    }
}

bits! {
    /// Set of `KST_PROCESS_IS_…` bits.
    ProcessIs: none {
        /// Flags: ProcessExiting or ProcessDelete (termination was asked for), or an exit time. Its memory may all be there.
        EXITING "exiting" = 0x1;
        /// The address space is gone. Flags: VmDeleted; where that is not known, ProcessDelete with an exit time.
        DELETED "deleted" = 0x2;
        /// A minimal process: no PEB, no ntdll (8.1 and later).
        MINIMAL "minimal" = 0x4;
        /// It has a part in VTL 1 (a trustlet).
        SECURE "secure" = 0x8;
        /// A 32-bit process on a 64-bit kernel.
        WOW64 "wow64" = 0x10;
    }
}

bits! {
    /// Set of `KST_PROCESS_PARAMETERS_ANOMALY_…` bits.
    ProcessParametersAnomaly: kst_process_parameters_anomaly_name {
        /// A string's length is odd, beyond its maximum, or set without a buffer.
        STRING "string" = 0x1;
        /// A pointer leads out of user space.
        POINTER "pointer" = 0x2;
        /// Not normalised: pointers were offsets and have been added to the block's address.
        NOT_NORMALIZED "not-normalized" = 0x4;
    }
}

bits! {
    /// Set of `KST_PROCESS_PARAMETERS_HAS_…` bits.
    ProcessParametersHas: none {
        /// `flags` is valid.
        FLAGS "flags" = 0x1;
        /// `maximum_length`, `length` are valid.
        LENGTHS "lengths" = 0x2;
        /// `environment` is valid.
        ENVIRONMENT "environment" = 0x4;
        /// `environment_size` is valid.
        ENVIRONMENT_SIZE "environment-size" = 0x8;
        /// `console_handle`, `standard_input`, `standard_output`, `standard_error` are valid.
        HANDLES "handles" = 0x10;
        /// `current_directory`, its handle are valid.
        CURRENT_DIRECTORY "current-directory" = 0x20;
        /// `dll_path` is valid.
        DLL_PATH "dll-path" = 0x40;
        /// `image_path` is valid.
        IMAGE_PATH "image-path" = 0x80;
        /// `command_line` is valid.
        COMMAND_LINE "command-line" = 0x100;
        /// `window_title` is valid.
        WINDOW_TITLE "window-title" = 0x200;
        /// `desktop_info` is valid.
        DESKTOP_INFO "desktop-info" = 0x400;
        /// `shell_info` is valid.
        SHELL_INFO "shell-info" = 0x800;
        /// `runtime_data` is valid.
        RUNTIME_DATA "runtime-data" = 0x1000;
        /// `window_flags` is valid.
        WINDOW_FLAGS "window-flags" = 0x2000;
    }
}

bits! {
    /// Set of `KST_PROCESS_SOURCE_…` bits.
    ProcessSource: kst_process_source_name {
        /// Linked with its neighbours on the list of active processes.
        LIST "list" = 0x1;
        /// The same of KPROCESS.ProcessListEntry (2003 SP1 and later).
        KERNEL_LIST "kernel-list" = 0x2;
        /// PspCidTable has it under its process id.
        CID_TABLE "cid-table" = 0x4;
        /// Linked with its neighbours on the list of all objects of its type, which few kernels keep (`otl`, NtGlobalFlag).
        OBJECT_LIST "object-list" = 0x8;
    }
}

bits! {
    /// Set of `KST_PTE_ANOMALY_…` bits.
    PteAnomaly: kst_pte_anomaly_name {
        /// No type information for entries: the newest known format of this paging mode was assumed.
        FORMAT_ASSUMED "format-assumed" = 0x1;
        /// The swizzle mask is not known and was assumed to be zero (or bit 45, where zero gives an impossible frame).
        MASK_ASSUMED "mask-assumed" = 0x2;
        /// The page frame of a transition entry is above all memory; it is not given.
        FRAME_RANGE "frame-range" = 0x4;
        /// Bits that must be zero are set.
        RESERVED "reserved" = 0x8;
        /// A prototype or subsection pointer is no aligned kernel address.
        BAD_POINTER "bad-pointer" = 0x10;
        /// Looks like a free system entry (a list link), which outside of such ranges means nothing.
        LIST_LINK "list-link" = 0x20;
    }
}

bits! {
    /// Set of `KST_PTE_BIT_…` bits.
    PteBit: none {
        /// Valid.
        VALID "valid" = 0x1;
        /// The hardware lets writes pass (Vista and later: Dirty1).
        WRITE "write" = 0x2;
        /// Owner: user mode may use it.
        USER "user" = 0x4;
        /// Write-through.
        WRITE_THROUGH "write-through" = 0x8;
        /// Not cached.
        CACHE_DISABLE "cache-disable" = 0x10;
        /// Accessed.
        ACCESSED "accessed" = 0x20;
        /// Dirty.
        DIRTY "dirty" = 0x40;
        /// Maps a large page (never at level 1).
        LARGE "large" = 0x80;
        /// Global.
        GLOBAL "global" = 0x100;
        /// Copy on write.
        COPY_ON_WRITE "copy-on-write" = 0x200;
        /// Prototype.
        PROTOTYPE "prototype" = 0x400;
        /// Valid entries: the page is writable, whatever the hardware bit says.
        SOFTWARE_WRITE "software-write" = 0x800;
        /// No execute.
        NO_EXECUTE "no-execute" = 0x1000;
        /// Page attribute table bit.
        PAT "pat" = 0x2000;
        /// Transition.
        TRANSITION "transition" = 0x4000;
        /// SwizzleBit: stored as it is.
        SWIZZLE "swizzle" = 0x8000;
        /// Prototype pointer to a combined page.
        COMBINED "combined" = 0x10000;
        /// Prototype pointer: demand fill.
        DEMAND_FILL "demand-fill" = 0x20000;
        /// Prototype pointer: HiberVerifyConverted.
        HIBER_VERIFY "hiber-verify" = 0x40000;
        /// Prototype pointer: read only.
        READ_ONLY "read-only" = 0x80000;
        /// x86 before Vista: which pool the address is relative to.
        WHICH_POOL "which-pool" = 0x100000;
        /// The page is in the compression store.
        IN_STORE "in-store" = 0x200000;
        /// PageFileReserved.
        FILE_RESERVED "file-reserved" = 0x400000;
        /// PageFileAllocated.
        FILE_ALLOCATED "file-allocated" = 0x800000;
        /// ColdPage.
        COLD "cold" = 0x1000000;
        /// ShadowStack.
        SHADOW_STACK "shadow-stack" = 0x2000000;
        /// OnStandbyLookaside.
        LOOKASIDE "lookaside" = 0x4000000;
        /// LocalPartition.
        LOCAL_PARTITION "local-partition" = 0x8000000;
        /// IoTracker.
        IO_TRACKER "io-tracker" = 0x10000000;
        /// ExecutePrivilege.
        EXECUTE_PRIVILEGE "execute-privilege" = 0x20000000;
        /// ARM64: NonSecure.
        NOT_SECURE "not-secure" = 0x40000000;
        /// ARM64: contiguous hint.
        CONTIGUOUS "contiguous" = 0x80000000;
    }
}

bits! {
    /// Set of `KST_PTE_CONTEXT_…` bits.
    PteContextFlags: none {
        /// `invalid_mask` is known (0 included).
        HAS_MASK "has-mask" = 0x1;
        /// `highest_frame` is known.
        HAS_HIGHEST_FRAME "has-highest-frame" = 0x2;
        /// `paged_pool_start` is known.
        HAS_PAGED_POOL_START "has-paged-pool-start" = 0x4;
        /// `subsection_base` is known.
        HAS_SUBSECTION_BASE "has-subsection-base" = 0x8;
        /// `nonpaged_pool_end` is known.
        HAS_NONPAGED_POOL_END "has-nonpaged-pool-end" = 0x10;
    }
}

bits! {
    /// Set of `KST_PTE_CONTEXT_HAS_…` bits.
    PteContextHas: none {
        /// `invalid_mask` is known (0 included).
        MASK "mask" = 0x1;
        /// `highest_frame` is known.
        HIGHEST_FRAME "highest-frame" = 0x2;
        /// `paged_pool_start` is known.
        PAGED_POOL_START "paged-pool-start" = 0x4;
        /// `subsection_base` is known.
        SUBSECTION_BASE "subsection-base" = 0x8;
        /// `nonpaged_pool_end` is known.
        NONPAGED_POOL_END "nonpaged-pool-end" = 0x10;
    }
}

bits! {
    /// Set of `KST_PTE_HAS_…` bits.
    PteHas: none {
        /// `frame` is valid.
        FRAME "frame" = 0x1;
        /// `protection` is valid.
        PROTECTION "protection" = 0x2;
        /// `proto_address` is valid.
        PROTO_ADDRESS "proto-address" = 0x4;
        /// `subsection` is valid.
        SUBSECTION "subsection" = 0x8;
        /// `page_file_number`, `page_file_offset` are valid.
        PAGE_FILE "page-file" = 0x10;
        /// `used_entries` is valid.
        USED_ENTRIES "used-entries" = 0x20;
    }
}

bits! {
    /// Set of `KST_SECTION_PAGE_HAS_…` bits.
    SectionPageHas: none {
        /// `file_offset` is valid: the subsection's starting sector is known.
        FILE_OFFSET "file-offset" = 0x1;
    }
}

bits! {
    /// Set of `KST_SEGMENT_HAS_…` bits.
    SegmentHas: none {
        /// `control_area` is valid.
        CONTROL_AREA "control-area" = 0x1;
        /// `total_ptes` is valid.
        TOTAL_PTES "total-ptes" = 0x2;
        /// `size_of_segment` is valid.
        SIZE "size" = 0x4;
        /// `committed_pages` is valid.
        COMMITTED_PAGES "committed-pages" = 0x8;
        /// `based_address` is valid.
        BASED_ADDRESS "based-address" = 0x10;
        /// `prototype_ptes` is valid.
        PROTOTYPE_PTES "prototype-ptes" = 0x20;
        /// `flags` is valid.
        FLAGS "flags" = 0x40;
        /// `protection` is valid.
        PROTECTION "protection" = 0x80;
    }
}

bits! {
    /// Set of `KST_SPECIAL_POOL_ANOMALY_…` bits.
    SpecialPoolAnomaly: kst_special_pool_anomaly_name {
        /// The size cannot be (bug check 0xC1 class 0x21).
        SIZE "size" = 0x1;
        /// Bytes before the data differ from the fill byte (class 0x23).
        BEFORE "before" = 0x2;
        /// Bytes after the data differ from the fill byte (class 0x24).
        AFTER "after" = 0x4;
    }
}

bits! {
    /// Set of `KST_SPECIAL_POOL_HAS_…` bits.
    SpecialPoolHas: none {
        /// `bytes`, `data`, `record`, `fill` and the flags are valid.
        RECORD "record" = 0x1;
        /// `tag` is valid.
        TAG "tag" = 0x2;
        /// The fill bytes were compared.
        FILL "fill" = 0x4;
    }
}

bits! {
    /// Set of `KST_STACK_LINK_ANOMALY_…` bits.
    StackLinkAnomaly: kst_stack_link_anomaly_name {
        /// The instruction pointer is no kernel address; in user mode, where the stack pointer is none either, that is right.
        IP "ip" = 0x1;
        /// The position of a saved value rests on an inference, not on a documented or measured frame of this build.
        INFERRED "inferred" = 0x2;
    }
}

bits! {
    /// Set of `KST_STACK_LINK_HAS_…` bits.
    StackLinkHas: none {
        /// `processor` is valid.
        PROCESSOR "processor" = 0x1;
        /// `thread` is valid.
        THREAD "thread" = 0x2;
        /// `ip` is valid.
        IP "ip" = 0x4;
        /// `bp` is valid.
        BP "bp" = 0x8;
        /// `low`, `high` are valid.
        LIMITS "limits" = 0x10;
    }
}

bits! {
    /// Set of `KST_STACK_LINK_NOTE_…` bits.
    StackLinkNote: none {
        /// DPCs are retired on the idle thread's own stack: no switch.
        IDLE "idle" = 0x1;
        /// The current thread is the one that runs threaded DPCs: no switch.
        DPC_THREAD "dpc-thread" = 0x2;
    }
}

bits! {
    /// Set of `KST_SUBSECTION_ANOMALY_…` bits.
    SubsectionAnomaly: kst_subsection_anomaly_name {
        /// SubsectionBase is no aligned kernel address.
        BASE "base" = 0x1;
        /// PtesInSubsection is more than any section can have.
        PTES "ptes" = 0x2;
    }
}

bits! {
    /// Set of `KST_SUBSECTION_HAS_…` bits.
    SubsectionHas: none {
        /// `control_area` is valid.
        CONTROL_AREA "control-area" = 0x1;
        /// `base` is valid.
        BASE "base" = 0x2;
        /// `next` is valid.
        NEXT "next" = 0x4;
        /// `starting_sector` is valid.
        STARTING_SECTOR "starting-sector" = 0x8;
        /// `ptes` is valid.
        PTES "ptes" = 0x10;
        /// `unused_ptes` is valid.
        UNUSED_PTES "unused-ptes" = 0x20;
        /// `full_sectors` is valid.
        FULL_SECTORS "full-sectors" = 0x40;
        /// `flags`, `protection`, `sector_end_offset` are valid.
        FLAGS "flags" = 0x80;
        /// `mapped_views` is valid: it is an MSUBSECTION.
        MAPPED_VIEWS "mapped-views" = 0x100;
        /// `pfn_references` is valid: it is an MSUBSECTION.
        PFN_REFERENCES "pfn-references" = 0x200;
        /// `flink` and `blink` are valid: it is an MSUBSECTION.
        LINKS "links" = 0x400;
    }
}

bits! {
    /// Set of `KST_THREAD_ANOMALY_…` bits.
    ThreadAnomaly: kst_thread_anomaly_name {
        /// The stack pointer is outside of the stack, or base and limit contradict each other.
        STACK "stack" = 0x1;
        /// The state is none of the known ones.
        STATE "state" = 0x2;
        /// The wait reason is none of the known ones.
        WAIT_REASON "wait-reason" = 0x4;
        /// The thread id is no multiple of 4, or beyond 32 bits.
        TID "tid" = 0x8;
        /// The TEB is not at a user address.
        TEB "teb" = 0x10;
        /// It says that another process owns it than the one on whose list it is.
        OWNER "owner" = 0x20;
        /// KTHREAD.ThreadListEntry is not linked with its neighbours, though the thread has not terminated.
        NOT_IN_KERNEL_LIST "not-in-kernel-list" = 0x40;
        /// The name was cut, or is not sound UTF-16.
        NAME "name" = 0x80;
    }
}

bits! {
    /// Set of `KST_THREAD_HAS_…` bits.
    ThreadHas: none {
        /// `state` is valid.
        STATE "state" = 0x1;
        /// `pid` is valid.
        PID "pid" = 0x2;
        /// `tid` is valid.
        TID "tid" = 0x4;
        /// `process` is valid.
        PROCESS "process" = 0x8;
        /// `attached_process` is valid.
        ATTACHED "attached" = 0x10;
        /// `start` is valid.
        START "start" = 0x20;
        /// `win32_start` is valid.
        WIN32_START "win32-start" = 0x40;
        /// `initial_stack` is valid.
        INITIAL_STACK "initial-stack" = 0x80;
        /// `stack_base` is valid.
        STACK_BASE "stack-base" = 0x100;
        /// `stack_limit` is valid.
        STACK_LIMIT "stack-limit" = 0x200;
        /// `kernel_stack` is valid.
        KERNEL_STACK "kernel-stack" = 0x400;
        /// `teb` is valid.
        TEB "teb" = 0x800;
        /// `user_stack_base`, `user_stack_limit` are valid.
        USER_STACK "user-stack" = 0x1000;
        /// `trap_frame` is valid.
        TRAP_FRAME "trap-frame" = 0x2000;
        /// `win32_thread` is valid.
        WIN32_THREAD "win32-thread" = 0x4000;
        /// `create_time` is valid.
        CREATE_TIME "create-time" = 0x8000;
        /// `exit_time` is valid: it has exited.
        EXIT_TIME "exit-time" = 0x10000;
        /// `wait_reason` is valid.
        WAIT_REASON "wait-reason" = 0x20000;
        /// `wait_mode` is valid.
        WAIT_MODE "wait-mode" = 0x40000;
        /// `wait_irql` is valid.
        WAIT_IRQL "wait-irql" = 0x80000;
        /// `wait_time` is valid.
        WAIT_TIME "wait-time" = 0x100000;
        /// `context_switches` is valid.
        CONTEXT_SWITCHES "context-switches" = 0x200000;
        /// `next_processor` is valid.
        NEXT_PROCESSOR "next-processor" = 0x400000;
        /// `priority` is valid.
        PRIORITY "priority" = 0x800000;
        /// `base_priority` is valid.
        BASE_PRIORITY "base-priority" = 0x1000000;
        /// `flags` is valid.
        FLAGS "flags" = 0x2000000;
        /// `exit_status` is valid: it has exited.
        EXIT_STATUS "exit-status" = 0x4000000;
        /// `kernel_time` is valid.
        KERNEL_TIME "kernel-time" = 0x8000000;
        /// `user_time` is valid.
        USER_TIME "user-time" = 0x10000000;
        /// `secure_cookie` is valid.
        SECURE_COOKIE "secure-cookie" = 0x20000000;
        /// `name_address` is valid.
        NAME_ADDRESS "name-address" = 0x40000000;
        /// `name` is valid.
        NAME "name" = 0x80000000;
    }
}

bits! {
    /// Set of `KST_THREAD_IS_…` bits.
    ThreadIs: none {
        /// It was told to end (CrossThreadFlags: Terminated), or has exited.
        TERMINATED "terminated" = 0x1;
        /// A system thread.
        SYSTEM "system" = 0x2;
        /// It has a part in VTL 1.
        SECURE "secure" = 0x4;
        /// On a processor now: `kernel_stack` is stale.
        RUNNING "running" = 0x8;
        /// Its kernel stack is paged out.
        STACK_OUT "stack-out" = 0x10;
        /// It uses the address space of another process than its own.
        ATTACHED "attached" = 0x20;
    }
}

bits! {
    /// Set of `KST_TIMER_ANOMALY_…` bits.
    TimerAnomaly: kst_timer_anomaly_name {
        /// The DPC pointer is encoded and the keys (KiWaitNever, KiWaitAlways) are not known.
        DPC_ENCODED "dpc-encoded" = 0x1;
        /// The DPC pointer is no kernel address, and left out.
        DPC "dpc" = 0x2;
    }
}

bits! {
    /// Set of `KST_TIMER_HAS_…` bits.
    TimerHas: none {
        /// `processor` is valid.
        PROCESSOR "processor" = 0x1;
        /// `due_time` is valid.
        DUE_TIME "due-time" = 0x2;
        /// `dpc` is valid.
        DPC "dpc" = 0x4;
        /// `period` is valid.
        PERIOD "period" = 0x8;
    }
}

bits! {
    /// Set of `KST_TRANSLATION_ANOMALY_…` bits.
    TranslationAnomaly: kst_translation_anomaly_name {
        /// The page frame of a transition entry is above all memory, also with the swizzle mask applied.
        FRAME_RANGE "frame-range" = 0x1;
        /// An upper-level entry was not valid in hardware and was followed as a transition entry.
        UPPER_TRANSITION "upper-transition" = 0x2;
        /// The page of a prototype entry is itself reached through a prototype entry; it was not followed.
        PROTO_CHAIN "proto-chain" = 0x4;
        /// Bits that must be zero are set.
        RESERVED "reserved" = 0x8;
        /// The swizzle mask is not known and was assumed to be zero.
        MASK_ASSUMED "mask-assumed" = 0x10;
        /// No type information for entries: the newest known format of this paging mode was assumed.
        FORMAT_ASSUMED "format-assumed" = 0x20;
        /// A prototype or subsection pointer is no aligned kernel address.
        BAD_POINTER "bad-pointer" = 0x40;
        /// The frame that an entry in transition names is in use for something else, as its _MMPFN says: it is not read.
        REUSED "reused" = 0x80;
    }
}

bits! {
    /// Set of `KST_TRANSLATION_HAS_…` bits.
    TranslationHas: none {
        /// `physical` is valid: the byte is in physical memory.
        PHYSICAL "physical" = 0x1;
        /// `proto_address` is valid.
        PROTO "proto" = 0x2;
        /// `page_file_number`, `page_file_offset` are valid.
        PAGE_FILE "page-file" = 0x4;
        /// `proto_entry` and `proto_state` are valid.
        PROTO_ENTRY "proto-entry" = 0x8;
        /// `subsection` is valid.
        SUBSECTION "subsection" = 0x10;
        /// `protection` is valid.
        PROTECTION "protection" = 0x20;
        /// `breakpoint_owed` is valid: every entry that decides was at hand.
        BREAKPOINT "breakpoint" = 0x40;
    }
}

bits! {
    /// Set of `KST_UNLOADED_MODULE_HAS_…` bits.
    UnloadedModuleHas: none {
        /// `start`, `end` are valid.
        RANGE "range" = 0x1;
        /// `name` is valid.
        NAME "name" = 0x2;
        /// `time` is valid.
        TIME "time" = 0x4;
    }
}

bits! {
    /// Set of `KST_UNLOADED_USER_MODULE_ANOMALY_…` bits.
    UnloadedUserModuleAnomaly: kst_unloaded_user_module_anomaly_name {
        /// The name is not sound UTF-16.
        NAME "name" = 0x1;
        /// The base is not at a user address, or not page aligned.
        RANGE "range" = 0x2;
        /// The record is not in the slot that its sequence number gives.
        SLOT "slot" = 0x4;
    }
}

bits! {
    /// Set of `KST_UNLOADED_USER_MODULE_HAS_…` bits.
    UnloadedUserModuleHas: none {
        /// `base` is valid.
        BASE "base" = 0x1;
        /// `size_of_image` is valid.
        SIZE "size" = 0x2;
        /// `sequence` is valid.
        SEQUENCE "sequence" = 0x4;
        /// `time_date_stamp` is valid.
        STAMP "stamp" = 0x8;
        /// `checksum` is valid.
        CHECKSUM "checksum" = 0x10;
        /// `name` is valid.
        NAME "name" = 0x20;
    }
}

bits! {
    /// Set of `KST_USER_MODULE_ANOMALY_…` bits.
    UserModuleAnomaly: kst_user_module_anomaly_name {
        /// A name is longer than its array and was cut.
        NAME_CUT "name-cut" = 0x1;
        /// A name is not sound: odd length, length beyond its maximum, broken UTF-16.
        NAME "name" = 0x2;
        /// Base or size is not page aligned, or they leave user space.
        RANGE "range" = 0x4;
        /// A pointer of the entry leads out of user space.
        POINTER "pointer" = 0x8;
        /// Not linked in load order.
        NOT_IN_LOAD_ORDER "not-in-load-order" = 0x10;
        /// Not linked in memory order.
        NOT_IN_MEMORY_ORDER "not-in-memory-order" = 0x20;
        /// The entry point lies outside of the image.
        ENTRY_POINT "entry-point" = 0x40;
        /// The back link does not lead to the entry before.
        BACK_LINK "back-link" = 0x80;
    }
}

bits! {
    /// Set of `KST_USER_MODULE_HAS_…` bits.
    UserModuleHas: none {
        /// `base` is valid.
        BASE "base" = 0x1;
        /// `size_of_image` is valid.
        SIZE "size" = 0x2;
        /// `name` is valid.
        NAME "name" = 0x4;
        /// `path` is valid.
        PATH "path" = 0x8;
        /// `entry_point` is valid.
        ENTRY_POINT "entry-point" = 0x10;
        /// `time_date_stamp` is valid.
        STAMP "stamp" = 0x20;
        /// `flags` is valid.
        FLAGS "flags" = 0x40;
        /// `load_count` is valid.
        LOAD_COUNT "load-count" = 0x80;
        /// `tls_index` is valid.
        TLS_INDEX "tls-index" = 0x100;
        /// `original_base` is valid.
        ORIGINAL_BASE "original-base" = 0x200;
        /// `load_time` is valid.
        LOAD_TIME "load-time" = 0x400;
        /// `load_reason` is valid.
        LOAD_REASON "load-reason" = 0x800;
        /// `name_text` is valid.
        NAME_TEXT "name-text" = 0x1000;
        /// `path_text` is valid.
        PATH_TEXT "path-text" = 0x2000;
    }
}

bits! {
    /// Set of `KST_VAD_ANOMALY_…` bits.
    VadAnomaly: kst_vad_anomaly_name {
        /// The range is empty, or not in user space.
        RANGE "range" = 0x1;
        /// It overlaps the range before it, or comes before it.
        ORDER "order" = 0x2;
        /// The path was cut, or is not sound UTF-16.
        PATH "path" = 0x4;
    }
}

bits! {
    /// Set of `KST_VAD_HAS_…` bits.
    VadHas: none {
        /// `start`, `end` are valid.
        RANGE "range" = 0x1;
        /// `flags` is valid.
        FLAGS "flags" = 0x2;
        /// `kind` is valid.
        KIND "kind" = 0x4;
        /// `protection` is valid.
        PROTECTION "protection" = 0x8;
        /// `private_memory` is valid.
        PRIVATE "private" = 0x10;
        /// `commit` is valid; not where all ones say: not charged.
        COMMIT "commit" = 0x20;
        /// `control_area` is valid.
        CONTROL_AREA "control-area" = 0x40;
        /// `file_object` is valid.
        FILE_OBJECT "file-object" = 0x80;
        /// `path` is valid.
        PATH "path" = 0x100;
    }
}

bits! {
    /// Set of `KST_VERIFIER_ENTRY_ANOMALY_…` bits.
    VerifierEntryAnomaly: kst_verifier_entry_anomaly_name {
        /// A return address is no kernel address: the stack was cut there.
        STACK "stack" = 0x1;
        /// The record's trace is longer than `stack` and was cut.
        CUT "cut" = 0x2;
        /// The ring's index is not known: the order of entries means nothing.
        ORDER "order" = 0x4;
    }
}

bits! {
    /// Set of `KST_VERIFIER_ENTRY_HAS_…` bits.
    VerifierEntryHas: none {
        /// `address` is valid.
        ADDRESS "address" = 0x1;
        /// `bytes` is valid.
        BYTES "bytes" = 0x2;
        /// `thread` is valid.
        THREAD "thread" = 0x4;
        /// `kernel_apc_disable`, `special_apc_disable` are valid.
        APC "apc" = 0x8;
        /// `irql` is valid.
        IRQL "irql" = 0x10;
        /// `stack_count`, `stack` are valid.
        STACK "stack" = 0x20;
    }
}

bits! {
    /// Set of `KST_VS_CHUNK_ANOMALY_…` bits.
    VsChunkAnomaly: kst_vs_chunk_anomaly_name {
        /// The chunk has no size, or not even that of its header.
        SIZE "size" = 0x1;
        /// The allocated mark is neither 0 nor 1.
        ALLOCATED "allocated" = 0x2;
        /// An allocated chunk has a memory cost (never seen in real memory).
        MEMORY_COST "memory-cost" = 0x4;
        /// Bits that no field uses are set.
        SPARE "spare" = 0x8;
        /// The address is no multiple of the size unit.
        MISALIGNED "misaligned" = 0x10;
        /// The chunk before has another size than this one remembers (found by walks).
        PREVIOUS_DIFFERS "previous-differs" = 0x20;
        /// The chunk leaves its subsegment (found by walks).
        LEAVES_SUBSEGMENT "leaves-subsegment" = 0x40;
        /// The encoded page offset does not lead to the subsegment that holds the chunk (found by walks).
        PAGE_OFFSET "page-offset" = 0x80;
        /// Marked free, but everything else is that of an allocated chunk with its block (found by walks).
        STATE "state" = 0x100;
    }
}

bits! {
    /// Set of `KST_VS_CHUNK_HAS_…` bits.
    VsChunkHas: none {
        /// `state` is valid.
        STATE "state" = 0x1;
        /// `bytes` is valid.
        BYTES "bytes" = 0x2;
        /// `previous_bytes` is valid.
        PREVIOUS "previous" = 0x4;
        /// `memory_cost` is valid.
        MEMORY_COST "memory-cost" = 0x8;
        /// `subsegment` is valid (allocated chunks only).
        SUBSEGMENT "subsegment" = 0x10;
        /// `unused_bytes` is valid (allocated chunks only).
        UNUSED "unused" = 0x20;
    }
}

bits! {
    /// Set of `KST_VS_SUBSEGMENT_ANOMALY_…` bits.
    VsSubsegmentAnomaly: kst_vs_subsegment_anomaly_name {
        /// Signature and size contradict each other: this is no VS subsegment, or a damaged one.
        SIGNATURE "signature" = 0x1;
        /// The size is not even that of the subsegment's own header.
        SIZE "size" = 0x2;
    }
}

bits! {
    /// Set of `KST_WALK_ANOMALY_…` bits.
    WalkAnomaly: kst_walk_anomaly_name {
        /// The back link of an element does not point to its predecessor.
        BACK_LINK "back-link" = 0x1;
        /// The number of elements differs from the number that the target keeps.
        COUNT "count" = 0x2;
        /// A length or count from the target was cut to a sane bound.
        CLAMPED "clamped" = 0x4;
        /// An element could not be read and was stepped over.
        SKIPPED "skipped" = 0x8;
    }
}

record! {
    /// Place of one member, or the size of a type.
    Member: kst_member, sized { offset "offset", length "length", bit_pos "bit_pos", bit_len "bit_len" }
}

impl Member {
    /// Bytes from the start of the type; 0 for the type itself.
    pub fn offset(&self) -> u32 {
        self.0.offset
    }
    /// Bytes; of a bit-field the bytes of its storage unit.
    pub fn length(&self) -> u32 {
        self.0.length
    }
    /// Lowest bit of a bit-field.
    pub fn bit_pos(&self) -> u32 {
        self.0.bit_pos
    }
    /// Bits of a bit-field; 0 for a plain member.
    pub fn bit_len(&self) -> u32 {
        self.0.bit_len
    }
}

record! {
    /// What picks a built-in layout. Zero means unknown. The kernel's time stamp and image size come first: where they are known (`kst_kernel_identify()`) they give build and revision. Otherwise `build` and `revision` pick the table whose revisions include it. A revision between two that were seen with different layouts, or beyond all that were seen, gets the earlier table (the later one if only its sizes are those given here) and `KST_LAYOUT_ANOMALY_REVISION_GUESSED`; so does every revision of a build of which only the release was seen. Without a revision the sizes decide, and of several tables that fit them the newest is taken, with that anomaly unless all three sizes are given and only one table has them. For builds 2600 and 3790 a revision is that of the kernel file and tells the service pack: 5.1.2600.2180 is service pack 2, .5512 service pack 3; 5.2.3790.1830 service pack 1, .3959 service pack 2; each table serves until the next service pack, and the PAE table of 2600 serves both.
    LayoutKey: kst_layout_key, sized { arch "arch", build "build", revision "revision", time_date_stamp "time_date_stamp", size_of_image "size_of_image", pae "pae", prcb_size "prcb_size", eprocess_size "eprocess_size", ethread_size "ethread_size" }
}

impl LayoutKey {
    /// `KST_ARCH_…`; needed.
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// NT build number, such as 19041; 19042 to 19045 are known as that kernel, too.
    pub fn build(&self) -> u32 {
        self.0.build
    }
    /// Update revision, when known.
    pub fn revision(&self) -> u32 {
        self.0.revision
    }
    /// PE header of the kernel image.
    pub fn time_date_stamp(&self) -> u32 {
        self.0.time_date_stamp
    }
    /// PE header of the kernel image.
    pub fn size_of_image(&self) -> u32 {
        self.0.size_of_image
    }
    /// x86 only: 1 PAE kernel, 2 non-PAE kernel.
    pub fn pae(&self) -> u32 {
        self.0.pae
    }
    /// SizePrcb of the debugger data block: tells revisions apart.
    pub fn prcb_size(&self) -> u32 {
        self.0.prcb_size
    }
    /// SizeEProcess of the debugger data block.
    pub fn eprocess_size(&self) -> u32 {
        self.0.eprocess_size
    }
    /// SizeEThread of the debugger data block.
    pub fn ethread_size(&self) -> u32 {
        self.0.ethread_size
    }
}

record! {
    /// What a layout is.
    LayoutInfo: kst_layout_info, sized { arch "arch", pointer_size "pointer_size", build "build", revision "revision", wanted "wanted", present "present", symbols "symbols", anomalies "anomalies", name "name" }
}

impl LayoutInfo {
    /// `KST_ARCH_…`, or unknown when its source did not say.
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// 4 or 8.
    pub fn pointer_size(&self) -> u32 {
        self.0.pointer_size
    }
    /// Of the built-in table, or 0.
    pub fn build(&self) -> u32 {
        self.0.build
    }
    /// First revision that the built-in table describes, or 0.
    pub fn revision(&self) -> u32 {
        self.0.revision
    }
    /// Members that the library wants.
    pub fn wanted(&self) -> u32 {
        self.0.wanted
    }
    /// How many of them are there.
    pub fn present(&self) -> u32 {
        self.0.present
    }
    /// How many wanted symbols have an address.
    pub fn symbols(&self) -> u32 {
        self.0.symbols
    }
    /// `KST_LAYOUT_ANOMALY_…`
    pub fn anomalies(&self) -> LayoutAnomaly {
        LayoutAnomaly(self.0.anomalies)
    }
    /// Such as "10.0.19041.3570 x64", "pdb", "host".
    pub fn name(&self) -> Cow<'_, str> {
        text(&self.0.name)
    }
}

record! {
    /// The exact version of a kernel image.
    KernelVersion: kst_kernel_version, sized { arch "arch", major "major", minor "minor", build "build", revision "revision", la57 "la57", ambiguous "ambiguous" }
}

impl KernelVersion {
    /// `KST_ARCH_…`
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// Such as 10.
    pub fn major(&self) -> u32 {
        self.0.major
    }
    /// Such as 0.
    pub fn minor(&self) -> u32 {
        self.0.minor
    }
    /// Such as 19041.
    pub fn build(&self) -> u32 {
        self.0.build
    }
    /// Such as 804.
    pub fn revision(&self) -> u32 {
        self.0.revision
    }
    /// 1: the image is the 5-level-paging kernel (ntkrla57.exe).
    pub fn la57(&self) -> u32 {
        self.0.la57
    }
    /// 1: more than one version has this pair; the first was given.
    pub fn ambiguous(&self) -> u32 {
        self.0.ambiguous
    }
}

record! {
    /// What a machine says of itself without symbols: filled by a dump's header, by `kst_identify()`, or by the caller.
    Identity: kst_identity, sized { arch "arch", paging "paging", build "build", revision "revision", processors "processors", time_date_stamp "time_date_stamp", size_of_image "size_of_image", present "present", anomalies "anomalies", dtb "dtb", kernel_base "kernel_base", debugger_data "debugger_data", loaded_modules "loaded_modules", active_processes "active_processes", pfn_database "pfn_database", kpcr "kpcr" }
}

impl Identity {
    /// `KST_ARCH_…`
    pub fn arch(&self) -> Option<Arch> {
        (self.0.present & 0x1 != 0).then_some(Arch(self.0.arch))
    }
    /// `KST_PAGING_…`
    pub fn paging(&self) -> Option<Paging> {
        (self.0.present & 0x2 != 0).then_some(Paging(self.0.paging))
    }
    /// NT build number.
    pub fn build(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.build)
    }
    /// Update revision; valid with `KST_IDENTITY_HAS_REVISION`.
    pub fn revision(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.revision)
    }
    /// Number of processors; a target takes 0 and more than 2048 as not known.
    pub fn processors(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.processors)
    }
    /// Of the kernel image.
    pub fn time_date_stamp(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.time_date_stamp)
    }
    /// Of the kernel image.
    pub fn size_of_image(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.size_of_image)
    }
    /// `KST_IDENTITY_HAS_…`
    pub fn present(&self) -> IdentityHas {
        IdentityHas(self.0.present)
    }
    /// `KST_IDENTITY_ANOMALY_…`
    pub fn anomalies(&self) -> IdentityAnomaly {
        IdentityAnomaly(self.0.anomalies)
    }
    /// System directory table base, as stored.
    pub fn dtb(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.dtb)
    }
    /// Base of the kernel image.
    pub fn kernel_base(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.kernel_base)
    }
    /// Address of KDDEBUGGER_DATA64.
    pub fn debugger_data(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.debugger_data)
    }
    /// Address of PsLoadedModuleList.
    pub fn loaded_modules(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.loaded_modules)
    }
    /// Address of PsActiveProcessHead.
    pub fn active_processes(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.active_processes)
    }
    /// Header's PfnDataBase: address of MmPfnDatabase, or (seen on 26100) its value.
    pub fn pfn_database(&self) -> Option<u64> {
        (self.0.present & 0x1000 != 0).then_some(self.0.pfn_database)
    }
    /// Address of processor 0's KPCR; in a triage dump that of the processor which crashed.
    pub fn kpcr(&self) -> Option<u64> {
        (self.0.present & 0x2000 != 0).then_some(self.0.kpcr)
    }
}

record! {
    /// What a container says of itself and of the machine.
    DumpInfo: kst_dump_info, sized { format "format", present "present", anomalies "anomalies", file_size "file_size", memory_size "memory_size", runs "runs", dump_type "dump_type", bugcheck_code "bugcheck_code", bugcheck_parameters "bugcheck_parameters", system_time "system_time", up_time "up_time", product_type "product_type", suite_mask "suite_mask", secondary_offset "secondary_offset" }
}

impl DumpInfo {
    /// `KST_FORMAT_…`
    pub fn format(&self) -> Format {
        Format(self.0.format)
    }
    /// `KST_DUMP_HAS_…`
    pub fn present(&self) -> DumpHas {
        DumpHas(self.0.present)
    }
    /// `KST_DUMP_ANOMALY_…`
    pub fn anomalies(&self) -> DumpAnomaly {
        DumpAnomaly(self.0.anomalies)
    }
    /// Bytes.
    pub fn file_size(&self) -> u64 {
        self.0.file_size
    }
    /// Bytes of memory in it that the file really holds.
    pub fn memory_size(&self) -> u64 {
        self.0.memory_size
    }
    /// Runs or pieces of memory.
    pub fn runs(&self) -> u64 {
        self.0.runs
    }
    /// DumpType of the header, as stored.
    pub fn dump_type(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.dump_type)
    }
    /// BugCheckCode of the header.
    pub fn bugcheck_code(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.bugcheck_code)
    }
    /// BugCheckCodeParameter of the header.
    pub fn bugcheck_parameters(&self) -> Option<&[u64; 4]> {
        (self.0.present & 0x2 != 0).then_some(&self.0.bugcheck_parameters)
    }
    /// FILETIME, 100 ns since 1601 UTC.
    pub fn system_time(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.system_time)
    }
    /// 100 ns.
    pub fn up_time(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.up_time)
    }
    /// 1 workstation, 2 domain controller, 3 server.
    pub fn product_type(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.product_type)
    }
    /// As stored.
    pub fn suite_mask(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.suite_mask)
    }
    /// File offset of the secondary data ("DumpBlob").
    pub fn secondary_offset(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.secondary_offset)
    }
}

record! {
    /// KDDEBUGGER_DATA64. From `kernel_base` on each member has the place in this struct that it has in the block (the hexadecimal number before each description), so `valid_length` counts in both. Members at or beyond `valid_length` are not there; a zero below it means that the kernel does not tell. "The variable" is the address of a global, to be read once more. Offsets of members are in bytes. Addresses of 32-bit kernels are zero-extended here, however the block stores them.
    DebuggerData: kst_debugger_data, sized { valid_length "valid_length", anomalies "anomalies", address "address", kernel_base "kernel_base", breakpoint_with_status "breakpoint_with_status", saved_context "saved_context", th_callback_stack "th_callback_stack", next_callback "next_callback", frame_pointer "frame_pointer", flags "flags", ki_call_user_mode "ki_call_user_mode", user_callback_dispatcher "user_callback_dispatcher", loaded_modules "loaded_modules", active_processes "active_processes", cid_table "cid_table", system_resources "system_resources", paged_pool_descriptor "paged_pool_descriptor", number_of_paged_pools "number_of_paged_pools", time_increment "time_increment", bugcheck_callbacks "bugcheck_callbacks", bugcheck_data "bugcheck_data", error_log "error_log", root_directory "root_directory", type_object_type "type_object_type", system_cache_start "system_cache_start", system_cache_end "system_cache_end", system_cache_ws "system_cache_ws", pfn_database "pfn_database", system_ptes_start "system_ptes_start", system_ptes_end "system_ptes_end", subsection_base "subsection_base", number_of_paging_files "number_of_paging_files", lowest_physical_page "lowest_physical_page", highest_physical_page "highest_physical_page", number_of_physical_pages "number_of_physical_pages", maximum_nonpaged_pool "maximum_nonpaged_pool", nonpaged_system_start "nonpaged_system_start", nonpaged_pool_start "nonpaged_pool_start", nonpaged_pool_end "nonpaged_pool_end", paged_pool_start "paged_pool_start", paged_pool_end "paged_pool_end", paged_pool_information "paged_pool_information", page_size "page_size", size_of_paged_pool "size_of_paged_pool", total_commit_limit "total_commit_limit", total_committed_pages "total_committed_pages", shared_commit "shared_commit", driver_commit "driver_commit", process_commit "process_commit", paged_pool_commit "paged_pool_commit", extended_commit "extended_commit", zeroed_pages "zeroed_pages", free_pages "free_pages", standby_pages "standby_pages", modified_pages "modified_pages", modified_no_write_pages "modified_no_write_pages", available_pages "available_pages", resident_available_pages "resident_available_pages", pool_track_table "pool_track_table", nonpaged_pool_descriptor "nonpaged_pool_descriptor", highest_user_address "highest_user_address", system_range_start "system_range_start", user_probe_address "user_probe_address", print_buffer "print_buffer", print_buffer_end "print_buffer_end", print_write_pointer "print_write_pointer", print_rollover_count "print_rollover_count", loaded_user_images "loaded_user_images", build_lab "build_lab", normal_system_call "normal_system_call", processor_block "processor_block", unloaded_drivers "unloaded_drivers", last_unloaded_driver "last_unloaded_driver", triage_action_taken "triage_action_taken", special_pool_tag "special_pool_tag", kernel_verifier "kernel_verifier", verifier_data "verifier_data", allocated_nonpaged_pool "allocated_nonpaged_pool", peak_commitment "peak_commitment", total_commit_limit_maximum "total_commit_limit_maximum", csd_version "csd_version", physical_memory_block "physical_memory_block", session_base "session_base", session_size "session_size", system_parent_table_page "system_parent_table_page", virtual_translation_base "virtual_translation_base", kthread_next_processor "kthread_next_processor", kthread_teb "kthread_teb", kthread_kernel_stack "kthread_kernel_stack", kthread_initial_stack "kthread_initial_stack", kthread_apc_process "kthread_apc_process", kthread_state "kthread_state", kthread_bstore "kthread_bstore", kthread_bstore_limit "kthread_bstore_limit", size_eprocess "size_eprocess", eprocess_peb "eprocess_peb", eprocess_parent_cid "eprocess_parent_cid", eprocess_directory_table_base "eprocess_directory_table_base", size_prcb "size_prcb", prcb_dpc_routine "prcb_dpc_routine", prcb_current_thread "prcb_current_thread", prcb_mhz "prcb_mhz", prcb_cpu_type "prcb_cpu_type", prcb_vendor_string "prcb_vendor_string", prcb_processor_state_context "prcb_processor_state_context", prcb_number "prcb_number", size_ethread "size_ethread", print_buffer_pointer "print_buffer_pointer", print_buffer_size "print_buffer_size", loader_block "loader_block", size_pcr "size_pcr", pcr_self "pcr_self", pcr_current_prcb "pcr_current_prcb", pcr_contained_prcb "pcr_contained_prcb", pcr_initial_bstore "pcr_initial_bstore", pcr_bstore_limit "pcr_bstore_limit", pcr_initial_stack "pcr_initial_stack", pcr_stack_limit "pcr_stack_limit", prcb_pcr_page "prcb_pcr_page", prcb_special_registers "prcb_special_registers", gdt_r0_code "gdt_r0_code", gdt_r0_data "gdt_r0_data", gdt_r0_pcr "gdt_r0_pcr", gdt_r3_code "gdt_r3_code", gdt_r3_data "gdt_r3_data", gdt_r3_teb "gdt_r3_teb", gdt_ldt "gdt_ldt", gdt_tss "gdt_tss", gdt64_r3_cm_code "gdt64_r3_cm_code", gdt64_r3_cm_teb "gdt64_r3_cm_teb", triage_blocks_count "triage_blocks_count", triage_blocks "triage_blocks", verifier_crash_data "verifier_crash_data", bad_pages_detected "bad_pages_detected", single_bit_errors "single_bit_errors", etw_debugger_data "etw_debugger_data", prcb_context "prcb_context", prcb_max_breakpoints "prcb_max_breakpoints", prcb_max_watchpoints "prcb_max_watchpoints", kthread_stack_limit "kthread_stack_limit", kthread_stack_base "kthread_stack_base", kthread_queue_list_entry "kthread_queue_list_entry", ethread_irp_list "ethread_irp_list", prcb_idle_thread "prcb_idle_thread", prcb_normal_dpc_state "prcb_normal_dpc_state", prcb_dpc_stack "prcb_dpc_stack", prcb_isr_stack "prcb_isr_stack", size_kdpc_stack_frame "size_kdpc_stack_frame", kpri_queue_thread_list "kpri_queue_thread_list", kthread_wait_reason "kthread_wait_reason", pte_base "pte_base", retpoline_table "retpoline_table", retpoline_table_size "retpoline_table_size", retpoline_offset "retpoline_offset", retpoline_size "retpoline_size", eprocess_hot_patch_context "eprocess_hot_patch_context", kthread_shadow_stack_limit "kthread_shadow_stack_limit", kthread_shadow_stack_base "kthread_shadow_stack_base", shadow_stack_enabled "shadow_stack_enabled", pointer_auth_mask "pointer_auth_mask", prcb_exception_stack "prcb_exception_stack" }
}

impl DebuggerData {
    /// Bytes of this struct, from its start, that the block filled: its Size, or less.
    pub fn valid_length(&self) -> u32 {
        self.0.valid_length
    }
    /// `KST_DEBUGGER_DATA_ANOMALY_…`
    pub fn anomalies(&self) -> DebuggerDataAnomaly {
        DebuggerDataAnomaly(self.0.anomalies)
    }
    /// Where the block is.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// +18: KernBase.
    pub fn kernel_base(&self) -> u64 {
        self.0.kernel_base
    }
    /// +20: BreakpointWithStatus.
    pub fn breakpoint_with_status(&self) -> u64 {
        self.0.breakpoint_with_status
    }
    /// +28: SavedContext.
    pub fn saved_context(&self) -> u64 {
        self.0.saved_context
    }
    /// +30: ThCallbackStack: offset in KTHREAD.
    pub fn th_callback_stack(&self) -> u16 {
        self.0.th_callback_stack
    }
    /// +32: NextCallback: offset in the callback frame.
    pub fn next_callback(&self) -> u16 {
        self.0.next_callback
    }
    /// +34: FramePointer: offset in the callback frame.
    pub fn frame_pointer(&self) -> u16 {
        self.0.frame_pointer
    }
    /// +36: bit 0: PaeEnabled.
    pub fn flags(&self) -> u16 {
        self.0.flags
    }
    /// +38: KiCallUserMode.
    pub fn ki_call_user_mode(&self) -> u64 {
        self.0.ki_call_user_mode
    }
    /// +40: KeUserCallbackDispatcher.
    pub fn user_callback_dispatcher(&self) -> u64 {
        self.0.user_callback_dispatcher
    }
    /// +48: PsLoadedModuleList: the list's head.
    pub fn loaded_modules(&self) -> u64 {
        self.0.loaded_modules
    }
    /// +50: PsActiveProcessHead: the list's head.
    pub fn active_processes(&self) -> u64 {
        self.0.active_processes
    }
    /// +58: PspCidTable: the variable.
    pub fn cid_table(&self) -> u64 {
        self.0.cid_table
    }
    /// +60: ExpSystemResourcesList: the list's head.
    pub fn system_resources(&self) -> u64 {
        self.0.system_resources
    }
    /// +68: ExpPagedPoolDescriptor: the variable.
    pub fn paged_pool_descriptor(&self) -> u64 {
        self.0.paged_pool_descriptor
    }
    /// +70: ExpNumberOfPagedPools: the variable.
    pub fn number_of_paged_pools(&self) -> u64 {
        self.0.number_of_paged_pools
    }
    /// +78: KeTimeIncrement: the variable.
    pub fn time_increment(&self) -> u64 {
        self.0.time_increment
    }
    /// +80: KeBugCheckCallbackListHead: the list's head.
    pub fn bugcheck_callbacks(&self) -> u64 {
        self.0.bugcheck_callbacks
    }
    /// +88: KiBugcheckData: five pointer-sized values.
    pub fn bugcheck_data(&self) -> u64 {
        self.0.bugcheck_data
    }
    /// +90: IopErrorLogListHead: the list's head.
    pub fn error_log(&self) -> u64 {
        self.0.error_log
    }
    /// +98: ObpRootDirectoryObject: the variable.
    pub fn root_directory(&self) -> u64 {
        self.0.root_directory
    }
    /// +a0: ObpTypeObjectType: the variable.
    pub fn type_object_type(&self) -> u64 {
        self.0.type_object_type
    }
    /// +a8: MmSystemCacheStart: the variable.
    pub fn system_cache_start(&self) -> u64 {
        self.0.system_cache_start
    }
    /// +b0: MmSystemCacheEnd: the variable.
    pub fn system_cache_end(&self) -> u64 {
        self.0.system_cache_end
    }
    /// +b8: MmSystemCacheWs: the variable.
    pub fn system_cache_ws(&self) -> u64 {
        self.0.system_cache_ws
    }
    /// +c0: MmPfnDatabase: the variable.
    pub fn pfn_database(&self) -> u64 {
        self.0.pfn_database
    }
    /// +c8: MmSystemPtesStart: the variable.
    pub fn system_ptes_start(&self) -> u64 {
        self.0.system_ptes_start
    }
    /// +d0: MmSystemPtesEnd: the variable.
    pub fn system_ptes_end(&self) -> u64 {
        self.0.system_ptes_end
    }
    /// +d8: MmSubsectionBase: the variable.
    pub fn subsection_base(&self) -> u64 {
        self.0.subsection_base
    }
    /// +e0: MmNumberOfPagingFiles: the variable.
    pub fn number_of_paging_files(&self) -> u64 {
        self.0.number_of_paging_files
    }
    /// +e8: MmLowestPhysicalPage: the variable.
    pub fn lowest_physical_page(&self) -> u64 {
        self.0.lowest_physical_page
    }
    /// +f0: MmHighestPhysicalPage: the variable.
    pub fn highest_physical_page(&self) -> u64 {
        self.0.highest_physical_page
    }
    /// +f8: MmNumberOfPhysicalPages: the variable.
    pub fn number_of_physical_pages(&self) -> u64 {
        self.0.number_of_physical_pages
    }
    /// +100: MmMaximumNonPagedPoolInBytes: the variable.
    pub fn maximum_nonpaged_pool(&self) -> u64 {
        self.0.maximum_nonpaged_pool
    }
    /// +108: MmNonPagedSystemStart: the variable.
    pub fn nonpaged_system_start(&self) -> u64 {
        self.0.nonpaged_system_start
    }
    /// +110: MmNonPagedPoolStart: the variable.
    pub fn nonpaged_pool_start(&self) -> u64 {
        self.0.nonpaged_pool_start
    }
    /// +118: MmNonPagedPoolEnd: the variable.
    pub fn nonpaged_pool_end(&self) -> u64 {
        self.0.nonpaged_pool_end
    }
    /// +120: MmPagedPoolStart: the variable.
    pub fn paged_pool_start(&self) -> u64 {
        self.0.paged_pool_start
    }
    /// +128: MmPagedPoolEnd: the variable.
    pub fn paged_pool_end(&self) -> u64 {
        self.0.paged_pool_end
    }
    /// +130: MmPagedPoolInformation: the variable.
    pub fn paged_pool_information(&self) -> u64 {
        self.0.paged_pool_information
    }
    /// +138: MmPageSize: a value.
    pub fn page_size(&self) -> u64 {
        self.0.page_size
    }
    /// +140: MmSizeOfPagedPoolInBytes: the variable.
    pub fn size_of_paged_pool(&self) -> u64 {
        self.0.size_of_paged_pool
    }
    /// +148: MmTotalCommitLimit: the variable.
    pub fn total_commit_limit(&self) -> u64 {
        self.0.total_commit_limit
    }
    /// +150: MmTotalCommittedPages: the variable.
    pub fn total_committed_pages(&self) -> u64 {
        self.0.total_committed_pages
    }
    /// +158: MmSharedCommit: the variable.
    pub fn shared_commit(&self) -> u64 {
        self.0.shared_commit
    }
    /// +160: MmDriverCommit: the variable.
    pub fn driver_commit(&self) -> u64 {
        self.0.driver_commit
    }
    /// +168: MmProcessCommit: the variable.
    pub fn process_commit(&self) -> u64 {
        self.0.process_commit
    }
    /// +170: MmPagedPoolCommit: the variable.
    pub fn paged_pool_commit(&self) -> u64 {
        self.0.paged_pool_commit
    }
    /// +178: MmExtendedCommit: the variable.
    pub fn extended_commit(&self) -> u64 {
        self.0.extended_commit
    }
    /// +180: MmZeroedPageListHead: the variable.
    pub fn zeroed_pages(&self) -> u64 {
        self.0.zeroed_pages
    }
    /// +188: MmFreePageListHead: the variable.
    pub fn free_pages(&self) -> u64 {
        self.0.free_pages
    }
    /// +190: MmStandbyPageListHead: the variable.
    pub fn standby_pages(&self) -> u64 {
        self.0.standby_pages
    }
    /// +198: MmModifiedPageListHead: the variable.
    pub fn modified_pages(&self) -> u64 {
        self.0.modified_pages
    }
    /// +1a0: MmModifiedNoWritePageListHead: the variable.
    pub fn modified_no_write_pages(&self) -> u64 {
        self.0.modified_no_write_pages
    }
    /// +1a8: MmAvailablePages: the variable.
    pub fn available_pages(&self) -> u64 {
        self.0.available_pages
    }
    /// +1b0: MmResidentAvailablePages: the variable.
    pub fn resident_available_pages(&self) -> u64 {
        self.0.resident_available_pages
    }
    /// +1b8: PoolTrackTable: the variable.
    pub fn pool_track_table(&self) -> u64 {
        self.0.pool_track_table
    }
    /// +1c0: NonPagedPoolDescriptor.
    pub fn nonpaged_pool_descriptor(&self) -> u64 {
        self.0.nonpaged_pool_descriptor
    }
    /// +1c8: MmHighestUserAddress: the variable.
    pub fn highest_user_address(&self) -> u64 {
        self.0.highest_user_address
    }
    /// +1d0: MmSystemRangeStart: the variable.
    pub fn system_range_start(&self) -> u64 {
        self.0.system_range_start
    }
    /// +1d8: MmUserProbeAddress: the variable.
    pub fn user_probe_address(&self) -> u64 {
        self.0.user_probe_address
    }
    /// +1e0: KdPrintCircularBuffer.
    pub fn print_buffer(&self) -> u64 {
        self.0.print_buffer
    }
    /// +1e8: KdPrintCircularBufferEnd.
    pub fn print_buffer_end(&self) -> u64 {
        self.0.print_buffer_end
    }
    /// +1f0: KdPrintWritePointer: the variable.
    pub fn print_write_pointer(&self) -> u64 {
        self.0.print_write_pointer
    }
    /// +1f8: KdPrintRolloverCount: the variable.
    pub fn print_rollover_count(&self) -> u64 {
        self.0.print_rollover_count
    }
    /// +200: MmLoadedUserImageList: the list's head.
    pub fn loaded_user_images(&self) -> u64 {
        self.0.loaded_user_images
    }
    /// +208: NtBuildLab: text.
    pub fn build_lab(&self) -> u64 {
        self.0.build_lab
    }
    /// +210: KiNormalSystemCall.
    pub fn normal_system_call(&self) -> u64 {
        self.0.normal_system_call
    }
    /// +218: KiProcessorBlock: array of pointers to KPRCB.
    pub fn processor_block(&self) -> u64 {
        self.0.processor_block
    }
    /// +220: MmUnloadedDrivers: the variable.
    pub fn unloaded_drivers(&self) -> u64 {
        self.0.unloaded_drivers
    }
    /// +228: MmLastUnloadedDriver: the variable.
    pub fn last_unloaded_driver(&self) -> u64 {
        self.0.last_unloaded_driver
    }
    /// +230: MmTriageActionTaken: the variable.
    pub fn triage_action_taken(&self) -> u64 {
        self.0.triage_action_taken
    }
    /// +238: MmSpecialPoolTag: the variable.
    pub fn special_pool_tag(&self) -> u64 {
        self.0.special_pool_tag
    }
    /// +240: KernelVerifier: the variable.
    pub fn kernel_verifier(&self) -> u64 {
        self.0.kernel_verifier
    }
    /// +248: MmVerifierData.
    pub fn verifier_data(&self) -> u64 {
        self.0.verifier_data
    }
    /// +250: MmAllocatedNonPagedPool: the variable.
    pub fn allocated_nonpaged_pool(&self) -> u64 {
        self.0.allocated_nonpaged_pool
    }
    /// +258: MmPeakCommitment: the variable.
    pub fn peak_commitment(&self) -> u64 {
        self.0.peak_commitment
    }
    /// +260: MmTotalCommitLimitMaximum: the variable.
    pub fn total_commit_limit_maximum(&self) -> u64 {
        self.0.total_commit_limit_maximum
    }
    /// +268: CmNtCSDVersion: the variable.
    pub fn csd_version(&self) -> u64 {
        self.0.csd_version
    }
    /// +270: MmPhysicalMemoryBlock: the variable.
    pub fn physical_memory_block(&self) -> u64 {
        self.0.physical_memory_block
    }
    /// +278: MmSessionBase: the variable.
    pub fn session_base(&self) -> u64 {
        self.0.session_base
    }
    /// +280: MmSessionSize: the variable.
    pub fn session_size(&self) -> u64 {
        self.0.session_size
    }
    /// +288: MmSystemParentTablePage: the variable.
    pub fn system_parent_table_page(&self) -> u64 {
        self.0.system_parent_table_page
    }
    /// +290: MmVirtualTranslationBase: the variable.
    pub fn virtual_translation_base(&self) -> u64 {
        self.0.virtual_translation_base
    }
    /// +298: offset of KTHREAD.NextProcessor.
    pub fn kthread_next_processor(&self) -> u16 {
        self.0.kthread_next_processor
    }
    /// +29a: offset of KTHREAD.Teb.
    pub fn kthread_teb(&self) -> u16 {
        self.0.kthread_teb
    }
    /// +29c: offset of KTHREAD.KernelStack.
    pub fn kthread_kernel_stack(&self) -> u16 {
        self.0.kthread_kernel_stack
    }
    /// +29e: offset of KTHREAD.InitialStack.
    pub fn kthread_initial_stack(&self) -> u16 {
        self.0.kthread_initial_stack
    }
    /// +2a0: offset of KTHREAD.ApcState.Process.
    pub fn kthread_apc_process(&self) -> u16 {
        self.0.kthread_apc_process
    }
    /// +2a2: offset of KTHREAD.State.
    pub fn kthread_state(&self) -> u16 {
        self.0.kthread_state
    }
    /// +2a4: IA64.
    pub fn kthread_bstore(&self) -> u16 {
        self.0.kthread_bstore
    }
    /// +2a6: IA64.
    pub fn kthread_bstore_limit(&self) -> u16 {
        self.0.kthread_bstore_limit
    }
    /// +2a8: bytes of EPROCESS.
    pub fn size_eprocess(&self) -> u16 {
        self.0.size_eprocess
    }
    /// +2aa: offset of EPROCESS.Peb.
    pub fn eprocess_peb(&self) -> u16 {
        self.0.eprocess_peb
    }
    /// +2ac: offset of EPROCESS.InheritedFromUniqueProcessId.
    pub fn eprocess_parent_cid(&self) -> u16 {
        self.0.eprocess_parent_cid
    }
    /// +2ae: offset of KPROCESS.DirectoryTableBase.
    pub fn eprocess_directory_table_base(&self) -> u16 {
        self.0.eprocess_directory_table_base
    }
    /// +2b0: bytes of KPRCB.
    pub fn size_prcb(&self) -> u16 {
        self.0.size_prcb
    }
    /// +2b2: offset of KPRCB.DpcRoutineActive.
    pub fn prcb_dpc_routine(&self) -> u16 {
        self.0.prcb_dpc_routine
    }
    /// +2b4: offset of KPRCB.CurrentThread.
    pub fn prcb_current_thread(&self) -> u16 {
        self.0.prcb_current_thread
    }
    /// +2b6: offset of KPRCB.MHz.
    pub fn prcb_mhz(&self) -> u16 {
        self.0.prcb_mhz
    }
    /// +2b8: offset of KPRCB.CpuType.
    pub fn prcb_cpu_type(&self) -> u16 {
        self.0.prcb_cpu_type
    }
    /// +2ba: offset of KPRCB.VendorString.
    pub fn prcb_vendor_string(&self) -> u16 {
        self.0.prcb_vendor_string
    }
    /// +2bc: offset of KPRCB.ProcessorState.ContextFrame.
    pub fn prcb_processor_state_context(&self) -> u16 {
        self.0.prcb_processor_state_context
    }
    /// +2be: offset of KPRCB.Number.
    pub fn prcb_number(&self) -> u16 {
        self.0.prcb_number
    }
    /// +2c0: bytes of ETHREAD.
    pub fn size_ethread(&self) -> u16 {
        self.0.size_ethread
    }
    /// +2c8: KdPrintCircularBufferPtr: the variable.
    pub fn print_buffer_pointer(&self) -> u64 {
        self.0.print_buffer_pointer
    }
    /// +2d0: KdPrintBufferSize: the variable.
    pub fn print_buffer_size(&self) -> u64 {
        self.0.print_buffer_size
    }
    /// +2d8: KeLoaderBlock: the variable.
    pub fn loader_block(&self) -> u64 {
        self.0.loader_block
    }
    /// +2e0: bytes of KPCR.
    pub fn size_pcr(&self) -> u16 {
        self.0.size_pcr
    }
    /// +2e2: offset of KPCR.Self.
    pub fn pcr_self(&self) -> u16 {
        self.0.pcr_self
    }
    /// +2e4: offset of KPCR.CurrentPrcb.
    pub fn pcr_current_prcb(&self) -> u16 {
        self.0.pcr_current_prcb
    }
    /// +2e6: offset of KPCR.Prcb.
    pub fn pcr_contained_prcb(&self) -> u16 {
        self.0.pcr_contained_prcb
    }
    /// +2e8: IA64.
    pub fn pcr_initial_bstore(&self) -> u16 {
        self.0.pcr_initial_bstore
    }
    /// +2ea: IA64.
    pub fn pcr_bstore_limit(&self) -> u16 {
        self.0.pcr_bstore_limit
    }
    /// +2ec: IA64.
    pub fn pcr_initial_stack(&self) -> u16 {
        self.0.pcr_initial_stack
    }
    /// +2ee: IA64.
    pub fn pcr_stack_limit(&self) -> u16 {
        self.0.pcr_stack_limit
    }
    /// +2f0: IA64.
    pub fn prcb_pcr_page(&self) -> u16 {
        self.0.prcb_pcr_page
    }
    /// +2f2: offset of KPRCB.ProcessorState.SpecialRegisters.
    pub fn prcb_special_registers(&self) -> u16 {
        self.0.prcb_special_registers
    }
    /// +2f4: selector.
    pub fn gdt_r0_code(&self) -> u16 {
        self.0.gdt_r0_code
    }
    /// +2f6: selector.
    pub fn gdt_r0_data(&self) -> u16 {
        self.0.gdt_r0_data
    }
    /// +2f8: selector.
    pub fn gdt_r0_pcr(&self) -> u16 {
        self.0.gdt_r0_pcr
    }
    /// +2fa: selector.
    pub fn gdt_r3_code(&self) -> u16 {
        self.0.gdt_r3_code
    }
    /// +2fc: selector.
    pub fn gdt_r3_data(&self) -> u16 {
        self.0.gdt_r3_data
    }
    /// +2fe: selector.
    pub fn gdt_r3_teb(&self) -> u16 {
        self.0.gdt_r3_teb
    }
    /// +300: selector.
    pub fn gdt_ldt(&self) -> u16 {
        self.0.gdt_ldt
    }
    /// +302: selector.
    pub fn gdt_tss(&self) -> u16 {
        self.0.gdt_tss
    }
    /// +304: selector.
    pub fn gdt64_r3_cm_code(&self) -> u16 {
        self.0.gdt64_r3_cm_code
    }
    /// +306: selector.
    pub fn gdt64_r3_cm_teb(&self) -> u16 {
        self.0.gdt64_r3_cm_teb
    }
    /// +308: IopNumTriageDumpDataBlocks: the variable.
    pub fn triage_blocks_count(&self) -> u64 {
        self.0.triage_blocks_count
    }
    /// +310: IopTriageDumpDataBlocks: the variable.
    pub fn triage_blocks(&self) -> u64 {
        self.0.triage_blocks
    }
    /// +318: VfCrashDataBlock.
    pub fn verifier_crash_data(&self) -> u64 {
        self.0.verifier_crash_data
    }
    /// +320: MmBadPagesDetected: the variable.
    pub fn bad_pages_detected(&self) -> u64 {
        self.0.bad_pages_detected
    }
    /// +328: MmZeroedPageSingleBitErrorsDetected: the variable.
    pub fn single_bit_errors(&self) -> u64 {
        self.0.single_bit_errors
    }
    /// +330: EtwpDebuggerData.
    pub fn etw_debugger_data(&self) -> u64 {
        self.0.etw_debugger_data
    }
    /// +338: offset of KPRCB.Context.
    pub fn prcb_context(&self) -> u16 {
        self.0.prcb_context
    }
    /// +33a: a value.
    pub fn prcb_max_breakpoints(&self) -> u16 {
        self.0.prcb_max_breakpoints
    }
    /// +33c: a value.
    pub fn prcb_max_watchpoints(&self) -> u16 {
        self.0.prcb_max_watchpoints
    }
    /// +340: offset of KTHREAD.StackLimit.
    pub fn kthread_stack_limit(&self) -> u32 {
        self.0.kthread_stack_limit
    }
    /// +344: offset of KTHREAD.StackBase.
    pub fn kthread_stack_base(&self) -> u32 {
        self.0.kthread_stack_base
    }
    /// +348: offset of KTHREAD.QueueListEntry.
    pub fn kthread_queue_list_entry(&self) -> u32 {
        self.0.kthread_queue_list_entry
    }
    /// +34c: offset of ETHREAD.IrpList.
    pub fn ethread_irp_list(&self) -> u32 {
        self.0.ethread_irp_list
    }
    /// +350: offset of KPRCB.IdleThread.
    pub fn prcb_idle_thread(&self) -> u16 {
        self.0.prcb_idle_thread
    }
    /// +352: offset of KPRCB.NormalDpcState.
    pub fn prcb_normal_dpc_state(&self) -> u16 {
        self.0.prcb_normal_dpc_state
    }
    /// +354: offset of KPRCB.DpcStack.
    pub fn prcb_dpc_stack(&self) -> u16 {
        self.0.prcb_dpc_stack
    }
    /// +356: offset of KPRCB.IsrStack.
    pub fn prcb_isr_stack(&self) -> u16 {
        self.0.prcb_isr_stack
    }
    /// +358: bytes of KDPC_STACK_FRAME.
    pub fn size_kdpc_stack_frame(&self) -> u16 {
        self.0.size_kdpc_stack_frame
    }
    /// +35a: offset of KPRIQUEUE.ThreadListHead.
    pub fn kpri_queue_thread_list(&self) -> u16 {
        self.0.kpri_queue_thread_list
    }
    /// +35c: offset of KTHREAD.WaitReason.
    pub fn kthread_wait_reason(&self) -> u16 {
        self.0.kthread_wait_reason
    }
    /// +360: PteBase: the value.
    pub fn pte_base(&self) -> u64 {
        self.0.pte_base
    }
    /// +368: RetpolineStubFunctionTable.
    pub fn retpoline_table(&self) -> u64 {
        self.0.retpoline_table
    }
    /// +370: bytes.
    pub fn retpoline_table_size(&self) -> u32 {
        self.0.retpoline_table_size
    }
    /// +374: RetpolineStubOffset.
    pub fn retpoline_offset(&self) -> u32 {
        self.0.retpoline_offset
    }
    /// +378: RetpolineStubSize.
    pub fn retpoline_size(&self) -> u32 {
        self.0.retpoline_size
    }
    /// +37c: offset of EPROCESS.MmHotPatchContext.
    pub fn eprocess_hot_patch_context(&self) -> u16 {
        self.0.eprocess_hot_patch_context
    }
    /// +380: offset of KTHREAD.ShadowStackLimit.
    pub fn kthread_shadow_stack_limit(&self) -> u32 {
        self.0.kthread_shadow_stack_limit
    }
    /// +384: offset of KTHREAD.ShadowStackBase.
    pub fn kthread_shadow_stack_base(&self) -> u32 {
        self.0.kthread_shadow_stack_base
    }
    /// +388: ShadowStackEnabled.
    pub fn shadow_stack_enabled(&self) -> u64 {
        self.0.shadow_stack_enabled
    }
    /// +390: PointerAuthMask.
    pub fn pointer_auth_mask(&self) -> u64 {
        self.0.pointer_auth_mask
    }
    /// +398: offset of KPRCB.ExceptionStack.
    pub fn prcb_exception_stack(&self) -> u16 {
        self.0.prcb_exception_stack
    }
}

record! {
    /// One type with members.
    Type: kst_type, sized { kind "kind", length "length", members "members", name "name" }
}

impl Type {
    /// `KST_TYPE_…`
    pub fn kind(&self) -> TypeKind {
        TypeKind(self.0.kind)
    }
    /// Bytes that one object takes.
    pub fn length(&self) -> u64 {
        self.0.length
    }
    /// Number of members that the source states.
    pub fn members(&self) -> u32 {
        self.0.members
    }
    /// As the source spells it; cut when longer.
    pub fn name(&self) -> Cow<'_, str> {
        text(&self.0.name)
    }
}

record! {
    /// What a PDB is.
    PdbInfo: kst_pdb_info, sized { arch "arch", machine "machine", pointer_size "pointer_size", age "age", block_size "block_size", guid "guid", structs "structs", unions "unions", records "records", symbols "symbols", omap "omap", sections "sections", anomalies "anomalies" }
}

impl PdbInfo {
    /// `KST_ARCH_…`, by the machine number; x86 when an old file has none but 32-bit pointers.
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// IMAGE_FILE_MACHINE_… of the image; 0 when the file does not say.
    pub fn machine(&self) -> u32 {
        self.0.machine
    }
    /// 4 or 8; 0 when neither the machine nor the types tell.
    pub fn pointer_size(&self) -> u32 {
        self.0.pointer_size
    }
    /// With the GUID it names the build of the image: as in the image's debug directory.
    pub fn age(&self) -> u32 {
        self.0.age
    }
    /// Bytes of one block of the container.
    pub fn block_size(&self) -> u32 {
        self.0.block_size
    }
    /// As stored: the first three parts are little-endian.
    pub fn guid(&self) -> &[u8; 16] {
        &self.0.guid
    }
    /// Complete structs and classes.
    pub fn structs(&self) -> u32 {
        self.0.structs
    }
    /// Complete unions.
    pub fn unions(&self) -> u32 {
        self.0.unions
    }
    /// Type records of all kinds.
    pub fn records(&self) -> u32 {
        self.0.records
    }
    /// Public and data symbols.
    pub fn symbols(&self) -> u32 {
        self.0.symbols
    }
    /// Entries of the map from original to final addresses; 0: the image was not reordered.
    pub fn omap(&self) -> u32 {
        self.0.omap
    }
    /// Sections that addresses of symbols refer to.
    pub fn sections(&self) -> u32 {
        self.0.sections
    }
    /// `KST_PDB_ANOMALY_…`
    pub fn anomalies(&self) -> PdbAnomaly {
        PdbAnomaly(self.0.anomalies)
    }
}

record! {
    /// What an ISF file is.
    IsfInfo: kst_isf_info, sized { arch "arch", machine "machine", pointer_size "pointer_size", age "age", structs "structs", unions "unions", symbols "symbols", guid "guid", present "present", pdb_name "pdb_name" }
}

impl IsfInfo {
    /// `KST_ARCH_…`, by the machine number.
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// IMAGE_FILE_MACHINE_… of the image.
    pub fn machine(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.machine)
    }
    /// 4 or 8; 0 when the file does not say.
    pub fn pointer_size(&self) -> u32 {
        self.0.pointer_size
    }
    /// Of the PDB that the file was made from.
    pub fn age(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.age)
    }
    /// Structs and classes.
    pub fn structs(&self) -> u32 {
        self.0.structs
    }
    /// Unions.
    pub fn unions(&self) -> u32 {
        self.0.unions
    }
    /// Symbols with an address.
    pub fn symbols(&self) -> u32 {
        self.0.symbols
    }
    /// Of that PDB, as a PDB stores it.
    pub fn guid(&self) -> Option<&[u8; 16]> {
        (self.0.present & 0x1 != 0).then_some(&self.0.guid)
    }
    /// `KST_ISF_HAS_…`
    pub fn present(&self) -> IsfHas {
        IsfHas(self.0.present)
    }
    /// Name of that PDB; cut when longer.
    pub fn pdb_name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x1 != 0).then(|| text(&self.0.pdb_name))
    }
}

record! {
    /// What a PE image in memory says of itself.
    Image: kst_image, sized { machine "machine", present "present", anomalies "anomalies", base "base", time_date_stamp "time_date_stamp", size_of_image "size_of_image", pdb_age "pdb_age", pdb_guid "pdb_guid", pdb_name "pdb_name" }
}

impl Image {
    /// IMAGE_FILE_MACHINE_… of the header.
    pub fn machine(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.machine)
    }
    /// `KST_IMAGE_HAS_…`
    pub fn present(&self) -> ImageHas {
        ImageHas(self.0.present)
    }
    /// `KST_IMAGE_ANOMALY_…`
    pub fn anomalies(&self) -> ImageAnomaly {
        ImageAnomaly(self.0.anomalies)
    }
    /// Where the image is.
    pub fn base(&self) -> u64 {
        self.0.base
    }
    /// Of the header.
    pub fn time_date_stamp(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.time_date_stamp)
    }
    /// Bytes.
    pub fn size_of_image(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.size_of_image)
    }
    /// Age of the PDB.
    pub fn pdb_age(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.pdb_age)
    }
    /// GUID of the PDB, as stored: `kst_pdb_info.guid` of the matching file is the same.
    pub fn pdb_guid(&self) -> Option<&[u8; 16]> {
        (self.0.present & 0x2 != 0).then_some(&self.0.pdb_guid)
    }
    /// File name of the PDB without its folder, as text.
    pub fn pdb_name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x4 != 0).then(|| text(&self.0.pdb_name))
    }
}

record! {
    /// An EXCEPTION_RECORD of either width.
    ExceptionRecord: kst_exception, sized { code "code", present "present", anomalies "anomalies", address "address", exception_address "exception_address", next "next", flags "flags", information_count "information_count", information "information" }
}

impl ExceptionRecord {
    /// ExceptionCode, an NTSTATUS.
    pub fn code(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.code)
    }
    /// `KST_EXCEPTION_HAS_…`
    pub fn present(&self) -> ExceptionHas {
        ExceptionHas(self.0.present)
    }
    /// `KST_EXCEPTION_ANOMALY_…`
    pub fn anomalies(&self) -> ExceptionAnomaly {
        ExceptionAnomaly(self.0.anomalies)
    }
    /// Where the record is.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// ExceptionAddress: where it happened.
    pub fn exception_address(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.exception_address)
    }
    /// ExceptionRecord: the chained record, or 0.
    pub fn next(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.next)
    }
    /// ExceptionFlags.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.flags)
    }
    /// NumberParameters, at most 15.
    pub fn information_count(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.information_count)
    }
    /// ExceptionInformation, the first `information_count`.
    pub fn information(&self) -> Option<&[u64; 15]> {
        (self.0.present & 0x4 != 0).then_some(&self.0.information)
    }
}

record! {
    /// A CONTEXT record: the registers of a processor.
    Context: kst_context, sized { arch "arch", present "present", anomalies "anomalies", address "address", ip "ip", sp "sp", fp "fp", context_flags "context_flags", eflags "eflags", cs "cs", ds "ds", es "es", fs "fs", gs "gs", ss "ss", gpr_count "gpr_count", gpr "gpr" }
}

impl Context {
    /// `KST_ARCH_…`, as asked for.
    pub fn arch(&self) -> Arch {
        Arch(self.0.arch)
    }
    /// `KST_CONTEXT_HAS_…`: by ContextFlags and by what is at hand.
    pub fn present(&self) -> ContextHas {
        ContextHas(self.0.present)
    }
    /// `KST_CONTEXT_ANOMALY_…`
    pub fn anomalies(&self) -> ContextAnomaly {
        ContextAnomaly(self.0.anomalies)
    }
    /// Where the record is.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Eip, Rip, Pc.
    pub fn ip(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.ip)
    }
    /// Esp, Rsp, Sp.
    pub fn sp(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.sp)
    }
    /// Ebp, Rbp, Fp.
    pub fn fp(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.fp)
    }
    /// ContextFlags as stored.
    pub fn context_flags(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.context_flags)
    }
    /// EFlags; ARM64: Cpsr.
    pub fn eflags(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.eflags)
    }
    /// SegCs.
    pub fn cs(&self) -> Option<u16> {
        (self.0.present & 0x2 != 0).then_some(self.0.cs)
    }
    /// SegDs.
    pub fn ds(&self) -> Option<u16> {
        (self.0.present & 0x8 != 0).then_some(self.0.ds)
    }
    /// SegEs.
    pub fn es(&self) -> Option<u16> {
        (self.0.present & 0x8 != 0).then_some(self.0.es)
    }
    /// SegFs.
    pub fn fs(&self) -> Option<u16> {
        (self.0.present & 0x8 != 0).then_some(self.0.fs)
    }
    /// SegGs.
    pub fn gs(&self) -> Option<u16> {
        (self.0.present & 0x8 != 0).then_some(self.0.gs)
    }
    /// SegSs.
    pub fn ss(&self) -> Option<u16> {
        (self.0.present & 0x2 != 0).then_some(self.0.ss)
    }
    /// General registers of the architecture: 8, 16 or 33.
    pub fn gpr_count(&self) -> u32 {
        self.0.gpr_count
    }
    /// In the order of the instruction encoding: eax ecx edx ebx esp ebp esi edi; rax … rdi, r8 … r15; x0 … x28, fp, lr, sp, pc.
    pub fn gpr(&self) -> Option<&[u64; 33]> {
        (self.0.present & 0x4 != 0).then_some(&self.0.gpr)
    }
}

record! {
    /// One processor: KPRCB and what its KPCR adds.
    Processor: kst_processor, sized { number "number", present "present", anomalies "anomalies", kpcr "kpcr", kprcb "kprcb", current_thread "current_thread", next_thread "next_thread", idle_thread "idle_thread", dpc_stack "dpc_stack", isr_stack "isr_stack", exception_stack "exception_stack", saved_rsp "saved_rsp", dpc_thread "dpc_thread", context_ip "context_ip", context_sp "context_sp", context_bp "context_bp", tss "tss", dpc_routine_active "dpc_routine_active", irql "irql" }
}

impl Processor {
    /// KPRCB.Number.
    pub fn number(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.number)
    }
    /// `KST_PROCESSOR_HAS_…`
    pub fn present(&self) -> ProcessorHas {
        ProcessorHas(self.0.present)
    }
    /// `KST_PROCESSOR_ANOMALY_…`
    pub fn anomalies(&self) -> ProcessorAnomaly {
        ProcessorAnomaly(self.0.anomalies)
    }
    /// Address of the KPCR.
    pub fn kpcr(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.kpcr)
    }
    /// Address of the KPRCB.
    pub fn kprcb(&self) -> u64 {
        self.0.kprcb
    }
    /// The running thread.
    pub fn current_thread(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.current_thread)
    }
    /// The thread that was selected to run next; 0: none.
    pub fn next_thread(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.next_thread)
    }
    /// The idle thread.
    pub fn idle_thread(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.idle_thread)
    }
    /// KPRCB.DpcStack, as stored.
    pub fn dpc_stack(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.dpc_stack)
    }
    /// KPRCB.IsrStack, as stored (8.1 and later); 64-bit: the end of the stack.
    pub fn isr_stack(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.isr_stack)
    }
    /// KPRCB.ExceptionStack, as stored (18362 and later).
    pub fn exception_stack(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.exception_stack)
    }
    /// KPRCB.SavedRsp (2003 and Vista x64).
    pub fn saved_rsp(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.saved_rsp)
    }
    /// The thread that runs threaded DPCs.
    pub fn dpc_thread(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.dpc_thread)
    }
    /// Instruction pointer of the saved context; 7 and later: *KPRCB.Context.
    pub fn context_ip(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.context_ip)
    }
    /// Stack pointer of the saved context.
    pub fn context_sp(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.context_sp)
    }
    /// Frame pointer of the saved context.
    pub fn context_bp(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.context_bp)
    }
    /// Address of the TSS; valid with `KST_PROCESSOR_HAS_TSS`.
    pub fn tss(&self) -> Option<u64> {
        (self.0.present & 0x2000 != 0).then_some(self.0.tss)
    }
    /// Not 0 while DPCs are retired here (NT 5 x86: may be a stack address).
    pub fn dpc_routine_active(&self) -> Option<u32> {
        (self.0.present & 0x800 != 0).then_some(self.0.dpc_routine_active)
    }
    /// KPCR.Irql (x64: CR8 is what counts, this may be stale).
    pub fn irql(&self) -> Option<u32> {
        (self.0.present & 0x1000 != 0).then_some(self.0.irql)
    }
}

record! {
    /// One queue.
    DpcQueue: kst_dpc_queue, sized { processor "processor", present "present", anomalies "anomalies", address "address", first "first", last "last", active "active", lock "lock", kind "kind", depth "depth", count "count", long_dpc_present "long_dpc_present" }
}

impl DpcQueue {
    /// Number of the processor; valid with `KST_DPC_QUEUE_HAS_PROCESSOR`.
    pub fn processor(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.processor)
    }
    /// `KST_DPC_QUEUE_HAS_…`
    pub fn present(&self) -> DpcQueueHas {
        DpcQueueHas(self.0.present)
    }
    /// `KST_DPC_QUEUE_ANOMALY_…`
    pub fn anomalies(&self) -> DpcQueueAnomaly {
        DpcQueueAnomaly(self.0.anomalies)
    }
    /// Address of the KDPC_DATA (XP: of the list head).
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of the first KDPC; 0: empty.
    pub fn first(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.first)
    }
    /// Address of the last KDPC; 0: empty.
    pub fn last(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.last)
    }
    /// The KDPC that runs now; 0: none (8.1 and later).
    pub fn active(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.active)
    }
    /// DpcLock, as stored.
    pub fn lock(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.lock)
    }
    /// `KST_DPC_NORMAL` or `KST_DPC_THREADED`.
    pub fn kind(&self) -> DpcKind {
        DpcKind(self.0.kind)
    }
    /// DpcQueueDepth: how many should be queued.
    pub fn depth(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.depth)
    }
    /// DpcCount: a running total, not a depth.
    pub fn count(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.count)
    }
    /// LongDpcPresent (20348 and later).
    pub fn long_dpc_present(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.long_dpc_present)
    }
}

record! {
    /// One KDPC.
    Dpc: kst_dpc, sized { r#type "type", present "present", anomalies "anomalies", address "address", routine "routine", context "context", arguments "arguments", dpc_data "dpc_data", processor_history "processor_history", importance "importance", number "number", kind "kind" }
}

impl Dpc {
    /// KOBJECTS number: 0x13 normal; 0x18 or 0x1a threaded.
    pub fn r#type(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.r#type)
    }
    /// `KST_DPC_HAS_…`
    pub fn present(&self) -> DpcHas {
        DpcHas(self.0.present)
    }
    /// `KST_DPC_ANOMALY_…`
    pub fn anomalies(&self) -> DpcAnomaly {
        DpcAnomaly(self.0.anomalies)
    }
    /// Address of the KDPC.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// DeferredRoutine.
    pub fn routine(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.routine)
    }
    /// DeferredContext.
    pub fn context(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.context)
    }
    /// SystemArgument1 and SystemArgument2.
    pub fn arguments(&self) -> Option<&[u64; 2]> {
        (self.0.present & 0x8 != 0).then_some(&self.0.arguments)
    }
    /// DpcData (XP: Lock): not 0 while queued.
    pub fn dpc_data(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.dpc_data)
    }
    /// ProcessorHistory: a bit per processor (8.1 and later).
    pub fn processor_history(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.processor_history)
    }
    /// 0 low, 1 medium, 2 high, 3 medium-high.
    pub fn importance(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.importance)
    }
    /// Target processor, as stored: values past the processor table mark a targeted DPC.
    pub fn number(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.number)
    }
    /// `KST_DPC_NORMAL` or `KST_DPC_THREADED`, by `type`.
    pub fn kind(&self) -> Option<DpcKind> {
        (self.0.present & 0x1 != 0).then_some(DpcKind(self.0.kind))
    }
}

record! {
    /// One timer that waits in a timer table.
    Timer: kst_timer, sized { processor "processor", present "present", anomalies "anomalies", address "address", due_time "due_time", dpc "dpc", period "period", bucket "bucket" }
}

impl Timer {
    /// Whose table; valid with `KST_TIMER_HAS_PROCESSOR`.
    pub fn processor(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.processor)
    }
    /// `KST_TIMER_HAS_…`
    pub fn present(&self) -> TimerHas {
        TimerHas(self.0.present)
    }
    /// `KST_TIMER_ANOMALY_…`
    pub fn anomalies(&self) -> TimerAnomaly {
        TimerAnomaly(self.0.anomalies)
    }
    /// Address of the KTIMER.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// DueTime, 100 ns of interrupt time.
    pub fn due_time(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.due_time)
    }
    /// Address of the KDPC, decoded; 0: none.
    pub fn dpc(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.dpc)
    }
    /// Milliseconds; 0: once.
    pub fn period(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.period)
    }
    /// Index of the table's bucket.
    pub fn bucket(&self) -> u32 {
        self.0.bucket
    }
}

record! {
    /// Registers at a point of a stack.
    Registers: kst_registers, sized { ip "ip", sp "sp", bp "bp" }
}

impl Registers {
    /// Instruction pointer.
    pub fn ip(&self) -> u64 {
        self.0.ip
    }
    /// Stack pointer.
    pub fn sp(&self) -> u64 {
        self.0.sp
    }
    /// Frame pointer.
    pub fn bp(&self) -> u64 {
        self.0.bp
    }
}

record! {
    /// One stack in the chain of switches, the newest first; the last one is the interrupted thread's.
    StackLink: kst_stack_link, sized { processor "processor", present "present", anomalies "anomalies", thread "thread", ip "ip", sp "sp", bp "bp", low "low", high "high", stack "stack", found "found", checked "checked", notes "notes" }
}

impl StackLink {
    /// Number of the processor; valid with `KST_STACK_LINK_HAS_PROCESSOR`.
    pub fn processor(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.processor)
    }
    /// `KST_STACK_LINK_HAS_…`
    pub fn present(&self) -> StackLinkHas {
        StackLinkHas(self.0.present)
    }
    /// `KST_STACK_LINK_ANOMALY_…`
    pub fn anomalies(&self) -> StackLinkAnomaly {
        StackLinkAnomaly(self.0.anomalies)
    }
    /// The thread that is charged: KPRCB.CurrentThread.
    pub fn thread(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.thread)
    }
    /// Instruction pointer on this stack.
    pub fn ip(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.ip)
    }
    /// Stack pointer on this stack.
    pub fn sp(&self) -> u64 {
        self.0.sp
    }
    /// Frame pointer on this stack.
    pub fn bp(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.bp)
    }
    /// Lowest address of this stack.
    pub fn low(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.low)
    }
    /// Address after its last byte.
    pub fn high(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.high)
    }
    /// `KST_STACK_…`
    pub fn stack(&self) -> Stack {
        Stack(self.0.stack)
    }
    /// `KST_REGISTERS_FOUND_…`
    pub fn found(&self) -> RegistersFound {
        RegistersFound(self.0.found)
    }
    /// 1: `sp` lies within the limits of the stack that it is said to be on.
    pub fn checked(&self) -> u32 {
        self.0.checked
    }
    /// `KST_STACK_LINK_NOTE_…`
    pub fn notes(&self) -> StackLinkNote {
        StackLinkNote(self.0.notes.into())
    }
}

record! {
    /// One return address on a stack.
    ReturnAddress: kst_return_address, sized { found "found", slot "slot", address "address", module_base "module_base", module_name "module_name" }
}

impl ReturnAddress {
    /// `KST_REGISTERS_FOUND_FRAME` (frame-pointer chain, x86) or `KST_REGISTERS_FOUND_SCAN`.
    pub fn found(&self) -> RegistersFound {
        RegistersFound(self.0.found)
    }
    /// Address on the stack.
    pub fn slot(&self) -> u64 {
        self.0.slot
    }
    /// The return address.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Base of the module that it lies in.
    pub fn module_base(&self) -> u64 {
        self.0.module_base
    }
    /// Its name, UTF-8.
    pub fn module_name(&self) -> Cow<'_, str> {
        text(&self.0.module_name)
    }
}

record! {
    /// One process (EPROCESS and the KPROCESS it begins with).
    Process: kst_process, sized { user_state "user_state", present "present", anomalies "anomalies", traits "traits", address "address", pid "pid", parent_pid "parent_pid", dtb "dtb", user_dtb "user_dtb", peb "peb", wow64_process "wow64_process", wow64_peb "wow64_peb", handle_table "handle_table", token "token", session "session", section "section", section_base "section_base", vad_root "vad_root", file_object "file_object", audit_name "audit_name", create_time "create_time", exit_time "exit_time", trustlet_identity "trustlet_identity", secure_state "secure_state", threads "threads", handles "handles", exit_status "exit_status", flags "flags", session_id "session_id", protection "protection", base_priority "base_priority", kernel_time "kernel_time", user_time "user_time", wow64_machine "wow64_machine", path_bytes "path_bytes", name "name", path "path" }
}

impl Process {
    /// `KST_USER_STATE_…`
    pub fn user_state(&self) -> UserState {
        UserState(self.0.user_state)
    }
    /// `KST_PROCESS_HAS_…`
    pub fn present(&self) -> ProcessHas {
        ProcessHas(self.0.present)
    }
    /// `KST_PROCESS_ANOMALY_…`
    pub fn anomalies(&self) -> ProcessAnomaly {
        ProcessAnomaly(self.0.anomalies)
    }
    /// `KST_PROCESS_IS_…`
    pub fn traits(&self) -> ProcessIs {
        ProcessIs(self.0.traits)
    }
    /// Address of the EPROCESS.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// UniqueProcessId.
    pub fn pid(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.pid)
    }
    /// InheritedFromUniqueProcessId: the creator, which may be long gone.
    pub fn parent_pid(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.parent_pid)
    }
    /// DirectoryTableBase as stored (PCID bits included); maps everything.
    pub fn dtb(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.dtb)
    }
    /// UserDirectoryTableBase as stored; 0: not shadowed.
    pub fn user_dtb(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.user_dtb)
    }
    /// PEB (of a WOW64 process the 64-bit one); 0: none.
    pub fn peb(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.peb)
    }
    /// Value of the WOW64 member; 0: not a WOW64 process.
    pub fn wow64_process(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.wow64_process)
    }
    /// 32-bit PEB.
    pub fn wow64_peb(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.wow64_peb)
    }
    /// HANDLE_TABLE.
    pub fn handle_table(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.handle_table)
    }
    /// TOKEN object, reference bits removed.
    pub fn token(&self) -> Option<u64> {
        (self.0.present & 0x4000 != 0).then_some(self.0.token)
    }
    /// MM_SESSION_SPACE; 0: in no session.
    pub fn session(&self) -> Option<u64> {
        (self.0.present & 0x8000 != 0).then_some(self.0.session)
    }
    /// Section object of the image.
    pub fn section(&self) -> Option<u64> {
        (self.0.present & 0x20000 != 0).then_some(self.0.section)
    }
    /// Address of the image.
    pub fn section_base(&self) -> Option<u64> {
        (self.0.present & 0x40000 != 0).then_some(self.0.section_base)
    }
    /// Address of the member VadRoot.
    pub fn vad_root(&self) -> Option<u64> {
        (self.0.present & 0x80000 != 0).then_some(self.0.vad_root)
    }
    /// FILE_OBJECT of the image.
    pub fn file_object(&self) -> Option<u64> {
        (self.0.present & 0x10000000 != 0).then_some(self.0.file_object)
    }
    /// OBJECT_NAME_INFORMATION with the image's path.
    pub fn audit_name(&self) -> Option<u64> {
        (self.0.present & 0x20000000 != 0).then_some(self.0.audit_name)
    }
    /// FILETIME, UTC.
    pub fn create_time(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.create_time)
    }
    /// FILETIME, UTC; 0: it has not exited.
    pub fn exit_time(&self) -> Option<u64> {
        (self.0.present & 0x1000 != 0).then_some(self.0.exit_time)
    }
    /// TrustletIdentity (10240 to 17134).
    pub fn trustlet_identity(&self) -> Option<u64> {
        (self.0.present & 0x80000000 != 0).then_some(self.0.trustlet_identity)
    }
    /// SecureState, or SecurePid up to 15063.
    pub fn secure_state(&self) -> Option<u64> {
        (self.0.present & 0x100400000 != 0).then_some(self.0.secure_state)
    }
    /// ActiveThreads.
    pub fn threads(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.threads)
    }
    /// Handles in its table.
    pub fn handles(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.handles)
    }
    /// NTSTATUS.
    pub fn exit_status(&self) -> Option<u32> {
        (self.0.present & 0x2000 != 0).then_some(self.0.exit_status)
    }
    /// EPROCESS.Flags.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x100000 != 0).then_some(self.0.flags)
    }
    /// Number of the session.
    pub fn session_id(&self) -> Option<u32> {
        (self.0.present & 0x10000 != 0).then_some(self.0.session_id)
    }
    /// PS_PROTECTION: bits 0-2 type (1 light, 2 full), 3 audit, 4-7 signer.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x200000 != 0).then_some(self.0.protection)
    }
    /// BasePriority.
    pub fn base_priority(&self) -> Option<u32> {
        (self.0.present & 0x2000000 != 0).then_some(self.0.base_priority)
    }
    /// Clock ticks in kernel mode.
    pub fn kernel_time(&self) -> Option<u32> {
        (self.0.present & 0x4000000 != 0).then_some(self.0.kernel_time)
    }
    /// Clock ticks in user mode.
    pub fn user_time(&self) -> Option<u32> {
        (self.0.present & 0x8000000 != 0).then_some(self.0.user_time)
    }
    /// PE machine of the WOW64 side: 0x14c, 0x1c4.
    pub fn wow64_machine(&self) -> Option<u32> {
        (self.0.present & 0x200000000 != 0).then_some(self.0.wow64_machine)
    }
    /// Length of the path in bytes of UTF-16.
    pub fn path_bytes(&self) -> Option<u32> {
        (self.0.present & 0x40000000 != 0).then_some(self.0.path_bytes)
    }
    /// ImageFileName: 14 characters at most in practice.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x4 != 0).then(|| text(&self.0.name))
    }
    /// Full path as UTF-8, cut at a character.
    pub fn path(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x40000000 != 0).then(|| text(&self.0.path))
    }
}

record! {
    /// What knows of one process: `kst_process_sources()`.
    ProcessSources: kst_process_sources, sized { address "address", present "present", found "found" }
}

impl ProcessSources {
    /// Address of the EPROCESS.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// `KST_PROCESS_SOURCE_…`: those that could be asked.
    pub fn present(&self) -> ProcessSource {
        ProcessSource(self.0.present)
    }
    /// `KST_PROCESS_SOURCE_…`: of these, those that know the process.
    pub fn found(&self) -> ProcessSource {
        ProcessSource(self.0.found)
    }
}

record! {
    /// One thread (ETHREAD and the KTHREAD it begins with).
    Thread: kst_thread, sized { state "state", present "present", anomalies "anomalies", traits "traits", address "address", pid "pid", tid "tid", process "process", attached_process "attached_process", start "start", win32_start "win32_start", initial_stack "initial_stack", stack_base "stack_base", stack_limit "stack_limit", kernel_stack "kernel_stack", teb "teb", user_stack_base "user_stack_base", user_stack_limit "user_stack_limit", trap_frame "trap_frame", win32_thread "win32_thread", create_time "create_time", exit_time "exit_time", name_address "name_address", wait_reason "wait_reason", wait_mode "wait_mode", wait_irql "wait_irql", wait_time "wait_time", context_switches "context_switches", next_processor "next_processor", priority "priority", base_priority "base_priority", flags "flags", exit_status "exit_status", kernel_time "kernel_time", user_time "user_time", secure_cookie "secure_cookie", name "name" }
}

impl Thread {
    /// `KST_THREAD_…`
    pub fn state(&self) -> Option<ThreadState> {
        (self.0.present & 0x1 != 0).then_some(ThreadState(self.0.state))
    }
    /// `KST_THREAD_HAS_…`
    pub fn present(&self) -> ThreadHas {
        ThreadHas(self.0.present)
    }
    /// `KST_THREAD_ANOMALY_…`
    pub fn anomalies(&self) -> ThreadAnomaly {
        ThreadAnomaly(self.0.anomalies)
    }
    /// `KST_THREAD_IS_…`
    pub fn traits(&self) -> ThreadIs {
        ThreadIs(self.0.traits)
    }
    /// Address of the ETHREAD.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Cid.UniqueProcess.
    pub fn pid(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.pid)
    }
    /// Cid.UniqueThread.
    pub fn tid(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.tid)
    }
    /// EPROCESS that owns it.
    pub fn process(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.process)
    }
    /// EPROCESS whose address space it uses (ApcState.Process).
    pub fn attached_process(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.attached_process)
    }
    /// StartAddress.
    pub fn start(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.start)
    }
    /// Win32StartAddress.
    pub fn win32_start(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.win32_start)
    }
    /// InitialStack: where the stack pointer began.
    pub fn initial_stack(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.initial_stack)
    }
    /// Address after the kernel stack.
    pub fn stack_base(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.stack_base)
    }
    /// Lowest address of the kernel stack.
    pub fn stack_limit(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.stack_limit)
    }
    /// Saved stack pointer; means nothing while the thread runs.
    pub fn kernel_stack(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.kernel_stack)
    }
    /// TEB; 0: none.
    pub fn teb(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.teb)
    }
    /// From the TEB: address after the user stack.
    pub fn user_stack_base(&self) -> Option<u64> {
        (self.0.present & 0x1000 != 0).then_some(self.0.user_stack_base)
    }
    /// From the TEB: lowest committed address of the user stack.
    pub fn user_stack_limit(&self) -> Option<u64> {
        (self.0.present & 0x1000 != 0).then_some(self.0.user_stack_limit)
    }
    /// KTRAP_FRAME; 0: none.
    pub fn trap_frame(&self) -> Option<u64> {
        (self.0.present & 0x2000 != 0).then_some(self.0.trap_frame)
    }
    /// Win32Thread; 0: never called a window function.
    pub fn win32_thread(&self) -> Option<u64> {
        (self.0.present & 0x4000 != 0).then_some(self.0.win32_thread)
    }
    /// FILETIME, UTC.
    pub fn create_time(&self) -> Option<u64> {
        (self.0.present & 0x8000 != 0).then_some(self.0.create_time)
    }
    /// FILETIME, UTC; means something once the thread has exited.
    pub fn exit_time(&self) -> Option<u64> {
        (self.0.present & 0x10000 != 0).then_some(self.0.exit_time)
    }
    /// UNICODE_STRING with the thread's name (14393 and later); 0: none.
    pub fn name_address(&self) -> Option<u64> {
        (self.0.present & 0x40000000 != 0).then_some(self.0.name_address)
    }
    /// KWAIT_REASON; `kst_wait_reason_name()` names it.
    pub fn wait_reason(&self) -> Option<u32> {
        (self.0.present & 0x20000 != 0).then_some(self.0.wait_reason)
    }
    /// 0 kernel, 1 user.
    pub fn wait_mode(&self) -> Option<u32> {
        (self.0.present & 0x40000 != 0).then_some(self.0.wait_mode)
    }
    /// IRQL to come back to.
    pub fn wait_irql(&self) -> Option<u32> {
        (self.0.present & 0x80000 != 0).then_some(self.0.wait_irql)
    }
    /// Clock tick at which the wait began (low 32 bits).
    pub fn wait_time(&self) -> Option<u32> {
        (self.0.present & 0x100000 != 0).then_some(self.0.wait_time)
    }
    /// ContextSwitches.
    pub fn context_switches(&self) -> Option<u32> {
        (self.0.present & 0x200000 != 0).then_some(self.0.context_switches)
    }
    /// Processor it runs on, or is to run on.
    pub fn next_processor(&self) -> Option<u32> {
        (self.0.present & 0x400000 != 0).then_some(self.0.next_processor)
    }
    /// Priority, 0 to 31.
    pub fn priority(&self) -> Option<u32> {
        (self.0.present & 0x800000 != 0).then_some(self.0.priority)
    }
    /// BasePriority.
    pub fn base_priority(&self) -> Option<u32> {
        (self.0.present & 0x1000000 != 0).then_some(self.0.base_priority)
    }
    /// CrossThreadFlags.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x2000000 != 0).then_some(self.0.flags)
    }
    /// NTSTATUS.
    pub fn exit_status(&self) -> Option<u32> {
        (self.0.present & 0x4000000 != 0).then_some(self.0.exit_status)
    }
    /// Clock ticks in kernel mode.
    pub fn kernel_time(&self) -> Option<u32> {
        (self.0.present & 0x8000000 != 0).then_some(self.0.kernel_time)
    }
    /// Clock ticks in user mode.
    pub fn user_time(&self) -> Option<u32> {
        (self.0.present & 0x10000000 != 0).then_some(self.0.user_time)
    }
    /// SecureThreadCookie; not 0: it has a part in VTL 1.
    pub fn secure_cookie(&self) -> Option<u32> {
        (self.0.present & 0x20000000 != 0).then_some(self.0.secure_cookie)
    }
    /// Thread name as UTF-8, cut at a character.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x80000000 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// A text in the target: UTF-16 that `kst_read_text()` brings.
    Text: kst_text, plain { address "address", bytes "bytes", maximum "maximum" }
}

impl Text {
    /// Where it is; 0: nowhere.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Its length in bytes.
    pub fn bytes(&self) -> u32 {
        self.0.bytes
    }
    /// Bytes that were reserved for it.
    pub fn maximum(&self) -> u32 {
        self.0.maximum
    }
}

record! {
    /// A PEB and its PEB_LDR_DATA.
    Peb: kst_peb, sized { state "state", present "present", anomalies "anomalies", address "address", unreadable "unreadable", image_base "image_base", ldr "ldr", parameters "parameters", subsystem_data "subsystem_data", process_heap "process_heap", process_heaps "process_heaps", load_first "load_first", load_last "load_last", memory_first "memory_first", memory_last "memory_last", init_first "init_first", init_last "init_last", entry_in_progress "entry_in_progress", bits "bits", flags "flags", inherited_address_space "inherited_address_space", read_image_file_exec_options "read_image_file_exec_options", being_debugged "being_debugged", bit_field "bit_field", cross_process_flags "cross_process_flags", nt_global_flag "nt_global_flag", processors "processors", heaps "heaps", os_major "os_major", os_minor "os_minor", os_build "os_build", os_service_pack "os_service_pack", os_platform "os_platform", image_subsystem "image_subsystem", session_id "session_id", ldr_length "ldr_length", ldr_initialized "ldr_initialized", shutdown_in_progress "shutdown_in_progress", csd_version "csd_version" }
}

impl Peb {
    /// `KST_PEB_…`
    pub fn state(&self) -> PebState {
        PebState(self.0.state)
    }
    /// `KST_PEB_HAS_…`
    pub fn present(&self) -> PebHas {
        PebHas(self.0.present)
    }
    /// `KST_PEB_ANOMALY_…`
    pub fn anomalies(&self) -> PebAnomaly {
        PebAnomaly(self.0.anomalies)
    }
    /// Address of the PEB.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// With `KST_PEB_PAGED_OUT`: address of the first field that could not be read.
    pub fn unreadable(&self) -> u64 {
        self.0.unreadable
    }
    /// ImageBaseAddress.
    pub fn image_base(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.image_base)
    }
    /// PEB_LDR_DATA; 0: the loader has not run.
    pub fn ldr(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.ldr)
    }
    /// RTL_USER_PROCESS_PARAMETERS.
    pub fn parameters(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.parameters)
    }
    /// SubSystemData.
    pub fn subsystem_data(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.subsystem_data)
    }
    /// ProcessHeap.
    pub fn process_heap(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.process_heap)
    }
    /// Array of `heaps` pointers.
    pub fn process_heaps(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.process_heaps)
    }
    /// Flink of InLoadOrderModuleList: the node in the first entry.
    pub fn load_first(&self) -> Option<u64> {
        (self.0.present & 0x400000 != 0).then_some(self.0.load_first)
    }
    /// Blink of InLoadOrderModuleList.
    pub fn load_last(&self) -> Option<u64> {
        (self.0.present & 0x400000 != 0).then_some(self.0.load_last)
    }
    /// Flink of InMemoryOrderModuleList.
    pub fn memory_first(&self) -> Option<u64> {
        (self.0.present & 0x800000 != 0).then_some(self.0.memory_first)
    }
    /// Blink of InMemoryOrderModuleList.
    pub fn memory_last(&self) -> Option<u64> {
        (self.0.present & 0x800000 != 0).then_some(self.0.memory_last)
    }
    /// Flink of InInitializationOrderModuleList.
    pub fn init_first(&self) -> Option<u64> {
        (self.0.present & 0x1000000 != 0).then_some(self.0.init_first)
    }
    /// Blink of InInitializationOrderModuleList.
    pub fn init_last(&self) -> Option<u64> {
        (self.0.present & 0x1000000 != 0).then_some(self.0.init_last)
    }
    /// Entry being loaded; 0: none.
    pub fn entry_in_progress(&self) -> Option<u64> {
        (self.0.present & 0x2000000 != 0).then_some(self.0.entry_in_progress)
    }
    /// 32 or 64.
    pub fn bits(&self) -> u32 {
        self.0.bits
    }
    /// `KST_PEB_IS_…`: what BitField means on this build.
    pub fn flags(&self) -> Option<PebIs> {
        (self.0.present & 0x2 != 0).then_some(PebIs(self.0.flags.into()))
    }
    /// InheritedAddressSpace.
    pub fn inherited_address_space(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.inherited_address_space)
    }
    /// ReadImageFileExecOptions.
    pub fn read_image_file_exec_options(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.read_image_file_exec_options)
    }
    /// BeingDebugged; anything but 0 is yes.
    pub fn being_debugged(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.being_debugged)
    }
    /// BitField as stored.
    pub fn bit_field(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.bit_field)
    }
    /// CrossProcessFlags (Vista and later).
    pub fn cross_process_flags(&self) -> Option<u32> {
        (self.0.present & 0x100 != 0).then_some(self.0.cross_process_flags)
    }
    /// NtGlobalFlag.
    pub fn nt_global_flag(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.nt_global_flag)
    }
    /// NumberOfProcessors.
    pub fn processors(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.processors)
    }
    /// NumberOfHeaps.
    pub fn heaps(&self) -> Option<u32> {
        (self.0.present & 0x800 != 0).then_some(self.0.heaps)
    }
    /// OSMajorVersion.
    pub fn os_major(&self) -> Option<u32> {
        (self.0.present & 0x1000 != 0).then_some(self.0.os_major)
    }
    /// OSMinorVersion.
    pub fn os_minor(&self) -> Option<u32> {
        (self.0.present & 0x2000 != 0).then_some(self.0.os_minor)
    }
    /// OSBuildNumber.
    pub fn os_build(&self) -> Option<u32> {
        (self.0.present & 0x4000 != 0).then_some(self.0.os_build)
    }
    /// OSCSDVersion.
    pub fn os_service_pack(&self) -> Option<u32> {
        (self.0.present & 0x8000 != 0).then_some(self.0.os_service_pack)
    }
    /// OSPlatformId.
    pub fn os_platform(&self) -> Option<u32> {
        (self.0.present & 0x10000 != 0).then_some(self.0.os_platform)
    }
    /// ImageSubsystem.
    pub fn image_subsystem(&self) -> Option<u32> {
        (self.0.present & 0x20000 != 0).then_some(self.0.image_subsystem)
    }
    /// SessionId.
    pub fn session_id(&self) -> Option<u32> {
        (self.0.present & 0x40000 != 0).then_some(self.0.session_id)
    }
    /// Length of PEB_LDR_DATA.
    pub fn ldr_length(&self) -> Option<u32> {
        (self.0.present & 0x100000 != 0).then_some(self.0.ldr_length)
    }
    /// Initialized; 0: the loader has not run.
    pub fn ldr_initialized(&self) -> Option<u32> {
        (self.0.present & 0x200000 != 0).then_some(self.0.ldr_initialized)
    }
    /// ShutdownInProgress.
    pub fn shutdown_in_progress(&self) -> Option<u32> {
        (self.0.present & 0x4000000 != 0).then_some(self.0.shutdown_in_progress)
    }
    /// CSDVersion.
    pub fn csd_version(&self) -> Option<&Text> {
        (self.0.present & 0x80000 != 0).then(|| cast_ref::<_, Text>(&self.0.csd_version))
    }
}

record! {
    /// RTL_USER_PROCESS_PARAMETERS.
    ProcessParameters: kst_process_parameters, sized { flags "flags", present "present", anomalies "anomalies", address "address", environment "environment", environment_size "environment_size", console_handle "console_handle", standard_input "standard_input", standard_output "standard_output", standard_error "standard_error", current_directory_handle "current_directory_handle", maximum_length "maximum_length", length "length", window_flags "window_flags", bits "bits", current_directory "current_directory", dll_path "dll_path", image_path "image_path", command_line "command_line", window_title "window_title", desktop_info "desktop_info", shell_info "shell_info", runtime_data "runtime_data" }
}

impl ProcessParameters {
    /// Flags; bit 0: pointers are addresses, not offsets.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.flags)
    }
    /// `KST_PROCESS_PARAMETERS_HAS_…`
    pub fn present(&self) -> ProcessParametersHas {
        ProcessParametersHas(self.0.present)
    }
    /// `KST_PROCESS_PARAMETERS_ANOMALY_…`
    pub fn anomalies(&self) -> ProcessParametersAnomaly {
        ProcessParametersAnomaly(self.0.anomalies)
    }
    /// Where it is.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of the environment.
    pub fn environment(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.environment)
    }
    /// Bytes reserved for it (Vista and later).
    pub fn environment_size(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.environment_size)
    }
    /// ConsoleHandle.
    pub fn console_handle(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.console_handle)
    }
    /// StandardInput.
    pub fn standard_input(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.standard_input)
    }
    /// StandardOutput.
    pub fn standard_output(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.standard_output)
    }
    /// StandardError.
    pub fn standard_error(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.standard_error)
    }
    /// CurrentDirectory.Handle.
    pub fn current_directory_handle(&self) -> u64 {
        self.0.current_directory_handle
    }
    /// MaximumLength.
    pub fn maximum_length(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.maximum_length)
    }
    /// Length.
    pub fn length(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.length)
    }
    /// WindowFlags.
    pub fn window_flags(&self) -> Option<u32> {
        (self.0.present & 0x2000 != 0).then_some(self.0.window_flags)
    }
    /// 32 or 64.
    pub fn bits(&self) -> u32 {
        self.0.bits
    }
    /// CurrentDirectory.DosPath.
    pub fn current_directory(&self) -> Option<&Text> {
        (self.0.present & 0x20 != 0).then(|| cast_ref::<_, Text>(&self.0.current_directory))
    }
    /// DllPath; null since 8 in practice.
    pub fn dll_path(&self) -> Option<&Text> {
        (self.0.present & 0x40 != 0).then(|| cast_ref::<_, Text>(&self.0.dll_path))
    }
    /// ImagePathName.
    pub fn image_path(&self) -> Option<&Text> {
        (self.0.present & 0x80 != 0).then(|| cast_ref::<_, Text>(&self.0.image_path))
    }
    /// CommandLine.
    pub fn command_line(&self) -> Option<&Text> {
        (self.0.present & 0x100 != 0).then(|| cast_ref::<_, Text>(&self.0.command_line))
    }
    /// WindowTitle.
    pub fn window_title(&self) -> Option<&Text> {
        (self.0.present & 0x200 != 0).then(|| cast_ref::<_, Text>(&self.0.window_title))
    }
    /// DesktopInfo.
    pub fn desktop_info(&self) -> Option<&Text> {
        (self.0.present & 0x400 != 0).then(|| cast_ref::<_, Text>(&self.0.desktop_info))
    }
    /// ShellInfo.
    pub fn shell_info(&self) -> Option<&Text> {
        (self.0.present & 0x800 != 0).then(|| cast_ref::<_, Text>(&self.0.shell_info))
    }
    /// RuntimeData; not text.
    pub fn runtime_data(&self) -> Option<&Text> {
        (self.0.present & 0x1000 != 0).then(|| cast_ref::<_, Text>(&self.0.runtime_data))
    }
}

record! {
    /// One variable of an environment, "NAME=value"; names may begin with '='.
    Variable: kst_variable, sized { text "text" }
}

impl Variable {
    /// Where it is; bring it with `kst_read_text()`.
    pub fn text(&self) -> &Text {
        cast_ref::<_, Text>(&self.0.text)
    }
}

record! {
    /// One module of a process (LDR_DATA_TABLE_ENTRY).
    UserModule: kst_user_module, sized { bits "bits", present "present", anomalies "anomalies", address "address", base "base", entry_point "entry_point", original_base "original_base", load_time "load_time", name_text "name_text", path_text "path_text", size_of_image "size_of_image", flags "flags", load_count "load_count", tls_index "tls_index", time_date_stamp "time_date_stamp", load_reason "load_reason", linked "linked", checked "checked", name "name", path "path" }
}

impl UserModule {
    /// 32 or 64: width of the loader it belongs to.
    pub fn bits(&self) -> u32 {
        self.0.bits
    }
    /// `KST_USER_MODULE_HAS_…`
    pub fn present(&self) -> UserModuleHas {
        UserModuleHas(self.0.present)
    }
    /// `KST_USER_MODULE_ANOMALY_…`
    pub fn anomalies(&self) -> UserModuleAnomaly {
        UserModuleAnomaly(self.0.anomalies)
    }
    /// Address of the loader entry.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// DllBase.
    pub fn base(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.base)
    }
    /// EntryPoint.
    pub fn entry_point(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.entry_point)
    }
    /// OriginalBase (7 and later).
    pub fn original_base(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.original_base)
    }
    /// FILETIME, UTC (7 and later).
    pub fn load_time(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.load_time)
    }
    /// BaseDllName.
    pub fn name_text(&self) -> Option<&Text> {
        (self.0.present & 0x1000 != 0).then(|| cast_ref::<_, Text>(&self.0.name_text))
    }
    /// FullDllName.
    pub fn path_text(&self) -> Option<&Text> {
        (self.0.present & 0x2000 != 0).then(|| cast_ref::<_, Text>(&self.0.path_text))
    }
    /// Bytes.
    pub fn size_of_image(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.size_of_image)
    }
    /// Flags as stored.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.flags)
    }
    /// LoadCount (ObsoleteLoadCount since 8).
    pub fn load_count(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.load_count)
    }
    /// TlsIndex.
    pub fn tls_index(&self) -> Option<u32> {
        (self.0.present & 0x100 != 0).then_some(self.0.tls_index)
    }
    /// Of the image: seconds since 1970, UTC.
    pub fn time_date_stamp(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.time_date_stamp)
    }
    /// LDR_DLL_LOAD_REASON (8 and later); 0xffffffff: unknown.
    pub fn load_reason(&self) -> Option<u32> {
        (self.0.present & 0x800 != 0).then_some(self.0.load_reason)
    }
    /// Lists whose links at the entry hold with their neighbours: bit n is `KST_LOADER_LIST_` n.
    pub fn linked(&self) -> u32 {
        self.0.linked
    }
    /// Lists for which that could be told, as the bits of `linked`.
    pub fn checked(&self) -> u32 {
        self.0.checked
    }
    /// BaseDllName as UTF-8, cut at a character.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x4 != 0).then(|| text(&self.0.name))
    }
    /// FullDllName as UTF-8, cut at a character.
    pub fn path(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x8 != 0).then(|| text(&self.0.path))
    }
}

record! {
    /// One unloaded module of a process (RTL_UNLOAD_EVENT_TRACE).
    UnloadedUserModule: kst_unloaded_user_module, sized { sequence "sequence", present "present", anomalies "anomalies", address "address", base "base", size_of_image "size_of_image", time_date_stamp "time_date_stamp", checksum "checksum", name "name" }
}

impl UnloadedUserModule {
    /// Sequence: the higher, the newer.
    pub fn sequence(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.sequence)
    }
    /// `KST_UNLOADED_USER_MODULE_HAS_…`
    pub fn present(&self) -> UnloadedUserModuleHas {
        UnloadedUserModuleHas(self.0.present)
    }
    /// `KST_UNLOADED_USER_MODULE_ANOMALY_…`
    pub fn anomalies(&self) -> UnloadedUserModuleAnomaly {
        UnloadedUserModuleAnomaly(self.0.anomalies)
    }
    /// Address of the record.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// BaseAddress.
    pub fn base(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.base)
    }
    /// Bytes.
    pub fn size_of_image(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.size_of_image)
    }
    /// Of the image.
    pub fn time_date_stamp(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.time_date_stamp)
    }
    /// Of the image.
    pub fn checksum(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.checksum)
    }
    /// ImageName as UTF-8: 32 characters at most.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x20 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// One range of a process (MMVAD or MMVAD_SHORT).
    Vad: kst_vad, sized { kind "kind", present "present", anomalies "anomalies", address "address", start "start", end "end", flags "flags", commit "commit", control_area "control_area", file_object "file_object", protection "protection", private_memory "private_memory", path "path" }
}

impl Vad {
    /// `KST_VAD_…`
    pub fn kind(&self) -> Option<VadKind> {
        (self.0.present & 0x4 != 0).then_some(VadKind(self.0.kind))
    }
    /// `KST_VAD_HAS_…`
    pub fn present(&self) -> VadHas {
        VadHas(self.0.present)
    }
    /// `KST_VAD_ANOMALY_…`
    pub fn anomalies(&self) -> VadAnomaly {
        VadAnomaly(self.0.anomalies)
    }
    /// Address of the descriptor.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// First address of the range.
    pub fn start(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.start)
    }
    /// Last address of the range.
    pub fn end(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.end)
    }
    /// The flags as stored.
    pub fn flags(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.flags)
    }
    /// Pages charged (kernels that keep it in the flags).
    pub fn commit(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.commit)
    }
    /// CONTROL_AREA of the mapped section.
    pub fn control_area(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.control_area)
    }
    /// FILE_OBJECT of the mapped file, reference bits removed.
    pub fn file_object(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.file_object)
    }
    /// The kernel's protection number, 0 to 31.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.protection)
    }
    /// 1: memory of its own, not a section's.
    pub fn private_memory(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.private_memory)
    }
    /// FileName of the file: the path on its volume, as UTF-8.
    pub fn path(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x100 != 0).then(|| text(&self.0.path))
    }
}

record! {
    /// One object: its `_OBJECT_HEADER` and the optional headers below it. Two generations: up to Vista three offset bytes and a flag tell which optional headers there are and a pointer gives the type; since Windows 7 one mask and one index into a table do (public symbols of both).
    Object: kst_object, sized { flags "flags", present "present", anomalies "anomalies", header "header", body "body", r#type "type", pointer_count "pointer_count", handle_count "handle_count", stored_type_index "stored_type_index", type_index "type_index", info_mask "info_mask", infos "infos", create_info "create_info", security_descriptor "security_descriptor", security_references "security_references", creator_backtrace "creator_backtrace", info_address "info_address", creator_pid "creator_pid", type_list_flink "type_list_flink", type_list_blink "type_list_blink", directory "directory", name_buffer "name_buffer", name_length "name_length", name_maximum "name_maximum", name_references "name_references", paged_charge "paged_charge", nonpaged_charge "nonpaged_charge", padding "padding", handle_info "handle_info", handle_info_count "handle_info_count", exclusive_process "exclusive_process", audit_descriptor "audit_descriptor", footer "footer", type_name "type_name", name "name" }
}

impl Object {
    /// Flags byte, as stored.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.flags)
    }
    /// `KST_OBJECT_HAS_…`
    pub fn present(&self) -> ObjectHas {
        ObjectHas(self.0.present)
    }
    /// `KST_OBJECT_ANOMALY_…`
    pub fn anomalies(&self) -> ObjectAnomaly {
        ObjectAnomaly(self.0.anomalies)
    }
    /// Address of the `_OBJECT_HEADER`.
    pub fn header(&self) -> u64 {
        self.0.header
    }
    /// Address of the object itself: header + offset of Body.
    pub fn body(&self) -> u64 {
        self.0.body
    }
    /// Address of the `_OBJECT_TYPE`; a decoder gives it only where the header holds it.
    pub fn r#type(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.r#type)
    }
    /// References; large since Windows 8 while handles are open (each charges many ahead).
    pub fn pointer_count(&self) -> Option<i64> {
        (self.0.present & 0x1 != 0).then_some(self.0.pointer_count)
    }
    /// Open handles.
    pub fn handle_count(&self) -> Option<i64> {
        (self.0.present & 0x2 != 0).then_some(self.0.handle_count)
    }
    /// TypeIndex as stored (Windows 7 and later).
    pub fn stored_type_index(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.stored_type_index)
    }
    /// Index into the type table; since Windows 10 decoded with the header cookie.
    pub fn type_index(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.type_index)
    }
    /// InfoMask (Windows 7 and later).
    pub fn info_mask(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.info_mask)
    }
    /// `KST_OBJECT_INFO_…`: the optional headers there are, of either generation.
    pub fn infos(&self) -> Option<ObjectInfo> {
        (self.0.present & 0x80 != 0).then_some(ObjectInfo(self.0.infos.into()))
    }
    /// ObjectCreateInfo while flag 0x1 is set, else the quota block charged.
    pub fn create_info(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.create_info)
    }
    /// Address, count bits removed.
    pub fn security_descriptor(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.security_descriptor)
    }
    /// Count bits of the fast reference.
    pub fn security_references(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.security_references)
    }
    /// CreatorBackTraceIndex.
    pub fn creator_backtrace(&self) -> Option<u32> {
        (self.0.present & 0x1000 != 0).then_some(self.0.creator_backtrace)
    }
    /// Where optional header number n (bit n of `infos`) is; 0: none.
    pub fn info_address(&self) -> Option<&[u64; 8]> {
        (self.0.present & 0x80 != 0).then_some(&self.0.info_address)
    }
    /// Process that created it.
    pub fn creator_pid(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.creator_pid)
    }
    /// Links of the list of all objects of the type (creator header).
    pub fn type_list_flink(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.type_list_flink)
    }
    /// As `type_list_flink`.
    pub fn type_list_blink(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.type_list_blink)
    }
    /// Body of the directory that holds it (name header); 0: none.
    pub fn directory(&self) -> Option<u64> {
        (self.0.present & 0x2000 != 0).then_some(self.0.directory)
    }
    /// Address of the name's UTF-16 text.
    pub fn name_buffer(&self) -> Option<u64> {
        (self.0.present & 0x4000 != 0).then_some(self.0.name_buffer)
    }
    /// Bytes of the name, as stored.
    pub fn name_length(&self) -> Option<u32> {
        (self.0.present & 0x4000 != 0).then_some(self.0.name_length)
    }
    /// Bytes at `name_buffer`, as stored.
    pub fn name_maximum(&self) -> Option<u32> {
        (self.0.present & 0x4000 != 0).then_some(self.0.name_maximum)
    }
    /// Reference count of the name header.
    pub fn name_references(&self) -> Option<u32> {
        (self.0.present & 0x8000 != 0).then_some(self.0.name_references)
    }
    /// Bytes of paged pool charged (quota header).
    pub fn paged_charge(&self) -> Option<u32> {
        (self.0.present & 0x10000 != 0).then_some(self.0.paged_charge)
    }
    /// Bytes of nonpaged pool charged (quota header).
    pub fn nonpaged_charge(&self) -> Option<u32> {
        (self.0.present & 0x10000 != 0).then_some(self.0.nonpaged_charge)
    }
    /// PaddingAmount, clamped to a page.
    pub fn padding(&self) -> Option<u32> {
        (self.0.present & 0x100000 != 0).then_some(self.0.padding)
    }
    /// The one process with handles (flag 0x40), else the database of handle counts.
    pub fn handle_info(&self) -> Option<u64> {
        (self.0.present & 0x20000 != 0).then_some(self.0.handle_info)
    }
    /// Handles of that process; only with flag 0x40.
    pub fn handle_info_count(&self) -> Option<u64> {
        (self.0.present & 0x40000 != 0).then_some(self.0.handle_info_count)
    }
    /// Process that has it to itself (quota header up to Vista, process header later).
    pub fn exclusive_process(&self) -> Option<u64> {
        (self.0.present & 0x80000 != 0).then_some(self.0.exclusive_process)
    }
    /// Security descriptor for audits (audit header).
    pub fn audit_descriptor(&self) -> Option<u64> {
        (self.0.present & 0x200000 != 0).then_some(self.0.audit_descriptor)
    }
    /// `_OBJECT_FOOTER` (extended header, 14393 and later), or the revocation block before.
    pub fn footer(&self) -> Option<u64> {
        (self.0.present & 0x400000 != 0).then_some(self.0.footer)
    }
    /// Name of the type, UTF-8; walks only.
    pub fn type_name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x800000 != 0).then(|| text(&self.0.type_name))
    }
    /// Name in the name header, UTF-8; walks only. Longer: `kst_object_name()`.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x1000000 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// What an object's body tells about its name.
    ObjectBody: kst_object_body, sized { kind "kind", present "present", anomalies "anomalies", device "device", driver "driver", file "file", start "start", id "id", pid "pid", flags "flags", device_name "device_name", name "name" }
}

impl ObjectBody {
    /// `KST_OBJECT_KIND_…`
    pub fn kind(&self) -> ObjectKind {
        ObjectKind(self.0.kind)
    }
    /// `KST_OBJECT_BODY_HAS_…`
    pub fn present(&self) -> ObjectBodyHas {
        ObjectBodyHas(self.0.present)
    }
    /// `KST_OBJECT_BODY_ANOMALY_…`
    pub fn anomalies(&self) -> ObjectBodyAnomaly {
        ObjectBodyAnomaly(self.0.anomalies)
    }
    /// File: the `_DEVICE_OBJECT` it is open on.
    pub fn device(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.device)
    }
    /// Device, or the device of a file: its `_DRIVER_OBJECT`.
    pub fn driver(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.driver)
    }
    /// Section: the `_FILE_OBJECT` that backs it; file: the one it was opened relative to.
    pub fn file(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.file)
    }
    /// Driver: address of its image; section: its `_CONTROL_AREA`; key: its control block.
    pub fn start(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.start)
    }
    /// Process: its pid; thread: its tid; driver: size of its image.
    pub fn id(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.id)
    }
    /// Thread: pid of its process; key: pid that opened it.
    pub fn pid(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.pid)
    }
    /// Flags of a file, device or driver object, as stored.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.flags)
    }
    /// Name of the device or, where it has none, of its driver.
    pub fn device_name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x80 != 0).then(|| text(&self.0.device_name))
    }
    /// UTF-8. File: FileName; key: path; driver: DriverName; link: target; section: file name; process: image name.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x100 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// One `_OBJECT_TYPE`.
    ObjectType: kst_object_type, sized { index "index", present "present", anomalies "anomalies", address "address", list_head "list_head", list_flink "list_flink", list_blink "list_blink", default_object "default_object", name_buffer "name_buffer", name_length "name_length", name_maximum "name_maximum", objects "objects", handles "handles", high_objects "high_objects", high_handles "high_handles", key "key", flags "flags", valid_access "valid_access", pool_type "pool_type", callback_flink "callback_flink", callback_head "callback_head", tracking "tracking", name "name" }
}

impl ObjectType {
    /// Index; since Windows 7 the slot in the type table.
    pub fn index(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.index)
    }
    /// `KST_OBJECT_TYPE_HAS_…`
    pub fn present(&self) -> ObjectTypeHas {
        ObjectTypeHas(self.0.present)
    }
    /// `KST_OBJECT_TYPE_ANOMALY_…`
    pub fn anomalies(&self) -> ObjectTypeAnomaly {
        ObjectTypeAnomaly(self.0.anomalies)
    }
    /// Of the `_OBJECT_TYPE`.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of TypeList, the head of the list of all objects of this type.
    pub fn list_head(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.list_head)
    }
    /// First entry of the list.
    pub fn list_flink(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.list_flink)
    }
    /// Last entry of the list.
    pub fn list_blink(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.list_blink)
    }
    /// DefaultObject, as stored.
    pub fn default_object(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.default_object)
    }
    /// Address of the name's UTF-16 text.
    pub fn name_buffer(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.name_buffer)
    }
    /// Bytes of the name, as stored.
    pub fn name_length(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.name_length)
    }
    /// Bytes at `name_buffer`, as stored.
    pub fn name_maximum(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.name_maximum)
    }
    /// TotalNumberOfObjects.
    pub fn objects(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.objects)
    }
    /// TotalNumberOfHandles.
    pub fn handles(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.handles)
    }
    /// HighWaterNumberOfObjects.
    pub fn high_objects(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.high_objects)
    }
    /// HighWaterNumberOfHandles.
    pub fn high_handles(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.high_handles)
    }
    /// Pool tag of its objects.
    pub fn key(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x80 != 0).then_some(&self.0.key)
    }
    /// `KST_OBJECT_TYPE_…` flags of the initializer.
    pub fn flags(&self) -> Option<ObjectTypeFlags> {
        (self.0.present & 0x100 != 0).then_some(ObjectTypeFlags(self.0.flags.into()))
    }
    /// ValidAccessMask.
    pub fn valid_access(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.valid_access)
    }
    /// PoolType, as stored.
    pub fn pool_type(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.pool_type)
    }
    /// First entry of CallbackList (Vista SP1 and later).
    pub fn callback_flink(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.callback_flink)
    }
    /// Address of CallbackList.
    pub fn callback_head(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.callback_head)
    }
    /// `KST_OBJECT_TRACKING_…`; walks only.
    pub fn tracking(&self) -> ObjectTracking {
        ObjectTracking(self.0.tracking)
    }
    /// UTF-8; walks only.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x1000 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// The list of a type walked in both directions.
    ObjectList: kst_object_list, sized { agree "agree", forward_end "forward_end", backward_end "backward_end", forward "forward", backward "backward", forward_last "forward_last", backward_last "backward_last" }
}

impl ObjectList {
    /// 1: both directions closed with the same number, and each link was answered by one back.
    pub fn agree(&self) -> u32 {
        self.0.agree
    }
    /// `KST_WALK_…` of the walk forwards.
    pub fn forward_end(&self) -> WalkEnd {
        WalkEnd(self.0.forward_end)
    }
    /// `KST_WALK_…` of the walk backwards.
    pub fn backward_end(&self) -> WalkEnd {
        WalkEnd(self.0.backward_end)
    }
    /// Entries found forwards.
    pub fn forward(&self) -> u64 {
        self.0.forward
    }
    /// Entries found backwards.
    pub fn backward(&self) -> u64 {
        self.0.backward
    }
    /// Last entry reached forwards; 0: none.
    pub fn forward_last(&self) -> u64 {
        self.0.forward_last
    }
    /// Last entry reached backwards; 0: none.
    pub fn backward_last(&self) -> u64 {
        self.0.backward_last
    }
}

record! {
    /// One `_HANDLE_TABLE`.
    HandleTable: kst_handle_table, sized { levels "levels", present "present", anomalies "anomalies", address "address", table "table", process "process", pid "pid", list_entry "list_entry", handles "handles", flags "flags", limit "limit" }
}

impl HandleTable {
    /// Levels of tables above the leaves, 0 to 2.
    pub fn levels(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.levels)
    }
    /// `KST_HANDLE_TABLE_HAS_…`
    pub fn present(&self) -> HandleTableHas {
        HandleTableHas(self.0.present)
    }
    /// `KST_HANDLE_TABLE_ANOMALY_…`
    pub fn anomalies(&self) -> HandleTableAnomaly {
        HandleTableAnomaly(self.0.anomalies)
    }
    /// Of the `_HANDLE_TABLE`.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of the top table, or of the one leaf.
    pub fn table(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.table)
    }
    /// `_EPROCESS` that is charged; 0: none.
    pub fn process(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.process)
    }
    /// UniqueProcessId.
    pub fn pid(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.pid)
    }
    /// Address of HandleTableList.
    pub fn list_entry(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.list_entry)
    }
    /// HandleCount, as stored; absent since Windows 8.
    pub fn handles(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.handles)
    }
    /// Flags, as stored.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.flags)
    }
    /// NextHandleNeedingPool: no handle from here on.
    pub fn limit(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.limit)
    }
}

record! {
    /// One handle: an entry of a handle table.
    Handle: kst_handle, sized { state "state", present "present", anomalies "anomalies", handle "handle", entry "entry", header "header", body "body", access "access", attributes "attributes" }
}

impl Handle {
    /// `KST_HANDLE_…`
    pub fn state(&self) -> HandleState {
        HandleState(self.0.state)
    }
    /// `KST_HANDLE_HAS_…`
    pub fn present(&self) -> HandleHas {
        HandleHas(self.0.present)
    }
    /// `KST_HANDLE_ANOMALY_…`
    pub fn anomalies(&self) -> HandleAnomaly {
        HandleAnomaly(self.0.anomalies)
    }
    /// Its value: index times 4; walks only. In PspCidTable a pid or tid.
    pub fn handle(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.handle)
    }
    /// Address of the `_HANDLE_TABLE_ENTRY`.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// `_OBJECT_HEADER` of the object.
    pub fn header(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.header)
    }
    /// The object.
    pub fn body(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.body)
    }
    /// Granted access.
    pub fn access(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.access)
    }
    /// `KST_HANDLE_ATTRIBUTE_…`
    pub fn attributes(&self) -> Option<HandleAttribute> {
        (self.0.present & 0x8 != 0).then_some(HandleAttribute(self.0.attributes.into()))
    }
}

record! {
    /// One entry of an object directory.
    DirectoryEntry: kst_directory_entry, sized { depth "depth", present "present", anomalies "anomalies", entry "entry", directory "directory", body "body", chain "chain", bucket "bucket", hash "hash" }
}

impl DirectoryEntry {
    /// 0 in the directory that the walk began with.
    pub fn depth(&self) -> u32 {
        self.0.depth
    }
    /// `KST_DIRECTORY_ENTRY_HAS_…`
    pub fn present(&self) -> DirectoryEntryHas {
        DirectoryEntryHas(self.0.present)
    }
    /// `KST_DIRECTORY_ENTRY_ANOMALY_…`
    pub fn anomalies(&self) -> DirectoryEntryAnomaly {
        DirectoryEntryAnomaly(self.0.anomalies)
    }
    /// Address of the `_OBJECT_DIRECTORY_ENTRY`.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// Body of the directory that holds it.
    pub fn directory(&self) -> u64 {
        self.0.directory
    }
    /// The object.
    pub fn body(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.body)
    }
    /// ChainLink: the next entry of the bucket; 0: none.
    pub fn chain(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.chain)
    }
    /// Hash bucket, 0 to 36; walks only.
    pub fn bucket(&self) -> u32 {
        self.0.bucket
    }
    /// HashValue (2003 SP1 and later).
    pub fn hash(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.hash)
    }
}

record! {
    /// One block header. Sizes are in bytes and include the header.
    PoolHeader: kst_pool_header, sized { generation "generation", block_size "block_size", previous_size "previous_size", state "state", pool_index "pool_index", pool_type "pool_type", base_type "base_type", tag "tag", protected_tag "protected_tag", unit "unit", header_size "header_size", present "present", anomalies "anomalies", address "address", quota_raw "quota_raw", quota_process "quota_process", tag_text "tag_text" }
}

impl PoolHeader {
    /// `KST_POOL_GENERATION_…` that was used.
    pub fn generation(&self) -> PoolGeneration {
        PoolGeneration(self.0.generation)
    }
    /// BlockSize in bytes.
    pub fn block_size(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.block_size)
    }
    /// PreviousSize in bytes.
    pub fn previous_size(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.previous_size)
    }
    /// `KST_POOL_STATE_…`; valid with `KST_POOL_HEADER_HAS_STATE`.
    pub fn state(&self) -> Option<PoolState> {
        (self.0.present & 0x8 != 0).then_some(PoolState(self.0.state))
    }
    /// PoolIndex; without the in-use bit of Windows 2000.
    pub fn pool_index(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.pool_index)
    }
    /// The byte as stored.
    pub fn pool_type(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.pool_type)
    }
    /// POOL_TYPE bits of an allocated block: 1 paged, 4 cache-aligned, 8 quota, 0x20 session, 0x40 verifier.
    pub fn base_type(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.base_type)
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x20 != 0).then_some(&self.0.tag)
    }
    /// 1: bit 31 of the tag was set (PROTECTED_POOL).
    pub fn protected_tag(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.protected_tag)
    }
    /// Bytes per size unit: 8 or 16.
    pub fn unit(&self) -> u32 {
        self.0.unit
    }
    /// Bytes of the header: the data begins there.
    pub fn header_size(&self) -> u32 {
        self.0.header_size
    }
    /// `KST_POOL_HEADER_HAS_…`
    pub fn present(&self) -> PoolHeaderHas {
        PoolHeaderHas(self.0.present)
    }
    /// `KST_POOL_HEADER_ANOMALY_…`
    pub fn anomalies(&self) -> PoolHeaderAnomaly {
        PoolHeaderAnomaly(self.0.anomalies)
    }
    /// Of the header.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Process pointer as stored (encoded where a cookie is used).
    pub fn quota_raw(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.quota_raw)
    }
    /// The process that was charged; valid with `KST_POOL_HEADER_HAS_QUOTA_PROCESS`.
    pub fn quota_process(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.quota_process)
    }
    /// Tag with '.' for what cannot be printed.
    pub fn tag_text(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x20 != 0).then(|| text(&self.0.tag_text))
    }
}

record! {
    /// What one page showed.
    PoolPage: kst_pool_page, sized { rule "rule", offset "offset", consistent "consistent", blocks "blocks", allocated "allocated", resyncs "resyncs", bugcheck_class "bugcheck_class", address "address", anomalies "anomalies" }
}

impl PoolPage {
    /// `KST_POOL_RULE_…`: the first rule that broke, or `KST_POOL_RULE_NONE`.
    pub fn rule(&self) -> PoolRule {
        PoolRule(self.0.rule)
    }
    /// Where it broke, in bytes from the page's start; 0x1000 when none broke.
    pub fn offset(&self) -> u32 {
        self.0.offset
    }
    /// 1: the chain closes exactly at the end of the page.
    pub fn consistent(&self) -> u32 {
        self.0.consistent
    }
    /// Blocks found, those beyond the caller's array included.
    pub fn blocks(&self) -> u32 {
        self.0.blocks
    }
    /// Of these, allocated.
    pub fn allocated(&self) -> u32 {
        self.0.allocated
    }
    /// How often the walk was resumed behind a contradiction.
    pub fn resyncs(&self) -> u32 {
        self.0.resyncs
    }
    /// Parameter 1 of bug check 0x19 that says the same as `rule`; 0: none.
    pub fn bugcheck_class(&self) -> u32 {
        self.0.bugcheck_class
    }
    /// Of the page.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// `KST_POOL_PAGE_ANOMALY_…`
    pub fn anomalies(&self) -> PoolPageAnomaly {
        PoolPageAnomaly(self.0.anomalies)
    }
}

record! {
    /// One entry of the large-allocation table.
    LargeAllocation: kst_large_allocation, sized { state "state", present "present", anomalies "anomalies", address "address", bytes "bytes", entry "entry", index "index", quota_raw "quota_raw", quota_process "quota_process", tag "tag", protected_tag "protected_tag", pool_type "pool_type", region "region", executable "executable", slush "slush", pattern "pattern", flags_form "flags_form", tag_text "tag_text" }
}

impl LargeAllocation {
    /// `KST_POOL_STATE_ALLOCATED` or `KST_POOL_STATE_FREE`.
    pub fn state(&self) -> Option<PoolState> {
        (self.0.present & 0x1 != 0).then_some(PoolState(self.0.state))
    }
    /// `KST_LARGE_ALLOCATION_HAS_…`
    pub fn present(&self) -> LargeAllocationHas {
        LargeAllocationHas(self.0.present)
    }
    /// `KST_LARGE_ALLOCATION_ANOMALY_…`
    pub fn anomalies(&self) -> LargeAllocationAnomaly {
        LargeAllocationAnomaly(self.0.anomalies)
    }
    /// First byte of the allocation; of a free entry what is left of it, or 0.
    pub fn address(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.address)
    }
    /// Length of the allocation.
    pub fn bytes(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.bytes)
    }
    /// Address of the table entry.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// Number of the entry in the table.
    pub fn index(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.index)
    }
    /// QuotaObject or ProcessBilled as stored.
    pub fn quota_raw(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.quota_raw)
    }
    /// The process that was charged.
    pub fn quota_process(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.quota_process)
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x4 != 0).then_some(&self.0.tag)
    }
    /// 1: bit 31 of the tag was set.
    pub fn protected_tag(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.protected_tag)
    }
    /// As stored: POOL_TYPE bits, or from 20348 on the low 12 bits of POOL_FLAGS.
    pub fn pool_type(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.pool_type)
    }
    /// `KST_POOL_REGION_NONPAGED`, _PAGED or _SESSION by `pool_type`; _UNKNOWN otherwise.
    pub fn region(&self) -> Option<PoolRegion> {
        (self.0.present & 0x8 != 0).then_some(PoolRegion(self.0.region))
    }
    /// 1: executable nonpaged, 0: not; valid with `KST_LARGE_ALLOCATION_HAS_EXECUTABLE`.
    pub fn executable(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.executable)
    }
    /// Unused bytes at the end that are filled with `pattern`.
    pub fn slush(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.slush)
    }
    /// Fill byte of the slush.
    pub fn pattern(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.pattern)
    }
    /// 1: `pool_type` holds POOL_FLAGS bits.
    pub fn flags_form(&self) -> u32 {
        self.0.flags_form
    }
    /// Tag with '.' for what cannot be printed.
    pub fn tag_text(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x4 != 0).then(|| text(&self.0.tag_text))
    }
}

record! {
    /// A table of large allocations: the system's, or one of a session.
    LargeTable: kst_large_table, sized { entry_size "entry_size", anomalies "anomalies", address "address", count "count", in_use "in_use", space "space" }
}

impl LargeTable {
    /// Bytes of one entry.
    pub fn entry_size(&self) -> u32 {
        self.0.entry_size
    }
    /// `KST_LARGE_TABLE_ANOMALY_…`
    pub fn anomalies(&self) -> LargeTableAnomaly {
        LargeTableAnomaly(self.0.anomalies)
    }
    /// Of the first entry.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Number of entries, clamped to 0x1000000.
    pub fn count(&self) -> u64 {
        self.0.count
    }
    /// ExpPoolBigEntriesInUse, or 0 when unknown.
    pub fn in_use(&self) -> u64 {
        self.0.in_use
    }
    /// Address space in which the table and its allocations are.
    pub fn space(&self) -> Space {
        Space(self.0.space)
    }
}

record! {
    /// What an index of large allocations holds.
    LargeIndexInfo: kst_large_index_info, sized { live "live", freed "freed", refused "refused", bytes_read "bytes_read", bytes_total "bytes_total", anomalies "anomalies" }
}

impl LargeIndexInfo {
    /// Live entries in the index.
    pub fn live(&self) -> u64 {
        self.0.live
    }
    /// Freed entries met; not all may be kept.
    pub fn freed(&self) -> u64 {
        self.0.freed
    }
    /// Entries that cannot be real (address or length).
    pub fn refused(&self) -> u64 {
        self.0.refused
    }
    /// Bytes of the table that could be read.
    pub fn bytes_read(&self) -> u64 {
        self.0.bytes_read
    }
    /// Bytes of the table.
    pub fn bytes_total(&self) -> u64 {
        self.0.bytes_total
    }
    /// `KST_LARGE_TABLE_ANOMALY_…`
    pub fn anomalies(&self) -> LargeTableAnomaly {
        LargeTableAnomaly(self.0.anomalies)
    }
}

record! {
    /// A page of special pool, or what would have to be one.
    SpecialPool: kst_special_pool, sized { bytes "bytes", underrun "underrun", fill "fill", tag "tag", paged "paged", tracked "tracked", sound "sound", present "present", anomalies "anomalies", page "page", data "data", record "record", fill_bytes "fill_bytes" }
}

impl SpecialPool {
    /// Requested size.
    pub fn bytes(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.bytes)
    }
    /// 1: the data starts the page and the record ends it.
    pub fn underrun(&self) -> u32 {
        self.0.underrun
    }
    /// Fill byte of the unused part.
    pub fn fill(&self) -> Option<u32> {
        (self.0.present & 0x5 != 0).then_some(self.0.fill)
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x2 != 0).then_some(&self.0.tag)
    }
    /// 1: paged.
    pub fn paged(&self) -> u32 {
        self.0.paged
    }
    /// 1: tracked by the verifier.
    pub fn tracked(&self) -> u32 {
        self.0.tracked
    }
    /// 1: size, place of the data and every fill byte agree.
    pub fn sound(&self) -> u32 {
        self.0.sound
    }
    /// `KST_SPECIAL_POOL_HAS_…`
    pub fn present(&self) -> SpecialPoolHas {
        SpecialPoolHas(self.0.present)
    }
    /// `KST_SPECIAL_POOL_ANOMALY_…`
    pub fn anomalies(&self) -> SpecialPoolAnomaly {
        SpecialPoolAnomaly(self.0.anomalies)
    }
    /// Address of the page.
    pub fn page(&self) -> u64 {
        self.0.page
    }
    /// Address of the data.
    pub fn data(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.data)
    }
    /// Address of the record that stands for a header.
    pub fn record(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.record)
    }
    /// How many fill bytes were compared.
    pub fn fill_bytes(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.fill_bytes)
    }
}

record! {
    /// Counters of one tag, merged over all processors. A count may be negative only where the evidence is incomplete.
    PoolUsage: kst_pool_usage, sized { tables "tables", present "present", anomalies "anomalies", tag "tag", index "index", nonpaged_allocs "nonpaged_allocs", nonpaged_frees "nonpaged_frees", nonpaged_bytes "nonpaged_bytes", paged_allocs "paged_allocs", paged_frees "paged_frees", paged_bytes "paged_bytes", tag_text "tag_text" }
}

impl PoolUsage {
    /// How many tables were added up.
    pub fn tables(&self) -> u32 {
        self.0.tables
    }
    /// `KST_POOL_USAGE_HAS_…`
    pub fn present(&self) -> PoolUsageHas {
        PoolUsageHas(self.0.present)
    }
    /// `KST_POOL_USAGE_ANOMALY_…`
    pub fn anomalies(&self) -> PoolUsageAnomaly {
        PoolUsageAnomaly(self.0.anomalies)
    }
    /// In memory order.
    pub fn tag(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x1 != 0).then_some(&self.0.tag)
    }
    /// Slot in the table.
    pub fn index(&self) -> u32 {
        self.0.index
    }
    /// Allocations from nonpaged pool so far.
    pub fn nonpaged_allocs(&self) -> Option<i64> {
        (self.0.present & 0x2 != 0).then_some(self.0.nonpaged_allocs)
    }
    /// Frees so far.
    pub fn nonpaged_frees(&self) -> Option<i64> {
        (self.0.present & 0x2 != 0).then_some(self.0.nonpaged_frees)
    }
    /// Bytes in use.
    pub fn nonpaged_bytes(&self) -> Option<i64> {
        (self.0.present & 0x2 != 0).then_some(self.0.nonpaged_bytes)
    }
    /// Allocations from paged pool so far.
    pub fn paged_allocs(&self) -> Option<i64> {
        (self.0.present & 0x4 != 0).then_some(self.0.paged_allocs)
    }
    /// Frees so far.
    pub fn paged_frees(&self) -> Option<i64> {
        (self.0.present & 0x4 != 0).then_some(self.0.paged_frees)
    }
    /// Bytes in use.
    pub fn paged_bytes(&self) -> Option<i64> {
        (self.0.present & 0x4 != 0).then_some(self.0.paged_bytes)
    }
    /// Tag with '.' for what cannot be printed.
    pub fn tag_text(&self) -> Cow<'_, str> {
        text(&self.0.tag_text)
    }
}

record! {
    /// One range of addresses that holds pool.
    PoolRange: kst_pool_range, sized { region "region", start "start", end "end" }
}

impl PoolRange {
    /// `KST_POOL_REGION_…`; unknown: pool and other things lie there.
    pub fn region(&self) -> PoolRegion {
        PoolRegion(self.0.region)
    }
    /// First byte.
    pub fn start(&self) -> u64 {
        self.0.start
    }
    /// First byte behind the range.
    pub fn end(&self) -> u64 {
        self.0.end
    }
}

record! {
    /// A block near an address for which no verdict could be given.
    PoolCandidate: kst_pool_candidate, plain { address "address", bytes "bytes", tag "tag" }
}

impl PoolCandidate {
    /// Of the header.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Of the block, header included.
    pub fn bytes(&self) -> u32 {
        self.0.bytes
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> &[u8; 4] {
        &self.0.tag
    }
}

record! {
    /// Which allocation an address belongs to, and why.
    PoolVerdict: kst_pool_verdict, sized { kind "kind", state "state", region "region", present "present", anomalies "anomalies", evidence "evidence", address "address", base "base", bytes "bytes", data "data", header "header", process "process", container "container", heap "heap", tag "tag", protected_tag "protected_tag", pool_type "pool_type", rule "rule", rule_offset "rule_offset", candidates_count "candidates_count", tag_text "tag_text", candidates "candidates" }
}

impl PoolVerdict {
    /// `KST_POOL_KIND_…`
    pub fn kind(&self) -> PoolKind {
        PoolKind(self.0.kind)
    }
    /// `KST_POOL_STATE_…`
    pub fn state(&self) -> PoolState {
        PoolState(self.0.state)
    }
    /// `KST_POOL_REGION_…` by the known ranges.
    pub fn region(&self) -> PoolRegion {
        PoolRegion(self.0.region)
    }
    /// `KST_POOL_VERDICT_HAS_…`
    pub fn present(&self) -> PoolVerdictHas {
        PoolVerdictHas(self.0.present)
    }
    /// `KST_POOL_VERDICT_ANOMALY_…`
    pub fn anomalies(&self) -> PoolVerdictAnomaly {
        PoolVerdictAnomaly(self.0.anomalies)
    }
    /// `KST_POOL_EVIDENCE_…`: what was found out, in favour and against.
    pub fn evidence(&self) -> PoolEvidence {
        PoolEvidence(self.0.evidence)
    }
    /// The address that was asked for.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// First byte of the block, its header included; of a large allocation its first byte.
    pub fn base(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.base)
    }
    /// Length from `base`.
    pub fn bytes(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.bytes)
    }
    /// First byte behind the header; the pointer of a cache-aligned owner is further in.
    pub fn data(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.data)
    }
    /// Address of the POOL_HEADER; valid with `KST_POOL_VERDICT_HAS_HEADER`.
    pub fn header(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.header)
    }
    /// The process that was charged.
    pub fn process(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.process)
    }
    /// The page, the heap's subsegment or page range, or the table entry.
    pub fn container(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.container)
    }
    /// Segment heap that owns the block.
    pub fn heap(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.heap)
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> Option<&[u8; 4]> {
        (self.0.present & 0x2 != 0).then_some(&self.0.tag)
    }
    /// 1: bit 31 of the tag was set.
    pub fn protected_tag(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.protected_tag)
    }
    /// As stored.
    pub fn pool_type(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.pool_type)
    }
    /// `KST_POOL_RULE_…`: the rule that failed first, where the page is no classic page.
    pub fn rule(&self) -> Option<PoolRule> {
        (self.0.present & 0x80 != 0).then_some(PoolRule(self.0.rule))
    }
    /// Where it failed, in bytes from the page's start.
    pub fn rule_offset(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.rule_offset)
    }
    /// Valid elements of `candidates`.
    pub fn candidates_count(&self) -> u32 {
        self.0.candidates_count
    }
    /// Tag with '.' for what cannot be printed.
    pub fn tag_text(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x2 != 0).then(|| text(&self.0.tag_text))
    }
    /// Nearest sound headers: at or before the address, and behind it.
    pub fn candidates(&self) -> &[PoolCandidate; 2] {
        cast_ref::<_, [PoolCandidate; 2]>(&self.0.candidates)
    }
}

record! {
    /// One place where a tag was found.
    PoolHit: kst_pool_hit, sized { state "state", tag "tag", protected_tag "protected_tag", block_size "block_size", previous_size "previous_size", pool_type "pool_type", tag_index "tag_index", address "address", reasons "reasons" }
}

impl PoolHit {
    /// `KST_POOL_STATE_…` by the header alone.
    pub fn state(&self) -> PoolState {
        PoolState(self.0.state)
    }
    /// In memory order, protected bit cleared.
    pub fn tag(&self) -> &[u8; 4] {
        &self.0.tag
    }
    /// 1: bit 31 of the tag was set.
    pub fn protected_tag(&self) -> u32 {
        self.0.protected_tag
    }
    /// In bytes, header included.
    pub fn block_size(&self) -> u32 {
        self.0.block_size
    }
    /// In bytes.
    pub fn previous_size(&self) -> u32 {
        self.0.previous_size
    }
    /// As stored.
    pub fn pool_type(&self) -> u32 {
        self.0.pool_type
    }
    /// Which of the wanted tags.
    pub fn tag_index(&self) -> u32 {
        self.0.tag_index
    }
    /// Of the header.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// `KST_POOL_HIT_…`: why it is implausible; 0 for a plausible one.
    pub fn reasons(&self) -> PoolHitFlags {
        PoolHitFlags(self.0.reasons)
    }
}

record! {
    /// The keys that the heap's headers are encoded with.
    HeapKey: kst_heap_key, sized { source "source", key "key", bits_known "bits_known", lfh_key "lfh_key", lfh_known "lfh_known", pairs "pairs", votes "votes", candidates "candidates", searched "searched", anomalies "anomalies", segments "segments", lfh_bits_known "lfh_bits_known", lfh_votes "lfh_votes" }
}

impl HeapKey {
    /// `KST_HEAP_KEY_…`
    pub fn source(&self) -> HeapKeySource {
        HeapKeySource(self.0.source)
    }
    /// HeapKey; bits outside `bits_known` are 0 and mean nothing.
    pub fn key(&self) -> u64 {
        self.0.key
    }
    /// Which bits of `key` are known.
    pub fn bits_known(&self) -> u64 {
        self.0.bits_known
    }
    /// LfhKey; valid where `lfh_known` is 1.
    pub fn lfh_key(&self) -> u64 {
        self.0.lfh_key
    }
    /// 1: `lfh_key` is known, at least its low 32 bits: no more of it is used.
    pub fn lfh_known(&self) -> u32 {
        self.0.lfh_known
    }
    /// Pairs of neighbouring chunks that agree with the key.
    pub fn pairs(&self) -> u32 {
        self.0.pairs
    }
    /// Chunks that agree with the key in every bit that they can tell.
    pub fn votes(&self) -> u64 {
        self.0.votes
    }
    /// Places that could have been a chunk.
    pub fn candidates(&self) -> u64 {
        self.0.candidates
    }
    /// Bytes that were searched.
    pub fn searched(&self) -> u64 {
        self.0.searched
    }
    /// `KST_HEAP_KEY_ANOMALY_…`
    pub fn anomalies(&self) -> HeapKeyAnomaly {
        HeapKeyAnomaly(self.0.anomalies)
    }
    /// Page segments whose signatures agree with `key`; recovered keys only.
    pub fn segments(&self) -> u64 {
        self.0.segments
    }
    /// Which bits of `lfh_key` are known.
    pub fn lfh_bits_known(&self) -> u64 {
        self.0.lfh_bits_known
    }
    /// LFH subsegments that voted for `lfh_key`; 0: it is from symbols, or not known.
    pub fn lfh_votes(&self) -> u64 {
        self.0.lfh_votes
    }
}

record! {
    /// Header of a chunk of a VS (variable size) subsegment: _HEAP_VS_CHUNK_HEADER, decoded.
    VsChunk: kst_vs_chunk, sized { state "state", present "present", anomalies "anomalies", address "address", bytes "bytes", previous_bytes "previous_bytes", stored "stored", plain "plain", data "data", subsegment "subsegment", memory_cost "memory_cost", unused_bytes "unused_bytes" }
}

impl VsChunk {
    /// `KST_POOL_STATE_ALLOCATED` or _FREE.
    pub fn state(&self) -> Option<PoolState> {
        (self.0.present & 0x1 != 0).then_some(PoolState(self.0.state))
    }
    /// `KST_VS_CHUNK_HAS_…`
    pub fn present(&self) -> VsChunkHas {
        VsChunkHas(self.0.present)
    }
    /// `KST_VS_CHUNK_ANOMALY_…`
    pub fn anomalies(&self) -> VsChunkAnomaly {
        VsChunkAnomaly(self.0.anomalies)
    }
    /// Of the chunk.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Length of the chunk, its header included.
    pub fn bytes(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.bytes)
    }
    /// Length of the chunk before, as this one remembers it.
    pub fn previous_bytes(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.previous_bytes)
    }
    /// The encoded word.
    pub fn stored(&self) -> u64 {
        self.0.stored
    }
    /// The word decoded; only bits of the key that are known mean something.
    pub fn plain(&self) -> u64 {
        self.0.plain
    }
    /// First byte behind the chunk header.
    pub fn data(&self) -> u64 {
        self.0.data
    }
    /// Where the subsegment begins, by the encoded page offset.
    pub fn subsegment(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.subsegment)
    }
    /// MemoryCost; 0 in allocated chunks.
    pub fn memory_cost(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.memory_cost)
    }
    /// 1: the block is smaller than the chunk by more than the chunk header.
    pub fn unused_bytes(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.unused_bytes)
    }
}

record! {
    /// Start of a VS subsegment: _HEAP_VS_SUBSEGMENT.
    VsSubsegment: kst_vs_subsegment, sized { full_commit "full_commit", anomalies "anomalies", address "address", bytes "bytes", first_chunk "first_chunk", signature "signature" }
}

impl VsSubsegment {
    /// FullCommit.
    pub fn full_commit(&self) -> u32 {
        self.0.full_commit
    }
    /// `KST_VS_SUBSEGMENT_ANOMALY_…`
    pub fn anomalies(&self) -> VsSubsegmentAnomaly {
        VsSubsegmentAnomaly(self.0.anomalies)
    }
    /// Of the subsegment.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Size in bytes, whole pages with the subsegment's own header (inferred: the member counts units, and leaves the header out or does not; the pages are the same).
    pub fn bytes(&self) -> u64 {
        self.0.bytes
    }
    /// Address of the first chunk.
    pub fn first_chunk(&self) -> u64 {
        self.0.first_chunk
    }
    /// Signature, 15 bits.
    pub fn signature(&self) -> u32 {
        self.0.signature
    }
}

record! {
    /// Start of an LFH (low fragmentation) subsegment: _HEAP_LFH_SUBSEGMENT, decoded.
    LfhSubsegment: kst_lfh_subsegment, sized { block_bytes "block_bytes", present "present", anomalies "anomalies", address "address", first_block "first_block", bitmap "bitmap", block_count "block_count", free_count "free_count", stored "stored", plain "plain", withheld_count "withheld_count" }
}

impl LfhSubsegment {
    /// Size of every block.
    pub fn block_bytes(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.block_bytes)
    }
    /// `KST_LFH_SUBSEGMENT_HAS_…`
    pub fn present(&self) -> LfhSubsegmentHas {
        LfhSubsegmentHas(self.0.present)
    }
    /// `KST_LFH_SUBSEGMENT_ANOMALY_…`
    pub fn anomalies(&self) -> LfhSubsegmentAnomaly {
        LfhSubsegmentAnomaly(self.0.anomalies)
    }
    /// Of the subsegment.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of the first block.
    pub fn first_block(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.first_block)
    }
    /// Address of the bitmap: two bits per place, bit 0 busy, bit 1 has unused bytes.
    pub fn bitmap(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.bitmap)
    }
    /// BlockCount: without the withheld places.
    pub fn block_count(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.block_count)
    }
    /// FreeCount.
    pub fn free_count(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.free_count)
    }
    /// The encoded word.
    pub fn stored(&self) -> u32 {
        self.0.stored
    }
    /// The word decoded.
    pub fn plain(&self) -> Option<u32> {
        (self.0.present & 0x1 != 0).then_some(self.0.plain)
    }
    /// WitheldBlockCount: places that are never given away, since a block there would cross a page. They lie among the others and are marked busy: there are `block_count` + `withheld_count` places from `first_block` on. Where the layout lacks the member it is counted, if the range is known.
    pub fn withheld_count(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.withheld_count)
    }
}

record! {
    /// Start of a page segment: _HEAP_PAGE_SEGMENT.
    PageSegment: kst_page_segment, sized { constant "constant", present "present", anomalies "anomalies", address "address", stored "stored", context "context", next "next", previous "previous" }
}

impl PageSegment {
    /// 1: the signature is encoded with the heap's constant (up to 22631).
    pub fn constant(&self) -> u32 {
        self.0.constant
    }
    /// `KST_PAGE_SEGMENT_HAS_…`
    pub fn present(&self) -> PageSegmentHas {
        PageSegmentHas(self.0.present)
    }
    /// `KST_PAGE_SEGMENT_ANOMALY_…`
    pub fn anomalies(&self) -> PageSegmentAnomaly {
        PageSegmentAnomaly(self.0.anomalies)
    }
    /// Of the segment.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// The encoded signature.
    pub fn stored(&self) -> u64 {
        self.0.stored
    }
    /// Address of the _HEAP_SEG_CONTEXT that owns the segment.
    pub fn context(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.context)
    }
    /// Flink of its list entry.
    pub fn next(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.next)
    }
    /// Blink.
    pub fn previous(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.previous)
    }
}

record! {
    /// Descriptor of a page range: _HEAP_PAGE_RANGE_DESCRIPTOR.
    HeapRange: kst_heap_range, sized { kind "kind", anomalies "anomalies", address "address", flags "flags", units "units", unit_offset "unit_offset", committed "committed", unused_bytes "unused_bytes" }
}

impl HeapRange {
    /// `KST_HEAP_RANGE_…`
    pub fn kind(&self) -> HeapRangeKind {
        HeapRangeKind(self.0.kind)
    }
    /// `KST_HEAP_RANGE_ANOMALY_…`
    pub fn anomalies(&self) -> HeapRangeAnomaly {
        HeapRangeAnomaly(self.0.anomalies)
    }
    /// Of the descriptor.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// RangeFlags.
    pub fn flags(&self) -> u32 {
        self.0.flags
    }
    /// Length in units; valid in a first descriptor.
    pub fn units(&self) -> u32 {
        self.0.units
    }
    /// Units back to the first descriptor; valid in a continuation.
    pub fn unit_offset(&self) -> u32 {
        self.0.unit_offset
    }
    /// CommittedPageCount.
    pub fn committed(&self) -> u32 {
        self.0.committed
    }
    /// UnusedBytes of an allocated range.
    pub fn unused_bytes(&self) -> u32 {
        self.0.unused_bytes
    }
}

record! {
    /// A node of a heap's tree of large allocations: _HEAP_LARGE_ALLOC_DATA.
    HeapLarge: kst_heap_large, sized { unused_bytes "unused_bytes", anomalies "anomalies", node "node", address "address", bytes "bytes", left "left", right "right", parent "parent" }
}

impl HeapLarge {
    /// Bytes of the last page that are not used.
    pub fn unused_bytes(&self) -> u32 {
        self.0.unused_bytes
    }
    /// `KST_HEAP_LARGE_ANOMALY_…`
    pub fn anomalies(&self) -> HeapLargeAnomaly {
        HeapLargeAnomaly(self.0.anomalies)
    }
    /// Address of the node.
    pub fn node(&self) -> u64 {
        self.0.node
    }
    /// First byte of the allocation.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Length: whole pages.
    pub fn bytes(&self) -> u64 {
        self.0.bytes
    }
    /// Links of the tree, as stored (they may be encoded).
    pub fn left(&self) -> u64 {
        self.0.left
    }
    /// As stored.
    pub fn right(&self) -> u64 {
        self.0.right
    }
    /// As stored, with the balance bits.
    pub fn parent(&self) -> u64 {
        self.0.parent
    }
}

record! {
    /// What an entry is decoded with besides the layout. Members without their flag are not known.
    PteContext: kst_pte_context, sized { paging "paging", flags "flags", invalid_mask "invalid_mask", highest_frame "highest_frame", paged_pool_start "paged_pool_start", subsection_base "subsection_base", nonpaged_pool_end "nonpaged_pool_end" }
}

impl PteContext {
    /// `KST_PAGING_…`: the format.
    pub fn paging(&self) -> Paging {
        Paging(self.0.paging)
    }
    /// `KST_PTE_CONTEXT_…`
    pub fn flags(&self) -> PteContextFlags {
        PteContextFlags(self.0.flags.into())
    }
    /// Swizzle mask: bits inverted in software entries whose SwizzleBit is clear.
    pub fn invalid_mask(&self) -> u64 {
        self.0.invalid_mask
    }
    /// Highest page frame number of the machine.
    pub fn highest_frame(&self) -> u64 {
        self.0.highest_frame
    }
    /// x86 without PAE, before Vista: what prototype addresses are relative to.
    pub fn paged_pool_start(&self) -> u64 {
        self.0.paged_pool_start
    }
    /// x86 without PAE, before Vista: MmSubsectionBase.
    pub fn subsection_base(&self) -> u64 {
        self.0.subsection_base
    }
    /// x86 without PAE, before Vista: MmNonPagedPoolEnd.
    pub fn nonpaged_pool_end(&self) -> u64 {
        self.0.nonpaged_pool_end
    }
}

record! {
    /// One decoded entry.
    Pte: kst_pte, sized { state "state", present "present", anomalies "anomalies", entry "entry", plain "plain", bits "bits", frame "frame", page_size "page_size", proto_address "proto_address", subsection "subsection", page_file_offset "page_file_offset", page_file_number "page_file_number", protection "protection", used_entries "used_entries", read "read", letters "letters" }
}

impl Pte {
    /// `KST_PTE_…`
    pub fn state(&self) -> PteState {
        PteState(self.0.state)
    }
    /// `KST_PTE_HAS_…`
    pub fn present(&self) -> PteHas {
        PteHas(self.0.present)
    }
    /// `KST_PTE_ANOMALY_…`
    pub fn anomalies(&self) -> PteAnomaly {
        PteAnomaly(self.0.anomalies)
    }
    /// The entry as it is stored.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// The entry with the swizzle mask taken out.
    pub fn plain(&self) -> u64 {
        self.0.plain
    }
    /// `KST_PTE_BIT_…`: single bits, the same for every format.
    pub fn bits(&self) -> PteBit {
        PteBit(self.0.bits)
    }
    /// Page frame number: of the page, or of the next table at an upper level.
    pub fn frame(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.frame)
    }
    /// Bytes that a valid entry maps; 0 for an entry that leads to a table.
    pub fn page_size(&self) -> u64 {
        self.0.page_size
    }
    /// Virtual address of the prototype entry.
    pub fn proto_address(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.proto_address)
    }
    /// Virtual address of the subsection.
    pub fn subsection(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.subsection)
    }
    /// Byte offset of the page in its page file.
    pub fn page_file_offset(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.page_file_offset)
    }
    /// Number of the page file, 0 to 15.
    pub fn page_file_number(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.page_file_number)
    }
    /// Five bits, see `kst_pte_protection_name()`. Of a valid entry: what its bits allow.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.protection)
    }
    /// Entries in use of the page table that a software entry of an upper level counts.
    pub fn used_entries(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.used_entries)
    }
    /// `KST_PTE_READ_…`: how the page could be read, this entry alone considered.
    pub fn read(&self) -> PteRead {
        PteRead(self.0.read)
    }
    /// A valid entry in the debugger's letters, such as "---DA--UWEV"; empty otherwise.
    pub fn letters(&self) -> Cow<'_, str> {
        text(&self.0.letters)
    }
}

record! {
    /// One level of a page walk.
    PageLevel: kst_page_level, plain { entry_physical "entry_physical", entry_virtual "entry_virtual", entry "entry", level "level", state "state" }
}

impl PageLevel {
    /// Physical address of the entry; 0: not known, it was read through the self-map.
    pub fn entry_physical(&self) -> u64 {
        self.0.entry_physical
    }
    /// Its address in the self-map; 0 when the self-map is not known.
    pub fn entry_virtual(&self) -> u64 {
        self.0.entry_virtual
    }
    /// The entry; 0 with `KST_PTE_UNREADABLE`.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// 1 PTE, 2 PDE, 3 PPE, 4 PXE, 5 the level above.
    pub fn level(&self) -> u32 {
        self.0.level
    }
    /// `KST_PTE_…`
    pub fn state(&self) -> PteState {
        PteState(self.0.state)
    }
}

record! {
    /// Where a virtual address leads.
    Translation: kst_translation, sized { state "state", present "present", anomalies "anomalies", address "address", physical "physical", page_size "page_size", proto_address "proto_address", proto_entry "proto_entry", subsection "subsection", page_file_offset "page_file_offset", page_file_number "page_file_number", level "level", levels_count "levels_count", proto_state "proto_state", protection "protection", read "read", breakpoint_owed "breakpoint_owed", levels "levels" }
}

impl Translation {
    /// `KST_PTE_…` of the entry that decided.
    pub fn state(&self) -> PteState {
        PteState(self.0.state)
    }
    /// `KST_TRANSLATION_HAS_…`
    pub fn present(&self) -> TranslationHas {
        TranslationHas(self.0.present)
    }
    /// `KST_TRANSLATION_ANOMALY_…`
    pub fn anomalies(&self) -> TranslationAnomaly {
        TranslationAnomaly(self.0.anomalies)
    }
    /// The virtual address.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Physical address of the byte.
    pub fn physical(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.physical)
    }
    /// Bytes the deciding entry stands for: 0x1000 and more, of a large page or a table.
    pub fn page_size(&self) -> u64 {
        self.0.page_size
    }
    /// Virtual address of the prototype entry; with `KST_PTE_PROTOTYPE_VAD` it was found in the VAD tree.
    pub fn proto_address(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.proto_address)
    }
    /// The prototype entry.
    pub fn proto_entry(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.proto_entry)
    }
    /// Virtual address of the subsection that the prototype entry names.
    pub fn subsection(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.subsection)
    }
    /// Byte offset of the page in the page file.
    pub fn page_file_offset(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.page_file_offset)
    }
    /// Number of the page file.
    pub fn page_file_number(&self) -> Option<u32> {
        (self.0.present & 0x4 != 0).then_some(self.0.page_file_number)
    }
    /// Level of the entry that decided: 1 PTE … 5.
    pub fn level(&self) -> u32 {
        self.0.level
    }
    /// Elements of `levels`, topmost first.
    pub fn levels_count(&self) -> u32 {
        self.0.levels_count
    }
    /// `KST_PTE_…` of the prototype entry.
    pub fn proto_state(&self) -> Option<PteState> {
        (self.0.present & 0x8 != 0).then_some(PteState(self.0.proto_state))
    }
    /// Of the entry that decided, see `kst_pte_protection_name()`.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.protection)
    }
    /// `KST_PTE_READ_…`: how a debugger reads this page, everything followed.
    pub fn read(&self) -> PteRead {
        PteRead(self.0.read)
    }
    /// 1: no valid leaf entry: a software breakpoint cannot be placed now.
    pub fn breakpoint_owed(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.breakpoint_owed)
    }
    /// Every entry that was read, and the one that could not be.
    pub fn levels(&self) -> &[PageLevel; 5] {
        cast_ref::<_, [PageLevel; 5]>(&self.0.levels)
    }
}

record! {
    /// Neighbouring pages that are in the same state: one run of a range.
    PageRun: kst_page_run, sized { state "state", present "present", anomalies "anomalies", address "address", length "length", physical "physical", page_size "page_size", protection "protection", read "read", breakpoint_owed "breakpoint_owed" }
}

impl PageRun {
    /// `KST_PTE_…` of the entries that decided.
    pub fn state(&self) -> PteState {
        PteState(self.0.state)
    }
    /// `KST_TRANSLATION_HAS_PHYSICAL`, _PROTECTION, _BREAKPOINT
    pub fn present(&self) -> TranslationHas {
        TranslationHas(self.0.present)
    }
    /// `KST_TRANSLATION_ANOMALY_…`
    pub fn anomalies(&self) -> TranslationAnomaly {
        TranslationAnomaly(self.0.anomalies)
    }
    /// First byte.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Bytes; 0 only where the run is a whole 64-bit address space.
    pub fn length(&self) -> u64 {
        self.0.length
    }
    /// Physical address of the first byte; the run is contiguous there.
    pub fn physical(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.physical)
    }
    /// Bytes that the first entry stands for.
    pub fn page_size(&self) -> u64 {
        self.0.page_size
    }
    /// See `kst_pte_protection_name()`.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.protection)
    }
    /// `KST_PTE_READ_…`
    pub fn read(&self) -> PteRead {
        PteRead(self.0.read)
    }
    /// 1: no valid leaf entry maps these pages.
    pub fn breakpoint_owed(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.breakpoint_owed)
    }
}

record! {
    /// One decoded _MMPFN.
    Pfn: kst_pfn, sized { location "location", present "present", anomalies "anomalies", frame "frame", address "address", pte_address "pte_address", original_pte "original_pte", u1 "u1", u2 "u2", u4 "u4", flink "flink", blink "blink", share_count "share_count", pte_frame "pte_frame", virtual_address "virtual_address", bits "bits", reference_count "reference_count", priority "priority", cache_attribute "cache_attribute", r#use "use", page_identity "page_identity" }
}

impl Pfn {
    /// `KST_PFN_…`
    pub fn location(&self) -> Option<PfnLocation> {
        (self.0.present & 0x1 != 0).then_some(PfnLocation(self.0.location))
    }
    /// `KST_PFN_HAS_…`
    pub fn present(&self) -> PfnHas {
        PfnHas(self.0.present)
    }
    /// `KST_PFN_ANOMALY_…`
    pub fn anomalies(&self) -> PfnAnomaly {
        PfnAnomaly(self.0.anomalies)
    }
    /// Number of the page frame.
    pub fn frame(&self) -> Option<u64> {
        (self.0.present & 0x8000 != 0).then_some(self.0.frame)
    }
    /// Virtual address of the entry.
    pub fn address(&self) -> Option<u64> {
        (self.0.present & 0x8000 != 0).then_some(self.0.address)
    }
    /// PteAddress as it is stored; its lowest bits are flags in some builds.
    pub fn pte_address(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.pte_address)
    }
    /// The entry to put back when the page leaves.
    pub fn original_pte(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.original_pte)
    }
    /// First union, raw: forward link, event, working-set index.
    pub fn u1(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.u1)
    }
    /// Second union, raw: back link or share count.
    pub fn u2(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.u2)
    }
    /// Last union, raw.
    pub fn u4(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.u4)
    }
    /// On a list: next page frame.
    pub fn flink(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.flink)
    }
    /// On a list: previous page frame.
    pub fn blink(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.blink)
    }
    /// In use: valid entries that map the page.
    pub fn share_count(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.share_count)
    }
    /// Page frame of the table that holds the entry of this page.
    pub fn pte_frame(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.pte_frame)
    }
    /// Where the page is mapped, as its entry's place in the self-map says.
    pub fn virtual_address(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.virtual_address)
    }
    /// `KST_PFN_BIT_…`
    pub fn bits(&self) -> PfnBit {
        PfnBit(self.0.bits)
    }
    /// References.
    pub fn reference_count(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.reference_count)
    }
    /// 0 to 7.
    pub fn priority(&self) -> Option<u32> {
        (self.0.present & 0x800 != 0).then_some(self.0.priority)
    }
    /// 0 not cached, 1 cached, 2 write combined, 3 not mapped.
    pub fn cache_attribute(&self) -> Option<u32> {
        (self.0.present & 0x1000 != 0).then_some(self.0.cache_attribute)
    }
    /// `KST_PFN_USE_…`
    pub fn r#use(&self) -> PfnUse {
        PfnUse(self.0.r#use)
    }
    /// PageIdentity (Windows 8 and later).
    pub fn page_identity(&self) -> Option<u32> {
        (self.0.present & 0x2000 != 0).then_some(self.0.page_identity)
    }
}

record! {
    /// Pages per location over the whole database.
    PfnCounts: kst_pfn_counts, sized { pages "pages", standby "standby", total "total", lowest "lowest", highest "highest" }
}

impl PfnCounts {
    /// By `KST_PFN_…`
    pub fn pages(&self) -> &[u64; 8] {
        &self.0.pages
    }
    /// Standby pages by priority; all zero where the layout has no priority.
    pub fn standby(&self) -> &[u64; 8] {
        &self.0.standby
    }
    /// Entries that were read.
    pub fn total(&self) -> u64 {
        self.0.total
    }
    /// Lowest frame number of them.
    pub fn lowest(&self) -> u64 {
        self.0.lowest
    }
    /// Highest frame number of them.
    pub fn highest(&self) -> u64 {
        self.0.highest
    }
}

record! {
    /// One decoded CONTROL_AREA.
    ControlArea: kst_control_area, sized { kind "kind", present "present", anomalies "anomalies", address "address", segment "segment", flink "flink", blink "blink", file_object "file_object", first_subsection "first_subsection", section_references "section_references", pfn_references "pfn_references", mapped_views "mapped_views", user_references "user_references", flags "flags", modified_write_count "modified_write_count", writable_references "writable_references", traits "traits", wait_for_deletion "wait_for_deletion" }
}

impl ControlArea {
    /// `KST_SECTION_…`
    pub fn kind(&self) -> Option<Section> {
        (self.0.present & 0x8 != 0).then_some(Section(self.0.kind))
    }
    /// `KST_CONTROL_AREA_HAS_…`
    pub fn present(&self) -> ControlAreaHas {
        ControlAreaHas(self.0.present)
    }
    /// `KST_CONTROL_AREA_ANOMALY_…`
    pub fn anomalies(&self) -> ControlAreaAnomaly {
        ControlAreaAnomaly(self.0.anomalies)
    }
    /// Of the control area.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Address of its SEGMENT.
    pub fn segment(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.segment)
    }
    /// Dereference list: next.
    pub fn flink(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.flink)
    }
    /// Dereference list: previous.
    pub fn blink(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.blink)
    }
    /// FILE_OBJECT, reference bits taken off; 0: none.
    pub fn file_object(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.file_object)
    }
    /// Address behind the control area, where the first subsection stands.
    pub fn first_subsection(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.first_subsection)
    }
    /// NumberOfSectionReferences.
    pub fn section_references(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.section_references)
    }
    /// NumberOfPfnReferences.
    pub fn pfn_references(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.pfn_references)
    }
    /// NumberOfMappedViews.
    pub fn mapped_views(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.mapped_views)
    }
    /// NumberOfUserReferences.
    pub fn user_references(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.user_references)
    }
    /// _MMSECTION_FLAGS, raw.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x8 != 0).then_some(self.0.flags)
    }
    /// ModifiedWriteCount.
    pub fn modified_write_count(&self) -> Option<u32> {
        (self.0.present & 0x100 != 0).then_some(self.0.modified_write_count)
    }
    /// WritableUserReferences; not of images.
    pub fn writable_references(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.writable_references)
    }
    /// `KST_CONTROL_AREA_IS_…`: `flags` with a meaning that is the same in all builds.
    pub fn traits(&self) -> ControlAreaIs {
        ControlAreaIs(self.0.traits.into())
    }
    /// WaitingForDeletion, an address or 0.
    pub fn wait_for_deletion(&self) -> Option<u64> {
        (self.0.present & 0x800 != 0).then_some(self.0.wait_for_deletion)
    }
}

record! {
    /// One decoded SEGMENT.
    Segment: kst_segment, sized { flags "flags", present "present", address "address", control_area "control_area", total_ptes "total_ptes", size_of_segment "size_of_segment", committed_pages "committed_pages", based_address "based_address", prototype_ptes "prototype_ptes", protection "protection" }
}

impl Segment {
    /// _SEGMENT_FLAGS, raw.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.flags)
    }
    /// `KST_SEGMENT_HAS_…`
    pub fn present(&self) -> SegmentHas {
        SegmentHas(self.0.present)
    }
    /// Of the segment.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Back pointer.
    pub fn control_area(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.control_area)
    }
    /// Prototype entries, upper bits included.
    pub fn total_ptes(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.total_ptes)
    }
    /// Bytes.
    pub fn size_of_segment(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.size_of_segment)
    }
    /// NumberOfCommittedPages.
    pub fn committed_pages(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.committed_pages)
    }
    /// Base of an image or a based section.
    pub fn based_address(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.based_address)
    }
    /// Address of the first prototype entry.
    pub fn prototype_ptes(&self) -> Option<u64> {
        (self.0.present & 0x20 != 0).then_some(self.0.prototype_ptes)
    }
    /// DefaultProtectionMask, see `kst_pte_protection_name()`.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.protection)
    }
}

record! {
    /// One decoded SUBSECTION or MSUBSECTION.
    Subsection: kst_subsection, sized { flags "flags", present "present", anomalies "anomalies", address "address", control_area "control_area", base "base", next "next", starting_sector "starting_sector", mapped_views "mapped_views", ptes "ptes", unused_ptes "unused_ptes", full_sectors "full_sectors", protection "protection", sector_end_offset "sector_end_offset", pfn_references "pfn_references", flink "flink", blink "blink" }
}

impl Subsection {
    /// _MMSUBSECTION_FLAGS, raw.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.flags)
    }
    /// `KST_SUBSECTION_HAS_…`
    pub fn present(&self) -> SubsectionHas {
        SubsectionHas(self.0.present)
    }
    /// `KST_SUBSECTION_ANOMALY_…`
    pub fn anomalies(&self) -> SubsectionAnomaly {
        SubsectionAnomaly(self.0.anomalies)
    }
    /// Of the subsection.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Back pointer.
    pub fn control_area(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.control_area)
    }
    /// SubsectionBase: address of the first prototype entry; 0 while there are none.
    pub fn base(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.base)
    }
    /// NextSubsection; 0 at the end.
    pub fn next(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.next)
    }
    /// With its upper bits: sectors of 512 bytes (images) or pages (data files).
    pub fn starting_sector(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.starting_sector)
    }
    /// MSUBSECTION: NumberOfMappedViews.
    pub fn mapped_views(&self) -> Option<u64> {
        (self.0.present & 0x100 != 0).then_some(self.0.mapped_views)
    }
    /// PtesInSubsection.
    pub fn ptes(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.ptes)
    }
    /// UnusedPtes.
    pub fn unused_ptes(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.unused_ptes)
    }
    /// NumberOfFullSectors.
    pub fn full_sectors(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.full_sectors)
    }
    /// See `kst_pte_protection_name()`.
    pub fn protection(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.protection)
    }
    /// Bytes of the last page that are used.
    pub fn sector_end_offset(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.sector_end_offset)
    }
    /// MSUBSECTION: NumberOfPfnReferences.
    pub fn pfn_references(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.pfn_references)
    }
    /// MSUBSECTION: DereferenceList, next.
    pub fn flink(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.flink)
    }
    /// MSUBSECTION: DereferenceList, previous.
    pub fn blink(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.blink)
    }
}

record! {
    /// One page of a section that is in memory.
    SectionPage: kst_section_page, sized { state "state", present "present", index "index", entry_address "entry_address", entry "entry", physical "physical", file_offset "file_offset" }
}

impl SectionPage {
    /// `KST_PTE_VALID` or `KST_PTE_TRANSITION`, of its prototype entry.
    pub fn state(&self) -> PteState {
        PteState(self.0.state)
    }
    /// `KST_SECTION_PAGE_HAS_…`
    pub fn present(&self) -> SectionPageHas {
        SectionPageHas(self.0.present)
    }
    /// Entry of the subsection.
    pub fn index(&self) -> u64 {
        self.0.index
    }
    /// Of the prototype entry.
    pub fn entry_address(&self) -> u64 {
        self.0.entry_address
    }
    /// The prototype entry.
    pub fn entry(&self) -> u64 {
        self.0.entry
    }
    /// Physical address of the page.
    pub fn physical(&self) -> u64 {
        self.0.physical
    }
    /// Where in the file the page belongs.
    pub fn file_offset(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.file_offset)
    }
}

record! {
    /// What a pass over the page frames found of one control area (a row of !memusage), in pages.
    SectionUsage: kst_section_usage, sized { control_area "control_area", valid "valid", standby "standby", dirty "dirty", shared "shared", locked "locked" }
}

impl SectionUsage {
    /// Its address; 0: pages of sections that the page file backs.
    pub fn control_area(&self) -> u64 {
        self.0.control_area
    }
    /// Active pages.
    pub fn valid(&self) -> u64 {
        self.0.valid
    }
    /// Standby pages.
    pub fn standby(&self) -> u64 {
        self.0.standby
    }
    /// Modified pages.
    pub fn dirty(&self) -> u64 {
        self.0.dirty
    }
    /// Active pages that more than one entry maps.
    pub fn shared(&self) -> u64 {
        self.0.shared
    }
    /// Pages with more than one reference.
    pub fn locked(&self) -> u64 {
        self.0.locked
    }
}

record! {
    /// What the memory manager counts.
    MemoryCounters: kst_memory_counters, sized { present "present", values "values" }
}

impl MemoryCounters {
    /// Bit n: `values[n]` is valid.
    pub fn present(&self) -> u64 {
        self.0.present
    }
    /// By `KST_MEMORY_…`
    pub fn values(&self) -> &[u64; 24] {
        &self.0.values
    }
}

record! {
    /// One page file; sizes in pages.
    PageFile: kst_page_file, sized { number "number", present "present", address "address", current_pages "current_pages", minimum_pages "minimum_pages", maximum_pages "maximum_pages", free_pages "free_pages" }
}

impl PageFile {
    /// Which one, from 0.
    pub fn number(&self) -> u32 {
        self.0.number
    }
    /// `KST_PAGE_FILE_HAS_…`
    pub fn present(&self) -> PageFileHas {
        PageFileHas(self.0.present)
    }
    /// Of the _MMPAGING_FILE.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// Size of the file now.
    pub fn current_pages(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.current_pages)
    }
    /// Smallest size.
    pub fn minimum_pages(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.minimum_pages)
    }
    /// Largest size.
    pub fn maximum_pages(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.maximum_pages)
    }
    /// Of the current size: not in use.
    pub fn free_pages(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.free_pages)
    }
}

record! {
    /// One kernel module (KLDR_DATA_TABLE_ENTRY).
    Module: kst_module, sized { size_of_image "size_of_image", present "present", anomalies "anomalies", address "address", base "base", entry_point "entry_point", name_address "name_address", path_address "path_address", name_bytes "name_bytes", path_bytes "path_bytes", time_date_stamp "time_date_stamp", checksum "checksum", flags "flags", load_count "load_count", name "name", path "path" }
}

impl Module {
    /// Bytes.
    pub fn size_of_image(&self) -> Option<u32> {
        (self.0.present & 0x2 != 0).then_some(self.0.size_of_image)
    }
    /// `KST_MODULE_HAS_…`
    pub fn present(&self) -> ModuleHas {
        ModuleHas(self.0.present)
    }
    /// `KST_MODULE_ANOMALY_…`
    pub fn anomalies(&self) -> ModuleAnomaly {
        ModuleAnomaly(self.0.anomalies)
    }
    /// Address of the loader entry; 0 when the host told of the module.
    pub fn address(&self) -> u64 {
        self.0.address
    }
    /// DllBase.
    pub fn base(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.base)
    }
    /// EntryPoint.
    pub fn entry_point(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.entry_point)
    }
    /// Buffer of BaseDllName.
    pub fn name_address(&self) -> Option<u64> {
        (self.0.present & 0x200 != 0).then_some(self.0.name_address)
    }
    /// Buffer of FullDllName.
    pub fn path_address(&self) -> Option<u64> {
        (self.0.present & 0x400 != 0).then_some(self.0.path_address)
    }
    /// Length of BaseDllName in bytes of UTF-16.
    pub fn name_bytes(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.name_bytes)
    }
    /// Length of FullDllName in bytes of UTF-16.
    pub fn path_bytes(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.path_bytes)
    }
    /// Of the image.
    pub fn time_date_stamp(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.time_date_stamp)
    }
    /// Of the image.
    pub fn checksum(&self) -> Option<u32> {
        (self.0.present & 0x40 != 0).then_some(self.0.checksum)
    }
    /// Flags of the loader entry.
    pub fn flags(&self) -> Option<u32> {
        (self.0.present & 0x80 != 0).then_some(self.0.flags)
    }
    /// LoadCount.
    pub fn load_count(&self) -> Option<u32> {
        (self.0.present & 0x100 != 0).then_some(self.0.load_count)
    }
    /// BaseDllName as UTF-8, cut at a character.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x4 != 0).then(|| text(&self.0.name))
    }
    /// FullDllName as UTF-8, cut at a character.
    pub fn path(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x8 != 0).then(|| text(&self.0.path))
    }
}

record! {
    /// One unloaded kernel module.
    UnloadedModule: kst_unloaded_module, sized { present "present", anomalies "anomalies", start "start", end "end", time "time", name "name" }
}

impl UnloadedModule {
    /// `KST_UNLOADED_MODULE_HAS_…`
    pub fn present(&self) -> UnloadedModuleHas {
        UnloadedModuleHas(self.0.present)
    }
    /// `KST_MODULE_ANOMALY_…`
    pub fn anomalies(&self) -> ModuleAnomaly {
        ModuleAnomaly(self.0.anomalies)
    }
    /// First address.
    pub fn start(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.start)
    }
    /// Address after the last.
    pub fn end(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.end)
    }
    /// FILETIME of the unload, UTC.
    pub fn time(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.time)
    }
    /// UTF-8.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x2 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// One callback.
    Callback: kst_callback, sized { kind "kind", present "present", anomalies "anomalies", raw "raw", block "block", function "function", post_function "post_function", context "context", cookie "cookie", object_type "object_type", module_base "module_base", slot "slot", operations "operations", reason "reason", state "state", module "module", name "name" }
}

impl Callback {
    /// `KST_CALLBACK_…`
    pub fn kind(&self) -> CallbackKind {
        CallbackKind(self.0.kind)
    }
    /// `KST_CALLBACK_HAS_…`
    pub fn present(&self) -> CallbackHas {
        CallbackHas(self.0.present)
    }
    /// `KST_CALLBACK_ANOMALY_…`
    pub fn anomalies(&self) -> CallbackAnomaly {
        CallbackAnomaly(self.0.anomalies)
    }
    /// The slot of an array as stored: a fast reference.
    pub fn raw(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.raw)
    }
    /// Address of the routine block, of the list entry, or of the record.
    pub fn block(&self) -> u64 {
        self.0.block
    }
    /// The routine; of object callbacks the one before the operation.
    pub fn function(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.function)
    }
    /// Of object callbacks the routine after the operation; 0: none.
    pub fn post_function(&self) -> Option<u64> {
        (self.0.present & 0x40 != 0).then_some(self.0.post_function)
    }
    /// The caller's context.
    pub fn context(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.context)
    }
    /// Of registry callbacks: what the registration returned.
    pub fn cookie(&self) -> Option<u64> {
        (self.0.present & 0x8 != 0).then_some(self.0.cookie)
    }
    /// Of object callbacks: address of the OBJECT_TYPE.
    pub fn object_type(&self) -> Option<u64> {
        (self.0.present & 0x80 != 0).then_some(self.0.object_type)
    }
    /// Base of the kernel module that `function` lies in.
    pub fn module_base(&self) -> Option<u64> {
        (self.0.present & 0x10 != 0).then_some(self.0.module_base)
    }
    /// Index in the array or place in the list, from 0.
    pub fn slot(&self) -> u32 {
        self.0.slot
    }
    /// Of object callbacks: 1 create, 2 duplicate.
    pub fn operations(&self) -> Option<u32> {
        (self.0.present & 0x100 != 0).then_some(self.0.operations)
    }
    /// Of bug-check reason callbacks: KBUGCHECK_CALLBACK_REASON.
    pub fn reason(&self) -> Option<u32> {
        (self.0.present & 0x200 != 0).then_some(self.0.reason)
    }
    /// Of bug-check callbacks: 0 empty, 1 inserted, 2 started, 3 finished, 4 incomplete.
    pub fn state(&self) -> Option<u32> {
        (self.0.present & 0x400 != 0).then_some(self.0.state)
    }
    /// Name of that module, UTF-8.
    pub fn module(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x10 != 0).then(|| text(&self.0.module))
    }
    /// Altitude of registry and object callbacks, component of bug-check callbacks; UTF-8.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        (self.0.present & 0x20 != 0).then(|| text(&self.0.name))
    }
}

record! {
    /// One entry of a log.
    VerifierEntry: kst_verifier_entry, sized { log "log", present "present", anomalies "anomalies", record "record", address "address", bytes "bytes", thread "thread", index "index", operation "operation", kernel_apc_disable "kernel_apc_disable", special_apc_disable "special_apc_disable", irql "irql", stack_count "stack_count", stack "stack" }
}

impl VerifierEntry {
    /// `KST_VERIFIER_POOL`, _IRP or _CRITICAL_REGION.
    pub fn log(&self) -> VerifierLog {
        VerifierLog(self.0.log)
    }
    /// `KST_VERIFIER_ENTRY_HAS_…`
    pub fn present(&self) -> VerifierEntryHas {
        VerifierEntryHas(self.0.present)
    }
    /// `KST_VERIFIER_ENTRY_ANOMALY_…`
    pub fn anomalies(&self) -> VerifierEntryAnomaly {
        VerifierEntryAnomaly(self.0.anomalies)
    }
    /// Address of the record.
    pub fn record(&self) -> u64 {
        self.0.record
    }
    /// The pool block, or the IRP.
    pub fn address(&self) -> Option<u64> {
        (self.0.present & 0x1 != 0).then_some(self.0.address)
    }
    /// Size of the pool block in bytes.
    pub fn bytes(&self) -> Option<u64> {
        (self.0.present & 0x2 != 0).then_some(self.0.bytes)
    }
    /// The thread that made the call.
    pub fn thread(&self) -> Option<u64> {
        (self.0.present & 0x4 != 0).then_some(self.0.thread)
    }
    /// Slot in the ring.
    pub fn index(&self) -> u32 {
        self.0.index
    }
    /// `KST_VERIFIER_UNKNOWN`, _ENTER or _LEAVE.
    pub fn operation(&self) -> VerifierOperation {
        VerifierOperation(self.0.operation)
    }
    /// KTHREAD.KernelApcDisable at the time.
    pub fn kernel_apc_disable(&self) -> Option<i32> {
        (self.0.present & 0x8 != 0).then_some(self.0.kernel_apc_disable)
    }
    /// KTHREAD.SpecialApcDisable at the time.
    pub fn special_apc_disable(&self) -> Option<i32> {
        (self.0.present & 0x8 != 0).then_some(self.0.special_apc_disable)
    }
    /// IRQL at the time.
    pub fn irql(&self) -> Option<u32> {
        (self.0.present & 0x10 != 0).then_some(self.0.irql)
    }
    /// Elements of `stack`.
    pub fn stack_count(&self) -> Option<u32> {
        (self.0.present & 0x20 != 0).then_some(self.0.stack_count)
    }
    /// Return addresses, the innermost first.
    pub fn stack(&self) -> Option<&[u64; 64]> {
        (self.0.present & 0x20 != 0).then_some(&self.0.stack)
    }
}

record! {
    /// Settings and counters (MM_DRIVER_VERIFIER_DATA).
    VerifierSettings: kst_verifier_settings, sized { level "level", present "present", raise_irqls "raise_irqls", acquire_spin_locks "acquire_spin_locks", synchronize_executions "synchronize_executions", allocations_attempted "allocations_attempted", allocations_succeeded "allocations_succeeded", allocations_special_pool "allocations_special_pool", allocations_no_tag "allocations_no_tag", trim_requests "trim_requests", trims "trims", allocations_failed "allocations_failed", allocations_failed_deliberately "allocations_failed_deliberately", loads "loads", unloads "unloads", paged_allocations "paged_allocations", nonpaged_allocations "nonpaged_allocations" }
}

impl VerifierSettings {
    /// Flags: 1 special pool, 2 IRQL checking, 4 low resources, 8 pool tracking, …
    pub fn level(&self) -> u32 {
        self.0.level
    }
    /// Bit 0: `level` is valid; bit n: the n-th counter below is.
    pub fn present(&self) -> u64 {
        self.0.present
    }
    /// Counter.
    pub fn raise_irqls(&self) -> u32 {
        self.0.raise_irqls
    }
    /// Counter.
    pub fn acquire_spin_locks(&self) -> u32 {
        self.0.acquire_spin_locks
    }
    /// Counter.
    pub fn synchronize_executions(&self) -> u32 {
        self.0.synchronize_executions
    }
    /// Counter.
    pub fn allocations_attempted(&self) -> u32 {
        self.0.allocations_attempted
    }
    /// Counter.
    pub fn allocations_succeeded(&self) -> u32 {
        self.0.allocations_succeeded
    }
    /// Counter.
    pub fn allocations_special_pool(&self) -> u32 {
        self.0.allocations_special_pool
    }
    /// Counter.
    pub fn allocations_no_tag(&self) -> u32 {
        self.0.allocations_no_tag
    }
    /// Counter.
    pub fn trim_requests(&self) -> u32 {
        self.0.trim_requests
    }
    /// Counter.
    pub fn trims(&self) -> u32 {
        self.0.trims
    }
    /// Counter.
    pub fn allocations_failed(&self) -> u32 {
        self.0.allocations_failed
    }
    /// Counter.
    pub fn allocations_failed_deliberately(&self) -> u32 {
        self.0.allocations_failed_deliberately
    }
    /// Verified drivers loaded.
    pub fn loads(&self) -> u32 {
        self.0.loads
    }
    /// Verified drivers unloaded.
    pub fn unloads(&self) -> u32 {
        self.0.unloads
    }
    /// Outstanding now.
    pub fn paged_allocations(&self) -> u32 {
        self.0.paged_allocations
    }
    /// Outstanding now.
    pub fn nonpaged_allocations(&self) -> u32 {
        self.0.nonpaged_allocations
    }
}

