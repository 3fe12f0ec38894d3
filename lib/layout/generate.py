#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn the layout tables into C arrays: generate.py members.h builtin.tsv kernels.tsv kernel_fields.tsv stated.tsv OUT.c

Read-only integers and bytes only, no pointers: nothing to relocate, the same on every host.
"""
import re
import sys

ARCH = {"x86": 1, "x64": 2, "arm64": 3}  # KST_ARCH_…
MODE = {"-": 0, "nopae": 1, "pae": 2}


def fail(text):
    sys.exit("generate.py: " + text)


def rows(path):
    for line in open(path, encoding="utf-8"):
        if line[0] != "#":
            yield line.rstrip("\n").split("\t")


def wanted(path):
    members, symbols = open(path, encoding="utf-8").read().split("#define KST__SYMBOLS", 1)
    return (re.findall(r'\bX\(\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*"([^"]*)"\s*\)', members),
            re.findall(r'\bX\(\s*(\w+)\s*,\s*"([^"]*)"\s*\)', symbols))


def varint(n):
    out = []
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return out + [n]


def parse_place(text):
    """None, or (offset, length, bit position, bits)."""
    if text == "-":
        return None
    offset, rest = text.split(":")
    length, *bits = rest.split(".")
    pos, count = (int(b) for b in bits) if bits else (0, 0)
    return int(offset, 16), int(length, 16), pos, count


def parse_runs(text):
    for part in text.split(" "):
        count, _, place = part.rpartition("*")
        yield int(count or 1), parse_place(place)


def encode(runs):
    """Runs of one member; lib/layout/builtin.c has the decoder and the format."""
    out, length = [], None
    for count, place in runs:
        out += varint(count)
        if place is None:
            out += varint(0)
        elif place[3]:
            out += varint(place[0] << 2 | 3) + varint(place[1]) + [place[2], place[3]]
        elif place[1] == length:
            out += varint(place[0] << 2 | 1)
        else:
            length = place[1]
            out += varint(place[0] << 2 | 2) + varint(length)
    return out


def array(kind, name, values):
    lines = []
    for i in range(0, len(values), 24):
        lines.append("\t" + ", ".join(str(v) for v in values[i:i + 24]) + ",")
    return f"const {kind} {name}[] = {{\n" + "\n".join(lines) + "\n};\n"


class Builtin:
    def __init__(self, path):
        self.layouts, self.aliases, self.symbol_tables, self.members, self.symbols = [], [], [], {}, {}
        for cells in rows(path):
            if cells[0] == "layout":
                self.layouts.append(cells[1:])
            elif cells[0] == "alias":
                self.aliases.append((int(cells[1]), int(cells[2])))
            elif cells[0] == "symbols":
                self.symbol_tables.append(cells[1])
            elif cells[0] == "member":
                self.members[cells[1], cells[2]] = (cells[3] == "pte", list(parse_runs(cells[4])))
            elif cells[0] == "symbol":
                self.symbols[cells[1]] = [0 if v == "-" else int(v, 16) for v in cells[2].split(" ")]
            elif cells != [""]:
                fail(f"{path}: a row of an unknown kind: {cells[0]}")
        for key, (_, runs) in self.members.items():
            if sum(count for count, _ in runs) != len(self.layouts):
                fail(f"{path}: the row of {key} does not have a place for each layout")

    def places(self, key):
        return [place for count, place in self.members[key][1] for _ in range(count)]


def layouts_text(builtin, columns):
    """The list of layouts; `same` says that nothing the library wants differs from the layout before."""
    sizes = [builtin.places((t, "")) for t in ("_EPROCESS", "_ETHREAD", "_KPRCB")]
    names, lines = "", []
    for i, (name, arch, major, minor, build, first, last, mode) in enumerate(builtin.layouts):
        before = builtin.layouts[i - 1] if i else None
        same = before and (before[1], before[4], before[7]) == (arch, build, mode) and columns[i] == columns[i - 1]
        three = [str(s[i][1] if s[i] else 0) for s in sizes]
        lines.append(f"\t{{ {build}, {first}, {last}, {len(names)}, {', '.join(three)}, {ARCH[arch]}, {MODE[mode]}, "
                     f"{1 if same else 0}, {builtin.symbol_tables.index(name) + 1 if name in builtin.symbol_tables else 0} }},")
        names += name + "\0"
    quoted = "\n".join(f'\t"{name}\\0"' for name in names.split("\0")[:-1])
    return (f"const char kst__builtin_names[] =\n{quoted};\n"
            f"const uint32_t kst__builtin_count = {len(lines)};\n"
            "const struct kst__builtin kst__builtins[] = {\n" + "\n".join(lines) + "\n};\n")


# Members that the field rows of a kernel give. A row's unit is the member's own length in bytes, as in every x64 table.
FIELD_SHIFTS = ("handle entry: shift of the object pointer", "handle entry: shift of the attributes")


def fields_text(path, members, builtin):
    table = {cells[0]: cells[1:] for cells in rows(path)}
    header = next(line for line in open(path, encoding="utf-8") if line.startswith("# field"))
    sets = [int(n) for n in header.split("\t")[1:]]
    names = [f for f in table if f not in FIELD_SHIFTS] + list(FIELD_SHIFTS)
    highest = max(sets)
    values = [[0xFFFF] * len(names) for _ in range(highest + 1)]
    for f, name in enumerate(names):
        for column, value in enumerate(table[name]):
            values[sets[column]][f] = 0xFFFF if value == "-" else int(value, 16)
    uses = []
    for number, (_, types, paths) in enumerate(members):
        for f, name in enumerate(names[:-2]):
            type_name, _, path_name = name.partition(".")
            if type_name not in types.split("|") or path_name not in paths.split("|"):
                continue
            widths = {p[1] for p, l in zip(builtin.places((types, paths)), builtin.layouts) if p and l[1] == "x64"}
            if len(widths) == 1:
                uses.append((number, f, widths.pop(), 0))
        if "_HANDLE_TABLE_ENTRY" in types.split("|"):
            if "ObjectPointerBits" in paths.split("|"):
                uses.append((number, len(names) - 2, 8, 1))
            elif "Attributes" in paths.split("|"):
                uses.append((number, len(names) - 1, 8, 2))
    return (f"const uint32_t kst__field_count = {len(names)};\n"
            f"const uint32_t kst__field_set_count = {len(values)};\n"
            + array("uint16_t", "kst__field_values", [v for row in values for v in row])
            + f"const uint32_t kst__field_use_count = {len(uses)};\n"
            + "const struct kst__field_use kst__field_uses[] = {\n"
            + "".join(f"\t{{ {m}, {f}, {w}, {k} }},\n" for m, f, w, k in uses or [(0, 0, 0, 0)]) + "};\n")


def kernels_text(path):
    kernels = []
    for arch, version, image, stamp, size, fields in rows(path):
        major, minor, build, revision = (int(n) for n in version.split("."))
        size = int(size, 16)
        if (major, minor) != (10, 0) or size % 4096 or size >> 12 > 65535:
            fail(f"{path}: {version} does not fit the built-in form")
        kernels.append((int(stamp, 16), size >> 12, build, revision, ARCH[arch] | (4 if image == "ntkrla57.exe" else 0), int(fields)))
    kernels.sort()
    kinds = [("uint32_t", "stamp"), ("uint16_t", "pages"), ("uint16_t", "build"), ("uint16_t", "revision"),
             ("uint8_t", "kind"), ("uint8_t", "fields")]
    return f"const uint32_t kst__kernel_count = {len(kernels)};\n" + "".join(
        array(kind, "kst__kernel_" + name, [k[i] for k in kernels]) for i, (kind, name) in enumerate(kinds))


def stated_text(path, members):
    lines = []
    for arch, builds, type_name, path_name, text in rows(path):
        offset, length, pos, bits = parse_place(text)
        for number, (_, types, paths) in enumerate(members):
            if type_name in types.split("|") and path_name in paths.split("|"):
                lines += [f"\t{{ {build if build != '*' else 0}, {number}, {offset}, {length}, {ARCH[arch]}, {pos}, {bits}, 0 }},"
                          for build in builds.split(",")]
    return (f"const uint32_t kst__stated_count = {len(lines)};\n"
            "const struct kst__stated kst__stateds[] = {\n" + "\n".join(lines) + "\n};\n")


def main(members_h, builtin_tsv, kernels_tsv, fields_tsv, stated_tsv, out):
    members, symbols = wanted(members_h)
    builtin = Builtin(builtin_tsv)
    for _, types, paths in members:
        if (types, paths) not in builtin.members:
            fail(f'builtin.tsv has no row for {types} "{paths}": run tools/import_layouts.py and commit its result')
    for _, names in symbols:
        if names not in builtin.symbols:
            fail(f"builtin.tsv has no row for the symbol {names}: run tools/import_layouts.py and commit its result")
    keys = [(types, paths) for _, types, paths in members]
    columns = list(zip(*(builtin.places(key) for key in keys)))
    stream = [byte for key in keys for byte in encode(builtin.members[key][1])]
    pte = [0] * ((len(keys) + 7) // 8)
    for i, key in enumerate(keys):
        pte[i // 8] |= (1 if builtin.members[key][0] else 0) << i % 8
    text = ("/* Made by lib/layout/generate.py from the tables beside it. */\n#include \"layout/builtin.h\"\n\n"
            f"_Static_assert(KST__MEMBER_COUNT == {len(members)}, \"made from other members\");\n"
            f"_Static_assert(KST__SYMBOL_COUNT == {len(symbols)}, \"made from other symbols\");\n\n")
    text += layouts_text(builtin, columns)
    text += array("uint16_t", "kst__builtin_aliases", [n for pair in builtin.aliases for n in pair] + [0, 0])
    text += f"const uint32_t kst__builtin_bytes = {len(stream)};\n" + array("uint8_t", "kst__builtin_stream", stream)
    text += array("uint8_t", "kst__builtin_pte", pte)
    text += array("uint32_t", "kst__builtin_symbols",
                  [v for t in range(len(builtin.symbol_tables)) for v in (builtin.symbols[n][t] for _, n in symbols)])
    text += fields_text(fields_tsv, members, builtin)
    text += stated_text(stated_tsv, members)
    text += kernels_text(kernels_tsv)
    with open(out, "w", encoding="utf-8") as stream_out:
        stream_out.write(text)


main(*sys.argv[1:])
