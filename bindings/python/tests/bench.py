# SPDX-License-Identifier: MIT
"""What Python costs: records per second of a caller in C (bindings/rust/bench/loops.c), of arrays, of lists without NumPy
and of objects, for page frames and for blocks of pool pages, in one run, as ratios. Each in turn, the best of many rounds:
other programs run as well. Made-up memory always, real memory where the suite `real` has unpacked it (KSTATE_TEST_CACHE).
"""
import ctypes
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import kstate
from kstate._native import ffi

FRAMES, PAGES = 0x8000, 1024
DATABASE, POOL, GLOBALS = 0xfffffa8000000000, 0xfffffa8100000000, 0xfffff80000000000


def rate(work):
    """Records per second of one round; `work` returns how many it made."""
    count, start = 0, time.perf_counter()
    while True:
        count += work()
        seconds = time.perf_counter() - start
        if seconds > 0.05:
            return count / seconds


def compare(title, base, **works):
    """Each way against the first one."""
    best = dict.fromkeys((base[0], *works), 0.0)
    for _ in range(8):
        for name, work in (base, *works.items()):
            best[name] = max(best[name], rate(work))
    print(f"{title}: {base[0]} {best[base[0]]:,.0f}/s" +
          "".join(f"; {name} {best[name]:,.0f}/s = {best[name] / best[base[0]]:.3f}" for name in works))


def made_up():
    """A raw image: a page-frame database and pages of pool, mapped by large pages."""
    memory = bytearray(16 << 20)

    def put(address, value):
        memory[address:address + 8] = value.to_bytes(8, "little")

    tables = {}

    def map_large(virtual, physical):
        table = 0x1000
        for level in (4, 3):
            slot = table + (virtual >> (12 + 9 * (level - 1)) & 511) * 8
            if slot not in tables:
                tables[slot] = 0x2000 + 0x1000 * len(tables)
                put(slot, tables[slot] | 0x63)
            table = tables[slot]
        put(table + (virtual >> 21 & 511) * 8, physical | 0xe3)

    map_large(GLOBALS, 0x200000)
    put(0x200000, FRAMES - 1)
    put(0x200008, DATABASE)
    map_large(DATABASE, 0x400000)
    for i in range(2):
        map_large(POOL + (i << 21), 0x800000 + (i << 21))
    block = bytes([16, 0, 16, 2]) + b"Made" + bytes(248)
    page = bytes([0]) + block[1:] + block * 15
    memory[0x800000:0x800000 + PAGES * 0x1000] = page * PAGES
    has = kstate.IdentityHas
    identity = kstate.Identity(present=has.ARCH | has.PAGING | has.DTB, arch=kstate.Arch.X64, paging=kstate.Paging.X64,
                               dtb=0x1000)
    return kstate.Dump(data=memory).target(kstate.Layout.builtin(kstate.Arch.X64, 7601), identity=identity,
                                           symbols={"MmHighestPhysicalPage": GLOBALS, "MmPfnDatabase": GLOBALS + 8})


def sound_pages(target):
    """Some pages of pool that hold together."""
    pages = []
    for pool in target.pool_ranges():
        for address in range(pool.start, min(pool.end, pool.start + 0x400000), 0x1000):
            try:
                if target.pool_page_read(kstate.KERNEL, address, capacity=0)[1].consistent:
                    pages.append(address)
            except kstate.KstError:
                continue
        if len(pages) > 50:
            break
    return pages


def without_numpy(work):
    """The same where NumPy is not installed."""
    def run():
        sys.modules["numpy"], kept = None, sys.modules.get("numpy")
        try:
            return work()
        finally:
            sys.modules["numpy"] = kept
    return run


def measure(title, target, frames, pages, loops):
    pointer = int(ffi.cast("uintptr_t", target._c))
    walk = lambda: target.pfns(0, frames)  # noqa: E731
    compare(f"page frames, {title}", ("C", lambda: loops.loop_pfns(pointer, 0, frames)),
            arrays=lambda: len(walk().to_numpy()), lists=without_numpy(lambda: len(walk().bulk())),
            objects=lambda: sum(1 for _ in walk()))
    addresses = (ctypes.c_uint64 * len(pages))(*pages)
    compare(f"blocks of {len(pages)} pool pages, {title}", ("C", lambda: loops.loop_pool(pointer, addresses, len(pages))),
            arrays=lambda: len(target.pool_blocks(pages)),
            objects=lambda: sum(len(target.pool_page_read(kstate.KERNEL, page, capacity=512)[0]) for page in pages))


def main():
    loops = ctypes.CDLL(os.environ["KSTATE_BENCH_LOOPS"])
    loops.loop_pfns.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint64]
    loops.loop_pool.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
    loops.loop_pfns.restype = loops.loop_pool.restype = ctypes.c_uint64
    measure("made up", made_up(), FRAMES, [POOL + 0x1000 * i for i in range(PAGES)], loops)
    for image in sorted(pathlib.Path(os.environ.get("KSTATE_TEST_CACHE", "/nonexistent")).glob("*.lime")):
        with kstate.open(image) as target:
            try:
                measure(image.stem, target, 30000, sound_pages(target), loops)
            except kstate.KstError as failure:  # the built-in types are those of the kernel it claims to be
                print(f"{image.stem}: {failure}")
    with tempfile.TemporaryDirectory() as folder:
        demo = pathlib.Path(folder) / "demo.dmp"
        subprocess.run([os.environ["KSTATE_FORGE"], str(demo)], check=True)
        with kstate.open(demo) as target:

            def read(address, length, space):
                return target.read(address, length, space)

            other = kstate.Target(read=read, physical=True, layout=target.layout, identity=target.identity())
            compare("processes", ("reader in C", lambda: len(list(target.processes()))),
                    **{"reader in Python": lambda: len(list(other.processes()))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
