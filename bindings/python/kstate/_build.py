# SPDX-License-Identifier: MIT
"""Make the binding from the public headers: cffi declarations, C helpers and the Python module `_generated`.

Nothing of the C interface is written down a second time: names, places, constants, comments and signatures come from
include/kstate/*.h whenever the binding is built.

usage: _build.py INCLUDE --c OUT.c --py OUT.py      (Meson)
       or as `ffibuilder` for setuptools (cffi_modules), see setup.py
"""
import collections
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent

Function = collections.namedtuple("Function", "name result parameters doc ends array")
Parameter = collections.namedtuple("Parameter", "type name doc")
Member = collections.namedtuple("Member", "type name dimension comment")
Struct = collections.namedtuple("Struct", "name members doc text")
Group = collections.namedtuple("Group", "prefix names values doc comments")

# of these arguments nearly everybody gives 0
HAVE_DEFAULT = {("kst_object_type_find", "index"), ("kst_pool_page_read", "start"), ("kst_decode_pool_page", "start"),
                ("kst_threads_begin", "list")}
RECORD_NAMES = {"kst_exception": "ExceptionRecord"}  # Exception means something else in Python
KEYWORDS = {"from", "in", "is", "not", "and", "or", "class", "def", "global", "lambda", "pass", "with"}
GROUP_NAMES = {"WALK": "WalkEnd", "": "Status"}  # groups whose prefix alone names nothing well


# --- reading the headers ----------------------------------------------------------------------------------------------


def strip_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def plain(comment):
    """The words of a Doxygen comment."""
    lines = [re.sub(r"^\s*/?\*+<?/?", "", line).replace("*/", "").strip() for line in comment.splitlines()]
    return "\n".join(lines).strip()


def brief(comment):
    """What a comment says before its @param lines, without Doxygen's words."""
    text = plain(comment)
    text = re.split(r"(?m)^\s*@(?:param|retval)", text)[0]
    text = re.sub(r"@since \S+", "", text).replace("@return ", "Returns ")
    text = re.sub(r"@p\s+", "", text)
    return re.sub(r"\\", "/", " ".join(text.split()).replace('"""', '"'))


def parameters(text, comment=""):
    """Types, names, and what the comment says of each."""
    said = {name: " ".join(words.replace("\n *", "\n").split())
            for name, words in re.findall(r"@param (\w+)\s+(.*?)(?=\n \* @|\*/)", comment, flags=re.S)}
    found = []
    for part in text.split(","):
        part = " ".join(part.split())
        if part == "void":
            continue
        match = re.match(r"(.*?)(\w+)$", part)
        found.append(Parameter(match.group(1).replace(" *", "*").strip(), match.group(2), said.get(match.group(2), "")))
    return found


