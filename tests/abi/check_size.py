"""How large the built-in layouts are, of all builds and revisions together; and, asked by a person, the stripped library.

usage: check_size.py SIZE ARCHIVE LIMIT [STRIP LIBRARY]
"""
import pathlib
import subprocess
import sys
import tempfile


def sections(size, path):
    """[(member of the archive or "", section, bytes)]"""
    found, member = [], ""
    for line in subprocess.run([size, "-A", str(path)], check=True, capture_output=True, text=True).stdout.splitlines():
        cells = line.split()
        if len(cells) >= 2 and cells[1] == ":":
            member = cells[0]
        elif "(ex" in line:
            member = cells[0]
        elif len(cells) == 3 and cells[1].isdigit():
            found.append((member, cells[0], int(cells[1])))
    return found


def main(size, archive, limit, *library):
    data = [(section, count) for member, section, count in sections(size, archive)
            if "builtin_data" in member and section.startswith((".rodata", ".data"))]
    total = sum(count for _, count in data)
    print(f"built-in layouts, kernels and names: {total} bytes of {limit}")
    if library:
        with tempfile.TemporaryDirectory() as folder:
            stripped = pathlib.Path(folder) / "stripped.so"
            subprocess.run([library[0], "-o", stripped, library[1]], check=True)
            print(f"shared library, stripped: {stripped.stat().st_size} bytes")
            for _, section, count in sections(size, stripped):
                print(f"  {section:20} {count:8}")
    return 0 if 0 < total <= int(limit) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
