//! Compares what a reading met in a month with what this device remembers of it.

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
    /// Reads the month, and reports what was in it before and is missing.
    pub(super) fn read_and_compare(&self, newest: Option<usize>) -> Result<MonthRead<T>> {
        let Some(seen) = self.journal_read.seen else { return self.read(newest, None) };
        let memory = seen.load(self.place.month);
        let mut read = self.read(newest, Some(&memory))?;
        let journal = self.journal_read.journal;
        match &read.sighting {
            Some(sighting) => {
                read.damaged.extend(seen.compare(journal, &memory, sighting, read.pack));
            }
            None if memory.was_compared_with(read.pack) => {
                read.damaged.extend(seen.losses(journal, &memory));
            }
            // The month couldn't be read, and is reported for that.
            None => {}
        }
        Ok(read)
    }

    pub(super) fn sighting_of(&self, revisions: &[Entry], has_unreadable: bool) -> EntrySighting {
        let revisions = revisions.iter().filter(|_| self.journal_read.seen.is_some());
        EntrySighting { revisions: revisions.map(Lineage::of).collect(), has_unreadable }
    }

    pub(super) fn sighting_of_records(&self, records: &[NewRecord]) -> EntrySighting {
        let records = records.iter().filter(|_| self.journal_read.seen.is_some());
        let lineages = records.filter_map(|record| Lineage::of_json(&record.name, &record.json));
        EntrySighting {
            revisions: lineages.map(|(_, lineage)| lineage).collect(),
            has_unreadable: false,
        }
    }
}

impl Pack {
    /// The sighting of a month whose files are all in the pack, with an empty one for
    /// each remembered entry: those without a file would otherwise not be compared.
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

/// Entries of which a remembered revision has no file by that name. They are read
/// whatever the query asks for.
pub(super) struct UnmetEntries(Option<HashSet<EntryId>>);

impl UnmetEntries {
    pub fn of(memory: Option<&LoadedMemory>, groups: &[EntryFiles]) -> UnmetEntries {
        let find_unmet = |memory: &LoadedMemory| {
            let files = groups.iter().flat_map(|group| &group.files);
            let present: HashSet<_> =
                files.map(|file| (&file.name.id, &file.name.revision)).collect();
            let unmet = memory.memory().unmet(|id, revision| present.contains(&(id, revision)));
            unmet.into_iter().collect()
        };
        UnmetEntries(memory.map(find_unmet))
    }

    pub fn has(&self, id: &EntryId) -> bool {
        self.0.as_ref().is_some_and(|ids| ids.contains(id))
    }

    /// The sightings of what was read, and empty ones for unmet entries without any file.
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
    /// What is missing from months, among these, that have no folder any more.
    pub(in crate::journal) fn missing_months(
        &self,
        seen: &UnlockedSeen,
        due: impl Iterator<Item = Month>,
    ) -> Vec<Damaged> {
        let mut damaged = Vec::new();
        for month in due {
            let memory = seen.load(month);
            let folder = || Folder::find(&*self.disk, &self.root.join(month.place()));
            // A folder that was made meanwhile, or can't be opened, isn't missing.
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
