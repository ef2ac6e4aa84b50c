//! `import`: seals other journals' entries into this one. It needs no passphrase, imports
//! nothing twice, and continues where it was stopped.

mod earlier;
mod known;
mod report;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use clap::{Args, ValueHint};
use rayon::prelude::*;

use crate::app::{App, JsonArg, VerbArgs, one_of};
use crate::disk::DiskError;
use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::{Exit, Result, plain};
use crate::import::{
    self, IdentifiedEntries, IdentifiedEntry, ImportContext, ImportError, ImportIssue,
    ImportProblem, ImportSource, ImportedFile, JrnlSettings, LinkedFiles, SOURCES,
};
use crate::journal::{AttachmentSource, Journal};
use crate::keys::Keys;
use crate::prompt::ProgressBar;
use crate::seal::{ExportKey, Sealed};
use crate::{disk, threads};

use earlier::{EarlierImport, EntriesHere};
use known::{identity, unknown};
use report::{ImportReport, count_ids, print_problems};

/// Import from jrnl, Day One, Markdown or inward
///
/// Reads PATH without changing it, and keeps each entry encrypted. It needs no passphrase. Run
/// it again whenever you like: it imports no entry of a file again, continues where it was
/// stopped, and leaves alone what you have since changed or deleted here. An entry that's in
/// several files is imported once; one that's in a file twice, twice. A problem is reported with its file
/// and line, and doesn't stop the rest; if an entry can't be read, the exit code is 4. Undated
/// notes are counted, but not imported. Photos from Day One, and files that a note links to, are imported if they're in
/// the folder you give: for Obsidian, the whole vault. One that is missing is reported, and
/// added by an import that finds it, unless you've edited the entry since.
///
/// On a second device, run `inward unlock` first, so it recognizes what the first one imported.
/// An `export --json` made with this journal's key keeps its ids if the journal is unlocked.
/// Entries from any other file get new ids, and replace nothing. So does an exported entry that
/// was changed since; while the journal is locked, inward can't compare it with yours, and
/// leaves it out.
#[derive(Args)]
pub struct ImportArgs {
    /// The program that wrote it
    #[arg(long, value_name = "KIND", required = true, value_parser = one_of(SOURCES, |source| source.name))]
    from: &'static ImportSource,
    /// A file, a folder, or a zip archive; - reads standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// Show what would be imported, without keeping it
    #[arg(long)]
    dry_run: bool,
    /// List each file that has no date, and each attachment that's missing
    #[arg(long, conflicts_with = "json")]
    verbose: bool,
    #[command(flatten)]
    output: JsonArg,
}

/// The files of each new entry, by its id and its revision.
type NewFiles = HashMap<(EntryId, RevisionId), Vec<ImportedFile>>;

/// What an import would do, or did.
struct Import<'a> {
    source: &'static ImportSource,
    path: &'a Path,
    new: Vec<Entry>,
    /// The attachments of the new entries.
    files: NewFiles,
    /// The new ones that take the place of what an earlier import kept with fewer files.
    earlier: HashMap<EntryId, EarlierImport>,
    /// Entries that are here already, or were deleted here.
    known: usize,
    /// Entries that are in several files.
    repeated: usize,
    /// Are the ids final? Without a salt, they are random.
    ids_last: bool,
    problems: Vec<ImportProblem>,
    /// Files of another kind, to which no entry refers.
    others: usize,
}

impl VerbArgs for ImportArgs {
    fn run(self, app: &App) -> Result<Exit> {
        if !self.dry_run {
            // Fail before reading anything.
            app.recipients()?;
        }
        let mut import = read(app, self.from, &self.path, self.dry_run)?;
        if !self.dry_run && !import.new.is_empty() {
            app.tell_key_trouble();
        }
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

/// Reads all files, and separates new entries from known ones.
fn read<'a>(
    app: &App,
    source: &'static ImportSource,
    path: &'a Path,
    dry: bool,
) -> Result<Import<'a>> {
    let gathered = import::gather(path, source)?;
    let jrnl = jrnl_settings(app, path).for_files(&gathered.inputs);
    let (clock, practices) = (app.clock(), &app.practices);
    let partner = app.config.partner.as_deref();
    let reads = ImportContext { clock, practices, partner, jrnl: &jrnl };
    let mut files = Vec::new();
    let mut problems = gathered.problems;
    for input in gathered.inputs {
        let read = (source.read)(&input, &reads);
        problems.extend(read.reported_problems().cloned());
        files.push(read.entries);
    }
    if files.iter().all(Vec::is_empty) {
        print_problems(app, &problems, false);
        return Err(ImportError::Nothing { source: source.title, wanted: source.about }.into());
    }
    let (disk, config) = (app.disk(), &app.config.paths.config);
    let salt = if dry {
        import::salt::read(&*disk, config)?
    } else {
        Some(import::salt::read_or_make(&*disk, config)?)
    };
    let ids_last = salt.is_some();
    let salt = salt.map_or_else(import::salt::random, Ok)?;
    let here = EntriesHere::of(&app.journal())?;
    let identity = identity(app, &files, &here)?;
    let key = identity.as_ref().and_then(ExportKey::of);
    let linked = LinkedFiles::count(files.iter().flatten().map(|draft| &draft.files));
    let IdentifiedEntries { entries, repeated } =
        import::identify(files, source.name, &salt, key.as_ref());
    let total = count_ids(entries.iter().map(|it| &it.entry));
    let new = unknown(app, &here, entries, identity.as_ref())?;
    problems.extend(new.iter().flat_map(|it| it.files.missing.clone()));
    let (new, files, earlier) = part_files(new, &here, &mut problems);
    let known = total - count_ids(&new);
    let others = gathered.others.saturating_sub(linked);
    Ok(Import { source, path, new, files, earlier, known, repeated, ids_last, problems, others })
}

