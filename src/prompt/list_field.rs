//! One of several lines to be chosen, on the whole screen.

use crossterm::event::{KeyCode, KeyEvent};
use zeroize::Zeroizing;

use crate::render::clean;

use super::Screen;
use super::field::{Drawing, Field, KeyEffect, plain_letter};
use super::list_keys::{keys_words, lines_named};
use super::list_prompt::{EscUse, ListPrompt};
use super::list_rows::ListLine;
use super::list_view::{ListView, is_enter, mark_after, pasted_line, type_key, type_letter};

const CHOICE_KEY_LINE: [&str; 3] =
    ["↑↓ · Enter next · Esc for more", "↑↓ · Enter · Esc more", "↑↓ Enter · Esc more"];
const SCALE_KEY_LINE: [&str; 3] = [
    "a number, or ↑↓ · Enter next · Esc for more",
    "number · Enter · Esc more",
    "↑↓ Enter · Esc more",
];
const YES_NO_KEY_LINE: [&str; 3] =
    ["y or n · Enter next · Esc for more", "y/n · Enter · Esc more", "y/n Enter · Esc more"];
const WORDS_KEY_LINE: [&str; 3] = [
    "↑↓, or type something else · Enter next · Esc for more",
    "↑↓ or type · Enter · Esc more",
    "↑↓, type, Enter · Esc more",
];
const LIST_WORDS_KEY_LINE: [&str; 3] = [
    "type to find, or something else · Enter next · Esc for more",
    "type · Enter · Esc more",
    "↑↓, type, Enter · Esc more",
];
const LIST_KEY_LINE: [&str; 3] =
    ["type to find · Enter next · Esc for more", "type · Enter · Esc more", "↑↓ Enter · Esc more"];
/// Where there is nothing more.
const NEEDED_KEY_LINE: [&str; 3] = ["↑↓ · Enter next", "↑↓ · Enter", "↑↓ Enter"];
const MENU_KEY_LINE: [&str; 3] =
    ["↑↓ · Enter chooses · Esc continues", "↑↓ · Enter · Esc continues", "↑↓ Enter"];
#[cfg(test)]
pub(super) const ALL_KEY_LINES: [[&str; 3]; 6] = [
    CHOICE_KEY_LINE, SCALE_KEY_LINE, YES_NO_KEY_LINE, WORDS_KEY_LINE, LIST_WORDS_KEY_LINE,
    LIST_KEY_LINE,
];
/// While something is typed that no line has.
pub(super) const NOTHING: [&str; 2] = ["no match · Ctrl-U clears · Esc for more", "no match"];
const OWN_WORDS: [&str; 2] = ["Enter takes your words · Esc for more", "Enter takes them"];

pub(super) struct ListField<'a, 'p> {
    prompt: &'a mut ListPrompt<'p>,
    lines: Vec<ListLine>,
    /// Of the lines that match what is typed.
    found: usize,
    /// How many lines were in sight.
    page: usize,
    key_line: Option<&'static str>,
}

impl<'a, 'p> ListField<'a, 'p> {
    pub fn new(prompt: &'a mut ListPrompt<'p>) -> ListField<'a, 'p> {
        let line = |line: &String| ListLine::from(clean(line).into_owned());
        let lines = prompt.lines.iter().map(line).collect();
        ListField { prompt, lines, found: 0, page: 0, key_line: None }
    }

    /// The line that Enter would choose.
    pub fn line(&self) -> Option<usize> {
        if self.prompt.typed.is_empty() {
            Some(self.prompt.at)
        } else if self.prompt.has_keys {
            self.prompt.line_by_key()
        } else {
            self.prompt.matching().get(self.found).copied()
        }
    }

