//! `doctor`: looks at everything, and says what it found and what that means. It moves and
//! removes nothing; it repairs damage only by adding files.

mod accept;
mod attached;
mod backup;
mod duplicates;
mod finding_counts;
mod fix;
mod replaced;
mod report;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::Duration;
use clap::{Args, ValueHint};

use crate::app::{App, JsonArg, VerbArgs, entry_not_changed};
use crate::checks::{self, Diagnosis, Finding, FoundFiles, others_may_read};
use crate::error::{Exit, Result};
use crate::journal::{Elsewhere, Journal, ScannedFile, StoredEntry};
use crate::query::Query;
use crate::seal::{Damage, EntryFileName, Identity};
use crate::state::State;
use crate::{import, keys, practice, sync};

use accept::{accept_losses, say_outcome};
use attached::attachments;
use duplicates::{alike_entries, double_entries};
use fix::{in_git, put_beside};
use replaced::{deleted_texts, is_deletion};
use report::{json, print_report};

/// Check the journal, and report what it finds
#[derive(Args)]
pub struct DoctorArgs {
    /// Fix what can be fixed without risk: permissions, and damaged entries that git has a
    /// good copy of
    #[arg(long)]
    fix: bool,
    /// Accept the journal as it is: missing entries are reported once more, then not again
    #[arg(long)]
    accept: bool,
    /// Only compare a backup with the journal: what is missing, damaged or newer
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath,
          conflicts_with_all = ["fix", "accept"])]
    backup: Option<PathBuf>,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for DoctorArgs {
    fn run(self, app: &App) -> Result<Exit> {
        match &self.backup {
            Some(folder) => backup::check_backup(app, folder, self.output.json),
            None => examine(app, &self),
        }
    }
}

fn examine(app: &App, args: &DoctorArgs) -> Result<Exit> {
    let mut diagnoses = examine_configuration(app)?;
    let has_key = app.is_set_up()?;
    let identity = match app.unlock() {
        // Nothing was set up, or only the key is missing: say just that.
        Err(error) if diagnoses.is_empty() && !has_key => {
            app.refuse_emptied_journal()?;
            return Err(error);
        }
        identity => identity,
    };
    let mut count = 0;
    let mut whole = Vec::new();
    if let Ok(identity) = &identity {
        count = examine_entries(app, identity, &mut diagnoses)?;
        whole = in_git(app, identity, &mut diagnoses);
    }
    leave_out_found(&mut diagnoses);
    let accepts = args.accept && identity.is_ok();
    app.refuse_misplaced_journal()?;
    // With the key, each loss is named; without it, nothing would seem wrong.
    if !accepts && !diagnoses.iter().any(|diagnosis| diagnosis.what.is_lost()) {
        app.refuse_emptied_journal()?;
    }
    let mut fixed = Vec::new();
    if args.fix {
        fixed = fix::repair(&mut diagnoses);
        let beside = put_beside(app, &whole, &mut diagnoses);
        count += beside.len();
        fixed.extend(beside);
    }
    let mut was_emptied = false;
    if let (true, Ok(identity)) = (accepts, &identity) {
        // An empty journal is then accepted, too.
        was_emptied = app.forget_emptied_journal()?;
        accept_losses(app, identity, &mut diagnoses)?;
        leave_out_found(&mut diagnoses);
    }
    let was_accepted = |it: &Diagnosis| matches!(it.what, Finding::Accepted(_));
    let is_accepted = was_emptied || diagnoses.iter().any(was_accepted);
    let to_fix = diagnoses.iter().any(|diagnosis| diagnosis.what.needs_fixing());
    let refused = accepts && diagnoses.iter().any(|diagnosis| diagnosis.what.is_lost());
    if args.output.json {
        let text = json(&diagnoses, &fixed, count);
        app.terminal.print_outcome(&text, !fixed.is_empty())?;
    } else {
        let count = identity.is_ok().then_some(count);
        print_report(app, &diagnoses, &fixed, count, is_accepted)?;
    }
    if accepts {
        say_outcome(app, is_accepted, &diagnoses);
    }
    // What can be seen without the key comes first.
    identity?;
    Ok(if to_fix || refused { Exit::SomeDamaged } else { Exit::Done })
}

/// What was found in another folder isn't missing.
fn leave_out_found(diagnoses: &mut Vec<Diagnosis>) {
    let others = diagnoses.iter().filter(|diagnosis| !diagnosis.what.is_lost());
    let found = FoundFiles::at(others.map(|diagnosis| diagnosis.path.as_path()));
    let is_found = |it: &Diagnosis| it.what.is_lost() && found.has_elsewhere(&it.path);
    let left_out: HashSet<PathBuf> =
        diagnoses.iter().filter(|it| is_found(it)).map(|it| it.path.clone()).collect();
    diagnoses.retain(|it| !(it.what.is_lost() && left_out.contains(&it.path)));
}

