//! `import`: what other journals hold, sealed into this one. It needs no
//! passphrase, imports nothing twice, and goes on where it was stopped.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use rayon::prelude::*;
use serde_json::json;

use crate::app::{App, JsonArg, VerbArgs};
use crate::disk;
use crate::disk::DiskError;
use crate::entry::{Entry, EntryId};
use crate::error::{Exit, Result};
use crate::import::ImportError;
use crate::import::{
    self, IdentifiedEntries, IdentifiedEntry, ImportContext, ImportIdentity, ImportIssue,
    ImportProblem, ImportSource, ImportedEntry, JrnlSettings, SOURCES,
};
use crate::journal::StoredEntry;
use crate::prompt::Bar;
use crate::query::Query;
use crate::render::{self, ListRow, clean_line};
use crate::seal::{ExportKey, Identity, Recipients};

/// Bring in entries from another journal
///
/// Reads PATH, which stays as it is, and keeps each entry encrypted. It needs no
/// passphrase. Nothing is imported twice: run again, it brings what is new, or goes on
/// where it was stopped; what you have changed or deleted here stays so; what stands in
/// two files comes once. What cannot be read is named by file and line, and hides
/// nothing else; then the exit code is 4. Notes without a date are no entries: they are
/// counted, and stay behind. On a second device, `inward unlock` first, so that what
/// the first one imported is known again. What `export --json` wrote under this
/// journal's key keeps its ids, once the journal is open to check that; any other file
/// gets new ones, and can replace nothing.
#[derive(Args)]
pub struct ImportArgs {
    /// What wrote it
    #[arg(long, value_name = "KIND", required = true, value_parser = sources())]
    from: &'static ImportSource,
    /// A file, a folder, or a zip archive; - reads standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// Show what would come, and keep nothing
    #[arg(long)]
    dry_run: bool,
    /// Name each file that has no date, and each attachment
    #[arg(long, conflicts_with = "json")]
    verbose: bool,
    #[command(flatten)]
    output: JsonArg,
}

fn sources() -> impl TypedValueParser<Value = &'static ImportSource> {
    let by_name = |name: String| SOURCES.iter().find(|source| source.name == name);
    let names = PossibleValuesParser::new(SOURCES.iter().map(|source| source.name));
    names.try_map(move |name| by_name(name).ok_or("the name of a program"))
}

/// How that is told.
struct ImportReport {
    dry: bool,
    json: bool,
    all: bool,
}

/// What an import would do, or did.
struct Import<'a> {
    source: &'static ImportSource,
    path: &'a Path,
    new: Vec<Entry>,
    /// Entries that are here already, or were and are deleted.
    known: usize,
    /// Entries that stand in several files.
    repeated: usize,
    /// Are the ids those that they would have? Without a salt they are drawn.
    ids_last: bool,
    problems: Vec<ImportProblem>,
    /// Files of another kind.
    others: usize,
}

impl VerbArgs for ImportArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let recipients = match self.dry_run {
            true => None,
            // Before anything is read in vain.
            false => Some(app.keys().recipients()?),
        };
        let mut import = read(app, self.from, &self.path, self.dry_run)?;
        let stopped = match &recipients {
            Some(recipients) => append_entries(app, &mut import, recipients).err(),
            None => None,
        };
        let telling = ImportReport { dry: self.dry_run, json: self.output.json, all: self.verbose };
        import.print_report(app, &telling)?;
        match stopped {
            Some(error) => Err(error),
            None if import.problems.iter().any(|p| p.why.is_damage()) => Ok(Exit::SomeDamaged),
            None => Ok(Exit::Done),
        }
    }
}

/// Reads it all, and parts what is new from what is known.
fn read<'a>(
    app: &App,
    source: &'static ImportSource,
    path: &'a Path,
    dry: bool,
) -> Result<Import<'a>> {
    let gathered = import::gather(path, source)?;
    let jrnl = jrnl_settings(app, path).for_files(&gathered.inputs);
    let reads = ImportContext { clock: app.clock(), practices: &app.practices, jrnl: &jrnl };
    let (mut files, mut problems) = (Vec::new(), gathered.problems);
    for input in gathered.inputs {
        let read = (source.read)(&input, &reads);
        files.push(read.drafts);
        problems.extend(read.problems);
    }
    if files.iter().all(Vec::is_empty) {
        tell_problems(app, &problems, false);
        return Err(ImportError::Nothing { source: source.name, wanted: source.about }.into());
    }
    let config = &app.config.paths.config;
    let salt = match dry {
        true => import::salt::read(config)?,
        false => Some(import::salt::ready(config)?),
    };
    let ids_last = salt.is_some();
    let salt = salt.map_or_else(import::salt::draw, Ok)?;
    let identity = identity(app, &files)?;
    let key = identity.as_ref().and_then(ExportKey::of);
    let IdentifiedEntries { entries, repeated } =
        import::identify(files, source.name, &salt, key.as_ref());
    let total = count_ids(entries.iter().map(|it| &it.entry));
    let new = unknown(app, entries, identity.as_ref())?;
    let known = total - count_ids(&new);
    let others = gathered.others;
    Ok(Import { source, path, new, known, repeated, ids_last, problems, others })
}

