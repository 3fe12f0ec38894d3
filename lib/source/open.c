/* SPDX-License-Identifier: MIT */
/* From a reader or a dump to a target in one call: what the machine is, which types it has, where its globals are. */
#include "../core/core.h"

#include <kstate/dump.h>
#include <kstate/system.h>
#include <stdlib.h>

/* The sizes that the debugger data block tells pick the built-in table where the revision is not known. */
static void ask_block(const struct kst_target_config *config, struct kst_layout_key *key)
{
	struct kst_debugger_data block = { .size = sizeof block };
	struct kst_target_config bare = *config;
	struct kst_target *target = NULL;

	bare.layout = NULL;
	if (kst_target_create(&bare, &target, NULL) != KST_OK)
		return;
	if (kst_debugger_data_read(target, &block, NULL) == KST_OK &&
	    block.valid_length > offsetof(struct kst_debugger_data, size_ethread)) {
		key->prcb_size = block.size_prcb;
		key->eprocess_size = block.size_eprocess;
		key->ethread_size = block.size_ethread;
	}
	kst_target_destroy(target);
}

/* The built-in layout of what the identity says; NULL with KST_OK where no table describes it. */
static kst_status builtin_layout(const struct kst_target_config *config, struct kst_layout **out, struct kst_error *err)
{
	const struct kst_identity *id = config->identity;
	struct kst_layout_key key = { .size = sizeof key,
				      .arch = id->arch,
				      .build = id->build,
				      .revision = id->revision,
				      .time_date_stamp = id->time_date_stamp,
				      .size_of_image = id->size_of_image };
	kst_status st;

	if (id->arch == KST_ARCH_X86 && (id->present & KST_IDENTITY_HAS_PAGING) != 0)
		key.pae = id->paging == KST_PAGING_PAE ? 1 : 2;
	ask_block(config, &key);
	*out = malloc(kst_layout_size());
	if (*out == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	st = kst_layout_init_builtin(*out, kst_layout_size(), &key, err);
	if (st != KST_OK) {
		free(*out);
		*out = NULL;
	}
	/* what needs no types still works, and what the block tells: an unknown kernel is no failure here */
	return st == KST_E_UNSUPPORTED || st == KST_E_ARG ? KST_OK : st;
}

#define NEEDED (KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB)

/* What the config lacks is found out; `identity` holds the hints for that. */
static kst_status open_config(struct kst_target_config *config, struct kst_identity *identity, struct kst_target **out,
			      struct kst_error *err)
{
	struct kst_layout *layout = NULL;
	bool searched = config->identity == NULL;
	kst_status st = KST_OK;

	if (searched) {
		st = kst_identify(config->reader, config->reader_user, identity, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		config->identity = identity;
		st = KST_OK;
	}
	if (config->layout == NULL) {
		st = builtin_layout(config, &layout, err);
		config->layout = layout;
	}
	if (st == KST_OK)
		st = kst_target_create(config, out, err);
	free(layout);
	if (st == KST_E_ARG && searched && (identity->present & NEEDED) != NEEDED)
		return kst__fail(err, KST_E_FAULT, 0, "no Windows kernel was found in this memory");
	return st;
}

static kst_status read_config(struct kst_target_config *config, const struct kst_target_config *given,
			      struct kst_error *err)
{
	kst_status st = kst__in_read(config, sizeof *config, given, sizeof *config);

	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_target_config.size is not known");
	config->size = sizeof *config;
	return KST_OK;
}

kst_status kst_target_open_reader(const struct kst_target_config *given, struct kst_target **out, struct kst_error *err)
{
	struct kst_target_config config;
	struct kst_identity identity = { .size = sizeof identity };
	kst_status st;

	if (given == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	st = read_config(&config, given, err);
	return st != KST_OK ? st : open_config(&config, &identity, out, err);
}

kst_status kst_target_open(struct kst_dump *dump, const struct kst_target_config *wishes, struct kst_target **out,
			   struct kst_error *err)
{
	struct kst_target_config config = { .size = sizeof config };
	struct kst_identity identity = { .size = sizeof identity };
	kst_status st = KST_OK;

	if (dump == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (wishes != NULL)
		st = read_config(&config, wishes, err);
	config.reader = kst_dump_reader(dump);
	config.reader_user = dump;
	kst_dump_identity(dump, &identity);
	return st != KST_OK ? st : open_config(&config, &identity, out, err);
}
