/* SPDX-License-Identifier: MIT */
/* A layout table of any bytes: refused with a reason, or every place that it gives is sound. */
#include "../../examples/kstate/tsv.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char message[160] = "";
	struct tsv *tsv = tsv_parse((const char *)data, size, message, sizeof message);
	struct kst_layout *layout;

	TRUTH((tsv == NULL) == (message[0] != '\0'));
	if (tsv == NULL)
		return 0;
	layout = malloc(kst_layout_size());
	TRUTH(layout != NULL);
	TRUTH(kst_layout_init(layout, kst_layout_size(), tsv_ops(tsv), tsv, "fuzz", NULL) == KST_OK);
	/* every name of the file is asked for as a path of every type that its line begins with */
	for (size_t at = 0; at < size;) {
		char line[256];
		size_t n = 0;
		char *dot;

		for (; at < size && data[at] != '\n'; at++) {
			if (n < sizeof line - 1 && data[at] != '\t')
				line[n++] = (char)data[at];
			else
				break;
		}
		line[n] = '\0';
		while (at < size && data[at++] != '\n')
			;
		dot = strchr(line, '.');
		if (dot != NULL) {
			struct kst_member m = { .size = sizeof m };

			*dot = '\0';
			if (tsv_ops(tsv)->member(tsv, line, dot + 1, &m) == KST_OK) {
				TRUTH(m.length > 0 && m.length <= 0x1000000);
				TRUTH(m.bit_pos + m.bit_len <= 8 * m.length);
			}
		}
	}
	free(layout);
	tsv_free(tsv);
	return 0;
}
