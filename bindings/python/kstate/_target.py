# SPDX-License-Identifier: MIT
"""Dump files and targets: machines whose memory can be read."""
from __future__ import annotations

import os
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional, Sequence, Union

from . import _generated
from ._callbacks import NextRange, PageFile, Reader, Window, reader_ops
from ._generated import (CONSTANTS, Arch, Dpc, DpcKind, DpcQueue, DumpInfo, Identity, IdentityHas, LargeAllocation,
                         LargeIndexInfo, LargeTable, Module, PoolHeader, PoolHit, Text, UnloadedModule)
from ._native import ffi, lib
from ._runtime import Buffer, Bulk, Host, KstError, MemoryFault, Walk, as_text, check, new, new_error, to_c
from ._types import Layout

KERNEL: int = CONSTANTS["KST_SPACE_KERNEL"]
"""Address space: the kernel's virtual addresses."""
PHYSICAL: int = CONSTANTS["KST_SPACE_PHYSICAL"]
"""Address space: physical addresses."""


class Scan:
    """Places where pool tags were found: an iterator of PoolHit, or arrays by `to_numpy()` and `bulk()`."""

    def __init__(self, target: "Target", tags: Sequence[bytes], start: int, end: int, space: int, all: bool,
                 progress: Optional[Callable[[int], object]]) -> None:
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
        self._host = Host(progress=progress)
        self._handle = ffi.new_handle(self._host)
        if progress is not None:
            self._scan.progress = lib.kstpy_pool_scan_progress
            self._scan.progress_user = self._handle
        self._position = ffi.new("uint64_t *", start)
        self._ended = False

    @property
    def position(self) -> int:
        """Where the search goes on."""
        return int(self._position[0])

    def _more(self, records: Any, count: int) -> int:
        done = ffi.new("size_t *")
        err = new_error()
        status = lib.kst_pool_scan(self._target._c, self._scan, self._position, records, ffi.sizeof("struct kst_pool_hit"),
                                   count, done, err)
        self._host.reraise()
        self._ended = status != lib.KST_OK
        if status != lib.KST_E_LIMIT:  # `progress` asked to stop: no error
            check(status, err, self._target)
        return int(done[0])

    def __iter__(self) -> Iterator[PoolHit]:
        records = ffi.new("struct kst_pool_hit[64]")
        while not self._ended:
            for i in range(self._more(records, 64)):
                yield PoolHit._from_c(records[i])

    def _all(self, need_numpy: bool) -> Any:
        bulk = Bulk(PoolHit, need_numpy)
        while not self._ended:
            bulk.take(self._more(bulk.room(16384), 16384))
        return bulk.result()

    def to_numpy(self) -> Any:
        """All (remaining) hits as a NumPy structured array, filled without Python in between."""
        return self._all(True)

    def bulk(self) -> Any:
        """As to_numpy(); where NumPy is not installed a list of dicts, so that `row["address"]` is right in both cases."""
        return self._all(False)


