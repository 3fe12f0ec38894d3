/* SPDX-License-Identifier: MIT */
/* KDPC, KDPC_DATA, KTIMER: published values, every member at its place, and truncation at every length. */
#include "decode/dpc.h"
#include "support/places.h"

struct row {
	const char *name;
	uint32_t arch, build;
	uint64_t words[8];
	uint32_t type, kind, importance, number;
	uint64_t routine, context;
	uint64_t anomalies;
};

/* The 64-bit rows are read from a public triage dump of 19041 (bug check 133). */
static const struct row rows[] = {
	{ "normal, targeted",
	  KST_ARCH_X64,
	  19041,
	  { 0x05040313, 0xffffbd815b417548, 0x10, 0xfffff80056c525e0, 0xffffa8806b500180, 0, 0, 1 },
	  0x13,
	  KST_DPC_NORMAL,
	  3,
	  0x504,
	  0xfffff80056c525e0,
	  0xffffa8806b500180,
	  0 },
	{ "threaded",
	  KST_ARCH_X64,
	  19041,
	  { 0x0504021a, 0, 0x10, 0xfffff80056d26130, 4, 0, 0, 1 },
	  0x1a,
	  KST_DPC_THREADED,
	  2,
	  0x504,
	  0xfffff80056d26130,
	  4,
	  0 },
	{ "active, no longer queued",
	  KST_ARCH_X64,
	  19041,
	  { 0x113, 0, 0, 0xfffff80470b669c0, 0xffffd68fe390e408, 0, 0, 0 },
	  0x13,
	  KST_DPC_NORMAL,
	  1,
	  0,
	  0xfffff80470b669c0,
	  0xffffd68fe390e408,
	  0 },
	{ "no DPC at all",
	  KST_ARCH_X64,
	  19041,
	  { 0x05, 0, 0, 0x1000, 0, 0, 0, 0 },
	  5,
	  KST_DPC_NORMAL,
	  0,
	  0,
	  0x1000,
	  0,
	  KST_DPC_ANOMALY_TYPE | KST_DPC_ANOMALY_ROUTINE },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	struct kst_dpc d = { .size = sizeof d };
	uint8_t bytes[64];
	uint64_t before = 0;

	for (size_t i = 0; i < 64; i++)
		bytes[i] = (uint8_t)(row->words[i / 8] >> (8 * (i % 8)));
	assert_int_equal(kst_decode_dpc(layout, bytes, sizeof bytes, 0xffffa8806b508290, &d, NULL), KST_OK);
	assert_int_equal(d.type, row->type);
	assert_int_equal(d.kind, row->kind);
	assert_int_equal(d.importance, row->importance);
	assert_int_equal(d.number, row->number);
	assert_true(d.address == 0xffffa8806b508290 && d.routine == row->routine && d.context == row->context);
	assert_true(d.dpc_data == row->words[7] && d.processor_history == row->words[2]);
	assert_int_equal(d.anomalies, row->anomalies);
	assert_int_equal(d.present, 0xff);
	for (size_t len = 0; len <= 64; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		d = (struct kst_dpc){ .size = sizeof d };
		assert_int_equal(kst_decode_dpc(layout, exact, len, 0, &d, NULL), KST_OK);
		assert_true((d.present & before) == before); /* more bytes, never less */
		assert_true(((d.present & KST_DPC_HAS_ROUTINE) != 0) == (len >= 0x20));
		assert_true(((d.present & KST_DPC_HAS_DPC_DATA) != 0) == (len >= 0x40));
		before = d.present;
		free(exact);
	}
	free(layout);
}

static kst_status decode_public(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				void *out, struct kst_error *err)
{
	return kst_decode_dpc(layout, bytes, len, address, out, err);
}

static struct kst__view view_of(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);

	view.address = address;
	return view;
}

static kst_status decode_queue(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	struct kst__view view = view_of(layout, bytes, len, address);

	(void)err;
	kst__decode_dpc_queue(&view, out);
	((struct kst_dpc_queue *)out)->size = sizeof(struct kst_dpc_queue);
	return KST_OK;
}

