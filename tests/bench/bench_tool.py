# SPDX-License-Identifier: MIT
"""The command line as its users see it: wall time of small questions, peak memory of every command.

usage: bench_tool.py KSTATE FORGE PEAK WALKS

With the real data (KSTATE_TEST_DATA) the whole system and a triage dump are asked, else a forged image. The limit of a wall
time is that of `kstate --version` in the same run: a process that starts and does nothing.
"""
import lzma
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
import history  # noqa: E402

WHOLE = [["info"], ["modules"], ["unloaded"], ["processes"], ["processors"], ["threads"], ["process", "4"], ["dpcs"], ["timers"],
         ["stack"], ["callbacks"], ["types"], ["objects", "File"], ["objects", "0", "Process"], ["handles", "4"], ["directory"],
         ["bigpool"], ["bigpool", "--all"], ["poolused"], ["poolfind", "Proc", "Thre", "File"], ["vm"], ["memusage"], ["ca"],
         ["pfnlist"], ["ptes", "0-ffffffffffffffff"], ["read", "fffff80000400000", "100000"], ["verifier"], ["vads", "408"],
         ["lmu", "408"], ["peb", "408"]]


def run(peak, command):
    """Seconds, peak resident KiB (of everything, the file's pages included), exit status."""
    seconds, kib, status = subprocess.run([peak, *command], capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), int(kib), int(status)


def best(peak, command, rounds=15):
    return min(run(peak, command)[0] for _ in range(rounds))


def real(folder):
    """The x64 system as an image and its layout, or None."""
    data = os.environ.get("KSTATE_TEST_DATA", "")
    packed = os.path.join(data, "nt52-x64", "memory.lime.xz")
    if not os.path.exists(packed):
        return None
    image = os.path.join(folder, "memory.lime")
    with lzma.open(packed) as source, open(image, "wb") as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)
    return data, image, os.path.join(data, "nt52-x64", "layout.tsv")


def main(kstate, forge, peak_of, walks):
    with tempfile.TemporaryDirectory() as folder:
        found = real(folder)
        if found:
            data, image, layout = found
            subprocess.run([walks, image, layout], check=True)
            whole = [image, "--layout", layout]
            triage = [os.path.join(data, "dumps", "win10-19041-1e.dmp")]
        else:
            print("no real data: a forged image")
            whole = triage = [os.path.join(folder, "forged.dmp")]
            subprocess.run([forge, whole[0]], check=True)
        nothing = best(peak_of, [kstate, "--version"])
        history.figure("tool-start", "kstate --version: starting", nothing * 1e3, "ms", 0, "")
        for command in ("info", "dpcs", "processors"):
            seconds = best(peak_of, [kstate, command, *triage, "--json"])
            history.figure(f"tool-{command}", f"kstate {command} on a triage dump", seconds * 1e3, "ms", nothing / seconds,
                           "starting")
        peaks = []
        for command in WHOLE:
            seconds, peak, status = run(peak_of, [kstate, command[0], *whole, *command[1:], "--json"])
            peaks.append((peak, command, seconds, status))
        for peak, command, seconds, status in sorted(peaks, reverse=True):
            print(f"  {' '.join(command):34} {peak / 1024:6.1f} MiB  {seconds * 1e3:8.1f} ms{'' if status == 0 else f'  exit status {status}'}")
        peak, command, _, _ = max(peaks)
        history.figure("tool-peak", f"peak memory of any command ({command[0]})", peak / 1024, "MiB", 0, "")
    return 1 if peak > 32 * 1024 else 0  # the promise of doc/benchmarks.md, the file's pages included


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
