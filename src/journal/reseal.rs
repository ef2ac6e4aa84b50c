//! Seals everything again after the keys changed. Each head is published once more under
//! the new keys, read back and compared, and only then are the old files removed: at
//! every moment, each entry has a file that opens.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use crate::disk::Folder;
use crate::entry::{Entry, RevisionId};
use crate::error::{Error, Result};
use crate::journal::JournalError;
use crate::seal::{Damage, EntryFileName, Identity};

use super::heads::{heads, replaced_revisions};
use super::month::Month;
use super::pending_reseal::{PendingReseal, names_of};
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::stored::refuse_plugin;
use super::stored_entry::attachment_ids;
use super::{AttachmentSource, Damaged, Journal, name};

#[derive(Default)]
pub struct ResealReport {
    /// How many entries were sealed again, not counting deleted ones.
    pub entries: usize,
    /// What couldn't be, and is as before.
    pub damaged: Vec<Damaged>,
    published: HashSet<String>,
}

/// How to open an entry, and how to seal and keep it with the keys in force at that
/// moment.
pub struct Keyring<'a> {
    pub identity: &'a Identity,
    pub append: &'a AppendFn<'a>,
}

/// Keeps an entry and its files, sealed to the keys in force at that moment.
pub type AppendFn<'a> = dyn Fn(Entry, &[&dyn AttachmentSource]) -> Result<Entry> + 'a;

