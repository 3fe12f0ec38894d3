# SPDX-License-Identifier: MIT
"""The manual page names every command and every option that the tool knows, and groff has nothing to say about it.

usage: check_man.py PAGE KSTATE
"""
import pathlib
import re
import shutil
import subprocess
import sys


def main(page, kstate):
    text = pathlib.Path(page).read_text().replace("\\-", "-")
    usage = subprocess.run([kstate, "--help"], check=True, capture_output=True, text=True).stdout
    commands = re.findall(r"^  (\w+) .{29,}", usage, re.M)
    assert len(commands) > 30 and {"info", "processes", "verifier"} <= set(commands), commands
    listed = re.findall(r'^\.B[I]? "?(\w+)[ "]*.*\n', text.split(".SH COMMANDS")[1].split(".SH OPTIONS")[0], re.M)
    assert listed == commands, f"commands of the page and of the tool: {set(listed) ^ set(commands) or 'order'}"
    source = (pathlib.Path(__file__).resolve().parents[2] / "examples" / "kstate" / "main.c").read_text()
    options = set(re.findall(r'"(--[\w-]+)"', source))
    assert len(options) > 10 and "--json" in options
    described = set(re.findall(r"^\.BI? ?R? ?.*?(--[\w-]+)", text.split(".SH OPTIONS")[1].split(".SH EXIT")[0], re.M))
    assert options <= described, f"not in the page: {options - described}"
    assert described <= options, f"not in the tool: {described - options}"
    groff = shutil.which("groff")
    if groff is not None:
        run = subprocess.run([groff, "-man", "-ww", "-Tutf8", "-z", page], capture_output=True, text=True)
        assert run.returncode == 0 and run.stderr == "", run.stderr
    print(f"{len(commands)} commands, {len(options)} options{'' if groff else '; no groff here'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
