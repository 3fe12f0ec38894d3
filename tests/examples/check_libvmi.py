# SPDX-License-Identifier: MIT
"""The processes through the LibVMI reader are those of the same raw memory in a file, holes are faults, and a host that
contradicts itself is told as such.

usage: check_libvmi.py FORGE QUICKSTART LIBVMI_READER
"""
import os
import subprocess
import sys
import tempfile


def main(forge, quickstart, reader):
    with tempfile.TemporaryDirectory() as folder:
        raw = os.path.join(folder, "raw")
        subprocess.run([forge, raw, "raw"], check=True)
        wanted = subprocess.run([quickstart, raw], check=True, capture_output=True, text=True).stdout
        assert "lsass.exe" in wanted, wanted

        def look(*words):
            return subprocess.run([reader, *words], capture_output=True, text=True)

        done = look(raw)
        assert done.returncode == 0 and done.stdout == wanted, f"{done.stdout}\n{done.stderr}"
        with open(raw, "rb") as file:
            memory = file.read()
        # where nothing of the image is, a hole changes nothing
        done = look(raw, "1000-100000")
        assert done.returncode == 0 and done.stdout == wanted, f"{done.stdout}\n{done.stderr}"
        # the page of one process away: those before it are listed, and the walk does not say that all is well
        page = memory.index(b"lsass.exe\0") & ~0xFFF
        done = look(raw, f"{page:x}-{page + 0x1000:x}")
        assert done.stdout != wanted and wanted.startswith(done.stdout.split("lsass")[0]) and "csrss.exe" in done.stdout, \
            f"{done.stdout}\n{done.stderr}"
        done = look(raw, "0-ffffffff")
        assert done.returncode == 1 and done.stdout == "" and "KST_E_FAULT" in done.stderr, done.stderr
        done = look(raw, "broken")
        assert done.returncode == 1 and done.stdout == "" and "KST_E_HOST (-2001)" in done.stderr, done.stderr
        assert look(os.path.join(folder, "absent")).returncode == 1 and look().returncode == 2
    print("the same processes through LibVMI's calls and in the file")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
