//! `inward` alone: the day's page, and one gentle line. It unlocks nothing.

mod first_days;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value as Json, json};

use crate::app::{
    App, JournalPresence, belongs_to, due_follow_ups, due_practices, is_edit, some_left_out,
};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{SearchResult, StoredEntry};
use crate::keys::KeyObstacle;
use crate::query::Query;
use crate::render::{TextPage, clean_line, day_words, document};
use crate::words::{count_of, plural};

use first_days::next_step;

/// One for each day, in turn, whatever is in the journal: anyone may see it.
const LINES: &[&str] = &[
    "One honest sentence is plenty.",
    "Small is fine.",
    "Write if it helps.",
    "Any question can be skipped.",
    "There's no right answer here.",
    "Half a thought will do.",
    "It doesn't have to make sense yet.",
    "You can stop whenever you like.",
    "Nobody's keeping score.",
    "A tired sentence is still a sentence.",
    "Not today is an answer, too.",
    "One word is a start.",
    "Some days are for leaving it closed.",
];

/// Days without an entry after which the page greets the writer, without counting them.
const ABSENCE: i64 = 7;

/// Shown before there is a journal: what to type, and what that does.
const WELCOME: &[(&str, &str)] = &[
    ("inward tour", "See how it works, in a throwaway journal"),
    ("inward intent", "Start your own: choose a passphrase, and answer a question"),
    ("inward --help", "Everything else"),
];

/// The contents of the day's page. A row is what to type after `inward`, and why.
struct DayPage {
    day: NaiveDate,
    is_unlocked: bool,
    kept: KeptToday,
    due: Vec<Row>,
    follow_ups: Vec<String>,
    drafts: Vec<Row>,
    is_half_resealed: bool,
    /// What is wrong with the key or its list: what to type, and why.
    key_trouble: Option<(&'static str, &'static str)>,
    /// The same of the journal's files.
    file_trouble: Option<(&'static str, &'static str)>,
    /// The next step, in the first days, where nothing is wrong that it could meet.
    next: Option<Row>,
    line: &'static str,
}

type Row = (String, String);

/// Today's entries: their practices and times if all can be opened without asking, otherwise
/// their number.
enum KeptToday {
    Known(Vec<Row>),
    /// Deleted ones count.
    Counted(usize),
}

/// # Errors
/// The key's folder or the settings of a routine cannot be read.
pub fn today(app: &App, in_json: bool) -> Result<Exit> {
    let page = if app.is_set_up()? { Some(day_page(app)?) } else { None };
    if page.is_none() {
        app.refuse_a_second_key()?;
    }
    let text_page = app.terminal.page();
    app.terminal.print(&match (page, in_json) {
        (page, true) => document(json!({ "today": page.map(|page| page.json()) })),
        (Some(page), false) => page.text(&text_page),
        (None, false) => welcome(&text_page),
    })?;
    Ok(Exit::Done)
}

fn welcome(page: &TextPage) -> String {
    let title = page.strong("inward, a private, guided journal");
    let indent = hanging(page.width, 19);
    let options = textwrap::Options::new(page.width).subsequent_indent(&indent);
    let row = |(command, does): &(&str, &str)| {
        textwrap::fill(&format!("  {command:<15}  {does}"), &options) + "\n"
    };
    format!("{title}\n\n{}", WELCOME.iter().map(row).collect::<String>())
}

fn day_page(app: &App) -> Result<DayPage> {
    let clock = app.clock();
    let state = app.state();
    let away = state.latest().map(|at| (clock.today() - clock.day_of(at)).num_days());
    let line = match away {
        Some(days) if days >= ABSENCE => "Good to see you. Start anywhere.",
        _ => LINES[clock.today().num_days_from_ce() as usize % LINES.len()],
    };
    let kept = kept_today(app);
    // One that another device kept today isn't due here, either.
    let due = due_practices(app, &state).into_iter().filter(|p| !kept.has(&p.name));
    let follow_ups = due_follow_ups(app)?.into_iter();
    let presence = app.journal_presence().unwrap_or(JournalPresence::Here);
    let (key_trouble, file_trouble) = (key_trouble(app), file_trouble(app, &presence));
    // A step is about what was kept.
    let is_well = key_trouble.is_none() && matches!(presence, JournalPresence::Here);
    let next = next_step(&state, clock).filter(|_| is_well);
    Ok(DayPage {
        day: clock.today(),
        is_unlocked: app.keys().is_unlocked(),
        due: due.map(|p| (p.name.clone(), clean_line(&p.about))).collect(),
        kept,
        follow_ups: follow_ups.map(|p| p.name.clone()).collect(),
        drafts: unfinished(app),
        is_half_resealed: app.is_half_resealed(),
        key_trouble,
        file_trouble,
        next: next.map(|(name, does)| (name.to_owned(), does.to_owned())),
        line,
    })
}