/// The entries, the attachments of each, and what some of them replace. A file of an inward
/// export that has changed since, or can't be read, is left out.
fn part_files(
    entries: Vec<IdentifiedEntry>,
    here: &EntriesHere,
    problems: &mut Vec<ImportProblem>,
) -> (Vec<Entry>, NewFiles, HashMap<EntryId, EarlierImport>) {
    let (mut all, mut replaced) = (NewFiles::new(), HashMap::new());
    let mut keep = |file: &ImportedFile| {
        let why = match file.is_as_exported() {
            Ok(true) => return true,
            Ok(false) => ImportIssue::OtherAttachment { name: file.name.clone() },
            Err(error) => {
                // The path is in front of the sentence.
                let why = match error.of() {
                    Some(DiskError::Io { source, .. }) => plain(source),
                    Some(_) | None => error.to_string(),
                };
                ImportIssue::Unreadable { why }
            }
        };
        let path = file.path().display().to_string();
        problems.push(ImportProblem { path, spot: Default::default(), why });
        false
    };
    let entries = entries.into_iter().filter_map(|mut it| {
        let earlier = here.earlier(&it);
        it.files.found.retain(&mut keep);
        let IdentifiedEntry { mut entry, files, by_file_count, .. } = it;
        let files = files.found;
        if let Some(revision) = by_file_count.into_iter().nth(files.len()) {
            entry.revision = revision;
        }
        if let Some(earlier) = earlier {
            if files.len() <= earlier.file_count {
                return None;
            }
            entry.replaces = vec![earlier.revision.clone()];
            replaced.insert(entry.id.clone(), earlier);
        }
        if !files.is_empty() {
            all.insert((entry.id.clone(), entry.revision.clone()), files);
        }
        Some(entry)
    });
    (entries.collect(), all, replaced)
}

/// jrnl's settings for this journal, if they can be found and read.
fn jrnl_settings(app: &App, journal: &Path) -> JrnlSettings {
    const LARGEST: u64 = 1 << 20;
    let file = app.config.jrnl.as_deref();
    let bytes = file.and_then(|file| disk::read(file, LARGEST).ok());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or_else(JrnlSettings::default, |text| JrnlSettings::parse(&text, journal))
}

/// Keeps new entries, on every core, up to the first that can't be kept. Those kept by then
/// stay, and the next run continues.
fn append_entries(app: &App, import: &mut Import) -> Result<()> {
    let keys = app.keys();
    let journal = app.cached_journal();
    let bar = ProgressBar::new("Importing", &app.terminal);
    let done = AtomicUsize::new(0);
    let failed = OnceLock::new();
    let too_large = Mutex::new(Vec::new());
    let path = import.path.display().to_string();
    threads::start();
    let appended: HashSet<(EntryId, RevisionId)> = import
        .new
        .par_iter()
        .filter(|entry| {
            if failed.get().is_some() {
                return false;
            }
            let result = append_one(&keys, &journal, entry, import);
            bar.at(1 + done.fetch_add(1, Ordering::Relaxed), import.new.len());
            match result {
                Ok(_) => true,
                // Another import of the same file was faster.
                Err(e) if e.is_taken() => false,
                // It is there, so it counts as imported; the error follows.
                Err(e) if e.is_unconfirmed() => {
                    let _ = failed.set(e);
                    true
                }
                Err(e) => {
                    if let Some(DiskError::TooLong { limit_mib, .. }) = e.of() {
                        // An entry that no journal takes doesn't stop the others.
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
        .map(|entry| (entry.id.clone(), entry.revision.clone()))
        .collect();
    let is_appended = |it: &Entry| appended.contains(&(it.id.clone(), it.revision.clone()));
    import.new.retain(is_appended);
    import.files.retain(|key, _| appended.contains(key));
    if !import.new.is_empty() {
        app.note_journal();
    }
    import.problems.extend(too_large.into_inner().unwrap_or_else(PoisonError::into_inner));
    failed.into_inner().map_or(Ok(()), Err)
}

/// Keeps an entry with its attachments, and then removes what it replaces.
fn append_one(keys: &Keys, journal: &Journal, entry: &Entry, import: &Import) -> Result<Entry> {
    let files = import.files.get(&(entry.id.clone(), entry.revision.clone()));
    let files: Vec<&dyn AttachmentSource> =
        files.into_iter().flatten().map(|file| file as &dyn AttachmentSource).collect();
    let published = keys.seal(|recipients| {
        let publish = |sealed: &Sealed| journal.append(sealed);
        journal.publish_with_files(entry.clone(), &files, recipients, publish)
    })?;
    if let Some(earlier) = import.earlier.get(&entry.id) {
        journal.discard(&earlier.paths);
    }
    Ok(published)
}
