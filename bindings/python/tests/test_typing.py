# SPDX-License-Identifier: MIT
"""The type hints hold: mypy, strict, over the package as it is built, and over a program that uses it."""
import pathlib
import shutil
import subprocess

import pytest

import kstate

USER = """
import kstate

def names(path: str) -> list[str]:
    with kstate.open(path) as target:
        found: list[str] = []
        for process in target.processes():
            if process.name is not None:
                found.append(process.name)
        target.pool_find(0xfffff80000000000, target.large_index())
        return found

{wrong}
"""


def mypy(folder, *what):
    return subprocess.run(["mypy", "--strict", "--cache-dir", str(folder / "cache"), *what], cwd=folder, capture_output=True,
                          text=True)


@pytest.mark.skipif(not shutil.which("mypy"), reason="mypy is not installed")
def test_hints(tmp_path):
    package = pathlib.Path(kstate.__file__).parent
    shutil.copytree(package, tmp_path / "kstate", ignore=shutil.ignore_patterns("*.so", "*.p", "*.c", "__pycache__"))
    (tmp_path / "user.py").write_text(USER.format(wrong=""))
    done = mypy(tmp_path, "kstate", "user.py")
    assert done.returncode == 0, done.stdout
    (tmp_path / "user.py").write_text(USER.format(wrong="pid: str = kstate.Process().pid"))
    assert "Incompatible types" in mypy(tmp_path, "user.py").stdout  # and it can fail


def test_everything_is_documented():
    """Each class, method and function of the module has a docstring."""
    import inspect

    bare = []
    for name in kstate.__all__:
        thing = getattr(kstate, name)
        if not (inspect.isclass(thing) or inspect.isfunction(thing)):
            continue
        if not thing.__doc__:
            bare.append(name)
        if inspect.isclass(thing):
            bare += [f"{name}.{n}" for n, m in vars(thing).items() if inspect.isfunction(m) and not n.startswith("_") and
                     not m.__doc__]
    assert not bare
