/* SPDX-License-Identifier: MIT */
#include "system.h"

#include "view.h"

#include "../layout/layout.h"

#include <kstate/system.h>

/* Members of equal width, by block offset; gaps in the block are members too (reservedN) and stay 0. */
struct run {
	uint16_t offset;
	uint8_t width;
	uint8_t count;
};

static const struct run runs[] = {
	{ 0x18, 8, 3 },  { 0x30, 2, 4 },  { 0x38, 8, 76 }, { 0x298, 2, 21 }, { 0x2c8, 8, 3 }, { 0x2e0, 2, 20 },
	{ 0x308, 8, 6 }, { 0x338, 2, 3 }, { 0x340, 4, 4 }, { 0x350, 2, 7 },  { 0x360, 8, 2 }, { 0x370, 4, 3 },
	{ 0x37c, 2, 1 }, { 0x380, 4, 2 }, { 0x388, 8, 2 }, { 0x398, 2, 1 },
};

_Static_assert(sizeof(struct kst_debugger_data) == KST__BLOCK_KNOWN, "the struct mirrors the block");
_Static_assert(offsetof(struct kst_debugger_data, kernel_base) == KST__BLOCK_KERNEL_BASE,
	       "the struct mirrors the block");
_Static_assert(offsetof(struct kst_debugger_data, size_eprocess) == KST__BLOCK_SIZE_PROCESS,
	       "the struct mirrors the block");
_Static_assert(offsetof(struct kst_debugger_data, pte_base) == KST__BLOCK_PTE_BASE, "the struct mirrors the block");

static bool is_kernel_base(uint64_t base, uint32_t pointer_size)
{
	if (base % 0x1000 != 0)
		return false;
	return pointer_size == 4 ? (base & UINT32_MAX) >= 0x80000000u : base >= 0xff00000000000000u;
}

/* A list head with one entry: both links name the same place, a kernel address. */
static bool is_lone_list(const uint8_t *head, uint32_t pointer_size)
{
	uint64_t flink = kst__le(head, pointer_size);

	return flink == kst__le(head + pointer_size, pointer_size) &&
	       flink >= (pointer_size == 4 ? 0x80000000u : 0xff00000000000000u);
}

static bool is_tagged(const uint8_t *head)
{
	uint32_t size = kst__le32(head + KST__BLOCK_SIZE);

	return kst__le32(head + KST__BLOCK_TAG) == KST__BLOCK_TAG_VALUE && size >= KST__BLOCK_LEAST &&
	       size <= KST__BLOCK_MOST;
}

bool kst__block_head_ok(const uint8_t *head, uint32_t pointer_size)
{
	return is_tagged(head) && is_lone_list(head, pointer_size) &&
	       is_kernel_base(kst__le64(head + KST__BLOCK_KERNEL_BASE), pointer_size);
}

/* The mirror's members have the host's byte order, the block's are little-endian. */
static void store(uint8_t *place, unsigned width, uint64_t value)
{
	uint16_t v16 = (uint16_t)value;
	uint32_t v32 = (uint32_t)value;

	if (width == 2)
		memcpy(place, &v16, sizeof v16);
	else if (width == 4)
		memcpy(place, &v32, sizeof v32);
	else
		memcpy(place, &value, sizeof value);
}

kst_status kst_decode_debugger_data(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				    struct kst_debugger_data *out, struct kst_error *err)
{
	struct kst_debugger_data ours;
	const uint8_t *block = bytes;
	uint32_t size;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_debugger_data.size is not known");
	if (len < KST__BLOCK_KERNEL_BASE + 8)
		return kst__fail(err, KST_E_FAULT, address + len, "the head of the debugger data block is not there");
	if (!is_tagged(block))
		return kst__fail(err, KST_E_CORRUPT, address, "no debugger data block: tag or size is wrong");
	memset(&ours, 0, sizeof ours);
	ours.address = address;
	size = kst__le32(block + KST__BLOCK_SIZE);
	if (size > KST__BLOCK_KNOWN) {
		ours.anomalies |= KST_DEBUGGER_DATA_ANOMALY_NEWER;
		size = KST__BLOCK_KNOWN;
	}
	if (len < size) {
		ours.anomalies |= KST_DEBUGGER_DATA_ANOMALY_TRUNCATED;
		size = (uint32_t)len;
	}
	ours.valid_length = size;
	if (!is_kernel_base(kst__le64(block + KST__BLOCK_KERNEL_BASE), layout->info.pointer_size))
		ours.anomalies |= KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE;
	if (!is_lone_list(block, layout->info.pointer_size))
		ours.anomalies |= KST_DEBUGGER_DATA_ANOMALY_LIST;
	for (size_t i = 0; i < KST__COUNT(runs); i++) {
		for (unsigned k = 0; k < runs[i].count; k++) {
			size_t at = runs[i].offset + (size_t)k * runs[i].width;
			uint64_t value;

			if (!kst__within(at, runs[i].width, size))
				break;
			value = kst__le(block + at, runs[i].width);
			if (runs[i].width == 8 && layout->info.pointer_size == 4)
				value &= UINT32_MAX;
			store((uint8_t *)&ours + at, runs[i].width, value);
		}
	}
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

static uint64_t rotate_left(uint64_t value, unsigned by)
{
	by %= 64;
	return by == 0 ? value : value << by | value >> (64 - by);
}

kst_status kst_debugger_data_unveil(const void *encoded, size_t len, uint64_t wait_never, uint64_t wait_always,
				    uint64_t flag_address, void *plain_out, struct kst_error *err)
{
	const uint8_t *from = encoded;
	uint8_t *to = plain_out;

	if (encoded == NULL || plain_out == NULL || len % 8 != 0)
		return kst__fail(err, KST_E_ARG, 0, "a buffer is NULL or its length is no multiple of 8");
	for (size_t at = 0; at < len; at += 8) {
		uint64_t t = rotate_left(kst__le64(from + at) ^ wait_never, (unsigned)(wait_never & 0xff));
		uint64_t plain = 0;

		t ^= flag_address | 0xffff000000000000u;
		for (unsigned i = 0; i < 8; i++) /* the bytes in reverse order */
			plain |= (t >> (8 * i) & 0xff) << (56 - 8 * i);
		plain ^= wait_always;
		for (unsigned i = 0; i < 8; i++)
			to[at + i] = (uint8_t)(plain >> (8 * i));
	}
	return KST_OK;
}

const char *kst_debugger_data_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "kernel-base", "list", "truncated", "newer", "encoded" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
