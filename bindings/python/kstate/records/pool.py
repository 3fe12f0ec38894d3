# SPDX-License-Identifier: MIT
"""pool, poolval, bigpool, poolkey, poolused, poolfind."""
from __future__ import annotations

from typing import List, Optional, Tuple

from .. import _generated as g
from .._native import lib
from .._runtime import HostError, KstError, MemoryFault, check, new, new_error, text
from .._target import KERNEL
from ._fields import Fields, anomalies, as_hex, as_number, as_tag, names, pool_state, put, record, table
from ._session import PAGE, Ends, Input, Records, Session, answers_line, ended, given_of, pool_places, whole

_BLOCK = table("address:hex size=block_size previous_size")
_VERDICT = table("data:hex header:hex process:hex container:hex heap:hex")
_LARGE = table("address:hex size=bytes! tag:tag!")
_LARGE_MORE = table("index pool_type process=quota_process:hex")
_USAGE = table("tag:tag! nonpaged_allocs! nonpaged_frees! nonpaged_bytes! paged_allocs! paged_frees! paged_bytes!")


def _block(block: g.PoolHeader) -> Fields:
    r = record("pool_block", block, _BLOCK, flags=False)
    r["state"] = pool_state(block.state) if block.state is not None else None
    if block.state == g.PoolState.CACHED:
        r["cached"] = True
    r["tag"] = as_tag(block.tag) if block.tag is not None else None
    if block.tag is not None:
        r["protected"] = bool(block.protected_tag)
    r["pool_type"] = block.pool_type
    if block.present & g.PoolHeaderHas.QUOTA_PROCESS:
        r["process"] = as_hex(block.quota_process or 0)
    return anomalies(r, block.anomalies)


def _verdict(v: g.PoolVerdict, given: Optional[str]) -> Fields:
    r: Fields = {"type": "pool_verdict"} if given is None else {"type": "pool_verdict", "input": given}
    r.update(address=as_hex(v.address), kind=g.pool_kind_name(v.kind), base=None, size=None)
    if v.present & g.PoolVerdictHas.EXTENT:
        r.update(base=as_hex(v.base or 0), size=as_number(v.bytes or 0))
    r["tag"] = as_tag(v.tag) if v.tag is not None else None
    r["state"] = pool_state(v.state)
    r["evidence"] = names(v.evidence, g.pool_evidence_name)
    r["region"] = g.pool_region_name(v.region)
    put(r, v, _VERDICT)
    if v.rule is not None and v.present & g.PoolVerdictHas.RULE:
        r.update(rule=g.pool_rule_name(v.rule), offset=v.rule_offset)
    if v.candidates_count:
        r["candidates"] = [{"address": as_hex(c.address), "size": c.bytes, "tag": as_tag(c.tag)}
                           for c in v.candidates[:v.candidates_count]]
    return anomalies(r, v.anomalies)


def _page_blocks(s: Session, verdict: g.PoolVerdict) -> Records:
    """Not where the address is in a large allocation: its contents are no headers, also in the page in which it ends."""
    if verdict.kind in (g.PoolKind.LARGE, g.PoolKind.SPECIAL, g.PoolKind.NONE) or \
            verdict.evidence & g.PoolEvidence.FREE_PAGE:
        return
    start, unit = 0, 8 if s.x86 else 16
    try:
        if verdict.evidence & g.PoolEvidence.LARGE_TAIL:
            index = s.index()
            large = index.find(verdict.address & ~(PAGE - 1)) if index is not None else None
            if large is None:
                return
            start = (((large.address or 0) + (large.bytes or 0)) % PAGE + unit - 1) // unit * unit
        blocks, _ = s.target.pool_page_read(s.space, verdict.address, start, lib.KST_POOL_PAGE_RESYNC, 512)
    except HostError:
        raise
    except KstError:
        return
    yield from map(_block, blocks)


def pool(s: Session, address: Input) -> Records:
    """The blocks of a page, then the allocation of an address."""
    for at, given in given_of(address):
        try:
            verdict = s.target.pool_find(at, s.index())
        except KstError as failure:
            if not answers_line(given, failure):
                raise
            yield {"type": "pool_verdict", "input": given, "address": as_hex(at), "kind": None}
            continue
        if given is None:
            yield from _page_blocks(s, verdict)
        yield _verdict(verdict, given)


def _in_large(s: Session, address: int) -> bool:
    """Is it known to lie in a large allocation? What an index that is not whole does not have may be a page of blocks."""
    index = s.index()
    try:
        return index is not None and index.find(address) is not None
    except HostError:
        raise
    except KstError:
        return False


def poolval(s: Session, address: Input) -> Records:
    """Does a page of pool hold together?"""
    for at, given in given_of(address):
        start = at & ~(PAGE - 1)
        page: Optional[g.PoolPage] = g.PoolPage()
        rule = None
        if _in_large(s, start):
            rule = "large-allocation"
        else:
            try:
                _, page = s.target.pool_page_read(s.space, start, capacity=0)
                rule = None if page.consistent else g.pool_rule_name(page.rule)
            except MemoryFault:
                page, rule = None, g.pool_rule_name(g.PoolRule.UNREADABLE)
            except KstError as failure:
                if not answers_line(given, failure):
                    raise
                page = None
        r: Fields = {"type": "pool_page"} if given is None else {"type": "pool_page", "input": given}
        r.update(address=as_hex(start), blocks=page.blocks if page else None,
                 consistent=bool(page.consistent) if page else None, rule=rule,
                 offset=None if rule is None else page.offset if page else 0)
        if page is not None:
            if page.bugcheck_class:
                r["bugcheck_class"] = page.bugcheck_class
            anomalies(r, page.anomalies)
        yield r


