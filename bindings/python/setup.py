# SPDX-License-Identifier: MIT
"""Wheel of the Python module; works offline.

Against a Meson build tree:      KSTATE_BUILD=../../build python3 setup.py bdist_wheel
Against an installed library:    python3 setup.py bdist_wheel          (asks pkg-config)
"""
import pathlib
import re
import sys

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "kstate"))
import _build  # noqa: E402


def version():
    text = (pathlib.Path(_build.include_folder()) / "kstate" / "api.h").read_text(encoding="utf-8")
    return ".".join(re.search(rf"#define KST_VERSION_{part} (\d+)", text).group(1) for part in ("MAJOR", "MINOR", "PATCH"))


class BuildPy(build_py):
    """Writes kstate/_generated.py from the headers into the build folder."""

    def run(self):
        super().run()
        out = pathlib.Path(self.build_lib) / "kstate"
        out.mkdir(parents=True, exist_ok=True)
        _build.main(_build.include_folder(), "--py", str(out / "_generated.py"))


setup(version=version(), cmdclass={"build_py": BuildPy}, cffi_modules=["kstate/_build.py:for_setuptools"],
      options={"bdist_wheel": {"py_limited_api": "cp38"}})
