/* SPDX-License-Identifier: MIT */
#include "decode/peb.h"
#include "support/places.h"
#include "support/truncate.h"
#include "support/user_forge.h"

static uint64_t decode_peb(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_peb p = { .size = sizeof p };

	assert_int_equal(kst_decode_peb(layout, bytes, len, 0x7ffdd000, &p, NULL), KST_OK);
	return p.present;
}

static uint64_t decode_parameters(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_process_parameters p = { .size = sizeof p };

	assert_int_equal(kst_decode_process_parameters(layout, bytes, len, 0x20000, &p, NULL), KST_OK);
	return p.present;
}

static struct kst_layout *user_layout(uint32_t pointer_size)
{
	struct kst_layout *layout = malloc(kst_layout_size());

	assert_non_null(layout);
	assert_int_equal(kst_layout_init_user(layout, kst_layout_size(), pointer_size, NULL), KST_OK);
	return layout;
}

static void truncation(void **state)
{
	static const uint8_t zeros[0x480];

	(void)state;
	for (uint32_t width = 4; width <= 8; width += 4) {
		struct kst_layout *layout = user_layout(width);

		assert_true(truncate_all(layout, zeros, sizeof zeros, 0, decode_peb) ==
			    (KST_PEB_HAS_LDR_LENGTH - 1)); /* everything but the loader data */
		assert_true(truncate_all(layout, zeros, sizeof zeros, 0, decode_parameters) ==
			    2 * KST_PROCESS_PARAMETERS_HAS_WINDOW_FLAGS - 1);
		free(layout);
	}
}

/* The fixed layout says what the tables of each build say. */
static void fixed_layout_agrees_with_all_builds(void **state)
{
	static const struct {
		uint32_t arch, build;
	} builds[] = { { KST_ARCH_X86, 2600 },  { KST_ARCH_X86, 3790 }, { KST_ARCH_X86, 6001 },
		       { KST_ARCH_X86, 7601 },  { KST_ARCH_X86, 9200 }, { KST_ARCH_X86, 10240 },
		       { KST_ARCH_X86, 19041 }, { KST_ARCH_X64, 3790 }, { KST_ARCH_X64, 6001 },
		       { KST_ARCH_X64, 7601 },  { KST_ARCH_X64, 9600 }, { KST_ARCH_X64, 14393 },
		       { KST_ARCH_X64, 19041 }, { KST_ARCH_X64, 22621 } };
	static const struct {
		const char *type, *path;
	} members[] = {
		{ "_PEB", "Ldr" },
		{ "_PEB", "ProcessParameters" },
		{ "_PEB", "ProcessHeap" },
		{ "_PEB", "NtGlobalFlag" },
		{ "_PEB", "OSBuildNumber" },
		{ "_PEB", "SessionId" },
		{ "_PEB", "CSDVersion" },
		{ "_PEB_LDR_DATA", "Initialized" },
		{ "_PEB_LDR_DATA", "InLoadOrderModuleList" },
		{ "_PEB_LDR_DATA", "InMemoryOrderModuleList" },
		{ "_PEB_LDR_DATA", "InInitializationOrderModuleList" },
		{ "_LDR_DATA_TABLE_ENTRY", "DllBase" },
		{ "_LDR_DATA_TABLE_ENTRY", "SizeOfImage" },
		{ "_LDR_DATA_TABLE_ENTRY", "FullDllName" },
		{ "_LDR_DATA_TABLE_ENTRY", "BaseDllName" },
		{ "_LDR_DATA_TABLE_ENTRY", "TimeDateStamp" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "CurrentDirectory" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "ImagePathName" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "CommandLine" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "Environment" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "WindowTitle" },
		{ "_TEB", "NtTib.StackBase" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct kst_layout *layout = layout_builtin(builds[i].arch, builds[i].build, 0);
		uint32_t width = builds[i].arch == KST_ARCH_X86 ? 4 : 8;

		for (size_t k = 0; k < sizeof members / sizeof members[0]; k++)
			assert_int_equal(place_of(layout, members[k].type, members[k].path),
					 user_place(width, members[k].type, members[k].path));
		free(layout);
	}
}

/* BitField means different things in different builds: the reference's constructed test. */
static void bits_by_build(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint8_t byte;
		uint32_t flags;
	} cases[] = {
		{ KST_ARCH_X86, 7601, 0x08, KST_PEB_IS_RELOCATED },
		{ KST_ARCH_X86, 19041, 0x08, KST_PEB_IS_SKIP_PATCHING },
		{ KST_ARCH_X64, 6001, 0x04, KST_PEB_IS_LEGACY },
		{ KST_ARCH_X64, 19041, 0x04, KST_PEB_IS_RELOCATED },
		{ KST_ARCH_X64, 19041, 0xc1,
		  KST_PEB_IS_LARGE_PAGES | KST_PEB_IS_PROTECTED_LIGHT | KST_PEB_IS_LONG_PATH_AWARE },
		{ KST_ARCH_X86, 2600, 0xff, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		uint8_t bytes[4] = { 0, 0, 1, cases[i].byte };
		struct kst_peb p = { .size = sizeof p };

		assert_int_equal(kst_decode_peb(layout, bytes, sizeof bytes, 0, &p, NULL), KST_OK);
		assert_int_equal(p.being_debugged, 1);
		assert_int_equal(p.flags, cases[i].flags);
		free(layout);
	}
}

static kst_status decode_peb_at(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				void *out, struct kst_error *err)
{
	return kst_decode_peb(layout, bytes, len, address, out, err);
}

static kst_status decode_parameters_at(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				       void *out, struct kst_error *err)
{
	return kst_decode_process_parameters(layout, bytes, len, address, out, err);
}

/* What the loader data adds to an empty PEB. */
static kst_status decode_ldr(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     void *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);

	(void)address;
	(void)err;
	memset(out, 0, sizeof(struct kst_peb));
	((struct kst_peb *)out)->size = sizeof(struct kst_peb);
	kst__decode_ldr(&view, layout, out);
	return KST_OK;
}

