# SPDX-License-Identifier: MIT
"""Translation against the processor's own: every mapped page of two systems; page tables of a triage dump."""

import unittest

import support
from support import address, kstate, truth

LETTERS = {"D": "D", "A": "A", "C": "N", "T": "T"}  # the processor's word for a bit -> the debugger's letter


def spaces(system):
    """Each list of mapped pages with the arguments that select its address space."""
    yield "tlb_current.txt", []
    pid = {"nt52-x86": 988, "nt52-x64": 408}[system]
    dtb = next(p["dtb"] for p in truth(system)["processes"] if p["pid"] == pid)
    yield f"tlb_pid{pid}.txt", ["--space", dtb]


def mapped(system, name):
    for line in support.lines(system, name):
        va, rest = line.split(":")
        physical, flags = rest.split()
        yield va, int(physical, 16), flags


class Images:
    system = None

    def tool(self, command, *args, **kw):
        return kstate(command, support.image(self.system), *args, "--layout", support.layout(self.system), **kw)

    def test_every_mapped_page(self):
        for name, space in spaces(self.system):
            pages = list(mapped(self.system, name))
            records = self.tool("vtop", "-", *space, stdin=[va for va, _, _ in pages])
            self.assertEqual(len(records), len(pages))
            for (va, physical, _), r in zip(pages, records):
                self.assertEqual((r["input"], address(r["physical"]), r["state"]), (va, physical, "valid"))

    def test_every_entry(self):
        """State, page and bits of each entry, and that the self-map's address of it holds it."""
        for name, space in spaces(self.system):
            pages = list(mapped(self.system, name))
            records = self.tool("pte", "-", *space, stdin=[va for va, _, _ in pages])
            entries = {}
            for (va, physical, flags), r in zip(pages, records):
                self.assertEqual((address(r["physical"]), r["state"]), (physical, "valid"), va)
                self.assertEqual((r["readable"], r["breakpoint_owed"]), (True, False))
                letters = r["letters"]
                if r["level"] == 1:  # of a large page the processor's list names other bits
                    for bit, letter in LETTERS.items():
                        self.assertEqual(letter in letters, bit in flags, (va, flags, letters))
                    self.assertEqual("W" in letters, flags.endswith("W"), va)
                    entries[address(r["entry_address"])] = address(r["entry"])
            where = list(entries)[:: max(1, len(entries) // 500)]
            width = 4 if self.system == "nt52-x86" else 8
            for at, r in zip(where, self.tool("read", "-", f"{width:x}", *space, stdin=[f"{a:x}" for a in where])):
                self.assertEqual(int.from_bytes(bytes.fromhex(r["data"]), "little"), entries[at], hex(at))

    def test_runs_are_the_mapped_pages(self):
        top = 0xFFFFFFFF if self.system == "nt52-x86" else 0xFFFFFFFFFFFFFFFF
        for name, space in spaces(self.system):
            records = self.tool("ptes", f"0-{top:x}", *space)
            walk = records.pop()
            self.assertEqual((walk["type"], walk["of"], walk["count"], walk["end"]), ("walk", "pte_run", len(records), "closed"))
            found = {}
            for r in records:
                if r["state"] == "valid":
                    for offset in range(0, r["length"], 0x1000):
                        found[address(r["address"]) + offset] = address(r["physical"]) + offset
            expected = {}
            for va, physical, _ in mapped(self.system, name):
                expected[int(va, 16)] = physical
            # the processor's list names the pages of the self-map as well, as ours does
            self.assertEqual({va: p for va, p in found.items() if va in expected}, expected)
            self.assertEqual([hex(va) for va in found if va not in expected], [])


class X86(Images, unittest.TestCase):
    system = "nt52-x86"


class X64(Images, unittest.TestCase):
    system = "nt52-x64"


class Triage(unittest.TestCase):
    def test_chain_of_the_bugcheck_address(self):
        """Entries in pieces of eight bytes, reached through the self-map of the dump's debugger data."""
        records = kstate("pte", support.dump("win11-26100-13a.dmp"), "ffff83086a550000")
        self.assertEqual([r["level"] for r in records], [4, 3, 2, 1])
        self.assertEqual(records[0]["entry_address"], "0xffffd4ea753a9830")
        self.assertEqual(records[0]["entry"], "0xa00000117c01863")
        self.assertEqual(records[1]["entry_address"], "0xffffd4ea75306108")
        self.assertEqual(records[1]["entry"], "0xa000003f7c06863")
        self.assertEqual(records[-1]["state"], "valid")

    def test_entries_at_hand_are_found(self):
        """All of the kernel's half, in which eight bytes here and there say something."""
        *runs, walk = kstate("ptes", support.dump("win11-26100-13a.dmp"), "ffff800000000000-ffffffffffffffff")
        self.assertEqual(walk["end"], "closed")
        self.assertIn(("0xffff83086a550000", "valid"), [(r["address"], r["state"]) for r in runs])

    def test_prototype_page_is_mapped(self):
        records = kstate("pte", support.dump("win10-19041.3448-1a.dmp"), "ffffa30ebf6f0090")
        self.assertEqual([r["state"] for r in records], ["valid"] * 4)
        self.assertEqual(records[-1]["letters"], "-G-DA--KW-V")

    def test_header_only(self):
        """No page tables: a batch says so for each line, one address alone fails cleanly."""
        for name in ("win7-x86-pae-header-only.dmp", "win10-x64-header-only.dmp"):
            self.assertEqual(support.run("vtop", support.dump(name), "80400000").returncode, 1)
            r, = kstate("vtop", support.dump(name), "-", stdin=["80400000"])
            self.assertEqual((r["physical"], r["state"]), (None, "unreadable"))

    def test_not_canonical(self):
        r, = kstate("vtop", support.dump("win11-26100-13a.dmp"), "-", stdin=["0000800000000000"])
        self.assertEqual((r["physical"], r["state"]), (None, None))


if __name__ == "__main__":
    support.main()
