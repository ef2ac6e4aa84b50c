//! Sealing everything anew, after the keys changed. Each revision that stands
//! is published once more under the new keys, read back and compared, and only
//! then do the old files go: no entry is ever without one that opens.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk;
use crate::entry::{Entry, RevisionId};
use crate::error::{Damage, Error, KeyFault, Result};
use crate::seal::{Identity, Recipients, Sealed};

use super::heads::heads;
use super::read::{open_any, read};
use super::scan::{File, Group, Scan};
use super::{Damaged, Journal, name};

const FILE: &str = "resealing.json";

/// A change of keys that has begun: to whom everything is to be sealed, and
/// the files that are not yet. It names days and public keys, and no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was asked for: "rotate", "add".
    pub of: String,
    /// The whole list of recipients, as it stood and as it shall stand.
    pub before: String,
    pub recipients: String,
    files: BTreeSet<String>,
}

impl Pending {
    /// Everything that lies in the journal now.
    pub fn all(of: &str, journal: &Journal, before: String, after: String) -> Result<Pending> {
        let scan = journal.scan()?;
        if !scan.refused.is_empty() {
            let damaged = scan.refused.len();
            return Err(Error::Key(KeyFault::CannotOpenAll { damaged }));
        }
        let files = scan.groups.iter().flat_map(|group| &group.files).flat_map(|file| &file.paths);
        let files = files.map(|path| file_name(path).into_owned()).collect();
        Ok(Pending { of: of.to_owned(), before, recipients: after, files })
    }

    /// What an earlier run has left to do. One that cannot be read is none:
    /// nothing is lost by that, for every file still opens.
    pub fn read(state: &Path) -> Option<Pending> {
        serde_json::from_slice(&std::fs::read(state.join(FILE)).ok()?).ok()
    }

    pub fn write(&self, state: &Path) -> Result<()> {
        disk::Folder::make(state)?;
        let text = serde_json::to_vec(self).unwrap_or_default();
        disk::write(&state.join(FILE), &text, true)
    }

    pub fn forget(state: &Path) -> Result<()> {
        disk::remove(&state.join(FILE))
    }

    fn has(&self, file: &File) -> bool {
        file.paths.iter().any(|path| self.files.contains(&*file_name(path)))
    }

    /// The entries that it is still about.
    pub fn left(&self, journal: &Journal) -> Result<usize> {
        Ok(self.scan(journal)?.groups.len())
    }

    fn scan(&self, journal: &Journal) -> Result<Scan> {
        let mut scan = journal.scan()?;
        scan.groups.retain(|group| group.files.iter().any(|file| self.has(file)));
        Ok(scan)
    }
}

fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

pub struct Resealed {
    /// How many revisions were sealed anew.
    pub revisions: usize,
    /// What could not be, and lies there as before.
    pub damaged: Vec<Damaged>,
}

impl Journal {
    /// Everything that cannot be opened, of all that lies there.
    pub fn damaged(&self, identity: &Identity) -> Result<Vec<Damaged>> {
        use rayon::prelude::*;
        let scan = self.scan()?;
        let files: Vec<&File> = scan.groups.iter().flat_map(|group| &group.files).collect();
        let broken = |file: &&File| open_any(file, identity).err();
        let mut damaged = scan.refused;
        if identity.may_ask() {
            damaged.extend(files.iter().filter_map(broken));
        } else {
            damaged.extend(files.par_iter().filter_map(broken).collect::<Vec<_>>());
        }
        Ok(damaged)
    }

    /// Does this identity open any of the latest entries, or is there none?
    pub fn may_open(&self, identity: &Identity) -> Result<bool> {
        const SOME: usize = 20;
        let mut groups = self.scan()?.groups;
        groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
        let mut files = groups.iter().take(SOME).flat_map(|group| &group.files);
        Ok(groups.is_empty() || files.any(|file| open_any(file, identity).is_ok()))
    }

    /// Seals anew what is pending. `done` is told after each entry how many
    /// are, and of how many.
    pub fn reseal(
        &self,
        pending: &Pending,
        identity: &Identity,
        recipients: &Recipients,
        done: &dyn Fn(usize, usize),
    ) -> Result<Resealed> {
        let Scan { groups, refused } = pending.scan(self)?;
        // What lies in a folder that cannot be read is not done.
        let mut resealed = Resealed { revisions: 0, damaged: refused };
        for (i, group) in groups.iter().enumerate() {
            match self.reseal_one(group, pending, identity, recipients) {
                Ok(revisions) => resealed.revisions += revisions,
                Err(Stopped::Damaged(damaged)) => resealed.damaged.push(damaged),
                Err(Stopped::Failed(error)) => return Err(error),
            }
            done(i + 1, groups.len());
        }
        Ok(resealed)
    }

    fn reseal_one(
        &self,
        group: &Group,
        pending: &Pending,
        identity: &Identity,
        recipients: &Recipients,
    ) -> std::result::Result<usize, Stopped> {
        let mut revisions = Vec::new();
        for file in &group.files {
            match open_any(file, identity) {
                Ok(entry) => revisions.push(entry),
                // An edit was faster, and has sealed it to the new keys.
                Err(Damaged { why: Damage::Gone, .. }) => {}
                Err(damaged) => return Err(Stopped::Damaged(damaged)),
            }
        }
        let old: Vec<&File> = group.files.iter().filter(|file| pending.has(file)).collect();
        let is_old = |e: &Entry| old.iter().any(|file| file.label.revision == e.revision);
        let standing: Vec<&Entry> = heads(&revisions).into_iter().filter(|e| is_old(e)).collect();
        for head in &standing {
            let copy = (*head).clone().copied(behind(head, &revisions))?;
            self.append(&recipients.seal(&copy)?)?;
            self.verify(&copy, identity)?;
        }
        for path in old.iter().flat_map(|file| &file.paths) {
            // One that stays is known to be replaced, but whoever holds the old
            // key could read it.
            disk::remove(path)?;
        }
        Ok(standing.len())
    }

    /// Reads back what was published.
    fn verify(&self, entry: &Entry, identity: &Identity) -> std::result::Result<(), Stopped> {
        let label = crate::seal::Label::of(entry);
        let day = label.day;
        let path: PathBuf = [day.format("%Y"), day.format("%m")]
            .iter()
            .fold(self.root().to_owned(), |path, part| path.join(part.to_string()))
            .join(name::write(&label));
        let opened = read(&path)
            .and_then(|bytes| Sealed::found(label, bytes))
            .and_then(|sealed| identity.open(&sealed))
            .and_then(|there| if there == *entry { Ok(()) } else { Err(Damage::Swapped) });
        opened.map_err(|why| Stopped::Damaged(Damaged { path, why }))
    }
}

/// Why an entry was not sealed anew.
enum Stopped {
    Damaged(Damaged),
    Failed(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Stopped {
        Stopped::Failed(error)
    }
}

/// Every revision that a copy of this one stands for: itself, what it replaces,
/// what those replace, and other copies of the same.
fn behind(head: &Entry, revisions: &[Entry]) -> Vec<RevisionId> {
    let original = |e: &Entry| e.copy_of.clone().unwrap_or(e.revision.clone());
    let mut all = BTreeSet::from([head.revision.clone()]);
    loop {
        let before = all.len();
        for e in revisions {
            if all.contains(&e.revision) || original(e) == original(head) {
                all.extend(e.replaces.iter().chain([&e.revision]).chain(&e.copy_of).cloned());
            }
        }
        if all.len() == before {
            return all.into_iter().collect();
        }
    }
}
