/* SPDX-License-Identifier: MIT */
/* Object headers and optional headers from bytes, and objects with type, name, path and body in a memory of the input. */
#include "fuzz_memory.h"

static void decode(const struct fuzz_machine *m, uint64_t offset)
{
	struct kst_object o[2] = { { .size = sizeof o[0] }, { .size = sizeof o[0] } };
	struct kst_layout_info info = { .size = sizeof info };
	uint32_t infos = 0;

	TRUTH(kst_layout_info(m->layout, &info) == KST_OK);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_object(m->layout, m->bytes, m->size, m->base, m->base + offset, &o[i], NULL) ==
		      KST_OK);
	TRUTH(memcmp(&o[0], &o[1], sizeof o[0]) == 0);
	TRUTH(o[0].body - o[0].header == (info.pointer_size == 4 ? 0x18u : 0x30u));
	for (unsigned i = 0; i < 8; i++) {
		if (o[0].info_address[i] == 0)
			continue;
		TRUTH(o[0].info_address[i] < o[0].header && o[0].header - o[0].info_address[i] <= 0x1100);
		infos |= 1u << i;
	}
	TRUTH(infos == o[0].infos);
	TRUTH(o[0].padding <= 0x1000);
	if (m->size < offset + (info.pointer_size == 4 ? 0xfu : 0x1bu))
		TRUTH((o[0].present & KST_OBJECT_HAS_INFOS) == 0);
	TRUTH((o[0].present & KST_OBJECT_HAS_CREATOR_PID) == 0 || (o[0].infos & KST_OBJECT_INFO_CREATOR) != 0);
	TRUTH((o[0].present & (KST_OBJECT_HAS_NAME | KST_OBJECT_HAS_TYPE_NAME)) == 0);
}

static void walk(const struct fuzz_machine *m, uint64_t address, uint32_t at)
{
	struct kst_object o = { .size = sizeof o };
	struct kst_object_body body = { .size = sizeof body };
	char text[96];
	kst_status st = kst_object_at(m->target, address, at, &o, NULL);

	TRUTH(st == KST_OK || st == KST_E_FAULT || st == KST_E_CORRUPT);
	if (st != KST_OK)
		return;
	TRUTH(memchr(o.name, 0, sizeof o.name) != NULL && memchr(o.type_name, 0, sizeof o.type_name) != NULL);
	TRUTH((o.present & KST_OBJECT_HAS_TYPE_NAME) == 0 || (o.present & KST_OBJECT_HAS_TYPE) != 0);
	memset(text, 0x55, sizeof text);
	st = kst_object_name(m->target, o.body, text, sizeof text, NULL);
	TRUTH(st <= KST_OK && memchr(text, 0, sizeof text) != NULL);
	st = kst_object_path(m->target, o.body, text, sizeof text, NULL);
	TRUTH(st <= KST_OK && memchr(text, 0, sizeof text) != NULL);
	for (unsigned kind = 0; kind < 8; kind++) {
		static const char *const types[] = { "File",    "Device",       "Driver",  "Key",
						     "Section", "SymbolicLink", "Process", "Thread" };

		strcpy(o.type_name, types[kind]); /* whatever it says it is */
		o.present |= KST_OBJECT_HAS_TYPE_NAME;
		TRUTH(kst_object_body(m->target, &o, &body, NULL) == KST_OK);
		TRUTH(body.kind == kind + 1);
		TRUTH(memchr(body.name, 0, sizeof body.name) != NULL);
		TRUTH((body.anomalies & KST_OBJECT_BODY_ANOMALY_SIGNATURE) == 0 || body.present == 0);
		TRUTH((body.anomalies & KST_OBJECT_BODY_ANOMALY_REFERENCE) == 0 || body.kind == KST_OBJECT_KIND_FILE ||
		      body.kind == KST_OBJECT_KIND_SECTION);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	uint32_t offset = fuzz_u32(&in) % 0x800;

	fuzz_machine(&m, &in);
	decode(&m, m.size == 0 ? 0 : offset % m.size);
	walk(&m, m.base + offset, offset % 3);
	walk(&m, m.base + 0x100, KST_OBJECT_AT_EITHER);
	fuzz_machine_free(&m);
	return 0;
}
