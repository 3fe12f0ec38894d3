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
	/* loader */ \
	X(LDR_BASE, "_LDR_DATA_TABLE_ENTRY", "DllBase") \
	X(LDR_SIZE, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage") \
	X(LDR_ENTRY_POINT, "_LDR_DATA_TABLE_ENTRY", "EntryPoint") \
	X(LDR_FULL_NAME, "_LDR_DATA_TABLE_ENTRY", "FullDllName") \
	X(LDR_BASE_NAME, "_LDR_DATA_TABLE_ENTRY", "BaseDllName") \
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
	X(MI_INVALID_PTE_MASK, "_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask")

/* X(ID, names): globals of the kernel; '|' separates names that mean the same in different builds. */
#define KST__SYMBOLS(X) \
	X(PsLoadedModuleList, "PsLoadedModuleList") \
	X(PsActiveProcessHead, "PsActiveProcessHead") \
	X(PsIdleProcess, "PsIdleProcess") \
	X(PsInitialSystemProcess, "PsInitialSystemProcess") \
	X(PspCidTable, "PspCidTable") \
	X(KiProcessorBlock, "KiProcessorBlock") \
	X(KdDebuggerDataBlock, "KdDebuggerDataBlock") \
	X(MmPfnDatabase, "MmPfnDatabase") \
	X(MmUnloadedDrivers, "MmUnloadedDrivers") \
	X(MmLastUnloadedDriver, "MmLastUnloadedDriver") \
	X(MmPteBase, "MmPteBase") \
	X(MmPagedPoolStart, "MmPagedPoolStart") \
	X(MmSubsectionBase, "MmSubsectionBase") \
	X(MiInvalidPteMask, "MiInvalidPteMask") \
	X(MiState, "MiState") \
	X(PoolTrackTable, "PoolTrackTable") \
	X(NonPagedPoolDescriptor, "NonPagedPoolDescriptor") \
	X(MmHighestPhysicalPage, "MmHighestPhysicalPage") \
	X(MmNonPagedPoolEnd, "MmNonPagedPoolEnd")
/* clang-format on */

#endif
