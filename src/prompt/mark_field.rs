//! Several lines to be marked. inquire's own would forget the marks at Esc, which here
//! opens a menu that comes back.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use zeroize::Zeroizing;

use super::Screen;
use super::field::{Drawing, Field, KeyEffect};
use super::list_rows::{ListLine, list_rows};

/// A list of at least so many lines can be narrowed by typing.
pub(super) const LONG_LIST: usize = 15;

const HINTS: [&str; 3] =
    ["Space marks · Enter next · Esc for more", "Space · Enter · Esc more", "Space Enter"];
const FILTER_HINTS: [&str; 3] = [
    "type to find · Space marks · Enter next · Esc for more",
    "type · Space · Enter",
    "Space Enter",
];

pub(super) struct MarkField<'a> {
    lines: &'a [ListLine],
    marks: &'a mut Vec<usize>,
    /// How many may be marked.
    most: usize,
    /// Of the lines that match.
    at: usize,
    filter: String,
    hint: Option<&'static str>,
}

impl<'a> MarkField<'a> {
    pub fn new(lines: &'a [ListLine], marks: &'a mut Vec<usize>, most: usize) -> MarkField<'a> {
        MarkField { lines, marks, most, at: 0, filter: String::new(), hint: None }
    }

    fn can_filter(&self) -> bool {
        self.lines.len() >= LONG_LIST
    }

    fn matching(&self) -> Vec<usize> {
        let typed = self.filter.to_lowercase();
        let fits = |at: &usize| self.lines[*at].text.to_lowercase().contains(&typed);
        (0..self.lines.len()).filter(fits).collect()
    }

    /// Is a space the next letter of what is being typed, rather than a mark? So it is in
    /// "to be heard", until one line alone is left.
    fn goes_on(&self) -> bool {
        let longer = format!("{} ", self.filter.to_lowercase());
        let fits = |at: &usize| self.lines[*at].text.to_lowercase().contains(&longer);
        let matching = self.matching();
        !self.filter.is_empty() && matching.len() > 1 && matching.iter().any(fits)
    }

    fn toggle(&mut self) {
        let Some(line) = self.matching().get(self.at).copied() else { return };
        match self.marks.iter().position(|marked| *marked == line) {
            Some(at) => drop(self.marks.remove(at)),
            None if self.marks.len() < self.most => self.marks.push(line),
            None => return,
        }
        self.marks.sort_unstable();
        self.filter.clear();
        self.at = line;
    }
}

impl Field for MarkField<'_> {
    fn draw(&mut self, rows: usize, columns: usize, screen: &Screen) -> Drawing {
        let hints = if self.can_filter() { &FILTER_HINTS } else { &HINTS };
        let hint = *self.hint.get_or_insert_with(|| screen.hint(hints));
        let matching = self.matching();
        let lines: Vec<ListLine> = matching.iter().map(|at| self.lines[*at].clone()).collect();
        let mut drawn = Vec::new();
        if !self.filter.is_empty() {
            drawn.push(format!("› {}", self.filter));
        }
        let is_marked =
            |at: usize| if self.marks.contains(&matching[at]) { "[x] " } else { "[ ] " };
        let room = rows.saturating_sub(drawn.len() + 1).max(1);
        let list = list_rows(&lines, Some(self.at), room, columns, is_marked);
        let cursor = (drawn.len() + list.marked.unwrap_or(0), 0);
        drawn.extend(list.rows);
        drawn.push(screen.page().quiet(&format!("  {hint}")));
        Drawing { rows: drawn, cursor }
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        let last = self.matching().len().saturating_sub(1);
        match key.code {
            KeyCode::Enter => return KeyEffect::Done,
            KeyCode::Esc => return KeyEffect::Esc,
            KeyCode::Char(' ') if self.goes_on() => self.filter.push(' '),
            KeyCode::Char(' ') => self.toggle(),
            KeyCode::Down => self.at = if self.at >= last { 0 } else { self.at + 1 },
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::PageDown | KeyCode::End => self.at = last,
            KeyCode::PageUp | KeyCode::Home => self.at = 0,
            KeyCode::Backspace => drop(self.filter.pop()),
            KeyCode::Char(letter)
                if self.can_filter() && (key.modifiers - KeyModifiers::SHIFT).is_empty() =>
            {
                self.filter.push(letter);
                self.at = 0;
            }
            _ => {}
        }
        self.at = self.at.min(self.matching().len().saturating_sub(1));
        KeyEffect::Stay
    }

    fn takes_letters(&self) -> bool {
        false
    }

    fn insert(&mut self, _: &str) {}

    fn text(&self) -> Option<Zeroizing<String>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_of_several_words_can_be_typed_whole() {
        let labels = ["touch", "to belong", "to be heard", "to be seen", "rest"];
        let labels = labels.into_iter().chain(["a"; 20]);
        let lines: Vec<ListLine> = labels.map(|label| ListLine::from(label.to_owned())).collect();
        for (typed, marked) in
            [("to be heard ", [2]), ("heard ", [2]), ("rest ", [4]), ("to bel ", [1])]
        {
            let mut marks = Vec::new();
            let mut field = MarkField::new(&lines, &mut marks, 2);
            for letter in typed.chars() {
                field.press(KeyEvent::from(KeyCode::Char(letter)));
            }
            assert_eq!(marks, marked, "{typed}");
        }
    }

    #[test]
    fn marks_stay_through_a_filter_and_a_filter_without_a_match_marks_nothing() {
        let lines: Vec<ListLine> = (0..20).map(|n| ListLine::from(format!("need {n}."))).collect();
        let mut marks = Vec::new();
        let mut field = MarkField::new(&lines, &mut marks, 2);
        let mut keys = |text: &str| {
            for letter in text.chars() {
                field.press(KeyEvent::from(KeyCode::Char(letter)));
            }
        };
        keys("13. ");
        keys("7. ");
        keys("zzz ");
        // No more than may be.
        keys("11. ");
        assert_eq!(marks, [7, 13]);
    }
}