/// What jrnl's settings say of the journal, if they are there and can be read.
fn jrnl_settings(app: &App, journal: &Path) -> JrnlSettings {
    const LARGEST: u64 = 1 << 20;
    let file = app.config.jrnl.as_deref();
    let bytes = file.and_then(|file| disk::read(file, LARGEST).ok());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or_else(JrnlSettings::default, |text| JrnlSettings::parse(&text, journal))
}

/// The identity, where that needs nobody; and for an export that may prove to be this
/// journal's own, where somebody can be asked.
fn identity(app: &App, files: &[Vec<ImportedEntry>]) -> Result<Option<Identity>> {
    // A command that prints the passphrase asks nobody.
    let by_command = || match app.config.passphrase_command() {
        Ok(Some(_)) => app.unlock().ok(),
        _ => None,
    };
    let unlocked = app.keys().unlocked_identity().or_else(by_command);
    let is_tagged = |draft: &ImportedEntry| {
        matches!(
            draft.known_by,
            ImportIdentity::Exported { tag: Some(_) } | ImportIdentity::OtherHead { tag: Some(_) }
        )
    };
    if unlocked.is_some() || !files.iter().flatten().any(is_tagged) {
        return Ok(unlocked);
    }
    if app.terminal.can_ask() {
        return app.unlock().map(Some);
    }
    app.terminal.say("The journal is locked, so an export can't prove to be this journal's own, and its entries get new ids. `inward unlock` first keeps the ids.");
    Ok(None)
}

/// The entries that are not in the journal: by their ids, which need not be
/// opened to be seen; and where it is open, by what they say of their origin,
/// for another device gives other ids.
fn unknown(
    app: &App,
    entries: Vec<IdentifiedEntry>,
    identity: Option<&Identity>,
) -> Result<Vec<Entry>> {
    let groups = app.journal().scan()?.groups;
    let here: HashSet<EntryId> = groups.into_iter().map(|group| group.id).collect();
    let mut origins = HashSet::new();
    let locked = identity.is_none() && !here.is_empty();
    if let Some(identity) = identity.filter(|_| !here.is_empty()) {
        let found = app.cached_journal().find(&Query::everything(), identity, app.clock())?;
        let all = found.entries.iter().flat_map(StoredEntry::heads);
        origins.extend(all.filter_map(import::origin).map(str::to_owned));
    }
    // What is here by its id is known, whatever a file says of it: it may have
    // been edited or deleted here since.
    let is_known = |IdentifiedEntry { entry, claimed }: &IdentifiedEntry| {
        entry.deleted
            || [Some(&entry.id), claimed.as_ref()].into_iter().flatten().any(|id| here.contains(id))
            || import::origin(entry).is_some_and(|origin| origins.contains(origin))
    };
    let new = entries.into_iter().filter(|it| !is_known(it)).map(|it| it.entry);
    let new: Vec<Entry> = new.collect();
    if locked && !new.is_empty() {
        app.terminal.say("The journal is locked, so what another device imported is not known again, and may come twice. `inward unlock` first makes sure.");
    }
    Ok(new)
}

/// Keeps what is new, on every core, up to the first that cannot be kept. What
/// was kept by then stays kept, and the next run goes on.
fn append_entries(app: &App, import: &mut Import, recipients: &Recipients) -> Result<()> {
    let journal = app.journal();
    let (bar, done) = (Bar::new("Importing"), AtomicUsize::new(0));
    let (failed, too_large) = (OnceLock::new(), Mutex::new(Vec::new()));
    let path = import.path.display().to_string();
    let kept: HashSet<EntryId> = import
        .new
        .par_iter()
        .filter(|entry| {
            if failed.get().is_some() {
                return false;
            }
            let kept = recipients.seal(entry).and_then(|sealed| journal.append(&sealed));
            bar.at(1 + done.fetch_add(1, Ordering::Relaxed), import.new.len());
            match kept {
                Ok(()) => true,
                // Another import of the same was faster.
                Err(e) if e.is_taken() => false,
                // It is there: told as what came, with the error after it.
                Err(e) if e.is_unconfirmed() => {
                    let _ = failed.set(e);
                    true
                }
                Err(e) => {
                    if let Some(DiskError::TooLong { limit_mib, .. }) = e.of() {
                        // One that no journal takes keeps none of the others out.
                        let of = entry.at.format("%Y-%m-%d %H:%M").to_string();
                        let why = ImportIssue::EntryTooLarge { of, limit_mib: *limit_mib };
                        let problem =
                            ImportProblem { path: path.clone(), spot: Default::default(), why };
                        too_large.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
                    } else {
                        let _ = failed.set(e);
                    }
                    false
                }
            }
        })
        .map(|entry| entry.id.clone())
        .collect();
    import.new.retain(|entry| kept.contains(&entry.id));
    import.problems.extend(too_large.into_inner().unwrap_or_else(PoisonError::into_inner));
    failed.into_inner().map_or(Ok(()), Err)
}

