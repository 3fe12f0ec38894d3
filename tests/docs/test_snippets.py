#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every program and every command line that the documentation shows runs, and prints what the documentation says.

usage: test_snippets.py [--update | --wrong] [FILE...]        the environment tells where the build is (doc/meson.build)

A fenced block says what it is by its language:

sh      lines that begin with `kstate` are run; any other block is for the reader's machine, and only its words are checked
c, cpp  compiled with all warnings as errors; with a `main` it is run as well, else its functions are compiled
python  run with the module of the build tree
rust    run with the crate of the tree
text    the output of every block since the last text or heading, exactly; --update writes it

With --wrong every block has to fail: the test's own test (wrong.md).

Blocks run in a folder that holds the forged image under the names that documents use.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```[ \t]*$|^#+ [^\n]*$", re.M | re.S)
IMAGES = ("MEMORY.DMP", "memory.dmp")  # the kernel's own name for it, and how it is typed
READER_WORDS = {"./dev", "apt", "build/tests/forge", "c++", "cargo", "cc", "cd", "cmake", "dask-scheduler", "dask-worker", "export",
                "find_package", "gdb", "git", "meson", "ninja", "pip", "python3", "sudo", "target_link_libraries"}
TIMEOUT = 120


class Block:
    def __init__(self, path, text, match):
        self.path = path
        self.line = text.count("\n", 0, match.start()) + 1
        self.language = match.group(1)  # None: a heading
        self.text = match.group(2)
        self.span = match.span(2)
        self.expected = None  # the text block that tells the output

    def __str__(self):
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.language}"


def documents():
    """All Markdown of the project."""
    found = [ROOT / "README.md"]
    for folder in ("doc", "examples", "bindings"):
        found += sorted((ROOT / folder).rglob("*.md"))
    return [path for path in found if not any(part in ("target", "build", "node_modules") for part in path.parts)]


def blocks_of(path):
    """The blocks that run, each with the text block that follows it."""
    text = path.read_text(encoding="utf-8")
    found, waiting = [], []
    for match in FENCE.finditer(text):
        block = Block(path, text, match)
        if block.language is None:
            waiting = []
        elif block.language == "text":
            for earlier in waiting:
                earlier.expected = block
            waiting = []
        elif block.language:
            found.append(block)
            waiting.append(block)
    return found


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def run(command, folder, status=(0,), **more):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT,
                          check=False, **more)
    if done.returncode not in status:
        raise Failure(f"exit status {done.returncode}: {' '.join(map(str, command))[:200]}\n{done.stdout}")
    return done.stdout


def words_of_dev():
    return set(re.findall(r"^\t\./dev (\w+)", (ROOT / "dev").read_text(encoding="utf-8"), flags=re.M))


def shell(block, folder):
    """The output of a block of `kstate` lines; None where there is nothing to run."""
    lines = [line for line in block.text.splitlines() if line.strip() and not line.startswith("#")]
    if not any(line.startswith("kstate ") for line in lines):
        for line in lines:
            words = [word for word in line.split() if "=" not in word]
            if words and words[0] not in READER_WORDS:
                raise Failure(f"not a kstate line, and {words[0]} is unknown to this test")
            if words and words[0] == "./dev" and len(words) > 1 and words[1] not in words_of_dev():
                raise Failure(f"./dev has no word {words[1]}")
        return None
    if not all(line.startswith("kstate ") for line in lines):
        raise Failure("a block is either all kstate lines or none")
    if not os.environ.get("KSTATE_TOOL"):
        raise Skip("the tool is not built")
    tool = pathlib.Path(os.environ["KSTATE_TOOL"])
    # a command that has no answer ends with 1: its words are compared, so it must be shown
    return run(["bash", "-c", block.text], folder, (0, 1) if block.expected else (0,),
               env={**os.environ, "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"})


def compiled(block, folder):
    cpp = block.language == "cpp"
    compiler = ["c++", "-std=c++11"] if cpp else [*os.environ["KSTATE_CC"].split(), "-std=c99", "-pedantic"]
    if cpp and shutil.which("c++") is None:
        raise Skip("no C++ compiler")
    source = folder / f"snippet{block.line}.{'cc' if cpp else 'c'}"
    source.write_text(block.text, encoding="utf-8")
    warnings = ["-Wall", "-Wextra", "-Werror"]
    flags = [*warnings, f"-I{ROOT / 'include'}", *os.environ.get("KSTATE_CFLAGS", "").split()]
    if not re.search(r"\bint main\(", block.text):
        run([*compiler, *flags, "-c", str(source), "-o", os.devnull], folder)
        return None
    library = os.environ["KSTATE_LIBRARY_DIR"]
    program = source.with_suffix(".out")
    run([*compiler, *flags, str(source), "-o", str(program), f"-L{library}", "-lkstate", f"-Wl,-rpath,{library}"], folder)
    return run([str(program)], folder)


def python(block, folder):
    if not os.environ.get("KSTATE_PYTHON"):
        raise Skip("the Python module is not built")
    interpreter = os.environ["KSTATE_PYTHON"]
    if "numpy" in block.text and subprocess.run([interpreter, "-c", "import numpy"], capture_output=True, check=False).returncode:
        raise Skip("NumPy is not installed")
    path = os.pathsep.join(filter(None, [os.environ["KSTATE_PYTHONPATH"], os.environ.get("PYTHONPATH")]))
    source = folder / f"snippet{block.line}.py"
    source.write_text(block.text, encoding="utf-8")
    return run([interpreter, str(source)], folder, env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"})


def rust(block, folder):
    """A program of a package that needs the crate of the tree; cargo keeps what it has compiled between runs."""
    if not os.environ.get("KSTATE_CARGO"):
        raise Skip("cargo is not installed")
    package = pathlib.Path(os.environ["KSTATE_RUST_DIR"])
    source = package / "src" / "main.rs"
    source.parent.mkdir(parents=True, exist_ok=True)
    (package / "Cargo.toml").write_text(f"""[package]
name = "snippet"
version = "0.0.0"
edition = "2021"

[workspace]

[dependencies]
kstate = {{ path = "{ROOT / 'bindings' / 'rust' / 'kstate'}" }}
""", encoding="utf-8")
    source.write_text(block.text, encoding="utf-8")
    library = os.environ["KSTATE_LIBRARY_DIR"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(package / "target"), "KSTATE_LIB_DIR": library, "LD_LIBRARY_PATH": library}
    run([os.environ["KSTATE_CARGO"], "build", "--offline", "--quiet"], package, env=environment)
    return run([str(package / "target" / "debug" / "snippet")], folder, env=environment)


RUNNERS = {"sh": shell, "c": compiled, "cpp": compiled, "python": python, "rust": rust}


def compare(block, output):
    if block.expected is None or output is None or output == block.expected.text:
        return
    import difflib
    lines = difflib.unified_diff(block.expected.text.splitlines(), output.splitlines(), "printed in the document", "printed by the block",
                                 lineterm="")
    raise Failure("\n".join(lines))


def update(path, outputs):
    """Write what the blocks print into their text blocks."""
    text = path.read_text(encoding="utf-8")
    for span, output in sorted(outputs.items(), reverse=True):
        text = text[: span[0]] + output + text[span[1]:]
    path.write_text(text, encoding="utf-8")


def main(arguments):
    updating, wrong = "--update" in arguments, "--wrong" in arguments
    files = [pathlib.Path(name).resolve() for name in arguments if not name.startswith("--")] or documents()
    number = failures = skips = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run([os.environ["KSTATE_FORGE"], str(folder / IMAGES[0])], folder)
        run([os.environ["KSTATE_FORGE"], str(folder / "guest.raw"), "raw"], folder)
        for other in IMAGES[1:]:
            (folder / other).symlink_to(IMAGES[0])
        for path in files:
            outputs = {}
            for block in blocks_of(path):
                runner = RUNNERS.get(block.language)
                if runner is None:
                    continue
                number += 1
                try:
                    output = runner(block, folder)
                    if updating and output is not None and block.expected and block.expected.span not in outputs:
                        outputs[block.expected.span] = output
                    elif not updating:
                        compare(block, output)
                    failures += wrong
                    print(f"{'not ok' if wrong else 'ok'} {number} - {block}", flush=True)
                except Skip as reason:
                    skips += 1
                    print(f"ok {number} - {block} # SKIP {reason}", flush=True)
                except (Failure, subprocess.TimeoutExpired) as failure:
                    if wrong:
                        print(f"ok {number} - {block} is found wrong", flush=True)
                        continue
                    failures += 1
                    print(f"not ok {number} - {block}", *str(failure).splitlines(), sep="\n# ", flush=True)
                    print(f"{block}:\n{failure}", file=sys.stderr)  # Meson shows this alone
            if updating:
                update(path, outputs)
    print(f"1..{number}\n# {number} blocks, {failures} failed, {skips} skipped")
    return failures > 0 or number == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
