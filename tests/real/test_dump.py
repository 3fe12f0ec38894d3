# SPDX-License-Identifier: MIT
"""Dump containers on real files: what the tool reads equals what another reader of the same formats finds in the file."""

import struct
import unittest

import support

TRIAGE = ["win10-17763-7e.dmp", "win10-19041-1e.dmp", "win10-19041-7e.dmp", "win10-19041.3448-1a.dmp",
          "win10-19041.804-7e.dmp", "win11-26100-13a.dmp"]
SYSTEMS = ["nt52-x86", "nt52-x64"]


def bytes_of(record):
    return bytes.fromhex(record["data"] or "")


def triage_pieces(data):
    """(address, bytes) of each data block and of the call stack, as the 64-bit triage header tells."""
    at, count = struct.unpack_from("<II", data, 0x2078)
    for i in range(count):
        where, offset, size = struct.unpack_from("<QII", data, at + 16 * i)
        yield where, data[offset:offset + size]
    offset, size = struct.unpack_from("<II", data, 0x2028)
    yield struct.unpack_from("<Q", data, 0x2048)[0], data[offset:offset + size]


def lime_ranges(data):
    at = 0
    while at < len(data):
        magic, version, start, end = struct.unpack_from("<IIQQ", data, at)
        assert magic == 0x4C694D45 and version == 1
        length = end - start + 1
        yield start, data[at + 32:at + 32 + length]
        at += 32 + length


class Triage(unittest.TestCase):
    def test_every_piece_reads_as_in_the_file(self):
        for name in TRIAGE:
            with self.subTest(name), open(support.dump(name), "rb") as f:
                pieces = list(triage_pieces(f.read()))
                self.assertGreater(len(pieces), 30)
                for length in sorted({len(b) for _, b in pieces}):
                    same = [(a, b) for a, b in pieces if len(b) == length]
                    records = support.kstate("read", support.dump(name), "-", f"{length:x}",
                                             stdin=[f"{a:x}" for a, _ in same])
                    self.assertEqual(len(records), len(same))
                    for (where, content), record in zip(same, records):
                        self.assertEqual(record["valid"], length, hex(where))
                        self.assertEqual(bytes_of(record), content, hex(where))


class Lime(unittest.TestCase):
    def test_every_range_reads_as_in_the_file(self):
        for system in SYSTEMS:
            with self.subTest(system), open(support.image(system), "rb") as f:
                ranges = list(lime_ranges(f.read()))
                # the first and the last page of each range, and one byte across its end
                wanted = []
                for start, content in ranges:
                    wanted.append((start, content[:0x1000]))
                    wanted.append((start + len(content) - 0x1000, content[-0x1000:]))
                records = support.kstate("read", support.image(system), "-", "1000", "--space", "physical",
                                         stdin=[f"{a:x}" for a, _ in wanted])
                self.assertEqual([bytes_of(r) for r in records], [b for _, b in wanted])
                starts = {a for a, _ in ranges}
                ends = [a + len(b) for a, b in ranges if a + len(b) not in starts]
                records = support.kstate("read", support.image(system), "-", "2", "--space", "physical",
                                         stdin=[f"{a - 1:x}" for a in ends])
                self.assertEqual([r["valid"] for r in records], [1] * len(ends))


class HeaderOnly(unittest.TestCase):
    FILES = {"win7-x86-pae-header-only.dmp": ("x86-pae", 7601, 2), "win10-x64-header-only.dmp": ("x64", 9200, 8)}

    def test_the_header_is_told(self):
        for name, (arch, build, processors) in self.FILES.items():
            with self.subTest(name):
                (target,) = support.of_type(support.kstate("info", support.dump(name)), "target")
                self.assertEqual((target["arch"], target["build"], target["processors"]), (arch, build, processors))
                self.assertEqual(target["format"], "full")
                self.assertIn("truncated", target["anomalies"])
                self.assertIsNone(target.get("kernel_base"))
                self.assertIsNone(target.get("revision"))

    def test_reads_fail_cleanly(self):
        for name in self.FILES:
            with self.subTest(name):
                done = support.run("read", support.dump(name), "1000", "10", "--space", "physical", "--json")
                self.assertEqual(done.returncode, 1)
                self.assertNotEqual(done.stderr, "")


class Refused(unittest.TestCase):
    def test_what_is_no_dump_is_named(self):
        for path, word in ((support.path("nt52-x86/memory.lime.xz"), "xz"), (support.path("README.md"), "format"),
                           (support.path("nonexistent"), "open"),
                           (support.path("pdb/ntkrnlpa-xpsp3-pae.pdb"), "PDB")):
            with self.subTest(path):
                done = support.run("info", path)
                self.assertEqual(done.returncode, 1)
                self.assertIn(word, done.stderr)


support.main()
