//! Text under the keys: the editing is ratatui-textarea's; here is what the keys are
//! called, how it is drawn below the transcript, and the suggestions under it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;
use ratatui_core::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use textwrap::core::display_width;
use zeroize::Zeroizing;

use super::field::{Drawing, Field, KeyEffect};
use super::list_rows::{ListLine, list_rows};
use super::vi_keys::{ViEffect, ViKeys};
use super::wrapped_text::wrap;
use super::{Screen, readline_keys};

#[cfg(test)]
mod tests;

/// Before each row of the text; its first row is marked.
const MARK: &str = "› ";
/// Text is easiest to read at no more than this.
const WIDEST: usize = 80;

const SHORT_KEY_LINE: [&str; 3] =
    ["type · Enter next · Esc for more", "Enter next · Esc more", "Enter · Esc more"];
const SUGGESTION_KEY_LINE: [&str; 3] = [
    "type, or ↓ to choose · Enter next · Esc for more",
    "↓ choose · Enter next · Esc more",
    "↓ · Enter · Esc more",
];
const MARKED_KEY_LINE: [&str; 3] = [
    "Enter takes it · Tab to change it first · Esc for more",
    "Enter takes it · Tab edits · Esc more",
    "Enter, Tab · Esc more",
];
const LONG_KEY_LINE: [&str; 3] = [
    "Enter for a new line · Ctrl-D done · Ctrl-O editor · Esc for more",
    "Enter new line · Ctrl-D done · Esc more",
    "Ctrl-D done · Esc more",
];
/// While a long answer is empty, Enter skips it.
const EMPTY_KEY_LINE: [&str; 3] = [
    "type · Enter skips · Ctrl-O editor · Esc for more",
    "Enter skips · Ctrl-O editor · Esc more",
    "Enter skips · Esc more",
];
const START_KEY_LINE: [&str; 3] = [
    "type, or ↓ to choose · Enter skips · Ctrl-O editor · Esc for more",
    "↓ choose · Enter skips · Esc more",
    "↓ · Enter skips · Esc more",
];
/// While letters give orders, Enter is the end of a long answer, too.
const ORDER_KEY_LINE: [&str; 3] =
    ["Enter next · Esc for more", "Enter next · Esc more", "Enter · Esc more"];
#[cfg(test)]
pub(super) const ALL_KEY_LINES: [[&str; 3]; 7] = [
    SHORT_KEY_LINE, SUGGESTION_KEY_LINE, MARKED_KEY_LINE, LONG_KEY_LINE, EMPTY_KEY_LINE,
    START_KEY_LINE, ORDER_KEY_LINE,
];

type KeyLineWidths = &'static [&'static str; 3];

/// A text that is being written.
pub(super) struct TextField {
    area: TextArea<'static>,
    /// Is Enter a new line?
    is_long: bool,
    suggestions: Vec<ListLine>,
    /// The suggestion that Enter would take, among those that match.
    marked: Option<usize>,
    vi: Option<ViKeys>,
    /// As each was first shown here.
    key_lines: Vec<(KeyLineWidths, &'static str)>,
    /// The first row that is shown.
    top: usize,
}

impl TextField {
    pub fn new(text: &str, is_long: bool, suggestions: Vec<ListLine>, vi: bool) -> TextField {
        let mut area = TextArea::default();
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_style(Style::default());
        area.set_cursor_line_style(Style::default());
        area.insert_str(text);
        let vi = vi.then(ViKeys::default);
        TextField { area, is_long, suggestions, marked: None, vi, key_lines: Vec::new(), top: 0 }
    }

    /// What Enter would take.
    pub fn words(&self) -> Zeroizing<String> {
        match self.marked.and_then(|at| self.matching().nth(at)) {
            Some(suggestion) => Zeroizing::new(suggestion.text.clone()),
            None => self.typed(),
        }
    }

    /// What was written.
    pub fn typed(&self) -> Zeroizing<String> {
        Zeroizing::new(self.area.lines().join("\n"))
    }

