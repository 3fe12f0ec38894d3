# SPDX-License-Identifier: MIT
"""Pool of two whole systems, page by page and entry by entry, and the pieces of pool in triage dumps."""

import collections
import random
import struct
import unittest

import support

SYSTEMS = ("nt52-x86", "nt52-x64")
PAGE = 0x1000
LARGE_COUNT = {"nt52-x86": 708, "nt52-x64": 437}
FREE_PAGES = {"nt52-x86": 644, "nt52-x64": 1708}
OTHER_NONPAGED = {"nt52-x86": 23, "nt52-x64": 28}  # allocator tables and page-sized internal blocks
OTHER_PAGED = {"nt52-x86": 4, "nt52-x64": 1}


def kstate(system, command, *args, stdin=None):
    return support.kstate(command, support.image(system), *args, "--layout", support.layout(system), stdin=stdin)


def glob(system, name):
    return int(support.truth(system)["globals"][name]["pointer_sized_value"], 16)


def pages_of(system, region):
    if region == "paged":
        ranges = [(glob(system, "MmPagedPoolStart"), glob(system, "MmPagedPoolEnd") + 1)]
    else:
        ranges = [
            (glob(system, "MmNonPagedPoolStart"), glob(system, "MmNonPagedPoolEnd0")),
            (glob(system, "MmNonPagedPoolExpansionStart"), glob(system, "MmNonPagedPoolEnd")),
        ]
    return [page for start, end in ranges for page in range(start, end, PAGE)]


class Pages(unittest.TestCase):
    def check(self, system, region, total, free, other):
        pages = pages_of(system, region)
        records = kstate(system, "poolval", "-", stdin=[f"{p:x}" for p in pages])
        self.assertEqual(len(records), len(pages))
        present = [r for r in records if r["consistent"] is not None]
        good = [r for r in present if r["consistent"]]
        self.assertEqual(len(good), total)
        self.assertTrue(all(r["rule"] is None and r["offset"] is None and r["blocks"] > 0 for r in good))
        bad = [r for r in present if not r["consistent"]]
        self.assertTrue(all(r["rule"] for r in bad))
        # what the others are, by one address inside of each
        verdicts = kstate(system, "pool", "-", stdin=[hex(support.address(r["address"]) + 0x128) for r in bad])
        kinds = collections.Counter(
            "free" if "free-page" in v["evidence"] else v["kind"] for v in verdicts)
        self.assertEqual(kinds["free"], free)
        self.assertEqual(kinds["none"], other)
        self.assertEqual(set(kinds) - {"free", "none", "large"}, set())
        for verdict in verdicts:
            if verdict["kind"] == "none":
                self.assertIsNone(verdict["base"])
                self.assertNotEqual(verdict["rule"], "none")
        # and one address in each good page: a classic block that contains it
        for verdict in kstate(system, "pool", "-", stdin=[hex(support.address(r["address"]) + 0x7f8) for r in good]):
            self.assertEqual(verdict["kind"], "classic")
            base, address = support.address(verdict["base"]), support.address(verdict["address"])
            self.assertLessEqual(base, address)
            self.assertLess(address, base + verdict["size"])
            self.assertEqual(verdict["region"], region)

    def test_nonpaged(self):
        for system in SYSTEMS:
            with self.subTest(system):
                total = support.truth(system)["pool_descriptors"]["NonPaged"]["TotalPages"]
                self.check(system, "nonpaged", total, FREE_PAGES[system], OTHER_NONPAGED[system])

    def test_paged(self):
        for system in SYSTEMS:
            with self.subTest(system):
                total = support.truth(system)["pool_descriptors"]["PagedFirst"]["TotalPages"]
                self.check(system, "paged", total, 0, OTHER_PAGED[system])


CACHED = {"nt52-x86": 90, "nt52-x64": 80}  # blocks on lookaside lists


