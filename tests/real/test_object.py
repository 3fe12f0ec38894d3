# SPDX-License-Identifier: MIT
"""Objects, types, handles and the directory, entry by entry against what a debugger read."""

import unittest

import support
from support import address, kstate, of_type


def run(system, command, *arguments, **options):
    return kstate(command, support.image(system), *arguments, "--layout", support.layout(system), **options)


class Systems:
    """The tests of one system; the subclasses name it."""

    system = None

    def run_tool(self, command, *arguments, **options):
        return run(self.system, command, *arguments, **options)

    def walk(self, records, of):
        last = records[-1]
        self.assertEqual((last["type"], last["of"], last["end"]), ("walk", of, "closed"))
        return last

    def test_types(self):
        records = self.run_tool("types")
        self.assertEqual(self.walk(records, "object_type")["count"], 29)
        ours = [(address(r["address"]), r["name"], r["index"], r["key"], r["objects"], r["handles"], r["pool_type"], r["tracked"])
                for r in of_type(records, "object_type")]
        theirs = [(address(t["object_type"]), t["name"], t["Index"], t["Key"], t["TotalNumberOfObjects"],
                   t["TotalNumberOfHandles"], t["PoolType"], True) for t in support.truth(self.system)["object_types"]]
        self.assertEqual(ours, theirs)
        self.assertFalse([r for r in records if "anomalies" in r])

    def test_objects_of_every_type(self):
        for type_ in support.truth(self.system)["object_types"]:
            with self.subTest(type_["name"]):
                records = self.run_tool("objects", "0", type_["name"])
                walk = self.walk(records, "object")
                ours = [(address(r["header"]), address(r["body"]), r["creator_pid"], r["name"], r["pointer_count"],
                         r["handle_count"], r["object_type"]) for r in of_type(records, "object")]
                theirs = [(address(o["header"]), address(o["body"]), o["creator_pid"], o["name"], o["PointerCount"],
                           o["HandleCount"], type_["name"]) for o in type_["typelist"]]
                self.assertEqual(ours, theirs)
                self.assertEqual(walk["count"], type_["typelist_count"])
                differs = type_["typelist_count"] != type_["TotalNumberOfObjects"]
                self.assertEqual(walk.get("anomalies", []), ["count"] if differs else [])
                self.assertFalse([r for r in records[:-1] if "anomalies" in r])

    def test_handles_of_every_process(self):
        for process in support.truth(self.system)["processes"]:
            with self.subTest(process["pid"]):
                records = self.run_tool("handles", process["pid"])
                self.assertNotIn("anomalies", self.walk(records, "handle"))
                handles = of_type(records, "handle")
                fields = ("handle", "header", "body", "access")
                self.assertEqual([tuple(address(r[f]) for f in fields) + (r["object_type"], r["pid"]) for r in handles],
                                 [tuple(address(h[f]) for f in fields) + (h["type_name"], process["pid"])
                                  for h in process["handles"]])
                for ours, theirs in zip(handles, process["handles"]):
                    self.assertEqual(ours["name"], theirs["name"])
                    self.assertEqual(ours["state"], "live")
                self.assertEqual(of_type(records, "handle_table")[0]["address"], process["ObjectTable"])

    def test_handles_by_address_and_of_the_kernel(self):
        process = next(p for p in support.truth(self.system)["processes"] if p["pid"] == 4)
        by_pid = of_type(self.run_tool("handles", 4), "handle")
        for arguments in ([process["eprocess"]], [process["ObjectTable"]], ["--kernel"]):
            with self.subTest(arguments):
                handles = of_type(self.run_tool("handles", *arguments), "handle")
                self.assertEqual([(r["handle"], r["body"], r["pid"]) for r in handles],
                                 [(r["handle"], r["body"], r["pid"]) for r in by_pid])

    def test_process_and_thread_ids_are_handles_of_their_own_table(self):
        truth = support.truth(self.system)
        table = truth["globals"]["PspCidTable"]["pointer_sized_value"]
        ours = {(address(r["handle"]), address(r["body"]), r["object_type"])
                for r in of_type(self.run_tool("handles", table), "handle")}
        listed = [p for p in truth["processes"] if p["listed"]]
        theirs = {(p["pid"], address(p["eprocess"]), "Process") for p in listed}
        theirs |= {(t["tid"], address(t["ethread"]), "Thread") for p in listed for t in p["threads"]}
        self.assertLessEqual(theirs, ours)
        self.assertEqual({type_ for _, _, type_ in ours}, {"Process", "Thread"})

    def test_directory(self):
        truth = support.truth(self.system)
        known = {address(o["body"]): (o["name"], t["name"]) for t in truth["object_types"] for o in t["typelist"]}
        records = self.run_tool("directory")
        self.assertNotIn("anomalies", self.walk(records, "directory_entry"))
        entries = of_type(records, "directory_entry")
        paths = {r["path"]: r for r in entries}
        self.assertEqual(len(paths), len(entries))
        for entry in entries:
            self.assertNotIn("anomalies", entry)
            name, type_ = known[address(entry["body"])]
            self.assertEqual((entry["path"].rsplit("\\", 1)[1], entry["object_type"]), (name, type_))
        for type_ in truth["object_types"]:
            self.assertEqual(paths["\\ObjectTypes\\" + type_["name"]]["header"], type_["header"])
        # every named object of a type that only the directory keeps alive is found there
        for kind, folder in (("Driver", None), ("Callback", "\\Callback")):
            bodies = {b for b, (name, t) in known.items() if t == kind and name is not None}
            found = {address(r["body"]) for r in entries if r["object_type"] == kind}
            self.assertEqual(found, bodies, folder)
        below = of_type(self.run_tool("directory", "\\device"), "directory_entry")
        self.assertEqual([r["body"] for r in below],
                         [r["body"] for r in entries if r["path"].startswith("\\Device\\")])

    def test_file_names(self):
        files = support.truth(self.system)["files"]
        records = of_type(self.run_tool("objects", "File"), "object")
        ours = [(address(r["body"]), r.get("body_name"), address(r.get("device")), address(r["body_flags"])) for r in records]
        theirs = [(address(f["file_object"]), f["FileName"] or None, address(f["DeviceObject"]), address(f["Flags"]))
                  for f in files]
        self.assertEqual(sorted(ours, key=repr), sorted(theirs, key=repr))
        self.assertTrue(all(r["kind"] == "file" for r in records))

    def test_driver_process_and_thread_names(self):
        truth = support.truth(self.system)
        for record in of_type(self.run_tool("objects", "Driver"), "object"):
            self.assertEqual(record["body_name"].rsplit("\\", 1)[1].lower(), record["name"].lower())
        processes = {address(p["eprocess"]): p for p in truth["processes"]}
        for record in of_type(self.run_tool("objects", "Process"), "object"):
            process = processes[address(record["body"])]
            self.assertEqual((record["body_pid"], record["body_name"]), (process["pid"], process["ImageFileName"]))
        threads = {address(t["ethread"]): t for p in truth["processes"] for t in p["threads"]}
        for record in of_type(self.run_tool("objects", "Thread"), "object"):
            thread = threads[address(record["body"])]
            self.assertEqual((record["body_pid"], record["body_tid"]), (thread["pid"], thread["tid"]))

    def test_object_by_body_and_by_header(self):
        wanted = [(o, t["name"]) for t in support.truth(self.system)["object_types"] for o in t["typelist"]]
        for key in ("body", "header"):
            records = self.run_tool("object", "-", stdin=[o[key] for o, _ in wanted])
            self.assertEqual(len(records), len(wanted))
            for record, (theirs, type_) in zip(records, wanted):
                self.assertEqual((record["input"], record["header"], record["body"], record["object_type"]),
                                 (theirs[key], theirs["header"], theirs["body"], type_))
        records = self.run_tool("object", "-", stdin=["0", "1000", wanted[0][0]["body"]])
        self.assertEqual([r["header"] for r in records], [None, None, wanted[0][0]["header"]])

    def test_what_is_not_there(self):
        self.run_tool("objects", "NoSuchType", status=1)
        self.run_tool("directory", "\\NoSuchDirectory", status=1)
        self.run_tool("handles", "3", status=1)
        self.run_tool("handles", status=2)
        self.run_tool("directory", "Device", status=2)


