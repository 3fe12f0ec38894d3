# SPDX-License-Identifier: MIT
"""The optional callbacks of a reader, type files, indexes, and the dump without a target."""
import os
import pathlib

import pytest

import kstate
from kstate import records

PAGE = 0x1000


class Broken(Exception):
    pass


def memory(pages):
    """A reader of physical memory from {address: page}, and what it was asked."""
    asked = []

    def read(address, length, space):
        assert space == kstate.PHYSICAL
        asked.append(address)
        found = b""
        while len(found) < length:
            at = address + len(found)
            page = pages.get(at & ~(PAGE - 1))
            if page is None:
                break
            found += page[at % PAGE:][:length - len(found)]
        return found

    return read, asked


IDENTITY = kstate.Identity(present=kstate.IdentityHas.ARCH | kstate.IdentityHas.PAGING | kstate.IdentityHas.DTB,
                           arch=kstate.Arch.X64, paging=kstate.Paging.X64, dtb=0x1000)


def test_next_range_spares_the_search_of_holes():
    page = bytearray(PAGE)
    page[0x104:0x108] = b"Proc"
    page[0x100:0x104] = bytes([16, 0, 4, 2])
    pages = {0x1000: bytes(PAGE), 0x7fff000000: bytes(page)}
    layout = kstate.Layout.builtin(kstate.Arch.X64, 7601)

    def next_range(address, space):
        after = [p for p in sorted(pages) if p + PAGE > address]
        return (max(after[0], address), after[0] + PAGE - max(after[0], address)) if after else None

    read, asked = memory(pages)
    target = kstate.Target(read=read, next_range=next_range, layout=layout, identity=IDENTITY, physical=True)
    hits = list(target.pool_scan([b"Proc"], 0, 0x8000000000, kstate.PHYSICAL, all=True))
    assert [h.address for h in hits] == [0x7fff000100] and len(asked) < 50

    def failing(address, space):
        raise Broken("no ranges today")

    target = kstate.Target(read=read, next_range=failing, layout=layout, identity=IDENTITY, physical=True)
    with pytest.raises(Broken, match="today"):
        list(target.pool_scan([b"Proc"], 0, 0x8000000000, kstate.PHYSICAL))


def test_window_shows_memory_without_a_read():
    """Page tables and data lie in one bytearray: the reader is not asked for what the window shows."""
    data = bytearray(0x8000)
    for table in range(1, 5):  # 4 levels, each entry 0 leads to the next page
        data[table * PAGE:table * PAGE + 8] = ((table + 1) * PAGE | 0x63).to_bytes(8, "little")
    data[5 * PAGE:5 * PAGE + 5] = b"hello"
    asked, shown = [], []

    def read(address, length, space):
        asked.append(address)
        return bytes(data[address:address + length])

    def window(address, space):
        shown.append(address)
        return (0, data) if space == kstate.PHYSICAL and address < len(data) else None

    target = kstate.Target(read=read, window=window, identity=IDENTITY, physical=True)
    asked.clear()
    assert target.read(0, 5, space=0x1000) == b"hello" and shown
    through_window = len(asked)
    target = kstate.Target(read=read, identity=IDENTITY, physical=True)
    asked.clear()
    assert target.read(0, 5, space=0x1000) == b"hello"
    assert through_window < len(asked)
    data[5 * PAGE:5 * PAGE + 5] = b"HELLO"  # live memory
    assert target.read(0, 5, space=0x1000) == b"HELLO"

    def broken(address, space):
        raise Broken("no window today")

    with pytest.raises(Broken):
        kstate.Target(read=read, window=broken, identity=IDENTITY, physical=True).read(0, 5, space=0x1000)


def test_progress_sees_and_stops_a_search():
    read, _ = memory({a: bytes(PAGE) for a in range(0, 0x400000, PAGE)})
    target = kstate.Target(read=read, layout=kstate.Layout.builtin(kstate.Arch.X64, 7601), identity=IDENTITY, physical=True)
    seen = []
    scan = target.pool_scan([b"Proc"], 0, 0x400000, kstate.PHYSICAL, progress=seen.append)
    assert list(scan) == [] and len(seen) >= 3 and scan.position == 0x400000
    scan = target.pool_scan([b"Proc"], 0, 0x400000, kstate.PHYSICAL, progress=lambda position: True)
    assert list(scan) == [] and 0 < scan.position < 0x400000

    def broken(position):
        raise Broken(position)

    with pytest.raises(Broken):
        target.pool_scan([b"Proc"], 0, 0x400000, kstate.PHYSICAL, progress=broken).bulk()


