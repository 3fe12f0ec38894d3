/* SPDX-License-Identifier: MIT */
/*
 * Built-in layouts. This is the only place that looks at build numbers: it picks a table by them, and everything
 * after that asks whether a member is there.
 */
#include "builtin.h"

#define SERVICED_6002 6003 /* what updates of 6002 call themselves since 2019: all newer than its table */

struct choice {
	uint32_t index; /* of kst__builtins; kst__builtin_count: none */
	uint64_t anomalies;
};

/* What is known of the kernel, after its identity has been looked up. */
struct facts {
	uint32_t arch, build, revision, mode;
	uint32_t kernel; /* kst__kernel_count when it is not one of the list */
	uint32_t prcb_size, eprocess_size, ethread_size;
};

static bool of_build(uint32_t i, const struct facts *facts)
{
	return i < kst__builtin_count && kst__builtins[i].arch == facts->arch && kst__builtins[i].build == facts->build;
}

static bool agrees(uint32_t table, uint32_t block)
{
	return table == 0 || block == 0 || table == block;
}

/* Do the sizes that the target shows agree with a table? */
static bool fits(const struct kst__builtin *b, const struct facts *facts)
{
	return agrees(b->prcb_size, facts->prcb_size) && agrees(b->eprocess_size, facts->eprocess_size) &&
	       agrees(b->ethread_size, facts->ethread_size);
}

/* How well a table's PTE width goes with the kernel's; where that is not known the plain kernel is the likelier one. */
static unsigned mode_rank(const struct kst__builtin *b, const struct facts *facts)
{
	if (b->mode == KST__PTE_ANY || b->mode == facts->mode)
		return 2;
	return facts->mode == KST__PTE_ANY && b->mode == KST__PTE_NARROW;
}

static unsigned rank(const struct kst__builtin *b, const struct facts *facts)
{
	return mode_rank(b, facts) * 2 + fits(b, facts);
}

/* Does the target show all three sizes, and are they the table's? */
static bool shows(const struct kst__builtin *b, const struct facts *facts)
{
	return facts->prcb_size != 0 && facts->eprocess_size != 0 && facts->ethread_size != 0 && fits(b, facts);
}

/*
 * Without a revision: the newest of the tables that fit best. It is certain only if the target shows all sizes and they
 * are those of no other layout, whatever its PTE width.
 */
static struct choice choose_by_sizes(uint32_t first, uint32_t end, const struct facts *facts)
{
	struct choice choice = { first, 0 };
	uint32_t fitting = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct kst__builtin *b = &kst__builtins[i];

		if (rank(b, facts) >= rank(&kst__builtins[choice.index], facts))
			choice.index = i;
		if (fits(b, facts) && !b->same)
			fitting++;
	}
	if (fitting != 1 || !shows(&kst__builtins[choice.index], facts))
		choice.anomalies = KST_LAYOUT_ANOMALY_REVISION_GUESSED;
	return choice;
}

/* Is a later table the better one? Not one of the other PTE width while the one before still serves this revision. */
static bool supersedes(const struct kst__builtin *b, const struct kst__builtin *before, const struct facts *facts)
{
	if (mode_rank(b, facts) > mode_rank(before, facts))
		return true;
	return b->first > before->first &&
	       (mode_rank(b, facts) == mode_rank(before, facts) || facts->revision > before->last);
}

/*
 * With a revision: the table whose revisions it is among. Between the last revision seen with one layout and the first
 * seen with the next, the earlier one is taken unless only the later one has the sizes that the target shows.
 */
static struct choice choose_by_revision(uint32_t first, uint32_t end, const struct facts *facts)
{
	uint32_t before = end, after = end;
	struct choice choice = { first, KST_LAYOUT_ANOMALY_REVISION_GUESSED };

	for (uint32_t i = first; i < end; i++) {
		const struct kst__builtin *b = &kst__builtins[i];

		if (b->first > facts->revision)
			after = after == end ? i : after;
		else if (before == end || supersedes(b, &kst__builtins[before], facts))
			before = i;
	}
	if (before == end) {
		choice.index = after;
	} else if (facts->revision <= kst__builtins[before].last) {
		return (struct choice){ before, 0 };
	} else if (after != end && after == before + 1 && kst__builtins[after].same) {
		return (struct choice){ before, 0 };
	} else if (after != end && !fits(&kst__builtins[before], facts) && fits(&kst__builtins[after], facts)) {
		choice.index = after;
	} else {
		choice.index = before;
	}
	return choice;
}

static struct choice choose(const struct facts *facts)
{
	struct choice choice = { kst__builtin_count, 0 };
	uint32_t first = 0, end;

