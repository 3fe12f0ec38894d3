/* SPDX-License-Identifier: MIT */
/* Encoded headers of the segment heap: vectors computed from the published rules, every bit flipped, every length. */
#include "support/support.h"

#include <stdlib.h>

#define HEAP_KEY 0x1122334455667788u
#define LFH_KEY  0x99aabbccddeeff00u

static const struct kst_heap_key keys = { .size = sizeof keys,
					  .source = KST_HEAP_KEY_SYMBOLS,
					  .key = HEAP_KEY,
					  .bits_known = UINT64_MAX,
					  .lfh_key = LFH_KEY,
					  .lfh_known = 1 };

static void put(uint8_t *at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static struct kst_layout *layout_of(uint32_t build)
{
	return layout_builtin(KST_ARCH_X64, build, 0);
}

struct chunk_row {
	const char *name;
	uint64_t key, address, stored;
	uint64_t bytes, previous;
	uint32_t state;
};

/* The first is computed; the others are chunks of real systems. */
static const struct chunk_row chunks[] = {
	{ "computed", HEAP_KEY, 0xffff910ffe691ff0, 0xeedca25bab266878, 0x290, 0x100, KST_POOL_STATE_ALLOCATED },
	{ "real, MmSt", 0x620e994736767ee6, 0xffffad0ec1204bc0, 0x9df03453f74c3526, 0x1a0, 0x1a0,
	  KST_POOL_STATE_ALLOCATED },
	{ "real, MmDT", 0x7a9036e21d9a9b5d, 0xffff900e0f203e90, 0x856ea6e912b2a5cd, 0x80, 0x50,
	  KST_POOL_STATE_ALLOCATED },
};

static void decode_chunk(void **state)
{
	static const uint32_t builds[] = { 18362, 19041, 20348, 22000, 22621, 22631 };
	const struct chunk_row *row = *state;

	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct kst_layout *layout = layout_of(builds[i]);
		struct kst_heap_key key = keys;
		struct kst_vs_chunk c = { .size = sizeof c }, before;
		uint8_t bytes[16] = { 0 };

		key.key = row->key;
		put(bytes, row->stored, 8);
		bytes[8] = (uint8_t)((row->address ^ row->key ^ 3) & 0xff);
		assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, row->address, &key, &c, NULL), KST_OK);
		assert_int_equal(c.anomalies, 0);
		assert_int_equal(c.present, 0x3f);
		assert_true(c.bytes == row->bytes && c.previous_bytes == row->previous && c.state == row->state);
		assert_true(c.data == row->address + 16 && c.memory_cost == 0 && c.unused_bytes == 0);
		assert_true(c.subsegment == (row->address & ~(uint64_t)0xfff) - 0x3000);
		/* never a member beyond what is there */
		for (size_t len = 0; len < 16; len++) {
			memset(&before, 0x5a, sizeof before);
			before.size = sizeof before;
			c = before;
			if (len < 8) {
				assert_int_equal(kst_decode_vs_chunk(layout, bytes, len, row->address, &key, &c, NULL),
						 KST_E_FAULT);
				assert_memory_equal(&c, &before, sizeof c);
			} else {
				assert_int_equal(kst_decode_vs_chunk(layout, bytes, len, row->address, &key, &c, NULL),
						 KST_OK);
				assert_int_equal(c.present, len < 12 ? 0xf : 0x3f);
			}
		}
		/* bits of the key that nobody knows tell nothing */
		key.bits_known = 0xffff0000ffffffff;
		key.key &= key.bits_known;
		assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, row->address, &key, &c, NULL), KST_OK);
		assert_int_equal(c.present, 0x3f & ~KST_VS_CHUNK_HAS_PREVIOUS);
		assert_true(c.bytes == row->bytes && c.anomalies == 0);
		key.bits_known = 0;
		key.key = 0;
		assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, row->address, &key, &c, NULL), KST_OK);
		assert_int_equal(c.present, 0);
		free(layout);
	}
}

