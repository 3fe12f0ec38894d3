/* SPDX-License-Identifier: MIT */
/* Names of the values that api.h and layout.h define. */
#include "core.h"

#include <kstate/layout.h>

const char *kst_status_name(kst_status status)
{
	switch (status) {
	case KST_OK: return "KST_OK";
	case KST_END: return "KST_END";
	case KST_E_ARG: return "KST_E_ARG";
	case KST_E_ABI: return "KST_E_ABI";
	case KST_E_NO_MEMORY: return "KST_E_NO_MEMORY";
	case KST_E_NO_MEMBER: return "KST_E_NO_MEMBER";
	case KST_E_UNSUPPORTED: return "KST_E_UNSUPPORTED";
	case KST_E_FAULT: return "KST_E_FAULT";
	case KST_E_HOST: return "KST_E_HOST";
	case KST_E_IO: return "KST_E_IO";
	case KST_E_CORRUPT: return "KST_E_CORRUPT";
	case KST_E_LIMIT: return "KST_E_LIMIT";
	default: return "unknown";
	}
}

const char *kst_arch_name(uint32_t arch)
{
	static const char *const names[] = { "unknown", "x86", "x64", "arm64" };

	return arch < KST__COUNT(names) ? names[arch] : "unknown";
}

const char *kst_walk_end_name(uint32_t end)
{
	static const char *const names[] = { "running", "closed",     "terminated", "mismatch",
					     "loop",    "unreadable", "budget" };

	return end < KST__COUNT(names) ? names[end] : "unknown";
}

const char *kst_walk_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "back-link", "count", "clamped", "skipped" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_layout_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "revision-guessed", "partial", "block-differs", "pae-reduced" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
