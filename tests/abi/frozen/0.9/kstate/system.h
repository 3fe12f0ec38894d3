/* SPDX-License-Identifier: MIT */
/**
 * @file system.h
 * @brief The debugger data block: where the kernel keeps its globals, in its own words.
 *
 * @defgroup system Debugger data block
 * @ingroup topic_reading
 * @{
 */
#ifndef KSTATE_SYSTEM_H
#define KSTATE_SYSTEM_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * KDDEBUGGER_DATA64. From `kernel_base` on each member has the place in this struct that it has in the block (the
 * hexadecimal number before each description), so `valid_length` counts in both. Members at or beyond `valid_length` are not there;
 * a zero below it means that the kernel does not tell. "The variable" is the address of a global, to be read once more.
 * Offsets of members are in bytes. Addresses of 32-bit kernels are zero-extended here, however the block stores them.
 */
struct kst_debugger_data {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t valid_length; /**< Bytes of this struct, from its start, that the block filled: its Size, or less. */
	uint64_t anomalies;    /**< KST_DEBUGGER_DATA_ANOMALY_… */
	uint64_t address;      /**< Where the block is. */
	uint64_t kernel_base;  /**< +18: KernBase. */
	uint64_t breakpoint_with_status;        /**< +20: BreakpointWithStatus. */
	uint64_t saved_context;                 /**< +28: SavedContext. */
	uint16_t th_callback_stack;             /**< +30: ThCallbackStack: offset in KTHREAD. */
	uint16_t next_callback;                 /**< +32: NextCallback: offset in the callback frame. */
	uint16_t frame_pointer;                 /**< +34: FramePointer: offset in the callback frame. */
	uint16_t flags;                         /**< +36: bit 0: PaeEnabled. */
	uint64_t ki_call_user_mode;             /**< +38: KiCallUserMode. */
	uint64_t user_callback_dispatcher;      /**< +40: KeUserCallbackDispatcher. */
	uint64_t loaded_modules;                /**< +48: PsLoadedModuleList: the list's head. */
	uint64_t active_processes;              /**< +50: PsActiveProcessHead: the list's head. */
	uint64_t cid_table;                     /**< +58: PspCidTable: the variable. */
	uint64_t system_resources;              /**< +60: ExpSystemResourcesList: the list's head. */
	uint64_t paged_pool_descriptor;         /**< +68: ExpPagedPoolDescriptor: the variable. */
	uint64_t number_of_paged_pools;         /**< +70: ExpNumberOfPagedPools: the variable. */
	uint64_t time_increment;                /**< +78: KeTimeIncrement: the variable. */
	uint64_t bugcheck_callbacks;            /**< +80: KeBugCheckCallbackListHead: the list's head. */
	uint64_t bugcheck_data;                 /**< +88: KiBugcheckData: five pointer-sized values. */
	uint64_t error_log;                     /**< +90: IopErrorLogListHead: the list's head. */
	uint64_t root_directory;                /**< +98: ObpRootDirectoryObject: the variable. */
	uint64_t type_object_type;              /**< +a0: ObpTypeObjectType: the variable. */
	uint64_t system_cache_start;            /**< +a8: MmSystemCacheStart: the variable. */
	uint64_t system_cache_end;              /**< +b0: MmSystemCacheEnd: the variable. */
	uint64_t system_cache_ws;               /**< +b8: MmSystemCacheWs: the variable. */
	uint64_t pfn_database;                  /**< +c0: MmPfnDatabase: the variable. */
	uint64_t system_ptes_start;             /**< +c8: MmSystemPtesStart: the variable. */
	uint64_t system_ptes_end;               /**< +d0: MmSystemPtesEnd: the variable. */
	uint64_t subsection_base;               /**< +d8: MmSubsectionBase: the variable. */
	uint64_t number_of_paging_files;        /**< +e0: MmNumberOfPagingFiles: the variable. */
	uint64_t lowest_physical_page;          /**< +e8: MmLowestPhysicalPage: the variable. */
	uint64_t highest_physical_page;         /**< +f0: MmHighestPhysicalPage: the variable. */
	uint64_t number_of_physical_pages;      /**< +f8: MmNumberOfPhysicalPages: the variable. */
	uint64_t maximum_nonpaged_pool;         /**< +100: MmMaximumNonPagedPoolInBytes: the variable. */
	uint64_t nonpaged_system_start;         /**< +108: MmNonPagedSystemStart: the variable. */
	uint64_t nonpaged_pool_start;           /**< +110: MmNonPagedPoolStart: the variable. */
	uint64_t nonpaged_pool_end;             /**< +118: MmNonPagedPoolEnd: the variable. */
	uint64_t paged_pool_start;              /**< +120: MmPagedPoolStart: the variable. */
	uint64_t paged_pool_end;                /**< +128: MmPagedPoolEnd: the variable. */
	uint64_t paged_pool_information;        /**< +130: MmPagedPoolInformation: the variable. */
	uint64_t page_size;                     /**< +138: MmPageSize: a value. */
	uint64_t size_of_paged_pool;            /**< +140: MmSizeOfPagedPoolInBytes: the variable. */
	uint64_t total_commit_limit;            /**< +148: MmTotalCommitLimit: the variable. */
	uint64_t total_committed_pages;         /**< +150: MmTotalCommittedPages: the variable. */
	uint64_t shared_commit;                 /**< +158: MmSharedCommit: the variable. */
	uint64_t driver_commit;                 /**< +160: MmDriverCommit: the variable. */
	uint64_t process_commit;                /**< +168: MmProcessCommit: the variable. */
	uint64_t paged_pool_commit;             /**< +170: MmPagedPoolCommit: the variable. */
	uint64_t extended_commit;               /**< +178: MmExtendedCommit: the variable. */
	uint64_t zeroed_pages;                  /**< +180: MmZeroedPageListHead: the variable. */
	uint64_t free_pages;                    /**< +188: MmFreePageListHead: the variable. */
	uint64_t standby_pages;                 /**< +190: MmStandbyPageListHead: the variable. */
	uint64_t modified_pages;                /**< +198: MmModifiedPageListHead: the variable. */
	uint64_t modified_no_write_pages;       /**< +1a0: MmModifiedNoWritePageListHead: the variable. */
	uint64_t available_pages;               /**< +1a8: MmAvailablePages: the variable. */
	uint64_t resident_available_pages;      /**< +1b0: MmResidentAvailablePages: the variable. */
	uint64_t pool_track_table;              /**< +1b8: PoolTrackTable: the variable. */
	uint64_t nonpaged_pool_descriptor;      /**< +1c0: NonPagedPoolDescriptor. */
	uint64_t highest_user_address;          /**< +1c8: MmHighestUserAddress: the variable. */
	uint64_t system_range_start;            /**< +1d0: MmSystemRangeStart: the variable. */
	uint64_t user_probe_address;            /**< +1d8: MmUserProbeAddress: the variable. */
	uint64_t print_buffer;                  /**< +1e0: KdPrintCircularBuffer. */
	uint64_t print_buffer_end;              /**< +1e8: KdPrintCircularBufferEnd. */
	uint64_t print_write_pointer;           /**< +1f0: KdPrintWritePointer: the variable. */
	uint64_t print_rollover_count;          /**< +1f8: KdPrintRolloverCount: the variable. */
	uint64_t loaded_user_images;            /**< +200: MmLoadedUserImageList: the list's head. */
	uint64_t build_lab;                     /**< +208: NtBuildLab: text. */
	uint64_t normal_system_call;            /**< +210: KiNormalSystemCall. */
	uint64_t processor_block;               /**< +218: KiProcessorBlock: array of pointers to KPRCB. */
	uint64_t unloaded_drivers;              /**< +220: MmUnloadedDrivers: the variable. */
	uint64_t last_unloaded_driver;          /**< +228: MmLastUnloadedDriver: the variable. */
	uint64_t triage_action_taken;           /**< +230: MmTriageActionTaken: the variable. */
	uint64_t special_pool_tag;              /**< +238: MmSpecialPoolTag: the variable. */
	uint64_t kernel_verifier;               /**< +240: KernelVerifier: the variable. */
	uint64_t verifier_data;                 /**< +248: MmVerifierData. */
	uint64_t allocated_nonpaged_pool;       /**< +250: MmAllocatedNonPagedPool: the variable. */
	uint64_t peak_commitment;               /**< +258: MmPeakCommitment: the variable. */
	uint64_t total_commit_limit_maximum;    /**< +260: MmTotalCommitLimitMaximum: the variable. */
	uint64_t csd_version;                   /**< +268: CmNtCSDVersion: the variable. */
	uint64_t physical_memory_block;         /**< +270: MmPhysicalMemoryBlock: the variable. */
	uint64_t session_base;                  /**< +278: MmSessionBase: the variable. */
	uint64_t session_size;                  /**< +280: MmSessionSize: the variable. */
	uint64_t system_parent_table_page;      /**< +288: MmSystemParentTablePage: the variable. */
	uint64_t virtual_translation_base;      /**< +290: MmVirtualTranslationBase: the variable. */
	uint16_t kthread_next_processor;        /**< +298: offset of KTHREAD.NextProcessor. */
	uint16_t kthread_teb;                   /**< +29a: offset of KTHREAD.Teb. */
	uint16_t kthread_kernel_stack;          /**< +29c: offset of KTHREAD.KernelStack. */
	uint16_t kthread_initial_stack;         /**< +29e: offset of KTHREAD.InitialStack. */
	uint16_t kthread_apc_process;           /**< +2a0: offset of KTHREAD.ApcState.Process. */
	uint16_t kthread_state;                 /**< +2a2: offset of KTHREAD.State. */
	uint16_t kthread_bstore;                /**< +2a4: IA64. */
	uint16_t kthread_bstore_limit;          /**< +2a6: IA64. */
	uint16_t size_eprocess;                 /**< +2a8: bytes of EPROCESS. */
	uint16_t eprocess_peb;                  /**< +2aa: offset of EPROCESS.Peb. */
	uint16_t eprocess_parent_cid;           /**< +2ac: offset of EPROCESS.InheritedFromUniqueProcessId. */
	uint16_t eprocess_directory_table_base; /**< +2ae: offset of KPROCESS.DirectoryTableBase. */
	uint16_t size_prcb;                     /**< +2b0: bytes of KPRCB. */
	uint16_t prcb_dpc_routine;              /**< +2b2: offset of KPRCB.DpcRoutineActive. */
	uint16_t prcb_current_thread;           /**< +2b4: offset of KPRCB.CurrentThread. */
	uint16_t prcb_mhz;                      /**< +2b6: offset of KPRCB.MHz. */
	uint16_t prcb_cpu_type;                 /**< +2b8: offset of KPRCB.CpuType. */
	uint16_t prcb_vendor_string;            /**< +2ba: offset of KPRCB.VendorString. */
	uint16_t prcb_processor_state_context;  /**< +2bc: offset of KPRCB.ProcessorState.ContextFrame. */
	uint16_t prcb_number;                   /**< +2be: offset of KPRCB.Number. */
	uint16_t size_ethread;                  /**< +2c0: bytes of ETHREAD. */
	uint16_t reserved0;                     /**< 0. */
	uint32_t reserved1;                     /**< 0. */
	uint64_t print_buffer_pointer;          /**< +2c8: KdPrintCircularBufferPtr: the variable. */
	uint64_t print_buffer_size;             /**< +2d0: KdPrintBufferSize: the variable. */
	uint64_t loader_block;                  /**< +2d8: KeLoaderBlock: the variable. */
	uint16_t size_pcr;                      /**< +2e0: bytes of KPCR. */
	uint16_t pcr_self;                      /**< +2e2: offset of KPCR.Self. */
	uint16_t pcr_current_prcb;              /**< +2e4: offset of KPCR.CurrentPrcb. */
	uint16_t pcr_contained_prcb;            /**< +2e6: offset of KPCR.Prcb. */
	uint16_t pcr_initial_bstore;            /**< +2e8: IA64. */
	uint16_t pcr_bstore_limit;              /**< +2ea: IA64. */
	uint16_t pcr_initial_stack;             /**< +2ec: IA64. */
	uint16_t pcr_stack_limit;               /**< +2ee: IA64. */
	uint16_t prcb_pcr_page;                 /**< +2f0: IA64. */
	uint16_t prcb_special_registers;        /**< +2f2: offset of KPRCB.ProcessorState.SpecialRegisters. */
	uint16_t gdt_r0_code;                   /**< +2f4: selector. */
	uint16_t gdt_r0_data;                   /**< +2f6: selector. */
	uint16_t gdt_r0_pcr;                    /**< +2f8: selector. */
	uint16_t gdt_r3_code;                   /**< +2fa: selector. */
	uint16_t gdt_r3_data;                   /**< +2fc: selector. */
	uint16_t gdt_r3_teb;                    /**< +2fe: selector. */
	uint16_t gdt_ldt;                       /**< +300: selector. */
	uint16_t gdt_tss;                       /**< +302: selector. */
	uint16_t gdt64_r3_cm_code;              /**< +304: selector. */
	uint16_t gdt64_r3_cm_teb;               /**< +306: selector. */
	uint64_t triage_blocks_count;           /**< +308: IopNumTriageDumpDataBlocks: the variable. */
	uint64_t triage_blocks;                 /**< +310: IopTriageDumpDataBlocks: the variable. */
	uint64_t verifier_crash_data;           /**< +318: VfCrashDataBlock. */
	uint64_t bad_pages_detected;            /**< +320: MmBadPagesDetected: the variable. */
	uint64_t single_bit_errors;             /**< +328: MmZeroedPageSingleBitErrorsDetected: the variable. */
	uint64_t etw_debugger_data;             /**< +330: EtwpDebuggerData. */
	uint16_t prcb_context;                  /**< +338: offset of KPRCB.Context. */
	uint16_t prcb_max_breakpoints;          /**< +33a: a value. */
	uint16_t prcb_max_watchpoints;          /**< +33c: a value. */
	uint16_t reserved2;                     /**< 0. */
	uint32_t kthread_stack_limit;           /**< +340: offset of KTHREAD.StackLimit. */
	uint32_t kthread_stack_base;            /**< +344: offset of KTHREAD.StackBase. */
	uint32_t kthread_queue_list_entry;      /**< +348: offset of KTHREAD.QueueListEntry. */
	uint32_t ethread_irp_list;              /**< +34c: offset of ETHREAD.IrpList. */
	uint16_t prcb_idle_thread;              /**< +350: offset of KPRCB.IdleThread. */
	uint16_t prcb_normal_dpc_state;         /**< +352: offset of KPRCB.NormalDpcState. */
	uint16_t prcb_dpc_stack;                /**< +354: offset of KPRCB.DpcStack. */
	uint16_t prcb_isr_stack;                /**< +356: offset of KPRCB.IsrStack. */
	uint16_t size_kdpc_stack_frame;         /**< +358: bytes of KDPC_STACK_FRAME. */
	uint16_t kpri_queue_thread_list;        /**< +35a: offset of KPRIQUEUE.ThreadListHead. */
	uint16_t kthread_wait_reason;           /**< +35c: offset of KTHREAD.WaitReason. */
	uint16_t reserved3;                     /**< 0. */
	uint64_t pte_base;                      /**< +360: PteBase: the value. */
	uint64_t retpoline_table;               /**< +368: RetpolineStubFunctionTable. */
	uint32_t retpoline_table_size;          /**< +370: bytes. */
	uint32_t retpoline_offset;              /**< +374: RetpolineStubOffset. */
	uint32_t retpoline_size;                /**< +378: RetpolineStubSize. */
	uint16_t eprocess_hot_patch_context;    /**< +37c: offset of EPROCESS.MmHotPatchContext. */
	uint16_t reserved4;                     /**< 0. */
	uint32_t kthread_shadow_stack_limit;    /**< +380: offset of KTHREAD.ShadowStackLimit. */
	uint32_t kthread_shadow_stack_base;     /**< +384: offset of KTHREAD.ShadowStackBase. */
	uint64_t shadow_stack_enabled;          /**< +388: ShadowStackEnabled. */
	uint64_t pointer_auth_mask;             /**< +390: PointerAuthMask. */
	uint16_t prcb_exception_stack;          /**< +398: offset of KPRCB.ExceptionStack. */
	uint16_t reserved5;                     /**< 0. */
	uint32_t reserved6;                     /**< 0. */
};

