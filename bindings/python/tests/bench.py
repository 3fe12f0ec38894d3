# SPDX-License-Identifier: MIT
"""What Python costs: records per second of a loop in C, of NumPy arrays and of Python objects, in one run, as ratios.

Real memory (KSTATE_TEST_CACHE, unpacked by the suite `real`) gives a page-frame database; without it the forged image's
list of processes is walked again and again.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import kstate
from kstate._native import ffi, lib
from kstate._runtime import new_error

SECONDS = 0.5


def rate(work):
    """Records per second; `work` returns how many it made."""
    work()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        count += work()
    return count / (time.perf_counter() - start)


def loop_in_c(begin, record, fill, capacity):
    records = ffi.new(f"struct {record._c_name}[]", capacity)
    status = ffi.new("kst_status *")

    def work():
        return fill(begin()._cursor, records, capacity, status, new_error())

    return work


def compare(title, begin, record, fill, capacity):
    c = rate(loop_in_c(begin, record, fill, capacity))
    arrays = rate(lambda: len(begin().to_numpy()))
    objects = rate(lambda: sum(1 for _ in begin()))
    print(f"{title}: C {c:,.0f}/s; arrays {arrays:,.0f}/s = {arrays / c:.2f} of C; objects {objects:,.0f}/s = {objects / c:.3f} of C")


def pool_pages(title, target):
    """Blocks of sound pages of pool, page by page."""
    pages = []
    for pool in target.pool_ranges():
        for address in range(pool.start, min(pool.end, pool.start + 0x400000), 0x1000):
            try:
                if target.pool_page_read(kstate.KERNEL, address, 0)[1].rule == kstate.PoolRule.NONE:
                    pages.append(address)
            except kstate.KstError:
                continue
        if len(pages) > 50:
            break
    if not pages:
        return
    records = ffi.new("struct kst_pool_header[]", 512)
    size, done = ffi.sizeof("struct kst_pool_header"), ffi.new("size_t *")
    page = ffi.new("struct kst_pool_page *", {"size": ffi.sizeof("struct kst_pool_page")})

    def raw():
        blocks = 0
        for address in pages:
            lib.kst_pool_page_read(target._c, kstate.KERNEL, address, 0, 0, records, size, 512, done, page, ffi.NULL)
            blocks += done[0]
        return blocks

    def objects():
        return sum(len(target.pool_page_read(kstate.KERNEL, address, 0, capacity=512)[0]) for address in pages)

    c, python = rate(raw), rate(objects)
    print(f"blocks of {len(pages)} pool pages, {title}: C {c:,.0f}/s; objects {python:,.0f}/s = {python / c:.3f} of C")


def main():
    with tempfile.TemporaryDirectory() as folder:
        demo = pathlib.Path(folder) / "demo.dmp"
        subprocess.run([os.environ["KSTATE_FORGE"], str(demo)], check=True)
        with kstate.open(demo) as target:
            compare("processes, forged", target.processes, kstate.Process, lib.kstpy_fill_processes, 64)
            identity, layout = target.identity(), target.layout

            def read(address, length, space):
                return target.read(address, length, space)

            other = kstate.Target(read=read, physical=True, layout=layout, identity=identity)
            file, python = (rate(lambda t=t: len(list(t.processes()))) for t in (target, other))
            print(f"processes, reader in Python: {python:,.0f}/s = {python / file:.3f} of the dump's own reader")
    for image in sorted(pathlib.Path(os.environ.get("KSTATE_TEST_CACHE", "/nonexistent")).glob("*.lime")):
        with kstate.open(image) as target:
            compare(f"page frames, {image.stem}", lambda: target.pfns(0, 30000), kstate.Pfn, lib.kstpy_fill_pfns, 30001)
            pool_pages(image.stem, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
