/* SPDX-License-Identifier: MIT */
/* KDDEBUGGER_DATA64: the places of its members, published values, its ends, its encoding. */
#include "decode/system.h"

#include "support/support.h"

#include <stdlib.h>

#define BLOCK 0x380u /* of 17763 to 22000 */
#define WHOLE 0x3a0u /* of 26100: all that is known */

static void put(uint8_t *block, unsigned at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		block[at + i] = (uint8_t)(value >> (8 * i));
}

/* The values that a real x64 19041 block holds (reference). */
static void fill_x64(uint8_t *block)
{
	static const struct {
		uint16_t at;
		uint16_t value;
	} words[] = {
		{ 0x298, 0x218 },  { 0x29a, 0xf0 },   { 0x29c, 0x58 },   { 0x29e, 0x28 },   { 0x2a0, 0xb8 },
		{ 0x2a2, 0x184 },  { 0x2a8, 0xa40 },  { 0x2aa, 0x550 },  { 0x2ac, 0x540 },  { 0x2ae, 0x28 },
		{ 0x2b0, 0xaf00 }, { 0x2b2, 0x312a }, { 0x2c0, 0x898 },  { 0x2e0, 0xb080 }, { 0x2ba, 0x8590 },
		{ 0x2bc, 0x1f0 },  { 0x2f2, 0x100 },  { 0x338, 0x85c0 }, { 0x350, 0x18 },   { 0x352, 0x312c },
		{ 0x354, 0x3110 }, { 0x356, 0x85d8 }, { 0x358, 0x50 },   { 0x35a, 0x2a0 },  { 0x35c, 0x283 },
	};

	memset(block, 0, BLOCK);
	put(block, 0, 8, 0xfffff8047c600c80);
	put(block, 8, 8, 0xfffff8047c600c80);
	put(block, 0x10, 4, 0x4742444b);
	put(block, 0x14, 4, BLOCK);
	put(block, 0x18, 8, 0xfffff8047ba00000);
	put(block, 0x48, 8, 0xfffff8047c62a390);
	put(block, 0x340, 4, 0x30);
	put(block, 0x344, 4, 0x38);
	put(block, 0x348, 4, 0x208);
	put(block, 0x34c, 4, 0x4b0);
	put(block, 0x360, 8, 0xffff840000000000);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		put(block, words[i].at, 2, words[i].value);
}

static struct kst_layout *empty(uint32_t pointer_size)
{
	return layout_from_rows(NULL, 0, pointer_size);
}

static void published_values(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(8);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0xfffff8047c600b20, &d, NULL), KST_OK);
	assert_int_equal(d.size, sizeof d);
	assert_int_equal(d.valid_length, BLOCK);
	assert_true(d.address == 0xfffff8047c600b20 && d.anomalies == 0);
	assert_true(d.kernel_base == 0xfffff8047ba00000 && d.loaded_modules == 0xfffff8047c62a390);
	assert_int_equal(d.kthread_next_processor, 0x218);
	assert_int_equal(d.kthread_state, 0x184);
	assert_int_equal(d.size_eprocess, 0xa40);
	assert_int_equal(d.eprocess_peb, 0x550);
	assert_int_equal(d.eprocess_parent_cid, 0x540);
	assert_int_equal(d.eprocess_directory_table_base, 0x28);
	assert_int_equal(d.size_prcb, 0xaf00);
	assert_int_equal(d.prcb_dpc_routine, 0x312a);
	assert_int_equal(d.prcb_vendor_string, 0x8590);
	assert_int_equal(d.prcb_processor_state_context, 0x1f0);
	assert_int_equal(d.prcb_special_registers, 0x100);
	assert_int_equal(d.prcb_context, 0x85c0);
	assert_int_equal(d.size_ethread, 0x898);
	assert_int_equal(d.size_pcr, 0xb080);
	assert_int_equal(d.kthread_stack_limit, 0x30);
	assert_int_equal(d.kthread_stack_base, 0x38);
	assert_int_equal(d.kthread_queue_list_entry, 0x208);
	assert_int_equal(d.ethread_irp_list, 0x4b0);
	assert_int_equal(d.prcb_idle_thread, 0x18);
	assert_int_equal(d.prcb_normal_dpc_state, 0x312c);
	assert_int_equal(d.prcb_dpc_stack, 0x3110);
	assert_int_equal(d.prcb_isr_stack, 0x85d8);
	assert_int_equal(d.size_kdpc_stack_frame, 0x50);
	assert_int_equal(d.kpri_queue_thread_list, 0x2a0);
	assert_int_equal(d.kthread_wait_reason, 0x283);
	assert_true(d.pte_base == 0xffff840000000000);
	assert_int_equal(d.prcb_exception_stack, 0); /* beyond this block */
	free(layout);
}

