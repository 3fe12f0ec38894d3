"""Each public header compiles by itself as C99 and as C++11, warnings are errors, no struct has hidden padding.

usage: check_headers.py CC CXX [OLD-CC...]: the last ones C99 only
"""
import pathlib
import subprocess
import sys
import tempfile

import headers

FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wpadded", "-Werror", f"-I{headers.ROOT / 'include'}"]
MODES = (("cc", "-std=c99", "c"), ("cxx", "-std=c++11", "c++"))


def old(cc, header, folder):
    """Does a compiler of another age or kind take the header as C99?"""
    source, made = pathlib.Path(folder) / "old.c", pathlib.Path(folder) / "old.o"
    source.write_text(f"#include <kstate/{header.name}>\nextern int probe;\n")
    flags = ["-std=c99", "-pedantic", "-Wall", "-Werror", f"-I{headers.ROOT / 'include'}"]
    run = subprocess.run([cc, *flags, "-c", str(source), "-o", str(made)], capture_output=True, text=True)
    if run.returncode != 0:
        print(f"{header.name} with {cc}:\n{run.stderr}")
    return run.returncode == 0


def main(cc, cxx, *others):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for header in headers.headers():
            for which, standard, language in MODES:
                source = pathlib.Path(folder) / ("probe.c" if language == "c" else "probe.cpp")
                source.write_text(f"#include <kstate/{header.name}>\nextern int probe;\n")
                run = subprocess.run([cc if which == "cc" else cxx, standard, *FLAGS, str(source)], capture_output=True, text=True)
                if run.returncode != 0:
                    print(f"{header.name} as {standard}:\n{run.stderr}")
                    failed += 1
            failed += sum(not old(other, header, folder) for other in others)
    print(f"{len(headers.headers())} headers in {len(MODES)} languages and with {len(others)} more compilers, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
