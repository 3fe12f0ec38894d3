/* SPDX-License-Identifier: MIT */
/* PEB, PEB_LDR_DATA, RTL_USER_PROCESS_PARAMETERS. */
#include "peb.h"

#include "process.h"

#define ROW(type, id, member, kind, bit)                                                                               \
	{                                                                                                              \
		KST__M_##id, (uint16_t)offsetof(struct type, member), sizeof(((struct type *)0)->member),              \
			KST__FIELD_##kind, bit                                                                         \
	}
#define PEB_ROW(id, member, kind, bit)        ROW(kst_peb, id, member, kind, bit)
#define PARAMETERS_ROW(id, member, kind, bit) ROW(kst_process_parameters, id, member, kind, bit)

static const struct kst__field peb_fields[] = {
	PEB_ROW(PEB_BIT_FIELD, bit_field, NUMBER, 1),
	PEB_ROW(PEB_IMAGE_BASE, image_base, POINTER, 2),
	PEB_ROW(PEB_LDR, ldr, POINTER, 3),
	PEB_ROW(PEB_PARAMETERS, parameters, POINTER, 4),
	PEB_ROW(PEB_SUBSYSTEM_DATA, subsystem_data, POINTER, 5),
	PEB_ROW(PEB_PROCESS_HEAP, process_heap, POINTER, 6),
	PEB_ROW(PEB_PROCESS_HEAPS, process_heaps, POINTER, 7),
	PEB_ROW(PEB_CROSS_PROCESS_FLAGS, cross_process_flags, NUMBER, 8),
	PEB_ROW(PEB_NT_GLOBAL_FLAG, nt_global_flag, NUMBER, 9),
	PEB_ROW(PEB_NUMBER_OF_PROCESSORS, processors, NUMBER, 10),
	PEB_ROW(PEB_NUMBER_OF_HEAPS, heaps, NUMBER, 11),
	PEB_ROW(PEB_OS_MAJOR_VERSION, os_major, NUMBER, 12),
	PEB_ROW(PEB_OS_MINOR_VERSION, os_minor, NUMBER, 13),
	PEB_ROW(PEB_OS_BUILD_NUMBER, os_build, NUMBER, 14),
	PEB_ROW(PEB_OS_CSD_VERSION, os_service_pack, NUMBER, 15),
	PEB_ROW(PEB_OS_PLATFORM_ID, os_platform, NUMBER, 16),
	PEB_ROW(PEB_IMAGE_SUBSYSTEM, image_subsystem, NUMBER, 17),
	PEB_ROW(PEB_SESSION_ID, session_id, NUMBER, 18),
};

static const struct kst__field ldr_fields[] = {
	PEB_ROW(LDR_DATA_LENGTH, ldr_length, NUMBER, 20),
	PEB_ROW(LDR_DATA_INITIALIZED, ldr_initialized, NUMBER, 21),
	PEB_ROW(LDR_DATA_ENTRY_IN_PROGRESS, entry_in_progress, POINTER, 25),
	PEB_ROW(LDR_DATA_SHUTDOWN_IN_PROGRESS, shutdown_in_progress, NUMBER, 26),
};

static const struct kst__field parameters_fields[] = {
	PARAMETERS_ROW(RUPP_FLAGS, flags, NUMBER, 0),
	PARAMETERS_ROW(RUPP_ENVIRONMENT, environment, POINTER, 2),
	PARAMETERS_ROW(RUPP_ENVIRONMENT_SIZE, environment_size, POINTER, 3),
	PARAMETERS_ROW(RUPP_WINDOW_FLAGS, window_flags, NUMBER, 13),
};

/* The first three bytes belong together; what is there of them is one page or nothing. */
static void decode_flag_bytes(const struct kst__view *view, struct kst_peb *out)
{
	uint64_t inherited, options, debugged;

	if (!kst__get(view, KST__M_PEB_INHERITED_ADDRESS_SPACE, &inherited) ||
	    !kst__get(view, KST__M_PEB_READ_IMAGE_FILE_EXEC_OPTIONS, &options) ||
	    !kst__get(view, KST__M_PEB_BEING_DEBUGGED, &debugged))
		return;
	out->present |= KST_PEB_HAS_FLAG_BYTES;
	out->inherited_address_space = (uint32_t)inherited;
	out->read_image_file_exec_options = (uint32_t)options;
	out->being_debugged = (uint32_t)debugged;
}

