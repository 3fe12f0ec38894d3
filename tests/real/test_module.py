# SPDX-License-Identifier: MIT
"""`kstate modules` and `unloaded` over real memory."""

import struct
import unittest

import support
from support import address, kstate, of_type

DUMPS = ("win10-17763-7e.dmp", "win10-19041.804-7e.dmp", "win10-19041.3448-1a.dmp", "win10-19041-1e.dmp",
         "win10-19041-7e.dmp", "win11-26100-13a.dmp")
TRIAGE = 0x2000  # the TRIAGE_DUMP header; fields by reference


class Modules(unittest.TestCase):
    def test_every_driver_of_a_triage_dump(self):
        for name in DUMPS:
            with self.subTest(name):
                with open(support.dump(name), "rb") as f:
                    raw = f.read()
                at, count = struct.unpack_from("<II", raw, TRIAGE + 0x30)
                expected = []
                for i in range(count):
                    entry = at + 0x90 * i
                    pool, = struct.unpack_from("<I", raw, entry)
                    base, = struct.unpack_from("<Q", raw, entry + 0x38)
                    size, = struct.unpack_from("<I", raw, entry + 0x48)
                    length, = struct.unpack_from("<I", raw, pool)
                    expected.append((base, size, raw[pool + 4:pool + 4 + 2 * length].decode("utf-16-le")))
                records = kstate("modules", support.dump(name))
                modules = of_type(records, "module")
                self.assertEqual([(address(m["base"]), m["size"], m["path"]) for m in modules], expected)
                self.assertTrue(all(m["name"] == m["path"].rpartition("\\")[2] for m in modules))
                self.assertEqual(records[-1], {"type": "walk", "of": "module", "count": count, "end": "closed"})

    def test_loader_list_of_a_whole_system(self):
        for system in ("nt52-x86", "nt52-x64"):
            truth = [(m["base"], address(m["size"]), m["name"], m["path"], m["entry"], m["entrypoint"])
                     for m in support.truth(system)["loaded_modules"]]
            self.assertEqual(len(truth), 58)
            # with the system's own types, and with the built-in table of the compatible build
            for extra in (("--layout", support.layout(system)), ()):
                with self.subTest(system, extra=extra):
                    records = kstate("modules", support.image(system), *extra)
                    modules = of_type(records, "module")
                    self.assertEqual([(m["base"], m["size"], m["name"], m["path"], m["entry"], m["entry_point"])
                                      for m in modules], truth)
                    self.assertEqual(records[-1], {"type": "walk", "of": "module", "count": 58, "end": "closed"})

    def test_unloaded_drivers(self):
        records = of_type(kstate("unloaded", support.dump("win10-19041.804-7e.dmp")), "unloaded_module")
        # reference: the list of this very dump
        self.assertEqual([(r["start"], r["end"], r["name"]) for r in records], [
            ("0xfffff80487de0000", "0xfffff80487dfc000", "dam.sys"),
            ("0xfffff80479d30000", "0xfffff80479d42000", "WdBoot.sys"),
            ("0xfffff804802c0000", "0xfffff804802d1000", "hwpolicy.sys"),
            ("0xfffff804793e0000", "0xfffff80479409000", "mcupdate.dll"),
        ])
        for system in ("nt52-x86", "nt52-x64"):  # MmUnloadedDrivers is 0: nothing was unloaded
            self.assertEqual(kstate("unloaded", support.image(system), "--layout", support.layout(system)),
                             [{"type": "walk", "of": "unloaded_module", "count": 0, "end": "closed"}])

    def test_without_the_list(self):
        for name in ("win7-x86-pae-header-only.dmp", "win10-x64-header-only.dmp"):
            kstate("modules", support.dump(name), status=1)


if __name__ == "__main__":
    support.main()
