# SPDX-License-Identifier: MIT
"""Ranges of user memory of every process of two whole systems."""

import unittest

import support


class Systems(unittest.TestCase):
    def test_ranges_equal_the_truth(self):
        for system in ("nt52-x86", "nt52-x64"):
            for p in support.truth(system)["processes"]:
                with self.subTest(system=system, pid=p["pid"]):
                    records = support.kstate("vads", support.image(system), str(p["pid"]), "--layout",
                                             support.layout(system), "--json")
                    ours = support.of_type(records, "vad")
                    self.assertEqual([(r["address"], r["start"], r["end"], r["flags"]) for r in ours],
                                     [(v["vad"], v["start"], v["end"], v["flags"]) for v in p["vads"]])
                    self.assertEqual(records[-1], {"type": "walk", "of": "vad", "count": len(ours), "end": "closed"})
                    self.assertFalse([r for r in ours if "anomalies" in r])
                    # every module that the loader names is in a range of kind image
                    images = [(support.address(r["start"]), support.address(r["end"])) for r in ours if r["kind"] == "image"]
                    for m in p.get("ldr_load", []):
                        base = support.address(m["base"])
                        self.assertTrue(any(start <= base <= end for start, end in images), m["name"])


if __name__ == "__main__":
    support.main()
