/* SPDX-License-Identifier: MIT */
/* The records of all kinds of callbacks: every member at its place, on both pointer sizes; truncation. */
#include "decode/callback.h"
#include "support/places.h"

/* A decoder's result: the callback, and what it says beside. */
struct seen {
	struct kst_callback c;
	uint64_t more; /* address of the altitude, of the registration block or of the component's name */
};

static kst_status decode_block(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	return kst_decode_callback(layout, bytes, len, address, out, err);
}

static struct kst__view begin(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			      struct seen *seen)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);

	view.address = address;
	memset(seen, 0, sizeof *seen);
	seen->c.size = sizeof *seen;
	return view;
}

static kst_status decode_registry(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  void *out, struct kst_error *err)
{
	struct seen *seen = out;
	struct kst__view view = begin(layout, bytes, len, address, seen);

	(void)err;
	kst__decode_registry_callback(&view, &seen->c, &seen->more);
	return KST_OK;
}

static kst_status decode_object(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				void *out, struct kst_error *err)
{
	struct seen *seen = out;
	struct kst__view view = begin(layout, bytes, len, address, seen);

	(void)err;
	kst__decode_object_callback(&view, &seen->c, &seen->more);
	return KST_OK;
}

static kst_status decode_bugcheck(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  void *out, struct kst_error *err)
{
	struct seen *seen = out;
	struct kst__view view = begin(layout, bytes, len, address, seen);

	(void)err;
	kst__decode_bugcheck_callback(&view, false, &seen->c, &seen->more);
	return KST_OK;
}

static kst_status decode_reason(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				void *out, struct kst_error *err)
{
	struct seen *seen = out;
	struct kst__view view = begin(layout, bytes, len, address, seen);

	(void)err;
	kst__decode_bugcheck_callback(&view, true, &seen->c, &seen->more);
	return KST_OK;
}

/* Kernels compatible with 5.2 whose symbols have the type itself. */
static const struct member_row typed[] = { { "REGISTRY_CALLBACK", "Function", 0x10, 8, 0, 0 },
					   { "REGISTRY_CALLBACK", "Context", 0x18, 8, 0, 0 },
					   { "REGISTRY_CALLBACK", "Cookie", 0x20, 8, 0, 0 } };

enum { BLOCK, REGISTRY, OBJECT, BUGCHECK, REASON };
static decode_fn *const decoders[] = { decode_block, decode_registry, decode_object, decode_bugcheck, decode_reason };

#define HAS(bit) KST_CALLBACK_HAS_##bit
#define ODD(bit) KST_CALLBACK_ANOMALY_##bit

/* The forms of each record; a routine of 0 is no kernel address. */
static const struct form {
	int kind;
	uint32_t arch, build; /* 0: `typed` */
	uint16_t size;
	uint64_t present, anomalies;
	uint16_t altitude;
} forms[] = {
	{ BLOCK, KST_ARCH_X86, 2600, 0xc, HAS(FUNCTION) | HAS(CONTEXT), ODD(FUNCTION), 0 },
	{ BLOCK, KST_ARCH_X64, 7601, 0x18, HAS(FUNCTION) | HAS(CONTEXT), ODD(FUNCTION), 0 },
	{ REGISTRY, KST_ARCH_X86, 6000, 0x30, HAS(FUNCTION) | HAS(CONTEXT) | HAS(COOKIE), ODD(FUNCTION), 0x20 },
	{ REGISTRY, KST_ARCH_X64, 7601, 0x50, HAS(FUNCTION) | HAS(CONTEXT) | HAS(COOKIE), ODD(FUNCTION), 0x30 },
	{ REGISTRY, KST_ARCH_X64, 6000, 0x58, HAS(FUNCTION) | HAS(CONTEXT) | HAS(COOKIE), ODD(FUNCTION) | ODD(INFERRED),
	  0x38 },
	/* of this kernel little is known, and nothing that says it is old */
	{ REGISTRY, KST_ARCH_ARM64, 22000, 0x50, HAS(FUNCTION) | HAS(CONTEXT) | HAS(COOKIE), ODD(FUNCTION), 0x30 },
	{ REGISTRY, KST_ARCH_X64, 0, 0x28, HAS(FUNCTION) | HAS(CONTEXT) | HAS(COOKIE), ODD(FUNCTION), 0 },
	{ OBJECT, KST_ARCH_X86, 7601, 0x24, HAS(FUNCTION) | HAS(POST) | HAS(OBJECT_TYPE) | HAS(OPERATIONS),
	  ODD(FUNCTION) | ODD(INFERRED), 0 },
	{ OBJECT, KST_ARCH_X64, 19041, 0x40, HAS(FUNCTION) | HAS(POST) | HAS(OBJECT_TYPE) | HAS(OPERATIONS),
	  ODD(FUNCTION), 0 },
	{ BUGCHECK, KST_ARCH_X86, 2600, 0x20, HAS(FUNCTION) | HAS(CONTEXT) | HAS(STATE), ODD(FUNCTION), 0 },
	{ BUGCHECK, KST_ARCH_X64, 19041, 0x40, HAS(FUNCTION) | HAS(CONTEXT) | HAS(STATE), ODD(FUNCTION), 0 },
	{ REASON, KST_ARCH_X86, 2600, 0x1c, HAS(FUNCTION) | HAS(REASON) | HAS(STATE), ODD(FUNCTION), 0 },
	{ REASON, KST_ARCH_X64, 19041, 0x30, HAS(FUNCTION) | HAS(REASON) | HAS(STATE), ODD(FUNCTION), 0 },
};

