# SPDX-License-Identifier: MIT
"""One dump, one set of records: what the tests of all bindings compare with the command line.

A binding has a program or function that gives the records of a command (`kstate.records.COMMANDS` is the table: command,
calls of the library, types of records). Its test goes through `images()`, asks the tool and the binding for each of
`cases()`, and compares whole records and exit statuses with `differences()`.

The environment tells where things are: KSTATE_TOOL, KSTATE_FORGE, KSTATE_FORGE_MEMORY, KSTATE_FORGE_LSASS,
KSTATE_FORGE_SYSTEM, KSTATE_ANSWERS (answers.c), KSTATE_TEST_DATA, KSTATE_TEST_CACHE.
"""
import json
import lzma
import os
import pathlib
import shutil
import subprocess
from typing import NamedTuple


class Image(NamedTuple):
    """A source of memory, and what must be told about it."""

    name: str
    path: pathlib.Path
    symbols: dict = {}
    real: bool = False
    layout: str = ""  # a table of types (.tsv), where the built-in ones do not fit


class Case(NamedTuple):
    """One run of the tool. `lines`: a batch on standard input. Options as the tool has them, without the dashes."""

    command: str
    arguments: tuple = ()
    lines: tuple = ()
    options: dict = {}

    def words(self, image):
        """What stands behind the program's name."""
        words = [self.command, str(image.path), *(a for a in self.arguments), "--json"]
        for name, value in image.symbols.items():
            words += ["--symbol", f"{name}={value:#x}"]
        for name, value in self.options.items():
            words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        return words + (["--layout", image.layout] if image.layout else [])

    def __str__(self):
        return " ".join([self.command, *self.arguments, *(f"--{k}={v}" for k, v in self.options.items())])


# --- images -----------------------------------------------------------------------------------------------------------

_COUNTERS = ["MmNumberOfPhysicalPages", "MmAvailablePages", "MmResidentAvailablePages", "MmTotalFreeSystemPtes",
             "MmModifiedPageListHead", "MmTotalPagesForPagingFile", "MmAllocatedNonPagedPool",
             "MmMaximumNonPagedPoolInBytes", "MmPagedPoolInfo", "MmSharedCommit", "MmProcessCommit", "MmPagedPoolCommit",
             "MmDriverCommit", "MmTotalCommittedPages", "MmTotalCommitLimit", "MmSizeOfPagedPoolInBytes",
             "MmNumberOfPagingFiles", "MmPagingFile", "MmPhysicalMemoryBlock"]
_FORGERIES = {  # name: program, its argument, symbols
    "demo": ("KSTATE_FORGE", (), {}),
    "counters": ("KSTATE_FORGE_MEMORY", ("vm",), {n: 0x81d00000 + 0x40 * i - (0x34 if n == "MmPagedPoolInfo" else 0)
                                                  for i, n in enumerate(_COUNTERS)}),
    "section": ("KSTATE_FORGE_MEMORY", ("ca",), {}),
    "lsass": ("KSTATE_FORGE_LSASS", (), {}),
    "objects": ("KSTATE_FORGE_SYSTEM", ("objects",), {}),  # its symbols are what it prints
    "timers": ("KSTATE_FORGE_SYSTEM", ("timers",), {}),
}


def forged(folder):
    """Made-up machines; those whose program is not there are left out."""
    for name, (program, arguments, symbols) in _FORGERIES.items():
        if os.environ.get(program):
            path = pathlib.Path(folder) / f"{name}.dmp"
            done = subprocess.run([os.environ[program], *arguments, str(path)], check=True, capture_output=True, text=True)
            told = {name: int(address, 16) for name, address in map(str.split, done.stdout.splitlines())}
            yield Image(name, path, {**symbols, **told})
            if name == "objects":  # what other sources know is told where the list of processes is not in memory
                yield Image("no list", path, {**symbols, **told, "PsActiveProcessHead": 0xfffff80000dead00})


def another_system(folder):
    """Memory in which no Windows kernel is: bytes can be read, and nothing else."""
    path = pathlib.Path(folder) / "another system.raw"
    path.write_bytes(bytes(range(256)) * 0x1000)
    return Image("another system", path)


def _unpacked(system, data):
    cache = pathlib.Path(os.environ.get("KSTATE_TEST_CACHE") or data)
    path, packed = cache / f"{system}.lime", data / system / "memory.lime.xz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with lzma.open(packed) as source, open(part, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        part.rename(path)
    return path


def real():
    """Real memory, where it is at hand: KSTATE_TEST_DATA."""
    data = pathlib.Path(os.environ.get("KSTATE_TEST_DATA") or "/nonexistent")
    for path in sorted((data / "dumps").glob("*.dmp")):
        yield Image(path.stem, path, real=True)
    for system in ("nt52-x86", "nt52-x64"):
        if (data / system).is_dir():
            yield Image(system, _unpacked(system, data), real=True, layout=str(data / system / "layout.tsv"))


