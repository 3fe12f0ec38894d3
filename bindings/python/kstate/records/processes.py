# SPDX-License-Identifier: MIT
"""processes, process, threads, peb, lmu, vads."""
from __future__ import annotations

import dataclasses
from typing import Dict, Iterator, List, Optional, Set, Tuple, Union

from .. import _generated as g
from .._native import lib
from .._runtime import HostError, KstError, Walk
from .._target import KERNEL
from ._fields import Fields, anomalies, as_hex, as_number, as_time, names, put, record, table
from ._session import Records, Session, absent, decimal, end_of, ended, quiet, whole
from .objects import global_value

_PROCESS = table("address:hex pid parent_pid name path dtb:hex user_dtb:hex peb:hex wow64_peb:hex threads handles "
                 "create_time:time exit_time:time user_state:user_state_name handle_table:hex session_id session:hex "
                 "token:hex section:hex section_base:hex protection:hex")
_THREAD = table("address:hex pid tid state:thread_state_name wait_reason:wait_reason_name start:hex win32_start:hex "
                "stack_base:hex stack_limit:hex initial_stack:hex kernel_stack:hex teb:hex user_stack_base:hex "
                "user_stack_limit:hex process:hex attached_process:hex win32_thread:hex priority context_switches "
                "processor=next_processor create_time:time exit_time:time name")
_PEB = table("ldr:hex image_base:hex being_debugged:bool process_heap:hex bit_field:hex subsystem_data:hex "
             "nt_global_flag:hex session_id")
_PEB_MORE = table("os_build ldr_initialized:bool")
_TEXTS = ("current_directory", "window_title", "image_path", "command_line", "dll_path", "desktop_info", "shell_info")
_MODULE = table("bits entry=address:hex base:hex size=size_of_image name path entry_point:hex time_date_stamp:hex "
                "flags:hex load_count load_reason:load_reason_name")
_UNLOADED = table("name sequence time_date_stamp:hex")
_VAD = table("address:hex start:hex end:hex flags:hex kind:vad_kind_name private=private_memory:bool protection "
             "control_area:hex path")

_ORDERS = (lib.KST_LOADER_LIST_LOAD, lib.KST_LOADER_LIST_MEMORY, lib.KST_LOADER_LIST_INIT)
_MISSED = ((g.ProcessSource.LIST, g.ProcessAnomaly.NOT_LISTED),
           (g.ProcessSource.KERNEL_LIST, g.ProcessAnomaly.NOT_IN_KERNEL_LIST),
           (g.ProcessSource.CID_TABLE, g.ProcessAnomaly.NOT_IN_CID_TABLE),
           (g.ProcessSource.OBJECT_LIST, g.ProcessAnomaly.NOT_IN_OBJECT_LIST))


# --- processes ------------------------------------------------------------------------------------------------------


def _process(p: g.Process, listed: Optional[bool] = None, known: Optional[Tuple[int, int]] = None) -> Fields:
    """`known`: the sources that could be asked, and those of them that know the process."""
    if known is not None:
        for source, anomaly in _MISSED:
            # a process that exits leaves the kernel's list before it is deleted
            leaving = source == g.ProcessSource.KERNEL_LIST and p.traits & g.ProcessIs.EXITING
            if known[0] & ~known[1] & source and not leaving:
                p = dataclasses.replace(p, anomalies=p.anomalies | anomaly)
    r = record("process", p, _PROCESS, flags=False)
    if p.wow64_peb is None and p.present & g.ProcessHas.WOW64 and not p.wow64_process:
        r["wow64_peb"] = None
    for key, has, bit in (("secure", g.ProcessHas.SECURE, g.ProcessIs.SECURE),
                          ("minimal", g.ProcessHas.MINIMAL, g.ProcessIs.MINIMAL),
                          ("exiting", g.ProcessHas.EXITING, g.ProcessIs.EXITING)):
        if p.present & has:
            r[key] = bool(p.traits & bit)
    if listed is not None:
        r["listed"] = listed
    if known is not None and known[0]:
        r["sources"] = names(known[1], g.process_source_name)
    return anomalies(r, p.anomalies)


class _Known:
    """The processes that one source knows, apart from the list of active ones."""

    def __init__(self, source: int) -> None:
        self.source = source
        self.addresses: Dict[int, None] = {}
        self.whole = False


