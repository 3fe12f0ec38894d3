# SPDX-License-Identifier: MIT
"""What the commands share: the source, the batch, the end of a walk."""
from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator, List, Optional, Tuple, Union

from .. import _generated as g
from .._native import lib
from .._runtime import HostError, KstError, Walk
from .._target import KERNEL, PHYSICAL, Dump, LargeIndex, Target
from ._fields import Fields, anomalies

PAGE = 0x1000
Input = Union[int, str, Iterable[str]]
Records = Iterator[Fields]


class Absent(KstError, LookupError):
    """What was asked for by name or number is not there."""


def absent(message: str) -> Absent:
    return Absent(lib.KST_END, message)


def number(given: Union[int, str]) -> int:
    """An address as the command line takes it: hexadecimal, with or without 0x, ` allowed."""
    return given if isinstance(given, int) else int(given.replace("`", ""), 16)


def decimal(given: Union[int, str]) -> int:
    """A page frame or process id: decimal unless 0x."""
    return given if isinstance(given, int) else int(given, 16 if given[:2].lower() == "0x" else 10)


class Session:
    """What one command works on."""

    def __init__(self, source: Union[Target, Dump], space: int = KERNEL, **options: Any) -> None:
        self._target = source if isinstance(source, Target) else None
        self.dump = source if isinstance(source, Dump) else source._dump
        self.space = space
        self.all: bool = options.pop("all", False)
        self.kernel: bool = options.pop("kernel", False)
        self.processor: Optional[int] = options.pop("processor", None)
        self.thread: Optional[int] = options.pop("thread", None)
        if options:
            raise TypeError(f"unknown option: {', '.join(options)}")
        self._index: Optional[LargeIndex] = None
        self._index_tried = False

    @property
    def target(self) -> Target:
        if self._target is None:
            empty = self.dump is None or self.dump.info.memory_size == 0
            raise absent("the source holds no memory that can be read" if empty else
                         "no Windows kernel was found in this memory")
        return self._target

    @property
    def memory_alone(self) -> bool:
        """Memory without a Windows kernel, of which physical addresses are asked."""
        return self._target is None and self.space == PHYSICAL and self.dump is not None and \
            self.dump.info.memory_size > 0

    @property
    def x86(self) -> bool:
        return self.target.identity().arch == g.Arch.X86

    def processors_asked(self) -> int:
        """How many processors to ask for what they were running: 1 where the number is not known."""
        return self.target.identity().processors or 1

    def index(self) -> Optional[LargeIndex]:
        """One index of the large allocations for all addresses; None when there is no table."""
        if not self._index_tried:
            self._index_tried = True
            try:
                self._index = self.target.large_index()
            except HostError:
                raise
            except KstError:
                pass
        return self._index


def answers_line(given: Optional[str], failure: KstError) -> bool:
    """In a batch what is not in memory and what can be no such thing are answers; anything else ends it."""
    return given is not None and failure.code in (lib.KST_E_FAULT, lib.KST_E_ARG, lib.KST_E_CORRUPT)


def given_of(argument: Input, parse: Callable[[Union[int, str]], int] = number) -> Iterator[Tuple[int, Optional[str]]]:
    """(number, text) of one address, or of each line of a batch: then the record repeats the text."""
    if isinstance(argument, (int, str)):
        yield parse(argument), None
    else:
        for line in argument:
            yield parse(line), line


def quiet(walk: Iterable[Any]) -> Iterator[Any]:
    """What there is, whatever ends the walk; the walk keeps the reason in `error`."""
    try:
        yield from walk
    except HostError:
        raise
    except KstError:
        pass


class Ends:
    """How a search of several parts ended: the worst of them."""

    def __init__(self) -> None:
        self.end: int = g.WalkEnd.CLOSED
        self.anomalies: int = 0

    def broke_off(self, failure: KstError) -> None:
        self.end = g.WalkEnd.BUDGET if failure.code == lib.KST_E_LIMIT else g.WalkEnd.UNREADABLE

    def walk(self, begin: Callable[[], Walk[Any]]) -> Iterator[Any]:
        """What a walk gives that is one of the parts, and may not even begin."""
        try:
            walk = begin()
        except HostError:
            raise
        except KstError:
            self.anomalies |= g.WalkAnomaly.SKIPPED
            return
        yield from quiet(walk)
        self.anomalies |= walk.anomalies
        if isinstance(walk.error, KstError):
            self.broke_off(walk.error)


def ended(of: str, count: int, end: int = g.WalkEnd.UNREADABLE, found: int = 0) -> Fields:
    """The record that ends a search that is no single walk, or a walk that could not begin."""
    return anomalies({"type": "walk", "of": of, "count": count, "end": g.walk_end_name(end)}, g.WalkAnomaly(found))


def end_of(of: str, walk: Walk[Any], count: Optional[int] = None) -> Fields:
    return ended(of, walk.count if count is None else count, walk.end, walk.anomalies)


def whole(of: str, walk: Walk[Any], make: Callable[[Any], Fields]) -> Records:
    """A whole walk and its end. A failure is raised where there was nothing before it, or where the host failed."""
    for result in quiet(walk):
        yield make(result)
    yield end_of(of, walk)
    if walk.error is not None and walk.count == 0 and getattr(walk.error, "code", 0) != lib.KST_E_LIMIT:
        raise walk.error


def pool_places(s: Session, ends: Ends) -> Tuple[bool, List[Tuple[int, int]]]:
    """Where to look for pool: its ranges, or kernel space as one where they are not known to be all of it."""
    ranges = s.target.pool_ranges()[:16]
    known = {g.PoolRegion.NONPAGED, g.PoolRegion.PAGED} <= {r.region for r in ranges}
    if known or not s.target._tells_where_memory_is:
        ends.anomalies |= 0 if known else g.WalkAnomaly.SKIPPED
        return known, [(r.start, r.end) for r in ranges]
    if s.x86:
        return False, [(0x80000000, 0xfffff000)]
    wide = s.target.identity().paging == g.Paging.LA57
    return False, [(0xff00000000000000 if wide else 0xffff800000000000, 0xffffffffffffffff)]
