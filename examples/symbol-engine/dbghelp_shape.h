/* SPDX-License-Identifier: MIT */
/*
 * The part of DbgHelp's interface that the adapter uses, for hosts that are not Windows. Names, numbers and order are
 * those that Microsoft documents; on Windows <dbghelp.h> itself is used and this file is not.
 */
#ifndef KST_EXAMPLES_DBGHELP_SHAPE_H
#define KST_EXAMPLES_DBGHELP_SHAPE_H

#include <stdint.h>

#define WINAPI
typedef int BOOL;
typedef void *HANDLE, *PVOID;
typedef uint16_t WCHAR; /* UTF-16 */
typedef uint32_t ULONG, DWORD;
typedef uint64_t ULONG64, DWORD64;
typedef const char *PCSTR;

typedef struct {
	ULONG SizeOfStruct, TypeIndex;
	ULONG64 Reserved[2];
	ULONG Index, Size;
	ULONG64 ModBase;
	ULONG Flags;
	ULONG64 Value, Address;
	ULONG Register, Scope, Tag, NameLen, MaxNameLen;
	char Name[1];
} SYMBOL_INFO, *PSYMBOL_INFO;

typedef struct {
	ULONG Count, Start;
	ULONG ChildId[1];
} TI_FINDCHILDREN_PARAMS;

typedef enum {
	TI_GET_SYMTAG = 0,
	TI_GET_SYMNAME = 1,
	TI_GET_LENGTH = 2,
	TI_GET_TYPEID = 4,
	TI_FINDCHILDREN = 7,
	TI_GET_OFFSET = 10,
	TI_GET_CHILDRENCOUNT = 13,
	TI_GET_BITPOSITION = 14
} IMAGEHLP_SYMBOL_TYPE_INFO;

#endif
