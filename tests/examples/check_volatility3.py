# SPDX-License-Identifier: MIT
"""kstate_volatility3.py over a stand-in for Volatility 3: its documented interface, and nothing else of it.

usage: check_volatility3.py FORGE EXAMPLE_FOLDER (PYTHONPATH has the module kstate)
"""
import abc
import importlib
import os
import subprocess
import sys
import tempfile
import types

import kstate


class InvalidAddressException(Exception):
    """As documented: the layer's name, and the address that was not there."""

    def __init__(self, layer_name, invalid_address, *arguments):
        super().__init__(*arguments)
        self.layer_name = layer_name
        self.invalid_address = invalid_address


class DataLayerInterface(abc.ABC):
    """The documented members of volatility3.framework.interfaces.layers.DataLayerInterface."""

    def __init__(self, context, config_path, name, metadata=None):
        self.context, self.config_path, self._name, self._metadata = context, config_path, name, metadata or {}

    @property
    def name(self):
        return self._name

    @property
    @abc.abstractmethod
    def maximum_address(self):
        """The highest valid address."""

    @property
    @abc.abstractmethod
    def minimum_address(self):
        """The lowest valid address."""

    @abc.abstractmethod
    def is_valid(self, offset, length=1):
        """Is the whole range there?"""

    @abc.abstractmethod
    def read(self, offset, length, pad=False):
        """All bytes; what is not there raises, or is zeros with pad."""

    @abc.abstractmethod
    def write(self, offset, data):
        """Change the data."""


def install_standin():
    framework = types.ModuleType("volatility3.framework")
    framework.interfaces = types.ModuleType("volatility3.framework.interfaces")
    framework.interfaces.layers = types.ModuleType("volatility3.framework.interfaces.layers")
    framework.interfaces.layers.DataLayerInterface = DataLayerInterface
    framework.exceptions = types.ModuleType("volatility3.framework.exceptions")
    framework.exceptions.InvalidAddressException = InvalidAddressException
    sys.modules.update({"volatility3": types.ModuleType("volatility3"), "volatility3.framework": framework,
                        "volatility3.framework.interfaces": framework.interfaces,
                        "volatility3.framework.interfaces.layers": framework.interfaces.layers,
                        "volatility3.framework.exceptions": framework.exceptions})


class FileLayer(DataLayerInterface):
    """A file of raw memory; like Volatility's own it takes the byte behind the last one for valid."""

    def __init__(self, memory):
        super().__init__(None, "", "file")
        self.memory = memory
        self.maximum_address, self.minimum_address = len(memory), 0

    maximum_address = minimum_address = None

    def is_valid(self, offset, length=1):
        return 0 <= offset and offset + length - 1 <= self.maximum_address

    def read(self, offset, length, pad=False):
        data = self.memory[offset:offset + length] if self.is_valid(offset, length) else b""
        if len(data) < length:
            raise InvalidAddressException(self.name, offset + len(data), "not there")
        return data

    def write(self, offset, data):
        raise AssertionError("nobody writes")


class SparseLayer(FileLayer):
    """The same memory in pieces, with Volatility's mapping(): nothing is stored of pages that are zero."""

    def __init__(self, memory, hide=()):
        super().__init__(memory)
        self.maximum_address = len(memory) - 1
        self.pages = {at for at in range(0, len(memory), 0x1000) if any(memory[at:at + 0x1000]) and at not in hide}

    def is_valid(self, offset, length=1):
        return offset >= 0 and all(at in self.pages for at in range(offset & ~0xFFF, offset + length, 0x1000))

    def mapping(self, offset, length, ignore_errors=False):
        assert ignore_errors
        for at in sorted(self.pages):
            start, end = max(at, offset), min(at + 0x1000, offset + length)
            if start < end:
                yield start, end - start, start, end - start, "base"


class Failing(FileLayer):
    def read(self, offset, length, pad=False):
        raise ConnectionError("the layer below has gone")


LOW = 0x100000


def names(target):
    return [(process.pid, process.name) for process in target.processes()]


