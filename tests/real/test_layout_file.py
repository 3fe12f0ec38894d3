# SPDX-License-Identifier: MIT
"""--layout FILE: every format that is known by its content, and what is said of files that do not serve."""

import lzma
import pathlib
import tempfile
import unittest

import support

TRIAGE = "win10-19041.804-7e.dmp"
ISF = "isf/ntkrnlmp-19041.804-5278AFF86C341677D7D7835C85B7B844-1.json.xz"


def data(relative):
    return pathlib.Path(support.path(relative))


def target(*args):
    return support.of_type(support.kstate("info", *args), "target")[0]


class LayoutFile(unittest.TestCase):
    def refused(self, dump, file, *words):
        done = support.run("info", support.dump(dump), "--layout", file)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in (str(file), *words):
            self.assertIn(word, done.stderr)

    def test_isf_packed_and_plain(self):
        packed = data(ISF)
        with tempfile.TemporaryDirectory() as folder:
            plain = pathlib.Path(folder) / "any-name"
            plain.write_bytes(lzma.decompress(packed.read_bytes()))
            for file in (packed, plain):
                found = target(support.dump(TRIAGE), "--layout", file)
                self.assertEqual(found["layout"], "isf 5278AFF86C341677D7D7835C85B7B8441")
                self.assertGreater(found["layout_members"], 200)

    def test_isf_finds_the_same_members_as_the_table(self):
        own = target(support.dump(TRIAGE))
        other = target(support.dump(TRIAGE), "--layout", data(ISF))
        self.assertEqual(own["layout_members"], other["layout_members"])

    def test_pdb(self):
        # types of the C library's loader: enough to see that a PDB is taken
        found = target(support.dump(TRIAGE), "--layout", data("pdb/ntdll-win10-x64.pdb"))
        self.assertEqual(found["layout"], "pdb CCC0E36120F424BE044DE630C3BD80C41")

    def test_table(self):
        found = target(support.image("nt52-x86"), "--layout", support.layout("nt52-x86"))
        self.assertGreater(found["layout_members"], 100)

    def test_wrong_architecture(self):
        self.refused(TRIAGE, data("pdb/ntkrnlpa-xpsp3-pae.pdb"), "x86", "x64")
        self.refused(TRIAGE, support.layout("nt52-x86"), "4-byte pointers", "x64")

    def test_broken_and_unknown_files(self):
        self.refused(TRIAGE, data("pdb/fuzzed.pdb"), "outside the file")
        self.refused(TRIAGE, data("README.md"), "not a PDB (MSF 7.00), ISF (.json, .json.xz) or layout table")
        self.refused(TRIAGE, data("nt52-x86/truth.json.xz"), "not a symbol table")
        self.refused(TRIAGE, data("README.md").with_name("no-such-file"), "cannot open")
        self.refused(TRIAGE, data("isf"), "cannot read")


if __name__ == "__main__":
    support.main()
