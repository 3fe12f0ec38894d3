// Generated from include/kstate/*.h by tools/rust_bindings.py. Do not edit.
use super::{c_char, c_void, kst_space, kst_status};

/// Done.
pub const KST_OK: kst_status = 0;
/// Nothing more; not an error.
pub const KST_END: kst_status = 1;
/// An argument is wrong: fix the call.
pub const KST_E_ARG: kst_status = -1;
/// A struct's `size` is not one that this version knows, or it asks for something unknown.
pub const KST_E_ABI: kst_status = -2;
/// A heap allocation failed (never from decoders or walks).
pub const KST_E_NO_MEMORY: kst_status = -3;
/// Type information lacks a type, member or symbol: give a better layout.
pub const KST_E_NO_MEMBER: kst_status = -20;
/// The format or build is recognised, but nothing here can decode it.
pub const KST_E_UNSUPPORTED: kst_status = -21;
/// The memory is not there: try another source.
pub const KST_E_FAULT: kst_status = -40;
/// The host's callback failed; see `kst_error.host_code`.
pub const KST_E_HOST: kst_status = -41;
/// The operating system could not open or map a file; `host_code` is errno.
pub const KST_E_IO: kst_status = -42;
/// The evidence contradicts itself: a finding to report.
pub const KST_E_CORRUPT: kst_status = -60;
/// A budget or the caller's buffer is used up.
pub const KST_E_LIMIT: kst_status = -61;
/// It has not ended.
pub const KST_WALK_RUNNING: u32 = 0;
/// A circular list came back to its head, or a table was read to its end.
pub const KST_WALK_CLOSED: u32 = 1;
/// A null link ended a list that ends that way.
pub const KST_WALK_TERMINATED: u32 = 2;
/// Links or counts contradict each other.
pub const KST_WALK_MISMATCH: u32 = 3;
/// The list runs in a loop that does not contain its head.
pub const KST_WALK_LOOP: u32 = 4;
/// The next element is not in the memory at hand.
pub const KST_WALK_UNREADABLE: u32 = 5;
/// The step budget of the target is used up.
pub const KST_WALK_BUDGET: u32 = 6;
/// Not known.
pub const KST_ARCH_UNKNOWN: u32 = 0;
/// 32-bit x86, PAE or not.
pub const KST_ARCH_X86: u32 = 1;
/// x86-64.
pub const KST_ARCH_X64: u32 = 2;
/// AArch64.
pub const KST_ARCH_ARM64: u32 = 3;
/// Not known, or the reader translates.
pub const KST_PAGING_NONE: u32 = 0;
/// x86, 2 levels, 4-byte entries.
pub const KST_PAGING_X86: u32 = 1;
/// x86 PAE, 3 levels, 8-byte entries.
pub const KST_PAGING_PAE: u32 = 2;
/// x64, 4 levels.
pub const KST_PAGING_X64: u32 = 3;
/// x64, 5 levels.
pub const KST_PAGING_LA57: u32 = 4;
/// ARM64, 4 KiB granule, 4 levels.
pub const KST_PAGING_ARM64: u32 = 5;
/// Not recognised.
pub const KST_FORMAT_UNKNOWN: u32 = 0;
/// Physical memory from address 0.
pub const KST_FORMAT_RAW: u32 = 1;
/// LiME.
pub const KST_FORMAT_LIME: u32 = 2;
/// ELF core with physical segments.
pub const KST_FORMAT_ELF: u32 = 3;
/// Windows dump, physical runs (type 1).
pub const KST_FORMAT_FULL: u32 = 4;
/// Windows dump, kernel summary (type 2).
pub const KST_FORMAT_SUMMARY: u32 = 5;
/// Windows dump header, no memory.
pub const KST_FORMAT_HEADER_ONLY: u32 = 6;
/// Windows dump, virtual pieces (type 4).
pub const KST_FORMAT_TRIAGE: u32 = 7;
/// Windows dump, bitmap (type 5).
pub const KST_FORMAT_BITMAP_FULL: u32 = 8;
/// Windows dump, bitmap (types 6 and 7; live dumps too).
pub const KST_FORMAT_BITMAP_KERNEL: u32 = 9;
/// Windows dump, page ranges (types 8, 9, 10).
pub const KST_FORMAT_RDMP: u32 = 10;
/// A struct or a class.
pub const KST_TYPE_STRUCT: u32 = 1;
/// A union.
pub const KST_TYPE_UNION: u32 = 2;
/// DpcData\[0\], or the one queue of XP.
pub const KST_DPC_NORMAL: u32 = 0;
/// DpcData\[1\]: DPCs that run in a thread at passive level.
pub const KST_DPC_THREADED: u32 = 1;
/// None that the processor tells of.
pub const KST_STACK_UNKNOWN: u32 = 0;
/// The current thread's.
pub const KST_STACK_THREAD: u32 = 1;
/// The processor's DPC stack.
pub const KST_STACK_DPC: u32 = 2;
/// The processor's interrupt stack.
pub const KST_STACK_INTERRUPT: u32 = 3;
/// The processor's exception stack.
pub const KST_STACK_EXCEPTION: u32 = 4;
/// The first interrupt stack of the TSS (x64): double faults.
pub const KST_STACK_DOUBLE_FAULT: u32 = 5;
/// The second: machine checks.
pub const KST_STACK_MACHINE_CHECK: u32 = 6;
/// The third: non-maskable interrupts.
pub const KST_STACK_NMI: u32 = 7;
/// The fourth: debug exceptions.
pub const KST_STACK_DEBUG: u32 = 8;
/// A saved context, or the caller gave them.
pub const KST_REGISTERS_FOUND_CONTEXT: u32 = 1;
/// The frame at the top of the stack that was switched to.
pub const KST_REGISTERS_FOUND_FRAME: u32 = 2;
/// A field of the processor block or of the thread.
pub const KST_REGISTERS_FOUND_FIELD: u32 = 3;
/// A scan of the top of the stack: the weakest.
pub const KST_REGISTERS_FOUND_SCAN: u32 = 4;
/// The members that tell are not known here.
pub const KST_USER_STATE_UNKNOWN: u32 = 0;
/// It has a PEB.
pub const KST_USER_STATE_PRESENT: u32 = 1;
/// It never had user mode: Idle, System, minimal processes.
pub const KST_USER_STATE_NONE: u32 = 2;
/// It has exited; its address space is deleted.
pub const KST_USER_STATE_GONE: u32 = 3;
/// Isolated user mode: part of it runs, and lies, in VTL 1, which VTL 0 cannot read.
pub const KST_USER_STATE_SECURE: u32 = 4;
/// PsActiveProcessHead.
pub const KST_PROCESSES_ACTIVE: u32 = 0;
/// KiProcessListHead (KPROCESS.ProcessListEntry, 2003 SP1 and later).
pub const KST_PROCESSES_KERNEL_LIST: u32 = 1;
/// Not started.
pub const KST_THREAD_INITIALIZED: u32 = 0;
/// Waits for a processor.
pub const KST_THREAD_READY: u32 = 1;
/// Runs.
pub const KST_THREAD_RUNNING: u32 = 2;
/// Chosen to run next.
pub const KST_THREAD_STANDBY: u32 = 3;
/// Has exited.
pub const KST_THREAD_TERMINATED: u32 = 4;
/// Waits; `wait_reason` says for what.
pub const KST_THREAD_WAITING: u32 = 5;
/// Ready, its kernel stack is paged out.
pub const KST_THREAD_TRANSITION: u32 = 6;
/// Ready, not yet on a processor's queue.
pub const KST_THREAD_DEFERRED_READY: u32 = 7;
/// Waits on a gate (obsolete in later builds).
pub const KST_THREAD_GATE_WAIT: u32 = 8;
/// Its process is swapped out.
pub const KST_THREAD_WAITING_FOR_PROCESS_IN_SWAP: u32 = 9;
/// EPROCESS.ThreadListHead.
pub const KST_THREADS_EXECUTIVE: u32 = 0;
/// KPROCESS.ThreadListHead.
pub const KST_THREADS_KERNEL: u32 = 1;
/// The process is not known well enough.
pub const KST_PEB_UNKNOWN: u32 = 0;
/// The PEB and its loader data are there.
pub const KST_PEB_PRESENT: u32 = 1;
/// The PEB, or the loader data it names, is not in the memory at hand; see `unreadable`.
pub const KST_PEB_PAGED_OUT: u32 = 2;
/// The process has no user mode (or not of this width).
pub const KST_PEB_NONE: u32 = 3;
/// The process has exited; its address space is deleted.
pub const KST_PEB_GONE: u32 = 4;
/// The stored address cannot be a PEB's.
pub const KST_PEB_INVALID: u32 = 5;
/// InLoadOrderModuleList: the program first, then ntdll.
pub const KST_LOADER_LIST_LOAD: u32 = 0;
/// InMemoryOrderModuleList.
pub const KST_LOADER_LIST_MEMORY: u32 = 1;
/// InInitializationOrderModuleList: without the program.
pub const KST_LOADER_LIST_INIT: u32 = 2;
/// Ordinary memory, or a mapped section.
pub const KST_VAD_NONE: u32 = 0;
/// Physical memory of a device.
pub const KST_VAD_DEVICE_PHYSICAL: u32 = 1;
/// A mapped image.
pub const KST_VAD_IMAGE: u32 = 2;
/// Address windowing extensions.
pub const KST_VAD_AWE: u32 = 3;
/// Writes are tracked.
pub const KST_VAD_WRITE_WATCH: u32 = 4;
/// Large pages.
pub const KST_VAD_LARGE_PAGES: u32 = 5;
/// Rotates between a device's memory and ordinary memory.
pub const KST_VAD_ROTATE_PHYSICAL: u32 = 6;
/// A section of large pages.
pub const KST_VAD_LARGE_PAGE_SECTION: u32 = 7;
/// It is the object's body: what pointers to objects hold.
pub const KST_OBJECT_AT_BODY: u32 = 0;
/// It is the header.
pub const KST_OBJECT_AT_HEADER: u32 = 1;
/// Take it as body if a header that makes sense lies before it, else as header.
pub const KST_OBJECT_AT_EITHER: u32 = 2;
/// Its body tells no name.
pub const KST_OBJECT_KIND_NONE: u32 = 0;
/// `_FILE_OBJECT`.
pub const KST_OBJECT_KIND_FILE: u32 = 1;
/// `_DEVICE_OBJECT`.
pub const KST_OBJECT_KIND_DEVICE: u32 = 2;
/// `_DRIVER_OBJECT`.
pub const KST_OBJECT_KIND_DRIVER: u32 = 3;
/// `_CM_KEY_BODY`.
pub const KST_OBJECT_KIND_KEY: u32 = 4;
/// `_SECTION` or `_SECTION_OBJECT`.
pub const KST_OBJECT_KIND_SECTION: u32 = 5;
/// `_OBJECT_SYMBOLIC_LINK`.
pub const KST_OBJECT_KIND_LINK: u32 = 6;
/// `_EPROCESS`.
pub const KST_OBJECT_KIND_PROCESS: u32 = 7;
/// `_ETHREAD`.
pub const KST_OBJECT_KIND_THREAD: u32 = 8;
/// Neither the global flag nor the type's own bit is known.
pub const KST_OBJECT_TRACKING_UNKNOWN: u32 = 0;
/// Not linked: the list is empty whatever there is. Use handles, the directory, pool tags.
pub const KST_OBJECT_TRACKING_OFF: u32 = 1;
/// The type asked for it (MaintainTypeList).
pub const KST_OBJECT_TRACKING_TYPE: u32 = 2;
/// Global flag 0x4000 (`otl`) at boot: every type.
pub const KST_OBJECT_TRACKING_GLOBAL: u32 = 3;
/// The entry is not in the memory at hand.
pub const KST_HANDLE_UNKNOWN: u32 = 0;
/// A handle.
pub const KST_HANDLE_LIVE: u32 = 1;
/// Not in use: no object.
pub const KST_HANDLE_FREE: u32 = 2;
/// The first entry of a leaf: never a handle.
pub const KST_HANDLE_RESERVED: u32 = 3;
/// A handle that somebody is working on (the lock bit says so).
pub const KST_HANDLE_LOCKED: u32 = 4;
/// Its pointer is none of the kernel.
pub const KST_HANDLE_BAD: u32 = 5;
/// The layout does not tell; states are then not decoded.
pub const KST_POOL_GENERATION_UNKNOWN: u32 = 0;
/// Type byte before the size byte: POOL_TYPE + 1, in use is bit 7 of PoolIndex.
pub const KST_POOL_GENERATION_2000: u32 = 1;
/// (POOL_TYPE + 1) | 4 while in use (5.1, 5.2).
pub const KST_POOL_GENERATION_NT5: u32 = 2;
/// POOL_TYPE | 2 while in use (6.0 and later, classic pages).
pub const KST_POOL_GENERATION_VISTA: u32 = 3;
/// As VISTA, but the header sits on a segment-heap block (18362 and later).
pub const KST_POOL_GENERATION_HEAP: u32 = 4;
/// POOL_TYPE + 1 while in use, without an in-use bit (5.2 compatible systems).
pub const KST_POOL_GENERATION_NT5_PLAIN: u32 = 5;
/// Not told by what is there.
pub const KST_POOL_STATE_UNKNOWN: u32 = 0;
/// In use.
pub const KST_POOL_STATE_ALLOCATED: u32 = 1;
/// On a free list.
pub const KST_POOL_STATE_FREE: u32 = 2;
/// Freed, but type bits are left: on a lookaside list (inferred but for 8.1).
pub const KST_POOL_STATE_CACHED: u32 = 3;
/// No range is known that would tell.
pub const KST_POOL_REGION_UNKNOWN: u32 = 0;
/// Nonpaged pool.
pub const KST_POOL_REGION_NONPAGED: u32 = 1;
/// Paged pool.
pub const KST_POOL_REGION_PAGED: u32 = 2;
/// Special pool.
pub const KST_POOL_REGION_SPECIAL: u32 = 3;
/// Paged pool of a session.
pub const KST_POOL_REGION_SESSION: u32 = 4;
/// The ranges are known and the address is in none.
pub const KST_POOL_REGION_OUTSIDE: u32 = 5;
/// All hold.
pub const KST_POOL_RULE_NONE: u32 = 0;
/// The first block has a previous size (bug check 0x19 class 6).
pub const KST_POOL_RULE_FIRST_PREVIOUS: u32 = 1;
/// A block has no size (class 8).
pub const KST_POOL_RULE_ZERO_SIZE: u32 = 2;
/// A block leaves its page (class 9).
pub const KST_POOL_RULE_LEAVES_PAGE: u32 = 3;
/// Previous size is not the size of the block before (class 5).
pub const KST_POOL_RULE_PREVIOUS_DIFFERS: u32 = 4;
/// Previous size is zero inside the page (class 7).
pub const KST_POOL_RULE_NO_PREDECESSOR: u32 = 5;
/// The header is not in the memory at hand.
pub const KST_POOL_RULE_UNREADABLE: u32 = 6;
/// Segment heap: headers do not form a chain; heap metadata decides.
pub const KST_POOL_RULE_NO_CHAIN: u32 = 7;
/// No allocation: free, or not pool.
pub const KST_POOL_KIND_NONE: u32 = 0;
/// An entry of the large-allocation table.
pub const KST_POOL_KIND_LARGE: u32 = 1;
/// A block of a classic page.
pub const KST_POOL_KIND_CLASSIC: u32 = 2;
/// Special pool.
pub const KST_POOL_KIND_SPECIAL: u32 = 3;
/// Segment heap, variable-size chunk.
pub const KST_POOL_KIND_VS: u32 = 4;
/// Segment heap, low-fragmentation block.
pub const KST_POOL_KIND_LFH: u32 = 5;
/// Segment heap, a page range or a large allocation of the heap.
pub const KST_POOL_KIND_HEAP_LARGE: u32 = 6;
/// The evidence does not close; candidates may be given.
pub const KST_POOL_KIND_INCONSISTENT: u32 = 7;
/// There is none.
pub const KST_HEAP_KEY_UNKNOWN: u32 = 0;
/// Read from RtlpHpHeapGlobals.
pub const KST_HEAP_KEY_SYMBOLS: u32 = 1;
/// Voted for by chunks and segments in memory, without a symbol.
pub const KST_HEAP_KEY_RECOVERED: u32 = 2;
/// Free.
pub const KST_HEAP_RANGE_FREE: u32 = 0;
/// Behind the first descriptor of an allocated range.
pub const KST_HEAP_RANGE_CONTINUATION: u32 = 1;
/// One allocation of whole units.
pub const KST_HEAP_RANGE_BACKEND: u32 = 2;
/// An LFH subsegment.
pub const KST_HEAP_RANGE_LFH: u32 = 3;
/// A VS subsegment.
pub const KST_HEAP_RANGE_VS: u32 = 4;
/// Flags that mean nothing known.
pub const KST_HEAP_RANGE_UNKNOWN: u32 = 5;
/// All bits zero: the VAD decides.
pub const KST_PTE_ZERO: u32 = 0;
/// The hardware translates through it.
pub const KST_PTE_VALID: u32 = 1;
/// Not valid, the page is still in memory.
pub const KST_PTE_TRANSITION: u32 = 2;
/// Points to a prototype entry.
pub const KST_PTE_PROTOTYPE: u32 = 3;
/// The prototype entry is found through the VAD.
pub const KST_PTE_PROTOTYPE_VAD: u32 = 4;
/// In a prototype array: the page is in a file.
pub const KST_PTE_SUBSECTION: u32 = 5;
/// In a page file.
pub const KST_PTE_PAGE_FILE: u32 = 6;
/// A zeroed page is made on first use.
pub const KST_PTE_DEMAND_ZERO: u32 = 7;
/// No access.
pub const KST_PTE_NO_ACCESS: u32 = 8;
/// Decommitted.
pub const KST_PTE_DECOMMITTED: u32 = 9;
/// The entry itself is not in the memory at hand.
pub const KST_PTE_UNREADABLE: u32 = 10;
/// None of these.
pub const KST_PTE_UNKNOWN: u32 = 11;
/// Not in memory and not in a page file.
pub const KST_PTE_READ_NONE: u32 = 0;
/// As the processor does.
pub const KST_PTE_READ_HARDWARE: u32 = 1;
/// By its page frame: the page is still in memory.
pub const KST_PTE_READ_TRANSITION: u32 = 2;
/// Through a prototype entry.
pub const KST_PTE_READ_PROTOTYPE: u32 = 3;
/// From a page file.
pub const KST_PTE_READ_PAGE_FILE: u32 = 4;
/// On the list of zeroed pages.
pub const KST_PFN_ZEROED: u32 = 0;
/// On the list of free pages.
pub const KST_PFN_FREE: u32 = 1;
/// On a standby list: kept, and free if needed.
pub const KST_PFN_STANDBY: u32 = 2;
/// On the modified list: to be written.
pub const KST_PFN_MODIFIED: u32 = 3;
/// On the list of modified pages that must not be written yet.
pub const KST_PFN_MODIFIED_NO_WRITE: u32 = 4;
/// On the list of bad pages.
pub const KST_PFN_BAD: u32 = 5;
/// In use.
pub const KST_PFN_ACTIVE: u32 = 6;
/// Between two states: I/O in progress, or in use without a normal owner.
pub const KST_PFN_TRANSITION: u32 = 7;
/// Not known.
pub const KST_PFN_USE_UNKNOWN: u32 = 0;
/// Nothing: zeroed, free or bad.
pub const KST_PFN_USE_NONE: u32 = 1;
/// A page of a mapped file or image: its prototype entry names a subsection.
pub const KST_PFN_USE_FILE: u32 = 2;
/// A page of a section that the page file backs.
pub const KST_PFN_USE_SHARED: u32 = 3;
/// A page table.
pub const KST_PFN_USE_PAGE_TABLE: u32 = 4;
/// Private memory of a process.
pub const KST_PFN_USE_PROCESS: u32 = 5;
/// Memory of the system: pool, stacks, drivers, cache.
pub const KST_PFN_USE_SYSTEM: u32 = 6;
/// Backed by the page file.
pub const KST_SECTION_PAGEFILE: u32 = 0;
/// A data file.
pub const KST_SECTION_DATA: u32 = 1;
/// An image.
pub const KST_SECTION_IMAGE: u32 = 2;
/// Physical memory.
pub const KST_SECTION_PHYSICAL: u32 = 3;
/// Pages of physical memory.
pub const KST_MEMORY_PHYSICAL: u32 = 0;
/// Zeroed, free and standby pages.
pub const KST_MEMORY_AVAILABLE: u32 = 1;
/// Pages that could still be made resident for good.
pub const KST_MEMORY_RESIDENT_AVAILABLE: u32 = 2;
/// On the list of zeroed pages.
pub const KST_MEMORY_ZEROED: u32 = 3;
/// On the list of free pages.
pub const KST_MEMORY_FREE: u32 = 4;
/// On the standby lists of all priorities.
pub const KST_MEMORY_STANDBY: u32 = 5;
/// On the modified list.
pub const KST_MEMORY_MODIFIED: u32 = 6;
/// On the modified no-write list.
pub const KST_MEMORY_MODIFIED_NO_WRITE: u32 = 7;
/// Committed pages.
pub const KST_MEMORY_COMMITTED: u32 = 8;
/// Limit of committed pages.
pub const KST_MEMORY_COMMIT_LIMIT: u32 = 9;
/// Most pages ever committed.
pub const KST_MEMORY_COMMIT_PEAK: u32 = 10;
/// Committed for shared memory.
pub const KST_MEMORY_SHARED_COMMIT: u32 = 11;
/// Committed for processes.
pub const KST_MEMORY_PROCESS_COMMIT: u32 = 12;
/// Committed for drivers.
pub const KST_MEMORY_DRIVER_COMMIT: u32 = 13;
/// Committed for paged pool.
pub const KST_MEMORY_PAGED_POOL_COMMIT: u32 = 14;
/// Number of page files.
pub const KST_MEMORY_PAGING_FILES: u32 = 15;
/// Bytes of nonpaged pool at most.
pub const KST_MEMORY_NONPAGED_POOL_MAXIMUM: u32 = 16;
/// Bytes of paged pool at most.
pub const KST_MEMORY_PAGED_POOL_SIZE: u32 = 17;
/// Lowest page frame number.
pub const KST_MEMORY_LOWEST_PAGE: u32 = 18;
/// Highest page frame number.
pub const KST_MEMORY_HIGHEST_PAGE: u32 = 19;
/// Entries that system mappings can still take.
pub const KST_MEMORY_FREE_SYSTEM_PTES: u32 = 20;
/// Modified pages that belong into a page file.
pub const KST_MEMORY_MODIFIED_PAGE_FILE: u32 = 21;
/// Nonpaged pool in use.
pub const KST_MEMORY_NONPAGED_POOL: u32 = 22;
/// Paged pool in use.
pub const KST_MEMORY_PAGED_POOL: u32 = 23;
/// How many there are in this version.
pub const KST_MEMORY_COUNT: u32 = 24;
/// CmRegisterCallback: the vector before Vista, the list from Vista on.
pub const KST_CALLBACK_REGISTRY: u32 = 0;
/// PsSetCreateProcessNotifyRoutine.
pub const KST_CALLBACK_PROCESS: u32 = 1;
/// PsSetCreateThreadNotifyRoutine.
pub const KST_CALLBACK_THREAD: u32 = 2;
/// PsSetLoadImageNotifyRoutine.
pub const KST_CALLBACK_IMAGE: u32 = 3;
/// ObRegisterCallbacks, on process, thread and desktop objects.
pub const KST_CALLBACK_OBJECT: u32 = 4;
/// KeRegisterBugCheckCallback and KeRegisterBugCheckReasonCallback.
pub const KST_CALLBACK_BUGCHECK: u32 = 5;
/// Pool allocations and frees.
pub const KST_VERIFIER_POOL: u32 = 128;
/// IoCallDriver, IoCompleteRequest, IoCancelIrp.
pub const KST_VERIFIER_IRP: u32 = 256;
/// KeEnterCriticalRegion, KeLeaveCriticalRegion.
pub const KST_VERIFIER_CRITICAL_REGION: u32 = 512;
/// The symbols that would tell are not known.
pub const KST_VERIFIER_UNKNOWN: u32 = 0;
/// A critical region was entered.
pub const KST_VERIFIER_ENTER: u32 = 1;
/// A critical region was left.
pub const KST_VERIFIER_LEAVE: u32 = 2;
/// Version of this header; the build takes the project's version from these three lines.
pub const KST_VERSION_MAJOR: u32 = 0;
/// As `KST_VERSION_MAJOR`.
pub const KST_VERSION_MINOR: u32 = 9;
/// As `KST_VERSION_MAJOR`.
pub const KST_VERSION_PATCH: u32 = 0;
/// The back link of an element does not point to its predecessor.
pub const KST_WALK_ANOMALY_BACK_LINK: u64 = 0x1;
/// The number of elements differs from the number that the target keeps.
pub const KST_WALK_ANOMALY_COUNT: u64 = 0x2;
/// A length or count from the target was cut to a sane bound.
pub const KST_WALK_ANOMALY_CLAMPED: u64 = 0x4;
/// An element could not be read and was stepped over.
pub const KST_WALK_ANOMALY_SKIPPED: u64 = 0x8;
/// Kernel virtual addresses: the half of the address space that all processes share.
pub const KST_SPACE_KERNEL: kst_space = 0;
/// Guest-physical addresses.
pub const KST_SPACE_PHYSICAL: kst_space = u64::MAX;
/// The host reads physical memory only; the library translates (the target then needs its paging mode and DTB).
pub const KST_READER_PHYSICAL_ONLY: u32 = 0x1;
/// The host answers calls from several threads at once; without it, callers must not share the target between threads.
pub const KST_READER_THREAD_SAFE: u32 = 0x2;
/// The revision was not known, or not one that was seen (or the image is the 5-level-paging kernel, and the table is of its twin); of several candidates the best fitting one was taken.
pub const KST_LAYOUT_ANOMALY_REVISION_GUESSED: u64 = 0x1;
/// No table for this build: only members that are known for every kernel of its identity are there.
pub const KST_LAYOUT_ANOMALY_PARTIAL: u64 = 0x2;
/// A value of the debugger data block contradicts the table; the block's value was taken.
pub const KST_LAYOUT_ANOMALY_BLOCK_DIFFERS: u64 = 0x4;
/// No table for this width of PTE (PAE or not): members whose place depends on it were left out.
pub const KST_LAYOUT_ANOMALY_PAE_REDUCED: u64 = 0x8;
/// `arch` is valid.
pub const KST_IDENTITY_HAS_ARCH: u64 = 0x1;
/// `paging` is valid.
pub const KST_IDENTITY_HAS_PAGING: u64 = 0x2;
/// `build` is valid.
pub const KST_IDENTITY_HAS_BUILD: u64 = 0x4;
/// `revision` is valid.
pub const KST_IDENTITY_HAS_REVISION: u64 = 0x8;
/// `processors` is valid.
pub const KST_IDENTITY_HAS_PROCESSORS: u64 = 0x10;
/// `time_date_stamp` is valid.
pub const KST_IDENTITY_HAS_TIME_DATE_STAMP: u64 = 0x20;
/// `size_of_image` is valid.
pub const KST_IDENTITY_HAS_SIZE_OF_IMAGE: u64 = 0x40;
/// `dtb` is valid.
pub const KST_IDENTITY_HAS_DTB: u64 = 0x80;
/// `kernel_base` is valid.
pub const KST_IDENTITY_HAS_KERNEL_BASE: u64 = 0x100;
/// `debugger_data` is valid.
pub const KST_IDENTITY_HAS_DEBUGGER_DATA: u64 = 0x200;
/// `loaded_modules` is valid.
pub const KST_IDENTITY_HAS_LOADED_MODULES: u64 = 0x400;
/// `active_processes` is valid.
pub const KST_IDENTITY_HAS_ACTIVE_PROCESSES: u64 = 0x800;
/// `pfn_database` is valid.
pub const KST_IDENTITY_HAS_PFN_DATABASE: u64 = 0x1000;
/// `kpcr` is valid.
pub const KST_IDENTITY_HAS_KPCR: u64 = 0x2000;
/// More than one directory table base fits; the best one was taken.
pub const KST_IDENTITY_ANOMALY_DTB_GUESSED: u64 = 0x1;
/// The debugger data block is encoded and could not be decoded.
pub const KST_IDENTITY_ANOMALY_BLOCK_ENCODED: u64 = 0x2;
/// Time stamp and size of the kernel image belong to more than one version.
pub const KST_IDENTITY_ANOMALY_REVISION_AMBIGUOUS: u64 = 0x4;
/// Header fields contradict what the memory shows; the memory was believed.
pub const KST_IDENTITY_ANOMALY_HEADER_DIFFERS: u64 = 0x8;
/// Translate as the hardware does: do not follow transition, prototype and page-file entries.
pub const KST_TARGET_HARDWARE_ONLY: u32 = 0x1;
/// `invalid_pte_mask` is given (0 included).
pub const KST_TARGET_HAS_PTE_MASK: u32 = 0x2;
/// `dump_type` is valid.
pub const KST_DUMP_HAS_TYPE: u64 = 0x1;
/// `bugcheck_code`, `bugcheck_parameters` are valid.
pub const KST_DUMP_HAS_BUGCHECK: u64 = 0x2;
/// `system_time` is valid.
pub const KST_DUMP_HAS_SYSTEM_TIME: u64 = 0x4;
/// `up_time` is valid.
pub const KST_DUMP_HAS_UP_TIME: u64 = 0x8;
/// `product_type` is valid.
pub const KST_DUMP_HAS_PRODUCT: u64 = 0x10;
/// `suite_mask` is valid.
pub const KST_DUMP_HAS_SUITE: u64 = 0x20;
/// `secondary_offset` is valid.
pub const KST_DUMP_HAS_SECONDARY: u64 = 0x40;
/// The file ends before its last page or piece.
pub const KST_DUMP_ANOMALY_TRUNCATED: u64 = 0x1;
/// Header type and layout disagree; the layout was believed.
pub const KST_DUMP_ANOMALY_TYPE_DIFFERS: u64 = 0x2;
/// Runs overlap with other bytes of the file, or pieces of a triage dump with different bytes; the first one wins.
pub const KST_DUMP_ANOMALY_OVERLAP: u64 = 0x4;
/// A count or an offset points beyond the file and was cut.
pub const KST_DUMP_ANOMALY_CLAMPED: u64 = 0x8;
/// A total in the header differs from what the map says; the map was believed.
pub const KST_DUMP_ANOMALY_COUNT_DIFFERS: u64 = 0x10;
/// The triage end mark is missing.
pub const KST_DUMP_ANOMALY_NO_END_MARK: u64 = 0x20;
/// The kernel's base in the block is not page aligned or not a kernel address.
pub const KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE: u64 = 0x1;
/// The list of blocks has more than this one entry, or is broken.
pub const KST_DEBUGGER_DATA_ANOMALY_LIST: u64 = 0x2;
/// Fewer bytes are at hand than the block's Size.
pub const KST_DEBUGGER_DATA_ANOMALY_TRUNCATED: u64 = 0x4;
/// The block is larger than this version knows; its tail was left out.
pub const KST_DEBUGGER_DATA_ANOMALY_NEWER: u64 = 0x8;
/// The block was encoded and has been decoded with the kernel's keys.
pub const KST_DEBUGGER_DATA_ANOMALY_ENCODED: u64 = 0x10;
/// The type records end inside a record or hold one that is not sound: later types are missing.
pub const KST_PDB_ANOMALY_TYPES_CUT: u64 = 0x1;
/// The symbol records end inside a record or hold one that is not sound: later symbols are missing.
pub const KST_PDB_ANOMALY_SYMBOLS_CUT: u64 = 0x2;
/// A stream that the file names has blocks outside the file: what it describes is missing.
pub const KST_PDB_ANOMALY_STREAM_LOST: u64 = 0x4;
/// The sections or the address map are missing or not sound: no symbol has an address.
pub const KST_PDB_ANOMALY_NO_ADDRESSES: u64 = 0x8;
/// Members guid, age, machine and pdb_name of `kst_isf_info` are there.
pub const KST_ISF_HAS_IDENTITY: u64 = 0x1;
/// `machine`, `time_date_stamp` and `size_of_image` are valid.
pub const KST_IMAGE_HAS_HEADER: u64 = 0x1;
/// `pdb_guid` and `pdb_age` are valid.
pub const KST_IMAGE_HAS_PDB: u64 = 0x2;
/// `pdb_name` is valid.
pub const KST_IMAGE_HAS_NAME: u64 = 0x4;
/// The debug directory, or what it names, lies outside the image.
pub const KST_IMAGE_ANOMALY_RANGE: u64 = 0x1;
/// The debug directory states more entries than are sane; the first ones were looked at.
pub const KST_IMAGE_ANOMALY_CLAMPED: u64 = 0x2;
/// The name of the PDB does not end, or is longer than its array, and was cut.
pub const KST_IMAGE_ANOMALY_NAME_CUT: u64 = 0x4;
/// `code` and `flags` are valid.
pub const KST_EXCEPTION_HAS_CODE: u64 = 0x1;
/// `exception_address` and `next` are valid.
pub const KST_EXCEPTION_HAS_ADDRESS: u64 = 0x2;
/// `information_count` and so many of `information` are valid.
pub const KST_EXCEPTION_HAS_INFORMATION: u64 = 0x4;
/// NumberParameters is above 15 and was cut.
pub const KST_EXCEPTION_ANOMALY_COUNT: u64 = 0x1;
/// The record's bytes are the fill pattern of a dump header: nothing was written there.
pub const KST_EXCEPTION_ANOMALY_FILL: u64 = 0x2;
/// `context_flags` is valid.
pub const KST_CONTEXT_HAS_FLAGS: u64 = 0x1;
/// `ip`, `sp`, `eflags` (and where the architecture says so `fp`, `cs`, `ss`).
pub const KST_CONTEXT_HAS_CONTROL: u64 = 0x2;
/// `gpr` is valid but for registers of the control group.
pub const KST_CONTEXT_HAS_INTEGER: u64 = 0x4;
/// `ds`, `es`, `fs`, `gs` are valid.
pub const KST_CONTEXT_HAS_SEGMENTS: u64 = 0x8;
/// ContextFlags does not name the architecture; nothing else was taken.
pub const KST_CONTEXT_ANOMALY_ARCH: u64 = 0x1;
/// `number` is valid.
pub const KST_PROCESSOR_HAS_NUMBER: u64 = 0x1;
/// `kpcr` is valid.
pub const KST_PROCESSOR_HAS_KPCR: u64 = 0x2;
/// `current_thread` is valid.
pub const KST_PROCESSOR_HAS_CURRENT_THREAD: u64 = 0x4;
/// `next_thread` is valid.
pub const KST_PROCESSOR_HAS_NEXT_THREAD: u64 = 0x8;
/// `idle_thread` is valid.
pub const KST_PROCESSOR_HAS_IDLE_THREAD: u64 = 0x10;
/// `dpc_stack` is valid.
pub const KST_PROCESSOR_HAS_DPC_STACK: u64 = 0x20;
/// `isr_stack` is valid.
pub const KST_PROCESSOR_HAS_ISR_STACK: u64 = 0x40;
/// `exception_stack` is valid.
pub const KST_PROCESSOR_HAS_EXCEPTION_STACK: u64 = 0x80;
/// `saved_rsp` is valid.
pub const KST_PROCESSOR_HAS_SAVED_RSP: u64 = 0x100;
/// `dpc_thread` is valid.
pub const KST_PROCESSOR_HAS_DPC_THREAD: u64 = 0x200;
/// `context_ip`, `context_sp`, `context_bp` are valid.
pub const KST_PROCESSOR_HAS_CONTEXT: u64 = 0x400;
/// `dpc_routine_active` is valid.
pub const KST_PROCESSOR_HAS_DPC_ACTIVE: u64 = 0x800;
/// `irql` is valid.
pub const KST_PROCESSOR_HAS_IRQL: u64 = 0x1000;
/// `tss` is valid.
pub const KST_PROCESSOR_HAS_TSS: u64 = 0x2000;
/// Number differs from the slot that the KPRCB was found in.
pub const KST_PROCESSOR_ANOMALY_NUMBER: u64 = 0x1;
/// KPCR.Self does not point to the KPCR.
pub const KST_PROCESSOR_ANOMALY_SELF: u64 = 0x2;
/// A thread pointer is not a kernel address.
pub const KST_PROCESSOR_ANOMALY_THREAD: u64 = 0x4;
/// `first`, `last` are valid.
pub const KST_DPC_QUEUE_HAS_LIST: u64 = 0x1;
/// `depth` is valid.
pub const KST_DPC_QUEUE_HAS_DEPTH: u64 = 0x2;
/// `count` is valid.
pub const KST_DPC_QUEUE_HAS_COUNT: u64 = 0x4;
/// `active` is valid.
pub const KST_DPC_QUEUE_HAS_ACTIVE: u64 = 0x8;
/// `lock` is valid.
pub const KST_DPC_QUEUE_HAS_LOCK: u64 = 0x10;
/// `long_dpc_present` is valid.
pub const KST_DPC_QUEUE_HAS_LONG: u64 = 0x20;
/// `processor` is valid.
pub const KST_DPC_QUEUE_HAS_PROCESSOR: u64 = 0x40;
/// The list is empty and the depth is not 0, or the other way round.
pub const KST_DPC_QUEUE_ANOMALY_DEPTH: u64 = 0x1;
/// Only one of the two ends of the list is empty.
pub const KST_DPC_QUEUE_ANOMALY_ENDS: u64 = 0x2;
/// `type`, `kind` are valid.
pub const KST_DPC_HAS_TYPE: u64 = 0x1;
/// `routine` is valid.
pub const KST_DPC_HAS_ROUTINE: u64 = 0x2;
/// `context` is valid.
pub const KST_DPC_HAS_CONTEXT: u64 = 0x4;
/// `arguments` is valid.
pub const KST_DPC_HAS_ARGUMENTS: u64 = 0x8;
/// `dpc_data` is valid.
pub const KST_DPC_HAS_DPC_DATA: u64 = 0x10;
/// `processor_history` is valid.
pub const KST_DPC_HAS_HISTORY: u64 = 0x20;
/// `importance` is valid.
pub const KST_DPC_HAS_IMPORTANCE: u64 = 0x40;
/// `number` is valid.
pub const KST_DPC_HAS_NUMBER: u64 = 0x80;
/// The type is none of a DPC.
pub const KST_DPC_ANOMALY_TYPE: u64 = 0x1;
/// DpcData says that it is not queued, though it is in a queue.
pub const KST_DPC_ANOMALY_NOT_QUEUED: u64 = 0x2;
/// The routine is not a kernel address.
pub const KST_DPC_ANOMALY_ROUTINE: u64 = 0x4;
/// A threaded DPC in the normal queue, or the other way round.
pub const KST_DPC_ANOMALY_WRONG_QUEUE: u64 = 0x8;
/// `processor` is valid.
pub const KST_TIMER_HAS_PROCESSOR: u64 = 0x1;
/// `due_time` is valid.
pub const KST_TIMER_HAS_DUE_TIME: u64 = 0x2;
/// `dpc` is valid.
pub const KST_TIMER_HAS_DPC: u64 = 0x4;
/// `period` is valid.
pub const KST_TIMER_HAS_PERIOD: u64 = 0x8;
/// The DPC pointer is encoded and the keys (KiWaitNever, KiWaitAlways) are not known.
pub const KST_TIMER_ANOMALY_DPC_ENCODED: u64 = 0x1;
/// The DPC pointer is no kernel address, and left out.
pub const KST_TIMER_ANOMALY_DPC: u64 = 0x2;
/// `processor` is valid.
pub const KST_STACK_LINK_HAS_PROCESSOR: u64 = 0x1;
/// `thread` is valid.
pub const KST_STACK_LINK_HAS_THREAD: u64 = 0x2;
/// `ip` is valid.
pub const KST_STACK_LINK_HAS_IP: u64 = 0x4;
/// `bp` is valid.
pub const KST_STACK_LINK_HAS_BP: u64 = 0x8;
/// `low`, `high` are valid.
pub const KST_STACK_LINK_HAS_LIMITS: u64 = 0x10;
/// The instruction pointer is no kernel address; in user mode, where the stack pointer is none either, that is right.
pub const KST_STACK_LINK_ANOMALY_IP: u64 = 0x1;
/// The position of a saved value rests on an inference, not on a documented or measured frame of this build.
pub const KST_STACK_LINK_ANOMALY_INFERRED: u64 = 0x2;
/// DPCs are retired on the idle thread's own stack: no switch.
pub const KST_STACK_LINK_NOTE_IDLE: u32 = 0x1;
/// The current thread is the one that runs threaded DPCs: no switch.
pub const KST_STACK_LINK_NOTE_DPC_THREAD: u32 = 0x2;
/// `pid` is valid.
pub const KST_PROCESS_HAS_PID: u64 = 0x1;
/// `parent_pid` is valid.
pub const KST_PROCESS_HAS_PARENT_PID: u64 = 0x2;
/// `name` is valid.
pub const KST_PROCESS_HAS_NAME: u64 = 0x4;
/// `dtb` is valid.
pub const KST_PROCESS_HAS_DTB: u64 = 0x8;
/// `user_dtb` is valid.
pub const KST_PROCESS_HAS_USER_DTB: u64 = 0x10;
/// `peb` is valid.
pub const KST_PROCESS_HAS_PEB: u64 = 0x20;
/// `wow64_process` is valid.
pub const KST_PROCESS_HAS_WOW64: u64 = 0x40;
/// `wow64_peb` is valid.
pub const KST_PROCESS_HAS_WOW64_PEB: u64 = 0x80;
/// `handle_table` is valid.
pub const KST_PROCESS_HAS_HANDLE_TABLE: u64 = 0x100;
/// `handles` is valid.
pub const KST_PROCESS_HAS_HANDLES: u64 = 0x200;
/// `threads` is valid.
pub const KST_PROCESS_HAS_THREADS: u64 = 0x400;
/// `create_time` is valid.
pub const KST_PROCESS_HAS_CREATE_TIME: u64 = 0x800;
/// `exit_time` is valid.
pub const KST_PROCESS_HAS_EXIT_TIME: u64 = 0x1000;
/// `exit_status` is valid.
pub const KST_PROCESS_HAS_EXIT_STATUS: u64 = 0x2000;
/// `token` is valid.
pub const KST_PROCESS_HAS_TOKEN: u64 = 0x4000;
/// `session` is valid.
pub const KST_PROCESS_HAS_SESSION: u64 = 0x8000;
/// `session_id` is valid.
pub const KST_PROCESS_HAS_SESSION_ID: u64 = 0x10000;
/// `section` is valid.
pub const KST_PROCESS_HAS_SECTION: u64 = 0x20000;
/// `section_base` is valid.
pub const KST_PROCESS_HAS_SECTION_BASE: u64 = 0x40000;
/// `vad_root` is valid.
pub const KST_PROCESS_HAS_VAD_ROOT: u64 = 0x80000;
/// `flags` is valid.
pub const KST_PROCESS_HAS_FLAGS: u64 = 0x100000;
/// `protection` is valid.
pub const KST_PROCESS_HAS_PROTECTION: u64 = 0x200000;
/// `KST_PROCESS_IS_SECURE` is known.
pub const KST_PROCESS_HAS_SECURE: u64 = 0x400000;
/// `KST_PROCESS_IS_MINIMAL` is known.
pub const KST_PROCESS_HAS_MINIMAL: u64 = 0x800000;
/// `KST_PROCESS_IS_EXITING` and …_DELETED are known.
pub const KST_PROCESS_HAS_EXITING: u64 = 0x1000000;
/// `base_priority` is valid.
pub const KST_PROCESS_HAS_BASE_PRIORITY: u64 = 0x2000000;
/// `kernel_time` is valid.
pub const KST_PROCESS_HAS_KERNEL_TIME: u64 = 0x4000000;
/// `user_time` is valid.
pub const KST_PROCESS_HAS_USER_TIME: u64 = 0x8000000;
/// `file_object` is valid.
pub const KST_PROCESS_HAS_FILE_OBJECT: u64 = 0x10000000;
/// `audit_name` is valid.
pub const KST_PROCESS_HAS_AUDIT_NAME: u64 = 0x20000000;
/// `path`, `path_bytes` are valid.
pub const KST_PROCESS_HAS_PATH: u64 = 0x40000000;
/// `trustlet_identity` is valid.
pub const KST_PROCESS_HAS_TRUSTLET: u64 = 0x80000000;
/// `secure_state` is valid.
pub const KST_PROCESS_HAS_SECURE_STATE: u64 = 0x100000000;
/// `wow64_machine` is valid.
pub const KST_PROCESS_HAS_WOW64_MACHINE: u64 = 0x200000000;
/// Flags: ProcessExiting or ProcessDelete (termination was asked for), or an exit time. Its memory may all be there.
pub const KST_PROCESS_IS_EXITING: u64 = 0x1;
/// The address space is gone. Flags: VmDeleted; where that is not known, ProcessDelete with an exit time.
pub const KST_PROCESS_IS_DELETED: u64 = 0x2;
/// A minimal process: no PEB, no ntdll (8.1 and later).
pub const KST_PROCESS_IS_MINIMAL: u64 = 0x4;
/// It has a part in VTL 1 (a trustlet).
pub const KST_PROCESS_IS_SECURE: u64 = 0x8;
/// A 32-bit process on a 64-bit kernel.
pub const KST_PROCESS_IS_WOW64: u64 = 0x10;
/// The process id is no multiple of 4, or beyond 32 bits.
pub const KST_PROCESS_ANOMALY_PID: u64 = 0x1;
/// The directory table base is 0 or has bits that no mode allows.
pub const KST_PROCESS_ANOMALY_DTB: u64 = 0x2;
/// The PEB is not at a user address.
pub const KST_PROCESS_ANOMALY_PEB: u64 = 0x4;
/// The image name holds bytes that no name has.
pub const KST_PROCESS_ANOMALY_NAME: u64 = 0x8;
/// Exited before it was created.
pub const KST_PROCESS_ANOMALY_TIMES: u64 = 0x10;
/// The path was cut, or is not sound UTF-16.
pub const KST_PROCESS_ANOMALY_PATH: u64 = 0x20;
/// The 32-bit PEB is not in the low 4 GiB.
pub const KST_PROCESS_ANOMALY_WOW64_PEB: u64 = 0x40;
/// SecureState is set without its lowest bit.
pub const KST_PROCESS_ANOMALY_SECURE_STATE: u64 = 0x80;
/// Found elsewhere, but not on PsActiveProcessHead.
pub const KST_PROCESS_ANOMALY_NOT_LISTED: u64 = 0x100;
/// On PsActiveProcessHead, but not in PspCidTable.
pub const KST_PROCESS_ANOMALY_NOT_IN_CID_TABLE: u64 = 0x200;
/// KPROCESS.ProcessListEntry is not linked with its neighbours.
pub const KST_PROCESS_ANOMALY_NOT_IN_KERNEL_LIST: u64 = 0x400;
/// No directory table base was found, or the one stored maps nothing: its user memory cannot be read.
pub const KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE: u64 = 0x800;
/// Known elsewhere, but not on the list of all objects of type Process, where the kernel keeps one.
pub const KST_PROCESS_ANOMALY_NOT_IN_OBJECT_LIST: u64 = 0x1000;
/// Linked with its neighbours on the list of active processes.
pub const KST_PROCESS_SOURCE_LIST: u64 = 0x1;
/// The same of KPROCESS.ProcessListEntry (2003 SP1 and later).
pub const KST_PROCESS_SOURCE_KERNEL_LIST: u64 = 0x2;
/// PspCidTable has it under its process id.
pub const KST_PROCESS_SOURCE_CID_TABLE: u64 = 0x4;
/// Linked with its neighbours on the list of all objects of its type, which few kernels keep (`otl`, NtGlobalFlag).
pub const KST_PROCESS_SOURCE_OBJECT_LIST: u64 = 0x8;
/// `state` is valid.
pub const KST_THREAD_HAS_STATE: u64 = 0x1;
/// `pid` is valid.
pub const KST_THREAD_HAS_PID: u64 = 0x2;
/// `tid` is valid.
pub const KST_THREAD_HAS_TID: u64 = 0x4;
/// `process` is valid.
pub const KST_THREAD_HAS_PROCESS: u64 = 0x8;
/// `attached_process` is valid.
pub const KST_THREAD_HAS_ATTACHED: u64 = 0x10;
/// `start` is valid.
pub const KST_THREAD_HAS_START: u64 = 0x20;
/// `win32_start` is valid.
pub const KST_THREAD_HAS_WIN32_START: u64 = 0x40;
/// `initial_stack` is valid.
pub const KST_THREAD_HAS_INITIAL_STACK: u64 = 0x80;
/// `stack_base` is valid.
pub const KST_THREAD_HAS_STACK_BASE: u64 = 0x100;
/// `stack_limit` is valid.
pub const KST_THREAD_HAS_STACK_LIMIT: u64 = 0x200;
/// `kernel_stack` is valid.
pub const KST_THREAD_HAS_KERNEL_STACK: u64 = 0x400;
/// `teb` is valid.
pub const KST_THREAD_HAS_TEB: u64 = 0x800;
/// `user_stack_base`, `user_stack_limit` are valid.
pub const KST_THREAD_HAS_USER_STACK: u64 = 0x1000;
/// `trap_frame` is valid.
pub const KST_THREAD_HAS_TRAP_FRAME: u64 = 0x2000;
/// `win32_thread` is valid.
pub const KST_THREAD_HAS_WIN32_THREAD: u64 = 0x4000;
/// `create_time` is valid.
pub const KST_THREAD_HAS_CREATE_TIME: u64 = 0x8000;
/// `exit_time` is valid: it has exited.
pub const KST_THREAD_HAS_EXIT_TIME: u64 = 0x10000;
/// `wait_reason` is valid.
pub const KST_THREAD_HAS_WAIT_REASON: u64 = 0x20000;
/// `wait_mode` is valid.
pub const KST_THREAD_HAS_WAIT_MODE: u64 = 0x40000;
/// `wait_irql` is valid.
pub const KST_THREAD_HAS_WAIT_IRQL: u64 = 0x80000;
/// `wait_time` is valid.
pub const KST_THREAD_HAS_WAIT_TIME: u64 = 0x100000;
/// `context_switches` is valid.
pub const KST_THREAD_HAS_CONTEXT_SWITCHES: u64 = 0x200000;
/// `next_processor` is valid.
pub const KST_THREAD_HAS_NEXT_PROCESSOR: u64 = 0x400000;
/// `priority` is valid.
pub const KST_THREAD_HAS_PRIORITY: u64 = 0x800000;
/// `base_priority` is valid.
pub const KST_THREAD_HAS_BASE_PRIORITY: u64 = 0x1000000;
/// `flags` is valid.
pub const KST_THREAD_HAS_FLAGS: u64 = 0x2000000;
/// `exit_status` is valid: it has exited.
pub const KST_THREAD_HAS_EXIT_STATUS: u64 = 0x4000000;
/// `kernel_time` is valid.
pub const KST_THREAD_HAS_KERNEL_TIME: u64 = 0x8000000;
/// `user_time` is valid.
pub const KST_THREAD_HAS_USER_TIME: u64 = 0x10000000;
/// `secure_cookie` is valid.
pub const KST_THREAD_HAS_SECURE_COOKIE: u64 = 0x20000000;
/// `name_address` is valid.
pub const KST_THREAD_HAS_NAME_ADDRESS: u64 = 0x40000000;
/// `name` is valid.
pub const KST_THREAD_HAS_NAME: u64 = 0x80000000;
/// It was told to end (CrossThreadFlags: Terminated), or has exited.
pub const KST_THREAD_IS_TERMINATED: u64 = 0x1;
/// A system thread.
pub const KST_THREAD_IS_SYSTEM: u64 = 0x2;
/// It has a part in VTL 1.
pub const KST_THREAD_IS_SECURE: u64 = 0x4;
/// On a processor now: `kernel_stack` is stale.
pub const KST_THREAD_IS_RUNNING: u64 = 0x8;
/// Its kernel stack is paged out.
pub const KST_THREAD_IS_STACK_OUT: u64 = 0x10;
/// It uses the address space of another process than its own.
pub const KST_THREAD_IS_ATTACHED: u64 = 0x20;
/// The stack pointer is outside of the stack, or base and limit contradict each other.
pub const KST_THREAD_ANOMALY_STACK: u64 = 0x1;
/// The state is none of the known ones.
pub const KST_THREAD_ANOMALY_STATE: u64 = 0x2;
/// The wait reason is none of the known ones.
pub const KST_THREAD_ANOMALY_WAIT_REASON: u64 = 0x4;
/// The thread id is no multiple of 4, or beyond 32 bits.
pub const KST_THREAD_ANOMALY_TID: u64 = 0x8;
/// The TEB is not at a user address.
pub const KST_THREAD_ANOMALY_TEB: u64 = 0x10;
/// It says that another process owns it than the one on whose list it is.
pub const KST_THREAD_ANOMALY_OWNER: u64 = 0x20;
/// KTHREAD.ThreadListEntry is not linked with its neighbours, though the thread has not terminated.
pub const KST_THREAD_ANOMALY_NOT_IN_KERNEL_LIST: u64 = 0x40;
/// The name was cut, or is not sound UTF-16.
pub const KST_THREAD_ANOMALY_NAME: u64 = 0x80;
/// `inherited_address_space`, `read_image_file_exec_options`, `being_debugged` are valid.
pub const KST_PEB_HAS_FLAG_BYTES: u64 = 0x1;
/// `bit_field`, `flags` are valid.
pub const KST_PEB_HAS_BIT_FIELD: u64 = 0x2;
/// `image_base` is valid.
pub const KST_PEB_HAS_IMAGE_BASE: u64 = 0x4;
/// `ldr` is valid.
pub const KST_PEB_HAS_LDR: u64 = 0x8;
/// `parameters` is valid.
pub const KST_PEB_HAS_PARAMETERS: u64 = 0x10;
/// `subsystem_data` is valid.
pub const KST_PEB_HAS_SUBSYSTEM_DATA: u64 = 0x20;
/// `process_heap` is valid.
pub const KST_PEB_HAS_PROCESS_HEAP: u64 = 0x40;
/// `process_heaps` is valid.
pub const KST_PEB_HAS_PROCESS_HEAPS: u64 = 0x80;
/// `cross_process_flags` is valid.
pub const KST_PEB_HAS_CROSS_PROCESS_FLAGS: u64 = 0x100;
/// `nt_global_flag` is valid.
pub const KST_PEB_HAS_NT_GLOBAL_FLAG: u64 = 0x200;
/// `processors` is valid.
pub const KST_PEB_HAS_PROCESSORS: u64 = 0x400;
/// `heaps` is valid.
pub const KST_PEB_HAS_HEAPS: u64 = 0x800;
/// `os_major` is valid.
pub const KST_PEB_HAS_OS_MAJOR: u64 = 0x1000;
/// `os_minor` is valid.
pub const KST_PEB_HAS_OS_MINOR: u64 = 0x2000;
/// `os_build` is valid.
pub const KST_PEB_HAS_OS_BUILD: u64 = 0x4000;
/// `os_service_pack` is valid.
pub const KST_PEB_HAS_OS_SERVICE_PACK: u64 = 0x8000;
/// `os_platform` is valid.
pub const KST_PEB_HAS_OS_PLATFORM: u64 = 0x10000;
/// `image_subsystem` is valid.
pub const KST_PEB_HAS_IMAGE_SUBSYSTEM: u64 = 0x20000;
/// `session_id` is valid.
pub const KST_PEB_HAS_SESSION_ID: u64 = 0x40000;
/// `csd_version` is valid.
pub const KST_PEB_HAS_CSD_VERSION: u64 = 0x80000;
/// `ldr_length` is valid.
pub const KST_PEB_HAS_LDR_LENGTH: u64 = 0x100000;
/// `ldr_initialized` is valid.
pub const KST_PEB_HAS_LDR_INITIALIZED: u64 = 0x200000;
/// `load_first`, `load_last` are valid.
pub const KST_PEB_HAS_LOAD_LIST: u64 = 0x400000;
/// `memory_first`, `memory_last` are valid.
pub const KST_PEB_HAS_MEMORY_LIST: u64 = 0x800000;
/// `init_first`, `init_last` are valid.
pub const KST_PEB_HAS_INIT_LIST: u64 = 0x1000000;
/// `entry_in_progress` is valid.
pub const KST_PEB_HAS_ENTRY_IN_PROGRESS: u64 = 0x2000000;
/// `shutdown_in_progress` is valid.
pub const KST_PEB_HAS_SHUTDOWN: u64 = 0x4000000;
/// ImageUsesLargePages.
pub const KST_PEB_IS_LARGE_PAGES: u32 = 0x1;
/// IsProtectedProcess.
pub const KST_PEB_IS_PROTECTED: u32 = 0x2;
/// IsLegacyProcess (Vista, 7).
pub const KST_PEB_IS_LEGACY: u32 = 0x4;
/// IsImageDynamicallyRelocated.
pub const KST_PEB_IS_RELOCATED: u32 = 0x8;
/// SkipPatchingUser32Forwarders.
pub const KST_PEB_IS_SKIP_PATCHING: u32 = 0x10;
/// IsPackagedProcess.
pub const KST_PEB_IS_PACKAGED: u32 = 0x20;
/// IsAppContainer.
pub const KST_PEB_IS_APP_CONTAINER: u32 = 0x40;
/// IsProtectedProcessLight.
pub const KST_PEB_IS_PROTECTED_LIGHT: u32 = 0x80;
/// IsLongPathAwareProcess.
pub const KST_PEB_IS_LONG_PATH_AWARE: u32 = 0x100;
/// A pointer in the PEB or the loader data leads out of user space.
pub const KST_PEB_ANOMALY_POINTER: u64 = 0x1;
/// The PEB itself is not at a user address.
pub const KST_PEB_ANOMALY_ADDRESS: u64 = 0x2;
/// The length of the loader data is none that a version has.
pub const KST_PEB_ANOMALY_LDR_LENGTH: u64 = 0x4;
/// `flags` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_FLAGS: u64 = 0x1;
/// `maximum_length`, `length` are valid.
pub const KST_PROCESS_PARAMETERS_HAS_LENGTHS: u64 = 0x2;
/// `environment` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT: u64 = 0x4;
/// `environment_size` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT_SIZE: u64 = 0x8;
/// `console_handle`, `standard_input`, `standard_output`, `standard_error` are valid.
pub const KST_PROCESS_PARAMETERS_HAS_HANDLES: u64 = 0x10;
/// `current_directory`, its handle are valid.
pub const KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY: u64 = 0x20;
/// `dll_path` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_DLL_PATH: u64 = 0x40;
/// `image_path` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_IMAGE_PATH: u64 = 0x80;
/// `command_line` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_COMMAND_LINE: u64 = 0x100;
/// `window_title` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_WINDOW_TITLE: u64 = 0x200;
/// `desktop_info` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_DESKTOP_INFO: u64 = 0x400;
/// `shell_info` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_SHELL_INFO: u64 = 0x800;
/// `runtime_data` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_RUNTIME_DATA: u64 = 0x1000;
/// `window_flags` is valid.
pub const KST_PROCESS_PARAMETERS_HAS_WINDOW_FLAGS: u64 = 0x2000;
/// A string's length is odd, beyond its maximum, or set without a buffer.
pub const KST_PROCESS_PARAMETERS_ANOMALY_STRING: u64 = 0x1;
/// A pointer leads out of user space.
pub const KST_PROCESS_PARAMETERS_ANOMALY_POINTER: u64 = 0x2;
/// Not normalised: pointers were offsets and have been added to the block's address.
pub const KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED: u64 = 0x4;
/// A text was cut because the buffer is too small; `needed_out` says what is needed.
pub const KST_TEXT_CUT: u32 = 0x1;
/// The text is not sound UTF-16; U+FFFD stands where it is not.
pub const KST_TEXT_UNSOUND: u32 = 0x2;
/// Part of the text is not in the memory at hand.
pub const KST_TEXT_PARTIAL: u32 = 0x4;
/// `base` is valid.
pub const KST_USER_MODULE_HAS_BASE: u64 = 0x1;
/// `size_of_image` is valid.
pub const KST_USER_MODULE_HAS_SIZE: u64 = 0x2;
/// `name` is valid.
pub const KST_USER_MODULE_HAS_NAME: u64 = 0x4;
/// `path` is valid.
pub const KST_USER_MODULE_HAS_PATH: u64 = 0x8;
/// `entry_point` is valid.
pub const KST_USER_MODULE_HAS_ENTRY_POINT: u64 = 0x10;
/// `time_date_stamp` is valid.
pub const KST_USER_MODULE_HAS_STAMP: u64 = 0x20;
/// `flags` is valid.
pub const KST_USER_MODULE_HAS_FLAGS: u64 = 0x40;
/// `load_count` is valid.
pub const KST_USER_MODULE_HAS_LOAD_COUNT: u64 = 0x80;
/// `tls_index` is valid.
pub const KST_USER_MODULE_HAS_TLS_INDEX: u64 = 0x100;
/// `original_base` is valid.
pub const KST_USER_MODULE_HAS_ORIGINAL_BASE: u64 = 0x200;
/// `load_time` is valid.
pub const KST_USER_MODULE_HAS_LOAD_TIME: u64 = 0x400;
/// `load_reason` is valid.
pub const KST_USER_MODULE_HAS_LOAD_REASON: u64 = 0x800;
/// `name_text` is valid.
pub const KST_USER_MODULE_HAS_NAME_TEXT: u64 = 0x1000;
/// `path_text` is valid.
pub const KST_USER_MODULE_HAS_PATH_TEXT: u64 = 0x2000;
/// A name is longer than its array and was cut.
pub const KST_USER_MODULE_ANOMALY_NAME_CUT: u64 = 0x1;
/// A name is not sound: odd length, length beyond its maximum, broken UTF-16.
pub const KST_USER_MODULE_ANOMALY_NAME: u64 = 0x2;
/// Base or size is not page aligned, or they leave user space.
pub const KST_USER_MODULE_ANOMALY_RANGE: u64 = 0x4;
/// A pointer of the entry leads out of user space.
pub const KST_USER_MODULE_ANOMALY_POINTER: u64 = 0x8;
/// Not linked in load order.
pub const KST_USER_MODULE_ANOMALY_NOT_IN_LOAD_ORDER: u64 = 0x10;
/// Not linked in memory order.
pub const KST_USER_MODULE_ANOMALY_NOT_IN_MEMORY_ORDER: u64 = 0x20;
/// The entry point lies outside of the image.
pub const KST_USER_MODULE_ANOMALY_ENTRY_POINT: u64 = 0x40;
/// The back link does not lead to the entry before.
pub const KST_USER_MODULE_ANOMALY_BACK_LINK: u64 = 0x80;
/// `base` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_BASE: u64 = 0x1;
/// `size_of_image` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_SIZE: u64 = 0x2;
/// `sequence` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_SEQUENCE: u64 = 0x4;
/// `time_date_stamp` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_STAMP: u64 = 0x8;
/// `checksum` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_CHECKSUM: u64 = 0x10;
/// `name` is valid.
pub const KST_UNLOADED_USER_MODULE_HAS_NAME: u64 = 0x20;
/// The name is not sound UTF-16.
pub const KST_UNLOADED_USER_MODULE_ANOMALY_NAME: u64 = 0x1;
/// The base is not at a user address, or not page aligned.
pub const KST_UNLOADED_USER_MODULE_ANOMALY_RANGE: u64 = 0x2;
/// The record is not in the slot that its sequence number gives.
pub const KST_UNLOADED_USER_MODULE_ANOMALY_SLOT: u64 = 0x4;
/// `start`, `end` are valid.
pub const KST_VAD_HAS_RANGE: u64 = 0x1;
/// `flags` is valid.
pub const KST_VAD_HAS_FLAGS: u64 = 0x2;
/// `kind` is valid.
pub const KST_VAD_HAS_KIND: u64 = 0x4;
/// `protection` is valid.
pub const KST_VAD_HAS_PROTECTION: u64 = 0x8;
/// `private_memory` is valid.
pub const KST_VAD_HAS_PRIVATE: u64 = 0x10;
/// `commit` is valid; not where all ones say: not charged.
pub const KST_VAD_HAS_COMMIT: u64 = 0x20;
/// `control_area` is valid.
pub const KST_VAD_HAS_CONTROL_AREA: u64 = 0x40;
/// `file_object` is valid.
pub const KST_VAD_HAS_FILE_OBJECT: u64 = 0x80;
/// `path` is valid.
pub const KST_VAD_HAS_PATH: u64 = 0x100;
/// The range is empty, or not in user space.
pub const KST_VAD_ANOMALY_RANGE: u64 = 0x1;
/// It overlaps the range before it, or comes before it.
pub const KST_VAD_ANOMALY_ORDER: u64 = 0x2;
/// The path was cut, or is not sound UTF-16.
pub const KST_VAD_ANOMALY_PATH: u64 = 0x4;
/// `pointer_count` is valid.
pub const KST_OBJECT_HAS_POINTER_COUNT: u64 = 0x1;
/// `handle_count` is valid.
pub const KST_OBJECT_HAS_HANDLE_COUNT: u64 = 0x2;
/// `flags` is valid.
pub const KST_OBJECT_HAS_FLAGS: u64 = 0x4;
/// `type` is valid.
pub const KST_OBJECT_HAS_TYPE: u64 = 0x8;
/// `stored_type_index` is valid.
pub const KST_OBJECT_HAS_STORED_INDEX: u64 = 0x10;
/// `type_index` is valid.
pub const KST_OBJECT_HAS_TYPE_INDEX: u64 = 0x20;
/// `info_mask` is valid.
pub const KST_OBJECT_HAS_INFO_MASK: u64 = 0x40;
/// `infos` and `info_address` are valid.
pub const KST_OBJECT_HAS_INFOS: u64 = 0x80;
/// `create_info` is valid.
pub const KST_OBJECT_HAS_CREATE_INFO: u64 = 0x100;
/// `security_descriptor` and `security_references` are valid.
pub const KST_OBJECT_HAS_SECURITY: u64 = 0x200;
/// `creator_pid` is valid.
pub const KST_OBJECT_HAS_CREATOR_PID: u64 = 0x400;
/// `type_list_flink` and `type_list_blink` are valid.
pub const KST_OBJECT_HAS_TYPE_LIST: u64 = 0x800;
/// `creator_backtrace` is valid.
pub const KST_OBJECT_HAS_BACKTRACE: u64 = 0x1000;
/// `directory` is valid.
pub const KST_OBJECT_HAS_DIRECTORY: u64 = 0x2000;
/// `name_buffer`, `name_length` and `name_maximum` are valid.
pub const KST_OBJECT_HAS_NAME_STRING: u64 = 0x4000;
/// `name_references` is valid.
pub const KST_OBJECT_HAS_NAME_REFERENCES: u64 = 0x8000;
/// `paged_charge` and `nonpaged_charge` are valid.
pub const KST_OBJECT_HAS_QUOTA: u64 = 0x10000;
/// `handle_info` is valid.
pub const KST_OBJECT_HAS_HANDLE_INFO: u64 = 0x20000;
/// `handle_info_count` is valid.
pub const KST_OBJECT_HAS_HANDLE_INFO_COUNT: u64 = 0x40000;
/// `exclusive_process` is valid.
pub const KST_OBJECT_HAS_EXCLUSIVE: u64 = 0x80000;
/// `padding` is valid.
pub const KST_OBJECT_HAS_PADDING: u64 = 0x100000;
/// `audit_descriptor` is valid.
pub const KST_OBJECT_HAS_AUDIT: u64 = 0x200000;
/// `footer` is valid.
pub const KST_OBJECT_HAS_FOOTER: u64 = 0x400000;
/// `type_name` is valid.
pub const KST_OBJECT_HAS_TYPE_NAME: u64 = 0x800000;
/// `name` is valid: the object has a name and it could be read.
pub const KST_OBJECT_HAS_NAME: u64 = 0x1000000;
/// The header is not aligned to two pointers.
pub const KST_OBJECT_ANOMALY_UNALIGNED: u64 = 0x1;
/// InfoMask has a bit whose header is not known here.
pub const KST_OBJECT_ANOMALY_INFO_UNKNOWN: u64 = 0x2;
/// An offset byte (up to Vista) points into the header's neighbour or is not a multiple of four.
pub const KST_OBJECT_ANOMALY_INFO_OFFSET: u64 = 0x4;
/// PaddingAmount exceeds a page and was cut.
pub const KST_OBJECT_ANOMALY_PADDING: u64 = 0x8;
/// The name's length is odd, or exceeds its buffer.
pub const KST_OBJECT_ANOMALY_NAME_LENGTH: u64 = 0x10;
/// The name does not fit `name`, or is not sound UTF-16.
pub const KST_OBJECT_ANOMALY_NAME_CUT: u64 = 0x20;
/// A count is negative, or there are more handles than references.
pub const KST_OBJECT_ANOMALY_COUNTS: u64 = 0x40;
/// The type index needs the header cookie, or it is not known whether it does, and the cookie is not known.
pub const KST_OBJECT_ANOMALY_COOKIE_UNKNOWN: u64 = 0x80;
/// The type index is beyond the type table, or its slot is empty.
pub const KST_OBJECT_ANOMALY_TYPE_INDEX: u64 = 0x100;
/// What should be the type is no object of type Type.
pub const KST_OBJECT_ANOMALY_NOT_A_TYPE: u64 = 0x200;
/// The neighbours in the list of the type do not point back.
pub const KST_OBJECT_ANOMALY_BACK_LINK: u64 = 0x400;
/// In the list of a type, but of another type.
pub const KST_OBJECT_ANOMALY_OTHER_TYPE: u64 = 0x800;
/// In the list of a type, but its header says it has no creator header.
pub const KST_OBJECT_ANOMALY_NO_CREATOR: u64 = 0x1000;
/// `_OBJECT_HEADER_CREATOR_INFO`; `info_address[0]`.
pub const KST_OBJECT_INFO_CREATOR: u32 = 0x1;
/// `_OBJECT_HEADER_NAME_INFO`; `info_address[1]`.
pub const KST_OBJECT_INFO_NAME: u32 = 0x2;
/// `_OBJECT_HEADER_HANDLE_INFO`; `info_address[2]`.
pub const KST_OBJECT_INFO_HANDLE: u32 = 0x4;
/// `_OBJECT_HEADER_QUOTA_INFO`; `info_address[3]`.
pub const KST_OBJECT_INFO_QUOTA: u32 = 0x8;
/// `_OBJECT_HEADER_PROCESS_INFO`; `info_address[4]`.
pub const KST_OBJECT_INFO_PROCESS: u32 = 0x10;
/// `_OBJECT_HEADER_PADDING_INFO`; `info_address[5]`.
pub const KST_OBJECT_INFO_PADDING: u32 = 0x20;
/// `_OBJECT_HEADER_AUDIT_INFO`; `info_address[6]`.
pub const KST_OBJECT_INFO_AUDIT: u32 = 0x40;
/// `_OBJECT_HEADER_EXTENDED_INFO`, in 10240 and 10586 `_OBJECT_HEADER_HANDLE_REVOCATION_INFO`; `info_address[7]`.
pub const KST_OBJECT_INFO_EXTENDED: u32 = 0x80;
/// `device` is valid.
pub const KST_OBJECT_BODY_HAS_DEVICE: u64 = 0x1;
/// `driver` is valid.
pub const KST_OBJECT_BODY_HAS_DRIVER: u64 = 0x2;
/// `file` is valid.
pub const KST_OBJECT_BODY_HAS_FILE: u64 = 0x4;
/// `start` is valid.
pub const KST_OBJECT_BODY_HAS_START: u64 = 0x8;
/// `id` is valid.
pub const KST_OBJECT_BODY_HAS_ID: u64 = 0x10;
/// `pid` is valid.
pub const KST_OBJECT_BODY_HAS_PID: u64 = 0x20;
/// `flags` is valid.
pub const KST_OBJECT_BODY_HAS_FLAGS: u64 = 0x40;
/// `device_name` is valid.
pub const KST_OBJECT_BODY_HAS_DEVICE_NAME: u64 = 0x80;
/// `name` is valid.
pub const KST_OBJECT_BODY_HAS_NAME: u64 = 0x100;
/// The body's own signature is not that of its type: nothing of it was believed.
pub const KST_OBJECT_BODY_ANOMALY_SIGNATURE: u64 = 0x1;
/// The name does not fit `name`, or is not sound text.
pub const KST_OBJECT_BODY_ANOMALY_NAME_CUT: u64 = 0x2;
/// The key's parents do not end: the path's front is left out.
pub const KST_OBJECT_BODY_ANOMALY_PARENTS: u64 = 0x4;
/// What it names (a file's device, a section's file) lacks the signature of its type: nothing of that one was believed.
pub const KST_OBJECT_BODY_ANOMALY_REFERENCE: u64 = 0x8;
/// `list_head`, `list_flink` and `list_blink` are valid.
pub const KST_OBJECT_TYPE_HAS_LIST: u64 = 0x1;
/// `name_buffer`, `name_length` and `name_maximum` are valid.
pub const KST_OBJECT_TYPE_HAS_NAME_STRING: u64 = 0x2;
/// `default_object` is valid.
pub const KST_OBJECT_TYPE_HAS_DEFAULT: u64 = 0x4;
/// `index` is valid.
pub const KST_OBJECT_TYPE_HAS_INDEX: u64 = 0x8;
/// `objects` is valid.
pub const KST_OBJECT_TYPE_HAS_OBJECTS: u64 = 0x10;
/// `handles` is valid.
pub const KST_OBJECT_TYPE_HAS_HANDLES: u64 = 0x20;
/// `high_objects` and `high_handles` are valid.
pub const KST_OBJECT_TYPE_HAS_HIGH: u64 = 0x40;
/// `key` is valid.
pub const KST_OBJECT_TYPE_HAS_KEY: u64 = 0x80;
/// `flags` is valid.
pub const KST_OBJECT_TYPE_HAS_FLAGS: u64 = 0x100;
/// `valid_access` is valid.
pub const KST_OBJECT_TYPE_HAS_VALID_ACCESS: u64 = 0x200;
/// `pool_type` is valid.
pub const KST_OBJECT_TYPE_HAS_POOL_TYPE: u64 = 0x400;
/// `callback_head` and `callback_flink` are valid.
pub const KST_OBJECT_TYPE_HAS_CALLBACKS: u64 = 0x800;
/// `name` is valid.
pub const KST_OBJECT_TYPE_HAS_NAME: u64 = 0x1000;
/// Names are compared without case.
pub const KST_OBJECT_TYPE_CASE_INSENSITIVE: u32 = 0x1;
/// Objects have no names.
pub const KST_OBJECT_TYPE_UNNAMED_ONLY: u32 = 0x2;
/// Waits use a default object.
pub const KST_OBJECT_TYPE_USE_DEFAULT: u32 = 0x4;
/// Every object has a security descriptor.
pub const KST_OBJECT_TYPE_SECURITY_REQUIRED: u32 = 0x8;
/// Handles are counted per process.
pub const KST_OBJECT_TYPE_MAINTAIN_HANDLES: u32 = 0x10;
/// Every object is linked at TypeList.
pub const KST_OBJECT_TYPE_MAINTAIN_LIST: u32 = 0x20;
/// Callbacks may be registered (Vista SP1 and later).
pub const KST_OBJECT_TYPE_CALLBACKS: u32 = 0x40;
/// Objects are aligned to cache lines (8.1 and later).
pub const KST_OBJECT_TYPE_CACHE_ALIGNED: u32 = 0x80;
/// The name's length is odd, or exceeds its buffer, or its text cannot be shown whole.
pub const KST_OBJECT_TYPE_ANOMALY_NAME: u64 = 0x1;
/// Index is not the slot of the type table that leads here.
pub const KST_OBJECT_TYPE_ANOMALY_INDEX: u64 = 0x2;
/// One link of TypeList leads to its head, the other does not.
pub const KST_OBJECT_TYPE_ANOMALY_LIST: u64 = 0x4;
/// Its own header does not say that it is an object of type Type.
pub const KST_OBJECT_TYPE_ANOMALY_NOT_A_TYPE: u64 = 0x8;
/// A high-water mark is below the number it is the mark of.
pub const KST_OBJECT_TYPE_ANOMALY_COUNTS: u64 = 0x10;
/// Walk from the last object to the first, by the back links.
pub const KST_OBJECTS_BACKWARDS: u32 = 0x1;
/// `table` and `levels` are valid.
pub const KST_HANDLE_TABLE_HAS_TABLE: u64 = 0x1;
/// `process` is valid.
pub const KST_HANDLE_TABLE_HAS_PROCESS: u64 = 0x2;
/// `pid` is valid.
pub const KST_HANDLE_TABLE_HAS_PID: u64 = 0x4;
/// `list_entry` is valid.
pub const KST_HANDLE_TABLE_HAS_LIST: u64 = 0x8;
/// `handles` is valid.
pub const KST_HANDLE_TABLE_HAS_HANDLES: u64 = 0x10;
/// `flags` is valid.
pub const KST_HANDLE_TABLE_HAS_FLAGS: u64 = 0x20;
/// `limit` is valid.
pub const KST_HANDLE_TABLE_HAS_LIMIT: u64 = 0x40;
/// TableCode says three levels: there is no such table.
pub const KST_HANDLE_TABLE_ANOMALY_LEVELS: u64 = 0x1;
/// TableCode's address is none of the kernel, or, of fewer than two levels, not at the start of a page.
pub const KST_HANDLE_TABLE_ANOMALY_ADDRESS: u64 = 0x2;
/// HandleCount exceeds what a table can hold.
pub const KST_HANDLE_TABLE_ANOMALY_COUNT: u64 = 0x4;
/// `handle` is valid.
pub const KST_HANDLE_HAS_HANDLE: u64 = 0x1;
/// `header` and `body` are valid.
pub const KST_HANDLE_HAS_OBJECT: u64 = 0x2;
/// `access` is valid.
pub const KST_HANDLE_HAS_ACCESS: u64 = 0x4;
/// `attributes` is valid.
pub const KST_HANDLE_HAS_ATTRIBUTES: u64 = 0x8;
/// The pointer is none of the kernel, or not aligned.
pub const KST_HANDLE_ANOMALY_POINTER: u64 = 0x1;
/// Protected from close.
pub const KST_HANDLE_ATTRIBUTE_PROTECT: u32 = 0x1;
/// Inherited by child processes.
pub const KST_HANDLE_ATTRIBUTE_INHERIT: u32 = 0x2;
/// Closing it is audited.
pub const KST_HANDLE_ATTRIBUTE_AUDIT: u32 = 0x4;
/// NoRightsUpgrade (8.1 and later).
pub const KST_HANDLE_ATTRIBUTE_NO_RIGHTS_UPGRADE: u32 = 0x8;
/// The entries hold bodies, not headers, and handles are process and thread ids (PspCidTable).
pub const KST_HANDLES_CID: u32 = 0x1;
/// Deliver every entry, free ones too: `state` tells what each is.
pub const KST_HANDLES_ALL: u32 = 0x2;
/// `body` is valid.
pub const KST_DIRECTORY_ENTRY_HAS_OBJECT: u64 = 0x1;
/// `chain` is valid.
pub const KST_DIRECTORY_ENTRY_HAS_CHAIN: u64 = 0x2;
/// `hash` is valid.
pub const KST_DIRECTORY_ENTRY_HAS_HASH: u64 = 0x4;
/// The object's name header does not point back to the directory.
pub const KST_DIRECTORY_ENTRY_ANOMALY_PARENT: u64 = 0x1;
/// The hash does not belong into the bucket.
pub const KST_DIRECTORY_ENTRY_ANOMALY_BUCKET: u64 = 0x2;
/// A directory that was not entered: too deep, or one that contains itself.
pub const KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED: u64 = 0x4;
/// The object's pointer is none of the kernel.
pub const KST_DIRECTORY_ENTRY_ANOMALY_POINTER: u64 = 0x8;
/// Enter the directories that are met, each right after its own entry.
pub const KST_DIRECTORY_RECURSE: u32 = 0x1;
/// `block_size` and `previous_size` are valid.
pub const KST_POOL_HEADER_HAS_SIZES: u64 = 0x1;
/// `pool_index` is valid.
pub const KST_POOL_HEADER_HAS_POOL_INDEX: u64 = 0x2;
/// `pool_type` is valid.
pub const KST_POOL_HEADER_HAS_POOL_TYPE: u64 = 0x4;
/// `state` is valid.
pub const KST_POOL_HEADER_HAS_STATE: u64 = 0x8;
/// `base_type` is valid.
pub const KST_POOL_HEADER_HAS_BASE_TYPE: u64 = 0x10;
/// `tag`, `tag_text` and `protected_tag` are valid.
pub const KST_POOL_HEADER_HAS_TAG: u64 = 0x20;
/// `quota_raw` is valid: the block is charged to a process.
pub const KST_POOL_HEADER_HAS_QUOTA_RAW: u64 = 0x40;
/// `quota_process` is valid.
pub const KST_POOL_HEADER_HAS_QUOTA_PROCESS: u64 = 0x80;
/// The block leaves its page.
pub const KST_POOL_HEADER_ANOMALY_LEAVES_PAGE: u64 = 0x1;
/// BlockSize is zero.
pub const KST_POOL_HEADER_ANOMALY_ZERO_SIZE: u64 = 0x2;
/// PreviousSize points before the start of the page.
pub const KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE: u64 = 0x4;
/// The header does not lie at a multiple of the size unit.
pub const KST_POOL_HEADER_ANOMALY_MISALIGNED: u64 = 0x8;
/// The type byte is none that this generation stores.
pub const KST_POOL_HEADER_ANOMALY_POOL_TYPE: u64 = 0x10;
/// The tag has bytes that cannot be printed (legal, but rare).
pub const KST_POOL_HEADER_ANOMALY_TAG: u64 = 0x20;
/// Segment heap: the tag is the upper half of a kernel pointer, so a list link overwrote the header.
pub const KST_POOL_HEADER_ANOMALY_OVERWRITTEN: u64 = 0x40;
/// The block was found again after a contradiction (`KST_POOL_PAGE_RESYNC`), not by the chain from the page's start.
pub const KST_POOL_HEADER_ANOMALY_RESYNC: u64 = 0x80;
/// The block and the one before are both free: they should be one.
pub const KST_POOL_HEADER_ANOMALY_ADJACENT_FREE: u64 = 0x100;
/// Paged and nonpaged blocks in one page.
pub const KST_POOL_PAGE_ANOMALY_MIXED_KINDS: u64 = 0x1;
/// Two free blocks are neighbours (suspicious, not illegal).
pub const KST_POOL_PAGE_ANOMALY_ADJACENT_FREE: u64 = 0x2;
/// Blocks overwrite parts of each other's headers: more than one contradiction was met.
pub const KST_POOL_PAGE_ANOMALY_SEVERAL_BREAKS: u64 = 0x4;
/// Parts of the page are not in the memory at hand.
pub const KST_POOL_PAGE_ANOMALY_PARTIAL: u64 = 0x8;
/// The page carries the mark of a free page of nonpaged pool at its start (seen on NT 5.2 compatible systems).
pub const KST_POOL_PAGE_ANOMALY_FREE_PAGE: u64 = 0x10;
/// Behind a contradiction look for the next place from which the chain holds again; such blocks are marked.
pub const KST_POOL_PAGE_RESYNC: u32 = 0x1;
/// `address` and `state` are valid.
pub const KST_LARGE_ALLOCATION_HAS_ADDRESS: u64 = 0x1;
/// `bytes` is valid.
pub const KST_LARGE_ALLOCATION_HAS_BYTES: u64 = 0x2;
/// `tag`, `tag_text` and `protected_tag` are valid.
pub const KST_LARGE_ALLOCATION_HAS_TAG: u64 = 0x4;
/// `pool_type` and `region` are valid.
pub const KST_LARGE_ALLOCATION_HAS_POOL_TYPE: u64 = 0x8;
/// `executable` is valid.
pub const KST_LARGE_ALLOCATION_HAS_EXECUTABLE: u64 = 0x10;
/// `slush` and `pattern` are valid.
pub const KST_LARGE_ALLOCATION_HAS_SLUSH: u64 = 0x20;
/// `quota_raw` is valid.
pub const KST_LARGE_ALLOCATION_HAS_QUOTA_RAW: u64 = 0x40;
/// `quota_process` is valid.
pub const KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS: u64 = 0x80;
/// `index` is valid.
pub const KST_LARGE_ALLOCATION_HAS_INDEX: u64 = 0x100;
/// The address is not that of a page.
pub const KST_LARGE_ALLOCATION_ANOMALY_MISALIGNED: u64 = 0x1;
/// The address is not a kernel address.
pub const KST_LARGE_ALLOCATION_ANOMALY_NOT_KERNEL: u64 = 0x2;
/// The length is zero, absurd, or wraps around the address space.
pub const KST_LARGE_ALLOCATION_ANOMALY_LENGTH: u64 = 0x4;
/// Another live entry overlaps this one.
pub const KST_LARGE_ALLOCATION_ANOMALY_OVERLAP: u64 = 0x8;
/// The number of entries was absurd and was clamped.
pub const KST_LARGE_TABLE_ANOMALY_CLAMPED: u64 = 0x1;
/// The table is not at a page boundary.
pub const KST_LARGE_TABLE_ANOMALY_MISALIGNED: u64 = 0x2;
/// Pointer or size changed while the table was read (live memory).
pub const KST_LARGE_TABLE_ANOMALY_TORN: u64 = 0x4;
/// Parts of the table could not be read.
pub const KST_LARGE_TABLE_ANOMALY_PARTIAL: u64 = 0x8;
/// Live entries overlap each other.
pub const KST_LARGE_TABLE_ANOMALY_OVERLAP: u64 = 0x10;
/// The caller's memory was too small for all live entries.
pub const KST_LARGE_TABLE_ANOMALY_TRUNCATED: u64 = 0x20;
/// Leave out entries whose allocation was freed.
pub const KST_LARGE_LIVE_ONLY: u32 = 0x1;
/// `bytes`, `data`, `record`, `fill` and the flags are valid.
pub const KST_SPECIAL_POOL_HAS_RECORD: u64 = 0x1;
/// `tag` is valid.
pub const KST_SPECIAL_POOL_HAS_TAG: u64 = 0x2;
/// The fill bytes were compared.
pub const KST_SPECIAL_POOL_HAS_FILL: u64 = 0x4;
/// The size cannot be (bug check 0xC1 class 0x21).
pub const KST_SPECIAL_POOL_ANOMALY_SIZE: u64 = 0x1;
/// Bytes before the data differ from the fill byte (class 0x23).
pub const KST_SPECIAL_POOL_ANOMALY_BEFORE: u64 = 0x2;
/// Bytes after the data differ from the fill byte (class 0x24).
pub const KST_SPECIAL_POOL_ANOMALY_AFTER: u64 = 0x4;
/// `tag` is valid.
pub const KST_POOL_USAGE_HAS_TAG: u64 = 0x1;
/// The three nonpaged counters are valid.
pub const KST_POOL_USAGE_HAS_NONPAGED: u64 = 0x2;
/// The three paged counters are valid.
pub const KST_POOL_USAGE_HAS_PAGED: u64 = 0x4;
/// Some processor's table could not be read, and the counts are too small; or none has the tag, and no counter is present.
pub const KST_POOL_USAGE_ANOMALY_INCOMPLETE: u64 = 0x1;
/// More was freed than allocated.
pub const KST_POOL_USAGE_ANOMALY_NEGATIVE: u64 = 0x2;
/// The last slot: allocations of tags that found no slot.
pub const KST_POOL_USAGE_ANOMALY_OVERFLOW_SLOT: u64 = 0x4;
/// A processor's slot has another tag than the master table.
pub const KST_POOL_USAGE_ANOMALY_KEY_DIFFERS: u64 = 0x8;
/// `base`, `bytes` and `data` are valid.
pub const KST_POOL_VERDICT_HAS_EXTENT: u64 = 0x1;
/// `tag`, `tag_text` and `protected_tag` are valid.
pub const KST_POOL_VERDICT_HAS_TAG: u64 = 0x2;
/// `header` is valid.
pub const KST_POOL_VERDICT_HAS_HEADER: u64 = 0x4;
/// `pool_type` is valid.
pub const KST_POOL_VERDICT_HAS_POOL_TYPE: u64 = 0x8;
/// `process` is valid.
pub const KST_POOL_VERDICT_HAS_PROCESS: u64 = 0x10;
/// `container` is valid.
pub const KST_POOL_VERDICT_HAS_CONTAINER: u64 = 0x20;
/// `heap` is valid.
pub const KST_POOL_VERDICT_HAS_HEAP: u64 = 0x40;
/// `rule` and `rule_offset` are valid.
pub const KST_POOL_VERDICT_HAS_RULE: u64 = 0x80;
/// A live entry of the large-allocation table contains the address.
pub const KST_POOL_EVIDENCE_LARGE_ENTRY: u64 = 0x1;
/// The whole large-allocation table was read and no live entry contains the address.
pub const KST_POOL_EVIDENCE_NO_LARGE_ENTRY: u64 = 0x2;
/// The large-allocation table is not known or not readable: it could not be asked.
pub const KST_POOL_EVIDENCE_NO_LARGE_TABLE: u64 = 0x4;
/// Only parts of the large-allocation table could be read.
pub const KST_POOL_EVIDENCE_LARGE_TABLE_PARTIAL: u64 = 0x8;
/// A freed entry of the large-allocation table covers the address: history.
pub const KST_POOL_EVIDENCE_FREED_ENTRY: u64 = 0x10;
/// The address is in the unused tail of the last page of a large allocation.
pub const KST_POOL_EVIDENCE_LARGE_TAIL: u64 = 0x20;
/// The chain of headers closes over the whole page.
pub const KST_POOL_EVIDENCE_PAGE_CHAIN: u64 = 0x40;
/// The chain holds from the page's start over the block, but breaks behind it.
pub const KST_POOL_EVIDENCE_CHAIN_TO_BLOCK: u64 = 0x80;
/// Paged or nonpaged by its header, the block lies in the range where such blocks belong.
pub const KST_POOL_EVIDENCE_REGION_AGREES: u64 = 0x100;
/// The address is outside all known pool ranges.
pub const KST_POOL_EVIDENCE_OUTSIDE_RANGES: u64 = 0x200;
/// The page carries the mark of a free nonpaged page.
pub const KST_POOL_EVIDENCE_FREE_PAGE: u64 = 0x400;
/// The address is in the range of special pool.
pub const KST_POOL_EVIDENCE_SPECIAL_RANGE: u64 = 0x800;
/// Size, place and fill bytes are those of a special-pool page.
pub const KST_POOL_EVIDENCE_SPECIAL_PATTERN: u64 = 0x1000;
/// The page cannot be read.
pub const KST_POOL_EVIDENCE_UNREADABLE: u64 = 0x2000;
/// The signature of a heap's page segment decodes to a heap that exists.
pub const KST_POOL_EVIDENCE_SEGMENT: u64 = 0x4000;
/// The page range descriptor is one of an allocated range.
pub const KST_POOL_EVIDENCE_PAGE_RANGE: u64 = 0x8000;
/// The signature of the VS subsegment fits its size.
pub const KST_POOL_EVIDENCE_VS_SUBSEGMENT: u64 = 0x10000;
/// The chain of VS chunks holds from the subsegment's start over the block.
pub const KST_POOL_EVIDENCE_VS_CHAIN: u64 = 0x20000;
/// The VS chunk and its neighbours agree, but the subsegment's start is not at hand.
pub const KST_POOL_EVIDENCE_VS_NEIGHBOURS: u64 = 0x40000;
/// Block size and offsets of the LFH subsegment decode and fit its range.
pub const KST_POOL_EVIDENCE_LFH_SUBSEGMENT: u64 = 0x80000;
/// The LFH bitmap tells the state.
pub const KST_POOL_EVIDENCE_LFH_BITMAP: u64 = 0x100000;
/// The heap's tree of large allocations holds the address.
pub const KST_POOL_EVIDENCE_HEAP_TREE: u64 = 0x200000;
/// The POOL_HEADER's size agrees with the heap's metadata.
pub const KST_POOL_EVIDENCE_HEADER_AGREES: u64 = 0x400000;
/// The heap key came from the kernel's globals.
pub const KST_POOL_EVIDENCE_KEY_SYMBOLS: u64 = 0x800000;
/// The heap key was recovered from the memory itself.
pub const KST_POOL_EVIDENCE_KEY_RECOVERED: u64 = 0x1000000;
/// Without the heap's keys or types its metadata cannot be decoded.
pub const KST_POOL_EVIDENCE_NO_HEAP_METADATA: u64 = 0x2000000;
/// The free VS chunk holds a node of the tree of free chunks.
pub const KST_POOL_EVIDENCE_VS_FREE_NODE: u64 = 0x4000000;
/// The page begins with a segment heap's own header, whose first context names it: the address is no block.
pub const KST_POOL_EVIDENCE_HEAP_OBJECT: u64 = 0x8000000;
/// The block is free for its next user: it is on a processor's lookaside list. In some generations its header looks allocated nevertheless, and `state` says what the header says.
pub const KST_POOL_EVIDENCE_ON_LOOKASIDE: u64 = 0x10000000;
/// The header contradicts the region or the heap's metadata.
pub const KST_POOL_VERDICT_ANOMALY_HEADER_SUSPECT: u64 = 0x1;
/// The tag is what the last owner left: the block is free.
pub const KST_POOL_VERDICT_ANOMALY_STALE_TAG: u64 = 0x2;
/// Allocated by the heap's metadata, but a list link overwrote the header: on a lookaside list.
pub const KST_POOL_VERDICT_ANOMALY_LOOKASIDE: u64 = 0x4;
/// More than one live large entry contains the address; the nearest one was taken.
pub const KST_POOL_VERDICT_ANOMALY_OVERLAP: u64 = 0x8;
/// Paged and nonpaged blocks in one page.
pub const KST_POOL_VERDICT_ANOMALY_MIXED_KINDS: u64 = 0x10;
/// The page's chain breaks behind the block.
pub const KST_POOL_VERDICT_ANOMALY_PAGE_CORRUPT: u64 = 0x20;
/// The block has no size.
pub const KST_POOL_HIT_ZERO_SIZE: u64 = 0x1;
/// The block leaves its page.
pub const KST_POOL_HIT_LEAVES_PAGE: u64 = 0x2;
/// The previous size leaves the page, is zero inside of it, or (where no header follows in the page) is not the size of the block before; in the segment heap it is not zero.
pub const KST_POOL_HIT_PREVIOUS: u64 = 0x4;
/// The type byte is none that this generation stores.
pub const KST_POOL_HIT_POOL_TYPE: u64 = 0x8;
/// The next header, where it is in the same memory, has another previous size.
pub const KST_POOL_HIT_NEXT_DIFFERS: u64 = 0x10;
/// Report implausible hits too, with their reasons.
pub const KST_POOL_SCAN_ALL: u32 = 0x1;
/// Only a part of the memory was searched: the votes were clear, or the budget ended.
pub const KST_HEAP_KEY_ANOMALY_PARTIAL: u64 = 0x1;
/// Neighbouring chunks, or chunks and segments, contradict each other; bits that depend on them are left out.
pub const KST_HEAP_KEY_ANOMALY_CONTRADICTION: u64 = 0x2;
/// `state` is valid.
pub const KST_VS_CHUNK_HAS_STATE: u64 = 0x1;
/// `bytes` is valid.
pub const KST_VS_CHUNK_HAS_BYTES: u64 = 0x2;
/// `previous_bytes` is valid.
pub const KST_VS_CHUNK_HAS_PREVIOUS: u64 = 0x4;
/// `memory_cost` is valid.
pub const KST_VS_CHUNK_HAS_MEMORY_COST: u64 = 0x8;
/// `subsegment` is valid (allocated chunks only).
pub const KST_VS_CHUNK_HAS_SUBSEGMENT: u64 = 0x10;
/// `unused_bytes` is valid (allocated chunks only).
pub const KST_VS_CHUNK_HAS_UNUSED: u64 = 0x20;
/// The chunk has no size, or not even that of its header.
pub const KST_VS_CHUNK_ANOMALY_SIZE: u64 = 0x1;
/// The allocated mark is neither 0 nor 1.
pub const KST_VS_CHUNK_ANOMALY_ALLOCATED: u64 = 0x2;
/// An allocated chunk has a memory cost (never seen in real memory).
pub const KST_VS_CHUNK_ANOMALY_MEMORY_COST: u64 = 0x4;
/// Bits that no field uses are set.
pub const KST_VS_CHUNK_ANOMALY_SPARE: u64 = 0x8;
/// The address is no multiple of the size unit.
pub const KST_VS_CHUNK_ANOMALY_MISALIGNED: u64 = 0x10;
/// The chunk before has another size than this one remembers (found by walks).
pub const KST_VS_CHUNK_ANOMALY_PREVIOUS_DIFFERS: u64 = 0x20;
/// The chunk leaves its subsegment (found by walks).
pub const KST_VS_CHUNK_ANOMALY_LEAVES_SUBSEGMENT: u64 = 0x40;
/// The encoded page offset does not lead to the subsegment that holds the chunk (found by walks).
pub const KST_VS_CHUNK_ANOMALY_PAGE_OFFSET: u64 = 0x80;
/// Marked free, but everything else is that of an allocated chunk with its block (found by walks).
pub const KST_VS_CHUNK_ANOMALY_STATE: u64 = 0x100;
/// Signature and size contradict each other: this is no VS subsegment, or a damaged one.
pub const KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE: u64 = 0x1;
/// The size is not even that of the subsegment's own header.
pub const KST_VS_SUBSEGMENT_ANOMALY_SIZE: u64 = 0x2;
/// `block_bytes`, `first_block` and `plain` are valid.
pub const KST_LFH_SUBSEGMENT_HAS_OFFSETS: u64 = 0x1;
/// `block_count` is valid.
pub const KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT: u64 = 0x2;
/// `free_count` is valid.
pub const KST_LFH_SUBSEGMENT_HAS_FREE_COUNT: u64 = 0x4;
/// `bitmap` is valid.
pub const KST_LFH_SUBSEGMENT_HAS_BITMAP: u64 = 0x8;
/// `withheld_count` is valid.
pub const KST_LFH_SUBSEGMENT_HAS_WITHHELD: u64 = 0x10;
/// The size of blocks is none that the heap uses.
pub const KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_SIZE: u64 = 0x1;
/// The first block overlaps the bitmap, or does not lie at a multiple of the size unit.
pub const KST_LFH_SUBSEGMENT_ANOMALY_FIRST_BLOCK: u64 = 0x2;
/// The places of blocks do not fit into the range, or leave room for one more.
pub const KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_COUNT: u64 = 0x4;
/// More blocks are free than there are.
pub const KST_LFH_SUBSEGMENT_ANOMALY_FREE_COUNT: u64 = 0x8;
/// `context` is valid.
pub const KST_PAGE_SEGMENT_HAS_CONTEXT: u64 = 0x1;
/// `next` and `previous` are valid.
pub const KST_PAGE_SEGMENT_HAS_LINKS: u64 = 0x2;
/// The signature does not decode to an address that a segment context can have.
pub const KST_PAGE_SEGMENT_ANOMALY_SIGNATURE: u64 = 0x1;
/// The first descriptor of an allocated range lacks its signature.
pub const KST_HEAP_RANGE_ANOMALY_SIGNATURE: u64 = 0x1;
/// Flags that mean nothing known.
pub const KST_HEAP_RANGE_ANOMALY_FLAGS: u64 = 0x2;
/// A range without a length, or a continuation that leads nowhere.
pub const KST_HEAP_RANGE_ANOMALY_UNITS: u64 = 0x4;
/// No address or no pages, or the allocation wraps around the address space.
pub const KST_HEAP_LARGE_ANOMALY_EXTENT: u64 = 0x1;
/// `invalid_mask` is known (0 included).
pub const KST_PTE_CONTEXT_HAS_MASK: u32 = 0x1;
/// `highest_frame` is known.
pub const KST_PTE_CONTEXT_HAS_HIGHEST_FRAME: u32 = 0x2;
/// `paged_pool_start` is known.
pub const KST_PTE_CONTEXT_HAS_PAGED_POOL_START: u32 = 0x4;
/// `subsection_base` is known.
pub const KST_PTE_CONTEXT_HAS_SUBSECTION_BASE: u32 = 0x8;
/// `nonpaged_pool_end` is known.
pub const KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END: u32 = 0x10;
/// The entry stands in a prototype array (of a segment), not in a page table.
pub const KST_PTE_IN_PROTOTYPE_ARRAY: u32 = 0x1;
/// `frame` is valid.
pub const KST_PTE_HAS_FRAME: u64 = 0x1;
/// `protection` is valid.
pub const KST_PTE_HAS_PROTECTION: u64 = 0x2;
/// `proto_address` is valid.
pub const KST_PTE_HAS_PROTO_ADDRESS: u64 = 0x4;
/// `subsection` is valid.
pub const KST_PTE_HAS_SUBSECTION: u64 = 0x8;
/// `page_file_number`, `page_file_offset` are valid.
pub const KST_PTE_HAS_PAGE_FILE: u64 = 0x10;
/// `used_entries` is valid.
pub const KST_PTE_HAS_USED_ENTRIES: u64 = 0x20;
/// Valid.
pub const KST_PTE_BIT_VALID: u64 = 0x1;
/// The hardware lets writes pass (Vista and later: Dirty1).
pub const KST_PTE_BIT_WRITE: u64 = 0x2;
/// Owner: user mode may use it.
pub const KST_PTE_BIT_USER: u64 = 0x4;
/// Write-through.
pub const KST_PTE_BIT_WRITE_THROUGH: u64 = 0x8;
/// Not cached.
pub const KST_PTE_BIT_CACHE_DISABLE: u64 = 0x10;
/// Accessed.
pub const KST_PTE_BIT_ACCESSED: u64 = 0x20;
/// Dirty.
pub const KST_PTE_BIT_DIRTY: u64 = 0x40;
/// Maps a large page (never at level 1).
pub const KST_PTE_BIT_LARGE: u64 = 0x80;
/// Global.
pub const KST_PTE_BIT_GLOBAL: u64 = 0x100;
/// Copy on write.
pub const KST_PTE_BIT_COPY_ON_WRITE: u64 = 0x200;
/// Prototype.
pub const KST_PTE_BIT_PROTOTYPE: u64 = 0x400;
/// Valid entries: the page is writable, whatever the hardware bit says.
pub const KST_PTE_BIT_SOFTWARE_WRITE: u64 = 0x800;
/// No execute.
pub const KST_PTE_BIT_NO_EXECUTE: u64 = 0x1000;
/// Page attribute table bit.
pub const KST_PTE_BIT_PAT: u64 = 0x2000;
/// Transition.
pub const KST_PTE_BIT_TRANSITION: u64 = 0x4000;
/// SwizzleBit: stored as it is.
pub const KST_PTE_BIT_SWIZZLE: u64 = 0x8000;
/// Prototype pointer to a combined page.
pub const KST_PTE_BIT_COMBINED: u64 = 0x10000;
/// Prototype pointer: demand fill.
pub const KST_PTE_BIT_DEMAND_FILL: u64 = 0x20000;
/// Prototype pointer: HiberVerifyConverted.
pub const KST_PTE_BIT_HIBER_VERIFY: u64 = 0x40000;
/// Prototype pointer: read only.
pub const KST_PTE_BIT_READ_ONLY: u64 = 0x80000;
/// x86 before Vista: which pool the address is relative to.
pub const KST_PTE_BIT_WHICH_POOL: u64 = 0x100000;
/// The page is in the compression store.
pub const KST_PTE_BIT_IN_STORE: u64 = 0x200000;
/// PageFileReserved.
pub const KST_PTE_BIT_FILE_RESERVED: u64 = 0x400000;
/// PageFileAllocated.
pub const KST_PTE_BIT_FILE_ALLOCATED: u64 = 0x800000;
/// ColdPage.
pub const KST_PTE_BIT_COLD: u64 = 0x1000000;
/// ShadowStack.
pub const KST_PTE_BIT_SHADOW_STACK: u64 = 0x2000000;
/// OnStandbyLookaside.
pub const KST_PTE_BIT_LOOKASIDE: u64 = 0x4000000;
/// LocalPartition.
pub const KST_PTE_BIT_LOCAL_PARTITION: u64 = 0x8000000;
/// IoTracker.
pub const KST_PTE_BIT_IO_TRACKER: u64 = 0x10000000;
/// ExecutePrivilege.
pub const KST_PTE_BIT_EXECUTE_PRIVILEGE: u64 = 0x20000000;
/// ARM64: NonSecure.
pub const KST_PTE_BIT_NOT_SECURE: u64 = 0x40000000;
/// ARM64: contiguous hint.
pub const KST_PTE_BIT_CONTIGUOUS: u64 = 0x80000000;
/// No type information for entries: the newest known format of this paging mode was assumed.
pub const KST_PTE_ANOMALY_FORMAT_ASSUMED: u64 = 0x1;
/// The swizzle mask is not known and was assumed to be zero (or bit 45, where zero gives an impossible frame).
pub const KST_PTE_ANOMALY_MASK_ASSUMED: u64 = 0x2;
/// The page frame of a transition entry is above all memory; it is not given.
pub const KST_PTE_ANOMALY_FRAME_RANGE: u64 = 0x4;
/// Bits that must be zero are set.
pub const KST_PTE_ANOMALY_RESERVED: u64 = 0x8;
/// A prototype or subsection pointer is no aligned kernel address.
pub const KST_PTE_ANOMALY_BAD_POINTER: u64 = 0x10;
/// Looks like a free system entry (a list link), which outside of such ranges means nothing.
pub const KST_PTE_ANOMALY_LIST_LINK: u64 = 0x20;
/// `physical` is valid: the byte is in physical memory.
pub const KST_TRANSLATION_HAS_PHYSICAL: u64 = 0x1;
/// `proto_address` is valid.
pub const KST_TRANSLATION_HAS_PROTO: u64 = 0x2;
/// `page_file_number`, `page_file_offset` are valid.
pub const KST_TRANSLATION_HAS_PAGE_FILE: u64 = 0x4;
/// `proto_entry` and `proto_state` are valid.
pub const KST_TRANSLATION_HAS_PROTO_ENTRY: u64 = 0x8;
/// `subsection` is valid.
pub const KST_TRANSLATION_HAS_SUBSECTION: u64 = 0x10;
/// `protection` is valid.
pub const KST_TRANSLATION_HAS_PROTECTION: u64 = 0x20;
/// `breakpoint_owed` is valid: every entry that decides was at hand.
pub const KST_TRANSLATION_HAS_BREAKPOINT: u64 = 0x40;
/// The page frame of a transition entry is above all memory, also with the swizzle mask applied.
pub const KST_TRANSLATION_ANOMALY_FRAME_RANGE: u64 = 0x1;
/// An upper-level entry was not valid in hardware and was followed as a transition entry.
pub const KST_TRANSLATION_ANOMALY_UPPER_TRANSITION: u64 = 0x2;
/// The page of a prototype entry is itself reached through a prototype entry; it was not followed.
pub const KST_TRANSLATION_ANOMALY_PROTO_CHAIN: u64 = 0x4;
/// Bits that must be zero are set.
pub const KST_TRANSLATION_ANOMALY_RESERVED: u64 = 0x8;
/// The swizzle mask is not known and was assumed to be zero.
pub const KST_TRANSLATION_ANOMALY_MASK_ASSUMED: u64 = 0x10;
/// No type information for entries: the newest known format of this paging mode was assumed.
pub const KST_TRANSLATION_ANOMALY_FORMAT_ASSUMED: u64 = 0x20;
/// A prototype or subsection pointer is no aligned kernel address.
pub const KST_TRANSLATION_ANOMALY_BAD_POINTER: u64 = 0x40;
/// The frame that an entry in transition names is in use for something else, as its _MMPFN says: it is not read.
pub const KST_TRANSLATION_ANOMALY_REUSED: u64 = 0x80;
/// Follow hardware-valid entries only, whatever the target says.
pub const KST_TRANSLATE_HARDWARE_ONLY: u32 = 0x1;
/// `location` is valid.
pub const KST_PFN_HAS_LOCATION: u64 = 0x1;
/// `pte_address` is valid.
pub const KST_PFN_HAS_PTE_ADDRESS: u64 = 0x2;
/// `original_pte` is valid.
pub const KST_PFN_HAS_ORIGINAL_PTE: u64 = 0x4;
/// `u1` is valid.
pub const KST_PFN_HAS_U1: u64 = 0x8;
/// `u2` is valid.
pub const KST_PFN_HAS_U2: u64 = 0x10;
/// `u4` is valid.
pub const KST_PFN_HAS_U4: u64 = 0x20;
/// `flink` and `blink` are valid: the page is on a list.
pub const KST_PFN_HAS_LINKS: u64 = 0x40;
/// `share_count` is valid: the page is on no list.
pub const KST_PFN_HAS_SHARE_COUNT: u64 = 0x80;
/// `pte_frame` is valid.
pub const KST_PFN_HAS_PTE_FRAME: u64 = 0x100;
/// `virtual_address` is valid.
pub const KST_PFN_HAS_VIRTUAL_ADDRESS: u64 = 0x200;
/// `reference_count` is valid.
pub const KST_PFN_HAS_REFERENCE_COUNT: u64 = 0x400;
/// `priority` is valid.
pub const KST_PFN_HAS_PRIORITY: u64 = 0x800;
/// `cache_attribute` is valid.
pub const KST_PFN_HAS_CACHE_ATTRIBUTE: u64 = 0x1000;
/// `page_identity` is valid.
pub const KST_PFN_HAS_PAGE_IDENTITY: u64 = 0x2000;
/// `KST_PFN_BIT_PROTOTYPE` means something.
pub const KST_PFN_HAS_PROTOTYPE: u64 = 0x4000;
/// `frame` and `address` are valid.
pub const KST_PFN_HAS_ADDRESS: u64 = 0x8000;
/// Modified.
pub const KST_PFN_BIT_MODIFIED: u64 = 0x1;
/// A read is in progress.
pub const KST_PFN_BIT_READ: u64 = 0x2;
/// A write is in progress.
pub const KST_PFN_BIT_WRITE: u64 = 0x4;
/// The entry of this page is a prototype entry.
pub const KST_PFN_BIT_PROTOTYPE: u64 = 0x8;
/// Rom.
pub const KST_PFN_BIT_ROM: u64 = 0x10;
/// ParityError.
pub const KST_PFN_BIT_PARITY_ERROR: u64 = 0x20;
/// RemovalRequested.
pub const KST_PFN_BIT_REMOVAL: u64 = 0x40;
/// InPageError.
pub const KST_PFN_BIT_IN_PAGE_ERROR: u64 = 0x80;
/// AweAllocation.
pub const KST_PFN_BIT_AWE: u64 = 0x100;
/// KernelStack.
pub const KST_PFN_BIT_KERNEL_STACK: u64 = 0x200;
/// A page on a free list has references.
pub const KST_PFN_ANOMALY_COUNTS: u64 = 0x1;
/// The frame of the containing table is above all memory, and no mark for a page without one.
pub const KST_PFN_ANOMALY_FRAME_RANGE: u64 = 0x2;
/// A list link is above all memory and not the end mark.
pub const KST_PFN_ANOMALY_LINK_RANGE: u64 = 0x4;
/// `segment` is valid.
pub const KST_CONTROL_AREA_HAS_SEGMENT: u64 = 0x1;
/// `flink` and `blink` are valid.
pub const KST_CONTROL_AREA_HAS_LINKS: u64 = 0x2;
/// `file_object` is valid (0 included).
pub const KST_CONTROL_AREA_HAS_FILE_OBJECT: u64 = 0x4;
/// `flags` and `kind` are valid.
pub const KST_CONTROL_AREA_HAS_FLAGS: u64 = 0x8;
/// `section_references` is valid.
pub const KST_CONTROL_AREA_HAS_SECTION_REFERENCES: u64 = 0x10;
/// `pfn_references` is valid.
pub const KST_CONTROL_AREA_HAS_PFN_REFERENCES: u64 = 0x20;
/// `mapped_views` is valid.
pub const KST_CONTROL_AREA_HAS_MAPPED_VIEWS: u64 = 0x40;
/// `user_references` is valid.
pub const KST_CONTROL_AREA_HAS_USER_REFERENCES: u64 = 0x80;
/// `modified_write_count` is valid.
pub const KST_CONTROL_AREA_HAS_MODIFIED_WRITE_COUNT: u64 = 0x100;
/// `writable_references` is valid.
pub const KST_CONTROL_AREA_HAS_WRITABLE_REFERENCES: u64 = 0x200;
/// `first_subsection` is valid.
pub const KST_CONTROL_AREA_HAS_FIRST_SUBSECTION: u64 = 0x400;
/// `wait_for_deletion` is valid.
pub const KST_CONTROL_AREA_HAS_WAIT_FOR_DELETION: u64 = 0x800;
/// BeingDeleted.
pub const KST_CONTROL_AREA_IS_BEING_DELETED: u32 = 0x1;
/// BeingCreated.
pub const KST_CONTROL_AREA_IS_BEING_CREATED: u32 = 0x2;
/// BeingPurged.
pub const KST_CONTROL_AREA_IS_BEING_PURGED: u32 = 0x4;
/// NoModifiedWriting.
pub const KST_CONTROL_AREA_IS_NO_MODIFIED_WRITING: u32 = 0x8;
/// FailAllIo.
pub const KST_CONTROL_AREA_IS_FAIL_ALL_IO: u32 = 0x10;
/// Image.
pub const KST_CONTROL_AREA_IS_IMAGE: u32 = 0x20;
/// Based.
pub const KST_CONTROL_AREA_IS_BASED: u32 = 0x40;
/// File.
pub const KST_CONTROL_AREA_IS_FILE: u32 = 0x80;
/// PhysicalMemory.
pub const KST_CONTROL_AREA_IS_PHYSICAL_MEMORY: u32 = 0x100;
/// Reserve.
pub const KST_CONTROL_AREA_IS_RESERVE: u32 = 0x200;
/// Commit.
pub const KST_CONTROL_AREA_IS_COMMIT: u32 = 0x400;
/// Accessed (up to Windows 7).
pub const KST_CONTROL_AREA_IS_ACCESSED: u32 = 0x800;
/// WasPurged.
pub const KST_CONTROL_AREA_IS_WAS_PURGED: u32 = 0x1000;
/// UserReference.
pub const KST_CONTROL_AREA_IS_USER_REFERENCE: u32 = 0x2000;
/// GlobalMemory.
pub const KST_CONTROL_AREA_IS_GLOBAL_MEMORY: u32 = 0x4000;
/// DeleteOnClose.
pub const KST_CONTROL_AREA_IS_DELETE_ON_CLOSE: u32 = 0x8000;
/// The segment is there and names another control area: this is none.
pub const KST_CONTROL_AREA_ANOMALY_SEGMENT: u64 = 0x1;
/// The first subsection is there and names another control area.
pub const KST_CONTROL_AREA_ANOMALY_SUBSECTION: u64 = 0x2;
/// Neither could be read: nothing proves that this is a control area.
pub const KST_CONTROL_AREA_ANOMALY_UNPROVED: u64 = 0x4;
/// The segment pointer is no kernel address.
pub const KST_CONTROL_AREA_ANOMALY_POINTER: u64 = 0x8;
/// `control_area` is valid.
pub const KST_SEGMENT_HAS_CONTROL_AREA: u64 = 0x1;
/// `total_ptes` is valid.
pub const KST_SEGMENT_HAS_TOTAL_PTES: u64 = 0x2;
/// `size_of_segment` is valid.
pub const KST_SEGMENT_HAS_SIZE: u64 = 0x4;
/// `committed_pages` is valid.
pub const KST_SEGMENT_HAS_COMMITTED_PAGES: u64 = 0x8;
/// `based_address` is valid.
pub const KST_SEGMENT_HAS_BASED_ADDRESS: u64 = 0x10;
/// `prototype_ptes` is valid.
pub const KST_SEGMENT_HAS_PROTOTYPE_PTES: u64 = 0x20;
/// `flags` is valid.
pub const KST_SEGMENT_HAS_FLAGS: u64 = 0x40;
/// `protection` is valid.
pub const KST_SEGMENT_HAS_PROTECTION: u64 = 0x80;
/// `control_area` is valid.
pub const KST_SUBSECTION_HAS_CONTROL_AREA: u64 = 0x1;
/// `base` is valid.
pub const KST_SUBSECTION_HAS_BASE: u64 = 0x2;
/// `next` is valid.
pub const KST_SUBSECTION_HAS_NEXT: u64 = 0x4;
/// `starting_sector` is valid.
pub const KST_SUBSECTION_HAS_STARTING_SECTOR: u64 = 0x8;
/// `ptes` is valid.
pub const KST_SUBSECTION_HAS_PTES: u64 = 0x10;
/// `unused_ptes` is valid.
pub const KST_SUBSECTION_HAS_UNUSED_PTES: u64 = 0x20;
/// `full_sectors` is valid.
pub const KST_SUBSECTION_HAS_FULL_SECTORS: u64 = 0x40;
/// `flags`, `protection`, `sector_end_offset` are valid.
pub const KST_SUBSECTION_HAS_FLAGS: u64 = 0x80;
/// `mapped_views` is valid: it is an MSUBSECTION.
pub const KST_SUBSECTION_HAS_MAPPED_VIEWS: u64 = 0x100;
/// `pfn_references` is valid: it is an MSUBSECTION.
pub const KST_SUBSECTION_HAS_PFN_REFERENCES: u64 = 0x200;
/// `flink` and `blink` are valid: it is an MSUBSECTION.
pub const KST_SUBSECTION_HAS_LINKS: u64 = 0x400;
/// SubsectionBase is no aligned kernel address.
pub const KST_SUBSECTION_ANOMALY_BASE: u64 = 0x1;
/// PtesInSubsection is more than any section can have.
pub const KST_SUBSECTION_ANOMALY_PTES: u64 = 0x2;
/// The subsection belongs to a data file: it is an MSUBSECTION.
pub const KST_SUBSECTION_MAPPED: u32 = 0x1;
/// `file_offset` is valid: the subsection's starting sector is known.
pub const KST_SECTION_PAGE_HAS_FILE_OFFSET: u64 = 0x1;
/// `current_pages` is valid.
pub const KST_PAGE_FILE_HAS_CURRENT: u64 = 0x1;
/// `minimum_pages` is valid.
pub const KST_PAGE_FILE_HAS_MINIMUM: u64 = 0x2;
/// `maximum_pages` is valid.
pub const KST_PAGE_FILE_HAS_MAXIMUM: u64 = 0x4;
/// `free_pages` is valid.
pub const KST_PAGE_FILE_HAS_FREE: u64 = 0x8;
/// The name was read.
pub const KST_PAGE_FILE_HAS_NAME: u64 = 0x10;
/// `base` is valid.
pub const KST_MODULE_HAS_BASE: u64 = 0x1;
/// `size_of_image` is valid.
pub const KST_MODULE_HAS_SIZE: u64 = 0x2;
/// `name` is valid.
pub const KST_MODULE_HAS_NAME: u64 = 0x4;
/// `path` is valid.
pub const KST_MODULE_HAS_PATH: u64 = 0x8;
/// `entry_point` is valid.
pub const KST_MODULE_HAS_ENTRY_POINT: u64 = 0x10;
/// `time_date_stamp` is valid.
pub const KST_MODULE_HAS_STAMP: u64 = 0x20;
/// `checksum` is valid.
pub const KST_MODULE_HAS_CHECKSUM: u64 = 0x40;
/// `flags` is valid.
pub const KST_MODULE_HAS_FLAGS: u64 = 0x80;
/// `load_count` is valid.
pub const KST_MODULE_HAS_LOAD_COUNT: u64 = 0x100;
/// `name_address` and `name_bytes` are valid.
pub const KST_MODULE_HAS_NAME_STRING: u64 = 0x200;
/// `path_address` and `path_bytes` are valid.
pub const KST_MODULE_HAS_PATH_STRING: u64 = 0x400;
/// A name is longer than its array and was cut.
pub const KST_MODULE_ANOMALY_NAME_CUT: u64 = 0x1;
/// Base or size is not page aligned, or the size is absurd.
pub const KST_MODULE_ANOMALY_RANGE: u64 = 0x2;
/// A name is not sound UTF-16 (odd length, length beyond its maximum, broken surrogates).
pub const KST_MODULE_ANOMALY_NAME: u64 = 0x4;
/// `start`, `end` are valid.
pub const KST_UNLOADED_MODULE_HAS_RANGE: u64 = 0x1;
/// `name` is valid.
pub const KST_UNLOADED_MODULE_HAS_NAME: u64 = 0x2;
/// `time` is valid.
pub const KST_UNLOADED_MODULE_HAS_TIME: u64 = 0x4;
/// `raw` is valid.
pub const KST_CALLBACK_HAS_RAW: u64 = 0x1;
/// `function` is valid.
pub const KST_CALLBACK_HAS_FUNCTION: u64 = 0x2;
/// `context` is valid.
pub const KST_CALLBACK_HAS_CONTEXT: u64 = 0x4;
/// `cookie` is valid.
pub const KST_CALLBACK_HAS_COOKIE: u64 = 0x8;
/// `module_base`, `module` are valid.
pub const KST_CALLBACK_HAS_MODULE: u64 = 0x10;
/// `name` is valid.
pub const KST_CALLBACK_HAS_NAME: u64 = 0x20;
/// `post_function` is valid.
pub const KST_CALLBACK_HAS_POST: u64 = 0x40;
/// `object_type` is valid.
pub const KST_CALLBACK_HAS_OBJECT_TYPE: u64 = 0x80;
/// `operations` is valid.
pub const KST_CALLBACK_HAS_OPERATIONS: u64 = 0x100;
/// `reason` is valid.
pub const KST_CALLBACK_HAS_REASON: u64 = 0x200;
/// `state` is valid.
pub const KST_CALLBACK_HAS_STATE: u64 = 0x400;
/// The routine lies in no kernel module that is known: a detection, not an error.
pub const KST_CALLBACK_ANOMALY_NO_MODULE: u64 = 0x1;
/// The slot is not empty and holds no kernel address.
pub const KST_CALLBACK_ANOMALY_RAW: u64 = 0x2;
/// The routine is no kernel address.
pub const KST_CALLBACK_ANOMALY_FUNCTION: u64 = 0x4;
/// The routine block is not in memory.
pub const KST_CALLBACK_ANOMALY_UNREADABLE: u64 = 0x8;
/// The place of the members rests on an inference for this kernel.
pub const KST_CALLBACK_ANOMALY_INFERRED: u64 = 0x10;
/// `address` is valid.
pub const KST_VERIFIER_ENTRY_HAS_ADDRESS: u64 = 0x1;
/// `bytes` is valid.
pub const KST_VERIFIER_ENTRY_HAS_BYTES: u64 = 0x2;
/// `thread` is valid.
pub const KST_VERIFIER_ENTRY_HAS_THREAD: u64 = 0x4;
/// `kernel_apc_disable`, `special_apc_disable` are valid.
pub const KST_VERIFIER_ENTRY_HAS_APC: u64 = 0x8;
/// `irql` is valid.
pub const KST_VERIFIER_ENTRY_HAS_IRQL: u64 = 0x10;
/// `stack_count`, `stack` are valid.
pub const KST_VERIFIER_ENTRY_HAS_STACK: u64 = 0x20;
/// A return address is no kernel address: the stack was cut there.
pub const KST_VERIFIER_ENTRY_ANOMALY_STACK: u64 = 0x1;
/// The record's trace is longer than `stack` and was cut.
pub const KST_VERIFIER_ENTRY_ANOMALY_CUT: u64 = 0x2;
/// The ring's index is not known: the order of entries means nothing.
pub const KST_VERIFIER_ENTRY_ANOMALY_ORDER: u64 = 0x4;

