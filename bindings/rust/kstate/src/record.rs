// SPDX-License-Identifier: MIT
//! What records, enumerations and sets of bits have in common, and the macros that make them.

use super::*;

/// One result of the library. Its members are methods; one that the library could not know is `None`.
pub trait Record: Members + Copy + Default + Send + Sync + private::Sealed + 'static {
    /// The C struct, which a record is laid out as.
    type Raw;
    /// Name of the C struct.
    const NAME: &'static str;
}

/// The members of a record, to be looped over.
pub trait Members {
    /// Names as in C, and values.
    fn members(&self) -> Vec<(&'static str, Value<'_>)>;
}

/// The value of any member.
#[derive(Clone)]
#[non_exhaustive]
pub enum Value<'a> {
    /// The library could not know.
    Absent,
    /// A number.
    Unsigned(u64),
    /// A number.
    Signed(i64),
    /// A number with a name.
    Named(i64, &'static str),
    /// A set of bits, and their names.
    Bits(u64, Vec<&'static str>),
    /// Text.
    Text(Cow<'a, str>),
    /// A record within.
    Record(&'a dyn Members),
    /// Several values.
    List(Vec<Value<'a>>),
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Absent => f.write_str("None"),
            Value::Unsigned(n) if *n > 0xffff => write!(f, "{n:#x}"),
            Value::Unsigned(n) => write!(f, "{n}"),
            Value::Signed(n) => write!(f, "{n}"),
            Value::Named(_, name) => f.write_str(name),
            Value::Bits(n, names) if names.is_empty() => write!(f, "{n:#x}"),
            Value::Bits(_, names) => f.write_str(&names.join("|")),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Record(record) => f.debug_map().entries(shown(*record)).finish(),
            Value::List(list) => f.debug_list().entries(list).finish(),
        }
    }
}

/// The members that there are, for `Debug`.
pub(crate) fn shown(record: &dyn Members) -> impl Iterator<Item = (&'static str, Value<'_>)> {
    record
        .members()
        .into_iter()
        .filter(|(name, value)| *name != "present" && !matches!(value, Value::Absent))
}

pub(crate) trait IntoValue<'a> {
    fn into_value(self) -> Value<'a>;
}

impl<'a, T: IntoValue<'a>> IntoValue<'a> for Option<T> {
    fn into_value(self) -> Value<'a> {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl<'a, T, const N: usize> IntoValue<'a> for &'a [T; N]
where
    &'a T: IntoValue<'a>,
{
    fn into_value(self) -> Value<'a> {
        Value::List(self.iter().map(IntoValue::into_value).collect())
    }
}

impl<'a> IntoValue<'a> for Cow<'a, str> {
    fn into_value(self) -> Value<'a> {
        Value::Text(self)
    }
}

impl<'a> IntoValue<'a> for Space {
    fn into_value(self) -> Value<'a> {
        Value::Unsigned(self.0)
    }
}

macro_rules! numbers {
    ($($type:ty => $kind:ident),*) => {
        $(
            impl<'a> IntoValue<'a> for $type {
                fn into_value(self) -> Value<'a> {
                    Value::$kind(self.into())
                }
            }

            impl<'a> IntoValue<'a> for &'a $type {
                fn into_value(self) -> Value<'a> {
                    (*self).into_value()
                }
            }
        )*
    };
}

numbers!(u8 => Unsigned, u16 => Unsigned, u32 => Unsigned, u64 => Unsigned, i32 => Signed, i64 => Signed);

/// A C struct, or an array of them, as the record it is laid out as.
pub(crate) fn cast_ref<From, To>(from: &From) -> &To {
    assert!(std::mem::size_of::<From>() == std::mem::size_of::<To>());
    // SAFETY: only called for a struct and the transparent record around it
    unsafe { &*(from as *const From).cast() }
}

/// The C struct of a record, for C to read; `None` is null.
pub(crate) fn pointer<R: Record>(record: Option<&R>) -> *const R::Raw {
    record.map_or(std::ptr::null(), |r| (r as *const R).cast())
}

