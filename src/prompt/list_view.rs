//! How a list looks under the keys, whether one of its lines is chosen or several are marked:
//! what is typed, the lines around the marked one, and what the keys do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use zeroize::Zeroizing;

use super::Screen;
use super::field::{Drawing, plain_letter};
use super::letters::{last_letter, without_last_word};
use super::list_rows::{ListLine, ListRows, list_rows};

/// A list as it is to be drawn.
pub(super) struct ListView<'a> {
    /// Above the lines, if anything.
    pub message: &'a str,
    pub typed: &'a str,
    pub lines: &'a [ListLine],
    /// Does the last of them stay in sight?
    pub has_foot: bool,
    /// Which of them is marked.
    pub at: Option<usize>,
    pub key_line: &'a str,
}

impl ListView<'_> {
    /// In so many rows and columns; `before` goes in front of each line. With it comes how
    /// many lines are in sight.
    pub fn draw(
        &self,
        rows: usize,
        columns: usize,
        screen: &Screen,
        before: impl Fn(usize) -> &'static str,
    ) -> (Drawing, usize) {
        let page = screen.page();
        let wrap = |text: &str| -> Vec<String> {
            let rows = textwrap::wrap(text, columns.clamp(2, 80)).into_iter();
            rows.map(|row| row.into_owned()).collect()
        };
        let message = Some(self.message).filter(|message| !message.is_empty());
        let mut drawn: Vec<String> = message.map(wrap).unwrap_or_default();
        if !self.typed.is_empty() {
            drawn.extend(wrap(&format!("› {}", self.typed)));
        }
        // The end of what is typed is what changes; a line and the keys stay below it.
        drawn.drain(..drawn.len().saturating_sub(rows.saturating_sub(2).max(1)));
        let room = rows.saturating_sub(drawn.len() + 1).max(1);
        let list = self.rows(room, columns, before);
        let marked = list.marked.unwrap_or(0..0);
        let cursor = (drawn.len() + marked.start, 0);
        drawn.extend(list.rows.into_iter().enumerate().map(|(at, row)| {
            // The line that is marked stands out without colour as well.
            if marked.contains(&at) { page.strong(&row) } else { row }
        }));
        drawn.push(screen.key_line_row(self.key_line));
        (Drawing { rows: drawn, cursor: Some(cursor) }, list.count)
    }

    /// The lines around the marked one, and below them the one that stays in sight.
    fn rows(
        &self,
        room: usize,
        columns: usize,
        before: impl Fn(usize) -> &'static str,
    ) -> ListRows {
        let foot = self.lines.split_last().filter(|_| self.has_foot && room > 2);
        let Some((foot, others)) = foot else {
            return list_rows(self.lines, self.at, room, columns, before);
        };
        let last = others.len();
        let at = self.at.filter(|at| *at < last);
        let is_marked = self.at == Some(last);
        let foot = [ListLine::from(foot.text.clone())];
        let mut foot = list_rows(&foot, is_marked.then_some(0), 1, columns, |_| before(last));
        foot.rows.truncate(1);
        let mut list = list_rows(others, at, room - 1, columns, before);
        let above = list.rows.len();
        list.marked = list.marked.or(is_marked.then_some(above..above + 1));
        list.rows.append(&mut foot.rows);
        list.count += 1;
        list
    }
}

/// Where a key takes the mark, among so many lines of which `page` are in sight; `None` where
/// the key is no such key.
pub(super) fn mark_after(key: KeyCode, at: usize, count: usize, page: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    Some(match key {
        KeyCode::Down if at >= last => 0,
        KeyCode::Down => at + 1,
        KeyCode::Up => at.checked_sub(1).unwrap_or(last),
        KeyCode::PageDown => (at + page.max(1)).min(last),
        KeyCode::PageUp => at.saturating_sub(page.max(1)),
        KeyCode::End => last,
        KeyCode::Home => 0,
        _ => return None,
    })
}

/// Does what a key does to a line of text with its cursor at the end; false where it does
/// nothing. No other key with Ctrl or Alt types its letter.
pub(super) fn type_key(typed: &mut Zeroizing<String>, key: &KeyEvent) -> bool {
    let control = key.modifiers == KeyModifiers::CONTROL;
    match key.code {
        KeyCode::Backspace => take_letter_back(typed),
        KeyCode::Char('h') if control => take_letter_back(typed),
        KeyCode::Char('u') if control => *typed = Zeroizing::default(),
        KeyCode::Char('w') if control => {
            let kept = without_last_word(typed).len();
            typed.truncate(kept);
        }
        _ => match plain_letter(key) {
            Some(letter) => return type_letter(typed, letter),
            None => return false,
        },
    }
    true
}

