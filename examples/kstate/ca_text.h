/* SPDX-License-Identifier: MIT */
/* Control areas as !ca prints them. */
#ifndef KSTATE_CA_TEXT_H
#define KSTATE_CA_TEXT_H

#include "kstate.h"

void text_section_file(const struct session *session, const struct kst_control_area *area);
void text_control_area(const struct session *session, const struct kst_control_area *area,
		       const struct kst_segment *segment);

#endif
