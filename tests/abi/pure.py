"""Compile the pure layers by themselves: what a host without a C library builds. Shared by checks of suite `abi`."""
import concurrent.futures
import os
import pathlib
import subprocess

import headers

LAYERS = ("core", "layout", "decode", "walk")
ALLOWED = {"memcpy", "memset", "memcmp"}  # all they need from outside
# the pure layers call memcpy, memset and memcmp only: the compiler may not make strlen of a loop (gcc's option)
FLAGS = ["-std=c11", "-O2", "-ffreestanding", "-nostdlib", "-fno-strict-aliasing", "-fvisibility=hidden", "-DKST_BUILD_SHARED"]
GCC = ["-fno-tree-loop-distribute-patterns"]


def sources():
    return sorted(path.relative_to(headers.ROOT) for layer in LAYERS for path in (headers.ROOT / "lib" / layer).glob("*.c"))


def is_clang(cc):
    return "clang" in subprocess.run([cc, "--version"], check=True, capture_output=True, text=True).stdout


def compile_all(cc, generated, folder, extra=()):
    """Objects of every source and of the generated ones, made in `folder`."""
    flags = FLAGS + ([] if is_clang(cc) else GCC) + list(extra) + ["-Iinclude", "-Ilib"]

    def one(source):
        made = pathlib.Path(folder) / (source.parent.name + "_" + source.stem + ".o")
        subprocess.run([cc, *flags, "-c", str(source), "-o", str(made)], check=True, cwd=headers.ROOT)
        return made

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(one, sources() + [pathlib.Path(source).resolve() for source in generated]))
