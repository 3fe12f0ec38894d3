// SPDX-License-Identifier: MIT
//! The records of a dump as lines of JSON: members under their C names, null where the memory does not tell.
//!
//! usage: records [SYMBOL=ADDRESS]... TOPIC... DUMP

use kstate::*;
use std::fmt::Write as _;

fn text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => write!(out, "\\u{:04x}", c as u32).unwrap(),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn value(out: &mut String, v: &Value<'_>) {
    match v {
        Value::Unsigned(n) | Value::Bits(n, _) => write!(out, "{n}").unwrap(),
        Value::Signed(n) | Value::Named(n, _) => write!(out, "{n}").unwrap(),
        Value::Text(t) => text(out, t),
        Value::Record(r) => record(out, *r),
        Value::List(list) => {
            out.push('[');
            for (i, v) in list.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                value(out, v);
            }
            out.push(']');
        }
        _ => out.push_str("null"),
    }
}

fn record(out: &mut String, record: &dyn Members) {
    out.push('{');
    for (i, (name, v)) in record.members().iter().enumerate() {
        write!(out, "{}\"{name}\":", if i > 0 { "," } else { "" }).unwrap();
        value(out, v);
    }
    out.push('}');
}

fn print<R: Record>(r: &R) {
    let mut line = format!("{{\"record\":\"{}\",\"members\":", R::NAME);
    record(&mut line, r);
    println!("{line}}}");
}

fn failed(error: &Error) {
    println!(
        "{{\"error\":\"{}\",\"address\":{}}}",
        error.status().name(),
        error.address()
    );
}

/// Print what a walk brings and how it ends; what it brought is there for walks that begin where it was.
fn walk<R: Record, M>(walk: Result<Walk<'_, R, M>>) -> Vec<R> {
    let (mut found, mut some) = (Vec::new(), vec![R::default(); 16]);
    let fill = || {
        let mut walk = walk?;
        loop {
            match walk.fill(&mut some)? {
                0 => return Ok(()),
                n => found.extend_from_slice(&some[..n]),
            }
        }
    };
    let end = fill();
    found.iter().for_each(print);
    if let Err(error) = end {
        failed(&error);
    }
    found
}

fn one<R: Record>(result: Result<R>) -> Option<R> {
    match result {
        Ok(r) => {
            print(&r);
            Some(r)
        }
        Err(error) => {
            failed(&error);
            None
        }
    }
}

fn all<R: Record>(result: Result<Vec<R>>) -> Vec<R> {
    result
        .map(|found| found.into_iter().filter_map(|r| one(Ok(r))).collect())
        .unwrap_or_else(|error| {
            failed(&error);
            Vec::new()
        })
}

fn processes<M>(t: &Target<M>) -> Vec<Process> {
    t.processes().map(|walk| walk.partial().0).unwrap_or_default()
}