class Tables(unittest.TestCase):
    def test_large_allocations(self):
        for system in SYSTEMS:
            with self.subTest(system):
                records = kstate(system, "bigpool")
                self.assertEqual(records[-1]["type"], "walk")
                self.assertEqual(records[-1]["end"], "closed")
                found = {(r["index"], support.address(r["address"]), r["tag"], r["size"]) for r in records[:-1]}
                wanted = {(e["index"], int(e["va"], 16), e["tag"], e["pages"] * PAGE)
                          for e in support.truth(system)["big_pages"]["in_use"]}
                self.assertEqual(found, wanted)
                self.assertEqual(len(records) - 1, LARGE_COUNT[system])
                self.assertTrue(all(not r["free"] for r in records[:-1]))
                everything = kstate(system, "bigpool", "--all")[:-1]
                self.assertEqual({r["index"] for r in everything if not r["free"]}, {w[0] for w in wanted})
                self.assertTrue(any(r["free"] for r in everything))

    def test_usage(self):
        names = ("nonpaged_allocs", "nonpaged_frees", "nonpaged_bytes", "paged_allocs", "paged_frees", "paged_bytes")
        keys = ("NonPagedAllocs", "NonPagedFrees", "NonPagedBytes", "PagedAllocs", "PagedFrees", "PagedBytes")
        for system in SYSTEMS:
            with self.subTest(system):
                records = kstate(system, "poolused")
                found = {r["tag"]: tuple(r[n] for n in names) for r in records[:-1]}
                wanted = {e["tag"]: tuple(e[k] for k in keys) for e in support.truth(system)["pool_track_table"]}
                self.assertEqual(found, wanted)
                self.assertEqual(len(records) - 1, len(wanted))


    def test_usage_against_a_search(self):
        """What the tracker says is in use is exactly what a search for the tags finds, but for what lookaside lists hold."""
        for system in SYSTEMS:
            with self.subTest(system):
                wanted = {r["tag"]: r["nonpaged_bytes"] + r["paged_bytes"] for r in kstate(system, "poolused")[:-1]}
                # "Pool" are the allocator's own tables, which are in no table
                tags = [t for t in wanted if t != "Pool" and all(" " <= c <= "~" for c in t)]
                self.assertGreater(len(tags), 250)
                hits = []
                for at in range(0, len(tags), 256):
                    hits += [h for h in kstate(system, "poolfind", *tags[at:at + 256])[:-1]
                             if h["state"] == "allocated" and h["kind"] in ("classic", "large")]
                verdicts = kstate(system, "pool", "-", stdin=[h["address"] for h in hits])
                found, cached = collections.Counter(), 0
                for hit, verdict in zip(hits, verdicts):
                    if "on-lookaside" in verdict["evidence"]:
                        cached += 1
                    else:
                        found[hit["tag"]] += hit["size"]
                self.assertEqual([(t, found[t], wanted[t]) for t in tags if found[t] != wanted[t]], [])
                self.assertEqual(cached, CACHED[system])
                print(f"{system}: {len(tags)} tags exact, {cached} blocks on lookaside lists")


class Find(unittest.TestCase):
    def objects(self, system):
        """(address of the object, tags that fit) of everything that the debugger listed."""
        truth = support.truth(system)
        for process in truth["processes"]:
            if process["listed"]:
                yield int(process["eprocess"], 16), ("Proc",)
            for thread in process["threads"]:
                yield int(thread["ethread"], 16), ("Thre",)
        for kind in truth["object_types"]:
            yield int(kind["object_type"], 16), ("ObjT",)
        for file in truth["files"]:
            yield int(file["file_object"], 16), ("File",)
        for module in truth["loaded_modules"]:
            yield int(module["entry"], 16), ("klmo",)  # the tag that these systems give loader entries

    def test_objects(self):
        for system in SYSTEMS:
            with self.subTest(system):
                objects = list(self.objects(system))
                self.assertGreater(len(objects), 400)
                verdicts = kstate(system, "pool", "-", stdin=[hex(a) for a, _ in objects])
                self.assertEqual(len(verdicts), len(objects))
                wrong = [(v, tags) for v, (_, tags) in zip(verdicts, objects)
                         if v["kind"] != "classic" or v["state"] != "allocated" or v["tag"] not in tags
                         or not support.address(v["base"]) < support.address(v["address"])
                         < support.address(v["base"]) + v["size"]]
                self.assertEqual(wrong[:3], [], len(wrong))

    def test_inside_large_allocations(self):
        for system in SYSTEMS:
            with self.subTest(system):
                entries = support.truth(system)["big_pages"]["in_use"]
                chance = random.Random(1)
                asked = []
                for _ in range(1000):
                    entry = chance.choice(entries)
                    asked.append((entry, int(entry["va"], 16) + chance.randrange(entry["pages"] * PAGE)))
                for (entry, address), verdict in zip(asked, kstate(system, "pool", "-", stdin=[hex(a) for _, a in asked])):
                    self.assertEqual(verdict["kind"], "large")
                    self.assertEqual(support.address(verdict["base"]), int(entry["va"], 16))
                    self.assertEqual(verdict["size"], entry["pages"] * PAGE)
                    self.assertEqual(verdict["tag"], entry["tag"])
                    self.assertEqual(support.address(verdict["input"]), address)
                    self.assertIn("large-entry", verdict["evidence"])
                # the listing of one address: nothing of a large allocation is read as headers
                records = kstate(system, "pool", hex(asked[0][1]))
                self.assertEqual([r["type"] for r in records], ["pool_verdict"])

    def test_listing(self):
        for system in SYSTEMS:
            with self.subTest(system):
                address = next(int(p["eprocess"], 16) for p in support.truth(system)["processes"] if p["listed"])
                records = kstate(system, "pool", hex(address))
                blocks, verdict = records[:-1], records[-1]
                self.assertEqual(verdict["type"], "pool_verdict")
                self.assertEqual({r["type"] for r in blocks}, {"pool_block"})
                self.assertEqual(sum(b["size"] for b in blocks), PAGE)
                at = address & ~(PAGE - 1)
                for before, block in zip([None] + blocks, blocks):
                    self.assertEqual(support.address(block["address"]), at)
                    self.assertEqual(block["previous_size"], before["size"] if before else 0)
                    at += block["size"]
                self.assertIn(verdict["base"], [b["address"] for b in blocks])

    def test_tags(self):
        """poolfind finds the blocks that a walk over all pages finds, and the large allocations of the tag."""
        for system in SYSTEMS:
            with self.subTest(system):
                hits = kstate(system, "poolfind", "Proc", "ObjT", "FTYP")[:-1]
                self.assertTrue(all(h["kind"] in ("classic", "large", "inconsistent") for h in hits))
                truth = support.truth(system)
                live = {support.address(h["address"]) for h in hits if h["state"] == "allocated" and h["tag"] == "ObjT"}
                wanted = {support.address(v["base"]) for v in kstate(
                    system, "pool", "-", stdin=[t["object_type"] for t in truth["object_types"]])}
                self.assertLessEqual(wanted, live)
                large = {support.address(h["address"]) for h in hits if h["kind"] == "large"}
                self.assertEqual(large, {int(e["va"], 16) for e in truth["big_pages"]["in_use"]
                                         if e["tag"] in ("Proc", "ObjT", "FTYP")})


