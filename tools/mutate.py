#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Would the tests notice? Changes one operator at a time in lib/decode and runs the tests of that topic.

    mutate.py BUILD SANITIZED [--plain] [--sample N] [--jobs N] [--survivors FILE] [FILE...]

BUILD and SANITIZED are configured and built meson folders, the second one with -Db_sanitize=address,undefined. A mutant
is killed when a test fails, crashes or runs out of time: first tests/decode/test_TOPIC in BUILD, then the walks' tests of
the topic there, then all of these in SANITIZED (not with --plain). Only the changed file is compiled; its object goes
before the library on the link line, so that the library's own object is never taken. A survivor whose optimized code is
the same as the original's is equivalent and not counted. With --sample the mutants are chosen by a hash of their place:
the same ones in each run.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOKEN = re.compile(r"""(?P<skip>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:\\\n|[^\n])*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<number>0[xX][0-9a-fA-F]+[uUlL]*|[0-9]+[uUlL]*)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<op><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""", re.X | re.M | re.S)
TYPE = re.compile(r"^(?:const|void|char|int|unsigned|long|short|size_t|bool|\w+_t|kst_\w+|truncate_fn)$")
SWAPS = {
    "==": ["!="], "!=": ["=="], "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "&&": ["||"], "||": ["&&"], "<<": [">>"], ">>": ["<<"], "/": ["*"], "%": ["*"], "^": ["&"], "|": ["&"],
    "+=": ["-="], "-=": ["+="], "|=": ["&="], "&=": ["|="], "^=": ["|="], "<<=": [">>="], ">>=": ["<<="],
    "++": ["--"], "--": ["++"],
}
BINARY = {"+": ["-"], "-": ["+"], "*": ["/"], "&": ["|"]}
KINDS = {"comparison": "== != < <= > >=", "boolean": "&& || !", "bit": "<< >> & | ^ ~ |= &= ^= <<= >>=",
         "arithmetic": "+ - * / % += -= ++ --"}
KIND_OF = {op: kind for kind, ops in KINDS.items() for op in ops.split()}
# walks that see a topic of another name
SEEN_BY = {
    "pte": ["paging", "section", "vm"], "processor": ["dpc", "stack", "timer"], "dpc": ["timer", "stack"],
    "segment_heap": ["heap_key", "heap_tree", "pool_find"], "object": ["directory", "handle"],
    "pool_page": ["pool_find", "pool_scan", "pool_ranges"],
    "process": ["thread"], "section": ["vm", "paging"], "view": ["process", "object"], "peb": ["user_module"], "bugcheck": ["stack"],
    "system": ["target", "identify"], "pfn": ["vm", "section"], "verifier": ["return_address"], "special_pool": ["pool_find"],
}
SECONDS = 10  # of processor time, so that a busy machine kills no mutant


class Mutant:
    def __init__(self, file, text, start, end, new, kind):
        self.file, self.start, self.end, self.new, self.kind = file, start, end, new, kind
        self.old = text[start:end]
        self.line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        self.place = f"{file}:{self.line}:{column}"
        self.source = text.split("\n")[self.line - 1].strip()
        self.key = hashlib.sha256(f"{self.place} {self.old} {new}".encode()).hexdigest()

    def text(self, original):
        return original[:self.start] + self.new + original[self.end:]


def tokens(text):
    return [m for m in TOKEN.finditer(text) if m.lastgroup != "skip"]


def mutants(file, text):
    found = []
    all_tokens = tokens(text)
    depth = 0
    for i, token in enumerate(all_tokens):
        value, group = token.group(), token.lastgroup
        before = all_tokens[i - 1] if i > 0 else None
        depth += {"{": 1, "}": -1}.get(value, 0)
        if depth == 0:
            continue  # declarations; the compiler judges them

        def add(new, kind, start=token.start(), end=token.end()):
            found.append(Mutant(file, text, start, end, new, kind))

        if group == "number":
            digits = re.match(r"(0[xX][0-9a-fA-F]+|[0-9]+)(.*)", value)
            add(f"{int(digits[1], 0) + 1}{digits[2]}", "constant")
        elif value in ("true", "false"):
            add({"true": "false", "false": "true"}[value], "constant")
        elif value == "return":
            end = next((t for t in all_tokens[i + 1:] if t.group() == ";"), None)
            inner = text[token.end():end.start()].strip() if end else ""
            if inner in ("true", "false", "0", "NULL", ""):
                continue  # a constant's own mutant
            add("return 0;", "return", token.start(), end.end())
            if inner != "KST_OK":
                add(f"return !({inner});", "return", token.start(), end.end())
        elif value == "!":
            add("", "boolean")
        elif value == "~":
            add("", "bit")
        elif value in SWAPS:
            for new in SWAPS[value]:
                add(new, KIND_OF[value])
        elif value in BINARY and before is not None:
            operand = before.lastgroup == "number" or before.group() in (")", "]") or (
                before.lastgroup == "name" and not TYPE.match(before.group()) and before.group() != "return")
            declared = i > 1 and all_tokens[i - 2].group() in ("struct", "union", "enum")
            if operand and not declared:
                for new in BINARY[value]:
                    add(new, KIND_OF[value])
    return found


