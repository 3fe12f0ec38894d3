# SPDX-License-Identifier: MIT
"""Installed into an empty folder, the library is found, compiled against, linked and run by other people's projects:
in C and in C++, shared and static, by pkg-config, by CMake and as a Meson subproject. On Windows (mingw) by the import
library, and by one that is made from kstate.def.

usage: check_install.py PART BUILD FORGE KINDS  PART: pkgconfig, cmake, freestanding, subproject, windows; KINDS: shared,
static, both
Exit status 77, with a word why, where the tool of a part is not installed.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROCESSES = "4 System\n380 smss.exe\n516 csrss.exe\n696 lsass.exe\n7744 notepad.exe\n"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


class Installed:
    """The build, installed below a folder of its own, and a dump to look at."""

    def __init__(self, folder, build, forge):
        self.folder = folder
        environment = {key: value for key, value in os.environ.items() if key != "DESTDIR"}
        run("meson", "install", "-C", build, "--no-rebuild", "--destdir", folder / "root", env=environment)
        options = {o["name"]: o["value"] for o in json.loads(run("meson", "introspect", "--buildoptions", build))}
        self.prefix = folder / "root" / options["prefix"].lstrip("/")
        self.libdir = self.prefix / options["libdir"]
        self.dump = folder / "demo.dmp"
        self.wrapper = [] if not str(forge).endswith(".exe") else wine()
        if self.wrapper is not None:
            run(*self.wrapper, forge, self.dump)
        self.version = run(sys.executable, ROOT / "tools" / "version.py").strip()

    def check(self, program, shared):
        """It prints what the dump holds, with the library that was meant."""
        environment = dict(os.environ, LD_LIBRARY_PATH=str(self.libdir))
        out = run(program, self.dump, env=environment)
        assert out == f"version {self.version}\n{PROCESSES}", out
        needed = "libkstate.so." in run("readelf", "-d", program)
        assert needed == shared, f"{program}: {'' if needed else 'not '}linked with the shared library"
        (self.folder / "short.dmp").write_bytes(self.dump.read_bytes()[:0x2000])
        broken = subprocess.run([program, self.folder / "short.dmp"], env=environment, capture_output=True, text=True)
        assert broken.returncode == 1 and broken.stderr.startswith("KST_E_"), broken.stderr


def wine():
    """How a Windows program is started; None: not at all."""
    found = shutil.which("wine") or shutil.which("wine64")
    return None if found is None else [found]


def kinds_of(kinds):
    return ["shared", "static"] if kinds == "both" else [kinds]


def pkgconfig(installed, kinds):
    if shutil.which("pkg-config") is None:
        return "SKIP: no pkg-config here"
    environment = dict(os.environ, PKG_CONFIG_PATH=str(installed.libdir / "pkgconfig"),
                       PKG_CONFIG_SYSROOT_DIR=str(installed.folder / "root"))
    assert run("pkg-config", "--modversion", "kstate", env=environment).strip() == installed.version
    for kind in kinds:
        words = ["pkg-config", "--cflags", "--libs", "kstate"] + (["--static"] if kind == "static" else [])
        flags = run(*words, env=environment).split()
        private = [flag for flag in flags if flag in ("-ljansson", "-llzma")]
        assert kind == "static" or private == [], f"a shared library's own libraries are named: {flags}"
        if kind == "static":  # of the two files the linker would take the shared one
            flags = ["-l:libkstate.a" if flag == "-lkstate" else flag for flag in flags]
        for compiler, source in (("cc", "consumer.c"), ("c++", "consumer.cpp")):
            program = installed.folder / f"{source}-{kind}"
            standard = "-std=c99" if compiler == "cc" else "-std=c++11"
            run(compiler, standard, *WARNINGS, HERE / source, "-o", program, *flags)
            installed.check(program, kind == "shared")
    return f"C and C++, {' and '.join(kinds)}"


def cmake(installed, kinds):
    if shutil.which("cmake") is None:
        return "SKIP: no cmake here"
    major, minor, patch = map(int, installed.version.split("."))

    def configure(wanted, kinds, folder):
        return subprocess.run(["cmake", "-S", HERE, "-B", folder, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={installed.prefix}",
                               f"-DWANTED={wanted}", f"-DKINDS={';'.join(kinds)}",
                               f"-DCMAKE_C_FLAGS={' '.join(WARNINGS)}", f"-DCMAKE_CXX_FLAGS={' '.join(WARNINGS)}"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    done = configure(f"{major}.{minor}", kinds, installed.folder / "cmake")
    assert done.returncode == 0, done.stdout
    run("cmake", "--build", installed.folder / "cmake")
    for kind in ["kstate", *kinds]:
        shared = kind == "shared" or kind == "kstate" and "shared" in kinds
        for language in ("c", "cpp"):
            installed.check(installed.folder / "cmake" / f"{language}-{kind}", shared)
    # what is not there must not be found: a newer version, another major number, a kind without its file
    for wanted in (f"{major}.{minor + 1}", f"{major + 1}.0"):
        done = configure(wanted, kinds, installed.folder / "cmake")
        assert done.returncode != 0 and f"version: {installed.version}" in done.stdout, f"{wanted} was found"
    if "static" in kinds:
        (installed.libdir / "libkstate.a").unlink()
        done = configure(f"{major}.{minor}", ["static"], installed.folder / "cmake")
        assert done.returncode != 0 and "kstate::static is not here" in done.stdout, done.stdout
    return f"C and C++, kstate::kstate and {' and '.join(kinds)}"


def freestanding(installed, _):
    """A program without a C library; it is only run with one, whose start it needs."""
    archive = installed.libdir / "libkstate-core.a"
    magic = archive.read_bytes()[:8]
    assert magic == b"!<arch>\n", f"libkstate-core.a is no archive that stands alone: {magic}"
    program = installed.folder / "freestanding"
    flags = ["-std=c99", *WARNINGS, "-O2", "-ffreestanding", "-fno-builtin", "-fno-stack-protector", "-I",
             installed.prefix / "include", HERE / "freestanding.c", "-o", program, archive]
    run("cc", *flags, "-nostdlib", "-static", "-no-pie", "-Wl,--entry=main", "-lgcc")
    assert run("nm", "-u", program) == "", "the linker left something open"
    run("cc", *flags)
    run(program)
    return f"{archive.stat().st_size >> 10} KiB, linked without a C library"


def subproject(installed, _):
    project = installed.folder / "project"
    (project / "subprojects").mkdir(parents=True)
    (project / "subprojects" / "kstate").symlink_to(ROOT)
    for source in ("consumer.c", "consumer.cpp"):
        shutil.copy(HERE / source, project)
    shutil.copy(HERE / "guest.meson.build", project / "meson.build")

    def configure(kind):
        build = installed.folder / f"guest-{kind}"
        # not the one that may be installed here
        run("meson", "setup", build, project, "--force-fallback-for=kstate", "--buildtype=plain", f"-Ddefault_library={kind}")
        targets = json.loads(run("meson", "introspect", "--targets", build))
        ours = {(target["name"], target["type"]) for target in targets if target["build_by_default"]}
        programs = {("c-guest", "executable"), ("cpp-guest", "executable")}
        allowed = {("kstate-core", "static library"), ("kstate", f"{kind} library")}
        assert ours == programs | allowed, f"a guest builds {ours}"
        assert json.loads(run("meson", "introspect", "--tests", build)) == [], "a guest brings its own tests"
        return build

    configure("shared")
    build = configure("static")  # the wish of the project around it counts
    run("ninja", "-C", build)
    installed.libdir = pathlib.Path("/nonexistent")
    for program in ("c-guest", "cpp-guest"):
        installed.check(build / program, False)
    return "C and C++"


def windows(installed, _):
    prefix = "x86_64-w64-mingw32-"
    dll = installed.prefix / "bin" / f"libkstate-{installed.version.split('.')[0]}.dll"
    listed = run(prefix + "objdump", "-p", dll).split("[Ordinal/Name Pointer] Table")[1].split("\n\n")[0]
    exported = set(re.findall(r"\] (\w+)", listed))
    wanted = set(re.findall(r"^\s*(kst_\w+);", (ROOT / "lib" / "kstate.map").read_text(), re.M))
    assert exported == wanted and len(wanted) > 100, f"exported and lib/kstate.map: {sorted(exported ^ wanted)[:10]}"
    ours = installed.folder / "libours.a"
    run(prefix + "dlltool", "-d", installed.libdir / "kstate.def", "-D", dll.name, "-l", ours)
    compilers = {"gcc": ("-std=c99", "consumer.c"), "g++": ("-std=c++11", "consumer.cpp")}
    programs = []
    for name, (standard, source) in compilers.items():
        if shutil.which(prefix + name) is None:
            continue  # the package of the C++ compiler is not needed to build the library
        for library in (["-L", installed.libdir, "-lkstate"], [ours]):
            program = installed.folder / f"{name}-{len(programs)}.exe"
            run(prefix + name, standard, *WARNINGS, "-D__USE_MINGW_ANSI_STDIO=1", "-DKST_USE_SHARED", "-I",
                installed.prefix / "include", HERE / source, "-o", program, *library, "-static-libgcc",
                *(["-static-libstdc++", "-Wl,-Bstatic", "-lpthread"] if name == "g++" else []))
            programs.append(program)
    if installed.wrapper is None:
        return "SKIP: linked, but no Wine here to run it"
    shutil.copy(dll, installed.folder)
    for program in programs:
        assert dll.name in run(prefix + "objdump", "-p", program), f"{program} does not use the DLL"
        out = run(*installed.wrapper, program, installed.dump).replace("\r", "")
        assert out == f"version {installed.version}\n{PROCESSES}", out
    return f"{len(programs)} programs by import library and by kstate.def, {len(wanted)} exports"


PARTS = {"pkgconfig": pkgconfig, "cmake": cmake, "freestanding": freestanding, "subproject": subproject, "windows": windows}


def main(part, build, forge, kinds):
    with tempfile.TemporaryDirectory() as folder:
        installed = Installed(pathlib.Path(folder), build, forge)
        word = PARTS[part](installed, kinds_of(kinds))
    print(f"{part}: {word}" if not word.startswith("SKIP") else word)
    return 77 if word.startswith("SKIP") else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
