// Generated from include/kstate/*.h by tools/rust_bindings.py. Do not edit.
use super::*;

walks! {
    /// Begin a walk over all processors: KiProcessorBlock, as many slots as the machine has processors (at most 2048); where the array is not known, the one that the identity's KPCR names. Thread-safe as the reader is.
    ///
    /// Calls `kst_processors_begin`.
    processors() -> Processor = kst_processors_begin(), kst_processors_next;
    /// Begin a walk over the DPCs of one queue, in the order in which they will run.
    ///
    /// Calls `kst_dpcs_begin`.
    dpcs(queue: &DpcQueue) -> Dpc = kst_dpcs_begin(pointer(Some(queue))), kst_dpcs_next;
    /// Begin a walk over all waiting timers: the tables of all processors (7 and later), or KiTimerTableListHead before.
    ///
    /// Calls `kst_timers_begin`.
    timers() -> Timer = kst_timers_begin(), kst_timers_next;
    /// Begin at a processor's registers and follow the switches back to the interrupted thread (at most 4).
    ///
    /// Calls `kst_stack_begin`.
    stack(processor: &Processor, start: Option<&Registers>) -> StackLink = kst_stack_begin(pointer(Some(processor)), pointer(start)), kst_stack_next;
    /// Begin at a thread that does not run: its one link is where it was switched out (KTHREAD.KernelStack).
    ///
    /// Calls `kst_stack_begin_thread`.
    stack_thread(thread: u64) -> StackLink = kst_stack_begin_thread(thread), kst_stack_next;
    /// Begin a walk over return addresses of a stack: on x86 the chain of frame pointers from `bp` first, then in every case a scan of all pointers from `sp` up that lie in a kernel module. A scan also shows leftovers: it is no unwinding.
    ///
    /// Calls `kst_return_addresses_begin`.
    return_addresses(link: &StackLink) -> ReturnAddress = kst_return_addresses_begin(pointer(Some(link))), kst_return_addresses_next;
    /// Begin a walk over the processes on PsActiveProcessHead. The Idle process is not on it, see `kst_process_idle()`.
    ///
    /// Calls `kst_processes_begin`.
    processes() -> Process = kst_processes_begin(), kst_processes_next;
    /// As `kst_processes_begin()`, from another list.
    ///
    /// Calls `kst_processes_begin_from`.
    processes_from(source: Processes) -> Process = kst_processes_begin_from(source.0), kst_processes_next;
    /// Begin a walk over threads.
    ///
    /// Calls `kst_threads_begin`.
    threads(process: u64, list: Threads) -> Thread = kst_threads_begin(process, list.0), kst_threads_next;
    /// Begin a walk over an environment. It ends at an empty string, at most bytes (clamped to 1 MiB), or where memory ends; nothing in it is trusted.
    ///
    /// Calls `kst_environment_begin`.
    environment(space: Space, address: u64, most: u64) -> Variable = kst_environment_begin(space.0, address, most), kst_environment_next;
    /// Begin a walk over one loader list of a process. A loader that has not run yet has no modules: the walk then ends at once, terminated. At most 4096 modules are delivered.
    ///
    /// Calls `kst_user_modules_begin`.
    user_modules(space: Space, peb: &Peb, list: LoaderList) -> UserModule = kst_user_modules_begin(space.0, pointer(Some(peb)), list.0), kst_user_modules_next;
    /// Begin a walk over the unloaded modules of a process, newest first. Where the trace is must be known from ntdll's symbols (RtlpUnloadEventTrace; RtlGetUnloadEventTraceEx tells size and count too).
    ///
    /// Calls `kst_unloaded_user_modules_begin`.
    unloaded_user_modules(space: Space, bits: u32, address: u64, element_size: u32, count: u32) -> UnloadedUserModule = kst_unloaded_user_modules_begin(space.0, bits, address, element_size, count), kst_unloaded_user_modules_next;
    /// Begin a walk over the ranges of a process, in order of their addresses.
    ///
    /// Calls `kst_vads_begin`.
    vads(process: &Process) -> Vad = kst_vads_begin(pointer(Some(process))), kst_vads_next;
    /// Begin to walk all types: by `ObTypeIndexTable` where there is one (Windows 7 and later), else by the list of the type Type, `ObpObjectTypes`, or the directory of types.
    ///
    /// Calls `kst_object_types_begin`.
    object_types() -> ObjectType = kst_object_types_begin(), kst_object_types_next;
    /// Begin to walk all objects of a type: TypeList -\> creator headers -\> objects. The list is empty unless the type is tracked (`kst_object_type.tracking`). At its end the number is compared with TotalNumberOfObjects: `KST_WALK_ANOMALY_COUNT`.
    ///
    /// Calls `kst_objects_begin`.
    objects(r#type: u64, flags: u32) -> Object = kst_objects_begin(r#type, flags), kst_objects_next;
    /// Begin to walk a handle table. At its end the number of handles is compared with HandleCount, where that is kept: `KST_WALK_ANOMALY_COUNT`.
    ///
    /// Calls `kst_handles_begin`.
    handles(table: u64, flags: u32) -> Handle = kst_handles_begin(table, flags), kst_handles_next;
    /// Begin to walk an object directory.
    ///
    /// Calls `kst_directory_begin`.
    directory(directory: u64, flags: u32) -> DirectoryEntry = kst_directory_begin(directory, flags), kst_directory_next;
    /// Begin a walk over the entries of a table of large allocations, never-used ones left out.
    ///
    /// Calls `kst_large_allocations_begin`.
    large_allocations(table: Option<&LargeTable>, flags: u32) -> LargeAllocation = kst_large_allocations_begin(pointer(table), flags), kst_large_allocations_next;
    /// Begin a walk over the tag tracker: the tables of all processors merged, then the expansion table.
    ///
    /// Calls `kst_pool_usage_begin`.
    pool_usage() -> PoolUsage = kst_pool_usage_begin(), kst_pool_usage_next;
    /// Begin a walk over all blocks of a heap: segment by segment along the lists of its contexts, then the tree of its large allocations.
    ///
    /// Calls `kst_heap_blocks_begin`.
    heap_blocks(heap: u64, key: Option<&HeapKey>) -> PoolVerdict = kst_heap_blocks_begin(heap, pointer(key)), kst_heap_blocks_next;
    /// Begin the same walk over one segment, from the page range that holds an address on.
    ///
    /// Calls `kst_heap_blocks_begin_segment`.
    heap_blocks_segment(address: u64, key: Option<&HeapKey>) -> PoolVerdict = kst_heap_blocks_begin_segment(address, pointer(key)), kst_heap_blocks_next;
    /// Begin a walk over the pages of a range. What is not mapped is a run as well, so that the runs cover the range without a gap, except for addresses that are not canonical.
    ///
    /// Calls `kst_page_runs_begin`.
    page_runs(space: Space, address: u64, last: u64, flags: u32) -> PageRun = kst_page_runs_begin(space.0, address, last, flags), kst_page_runs_next;
    /// Begin a walk over the database, in ascending order. Parts that are not mapped are stepped over.
    ///
    /// Calls `kst_pfns_begin`.
    pfns(first: u64, last: u64) -> Pfn = kst_pfns_begin(first, last), kst_pfns_next;
    /// Begin a walk over the subsections of a control area.
    ///
    /// Calls `kst_subsections_begin`.
    subsections(area: &ControlArea) -> Subsection = kst_subsections_begin(pointer(Some(area))), kst_subsections_next;
    /// Begin a walk over the resident pages of a subsection.
    ///
    /// Calls `kst_section_pages_begin`.
    section_pages(kind: Section, subsection: &Subsection) -> SectionPage = kst_section_pages_begin(kind.0, pointer(Some(subsection))), kst_section_pages_next;
    /// Walk the kernel's modules in load order: PsLoadedModuleList or, where not even its first entry can be read, the list that the reader keeps (a triage dump's drivers). Thread-safe as the reader is; the cursor is the caller's.
    ///
    /// Calls `kst_kernel_modules_begin`.
    kernel_modules() -> Module = kst_kernel_modules_begin(), kst_kernel_modules_next;
    /// Walk the kernel's unloaded modules, newest first: MmUnloadedDrivers or, where it cannot be read, the list that the reader keeps. Thread-safe as the reader is.
    ///
    /// Calls `kst_unloaded_modules_begin`.
    unloaded_modules() -> UnloadedModule = kst_unloaded_modules_begin(), kst_unloaded_modules_next;
    /// Begin a walk over all callbacks, kind after kind in the order of their numbers. Thread-safe as the reader is.
    ///
    /// Calls `kst_callbacks_begin`.
    callbacks(kinds: u32) -> Callback = kst_callbacks_begin(kinds), kst_callbacks_next;
    /// Begin a walk over a log, the newest entry first (the order is an inference from the ring's counter). Thread-safe as the reader is.
    ///
    /// Calls `kst_verifier_begin`.
    verifier(log: VerifierLog, filter: u64) -> VerifierEntry = kst_verifier_begin(log.0, filter), kst_verifier_next;
}

targets! {
    /// Read and decode the block of a target; an encoded one is decoded where KiWaitNever, KiWaitAlways and KdpDataBlockEncoded are known. Thread-safe as the reader is.
    ///
    /// Calls `kst_debugger_data_read`.
    read debugger_data_read() -> DebuggerData = kst_debugger_data_read();
    /// Read the header of an image in memory and the identity of its PDB (a CodeView record of kind RSDS). Allocates nothing; thread-safe. Triage dumps hold the header of the kernel at most, not its debug directory.
    ///
    /// Calls `kst_image_read`.
    read image_read(space: Space, base: u64) -> Image = kst_image_read(space.0, base);
    /// Read one queue of a processor. Thread-safe as the reader is.
    ///
    /// Calls `kst_dpc_queue`.
    find dpc_queue(processor: &Processor, kind: DpcKind) -> DpcQueue = kst_dpc_queue(pointer(Some(processor)), kind.0);
    /// Read and complete the process at an address. Thread-safe as the reader is.
    ///
    /// Calls `kst_process_read`.
    read process_read(address: u64) -> Process = kst_process_read(address);
    /// The Idle process, which is on no list of processes (PsIdleProcess, else KiInitialProcess). Thread-safe.
    ///
    /// Calls `kst_process_idle`.
    read process_idle() -> Process = kst_process_idle();
    /// Find a process by its id: the list of active processes; for one that is not on it, or behind its break, the table of ids (PspCidTable); where the list is not whole, the current processes of the processors, too (a triage dump has neither list nor table). 0 is the Idle process. Thread-safe.
    ///
    /// Calls `kst_process_find`.
    find process_find(pid: u64) -> Process = kst_process_find(pid);
    /// The process that a processor was running (through the current thread's attached process); the crashing process of a triage dump. Thread-safe.
    ///
    /// Calls `kst_process_current`.
    read process_current(processor: u32) -> Process = kst_process_current(processor);
    /// Which sources of processes know one process? A process that one source knows and another does not is hidden, or just coming or going. Each source is asked for this process alone, with a bounded number of reads: of a list it is known whether the neighbours point back, not whether its head is reached (a walk tells that). Thread-safe.
    ///
    /// Calls `kst_process_sources`.
    read process_sources(address: u64) -> ProcessSources = kst_process_sources(address);
    /// Read and complete the thread at an address. Thread-safe as the reader is.
    ///
    /// Calls `kst_thread_read`.
    read thread_read(address: u64) -> Thread = kst_thread_read(address);
    /// The thread that a processor was running. Thread-safe.
    ///
    /// Calls `kst_thread_current`.
    read thread_current(processor: u32) -> Thread = kst_thread_current(processor);
    /// Read the PEB of a process, and its loader data. Thread-safe as the reader is.
    ///
    /// Calls `kst_process_peb`.
    read process_peb(process: &Process, bits: u32) -> Peb = kst_process_peb(pointer(Some(process)), bits);
    /// Read a PEB at an address of a space, for a target that has no kernel (a live process). Thread-safe.
    ///
    /// Calls `kst_peb_read`.
    read peb_read(space: Space, address: u64, bits: u32) -> Peb = kst_peb_read(space.0, address, bits);
    /// Read the process parameters that a PEB names. Thread-safe.
    ///
    /// Calls `kst_process_parameters_read`.
    read process_parameters_read(space: Space, peb: &Peb) -> ProcessParameters = kst_process_parameters_read(space.0, pointer(Some(peb)));
    /// One object of a target with its type and name. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_at`.
    read object_at(address: u64, at: ObjectAt) -> Object = kst_object_at(address, at.0);
    /// The whole name in an object's name header. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_name`.
    text object_name(body: u64) = kst_object_name(body);
    /// The path of an object in the object directory, by the directories that its name headers point to. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_path`.
    text object_path(body: u64) = kst_object_path(body);
    /// What an object's body tells about its name. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_body`.
    read object_body(object: &Object) -> ObjectBody = kst_object_body(pointer(Some(object)));
    /// The type at an address. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_type_at`.
    read object_type_at(address: u64) -> ObjectType = kst_object_type_at(address);
    /// The type of an object. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_type_of`.
    read object_type_of(body: u64) -> ObjectType = kst_object_type_of(body);
    /// Find a type by its name (case does not matter) or, where name is null, by its index. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_type_find`.
    find object_type_find(name: Option<&str>, index: u32) -> ObjectType = kst_object_type_find(c_text(name)?.as_ptr(), index);
    /// Walk the list of a type forwards and backwards and compare. Reads the links only. Thread-safe as the reader is.
    ///
    /// Calls `kst_object_list_check`.
    read object_list_check(r#type: u64) -> ObjectList = kst_object_list_check(r#type);
    /// The handle table at an address. Thread-safe as the reader is.
    ///
    /// Calls `kst_handle_table_at`.
    read handle_table_at(address: u64) -> HandleTable = kst_handle_table_at(address);
    /// Where the system's table of large allocations is.
    ///
    /// Calls `kst_large_table_locate`.
    read large_table_locate() -> LargeTable = kst_large_table_locate();
    /// Where the table of a session is.
    ///
    /// Calls `kst_large_table_of_session`.
    read large_table_of_session(space: Space, session: u64) -> LargeTable = kst_large_table_of_session(space.0, session);
    /// The live large allocation that contains an address; one linear pass over the table.
    ///
    /// Calls `kst_large_allocation_find`.
    find large_allocation_find(table: Option<&LargeTable>, address: u64) -> LargeAllocation = kst_large_allocation_find(pointer(table), address);
    /// Which allocation an address belongs to. The order: special pool's range, the table of large allocations (always before any header is interpreted), the segment heap or the classic page. Where the evidence does not close the verdict is `KST_POOL_KIND_INCONSISTENT` with the nearest candidates; it is never a guess.
    ///
    /// Calls `kst_pool_find`.
    read pool_find(index: Option<&LargeIndex>, address: u64) -> PoolVerdict = kst_pool_find(LargeIndex::pointer(index), address);
    /// The heap's keys: from the kernel's globals where these are known, otherwise recovered from the chunks in memory.
    ///
    /// Calls `kst_heap_key`.
    find heap_key() -> HeapKey = kst_heap_key();
    /// Recover the keys from memory alone, without symbols: VS chunks and the signatures of page segments vote for HeapKey, LFH subsegments for LfhKey. A bit is known only if the votes leave no doubt.
    ///
    /// Calls `kst_heap_key_recover`.
    find heap_key_recover() -> HeapKey = kst_heap_key_recover();
    /// Translate one virtual address. Reads page tables through the target's reader: physical memory, or, where the reader has none of it (a triage dump), the self-map of the kernel's space. An entry that leaves its prototype to the VAD tree is resolved there where the process that space belongs to is on the kernel's list; it keeps its own protection, where one that points to a prototype has the prototype's. A frame in transition is checked against its _MMPFN where that can be read. Allocates nothing; thread-safe as the reader is.
    ///
    /// Calls `kst_translate`.
    read translate(space: Space, address: u64, flags: u32) -> Translation = kst_translate(space.0, address, flags);
    /// Read the entry of one page frame. Thread-safe as the reader is.
    ///
    /// Calls `kst_pfn_read`.
    read pfn_read(frame: u64) -> Pfn = kst_pfn_read(frame);
    /// Count the pages of each location. Thread-safe as the reader is.
    ///
    /// Calls `kst_pfn_count`.
    read pfn_count() -> PfnCounts = kst_pfn_count();
    /// Read the counters: from globals (up to Windows 8.1), or from the system partition and the state that partitions share (Windows 10 and later), as far as the layout and the memory have them. Thread-safe as the reader is.
    ///
    /// Calls `kst_memory_counters_read`.
    read memory_counters_read() -> MemoryCounters = kst_memory_counters_read();
    /// The kernel module that an address lies in. Walks the list once. Thread-safe as the reader is.
    ///
    /// Calls `kst_module_find`.
    find module_find(address: u64) -> Module = kst_module_find(address);
    /// The newest enter of a critical region by a thread that no leave matches: what an APC_INDEX_MISMATCH crash looks for. Needs symbols that tell enters from leaves.
    ///
    /// Calls `kst_verifier_unmatched_enter`.
    find verifier_unmatched_enter(thread: u64) -> VerifierEntry = kst_verifier_unmatched_enter(thread);
    /// Read Verifier's settings and counters (MmVerifierData). Thread-safe as the reader is.
    ///
    /// Calls `kst_verifier_settings`.
    read verifier_settings() -> VerifierSettings = kst_verifier_settings();
}

layouts! {
    /// Decode a debugger data block. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_debugger_data`.
    read decode_debugger_data(bytes: &[u8], address: u64) -> DebuggerData = kst_decode_debugger_data(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a KPRCB from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. A context outside of the KPRCB (7 and later) is left out: `kst_processors_next()` reads it.
    ///
    /// Calls `kst_decode_processor`.
    read decode_processor(bytes: &[u8], address: u64) -> Processor = kst_decode_processor(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a KDPC from bytes the caller has read. Reads nothing, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_dpc`.
    read decode_dpc(bytes: &[u8], address: u64) -> Dpc = kst_decode_dpc(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one process from bytes the caller has read. Reads nothing from the target: what lies elsewhere (path, number of handles, session number, 32-bit PEB of 10586 and later) stays absent; `kst_process_read()` completes it. Thread-safe.
    ///
    /// Calls `kst_decode_process`.
    read decode_process(bytes: &[u8], address: u64) -> Process = kst_decode_process(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one thread from bytes the caller has read. Reads nothing from the target: user stack and name stay absent; `kst_thread_read()` completes them. Thread-safe.
    ///
    /// Calls `kst_decode_thread`.
    read decode_thread(bytes: &[u8], address: u64) -> Thread = kst_decode_thread(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a PEB from bytes the caller has read; the loader data stays absent. Thread-safe.
    ///
    /// Calls `kst_decode_peb`.
    read decode_peb(bytes: &[u8], address: u64) -> Peb = kst_decode_peb(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode process parameters from bytes the caller has read; the texts are brought by `kst_read_text()`. Thread-safe.
    ///
    /// Calls `kst_decode_process_parameters`.
    read decode_process_parameters(bytes: &[u8], address: u64) -> ProcessParameters = kst_decode_process_parameters(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one loader entry from bytes the caller has read; names stay absent but for their places. Thread-safe.
    ///
    /// Calls `kst_decode_user_module`.
    read decode_user_module(bytes: &[u8], address: u64) -> UserModule = kst_decode_user_module(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one descriptor from bytes the caller has read; what lies behind the section stays absent. Thread-safe.
    ///
    /// Calls `kst_decode_vad`.
    read decode_vad(bytes: &[u8], address: u64) -> Vad = kst_decode_vad(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one object from bytes the caller has read. Optional headers lie below the header, so give bytes from before it where there are any. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_object`.
    read decode_object(bytes: &[u8], address: u64, header: u64) -> Object = kst_decode_object(bytes.as_ptr().cast(), bytes.len(), address, header);
    /// Decode one `_OBJECT_TYPE` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_object_type`.
    read decode_object_type(bytes: &[u8], address: u64) -> ObjectType = kst_decode_object_type(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one `_HANDLE_TABLE` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_handle_table`.
    read decode_handle_table(bytes: &[u8], address: u64) -> HandleTable = kst_decode_handle_table(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one `_HANDLE_TABLE_ENTRY` from bytes the caller has read. Up to Windows 7 it holds the header's address with the attributes in its low bits, later a packed pointer. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_handle`.
    read decode_handle(bytes: &[u8], address: u64) -> Handle = kst_decode_handle(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one `_OBJECT_DIRECTORY_ENTRY` from bytes the caller has read. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_directory_entry`.
    read decode_directory_entry(bytes: &[u8], address: u64) -> DirectoryEntry = kst_decode_directory_entry(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one POOL_HEADER.
    ///
    /// Calls `kst_decode_pool_header`.
    read decode_pool_header(bytes: &[u8], address: u64) -> PoolHeader = kst_decode_pool_header(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one entry of the large-allocation table.
    ///
    /// Calls `kst_decode_large_allocation`.
    read decode_large_allocation(bytes: &[u8], address: u64) -> LargeAllocation = kst_decode_large_allocation(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one slot of a tag tracker table.
    ///
    /// Calls `kst_decode_pool_usage`.
    read decode_pool_usage(bytes: &[u8], address: u64) -> PoolUsage = kst_decode_pool_usage(bytes.as_ptr().cast(), bytes.len(), address);
    /// Check a whole page against the pattern of special pool: record, size, place of the data, fill bytes.
    ///
    /// Calls `kst_decode_special_pool`.
    read decode_special_pool(bytes: &[u8], address: u64) -> SpecialPool = kst_decode_special_pool(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode the header of a VS chunk.
    ///
    /// Calls `kst_decode_vs_chunk`.
    read decode_vs_chunk(bytes: &[u8], address: u64, key: &HeapKey) -> VsChunk = kst_decode_vs_chunk(bytes.as_ptr().cast(), bytes.len(), address, pointer(Some(key)));
    /// Decode the start of a VS subsegment and check its signature.
    ///
    /// Calls `kst_decode_vs_subsegment`.
    read decode_vs_subsegment(bytes: &[u8], address: u64) -> VsSubsegment = kst_decode_vs_subsegment(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode the start of an LFH subsegment.
    ///
    /// Calls `kst_decode_lfh_subsegment`.
    read decode_lfh_subsegment(bytes: &[u8], address: u64, range: u64, key: &HeapKey) -> LfhSubsegment = kst_decode_lfh_subsegment(bytes.as_ptr().cast(), bytes.len(), address, range, pointer(Some(key)));
    /// Decode the start of a page segment.
    ///
    /// Calls `kst_decode_page_segment`.
    read decode_page_segment(bytes: &[u8], address: u64, key: &HeapKey) -> PageSegment = kst_decode_page_segment(bytes.as_ptr().cast(), bytes.len(), address, pointer(Some(key)));
    /// Decode one page range descriptor.
    ///
    /// Calls `kst_decode_heap_range`.
    read decode_heap_range(bytes: &[u8], address: u64) -> HeapRange = kst_decode_heap_range(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one node of a heap's tree of large allocations.
    ///
    /// Calls `kst_decode_heap_large`.
    read decode_heap_large(bytes: &[u8], address: u64) -> HeapLarge = kst_decode_heap_large(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one entry. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_pte`.
    read decode_pte(context: &PteContext, level: u32, flags: u32, entry: u64) -> Pte = kst_decode_pte(pointer(Some(context)), level, flags, entry);
    /// Decode one _MMPFN. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_pfn`.
    read decode_pfn(bytes: &[u8], address: u64) -> Pfn = kst_decode_pfn(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a CONTROL_AREA. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_control_area`.
    read decode_control_area(bytes: &[u8], address: u64) -> ControlArea = kst_decode_control_area(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a SEGMENT; as `kst_decode_control_area()`.
    ///
    /// Calls `kst_decode_segment`.
    read decode_segment(bytes: &[u8], address: u64) -> Segment = kst_decode_segment(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a SUBSECTION or MSUBSECTION; as `kst_decode_control_area()`.
    ///
    /// Calls `kst_decode_subsection`.
    read decode_subsection(flags: u32, bytes: &[u8], address: u64) -> Subsection = kst_decode_subsection(flags, bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one loader entry of the kernel. Reads nothing from the target, allocates nothing; thread-safe. The texts of the names are elsewhere: only their places are decoded. What the layout lacks is taken from the place that it has had in every version (public symbols of 5.1 to 10.0); the time stamp has none.
    ///
    /// Calls `kst_decode_module`.
    read decode_module(bytes: &[u8], address: u64) -> Module = kst_decode_module(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one entry of MmUnloadedDrivers. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_unloaded_module`.
    read decode_unloaded_module(bytes: &[u8], address: u64) -> UnloadedModule = kst_decode_unloaded_module(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode an EX_CALLBACK_ROUTINE_BLOCK (process, thread, image callbacks; registry callbacks before Vista) from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. Source: public symbols, the same in every build.
    ///
    /// Calls `kst_decode_callback`.
    read decode_callback(bytes: &[u8], address: u64) -> Callback = kst_decode_callback(bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one record of a log from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. Places come from the layout (types _VF_POOL_TRACE, _IOV_IRP_TRACE, _VF_KE_CRITICAL_REGION_TRACE of the public symbols).
    ///
    /// Calls `kst_decode_verifier_entry`.
    read decode_verifier_entry(log: VerifierLog, bytes: &[u8], address: u64) -> VerifierEntry = kst_decode_verifier_entry(log.0, bytes.as_ptr().cast(), bytes.len(), address);
}

free! {
    /// Decode an exception record. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_exception`.
    read decode_exception(pointer_size: u32, bytes: &[u8], address: u64) -> ExceptionRecord = kst_decode_exception(pointer_size, bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode a register context. Reads nothing from the target, allocates nothing; thread-safe.
    ///
    /// Calls `kst_decode_context`.
    read decode_context(arch: Arch, bytes: &[u8], address: u64) -> Context = kst_decode_context(arch.0, bytes.as_ptr().cast(), bytes.len(), address);
    /// Decode one record of the loader's unload trace. Thread-safe.
    ///
    /// Calls `kst_decode_unloaded_user_module`.
    read decode_unloaded_user_module(pointer_size: u32, bytes: &[u8], address: u64) -> UnloadedUserModule = kst_decode_unloaded_user_module(pointer_size, bytes.as_ptr().cast(), bytes.len(), address);
}

names! {
    /// Name of a bug-check code, such as "MEMORY_MANAGEMENT" for 0x1a. Thread-safe.
    ///
    /// Calls `kst_bugcheck_name`.
    bugcheck_name(code: u32) = kst_bugcheck_name(code);
    /// Name of an importance: "low", "medium", "high", "medium-high". Thread-safe.
    ///
    /// Calls `kst_dpc_importance_name`.
    dpc_importance_name(importance: u32) = kst_dpc_importance_name(importance);
    /// Name of a wait reason as KWAIT_REASON spells it, in lower case with hyphens: "executive", "user-request", "wr-lpc-receive"… (numbers 0 to 0x2a, the last ones added in Windows 11). Thread-safe.
    ///
    /// Calls `kst_wait_reason_name`.
    wait_reason_name(reason: u32) = kst_wait_reason_name(reason);
    /// Name of a load reason: "static-dependency", "static-forwarder-dependency", "dynamic-forwarder-dependency", "delayload-dependency", "dynamic-load", "as-image-load", "as-data-load", "enclave-primary", "enclave-dependency". Thread-safe.
    ///
    /// Calls `kst_load_reason_name`.
    load_reason_name(reason: u32) = kst_load_reason_name(reason);
    /// Returns Name of one bit of the Flags byte; null for none. Thread-safe.
    ///
    /// Calls `kst_object_flag_name`.
    object_flag_name(bit: u64, info_mask: u32) = kst_object_flag_name(bit, info_mask);
    /// Its name; null for a bit that means nothing.
    ///
    /// Calls `kst_pool_hit_reason_name`.
    pool_hit_reason_name(bit: u64) = kst_pool_hit_reason_name(bit);
    /// Name of a five-bit protection: "read-only", "execute-read", "read-write-no-cache" and so on. Thread-safe.
    ///
    /// Calls `kst_pte_protection_name`.
    pte_protection_name(protection: u32) = kst_pte_protection_name(protection);
    /// The same in the debugger's words: "ReadOnly", "ExecuteRead", "ReadWrite NoCache" and so on. Thread-safe.
    ///
    /// Calls `kst_pte_protection_text`.
    pte_protection_text(protection: u32) = kst_pte_protection_text(protection);
    /// WinDbg's word for a trait of a control area, such as "Accessed". Thread-safe.
    ///
    /// Calls `kst_control_area_trait_text`.
    control_area_trait_text(r#trait: u32) = kst_control_area_trait_text(r#trait);
    /// Name of a kind of section: "pagefile", "data", "image", "physical". Thread-safe.
    ///
    /// Calls `kst_section_kind_name`.
    section_kind_name(kind: u32) = kst_section_kind_name(kind);
    /// Name of a counter, such as "available". Thread-safe.
    ///
    /// Calls `kst_memory_counter_name`.
    memory_counter_name(counter: u32) = kst_memory_counter_name(counter);
}

