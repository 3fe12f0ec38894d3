#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write the parts of bindings/rust that follow from the public headers: they are checked in, `--check` compares.

kstate-sys/src/generated.rs     constants, structs, functions, one by one as C has them
kstate-sys/tests/layout/facts.rs  what Rust makes of them, for the comparison with the C compiler
kstate/src/records.rs           records with a getter for each member, enumerations, sets of bits
kstate/src/calls.rs             walks, finds and decoders as methods

The headers are read, and things are named, as for Python (bindings/python/kstate/_build.py).
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bindings" / "python" / "kstate"))
sys.dont_write_bytecode = True
import _build  # noqa: E402

RUST = ROOT / "bindings" / "rust"
NOTE = "// Generated from include/kstate/*.h by tools/rust_bindings.py. Do not edit.\n"
TYPES = {"uint8_t": "u8", "uint16_t": "u16", "uint32_t": "u32", "uint64_t": "u64", "int32_t": "i32", "int64_t": "i64", "size_t": "usize",
         "char": "c_char", "void": "c_void", "kst_status": "kst_status", "kst_space": "kst_space"}
KEYWORDS = {"as", "box", "const", "dyn", "fn", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "type", "unsafe",
            "use", "where", "yield", "final", "priv", "override", "trait", "static", "struct", "enum", "extern", "for", "if", "else",
            "while", "return", "true", "false", "break", "continue", "async", "await", "try"}
RENAMED = {"Memory": "MemoryCounter"}  # Memory is the trait
INTERNAL = ("KST_READER_", "KST_TARGET_", "KST_TARGET_HAS_", "KST_POOL_SCAN_")  # sets that no record and no call of the safe crate shows


def name(text):
    return "r#" + text if text in KEYWORDS else text


def words(text):
    """A C comment as text for rustdoc."""
    text = re.sub(r"\bNULL\b", "null", " ".join(text.split()))
    text = re.sub(r"@copydoc (\w+)", r"As `\1`.", text)
    text = re.sub(r"@p\s+", "", text)
    parts = text.split("`")
    parts[::2] = [re.sub(r"([\[\]<>])", r"\\\1", re.sub(r"\b(kst_\w+(?:\(\)|\.\w+)?|KST_[A-Z0-9_]+…?)", r"`\1`", part)) for part in parts[::2]]
    return "`".join(parts).strip()


def doc(text, indent="", otherwise=""):
    text = words(text) or otherwise
    return f"{indent}/// {text}\n" if text else ""


def ctype(text):
    """A C type as a Rust type."""
    text = text.strip()
    if text.endswith("*"):
        inner = text[:-1].strip()
        fixed = inner.endswith("const") or inner.startswith("const ") and not inner.endswith("*")
        return f"*{'const' if fixed else 'mut'} {ctype(inner[:-5] if inner.endswith('const') else inner)}"
    text = text.replace("const ", "").replace("struct ", "").strip()
    return TYPES.get(text, text)


def arguments(parameters):
    return ", ".join(f"{name(p.name)}: {ctype(p.type)}" for p in parameters)