enum { PEB, LDR, RUPP };
#define P(member, bit) INTO(kst_peb, member), KST_PEB_HAS_##bit
#define R(member, bit) INTO(kst_process_parameters, member), KST_PROCESS_PARAMETERS_HAS_##bit

/* Columns: 32- and 64-bit. */
static const struct place rows[] = {
	PLACE_OF(PEB, 1, "InheritedAddressSpace", AT(0, 0), 1, P(inherited_address_space, FLAG_BYTES), 0x81, 0),
	PLACE_OF(PEB, 1, "ReadImageFileExecOptions", AT(1, 1), 1, P(read_image_file_exec_options, FLAG_BYTES), 0x82, 0),
	PLACE_OF(PEB, 0, "BeingDebugged", AT(2, 2), 1, P(being_debugged, FLAG_BYTES), 0x83, 0),
	PLACE_OF(PEB, 0, "BitField", AT(3, 3), 1, P(bit_field, BIT_FIELD), 0xff, 0),
	PLACE_OF(PEB, 0, "ImageBaseAddress", AT(8, 0x10), POINTER, P(image_base, IMAGE_BASE), 0x00d1c2b3a4959687, 0),
	PLACE_OF(PEB, 0, "Ldr", AT(0xc, 0x18), POINTER, P(ldr, LDR), 0x00d2c3b4a5968788, 0),
	PLACE_OF(PEB, 0, "ProcessParameters", AT(0x10, 0x20), POINTER, P(parameters, PARAMETERS), 0x00d3c4b5a6978889,
		 0),
	PLACE_OF(PEB, 0, "SubSystemData", AT(0x14, 0x28), POINTER, P(subsystem_data, SUBSYSTEM_DATA),
		 0xf0d4c5b6e7988990, 0),
	PLACE_OF(PEB, 0, "ProcessHeap", AT(0x18, 0x30), POINTER, P(process_heap, PROCESS_HEAP), 0x00d5c6b7a8998a91, 0),
	PLACE_OF(PEB, 0, "ProcessHeaps", AT(0x90, 0xf0), POINTER, P(process_heaps, PROCESS_HEAPS), 0xf0d6c7b8e99a8b92,
		 0),
	PLACE_OF(PEB, 0, "CrossProcessFlags", AT(0x28, 0x50), 4, P(cross_process_flags, CROSS_PROCESS_FLAGS),
		 0x81726354, 0),
	PLACE_OF(PEB, 0, "NtGlobalFlag", AT(0x68, 0xbc), 4, P(nt_global_flag, NT_GLOBAL_FLAG), 0x82736455, 0),
	PLACE_OF(PEB, 0, "NumberOfProcessors", AT(0x64, 0xb8), 4, P(processors, PROCESSORS), 0x83746556, 0),
	PLACE_OF(PEB, 0, "NumberOfHeaps", AT(0x88, 0xe8), 4, P(heaps, HEAPS), 0x84756657, 0),
	PLACE_OF(PEB, 0, "OSMajorVersion", AT(0xa4, 0x118), 4, P(os_major, OS_MAJOR), 0x85766758, 0),
	PLACE_OF(PEB, 0, "OSMinorVersion", AT(0xa8, 0x11c), 4, P(os_minor, OS_MINOR), 0x86776859, 0),
	PLACE_OF(PEB, 0, "OSBuildNumber", AT(0xac, 0x120), 2, P(os_build, OS_BUILD), 0x8778, 0),
	PLACE_OF(PEB, 0, "OSCSDVersion", AT(0xae, 0x122), 2, P(os_service_pack, OS_SERVICE_PACK), 0x8879, 0),
	PLACE_OF(PEB, 0, "OSPlatformId", AT(0xb0, 0x124), 4, P(os_platform, OS_PLATFORM), 0x897a6b5c, 0),
	PLACE_OF(PEB, 0, "ImageSubsystem", AT(0xb4, 0x128), 4, P(image_subsystem, IMAGE_SUBSYSTEM), 0x8a7b6c5d, 0),
	PLACE_OF(PEB, 0, "SessionId", AT(0x1d4, 0x2c0), 4, P(session_id, SESSION_ID), 0x8b7c6d5e, 0),
	PLACE_OF(PEB, 1, "CSDVersion.MaximumLength", AT(0x1f2, 0x2ea), 2, P(csd_version.maximum, CSD_VERSION), 0x8c7d,
		 0),
	PLACE_OF(PEB, 0, "CSDVersion.Buffer", AT(0x1f4, 0x2f0), POINTER, P(csd_version.address, CSD_VERSION),
		 0x00d7c8b9aa9b8c93, 0),
	/* a length of 0 is none that a version has */
	PLACE_OF(LDR, 0, "Length", AT(0, NOWHERE), 4, P(ldr_length, LDR_LENGTH), 0x30, KST_PEB_ANOMALY_LDR_LENGTH),
	PLACE_OF(LDR, 0, "Length, 64-bit", AT(NOWHERE, 0), 4, P(ldr_length, LDR_LENGTH), 0x58,
		 KST_PEB_ANOMALY_LDR_LENGTH),
	PLACE_OF(LDR, 0, "Initialized", AT(4, 4), 1, P(ldr_initialized, LDR_INITIALIZED), 0x91, 0),
	PLACE_OF(LDR, 1, "InLoadOrderModuleList.Flink", AT(0xc, 0x10), POINTER, P(load_first, LOAD_LIST),
		 0x00e1c2b3a4959687, 0),
	PLACE_OF(LDR, 0, "InLoadOrderModuleList.Blink", AT(0x10, 0x18), POINTER, P(load_last, LOAD_LIST),
		 0x00e2c3b4a5968788, 0),
	PLACE_OF(LDR, 1, "InMemoryOrderModuleList.Flink", AT(0x14, 0x20), POINTER, P(memory_first, MEMORY_LIST),
		 0x00e3c4b5a6978889, 0),
	PLACE_OF(LDR, 0, "InMemoryOrderModuleList.Blink", AT(0x18, 0x28), POINTER, P(memory_last, MEMORY_LIST),
		 0x00e4c5b6a798898a, 0),
	PLACE_OF(LDR, 1, "InInitializationOrderModuleList.Flink", AT(0x1c, 0x30), POINTER, P(init_first, INIT_LIST),
		 0x00e5c6b7a8998a8b, 0),
	PLACE_OF(LDR, 0, "InInitializationOrderModuleList.Blink", AT(0x20, 0x38), POINTER, P(init_last, INIT_LIST),
		 0x00e6c7b8a99a8b8c, 0),
	PLACE_OF(LDR, 0, "EntryInProgress", AT(0x24, 0x40), POINTER, P(entry_in_progress, ENTRY_IN_PROGRESS),
		 0xf0e7c8b9ea9b8c8d, 0),
	PLACE_OF(LDR, 0, "ShutdownInProgress", AT(0x28, 0x48), 1, P(shutdown_in_progress, SHUTDOWN), 0x92, 0),
	PLACE_OF(RUPP, 1, "MaximumLength", AT(0, 0), 4, R(maximum_length, LENGTHS), 0x81726354, 0),
	PLACE_OF(RUPP, 0, "Length", AT(4, 4), 4, R(length, LENGTHS), 0x82736455, 0),
	PLACE_OF(RUPP, 0, "Flags", AT(8, 8), 4, R(flags, FLAGS), 0x83746557, 0),
	PLACE_OF(RUPP, 1, "ConsoleHandle", AT(0x10, 0x10), POINTER, R(console_handle, HANDLES), 0xf1c2b3a4e5968788, 0),
	PLACE_OF(RUPP, 1, "StandardInput", AT(0x18, 0x20), POINTER, R(standard_input, HANDLES), 0xf2c3b4a5e6978889, 0),
	PLACE_OF(RUPP, 1, "StandardOutput", AT(0x1c, 0x28), POINTER, R(standard_output, HANDLES), 0xf3c4b5a6e798898a,
		 0),
	PLACE_OF(RUPP, 0, "StandardError", AT(0x20, 0x30), POINTER, R(standard_error, HANDLES), 0xf4c5b6a7e8998a8b, 0),
	PLACE_OF(RUPP, 0, "CurrentDirectory.Handle", AT(0x2c, 0x48), POINTER,
		 R(current_directory_handle, CURRENT_DIRECTORY), 0xf5c6b7a8e99a8b8c, 0),
	PLACE_OF(RUPP, 0, "Environment", AT(0x48, 0x80), POINTER, R(environment, ENVIRONMENT), 0x00d1c2b3a4959687, 0),
	PLACE_OF(RUPP, 0, "WindowFlags", AT(0x68, 0xa4), 4, R(window_flags, WINDOW_FLAGS), 0x84756658, 0),
	PLACE_OF(RUPP, 0, "EnvironmentSize", AT(0x290, 0x3f0), POINTER, R(environment_size, ENVIRONMENT_SIZE),
		 0xf6c7b8a9ea9b8c8d, 0),
};

