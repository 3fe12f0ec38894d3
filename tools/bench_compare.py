#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare the benchmark figures of two commits.

usage: bench_compare.py OLD NEW [HISTORY]

OLD and NEW are commits as they stand in the history (any unambiguous beginning), or history files of their own. Of several
runs of one commit on one machine the best counts, since other programs only ever slow a run down. Figures are compared by
their ratio to the machine's limit where they have one, else by their value; machines are never mixed.
"""
import json
import os
import sys

NOISE = 0.10  # a difference below this is not called one


def load(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                figure = json.loads(line)
                figure["value"] + figure["ratio"]
                yield figure
            except (ValueError, KeyError, TypeError):
                sys.exit(f"{path}:{number}: no figure")


def best(figures):
    """(machine, name) -> figure: the one nearest to the limit, or the smallest value; rates are the exception."""
    found = {}
    for f in figures:
        key = f["machine"], f["name"]
        if key not in found or merit(f) > merit(found[key]):
            found[key] = f
    return found


def rate(f):
    return f["unit"].endswith("/s")


def merit(f):
    """Larger is better."""
    if f["ratio"]:
        return f["ratio"]
    return f["value"] if rate(f) else 1 / f["value"] if f["value"] else float("inf")


def select(name, history):
    if os.path.exists(name):
        return best(load(name))
    figures = [f for f in history if f["commit"].startswith(name)]
    commits = sorted({f["commit"] for f in figures})
    if len(commits) != 1:
        sys.exit(f"{name}: " + ("no figures of such a commit" if not commits else "more than one commit: " + " ".join(commits)))
    return best(figures)


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__.strip())
    path = arguments[2] if len(arguments) == 3 else os.environ.get("KSTATE_BENCH_HISTORY", "bench-history.jsonl")
    history = list(load(path)) if os.path.exists(path) else []
    old, new = select(arguments[0], history), select(arguments[1], history)
    worse = 0
    for key in sorted(old.keys() | new.keys()):
        machine, name = key
        if key not in old or key not in new:
            print(f"{name:32} only in {'the new' if key in new else 'the old'} ({machine})")
            continue
        a, b = old[key], new[key]
        change = merit(b) / merit(a) - 1 if merit(a) else 0
        word = "" if abs(change) < NOISE else "better" if change > 0 else "WORSE"
        worse += word == "WORSE"
        print(f"{name:32} {a['value']:10.4g} -> {b['value']:10.4g} {b['unit']:5} "
              f"ratio {a['ratio']:.2f} -> {b['ratio']:.2f} {change:+7.0%} {word}")
    if not old.keys() & new.keys():
        sys.exit("nothing to compare: no figure of both on one machine")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
