// SPDX-License-Identifier: MIT
//! The README's programs are the examples, and the examples do what it says.

mod support;

use std::{path::PathBuf, process::Command};

const README: &str = include_str!("../../README.md");

fn run(name: &str, source: &str) -> Option<String> {
    assert!(
        README.contains(source),
        "README.md does not show examples/{name}.rs as it is"
    );
    let dump = support::dump()?;
    let mut program = std::env::current_exe().unwrap();
    program.pop();
    program.pop();
    program.extend(["examples", name].iter().map(PathBuf::from));
    let output = Command::new(&program)
        .arg(dump)
        .output()
        .unwrap_or_else(|e| panic!("{program:?}: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

macro_rules! example {
    ($name:ident, $($expected:literal),*) => {
        #[test]
        fn $name() {
            let source = include_str!(concat!("../examples/", stringify!($name), ".rs"));
            if let Some(printed) = run(stringify!($name), source) {
                $(assert!(printed.contains($expected), "{printed}");)*
            }
        }
    };
}

example!(processes, "notepad.exe", "System");
example!(own_memory, "ntoskrnl.exe", "yourdrv.sys");
example!(dpc, "processor 0 runs a DPC in yourdrv.sys", "queued: Dpc {");
