#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bring the layout tables that the library builds in up to date.

Reads the wanted members and symbols (lib/layout/members.h) and the reference tables of public type information, in the
folder `layouts` of $KSTATE_REFERENCE, else of ../shared/reference beside the project, and writes

  lib/layout/builtin.tsv        where every wanted member is in every known build and revision
  lib/layout/kernels.tsv        time stamp and image size of known kernels -> their version
  lib/layout/kernel_fields.tsv  the few offsets that are known of each of those kernels

Without a reference nothing is changed; a $KSTATE_REFERENCE that holds none is an error. Options: --quiet (no warnings).
"""
import lzma
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "lib" / "layout"

# ---------------------------------------------------------------------------------------------------------------
# Types

BASIC = {
    "char": 1, "unsigned_char": 1, "signed_char": 1, "bool": 1, "short": 2, "unsigned_short": 2, "wchar": 2,
    "long": 4, "unsigned_long": 4, "int": 4, "unsigned_int": 4, "float": 4, "long_long": 8, "unsigned_long_long": 8,
    "double": 8, "UCHAR": 1, "CHAR": 1, "SCHAR": 1, "CCHAR": 1, "BOOLEAN": 1, "KIRQL": 1, "KPROCESSOR_MODE": 1,
    "BYTE": 1, "UINT8": 1, "INT8": 1, "USHORT": 2, "SHORT": 2, "CSHORT": 2, "WCHAR": 2, "WORD": 2, "UINT16": 2,
    "INT16": 2, "ULONG": 4, "LONG": 4, "DWORD": 4, "INT": 4, "UINT": 4, "UINT32": 4, "INT32": 4, "ULONG32": 4,
    "LONG32": 4, "BOOL": 4, "NTSTATUS": 4, "ACCESS_MASK": 4, "LCID": 4, "FLOAT": 4, "HRESULT": 4, "POOL_TYPE": 4,
    "ULONGLONG": 8, "LONGLONG": 8, "ULONG64": 8, "LONG64": 8, "UINT64": 8, "INT64": 8, "DWORD64": 8, "DWORDLONG": 8,
    "QUAD": 8, "LARGE_INTEGER": 8, "ULARGE_INTEGER": 8, "ULPTR64": 8, "DOUBLE": 8, "REGHANDLE": 8, "LUID": 8,
    "GUID": 16, "LIST_ENTRY32": 8, "LIST_ENTRY64": 16,
    # enumerations that some tables name without saying so
    "MMLISTS": 4, "TOKEN_TYPE": 4, "SECURITY_IMPERSONATION_LEVEL": 4, "DEVICE_TYPE": 4, "NT_PRODUCT_TYPE": 4,
    "SYSTEM_POWER_STATE": 4, "DEVICE_POWER_STATE": 4, "INTERFACE_TYPE": 4, "KINTERRUPT_MODE": 4, "KWAIT_REASON": 4,
    "LDR_DLL_LOAD_REASON": 4,
}
POINTER_SIZED = {"HANDLE", "SIZE_T", "SSIZE_T", "ULONG_PTR", "LONG_PTR", "UINT_PTR", "INT_PTR", "KAFFINITY",
                 "PFN_NUMBER", "PFN_COUNT", "KSPIN_LOCK", "SE_AUDIT_PROCESS_CREATION_INFO", "SPFN_NUMBER", "DWORD_PTR", "WPARAM", "LPARAM"}
ANONYMOUS = re.compile(r"^__(unnamed|anonymous)_|^(unnamed|(union|struct)_\{\.\.\.\})$")


class Table:
    """One table of types; `parent` and `names` make a revision: those types are taken from here, others from there."""

    def __init__(self, parent=None):
        self.sizes = {}
        self.fields = {}
        self.symbols = {}
        self.parent = parent

    def add(self, cells):
        name = cells[0]
        if len(cells) == 2:
            if name[0] == "@":
                self.symbols[name[1:]] = int(cells[1], 16)
            else:
                self.sizes[name] = int(cells[1], 16)
                self.fields.setdefault(name, {})
        elif len(cells) == 3:
            type_name, _, field = name.partition(".")
            self.fields.setdefault(type_name, {})[field] = (int(cells[1], 16), cells[2])

    def type_name(self, name):
        """The table's spelling of a type, or None."""
        for spelling in (name, "_" + name):
            if spelling in self.sizes:
                return spelling
        return self.parent.type_name(name) if self.parent else None

    def size(self, name):
        if name in self.sizes:
            return self.sizes[name]
        return self.parent.size(name) if self.parent else None

    def own(self, name):
        """The fields of a type, and whether they are an overriding revision's."""
        if name in self.sizes:
            return self.fields.get(name, {}), self.parent is not None
        return self.parent.own(name) if self.parent else ({}, False)

    @property
    def pointer(self):
        return (self.size("_LIST_ENTRY") or 0) // 2

    def clean(self, text):
        while True:
            for prefix in ("volatile_", "struct_", "union_", "const_"):
                if text.startswith(prefix) and not text.startswith(prefix + "{"):
                    text = text[len(prefix):]
                    break
            else:
                return text.strip()

    def parse(self, text):
        """A C type of the tables -> (kind, rest): pointer, array (count, element), bits, enum, name."""
        text = self.clean(text)
        if text.startswith("ptr ") or text in ("ptr", "Pointer", "function"):
            return "pointer", None
        found = re.match(r"array (\d+) (.*)$", text)
        if found:
            return "array", (int(found[1]), found[2])
        found = re.match(r"bits (\d+) (\d+) (.*)$", text)
        if found:
            return "bits", (int(found[1]), int(found[2]), found[3])
        if text.startswith("enum ") or text == "Enumeration":
            return "enum", text.split(" ")[-1 if text == "Enumeration" else 1]
        found = re.match(r"(.*?)_?\[(\d+)\]((?:\[\d+\])*)$", text)
        if found:
            return "array", (int(found[2]), found[1] + ("_" + found[3] if found[3] else ""))
        if text.endswith("*"):
            return "pointer", None
        return "name", text

    def width(self, text):
        """Bytes of a C type, or None."""
        kind, rest = self.parse(text)
        if kind == "pointer":
            return self.pointer
        if kind == "array":
            one = self.width(rest[1])
            return None if one is None else max(rest[0], 1) * one  # [0]: its place is what is wanted
        if kind == "bits":
            return self.width(rest[2])
        if kind == "enum":
            return BASIC.get(rest, 4)
        name = self.type_name(rest)
        if name is not None and self.size(name):
            return self.size(name)
        basic = BASIC.get(rest) or BASIC.get(rest.removeprefix("_"))
        if basic:
            return basic
        if rest.removeprefix("_") in POINTER_SIZED or re.match(r"P[A-Z]", rest):
            return self.pointer
        return None

    def find(self, type_name, path):
        """(offset, length, bit position, bits) of a path, or None."""
        if not path:
            size = self.size(self.type_name(type_name) or "")
            return (0, size, 0, 0) if size else None
        name = self.type_name(type_name)
        return self.walk(name, path.split("."), 0) if name else None

    def walk(self, name, parts, base):
        fields, overriding = self.own(name)
        for n in range(1, len(parts) + 1):
            step, index = ".".join(parts[:n]), 0
            found = re.match(r"(.*)\[(\d+)\]$", step)
            if found:
                step, index = found[1], int(found[2])
            if step not in fields:
                continue
            offset, ctype = fields[step]
            if overriding and ANONYMOUS.match(self.clean(ctype.split(" ")[-1])):
                # a revision's unnamed types are not in its table; those of the nearest full table stand in
                ctype = self.parent.own(name)[0].get(step, (0, None))[1]
                if ctype is None:
                    continue
            extent = self.extent(fields, step, offset) if ctype == "unnamed" else None
            result = self.step(ctype, index, found is not None, parts[n:], base + offset, extent)
            if result is not None:
                return result
        return None

    def extent(self, fields, step, start):
        """Bytes of an unnamed struct or union whose members are rows of the type around it."""
        ends = [offset + (self.width(ctype) or 0) for name, (offset, ctype) in fields.items()
                if name.startswith(step + ".")]
        return max(ends, default=start) - start

    def step(self, ctype, index, indexed, rest, base, extent=None):
        kind, detail = self.parse(ctype)
        if kind == "array" and (rest or indexed):
            one = self.width(detail[1])
            if one is None or index >= max(detail[0], 1):
                return None
            return self.step(detail[1], 0, False, rest, base + index * one)
        if rest:
            name = self.type_name(detail) if kind == "name" else None
            return self.walk(name, rest, base) if name else None
        width = self.width(ctype) or extent
        if not width:
            return None
        return (base, width, detail[0], detail[1] - detail[0]) if kind == "bits" else (base, width, 0, 0)

    def holds_pte(self, name, memo):
        """Does the type contain a PTE by value?"""
        if name not in memo:
            memo[name] = False
            memo[name] = bool(re.match(r"_(MMPTE|HARDWARE_PTE)$", name)) or any(
                self.ctype_holds_pte(ctype, memo) for _, ctype in self.own(name)[0].values())
        return memo[name]

    def ctype_holds_pte(self, ctype, memo):
        kind, detail = self.parse(ctype)
        if kind == "array":
            return self.ctype_holds_pte(detail[1], memo)
        name = self.type_name(detail) if kind == "name" else None
        return name is not None and self.holds_pte(name, memo)

    def pte_dependent(self, type_name, path, memo):
        """Would the place of this member change if PTEs had another width?"""
        name = self.type_name(type_name)
        if name is None:
            return False
        if re.match(r"_(MMPTE|HARDWARE_PTE|MMPFN$|MMPFN_|MMPFNENTRY|MMWSL$)", name):
            return True
        fields, _ = self.own(name)
        place = self.find(name, path)
        if place is None:
            return False
        step = path.split(".")[0].split("[")[0]
        if path and step in fields and self.ctype_holds_pte(fields[step][1], memo):
            return True
        for offset, ctype in fields.values():
            if not self.ctype_holds_pte(ctype, memo) or (path and offset >= place[0]):
                continue
            # a union with something as wide as the wide form hides the width
            if not any(at == offset and not self.ctype_holds_pte(other, memo) and (self.width(other) or 0) >= 8
                       for at, other in fields.values()):
                return True
        return False


