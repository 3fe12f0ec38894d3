# SPDX-License-Identifier: MIT
"""Built-in layouts against type files of the same kernels, member by member, and against the reference tables."""

import lzma
import os
import pathlib
import subprocess
import sys
import unittest

import support

# The reference tables stand beside the data; a table belongs to this build, revision and PTE width.
PACKS = {("2600", "sp2"): 2180, ("2600", "sp2pae"): 2180, ("2600", "sp3"): 5512, ("3790", "sp0"): 1, ("3790", "sp1"): 1830,
         ("3790", "sp2"): 3959, ("9600", "u1"): 17031}


def compare(path, arch, build, revision, pae=0):
    """{(type, path): (what, built-in place, the file's place)}"""
    done = subprocess.run([os.environ["KSTATE_COMPARE"], str(path), arch, str(build), str(revision), str(pae)],
                          text=True, capture_output=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"{path}: {done.stderr}")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {(row[1], row[2]): (row[0], row[3], row[4]) for row in rows}


def count(places, what):
    return sum(1 for place in places.values() if place[0] == what)


class Layouts(unittest.TestCase):
    def isf(self, revision_file, build, revision, exact):
        places = compare(support.path("isf/" + revision_file), "x64", build, revision)
        members = {key: place for key, place in places.items() if key[0] != "@"}
        print(f"{build}.{revision}: {count(members, 'same')} members agree, {count(members, 'differs')} differ")
        self.assertGreater(count(members, "same"), 150)
        self.assertEqual({k: v for k, v in members.items() if v[0] != "same"}, {})
        symbols = {key: place for key, place in places.items() if key[0] == "@"}
        if exact:  # the built-in table has the symbols of just this revision
            self.assertEqual({k: v for k, v in symbols.items() if v[0] != "same"}, {})
        else:
            self.assertEqual({v[0] for v in symbols.values()}, {"file"})

    def test_19041_804(self):
        self.isf("ntkrnlmp-19041.804-5278AFF86C341677D7D7835C85B7B844-1.json.xz", 19041, 804, False)

    def test_19041_3448(self):
        self.isf("ntkrnlmp-19041.3448-79BE8C368BEC7DD9677EA9B355ACE784-1.json.xz", 19041, 3448, False)

    def test_17763_5933(self):
        self.isf("ntkrnlmp-17763.5933-1806D020A6E46538D7AC3325FAC114D8-1.json.xz", 17763, 5933, True)

    def test_22000_2538(self):
        self.isf("ntkrnlmp-22000.2538-0CE4A95C0CD782A7596B034D8648E585-1.json.xz", 22000, 2538, True)

    def test_7601_24540(self):
        self.isf("ntkrnlmp-7601.24540-339E74133576439CBCDF7E0229DA3773-1.json.xz", 7601, 24540, True)

    def test_xp_sp3_pae_pdb(self):
        """The PAE table of service pack 2 serves service pack 3 as well; against the plain one only what holds a PTE differs."""
        pdb = support.path("pdb/ntkrnlpa-xpsp3-pae.pdb")
        plain, pae = compare(pdb, "x86", 2600, 5512, 2), compare(pdb, "x86", 2600, 5512, 1)
        differences = {key: place for key, place in plain.items() if place[0] in ("differs", "builtin")}
        for (type_name, path), (_, table, file) in sorted(differences.items()):
            print(f"PAE differs: {type_name} {path}: {table} in the table, {file} in the PDB")
        self.assertGreater(count(plain, "same"), 130)
        self.assertIn(("_MMPTE", ""), differences)
        self.assertGreater(count(pae, "same"), 130)
        self.assertEqual({k: v for k, v in pae.items() if v[0] != "same" and k[0] != "@"}, {})

    def test_dumps_get_their_layout(self):
        for name, layout in (("win10-17763-7e.dmp", "10.0.17763.379 x64"), ("win10-19041.804-7e.dmp", "10.0.19041.685 x64"),
                             ("win10-19041.3448-1a.dmp", "10.0.19041.3324 x64"), ("win10-19041-1e.dmp", "10.0.19041.3570 x64"),
                             ("win10-19041-7e.dmp", "10.0.19041.3570 x64"), ("win11-26100-13a.dmp", "10.0.26100.2314 x64")):
            with self.subTest(name):
                target, = support.of_type(support.kstate("info", support.dump(name)), "target")
                self.assertEqual(target["layout"], layout)
                self.assertNotIn("-- block-differs", support.run("info", support.dump(name)).stdout)

    def test_26100_as_far_as_stated(self):
        """Places of lib/layout/stated.tsv, read in the process and thread that were running."""
        dump = support.dump("win11-26100-13a.dmp")

        def number(at, length=8):
            data = support.kstate("read", dump, hex(at), hex(length))[0]["data"]
            return int.from_bytes(bytes.fromhex(data), "little")

        thread = support.address(support.of_type(support.kstate("processors", dump), "processor")[0]["current_thread"])
        process = number(thread + 0xb8)  # ApcState.Process, from the debugger data block
        self.assertEqual(number(process + 0x338, 15).to_bytes(15, "little").rstrip(b"\0"), b"svchost.exe")
        self.assertEqual(number(process + 0x1d0), 0x2efc)
        self.assertEqual(number(thread + 0x508), 0x2efc)  # Cid.UniqueProcess
        self.assertEqual(number(process + 0x2e0) % 0x1000, 0)  # Peb

    def test_reference_tables(self):
        """Two programs read the tables: the one that made the built-in table, and the tool's reader."""
        folder = pathlib.Path(os.environ["KSTATE_TEST_DATA"]).parent / "reference" / "layouts"
        tables = sorted(folder.glob("*.tsv.xz"))
        if not tables:
            self.skipTest(f"no tables at {folder}")
        agree = 0
        for table in tables:
            version, arch = table.name[: -len(".tsv.xz")].rsplit("-", 1)
            build, extra = (version.split(".") + [""])[2:4]
            if extra == "sp2up":
                continue  # nothing would choose just this table
            revision = PACKS.get((build, extra), extra or 1)  # 1: before any that was seen
            with lzma.open(table, "rt") as stream:
                text = "".join(line for line in stream if line[0] != "@")
            unpacked = pathlib.Path(os.environ["KSTATE_TEST_CACHE"]) / (table.name[:-3])
            unpacked.parent.mkdir(parents=True, exist_ok=True)
            unpacked.write_text(text)
            pae = 1 if "_MMPTE\t0x8\n" in text else 2
            places = {k: v for k, v in compare(unpacked, arch, build, revision, pae).items() if k[0] != "@"}
            unpacked.unlink()
            different = {k: v for k, v in places.items() if v[0] != "same"}
            if extra in ("382", "2428", "2965"):  # corrections of tools/import_layouts.py, gaps that stated.tsv fills
                different = {k: v for k, v in different.items()
                             if v[0] != "builtin" and k[1] not in ("ObjectPointerBits", "PrcbData|Prcb") and
                             (k[1] or "_KPCR" not in k[0])}
            self.assertEqual(different, {}, table.name)
            agree += count(places, "same")
        print(f"{len(tables)} tables, {agree} places agree")
        self.assertGreater(agree, 2000)


if __name__ == "__main__":
    if "KSTATE_COMPARE" not in os.environ:
        sys.exit("KSTATE_COMPARE is not set: run this through `meson test`")
    support.main()
