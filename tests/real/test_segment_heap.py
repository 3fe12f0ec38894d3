# SPDX-License-Identifier: MIT
"""The segment heap in triage dumps: the key that its chunks vote for, and every chunk that is in the pieces."""

import struct
import unittest

import support

WHOLE = 0xffffffffffffffff
PARTLY = 0xffff0000ffffffff


class Keys(unittest.TestCase):
    def check(self, dump, key, known, votes):
        records = support.kstate("poolkey", support.dump(dump))
        self.assertEqual([r["type"] for r in records], ["heap_key"])
        self.assertEqual(support.address(records[0]["key"]), key)
        self.assertEqual(support.address(records[0]["bits_known"]), known)
        self.assertEqual(records[0]["votes"], votes)
        self.assertEqual(records[0]["source"], "recovered" if known else None)

    def test_whole(self):
        self.check("win10-19041.804-7e.dmp", 0x620e994736767ee6, WHOLE, 19)
        self.check("win10-19041-7e.dmp", 0x7a9036e21d9a9b5d, WHOLE, 30)
        # four pairs of neighbours agree on bits 32 to 47
        self.check("win10-19041.3448-1a.dmp", 0x4705cef83dd2b3c6, WHOLE, 9)

    def test_partly(self):
        self.check("win10-19041-1e.dmp", 0x2ec00000356b63ab, PARTLY, 4)

    def test_nothing(self):
        self.check("win10-17763-7e.dmp", 0, 0, 0)  # no segment heap yet
        self.check("win11-26100-13a.dmp", 0, 0, 0)


class Pieces(unittest.TestCase):
    def pieces(self, dump):
        with open(support.dump(dump), "rb") as file:
            data = file.read()
        offset, count = struct.unpack_from("<II", data, 0x2078)
        found = sorted(struct.unpack_from("<QII", data, offset + 16 * i) for i in range(count))
        whole = []  # pieces that touch are one
        for address, at, size in found:
            if address < 0xffff800000000000 or at == 0 or at + size > len(data):
                continue
            if whole and address <= whole[-1][0] + len(whole[-1][1]):
                start, bytes_ = whole[-1]
                whole[-1] = (start, bytes_ + data[at:at + size][start + len(bytes_) - address:])
            else:
                whole.append((address, data[at:at + size]))
        return whole


