/* SPDX-License-Identifier: MIT */
#include "pte.h"

void kst__pte_letters(char out[16], uint64_t bits)
{
	static const char set[] = "CGLDANT", clear[] = "-------";
	static const uint16_t order[] = { KST_PTE_BIT_COPY_ON_WRITE, KST_PTE_BIT_GLOBAL,   KST_PTE_BIT_LARGE,
					  KST_PTE_BIT_DIRTY,         KST_PTE_BIT_ACCESSED, KST_PTE_BIT_CACHE_DISABLE,
					  KST_PTE_BIT_WRITE_THROUGH };
	size_t n = 0;

	for (; n < KST__COUNT(order); n++)
		out[n] = bits & order[n] ? set[n] : clear[n];
	out[n++] = bits & KST_PTE_BIT_USER ? 'U' : 'K';
	out[n++] = bits & KST_PTE_BIT_WRITE ? 'W' : 'R';
	out[n++] = bits & KST_PTE_BIT_NO_EXECUTE ? '-' : 'E';
	out[n++] = 'V';
	out[n] = '\0';
}

const char *kst_pte_state_name(uint32_t state)
{
	static const char *const names[] = { "zero",          "valid",       "transition", "prototype",
					     "prototype-vad", "subsection",  "page-file",  "demand-zero",
					     "no-access",     "decommitted", "unreadable", "unknown" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}

const char *kst_pte_read_name(uint32_t read)
{
	static const char *const names[] = { "none", "hardware", "transition", "prototype", "page-file" };

	return read < KST__COUNT(names) ? names[read] : "unknown";
}

const char *kst_pte_protection_name(uint32_t protection)
{
	static const char *const names[] = { "no-access",
					     "read-only",
					     "execute",
					     "execute-read",
					     "read-write",
					     "write-copy",
					     "execute-read-write",
					     "execute-write-copy",
					     "no-access-no-cache",
					     "read-only-no-cache",
					     "execute-no-cache",
					     "execute-read-no-cache",
					     "read-write-no-cache",
					     "write-copy-no-cache",
					     "execute-read-write-no-cache",
					     "execute-write-copy-no-cache",
					     "decommitted",
					     "read-only-guard",
					     "execute-guard",
					     "execute-read-guard",
					     "read-write-guard",
					     "write-copy-guard",
					     "execute-read-write-guard",
					     "execute-write-copy-guard",
					     "no-access",
					     "read-only-write-combine",
					     "execute-write-combine",
					     "execute-read-write-combine",
					     "read-write-write-combine",
					     "write-copy-write-combine",
					     "execute-read-write-write-combine",
					     "execute-write-copy-write-combine" };

	return protection < KST__COUNT(names) ? names[protection] : "unknown";
}

const char *kst_pte_protection_text(uint32_t protection)
{
	static const char *const names[] = { "NoAccess",
					     "ReadOnly",
					     "Execute",
					     "ExecuteRead",
					     "ReadWrite",
					     "WriteCopy",
					     "ExecuteReadWrite",
					     "ExecuteWriteCopy",
					     "NoAccess NoCache",
					     "ReadOnly NoCache",
					     "Execute NoCache",
					     "ExecuteRead NoCache",
					     "ReadWrite NoCache",
					     "WriteCopy NoCache",
					     "ExecuteReadWrite NoCache",
					     "ExecuteWriteCopy NoCache",
					     "Decommitted",
					     "ReadOnly Guard",
					     "Execute Guard",
					     "ExecuteRead Guard",
					     "ReadWrite Guard",
					     "WriteCopy Guard",
					     "ExecuteReadWrite Guard",
					     "ExecuteWriteCopy Guard",
					     "NoAccess",
					     "ReadOnly WriteCombine",
					     "Execute WriteCombine",
					     "ExecuteRead WriteCombine",
					     "ReadWrite WriteCombine",
					     "WriteCopy WriteCombine",
					     "ExecuteReadWrite WriteCombine",
					     "ExecuteWriteCopy WriteCombine" };

	return protection < KST__COUNT(names) ? names[protection] : "Unknown";
}

const char *kst_pte_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "format-assumed", "mask-assumed", "frame-range",
					     "reserved",       "bad-pointer",  "list-link" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