    /// The mark goes on from the line that a key named, without what was typed; among the
    /// lines that were found it goes from one to the next.
    fn move_mark(&mut self, key: KeyCode) {
        let finds = !self.prompt.typed.is_empty() && !self.prompt.has_keys;
        let count = self.prompt.matching().len();
        let at = if finds { self.found } else { self.line().unwrap_or(self.prompt.at) };
        let Some(at) = mark_after(key, at, count, self.page) else { return };
        if finds {
            self.found = at;
        } else {
            self.prompt.at = at;
            self.prompt.typed = Zeroizing::default();
        }
    }

    /// Behind a number that the scale doesn't have, a digit that it has begins anew.
    fn replace_number(&mut self, before: &str, key: KeyEvent) {
        let Some(digit) = digit(&key) else { return };
        let names_a_line = |typed: &str| !lines_named(typed, &self.prompt.lines).is_empty();
        let is_number = before.chars().all(|c| c.is_ascii_digit());
        let digit = Zeroizing::new(digit.to_string());
        let begins_anew = is_number && !before.is_empty() && !names_a_line(before);
        if self.prompt.has_keys && begins_anew && self.line().is_none() && names_a_line(&digit) {
            self.prompt.typed = digit;
        }
    }

    fn key_line(&mut self, screen: &Screen) -> String {
        let now = match self.line() {
            None if self.prompt.has_keys => {
                return format!("Type {}. Ctrl-U clears it.", keys_words(&self.prompt.lines));
            }
            None => Some(NOTHING),
            line if !self.prompt.typed.is_empty() && line == self.prompt.other() => Some(OWN_WORDS),
            Some(_) => None,
        };
        let standing = || screen.key_line(key_line_widths(self.prompt));
        let key_line = match now {
            Some(key_line_widths) => screen.fitting(key_line_widths),
            None => {
                let key_line = *self.key_line.get_or_insert_with(standing);
                screen.fitting([key_line, key_line_widths(self.prompt)[2]])
            }
        };
        key_line.to_owned()
    }
}

fn digit(key: &KeyEvent) -> Option<char> {
    plain_letter(key).filter(char::is_ascii_digit)
}

fn key_line_widths(list: &ListPrompt) -> &'static [&'static str; 3] {
    match list.esc {
        EscUse::Nothing => return &NEEDED_KEY_LINE,
        EscUse::Continues => return &MENU_KEY_LINE,
        EscUse::More => {}
    }
    match (list.has_keys, list.takes_words, list.is_long()) {
        (true, _, _) if list.lines.iter().any(|line| line == "Yes") => &YES_NO_KEY_LINE,
        (true, _, _) => &SCALE_KEY_LINE,
        (false, true, true) => &LIST_WORDS_KEY_LINE,
        (false, true, false) => &WORDS_KEY_LINE,
        (false, false, true) => &LIST_KEY_LINE,
        (false, false, false) => &CHOICE_KEY_LINE,
    }
}

impl Field for ListField<'_, '_> {
    fn draw(&mut self, rows: usize, columns: usize, screen: &Screen) -> Drawing {
        let key_line = self.key_line(screen);
        let matching = self.prompt.matching();
        let lines: Vec<ListLine> = matching.iter().map(|at| self.lines[*at].clone()).collect();
        let line = self.line();
        let view = ListView {
            message: self.prompt.message,
            typed: &self.prompt.typed,
            lines: &lines,
            has_foot: false,
            at: matching.iter().position(|at| Some(*at) == line),
            key_line: &key_line,
        };
        let (drawing, page) = view.draw(rows, columns, screen, |_| "");
        self.page = page;
        drawing
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        if key.code == KeyCode::Esc {
            return KeyEffect::Esc;
        }
        if is_enter(&key) {
            return if self.line().is_some() { KeyEffect::Done } else { KeyEffect::Stay };
        }
        let before = self.prompt.typed.clone();
        if self.prompt.takes_typing() && type_key(&mut self.prompt.typed, &key) {
            self.found = self.prompt.best_match();
            self.replace_number(&before, key);
        } else if let Some(digit) = digit(&key) {
            self.prompt.mark_number(digit);
        } else {
            self.prompt.number.clear();
            self.move_mark(key.code);
        }
        KeyEffect::Stay
    }

