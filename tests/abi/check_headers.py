"""Each public header compiles by itself as C99 and as C++11, warnings are errors, no struct has hidden padding. kstate.h
includes each once, below the title of its topic (doc/topics.dox).

usage: check_headers.py CC CXX [OLD-CC...]: the last ones C99 only
"""
import pathlib
import re
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


def by_topic():
    """What is wrong with the list of kstate.h."""
    titles = dict(re.findall(r"@defgroup (topic_\w+) \d+\. (.+)", (headers.ROOT / "doc" / "topics.dox").read_text()))
    wanted = {}
    for header in headers.headers():
        topic = re.search(r"@ingroup (topic_\w+)", header.read_text())
        if header.name != "kstate.h":
            wanted.setdefault(titles[topic.group(1)], []).append(header.name)
    found, title = {}, None
    for comment, name in re.findall(r"^/\* (.+) \*/$|^#include <kstate/(\S+)>$", (headers.INCLUDE / "kstate.h").read_text(), re.M):
        title = comment or title
        if name:
            found.setdefault(title, []).append(name)
    return [f"kstate.h, {title}: {found.get(title)}, should be {sorted(wanted.get(title, []))}"
            for title in sorted(set(titles.values()) | set(found)) if sorted(found.get(title, [])) != sorted(wanted.get(title, []))]


def main(cc, cxx, *others):
    wrong = by_topic()
    print(*wrong, sep="\n", end="\n" if wrong else "")
    failed = len(wrong)
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
