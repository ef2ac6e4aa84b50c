//! A passphrase, typed unseen. Written by hand because what is typed must be
//! wiped, and Ctrl-U must clear what nobody can see.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, BorrowedFd};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{self, Clear, ClearType};
use rustix::termios::{LocalModes, OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::error::{Error, Result, Stop};
use crate::keys::KeyError;
use crate::render::TextPage;

use super::terminal::{Terminal, cannot};

/// Longer than anybody types; room for it is taken once, so that no part of it
/// is left behind where it was.
const LONGEST: usize = 1024;

/// What a key does to what was typed.
enum PasswordStep {
    On,
    Done,
    Stop,
}

/// Asks on the terminal, even where standard input is a pipe. The terminal stays raw until
/// what is returned is dropped.
pub fn hidden(message: &str, terminal: &Terminal) -> Result<(SecretString, RawMode)> {
    let raw = RawMode::begin()?;
    Ok((ask_on(terminal, message, &raw)?, raw))
}

/// The same, until something is typed; and what is typed on, while the passphrase is tried,
/// stays unseen too and is thrown away.
pub fn hidden_until_tried(message: &str, terminal: &Terminal) -> Result<(SecretString, EchoGuard)> {
    let (mut typed, raw) = hidden(message, terminal)?;
    // No passphrase is empty: an Enter too many is no wrong one.
    while is_empty(&typed) {
        typed = ask_on(terminal, message, &raw)?;
    }
    Ok((typed, EchoGuard::begin(raw, terminal.is_accessible())))
}

/// Asks for a plugin, which knows nothing of the terminal.
pub fn hidden_plainly(message: &str) -> Result<SecretString> {
    let page = TextPage { width: 80, colour: false };
    ask(message, &page, true, &RawMode::begin()?, || false)
}

fn ask_on(terminal: &Terminal, message: &str, raw: &RawMode) -> Result<SecretString> {
    let is_continued = || terminal.signals.take_continued();
    ask(message, &terminal.messages(), terminal.is_accessible(), raw, is_continued)
}

/// A line that ends in "passphrase:" is what screen readers and the shell in Emacs know.
/// It is shown once more where a shell had the terminal meanwhile.
fn ask(
    message: &str,
    page: &TextPage,
    is_plain: bool,
    raw: &RawMode,
    is_continued: impl Fn() -> bool,
) -> Result<SecretString> {
    let mut out = io::stderr();
    let mark = if is_plain { String::new() } else { page.accent("› ") };
    let show = || {
        let _ = write!(io::stderr(), "{mark}{message} ");
        let _ = io::stderr().flush();
    };
    is_continued();
    show();
    let show_again = || {
        if is_continued() {
            show();
        }
    };
    let typed = typed(raw, show_again)?;
    // As many for every passphrase, so that its length stays unseen.
    let has_some = typed.as_ref().is_some_and(|typed| !is_empty(typed));
    let shown = if has_some && !is_plain { "********" } else { "" };
    let _ = write!(out, "{shown}\r\n");
    typed.ok_or(Error::Cancelled(Stop::Plain))
}

pub fn is_empty(typed: &SecretString) -> bool {
    typed.expose_secret().is_empty()
}

fn typed(_: &RawMode, show_again: impl Fn()) -> Result<Option<SecretString>> {
    let mut text = Zeroizing::new(String::with_capacity(LONGEST));
    loop {
        let key = match event::read().map_err(cannot)? {
            Event::Key(key) => key,
            Event::Resize(..) => {
                show_again();
                continue;
            }
            Event::Paste(_) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => continue,
        };
        match step(&mut text, key) {
            PasswordStep::On => {}
            PasswordStep::Done => return Ok(Some(SecretString::from(text.as_str()))),
            PasswordStep::Stop => return Ok(None),
        }
    }
}

fn step(text: &mut Zeroizing<String>, key: KeyEvent) -> PasswordStep {
    if key.kind == KeyEventKind::Release {
        return PasswordStep::On;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Enter => return PasswordStep::Done,
        KeyCode::Esc => return PasswordStep::Stop,
        KeyCode::Char('c' | 'd') if control => return PasswordStep::Stop,
        KeyCode::Char('j' | 'm') if control => return PasswordStep::Done,
        KeyCode::Char('u' | 'w') if control => text.clear(),
        KeyCode::Char('h') if control => drop(text.pop()),
        KeyCode::Backspace => drop(text.pop()),
        KeyCode::Char(letter) if !control && text.len() + letter.len_utf8() <= LONGEST => {
            text.push(letter);
        }
        _ => {}
    }
    PasswordStep::On
}

/// The terminal gives keys as they are pressed, until this is dropped.
pub struct RawMode {
    /// What keys come from, where it can be told.
    keys: Option<PasswordKeys>,
    before: Option<rustix::termios::Termios>,
}

impl RawMode {
    fn begin() -> Result<RawMode> {
        let keys = PasswordKeys::of_the_terminal();
        let before = keys.as_ref().and_then(|keys| tcgetattr(keys).ok());
        terminal::enable_raw_mode().map_err(|e| match e.raw_os_error() {
            // There is none to be had.
            Some(_) if !terminal_is_there() => KeyError::CannotAskPassphrase.into(),
            _ => cannot(e),
        })?;
        Ok(RawMode { keys, before })
    }
}

/// Standard input where it is the terminal, and else the terminal itself.
enum PasswordKeys {
    Input(io::Stdin),
    Terminal(File),
}

impl PasswordKeys {
    fn of_the_terminal() -> Option<PasswordKeys> {
        let input = io::stdin();
        if input.is_terminal() {
            Some(PasswordKeys::Input(input))
        } else {
            File::open("/dev/tty").ok().map(PasswordKeys::Terminal)
        }
    }
}

impl AsFd for PasswordKeys {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            PasswordKeys::Input(input) => input.as_fd(),
            PasswordKeys::Terminal(file) => file.as_fd(),
        }
    }
}

