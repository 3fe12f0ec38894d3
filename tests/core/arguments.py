#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write tests/core/test_arguments.c's table: every public function that returns a status, called with one argument wrong.

    arguments.py OUTPUT HEADER...

The documentation is the rule: a pointer whose @param says NULL may be NULL, any other must be refused with KST_E_ARG; a
struct whose `size` is not known is refused with KST_E_ABI.
"""
import pathlib
import re
import sys

# what an argument of this type is, when it is right
GIVEN = {
    "const struct kst_layout *": "given.layout", "const struct kst_target *": "given.target",
    "struct kst_cursor *": "&given.cursor", "const struct kst_dump *": "given.dump",
    "const struct kst_reader_ops *": "&given.ops", "const struct kst_large_index *": "given.index",
    "const void *": "given.bytes", "void *": "given.out", "const char *": '"File"', "char *": "(char *)given.out",
    "const uint64_t *": "given.numbers", "uint64_t *": "&given.number", "size_t *": "&given.done", "uint32_t *": "&given.number32",
    "kst_space *": "&given.number",
}
NUMBER = {"len": "sizeof given.bytes", "cap": "64", "stride": "256", "count": "4", "level": "1", "pointer_size": "8", "bytes": "16",
          "arch": "KST_ARCH_X64", "kinds": "1", "last": "UINT64_MAX", "address": "GIVEN_ADDRESS", "frame": "1"}
STRUCTS = re.compile(r"^(const )?struct (kst_\w+) \*$")
OPAQUE = {"kst_layout", "kst_target", "kst_cursor", "kst_dump", "kst_isf", "kst_pdb", "kst_large_index", "kst_error"}
# they make something, or have rules of their own for what is right: their own tests have these rows
LEFT_OUT = re.compile(r"_init|_from_|_open|target_create|_pdb_|_isf_|_wanted")


def declarations(header):
    """[(documentation, name, [(type, name)])] of the functions that return a status."""
    text = header.read_text()
    for doc, name, arguments in re.findall(r"/\*\*((?:(?!\*/).)*)\*/\s*KST_API kst_status (kst_\w+)\s*\((.*?)\);", text, re.S):
        found = []
        for argument in re.split(r",(?![^(]*\))", " ".join(arguments.split())):
            match = re.match(r"(.*?)(\w+)$", argument.strip())
            found.append((match[1].strip(), match[2]))
        yield doc, name, found


def may_be_null(doc, name):
    line = re.search(rf"@param {name}\s((?:(?!@).|@p\b)*)", doc, re.S)
    return line is not None and re.search(r"\bNULL\b|As for", line[1]) and not re.search(r"NULL if @p", line[1])


def main():
    out, headers = pathlib.Path(sys.argv[1]), sorted({pathlib.Path(h) for h in sys.argv[2:]})
    functions = [(h.stem, *d) for h in headers for d in declarations(h)]
    begins = {name: arguments for _, _, name, arguments in functions if name.endswith("_begin")}
    calls, rows = [], []
    for _, doc, name, arguments in functions:
        if LEFT_OUT.search(name) or any(kind.endswith("**") or "(" in kind for kind, _ in arguments):
            continue

        def values(of, here):
            made, given = [], []
            for i, (kind, label) in enumerate(of):
                struct = STRUCTS.match(kind)
                if struct and struct[2] == "kst_error":
                    given.append("NULL")
                elif kind in GIVEN:
                    value = GIVEN[kind]
                    given.append(f"wrong == {i} ? NULL : {value}" if here else value)
                elif struct and struct[2] not in OPAQUE:
                    made.append(f"\tstruct {struct[2]} *a{i} = given_struct({i if here else i + 16}, sizeof *a{i});")
                    given.append(f"wrong == {i} ? NULL : a{i}" if here else f"a{i}")
                elif kind.endswith("*"):
                    return None, None
                else:
                    given.append(NUMBER.get(label, "0"))
            return made, given

        made, given = values(arguments, True)
        if made is None:
            continue
        body = list(made)
        begin = name.removesuffix("_next") + "_begin"
        if name.endswith("_next") and begin in begins:
            begun, with_ = values(begins[begin], False)
            body += begun
            body.append(f"\t(void){begin}({', '.join(with_)});")
            body.append("\tif (given.other_walk)\n\t\tmemset(&given.cursor, 0, sizeof given.cursor);")
        call = (f"static kst_status call_{name}(int wrong)\n{{\n" + "\n".join(body) +
                     f"\n\t(void)wrong;\n\treturn {name}({', '.join(given)});\n}}\n")
        before = len(rows)
        for i, (kind, label) in enumerate(arguments):
            struct = STRUCTS.match(kind)
            if not kind.endswith("*") or (struct and struct[2] == "kst_error"):
                continue
            null = may_be_null(doc, label) or label == "user"
            if not null:
                rows.append(f'\t{{ "{name}: {label} is NULL", call_{name}, {i}, -1, KST_E_ARG }},')
            if struct and struct[2] not in OPAQUE and kind not in GIVEN:
                rows.append(f'\t{{ "{name}: the size of {label}", call_{name}, -1, {i}, KST_E_ABI }},')
        if name.endswith("_next"):
            rows.append(f'\t{{ "{name}: the cursor of another walk", call_{name}, -1, -1, KST_E_ARG }},')
        if len(rows) > before:  # every argument may be absent: nothing to try
            calls.append(call)
    out.write_text("\n".join(calls) + "\nstatic const struct row rows[] = {\n" + "\n".join(rows) + "\n};\n")


if __name__ == "__main__":
    main()