def read_table(path):
    table = Table()
    with lzma.open(path, "rt") as stream:
        for line in stream:
            if line[0] != "#":
                table.add(line.rstrip("\n").split("\t"))
    return table


# ---------------------------------------------------------------------------------------------------------------
# What tables there are

# The kernels whose own type information is a table without a revision in its name, where it is known which
# service pack that is: a table serves up to the next service pack. The PDB of service pack 3's PAE kernel agrees with the
# PAE table of service pack 2 in every wanted member.
SERVICE_PACKS = {("2600", "sp2"): (2180, 5511), ("2600", "sp2pae"): (2180, 65535), ("2600", "sp3"): (5512, 65535),
                 ("3790", "sp0"): (0, 1829), ("3790", "sp1"): (1830, 3958), ("3790", "sp2"): (3959, 65535),
                 ("9600", "u1"): (17031, 17031)}
# A type that changed between two full tables, and before the middle: from this revision on it is that of the later one. The
# reference (pte.md, "Swizzle") has Hardware of 17763.379 where 17763.5933 has it.
CHANGED = {("10.0.17763", "x64", "_MI_SYSTEM_INFORMATION"): (379, 5933)}
# Builds that are the kernel of an older number under a new name: file versions and revisions are those of the older.
FAMILY = {"18363": "18362", "19042": "19041", "19043": "19041", "19044": "19041", "19045": "19041", "22631": "22621",
          "26200": "26100"}