static void places(void **state)
{
	static const struct {
		decode_fn *decode;
		uint32_t out_size;
		uint16_t sizes[2];
	} kinds[] = {
		[PEB] = { decode_peb_at, sizeof(struct kst_peb), { 0x210, 0x358 } },
		[LDR] = { decode_ldr, sizeof(struct kst_peb), { 0x30, 0x58 } },
		[RUPP] = { decode_parameters_at, sizeof(struct kst_process_parameters), { 0x2a4, 0x410 } },
	};
	const struct place *p = *state;

	for (size_t i = 0; i < 2; i++) {
		const uint32_t bits = i == 0 ? 32 : 64;
		const struct kst_peb peb = {
			.state = KST_PEB_PRESENT, .present = 0xfffff, .address = PLACE_ADDRESS, .bits = bits
		};
		const struct kst_peb ldr = { .present = 0x7f00000, .anomalies = KST_PEB_ANOMALY_LDR_LENGTH };
		const struct kst_process_parameters parameters = { .present = 0x3fff,
								   .address = PLACE_ADDRESS,
								   .bits = bits };
		const void *zeros[] = { [PEB] = &peb, [LDR] = &ldr, [RUPP] = &parameters };
		struct kst_layout *layout = user_layout(i == 0 ? 4 : 8);

		if (p->at[i] != NOWHERE)
			place_check_form(p, &(struct place_form){ layout, kinds[p->kind].sizes[i], zeros[p->kind] },
					 p->at[i], kinds[p->kind].decode, kinds[p->kind].out_size);
		free(layout);
	}
}

