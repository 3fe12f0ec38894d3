# SPDX-License-Identifier: MIT
"""pfn, pfnlist, ca, memusage, vm."""
from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .. import _generated as g
from .._native import ffi, lib
from .._runtime import HostError, KstError, check, new_error
from ._fields import Fields, anomalies, as_hex, as_number, put, record, table
from ._session import (Ends, Input, Records, Session, absent, answers_line, decimal, ended, given_of, pool_places, quiet,
                       whole)

_PFN = table("pfn=frame address:hex location:pfn_location_name! reference_count! share_count! pte_address:hex! "
             "original_pte:hex! flink:hex blink:hex u1:hex! u2:hex! u4:hex! pte_frame priority virtual_address:hex "
             "use:pfn_use_name")
_PFN_NULL = ("location", "reference_count", "share_count", "pte_address", "original_pte")
_BITS = ("modified", "read", "write", "prototype", "rom", "parity-error", "removal", "in-page-error", "awe",
         "kernel-stack")


def _pfn(p: g.Pfn, given: Optional[str] = None) -> Fields:
    r = record("pfn", p, _PFN, given=given, flags=False)
    if p.share_count is None and p.u2 is not None:
        r["share_count"] = as_number(p.u2)  # the field as it is stored: of a page on a list it holds the back link
    r["flags"] = [name for i, name in enumerate(_BITS) if p.bits >> i & 1]
    return anomalies(r, p.anomalies)


def pfn(s: Session, frame: Input) -> Records:
    """What the memory manager keeps of a page frame."""
    for at, given in given_of(frame, decimal):
        try:
            found = s.target.pfn_read(at)
        except KstError as failure:
            if not answers_line(given, failure):
                raise
            yield {"type": "pfn", "input": given, "pfn": as_number(at), **dict.fromkeys(_PFN_NULL)}
            continue
        yield _pfn(found, given)


def pfnlist(s: Session) -> Records:
    """Every page frame."""
    yield from whole("pfn", s.target.pfns(0, 0xffffffffffffffff), _pfn)


# --- control areas --------------------------------------------------------------------------------------------------

_SUBSECTION = table("address:hex base:hex ptes unused_ptes starting_sector full_sectors")
_SUBSECTION_FLAGS = table("flags:hex protection:pte_protection_name sector_end_offset")
_SUBSECTION_MORE = table("mapped_views pfn_references")
_PAGE = table("offset=file_offset physical:hex state:pte_state_name entry_address:hex entry:hex")
_AREA = table("address:hex segment:hex!")
_AREA_MORE = table("file_object:hex section_references pfn_references mapped_views user_references")
_SEGMENT = table("total_ptes segment_size=size_of_segment protection:pte_protection_name")
_USAGE = table("valid standby dirty shared locked")


class _Found(NamedTuple):
    """A control area, and how it was found."""

    tag: bool = False
    address: bool = False
    usage: Optional[g.SectionUsage] = None

    @property
    def ways(self) -> List[str]:
        return [n for n, on in (("tag", self.tag), ("pfn", self.usage is not None), ("address", self.address)) if on]


def _subsections(s: Session, area: g.ControlArea, resident: Optional[List[Fields]]) -> Tuple[List[Fields], int, bool]:
    """Subsections, number of resident pages, and whether all of it could be read."""
    try:
        walk = s.target.subsections(area)
    except HostError:
        raise
    except KstError:
        return [], 0, False
    found: List[Fields] = []
    count, complete = 0, True
    for sub in quiet(walk):
        r = put({}, sub, _SUBSECTION)
        if sub.present & g.SubsectionHas.FLAGS:
            put(r, sub, _SUBSECTION_FLAGS)
        put(r, sub, _SUBSECTION_MORE)
        found.append(anomalies(r, sub.anomalies))
        try:
            pages = s.target.section_pages(area.kind or 0, sub)
        except HostError:
            raise
        except KstError:
            continue
        for page in quiet(pages):
            count += 1
            if resident is not None:
                resident.append(put({}, page, _PAGE))
        if pages.anomalies or pages.end != g.WalkEnd.CLOSED:
            complete = False
    return found, count, complete and walk.end == g.WalkEnd.TERMINATED


def _area(s: Session, area: g.ControlArea, segment: g.Segment, found: _Found, given: Optional[str] = None,
          pages_too: bool = False) -> Fields:
    r = record("control_area", area, _AREA, given=given, flags=False)
    try:
        r["file"] = s.target.control_area_file(area)
    except HostError:
        raise
    except KstError:
        r["file"] = None
    known = area.present & g.ControlAreaHas.FLAGS
    r["kind"] = g.section_kind_name(area.kind or 0) if known else None
    r["flags"] = as_hex(area.flags or 0) if known else None
    r["found"], r["found_by"] = found.ways[0], found.ways
    put(r, area, _AREA_MORE)
    put(r, segment, _SEGMENT)
    resident: Optional[List[Fields]] = [] if pages_too else None
    r["subsections"], r["pages"], complete = _subsections(s, area, resident)
    if not complete:
        r["pages_complete"] = False
    if resident is not None:
        r["resident"] = resident
    if found.usage is not None:
        put(r, found.usage, _USAGE)
    return anomalies(r, area.anomalies)


