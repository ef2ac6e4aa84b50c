//! Entries as lines under their days.

use chrono::{DateTime, FixedOffset, Timelike};
use rayon::prelude::*;

use crate::config::Clock;
use crate::entry::{Answer, Entry, EntryId, Value};
use crate::journal::{Elsewhere, StoredEntry};
use crate::practice::{PAGE_TITLE, Practices, SENTENCE, is_own_page};

use super::links::followed_up;
use super::terminal::{WIDEST, columns, cut, day_heading, pad};
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
    pub(super) words: Vec<String>,
    /// How many lines more there would be.
    pub(super) unshown: usize,
}

/// Columns of the widest row.
const MOST: usize = WIDEST + 20;
/// With less room than this beside an entry's name, its words are below it, indented by
/// [`BELOW`].
const LEAST: usize = 20;
const BELOW: usize = 4;

impl ListRow {
    /// Shows what the entry says first in the writer's own words.
    pub fn of(stored: &StoredEntry, practices: &Practices) -> ListRow {
        ListRow::saying(stored, vec![cut(&summary(&stored.entry, practices), MOST)])
    }

    /// For a session whose answers are numbers: its title, and what was written in words.
    pub fn titled(stored: &StoredEntry, title: &str) -> ListRow {
        let title = clean_line(title);
        let words = match own_words(&stored.entry) {
            Some(words) => format!("{title} · {words}"),
            None => title,
        };
        ListRow::saying(stored, vec![cut(&words, MOST)])
    }

    pub(super) fn saying(stored: &StoredEntry, words: Vec<String>) -> ListRow {
        ListRow {
            id: stored.entry.id.clone(),
            at: stored.entry.at,
            practice: clean_line(&stored.entry.practice),
            about: followed_up(&stored.entry).cloned(),
            mark: conflict_mark(stored),
            words,
            unshown: 0,
        }
    }
}

impl ListRow {
    /// Marks an entry whose attachment has no file.
    pub fn missing_file(mut self, is_missing: bool) -> ListRow {
        self.mark += if is_missing { "(a file is missing) " } else { "" };
        self
    }

    /// Names the entries that it follows up or that follow it up.
    pub fn linked(mut self, links: &EntryLinks, clock: &Clock) -> ListRow {
        self.mark += &links.list_mark(&self.id, self.about.as_ref(), clock);
        self
    }
}

/// What was done to it in several places at once. Either may have been this device.
fn conflict_mark(stored: &StoredEntry) -> String {
    let edited = if stored.other_heads.is_empty() { "edited" } else { "edited in two places" };
    match stored.elsewhere {
        Elsewhere::Deleted => format!("({edited}, also deleted) "),
        Elsewhere::Moved(_) => format!("({edited}, also moved) "),
        Elsewhere::Nothing if stored.other_heads.is_empty() => String::new(),
        Elsewhere::Nothing => format!("({edited}) "),
    }
}

/// A line an entry, under the days; with its id, where it is kept and has one.
pub fn list(rows: &[ListRow], ids: bool, clock: &Clock, page: &TextPage) -> String {
    lines(rows, ids, clock, page, |row, room| {
        row.words.iter().map(|words| cut(words, room)).collect()
    })
}