/// Details of a failure, in memory that the caller owns and may leave out.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_error {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// The status that the call returned.
    pub code: kst_status,
    /// Where in the target, or 0.
    pub address: u64,
    /// A number that `message` explains, or 0.
    pub detail: u32,
    /// What the host's callback returned, untouched.
    pub host_code: i32,
    /// One line without a newline.
    pub message: [c_char; 128],
}
sized!(kst_error);

/// State of a walk: opaque words in caller memory. It may be copied (a bookmark) and needs no cleanup. It must not outlive the target it was begun on.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_cursor {
    /// Private.
    pub words: [u64; 64],
}
zeroed!(kst_cursor);

/// The host's callbacks. The table is copied when a target is made; `user` must outlive the target. Contract of `read`: put `len` bytes found at `address` of `space` into `buf` and the number of *leading* valid bytes into `*done` (always, also on failure; bytes beyond it mean nothing). All bytes: `KST_OK`. Fewer: `KST_E_FAULT`, which is an answer, not an error of the host. Any other status stops the walk and comes back as `KST_E_HOST` with the original in `host_code`. `len` is never 0 and the range never wraps. Two reads of one address may differ (live memory).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kst_reader_ops {
    /// Set to sizeof by the host.
    pub size: u32,
    /// `KST_READER_…`
    pub flags: u32,
    /// Read memory; required.
    pub read: Option<unsafe extern "C" fn(user: *mut c_void, space: kst_space, address: u64, buf: *mut c_void, len: usize, done: *mut usize) -> kst_status>,
    /// Optional: the first readable run at or after `address`; `KST_END` when there is none. Runs that touch read as one. Without it the library probes page by page.
    pub next_range: Option<unsafe extern "C" fn(user: *mut c_void, space: kst_space, address: u64, start_out: *mut u64, length_out: *mut u64) -> kst_status>,
    /// Optional: read `count` ranges in one call; as `count` times `read`, with the results in `done[i]`. Ranges are `addresses[i]`, `lengths[i]`, to be put at `bufs[i]`. `KST_OK` even where some are short. Used by `kst_read()` and the walks over tables, where a range of `space` lies in several pages.
    pub read_batch: Option<unsafe extern "C" fn(user: *mut c_void, space: kst_space, count: usize, addresses: *const u64, lengths: *const usize, bufs: *const *mut c_void, done: *mut usize) -> kst_status>,
    /// Optional: kernel module number `index` as the host knows it (a triage dump's driver list); `KST_END` beyond the last. Used where the target's own list cannot be read.
    pub module: Option<unsafe extern "C" fn(user: *mut c_void, index: u64, out: *mut kst_module) -> kst_status>,
    /// Optional: the same for unloaded kernel modules.
    pub unloaded_module: Option<unsafe extern "C" fn(user: *mut c_void, index: u64, out: *mut kst_unloaded_module) -> kst_status>,
    /// Optional: memory that lies in the host's own address space: where the byte at `*start_out` is, of a run of `*length_out` bytes of `space` that holds `address`; null where there is none. The run stays there for as long as any target uses the table (its contents may change), and holds what `read` gives. With it page tables and arrays are read without a call and a copy for each entry.
    pub window: Option<unsafe extern "C" fn(user: *mut c_void, space: kst_space, address: u64, start_out: *mut u64, length_out: *mut u64) -> *const c_void>,
}
sized!(kst_reader_ops);