# 6003 is what the updates of 6002 since 2019 call themselves; lib/layout/builtin.c says that its table is a guess.
ALIASES = FAMILY | {"6003": "6002"}


class Layout:
    def __init__(self, name, arch, version, first, last, mode, table):
        self.name, self.arch, self.version, self.first, self.last = name, arch, version, first, last
        self.mode, self.table = mode, table

    def cells(self):
        major, minor, build = self.version
        return [self.name, self.arch, major, minor, build, str(self.first), str(self.last), self.mode]

    def key(self):
        return (self.arch, [int(n) for n in self.version], self.first, self.mode, self.name)


def full_layout(path):
    name = path.name[: -len(".tsv.xz")]
    version, arch = name.rsplit("-", 1)
    cells = version.split(".")
    build, extra = cells[2], cells[3] if len(cells) > 3 else ""
    first = last = 0
    mode = "-"
    table = read_table(path)
    if arch == "x86":
        mode = "pae" if (table.size("_MMPTE") or 0) == 8 else "nopae"
        if extra == "sp2pae" and mode != "pae" or extra == "sp2up" and mode != "nopae":
            raise SystemExit(f"{name}: _MMPTE does not have the size that the table's name promises")
    pack = re.match(r"(sp\d(?:pae)?|u\d)", extra)
    if pack:
        first, last = SERVICE_PACKS[(build, pack[1])]
    elif extra:
        first = last = int(extra)
    return Layout(f"{version} {arch}", arch, (cells[0], cells[1], FAMILY.get(build, build)), first, last, mode, table)


