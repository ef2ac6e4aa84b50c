//! What was read of a month, and what that says of a later reading. Pure: plain values
//! in, plain values out.
//!
//! Of each entry it holds the heads and deletions that stood, by their originals (an
//! entry that was sealed anew is the same revision in another file), and everything
//! that these replaced. A head that is gone although nothing that is here replaces it
//! is missing. A head that is here although something that was read replaced it is an
//! older version of what was here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::entry::{EntryId, RevisionId};

/// For so long, in seconds, a syncer may be about to bring what is missing.
pub const PATIENCE: i64 = 24 * 60 * 60;

/// What a file says of the revision in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    pub revision: RevisionId,
    /// The revision that it is a copy of, or itself.
    pub original: RevisionId,
    pub replaces: Vec<RevisionId>,
    pub deleted: bool,
    /// The day in the file's name.
    pub day: NaiveDate,
}

/// What was met of one entry's files; nothing, where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntrySighting {
    pub revisions: Vec<Lineage>,
    /// One of them does not open, and is named for that. Any revision may be in it.
    pub closed: bool,
}

/// By entry. Entries that are not in it were not looked at.
pub type MonthSighting = BTreeMap<EntryId, EntrySighting>;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthMemory(BTreeMap<EntryId, EntryMemory>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct EntryMemory {
    heads: Vec<HeadMemory>,
    /// Never the original of one of the heads.
    replaced: BTreeSet<RevisionId>,
    older: Option<OlderHead>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HeadMemory {
    original: RevisionId,
    /// Which file it was last read from.
    revision: RevisionId,
    day: NaiveDate,
    deleted: bool,
    /// In seconds since 1970.
    missing_since: Option<i64>,
}

/// A head that is shown, though it was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OlderHead {
    revision: RevisionId,
    day: NaiveDate,
    since: i64,
}

/// Something that was here and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub id: EntryId,
    /// The file that is missing, or the older one that is shown.
    pub revision: RevisionId,
    pub day: NaiveDate,
    pub kind: LossKind,
    /// In seconds since 1970.
    pub since: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    Missing,
    OlderShown,
    /// The mark is gone that said it was deleted.
    DeletedShown,
}

impl Loss {
    /// Did a syncer have time enough to bring it?
    pub fn is_firm(&self, now: i64) -> bool {
        now - self.since >= PATIENCE
    }
}

impl EntrySighting {
    /// The originals that nothing else replaces, each as one of its files has it.
    fn heads(&self) -> Vec<&Lineage> {
        let is_replaced = |head: &Lineage| {
            let others = self.revisions.iter().filter(|other| other.original != head.original);
            others.into_iter().any(|other| other.replaces.contains(&head.original))
        };
        let mut heads: Vec<&Lineage> =
            self.revisions.iter().filter(|head| !is_replaced(head)).collect();
        if heads.is_empty() {
            // Revisions that replace each other were not made by us. All are shown.
            heads = self.revisions.iter().collect();
        }
        heads.sort_by_key(|head| (&head.original, &head.revision));
        heads.dedup_by_key(|head| &head.original);
        heads
    }
}