/* Nothing is set in a byte that is absent. */
static void decode_bit_field(const struct kst_layout *native, struct kst_peb *out)
{
	static const struct {
		uint16_t id;
		uint16_t flag;
	} bits[] = {
		{ KST__M_PEB_LARGE_PAGES, KST_PEB_IS_LARGE_PAGES },
		{ KST__M_PEB_PROTECTED, KST_PEB_IS_PROTECTED },
		{ KST__M_PEB_LEGACY, KST_PEB_IS_LEGACY },
		{ KST__M_PEB_RELOCATED, KST_PEB_IS_RELOCATED },
		{ KST__M_PEB_SKIP_PATCHING, KST_PEB_IS_SKIP_PATCHING },
		{ KST__M_PEB_PACKAGED, KST_PEB_IS_PACKAGED },
		{ KST__M_PEB_APP_CONTAINER, KST_PEB_IS_APP_CONTAINER },
		{ KST__M_PEB_PROTECTED_LIGHT, KST_PEB_IS_PROTECTED_LIGHT },
		{ KST__M_PEB_LONG_PATH_AWARE, KST_PEB_IS_LONG_PATH_AWARE },
	};

	for (size_t i = 0; i < KST__COUNT(bits); i++) {
		const struct kst__member *m = kst__member(native, (enum kst__member_id)bits[i].id);

		if (m->present && m->bit_len != 0 && m->bit_pos < 8 &&
		    (out->bit_field >> m->bit_pos & kst__mask(m->bit_len)) != 0)
			out->flags |= bits[i].flag;
	}
}

bool kst__decode_text(const struct kst__view *view, uint64_t offset, struct kst_text *out, bool *sound)
{
	uint64_t length, maximum, buffer;

	if (!kst__view_number(view, offset, 2, &length) || !kst__view_number(view, offset + 2, 2, &maximum) ||
	    !kst__view_pointer(view, offset + view->layout->info.pointer_size, &buffer))
		return false;
	*sound = length % 2 == 0 && length <= maximum && (buffer != 0 || length == 0);
	out->address = buffer;
	out->bytes = buffer == 0 ? 0 : (uint32_t)(length & ~(uint64_t)1);
	out->maximum = (uint32_t)maximum;
	return true;
}

void kst__decode_peb(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
		     struct kst_peb *out)
{
	const struct kst__member *csd = kst__member(view->layout, KST__M_PEB_CSD_VERSION);
	uint32_t pointer_size = view->layout->info.pointer_size;
	bool sound;

	memset(out, 0, sizeof *out);
	out->address = address;
	out->bits = 8 * pointer_size;
	out->present = kst__get_fields(view, peb_fields, KST__COUNT(peb_fields), out);
	decode_flag_bytes(view, out);
	decode_bit_field(native, out);
	if (csd->present && kst__decode_text(view, csd->offset, &out->csd_version, &sound))
		out->present |= KST_PEB_HAS_CSD_VERSION;
	if (!kst__points_well(view->layout, native, out->ldr) ||
	    !kst__points_well(view->layout, native, out->parameters) ||
	    !kst__points_well(view->layout, native, out->process_heap) ||
	    !kst__points_well(view->layout, native, out->image_base))
		out->anomalies |= KST_PEB_ANOMALY_POINTER;
	out->state = out->present & KST_PEB_HAS_LDR ? KST_PEB_PRESENT : KST_PEB_UNKNOWN;
}