def _cid_table(s: Session) -> _Known:
    """PspCidTable: every process and thread id comes from it."""
    known = _Known(g.ProcessSource.CID_TABLE)
    at = global_value(s, "PspCidTable")
    if at is None:
        return known
    try:
        walk = s.target.handles(at, lib.KST_HANDLES_CID)
    except HostError:
        raise
    except KstError:
        return known
    for handle in quiet(walk):
        try:  # threads are in it too: what has this number for its process id is a process
            if handle.present & g.HandleHas.OBJECT and s.target.process_read(handle.body or 0).pid == handle.handle:
                known.addresses[handle.body or 0] = None
        except HostError:
            raise
        except KstError:
            pass
    known.whole = walk.error is None and not walk.anomalies
    return known


def _object_list(s: Session) -> _Known:
    """The list of all objects of type Process. Where it is not kept, its length is not the number of objects."""
    known = _Known(g.ProcessSource.OBJECT_LIST)
    try:
        kind = s.target.object_type_find("Process")
        if kind is None:
            return known
        walk = s.target.objects(kind.address)
    except HostError:
        raise
    except KstError:
        return known
    for o in quiet(walk):
        known.addresses[o.body] = None
    known.whole = walk.error is None and not walk.anomalies and bool(known.addresses)
    return known


def _compared(s: Session, p: g.Process, listed: Optional[bool], others: List[_Known]) -> Fields:
    """What was walked to its end tells more than the links of one process."""
    try:
        sources = s.target.process_sources(p.address)
        asked, found = int(sources.present), int(sources.found)
    except HostError:
        raise
    except KstError:
        asked = found = 0
    asked = asked & ~g.ProcessSource.LIST | (g.ProcessSource.LIST if listed is not None else 0)
    found = found & ~g.ProcessSource.LIST | (g.ProcessSource.LIST if listed else 0)
    for known in others:
        here = p.address in known.addresses
        known.addresses.pop(p.address, None)
        if here or known.whole:
            asked |= known.source
            found = found & ~known.source | (known.source if here else 0)
    return _process(p, listed, (asked, found))


def processes(s: Session) -> Records:
    """Processes, the idle one first; those that only other sources than the list know come last."""
    seen: Set[int] = set()
    failure: Optional[BaseException] = None
    try:
        idle = s.target.process_idle()
        seen.add(idle.address)
        yield _process(idle, False)
    except HostError:
        raise
    except KstError:
        pass
    others = [_cid_table(s), _object_list(s)]
    walk: Optional[Walk[g.Process]] = None
    try:
        walk = s.target.processes()
    except HostError:
        raise
    except KstError as error:
        failure = error
    if walk is not None:
        for p in quiet(walk):
            seen.add(p.address)
            yield _compared(s, p, True, others)
        failure = walk.error
    for known in others:
        for address in list(known.addresses):
            if address in known.addresses:
                try:
                    p = s.target.process_read(address)
                except KstError:
                    continue
                seen.add(p.address)
                yield _compared(s, p, False if failure is None else None, others)  # of a broken list nothing is said
    for i in range(s.processors_asked() if failure is not None else 0):  # those that the processors were running
        try:
            p = s.target.process_current(i)
        except KstError:
            continue
        if p.address not in seen:
            seen.add(p.address)
            yield _process(p)
    count = walk.count if walk is not None and failure is None else len(seen)
    yield end_of("process", walk, count) if walk is not None else ended("process", count)
    if failure is not None and not seen:
        raise failure


def _find(s: Session, pid: Union[int, str]) -> g.Process:
    process = s.target.process_find(decimal(pid))
    if process is None:
        raise absent(f"no process has the id {pid}")
    return process


def process(s: Session, pid: Union[int, str]) -> Records:
    """Everything of one process. What is missing of one part says nothing of the others."""
    p = _find(s, pid)
    known: Optional[Tuple[int, int]] = None
    if p.pid:  # the Idle process is in no source
        try:
            sources = s.target.process_sources(p.address)
            known = int(sources.present), int(sources.found)
        except KstError:
            pass
    yield _process(p, None if p.pid else False, known)
    for part in (_threads(s, p.address), _modules(s, p)):
        try:
            yield from part
        except KstError:
            pass
    yield from _pebs(s, p)


