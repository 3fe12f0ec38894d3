# SPDX-License-Identifier: MIT
"""What the module believes of the C interface is what the compiler says of it."""
import inspect
import os
import pathlib
import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kstate
from kstate import _generated
from kstate._native import ffi, lib
from kstate._runtime import to_c

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECORDS = sorted((r for r in vars(_generated).values() if inspect.isclass(r) and issubclass(r, kstate.Record) and
                  r is not kstate.Record), key=lambda r: r.__name__)


def compare(lines):
    structs = constants = 0
    for line in lines:
        cells = line.split()
        if cells[0] != "struct":
            assert kstate.CONSTANTS[cells[0]] & 2**64 - 1 == int(cells[1]) & 2**64 - 1, line
            constants += 1
        elif "." in cells[1]:
            struct, member = cells[1].split(".")
            kind = dict(ffi.typeof(f"struct {struct}").fields)[member].type
            assert ffi.offsetof(f"struct {struct}", member) == int(cells[2]), line
            assert ffi.sizeof(kind) == int(cells[3]), line
        else:
            assert ffi.sizeof(f"struct {cells[1]}") == int(cells[2]), line
            structs += 1
    return structs, constants


def of_the_compiler():
    return subprocess.run([os.environ["KSTATE_LAYOUT_PROGRAM"]], check=True, capture_output=True, text=True).stdout.splitlines()


def test_places_are_those_of_the_compiler():
    structs, constants = compare(of_the_compiler())
    assert structs > 60 and constants > 700


def test_places_are_those_stored():
    stored = (ROOT / "tests/abi/layout.txt").read_text().splitlines()
    if set(stored) != set(of_the_compiler()):
        pytest.skip("tests/abi/layout.txt is behind the headers: ./dev abi stores it anew")
    compare(stored)


def test_every_walk_and_nearly_every_call_is_there():
    """Walks are generated without exception; of other functions those remain that take memory or tables of callbacks."""
    functions = {name for name in dir(lib) if name.startswith("kst_")}
    walks = {name[:-5] for name in functions if name.endswith("_next")}
    assert len(walks) >= 24
    for walk in walks:
        assert hasattr(kstate.Target, walk[4:]), walk
    assert _generated.BY_HAND < functions
    assert len(_generated.BY_HAND) < len(functions) / 4
    source = "".join((ROOT / "bindings/python/kstate" / name).read_text() for name in ("__init__.py", "_runtime.py"))
    unknown = sorted(name for name in _generated.BY_HAND if not re.search(rf"\b{name}\b", source))
    print("not offered:", *unknown)


def test_present_bits_gate_members():
    process = kstate.Process
    made = to_c(process(present=kstate.ProcessHas.PID, pid=4, name="System"))
    back = process._from_c(made)
    assert back.pid == 4 and back.name is None and back.parent_pid is None
    gated = sum(" if p & " in line for line in inspect.getsource(_generated).splitlines())
    assert gated > 250


INTEGER = {"uint8_t": (0, 2**8 - 1), "uint16_t": (0, 2**16 - 1), "uint32_t": (0, 2**32 - 1), "uint64_t": (0, 2**64 - 1),
           "kst_space": (0, 2**64 - 1), "int64_t": (-2**63, 2**63 - 1), "int32_t": (-2**31, 2**31 - 1)}


@st.composite
def structs(draw):
    """Any record type, over bytes that mean anything."""
    record = draw(st.sampled_from(RECORDS))
    size = ffi.sizeof(f"struct {record._c_name}")
    seed = draw(st.binary(min_size=1, max_size=64))
    made = ffi.new(f"struct {record._c_name} *")
    ffi.memmove(made, (seed * (size // len(seed) + 1))[:size], size)
    if record._c_sized:
        made.size = size
    return record, made


@settings(max_examples=300, deadline=None, database=None)
@given(structs())
def test_a_record_survives_the_way_to_c_and_back(case):
    record, made = case
    once = record._from_c(made)
    assert record._from_c(to_c(once)) == once
    assert repr(once).startswith(record.__name__ + "(")
    assert hash(once) == hash(record._from_c(made))


@pytest.mark.parametrize("code, kind", [(-1, kstate.ArgumentError), (-2, kstate.ArgumentError), (-20, kstate.TypeInfoError),
                                        (-21, kstate.TypeInfoError), (-40, kstate.MemoryFault), (-41, kstate.HostError),
                                        (-42, kstate.HostError), (-60, kstate.EvidenceError), (-61, kstate.EvidenceError)])
def test_each_band_has_its_exception(code, kind):
    assert kstate.error_class(code) is kind and issubclass(kind, kstate.KstError)
    assert kind(code, "x", 0x10).name.startswith("KST_E_")


def test_labels_are_the_library_s_names():
    assert kstate.Format.BITMAP_KERNEL.label == "bitmap-kernel"
    assert kstate.DpcKind.THREADED.label == kstate.dpc_kind_name(kstate.DpcKind.THREADED)
    assert kstate.WalkAnomaly(0x5).labels == (kstate.walk_anomaly_name(1), kstate.walk_anomaly_name(4))
    assert kstate.Format.of(4711) == 4711
