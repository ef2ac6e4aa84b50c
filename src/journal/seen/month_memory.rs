//! The memory of a month, compared with a later reading. Pure: plain values in, plain
//! values out.
//!
//! Of each entry it holds the heads and deletions by their originals (an entry that was
//! sealed again is the same revision in another file), and everything that they replaced.
//! A head is missing if it's gone and nothing here replaces it. A head that was replaced
//! by something read earlier is an older version.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::entry::{EntryId, RevisionId};
use crate::secret::SecretBytes;

/// How long a sync tool may still be bringing what is missing, in seconds.
pub const PATIENCE: i64 = 24 * 60 * 60;

/// A revision's place among the others of its entry, as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The one in the file's name.
    pub revision: RevisionId,
    /// The revision that it's a copy of, or itself.
    pub original: RevisionId,
    /// All that it stands in place of.
    pub replaces: Vec<RevisionId>,
    /// Does it delete its entry?
    pub deleted: bool,
    /// The day in the file's name.
    pub day: NaiveDate,
}

/// The revisions that were read of one entry; empty if it has no files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntrySighting {
    /// One a file that opened.
    pub revisions: Vec<Lineage>,
    /// Did a file fail to open? It's reported for that, and may hold any revision.
    pub has_unreadable: bool,
}

/// By entry. Entries that aren't in it weren't read.
pub type MonthSighting = BTreeMap<EntryId, EntrySighting>;

/// What was read of each entry of a month before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthMemory(BTreeMap<EntryId, EntryMemory>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct EntryMemory {
    heads: Vec<HeadMemory>,
    /// Never contains the original of a head.
    replaced: BTreeSet<RevisionId>,
    older: Option<OlderHead>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HeadMemory {
    original: RevisionId,
    /// The revision in the file that it was last read from.
    revision: RevisionId,
    day: NaiveDate,
    deleted: bool,
    /// In seconds since 1970.
    missing_since: Option<i64>,
}

/// A head that is shown though it was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OlderHead {
    revision: RevisionId,
    day: NaiveDate,
    since: i64,
}

/// Something that was here and is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub id: EntryId,
    /// The revision that is missing.
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
    /// The revision that deleted it is missing.
    DeletedShown,
}

impl Loss {
    /// Has it been missing for longer than a sync tool may take?
    pub fn is_firm(&self, now: i64) -> bool {
        now.saturating_sub(self.since) >= PATIENCE
    }
}

impl EntrySighting {
    /// The originals that no other replaces, one file each.
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
    /// Adds what was read, and forgets what that replaces. Older versions don't become
    /// heads; returns the first of them that is shown.
    fn learn<'s>(&mut self, sighting: &'s EntrySighting) -> Option<&'s Lineage> {
        let heads = sighting.heads();
        let is_head = |original: &RevisionId| heads.iter().any(|head| head.original == *original);
        let mut replaced: BTreeSet<&RevisionId> =
            sighting.revisions.iter().flat_map(|lineage| &lineage.replaces).collect();
        replaced.retain(|revision| !is_head(revision));
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
            match self.heads.iter_mut().find(|remembered| remembered.original == *original) {
                Some(remembered) => *remembered = head,
                None => self.heads.push(head),
            }
        }
        older.into_iter().find(|head| !head.deleted)
    }

    fn update(&mut self, sighting: &EntrySighting, now: i64) {
        // If the clock was set back, nothing must wait for years.
        let since = |before: Option<i64>| before.map_or(now, |since| since.min(now));
        let older = self.learn(sighting);
        let older_since = self.older.take().map(|older| older.since);
        self.older = older.map(|head| OlderHead {
            revision: head.revision.clone(),
            day: head.day,
            since: since(older_since),
        });
        for head in &mut self.heads {
            let is_there = sighting.revisions.iter().any(|it| it.original == head.original);
            let missing = !is_there && !sighting.has_unreadable;
            head.missing_since = missing.then(|| since(head.missing_since));
        }
    }

    /// What is missing where an older version is shown: rather a revision than a deletion.
    fn newer_head(&self) -> Option<&HeadMemory> {
        self.heads.iter().min_by_key(|head| (head.deleted, head.missing_since.is_none()))
    }

    /// What to report: an older version that is shown, or else what is missing. A missing
    /// deletion changes nothing as long as nothing of its entry is shown.
    fn losses(&self, id: &EntryId) -> Vec<Loss> {
        let loss = |revision: &RevisionId, day, kind, since| Loss {
            id: id.clone(),
            revision: revision.clone(),
            day,
            kind,
            since,
        };
        if let Some(older) = &self.older {
            let newer = self.newer_head();
            let shows_older = newer.is_some_and(|head| !head.deleted);
            let kind = if shows_older { LossKind::OlderShown } else { LossKind::DeletedShown };
            let (revision, day) =
                newer.map_or((&older.revision, older.day), |head| (&head.revision, head.day));
            return vec![loss(revision, day, kind, older.since)];
        }
        let missing = self.heads.iter().filter(|head| !head.deleted).filter_map(|head| {
            Some(loss(&head.revision, head.day, LossKind::Missing, head.missing_since?))
        });
        missing.collect()
    }
}

impl MonthMemory {
    /// The memory of a month that was never read.
    pub const EMPTY: MonthMemory = MonthMemory(BTreeMap::new());

    /// Is nothing remembered?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the bytes that `encode` returned; `None` where they are no memory.
    pub fn decode(bytes: &[u8]) -> Option<MonthMemory> {
        postcard::from_bytes(bytes).ok()
    }

    /// Its bytes, not encrypted; `None` if they could not be made.
    pub fn encode(&self) -> Option<SecretBytes> {
        postcard::to_stdvec(self).ok().map(SecretBytes::from)
    }

    /// Adds a revision that was just published, and compares nothing.
    pub fn note(&mut self, id: &EntryId, published: Lineage) {
        let sighting = EntrySighting { revisions: vec![published], has_unreadable: false };
        self.0.entry(id.clone()).or_default().learn(&sighting);
    }

    /// Adds what was read, and since when anything is missing.
    pub fn update(&mut self, sighting: &MonthSighting, now: i64) {
        for (id, sighting) in sighting {
            match self.0.get_mut(id) {
                Some(entry) => entry.update(sighting, now),
                None if sighting.revisions.is_empty() => {}
                None => self.0.entry(id.clone()).or_default().update(sighting, now),
            }
        }
    }

    /// Everything that is missing as of the last update.
    pub fn losses(&self) -> Vec<Loss> {
        self.0.iter().flat_map(|(id, entry)| entry.losses(id)).collect()
    }

    /// Forgets reported losses: what is there of those entries is right.
    pub fn accept(&mut self, is_reported: impl Fn(&Loss) -> bool) {
        self.0.retain(|id, entry| {
            let losses = entry.losses(id);
            let reported: Vec<&Loss> = losses.iter().filter(|loss| is_reported(loss)).collect();
            let is_accepted =
                |head: &HeadMemory| reported.iter().any(|loss| loss.revision == head.revision);
            entry.heads.retain(|head| !is_accepted(head));
            // An entry shown at an older version is learnt afresh.
            let older = entry.older.is_some() && !reported.is_empty();
            !older && (reported.is_empty() || !entry.heads.is_empty())
        });
    }

    /// The entries that must be opened to compare them: a head is in none of the files
    /// present (it was sealed again, replaced, or is gone), or something was missing.
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
mod tests;
