# SPDX-License-Identifier: MIT
"""The manual page of the tool: doc/kstate.1.in with the version and the table of commands filled in.

usage: man_page.py TEMPLATE COMMANDS_H OUT
"""
import pathlib
import re
import subprocess
import sys

ROW = re.compile(r'^\s*X\("(\w+)", \w+, "(.*?)", [-\d]+, [-\d]+, "(.*?)"\)', re.M)


def roff(text):
    """Text as roff reads it: hyphens that can be searched for, no line that begins like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def main(template, commands, out):
    rows = ROW.findall(pathlib.Path(commands).read_text())
    page = ""
    for name, arguments, text in rows:
        words = f'.BI "{name} " "{roff(arguments)}"' if arguments else f".B {name}"
        page += f".TP\n{words}\n{roff(text)}\n"
    version = subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("version.py"))], check=True,
                             capture_output=True, text=True).stdout.strip()
    text = pathlib.Path(template).read_text()
    pathlib.Path(out).write_text(text.replace("@VERSION@", version).replace("@COMMANDS@\n", page))


if __name__ == "__main__":
    main(*sys.argv[1:])
