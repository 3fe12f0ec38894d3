# SPDX-License-Identifier: MIT
"""Under valgrind: readers that raise, in every call, and walks that are dropped half-way. What the library allocated is
given back. The interpreter's own memory is not looked at: only blocks that one of the library's functions asked for."""
import os
import re
import shutil
import subprocess
import sys

import pytest

PROGRAM = """
import gc, sys
import kstate

class Broken(Exception):
    pass

source = kstate.open(sys.argv[1])
identity, layout = source.identity(), source.layout
for fail_at in (1, 2, 3, 5, 8, 13, 21, 1000000):
    reads = 0

    def read(address, length, space):
        global reads
        reads += 1
        if reads >= fail_at:
            raise Broken(address)
        try:
            return source.read(address, length, space)
        except kstate.MemoryFault as fault:
            return fault.partial

    for work in (lambda t: list(t.processes()), lambda t: next(t.modules()), lambda t: t.processors().bulk(),
                 lambda t: t.pool_ranges(), lambda t: t.process_find(4)):
        try:
            work(kstate.Target(read=read, physical=True, layout=layout, identity=identity))
        except (Broken, kstate.KstError, StopIteration):
            pass
    try:
        kstate.Layout.from_types(lambda type: 8, lambda type, path: (_ for _ in ()).throw(Broken(path)))
    except Broken:
        pass
    try:
        kstate.open_memory(b"PAGEDU64" + bytes(100))
    except kstate.KstError:
        pass
if len(sys.argv) > 2:  # on purpose: nobody ends this one
    from kstate._native import ffi, lib
    for _ in range(3):
        out = ffi.new("struct kst_dump **")
        lib.kst_dump_open(sys.argv[1].encode(), out, ffi.NULL)
        del out
source.close()
del work, read
gc.collect()
"""


def lost(tmp_path, *arguments):
    """Records of lost memory with one of the library's functions in the stack."""
    log = tmp_path / "valgrind.log"
    done = subprocess.run(["valgrind", "--leak-check=full", "--show-leak-kinds=definite,indirect", "--num-callers=40",
                           f"--log-file={log}", sys.executable, "-c", PROGRAM, *map(str, arguments)], capture_output=True,
                          text=True, env={**os.environ, "PYTHONMALLOC": "malloc"})
    assert done.returncode == 0, done.stderr
    text = log.read_text()
    assert "LEAK SUMMARY" in text or "no leaks are possible" in text
    records = re.split(r"\n==\d+== \n", text)
    errors = [r for r in records if "Invalid" in r and "kst_" in r]
    return [r for r in records if "lost in loss record" in r and re.search(r": kst_", r)] + errors


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind is not installed")
def test_valgrind_finds_nothing_lost(tmp_path, dump_path):
    assert lost(tmp_path, dump_path) == []
    assert lost(tmp_path, dump_path, "leak"), "a dump that nobody closes must be found"