def bigpool(s: Session) -> Records:
    """The table of large allocations; freed ones too with `all`."""
    def make(large: g.LargeAllocation) -> Fields:
        r = record("large_allocation", large, _LARGE, flags=False)
        r["free"] = large.state == g.PoolState.FREE
        return anomalies(put(r, large, _LARGE_MORE), large.anomalies)
    walk = s.target.large_allocations(flags=0 if s.all else lib.KST_LARGE_LIVE_ONLY)
    yield from whole("large_allocation", walk, make)


def poolkey(s: Session) -> Records:
    """Key of the segment heap."""
    out, err = new("struct kst_heap_key"), new_error()
    status = lib.kst_heap_key(s.target._c, out, err)
    if status not in (lib.KST_OK, lib.KST_END, lib.KST_E_NO_MEMBER, lib.KST_E_FAULT):
        check(status, err, s.target)
    key = g.HeapKey._from_c(out)
    r: Fields = {"type": "heap_key", "key": as_hex(key.key), "bits_known": as_hex(key.bits_known),
                 "votes": as_number(key.votes), "source": None, "pairs": key.pairs, "candidates": key.candidates}
    if status == lib.KST_OK:
        r["source"] = g.heap_key_source_name(key.source)
    r["segments"] = as_number(key.segments)
    if key.lfh_known:
        r.update(lfh_key=as_hex(key.lfh_key or 0), lfh_bits_known=as_hex(key.lfh_bits_known or 0),
                 lfh_votes=as_number(key.lfh_votes or 0))
    anomalies(r, key.anomalies)
    if status != lib.KST_OK:
        r["missing"] = text(err.message)
    yield r


def poolused(s: Session) -> Records:
    """Allocations by tag, all processors together."""
    yield from whole("pool_usage", s.target.pool_usage(), lambda usage: record("pool_usage", usage, _USAGE))


def _hit(address: int, size: Optional[int], tag: bytes, kind: Optional[str], state: Optional[str], reasons: int = 0) -> Fields:
    r: Fields = {"type": "pool_hit", "address": as_hex(address), "size": as_number(size) if size is not None else None,
                 "tag": as_tag(tag), "kind": kind, "state": state}
    if reasons:
        r["anomalies"] = names(reasons, g.pool_hit_reason_name)
    return r


def _confirmed(s: Session, hit: g.PoolHit, ranges_known: bool) -> Optional[Fields]:
    """Is it a block? Anything else is the contents of another allocation, or a page that is none."""
    state = pool_state(hit.state)
    try:
        verdict = s.target.pool_find(hit.address, s.index())
    except HostError:
        raise
    except KstError:
        return None if ranges_known else _hit(hit.address, hit.block_size, hit.tag, None, state, hit.reasons)
    if verdict.header is not None and verdict.header == hit.address:
        return _hit(verdict.base or 0, verdict.bytes or 0, hit.tag, g.pool_kind_name(verdict.kind),
                    pool_state(verdict.state))
    if verdict.kind == g.PoolKind.INCONSISTENT:
        return _hit(hit.address, hit.block_size, hit.tag, g.pool_kind_name(verdict.kind), state, hit.reasons)
    if not ranges_known and verdict.kind == g.PoolKind.NONE:
        return _hit(hit.address, hit.block_size, hit.tag, None, state, hit.reasons)
    return None


def _places(s: Session, ends: Ends) -> Tuple[bool, List[Tuple[int, int, int]]]:
    """Where to look for pool, and whether these are its ranges: else a space as one."""
    if s.space != KERNEL:
        return False, [(s.space, 0, 0xffffffffffffffff)]
    known, places = pool_places(s, ends)
    return known, [(KERNEL, start, end) for start, end in places]


def _hits(s: Session, wanted: List[bytes], ends: Ends) -> Records:
    for large in ends.walk(lambda: s.target.large_allocations(flags=lib.KST_LARGE_LIVE_ONLY)):
        if large.tag in wanted:
            yield _hit(large.address, large.bytes, large.tag, g.pool_kind_name(g.PoolKind.LARGE),
                       g.pool_state_name(g.PoolState.ALLOCATED))
    known, places = _places(s, ends)
    for space, start, end in places:
        for hit in s.target.pool_scan(wanted, start, end, space):
            found = _confirmed(s, hit, known) if space == KERNEL else \
                _hit(hit.address, hit.block_size, hit.tag, None, pool_state(hit.state), hit.reasons)
            if found is not None:
                yield found


def poolfind(s: Session, *tags: str) -> Records:
    """Allocations that have one of the tags."""
    wanted = [tag.encode().ljust(4) for tag in tags]
    wanted = [tag[:3] + bytes([tag[3] & 0x7f]) for tag in wanted]
    count = 0
    failure: Optional[KstError] = None
    ends = Ends()
    _ = s.target  # without one there is nothing to walk
    try:
        for hit in _hits(s, wanted, ends):
            count += 1
            yield hit
    except KstError as error:
        failure = error
        ends.broke_off(error)
    yield ended("pool_hit", count, ends.end, ends.anomalies)
    if failure is not None:
        raise failure
