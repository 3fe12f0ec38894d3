# SPDX-License-Identifier: MIT
"""What the generated module stands on: errors, records, sets of bits, walks."""
from __future__ import annotations

import enum
import threading
from typing import Any, ClassVar, Generic, Iterator, List, Optional, Protocol, Tuple, Type, TypeVar, Union

from ._native import ffi, lib

Buffer = Union[bytes, bytearray, memoryview]


class HasC(Protocol):
    """What wraps a pointer of the library: a Layout, a LargeIndex."""

    @property
    def _c(self) -> Any: ...


# --- errors -----------------------------------------------------------------------------------------------------------


class KstError(Exception):
    """A call of the library failed. `code` is the status, `message` the library's own words."""

    def __init__(self, code: int, message: str = "", address: int = 0, detail: int = 0, host_code: int = 0) -> None:
        self.code = code
        self.name = from_text(lib.kst_status_name(code)) or "unknown"
        self.message = message
        self.address = address
        self.detail = detail
        self.host_code = host_code
        where = f" at {address:#x}" if address else ""
        super().__init__(f"{self.name}: {message or 'no details'}{where}")

    def __reduce__(self) -> Any:  # errors cross between processes
        return type(self), (self.code, self.message, self.address, self.detail, self.host_code)


class ArgumentError(KstError, ValueError):
    """Band -1…-19: the call is wrong."""


class TypeInfoError(KstError, LookupError):
    """Band -20…-39: type information lacks something; a better layout helps."""


class SourceError(KstError):
    """Band -40…-59: the memory could not be had."""


class MemoryFault(SourceError):
    """The memory is not there. `partial` holds the leading bytes that are."""

    partial: bytes = b""


class HostError(SourceError, OSError):
    """A callback or the operating system failed; `host_code` is its number."""

    def __str__(self) -> str:
        return str(self.args[0]) if len(self.args) == 1 else super().__str__()


class EvidenceError(KstError):
    """Band -60…-79: the evidence contradicts itself, or a budget is used up."""


def error_class(code: int) -> Type[KstError]:
    """The exception class of a status."""
    if code == lib.KST_E_FAULT:
        return MemoryFault
    if code in (lib.KST_E_HOST, lib.KST_E_IO):
        return HostError
    for last, kind in ((-20, ArgumentError), (-40, TypeInfoError), (-60, SourceError), (-80, EvidenceError)):
        if last < code < 0:
            return kind
    return KstError


def new_error() -> Any:
    err = ffi.new("struct kst_error *")
    err.size = ffi.sizeof("struct kst_error")
    return err


def check(status: int, err: Any = None, target: Any = None) -> int:
    """Raise what a status means; first of all what the reader's callback raised."""
    host = getattr(target, "_host", None)
    if host is not None:
        host.reraise()
    if status >= 0:
        return status
    if err is None or err.code != status:
        raise error_class(status)(status)
    raise error_class(status)(status, from_text(err.message) or "", err.address, err.detail, err.host_code)


class Host:
    """A Python callable behind a C callback, and the exception that it raised (of each thread its own)."""

    FAILED = -1000  # never a status of the library: KST_E_HOST comes back, with this as host_code

    def __init__(self, **calls: Any) -> None:
        self.calls = calls
        self._local = threading.local()

    def keep(self, exception: BaseException) -> None:
        if getattr(self._local, "pending", None) is None:
            self._local.pending = exception

    def reraise(self) -> None:
        pending = getattr(self._local, "pending", None)
        if pending is not None:
            self._local.pending = None
            raise pending


# --- text -------------------------------------------------------------------------------------------------------------


def text(field: Any) -> str:
    """A char array as text; bytes that are not UTF-8 survive the round trip."""
    return str(ffi.string(field).decode("utf-8", "surrogateescape"))


text_of = text  # where an argument is called text


def from_text(pointer: Any) -> Optional[str]:
    return None if pointer == ffi.NULL else ffi.string(pointer).decode("utf-8", "surrogateescape")


def as_text(value: Optional[str]) -> Any:
    return ffi.NULL if value is None else value.encode("utf-8", "surrogateescape")


# --- numbers with names -----------------------------------------------------------------------------------------------


class Enumeration(enum.IntEnum):
    """A state or kind. Numbers that this version does not know stay plain integers."""

    @classmethod
    def of(cls, value: int) -> int:
        try:
            return cls(value)
        except ValueError:
            return value

    @property
    def label(self) -> str:
        """The library's name, as the command line prints it: lower case with hyphens."""
        namer = getattr(type(self), "_namer", None)
        name = from_text(getattr(lib, namer)(self.value)) if namer else None
        return name or self.name.strip("_").lower().replace("_", "-")


