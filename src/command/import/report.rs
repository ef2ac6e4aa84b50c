//! The report of an import: what is new, and what wasn't imported.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;

use crate::app::App;
use crate::entry::Entry;
use crate::error::Result;
use crate::import::{ImportIssue, ImportProblem};
use crate::journal::StoredEntry;
use crate::render::{self, ListRow, clean_line};
use crate::words::count_of;

use super::Import;

pub(super) struct ImportReport {
    pub dry: bool,
    pub json: bool,
    /// Give each problem its own line, even if many are alike.
    pub all: bool,
}

impl ImportReport {
    pub(super) fn print(&self, app: &App, import: &Import) -> Result<()> {
        if self.json {
            let text = import.json(self.dry);
            return app.terminal.print_outcome(&text, !self.dry && !import.new.is_empty());
        }
        if self.dry {
            let newest = import.newest_heads().cloned();
            let mut entries: Vec<StoredEntry> = newest.map(StoredEntry::new).collect();
            entries.sort_by_key(|stored| Reverse(stored.entry.at.naive_local()));
            let page = app.terminal.page();
            let rows = entries.iter().map(|entry| ListRow::of(entry, &app.practices));
            let rows: Vec<ListRow> = rows.collect();
            let list = render::list(&rows, import.ids_last, app.clock(), &page);
            app.terminal.print_paged(&list)?;
        }
        print_problems(app, &import.problems, self.all);
        let source = import.source.title;
        let done = if self.dry { "Would import" } else { "Imported" };
        let mut line = match import.days() {
            None => format!("{done} from {source}: nothing new."),
            Some((first, last)) => {
                let days =
                    if first == last { first.to_string() } else { format!("{first} to {last}") };
                format!("{done} from {source}: {}, {days}.", entries(count_ids(&import.new)))
            }
        };
        match import.count_completed() {
            0 => {}
            1 if count_ids(&import.new) == 1 => {
                line += " It was here already, without all of its files.";
            }
            1 => line += " One of them was here already, without all of its files.",
            count => {
                line += &format!(" {count} of them were here already, without all of their files.");
            }
        }
        match import.files.values().map(Vec::len).sum() {
            0 => {}
            1 => line += " One file is attached.",
            count => line += &format!(" {count} files are attached."),
        }
        if import.known > 0 {
            line += &format!(" Already here, or deleted here: {}.", entries(import.known));
        }
        if import.repeated > 0 {
            line += &format!(" Duplicates: {}.", entries(import.repeated));
        }
        if import.others > 0 {
            line += &format!(" Skipped, as files of another kind: {}.", import.others);
        }
        if !self.dry && import.path != Path::new("-") {
            line += &format!(" {} still holds all of it, as plain text.", named_path(import.path));
        }
        app.terminal.say(&line);
        Ok(())
    }
}

impl Import<'_> {
    /// The entries without their other heads, which follow the newest in a file.
    fn newest_heads(&self) -> impl Iterator<Item = &Entry> {
        self.new.chunk_by(|a, b| a.id == b.id).filter_map(|heads| heads.first())
    }

    /// How many of the entries an earlier import kept with fewer files.
    fn count_completed(&self) -> usize {
        let is_completed = |entry: &&Entry| self.earlier.contains_key(&entry.id);
        self.newest_heads().filter(is_completed).count()
    }

    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.new.iter().map(Entry::day);
        days().min().zip(days().max())
    }

    fn json(&self, dry: bool) -> String {
        let id = |entry: &Entry| self.ids_last.then(|| entry.id.clone());
        let newest = self.newest_heads();
        let new: Vec<_> = newest.map(|e| json!({ "id": id(e), "at": e.at })).collect();
        let problems = |lost: bool| {
            let of_kind = self.problems.iter().filter(move |p| p.why.is_lost() == lost);
            of_kind
                .map(|p| {
                    json!({ "file": p.path, "line": p.spot.line, "entry": p.spot.entry,
                            "why": p.why.sentence() })
                })
                .collect::<Vec<_>>()
        };
        render::document(json!({
            "from": self.source.name, "dry_run": dry, "entries": new, "known": self.known,
            "completed": self.count_completed(), "repeated": self.repeated,
            "left_out": problems(true), "noted": problems(false), "others": self.others,
        }))
    }
}