/// Lists the rows, each with the lines that `words` makes to fit the given width.
pub(super) fn lines(
    rows: &[ListRow],
    ids: bool,
    clock: &Clock,
    page: &TextPage,
    words: impl Fn(&ListRow, usize) -> Vec<String> + Sync,
) -> String {
    let widest = rows.iter().map(|row| columns(&row.practice)).max();
    let widest = widest.unwrap_or(0).min(12);
    // Each on the core that is free; below these many, calling them costs more.
    const FEW: usize = 64;
    let of_row = |row: &ListRow| line(row, &night_mark(row.at, clock), widest, page, &words);
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

/// "(early Tuesday) ", of an hour that `day-ends` counts to the evening before; but not on that
/// night itself, below "today".
fn night_mark(at: DateTime<FixedOffset>, clock: &Clock) -> String {
    let (day, date) = (clock.day_of(at), at.date_naive());
    let is_tonight = day == clock.today() && date == clock.now.date_naive();
    if day == date || is_tonight { String::new() } else { at.format("(early %A) ").to_string() }
}

fn line(
    row: &ListRow,
    night: &str,
    widest: usize,
    page: &TextPage,
    words: impl Fn(&ListRow, usize) -> Vec<String>,
) -> String {
    let time = format!("{:02}:{:02}", row.at.hour(), row.at.minute());
    let practice = pad(&row.practice, widest);
    let marks = format!("{night}{}", row.mark);
    let beside = 2 + 10 + 2 + 5 + 2 + widest + 2 + columns(&marks);
    let width = page.width.min(MOST);
    let mut text = format!("  {time}  {practice}  {marks}");
    let is_below = width < beside + LEAST;
    let indent = if is_below { BELOW } else { beside };
    let lines = words(row, width.saturating_sub(indent).max(1));
    let start = format!("\n{}", " ".repeat(indent));
    if is_below && !lines.is_empty() {
        text = text.trim_end().to_owned() + &start;
    }
    text += &lines.join(&start);
    text.trim_end().to_owned() + "\n"
}

/// The title, where the entry has one, on one line.
pub(super) fn title(entry: &Entry) -> Option<String> {
    let Value::Text(title) = &entry.answer("title")?.value else { return None };
    Some(clean_line(title)).filter(|title| !title.is_empty())
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
        let answers: Vec<String> =
            listed(entry, practices).map(|answer| clean_line(&answer.text())).collect();
        return match answers.as_slice() {
            [] => practice_title(entry, practices),
            answers => answers.join(" · "),
        };
    }
    let words = headline(entry, practices);
    match title(entry).filter(|title| *title != words) {
        Some(title) => format!("{title} · {words}"),
        None => words,
    }
}

/// What an entry is about: the sentence that its answers build, which has the primary one
/// in it; or that one; or else the title, its own or its part's, or the longest of the writer's own words. None of
/// it tells whether the writer is afraid.
pub(super) fn headline(entry: &Entry, practices: &Practices) -> String {
    let answers: Vec<&Answer> = listed(entry, practices).collect();
    let words =
        |answer: &&Answer| Some(clean_line(&answer.text())).filter(|words| !words.is_empty());
    let primary = practices.primary(&entry.practice);
    let primary = || answers.iter().find(|answer| Some(answer.question.as_str()) == primary);
    let own = || answers.iter().filter(|answer| is_own_words(answer));
    let longest = || own().max_by_key(|answer| answer.value.length());
    let sentence = answers.first().filter(|answer| answer.question == SENTENCE);
    let first = sentence.and_then(words).or_else(|| primary().and_then(words));
    let title = || title(entry).or_else(|| part_title(entry, practices));
    let first = first.or_else(title).or_else(|| longest().and_then(words));
    first.unwrap_or_else(|| match (entry.answers.as_slice(), answers.as_slice()) {
        ([_], [only]) => clean_line(&only.text()),
        ([_], _) => practice_title(entry, practices),
        (all, _) => format!("{} answers", all.len()),
    })
}

/// The answers that may stand in a list, which stays in the terminal for anyone to read:
/// none to a question that asks about fear, and no sentence that has such an answer in it.
fn listed<'e>(entry: &'e Entry, practices: &'e Practices) -> impl Iterator<Item = &'e Answer> {
    let tells = practices.tell_fear(&entry.practice, &entry.answers);
    entry.answers.iter().filter(move |answer| {
        if answer.question == SENTENCE {
            !tells
        } else {
            !practices.can_tell_fear(&entry.practice, &answer.question)
        }
    })
}

/// The title of the part that was answered, where it is the same in every form.
fn part_title(entry: &Entry, practices: &Practices) -> Option<String> {
    let practice = practices.practice(&entry.practice).filter(|it| it.parts)?;
    let section = entry.answers.iter().find_map(|answer| {
        practice.question(&answer.question).and_then(|question| question.section.as_ref())
    });
    let section = practice.sections.iter().find(|it| Some(&it.id) == section)?;
    let is_fixed = section.changes.all().iter().all(|change| change.title.is_none());
    is_fixed.then(|| clean_line(&section.title))
}

fn practice_title(entry: &Entry, practices: &Practices) -> String {
    let practice = practices.practice(&entry.practice);
    practice.map_or_else(|| clean_line(&entry.practice), |practice| clean_line(&practice.title))
}

/// The first answer in words of the writer's own.
fn own_words(entry: &Entry) -> Option<String> {
    entry
        .answers
        .iter()
        .find(|answer| is_own_words(answer))
        .map(|answer| clean_line(&answer.text()))
}

/// Words, and no option that was chosen.
fn is_own_words(answer: &Answer) -> bool {
    matches!(answer.value, Value::Text(_)) && answer.labels.is_empty()
}
