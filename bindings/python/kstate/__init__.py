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
import os
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence, Union

from . import _generated
from ._generated import *  # noqa: F401,F403
from ._generated import (CONSTANTS, Arch, DpcKind, DpcQueue, Dpc, DumpInfo, Identity, IdentityHas, LayoutInfo,
                         LayoutKey, Module, PoolHit, Text)
from ._native import ffi, lib
from ._runtime import (ArgumentError, Bits, Enumeration, EvidenceError, Host, HostError, KstError, MemoryFault, Record,
                       SourceError, TypeInfoError, Walk, as_text, check, error_class, new, new_error, to_c)

KERNEL = CONSTANTS["KST_SPACE_KERNEL"]
"""Address space: the kernel's virtual addresses."""
PHYSICAL = CONSTANTS["KST_SPACE_PHYSICAL"]
"""Address space: physical addresses."""

Buffer = Union[bytes, bytearray, memoryview]
Reader = Callable[[int, int, int], Optional[Buffer]]

__version__ = ".".join(str(lib.kst_version() >> shift & 255) for shift in (16, 8, 0))


def filetime(value: Optional[int]) -> Optional[datetime.datetime]:
    """A FILETIME as UTC (to the microsecond); None for 0, None, and beyond the year 9999."""
    if not value:
        return None
    try:
        return datetime.datetime(1601, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(microseconds=value // 10)
    except OverflowError:
        return None


# --- callbacks --------------------------------------------------------------------------------------------------------


@ffi.def_extern(error=Host.FAILED)
def kstpy_reader_ops_read(user: Any, space: int, address: int, buf: Any, length: int, done: Any) -> int:
    host = ffi.from_handle(user)
    done[0] = 0
    try:
        data = host.calls["read"](address, length, space)
        if data is None:
            return lib.KST_E_FAULT
        view = memoryview(data).cast("B")
        if len(view) > length:
            raise ValueError(f"the reader gave {len(view)} bytes, {length} were asked for")
        ffi.memmove(buf, view, len(view))
        done[0] = len(view)
        return lib.KST_OK if len(view) == length else lib.KST_E_FAULT
    except BaseException as exception:  # noqa: B902 - it comes out on the other side
        host.keep(exception)
        return Host.FAILED


@ffi.def_extern(error=Host.FAILED)
def kstpy_types_ops_type_size(user: Any, type_: Any, size_out: Any) -> int:
    host = ffi.from_handle(user)
    try:
        size = host.calls["type_size"](ffi.string(type_).decode())
        if size is None:
            return lib.KST_E_NO_MEMBER
        size_out[0] = size
        return lib.KST_OK
    except BaseException as exception:  # noqa: B902
        host.keep(exception)
        return Host.FAILED


@ffi.def_extern(error=Host.FAILED)
def kstpy_types_ops_member(user: Any, type_: Any, path: Any, out: Any) -> int:
    host = ffi.from_handle(user)
    try:
        place = host.calls["member"](ffi.string(type_).decode(), ffi.string(path).decode())
        if place is None:
            return lib.KST_E_NO_MEMBER
        out.offset, out.length, out.bit_pos, out.bit_len = (tuple(place) + (0, 0))[:4]
        return lib.KST_OK
    except BaseException as exception:  # noqa: B902
        host.keep(exception)
        return Host.FAILED


@ffi.def_extern(error=Host.FAILED)
def kstpy_types_ops_symbol(user: Any, name: Any, rva_out: Any) -> int:
    host = ffi.from_handle(user)
    try:
        rva = host.calls["symbol"](ffi.string(name).decode())
        if rva is None:
            return lib.KST_E_NO_MEMBER
        rva_out[0] = rva
        return lib.KST_OK
    except BaseException as exception:  # noqa: B902
        host.keep(exception)
        return Host.FAILED


def _reader_ops(host: Host, physical: bool, thread_safe: bool) -> Any:
    ops = new("struct kst_reader_ops")
    ops.flags = (lib.KST_READER_PHYSICAL_ONLY if physical else 0) | (lib.KST_READER_THREAD_SAFE if thread_safe else 0)
    ops.read = lib.kstpy_reader_ops_read
    return ops


# --- layouts ----------------------------------------------------------------------------------------------------------


class Layout:
    """Where the members of the kernel's types are. Immutable; made by one of the class methods."""

    def __init__(self, pointer: Any, owner: Optional["Target"] = None) -> None:
        self._pointer = pointer
        self._owner = owner

    @property
    def _c(self) -> Any:
        if self._owner is not None:
            self._owner._c  # raises for a closed target: the layout went with it
        return self._pointer

    @classmethod
    def _made(cls, function: Any, *arguments: Any, host: Optional[Host] = None) -> "Layout":
        out = ffi.new("struct kst_layout **")
        err = new_error()
        status = function(*arguments, out, err)
        if host is not None and status < 0:
            host.reraise()
        check(status, err)
        return cls(ffi.gc(out[0], lib.kst_layout_destroy))

    @classmethod
    def builtin(cls, arch: int = Arch.X64, build: int = 0, revision: int = 0, **key: int) -> "Layout":
        """One of the tables in the library; further members of LayoutKey by name."""
        return cls._made(lib.kst_layout_from_builtin, to_c(LayoutKey(arch=arch, build=build, revision=revision, **key)))

    @classmethod
    def from_pdb(cls, data: Buffer) -> "Layout":
        """From the bytes of a PDB file."""
        buffer = ffi.from_buffer(data)
        return cls._made(lib.kst_layout_from_pdb, buffer, len(buffer))

    @classmethod
    def from_isf(cls, data: Buffer) -> "Layout":
        """From the bytes of a Volatility 3 symbol table (plain or .xz)."""
        buffer = ffi.from_buffer(data)
        return cls._made(lib.kst_layout_from_isf, buffer, len(buffer))

    @classmethod
    def from_types(cls, type_size: Callable[[str], Optional[int]],
                   member: Callable[[str, str], Optional[Sequence[int]]],
                   symbol: Optional[Callable[[str], Optional[int]]] = None, pointer_size: int = 8,
                   name: str = "host") -> "Layout":
        """From a symbol engine: `type_size(type)`, `member(type, path)` as (offset, length[, bit_pos, bit_len]) and
        `symbol(name)` as an offset from the kernel's base; each returns None for what it does not know."""
        host = Host(type_size=type_size, member=member, symbol=symbol)
        ops = new("struct kst_types_ops")
        ops.pointer_size = pointer_size
        ops.type_size = lib.kstpy_types_ops_type_size
        ops.member = lib.kstpy_types_ops_member
        if symbol is not None:
            ops.symbol = lib.kstpy_types_ops_symbol
        handle = ffi.new_handle(host)
        return cls._made(lib.kst_layout_from_types, ops, handle, as_text(name), host=host)

    @property
    def info(self) -> LayoutInfo:
        """Name, build, and how many of the wanted members are there."""
        return _generated.layout_info(self)

    def member(self, type: str, path: str) -> "_generated.Member":
        """Place of one of the members that the library wants."""
        return _generated.layout_member(self, type, path)

    def __repr__(self) -> str:
        return f"<kstate.Layout {self.info.name!r}, {self.info.present} of {self.info.wanted} members>"


# --- targets ----------------------------------------------------------------------------------------------------------


class Scan:
    """Places where pool tags were found: an iterator of PoolHit, or an array by `to_numpy()`."""

    def __init__(self, target: "Target", tags: Sequence[bytes], start: int, end: int, space: int, all: bool) -> None:
        self._target = target
        values = [int.from_bytes(tag.ljust(4), "little") for tag in tags]
        self._tags = ffi.new("uint32_t[]", values)
        self._scratch = ffi.new("uint64_t[]", 8192)
        self._scan = new("struct kst_pool_scan")
        self._scan.flags = lib.KST_POOL_SCAN_ALL if all else 0
        self._scan.space = space
        self._scan.end = end
        self._scan.tags = self._tags
        self._scan.tags_count = len(values)
        self._scan.scratch = self._scratch
        self._scan.scratch_size = ffi.sizeof(self._scratch)
        self._position = ffi.new("uint64_t *", start)

    def _more(self, records: Any, count: int) -> Any:
        done = ffi.new("size_t *")
        err = new_error()
        status = lib.kst_pool_scan(self._target._c, self._scan, self._position, records, ffi.sizeof("struct kst_pool_hit"),
                                   count, done, err)
        check(status, err, self._target)
        return done[0], status == lib.KST_END

    def __iter__(self) -> Iterator[PoolHit]:
        records = ffi.new("struct kst_pool_hit[64]")
        last = False
        while not last:
            n, last = self._more(records, 64)
            for i in range(n):
                yield PoolHit._from_c(records[i])

    def to_numpy(self) -> Any:
        """All (remaining) hits as a NumPy structured array, filled without Python in between."""
        import numpy

        dtype = PoolHit.dtype()
        parts = []
        last = False
        while not last:
            part = numpy.zeros(16384, dtype)
            n, last = self._more(ffi.from_buffer(part), len(part))
            parts.append(part[:n])
        return numpy.concatenate(parts)


class Target(_generated.TargetCalls):
    """A machine whose memory can be read. Made by `kstate.open()`, or over a reader of your own.

    :param read: `read(address, length, space)` returns up to `length` bytes found there; fewer, or None, where memory is
        absent. An exception that it raises comes out of the call that needed the memory. `space` is KERNEL, PHYSICAL or
        a directory table base.
    :param layout: a Layout; without it only what the memory describes itself.
    :param identity: what is known of the machine; None lets the library find out by reading.
    :param physical: the reader knows physical addresses only; the library translates.
    :param thread_safe: the reader may be called by several threads at once.
    :param symbols: addresses of globals by name; they win over all other sources.
    :param step_budget: how many elements one walk may visit.
    :param hardware_only: do not follow transition, prototype and page-file entries.
    """

    def __init__(self, read: Reader, layout: Optional[Layout] = None, identity: Optional[Identity] = None, *,
                 physical: bool = False, thread_safe: bool = False, symbols: Optional[Mapping[str, int]] = None,
                 step_budget: int = 0, hardware_only: bool = False) -> None:
        host = Host(read=read)
        handle = ffi.new_handle(host)
        ops = _reader_ops(host, physical, thread_safe)
        self._host: Optional[Host] = host
        self._dump: Any = None
        self._keep: Any = (handle, ops)
        if identity is None:
            found = new("struct kst_identity")
            err = new_error()
            status = lib.kst_identify(ops, handle, found, err)
            if status != lib.KST_E_FAULT:
                check(status, err, self)
            host.reraise()
            identity = Identity._from_c(found)
        if layout is None and (identity.present & IdentityHas.BUILD):
            layout = self._fitting(identity)
        self._create(lib.kst_target_create, (), layout, identity, symbols, step_budget, hardware_only, ops, handle)

    @staticmethod
    def _fitting(identity: Identity) -> Optional[Layout]:
        try:
            return Layout.builtin(identity.arch or Arch.UNKNOWN, identity.build or 0, identity.revision or 0,
                                  time_date_stamp=identity.time_date_stamp or 0,
                                  size_of_image=identity.size_of_image or 0)
        except KstError:
            return None

    def _create(self, function: Any, before: Any, layout: Optional[Layout], identity: Optional[Identity],
                symbols: Optional[Mapping[str, int]], step_budget: int, hardware_only: bool, ops: Any, handle: Any) -> None:
        config = new("struct kst_target_config")
        config.flags = lib.KST_TARGET_HARDWARE_ONLY if hardware_only else 0
        config.step_budget = step_budget
        config.reader = ops
        config.reader_user = handle
        config.layout = layout._c if layout is not None else ffi.NULL
        identity_c = to_c(identity)
        config.identity = identity_c
        names = [ffi.new("char[]", name.encode()) for name in symbols or ()]
        table = ffi.new("struct kst_symbol[]", len(names))
        for row, name, address in zip(table, names, (symbols or {}).values()):
            row.name, row.address = name, address
        config.symbols_count = len(names)
        config.symbols = table if names else ffi.NULL
        out = ffi.new("struct kst_target **")
        err = new_error()
        check(function(*before, config, out, err), err, self)
        self._pointer: Any = ffi.gc(out[0], lib.kst_target_destroy)

    @classmethod
    def _open(cls, dump: Any, layout: Optional[Layout], symbols: Optional[Mapping[str, int]], step_budget: int,
              hardware_only: bool, keep: Any = None) -> "Target":
        self = cls.__new__(cls)
        self._host = None
        self._dump = dump
        self._keep = keep
        self._create(lib.kst_target_open, (dump,), layout, None, symbols, step_budget, hardware_only, ffi.NULL, ffi.NULL)
        return self

    @property
    def _c(self) -> Any:
        if self._pointer is None:
            raise ValueError("the target is closed")
        return self._pointer

    def close(self) -> None:
        """Give the memory and the file back. No other thread may be using the target."""
        pointer, self._pointer = self._pointer, None
        dump, self._dump = self._dump, None
        if pointer is not None:
            ffi.release(pointer)
        if dump is not None:
            ffi.release(dump)

    def __enter__(self) -> "Target":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    @property
    def layout(self) -> Layout:
        """The layout in use; it lives as long as the target does."""
        return Layout(lib.kst_target_layout(self._c), owner=self)

    @property
    def dump(self) -> Optional[DumpInfo]:
        """What the dump file says of itself; None without a file."""
        if self._dump is None:
            return None
        out = new("struct kst_dump_info")
        check(lib.kst_dump_info(self._dump, out))
        return DumpInfo._from_c(out)

    def _dump_bytes(self, function: Any) -> Optional[bytes]:
        if self._dump is None:
            return None
        buffer = ffi.new("uint8_t[]", 8192)
        done = ffi.new("size_t *")
        status = function(self._dump, buffer, 8192, done)
        if status == lib.KST_E_NO_MEMBER:
            return None
        check(status)
        return bytes(ffi.buffer(buffer, done[0]))

    def dump_context(self) -> Optional[bytes]:
        """The context record that the dump file holds, or None; see decode_context()."""
        return self._dump_bytes(lib.kst_dump_context)

    def dump_exception(self) -> Optional[bytes]:
        """The exception record that the dump file holds, or None; see decode_exception()."""
        return self._dump_bytes(lib.kst_dump_exception)

    # --- memory ---

    def read(self, address: int, length: int, space: int = KERNEL) -> bytes:
        """Read memory; MemoryFault (with the leading bytes as `partial`) unless all of it is there."""
        buffer = ffi.new("uint8_t[]", max(length, 1))
        done = ffi.new("size_t *")
        err = new_error()
        status = lib.kst_read(self._c, space, address, buffer, length, done, err)
        try:
            check(status, err, self)
        except MemoryFault as fault:
            fault.partial = bytes(ffi.buffer(buffer, done[0]))
            raise
        return bytes(ffi.buffer(buffer, length))

    def read_text(self, text: Text, space: int = KERNEL) -> str:
        """The characters that a Text of a record stands for."""
        capacity = 4 * text.bytes + 4
        buffer = ffi.new("char[]", capacity)
        needed, notes = ffi.new("size_t *"), ffi.new("uint32_t *")
        err = new_error()
        check(lib.kst_read_text(self._c, space, text.address, text.bytes, buffer, capacity, needed, notes, err), err, self)
        return ffi.string(buffer).decode("utf-8", "surrogateescape")

    # --- what takes more than one call in C ---

    def modules(self) -> Walk[Module]:
        """The kernel's modules (kernel_modules() by a shorter name)."""
        return self.kernel_modules()

    def dpc_queues(self) -> Iterator[DpcQueue]:
        """Every processor's DPC queues."""
        for processor in self.processors():
            for kind in DpcKind:
                try:
                    queue = self.dpc_queue(processor, kind)
                except MemoryFault:
                    continue
                if queue is not None:
                    yield queue

    def queued_dpcs(self) -> Iterator[Dpc]:
        """The DPCs of all processors' queues; a queue that ends badly gives what there is."""
        for queue in self.dpc_queues():
            yield from self.dpcs(queue).partial()

    def pool_scan(self, tags: Sequence[bytes], start: int, end: int, space: int = KERNEL, all: bool = False) -> Scan:
        """Search for pool tags (such as b"Proc") from `start` up to `end`."""
        return Scan(self, tags, start, end, space, all)

    def __repr__(self) -> str:
        if self._pointer is None:
            return "<kstate.Target, closed>"
        identity = self.identity()
        return f"<kstate.Target {Arch.of(identity.arch or 0)!r} build {identity.build}>"


def open(path: Union[str, "os.PathLike[str]"], layout: Optional[Layout] = None,
         symbols: Optional[Mapping[str, int]] = None, *, step_budget: int = 0, hardware_only: bool = False) -> Target:
    """Open a dump file: finds out what the machine is, takes the layout that fits, and makes a target."""
    out = ffi.new("struct kst_dump **")
    err = new_error()
    check(lib.kst_dump_open(os.fsencode(path), out, err), err)
    dump = ffi.gc(out[0], lib.kst_dump_close)
    return Target._open(dump, layout, symbols, step_budget, hardware_only)


def open_memory(data: Buffer, layout: Optional[Layout] = None, symbols: Optional[Mapping[str, int]] = None, *,
                step_budget: int = 0, hardware_only: bool = False) -> Target:
    """As open(), for a dump file that is in memory."""
    buffer = ffi.from_buffer(data)
    out = ffi.new("struct kst_dump **")
    err = new_error()
    check(lib.kst_dump_open_memory(buffer, len(buffer), out, err), err)
    dump = ffi.gc(out[0], lib.kst_dump_close)
    return Target._open(dump, layout, symbols, step_budget, hardware_only, keep=buffer)


__all__ = ["ArgumentError", "Bits", "Enumeration", "EvidenceError", "HostError", "KERNEL", "KstError", "Layout",
           "MemoryFault", "PHYSICAL", "Record", "Scan", "SourceError", "Target", "TypeInfoError", "Walk", "error_class",
           "filetime", "open", "open_memory", *_generated.__all__]
