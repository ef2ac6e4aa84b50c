//! A passphrase, typed unseen. Written by hand because what is typed must be
//! wiped, and Ctrl-U must clear what nobody can see.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::render::Page;

use super::terminal::cannot;

/// Longer than anybody types; room for it is taken once, so that no part of it
/// is left behind where it was.
const LONGEST: usize = 1024;

/// What a key does to what was typed.
enum Step {
    On,
    Done,
    Stop,
}

/// Asks on the terminal, even where standard input is a pipe.
pub fn hidden(message: &str, page: &Page) -> Result<SecretString> {
    let mut out = io::stderr();
    let _ = write!(out, "{} {message} ", page.accent("›"));
    let _ = out.flush();
    let typed = typed()?;
    // As many for every passphrase, so that its length stays unseen.
    let shown = if typed.is_some() { "********" } else { "" };
    let _ = writeln!(out, "{shown}");
    typed.ok_or(Error::Cancelled { draft: None })
}

fn typed() -> Result<Option<SecretString>> {
    let _raw = Raw::begin()?;
    let mut text = Zeroizing::new(String::with_capacity(LONGEST));
    loop {
        let Event::Key(key) = event::read().map_err(cannot)? else { continue };
        match step(&mut text, key) {
            Step::On => {}
            Step::Done => return Ok(Some(SecretString::from(text.as_str()))),
            Step::Stop => return Ok(None),
        }
    }
}

fn step(text: &mut Zeroizing<String>, key: KeyEvent) -> Step {
    if key.kind == KeyEventKind::Release {
        return Step::On;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Enter => return Step::Done,
        KeyCode::Esc => return Step::Stop,
        KeyCode::Char('c' | 'd') if control => return Step::Stop,
        KeyCode::Char('j' | 'm') if control => return Step::Done,
        KeyCode::Char('u' | 'w') if control => text.clear(),
        KeyCode::Char('h') if control => drop(text.pop()),
        KeyCode::Backspace => drop(text.pop()),
        KeyCode::Char(letter) if !control && text.len() + letter.len_utf8() <= LONGEST => {
            text.push(letter);
        }
        _ => {}
    }
    Step::On
}

/// The terminal gives keys as they are pressed, until this is dropped.
struct Raw;

impl Raw {
    fn begin() -> Result<Raw> {
        terminal::enable_raw_mode().map_err(|e| match e.raw_os_error() {
            // There is none to be had.
            Some(_) if !terminal_is_there() => Error::CannotAskPassphrase,
            _ => cannot(e),
        })?;
        Ok(Raw)
    }
}

fn terminal_is_there() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

impl Drop for Raw {
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
