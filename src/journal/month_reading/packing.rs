//! Writing the pack of a month that was read from its files.

use super::ReadMonth;
use crate::journal::cipher::Tag;
use crate::journal::month::{Listing, RIPE};
use crate::journal::pack::{NewRecord, Pack};

impl<T: Send> ReadMonth<'_, '_, T> {
    /// Packs what was read of the month; says whether there is a pack of it, and which
    /// one says the same.
    pub(super) fn pack(
        &self,
        listing: &Listing,
        before: Option<&Pack>,
        records: Vec<NewRecord>,
        complete: bool,
    ) -> (bool, Option<Tag>) {
        let Some(packs) = self.reading.packs else { return (false, None) };
        if let Some(pack) = before.filter(|it| it.is_same(&listing.stamp, complete, &records)) {
            return (true, pack.tag());
        }
        // Nor is a pack made of a file that may change again within one tick.
        let is_ripe = |record: &NewRecord| record.stamp.is_older_than(RIPE, self.reading.begun);
        if !listing.settled || !records.iter().all(is_ripe) {
            // What the pack has of files that are here is still true of them; of those
            // that went it must not keep anything.
            let is_here = |name: &str| records.iter().any(|record| record.name == name);
            let holds_more =
                |pack: &Pack| pack.records().iter().any(|record| !is_here(&record.name));
            let stays = before.is_some_and(|pack| !holds_more(pack));
            if !stays {
                packs.remove(self.place.month);
            }
            return (stays, None);
        }
        let is_same = || self.folder.about().is_ok_and(|it| it.stamp == listing.stamp);
        if !is_same() {
            packs.remove(self.place.month);
            return (false, None);
        }
        let stored = Pack::build(listing.stamp, complete, records)
            .and_then(|plain| packs.store(self.place.month, plain));
        // What was removed meanwhile must not stay in it.
        let same = is_same();
        if !same {
            packs.remove(self.place.month);
        }
        let stored = stored.filter(|_| same);
        (stored.is_some(), stored)
    }
}
