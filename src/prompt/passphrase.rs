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

use super::Terminal;
use super::password_input::{hidden, hidden_until_tried};

/// How often a wrong passphrase may be tried before the command ends.
const TRIES: u32 = 3;

/// A passphrase of fewer letters is remarked on, and taken all the same.
const SHORT: usize = 8;

/// Where the passphrase of `file` comes from, asked again after a wrong one.
pub fn unlocking<'a>(
    terminal: &'a Terminal,
    command: Option<&'a str>,
    file: &'a Path,
) -> impl FnMut() -> Result<SecretString> + 'a {
    let mut tried = 0;
    // From one passphrase to the next, or until the asking is over.
    let mut unheard = None;
    move || {
        tried += 1;
        drop(unheard.take());
        let wrong = || KeyError::WrongPassphrase { path: file.to_owned() };
        match command {
            Some(command) if tried == 1 => from_command(command),
            Some(_) => Err(wrong().into()),
            None if tried > TRIES => Err(wrong().into()),
            None => {
                terminal.aside()?;
                if tried > 1 {
                    terminal.say(&wrong().fact());
                }
                let (typed, rest) = hidden_until_tried("Passphrase:", terminal)?;
                let _ = unheard.insert(rest);
                Ok(typed)
            }
        }
    }
}

/// A new passphrase: typed twice, or from the user's command.
pub fn new_passphrase(terminal: &Terminal, command: Option<&str>) -> Result<SecretString> {
    if let Some(command) = command {
        return from_command(command);
    }
    loop {
        let first = hidden("Choose a passphrase:", terminal)?;
        if secrecy::ExposeSecret::expose_secret(&first).is_empty() {
            terminal.say("An empty passphrase protects nothing. A few words in a row are easy to keep in mind; Esc leaves.");
            continue;
        }
        if secrecy::ExposeSecret::expose_secret(&first).chars().count() < SHORT {
            terminal.say("That is short, and quickly guessed by a machine. It can stand; to choose another, leave the next line empty.");
        }
        let second = hidden("Repeat the passphrase:", terminal)?;
        if secrecy::ExposeSecret::expose_secret(&first)
            == secrecy::ExposeSecret::expose_secret(&second)
        {
            return Ok(first);
        }
        if secrecy::ExposeSecret::expose_secret(&second).is_empty() {
            continue;
        }
        terminal.say("The two were not the same, so neither is taken.");
    }
}

/// The first line of what the command prints.
fn from_command(command: &str) -> Result<SecretString> {
    let failed = |why: String| AskError::PassphraseCommand { command: command.to_owned(), why };
    let io = |e: std::io::Error| failed(crate::error::plain(&e));
    let started = Command::new("sh").args(["-c", command]).stdout(Stdio::piped()).spawn();
    let mut child = started.map_err(io)?;
    // Room for any passphrase: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 << 10));
    let printed = child.stdout.take().map_or(Ok(0), |mut out| out.read_to_end(&mut bytes));
    let status = child.wait().map_err(io)?;
    printed.map_err(io)?;
    if !status.success() {
        return Err(failed(status.to_string()).into());
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| failed("not UTF-8".into()))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(SecretString::from(line)),
        _ => Err(failed("it printed nothing".into()).into()),
    }
}
