//! Moves files between the journal's folder and a repository. Incomplete files go neither
//! way.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::PathBuf;

use chrono::NaiveTime;

use crate::error::{Result, plain};
use crate::journal::{Damaged, Journal, JournalFile, ScannedFile, check_attachment, looks_intact};
use crate::seal::{AttachmentFileName, Damage, EntryFileName, Mismatch, Sealed, SealedStream};

use super::commit::Commit;
use super::folder_files::{FileBytes, Files, FolderFile};
use super::merge::Oid;
use super::plan::{Edit, MergeInputs, Plan, Step};
use super::repo::Repo;
use super::tree::Blobs;
use super::{Sync, SyncError, SyncReport};

impl Sync<'_> {
    /// Lists the journal's folder.
    pub(super) fn list(&self, inputs: &mut MergeInputs, report: &mut SyncReport) -> Result<Files> {
        let scan = self.journal.scan()?;
        report.left_out = scan.refused;
        let entries = scan.groups.into_iter().flat_map(|group| group.files);
        let entries =
            entries.map(|file| (JournalFile::Entry(file.name.clone()), FolderFile::Entry(file)));
        let attachments = scan.attachments.into_iter();
        let attachments = attachments
            .map(|(name, paths)| (JournalFile::Attachment(name), FolderFile::Attachment(paths)));
        let files: Files = entries.chain(attachments).collect();
        inputs.folder.present = files.keys().cloned().collect();
        Ok(files)
    }

    /// Leaves out files that only the folder has and that are neither intact nor replaced:
    /// they may be intact once copying has finished.
    pub(super) fn leave_out_broken(
        &self,
        files: &Files,
        inputs: &mut MergeInputs,
        replaced: &HashSet<JournalFile>,
        report: &mut SyncReport,
    ) {
        for (name, file) in files {
            if inputs.has_bytes(name) || replaced.contains(name) {
                continue;
            }
            let Err(damaged) = file.check(self.journal, self.identity) else { continue };
            inputs.folder.broken.insert(name.clone());
            // A file that an edit removed meanwhile isn't damaged.
            if !file.is_in_transit() && damaged.why != Damage::Gone {
                report.left_out.push(damaged);
            }
        }
    }

    /// Publishes in the folder what isn't there yet. A file with an entry's name and no
    /// entry in it stays in the repository for as long as others keep it there: it isn't
    /// received, and isn't sent again.
    pub(super) fn receive(
        &self,
        repo: &Repo,
        plan: &Plan,
        inputs: &mut MergeInputs,
        files: &mut Files,
        report: &mut SyncReport,
    ) -> Result<()> {
        let mut blobs = repo.git.reader();
        for (name, candidates) in &plan.receive {
            let received = match name {
                JournalFile::Entry(name) => {
                    self.receive_entry(&mut blobs, name, candidates, report)?
                }
                JournalFile::Attachment(name) => {
                    self.receive_attachment(&mut blobs, name, candidates)?
                }
            };
            let kept_oid = match received {
                Ok((oid, file)) => {
                    report.came += 1;
                    files.insert(name.clone(), file);
                    inputs.folder.present.insert(name.clone());
                    Some(oid)
                }
                Err(why) => {
                    let kept_oid = inputs.oid_to_keep(name, &why);
                    let damaged = Damaged { path: name.place().into(), why };
                    report.passed_over.extend(kept_oid.is_some().then_some(damaged));
                    kept_oid
                }
            };
            inputs.settled.insert(name.clone(), kept_oid);
        }
        Ok(())
    }

    /// Publishes the first candidate that is an entry, or returns the damage of the last.
    fn receive_entry(
        &self,
        blobs: &mut Blobs,
        name: &EntryFileName,
        candidates: &[Oid],
        report: &mut SyncReport,
    ) -> Result<FetchResult> {
        let mut why = Damage::Broken;
        for oid in candidates {
            let sealed = match self.read_sealed(blobs, name, oid)? {
                Ok(sealed) => sealed,
                Err(damage) => {
                    why = damage;
                    continue;
                }
            };
            let mismatch = if self.identity.is_some_and(|it| it.is_locked_out_of(&sealed)) {
                Some(Mismatch::AnotherKey)
            } else {
                self.audience.and_then(|it| it.compare(sealed.bytes()))
            };
            mismatch.iter().for_each(|it| *report.mismatches.entry(*it).or_default() += 1);
            or_taken(self.journal.append(&sealed))?;
            let paths = vec![self.journal.root().join(Journal::place(name))];
            let file = ScannedFile { name: name.clone(), paths, in_transit: false };
            return Ok(Ok((oid.clone(), FolderFile::Entry(file))));
        }
        Ok(Err(why))
    }

    /// The same for an attachment: read once to check it, and again to publish it.
    fn receive_attachment(
        &self,
        blobs: &mut Blobs,
        name: &AttachmentFileName,
        candidates: &[Oid],
    ) -> Result<FetchResult> {
        let mut why = Damage::Broken;
        for oid in candidates {
            let checked = blobs
                .stream(oid, |bytes, length| check_attachment(bytes, length, self.identity))?;
            if let Some(Err(damage)) = checked {
                why = damage;
                continue;
            }
            let read_error = |e: io::Error| SyncError::Git { why: plain(&e) }.into();
            let published = blobs.stream(oid, |mut bytes, _| {
                let sealed = SealedStream::copying(&mut bytes);
                self.journal.append_attachment(name, sealed, &read_error)
            })?;
            let Some(published) = published else { continue };
            or_taken(published)?;
            let path = self.journal.root().join(Journal::attachment_place(name));
            return Ok(Ok((oid.clone(), FolderFile::Attachment(vec![path]))));
        }
        Ok(Err(why))
    }

    /// An entry's bytes in the repository, if they are intact. `TooLarge` means they
    /// weren't read.
    pub(super) fn read_sealed(
        &self,
        blobs: &mut Blobs,
        name: &EntryFileName,
        oid: &str,
    ) -> Result<std::result::Result<Sealed, Damage>> {
        let Some(bytes) = blobs.read(oid)? else { return Ok(Err(Damage::TooLarge)) };
        let is_intact = |sealed: &Sealed| looks_intact(sealed, self.identity);
        let sealed = Sealed::from_bytes(name.clone(), bytes);
        Ok(sealed
            .and_then(|sealed| if is_intact(&sealed) { Ok(sealed) } else { Err(Damage::Broken) }))
    }

    /// Carries out a plan. Returns the branch's new tip.
    pub(super) fn apply(
        &self,
        repo: &Repo,
        plan: &Plan,
        files: &Files,
        report: &mut SyncReport,
    ) -> Result<Option<Oid>> {
        let discarded = plan.discard.iter().filter_map(|name| files.get(name));
        let paths = discarded
            .filter(|file| !file.is_in_transit())
            .flat_map(|file| file.paths().iter().cloned());
        let paths: Vec<PathBuf> = paths.collect();
        report.removed += self.journal.discard(&paths);
        match &plan.branch {
            Step::Stay => {}
            Step::Forward { from, to } => {
                let from = from.as_deref().unwrap_or_default();
                repo.git.run(&["update-ref", &repo.branch, to, from])?;
            }
            Step::Commit { parents, edits } => {
                let time = self.day.and_time(NaiveTime::MIN).and_utc().timestamp();
                let author = repo.git.author();
                let commit = Commit { branch: &repo.branch, parents, author: &author, time };
                repo.git.commit(&commit, |changes| {
                    edits.iter().try_for_each(|edit| match edit {
                        Edit::Remove(path) => changes.remove(path),
                        Edit::Put { path, mode, oid } => changes.put(path, mode, oid),
                        Edit::Add(name) => match self.read_file(files.get(name), report) {
                            Some(bytes) => bytes.add_to(changes, &repo.path(name)),
                            None => Ok(()),
                        },
                    })
                })?;
            }
        }
        repo.git.commit_of(&repo.branch)
    }

    /// A file's bytes. One that was damaged since planning is left out.
    fn read_file(&self, file: Option<&FolderFile>, report: &mut SyncReport) -> Option<FileBytes> {
        match file?.open(self.journal, self.identity) {
            Ok(bytes) => Some(bytes),
            // Replaced by an edit, which the next sync will send.
            Err(damaged) if damaged.why == Damage::Gone => None,
            Err(damaged) => {
                report.left_out.push(damaged);
                None
            }
        }
    }

    /// The intact bytes that the repository has of these revisions, on any branch synced.
    pub(super) fn read_intact(
        &self,
        repo: &Repo,
        names: &[EntryFileName],
    ) -> Result<BTreeMap<EntryFileName, Sealed>> {
        let mut blobs = repo.git.reader();
        let mut intact: BTreeMap<EntryFileName, Sealed> = BTreeMap::new();
        for tip in [repo.branch.clone(), repo.their_ref()] {
            let tip = repo.git.commit_of(&tip)?;
            let tree = repo.git.tree(tip.as_deref(), &repo.prefix)?;
            for (name, oid) in names.iter().filter_map(|name| {
                Some((name, tree.entries.get(&JournalFile::Entry(name.clone()))?))
            }) {
                if let Ok(sealed) = self.read_sealed(&mut blobs, name, oid)? {
                    intact.entry(name.clone()).or_insert(sealed);
                }
            }
        }
        Ok(intact)
    }
}

