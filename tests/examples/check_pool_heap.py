#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`kstate pool`, `pool --map` and `poolkey` over a forged segment heap (19041, x64) in physical memory.

usage: check_pool_heap.py PROGRAM. The image has its own page tables; keys by symbol, and by the heap itself without one.
"""

import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

from check_pool import DTB, GLOBALS, Memory

KEY, LFH_KEY = 0x7A9036E21D9A9B5D, 0x6D10F42B
HEAP, SEGMENT, BIG = 0xFFFFA10100000000, 0xFFFFA10300100000, 0xFFFFA10301000000
CONSTANT = 0xA2E64EADA2E64EAD
LAYOUT = """\
_LIST_ENTRY	0x10
_RTL_BALANCED_NODE	0x18
_RTL_RB_TREE	0x10
_RTL_RB_TREE.Root	0x0	ptr _RTL_BALANCED_NODE
_EX_POOL_HEAP_MANAGER_STATE	0x86940
_POOL_HEADER	0x10
_POOL_HEADER.PreviousSize	0x0	bits 0 8 USHORT
_POOL_HEADER.PoolIndex	0x0	bits 8 16 USHORT
_POOL_HEADER.BlockSize	0x2	bits 0 8 USHORT
_POOL_HEADER.PoolType	0x2	bits 8 16 USHORT
_POOL_HEADER.PoolTag	0x4	ULONG
_SEGMENT_HEAP	0x800
_SEGMENT_HEAP.Signature	0x10	ULONG
_SEGMENT_HEAP.LargeAllocMetadata	0x48	_RTL_RB_TREE
_SEGMENT_HEAP.SegContexts	0x100	array 2 _HEAP_SEG_CONTEXT
_HEAP_SEG_CONTEXT	0xc0
_HEAP_SEG_CONTEXT.SegmentMask	0x0	ULONGLONG
_HEAP_SEG_CONTEXT.UnitShift	0x8	UCHAR
_HEAP_SEG_CONTEXT.FirstDescriptorIndex	0xa	UCHAR
_HEAP_SEG_CONTEXT.Heap	0x38	ptr void
_HEAP_SEG_CONTEXT.SegmentListHead	0x48	_LIST_ENTRY
_HEAP_PAGE_SEGMENT	0x2000
_HEAP_PAGE_SEGMENT.ListEntry	0x0	_LIST_ENTRY
_HEAP_PAGE_SEGMENT.Signature	0x10	ULONGLONG
_HEAP_PAGE_RANGE_DESCRIPTOR	0x20
_HEAP_PAGE_RANGE_DESCRIPTOR.TreeSignature	0x0	ULONG
_HEAP_PAGE_RANGE_DESCRIPTOR.UnusedBytes	0x4	ULONG
_HEAP_PAGE_RANGE_DESCRIPTOR.RangeFlags	0x18	UCHAR
_HEAP_PAGE_RANGE_DESCRIPTOR.CommittedPageCount	0x19	UCHAR
_HEAP_PAGE_RANGE_DESCRIPTOR.UnitOffset	0x1f	UCHAR
_HEAP_PAGE_RANGE_DESCRIPTOR.UnitSize	0x1f	UCHAR
_HEAP_VS_SUBSEGMENT	0x28
_HEAP_VS_SUBSEGMENT.Size	0x20	USHORT
_HEAP_VS_SUBSEGMENT.Signature	0x22	bits 0 15 USHORT
_HEAP_VS_CHUNK_HEADER	0x10
_HEAP_VS_CHUNK_HEADER.Sizes	0x0	_HEAP_VS_CHUNK_HEADER_SIZE
_HEAP_VS_CHUNK_HEADER.EncodedSegmentPageOffset	0x8	bits 0 8 ULONG
_HEAP_VS_CHUNK_HEADER.UnusedBytes	0x8	bits 8 9 ULONG
_HEAP_VS_CHUNK_HEADER.Spare	0x8	bits 10 32 ULONG
_HEAP_VS_CHUNK_HEADER_SIZE	0x8
_HEAP_VS_CHUNK_HEADER_SIZE.MemoryCost	0x0	bits 0 16 ULONG
_HEAP_VS_CHUNK_HEADER_SIZE.UnsafeSize	0x0	bits 16 32 ULONG
_HEAP_VS_CHUNK_HEADER_SIZE.UnsafePrevSize	0x4	bits 0 16 ULONG
_HEAP_VS_CHUNK_HEADER_SIZE.Allocated	0x4	bits 16 24 ULONG
_HEAP_LFH_SUBSEGMENT	0x38
_HEAP_LFH_SUBSEGMENT.ListEntry	0x0	_LIST_ENTRY
_HEAP_LFH_SUBSEGMENT.FreeCount	0x20	USHORT
_HEAP_LFH_SUBSEGMENT.BlockCount	0x22	USHORT
_HEAP_LFH_SUBSEGMENT.BlockOffsets	0x28	_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS
_HEAP_LFH_SUBSEGMENT.BlockBitmap	0x30	array 1 ULONGLONG
_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS	0x4
_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS.BlockSize	0x0	USHORT
_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS.FirstBlockOffset	0x2	USHORT
_RTLP_HP_HEAP_GLOBALS	0x38
_RTLP_HP_HEAP_GLOBALS.HeapKey	0x0	ULONGLONG
_RTLP_HP_HEAP_GLOBALS.LfhKey	0x8	ULONGLONG
"""


def put(memory, address, form, *values):
    struct.pack_into(form, memory.map(address), address & 0xFFF, *values)


def header(memory, address, size, tag):
    put(memory, address, "<BBBB4s", 0, 0, size // 16, 2, tag)


def ranges(memory, segment, index, flags, units):
    for i in range(units):
        at = segment + (index + i) * 0x20
        if i == 0:
            put(memory, at, "<I", 0xCCDDCCDD if flags & 1 else 0)
        put(memory, at + 0x18, "<B", flags if i == 0 else 1)
        put(memory, at + 0x1F, "<B", units if i == 0 else i)
        if not flags & 1:
            break


def forge(memory):
    put(memory, GLOBALS, "<QQ", KEY, LFH_KEY)
    put(memory, HEAP + 0x10, "<I", 0xDDEEDDEE)
    for i, (segment, mask, shift) in enumerate(((SEGMENT, 0xFFFFF, 12), (BIG, 0xFFFFFF, 16))):
        context = HEAP + 0x100 + 0xC0 * i
        put(memory, context, "<QBBB", ~mask & 0xFFFFFFFFFFFFFFFF, shift, 0, 2 - i)
        put(memory, context + 0x38, "<Q", HEAP)
        put(memory, context + 0x48, "<QQ", segment, segment)
        put(memory, segment, "<QQQ", context + 0x48, context + 0x48, segment ^ context ^ KEY ^ CONSTANT)
        memory.map(segment + 0x1000)
    # one page of VS chunks: every third is free
    start, blocks, previous, n = SEGMENT + 0x2000, {}, 3, 0
    ranges(memory, SEGMENT, 2, 0xF, 1)
    put(memory, start, "<QQ", start, start)
    put(memory, start + 0x20, "<HH", 0x100, (0x100 ^ 0x2BED) & 0x7FFF)
    at = start + 0x30
    while at < start + 0x1000:
        size, rest = (0x80, 0x1C0, 0x240)[n % 3], start + 0x1000 - at
        size = size if size + 0x40 <= rest else rest
        used = n % 3 != 2
        put(memory, at, "<Q", (size // 16 << 16 | previous << 32 | used << 48) ^ at ^ KEY)
        if used:
            put(memory, at + 8, "<I", (at ^ KEY) & 0xFF)
            header(memory, at + 0x10, size - 0x10, b"Proc" if n % 2 else b"MmSt")
        blocks[at + 0x10] = (size - 0x10, used)
        at, previous, n = at + size, size // 16, n + 1
    # three pages of LFH subsegments with blocks of different sizes: every fourth is free
    for page, size in ((3, 0x80), (4, 0x90), (5, 0x60)):
        start = SEGMENT + 0x1000 * page
        ranges(memory, SEGMENT, page, 0xB, 1)
        count = (0x1000 - 0x80) // size
        bitmap = sum(1 << 2 * i for i in range(count) if i % 4 != 3)
        put(memory, start, "<QQ", start, start)
        put(memory, start + 0x20, "<HH", count // 4, count)
        put(memory, start + 0x28, "<I", (size | 0x80 << 16) ^ LFH_KEY ^ (start & 0xFFFFFFFF) >> 12)
        memory.map(start)[0x30:0x50] = bitmap.to_bytes(32, "little")
        if count * size + 0x80 + size <= 0x1000:
            sys.exit("the forge leaves room for one more block")
        for i in range(count):
            header(memory, start + 0x80 + i * size, size, b"LfhT")
            blocks[start + 0x80 + i * size] = (size, i % 4 != 3)
    # two pages as one allocation; the rest is free
    ranges(memory, SEGMENT, 6, 0x3, 2)
    for page in (6, 7):
        memory.map(SEGMENT + 0x1000 * page)[:8] = b"contents"
    ranges(memory, SEGMENT, 8, 0x2, 248)
    ranges(memory, BIG, 1, 0x2, 255)
    return blocks


def main():
    memory = Memory()
    blocks = forge(memory)
    with tempfile.TemporaryDirectory() as folder:
        image, layout = pathlib.Path(folder, "memory.raw"), pathlib.Path(folder, "layout.tsv")
        image.write_bytes(memory.bytes())
        layout.write_text(LAYOUT)
        options = ["--layout", str(layout), "--dtb", f"{DTB:x}", "--kernel-base", f"{GLOBALS:x}"]
        key = ["--symbol", f"RtlpHpHeapGlobals={GLOBALS:x}"]

        def run(command, *args, stdin=""):
            done = subprocess.run([sys.argv[1], command, str(image), *args, *options], capture_output=True, text=True,
                                  input=stdin)
            if done.returncode != 0:
                sys.exit(f"kstate {command} {args}: {done.returncode}: {done.stderr}")
            return done.stdout

        record = json.loads(run("poolkey", "--json"))
        if (int(record["key"], 16), record["segments"], int(record["lfh_key"], 16), record["lfh_votes"]) != (
                KEY, 2, LFH_KEY, 3):
            sys.exit(f"the keys were not recovered from physical memory: {record}")
        asked = "".join(f"{at + 8:x}\n" for at in blocks)
        for line, (at, (size, used)) in zip(run("pool", "-", "--json", *key, stdin=asked).splitlines(), blocks.items()):
            verdict = json.loads(line)
            if (int(verdict["base"], 16), verdict["size"], verdict["state"]) != (at, size, "allocated" if used else "free"):
                sys.exit(f"wrong verdict: {verdict}")
        rows = re.sub("\033[^m]*m", "", run("pool", f"{SEGMENT + 0x2000:x}", "6000", "--map", *key)).splitlines()
        cells = [re.search(r"[|](.{64})[|] segment heap$", row) for row in rows[:6]]
        if len(rows) < 6 or None in cells:
            sys.exit("no map of the segment heap:\n" + "\n".join(rows))
        for at, (size, used) in blocks.items():
            page, middle = (at - SEGMENT) // 0x1000 - 2, (at % 0x1000 + size // 2) // 64
            if size >= 0x80 and cells[page].group(1)[middle] != ("#" if used else "."):
                sys.exit(f"{at:x} is not in the map:\n" + "\n".join(rows))
        if {cells[4].group(1), cells[5].group(1)} != {"L" * 64}:
            sys.exit("the allocation of two pages is not in the map:\n" + "\n".join(rows))
        drawing = pathlib.Path(folder, "map.svg")
        run("pool", f"{SEGMENT + 0x2000:x}", "6000", "--map", "--svg", str(drawing), *key)
        titles = re.findall(r"<title>([0-9a-f]+) ([0-9a-f]+) (allocated|free|large) ", drawing.read_text())
        wanted = {(f"{a:x}", f"{s:x}", "allocated" if u else "free") for a, (s, u) in blocks.items()}
        wanted |= {(f"{SEGMENT + 0x6000:x}", "1000", "large")}
        if set(titles) != wanted or len(titles) != len(wanted) + 1:  # the two pages are two rows
            sys.exit(f"the drawing differs: {sorted(set(titles) ^ wanted)[:5]}")


if __name__ == "__main__":
    main()