def _by_tag(s: Session, found: Dict[int, _Found], ends: Ends) -> bool:
    for large in ends.walk(lambda: s.target.large_allocations(flags=lib.KST_LARGE_LIVE_ONLY)):
        if large.tag in (b"MmCa", b"MmCi"):
            found[large.address] = _Found(tag=True)
    searched = False
    for start, end in pool_places(s, ends)[1]:
        try:
            for hit in s.target.pool_scan([b"MmCa", b"MmCi"], start, end):
                if hit.state != g.PoolState.FREE:
                    found[hit.address + (8 if s.x86 else 16)] = _Found(tag=True)
            searched = True
        except HostError:
            raise
        except KstError as failure:
            ends.broke_off(failure)
    return searched


def _by_frame(s: Session, found: Dict[int, _Found], ends: Ends) -> bool:
    most = 0x40000
    usages, done = ffi.new("struct kst_section_usage[]", most), ffi.new("size_t *")
    err = new_error()
    status = lib.kst_section_usages(s.target._c, usages, ffi.sizeof("struct kst_section_usage"), most, done, err)
    try:
        check(status, err, s.target)
    except HostError:
        raise
    except KstError as failure:
        ends.broke_off(failure)
    if done[0]:
        sizes = ffi.cast("uint32_t *", usages)  # a table that was filled as a hash has gaps: they have no size
        step = ffi.sizeof("struct kst_section_usage") // 4
        for i in range(most):
            if sizes[i * step]:
                usage = g.SectionUsage._from_c(usages[i])
                found[usage.control_area] = found.get(usage.control_area, _Found())._replace(usage=usage)
    return bool(status == lib.KST_OK or done[0])


def _listed(s: Session, found: Dict[int, _Found], ends: Ends) -> Records:
    shown = 0
    for address in sorted(found):
        how = found[address]
        if address == 0 and how.usage is not None:
            u = how.usage
            yield put({"type": "control_area", "address": None, "kind": g.section_kind_name(g.Section.PAGEFILE),
                       "found": "pfn", "pages": u.valid + u.standby + u.dirty}, u, _USAGE)
            shown += 1
            continue
        try:
            area, segment = s.target.control_area_read(address)
        except HostError:
            raise
        except KstError:
            continue
        if how.usage is None and area.anomalies:
            continue  # a tag in memory proves nothing; what the pool block holds does
        shown += 1
        yield _area(s, area, segment, how)
    yield ended("control_area", shown, ends.end, ends.anomalies)


def ca(s: Session, address: Optional[Input] = None) -> Records:
    """A control area with its pages, or all that can be found."""
    if address is None:
        found: Dict[int, _Found] = {}
        ends = Ends()
        tags, frames = _by_tag(s, found, ends), _by_frame(s, found, ends)
        if not tags or not frames:
            ends.anomalies |= g.WalkAnomaly.SKIPPED
        yield from _listed(s, found, ends)
        if not tags and not frames:
            raise absent("neither the pool nor the page frames can be searched in this source")
        return
    for at, given in given_of(address):
        try:
            area, segment = s.target.control_area_read(at)
        except KstError as failure:
            if not answers_line(given, failure):
                raise
            yield {"type": "control_area", "input": given, "address": as_hex(at), "segment": None, "file": None,
                   "kind": None}
            continue
        yield _area(s, area, segment, _Found(address=True), given, pages_too=True)


def memusage(s: Session) -> Records:
    """Pages by location, and by control area."""
    counts = s.target.pfn_count()
    yield {"type": "page_counts", **{str(g.pfn_location_name(i)): counts.pages[i] for i in range(8)},
           "total": counts.total}
    found: Dict[int, _Found] = {}
    ends = Ends()
    _by_frame(s, found, ends)
    yield from _listed(s, found, ends)


# --- counters -------------------------------------------------------------------------------------------------------

_PAGES = table("current_pages minimum_pages maximum_pages free_pages")


def _numbered(read: Any) -> Tuple[List[Any], bool]:
    """What there is from number 0 on, and whether its end was seen."""
    found: List[Any] = []
    while True:
        try:
            one = read(len(found))
        except HostError:
            raise
        except KstError:
            return found, False
        if one is None:
            return found, True
        found.append(one)


def vm(s: Session) -> Records:
    """Counters of the memory manager."""
    counters = s.target.memory_counters_read()
    r: Fields = {"type": "memory"}
    for i in range(g.CONSTANTS["KST_MEMORY_COUNT"]):
        if counters.present >> i & 1:
            pages = i <= g.Memory.PAGED_POOL_COMMIT or i >= g.Memory.FREE_SYSTEM_PTES
            name = f"{g.memory_counter_name(i)}{'_pages' if pages else ''}".replace("-", "_")
            r[name] = as_number(counters.values[i])
    files, ended = _numbered(s.target.page_file_read)
    if files or ended:
        r["page_files"] = [put({"number": f.number, "address": as_hex(f.address),
                                "name": name if f.present & g.PageFileHas.NAME else None}, f, _PAGES)
                           for f, name in files]
    runs, ended = _numbered(s.target.memory_run_read)
    if runs or ended:
        r["runs"] = [{"first_page": as_hex(first), "pages": as_number(pages)} for first, pages in runs]
    yield r
