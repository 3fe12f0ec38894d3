# SPDX-License-Identifier: MIT
"""Processes and threads of two whole systems, entry by entry; what triage dumps hold of the crashing ones."""

import datetime
import pathlib
import shutil
import struct
import tempfile
import unittest

import support

SYSTEMS = ("nt52-x86", "nt52-x64")

STATES = ("initialized ready running standby terminated waiting transition deferred-ready gate-wait "
          "waiting-for-process-in-swap").split()

# in the order of the numbers
REASONS = ("executive free-page page-in pool-allocation delay-execution suspended user-request wr-executive wr-free-page "
           "wr-page-in wr-pool-allocation wr-delay-execution wr-suspended wr-user-request wr-event-pair wr-queue "
           "wr-lpc-receive wr-lpc-reply wr-virtual-memory wr-page-out wr-rendezvous wr-keyed-event wr-terminated "
           "wr-process-in-swap wr-cpu-rate-control wr-callout-stack wr-kernel wr-resource wr-push-lock wr-mutex "
           "wr-quantum-end wr-dispatch-int wr-preempted wr-yield-execution wr-fast-mutex wr-guarded-mutex wr-rundown "
           "wr-alert-by-thread-id wr-deferred-preempt wr-physical-fault wr-io-ring wr-mdl-cache wr-rcu").split()


def run(command, system, *args):
    return support.kstate(command, support.image(system), *args, "--layout", support.layout(system), "--json")


def iso(filetime):
    if filetime == 0:
        return None
    seconds, rest = divmod(filetime, 10_000_000)
    day = datetime.datetime(1601, 1, 1) + datetime.timedelta(seconds=seconds)
    return day.strftime("%Y-%m-%dT%H:%M:%S") + f".{rest:07}Z" if day.year > 1900 else "old"