    /// The page about safety is a line of the menu, and in sight however low the window is.
    fn covers_question(&self) -> bool {
        self.prompt.esc == EscUse::Continues
    }

    fn takes_letters(&self) -> bool {
        false
    }

    fn insert(&mut self, text: &str) {
        if self.prompt.takes_typing() {
            pasted_line(text).chars().for_each(|c| _ = type_letter(&mut self.prompt.typed, c));
            self.found = self.prompt.best_match();
        }
    }

    /// Words that no line has, and would be lost.
    fn text(&self) -> Option<Zeroizing<String>> {
        let is_own = self.prompt.has_own_words();
        let own = || if is_own { self.prompt.typed.clone() } else { Zeroizing::default() };
        self.prompt.takes_words.then(own)
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    const SCALE: [&str; 6] =
        ["skip", "0  not at all", "1  a little", "2  some", "3  close", "4  very close"];

    fn owned(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    /// After these keys, a line that Enter would choose, and what is typed.
    fn after(prompt: &mut ListPrompt, keys: &[KeyCode]) -> (Option<usize>, String) {
        let mut field = ListField::new(prompt);
        for key in keys {
            assert_eq!(field.press(KeyEvent::from(*key)), KeyEffect::Stay, "{key:?}");
        }
        let line = field.line();
        let end = if line.is_some() { KeyEffect::Done } else { KeyEffect::Stay };
        assert_eq!(field.press(KeyEvent::from(KeyCode::Enter)), end);
        (line, prompt.typed.to_string())
    }

    fn typed(text: &str) -> Vec<KeyCode> {
        text.chars().map(KeyCode::Char).collect()
    }

    #[test]
    fn a_key_marks_its_line_and_an_arrow_continues_from_there() {
        let lines = owned(&SCALE);
        let scale = || ListPrompt { has_keys: true, ..ListPrompt::new("", &lines, 2) };
        let after = |keys: &[KeyCode]| after(&mut scale(), keys);
        assert_eq!(after(&[]), (Some(2), String::new()));
        assert_eq!(after(&typed("3")), (Some(4), "3".to_owned()));
        assert_eq!(after(&typed("very")), (Some(5), "very".to_owned()));
        // What names no line chooses nothing, and cleared, the mark is where it was.
        assert_eq!(after(&typed("34")), (None, "34".to_owned()));
        // A number that the scale doesn't have is in nobody's way.
        assert_eq!(after(&typed("52")), (Some(3), "2".to_owned()));
        assert_eq!(after(&typed("563")), (Some(4), "3".to_owned()));
        assert_eq!(after(&typed("56")), (None, "56".to_owned()));
        assert_eq!(after(&[&typed("34")[..], &[KeyCode::Backspace; 2]].concat()).0, Some(2));
        assert_eq!(after(&[&typed("3")[..], &[KeyCode::Up]].concat()), (Some(3), String::new()));
        assert_eq!(after(&[&typed("x")[..], &[KeyCode::Down]].concat()), (Some(3), String::new()));
        assert_eq!(after(&[KeyCode::End]).0, Some(5));
        assert_eq!(after(&[KeyCode::Home, KeyCode::Up]).0, Some(5));
    }

    #[test]
    fn only_the_menu_takes_the_whole_screen() {
        for (esc, covers) in
            [(EscUse::More, false), (EscUse::Nothing, false), (EscUse::Continues, true)]
        {
            let mut prompt = ListPrompt { esc, ..ListPrompt::new("", &["Continue", "Safety"], 0) };
            assert_eq!(ListField::new(&mut prompt).covers_question(), covers, "{esc:?}");
        }
    }

    #[test]
    fn a_short_list_takes_no_letter_and_a_long_one_finds_by_them() {
        let few = owned(&["Continue", "Stop", "Safety"]);
        let letters = [typed("st4 "), vec![KeyCode::Left, KeyCode::Tab]].concat();
        assert_eq!(after(&mut ListPrompt::new("", &few, 1), &letters), (Some(1), String::new()));
        let many: Vec<String> = (0..LONG).map(|n| format!("the line {n}")).collect();
        let found = |keys: &[KeyCode]| after(&mut ListPrompt::new("", &many, 3), keys);
        assert_eq!(found(&typed("LINE 1")), (Some(1), "LINE 1".to_owned()));
        let down = [&typed("line 1")[..], &[KeyCode::Down, KeyCode::Down]].concat();
        assert_eq!(found(&down).0, Some(11), "10 is between");
        let named = [&["Leave it unchanged"; LONG][..], &["I changed what I did"]].concat();
        let found_word = after(&mut ListPrompt::new("", &named, 3), &typed("changed"));
        assert_eq!(found_word.0, Some(LONG), "a word before a part of one");
        assert_eq!(found(&typed("zzz")), (None, "zzz".to_owned()));
        assert_eq!(found(&[&typed("zz")[..], &[KeyCode::Backspace; 2]].concat()).0, Some(3));
    }

    #[test]
    fn in_a_short_list_of_numbers_a_digit_marks_the_number() {
        let minutes = owned(&["1 minute", "3 minutes", "10 minutes", "as long as I like"]);
        let at = |keys: &str| after(&mut ListPrompt::new("", &minutes, 1), &typed(keys)).0;
        for (keys, line) in [("1", 0), ("10", 2), ("310", 2), ("11", 0), ("3", 1), ("7", 1)] {
            assert_eq!(at(keys), Some(line), "{keys}");
        }
        let arrow = [typed("1"), vec![KeyCode::Down], typed("0")].concat();
        assert_eq!(after(&mut ListPrompt::new("", &minutes, 1), &arrow).0, Some(1));
    }

    const LONG: usize = super::super::list_prompt::LONG_LIST;

    #[test]
    fn words_that_no_line_has_are_ones_own() {
        let lines = owned(&["skip", "go quiet", "leave the room", "something else"]);
        let ids = owned(&["", "stonewall", "walk out", ""]);
        let words = || ListPrompt {
            skips: true,
            takes_words: true,
            ids: &ids,
            ..ListPrompt::new("", &lines, 0)
        };
        for (text, line, is_own) in [
            ("room", 2, false),
            ("stonew", 1, false),
            ("hum a song", 3, true),
            // What skips isn't found by its letters.
            ("skip", 3, true),
        ] {
            let mut prompt = words();
            assert_eq!(after(&mut prompt, &typed(text)), (Some(line), text.to_owned()));
            assert_eq!(prompt.has_own_words(), is_own, "{text}");
            let saved = if is_own { text } else { "" };
            assert_eq!(**ListField::new(&mut prompt).text().as_ref().unwrap(), *saved);
        }
    }

    #[test]
    fn a_paste_is_one_line_of_letters_and_no_control_key_types_its_own() {
        let lines = owned(&["skip", "go quiet", "something else"]);
        let mut prompt = ListPrompt { takes_words: true, ..ListPrompt::new("", &lines, 0) };
        let mut field = ListField::new(&mut prompt);
        field.insert("\n  hum\u{1b}[31m a\tsong\nand more");
        for letter in ('a'..='z').filter(|letter| !"hjuw".contains(*letter)) {
            for modifiers in [KeyModifiers::CONTROL, KeyModifiers::ALT] {
                let key = KeyEvent::new(KeyCode::Char(letter), modifiers);
                assert_eq!(field.press(key), KeyEffect::Stay);
            }
        }
        assert_eq!(*prompt.typed, "hum[31m asong");
        let mut short = ListPrompt::new("", &lines, 0);
        ListField::new(&mut short).insert("go quiet");
        assert!(short.typed.is_empty());
    }
}