/* Every member and its place in the block, as the public debugger headers and their readers give it. */
struct place {
	const char *name;
	uint16_t at;
	uint16_t in_struct;
	uint8_t width;
};

#define M(at, member)                                                                                                  \
	{                                                                                                              \
#member, at, offsetof(struct kst_debugger_data, member),                                               \
			sizeof(((struct kst_debugger_data *)0)->member)                                                \
	}

/* clang-format off */
static const struct place places[] = {
	M(0x18, kernel_base), M(0x20, breakpoint_with_status), M(0x28, saved_context), M(0x30, th_callback_stack),
	M(0x32, next_callback), M(0x34, frame_pointer), M(0x36, flags), M(0x38, ki_call_user_mode),
	M(0x40, user_callback_dispatcher), M(0x48, loaded_modules), M(0x50, active_processes), M(0x58, cid_table),
	M(0x60, system_resources), M(0x68, paged_pool_descriptor), M(0x70, number_of_paged_pools),
	M(0x78, time_increment), M(0x80, bugcheck_callbacks), M(0x88, bugcheck_data), M(0x90, error_log),
	M(0x98, root_directory), M(0xa0, type_object_type), M(0xa8, system_cache_start), M(0xb0, system_cache_end),
	M(0xb8, system_cache_ws), M(0xc0, pfn_database), M(0xc8, system_ptes_start), M(0xd0, system_ptes_end),
	M(0xd8, subsection_base), M(0xe0, number_of_paging_files), M(0xe8, lowest_physical_page),
	M(0xf0, highest_physical_page), M(0xf8, number_of_physical_pages), M(0x100, maximum_nonpaged_pool),
	M(0x108, nonpaged_system_start), M(0x110, nonpaged_pool_start), M(0x118, nonpaged_pool_end),
	M(0x120, paged_pool_start), M(0x128, paged_pool_end), M(0x130, paged_pool_information), M(0x138, page_size),
	M(0x140, size_of_paged_pool), M(0x148, total_commit_limit), M(0x150, total_committed_pages),
	M(0x158, shared_commit), M(0x160, driver_commit), M(0x168, process_commit), M(0x170, paged_pool_commit),
	M(0x178, extended_commit), M(0x180, zeroed_pages), M(0x188, free_pages), M(0x190, standby_pages),
	M(0x198, modified_pages), M(0x1a0, modified_no_write_pages), M(0x1a8, available_pages),
	M(0x1b0, resident_available_pages), M(0x1b8, pool_track_table), M(0x1c0, nonpaged_pool_descriptor),
	M(0x1c8, highest_user_address), M(0x1d0, system_range_start), M(0x1d8, user_probe_address),
	M(0x1e0, print_buffer), M(0x1e8, print_buffer_end), M(0x1f0, print_write_pointer),
	M(0x1f8, print_rollover_count), M(0x200, loaded_user_images), M(0x208, build_lab),
	M(0x210, normal_system_call), M(0x218, processor_block), M(0x220, unloaded_drivers),
	M(0x228, last_unloaded_driver), M(0x230, triage_action_taken), M(0x238, special_pool_tag),
	M(0x240, kernel_verifier), M(0x248, verifier_data), M(0x250, allocated_nonpaged_pool),
	M(0x258, peak_commitment), M(0x260, total_commit_limit_maximum), M(0x268, csd_version),
	M(0x270, physical_memory_block), M(0x278, session_base), M(0x280, session_size),
	M(0x288, system_parent_table_page), M(0x290, virtual_translation_base), M(0x298, kthread_next_processor),
	M(0x29a, kthread_teb), M(0x29c, kthread_kernel_stack), M(0x29e, kthread_initial_stack),
	M(0x2a0, kthread_apc_process), M(0x2a2, kthread_state), M(0x2a4, kthread_bstore),
	M(0x2a6, kthread_bstore_limit), M(0x2a8, size_eprocess), M(0x2aa, eprocess_peb),
	M(0x2ac, eprocess_parent_cid), M(0x2ae, eprocess_directory_table_base), M(0x2b0, size_prcb),
	M(0x2b2, prcb_dpc_routine), M(0x2b4, prcb_current_thread), M(0x2b6, prcb_mhz), M(0x2b8, prcb_cpu_type),
	M(0x2ba, prcb_vendor_string), M(0x2bc, prcb_processor_state_context), M(0x2be, prcb_number),
	M(0x2c0, size_ethread), M(0x2c8, print_buffer_pointer), M(0x2d0, print_buffer_size), M(0x2d8, loader_block),
	M(0x2e0, size_pcr), M(0x2e2, pcr_self), M(0x2e4, pcr_current_prcb), M(0x2e6, pcr_contained_prcb),
	M(0x2e8, pcr_initial_bstore), M(0x2ea, pcr_bstore_limit), M(0x2ec, pcr_initial_stack),
	M(0x2ee, pcr_stack_limit), M(0x2f0, prcb_pcr_page), M(0x2f2, prcb_special_registers), M(0x2f4, gdt_r0_code),
	M(0x2f6, gdt_r0_data), M(0x2f8, gdt_r0_pcr), M(0x2fa, gdt_r3_code), M(0x2fc, gdt_r3_data),
	M(0x2fe, gdt_r3_teb), M(0x300, gdt_ldt), M(0x302, gdt_tss), M(0x304, gdt64_r3_cm_code),
	M(0x306, gdt64_r3_cm_teb), M(0x308, triage_blocks_count), M(0x310, triage_blocks),
	M(0x318, verifier_crash_data), M(0x320, bad_pages_detected), M(0x328, single_bit_errors),
	M(0x330, etw_debugger_data), M(0x338, prcb_context), M(0x33a, prcb_max_breakpoints),
	M(0x33c, prcb_max_watchpoints), M(0x340, kthread_stack_limit), M(0x344, kthread_stack_base),
	M(0x348, kthread_queue_list_entry), M(0x34c, ethread_irp_list), M(0x350, prcb_idle_thread),
	M(0x352, prcb_normal_dpc_state), M(0x354, prcb_dpc_stack), M(0x356, prcb_isr_stack),
	M(0x358, size_kdpc_stack_frame), M(0x35a, kpri_queue_thread_list), M(0x35c, kthread_wait_reason),
	M(0x360, pte_base), M(0x368, retpoline_table), M(0x370, retpoline_table_size), M(0x374, retpoline_offset),
	M(0x378, retpoline_size), M(0x37c, eprocess_hot_patch_context), M(0x380, kthread_shadow_stack_limit),
	M(0x384, kthread_shadow_stack_base), M(0x388, shadow_stack_enabled), M(0x390, pointer_auth_mask),
	M(0x398, prcb_exception_stack),
};

