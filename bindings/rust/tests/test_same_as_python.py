# SPDX-License-Identifier: MIT
"""One dump gives one set of records in Rust and in Python (and there as in the tool: bindings/python/tests).

The Rust example `records` prints what it finds; here the same calls are made from Python.
"""
import json
import os
import pathlib
import subprocess
import sys

import pytest

import kstate

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "same"))
import cases  # noqa: E402


def plain(value):
    if isinstance(value, kstate.Record):
        return members(value)
    if isinstance(value, (tuple, bytes)):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, str) else int(value)


def members(record):
    return {member: plain(getattr(record, name)) for name, member, _, _ in record._c_members}


class Lines(list):
    """What `records` prints."""

    def show(self, record):
        self.append({"record": record._c_name, "members": members(record)})
        return record

    def failed(self, error):
        self.append({"error": error.name, "address": error.address})

    def walk(self, begin, *arguments):
        found = []
        try:
            walk = begin(*arguments)
            found = walk.partial()
            error = walk.error
        except kstate.KstError as failure:
            error = failure
        for record in found:
            self.show(record)
        if error is not None:
            self.failed(error)
        return found

    def one(self, call, *arguments):
        try:
            return self.show(call(*arguments))
        except kstate.KstError as error:
            self.failed(error)
            return None

    def all(self, call):
        try:
            return [self.show(record) for record in list(call())]
        except kstate.KstError as error:
            self.failed(error)
            return []


def quietly(call, *arguments):
    try:
        return call(*arguments)
    except kstate.KstError:
        return None


def processes(t):
    walk = quietly(t.processes)
    return walk.partial() if walk is not None else []


def system(t, out):
    out.show(t.identity())
    out.show(t.layout.info)
    out.one(t.debugger_data_read)
    out.one(t.memory_counters_read)
    out.one(t.verifier_settings)
    out.show(t.pte_context())


def processes_topic(t, out):
    for process in out.walk(t.processes):
        out.one(t.process_sources, process.address)
    out.walk(t.processes_from, kstate.Processes.KERNEL_LIST)
    out.one(t.process_idle)


def threads(t, out):
    for process in processes(t):
        out.walk(t.threads, process.address, kstate.Threads.EXECUTIVE)


def user(t, out):
    for process in processes(t):
        space = quietly(kstate.process_space, process)
        peb = out.one(t.process_peb, process, 0) if space is not None else None
        if peb is None:
            continue
        out.walk(t.user_modules, space, peb, kstate.LoaderList.LOAD)
        parameters = out.one(t.process_parameters_read, space, peb)
        if parameters is not None:
            out.walk(t.environment, space, parameters.environment or 0, parameters.environment_size or 0)


def vads(t, out):
    for process in processes(t):
        out.walk(t.vads, process)


def modules(t, out):
    for module in out.walk(t.kernel_modules):
        if module.base is not None:
            out.one(t.image_read, kstate.KERNEL, module.base)
    out.walk(t.unloaded_modules)


def processors(t, out):
    for processor in out.walk(t.processors):
        for link in out.walk(t.stack, processor, None):
            out.walk(t.return_addresses, link)
    out.walk(t.timers)


def dpcs(t, out):
    for queue in out.all(t.dpc_queues):
        out.walk(t.dpcs, queue)


def types(t, out):
    for kind in out.walk(t.object_types):
        out.one(t.object_list_check, kind.address)
        out.walk(t.objects, kind.address, 0)


def handles(t, out):
    for process in processes(t):
        if process.handle_table is not None:
            out.one(t.handle_table_at, process.handle_table)
            out.walk(t.handles, process.handle_table, 0)


def directory(t, out):
    for entry in out.walk(t.directory, 0, kstate.CONSTANTS["KST_DIRECTORY_RECURSE"]):
        thing = out.one(t.object_at, entry.body, kstate.ObjectAt.BODY) if entry.body is not None else None
        if thing is not None:
            out.one(t.object_body, thing)