/// How many entries these heads are of.
pub(super) fn count_ids<'a>(heads: impl IntoIterator<Item = &'a Entry>) -> usize {
    heads.into_iter().map(|entry| &entry.id).collect::<HashSet<_>>().len()
}

fn entries(count: usize) -> String {
    count_of(count, "entry", "entries")
}

/// A path as it was given, or in full if it has no name of its own, such as a dot.
fn named_path(path: &Path) -> String {
    let full = path.file_name().is_none().then(|| path.canonicalize().ok()).flatten();
    clean_line(&full.as_deref().unwrap_or(path).display().to_string())
}

/// Prints what wasn't imported, or was imported with a change. Issues that may occur
/// hundreds of times get one line, and notes without a date, of which a vault may have any number,
/// always do, unless all are asked for.
pub(super) fn print_problems(app: &App, problems: &[ImportProblem], all: bool) {
    const EACH: usize = 5;
    let page = app.terminal.messages();
    let word = |problem: &ImportProblem| {
        page.strong(if problem.why.is_lost() { "Left out:" } else { "Noted:" })
    };
    let mut alike: HashMap<&str, Vec<&ImportProblem>> = HashMap::new();
    for problem in problems.iter().filter(|_| !all) {
        problem
            .why
            .kind()
            .into_iter()
            .for_each(|kind| alike.entry(kind).or_default().push(problem));
    }
    for problem in problems {
        let kind = problem.why.kind();
        let many = kind.and_then(|kind| Some((kind, alike.get(kind)?)));
        let sums_up =
            |those: &[&ImportProblem]| those.len() > EACH || problem.why == ImportIssue::NoDate;
        if let Some((kind, those)) = many.filter(|(_, those)| sums_up(those)) {
            // One line, at the first of them.
            if std::ptr::eq(those[0], problem) {
                app.terminal.say_record(&format!("{} {}", word(problem), summary(kind, those)));
            }
            continue;
        }
        let why = clean_line(&problem.why.sentence());
        let line = format!("{} {}: {why}.", word(problem), place(problem));
        if problem.why.is_damage() {
            // The exit code tells of it, so it's named however quiet it is to be.
            app.terminal.say_record_always(&line);
        } else {
            app.terminal.say_record(&line);
        }
    }
}

/// How many there are of a kind, with the first few.
fn summary(kind: &str, those: &[&ImportProblem]) -> String {
    const FIRST: usize = 3;
    let kind = match (&those[0].why, those.len()) {
        (ImportIssue::NoDate, 1) => kind.replacen("files", "file", 1),
        _ => kind.to_owned(),
    };
    let count = those.len();
    let some: Vec<String> = those.iter().take(FIRST).map(|it| place(it)).collect();
    let some = some.join(", ");
    if count > FIRST {
        format!("{count} {kind}, such as {some}. --verbose lists them all.")
    } else {
        format!("{count} {kind}: {some}.")
    }
}

/// The file, and where in it.
fn place(problem: &ImportProblem) -> String {
    let line = problem.spot.line.map_or(String::new(), |line| format!(" line {line}"));
    let entry = problem.spot.entry.map_or(String::new(), |entry| format!(", entry {entry}"));
    format!("{}{line}{entry}", clean_line(&problem.path))
}

/// Says that an export can't be recognized, as it can't be opened.
pub fn tell_new_ids(app: &App) {
    app.terminal.say(&app.locked_sentence(
        "so inward can't check whether this export is its own, and the entries get new ids.",
        "Run `inward unlock` first to keep the ids.",
    ));
}

/// Says that what was changed in the file can't be told from what is here.
pub fn tell_changes_left_out(app: &App) {
    app.terminal.say(&app.locked_sentence(
        "so inward can't tell whether this file changed entries that are here, and leaves those out.",
        "Run `inward unlock` first to import what was changed.",
    ));
}

/// Says that what another device imported can't be recognized, as it can't be opened.
pub fn tell_imported_twice(app: &App) {
    app.terminal.say(&app.locked_sentence(
        "so inward can't recognize what another device imported, and may import it twice.",
        "Run `inward unlock` first to avoid that.",
    ));
}
