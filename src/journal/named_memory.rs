//! What this device remembers of entries that are asked for by id.

use std::collections::HashSet;

use crate::entry::EntryId;
use crate::seal::Identity;

use super::month::Month;
use super::scan::EntryFiles;
use super::seen::{EntrySighting, Lineage, LoadedMemory, MonthSighting, UnlockedSeen};
use super::{Damaged, Journal};

/// The memory as it was before the folders were listed.
pub struct NamedMemory<'s> {
    seen: Option<&'s UnlockedSeen<'s>>,
    prefix: &'s str,
    months: Vec<LoadedMemory>,
}

impl<'s> NamedMemory<'s> {
    /// The memory of entries whose ids begin with this prefix.
    pub fn load(seen: Option<&'s UnlockedSeen<'s>>, prefix: &'s str) -> NamedMemory<'s> {
        let months = seen.map(UnlockedSeen::load_all).unwrap_or_default();
        NamedMemory { seen, prefix, months }
    }

    /// What is missing of these entries. `groups` has all their files.
    pub fn compare(
        &self,
        journal: &Journal,
        groups: &[EntryFiles],
        identity: &Identity,
    ) -> Vec<Damaged> {
        let mut damaged = Vec::new();
        let (Some(seen), false) = (self.seen, self.prefix.is_empty()) else { return damaged };
        let files = groups.iter().flat_map(|group| &group.files);
        let present: HashSet<_> = files.map(|file| (&file.name.id, &file.name.revision)).collect();
        for loaded in self.months.iter().filter(|loaded| loaded.may_hold(self.prefix)) {
            let mut ids = loaded.memory().unmet(|id, revision| present.contains(&(id, revision)));
            ids.retain(|id| id.as_str().starts_with(self.prefix));
            let of_month = |group: &&EntryFiles| Month::of(group.day()) == loaded.month();
            let group = |id: &EntryId| groups.iter().filter(of_month).find(|it| it.id == *id);
            let met = |id: EntryId| (id.clone(), journal.sighting_of(group(&id), identity));
            let sighting: MonthSighting = ids.into_iter().map(met).collect();
            if !sighting.is_empty() {
                damaged.extend(seen.compare(journal, loaded, &sighting, None));
            }
        }
        damaged
    }
}

impl Journal {
    fn sighting_of(&self, group: Option<&EntryFiles>, identity: &Identity) -> EntrySighting {
        let Some(group) = group else { return EntrySighting::default() };
        let contents = self.open_group(group, identity);
        let revisions = contents.revisions.iter().map(Lineage::of).collect();
        EntrySighting { revisions, has_unreadable: !contents.damaged.is_empty() }
    }
}
