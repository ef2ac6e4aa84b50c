//! Reading: query → scan → open. Damage to one file is reported beside the
//! others and hides none of them.

use std::collections::{BTreeMap, HashSet};
use std::mem::take;
use std::path::{Path, PathBuf};

use crate::config::Clock;
use crate::disk::{self, Odd};
use crate::entry::{Entry, EntryId, RevisionId, read_id};
use crate::error::{Result, plain};
use crate::journal::JournalError;
use crate::query::Query;
use crate::seal::Damage;
use crate::seal::SealError;
use crate::seal::{Identity, Label, Sealed};

use super::heads::{heads, known};
use super::names::Names;
use super::scan::{File, Group};
use super::{Damaged, Journal, LARGEST, name};

/// How often an entry is looked for that is replaced again and again.
pub(super) const TRIES: usize = 10;

/// An entry as its heads show it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The newest head.
    pub entry: Entry,
    /// Other heads: edits made apart, which `edit` settles.
    pub beside: Vec<Entry>,
    /// Every revision of it that is known, for the next one to replace.
    pub revisions: Vec<RevisionId>,
    /// The files of those that could be read.
    pub files: Vec<PathBuf>,
}

impl Kept {
    /// The entry with its other heads.
    pub fn heads(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.entry).chain(&self.beside)
    }
}

/// Told how many entries are open, of how many there may be; says whether to go
/// on.
pub type Watch<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// Who reads what, and who is told of it.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub identity: &'a Identity,
    pub query: &'a Query,
    pub clock: &'a Clock,
    pub watch: Watch<'a>,
}

impl Reader<'_> {
    pub(super) fn matches(&self, kept: &Kept) -> bool {
        kept.heads().any(|entry| self.query.matches(entry, self.clock))
    }
}

/// Entries, or what was made of them.
pub struct Found<T = Kept> {
    /// Newest first.
    pub entries: Vec<T>,
    pub damaged: Vec<Damaged>,
}

impl Journal {
    /// The entries whose ids begin so, in the order given.
    pub fn named(&self, prefixes: &[String], identity: &Identity) -> Result<Found> {
        let mut found = self.named_now(prefixes, identity)?;
        for _ in 0..TRIES {
            if found.damaged.iter().all(|damaged| damaged.why != Damage::Gone) {
                break;
            }
            found = self.named_now(prefixes, identity)?;
        }
        Ok(found)
    }

    fn named_now(&self, prefixes: &[String], identity: &Identity) -> Result<Found> {
        let mut names = self.names_known(identity)?;
        let mut found = Found { entries: Vec::new(), damaged: take(&mut names.refused) };
        for given in prefixes {
            let group = names.one_of(given)?;
            let opened = open_group(&group, identity);
            let broken = !opened.damaged.is_empty();
            found.damaged.extend(opened.damaged.iter().cloned());
            match opened.kept() {
                Some(kept) => found.entries.push(kept),
                None if broken => refuse_plugin(&found.damaged)?,
                None => return Err(JournalError::NoSuchEntry { id: given.clone() }.into()),
            }
        }
        Ok(found)
    }
}

impl Names {
    /// What lies there of the entry whose id begins so.
    fn one_of(&self, given: &str) -> Result<Group> {
        let prefix = read_id(given);
        let ids: HashSet<EntryId> = self
            .iter()
            .filter(|name| name.parts.id.starts_with(&prefix))
            .filter_map(|name| name.parts.id.parse().ok())
            .collect();
        if ids.len() > 1 {
            let mut candidates: Vec<String> = ids.iter().map(EntryId::to_string).collect();
            candidates.sort();
            return Err(JournalError::AmbiguousId { given: given.to_owned(), candidates }.into());
        }
        // Nothing is no name, not even of the only entry.
        let group = self.all_of(&ids).pop().filter(|_| !prefix.is_empty());
        group.ok_or_else(|| JournalError::NoSuchEntry { id: given.to_owned() }.into())
    }
}

/// A plugin that does not open one entry opens no other.
pub(super) fn refuse_plugin(damaged: &[Damaged]) -> Result<()> {
    let failed = damaged.iter().find_map(|damaged| match &damaged.why {
        Damage::Plugin { why } => Some(why.clone()),
        _ => None,
    });
    failed.map_or(Ok(()), |why| Err(SealError::PluginFailed { why }.into()))
}