static kst_status decode_timer(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	struct kst__view view = view_of(layout, bytes, len, address);

	(void)err;
	kst__decode_timer(&view, NULL, out);
	((struct kst_timer *)out)->size = sizeof(struct kst_timer);
	return KST_OK;
}

enum { DPC, QUEUE, TIMER };
#define D(member, bit) INTO(kst_dpc, member), KST_DPC_HAS_##bit
#define Q(member, bit) INTO(kst_dpc_queue, member), KST_DPC_QUEUE_HAS_##bit
#define T(member, bit) INTO(kst_timer, member), KST_TIMER_HAS_##bit
#define NOT_A_TYPE     KST_DPC_ANOMALY_TYPE
#define NOT_A_ROUTINE  KST_DPC_ANOMALY_ROUTINE
#define DEPTH          KST_DPC_QUEUE_ANOMALY_DEPTH
#define ENDS           KST_DPC_QUEUE_ANOMALY_ENDS
#define NO             NOWHERE

/* Columns: XP x86, 2003 x64, 8.1 x86, 19041 x64, 20348 x64. */
static const struct {
	uint32_t arch, build;
} builds[PLACE_FORMS] = { { KST_ARCH_X86, 2600 },
			  { KST_ARCH_X64, 3790 },
			  { KST_ARCH_X86, 9600 },
			  { KST_ARCH_X64, 19041 },
			  { KST_ARCH_X64, 20348 } };

static const struct place place_rows[] = {
	PLACE_OF(DPC, 0, "Type, a word", AT(0, NO, NO, NO, NO), 2, D(type, TYPE), 0x13, NOT_A_TYPE),
	PLACE_OF(DPC, 0, "Type", AT(NO, 0, 0, 0, 0), 1, D(type, TYPE), 0x13, NOT_A_TYPE),
	PLACE_OF(DPC, 0, "Importance", AT(3, 1, 1, 1, 1), 1, D(importance, IMPORTANCE), 0x82, 0),
	PLACE_OF(DPC, 0, "Number, a byte", AT(2, 2, NO, NO, NO), 1, D(number, NUMBER), 0x93, 0),
	PLACE_OF(DPC, 0, "Number", AT(NO, NO, 2, 2, 2), 2, D(number, NUMBER), 0x8504, 0),
	PLACE_OF(DPC, 0, "ProcessorHistory", AT(NO, NO, 8, 0x10, 0x10), POINTER, D(processor_history, HISTORY),
		 0x8000700060005010, 0),
	PLACE_OF(DPC, 0, "DeferredRoutine", AT(0xc, 0x18, 0xc, 0x18, 0x18), POINTER, D(routine, ROUTINE),
		 0xfffff800d6c525e0, NOT_A_ROUTINE),
	PLACE_OF(DPC, 0, "DeferredContext", AT(0x10, 0x20, 0x10, 0x20, 0x20), POINTER, D(context, CONTEXT),
		 0xffffa8806b500180, 0),
	PLACE_OF(DPC, 1, "SystemArgument1", AT(0x14, 0x28, 0x14, 0x28, 0x28), POINTER, D(arguments[0], ARGUMENTS),
		 0x8172635445362718, 0),
	PLACE_OF(DPC, 0, "SystemArgument2", AT(0x18, 0x30, 0x18, 0x30, 0x30), POINTER, D(arguments[1], ARGUMENTS),
		 0x9182736455463728, 0),
	PLACE_OF(DPC, 0, "DpcData", AT(0x1c, 0x38, 0x1c, 0x38, 0x38), POINTER, D(dpc_data, DPC_DATA),
		 0xfffff800e6c525e1, 0),
	/* what is queued in an empty list contradicts it */
	PLACE_OF(QUEUE, 0, "DpcQueueDepth", AT(0x870, 0x18, 0xc, 0x18, 0x18), 4, Q(depth, DEPTH), 0x80000007, DEPTH),
	PLACE_OF(QUEUE, 0, "DpcCount", AT(NO, 0x1c, 0x10, 0x1c, 0x1c), 4, Q(count, COUNT), 0x80010b62, 0),
	PLACE_OF(QUEUE, 0, "DpcLock", AT(NO, 0x10, 8, 0x10, 0x10), POINTER, Q(lock, LOCK), 0x8070605040302010, 0),
	PLACE_OF(QUEUE, 0, "ActiveDpc", AT(NO, NO, 0x14, 0x20, 0x20), POINTER, Q(active, ACTIVE), 0xffffd68fe390e480,
		 0),
	PLACE_OF(QUEUE, 0, "LongDpcPresent", AT(NO, NO, NO, NO, 0x28), 4, Q(long_dpc_present, LONG), 0x80000001, 0),
	PLACE_OF(TIMER, 0, "DueTime", AT(0x10, 0x18, 0x10, 0x18, 0x18), 8, T(due_time, DUE_TIME), 0x81b2c3d4e5f60718,
		 0),
	PLACE_OF(TIMER, 0, "Period", AT(0x24, 0x38, 0x24, 0x3c, 0x3c), 4, T(period, PERIOD), 0x800003e8, 0),
	PLACE_OF(TIMER, 0, "Dpc", AT(0x20, 0x30, 0x20, NO, NO), POINTER, T(dpc, DPC), 0xfffff800e6c525e0, 0),
};

