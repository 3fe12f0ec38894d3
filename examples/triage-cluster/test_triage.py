# SPDX-License-Identifier: MIT
"""A folder of forged, real and broken dumps through two worker processes, one of which is killed in the middle."""
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
try:
    import triage  # noqa: E402
except ImportError as missing:
    print(f"SKIP: {missing} (python3-distributed, python3-cffi)")
    sys.exit(77)
import report  # noqa: E402

COPIES = 30
BROKEN = {"empty.dmp": b"", "text.txt": b"Dear reader, this is not a dump.\n" * 40, "random.bin": random.Random(1).randbytes(70000)}


def deadly(path):
    """As summarise(), but one file kills whoever looks at it, as a bug in a library would."""
    import os

    from summary import summarise
    if path.endswith("poison"):
        os._exit(3)
    return summarise(path)


def unhurried(path):
    """As summarise(), but no worker is done before the other one is killed."""
    import time

    from summary import summarise
    time.sleep(0.1)
    return summarise(path)


class Triage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.dumps = pathlib.Path(self.folder.name) / "dumps"
        self.dumps.mkdir()
        subprocess.run([os.environ["KSTATE_FORGE"], str(self.dumps / "forged-0.dmp")], check=True)
        whole = (self.dumps / "forged-0.dmp").read_bytes()
        self.client = triage.connect(workers=2)

        for i in range(1, COPIES):
            os.link(self.dumps / "forged-0.dmp", self.dumps / f"forged-{i}.dmp")
        (self.dumps / "truncated.dmp").write_bytes(whole[:len(whole) // 3])
        (self.dumps / "header.dmp").write_bytes(whole[:0x1000])
        for name, data in BROKEN.items():
            (self.dumps / name).write_bytes(data)

    def tearDown(self):
        cluster = self.client.cluster
        self.client.close()
        cluster.close()
        self.folder.cleanup()

    def paths(self):
        return sorted(str(p) for p in self.dumps.iterdir())

    def once_each(self, rows):
        self.assertEqual(collections.Counter(r["file"] for r in rows), collections.Counter(self.paths()))

    def check_contents(self, rows):
        by_name = {pathlib.Path(r["file"]).name: r for r in rows}
        for i in range(COPIES):
            row = by_name[f"forged-{i}.dmp"]
            self.assertNotIn("error", row)
            self.assertEqual(row["dpc_processors"], [0])
            self.assertTrue(row["stacks"][0]["at"].startswith("yourdrv.sys+"), row["stacks"])
            self.assertTrue(row["dpcs"] and len(row["modules"]) >= 5)
        for name in BROKEN:
            self.assertIn("error", by_name[name], name)
        self.assertTrue("error" in by_name["truncated.dmp"] or by_name["truncated.dmp"].get("anomalies"))

    def test_a_killed_worker_costs_nothing(self):
        data = pathlib.Path(os.environ.get("KSTATE_TEST_DATA") or "/nonexistent") / "dumps"
        for path in data.glob("*.dmp"):
            shutil.copyfile(path, self.dumps / f"real-{path.name}")
        before = self.client.run(os.getpid)
        self.assertEqual(len(before), 2)
        rows, killed = [], None
        for row in triage.rows(self.client, self.paths(), unhurried):
            rows.append(row)
            busy = [w for w, tasks in self.client.processing().items() if tasks]
            if killed is None and len(rows) >= 5 and busy:
                killed = busy[0]
                os.kill(before[killed], signal.SIGKILL)
        self.assertIsNotNone(killed, "no worker was at work when one was to be killed")
        self.once_each(rows)
        self.check_contents(rows)
        for _ in range(100):  # another process has taken its place
            pids = set(self.client.run(os.getpid).values())
            if len(pids) == 2 and before[killed] not in pids:
                break
            time.sleep(0.1)
        self.assertNotIn(before[killed], pids)
        real = [r for r in rows if "/real-" in r["file"] and "header-only" not in r["file"]]
        for row in real:
            self.assertIn("bugcheck", row)
            self.assertGreater(len(row["modules"]), 100)

    def test_a_dump_that_kills_its_workers_is_a_row(self):
        (self.dumps / "poison").write_bytes(b"x")
        rows = list(triage.rows(self.client, self.paths(), deadly))
        self.once_each(rows)
        self.check_contents(rows)
        poisoned = next(r for r in rows if r["file"].endswith("poison"))
        self.assertTrue(poisoned["error"].startswith("KilledWorker"), poisoned)

    def test_files(self):
        out = pathlib.Path(self.folder.name) / "result"
        (self.dumps / "<script>alert(1)<").write_bytes(b"<b>&")
        triage.triage(self.client, self.dumps, out)
        lines = [json.loads(line) for line in out.with_suffix(".jsonl").read_text().splitlines()]
        self.once_each(lines)
        page = out.with_suffix(".html").read_text()
        self.assertNotIn("<script", page)
        self.assertIn("&lt;script&gt;alert(1)&lt;", page)
        self.assertEqual(page.count("<tr"), len(lines) + 1)
        for needle in ("<svg", "yourdrv.sys", "with an error"):
            self.assertIn(needle, page)
        for elsewhere in ("http:", "https:", "src=", "<link"):
            self.assertNotIn(elsewhere, page)

    def test_rows_of_nothing(self):
        self.assertIn("0 dumps", report.page([]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
