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


if __name__ == "__main__":
    support.main()
