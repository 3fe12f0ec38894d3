// SPDX-License-Identifier: MIT
//! The forged dump that the tests read.

use std::{env, path::PathBuf, process::Command, sync::Once};

/// Path of a forged dump; `None`, and a word about it, where there is no program that forges one: `tests/forge` of a
/// build tree, beside the library or named in KSTATE_FORGE.
pub fn dump() -> Option<PathBuf> {
    static FORGED: Once = Once::new();

    let forge = env::var_os("KSTATE_FORGE")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("KSTATE_LIB_DIR")?).join("../tests/forge")))
        .filter(|forge| forge.exists());
    let forge = match forge {
        Some(forge) => forge,
        None => {
            println!("SKIP: no program to forge a dump (KSTATE_FORGE)");
            return None;
        }
    };
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("demo-{}.dmp", std::process::id()));
    FORGED.call_once(|| {
        assert!(Command::new(forge)
            .arg(&path)
            .status()
            .expect("the forge runs")
            .success())
    });
    Some(path)
}
