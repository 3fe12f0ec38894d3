# SPDX-License-Identifier: MIT
"""read, vtop, pte, ptes."""
from __future__ import annotations

from typing import Optional, Union

from .. import _generated as g
from .._native import ffi, lib
from .._runtime import ArgumentError, KstError, MemoryFault, check
from .._target import PHYSICAL
from ._fields import Fields, anomalies, as_hex, put, record, table
from ._session import PAGE, Input, Records, Session, answers_line, given_of, number, whole


def _bytes(s: Session, at: int, length: int) -> bytes:
    """Physical memory needs no Windows kernel."""
    if s.dump is None or not s.memory_alone:
        return s.target.read(at, length, s.space)
    if at + length > 1 << 64:
        raise ArgumentError(lib.KST_E_ARG, "the range wraps", at)
    buffer, done = ffi.new("uint8_t[]", length), ffi.new("size_t *")
    status = lib.kst_dump_reader(s.dump._c).read(s.dump._c, PHYSICAL, at, buffer, length, done)
    data = bytes(ffi.buffer(buffer, done[0]))
    if status == lib.KST_E_FAULT:
        fault = MemoryFault(status, "memory is not present", at + len(data))
        fault.partial = data
        raise fault
    check(lib.KST_E_HOST if status != lib.KST_OK else status)
    return data


def read(s: Session, address: Input, length: Union[int, str]) -> Records:
    """Bytes at an address."""
    for at, given in given_of(address):
        failure: Optional[KstError] = None
        try:
            data = _bytes(s, at, number(length))
        except MemoryFault as fault:
            data, failure = fault.partial, fault
        except KstError as error:
            if not answers_line(given, error):
                raise
            data = b""
        r: Fields = {"type": "bytes"} if given is None else {"type": "bytes", "input": given}
        r.update(address=as_hex(at), data=data.hex() or None, valid=len(data))
        yield r
        if failure is not None and not data and given is None:
            raise failure


_TRANSLATION = table("physical:hex! state:pte_state_name page_size level proto_address:hex proto_entry:hex")
_PAGE_FILE = table("page_file=page_file_number page_file_offset")


def _translated(s: Session, at: int, given: Optional[str]) -> Union[g.Translation, KstError]:
    """A batch goes on where an address is not there, or none of this machine."""
    try:
        return s.target.translate(s.space, at)
    except KstError as failure:
        if not answers_line(given, failure):
            raise
        return failure


def _proto(r: Fields, t: g.Translation) -> None:
    if t.present & g.TranslationHas.PROTO_ENTRY:
        r["proto_state"] = g.pte_state_name(t.proto_state or 0)
    put(r, t, _PAGE_FILE)


def vtop(s: Session, address: Input) -> Records:
    """Physical address of a virtual one."""
    for at, given in given_of(address):
        t = _translated(s, at, given)
        r: Fields = {"type": "translation"} if given is None else {"type": "translation", "input": given}
        r["address"] = as_hex(at)
        if isinstance(t, KstError):
            state = g.pte_state_name(g.PteState.UNREADABLE) if isinstance(t, MemoryFault) else None
            r.update(physical=None, state=state, page_size=None, level=None)
        else:
            put(r, t, _TRANSLATION)
            _proto(r, t)
            anomalies(r, t.anomalies)
        yield r


_PTE_NULL = ("level", "entry_address", "entry", "physical", "protection", "readable", "breakpoint_owed")
_LEAF = table("proto_address:hex proto_entry:hex subsection:hex")


def _pte_level(s: Session, t: g.Translation, i: int, given: Optional[str]) -> Fields:
    at, leaf, pte = t.levels[i], i + 1 == t.levels_count, g.Pte()
    known = at.state != g.PteState.UNREADABLE
    if known:
        try:
            pte = g.decode_pte(s.target.pte_context(), at.level, at.entry, s.target.layout)
        except KstError:
            known = False
    r: Fields = {"type": "pte"} if given is None else {"type": "pte", "input": given}
    r.update(address=as_hex(t.address), level=at.level,
             entry_address=as_hex(at.entry_virtual) if at.entry_virtual else None)
    if at.entry_physical:
        r["entry_physical"] = as_hex(at.entry_physical)
    r.update(entry=as_hex(at.entry) if known else None, state=g.pte_state_name(at.state), physical=None)
    if leaf and t.physical is not None:
        r["physical"] = as_hex(t.physical)
    elif not leaf and pte.frame is not None and pte.present & g.PteHas.FRAME:
        r["physical"] = as_hex(pte.frame << 12)
    r["protection"] = None
    if pte.present & g.PteHas.PROTECTION and pte.protection is not None:
        r.update(protection=g.pte_protection_name(pte.protection), protection_mask=pte.protection)
    if pte.letters:
        r["letters"] = pte.letters
    if not leaf:
        return anomalies(r, pte.anomalies)
    r.update(read=g.pte_read_name(t.read), readable=None, breakpoint_owed=None)
    if t.present & g.TranslationHas.BREAKPOINT:
        r["readable"] = t.read not in (g.PteRead.NONE, g.PteRead.PAGE_FILE)
        r["breakpoint_owed"] = bool(t.breakpoint_owed)
    put(r, t, _LEAF)
    _proto(r, t)
    return anomalies(r, t.anomalies)


def pte(s: Session, address: Input) -> Records:
    """Page-table entries of an address."""
    for at, given in given_of(address):
        t = _translated(s, at, given)
        if isinstance(t, KstError):
            r: Fields = {"type": "pte", "input": given, "address": as_hex(at), **dict.fromkeys(_PTE_NULL)}
            r["state"] = g.pte_state_name(g.PteState.UNREADABLE) if isinstance(t, MemoryFault) else None
            yield r
            continue
        for i in range(t.levels_count - 1 if given is not None else 0, t.levels_count):
            yield _pte_level(s, t, i, given)


_RUN = table("address:hex length state:pte_state_name protection:pte_protection_name! physical:hex! read:pte_read_name")


def ptes(s: Session, range: str, length: Optional[str] = None) -> Records:
    """A range of addresses as runs of pages: START-END, START+LENGTH, or START LENGTH."""
    if length is not None:
        first, last = number(range), number(range) + number(length) - 1
    elif "-" in range:
        first, last = map(number, range.split("-"))
        last -= 0 if last & 0xfff == 0xfff else 1
    else:
        start, _, more = range.partition("+")
        first = number(start)
        last = first + (number(more) if more else PAGE) - 1

    def make(run: g.PageRun) -> Fields:
        r = record("pte_run", run, _RUN, flags=False)
        if run.present & g.TranslationHas.BREAKPOINT:
            r["breakpoint_owed"] = bool(run.breakpoint_owed)
        return anomalies(r, run.anomalies)
    yield from whole("pte_run", s.target.page_runs(s.space, first, min(last, 0xffffffffffffffff)), make)