class Bits(enum.IntFlag):
    """A set of bits. Bits that this version does not know are kept."""

    @property
    def labels(self) -> Tuple[str, ...]:
        """The library's names of the bits that are set, as the command line prints them."""
        namer = getattr(type(self), "_namer", None)
        found = []
        for i in range(64):
            bit = 1 << i
            if not self.value & bit:
                continue
            name = from_text(getattr(lib, namer)(bit)) if namer else None
            if name is None and namer is None:
                known = type(self)._value2member_map_.get(bit)
                name = known.name.lower().replace("_", "-") if known is not None and known.name else None
            if name is not None:
                found.append(name)
        return tuple(found)


# --- records ----------------------------------------------------------------------------------------------------------

_DECIMAL = ("pid", "tid", "time", "size", "bytes", "count", "total", "pages", "live", "freed", "runs", "in_use", "length")
_HEX32 = ("flags", "stamp", "checksum", "access", "attributes", "code", "mask", "status", "machine", "protection", "pool_type")


class Record:
    """One result of the library: frozen, compared by value. A member that the library could not know is None."""

    _c_name: ClassVar[str]
    _c_sized: ClassVar[bool]
    _c_members: ClassVar[Tuple[Tuple[str, str, str, str], ...]]

    def __repr__(self) -> str:
        parts = []
        for name, _, kind, ctype in self._c_members:
            value = getattr(self, name)
            if value is None or (kind in ("structs", "array") and not any(value)):
                continue
            if isinstance(value, Bits):
                if name != "present" and value:
                    parts.append(f"{name}={'|'.join(value.labels) or hex(value)}")
            elif isinstance(value, Enumeration):
                parts.append(f"{name}={value.label}")
            elif kind == "array" and ctype == "uint64_t":
                parts.append(f"{name}=({', '.join(map(hex, value))})")
            elif kind == "int" and (ctype in ("uint64_t", "kst_space") and not name.endswith(_DECIMAL) or
                                    name.endswith(_HEX32)):
                parts.append(f"{name}={value:#x}")
            else:
                parts.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    @classmethod
    def dtype(cls) -> Any:
        """NumPy's description of the C struct, for arrays of records."""
        import numpy

        return numpy.dtype(_dtype(ffi.typeof(f"struct {cls._c_name}")))


def _dtype(ctype: Any) -> Any:
    names: List[str] = []
    formats: List[Any] = []
    offsets: List[int] = []
    for name, field in ctype.fields:
        names.append(name)
        offsets.append(field.offset)
        formats.append(_format(field.type))
    return {"names": names, "formats": formats, "offsets": offsets, "itemsize": ffi.sizeof(ctype)}


def _format(ctype: Any) -> Any:
    if ctype.kind == "array":
        if ctype.item.cname == "char":
            return f"S{ctype.length}"
        return (_format(ctype.item), (ctype.length,))
    if ctype.kind == "struct":
        return _dtype(ctype)
    signed = int(ffi.cast(ctype, -1)) < 0
    return f"{'i' if signed else 'u'}{ffi.sizeof(ctype)}"


def _plain(value: Any) -> Any:
    """What NumPy would show of a C value, in plain Python: numbers, bytes, lists, dicts."""
    if not isinstance(value, ffi.CData):
        return value
    ctype = ffi.typeof(value)
    if ctype.kind == "array":
        return ffi.string(value) if ctype.item.cname == "char" else [_plain(element) for element in value]
    return {name: _plain(getattr(value, name)) for name, _ in ctype.fields}


class Bulk:
    """Room for records that C fills, many at a time; what they become in the end."""

    def __init__(self, record: Type[Record], need_numpy: bool) -> None:
        self._name = record._c_name
        self._parts: List[Any] = []
        self._numpy: Any = None
        try:
            import numpy
            self._numpy, self._dtype = numpy, record.dtype()
        except ImportError:
            if need_numpy:
                raise

    def room(self, count: int) -> Any:
        """Space for the next records, as C sees it."""
        if self._numpy is None:
            self._block = ffi.new(f"struct {self._name}[]", count)
            return self._block
        self._block = self._numpy.zeros(count, self._dtype)
        return ffi.cast(f"struct {self._name} *", ffi.from_buffer(self._block))

    def take(self, count: int) -> None:
        """Keep the first records of that space."""
        if self._numpy is None:
            self._parts += [_plain(self._block[i]) for i in range(count)]
        elif count:
            self._parts.append(self._block[:count])

    def copy(self, records: Any, count: int) -> None:
        """Keep records that are elsewhere."""
        room = self.room(count)
        ffi.memmove(room, records, count * ffi.sizeof(f"struct {self._name}"))
        self.take(count)

    def result(self) -> Any:
        """A structured array, or a list of dicts."""
        if self._numpy is None:
            return self._parts
        return self._numpy.concatenate(self._parts) if self._parts else self._numpy.zeros(0, self._dtype)


def new(name: str) -> Any:
    """A struct for the library to write: `size` is set."""
    made = ffi.new(f"{name} *")
    if any(n == "size" for n, _ in ffi.typeof(name).fields):
        made.size = ffi.sizeof(name)
    return made


