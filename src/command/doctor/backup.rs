//! `doctor --backup`: is a copy of the journal complete, and how does it differ from this one?

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::app::{App, CommandError};
use crate::checks::{BackupDifference, compare_backup, journals_in};
use crate::error::{Exit, Result};
use crate::journal::{Damaged, Journal, Reader, StoredEntry};
use crate::query::Query;
use crate::render::{clean_line, document};

use super::finding_counts::FindingCounts;

const OUTDATED: &str = "The backup isn't encrypted to your current list of recipients. Copy the journal's folder again, and destroy the old copy.";

/// What the comparison found, and how many entries it compared.
struct BackupReport<'a> {
    folder: &'a Path,
    here: usize,
    entries: usize,
    differences: Vec<BackupDifference>,
    damaged: Vec<Damaged>,
    /// How many of its files are encrypted to other keys than your list has by now.
    outdated: usize,
}

/// Opens both with the key and compares them, entry by entry, changing neither.
pub fn check_backup(app: &App, folder: &Path, in_json: bool) -> Result<Exit> {
    let copy = journal_in(app, folder)?;
    if copy.root() != folder {
        let root = clean_line(&copy.root().display().to_string());
        app.terminal.say(&format!("Found the journal in {root}."));
    }
    let identity = app.unlock()?;
    let identity = &identity;
    let query = &Query::everything();
    let clock = app.clock();
    let read = |what: &str, journal: &Journal| {
        app.terminal.working(what, |progress| {
            journal.find_all(&Reader { identity, query, clock, progress })
        })
    };
    let mut there = read("Opening the backup", &copy)?;
    let heads = there.entries.iter().flat_map(StoredEntry::heads);
    let attached = app.terminal.working("Reading the backup's attachments", |_| {
        heads.flat_map(|head| copy.damaged_attachments(head, identity)).collect::<Vec<_>>()
    });
    // Two versions of an entry may name the same file.
    let attached = attached.into_iter().map(|it| (it.path.clone(), it));
    there.damaged.extend(attached.collect::<BTreeMap<_, _>>().into_values());
    let outdated = app.audience.take().len();
    let journal = app.journal();
    let here = read("Opening the entries here", &journal)?;
    let shown: HashSet<_> = here.entries.iter().map(|stored| &stored.entry.id).collect();
    let hidden = journal.scan()?.groups.into_iter().map(|group| group.id);
    let deleted = hidden.filter(|id| !shown.contains(id)).collect();
    let report = BackupReport {
        folder: copy.root(),
        here: here.entries.len(),
        entries: there.entries.len(),
        differences: compare_backup(&here, &there, &deleted),
        damaged: there.damaged,
        outdated,
    };
    app.terminal.print(&if in_json { report.json() } else { report.text(app) })?;
    let is_whole =
        report.damaged.is_empty() && !report.differences.iter().any(|d| d.state.is_gap());
    // Damage here is named, and decides the exit code, as in every command.
    let exit = if is_whole { Exit::Done } else { Exit::SomeDamaged };
    Ok(app.finish(&here.damaged, exit))
}

/// The one journal in this folder, or in the folders below it.
fn journal_in(app: &App, folder: &Path) -> Result<Journal> {
    let at = |folder: &Path| Journal::at(app.disk(), folder).in_home(&app.config.paths.home);
    let place = app.journal().home_place();
    let journals = journals_in(folder);
    let copies: Vec<&PathBuf> = journals.iter().filter(|it| at(it).home_place() != place).collect();
    let path = folder.to_owned();
    match copies.as_slice() {
        [copy] => Ok(at(copy)),
        [] if journals.is_empty() => Err(CommandError::NoBackup { path }.into()),
        [] => Err(CommandError::BackupIsJournal { path }.into()),
        [one, other, ..] => {
            let copies = [one, other].map(|copy| (*copy).clone());
            Err(CommandError::SeveralBackups { path, copies }.into())
        }
    }
}

impl BackupReport<'_> {
    fn text(&self, app: &App) -> String {
        let page = app.terminal.page();
        let mut text = String::new();
        let mut line = |word: &str, what: &str, means: &str| {
            let means = page.wrap(&format!("{means}."), "  ");
            text += &format!("{} {}\n{means}\n", page.strong(word), clean_line(what));
        };
        let mut counts = FindingCounts::default();
        for damaged in &self.damaged {
            let means = format!("{}. {}", damaged.why.sentence(), damaged.why.hint());
            if counts.is_among_first("Damaged:", &means) {
                line("Damaged:", &damaged.path.display().to_string(), &means);
            }
        }
        for difference in &self.differences {
            let (word, means) = (difference.state.word(), difference.state.sentence());
            if counts.is_among_first(word, means) {
                let what = format!("{}, {}", app.moment_words(difference.at), difference.id);
                line(word, &what, means);
            }
        }
        for (word, means, more) in counts.others() {
            line(word, &format!("{more} more"), means);
        }
        let same = self.differences.is_empty() && self.damaged.is_empty();
        let end = if same {
            "Every entry opens, and the two match."
        } else {
            "All other entries in the backup open, and match."
        };
        let counts = format!("Entries here: {}. In the backup: {}. {end}", self.here, self.entries);
        let outdated = match self.outdated {
            0 => String::new(),
            _ => format!("{}\n", page.wrap(OUTDATED, "")),
        };
        let counts = format!("{}\n{outdated}", page.wrap(&counts, ""));
        // That they match is no error.
        if same && app.terminal.is_quiet() { String::new() } else { text + &counts }
    }

    fn json(&self) -> String {
        let different = self.differences.iter().map(
            |d| json!({ "id": d.id, "at": d.at, "is": d.state.name(), "means": d.state.sentence() }),
        );
        let damaged = self
            .damaged
            .iter()
            .map(|d| json!({ "path": d.path.to_string_lossy(), "means": d.why.sentence() }));
        document(json!({ "backup": { "folder": self.folder.to_string_lossy(),
            "entries_here": self.here, "entries_there": self.entries, "outdated": self.outdated,
            "different": different.collect::<Vec<Json>>(),
            "damaged": damaged.collect::<Vec<Json>>() } }))
    }
}