/// Place of one member, or the size of a type.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_member {
    /// Set to sizeof by whoever makes the struct.
    pub size: u32,
    /// Bytes from the start of the type; 0 for the type itself.
    pub offset: u32,
    /// Bytes; of a bit-field the bytes of its storage unit.
    pub length: u32,
    /// Lowest bit of a bit-field.
    pub bit_pos: u32,
    /// Bits of a bit-field; 0 for a plain member.
    pub bit_len: u32,
}
sized!(kst_member);

/// A source of type information: the host's own symbol engine, by name.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kst_types_ops {
    /// Set to sizeof by the host.
    pub size: u32,
    /// 4 or 8.
    pub pointer_size: u32,
    /// Size of a type in bytes; `KST_E_NO_MEMBER` when unknown. Required.
    pub type_size: Option<unsafe extern "C" fn(user: *mut c_void, r#type: *const c_char, size_out: *mut u64) -> kst_status>,
    /// Place of a member, asked for by path ("u3.e1.PageLocation" of "_MMPFN"); unnamed structs on the way are transparent. `KST_E_NO_MEMBER` when unknown. `out->size` is set by the caller. Required.
    pub member: Option<unsafe extern "C" fn(user: *mut c_void, r#type: *const c_char, path: *const c_char, out: *mut kst_member) -> kst_status>,
    /// Offset of a symbol from the kernel's base; `KST_E_NO_MEMBER` when unknown. Optional.
    pub symbol: Option<unsafe extern "C" fn(user: *mut c_void, name: *const c_char, rva_out: *mut u64) -> kst_status>,
}
sized!(kst_types_ops);

/// What picks a built-in layout. Zero means unknown. The kernel's time stamp and image size come first: where they are known (`kst_kernel_identify()`) they give build and revision. Otherwise `build` and `revision` pick the table whose revisions include it. A revision between two that were seen with different layouts, or beyond all that were seen, gets the earlier table (the later one if only its sizes are those given here) and `KST_LAYOUT_ANOMALY_REVISION_GUESSED`; so does every revision of a build of which only the release was seen. Without a revision the sizes decide, and of several tables that fit them the newest is taken, with that anomaly unless all three sizes are given and only one table has them. For builds 2600 and 3790 a revision is that of the kernel file and tells the service pack: 5.1.2600.2180 is service pack 2, .5512 service pack 3; 5.2.3790.1830 service pack 1, .3959 service pack 2; each table serves until the next service pack, and the PAE table of 2600 serves both.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_layout_key {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`; needed.
    pub arch: u32,
    /// NT build number, such as 19041; 19042 to 19045 are known as that kernel, too.
    pub build: u32,
    /// Update revision, when known.
    pub revision: u32,
    /// PE header of the kernel image.
    pub time_date_stamp: u32,
    /// PE header of the kernel image.
    pub size_of_image: u32,
    /// x86 only: 1 PAE kernel, 2 non-PAE kernel.
    pub pae: u32,
    /// SizePrcb of the debugger data block: tells revisions apart.
    pub prcb_size: u32,
    /// SizeEProcess of the debugger data block.
    pub eprocess_size: u32,
    /// SizeEThread of the debugger data block.
    pub ethread_size: u32,
}
sized!(kst_layout_key);