class Rust:
    def __init__(self):
        self.h = _build.Headers(ROOT / "include")
        self.w = _build.Writer(self.h)
        self.used = set()

    # --- kstate-sys ---

    def _mentions(self):
        """[(prefix or name of constants, type)] of what structs and functions say that they take."""
        fields = [(m.type, m.name, m.comment) for s in self.h.structs.values() for m in s.members]
        fields += [(p.type, p.name, p.doc) for f in self.h.functions for p in f.parameters]
        for kind, label, comment in fields:
            for prefix in re.findall(r"(KST_\w+_)…", comment) + (re.findall(r"(KST_\w+)\b", comment) if label == "flags" else []):
                if kind in TYPES:
                    yield prefix, kind

    def _width(self, constant, mentions):
        """Sets of bits have the width of what they are kept in or passed as."""
        best = ("", "uint64_t" if "_ANOMALY_" in constant or "_HAS_" in constant else "uint32_t")
        for prefix, kind in mentions:
            if constant.startswith(prefix) and len(prefix) > len(best[0]):
                best = (prefix, kind)
        return TYPES[best[1]]

    def _callback(self, member):
        result, text = member.dimension
        inner = ", ".join(f"{name(p.name)}: {ctype(p.type)}" for p in _build.parameters(text, ""))
        return f"Option<unsafe extern \"C\" fn({inner}) -> {ctype(result)}>"

    def sys(self):
        out = [NOTE, "use super::{c_char, c_void, kst_space, kst_status};\n\n"]
        for group in self.h.groups:
            for constant, value in zip(group.names, group.values):
                kind = "kst_status" if "KST_OK" in group.names else "u32"
                out.append(doc(group.comments.get(constant, ""), "", group.doc) + f"pub const {constant}: {kind} = {value};\n")
        mentions = list(self._mentions())
        for constant, (value, comment) in self.h.defines.items():
            special = {"KST_SPACE_KERNEL": ("kst_space", "0"), "KST_SPACE_PHYSICAL": ("kst_space", "u64::MAX")}.get(constant)
            kind, value = special or (self._width(constant, mentions), value)
            out.append(doc(comment) + f"pub const {constant}: {kind} = {value};\n")
        for struct in self.h.structs.values():
            plain = all(m.type != "callback" and "*" not in m.type for m in struct.members)
            out.append(f"\n{doc(struct.doc)}#[repr(C)]\n#[derive(Clone, Copy, Debug{', PartialEq, Eq' if plain else ''})]\npub struct {struct.name} {{\n")
            for m in struct.members:
                kind = self._callback(m) if m.type == "callback" else ctype(m.type)
                if m.dimension and m.type != "callback":
                    kind = f"[{kind}; {m.dimension}]"
                out.append(doc(m.comment, "    ") + f"    pub {name(m.name)}: {kind},\n")
            out.append("}\n")
            sized = any(m.name == "size" for m in struct.members) and struct.members[0].name == "size"
            out.append(f"{'sized' if sized else 'zeroed'}!({struct.name});\n")
        opaque = set(re.findall(r"struct (kst_\w+)", " ".join(p.type for f in self.h.functions for p in f.parameters)))
        opaque |= set(re.findall(r"struct (kst_\w+)", " ".join(f.result for f in self.h.functions)))
        out += [f"opaque!({n});\n" for n in sorted(opaque - set(self.h.structs))]
        out.append("\nextern \"C\" {\n")
        for function in self.h.functions:
            result = "" if function.result == "void" else f" -> {ctype(function.result)}"
            out.append(doc(self._doc(function), "    ") + f"    pub fn {function.name}({arguments(function.parameters)}){result};\n")
        out.append("}\n")
        return "".join(out)

    @staticmethod
    def _doc(function):
        """Comments of one line have everything behind @param."""
        short = [re.sub(r"@since.*|\*/.*", "", re.sub(r".*@return ", "", note)) for note in (p.doc for p in function.parameters) if "@return" in note]
        return function.doc or (short[0] if short else function.name)

    def facts(self):
        out = [NOTE, "use kstate_sys::*;\n\npub fn all() -> Vec<(&'static str, [u64; 2])> {\n    let mut out = Vec::new();\n"]
        for struct in self.h.structs.values():
            members = ", ".join(name(m.name) for m in struct.members)
            out.append(f"    places!(out, {struct.name}, {members});\n")
        out += [f"    out.push((\"{constant}\", [{constant} as u64, 0]));\n" for constant in self.h.constants()]
        out.append("    out\n}\n")
        return "".join(out)

    # --- kstate: types ---

    def _title(self, kind):
        return RENAMED.get(kind, kind)

    def _constant(self, text):
        """Its name in Rust, and what it is called where the library has no name for it."""
        return f'{_build.safe(text)} "{text.lower().replace("_", "-")}"'

    def _namer(self, kind, prefix, argument):
        found = self.w._namer(kind, prefix, argument)
        self.used.add(found)
        return found or "none"

    def types(self):
        out = []
        for index, group in enumerate(self.h.groups):
            kind, cut = self.w.enumerations[index], len(group.prefix) + 5 if group.prefix else 4
            status = "KST_OK" in group.names
            namer = "kst_status_name" if status else self._namer(kind, group.prefix, "uint32_t")
            self.used.add(namer)
            out.append(f"enumeration! {{\n{doc(group.doc, '    ', kind)}    {self._title(kind)}: {'i32' if status else 'u32'}, {namer} {{\n")
            for constant, value in zip(group.names, group.values):
                out.append(doc(group.comments.get(constant, ""), "        ", group.doc) + f"        {self._constant(constant[cut:])} = {value};\n")
            out.append("    }\n}\n\n")
        for prefix, kind in sorted(self.w.flags.items()):
            if prefix in INTERNAL:
                continue
            out.append(f"bits! {{\n    /// Set of `{prefix}…` bits.\n    {kind}: {self._namer(kind, prefix[4:-1], 'uint64_t')} {{\n")
            for constant in self.w.flag_names[prefix]:
                value, comment = self.h.defines[constant]
                out.append(doc(comment, "        ") + f"        {self._constant(constant[len(prefix):])} = {value};\n")
            out.append("    }\n}\n\n")
        return out

    def _getter(self, struct, m, gate):
        """(return type, expression) of a member."""
        special = self.w.member_types.get((struct.name, m.name))
        place = f"self.0.{name(m.name)}"
        if m.type == "char":
            kind, value = "Cow<'_, str>", f"text(&{place})"
        elif m.type.startswith("struct "):
            inner = self.w.records[m.type[7:]]
            kind = f"&[{inner}; {m.dimension}]" if m.dimension else f"&{inner}"
            value = f"cast_ref::<_, {kind[1:]}>(&{place})"
        elif m.dimension:
            kind, value = f"&[{TYPES[m.type]}; {m.dimension}]", f"&{place}"
        elif special in self.w.flags.values():
            kind = special
            value = f"{special}({place}{'' if m.type == 'uint64_t' else '.into()'})"
        elif special:
            kind = self._title(special)
            value = f"{kind}({place})"
        elif m.type == "kst_space":
            kind, value = "Space", f"Space({place})"
        else:
            kind, value = {"kst_status": "i32"}.get(m.type, TYPES[m.type]), place
        if gate:
            lazy = value.startswith(("text(", "cast_ref::<"))
            return f"Option<{kind}>", f"(self.0.present & {gate:#x} != 0).{f'then(|| {value})' if lazy else f'then_some({value})'}"
        return kind, value

    def record(self, struct):
        kind, gates = self.w.records[struct.name], self.w.gates(struct)
        shown = [m for m in struct.members if m.name != "size" and not re.fullmatch(r"reserved\d*", m.name)]
        sized = len(shown) != len(struct.members) and struct.members[0].name == "size"
        out = [f"record! {{\n{doc(struct.doc, '    ', kind)}    {kind}: {struct.name}, {'sized' if sized else 'plain'} {{ {', '.join(f'{name(m.name)} {chr(34)}{m.name}{chr(34)}' for m in shown)} }}\n}}\n\n",
               f"impl {kind} {{\n"]
        for m in shown:
            result, value = self._getter(struct, m, gates.get(m.name))
            out.append(doc(m.comment, "    ", m.name) + f"    pub fn {name(m.name)}(&self) -> {result} {{\n        {value}\n    }}\n")
        out.append("}\n\n")
        return "".join(out)

    def records(self):
        return "".join([NOTE, "use super::*;\n\n", *self.types(), *(self.record(s) for s in self.h.structs.values() if s.name in self.w.records)])

    # --- kstate: calls ---

    def _enumeration(self, p):
        """The enumeration that a parameter is one of."""
        found = re.match(r"(?:One of )?KST_(\w+?)(?:_…|\b)", p.doc)
        kinds = [self.w.enumerations[i] for i, g in enumerate(self.h.groups)
                 if found and (g.prefix == found.group(1) or "KST_" + found.group(1) in g.names)]
        return self._title(kinds[0]) if len(kinds) == 1 else None

    def call(self, function, skip):
        """(arguments, expressions, output) of a call, or None when it needs one by hand."""
        args, passed, output = [], [], None
        rest = list(function.parameters[skip:])
        while rest:
            p = rest.pop(0)
            label = name(p.name)
            struct = re.fullmatch(r"(const )?struct (kst_\w+)\*", p.type)
            if p.type == "struct kst_error*" and not rest:
                return args, passed, output
            if p.type == "kst_space":
                args.append(f"{label}: Space")
                passed.append(f"{label}.0")
            elif p.type == "uint32_t" and self._enumeration(p):
                args.append(f"{label}: {self._enumeration(p)}")
                passed.append(f"{label}.0")
            elif p.type in TYPES and p.type not in ("void", "char"):
                args.append(f"{label}: {TYPES[p.type]}")
                passed.append(label)
            elif p.type == "const char*":
                optional = "NULL" in p.doc
                args.append(f"{label}: {'Option<&str>' if optional else '&str'}")
                passed.append(f"c_text({label if optional else f'Some({label})'})?.as_ptr()")
            elif p.type == "const void*" and rest and rest[0].type == "size_t":
                rest.pop(0)
                args.append(f"{label}: &[u8]")
                passed.append(f"{label}.as_ptr().cast(), {label}.len()")
            elif p.type == "char*" and output is None and [q.name for q in rest] == ["cap", "err"]:
                return args, passed, "text"
            elif struct and struct.group(2) == "kst_large_index":
                args.append(f"{label}: Option<&LargeIndex>")
                passed.append(f"LargeIndex::pointer({label})")
            elif struct and struct.group(1) and struct.group(2) in self.w.records:
                kind = self.w.records[struct.group(2)]
                optional = "NULL" in p.doc
                args.append(f"{label}: {'Option<&' + kind + '>' if optional else '&' + kind}")
                passed.append(f"pointer({label if optional else f'Some({label})'})")
            elif struct and not struct.group(1) and struct.group(2) in self.w.records and output is None and len(rest) == 1:
                output = self.w.records[struct.group(2)]
            else:
                return None
        return None  # without details of the failure

    def calls(self):
        groups = {"walks": [], "targets": [], "layouts": [], "free": [], "names": []}
        following = {begin.name: (plural, following) for plural, following, begins in self.h.walks() for begin in begins}
        skipped = []
        for f in self.h.functions:
            first = f.parameters[0].type if f.parameters else ""
            line = doc(self._doc(f), "    ") + f"    ///\n    /// Calls `{f.name}`.\n"
            if f.name in following:
                plural, after = following[f.name]
                made = self.call(f, 2)
                record = self.w.records.get(after.parameters[1].type[7:-1])
                if made and record and made[2] is None:
                    groups["walks"].append(f"{line}    {plural}{f.name[len(f'kst_{plural}_begin'):]}({', '.join(made[0])}) -> {record} = "
                                           f"{f.name}({', '.join(made[1])}), {after.name};\n")
                    self.used |= {f.name, after.name}
                continue
            if f.result == "const char *" and f.name not in self.used and all(p.type in TYPES for p in f.parameters):
                groups["names"].append(f"{line}    {f.name[4:]}({arguments(f.parameters)}) = {f.name}({', '.join(name(p.name) for p in f.parameters)});\n")
                self.used.add(f.name)
                continue
            group, skip = {"const struct kst_target*": ("targets", 1), "const struct kst_layout*": ("layouts", 1)}.get(first, ("free", 0))
            made = self.call(f, skip) if f.result == "kst_status" and not f.name.endswith("_next") and f.name != "kst_read" else None
            if not made or not made[2]:
                if f.name not in self.used and not f.name.endswith("_next"):
                    skipped.append(f.name)
                continue
            word = "text" if made[2] == "text" else "find" if f.ends else "read"
            if word == "text" and f.ends:
                skipped.append(f.name)
                continue
            output = "" if made[2] == "text" else f" -> {made[2]}"
            groups[group].append(f"{line}    {word} {f.name[4:]}({', '.join(made[0])}){output} = {f.name}({', '.join(made[1])});\n")
            self.used.add(f.name)
        self.skipped = skipped
        out = [NOTE, "use super::*;\n\n"]
        out += [f"{group}! {{\n{''.join(lines)}}}\n\n" for group, lines in groups.items()]
        return "".join(out)

    def files(self):
        return {RUST / "kstate-sys/src/generated.rs": self.sys(), RUST / "kstate-sys/tests/layout/facts.rs": self.facts(),
                RUST / "kstate/src/records.rs": self.records(), RUST / "kstate/src/calls.rs": self.calls()}


def main(*options):
    rust = Rust()
    behind = 0
    for path, text in rust.files().items():
        if "--check" in options:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is not what the headers say: python3 tools/rust_bindings.py writes it anew")
                behind += 1
        else:
            path.write_text(text, encoding="utf-8")
    by_hand = "".join(p.read_text(encoding="utf-8") for p in (RUST / "kstate/src").glob("*.rs"))
    missing = [n for n in rust.skipped if not re.search(rf"\b{n}\b", by_hand)]
    print(f"{len(rust.h.functions)} functions, {len(rust.h.structs)} structs, {len(rust.h.constants())} constants; not in the safe crate:",
          *missing or ["none"])
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
