//! One of several lines to be chosen: by its place, its key or its words, or by words of
//! one's own.

use zeroize::Zeroizing;

use super::list_keys::lines_named;

/// A list of at least so many lines can be narrowed by typing.
pub(super) const LONG_LIST: usize = 15;

/// What Esc does at a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EscUse {
    /// It opens the menu, or goes back to where the list was opened.
    More,
    /// It closes the list, and what was under way continues.
    Continues,
    /// Nothing: one of the lines must be chosen.
    Nothing,
}

/// Lines of which one is chosen.
pub(super) struct ListPrompt<'a> {
    /// Above the lines, where the question does not say it.
    pub message: &'a str,
    pub lines: Vec<String>,
    /// The line that is marked, as long as nothing is typed.
    pub at: usize,
    /// What Esc does here, as the key line says it.
    pub esc: EscUse,
    /// Does the first line skip the question?
    pub skips: bool,
    /// Does the first key of a line mark it? So it does on a scale.
    pub has_keys: bool,
    /// May words be typed in the place of a line? The last line stands for them.
    pub takes_words: bool,
    /// What finds the line in each place besides its words; of further lines nothing does.
    pub ids: &'a [String],
    /// The key of a line, what finds one, or words of one's own.
    pub typed: Zeroizing<String>,
    /// The digits that were pressed one after the other where nothing is typed.
    pub number: String,
}

impl<'a> ListPrompt<'a> {
    /// One of these lines and nothing else, with this one marked first.
    pub fn new(message: &'a str, lines: &[impl AsRef<str>], at: usize) -> ListPrompt<'a> {
        ListPrompt {
            message,
            lines: lines.iter().map(|line| line.as_ref().to_owned()).collect(),
            at,
            esc: EscUse::More,
            skips: false,
            has_keys: false,
            takes_words: false,
            ids: &[],
            typed: Zeroizing::default(),
            number: String::new(),
        }
    }

    pub fn is_long(&self) -> bool {
        self.lines.len() >= LONG_LIST
    }

    /// Is what is typed taken? In a short list without keys or words nothing is.
    pub fn takes_typing(&self) -> bool {
        self.has_keys || self.takes_words || self.is_long()
    }

    /// The line that stands for words of one's own.
    pub fn other(&self) -> Option<usize> {
        self.takes_words.then(|| self.lines.len().saturating_sub(1))
    }

    /// The lines to choose from: all, where they have keys; else those that have what is
    /// typed in them, and below these the one for words of one's own.
    pub fn matching(&self) -> Vec<usize> {
        let typed = self.typed.trim().to_lowercase();
        if typed.is_empty() || self.has_keys {
            return (0..self.lines.len()).collect();
        }
        let other = self.other();
        let is_skip = |at: usize| self.skips && self.takes_words && at == 0;
        let fits = |at: &usize| other != Some(*at) && !is_skip(*at) && self.has(*at, &typed);
        (0..self.lines.len()).filter(fits).chain(other).collect()
    }

    /// Of these, the first in which what is typed begins a word: "changed" is rather in "I
    /// changed" than in "unchanged".
    pub fn best_match(&self) -> usize {
        let typed = self.typed.trim().to_lowercase();
        let begins_word = |at: &usize| {
            let line = self.lines[*at].to_lowercase();
            line.match_indices(&typed).any(|(at, _)| !line[..at].ends_with(char::is_alphanumeric))
        };
        self.matching().iter().position(begins_word).unwrap_or(0)
    }

    /// Marks a number where nothing is typed. The digit continues the number before it if a line
    /// has such a number, and begins one otherwise: 1, and then 0, marks 10.
    pub fn mark_number(&mut self, digit: char) {
        let numbers = [format!("{}{digit}", self.number), digit.to_string()];
        let found = numbers.into_iter().find_map(|number| {
            let line = self.line_of_number(&number)?;
            Some((number, line))
        });
        if let Some((number, line)) = found {
            (self.number, self.at) = (number, line);
        }
    }

    /// The line of this number, else the first one whose number begins so.
    fn line_of_number(&self, typed: &str) -> Option<usize> {
        let number =
            |line: &String| -> String { line.chars().take_while(char::is_ascii_digit).collect() };
        let numbers: Vec<String> = self.lines.iter().map(number).collect();
        let whole = numbers.iter().position(|number| number == typed);
        whole.or_else(|| numbers.iter().position(|number| number.starts_with(typed)))
    }

    /// The one line that has what is typed for its key.
    pub fn line_by_key(&self) -> Option<usize> {
        match lines_named(&self.typed, &self.lines).as_slice() {
            [line] => Some(*line),
            _ => None,
        }
    }

    /// Is what is typed in no line, so that it can only be words of one's own?
    pub fn has_own_words(&self) -> bool {
        !self.typed.is_empty() && self.matching().iter().all(|at| Some(*at) == self.other())
    }

    /// Has the line this in it, or its option's id?
    fn has(&self, at: usize, typed: &str) -> bool {
        let names = [self.lines.get(at), self.ids.get(at)];
        names.into_iter().flatten().any(|name| name.to_lowercase().contains(typed))
    }
}
