# SPDX-License-Identifier: MIT
"""The exported symbols, from lib/kstate.map, the one list of them, in the form that others want.

usage: exports.py def MAP OUT       module definition for Windows' linkers
       exports.py debian MAP OUT    dpkg's symbols file: which version of the package each symbol needs
"""
import re
import sys

NODE = re.compile(r"^(\w+_(\d+(?:\.\d+)*))\s*\{(.*?)^\}", re.M | re.S)


def nodes(text):
    """(name, version, symbols) of each version node."""
    for name, version, body in NODE.findall(text):
        yield name, version, re.findall(r"^\s*(kst_\w+);", body, re.M)


def definition(found):
    return "EXPORTS\n" + "".join(f"  {symbol}\n" for _, _, symbols in found for symbol in symbols)


def debian(found):
    found = list(found)
    soname = "0" if found[0][1].startswith("0.") else found[0][1].split(".")[0]
    lines = [f"libkstate.so.{soname} libkstate{soname} #MINVER#", "* Build-Depends-Package: libkstate-dev"]
    for name, version, symbols in found:
        lines += [f" {symbol}@{name} {version}" for symbol in sorted([name, *symbols])]
    return "\n".join(lines) + "\n"


def main(form, source, out):
    with open(source) as file:
        text = {"def": definition, "debian": debian}[form](nodes(file.read()))
    with open(out, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
