# SPDX-License-Identifier: MIT
"""processors, timers, dpcs, stack."""
from __future__ import annotations

from typing import Optional

from .. import _generated as g
from .._runtime import HostError, KstError, MemoryFault, TypeInfoError, Walk
from ._fields import anomalies, as_hex, put, record, table
from ._fields import Fields
from ._session import Records, Session, absent, end_of, ended, quiet, whole

_PROCESSOR = table("number kpcr:hex kprcb:hex current_thread:hex next_thread:hex idle_thread:hex dpc_stack:hex "
                   "isr_stack:hex exception_stack:hex dpc_active=dpc_routine_active:bool irql")
_TIMER = table("processor address:hex due=due_time:hex period dpc:hex")
_QUEUE = table("processor kind:dpc_kind_name address:hex depth count active:hex first:hex last:hex")
_DPC_OF = table("processor kind:dpc_kind_name")
_DPC = table("address:hex routine:hex context:hex arguments:hexes importance:dpc_importance_name")
_LINK = table("processor thread:hex stack:stack_name ip:hex sp:hex bp:hex low:hex high:hex found:registers_found_name checked:bool")


def processors(s: Session) -> Records:
    """Every processor control block."""
    yield from whole("processor", s.target.processors(), lambda p: record("processor", p, _PROCESSOR))


def timers(s: Session) -> Records:
    """Timers that wait, with their DPCs."""
    def make(t: g.Timer) -> Fields:
        r = record("timer", t, _TIMER, flags=False)
        if t.dpc:
            try:
                data = s.target.read(t.dpc, 0x40)
            except MemoryFault as fault:
                data = fault.partial
            try:
                dpc = g.decode_dpc(s.target.layout, data, t.dpc)
                if dpc.routine is not None:
                    r["routine"] = as_hex(dpc.routine)
            except KstError:
                pass
        return anomalies(r, t.anomalies)
    yield from whole("timer", s.target.timers(), make)


def dpcs(s: Session) -> Records:
    """DPC queues of every processor."""
    count = skipped = 0
    processors = s.target.processors()
    for processor in quiet(processors):
        for kind in (g.DpcKind.NORMAL, g.DpcKind.THREADED):
            try:
                queue = s.target.dpc_queue(processor, kind)
            except MemoryFault:
                skipped = g.WalkAnomaly.SKIPPED
                continue
            if queue is None:
                continue
            count += 1
            walk = s.target.dpcs(queue)
            found = walk.partial()
            if isinstance(walk.error, (HostError, TypeInfoError)):
                raise walk.error
            r = record("dpc_queue", queue, _QUEUE, flags=False)
            r["end"] = g.walk_end_name(walk.end)
            yield anomalies(r, queue.anomalies)
            for dpc in found:
                r = record("dpc", queue, _DPC_OF, flags=False)
                yield anomalies(put(r, dpc, _DPC), dpc.anomalies)
            yield end_of("dpc", walk)
    yield ended("dpc_queue", count, processors.end, processors.anomalies | skipped)
    if processors.error is not None:
        raise processors.error


def _dump_registers(s: Session) -> Optional[g.Registers]:
    """Of the processor that crashed, from the container."""
    data = s.dump.context() if s.dump is not None else None
    arch = s.target.identity().arch
    try:
        context = g.decode_context(arch or 0, data, 0) if data is not None else None
    except KstError:
        return None
    return g.Registers(ip=context.ip or 0, sp=context.sp or 0, bp=context.fp or 0) if context is not None else None


def _belongs(s: Session, processor: g.Processor, registers: g.Registers) -> bool:
    try:
        link = next(s.target.stack(processor, registers), None)
    except KstError:
        return False
    return link is not None and link.checked != 0


def _links(walk: Walk[g.StackLink]) -> Records:
    def make(link: g.StackLink) -> Fields:
        r = record("stack_link", link, _LINK, flags=False)
        if link.notes:
            r["notes"] = list(link.notes.labels)
        return anomalies(r, link.anomalies)
    yield from whole("stack_link", walk, make)


def _processor_stack(s: Session, processor: g.Processor, asked: bool) -> Records:
    registers = _dump_registers(s)
    ours = registers if registers is not None and _belongs(s, processor, registers) else None
    try:
        walk = s.target.stack(processor, ours)
    except MemoryFault:  # most processors of a dump were not stopped at a known place
        if asked:
            raise
        return
    yield from _links(walk)


def stack(s: Session) -> Records:
    """Stack switches back to the interrupted thread, of all processors, of one (`processor`) or of a `thread`."""
    if s.thread is not None:
        for processor in quiet(s.target.processors()):
            if processor.current_thread == s.thread:  # a running thread's stack begins with its processor's registers
                yield from _processor_stack(s, processor, True)
                return
        yield from _links(s.target.stack_thread(s.thread))
        return
    found = shown = False
    for processor in s.target.processors():
        if s.processor is None or processor.number == s.processor:
            found = True
            for r in _processor_stack(s, processor, s.processor is not None):
                shown = True
                yield r
    if s.processor is not None and not found:
        raise absent(f"no processor has the number {s.processor}")
    if not shown:
        yield {"type": "walk", "of": "stack_link", "count": 0, "end": g.walk_end_name(g.WalkEnd.UNREADABLE)}