impl Journal {
    /// Everything in the journal that can't be opened.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn damaged(&self, identity: &Identity) -> Result<Vec<Damaged>> {
        use rayon::prelude::*;
        let scan = self.scan()?;
        let check_group = |group: &EntryFiles| {
            let contents = self.open_group(group, identity);
            let heads = heads(&contents.revisions);
            let damaged_files =
                heads.iter().flat_map(|head| self.damaged_attachments(head, identity));
            let damaged_files: Vec<Damaged> = damaged_files.collect();
            contents.damaged.into_iter().chain(damaged_files).collect::<Vec<Damaged>>()
        };
        let mut damaged = scan.refused;
        if identity.may_ask() {
            for group in &scan.groups {
                damaged.extend(check_group(group));
                refuse_plugin(&damaged)?;
            }
        } else {
            damaged.extend(scan.groups.par_iter().flat_map_iter(check_group).collect::<Vec<_>>());
        }
        // A file that an edit replaced meanwhile isn't damaged.
        damaged.retain(|damaged| damaged.why != Damage::Gone);
        Ok(damaged)
    }

    /// Might this be the journal's identity? No, if it opens no entry and some are sealed
    /// to another.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn may_open(&self, identity: &Identity) -> Result<bool> {
        let mut groups = self.scan()?.groups;
        groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
        let mut to_another = false;
        for file in groups.iter().flat_map(|group| &group.files) {
            match self.open_file(file, identity) {
                Ok(_) => return Ok(true),
                Err(damaged) => to_another |= damaged.why == Damage::SealedToAnother,
            }
        }
        Ok(!to_another)
    }

    /// Seals again what is pending, and what was added meanwhile. After each entry,
    /// `done` takes how many are done, and of how many.
    ///
    /// # Errors
    /// A revision that can't be published or read back; its old file stays.
    pub fn reseal(
        &self,
        pending: &PendingReseal,
        keys: &Keyring,
        done: &dyn Fn(usize, usize),
    ) -> Result<ResealReport> {
        let mut report = ResealReport::default();
        self.reseal_matching(&|file| pending.has(file), keys, &mut report, done)?;
        // A session or an edit that was under way may have sealed to the old keys.
        let revisions = pending.revisions();
        let mut known_names = pending.files.clone();
        loop {
            known_names.extend(report.published.iter().cloned());
            let is_late = |file: &ScannedFile| {
                names_of(file).all(|name| !known_names.contains(&*name))
                    && !self.is_copy_of(file, &revisions, keys.identity)
            };
            let groups = self.scan()?.groups;
            let new = groups.iter().flat_map(|g| &g.files).filter(|file| is_late(file));
            let new: HashSet<String> = new.flat_map(names_of).map(Cow::into_owned).collect();
            if new.is_empty() {
                return Ok(report);
            }
            let is_new = |file: &ScannedFile| names_of(file).any(|name| new.contains(&*name));
            self.reseal_matching(&is_new, keys, &mut report, &|_, _| {})?;
            known_names.extend(new);
        }
    }

    fn reseal_matching(
        &self,
        is_old: &dyn Fn(&ScannedFile) -> bool,
        keys: &Keyring,
        report: &mut ResealReport,
        done: &dyn Fn(usize, usize),
    ) -> Result<()> {
        let Scan { mut groups, refused, .. } = self.scan()?;
        // A folder that can't be read may hold any number of entries.
        let new = refused.into_iter().filter(|folder| !report.damaged.contains(folder));
        let new: Vec<Damaged> = new.collect();
        report.damaged.extend(new);
        groups.retain(|group| group.files.iter().any(is_old));
        for (i, group) in groups.iter().enumerate() {
            match self.reseal_entry(group, is_old, keys, report) {
                Ok(()) => {}
                Err(ResealStop::Damaged(damaged)) => {
                    report.damaged.push(damaged);
                    refuse_plugin(&report.damaged)?;
                }
                Err(ResealStop::Failed(error)) => return Err(error),
            }
            done(i + 1, groups.len());
        }
        Ok(())
    }

    fn reseal_entry(
        &self,
        group: &EntryFiles,
        is_old: &dyn Fn(&ScannedFile) -> bool,
        keys: &Keyring,
        report: &mut ResealReport,
    ) -> std::result::Result<(), ResealStop> {
        let contents = self.open_group(group, keys.identity);
        // If an edit was faster, a later round finds its revision.
        if let Some(damaged) = contents.damaged.into_iter().find(|d| d.why != Damage::Gone) {
            return Err(ResealStop::Damaged(damaged));
        }
        let revisions = contents.revisions;
        let old: Vec<&ScannedFile> = group.files.iter().filter(|file| is_old(file)).collect();
        let is_pending = |e: &Entry| old.iter().any(|file| file.name.revision == e.revision);
        let mut copies = Vec::new();
        for head in heads(&revisions).into_iter().filter(|e| is_pending(e)) {
            let copy = self.publish_copy_of(head, &revisions, keys)?;
            report.published.insert(name::file_name(&EntryFileName::of(&copy)));
            self.verify(&copy, keys.identity)?;
            copies.push(copy);
        }
        // Two revisions made apart are one entry.
        report.entries += usize::from(copies.iter().any(|copy| !copy.deleted));
        // A file that doesn't open because a sync tool is still bringing it stays.
        let replaced = replaced_revisions(&revisions);
        let (old, staying): (Vec<&ScannedFile>, Vec<_>) = group
            .files
            .iter()
            .partition(|file| is_old(file) && replaced.contains(&file.name.revision));
        // Attachments first: without its revision, nothing says that a file may go.
        let stays = |entry: &&Entry| staying.iter().any(|it| it.name.revision == entry.revision);
        let (staying, leaving): (Vec<&Entry>, Vec<_>) = revisions.iter().partition(stays);
        let still_named = attachment_ids(staying.into_iter().chain(&copies));
        let unnamed = attachment_ids(leaving).difference(&still_named).cloned().collect();
        self.remove_attachments(Month::of(group.day()), &group.id, &unnamed)?;
        for path in old.into_iter().flat_map(|file| &file.paths) {
            let place = path.parent().zip(path.file_name());
            let Some((folder, name)) = place else { continue };
            // Readers would know that it's replaced, but whoever has the old key could
            // still read it.
            Folder::open(&*self.disk, folder)?.remove_item(name)?;
        }
        Ok(())
    }

    /// Seals a head again, after its attachments.
    fn publish_copy_of(
        &self,
        head: &Entry,
        revisions: &[Entry],
        keys: &Keyring,
    ) -> std::result::Result<Entry, ResealStop> {
        let attachments = self.kept_attachments(head, keys.identity)?;
        let attachments: Vec<_> = attachments.iter().map(|it| &**it).collect();
        let copy = head.clone().into_copy(self.random_id()?, ancestors(head, revisions));
        Ok((keys.append)(Entry { attachments: Vec::new(), ..copy }, &attachments)?)
    }

    /// Is this file a copy, sealed again, of one of these revisions?
    fn is_copy_of(
        &self,
        file: &ScannedFile,
        revisions: &HashSet<RevisionId>,
        identity: &Identity,
    ) -> bool {
        let is_copy =
            |e: Entry| e.copy_of.is_some() && e.replaces.iter().any(|r| revisions.contains(r));
        self.open_file(file, identity).is_ok_and(is_copy)
    }

    /// Reads back a revision that was published, and its attachments.
    fn verify(&self, entry: &Entry, identity: &Identity) -> std::result::Result<(), ResealStop> {
        let name = EntryFileName::of(entry);
        let path = self.root().join(Journal::place(&name));
        let file = ScannedFile { name, paths: vec![path.clone()], in_transit: false };
        let why = match self.open_file(&file, identity) {
            Ok(stored) if stored == *entry => {
                let damaged = self.damaged_attachments(entry, identity).into_iter().next();
                return damaged.map_or(Ok(()), |damaged| Err(ResealStop::Damaged(damaged)));
            }
            Ok(_) => Damage::Swapped,
            // An edit has replaced it already.
            Err(Damaged { why: Damage::Gone, .. }) => return Ok(()),
            Err(damaged) => damaged.why,
        };
        Err(ResealStop::Damaged(Damaged { path, why }))
    }
}