class Systems(unittest.TestCase):
    def test_processes_equal_the_truth(self):
        keys = {
            "address": "eprocess", "dtb": "dtb", "peb": "peb", "parent_pid": "ppid", "name": "ImageFileName",
            "threads": "ActiveThreads", "handles": "HandleCount", "handle_table": "ObjectTable", "section": "SectionObject",
            "section_base": "SectionBaseAddress", "session": "Session", "token": "Token", "listed": "listed",
        }
        for system in SYSTEMS:
            records = run("processes", system)
            ours = {r["pid"]: r for r in support.of_type(records, "process")}
            truth = {p["pid"]: p for p in support.truth(system)["processes"]}
            self.assertEqual(ours.keys(), truth.keys())
            self.assertEqual(records[-1], {"type": "walk", "of": "process", "count": len(truth) - 1, "end": "closed"})
            for pid, p in truth.items():
                with self.subTest(system=system, pid=pid):
                    for ours_key, key in keys.items():
                        self.assertEqual(ours[pid][ours_key], p[key], ours_key)
                    if iso(p["CreateTime"]) != "old":
                        self.assertEqual(ours[pid]["create_time"], iso(p["CreateTime"]))
                    self.assertIsNone(ours[pid]["exit_time"])
                    self.assertEqual(ours[pid]["user_state"], "none" if pid in (0, 4) else "present")
                    self.assertNotIn("anomalies", ours[pid])
                    # the list, the ids and the list of the type agree; Idle is in none of them
                    self.assertEqual(ours[pid].get("sources"), None if pid == 0 else ["list", "cid-table", "object-list"])

    def test_links_tell_what_the_walks_tell(self):
        for system in SYSTEMS:
            for p in support.truth(system)["processes"][:5]:
                records = support.of_type(run("process", system, str(p["pid"])), "process")
                self.assertEqual(records[0].get("sources"),
                                 None if p["pid"] == 0 else ["list", "cid-table", "object-list"])
                self.assertNotIn("anomalies", records[0])

    def test_lists_are_compared(self):
        """With System's own links as the head, System is on no list, and the true head looks like a process."""
        for system, offset in (("nt52-x86", 0x98), ("nt52-x64", 0xd8)):
            truth = {p["pid"]: p for p in support.truth(system)["processes"]}
            head = support.address(truth[4]["eprocess"]) + offset
            records = support.kstate("processes", support.image(system), "--layout", support.layout(system), "--json",
                                     "--symbol", f"PsActiveProcessHead={head:x}")
            sources = {r["address"]: r.get("sources") for r in support.of_type(records, "process")}
            self.assertEqual(sources.pop(truth[4]["eprocess"]), ["cid-table", "object-list"])
            self.assertEqual([s for s in sources.values() if s == ["list"]], [["list"]])
            flagged = {r["address"]: r["anomalies"] for r in support.of_type(records, "process") if "anomalies" in r}
            self.assertIn("not-listed", flagged.pop(truth[4]["eprocess"]))
            self.assertEqual(len(flagged), 1)
            told = flagged.popitem()[1]
            self.assertIn("not-in-cid-table", told)
            self.assertIn("not-in-object-list", told)

    def test_threads_equal_the_truth(self):
        keys = {"pid": "pid", "tid": "tid", "start": "StartAddress", "initial_stack": "InitialStack",
                "stack_limit": "StackLimit", "kernel_stack": "KernelStack", "teb": "Teb"}
        for system in SYSTEMS:
            records = run("threads", system)
            ours = [r for r in support.of_type(records, "thread")]
            truth = [t for p in support.truth(system)["processes"] for t in p["threads"]]
            self.assertEqual(records[-1], {"type": "walk", "of": "thread", "count": len(truth), "end": "closed"})
            self.assertEqual([r["address"] for r in ours], [t["ethread"] for t in truth])
            for r, t in zip(ours, truth):
                with self.subTest(system=system, tid=t["tid"]):
                    for ours_key, key in keys.items():
                        self.assertEqual(r[ours_key], t[key], ours_key)
                    self.assertEqual(r["state"], STATES[t["State"]])
                    self.assertEqual(r["wait_reason"], REASONS[t["WaitReason"]])
                    self.assertLess(support.address(r["stack_limit"]), support.address(r["stack_base"]))
                    self.assertNotIn("anomalies", r)

    def test_threads_of_one_process(self):
        for system in SYSTEMS:
            for p in support.truth(system)["processes"][:4]:
                ours = support.of_type(run("threads", system, str(p["pid"])), "thread")
                self.assertEqual([r["address"] for r in ours], [t["ethread"] for t in p["threads"]])

    def test_a_space_by_process_id(self):
        """User memory of a process is read in its own space: the first byte of each program is M."""
        for system in SYSTEMS:
            for p in support.truth(system)["processes"]:
                if p["peb"] == "0x0":
                    continue
                ours = run("read", system, p["peb"], "20", "--space", f"pid:{p['pid']}")
                self.assertEqual(ours[0]["valid"], 32)
                width = 4 if system.endswith("x86") else 8
                data = bytes.fromhex(ours[0]["data"])
                self.assertEqual(int.from_bytes(data[2 * width:3 * width], "little"),
                                 support.address(p["peb_ImageBaseAddress"]))

    def test_unloaded_user_modules(self):
        """These systems keep no trace: two records are forged into an unused part of the PEB's page, in a copy."""
        for system, form in (("nt52-x86", "<IIIII64s8x"), ("nt52-x64", "<QQIII64s8x4x")):
            p = support.truth(system)["processes"][5]
            trace = support.address(p["peb"]) + 0x800
            at = support.address(run("vtop", system, hex(trace), "--space", f"pid:{p['pid']}")[0]["physical"])
            with tempfile.TemporaryDirectory() as folder:
                copy = pathlib.Path(folder) / "memory.lime"
                shutil.copyfile(support.image(system), copy)
                with open(copy, "r+b") as f:
                    while True:  # the range that holds the page
                        _, _, first, last, _ = struct.unpack("<IIQQQ", f.read(32))
                        if first <= at <= last:
                            break
                        f.seek(last - first + 1, 1)
                    f.seek(at - first, 1)
                    for i, name in enumerate(("older.dll", "newer.dll")):
                        f.write(struct.pack(form, 0x10000000 * (i + 1), 0x5000, i, 0x4a5bc60f, 0, name.encode("utf-16-le")))
                records = support.kstate("lmu", str(copy), str(p["pid"]), "--layout", support.layout(system), "--json",
                                         "--symbol", f"RtlpUnloadEventTrace={trace:x}")
                text = support.run("lmu", str(copy), str(p["pid"]), "--layout", support.layout(system),
                                   "--symbol", f"RtlpUnloadEventTrace={trace:x}").stdout
            self.assertEqual([(r["pid"], r["start"], r["end"], r["name"]) for r in support.of_type(records, "unloaded_module")],
                             [(p["pid"], "0x20000000", "0x20005000", "newer.dll"),
                              (p["pid"], "0x10000000", "0x10005000", "older.dll")])
            walk = records[-1]  # 64 slots do not fit the page: what is not mapped after it is skipped, and told
            self.assertLessEqual(set(walk.pop("anomalies", [])), {"skipped"})
            self.assertEqual(walk, {"type": "walk", "of": "unloaded_module", "count": 2, "end": "terminated"})
            self.assertRegex(text, r"(?s)Unloaded modules:.*20005000   newer\.dll\n.*10005000   older\.dll")
            self.assertEqual(support.of_type(run("lmu", system, str(p["pid"])), "unloaded_module"), [])

    def test_no_such_process(self):
        for command in ("threads", "peb", "lmu", "process"):
            support.kstate(command, support.image("nt52-x86"), "12345", "--layout", support.layout("nt52-x86"), "--json",
                           status=1)


