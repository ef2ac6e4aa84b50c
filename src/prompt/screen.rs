//! The screen on which a session takes place. It is the terminal's other one, so that
//! no answer stays in the scrollback.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use crossterm::{cursor, execute, terminal};

use crate::error::Result;
use crate::render::{TextPage, clean};

use super::rescue::PendingAnswer;
use super::signals::restore;
use super::terminal::{Terminal, cannot};

impl Terminal {
    /// Opens the screen, which its end leaves again.
    pub fn screen(&self) -> Result<Screen<'_>> {
        self.watch_signals()?;
        execute!(io::stderr(), terminal::EnterAlternateScreen, cursor::MoveTo(0, 0))
            .map_err(cannot)?;
        Ok(Screen { terminal: self })
    }
}

/// The other screen. Leaving it takes every answer out of sight.
pub struct Screen<'a> {
    pub(super) terminal: &'a Terminal,
}

impl Screen<'_> {
    /// From now on, what is typed is of this question.
    pub(super) fn begin_answer(&self, answer: PendingAnswer) {
        self.terminal.signals.rescue.begin(answer);
    }

    /// From now on, what is typed is of no question, and is never saved.
    pub(super) fn end_answer(&self) {
        self.terminal.signals.rescue.end();
    }

    pub(super) fn save_answer(&self) {
        self.terminal.signals.save_answer();
    }

    /// Where what is typed can be seen by whoever must save it.
    pub(super) fn typed_text(&self) -> Arc<Mutex<String>> {
        self.terminal.signals.rescue.typed_text()
    }

    pub fn page(&self) -> TextPage {
        self.terminal.messages()
    }

    /// The first of these hints, longest first, that fits on a line in its
    /// brackets; the last in any case.
    pub(super) fn hint(&self, hints: &[&str]) -> String {
        let width = self.page().width;
        let fits = |hint: &&&str| hint.chars().count() + 3 <= width;
        hints.iter().find(fits).or(hints.last()).map(|hint| hint.to_string()).unwrap_or_default()
    }

    pub fn title(&self, text: &str) {
        self.line(&self.page().strong(&self.page().wrap(&clean(text), "")));
        self.line("");
    }

    pub fn heading(&self, text: &str) {
        self.line("");
        self.title(text);
    }

    pub fn paragraph(&self, text: &str) {
        for paragraph in text.trim().split("\n\n") {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            self.line(&self.page().wrap(&clean(&words), ""));
            self.line("");
        }
    }

    pub fn line(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    pub fn clear(&self) {
        let all = terminal::Clear(terminal::ClearType::All);
        let _ = execute!(io::stderr(), all, cursor::MoveTo(0, 0));
    }

    /// Shows something of ours on the screen whole, wrapped already.
    pub fn show(&self, text: &str) {
        let _ = write!(io::stderr(), "{text}");
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        restore();
    }
}
