//! A field that a practice file lacks, or that can't be read.

use std::ops::RangeInclusive;

use crate::config::line_of;

/// A field that was left out of what is read.
pub struct LeftOutField {
    name: String,
    /// The lines of its table; all, where it's the file's own.
    lines: RangeInclusive<usize>,
}

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

    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }

    /// Is this line in its table?
    pub fn is_beside(&self, line: usize) -> bool {
        self.lines.contains(&line)
    }
}