    /// Puts another text in the place of what stands there, to be undone as one change.
    pub fn replace(&mut self, text: &str) {
        self.area.select_all();
        self.area.insert_str(text);
    }

    /// The suggestions that have what is typed in them; of a long answer, its beginnings,
    /// as long as it has none. What looks empty has all of them.
    fn matching(&self) -> impl Iterator<Item = &ListLine> {
        let is_blank = self.is_blank();
        let typed = Zeroizing::new(self.area.lines().join("\n").to_lowercase());
        let has_it = |text: &str, typed: &str| text.to_lowercase().contains(typed);
        let is_long = self.is_long;
        let fits = move |s: &&ListLine| is_blank || (!is_long && has_it(&s.text, &typed));
        self.suggestions.iter().filter(fits)
    }

    /// Down from the last row of the text is the first suggestion.
    fn move_down(&mut self) {
        let count = self.matching().count();
        match self.marked {
            Some(at) => self.marked = Some((at + 1).min(count.saturating_sub(1))),
            None => {
                let before = self.area.screen_cursor().row;
                self.area.move_cursor(CursorMove::Down);
                let is_last = self.area.screen_cursor().row == before;
                self.marked = (is_last && count > 0).then_some(0);
            }
        }
    }

    fn move_up(&mut self) {
        match self.marked {
            Some(at) => self.marked = at.checked_sub(1),
            None => self.area.move_cursor(CursorMove::Up),
        }
    }

    /// A suggestion becomes the text, to be changed.
    fn take_suggestion(&mut self) {
        let words = self.words();
        self.marked = None;
        self.replace(&words);
    }

    fn enter(&mut self, is_plain: bool) -> KeyEffect {
        // Enter alone answers nothing: an empty page is skipped.
        let ends = !self.is_long || self.is_blank();
        if self.marked.is_some() && self.is_long {
            self.take_suggestion();
            self.area.insert_char(' ');
            return KeyEffect::Stay;
        }
        if self.marked.is_some() || (is_plain && ends) {
            return KeyEffect::Done;
        }
        self.area.insert_newline();
        KeyEffect::Stay
    }

    /// Orders that a text of this kind has besides editing; `None` where the key is none.
    fn order(&mut self, key: &KeyEvent) -> Option<KeyEffect> {
        let control = key.modifiers == KeyModifiers::CONTROL;
        match key.code {
            KeyCode::Enter => Some(self.enter(key.modifiers.is_empty())),
            // Enter, typed ahead while the terminal translated it.
            KeyCode::Char('j') if control => Some(self.enter(true)),
            KeyCode::Char('d') if control && (self.is_long || self.is_blank()) => {
                Some(KeyEffect::Done)
            }
            KeyCode::Char('o') if control && self.is_long => Some(KeyEffect::Editor),
            KeyCode::Tab if self.marked.is_some() => {
                self.take_suggestion();
                Some(KeyEffect::Stay)
            }
            // Where nothing is written, it chooses as ↓ does, and never types what can't be seen.
            KeyCode::Tab if self.is_blank() => {
                self.marked = (!self.suggestions.is_empty()).then_some(0);
                Some(KeyEffect::Stay)
            }
            KeyCode::Down => {
                self.move_down();
                Some(KeyEffect::Stay)
            }
            KeyCode::Up => {
                self.move_up();
                Some(KeyEffect::Stay)
            }
            _ => None,
        }
    }

    /// Does it look empty?
    fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// What the keys do as it is now.
    fn key_line_widths(&self) -> KeyLineWidths {
        let can_choose = self.matching().next().is_some();
        if self.vi.as_ref().is_some_and(ViKeys::is_normal) {
            return &ORDER_KEY_LINE;
        }
        match (self.is_long, can_choose) {
            (_, true) if self.marked.is_some() => &MARKED_KEY_LINE,
            (true, true) => &START_KEY_LINE,
            (true, false) if self.is_blank() => &EMPTY_KEY_LINE,
            (true, false) => &LONG_KEY_LINE,
            (false, true) => &SUGGESTION_KEY_LINE,
            (false, false) => &SHORT_KEY_LINE,
        }
    }