/// What a layout is.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_layout_info {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`, or unknown when its source did not say.
    pub arch: u32,
    /// 4 or 8.
    pub pointer_size: u32,
    /// Of the built-in table, or 0.
    pub build: u32,
    /// First revision that the built-in table describes, or 0.
    pub revision: u32,
    /// Members that the library wants.
    pub wanted: u32,
    /// How many of them are there.
    pub present: u32,
    /// How many wanted symbols have an address.
    pub symbols: u32,
    /// `KST_LAYOUT_ANOMALY_…`
    pub anomalies: u64,
    /// Such as "10.0.19041.3570 x64", "pdb", "host".
    pub name: [c_char; 64],
}
sized!(kst_layout_info);

/// The exact version of a kernel image.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_kernel_version {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`
    pub arch: u32,
    /// Such as 10.
    pub major: u32,
    /// Such as 0.
    pub minor: u32,
    /// Such as 19041.
    pub build: u32,
    /// Such as 804.
    pub revision: u32,
    /// 1: the image is the 5-level-paging kernel (ntkrla57.exe).
    pub la57: u32,
    /// 1: more than one version has this pair; the first was given.
    pub ambiguous: u32,
}
sized!(kst_kernel_version);

/// The address of a global, given by the caller.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kst_symbol {
    /// Absolute virtual address.
    pub address: u64,
    /// Such as "PsActiveProcessHead".
    pub name: *const c_char,
}
zeroed!(kst_symbol);

/// What a machine says of itself without symbols: filled by a dump's header, by `kst_identify()`, or by the caller.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_identity {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`
    pub arch: u32,
    /// `KST_PAGING_…`
    pub paging: u32,
    /// NT build number.
    pub build: u32,
    /// Update revision; valid with `KST_IDENTITY_HAS_REVISION`.
    pub revision: u32,
    /// Number of processors; a target takes 0 and more than 2048 as not known.
    pub processors: u32,
    /// Of the kernel image.
    pub time_date_stamp: u32,
    /// Of the kernel image.
    pub size_of_image: u32,
    /// `KST_IDENTITY_HAS_…`
    pub present: u64,
    /// `KST_IDENTITY_ANOMALY_…`
    pub anomalies: u64,
    /// System directory table base, as stored.
    pub dtb: u64,
    /// Base of the kernel image.
    pub kernel_base: u64,
    /// Address of KDDEBUGGER_DATA64.
    pub debugger_data: u64,
    /// Address of PsLoadedModuleList.
    pub loaded_modules: u64,
    /// Address of PsActiveProcessHead.
    pub active_processes: u64,
    /// Header's PfnDataBase: address of MmPfnDatabase, or (seen on 26100) its value.
    pub pfn_database: u64,
    /// Address of processor 0's KPCR; in a triage dump that of the processor which crashed.
    pub kpcr: u64,
}
sized!(kst_identity);

/// Everything a target is made from. Zero members mean: not known, find it where the memory tells.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kst_target_config {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_TARGET_…`
    pub flags: u32,
    /// Elements, and modules, that a walk may visit; 0: 0x1000000.
    pub step_budget: u64,
    /// MiInvalidPteMask, the swizzle mask; with `KST_TARGET_HAS_PTE_MASK`.
    pub invalid_pte_mask: u64,
    /// Elements at `symbols`.
    pub symbols_count: u64,
    /// Copied. Required.
    pub reader: *const kst_reader_ops,
    /// Must outlive the target.
    pub reader_user: *mut c_void,
    /// Copied; null: nothing but what the memory describes itself.
    pub layout: *const kst_layout,
    /// Copied; null: nothing known.
    pub identity: *const kst_identity,
    /// Copied; they win over all other sources.
    pub symbols: *const kst_symbol,
    /// Optional: read from a page file; as `kst_reader_ops.read`, with the page file's number and the byte offset in it. Without it a paged-out address is `KST_E_FAULT`.
    pub read_page_file: Option<unsafe extern "C" fn(user: *mut c_void, number: u32, offset: u64, buf: *mut c_void, len: usize, done: *mut usize) -> kst_status>,
    /// Passed to `read_page_file`; must outlive the target.
    pub page_file_user: *mut c_void,
}
sized!(kst_target_config);

/// What a container says of itself and of the machine.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_dump_info {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_FORMAT_…`
    pub format: u32,
    /// `KST_DUMP_HAS_…`
    pub present: u64,
    /// `KST_DUMP_ANOMALY_…`
    pub anomalies: u64,
    /// Bytes.
    pub file_size: u64,
    /// Bytes of memory in it that the file really holds.
    pub memory_size: u64,
    /// Runs or pieces of memory.
    pub runs: u64,
    /// DumpType of the header, as stored.
    pub dump_type: u32,
    /// BugCheckCode of the header.
    pub bugcheck_code: u32,
    /// BugCheckCodeParameter of the header.
    pub bugcheck_parameters: [u64; 4],
    /// FILETIME, 100 ns since 1601 UTC.
    pub system_time: u64,
    /// 100 ns.
    pub up_time: u64,
    /// 1 workstation, 2 domain controller, 3 server.
    pub product_type: u32,
    /// As stored.
    pub suite_mask: u32,
    /// File offset of the secondary data ("DumpBlob").
    pub secondary_offset: u64,
}
sized!(kst_dump_info);

