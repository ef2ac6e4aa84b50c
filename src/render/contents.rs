//! What a document of many entries says before the first of them: of which days it is,
//! what it was chosen by, and where in it which month or practice begins.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;

use crate::words::count_of;

use super::escape::escape_words;
use super::unit::month_name;
use super::{ExportGrouping, PageKey, day_words};

/// What begins the table of contents, and what ends it. Nothing between them is an entry's.
pub const CONTENTS: &str = "<!-- contents -->";

/// The heading of the whole document.
pub const TITLE: &str = "Journal";

/// The parts of a document, and what it is of.
#[derive(Debug, Default)]
pub struct Contents {
    /// "1 March to 23 November 2026, practice reflect, 31 of 140 entries".
    pub about: String,
    /// By the month, or the practice.
    parts: BTreeMap<String, ContentsPart>,
}

#[derive(Debug)]
struct ContentsPart {
    first: NaiveDate,
    entries: usize,
}

impl Contents {
    /// Takes one entry more, in any order.
    pub fn add(&mut self, by: ExportGrouping, page: &PageKey) {
        let name = match by {
            ExportGrouping::Day | ExportGrouping::Entry | ExportGrouping::Month => {
                month_name(page.day)
            }
            ExportGrouping::Practice => page.name.clone(),
        };
        let new = ContentsPart { first: page.day, entries: 0 };
        let part = self.parts.entry(name).or_insert(new);
        part.first = part.first.min(page.day);
        part.entries += 1;
    }

    /// The title, the days and the parts, with an empty line behind them.
    pub(super) fn markdown(&self, by: ExportGrouping) -> String {
        let mut text = format!("# {TITLE}\n\n{CONTENTS}\n\n");
        escape_words(&mut text, &self.about);
        text += "\n\n";
        for (name, part) in &self.parts {
            let month = part.first.format("%B %Y").to_string();
            let (words, heading) = match by {
                ExportGrouping::Day => (month, Some(day_words(part.first))),
                ExportGrouping::Month => (month.clone(), Some(month)),
                // Each heading there has the words of an entry.
                ExportGrouping::Entry => (month, None),
                ExportGrouping::Practice => (name.clone(), Some(name.clone())),
            };
            let entries = count_of(part.entries, "entry", "entries");
            let linked = heading.map_or(words.clone(), |to| format!("[{words}](#{})", anchor(&to)));
            // Into memory, which takes whatever it is given.
            let _ = writeln!(text, "- {linked}: {entries}");
        }
        text + "\n" + CONTENTS + "\n\n"
    }
}

/// What readers of markdown make of a heading to link to it.
fn anchor(heading: &str) -> String {
    let letters = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    letters.collect::<String>().to_lowercase().replace(' ', "-")
}