fn take_letter_back(typed: &mut Zeroizing<String>) {
    for _ in 0..last_letter(typed) {
        typed.pop();
    }
}

/// Adds a letter. Nothing begins with a space, and what a terminal would take for an order
/// is no letter.
pub(super) fn type_letter(typed: &mut Zeroizing<String>, letter: char) -> bool {
    let is_one = !(letter.is_control() || (typed.is_empty() && letter.is_whitespace()));
    if is_one {
        typed.push(letter);
    }
    is_one
}

/// The first line of a paste that says anything.
pub(super) fn pasted_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

/// Enter, also as it comes where it was typed ahead while the terminal translated it.
pub(super) fn is_enter(key: &KeyEvent) -> bool {
    let is_translated = key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL;
    key.code == KeyCode::Enter || is_translated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_stays_is_below_whatever_part_of_the_list_is_in_sight() {
        let line = |n: usize| ListLine::from(format!("line {n}"));
        let lines: Vec<ListLine> = (0..10).map(line).collect();
        let rows = |at: usize, room: usize| {
            let (at, key_line) = (Some(at), "");
            let view =
                ListView { message: "", typed: "", lines: &lines, has_foot: true, at, key_line };
            let list = view.rows(room, 40, |at| if at == 9 { "[x] " } else { "[ ] " });
            (list.marked.unwrap().start, list.rows)
        };
        for at in 0..9 {
            let (marked, rows) = rows(at, 5);
            assert_eq!((rows.len(), rows[4].as_str()), (5, "  [x] line 9"));
            assert_eq!(rows[marked], format!("❯ [ ] line {at}"));
        }
        let (marked, all) = rows(9, 5);
        assert_eq!((marked, all[0].as_str(), all[4].as_str()), (4, "  [ ] line 0", "❯ [x] line 9"));
        assert_eq!(rows(4, 2).1[0], "❯ [ ] line 4", "where there's room for it");
    }

    #[test]
    fn the_mark_goes_by_lines_and_by_what_is_in_sight_and_round_at_the_ends() {
        let after = |key, at| mark_after(key, at, 20, 6);
        assert_eq!(after(KeyCode::Down, 3), Some(4));
        assert_eq!((after(KeyCode::Down, 19), after(KeyCode::Up, 0)), (Some(0), Some(19)));
        assert_eq!((after(KeyCode::PageDown, 3), after(KeyCode::PageUp, 9)), (Some(9), Some(3)));
        assert_eq!((after(KeyCode::PageDown, 18), after(KeyCode::PageUp, 2)), (Some(19), Some(0)));
        assert_eq!((after(KeyCode::Home, 9), after(KeyCode::End, 9)), (Some(0), Some(19)));
        assert_eq!(after(KeyCode::Left, 9), None);
        assert_eq!(mark_after(KeyCode::Down, 0, 0, 0), Some(0), "no line has what is typed");
    }

    #[test]
    fn keys_of_the_shell_edit_what_is_typed_and_none_types_its_letter() {
        let after = |text: &str, letter, modifiers| {
            let mut typed = Zeroizing::new(text.to_owned());
            type_key(&mut typed, &KeyEvent::new(KeyCode::Char(letter), modifiers));
            typed.to_string()
        };
        let (none, control, alt) = (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::ALT);
        assert_eq!(after("to be ", 'h', none), "to be h");
        assert_eq!(after("to be heard", 'u', control), "");
        assert_eq!(after("to be heard ", 'w', control), "to be ");
        for wide in ['\u{a0}', '\u{3000}'] {
            assert_eq!(after(&format!("to{wide}be"), 'w', control), format!("to{wide}"));
        }
        assert_eq!(after("é", 'h', control), "");
        assert_eq!((after("", ' ', none), after("a", '\u{7}', none)), ("".into(), "a".into()));
        for letter in ('a'..='z').filter(|letter| !"huw".contains(*letter)) {
            assert_eq!(after("a", letter, control), "a");
            assert_eq!(after("a", letter, alt), "a");
        }
        assert_eq!(pasted_line("\n  \n one\ntwo"), " one");
    }
}