/// KDDEBUGGER_DATA64. From `kernel_base` on each member has the place in this struct that it has in the block (the hexadecimal number before each description), so `valid_length` counts in both. Members at or beyond `valid_length` are not there; a zero below it means that the kernel does not tell. "The variable" is the address of a global, to be read once more. Offsets of members are in bytes. Addresses of 32-bit kernels are zero-extended here, however the block stores them.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_debugger_data {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Bytes of this struct, from its start, that the block filled: its Size, or less.
    pub valid_length: u32,
    /// `KST_DEBUGGER_DATA_ANOMALY_…`
    pub anomalies: u64,
    /// Where the block is.
    pub address: u64,
    /// +18: KernBase.
    pub kernel_base: u64,
    /// +20: BreakpointWithStatus.
    pub breakpoint_with_status: u64,
    /// +28: SavedContext.
    pub saved_context: u64,
    /// +30: ThCallbackStack: offset in KTHREAD.
    pub th_callback_stack: u16,
    /// +32: NextCallback: offset in the callback frame.
    pub next_callback: u16,
    /// +34: FramePointer: offset in the callback frame.
    pub frame_pointer: u16,
    /// +36: bit 0: PaeEnabled.
    pub flags: u16,
    /// +38: KiCallUserMode.
    pub ki_call_user_mode: u64,
    /// +40: KeUserCallbackDispatcher.
    pub user_callback_dispatcher: u64,
    /// +48: PsLoadedModuleList: the list's head.
    pub loaded_modules: u64,
    /// +50: PsActiveProcessHead: the list's head.
    pub active_processes: u64,
    /// +58: PspCidTable: the variable.
    pub cid_table: u64,
    /// +60: ExpSystemResourcesList: the list's head.
    pub system_resources: u64,
    /// +68: ExpPagedPoolDescriptor: the variable.
    pub paged_pool_descriptor: u64,
    /// +70: ExpNumberOfPagedPools: the variable.
    pub number_of_paged_pools: u64,
    /// +78: KeTimeIncrement: the variable.
    pub time_increment: u64,
    /// +80: KeBugCheckCallbackListHead: the list's head.
    pub bugcheck_callbacks: u64,
    /// +88: KiBugcheckData: five pointer-sized values.
    pub bugcheck_data: u64,
    /// +90: IopErrorLogListHead: the list's head.
    pub error_log: u64,
    /// +98: ObpRootDirectoryObject: the variable.
    pub root_directory: u64,
    /// +a0: ObpTypeObjectType: the variable.
    pub type_object_type: u64,
    /// +a8: MmSystemCacheStart: the variable.
    pub system_cache_start: u64,
    /// +b0: MmSystemCacheEnd: the variable.
    pub system_cache_end: u64,
    /// +b8: MmSystemCacheWs: the variable.
    pub system_cache_ws: u64,
    /// +c0: MmPfnDatabase: the variable.
    pub pfn_database: u64,
    /// +c8: MmSystemPtesStart: the variable.
    pub system_ptes_start: u64,
    /// +d0: MmSystemPtesEnd: the variable.
    pub system_ptes_end: u64,
    /// +d8: MmSubsectionBase: the variable.
    pub subsection_base: u64,
    /// +e0: MmNumberOfPagingFiles: the variable.
    pub number_of_paging_files: u64,
    /// +e8: MmLowestPhysicalPage: the variable.
    pub lowest_physical_page: u64,
    /// +f0: MmHighestPhysicalPage: the variable.
    pub highest_physical_page: u64,
    /// +f8: MmNumberOfPhysicalPages: the variable.
    pub number_of_physical_pages: u64,
    /// +100: MmMaximumNonPagedPoolInBytes: the variable.
    pub maximum_nonpaged_pool: u64,
    /// +108: MmNonPagedSystemStart: the variable.
    pub nonpaged_system_start: u64,
    /// +110: MmNonPagedPoolStart: the variable.
    pub nonpaged_pool_start: u64,
    /// +118: MmNonPagedPoolEnd: the variable.
    pub nonpaged_pool_end: u64,
    /// +120: MmPagedPoolStart: the variable.
    pub paged_pool_start: u64,
    /// +128: MmPagedPoolEnd: the variable.
    pub paged_pool_end: u64,
    /// +130: MmPagedPoolInformation: the variable.
    pub paged_pool_information: u64,
    /// +138: MmPageSize: a value.
    pub page_size: u64,
    /// +140: MmSizeOfPagedPoolInBytes: the variable.
    pub size_of_paged_pool: u64,
    /// +148: MmTotalCommitLimit: the variable.
    pub total_commit_limit: u64,
    /// +150: MmTotalCommittedPages: the variable.
    pub total_committed_pages: u64,
    /// +158: MmSharedCommit: the variable.
    pub shared_commit: u64,
    /// +160: MmDriverCommit: the variable.
    pub driver_commit: u64,
    /// +168: MmProcessCommit: the variable.
    pub process_commit: u64,
    /// +170: MmPagedPoolCommit: the variable.
    pub paged_pool_commit: u64,
    /// +178: MmExtendedCommit: the variable.
    pub extended_commit: u64,
    /// +180: MmZeroedPageListHead: the variable.
    pub zeroed_pages: u64,
    /// +188: MmFreePageListHead: the variable.
    pub free_pages: u64,
    /// +190: MmStandbyPageListHead: the variable.
    pub standby_pages: u64,
    /// +198: MmModifiedPageListHead: the variable.
    pub modified_pages: u64,
    /// +1a0: MmModifiedNoWritePageListHead: the variable.
    pub modified_no_write_pages: u64,
    /// +1a8: MmAvailablePages: the variable.
    pub available_pages: u64,
    /// +1b0: MmResidentAvailablePages: the variable.
    pub resident_available_pages: u64,
    /// +1b8: PoolTrackTable: the variable.
    pub pool_track_table: u64,
    /// +1c0: NonPagedPoolDescriptor.
    pub nonpaged_pool_descriptor: u64,
    /// +1c8: MmHighestUserAddress: the variable.
    pub highest_user_address: u64,
    /// +1d0: MmSystemRangeStart: the variable.
    pub system_range_start: u64,
    /// +1d8: MmUserProbeAddress: the variable.
    pub user_probe_address: u64,
    /// +1e0: KdPrintCircularBuffer.
    pub print_buffer: u64,
    /// +1e8: KdPrintCircularBufferEnd.
    pub print_buffer_end: u64,
    /// +1f0: KdPrintWritePointer: the variable.
    pub print_write_pointer: u64,
    /// +1f8: KdPrintRolloverCount: the variable.
    pub print_rollover_count: u64,
    /// +200: MmLoadedUserImageList: the list's head.
    pub loaded_user_images: u64,
    /// +208: NtBuildLab: text.
    pub build_lab: u64,
    /// +210: KiNormalSystemCall.
    pub normal_system_call: u64,
    /// +218: KiProcessorBlock: array of pointers to KPRCB.
    pub processor_block: u64,
    /// +220: MmUnloadedDrivers: the variable.
    pub unloaded_drivers: u64,
    /// +228: MmLastUnloadedDriver: the variable.
    pub last_unloaded_driver: u64,
    /// +230: MmTriageActionTaken: the variable.
    pub triage_action_taken: u64,
    /// +238: MmSpecialPoolTag: the variable.
    pub special_pool_tag: u64,
    /// +240: KernelVerifier: the variable.
    pub kernel_verifier: u64,
    /// +248: MmVerifierData.
    pub verifier_data: u64,
    /// +250: MmAllocatedNonPagedPool: the variable.
    pub allocated_nonpaged_pool: u64,
    /// +258: MmPeakCommitment: the variable.
    pub peak_commitment: u64,
    /// +260: MmTotalCommitLimitMaximum: the variable.
    pub total_commit_limit_maximum: u64,
    /// +268: CmNtCSDVersion: the variable.
    pub csd_version: u64,
    /// +270: MmPhysicalMemoryBlock: the variable.
    pub physical_memory_block: u64,
    /// +278: MmSessionBase: the variable.
    pub session_base: u64,
    /// +280: MmSessionSize: the variable.
    pub session_size: u64,
    /// +288: MmSystemParentTablePage: the variable.
    pub system_parent_table_page: u64,
    /// +290: MmVirtualTranslationBase: the variable.
    pub virtual_translation_base: u64,
    /// +298: offset of KTHREAD.NextProcessor.
    pub kthread_next_processor: u16,
    /// +29a: offset of KTHREAD.Teb.
    pub kthread_teb: u16,
    /// +29c: offset of KTHREAD.KernelStack.
    pub kthread_kernel_stack: u16,
    /// +29e: offset of KTHREAD.InitialStack.
    pub kthread_initial_stack: u16,
    /// +2a0: offset of KTHREAD.ApcState.Process.
    pub kthread_apc_process: u16,
    /// +2a2: offset of KTHREAD.State.
    pub kthread_state: u16,
    /// +2a4: IA64.
    pub kthread_bstore: u16,
    /// +2a6: IA64.
    pub kthread_bstore_limit: u16,
    /// +2a8: bytes of EPROCESS.
    pub size_eprocess: u16,
    /// +2aa: offset of EPROCESS.Peb.
    pub eprocess_peb: u16,
    /// +2ac: offset of EPROCESS.InheritedFromUniqueProcessId.
    pub eprocess_parent_cid: u16,
    /// +2ae: offset of KPROCESS.DirectoryTableBase.
    pub eprocess_directory_table_base: u16,
    /// +2b0: bytes of KPRCB.
    pub size_prcb: u16,
    /// +2b2: offset of KPRCB.DpcRoutineActive.
    pub prcb_dpc_routine: u16,
    /// +2b4: offset of KPRCB.CurrentThread.
    pub prcb_current_thread: u16,
    /// +2b6: offset of KPRCB.MHz.
    pub prcb_mhz: u16,
    /// +2b8: offset of KPRCB.CpuType.
    pub prcb_cpu_type: u16,
    /// +2ba: offset of KPRCB.VendorString.
    pub prcb_vendor_string: u16,
    /// +2bc: offset of KPRCB.ProcessorState.ContextFrame.
    pub prcb_processor_state_context: u16,
    /// +2be: offset of KPRCB.Number.
    pub prcb_number: u16,
    /// +2c0: bytes of ETHREAD.
    pub size_ethread: u16,
    /// 0.
    pub reserved0: u16,
    /// 0.
    pub reserved1: u32,
    /// +2c8: KdPrintCircularBufferPtr: the variable.
    pub print_buffer_pointer: u64,
    /// +2d0: KdPrintBufferSize: the variable.
    pub print_buffer_size: u64,
    /// +2d8: KeLoaderBlock: the variable.
    pub loader_block: u64,
    /// +2e0: bytes of KPCR.
    pub size_pcr: u16,
    /// +2e2: offset of KPCR.Self.
    pub pcr_self: u16,
    /// +2e4: offset of KPCR.CurrentPrcb.
    pub pcr_current_prcb: u16,
    /// +2e6: offset of KPCR.Prcb.
    pub pcr_contained_prcb: u16,
    /// +2e8: IA64.
    pub pcr_initial_bstore: u16,
    /// +2ea: IA64.
    pub pcr_bstore_limit: u16,
    /// +2ec: IA64.
    pub pcr_initial_stack: u16,
    /// +2ee: IA64.
    pub pcr_stack_limit: u16,
    /// +2f0: IA64.
    pub prcb_pcr_page: u16,
    /// +2f2: offset of KPRCB.ProcessorState.SpecialRegisters.
    pub prcb_special_registers: u16,
    /// +2f4: selector.
    pub gdt_r0_code: u16,
    /// +2f6: selector.
    pub gdt_r0_data: u16,
    /// +2f8: selector.
    pub gdt_r0_pcr: u16,
    /// +2fa: selector.
    pub gdt_r3_code: u16,
    /// +2fc: selector.
    pub gdt_r3_data: u16,
    /// +2fe: selector.
    pub gdt_r3_teb: u16,
    /// +300: selector.
    pub gdt_ldt: u16,
    /// +302: selector.
    pub gdt_tss: u16,
    /// +304: selector.
    pub gdt64_r3_cm_code: u16,
    /// +306: selector.
    pub gdt64_r3_cm_teb: u16,
    /// +308: IopNumTriageDumpDataBlocks: the variable.
    pub triage_blocks_count: u64,
    /// +310: IopTriageDumpDataBlocks: the variable.
    pub triage_blocks: u64,
    /// +318: VfCrashDataBlock.
    pub verifier_crash_data: u64,
    /// +320: MmBadPagesDetected: the variable.
    pub bad_pages_detected: u64,
    /// +328: MmZeroedPageSingleBitErrorsDetected: the variable.
    pub single_bit_errors: u64,
    /// +330: EtwpDebuggerData.
    pub etw_debugger_data: u64,
    /// +338: offset of KPRCB.Context.
    pub prcb_context: u16,
    /// +33a: a value.
    pub prcb_max_breakpoints: u16,
    /// +33c: a value.
    pub prcb_max_watchpoints: u16,
    /// 0.
    pub reserved2: u16,
    /// +340: offset of KTHREAD.StackLimit.
    pub kthread_stack_limit: u32,
    /// +344: offset of KTHREAD.StackBase.
    pub kthread_stack_base: u32,
    /// +348: offset of KTHREAD.QueueListEntry.
    pub kthread_queue_list_entry: u32,
    /// +34c: offset of ETHREAD.IrpList.
    pub ethread_irp_list: u32,
    /// +350: offset of KPRCB.IdleThread.
    pub prcb_idle_thread: u16,
    /// +352: offset of KPRCB.NormalDpcState.
    pub prcb_normal_dpc_state: u16,
    /// +354: offset of KPRCB.DpcStack.
    pub prcb_dpc_stack: u16,
    /// +356: offset of KPRCB.IsrStack.
    pub prcb_isr_stack: u16,
    /// +358: bytes of KDPC_STACK_FRAME.
    pub size_kdpc_stack_frame: u16,
    /// +35a: offset of KPRIQUEUE.ThreadListHead.
    pub kpri_queue_thread_list: u16,
    /// +35c: offset of KTHREAD.WaitReason.
    pub kthread_wait_reason: u16,
    /// 0.
    pub reserved3: u16,
    /// +360: PteBase: the value.
    pub pte_base: u64,
    /// +368: RetpolineStubFunctionTable.
    pub retpoline_table: u64,
    /// +370: bytes.
    pub retpoline_table_size: u32,
    /// +374: RetpolineStubOffset.
    pub retpoline_offset: u32,
    /// +378: RetpolineStubSize.
    pub retpoline_size: u32,
    /// +37c: offset of EPROCESS.MmHotPatchContext.
    pub eprocess_hot_patch_context: u16,
    /// 0.
    pub reserved4: u16,
    /// +380: offset of KTHREAD.ShadowStackLimit.
    pub kthread_shadow_stack_limit: u32,
    /// +384: offset of KTHREAD.ShadowStackBase.
    pub kthread_shadow_stack_base: u32,
    /// +388: ShadowStackEnabled.
    pub shadow_stack_enabled: u64,
    /// +390: PointerAuthMask.
    pub pointer_auth_mask: u64,
    /// +398: offset of KPRCB.ExceptionStack.
    pub prcb_exception_stack: u16,
    /// 0.
    pub reserved5: u16,
    /// 0.
    pub reserved6: u32,
}
sized!(kst_debugger_data);

/// One type with members.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_type {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_TYPE_…`
    pub kind: u32,
    /// Bytes that one object takes.
    pub length: u64,
    /// Number of members that the source states.
    pub members: u32,
    /// Zero.
    pub reserved0: u32,
    /// As the source spells it; cut when longer.
    pub name: [c_char; 128],
}
sized!(kst_type);

/// What a PDB is.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pdb_info {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`, by the machine number; x86 when an old file has none but 32-bit pointers.
    pub arch: u32,
    /// IMAGE_FILE_MACHINE_… of the image; 0 when the file does not say.
    pub machine: u32,
    /// 4 or 8; 0 when neither the machine nor the types tell.
    pub pointer_size: u32,
    /// With the GUID it names the build of the image: as in the image's debug directory.
    pub age: u32,
    /// Bytes of one block of the container.
    pub block_size: u32,
    /// As stored: the first three parts are little-endian.
    pub guid: [u8; 16],
    /// Complete structs and classes.
    pub structs: u32,
    /// Complete unions.
    pub unions: u32,
    /// Type records of all kinds.
    pub records: u32,
    /// Public and data symbols.
    pub symbols: u32,
    /// Entries of the map from original to final addresses; 0: the image was not reordered.
    pub omap: u32,
    /// Sections that addresses of symbols refer to.
    pub sections: u32,
    /// `KST_PDB_ANOMALY_…`
    pub anomalies: u64,
}
sized!(kst_pdb_info);

/// What an ISF file is.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_isf_info {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`, by the machine number.
    pub arch: u32,
    /// IMAGE_FILE_MACHINE_… of the image.
    pub machine: u32,
    /// 4 or 8; 0 when the file does not say.
    pub pointer_size: u32,
    /// Of the PDB that the file was made from.
    pub age: u32,
    /// Structs and classes.
    pub structs: u32,
    /// Unions.
    pub unions: u32,
    /// Symbols with an address.
    pub symbols: u32,
    /// Of that PDB, as a PDB stores it.
    pub guid: [u8; 16],
    /// `KST_ISF_HAS_…`
    pub present: u64,
    /// Name of that PDB; cut when longer.
    pub pdb_name: [c_char; 64],
}
sized!(kst_isf_info);

/// What a PE image in memory says of itself.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_image {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// IMAGE_FILE_MACHINE_… of the header.
    pub machine: u32,
    /// `KST_IMAGE_HAS_…`
    pub present: u64,
    /// `KST_IMAGE_ANOMALY_…`
    pub anomalies: u64,
    /// Where the image is.
    pub base: u64,
    /// Of the header.
    pub time_date_stamp: u32,
    /// Bytes.
    pub size_of_image: u32,
    /// Age of the PDB.
    pub pdb_age: u32,
    /// 0.
    pub reserved0: u32,
    /// GUID of the PDB, as stored: `kst_pdb_info.guid` of the matching file is the same.
    pub pdb_guid: [u8; 16],
    /// File name of the PDB without its folder, as text.
    pub pdb_name: [c_char; 128],
}
sized!(kst_image);

/// An EXCEPTION_RECORD of either width.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_exception {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// ExceptionCode, an NTSTATUS.
    pub code: u32,
    /// `KST_EXCEPTION_HAS_…`
    pub present: u64,
    /// `KST_EXCEPTION_ANOMALY_…`
    pub anomalies: u64,
    /// Where the record is.
    pub address: u64,
    /// ExceptionAddress: where it happened.
    pub exception_address: u64,
    /// ExceptionRecord: the chained record, or 0.
    pub next: u64,
    /// ExceptionFlags.
    pub flags: u32,
    /// NumberParameters, at most 15.
    pub information_count: u32,
    /// ExceptionInformation, the first `information_count`.
    pub information: [u64; 15],
}
sized!(kst_exception);

/// A CONTEXT record: the registers of a processor.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_context {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_ARCH_…`, as asked for.
    pub arch: u32,
    /// `KST_CONTEXT_HAS_…`: by ContextFlags and by what is at hand.
    pub present: u64,
    /// `KST_CONTEXT_ANOMALY_…`
    pub anomalies: u64,
    /// Where the record is.
    pub address: u64,
    /// Eip, Rip, Pc.
    pub ip: u64,
    /// Esp, Rsp, Sp.
    pub sp: u64,
    /// Ebp, Rbp, Fp.
    pub fp: u64,
    /// ContextFlags as stored.
    pub context_flags: u32,
    /// EFlags; ARM64: Cpsr.
    pub eflags: u32,
    /// SegCs.
    pub cs: u16,
    /// SegDs.
    pub ds: u16,
    /// SegEs.
    pub es: u16,
    /// SegFs.
    pub fs: u16,
    /// SegGs.
    pub gs: u16,
    /// SegSs.
    pub ss: u16,
    /// General registers of the architecture: 8, 16 or 33.
    pub gpr_count: u32,
    /// In the order of the instruction encoding: eax ecx edx ebx esp ebp esi edi; rax … rdi, r8 … r15; x0 … x28, fp, lr, sp, pc.
    pub gpr: [u64; 33],
}
sized!(kst_context);

/// One processor: KPRCB and what its KPCR adds.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_processor {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// KPRCB.Number.
    pub number: u32,
    /// `KST_PROCESSOR_HAS_…`
    pub present: u64,
    /// `KST_PROCESSOR_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the KPCR.
    pub kpcr: u64,
    /// Address of the KPRCB.
    pub kprcb: u64,
    /// The running thread.
    pub current_thread: u64,
    /// The thread that was selected to run next; 0: none.
    pub next_thread: u64,
    /// The idle thread.
    pub idle_thread: u64,
    /// KPRCB.DpcStack, as stored.
    pub dpc_stack: u64,
    /// KPRCB.IsrStack, as stored (8.1 and later); 64-bit: the end of the stack.
    pub isr_stack: u64,
    /// KPRCB.ExceptionStack, as stored (18362 and later).
    pub exception_stack: u64,
    /// KPRCB.SavedRsp (2003 and Vista x64).
    pub saved_rsp: u64,
    /// The thread that runs threaded DPCs.
    pub dpc_thread: u64,
    /// Instruction pointer of the saved context; 7 and later: *KPRCB.Context.
    pub context_ip: u64,
    /// Stack pointer of the saved context.
    pub context_sp: u64,
    /// Frame pointer of the saved context.
    pub context_bp: u64,
    /// Address of the TSS; valid with `KST_PROCESSOR_HAS_TSS`.
    pub tss: u64,
    /// Not 0 while DPCs are retired here (NT 5 x86: may be a stack address).
    pub dpc_routine_active: u32,
    /// KPCR.Irql (x64: CR8 is what counts, this may be stale).
    pub irql: u32,
}
sized!(kst_processor);

/// One queue.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_dpc_queue {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Number of the processor; valid with `KST_DPC_QUEUE_HAS_PROCESSOR`.
    pub processor: u32,
    /// `KST_DPC_QUEUE_HAS_…`
    pub present: u64,
    /// `KST_DPC_QUEUE_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the KDPC_DATA (XP: of the list head).
    pub address: u64,
    /// Address of the first KDPC; 0: empty.
    pub first: u64,
    /// Address of the last KDPC; 0: empty.
    pub last: u64,
    /// The KDPC that runs now; 0: none (8.1 and later).
    pub active: u64,
    /// DpcLock, as stored.
    pub lock: u64,
    /// `KST_DPC_NORMAL` or `KST_DPC_THREADED`.
    pub kind: u32,
    /// DpcQueueDepth: how many should be queued.
    pub depth: u32,
    /// DpcCount: a running total, not a depth.
    pub count: u32,
    /// LongDpcPresent (20348 and later).
    pub long_dpc_present: u32,
}
sized!(kst_dpc_queue);

/// One KDPC.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_dpc {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// KOBJECTS number: 0x13 normal; 0x18 or 0x1a threaded.
    pub r#type: u32,
    /// `KST_DPC_HAS_…`
    pub present: u64,
    /// `KST_DPC_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the KDPC.
    pub address: u64,
    /// DeferredRoutine.
    pub routine: u64,
    /// DeferredContext.
    pub context: u64,
    /// SystemArgument1 and SystemArgument2.
    pub arguments: [u64; 2],
    /// DpcData (XP: Lock): not 0 while queued.
    pub dpc_data: u64,
    /// ProcessorHistory: a bit per processor (8.1 and later).
    pub processor_history: u64,
    /// 0 low, 1 medium, 2 high, 3 medium-high.
    pub importance: u32,
    /// Target processor, as stored: values past the processor table mark a targeted DPC.
    pub number: u32,
    /// `KST_DPC_NORMAL` or `KST_DPC_THREADED`, by `type`.
    pub kind: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_dpc);

/// One timer that waits in a timer table.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_timer {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Whose table; valid with `KST_TIMER_HAS_PROCESSOR`.
    pub processor: u32,
    /// `KST_TIMER_HAS_…`
    pub present: u64,
    /// `KST_TIMER_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the KTIMER.
    pub address: u64,
    /// DueTime, 100 ns of interrupt time.
    pub due_time: u64,
    /// Address of the KDPC, decoded; 0: none.
    pub dpc: u64,
    /// Milliseconds; 0: once.
    pub period: u32,
    /// Index of the table's bucket.
    pub bucket: u32,
}
sized!(kst_timer);

/// Registers at a point of a stack.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_registers {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Instruction pointer.
    pub ip: u64,
    /// Stack pointer.
    pub sp: u64,
    /// Frame pointer.
    pub bp: u64,
}
sized!(kst_registers);

/// One stack in the chain of switches, the newest first; the last one is the interrupted thread's.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_stack_link {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Number of the processor; valid with `KST_STACK_LINK_HAS_PROCESSOR`.
    pub processor: u32,
    /// `KST_STACK_LINK_HAS_…`
    pub present: u64,
    /// `KST_STACK_LINK_ANOMALY_…`
    pub anomalies: u64,
    /// The thread that is charged: KPRCB.CurrentThread.
    pub thread: u64,
    /// Instruction pointer on this stack.
    pub ip: u64,
    /// Stack pointer on this stack.
    pub sp: u64,
    /// Frame pointer on this stack.
    pub bp: u64,
    /// Lowest address of this stack.
    pub low: u64,
    /// Address after its last byte.
    pub high: u64,
    /// `KST_STACK_…`
    pub stack: u32,
    /// `KST_REGISTERS_FOUND_…`
    pub found: u32,
    /// 1: `sp` lies within the limits of the stack that it is said to be on.
    pub checked: u32,
    /// `KST_STACK_LINK_NOTE_…`
    pub notes: u32,
}
sized!(kst_stack_link);

/// One return address on a stack.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_return_address {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_REGISTERS_FOUND_FRAME` (frame-pointer chain, x86) or `KST_REGISTERS_FOUND_SCAN`.
    pub found: u32,
    /// Address on the stack.
    pub slot: u64,
    /// The return address.
    pub address: u64,
    /// Base of the module that it lies in.
    pub module_base: u64,
    /// Its name, UTF-8.
    pub module_name: [c_char; 64],
}
sized!(kst_return_address);

/// One process (EPROCESS and the KPROCESS it begins with).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_process {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_USER_STATE_…`
    pub user_state: u32,
    /// `KST_PROCESS_HAS_…`
    pub present: u64,
    /// `KST_PROCESS_ANOMALY_…`
    pub anomalies: u64,
    /// `KST_PROCESS_IS_…`
    pub traits: u64,
    /// Address of the EPROCESS.
    pub address: u64,
    /// UniqueProcessId.
    pub pid: u64,
    /// InheritedFromUniqueProcessId: the creator, which may be long gone.
    pub parent_pid: u64,
    /// DirectoryTableBase as stored (PCID bits included); maps everything.
    pub dtb: u64,
    /// UserDirectoryTableBase as stored; 0: not shadowed.
    pub user_dtb: u64,
    /// PEB (of a WOW64 process the 64-bit one); 0: none.
    pub peb: u64,
    /// Value of the WOW64 member; 0: not a WOW64 process.
    pub wow64_process: u64,
    /// 32-bit PEB.
    pub wow64_peb: u64,
    /// HANDLE_TABLE.
    pub handle_table: u64,
    /// TOKEN object, reference bits removed.
    pub token: u64,
    /// MM_SESSION_SPACE; 0: in no session.
    pub session: u64,
    /// Section object of the image.
    pub section: u64,
    /// Address of the image.
    pub section_base: u64,
    /// Address of the member VadRoot.
    pub vad_root: u64,
    /// FILE_OBJECT of the image.
    pub file_object: u64,
    /// OBJECT_NAME_INFORMATION with the image's path.
    pub audit_name: u64,
    /// FILETIME, UTC.
    pub create_time: u64,
    /// FILETIME, UTC; 0: it has not exited.
    pub exit_time: u64,
    /// TrustletIdentity (10240 to 17134).
    pub trustlet_identity: u64,
    /// SecureState, or SecurePid up to 15063.
    pub secure_state: u64,
    /// ActiveThreads.
    pub threads: u32,
    /// Handles in its table.
    pub handles: u32,
    /// NTSTATUS.
    pub exit_status: u32,
    /// EPROCESS.Flags.
    pub flags: u32,
    /// Number of the session.
    pub session_id: u32,
    /// PS_PROTECTION: bits 0-2 type (1 light, 2 full), 3 audit, 4-7 signer.
    pub protection: u32,
    /// BasePriority.
    pub base_priority: u32,
    /// Clock ticks in kernel mode.
    pub kernel_time: u32,
    /// Clock ticks in user mode.
    pub user_time: u32,
    /// PE machine of the WOW64 side: 0x14c, 0x1c4.
    pub wow64_machine: u32,
    /// Length of the path in bytes of UTF-16.
    pub path_bytes: u32,
    /// 0.
    pub reserved0: u32,
    /// ImageFileName: 14 characters at most in practice.
    pub name: [c_char; 24],
    /// Full path as UTF-8, cut at a character.
    pub path: [c_char; 520],
}
sized!(kst_process);

/// What knows of one process: `kst_process_sources()`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_process_sources {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Address of the EPROCESS.
    pub address: u64,
    /// `KST_PROCESS_SOURCE_…`: those that could be asked.
    pub present: u64,
    /// `KST_PROCESS_SOURCE_…`: of these, those that know the process.
    pub found: u64,
}
sized!(kst_process_sources);

/// One thread (ETHREAD and the KTHREAD it begins with).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_thread {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_THREAD_…`
    pub state: u32,
    /// `KST_THREAD_HAS_…`
    pub present: u64,
    /// `KST_THREAD_ANOMALY_…`
    pub anomalies: u64,
    /// `KST_THREAD_IS_…`
    pub traits: u64,
    /// Address of the ETHREAD.
    pub address: u64,
    /// Cid.UniqueProcess.
    pub pid: u64,
    /// Cid.UniqueThread.
    pub tid: u64,
    /// EPROCESS that owns it.
    pub process: u64,
    /// EPROCESS whose address space it uses (ApcState.Process).
    pub attached_process: u64,
    /// StartAddress.
    pub start: u64,
    /// Win32StartAddress.
    pub win32_start: u64,
    /// InitialStack: where the stack pointer began.
    pub initial_stack: u64,
    /// Address after the kernel stack.
    pub stack_base: u64,
    /// Lowest address of the kernel stack.
    pub stack_limit: u64,
    /// Saved stack pointer; means nothing while the thread runs.
    pub kernel_stack: u64,
    /// TEB; 0: none.
    pub teb: u64,
    /// From the TEB: address after the user stack.
    pub user_stack_base: u64,
    /// From the TEB: lowest committed address of the user stack.
    pub user_stack_limit: u64,
    /// KTRAP_FRAME; 0: none.
    pub trap_frame: u64,
    /// Win32Thread; 0: never called a window function.
    pub win32_thread: u64,
    /// FILETIME, UTC.
    pub create_time: u64,
    /// FILETIME, UTC; means something once the thread has exited.
    pub exit_time: u64,
    /// UNICODE_STRING with the thread's name (14393 and later); 0: none.
    pub name_address: u64,
    /// KWAIT_REASON; `kst_wait_reason_name()` names it.
    pub wait_reason: u32,
    /// 0 kernel, 1 user.
    pub wait_mode: u32,
    /// IRQL to come back to.
    pub wait_irql: u32,
    /// Clock tick at which the wait began (low 32 bits).
    pub wait_time: u32,
    /// ContextSwitches.
    pub context_switches: u32,
    /// Processor it runs on, or is to run on.
    pub next_processor: u32,
    /// Priority, 0 to 31.
    pub priority: u32,
    /// BasePriority.
    pub base_priority: u32,
    /// CrossThreadFlags.
    pub flags: u32,
    /// NTSTATUS.
    pub exit_status: u32,
    /// Clock ticks in kernel mode.
    pub kernel_time: u32,
    /// Clock ticks in user mode.
    pub user_time: u32,
    /// SecureThreadCookie; not 0: it has a part in VTL 1.
    pub secure_cookie: u32,
    /// 0.
    pub reserved0: u32,
    /// Thread name as UTF-8, cut at a character.
    pub name: [c_char; 128],
}
sized!(kst_thread);

/// A text in the target: UTF-16 that `kst_read_text()` brings.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_text {
    /// Where it is; 0: nowhere.
    pub address: u64,
    /// Its length in bytes.
    pub bytes: u32,
    /// Bytes that were reserved for it.
    pub maximum: u32,
}
zeroed!(kst_text);

/// A PEB and its PEB_LDR_DATA.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_peb {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PEB_…`
    pub state: u32,
    /// `KST_PEB_HAS_…`
    pub present: u64,
    /// `KST_PEB_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the PEB.
    pub address: u64,
    /// With `KST_PEB_PAGED_OUT`: address of the first field that could not be read.
    pub unreadable: u64,
    /// ImageBaseAddress.
    pub image_base: u64,
    /// PEB_LDR_DATA; 0: the loader has not run.
    pub ldr: u64,
    /// RTL_USER_PROCESS_PARAMETERS.
    pub parameters: u64,
    /// SubSystemData.
    pub subsystem_data: u64,
    /// ProcessHeap.
    pub process_heap: u64,
    /// Array of `heaps` pointers.
    pub process_heaps: u64,
    /// Flink of InLoadOrderModuleList: the node in the first entry.
    pub load_first: u64,
    /// Blink of InLoadOrderModuleList.
    pub load_last: u64,
    /// Flink of InMemoryOrderModuleList.
    pub memory_first: u64,
    /// Blink of InMemoryOrderModuleList.
    pub memory_last: u64,
    /// Flink of InInitializationOrderModuleList.
    pub init_first: u64,
    /// Blink of InInitializationOrderModuleList.
    pub init_last: u64,
    /// Entry being loaded; 0: none.
    pub entry_in_progress: u64,
    /// 32 or 64.
    pub bits: u32,
    /// `KST_PEB_IS_…`: what BitField means on this build.
    pub flags: u32,
    /// InheritedAddressSpace.
    pub inherited_address_space: u32,
    /// ReadImageFileExecOptions.
    pub read_image_file_exec_options: u32,
    /// BeingDebugged; anything but 0 is yes.
    pub being_debugged: u32,
    /// BitField as stored.
    pub bit_field: u32,
    /// CrossProcessFlags (Vista and later).
    pub cross_process_flags: u32,
    /// NtGlobalFlag.
    pub nt_global_flag: u32,
    /// NumberOfProcessors.
    pub processors: u32,
    /// NumberOfHeaps.
    pub heaps: u32,
    /// OSMajorVersion.
    pub os_major: u32,
    /// OSMinorVersion.
    pub os_minor: u32,
    /// OSBuildNumber.
    pub os_build: u32,
    /// OSCSDVersion.
    pub os_service_pack: u32,
    /// OSPlatformId.
    pub os_platform: u32,
    /// ImageSubsystem.
    pub image_subsystem: u32,
    /// SessionId.
    pub session_id: u32,
    /// Length of PEB_LDR_DATA.
    pub ldr_length: u32,
    /// Initialized; 0: the loader has not run.
    pub ldr_initialized: u32,
    /// ShutdownInProgress.
    pub shutdown_in_progress: u32,
    /// CSDVersion.
    pub csd_version: kst_text,
}
sized!(kst_peb);

/// RTL_USER_PROCESS_PARAMETERS.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_process_parameters {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Flags; bit 0: pointers are addresses, not offsets.
    pub flags: u32,
    /// `KST_PROCESS_PARAMETERS_HAS_…`
    pub present: u64,
    /// `KST_PROCESS_PARAMETERS_ANOMALY_…`
    pub anomalies: u64,
    /// Where it is.
    pub address: u64,
    /// Address of the environment.
    pub environment: u64,
    /// Bytes reserved for it (Vista and later).
    pub environment_size: u64,
    /// ConsoleHandle.
    pub console_handle: u64,
    /// StandardInput.
    pub standard_input: u64,
    /// StandardOutput.
    pub standard_output: u64,
    /// StandardError.
    pub standard_error: u64,
    /// CurrentDirectory.Handle.
    pub current_directory_handle: u64,
    /// MaximumLength.
    pub maximum_length: u32,
    /// Length.
    pub length: u32,
    /// WindowFlags.
    pub window_flags: u32,
    /// 32 or 64.
    pub bits: u32,
    /// CurrentDirectory.DosPath.
    pub current_directory: kst_text,
    /// DllPath; null since 8 in practice.
    pub dll_path: kst_text,
    /// ImagePathName.
    pub image_path: kst_text,
    /// CommandLine.
    pub command_line: kst_text,
    /// WindowTitle.
    pub window_title: kst_text,
    /// DesktopInfo.
    pub desktop_info: kst_text,
    /// ShellInfo.
    pub shell_info: kst_text,
    /// RuntimeData; not text.
    pub runtime_data: kst_text,
}
sized!(kst_process_parameters);

/// One variable of an environment, "NAME=value"; names may begin with '='.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_variable {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Where it is; bring it with `kst_read_text()`.
    pub text: kst_text,
}
sized!(kst_variable);