	while (first < kst__builtin_count && !of_build(first, facts))
		first++;
	for (end = first; of_build(end, facts); end++)
		;
	if (first == end)
		return choice;
	choice = facts->revision == 0 ? choose_by_sizes(first, end, facts) : choose_by_revision(first, end, facts);
	if (facts->mode != KST__PTE_ANY && mode_rank(&kst__builtins[choice.index], facts) == 0)
		choice.anomalies |= KST_LAYOUT_ANOMALY_PAE_REDUCED;
	return choice;
}

static uint32_t read_varint(const uint8_t **at)
{
	uint32_t value = 0;
	unsigned shift = 0;

	for (;; shift += 7) {
		uint8_t byte = *(*at)++;

		value |= (uint32_t)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0)
			return value;
	}
}

/*
 * The stream holds, for each member in order, runs that together cover all layouts: a count, then offset << 2 | kind:
 * 0 absent, 1 as long as the run of this member before, 2 a length follows, 3 length, lowest bit and bits follow.
 */
static void decode(struct kst_layout *layout, uint32_t index, bool without_pte)
{
	const uint8_t *at = kst__builtin_stream;

	for (uint32_t id = 0; id < KST__MEMBER_COUNT; id++) {
		bool drop = without_pte && (kst__builtin_pte[id / 8] >> id % 8 & 1) != 0;
		uint32_t length = 0;

		for (uint32_t covered = 0; covered < kst__builtin_count;) {
			uint32_t count = read_varint(&at), head = read_varint(&at), unit = length;
			unsigned pos = 0, bits = 0;

			if ((head & 3) == 2)
				unit = length = read_varint(&at);
			if ((head & 3) == 3) {
				unit = read_varint(&at);
				pos = *at++;
				bits = *at++;
			}
			if (head != 0 && !drop && index >= covered && index - covered < count)
				kst__layout_set(layout, (enum kst__member_id)id, head >> 2, unit, pos, bits);
			covered += count;
		}
	}
}

/*
 * The update of August 2018 gave invalid entries another format (L1TF), and the tables of some builds are older: what they
 * say of these entries is left out. Revisions are those of kernels built for that update, by the list of kernels.
 */
static void drop_old_entries(struct kst_layout *layout, const struct facts *facts)
{
	static const struct {
		uint16_t build, since;
	} rows[] = { { 10240, 17946 }, { 14393, 2430 }, { 15063, 1266 }, { 16299, 611 }, { 17134, 228 } };

	if (kst__has(layout, KST__M_PTE_SOFTWARE_SWIZZLE))
		return;
	for (size_t i = 0; i < KST__COUNT(rows); i++) {
		if (facts->build != rows[i].build || facts->revision < rows[i].since)
			continue;
		for (uint32_t id = KST__M_PTE_SOFTWARE_PROTECTION; id <= KST__M_PTE_SUBSECTION_WHICH_POOL; id++)
			layout->members[id] = (struct kst__member){ 0 };
	}
}

/* The 5-level-paging twin of a kernel is another image; the tables are of the usual one. */
static bool is_la57(const struct facts *facts)
{
	return facts->kernel != kst__kernel_count && (kst__kernel_kind[facts->kernel] & KST__KERNEL_LA57) != 0;
}

/* RVAs hold for exactly one image of one revision. */
static void set_symbols(struct kst_layout *layout, const struct kst__builtin *b, const struct facts *facts)
{
	const uint32_t *row;

	if (b->symbols == 0 || facts->revision != b->first || (b->mode != KST__PTE_ANY && b->mode != facts->mode))
		return;
	if (is_la57(facts))
		return;
	row = kst__builtin_symbols + (size_t)(b->symbols - 1) * KST__SYMBOL_COUNT;
	for (uint32_t i = 0; i < KST__SYMBOL_COUNT; i++) {
		layout->symbols[i].rva = row[i];
		layout->symbols[i].present = row[i] != 0;
	}
}

/* Sizes that the target itself states win over a table's. */
static void set_size(struct kst_layout *layout, enum kst__member_id id, uint32_t size)
{
	if (size == 0)
		return;
	if (kst__has(layout, id) && kst__type_size(layout, id) != size)
		layout->info.anomalies |= KST_LAYOUT_ANOMALY_BLOCK_DIFFERS;
	kst__layout_set(layout, id, 0, size, 0, 0);
}

static size_t put_text(char *out, size_t cap, size_t at, const char *text)
{
	while (*text != '\0' && at + 1 < cap)
		out[at++] = *text++;
	out[at] = '\0';
	return at;
}

