# SPDX-License-Identifier: MIT
"""`kstate info` finds out what each real source is, with no hint."""

import unittest

import support
from support import kstate

# build, revision, processors, kernel base, bug check, parameters: read from the headers by hand
TRIAGE = {
    "win10-17763-7e.dmp": (17763, 973, 8, "0xfffff8044a203000", "0x1000007e",
                           ["0xffffffffc0000005", "0xfffff8044a24d2d4", "0xffff998071d4ed88", "0xffff998071d4e5d0"]),
    "win10-19041.804-7e.dmp": (19041, 804, 16, "0xfffff8047ba00000", "0x1000007e",
                               ["0xffffffffc0000005", "0xfffff8048b58334c", "0xffff850429891ee8",
                                "0xffff850429891720"]),
    "win10-19041.3448-1a.dmp": (19041, 3448, 12, "0xfffff8047b600000", "0x1a",
                                ["0x402", "0xffffa30ebf6f0090", "0x851af68c0", "0xffffa30ebf6f7248"]),
    "win10-19041-1e.dmp": (19041, 4522, 12, "0xfffff8030b800000", "0x1e",
                           ["0xffffffff80000003", "0xfffff80330ec2e68", "0x0", "0x2"]),
    "win10-19041-7e.dmp": (19041, 5129, 4, "0xfffff8025f800000", "0x1000007e",
                           ["0xffffffffc000001d", "0xfffff803f382634e", "0xffffa30b68e2e478", "0xffffa30b68e2dcb0"]),
    "win11-26100-13a.dmp": (26100, 2314, 12, "0xfffff803e9200000", "0x13a",
                            ["0x12", "0xffff8307e9000140", "0xffff83086a550000", "0x0"]),
}
NAMES = {"0x1000007e": "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED_M", "0x1a": "MEMORY_MANAGEMENT",
         "0x1e": "KMODE_EXCEPTION_NOT_HANDLED", "0x13a": "KERNEL_MODE_HEAP_CORRUPTION"}

# no hint but the bytes: arch, DTB of the system process, kernel base, debugger data block (found by hand), KPCR
IMAGES = {
    "nt52-x86": ("x86", "0xba3000", "0x80400000", "0x805ad240", "0xffdff000"),
    "nt52-x64": ("x64", "0x9ea000", "0xfffff80000400000", "0xfffff80000597ce0", "0xfffff800006452c0"),
}

# names of KST_IDENTITY_ANOMALY_…: none of these sources gives cause for one
IDENTITY = {"dtb-guessed", "block-encoded", "revision-ambiguous", "header-differs"}


class Info(unittest.TestCase):
    def info(self, *args):
        records = kstate("info", *args)
        self.assertEqual([r["type"] for r in records], ["target"])
        return records[0]

    def test_triage_dumps(self):
        for name, (build, revision, processors, base, code, parameters) in TRIAGE.items():
            with self.subTest(name):
                t = self.info(support.dump(name))
                self.assertEqual((t["format"], t["arch"]), ("triage", "x64"))
                self.assertEqual((t["build"], t["revision"], t["processors"]), (build, revision, processors))
                self.assertEqual(t["kernel_base"], base)
                self.assertEqual((t["bugcheck"], t["parameters"]), (code, parameters))
                self.assertEqual(t["bugcheck_name"], NAMES[code])
                self.assertIs(t["manual_crash"], False)
                self.assertFalse(IDENTITY & set(t.get("anomalies", ())))

    def test_header_only(self):
        for name, arch, build, processors in (("win7-x86-pae-header-only.dmp", "x86-pae", 7601, 2),
                                              ("win10-x64-header-only.dmp", "x64", 9200, 8)):
            with self.subTest(name):
                t = self.info(support.dump(name))
                self.assertEqual((t["arch"], t["build"], t["processors"]), (arch, build, processors))
                self.assertIn("format", t)
                self.assertNotIn("revision", t)
                self.assertNotIn("kernel_base", t)
                for what in ("80400000", "fffff80510a00b20", "0"):
                    for space in ("kernel", "physical"):
                        done = support.run("read", support.dump(name), what, "10", "--space", space)
                        self.assertEqual(done.returncode, 1)
                        self.assertEqual(done.stdout, "")
                        self.assertTrue(done.stderr.startswith("kstate: "))

    def test_images_without_hint(self):
        for system, (arch, dtb, base, block, kpcr) in IMAGES.items():
            with self.subTest(system):
                t = self.info(support.image(system))
                self.assertEqual((t["format"], t["arch"], t["build"], t["processors"]), ("lime", arch, 3790, 1))
                self.assertEqual((t["dtb"], t["kernel_base"], t["debugger_data"], t["kpcr"]), (dtb, base, block, kpcr))
                self.assertNotIn("revision", t)
                self.assertFalse(IDENTITY & set(t.get("anomalies", ())))
                self.assertEqual(t["kernel_base"], support.truth(system)["kernel_base"])
                self.assertEqual(t["dtb"], support.truth(system)["cr3_current"])
                self.assertEqual(t["kpcr"], support.truth(system)["prcbs"][0]["pcr"])

    def test_the_block_agrees_with_the_types(self):
        """Offsets of the debugger data block are those of the right types, and differ from those of a kin."""
        for name in TRIAGE:
            with self.subTest(name):
                self.assertNotIn("block-differs", self.info(support.dump(name)).get("anomalies", ()))
        for system in IMAGES:
            with self.subTest(system):
                own = self.info(support.image(system), "--layout", support.layout(system))
                self.assertNotIn("block-differs", own.get("anomalies", ()))
                self.assertIn("block-differs", self.info(support.image(system))["anomalies"])

    def test_given_root_and_base_win(self):
        for system, (arch, dtb, base, block, _) in IMAGES.items():
            with self.subTest(system):
                other = next(p["dtb"] for p in support.truth(system)["processes"] if p["dtb"] != dtb)
                t = self.info(support.image(system), "--dtb", other, "--kernel-base", base)
                self.assertEqual((t["arch"], t["dtb"], t["kernel_base"], t["debugger_data"]), (arch, other, base, block))

    def test_errors_are_clear(self):
        done = support.run("info", "/nonexistent")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("/nonexistent", done.stderr)
        done = support.run("info", support.dump("win10-19041-1e.dmp"), "--dtb", "x")
        self.assertEqual(done.returncode, 2)
        done = support.run("info", support.dump("win10-19041-1e.dmp"), "--symbol", "x")
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    support.main()
