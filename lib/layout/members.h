/* SPDX-License-Identifier: MIT */
/*
 * Every member and symbol that the library wants, by topic. X(ID, type, path); an empty path asks for the type's
 * size; '|' separates alternatives, the first that resolves wins. After a change run `./dev layouts`.
 */
#ifndef KST_LAYOUT_MEMBERS_H
#define KST_LAYOUT_MEMBERS_H

/* clang-format off */
#define KST__MEMBERS(X) \
	/* lists and strings */ \
	X(LIST_ENTRY, "_LIST_ENTRY", "") \
	X(LIST_ENTRY_BLINK, "_LIST_ENTRY", "Blink") \
	X(UNICODE_STRING, "_UNICODE_STRING", "") \
	X(UNICODE_STRING_MAXIMUM_LENGTH, "_UNICODE_STRING", "MaximumLength") \
	X(UNICODE_STRING_BUFFER, "_UNICODE_STRING", "Buffer") \
	/* processor */ \
	X(KPCR, "_KPCR|_KIPCR", "") \
	X(KPCR_SELF, "_KPCR", "Self|SelfPcr") \
	X(KPCR_PRCB, "_KPCR", "CurrentPrcb|Prcb") \
	X(KPCR_PRCB_DATA, "_KIPCR|_KPCR", "PrcbData|Prcb") \
	X(KPRCB, "_KPRCB", "") \
	X(KPRCB_CURRENT_THREAD, "_KPRCB", "CurrentThread") \
	X(KPRCB_NEXT_THREAD, "_KPRCB", "NextThread") \
	X(KPRCB_IDLE_THREAD, "_KPRCB", "IdleThread") \
	X(KPRCB_NUMBER, "_KPRCB", "Number") \
	X(KPCR_IRQL, "_KPCR", "Irql") \
	X(KPRCB_PROCESSOR_STATE, "_KPRCB", "ProcessorState") \
	X(KPROCESSOR_STATE_CONTEXT_FRAME, "_KPROCESSOR_STATE", "ContextFrame") \
	X(KPRCB_CONTEXT, "_KPRCB", "Context") \
	X(KPRCB_DPC_DATA, "_KPRCB", "DpcData") \
	X(KPRCB_DPC_LIST_HEAD, "_KPRCB", "DpcListHead") \
	X(KPRCB_DPC_QUEUE_DEPTH, "_KPRCB", "DpcQueueDepth") \
	X(KPRCB_DPC_STACK, "_KPRCB", "DpcStack") \
	X(KPRCB_SAVED_RSP, "_KPRCB", "SavedRsp") \
	X(KPRCB_ISR_STACK, "_KPRCB", "IsrStack") \
	X(KPRCB_EXCEPTION_STACK, "_KPRCB", "ExceptionStack") \
	X(KPRCB_DPC_ROUTINE_ACTIVE, "_KPRCB", "DpcRoutineActive") \
	X(KPRCB_DPC_THREAD, "_KPRCB", "DpcThread|DpcDelegateThread") \
	X(KPRCB_TIMER_TABLE, "_KPRCB", "TimerTable") \
	/* DPCs and timers */ \
	X(KDPC, "_KDPC", "") \
	X(KDPC_TYPE, "_KDPC", "Type") \
	X(KDPC_IMPORTANCE, "_KDPC", "Importance") \
	X(KDPC_NUMBER, "_KDPC", "Number") \
	X(KDPC_LIST_ENTRY, "_KDPC", "DpcListEntry") \
	X(KDPC_PROCESSOR_HISTORY, "_KDPC", "ProcessorHistory") \
	X(KDPC_ROUTINE, "_KDPC", "DeferredRoutine") \
	X(KDPC_CONTEXT, "_KDPC", "DeferredContext") \
	X(KDPC_ARGUMENT1, "_KDPC", "SystemArgument1") \
	X(KDPC_ARGUMENT2, "_KDPC", "SystemArgument2") \
	X(KDPC_DPC_DATA, "_KDPC", "DpcData|Lock") \
	X(KDPC_DATA, "_KDPC_DATA", "") \
	X(KDPC_DATA_LIST_HEAD, "_KDPC_DATA", "DpcListHead") \
	X(KDPC_DATA_LIST, "_KDPC_DATA", "DpcList") \
	X(KDPC_DATA_LOCK, "_KDPC_DATA", "DpcLock") \
	X(KDPC_DATA_QUEUE_DEPTH, "_KDPC_DATA", "DpcQueueDepth") \
	X(KDPC_DATA_COUNT, "_KDPC_DATA", "DpcCount") \
	X(KDPC_DATA_ACTIVE, "_KDPC_DATA", "ActiveDpc") \
	X(KDPC_DATA_LONG_PRESENT, "_KDPC_DATA", "LongDpcPresent") \
	X(KTIMER_DUE_TIME, "_KTIMER", "DueTime") \
	X(KTIMER_LIST_ENTRY, "_KTIMER", "TimerListEntry") \
	X(KTIMER_DPC, "_KTIMER", "Dpc") \
	X(KTIMER_PERIOD, "_KTIMER", "Period") \
	X(KTIMER_TABLE_ENTRIES, "_KTIMER_TABLE", "TimerEntries") \
	X(KTIMER_TABLE_ENTRY, "_KTIMER_TABLE_ENTRY", "") \
	X(KTIMER_TABLE_ENTRY_ENTRY, "_KTIMER_TABLE_ENTRY", "Entry") \
	/* process and thread */ \
	X(EPROCESS, "_EPROCESS", "") \
	X(EPROCESS_UNIQUE_PROCESS_ID, "_EPROCESS", "UniqueProcessId") \
	X(EPROCESS_ACTIVE_PROCESS_LINKS, "_EPROCESS", "ActiveProcessLinks") \
	X(EPROCESS_PEB, "_EPROCESS", "Peb") \
	X(EPROCESS_IMAGE_FILE_NAME, "_EPROCESS", "ImageFileName") \
	X(KPROCESS_DIRECTORY_TABLE_BASE, "_KPROCESS", "DirectoryTableBase") \
	X(KPROCESS_USER_DIRECTORY_TABLE_BASE, "_KPROCESS", "UserDirectoryTableBase") \
	X(ETHREAD, "_ETHREAD", "") \
	/* handle entries: bit_pos is the shift, known of kernels without full types as well */ \
	X(HANDLE_ENTRY_OBJECT_SHIFT, "_HANDLE_TABLE_ENTRY", "ObjectPointerBits") \
	X(HANDLE_ENTRY_ATTRIBUTES_SHIFT, "_HANDLE_TABLE_ENTRY", "Attributes") \
	X(EPROCESS_PARENT, "_EPROCESS", "InheritedFromUniqueProcessId") \
	X(EPROCESS_CREATE_TIME, "_EPROCESS", "CreateTime") \
	X(EPROCESS_EXIT_TIME, "_EPROCESS", "ExitTime") \
	X(EPROCESS_EXIT_STATUS, "_EPROCESS", "ExitStatus") \
	X(EPROCESS_TOKEN, "_EPROCESS", "Token") \
	X(EPROCESS_SECTION_OBJECT, "_EPROCESS", "SectionObject") \
	X(EPROCESS_SECTION_BASE, "_EPROCESS", "SectionBaseAddress") \
	X(EPROCESS_SESSION, "_EPROCESS", "Session") \
	X(EPROCESS_OBJECT_TABLE, "_EPROCESS", "ObjectTable") \
	X(EPROCESS_WOW64, "_EPROCESS", "WoW64Process|Wow64Process") \
	X(EPROCESS_IMAGE_FILE_POINTER, "_EPROCESS", "ImageFilePointer") \
	X(EPROCESS_THREAD_LIST_HEAD, "_EPROCESS", "ThreadListHead") \
	X(EPROCESS_ACTIVE_THREADS, "_EPROCESS", "ActiveThreads") \
	X(EPROCESS_VAD_ROOT, "_EPROCESS", "VadRoot") \
	X(EPROCESS_AUDIT, "_EPROCESS", "SeAuditProcessCreationInfo") \
	X(EPROCESS_PROTECTION, "_EPROCESS", "Protection") \
	X(EPROCESS_FLAGS, "_EPROCESS", "Flags") \
	X(EPROCESS_MINIMAL, "_EPROCESS", "Minimal") \
	X(EPROCESS_PROCESS_EXITING, "_EPROCESS", "ProcessExiting") \
	X(EPROCESS_PROCESS_DELETE, "_EPROCESS", "ProcessDelete") \
	X(EPROCESS_VM_DELETED, "_EPROCESS", "VmDeleted") \
	X(EPROCESS_TRUSTLET_IDENTITY, "_EPROCESS", "TrustletIdentity") \
	X(KPROCESS_THREAD_LIST_HEAD, "_KPROCESS", "ThreadListHead") \
	X(KPROCESS_PROCESS_LIST_ENTRY, "_KPROCESS", "ProcessListEntry") \
	X(KPROCESS_BASE_PRIORITY, "_KPROCESS", "BasePriority") \
	X(KPROCESS_KERNEL_TIME, "_KPROCESS", "KernelTime") \
	X(KPROCESS_USER_TIME, "_KPROCESS", "UserTime") \
	X(KPROCESS_SECURE_PID, "_KPROCESS", "SecurePid") \
	X(KPROCESS_SECURE_STATE, "_KPROCESS", "SecureState") \
	X(WOW64_PROCESS_PEB, "_EWOW64PROCESS|_WOW64_PROCESS", "Peb|Wow64") \
	X(WOW64_PROCESS_MACHINE, "_EWOW64PROCESS", "Machine") \
	X(SESSION_SPACE_SESSION_ID, "_MM_SESSION_SPACE", "SessionId") \
	X(HANDLE_TABLE_HANDLE_COUNT, "_HANDLE_TABLE", "HandleCount") \
	X(HANDLE_TABLE_FREE_LISTS, "_HANDLE_TABLE", "FreeLists") \
	X(HANDLE_TABLE_FREE_LIST_HANDLE_COUNT, "_HANDLE_TABLE_FREE_LIST", "HandleCount") \
	X(ETHREAD_CREATE_TIME, "_ETHREAD", "CreateTime") \
	X(ETHREAD_NESTED_FAULT_COUNT, "_ETHREAD", "NestedFaultCount") \
	X(ETHREAD_EXIT_TIME, "_ETHREAD", "ExitTime") \
	X(ETHREAD_EXIT_STATUS, "_ETHREAD", "ExitStatus") \
	X(ETHREAD_START_ADDRESS, "_ETHREAD", "StartAddress") \
	X(ETHREAD_WIN32_START_ADDRESS, "_ETHREAD", "Win32StartAddress") \
	X(ETHREAD_CID, "_ETHREAD", "Cid") \
	X(ETHREAD_THREAD_LIST_ENTRY, "_ETHREAD", "ThreadListEntry") \
	X(ETHREAD_THREADS_PROCESS, "_ETHREAD", "ThreadsProcess") \
	X(ETHREAD_CROSS_THREAD_FLAGS, "_ETHREAD", "CrossThreadFlags") \
	X(ETHREAD_TERMINATED, "_ETHREAD", "Terminated") \
	X(ETHREAD_SYSTEM_THREAD, "_ETHREAD", "SystemThread") \
	X(ETHREAD_SECURE_CONTEXT, "_ETHREAD", "SecureContext") \
	X(ETHREAD_THREAD_NAME, "_ETHREAD", "ThreadName") \
	X(KTHREAD, "_KTHREAD", "") \
	X(KTHREAD_INITIAL_STACK, "_KTHREAD", "InitialStack") \
	X(KTHREAD_STACK_BASE, "_KTHREAD", "StackBase") \
	X(KTHREAD_STACK_LIMIT, "_KTHREAD", "StackLimit") \
	X(KTHREAD_KERNEL_STACK, "_KTHREAD", "KernelStack") \
	X(KTHREAD_KERNEL_STACK_RESIDENT, "_KTHREAD", "KernelStackResident") \
	X(KTHREAD_TRAP_FRAME, "_KTHREAD", "TrapFrame") \
	X(KTHREAD_TEB, "_KTHREAD", "Teb") \
	X(KTHREAD_STATE, "_KTHREAD", "State") \
	X(KTHREAD_WAIT_REASON, "_KTHREAD", "WaitReason") \
	X(KTHREAD_WAIT_MODE, "_KTHREAD", "WaitMode") \
	X(KTHREAD_WAIT_IRQL, "_KTHREAD", "WaitIrql") \
	X(KTHREAD_WAIT_TIME, "_KTHREAD", "WaitTime") \
	X(KTHREAD_CONTEXT_SWITCHES, "_KTHREAD", "ContextSwitches") \
	X(KTHREAD_NEXT_PROCESSOR, "_KTHREAD", "NextProcessorNumber|NextProcessor") \
	X(KTHREAD_PRIORITY, "_KTHREAD", "Priority") \
	X(KTHREAD_BASE_PRIORITY, "_KTHREAD", "BasePriority") \
	X(KTHREAD_PROCESS, "_KTHREAD", "Process") \
	X(KTHREAD_APC_STATE_PROCESS, "_KTHREAD", "ApcState.Process") \
	X(KTHREAD_APC_STATE, "_KTHREAD", "ApcState") \
	X(KTHREAD_THREAD_LIST_ENTRY, "_KTHREAD", "ThreadListEntry") \
	X(KTHREAD_WIN32_THREAD, "_KTHREAD", "Win32Thread") \
	X(KTHREAD_KERNEL_TIME, "_KTHREAD", "KernelTime") \
	X(KTHREAD_USER_TIME, "_KTHREAD", "UserTime") \
	X(KTHREAD_RUNNING, "_KTHREAD", "Running") \
	X(KTHREAD_SYSTEM_THREAD, "_KTHREAD", "SystemThread") \
	X(KTHREAD_SECURE_THREAD_COOKIE, "_KTHREAD", "SecureThreadCookie") \
	X(TEB_STACK_BASE, "_TEB", "NtTib.StackBase") \
	X(TEB_STACK_LIMIT, "_TEB", "NtTib.StackLimit") \
	/* loader */ \
	X(LDR_BASE, "_LDR_DATA_TABLE_ENTRY", "DllBase") \
	X(LDR_SIZE, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage") \
	X(LDR_ENTRY_POINT, "_LDR_DATA_TABLE_ENTRY", "EntryPoint") \
	X(LDR_FULL_NAME, "_LDR_DATA_TABLE_ENTRY", "FullDllName") \
	X(LDR_BASE_NAME, "_LDR_DATA_TABLE_ENTRY", "BaseDllName") \
	/* virtual address descriptors */ \
	X(VAD_TABLE_RIGHT, "_MM_AVL_TABLE", "BalancedRoot.RightChild") \
	X(VAD_NODE_BALANCED, "_MMVAD_SHORT", "VadNode.Left") \
	X(VAD_LEFT, "_MMVAD_SHORT|_MMVAD", "VadNode.Left|VadNode.LeftChild|LeftChild") \
	X(VAD_RIGHT, "_MMVAD_SHORT|_MMVAD", "VadNode.Right|VadNode.RightChild|RightChild") \
	X(VAD_START, "_MMVAD_SHORT|_MMVAD", "StartingVpn") \
	X(VAD_END, "_MMVAD_SHORT|_MMVAD", "EndingVpn") \
	X(VAD_START_HIGH, "_MMVAD_SHORT", "StartingVpnHigh") \
	X(VAD_END_HIGH, "_MMVAD_SHORT", "EndingVpnHigh") \
	X(VAD_U, "_MMVAD_SHORT|_MMVAD", "u.LongFlags|u") \
	X(VAD_SUBSECTION, "_MMVAD", "Subsection") \
	X(VAD_CONTROL_AREA, "_MMVAD", "ControlArea") \
	X(VAD_ADDRESS_NODE, "_MMADDRESS_NODE", "") \
	X(VAD_FLAGS, "_MMVAD_FLAGS", "") \
	X(VAD_FLAGS_TYPE, "_MMVAD_FLAGS", "VadType") \
	X(VAD_FLAGS_IMAGE_MAP, "_MMVAD_FLAGS", "ImageMap") \
	X(VAD_FLAGS_PROTECTION, "_MMVAD_FLAGS", "Protection") \
	X(VAD_FLAGS_PRIVATE, "_MMVAD_FLAGS", "PrivateMemory") \
	X(VAD_FLAGS_COMMIT, "_MMVAD_FLAGS", "CommitCharge") \
	X(VAD_SUBSECTION_CONTROL_AREA, "_SUBSECTION", "ControlArea") \
	/* user mode: PEB, loader data, process parameters (lib/layout/user.h has what never moved) */ \
	X(PEB, "_PEB", "") \
	X(PEB_INHERITED_ADDRESS_SPACE, "_PEB", "InheritedAddressSpace") \
	X(PEB_READ_IMAGE_FILE_EXEC_OPTIONS, "_PEB", "ReadImageFileExecOptions") \
	X(PEB_BEING_DEBUGGED, "_PEB", "BeingDebugged") \
	X(PEB_BIT_FIELD, "_PEB", "BitField|SpareBool") \
	X(PEB_LARGE_PAGES, "_PEB", "ImageUsesLargePages") \
	X(PEB_PROTECTED, "_PEB", "IsProtectedProcess") \
	X(PEB_LEGACY, "_PEB", "IsLegacyProcess") \
	X(PEB_RELOCATED, "_PEB", "IsImageDynamicallyRelocated") \
	X(PEB_SKIP_PATCHING, "_PEB", "SkipPatchingUser32Forwarders") \
	X(PEB_PACKAGED, "_PEB", "IsPackagedProcess") \
	X(PEB_APP_CONTAINER, "_PEB", "IsAppContainer") \
	X(PEB_PROTECTED_LIGHT, "_PEB", "IsProtectedProcessLight") \
	X(PEB_LONG_PATH_AWARE, "_PEB", "IsLongPathAwareProcess") \
	X(PEB_IMAGE_BASE, "_PEB", "ImageBaseAddress") \
	X(PEB_LDR, "_PEB", "Ldr") \
	X(PEB_PARAMETERS, "_PEB", "ProcessParameters") \
	X(PEB_SUBSYSTEM_DATA, "_PEB", "SubSystemData") \
	X(PEB_PROCESS_HEAP, "_PEB", "ProcessHeap") \
	X(PEB_CROSS_PROCESS_FLAGS, "_PEB", "CrossProcessFlags") \
	X(PEB_NUMBER_OF_PROCESSORS, "_PEB", "NumberOfProcessors") \
	X(PEB_NT_GLOBAL_FLAG, "_PEB", "NtGlobalFlag") \
	X(PEB_NUMBER_OF_HEAPS, "_PEB", "NumberOfHeaps") \
	X(PEB_PROCESS_HEAPS, "_PEB", "ProcessHeaps") \
	X(PEB_OS_MAJOR_VERSION, "_PEB", "OSMajorVersion") \
	X(PEB_OS_MINOR_VERSION, "_PEB", "OSMinorVersion") \
	X(PEB_OS_BUILD_NUMBER, "_PEB", "OSBuildNumber") \
	X(PEB_OS_CSD_VERSION, "_PEB", "OSCSDVersion") \
	X(PEB_OS_PLATFORM_ID, "_PEB", "OSPlatformId") \
	X(PEB_IMAGE_SUBSYSTEM, "_PEB", "ImageSubsystem") \
	X(PEB_SESSION_ID, "_PEB", "SessionId") \
	X(PEB_CSD_VERSION, "_PEB", "CSDVersion") \
	X(LDR_DATA, "_PEB_LDR_DATA", "") \
	X(LDR_DATA_LENGTH, "_PEB_LDR_DATA", "Length") \
	X(LDR_DATA_INITIALIZED, "_PEB_LDR_DATA", "Initialized") \
	X(LDR_DATA_LOAD_LIST, "_PEB_LDR_DATA", "InLoadOrderModuleList") \
	X(LDR_DATA_MEMORY_LIST, "_PEB_LDR_DATA", "InMemoryOrderModuleList") \
	X(LDR_DATA_INIT_LIST, "_PEB_LDR_DATA", "InInitializationOrderModuleList") \
	X(LDR_DATA_ENTRY_IN_PROGRESS, "_PEB_LDR_DATA", "EntryInProgress") \
	X(LDR_DATA_SHUTDOWN_IN_PROGRESS, "_PEB_LDR_DATA", "ShutdownInProgress") \
	X(USER_LDR, "_LDR_DATA_TABLE_ENTRY", "") \
	X(USER_LDR_LOAD_LINKS, "_LDR_DATA_TABLE_ENTRY", "InLoadOrderLinks") \
	X(USER_LDR_MEMORY_LINKS, "_LDR_DATA_TABLE_ENTRY", "InMemoryOrderLinks") \
	X(USER_LDR_INIT_LINKS, "_LDR_DATA_TABLE_ENTRY", "InInitializationOrderLinks|InProgressLinks") \
	X(USER_LDR_BASE, "_LDR_DATA_TABLE_ENTRY", "DllBase") \
	X(USER_LDR_ENTRY_POINT, "_LDR_DATA_TABLE_ENTRY", "EntryPoint") \
	X(USER_LDR_SIZE, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage") \
	X(USER_LDR_FULL_NAME, "_LDR_DATA_TABLE_ENTRY", "FullDllName") \
	X(USER_LDR_BASE_NAME, "_LDR_DATA_TABLE_ENTRY", "BaseDllName") \
	X(USER_LDR_FLAGS, "_LDR_DATA_TABLE_ENTRY", "Flags") \
	X(USER_LDR_LOAD_COUNT, "_LDR_DATA_TABLE_ENTRY", "LoadCount|ObsoleteLoadCount") \
	X(USER_LDR_TLS_INDEX, "_LDR_DATA_TABLE_ENTRY", "TlsIndex") \
	X(USER_LDR_TIME_DATE_STAMP, "_LDR_DATA_TABLE_ENTRY", "TimeDateStamp") \
	X(USER_LDR_ORIGINAL_BASE, "_LDR_DATA_TABLE_ENTRY", "OriginalBase") \
	X(USER_LDR_LOAD_TIME, "_LDR_DATA_TABLE_ENTRY", "LoadTime") \
	X(USER_LDR_DDAG_NODE, "_LDR_DATA_TABLE_ENTRY", "DdagNode") \
	X(USER_LDR_LOAD_REASON, "_LDR_DATA_TABLE_ENTRY", "LoadReason") \
	X(RUPP, "_RTL_USER_PROCESS_PARAMETERS", "") \
	X(RUPP_MAXIMUM_LENGTH, "_RTL_USER_PROCESS_PARAMETERS", "MaximumLength") \
	X(RUPP_LENGTH, "_RTL_USER_PROCESS_PARAMETERS", "Length") \
	X(RUPP_FLAGS, "_RTL_USER_PROCESS_PARAMETERS", "Flags") \
	X(RUPP_CONSOLE_HANDLE, "_RTL_USER_PROCESS_PARAMETERS", "ConsoleHandle") \
	X(RUPP_STANDARD_INPUT, "_RTL_USER_PROCESS_PARAMETERS", "StandardInput") \
	X(RUPP_STANDARD_OUTPUT, "_RTL_USER_PROCESS_PARAMETERS", "StandardOutput") \
	X(RUPP_STANDARD_ERROR, "_RTL_USER_PROCESS_PARAMETERS", "StandardError") \
	X(RUPP_CURRENT_DIRECTORY, "_RTL_USER_PROCESS_PARAMETERS", "CurrentDirectory") \
	X(RUPP_DLL_PATH, "_RTL_USER_PROCESS_PARAMETERS", "DllPath") \
	X(RUPP_IMAGE_PATH_NAME, "_RTL_USER_PROCESS_PARAMETERS", "ImagePathName") \
	X(RUPP_COMMAND_LINE, "_RTL_USER_PROCESS_PARAMETERS", "CommandLine") \
	X(RUPP_ENVIRONMENT, "_RTL_USER_PROCESS_PARAMETERS", "Environment") \
	X(RUPP_WINDOW_FLAGS, "_RTL_USER_PROCESS_PARAMETERS", "WindowFlags") \
	X(RUPP_WINDOW_TITLE, "_RTL_USER_PROCESS_PARAMETERS", "WindowTitle") \
	X(RUPP_DESKTOP_INFO, "_RTL_USER_PROCESS_PARAMETERS", "DesktopInfo") \
	X(RUPP_SHELL_INFO, "_RTL_USER_PROCESS_PARAMETERS", "ShellInfo") \
	X(RUPP_RUNTIME_DATA, "_RTL_USER_PROCESS_PARAMETERS", "RuntimeData") \
	X(RUPP_ENVIRONMENT_SIZE, "_RTL_USER_PROCESS_PARAMETERS", "EnvironmentSize") \
	/* kernel modules: KLDR where the symbols have it, else the form shared with user mode */ \
	X(KLDR_BASE, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "DllBase") \
	X(KLDR_SIZE, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "SizeOfImage") \
	X(KLDR_ENTRY_POINT, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "EntryPoint") \
	X(KLDR_FULL_NAME, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "FullDllName") \
	X(KLDR_BASE_NAME, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "BaseDllName") \
	X(KLDR_FLAGS, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "Flags") \
	X(KLDR_LOAD_COUNT, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "LoadCount|ObsoleteLoadCount") \
	X(KLDR_CHECKSUM, "_KLDR_DATA_TABLE_ENTRY|_LDR_DATA_TABLE_ENTRY", "CheckSum") \
	X(KLDR_TIME_DATE_STAMP, "_KLDR_DATA_TABLE_ENTRY", "TimeDateStamp") \
	/* pool */ \
	X(POOL_HEADER, "_POOL_HEADER", "") \
	X(POOL_HEADER_PREVIOUS_SIZE, "_POOL_HEADER", "PreviousSize") \
	X(POOL_HEADER_POOL_INDEX, "_POOL_HEADER", "PoolIndex") \
	X(POOL_HEADER_BLOCK_SIZE, "_POOL_HEADER", "BlockSize") \
	X(POOL_HEADER_POOL_TYPE, "_POOL_HEADER", "PoolType") \
	X(POOL_HEADER_POOL_TAG, "_POOL_HEADER", "PoolTag") \
	X(POOL_HEADER_PROCESS_BILLED, "_POOL_HEADER", "ProcessBilled") \
	X(BIG_PAGES, "_POOL_TRACKER_BIG_PAGES", "") \
	X(BIG_PAGES_VA, "_POOL_TRACKER_BIG_PAGES", "Va") \
	X(BIG_PAGES_KEY, "_POOL_TRACKER_BIG_PAGES", "Key") \
	X(BIG_PAGES_NUMBER_OF_PAGES, "_POOL_TRACKER_BIG_PAGES", "NumberOfPages") \
	X(BIG_PAGES_NUMBER_OF_BYTES, "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes") \
	X(BIG_PAGES_POOL_TYPE, "_POOL_TRACKER_BIG_PAGES", "PoolType") \
	X(BIG_PAGES_PATTERN, "_POOL_TRACKER_BIG_PAGES", "Pattern") \
	X(BIG_PAGES_SLUSH_SIZE, "_POOL_TRACKER_BIG_PAGES", "SlushSize") \
	X(BIG_PAGES_QUOTA_OBJECT, "_POOL_TRACKER_BIG_PAGES", "QuotaObject") \
	X(BIG_PAGES_PROCESS_BILLED, "_POOL_TRACKER_BIG_PAGES", "ProcessBilled") \
	X(TRACKER_TABLE, "_POOL_TRACKER_TABLE", "") \
	X(TRACKER_TABLE_KEY, "_POOL_TRACKER_TABLE", "Key") \
	X(TRACKER_TABLE_NONPAGED_ALLOCS, "_POOL_TRACKER_TABLE", "NonPagedAllocs") \
	X(TRACKER_TABLE_NONPAGED_FREES, "_POOL_TRACKER_TABLE", "NonPagedFrees") \
	X(TRACKER_TABLE_NONPAGED_BYTES, "_POOL_TRACKER_TABLE", "NonPagedBytes") \
	X(TRACKER_TABLE_PAGED_ALLOCS, "_POOL_TRACKER_TABLE", "PagedAllocs") \
	X(TRACKER_TABLE_PAGED_FREES, "_POOL_TRACKER_TABLE", "PagedFrees") \
	X(TRACKER_TABLE_PAGED_BYTES, "_POOL_TRACKER_TABLE", "PagedBytes") \
	X(SESSION_POOL_TRACK_BIG_PAGES, "_MM_SESSION_SPACE", "PoolTrackBigPages") \
	X(SESSION_POOL_TRACK_BIG_PAGES_SIZE, "_MM_SESSION_SPACE", "PoolTrackBigPagesSize") \
	/* pool: signs of a generation (doc/structures/pool.md) */ \
	X(POOL_DESCRIPTOR_LOCK_ADDRESS, "_POOL_DESCRIPTOR", "LockAddress") \
	X(POOL_DESCRIPTOR_THREADS, "_POOL_DESCRIPTOR", "ThreadsProcessingDeferrals") \
	X(EX_POOL_HEAP_MANAGER_STATE, "_EX_POOL_HEAP_MANAGER_STATE", "") \
	X(KPRCB_PP_NX_PAGED_LOOKASIDE_LIST, "_KPRCB", "PPNxPagedLookasideList") \
	X(REGISTRY_CALLBACK_TYPE, "REGISTRY_CALLBACK", "") \
	/* objects: headers */ \
	X(OBJECT_HEADER, "_OBJECT_HEADER", "") \
	X(OBJECT_HEADER_POINTER_COUNT, "_OBJECT_HEADER", "PointerCount") \
	X(OBJECT_HEADER_HANDLE_COUNT, "_OBJECT_HEADER", "HandleCount") \
	X(OBJECT_HEADER_TYPE, "_OBJECT_HEADER", "Type") \
	X(OBJECT_HEADER_TYPE_INDEX, "_OBJECT_HEADER", "TypeIndex") \
	X(OBJECT_HEADER_INFO_MASK, "_OBJECT_HEADER", "InfoMask") \
	X(OBJECT_HEADER_NAME_INFO_OFFSET, "_OBJECT_HEADER", "NameInfoOffset") \
	X(OBJECT_HEADER_HANDLE_INFO_OFFSET, "_OBJECT_HEADER", "HandleInfoOffset") \
	X(OBJECT_HEADER_QUOTA_INFO_OFFSET, "_OBJECT_HEADER", "QuotaInfoOffset") \
	X(OBJECT_HEADER_FLAGS, "_OBJECT_HEADER", "Flags") \
	X(OBJECT_HEADER_CREATE_INFO, "_OBJECT_HEADER", "ObjectCreateInfo|QuotaBlockCharged") \
	X(OBJECT_HEADER_SECURITY_DESCRIPTOR, "_OBJECT_HEADER", "SecurityDescriptor") \
	X(OBJECT_HEADER_BODY, "_OBJECT_HEADER", "Body") \
	X(OBJECT_CREATOR_INFO, "_OBJECT_HEADER_CREATOR_INFO", "") \
	X(OBJECT_CREATOR_INFO_TYPE_LIST, "_OBJECT_HEADER_CREATOR_INFO", "TypeList") \
	X(OBJECT_CREATOR_INFO_PROCESS, "_OBJECT_HEADER_CREATOR_INFO", "CreatorUniqueProcess") \
	X(OBJECT_CREATOR_INFO_BACK_TRACE, "_OBJECT_HEADER_CREATOR_INFO", "CreatorBackTraceIndex") \
	X(OBJECT_NAME_INFO, "_OBJECT_HEADER_NAME_INFO", "") \
	X(OBJECT_NAME_INFO_DIRECTORY, "_OBJECT_HEADER_NAME_INFO", "Directory") \
	X(OBJECT_NAME_INFO_NAME, "_OBJECT_HEADER_NAME_INFO", "Name") \
	X(OBJECT_NAME_INFO_REFERENCES, "_OBJECT_HEADER_NAME_INFO", "ReferenceCount|QueryReferences") \
	X(OBJECT_HANDLE_INFO, "_OBJECT_HEADER_HANDLE_INFO", "") \
	X(OBJECT_HANDLE_INFO_DATABASE, "_OBJECT_HEADER_HANDLE_INFO", "HandleCountDataBase|HandleCountDatabase") \
	X(OBJECT_HANDLE_COUNT_ENTRY_COUNT, "_OBJECT_HANDLE_COUNT_ENTRY", "HandleCount") \
	X(OBJECT_QUOTA_INFO, "_OBJECT_HEADER_QUOTA_INFO", "") \
	X(OBJECT_QUOTA_INFO_PAGED, "_OBJECT_HEADER_QUOTA_INFO", "PagedPoolCharge") \
	X(OBJECT_QUOTA_INFO_NONPAGED, "_OBJECT_HEADER_QUOTA_INFO", "NonPagedPoolCharge") \
	X(OBJECT_QUOTA_INFO_EXCLUSIVE, "_OBJECT_HEADER_QUOTA_INFO", "ExclusiveProcess") \
	X(OBJECT_PROCESS_INFO, "_OBJECT_HEADER_PROCESS_INFO", "") \
	X(OBJECT_PROCESS_INFO_EXCLUSIVE, "_OBJECT_HEADER_PROCESS_INFO", "ExclusiveProcess") \
	X(OBJECT_PADDING_INFO, "_OBJECT_HEADER_PADDING_INFO", "") \
	X(OBJECT_PADDING_INFO_AMOUNT, "_OBJECT_HEADER_PADDING_INFO", "PaddingAmount") \
	X(OBJECT_AUDIT_INFO, "_OBJECT_HEADER_AUDIT_INFO", "") \
	X(OBJECT_AUDIT_INFO_DESCRIPTOR, "_OBJECT_HEADER_AUDIT_INFO", "SecurityDescriptor") \
	X(OBJECT_EXTENDED_INFO, "_OBJECT_HEADER_EXTENDED_INFO|_OBJECT_HEADER_HANDLE_REVOCATION_INFO", "") \
	X(OBJECT_EXTENDED_INFO_FOOTER, "_OBJECT_HEADER_EXTENDED_INFO|_OBJECT_HEADER_HANDLE_REVOCATION_INFO", "Footer|RevocationBlock") \
	X(EX_FAST_REF_COUNT, "_EX_FAST_REF", "RefCnt") \
	/* objects: types */ \
	X(OBJECT_TYPE, "_OBJECT_TYPE", "") \
	X(OBJECT_TYPE_TYPE_LIST, "_OBJECT_TYPE", "TypeList") \
	X(OBJECT_TYPE_NAME, "_OBJECT_TYPE", "Name") \
	X(OBJECT_TYPE_DEFAULT_OBJECT, "_OBJECT_TYPE", "DefaultObject") \
	X(OBJECT_TYPE_INDEX, "_OBJECT_TYPE", "Index") \
	X(OBJECT_TYPE_OBJECTS, "_OBJECT_TYPE", "TotalNumberOfObjects") \
	X(OBJECT_TYPE_HANDLES, "_OBJECT_TYPE", "TotalNumberOfHandles") \
	X(OBJECT_TYPE_HIGH_OBJECTS, "_OBJECT_TYPE", "HighWaterNumberOfObjects") \
	X(OBJECT_TYPE_HIGH_HANDLES, "_OBJECT_TYPE", "HighWaterNumberOfHandles") \
	X(OBJECT_TYPE_KEY, "_OBJECT_TYPE", "Key") \
	X(OBJECT_TYPE_CALLBACK_LIST, "_OBJECT_TYPE", "CallbackList") \
	X(OBJECT_TYPE_CASE_INSENSITIVE, "_OBJECT_TYPE", "TypeInfo.CaseInsensitive") \
	X(OBJECT_TYPE_UNNAMED_ONLY, "_OBJECT_TYPE", "TypeInfo.UnnamedObjectsOnly") \
	X(OBJECT_TYPE_USE_DEFAULT, "_OBJECT_TYPE", "TypeInfo.UseDefaultObject") \
	X(OBJECT_TYPE_SECURITY_REQUIRED, "_OBJECT_TYPE", "TypeInfo.SecurityRequired") \
	X(OBJECT_TYPE_MAINTAIN_HANDLES, "_OBJECT_TYPE", "TypeInfo.MaintainHandleCount") \
	X(OBJECT_TYPE_MAINTAIN_LIST, "_OBJECT_TYPE", "TypeInfo.MaintainTypeList") \
	X(OBJECT_TYPE_SUPPORTS_CALLBACKS, "_OBJECT_TYPE", "TypeInfo.SupportsObjectCallbacks") \
	X(OBJECT_TYPE_CACHE_ALIGNED, "_OBJECT_TYPE", "TypeInfo.CacheAligned") \
	X(OBJECT_TYPE_VALID_ACCESS, "_OBJECT_TYPE", "TypeInfo.ValidAccessMask") \
	X(OBJECT_TYPE_POOL_TYPE, "_OBJECT_TYPE", "TypeInfo.PoolType") \
	/* objects: handles and directories */ \
	X(HANDLE_TABLE, "_HANDLE_TABLE", "") \
	X(HANDLE_TABLE_TABLE_CODE, "_HANDLE_TABLE", "TableCode") \
	X(HANDLE_TABLE_QUOTA_PROCESS, "_HANDLE_TABLE", "QuotaProcess") \
	X(HANDLE_TABLE_UNIQUE_PROCESS_ID, "_HANDLE_TABLE", "UniqueProcessId") \
	X(HANDLE_TABLE_LIST, "_HANDLE_TABLE", "HandleTableList") \
	X(HANDLE_TABLE_FLAGS, "_HANDLE_TABLE", "Flags") \
	X(HANDLE_TABLE_LIMIT, "_HANDLE_TABLE", "NextHandleNeedingPool") \
	X(HANDLE_ENTRY, "_HANDLE_TABLE_ENTRY", "") \
	X(HANDLE_ENTRY_OBJECT, "_HANDLE_TABLE_ENTRY", "Object") \
	X(HANDLE_ENTRY_GRANTED_ACCESS, "_HANDLE_TABLE_ENTRY", "GrantedAccess") \
	X(HANDLE_ENTRY_UNLOCKED, "_HANDLE_TABLE_ENTRY", "Unlocked") \
	X(HANDLE_ENTRY_ACCESS_BITS, "_HANDLE_TABLE_ENTRY", "GrantedAccessBits") \
	X(HANDLE_ENTRY_PROTECT, "_HANDLE_TABLE_ENTRY", "ProtectFromClose") \
	X(HANDLE_ENTRY_NO_RIGHTS_UPGRADE, "_HANDLE_TABLE_ENTRY", "NoRightsUpgrade") \
	X(OBJECT_DIRECTORY_BUCKETS, "_OBJECT_DIRECTORY", "HashBuckets") \
	X(OBJECT_DIRECTORY_ENTRY_CHAIN, "_OBJECT_DIRECTORY_ENTRY", "ChainLink") \
	X(OBJECT_DIRECTORY_ENTRY_OBJECT, "_OBJECT_DIRECTORY_ENTRY", "Object") \
	X(OBJECT_DIRECTORY_ENTRY_HASH, "_OBJECT_DIRECTORY_ENTRY", "HashValue") \
	/* objects: bodies that tell a name */ \
	X(FILE_OBJECT_TYPE, "_FILE_OBJECT", "Type") \
	X(FILE_OBJECT_DEVICE_OBJECT, "_FILE_OBJECT", "DeviceObject") \
	X(FILE_OBJECT_RELATED, "_FILE_OBJECT", "RelatedFileObject") \
	X(FILE_OBJECT_FLAGS, "_FILE_OBJECT", "Flags") \
	X(FILE_OBJECT_FILE_NAME, "_FILE_OBJECT", "FileName") \
	X(DEVICE_OBJECT_TYPE, "_DEVICE_OBJECT", "Type") \
	X(DEVICE_OBJECT_DRIVER_OBJECT, "_DEVICE_OBJECT", "DriverObject") \
	X(DEVICE_OBJECT_FLAGS, "_DEVICE_OBJECT", "Flags") \
	X(DRIVER_OBJECT_TYPE, "_DRIVER_OBJECT", "Type") \
	X(DRIVER_OBJECT_FLAGS, "_DRIVER_OBJECT", "Flags") \
	X(DRIVER_OBJECT_DRIVER_START, "_DRIVER_OBJECT", "DriverStart") \
	X(DRIVER_OBJECT_DRIVER_SIZE, "_DRIVER_OBJECT", "DriverSize") \
	X(DRIVER_OBJECT_DRIVER_NAME, "_DRIVER_OBJECT", "DriverName") \
	X(SYMBOLIC_LINK_TARGET, "_OBJECT_SYMBOLIC_LINK", "LinkTarget") \
	X(SYMBOLIC_LINK_FLAGS, "_OBJECT_SYMBOLIC_LINK", "Flags") \
	X(KEY_BODY_TYPE, "_CM_KEY_BODY", "Type") \
	X(KEY_BODY_CONTROL_BLOCK, "_CM_KEY_BODY", "KeyControlBlock") \
	X(KEY_BODY_PROCESS_ID, "_CM_KEY_BODY", "ProcessID") \
	X(KEY_CONTROL_BLOCK_PARENT, "_CM_KEY_CONTROL_BLOCK", "ParentKcb") \
	X(KEY_CONTROL_BLOCK_NAME_BLOCK, "_CM_KEY_CONTROL_BLOCK", "NameBlock") \
	X(KEY_NAME_BLOCK_COMPRESSED, "_CM_NAME_CONTROL_BLOCK", "Compressed") \
	X(KEY_NAME_BLOCK_LENGTH, "_CM_NAME_CONTROL_BLOCK", "NameLength") \
	X(KEY_NAME_BLOCK_NAME, "_CM_NAME_CONTROL_BLOCK", "Name") \
	X(SECTION_BODY_CONTROL_AREA, "_SECTION", "u1.ControlArea") \
	X(SECTION_BODY_SEGMENT, "_SECTION_OBJECT", "Segment") \
	X(SEGMENT_BODY_CONTROL_AREA, "_SEGMENT", "ControlArea") \
	X(CONTROL_AREA_BODY_SEGMENT, "_CONTROL_AREA", "Segment") \
	X(CONTROL_AREA_BODY_FILE, "_CONTROL_AREA", "FilePointer") \
	/* software PTEs */ \
	X(PTE_SOFTWARE_SWIZZLE, "_MMPTE_SOFTWARE", "SwizzleBit") \
	X(PTE, "_MMPTE", "") \
	X(PTE_HARDWARE_FRAME, "_MMPTE_HARDWARE", "PageFrameNumber") \
	X(PTE_HARDWARE_WRITE, "_MMPTE_HARDWARE", "Write") \
	X(PTE_SOFTWARE_PROTECTION, "_MMPTE_SOFTWARE", "Protection") \
	X(PTE_SOFTWARE_FILE_LOW, "_MMPTE_SOFTWARE", "PageFileLow") \
	X(PTE_SOFTWARE_FILE_HIGH, "_MMPTE_SOFTWARE", "PageFileHigh") \
	X(PTE_SOFTWARE_USED, "_MMPTE_SOFTWARE", "UsedPageTableEntries") \
	X(PTE_SOFTWARE_RESERVED, "_MMPTE_SOFTWARE", "PageFileReserved") \
	X(PTE_SOFTWARE_ALLOCATED, "_MMPTE_SOFTWARE", "PageFileAllocated") \
	X(PTE_SOFTWARE_IN_STORE, "_MMPTE_SOFTWARE", "InStore") \
	X(PTE_SOFTWARE_COLD, "_MMPTE_SOFTWARE", "ColdPage") \
	X(PTE_SOFTWARE_SHADOW_STACK, "_MMPTE_SOFTWARE", "ShadowStack") \
	X(PTE_SOFTWARE_LOOKASIDE, "_MMPTE_SOFTWARE", "OnStandbyLookaside") \
	X(PTE_SOFTWARE_LOCAL_PARTITION, "_MMPTE_SOFTWARE", "LocalPartition") \
	X(PTE_TRANSITION_FRAME, "_MMPTE_TRANSITION", "PageFrameNumber") \
	X(PTE_TRANSITION_PROTECTION, "_MMPTE_TRANSITION", "Protection") \
	X(PTE_TRANSITION_WRITE, "_MMPTE_TRANSITION", "Write") \
	X(PTE_TRANSITION_IO_TRACKER, "_MMPTE_TRANSITION", "IoTracker") \
	X(PTE_TRANSITION_LOOKASIDE, "_MMPTE_TRANSITION", "OnStandbyLookaside") \
	X(PTE_PROTOTYPE_ADDRESS, "_MMPTE_PROTOTYPE", "ProtoAddress") \
	X(PTE_PROTOTYPE_LOW, "_MMPTE_PROTOTYPE", "ProtoAddressLow") \
	X(PTE_PROTOTYPE_HIGH, "_MMPTE_PROTOTYPE", "ProtoAddressHigh") \
	X(PTE_PROTOTYPE_PROTECTION, "_MMPTE_PROTOTYPE", "Protection") \
	X(PTE_PROTOTYPE_READ_ONLY, "_MMPTE_PROTOTYPE", "ReadOnly") \
	X(PTE_PROTOTYPE_COMBINED, "_MMPTE_PROTOTYPE", "Combined") \
	X(PTE_PROTOTYPE_DEMAND_FILL, "_MMPTE_PROTOTYPE", "DemandFillProto") \
	X(PTE_PROTOTYPE_HIBER, "_MMPTE_PROTOTYPE", "HiberVerifyConverted") \
	X(PTE_PROTOTYPE_WHICH_POOL, "_MMPTE_PROTOTYPE", "WhichPool") \
	X(PTE_SUBSECTION_ADDRESS, "_MMPTE_SUBSECTION", "SubsectionAddress") \
	X(PTE_SUBSECTION_LOW, "_MMPTE_SUBSECTION", "SubsectionAddressLow") \
	X(PTE_SUBSECTION_HIGH, "_MMPTE_SUBSECTION", "SubsectionAddressHigh") \
	X(PTE_SUBSECTION_PROTECTION, "_MMPTE_SUBSECTION", "Protection") \
	X(PTE_SUBSECTION_COLD, "_MMPTE_SUBSECTION", "ColdPage") \
	X(PTE_SUBSECTION_EXECUTE, "_MMPTE_SUBSECTION", "ExecutePrivilege") \
	X(PTE_SUBSECTION_LOOKASIDE, "_MMPTE_SUBSECTION", "OnStandbyLookaside") \
	X(PTE_SUBSECTION_WHICH_POOL, "_MMPTE_SUBSECTION", "WhichPool") \
	X(MI_INVALID_PTE_MASK, "_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask") \
	/* page frames */ \
	X(PFN, "_MMPFN", "") \
	X(PFN_U1, "_MMPFN", "u1.Next|u1.NextStackPfn|u1") \
	X(PFN_FLINK, "_MMPFN", "u1.Flink") \
	X(PFN_U2, "_MMPFN", "u2.EntireField|u2.ShareCount|u2") \
	X(PFN_BLINK, "_MMPFN", "u2.Blink") \
	X(PFN_SHARE_COUNT, "_MMPFN", "u2.LockNotUsed|u2.ShareCount") \
	X(PFN_PTE_ADDRESS, "_MMPFN", "PteAddress") \
	X(PFN_ORIGINAL_PTE, "_MMPFN", "OriginalPte") \
	X(PFN_U3, "_MMPFN", "u3") \
	X(PFN_REFERENCE_COUNT, "_MMPFN", "u3.e2.ReferenceCount|u3.ReferenceCount") \
	X(PFN_LOCATION, "_MMPFN", "u3.e1.PageLocation") \
	X(PFN_MODIFIED, "_MMPFN", "u3.e1.Modified") \
	X(PFN_READ, "_MMPFN", "u3.e1.ReadInProgress") \
	X(PFN_WRITE, "_MMPFN", "u3.e1.WriteInProgress") \
	X(PFN_PROTOTYPE, "_MMPFN", "u3.e1.PrototypePte|u4.PrototypePte") \
	X(PFN_CACHE, "_MMPFN", "u3.e1.CacheAttribute") \
	X(PFN_ROM, "_MMPFN", "u3.e1.Rom") \
	X(PFN_PARITY_ERROR, "_MMPFN", "u3.e1.ParityError|u3.e3.ParityError") \
	X(PFN_REMOVAL, "_MMPFN", "u3.e1.RemovalRequested|u3.e3.RemovalRequested") \
	X(PFN_IN_PAGE_ERROR, "_MMPFN", "u3.e1.InPageError|u3.e3.InPageError|u4.InPageError") \
	X(PFN_PRIORITY, "_MMPFN", "u3.e1.Priority|u3.e3.Priority|u4.Priority") \
	X(PFN_U4, "_MMPFN", "u4.EntireField|u4.EntireFrame|u4") \
	X(PFN_FRAME, "_MMPFN", "u4.PteFrame") \
	X(PFN_AWE, "_MMPFN", "u4.AweAllocation") \
	X(PFN_KERNEL_STACK, "_MMPFN", "u4.KernelStack") \
	X(PFN_IDENTITY, "_MMPFN", "u4.PageIdentity") \
	X(PFNENTRY, "_MMPFNENTRY", "") \
	X(PFNENTRY_LOCATION, "_MMPFNENTRY", "PageLocation") \
	X(PFNENTRY_MODIFIED, "_MMPFNENTRY", "Modified") \
	X(PFNENTRY_READ, "_MMPFNENTRY", "ReadInProgress") \
	X(PFNENTRY_WRITE, "_MMPFNENTRY", "WriteInProgress") \
	X(PFNENTRY_PROTOTYPE, "_MMPFNENTRY", "PrototypePte") \
	X(PFNENTRY_CACHE, "_MMPFNENTRY", "CacheAttribute") \
	X(PFNENTRY_ROM, "_MMPFNENTRY", "Rom") \
	X(PFNENTRY_PARITY_ERROR, "_MMPFNENTRY", "ParityError") \
	X(PFNENTRY_REMOVAL, "_MMPFNENTRY", "RemovalRequested") \
	X(MI_LOWEST_PAGE, "_MI_PARTITION", "Vp.LowestPhysicalPage") \
	X(MI_HIGHEST_PAGE, "_MI_PARTITION", "Vp.HighestPhysicalPage") \
	/* callbacks (REGISTRY_CALLBACK is the name that NT 5.2 compatible kernels give) */ \
	X(REGISTRY_CALLBACK_FUNCTION, "REGISTRY_CALLBACK", "Function") \
	X(REGISTRY_CALLBACK_CONTEXT, "REGISTRY_CALLBACK", "Context") \
	X(REGISTRY_CALLBACK_COOKIE, "REGISTRY_CALLBACK", "Cookie") \
	X(EPROCESS_PROTECTED_PROCESS, "_EPROCESS", "ProtectedProcess") \
	/* driver verifier */ \
	X(VF_POOL_TRACE, "_VF_POOL_TRACE", "") \
	X(VF_POOL_TRACE_ADDRESS, "_VF_POOL_TRACE", "Address") \
	X(VF_POOL_TRACE_SIZE, "_VF_POOL_TRACE", "Size") \
	X(VF_POOL_TRACE_THREAD, "_VF_POOL_TRACE", "Thread") \
	X(VF_POOL_TRACE_STACK, "_VF_POOL_TRACE", "StackTrace") \
	X(IOV_IRP_TRACE, "_IOV_IRP_TRACE", "") \
	X(IOV_IRP_TRACE_IRP, "_IOV_IRP_TRACE", "Irp") \
	X(IOV_IRP_TRACE_KERNEL_APC, "_IOV_IRP_TRACE", "KernelApcDisable") \
	X(IOV_IRP_TRACE_SPECIAL_APC, "_IOV_IRP_TRACE", "SpecialApcDisable") \
	X(IOV_IRP_TRACE_IRQL, "_IOV_IRP_TRACE", "Irql") \
	X(IOV_IRP_TRACE_THREAD, "_IOV_IRP_TRACE", "Thread") \
	X(IOV_IRP_TRACE_STACK, "_IOV_IRP_TRACE", "StackTrace") \
	X(VF_CRITICAL_TRACE, "_VF_KE_CRITICAL_REGION_TRACE", "") \
	X(VF_CRITICAL_TRACE_THREAD, "_VF_KE_CRITICAL_REGION_TRACE", "Thread") \
	X(VF_CRITICAL_TRACE_STACK, "_VF_KE_CRITICAL_REGION_TRACE", "StackTrace") \
	X(VERIFIER_LEVEL, "_MM_DRIVER_VERIFIER_DATA", "Level") \
	X(VERIFIER_RAISE_IRQLS, "_MM_DRIVER_VERIFIER_DATA", "RaiseIrqls") \
	X(VERIFIER_ACQUIRE_SPIN_LOCKS, "_MM_DRIVER_VERIFIER_DATA", "AcquireSpinLocks") \
	X(VERIFIER_SYNCHRONIZE_EXECUTIONS, "_MM_DRIVER_VERIFIER_DATA", "SynchronizeExecutions") \
	X(VERIFIER_ALLOCATIONS_ATTEMPTED, "_MM_DRIVER_VERIFIER_DATA", "AllocationsAttempted") \
	X(VERIFIER_ALLOCATIONS_SUCCEEDED, "_MM_DRIVER_VERIFIER_DATA", "AllocationsSucceeded") \
	X(VERIFIER_ALLOCATIONS_SUCCEEDED_SPECIAL_POOL, "_MM_DRIVER_VERIFIER_DATA", "AllocationsSucceededSpecialPool") \
	X(VERIFIER_ALLOCATIONS_WITH_NO_TAG, "_MM_DRIVER_VERIFIER_DATA", "AllocationsWithNoTag") \
	X(VERIFIER_TRIM_REQUESTS, "_MM_DRIVER_VERIFIER_DATA", "TrimRequests") \
	X(VERIFIER_TRIMS, "_MM_DRIVER_VERIFIER_DATA", "Trims") \
	X(VERIFIER_ALLOCATIONS_FAILED, "_MM_DRIVER_VERIFIER_DATA", "AllocationsFailed") \
	X(VERIFIER_ALLOCATIONS_FAILED_DELIBERATELY, "_MM_DRIVER_VERIFIER_DATA", "AllocationsFailedDeliberately") \
	X(VERIFIER_LOADS, "_MM_DRIVER_VERIFIER_DATA", "Loads") \
	X(VERIFIER_UNLOADS, "_MM_DRIVER_VERIFIER_DATA", "Unloads") \
	X(VERIFIER_CURRENT_PAGED_POOL_ALLOCATIONS, "_MM_DRIVER_VERIFIER_DATA", "CurrentPagedPoolAllocations") \
	X(VERIFIER_CURRENT_NON_PAGED_POOL_ALLOCATIONS, "_MM_DRIVER_VERIFIER_DATA", "CurrentNonPagedPoolAllocations") \
	/* sections */ \
	X(CONTROL_AREA, "_CONTROL_AREA", "") \
	X(CONTROL_AREA_SEGMENT, "_CONTROL_AREA", "Segment") \
	X(CONTROL_AREA_LINKS, "_CONTROL_AREA", "ListHead|DereferenceList") \
	X(CONTROL_AREA_SECTION_REFERENCES, "_CONTROL_AREA", "NumberOfSectionReferences") \
	X(CONTROL_AREA_PFN_REFERENCES, "_CONTROL_AREA", "NumberOfPfnReferences") \
	X(CONTROL_AREA_MAPPED_VIEWS, "_CONTROL_AREA", "NumberOfMappedViews") \
	X(CONTROL_AREA_USER_REFERENCES, "_CONTROL_AREA", "NumberOfUserReferences") \
	X(CONTROL_AREA_FLAGS, "_CONTROL_AREA", "u.LongFlags") \
	X(CONTROL_AREA_FILE, "_CONTROL_AREA", "FilePointer") \
	X(CONTROL_AREA_MODIFIED_WRITES, "_CONTROL_AREA", "ModifiedWriteCount") \
	X(CONTROL_AREA_WRITABLE, "_CONTROL_AREA", "u2.e2.WritableUserReferences|WritableUserReferences") \
	X(LARGE_CONTROL_AREA, "_LARGE_CONTROL_AREA", "") \
	X(SEGMENT_CONTROL_AREA, "_SEGMENT", "ControlArea") \
	X(SEGMENT_TOTAL_PTES, "_SEGMENT", "TotalNumberOfPtes") \
	X(SEGMENT_SIZE, "_SEGMENT", "SizeOfSegment") \
	X(SEGMENT_COMMITTED, "_SEGMENT", "NumberOfCommittedPages") \
	X(SEGMENT_BASED_ADDRESS, "_SEGMENT", "BasedAddress") \
	X(SEGMENT_PROTOTYPES, "_SEGMENT", "PrototypePte") \
	X(SEGMENT_FLAGS, "_SEGMENT", "SegmentFlags") \
	X(SEGMENT_FLAGS_TOTAL_UPPER, "_SEGMENT_FLAGS", "TotalNumberOfPtes4132") \
	X(SEGMENT_FLAGS_PROTECTION, "_SEGMENT_FLAGS", "DefaultProtectionMask") \
	X(SUBSECTION, "_SUBSECTION", "") \
	X(SUBSECTION_CONTROL_AREA, "_SUBSECTION", "ControlArea") \
	X(SUBSECTION_BASE, "_SUBSECTION", "SubsectionBase") \
	X(SUBSECTION_NEXT, "_SUBSECTION", "NextSubsection") \
	X(SUBSECTION_PTES, "_SUBSECTION", "PtesInSubsection") \
	X(SUBSECTION_UNUSED, "_SUBSECTION", "UnusedPtes") \
	X(SUBSECTION_FLAGS, "_SUBSECTION", "u.LongFlags") \
	X(SUBSECTION_STARTING_SECTOR, "_SUBSECTION", "StartingSector") \
	X(SUBSECTION_FULL_SECTORS, "_SUBSECTION", "NumberOfFullSectors") \
	X(SUBSECTION_FLAGS_PROTECTION, "_MMSUBSECTION_FLAGS", "Protection") \
	X(SUBSECTION_FLAGS_UPPER, "_MMSUBSECTION_FLAGS", "StartingSector4132") \
	X(SUBSECTION_FLAGS_END, "_MMSUBSECTION_FLAGS", "SectorEndOffset") \
	X(MSUBSECTION_VIEWS, "_MSUBSECTION", "NumberOfMappedViews") \
	X(MSUBSECTION_PFNS, "_MSUBSECTION", "NumberOfPfnReferences") \
	/* end */

