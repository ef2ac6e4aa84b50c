//! Several lines to be marked, on the whole screen.

use crossterm::event::{KeyCode, KeyEvent};
use zeroize::Zeroizing;

use super::Screen;
use super::field::{Drawing, Field, KeyEffect, plain_letter};
use super::list_field::NOTHING;
use super::list_prompt::LONG_LIST;
use super::list_rows::ListLine;
use super::list_view::{ListView, is_enter, mark_after, pasted_line, type_key, type_letter};
use super::mark_prompt::MarkPrompt;

const KEY_LINE: [&str; 3] = [
    "Space marks · Enter next · Esc for more",
    "Space marks · Enter next · Esc more",
    "Space, Enter · Esc more",
];
const WORDS_KEY_LINE: [&str; 3] = [
    "Space marks, or type something else · Enter next · Esc for more",
    "Space marks, or type · Enter next · Esc more",
    "Space, Enter · Esc more",
];
const FIND_KEY_LINE: [&str; 3] = [
    "type to find · Space marks · Enter next · Esc for more",
    "type · Space marks · Enter next · Esc more",
    "Space, Enter · Esc more",
];
const FIND_WORDS_KEY_LINE: [&str; 3] = [
    "type to find, or something else · Space marks · Enter next · Esc for more",
    "type · Space marks · Enter next · Esc more",
    "Space, Enter · Esc more",
];
#[cfg(test)]
pub(super) const ALL_KEY_LINES: [[&str; 3]; 4] =
    [KEY_LINE, WORDS_KEY_LINE, FIND_KEY_LINE, FIND_WORDS_KEY_LINE];
const NO_MARK: [&str; 2] =
    ["nothing is marked: Space marks · Enter skips", "Space, or Enter skips"];
const MARKS_IT: [&str; 2] = ["Enter marks it · Ctrl-U clears · Esc for more", "Enter marks it"];
const ADDS_WORDS: [&str; 2] =
    ["Enter adds your words · Ctrl-U clears · Esc for more", "Enter adds them"];

pub(super) struct MarkField<'a> {
    prompt: &'a mut MarkPrompt,
    /// Of the lines that match.
    at: usize,
    /// How many lines were in sight.
    page: usize,
    key_line: Option<&'static str>,
    /// Was more to be marked than may be?
    is_full: bool,
    /// Was the line changed by an arrow? Elsewhere Enter then takes that line.
    is_moved: bool,
    /// Was it since a letter was typed? Then Space marks it, and is no letter.
    is_aimed: bool,
    /// Was Enter pressed there, and nothing is marked?
    asks_for_mark: bool,
}