class Build:
    """How one file is compiled and one test program linked, asked of ninja."""

    def __init__(self, folder, file):
        self.folder = pathlib.Path(folder)
        self.object = f"lib/libkstate-core.a.p/decode_{pathlib.Path(file).name}.o"
        self.compile = self.command(self.object)
        self.links = {}

    def command(self, target):
        done = subprocess.run(["ninja", "-C", str(self.folder), "-t", "commands", target], capture_output=True, text=True,
                              check=True)
        words = shlex.split(done.stdout.strip().splitlines()[-1])
        return words[1:] if words[0].endswith("ccache") else words

    def make(self, source, object_file, extra=()):
        """The object of a changed source; false when it does not compile."""
        words = []
        skip = False
        for word in self.compile:
            if skip:
                skip = False
            elif word in ("-MQ", "-MF", "-o", "-c"):
                skip = True
            elif word != "-MD" and not word.startswith(("-W", "-g")):
                words.append(word)
        done = subprocess.run([*words, "-w", "-I../lib/decode", *extra, "-o", object_file, "-c", source], cwd=self.folder,
                              capture_output=True)
        return done.returncode == 0

    def run(self, program, object_file, out):
        """None when the program passes with this object, else how it fails."""
        if program not in self.links:
            self.links[program] = self.command(program)
        words = list(self.links[program])
        at = words.index("-o")
        words[at + 1] = out
        words.insert(at + 2, object_file)
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            return "does not link"
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "halt_on_error=1"}
        done = subprocess.run(["sh", "-c", f"ulimit -t {SECONDS}; exec {shlex.quote(out)}"], cwd=self.folder,
                              capture_output=True, env=environment)
        os.unlink(out)
        return None if done.returncode == 0 else "failed"


def programs(file):
    """The topic's own tests (some have a second program), then the walks' tests that its name begins."""
    topic = pathlib.Path(file).stem
    own = topic
    while own and not (ROOT / f"tests/decode/test_{own}.c").exists():
        own = own.rpartition("_")[0]
    more = sorted(p.stem for p in (ROOT / "tests/decode").glob(f"test_{own}_*.c")
                  if not (ROOT / f"lib/decode/{p.stem[5:]}.c").exists())
    walks = sorted(p.stem[5:] for p in (ROOT / "tests/walk").glob("test_*.c"))
    walks = [w for w in walks if w == own or w.startswith(own + "_") or own.startswith(w + "_") or w in SEEN_BY.get(own, [])]
    return [f"tests/decode_{p}" for p in [f"test_{own}", *more]] if own else [], [f"tests/walk_test_{w}" for w in walks]