class Triage(unittest.TestCase):
    def test_the_crashing_process_and_thread(self):
        """Read by hand in the dump: KPRCB 0 runs ffff80065b87d080 of obs64.exe (1760)."""
        dump = support.dump("win10-19041-1e.dmp")
        p = support.of_type(support.kstate("processes", dump, "--json"), "process")
        self.assertEqual([(r["pid"], r["name"]) for r in p], [(1760, "obs64.exe")])
        threads = support.of_type(support.kstate("threads", dump, "1760", "--json"), "thread")
        self.assertEqual(threads[0]["address"], "0xffff80065b87d080")
        self.assertEqual(threads[0]["state"], "running")
        self.assertEqual(threads[0]["stack_base"], "0xffff9204756a0000")

    def test_without_the_processor_block(self):
        """KiProcessorBlock is in neither dump: the container's own KPRCB leads to the thread and its process."""
        for name, pid, tid, thread in (("win10-17763-7e.dmp", 4, 0x198, "0xffff8903517e7240"),
                                       ("win11-26100-13a.dmp", 0x2efc, 0x4340, "0xffffe60336c61080")):
            with self.subTest(name):
                dump = support.dump(name)
                p = support.of_type(support.kstate("processes", dump, "--json"), "process")
                self.assertEqual([r["pid"] for r in p], [pid])
                t = support.of_type(support.kstate("threads", dump, "--json"), "thread")
                self.assertEqual([(r["address"], r["pid"], r["tid"]) for r in t], [(thread, pid, tid)])

    def test_what_is_not_there_is_left_out(self):
        """Of other processes only pieces are in a dump; no value of theirs is made up."""
        dump = support.dump("win10-19041.804-7e.dmp")
        records = support.of_type(support.kstate("processes", dump, "--json"), "process")
        self.assertEqual([r["name"] for r in records if "name" in r], ["System"])
        self.assertTrue(all("dtb" not in r and "peb" not in r for r in records if "name" not in r))

    def test_a_paged_out_peb_is_an_answer(self):
        dump = support.dump("win10-19041-1e.dmp")
        records = support.kstate("peb", dump, "1760", "--json", status=0)
        self.assertEqual(records[0]["state"], "paged-out")
        self.assertEqual(support.address(records[0]["unreadable"]), support.address(records[0]["address"]) + 0x18)


if __name__ == "__main__":
    support.main()
