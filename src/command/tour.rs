//! `tour`: the main job, done for real in a journal that exists only for it.

use std::path::Path;

use chrono::{DateTime, Duration, FixedOffset};
use clap::Args;

use crate::app::{App, VerbArgs};
use crate::disk::{self, DiskError};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::Journal;
use crate::keys::KeyError;
use crate::keys::Keys;
use crate::practice::{PracticeError, Practices};
use crate::prompt::AnswersInput;
use crate::query::Query;
use crate::render::{self, EntryLinks, Export, ExportGrouping, Layout, ListRow};
use crate::seal::PluginCallbacks;

/// See it work, in a journal that is gone afterwards
///
/// Keeps an intention, a reflection and a gratitude in a temporary journal, lists
/// them, exports them to markdown, and removes it all. Needs no terminal and asks
/// nothing.
#[derive(Args)]
pub struct TourArgs {}

/// Practice, hours ago, and the answers as flags would give them.
type Sample = (&'static str, i64, &'static [(&'static str, &'static str)]);

const SAMPLES: &[Sample] = &[
    (
        "intent",
        14,
        &[
            (
                "intention",
                "Today, I will notice when I or my partner need space without withdrawing.",
            ),
            ("if", "the talk turns to next summer"),
            ("then", "say that I need ten minutes, and come back"),
            ("room", "2"),
        ],
    ),
    (
        "reflect",
        1,
        &[
            ("outcome", "noticed"),
            ("connection", "He waited for me at the door."),
            ("closeness", "3"),
        ],
    ),
    (
        "gratitude",
        0,
        &[("gratitude", "She asked twice how the day went, and meant it."), ("share", "keep")],
    ),
];

impl VerbArgs for TourArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let parents = &app.config.memory_folders;
        let make = |parent| tempfile::Builder::new().prefix("inward-tour-").tempdir_in(parent).ok();
        let folder = parents
            .iter()
            .find_map(make)
            .map_or_else(tempfile::tempdir, Ok)
            .map_err(DiskError::io("make a folder in", &app.config.disk_folder))?;
        tour(app, folder.path())?;
        let path = folder.path().to_owned();
        folder.close().map_err(DiskError::io("remove", &path))?;
        step(app, "That journal is gone now. `inward intent` begins your own.")?;
        Ok(Exit::Done)
    }
}

fn tour(app: &App, home: &Path) -> Result<()> {
    let (clock, page) = (app.clock(), app.terminal.page());
    step(app, "A journal for this tour alone, with a key of its own:")?;
    let keys = Keys::new(disk::real(), &home.join("config"), None, PluginCallbacks::SILENT);
    keys.create(None, &[])?;
    let journal = Journal::at(disk::real(), &home.join("journal"));
    for (practice, ago, answers) in SAMPLES {
        let entry = sample(app, practice, clock.now - Duration::hours(*ago), answers)?;
        keys.seal(&entry, |sealed| journal.append(sealed))?;
        say(app, &format!("  $ inward {practice} …\n  Kept, sealed as {}\n", entry.id))?;
    }
    step(app, "What lies in its folder says the day and nothing else:")?;
    let files = tree(journal.root());
    say(app, &files.iter().map(|name| format!("  {name}\n")).collect::<String>())?;

    step(app, "Reading needs the key. Listed:")?;
    let identity = keys.unlock(&mut || Err(KeyError::CannotAskPassphrase.into()))?;
    let found = journal.find(&Query::everything(), &identity, clock)?;
    let rows = found.entries.iter().map(|kept| ListRow::of(kept, &app.practices));
    let rows: Vec<ListRow> = rows.collect();
    say(app, &format!("  $ inward list\n{}", render::list(&rows, true, clock, &page)))?;

    step(app, "And exported to markdown:")?;
    let entries = render::oldest_first(&found.entries);
    let practices = &app.practices;
    let (by, links) = (ExportGrouping::Day, &EntryLinks::default());
    let layout = Layout {
        by,
        alone: false,
        clock,
        practices,
        links,
        key: None,
        has_files: false,
        contents: None,
    };
    let export = Export { entries, layout };
    say(app, &format!("  $ inward export\n\n{}", (render::FORMATS[0].write)(&export)))
}

fn sample(
    app: &App,
    name: &str,
    at: DateTime<FixedOffset>,
    answers: &[(&str, &str)],
) -> Result<Entry> {
    let built_in = Practices::built_in();
    let unknown = || PracticeError::Unknown {
        given: name.to_owned(),
        known: built_in.names().map(str::to_owned).collect(),
    };
    let practice = built_in.get(name).cloned().ok_or_else(unknown)?.into_practice()?;
    let practice = practice.with_partner_name(app.config.partner.as_deref());
    let flags = answers.iter().map(|(id, value)| (id.to_string(), value.to_string())).collect();
    let answers = AnswersInput { flags, ..AnswersInput::default() }.read(&practice)?;
    Entry::new(&practice.name, at, at, Vec::new(), answers)
}

fn tree(root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(root) {
                names.push(name.display().to_string());
            }
        }
    }
    names.sort();
    names
}

fn step(app: &App, words: &str) -> Result<()> {
    let page = app.terminal.page();
    say(app, &format!("\n{}\n\n", page.strong(&page.wrap(words, ""))))
}

fn say(app: &App, text: &str) -> Result<()> {
    app.terminal.print(text)
}