/* BitField is one byte: what lies beyond it is none of its bits, and neither is a member that is no bit-field. */
static void bits_beyond_the_byte(void **state)
{
	static const struct member_row members[] = {
		{ "_PEB", "BitField", 3, 2, 0, 0 },           { "_PEB", "ImageUsesLargePages", 3, 2, 7, 1 },
		{ "_PEB", "IsProtectedProcess", 3, 2, 8, 1 }, { "_PEB", "IsLegacyProcess", 3, 1, 0, 0 },
		{ "_PEB", "IsPackagedProcess", 3, 1, 1, 2 },
	};
	struct kst_layout *layout = layout_from_rows(members, 5, 8);
	uint8_t bytes[5] = { 0, 0, 0, 0xff, 1 };
	struct kst_peb p;

	(void)state;
	place_decode(decode_peb_at, layout, bytes, 5, &p, sizeof p);
	assert_true(p.bit_field == 0x1ff && p.flags == (KST_PEB_IS_LARGE_PAGES | KST_PEB_IS_PACKAGED));
	bytes[3] = 0x04; /* the higher of two bits */
	place_decode(decode_peb_at, layout, bytes, 5, &p, sizeof p);
	assert_true(p.flags == KST_PEB_IS_PACKAGED);
	bytes[3] = 0x79;
	place_decode(decode_peb_at, layout, bytes, 5, &p, sizeof p);
	assert_int_equal(p.flags, 0);
	place_decode(decode_peb_at, layout, bytes, 4, &p, sizeof p);
	assert_true(p.present == 0 && p.bit_field == 0 && p.flags == 0 && p.state == KST_PEB_UNKNOWN);
	free(layout);
}