static size_t put_number(char *out, size_t cap, size_t at, uint32_t number)
{
	char digits[11];
	size_t n = sizeof digits - 1;

	digits[n] = '\0';
	do {
		digits[--n] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	return put_text(out, cap, at, digits + n);
}

static void kernel_name(char *out, size_t cap, const struct facts *facts)
{
	size_t at = put_text(out, cap, 0, "10.0.");

	at = put_number(out, cap, at, facts->build);
	at = put_text(out, cap, at, ".");
	at = put_number(out, cap, at, facts->revision);
	at = put_text(out, cap, at, " ");
	put_text(out, cap, at, kst_arch_name(facts->arch));
}

static void learn(struct facts *facts, const struct kst_layout_key *key, uint64_t *anomalies)
{
	facts->arch = key->arch;
	facts->build = key->build;
	facts->revision = key->revision;
	facts->mode = key->arch != KST_ARCH_X86 || key->pae > 2 ? KST__PTE_ANY
		      : key->pae == 1                           ? KST__PTE_WIDE
		      : key->pae == 2                           ? KST__PTE_NARROW
								: KST__PTE_ANY;
	facts->prcb_size = key->prcb_size;
	facts->eprocess_size = key->eprocess_size;
	facts->ethread_size = key->ethread_size;
	for (const uint16_t *alias = kst__builtin_aliases; alias[0] != 0; alias += 2) {
		if (alias[0] == facts->build)
			facts->build = alias[1];
	}
	if (key->build == SERVICED_6002)
		*anomalies |= KST_LAYOUT_ANOMALY_REVISION_GUESSED;
	facts->kernel = kst__kernel_find(key->time_date_stamp, key->size_of_image);
	if (facts->kernel != kst__kernel_count && (kst__kernel_kind[facts->kernel] & KST__KERNEL_ARCH) != key->arch)
		facts->kernel = kst__kernel_count;
	if (facts->kernel == kst__kernel_count)
		return;
	/* the image is what runs; a build number or revision from elsewhere may be a package's */
	facts->build = kst__kernel_build[facts->kernel];
	facts->revision = kst__kernel_revision[facts->kernel];
	if (kst__kernel_ambiguous(facts->kernel))
		*anomalies |= KST_LAYOUT_ANOMALY_REVISION_GUESSED;
}

static kst_status begin(struct kst_layout *mem, size_t size, const struct facts *facts, uint32_t index,
			struct kst_error *err)
{
	char made[64];
	const char *name = made;

	if (index == kst__builtin_count)
		kernel_name(made, sizeof made, facts);
	else
		name = kst__builtin_names + kst__builtins[index].name;
	return kst__layout_begin(mem, size, facts->arch == KST_ARCH_X86 ? 4 : 8, name, err);
}

kst_status kst_layout_init_builtin(struct kst_layout *mem, size_t size, const struct kst_layout_key *key,
				   struct kst_error *err)
{
	struct kst_layout_key mine;
	struct facts facts;
	struct choice choice;
	uint64_t anomalies = 0;
	kst_status st;

	if (key == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no key");
	st = kst__in_read(&mine, sizeof mine, key, sizeof mine);
	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_layout_key.size is not known");
	if (mine.arch < KST_ARCH_X86 || mine.arch > KST_ARCH_ARM64)
		return kst__fail(err, KST_E_ARG, 0, "the key has no architecture");
	learn(&facts, &mine, &anomalies);
	choice = choose(&facts);
	if (choice.index == kst__builtin_count && facts.kernel == kst__kernel_count &&
	    !kst__stated_of(facts.arch, facts.build))
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "no table describes this kernel");
	st = begin(mem, size, &facts, choice.index, err);
	if (st != KST_OK)
		return st;
	mem->info.arch = facts.arch;
	mem->info.build = facts.build;
	mem->info.anomalies = anomalies | choice.anomalies;
	if (choice.index == kst__builtin_count) {
		mem->info.revision = facts.revision;
		mem->info.anomalies |= KST_LAYOUT_ANOMALY_PARTIAL;
	} else {
		mem->info.revision = kst__builtins[choice.index].first;
		mem->info.anomalies |= is_la57(&facts) ? KST_LAYOUT_ANOMALY_REVISION_GUESSED : 0;
		decode(mem, choice.index, (choice.anomalies & KST_LAYOUT_ANOMALY_PAE_REDUCED) != 0);
		drop_old_entries(mem, &facts);
		set_symbols(mem, &kst__builtins[choice.index], &facts);
	}
	if (facts.kernel != kst__kernel_count)
		kst__kernel_lay(mem, facts.kernel);
	kst__stated_lay(mem, facts.arch, facts.build, choice.index == kst__builtin_count);
	set_size(mem, KST__M_KPRCB, facts.prcb_size);
	set_size(mem, KST__M_EPROCESS, facts.eprocess_size);
	set_size(mem, KST__M_ETHREAD, facts.ethread_size);
	kst__layout_finish(mem);
	return KST_OK;
}
