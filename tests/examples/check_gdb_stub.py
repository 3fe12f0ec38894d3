# SPDX-License-Identifier: MIT
"""The processes of a machine in QEMU, read through its GDB stub, are those of the same memory in a file; also over a line
that cuts, damages and repeats, and over one that breaks.

usage: check_gdb_stub.py FORGE QUICKSTART GDB_STUB (skips, and says so, without QEMU)
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

QEMU = "qemu-system-x86_64"
LOW = 0x100000  # below are the machine's own video memory and firmware
MEMORY = 16 << 20


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Line(threading.Thread):
    """A bad line to the stub: no quiet mode, pieces of any size, every so many answers damaged; or it breaks."""

    def __init__(self, port, breaks_after=None):
        super().__init__(daemon=True)
        self.stub = socket.create_connection(("127.0.0.1", port), 10)
        self.stub.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.breaks_after = breaks_after
        self.said = b""
        self.damaged = self.repeated = self.answers = 0

    def run(self):
        client, _ = self.server.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            to_stub = b""
            last = b""
            while True:
                data = client.recv(65536)
                if not data:
                    return
                to_stub += data
                while to_stub:
                    if to_stub[:1] == b"-":  # the client wants it again: undamaged now
                        self.repeated += 1
                        client.sendall(last)
                        to_stub = to_stub[1:]
                    elif to_stub[:1] == b"+":
                        to_stub = to_stub[1:]
                    elif to_stub.find(b"#") >= 0 and len(to_stub) >= to_stub.find(b"#") + 3:
                        end = to_stub.find(b"#") + 3
                        request, to_stub = to_stub[:end], to_stub[end:]
                        last = self.ask(request)
                        self.answers += 1
                        if self.breaks_after is not None and self.answers > self.breaks_after:
                            client.close()
                            return
                        if self.answers % 7 == 3:
                            self.damaged += 1
                            at = last.rindex(b"#") - 1
                            client.sendall(b"+" + last[:at] + bytes([last[at] ^ 1]) + last[at + 1:])
                        else:
                            client.sendall(b"+" + last[:5])
                            client.sendall(last[5:])
                    else:
                        break
        except OSError:
            pass
        finally:
            self.stub.close()

    def ask(self, request):
        if request.startswith(b"$QStartNoAckMode"):
            return b"$#00"
        self.stub.sendall(request)
        while True:
            start = self.said.find(b"$")
            end = self.said.find(b"#", start)
            if 0 <= start < end and len(self.said) >= end + 3:
                answer, self.said = self.said[start:end + 3], self.said[end + 3:]
                self.stub.sendall(b"+")
                if not answer.startswith(b"$T"):  # the notice that it stopped
                    return answer
            else:
                more = self.stub.recv(65536)
                if not more:
                    raise OSError("QEMU has gone")
                self.said += more


def main(forge, quickstart, gdb_stub):
    if shutil.which(QEMU) is None:
        print(f"SKIP: no {QEMU} here (package qemu-system-x86)")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        raw, high = os.path.join(folder, "raw"), os.path.join(folder, "high")
        subprocess.run([forge, raw, "raw"], check=True)
        wanted = subprocess.run([quickstart, raw], check=True, capture_output=True, text=True).stdout
        assert "lsass.exe" in wanted, wanted
        with open(raw, "rb") as source, open(high, "wb") as out:
            memory = source.read()
            assert not any(memory[:LOW]) and len(memory) <= MEMORY, len(memory)
            out.write(memory[LOW:])
        firmware = os.path.join(folder, "firmware")
        with open(firmware, "wb") as out:  # a machine that goes on does nothing: jmp to itself
            out.write(bytes(0xFFF0) + b"\xeb\xfe" + bytes(14))
        port = free_port()
        qemu = subprocess.Popen([QEMU, "-accel", "tcg", "-M", "pc", "-cpu", "max", "-bios", firmware, "-m", str(MEMORY >> 20), "-device",
                                 f"loader,file={high},addr={LOW:#x},force-raw=on", "-S", "-nographic", "-nodefaults",
                                 "-monitor", "none", "-serial", "none", "-gdb", f"tcp:127.0.0.1:{port}"])
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            run = f"{LOW:x}-{MEMORY:x}"

            def look(at, *runs):
                return subprocess.run([gdb_stub, f"127.0.0.1:{at}", *(runs or [run])], capture_output=True, text=True,
                                      timeout=60)

            start = time.monotonic()
            done = look(port)
            assert done.returncode == 0 and done.stdout == wanted, f"{done.stdout}\n{done.stderr}"
            took = time.monotonic() - start
            done = look(port, "0-a0000", run)  # memory below the hole, where nothing of the image is
            assert done.returncode == 0 and done.stdout == wanted, f"{done.stdout}\n{done.stderr}"
            line = Line(port)
            line.start()
            done = look(line.port, f"{LOW:x}-{len(memory):x}")
            assert done.returncode == 0 and done.stdout == wanted, f"{done.stdout}\n{done.stderr}"
            assert line.damaged > 10 and line.repeated == line.damaged, (line.damaged, line.repeated)
            broken = Line(port, breaks_after=100)
            broken.start()
            done = look(broken.port)
            assert done.returncode == 1 and "KST_E_HOST (-1002)" in done.stderr, f"{done.stdout}\n{done.stderr}"
            done = look(port, f"{LOW:x}-{LOW + 0x1000:x}")  # too little memory: nothing is found, nothing is made up
            assert done.returncode == 1 and done.stdout == "" and "KST_E_" in done.stderr, f"{done.stdout}\n{done.stderr}"
        finally:
            qemu.kill()
            qemu.wait()
        done = look(port)
        assert done.returncode == 1 and "nobody answers" in done.stderr, done.stderr
        for words in ([], ["x-y"], ["10-5"], ["0-10", "8-20"]):
            done = subprocess.run([gdb_stub, "127.0.0.1:1", *words], capture_output=True, text=True)
            assert done.returncode == 2, words
    print(f"the same processes through the stub ({took:.1f} s) and in the file; {line.damaged} answers damaged and repeated")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