/* The three flag bytes are told together or not at all: in part of them nothing is. */
static void flag_bytes_together(void **state)
{
	static const char *const names[] = { "InheritedAddressSpace", "ReadImageFileExecOptions", "BeingDebugged" };
	static const uint8_t bytes[3] = { 1, 1, 1 };

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		struct member_row members[2];
		struct kst_layout *layout;
		struct kst_peb p;

		for (uint32_t k = 0, n = 0; k < 3; k++)
			if (k != i)
				members[n++] = (struct member_row){ "_PEB", names[k], k, 1, 0, 0 };
		layout = layout_from_rows(members, 2, 8);
		place_decode(decode_peb_at, layout, bytes, 3, &p, sizeof p);
		assert_true(p.present == 0 && p.inherited_address_space == 0 && p.read_image_file_exec_options == 0 &&
			    p.being_debugged == 0);
		free(layout);
	}
}

/* What the kernel has no business to find in user memory, by the width of the process and of the kernel. */
static void pointers_out_of_user_space(void **state)
{
	static const struct {
		uint32_t width, kernel;
		uint64_t good, bad;
	} borders[] = {
		{ 4, 4, 0xbfffffff, 0xc0000000 },
		{ 8, 8, 0x00ffffffffffffff, 0x0100000000000000 },
		{ 4, 8, 0xffffffff, 0 }, /* a large-address-aware program on a 64-bit kernel may have all of 4 GiB */
	};
	static const struct {
		uint16_t at[2];
		int kind;
		bool judged;
	} members[] = {
		{ { 8, 0x10 }, PEB, true },     { { 0xc, 0x18 }, PEB, true },   { { 0x10, 0x20 }, PEB, true },
		{ { 0x18, 0x30 }, PEB, true },  { { 0x14, 0x28 }, PEB, false }, { { 0x90, 0xf0 }, PEB, false },
		{ { 0xc, 0x10 }, LDR, true },   { { 0x10, 0x18 }, LDR, true },  { { 0x14, 0x20 }, LDR, true },
		{ { 0x18, 0x28 }, LDR, true },  { { 0x1c, 0x30 }, LDR, true },  { { 0x20, 0x38 }, LDR, true },
		{ { 0x24, 0x40 }, LDR, false }, { { 0x48, 0x80 }, RUPP, true }, { { 0x10, 0x10 }, RUPP, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof borders / sizeof borders[0]; i++) {
		struct kst_layout *layout = user_layout(borders[i].width), *kernel = user_layout(borders[i].kernel);

		for (size_t k = 0; k < sizeof members / sizeof members[0]; k++) {
			for (int bad = 0; bad < (borders[i].bad != 0 ? 2 : 1); bad++) {
				uint8_t bytes[0x400] = { 0x58 };
				struct kst__view view = kst__view_bytes(layout, bytes, sizeof bytes);
				struct kst_process_parameters parameters;
				struct kst_peb peb = { .size = sizeof peb };

				bytes[0] = borders[i].width == 4 ? 0x30 : 0x58; /* Length of the loader data */
				bytes[8] = 1;                                   /* normalised parameters */
				put_number(bytes, members[k].at[borders[i].width == 8], borders[i].width,
					   bad ? borders[i].bad : borders[i].good);
				if (members[k].kind == PEB)
					kst__decode_peb(&view, kernel, 0x1000, &peb);
				else if (members[k].kind == LDR)
					kst__decode_ldr(&view, kernel, &peb);
				kst__decode_process_parameters(&view, kernel, 0x1000, &parameters);
				if (members[k].kind == RUPP)
					assert_true(parameters.anomalies ==
						    (bad && members[k].judged ? KST_PROCESS_PARAMETERS_ANOMALY_POINTER
									      : 0u));
				else
					assert_true(peb.anomalies ==
						    (bad && members[k].judged ? KST_PEB_ANOMALY_POINTER : 0u));
			}
		}
		free(layout);
		free(kernel);
	}
}

/* Length of the loader data: up to Vista RTM, since SP1. */
static void lengths_of_loader_data(void **state)
{
	static const struct {
		uint32_t width, length;
		uint64_t anomalies;
	} cases[] = {
		{ 4, 0x28, 0 },
		{ 4, 0x30, 0 },
		{ 8, 0x48, 0 },
		{ 8, 0x58, 0 },
		{ 4, 0x48, KST_PEB_ANOMALY_LDR_LENGTH },
		{ 4, 0x58, KST_PEB_ANOMALY_LDR_LENGTH },
		{ 8, 0x28, KST_PEB_ANOMALY_LDR_LENGTH },
		{ 8, 0x30, KST_PEB_ANOMALY_LDR_LENGTH },
		{ 4, 0x29, KST_PEB_ANOMALY_LDR_LENGTH },
		{ 8, 0x49, KST_PEB_ANOMALY_LDR_LENGTH },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = user_layout(cases[i].width);
		uint8_t bytes[4] = { (uint8_t)cases[i].length };
		struct kst_peb p;

		place_decode(decode_ldr, layout, bytes, 4, &p, sizeof p);
		assert_true(p.present == KST_PEB_HAS_LDR_LENGTH && p.anomalies == cases[i].anomalies);
		place_decode(decode_ldr, layout, bytes, 3, &p, sizeof p); /* a length that is not there is not odd */
		assert_true(p.present == 0 && p.anomalies == 0);
		free(layout);
	}
}

#define ODD_STRING     KST_PROCESS_PARAMETERS_ANOMALY_STRING
#define ODD_POINTER    KST_PROCESS_PARAMETERS_ANOMALY_POINTER
#define NOT_NORMALIZED KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED

/*
 * The eight strings of the parameters, each with the same contents: normalised or not (then MaximumLength is 8000 and
 * what lies within is an offset), sound or not. RuntimeData is any bytes.
 */
static void strings(void **state)
{
	static const struct {
		const char *name;
		uint16_t at[2]; /* 32-, 64-bit */
		uint16_t to;
	} texts[] = {
		{ "CurrentDirectory", { 0x24, 0x38 }, offsetof(struct kst_process_parameters, current_directory) },
		{ "DllPath", { 0x30, 0x50 }, offsetof(struct kst_process_parameters, dll_path) },
		{ "ImagePathName", { 0x38, 0x60 }, offsetof(struct kst_process_parameters, image_path) },
		{ "CommandLine", { 0x40, 0x70 }, offsetof(struct kst_process_parameters, command_line) },
		{ "WindowTitle", { 0x70, 0xb0 }, offsetof(struct kst_process_parameters, window_title) },
		{ "DesktopInfo", { 0x78, 0xc0 }, offsetof(struct kst_process_parameters, desktop_info) },
		{ "ShellInfo", { 0x80, 0xd0 }, offsetof(struct kst_process_parameters, shell_info) },
		{ "RuntimeData", { 0x88, 0xe0 }, offsetof(struct kst_process_parameters, runtime_data) },
	};
	static const struct {
		uint32_t flags;
		uint16_t length, maximum;
		uint32_t buffer;
		uint64_t address;
		uint32_t bytes;
		uint64_t anomalies;
	} cases[] = {
		{ 1, 0x8182, 0x8384, 0x2000, 0x2000, 0x8182, 0 },
		{ 1, 0x8182, 0x8182, 0xbfffffff, 0xbfffffff, 0x8182, 0 },
		{ 1, 0, 0x8384, 0, 0, 0, 0 },
		{ 1, 0x8183, 0x8384, 0x2000, 0x2000, 0x8182, ODD_STRING },
		{ 1, 0x8384, 0x8382, 0x2000, 0x2000, 0x8384, ODD_STRING },
		{ 1, 0x8182, 0x8384, 0, 0, 0, ODD_STRING },
		{ 0, 0x8182, 0x8384, 0x10, 0x20010, 0x8182, NOT_NORMALIZED },
		{ 0, 0x8182, 0x8384, 1, 0x20001, 0x8182, NOT_NORMALIZED },
		{ 0, 0x8182, 0x8384, 0x7fff, 0x27fff, 0x8182, NOT_NORMALIZED },
		{ 2, 0x8182, 0x8384, 0x7fff, 0x27fff, 0x8182, NOT_NORMALIZED },
		{ 0, 0x8182, 0x8384, 0x8000, 0x8000, 0x8182, 0 },
		{ 0, 0, 0x8384, 0, 0, 0, 0 },
		{ 3, 0x8182, 0x8384, 0x10, 0x10, 0x8182, 0 },
	};

	(void)state;
	for (uint32_t wide = 0; wide < 2; wide++) {
		struct kst_layout *layout = user_layout(wide ? 8 : 4);

		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			for (size_t k = 0; k < 8; k++) {
				size_t at = texts[k].at[wide];
				uint64_t anomalies = k == 7 ? cases[i].anomalies & NOT_NORMALIZED : cases[i].anomalies;
				struct kst_process_parameters p = { .size = sizeof p }, expected = { 0 };
				const struct kst_text text = { cases[i].address, cases[i].bytes, cases[i].maximum };
				uint8_t bytes[0x400] = { 0x00, 0x80 };

				bytes[8] = (uint8_t)cases[i].flags;
				put_number(bytes, at, 2, cases[i].length);
				put_number(bytes, at + 2, 2, cases[i].maximum);
				put_number(bytes, at + (wide ? 8 : 4), wide ? 8 : 4, cases[i].buffer);
				assert_int_equal(
					kst_decode_process_parameters(layout, bytes, sizeof bytes, 0x20000, &p, NULL),
					KST_OK);
				expected.size = sizeof p;
				expected.flags = cases[i].flags;
				expected.present = p.present;
				expected.anomalies = anomalies;
				expected.address = 0x20000;
				expected.maximum_length = 0x8000;
				expected.bits = wide ? 64 : 32;
				memcpy((uint8_t *)&expected + texts[k].to, &text, sizeof text);
				assert_memory_equal(&p, &expected, sizeof p);
			}
		}
		free(layout);
	}
}

