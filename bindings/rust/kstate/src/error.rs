// SPDX-License-Identifier: MIT
use super::*;
use std::sync::Arc;

/// A failure that came from the host: from a [`Memory`], from [`Types`].
pub(crate) type HostCause = Arc<dyn std::error::Error + Send + Sync>;

/// Why a call failed: one variant for each band of statuses, for what a caller can do about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The call is wrong (−1 … −19).
    Argument(Box<Details>),
    /// Type information lacks something (−20 … −39): a better layout helps.
    TypeInfo(Box<Details>),
    /// The memory is not there: try another source.
    Fault(Box<Details>),
    /// A [`Memory`] or the operating system failed: [`Details::host_code`] is its number, `source()` its own error.
    Host(Box<Details>),
    /// The evidence contradicts itself, or a budget is used up (−60 … −79).
    Evidence(Box<Details>),
    /// A status that this version does not know.
    Other(Box<Details>),
}

/// What the library says of a failure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Details {
    /// The exact status.
    pub status: Status,
    /// Where in the target, or 0.
    pub address: u64,
    /// A number that the message explains, or 0.
    pub detail: u32,
    /// What the host's callback returned, or errno; else 0.
    pub host_code: i32,
    /// The library's own words.
    pub message: String,
    pub(crate) cause: Option<HostCause>,
}

/// What most calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    fn new(status: i32, err: &sys::kst_error, host: Option<HostError>) -> Self {
        // a call that writes no details leaves those of nothing
        let told = err.code == status;
        let mut details = Box::new(Details {
            status: Status(status),
            address: if told { err.address } else { 0 },
            detail: if told { err.detail } else { 0 },
            host_code: if told { err.host_code } else { 0 },
            message: if told {
                text(&err.message).into_owned()
            } else {
                String::new()
            },
            cause: None,
        });
        if let (sys::KST_E_HOST, Some(host)) = (status, host) {
            details.host_code = host.code;
            details.cause = host.cause;
        }
        match status {
            sys::KST_E_FAULT => Error::Fault(details),
            -19..=-1 => Error::Argument(details),
            -39..=-20 => Error::TypeInfo(details),
            -59..=-40 => Error::Host(details),
            -79..=-60 => Error::Evidence(details),
            _ => Error::Other(details),
        }
    }

    pub(crate) fn argument(message: &str) -> Self {
        Error::Argument(Box::new(Details {
            status: Status(sys::KST_E_ARG),
            address: 0,
            detail: 0,
            host_code: 0,
            message: message.into(),
            cause: None,
        }))
    }

    /// Everything the library says.
    pub fn details(&self) -> &Details {
        match self {
            Error::Argument(d)
            | Error::TypeInfo(d)
            | Error::Fault(d)
            | Error::Host(d)
            | Error::Evidence(d)
            | Error::Other(d) => d,
        }
    }

    /// The exact status.
    pub fn status(&self) -> Status {
        self.details().status
    }

    /// Where in the target, or 0.
    pub fn address(&self) -> u64 {
        self.details().address
    }

    /// What the host's callback returned, or errno; else 0.
    pub fn host_code(&self) -> i32 {
        self.details().host_code
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.details();
        let words = if d.message.is_empty() { "no details" } else { &d.message };
        write!(f, "{}: {words}", d.status.name())?;
        if d.address != 0 {
            write!(f, " at {:#x}", d.address)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.details().cause.as_deref().map(|cause| cause as _)
    }
}

/// What ends every call: a panic of the host goes on, a failure becomes an [`Error`] with what the host said.
#[inline]
pub(crate) fn check(status: i32, err: &sys::kst_error) -> Result<i32> {
    let host = host::settle();
    if status >= 0 {
        return Ok(status);
    }
    Err(Error::new(status, err, host))
}

/// The bytes before the NUL as text.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end])
}

/// A text for C; `None` is null.
pub(crate) struct CText(Option<std::ffi::CString>);

impl CText {
    pub(crate) fn as_ptr(&self) -> *const u8 {
        self.0.as_ref().map_or(std::ptr::null(), |text| text.as_ptr().cast())
    }
}

pub(crate) fn c_text(text: Option<&str>) -> Result<CText> {
    let made = text.map(std::ffi::CString::new).transpose();
    made.map(CText).map_err(|_| Error::argument("a text with a NUL in it"))
}
