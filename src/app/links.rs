//! The links of entries that are shown: to those at hand, and to those near them in
//! the journal.

use std::collections::BTreeSet;

use chrono::Days;

use crate::entry::Entry;
use crate::error::Result;
use crate::journal::StoredEntry;
use crate::query::Query;
use crate::render::{EntryLinks, LinkedEntry};
use crate::seal::Identity;

use super::App;

/// Days around an entry in which what follows it up is looked for. It is asked for within
/// a month or so; what was dated further away is not searched for through years.
const NEAR: Days = Days::new(92);

impl App {
    /// Can the entry be an end of a link?
    pub(super) fn can_be_linked(&self, entry: &Entry) -> bool {
        entry.about.is_some() || self.practices.follows_up(&entry.practice)
    }

    /// The entry as an end of a link, if it can be one.
    pub fn link_end(&self, entry: &Entry) -> Option<LinkedEntry> {
        self.can_be_linked(entry).then(|| LinkedEntry::quoting(entry, &self.practices))
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
        let quoted = |stored: StoredEntry| LinkedEntry::quoting(&stored.entry, &self.practices);
        let near = self.find(&query, identity, &quoted)?;
        Ok(EntryLinks::among(ends.into_iter().chain(near.entries)))
    }
}
