"""The library against its stored ABI description (libabigail).

usage: check_description.py LIBRARY STORED [--update]
Tolerated: added functions, and members appended to size-first structs (suppress.ini). Anything else is red.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HARMLESS = 4  # ABIDIFF_ABI_CHANGE without ABIDIFF_ABI_INCOMPATIBLE_CHANGE (8): additions


def describe(library, stored):
    headers = HERE.parent.parent / "include"
    command = ["abidw", "--headers-dir", str(headers), "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
               "--drop-private-types", "--out-file", stored, library]
    return subprocess.run(command).returncode


def main(library, stored, *rest):
    if "--update" in rest:
        return describe(library, stored)
    headers = HERE.parent.parent / "include"
    run = subprocess.run(["abidiff", "--headers-dir1", str(headers), "--headers-dir2", str(headers), "--no-added-syms",
                          "--suppressions", str(HERE / "suppress.ini"), stored, library], capture_output=True, text=True)
    print(run.stdout + run.stderr)
    return 1 if run.returncode not in (0, HARMLESS) or run.stdout.strip() else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
