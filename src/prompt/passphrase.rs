//! Passphrases: from the user's command, or from the terminal; never from an
//! argument or a plain environment variable.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Failure, Result};
use crate::keys::KeyError;
use crate::prompt::AskError;
use crate::render::clean_line;

use super::Terminal;
use super::password_input::{EchoGuard, RawMode, hidden, hidden_until_tried, is_empty};

/// How often a wrong passphrase may be tried before the command ends.
const TRIES: u32 = 3;

/// A passphrase of fewer letters is remarked on, and taken all the same.
const SHORT: usize = 8;

/// What the passphrase of a key is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PassphraseUse {
    Opening,
    /// Before a new one is chosen.
    Changing,
    /// To open a copy of the key.
    Copy,
}

/// Where the passphrase of `file` comes from, asked again after a wrong one. A copy of the
/// key is named, as its passphrase may be another than the journal's.
pub fn unlocking<'a>(
    terminal: &'a Terminal,
    command: Option<&'a str>,
    file: &'a Path,
    usage: PassphraseUse,
) -> impl FnMut() -> Result<SecretString> + 'a {
    let mut tried = 0;
    let is_copy = usage == PassphraseUse::Copy;
    let prompt = match usage {
        PassphraseUse::Copy => {
            format!("Passphrase of {}:", clean_line(&file.display().to_string()))
        }
        PassphraseUse::Changing => "Current passphrase:".to_owned(),
        PassphraseUse::Opening => "Passphrase:".to_owned(),
    };
    // From one passphrase to the next, or until the asking is over.
    let mut unheard = None;
    move || {
        tried += 1;
        drop(unheard.take());
        let wrong = || KeyError::WrongPassphrase { path: file.to_owned(), is_copy };
        match command {
            Some(command) if tried == 1 => from_command(command),
            Some(_) => Err(wrong().into()),
            None if tried > TRIES => Err(wrong().into()),
            None => {
                terminal.require_asking()?;
                if tried > 1 {
                    terminal.say(&wrong().fact());
                }
                let (typed, rest) = hidden_until_tried(&prompt, terminal)?;
                let _ = unheard.insert(rest);
                Ok(typed)
            }
        }
    }
}

/// What a new passphrase is asked for with.
pub struct NewPassphrasePrompts {
    choose: &'static str,
    repeat: &'static str,
}

/// Of a new key.
pub const FIRST_PASSPHRASE: NewPassphrasePrompts =
    NewPassphrasePrompts { choose: "Choose a passphrase:", repeat: "Repeat the passphrase:" };
/// Of a key that there is, whose current passphrase was asked for just before.
pub const CHANGED_PASSPHRASE: NewPassphrasePrompts =
    NewPassphrasePrompts { choose: "New passphrase:", repeat: "Repeat the new passphrase:" };

/// Sets a new passphrase: typed twice, or from the user's command. While it is set, which
/// takes a moment, what is typed on stays unseen and is thrown away.
pub fn set_new_passphrase<T>(
    terminal: &Terminal,
    command: Option<&str>,
    prompts: &NewPassphrasePrompts,
    set: impl FnOnce(&SecretString) -> Result<T>,
) -> Result<T> {
    if let Some(command) = command {
        return set(&from_command(command)?);
    }
    let (passphrase, raw) = typed_twice(terminal, prompts)?;
    let _unheard = EchoGuard::begin(raw, terminal.is_accessible());
    set(&passphrase)
}

fn typed_twice(
    terminal: &Terminal,
    prompts: &NewPassphrasePrompts,
) -> Result<(SecretString, RawMode)> {
    loop {
        let first = hidden(prompts.choose, terminal)?.0;
        if is_empty(&first) {
            terminal.say("An empty passphrase protects nothing. A few words in a row are easy to remember. Esc stops.");
            continue;
        }
        if secrecy::ExposeSecret::expose_secret(&first).chars().count() < SHORT {
            terminal.say("That's short, and a machine could guess it quickly. Repeat it to use it anyway, or press Enter to choose another.");
        }
        let (second, raw) = hidden(prompts.repeat, terminal)?;
        if secrecy::ExposeSecret::expose_secret(&first)
            == secrecy::ExposeSecret::expose_secret(&second)
        {
            return Ok((first, raw));
        }
        drop(raw);
        if is_empty(&second) {
            continue;
        }
        terminal.say("They didn't match. Try again.");
    }
}

/// Room for any passphrase, in bytes: a buffer that grows leaves copies behind.
const LONGEST: usize = 64 << 10;

/// The first line of what the command prints. One that prints on and on is ended.
fn from_command(command: &str) -> Result<SecretString> {
    let failed = |why: String| AskError::PassphraseCommand { command: command.to_owned(), why };
    let io = |e: std::io::Error| failed(crate::error::plain(&e));
    let started = Command::new("sh").args(["-c", command]).stdout(Stdio::piped()).spawn();
    let mut child = started.map_err(io)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    let out = child.stdout.take();
    let printed = out.map_or(Ok(0), |out| out.take(LONGEST as u64).read_to_end(&mut bytes));
    let is_endless = bytes.len() == LONGEST;
    if is_endless {
        // The pipe is closed by now, which ends most; what follows ends the others.
        let _ = child.kill();
    }
    let status = child.wait().map_err(io)?;
    printed.map_err(io)?;
    if !status.success() && !is_endless {
        return Err(failed(status.to_string()).into());
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(first).map_err(|_| failed("not UTF-8".into()))?;
    match line.strip_suffix('\r').unwrap_or(line) {
        "" => Err(failed("it printed nothing".into()).into()),
        line => Ok(SecretString::from(line)),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_command_that_prints_without_end_is_ended_and_its_first_line_taken() {
        for command in ["yes", "yes 'a quiet river'; sleep 600", "printf 'y\\r\\n\\377\\n'"] {
            let line = from_command(command).unwrap();
            assert!(["y", "a quiet river"].contains(&line.expose_secret()), "{command}");
        }
        assert!(from_command("exit 3").is_err() && from_command("echo").is_err());
    }
}