/* What no member of the block fills. */
static const struct place gaps[] = {
	M(0x2c2, reserved0), M(0x2c4, reserved1), M(0x33e, reserved2), M(0x35e, reserved3), M(0x37e, reserved4),
	M(0x39a, reserved5), M(0x39c, reserved6),
};
/* clang-format on */

/* Bytes of which no two neighbouring numbers are the same, most of them with their top bit set. */
static uint8_t pattern(unsigned at)
{
	return (uint8_t)(0x80 | (at * 0x3b + at / 256 * 0x11));
}

/* A sound head, then the pattern in all of the rest. */
static void fill_pattern(uint8_t *block, uint32_t size, uint32_t pointer_size)
{
	for (unsigned i = 0; i < size; i++)
		block[i] = pattern(i);
	put(block, 0, pointer_size, 0xfffff8048c600c80);
	put(block, pointer_size, pointer_size, 0xfffff8048c600c80);
	put(block, 0x10, 4, 0x4742444b);
	put(block, 0x14, 4, size);
	put(block, 0x18, 8, 0xfffff8048ba00000);
}

/* A number of the host's byte order. */
static uint64_t member_of(const struct kst_debugger_data *d, const struct place *p)
{
	const uint8_t *from = (const uint8_t *)d + p->in_struct;
	uint64_t v64 = 0;
	uint32_t v32 = 0;
	uint16_t v16 = 0;

	if (p->width == 8)
		memcpy(&v64, from, sizeof v64);
	else if (p->width == 4)
		memcpy(&v32, from, sizeof v32);
	else
		memcpy(&v16, from, sizeof v16);
	return v64 | v32 | v16;
}