static void places(void **state)
{
	static const struct kst_dpc dpc = { .present = 0xff & ~KST_DPC_HAS_HISTORY,
					    .anomalies = NOT_A_TYPE | NOT_A_ROUTINE,
					    .address = PLACE_ADDRESS };
	static const struct kst_dpc dpc_81 = { .present = 0xff,
					       .anomalies = NOT_A_TYPE | NOT_A_ROUTINE,
					       .address = PLACE_ADDRESS };
	static const struct kst_dpc_queue queue_xp = { .present = KST_DPC_QUEUE_HAS_LIST | KST_DPC_QUEUE_HAS_DEPTH,
						       .address = PLACE_ADDRESS + 0x860 };
	static const struct kst_dpc_queue queue_2003 = { .present = KST_DPC_QUEUE_HAS_LIST | KST_DPC_QUEUE_HAS_DEPTH |
								    KST_DPC_QUEUE_HAS_COUNT | KST_DPC_QUEUE_HAS_LOCK,
							 .address = PLACE_ADDRESS };
	/* an empty list of 8.1 and later is its own LastEntry, not 0 */
	static const struct kst_dpc_queue queue_81 = { .present = 0x1f, .anomalies = ENDS, .address = PLACE_ADDRESS };
	static const struct kst_dpc_queue queue_20348 = { .present = 0x3f,
							  .anomalies = ENDS,
							  .address = PLACE_ADDRESS };
	static const struct kst_timer timer = {
		.present = KST_TIMER_HAS_DUE_TIME | KST_TIMER_HAS_PERIOD | KST_TIMER_HAS_DPC, .address = PLACE_ADDRESS
	};
	static const struct kst_timer encoded = { .present = KST_TIMER_HAS_DUE_TIME | KST_TIMER_HAS_PERIOD,
						  .anomalies = KST_TIMER_ANOMALY_DPC_ENCODED,
						  .address = PLACE_ADDRESS };
	static const struct {
		decode_fn *decode;
		uint32_t out_size;
		struct {
			uint16_t size;
			const void *zero;
		} forms[PLACE_FORMS];
	} kinds[] = {
		[DPC] = { decode_public,
			  sizeof dpc,
			  { { 0x20, &dpc }, { 0x40, &dpc }, { 0x20, &dpc_81 }, { 0x40, &dpc_81 }, { 0x40, &dpc_81 } } },
		[QUEUE] = { decode_queue,
			    sizeof queue_xp,
			    { { 0xc50, &queue_xp },
			      { 0x20, &queue_2003 },
			      { 0x18, &queue_81 },
			      { 0x28, &queue_81 },
			      { 0x30, &queue_20348 } } },
		[TIMER] = { decode_timer,
			    sizeof timer,
			    { { 0x28, &timer },
			      { 0x40, &timer },
			      { 0x28, &timer },
			      { 0x40, &encoded },
			      { 0x40, &encoded } } },
	};
	const struct place *p = *state;

	for (size_t i = 0; i < PLACE_FORMS; i++) {
		struct kst_layout *layout = layout_builtin(builds[i].arch, builds[i].build, 0);
		struct place_form form = { layout, kinds[p->kind].forms[i].size, kinds[p->kind].forms[i].zero };

		if (p->at[i] != NOWHERE)
			place_check_form(p, &form, p->at[i], kinds[p->kind].decode, kinds[p->kind].out_size);
		free(layout);
	}
}

