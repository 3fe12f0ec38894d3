/* SPDX-License-Identifier: MIT */
/*
 * A debugger's symbol engine as the source of a layout: questions by name and path become calls of the kind that DbgHelp
 * has. The engine has loaded the kernel's symbols already; where from is its own business.
 */
#ifndef KST_EXAMPLES_SYMBOL_ENGINE_H
#define KST_EXAMPLES_SYMBOL_ENGINE_H

#ifdef _WIN32
#include <windows.h>
/* it needs the one before it */
#include <dbghelp.h>
#else
#include "dbghelp_shape.h"
#endif
#include <kstate/kstate.h>

/* The engine: DbgHelp's functions of these names, or others that do the same. */
struct symbol_engine {
	HANDLE process; /* passed to each */
	DWORD64 base;   /* of the kernel's module, as the engine knows it */
	BOOL(WINAPI *SymGetTypeFromName)(HANDLE process, ULONG64 base, PCSTR name, PSYMBOL_INFO symbol);
	BOOL(WINAPI *SymGetTypeInfo)
	(HANDLE process, DWORD64 base, ULONG type, IMAGEHLP_SYMBOL_TYPE_INFO what, PVOID out);
	BOOL(WINAPI *SymFromName)(HANDLE process, PCSTR name, PSYMBOL_INFO symbol);
	void (*free_name)(WCHAR *name); /* what TI_GET_SYMNAME gave: LocalFree */
};

/* The callbacks for kst_layout_from_types() and kst_layout_init(); their `user` is the engine. */
struct kst_types_ops symbol_engine_types(uint32_t pointer_size);

#ifdef _WIN32
/* DbgHelp itself, after SymInitialize() and SymLoadModuleEx(). */
struct symbol_engine symbol_engine_dbghelp(HANDLE process, DWORD64 base);
#endif

#endif