/// Why an entry was not sealed again.
enum ResealStop {
    Damaged(Damaged),
    Failed(Error),
}

impl From<Error> for ResealStop {
    fn from(error: Error) -> ResealStop {
        match error.of() {
            Some(JournalError::AttachmentUnreadable { path, why, .. }) => {
                ResealStop::Damaged(Damaged { path: path.clone(), why: why.clone() })
            }
            _ => ResealStop::Failed(error),
        }
    }
}

/// Every revision that a copy of this one replaces: itself, what it replaces, what those
/// replace, and other copies of the same.
fn ancestors(head: &Entry, revisions: &[Entry]) -> Vec<RevisionId> {
    let mut ids = BTreeSet::from([head.revision.clone()]);
    loop {
        let before = ids.len();
        for e in revisions {
            if e.is_copy_of(head) || ids.contains(&e.revision) {
                ids.extend(e.replaces.iter().chain([&e.revision]).chain(&e.copy_of).cloned());
            }
        }
        if ids.len() == before {
            return ids.into_iter().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::KeyChangeKind;
    use super::super::stored::tests::{desk, entry};
    use super::*;
    use crate::config::Clock;
    use crate::query::Query;
    use crate::seal::{PluginCallbacks, Recipients};

    #[test]
    fn whatever_is_sealed_again_opens_with_the_new_key_alone_and_the_old_files_go() {
        let desk = desk();
        let journal = &desk.journal;
        let old = [
            desk.keep(&entry("aaaaaaaaaa", "aaaaa1", &[], 1, "one")),
            desk.keep(&entry("bbbbbbbbbb", "bbbbb1", &[], 2, "two")),
        ];
        let new = Identity::generate();
        let both = format!("{}{}", *new.to_file(), *desk.identity.to_file());
        let identity = &Identity::parse(&both, PluginCallbacks::SILENT).unwrap();
        let list = new.recipients().join("\n");
        let recipients = Recipients::parse(&list, "test").unwrap();
        let append = &|entry, files: &[&dyn AttachmentSource]| {
            journal.publish_with_files(entry, files, &recipients, |sealed| journal.append(sealed))
        };
        let pending =
            PendingReseal::new(KeyChangeKind::Rotate, journal, String::new(), list).unwrap();
        let report = journal.reseal(&pending, &Keyring { identity, append }, &|_, _| {}).unwrap();
        assert_eq!((report.entries, report.damaged), (2, Vec::new()));
        assert!(old.iter().all(|path| !path.exists()));
        let clock = Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
        let opened = |identity| journal.find(&Query::everything(), identity, &clock).unwrap();
        let words = opened(&new).entries.into_iter().map(|stored| stored.entry.answers[0].text());
        assert_eq!(words.collect::<Vec<_>>(), ["two", "one"]);
        assert_eq!(opened(&desk.identity).damaged.len(), 2);
    }
}