impl Journal {
    /// The files, and what files were called, that an opened revision of the
    /// same entry is known to have replaced.
    pub fn replaced(&self, identity: &Identity, among: &[Label]) -> Result<HashSet<Label>> {
        let mut by_id: BTreeMap<&EntryId, Vec<&Label>> = BTreeMap::new();
        for label in among {
            by_id.entry(&label.id).or_default().push(label);
        }
        let mut replaced = HashSet::new();
        for group in self.scan()?.groups {
            // One name alone has nothing to be replaced by.
            let Some(labels) = by_id.get(&group.id).filter(|labels| labels.len() > 1) else {
                continue;
            };
            let opened = open_group(&group, identity);
            let standing: HashSet<&RevisionId> =
                heads(&opened.revisions).into_iter().map(|e| &e.revision).collect();
            let known = known(&opened.revisions);
            let gone = |label: &&&Label| {
                known.contains(&label.revision) && !standing.contains(&label.revision)
            };
            replaced.extend(labels.iter().filter(gone).map(|label| (**label).clone()));
        }
        Ok(replaced)
    }

    /// The sealed bytes of the first copy that is whole, as far as can be told.
    pub fn take_whole(
        &self,
        file: &File,
        identity: Option<&Identity>,
    ) -> std::result::Result<Sealed, Damaged> {
        first_whole(file, |sealed| match looks_whole(&sealed, identity) {
            true => Ok(sealed),
            false => Err(Damage::Broken),
        })
    }
}

/// Is it all there, as far as can be told?
pub fn looks_whole(sealed: &Sealed, identity: Option<&Identity>) -> bool {
    match identity.map(|identity| identity.open(sealed)) {
        Some(Ok(_)) => true,
        Some(Err(Damage::Broken | Damage::NotSealed)) => false,
        // Sealed to somebody else, or by a later version.
        _ => sealed.has_a_whole_length(),
    }
}

/// What lies there of an entry, opened.
pub(super) struct Opened {
    pub revisions: Vec<Entry>,
    /// The files of those.
    files: Vec<PathBuf>,
    /// What does not open, and is not known to be replaced.
    pub damaged: Vec<Damaged>,
}

pub(super) fn open_group(group: &Group, identity: &Identity) -> Opened {
    let mut opened = Opened { revisions: Vec::new(), files: Vec::new(), damaged: Vec::new() };
    let mut closed = Vec::new();
    for file in &group.files {
        match open_any(file, identity) {
            Ok(entry) => {
                opened.revisions.push(entry);
                opened.files.extend(file.paths.iter().cloned());
            }
            // On its way here, and not yet whole.
            Err(_) if file.passing => {}
            Err(damaged) => closed.push((&file.label.revision, damaged)),
        }
    }
    // An old file that a syncer brought back need not open any more.
    let replaced = known(&opened.revisions);
    closed.retain(|(revision, _)| !replaced.contains(revision));
    opened.damaged.extend(closed.into_iter().map(|(_, damaged)| damaged));
    opened
}

impl Opened {
    /// Did a file go while it was being read? Then what was read is of the past.
    pub fn is_of_the_past(&self) -> bool {
        self.damaged.iter().any(|damaged| damaged.why == Damage::Gone)
    }

    /// The entry as its heads show it: those revisions that no other replaces.
    /// `None` where it is deleted, or nothing of it can be read.
    pub fn kept(self) -> Option<Kept> {
        let mut standing: Vec<Entry> =
            heads(&self.revisions).into_iter().filter(|e| !e.deleted).cloned().collect();
        let entry = standing.pop()?;
        standing.reverse();
        let revisions = known(&self.revisions);
        Some(Kept { entry, beside: standing, revisions, files: self.files })
    }
}

/// The revision from the first of its copies that is whole.
pub(super) fn open_any(file: &File, identity: &Identity) -> std::result::Result<Entry, Damaged> {
    first_whole(file, |sealed| identity.open(&sealed))
}

/// What comes of the first of a file's copies of which anything does.
pub(super) fn first_whole<T>(
    file: &File,
    open: impl Fn(Sealed) -> std::result::Result<T, Damage>,
) -> std::result::Result<T, Damaged> {
    let mut first_damage = None;
    for path in &file.paths {
        let sealed = read(path)
            .and_then(|bytes| Sealed::found(file.label.clone(), bytes))
            .map_err(|why| if is_placeholder(path) { Damage::InTheCloud } else { why });
        match sealed.and_then(&open) {
            Ok(opened) => return Ok(opened),
            Err(why) => {
                first_damage.get_or_insert(Damaged { path: path.clone(), why });
            }
        }
    }
    // A file without a path does not come out of a scan.
    Err(first_damage.unwrap_or(Damaged { path: PathBuf::new(), why: Damage::NotAFile }))
}

fn is_placeholder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(name::PLACEHOLDER.as_bytes())
}

pub(super) fn read(path: &Path) -> std::result::Result<Vec<u8>, Damage> {
    disk::read(path, LARGEST).map_err(|odd| match odd {
        Odd::NotAFile => Damage::NotAFile,
        Odd::Gone => Damage::Gone,
        Odd::TooLarge => Damage::TooLarge,
        Odd::Unreadable(e) => Damage::Unreadable { why: plain(&e) },
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