def _thread(t: g.Thread) -> Fields:
    r = record("thread", t, _THREAD, flags=False)
    if t.trap_frame:
        r["trap_frame"] = as_hex(t.trap_frame)
    for key, bit in (("terminated", g.ThreadIs.TERMINATED), ("secure", g.ThreadIs.SECURE)):
        if t.traits & bit:
            r[key] = True
    return anomalies(r, t.anomalies)


def _threads(s: Session, process: int) -> Records:
    """A triage dump holds no list to its end, but the threads that were running may be there."""
    current: List[g.Thread] = []
    for i in range(s.processors_asked()):
        try:
            t = s.target.thread_current(i)
        except KstError:
            continue
        if process == 0 or process in (t.process, t.attached_process):
            current.append(t)
    shown: Set[int] = set()
    failure: Optional[BaseException] = None
    count = 0
    walk: Optional[Walk[g.Thread]] = None
    try:
        walk = s.target.threads(process=process)
    except HostError:
        raise
    except KstError as error:
        failure = error
    if walk is not None:
        for t in quiet(walk):
            shown.add(t.address)
            count += 1
            yield _thread(t)
        failure = walk.error
    for t in current if failure is not None else ():
        if t.address not in shown:
            count += 1
            yield _thread(t)
    yield end_of("thread", walk, count) if walk is not None else ended("thread", count)
    if failure is not None and not count:
        raise failure


def threads(s: Session, pid: Optional[Union[int, str]] = None) -> Records:
    """Threads of all processes, or of one."""
    yield from _threads(s, 0 if pid is None else _find(s, pid).address)


# --- user mode ------------------------------------------------------------------------------------------------------


def _text(s: Session, space: int, text: Optional[g.Text]) -> Optional[str]:
    try:
        return s.target.read_text(text, space) if text is not None else None
    except HostError:
        raise
    except KstError:
        return None


def _parameters(s: Session, space: int, peb: g.Peb, r: Fields) -> None:
    try:
        p = s.target.process_parameters_read(space, peb)
    except HostError:
        raise
    except KstError:
        return
    fields: Fields = {"address": as_hex(p.address)}
    if p.flags is not None:
        fields["flags"] = as_hex(p.flags)
    for name in _TEXTS:
        fields[name] = _text(s, space, getattr(p, name))
    r["parameters"] = anomalies(fields, p.anomalies)
    if not p.environment:
        return
    end = g.WalkEnd.RUNNING
    variables: List[str] = []
    try:
        walk = s.target.environment(space, p.environment, p.environment_size or 0)
        texts = (_text(s, space, v.text) for v in quiet(walk))
        variables = [text for text in texts if text is not None]
        end = g.WalkEnd(walk.end)
    except HostError:
        raise
    except KstError:
        pass
    r["environment"] = {"address": as_hex(p.environment), "variables": variables, "end": g.walk_end_name(end)}


def _peb(s: Session, process: g.Process, bits: int) -> Iterator[Tuple[g.Peb, int]]:
    """The PEB of one width and the space it is in; none where the process cannot have it."""
    peb = s.target.process_peb(process, bits)
    space = g.process_space(process) if peb.address else KERNEL
    if not (bits == 32 and peb.state == g.PebState.NONE and not s.x86):
        yield peb, space


def _pebs(s: Session, process: g.Process) -> Records:
    for bits in (0,) if s.x86 else (0, 32):
        for peb, space in _peb(s, process, bits):
            r: Fields = {"type": "peb"}
            if process.pid is not None:
                r["pid"] = as_number(process.pid)
            r.update(state=g.peb_state_name(peb.state), bits=peb.bits,
                     address=as_hex(peb.address) if peb.address else None)
            if peb.state == g.PebState.PAGED_OUT:
                r["unreadable"] = as_hex(peb.unreadable)
            put(r, peb, _PEB)
            if peb.os_major is not None and peb.os_minor is not None:
                r.update(os_major=peb.os_major, os_minor=peb.os_minor)
            put(r, peb, _PEB_MORE)
            if peb.present & g.PebHas.PARAMETERS:
                _parameters(s, space, peb, r)
            yield anomalies(r, peb.anomalies)


