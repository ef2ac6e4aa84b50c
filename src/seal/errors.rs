//! Why something could not be sealed.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

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
            SealError::Mixed => "age doesn't mix post-quantum recipients with others, because the others could still be broken.".into(),
            SealError::PluginMissing { program } => format!("inward needs the age plugin {program}, which isn't installed."),
            SealError::NoMemory(NoMemory { mib }) => format!("Checking a passphrase takes {mib} MiB of memory for a moment, and the system doesn't have that much."),
            SealError::PluginFailed { why } => format!("An age plugin failed ({why})."),
        }
    }

    fn hint(&self) -> String {
        match self {
            SealError::NotARecipient { why, .. } => format!("{} Nothing was kept.", why.hint()),
            SealError::Sealing { .. } => "Nothing was kept. Check recipients.txt in the configuration folder.".into(),
            SealError::Mixed => "Nothing was changed. To start a journal with only post-quantum recipients, set INWARD_IDENTITY to a plugin's key file, and run `inward init --recipient KEY`.".into(),
            SealError::PluginMissing { .. } => "Install it where your PATH finds it, or remove its key with `inward key remove`.".into(),
            SealError::NoMemory(_) => "Nothing was changed. Close other programs, or raise the limit (`ulimit -v`), and try again.".into(),
            SealError::PluginFailed { .. } => "Nothing was kept. Try the plugin with `age` itself.".into(),
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
            NotARecipient::Unknown => "isn't an age recipient".into(),
            NotARecipient::Secret => "is a secret key, not a recipient".into(),
            NotARecipient::SshKind(kind) => {
                format!("is an SSH key of type {kind}, which age doesn't support")
            }
            NotARecipient::RsaTooSmall => {
                "is an RSA key of less than 2048 bits, which is too weak".into()
            }
            NotARecipient::RsaTooLarge => "is an RSA key larger than age accepts".into(),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            NotARecipient::Unknown => {
                "A recipient starts with age1, ssh-ed25519 or ssh-rsa; a comment starts with #."
            }
            NotARecipient::Secret => {
                "Give the public key instead; `age-keygen -y FILE` prints it. Keep the secret key to yourself."
            }
            NotARecipient::SshKind(_) => "Use an ssh-ed25519 or ssh-rsa key, or an age recipient.",
            NotARecipient::RsaTooSmall | NotARecipient::RsaTooLarge => {
                "Use an ssh-ed25519 key, or an age recipient."
            }
        }
    }
}
