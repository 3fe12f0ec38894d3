/* SPDX-License-Identifier: MIT */
/* Bounds, size-first structs, names. */
#include "core/core.h"
#include "support/support.h"

struct ours { /* version two: v2 was appended */
	uint32_t size;
	uint32_t v1;
	uint64_t v2;
};

static void writes_what_the_caller_has_room_for(void **state)
{
	const struct ours result = { 0, 0x11, 0x22 };
	struct ours small = { 8, 0, 0x77 }, exact = { sizeof exact, 0, 0 };
	struct {
		struct ours known;
		uint64_t v3;
	} large = { { sizeof large, 0, 0 }, 0x99 };

	(void)state;
	kst__out_write(&small, &result, sizeof result);
	assert_true(small.size == 8 && small.v1 == 0x11 && small.v2 == 0x77);
	kst__out_write(&exact, &result, sizeof result);
	assert_true(exact.size == sizeof exact && exact.v1 == 0x11 && exact.v2 == 0x22);
	kst__out_write(&large, &result, sizeof result);
	assert_true(large.known.size == sizeof large && large.known.v2 == 0x22 && large.v3 == 0x99);
	assert_true(!kst__out_ok(7, 8) && kst__out_ok(8, 8) && kst__out_ok(4096, 8) && !kst__out_ok(4097, 8));
}

static void never_ignores_a_wish(void **state)
{
	struct {
		struct ours known;
		uint64_t v3;
	} wish = { { sizeof wish, 1, 2 }, 0 };
	struct ours mine = { 0, 0, 0 };

	(void)state;
	assert_int_equal(kst__in_read(&mine, sizeof mine, &wish, 8), KST_OK);
	assert_true(mine.v1 == 1 && mine.v2 == 2);
	wish.v3 = 1; /* unknown, and not zero */
	assert_int_equal(kst__in_read(&mine, sizeof mine, &wish, 8), KST_E_ABI);
	wish.known.size = 8; /* an old caller: the tail reads as zero */
	assert_int_equal(kst__in_read(&mine, sizeof mine, &wish, 8), KST_OK);
	assert_true(mine.v1 == 1 && mine.v2 == 0);
	wish.known.size = 4;
	assert_int_equal(kst__in_read(&mine, sizeof mine, &wish, 8), KST_E_ABI);
}

static void bounds_cannot_overflow(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 0x88 };

	(void)state;
	assert_true(kst__within(0, 0, 0) && kst__within(4, 4, 8) && !kst__within(4, 5, 8) && !kst__within(9, 0, 8));
	assert_false(kst__within(UINT64_MAX, 2, UINT64_MAX));
	assert_false(kst__within(2, UINT64_MAX, UINT64_MAX));
	assert_true(kst__le(bytes, 3) == 0x030201 && kst__le(bytes, 8) == UINT64_C(0x8807060504030201));
	assert_true(kst__le16(bytes) == 0x0201 && kst__le32(bytes + 4) == 0x88070605 &&
		    kst__le64(bytes) == kst__le(bytes, 8));
	assert_true(kst__mask(0) == 0 && kst__mask(1) == 1 && kst__mask(63) == UINT64_MAX >> 1 &&
		    kst__mask(64) == UINT64_MAX);
	assert_true(kst__sign_extend(0x8000, 16) == UINT64_C(0xffffffffffff8000) &&
		    kst__sign_extend(0x7fff, 16) == 0x7fff);
	assert_true(kst__sign_extend(1, 1) == UINT64_MAX && kst__sign_extend(UINT64_MAX, 64) == UINT64_MAX);
}

static void fills_errors_of_any_size(void **state)
{
	struct kst_error err = { .size = sizeof err }, old = { .size = 8, .code = 77 };

	(void)state;
	assert_int_equal(kst__fail(NULL, KST_E_FAULT, 1, "x"), KST_E_FAULT);
	assert_int_equal(kst__fail(&old, KST_E_FAULT, 1, "x"), KST_E_FAULT);
	assert_int_equal(old.code, 77); /* a size that no version had: left alone */
	assert_int_equal(kst__fail_host(&err, -7, 0x1000), KST_E_HOST);
	assert_int_equal(kst__fail(&err, -7, 0x1000, "not shown"), KST_E_HOST); /* no status of ours: the host's */
	assert_true(err.code == KST_E_HOST && err.host_code == -7 && err.address == 0x1000 && err.message[0] != '\0');
	kst__fail(&err, KST_E_LIMIT, 2,
		  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
		  "12345678901234567890123456789012345678901234567890");
	assert_int_equal(strlen(err.message), sizeof err.message - 1);
	assert_int_equal(err.host_code, 0);
}

static void names_everything(void **state)
{
	static const kst_status statuses[] = { KST_OK,          KST_END,         KST_E_ARG,         KST_E_ABI,
					       KST_E_NO_MEMORY, KST_E_NO_MEMBER, KST_E_UNSUPPORTED, KST_E_FAULT,
					       KST_E_HOST,      KST_E_IO,        KST_E_CORRUPT,     KST_E_LIMIT };

	(void)state;
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
		assert_true(strncmp(kst_status_name(statuses[i]), "KST_", 4) == 0);
	assert_string_equal(kst_status_name(-1000), "unknown");
	assert_string_equal(kst_walk_end_name(KST_WALK_BUDGET), "budget");
	assert_string_equal(kst_walk_end_name(99), "unknown");
	assert_string_equal(kst_walk_anomaly_name(KST_WALK_ANOMALY_SKIPPED), "skipped");
	assert_null(kst_walk_anomaly_name(3));
	assert_null(kst_walk_anomaly_name((uint64_t)1 << 63));
	assert_true(kst__among("A|BC|D", "BC") && kst__among("A", "A") && !kst__among("A|BC", "B") &&
		    !kst__among("", "A"));
	assert_int_equal(kst_version(), KST_VERSION_MAJOR << 16 | KST_VERSION_MINOR << 8 | KST_VERSION_PATCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_what_the_caller_has_room_for),
		cmocka_unit_test(never_ignores_a_wish),
		cmocka_unit_test(bounds_cannot_overflow),
		cmocka_unit_test(fills_errors_of_any_size),
		cmocka_unit_test(names_everything),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
