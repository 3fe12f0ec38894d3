"""What the public headers declare: functions, structs, constants. Shared by the checks of suite `abi` and by the bindings."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INCLUDE = ROOT / "include" / "kstate"


def strip_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def headers(folder=INCLUDE):
    return sorted(folder.glob("*.h"))


def functions(text):
    """Names of the functions that a header exports."""
    return re.findall(r"\bKST_API\b[^;]*?\b(kst_\w+)\s*\(", strip_comments(text))


def structs(text):
    """[(name, [member])] of the structs that a header defines."""
    found = []
    for name, body in re.findall(r"^struct (kst_\w+) \{(.*?)^\};", strip_comments(text), flags=re.S | re.M):
        members = []
        for line in body.split(";"):
            line = " ".join(line.split())
            if not line:
                continue
            pointer = re.search(r"\(\*(\w+)\)\s*\(", line)
            plain = re.search(r"(\w+)\s*((?:\[[^\]]*\])*)$", line)
            members.append(pointer.group(1) if pointer else plain.group(1))
        found.append((name, members))
    return found


def constants(text):
    """Names of enumerators and of macros with a value, without the include guards and KST_API."""
    text = strip_comments(text)
    names = [n for n in re.findall(r"^#define (KST_[A-Z0-9_]+)[ \t]+\S", text, flags=re.M) if n != "KST_API"]
    for body in re.findall(r"\benum\b[^{;]*\{(.*?)\}", text, flags=re.S):
        names += re.findall(r"\b(KST_\w+)\b\s*(?:=|,|$)", body, flags=re.M)
    return list(dict.fromkeys(names))


def all_of(what, folder=INCLUDE):
    result = []
    for header in headers(folder):
        result += what(header.read_text())
    return result
