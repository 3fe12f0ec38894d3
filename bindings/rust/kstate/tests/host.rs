// SPDX-License-Identifier: MIT
//! Readers that fail and panic: everything comes out, nothing is lost. Runs under valgrind, too.

mod support;

use kstate::*;
use std::{
    cell::Cell,
    fmt,
    panic::{catch_unwind, AssertUnwindSafe},
};

/// The physical memory of a target, which fails when it is told to.
struct Moody<'t> {
    source: &'t Target<Dump<'static>>,
    reads: Cell<u64>,
    at: Cell<u64>,
    how: Cell<How>,
    alive: &'t Cell<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Panic,
    Code(i32),
    Error,
    Absent,
    TooMany,
}

#[derive(Debug, PartialEq)]
struct Odd(u64);

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "odd at read {}", self.0)
    }
}

impl std::error::Error for Odd {}

#[derive(Debug, PartialEq)]
struct Payload(u64);

impl Drop for Moody<'_> {
    fn drop(&mut self) {
        self.alive.set(self.alive.get() - 1);
    }
}

impl Memory for Moody<'_> {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        assert!(buf.iter().all(|&b| b == 0));
        let n = self.reads.get() + 1;
        self.reads.set(n);
        if n == self.at.get() {
            match self.how.get() {
                How::Panic => std::panic::panic_any(Payload(n)),
                How::Code(code) => return Err(HostError::code(code)),
                How::Error => return Err(Odd(n).into()),
                How::Absent => return Ok(0),
                How::TooMany => return Ok(buf.len() + 1),
            }
        }
        Ok(self.source.read(space, address, buf)?)
    }

    fn offers(&self) -> Offers {
        Offers::PHYSICAL_ONLY
    }
}

fn moody<'t>(source: &'t Target<Dump<'static>>, at: u64, how: How, alive: &'t Cell<i32>) -> Moody<'t> {
    alive.set(alive.get() + 1);
    Moody {
        source,
        reads: Cell::new(0),
        at: Cell::new(at),
        how: Cell::new(how),
        alive,
    }
}

fn names<M>(target: &Target<M>) -> Result<Vec<String>> {
    target
        .processes()?
        .map(|process| Ok(process?.name().unwrap_or_default().into_owned()))
        .collect()
}

/// Read number `n` fails, for each n until no more reads are needed.
fn sweep(how: How, judge: impl Fn(u64, std::thread::Result<Result<Vec<String>>>)) {
    let path = match support::dump() {
        Some(path) => path,
        None => return,
    };
    let source = Target::open(path).unwrap();
    let whole = names(&source).unwrap();
    let identity = source.identity();
    let alive = Cell::new(0);
    let options = Options::new().layout(source.layout()).identity(&identity);
    // each one at first, then some, so that it takes no time under valgrind
    let mut n = 1;
    let mut failed = 0;
    loop {
        let needed = Cell::new(0);
        let result = catch_unwind(AssertUnwindSafe(|| {
            let target = Target::new(moody(&source, n, how, &alive), &options)?;
            let result = names(&target);
            needed.set(target.memory().reads.get());
            result
        }));
        if needed.get() != 0 && needed.get() < n {
            assert_eq!(result.unwrap().unwrap(), whole);
            break;
        }
        judge(n, result);
        failed += 1;
        n += 1 + n / 8;
    }
    assert!(failed > 10, "{failed}");
    assert_eq!(alive.get(), 0, "a reader was not dropped");
}

#[test]
fn a_panic_comes_out_as_it_went_in() {
    sweep(How::Panic, |n, result| {
        let payload = result.expect_err("it panicked");
        assert_eq!(payload.downcast_ref::<Payload>(), Some(&Payload(n)));
    });
}

#[test]
fn an_error_comes_out_as_it_went_in() {
    sweep(How::Error, |n, result| match result.unwrap() {
        Err(error @ Error::Host(_)) => {
            let source = std::error::Error::source(&error).expect("it has a source");
            assert_eq!(source.downcast_ref::<Odd>(), Some(&Odd(n)));
            assert_eq!(error.status(), Status::E_HOST);
        }
        other => panic!("{other:?}"),
    });
}

