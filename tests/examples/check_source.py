# SPDX-License-Identifier: MIT
"""What `kstate` says of a source that holds no Windows kernel, or is none, and of a file of types that is none.

usage: check_source.py KSTATE
"""
import json
import os
import struct
import subprocess
import sys
import tempfile

MEMORY = bytes(range(256)) * 0x1000  # 1 MiB, nothing of Windows in it
NO_KERNEL = "no Windows kernel was found in this memory\n  --dtb ADDRESS helps"
SOURCES = "kstate reads Windows dumps, LiME, ELF cores and raw memory"


def lime():
    return struct.pack("<IIQQQ", 0x4C694D45, 1, 0, len(MEMORY) - 1, 0) + MEMORY


def elf():
    head = b"\x7fELF" + bytes([2, 1, 1]) + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 4, 62, 1, 0, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    return head + struct.pack("<IIQQQQQQ", 1, 6, 120, 0, 0, len(MEMORY), len(MEMORY), 0) + MEMORY


def header_only():
    page = bytearray(b"PAGE" * 0x800)
    page[:8] = b"PAGEDU64"
    struct.pack_into("<II", page, 0x8, 15, 19041)
    struct.pack_into("<I", page, 0x30, 0x8664)
    struct.pack_into("<I", page, 0xF98, 3)
    return bytes(page)


def run(kstate, status, *words, lines=""):
    done = subprocess.run([kstate, *words], input=lines, capture_output=True, text=True, timeout=30)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def no_kernel(kstate, path):
    """Memory of another system: its bytes can be read, and nothing else."""
    done = run(kstate, 0, "info", path)
    assert done.stdout.splitlines()[1:] == ["No Windows kernel was found"] and done.stderr == "", done
    record = json.loads(run(kstate, 0, "info", path, "--json").stdout)
    assert not {"arch", "build", "dtb"} & set(record) and record["layout"] == "none", record
    for words in (["modules"], ["processes"], ["read", path, "1000", "10"], ["vtop", path, "1000"]):
        done = run(kstate, 1, words[0], path, *words[2:])
        assert done.stdout == "" and NO_KERNEL in done.stderr and "holds no memory" not in done.stderr, done
    physical = ["--space", "physical", "--json"]
    record = json.loads(run(kstate, 0, "read", path, "1010", "4", *physical).stdout)
    assert (record["data"], record["valid"]) == ("10111213", 4), record
    records = [json.loads(line) for line in run(kstate, 0, "read", path, "-", "10", *physical,
                                                lines="ffff8\n100000\nffffffffffffffff\n0\n").stdout.splitlines()]
    assert [r["valid"] for r in records] == [8, 0, 0, 16] and records[1]["data"] is None, records
    done = run(kstate, 1, "read", path, "100000", "10", "--space", "physical")
    assert "memory is not present" in done.stderr, done


def main(kstate):
    with tempfile.TemporaryDirectory() as folder:
        def put(name, content):
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(content)
            return path

        for name, content in (("memory.raw", MEMORY), ("memory.lime", lime()), ("memory.elf", elf())):
            no_kernel(kstate, put(name, content))
        header = put("header.dmp", header_only())
        assert "Windows kernel version 19041 x64" in run(kstate, 0, "info", header).stdout
        for words in ([], ["--space", "physical"]):
            done = run(kstate, 1, "read", header, "1000", "10", *words)
            assert "holds no memory that can be read" in done.stderr, done

        # the hint is of what failed: the source, or the types
        text = put("notes.txt", b"This is no memory at all.\n")
        done = run(kstate, 1, "info", text)
        assert SOURCES in done.stderr, done
        old = put("old.pdb", b"Microsoft C/C++ program database 2.00\r\n\x1aJG\0\0" + bytes(0x400))
        done = run(kstate, 1, "info", header, "--layout", old)
        assert "old.pdb" in done.stderr and SOURCES not in done.stderr, done
    print("sources without a Windows kernel, files that are no sources, types that are none")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
