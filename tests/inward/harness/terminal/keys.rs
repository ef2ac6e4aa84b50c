//! The keys that a person presses, one by one and by the answer.

use std::thread;
use std::time::Duration;

use super::{Terminal, one_line};

#[derive(Clone, Copy, Debug)]
pub enum Key {
    Enter,
    Esc,
    Up,
    Tab,
    Down,
    Space,
    Ctrl(char),
}

impl Key {
    fn bytes(self) -> Vec<u8> {
        match self {
            Key::Enter => b"\r".to_vec(),
            Key::Esc => b"\x1b".to_vec(),
            Key::Up => b"\x1b[A".to_vec(),
            Key::Tab => b"\t".to_vec(),
            Key::Down => b"\x1b[B".to_vec(),
            Key::Space => b" ".to_vec(),
            Key::Ctrl(letter) => vec![letter as u8 & 0x1f],
        }
    }
}

impl Terminal {
    pub fn type_keys(&self, text: &str) -> &Terminal {
        self.send(text.as_bytes());
        self
    }

    pub fn press(&self, key: Key) -> &Terminal {
        self.send(&key.bytes());
        // An Esc and what follows it must not arrive as one key.
        thread::sleep(Duration::from_millis(if matches!(key, Key::Esc) { 60 } else { 0 }));
        self
    }

    /// Answers whatever is asked with this key, until nothing is.
    #[track_caller]
    pub fn press_until_the_end(&self, key: Key) -> &Terminal {
        for _ in 0..100 {
            self.wait_until("a prompt or the end", |_| self.has_ended() || self.waits_for_a_key());
            if self.has_ended() {
                return self;
            }
            self.press(key);
        }
        panic!("a hundred answers, and no end. The screen:\n{}", self.dump());
    }

    /// Down so many lines of a list, and Enter.
    pub fn choose(&self, line: usize) -> &Terminal {
        for _ in 0..line {
            self.press(Key::Down);
        }
        self.press(Key::Enter)
    }

    /// Marks one of a long list, found by its words.
    pub fn mark(&self, label: &str) -> &Terminal {
        self.type_keys(label).press(Key::Enter)
    }

    /// A line, and Enter.
    pub fn answer(&self, text: &str) -> &Terminal {
        self.type_keys(text).press(Key::Enter)
    }

    /// A text of any length, and the key that ends it.
    pub fn write(&self, text: &str) -> &Terminal {
        self.type_keys(text).press(Key::Ctrl('d'))
    }

    /// Keeps the answers as the review at the end shows them, and reads what is said then;
    /// a single answer is kept without a review.
    #[track_caller]
    pub fn kept(&self) -> &Terminal {
        let glances = |screen: &vt100::Screen| one_line(&screen.contents()).contains("Keep it");
        self.wait_until("the review of the answers, or the end", |screen| {
            let is_over = one_line(&screen.contents()).contains("Enter continues");
            (glances(screen) || is_over) && self.waits_for_a_key() || self.has_ended()
        });
        self.press_until_the_end(Key::Enter).ends(0)
    }
}
