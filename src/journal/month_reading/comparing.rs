//! Comparing what was met of a month with what this device remembers of it.

use std::collections::HashSet;

use crate::disk::Folder;
use crate::entry::{Entry, EntryId};
use crate::error::Result;
use crate::journal::month::Month;
use crate::journal::pack::{NewRecord, Pack};
use crate::journal::reading::MonthRead;
use crate::journal::scan::EntryFiles;
use crate::journal::seen::{EntrySighting, Lineage, LoadedMemory, MonthSighting, UnlockedSeen};
use crate::journal::{Damaged, Journal};

use super::{EntryRead, ReadMonth};

impl<T: Send> ReadMonth<'_, '_, T> {
    /// Reads the month, and names what was in it before and is not.
    pub(super) fn read_and_compare(&self, newest: Option<usize>) -> Result<MonthRead<T>> {
        let Some(seen) = self.reading.seen else { return self.read(newest, None) };
        let memory = seen.load(self.place.month);
        let mut read = self.read(newest, Some(&memory))?;
        let journal = self.reading.journal;
        match &read.sighting {
            Some(sighting) => {
                read.damaged.extend(seen.compare(journal, &memory, sighting, read.pack));
            }
            None if memory.is_of(read.pack) => {
                read.damaged.extend(seen.losses(journal, &memory));
            }
            // It could not be read, and is named for that.
            None => {}
        }
        Ok(read)
    }

    pub(super) fn sighting_of(&self, revisions: &[Entry], closed: bool) -> EntrySighting {
        let all = revisions.iter().filter(|_| self.reading.seen.is_some());
        EntrySighting { revisions: all.map(Lineage::of).collect(), closed }
    }

    pub(super) fn sighting_of_records(&self, records: &[NewRecord]) -> EntrySighting {
        let all = records.iter().filter(|_| self.reading.seen.is_some());
        let lineages = all.filter_map(|record| Lineage::of_json(&record.name, &record.json));
        EntrySighting { revisions: lineages.map(|(_, lineage)| lineage).collect(), closed: false }
    }
}

impl Pack {
    /// What is in a month of which every file is in the pack. What is gone since is
    /// not: [`Unmet`] adds it.
    pub(super) fn sighting(&self, memory: &LoadedMemory) -> MonthSighting {
        let mut sighting = MonthSighting::new();
        for (at, record) in self.records().iter().enumerate() {
            if let Some((id, lineage)) = Lineage::of_json(&record.name, self.json(at)) {
                sighting.entry(id).or_default().revisions.push(lineage);
            }
        }
        for id in memory.memory().unmet(|_, _| false) {
            sighting.entry(id).or_default();
        }
        sighting
    }
}

/// The entries of which something that is remembered is not among the names in a folder:
/// these are looked at whatever is asked for.
pub(super) struct Unmet(Option<HashSet<EntryId>>);

impl Unmet {
    pub fn of(memory: Option<&LoadedMemory>, groups: &[EntryFiles]) -> Unmet {
        let unmet = |memory: &LoadedMemory| {
            let files = groups.iter().flat_map(|group| &group.files);
            let there: HashSet<_> =
                files.map(|file| (&file.label.id, &file.label.revision)).collect();
            let unmet = memory.memory().unmet(|id, revision| there.contains(&(id, revision)));
            unmet.into_iter().collect()
        };
        Unmet(memory.map(unmet))
    }

    pub fn has(&self, id: &EntryId) -> bool {
        self.0.as_ref().is_some_and(|unmet| unmet.contains(id))
    }

    /// What was met of these, and of those that have no file any more.
    pub fn sighting<T>(
        self,
        groups: &[&EntryFiles],
        read: &mut [EntryRead<T>],
    ) -> Option<MonthSighting> {
        let gone = self.0?.into_iter().map(|id| (id, EntrySighting::default()));
        let mut sighting: MonthSighting = gone.collect();
        for (group, read) in groups.iter().zip(read) {
            sighting.insert(group.id.clone(), std::mem::take(&mut read.sighting));
        }
        Some(sighting)
    }
}

impl Journal {
    /// What is to be named of those of these months that have no folder any more.
    pub(in crate::journal) fn missing_months(
        &self,
        seen: &UnlockedSeen,
        due: impl Iterator<Item = Month>,
    ) -> Vec<Damaged> {
        let mut damaged = Vec::new();
        for month in due {
            let memory = seen.load(month);
            let folder = || Folder::find(&*self.disk, &self.root.join(month.place()));
            // One that was made meanwhile, or cannot be looked at, is not gone.
            if memory.is_none() || !matches!(folder(), Ok(None)) {
                continue;
            }
            let gone = memory.memory().unmet(|_, _| false);
            let sighting = gone.into_iter().map(|id| (id, EntrySighting::default())).collect();
            damaged.extend(seen.compare(self, &memory, &sighting, None));
        }
        damaged
    }
}