def revision_layouts(path, full):
    """The revisions of one build: each run of revisions that is the same throughout, over the nearest full table."""
    version, arch = path.name[: -len(".tsv.xz")].rsplit("-", 1)
    cells = tuple(version.split("."))
    bases = [l for l in full if l.arch == arch and l.version == cells]
    rows, seen = [], []
    with lzma.open(path, "rt") as stream:
        for line in stream:
            if line[0] == "#":
                found = re.search(r"revisions seen: ([\d ]+)", line)
                seen = [int(n) for n in found[1].split()] if found else seen
            else:
                first, last, *rest = line.rstrip("\n").split("\t")
                rows.append((int(first), int(last), rest))
    exact = {l.first for l in bases}
    groups = []
    for revision in seen:
        if revision in exact:
            groups.append(None)
            continue
        mine = [i for i, row in enumerate(rows) if row[0] <= revision <= row[1]]
        base = min(bases, key=lambda l: (abs(l.first - revision), l.first))
        if groups and groups[-1] and groups[-1][2] == mine and groups[-1][3] is base:
            groups[-1][1] = revision
        else:
            groups.append([revision, revision, mine, base])
    for group in groups:
        if group is None:
            continue
        first, last, mine, base = group
        table = Table(base.table)
        for (build, machine, name), (since, later) in CHANGED.items():
            if (build, machine) == (version, arch) and since <= first and base.first < later:
                source, = (l.table for l in bases if l.first == later)
                table.sizes[name], table.fields[name] = source.sizes[name], source.fields[name]
        for i in mine:
            table.add(rows[i][2])
        yield Layout(f"{version}.{first} {arch}", arch, cells, first, last, base.mode, table)


def read_layouts(reference):
    full = [full_layout(p) for p in sorted((reference / "layouts").glob("*.tsv.xz"))]
    layouts = list(full)
    for path in sorted((reference / "revisions").glob("*.tsv.xz")):
        layouts += revision_layouts(path, full)
    return sorted(layouts, key=Layout.key)


# ---------------------------------------------------------------------------------------------------------------
# Wanted members

def wanted():
    text = (OUT / "members.h").read_text()
    members, symbols = text.split("#define KST__SYMBOLS", 1)
    pairs = re.findall(r'\bX\(\s*\w+\s*,\s*"([^"]*)"\s*,\s*"([^"]*)"\s*\)', members)
    names = re.findall(r'\bX\(\s*\w+\s*,\s*"([^"]*)"\s*\)', symbols)
    return sorted(set(pairs)), sorted(set(names))


# The flat tables (members of unnamed structs listed without their container) lose the bit position where a bit-field
# stands alone in an unnamed struct: "bits 0 44" of _HANDLE_TABLE_ENTRY.ObjectPointerBits, which overlaps Unlocked. The
# shift is in the list of kernels as well (0x14 for each 22621 kernel).
CORRECTIONS = {("10.0.22621.382 x64", "_HANDLE_TABLE_ENTRY", "ObjectPointerBits"): (0, 8, 20, 44),
               ("10.0.22631.2428 x64", "_HANDLE_TABLE_ENTRY", "ObjectPointerBits"): (0, 8, 20, 44),
               ("10.0.19045.2965 x86", "_HANDLE_TABLE_ENTRY", "ObjectPointerBits"): (0, 4, 3, 29),
               ("10.0.19045.2965 x86", "_HANDLE_TABLE_ENTRY", "RefCnt"): (4, 4, 27, 5)}
# Their source had the processor types cut down to the public part: the size of _KPCR is not the kernel's; and _KPRCB is
# missing, so that "PrcbData or Prcb", the embedded one, would find the x86 pointer of that name.
CUT_DOWN = {("10.0.22621.382 x64", "_KPCR", ""), ("10.0.22631.2428 x64", "_KPCR", ""),
            ("10.0.19045.2965 x86", "_KIPCR|_KPCR", "PrcbData|Prcb")}


def resolve(layout, types, paths):
    if (layout.name, types, paths) in CUT_DOWN:
        return None
    for type_name in types.split("|"):
        for path in paths.split("|"):
            place = layout.table.find(type_name, path)
            if place is not None and (layout.name, type_name, path) not in CUT_DOWN:
                return CORRECTIONS.get((layout.name, type_name, path), place)
    return None


def text_of(place):
    if place is None:
        return "-"
    offset, length, pos, bits = place
    return f"{offset:x}:{length:x}" + (f".{pos}.{bits}" if bits else "")


def runs(texts):
    out = []
    for text in texts:
        if out and out[-1][1] == text:
            out[-1][0] += 1
        else:
            out.append([1, text])
    return " ".join(text if n == 1 else f"{n}*{text}" for n, text in out)


