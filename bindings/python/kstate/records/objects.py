# SPDX-License-Identifier: MIT
"""object, objects, types, handles, directory."""
from __future__ import annotations

from typing import Dict, NamedTuple, Optional, Union

from .. import _generated as g
from .._native import ffi, lib
from .._runtime import ArgumentError, HostError, KstError, MemoryFault, new_error, text
from ._fields import Fields, anomalies, as_hex, as_number, names, put, record, table
from ._session import Input, Records, Session, absent, answers_line, decimal, end_of, given_of, number, quiet, whole

NAME_MOST = 0x20000

_OBJECT = table("header:hex body:hex object_type=type_name!")
_COUNTS = table("creator_pid! pointer_count! handle_count! type_address=type:hex stored_type_index:hex type_index "
                "flags:hex security_descriptor:hex info_mask:hex")
_MORE = table("type_list_flink:hex type_list_blink:hex directory:hex name_length exclusive_process:hex paged_charge "
              "nonpaged_charge")
_BODY = table("kind:object_kind_name body_name=name device_name")
_TYPE = table("address:hex name! index! key:tag! objects! handles!")
_TYPE_MORE = table("tracking:object_tracking_name high_objects high_handles pool_type valid_access:hex list_head:hex")
_TABLE = table("address:hex table:hex levels pid handles")


def object_name(s: Session, o: g.Object) -> Optional[str]:
    """The whole name, also where the record could hold a part only."""
    if o.name is None or not o.anomalies & g.ObjectAnomaly.NAME_CUT:
        return o.name
    buffer = ffi.new("char[]", NAME_MOST)
    status = lib.kst_object_name(s.target._c, o.body, buffer, NAME_MOST, new_error())
    return text(buffer) if status in (lib.KST_OK, lib.KST_E_LIMIT, lib.KST_E_CORRUPT) else o.name


def put_body(s: Session, r: Fields, o: g.Object) -> None:
    """What the body of a file, device, driver… tells."""
    try:
        body = s.target.object_body(o)
    except HostError:
        raise
    except KstError:
        return
    if body.kind == g.ObjectKind.NONE:
        return
    put(r, body, _BODY)
    for key in ("device", "driver", "file"):
        if getattr(body, key):
            r[key] = as_hex(getattr(body, key))
    if body.flags is not None:
        r["body_flags"] = as_hex(body.flags)
    if body.kind == g.ObjectKind.PROCESS and body.id is not None:
        r["body_pid"] = as_number(body.id)
    if body.kind == g.ObjectKind.THREAD and body.id is not None:
        r.update(body_pid=as_number(body.pid or 0), body_tid=as_number(body.id))
    if body.anomalies:
        r["body_anomalies"] = list(body.anomalies.labels)


def object_record(s: Session, o: g.Object, given: Optional[str] = None) -> Fields:
    """The record of one object."""
    r = record("object", o, _OBJECT, given=given, flags=False)
    r["name"] = object_name(s, o)
    put(r, o, _COUNTS)
    if o.present & g.ObjectHas.INFOS:
        r["infos"] = names(o.infos or 0, g.object_info_name)
    put(r, o, _MORE)
    put_body(s, r, o)
    return anomalies(r, o.anomalies)


def object(s: Session, address: Input) -> Records:
    """One object, by its body or header."""
    for at, given in given_of(address):
        try:
            found = s.target.object_at(at, g.ObjectAt.EITHER)
        except KstError as failure:
            if not answers_line(given, failure):
                raise
            keys = ("header", "body", "object_type", "name", "creator_pid", "pointer_count", "handle_count")
            yield {"type": "object", "input": given, **dict.fromkeys(keys)}
            continue
        yield object_record(s, found, given)


