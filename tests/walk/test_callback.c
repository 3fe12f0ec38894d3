/* SPDX-License-Identifier: MIT */
/* Callback arrays and lists of every generation, forged; the published listing; junk. */
#include "support/image.h"
#include "support/support.h"
#include "support/sweep.h"
#include "walk/target.h"

#include <stdlib.h>

/* A machine with one module, in which routines may lie. */
struct machine {
	struct image *img;
	struct kst_layout *layout; /* what is forged by */
	struct kst_layout *known;  /* what the target knows */
	uint64_t module, entry, modules;
	unsigned width;
};

static uint64_t offset_of(const struct machine *m, const char *type, const char *path)
{
	struct kst_member member = { .size = sizeof member };

	assert_int_equal(kst_layout_member(m->layout, type, path, &member), KST_OK);
	return member.offset;
}

static struct machine begin(uint32_t arch, uint32_t build)
{
	struct machine m = { 0 };

	m.known = layout_builtin(arch, build, 0);
	m.layout = layout_builtin(arch, build == 26100 ? 19041 : build, 0); /* of 26100 single members are known */
	m.img = image_new(arch == KST_ARCH_X86 ? KST_PAGING_X86 : KST_PAGING_X64);
	m.width = arch == KST_ARCH_X86 ? 4 : 8;
	m.module = arch == KST_ARCH_X86 ? 0xf9b92000 : 0xfffff880011d0000;
	m.modules = arch == KST_ARCH_X86 ? 0x80550000 : 0xfffff80002600000;
	m.entry = m.modules + 0x1000;
	image_put_list(m.img, m.modules, &m.entry, 1);
	image_put_member(m.img, m.layout, m.entry, "_LDR_DATA_TABLE_ENTRY", "DllBase", m.module);
	image_put_member(m.img, m.layout, m.entry, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage", 0x8000);
	image_put_string(m.img, m.entry + offset_of(&m, "_LDR_DATA_TABLE_ENTRY", "BaseDllName"), m.entry + 0x200,
			 "filter.sys");
	image_put_string(m.img, m.entry + offset_of(&m, "_LDR_DATA_TABLE_ENTRY", "FullDllName"), m.entry + 0x300,
			 "\\filter.sys");
	return m;
}

static void end(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
	free(m->known);
}

static struct kst_target *target_of(struct machine *m, const char *symbol, uint64_t address)
{
	struct kst_symbol symbols[] = { { m->modules, "PsLoadedModuleList" }, { address, symbol } };