#define NO        NOWHERE
#define C(member) INTO(kst_callback, member)
#define MORE      INTO(seen, more), 0

/* Columns: the forms of the kind in their order. */
static const struct place rows[] = {
	PLACE_OF(BLOCK, 0, "block: Function", AT(4, 8), POINTER, C(function), HAS(FUNCTION), 0xfffff880f11d1ea8,
		 ODD(FUNCTION)),
	PLACE_OF(BLOCK, 0, "block: Context", AT(8, 0x10), POINTER, C(context), HAS(CONTEXT), 0x908070604c616221, 0),
	PLACE_OF(REGISTRY, 0, "registry: Function", AT(0x1c, 0x28, 0x30, 0x28, 0x10), POINTER, C(function),
		 HAS(FUNCTION), 0xfffff880f11d1ea8, ODD(FUNCTION)),
	PLACE_OF(REGISTRY, 0, "registry: CallerContext", AT(0x18, 0x20, 0x28, 0x20, 0x18), POINTER, C(context),
		 HAS(CONTEXT), 0x9182736455463728, 0),
	PLACE_OF(REGISTRY, 0, "registry: Cookie", AT(0x10, 0x18, 0x18, 0x18, 0x20), 8, C(cookie), HAS(COOKIE),
		 0x81cf5a2b3c4d5e6f, 0),
	PLACE_OF(OBJECT, 0, "object: Operations", AT(8, 0x10), 4, C(operations), HAS(OPERATIONS), 0x83848586, 0),
	PLACE_OF(OBJECT, 0, "object: registration", AT(0x10, 0x18), POINTER, MORE, 0xffffe001a0b0c0d0, 0),
	PLACE_OF(OBJECT, 0, "object: ObjectType", AT(0x14, 0x20), POINTER, C(object_type), HAS(OBJECT_TYPE),
		 0xffffe001a1b1c1d1, 0),
	PLACE_OF(OBJECT, 0, "object: PreOperation", AT(0x18, 0x28), POINTER, C(function), HAS(FUNCTION),
		 0xfffff801a2b2c2d2, ODD(FUNCTION)),
	PLACE_OF(OBJECT, 0, "object: PostOperation alone", AT(0x1c, 0x30), POINTER, C(post_function), HAS(POST),
		 0xfffff801a3b3c3d3, ODD(FUNCTION)),
	PLACE_OF(BUGCHECK, 0, "bug check: CallbackRoutine", AT(8, 0x10), POINTER, C(function), HAS(FUNCTION),
		 0xfffff801b2b2c2d2, ODD(FUNCTION)),
	PLACE_OF(BUGCHECK, 0, "bug check: Buffer", AT(0xc, 0x18), POINTER, C(context), HAS(CONTEXT), 0xfffff801b3b3c3d3,
		 0),
	PLACE_OF(BUGCHECK, 0, "bug check: Component", AT(0x14, 0x28), POINTER, MORE, 0xfffff801b4b4c4d4, 0),
	PLACE_OF(BUGCHECK, 0, "bug check: State", AT(0x1c, 0x38), 1, C(state), HAS(STATE), 0x84, 0),
	PLACE_OF(REASON, 0, "reason: CallbackRoutine", AT(8, 0x10), POINTER, C(function), HAS(FUNCTION),
		 0xfffff801c2b2c2d2, ODD(FUNCTION)),
	PLACE_OF(REASON, 0, "reason: Component", AT(0xc, 0x18), POINTER, MORE, 0xfffff801c4b4c4d4, 0),
	PLACE_OF(REASON, 0, "reason: Reason", AT(0x14, 0x28), 4, C(reason), HAS(REASON), 0x93949596, 0),
	PLACE_OF(REASON, 0, "reason: State", AT(0x18, 0x2c), 1, C(state), HAS(STATE), 0x85, 0),
};