/* Nobody is to print the kernel's memory as a command line; without Flags nothing is taken for an offset. */
static void strings_out_of_reach(void **state)
{
	static const struct member_row members[] = {
		{ "_RTL_USER_PROCESS_PARAMETERS", "MaximumLength", 0, 4, 0, 0 },
		{ "_RTL_USER_PROCESS_PARAMETERS", "Length", 4, 4, 0, 0 },
		{ "_RTL_USER_PROCESS_PARAMETERS", "CommandLine", 0x70, 0x10, 0, 0 },
	};
	struct kst_layout *whole = user_layout(8), *bare = layout_from_rows(members, 3, 8);
	uint8_t bytes[0x400] = { 0x00, 0x80 };
	struct kst_process_parameters p;

	(void)state;
	put_number(bytes, 0x70, 2, 0x40);
	put_number(bytes, 0x72, 2, 0x42);
	put_number(bytes, 0x78, 8, 0xfffff80000001000);
	place_decode(decode_parameters_at, whole, bytes, sizeof bytes, &p, sizeof p);
	assert_true(p.anomalies == ODD_POINTER && p.command_line.address == 0xfffff80000001000 &&
		    p.command_line.bytes == 0 && p.command_line.maximum == 0x42);
	put_number(bytes, 0x78, 8, 0x10);
	place_decode(decode_parameters_at, bare, bytes, sizeof bytes, &p, sizeof p);
	assert_true(p.present == (KST_PROCESS_PARAMETERS_HAS_LENGTHS | KST_PROCESS_PARAMETERS_HAS_COMMAND_LINE));
	assert_true(p.anomalies == 0 && p.command_line.address == 0x10 && p.command_line.bytes == 0x40);
	free(bare);
	free(whole);
}

