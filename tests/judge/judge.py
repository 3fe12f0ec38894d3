#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A processor as judge: forged page tables, thousands of addresses, QEMU's translation against the library's.

judge.py MODE TABLES_PROGRAM [COUNT]. Exit status 77, with a word why, only where QEMU is not installed.
"""
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

X86 = {  # mode: (CR4, EFER)
    "x86": (0x10, 0),
    "pae": (0x20, 0),
    "x64": (0x20, 0xD00),
    "la57": (0x1020, 0xD00),
}
CR0, CR3, CR4, EFER = 27, 29, 30, 32  # register numbers of the GDB stub
# msr ttbr0_el1, x0; ttbr1_el1, x1; tcr_el1, x2; mair_el1, x3; isb; msr sctlr_el1, x4; isb
ARM_CODE = (0xD5182000, 0xD5182021, 0xD5182042, 0xD518A203, 0xD5033FDF, 0xD5181004, 0xD5033FDF)


class Stub:
    """The few words of the GDB protocol that are needed."""

    quiet = False  # nothing is acknowledged any more: half the round trips

    def __init__(self, port):
        for _ in range(200):
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise SystemExit("the GDB stub does not answer")
        self.data = b""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _packet(self):
        while True:
            start = self.data.find(b"$")
            end = self.data.find(b"#", start)
            if start >= 0 and end >= 0 and len(self.data) >= end + 3:
                packet, self.data = self.data[start + 1:end], self.data[end + 3:]
                if not self.quiet:
                    self.socket.sendall(b"+")
                return packet
            more = self.socket.recv(65536)
            if not more:
                raise SystemExit("QEMU has gone")
            self.data += more

    def ask(self, text):
        raw = text.encode()
        self.socket.sendall(b"$" + raw + b"#%02x" % (sum(raw) & 0xFF))
        return self._packet().decode()

    def register(self, number, value):
        if self.ask(f"P{number:x}={struct.pack('<Q', value).hex()}") != "OK":
            raise SystemExit(f"register {number} cannot be written")

    def monitor(self, command):
        answer, text = self.ask("qRcmd," + command.encode().hex()), ""
        while answer != "OK":
            if answer.startswith("O"):
                text += bytes.fromhex(answer[1:]).decode()
            else:
                raise SystemExit(f"monitor: {answer}")
            answer = self._packet().decode()
        return text


def set_up(stub, mode, root):
    if mode in X86:
        cr4, efer = X86[mode]
        for number, value in ((CR0, 0x60000010), (EFER, efer), (CR4, cr4), (CR3, root), (CR0, 0x80000011)):
            stub.register(number, value)
        return
    # registers of the system cannot be written through the stub: the processor does it itself
    for i, word in enumerate(ARM_CODE):
        if stub.ask(f"M{0x40000000 + 4 * i:x},4:{struct.pack('<I', word).hex()}") != "OK":
            raise SystemExit("memory cannot be written")
    # 47 bits in each half, 4 KiB pages, 40 bits of physical address: entries 0 to 255 and, behind them, 256 to 511
    tcr = 17 | 17 << 16 | 2 << 30 | 2 << 32
    for number, value in ((0, root), (1, root + 0x800), (2, tcr), (3, 0xFF), (4, 0x30D00801), (32, 0x40000000)):
        stub.register(number, value)
    for _ in range(6):
        stub.ask("s")


def main():
    mode, program = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 5000
    emulator = "qemu-system-aarch64" if mode == "arm64" else "qemu-system-x86_64"
    if shutil.which(emulator) is None:
        print(f"SKIP: no {emulator} here (package {'qemu-system-arm' if mode == 'arm64' else 'qemu-system-x86'})")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "tables.bin")
        lines = subprocess.run([program, mode, os.environ.get("JUDGE_SEED", "1"), tables, str(count)], check=True,
                               text=True, capture_output=True).stdout.split("\n")
        root, pairs = int(lines[0], 16), [line.split() for line in lines[1:] if line]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        machine = (["-M", "virt", "-cpu", "max", "-m", "64", "-device", f"loader,file={tables},addr=0x40100000,force-raw=on"]
                   if mode == "arm64" else
                   ["-M", "pc", "-m", "64", "-cpu", "max,la57=on", "-device", f"loader,file={tables},addr=0x100000,force-raw=on"])
        qemu = subprocess.Popen([emulator, "-accel", "tcg", *machine, "-S", "-nographic", "-nodefaults", "-monitor", "none",
                                 "-serial", "none", "-gdb", f"tcp:127.0.0.1:{port}"])
        try:
            stub = Stub(port)
            stub.quiet = stub.ask("QStartNoAckMode") == "OK"
            stub.ask("qSupported:xmlRegisters=i386")
            stub.ask("qXfer:features:read:target.xml:0,ffb")  # until then registers cannot be written one by one
            set_up(stub, mode, root)
            different, mapped = [], 0
            for va, ours in pairs:
                text = stub.monitor(f"gva2gpa 0x{va}")
                found = re.search(r"gpa: (0x[0-9a-f]+|0)\b", text)
                judge = f"{int(found.group(1), 16):x}" if found else "-"
                if not found and "Unmapped" not in text:
                    raise SystemExit(f"not understood: {text}")
                mapped += found is not None
                if judge != ours:
                    different.append((va, ours, judge))
        finally:
            qemu.kill()
            qemu.wait()
    print(f"{mode}: {len(pairs)} addresses, {mapped} mapped, {len(different)} judged differently")
    for va, ours, judge in different[:10]:
        print(f"  {va}: {ours}, the processor says {judge}")
    # a judge that maps nothing, or everything, has not looked at the tables
    if mapped < len(pairs) // 10 or mapped > len(pairs) * 99 // 100:
        print("too few or too many addresses are mapped for a judgement")
        return 1
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
