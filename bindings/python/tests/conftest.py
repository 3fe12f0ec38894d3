# SPDX-License-Identifier: MIT
"""The forged dump that all tests read; Meson tells where its programs are."""
import os
import subprocess

import pytest

import kstate


@pytest.fixture(scope="session")
def dump_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("dump") / "demo.dmp"
    subprocess.run([os.environ["KSTATE_FORGE"], str(path)], check=True)
    return path


@pytest.fixture
def target(dump_path):
    with kstate.open(dump_path) as opened:
        yield opened


@pytest.fixture
def physical_reader(target):
    """A reader in Python over the physical memory of the forged dump, with what is needed beside it."""

    def read(address, length, space):
        assert space == kstate.PHYSICAL
        read.calls += 1
        try:
            return target.read(address, length, space)
        except kstate.MemoryFault as fault:
            return fault.partial

    read.calls = 0
    return read
