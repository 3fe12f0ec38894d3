# SPDX-License-Identifier: MIT
"""`kstate vm` and `kstate ca` print the fields of published !vm and !ca output, in its words and columns.

usage: check_memory.py FORGE KSTATE
"""
import os
import subprocess
import sys
import tempfile

GLOBALS = ["MmNumberOfPhysicalPages", "MmAvailablePages", "MmResidentAvailablePages", "MmTotalFreeSystemPtes",
           "MmModifiedPageListHead", "MmTotalPagesForPagingFile", "MmAllocatedNonPagedPool",
           "MmMaximumNonPagedPoolInBytes", "MmPagedPoolInfo", "MmSharedCommit", "MmProcessCommit", "MmPagedPoolCommit",
           "MmDriverCommit", "MmTotalCommittedPages", "MmTotalCommitLimit", "MmSizeOfPagedPoolInBytes",
           "MmNumberOfPagingFiles", "MmPagingFile", "MmPhysicalMemoryBlock"]
BEFORE = {"MmPagedPoolInfo": 0x34}  # AllocatedPagedPool is not the first member

VM = r"""*** Virtual Memory Usage ***
Physical Memory:      130724 (    522896 Kb)
Page File: \??\C:\pagefile.sys
   Current:   1048576 Kb  Free Space:   1048572 Kb
   Minimum:   1048576 Kb  Maximum:      4194304 Kb
Available Pages:       61283 (    245132 Kb)
ResAvail Pages:       106796 (    427184 Kb)
Free System PTEs:     427195 (   1708780 Kb)
Modified Pages:         2429 (      9716 Kb)
Modified PF Pages:      2424 (      9696 Kb)
NonPagedPoolNx Usage:   3870 (     15480 Kb)
NonPagedPool Max:      95231 (    380924 Kb)
PagedPool Usage:        5915 (     23660 Kb)
PagedPool Maximum:    523264 (   2093056 Kb)
Shared Commit:          5539 (     22156 Kb)
Shared Process:         1629 (      6516 Kb)
PagedPool Commit:       5922 (     23688 Kb)
Driver Commit:          1801 (      7204 Kb)
Committed pages:       59129 (    236516 Kb)
Commit limit:         382336 (   1529344 Kb)

Memory runs (page frames):
       1 -       9e (       632 Kb)
     100 -    1ff05 (    522264 Kb)
"""

# what was published was cut behind the second column: each line is the beginning of one of ours
CA = r"""ControlArea  @ fffffa8003c2c770
  Segment      fffff8a00f39d190  Flink      fffffa8003c2c3f8
  Section Ref                 0  Pfn Ref                   1
  User Ref                    0  WaitForDel                0
  File Object  fffffa800593dc40  ModWriteCount             0
  WritableRefs                0
  Flags (4080) File Accessed
File: \Program Files\Debugging Tools for Windows (x64)\windbg.exe
Segment @ fffff8a00f39d190
  ControlArea     fffffa8003c2c770  ExtendInfo    0000000000000000
  Total Ptes                    9d
  Segment Size               9cd10  Committed                    0
  Flags (c0000) ProtectionMask
Subsection 1 @ fffffa8003c2c7f0
  ControlArea  fffffa8003c2c770  Starting Sector        0
  Base Pte     fffff8a00a3e2820  Ptes In Subsect       9d
  Flags                d100000d  Sector Offset        d10
  Flink        fffffa8003c2c4c0  Blink   fffffa8006a1cae0
"""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def main(forge, kstate):
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "memory.dmp")
        run(forge, "vm", dump)
        symbols = []
        for i, name in enumerate(GLOBALS):
            symbols += ["--symbol", f"{name}={0x81d00000 + i * 0x40 - BEFORE.get(name, 0):#x}"]
        text = run(kstate, "vm", *symbols, dump)
        assert text == VM, text
        text = run(kstate, "vm", "--json", *symbols, dump)
        assert '"name":"\\\\??\\\\C:\\\\pagefile.sys"' in text.replace('": "', '":"'), text

        run(forge, "ca", dump)
        text = run(kstate, "ca", dump, "fffffa8003c2c770")
        lines = iter(text.splitlines())
        for published in CA.splitlines():
            assert any(line.startswith(published) for line in lines), f"not there: {published}\n{text}"
        assert "ProtectionMask 6 " in text and "doubtful" not in text, text
    print("!vm of a Windows Server 2008 and !ca of a Windows 7 in the debugger's words")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
