# SPDX-License-Identifier: MIT
"""What one dump tells, as one dict. Runs on a worker: it needs the kstate module and the file, nothing else."""
import os
import pathlib
import time

import kstate
from kstate import records

PAGES_MOST = 20000  # of pool, per dump
LISTED_MOST = 50


def owner(target, address):
    """"driver.sys+0x1337" of an address; the address alone where no module has it."""
    try:
        module = target.module_find(address)
        return f"{module.name}+{address - module.base:#x}" if module is not None else f"{address:#x}"
    except kstate.KstError:
        return f"{address:#x}"


def crash(target):
    """Version and bug check, from the record of `kstate info`."""
    keys = ("format", "arch", "build", "revision", "processors", "bugcheck", "bugcheck_name", "parameters", "exception",
            "system_time", "layout", "anomalies")
    found = next(records.run(target, "info"))
    return {key: found[key] for key in keys if key in found}


def stacks(target):
    """From where each processor was stopped, back over its stack switches to the thread that was interrupted."""
    found = []
    for record in records.run(target, "stack"):
        if record["type"] == "stack_link":
            if "ip" in record:
                record["at"] = owner(target, int(record["ip"], 16))
            found.append(record)
    return {"stacks": found[:LISTED_MOST]}


def dpcs(target):
    """Who was in a DPC, and what waited."""
    processors = [{"number": p.number, "dpc_active": bool(p.dpc_routine_active)} for p in target.processors().partial()]
    queued = [{"routine": owner(target, d.routine or 0), "kind": kstate.dpc_kind_name(d.kind)}
              for d in target.queued_dpcs()]
    return {"dpc_processors": [p["number"] for p in processors if p["dpc_active"]], "dpcs": queued[:LISTED_MOST]}


def pool_pages(target):
    """Mapped pages of the pool's ranges."""
    for pool in target.pool_ranges():
        for run in target.page_runs(kstate.KERNEL, pool.start, pool.end - 1).partial():
            if run.state == kstate.PteState.VALID:
                yield from range(run.address, run.address + run.length, 0x1000)


def pool(target):
    """Pages of pool by what they are; those that contradict themselves, with the rule that they break."""
    try:
        index = target.large_index()
    except kstate.KstError:
        index = None
    kinds, broken = {}, []
    for count, page in enumerate(pool_pages(target)):
        if count == PAGES_MOST:
            break
        verdict = target.pool_find(page, index)
        kind = kstate.pool_kind_name(verdict.kind)
        kinds[kind] = kinds.get(kind, 0) + 1
        if verdict.kind == kstate.PoolKind.INCONSISTENT and len(broken) < LISTED_MOST:
            broken.append({"page": f"{page:#x}", "rule": kstate.pool_rule_name(verdict.rule or 0)})
    return {"pool_pages": kinds, "pool_broken": broken}


def modules(target):
    """The kernel's modules, and the names of those that were unloaded."""
    loaded = [{"name": m.name, "base": f"{m.base or 0:#x}", "size": m.size_of_image, "stamp": m.time_date_stamp}
              for m in target.modules().partial()]
    try:
        unloaded = [m.name for m in target.unloaded_modules().partial()]
    except kstate.KstError:
        unloaded = []
    return {"modules": loaded, "unloaded": unloaded}


PARTS = (crash, stacks, dpcs, pool, modules)


def summarise(path):
    """The row of a dump. What the dump does not have is named in `missing`; what cannot be opened is an `error`."""
    start = time.perf_counter()
    row = {"file": str(path), "worker": os.getpid()}
    try:
        row["size"] = pathlib.Path(path).stat().st_size
        dump = kstate.Dump(path)
        try:
            target = dump.target()
        except kstate.KstError as failure:  # a header alone
            row.update(crash(dump), error=f"{type(failure).__name__}: {failure}")
            return row
        with target:
            for part in PARTS:
                try:
                    row.update(part(target))
                except kstate.KstError as failure:
                    row.setdefault("missing", {})[part.__name__] = str(failure)
    except Exception as failure:  # a row, whatever it was
        row["error"] = f"{type(failure).__name__}: {failure}"
    finally:
        row["seconds"] = round(time.perf_counter() - start, 4)
    return row
