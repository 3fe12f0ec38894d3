/* SPDX-License-Identifier: MIT */
#include "support/processes.h"
#include "support/sweep.h"

#include <stdlib.h>

/* The three forms of the tree. Offsets come from the built-in layouts. */
struct row {
	const char *name;
	uint32_t paging, arch, build;
	uint64_t root_at; /* of the root pointer, from VadRoot: 0, or the right child of the embedded node */
	const char *type, *left, *right;
};

static const struct row rows[] = {
	{ "xp", KST_PAGING_X86, KST_ARCH_X86, 2600, 0, "_MMVAD_SHORT", "LeftChild", "RightChild" },
	{ "7", KST_PAGING_X64, KST_ARCH_X64, 7601, 0x10, "_MMVAD_SHORT", "LeftChild", "RightChild" },
	{ "10", KST_PAGING_X64, KST_ARCH_X64, 19041, 0, "_MMVAD_SHORT", "VadNode.Left", "VadNode.Right" },
};

struct world {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	struct kst_process process;
	const struct row *row;
	uint64_t node[7];
};

static void link_node(const struct world *w, uint64_t node, uint64_t left, uint64_t right)
{
	image_put_member(w->img, w->layout, node, w->row->type, w->row->left, left);
	image_put_member(w->img, w->layout, node, w->row->type, w->row->right, right);
}

/* Seven ranges in a full tree: node i covers pages 16 i + 16 … 16 i + 23. */
static struct world make(const struct row *row)
{
	struct world w = { .img = image_new(row->paging),
			   .layout = layout_builtin(row->arch, row->build, 0),
			   .row = row };
	uint64_t base = row->arch == KST_ARCH_X86 ? 0x89e10000 : 0xffffa80000010000;

	w.process.size = sizeof w.process;
	w.process.present = KST_PROCESS_HAS_VAD_ROOT;
	w.process.vad_root = base;
	for (int i = 0; i < 7; i++) {
		w.node[i] = base + 0x1000 + (uint64_t)i * 0x1000;
		image_put_member(w.img, w.layout, w.node[i], row->type, "StartingVpn", 16u * (uint64_t)i + 16);
		image_put_member(w.img, w.layout, w.node[i], row->type, "EndingVpn", 16u * (uint64_t)i + 23);
		link_node(&w, w.node[i], 0, 0);
	}
	link_node(&w, w.node[3], w.node[1], w.node[5]);
	link_node(&w, w.node[1], w.node[0], w.node[2]);
	link_node(&w, w.node[5], w.node[4], w.node[6]);
	image_put_pointer(w.img, base + row->root_at, w.node[3]);
	w.target = forged_target(w.img, w.layout);
	return w;
}

static void end(struct world *w)
{
	image_free(w->img);
	free(w->layout);
}

static void in_order(void **state)
{
	struct world w = make(*state);
	struct kst_vad v = { .size = sizeof v };
	struct kst_cursor cursor;

	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	for (uint64_t i = 0; i < 7; i++) {
		assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_OK);
		assert_true(v.address == w.node[i] && v.start == (16 * i + 16) << 12 &&
			    v.end == ((16 * i + 24) << 12) - 1);
		assert_true(v.anomalies == 0);
	}
	assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	/* an empty tree */
	image_put_pointer(w.img, w.process.vad_root + w.row->root_at, 0);
	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_END);
	end(&w);
}

static void hostile_trees_end(void **state)
{
	struct world w = make(*state);
	struct kst_vad v = { .size = sizeof v };
	struct kst_cursor cursor;
	kst_status st;

	/* down to itself: deeper than any tree */
	link_node(&w, w.node[0], w.node[3], 0);
	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_E_CORRUPT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_E_CORRUPT);
	/* back up from the far right: out of order */
	link_node(&w, w.node[0], 0, 0);
	link_node(&w, w.node[6], 0, w.node[0]);
	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	while ((st = kst_vads_next(&cursor, &v, NULL)) == KST_OK)
		assert_true(kst_cursor_count(&cursor) < 20);
	assert_int_equal(st, KST_E_CORRUPT);
	assert_int_equal(kst_cursor_count(&cursor), 7);
	/* a branch that is not there, and one that leads out of the kernel: stepped over */
	link_node(&w, w.node[6], 0x1000, 0);
	image_unmap(w.img, w.node[1]);
	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	while ((st = kst_vads_next(&cursor, &v, NULL)) == KST_OK)
		assert_true(v.address != w.node[1]);
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_count(&cursor), 4);
	assert_true(kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED);
	end(&w);
}

/* XP's tree is not balanced: it may be a list, to the left or to and fro. */
static void deep_trees(void **state)
{
	const bool deep = ((const struct row *)*state)->build == 2600;

	for (unsigned form = 0; form < 2; form++) {
		struct world w = make(*state);
		struct kst_vad v = { .size = sizeof v };
		struct kst_cursor cursor;
		uint64_t n = 0, low = 0, high = 300, up = w.process.vad_root + w.row->root_at, last = 0;
		kst_status st;

		/* the ends of what is left over, in turn; or its upper end */
		for (uint64_t i = 0; i < 300; i++) {
			uint64_t node = w.node[6] + 0x1000 + 0x100 * i, at = form == 0 || i % 2 == 0 ? --high : low++;

			image_put_member(w.img, w.layout, node, w.row->type, "StartingVpn", at + 16);
			image_put_member(w.img, w.layout, node, w.row->type, "EndingVpn", at + 16);
			link_node(&w, node, 0, 0);
			if (i == 0)
				image_put_pointer(w.img, up, node);
			else
				image_put_member(w.img, w.layout, last, w.row->type,
						 form == 0 || i % 2 != 0 ? w.row->left : w.row->right, node);
			last = node;
		}
		assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
		while ((st = kst_vads_next(&cursor, &v, NULL)) == KST_OK)
			assert_true(v.start == (16 + n++) << 12 && v.anomalies == 0);
		assert_int_equal(st, deep ? KST_END : KST_E_CORRUPT);
		assert_true(deep ? n == 300 : n < 300);
		end(&w);
	}
}

static void every_read_may_fail(void **state)
{
	struct world w = make(*state);

	SWEEP(w.img, kst_vad, kst_vads_begin(&sweep.cursor, w.target, &w.process, &sweep.err), kst_vads_next)
		assert_true(sweep.status != KST_E_LIMIT && sweep.status != KST_E_NO_MEMBER);
	end(&w);
}

static void refuses(void **state)
{
	struct world w = make(&rows[2]);
	struct kst_process none = { .size = sizeof none };
	struct kst_vad v = { .size = 4, .start = 9 };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_vads_begin(&cursor, w.target, &none, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_vads_begin(&cursor, w.target, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_vads_begin(&cursor, w.target, &w.process, NULL), KST_OK);
	assert_int_equal(kst_vads_next(&cursor, &v, NULL), KST_E_ABI);
	assert_true(v.start == 9);
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[1 + 4 * sizeof rows / sizeof rows[0]] = { cmocka_unit_test(refuses) };
	size_t n = 1;

	n += ROWS_TO_TESTS(tests + n, rows, in_order);
	n += ROWS_TO_TESTS(tests + n, rows, hostile_trees_end);
	n += ROWS_TO_TESTS(tests + n, rows, every_read_may_fail);
	n += ROWS_TO_TESTS(tests + n, rows, deep_trees);
	return _cmocka_run_group_tests("vads", tests, n, NULL, NULL);
}
