"""Frama-C/Eva over the smallest decoders: one driver stands for all inputs at once. Fails on an alarm, on a decoder whose end
was not reached, and on a status that is not documented.

usage: run.py [NAME...]
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COMMON = ["decode/view.c", "core/core.c"]
# driver: the function proved, and the sources below it
DRIVERS = {
    "view": ("kst__view_number", []),
    "pool": ("kst_decode_pool_header", ["decode/pool.c"]),
    "big_pool": ("kst_decode_large_allocation", ["decode/big_pool.c", "decode/pool.c"]),
    "pte": ("kst_decode_pte", ["decode/pte.c"]),
    "object": ("kst_decode_object", ["decode/object.c"]),
    "handle": ("kst_decode_handle", ["decode/handle.c", "decode/object.c"]),
    "dpc": ("kst_decode_dpc", ["decode/dpc.c"]),
}
# helpers whose paths are kept apart, so that "it was there" and the value that it gave stay together
APART = ("kst__view_raw kst__view_number kst__view_pointer kst__get_at kst__get kst__get32 kst__get_pointer kst__get_u64 "
         "kst__le kst__within kst__length kst__fail kst__fail_host tell kst__out_write kst__out_ok kst__in_read kst__is_status "
         "kst__pool_format kst__pool_begin kst_decode_pool_header kst_decode_large_allocation header_get header_get_signed "
         "info_get info_get32 packed_pointer place_of field split_address").split()
OPTIONS = ["-eva", "-eva-precision", "0", "-machdep", "gcc_x86_64", "-eva-split-return", "auto", "-eva-slevel", "0",
           "-eva-partition-history", "1", "-eva-auto-loop-unroll", "130", "-eva-domains", "equality,symbolic-locations",
           "-eva-warn-key", "alarm=error", "-cpp-extra-args=-Iinclude -std=c11"]


def prove(name):
    function, sources = DRIVERS[name]
    files = [f"tests/prove/prove_{name}.c", *(f"lib/{source}" for source in sources + COMMON)]
    start = time.monotonic()
    text = "".join((ROOT / file).read_text() for file in files + ["lib/core/core.h"])
    known = [helper for helper in APART if re.search(rf"\b{helper}\(", text)]
    apart = ["-eva-slevel-function", ",".join(f"{helper}:200" for helper in known)]
    run = subprocess.run(["frama-c", *OPTIONS, *apart, *files], cwd=ROOT, capture_output=True, text=True)
    log = run.stdout + run.stderr
    found = re.findall(r"^\[eva:alarm\] (.*?)\n +(.*)", log, flags=re.M)
    alarms = [f"{place} {what}" for place, what in found]
    end = re.search(rf"^\[eva:final-states\] Values at end of function {function}:\n(.*)", log, flags=re.M)
    summary = re.search(r"(\d+) statements reached \(out of (\d+)\)", log)
    asserted = re.search(r"Assertions +(\d+) valid +(\d+) unknown +(\d+) invalid", log)
    if run.returncode != 0 and not alarms:
        alarms.append(log[-2000:])
    if end is None or "NON TERMINATING" in end[1]:
        alarms.append(f"the end of {function} was not reached")
    if asserted is None or asserted[1] == "0" or asserted[2] != "0" or asserted[3] != "0":
        alarms.append("a status that is not documented, or none asserted")
    reached = f"{summary[1]} of {summary[2]} statements reached" if summary else "?"
    return name, function, reached, alarms, time.monotonic() - start, log


def main(*names):
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, function, reached, alarms, seconds, log in pool.map(prove, names or DRIVERS):
            print(f"{function}: {len(alarms)} alarms, {reached}, {seconds:.0f} s", flush=True)
            print("".join(f"  {alarm}\n" for alarm in alarms), end="", flush=True)
            wrong += len(alarms)
            if os.environ.get("KSTATE_PROVE_LOGS"):
                pathlib.Path(os.environ["KSTATE_PROVE_LOGS"], f"{name}.log").write_text(log)
    print(f"{len(names or DRIVERS)} decoders, {wrong} alarms")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