void kst__decode_ldr(const struct kst__view *view, const struct kst_layout *native, struct kst_peb *out)
{
	static const struct {
		uint16_t id;
		uint16_t first, last; /* in kst_peb */
		uint32_t present;
	} lists[] = {
		{ KST__M_LDR_DATA_LOAD_LIST, offsetof(struct kst_peb, load_first), offsetof(struct kst_peb, load_last),
		  KST_PEB_HAS_LOAD_LIST },
		{ KST__M_LDR_DATA_MEMORY_LIST, offsetof(struct kst_peb, memory_first),
		  offsetof(struct kst_peb, memory_last), KST_PEB_HAS_MEMORY_LIST },
		{ KST__M_LDR_DATA_INIT_LIST, offsetof(struct kst_peb, init_first), offsetof(struct kst_peb, init_last),
		  KST_PEB_HAS_INIT_LIST },
	};
	uint32_t pointer_size = view->layout->info.pointer_size;

	out->present |= kst__get_fields(view, ldr_fields, KST__COUNT(ldr_fields), out);
	for (size_t i = 0; i < KST__COUNT(lists); i++) {
		const struct kst__member *m = kst__member(view->layout, (enum kst__member_id)lists[i].id);
		uint64_t first, last;

		if (!m->present || !kst__view_pointer(view, m->offset, &first) ||
		    !kst__view_pointer(view, (uint64_t)m->offset + pointer_size, &last))
			continue;
		memcpy((uint8_t *)out + lists[i].first, &first, sizeof first);
		memcpy((uint8_t *)out + lists[i].last, &last, sizeof last);
		out->present |= lists[i].present;
		if (!kst__points_well(view->layout, native, first) || !kst__points_well(view->layout, native, last))
			out->anomalies |= KST_PEB_ANOMALY_POINTER;
	}
	/* Vista RTM and before, SP1 and later; 32- and 64-bit */
	if ((out->present & KST_PEB_HAS_LDR_LENGTH) && out->ldr_length != (pointer_size == 4 ? 0x28u : 0x48u) &&
	    out->ldr_length != (pointer_size == 4 ? 0x30u : 0x58u))
		out->anomalies |= KST_PEB_ANOMALY_LDR_LENGTH;
}

/* Handles are small numbers of pointer width; the four are either all there or not told. */
static void decode_handles(const struct kst__view *view, struct kst_process_parameters *out)
{
	if (kst__get_pointer(view, KST__M_RUPP_CONSOLE_HANDLE, &out->console_handle) &&
	    kst__get_pointer(view, KST__M_RUPP_STANDARD_INPUT, &out->standard_input) &&
	    kst__get_pointer(view, KST__M_RUPP_STANDARD_OUTPUT, &out->standard_output) &&
	    kst__get_pointer(view, KST__M_RUPP_STANDARD_ERROR, &out->standard_error)) {
		out->present |= KST_PROCESS_PARAMETERS_HAS_HANDLES;
		return;
	}
	out->console_handle = out->standard_input = out->standard_output = out->standard_error = 0;
}

static void decode_texts(const struct kst__view *view, const struct kst_layout *native,
			 struct kst_process_parameters *out)
{
	static const struct {
		uint16_t id;
		uint16_t offset; /* in kst_process_parameters */
		uint32_t present;
	} texts[] = {
		{ KST__M_RUPP_CURRENT_DIRECTORY, offsetof(struct kst_process_parameters, current_directory),
		  KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY },
		{ KST__M_RUPP_DLL_PATH, offsetof(struct kst_process_parameters, dll_path),
		  KST_PROCESS_PARAMETERS_HAS_DLL_PATH },
		{ KST__M_RUPP_IMAGE_PATH_NAME, offsetof(struct kst_process_parameters, image_path),
		  KST_PROCESS_PARAMETERS_HAS_IMAGE_PATH },
		{ KST__M_RUPP_COMMAND_LINE, offsetof(struct kst_process_parameters, command_line),
		  KST_PROCESS_PARAMETERS_HAS_COMMAND_LINE },
		{ KST__M_RUPP_WINDOW_TITLE, offsetof(struct kst_process_parameters, window_title),
		  KST_PROCESS_PARAMETERS_HAS_WINDOW_TITLE },
		{ KST__M_RUPP_DESKTOP_INFO, offsetof(struct kst_process_parameters, desktop_info),
		  KST_PROCESS_PARAMETERS_HAS_DESKTOP_INFO },
		{ KST__M_RUPP_SHELL_INFO, offsetof(struct kst_process_parameters, shell_info),
		  KST_PROCESS_PARAMETERS_HAS_SHELL_INFO },
		{ KST__M_RUPP_RUNTIME_DATA, offsetof(struct kst_process_parameters, runtime_data),
		  KST_PROCESS_PARAMETERS_HAS_RUNTIME_DATA },
	};
	bool offsets = (out->present & KST_PROCESS_PARAMETERS_HAS_FLAGS) && (out->flags & 1) == 0;

