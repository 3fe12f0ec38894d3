/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_SECTION_H
#define KST_DECODE_SECTION_H

#include "view.h"

#include <kstate/section.h>

/* As the public decoders, over any view; *out is written whole. */
void kst__decode_control_area(const struct kst__view *view, uint64_t address, struct kst_control_area *out);
void kst__decode_segment(const struct kst__view *view, uint64_t address, struct kst_segment *out);
void kst__decode_subsection(const struct kst__view *view, bool mapped, uint64_t address, struct kst_subsection *out);

#endif