/* At every length: what lies within is there, what does not is 0. Only numbers of 64 bits are cut on 32-bit systems. */
static void every_member_at_every_length(void **state)
{
	(void)state;
	for (uint32_t pointer_size = 4; pointer_size <= 8; pointer_size += 4) {
		struct kst_layout *layout = empty(pointer_size);
		uint8_t block[WHOLE];

		fill_pattern(block, WHOLE, pointer_size);
		for (size_t len = 0x20; len <= WHOLE; len++) {
			struct kst_debugger_data d = { .size = sizeof d };
			uint8_t *exact = malloc(len);

			assert_non_null(exact);
			memcpy(exact, block, len);
			assert_int_equal(kst_decode_debugger_data(layout, exact, len, 0x5678, &d, NULL), KST_OK);
			free(exact);
			assert_true(d.size == sizeof d && d.valid_length == len && d.address == 0x5678);
			assert_true(d.anomalies == (len < WHOLE ? 0x4 : 0)); /* truncated */
			for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
				const struct place *p = &places[i];
				unsigned width = p->width > pointer_size ? pointer_size : p->width;
				uint64_t expected = 0;

				for (unsigned k = 0; k < width && p->at + p->width <= len; k++)
					expected |= (uint64_t)block[p->at + k] << (8 * k);
				if (p->in_struct != p->at || member_of(&d, p) != expected)
					fail_msg("%s of %u bytes", p->name, (unsigned)len);
			}
			for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++)
				assert_true(gaps[i].in_struct == gaps[i].at && member_of(&d, &gaps[i]) == 0);
		}
		free(layout);
	}
}

/* Without its head it is no block: the first byte that is missing is told, and nothing is touched. */
static void a_cut_head(void **state)
{
	struct kst_layout *layout = empty(8);
	uint8_t block[WHOLE];

	(void)state;
	fill_pattern(block, WHOLE, 8);
	for (size_t len = 0; len < 0x20; len++) {
		struct kst_debugger_data d, before;
		struct kst_error e = { .size = sizeof e };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, block, len);
		memset(&before, 0x5a, sizeof before);
		before.size = sizeof before;
		d = before;
		assert_int_equal(kst_decode_debugger_data(layout, exact, len, 0xfffff80000001000, &d, &e), KST_E_FAULT);
		assert_memory_equal(&d, &before, sizeof d);
		assert_true(e.code == KST_E_FAULT && e.address == 0xfffff80000001000 + len);
		assert_string_equal(e.message, "the head of the debugger data block is not there");
		free(exact);
	}
	free(layout);
}

struct row {
	const char *name;
	uint32_t pointer_size;
	uint64_t flink, blink, base;
	uint32_t tag, block_size;
	kst_status status;
	uint64_t anomalies;
};

#define KDBG   0x4742444bu
#define HEAD64 0xfffff8047c600c80, 0xfffff8047c600c80
#define HEAD32 0x80638ec4, 0x80638ec4
#define BASE64 0xfffff8047ba00000
#define BASE32 0x0000000080400000