/// The bytes that were published and the file they're in, or why none were.
type FetchResult = std::result::Result<(Oid, FolderFile), Damage>;

/// A file that another process wrote meanwhile is as good.
fn or_taken(result: Result<()>) -> Result<()> {
    result.or_else(|error| if error.is_taken() { Ok(()) } else { Err(error) })
}

/// Updates the user's index to what was committed of the journal, or `git status` would
/// report changes that nobody made. The whole index is compared, as an earlier sync may
/// have failed to update it.
pub fn stage(repo: &Repo, tip: Option<&str>) -> Result<()> {
    let Some(tip) = tip else { return Ok(()) };
    let staged = repo.git.staged(&repo.prefix)?;
    let committed = repo.git.tree(Some(tip), &repo.prefix)?.entries;
    let files = to_stage(&staged, &committed).map(|(name, oid)| (repo.path(name), oid));
    let files: Vec<_> = files.collect();
    if files.is_empty() { Ok(()) } else { repo.git.stage(&files, tip) }
}

/// Where an index differs from what was committed, which it gets: `None` of a file that the
/// commit hasn't.
fn to_stage<'a>(
    staged: &'a BTreeMap<JournalFile, Oid>,
    committed: &'a BTreeMap<JournalFile, Oid>,
) -> impl Iterator<Item = (&'a JournalFile, Option<&'a Oid>)> {
    let removed = staged.keys().filter(|name| !committed.contains_key(name));
    let new = committed.iter().filter(|(name, oid)| staged.get(name) != Some(oid));
    removed.map(|name| (name, None)).chain(new.map(|(name, oid)| (name, Some(oid))))
}

#[cfg(test)]
mod tests;