impl<'a> MarkField<'a> {
    pub fn new(prompt: &'a mut MarkPrompt) -> MarkField<'a> {
        // What is marked already is in sight.
        let marked = prompt.marks.first().copied().filter(|_| prompt.typed.is_empty());
        let at = marked.map_or(0, |line| prompt.place(line));
        MarkField {
            prompt,
            at,
            page: 0,
            key_line: None,
            is_full: false,
            is_moved: false,
            is_aimed: false,
            asks_for_mark: false,
        }
    }

    fn is_long(&self) -> bool {
        self.prompt.lines.len() >= LONG_LIST
    }

    /// Is what is typed taken, to find a line or to become one?
    fn takes_typing(&self) -> bool {
        self.is_long() || self.prompt.other().is_some()
    }

    fn line(&self) -> Option<usize> {
        self.prompt.matching().get(self.at).copied()
    }

    /// Does Enter or Space add what is typed in the place of a line?
    fn adds_words(&self) -> bool {
        let is_other = self.line().is_some_and(|line| self.prompt.other() == Some(line));
        is_other && !self.prompt.typed.trim().is_empty()
    }

    /// Marks the line, or adds the words that are typed; what cannot be marked stays typed.
    fn take(&mut self, toggles: bool) {
        let Some(line) = self.line() else { return };
        let adds = self.adds_words();
        let is_marked = if adds {
            let words = self.prompt.typed.clone();
            self.prompt.add_words(&words)
        } else if toggles {
            self.prompt.toggle(line)
        } else {
            self.prompt.mark(line)
        };
        self.is_full = !is_marked;
        // Words of one's own stay typed until they fit; a line that was found is still there.
        let is_done = if adds { is_marked } else { self.prompt.finds(line) };
        if is_done {
            self.prompt.typed = Zeroizing::default();
            self.at = self.prompt.place(if adds { self.prompt.lines.len() - 1 } else { line });
        } else if let Some(other) = self.prompt.other().filter(|_| !adds) {
            // The next Enter takes what is still typed.
            self.at = self.prompt.place(other);
        }
    }

    /// Is a space a letter, rather than a mark?
    fn takes_space(&self) -> bool {
        let is_aimed = self.is_aimed && !self.adds_words();
        !is_aimed && self.prompt.takes_space()
    }

    fn enter(&mut self, was_asked: bool) -> KeyEffect {
        if !self.prompt.typed.trim().is_empty() {
            // What is typed is marked first: it is never lost to the key that continues.
            self.take(false);
            return KeyEffect::Stay;
        }
        let takes_line = self.is_moved && self.prompt.marks.is_empty() && !was_asked;
        self.asks_for_mark = takes_line;
        if takes_line { KeyEffect::Stay } else { KeyEffect::Done }
    }

    /// After a key that typed something: the first line that has it is marked, and where
    /// nothing stands there any more, the line that was.
    fn find(&mut self, before: Option<usize>) {
        let before = before.filter(|_| self.prompt.typed.is_empty());
        self.at = before.map_or(0, |line| self.prompt.place(line));
        self.is_aimed = false;
    }

    fn key_line(&mut self, screen: &Screen) -> String {
        if self.is_full {
            let way = if self.prompt.typed.is_empty() { "Enter next" } else { "Ctrl-U clears" };
            return format!("you can choose up to {} here · {way}", self.prompt.most);
        }
        let now = if self.asks_for_mark {
            Some(NO_MARK)
        } else if self.prompt.typed.is_empty() {
            None
        } else if self.line().is_none() {
            Some(NOTHING)
        } else if self.adds_words() {
            Some(ADDS_WORDS)
        } else {
            Some(MARKS_IT)
        };
        if let Some(key_line_widths) = now {
            return screen.fitting(key_line_widths).to_owned();
        }
        let key_line_widths = match (self.is_long(), self.prompt.other().is_some()) {
            (false, false) => &KEY_LINE,
            (false, true) => &WORDS_KEY_LINE,
            (true, false) => &FIND_KEY_LINE,
            (true, true) => &FIND_WORDS_KEY_LINE,
        };
        let key_line = *self.key_line.get_or_insert_with(|| screen.key_line(key_line_widths));
        screen.fitting([key_line, key_line_widths[2]]).to_owned()
    }
}

impl Field for MarkField<'_> {
    fn draw(&mut self, rows: usize, columns: usize, screen: &Screen) -> Drawing {
        let key_line = self.key_line(screen);
        let matching = self.prompt.matching();
        let lines: Vec<ListLine> =
            matching.iter().map(|at| self.prompt.lines[*at].clone()).collect();
        let is_marked =
            |at: usize| if self.prompt.marks.contains(&matching[at]) { "[x] " } else { "[ ] " };
        let typed = &self.prompt.typed;
        let has_foot = self.prompt.has_foot();
        let (at, key_line) = (Some(self.at), key_line.as_str());
        let view = ListView { message: "", typed, lines: &lines, has_foot, at, key_line };
        let (drawing, page) = view.draw(rows, columns, screen, is_marked);
        self.page = page;
        drawing
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        self.is_full = false;
        let was_asked = std::mem::take(&mut self.asks_for_mark);
        let line = self.line();
        let count = self.prompt.matching().len();
        if key.code == KeyCode::Esc {
            return KeyEffect::Esc;
        } else if is_enter(&key) {
            return self.enter(was_asked);
        } else if plain_letter(&key) == Some(' ') && !self.takes_space() {
            self.take(true);
        } else if let Some(at) = mark_after(key.code, self.at, count, self.page) {
            self.at = at;
            self.is_aimed = true;
            self.is_moved |= matches!(key.code, KeyCode::Down | KeyCode::Up);
        } else if self.takes_typing() && type_key(&mut self.prompt.typed, &key) {
            self.find(line);
        }
        self.at = self.at.min(self.prompt.matching().len().saturating_sub(1));
        KeyEffect::Stay
    }

    fn takes_letters(&self) -> bool {
        false
    }

    fn insert(&mut self, text: &str) {
        if self.takes_typing() {
            let line = self.line();
            pasted_line(text).chars().for_each(|c| _ = type_letter(&mut self.prompt.typed, c));
            self.find(line);
        }
    }

    /// Words that no line has, and would be lost.
    fn text(&self) -> Option<Zeroizing<String>> {
        Some(if self.prompt.is_found() { Zeroizing::default() } else { self.prompt.typed.clone() })
    }

    fn marks(&self) -> Option<Vec<String>> {
        Some(self.prompt.answers())
    }
}

#[cfg(test)]
mod tests;
