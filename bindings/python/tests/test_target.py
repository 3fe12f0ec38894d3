# SPDX-License-Identifier: MIT
"""Dumps and readers: what comes out, what goes wrong, what is given back."""
import dataclasses
import gc
import pickle
import threading
import weakref

import pytest

import kstate
from kstate._native import ffi, lib


def test_open_and_walk(target):
    assert "17763" in repr(target)
    assert [p.name for p in target.processes()] == ["System", "smss.exe", "csrss.exe", "lsass.exe", "notepad.exe"]
    assert target.process_find(380).name == "smss.exe"
    base = next(target.modules()).base
    assert target.module_find(base + 5).name == "ntoskrnl.exe"
    assert target.dump.format == kstate.Format.FULL
    assert target.symbol("PsActiveProcessHead") == target.identity().active_processes


def test_walk_tells_how_it_went(target):
    walk = target.processes()
    assert walk.end == kstate.WalkEnd.RUNNING
    assert len(list(walk)) == walk.count == 5
    assert walk.end == kstate.WalkEnd.CLOSED and walk.anomalies == 0 and walk.error is None
    assert list(walk) == []


def test_records_are_frozen_and_readable(target):
    process = target.process_find(4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        process.pid = 5
    assert f"address={process.address:#x}" in repr(process) and "pid=4" in repr(process)
    assert pickle.loads(pickle.dumps(process)) == process


def test_read(target):
    base = next(target.modules()).base
    assert target.read(base, 2) == b"MZ"
    with pytest.raises(kstate.MemoryFault) as caught:
        target.read(0x10, 16)
    assert caught.value.address == 0x10 and caught.value.partial == b""
    assert target.read(base, 0) == b""


def test_closed_target_raises(dump_path):
    target = kstate.open(dump_path)
    walk = target.processes()
    layout = target.layout
    assert layout.info.present > 0
    target.close()
    target.close()
    for call in (target.processes, lambda: next(walk), lambda: target.read(0, 1), target.identity, lambda: layout.info):
        with pytest.raises(ValueError, match="closed"):
            call()


def test_errors_of_open(tmp_path):
    with pytest.raises(kstate.HostError) as caught:
        kstate.open(tmp_path / "absent.dmp")
    assert caught.value.code == kstate.Status.E_IO and caught.value.host_code == 2
    assert pickle.loads(pickle.dumps(caught.value)).host_code == 2
    (tmp_path / "odd.dmp").write_bytes(b"PAGEDU64" + bytes(16))
    with pytest.raises(kstate.KstError):
        kstate.open(tmp_path / "odd.dmp")


def test_missing_type_information(dump_path):
    none = kstate.Layout.from_types(lambda type: None, lambda type, path: None)
    with kstate.open(dump_path, layout=none) as target:
        with pytest.raises(kstate.TypeInfoError):
            list(target.processes())


def test_python_reader_sees_the_same(target, physical_reader):
    other = kstate.Target(read=physical_reader, layout=target.layout, identity=target.identity(), physical=True)
    assert list(other.processes()) == list(target.processes())
    assert list(other.modules()) == list(target.modules())
    assert physical_reader.calls > 0


def test_python_reader_of_virtual_memory(target):

    def read(address, length, space):
        try:
            return target.read(address, length, space)
        except kstate.MemoryFault as fault:
            return fault.partial

    other = kstate.Target(read=read, layout=target.layout, identity=target.identity())
    assert list(other.processes()) == list(target.processes())


def test_python_reader_finds_out_what_the_machine_is(target, physical_reader):
    """Only told that the machine is an x64 one and where its tables are."""
    known = target.identity()
    hint = kstate.Identity(present=kstate.IdentityHas.ARCH | kstate.IdentityHas.PAGING | kstate.IdentityHas.DTB,
                           arch=known.arch, paging=known.paging, dtb=known.dtb)
    calls = physical_reader.calls
    other = kstate.Target(read=physical_reader, identity=hint, physical=True)
    assert physical_reader.calls > calls
    assert other.read(next(target.modules()).base, 2) == b"MZ"
    assert other.identity().build is None and other.layout.info.present < target.layout.info.present


class Broken(Exception):
    pass


@pytest.mark.parametrize("raised", [Broken, KeyboardInterrupt, MemoryError])
def test_exception_of_the_reader_comes_out(target, physical_reader, raised):
    state = {"fail": False}
    problem = raised("the wire broke")

    def read(address, length, space):
        if state["fail"]:
            raise problem
        return physical_reader(address, length, space)

    other = kstate.Target(read=read, layout=target.layout, identity=target.identity(), physical=True)
    walk = other.processes()
    first = next(walk)
    state["fail"] = True
    with pytest.raises(raised) as caught:
        list(walk)
    assert caught.value is problem and walk.error is problem
    with pytest.raises(raised):
        other.read(first.address, 8)
    state["fail"] = False
    assert other.read(first.address, 8) == target.read(first.address, 8)  # and nothing of it stays behind


def test_exception_at_every_read_of_a_walk(target, physical_reader):
    """The reader fails once, at read 1, 2, 3…: always the same exception, until no more reads are needed."""
    identity, layout = target.identity(), target.layout
    for n in range(1, 10000):
        count = {"reads": 0, "armed": False}

        def read(address, length, space):
            if count["armed"]:
                count["reads"] += 1
                if count["reads"] == n:
                    raise Broken(n)
            return physical_reader(address, length, space)

        other = kstate.Target(read=read, layout=layout, identity=identity, physical=True)
        count["armed"] = True
        try:
            assert len(list(other.processes())) == 5
        except Broken as broken:
            assert broken.args == (n,)
        else:
            assert count["reads"] < n
            break
    assert n > 5


def test_wrong_answers_of_the_reader(target):
    for answer, kind in ((lambda a, n, s: bytes(n + 1), ValueError), (lambda a, n, s: "text", TypeError)):
        with pytest.raises(kind):
            kstate.Target(read=answer, layout=target.layout, identity=target.identity(), physical=True).read(
                target.identity().kernel_base or next(target.modules()).base, 16)


def test_reader_is_given_back(target):
    class Reader:
        def __call__(self, address, length, space):
            raise Broken

    reader = Reader()
    gone = weakref.ref(reader)
    with pytest.raises(Broken):
        kstate.Target(read=reader, layout=target.layout, identity=target.identity(), physical=True).read(1 << 47, 8)
    del reader
    gc.collect()
    assert gone() is None


def test_layout_from_types_and_its_exceptions():
    def member(type, path):
        return (0x440, 8) if (type, path) == ("_EPROCESS", "UniqueProcessId") else None

    layout = kstate.Layout.from_types(lambda type: None, member, lambda name: 0x1234 if name == "PsActiveProcessHead" else None,
                                      name="mine")
    assert layout.info.name == "mine" and layout.info.present >= 1
    assert layout.member("_EPROCESS", "UniqueProcessId").offset == 0x440
    assert kstate.layout_symbol(layout, "PsActiveProcessHead") == 0x1234

    def broken(type, path):
        raise Broken("no symbols today")

    with pytest.raises(Broken, match="today"):
        kstate.Layout.from_types(lambda type: 8, broken)


def test_symbols_win(dump_path):
    with kstate.open(dump_path, symbols={"PsActiveProcessHead": 0xfffff80012345678}) as target:
        assert target.symbol("PsActiveProcessHead") == 0xfffff80012345678


def test_threads_share_a_target(target):
    expected = list(target.processes())
    results = []

    def work():
        for _ in range(20):
            results.append(list(target.processes()) == expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 80


def test_exceptions_of_two_threads_do_not_mix(target):
    barrier = threading.Barrier(2, timeout=20)

    def read(address, length, space):
        barrier.wait()
        raise Broken(threading.get_ident())

    identity = kstate.Identity(present=kstate.IdentityHas.ARCH, arch=kstate.Arch.X64)
    hook = [lambda address, length, space: None]  # calm while the target is made
    other = kstate.Target(read=lambda *arguments: hook[0](*arguments), layout=target.layout, identity=identity,
                          thread_safe=True)
    hook[0] = read
    wrong = []

    def work():
        try:
            other.read(0xfffff80000000000, 8)
        except Broken as broken:
            if broken.args[0] != threading.get_ident():
                wrong.append(broken)
        else:
            wrong.append("nothing raised")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_open_memory(dump_path):
    with kstate.open_memory(dump_path.read_bytes()) as target:
        assert len(list(target.processes())) == 5


def test_numpy(target):
    numpy = pytest.importorskip("numpy")
    records = target.processes().to_numpy()
    assert records["pid"].tolist() == [p.pid for p in target.processes()]
    assert [n.decode() for n in records["name"]] == [p.name for p in target.processes()]
    walk = target.processes()
    first = next(walk)
    rest = walk.to_numpy()
    assert first.pid == records["pid"][0] and rest["pid"].tolist() == records["pid"][1:].tolist()
    assert walk.end == kstate.WalkEnd.CLOSED and walk.count == 5
    for record in (kstate.Process, kstate.Translation, kstate.PoolVerdict):
        assert record.dtype().itemsize == ffi.sizeof(f"struct {record._c_name}")
    assert isinstance(records, numpy.ndarray)


def test_pool_scan(target):
    """The forged machine's virtual memory of the modules holds no tags; its first page's bytes do, once asked for."""
    base = next(target.modules()).base
    tag = target.read(base + 4, 4)
    hits = list(target.pool_scan([tag], base, base + 0x1000, all=True))
    assert [h.address for h in hits if h.address == base] == [base]
    assert target.pool_scan([tag], base, base + 0x1000, all=True).to_numpy()["address"].tolist() == [h.address for h in hits]


def test_texts_and_arrays_that_c_fills(target):
    process = target.process_find(4)
    with pytest.raises(kstate.KstError):
        target.object_path(process.address)
    ranges = target.pool_ranges()
    assert isinstance(ranges, tuple) and all(isinstance(r, kstate.PoolRange) for r in ranges)
    # two blocks of 16 and 4080 bytes: PreviousSize, PoolIndex, BlockSize, PoolType in the first four bytes
    page = bytearray(4096)
    page[0:8] = bytes([0, 0, 1, 2]) + b"Frst"
    page[16:24] = bytes([1, 0, 255, 2]) + b"Scnd"
    headers, whole = kstate.decode_pool_page(kstate.Layout.builtin(kstate.Arch.X64, 7601), page, 0xfffffa8000000000, 0)
    assert [h.tag for h in headers] == [b"Frst", b"Scnd"]
    assert [h.block_size for h in headers] == [16, 4080] and whole.blocks == 2
    assert whole.rule == kstate.PoolRule.NONE


def test_no_memory_is_lost(target, physical_reader):
    """Targets with readers that fail, many times: what the process holds stops growing."""
    import resource

    def once():
        def read(address, length, space):
            raise Broken(bytes(100000))

        other = kstate.Target(read=physical_reader, layout=layout, identity=identity, physical=True)
        list(other.processes())
        with pytest.raises(Broken):
            kstate.Target(read=read, layout=layout, identity=identity, physical=True).read(1 << 47, 8)

    identity, layout = target.identity(), target.layout
    for _ in range(20):
        once()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(150):
        once()
    gc.collect()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1500  # KiB; targets alone would be 3000, exceptions 15000


def test_version():
    assert kstate.__version__ == ".".join(str(kstate.CONSTANTS[f"KST_VERSION_{n}"]) for n in ("MAJOR", "MINOR", "PATCH"))
    assert lib.kst_version() == kstate.version()


def test_filetime():
    assert kstate.filetime(0) is None and kstate.filetime(2**64 - 1) is None
    assert kstate.filetime(132583451029877657).isoformat() == "2021-02-21T01:38:22.987765+00:00"