def peb(s: Session, pid: Union[int, str]) -> Records:
    """PEB, parameters and environment."""
    yield from _pebs(s, _find(s, pid))


def _user_modules(s: Session, space: int, peb: g.Peb, order: int) -> Iterator[g.UserModule]:
    try:
        yield from quiet(s.target.user_modules(space, peb, order))
    except HostError:
        raise
    except KstError:
        return


def _mapped(s: Session, process: g.Process, space: int, pebs: List[g.Peb]) -> Records:
    """Images that the kernel has mapped and no loader list names."""
    try:
        vads = s.target.vads(process)
    except HostError:
        raise
    except KstError:
        return
    images = [(m.base or 0, m.size_of_image or 0) for peb in pebs for order in _ORDERS
              for m in _user_modules(s, space, peb, order)]
    for vad in quiet(vads):
        if vad.kind != g.VadKind.IMAGE or not vad.present & g.VadHas.RANGE or vad.start is None or vad.end is None:
            continue
        if any(base <= vad.start < base + size for base, size in images):
            continue
        r: Fields = {"type": "user_module"}
        if process.pid is not None:
            r["pid"] = as_number(process.pid)
        r.update(list="vad", vad=as_hex(vad.address), base=as_hex(vad.start), size=vad.end - vad.start + 1)
        if vad.path is not None:
            r.update(name=vad.path.rpartition("\\")[2], path=vad.path)
        yield r


def _modules(s: Session, process: g.Process) -> Records:
    pebs: List[g.Peb] = []
    kept = KERNEL
    for bits in (32,) if s.x86 else (64, 32):
        peb = s.target.process_peb(process, bits)
        if peb.address:
            kept = g.process_space(process)
        if bits == 32 and not s.x86 and peb.state == g.PebState.NONE:
            continue
        for order in _ORDERS:
            try:
                walk = s.target.user_modules(kept, peb, order)
            except HostError:
                raise
            except KstError:
                continue
            for m in quiet(walk):
                r: Fields = {"type": "user_module"}
                if process.pid is not None:
                    r["pid"] = as_number(process.pid)
                r["list"] = g.loader_list_name(order)
                put(r, m, _MODULE)
                if m.load_time:
                    r["load_time"] = as_time(m.load_time)
                yield anomalies(r, m.anomalies)
            yield end_of("user_module", walk)
        if peb.address:
            pebs.append(peb)
    if pebs:  # System has ntdll mapped without ever running it
        yield from _mapped(s, process, kept, pebs)


def _unloaded(s: Session, process: g.Process) -> Records:
    """Only ntdll's symbols tell where the loader keeps what it unloaded: the symbol RtlpUnloadEventTrace."""
    if process.user_state != g.UserState.PRESENT:
        return
    try:
        trace = s.target.symbol("RtlpUnloadEventTrace")
    except KstError:
        return
    # of a WOW64 process the 32-bit ntdll lies below 4 GiB, the other one above
    narrow = s.x86 or process.wow64_peb is not None and trace <= 0xffffffff
    walk = s.target.unloaded_user_modules(g.process_space(process), 32 if narrow else 64, trace)

    def make(m: g.UnloadedUserModule) -> Fields:
        r: Fields = {"type": "unloaded_module", "pid": as_number(process.pid or 0)}
        if m.base is not None and m.size_of_image is not None:
            r.update(start=as_hex(m.base), end=as_hex(m.base + m.size_of_image))
        return anomalies(put(r, m, _UNLOADED), m.anomalies)
    yield from whole("unloaded_module", walk, make)


def lmu(s: Session, pid: Union[int, str]) -> Records:
    """User modules of a process, all three loader lists; unloaded ones with the symbol RtlpUnloadEventTrace."""
    p = _find(s, pid)
    yield from _modules(s, p)
    yield from _unloaded(s, p)


def vads(s: Session, pid: Union[int, str]) -> Records:
    """Ranges of user memory as the kernel keeps them."""
    p = _find(s, pid)

    def make(vad: g.Vad) -> Fields:
        return anomalies(put({"type": "vad", "pid": as_number(p.pid or 0)}, vad, _VAD), vad.anomalies)
    yield from whole("vad", s.target.vads(p), make)