class Headers:
    """Everything that the public headers declare."""

    def __init__(self, include):
        self.folder = pathlib.Path(include) / "kstate"
        self.order = []
        self._follow("kstate.h")
        self.functions, self.structs, self.groups = [], {}, []
        self.defines = {}  # name: (value text, comment)
        self.declarations = []
        for name in self.order:
            self._read((self.folder / name).read_text(encoding="utf-8"))

    def _follow(self, name):
        """As the compiler reads them: what a header includes comes before it."""
        for inner in re.findall(r"#include <kstate/(\w+\.h)>", (self.folder / name).read_text(encoding="utf-8")):
            if inner not in self.order:
                self._follow(inner)
        self.order.append(name)

    def _read(self, text):
        for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)?\s*^KST_API\s+([^;{}]*?)\b(kst_\w+)\s*\(([^;]*)\)\s*;", text,
                                 flags=re.S | re.M):
            comment = match.group(1) or ""
            self.functions.append(Function(match.group(3), " ".join(match.group(2).split()),
                                           parameters(strip_comments(match.group(4)), comment), brief(comment),
                                           "@retval KST_END" in comment, self._array(comment)))
        for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)?\s*^struct (kst_\w+) \{(.*?)^\};", text, flags=re.S | re.M):
            self._struct(match.group(2), match.group(3), brief(match.group(1) or ""))
        for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)?\s*^enum \{(.*?)^\};", text, flags=re.S | re.M):
            pairs = re.findall(r"(KST_\w+)\s*=\s*(-?\w+)", strip_comments(match.group(2)))
            names = [n for n, _ in pairs]
            prefix = names[0]
            while not all(n.startswith(prefix + "_") for n in names):
                prefix = prefix.rpartition("_")[0]
            comments = {n: plain(c) for c, n in re.findall(r"(/\*\*(?!<)(?:(?!\*/).)*\*/)\s*(KST_\w+)\s*=", match.group(2), flags=re.S)}
            comments.update((n, plain(c)) for n, c in re.findall(r"(KST_\w+)\s*=\s*-?\w+,?\s*/\*\*<((?:(?!\*/).)*)\*/",
                                                                 match.group(2), flags=re.S))
            self.groups.append(Group(prefix[4:], names, [int(v, 0) for _, v in pairs], brief(match.group(1) or ""), comments))
        define = r"(/\*\*(?:(?!\*/).)*\*/\n)?^#define (KST_[A-Z0-9_]+)[ \t\\\n]+([^\s/][^\n/]*?)[ \t]*(/\*\*<.*?\*/)?$"
        for match in re.finditer(define, text, flags=re.S | re.M):
            if match.group(2) != "KST_API":
                self.defines[match.group(2)] = (match.group(3), plain(match.group(4) or match.group(1) or ""))
        clean = re.sub(r"\\\n", " ", strip_comments(text))
        clean = re.sub(r"(?m)^\s*#.*$", "", clean).replace("KST_API", "")
        clean = re.sub(r'extern "C" \{(.*)\}', r"\1", clean, flags=re.S)
        self.declarations.append(clean)

    def _array(self, comment):
        """The struct whose array a function fills, by its @param records."""
        match = re.search(r"@param records\s+Array of struct (kst_\w+)", comment)
        if not match:
            same = re.search(r"@param records\s+As for (kst_\w+)\(\)", comment)
            return next((f.array for f in self.functions if same and f.name == same.group(1)), None)
        return match.group(1)

    def _struct(self, name, body, doc):
        members = []
        rest = body
        while True:
            match = re.match(r"((?:\s|/\*(?:(?!\*/).)*\*/)*)([^;/]+);[ \t]*(/\*\*<(?:(?!\*/).)*\*/)?", rest, flags=re.S)
            if not match:
                break
            rest = rest[match.end():]
            line = " ".join(match.group(2).split())
            pointer = re.match(r"(.*?)\(\*(\w+)\)\s*\((.*)\)$", line)
            if pointer:
                members.append(Member("callback", pointer.group(2), (pointer.group(1).strip(), pointer.group(3)), plain(match.group(1))))
                continue
            parts = re.match(r"(.*?)(\w+)\s*(?:\[(\w+)\])?$", line)
            comment = plain(match.group(3) or match.group(1))
            members.append(Member(parts.group(1).strip(), parts.group(2),
                                  int(parts.group(3), 0) if parts.group(3) else None, comment))
        self.structs[name] = Struct(name, members, doc, body)

    # --- derived ---

    def constants(self):
        names = list(self.defines)
        for group in self.groups:
            names += group.names
        return names

    def walks(self):
        """[(plural, next function, [begin functions])]"""
        by_name = {f.name: f for f in self.functions}
        found = []
        for name, function in by_name.items():
            if name.endswith("_next") and function.parameters[0].type == "struct kst_cursor*":
                plural = name[4:-5]
                begins = [f for n, f in by_name.items() if re.fullmatch(rf"kst_{plural}_begin(_\w+)?", n)]
                found.append((plural, function, begins))
        return found

    def callbacks(self):
        """[(name, result, parameters)] of the function pointers that a host fills in."""
        return [(f"kstpy_{s.name[4:]}_{m.name}", *m.dimension) for s in self.structs.values() for m in s.members
                if m.type == "callback"]


# --- C ----------------------------------------------------------------------------------------------------------------


def fill_prototype(plural, function):
    record = function.parameters[1].type
    return (f"size_t kstpy_fill_{plural}(struct kst_cursor *cursor, {record} records, size_t count, kst_status *status, "
            f"struct kst_error *err)")


POOL_BLOCKS = """size_t kstpy_pool_blocks(const struct kst_target *target, kst_space space, const uint64_t *pages, size_t count,
	struct kst_pool_header *records, size_t room, size_t *done, kst_status *status, struct kst_error *err)"""