class X86(Systems, unittest.TestCase):
    system = "nt52-x86"


class X64(Systems, unittest.TestCase):
    system = "nt52-x64"


class Triage(unittest.TestCase):
    """Objects of object types in the pool pieces of a small dump: what is there is told, what is missing too."""

    name = "win10-19041-7e.dmp"

    def test_object_type_chunk(self):
        for at in ("ffffbb0e3b8f7e50", "ffffbb0e3b8f7e80"):  # header and body
            record, = kstate("object", support.dump(self.name), at)
            expected = {"header": "0xffffbb0e3b8f7e50", "body": "0xffffbb0e3b8f7e80", "pointer_count": 2,
                        "handle_count": 0, "creator_pid": 4, "stored_type_index": "0xa2", "info_mask": "0x3",
                        "flags": "0x13", "infos": ["creator", "name"], "directory": "0xffff900e0f25be10",
                        "name_length": 6, "type_list_flink": "0xffffbb0e3b8f8930",
                        "type_list_blink": "0xffffbb0e3b8f7b70"}
            self.assertEqual({key: record[key] for key in expected}, expected)
            # type table and cookie are not in this dump: no type is guessed
            self.assertIsNone(record["object_type"])
            self.assertNotIn("type_index", record)
            self.assertEqual(record["anomalies"], ["cookie-unknown"])

    def test_neighbours(self):
        """The list of types, from the chunk on in both directions as far as the dump goes."""
        seen = {}
        todo = ["ffffbb0e3b8f7e30"]
        while todo:
            entry = int(todo.pop(), 16)
            if entry in seen:
                continue
            record, = kstate("object", support.dump(self.name), "-", stdin=[f"{entry + 0x50:x}"])
            seen[entry] = record
            if record["header"] is not None and "type_list_flink" in record:
                todo += [record["type_list_flink"], record["type_list_blink"]]
        there = {e: r for e, r in seen.items() if r["header"] is not None}
        self.assertGreater(len(there), 3)
        self.assertGreater(len(seen), len(there))  # some neighbours are missing, and said to be
        cookies = set()
        for entry, record in there.items():
            header = int(record["header"], 16)
            self.assertEqual(header, entry + 0x20)
            self.assertEqual((record["creator_pid"], record["info_mask"]), (4, "0x3"))
            cookies.add(int(record["stored_type_index"], 16) ^ (header >> 8 & 0xff) ^ 2)
            after = there.get(int(record["type_list_flink"], 16))
            if after is not None:
                self.assertEqual(int(after["type_list_blink"], 16), entry)
        self.assertEqual(len(cookies), 1)  # all are of type number 2, Type: one cookie explains them

    def test_handles(self):
        records = kstate("handles", support.dump(self.name), 4)
        handles = of_type(records, "handle")
        self.assertGreater(len(handles), 200)
        for handle in handles:
            self.assertEqual(address(handle["header"]) % 16, 0)
            self.assertEqual(address(handle["header"]) >> 44, 0xffffb if handle["header"][6] == "b" else 0xffff9)
            self.assertEqual(address(handle["body"]) - address(handle["header"]), 0x30)
            self.assertEqual(address(handle["handle"]) // 4 % 256, address(handle["entry"]) // 16 % 256)
        self.assertEqual(records[-1]["anomalies"], ["skipped"])

    def test_lists_are_not_there(self):
        for command in (["types"], ["objects", "File"], ["directory"]):
            self.assertEqual(of_type(kstate(command[0], support.dump(self.name), *command[1:], status=1), "object"), [])


if __name__ == "__main__":
    support.main()