/* Numbers of the object types: 13 normal, 18 threaded up to 8, 1a threaded since 8.1. Routines are kernel code. */
static void kinds_and_routines(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint8_t type;
		uint64_t routine;
		uint32_t kind;
		uint64_t anomalies;
	} cases[] = {
		{ KST_ARCH_X64, 7601, 0x13, 0xff00000000000000, KST_DPC_NORMAL, 0 },
		{ KST_ARCH_X64, 7601, 0x13, 0xfeffffffffffffff, KST_DPC_NORMAL, NOT_A_ROUTINE },
		{ KST_ARCH_X64, 7601, 0x13, 0x8000000000000000, KST_DPC_NORMAL, NOT_A_ROUTINE },
		{ KST_ARCH_X86, 7601, 0x13, 0x80000000, KST_DPC_NORMAL, 0 },
		{ KST_ARCH_X86, 7601, 0x13, 0x7fffffff, KST_DPC_NORMAL, NOT_A_ROUTINE },
		{ KST_ARCH_X64, 7601, 0x18, 0xfffff80056c525e0, KST_DPC_THREADED, 0 },
		{ KST_ARCH_X64, 19041, 0x1a, 0xfffff80056c525e0, KST_DPC_THREADED, 0 },
		{ KST_ARCH_X64, 19041, 0x12, 0xfffff80056c525e0, KST_DPC_NORMAL, NOT_A_TYPE },
		{ KST_ARCH_X64, 19041, 0x14, 0xfffff80056c525e0, KST_DPC_NORMAL, NOT_A_TYPE },
		{ KST_ARCH_X64, 19041, 0x17, 0xfffff80056c525e0, KST_DPC_NORMAL, NOT_A_TYPE },
		{ KST_ARCH_X64, 19041, 0x19, 0xfffff80056c525e0, KST_DPC_NORMAL, NOT_A_TYPE },
		{ KST_ARCH_X64, 19041, 0x1b, 0xfffff80056c525e0, KST_DPC_NORMAL, NOT_A_TYPE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		unsigned w = cases[i].arch == KST_ARCH_X86 ? 4 : 8;
		uint8_t bytes[0x40] = { cases[i].type };
		struct kst_dpc d;

		put_number(bytes, w == 4 ? 0xc : 0x18, w, cases[i].routine);
		place_decode(decode_public, layout, bytes, 8 * w, &d, sizeof d);
		assert_true(d.type == cases[i].type && d.kind == cases[i].kind && d.anomalies == cases[i].anomalies);
		free(layout);
	}
}

/* A KDPC of which nothing is there is none. */
static void nothing_of_a_dpc(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	const uint8_t type = 0x13;
	struct kst__view nothing = view_of(layout, &type, 0, 0x1000), something = view_of(layout, &type, 1, 0x1000);
	struct kst_dpc d;

	(void)state;
	assert_false(kst__decode_dpc(&nothing, &d));
	assert_true(d.present == 0 && d.anomalies == 0);
	assert_true(kst__decode_dpc(&something, &d));
	assert_true(d.present == KST_DPC_HAS_TYPE && d.anomalies == 0);
	free(layout);
}