/// What can be seen without opening anything.
fn examine_configuration(app: &App) -> Result<Vec<Diagnosis>> {
    let paths = &app.config.paths;
    let mut diagnoses = checks::look_at_journal(&app.journal())?;
    diagnoses.extend(checks::look_at_caches(&paths.cache));
    let mut note = |path: &Path, what| diagnoses.push(Diagnosis { path: path.to_owned(), what });
    for path in private_files(app) {
        others_may_read(&path).into_iter().for_each(|what| note(&path, what));
    }
    let state = paths.state.join(State::FILE);
    if !State::is_valid(&*app.disk(), &paths.state) {
        note(&state, Finding::BrokenState);
    }
    if !sync::remembers(&app.disk(), &paths.state) {
        note(&sync::memory(&app.disk(), &paths.state), Finding::BrokenSyncMemory);
    }
    for lock in sync::stale_locks(&app.journal(), &paths.state) {
        note(&lock.path, Finding::GitLock { is_ours: lock.is_ours });
    }
    let recipients = paths.config.join(keys::RECIPIENTS);
    if let (true, Err(error)) = (app.is_set_up()?, app.keys().recipients()) {
        // Nothing was to be kept.
        let error = entry_not_changed(error);
        let [why, hint] = [error.to_string(), error.hint()]
            .map(|sentence| sentence.trim_end_matches('.').to_owned());
        note(&recipients, Finding::BrokenRecipients { why, hint });
    }
    if import::salt::read(&*app.disk(), &paths.config).is_err() {
        note(&paths.config.join(import::salt::FILE), Finding::BrokenSalt);
    }
    if let Some(pending) = app.pending_reseal()? {
        note(&paths.config, Finding::HalfResealed { left: pending.count_left(&app.journal())? });
    }
    for found in app.practices.iter() {
        if let practice::LoadedPractice::Invalid { name, file, .. } = found {
            note(file, Finding::BrokenPractice { name: name.clone() });
        }
    }
    for path in app.drafts().unfinished() {
        note(&path, Finding::LeftByUs);
    }
    for path in app.terminal.left_by_editors() {
        note(&path, Finding::PlainText);
    }
    Ok(diagnoses)
}

/// The files that must be private. Settings and practices keep the permissions that their
/// writer gave them.
fn private_files(app: &App) -> Vec<PathBuf> {
    let (config, state) = (&app.config.paths.config, &app.config.paths.state);
    let names = keys::PRIVATE_FILES.into_iter().chain([import::salt::FILE]);
    let mut files: Vec<PathBuf> = names.map(|name| config.join(name)).collect();
    for folder in [state.clone(), app.drafts().folder().to_owned()] {
        let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        files.extend(entries.map(|entry| entry.path()));
    }
    files.extend([config.clone(), state.clone()]);
    files.sort();
    files
}

/// What can be seen only by opening entries, and how many entries there are.
fn examine_entries(
    app: &App,
    identity: &Identity,
    diagnoses: &mut Vec<Diagnosis>,
) -> Result<usize> {
    let journal = app.remembered_journal();
    let results = journal.find(&Query::everything(), identity, app.clock())?;
    let damaged = results.damaged.iter().cloned();
    let what =
        |why: Damage| if why.leaves_out() { Finding::Damaged(why) } else { Finding::Lost(why) };
    diagnoses.extend(damaged.map(|d| Diagnosis { path: d.path, what: what(d.why) }));
    let heads: HashMap<_, _> =
        results.entries.iter().map(|stored| (&stored.entry.id, stored)).collect();
    let fates = journal.fates_in_turn(identity);
    for group in journal.scan()?.groups {
        if !heads.contains_key(&group.id) {
            diagnoses.extend(deleted_texts(&group, identity, &journal, &fates));
        }
        if let Some(stored) = heads.get(&group.id) {
            let files = group.files.iter().filter(|file| !file.in_transit);
            let of_files: Vec<Diagnosis> =
                files.flat_map(|file| of_file(file, stored, identity, &journal)).collect();
            // Opening a copy tells more than its name does.
            if of_files.is_empty() {
                continue;
            }
            diagnoses.retain(|diagnosis| {
                of_files.iter().all(|it| it.path != diagnosis.path || !diagnosis.what.is_by_name())
            });
            diagnoses.extend(of_files);
        }
    }
    diagnoses.extend(results.entries.iter().flat_map(|stored| of_entry(stored, app)));
    diagnoses.extend(attachments(&journal, &results, identity)?);
    diagnoses.extend(double_entries(&results.entries));
    diagnoses.extend(alike_entries(&results.entries));
    diagnoses.extend(checks::look_at_packs(&app.cached_journal(), identity));
    let unconfirmed = app.take_unconfirmed().into_iter().map(|row| Diagnosis {
        path: app.config.paths.config.join(keys::RECIPIENTS),
        what: Finding::UnconfirmedRecipient { key: row.key },
    });
    diagnoses.extend(unconfirmed);
    diagnoses.extend(sealed_to_others(app));
    let drafts = app.drafts();
    let (open, unreadable) = drafts.open(identity);
    diagnoses.extend(
        unreadable
            .into_iter()
            .map(|d| Diagnosis { path: d.path, what: Finding::DraftUnreadable(d.why) }),
    );
    if !open.is_empty() {
        let path = drafts.folder().to_owned();
        let count = open.len();
        diagnoses.push(Diagnosis { path, what: Finding::Drafts { count } });
    }
    Ok(results.entries.len())
}

