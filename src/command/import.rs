//! `import`: what other journals hold, sealed into this one. It needs no
//! passphrase, imports nothing twice, and goes on where it was stopped.

mod report;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use rayon::prelude::*;

use crate::app::{App, JsonArg, VerbArgs};
use crate::disk;
use crate::disk::DiskError;
use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::{Exit, Result};
use crate::import::ImportError;
use crate::import::{
    self, IdentifiedEntries, IdentifiedEntry, ImportContext, ImportIdentity, ImportIssue,
    ImportProblem, ImportSource, ImportedEntry, ImportedFile, JrnlSettings, SOURCES,
};
use crate::journal::{AttachmentSource, Journal, ReadOrder, Reader, StoredEntry};
use crate::keys::Keys;
use crate::prompt::ProgressBar;
use crate::query::Query;
use crate::seal::{ExportKey, Identity, Sealed};
use crate::threads;

use report::{ImportReport, count_ids, print_problems};

/// Import from jrnl, Day One, Markdown or inward
///
/// Reads PATH, which stays as it is, and keeps each entry encrypted. Needs no passphrase. Run
/// it again whenever you like: duplicates are imported once, an import that was stopped
/// continues, and what you changed or deleted here stays changed or deleted. Problems are
/// named by file and line, and don't stop the rest; the exit code is then 4. Undated notes are
/// not imported, but counted. Photos from Day One, and files that a note links to, are
/// imported with their entries if they are beside them.
///
/// On a second device, run `inward unlock` first, so that it recognizes what the first one
/// imported. An `export --json` made with this journal's key keeps its ids if the journal is
/// unlocked; any other file gets new ids, and can replace nothing.
#[derive(Args)]
pub struct ImportArgs {
    /// What wrote it
    #[arg(long, value_name = "KIND", required = true, value_parser = sources())]
    from: &'static ImportSource,
    /// A file, a folder, or a zip archive; - reads standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// Show what would be imported, and keep nothing
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

/// The files of each new entry, by its id and its revision.
type NewFiles = HashMap<(EntryId, RevisionId), Vec<ImportedFile>>;

/// What an import would do, or did.
struct Import<'a> {
    source: &'static ImportSource,
    path: &'a Path,
    new: Vec<Entry>,
    /// What comes with those.
    files: NewFiles,
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
        if !self.dry_run {
            // Before anything is read in vain.
            app.recipients()?;
        }
        let mut import = read(app, self.from, &self.path, self.dry_run)?;
        let stopped = if self.dry_run { None } else { append_entries(app, &mut import).err() };
        let report = ImportReport { dry: self.dry_run, json: self.output.json, all: self.verbose };
        report.print(app, &import)?;
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
        print_problems(app, &problems, false);
        return Err(ImportError::Nothing { source: source.name, wanted: source.about }.into());
    }
    let (disk, config) = (app.disk(), &app.config.paths.config);
    let salt = match dry {
        true => import::salt::read(&*disk, config)?,
        false => Some(import::salt::read_or_make(&*disk, config)?),
    };
    let ids_last = salt.is_some();
    let salt = salt.map_or_else(import::salt::random, Ok)?;
    let identity = identity(app, &files)?;
    let key = identity.as_ref().and_then(ExportKey::of);
    let IdentifiedEntries { entries, repeated } =
        import::identify(files, source.name, &salt, key.as_ref());
    let total = count_ids(entries.iter().map(|it| &it.entry));
    let new = unknown(app, entries, identity.as_ref())?;
    let (new, files) = part_files(new, &mut problems);
    let known = total - count_ids(&new);
    let others = gathered.others;
    Ok(Import { source, path, new, files, known, repeated, ids_last, problems, others })
}

/// The entries, and beside them what comes with each. A file of an export of our own that
/// is no longer what was exported, or cannot be read, stays behind.
fn part_files(
    entries: Vec<IdentifiedEntry>,
    problems: &mut Vec<ImportProblem>,
) -> (Vec<Entry>, NewFiles) {
    let mut all = NewFiles::new();
    let mut keep = |file: &ImportedFile| {
        let why = match file.is_as_exported() {
            Ok(true) => return true,
            Ok(false) => ImportIssue::OtherAttachment { name: file.name.clone() },
            Err(error) => ImportIssue::Unreadable { why: error.to_string() },
        };
        let (path, spot) = (file.path().display().to_string(), Default::default());
        problems.push(ImportProblem { path, spot, why });
        false
    };
    let entries = entries.into_iter().map(|IdentifiedEntry { entry, mut files, .. }| {
        files.retain(&mut keep);
        if !files.is_empty() {
            all.insert((entry.id.clone(), entry.revision.clone()), files);
        }
        entry
    });
    (entries.collect(), all)
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
        Ok(Some(_)) => app.unlock().inspect_err(|error| app.terminal.warn(error)).ok(),
        _ => None,
    };
    let unlocked = app.keys().unlocked_identity().or_else(by_command);
    let is_tagged = |draft: &ImportedEntry| {
        matches!(
            draft.identity,
            ImportIdentity::Exported { tag: Some(_) } | ImportIdentity::OtherHead { tag: Some(_) }
        )
    };
    if unlocked.is_some() || !files.iter().flatten().any(is_tagged) {
        return Ok(unlocked);
    }
    if app.terminal.can_ask() {
        return app.unlock().map(Some);
    }
    app.terminal.say("The journal is locked, so I can't check that this export is its own, and the entries get new ids. Run `inward unlock` first to keep the ids.");
    Ok(None)
}