static struct kst_layout *layout_of(const struct form *form)
{
	return form->build == 0 ? layout_from_rows(typed, 3, 8) : layout_builtin(form->arch, form->build, 0);
}

static void places(void **state)
{
	const struct place *row = *state;
	size_t n = 0;

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		const struct form *form = &forms[i];
		struct seen zero = { .c = { .kind = form->kind == BLOCK ? KST_CALLBACK_PROCESS : 0,
					    .present = form->present,
					    .anomalies = form->anomalies,
					    .block = PLACE_ADDRESS },
				     .more = form->altitude == 0 ? 0 : PLACE_ADDRESS + form->altitude };
		struct kst_layout *layout;

		if (form->kind != row->kind)
			continue;
		layout = layout_of(form);
		place_check_form(row, &(struct place_form){ layout, form->size, &zero }, row->at[n++],
				 decoders[form->kind], form->kind == BLOCK ? sizeof zero.c : sizeof zero);
		free(layout);
	}
}

/* A routine is code of the kernel. What runs after the operation may stand alone, but excuses no other routine. */
static void routines(void **state)
{
	static const struct {
		int kind;
		uint32_t arch, build;
		uint16_t at, post_at;
		uint64_t function, post, anomalies;
	} cases[] = {
		{ BLOCK, KST_ARCH_X86, 2600, 4, 0, 0x80000000, 0, 0 },
		{ BLOCK, KST_ARCH_X86, 2600, 4, 0, 0x7fffffff, 0, ODD(FUNCTION) },
		{ BLOCK, KST_ARCH_X64, 19041, 8, 0, 0x8000000000000000, 0, 0 },
		{ BLOCK, KST_ARCH_X64, 19041, 8, 0, 0x7fffffffffffffff, 0, ODD(FUNCTION) },
		{ BLOCK, KST_ARCH_X64, 19041, 8, 0, 0x7ff612340000, 0, ODD(FUNCTION) },
		{ OBJECT, KST_ARCH_X64, 19041, 0x28, 0x30, 0xfffff80112340000, 0xfffff80112340010, 0 },
		{ OBJECT, KST_ARCH_X64, 19041, 0x28, 0x30, 0x7ff612340000, 0xfffff80112340010, ODD(FUNCTION) },
		{ OBJECT, KST_ARCH_X64, 19041, 0x28, 0x30, 1, 0, ODD(FUNCTION) },
		{ OBJECT, KST_ARCH_X64, 19041, 0x28, 0x30, 0, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		unsigned w = cases[i].arch == KST_ARCH_X86 ? 4 : 8;
		uint8_t bytes[0x40] = { 0 };
		struct seen seen;

		put_number(bytes, cases[i].at, w, cases[i].function);
		if (cases[i].post_at != 0)
			put_number(bytes, cases[i].post_at, w, cases[i].post);
		place_decode(decoders[cases[i].kind], layout, bytes, sizeof bytes, &seen, sizeof seen);
		assert_true(seen.c.anomalies == cases[i].anomalies);
		place_decode(decoders[cases[i].kind], layout, bytes, cases[i].at, &seen, sizeof seen);
		assert_true((seen.c.present & HAS(FUNCTION)) == 0 && seen.c.anomalies == 0);
		free(layout);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	refuses_wrong_calls(layout, decode_block, sizeof(struct kst_callback));
	NAMES_NUMBERS(kst_callback_kind_name, "unknown", "registry", "process", "thread", "image", "object",
		      "bugcheck");
	NAMES_BITS(kst_callback_anomaly_name, "no-module", "raw", "function", "unreadable", "inferred");
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(routines), cmocka_unit_test(calls_and_names) };

	return RUN_TESTS_AND_ROWS("callback", tests, rows, places);
}
