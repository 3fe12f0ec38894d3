// SPDX-License-Identifier: MIT
//! Tests and examples of this crate find the library where `kstate-sys` has found it.

fn main() {
    if let Ok(folder) = std::env::var("DEP_KSTATE_FOLDER") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