fn topic<M>(t: &Target<M>, name: &str) -> bool {
    match name {
        "system" => {
            print(&t.identity());
            print(&t.layout().info());
            one(t.debugger_data_read());
            one(t.memory_counters_read());
            one(t.verifier_settings());
            print(&t.pte_context());
        }
        "processes" => {
            for process in walk(t.processes()) {
                one(t.process_sources(process.address()));
            }
            walk(t.processes_from(Processes::KERNEL_LIST));
            one(t.process_idle());
        }
        "threads" => processes(t)
            .iter()
            .for_each(|p| drop(walk(t.threads(p.address(), Threads::EXECUTIVE)))),
        "user" => {
            for process in processes(t) {
                let space = match process.space() {
                    Ok(space) => space,
                    Err(_) => continue,
                };
                if let Some(peb) = one(t.process_peb(&process, 0)) {
                    walk(t.user_modules(space, &peb, LoaderList::LOAD));
                    if let Some(parameters) = one(t.process_parameters_read(space, &peb)) {
                        let size = parameters.environment_size().unwrap_or(0);
                        walk(t.environment(space, parameters.environment().unwrap_or(0), size));
                    }
                }
            }
        }
        "vads" => processes(t).iter().for_each(|p| drop(walk(t.vads(p)))),
        "modules" => {
            for module in walk(t.kernel_modules()) {
                if let Some(base) = module.base() {
                    one(t.image_read(Space::KERNEL, base));
                }
            }
            walk(t.unloaded_modules());
        }
        "processors" => {
            for processor in walk(t.processors()) {
                for link in walk(t.stack(&processor, None)) {
                    walk(t.return_addresses(&link));
                }
            }
            walk(t.timers());
        }
        "dpcs" => {
            for queue in all(t.dpc_queues()) {
                walk(t.dpcs(&queue));
            }
        }
        "types" => {
            for kind in walk(t.object_types()) {
                one(t.object_list_check(kind.address()));
                walk(t.objects(kind.address(), 0));
            }
        }
        "handles" => {
            for process in processes(t) {
                if let Some(table) = process.handle_table() {
                    one(t.handle_table_at(table));
                    walk(t.handles(table, 0));
                }
            }
        }
        "directory" => {
            for entry in walk(t.directory(0, sys::KST_DIRECTORY_RECURSE)) {
                if let Some(object) = entry.body().and_then(|body| one(t.object_at(body, ObjectAt::BODY))) {
                    one(t.object_body(&object));
                }
            }
        }
        "pool" => {
            let mut blocks = vec![PoolHeader::default(); 512];
            for range in all(t.pool_ranges()) {
                for page in (range.start()..range.end()).step_by(0x1000).take(16) {
                    if let Ok((count, page)) = t.pool_page_read(Space::KERNEL, page, 0, 0, &mut blocks) {
                        blocks[..count].iter().for_each(print);
                        print(&page);
                        let middle = page.address() + 0x123;
                        one(t.pool_find(None, middle));
                    }
                }
            }
            for range in t.pool_ranges().unwrap_or_default() {
                let end = range.end().min(range.start().saturating_add(0x40000));
                all(t
                    .pool_scan(Space::KERNEL, range.start()..end, &[*b"Proc", *b"Thre", *b"File"], true)
                    .collect());
            }
            one(t.large_table_locate());
            walk(t.large_allocations(None, 0));
            walk(t.pool_usage());
        }
        "pfns" => {
            walk(t.pfns(0, 300));
            one(t.pfn_count());
        }
        "pages" => {
            let kernel = t.identity().kernel_base().unwrap_or(0);
            walk(t.page_runs(Space::KERNEL, kernel, kernel.saturating_add(0xff_ffff), 0));
            one(t.translate(Space::KERNEL, kernel, 0));
        }
        "sections" => {
            let mut usages = t.section_usages(4096).unwrap_or_default();
            usages.sort_by_key(|usage| usage.control_area());
            for usage in usages {
                print(&usage);
                if let Ok((area, segment)) = t.control_area_read(usage.control_area()) {
                    print(&area);
                    print(&segment);
                    for subsection in walk(t.subsections(&area)).iter().take(2) {
                        if let Some(kind) = area.kind() {
                            walk(t.section_pages(kind, subsection));
                        }
                    }
                }
            }
        }
        "callbacks" => drop(walk(t.callbacks(0))),
        "verifier" => {
            for log in [VerifierLog::POOL, VerifierLog::IRP, VerifierLog::CRITICAL_REGION] {
                walk(t.verifier(log, 0));
            }
        }
        _ => return false,
    }
    true
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const USAGE: &str = "usage: records [SYMBOL=ADDRESS]... TOPIC... DUMP";
    let mut arguments: Vec<_> = std::env::args().skip(1).collect();
    let path = arguments.pop().ok_or(USAGE)?;
    let (symbols, topics): (Vec<_>, Vec<_>) = arguments.iter().partition(|word| word.contains('='));
    let mut options = Options::new();
    for symbol in symbols {
        let (name, address) = symbol.split_once("=0x").ok_or(USAGE)?;
        options = options.symbol(name, u64::from_str_radix(address, 16)?);
    }
    let target = Target::of_dump(Dump::open(path)?, &options)?;
    for name in topics {
        if !topic(&target, name) {
            return Err(format!("{name} is no topic").into());
        }
    }
    Ok(())
}
