// SPDX-License-Identifier: MIT
//! The safe interface on a forged dump.

mod support;

use kstate::*;
use std::sync::{
    atomic::{AtomicU64, Ordering},
    Arc,
};

#[test]
fn walks_and_finds() {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let target = Target::open(&path).unwrap();
    let processes = target.processes().unwrap().collect::<Result<Vec<_>>>().unwrap();
    let names: Vec<_> = processes.iter().map(|p| p.name().unwrap().into_owned()).collect();
    assert!(names.contains(&"notepad.exe".to_string()), "{names:?}");
    for process in &processes {
        let found = target.process_find(process.pid().unwrap()).unwrap().unwrap();
        assert_eq!(found.address(), process.address());
        assert_eq!(process.user_state().name(), process.user_state().name().to_lowercase());
        let (threads, _) = target.threads(process.address(), Threads::EXECUTIVE).unwrap().partial();
        assert!(threads
            .iter()
            .all(|t| t.process().map_or(true, |p| p == process.address())));
    }
    assert!(target.process_find(0x7777_7777).unwrap().is_none());
    let modules = target.kernel_modules().unwrap().collect::<Result<Vec<_>>>().unwrap();
    assert!(modules.iter().any(|m| m.name().as_deref() == Some("yourdrv.sys")));
    let base = modules[0].base().unwrap();
    assert_eq!(target.module_find(base + 5).unwrap().unwrap().base(), Some(base));
    assert!(target.module_find(1).unwrap().is_none());
    assert!(!target.queued_dpcs().collect::<Result<Vec<_>>>().unwrap().is_empty());
    assert!(target.dpc_queues().unwrap().len() >= 2);
    assert_eq!(target.identity().arch(), Some(Arch::X64));
    assert_eq!(target.layout().info().arch(), Arch::X64);
    assert!(target.layout().member("_EPROCESS", "UniqueProcessId").is_some());
    assert!(target.symbol("PsActiveProcessHead").is_some());
    assert!(target.symbol("NoSuchThing").is_none());
}

#[test]
fn bulk_is_the_same_as_one_by_one() {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let target = Target::open(&path).unwrap();
    let one = target.processes().unwrap().collect::<Result<Vec<_>>>().unwrap();
    let mut walk = target.processes().unwrap();
    let mut many = vec![Process::default(); 3];
    let mut all = Vec::new();
    let bookmark = walk.clone();
    loop {
        let n = walk.fill(&mut many).unwrap();
        all.extend_from_slice(&many[..n]);
        if n < many.len() {
            break;
        }
    }
    assert_eq!(one, all);
    assert_eq!(walk.end(), WalkEnd::CLOSED);
    assert_eq!(walk.delivered(), one.len() as u64);
    assert!(walk.anomalies().is_empty());
    assert!(walk.next().is_none() && walk.next().is_none());
    assert_eq!(bookmark.end(), WalkEnd::RUNNING);
    assert_eq!(bookmark.count(), one.len());
}

#[test]
fn a_dump_is_owned_borrowed_or_shared() {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let bytes = std::fs::read(&path).unwrap();
    let dump = Dump::from_bytes(&bytes).unwrap();
    assert!(dump.info().runs() > 0 && dump.identity().present().contains(IdentityHas::DTB));
    let borrowed = Target::of_dump(&dump, &Options::new()).unwrap();
    let shared = Arc::new(Dump::open(&path).unwrap());
    let other = Target::of_dump(shared.clone(), &Options::new().step_budget(2)).unwrap();
    drop(shared);
    assert!(borrowed.processes().unwrap().count() > 3);
    let (two, error) = other.processes().unwrap().partial();
    assert!(two.len() <= 3);
    assert_eq!(error.unwrap().status(), Status::E_LIMIT);
    // a target of a dump goes to threads
    std::thread::scope(|scope| {
        let counts: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| borrowed.processes().unwrap().count()))
            .collect();
        let counts: Vec<_> = counts.into_iter().map(|t| t.join().unwrap()).collect();
        assert!(counts.iter().all(|&c| c == counts[0]));
    });
}

/// Physical memory that lies in this process, page by page.
struct Pages {
    pages: Vec<Option<Vec<u8>>>,
    windows: bool,
    reads: AtomicU64,
}

impl Memory for Pages {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        assert_eq!(space, Space::PHYSICAL);
        self.reads.fetch_add(1, Ordering::Relaxed);
        let mut done = 0;
        while done < buf.len() {
            let at = address + done as u64;
            let page = match self.pages.get((at >> 12) as usize) {
                Some(Some(page)) => &page[(at & 0xfff) as usize..],
                _ => break,
            };
            let n = page.len().min(buf.len() - done);
            buf[done..done + n].copy_from_slice(&page[..n]);
            done += n;
        }
        Ok(done)
    }

    fn offers(&self) -> Offers {
        Offers::PHYSICAL_ONLY
            | Offers::RANGES
            | if self.windows {
                Offers::WINDOWS
            } else {
                Offers::default()
            }
    }

    fn next_range(&self, _: Space, address: u64) -> Result<Option<(u64, u64)>, HostError> {
        let first = (address >> 12) as usize;
        let found = (first..self.pages.len()).find(|&page| self.pages[page].is_some());
        Ok(found.map(|page| {
            let start = address.max((page as u64) << 12);
            (start, ((page as u64 + 1) << 12) - start)
        }))
    }

    fn window(&self, space: Space, address: u64) -> Option<(u64, &[u8])> {
        assert_eq!(space, Space::PHYSICAL);
        Some((address & !0xfff, self.pages.get((address >> 12) as usize)?.as_ref()?))
    }
}