/* X(ID, names): globals of the kernel; '|' separates names that mean the same in different builds. */
#define KST__SYMBOLS(X) \
	X(PsLoadedModuleList, "PsLoadedModuleList") \
	X(PsActiveProcessHead, "PsActiveProcessHead") \
	X(PsIdleProcess, "PsIdleProcess") \
	X(PsInitialSystemProcess, "PsInitialSystemProcess") \
	X(PspCidTable, "PspCidTable") \
	X(KiInitialProcess, "KiInitialProcess") \
	X(KiProcessListHead, "KiProcessListHead") \
	X(KiWaitNever, "KiWaitNever") \
	X(KiWaitAlways, "KiWaitAlways") \
	X(KdpDataBlockEncoded, "KdpDataBlockEncoded") \
	X(KeBugCheckCallbackListHead, "KeBugCheckCallbackListHead") \
	X(KiBugcheckData, "KiBugCheckData|KiBugcheckData") \
	X(ObpRootDirectoryObject, "ObpRootDirectoryObject") \
	X(ObpTypeObjectType, "ObpTypeObjectType") \
	X(MmNonPagedPoolStart, "MmNonPagedPoolStart|MiNonPagedPoolStartAligned") \
	X(MmPagedPoolEnd, "MmPagedPoolEnd") \
	X(MmVerifierData, "MmVerifierData") \
	X(NtBuildLab, "NtBuildLab") \
	X(KiProcessorBlock, "KiProcessorBlock") \
	X(KiTimerTableListHead, "KiTimerTableListHead") \
	X(KdDebuggerDataBlock, "KdDebuggerDataBlock") \
	X(MmPfnDatabase, "MmPfnDatabase") \
	X(MmUnloadedDrivers, "MmUnloadedDrivers") \
	X(MmLastUnloadedDriver, "MmLastUnloadedDriver|MmLastUnloadedDrivers") \
	X(MmPteBase, "MmPteBase") \
	X(MmPagedPoolStart, "MmPagedPoolStart") \
	X(MmSubsectionBase, "MmSubsectionBase") \
	X(MiInvalidPteMask, "MiInvalidPteMask") \
	X(MiState, "MiState") \
	X(PoolTrackTableSize, "PoolTrackTableSize") \
	X(PoolTrackTableExpansion, "PoolTrackTableExpansion") \
	X(PoolTrackTableExpansionSize, "PoolTrackTableExpansionSize") \
	X(ExPoolTagTables, "ExPoolTagTables") \
	X(PoolBigPageTable, "PoolBigPageTable") \
	X(PoolBigPageTableSize, "PoolBigPageTableSize") \
	X(ExpPoolBigEntriesInUse, "ExpPoolBigEntriesInUse") \
	X(ExpPoolQuotaCookie, "ExpPoolQuotaCookie") \
	X(MmNonPagedPoolEnd0, "MmNonPagedPoolEnd0") \
	X(MmNonPagedPoolExpansionStart, "MmNonPagedPoolExpansionStart") \
	X(MmSizeOfNonPagedPoolInBytes, "MmSizeOfNonPagedPoolInBytes") \
	X(MmSizeOfPagedPoolInBytes, "MmSizeOfPagedPoolInBytes") \
	X(MiPagedPoolStart, "MiPagedPoolStart") \
	X(MmSpecialPoolStart, "MmSpecialPoolStart") \
	X(MmSpecialPoolEnd, "MmSpecialPoolEnd") \
	X(NtGlobalFlag, "NtGlobalFlag") \
	X(ObTypeIndexTable, "ObTypeIndexTable") \
	X(ObHeaderCookie, "ObHeaderCookie") \
	X(ObpObjectTypes, "ObpObjectTypes") \
	X(ObpTypeDirectoryObject, "ObpTypeDirectoryObject") \
	X(ObpKernelHandleTable, "ObpKernelHandleTable") \
	X(PoolTrackTable, "PoolTrackTable") \
	X(NonPagedPoolDescriptor, "NonPagedPoolDescriptor") \
	X(MmHighestPhysicalPage, "MmHighestPhysicalPage") \
	X(MmNonPagedPoolEnd, "MmNonPagedPoolEnd|MiNonPagedPoolEnd") \
	X(MmLowestPhysicalPage, "MmLowestPhysicalPage") \
	X(MiSystemPartition, "MiSystemPartition") \
	X(PspCreateProcessNotifyRoutine, "PspCreateProcessNotifyRoutine|PspProcessNotifyRoutine") \
	X(PspCreateThreadNotifyRoutine, "PspCreateThreadNotifyRoutine|PspThreadNotifyRoutine") \
	X(PspLoadImageNotifyRoutine, "PspLoadImageNotifyRoutine") \
	X(CallbackListHead, "CallbackListHead|CmiCallbackHead") \
	X(CmpCallBackVector, "CmpCallBackVector") \
	X(PsProcessType, "PsProcessType") \
	X(PsThreadType, "PsThreadType") \
	X(ExDesktopObjectType, "ExDesktopObjectType") \
	X(KeBugCheckReasonCallbackListHead, "KeBugCheckReasonCallbackListHead") \
	X(VfPoolTraces, "VfPoolTraces") \
	X(VfPoolTracesIndex, "VfPoolTracesIndex") \
	X(VfPoolTracesLength, "VfPoolTracesLength") \
	X(IovIrpTraces, "IovIrpTraces") \
	X(IovIrpTracesIndex, "IovIrpTracesIndex") \
	X(IovIrpTracesLength, "IovIrpTracesLength") \
	X(VfKeCriticalRegionTraces, "VfKeCriticalRegionTraces") \
	X(VfKeCriticalRegionTracesIndex, "VfKeCriticalRegionTracesIndex") \
	X(VfKeCriticalRegionTracesLength, "VfKeCriticalRegionTracesLength") \
	X(KeEnterCriticalRegion, "KeEnterCriticalRegion") \
	X(KeLeaveCriticalRegion, "KeLeaveCriticalRegion") \
	X(VerifierKeEnterCriticalRegion, "VerifierKeEnterCriticalRegion") \
	X(VerifierKeLeaveCriticalRegion, "VerifierKeLeaveCriticalRegion") \
	/* end */
/* clang-format on */

#endif