def _find_type(s: Session, name: str) -> Optional[g.ObjectType]:
    """By name, by index, or by the address of its _OBJECT_TYPE."""
    failure: Optional[KstError] = None
    try:
        found = s.target.object_type_find(name)
        if found is not None:
            return found
    except HostError:
        raise
    except KstError as error:
        failure = error
    try:
        if decimal(name) <= 0xff:
            found = s.target.object_type_find(None, decimal(name))
            if found is not None:
                return found
    except (KstError, ValueError):
        pass
    try:
        if number(name) > 0xffff:
            return s.target.object_type_at(number(name))
    except ValueError:
        pass
    if failure is not None:
        raise failure
    return None


def objects(s: Session, *words: str) -> Records:
    """Every object of a type: `objects File`, or as in the debugger `objects 0 File`."""
    if not 1 <= len(words) <= 2 or len(words) == 2 and words[0] != "0":
        raise TypeError("objects [0] TYPE")
    kind = _find_type(s, words[-1])
    if kind is None:
        raise absent(f"there is no object type {words[-1]}")
    walk = s.target.objects(kind.address)
    for o in quiet(walk):
        yield object_record(s, o)
    yield end_of("object", walk)
    if not isinstance(walk.error, KstError):
        return
    try:
        backward = s.target.object_list_check(kind.address).backward
    except HostError:
        raise
    except KstError:
        backward = 0
    if backward > 0:
        walk = s.target.objects(kind.address, lib.KST_OBJECTS_BACKWARDS)
        for o in quiet(walk):
            yield object_record(s, o)
        yield end_of("object-backwards", walk)
    if walk.count == 0 and walk.error is not None:
        raise walk.error


def types(s: Session) -> Records:
    """Every object type."""
    def make(t: g.ObjectType) -> Fields:
        r = record("object_type", t, _TYPE, flags=False)
        r["tracked"] = None if t.tracking == g.ObjectTracking.UNKNOWN else t.tracking != g.ObjectTracking.OFF
        return anomalies(put(r, t, _TYPE_MORE), t.anomalies)
    yield from whole("object_type", s.target.object_types(), make)


class _Choice(NamedTuple):
    """Which handle table, and how to read it."""

    table: int
    pid: Optional[int] = None
    flags: int = 0


def global_value(s: Session, name: str) -> Optional[int]:
    """A pointer-sized global of the kernel; None where it is 0 or not known."""
    try:
        data = s.target.read(s.target.symbol(name), 4 if s.x86 else 8)
    except HostError:
        raise
    except KstError:
        return None
    return int.from_bytes(data, "little") or None


def _of_process(process: g.Process) -> _Choice:
    if not process.handle_table:
        raise MemoryFault(lib.KST_E_FAULT, "the process has no handle table (it is ending, or not whole here)")
    return _Choice(process.handle_table, process.pid)


def _by_pid(s: Session, pid: int) -> _Choice:
    process = s.target.process_find(pid)
    if process is None:
        raise absent("no process has this id")
    return _of_process(process)


def _by_address(s: Session, address: int) -> _Choice:
    """An EPROCESS if its header says so, else a HANDLE_TABLE."""
    try:
        is_process = s.target.object_type_of(address).name == "Process"
    except HostError:
        raise
    except KstError:
        is_process = False
    if is_process:
        return _of_process(s.target.process_read(address))
    cid = global_value(s, "PspCidTable") == address
    return _Choice(address, flags=lib.KST_HANDLES_CID if cid else 0)


def _choose(s: Session, given: Union[int, str, None]) -> _Choice:
    """A process id is decimal, or 0x… below the kernel; every other number is an address."""
    if s.kernel or given is None:
        kernel = global_value(s, "ObpKernelHandleTable")
        return _Choice(kernel) if kernel is not None else _by_pid(s, 4)
    try:
        pid: Optional[int] = decimal(given)
    except ValueError:
        pid = None
    if pid is not None and pid <= 0x7fffffff:
        try:
            return _by_pid(s, pid)
        except KstError:
            if number(given) <= 0x7fffffff:
                raise
    try:
        return _by_address(s, number(given))
    except ValueError:
        raise ArgumentError(lib.KST_E_ARG, "neither a process id nor an address") from None


