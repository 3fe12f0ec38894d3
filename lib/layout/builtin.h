/* SPDX-License-Identifier: MIT */
/* The built-in tables: arrays that lib/layout/generate.py makes of the .tsv files beside it. */
#ifndef KST_LAYOUT_BUILTIN_H
#define KST_LAYOUT_BUILTIN_H

#include "layout.h"

enum kst__pte_mode { KST__PTE_ANY, KST__PTE_NARROW, KST__PTE_WIDE };

/* One layout: the revisions first to last of a build. Sorted by architecture, version, first revision. */
struct kst__builtin {
	uint16_t build;
	uint16_t first, last;                            /* both 0: as released, or the only one known of this build */
	uint16_t name;                                   /* start in kst__builtin_names */
	uint16_t eprocess_size, ethread_size, prcb_size; /* 0: not known */
	uint8_t arch;
	uint8_t mode;    /* enum kst__pte_mode */
	uint8_t same;    /* every wanted member is where it is in the layout before, which is of the same build */
	uint8_t symbols; /* 1 + row of kst__builtin_symbols; 0: none */
};

extern const uint32_t kst__builtin_count;
extern const struct kst__builtin kst__builtins[];
extern const char kst__builtin_names[];
extern const uint16_t kst__builtin_aliases[]; /* pairs: build, the build whose kernel it runs; ends with 0, 0 */
extern const uint32_t kst__builtin_bytes;
extern const uint8_t kst__builtin_stream[];
extern const uint8_t kst__builtin_pte[];      /* a bit per member: its place depends on the width of a PTE */
extern const uint32_t kst__builtin_symbols[]; /* KST__SYMBOL_COUNT to a row; 0: absent */

/* What is known of every kernel in the list: values by set of rows, and the members that they place. */
enum kst__field_kind { KST__FIELD_PLAIN, KST__FIELD_POINTER_SHIFT, KST__FIELD_ATTRIBUTES_SHIFT };

struct kst__field_use {
	uint16_t member;
	uint8_t field;
	uint8_t length;
	uint8_t kind; /* enum kst__field_kind */
};

#define KST__FIELD_ABSENT 0xffff

extern const uint32_t kst__field_count, kst__field_set_count, kst__field_use_count;
extern const uint16_t kst__field_values[]; /* kst__field_count to a set */
extern const struct kst__field_use kst__field_uses[];

/* Places of single members that no table tells; build 0: in every build without a table. */
struct kst__stated {
	uint16_t build;
	uint16_t member;
	uint16_t offset, length;
	uint8_t arch;
	uint8_t bit_pos, bit_len;
	uint8_t reserved0;
};

extern const uint32_t kst__stated_count;
extern const struct kst__stated kst__stateds[];

/* Is anything stated of just this build? */
bool kst__stated_of(uint32_t arch, uint32_t build);
/* Fill gaps of a layout with what is stated of its build and, without a table, of all of them. */
void kst__stated_lay(struct kst_layout *layout, uint32_t arch, uint32_t build, bool without_table);

/* Kernels, ascending by time stamp, then by size in pages. */
#define KST__KERNEL_ARCH 3
#define KST__KERNEL_LA57 4

extern const uint32_t kst__kernel_count;
extern const uint32_t kst__kernel_stamp[];
extern const uint16_t kst__kernel_pages[];
extern const uint16_t kst__kernel_build[];
extern const uint16_t kst__kernel_revision[];
extern const uint8_t kst__kernel_kind[];
extern const uint8_t kst__kernel_fields[];

/* Index of the first kernel with this pair; kst__kernel_count when there is none. */
uint32_t kst__kernel_find(uint32_t time_date_stamp, uint32_t size_of_image);
bool kst__kernel_ambiguous(uint32_t kernel);

/* Lay the few members that are known of a kernel over a layout; the rest stays. */
void kst__kernel_lay(struct kst_layout *layout, uint32_t kernel);

#endif