def pool(t, out):
    for pool_range in out.all(t.pool_ranges):
        for page in range(pool_range.start, min(pool_range.end, pool_range.start + 0x10000), 0x1000):
            read = quietly(t.pool_page_read, kstate.KERNEL, page, 0, 0, 512)
            if read is not None:
                for block in read[0]:
                    out.show(block)
                out.show(read[1])
                out.one(t.pool_find, read[1].address + 0x123)
    for pool_range in quietly(t.pool_ranges) or []:
        end = min(pool_range.end, pool_range.start + 0x40000)
        out.all(lambda: t.pool_scan([b"Proc", b"Thre", b"File"], pool_range.start, end, all=True))
    out.one(t.large_table_locate)
    out.walk(t.large_allocations, None, 0)
    out.walk(t.pool_usage)


def pfns(t, out):
    out.walk(t.pfns, 0, 300)
    out.one(t.pfn_count)


def pages(t, out):
    kernel = t.identity().kernel_base or 0
    out.walk(t.page_runs, kstate.KERNEL, kernel, min(kernel + 0xffffff, 2**64 - 1), 0)
    out.one(t.translate, kstate.KERNEL, kernel, 0)


def sections(t, out):
    for usage in sorted(quietly(t.section_usages, 4096) or [], key=lambda usage: usage.control_area):
        out.show(usage)
        pair = quietly(t.control_area_read, usage.control_area)
        if pair is None:
            continue
        area, segment = map(out.show, pair)
        for subsection in out.walk(t.subsections, area)[:2]:
            if area.kind is not None:
                out.walk(t.section_pages, area.kind, subsection)


def callbacks(t, out):
    out.walk(t.callbacks, 0)


def verifier(t, out):
    for log in (kstate.VerifierLog.POOL, kstate.VerifierLog.IRP, kstate.VerifierLog.CRITICAL_REGION):
        out.walk(t.verifier, log, 0)


TOPICS = {"system": system, "processes": processes_topic, "threads": threads, "user": user, "vads": vads, "modules": modules,
          "processors": processors, "dpcs": dpcs, "types": types, "handles": handles, "directory": directory, "pool": pool,
          "pfns": pfns, "pages": pages, "sections": sections, "callbacks": callbacks, "verifier": verifier}


@pytest.fixture(scope="session")
def program():
    """The Rust program; cargo builds it."""
    subprocess.run([os.environ["KSTATE_CARGO"], "build", "--offline", "--quiet", "--example", "records",
                    "--manifest-path", str(HERE.parent / "Cargo.toml")], check=True)
    return pathlib.Path(os.environ["CARGO_TARGET_DIR"]) / "debug" / "examples" / "records"


def rust(program, image):
    symbols = [f"{name}={address:#x}" for name, address in image.symbols.items()]
    done = subprocess.run([program, *symbols, *TOPICS, image.path], check=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def python(image):
    lines = Lines()
    with kstate.open(image.path, symbols=image.symbols) as target:
        for topic in TOPICS.values():
            topic(target, lines)
    return lines


def compare(program, images):
    """Every topic of every image; the kinds of records that there were."""
    kinds = set()
    for image in images:
        theirs, ours = rust(program, image), python(image)
        for a, b in zip(theirs, ours):
            assert a == b, image.name
        assert len(theirs) == len(ours), image.name
        here = {line["record"] for line in theirs if "record" in line}
        print(f"{image.name}: {len(theirs)} lines, {len(here)} kinds of records")
        kinds |= here
    return kinds


def test_forged_images(program, tmp_path):
    assert len(compare(program, cases.forged(tmp_path))) > 35


def test_real_memory(program):
    images = [image for image in cases.real() if "header-only" not in image.name]
    if not images:
        pytest.skip("no real memory at hand (KSTATE_TEST_DATA)")
    assert len(compare(program, images)) > 35
