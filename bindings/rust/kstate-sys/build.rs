// SPDX-License-Identifier: MIT
//! Finds libkstate: in the folder that KSTATE_LIB_DIR names, else where pkg-config knows it.

use std::{env, process::Command};

fn main() {
    println!("cargo:rerun-if-env-changed=KSTATE_LIB_DIR");
    println!("cargo:rerun-if-env-changed=PKG_CONFIG");
    println!("cargo:rerun-if-env-changed=PKG_CONFIG_PATH");
    if let Ok(folder) = env::var("KSTATE_LIB_DIR") {
        println!("cargo:rustc-link-lib=kstate");
        search(&folder);
        return;
    }
    let command = env::var("PKG_CONFIG").unwrap_or_else(|_| "pkg-config".into());
    let output = match Command::new(&command).args(["--libs", "kstate"]).output() {
        Ok(output) if output.status.success() => output,
        _ => panic!(
            "libkstate is not found: name its folder in KSTATE_LIB_DIR, or let `{command} --libs kstate` find it"
        ),
    };
    for word in String::from_utf8_lossy(&output.stdout).split_whitespace() {
        match word.get(..2) {
            Some("-L") => search(&word[2..]),
            Some("-l") => println!("cargo:rustc-link-lib={}", &word[2..]),
            _ => println!("cargo:rustc-link-arg={word}"),
        }
    }
}

/// Link against the library in `folder`, and find it there when the programs of this workspace run.
fn search(folder: &str) {
    println!("cargo:rustc-link-search=native={folder}");
    println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    println!("cargo:folder={folder}");
}