impl Import<'_> {
    fn print_report(
        &self,
        app: &App,
        &ImportReport { dry, json, all }: &ImportReport,
    ) -> Result<()> {
        if json {
            return app.terminal.print(&self.json(dry));
        }
        if dry {
            let mut kept: Vec<StoredEntry> =
                self.newest_heads().cloned().map(StoredEntry::alone).collect();
            kept.sort_by_key(|kept| Reverse(kept.entry.at.naive_local()));
            let page = app.terminal.page();
            let rows: Vec<ListRow> = kept.iter().map(ListRow::of).collect();
            let list = render::list(&rows, self.ids_last, app.clock(), &page);
            app.terminal.print_paged(&list)?;
        }
        tell_problems(app, &self.problems, all);
        let (source, path) = (self.source.name, clean_line(&self.path.display().to_string()));
        let done = if dry { "Would come" } else { "Imported" };
        let mut told = match self.days() {
            None => format!("{done} from {source}: nothing new."),
            Some((first, last)) => {
                format!(
                    "{done} from {source}: {}, {first} to {last}.",
                    entries(count_ids(&self.new))
                )
            }
        };
        if self.known > 0 {
            told += &format!(" Here already, or deleted here: {}.", entries(self.known));
        }
        if self.repeated > 0 {
            told += &format!(" In more than one file, and the same: {}.", entries(self.repeated));
        }
        if self.others > 0 {
            told += &format!(" Passed over as files of another kind: {}.", self.others);
        }
        if !dry && path != "-" {
            told += &format!(" {path} still holds all of it, as plain text.");
        }
        app.terminal.say(&told);
        Ok(())
    }

    /// Without the other heads of an entry, which a file has behind the newest.
    fn newest_heads(&self) -> impl Iterator<Item = &Entry> {
        self.new.chunk_by(|a, b| a.id == b.id).filter_map(|heads| heads.first())
    }

    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.new.iter().map(Entry::day);
        days().min().zip(days().max())
    }

    fn json(&self, dry: bool) -> String {
        let id = |entry: &Entry| self.ids_last.then(|| entry.id.clone());
        let newest = self.newest_heads();
        let new: Vec<_> = newest.map(|e| json!({ "id": id(e), "at": e.at })).collect();
        let told = |lost: bool| {
            let problems = self.problems.iter().filter(move |p| p.why.lost() == lost);
            problems
                .map(|p| {
                    json!({ "file": p.path, "line": p.spot.line, "entry": p.spot.entry,
                            "why": p.why.sentence() })
                })
                .collect::<Vec<_>>()
        };
        render::document(json!({
            "from": self.source.name, "dry_run": dry, "entries": new, "known": self.known,
            "repeated": self.repeated,
            "left_out": told(true), "noted": told(false), "others": self.others,
        }))
    }
}

/// How many entries these heads are of.
fn count_ids<'a>(heads: impl IntoIterator<Item = &'a Entry>) -> usize {
    heads.into_iter().map(|entry| &entry.id).collect::<HashSet<_>>().len()
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".into() } else { format!("{count} entries") }
}

/// Each thing that did not come, or came otherwise. What there may be hundreds of
/// is told in one line, unless all is wanted.
fn tell_problems(app: &App, problems: &[ImportProblem], all: bool) {
    const EACH: usize = 5;
    let page = app.terminal.messages();
    let word = |problem: &ImportProblem| {
        page.strong(if problem.why.lost() { "Left out:" } else { "Noted:" })
    };
    let alike = |kind| problems.iter().filter(move |other| other.why.kind() == Some(kind));
    let mut told = Vec::new();
    for problem in problems {
        if let Some(kind) = problem.why.kind().filter(|kind| !all && alike(kind).count() > EACH) {
            if !told.contains(&kind) {
                told.push(kind);
                let (word, count) = (word(problem), alike(kind).count());
                let some: Vec<String> = alike(kind).take(3).map(place).collect();
                let some = some.join(", ");
                app.terminal.say_unwrapped(&format!(
                    "{word} {count} {kind}, such as {some}. --verbose names each."
                ));
            }
            continue;
        }
        let why = clean_line(&problem.why.sentence());
        app.terminal.say_unwrapped(&format!("{} {}: {why}.", word(problem), place(problem)));
    }
}

/// The file, and where in it.
fn place(problem: &ImportProblem) -> String {
    let line = problem.spot.line.map_or(String::new(), |line| format!(" line {line}"));
    let entry = problem.spot.entry.map_or(String::new(), |entry| format!(", entry {entry}"));
    format!("{}{line}{entry}", clean_line(&problem.path))
}
