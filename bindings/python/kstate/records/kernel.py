# SPDX-License-Identifier: MIT
"""callbacks, verifier."""
from __future__ import annotations

from typing import Optional, Union

from .. import _generated as g
from .._runtime import HostError, KstError
from ._fields import Fields, anomalies, as_hex, record, table
from ._session import Records, Session, number, quiet, whole

_CALLBACK = table("kind:callback_kind_name slot raw:hex block:hex function:hex! post_function:hex context:hex module! "
                  "cookie:hex object_type:hex operations:hex reason state")
_ENTRY = table("log:verifier_log_name address:hex size=bytes thread:hex irql kernel_apc_disable "
               "special_apc_disable")
_SETTINGS = ("raise_irqls", "acquire_spin_locks", "synchronize_executions", "allocations_attempted",
             "allocations_succeeded", "allocations_special_pool", "allocations_no_tag", "trim_requests", "trims",
             "allocations_failed", "allocations_failed_deliberately", "loads", "unloads", "paged_allocations",
             "nonpaged_allocations")


def callbacks(s: Session) -> Records:
    """Who asked to be told."""
    def make(c: g.Callback) -> Fields:
        r = record("callback", c, _CALLBACK, flags=False)
        if c.name is not None:
            r["component" if c.kind == g.CallbackKind.BUGCHECK else "altitude"] = c.name
        return anomalies(r, c.anomalies)
    walk = s.target.callbacks()
    for c in quiet(walk):
        yield make(c)
    known = s.target.callback_kinds()
    for kind in g.CallbackKind:
        if not known >> kind & 1:
            yield {"type": "callback_kind", "kind": g.callback_kind_name(kind), "looked_for": False}
    yield from whole("callback", walk, make)


def _settings(s: Session) -> Fields:
    settings = s.target.verifier_settings()
    r: Fields = {"type": "verifier_settings"}
    if settings.present & 1:
        r["level"] = as_hex(settings.level)
    for i, name in enumerate(_SETTINGS):
        if settings.present >> (i + 1) & 1:
            r[name] = getattr(settings, name)
    return r


def verifier(s: Session, log: Optional[Union[int, str]] = None, address: Union[int, str] = 0) -> Records:
    """Settings of Driver Verifier, or one of its logs (80, 100, 200, hexadecimal)."""
    if log is None:
        yield _settings(s)
        return

    enter: Optional[g.VerifierEntry] = None
    walk = s.target.verifier(number(log), number(address))
    if number(log) == g.VerifierLog.CRITICAL_REGION and number(address):
        try:
            enter = s.target.verifier_unmatched_enter(number(address))
        except HostError:
            raise
        except KstError:
            pass

    def make(e: g.VerifierEntry) -> Fields:
        r = record("verifier_entry", e, _ENTRY, flags=False)
        if enter is not None and e.record == enter.record:
            r["unmatched"] = True
        if e.operation != g.VerifierOperation.UNKNOWN:
            r["operation"] = g.verifier_operation_name(e.operation)
        r["stack"] = [as_hex(a) for a in (e.stack or ())[:e.stack_count]]
        return anomalies(r, e.anomalies)
    yield from whole("verifier_entry", walk, make)
