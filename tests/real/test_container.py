# SPDX-License-Identifier: MIT
"""A whole system in every container: the memory of the two images, written as each kind of dump, answers alike."""

import os
import struct
import tempfile
import unittest

import support

PAGE = 0x1000
SYSTEMS = {"nt52-x86": (False, 0x14C), "nt52-x64": (True, 0x8664)}


def ranges(system):
    """(start, bytes) of each range of the LiME image."""
    with open(support.image(system), "rb") as f:
        data = f.read()
    at = 0
    while at < len(data):
        _, _, start, end = struct.unpack_from("<IIQQ", data, at)
        yield start, data[at + 32:at + 33 + end - start]
        at += 33 + end - start


class File:
    """A sparse file written at offsets; removed at the end."""

    def __init__(self):
        handle, self.path = tempfile.mkstemp(suffix=".dump", dir=os.environ.get("KSTATE_TEST_CACHE"))
        self.f = os.fdopen(handle, "wb")

    def put(self, offset, content):
        self.f.seek(offset)
        self.f.write(content)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.f.close()
        os.unlink(self.path)


def pages_of(memory):
    for start, content in memory:
        for i in range(0, len(content), PAGE):
            yield (start + i) // PAGE, content[i:i + PAGE]


def raw(out, memory, system):
    for start, content in memory:
        out.put(start, content)


def elf(out, memory, system):
    out.put(0, b"\x7fELF\x02\x01\x01".ljust(16, b"\0") +
            struct.pack("<HHIQQQIHHHHHH", 4, 62, 1, 0, 64, 0, 0, 64, 56, len(memory), 0, 0, 0))
    data = 64 + 56 * len(memory)
    for i, (start, content) in enumerate(memory):
        out.put(64 + 56 * i, struct.pack("<IIQQQQQQ", 1, 0, data, 0, start, len(content), len(content), 0))
        out.put(data, content)
        data += len(content)


def header(out, system, kind):
    """A dump header that knows the machine, the DTB and nothing of the kernel."""
    wide, machine = SYSTEMS[system]
    dtb = support.address(support.truth(system)["cr3_current"])
    size = 0x2000 if wide else 0x1000
    out.put(0, b"PAGE" * (size // 4))
    out.put(4, b"DU64" if wide else b"DUMP")
    out.put(0xC, struct.pack("<I", 3790))
    out.put(0x10, struct.pack("<Q" if wide else "<I", dtb))
    out.put(0x30 if wide else 0x20, struct.pack("<I", machine))
    out.put(0x34 if wide else 0x24, struct.pack("<I", 1))
    if not wide:
        out.put(0x5C, b"\0")
    out.put(0xF98 if wide else 0xF88, struct.pack("<I", kind))
    return size


def full(out, memory, system):
    """Runs cannot be many: one from 0 to the last page, with holes of zeros."""
    wide, _ = SYSTEMS[system]
    size = header(out, system, 1)
    count = (memory[-1][0] + len(memory[-1][1])) // PAGE
    out.put(0x88 if wide else 0x64, struct.pack("<IIQQQ", 1, 0, count, 0, count) if wide else
            struct.pack("<IIII", 1, count, 0, count))
    for start, content in memory:
        out.put(size + start, content)


def bitmap(out, memory, system):
    size = header(out, system, 6)
    pages = list(pages_of(memory))
    bits = bytearray(pages[-1][0] // 8 + 1)
    for frame, _ in pages:
        bits[frame // 8] |= 1 << frame % 8
    first = (size + 0x38 + len(bits) + PAGE - 1) // PAGE * PAGE
    out.put(size, b"SDMPDUMP" + bytes(0x18) + struct.pack("<QQQ", first, len(pages), 8 * len(bits)) + bits)
    out.put(first, b"".join(content for _, content in pages))


def rdmp(out, memory, system):
    size = header(out, system, 10)
    memory = [(s, c) if s > 0 else (PAGE, c[PAGE:]) for s, c in memory]
    total = sum(len(c) for _, c in memory) // PAGE
    first = size + 0x30 + 16 * len(memory)
    out.put(size, struct.pack("<I", 0x40) + b"RDMPDUMP" + bytes(4) +
            struct.pack("<QQQQ", first - size - 0x20, first, len(memory), total))
    out.put(size + 0x30, b"".join(struct.pack("<QQ", s // PAGE, len(c) // PAGE) for s, c in memory))
    out.put(first, b"".join(c for _, c in memory))


FORMATS = {"raw": raw, "elf": elf, "full": full, "bitmap-kernel": bitmap, "rdmp": rdmp}


class Containers(unittest.TestCase):
    def check(self, system):
        memory = list(ranges(system))
        layout = ["--layout", support.layout(system)]
        expected = support.kstate("modules", support.image(system), *layout)
        self.assertEqual(len(support.of_type(expected, "module")), len(support.truth(system)["loaded_modules"]))
        (machine,) = support.of_type(support.kstate("info", support.image(system), *layout), "target")
        for name, write in FORMATS.items():
            with self.subTest(f"{system} as {name}"), File() as out:
                write(out, memory, system)
                out.f.flush()
                (target,) = support.of_type(support.kstate("info", out.path, *layout), "target")
                self.assertEqual(target["format"], name)
                for key in ("arch", "kernel_base"):
                    self.assertEqual(target[key], machine[key])
                self.assertEqual(support.kstate("modules", out.path, *layout), expected)

    def test_x86(self):
        self.check("nt52-x86")

    def test_x64(self):
        self.check("nt52-x64")


support.main()