# blocks of page after page, as long as those of a whole page fit; pages that are not there have none
POOL_BLOCKS_BODY = """
{
	struct kst_pool_page page;
	size_t i = 0, one;

	*done = 0;
	*status = KST_OK;
	for (; i < count && room - *done >= 512; i++) {
		page.size = sizeof page;
		one = 0;
		*status = kst_pool_page_read(target, space, pages[i], 0, 0, records + *done, sizeof *records, 512, &one, &page, err);
		if (*status == KST_E_FAULT)
			*status = KST_OK;
		else if (*status != KST_OK)
			break;
		else
			*done += one;
	}
	return i;
}"""


def cdef(headers):
    lines = list(headers.declarations)
    lines += [f"#define {name} ..." for name in headers.defines]
    lines += [f'extern "Python" {result} {name}({arguments});' for name, result, arguments in headers.callbacks()]
    lines += [fill_prototype(plural, function) + ";" for plural, function, _ in headers.walks()]
    return "\n".join([*lines, POOL_BLOCKS + ";"])


def helpers(headers):
    """C source before the wrappers: loops over `…_next`, so that many records cost one call from Python."""
    lines = ["#include <kstate/kstate.h>"]
    for plural, function, _ in headers.walks():
        lines.append(f"""static {fill_prototype(plural, function)}
{{
	size_t n = 0;

	*status = KST_OK;
	for (; n < count; n++) {{
		records[n].size = sizeof records[n];
		*status = {function.name}(cursor, &records[n], err);
		if (*status != KST_OK)
			break;
	}}
	return n;
}}""")
    return "\n".join([*lines, "static " + POOL_BLOCKS + POOL_BLOCKS_BODY]) + "\n"


def builder(headers, **arguments):
    import cffi  # here: _generated needs none

    made = cffi.FFI()
    made.cdef(cdef(headers))
    made.set_source("kstate._native", helpers(headers), **arguments)
    return made


# --- Python -----------------------------------------------------------------------------------------------------------

INTEGERS = {"uint8_t", "uint16_t", "uint32_t", "uint64_t", "int32_t", "int64_t", "kst_space", "kst_status", "size_t"}


def camel(name):
    return "".join(part[:1].upper() + part[1:].lower() for part in name.split("_"))


def snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def safe(name):
    if name[0].isdigit():
        return "_" + name
    return name + "_" if name in KEYWORDS else name


