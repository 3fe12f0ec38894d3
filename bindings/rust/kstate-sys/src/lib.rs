// SPDX-License-Identifier: MIT
//! Declarations of libkstate, as its C headers have them.
//!
//! Everything in here comes from `include/kstate/*.h` by `tools/rust_bindings.py`; a test compares each size, offset and
//! constant with the C compiler's. Structs that begin with `size` have it set in their `Default`. C's `char` is `u8` here:
//! texts of the library are bytes of UTF-8.
//!
//! The crate `kstate` is the safe interface.
#![no_std]
#![allow(non_camel_case_types)]
#![warn(missing_docs)]

pub use core::ffi::c_void;

/// A byte of text.
pub type c_char = u8;
/// What a call returns: one of the statuses.
pub type kst_status = i32;
/// An address space: `KST_SPACE_KERNEL`, `KST_SPACE_PHYSICAL` or a directory table base.
pub type kst_space = u64;

macro_rules! zeroed {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                // SAFETY: integers, pointers and optional function pointers may all be zero
                unsafe { core::mem::zeroed() }
            }
        }
    };
}

macro_rules! sized {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                // SAFETY: integers, pointers and optional function pointers may all be zero
                let mut made: Self = unsafe { core::mem::zeroed() };
                made.size = core::mem::size_of::<Self>() as u32;
                made
            }
        }
    };
}

macro_rules! opaque {
    ($name:ident) => {
        /// A thing of the library's own.
        #[repr(C)]
        pub struct $name {
            _private: [u8; 0],
            _not_send: core::marker::PhantomData<(*mut u8, core::marker::PhantomPinned)>,
        }
    };
}

#[rustfmt::skip]
mod generated;
pub use generated::*;
