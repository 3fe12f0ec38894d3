"""The pure layers keep their promise: undefined symbols, writable data and includes.

usage: check_layers.py NM SIZE ARCHIVE
"""
import pathlib
import re
import subprocess
import sys

import headers
import pure

ALLOWED = pure.ALLOWED | {"_GLOBAL_OFFSET_TABLE_"}
INCLUDES = {"string.h", "stdint.h", "stddef.h", "stdbool.h"}
# arrows point down only: which folders a layer may include from
MAY = {
    "core": {"core"},
    "layout": {"layout", "core"},
    "decode": {"decode", "layout", "core"},
    "walk": {"walk", "decode", "layout", "core"},
    "types": {"types", "layout", "core"},
    "source": {"source", "walk", "decode", "layout", "core"},
}


def undefined(nm, archive):
    defined, wanted = set(), set()
    for line in subprocess.run([nm, "-P", archive], check=True, capture_output=True, text=True).stdout.splitlines():
        cells = line.split()
        if len(cells) >= 2:
            (wanted if cells[1] in "Uw" else defined).add(cells[0])
    return sorted(wanted - defined - ALLOWED)


def writable(size, archive):
    bad = []
    name = "?"
    for line in subprocess.run([size, "-A", archive], check=True, capture_output=True, text=True).stdout.splitlines():
        cells = line.split()
        if "(ex" in line:
            name = cells[0]
        if len(cells) == 3 and re.fullmatch(r"\.(data|bss|tdata|tbss)(\..*)?", cells[0]) and \
                not cells[0].startswith(".data.rel.ro") and int(cells[1]) > 0:
            bad.append(f"writable: {name} {cells[0]} {cells[1]} bytes")
    return bad


def includes():
    bad = []
    for layer, may in MAY.items():
        for path in sorted((headers.ROOT / "lib" / layer).rglob("*.[ch]")):
            for kind, name in re.findall(r'^#\s*include\s+([<"])([^>"]+)', path.read_text(), flags=re.M):
                if kind == "<" and layer in pure.LAYERS and name not in INCLUDES and not name.startswith("kstate/") and \
                        not re.fullmatch(r"(emmintrin|immintrin|arm_neon)\.h", name):
                    bad.append(f"include: {path.name} has <{name}>")
                if kind == '"' and name.startswith("../") and name.split("/")[1] not in may:
                    bad.append(f"include: {path.name} of {layer} has {name}")
    return bad


def main(nm, size, archive):
    wrong = [f"undefined: {s}" for s in undefined(nm, archive)] + writable(size, archive) + includes()
    print("\n".join(wrong))
    print(f"{len(wrong)} broken promises in {pathlib.Path(archive).name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
