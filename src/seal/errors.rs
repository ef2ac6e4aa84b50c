//! Why something could not be sealed.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::{Exit, Failure};

use super::Recipient;
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
                let place = match source {
                    source if source.starts_with("--") => format!("{source} number {line}"),
                    source if is_argument(source) => source.clone(),
                    source => format!("Line {line} of {source}"),
                };
                format!("{place} {}.", why.fact())
            }
            SealError::Mixed => "age doesn't mix post-quantum recipients with others, because a quantum computer could still break the others.".into(),
            SealError::PluginMissing { program } => format!("inward needs the age plugin {program}, which isn't installed."),
            SealError::NoMemory(NoMemory { mib }) => format!("Checking a passphrase takes {mib} MiB of memory for a moment, and the system doesn't have that much."),
            SealError::PluginFailed { why } => format!("An age plugin failed ({why})."),
        }
    }

    fn hint(&self) -> String {
        match self {
            SealError::NotARecipient { source, why, .. } if is_argument(source) => why.hint().into(),
            SealError::NotARecipient { why: NotARecipient::Unknown, .. } => {
                format!("{} A comment starts with #. Nothing was kept.", NotARecipient::Unknown.hint())
            }
            SealError::NotARecipient { why, .. } => format!("{} Nothing was kept.", why.hint()),
            SealError::Sealing { .. } => "Nothing was kept. Check recipients.txt in the configuration folder.".into(),
            SealError::Mixed => "Nothing was changed. To start a journal with only post-quantum recipients, set INWARD_IDENTITY to a plugin's key file, and run `inward init --recipient KEY`.".into(),
            SealError::PluginMissing { .. } => "Install it where your PATH finds it, or remove its key with `inward key remove`.".into(),
            SealError::NoMemory(_) => "Nothing was changed. Close other programs, or raise the limit (`ulimit -v`), and try again.".into(),
            SealError::PluginFailed { .. } => "Nothing was kept. Try the plugin with `age` itself.".into(),
        }
    }

    fn exit(&self) -> Exit {
        if let SealError::NotARecipient { .. } | SealError::Mixed = self {
            Exit::WrongInput
        } else {
            Exit::CouldNot
        }
    }
}

/// How a mistake in a key given as an argument names it: in quotes, unless it's secret.
pub fn argument_label(key: &str) -> String {
    match Recipient::parse(key) {
        Err(NotARecipient::Secret) => SECRET_ARGUMENT.to_owned(),
        Err(_) | Ok(_) => format!("“{key}”"),
    }
}

/// A secret must not be repeated on the screen.
const SECRET_ARGUMENT: &str = "What you gave";

/// Was it given on the command line, where no entry is being kept?
fn is_argument(source: &str) -> bool {
    source == SECRET_ARGUMENT || source.starts_with('“') || source.starts_with("--")
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
            NotARecipient::Unknown => "A recipient starts with age1, ssh-ed25519 or ssh-rsa.",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_recipient_is_named_with_what_it_is_and_a_secret_is_not_repeated() {
        for (why, is) in [
            (NotARecipient::Unknown, "isn't an age recipient."),
            (NotARecipient::Secret, "is a secret key, not a recipient."),
            (NotARecipient::SshKind("x".into()), "is an SSH key of type x, which age"),
            (NotARecipient::RsaTooSmall, "is an RSA key of less than 2048 bits"),
            (NotARecipient::RsaTooLarge, "is an RSA key larger than age accepts."),
        ] {
            let error = |source: &str| {
                let (source, why) = (source.to_owned(), why.clone());
                SealError::NotARecipient { source, line: 2, why }
            };
            for (source, place) in [
                ("list.txt", "Line 2 of list.txt"),
                ("--recipient", "--recipient number 2"),
                ("“words”", "“words”"),
                (SECRET_ARGUMENT, "What you gave"),
            ] {
                let fact = error(source).fact();
                assert!(fact.starts_with(&format!("{place} {is}")), "{fact}");
                let is_argument = source != "list.txt";
                assert_eq!(error(source).hint().contains("Nothing was kept."), !is_argument);
            }
        }
        let secret = crate::seal::Identity::generate();
        let secret = secret.secret().unwrap();
        assert_eq!(argument_label(secret), SECRET_ARGUMENT);
        assert_eq!(argument_label("words"), "“words”");
    }
}
