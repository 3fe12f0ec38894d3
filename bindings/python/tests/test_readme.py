# SPDX-License-Identifier: MIT
"""The snippets of README.md run as printed."""
import pathlib
import re

import pytest

README = (pathlib.Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", README, flags=re.S)
EXPECTED = ["notepad.exe", "'lsass.exe', 'notepad.exe']", "7744 5"]


@pytest.mark.parametrize("number", range(len(EXPECTED)))
def test_snippet(number, dump_path, monkeypatch, capsys):
    if "numpy" in SNIPPETS[number]:
        pytest.importorskip("numpy")
    monkeypatch.chdir(dump_path.parent)
    dump_path.parent.joinpath("memory.dmp").write_bytes(dump_path.read_bytes())
    exec(compile(SNIPPETS[number], f"README snippet {number}", "exec"), {})
    printed = capsys.readouterr().out
    assert EXPECTED[number] in printed
    assert number != 0 or "CPU 0 runs a DPC in yourdrv.sys" in printed


def test_all_snippets_are_tested():
    assert len(SNIPPETS) == len(EXPECTED)