/* Anomalies: 1 kernel base, 2 list, 4 truncated (at hand are 3a0 bytes), 8 newer. */
static const struct row rows[] = {
	{ "x64", 8, HEAD64, BASE64, KDBG, 0x380, KST_OK, 0 },
	{ "x86", 4, HEAD32, BASE32, KDBG, 0x318, KST_OK, 0 },
	{ "x86, base sign-extended", 4, HEAD32, 0xffffffff80400000, KDBG, 0x290, KST_OK, 0 },
	{ "no tag", 8, HEAD64, BASE64, 0x4742444c, 0x380, KST_E_CORRUPT, 0 },
	{ "tag backwards", 8, HEAD64, BASE64, 0x4b444247, 0x380, KST_E_CORRUPT, 0 },
	{ "size below all", 8, HEAD64, BASE64, KDBG, 0x1ff, KST_E_CORRUPT, 0 },
	{ "smallest size", 8, HEAD64, BASE64, KDBG, 0x200, KST_OK, 0 },
	{ "all that is known", 8, HEAD64, BASE64, KDBG, 0x3a0, KST_OK, 0 },
	{ "one more than is known", 8, HEAD64, BASE64, KDBG, 0x3a1, KST_OK, 0x8 },
	{ "largest size", 8, HEAD64, BASE64, KDBG, 0x400, KST_OK, 0x8 },
	{ "size above all", 8, HEAD64, BASE64, KDBG, 0x401, KST_E_CORRUPT, 0 },
	{ "size is huge", 8, HEAD64, BASE64, KDBG, 0x80000380, KST_E_CORRUPT, 0 },
	{ "base behind a page's start", 8, HEAD64, 0xfffff8047ba00001, KDBG, 0x380, KST_OK, 0x1 },
	{ "base in the middle of a page", 8, HEAD64, 0xfffff8047ba00800, KDBG, 0x380, KST_OK, 0x1 },
	{ "base on an odd page", 8, HEAD64, 0xfffff8047ba01000, KDBG, 0x380, KST_OK, 0 },
	{ "base in user space", 8, HEAD64, 0x7ffe0000, KDBG, 0x380, KST_OK, 0x1 },
	{ "lowest x64 base", 8, HEAD64, 0xff00000000000000, KDBG, 0x380, KST_OK, 0 },
	{ "below the lowest x64 base", 8, HEAD64, 0xfefffffffffff000, KDBG, 0x380, KST_OK, 0x1 },
	{ "lowest x86 base", 4, HEAD32, 0x80000000, KDBG, 0x318, KST_OK, 0 },
	{ "below the lowest x86 base", 4, HEAD32, 0x7ffff000, KDBG, 0x318, KST_OK, 0x1 },
	{ "x86 base not on a page", 4, HEAD32, 0x80400010, KDBG, 0x318, KST_OK, 0x1 },
	{ "flink is another block", 8, 0xfffff8047c600c88, 0xfffff8047c600c80, BASE64, KDBG, 0x380, KST_OK, 0x2 },
	{ "blink is another block", 8, 0xfffff8047c600c80, 0xfffff8057c600c80, BASE64, KDBG, 0x380, KST_OK, 0x2 },
	{ "list in user space", 8, 0x7ffe0000, 0x7ffe0000, BASE64, KDBG, 0x380, KST_OK, 0x2 },
	{ "lowest x64 list", 8, 0xff00000000000000, 0xff00000000000000, BASE64, KDBG, 0x380, KST_OK, 0 },
	{ "below the lowest x64 list", 8, 0xfeffffffffffffff, 0xfeffffffffffffff, BASE64, KDBG, 0x380, KST_OK, 0x2 },
	{ "lowest x86 list", 4, 0x80000000, 0x80000000, BASE32, KDBG, 0x318, KST_OK, 0 },
	{ "below the lowest x86 list", 4, 0x7fffffff, 0x7fffffff, BASE32, KDBG, 0x318, KST_OK, 0x2 },
	{ "x86 blink is another block", 4, 0x80638ec4, 0x80638ec8, BASE32, KDBG, 0x318, KST_OK, 0x2 },
	{ "all wrong, and newer", 8, 1, 2, 3, KDBG, 0x3f0, KST_OK, 0xb },
};