#[test]
fn memory_of_ones_own_is_discovered() {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let dump = Dump::open(&path).unwrap();
    let (hints, source) = (dump.identity(), Target::of_dump(dump, &Options::new()).unwrap());
    let pages: Vec<_> = (0..0x4000u64)
        .map(|page| {
            let mut bytes = vec![0; 0x1000];
            (source.read(Space::PHYSICAL, page << 12, &mut bytes).unwrap() == 0x1000).then_some(bytes)
        })
        .collect();
    let all = source.processes().unwrap().collect::<Result<Vec<_>>>().unwrap();
    let mut memory = Pages {
        pages,
        windows: false,
        reads: AtomicU64::new(0),
    };
    let mut reads = Vec::new();
    for windows in [false, true] {
        memory.windows = windows;
        memory.reads = AtomicU64::new(0);
        let identity = identify(&memory, hints).unwrap();
        let target = Target::discover(&memory, &Options::new().identity(&identity)).unwrap();
        assert_eq!(target.identity().kernel_base(), source.identity().kernel_base());
        assert_eq!(target.processes().unwrap().collect::<Result<Vec<_>>>().unwrap(), all);
        reads.push(memory.reads.load(Ordering::Relaxed));
    }
    assert!(reads[1] < reads[0], "{reads:?}");
}

/// A symbol engine that knows what a layout knows.
struct Engine<'l>(&'l Layout, bool);

impl Types for Engine<'_> {
    fn pointer_size(&self) -> u32 {
        8
    }

    fn type_size(&self, name: &str) -> Result<Option<u64>, HostError> {
        assert!(!self.1, "no more");
        Ok(self.0.member(name, "").map(|place| place.length().into()))
    }

    fn member(&self, name: &str, path: &str) -> Result<Option<Member>, HostError> {
        Ok(self.0.member(name, path))
    }

    fn symbol(&self, name: &str) -> Result<Option<u64>, HostError> {
        Ok(self.0.symbol(name))
    }
}

#[test]
fn a_symbol_engine_makes_a_layout() {
    let key = LayoutKey::from(sys::kst_layout_key {
        arch: sys::KST_ARCH_X64,
        build: 19041,
        ..Default::default()
    });
    let known = LayoutBuf::builtin(&key).unwrap();
    let made = LayoutBuf::from_types(&Engine(&known, false), "engine").unwrap();
    let pid = |layout: &Layout| layout.member("_EPROCESS", "UniqueProcessId").unwrap().offset();
    assert_eq!((made.info().name(), pid(&made)), ("engine".into(), pid(&known)));
    let panic = std::panic::catch_unwind(|| LayoutBuf::from_types(&Engine(&known, true), "engine").map(drop));
    assert_eq!(panic.unwrap_err().downcast_ref::<&str>(), Some(&"no more"));
}

#[test]
fn failures_say_what_they_are() {
    match Target::open("/nonexistent/file") {
        Err(Error::Host(details)) => assert_eq!((details.status, details.host_code), (Status::E_IO, 2)),
        other => panic!("{other:?}"),
    }
    match Dump::from_bytes(b"no dump") {
        Err(Error::TypeInfo(details)) => assert_eq!(details.status, Status::E_UNSUPPORTED),
        other => panic!("{other:?}"),
    }
    assert!(matches!(Dump::open("a\0b"), Err(Error::Argument(_))));
    let key = LayoutKey::from(sys::kst_layout_key {
        arch: sys::KST_ARCH_X64,
        build: 19041,
        ..Default::default()
    });
    let layout = LayoutBuf::builtin(&key).unwrap();
    let process = layout.decode_process(&[0; 16], 0x1000).unwrap();
    assert_eq!((process.address(), process.pid()), (0x1000, None));
    assert!(format!("{process:?}").starts_with("Process { "));
    assert_eq!(version().1, sys::KST_VERSION_MINOR);
}

#[test]
fn names_are_the_library_s() {
    assert_eq!(Format::BITMAP_KERNEL.name(), "bitmap-kernel");
    assert_eq!(Format(4711).name(), "unknown");
    assert_eq!(Status::E_FAULT.name(), "KST_E_FAULT");
    assert_eq!(WalkAnomaly(5).names().len(), 2);
    assert_eq!(
        format!("{:?}", WalkAnomaly::COUNT),
        format!("WalkAnomaly({})", WalkAnomaly::COUNT.names()[0])
    );
    assert_eq!(bugcheck_name(0x1a), Some("MEMORY_MANAGEMENT"));
    assert_eq!(bugcheck_name(0xabcd_ef01), None);
}

