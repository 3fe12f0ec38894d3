# SPDX-License-Identifier: MIT
"""Every entry of the PFN databases of two systems."""

import collections
import unittest

import support
from support import address, kstate, truth

LOCATIONS = "zeroed free standby modified modified-no-write bad active transition".split()


class Images:
    system = None

    def tool(self, command, *args, **kw):
        return kstate(command, support.image(self.system), *args, "--layout", support.layout(self.system), **kw)

    @classmethod
    def setUpClass(cls):
        cls.listed = kstate("pfnlist", support.image(cls.system), "--layout", support.layout(cls.system))

    def test_every_entry(self):
        rows = support.table(self.system, "pfn.csv")
        records = list(self.listed)
        walk = records.pop()
        self.assertEqual((walk["of"], walk["end"], walk["count"]), ("pfn", "closed", len(records)))
        self.assertEqual([r["pfn"] for r in records], sorted({r["pfn"] for r in records}))
        # the table was taken in blocks, and one that touches the unmapped page of the database (x64) is left out of it
        lowest, first = truth(self.system)["pfn"]["lowest"], int(rows[0]["pfn"])
        more = [r["pfn"] for r in records if r["pfn"] < first]
        unmapped = truth(self.system)["pfn"]["count_by_location"].get("unmapped", 0)
        self.assertEqual((len(more) + unmapped, "skipped" in walk.get("anomalies", [])), (first - lowest, unmapped > 0))
        records = records[len(more):]
        self.assertEqual(len(records), len(rows))
        for row, r in zip(rows, records):
            flags = int(row["flags"], 16)
            self.assertEqual(
                (r["pfn"], r["location"], r["reference_count"], address(r["pte_address"]), address(r["original_pte"]),
                 address(r["u1"]), address(r["u2"]), address(r["u4"]), "modified" in r["flags"], "prototype" in r["flags"]),
                (int(row["pfn"]), LOCATIONS[int(row["page_location"])], int(row["refcount"]), int(row["pte_address"], 16),
                 int(row["original_pte"], 16), int(row["u1"], 16), int(row["u2"], 16), int(row["u4"], 16),
                 bool(flags & 1), bool(flags & 8)))
            if row["page_location"] in "67":
                self.assertEqual(r["share_count"], int(row["u2"], 16))
            else:
                self.assertEqual(address(r["flink"]), int(row["u1"], 16))
                self.assertEqual(address(r["blink"]), int(row["u2"], 16))

    def test_counts(self):
        first = int(support.table(self.system, "pfn.csv")[0]["pfn"])
        counted = collections.Counter(r["location"] for r in list(self.listed)[:-1] if r["pfn"] >= first)
        counts = truth(self.system)["pfn"]["count_by_location"]
        expected = {LOCATIONS[int(k)]: n for k, n in counts.items() if k.isdigit()}
        self.assertEqual(dict(counted), expected)

    def test_counters_are_the_lists(self):
        record, = self.tool("vm")
        lists = truth(self.system)["pfn"]["lists"]
        for key, head in (("zeroed", "Zeroed"), ("free", "Free"), ("standby", "Standby"), ("modified", "Modified")):
            self.assertEqual(record[key + "_pages"], lists[f"Mm{head}PageListHead"]["Total"], key)
        self.assertEqual(record["highest_page"], truth(self.system)["pfn"]["highest"])

    def test_one_by_one(self):
        rows = support.table(self.system, "pfn.csv")[::997]
        records = self.tool("pfn", "-", stdin=[row["pfn"] for row in rows])
        self.assertEqual([(r["pfn"], r["reference_count"], address(r["pte_address"])) for r in records],
                         [(int(w["pfn"]), int(w["refcount"]), int(w["pte_address"], 16)) for w in rows])
        r, = self.tool("pfn", "-", stdin=["99999999"])
        self.assertEqual((r["pfn"], r["location"]), (99999999, None))

    def test_self_map_agrees(self):
        """The place that a frame's entry names leads back to the frame; addresses of single processes are left out."""
        frames = [r for r in list(self.listed)[:-1] if r["use"] == "system" and r["location"] == "active"
                  and address(r["pte_address"]) % 4 == 0]  # this kernel sets bit 0 in entries that it left behind
        claims = collections.Counter(r["virtual_address"] for r in frames)
        frames = [r for r in frames if claims[r["virtual_address"]] == 1]
        self.assertGreater(len(frames), 1000)
        records = self.tool("vtop", "-", stdin=[r["virtual_address"] for r in frames])
        other = [r for t, r in zip(records, frames) if address(t["physical"]) != r["pfn"] << 12]
        self.assertLess(len(other), len(frames) // 100, other[:3])


class X86(Images, unittest.TestCase):
    system = "nt52-x86"


class X64(Images, unittest.TestCase):
    system = "nt52-x64"


if __name__ == "__main__":
    support.main()