class PageStarts(Pieces):
    """Segments and LFH subsegments, read here and independently of the tool."""

    CONSTANT = 0xa2e64eada2e64ead

    def starts(self, dump):
        """(address, bytes from there on) of each page that begins in a piece."""
        for start, data in self.pieces(dump):
            for at in range(-start % 0x1000, len(data) - 0x40, 0x1000):
                yield start + at, data[at:]

    def test_segments(self):
        """The signature of each segment whose list leads to its context makes the key that the chunks vote for."""
        for dump, key, count in (("win10-19041-7e.dmp", 0x7a9036e21d9a9b5d, 4),
                                 ("win10-19041.804-7e.dmp", 0x620e994736767ee6, 2)):
            with self.subTest(dump):
                voters = 0
                for start, data in self.starts(dump):
                    if start % 0x100000:
                        continue
                    flink, blink, signature = struct.unpack_from("<QQQ", data)
                    for link in (flink, blink):
                        context = link - 0x48  # SegmentListHead
                        if link % 0x100000 and link >> 47 == 0x1ffff and context & 0xfff in (0x100, 0x1c0):
                            self.assertEqual(signature ^ start ^ context ^ self.CONSTANT, key)
                            voters += 1
                self.assertEqual(voters, count)
                (record,) = support.kstate("poolkey", support.dump(dump))
                self.assertEqual((record["segments"], support.address(record["key"])), (count, key))

    def test_lfh(self):
        """The LFH key from the blocks' headers; with it every subsegment is sound, and every header is its block's."""
        for dump, key, votes, sound in (("win10-19041-7e.dmp", 0x6d10f42b, 23, 54),
                                        ("win10-19041.804-7e.dmp", 0x6dd5f924, 5, 5)):
            with self.subTest(dump):
                (record,) = support.kstate("poolkey", support.dump(dump))
                self.assertEqual(support.address(record["lfh_key"]), key)
                self.assertEqual((support.address(record["lfh_bits_known"]), record["lfh_votes"]), (0xffffffff, votes))
                found, asked, proved = 0, {}, []
                for start, data in self.starts(dump):
                    flink, blink = struct.unpack_from("<QQ", data)
                    free, count, _, _, withheld, word, shift, units = struct.unpack_from("<HHHBBIBB", data, 0x20)
                    if flink >> 47 != 0x1ffff or blink >> 47 != 0x1ffff or free > count or start >= 0xfffff00000000000:
                        continue
                    plain = word ^ key ^ (start & 0xffffffff) >> 12
                    size, first = plain & 0xffff, plain >> 16
                    if size == 0 or size % 16 or first % 16 or first < 0x30 + (2 * count + 7) // 8 or size > 0x4000:
                        continue  # not a subsegment at all
                    found += 1
                    # places that cross a page are withheld: no part of the count, and marked busy
                    places = [first + index * size for index in range(count + withheld)]
                    crossing = [at for at in places if at % 0x1000 + size > 0x1000]
                    self.assertEqual((len(crossing), ((units << shift) - first) // size), (withheld, len(places)))
                    before = len(asked)
                    for index, at in enumerate(places):
                        if at + 8 > len(data):
                            break
                        if at in crossing:
                            continue
                        if data[at] == 0 and data[at + 2] * 16 == size and data[at + 3] & 0x92 == 2:
                            asked[start + at] = (size, data[0x30 + index // 4] >> (2 * (index % 4)) & 1)
                    if len(asked) > before:
                        proved += [(start + at, size, at in crossing) for at in crossing + places[-1:]]
                self.assertEqual(found, sound)
                verdicts = support.kstate("pool", support.dump(dump), "-", stdin=[hex(a + 8) for a, _, _ in proved])
                for verdict, (address, size, none) in zip(verdicts, proved):
                    self.assertEqual(verdict["kind"], "none" if none else "lfh")
                    self.assertTrue(none or (verdict["base"], verdict["size"]) == (hex(address), size))
                verdicts = support.kstate("pool", support.dump(dump), "-", stdin=[hex(a + 8) for a in asked])
                for verdict, (address, (size, busy)) in zip(verdicts, asked.items()):
                    self.assertEqual((verdict["kind"], verdict["base"], verdict["size"]), ("lfh", hex(address), size))
                    self.assertEqual(verdict["state"], "allocated" if busy else "free")
                print(f"{dump}: {found} LFH subsegments, {len(asked)} blocks with headers, {len(proved)} other places")
                self.assertGreaterEqual(len(asked), votes)


class Chunks(Pieces):
    """Chunks by their own words: found here in the pieces with the key, independently, and asked of the tool."""

    def words(self, dump, key, known):
        for start, data in self.pieces(dump):
            for at in range(-start % 16, len(data) - 31, 16):
                stored, extra = struct.unpack_from("<QI", data, at)
                plain = (stored ^ (start + at) ^ key) & known
                header = data[at + 16:at + 24]
                size = plain >> 16 & 0xffff
                if plain >> 48 == 1 and plain & 0xffff == 0 and extra >> 8 == 0 and header[0] == 0 and \
                        header[2] + 1 == size and header[3] & 0x92 == 2:
                    tag = (header[4:7] + bytes([header[7] & 0x7f])).decode("latin-1")
                    yield start + at, size * 16, tag

    def check(self, dump, key, known, count):
        chunks = {a: (size, tag) for a, size, tag in self.words(dump, key, known)}
        self.assertEqual(len(chunks), count)
        inside = [f"{a + 0x18:x}" for a in chunks]
        verdicts = support.kstate("pool", support.dump(dump), "-", stdin=inside)
        self.assertEqual(len(verdicts), count)
        for verdict, (address, (size, tag)) in zip(verdicts, chunks.items()):
            self.assertEqual(verdict["kind"], "vs", verdict)
            self.assertEqual(support.address(verdict["base"]), address + 0x10)
            self.assertEqual(verdict["size"], size - 0x10)
            self.assertEqual(verdict["state"], "allocated")
            self.assertEqual(verdict["tag"], tag)
            self.assertIn("header-agrees", verdict["evidence"])
            self.assertIn("key-recovered", verdict["evidence"])

    def test_allocated(self):
        self.check("win10-19041.804-7e.dmp", 0x620e994736767ee6, WHOLE, 19)
        self.check("win10-19041-7e.dmp", 0x7a9036e21d9a9b5d, WHOLE, 30)
        self.check("win10-19041.3448-1a.dmp", 0x4705cef83dd2b3c6, WHOLE, 9)
        self.check("win10-19041-1e.dmp", 0x2ec00000356b63ab, PARTLY, 4)

    def test_free(self):
        rows = {
            "win10-19041-7e.dmp": ((0xffffbb0e3b869e10, 0x1f0), (0xffffbb0e3ffc2810, 0x1f0)),
            "win10-19041.804-7e.dmp": ((0xffffc08be52e2f20, 0xc0),),
            "win10-19041.3448-1a.dmp": ((0xffffa30ebf454f90, 0x50), (0xffffbd0eccdee290, 0x100)),
        }
        for dump, chunks in rows.items():
            for address, size in chunks:
                (verdict,) = support.of_type(support.kstate("pool", support.dump(dump), f"{address + 0x18:x}"), "pool_verdict")
                self.assertEqual((verdict["kind"], verdict["state"]), ("vs", "free"), verdict)
                self.assertEqual((support.address(verdict["base"]), verdict["size"]), (address + 0x10, size - 0x10))

    def test_segments(self):
        # the heap and its context are in the pieces: the signature of the segment leads to them
        verdicts = support.kstate("pool", support.dump("win10-19041-7e.dmp"), "-",
                                  stdin=["ffffbb0e3b84ace8", "ffff900e0f203ea8"])
        self.assertTrue(all("segment-signature" in v["evidence"] for v in verdicts))


class Later(unittest.TestCase):
    """26100: the heap of the bug check is recognised by what is published of it; of its pages too little is in the dump."""

    def test_heap(self):
        (verdict,) = support.of_type(support.kstate("pool", support.dump("win11-26100-13a.dmp"), "ffff8307e9000140"),
                                     "pool_verdict")
        self.assertEqual(verdict["kind"], "none")
        self.assertIn("heap-object", verdict["evidence"])
        self.assertEqual(support.address(verdict["heap"]), 0xffff8307e9000000)

    def test_page(self):
        (verdict,) = support.of_type(support.kstate("pool", support.dump("win11-26100-13a.dmp"), "ffff83086a550028"),
                                     "pool_verdict")
        self.assertEqual(verdict["kind"], "inconsistent")
        self.assertIn("no-heap-metadata", verdict["evidence"])
        self.assertEqual([(support.address(c["address"]), c["size"], c["tag"]) for c in verdict["candidates"]][:1],
                         [(0xffff83086a550020, 0xe0, "MPhc")])


if __name__ == "__main__":
    support.main()
