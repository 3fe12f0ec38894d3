# SPDX-License-Identifier: MIT
"""One dump gives one set of records: kstate.records against the command line, all commands, whole records.

Forged images always; real memory where it is at hand. What is asked: bindings/same/cases.py.
"""
import collections
import json
import os
import pathlib
import re
import sys

import pytest

import kstate
from kstate import records

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bindings" / "same"))
import cases  # noqa: E402

pytestmark = pytest.mark.skipif(not os.environ.get("KSTATE_TOOL"), reason="the kstate tool is not built")
REAL = {image.name: image for image in (cases.real() if os.environ.get("KSTATE_TOOL") else ())}


@pytest.fixture(scope="module")
def forged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forged")
    return {image.name: image for image in [*cases.forged(folder), cases.another_system(folder)]}


def opened(image):
    """A target, or the dump alone where it holds no memory."""
    layout = None
    if image.layout:
        pointer, sizes, members, symbols = cases.answers(image)
        layout = kstate.Layout.from_types(sizes.get, lambda type, path: members.get((type, path)), symbols.get, pointer,
                                          image.layout)
    dump = kstate.Dump(image.path)
    try:
        return dump.target(layout, image.symbols)
    except kstate.KstError:
        return dump


def ours(source, case):
    """Exit status and records of the module."""
    options = dict(case.options)
    space = {None: kstate.KERNEL, "physical": kstate.PHYSICAL}[options.pop("space", None)]
    if "thread" in options:
        options["thread"] = int(options["thread"], 16)
    arguments = [list(case.lines) if word == "-" else word for word in case.arguments]
    found = []
    try:
        for record in records.run(source, case.command, *arguments, space=space, **options):
            found.append(record)
    except kstate.KstError:
        return 1, found
    return 0, found


def compare(image):
    """Every case of an image; how many records each command gave."""
    given = collections.Counter()
    with opened(image) as source:
        for case in cases.cases(image):
            status, expected = cases.tool(case, image)
            result, found = ours(source, case)
            different = cases.differences(expected, json.loads(json.dumps(found)))
            assert not different and result == status, f"{image.name}: kstate {case}: {status}, {result}: {different}"
            assert {r["type"] for r in found} <= {*records.COMMANDS[case.command].types, "walk"}
            given[case.command] += sum(r["type"] != "walk" for r in found)
    return given


def test_forged_images(forged):
    given = sum((compare(image) for image in forged.values()), collections.Counter())
    silent = sorted(set(records.COMMANDS) - {command for command, count in given.items() if count})
    print(sum(given.values()), "records; without any:", *silent)
    assert not silent


@pytest.mark.parametrize("name", sorted(REAL) or [pytest.param("", marks=pytest.mark.skip("no real memory at hand"))])
def test_real_memory(name):
    given = compare(REAL[name])
    assert sum(given.values()) > (900 if name.startswith("nt52") else 0)


def test_all_commands_are_there():
    """The table has every command of the tool, and what it says of their calls exists."""
    text = (ROOT / "examples/kstate/commands.h").read_text(encoding="utf-8")
    assert set(re.findall(r'X\("(\w+)"', text)) == set(records.COMMANDS)
    for command in records.COMMANDS.values():
        for call in command.calls.split():
            assert hasattr(kstate.Target, call) or hasattr(kstate, call), call


def test_what_text_tells(forged):
    with opened(forged["demo"]) as target:
        link = next(records.run(target, "stack"))
        assert int(link["low"], 16) <= int(link["sp"], 16) < int(link["high"], 16)
        assert next(records.run(target, "info"))["size_of_image"] > 0x1000  # a number


def test_wrong_use(forged):
    with opened(forged["demo"]) as target:
        with pytest.raises(ValueError, match="no such command"):
            records.run(target, "nonsense")
        with pytest.raises(TypeError, match="unknown option"):
            list(records.run(target, "info", speed=3))
        with pytest.raises(LookupError):
            list(records.run(target, "process", 99999))