	return image_target_symbols(m->img, m->known, symbols, 2);
}

struct array_row {
	const char *name;
	uint32_t arch, build;
	const char *symbol;
	uint32_t kind, slots;
};

static const struct array_row arrays[] = {
	{ "process, XP x86", KST_ARCH_X86, 2600, "PspCreateProcessNotifyRoutine", KST_CALLBACK_PROCESS, 8 },
	{ "process, Vista", KST_ARCH_X64, 6000, "PspCreateProcessNotifyRoutine", KST_CALLBACK_PROCESS, 12 },
	{ "thread, Vista", KST_ARCH_X64, 6000, "PspCreateThreadNotifyRoutine", KST_CALLBACK_THREAD, 8 },
	{ "process, Vista SP1", KST_ARCH_X86, 6001, "PspCreateProcessNotifyRoutine", KST_CALLBACK_PROCESS, 64 },
	{ "image, 7", KST_ARCH_X64, 7600, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 8 },
	{ "image, 8.1", KST_ARCH_X64, 9600, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 64 },
	{ "thread, 19041", KST_ARCH_X64, 19041, "PspCreateThreadNotifyRoutine", KST_CALLBACK_THREAD, 64 },
	{ "process, 26100", KST_ARCH_X64, 26100, "PspCreateProcessNotifyRoutine", KST_CALLBACK_PROCESS, 64 },
	{ "image, 26100", KST_ARCH_X64, 26100, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 64 },
	{ "image, 2003", KST_ARCH_X86, 3790, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 8 },
	{ "image, Vista SP2", KST_ARCH_X64, 6002, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 8 },
	{ "thread, Vista SP1", KST_ARCH_X64, 6001, "PspCreateThreadNotifyRoutine", KST_CALLBACK_THREAD, 64 },
	{ "image, 8", KST_ARCH_X64, 9200, "PspLoadImageNotifyRoutine", KST_CALLBACK_IMAGE, 8 },
	{ "registry, XP x86", KST_ARCH_X86, 2600, "CmpCallBackVector", KST_CALLBACK_REGISTRY, 100 },
};

/* The first and the last slot are in use, the one after the last must not be looked at; holes are stepped over. */
static void reads_whole_arrays(void **state)
{
	const struct array_row *row = *state;
	struct machine m = begin(row->arch, row->build);
	uint64_t array = m.modules + 0x10000, block = m.modules + 0x20000;
	uint32_t slots[] = { 0, row->slots - 1, row->slots };
	struct kst_callback c = { .size = sizeof c };
	struct kst_cursor cursor;
	struct kst_target *t;

	image_page(m.img, array);
	for (uint32_t i = 0; i < 3; i++) {
		image_put_pointer(m.img, array + slots[i] * m.width, (block + i * 0x40) | (m.width - 1));
		image_put_pointer(m.img, block + i * 0x40 + m.width,
				  i == 1 ? 0xfffffffffffff000 : m.module + 0x100 * i);
		image_put_pointer(m.img, block + i * 0x40 + 2 * m.width, 0x1234 + i);
	}
	t = target_of(&m, row->symbol, array);
	assert_int_equal(kst_callback_kinds(t), 1u << row->kind);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
		assert_int_equal(c.kind, row->kind);
		assert_int_equal(c.slot, slots[i]);
		assert_true(c.block == block + i * 0x40 && c.raw == (c.block | (m.width - 1)) &&
			    c.context == 0x1234 + i);
		assert_int_equal(c.anomalies, i == 1 ? KST_CALLBACK_ANOMALY_NO_MODULE : 0);
		assert_true(((c.present & KST_CALLBACK_HAS_MODULE) != 0) == (i == 0));
		if (i == 0)
			assert_string_equal(c.module, "filter.sys");
	}
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	end(&m);
}

struct list_row {
	const char *name;
	uint32_t arch, build;
	unsigned function, context, altitude;
	uint64_t anomalies;
};

/* The published Windows 7 x64 listing: function fffff880`011d1ea8 through offset 28 of the entry. */
static const struct list_row lists[] = {
	{ "registry list, 7 x64", KST_ARCH_X64, 7600, 0x28, 0x20, 0x30, 0 },
	{ "registry list, 19041", KST_ARCH_X64, 19041, 0x28, 0x20, 0x30, 0 },
	{ "registry list, 26100", KST_ARCH_X64, 26100, 0x28, 0x20, 0x30, 0 },
	{ "registry list, Vista x64", KST_ARCH_X64, 6001, 0x30, 0x28, 0x38, KST_CALLBACK_ANOMALY_INFERRED },
	{ "registry list, 7 x86", KST_ARCH_X86, 7601, 0x1c, 0x18, 0x20, 0 },
};