def _handle(s: Session, pid: Optional[int], h: g.Handle) -> Fields:
    o: Optional[g.Object] = None
    if h.present & g.HandleHas.OBJECT and h.state != g.HandleState.BAD:
        try:
            o = s.target.object_at(h.header or 0, g.ObjectAt.HEADER)
        except HostError:
            raise
        except KstError:
            pass
    r: Fields = {"type": "handle", "pid": as_number(pid) if pid is not None else None, "handle": as_hex(h.handle or 0), "header": None, "body": None}
    if h.present & g.HandleHas.OBJECT:
        r.update(header=as_hex(h.header or 0), body=as_hex(h.body or 0))
    r.update(object_type=o.type_name if o is not None else None,
             access=as_hex(h.access) if h.access is not None else None,
             name=object_name(s, o) if o is not None else None, entry=as_hex(h.entry or 0),
             state=g.handle_state_name(h.state))
    if h.attributes:
        r["attributes"] = names(h.attributes, g.handle_attribute_name, 32)
    if o is not None and o.header:
        put_body(s, r, o)
    return anomalies(r, h.anomalies)


def handles(s: Session, which: Union[int, str, None] = None) -> Records:
    """The handles of a process, of a handle table, or (`kernel`) of the kernel."""
    choice = _choose(s, which)
    at = s.target.handle_table_at(choice.table)
    walk = s.target.handles(choice.table, choice.flags)
    pid = choice.pid
    if pid is None and not choice.flags & lib.KST_HANDLES_CID:
        pid = at.pid
    yield record("handle_table", at, _TABLE)
    for h in quiet(walk):
        yield _handle(s, pid, h)
    yield end_of("handle", walk)
    if walk.count == 0 and walk.error is not None:
        raise walk.error
    if walk.count == 0 and walk.anomalies & g.WalkAnomaly.SKIPPED:
        raise MemoryFault(lib.KST_E_FAULT, "nothing of the handle table is there")


def directory(s: Session, path: str = "\\") -> Records:
    """The object directory, from the root or from a path, with everything below."""
    root = s.target.directory_find(path)
    if root is None:
        raise absent(f"there is no object {path}")
    try:
        is_directory = s.target.object_type_of(root).name == "Directory"
    except HostError:
        raise
    except KstError:
        is_directory = True
    if not is_directory:
        yield object_record(s, s.target.object_at(root, g.ObjectAt.BODY))
        return
    paths: Dict[int, str] = {0: path}
    walk = s.target.directory(root, lib.KST_DIRECTORY_RECURSE)
    for entry in quiet(walk):
        o: Optional[g.Object] = None
        if entry.present & g.DirectoryEntryHas.OBJECT and not entry.anomalies & g.DirectoryEntryAnomaly.POINTER:
            try:
                o = s.target.object_at(entry.body or 0, g.ObjectAt.BODY)
            except HostError:
                raise
            except KstError:
                pass
        name = object_name(s, o) if o is not None else None
        depth = min(entry.depth, 16)
        above = paths[depth]
        paths[depth + 1] = f"{above}{'' if above.endswith(chr(92)) else chr(92)}{'?' if name is None else name}"
        r: Fields = {"type": "directory_entry", "path": paths[depth + 1] if name is not None else None,
                     "header": as_hex(o.header) if o is not None else None,
                     "body": as_hex(entry.body or 0) if entry.present & g.DirectoryEntryHas.OBJECT else None,
                     "object_type": o.type_name if o is not None else None, "depth": entry.depth,
                     "bucket": entry.bucket}
        if o is not None:
            put_body(s, r, o)
        yield anomalies(r, entry.anomalies)
    yield end_of("directory_entry", walk)
    if walk.count == 0 and walk.error is not None:
        raise walk.error
    if walk.count == 0 and walk.anomalies & g.WalkAnomaly.SKIPPED:
        raise MemoryFault(lib.KST_E_FAULT, "nothing of the directory is there")
