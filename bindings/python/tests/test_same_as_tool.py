# SPDX-License-Identifier: MIT
"""One dump gives one set of records: the module against the command line."""
import json
import os
import pathlib
import subprocess

import pytest

import kstate

TOOL = os.environ.get("KSTATE_TOOL")
pytestmark = pytest.mark.skipif(not TOOL, reason="the kstate tool is not built")

REAL = pathlib.Path(os.environ.get("KSTATE_TEST_DATA") or "/nonexistent") / "dumps"
DUMPS = ["demo"] + sorted(p.name for p in REAL.glob("win*.dmp") if "header-only" not in p.name)


@pytest.fixture(params=DUMPS)
def path(request, dump_path):
    return dump_path if request.param == "demo" else REAL / request.param


def tool(command, path, kind):
    done = subprocess.run([TOOL, command, str(path), "--json"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return [r for r in map(json.loads, done.stdout.splitlines()) if r["type"] == kind]


def same(record, result, hexadecimal=(), plain=(), names=()):
    """Members of a record of the tool against those of the module; one that is absent there is None here."""
    for key, member in [*hexadecimal, *plain]:
        value = getattr(result, member)
        expected = record.get(key)
        if isinstance(expected, str) and (key, member) in hexadecimal:
            expected = int(expected, 16)
        assert value == expected, (key, value, record)
    for key, member in names:
        value = getattr(result, member)
        assert (value.label if value is not None else None) == record.get(key), (key, record)
    assert list(result.anomalies.labels) == record.get("anomalies", []), record


def twice(*names):
    return [(name, name) for name in names]


def walked(walk):
    """As the tool: what there is, whatever ends the walk."""
    try:
        return walk().partial()
    except kstate.KstError:
        return []


def test_processes(path):
    with kstate.open(path) as target:
        records = [r for r in tool("processes", path, "process") if r.get("listed")]
        results = walked(target.processes)
        assert len(results) == len(records) and (path.name != "demo.dmp" or results)
        for record, process in zip(records, results):
            same(record, process,
                 twice("address", "dtb", "user_dtb", "peb", "handle_table", "session", "token", "section", "section_base",
                       "protection"),
                 twice("pid", "parent_pid", "name", "path", "threads", "handles", "session_id"),
                 twice("user_state"))


def test_modules(path):
    with kstate.open(path) as target:
        records = tool("modules", path, "module")
        results = walked(target.modules)
        assert len(results) == len(records) and (path.name != "demo.dmp" or results)
        for record, module in zip(records, results):
            same(record, module,
                 [*twice("base", "entry_point", "time_date_stamp", "checksum")],
                 [("size", "size_of_image"), *twice("name", "path")])


def test_processors(path):
    with kstate.open(path) as target:
        records = tool("processors", path, "processor")
        results = walked(target.processors)
        assert len(results) == len(records) and (path.name != "demo.dmp" or results)
        for record, processor in zip(records, results):
            same(record, processor,
                 twice("kpcr", "kprcb", "current_thread", "next_thread", "idle_thread", "dpc_stack", "isr_stack",
                       "exception_stack"),
                 [*twice("number", "irql")])
            active = processor.dpc_routine_active
            assert (None if active is None else active != 0) == record.get("dpc_active")


def test_dpcs(path):
    with kstate.open(path) as target:
        records = tool("dpcs", path, "dpc")
        try:
            results = list(target.queued_dpcs())
            queues = list(target.dpc_queues())
        except kstate.KstError:
            results, queues = [], []
        assert len(results) == len(records) and (path.name != "demo.dmp" or results)
        for record, dpc in zip(records, results):
            same(record, dpc, twice("address", "routine", "context"), (), twice("kind"))
            arguments = record.get("arguments")
            assert dpc.arguments == (None if arguments is None else tuple(int(a, 16) for a in arguments))
        records = tool("dpcs", path, "dpc_queue")
        assert len(queues) == len(records)
        for record, queue in zip(records, queues):
            same(record, queue, twice("address", "active", "first", "last"), twice("processor", "depth", "count"),
                 twice("kind"))