/// The entries that are not in the journal: by their ids, which need not be
/// opened to be seen; and where it is open, by what they say of their origin,
/// for another device gives other ids.
fn unknown(
    app: &App,
    entries: Vec<IdentifiedEntry>,
    identity: Option<&Identity>,
) -> Result<Vec<IdentifiedEntry>> {
    let groups = app.journal().scan()?.groups;
    let here: HashSet<EntryId> = groups.into_iter().map(|group| group.id).collect();
    let (mut origins, mut revisions) = (HashSet::new(), HashMap::new());
    let locked = identity.is_none() && !here.is_empty();
    if let Some(identity) = identity.filter(|_| !here.is_empty()) {
        let query = &Query::everything();
        let reader = Reader { identity, query, clock: app.clock(), progress: &|_, _| true };
        let summary = |stored: StoredEntry| {
            let origins = stored.heads().filter_map(import::origin).map(str::to_owned);
            (origins.collect::<Vec<String>>(), stored.entry.id.clone(), stored.revisions)
        };
        app.cached_journal().read(&reader, ReadOrder::NewestFirst, &summary, &mut |read| {
            for (of_entry, id, known) in read {
                origins.extend(of_entry);
                revisions.insert(id, known);
            }
            Ok(true)
        })?;
    }
    // What is here by its id is known, whatever a file says of it: it may have
    // been edited or deleted here since. A version that this key proves, and that was
    // never here, comes beside what is.
    let is_new_version = |it: &IdentifiedEntry| {
        let known = revisions.get(&it.entry.id).filter(|_| it.is_own);
        known.is_some_and(|known| !known.contains(&it.entry.revision))
    };
    let is_known = |it: &IdentifiedEntry| {
        let IdentifiedEntry { entry, claimed, .. } = it;
        if is_new_version(it) {
            return false;
        }
        entry.deleted
            || [Some(&entry.id), claimed.as_ref()].into_iter().flatten().any(|id| here.contains(id))
            || import::origin(entry).is_some_and(|origin| origins.contains(origin))
    };
    let new: Vec<_> = entries.into_iter().filter(|it| !is_known(it)).collect();
    if locked && !new.is_empty() {
        app.terminal.say("The journal is locked, so I can't recognize what another device imported, and may import it twice. Run `inward unlock` first to avoid that.");
    }
    Ok(new)
}

/// Keeps what is new, on every core, up to the first that cannot be kept. What
/// was kept by then stays kept, and the next run goes on.
fn append_entries(app: &App, import: &mut Import) -> Result<()> {
    let (keys, journal) = (app.keys(), app.journal());
    let (bar, done) = (ProgressBar::new("Importing", &app.terminal), AtomicUsize::new(0));
    let (failed, too_large) = (OnceLock::new(), Mutex::new(Vec::new()));
    let path = import.path.display().to_string();
    threads::start();
    let kept: HashSet<EntryId> = import
        .new
        .par_iter()
        .filter(|entry| {
            if failed.get().is_some() {
                return false;
            }
            let kept = append_one(&keys, &journal, entry, &import.files);
            bar.at(1 + done.fetch_add(1, Ordering::Relaxed), import.new.len());
            match kept {
                Ok(_) => true,
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
    if !import.new.is_empty() {
        app.note_journal();
    }
    import.problems.extend(too_large.into_inner().unwrap_or_else(PoisonError::into_inner));
    failed.into_inner().map_or(Ok(()), Err)
}

/// Keeps an entry with what comes with it.
fn append_one(keys: &Keys, journal: &Journal, entry: &Entry, files: &NewFiles) -> Result<Entry> {
    let files = files.get(&(entry.id.clone(), entry.revision.clone()));
    let files: Vec<&dyn AttachmentSource> =
        files.into_iter().flatten().map(|file| file as &dyn AttachmentSource).collect();
    keys.seal_with(|recipients| {
        let publish = |sealed: &Sealed| journal.append(sealed);
        journal.publish_with_files(entry.clone(), &files, recipients, publish)
    })
}