static void chunk_of_32_bits(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 19041, 0);
	struct kst_heap_key key = { .size = sizeof key, .key = 0x55667788, .bits_known = UINT32_MAX };
	struct kst_vs_chunk c = { .size = sizeof c };
	uint8_t bytes[8] = { 0xac, 0x57, 0x2f, 0x4f, 0x88 };

	(void)state;
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 8, 0x9a412000, &key, &c, NULL), KST_OK);
	assert_int_equal(c.anomalies, 0);
	assert_true(c.plain == 0x80080024 && c.bytes == 0x90 && c.previous_bytes == 0x40);
	assert_int_equal(c.state, KST_POOL_STATE_ALLOCATED);
	assert_true(c.subsegment == 0x9a412000 && c.data == 0x9a412008);
	free(layout);
}

static void chunk_anomalies(void **state)
{
	static const struct {
		uint64_t plain;
		uint32_t extra;
		uint64_t address;
		uint64_t anomalies;
	} rows[] = {
		{ 0x0001000400050000, 0, 0x10, 0 },
		{ 0x0000000400050007, 0, 0x10, 0 }, /* free chunks have a cost */
		{ 0x0001000400000000, 0, 0x10, KST_VS_CHUNK_ANOMALY_SIZE },
		{ 0x0001000400010000, 0, 0x10, KST_VS_CHUNK_ANOMALY_SIZE },
		{ 0x0003000400050000, 0, 0x10, KST_VS_CHUNK_ANOMALY_ALLOCATED },
		{ 0x0001000400050001, 0, 0x10, KST_VS_CHUNK_ANOMALY_MEMORY_COST },
		{ 0x0101000400050000, 0, 0x10, KST_VS_CHUNK_ANOMALY_SPARE },
		{ 0x0001000400050000, 0x400, 0x10, KST_VS_CHUNK_ANOMALY_SPARE },
		{ 0x0001000400050000, 0, 0x18, KST_VS_CHUNK_ANOMALY_MISALIGNED },
	};
	struct kst_layout *layout = layout_of(19041);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_vs_chunk c = { .size = sizeof c };
		uint64_t address = 0xffff910ffe690000 + rows[i].address;
		uint8_t bytes[16];

		put(bytes, rows[i].plain ^ address ^ HEAP_KEY, 8);
		put(bytes + 8, rows[i].extra, 8);
		assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, address, &keys, &c, NULL), KST_OK);
		assert_true(c.anomalies == rows[i].anomalies);
	}
	for (unsigned bit = 0; bit < 9; bit++)
		assert_non_null(kst_vs_chunk_anomaly_name((uint64_t)1 << bit));
	assert_null(kst_vs_chunk_anomaly_name(0x200));
	assert_string_equal(kst_vs_chunk_anomaly_name(KST_VS_CHUNK_ANOMALY_STATE), "state");
	free(layout);
}

static void vs_subsegment(void **state)
{
	struct kst_layout *layout = layout_of(22000);
	struct kst_vs_subsegment s = { .size = sizeof s };
	uint8_t bytes[0x28] = { 0 }, flipped[0x28];

	(void)state;
	put(bytes + 0x20, 0x10, 2);
	put(bytes + 0x22, 0x2bfd | 0x8000, 2);
	assert_int_equal(kst_decode_vs_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe690000, &s, NULL), KST_OK);
	assert_true(s.anomalies == 0 && s.bytes == 0x100 && s.first_chunk == 0xffff910ffe690030 && s.full_commit == 1);
	for (size_t len = 0; len < 0x24; len++)
		assert_int_equal(kst_decode_vs_subsegment(layout, bytes, len, 0, &s, NULL), KST_E_FAULT);
	for (unsigned bit = 0; bit < 32; bit++) {
		memcpy(flipped, bytes, sizeof bytes);
		flipped[0x20 + bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(
			kst_decode_vs_subsegment(layout, flipped, sizeof flipped, 0xffff910ffe690000, &s, NULL),
			KST_OK);
		/* the size's highest bit is in no signature, but a size of half a MiB leaves every range */
		if (bit == 31 || bit == 15)
			assert_true(s.anomalies == 0 && (s.bytes == 0x100 || s.bytes == 0x80100));
		else
			assert_true((s.anomalies & KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE) != 0);
	}
	assert_string_equal(kst_vs_subsegment_anomaly_name(KST_VS_SUBSEGMENT_ANOMALY_SIZE), "size");
	free(layout);
}

