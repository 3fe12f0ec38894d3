"""Size and offset of each public member and the value of each constant, against the stored tests/abi/layout.txt.

usage: check_layout.py PROGRAM STORED [--update]
Tolerated: a member appended to a size-first struct, a new struct, a new constant - once stored. Anything else is red.
"""
import subprocess
import sys


def facts(lines):
    """{name: value}: "struct kst_error 152", "struct kst_error.code 4 4", "KST_OK 0"."""
    table = {}
    for line in lines:
        cells = line.split()
        if cells[0] == "struct":
            table[cells[1]] = tuple(map(int, cells[2:]))
        else:
            table[cells[0]] = (int(cells[1]),)
    return table


def main(run, stored, *rest):
    lines = subprocess.run([run], check=True, capture_output=True, text=True).stdout.splitlines()
    if "--update" in rest:
        with open(stored, "w") as out:
            out.write("\n".join(lines) + "\n")
        return 0
    with open(stored) as file:
        before = facts(file.read().splitlines())
    now = facts(lines)
    wrong = 0
    for name, value in before.items():
        grew = name.startswith("kst_") and "." not in name and name in now and now[name] > value
        if now.get(name) != value and not grew:
            print(f"{name}: was {value}, is {now.get(name, 'gone')}")
            wrong += 1
    new = [name for name in now if name not in before or now[name] != before[name]]
    print(f"{len(before)} stored facts, {len(new)} new, {wrong} broken")
    if new and not wrong:
        print("store the new facts with `./dev abi`:", *new[:5])
    return 1 if wrong or new else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
