# SPDX-License-Identifier: MIT
"""Processors, DPC queues and stacks of real systems."""
import pathlib
import tempfile
import unittest

import support
from support import address, kstate, of_type


class Systems(unittest.TestCase):
    """The processor blocks of two whole systems, against a debugger's values."""

    def check(self, name):
        arguments = [support.image(name), "--layout", support.layout(name)]
        found = of_type(kstate("processors", *arguments), "processor")
        truth = support.truth(name)["prcbs"]
        self.assertEqual(len(found), len(truth))
        for one, other in zip(found, truth):
            for key, theirs in (("kprcb", "prcb"), ("kpcr", "pcr"), ("current_thread", "CurrentThread"), ("next_thread", "NextThread"),
                                ("idle_thread", "IdleThread"), ("dpc_stack", "DpcStack"), ("number", "Number")):
                self.assertEqual(address(one[key]), address(other[theirs]), key)
            self.assertEqual(one["dpc_active"], address(other["DpcRoutineActive"]) != 0)
            self.assertNotIn("anomalies", one)
        records = kstate("dpcs", *arguments)
        for queue in of_type(records, "dpc_queue"):
            dpcs = [d for d in of_type(records, "dpc") if d["kind"] == queue["kind"]]
            self.assertEqual(len(dpcs), queue["depth"])
            self.assertEqual(queue["end"], "closed")
            self.assertNotIn("anomalies", queue)

    def test_x86(self):
        self.check("nt52-x86")

    def test_x64(self):
        self.check("nt52-x64")


class Timers(unittest.TestCase):
    """The table of both systems, whose symbol is not in their types: it is where 512 list heads stand.

    The order proves the shape: a timer's bucket is its due time in clock ticks, modulo 512, which no other stride gives.
    One timer of each lies on a stack that is not in memory.
    """

    def check(self, name, layout, table):
        records = kstate("timers", support.image(name), "--layout", layout, "--symbol", f"KiTimerTableListHead={table}")
        due = [address(t["due"]) for t in of_type(records, "timer")]
        self.assertEqual(len(due), 28)
        self.assertTrue(any(sorted(buckets) == buckets for buckets in ([d // tick % 512 for d in due] for tick in range(100000, 160000, 16))))
        self.assertEqual((records[-1]["end"], records[-1]["anomalies"]), ("closed", ["skipped"]))
        modules = [(address(m["base"]), address(m["size"])) for m in support.truth(name)["loaded_modules"]]
        routines = [address(t["routine"]) for t in of_type(records, "timer") if "routine" in t]
        self.assertGreater(len(routines), 4)
        self.assertTrue(all(any(base <= r < base + size for base, size in modules) for r in routines))

    def test_x86(self):
        """Entries of 0x10 bytes, as 2003 SP1 has: the type is not in the layout."""
        self.check("nt52-x86", support.layout("nt52-x86"), "8063fdc0")

    def test_x64(self):
        """Entries with a lock, as 7 has, and not as 2003 SP1: they are stated."""
        rows = pathlib.Path(support.layout("nt52-x64")).read_text() + "\n_KTIMER_TABLE_ENTRY\t0x20\n_KTIMER_TABLE_ENTRY.Entry\t0x8\tLIST_ENTRY\n"
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as layout:
            layout.write(rows)
            layout.flush()
            self.check("nt52-x64", layout.name, "fffff8000062e300")


class Dumps(unittest.TestCase):
    def test_all_sixteen_processors(self):
        dump = support.dump("win10-19041.804-7e.dmp")
        found = of_type(kstate("processors", dump), "processor")
        self.assertEqual([p["number"] for p in found], list(range(16)))
        self.assertEqual(found[0]["kprcb"], "0xfffff804782d4180")
        self.assertEqual(found[0]["dpc_stack"], "0xfffff804808f3fb0")
        self.assertEqual((found[1]["kprcb"], found[1]["dpc_stack"]), ("0xffff9b0002300180", "0xffff850429630fb0"))
        queues = of_type(kstate("dpcs", dump), "dpc_queue")
        self.assertEqual([q["count"] for q in queues if q["kind"] == "normal"],
                         [803, 634, 1831, 90, 1779, 92, 1077, 85, 934, 109, 725, 110, 1256, 699, 651, 121])
        self.assertTrue(all(q["depth"] == 0 and q["end"] == "terminated" and "anomalies" not in q for q in queues))

    def test_a_crash_inside_a_dpc(self):
        dump = support.dump("win10-19041-1e.dmp")
        records = kstate("dpcs", dump)
        queue = of_type(records, "dpc_queue")[0]
        self.assertEqual((queue["processor"], queue["kind"], queue["depth"], queue["count"]), (0, "normal", 1, 17868609))
        self.assertEqual((queue["active"], queue["end"]), ("0xffff800657277160", "unreadable"))
        self.assertEqual(of_type(records, "dpc"), [])  # the KDPC is not in the dump, and none is made up
        links = of_type(kstate("stack", dump, "--processor", "0"), "stack_link")
        self.assertEqual([link["stack"] for link in links], ["exception", "dpc", "thread"])
        self.assertEqual([link["found"] for link in links], ["context", "frame", "frame"])
        self.assertTrue(all(link["checked"] for link in links))
        thread = links[-1]
        self.assertEqual((thread["ip"], thread["sp"], thread["bp"]), ("0xfffff8030bc061f0", "0xffff92047569eeb0", "0xffff92047569ef70"))
        self.assertEqual(thread["thread"], "0xffff80065b87d080")

    def test_the_saved_registers_of_every_processor(self):
        """Stopped by the one that crashed; their contexts are outside of the KPRCB. The values are a debugger's."""
        registers = {
            "win10-19041.804-7e.dmp": {1: ("0xfffff8047bd8d14d", "0xffff8504296296b0"), 5: ("0xfffff8047bc5c26e", "0xffff850429910ba0")},
            "win10-19041.3448-1a.dmp": {7: ("0xfffff8047b9fcd70", "0xffff8a8c5dd3f6a8")},
            "win10-19041-7e.dmp": {0: ("0x7ffa9ed41874", "0xd0804779f0")},
        }
        for name, count in (("win10-19041.804-7e.dmp", 16), ("win10-19041.3448-1a.dmp", 12), ("win10-19041-7e.dmp", 4)):
            links = {link["processor"]: link for link in of_type(kstate("stack", support.dump(name)), "stack_link")}
            self.assertEqual(sorted(links), list(range(count)), name)
            self.assertTrue(all("anomalies" not in link for link in links.values()), name)
            for number, (ip, sp) in registers[name].items():
                self.assertEqual((links[number]["ip"], links[number]["sp"]), (ip, sp), name)
        # stopped in user mode: nothing is wrong with that
        records = kstate("stack", support.dump("win10-19041-7e.dmp"), "--processor", "0")
        self.assertEqual((records[0]["stack"], records[-1]["end"]), ("unknown", "terminated"))

    def test_the_crashing_processor_alone(self):
        """17763 and 26100 hold one KPRCB and do not say where it was: its own empty lists do."""
        for name, number in (("win10-17763-7e.dmp", 6), ("win11-26100-13a.dmp", 11)):
            found = of_type(kstate("processors", support.dump(name)), "processor")
            self.assertEqual([p["number"] for p in found], [number], name)
            links = of_type(kstate("stack", support.dump(name)), "stack_link")
            self.assertEqual([link["stack"] for link in links], ["thread"], name)
            self.assertTrue(links[0]["checked"], name)


if __name__ == "__main__":
    support.main()
