/* SPDX-License-Identifier: MIT */
/* Control areas, segments and subsections in memory that repeats the input: every walk ends. */
#include "fuzz.h"

struct memory {
	uint8_t *bytes;
	size_t size;
};

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct memory *m = user;

	*done = 0;
	if (space != KST_SPACE_KERNEL || m->size == 0)
		return KST_E_FAULT;
	fuzz_tile(m->bytes, m->size, address, buf, len);
	*done = len;
	return KST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t builds[] = { 3790, 7601, 10240, 19041 };
	static struct kst_layout *layouts[4];
	struct fuzz_input in = { data, size };
	size_t which = fuzz_u8(&in) % 4;
	struct kst_layout_key key = { .size = sizeof key, .arch = KST_ARCH_X64, .build = builds[which] };
	struct memory memory = { 0 };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity, .arch = KST_ARCH_X64, .paging = KST_PAGING_X64 };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = 40, .reader = &ops, .reader_user = &memory, .identity = &identity
	};
	struct kst_control_area area = { .size = sizeof area };
	struct kst_segment segment = { .size = sizeof segment };
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_section_page page = { .size = sizeof page };
	struct kst_target *target = NULL;
	struct kst_cursor cursor, pages;
	uint64_t address = fuzz_u64(&in), steps = 0;
	char name[16];
	kst_status st;

	if (layouts[which] == NULL) {
		layouts[which] = malloc(kst_layout_size());
		TRUTH(layouts[which] != NULL);
		TRUTH(kst_layout_init_builtin(layouts[which], kst_layout_size(), &key, NULL) == KST_OK);
	}
	config.layout = layouts[which];
	memory.bytes = fuzz_rest(&in, &memory.size);
	TRUTH(kst_decode_control_area(config.layout, memory.bytes, memory.size, address, &area, NULL) == KST_OK);
	TRUTH(kst_decode_segment(config.layout, memory.bytes, memory.size, address, &segment, NULL) == KST_OK);
	TRUTH(kst_decode_subsection(config.layout, 1, memory.bytes, memory.size, address, &sub, NULL) == KST_OK);
	TRUTH(memory.size != 0 || (segment.present == 0 && sub.present == 0));
	if (kst_target_create(&config, &target, NULL) == KST_OK) {
		if (kst_control_area_read(target, address, &area, &segment, NULL) == KST_OK) {
			memset(name, 'x', sizeof name);
			st = kst_control_area_file(target, &area, name, sizeof name, NULL);
			TRUTH(st != KST_OK || memchr(name, 0, sizeof name) != NULL);
			if (kst_subsections_begin(&cursor, target, &area, NULL) == KST_OK) {
				while ((st = kst_subsections_next(&cursor, &sub, NULL)) == KST_OK && steps++ < 20) {
					TRUTH(sub.control_area == area.address);
					TRUTH(kst_section_pages_begin(&pages, target, area.kind, &sub, NULL) == KST_OK);
					while ((st = kst_section_pages_next(&pages, &page, NULL)) == KST_OK)
						TRUTH(page.index < sub.ptes);
					TRUTH(st == KST_END || st == KST_E_LIMIT);
				}
			}
		}
		kst_target_destroy(target);
	}
	free(memory.bytes);
	return 0;
}