def test_modules_of_the_host():
    has = kstate.ModuleHas
    modules = [kstate.Module(present=has.BASE | has.SIZE | has.NAME, base=0xfffff80000000000 + i * 0x100000,
                             size_of_image=0x8000, name=name) for i, name in enumerate(("ntoskrnl.exe", "hal.dll"))]
    gone = [kstate.UnloadedModule(present=kstate.UnloadedModuleHas.RANGE | kstate.UnloadedModuleHas.NAME, start=0xfffff88000000000,
                                  end=0xfffff88000001000, name="old.sys")]
    read, _ = memory({0x1000: bytes(PAGE)})
    target = kstate.Target(read=read, modules=modules, unloaded_modules=gone, identity=IDENTITY, physical=True)
    assert [m.name for m in target.modules()] == ["ntoskrnl.exe", "hal.dll"]
    assert [m.name for m in target.unloaded_modules()] == ["old.sys"]
    assert target.module_find(modules[1].base + 5).name == "hal.dll"


def test_page_file():
    """A page whose entry tells of a page file comes from there."""
    entry = lambda value: value.to_bytes(8, "little") + bytes(PAGE - 8)  # noqa: E731
    pages = {0x1000: entry(0x2067), 0x2000: entry(0x3067), 0x3000: entry(0x4067), 0x4000: entry(0x12345 << 32 | 1 << 1 | 0x80)}
    read, _ = memory(pages)
    asked = []

    def page_file(number, offset, length):
        asked.append((number, offset, length))
        return b"\x5a" * length

    layout = kstate.Layout.builtin(kstate.Arch.X64, 7601)
    target = kstate.Target(read=read, layout=layout, identity=IDENTITY, physical=True, page_file=page_file)
    state = target.translate(0x1000, 0)
    assert state.state == kstate.PteState.PAGE_FILE, state
    assert target.read(8, 16, space=0x1000) == b"\x5a" * 16
    assert asked == [(state.page_file_number, state.page_file_offset + 8, 16)] and state.page_file_offset == 0x12345000
    with pytest.raises(kstate.MemoryFault):
        kstate.Target(read=read, layout=layout, identity=IDENTITY, physical=True).read(8, 16, space=0x1000)

    def broken(number, offset, length):
        raise Broken(offset)

    target = kstate.Target(read=read, layout=layout, identity=IDENTITY, physical=True, page_file=broken)
    with pytest.raises(Broken):
        target.read(8, 16, space=0x1000)


def test_dump_without_a_target(dump_path):
    with kstate.Dump(dump_path) as dump:
        assert dump.info.format == kstate.Format.FULL and dump.identity.build == dump.target().identity().build
        assert dump.context() is None or len(dump.context()) > 0x100
        found = dump.identify(kernel_base=0xfffff80012340000)
        assert found.kernel_base == 0xfffff80012340000
        assert len(list(dump.target().processes())) == 5
    with pytest.raises(ValueError, match="closed"):
        dump.info
    with pytest.raises(TypeError):
        kstate.Dump()
    with pytest.raises(kstate.KstError):
        kstate.Dump(data=b"no dump at all")


def test_layouts_in_place():
    assert kstate.Layout.empty(4).info.pointer_size == 4 and kstate.Layout.empty(4).info.present == 0
    assert kstate.Layout.user(8).member("_PEB", "Ldr").offset == 0x18
    block = kstate.DebuggerData(valid_length=0x380, size_eprocess=0xa40)
    assert kstate.Layout.empty(8).refine(block).info.present >= 0
    names = [kstate.layout_wanted(i) for i in range(3)]
    assert all(n is not None and n[0] for n in names) and kstate.layout_wanted(100000) is None