def answers(image):
    """What the image's table of types answers to the library: pointer size, and three dicts: {type: size},
    {(type, path): (offset, length, bit, bits)}, {symbol: RVA}."""
    lines = subprocess.run([os.environ["KSTATE_ANSWERS"], image.layout], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    pointer, sizes, members, symbols = 8, {}, {}, {}
    for kind, *words in (line.split(" ") for line in lines):
        if kind == "pointer":
            pointer = int(words[0])
        elif kind == "member":
            members[words[0], words[1]] = tuple(map(int, words[2:]))
        else:
            (sizes if kind == "size" else symbols)[words[0]] = int(words[1])
    return pointer, sizes, members, symbols


# --- cases ------------------------------------------------------------------------------------------------------------

_PLAIN = ("info", "modules", "unloaded", "processors", "timers", "dpcs", "stack", "bigpool", "poolkey", "poolused", "types",
          "directory", "callbacks", "processes", "threads", "verifier", "ca", "memusage", "vm")
_ADDRESSES = ("pte", "vtop", "pool", "poolval", "object", "ca")
_OF_A_PROCESS = ("process", "peb", "lmu", "vads", "handles")


def _some(values, most):
    """A few of many, spread over all of them."""
    found = list(dict.fromkeys(v for v in values if v is not None))
    step = max(len(found) // most, 1)
    return found[::step][:most]


def cases(image):
    """What to ask of an image: every command; arguments from what the tool finds in it."""
    def ask(command, *arguments, **options):
        return tool(Case(command, arguments, options=options), image)[1]

    if "header-only" in image.name:  # most commands would only search for what is not there
        yield from (Case(command) for command in ("info", "modules", "processors", "stack"))
        return
    yield from (Case(command) for command in _PLAIN)
    yield Case("bigpool", options={"all": True})
    yield Case("handles", options={"kernel": True})
    yield from (Case("verifier", (log,)) for log in ("80", "100", "200"))
    yield Case("stack", options={"processor": 0})
    processes = [r for r in ask("processes") if r["type"] == "process"]
    addresses = [r.get(key) for r in processes for key in ("address", "handle_table", "token", "section", "peb")]
    for command in ("modules", "processors", "threads", "bigpool"):
        addresses += [v for r in ask(command) for k, v in r.items()
                      if k in ("base", "entry", "address", "kprcb", "kernel_stack", "teb")]
    for area in [r["address"] for r in ask("ca") if r.get("address")][:2]:
        yield Case("ca", (area,))
        addresses.append(area)
    chosen = _some(addresses, 40) + ["0", "1000", "ffffffffffffffff", "123456789abcdef0"]
    yield Case("pool", ("fffffa8500006fb8",))  # behind a large allocation, in its last page
    for command in _ADDRESSES:
        yield Case(command, ("-",), tuple(chosen))
        for address in _some(addresses, 2) + ["1000"]:
            yield Case(command, (address,))
    for address in _some(addresses, 4):
        yield Case("read", (address, "30"))
        yield Case("ptes", (f"{address}+20000",))
    yield Case("read", ("-", "10"), tuple(chosen))
    yield Case("read", ("1000", "1800"), options={"space": "physical"})
    yield Case("read", ("-", "10"), ("ffff8", "fff", "123000", "ffffffffffffffff"), options={"space": "physical"})
    yield Case("ptes", ("fffff80000000000-fffff80010000000",))
    for pid in _some([r["pid"] for r in processes if r.get("pid", -1) >= 0], 4) + [99999]:
        yield from (Case(command, (str(pid),)) for command in _OF_A_PROCESS)
        yield Case("threads", (str(pid),))
    for thread in _some([r["address"] for r in ask("threads") if r["type"] == "thread"], 3):
        yield Case("stack", options={"thread": thread})
    for kind in ("Process", "Device", "5", "Nothing"):
        yield Case("objects", (kind,))
    for path in ("\\Device", "\\ObjectTypes\\Process", "\\Nothing"):
        yield Case("directory", (path,))
    yield Case("pfn", ("-",), ("0", "1", "0x100", "4660", "999999999"))
    yield Case("pfn", ("256",))
    if not image.layout:  # with a page-frame database that is all there this takes minutes; bulk paths are for that
        yield Case("pfnlist")
    yield Case("poolfind", ("Proc", "MmCa", "File"))


def tool(case, image):
    """Exit status and records of the command line."""
    done = subprocess.run([os.environ["KSTATE_TOOL"], *case.words(image)], input="".join(f"{x}\n" for x in case.lines),
                          capture_output=True, text=True, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def differences(theirs, ours, most=3):
    """Two lists of records: what is not the same, in words; empty when all is."""
    found = []
    for i in range(max(len(theirs), len(ours))):
        a, b = (records[i] if i < len(records) else None for records in (theirs, ours))
        if a == b:
            continue
        if a is None or b is None or a.get("type") != b.get("type"):
            found.append(f"record {i}: the tool has {a}, the binding {b}")
        else:
            found.append(f"record {i} ({a['type']}): " + "; ".join(
                f"{k}: the tool has {a.get(k, '(none)')!r}, the binding {b.get(k, '(none)')!r}"
                for k in sorted({*a, *b}) if a.get(k, ...) != b.get(k, ...)))
        if len(found) == most:
            found.append("…")
            break
    return found