#[test]
fn layouts_without_a_kernel() {
    assert!(layout_wanted().any(|wanted| wanted == ("_EPROCESS", "UniqueProcessId")));
    assert!(layout_wanted_symbols().count() > 20);
    let (user, empty) = (LayoutBuf::user(4).unwrap(), LayoutBuf::empty(8).unwrap());
    assert_eq!(
        (user.info().pointer_size(), user.member("_PEB", "Ldr").unwrap().offset()),
        (4, 0xc)
    );
    assert_eq!((empty.info().pointer_size(), empty.info().present()), (8, 0));
    assert!(matches!(LayoutBuf::user(5), Err(Error::Argument(_))));
    assert!(Pdb::open(b"no PDB").is_err() && Isf::open(b"{").is_err());
    // the encoding is its own judge in the library's tests; here: the bytes go there and come back changed
    let mut block = [0x5a; 16];
    debugger_data_unveil(&mut block, 3, 0x1234_5678_9abc_def0, 0xffff_f800_0000_1000).unwrap();
    assert_ne!(block, [0x5a; 16]);
    assert!(matches!(
        debugger_data_unveil(&mut block[..3], 0, 0, 0),
        Err(Error::Argument(_))
    ));
}

/// A real PDB and a real ISF file, where there are some.
#[test]
fn type_files() {
    let data = match std::env::var_os("KSTATE_TEST_DATA") {
        Some(data) => std::path::PathBuf::from(data),
        None => return println!("SKIP: KSTATE_TEST_DATA is not set"),
    };
    let files = |folder: &str, extension: &str| {
        let found = std::fs::read_dir(data.join(folder))
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path());
        let found = found.filter(|path| path.to_string_lossy().contains(extension)).min();
        found.map(|path| std::fs::read(path).unwrap())
    };
    if let Some(bytes) = files("pdb", "SimplePDB") {
        let pdb = Pdb::open(&bytes).unwrap();
        assert!(
            pdb.types().take(50).count() == 50 && pdb.info().pointer_size() == 4,
            "{pdb:?}"
        );
        assert!(LayoutBuf::from_pdb(&bytes).unwrap().info().name().starts_with("pdb "));
    }
    if let Some(bytes) = files("isf", ".json") {
        let isf = Isf::open(&bytes).unwrap();
        assert!(isf.types().take(50).count() == 50, "{isf:?}");
        assert!(LayoutBuf::from_isf(&bytes).unwrap().info().present() > 50);
    }
}

/// The memory of a target without some of it.
struct Holed<'t>(&'t Target<Dump<'static>>, std::ops::Range<u64>);

impl Memory for Holed<'_> {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        if self.1.contains(&address) {
            return Ok(0);
        }
        let before = self.1.start.saturating_sub(address) as usize;
        let here = if before == 0 { buf.len() } else { before.min(buf.len()) };
        Ok(self.0.read(space, address, &mut buf[..here])?)
    }
}

#[test]
fn a_queue_that_is_not_there_is_left_out() {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let source = Target::open(path).unwrap();
    let queues: Vec<_> = source.dpc_queues().unwrap().iter().map(|q| q.address()).collect();
    let identity = source.identity();
    let options = Options::new().layout(source.layout()).identity(&identity);
    let target = Target::new(Holed(&source, queues[0]..queues[1]), &options).unwrap(); // they are neighbours
    let found: Vec<_> = target.dpc_queues().unwrap().iter().map(|q| q.address()).collect();
    assert_eq!(found, queues[1..]);
    assert!(target.queued_dpcs().all(|dpc| dpc.is_ok()));
}

/// A file that cannot be read is no file without a record.
#[test]
#[cfg(target_os = "linux")]
fn records_of_a_file_that_fails() {
    use std::os::unix::io::AsRawFd;

    extern "C" {
        fn dup2(from: i32, to: i32) -> i32;
    }
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let copy = path.with_extension("failing");
    std::fs::copy(&path, &copy).unwrap();
    let dump = Dump::open(&copy).unwrap();
    assert!(dump.context().unwrap().is_some());
    let other = std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap();
    for file in std::fs::read_dir("/proc/self/fd").unwrap().flatten() {
        if std::fs::read_link(file.path()).map_or(false, |at| at == copy) {
            let fd = file.file_name().to_str().unwrap().parse().unwrap();
            // SAFETY: the dump's own file, which stays open: from now on one that can be written only
            unsafe { dup2(other.as_raw_fd(), fd) };
        }
    }
    assert!(matches!(dump.context(), Err(Error::Host(_))));
    std::fs::remove_file(&copy).unwrap();
}

fn is_send<T: Send>() {}
fn is_sync<T: Sync>() {}

/// What is shared by threads; what is not stands with `Target`.
#[test]
fn threads_may_share_what_c_promises() {
    is_send::<Dump>();
    is_sync::<Dump>();
    is_send::<Target<Dump>>();
    is_sync::<Target<Dump>>();
    is_send::<Walk<'static, Process, Dump>>();
    is_sync::<Layout>();
    is_send::<LayoutBuf>();
    is_send::<LargeIndex>();
    is_send::<Error>();
    is_sync::<Error>();
}
