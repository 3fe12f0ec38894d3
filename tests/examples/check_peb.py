# SPDX-License-Identifier: MIT
"""`kstate peb` prints the fields of !peb in the debugger's order: the published lsass.exe of a Windows Server 2008.

usage: check_peb.py FORGE KSTATE
"""
import os
import subprocess
import sys
import tempfile

EXPECTED = r"""PEB at 7ffdd000
    InheritedAddressSpace:    No
    ReadImageFileExecOptions: No
    BeingDebugged:            No
    ImageBaseAddress:         00700000
    Ldr                       77164cc0
    Ldr.Initialized:          Yes
    Ldr.InInitializationOrderModuleList: 00361500 . 03959380
    Ldr.InLoadOrderModuleList:           00361480 . 03959370
    Ldr.InMemoryOrderModuleList:         00361488 . 03959378
            Base TimeStamp                     Module
          700000 47918d7c Jan 19 05:41:16 2008 C:\Windows\system32\lsass.exe
        770a0000 4791a7a6 Jan 19 07:32:54 2008 C:\Windows\system32\ntdll.dll
        76d40000 4791a76d Jan 19 07:31:57 2008 C:\Windows\system32\kernel32.dll
        76800000 4791a64b Jan 19 07:27:07 2008 C:\Windows\system32\ADVAPI32.dll
        73700000 4549bda2 Nov 02 09:42:58 2006 C:\Windows\system32\rasadhlp.dll
    SubSystemData:     00000000
    ProcessHeap:       00360000
    ProcessParameters: 00360d90
    CurrentDirectory:  'C:\Windows\system32\'
    WindowTitle:  'C:\Windows\system32\lsass.exe'
    ImageFile:    'C:\Windows\system32\lsass.exe'
    CommandLine:  'C:\Windows\system32\lsass.exe'
    DllPath:      'C:\Windows\system32;.'
    Environment:  003607e8
        CommonProgramFiles=C:\Program Files\Common Files
        PROCESSOR_IDENTIFIER=x86 Family 6 Model 23 Stepping 6, GenuineIntel
        ProgramFiles=C:\Program Files
"""


def main(forge, kstate):
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "lsass.dmp")
        subprocess.run([forge, dump], check=True)
        run = subprocess.run([kstate, "peb", dump, "0x284"], capture_output=True, text=True)
        assert run.returncode == 0 and run.stdout == EXPECTED, f"{run.stdout}\n{run.stderr}"
        run = subprocess.run([kstate, "lmu", dump, "644"], capture_output=True, text=True)
        assert run.returncode == 0 and run.stdout.count("C:\\Windows\\system32\\") == 14, run.stdout + run.stderr
        for command in ("peb", "lmu", "process", "threads"):  # 0x284 is there, 0x288 is not
            run = subprocess.run([kstate, command, dump, "0x288"], capture_output=True, text=True)
            assert run.returncode == 1 and run.stdout == "" and "no process" in run.stderr, run.stderr
    print("!peb of lsass.exe in the debugger's order")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