static void lfh_subsegment(void **state)
{
	static const uint64_t at = 0xffff910ffe613000;
	struct kst_layout *layout = layout_of(19041);
	struct kst_lfh_subsegment s = { .size = sizeof s };
	uint8_t bytes[0x38] = { 0 }, flipped[0x38];
	struct kst_heap_key none = keys;

	(void)state;
	put(bytes + 0x28, 0xdf611993, 4);
	put(bytes + 0x22, 0x1b, 2); /* blocks of 0x80 from 0x280 on: 27 fit into a page */
	put(bytes + 0x20, 3, 2);
	assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, at, 0x1000, &keys, &s, NULL), KST_OK);
	assert_true(s.present == 0xf && s.anomalies == 0 && s.plain == 0x02800080);
	assert_true(s.block_bytes == 0x80 && s.first_block == at + 0x280 && s.bitmap == at + 0x30 &&
		    s.block_count == 0x1b && s.free_count == 3);
	for (size_t len = 0; len < 0x2c; len++)
		assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, len, at, 0x1000, &keys, &s, NULL),
				 KST_E_FAULT);
	for (unsigned bit = 0; bit < 32; bit++) {
		memcpy(flipped, bytes, sizeof bytes);
		flipped[0x28 + bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(
			kst_decode_lfh_subsegment(layout, flipped, sizeof flipped, at, 0x1000, &keys, &s, NULL),
			KST_OK);
		/* the first block may be some units off: then its pool header is not where it must be */
		if (s.anomalies == 0)
			assert_true(bit >= 16 && s.first_block != at + 0x280);
	}
	none.lfh_known = 0;
	assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, at, 0, &none, &s, NULL), KST_OK);
	assert_int_equal(s.present, 0xe);
	free(layout);
}

static void page_segment(void **state)
{
	static const uint64_t at = 0xffff910ffe600000;
	static const struct member_row late[] = {
		{ "_HEAP_PAGE_SEGMENT", "Signature", 0x10, 8, 0, 0 },
		{ "_HEAP_PAGE_RANGE_DESCRIPTOR", "UnitOffset", 0x1a, 1, 0, 0 },
		{ "_HEAP_PAGE_RANGE_DESCRIPTOR", "UnitSize", 0x1f, 1, 0, 0 },
		{ "_HEAP_LFH_SUBSEGMENT", "BlockOffsets", 0x28, 4, 0, 0 },
		{ "_HEAP_LFH_SUBSEGMENT", "BlockBitmap", 0x40, 8, 0, 0 },
		{ "_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS", "BlockSize", 0, 2, 0, 0 },
		{ "_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS", "FirstBlockOffset", 2, 2, 0, 0 },
	};
	struct kst_layout *layout = layout_of(19041), *later = layout_from_rows(late, 7, 8);
	struct kst_page_segment s = { .size = sizeof s };
	struct kst_lfh_subsegment lfh = { .size = sizeof lfh };
	struct kst_heap_key partly = keys;
	uint8_t bytes[0x38] = { 0 };

	(void)state;
	put(bytes + 0x10, 0xb3c47de9e4f03865, 8);
	assert_int_equal(kst_decode_page_segment(layout, bytes, sizeof bytes, at, &keys, &s, NULL), KST_OK);
	assert_true(s.context == 0xffff910fed100140 && s.constant == 1 && s.anomalies == 0 && s.present == 3);
	for (size_t len = 0; len < 0x18; len++)
		assert_int_equal(kst_decode_page_segment(layout, bytes, len, at, &keys, &s, NULL), KST_E_FAULT);
	partly.bits_known = 0xffff0000ffffffff;
	assert_int_equal(kst_decode_page_segment(layout, bytes, sizeof bytes, at, &partly, &s, NULL), KST_OK);
	assert_int_equal(s.present, KST_PAGE_SEGMENT_HAS_LINKS);
	/* later forms: without the constant, and with the whole address shifted */
	put(bytes + 0x10, 0x11223344461676c8, 8);
	assert_int_equal(kst_decode_page_segment(later, bytes, sizeof bytes, at, &keys, &s, NULL), KST_OK);
	assert_true(s.context == 0xffff910fed100140 && s.constant == 0);
	put(bytes + 0x28, 0xcf911993, 4);
	assert_int_equal(
		kst_decode_lfh_subsegment(later, bytes, sizeof bytes, 0xffff910ffe613000, 0, &keys, &lfh, NULL),
		KST_OK);
	assert_int_equal(lfh.plain, 0x02800080);
	free(layout);
	free(later);
}