/** The kernel's base in the block is not page aligned or not a kernel address. */
#define KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE 0x1
/** The list of blocks has more than this one entry, or is broken. */
#define KST_DEBUGGER_DATA_ANOMALY_LIST 0x2
/** Fewer bytes are at hand than the block's Size. */
#define KST_DEBUGGER_DATA_ANOMALY_TRUNCATED 0x4
/** The block is larger than this version knows; its tail was left out. */
#define KST_DEBUGGER_DATA_ANOMALY_NEWER 0x8
/** The block was encoded and has been decoded with the kernel's keys. */
#define KST_DEBUGGER_DATA_ANOMALY_ENCODED 0x10

/**
 * Decode a debugger data block. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Tells the pointer size; not modified.
 * @param bytes   Start of the block; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the block's Size are fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK        `out->valid_length` tells which members are valid.
 * @retval KST_E_ARG     @p layout or @p out is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_FAULT   Not even the block's head (0x20 bytes) is there.
 * @retval KST_E_CORRUPT No block: its tag is missing or its Size is absurd; it may be encoded.
 * @since 0.9
 */
KST_API kst_status kst_decode_debugger_data(const struct kst_layout *layout, const void *bytes, size_t len,
					    uint64_t address, struct kst_debugger_data *out, struct kst_error *err);

