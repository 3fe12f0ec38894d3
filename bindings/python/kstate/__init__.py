# SPDX-License-Identifier: MIT
"""Windows kernel state from memory.

>>> import kstate
>>> with kstate.open("memory.dmp") as target:            # doctest: +SKIP
...     for process in target.processes():
...         print(process.pid, process.name, hex(process.address))

Types and calls follow the C headers: `struct kst_process` is `Process`, `kst_processes_begin()` and `…_next()` are
`Target.processes()`, `kst_module_find()` is `Target.module_find()`, `KST_PROCESS_HAS_…` is `ProcessHas`. The library
works without the interpreter's lock, except while it asks a reader that is written in Python.
"""
from __future__ import annotations

import datetime
from typing import Optional

from . import _generated
from ._generated import *  # noqa: F401,F403
from ._native import lib
from ._runtime import (ArgumentError, Bits, Enumeration, EvidenceError, HostError, KstError, MemoryFault, Record,
                       SourceError, TypeInfoError, Walk, error_class)
from ._target import KERNEL, PHYSICAL, Dump, LargeIndex, Scan, Target, open, open_memory
from ._types import Isf, Layout, Pdb, bugcheck_is_manual

__version__ = ".".join(str(lib.kst_version() >> shift & 255) for shift in (16, 8, 0))


def filetime(value: Optional[int]) -> Optional[datetime.datetime]:
    """A FILETIME as UTC (to the microsecond); None for 0, None, and beyond the year 9999."""
    if not value:
        return None
    try:
        return datetime.datetime(1601, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(microseconds=value // 10)
    except OverflowError:
        return None


__all__ = ["ArgumentError", "Bits", "Dump", "Enumeration", "EvidenceError", "HostError", "Isf", "KERNEL", "KstError",
           "LargeIndex", "Layout", "MemoryFault", "PHYSICAL", "Pdb", "Record", "Scan", "SourceError", "Target",
           "TypeInfoError", "Walk", "bugcheck_is_manual", "error_class", "filetime", "open", "open_memory"]
__all__ += _generated.__all__
