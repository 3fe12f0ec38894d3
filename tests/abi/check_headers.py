"""Each public header compiles by itself as C99 and as C++11, warnings are errors, no struct has hidden padding.

usage: check_headers.py CC CXX
"""
import pathlib
import subprocess
import sys
import tempfile

import headers

FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wpadded", "-Werror", f"-I{headers.ROOT / 'include'}"]
MODES = (("cc", "-std=c99", "c"), ("cxx", "-std=c++11", "c++"))


def main(cc, cxx):
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
    print(f"{len(headers.headers())} headers in {len(MODES)} languages, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