/// One module of a process (LDR_DATA_TABLE_ENTRY).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_user_module {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 32 or 64: width of the loader it belongs to.
    pub bits: u32,
    /// `KST_USER_MODULE_HAS_…`
    pub present: u64,
    /// `KST_USER_MODULE_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the loader entry.
    pub address: u64,
    /// DllBase.
    pub base: u64,
    /// EntryPoint.
    pub entry_point: u64,
    /// OriginalBase (7 and later).
    pub original_base: u64,
    /// FILETIME, UTC (7 and later).
    pub load_time: u64,
    /// BaseDllName.
    pub name_text: kst_text,
    /// FullDllName.
    pub path_text: kst_text,
    /// Bytes.
    pub size_of_image: u32,
    /// Flags as stored.
    pub flags: u32,
    /// LoadCount (ObsoleteLoadCount since 8).
    pub load_count: u32,
    /// TlsIndex.
    pub tls_index: u32,
    /// Of the image: seconds since 1970, UTC.
    pub time_date_stamp: u32,
    /// LDR_DLL_LOAD_REASON (8 and later); 0xffffffff: unknown.
    pub load_reason: u32,
    /// Lists whose links at the entry hold with their neighbours: bit n is `KST_LOADER_LIST_` n.
    pub linked: u32,
    /// Lists for which that could be told, as the bits of `linked`.
    pub checked: u32,
    /// BaseDllName as UTF-8, cut at a character.
    pub name: [c_char; 128],
    /// FullDllName as UTF-8, cut at a character.
    pub path: [c_char; 520],
}
sized!(kst_user_module);

/// One unloaded module of a process (RTL_UNLOAD_EVENT_TRACE).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_unloaded_user_module {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Sequence: the higher, the newer.
    pub sequence: u32,
    /// `KST_UNLOADED_USER_MODULE_HAS_…`
    pub present: u64,
    /// `KST_UNLOADED_USER_MODULE_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the record.
    pub address: u64,
    /// BaseAddress.
    pub base: u64,
    /// Bytes.
    pub size_of_image: u64,
    /// Of the image.
    pub time_date_stamp: u32,
    /// Of the image.
    pub checksum: u32,
    /// ImageName as UTF-8: 32 characters at most.
    pub name: [c_char; 104],
}
sized!(kst_unloaded_user_module);

/// One range of a process (MMVAD or MMVAD_SHORT).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_vad {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_VAD_…`
    pub kind: u32,
    /// `KST_VAD_HAS_…`
    pub present: u64,
    /// `KST_VAD_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the descriptor.
    pub address: u64,
    /// First address of the range.
    pub start: u64,
    /// Last address of the range.
    pub end: u64,
    /// The flags as stored.
    pub flags: u64,
    /// Pages charged (kernels that keep it in the flags).
    pub commit: u64,
    /// CONTROL_AREA of the mapped section.
    pub control_area: u64,
    /// FILE_OBJECT of the mapped file, reference bits removed.
    pub file_object: u64,
    /// The kernel's protection number, 0 to 31.
    pub protection: u32,
    /// 1: memory of its own, not a section's.
    pub private_memory: u32,
    /// FileName of the file: the path on its volume, as UTF-8.
    pub path: [c_char; 520],
}
sized!(kst_vad);

/// One object: its `_OBJECT_HEADER` and the optional headers below it. Two generations: up to Vista three offset bytes and a flag tell which optional headers there are and a pointer gives the type; since Windows 7 one mask and one index into a table do (public symbols of both).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_object {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Flags byte, as stored.
    pub flags: u32,
    /// `KST_OBJECT_HAS_…`
    pub present: u64,
    /// `KST_OBJECT_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the `_OBJECT_HEADER`.
    pub header: u64,
    /// Address of the object itself: header + offset of Body.
    pub body: u64,
    /// Address of the `_OBJECT_TYPE`; a decoder gives it only where the header holds it.
    pub r#type: u64,
    /// References; large since Windows 8 while handles are open (each charges many ahead).
    pub pointer_count: i64,
    /// Open handles.
    pub handle_count: i64,
    /// TypeIndex as stored (Windows 7 and later).
    pub stored_type_index: u32,
    /// Index into the type table; since Windows 10 decoded with the header cookie.
    pub type_index: u32,
    /// InfoMask (Windows 7 and later).
    pub info_mask: u32,
    /// `KST_OBJECT_INFO_…`: the optional headers there are, of either generation.
    pub infos: u32,
    /// ObjectCreateInfo while flag 0x1 is set, else the quota block charged.
    pub create_info: u64,
    /// Address, count bits removed.
    pub security_descriptor: u64,
    /// Count bits of the fast reference.
    pub security_references: u32,
    /// CreatorBackTraceIndex.
    pub creator_backtrace: u32,
    /// Where optional header number n (bit n of `infos`) is; 0: none.
    pub info_address: [u64; 8],
    /// Process that created it.
    pub creator_pid: u64,
    /// Links of the list of all objects of the type (creator header).
    pub type_list_flink: u64,
    /// As `type_list_flink`.
    pub type_list_blink: u64,
    /// Body of the directory that holds it (name header); 0: none.
    pub directory: u64,
    /// Address of the name's UTF-16 text.
    pub name_buffer: u64,
    /// Bytes of the name, as stored.
    pub name_length: u32,
    /// Bytes at `name_buffer`, as stored.
    pub name_maximum: u32,
    /// Reference count of the name header.
    pub name_references: u32,
    /// Bytes of paged pool charged (quota header).
    pub paged_charge: u32,
    /// Bytes of nonpaged pool charged (quota header).
    pub nonpaged_charge: u32,
    /// PaddingAmount, clamped to a page.
    pub padding: u32,
    /// The one process with handles (flag 0x40), else the database of handle counts.
    pub handle_info: u64,
    /// Handles of that process; only with flag 0x40.
    pub handle_info_count: u64,
    /// Process that has it to itself (quota header up to Vista, process header later).
    pub exclusive_process: u64,
    /// Security descriptor for audits (audit header).
    pub audit_descriptor: u64,
    /// `_OBJECT_FOOTER` (extended header, 14393 and later), or the revocation block before.
    pub footer: u64,
    /// Name of the type, UTF-8; walks only.
    pub type_name: [c_char; 64],
    /// Name in the name header, UTF-8; walks only. Longer: `kst_object_name()`.
    pub name: [c_char; 256],
}
sized!(kst_object);

/// What an object's body tells about its name.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_object_body {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_OBJECT_KIND_…`
    pub kind: u32,
    /// `KST_OBJECT_BODY_HAS_…`
    pub present: u64,
    /// `KST_OBJECT_BODY_ANOMALY_…`
    pub anomalies: u64,
    /// File: the `_DEVICE_OBJECT` it is open on.
    pub device: u64,
    /// Device, or the device of a file: its `_DRIVER_OBJECT`.
    pub driver: u64,
    /// Section: the `_FILE_OBJECT` that backs it; file: the one it was opened relative to.
    pub file: u64,
    /// Driver: address of its image; section: its `_CONTROL_AREA`; key: its control block.
    pub start: u64,
    /// Process: its pid; thread: its tid; driver: size of its image.
    pub id: u64,
    /// Thread: pid of its process; key: pid that opened it.
    pub pid: u64,
    /// Flags of a file, device or driver object, as stored.
    pub flags: u32,
    /// 0.
    pub reserved0: u32,
    /// Name of the device or, where it has none, of its driver.
    pub device_name: [c_char; 64],
    /// UTF-8. File: FileName; key: path; driver: DriverName; link: target; section: file name; process: image name.
    pub name: [c_char; 512],
}
sized!(kst_object_body);

/// One `_OBJECT_TYPE`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_object_type {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Index; since Windows 7 the slot in the type table.
    pub index: u32,
    /// `KST_OBJECT_TYPE_HAS_…`
    pub present: u64,
    /// `KST_OBJECT_TYPE_ANOMALY_…`
    pub anomalies: u64,
    /// Of the `_OBJECT_TYPE`.
    pub address: u64,
    /// Address of TypeList, the head of the list of all objects of this type.
    pub list_head: u64,
    /// First entry of the list.
    pub list_flink: u64,
    /// Last entry of the list.
    pub list_blink: u64,
    /// DefaultObject, as stored.
    pub default_object: u64,
    /// Address of the name's UTF-16 text.
    pub name_buffer: u64,
    /// Bytes of the name, as stored.
    pub name_length: u32,
    /// Bytes at `name_buffer`, as stored.
    pub name_maximum: u32,
    /// TotalNumberOfObjects.
    pub objects: u32,
    /// TotalNumberOfHandles.
    pub handles: u32,
    /// HighWaterNumberOfObjects.
    pub high_objects: u32,
    /// HighWaterNumberOfHandles.
    pub high_handles: u32,
    /// Pool tag of its objects.
    pub key: [u8; 4],
    /// `KST_OBJECT_TYPE_…` flags of the initializer.
    pub flags: u32,
    /// ValidAccessMask.
    pub valid_access: u32,
    /// PoolType, as stored.
    pub pool_type: u32,
    /// First entry of CallbackList (Vista SP1 and later).
    pub callback_flink: u64,
    /// Address of CallbackList.
    pub callback_head: u64,
    /// `KST_OBJECT_TRACKING_…`; walks only.
    pub tracking: u32,
    /// 0.
    pub reserved0: u32,
    /// UTF-8; walks only.
    pub name: [c_char; 64],
}
sized!(kst_object_type);

/// The list of a type walked in both directions.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_object_list {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 1: both directions closed with the same number, and each link was answered by one back.
    pub agree: u32,
    /// `KST_WALK_…` of the walk forwards.
    pub forward_end: u32,
    /// `KST_WALK_…` of the walk backwards.
    pub backward_end: u32,
    /// Entries found forwards.
    pub forward: u64,
    /// Entries found backwards.
    pub backward: u64,
    /// Last entry reached forwards; 0: none.
    pub forward_last: u64,
    /// Last entry reached backwards; 0: none.
    pub backward_last: u64,
}
sized!(kst_object_list);

/// One `_HANDLE_TABLE`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_handle_table {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Levels of tables above the leaves, 0 to 2.
    pub levels: u32,
    /// `KST_HANDLE_TABLE_HAS_…`
    pub present: u64,
    /// `KST_HANDLE_TABLE_ANOMALY_…`
    pub anomalies: u64,
    /// Of the `_HANDLE_TABLE`.
    pub address: u64,
    /// Address of the top table, or of the one leaf.
    pub table: u64,
    /// `_EPROCESS` that is charged; 0: none.
    pub process: u64,
    /// UniqueProcessId.
    pub pid: u64,
    /// Address of HandleTableList.
    pub list_entry: u64,
    /// HandleCount, as stored; absent since Windows 8.
    pub handles: u32,
    /// Flags, as stored.
    pub flags: u32,
    /// NextHandleNeedingPool: no handle from here on.
    pub limit: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_handle_table);

/// One handle: an entry of a handle table.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_handle {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_HANDLE_…`
    pub state: u32,
    /// `KST_HANDLE_HAS_…`
    pub present: u64,
    /// `KST_HANDLE_ANOMALY_…`
    pub anomalies: u64,
    /// Its value: index times 4; walks only. In PspCidTable a pid or tid.
    pub handle: u64,
    /// Address of the `_HANDLE_TABLE_ENTRY`.
    pub entry: u64,
    /// `_OBJECT_HEADER` of the object.
    pub header: u64,
    /// The object.
    pub body: u64,
    /// Granted access.
    pub access: u32,
    /// `KST_HANDLE_ATTRIBUTE_…`
    pub attributes: u32,
}
sized!(kst_handle);

/// One entry of an object directory.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_directory_entry {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0 in the directory that the walk began with.
    pub depth: u32,
    /// `KST_DIRECTORY_ENTRY_HAS_…`
    pub present: u64,
    /// `KST_DIRECTORY_ENTRY_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the `_OBJECT_DIRECTORY_ENTRY`.
    pub entry: u64,
    /// Body of the directory that holds it.
    pub directory: u64,
    /// The object.
    pub body: u64,
    /// ChainLink: the next entry of the bucket; 0: none.
    pub chain: u64,
    /// Hash bucket, 0 to 36; walks only.
    pub bucket: u32,
    /// HashValue (2003 SP1 and later).
    pub hash: u32,
}
sized!(kst_directory_entry);

/// One block header. Sizes are in bytes and include the header.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_header {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_GENERATION_…` that was used.
    pub generation: u32,
    /// BlockSize in bytes.
    pub block_size: u32,
    /// PreviousSize in bytes.
    pub previous_size: u32,
    /// `KST_POOL_STATE_…`; valid with `KST_POOL_HEADER_HAS_STATE`.
    pub state: u32,
    /// PoolIndex; without the in-use bit of Windows 2000.
    pub pool_index: u32,
    /// The byte as stored.
    pub pool_type: u32,
    /// POOL_TYPE bits of an allocated block: 1 paged, 4 cache-aligned, 8 quota, 0x20 session, 0x40 verifier.
    pub base_type: u32,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
    /// 1: bit 31 of the tag was set (PROTECTED_POOL).
    pub protected_tag: u32,
    /// Bytes per size unit: 8 or 16.
    pub unit: u32,
    /// Bytes of the header: the data begins there.
    pub header_size: u32,
    /// `KST_POOL_HEADER_HAS_…`
    pub present: u64,
    /// `KST_POOL_HEADER_ANOMALY_…`
    pub anomalies: u64,
    /// Of the header.
    pub address: u64,
    /// Process pointer as stored (encoded where a cookie is used).
    pub quota_raw: u64,
    /// The process that was charged; valid with `KST_POOL_HEADER_HAS_QUOTA_PROCESS`.
    pub quota_process: u64,
    /// Tag with '.' for what cannot be printed.
    pub tag_text: [c_char; 8],
}
sized!(kst_pool_header);

/// What one page showed.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_page {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_RULE_…`: the first rule that broke, or `KST_POOL_RULE_NONE`.
    pub rule: u32,
    /// Where it broke, in bytes from the page's start; 0x1000 when none broke.
    pub offset: u32,
    /// 1: the chain closes exactly at the end of the page.
    pub consistent: u32,
    /// Blocks found, those beyond the caller's array included.
    pub blocks: u32,
    /// Of these, allocated.
    pub allocated: u32,
    /// How often the walk was resumed behind a contradiction.
    pub resyncs: u32,
    /// Parameter 1 of bug check 0x19 that says the same as `rule`; 0: none.
    pub bugcheck_class: u32,
    /// Of the page.
    pub address: u64,
    /// `KST_POOL_PAGE_ANOMALY_…`
    pub anomalies: u64,
}
sized!(kst_pool_page);

/// One entry of the large-allocation table.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_large_allocation {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_STATE_ALLOCATED` or `KST_POOL_STATE_FREE`.
    pub state: u32,
    /// `KST_LARGE_ALLOCATION_HAS_…`
    pub present: u64,
    /// `KST_LARGE_ALLOCATION_ANOMALY_…`
    pub anomalies: u64,
    /// First byte of the allocation; of a free entry what is left of it, or 0.
    pub address: u64,
    /// Length of the allocation.
    pub bytes: u64,
    /// Address of the table entry.
    pub entry: u64,
    /// Number of the entry in the table.
    pub index: u64,
    /// QuotaObject or ProcessBilled as stored.
    pub quota_raw: u64,
    /// The process that was charged.
    pub quota_process: u64,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
    /// 1: bit 31 of the tag was set.
    pub protected_tag: u32,
    /// As stored: POOL_TYPE bits, or from 20348 on the low 12 bits of POOL_FLAGS.
    pub pool_type: u32,
    /// `KST_POOL_REGION_NONPAGED`, _PAGED or _SESSION by `pool_type`; _UNKNOWN otherwise.
    pub region: u32,
    /// 1: executable nonpaged, 0: not; valid with `KST_LARGE_ALLOCATION_HAS_EXECUTABLE`.
    pub executable: u32,
    /// Unused bytes at the end that are filled with `pattern`.
    pub slush: u32,
    /// Fill byte of the slush.
    pub pattern: u32,
    /// 1: `pool_type` holds POOL_FLAGS bits.
    pub flags_form: u32,
    /// Tag with '.' for what cannot be printed.
    pub tag_text: [c_char; 8],
}
sized!(kst_large_allocation);

/// A table of large allocations: the system's, or one of a session.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_large_table {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Bytes of one entry.
    pub entry_size: u32,
    /// `KST_LARGE_TABLE_ANOMALY_…`
    pub anomalies: u64,
    /// Of the first entry.
    pub address: u64,
    /// Number of entries, clamped to 0x1000000.
    pub count: u64,
    /// ExpPoolBigEntriesInUse, or 0 when unknown.
    pub in_use: u64,
    /// Address space in which the table and its allocations are.
    pub space: kst_space,
}
sized!(kst_large_table);

/// What an index of large allocations holds.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_large_index_info {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Live entries in the index.
    pub live: u64,
    /// Freed entries met; not all may be kept.
    pub freed: u64,
    /// Entries that cannot be real (address or length).
    pub refused: u64,
    /// Bytes of the table that could be read.
    pub bytes_read: u64,
    /// Bytes of the table.
    pub bytes_total: u64,
    /// `KST_LARGE_TABLE_ANOMALY_…`
    pub anomalies: u64,
}
sized!(kst_large_index_info);

/// A page of special pool, or what would have to be one.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_special_pool {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Requested size.
    pub bytes: u32,
    /// 1: the data starts the page and the record ends it.
    pub underrun: u32,
    /// Fill byte of the unused part.
    pub fill: u32,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
    /// 1: paged.
    pub paged: u32,
    /// 1: tracked by the verifier.
    pub tracked: u32,
    /// 1: size, place of the data and every fill byte agree.
    pub sound: u32,
    /// `KST_SPECIAL_POOL_HAS_…`
    pub present: u64,
    /// `KST_SPECIAL_POOL_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the page.
    pub page: u64,
    /// Address of the data.
    pub data: u64,
    /// Address of the record that stands for a header.
    pub record: u64,
    /// How many fill bytes were compared.
    pub fill_bytes: u64,
}
sized!(kst_special_pool);

/// Counters of one tag, merged over all processors. A count may be negative only where the evidence is incomplete.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_usage {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// How many tables were added up.
    pub tables: u32,
    /// `KST_POOL_USAGE_HAS_…`
    pub present: u64,
    /// `KST_POOL_USAGE_ANOMALY_…`
    pub anomalies: u64,
    /// In memory order.
    pub tag: [u8; 4],
    /// Slot in the table.
    pub index: u32,
    /// Allocations from nonpaged pool so far.
    pub nonpaged_allocs: i64,
    /// Frees so far.
    pub nonpaged_frees: i64,
    /// Bytes in use.
    pub nonpaged_bytes: i64,
    /// Allocations from paged pool so far.
    pub paged_allocs: i64,
    /// Frees so far.
    pub paged_frees: i64,
    /// Bytes in use.
    pub paged_bytes: i64,
    /// Tag with '.' for what cannot be printed.
    pub tag_text: [c_char; 8],
}
sized!(kst_pool_usage);

/// One range of addresses that holds pool.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_range {
    /// Set to sizeof by the caller; of a record in an array set by the library.
    pub size: u32,
    /// `KST_POOL_REGION_…`; unknown: pool and other things lie there.
    pub region: u32,
    /// First byte.
    pub start: u64,
    /// First byte behind the range.
    pub end: u64,
}
sized!(kst_pool_range);

/// A block near an address for which no verdict could be given.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_candidate {
    /// Of the header.
    pub address: u64,
    /// Of the block, header included.
    pub bytes: u32,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
}
zeroed!(kst_pool_candidate);

/// Which allocation an address belongs to, and why.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_verdict {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_KIND_…`
    pub kind: u32,
    /// `KST_POOL_STATE_…`
    pub state: u32,
    /// `KST_POOL_REGION_…` by the known ranges.
    pub region: u32,
    /// `KST_POOL_VERDICT_HAS_…`
    pub present: u64,
    /// `KST_POOL_VERDICT_ANOMALY_…`
    pub anomalies: u64,
    /// `KST_POOL_EVIDENCE_…`: what was found out, in favour and against.
    pub evidence: u64,
    /// The address that was asked for.
    pub address: u64,
    /// First byte of the block, its header included; of a large allocation its first byte.
    pub base: u64,
    /// Length from `base`.
    pub bytes: u64,
    /// First byte behind the header; the pointer of a cache-aligned owner is further in.
    pub data: u64,
    /// Address of the POOL_HEADER; valid with `KST_POOL_VERDICT_HAS_HEADER`.
    pub header: u64,
    /// The process that was charged.
    pub process: u64,
    /// The page, the heap's subsegment or page range, or the table entry.
    pub container: u64,
    /// Segment heap that owns the block.
    pub heap: u64,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
    /// 1: bit 31 of the tag was set.
    pub protected_tag: u32,
    /// As stored.
    pub pool_type: u32,
    /// `KST_POOL_RULE_…`: the rule that failed first, where the page is no classic page.
    pub rule: u32,
    /// Where it failed, in bytes from the page's start.
    pub rule_offset: u32,
    /// Valid elements of `candidates`.
    pub candidates_count: u32,
    /// Tag with '.' for what cannot be printed.
    pub tag_text: [c_char; 8],
    /// Nearest sound headers: at or before the address, and behind it.
    pub candidates: [kst_pool_candidate; 2],
}
sized!(kst_pool_verdict);

/// One place where a tag was found.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pool_hit {
    /// Set by the library: records lie in an array.
    pub size: u32,
    /// `KST_POOL_STATE_…` by the header alone.
    pub state: u32,
    /// In memory order, protected bit cleared.
    pub tag: [u8; 4],
    /// 1: bit 31 of the tag was set.
    pub protected_tag: u32,
    /// In bytes, header included.
    pub block_size: u32,
    /// In bytes.
    pub previous_size: u32,
    /// As stored.
    pub pool_type: u32,
    /// Which of the wanted tags.
    pub tag_index: u32,
    /// Of the header.
    pub address: u64,
    /// `KST_POOL_HIT_…`: why it is implausible; 0 for a plausible one.
    pub reasons: u64,
}
sized!(kst_pool_hit);

/// What to search for.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kst_pool_scan {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_SCAN_…`
    pub flags: u32,
    /// `KST_SPACE_KERNEL`, `KST_SPACE_PHYSICAL` or a directory table base.
    pub space: kst_space,
    /// First address that is not searched.
    pub end: u64,
    /// Number of tags; 1 to 256.
    pub tags_count: u64,
    /// Bytes at `scratch`: at least 1 KiB.
    pub scratch_size: u64,
    /// Tags as little-endian numbers (memory order); the protected bit is ignored.
    pub tags: *const u32,
    /// Optional buffer for reads: larger ones are faster (64 KiB is plenty); null: 512 bytes of stack.
    pub scratch: *mut c_void,
    /// Optional: called about once per MiB with the next address; anything but 0 stops the search.
    pub progress: Option<unsafe extern "C" fn(user: *mut c_void, position: u64) -> i32>,
    /// Passed to `progress`.
    pub progress_user: *mut c_void,
}
sized!(kst_pool_scan);

/// The keys that the heap's headers are encoded with.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_heap_key {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_HEAP_KEY_…`
    pub source: u32,
    /// HeapKey; bits outside `bits_known` are 0 and mean nothing.
    pub key: u64,
    /// Which bits of `key` are known.
    pub bits_known: u64,
    /// LfhKey; valid where `lfh_known` is 1.
    pub lfh_key: u64,
    /// 1: `lfh_key` is known, at least its low 32 bits: no more of it is used.
    pub lfh_known: u32,
    /// Pairs of neighbouring chunks that agree with the key.
    pub pairs: u32,
    /// Chunks that agree with the key in every bit that they can tell.
    pub votes: u64,
    /// Places that could have been a chunk.
    pub candidates: u64,
    /// Bytes that were searched.
    pub searched: u64,
    /// `KST_HEAP_KEY_ANOMALY_…`
    pub anomalies: u64,
    /// Page segments whose signatures agree with `key`; recovered keys only.
    pub segments: u64,
    /// Which bits of `lfh_key` are known.
    pub lfh_bits_known: u64,
    /// LFH subsegments that voted for `lfh_key`; 0: it is from symbols, or not known.
    pub lfh_votes: u64,
}
sized!(kst_heap_key);

/// Header of a chunk of a VS (variable size) subsegment: _HEAP_VS_CHUNK_HEADER, decoded.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_vs_chunk {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_POOL_STATE_ALLOCATED` or _FREE.
    pub state: u32,
    /// `KST_VS_CHUNK_HAS_…`
    pub present: u64,
    /// `KST_VS_CHUNK_ANOMALY_…`
    pub anomalies: u64,
    /// Of the chunk.
    pub address: u64,
    /// Length of the chunk, its header included.
    pub bytes: u64,
    /// Length of the chunk before, as this one remembers it.
    pub previous_bytes: u64,
    /// The encoded word.
    pub stored: u64,
    /// The word decoded; only bits of the key that are known mean something.
    pub plain: u64,
    /// First byte behind the chunk header.
    pub data: u64,
    /// Where the subsegment begins, by the encoded page offset.
    pub subsegment: u64,
    /// MemoryCost; 0 in allocated chunks.
    pub memory_cost: u32,
    /// 1: the block is smaller than the chunk by more than the chunk header.
    pub unused_bytes: u32,
}
sized!(kst_vs_chunk);

/// Start of a VS subsegment: _HEAP_VS_SUBSEGMENT.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_vs_subsegment {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// FullCommit.
    pub full_commit: u32,
    /// `KST_VS_SUBSEGMENT_ANOMALY_…`
    pub anomalies: u64,
    /// Of the subsegment.
    pub address: u64,
    /// Size in bytes, whole pages with the subsegment's own header (inferred: the member counts units, and leaves the header out or does not; the pages are the same).
    pub bytes: u64,
    /// Address of the first chunk.
    pub first_chunk: u64,
    /// Signature, 15 bits.
    pub signature: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_vs_subsegment);

/// Start of an LFH (low fragmentation) subsegment: _HEAP_LFH_SUBSEGMENT, decoded.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_lfh_subsegment {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Size of every block.
    pub block_bytes: u32,
    /// `KST_LFH_SUBSEGMENT_HAS_…`
    pub present: u64,
    /// `KST_LFH_SUBSEGMENT_ANOMALY_…`
    pub anomalies: u64,
    /// Of the subsegment.
    pub address: u64,
    /// Address of the first block.
    pub first_block: u64,
    /// Address of the bitmap: two bits per place, bit 0 busy, bit 1 has unused bytes.
    pub bitmap: u64,
    /// BlockCount: without the withheld places.
    pub block_count: u32,
    /// FreeCount.
    pub free_count: u32,
    /// The encoded word.
    pub stored: u32,
    /// The word decoded.
    pub plain: u32,
    /// WitheldBlockCount: places that are never given away, since a block there would cross a page. They lie among the others and are marked busy: there are `block_count` + `withheld_count` places from `first_block` on. Where the layout lacks the member it is counted, if the range is known.
    pub withheld_count: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_lfh_subsegment);

/// Start of a page segment: _HEAP_PAGE_SEGMENT.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_page_segment {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 1: the signature is encoded with the heap's constant (up to 22631).
    pub constant: u32,
    /// `KST_PAGE_SEGMENT_HAS_…`
    pub present: u64,
    /// `KST_PAGE_SEGMENT_ANOMALY_…`
    pub anomalies: u64,
    /// Of the segment.
    pub address: u64,
    /// The encoded signature.
    pub stored: u64,
    /// Address of the _HEAP_SEG_CONTEXT that owns the segment.
    pub context: u64,
    /// Flink of its list entry.
    pub next: u64,
    /// Blink.
    pub previous: u64,
}
sized!(kst_page_segment);

/// Descriptor of a page range: _HEAP_PAGE_RANGE_DESCRIPTOR.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_heap_range {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_HEAP_RANGE_…`
    pub kind: u32,
    /// `KST_HEAP_RANGE_ANOMALY_…`
    pub anomalies: u64,
    /// Of the descriptor.
    pub address: u64,
    /// RangeFlags.
    pub flags: u32,
    /// Length in units; valid in a first descriptor.
    pub units: u32,
    /// Units back to the first descriptor; valid in a continuation.
    pub unit_offset: u32,
    /// CommittedPageCount.
    pub committed: u32,
    /// UnusedBytes of an allocated range.
    pub unused_bytes: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_heap_range);

/// A node of a heap's tree of large allocations: _HEAP_LARGE_ALLOC_DATA.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_heap_large {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Bytes of the last page that are not used.
    pub unused_bytes: u32,
    /// `KST_HEAP_LARGE_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the node.
    pub node: u64,
    /// First byte of the allocation.
    pub address: u64,
    /// Length: whole pages.
    pub bytes: u64,
    /// Links of the tree, as stored (they may be encoded).
    pub left: u64,
    /// As stored.
    pub right: u64,
    /// As stored, with the balance bits.
    pub parent: u64,
}
sized!(kst_heap_large);

/// What an entry is decoded with besides the layout. Members without their flag are not known.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pte_context {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PAGING_…`: the format.
    pub paging: u32,
    /// `KST_PTE_CONTEXT_…`
    pub flags: u32,
    /// 0.
    pub reserved0: u32,
    /// Swizzle mask: bits inverted in software entries whose SwizzleBit is clear.
    pub invalid_mask: u64,
    /// Highest page frame number of the machine.
    pub highest_frame: u64,
    /// x86 without PAE, before Vista: what prototype addresses are relative to.
    pub paged_pool_start: u64,
    /// x86 without PAE, before Vista: MmSubsectionBase.
    pub subsection_base: u64,
    /// x86 without PAE, before Vista: MmNonPagedPoolEnd.
    pub nonpaged_pool_end: u64,
}
sized!(kst_pte_context);

/// One decoded entry.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pte {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PTE_…`
    pub state: u32,
    /// `KST_PTE_HAS_…`
    pub present: u64,
    /// `KST_PTE_ANOMALY_…`
    pub anomalies: u64,
    /// The entry as it is stored.
    pub entry: u64,
    /// The entry with the swizzle mask taken out.
    pub plain: u64,
    /// `KST_PTE_BIT_…`: single bits, the same for every format.
    pub bits: u64,
    /// Page frame number: of the page, or of the next table at an upper level.
    pub frame: u64,
    /// Bytes that a valid entry maps; 0 for an entry that leads to a table.
    pub page_size: u64,
    /// Virtual address of the prototype entry.
    pub proto_address: u64,
    /// Virtual address of the subsection.
    pub subsection: u64,
    /// Byte offset of the page in its page file.
    pub page_file_offset: u64,
    /// Number of the page file, 0 to 15.
    pub page_file_number: u32,
    /// Five bits, see `kst_pte_protection_name()`. Of a valid entry: what its bits allow.
    pub protection: u32,
    /// Entries in use of the page table that a software entry of an upper level counts.
    pub used_entries: u32,
    /// `KST_PTE_READ_…`: how the page could be read, this entry alone considered.
    pub read: u32,
    /// A valid entry in the debugger's letters, such as "---DA--UWEV"; empty otherwise.
    pub letters: [c_char; 16],
}
sized!(kst_pte);

/// One level of a page walk.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_page_level {
    /// Physical address of the entry; 0: not known, it was read through the self-map.
    pub entry_physical: u64,
    /// Its address in the self-map; 0 when the self-map is not known.
    pub entry_virtual: u64,
    /// The entry; 0 with `KST_PTE_UNREADABLE`.
    pub entry: u64,
    /// 1 PTE, 2 PDE, 3 PPE, 4 PXE, 5 the level above.
    pub level: u32,
    /// `KST_PTE_…`
    pub state: u32,
}
zeroed!(kst_page_level);

/// Where a virtual address leads.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_translation {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PTE_…` of the entry that decided.
    pub state: u32,
    /// `KST_TRANSLATION_HAS_…`
    pub present: u64,
    /// `KST_TRANSLATION_ANOMALY_…`
    pub anomalies: u64,
    /// The virtual address.
    pub address: u64,
    /// Physical address of the byte.
    pub physical: u64,
    /// Bytes the deciding entry stands for: 0x1000 and more, of a large page or a table.
    pub page_size: u64,
    /// Virtual address of the prototype entry; with `KST_PTE_PROTOTYPE_VAD` it was found in the VAD tree.
    pub proto_address: u64,
    /// The prototype entry.
    pub proto_entry: u64,
    /// Virtual address of the subsection that the prototype entry names.
    pub subsection: u64,
    /// Byte offset of the page in the page file.
    pub page_file_offset: u64,
    /// Number of the page file.
    pub page_file_number: u32,
    /// Level of the entry that decided: 1 PTE … 5.
    pub level: u32,
    /// Elements of `levels`, topmost first.
    pub levels_count: u32,
    /// `KST_PTE_…` of the prototype entry.
    pub proto_state: u32,
    /// Of the entry that decided, see `kst_pte_protection_name()`.
    pub protection: u32,
    /// `KST_PTE_READ_…`: how a debugger reads this page, everything followed.
    pub read: u32,
    /// 1: no valid leaf entry: a software breakpoint cannot be placed now.
    pub breakpoint_owed: u32,
    /// 0.
    pub reserved0: u32,
    /// Every entry that was read, and the one that could not be.
    pub levels: [kst_page_level; 5],
}
sized!(kst_translation);

/// Neighbouring pages that are in the same state: one run of a range.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_page_run {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PTE_…` of the entries that decided.
    pub state: u32,
    /// `KST_TRANSLATION_HAS_PHYSICAL`, _PROTECTION, _BREAKPOINT
    pub present: u64,
    /// `KST_TRANSLATION_ANOMALY_…`
    pub anomalies: u64,
    /// First byte.
    pub address: u64,
    /// Bytes; 0 only where the run is a whole 64-bit address space.
    pub length: u64,
    /// Physical address of the first byte; the run is contiguous there.
    pub physical: u64,
    /// Bytes that the first entry stands for.
    pub page_size: u64,
    /// See `kst_pte_protection_name()`.
    pub protection: u32,
    /// `KST_PTE_READ_…`
    pub read: u32,
    /// 1: no valid leaf entry maps these pages.
    pub breakpoint_owed: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_page_run);

/// One decoded _MMPFN.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pfn {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PFN_…`
    pub location: u32,
    /// `KST_PFN_HAS_…`
    pub present: u64,
    /// `KST_PFN_ANOMALY_…`
    pub anomalies: u64,
    /// Number of the page frame.
    pub frame: u64,
    /// Virtual address of the entry.
    pub address: u64,
    /// PteAddress as it is stored; its lowest bits are flags in some builds.
    pub pte_address: u64,
    /// The entry to put back when the page leaves.
    pub original_pte: u64,
    /// First union, raw: forward link, event, working-set index.
    pub u1: u64,
    /// Second union, raw: back link or share count.
    pub u2: u64,
    /// Last union, raw.
    pub u4: u64,
    /// On a list: next page frame.
    pub flink: u64,
    /// On a list: previous page frame.
    pub blink: u64,
    /// In use: valid entries that map the page.
    pub share_count: u64,
    /// Page frame of the table that holds the entry of this page.
    pub pte_frame: u64,
    /// Where the page is mapped, as its entry's place in the self-map says.
    pub virtual_address: u64,
    /// `KST_PFN_BIT_…`
    pub bits: u64,
    /// References.
    pub reference_count: u32,
    /// 0 to 7.
    pub priority: u32,
    /// 0 not cached, 1 cached, 2 write combined, 3 not mapped.
    pub cache_attribute: u32,
    /// `KST_PFN_USE_…`
    pub r#use: u32,
    /// PageIdentity (Windows 8 and later).
    pub page_identity: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_pfn);

