# SPDX-License-Identifier: MIT
"""Many records at once: without Python in between, with and without NumPy, without the interpreter's lock."""
import ctypes
import os
import subprocess
import sys
import threading
import time

import pytest

import bench
import kstate
from kstate._native import ffi, lib
from kstate._runtime import new_error

NO_NUMPY = """
import sys

sys.modules["numpy"] = None  # import numpy raises ImportError
import kstate

target = kstate.open(sys.argv[1])
rows = target.processes().bulk()
assert type(rows) is list and type(rows[0]) is dict
print([row["pid"] for row in rows], [row["name"].decode() for row in rows])
base = next(target.modules()).base
hits = target.pool_scan([target.read(base + 4, 4)], base, base + 0x1000, all=True).bulk()
assert type(hits) is list and base in [hit["address"] for hit in hits]
try:
    target.processes().to_numpy()
except ImportError:
    print("to_numpy needs NumPy")
"""


def test_without_numpy(dump_path):
    done = subprocess.run([sys.executable, "-c", NO_NUMPY, str(dump_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "[4, 380, 516, 696, 7744] ['System', 'smss.exe', 'csrss.exe', 'lsass.exe', 'notepad.exe']",
        "to_numpy needs NumPy"]


def test_rows_are_the_same_with_and_without_numpy(target, monkeypatch):
    """Each member of each record: what C filled, read as an array and as dicts."""
    numpy = pytest.importorskip("numpy")
    arrays = [walk().bulk() for walk in (target.processes, target.processors, target.modules)]
    monkeypatch.setitem(sys.modules, "numpy", None)
    dicts = [walk().bulk() for walk in (target.processes, target.processors, target.modules)]
    for array, rows in zip(arrays, dicts):
        assert isinstance(array, numpy.ndarray) and len(array) == len(rows) > 0

        def same(a, b):
            if isinstance(b, dict):
                return all(same(a[key], b[key]) for key in b)
            if isinstance(b, list):
                return len(a) == len(b) and all(map(same, a, b))
            return a == b

        assert all(same(a, b) for a, b in zip(array, rows))


def test_blocks_of_many_pages():
    target = bench.made_up()
    pages = [bench.POOL + 0x1000 * i for i in range(20)]
    single = [block for page in pages for block in target.pool_page_read(kstate.KERNEL, page, capacity=512)[0]]
    rows = target.pool_blocks([bench.POOL - 0x1000000, *pages])  # the first one is not there
    assert [int(row["address"]) for row in rows] == [block.address for block in single] and len(single) == 320
    assert {bytes(row["tag"]) for row in rows} == {b"Made"}
    assert len(target.pfns(0, 99).to_numpy()) == 100


def test_a_walk_that_ends_badly_keeps_its_rows(dump_path):
    with kstate.open(dump_path, step_budget=3) as target:
        with pytest.raises(kstate.EvidenceError):
            target.processes().bulk()
        walk = target.processes()
        assert len(walk.bulk(partial=True)) == 3 and walk.error.code == kstate.Status.E_LIMIT


def test_records_do_not_call_python(target, monkeypatch):
    """The number of Python calls does not grow with the number of records."""
    pytest.importorskip("numpy")
    calls = []
    walks = [target.page_runs(kstate.KERNEL, 0xfffff80000000000, end) for end in (0xfffff80047a10000, 0xffffffffffffffff)]
    counts = []
    for walk in walks:
        calls.clear()
        sys.setprofile(lambda frame, event, argument: calls.append(event))
        try:
            counts.append((len(walk.to_numpy()), len(calls)))
        finally:
            sys.setprofile(None)
    assert counts[1][0] >= counts[0][0] + 10 and abs(counts[1][1] - counts[0][1]) < 5, counts


def scan_of(size):
    """What kst_pool_scan() takes, for a search of so many bytes that finds nothing."""
    page = bytearray(b"\0\0\0\0Ntfx\0\0\0\0Ntfx" * 256)  # every tag is looked at closely, none is plausible
    data = bytes(page) * (size // len(page))
    identity = kstate.Identity(present=kstate.IdentityHas.ARCH | kstate.IdentityHas.PAGING | kstate.IdentityHas.DTB,
                               arch=kstate.Arch.X64, paging=kstate.Paging.X64, dtb=0x1000)
    dump = kstate.Dump(data=data)
    target = dump.target(kstate.Layout.builtin(kstate.Arch.X64, 7601), identity=identity)
    scan = target.pool_scan([b"Ntfx"], 0, size, kstate.PHYSICAL)
    return target, scan


def watched(call):
    """The moments at which another thread ran while `call` did, without its first and last fifth; how long it took."""
    moments, stop = [], threading.Event()

    def other():
        while not stop.is_set():
            moments.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        start = time.perf_counter()
        call()
        end = time.perf_counter()
    finally:
        stop.set()
        thread.join()
    margin = (end - start) / 5
    return [m for m in moments if start + margin < m < end - margin], end - start


def test_other_threads_run_while_c_works():
    """One call of C that lasts; the same call with the lock held (ctypes.PyDLL) shows that this test can fail."""
    size = 16 << 20
    while True:  # as large as this machine needs
        target, scan = scan_of(size)
        records, done = ffi.new("struct kst_pool_hit[64]"), ffi.new("size_t *")

        def freely():
            scan._position[0] = 0
            assert lib.kst_pool_scan(target._c, scan._scan, scan._position, records, ffi.sizeof(records[0]), 64, done,
                                     new_error()) == lib.KST_END

        moments, seconds = watched(freely)
        if seconds > 0.25 or size >= 1 << 30:
            break
        size *= 2
    assert len(moments) >= 5, (len(moments), seconds)
    library = ctypes.PyDLL(os.path.join(os.environ["KSTATE_BUILD"], "lib", "libkstate.so"))
    function = library.kst_pool_scan
    function.argtypes = [ctypes.c_void_p] * 4 + [ctypes.c_size_t] * 2 + [ctypes.c_void_p] * 2
    place = [ctypes.c_void_p(int(ffi.cast("uintptr_t", p))) for p in (target._c, scan._scan, scan._position, records, done)]

    def with_the_lock():
        scan._position[0] = 0
        assert function(*place[:4], ffi.sizeof(records[0]), 64, place[4], None) == lib.KST_END

    held, _ = watched(with_the_lock)
    assert not held