/* Three forms of the list; the ends are addresses of KDPCs, and both are empty or neither. */
static void ends_of_queues(void **state)
{
	static const struct {
		const char *name;
		uint32_t arch, build;
		uint64_t address; /* of the KDPC_DATA; XP: of the KPRCB */
		uint64_t links[2];
		uint32_t depth;
		uint64_t first, last, anomalies;
	} cases[] = {
		{ "published, normal",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503240,
		  { 0xffffa8806b508298, 0xffffbd815fd17548 },
		  7,
		  0xffffa8806b508290,
		  0xffffbd815fd17540,
		  0 },
		{ "published, threaded",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0xffffa8806b5083e0, 0xffffa8806b5083e0 },
		  1,
		  0xffffa8806b5083d8,
		  0xffffa8806b5083d8,
		  0 },
		{ "published, empty", KST_ARCH_X64, 19041, 0xffffc000a9061240, { 0, 0xffffc000a9061240 }, 0, 0, 0, 0 },
		{ "empty but deep",
		  KST_ARCH_X64,
		  19041,
		  0xffffc000a9061240,
		  { 0, 0xffffc000a9061240 },
		  1,
		  0,
		  0,
		  DEPTH },
		{ "full but not deep",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0xffffa8806b5083e0, 0xffffa8806b5083e0 },
		  0,
		  0xffffa8806b5083d8,
		  0xffffa8806b5083d8,
		  DEPTH },
		{ "no last",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0xffffa8806b5083e0, 0xffffa8806b503268 },
		  1,
		  0xffffa8806b5083d8,
		  0,
		  ENDS },
		{ "last is 0",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0xffffa8806b5083e0, 0 },
		  1,
		  0xffffa8806b5083d8,
		  0,
		  0 },
		{ "no first",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0, 0xffffa8806b5083e0 },
		  0,
		  0,
		  0xffffa8806b5083d8,
		  ENDS },
		{ "own address is no first",
		  KST_ARCH_X64,
		  19041,
		  0xffffa8806b503268,
		  { 0xffffa8806b503268, 0xffffa8806b5083e0 },
		  1,
		  0xffffa8806b503260,
		  0xffffa8806b5083d8,
		  0 },
		{ "8.1 x86", KST_ARCH_X86, 9600, 0x81b0e1e0, { 0x92a3b4c4, 0xa3b4c5d4 }, 2, 0x92a3b4c0, 0xa3b4c5d0, 0 },
		{ "7 x64",
		  KST_ARCH_X64,
		  7601,
		  0xfffff80002a3c180,
		  { 0xfffffa8001122338, 0xfffffa8002233448 },
		  2,
		  0xfffffa8001122330,
		  0xfffffa8002233440,
		  0 },
		{ "7 x64, empty",
		  KST_ARCH_X64,
		  7601,
		  0xfffff80002a3c180,
		  { 0xfffff80002a3c180, 0xfffff80002a3c180 },
		  0,
		  0,
		  0,
		  0 },
		{ "7 x64, no last",
		  KST_ARCH_X64,
		  7601,
		  0xfffff80002a3c180,
		  { 0xfffffa8001122338, 0xfffff80002a3c180 },
		  1,
		  0xfffffa8001122330,
		  0,
		  ENDS },
		{ "7 x64, no first",
		  KST_ARCH_X64,
		  7601,
		  0xfffff80002a3c180,
		  { 0xfffff80002a3c180, 0xfffffa8001122338 },
		  0,
		  0,
		  0xfffffa8001122330,
		  ENDS },
		{ "7 x64, links of 0", KST_ARCH_X64, 7601, 0xfffff80002a3c180, { 0, 0 }, 0, 0, 0, 0 },
		{ "7 x86", KST_ARCH_X86, 7601, 0x82b0e1e0, { 0x92a3b4c4, 0xa3b4c5d4 }, 2, 0x92a3b4c0, 0xa3b4c5d0, 0 },
		{ "XP", KST_ARCH_X86, 2600, 0xffdff120, { 0x92a3b4c4, 0xa3b4c5d4 }, 2, 0x92a3b4c0, 0xa3b4c5d0, 0 },
		{ "XP, empty", KST_ARCH_X86, 2600, 0xffdff120, { 0xffdff980, 0xffdff980 }, 0, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		bool xp = cases[i].build == 2600;
		unsigned w = cases[i].arch == KST_ARCH_X86 ? 4 : 8;
		size_t list = xp ? 0x860 : 0, depth = xp ? 0x870 : 3 * w;
		uint8_t bytes[0x880] = { 0 };
		struct kst__view view = view_of(layout, bytes, sizeof bytes, cases[i].address);
		struct kst_dpc_queue q;

		put_number(bytes, list, w, cases[i].links[0]);
		put_number(bytes, list + w, w, cases[i].links[1]);
		put_number(bytes, depth, 4, cases[i].depth);
		kst__decode_dpc_queue(&view, &q);
		assert_true(q.first == cases[i].first && q.last == cases[i].last && q.depth == cases[i].depth);
		assert_true(q.anomalies == cases[i].anomalies);
		assert_true(q.address == cases[i].address + list);
		/* neither the list nor the depth alone can contradict the other */
		view.len = list + 2 * w - 1;
		kst__decode_dpc_queue(&view, &q);
		assert_true(q.present == 0 && q.anomalies == 0 && q.first == 0 && q.last == 0);
		view.len = list + 2 * w;
		kst__decode_dpc_queue(&view, &q);
		assert_true(q.present == KST_DPC_QUEUE_HAS_LIST && q.anomalies == (cases[i].anomalies & ENDS));
		free(layout);
	}
}

