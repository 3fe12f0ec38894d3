# SPDX-License-Identifier: MIT
"""The wheel: built offline against the build tree, unpacked elsewhere, used by an interpreter of its own."""
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import pytest

HERE = pathlib.Path(__file__).resolve().parents[1]


def test_wheel(tmp_path, dump_path):
    pytest.importorskip("wheel")
    source = tmp_path / "source"
    shutil.copytree(HERE, source, ignore=shutil.ignore_patterns("tests", "build", "dist", "*.egg-info", "__pycache__"))
    environment = {**os.environ, "KSTATE_INCLUDE": str(HERE.parents[1] / "include"), "CFLAGS": "-O0 -g0"}
    environment.pop("PYTHONPATH")
    done = subprocess.run([sys.executable, "setup.py", "-q", "bdist_wheel", "--dist-dir", str(tmp_path)], cwd=source,
                          env=environment, capture_output=True, text=True)
    wheels = list(tmp_path.glob("*.whl"))
    assert done.returncode == 0 and len(wheels) == 1, done.stdout + done.stderr
    assert "-cp38-abi3-" in wheels[0].name
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = wheel.namelist()
        wheel.extractall(tmp_path / "site")
    assert {"kstate/__init__.py", "kstate/_generated.py", "kstate/_native.abi3.so", "kstate/py.typed",
            "kstate/_native.pyi", "kstate/records/__init__.py", "kstate/records/pool.py"} <= set(names)
    program = ("import sys, kstate.records; print(kstate.__file__, "
               "[r['pid'] for r in kstate.records.run(kstate.open(sys.argv[1]), 'processes') if 'pid' in r])")
    environment["PYTHONPATH"] = str(tmp_path / "site")
    out = subprocess.run([sys.executable, "-c", program, str(dump_path)], env=environment, capture_output=True, text=True)
    assert str(tmp_path / "site") in out.stdout and out.stdout.strip().endswith("[4, 380, 516, 696, 7744]"), out.stderr
