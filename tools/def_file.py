# SPDX-License-Identifier: MIT
"""The symbols of lib/kstate.map as a module definition for Windows' linkers.

usage: def_file.py MAP DEF
"""
import re
import sys

with open(sys.argv[1]) as file:
    symbols = re.findall(r"^\s*(kst_\w+);", file.read(), re.M)
with open(sys.argv[2], "w") as file:
    file.write("EXPORTS\n" + "".join(f"  {name}\n" for name in symbols))
