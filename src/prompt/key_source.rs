//! Where keys come from: the terminal, or a script that a unit test wrote.

use std::io;
use std::time::Duration;
#[cfg(test)]
use std::{collections::VecDeque, sync::Mutex};

use crossterm::event::{self, Event};
#[cfg(test)]
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use crossterm::terminal;

#[derive(Default)]
pub(super) enum KeySource {
    #[default]
    Terminal,
    /// Bursts of keys, such as a paste, with time between one and the next.
    #[cfg(test)]
    Script(Mutex<VecDeque<VecDeque<Event>>>),
}

#[cfg(test)]
impl KeySource {
    /// These letters, one by one; `\n` is Enter, and what stands in « » is a paste.
    pub fn script(keys: &str) -> KeySource {
        let mut bursts: VecDeque<VecDeque<Event>> = VecDeque::new();
        let mut is_pasted = false;
        for letter in keys.chars() {
            match letter {
                '«' => bursts.push_back(VecDeque::new()),
                '»' => {}
                _ if is_pasted => bursts.back_mut().unwrap().push_back(Event::Key(key(letter))),
                _ => bursts.push_back([Event::Key(key(letter))].into()),
            }
            is_pasted = letter == '«' || (is_pasted && letter != '»');
        }
        KeySource::Script(Mutex::new(bursts))
    }
}

/// The key that types this.
#[cfg(test)]
fn key(letter: char) -> KeyEvent {
    match letter {
        '\n' => KeyCode::Enter.into(),
        '\t' => KeyCode::Tab.into(),
        '\u{1b}' => KeyCode::Esc.into(),
        '\u{1}'..='\u{1a}' => {
            let letter = char::from(letter as u8 + b'a' - 1);
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)
        }
        _ => KeyCode::Char(letter).into(),
    }
}

impl KeySource {
    /// Makes the terminal hand over each key as it is, or lines again.
    pub fn set_raw(&self, is_raw: bool) -> io::Result<()> {
        match self {
            KeySource::Terminal if is_raw => terminal::enable_raw_mode(),
            KeySource::Terminal => terminal::disable_raw_mode(),
            #[cfg(test)]
            KeySource::Script(_) => Ok(()),
        }
    }

    /// The next event.
    pub fn read(&self) -> io::Result<Event> {
        match self {
            KeySource::Terminal => event::read(),
            #[cfg(test)]
            KeySource::Script(bursts) => {
                let mut bursts = bursts.lock().unwrap();
                while bursts.front().is_some_and(VecDeque::is_empty) {
                    bursts.pop_front();
                }
                let key = bursts.front_mut().and_then(VecDeque::pop_front);
                key.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// Does one come within this time? In a script, only where it is of the same burst.
    pub fn poll(&self, time: Duration) -> io::Result<bool> {
        match self {
            KeySource::Terminal => event::poll(time),
            #[cfg(test)]
            KeySource::Script(bursts) => {
                Ok(bursts.lock().unwrap().front().is_some_and(|burst| !burst.is_empty()))
            }
        }
    }
}