static void heads(void **state)
{
	const struct row *row = *state;
	struct kst_debugger_data d, before;
	struct kst_error e = { .size = sizeof e };
	struct kst_layout *layout = empty(row->pointer_size);
	uint8_t block[WHOLE] = { 0 };

	put(block, 0, row->pointer_size, row->flink);
	put(block, row->pointer_size, row->pointer_size, row->blink);
	put(block, 0x10, 4, row->tag);
	put(block, 0x14, 4, row->block_size);
	put(block, 0x18, 8, row->base);
	memset(&before, 0x5a, sizeof before);
	before.size = sizeof before;
	d = before;
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0x80123450, &d, &e), row->status);
	if (row->status == KST_OK) {
		assert_true(d.anomalies == row->anomalies && d.address == 0x80123450);
		assert_int_equal(d.valid_length, row->block_size < 0x3a0 ? row->block_size : 0x3a0);
	} else {
		assert_memory_equal(&d, &before, sizeof d);
		assert_true(e.code == KST_E_CORRUPT && e.address == 0x80123450);
		assert_string_equal(e.message, "no debugger data block: tag or size is wrong");
	}
	/* a search takes only a head in which nothing is wrong, however long the block claims to be */
	assert_int_equal(kst__block_head_ok(block, row->pointer_size),
			 row->status == KST_OK && (row->anomalies & 0x3) == 0);
	free(layout);
}

/* In an x64 block the second half of Flink stands where x86 has Blink. */
static void an_x64_block_is_no_x86_one(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(4);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0, &d, NULL), KST_OK);
	assert_true(d.anomalies == (KST_DEBUGGER_DATA_ANOMALY_LIST | KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE));
	free(layout);
}

static void x86_pointers_are_32_bits(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(4);
	uint8_t block[BLOCK] = { 0 };

	(void)state;
	put(block, 0, 4, 0x80638ec4);
	put(block, 4, 4, 0x80638ec4);
	put(block, 0x10, 4, 0x4742444b);
	put(block, 0x14, 4, 0x318);
	put(block, 0x18, 8, 0x0000000080400000);
	put(block, 0x48, 8, 0xffffffff806440a4); /* sign-extended in some blocks */
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0x805ad240, &d, NULL), KST_OK);
	assert_int_equal(d.valid_length, 0x318);
	assert_true(d.anomalies == 0 && d.kernel_base == 0x80400000 && d.loaded_modules == 0x806440a4);
	free(layout);
}

struct encoded_row {
	const char *name;
	uint64_t never, always, flag, stored, plain;
};

/* Computed by the published steps: rotate, exchange with the flag's address, turn the bytes round. */
static const struct encoded_row encoded[] = {
	{ "no rotation", 0x8f3c5a7712345600, 0x55aa1122334477ff, 0xfffff80312345678, 0x123456789abcdef,
	  0xc267baab20a3978e },
	{ "rotated by 7", 0xdeadbeefcafe0007, 0x55aa1122334477ff, 0xfffff80312345678, 0x123456789abcdef,
	  0x4208c39a1178f5c7 },
	{ "by 64: none", 0x8f3c5a7712345640, 0x0, 0xfffff80312345678, 0xfedcba9876543210, 0x28325476ec181f8e },
	{ "by 63", 0x123456789abcde3f, 0x8877665544332211, 0x80312345678, 0xf00dfacecafebabe, 0xb013736f1cedc11f },
	{ "by 255: 63", 0xffffffffffffffff, 0x8877665544332211, 0xfffff80312345678, 0xf00dfacecafebabe,
	  0x5083d2dddfc92469 },
	{ "by 128: none, only the low byte counts", 0x123456789ab0180, 0x1122334455667788, 0xfffff80012345670,
	  0x8000000000000001, 0xe075acdf32dbabf6 },
	{ "flag address without its top bits", 0x1, 0xff00ff00ff00ff, 0x7fff123456789abc, 0x8000000000000001,
	  0xbd6578a934edff00 },
};