impl EntryMemory {
    /// Takes in what is there, and forgets what that replaces. Older versions of what is
    /// remembered are not taken for heads; returns the first of those that are shown.
    fn learn<'s>(&mut self, sighting: &'s EntrySighting) -> Option<&'s Lineage> {
        let heads = sighting.heads();
        let stands = |original: &RevisionId| heads.iter().any(|head| head.original == *original);
        let mut replaced: BTreeSet<&RevisionId> =
            sighting.revisions.iter().flat_map(|lineage| &lineage.replaces).collect();
        replaced.retain(|revision| !stands(revision));
        self.heads.retain(|head| !replaced.contains(&head.original));
        let (older, current): (Vec<&Lineage>, Vec<_>) =
            heads.iter().partition(|head| self.replaced.contains(&head.original));
        self.replaced.extend(replaced.into_iter().cloned());
        for Lineage { revision, original, deleted, day, .. } in current {
            let head = HeadMemory {
                original: original.clone(),
                revision: revision.clone(),
                day: *day,
                deleted: *deleted,
                missing_since: None,
            };
            match self.heads.iter_mut().find(|known| known.original == *original) {
                Some(known) => *known = head,
                None => self.heads.push(head),
            }
        }
        older.into_iter().find(|head| !head.deleted)
    }

    fn update(&mut self, sighting: &EntrySighting, now: i64) {
        // A clock that was set back makes nothing wait for years.
        let since = |before: Option<i64>| before.map_or(now, |since| since.min(now));
        let older = self.learn(sighting);
        let before = self.older.take().map(|older| older.since);
        self.older = older.map(|head| OlderHead {
            revision: head.revision.clone(),
            day: head.day,
            since: since(before),
        });
        for head in &mut self.heads {
            let is_there = sighting.revisions.iter().any(|it| it.original == head.original);
            let missing = !is_there && !sighting.closed;
            head.missing_since = missing.then(|| since(head.missing_since));
        }
    }

    /// What of it is to be named: an older version that is shown, or else what is
    /// missing. A mark of deletion that is missing changes nothing while nothing of its
    /// entry is shown.
    fn losses(&self, id: &EntryId) -> Vec<Loss> {
        let loss = |revision: &RevisionId, day, kind, since| Loss {
            id: id.clone(),
            revision: revision.clone(),
            day,
            kind,
            since,
        };
        if let Some(older) = &self.older {
            let kind = match self.heads.iter().any(|head| !head.deleted) {
                true => LossKind::OlderShown,
                false => LossKind::DeletedShown,
            };
            return vec![loss(&older.revision, older.day, kind, older.since)];
        }
        let missing = self.heads.iter().filter(|head| !head.deleted).filter_map(|head| {
            Some(loss(&head.revision, head.day, LossKind::Missing, head.missing_since?))
        });
        missing.collect()
    }
}

impl MonthMemory {
    pub const EMPTY: MonthMemory = MonthMemory(BTreeMap::new());

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in what was published just now, and judges nothing.
    pub fn note(&mut self, id: &EntryId, published: Lineage) {
        let sighting = EntrySighting { revisions: vec![published], closed: false };
        self.0.entry(id.clone()).or_default().learn(&sighting);
    }

    /// Takes in what was met, and remembers since when something is missing.
    pub fn update(&mut self, sighting: &MonthSighting, now: i64) {
        for (id, sighting) in sighting {
            match self.0.get_mut(id) {
                Some(entry) => entry.update(sighting, now),
                None if sighting.revisions.is_empty() => {}
                None => self.0.entry(id.clone()).or_default().update(sighting, now),
            }
        }
    }

    /// Everything that was here and is not, as of the last update.
    pub fn losses(&self) -> Vec<Loss> {
        self.0.iter().flat_map(|(id, entry)| entry.losses(id)).collect()
    }

    /// Misses no more what is named: what is there of its entry is right.
    pub fn accept(&mut self, is_named: impl Fn(&Loss) -> bool) {
        self.0.retain(|id, entry| {
            let losses = entry.losses(id);
            let named: Vec<&Loss> = losses.iter().filter(|loss| is_named(loss)).collect();
            let is_accepted =
                |head: &HeadMemory| named.iter().any(|loss| loss.revision == head.revision);
            entry.heads.retain(|head| !is_accepted(head));
            // Of one that is shown at an older version, all is learnt anew.
            let older = entry.older.is_some() && !named.is_empty();
            !older && (named.is_empty() || !entry.heads.is_empty())
        });
    }

    /// The entries that names alone cannot settle: a head is in none of the files that
    /// are there (it was sealed anew, replaced, or is gone), or something was missing.
    pub fn unmet(&self, is_there: impl Fn(&EntryId, &RevisionId) -> bool) -> Vec<EntryId> {
        let is_met = |id: &EntryId, head: &HeadMemory| {
            head.missing_since.is_none() && is_there(id, &head.revision)
        };
        let is_unmet = |(id, entry): &(&EntryId, &EntryMemory)| {
            entry.older.is_some() || !entry.heads.iter().all(|head| is_met(id, head))
        };
        self.0.iter().filter(is_unmet).map(|(id, _)| id.clone()).collect()
    }
}

#[cfg(test)]
#[path = "month_memory_tests.rs"]
mod tests;