#[test]
fn a_code_comes_out_as_it_went_in() {
    for code in [-5, 7, sys::KST_E_HOST, sys::KST_OK, sys::KST_END, sys::KST_E_FAULT] {
        sweep(How::Code(code), |_, result| match result.unwrap() {
            Err(Error::Host(details)) => assert_eq!((details.status, details.host_code), (Status::E_HOST, code)),
            other => panic!("{other:?}"),
        });
    }
}

#[test]
fn absent_memory_is_no_failure_of_the_host() {
    sweep(How::Absent, |_, result| {
        assert!(!matches!(result.unwrap(), Err(Error::Host(_))));
    });
}

#[test]
fn a_reader_cannot_claim_more_than_there_is() {
    sweep(How::TooMany, |_, result| {
        let payload = result.expect_err("it panicked");
        assert!(payload.downcast_ref::<String>().unwrap().starts_with("a Memory claims"));
    });
}

/// The panic of one thread stays in it.
#[test]
fn threads_do_not_mix_their_panics() {
    struct Racy;
    impl Memory for Racy {
        fn read(&self, _: Space, address: u64, _: &mut [u8]) -> Result<usize, HostError> {
            std::panic::panic_any(address)
        }
    }

    let target = Target::new(Racy, &Options::new()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..5u64)
            .map(|n| {
                let target = &target;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let payload = catch_unwind(AssertUnwindSafe(|| {
                            let _ = target.read(Space::KERNEL, n * 0x1000, &mut [0; 8]);
                        }));
                        assert_eq!(payload.unwrap_err().downcast_ref::<u64>(), Some(&(n * 0x1000)));
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    });
}

/// Memory of which nothing is there, and whose other callbacks panic.
struct Empty(Offers);

impl Memory for Empty {
    fn read(&self, _: Space, _: u64, _: &mut [u8]) -> Result<usize, HostError> {
        Ok(0)
    }

    fn offers(&self) -> Offers {
        self.0
    }

    fn next_range(&self, _: Space, _: u64) -> Result<Option<(u64, u64)>, HostError> {
        panic!("range")
    }

    fn window(&self, _: Space, _: u64) -> Option<(u64, &[u8])> {
        panic!("window")
    }

    fn module(&self, _: u64) -> Result<Option<Module>, HostError> {
        panic!("module")
    }

    fn unloaded_module(&self, index: u64) -> Result<Option<UnloadedModule>, HostError> {
        if index < 2 {
            let made = sys::kst_unloaded_module {
                start: 0x1000 * (index + 1),
                present: 1,
                ..Default::default()
            };
            return Ok(Some(made.into()));
        }
        Err(Odd(index).into())
    }
}

#[test]
fn every_callback_may_panic() {
    let said = |call: &dyn Fn() -> Result<()>| {
        let payload = catch_unwind(AssertUnwindSafe(call)).expect_err("it panicked");
        payload.downcast_ref::<&str>().map(|text| text.to_string())
    };
    let physical = sys::kst_identity {
        arch: sys::KST_ARCH_X64,
        paging: sys::KST_PAGING_X64,
        dtb: 0x1000,
        present: sys::KST_IDENTITY_HAS_ARCH | sys::KST_IDENTITY_HAS_PAGING | sys::KST_IDENTITY_HAS_DTB,
        ..Default::default()
    };
    let identity = Identity::from(physical);
    let range = || identify(&Empty(Offers::PHYSICAL_ONLY | Offers::RANGES), Identity::default()).map(drop);
    assert_eq!(said(&range).as_deref(), Some("range"));
    let options = Options::new().identity(&identity);
    let window = || {
        Target::new(Empty(Offers::PHYSICAL_ONLY | Offers::WINDOWS), &options)?
            .read(Space::KERNEL, 0, &mut [0])
            .map(drop)
    };
    assert_eq!(said(&window).as_deref(), Some("window"));
    let target = Target::new(Empty(Offers::MODULES | Offers::UNLOADED_MODULES), &options).unwrap();
    let module = || {
        target
            .kernel_modules()
            .and_then(|mut walk| walk.next().unwrap().map(drop))
    };
    assert_eq!(said(&module).as_deref(), Some("module"));
    let (unloaded, error) = target.unloaded_modules().unwrap().partial();
    assert_eq!(
        unloaded.iter().map(|module| module.start()).collect::<Vec<_>>(),
        [Some(0x1000), Some(0x2000)]
    );
    let error = error.unwrap();
    assert_eq!(
        std::error::Error::source(&error).unwrap().downcast_ref::<Odd>(),
        Some(&Odd(2))
    );
}