fn key_trouble(app: &App) -> Option<(&'static str, &'static str)> {
    match app.key_obstacle() {
        // A device may be meant only to write.
        Some(KeyObstacle::Missing) if app.keys().is_identity_lost() => {
            Some(("init --identity FILE", "the key isn't here; restore your backup"))
        }
        Some(KeyObstacle::Unreadable) => Some(("doctor", "the key here can't be read")),
        Some(KeyObstacle::DoesNotFit) => Some(("doctor", "the key here doesn't fit this journal")),
        Some(KeyObstacle::Missing | KeyObstacle::Locked) | None => {
            let is_refused = app.keys().recipients().is_err();
            is_refused.then_some(("doctor", "nothing can be kept until your list of keys is fixed"))
        }
    }
}

fn file_trouble(app: &App, presence: &JournalPresence) -> Option<(&'static str, &'static str)> {
    match presence {
        JournalPresence::Misplaced(_) => Some(("doctor", "your entries are in the wrong folder")),
        JournalPresence::Nearby(_) | JournalPresence::Emptied => app
            .is_known()
            .then_some(("doctor", "the entries that this device remembers aren't here")),
        JournalPresence::Here | JournalPresence::New => None,
    }
}

impl DayPage {
    fn text(&self, page: &TextPage) -> String {
        let unlocked = if self.is_unlocked { ", unlocked" } else { "" };
        let mut text = format!("{}{}\n", page.strong(&day_words(self.day)), page.quiet(unlocked));
        let follow_up =
            |name: &String| (format!("{name} --follow-up"), "what became of what you wrote".into());
        let due = self.due.iter().cloned().chain(self.follow_ups.iter().map(follow_up));
        let change = ("key reseal", "a change of keys isn't finished");
        let keys = self.key_trouble.into_iter().chain(self.is_half_resealed.then_some(change));
        let owned = |(command, why): (&str, &str)| (command.to_owned(), why.to_owned());
        text += &section("kept", self.kept.rows(), page);
        text += &section("due", due.collect(), page);
        text += &section("draft", self.drafts.clone(), page);
        text += &section("keys", keys.map(owned).collect(), page);
        text += &section("files", self.file_trouble.into_iter().map(owned).collect(), page);
        text += &section("next", self.next.iter().cloned().collect(), page);
        text + &format!("\n{}\n", page.wrap(self.line, ""))
    }

    fn json(&self) -> Json {
        let due: Vec<&String> = self.due.iter().map(|(name, _)| name).collect();
        json!({ "day": self.day.to_string(), "unlocked": self.is_unlocked,
                "entries_today": self.kept.count(), "due": due, "follow_ups": self.follow_ups,
                "has_draft": !self.drafts.is_empty(), "line": self.line })
    }
}

impl KeptToday {
    fn count(&self) -> usize {
        match self {
            KeptToday::Known(rows) => rows.len(),
            KeptToday::Counted(count) => *count,
        }
    }

    fn has(&self, practice: &str) -> bool {
        match self {
            KeptToday::Known(rows) => rows.iter().any(|(name, _)| name == practice),
            KeptToday::Counted(_) => false,
        }
    }

    fn rows(&self) -> Vec<Row> {
        match self {
            KeptToday::Known(rows) => rows.clone(),
            KeptToday::Counted(0) => Vec::new(),
            KeptToday::Counted(count) => {
                let unless =
                    plural(*count, "unless you deleted it", "unless you deleted some of them");
                vec![(count_of(*count, "entry", "entries"), unless.to_owned())]
            }
        }
    }
}

