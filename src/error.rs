//! The trait of a failure: what happened, what to do, and the exit code. Each domain
//! words its own failures; `tests/messages.txt` shows nearly all of them.

mod near;

use std::any::Any;
use std::{fmt, io};

pub(crate) use near::{did_you_mean, nearest, suggestion};

/// The exit code of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; for `due`, something is due.
    Done = 0,
    /// Nothing matched; for `due`, nothing is due.
    NothingMatched = 1,
    /// The command line or the input is wrong; nothing was written.
    WrongInput = 2,
    /// No identity, a wrong passphrase, or an identity that does not fit.
    Locked = 3,
    /// Done, but some entries were left out, each named.
    SomeDamaged = 4,
    /// Disk, permission, network, a program missing.
    CouldNot = 5,
    /// Stopped by the user.
    Cancelled = 130,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure. Each domain has an enum of its own.
pub trait Failure: Any + fmt::Debug + Send + Sync {
    /// What happened.
    fn fact(&self) -> String;

    /// What to do now; empty where there is nothing to do.
    fn hint(&self) -> String;

    /// The code that the program ends with.
    fn exit(&self) -> Exit {
        Exit::WrongInput
    }

    /// What it came from, where that was another's error.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        None
    }
}

/// Why a command did not come to its end.
#[derive(Debug)]
pub enum Error {
    /// Something failed, in the words of its domain.
    Failed(Box<dyn Failure>),
    /// Someone stopped it.
    Cancelled(Stop),
    /// Whoever read our output has read enough.
    PipeClosed,
}

/// What a stop leaves behind, and so what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing that anyone needs to know of.
    Plain,
    /// A session in which nothing was answered.
    NothingWritten,
    /// The answers, in a draft.
    Draft,
    /// Nothing is said, not even that there is a draft. Whoever presses Ctrl-C on a screen about
    /// fear may not be alone any more, and a line that stays on the ordinary page would tell that
    /// something was being written.
    Silent,
}

impl Stop {
    /// The same, of a session with or without a draft.
    pub fn of_session(self, has_draft: bool) -> Stop {
        match self {
            Stop::Silent => Stop::Silent,
            Stop::Plain | Stop::NothingWritten | Stop::Draft if has_draft => Stop::Draft,
            Stop::Plain | Stop::NothingWritten | Stop::Draft => Stop::NothingWritten,
        }
    }
}

impl<F: Failure> From<F> for Error {
    fn from(failure: F) -> Error {
        Error::Failed(Box::new(failure))
    }
}

impl Error {
    /// The failure of this domain, if it is one.
    pub fn of<F: Failure>(&self) -> Option<&F> {
        match self {
            Error::Failed(failure) => (&**failure as &dyn Any).downcast_ref(),
            Error::Cancelled(_) | Error::PipeClosed => None,
        }
    }

    /// The same, to be told otherwise by whoever knows more.
    pub fn of_mut<F: Failure>(&mut self) -> Option<&mut F> {
        match self {
            Error::Failed(failure) => (&mut **failure as &mut dyn Any).downcast_mut(),
            Error::Cancelled(_) | Error::PipeClosed => None,
        }
    }

    /// The same, of a private screen: a stop there says nothing.
    pub fn with_silent_stop(self) -> Error {
        match self {
            Error::Cancelled(_) => Error::Cancelled(Stop::Silent),
            Error::Failed(_) | Error::PipeClosed => self,
        }
    }

    /// Did someone stop it on a private screen?
    pub fn is_silent_stop(&self) -> bool {
        matches!(self, Error::Cancelled(Stop::Silent))
    }

    /// The code that the program ends with.
    pub fn exit(&self) -> Exit {
        match self {
            Error::Failed(failure) => failure.exit(),
            Error::Cancelled(_) => Exit::Cancelled,
            Error::PipeClosed => Exit::Done,
        }
    }

    /// What to do now; empty where there is nothing to do.
    pub fn hint(&self) -> String {
        match self {
            Error::Failed(failure) => failure.hint(),
            Error::Cancelled(_) | Error::PipeClosed => String::new(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Failed(failure) => f.write_str(&failure.fact()),
            Error::Cancelled(Stop::Plain) => f.write_str("Stopped."),
            Error::Cancelled(Stop::NothingWritten) => f.write_str("Stopped. Nothing was written."),
            Error::Cancelled(Stop::Draft) => {
                f.write_str("Stopped. Your draft is kept; `inward resume` picks it up.")
            }
            Error::Cancelled(Stop::Silent) => Ok(()),
            Error::PipeClosed => f.write_str("The reader closed the pipe."),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Failed(failure) => failure.source(),
            Error::Cancelled(_) | Error::PipeClosed => None,
        }
    }
}

/// The system's own words, without Rust's "(os error 28)"; ours where those are Rust's for
/// a bare kind, such as "entity not found".
pub fn plain(source: &io::Error) -> String {
    let is_bare = source.raw_os_error().is_none() && source.get_ref().is_none();
    match source.kind() {
        io::ErrorKind::StorageFull => return "the disk is full".to_owned(),
        io::ErrorKind::NotFound if is_bare => return "it isn't there".to_owned(),
        io::ErrorKind::Other if is_bare => return "unknown error".to_owned(),
        _ => {}
    }
    let said = source.to_string();
    let end = said.find(" (os error").unwrap_or(said.len());
    said[..end].to_lowercase()
}
