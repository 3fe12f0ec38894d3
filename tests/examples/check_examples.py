# SPDX-License-Identifier: MIT
"""The README's program is the example that is built, and it prints what the forged image holds.

usage: check_examples.py FORGE QUICKSTART SOURCE README
"""
import os
import subprocess
import sys
import tempfile

EXPECTED = "     4  System\n   380  smss.exe\n   516  csrss.exe\n   696  lsass.exe\n  7744  notepad.exe\n"


def main(forge, quickstart, source, readme):
    with open(source) as file:
        shown = file.read().split("//! [quickstart]\n")[1]
    with open(readme) as file:
        block = file.read().split("```c\n")[1].split("```")[0]
    assert shown == block, "README.md and the example differ"
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "demo.dmp")
        subprocess.run([forge, dump], check=True)
        run = subprocess.run([quickstart, dump], capture_output=True, text=True)
        assert run.returncode == 0 and run.stdout == EXPECTED, run.stdout + run.stderr
        os.truncate(dump, 0x2000)  # the header alone
        run = subprocess.run([quickstart, dump], capture_output=True, text=True)
        assert run.returncode == 1 and run.stdout == "" and run.stderr.startswith("KST_E_"), run.stderr
    print("the README's program works as shown")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
