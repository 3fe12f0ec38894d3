# SPDX-License-Identifier: MIT
"""info, modules, unloaded."""
from __future__ import annotations

from typing import Any, List, Optional

from .. import _generated as g
from .._native import lib
from .._runtime import KstError, TypeInfoError
from .._target import KERNEL, Dump
from .._types import bugcheck_is_manual
from ._fields import Fields, anomalies, as_hex, as_time, put, record, table
from ._session import Records, Session, whole

_TARGET = table("build revision processors kernel_base:hex dtb:hex")
_TARGET_MORE = table("debugger_data:hex kpcr:hex time_date_stamp:hex size_of_image")


def _missing(layout: Any) -> List[str]:
    missing: List[str] = []
    index = 0
    while True:
        wanted = g.layout_wanted(index)
        if wanted is None:
            return missing
        type, path = (alternatives.split("|")[0] for alternatives in wanted)
        try:
            if layout is None:
                raise TypeInfoError(lib.KST_E_NO_MEMBER)
            g.layout_member(layout, type, path)
        except TypeInfoError:
            missing.append(f"{type}.{path}" if path else type)
        index += 1


def _kernel_pdb(s: Session, base: Optional[int]) -> Fields:
    if base is None:
        return {}
    try:
        image = s.target.image_read(KERNEL, base)
    except KstError:
        return {}
    if not image.present & g.ImageHas.PDB or image.pdb_guid is None:
        return {}
    guid = image.pdb_guid
    order = (3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15)  # as symbol servers write it
    return {"pdb": image.pdb_name, "pdb_identity": "".join(f"{guid[i]:02X}" for i in order) + f"{image.pdb_age or 0:X}"}


_X86 = ("eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi")
_X64 = ("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", *(f"r{n}" for n in range(8, 16)))
_ARM64 = (*(f"x{n}" for n in range(29)), "fp", "lr", "sp", "pc")
_REGISTERS = {g.Arch.X86: _X86, g.Arch.X64: _X64}


def _crash(dump: Dump, arch: int) -> Fields:
    """The exception record and the registers that the file holds."""
    r: Fields = {}
    data = dump.exception()
    try:
        exception = g.decode_exception(4 if arch == g.Arch.X86 else 8, data, 0) if data is not None else None
    except KstError:
        exception = None
    if exception is not None and exception.code and not exception.anomalies & g.ExceptionAnomaly.FILL:
        e: Fields = {"code": as_hex(exception.code), "flags": as_hex(exception.flags or 0)}
        if exception.exception_address is not None:
            e["address"] = as_hex(exception.exception_address)
        if exception.information is not None:
            e["parameters"] = [as_hex(v) for v in exception.information[:exception.information_count]]
        r["exception"] = anomalies(e, exception.anomalies)
    data = dump.context()
    try:
        context = g.decode_context(arch, data, 0) if data is not None else None
    except KstError:
        context = None
    if context is not None and context.present & g.ContextHas.CONTROL and context.ip:
        c: Fields = {key: as_hex(getattr(context, key) or 0) for key in ("ip", "sp", "fp", "eflags")}
        if context.gpr is not None and context.present & g.ContextHas.INTEGER:
            names = _REGISTERS.get(g.Arch(arch), _ARM64)
            c["registers"] = {name: as_hex(value) for name, value in zip(names, context.gpr[:context.gpr_count])}
        r["context"] = anomalies(c, context.anomalies)
    return r


def info(s: Session) -> Records:
    """What the source is."""
    target, header = s._target, s.dump.info if s.dump is not None else g.DumpInfo()
    identity = target.identity() if target is not None else s.dump.identify() if s.dump is not None else g.Identity()
    r: Fields = {"type": "target", "format": g.format_name(header.format)}
    if identity.arch is not None:
        pae = identity.arch == g.Arch.X86 and identity.paging == g.Paging.PAE
        r["arch"] = "x86-pae" if pae else g.arch_name(identity.arch)
    put(r, identity, _TARGET)
    if header.bugcheck_code is not None and header.bugcheck_parameters is not None:
        name = g.bugcheck_name(header.bugcheck_code)
        r["bugcheck"] = as_hex(header.bugcheck_code)
        r["parameters"] = [as_hex(p) for p in header.bugcheck_parameters]
        if name is not None:
            r["bugcheck_name"] = name
        r["manual_crash"] = bugcheck_is_manual(header.bugcheck_code, header.bugcheck_parameters)
    if s.dump is not None:
        r.update(_crash(s.dump, identity.arch or g.Arch.UNKNOWN))
    if identity.paging is not None:
        r["paging"] = g.paging_name(identity.paging)
    put(r, identity, _TARGET_MORE)
    if header.system_time is not None:
        r["system_time"] = as_time(header.system_time)
    if header.up_time is not None:
        r["up_time"] = header.up_time
    layout = target.layout if target is not None else None
    about = layout.info if layout is not None else g.LayoutInfo()
    if target is not None:
        r.update(_kernel_pdb(s, identity.kernel_base))
    r["layout"] = about.name if about.present else "none"
    r["layout_members"] = about.present
    # nothing but what the block tells, or a table with holes
    if about.name in ("", "empty", "debugger data block") or about.anomalies & g.LayoutAnomaly.PARTIAL:
        r["layout_missing"] = _missing(layout)
    yield anomalies(r, identity.anomalies, about.anomalies, header.anomalies)


_MODULE = table("base:hex size=size_of_image name path entry=address:hex entry_point:hex time_date_stamp:hex checksum:hex")
_UNLOADED = table("start:hex end:hex name time:time")


def modules(s: Session) -> Records:
    """The kernel's modules, in load order."""
    def make(m: g.Module) -> Fields:
        r = record("module", m, _MODULE)
        if not m.address:
            del r["entry"]
        return r
    yield from whole("module", s.target.kernel_modules(), make)


def unloaded(s: Session) -> Records:
    """Kernel modules that were unloaded, newest first."""
    yield from whole("unloaded_module", s.target.unloaded_modules(),
                    lambda m: record("unloaded_module", m, _UNLOADED))