class LargeIndex:
    """The live large allocations of a target, read once and sorted by address. Made by Target.large_index()."""

    def __init__(self, target: "Target", table: LargeTable) -> None:
        self._target = target
        size = lib.kst_large_index_size(table.count)
        self._memory = ffi.new("uint64_t[]", size // 8)
        err = new_error()
        status = lib.kst_large_index_init(self._c, size, target._c, to_c(table), err)
        if status != lib.KST_E_LIMIT:  # made, but not of all: info tells
            check(status, err, target)

    @property
    def _c(self) -> Any:
        return ffi.cast("struct kst_large_index *", self._memory)

    @property
    def info(self) -> LargeIndexInfo:
        """What the index holds."""
        return _generated.large_index_info(self)

    def find(self, address: int) -> Optional[LargeAllocation]:
        """The live large allocation that contains an address, or None. Not found in an index that is not whole: an error."""
        out = new("struct kst_large_allocation")
        err = new_error()
        status = check(lib.kst_large_index_find(self._c, self._target._c, address, out, err), err, self._target)
        return None if status == lib.KST_END else LargeAllocation._from_c(out)


class Dump:
    """A dump file: what its header says, and the memory in it. For one target `kstate.open()` is shorter."""

    def __init__(self, path: Union[str, "os.PathLike[str]", None] = None, *, data: Optional[Buffer] = None) -> None:
        out = ffi.new("struct kst_dump **")
        err = new_error()
        self._data = ffi.from_buffer(data) if data is not None else None
        if self._data is not None:
            check(lib.kst_dump_open_memory(self._data, len(self._data), out, err), err)
        elif path is not None:
            check(lib.kst_dump_open(os.fsencode(path), out, err), err)
        else:
            raise TypeError("a dump needs a path or its bytes")
        self._pointer: Any = ffi.gc(out[0], lib.kst_dump_close)

    @property
    def _c(self) -> Any:
        if self._pointer is None:
            raise ValueError("the dump is closed")
        return self._pointer

    def close(self) -> None:
        """Give the file back. Targets made on it must not be used any more."""
        pointer, self._pointer = self._pointer, None
        if pointer is not None:
            ffi.release(pointer)

    def __enter__(self) -> "Dump":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    @property
    def info(self) -> DumpInfo:
        """What the container says."""
        out = new("struct kst_dump_info")
        check(lib.kst_dump_info(self._c, out))
        return DumpInfo._from_c(out)

    def _header_identity(self) -> Any:
        out = new("struct kst_identity")
        check(lib.kst_dump_identity(self._c, out))
        return out

    @property
    def identity(self) -> Identity:
        """What the header says of the machine, without a look at the memory."""
        return Identity._from_c(self._header_identity())

    def identify(self, dtb: Optional[int] = None, kernel_base: Optional[int] = None) -> Identity:
        """What the machine is, by the header, by the memory, and by what the caller knows better."""
        found = self._header_identity()
        for last in (False, True):  # as hints, and as the last word
            if dtb is not None:
                found.dtb, found.present = dtb, found.present | IdentityHas.DTB
            if kernel_base is not None:
                found.kernel_base, found.present = kernel_base, found.present | IdentityHas.KERNEL_BASE
            if not last:
                err = new_error()
                status = lib.kst_identify(lib.kst_dump_reader(self._c), self._c, found, err)
                if status != lib.KST_E_FAULT:
                    check(status, err)
        return Identity._from_c(found)

    def _bytes(self, function: Any) -> Optional[bytes]:
        buffer = ffi.new("uint8_t[]", 8192)
        done = ffi.new("size_t *")
        status = function(self._c, buffer, 8192, done)
        if status == lib.KST_E_NO_MEMBER:
            return None
        check(status)
        return bytes(ffi.buffer(buffer, done[0]))

    def context(self) -> Optional[bytes]:
        """The context record that the file holds, or None; see decode_context()."""
        return self._bytes(lib.kst_dump_context)

    def exception(self) -> Optional[bytes]:
        """The exception record that the file holds, or None; see decode_exception()."""
        return self._bytes(lib.kst_dump_exception)

    def target(self, layout: Optional[Layout] = None, symbols: Optional[Mapping[str, int]] = None, *,
               identity: Optional[Identity] = None, page_file: Optional[PageFile] = None, step_budget: int = 0,
               hardware_only: bool = False) -> "Target":
        """A target on the memory of the file: finds out what the machine is, and takes the layout that fits."""
        host = Host(page_file=page_file) if page_file is not None else None
        return Target._made(lib.kst_target_open, (self._c,), layout, identity, symbols, step_budget, hardware_only,
                            ffi.NULL, host, dump=self)


class Target(_generated.TargetCalls):
    """A machine whose memory can be read. Made by `kstate.open()`, or over a reader of your own.

    An exception that one of the callables raises comes out of the call that needed it, the same object.

    :param read: `read(address, length, space)` returns up to `length` bytes found there; fewer, or None, where memory is
        absent. `space` is KERNEL, PHYSICAL or a directory table base.
    :param layout: a Layout; without it only what the memory describes itself.
    :param identity: what is known of the machine; None lets the library find out by reading.
    :param physical: the reader knows physical addresses only; the library translates.
    :param thread_safe: the reader may be called by several threads at once.
    :param next_range: `next_range(address, space)` gives start and length of the first readable run at or after an
        address, None for none; without it the library probes page by page.
    :param modules: kernel modules as the host knows them, where the machine's own list cannot be read.
    :param unloaded_modules: the same for unloaded ones.
    :param window: `window(address, space)` gives the start of a run that holds the address and its bytes, such as a mapped
        file: the library then reads there, without the interpreter. None where there is none; `read` is asked then.
    :param page_file: `page_file(number, offset, length)` reads a page file, as `read`.
    :param symbols: addresses of globals by name; they win over all other sources.
    :param step_budget: how many elements one walk may visit.
    :param hardware_only: do not follow transition, prototype and page-file entries.
    """

    _host: Optional[Host]
    _dump: Optional[Dump]
    _pointer: Any

    def __init__(self, read: Reader, layout: Optional[Layout] = None, identity: Optional[Identity] = None, *,
                 physical: bool = False, thread_safe: bool = False, next_range: Optional[NextRange] = None,
                 modules: Optional[Sequence[Module]] = None,
                 unloaded_modules: Optional[Sequence[UnloadedModule]] = None, window: Optional[Window] = None,
                 page_file: Optional[PageFile] = None, symbols: Optional[Mapping[str, int]] = None, step_budget: int = 0,
                 hardware_only: bool = False) -> None:
        host = Host(read=read, next_range=next_range, modules=modules, unloaded_modules=unloaded_modules,
                    window=window, windows={}, page_file=page_file)
        ops = reader_ops(read, next_range, modules, unloaded_modules, window, physical, thread_safe)
        self._dump = None
        self._create(lib.kst_target_open_reader, (), layout, identity, symbols, step_budget, hardware_only, ops, host)

    def _create(self, function: Any, before: Any, layout: Optional[Layout], identity: Optional[Identity],
                symbols: Optional[Mapping[str, int]], step_budget: int, hardware_only: bool, ops: Any,
                host: Optional[Host]) -> None:
        handle = ffi.new_handle(host) if host is not None else ffi.NULL
        self._host = host
        self._keep = (handle, ops)
        config = new("struct kst_target_config")
        config.flags = lib.KST_TARGET_HARDWARE_ONLY if hardware_only else 0
        config.step_budget = step_budget
        config.reader = ops
        config.reader_user = handle
        if host is not None and host.calls.get("page_file") is not None:
            config.read_page_file = lib.kstpy_target_config_read_page_file
            config.page_file_user = handle
        config.layout = layout._c if layout is not None else ffi.NULL
        identity_c = to_c(identity)
        config.identity = identity_c
        names = [ffi.new("char[]", as_text(name)) for name in symbols or ()]
        table = ffi.new("struct kst_symbol[]", len(names))
        for row, name, address in zip(table, names, (symbols or {}).values()):
            row.name, row.address = name, address
        config.symbols_count = len(names)
        config.symbols = table if names else ffi.NULL
        out = ffi.new("struct kst_target **")
        err = new_error()
        check(function(*before, config, out, err), err, self)
        self._pointer = ffi.gc(out[0], lib.kst_target_destroy)

    @property
    def _tells_where_memory_is(self) -> bool:
        """Else a search of all kernel space would ask for each of its pages."""
        ops = self._keep[1]
        return self._host is None or bool(ops.flags & lib.KST_READER_PHYSICAL_ONLY) or ops.next_range != ffi.NULL

    @classmethod
    def _made(cls, *arguments: Any, dump: Dump) -> "Target":
        self = cls.__new__(cls)
        self._dump = dump
        self._create(*arguments)
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
            dump.close()

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
        return None if self._dump is None else self._dump.info

    def dump_context(self) -> Optional[bytes]:
        """The context record that the dump file holds, or None; see decode_context()."""
        return None if self._dump is None else self._dump.context()

    def dump_exception(self) -> Optional[bytes]:
        """The exception record that the dump file holds, or None; see decode_exception()."""
        return None if self._dump is None else self._dump.exception()

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
        return str(ffi.string(buffer).decode("utf-8", "surrogateescape"))

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

    def pool_scan(self, tags: Sequence[bytes], start: int, end: int, space: int = KERNEL, all: bool = False,
                  progress: Optional[Callable[[int], object]] = None) -> Scan:
        """Search for pool tags (such as b"Proc") from `start` up to `end`. `progress` is called about once per MiB with
        the next address; what is true stops the search, and `position` tells where."""
        return Scan(self, tags, start, end, space, all, progress)

    def pool_blocks(self, pages: Iterable[int], space: int = KERNEL) -> Any:
        """The blocks of many pages of pool: rows as of bulk(), without Python for each of them. Pages that are not there
        are left out; one that contradicts itself gives what was sound."""
        bulk, rest = Bulk(PoolHeader, False), ffi.new("uint64_t[]", list(pages))
        done, status, err = ffi.new("size_t *"), ffi.new("kst_status *"), new_error()
        at, room = 0, 16384
        while at < len(rest):
            at += lib.kstpy_pool_blocks(self._c, space, rest + at, len(rest) - at, bulk.room(room), room, done, status, err)
            bulk.take(done[0])
            check(status[0], err, self)
        return bulk.result()

    def large_index(self, table: Optional[LargeTable] = None) -> LargeIndex:
        """An index of the large allocations (of the system's table), for many questions to pool_find()."""
        return LargeIndex(self, table if table is not None else self.large_table_locate())

    def __repr__(self) -> str:
        if self._pointer is None:
            return "<kstate.Target, closed>"
        identity = self.identity()
        return f"<kstate.Target {Arch.of(identity.arch or 0)!r} build {identity.build}>"


def _opened(dump: Dump, layout: Optional[Layout], symbols: Optional[Mapping[str, int]], dtb: Optional[int],
            kernel_base: Optional[int], page_file: Optional[PageFile], step_budget: int, hardware_only: bool) -> Target:
    try:
        identity = None if dtb is None and kernel_base is None else dump.identify(dtb, kernel_base)
        return dump.target(layout, symbols, identity=identity, page_file=page_file, step_budget=step_budget,
                           hardware_only=hardware_only)
    except BaseException:
        dump.close()
        raise


def open(path: Union[str, "os.PathLike[str]"], layout: Optional[Layout] = None,
         symbols: Optional[Mapping[str, int]] = None, *, dtb: Optional[int] = None, kernel_base: Optional[int] = None,
         page_file: Optional[PageFile] = None, step_budget: int = 0, hardware_only: bool = False) -> Target:
    """Open a dump file: finds out what the machine is, takes the layout that fits, and makes a target. `dtb` and
    `kernel_base` replace what would be found."""
    return _opened(Dump(path), layout, symbols, dtb, kernel_base, page_file, step_budget, hardware_only)


def open_memory(data: Buffer, layout: Optional[Layout] = None, symbols: Optional[Mapping[str, int]] = None, *,
                dtb: Optional[int] = None, kernel_base: Optional[int] = None, page_file: Optional[PageFile] = None,
                step_budget: int = 0, hardware_only: bool = False) -> Target:
    """As open(), for a dump file that is in memory."""
    return _opened(Dump(data=data), layout, symbols, dtb, kernel_base, page_file, step_budget, hardware_only)
