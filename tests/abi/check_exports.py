"""exported = map = declared: the library's symbols, lib/kstate.map and the public headers name the same functions.

usage: check_exports.py NM LIBRARY [--break]
With --break one declaration is taken away and the check must fail: a check that cannot fail is none.
"""
import re
import subprocess
import sys

import headers


def main(nm, library, *rest):
    declared = set(headers.all_of(headers.functions))
    if "--break" in rest:
        declared.discard("kst_version")
    mapped = set(re.findall(r"^\s*(kst_\w+);", (headers.ROOT / "lib" / "kstate.map").read_text(), flags=re.M))
    lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    exported = {line.split()[2].split("@")[0] for line in lines.splitlines() if line.split()[1] in "TtWwDBRVi"}
    wrong = 0
    for name, left, right in (("declared, not in the map", declared, mapped), ("in the map, not declared", mapped, declared),
                              ("declared, not exported", declared, exported), ("exported, not declared", exported, declared)):
        for symbol in sorted(left - right):
            print(f"{name}: {symbol}")
            wrong += 1
    print(f"{len(declared)} declared, {len(mapped)} in the map, {len(exported)} exported")
    if "--break" in rest:
        return 0 if wrong > 0 else 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
