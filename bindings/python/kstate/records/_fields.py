# SPDX-License-Identifier: MIT
"""From members of a result to the keys of a record of the command line."""
from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Union

from .. import _generated
from .._runtime import Bits

Fields = Dict[str, Any]
Row = Tuple[str, str, Callable[[Any], Any], bool]


def as_hex(value: int) -> str:
    """Addresses, flags, masks: "0x…"."""
    return f"{value & 0xffffffffffffffff:#x}"


def as_number(value: int) -> int:
    """Counts and sizes, as far as JSON's readers hold them."""
    return value - (1 << 64) if value >> 63 == 1 else int(value)


def as_time(filetime: int) -> Optional[str]:
    """UTC with seven decimals."""
    seconds, rest = divmod(filetime, 10_000_000)
    days, seconds = divmod(seconds, 86400)
    cycles, days = divmod(days, 146097)  # of 400 years, so that no date is too far away
    centuries = min(days // 36524, 3)
    days -= centuries * 36524
    fours, days = divmod(days, 1461)
    years = min(days // 365, 3)
    days -= years * 365
    year = 1601 + cycles * 400 + centuries * 100 + fours * 4 + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    month = 1
    for length in (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31):
        if days < length:
            break
        days -= length
        month += 1
    return (f"{year:04}-{month:02}-{days + 1:02}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            f".{rest:07}Z")


def as_tag(tag: bytes) -> str:
    """Four characters; the protected bit is cleared."""
    return "".join(map(chr, (*tag[:3], tag[3] & 0x7f)))


def pool_state(state: int) -> Optional[str]:
    """"allocated" or "free"; None when unknown."""
    if state == _generated.PoolState.UNKNOWN:
        return None
    return _generated.pool_state_name(_generated.PoolState.FREE if state == _generated.PoolState.CACHED else state)


def names(bits: int, name: Callable[[int], Optional[str]], most: int = 64) -> List[str]:
    """The library's names of the bits that are set."""
    found = (name(1 << i) for i in range(most) if bits >> i & 1)
    return [text for text in found if text is not None]


_KINDS: Dict[str, Callable[[Any], Any]] = {
    "": lambda value: value if isinstance(value, str) else as_number(value),
    "hex": as_hex,
    "hexes": lambda values: [as_hex(v) for v in values],
    "bool": bool,
    "time": lambda value: as_time(value) if value else None,
    "tag": as_tag,
    "pool_state": pool_state,
}


def table(text: str) -> List[Row]:
    """Rows of `key[=member][:kind][!]`. A member that is None is left out, with `!` it is null. A kind that ends with
    _name or _text is the library's function."""
    rows: List[Row] = []
    for word in text.split():
        null = word.endswith("!")
        key, _, kind = word.rstrip("!").partition(":")
        key, _, member = key.partition("=")
        convert = _KINDS[kind] if kind in _KINDS else getattr(_generated, kind)
        rows.append((key, member or key, convert, null))
    return rows


def put(fields: Fields, result: Any, rows: Iterable[Row]) -> Fields:
    """Add members of a result by a table."""
    for key, member, convert, null in rows:
        value = getattr(result, member)
        if value is not None:
            fields[key] = convert(value)
        elif null:
            fields[key] = None
    return fields


def anomalies(fields: Fields, *sets: Union[Bits, int]) -> Fields:
    """Add the names of what looked wrong; the key is left out where nothing did."""
    for bits in sets:
        if bits:
            fields.setdefault("anomalies", []).extend(bits.labels if isinstance(bits, Bits) else ())
    return fields


def record(type: str, result: Any, rows: Iterable[Row], *, given: Optional[str] = None, flags: bool = True) -> Fields:
    """A record of a type: what was given on standard input, the members of a table, the anomalies."""
    fields: Fields = {"type": type} if given is None else {"type": type, "input": given}
    put(fields, result, rows)
    return anomalies(fields, result.anomalies) if flags else fields
