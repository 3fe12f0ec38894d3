#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""oss-fuzz/build.sh under its contract, with clang's own libFuzzer: every target is made, its seeds are packed, one runs."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLAGS = "-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address,undefined -fsanitize=fuzzer-no-link"
RUN = "fuzz_elf"


def files(topic):
    return sorted(f for folder in ("corpus", "regress") for f in (HERE / folder / topic).glob("*") if f.is_file())


def main():
    if not shutil.which("clang") or not shutil.which("clang++"):
        print("no clang")
        return 77
    cache = "ccache " if shutil.which("ccache") else ""
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        for folder in ("src", "work", "out"):
            (work / folder).mkdir()
        (work / "src/kstate").symlink_to(ROOT)
        out = work / "out"
        environment = {**os.environ, "SRC": str(work / "src"), "WORK": str(work / "work"), "OUT": str(out), "CC": cache + "clang",
                       "CXX": cache + "clang++", "CFLAGS": FLAGS, "CXXFLAGS": FLAGS + " -stdlib=libstdc++",
                       "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer"}
        done = subprocess.run(["bash", str(HERE / "oss-fuzz/build.sh")], env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stdout[-4000:], done.stderr[-4000:])
            return 1
        listed = re.search(r"fuzz_topics = \[(.*?)\]", (HERE / "meson.build").read_text(), re.S)[1]
        topics = re.findall(r"'(\w+)'", listed)
        for topic in topics:
            if not os.access(out / f"fuzz_{topic}", os.X_OK):
                print(f"not made: fuzz_{topic}")
                return 1
            packed = out / f"fuzz_{topic}_seed_corpus.zip"
            names = sorted(zipfile.ZipFile(packed).namelist()) if packed.exists() else []
            if names != sorted(f.name for f in files(topic)):
                print(f"seeds of {topic}: {names}")
                return 1
        seeds = work / "seeds"
        zipfile.ZipFile(out / f"{RUN}_seed_corpus.zip").extractall(seeds)
        run = subprocess.run([str(out / RUN), "-max_total_time=1", "-print_final_stats=1", str(seeds)], capture_output=True,
                             text=True)
        executions = re.search(r"number_of_executed_units: *(\d+)", run.stderr)
        if run.returncode != 0 or not executions or int(executions[1]) <= len(files(RUN[5:])):
            print(run.stderr[-4000:])
            return 1
        needed = subprocess.run(["ldd", str(out / RUN)], capture_output=True, text=True).stdout
        outside = [line for line in needed.splitlines() if re.search(r"jansson|lzma|cmocka", line) and str(out) not in line]
        if outside:
            print("not beside the target:", outside)
            return 1
        print(f"{len(topics)} targets; {RUN}: {executions[1]} executions in a second")
        return 0


if __name__ == "__main__":
    sys.exit(main())