/* Which record holds the queue is for the layout to say. */
static void forms_of_queues(void **state)
{
	static const struct member_row members[] = {
		{ "_KPRCB", "DpcListHead", 0x20, 0x10, 0, 0 },  { "_KPRCB", "DpcQueueDepth", 0x30, 4, 0, 0 },
		{ "_KPRCB", "DpcData", 0x40, 0x40, 0, 0 },      { "_KDPC_DATA", "DpcQueueDepth", 0x18, 4, 0, 0 },
		{ "_KDPC_DATA", "DpcListHead", 0, 0x10, 0, 0 }, { "_KDPC", "DpcListEntry", 8, 0x10, 0, 0 },
	};
	static const struct {
		size_t first, count;
		uint64_t address, present, list;
		uint32_t depth;
	} cases[] = {
		{ 0, 2, 0x8000000000001020, KST_DPC_QUEUE_HAS_DEPTH, 0, 0x33333333 },
		{ 0, 4, 0x8000000000001000, KST_DPC_QUEUE_HAS_DEPTH, 0, 0x11111111 },
		{ 2, 2, 0x8000000000001000, KST_DPC_QUEUE_HAS_DEPTH, 0, 0x11111111 },
		{ 3, 1, 0x8000000000001000, KST_DPC_QUEUE_HAS_DEPTH, 0, 0x11111111 },
		{ 3, 2, 0x8000000000001000, KST_DPC_QUEUE_HAS_DEPTH, 0, 0x11111111 },
		{ 3, 3, 0x8000000000001000, KST_DPC_QUEUE_HAS_DEPTH | KST_DPC_QUEUE_HAS_LIST, 0x0808080808080800,
		  0x11111111 },
		{ 4, 2, 0x8000000000001000, KST_DPC_QUEUE_HAS_LIST, 0x0808080808080800, 0 },
		{ 5, 1, 0x8000000000001000, 0, 0, 0 },
	};
	uint8_t bytes[0x40];

	(void)state;
	memset(bytes, 0x08, sizeof bytes);
	put_number(bytes, 0x18, 4, 0x11111111);
	put_number(bytes, 0x30, 4, 0x33333333);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(members + cases[i].first, cases[i].count, 8);
		struct kst__view view = view_of(layout, bytes, sizeof bytes, 0x8000000000001000);
		struct kst_dpc_queue q;

		kst__decode_dpc_queue(&view, &q);
		assert_true(q.address == cases[i].address && q.present == cases[i].present && q.anomalies == 0);
		assert_true(q.first == cases[i].list && q.last == cases[i].list && q.depth == cases[i].depth);
		free(layout);
	}
}

/*
 * 64-bit kernels with a timer table encode the DPC pointer: each encoded value here is worked out by hand from
 * rotate_right(swap_bytes(dpc ^ always) ^ timer, never) ^ never.
 */
