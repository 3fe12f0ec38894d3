# SPDX-License-Identifier: MIT
"""live-process of a Wine process lists what the process itself gets from EnumProcessModules and GetModuleFileName.

usage: check_wine.py LIVE_PROCESS SOURCE (skips, and says so, without Wine or the mingw compiler)
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77


def main(live_process, source):
    compiler = shutil.which("x86_64-w64-mingw32-gcc")
    wine = shutil.which("wine64") or shutil.which("wine")
    if compiler is None or wine is None:
        print("SKIP: no Wine or no x86_64-w64-mingw32-gcc here")
        return SKIP
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "modules.exe")
        subprocess.run([compiler, "-o", program, source, "-lpsapi"], check=True)
        prefix = os.environ.get("KSTATE_WINEPREFIX") or os.path.join(folder, "prefix")
        env = dict(os.environ, WINEPREFIX=prefix, WINEDEBUG="-all", WINEDLLOVERRIDES="mscoree,mshtml=", DISPLAY="")
        child = subprocess.Popen([wine, program], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True)
        try:
            wanted = []
            for line in child.stdout:
                if line.strip() == "ready":
                    break
                base, size, path = line.rstrip("\r\n").split(" ", 2)
                wanted.append((int(base, 16), int(size, 16), path.lower()))
            else:
                print("SKIP: Wine did not run the program")
                return SKIP
            # Wine may start the program in a child of its launcher
            pids = [child.pid] + [int(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit()]
            pid = next(p for p in pids if "modules.exe" in read(f"/proc/{p}/maps"))
            run = subprocess.run([live_process, str(pid)], capture_output=True, text=True)
            assert run.returncode == 0, run.stderr
            lines = run.stdout.splitlines()
            assert lines[0].startswith("PEB at 0x"), lines[0]
            ours = []
            for line in lines[1:]:
                base, size, path = line.split(" ", 2)
                path = path.lower()
                ours.append((int(base, 16), int(size, 16), path[4:] if path.startswith("\\??\\") else path))
            assert len(wanted) > 12, wanted
            assert sorted(ours) == sorted(wanted), f"{set(ours) ^ set(wanted)}"
        finally:
            child.stdin.close()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
            # only the server of this prefix, which this test made
            if prefix.startswith(folder):
                subprocess.run([shutil.which("wineserver") or "/usr/lib/wine/wineserver64", "-k"], env=env,
                               stderr=subprocess.DEVNULL)
    print(f"{len(wanted)} modules, the same as the process says")
    return 0


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
