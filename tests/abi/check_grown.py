# SPDX-License-Identifier: MIT
"""Old callers and a library whose structs have grown: C (the tool), Rust and Python give the same results.

Builds a copy of the library in which every size-first struct has one member more at its end, then runs each caller, built
against today's headers, with today's library and with the grown one.

usage: check_grown.py SOURCE FOLDER      (environment: as for the tests of the bindings; without KSTATE_CARGO no Rust)
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "same"))
import cases  # noqa: E402

GREW = 16  # at most, with padding
# "first", the size of a struct's first release, stays what it was: the edits that growing a struct asks for, in one place
EDITS = {
    "lib/core/core.h": ("return size >= first &&", f"return size + {GREW} >= first &&"),
    "lib/decode/pool_page.c": ("return stride < first ?", f"return stride + {GREW} < first ?"),
    "lib/walk/section_usage.c": ("stride < sizeof(struct kst_section_usage)", f"stride + {GREW} < sizeof(struct kst_section_usage)"),
    "include/kstate/api.h": ("#define KST_VERSION_PATCH 0", "#define KST_VERSION_PATCH 99"),
}
COMMANDS = ("info", "modules", "unloaded", "processes", "processors", "dpcs", "stack", "timers", "callbacks", "types", "vm", "bigpool")
BOTH = """
import json, pathlib, sys
sys.path.insert(0, sys.argv[2])
import test_same_as_python as same
path, symbols = pathlib.Path(sys.argv[3]), dict((name, int(address, 0)) for name, address in (word.split("=") for word in sys.argv[4:]))
image = same.cases.Image(path.stem, path, symbols)
lines = same.rust(pathlib.Path(sys.argv[1]), image) if sys.argv[1] else same.python(image)
print(*map(json.dumps, lines), sep="\\n")
"""


def grow(copy):
    """Append a member to the structs of the copy; returns how many have grown."""
    headers = sorted((copy / "include/kstate").glob("*.h"))
    inside = set(re.findall(r"^\s+struct (kst_\w+) \w+(?:\[\d+\])?;", "".join(h.read_text() for h in headers), flags=re.M))
    fixed = inside | {"kst_debugger_data"}  # mirrors a block of the kernel
    count = 0
    for header in headers:
        def one(match):
            nonlocal count
            if match.group(1) in fixed:
                return match.group(0)
            count += 1
            return match.group(0)[:-2] + "\tuint64_t grown_in_a_test; /**< New. */\n};"

        header.write_text(re.sub(r"^struct (kst_\w+) \{\n\tuint32_t size;.*?^\};", one, header.read_text(), flags=re.S | re.M))
    for name, (old, new) in EDITS.items():
        text = (copy / name).read_text()
        assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
        (copy / name).write_text(text.replace(old, new))
    return count


def build(source, folder):
    copy = folder / "source"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("build*", ".git", "target", "__pycache__"))
    grown = grow(copy)
    options = ["-Dtests=disabled", "-Dtool=disabled", "-Dpython=disabled", "-Drust=disabled", "-Disf=disabled", "--buildtype=debug", "--warnlevel=0"]
    subprocess.run(["meson", "setup", *options, folder / "build", copy], check=True, capture_output=True)
    subprocess.run(["meson", "compile", "-C", folder / "build", "kstate:shared_library"], check=True, stdout=sys.stderr)
    return grown, next(p for p in (folder / "build/lib").glob("libkstate.so.*") if p.is_file())


def run(command, library=None):
    environment = dict(os.environ, **({"LD_PRELOAD": str(library)} if library else {}))
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout


def callers(source):
    """(language, the words of its run on an image)."""
    tests = source / "bindings/rust/tests"

    def told(image):
        return [f"{name}={address:#x}" for name, address in image.symbols.items()]

    for command in COMMANDS:
        yield "C", lambda image, command=command: [os.environ["KSTATE_TOOL"], *cases.Case(command).words(image)]
    if os.environ.get("KSTATE_CARGO"):
        subprocess.run([os.environ["KSTATE_CARGO"], "build", "--offline", "--quiet", "--example", "records", "--manifest-path",
                        str(source / "bindings/rust/Cargo.toml")], check=True)
        program = pathlib.Path(os.environ["CARGO_TARGET_DIR"]) / "debug/examples/records"
        yield "Rust", lambda image: [sys.executable, "-c", BOTH, program, tests, image.path, *told(image)]
    yield "Python", lambda image: [sys.executable, "-c", BOTH, "", tests, image.path, *told(image)]


def main(source, folder):
    source, folder = pathlib.Path(source).resolve(), pathlib.Path(folder)
    grown, library = build(source, folder)
    real = [image for image in cases.real() if image.name in ("win10-19041-1e", "nt52-x86")]
    images = [*cases.forged(folder), *(image._replace(layout="") for image in real)]
    probe = [sys.executable, "-c", "import ctypes; print(ctypes.CDLL(None).kst_version() & 255)"]
    wrong = 0 if run(probe, library) == (0, "99\n") else 1
    if wrong:
        print("the grown library is not the one that runs")
    compared = {}
    for language, words in callers(source):
        for image in images:
            before, after = run(words(image)), run(words(image), library)
            if before != after or before[0] != 0 and language != "C":  # the tool's 1: there are no such records
                wrong += 1
                print(f"{language}, {words(image)[1] if language == 'C' else 'all topics'} of {image.name}: exit {before[0]}, and {after[0]} "
                      f"with the grown library; {len(before[1])} and {len(after[1])} characters")
            compared[language] = compared.get(language, 0) + before[1].count("\n")
    print(f"{grown} structs grown; lines compared: {json.dumps(compared)}; {wrong} wrong")
    return 1 if wrong or grown < 50 or min(compared.values()) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
