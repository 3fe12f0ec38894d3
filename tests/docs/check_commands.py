# SPDX-License-Identifier: MIT
"""doc/commands.md: every call, command and method it names exists, and every command of the tool is in it. doc/topics.dox
lists all notes of doc/structures. doc/architecture.md names all long files.

usage: check_commands.py TABLE KSTATE MAP [PYTHON PYTHONPATH [RUST]]
"""
import pathlib
import re
import subprocess
import sys

# what a user of the debugger will look for
WINDBG = """!analyze !ca !dlls !dpcs !handle !memusage !object !pcr !peb !pfn !pool !poolfind !poolused !poolval !prcb !process
            !pte !stacks !thread !timer !vad !verifier !vm !vtop !list !gflag !sym !db !dd db dd lm lmu k dps dt ln r bp ba
            .process .thread .reload .exr .cxr .bugcheck .pagein""".split()
# where Rust has another name for what Python calls so
RUST = {"dump": "Dump", "dump_context": "context", "dump_exception": "exception", "large_index": "LargeIndex"}
NAMES = """
import sys, kstate
wrong = []
for name in sys.argv[1:]:
    module, _, attribute = name.partition(".")
    if not hasattr(kstate if module == "kstate" else kstate.Target, attribute):
        wrong.append(name)
print(" ".join(wrong))
"""


def rows(text):
    """The cells of each row: the code spans in them."""
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith(("| ---", "| WinDbg")):
            cells = line.strip("| ").split("|")
            assert len(cells) == 4, f"not four cells: {line}"
            yield [re.findall(r"`([^`]+)`", cell) for cell in cells]


def long_files(page):
    """What is wrong with the list of files longer than 600 lines."""
    root = page.parent.parent
    sentence = re.search(r"^Longer than 600 lines.*?\n\n", page.read_text(encoding="utf-8"), flags=re.M | re.S).group(0)
    named = set(re.findall(r"`([\w/]+\.[a-z]+)`", sentence))
    found = set()
    for folder in re.findall(r"`(\w+)/`", sentence):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".c", ".h", ".py", ".rs") and not {"frozen", "target", "build"} & set(path.parts[len(root.parts):]):
                text = path.read_text(encoding="utf-8")
                if text.count("\n") > 600 and not text.startswith("// Generated"):
                    found.add(path.relative_to(root).as_posix())
    return [f"doc/architecture.md: {name} is not longer than 600 lines" for name in sorted(named - found)] + \
           [f"doc/architecture.md does not name {name}, longer than 600 lines" for name in sorted(found - named)]


def main(table, tool, exports, interpreter="", path="", rust=""):
    text = pathlib.Path(table).read_text(encoding="utf-8")
    exported = set(re.findall(r"\bkst_\w+", pathlib.Path(exports).read_text(encoding="utf-8")))
    wrong, seen, methods = [], set(), set()
    known = set()
    if tool:
        usage = subprocess.run([tool, "--help"], capture_output=True, text=True, check=True).stdout
        known = set(re.findall(r"^  ([a-z]+) ", usage, flags=re.M))
        assert len(known) >= 35, usage
    for _, commands, calls, names in rows(text):
        for span in commands:
            word, *options = span.split()
            seen.add(word)
            if tool and not word.startswith("--") and word not in known:
                wrong.append(f"kstate has no command {word}")
            for option in [word] * word.startswith("--") + options:
                if tool and option not in usage:
                    wrong.append(f"kstate has no option {option}")
        wrong += [f"not exported: {call}" for call in calls if call not in exported]
        methods.update(names)
    wrong += [f"kstate {command} is missing in the page" for command in sorted(known - seen)]
    words = set(re.findall(r"[!.]?\w+", " ".join(span for row in rows(text) for span in row[0])))
    words |= set(re.findall(r"![a-z]+", text))
    wrong += [f"WinDbg's {word} is missing in the page" for word in WINDBG if word not in words]
    bad = [name for name in methods if not re.fullmatch(r"(kstate|target)\.\w+", name)]
    wrong += [f"not a name in Python: {name}" for name in bad]
    if interpreter:
        run = subprocess.run([interpreter, "-c", NAMES, *sorted(methods - set(bad))], capture_output=True, text=True, check=True,
                             env={"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"})
        wrong += [f"Python has no {name}" for name in run.stdout.split()]
    else:
        print("the Python module is not built: its names were not looked up")
    if rust:
        words = set(re.findall(r"\w+", re.sub(r"//.*", "", "\n".join(p.read_text(encoding="utf-8") for p in pathlib.Path(rust).rglob("*.rs")))))
        for name in sorted(name[7:] for name in methods if name.startswith("target.")):
            if RUST.get(name, name) not in words:
                wrong.append(f"Rust has no {name}")
    page = pathlib.Path(table).with_name("topics.dox").read_text(encoding="utf-8")
    wrong += [f"doc/topics.dox does not list {notes.name}" for notes in pathlib.Path(table).parent.glob("structures/*.md")
              if f"@subpage md_doc_structures_{notes.stem}\n" not in page]
    wrong += long_files(pathlib.Path(table).with_name("architecture.md"))
    print("\n".join(wrong) if wrong else f"{len(seen)} commands, {len(methods)} methods: all there")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