def fill(made: Any, record: Record) -> None:
    for name, member, kind, ctype in record._c_members:
        value = getattr(record, name)
        if value is None:
            continue
        if kind == "text":
            setattr(made, member, value.encode("utf-8", "surrogateescape"))
        elif kind == "bytes":
            ffi.memmove(getattr(made, member), value, len(getattr(made, member)))
        elif kind == "struct":
            fill(getattr(made, member), value)
        elif kind == "structs":
            for element, inner in zip(getattr(made, member), value):
                fill(element, inner)
        elif kind == "array":
            for i, element in enumerate(value):
                getattr(made, member)[i] = element
        else:
            setattr(made, member, int(value))


def to_c(record: Optional[Record]) -> Any:
    """A record as the C struct that the library takes; None is NULL."""
    if record is None:
        return ffi.NULL
    made = new(f"struct {record._c_name}")
    fill(made, record)
    return made


# --- walks ------------------------------------------------------------------------------------------------------------

R = TypeVar("R")


class Walk(Generic[R], Iterator[R]):
    """Iterator over the elements of one of the kernel's lists or tables.

    Elements come lazily. A walk that ends badly delivers what there is and raises then; `partial()` gives the elements
    without raising and keeps the reason in `error`. After the end `end`, `count` and `anomalies` tell how it went.
    """

    def __init__(self, target: Any, record: Any, fill_records: Any) -> None:
        self._target = target
        self._record = record
        self._fill = fill_records
        self._cursor = ffi.new("struct kst_cursor *")
        self._keep: Tuple[Any, ...] = ()
        self._status = ffi.new("kst_status *")
        self._batch = 1
        self._records: Any = None
        self._have = 0
        self._at = 0
        self._failure: Optional[BaseException] = None
        self._done = False
        self.count = 0
        """Elements delivered so far."""
        self.error: Optional[BaseException] = None
        """Why the walk failed, or None."""

    def __iter__(self) -> "Walk[R]":
        return self

    def _refill(self) -> None:
        # few at first (somebody may want one element only), then many for one call
        self._batch = min(self._batch * 2, 64)
        if self._records is None or len(self._records) < self._batch:
            self._records = ffi.new(f"struct {self._record._c_name}[{self._batch}]")
        err = new_error()
        self._target._c  # raises for a closed target
        self._have = self._fill(self._cursor, self._records, self._batch, self._status, err)
        self._at = 0
        self._finish(self._status[0], err)

    def _finish(self, status: int, err: Any) -> None:
        if status == lib.KST_OK:
            return
        self._done = True
        try:
            check(status, err, self._target)
        except BaseException as failure:  # noqa: B902 - raised when its turn comes
            self._failure = self.error = failure

    def __next__(self) -> R:
        if self._at == self._have:
            if not self._done:
                self._refill()
            if self._at == self._have:
                failure, self._failure = self._failure, None
                if failure is not None:
                    raise failure
                raise StopIteration
        record: R = self._record._from_c(self._records[self._at])
        self._at += 1
        self.count += 1
        return record

    def partial(self) -> List[R]:
        """What is left of the walk as a list; a failure of the evidence is kept in `error` instead of raised."""
        found = []
        try:
            for record in self:
                found.append(record)
        except KstError as failure:
            self.error = failure
        return found

    def _all(self, need_numpy: bool, partial: bool) -> Any:
        bulk = Bulk(self._record, need_numpy)
        left = self._have - self._at
        if left:
            bulk.copy(self._records + self._at, left)
            self.count += left
            self._at = self._have
        size = 1024
        err = new_error()
        while not self._done:
            self._target._c
            n = self._fill(self._cursor, bulk.room(size), size, self._status, err)
            self.count += n
            bulk.take(n)
            self._finish(self._status[0], err)
            size = min(size * 2, 65536)
        failure, self._failure = self._failure, None
        if failure is not None and not (partial and isinstance(failure, KstError)):
            raise failure
        return bulk.result()

    def to_numpy(self, partial: bool = False) -> Any:
        """What is left of the walk as a NumPy structured array of the C structs, filled without Python in between.
        With `partial` a failure of the evidence is kept in `error` instead of raised."""
        return self._all(True, partial)

    def bulk(self, partial: bool = False) -> Any:
        """As to_numpy(); where NumPy is not installed a list of dicts, so that `row["pid"]` is right in both cases."""
        return self._all(False, partial)

    @property
    def end(self) -> int:
        """Why the walk ended; WalkEnd.RUNNING until its last element was delivered."""
        from ._generated import WalkEnd

        running = self._at < self._have or not self._done
        return WalkEnd.RUNNING if running else WalkEnd.of(lib.kst_cursor_end(self._cursor))

    @property
    def anomalies(self) -> int:
        """What looked wrong in the walk as a whole; complete at its end."""
        from ._generated import WalkAnomaly

        return WalkAnomaly(lib.kst_cursor_anomalies(self._cursor))