static void encoded_timers(void **state)
{
	static const struct {
		uint64_t never, stored, dpc, anomalies;
	} cases[] = {
		{ 0x1234567890abcd07, 0x90cac9d1a9beae28, 0xffffa8806b508290, 0 },
		{ 0x1234567890abcd07, 0x6febcd717ebfffd7, 0, 0 },
		{ 0x1234567890abcd07, 0x6f1b61195b5301d7, 0, KST_TIMER_ANOMALY_DPC },
		{ 0x1234567890abcd00, 0x6d7b82e41a1a5ac1, 0xffffa8806b508290, 0 },
		{ 0x1234567890abcd40, 0x6d7b82e41a1a5a81, 0xffffa8806b508290, 0 },
		{ 0x1234567890abcd41, 0xad93bc36d5f306a1, 0xffffa8806b508290, 0 },
		{ 0x1234567890abcdbf, 0xecabff4185c8e23d, 0xffffa8806b508290, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kst__timer_keys keys = { cases[i].never, 0xfedcba9876543210 };
		uint8_t bytes[0x40] = { 0 };
		struct kst__view view = view_of(layout, bytes, sizeof bytes, 0xffffd08192a3b4c0);
		struct kst_timer t;

		put_number(bytes, 0x30, 8, cases[i].stored);
		kst__decode_timer(&view, &keys, &t);
		assert_true(t.present == (KST_TIMER_HAS_DUE_TIME | KST_TIMER_HAS_PERIOD |
					  (cases[i].anomalies == 0 ? KST_TIMER_HAS_DPC : 0)));
		assert_true(t.dpc == cases[i].dpc && t.anomalies == cases[i].anomalies);
		view.len = 0x37;
		kst__decode_timer(&view, &keys, &t);
		assert_true(t.present == KST_TIMER_HAS_DUE_TIME && t.dpc == 0 && t.anomalies == 0);
	}
	free(layout);
}

/* 32-bit kernels never encode the pointer, 64-bit ones not before 7. */
static void plain_timers(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint64_t dpc, anomalies;
	} cases[] = {
		{ KST_ARCH_X86, 7601, 0x80000000, 0 },
		{ KST_ARCH_X86, 19041, 0x7fffffff, KST_TIMER_ANOMALY_DPC },
		{ KST_ARCH_X64, 6001, 0xff00000000000000, 0 },
		{ KST_ARCH_X64, 6001, 0xfeffffffffffffff, KST_TIMER_ANOMALY_DPC },
		{ KST_ARCH_X64, 6001, 0x8000000000000000, KST_TIMER_ANOMALY_DPC },
		{ KST_ARCH_X64, 6001, 1, KST_TIMER_ANOMALY_DPC },
		{ KST_ARCH_X64, 6001, 0, 0 },
	};
	const struct kst__timer_keys keys = { 0x1234567890abcd07, 0xfedcba9876543210 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		unsigned w = cases[i].arch == KST_ARCH_X86 ? 4 : 8;
		uint8_t bytes[0x40] = { 0 };
		struct kst__view view = view_of(layout, bytes, sizeof bytes, 0xffffd08192a3b4c0);
		struct kst_timer t;

		put_number(bytes, w == 4 ? 0x20 : 0x30, w, cases[i].dpc);
		kst__decode_timer(&view, &keys, &t);
		assert_true(((t.present & KST_TIMER_HAS_DPC) != 0) == (cases[i].anomalies == 0));
		assert_true(t.dpc == (cases[i].anomalies == 0 ? cases[i].dpc : 0) && t.anomalies == cases[i].anomalies);
		free(layout);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);

	(void)state;
	refuses_wrong_calls(layout, decode_public, sizeof(struct kst_dpc));
	NAMES_NUMBERS(kst_dpc_kind_name, "unknown", "normal", "threaded");
	NAMES_NUMBERS(kst_dpc_importance_name, "unknown", "low", "medium", "high", "medium-high");
	NAMES_BITS(kst_dpc_queue_anomaly_name, "depth", "ends");
	NAMES_BITS(kst_dpc_anomaly_name, "type", "not-queued", "routine", "wrong-queue");
	NAMES_BITS(kst_timer_anomaly_name, "dpc-encoded", "dpc");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(kinds_and_routines), cmocka_unit_test(nothing_of_a_dpc),
		cmocka_unit_test(ends_of_queues),     cmocka_unit_test(forms_of_queues),
		cmocka_unit_test(encoded_timers),     cmocka_unit_test(plain_timers),
		cmocka_unit_test(calls_and_names),
	};
	size_t n = 7;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, place_rows, places);
	return _cmocka_run_group_tests("dpc", tests, n, NULL, NULL);
}