/// A static string of the library.
pub(crate) fn from_static(text: *const u8) -> Option<&'static str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the library's names are static, end with a NUL and are ASCII
    unsafe { std::ffi::CStr::from_ptr(text.cast()) }.to_str().ok()
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident: $raw:ident, $sized:ident { $($member:ident $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq)]
        #[repr(transparent)]
        pub struct $name(pub(crate) sys::$raw);

        impl From<sys::$raw> for $name {
            #[allow(unused_mut)]
            fn from(mut raw: sys::$raw) -> Self {
                record!(@$sized raw);
                Self(raw)
            }
        }

        impl From<$name> for sys::$raw {
            fn from(record: $name) -> Self {
                record.0
            }
        }

        impl Members for $name {
            fn members(&self) -> Vec<(&'static str, Value<'_>)> {
                vec![$(($label, self.$member().into_value())),*]
            }
        }

        impl private::Sealed for $name {}

        impl Record for $name {
            type Raw = sys::$raw;
            const NAME: &'static str = stringify!($raw);
        }

        impl<'a> IntoValue<'a> for &'a $name {
            fn into_value(self) -> Value<'a> {
                Value::Record(self)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut made = f.debug_struct(stringify!($name));
                for (name, value) in shown(self) {
                    made.field(name, &value);
                }
                made.finish()
            }
        }
    };
    (@sized $value:ident) => {
        $value.size = std::mem::size_of_val(&$value) as u32; // C trusts it
    };
    (@plain $value:ident) => {};
}

macro_rules! enumeration {
    ($(#[$doc:meta])* $name:ident: $type:ty, $namer:ident {
        $($(#[$cdoc:meta])* $constant:ident $label:literal = $value:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub $type);

        impl $name {
            $($(#[$cdoc])* pub const $constant: $name = $name($value);)*

            /// The library's name, as the command line prints it.
            pub fn name(self) -> &'static str {
                enumeration!(@name self, $namer, { $($constant $label)* })
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.name())
            }
        }

        impl From<$name> for $type {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl<'a> IntoValue<'a> for $name {
            fn into_value(self) -> Value<'a> {
                Value::Named(self.0.into(), self.name())
            }
        }
    };
    (@name $self:ident, none, { $($constant:ident $label:literal)* }) => {
        match $self {
            $(Self::$constant => $label,)*
            _ => "unknown",
        }
    };
    (@name $self:ident, $namer:ident, $constants:tt) => {
        // SAFETY: any number may be asked for
        from_static(unsafe { sys::$namer($self.0) }).unwrap_or("unknown")
    };
}

macro_rules! bits {
    ($(#[$doc:meta])* $name:ident: $namer:ident { $($(#[$cdoc:meta])* $constant:ident $label:literal = $value:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub u64);

        impl $name {
            $($(#[$cdoc])* pub const $constant: $name = $name($value);)*

            /// No bit is set.
            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// All bits of `other` are set.
            pub fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// The library's names of the bits that are set, as the command line prints them.
            pub fn names(self) -> Vec<&'static str> {
                (0..64).map(|i| 1 << i).filter(|bit| self.0 & bit != 0).filter_map(Self::bit_name).collect()
            }

            fn bit_name(bit: u64) -> Option<&'static str> {
                bits!(@name bit, $namer, { $($constant $label)* })
            }
        }

        impl std::ops::BitOr for $name {
            type Output = Self;
            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl std::ops::BitAnd for $name {
            type Output = Self;
            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.names().join("|"))
            }
        }

        impl<'a> IntoValue<'a> for $name {
            fn into_value(self) -> Value<'a> {
                Value::Bits(self.0, self.names())
            }
        }
    };
    (@name $bit:ident, none, { $($constant:ident $label:literal)* }) => {
        match Self($bit) {
            $(Self::$constant => Some($label),)*
            _ => None,
        }
    };
    (@name $bit:ident, $namer:ident, $constants:tt) => {
        // SAFETY: any bit may be asked for
        from_static(unsafe { sys::$namer($bit) })
    };
}