class File:
    def __init__(self, name, plain, sanitized, only_plain):
        self.name = name
        self.only_plain = only_plain
        self.text = (ROOT / name).read_text()
        self.plain, self.sanitized = Build(plain, name), Build(sanitized, name)
        self.own, self.walks = programs(name)
        self.lock = threading.Lock()
        self.optimized = None

    def same_code(self, source, work):
        """Does the optimizer make the same of it?"""
        def code(at, tag):
            out = f"{work}/{tag}.o"
            assert self.plain.make(at, out, ("-O2", "-g0"))
            return subprocess.run(["objdump", "-s", "-r", out], check=True, capture_output=True).stdout.split(b"\n", 3)[3]
        with self.lock:
            if self.optimized is None:
                original = f"{work}/{pathlib.Path(self.name).name}"
                changed = pathlib.Path(original).read_text()
                pathlib.Path(original).write_text(self.text)
                self.optimized = code(original, "original")
                pathlib.Path(original).write_text(changed)
        return code(source, "mutant") == self.optimized

    def check(self):
        """The unchanged file passes the same way, or every mutant would seem killed."""
        with tempfile.TemporaryDirectory(prefix="kstate-mutant-") as work:
            source = f"{work}/{pathlib.Path(self.name).name}"
            pathlib.Path(source).write_text(self.text)
            for build in (self.plain,) if self.only_plain else (self.plain, self.sanitized):
                if not build.make(source, f"{work}/whole.o"):
                    sys.exit(f"{self.name} does not compile")
                for program in self.own + self.walks:
                    failure = build.run(program, f"{work}/whole.o", f"{work}/program")
                    if failure:
                        sys.exit(f"{self.name}: {program} of {build.folder} without a mutant: {failure}")

    def judge(self, mutant, work):
        source = f"{work}/{pathlib.Path(self.name).name}"
        pathlib.Path(source).write_text(mutant.text(self.text))
        if not self.plain.make(source, f"{work}/plain.o"):
            return "does not compile"
        for program in self.own + self.walks:
            if self.plain.run(program, f"{work}/plain.o", f"{work}/program"):
                return "killed by its test" if program in self.own else "killed by the walks' tests"
        if self.same_code(source, work):
            return "equivalent"
        if self.only_plain:
            return "survived"
        if not self.sanitized.make(source, f"{work}/sanitized.o"):
            return "does not compile"
        for program in self.own + self.walks:
            if self.sanitized.run(program, f"{work}/sanitized.o", f"{work}/program"):
                return "killed under sanitizers"
        return "survived"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("sanitized")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--plain", action="store_true", help="without sanitizers: sooner, for the time tests are written")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="at most so many in all, chosen evenly")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--survivors", help="write the survivors into this file, one to a line")
    args = parser.parse_intermixed_args()
    names = [str(pathlib.Path(f).resolve().relative_to(ROOT)) for f in args.files] or sorted(
        str(p.relative_to(ROOT)) for p in (ROOT / "lib/decode").glob("*.c"))
    files = {name: File(name, args.build, args.sanitized, args.plain) for name in names}
    chosen = sorted((m for f in files.values() for m in mutants(f.name, f.text)), key=lambda m: m.key)
    total = len(chosen)
    for file in files.values():
        file.check()
    if args.sample:
        chosen = chosen[:args.sample]
    counts = {name: {} for name in names}
    kinds, survivors = {}, []

    def one(mutant):
        with tempfile.TemporaryDirectory(prefix="kstate-mutant-") as work:
            return mutant, files[mutant.file].judge(mutant, work)

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for mutant, verdict in pool.map(one, chosen):
            counts[mutant.file][verdict] = counts[mutant.file].get(verdict, 0) + 1
            if verdict in ("does not compile", "equivalent"):
                continue
            kind = kinds.setdefault(mutant.kind, [0, 0])
            kind[verdict == "survived"] += 1
            if verdict == "survived":
                survivors.append(mutant)
                print(f"survived: {mutant.place}: {mutant.old.split(';')[0]} -> {mutant.new or 'nothing'}: {mutant.source}",
                      flush=True)
    if args.survivors:
        pathlib.Path(args.survivors).write_text("".join(
            f"{m.place}\t{m.old}\t{m.new}\t{m.source}\n" for m in sorted(survivors, key=lambda m: (m.file, m.line))))
    verdicts = ["killed by its test", "killed by the walks' tests", "killed under sanitizers", "survived"]
    print(f"\n{'file':34}" + "".join(f"{v.replace('killed ', ''):>22}" for v in verdicts) + f"{'equivalent':>12}")
    sums = {}
    for name in names:
        row = counts[name]
        for verdict, n in row.items():
            sums[verdict] = sums.get(verdict, 0) + n
        print(f"{name:34}" + "".join(f"{row.get(v, 0):22}" for v in verdicts) + f"{row.get('equivalent', 0):12}")
    for kind, (killed, alive) in sorted(kinds.items()):
        print(f"{kind}: {killed} killed, {alive} survived")
    killed = sum(sums.get(v, 0) for v in verdicts[:3])
    judged = killed + sums.get("survived", 0)
    print(f"{len(chosen)} of {total} mutants: {judged} judged, {killed} killed ({100 * killed / max(judged, 1):.1f} %), "
          f"{sums.get('survived', 0)} survived; left out: {sums.get('does not compile', 0)} do not compile, "
          f"{sums.get('equivalent', 0)} are the same code")
    return 0 if judged and killed / judged >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