static void page_range(void **state)
{
	static const struct {
		uint8_t flags, last;
		uint32_t signature, kind, units, back, anomalies;
	} rows[] = {
		{ 0x0, 0, 0, KST_PAGE_RANGE_FREE, 0, 0, 0 },
		{ 0x2, 7, 0, KST_PAGE_RANGE_FREE, 7, 0, 0 },
		{ 0x1, 3, 0, KST_PAGE_RANGE_CONTINUATION, 0, 3, 0 },
		{ 0x1, 0, 0, KST_PAGE_RANGE_CONTINUATION, 0, 0, KST_PAGE_RANGE_ANOMALY_UNITS },
		{ 0x3, 2, 0xccddccdd, KST_PAGE_RANGE_BACKEND, 2, 0, 0 },
		{ 0xb, 1, 0xccddccdd, KST_PAGE_RANGE_LFH, 1, 0, 0 },
		{ 0xf, 16, 0xccddccdd, KST_PAGE_RANGE_VS, 16, 0, 0 },
		{ 0xf, 16, 0xccddccdc, KST_PAGE_RANGE_VS, 16, 0, KST_PAGE_RANGE_ANOMALY_SIGNATURE },
		{ 0x3, 0, 0xccddccdd, KST_PAGE_RANGE_BACKEND, 0, 0, KST_PAGE_RANGE_ANOMALY_UNITS },
		{ 0x7, 1, 0xccddccdd, KST_PAGE_RANGE_UNKNOWN, 0, 0, KST_PAGE_RANGE_ANOMALY_FLAGS },
	};
	struct kst_layout *x64 = layout_of(20348), *x86 = layout_builtin(KST_ARCH_X86, 18362, 0);
	struct kst_page_range r = { .size = sizeof r };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint8_t wide[0x20] = { 0 }, narrow[0x10] = { 0 };

		put(wide, rows[i].signature, 4);
		wide[0x18] = rows[i].flags;
		wide[0x1f] = rows[i].last;
		assert_int_equal(kst_decode_page_range(x64, wide, sizeof wide, 0x1000, &r, NULL), KST_OK);
		assert_true(r.kind == rows[i].kind && r.units == rows[i].units && r.unit_offset == rows[i].back &&
			    r.anomalies == rows[i].anomalies);
		put(narrow, rows[i].signature, 4);
		narrow[0xc] = (uint8_t)(rows[i].flags | 5u << 5);
		narrow[0xf] = rows[i].last;
		assert_int_equal(kst_decode_page_range(x86, narrow, sizeof narrow, 0x1000, &r, NULL), KST_OK);
		assert_true(r.kind == rows[i].kind && r.units == rows[i].units && r.unit_offset == rows[i].back &&
			    r.anomalies == rows[i].anomalies && r.committed == 5);
		for (size_t len = 0; len < sizeof wide; len++)
			assert_int_equal(kst_decode_page_range(x64, wide, len, 0x1000, &r, NULL), KST_E_FAULT);
	}
	assert_string_equal(kst_page_range_name(KST_PAGE_RANGE_VS), "vs");
	assert_string_equal(kst_page_range_name(9), "unknown");
	free(x64);
	free(x86);
}

