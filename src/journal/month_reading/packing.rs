//! Writes the pack of a month that was read from its files.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};

use super::ReadMonth;
use crate::journal::cipher::Tag;
use crate::journal::month::{Listing, SETTLE_TIME};
use crate::journal::pack::{NewRecord, Pack};

impl<T: Send> ReadMonth<'_, '_, T> {
    /// Makes a pack of what was read, unless there is one already. Returns whether the
    /// month has a pack now, and the tag of the pack that holds exactly what was read.
    pub(super) fn pack(
        &self,
        listing: &Listing,
        old_pack: Option<&Pack>,
        records: Vec<NewRecord>,
        complete: bool,
    ) -> (bool, Option<Tag>) {
        let Some(packs) = self.journal_read.packs else { return (false, None) };
        if let Some(pack) = old_pack.filter(|it| it.is_same(&listing.stamp, complete, &records)) {
            return (true, pack.tag());
        }
        // No pack is made of a file whose stamp is too new to rely on.
        let is_settled = |record: &NewRecord| {
            record.stamp.is_older_than(SETTLE_TIME, self.journal_read.start_nanos)
        };
        if !listing.settled || !records.iter().all(is_settled) {
            // The old pack is still right about files that are here. It must not keep the
            // text of files that have gone.
            let is_here = |name: &str| records.iter().any(|record| record.name == name);
            let holds_more =
                |pack: &Pack| pack.records().iter().any(|record| !is_here(&record.name));
            let keep = old_pack.is_some_and(|pack| !holds_more(pack));
            if !keep {
                packs.remove(self.place.month);
            }
            return (keep, None);
        }
        let folder_is_unchanged = || self.folder.about().is_ok_and(|it| it.stamp == listing.stamp);
        if !folder_is_unchanged() {
            packs.remove(self.place.month);
            return (false, None);
        }
        let tag = Pack::build(listing.stamp, complete, records)
            .and_then(|plain| packs.store(self.place.month, plain));
        // The pack must not keep the text of a file that was removed meanwhile.
        let unchanged = folder_is_unchanged();
        if !unchanged {
            packs.remove(self.place.month);
        }
        let tag = tag.filter(|_| unchanged);
        (tag.is_some(), tag)
    }

    /// Where none is made, the pack that there is must not keep the text of files that have
    /// gone either.
    pub(super) fn remove_outdated_pack(&self, listing: &Listing, pack: Option<&Pack>) {
        let (Some(packs), Some(pack)) = (self.journal_read.packs, pack) else { return };
        let here: HashSet<&OsStr> = listing.names.iter().map(OsString::as_os_str).collect();
        if pack.records().iter().any(|record| !here.contains(OsStr::new(&record.name))) {
            packs.remove(self.place.month);
        }
    }
}