static void walks_registry_lists(void **state)
{
	const struct list_row *row = *state;
	struct machine m = begin(row->arch, row->build);
	uint64_t head = m.modules + 0x10000, entries[2] = { head + 0x1000, head + 0x2000 };
	uint64_t function = row->arch == KST_ARCH_X64 ? 0xfffff880011d1ea8 : m.module + 0x1ea8;
	struct kst_callback c = { .size = sizeof c };
	struct kst_cursor cursor;
	struct kst_target *t;

	image_put_list(m.img, head, entries, 2);
	for (unsigned i = 0; i < 2; i++) {
		image_put64(m.img, entries[i] + (m.width == 4 ? 0x10 : 0x18), 0x1d707f23dbb3399 + i);
		image_put_pointer(m.img, entries[i] + row->function, function + i);
		image_put_pointer(m.img, entries[i] + row->context, 0x77 + i);
		image_put_string(m.img, entries[i] + row->altitude, entries[i] + 0x100, i == 0 ? "320000.1" : "410000");
	}
	t = target_of(&m, "CallbackListHead", head);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 1u << KST_CALLBACK_REGISTRY, NULL), KST_OK);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
		assert_true(c.function == function + i && c.context == 0x77 + i &&
			    c.cookie == UINT64_C(0x1d707f23dbb3399) + i);
		assert_string_equal(c.name, i == 0 ? "320000.1" : "410000");
		assert_string_equal(c.module, "filter.sys");
		assert_int_equal(c.anomalies, row->anomalies);
	}
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	/* a loop that does not contain the head, and a list that leads into a hole: told, and the walk goes on */
	image_put_pointer(m.img, entries[1], entries[0] + 0); /* back to the first for ever */
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	for (unsigned n = 0; kst_callbacks_next(&cursor, &c, NULL) == KST_OK; n++)
		assert_true(n < 10);
	assert_int_equal(kst_cursor_anomalies(&cursor), KST_WALK_ANOMALY_SKIPPED);
	image_put_pointer(m.img, entries[1], head + 0x500000);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	for (unsigned n = 0; n < 2; n++)
		assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	assert_int_equal(kst_cursor_anomalies(&cursor), KST_WALK_ANOMALY_SKIPPED);
	end(&m);
}

static void walks_object_and_bugcheck_lists(void **state)
{
	struct machine m = begin(KST_ARCH_X64, 19041);
	uint64_t type = m.modules + 0x10000, variable = type + 0x1000, entry = type + 0x2000,
		 registration = type + 0x3000;
	uint64_t head = type + 0x4000, record = type + 0x5000;
	struct kst_callback c = { .size = sizeof c };
	struct kst_cursor cursor;
	struct kst_target *t;

	(void)state;
	image_put_pointer(m.img, variable, type);
	image_put_list(m.img, type + offset_of(&m, "_OBJECT_TYPE", "CallbackList"), &entry, 1);
	image_put32(m.img, entry + 0x10, 3);
	image_put64(m.img, entry + 0x18, registration);
	image_put64(m.img, entry + 0x20, type);
	image_put64(m.img, entry + 0x28, m.module + 0x10);
	image_put64(m.img, entry + 0x30, m.module + 0x20);
	image_put64(m.img, registration + 8, 0x4711);
	image_put_string(m.img, registration + 0x10, registration + 0x80, "28300");
	t = target_of(&m, "PsProcessType", variable);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 1u << KST_CALLBACK_OBJECT, NULL), KST_OK);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_true(c.block == entry && c.function == m.module + 0x10 && c.post_function == m.module + 0x20);
	assert_true(c.object_type == type && c.operations == 3 && c.context == 0x4711);
	assert_string_equal(c.name, "28300");
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	image_put_list(m.img, head, &record, 1);
	image_put64(m.img, record + 0x10, m.module + 0x30);
	image_put64(m.img, record + 0x18, record + 0x100);
	image_put32(m.img, record + 0x28, 2);
	image_put8(m.img, record + 0x2c, 1);
	image_put(m.img, record + 0x100, "hdaudio", 8);
	t = target_of(&m, "KeBugCheckReasonCallbackListHead", head);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_true(c.kind == KST_CALLBACK_BUGCHECK && c.function == m.module + 0x30 && c.reason == 2 && c.state == 1);
	assert_string_equal(c.name, "hdaudio");
	image_put64(m.img, record + 0x10, m.module + 0x40); /* as a plain record: Component at 28 */
	image_put64(m.img, record + 0x28, record + 0x100);
	image_put8(m.img, record + 0x38, 4);
	t = target_of(&m, "KeBugCheckCallbackListHead", head);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_true(c.function == m.module + 0x40 && c.state == 4 && (c.present & KST_CALLBACK_HAS_REASON) == 0);
	assert_string_equal(c.name, "hdaudio");
	end(&m);
}