/// Is this file of a readable entry needed, and is it what its name says?
fn of_file(
    file: &ScannedFile,
    kept: &StoredEntry,
    identity: &Identity,
    journal: &Journal,
) -> Vec<Diagnosis> {
    let revision = &file.name.revision;
    let Some(head) = kept.heads().find(|head| head.revision == *revision) else {
        // If no readable file replaces it, it may be the newest there is.
        if !kept.revisions.contains(revision) || is_deletion(file, identity, journal) {
            return Vec::new();
        }
        let paths = file.paths.iter().cloned();
        return paths.map(|path| Diagnosis { path, what: Finding::Replaced }).collect();
    };
    let own = EntryFileName::of(head);
    let opened = |path: &PathBuf| {
        let alone = ScannedFile { name: own.clone(), paths: vec![path.clone()], in_transit: false };
        let taken = journal.first_intact(&alone, Some(identity)).map_err(|damaged| damaged.why);
        (path.clone(), taken.and_then(|sealed| identity.open(&sealed)).err())
    };
    // A sync tool's temporary file may be incomplete.
    let is_readable =
        |(path, why): &(PathBuf, Option<_>)| why.is_none() || !checks::is_in_transit(path);
    if file.name != own {
        let day = own.day.to_string();
        let finding =
            |why: Option<_>| why.map_or(Finding::WrongDay { day: day.clone() }, Finding::Damaged);
        let each = file.paths.iter().map(opened).filter(is_readable);
        return each.map(|(path, why)| Diagnosis { path, what: finding(why) }).collect();
    }
    // Only one of its paths is known to open.
    let several = file.paths.iter().filter(|_| file.paths.len() > 1).map(opened);
    let several: Vec<_> = several.filter(is_readable).collect();
    if several.iter().all(|(_, why)| why.is_none()) {
        return Vec::new();
    }
    let own = journal.root().join(Journal::place(&own));
    let diagnose = |(path, why): (PathBuf, Option<_>)| {
        let whole = (path != own).then_some(Finding::IntactCopy);
        Some(Diagnosis { what: why.map(Finding::DamagedWithCopy).or(whole)?, path })
    };
    several.into_iter().filter_map(diagnose).collect()
}

/// Entries from a device that doesn't know of a change of keys, by the kind of mismatch.
fn sealed_to_others(app: &App) -> Vec<Diagnosis> {
    let mut kinds: BTreeMap<_, (PathBuf, usize)> = BTreeMap::new();
    let noted = app.audience.take();
    // That finding says it already.
    let noted = if app.is_half_resealed() { BTreeMap::new() } else { noted };
    for (name, mismatch) in noted {
        let first = || (app.config.paths.journal.join(Journal::place(&name)), 0);
        kinds.entry(mismatch).or_insert_with(first).1 += 1;
    }
    let seen = |(mismatch, (path, count))| Diagnosis {
        path,
        what: Finding::SealedToOthers { mismatch, count },
    };
    kinds.into_iter().map(seen).collect()
}

fn of_entry(stored: &StoredEntry, app: &App) -> Vec<Diagnosis> {
    let path = stored.files.first().cloned().unwrap_or_default();
    let mut diagnoses = Vec::new();
    if !stored.other_heads.is_empty() {
        let id = stored.entry.id.to_string();
        diagnoses.push(Diagnosis { path: path.clone(), what: Finding::EditedTwice { id } });
    }
    match stored.elsewhere {
        Elsewhere::Deleted => {
            let id = stored.entry.id.to_string();
            let what = Finding::EditedAndDeleted { id };
            diagnoses.push(Diagnosis { path: path.clone(), what });
        }
        // Found by `double_entries` where it was moved to.
        Elsewhere::Nothing | Elsewhere::Moved(_) => {}
    }
    // Time zones, and clocks that are a little off, don't matter.
    if stored.entry.written > app.clock().written + Duration::days(1) {
        let written = stored.entry.written.format("%Y-%m-%d").to_string();
        diagnoses.push(Diagnosis { path, what: Finding::FromTheFuture { written } });
    }
    diagnoses
}
