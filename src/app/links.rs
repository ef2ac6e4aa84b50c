//! The links of entries that are shown: to those at hand, and to those near them in
//! the journal.

use std::collections::BTreeSet;

use chrono::Days;

use crate::entry::Entry;
use crate::error::Result;
use crate::query::Query;
use crate::render::{EntryLinks, LinkedEntry};
use crate::seal::Identity;

use super::App;
use super::renaming::Renaming;

/// Days around an entry in which what follows it up is looked for. It is asked for within
/// a month or so; what was dated further away is not sought through years.
const NEAR: Days = Days::new(92);

impl App {
    /// The entry as an end of a link, if it can be one.
    pub fn link_end(&self, entry: &Entry) -> Option<LinkedEntry> {
        let is_end = entry.about.is_some() || self.practices.asks_back(&entry.practice);
        is_end.then(|| LinkedEntry::quoting(entry))
    }

    /// The links of these entries. `whole`, where there is no other entry.
    ///
    /// # Errors
    /// As [`App::find`].
    pub fn links_of(
        &self,
        ends: impl Iterator<Item = LinkedEntry>,
        whole: bool,
        identity: &Identity,
    ) -> Result<EntryLinks> {
        let ends: Vec<LinkedEntry> = ends.collect();
        if whole || ends.is_empty() {
            return Ok(EntryLinks::among(ends));
        }
        let practices: BTreeSet<String> = ends.iter().map(|end| end.practice.clone()).collect();
        let practices = practices.into_iter().collect();
        let days = ends.iter().map(|end| self.clock().day_of(end.at));
        let (first, last) = (days.clone().min(), days.max());
        let from = first.and_then(|day| day.checked_sub_days(NEAR));
        let to = last.and_then(|day| day.checked_add_days(NEAR));
        let query = Query { practices, from, to, ..Query::everything() };
        let near = self.find_as(&query, identity, &|kept| LinkedEntry::quoting(&kept.entry))?;
        Ok(EntryLinks::among(ends.into_iter().chain(near.entries)))
    }

    /// The links among the entries that a query names, under other names where it is so.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn links_within(
        &self,
        query: &Query,
        renaming: &Renaming,
        identity: &Identity,
    ) -> Result<EntryLinks> {
        let linked = |name: &&str| {
            let is_asked = query.practices.is_empty() || query.practices.iter().any(|p| p == name);
            is_asked && self.practices.asks_back(name)
        };
        let practices: Vec<String> =
            self.practices.names().filter(linked).map(str::to_owned).collect();
        if practices.is_empty() {
            return Ok(EntryLinks::default());
        }
        let query = Query { practices, ..query.clone() };
        let of = |kept| renaming.of(&kept, self).map(|(kept, _)| LinkedEntry::of(&kept.entry));
        let found = self.find_as(&query, identity, &of)?;
        Ok(EntryLinks::among(found.entries.into_iter().collect::<Result<Vec<_>>>()?))
    }
}
