#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`kstate pool` over two forged pages prints what a debugger printed for the real ones, line by line.

usage: check_pool.py PROGRAM. The image is raw physical memory with its own page tables, made here.
"""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile

DTB = 0x1000
GLOBALS = 0xFFFFF80001000000
LAYOUT = """_LIST_ENTRY\t0x10
_POOL_HEADER\t0x10
_POOL_HEADER.PreviousSize\t0x0\tbits 0 8 ULONG
_POOL_HEADER.PoolIndex\t0x0\tbits 8 16 ULONG
_POOL_HEADER.BlockSize\t0x0\tbits 16 24 ULONG
_POOL_HEADER.PoolType\t0x0\tbits 24 32 ULONG
_POOL_HEADER.PoolTag\t0x4\tULONG
_POOL_TRACKER_TABLE\t0x28
_POOL_TRACKER_TABLE.Key\t0x0\tULONG
_POOL_TRACKER_BIG_PAGES\t0x18
_POOL_TRACKER_BIG_PAGES.Va\t0x0\tPVOID
_POOL_TRACKER_BIG_PAGES.Key\t0x8\tULONG
_POOL_TRACKER_BIG_PAGES.PoolType\t0xc\tULONG
_POOL_TRACKER_BIG_PAGES.NumberOfBytes\t0x10\tULONGLONG
"""
SYMBOLS = {
    "MmNonPagedPoolStart": 0xFFFFFA8000000000, "MmNonPagedPoolEnd": 0xFFFFFA8040000000,
    "MmPagedPoolStart": 0xFFFFF8A000000000, "MmPagedPoolEnd": 0xFFFFF8BFFFFFFFFF,
    "PoolBigPageTable": GLOBALS + 0x800, "PoolBigPageTableSize": 64,
}
NONPAGED = """\
Pool page fffffa8008e13318 region is Nonpaged pool
 fffffa8008e13000 size:  150 previous size:    0  (Allocated)  File (Protected)
 fffffa8008e13150 size:   30 previous size:  150  (Allocated)  Io  
 fffffa8008e13180 size:   50 previous size:   30  (Allocated)  VadS
 fffffa8008e131d0 size:   80 previous size:   50  (Allocated)  MmSd
 fffffa8008e13250 size:   20 previous size:   80  (Free)       Io  
*fffffa8008e13270 size:   c0 previous size:   20  (Allocated) *FMsl
 fffffa8008e13330 size:  150 previous size:   c0  (Allocated)  File (Protected)
 fffffa8008e13480 size:   e0 previous size:  150  (Allocated)  NV  
 fffffa8008e13560 size:  160 previous size:   e0  (Allocated)  Ntfx
 fffffa8008e136c0 size:  160 previous size:  160  (Allocated)  Ntfx
 fffffa8008e13820 size:   20 previous size:  160  (Free)       FIPc
 fffffa8008e13840 size:   50 previous size:   20  (Allocated)  VadS
 fffffa8008e13890 size:  160 previous size:   50  (Allocated)  Ntfx
 fffffa8008e139f0 size:   c0 previous size:  160  (Allocated)  FMsl
 fffffa8008e13ab0 size:  160 previous size:   c0  (Allocated)  Ntfx
 fffffa8008e13c10 size:   c0 previous size:  160  (Allocated)  FMsl
 fffffa8008e13cd0 size:   10 previous size:   c0  (Free)       FIPc
 fffffa8008e13ce0 size:   60 previous size:   10  (Allocated)  Io  
 fffffa8008e13d40 size:  160 previous size:   60  (Allocated)  Ntfx
 fffffa8008e13ea0 size:  160 previous size:  160  (Allocated)  Ntfx