static void encoding_is_undone(void **state)
{
	const struct encoded_row *row = *state;
	uint8_t in[24], out[24], plain[24];

	put(in, 0, 8, row->stored);
	memset(in + 8, 0, 8);
	put(in, 16, 8, row->stored);
	memset(out, 0x5a, sizeof out);
	put(plain, 0, 8, row->plain);
	put(plain, 16, 8, row->plain);
	assert_int_equal(kst_debugger_data_unveil(in, 8, row->never, row->always, row->flag, out, NULL), KST_OK);
	assert_memory_equal(out, plain, 8);
	for (size_t i = 8; i < sizeof out; i++)
		assert_int_equal(out[i], 0x5a);
	/* word by word, and in place as well */
	assert_int_equal(kst_debugger_data_unveil(in, 24, row->never, row->always, row->flag, in, NULL), KST_OK);
	assert_memory_equal(in, plain, 8);
	assert_memory_equal(in + 16, plain + 16, 8);
}

static void encoding_of_odd_lengths(void **state)
{
	uint8_t in[16] = { 0 }, out[16] = { 0x5a };
	struct kst_error e = { .size = sizeof e };

	(void)state;
	for (size_t len = 1; len < 16; len++)
		if (len != 8)
			assert_int_equal(kst_debugger_data_unveil(in, len, 1, 2, 3, out, &e), KST_E_ARG);
	assert_int_equal(out[0], 0x5a);
	assert_int_equal(kst_debugger_data_unveil(in, 0, 1, 2, 3, out, NULL), KST_OK);
	assert_int_equal(kst_debugger_data_unveil(NULL, 8, 1, 2, 3, out, NULL), KST_E_ARG);
	assert_int_equal(kst_debugger_data_unveil(in, 8, 1, 2, 3, NULL, NULL), KST_E_ARG);
	assert_int_equal(out[0], 0x5a);
	assert_true(e.code == KST_E_ARG && e.address == 0);
	assert_string_equal(e.message, "a buffer is NULL or its length is no multiple of 8");
}

static void arguments(void **state)
{
	static const char *const names[] = { "kernel-base", "list", "truncated", "newer", "encoded" };
	struct kst_debugger_data d, before;
	struct kst_error e = { .size = sizeof e };
	struct kst_layout *layout = empty(8);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	memset(&before, 0x5a, sizeof before);
	before.size = sizeof before;
	d = before;
	assert_int_equal(kst_decode_debugger_data(NULL, block, BLOCK, 7, &d, &e), KST_E_ARG);
	assert_true(e.code == KST_E_ARG && e.address == 7);
	assert_int_equal(kst_decode_debugger_data(layout, NULL, 1, 7, &d, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_debugger_data(layout, NULL, 0, 7, &d, NULL), KST_E_FAULT);
	assert_int_equal(kst_decode_debugger_data(layout, block, BLOCK, 7, NULL, NULL), KST_E_ARG);
	d.size = before.size = sizeof d - 1;
	assert_int_equal(kst_decode_debugger_data(layout, block, BLOCK, 7, &d, &e), KST_E_ABI);
	assert_true(e.code == KST_E_ABI && e.address == 7);
	assert_memory_equal(&d, &before, sizeof d);
	for (unsigned bit = 0; bit < 5; bit++)
		assert_string_equal(kst_debugger_data_anomaly_name((uint64_t)1 << bit), names[bit]);
	assert_null(kst_debugger_data_anomaly_name(0x20));
	assert_null(kst_debugger_data_anomaly_name(0));
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(published_values),
		cmocka_unit_test(every_member_at_every_length),
		cmocka_unit_test(a_cut_head),
		cmocka_unit_test(an_x64_block_is_no_x86_one),
		cmocka_unit_test(x86_pointers_are_32_bits),
		cmocka_unit_test(encoding_of_odd_lengths),
		cmocka_unit_test(arguments),
	};
	size_t n = 7;

	n += ROWS_TO_TESTS(tests + n, rows, heads);
	n += ROWS_TO_TESTS(tests + n, encoded, encoding_is_undone);
	return _cmocka_run_group_tests("debugger data", tests, n, NULL, NULL);
}