	for (size_t i = 0; i < KST__COUNT(texts); i++) {
		const struct kst__member *m = kst__member(view->layout, (enum kst__member_id)texts[i].id);
		struct kst_text text;
		bool sound;

		if (!m->present || !kst__decode_text(view, m->offset, &text, &sound))
			continue;
		/* what lies within the block is an offset; some writers leave the flag clear and store addresses */
		if (offsets && text.address != 0 && text.address < out->maximum_length) {
			text.address += out->address;
			out->anomalies |= KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED;
		}
		/* runtime data is not text and of any length */
		if (!sound && texts[i].present != KST_PROCESS_PARAMETERS_HAS_RUNTIME_DATA)
			out->anomalies |= KST_PROCESS_PARAMETERS_ANOMALY_STRING;
		if (!kst__points_well(view->layout, native, text.address)) {
			out->anomalies |= KST_PROCESS_PARAMETERS_ANOMALY_POINTER;
			text.bytes = 0; /* nobody is to print the kernel's memory as a command line */
		}
		memcpy((uint8_t *)out + texts[i].offset, &text, sizeof text);
		out->present |= texts[i].present;
	}
}

void kst__decode_process_parameters(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
				    struct kst_process_parameters *out)
{
	const struct kst__member *directory = kst__member(view->layout, KST__M_RUPP_CURRENT_DIRECTORY);
	uint32_t pointer_size = view->layout->info.pointer_size;
	uint64_t maximum, length;

	memset(out, 0, sizeof *out);
	out->address = address;
	out->bits = 8 * pointer_size;
	out->present = kst__get_fields(view, parameters_fields, KST__COUNT(parameters_fields), out);
	if (kst__get(view, KST__M_RUPP_MAXIMUM_LENGTH, &maximum) && kst__get(view, KST__M_RUPP_LENGTH, &length)) {
		out->present |= KST_PROCESS_PARAMETERS_HAS_LENGTHS;
		out->maximum_length = (uint32_t)maximum;
		out->length = (uint32_t)length;
	}
	decode_handles(view, out);
	decode_texts(view, native, out);
	/* CURDIR: a UNICODE_STRING and a handle */
	if ((out->present & KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY) &&
	    !kst__view_pointer(view, (uint64_t)directory->offset + 2u * pointer_size, &out->current_directory_handle)) {
		out->present &= ~(uint64_t)KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY;
		memset(&out->current_directory, 0, sizeof out->current_directory);
	}
	if (!kst__points_well(view->layout, native, out->environment))
		out->anomalies |= KST_PROCESS_PARAMETERS_ANOMALY_POINTER;
}

kst_status kst_decode_peb(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			  struct kst_peb *out, struct kst_error *err)
{
	struct kst_peb ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_peb.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_peb(&view, layout, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_decode_process_parameters(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, struct kst_process_parameters *out, struct kst_error *err)
{
	struct kst_process_parameters ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_process_parameters.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_process_parameters(&view, layout, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_peb_state_name(uint32_t state)
{
	static const char *const names[] = { "unknown", "present", "paged-out", "none", "gone", "invalid" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}

const char *kst_peb_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "pointer", "address", "ldr-length" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_process_parameters_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "string", "pointer", "not-normalized" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
