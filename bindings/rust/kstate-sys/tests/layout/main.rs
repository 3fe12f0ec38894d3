// SPDX-License-Identifier: MIT
//! Sizes, offsets and constants of this crate against those of the C compiler.

use std::{collections::HashMap, env, fs, process::Command};

fn pointee<T>(_: *const T) -> u64 {
    std::mem::size_of::<T>() as u64
}

/// Offset and size of each member, as the compiler has laid it out, and the size of the struct.
macro_rules! places {
    ($out:ident, $struct:ident, $($member:ident),*) => {
        $out.push((concat!("struct ", stringify!($struct)), [std::mem::size_of::<$struct>() as u64, 0]));
        {
            let made = std::mem::MaybeUninit::<$struct>::uninit();
            let base = made.as_ptr();
            $(
                // SAFETY: only addresses are taken
                let place = unsafe { std::ptr::addr_of!((*base).$member) };
                let offset = (place as usize - base as usize) as u64;
                $out.push((concat!("struct ", stringify!($struct), ".", stringify!($member)), [offset, crate::pointee(place)]));
            )*
        }
    };
}

#[rustfmt::skip]
#[allow(clippy::unnecessary_cast)] // statuses are not u64
mod facts;

fn compare(text: &str) -> usize {
    let mut facts: HashMap<String, [u64; 2]> = facts::all()
        .into_iter()
        .map(|(n, v)| (n.replace("r#", ""), v))
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let mut cells: Vec<&str> = line.split_whitespace().collect();
        let name = if cells[0] == "struct" {
            format!("struct {}", cells.remove(1))
        } else {
            cells[0].to_string()
        };
        let number = |i: usize| cells.get(i).map_or(0, |c| c.parse::<i128>().expect(line) as u64);
        match facts.remove(&name) {
            Some(fact) if fact == [number(1), number(2)] => count += 1,
            other => wrong.push(format!("C: {line}; Rust: {other:?}")),
        }
    }
    wrong.extend(facts.keys().map(|name| format!("C has no {name}")));
    assert!(
        wrong.is_empty(),
        "the declarations are behind the headers (./dev abi writes them anew):\n{}",
        wrong.join("\n")
    );
    count
}

/// KSTATE_LAYOUT_PROGRAM, tests/abi/layout_program of a build tree, prints what the C compiler says; without it there is
/// what was stored when the public surface was last looked at.
#[test]
fn as_in_c() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/abi/layout.txt");
    let text = match env::var_os("KSTATE_LAYOUT_PROGRAM") {
        Some(program) => Command::new(program)
            .output()
            .map(|output| String::from_utf8(output.stdout).unwrap()),
        None => fs::read_to_string(path),
    };
    match text {
        Ok(text) => assert!(compare(&text) > 2000),
        Err(error) => println!("SKIP: {path}: {error}"), // a crate outside of its source tree
    }
}
