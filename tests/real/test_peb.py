# SPDX-License-Identifier: MIT
"""PEBs, loader lists and process parameters of every process of two whole systems."""

import unittest

import support

SYSTEMS = ("nt52-x86", "nt52-x64")

PARAMETERS = {"image_path": "ImagePathName", "command_line": "CommandLine", "dll_path": "DllPath",
              "window_title": "WindowTitle", "desktop_info": "DesktopInfo", "current_directory": "CurrentDirectory"}


def run(command, system, pid):
    return support.kstate(command, support.image(system), str(pid), "--layout", support.layout(system), "--json")


class Systems(unittest.TestCase):
    def test_loader_lists_equal_the_truth(self):
        for system in SYSTEMS:
            for p in support.truth(system)["processes"]:
                if "ldr_load" not in p:
                    continue
                records = run("lmu", system, p["pid"])
                self.assertTrue(all(r["end"] == "closed" for r in support.of_type(records, "walk")))
                for name in ("load", "memory", "init"):
                    with self.subTest(system=system, pid=p["pid"], list=name):
                        ours = [r for r in support.of_type(records, "user_module") if r["list"] == name]
                        self.assertEqual(
                            [(r["entry"], r["base"], hex(r["size"]), r["name"], r["path"]) for r in ours],
                            [(m["entry"], m["base"], m["size"], m["name"], m["path"]) for m in p["ldr_" + name]])
                        self.assertTrue(all(r["pid"] == p["pid"] for r in ours))
                        self.assertFalse([r for r in ours if "anomalies" in r])

    def test_pebs_equal_the_truth(self):
        for system in SYSTEMS:
            for p in support.truth(system)["processes"]:
                with self.subTest(system=system, pid=p["pid"]):
                    records = run("peb", system, p["pid"])
                    self.assertEqual(len(records), 1)
                    r = records[0]
                    if p["peb"] == "0x0":
                        self.assertEqual(r["state"], "none")
                        continue
                    self.assertEqual(r["state"], "present")
                    self.assertEqual(r["address"], p["peb"])
                    self.assertEqual(r["image_base"], p["peb_ImageBaseAddress"])
                    self.assertEqual(r["ldr"], p["peb_Ldr"])
                    self.assertEqual(r["nt_global_flag"], p["peb_NtGlobalFlag"])
                    self.assertEqual(r["process_heap"], p["peb_ProcessHeap"])
                    self.assertEqual([r["os_major"], r["os_minor"]], p["peb_OSVersion"])
                    self.assertNotIn("anomalies", r)
                    wanted = p["process_parameters"]
                    self.assertEqual(r["parameters"]["address"], wanted["address"])
                    for ours, theirs in PARAMETERS.items():
                        self.assertEqual(r["parameters"][ours], wanted[theirs], ours)
                    self.assertEqual(r["environment"]["end"], "terminated")
                    self.assertTrue(all("=" in v for v in r["environment"]["variables"]))

    def test_process_shows_all_of_it(self):
        system = "nt52-x86"
        p = next(p for p in support.truth(system)["processes"] if p["ImageFileName"] == "notepad.exe")
        records = run("process", system, p["pid"])
        count = {t: len(support.of_type(records, t)) for t in ("process", "thread", "user_module", "peb")}
        modules = sum(len(p["ldr_" + name]) for name in ("load", "memory", "init"))
        self.assertEqual(count, {"process": 1, "thread": len(p["threads"]), "user_module": modules, "peb": 1})


if __name__ == "__main__":
    support.main()