/// Pages per location over the whole database.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_pfn_counts {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// By `KST_PFN_…`
    pub pages: [u64; 8],
    /// Standby pages by priority; all zero where the layout has no priority.
    pub standby: [u64; 8],
    /// Entries that were read.
    pub total: u64,
    /// Lowest frame number of them.
    pub lowest: u64,
    /// Highest frame number of them.
    pub highest: u64,
}
sized!(kst_pfn_counts);

/// One decoded CONTROL_AREA.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_control_area {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_SECTION_…`
    pub kind: u32,
    /// `KST_CONTROL_AREA_HAS_…`
    pub present: u64,
    /// `KST_CONTROL_AREA_ANOMALY_…`
    pub anomalies: u64,
    /// Of the control area.
    pub address: u64,
    /// Address of its SEGMENT.
    pub segment: u64,
    /// Dereference list: next.
    pub flink: u64,
    /// Dereference list: previous.
    pub blink: u64,
    /// FILE_OBJECT, reference bits taken off; 0: none.
    pub file_object: u64,
    /// Address behind the control area, where the first subsection stands.
    pub first_subsection: u64,
    /// NumberOfSectionReferences.
    pub section_references: u64,
    /// NumberOfPfnReferences.
    pub pfn_references: u64,
    /// NumberOfMappedViews.
    pub mapped_views: u64,
    /// NumberOfUserReferences.
    pub user_references: u64,
    /// _MMSECTION_FLAGS, raw.
    pub flags: u32,
    /// ModifiedWriteCount.
    pub modified_write_count: u32,
    /// WritableUserReferences; not of images.
    pub writable_references: u32,
    /// `KST_CONTROL_AREA_IS_…`: `flags` with a meaning that is the same in all builds.
    pub traits: u32,
    /// WaitingForDeletion, an address or 0.
    pub wait_for_deletion: u64,
}
sized!(kst_control_area);

/// One decoded SEGMENT.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_segment {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// _SEGMENT_FLAGS, raw.
    pub flags: u32,
    /// `KST_SEGMENT_HAS_…`
    pub present: u64,
    /// Of the segment.
    pub address: u64,
    /// Back pointer.
    pub control_area: u64,
    /// Prototype entries, upper bits included.
    pub total_ptes: u64,
    /// Bytes.
    pub size_of_segment: u64,
    /// NumberOfCommittedPages.
    pub committed_pages: u64,
    /// Base of an image or a based section.
    pub based_address: u64,
    /// Address of the first prototype entry.
    pub prototype_ptes: u64,
    /// DefaultProtectionMask, see `kst_pte_protection_name()`.
    pub protection: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_segment);

/// One decoded SUBSECTION or MSUBSECTION.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_subsection {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// _MMSUBSECTION_FLAGS, raw.
    pub flags: u32,
    /// `KST_SUBSECTION_HAS_…`
    pub present: u64,
    /// `KST_SUBSECTION_ANOMALY_…`
    pub anomalies: u64,
    /// Of the subsection.
    pub address: u64,
    /// Back pointer.
    pub control_area: u64,
    /// SubsectionBase: address of the first prototype entry; 0 while there are none.
    pub base: u64,
    /// NextSubsection; 0 at the end.
    pub next: u64,
    /// With its upper bits: sectors of 512 bytes (images) or pages (data files).
    pub starting_sector: u64,
    /// MSUBSECTION: NumberOfMappedViews.
    pub mapped_views: u64,
    /// PtesInSubsection.
    pub ptes: u32,
    /// UnusedPtes.
    pub unused_ptes: u32,
    /// NumberOfFullSectors.
    pub full_sectors: u32,
    /// See `kst_pte_protection_name()`.
    pub protection: u32,
    /// Bytes of the last page that are used.
    pub sector_end_offset: u32,
    /// MSUBSECTION: NumberOfPfnReferences.
    pub pfn_references: u32,
    /// MSUBSECTION: DereferenceList, next.
    pub flink: u64,
    /// MSUBSECTION: DereferenceList, previous.
    pub blink: u64,
}
sized!(kst_subsection);

/// One page of a section that is in memory.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_section_page {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_PTE_VALID` or `KST_PTE_TRANSITION`, of its prototype entry.
    pub state: u32,
    /// `KST_SECTION_PAGE_HAS_…`
    pub present: u64,
    /// Entry of the subsection.
    pub index: u64,
    /// Of the prototype entry.
    pub entry_address: u64,
    /// The prototype entry.
    pub entry: u64,
    /// Physical address of the page.
    pub physical: u64,
    /// Where in the file the page belongs.
    pub file_offset: u64,
}
sized!(kst_section_page);

/// What a pass over the page frames found of one control area (a row of !memusage), in pages.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_section_usage {
    /// Set by the library: records lie in an array.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Its address; 0: pages of sections that the page file backs.
    pub control_area: u64,
    /// Active pages.
    pub valid: u64,
    /// Standby pages.
    pub standby: u64,
    /// Modified pages.
    pub dirty: u64,
    /// Active pages that more than one entry maps.
    pub shared: u64,
    /// Pages with more than one reference.
    pub locked: u64,
}
sized!(kst_section_usage);

/// What the memory manager counts.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_memory_counters {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// Bit n: `values[n]` is valid.
    pub present: u64,
    /// By `KST_MEMORY_…`
    pub values: [u64; 24],
}
sized!(kst_memory_counters);

/// One page file; sizes in pages.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_page_file {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Which one, from 0.
    pub number: u32,
    /// `KST_PAGE_FILE_HAS_…`
    pub present: u64,
    /// Of the _MMPAGING_FILE.
    pub address: u64,
    /// Size of the file now.
    pub current_pages: u64,
    /// Smallest size.
    pub minimum_pages: u64,
    /// Largest size.
    pub maximum_pages: u64,
    /// Of the current size: not in use.
    pub free_pages: u64,
}
sized!(kst_page_file);

/// One kernel module (KLDR_DATA_TABLE_ENTRY).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_module {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Bytes.
    pub size_of_image: u32,
    /// `KST_MODULE_HAS_…`
    pub present: u64,
    /// `KST_MODULE_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the loader entry; 0 when the host told of the module.
    pub address: u64,
    /// DllBase.
    pub base: u64,
    /// EntryPoint.
    pub entry_point: u64,
    /// Buffer of BaseDllName.
    pub name_address: u64,
    /// Buffer of FullDllName.
    pub path_address: u64,
    /// Length of BaseDllName in bytes of UTF-16.
    pub name_bytes: u32,
    /// Length of FullDllName in bytes of UTF-16.
    pub path_bytes: u32,
    /// Of the image.
    pub time_date_stamp: u32,
    /// Of the image.
    pub checksum: u32,
    /// Flags of the loader entry.
    pub flags: u32,
    /// LoadCount.
    pub load_count: u32,
    /// BaseDllName as UTF-8, cut at a character.
    pub name: [c_char; 128],
    /// FullDllName as UTF-8, cut at a character.
    pub path: [c_char; 520],
}
sized!(kst_module);

/// One unloaded kernel module.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_unloaded_module {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// 0.
    pub reserved0: u32,
    /// `KST_UNLOADED_MODULE_HAS_…`
    pub present: u64,
    /// `KST_MODULE_ANOMALY_…`
    pub anomalies: u64,
    /// First address.
    pub start: u64,
    /// Address after the last.
    pub end: u64,
    /// FILETIME of the unload, UTC.
    pub time: u64,
    /// UTF-8.
    pub name: [c_char; 64],
}
sized!(kst_unloaded_module);

/// One callback.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_callback {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_CALLBACK_…`
    pub kind: u32,
    /// `KST_CALLBACK_HAS_…`
    pub present: u64,
    /// `KST_CALLBACK_ANOMALY_…`
    pub anomalies: u64,
    /// The slot of an array as stored: a fast reference.
    pub raw: u64,
    /// Address of the routine block, of the list entry, or of the record.
    pub block: u64,
    /// The routine; of object callbacks the one before the operation.
    pub function: u64,
    /// Of object callbacks the routine after the operation; 0: none.
    pub post_function: u64,
    /// The caller's context.
    pub context: u64,
    /// Of registry callbacks: what the registration returned.
    pub cookie: u64,
    /// Of object callbacks: address of the OBJECT_TYPE.
    pub object_type: u64,
    /// Base of the kernel module that `function` lies in.
    pub module_base: u64,
    /// Index in the array or place in the list, from 0.
    pub slot: u32,
    /// Of object callbacks: 1 create, 2 duplicate.
    pub operations: u32,
    /// Of bug-check reason callbacks: KBUGCHECK_CALLBACK_REASON.
    pub reason: u32,
    /// Of bug-check callbacks: 0 empty, 1 inserted, 2 started, 3 finished, 4 incomplete.
    pub state: u32,
    /// Name of that module, UTF-8.
    pub module: [c_char; 64],
    /// Altitude of registry and object callbacks, component of bug-check callbacks; UTF-8.
    pub name: [c_char; 64],
}
sized!(kst_callback);

/// One entry of a log.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_verifier_entry {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// `KST_VERIFIER_POOL`, _IRP or _CRITICAL_REGION.
    pub log: u32,
    /// `KST_VERIFIER_ENTRY_HAS_…`
    pub present: u64,
    /// `KST_VERIFIER_ENTRY_ANOMALY_…`
    pub anomalies: u64,
    /// Address of the record.
    pub record: u64,
    /// The pool block, or the IRP.
    pub address: u64,
    /// Size of the pool block in bytes.
    pub bytes: u64,
    /// The thread that made the call.
    pub thread: u64,
    /// Slot in the ring.
    pub index: u32,
    /// `KST_VERIFIER_UNKNOWN`, _ENTER or _LEAVE.
    pub operation: u32,
    /// KTHREAD.KernelApcDisable at the time.
    pub kernel_apc_disable: i32,
    /// KTHREAD.SpecialApcDisable at the time.
    pub special_apc_disable: i32,
    /// IRQL at the time.
    pub irql: u32,
    /// Elements of `stack`.
    pub stack_count: u32,
    /// Return addresses, the innermost first.
    pub stack: [u64; 64],
}
sized!(kst_verifier_entry);

/// Settings and counters (MM_DRIVER_VERIFIER_DATA).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct kst_verifier_settings {
    /// Set to sizeof by the caller.
    pub size: u32,
    /// Flags: 1 special pool, 2 IRQL checking, 4 low resources, 8 pool tracking, …
    pub level: u32,
    /// Bit 0: `level` is valid; bit n: the n-th counter below is.
    pub present: u64,
    /// Counter.
    pub raise_irqls: u32,
    /// Counter.
    pub acquire_spin_locks: u32,
    /// Counter.
    pub synchronize_executions: u32,
    /// Counter.
    pub allocations_attempted: u32,
    /// Counter.
    pub allocations_succeeded: u32,
    /// Counter.
    pub allocations_special_pool: u32,
    /// Counter.
    pub allocations_no_tag: u32,
    /// Counter.
    pub trim_requests: u32,
    /// Counter.
    pub trims: u32,
    /// Counter.
    pub allocations_failed: u32,
    /// Counter.
    pub allocations_failed_deliberately: u32,
    /// Verified drivers loaded.
    pub loads: u32,
    /// Verified drivers unloaded.
    pub unloads: u32,
    /// Outstanding now.
    pub paged_allocations: u32,
    /// Outstanding now.
    pub nonpaged_allocations: u32,
    /// 0.
    pub reserved0: u32,
}
sized!(kst_verifier_settings);
opaque!(kst_dump);
opaque!(kst_isf);
opaque!(kst_large_index);
opaque!(kst_layout);
opaque!(kst_pdb);
opaque!(kst_target);

