//! Why something could not be sealed.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use crate::error::{Exit, Failure};

use super::scrypt_memory::NoMemory;

#[derive(Debug)]
pub enum SealError {
    Sealing {
        why: String,
    },
    NotARecipient {
        source: String,
        line: usize,
        why: NotARecipient,
    },
    /// Recipients that age does not put into one file.
    Mixed,
    PluginMissing {
        program: String,
    },
    PluginFailed {
        why: String,
    },
    /// Too little for scrypt.
    NoMemory(NoMemory),
}

impl Failure for SealError {
    fn fact(&self) -> String {
        match self {
            SealError::Sealing { why } => format!("The entry couldn't be encrypted ({why})."),
            SealError::NotARecipient { source, line, why } => {
                let place = match source.starts_with("--") {
                    true => format!("{source} number {line}"),
                    false => format!("Line {line} of {source}"),
                };
                format!("{place} {}.", why.fact())
            }
            SealError::Mixed => "These recipients can't be used together: a post-quantum one protects nothing unless all of them are, so age refuses to mix them.".into(),
            SealError::PluginMissing { program } => format!("The age plugin {program} is needed here and was not found."),
            SealError::NoMemory(NoMemory { mib }) => format!("A passphrase takes {mib} MiB of memory for a moment, and the system doesn't give that much."),
            SealError::PluginFailed { why } => format!("An age plugin failed ({why})."),
        }
    }

    fn hint(&self) -> String {
        match self {
            SealError::NotARecipient { why, .. } => format!("{} Nothing was kept.", why.hint()),
            SealError::Sealing { .. } => "Nothing was kept. Check recipients.txt in the configuration folder.".into(),
            SealError::Mixed => "Nothing was changed. A journal of post-quantum recipients alone begins with an identity that a plugin holds: set INWARD_IDENTITY, and run `inward init --recipient`.".into(),
            SealError::PluginMissing { .. } => "Install it on the PATH, or remove its key with `inward key remove`.".into(),
            SealError::NoMemory(_) => "Nothing was changed. Close other programs, or raise the limit (`ulimit -v`), and try again.".into(),
            SealError::PluginFailed { .. } => "Try it with the age program itself; nothing was kept here.".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            SealError::Sealing { .. }
            | SealError::NoMemory(_)
            | SealError::PluginMissing { .. }
            | SealError::PluginFailed { .. } => Exit::CouldNot,
            SealError::NotARecipient { .. } | SealError::Mixed => Exit::WrongInput,
        }
    }
}

/// Why a line names nobody to whom age could seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotARecipient {
    Unknown,
    Secret,
    SshKind(String),
    RsaTooSmall,
    RsaTooLarge,
}

impl NotARecipient {
    fn fact(&self) -> String {
        match self {
            NotARecipient::Unknown => "is not an age recipient".into(),
            NotARecipient::Secret => "is a secret key, which decrypts and can't encrypt".into(),
            NotARecipient::SshKind(kind) => {
                format!("is an SSH key of the kind {kind}, which age doesn't support")
            }
            NotARecipient::RsaTooSmall => {
                "is an RSA key of less than 2048 bits, which is too weak".into()
            }
            NotARecipient::RsaTooLarge => "is a larger RSA key than age accepts".into(),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            NotARecipient::Unknown => {
                "A recipient begins with age1, ssh-ed25519 or ssh-rsa; a comment begins with #."
            }
            NotARecipient::Secret => {
                "Give its public half; `age-keygen -y FILE` prints it. Keep the secret to yourself."
            }
            NotARecipient::SshKind(_) => "Use an ssh-ed25519 or ssh-rsa key, or an age recipient.",
            NotARecipient::RsaTooSmall | NotARecipient::RsaTooLarge => {
                "Use an ssh-ed25519 key, or an age recipient."
            }
        }
    }
}
