# SPDX-License-Identifier: MIT
"""tools/import_layouts.py: a folder that was named and holds no type tables is an error, and the tables here stay as they are.

usage: check_import.py SCRIPT LAYOUT-FOLDER
"""
import os
import pathlib
import subprocess
import sys
import tempfile


def main(script, tables):
    before = {path: path.read_bytes() for path in pathlib.Path(tables).glob("*.tsv")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, script], env=dict(os.environ, KSTATE_REFERENCE=folder), capture_output=True, text=True)
    assert done.returncode == 1 and "layouts" in done.stderr, f"{done.returncode}: {done.stderr}"
    assert len(before) >= 4 and all(path.read_bytes() == text for path, text in before.items()), "a table was changed"


if __name__ == "__main__":
    main(*sys.argv[1:])