extern "C" {
    /// Version of the library that is running, as major \<\< 16 | minor \<\< 8 | patch. Thread-safe. Returns The number.
    pub fn kst_version() -> u32;
    /// Name of a status, such as "`KST_E_FAULT`". Thread-safe.
    pub fn kst_status_name(status: kst_status) -> *const c_char;
    /// Name of an architecture. Thread-safe.
    pub fn kst_arch_name(arch: u32) -> *const c_char;
    /// Why a walk ended. Thread-safe as far as the cursor is not shared.
    pub fn kst_cursor_end(cursor: *const kst_cursor) -> u32;
    /// How many elements a walk has delivered so far.
    pub fn kst_cursor_count(cursor: *const kst_cursor) -> u64;
    /// What looked wrong in the walk as a whole (not in one element).
    pub fn kst_cursor_anomalies(cursor: *const kst_cursor) -> u64;
    /// Name of an end of a walk: "closed", "terminated", "mismatch", "loop", "unreadable", "budget". Thread-safe.
    pub fn kst_walk_end_name(end: u32) -> *const c_char;
    /// Name of one walk anomaly. Thread-safe.
    pub fn kst_walk_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Bytes that a `struct kst_layout` needs (aligned to 8). Thread-safe.
    pub fn kst_layout_size() -> usize;
    /// Make a layout from the host's answers. Asks for every wanted member once. Thread-safe.
    pub fn kst_layout_init(mem: *mut kst_layout, size: usize, ops: *const kst_types_ops, user: *mut c_void, name: *const c_char, err: *mut kst_error) -> kst_status;
    /// Make a layout from the built-in tables. Thread-safe.
    pub fn kst_layout_init_builtin(mem: *mut kst_layout, size: usize, key: *const kst_layout_key, err: *mut kst_error) -> kst_status;
    /// Bring in what a debugger data block says of the kernel's structs: a few offsets and sizes, of the kernel that ran. They fill gaps and win over a table's. A target does so with its own copy of the layout (`kst_target_create()`); this is for decoding without one. Thread-safe as far as layout is not shared yet.
    pub fn kst_layout_refine(layout: *mut kst_layout, block: *const kst_debugger_data, err: *mut kst_error) -> kst_status;
    /// Make an empty layout of a pointer size: every member is absent. Thread-safe.
    pub fn kst_layout_init_empty(mem: *mut kst_layout, size: usize, pointer_size: u32, err: *mut kst_error) -> kst_status;
    /// What a layout is. Thread-safe.
    pub fn kst_layout_info(layout: *const kst_layout, out: *mut kst_layout_info) -> kst_status;
    /// Place of one wanted member. Thread-safe.
    pub fn kst_layout_member(layout: *const kst_layout, r#type: *const c_char, path: *const c_char, out: *mut kst_member) -> kst_status;
    /// Offset of one wanted symbol from the kernel's base. Thread-safe.
    pub fn kst_layout_symbol(layout: *const kst_layout, name: *const c_char, rva_out: *mut u64) -> kst_status;
    /// Names of the wanted members, to list what a layout has and lacks. Thread-safe.
    pub fn kst_layout_wanted(index: u32, type_out: *mut *const c_char, path_out: *mut *const c_char) -> kst_status;
    /// Names of the wanted symbols. Thread-safe.
    pub fn kst_layout_wanted_symbol(index: u32, name_out: *mut *const c_char) -> kst_status;
    /// The exact version of a kernel by two values of its PE header (of builds 9926 and later). Thread-safe.
    pub fn kst_kernel_identify(time_date_stamp: u32, size_of_image: u32, out: *mut kst_kernel_version) -> kst_status;
    /// Name of one layout anomaly. Thread-safe.
    pub fn kst_layout_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Bytes that a `struct kst_target` needs (aligned to 8). Thread-safe.
    pub fn kst_target_size() -> usize;
    /// Make a target in caller memory. Reads the debugger data block if its address is known, the root page table (for its self-map) and the few globals that software page-table entries depend on. The target is immutable; it may be shared by threads if the reader has `KST_READER_THREAD_SAFE`. It holds nothing and needs no cleanup.
    pub fn kst_target_init(mem: *mut kst_target, size: usize, config: *const kst_target_config, err: *mut kst_error) -> kst_status;
    /// As `kst_target_init()`, in memory from the heap. Thread-safe.
    pub fn kst_target_create(config: *const kst_target_config, out: *mut *mut kst_target, err: *mut kst_error) -> kst_status;
    /// From memory of any kind to a target in one call: finds out what the machine is (`kst_identify()`), takes the built-in layout that fits and makes the target (`kst_target_create()`). For dump files: `kst_target_open()`. Thread-safe.
    pub fn kst_target_open_reader(config: *const kst_target_config, out: *mut *mut kst_target, err: *mut kst_error) -> kst_status;
    /// End a target that `kst_target_create()` or a `kst_target_open`…() made.
    pub fn kst_target_destroy(target: *mut kst_target);
    /// The layout that a target uses: the given one, completed and corrected by the debugger data block. Thread-safe.
    pub fn kst_target_layout(target: *const kst_target) -> *const kst_layout;
    /// What a target knows of the machine. Thread-safe.
    pub fn kst_target_identity(target: *const kst_target, out: *mut kst_identity) -> kst_status;
    /// Address of a global: the caller's symbols first, then the debugger data block, the dump header, the layout's RVAs. Thread-safe.
    pub fn kst_target_symbol(target: *const kst_target, name: *const c_char, address_out: *mut u64) -> kst_status;
    /// Read memory of a target in any space, translating where the reader does not: through valid entries, those in transition (unless the frame was given out again), prototypes (also those that the VAD tree of a listed process knows) and page files; `kst_translate()` tells which. What no entry leads to is not there: zeros are never made up. Thread-safe as the reader is.
    pub fn kst_read(target: *const kst_target, space: kst_space, address: u64, buf: *mut c_void, len: usize, done: *mut usize, err: *mut kst_error) -> kst_status;
    /// Find out what a machine is, without symbols: fills what identity lacks. Members that are present are hints and are kept unless the memory contradicts them. A physical-only reader is searched for directory table bases (by their self-map) and the kernel for its debugger data block; that costs one pass over the memory at most.
    pub fn kst_identify(reader: *const kst_reader_ops, user: *mut c_void, identity: *mut kst_identity, err: *mut kst_error) -> kst_status;
    /// Name of a paging mode: "x86", "pae", "x64", "la57", "arm64". Thread-safe.
    pub fn kst_paging_name(paging: u32) -> *const c_char;
    /// Name of one identity anomaly. Thread-safe.
    pub fn kst_identity_anomaly_name(bit: u64) -> *const c_char;
    /// Open a file; the format is recognised by content. Thread-safe.
    pub fn kst_dump_open(path: *const c_char, out: *mut *mut kst_dump, err: *mut kst_error) -> kst_status;
    /// Open a dump that is in memory. Thread-safe.
    pub fn kst_dump_open_memory(bytes: *const c_void, length: usize, out: *mut *mut kst_dump, err: *mut kst_error) -> kst_status;
    /// Close a dump. Targets made on it must not be used any more.
    pub fn kst_dump_close(dump: *mut kst_dump);
    /// What the container says. Thread-safe.
    pub fn kst_dump_info(dump: *const kst_dump, out: *mut kst_dump_info) -> kst_status;
    /// What the container's header says of the machine: hints for `kst_identify()`. Thread-safe.
    pub fn kst_dump_identity(dump: *const kst_dump, out: *mut kst_identity) -> kst_status;
    /// The reader of a dump; its `user` is the dump itself. Thread-safe.
    pub fn kst_dump_reader(dump: *const kst_dump) -> *const kst_reader_ops;
    /// From a dump to a target in one call: `kst_target_open_reader()` with the dump's reader, and its header's word as hints. Thread-safe.
    pub fn kst_target_open(dump: *mut kst_dump, wishes: *const kst_target_config, out: *mut *mut kst_target, err: *mut kst_error) -> kst_status;
    /// Raw bytes of the context record that the container holds. Thread-safe.
    pub fn kst_dump_context(dump: *const kst_dump, buf: *mut c_void, len: usize, done: *mut usize) -> kst_status;
    /// Raw bytes of the exception record that the container holds. Thread-safe.
    pub fn kst_dump_exception(dump: *const kst_dump, buf: *mut c_void, len: usize, done: *mut usize) -> kst_status;
    /// Name of a format: "raw", "lime", "elf", "full", "summary", "header-only", "triage", "bitmap-full", "bitmap-kernel", "rdmp". Thread-safe.
    pub fn kst_format_name(format: u32) -> *const c_char;
    /// Name of one dump anomaly. Thread-safe.
    pub fn kst_dump_anomaly_name(bit: u64) -> *const c_char;
    /// Decode a debugger data block. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_debugger_data(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_debugger_data, err: *mut kst_error) -> kst_status;
    /// Undo the encoding that 64-bit Windows 8 and later keep the block in while they run. Thread-safe.
    pub fn kst_debugger_data_unveil(encoded: *const c_void, len: usize, wait_never: u64, wait_always: u64, flag_address: u64, plain_out: *mut c_void, err: *mut kst_error) -> kst_status;
    /// Read and decode the block of a target; an encoded one is decoded where KiWaitNever, KiWaitAlways and KdpDataBlockEncoded are known. Thread-safe as the reader is.
    pub fn kst_debugger_data_read(target: *const kst_target, out: *mut kst_debugger_data, err: *mut kst_error) -> kst_status;
    /// Name of one anomaly of a debugger data block. Thread-safe.
    pub fn kst_debugger_data_anomaly_name(bit: u64) -> *const c_char;
    /// Read a PDB (MSF 7.00): types with members, public and data symbols. Thread-safe. What is damaged is left out and shown in `kst_pdb_info.anomalies`, as long as the types can be found at all.
    pub fn kst_pdb_open(bytes: *const c_void, length: usize, out: *mut *mut kst_pdb, err: *mut kst_error) -> kst_status;
    /// Release a PDB. Its callbacks must not be used any more.
    pub fn kst_pdb_close(pdb: *mut kst_pdb);
    /// The callbacks that answer from a PDB; their `user` is the PDB itself. They may be called by several threads. A path through an array goes on in its first element; unnamed members and base classes are transparent. A symbol of a 32-bit image is also found without its leading underscore.
    pub fn kst_pdb_types(pdb: *const kst_pdb) -> *const kst_types_ops;
    /// What a PDB is. Thread-safe.
    pub fn kst_pdb_info(pdb: *const kst_pdb, out: *mut kst_pdb_info) -> kst_status;
    /// One of the complete types with members, in the order of their names. Thread-safe.
    pub fn kst_pdb_type(pdb: *const kst_pdb, index: u32, out: *mut kst_type) -> kst_status;
    /// Name of one PDB anomaly. Thread-safe.
    pub fn kst_pdb_anomaly_name(bit: u64) -> *const c_char;
    /// Read an ISF file (Volatility 3 symbol table, JSON), plain or xz-compressed. Thread-safe.
    pub fn kst_isf_open(bytes: *const c_void, length: usize, out: *mut *mut kst_isf, err: *mut kst_error) -> kst_status;
    /// Release an ISF file. Its callbacks must not be used any more.
    pub fn kst_isf_close(isf: *mut kst_isf);
    /// The callbacks that answer from an ISF file, as `kst_pdb_types()` does; their `user` is the object itself. They may be called by several threads.
    pub fn kst_isf_types(isf: *const kst_isf) -> *const kst_types_ops;
    /// What an ISF file is. Thread-safe.
    pub fn kst_isf_info(isf: *const kst_isf, out: *mut kst_isf_info) -> kst_status;
    /// One of the types with members, in the order of their names. Thread-safe.
    pub fn kst_isf_type(isf: *const kst_isf, index: u32, out: *mut kst_type) -> kst_status;
    /// Make a layout on the heap from a PDB. Thread-safe.
    pub fn kst_layout_from_pdb(bytes: *const c_void, length: usize, out: *mut *mut kst_layout, err: *mut kst_error) -> kst_status;
    /// Make a layout on the heap from an ISF file. Thread-safe.
    pub fn kst_layout_from_isf(bytes: *const c_void, length: usize, out: *mut *mut kst_layout, err: *mut kst_error) -> kst_status;
    /// `kst_layout_init()` on the heap. Thread-safe.
    pub fn kst_layout_from_types(ops: *const kst_types_ops, user: *mut c_void, name: *const c_char, out: *mut *mut kst_layout, err: *mut kst_error) -> kst_status;
    /// `kst_layout_init_builtin()` on the heap. Thread-safe.
    pub fn kst_layout_from_builtin(key: *const kst_layout_key, out: *mut *mut kst_layout, err: *mut kst_error) -> kst_status;
    /// Release a layout that a `kst_layout_from_`… call has made.
    pub fn kst_layout_destroy(layout: *mut kst_layout);
    /// Read the header of an image in memory and the identity of its PDB (a CodeView record of kind RSDS). Allocates nothing; thread-safe. Triage dumps hold the header of the kernel at most, not its debug directory.
    pub fn kst_image_read(target: *const kst_target, space: kst_space, base: u64, out: *mut kst_image, err: *mut kst_error) -> kst_status;
    /// Name of one image anomaly. Thread-safe.
    pub fn kst_image_anomaly_name(bit: u64) -> *const c_char;
    /// Name of a bug-check code, such as "MEMORY_MANAGEMENT" for 0x1a. Thread-safe.
    pub fn kst_bugcheck_name(code: u32) -> *const c_char;
    /// Was the system stopped on purpose: by keyboard, tool or NMI button (0xE2, 0x80, 0xDEADDEAD)? Thread-safe.
    pub fn kst_bugcheck_is_manual(code: u32, parameters: *const u64) -> i32;
    /// Decode an exception record. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_exception(pointer_size: u32, bytes: *const c_void, len: usize, address: u64, out: *mut kst_exception, err: *mut kst_error) -> kst_status;
    /// Decode a register context. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_context(arch: u32, bytes: *const c_void, len: usize, address: u64, out: *mut kst_context, err: *mut kst_error) -> kst_status;
    /// Name of one anomaly of an exception record. Thread-safe.
    pub fn kst_exception_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a context. Thread-safe.
    pub fn kst_context_anomaly_name(bit: u64) -> *const c_char;
    /// Decode a KPRCB from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. A context outside of the KPRCB (7 and later) is left out: `kst_processors_next()` reads it.
    pub fn kst_decode_processor(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_processor, err: *mut kst_error) -> kst_status;
    /// Begin a walk over all processors: KiProcessorBlock, as many slots as the machine has processors (at most 2048); where the array is not known, the one that the identity's KPCR names. Thread-safe as the reader is.
    pub fn kst_processors_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next processor. A slot that cannot be read is stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_processors_next(cursor: *mut kst_cursor, out: *mut kst_processor, err: *mut kst_error) -> kst_status;
    /// Read one queue of a processor. Thread-safe as the reader is.
    pub fn kst_dpc_queue(target: *const kst_target, processor: *const kst_processor, kind: u32, out: *mut kst_dpc_queue, err: *mut kst_error) -> kst_status;
    /// Decode a KDPC from bytes the caller has read. Reads nothing, allocates nothing; thread-safe.
    pub fn kst_decode_dpc(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_dpc, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the DPCs of one queue, in the order in which they will run.
    pub fn kst_dpcs_begin(cursor: *mut kst_cursor, target: *const kst_target, queue: *const kst_dpc_queue, err: *mut kst_error) -> kst_status;
    /// The next DPC. A KDPC that is not in memory ends the walk: the list goes no further.
    pub fn kst_dpcs_next(cursor: *mut kst_cursor, out: *mut kst_dpc, err: *mut kst_error) -> kst_status;
    /// Begin a walk over all waiting timers: the tables of all processors (7 and later), or KiTimerTableListHead before.
    pub fn kst_timers_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next timer. A bucket that is broken or not in memory is left for the next one (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_timers_next(cursor: *mut kst_cursor, out: *mut kst_timer, err: *mut kst_error) -> kst_status;
    /// Begin at a processor's registers and follow the switches back to the interrupted thread (at most 4).
    pub fn kst_stack_begin(cursor: *mut kst_cursor, target: *const kst_target, processor: *const kst_processor, start: *const kst_registers, err: *mut kst_error) -> kst_status;
    /// Begin at a thread that does not run: its one link is where it was switched out (KTHREAD.KernelStack).
    pub fn kst_stack_begin_thread(cursor: *mut kst_cursor, target: *const kst_target, thread: u64, err: *mut kst_error) -> kst_status;
    /// The next link. The walk ends TERMINATED at a thread's stack or in user mode, UNREADABLE where a switch frame is not in memory, MISMATCH where no saved pointer leads to a stack that was not met yet, and after four switches.
    pub fn kst_stack_next(cursor: *mut kst_cursor, out: *mut kst_stack_link, err: *mut kst_error) -> kst_status;
    /// Begin a walk over return addresses of a stack: on x86 the chain of frame pointers from `bp` first, then in every case a scan of all pointers from `sp` up that lie in a kernel module. A scan also shows leftovers: it is no unwinding.
    pub fn kst_return_addresses_begin(cursor: *mut kst_cursor, target: *const kst_target, link: *const kst_stack_link, err: *mut kst_error) -> kst_status;
    /// The next return address. What is not in memory is stepped over, page by page (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_return_addresses_next(cursor: *mut kst_cursor, out: *mut kst_return_address, err: *mut kst_error) -> kst_status;
    /// Name of a queue kind: "normal", "threaded". Thread-safe.
    pub fn kst_dpc_kind_name(kind: u32) -> *const c_char;
    /// Name of an importance: "low", "medium", "high", "medium-high". Thread-safe.
    pub fn kst_dpc_importance_name(importance: u32) -> *const c_char;
    /// Name of a stack kind: "unknown", "thread", "dpc", "interrupt", "exception", "double-fault", "machine-check", "nmi", "debug". Thread-safe.
    pub fn kst_stack_name(stack: u32) -> *const c_char;
    /// Name of how registers were found: "context", "frame", "field", "scan". Thread-safe.
    pub fn kst_registers_found_name(found: u32) -> *const c_char;
    /// Name of one processor anomaly. Thread-safe.
    pub fn kst_processor_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one queue anomaly. Thread-safe.
    pub fn kst_dpc_queue_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one DPC anomaly. Thread-safe.
    pub fn kst_dpc_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one timer anomaly. Thread-safe.
    pub fn kst_timer_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one stack anomaly. Thread-safe.
    pub fn kst_stack_link_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one process from bytes the caller has read. Reads nothing from the target: what lies elsewhere (path, number of handles, session number, 32-bit PEB of 10586 and later) stays absent; `kst_process_read()` completes it. Thread-safe.
    pub fn kst_decode_process(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// Read and complete the process at an address. Thread-safe as the reader is.
    pub fn kst_process_read(target: *const kst_target, address: u64, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the processes on PsActiveProcessHead. The Idle process is not on it, see `kst_process_idle()`.
    pub fn kst_processes_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// As `kst_processes_begin()`, from another list.
    pub fn kst_processes_begin_from(cursor: *mut kst_cursor, target: *const kst_target, source: u32, err: *mut kst_error) -> kst_status;
    /// The next process. Steps over nothing: a process of which only the links are there is delivered as far as present.
    pub fn kst_processes_next(cursor: *mut kst_cursor, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// The Idle process, which is on no list of processes (PsIdleProcess, else KiInitialProcess). Thread-safe.
    pub fn kst_process_idle(target: *const kst_target, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// Find a process by its id: the list of active processes; for one that is not on it, or behind its break, the table of ids (PspCidTable); where the list is not whole, the current processes of the processors, too (a triage dump has neither list nor table). 0 is the Idle process. Thread-safe.
    pub fn kst_process_find(target: *const kst_target, pid: u64, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// The process that a processor was running (through the current thread's attached process); the crashing process of a triage dump. Thread-safe.
    pub fn kst_process_current(target: *const kst_target, processor: u32, out: *mut kst_process, err: *mut kst_error) -> kst_status;
    /// Which sources of processes know one process? A process that one source knows and another does not is hidden, or just coming or going. Each source is asked for this process alone, with a bounded number of reads: of a list it is known whether the neighbours point back, not whether its head is reached (a walk tells that). Thread-safe.
    pub fn kst_process_sources(target: *const kst_target, address: u64, out: *mut kst_process_sources, err: *mut kst_error) -> kst_status;
    /// The address space of a process: a value that every reader, walk and translation takes. Two of them never mix: there is no current process anywhere in the library. Thread-safe.
    pub fn kst_process_space(process: *const kst_process, space_out: *mut kst_space, err: *mut kst_error) -> kst_status;
    /// Name of a user state: "unknown", "present", "none", "gone", "secure". Thread-safe.
    pub fn kst_user_state_name(state: u32) -> *const c_char;
    /// Name of one source of processes: "list", "kernel-list", "cid-table", "object-list". Thread-safe.
    pub fn kst_process_source_name(bit: u64) -> *const c_char;
    /// Name of one process anomaly. Thread-safe.
    pub fn kst_process_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one thread from bytes the caller has read. Reads nothing from the target: user stack and name stay absent; `kst_thread_read()` completes them. Thread-safe.
    pub fn kst_decode_thread(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_thread, err: *mut kst_error) -> kst_status;
    /// Read and complete the thread at an address. Thread-safe as the reader is.
    pub fn kst_thread_read(target: *const kst_target, address: u64, out: *mut kst_thread, err: *mut kst_error) -> kst_status;
    /// Begin a walk over threads.
    pub fn kst_threads_begin(cursor: *mut kst_cursor, target: *const kst_target, process: u64, list: u32, err: *mut kst_error) -> kst_status;
    /// The next thread; delivered as far as present.
    pub fn kst_threads_next(cursor: *mut kst_cursor, out: *mut kst_thread, err: *mut kst_error) -> kst_status;
    /// The thread that a processor was running. Thread-safe.
    pub fn kst_thread_current(target: *const kst_target, processor: u32, out: *mut kst_thread, err: *mut kst_error) -> kst_status;
    /// Name of a thread state: "initialized", "ready", "running", "standby", "terminated", "waiting", "transition", "deferred-ready", "gate-wait", "waiting-for-process-in-swap". Thread-safe.
    pub fn kst_thread_state_name(state: u32) -> *const c_char;
    /// Name of a wait reason as KWAIT_REASON spells it, in lower case with hyphens: "executive", "user-request", "wr-lpc-receive"… (numbers 0 to 0x2a, the last ones added in Windows 11). Thread-safe.
    pub fn kst_wait_reason_name(reason: u32) -> *const c_char;
    /// Name of one thread anomaly. Thread-safe.
    pub fn kst_thread_anomaly_name(bit: u64) -> *const c_char;
    /// Make the layout of user-mode structures that have stood still since XP: PEB, PEB_LDR_DATA, LDR_DATA_TABLE_ENTRY, RTL_USER_PROCESS_PARAMETERS, the head of the TEB. The kernel's symbols lack them for 32-bit programs on 64-bit kernels; members that came later than XP are in it too. Thread-safe.
    pub fn kst_layout_init_user(mem: *mut kst_layout, size: usize, pointer_size: u32, err: *mut kst_error) -> kst_status;
    /// Decode a PEB from bytes the caller has read; the loader data stays absent. Thread-safe.
    pub fn kst_decode_peb(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_peb, err: *mut kst_error) -> kst_status;
    /// Decode process parameters from bytes the caller has read; the texts are brought by `kst_read_text()`. Thread-safe.
    pub fn kst_decode_process_parameters(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_process_parameters, err: *mut kst_error) -> kst_status;
    /// Read the PEB of a process, and its loader data. Thread-safe as the reader is.
    pub fn kst_process_peb(target: *const kst_target, process: *const kst_process, bits: u32, out: *mut kst_peb, err: *mut kst_error) -> kst_status;
    /// Read a PEB at an address of a space, for a target that has no kernel (a live process). Thread-safe.
    pub fn kst_peb_read(target: *const kst_target, space: kst_space, address: u64, bits: u32, out: *mut kst_peb, err: *mut kst_error) -> kst_status;
    /// Read the process parameters that a PEB names. Thread-safe.
    pub fn kst_process_parameters_read(target: *const kst_target, space: kst_space, peb: *const kst_peb, out: *mut kst_process_parameters, err: *mut kst_error) -> kst_status;
    /// Bring UTF-16 text into the caller's buffer as UTF-8. Thread-safe.
    pub fn kst_read_text(target: *const kst_target, space: kst_space, address: u64, bytes: u64, buf: *mut c_char, cap: usize, needed_out: *mut usize, notes_out: *mut u32, err: *mut kst_error) -> kst_status;
    /// Begin a walk over an environment. It ends at an empty string, at most bytes (clamped to 1 MiB), or where memory ends; nothing in it is trusted.
    pub fn kst_environment_begin(cursor: *mut kst_cursor, target: *const kst_target, space: kst_space, address: u64, most: u64, err: *mut kst_error) -> kst_status;
    /// The next variable.
    pub fn kst_environment_next(cursor: *mut kst_cursor, out: *mut kst_variable, err: *mut kst_error) -> kst_status;
    /// Name of a PEB state: "unknown", "present", "paged-out", "none", "gone", "invalid". Thread-safe.
    pub fn kst_peb_state_name(state: u32) -> *const c_char;
    /// Name of one PEB anomaly. Thread-safe.
    pub fn kst_peb_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of process parameters. Thread-safe.
    pub fn kst_process_parameters_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one loader entry from bytes the caller has read; names stay absent but for their places. Thread-safe.
    pub fn kst_decode_user_module(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_user_module, err: *mut kst_error) -> kst_status;
    /// Begin a walk over one loader list of a process. A loader that has not run yet has no modules: the walk then ends at once, terminated. At most 4096 modules are delivered.
    pub fn kst_user_modules_begin(cursor: *mut kst_cursor, target: *const kst_target, space: kst_space, peb: *const kst_peb, list: u32, err: *mut kst_error) -> kst_status;
    /// The next module; an entry of which only a part is present is delivered so far.
    pub fn kst_user_modules_next(cursor: *mut kst_cursor, out: *mut kst_user_module, err: *mut kst_error) -> kst_status;
    /// Decode one record of the loader's unload trace. Thread-safe.
    pub fn kst_decode_unloaded_user_module(pointer_size: u32, bytes: *const c_void, len: usize, address: u64, out: *mut kst_unloaded_user_module, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the unloaded modules of a process, newest first. Where the trace is must be known from ntdll's symbols (RtlpUnloadEventTrace; RtlGetUnloadEventTraceEx tells size and count too).
    pub fn kst_unloaded_user_modules_begin(cursor: *mut kst_cursor, target: *const kst_target, space: kst_space, bits: u32, address: u64, element_size: u32, count: u32, err: *mut kst_error) -> kst_status;
    /// The next unloaded module, newest first; slots that cannot be read are stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_unloaded_user_modules_next(cursor: *mut kst_cursor, out: *mut kst_unloaded_user_module, err: *mut kst_error) -> kst_status;
    /// Name of a loader list: "load", "memory", "init". Thread-safe.
    pub fn kst_loader_list_name(list: u32) -> *const c_char;
    /// Name of a load reason: "static-dependency", "static-forwarder-dependency", "dynamic-forwarder-dependency", "delayload-dependency", "dynamic-load", "as-image-load", "as-data-load", "enclave-primary", "enclave-dependency". Thread-safe.
    pub fn kst_load_reason_name(reason: u32) -> *const c_char;
    /// Name of one user module anomaly. Thread-safe.
    pub fn kst_user_module_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of an unloaded user module. Thread-safe.
    pub fn kst_unloaded_user_module_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one descriptor from bytes the caller has read; what lies behind the section stays absent. Thread-safe.
    pub fn kst_decode_vad(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_vad, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the ranges of a process, in order of their addresses.
    pub fn kst_vads_begin(cursor: *mut kst_cursor, target: *const kst_target, process: *const kst_process, err: *mut kst_error) -> kst_status;
    /// The next range. A branch of the tree that cannot be read is stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_vads_next(cursor: *mut kst_cursor, out: *mut kst_vad, err: *mut kst_error) -> kst_status;
    /// Name of a kind: "none", "device-physical", "image", "awe", "write-watch", "large-pages", "rotate-physical", "large-page-section". Thread-safe.
    pub fn kst_vad_kind_name(kind: u32) -> *const c_char;
    /// Name of one VAD anomaly. Thread-safe.
    pub fn kst_vad_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one object from bytes the caller has read. Optional headers lie below the header, so give bytes from before it where there are any. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_object(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, header: u64, out: *mut kst_object, err: *mut kst_error) -> kst_status;
    /// The type index that a header holds, decoded: stored byte ^ second byte of the header's address ^ cookie (Windows 10 and later). Pure; thread-safe.
    pub fn kst_object_type_index(stored: u32, header: u64, cookie: u32) -> u32;
    /// One object of a target with its type and name. Thread-safe as the reader is.
    pub fn kst_object_at(target: *const kst_target, address: u64, at: u32, out: *mut kst_object, err: *mut kst_error) -> kst_status;
    /// The whole name in an object's name header. Thread-safe as the reader is.
    pub fn kst_object_name(target: *const kst_target, body: u64, text: *mut c_char, cap: usize, err: *mut kst_error) -> kst_status;
    /// The path of an object in the object directory, by the directories that its name headers point to. Thread-safe as the reader is.
    pub fn kst_object_path(target: *const kst_target, body: u64, text: *mut c_char, cap: usize, err: *mut kst_error) -> kst_status;
    /// What an object's body tells about its name. Thread-safe as the reader is.
    pub fn kst_object_body(target: *const kst_target, object: *const kst_object, out: *mut kst_object_body, err: *mut kst_error) -> kst_status;
    /// Decode one `_OBJECT_TYPE` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_object_type(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_object_type, err: *mut kst_error) -> kst_status;
    /// The type at an address. Thread-safe as the reader is.
    pub fn kst_object_type_at(target: *const kst_target, address: u64, out: *mut kst_object_type, err: *mut kst_error) -> kst_status;
    /// The type of an object. Thread-safe as the reader is.
    pub fn kst_object_type_of(target: *const kst_target, body: u64, out: *mut kst_object_type, err: *mut kst_error) -> kst_status;
    /// Begin to walk all types: by `ObTypeIndexTable` where there is one (Windows 7 and later), else by the list of the type Type, `ObpObjectTypes`, or the directory of types.
    pub fn kst_object_types_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next type. A slot that leads nowhere is stepped over and told by `KST_WALK_ANOMALY_SKIPPED`.
    pub fn kst_object_types_next(cursor: *mut kst_cursor, out: *mut kst_object_type, err: *mut kst_error) -> kst_status;
    /// Find a type by its name (case does not matter) or, where name is null, by its index. Thread-safe as the reader is.
    pub fn kst_object_type_find(target: *const kst_target, name: *const c_char, index: u32, out: *mut kst_object_type, err: *mut kst_error) -> kst_status;
    /// Begin to walk all objects of a type: TypeList -\> creator headers -\> objects. The list is empty unless the type is tracked (`kst_object_type.tracking`). At its end the number is compared with TotalNumberOfObjects: `KST_WALK_ANOMALY_COUNT`.
    pub fn kst_objects_begin(cursor: *mut kst_cursor, target: *const kst_target, r#type: u64, flags: u32, err: *mut kst_error) -> kst_status;
    /// The next object of a type. An entry that cannot be read ends the walk: what follows it is reached backwards.
    pub fn kst_objects_next(cursor: *mut kst_cursor, out: *mut kst_object, err: *mut kst_error) -> kst_status;
    /// Walk the list of a type forwards and backwards and compare. Reads the links only. Thread-safe as the reader is.
    pub fn kst_object_list_check(target: *const kst_target, r#type: u64, out: *mut kst_object_list, err: *mut kst_error) -> kst_status;
    /// Decode one `_HANDLE_TABLE` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_handle_table(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_handle_table, err: *mut kst_error) -> kst_status;
    /// Decode one `_HANDLE_TABLE_ENTRY` from bytes the caller has read. Up to Windows 7 it holds the header's address with the attributes in its low bits, later a packed pointer. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_handle(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_handle, err: *mut kst_error) -> kst_status;
    /// The handle table at an address. Thread-safe as the reader is.
    pub fn kst_handle_table_at(target: *const kst_target, address: u64, out: *mut kst_handle_table, err: *mut kst_error) -> kst_status;
    /// Begin to walk a handle table. At its end the number of handles is compared with HandleCount, where that is kept: `KST_WALK_ANOMALY_COUNT`.
    pub fn kst_handles_begin(cursor: *mut kst_cursor, target: *const kst_target, table: u64, flags: u32, err: *mut kst_error) -> kst_status;
    /// The next handle. Parts that are not in the memory at hand are stepped over: `KST_WALK_ANOMALY_SKIPPED`.
    pub fn kst_handles_next(cursor: *mut kst_cursor, out: *mut kst_handle, err: *mut kst_error) -> kst_status;
    /// How many entries of one state a walk of handles has met so far, delivered or not.
    pub fn kst_handles_met(cursor: *const kst_cursor, state: u32) -> u64;
    /// Decode one `_OBJECT_DIRECTORY_ENTRY` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_directory_entry(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_directory_entry, err: *mut kst_error) -> kst_status;
    /// Begin to walk an object directory.
    pub fn kst_directory_begin(cursor: *mut kst_cursor, target: *const kst_target, directory: u64, flags: u32, err: *mut kst_error) -> kst_status;
    /// The next entry. Buckets that are not in the memory at hand are stepped over: `KST_WALK_ANOMALY_SKIPPED`.
    pub fn kst_directory_next(cursor: *mut kst_cursor, out: *mut kst_directory_entry, err: *mut kst_error) -> kst_status;
    /// Find an object by its path in the object directory; case does not matter. Thread-safe as the reader is.
    pub fn kst_directory_find(target: *const kst_target, path: *const c_char, body_out: *mut u64, err: *mut kst_error) -> kst_status;
    /// Returns Name of one `KST_OBJECT_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_object_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_OBJECT_INFO_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_object_info_name(bit: u64) -> *const c_char;
    /// Returns Name of one bit of the Flags byte; null for none. Thread-safe.
    pub fn kst_object_flag_name(bit: u64, info_mask: u32) -> *const c_char;
    /// Returns Name of one `KST_OBJECT_BODY_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_object_body_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_OBJECT_KIND_…`; "unknown" otherwise. Thread-safe. @param kind The kind.
    pub fn kst_object_kind_name(kind: u32) -> *const c_char;
    /// Returns Name of one `KST_OBJECT_TYPE_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_object_type_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_OBJECT_TRACKING_…`; "unknown" otherwise. Thread-safe. @param tracking The value.
    pub fn kst_object_tracking_name(tracking: u32) -> *const c_char;
    /// Returns Name of one `KST_HANDLE_TABLE_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_handle_table_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_HANDLE_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_handle_anomaly_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_HANDLE_ATTRIBUTE_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_handle_attribute_name(bit: u64) -> *const c_char;
    /// Returns Name of one `KST_HANDLE_…` state; "unknown" otherwise. Thread-safe. @param state The state.
    pub fn kst_handle_state_name(state: u32) -> *const c_char;
    /// Returns Name of one `KST_DIRECTORY_ENTRY_ANOMALY_…` bit; null for none. Thread-safe. @param bit The bit.
    pub fn kst_directory_entry_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one POOL_HEADER.
    pub fn kst_decode_pool_header(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_pool_header, err: *mut kst_error) -> kst_status;
    /// The process that a block is charged to, where the pointer is stored encoded (6.2 and later).
    pub fn kst_pool_quota_process(layout: *const kst_layout, header: *const kst_pool_header, cookie: u64, out: *mut u64) -> kst_status;
    /// Walk the blocks of one pool page that the caller has read. Every rule of a classic page is checked; the walk keeps what was sound before the first contradiction and says which rule broke where.
    pub fn kst_decode_pool_page(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, start: u32, flags: u32, records: *mut c_void, stride: usize, count: usize, done: *mut usize, out: *mut kst_pool_page, err: *mut kst_error) -> kst_status;
    /// Decode one entry of the large-allocation table.
    pub fn kst_decode_large_allocation(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_large_allocation, err: *mut kst_error) -> kst_status;
    /// Decode one slot of a tag tracker table.
    pub fn kst_decode_pool_usage(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_pool_usage, err: *mut kst_error) -> kst_status;
    /// Check a whole page against the pattern of special pool: record, size, place of the data, fill bytes.
    pub fn kst_decode_special_pool(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_special_pool, err: *mut kst_error) -> kst_status;
    /// The ranges that hold pool, as far as the target tells. Where only the outer ends of nonpaged pool's two parts are known, the range between them has the region `KST_POOL_REGION_UNKNOWN`: it is one to search.
    pub fn kst_pool_ranges(target: *const kst_target, records: *mut c_void, stride: usize, count: usize, done: *mut usize, err: *mut kst_error) -> kst_status;
    /// As `kst_decode_pool_page()`, for a page of the target's memory; unreadable parts are stepped around.
    pub fn kst_pool_page_read(target: *const kst_target, space: kst_space, address: u64, start: u32, flags: u32, records: *mut c_void, stride: usize, count: usize, done: *mut usize, out: *mut kst_pool_page, err: *mut kst_error) -> kst_status;
    /// Where the system's table of large allocations is.
    pub fn kst_large_table_locate(target: *const kst_target, out: *mut kst_large_table, err: *mut kst_error) -> kst_status;
    /// Where the table of a session is.
    pub fn kst_large_table_of_session(target: *const kst_target, space: kst_space, session: u64, out: *mut kst_large_table, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the entries of a table of large allocations, never-used ones left out.
    pub fn kst_large_allocations_begin(cursor: *mut kst_cursor, target: *const kst_target, table: *const kst_large_table, flags: u32, err: *mut kst_error) -> kst_status;
    /// The next entry, live or freed. Unreadable parts of the table are stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_large_allocations_next(cursor: *mut kst_cursor, out: *mut kst_large_allocation, err: *mut kst_error) -> kst_status;
    /// The live large allocation that contains an address; one linear pass over the table.
    pub fn kst_large_allocation_find(target: *const kst_target, table: *const kst_large_table, address: u64, out: *mut kst_large_allocation, err: *mut kst_error) -> kst_status;
    /// Memory that an index needs.
    pub fn kst_large_index_size(entries: u64) -> usize;
    /// Read a table once and keep its live entries sorted by address; freed ones are kept as long as there is room. The index holds no pointers: it may be copied, and shared by threads.
    pub fn kst_large_index_init(mem: *mut kst_large_index, size: usize, target: *const kst_target, table: *const kst_large_table, err: *mut kst_error) -> kst_status;
    /// What an index holds.
    pub fn kst_large_index_info(index: *const kst_large_index, out: *mut kst_large_index_info) -> kst_status;
    /// The live large allocation that contains an address, by index. Its entry is read again; where that is gone or has changed since, the address and length that the index holds are the answer.
    pub fn kst_large_index_find(index: *const kst_large_index, target: *const kst_target, address: u64, out: *mut kst_large_allocation, err: *mut kst_error) -> kst_status;
    /// Which allocation an address belongs to. The order: special pool's range, the table of large allocations (always before any header is interpreted), the segment heap or the classic page. Where the evidence does not close the verdict is `KST_POOL_KIND_INCONSISTENT` with the nearest candidates; it is never a guess.
    pub fn kst_pool_find(target: *const kst_target, index: *const kst_large_index, address: u64, out: *mut kst_pool_verdict, err: *mut kst_error) -> kst_status;
    /// Search a range for pool tags. Call again with the same position to go on; split a range at page boundaries to share it between threads. Memory that is not there is stepped over.
    pub fn kst_pool_scan(target: *const kst_target, scan: *const kst_pool_scan, position: *mut u64, records: *mut c_void, stride: usize, count: usize, done: *mut usize, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the tag tracker: the tables of all processors merged, then the expansion table.
    pub fn kst_pool_usage_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next tag. Slots without a tag are left out; unreadable ones are stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_pool_usage_next(cursor: *mut kst_cursor, out: *mut kst_pool_usage, err: *mut kst_error) -> kst_status;
    /// Its name; "unknown" otherwise.
    pub fn kst_pool_generation_name(generation: u32) -> *const c_char;
    /// "allocated", "free", "cached"; "unknown" otherwise.
    pub fn kst_pool_state_name(state: u32) -> *const c_char;
    /// Name of a region: "nonpaged", "paged", "special", "session", "outside".
    pub fn kst_pool_region_name(region: u32) -> *const c_char;
    /// Such as "zero-size"; "none" for none, "unknown" otherwise.
    pub fn kst_pool_rule_name(rule: u32) -> *const c_char;
    /// Such as "heap-large"; "unknown" otherwise.
    pub fn kst_pool_kind_name(kind: u32) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_evidence_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_header_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_page_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_verdict_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_hit_reason_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_pool_usage_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_large_allocation_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_large_table_anomaly_name(bit: u64) -> *const c_char;
    /// Its name; null for a bit that means nothing.
    pub fn kst_special_pool_anomaly_name(bit: u64) -> *const c_char;
    /// Decode the header of a VS chunk.
    pub fn kst_decode_vs_chunk(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, key: *const kst_heap_key, out: *mut kst_vs_chunk, err: *mut kst_error) -> kst_status;
    /// Decode the start of a VS subsegment and check its signature.
    pub fn kst_decode_vs_subsegment(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_vs_subsegment, err: *mut kst_error) -> kst_status;
    /// Decode the start of an LFH subsegment.
    pub fn kst_decode_lfh_subsegment(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, range: u64, key: *const kst_heap_key, out: *mut kst_lfh_subsegment, err: *mut kst_error) -> kst_status;
    /// Decode the start of a page segment.
    pub fn kst_decode_page_segment(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, key: *const kst_heap_key, out: *mut kst_page_segment, err: *mut kst_error) -> kst_status;
    /// Decode one page range descriptor.
    pub fn kst_decode_heap_range(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_heap_range, err: *mut kst_error) -> kst_status;
    /// Decode one node of a heap's tree of large allocations.
    pub fn kst_decode_heap_large(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_heap_large, err: *mut kst_error) -> kst_status;
    /// The heap's keys: from the kernel's globals where these are known, otherwise recovered from the chunks in memory.
    pub fn kst_heap_key(target: *const kst_target, out: *mut kst_heap_key, err: *mut kst_error) -> kst_status;
    /// Recover the keys from memory alone, without symbols: VS chunks and the signatures of page segments vote for HeapKey, LFH subsegments for LfhKey. A bit is known only if the votes leave no doubt.
    pub fn kst_heap_key_recover(target: *const kst_target, out: *mut kst_heap_key, err: *mut kst_error) -> kst_status;
    /// Begin a walk over all blocks of a heap: segment by segment along the lists of its contexts, then the tree of its large allocations.
    pub fn kst_heap_blocks_begin(cursor: *mut kst_cursor, target: *const kst_target, heap: u64, key: *const kst_heap_key, err: *mut kst_error) -> kst_status;
    /// Begin the same walk over one segment, from the page range that holds an address on.
    pub fn kst_heap_blocks_begin_segment(cursor: *mut kst_cursor, target: *const kst_target, address: u64, key: *const kst_heap_key, err: *mut kst_error) -> kst_status;
    /// The next block, told as `kst_pool_find()` would tell it: VS, LFH and HEAP_LARGE blocks, allocated or free. Free page ranges come as kind NONE with state free. What cannot be told (a chain that breaks, a range that is not there) comes as kind INCONSISTENT from there to the end of its range, with `KST_WALK_ANOMALY_SKIPPED`, and the walk goes on behind it.
    pub fn kst_heap_blocks_next(cursor: *mut kst_cursor, out: *mut kst_pool_verdict, err: *mut kst_error) -> kst_status;
    /// Name of a key's source: "symbols", "recovered".
    pub fn kst_heap_key_source_name(source: u32) -> *const c_char;
    /// Name of a page range's kind.
    pub fn kst_heap_range_name(kind: u32) -> *const c_char;
    /// Name of one anomaly of a key.
    pub fn kst_heap_key_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a VS chunk.
    pub fn kst_vs_chunk_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a VS subsegment.
    pub fn kst_vs_subsegment_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of an LFH subsegment.
    pub fn kst_lfh_subsegment_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a page segment.
    pub fn kst_page_segment_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a page range.
    pub fn kst_heap_range_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a large allocation of a heap.
    pub fn kst_heap_large_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one entry. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_pte(layout: *const kst_layout, context: *const kst_pte_context, level: u32, flags: u32, entry: u64, out: *mut kst_pte, err: *mut kst_error) -> kst_status;
    /// What entries of a target are decoded with. Thread-safe.
    pub fn kst_target_pte_context(target: *const kst_target, out: *mut kst_pte_context) -> kst_status;
    /// Name of a PTE state: "zero", "valid", "transition", "prototype", "prototype-vad", "subsection", "page-file", "demand-zero", "no-access", "decommitted", "unreadable", "unknown". Thread-safe.
    pub fn kst_pte_state_name(state: u32) -> *const c_char;
    /// Name of a way to read a page: "none", "hardware", "transition", "prototype", "page-file". Thread-safe.
    pub fn kst_pte_read_name(read: u32) -> *const c_char;
    /// Name of a five-bit protection: "read-only", "execute-read", "read-write-no-cache" and so on. Thread-safe.
    pub fn kst_pte_protection_name(protection: u32) -> *const c_char;
    /// The same in the debugger's words: "ReadOnly", "ExecuteRead", "ReadWrite NoCache" and so on. Thread-safe.
    pub fn kst_pte_protection_text(protection: u32) -> *const c_char;
    /// Name of one PTE anomaly. Thread-safe.
    pub fn kst_pte_anomaly_name(bit: u64) -> *const c_char;
    /// Translate one virtual address. Reads page tables through the target's reader: physical memory, or, where the reader has none of it (a triage dump), the self-map of the kernel's space. An entry that leaves its prototype to the VAD tree is resolved there where the process that space belongs to is on the kernel's list; it keeps its own protection, where one that points to a prototype has the prototype's. A frame in transition is checked against its _MMPFN where that can be read. Allocates nothing; thread-safe as the reader is.
    pub fn kst_translate(target: *const kst_target, space: kst_space, address: u64, flags: u32, out: *mut kst_translation, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the pages of a range. What is not mapped is a run as well, so that the runs cover the range without a gap, except for addresses that are not canonical.
    pub fn kst_page_runs_begin(cursor: *mut kst_cursor, target: *const kst_target, space: kst_space, address: u64, last: u64, flags: u32, err: *mut kst_error) -> kst_status;
    /// The next run. Entries that cannot be read are runs of state `KST_PTE_UNREADABLE`, not an end. Thread-safe as the reader is.
    pub fn kst_page_runs_next(cursor: *mut kst_cursor, out: *mut kst_page_run, err: *mut kst_error) -> kst_status;
    /// Name of one translation anomaly. Thread-safe.
    pub fn kst_translation_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one _MMPFN. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_pfn(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_pfn, err: *mut kst_error) -> kst_status;
    /// Read the entry of one page frame. Thread-safe as the reader is.
    pub fn kst_pfn_read(target: *const kst_target, frame: u64, out: *mut kst_pfn, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the database, in ascending order. Parts that are not mapped are stepped over.
    pub fn kst_pfns_begin(cursor: *mut kst_cursor, target: *const kst_target, first: u64, last: u64, err: *mut kst_error) -> kst_status;
    /// The next entry that is there. Thread-safe as the reader is.
    pub fn kst_pfns_next(cursor: *mut kst_cursor, out: *mut kst_pfn, err: *mut kst_error) -> kst_status;
    /// Count the pages of each location. Thread-safe as the reader is.
    pub fn kst_pfn_count(target: *const kst_target, out: *mut kst_pfn_counts, err: *mut kst_error) -> kst_status;
    /// Name of a location: "zeroed", "free", "standby", "modified", "modified-no-write", "bad", "active", "transition". Thread-safe.
    pub fn kst_pfn_location_name(location: u32) -> *const c_char;
    /// Name of a use: "unknown", "none", "file", "shared", "page-table", "process", "system". Thread-safe.
    pub fn kst_pfn_use_name(r#use: u32) -> *const c_char;
    /// Name of one anomaly of a page frame. Thread-safe.
    pub fn kst_pfn_anomaly_name(bit: u64) -> *const c_char;
    /// Decode a CONTROL_AREA. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_control_area(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_control_area, err: *mut kst_error) -> kst_status;
    /// Decode a SEGMENT; as `kst_decode_control_area()`.
    pub fn kst_decode_segment(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_segment, err: *mut kst_error) -> kst_status;
    /// Decode a SUBSECTION or MSUBSECTION; as `kst_decode_control_area()`.
    pub fn kst_decode_subsection(layout: *const kst_layout, flags: u32, bytes: *const c_void, len: usize, address: u64, out: *mut kst_subsection, err: *mut kst_error) -> kst_status;
    /// Read a control area with its segment, and check that they name each other. Thread-safe as the reader is.
    pub fn kst_control_area_read(target: *const kst_target, address: u64, out: *mut kst_control_area, segment: *mut kst_segment, err: *mut kst_error) -> kst_status;
    /// Name of the file of a control area, as its FILE_OBJECT has it. Thread-safe as the reader is.
    pub fn kst_control_area_file(target: *const kst_target, area: *const kst_control_area, text: *mut c_char, cap: usize, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the subsections of a control area.
    pub fn kst_subsections_begin(cursor: *mut kst_cursor, target: *const kst_target, area: *const kst_control_area, err: *mut kst_error) -> kst_status;
    /// The next subsection. Thread-safe as the reader is.
    pub fn kst_subsections_next(cursor: *mut kst_cursor, out: *mut kst_subsection, err: *mut kst_error) -> kst_status;
    /// Begin a walk over the resident pages of a subsection.
    pub fn kst_section_pages_begin(cursor: *mut kst_cursor, target: *const kst_target, kind: u32, subsection: *const kst_subsection, err: *mut kst_error) -> kst_status;
    /// The next page that is in memory. Entries that cannot be read are stepped over (`KST_WALK_ANOMALY_SKIPPED`). A frame in transition is checked against its _MMPFN where that can be read, as by `kst_translate()`.
    pub fn kst_section_pages_next(cursor: *mut kst_cursor, out: *mut kst_section_page, err: *mut kst_error) -> kst_status;
    /// Find control areas through the page frames (as !memusage does) and sum up their pages. Only areas with resident pages are found. The records are used as a hash table while it runs and lie in no order; unused ones have size 0.
    pub fn kst_section_usages(target: *const kst_target, records: *mut c_void, stride: usize, count: usize, done: *mut usize, err: *mut kst_error) -> kst_status;
    /// WinDbg's word for a trait of a control area, such as "Accessed". Thread-safe.
    pub fn kst_control_area_trait_text(r#trait: u32) -> *const c_char;
    /// Name of a kind of section: "pagefile", "data", "image", "physical". Thread-safe.
    pub fn kst_section_kind_name(kind: u32) -> *const c_char;
    /// Name of one anomaly of a control area. Thread-safe.
    pub fn kst_control_area_anomaly_name(bit: u64) -> *const c_char;
    /// Name of one anomaly of a subsection. Thread-safe.
    pub fn kst_subsection_anomaly_name(bit: u64) -> *const c_char;
    /// Read the counters: from globals (up to Windows 8.1), or from the system partition and the state that partitions share (Windows 10 and later), as far as the layout and the memory have them. Thread-safe as the reader is.
    pub fn kst_memory_counters_read(target: *const kst_target, out: *mut kst_memory_counters, err: *mut kst_error) -> kst_status;
    /// One page file of the system. Thread-safe as the reader is.
    pub fn kst_page_file_read(target: *const kst_target, number: u32, out: *mut kst_page_file, name: *mut c_char, cap: usize, err: *mut kst_error) -> kst_status;
    /// One run of the physical memory that the kernel manages (MmPhysicalMemoryBlock). Thread-safe as the reader is.
    pub fn kst_memory_run_read(target: *const kst_target, number: u32, first: *mut u64, pages: *mut u64, err: *mut kst_error) -> kst_status;
    /// Name of a counter, such as "available". Thread-safe.
    pub fn kst_memory_counter_name(counter: u32) -> *const c_char;
    /// Decode one loader entry of the kernel. Reads nothing from the target, allocates nothing; thread-safe. The texts of the names are elsewhere: only their places are decoded. What the layout lacks is taken from the place that it has had in every version (public symbols of 5.1 to 10.0); the time stamp has none.
    pub fn kst_decode_module(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_module, err: *mut kst_error) -> kst_status;
    /// Decode one entry of MmUnloadedDrivers. Reads nothing from the target, allocates nothing; thread-safe.
    pub fn kst_decode_unloaded_module(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_unloaded_module, err: *mut kst_error) -> kst_status;
    /// Walk the kernel's modules in load order: PsLoadedModuleList or, where not even its first entry can be read, the list that the reader keeps (a triage dump's drivers). Thread-safe as the reader is; the cursor is the caller's.
    pub fn kst_kernel_modules_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next module of the walk. A name that cannot be read is a missing present bit. After the end the same answer comes again; an entry that cannot be read is not stepped over.
    pub fn kst_kernel_modules_next(cursor: *mut kst_cursor, out: *mut kst_module, err: *mut kst_error) -> kst_status;
    /// Walk the kernel's unloaded modules, newest first: MmUnloadedDrivers or, where it cannot be read, the list that the reader keeps. Thread-safe as the reader is.
    pub fn kst_unloaded_modules_begin(cursor: *mut kst_cursor, target: *const kst_target, err: *mut kst_error) -> kst_status;
    /// The next unloaded module. An entry that cannot be read is stepped over (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_unloaded_modules_next(cursor: *mut kst_cursor, out: *mut kst_unloaded_module, err: *mut kst_error) -> kst_status;
    /// The kernel module that an address lies in. Walks the list once. Thread-safe as the reader is.
    pub fn kst_module_find(target: *const kst_target, address: u64, out: *mut kst_module, err: *mut kst_error) -> kst_status;
    /// Name of one module anomaly. Thread-safe.
    pub fn kst_module_anomaly_name(bit: u64) -> *const c_char;
    /// Decode an EX_CALLBACK_ROUTINE_BLOCK (process, thread, image callbacks; registry callbacks before Vista) from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. Source: public symbols, the same in every build.
    pub fn kst_decode_callback(layout: *const kst_layout, bytes: *const c_void, len: usize, address: u64, out: *mut kst_callback, err: *mut kst_error) -> kst_status;
    /// Begin a walk over all callbacks, kind after kind in the order of their numbers. Thread-safe as the reader is.
    pub fn kst_callbacks_begin(cursor: *mut kst_cursor, target: *const kst_target, kinds: u32, err: *mut kst_error) -> kst_status;
    /// The next callback. A list that breaks or a table that is not in memory is left for the next kind (`KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_callbacks_next(cursor: *mut kst_cursor, out: *mut kst_callback, err: *mut kst_error) -> kst_status;
    /// Which kinds a target's symbols lead to. Thread-safe.
    pub fn kst_callback_kinds(target: *const kst_target) -> u32;
    /// Name of a kind: "registry", "process", "thread", "image", "object", "bugcheck". Thread-safe.
    pub fn kst_callback_kind_name(kind: u32) -> *const c_char;
    /// Name of one callback anomaly. Thread-safe.
    pub fn kst_callback_anomaly_name(bit: u64) -> *const c_char;
    /// Decode one record of a log from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. Places come from the layout (types _VF_POOL_TRACE, _IOV_IRP_TRACE, _VF_KE_CRITICAL_REGION_TRACE of the public symbols).
    pub fn kst_decode_verifier_entry(layout: *const kst_layout, log: u32, bytes: *const c_void, len: usize, address: u64, out: *mut kst_verifier_entry, err: *mut kst_error) -> kst_status;
    /// Begin a walk over a log, the newest entry first (the order is an inference from the ring's counter). Thread-safe as the reader is.
    pub fn kst_verifier_begin(cursor: *mut kst_cursor, target: *const kst_target, log: u32, filter: u64, err: *mut kst_error) -> kst_status;
    /// The next entry. Slots that were never used and slots that are not in memory are stepped over (the latter: `KST_WALK_ANOMALY_SKIPPED`).
    pub fn kst_verifier_next(cursor: *mut kst_cursor, out: *mut kst_verifier_entry, err: *mut kst_error) -> kst_status;
    /// The newest enter of a critical region by a thread that no leave matches: what an APC_INDEX_MISMATCH crash looks for. Needs symbols that tell enters from leaves.
    pub fn kst_verifier_unmatched_enter(target: *const kst_target, thread: u64, out: *mut kst_verifier_entry, err: *mut kst_error) -> kst_status;
    /// Read Verifier's settings and counters (MmVerifierData). Thread-safe as the reader is.
    pub fn kst_verifier_settings(target: *const kst_target, out: *mut kst_verifier_settings, err: *mut kst_error) -> kst_status;
    /// Name of a log: "pool", "irp", "critical-region". Thread-safe.
    pub fn kst_verifier_log_name(log: u32) -> *const c_char;
    /// Name of an operation: "unknown", "enter", "leave". Thread-safe.
    pub fn kst_verifier_operation_name(operation: u32) -> *const c_char;
    /// Name of one entry anomaly. Thread-safe.
    pub fn kst_verifier_entry_anomaly_name(bit: u64) -> *const c_char;
}
