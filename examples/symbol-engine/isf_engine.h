/* SPDX-License-Identifier: MIT */
/* Stands where a debugger's engine would be: DbgHelp's calls over the types of an ISF file (Volatility 3, JSON). */
#ifndef KST_EXAMPLES_ISF_ENGINE_H
#define KST_EXAMPLES_ISF_ENGINE_H

#include "symbol_engine.h"

#include <stddef.h>

struct isf_engine;

/* From the text of an ISF file; NULL when it is none. */
struct isf_engine *isf_engine_open(const char *text, size_t length);
void isf_engine_close(struct isf_engine *isf);
/* Its calls; the module is at `base`. */
struct symbol_engine isf_engine_calls(struct isf_engine *isf, DWORD64 base);

#endif
