/* SPDX-License-Identifier: MIT */
#include "core.h"

bool kst__is_status(kst_status code)
{
	static const int8_t ours[] = { KST_OK,          KST_END,         KST_E_ARG,         KST_E_ABI,
				       KST_E_NO_MEMORY, KST_E_NO_MEMBER, KST_E_UNSUPPORTED, KST_E_FAULT,
				       KST_E_HOST,      KST_E_IO,        KST_E_CORRUPT,     KST_E_LIMIT };

	for (size_t i = 0; i < KST__COUNT(ours); i++)
		if (code == ours[i])
			return true;
	return false;
}

static void tell(struct kst_error *err, kst_status code, kst_status host_code, uint64_t address, const char *message)
{
	struct kst_error ours;
	size_t n = kst__length(message);

	if (err == NULL || !kst__out_ok(err->size, sizeof *err))
		return;
	memset(&ours, 0, sizeof ours);
	ours.code = code;
	ours.host_code = host_code;
	ours.address = address;
	if (n >= sizeof ours.message)
		n = sizeof ours.message - 1;
	memcpy(ours.message, message, n);
	kst__out_write(err, &ours, sizeof ours);
}

kst_status kst__fail(struct kst_error *err, kst_status code, uint64_t address, const char *message)
{
	if (!kst__is_status(code))
		return kst__fail_host(err, code, address);
	tell(err, code, 0, address, message);
	return code;
}

kst_status kst__fail_host(struct kst_error *err, kst_status host_code, uint64_t address)
{
	tell(err, KST_E_HOST, host_code, address, "the host's callback failed");
	return KST_E_HOST;
}

void kst__out_write(void *out, const void *ours, size_t ours_size)
{
	uint32_t size;

	memcpy(&size, out, sizeof size);
	if (size < ours_size)
		ours_size = size;
	if (ours_size > sizeof size)
		memcpy((uint8_t *)out + sizeof size, (const uint8_t *)ours + sizeof size, ours_size - sizeof size);
}

kst_status kst__in_read(void *ours, size_t ours_size, const void *in, size_t first)
{
	const uint8_t *bytes = in;
	uint32_t size;

	memcpy(&size, in, sizeof size);
	if (!kst__out_ok(size, first))
		return KST_E_ABI;
	for (size_t i = ours_size; i < size; i++)
		if (bytes[i] != 0)
			return KST_E_ABI;
	memset(ours, 0, ours_size);
	memcpy(ours, in, size < ours_size ? size : ours_size);
	return KST_OK;
}

uint32_t kst_version(void)
{
	return KST_VERSION_MAJOR << 16 | KST_VERSION_MINOR << 8 | KST_VERSION_PATCH;
}

size_t kst__length(const char *text)
{
	size_t n = 0;

	while (text[n] != '\0')
		n++;
	return n;
}

bool kst__text_is(const char *a, size_t len, const char *b)
{
	return kst__length(b) == len && memcmp(a, b, len) == 0;
}

bool kst__among(const char *alternatives, const char *name)
{
	for (const char *a = alternatives;;) {
		size_t n = 0;

		while (a[n] != '\0' && a[n] != '|')
			n++;
		if (kst__text_is(a, n, name))
			return true;
		if (a[n] == '\0')
			return false;
		a += n + 1;
	}
}

const char *kst__bit_name(uint64_t bit, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count && i < 64; i++)
		if (bit == (uint64_t)1 << i)
			return names[i];
	return NULL;
}
