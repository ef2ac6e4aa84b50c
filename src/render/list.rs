//! Entries as lines under their days.

use chrono::{DateTime, FixedOffset, Timelike};
use rayon::prelude::*;
use textwrap::core::display_width;

use crate::config::Clock;
use crate::entry::{Answer, Entry, EntryId, Value};
use crate::journal::StoredEntry;
use crate::practice::{PAGE_TITLE, Practices, SENTENCE, is_own_page};

use super::terminal::{WIDEST, cut, day_heading, pad};
use super::{EntryLinks, TextPage, clean_line};

/// What a list says of an entry. A list may be long, and is all that is held.
pub struct ListRow {
    id: EntryId,
    at: DateTime<FixedOffset>,
    practice: String,
    about: Option<EntryId>,
    /// What is said of it before its words, with a space behind it.
    mark: String,
    /// In lines.
    pub(super) said: Vec<String>,
}

/// The widest that a row is.
const MOST: usize = WIDEST + 20;

impl ListRow {
    /// With what the entry says first in the writer's own words.
    pub fn of(kept: &StoredEntry, practices: &Practices) -> ListRow {
        ListRow::saying(kept, vec![cut(&summary(&kept.entry, practices), MOST)])
    }

    /// The same, of a session whose answers are numbers: what it is, and what was written.
    pub fn titled(kept: &StoredEntry, title: &str) -> ListRow {
        let title = clean_line(title);
        let said = match own_words(&kept.entry) {
            Some(words) => format!("{title} · {words}"),
            None => title,
        };
        ListRow::saying(kept, vec![cut(&said, MOST)])
    }

    pub(super) fn saying(kept: &StoredEntry, said: Vec<String>) -> ListRow {
        ListRow {
            id: kept.entry.id.clone(),
            at: kept.entry.at,
            practice: clean_line(&kept.entry.practice),
            about: kept.entry.about.clone(),
            mark: conflict_mark(kept).to_owned(),
            said,
        }
    }
}

impl ListRow {
    /// The same, where a file that belongs to the entry is not there.
    pub fn missing_file(mut self, is_missing: bool) -> ListRow {
        self.mark += if is_missing { "(a file is missing) " } else { "" };
        self
    }

    /// The same, with the entries that it follows up or that follow it up.
    pub fn linked(mut self, links: &EntryLinks, clock: &Clock) -> ListRow {
        self.mark += &links.list_mark(&self.id, self.about.as_ref(), clock);
        self
    }
}

/// What became of it on several devices apart.
fn conflict_mark(kept: &StoredEntry) -> &'static str {
    match (kept.beside.is_empty(), kept.deleted_elsewhere) {
        (true, false) => "",
        (true, true) => "(deleted elsewhere) ",
        (false, false) => "(edited twice) ",
        (false, true) => "(edited twice, deleted elsewhere) ",
    }
}

/// A line an entry, under the days; with its id, where it is kept and has one.
pub fn list(rows: &[ListRow], ids: bool, clock: &Clock, page: &TextPage) -> String {
    lines(rows, ids, clock, page, |row, room| row.said.iter().map(|said| cut(said, room)).collect())
}

/// The same, with whatever is to be said of each entry in lines that fit.
pub(super) fn lines(
    rows: &[ListRow],
    ids: bool,
    clock: &Clock,
    page: &TextPage,
    said: impl Fn(&ListRow, usize) -> Vec<String> + Sync,
) -> String {
    let widest = rows.iter().map(|row| display_width(&row.practice)).max();
    let widest = widest.unwrap_or(0).min(12);
    // Each on the core that is free; below these many, calling them costs more.
    const FEW: usize = 64;
    let of_row = |row: &ListRow| line(row, widest, page, &said);
    let lines: Vec<String> = rows.par_iter().with_min_len(FEW).map(of_row).collect();
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 32).sum());
    let mut day = None;
    for (row, line) in rows.iter().zip(lines) {
        let its_day = clock.day_of(row.at);
        if day.replace(its_day) != Some(its_day) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text += &format!("{gap}{}\n", page.strong(&day_heading(its_day, clock.today())));
        }
        if ids {
            text += &format!("  {}", page.quiet(row.id.as_str()));
        }
        text += &line;
    }
    text
}

fn line(
    row: &ListRow,
    widest: usize,
    page: &TextPage,
    said: impl Fn(&ListRow, usize) -> Vec<String>,
) -> String {
    let time = format!("{:02}:{:02}", row.at.hour(), row.at.minute());
    let practice = pad(&row.practice, widest);
    let marks = &row.mark;
    let used = 2 + 10 + 2 + 5 + 2 + widest + 2 + marks.len();
    let room = page.width.min(MOST).saturating_sub(used);
    let lines = if room < 8 { Vec::new() } else { said(row, room) };
    let mut text = format!("  {time}  {practice}  {marks}");
    text += &lines.join(&format!("\n{}", " ".repeat(used)));
    text.trim_end().to_owned() + "\n"
}

/// The title, where the entry has one, on one line.
pub(super) fn title(entry: &Entry) -> Option<String> {
    match &entry.answer("title")?.value {
        Value::Text(title) => Some(clean_line(title)).filter(|title| !title.is_empty()),
        _ => None,
    }
}

/// The sentence that the answers build, and the answers behind it.
pub(super) fn part_sentence(entry: &Entry) -> (Option<&Answer>, &[Answer]) {
    match entry.answers.split_first() {
        Some((first, rest)) if first.question == SENTENCE => (Some(first), rest),
        Some(_) | None => (None, &entry.answers),
    }
}

fn summary(entry: &Entry, practices: &Practices) -> String {
    if is_own_page(entry) {
        return PAGE_TITLE.to_owned();
    }
    if entry.about.is_some() {
        let answers = entry.answers.iter().map(|answer| clean_line(&answer.text()));
        return answers.collect::<Vec<_>>().join(" · ");
    }
    let words = headline(entry, practices);
    match title(entry).filter(|title| *title != words) {
        Some(title) => format!("{title} · {words}"),
        None => words,
    }
}

/// What an entry is about: the sentence that its answers build, which has the primary one
/// in it; or that one; or else the title, or the longest of the writer's own words.
pub(super) fn headline(entry: &Entry, practices: &Practices) -> String {
    let primary = practices.primary(&entry.practice).and_then(|id| entry.answer(id));
    let own = || entry.answers.iter().filter(is_own_words);
    let longest = || own().max_by_key(|answer| answer.value.length());
    let said = |answer: &Answer| Some(clean_line(&answer.text())).filter(|said| !said.is_empty());
    let first = part_sentence(entry).0.and_then(said).or_else(|| primary.and_then(said));
    let first = first.or_else(|| title(entry)).or_else(|| longest().and_then(said));
    first.unwrap_or_else(|| match entry.answers.as_slice() {
        [only] => clean_line(&only.text()),
        answers => format!("{} answers", answers.len()),
    })
}

/// The first answer in words of the writer's own.
fn own_words(entry: &Entry) -> Option<String> {
    entry.answers.iter().find(is_own_words).map(|answer| clean_line(&answer.text()))
}

/// Words, and no option that was chosen.
fn is_own_words(answer: &&Answer) -> bool {
    matches!(answer.value, Value::Text(_)) && answer.labels.is_empty()
}
