# SPDX-License-Identifier: MIT
"""Python callables behind the library's callbacks."""
from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Sequence, Tuple

from ._generated import Module, UnloadedModule
from ._native import ffi, lib
from ._runtime import Buffer, Host, fill, new

Reader = Callable[[int, int, int], Optional[Buffer]]
"""`read(address, length, space)`: the bytes there; fewer, or None, where memory is absent."""
NextRange = Callable[[int, int], Optional[Tuple[int, int]]]
"""`next_range(address, space)`: start and length of the first readable run at or after `address`; None for none."""
Window = Callable[[int, int], Optional[Tuple[int, Buffer]]]
"""`window(address, space)`: where a run begins that holds the address, and its bytes (a mapped file); None for none."""
PageFile = Callable[[int, int, int], Optional[Buffer]]
"""`page_file(number, offset, length)`: bytes of a page file; fewer, or None, where it has none."""


def _callback(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The function behind one callback; what it raises is kept for the other side of the library."""

    def wrap(function: Callable[..., int]) -> Callable[..., int]:
        def guarded(user: Any, *arguments: Any) -> int:
            host: Host = ffi.from_handle(user)
            try:
                return function(host, *arguments)
            except BaseException as exception:  # it comes out of the call that asked
                host.keep(exception)
                return Host.FAILED

        ffi.def_extern(name=name, error=Host.FAILED)(guarded)
        return guarded

    return wrap


def _deliver(data: Optional[Buffer], buf: Any, length: int, done: Any) -> int:
    if data is None:
        return int(lib.KST_E_FAULT)
    view = memoryview(data).cast("B")
    if len(view) > length:
        raise ValueError(f"the reader gave {len(view)} bytes, {length} were asked for")
    ffi.memmove(buf, view, len(view))
    done[0] = len(view)
    return int(lib.KST_OK if len(view) == length else lib.KST_E_FAULT)


@_callback("kstpy_reader_ops_read")
def _read(host: Host, space: int, address: int, buf: Any, length: int, done: Any) -> int:
    done[0] = 0
    return _deliver(host.calls["read"](address, length, space), buf, length, done)


@_callback("kstpy_target_config_read_page_file")
def _read_page_file(host: Host, number: int, offset: int, buf: Any, length: int, done: Any) -> int:
    done[0] = 0
    return _deliver(host.calls["page_file"](number, offset, length), buf, length, done)


@_callback("kstpy_reader_ops_next_range")
def _next_range(host: Host, space: int, address: int, start_out: Any, length_out: Any) -> int:
    found = host.calls["next_range"](address, space)
    if found is None:
        return int(lib.KST_END)
    start_out[0], length_out[0] = found
    return int(lib.KST_OK)


def _window(user: Any, space: int, address: int, start_out: Any, length_out: Any) -> Any:
    host: Host = ffi.from_handle(user)
    try:
        found = host.calls["window"](address, space)
        if found is None:
            return ffi.NULL
        start, data = found
        seen: Dict[int, Any] = host.calls["windows"]
        if id(data) not in seen:  # kept as long as the target: the library may look at any time
            seen[id(data)] = (data, ffi.from_buffer(data))
        bytes_ = seen[id(data)][1]
        start_out[0], length_out[0] = start, len(bytes_)
        return ffi.cast("void *", bytes_)
    except BaseException as exception:  # it comes out of the call that asked
        host.keep(exception)
        return ffi.NULL


ffi.def_extern(name="kstpy_reader_ops_window", error=ffi.NULL)(_window)


def _element(records: Sequence[Any], index: int, out: Any) -> int:
    if index >= len(records):
        return int(lib.KST_END)
    fill(out, records[index])
    return int(lib.KST_OK)


@_callback("kstpy_reader_ops_module")
def _module(host: Host, index: int, out: Any) -> int:
    return _element(host.calls["modules"], index, out)


@_callback("kstpy_reader_ops_unloaded_module")
def _unloaded_module(host: Host, index: int, out: Any) -> int:
    return _element(host.calls["unloaded_modules"], index, out)


@_callback("kstpy_types_ops_type_size")
def _type_size(host: Host, type_: Any, size_out: Any) -> int:
    size = host.calls["type_size"](ffi.string(type_).decode())
    if size is None:
        return int(lib.KST_E_NO_MEMBER)
    size_out[0] = size
    return int(lib.KST_OK)


@_callback("kstpy_types_ops_member")
def _member(host: Host, type_: Any, path: Any, out: Any) -> int:
    place = host.calls["member"](ffi.string(type_).decode(), ffi.string(path).decode())
    if place is None:
        return int(lib.KST_E_NO_MEMBER)
    out.offset, out.length, out.bit_pos, out.bit_len = (tuple(place) + (0, 0))[:4]
    return int(lib.KST_OK)


@_callback("kstpy_types_ops_symbol")
def _symbol(host: Host, name: Any, rva_out: Any) -> int:
    rva = host.calls["symbol"](ffi.string(name).decode())
    if rva is None:
        return int(lib.KST_E_NO_MEMBER)
    rva_out[0] = rva
    return int(lib.KST_OK)


@_callback("kstpy_pool_scan_progress")
def _progress(host: Host, position: int) -> int:
    return 1 if host.calls["progress"](position) else 0


def reader_ops(read: Any, next_range: Optional[NextRange] = None, modules: Optional[Sequence[Module]] = None,
               unloaded_modules: Optional[Sequence[UnloadedModule]] = None, window: Optional[Window] = None,
               physical: bool = False, thread_safe: bool = False) -> Any:
    """The table of callbacks; the library calls only what is in it."""
    ops = new("struct kst_reader_ops")
    ops.flags = (lib.KST_READER_PHYSICAL_ONLY if physical else 0) | (lib.KST_READER_THREAD_SAFE if thread_safe else 0)
    for member, wanted in (("read", read), ("next_range", next_range), ("module", modules),
                           ("unloaded_module", unloaded_modules), ("window", window)):
        if wanted is not None:
            setattr(ops, member, getattr(lib, f"kstpy_reader_ops_{member}"))
    return ops