/**
 * Undo the encoding that 64-bit Windows 8 and later keep the block in while they run. Thread-safe.
 * @param encoded      The block as it is in memory.
 * @param len          Bytes; a multiple of 8.
 * @param wait_never   Value of KiWaitNever.
 * @param wait_always  Value of KiWaitAlways.
 * @param flag_address Address of KdpDataBlockEncoded.
 * @param plain_out    At least @p len bytes; may be @p encoded itself.
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK    Written; whether the keys were right shows in the block's tag.
 * @retval KST_E_ARG A pointer is NULL or @p len is not a multiple of 8.
 * @since 0.9
 */
KST_API kst_status kst_debugger_data_unveil(const void *encoded, size_t len, uint64_t wait_never, uint64_t wait_always,
					    uint64_t flag_address, void *plain_out, struct kst_error *err);

/**
 * Read and decode the block of a target; an encoded one is decoded where KiWaitNever, KiWaitAlways and
 * KdpDataBlockEncoded are known. Thread-safe as the reader is.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          As for kst_decode_debugger_data().
 * @retval KST_E_NO_MEMBER The block's address is not known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       As for kst_decode_debugger_data().
 * @retval KST_E_FAULT     As for kst_decode_debugger_data().
 * @retval KST_E_CORRUPT   As for kst_decode_debugger_data().
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_debugger_data_read(const struct kst_target *target, struct kst_debugger_data *out,
					  struct kst_error *err);

/**
 * Name of one anomaly of a debugger data block. Thread-safe. @since 0.9
 * @param bit One KST_DEBUGGER_DATA_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_debugger_data_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
