"""core, layout, decode and walk as one freestanding object: it needs memcpy, memset and memcmp, and nothing else.

usage: check_freestanding.py NM GENERATED-SOURCE CC...
"""
import subprocess
import sys
import tempfile

import pure


def main(nm, generated, *compilers):
    wrong = 0
    for cc in compilers:
        with tempfile.TemporaryDirectory() as folder:
            objects = pure.compile_all(cc, [generated], folder)
            one = f"{folder}/kstate.o"
            subprocess.run([cc, "-nostdlib", "-r", "-o", one, *map(str, objects)], check=True)
            lines = subprocess.run([nm, "-u", one], check=True, capture_output=True, text=True).stdout.splitlines()
            wanted = {line.split()[-1] for line in lines}
        for symbol in sorted(wanted - pure.ALLOWED):
            print(f"{cc}: needs {symbol}")
            wrong += 1
        print(f"{cc}: {len(objects)} objects in one, needs {', '.join(sorted(wanted)) or 'nothing'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