"""
PAGED = """\
Pool page fffff8a00d106d58 region is Paged pool
 fffff8a00d106000 size:  130 previous size:    0  (Allocated)  Ntfo
 fffff8a00d106130 size:  140 previous size:  130  (Allocated)  MPsc
 fffff8a00d106270 size:   10 previous size:  140  (Free)       .tFs
 fffff8a00d106280 size:   40 previous size:   10  (Allocated)  NtFs
 fffff8a00d1062c0 size:  110 previous size:   40  (Allocated)  ;oNm
 fffff8a00d1063d0 size:  190 previous size:  110  (Allocated)  .Mfn
 fffff8a00d106560 size:  4d0 previous size:  190  (Allocated)  .tff
 fffff8a00d106a30 size:   40 previous size:  4d0  (Allocated)  NtFs
 fffff8a00d106a70 size:  180 previous size:   40  (Allocated)  {Mfn
 fffff8a00d106bf0 size:   c0 previous size:  180  (Allocated)  oIcs
 fffff8a00d106cb0 size:   40 previous size:   c0  (Allocated)  MmSm
 fffff8a00d106cf0 size:   40 previous size:   40  (Allocated)  .tFs
*fffff8a00d106d30 size:  190 previous size:   40  (Allocated) *FMfn
 fffff8a00d106ec0 size:  140 previous size:  190  (Allocated)  APsc
"""


class Memory:
    """Physical pages with x64 page tables."""

    def __init__(self):
        self.pages = {0: bytearray(0x1000), DTB >> 12: bytearray(0x1000)}
        struct.pack_into("<Q", self.pages[DTB >> 12], 8 * 0x1ED, DTB | 0x63)  # by its self-map a root is found

    def new(self):
        frame = max(self.pages) + 1
        self.pages[frame] = bytearray(0x1000)
        return frame

    def map(self, address):
        table = DTB >> 12
        for shift in (39, 30, 21, 12):
            at = 8 * (address >> shift & 511)
            entry = struct.unpack_from("<Q", self.pages[table], at)[0]
            if entry == 0:
                entry = self.new() << 12 | 0x63
                struct.pack_into("<Q", self.pages[table], at, entry)
            table = entry >> 12 & 0xFFFFFFFFFF
        return self.pages[table]

    def bytes(self):
        return b"".join(bytes(self.pages.get(i, b"\0" * 0x1000)) for i in range(max(self.pages) + 1))


def forge_page(page, listing):
    """Headers from the printed lines: an encoder that knows nothing of the library."""
    previous = 0
    for line in listing.splitlines()[1:]:
        address, size, tag = int(line[1:17], 16), int(line[23:28], 16), line[63:67]
        kind = (3 if "fffff8a0" in line else 2) if "(Allocated)" in line else 0
        raw = bytes(1 if c == "." else ord(c) for c in tag)
        if "(Protected)" in line:
            raw = raw[:3] + bytes([raw[3] | 0x80])
        page[address & 0xFFF:(address & 0xFFF) + 8] = struct.pack("<BBBB", previous, 0, size // 16, kind) + raw
        previous = size // 16


def main():
    memory = Memory()
    page = memory.map(GLOBALS)
    for i, value in enumerate(SYMBOLS.values()):
        struct.pack_into("<Q", page, 8 * i, value)
    for i in range(64):
        struct.pack_into("<Q", page, 0x800 + 0x18 * i, 1)
    # a large allocation whose contents look like headers
    struct.pack_into("<Q4sIQ", page, 0x800, 0xFFFFFA800DBA5000, b"Io  ", 0, 0x1FB0)
    memory.map(0xFFFFFA800DBA5000)[:8] = bytes([1, 0x80, 0x55, 0]) + b"B272"
    # its last page: contents that look like a page of pool, then what was given back
    memory.map(0xFFFFFA800DBA6000)[:8] = bytes([0, 0, 0xFB, 2]) + b"Sham"
    memory.map(0xFFFFFA800DBA6000)[0xFB0:0xFC8] = bytes([0, 0, 1, 2]) + b"Frag" + bytes(8) + bytes([1, 0, 4, 0]) + b"Free"
    forge_page(memory.map(0xFFFFFA8008E13000), NONPAGED)
    forge_page(memory.map(0xFFFFF8A00D106000), PAGED)
    with tempfile.TemporaryDirectory() as folder:
        image, layout = pathlib.Path(folder, "memory.raw"), pathlib.Path(folder, "layout.tsv")
        image.write_bytes(memory.bytes())
        layout.write_text(LAYOUT)
        options = ["--layout", str(layout), "--dtb", f"{DTB:x}", "--kernel-base", f"{GLOBALS:x}"]
        for i, name in enumerate(SYMBOLS):
            options += ["--symbol", f"{name}={GLOBALS + 8 * i:x}"]

        def run(*args):
            done = subprocess.run([sys.argv[1], "pool", str(image), *args, *options], capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"kstate pool {args}: {done.returncode}: {done.stderr}")
            return done.stdout

        for listing in (NONPAGED, PAGED):
            address = listing.split()[2]
            printed = run(address).splitlines()
            wanted = listing.splitlines()
            if printed[:len(wanted)] != wanted:
                sys.exit("the listing differs:\n" + "\n".join(printed))
            if " is classic " not in printed[len(wanted)]:
                sys.exit(f"no verdict: {printed[len(wanted):]}")
        printed = run("fffffa800dba5008")
        if "*fffffa800dba5000 : large page allocation, Tag is Io  , size is 0x1fb0 bytes" not in printed or "B272" in printed:
            sys.exit("a large allocation was not seen as one:\n" + printed)
        record = json.loads(run("fffffa800dba5008", "--json").splitlines()[-1])
        if (record["kind"], record["base"], record["size"]) != ("large", "0xfffffa800dba5000", 0x1FB0):
            sys.exit(f"wrong verdict: {record}")

        printed = run("fffffa800dba6fb8").splitlines()
        if printed[1:3] != ["*fffffa800dba6fb0 size:   10 previous size:    0  (Allocated) *Frag",
                            " fffffa800dba6fc0 size:   40 previous size:   10  (Free)       Free"] or "Sham" in "".join(printed):
            sys.exit("the rest behind a large allocation was not listed as it is:\n" + "\n".join(printed))

        # XP without pool tagging: no table, which is said without advice to look for it elsewhere
        nowhere = []
        for name in ("PoolBigPageTable", "PoolBigPageTableSize", "PoolTrackTable", "PoolTrackTableSize"):
            nowhere += ["--symbol", f"{name}={GLOBALS + 0x700:x}"]
        for command, said in (("bigpool", "there is no table of large allocations"), ("poolused", "there is no tag tracker")):
            done = subprocess.run([sys.argv[1], command, str(image), *nowhere, *options[:6]], capture_output=True,
                                  text=True)
            if (done.returncode, done.stdout, done.stderr) != (1, "", f"kstate: {command}: {said}\n"):
                sys.exit(f"no table: {done}")


if __name__ == "__main__":
    main()
