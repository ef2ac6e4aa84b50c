//! What a practice file seems to lack only because a field of it can't be read.

use std::ops::RangeInclusive;

use crate::config::line_of;

use super::super::Mistake;
use super::stand_ins::NAME;

/// A field that was left out.
pub struct LeftOutField {
    name: String,
    /// The lines of its table; all, where it's the file's own.
    lines: RangeInclusive<usize>,
}

/// Fields, and what is said of their own table without them.
const OF_ITS_TABLE: &[(&str, &str)] = &[
    ("ask", "can't end several wordings"),
    ("from", "nothing to choose from"),
    ("from", "has no group"),
    ("kind", "nothing to choose from"),
    ("kind", "must be 1 or more, on a list"),
    ("kind", "A question can't set"),
    ("of", "has no items"),
    ("of", "the wrong number of questions"),
    ("options", "nothing to choose from"),
    ("scale", "has no range"),
    ("shows", "can't be shown this way"),
    ("shows", "the wrong number of questions"),
    ("shows", "There's no question"),
    ("words", "has no `words`"),
];

/// Fields, and what is said of the whole file without them.
const OF_THE_FILE: &[(&str, &str)] = &[
    ("id", "No earlier question is called"),
    ("id", "There's no question"),
    ("id", "There's no score"),
    ("id", "There's no section"),
    ("kind", "can't be shown this way"),
    ("kind", "has no choices to sort"),
    ("kind", "isn't one of the options"),
    ("kind", "has no number to score"),
    ("options", "can't be shown this way"),
    ("options", "isn't one of the options"),
    ("parts", "Only a practice of parts"),
    ("question", "It asks nothing"),
    ("question", "No earlier question is called"),
    ("question", "No question keeps the answer"),
    ("question", "There's no question"),
    ("scale", "can't be shown this way"),
    ("scale", "has no items"),
    ("scale", "has no number to score"),
    ("section", "There are no parts"),
    ("section", "There's no section"),
    ("section", "has no items"),
    ("sentence", "There's no question"),
];

impl LeftOutField {
    /// One whose table starts at this byte.
    pub fn of(text: &str, name: &str, table: usize) -> LeftOutField {
        let is_header = |line: &str| line.trim_start().starts_with('[');
        let first = line_of(text, table);
        let is_root = !text.lines().nth(first - 1).is_some_and(is_header);
        let later = text.lines().enumerate().skip(first);
        let next = later.filter(|(_, line)| is_header(line)).map(|(index, _)| index).next();
        let last = next.filter(|_| !is_root).unwrap_or(usize::MAX);
        LeftOutField { name: name.to_owned(), lines: if is_root { 1 } else { first }..=last }
    }
}

/// Is it a mistake only because of fields that were left out?
pub fn follows(mistake: &Mistake, left_out: &[LeftOutField]) -> bool {
    let is_said = |table: &[(&str, &str)], field: &LeftOutField| {
        table.iter().any(|(name, words)| *name == field.name && mistake.what.contains(words))
    };
    let is_of = |field: &LeftOutField| {
        is_said(OF_THE_FILE, field)
            || (field.lines.contains(&mistake.line) && is_said(OF_ITS_TABLE, field))
    };
    mistake.what.contains(NAME) || left_out.iter().any(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_may_follow_is_something_that_is_said_of_practice_files() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/practice/lint");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.is_file() && !path.ends_with("tests.rs"));
        let said: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        for (name, words) in OF_ITS_TABLE.iter().chain(OF_THE_FILE) {
            assert!(said.contains(words), "{name}: nothing says “{words}”");
        }
    }
}