/* Members that are told together: lengths, handles, the current directory and its handle. */
static void parameters_in_part(void **state)
{
	static const char *const handles[] = { "ConsoleHandle", "StandardInput", "StandardOutput", "StandardError" };
	uint8_t bytes[0x40];
	struct kst_process_parameters p;

	(void)state;
	memset(bytes, 1, sizeof bytes);
	for (uint32_t i = 0; i < 4; i++) {
		struct member_row members[3];
		struct kst_layout *layout;

		for (uint32_t k = 0, n = 0; k < 4; k++)
			if (k != i)
				members[n++] = (struct member_row){
					"_RTL_USER_PROCESS_PARAMETERS", handles[k], 8 * k, 8, 0, 0
				};
		layout = layout_from_rows(members, 3, 8);
		place_decode(decode_parameters_at, layout, bytes, sizeof bytes, &p, sizeof p);
		assert_true(p.present == 0 && p.console_handle == 0 && p.standard_input == 0 &&
			    p.standard_output == 0 && p.standard_error == 0 && p.current_directory_handle == 0);
		free(layout);
	}
	for (uint32_t i = 0; i < 2; i++) {
		const struct member_row length = {
			"_RTL_USER_PROCESS_PARAMETERS", i == 0 ? "Length" : "MaximumLength", 0, 4, 0, 0
		};
		struct kst_layout *layout = layout_from_rows(&length, 1, 8);

		place_decode(decode_parameters_at, layout, bytes, sizeof bytes, &p, sizeof p);
		assert_true(p.present == 0 && p.length == 0 && p.maximum_length == 0);
		free(layout);
	}
	for (uint32_t w = 4; w <= 8; w += 4) {
		const struct member_row directory = {
			"_RTL_USER_PROCESS_PARAMETERS", "CurrentDirectory", 0x10, 3 * w, 0, 0
		};
		struct kst_layout *layout = layout_from_rows(&directory, 1, w);

		bytes[0x10] = 0;             /* an even length */
		bytes[0x10 + 2 * w - 1] = 0; /* a user address */
		place_decode(decode_parameters_at, layout, bytes, 0x10 + 3 * w - 1, &p, sizeof p);
		assert_true(p.present == 0 && p.current_directory.address == 0 && p.current_directory.bytes == 0 &&
			    p.current_directory.maximum == 0 && p.current_directory_handle == 0);
		place_decode(decode_parameters_at, layout, bytes, 0x10 + 3 * w, &p, sizeof p);
		assert_true(p.present == KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY);
		assert_true(p.current_directory.bytes == 0x100 && p.current_directory.maximum == 0x101);
		assert_true(p.current_directory_handle == (w == 4 ? 0x01010101u : 0x0101010101010101u));
		free(layout);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = user_layout(8);

	(void)state;
	refuses_wrong_calls(layout, decode_peb_at, sizeof(struct kst_peb));
	refuses_wrong_calls(layout, decode_parameters_at, sizeof(struct kst_process_parameters));
	assert_int_equal(kst_layout_init_user(layout, kst_layout_size(), 5, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_init_user(layout, 8, 4, NULL), KST_E_LIMIT);
	NAMES_NUMBERS(kst_peb_state_name, "unknown", "unknown", "present", "paged-out", "none", "gone", "invalid");
	NAMES_BITS(kst_peb_anomaly_name, "pointer", "address", "ldr-length");
	NAMES_BITS(kst_process_parameters_anomaly_name, "string", "pointer", "not-normalized");
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(truncation),
		cmocka_unit_test(fixed_layout_agrees_with_all_builds),
		cmocka_unit_test(bits_by_build),
		cmocka_unit_test(bits_beyond_the_byte),
		cmocka_unit_test(flag_bytes_together),
		cmocka_unit_test(pointers_out_of_user_space),
		cmocka_unit_test(lengths_of_loader_data),
		cmocka_unit_test(strings),
		cmocka_unit_test(strings_out_of_reach),
		cmocka_unit_test(parameters_in_part),
		cmocka_unit_test(calls_and_names),
	};

	return RUN_TESTS_AND_ROWS("peb", tests, rows, places);
}
