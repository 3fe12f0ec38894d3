# SPDX-License-Identifier: MIT
"""tools/bench_compare.py: the best run counts, machines stay apart, a figure that got worse is told."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

TOOL = sys.argv.pop(1)


def figure(commit, name, value, ratio=0.0, unit="ns", machine="m"):
    return {"commit": commit, "date": "2026-01-01T00:00:00Z", "machine": machine, "name": name, "value": value,
            "unit": unit, "ratio": ratio, "limit": "memcpy" if ratio else ""}


class Compare(unittest.TestCase):
    def run_on(self, figures, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "history.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                out.writelines(json.dumps(f) + "\n" if isinstance(f, dict) else f for f in figures)
            return subprocess.run([sys.executable, TOOL, *arguments, path], capture_output=True, text=True)

    def test_best_of_several(self):
        done = self.run_on([figure("aaa1", "scan", 9.0, 0.2), figure("aaa1", "scan", 5.0, 0.5),
                            figure("bbb2", "scan", 5.1, 0.49)], "aaa", "bbb")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("0.50 -> 0.49", done.stdout)
        self.assertNotIn("WORSE", done.stdout)

    def test_worse_is_told(self):
        done = self.run_on([figure("aaa1", "scan", 5.0, 0.5), figure("bbb2", "scan", 9.0, 0.2)], "aaa1", "bbb2")
        self.assertEqual(done.returncode, 1)
        self.assertIn("WORSE", done.stdout)
        done = self.run_on([figure("aaa1", "rss", 5.0), figure("bbb2", "rss", 4.0)], "aaa1", "bbb2")
        self.assertEqual(done.returncode, 0)
        self.assertIn("better", done.stdout)
        done = self.run_on([figure("aaa1", "pages", 5.0, unit="M/s"), figure("bbb2", "pages", 4.0, unit="M/s")],
                           "aaa1", "bbb2")
        self.assertEqual(done.returncode, 1)

    def test_machines_stay_apart(self):
        done = self.run_on([figure("aaa1", "scan", 5.0, 0.5, machine="x"), figure("bbb2", "scan", 5.0, 0.5, machine="y")],
                           "aaa1", "bbb2")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("nothing to compare", done.stderr)

    def test_refuses(self):
        self.assertIn("no figures", self.run_on([figure("aaa1", "scan", 5.0)], "aaa1", "ccc").stderr)
        self.assertIn("more than one", self.run_on([figure("aaa1", "s", 5.0), figure("aab1", "s", 5.0)], "aa", "aaa1").stderr)
        self.assertIn("no figure", self.run_on(["{}\n"], "aaa1", "ccc").stderr)


if __name__ == "__main__":
    unittest.main()