class Triage(unittest.TestCase):
    """Pieces that start with a pool header, or with the 16 bytes that the segment heap puts before one."""

    # how many there are in each, counted here and independently of the tool
    DUMPS = {"win10-19041.804-7e.dmp": 45, "win10-19041-7e.dmp": 31, "win10-19041-1e.dmp": 8,
             "win10-19041.3448-1a.dmp": 2}

    def headers(self, name):
        """Read here, by the container's own list of pieces: (address, size, tag)."""
        with open(support.dump(name), "rb") as f:
            data = f.read()
        offset, count = struct.unpack_from("<II", data, 0x2000 + 0x78)
        found = {}
        for i in range(count):
            start, at, size = struct.unpack_from("<QII", data, offset + 16 * i)
            for skip in (0, 0x10):
                address, header = start + skip, data[at + skip:at + skip + 16]
                if address % 16 or size < skip + 16 or len(header) < 16 or address < 0xffff800000000000:
                    continue
                tag = header[4:7] + bytes([header[7] & 0x7f])
                length = header[2] * 16
                if (header[0] == 0 and length > 16 and header[3] & 0x92 == 2 and all(0x20 <= c < 0x7f for c in tag)
                        and tag.strip() and address % PAGE + length <= PAGE):
                    found[address] = (length, tag.decode())
                    break
        return found

    def test_pieces(self):
        for name, expected in self.DUMPS.items():
            with self.subTest(name):
                wanted = self.headers(name)
                self.assertEqual(len(wanted), expected)
                verdicts = support.kstate("pool", support.dump(name), "-", stdin=[hex(a) for a in wanted])
                self.assertEqual(len(verdicts), len(wanted))
                tags = collections.Counter()
                for (address, (size, tag)), verdict in zip(wanted.items(), verdicts):
                    # no chain tells what a page of the segment heap holds: the header is a candidate, or the heap confirms it
                    self.assertIn(verdict["kind"], ("inconsistent", "vs", "lfh"))
                    if verdict["kind"] == "inconsistent":
                        nearest = verdict["candidates"][0]
                        self.assertEqual((nearest["address"], nearest["size"], nearest["tag"]), (hex(address), size, tag))
                    else:
                        self.assertEqual((verdict["header"], verdict["tag"]), (hex(address), tag))
                    tags[tag] += 1
                print(f"{name}: {len(wanted)} headers, {len(tags)} tags", tags.most_common(6))

    def test_nothing_is_guessed_without_types(self):
        verdict = support.kstate("pool", support.dump("win11-26100-13a.dmp"), "ffff83086a550010", status=None)
        self.assertFalse([v for v in verdict if v.get("kind") not in (None, "none", "inconsistent")])


if __name__ == "__main__":
    support.main()