class Writer:
    def __init__(self, headers):
        self.h = headers
        self.records = {s.name: RECORD_NAMES.get(s.name) or camel(s.name[4:]) for s in headers.structs.values() if self._is_record(s)}
        self.enumerations = {}  # id of group: class name
        self.flags = {}         # prefix with trailing _: class name
        self.member_types = {}  # (struct, member): class name
        self.skipped = []
        self._name_types()

    def _is_record(self, struct):
        if struct.name in ("kst_error", "kst_cursor"):
            return False
        return all(m.type in INTEGERS or m.type == "char" or m.type.startswith("struct ") and "*" not in m.type
                   for m in struct.members)

    def _referred(self, member):
        """The group of constants that a member's comment names first."""
        match = re.match(r"(?:[\w ]*[:,] )?KST_(\w+?)(…|\b)", member.comment)
        if not match or member.type not in INTEGERS:
            return None, None
        if member.name == "present" and not match.group(2):  # one or two bits of another struct's set
            return re.match(r"\w+_HAS_", match.group(1)).group(), "…"
        return match.groups()

    def _name_types(self):
        taken = set(self.records.values()) | {"Walk", "Target", "Layout"}
        references = [(s, m, *self._referred(m)) for s in self.h.structs.values() for m in s.members]
        for index, group in enumerate(self.h.groups):
            name = GROUP_NAMES.get(group.prefix) or ("Status" if "KST_OK" in group.names else camel(group.prefix))
            mine = [(s, m) for s, m, text, open_ended in references if text and
                    ((open_ended and text.rstrip("_") == group.prefix) or "KST_" + text in group.names) and
                    sum(g.prefix == group.prefix for g in self.h.groups if open_ended) <= 1]
            same = sum(g.prefix == group.prefix for g in self.h.groups) > 1
            if (name in taken or same) and mine:
                name = camel(group.prefix) + camel(mine[0][1].name)
            elif name in taken:
                name += "Kind"
            taken.add(name)
            self.enumerations[index] = name
            for struct, member in mine:
                self.member_types[struct.name, member.name] = name
        prefixes = {"KST_" + text for s, m, text, open_ended in references if open_ended and text.endswith("_") and
                    (s.name, m.name) not in self.member_types}
        prefixes |= {re.match(r"(KST_\w+?_ANOMALY_)", n).group(1) for n in self.h.defines if "_ANOMALY_" in n}
        prefixes |= {re.match(r"(KST_\w+?_HAS_)", n).group(1) for n in self.h.defines if "_HAS_" in n}
        self.flag_names = {}
        for prefix in sorted(prefixes):
            names = [n for n, (value, _) in self.h.defines.items() if n.startswith(prefix) and
                     re.fullmatch(r"0x[0-9a-fA-F]+", value)]
            narrow = [n for n in names if not any(n.startswith(p) for p in prefixes if len(p) > len(prefix))]
            if not (narrow or names):
                continue
            name = camel(prefix[4:-1])
            if name in taken:
                name += "Flags"
            taken.add(name)
            self.flags[prefix] = name
            self.flag_names[prefix] = narrow or names
        for s, m, text, open_ended in references:
            if open_ended and "KST_" + text in self.flags:
                self.member_types[s.name, m.name] = self.flags["KST_" + text]

    def _namer(self, name, prefix, kind):
        """The library's function that names the values of a class, or None."""
        known = {f.name for f in self.h.functions if f.parameters and f.parameters[0].type == kind}
        exact = [f"kst_{x}_name" for x in (snake(name), prefix.lower().strip("_"), prefix.lower().strip("_").rstrip("s"))]
        exact.append(exact[1].replace("_name", "_state_name"))
        for candidate in exact:
            if candidate in known:
                return candidate
        suffix = [f for f in known if f.endswith(f"_{prefix.lower().strip('_')}_name")]
        return suffix[0] if len(suffix) == 1 else None

    def types(self):
        out = []
        for index, group in enumerate(self.h.groups):
            name = self.enumerations[index]
            cut = len(group.prefix) + 5 if group.prefix else 4
            out.append(f"class {name}(Enumeration):\n    \"\"\"{group.doc or name}\"\"\"\n")
            out += [f"    {safe(n[cut:])} = {v}" for n, v in zip(group.names, group.values)]
            out.append(f"\n\n{name}._namer = {self._namer(name, group.prefix, 'uint32_t')!r}  # type: ignore[attr-defined]\n\n")
        for prefix, name in sorted(self.flags.items()):
            out.append(f"class {name}(Bits):\n    \"\"\"Set of {prefix}… bits.\"\"\"\n")
            out += [f"    {safe(n[len(prefix):])} = {self.h.defines[n][0]}" for n in self.flag_names[prefix]]
            out.append(f"\n\n{name}._namer = {self._namer(name, prefix[4:-1], 'uint64_t')!r}  # type: ignore[attr-defined]\n\n")
        return out

    def gates(self, struct):
        """{member: bits}: members that mean nothing unless one of the bits is set in `present`."""
        names = [m.name for m in struct.members]
        kind = self.member_types.get((struct.name, "present"))
        prefix = next((p for p, n in self.flags.items() if n == kind), None)
        found = collections.defaultdict(int)
        if prefix is None:
            return found
        for constant in self.flag_names[prefix]:
            value, comment = self.h.defines[constant]
            gated = [n for n in re.findall(r"`(\w+)`", comment) if n in names]
            if not gated:
                stem = constant[len(prefix):].lower()
                words = re.findall(r"\w+", comment) if " are there" in comment else []
                gated = [n for n in names if n == stem or n.startswith(stem + "_") or n in words]
            for name in gated:
                if name not in ("present", "anomalies", "size"):
                    found[name] |= int(value, 0)
        for member in struct.members:
            match = re.search(r"valid with (KST_\w+)", member.comment)
            if match and match.group(1) in self.h.defines and match.group(1).startswith(prefix):
                found[member.name] |= int(self.h.defines[match.group(1)][0], 0)
        return found

    def record(self, struct):
        gates = self.gates(struct)
        fields, members, values = [], [], []
        for m in struct.members:
            if m.name == "size" or re.fullmatch(r"reserved\d*", m.name):
                continue
            special = self.member_types.get((struct.name, m.name))
            access = f"c.{m.name}"
            if m.type == "char":
                hint, default, kind, value = "str", '""', "text", f"text({access})"
            elif m.type == "uint8_t" and m.dimension:
                hint, default, kind = "builtins.bytes", repr(bytes(m.dimension)), "bytes"
                value = f"bytes({access})"
            elif m.type.startswith("struct "):
                inner = self.records[m.type[7:]]
                if m.dimension:
                    hint, kind = f"Tuple[{inner}, ...]", "structs"
                    default, value = f"({inner}(),) * {m.dimension}", f"tuple({inner}._from_c(x) for x in {access})"
                else:
                    hint, kind, default, value = inner, "struct", f"{inner}()", f"{inner}._from_c({access})"
            elif m.dimension:
                hint, default, kind, value = "Tuple[int, ...]", f"(0,) * {m.dimension}", "array", f"tuple({access})"
            elif special in self.flags.values():
                hint, default, kind, value = special, f"{special}(0)", "int", f"{special}({access})"
            elif special:
                hint, default, kind, value = f"Union[{special}, int]", "0", "int", f"{special}.of({access})"
            else:
                hint, default, kind, value = "int", "0", "int", access
            if gates.get(m.name):
                hint, default = f"Optional[{hint}]", "None"
                value = f"{value} if p & {gates[m.name]:#x} else None"
            fields.append(f"    {safe(m.name)}: {hint} = {default}\n    \"\"\"{brief(m.comment)}\"\"\"")
            members.append((safe(m.name), m.name, kind, m.type))
            values.append(f"            {value},")
        name = self.records[struct.name]
        has_size = any(m.name == "size" for m in struct.members)
        return "\n".join(
            ["@dataclass(frozen=True, repr=False)", f"class {name}(Record):", f'    """{struct.doc or name}"""', *fields,
             f"    _c_name: ClassVar[str] = {struct.name!r}", f"    _c_sized: ClassVar[bool] = {has_size}",
             "    _c_members: ClassVar[Tuple[Tuple[str, str, str, str], ...]] = (",
             *[f"        {m!r}," for m in members], "    )", "",
             "    @classmethod", f'    def _from_c(cls, c: Any) -> "{name}":',
             *(["        p = c.present"] if gates else []), "        return cls(", *values, "        )", "\n"])

    # --- calls ---

    def call(self, function, target):
        """Source of one wrapper, or None when the function needs one by hand. target: as a method."""
        arguments, before, passed, outputs = [], [], [], []
        rest = list(function.parameters)
        skip = 1 if target else 0
        passed += ["self._c"] if target else []
        walk = bool(rest) and rest[0].type == "struct kst_cursor*"
        if walk:
            rest = rest[2:]
            passed = ["walk._cursor", "self._c"]
        else:
            rest = rest[skip:]
        has_err = False
        while rest:
            p = rest.pop(0)
            name = safe(p.name)
            inner = re.fullmatch(r"(const )?struct (kst_\w+)\*", p.type)
            if p.type == "struct kst_error*":
                has_err = True
                passed.append("err")
            elif p.type in INTEGERS:
                hint, default = "int", ""
                if p.name == "flags" or re.search(r"(?:^|[ ;])0:", p.doc) or (function.name, p.name) in HAVE_DEFAULT:
                    default = " = 0"
                arguments.append((name, hint, default))
                passed.append(name)
            elif p.type == "const struct kst_cursor*":
                arguments.append((name, '"Walk[Any]"', ""))
                passed.append(f"{name}._cursor")
            elif p.type == "const char**":
                before.append(f'{name} = ffi.new("char **")')
                outputs.append(("str", f"text_of({name}[0])"))
                passed.append(f'ffi.cast("const char **", {name})')
            elif p.type == "void*" and p.name.endswith("_out") and "data" in {a[0] for a in arguments}:
                before.append(f'{name} = ffi.new("uint8_t[]", len(data_c) or 1)')
                outputs.append(("builtins.bytes", f"builtins.bytes(ffi.buffer({name}, len(data_c)))"))
                passed.append(name)
            elif p.type == "const char*":
                optional = "NULL" in p.doc
                arguments.append((name, "Optional[str]", " = None") if optional else (name, "str", ""))
                passed.append(f"as_text({name})")
            elif p.type == "const void*" and rest and rest[0].type == "size_t":
                rest.pop(0)
                name = "data"
                arguments.append((name, "Buffer", ""))
                before.append(f"{name}_c = ffi.from_buffer({name})")
                passed += [f"{name}_c", f"len({name}_c)"]
            elif p.type == "char*" and rest and rest[0].type == "size_t":
                rest.pop(0)
                before.append(f'{name}_c = ffi.new("char[]", 4096)')
                outputs.append(("str", f"text_of({name}_c)"))
                passed += [f"{name}_c", "4096"]
            elif p.type == "void*" and p.name == "records" and function.array in self.records:
                del rest[:3]  # stride, count, done
                record = self.records[function.array]
                arguments.append(("capacity", "int", " = 1024"))
                before.append(f'records = ffi.new("struct {function.array}[]", capacity)')
                before.append('done = ffi.new("size_t *")')
                # used ones have a size; a table that is filled as a hash has gaps
                outputs.append((f"Tuple[{record}, ...]", f"tuple({record}._from_c(r) for r in records if r.size)"))
                passed += ["records", f'ffi.sizeof("struct {function.array}")', "capacity", "done"]
            elif inner and inner.group(1) and inner.group(2) in ("kst_layout", "kst_large_index"):
                optional = "NULL" in p.doc
                arguments.append((name, "Optional[HasC]", " = None") if optional else (name, "HasC", ""))
                passed.append(f"{name}._c if {name} is not None else ffi.NULL" if optional else f"{name}._c")
            elif inner and inner.group(1) and inner.group(2) in self.records:
                kind = self.records[inner.group(2)]
                arguments.append((name, f"Optional[{kind}]", " = None") if "NULL" in p.doc else (name, kind, ""))
                before.append(f"{name}_c = to_c({name})")
                passed.append(f"{name}_c")
            elif inner and not inner.group(1) and inner.group(2) in self.records:
                before.append(f"{name} = new(\"struct {inner.group(2)}\")")
                outputs.append((self.records[inner.group(2)], f"{self.records[inner.group(2)]}._from_c({name})"))
                passed.append(name)
            elif p.type in ("uint64_t*", "kst_space*", "uint32_t*"):
                before.append(f"{name} = ffi.new(\"{p.type[:-1]} *\")")
                outputs.append(("int", f"int({name}[0])"))
                passed.append(name)
            else:
                return None
        return arguments, before, passed, outputs, has_err

    def method(self, name, function, target, next_function=None, plural=None):
        parts = self.call(function, target or next_function is not None)
        if parts is None:
            return None
        arguments, before, passed, outputs, has_err = parts
        fixed = sorted(arguments, key=lambda a: bool(a[2]))  # those with a default come last
        indent = "    " if target or next_function else ""
        signature = ", ".join((["self"] if indent else []) + [f"{n}: {h}{d}" for n, h, d in fixed])
        doc = f'{indent}    """{function.doc or function.name}\n\n{indent}    Calls {function.name}().\n{indent}    """'
        out = []
        if next_function is not None:
            record = self.records.get(next_function.parameters[1].type[7:-1])
            if record is None:
                return None
            out.append(f'{indent}def {name}({signature}) -> "Walk[{record}]":\n{doc}')
            out.append(f"{indent}    walk: Walk[{record}] = Walk(self, {record}, lib.kstpy_fill_{plural})")
            out += [f"{indent}    {line}" for line in before]
            keep = [line.split(" = ")[0] for line in before]
            out.append(f"{indent}    walk._keep = ({''.join(k + ', ' for k in keep)})")
            out.append(f"{indent}    err = new_error()")
            out.append(f"{indent}    check(lib.{function.name}({', '.join(passed)}), err, self)")
            out.append(f"{indent}    return walk\n")
            return "\n".join(out)
        if function.result != "kst_status":
            if function.result not in INTEGERS and function.result != "const char *":
                return None
            hint = "int" if function.result in INTEGERS else "Optional[str]"
            out.append(f"{indent}def {name}({signature}) -> {hint}:\n{doc}")
            out += [f"{indent}    {line}" for line in before]
            value = f"lib.{function.name}({', '.join(passed)})"
            out.append(f"{indent}    return {f'int({value})' if hint == 'int' else f'from_text({value})'}\n")
            return "\n".join(out)
        if not outputs:
            return None
        hint = outputs[0][0] if len(outputs) == 1 else f"Tuple[{', '.join(h for h, _ in outputs)}]"
        if function.ends:
            hint = f"Optional[{hint}]"
        out.append(f"{indent}def {name}({signature}) -> {hint}:\n{doc}")
        out += [f"{indent}    {line}" for line in before]
        if has_err:
            out.append(f"{indent}    err = new_error()")
        out.append(f"{indent}    {'status = ' if function.ends else ''}check(lib.{function.name}({', '.join(passed)}), "
                   f"{'err' if has_err else 'None'}, {'self' if indent else 'None'})")
        values = ", ".join(v for _, v in outputs)
        values = values if len(outputs) == 1 else f"({values})"
        out.append(f"{indent}    return {'None if status == lib.KST_END else ' if function.ends else ''}{values}\n")
        return "\n".join(out)

    def module(self):
        out = ["# Generated from the public headers by _build.py. Do not edit.", '"""Types and calls of libkstate, as its headers declare them."""',
               "from __future__ import annotations", "", "import builtins", "from dataclasses import dataclass", "from typing import Any, ClassVar, Optional, Tuple, Union", "",
               "from ._native import ffi, lib",
               "from ._runtime import (Bits, Buffer, Enumeration, HasC, Record, Walk, as_text, check, from_text, new,\n                       new_error, text, text_of, to_c)", "", ""]
        out += self.types()
        done = set()

        def emit(struct):
            if struct.name in done:
                return
            done.add(struct.name)
            for m in struct.members:  # a struct inside first
                if m.type.startswith("struct "):
                    emit(self.h.structs[m.type[7:]])
            out.append(self.record(struct))

        for struct in self.h.structs.values():
            if struct.name in self.records:
                emit(struct)
        handled = set()
        methods, functions = [], []
        for plural, following, begins in self.h.walks():
            for begin in begins:
                name = plural + begin.name[len(f"kst_{plural}_begin"):]
                source = self.method(name, begin, True, following, plural)
                if source:
                    methods.append(source)
                    handled |= {begin.name, following.name}
        for function in self.h.functions:
            if function.name in handled or not function.name.startswith("kst_"):
                continue
            target = bool(function.parameters) and function.parameters[0].type == "const struct kst_target*"
            source = self.method(safe(function.name[4:].replace("target_", "", 1) if target else function.name[4:]), function, target)
            if source is None:
                self.skipped.append(function.name)
            else:
                (methods if target else functions).append(source)
        out.append("class TargetCalls:\n    \"\"\"The calls that want a target, as methods.\"\"\"\n\n    _c: Any\n")
        out += methods
        out.append("")
        out += functions
        out.append(f"BY_HAND = frozenset({sorted(self.skipped)!r})\n\"\"\"C functions without a generated wrapper.\"\"\"\n")
        names = [n for n in self.h.constants()]
        out.append("CONSTANTS = {n: getattr(lib, n) for n in (\n" + "".join(f"    {n!r},\n" for n in names) + ")}\n"
                   '"""Every constant of the headers by its C name."""\n')
        public = sorted(set(self.records.values()) | set(self.enumerations.values()) | set(self.flags.values()))
        callables = [re.match(r"def (\w+)", f).group(1) for f in functions]
        out.append("__all__ = [\n" + "".join(f"    {n!r},\n" for n in public + callables + ["CONSTANTS"]) + "]\n")
        return "\n".join(out)


