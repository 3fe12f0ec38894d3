/* SPDX-License-Identifier: MIT */
/* Pages read from a target: whole, partly there, and with reads that fail. */
#include "support/pool_machine.h"

static struct kst_pool_header blocks[512];

/* A reader of virtual memory in pieces, as a triage dump has it. */
struct pieces {
	uint64_t base;
	const uint8_t *page;
	struct {
		uint32_t start, length;
	} parts[4];
	size_t count;
};

static kst_status read_pieces(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct pieces *p = user;

	(void)space;
	*done = 0;
	for (size_t i = 0; i < p->count; i++) {
		uint64_t start = p->base + p->parts[i].start, end = start + p->parts[i].length;

		if (address >= start && address < end) {
			*done = len < end - address ? len : (size_t)(end - address);
			memcpy(buf, p->page + (address - p->base), *done);
			return *done == len ? KST_OK : KST_E_FAULT;
		}
	}
	return KST_E_FAULT;
}

static kst_status next_piece(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	const struct pieces *p = user;

	(void)space;
	for (size_t i = 0; i < p->count; i++) {
		uint64_t start = p->base + p->parts[i].start, end = start + p->parts[i].length;

		if (address < end) {
			*start_out = start > address ? start : address;
			*length_out = end - *start_out;
			return KST_OK;
		}
	}
	return KST_END;
}

static void whole_page(void **state)
{
	struct kst_pool_page page = { .size = sizeof page };
	struct pool_machine m;
	uint64_t at;
	size_t done;

	(void)state;
	pool_machine_begin(&m, POOL_7_X64);
	at = m.kernel + 0x8e13000;
	pool_forge(image_page(m.img, at), POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	pool_machine_finish(&m);
	assert_int_equal(kst_pool_page_read(m.target, KST_SPACE_KERNEL, at + 0x318, 0, 0, blocks, sizeof blocks[0], 512,
					    &done, &page, NULL),
			 KST_OK);
	assert_int_equal(done, 20);
	assert_int_equal(page.consistent, 1);
	assert_true(page.address == at && blocks[5].address == at + 0x270);
	assert_int_equal(page.allocated, 17);
	assert_int_equal(
		kst_pool_page_read(m.target, KST_SPACE_KERNEL, at + 0x1000, 0, 0, NULL, 0, 0, NULL, &page, NULL),
		KST_E_FAULT);
	assert_int_equal(kst_pool_page_read(m.target, KST_SPACE_PHYSICAL, image_physical(m.img, at), 0, 0, NULL, 0, 0,
					    NULL, &page, NULL),
			 KST_OK);
	assert_int_equal(page.consistent, 1);
	assert_int_equal(kst_pool_page_read(NULL, KST_SPACE_KERNEL, at, 0, 0, NULL, 0, 0, NULL, &page, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_pool_page_read(m.target, KST_SPACE_KERNEL, at, 4, 0, NULL, 0, 0, NULL, &page, NULL),
			 KST_E_ARG);
	page.size = 8;
	assert_int_equal(kst_pool_page_read(m.target, KST_SPACE_KERNEL, at, 0, 0, NULL, 0, 0, NULL, &page, NULL),
			 KST_E_ABI);
	pool_machine_end(&m);
}

/* Pieces of 0x100 bytes, with the reader's help to find them and without. */
static void pieces_of_a_page(void **state)
{
	static uint8_t bytes[0x1000];
	struct pieces p = {
		0xfffffa8008e13000, bytes, { { 0, 0x100 }, { 0x180, 0x100 }, { 0x6c0, 0x100 }, { 0x840, 0x7c0 } }, 4
	};
	struct kst_layout *layout = pool_layout(POOL_7_X64);

	(void)state;
	pool_forge(bytes, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	for (int helped = 0; helped < 2; helped++) {
		struct kst_reader_ops ops = { .size = sizeof ops,
					      .read = read_pieces,
					      .next_range = helped ? next_piece : NULL };
		struct kst_target_config config = {
			.size = sizeof config, .reader = &ops, .reader_user = &p, .layout = layout
		};
		struct kst_pool_page page = { .size = sizeof page };
		struct kst_target *target;
		size_t done;

		assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
		assert_int_equal(kst_pool_page_read(target, KST_SPACE_KERNEL, p.base, 0, 0, blocks, sizeof blocks[0],
						    512, &done, &page, NULL),
				 KST_OK);
		/* the header at 150 is in no piece: what was sound before it stays */
		assert_int_equal(done, 1);
		assert_int_equal(page.rule, KST_POOL_RULE_UNREADABLE);
		assert_int_equal(page.offset, 0x150);
		assert_true((page.anomalies & KST_POOL_PAGE_ANOMALY_PARTIAL) != 0);
		assert_int_equal(kst_pool_page_read(target, KST_SPACE_KERNEL, p.base, 0, KST_POOL_PAGE_RESYNC, blocks,
						    sizeof blocks[0], 512, &done, &page, NULL),
				 KST_OK);
		if (helped) {
			/* 180, 1d0, 250, 270 (whose end is in a hole), and 840 to the end of the page */
			assert_int_equal(done, 1 + 4 + 9);
			assert_true(blocks[1].address == p.base + 0x180 && blocks[5].address == p.base + 0x840);
			assert_true((blocks[1].anomalies & KST_POOL_HEADER_ANOMALY_RESYNC) != 0);
			assert_true(blocks[done - 1].address == p.base + 0xea0);
		}
		kst_target_destroy(target);
	}
	free(layout);
}

static kst_status run(struct pool_machine *m, bool failing)
{
	struct kst_pool_page page = { .size = sizeof page, .blocks = 777 };
	uint64_t at = m->kernel + 0x8e13000;
	kst_status st = kst_pool_page_read(m->target, KST_SPACE_KERNEL, at, 0, KST_POOL_PAGE_RESYNC, blocks,
					   sizeof blocks[0], 512, NULL, &page, NULL);

	if (st != KST_OK)
		assert_int_equal(page.blocks, 777);
	else if (!failing)
		assert_int_equal(page.consistent, 1);
	else
		assert_true(page.consistent || page.rule == KST_POOL_RULE_UNREADABLE);
	return st;
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	pool_machine_begin(&m, POOL_7_X64);
	pool_forge(image_page(m.img, m.kernel + 0x8e13000), POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	pool_machine_finish(&m);
	pool_sweep(&m, run);
	pool_machine_end(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_page),
		cmocka_unit_test(pieces_of_a_page),
		cmocka_unit_test(survives_failing_reads),
	};

	return cmocka_run_group_tests_name("pool page", tests, NULL, NULL);
}