def main(forge, folder):
    sys.path.insert(0, folder)
    try:
        importlib.import_module("kstate_volatility3")
        raise AssertionError("it must need Volatility")
    except ImportError as missing:
        assert "Volatility 3" in str(missing)
    install_standin()
    from kstate_volatility3 import KstateLayer, target_from_layer

    with tempfile.TemporaryDirectory() as work:
        raw = os.path.join(work, "raw")
        subprocess.run([forge, raw, "raw"], check=True)
        with open(raw, "rb") as file:
            memory = file.read()
        opened = kstate.open(raw)
        wanted = names(opened)
        assert (696, "lsass.exe") in wanted and len(wanted) > 4, wanted

        # a layer as the reader
        for layer in (FileLayer(memory), SparseLayer(memory)):
            with target_from_layer(layer) as target:
                assert names(target) == wanted, type(layer)
                assert target.read(len(memory) - 8, 8, kstate.PHYSICAL) == memory[-8:]
                try:
                    target.read(len(memory) - 8, 16, kstate.PHYSICAL)
                    raise AssertionError("read over the end")
                except kstate.MemoryFault as fault:
                    assert fault.partial == memory[-8:], fault.partial
        page = memory.index(b"lsass.exe\0") & ~0xFFF
        with target_from_layer(SparseLayer(memory, hide={page})) as target:
            found = []
            try:
                found.extend((process.pid, process.name) for process in target.processes())
                raise AssertionError("a hole in the list was passed over")
            except kstate.MemoryFault:
                assert found == wanted[:3], found
        first = next(at for at in range(LOW, len(memory), 0x1000)  # two pages that touch
                     if any(memory[at:at + 0x1000]) and any(memory[at + 0x1000:at + 0x2000]))
        with target_from_layer(SparseLayer(memory, hide={first + 0x1000})) as target:
            try:
                target.read(first + 0x10, 0x1000, kstate.PHYSICAL)
                raise AssertionError("read over a hole")
            except kstate.MemoryFault as fault:  # up to the hole, and not a byte more
                assert fault.partial == memory[first + 0x10:first + 0x1000]
        try:
            target_from_layer(Failing(memory))
            raise AssertionError("the layer's exception was lost")
        except ConnectionError as error:
            assert "has gone" in str(error)

        # kernel addresses, translated by the layer
        class KernelLayer(FileLayer):
            def is_valid(self, offset, length=1):
                try:
                    return len(opened.read(offset, length)) == length
                except kstate.MemoryFault:
                    return False

            def read(self, offset, length, pad=False):
                if not self.is_valid(offset, length):
                    raise InvalidAddressException("kernel", offset, "not there")
                return opened.read(offset, length)

        kernel = KernelLayer(b"")
        kernel.minimum_address, kernel.maximum_address = 0xFFFF800000000000, 0xFFFFFFFFFFFFFFFF
        with target_from_layer(kernel, physical=False, identity=opened.identity(), layout=opened.layout) as target:
            assert names(target) == wanted

        # the other direction, and back again
        layer = KstateLayer(None, "", "memory", opened, len(memory) - 1)
        assert (layer.name, layer.minimum_address, layer.maximum_address) == ("memory", 0, len(memory) - 1)
        assert layer.read(0x100000, 0x3000) == memory[0x100000:0x103000]
        assert layer.is_valid(0x100000, 0x1000) and not layer.is_valid(len(memory) - 1, 2) and not layer.is_valid(-1)
        assert layer.read(len(memory) - 4, 8, pad=True) == memory[-4:] + bytes(4)
        try:
            layer.read(len(memory) - 4, 8)
            raise AssertionError("read over the end")
        except InvalidAddressException as fault:
            assert fault.invalid_address == len(memory), hex(fault.invalid_address)
        with target_from_layer(layer) as target:
            assert names(target) == wanted
        subprocess.run([forge, os.path.join(work, "dump")], check=True)
        with kstate.open(os.path.join(work, "dump")) as dump:
            holes = KstateLayer(None, "", "memory", dump, len(memory) - 1)  # this dump begins at 1 MiB
            assert not holes.is_valid(0xFF000) and holes.is_valid(0x100000)
            assert holes.read(0xFFFF0, 0x20, pad=True)[:16] == bytes(16)
            assert holes.read(0xFFFF0, 0x20, pad=True)[16:] == dump.read(0x100000, 16, kstate.PHYSICAL)
        opened.close()
    print(f"{len(wanted)} processes in both directions, over a stand-in for Volatility 3")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