/// The unfinished entries of this journal, with their practices if they can be opened without
/// asking.
fn unfinished(app: &App) -> Vec<Row> {
    let drafts = app.drafts();
    if drafts.is_empty() {
        return Vec::new();
    }
    let row = |words: String| ("resume".to_owned(), words);
    let Some(identity) = app.keys().unlocked_identity() else {
        return vec![row("an unfinished entry".to_owned())];
    };
    let journal = app.journal().home_place();
    let words = |draft: &Entry| {
        let (practice, moment) = (clean_line(&draft.practice), app.moment_words(draft.at));
        let edit = if is_edit(draft) { "change of an " } else { "" };
        (edit, format!("{practice}, {moment}"))
    };
    let entries = drafts.open(&identity).0;
    let each = entries.iter().filter(|draft| belongs_to(draft, &journal)).map(words);
    // This page shows none of their words, so drafts that look alike share a row.
    let mut alike: Vec<((&str, String), usize)> = Vec::new();
    for draft in each {
        match alike.iter_mut().find(|(words, _)| *words == draft) {
            Some((_, count)) => *count += 1,
            None => alike.push((draft, 1)),
        }
    }
    let line = |((edit, words), count): ((&str, String), usize)| match count {
        1 => row(format!("your unfinished {edit}entry: {words}")),
        _ if edit.is_empty() => row(format!("{count} unfinished entries: {words}")),
        _ => row(format!("{count} unfinished changes of entries: {words}")),
    };
    alike.into_iter().map(line).collect()
}

/// Today's entries, by their file names if they can't be opened. Entries that were deleted or
/// moved to another day don't count.
fn kept_today(app: &App) -> KeptToday {
    let today = app.clock().today();
    let query = Query { from: Some(today), to: Some(today), ..Query::everything() };
    let read = |identity| app.cached_journal().find(&query, &identity, app.clock()).ok();
    // One that can't be read is an entry of today all the same.
    let is_whole = |results: &SearchResult| !some_left_out(&results.damaged);
    let results = app.keys().unlocked_identity().and_then(read).filter(is_whole);
    let Some(results) = results else {
        return KeptToday::Counted(app.journal().count_on(today).unwrap_or_default());
    };
    let row = |stored: &StoredEntry| {
        (clean_line(&stored.entry.practice), stored.entry.at.format("%H:%M").to_string())
    };
    KeptToday::Known(results.entries.iter().rev().map(row).collect())
}

/// What stands before the second line of a row: the width of its first column, where that
/// leaves room for words.
fn hanging(room: usize, column: usize) -> String {
    " ".repeat(if room < column + 10 { 2 } else { column })
}

fn section(word: &str, rows: Vec<Row>, page: &TextPage) -> String {
    let mut text = String::new();
    for (i, (name, words)) in rows.iter().enumerate() {
        let lead = if i == 0 { word } else { "" };
        let gap = if i == 0 { "\n" } else { "" };
        // Between a command and the words there is always a gap that can be seen.
        let space = if name.chars().count() < 10 { " " } else { "  " };
        let line = format!("{name:<10}{space}{words}");
        let room = page.width.saturating_sub(8).max(12);
        let indent = hanging(room, 11);
        let lines = textwrap::wrap(&line, textwrap::Options::new(room).subsequent_indent(&indent));
        for (j, line) in lines.iter().enumerate() {
            let lead = if j == 0 { lead } else { "" };
            let gap = if j == 0 { gap } else { "" };
            text += &format!("{gap}  {} {line}\n", page.quiet(&format!("{lead:<5}")));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_in_a_very_narrow_window() {
        let row = ("key backup FILE".to_owned(), "copy your key: without it, nothing".to_owned());
        for (width, widest) in [(20, 20), (30, 30)] {
            let page = TextPage { width, colour: false };
            let text = section("next", vec![row.clone()], &page);
            assert!(text.contains("without"), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= widest), "{text}");
            assert!(welcome(&page).contains("throwaway"), "{}", welcome(&page));
        }
    }
}
