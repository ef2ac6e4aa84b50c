//! What this device remembers of the entries that somebody names by id.

use std::collections::HashSet;

use crate::entry::EntryId;
use crate::seal::Identity;

use super::month::Month;
use super::scan::EntryFiles;
use super::seen::{EntrySighting, Lineage, LoadedMemory, MonthSighting, UnlockedSeen};
use super::{Damaged, Journal};

/// As it was before anything was listed.
pub struct NamedMemory<'s> {
    seen: Option<&'s UnlockedSeen<'s>>,
    prefix: &'s str,
    months: Vec<LoadedMemory>,
}

impl<'s> NamedMemory<'s> {
    /// Of the entries whose ids begin so.
    pub fn load(seen: Option<&'s UnlockedSeen<'s>>, prefix: &'s str) -> NamedMemory<'s> {
        let months = seen.map(UnlockedSeen::load_all).unwrap_or_default();
        NamedMemory { seen, prefix, months }
    }

    /// What is to be named of them, with all their files that there are.
    pub fn compare(
        &self,
        journal: &Journal,
        groups: &[EntryFiles],
        identity: &Identity,
    ) -> Vec<Damaged> {
        let mut damaged = Vec::new();
        let (Some(seen), false) = (self.seen, self.prefix.is_empty()) else { return damaged };
        let files = groups.iter().flat_map(|group| &group.files);
        let there: HashSet<_> = files.map(|file| (&file.label.id, &file.label.revision)).collect();
        for loaded in self.months.iter().filter(|loaded| loaded.may_hold(self.prefix)) {
            let mut ids = loaded.memory().unmet(|id, revision| there.contains(&(id, revision)));
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
        let opened = self.open_group(group, identity);
        let revisions = opened.revisions.iter().map(Lineage::of).collect();
        EntrySighting { revisions, closed: !opened.damaged.is_empty() }
    }
}
