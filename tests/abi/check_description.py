"""The library against its stored ABI description (libabigail).

usage: check_description.py LIBRARY STORED [--update]
Any difference is red until it has been looked at and stored with `./dev abi`; check_layout.py and check_frozen.py say
which differences may be stored at all.
"""
import pathlib
import subprocess
import sys

HEADERS = pathlib.Path(__file__).resolve().parent.parent.parent / "include"


def main(library, stored, *rest):
    if "--update" in rest:
        return subprocess.run(["abidw", "--headers-dir", str(HEADERS), "--no-corpus-path", "--no-comp-dir-path",
                               "--no-show-locs", "--drop-private-types", "--out-file", stored, library]).returncode
    run = subprocess.run(["abidiff", "--headers-dir1", str(HEADERS), "--headers-dir2", str(HEADERS), stored, library],
                         capture_output=True, text=True)
    print(run.stdout + run.stderr)
    return 1 if run.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
