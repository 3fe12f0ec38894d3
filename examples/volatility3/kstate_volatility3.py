# SPDX-License-Identifier: MIT
"""Volatility 3 and libkstate over the same memory, in both directions.

`target_from_layer()` reads through a layer that Volatility has opened: in a plugin

    with target_from_layer(context.layers["memory_layer"]) as target:
        for block in target.pool_scan([b"Proc"], start, end):
            ...

`KstateLayer` is a layer whose memory comes from libkstate: containers that Volatility does not open.

Made for Volatility 3's published interface (`volatility3.framework.interfaces.layers.DataLayerInterface`; of layers that
have it, `mapping()` of TranslationLayerInterface). Volatility 3 is in no Debian package: the test has a stand-in with
that interface, and nothing here ran inside Volatility itself.
"""
from typing import Any, Dict, List, Optional, Tuple

import kstate

try:
    from volatility3.framework import interfaces
    from volatility3.framework.exceptions import InvalidAddressException
except ImportError as missing:
    raise ImportError("kstate_volatility3 needs Volatility 3 (volatility3.framework)") from missing


def _leading(layer: Any, address: int, length: int) -> bytes:
    """The leading bytes that the layer has: it tells for a whole range only."""
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        if layer.is_valid(address, middle):
            low = middle
        else:
            high = middle - 1
    while low > 0:
        try:
            return layer.read(address, low)
        except InvalidAddressException as fault:  # valid, it said, and yet: a file layer counts one byte too many
            short = fault.invalid_address - address
            low = short if 0 < short < low else 0
    return b""


def target_from_layer(layer: Any, physical: bool = True, **options: Any) -> kstate.Target:
    """A target over a Volatility layer: one of physical memory, or (physical=False) one of kernel addresses.

    What else kstate.Target takes (layout, identity, symbols, ...) may be given. Any exception of the layer but
    InvalidAddressException comes out of the call that needed the memory.
    """
    here = kstate.PHYSICAL if physical else kstate.KERNEL

    def read(address: int, length: int, space: int) -> Optional[bytes]:
        if space != here:
            return None
        try:
            return layer.read(address, length)
        except InvalidAddressException:
            return _leading(layer, address, length)

    def next_range(address: int, space: int) -> Optional[Tuple[int, int]]:
        start, end = max(address, layer.minimum_address), layer.maximum_address + 1
        if space != here or start >= end:
            return None
        if not hasattr(layer, "mapping"):  # a layer without holes
            return start, end - start
        for offset, length, *_ in layer.mapping(start, end - start, ignore_errors=True):
            if offset + length > start:
                return max(offset, start), offset + length - max(offset, start)
        return None

    return kstate.Target(read, physical=physical, next_range=next_range, **options)


class KstateLayer(interfaces.layers.DataLayerInterface):
    """A Volatility layer of the physical memory of a kstate target; give its end, as no header says it for all formats."""

    def __init__(self, context: Any, config_path: str, name: str, target: kstate.Target, maximum_address: int,
                 metadata: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(context, config_path, name, metadata)
        self._target = target
        self._maximum = maximum_address

    @property
    def minimum_address(self) -> int:
        return 0

    @property
    def maximum_address(self) -> int:
        return self._maximum

    def is_valid(self, offset: int, length: int = 1) -> bool:
        if offset < 0 or length < 1 or offset + length - 1 > self._maximum:
            return False
        try:
            self._target.read(offset, length, kstate.PHYSICAL)
            return True
        except kstate.MemoryFault:
            return False

    def read(self, offset: int, length: int, pad: bool = False) -> bytes:
        parts: List[bytes] = []
        end = offset + length
        while offset < end:
            try:
                if not 0 <= offset <= self._maximum:
                    raise InvalidAddressException(self.name, offset, "outside of the memory")
                here = min(end, self._maximum + 1) - offset
                parts.append(self._target.read(offset, here, kstate.PHYSICAL))
                offset += here
            except (kstate.MemoryFault, InvalidAddressException) as fault:
                partial = getattr(fault, "partial", b"")
                offset += len(partial)
                if not pad:
                    raise InvalidAddressException(self.name, offset, "memory that the dump does not hold") from fault
                hole = min(end, (offset | 0xFFF) + 1) - offset  # the rest of the page
                parts += [partial, bytes(hole)]
                offset += hole
        return b"".join(parts)

    def write(self, offset: int, data: bytes) -> None:
        raise NotImplementedError("a dump is not written to")
