// SPDX-License-Identifier: MIT
#![doc = include_str!("../../README.md")]
#![deny(missing_docs)]

use std::{borrow::Cow, fmt};

pub use kstate_sys as sys;

mod error;
#[macro_use]
mod record;
mod host;
#[macro_use]
mod target;
mod bulk;
mod dump;
mod layout;
mod walk;

#[rustfmt::skip]
mod records;
#[rustfmt::skip]
mod calls;

pub use bulk::{LargeIndex, PoolScan};
pub use calls::*;
pub use dump::{Dump, DumpPointer};
pub use error::{Details, Error, Result};
pub use host::{HostError, Memory, Offers, Types};
pub use layout::{
    debugger_data_unveil, kernel_identify, layout_wanted, layout_wanted_symbols, Isf, Layout, LayoutBuf, Pdb,
};
pub use record::{Members, Record, Value};
pub use records::*;
pub use target::{identify, Options, Target};
pub use walk::Walk;

pub(crate) use error::{c_text, check, text, HostCause};
pub(crate) use record::{cast_ref, from_static, pointer, shown, IntoValue};
pub(crate) use target::text_of;

mod private {
    pub trait Sealed {}
}

/// Which address space a read means.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Space(u64);

impl Space {
    /// Kernel virtual addresses: the half of the address space that all processes share.
    pub const KERNEL: Space = Space(sys::KST_SPACE_KERNEL);
    /// Guest-physical addresses.
    pub const PHYSICAL: Space = Space(sys::KST_SPACE_PHYSICAL);

    /// The space that a directory table base maps, as a process stores it.
    pub fn of(dtb: u64) -> Self {
        Space(dtb)
    }

    /// The number that C knows the space by.
    pub fn value(self) -> u64 {
        self.0
    }
}

impl fmt::Debug for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Space::KERNEL => f.write_str("Space::KERNEL"),
            Space::PHYSICAL => f.write_str("Space::PHYSICAL"),
            Space(dtb) => write!(f, "Space({dtb:#x})"),
        }
    }
}

/// Version of the library that is running, as major, minor, patch.
pub fn version() -> (u32, u32, u32) {
    // SAFETY: always
    let version = unsafe { sys::kst_version() };
    (version >> 16, version >> 8 & 0xff, version & 0xff)
}

/// The type index that an object header holds, decoded.
pub fn object_type_index(stored: u32, header: u64, cookie: u32) -> u32 {
    // SAFETY: always
    unsafe { sys::kst_object_type_index(stored, header, cookie) }
}

/// Was the system stopped on purpose: by keyboard, tool or NMI button?
pub fn bugcheck_is_manual(code: u32, parameters: Option<&[u64; 4]>) -> bool {
    // SAFETY: four parameters, or null
    unsafe { sys::kst_bugcheck_is_manual(code, parameters.map_or(std::ptr::null(), |p| p.as_ptr())) != 0 }
}
