// SPDX-License-Identifier: MIT
//! What Rust costs: records per second of page frames and of blocks of pool, against the same walks by a caller in C
//! (KSTATE_BENCH_LOOPS is bindings/rust/bench/loops.c as a shared object), in one run, as ratios.
//!
//! usage: bench [DUMP]...      without a dump: memory that is made up

use kstate::*;
use std::{
    ffi::CString,
    os::raw::{c_char, c_int, c_void},
    time::{Duration, Instant},
};

const PAGE: u64 = 0x1000;
const POOL: u64 = 0xffff_fa80_0000_0000;
const PAGES: u64 = 1024;
const FRAMES: u64 = 0x1_0000;
const DATABASE: u64 = 0xffff_fb00_0000_0000;
const GLOBAL: u64 = 0xffff_f800_0000_0000;

extern "C" {
    fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

type Pfns = unsafe extern "C" fn(*const sys::kst_target, u64, u64) -> u64;
type Pool = unsafe extern "C" fn(*const sys::kst_target, *const u64, usize) -> u64;

struct Loops {
    pfns: Pfns,
    pool: Pool,
}

impl Loops {
    fn load() -> Option<Self> {
        let path = CString::new(std::env::var("KSTATE_BENCH_LOOPS").ok()?).ok()?;
        // SAFETY: the functions have these types (loops.c)
        unsafe {
            let library = dlopen(path.as_ptr(), 2);
            let find = |name: &[u8]| dlsym(library, name.as_ptr().cast());
            let (pfns, pool) = (find(b"loop_pfns\0"), find(b"loop_pool\0"));
            assert!(
                !library.is_null() && !pfns.is_null() && !pool.is_null(),
                "{path:?} is not loops.c"
            );
            Some(Loops {
                pfns: std::mem::transmute::<*mut c_void, Pfns>(pfns),
                pool: std::mem::transmute::<*mut c_void, Pool>(pool),
            })
        }
    }
}

/// Records per second of one round.
fn rate(work: &mut dyn FnMut() -> u64) -> f64 {
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_millis(50) {
        count += work();
    }
    count as f64 / start.elapsed().as_secs_f64()
}

/// Each in turn, the best of many rounds: other programs run as well.
fn compare(
    title: &str,
    loops: Option<&Loops>,
    c: impl Fn(&Loops) -> u64,
    rust: &mut [(&str, &mut dyn FnMut() -> u64)],
) {
    let mut best = vec![0f64; rust.len() + 1];
    for _ in 0..10 {
        if let Some(loops) = loops {
            best[0] = best[0].max(rate(&mut || c(loops)));
        }
        for (best, (_, work)) in best[1..].iter_mut().zip(&mut *rust) {
            *best = best.max(rate(work));
        }
    }
    println!("{title}: C {:.0}/s", best[0]);
    for (rate, (name, _)) in best[1..].iter().zip(rust) {
        println!("{title}: {name} {rate:.0}/s = {:.2} of C", rate / best[0]);
    }
}

fn measure<M>(title: &str, target: &Target<M>, frames: u64, pages: &[u64], loops: Option<&Loops>) {
    let (mut pfns, mut blocks) = (vec![Pfn::default(); 256], vec![PoolHeader::default(); 512]);
    if target.pfn_read(1).is_ok() {
        compare(
            &format!("page frames, {title}"),
            loops,
            // SAFETY: the target lives
            |loops| unsafe { (loops.pfns)(target.as_ptr(), 0, frames) },
            &mut [
                ("iterator", &mut || {
                    target.pfns(0, frames).unwrap().filter(Result::is_ok).count() as u64
                }),
                ("slices", &mut || {
                    let mut walk = target.pfns(0, frames).unwrap();
                    std::iter::from_fn(|| walk.fill(&mut pfns).ok().filter(|&n| n > 0))
                        .map(|n| n as u64)
                        .sum()
                }),
            ],
        );
    }
    if !pages.is_empty() {
        compare(
            &format!("blocks of {} pool pages, {title}", pages.len()),
            loops,
            // SAFETY: the target lives, and there are as many pages as said
            |loops| unsafe { (loops.pool)(target.as_ptr(), pages.as_ptr(), pages.len()) },
            &mut [("slices", &mut || {
                let read = |&page: &u64| target.pool_page_read(Space::KERNEL, page, 0, 0, &mut blocks);
                pages
                    .iter()
                    .map(read)
                    .map(|result| result.map_or(0, |(count, _)| count as u64))
                    .sum()
            })],
        );
    }
}

/// A page-frame database and pages of pool that nobody ever used.
struct MadeUp {
    regions: [(u64, Vec<u8>); 3],
}

impl MadeUp {
    fn new(pfn_bytes: u64) -> Self {
        let mut pool = vec![0u8; (PAGES * PAGE) as usize];
        let mut seed = 88172645463325252u64;
        for page in pool.chunks_mut(PAGE as usize) {
            let (mut at, mut previous) = (0, 0);
            while at < PAGE as usize {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let mut units = 2 + (seed >> 30) as usize % 22;
                if at + units * 16 + 32 > PAGE as usize {
                    units = (PAGE as usize - at) / 16;
                }
                let header = [previous, 0, units as u8, 2, b'P', b'r', b'o', b'c'];
                page[at..at + 8].copy_from_slice(&header);
                at += units * 16;
                previous = units as u8;
            }
        }
        let database = vec![0; ((FRAMES + 1) * pfn_bytes) as usize];
        MadeUp {
            regions: [
                (POOL, pool),
                (DATABASE, database),
                (GLOBAL, DATABASE.to_le_bytes().to_vec()),
            ],
        }
    }
}

impl Memory for MadeUp {
    fn read(&self, space: Space, address: u64, buf: &mut [u8]) -> Result<usize, HostError> {
        let (start, bytes) = match self.window(space, address) {
            Some(found) => found,
            None => return Ok(0),
        };
        let bytes = &bytes[(address - start) as usize..];
        let n = bytes.len().min(buf.len());
        buf[..n].copy_from_slice(&bytes[..n]);
        Ok(n)
    }

    fn offers(&self) -> Offers {
        Offers::WINDOWS
    }

    fn window(&self, _: Space, address: u64) -> Option<(u64, &[u8])> {
        let holds = |(start, bytes): &&(u64, Vec<u8>)| address >= *start && address - start < bytes.len() as u64;
        self.regions
            .iter()
            .find(holds)
            .map(|(start, bytes)| (*start, &bytes[..]))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let loops = Loops::load();
    let paths: Vec<_> = std::env::args().skip(1).collect();
    for path in &paths {
        let target = Target::open(path)?;
        let mut pages = Vec::new();
        let mut blocks = vec![PoolHeader::default(); 512];
        for range in target.pool_ranges()? {
            let sound = |&page: &u64| {
                let read = target.pool_page_read(Space::KERNEL, page, 0, 0, &mut blocks);
                read.map_or(false, |(_, page)| page.rule() == PoolRule::NONE)
            };
            pages.extend(
                (range.start()..range.end())
                    .step_by(PAGE as usize)
                    .take(1024)
                    .filter(sound),
            );
        }
        measure(path, &target, 30000, &pages, loops.as_ref());
    }
    if paths.is_empty() {
        let key = sys::kst_layout_key {
            arch: sys::KST_ARCH_X64,
            build: 7601,
            ..Default::default()
        };
        let layout = LayoutBuf::builtin(&key.into())?;
        let pfn_bytes = layout.member("_MMPFN", "").map_or(0x30, |size| size.length().into());
        let options = Options::new().layout(&layout).symbol("MmPfnDatabase", GLOBAL);
        let target = Target::new(MadeUp::new(pfn_bytes), &options)?;
        let pages: Vec<_> = (0..PAGES).map(|page| POOL + page * PAGE).collect();
        measure("made up", &target, FRAMES, &pages, loops.as_ref());
    }
    Ok(())
}
