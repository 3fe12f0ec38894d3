# SPDX-License-Identifier: MIT
"""Where the members of the kernel's types are: layouts, and the files that they come from."""
from __future__ import annotations

from typing import Any, Callable, Iterator, Optional, Sequence, Tuple

from . import _callbacks  # noqa: F401 - its functions stand behind the library's callbacks
from . import _generated
from ._generated import Arch, DebuggerData, IsfInfo, LayoutInfo, LayoutKey, Member, PdbInfo, Type
from ._native import ffi, lib
from ._runtime import Buffer, HasC, Host, as_text, check, new, new_error, to_c


def bugcheck_is_manual(code: int, parameters: Optional[Sequence[int]] = None) -> bool:
    """Was the system stopped on purpose: by keyboard, tool or NMI button? `parameters`: all four."""
    if parameters is not None and len(parameters) != 4:
        raise ValueError("a bug check has four parameters")
    values = ffi.NULL if parameters is None else ffi.new("uint64_t[]", list(parameters))
    return bool(lib.kst_bugcheck_is_manual(code, values))


class Layout:
    """Where the members of the kernel's types are. Made by one of the class methods; may be shared by threads."""

    def __init__(self, pointer: Any, owner: Optional[HasC] = None) -> None:
        self._pointer = pointer
        self._owner = owner
        self._memory: Any = None

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
    def _in_place(cls, function: Any, pointer_size: int) -> "Layout":
        size = lib.kst_layout_size()
        words = ffi.new("uint64_t[]", size // 8)
        layout = ffi.cast("struct kst_layout *", words)
        err = new_error()
        check(function(layout, size, pointer_size, err), err)
        made = cls(layout)
        made._memory = words
        return made

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

    @classmethod
    def empty(cls, pointer_size: int = 8) -> "Layout":
        """A layout without a single member: for what the memory describes itself."""
        return cls._in_place(lib.kst_layout_init_empty, pointer_size)

    @classmethod
    def user(cls, pointer_size: int = 8) -> "Layout":
        """User-mode structures that have stood still since XP: PEB, loader entries, parameters, TEB."""
        return cls._in_place(lib.kst_layout_init_user, pointer_size)

    def refine(self, block: DebuggerData) -> "Layout":
        """Bring in what a debugger data block says of the kernel's structs. Part of making a layout: call it before
        anything else uses the layout. Returns the layout."""
        if self._owner is not None:
            raise ValueError("the layout of a target is immutable")
        err = new_error()
        check(lib.kst_layout_refine(self._c, to_c(block), err), err)
        return self

    @property
    def info(self) -> LayoutInfo:
        """Name, build, and how many of the wanted members are there."""
        return _generated.layout_info(self)

    def member(self, type: str, path: str) -> Member:
        """Place of one of the members that the library wants."""
        return _generated.layout_member(self, type, path)

    def __repr__(self) -> str:
        return f"<kstate.Layout {self.info.name!r}, {self.info.present} of {self.info.wanted} members>"


class _TypeFile:
    """What PDB and ISF files answer: any type, member and symbol, also those that the library does not want."""

    _kind: str
    _pointer: Any
    _ops: Any

    def __init__(self, data: Buffer) -> None:
        self._data = ffi.from_buffer(data)  # a PDB is read where it is
        out = ffi.new(f"struct kst_{self._kind} **")
        err = new_error()
        check(getattr(lib, f"kst_{self._kind}_open")(self._data, len(self._data), out, err), err)
        self._pointer = ffi.gc(out[0], getattr(lib, f"kst_{self._kind}_close"))
        self._ops = getattr(lib, f"kst_{self._kind}_types")(self._pointer)

    def types(self) -> Iterator[Type]:
        """Every complete type with members, by name."""
        index = 0
        while True:
            out = new("struct kst_type")
            if check(getattr(lib, f"kst_{self._kind}_type")(self._pointer, index, out)) == lib.KST_END:
                return
            yield Type._from_c(out)
            index += 1

    def _ask(self, function: Any, *arguments: Any) -> bool:
        status = function(self._pointer, *arguments)
        return bool(status != lib.KST_E_NO_MEMBER and check(status) == lib.KST_OK)

    def type_size(self, type: str) -> Optional[int]:
        """Bytes of a type; None when it is not known."""
        out = ffi.new("uint64_t *")
        return int(out[0]) if self._ask(self._ops.type_size, as_text(type), out) else None

    def member(self, type: str, path: str) -> Optional[Tuple[int, int, int, int]]:
        """Offset, length, lowest bit and number of bits of a member; None when it is not known."""
        out = new("struct kst_member")
        if not self._ask(self._ops.member, as_text(type), as_text(path), out):
            return None
        return int(out.offset), int(out.length), int(out.bit_pos), int(out.bit_len)

    def symbol(self, name: str) -> Optional[int]:
        """Offset of a symbol from the image's base; None when it is not known."""
        out = ffi.new("uint64_t *")
        return int(out[0]) if self._ask(self._ops.symbol, as_text(name), out) else None


class Pdb(_TypeFile):
    """A PDB file (its bytes): any type, member and symbol in it. Layout.from_pdb() makes a layout of one."""

    _kind = "pdb"

    @property
    def info(self) -> PdbInfo:
        """What the file says of itself."""
        out = new("struct kst_pdb_info")
        check(lib.kst_pdb_info(self._pointer, out))
        return PdbInfo._from_c(out)


class Isf(_TypeFile):
    """A Volatility 3 symbol table (its bytes), as Pdb."""

    _kind = "isf"

    @property
    def info(self) -> IsfInfo:
        """What the file says of itself."""
        out = new("struct kst_isf_info")
        check(lib.kst_isf_info(self._pointer, out))
        return IsfInfo._from_c(out)
