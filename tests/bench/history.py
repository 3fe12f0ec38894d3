# SPDX-License-Identifier: MIT
"""Figures of benchmarks that are scripts: shown and kept as tests/bench/bench.h does it."""
import json
import os
import time


def figure(name, what, value, unit, ratio, limit):
    print(f"{what:58} {value:10.3f} {unit}" + (f", {ratio:.2f} of {limit}" if ratio else ""), flush=True)
    path = os.environ.get("KSTATE_BENCH_HISTORY")
    if not path:
        return
    with open(path, "a", encoding="utf-8") as out:
        json.dump({"commit": os.environ.get("KSTATE_BENCH_COMMIT") or "unknown",
                   "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                   "machine": os.environ.get("KSTATE_BENCH_MACHINE") or "unknown", "name": name,
                   "value": float(f"{value:.6g}"), "unit": unit, "ratio": float(f"{ratio:.4g}"),
                   "limit": limit if ratio else ""}, out)
        out.write("\n")