static void tells_junk(void **state)
{
	struct machine m = begin(KST_ARCH_X64, 19041);
	uint64_t array = m.modules + 0x10000;
	struct kst_callback c = { .size = sizeof c };
	struct kst_cursor cursor;
	struct kst_target *t;

	(void)state;
	image_page(m.img, array);
	image_put64(m.img, array, 0x4141414141414141);
	image_put64(m.img, array + 8, 0xffff90000000000f);
	t = target_of(&m, "PspLoadImageNotifyRoutine", array);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_int_equal(c.anomalies, KST_CALLBACK_ANOMALY_RAW);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
	assert_int_equal(c.anomalies, KST_CALLBACK_ANOMALY_UNREADABLE);
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	assert_int_equal(kst_callbacks_begin(&cursor, image_target(m.img, m.layout), 0, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0x40, NULL), KST_E_ARG);
	end(&m);
}

/* A list of modules as long as the budget: the callbacks come all the same, the later ones without their modules. */
static void bounds_the_look_ups(void **state)
{
	enum { MANY = 50 };
	struct machine m = begin(KST_ARCH_X64, 19041);
	uint64_t array = m.modules + 0x20000, block = m.modules + 0x21000;
	struct kst_callback c = { .size = sizeof c };
	struct kst_cursor cursor;
	uint64_t entries[MANY];
	struct kst_target *t;

	(void)state;
	for (uint32_t i = 0; i < MANY; i++)
		entries[i] = m.entry + 0x400 * i;
	image_put_list(m.img, m.modules, entries, MANY);
	image_page(m.img, array);
	for (uint32_t i = 0; i < 4; i++) {
		image_put64(m.img, array + 8 * i, (block + 0x40 * i) | 15);
		image_put64(m.img, block + 0x40 * i + 8, m.module + (i == 0 ? 0 : 0x10000));
	}
	t = target_of(&m, "PspLoadImageNotifyRoutine", array);
	t->config.step_budget = 1 + 2 * MANY - 1; /* what the third needs less one */
	assert_int_equal(kst_callbacks_begin(&cursor, t, 0, NULL), KST_OK);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_OK);
		assert_int_equal(c.slot, i);
		assert_true(((c.present & KST_CALLBACK_HAS_MODULE) != 0) == (i == 0));
		assert_true(c.anomalies == (i == 1 ? KST_CALLBACK_ANOMALY_NO_MODULE : 0));
	}
	assert_int_equal(kst_callbacks_next(&cursor, &c, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	end(&m);
}

static void survives_every_failing_read(void **state)
{
	struct machine m = begin(KST_ARCH_X64, 7600);
	uint64_t head = m.modules + 0x10000, entry = head + 0x1000;
	struct kst_target *t;

	(void)state;
	image_put_list(m.img, head, &entry, 1);
	image_put64(m.img, entry + 0x28, m.module);
	image_put_string(m.img, entry + 0x30, entry + 0x100, "1");
	t = target_of(&m, "CallbackListHead", head);
	SWEEP(m.img, kst_callback, kst_callbacks_begin(&sweep.cursor, t, 0, &sweep.err), kst_callbacks_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	end(&m);
}

int main(void)
{
	struct CMUnitTest tests[32] = { { 0 } };
	size_t count = ROWS_TO_TESTS(tests, arrays, reads_whole_arrays);

	count += ROWS_TO_TESTS(tests + count, lists, walks_registry_lists);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(walks_object_and_bugcheck_lists);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(tells_junk);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(survives_every_failing_read);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(bounds_the_look_ups);
	return _cmocka_run_group_tests("callbacks", tests, count, NULL, NULL);
}
