"""Today's headers against the frozen copy of each release: nothing moved, nothing changed its meaning.

usage: check_frozen.py CC
"""
import pathlib
import subprocess
import sys
import tempfile

import check_layout
import headers
import layout_program

FROZEN = pathlib.Path(__file__).resolve().parent / "frozen"


def facts(cc, include, folder):
    source, program = pathlib.Path(folder) / "facts.c", pathlib.Path(folder) / "facts"
    source.write_text(layout_program.program(include / "kstate"))
    subprocess.run([cc, "-std=c11", f"-I{include}", str(source), "-o", str(program)], check=True)
    return check_layout.facts(subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout.splitlines())


def main(cc):
    releases = sorted(FROZEN.iterdir())
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        now = facts(cc, headers.ROOT / "include", folder)
        for release in releases:
            before = facts(cc, release, folder)
            for name, value in before.items():
                grew = name.startswith("kst_") and "." not in name and now.get(name, ()) >= value
                # the version is the one constant that must change
                if now.get(name) != value and not grew and not name.startswith("KST_VERSION_"):
                    print(f"{release.name}: {name} was {value}, is {now.get(name, 'gone')}")
                    broken += 1
            declared = set(headers.all_of(headers.functions, release / "kstate"))
            for name in sorted(declared - set(headers.all_of(headers.functions))):
                print(f"{release.name}: {name} is gone")
                broken += 1
            print(f"{release.name}: {len(before)} facts and {len(declared)} functions compared")
    print(f"{len(releases)} releases, {broken} broken")
    return 1 if broken or not releases else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