HEADER = """\
# Where the wanted members are, in every build and revision whose public type information is known.
# Made by tools/import_layouts.py; rows may be added by hand as well. Numbers are hexadecimal where marked (h).
#
# layout   name, architecture, major, minor, build, first revision, last revision, x86: pae or nopae
# alias    a build, and the build whose kernel it runs
# symbols  name of the layout (exactly its revision) that the columns of the symbol rows belong to
# member   type, path, "pte" if x86 places depend on the width of a PTE, then a place for each layout in order:
#          offset(h):length(h), for bit-fields .lowest-bit.bits, or - where it is absent; N* repeats
# symbol   names, then an offset(h) from the kernel's base for each symbols row, or -
"""


def write_if_changed(path, text):
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        print(f"{path.relative_to(ROOT)}: written")


def import_members(reference, warn):
    layouts = read_layouts(reference)
    members, symbols = wanted()
    # RVAs are of one image. XP has one for each of uniprocessor and multiprocessor, and nothing here tells them apart.
    with_symbols = [l for l in layouts if l.table.symbols and l.first == l.last]
    lines = [HEADER.rstrip("\n")]
    lines += ["\t".join(["layout"] + l.cells()) for l in layouts]
    lines += ["\t".join(["alias", *pair]) for pair in sorted(ALIASES.items(), key=lambda pair: int(pair[0]))]
    lines += ["\t".join(["symbols", l.name]) for l in with_symbols]
    memos = {id(l): {} for l in layouts}
    for types, paths in members:
        places = [resolve(l, types, paths) for l in layouts]
        if not any(places):
            warn(f"no table has {types} {paths}")
        pte = any(l.arch == "x86" and place is not None and any(
            l.table.pte_dependent(t, p, memos[id(l)]) for t in types.split("|") for p in paths.split("|"))
            for l, place in zip(layouts, places))
        lines.append("\t".join(["member", types, paths, "pte" if pte else "-", runs([text_of(p) for p in places])]))
    for names in symbols:
        values = [next((f"{l.table.symbols[n]:x}" for n in names.split("|") if n in l.table.symbols), "-")
                  for l in with_symbols]
        if all(v == "-" for v in values):
            warn(f"no table has the symbol {names}")
        lines.append("\t".join(["symbol", names, " ".join(values)]))
    write_if_changed(OUT / "builtin.tsv", "\n".join(lines) + "\n")


# ---------------------------------------------------------------------------------------------------------------
# Kernels

def import_kernels(reference):
    lines = ["# The exact version of a kernel by two values of its PE header, and its row set in kernel_fields.tsv.",
             "# architecture\tversion\timage\tTimeDateStamp\tSizeOfImage\tset"]
    with lzma.open(reference / "kernel-identity.tsv.xz", "rt") as stream:
        for line in stream:
            if line[0] != "#":
                arch, version, image, stamp, size, fields = line.rstrip("\n").split("\t")
                arch = {"amd64": "x64"}.get(arch, arch)
                lines.append("\t".join([arch, version, image, stamp, size, fields]))
    write_if_changed(OUT / "kernels.tsv", "\n".join(lines) + "\n")
    values, order = {}, []
    for line in open(reference / "kernel-identity-fields.tsv"):
        if line[0] == "#":
            continue
        group, field, value = line.rstrip("\n").split("\t")
        if field not in order:
            order.append(field)
        values.setdefault(int(group), {})[field] = int(value, 16)
    sets = sorted(values)
    lines = ["# Offsets (hexadecimal) that are known of every kernel in kernels.tsv, a column for each set of rows; - is not known.",
             "# field\t" + "\t".join(map(str, sets))]
    for field in order:
        cells = [values[s].get(field, 0xFFFF) for s in sets]
        lines.append("\t".join([field] + ["-" if v == 0xFFFF else f"{v:x}" for v in cells]))
    write_if_changed(OUT / "kernel_fields.tsv", "\n".join(lines) + "\n")


def main(argv):
    quiet = "--quiet" in argv
    reference = pathlib.Path(os.environ.get("KSTATE_REFERENCE") or ROOT.parent / "shared" / "reference")
    if not (reference / "layouts").is_dir():
        if os.environ.get("KSTATE_REFERENCE"):
            print(f"import_layouts: {reference} has no folder `layouts` of type tables: nothing changed", file=sys.stderr)
            return 1
        if not quiet:
            print(f"import_layouts: no reference at {reference}: nothing changed", file=sys.stderr)
        return 0
    import_members(reference, lambda text: None if quiet else print("import_layouts:", text, file=sys.stderr))
    import_kernels(reference)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
