"""Print the version that include/kstate/api.h declares."""
import pathlib
import re

api = pathlib.Path(__file__).resolve().parent.parent / "include" / "kstate" / "api.h"
found = dict(re.findall(r"#define KST_VERSION_(MAJOR|MINOR|PATCH) (\d+)", api.read_text()))
print(".".join(found[part] for part in ("MAJOR", "MINOR", "PATCH")))