    /// The key line as wide as it was when it was first shown here, or as there is room.
    fn key_line(&mut self, screen: &Screen) -> &'static str {
        let widths = self.key_line_widths();
        let shown =
            self.key_lines.iter().find(|(known, _)| *known == widths).map(|(_, line)| *line);
        // One that only comes while something is typed explains nothing for later.
        let line = shown.unwrap_or_else(|| {
            if self.key_lines.is_empty() { screen.key_line(widths) } else { widths[0] }
        });
        if shown.is_none() {
            self.key_lines.push((widths, line));
        }
        screen.fitting([line, widths[2]])
    }

    /// The text in rows, as many as there is room for around its cursor, and where that is
    /// among them.
    fn text_rows(&mut self, rows: usize, columns: usize) -> (Vec<String>, (usize, usize)) {
        let width = columns.min(WIDEST).saturating_sub(display_width(MARK) + 1).max(1);
        // What the keys for up and down go by.
        let area = Rect::new(0, 0, small(width), small(rows));
        (&self.area).render(area, &mut Buffer::empty(area));
        let cursor = self.area.cursor();
        let text = wrap(self.area.lines(), (cursor.0, cursor.1), width);
        let (row, column) = text.cursor;
        let last_top = text.rows.len().saturating_sub(rows);
        self.top = self.top.clamp((row + 1).saturating_sub(rows), row).min(last_top);
        let shown = text.rows.into_iter().skip(self.top).take(rows).enumerate();
        let marked = shown.map(|(at, line)| match at {
            0 => format!("{MARK}{line}"),
            _ => format!("  {line}"),
        });
        (marked.collect(), (row - self.top, column + display_width(MARK)))
    }
}

impl Field for TextField {
    fn draw(&mut self, rows: usize, columns: usize, screen: &Screen) -> Drawing {
        let key_line = self.key_line(screen);
        let matching: Vec<ListLine> = self.matching().cloned().collect();
        // Some of the suggestions stay in sight below a text that grows.
        let below = if matching.is_empty() { 1 } else { 1 + matching.len().min(rows / 2) };
        let (mut lines, mut cursor) = self.text_rows(rows.saturating_sub(below).max(1), columns);
        let room = rows.saturating_sub(lines.len() + 1);
        let list = list_rows(&matching, self.marked, room, columns, |_| "");
        if let Some(marked) = list.marked {
            cursor = (lines.len() + marked.start, 0);
        }
        lines.extend(list.rows);
        let mode = self.vi.as_ref().map_or("", ViKeys::mode_words);
        if lines.len() < rows {
            lines.push(screen.key_line_row(&format!("{mode}{key_line}")));
        }
        Drawing { rows: lines, cursor: Some(cursor) }
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        if let Some(vi) = &mut self.vi {
            match vi.press(&key, &mut self.area) {
                ViEffect::Taken => return KeyEffect::Stay,
                ViEffect::Done => return KeyEffect::Done,
                ViEffect::Other => {}
            }
        }
        if key.code == KeyCode::Esc {
            return KeyEffect::Esc;
        }
        if let Some(effect) = self.order(&key) {
            return effect;
        }
        if self.marked.is_some() {
            self.take_suggestion();
        }
        readline_keys::press(&key, &mut self.area);
        KeyEffect::Stay
    }

    fn takes_letters(&self) -> bool {
        self.vi.as_ref().is_none_or(|vi| !vi.is_normal())
    }

    fn insert(&mut self, text: &str) {
        self.marked = None;
        self.area.insert_str(text);
    }

    /// A suggestion that is only marked isn't written yet.
    fn text(&self) -> Option<Zeroizing<String>> {
        Some(self.typed())
    }
}

fn small(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