/// Keeps terminal echo off while a passphrase is tried or set; Ctrl-C still ends the program.
/// Dropping it turns echo back on, and throws away what was typed meanwhile: it may be the
/// passphrase once more, or words for a page that isn't open yet.
pub struct EchoGuard {
    raw: RawMode,
    is_plain: bool,
}

impl EchoGuard {
    pub fn begin(raw: RawMode, is_plain: bool) -> EchoGuard {
        if let (Some(keys), Some(before)) = (&raw.keys, &raw.before) {
            let mut silent = before.clone();
            silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL;
            // Refused, it stays raw, which shows nothing either.
            let _ = tcsetattr(keys, OptionalActions::Now, &silent);
        }
        // The cursor goes back, so that whatever is said next stands in its place.
        let end = if is_plain { "\r\n" } else { "\r" };
        let _ = write!(io::stderr(), "One moment…{end}");
        EchoGuard { raw, is_plain }
    }
}

impl Drop for EchoGuard {
    fn drop(&mut self) {
        if !self.is_plain {
            let _ = crossterm::execute!(io::stderr(), Clear(ClearType::UntilNewLine));
        }
        while event::poll(super::INSTANT).is_ok_and(|more| more) {
            let _ = event::read();
        }
        if let Some(keys) = &self.raw.keys {
            let _ = tcflush(keys, QueueSelector::IFlush);
        }
    }
}

fn terminal_is_there() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

impl Drop for RawMode {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(keys: &[(char, KeyModifiers)]) -> String {
        let mut text = Zeroizing::new(String::new());
        for (letter, modifiers) in keys {
            step(&mut text, KeyEvent::new(KeyCode::Char(*letter), *modifiers));
        }
        text.to_string()
    }

    #[test]
    fn control_and_a_letter_type_nothing_and_some_clear_what_is_there() {
        let (plain, control) = (KeyModifiers::NONE, KeyModifiers::CONTROL);
        assert_eq!(after(&[('q', plain), ('u', control), ('m', plain)]), "m");
        assert_eq!(after(&[('a', plain), ('k', control), ('B', KeyModifiers::SHIFT)]), "aB");
        assert_eq!(after(&[('a', plain), ('ß', plain), ('h', control)]), "a");
    }
}