static void large(void **state)
{
	struct kst_layout *layout = layout_of(18362);
	struct kst_heap_large l = { .size = sizeof l };
	uint8_t bytes[0x28] = { 0 };

	(void)state;
	put(bytes, 0xffff910ffe001000, 8);
	put(bytes + 8, 0xffff910ffe002000, 8);
	put(bytes + 16, 0xffff910ffe003001, 8);
	put(bytes + 0x18, 0xffff910f00000000 | 0x1234, 8);
	put(bytes + 0x20, (uint64_t)0x801 << 12 | 1, 8);
	assert_int_equal(kst_decode_heap_large(layout, bytes, sizeof bytes, 0xffff910ffe000000, &l, NULL), KST_OK);
	assert_true(l.address == 0xffff910f00000000 && l.bytes == 0x801000 && l.unused_bytes == 0x1234 &&
		    l.anomalies == 0);
	assert_true(l.left == 0xffff910ffe001000 && l.right == 0xffff910ffe002000 && l.parent == 0xffff910ffe003001);
	for (size_t len = 0; len < sizeof bytes; len++)
		assert_int_equal(kst_decode_heap_large(layout, bytes, len, 0, &l, NULL), KST_E_FAULT);
	put(bytes + 0x20, 0, 8);
	assert_int_equal(kst_decode_heap_large(layout, bytes, sizeof bytes, 0, &l, NULL), KST_OK);
	assert_int_equal(l.anomalies, KST_HEAP_LARGE_ANOMALY_EXTENT);
	free(layout);
}

/* Wrong calls, and layouts of systems without a segment heap. */
static void refuses(void **state)
{
	struct kst_layout *layout = layout_of(19041), *old = layout_of(17134);
	struct kst_heap_key bad = keys;
	struct kst_vs_chunk c = { .size = sizeof c }, odd = { .size = 4 };
	struct kst_vs_subsegment v = { .size = sizeof v };
	struct kst_lfh_subsegment l = { .size = sizeof l };
	struct kst_page_segment p = { .size = sizeof p };
	struct kst_page_range r = { .size = sizeof r };
	struct kst_heap_large h = { .size = sizeof h };
	uint8_t bytes[0x40] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_vs_chunk(NULL, bytes, 16, 0, &keys, &c, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, 0, NULL, &c, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, 0, &keys, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, 0, &keys, &odd, NULL), KST_E_ABI);
	bad.size = 4;
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 16, 0, &bad, &c, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_vs_chunk(old, bytes, 16, 0, &keys, &c, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_vs_subsegment(old, bytes, 64, 0, &v, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_lfh_subsegment(old, bytes, 64, 0, 0, &keys, &l, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_page_segment(old, bytes, 64, 0, &keys, &p, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_page_range(old, bytes, 64, 0, &r, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_heap_large(old, bytes, 64, 0, &h, NULL), KST_E_NO_MEMBER);
	assert_string_equal(kst_heap_key_source_name(KST_HEAP_KEY_RECOVERED), "recovered");
	assert_string_equal(kst_heap_key_anomaly_name(KST_HEAP_KEY_ANOMALY_CONTRADICTION), "contradiction");
	assert_string_equal(kst_page_segment_anomaly_name(1), "signature");
	assert_string_equal(kst_page_range_anomaly_name(4), "units");
	assert_string_equal(kst_lfh_subsegment_anomaly_name(8), "free-count");
	assert_string_equal(kst_heap_large_anomaly_name(1), "extent");
	free(layout);
	free(old);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chunk_of_32_bits),
		cmocka_unit_test(chunk_anomalies),
		cmocka_unit_test(vs_subsegment),
		cmocka_unit_test(lfh_subsegment),
		cmocka_unit_test(page_segment),
		cmocka_unit_test(page_range),
		cmocka_unit_test(large),
		cmocka_unit_test(refuses),
	};

	return RUN_TESTS_AND_ROWS("segment heap", tests, chunks, decode_chunk);
}
