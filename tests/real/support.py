# SPDX-License-Identifier: MIT
"""What every test on real memory uses.

The environment tells where things are: KSTATE_TOOL (the program), KSTATE_TEST_DATA (the folder with the dumps),
KSTATE_TEST_CACHE (a folder in the build tree for what is unpacked). A test file ends with `support.main()`, which skips
visibly when the data is absent.
"""

import contextlib
import csv
import fcntl
import functools
import io
import json
import lzma
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SKIP = 77


def _data():
    return pathlib.Path(os.environ.get("KSTATE_TEST_DATA") or "/nonexistent")


def _cache():
    folder = pathlib.Path(os.environ.get("KSTATE_TEST_CACHE") or tempfile.gettempdir() + "/kstate-test-cache")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def _locked(name):
    """Tests run in parallel: only one unpacks."""
    with open(_cache() / (name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*args, stdin=None, timeout=60):
    """Run the tool as given; a CompletedProcess with text."""
    if isinstance(stdin, (list, tuple)):
        stdin = "".join(f"{line}\n" for line in stdin)
    # no stdin: an empty one, so that a test never waits for the terminal
    return subprocess.run([os.environ["KSTATE_TOOL"], *map(str, args)], input=stdin or "", text=True,
                          capture_output=True, timeout=timeout)


def kstate(*args, stdin=None, status=0, timeout=60):
    """Run the tool with --json; its records, one dict per line. stdin: text, or a list of lines.

    The exit status must be `status` (None: any); every line must be a JSON object with "type".
    """
    done = run(*args, "--json", stdin=stdin, timeout=timeout)
    if status is not None and done.returncode != status:
        raise AssertionError(f"kstate {' '.join(map(str, args))}: exit status {done.returncode}, not {status}: {done.stderr}")
    records = []
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if not isinstance(record, dict) or not isinstance(record.get("type"), str):
            raise AssertionError(f"no record: {line}")
        records.append(record)
    return records


def of_type(records, name):
    """Only the records of one type."""
    return [r for r in records if r["type"] == name]


def address(value):
    """"0x1f", "1f" or 31 as a number; None stays None."""
    return int(value, 16) if isinstance(value, str) else value


def dump(name):
    """Path of one of the dump files."""
    path = _data() / "dumps" / name
    if not path.exists():
        raise unittest.SkipTest(f"no {path}")
    return str(path)


def image(system):
    """Path of the memory image of "nt52-x86" or "nt52-x64", unpacked once per build folder."""
    packed = _data() / system / "memory.lime.xz"
    path = _cache() / f"{system}.lime"
    with _locked(system):
        if not path.exists() or path.stat().st_mtime < packed.stat().st_mtime:
            part = path.with_suffix(".part")
            with lzma.open(packed) as source, open(part, "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            part.rename(path)
    return str(path)


def layout(system):
    """Path of the type layout of one of the two systems."""
    return str(_data() / system / "layout.tsv")


@functools.lru_cache(maxsize=None)
def truth(system):
    """What a debugger read of the system; do not change it."""
    with lzma.open(_data() / system / "truth.json.xz") as f:
        return json.load(f)


def lines(system, name):
    """Lines of a text file that is stored as NAME.xz, such as "tlb_current.txt"."""
    with lzma.open(_data() / system / (name + ".xz"), "rt") as f:
        return f.read().splitlines()


def table(system, name):
    """Rows of a CSV file that is stored as NAME.xz, as dicts."""
    return list(csv.DictReader(io.StringIO("\n".join(lines(system, name)))))


def path(relative):
    """Path of any other file of the data, such as "isf/…"."""
    return str(_data() / relative)


def main():
    if "KSTATE_TOOL" not in os.environ:
        sys.exit("KSTATE_TOOL is not set: run this through `meson test`")
    if not (_data() / "dumps").is_dir():
        print(f"SKIP: no real data at {_data()} (KSTATE_TEST_DATA tells where)")
        sys.exit(SKIP)
    unittest.main(verbosity=2)