# --- as a program, and for setuptools ---------------------------------------------------------------------------------


def include_folder():
    """Headers: KSTATE_INCLUDE, else those of this source tree, else those that pkg-config knows."""
    if os.environ.get("KSTATE_INCLUDE"):
        return os.environ["KSTATE_INCLUDE"]
    near = HERE.parent.parent.parent / "include"
    if (near / "kstate" / "kstate.h").exists():
        return str(near)
    import subprocess
    return subprocess.run(["pkg-config", "--variable=includedir", "kstate"], check=True, capture_output=True,
                          text=True).stdout.strip()


def link_arguments():
    """Against a Meson build tree (KSTATE_BUILD) or an installed library (pkg-config)."""
    tree = os.environ.get("KSTATE_BUILD")
    if tree:
        folder = str(pathlib.Path(tree).resolve() / "lib")
        return {"libraries": ["kstate"], "library_dirs": [folder], "extra_link_args": [f"-Wl,-rpath,{folder}"]}
    import subprocess
    flags = subprocess.run(["pkg-config", "--libs", "kstate"], check=True, capture_output=True, text=True).stdout.split()
    return {"extra_link_args": flags}


def for_setuptools():
    include = include_folder()
    return builder(Headers(include), include_dirs=[include], py_limited_api=True, **link_arguments())


def main(include, *rest):
    options = dict(zip(rest[::2], rest[1::2]))
    headers = Headers(include)
    if "--c" in options:
        builder(headers).emit_c_code(options["--c"])
    if "--py" in options:
        pathlib.Path(options["--py"]).write_text(Writer(headers).module(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
