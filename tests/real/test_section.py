# SPDX-License-Identifier: MIT
"""A mapped file in a triage dump: control area, segment, subsection, prototype entries, and what must agree."""

import unittest

import support
from support import address, kstate, of_type

DUMP = "win10-19041.3448-1a.dmp"
AREA = "ffffbd0ecbcf7450"


class ControlArea(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.area, = kstate("ca", support.dump(DUMP), AREA)

    def test_control_area(self):
        a = self.area
        self.assertEqual((a["type"], a["address"], a["segment"], a["flags"], a["kind"], a["found"]),
                         ("control_area", "0x" + AREA, "0xffffa30ebfa1da50", "0x88089", "data", "address"))
        self.assertEqual(a["file_object"], "0xffffbd0ecbdd01e0")
        self.assertNotIn("anomalies", a)

    def test_segment(self):
        self.assertEqual((self.area["total_ptes"], self.area["segment_size"]), (0x200, 0x200000))

    def test_subsection(self):
        s, = self.area["subsections"]
        self.assertEqual((s["address"], s["base"], s["ptes"], s["pfn_references"]),
                         ("0xffffbd0ecbcf74d0", "0xffffa30ebf6f0000", 0x200, 312))

    def test_counts_agree(self):
        """312 entries in transition, 200 that name the subsection: as many as NumberOfPfnReferences says."""
        self.assertEqual((self.area["pages"], self.area["pfn_references"]), (312, 312))
        self.assertEqual({p["state"] for p in self.area["resident"]}, {"transition"})
        first = self.area["resident"][0]
        self.assertEqual((first["entry_address"], first["entry"]), ("0xffffa30ebf6f0090", "0x851af68c0"))
        self.assertEqual((first["physical"], first["offset"]), ("0x851af6000", 0x12000))
        data, = kstate("read", support.dump(DUMP), "ffffa30ebf6f0000", "1000")
        raw = bytes.fromhex(data["data"])
        entries = [int.from_bytes(raw[i:i + 8], "little") for i in range(0, 0x1000, 8)]
        self.assertEqual(sum(e == 0xBD0ECBCF74D004C0 for e in entries), 200)
        self.assertEqual([p["entry"] for p in self.area["resident"]], [hex(e) for e in entries if e & 0xC01 == 0x800])

    def test_found_by_tag(self):
        areas = of_type(kstate("ca", support.dump(DUMP)), "control_area")
        found = {a["address"]: a for a in areas}
        self.assertIn("0x" + AREA, found)
        self.assertEqual((found["0x" + AREA]["found"], found["0x" + AREA]["pages"]), ("tag", 312))
        self.assertGreater(len(areas), 5)
        for a in areas:  # nothing is reported that contradicts itself
            self.assertNotIn("anomalies", a)
            self.assertEqual(address(a["address"]) % 16, 0)

    def test_not_there(self):
        self.assertEqual(support.run("ca", support.dump(DUMP), "ffffbd0e00000000").returncode, 1)
        r, = kstate("ca", support.dump(DUMP), "-", stdin=["ffffbd0e00000000"])
        self.assertEqual((r["segment"], r["kind"]), (None, None))


class Frames:
    """The frame half on real page frames: sums over every prototype page, against the independent table of them.

    These systems have no control areas of Windows' form, so that all of their prototype pages belong to sections that the page
    file backs, and neither way may find an area.
    """
    system = None

    def tool(self, command):
        return kstate(command, support.image(self.system), "--layout", support.layout(self.system))

    def test_memusage(self):
        rows = support.table(self.system, "pfn.csv")
        frames = [r for r in rows if int(r["flags"], 16) & 8]
        active = [r for r in frames if r["page_location"] == "6"]
        expected = {
            "valid": len(active),
            "standby": sum(r["page_location"] == "2" for r in frames),
            "dirty": sum(r["page_location"] in "34" for r in frames),
            "shared": sum(int(r["u2"], 16) > 1 for r in active),
            "locked": sum(int(r["refcount"]) > 1 for r in frames),
        }
        # entries in front of the table (tests/real/test_pfn.py says why): the tool's own list of them must do
        first = int(rows[0]["pfn"])
        before = [r for r in of_type(self.tool("pfnlist"), "pfn") if r["pfn"] < first and "prototype" in r["flags"]]
        expected["valid"] += sum(r["location"] == "active" for r in before)
        expected["shared"] += sum(r["location"] == "active" and r["share_count"] > 1 for r in before)
        self.assertLess(len(before), 100)
        self.assertGreater(expected["valid"], 400)
        for command in ("memusage", "ca"):
            records = self.tool(command)
            pagefile, = of_type(records, "control_area")
            self.assertEqual((pagefile["address"], pagefile["kind"], pagefile["found"]), (None, "pagefile", "pfn"))
            self.assertEqual({k: pagefile[k] for k in expected}, expected)
            self.assertEqual((records[-1]["type"], records[-1]["count"]), ("walk", 1))  # the record of these pages

    def test_counts(self):
        counts, = of_type(self.tool("memusage"), "page_counts")
        names = "zeroed free standby modified modified-no-write bad active transition".split()
        truth = support.truth(self.system)["pfn"]
        rows = support.table(self.system, "pfn.csv")
        more = counts["total"] - len(rows)  # entries in front of the table (tests/real/test_pfn.py says why)
        self.assertEqual(sum(counts[n] for n in names), counts["total"])
        difference = {n: counts[n] - truth["count_by_location"].get(str(i), 0) for i, n in enumerate(names)}
        self.assertEqual(sum(difference.values()), more)
        self.assertTrue(all(d >= 0 for d in difference.values()), difference)
        if more == 0:
            self.assertEqual(set(difference.values()), {0})


class X86(Frames, unittest.TestCase):
    system = "nt52-x86"


class X64(Frames, unittest.TestCase):
    system = "nt52-x64"


if __name__ == "__main__":
    support.main()