def test_manual_crash():
    assert kstate.bugcheck_is_manual(0xe2) and not kstate.bugcheck_is_manual(0x50, [1, 2, 3, 4])
    with pytest.raises(ValueError):
        kstate.bugcheck_is_manual(0xe2, [1])


@pytest.mark.skipif(not (pathlib.Path(os.environ.get("KSTATE_TEST_DATA") or "/nonexistent") / "pdb").is_dir(), reason="no real PDBs")
def test_type_files():
    folder = pathlib.Path(os.environ["KSTATE_TEST_DATA"])
    read = 0
    for path in sorted((folder / "pdb").glob("*.pdb")):
        try:
            pdb = kstate.Pdb(path.read_bytes())
        except kstate.KstError:
            continue
        types = {t.name for t in pdb.types()}
        read += 1
        if path.name.startswith("ntkrnlpa-xpsp3"):
            assert "_EPROCESS" in types
            assert pdb.type_size("_EPROCESS") == 0x260
            assert pdb.member("_EPROCESS", "UniqueProcessId")[1] == 4
            assert pdb.symbol("PsActiveProcessHead") == 0x8055a158 - 0x804d7000
            assert pdb.type_size("_NO_SUCH_TYPE") is None and pdb.symbol("NoSuchSymbol") is None
            layout = kstate.Layout.from_types(pdb.type_size, pdb.member, pdb.symbol, 4, "mine")
            assert layout.info.present == kstate.Layout.from_pdb(path.read_bytes()).info.present
    assert read > 0


def test_every_exception_of_a_callback_leaves_nothing_behind():
    """The frame of the reader, the exception and the reader itself are given back as soon as the caller lets go."""
    import gc
    import weakref

    class Reader:
        def __call__(self, address, length, space):
            raise Broken(self)

    for _ in range(3):
        reader = Reader()
        gone = weakref.ref(reader)
        try:
            kstate.Target(read=reader, identity=IDENTITY, physical=True)
        except Broken as problem:
            kept = weakref.ref(problem)
            assert problem.args[0] is reader
        del reader
        gc.collect()
        assert gone() is None and kept() is None


def test_a_failing_reader_finds_no_tag(dump_path):
    """Whichever read it is that the host cannot do, the records end with that: none is taken for memory that is not there."""
    def run(command, *arguments, fails=0):
        """Records, the failure, and how many reads there were; the read that fails is counted from the command's begin."""
        asked = []

        def read(address, length, space):
            asked.append(address)
            if len(asked) == fails:
                raise kstate.HostError(kstate.Status.E_HOST, "the cable is out")
            return memory.get(address & ~(PAGE - 1), bytes(PAGE))[address % PAGE:][:length]

        has = kstate.IdentityHas
        identity = kstate.Identity(present=has.ARCH | has.BUILD, arch=kstate.Arch.X64, build=7601)
        target = kstate.Target(read=read, identity=identity, layout=kstate.Layout.builtin(kstate.Arch.X64, 7601),
                               symbols=symbols)
        asked.clear()
        found = []
        try:
            found.extend(records.run(target, command, *arguments))
        except kstate.HostError as failure:
            return found, failure, len(asked)
        return found, None, len(asked)

    base = 0xfffffa8000000000
    numbers = [base + 0x1000, 8, base + 0x400000, base + 0x402000]
    names = ["PoolBigPageTable", "PoolBigPageTableSize", "MmNonPagedPoolStart", "MmNonPagedPoolEnd"]
    symbols = {name: base + 8 * i for i, name in enumerate(names)}
    large = (base + 0x500000).to_bytes(8, "little") + b"Larg" + bytes(4) + (0x3000).to_bytes(8, "little")
    memory = {base: b"".join(n.to_bytes(8, "little") for n in numbers).ljust(PAGE, b"\0"),
              base + 0x1000: large.ljust(PAGE, b"\0")}
    for command, arguments in (("poolfind", ("Larg",)), ("pool", (hex(base + 0x400100),))):
        whole, failure, reads = run(command, *arguments)
        assert failure is None and whole and reads > 3
        for fails in range(1, reads + 1):
            found, failure, _ = run(command, *arguments, fails=fails)
            assert failure is not None, f"{command}: read {fails} of {reads}: {found}"
