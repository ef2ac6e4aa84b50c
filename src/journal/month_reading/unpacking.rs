//! Reads a month from its pack, where nothing shows that anything changed since.

use std::ops::Range;

use rayon::prelude::*;

use crate::disk::FileKind;
use crate::entry::Entry;
use crate::error::Result;
use crate::journal::heads::heads;
use crate::journal::name;
use crate::journal::pack::{NewRecord, Pack};
use crate::journal::reading::{AtTimelineKey, MonthRead};
use crate::journal::scan::ScannedFile;
use crate::journal::seen::LoadedMemory;

use super::{FEW, ReadMonth};

impl<T: Send> ReadMonth<'_, '_, T> {
    /// May the pack be used without listing the folder? Only if any change of its names
    /// would have changed the folder's stamp.
    pub(super) fn is_current(&self, pack: &Pack) -> bool {
        let Ok(about) = self.folder.about() else { return false };
        let own_disk = self.journal_read.device == Some(about.device);
        pack.has_stamp(&about.stamp)
            && about.stamp.is_fine()
            && own_disk
            && self.folder.has_reliable_stamps()
    }

    /// Reads the month from its pack. `None` if a file that would be shown has changed
    /// since.
    pub(super) fn read_pack(
        &self,
        pack: &Pack,
        memory: Option<&LoadedMemory>,
    ) -> Result<Option<MonthRead<T>>> {
        let tag = pack.tag();
        let uncompared = memory.filter(|memory| !memory.was_compared_with(tag));
        let sighting = uncompared.map(|memory| pack.sighting(memory));
        let mut read = MonthRead { packed: true, pack: tag, sighting, ..Default::default() };
        read.entries = pack.records().len();
        self.journal_read.advance(read.entries)?;
        if !self.journal_read.reader.query.may_match_json(pack.all_json()) {
            return Ok(Some(read));
        }
        let entries: Vec<_> = pack.entries().collect();
        let read_one = |range: &Range<usize>| self.packed_entry(pack, range.clone());
        let outputs: Option<Vec<Option<AtTimelineKey<T>>>> =
            entries.par_iter().with_min_len(FEW).map(read_one).collect();
        let Some(outputs) = outputs else { return Ok(None) };
        read.outputs = outputs.into_iter().flatten().collect();
        Ok(Some(read))
    }

    /// The output for the entry in these records: `Some(None)` if it doesn't match,
    /// `None` if anything is in doubt.
    fn packed_entry(&self, pack: &Pack, records: Range<usize>) -> Option<Option<AtTimelineKey<T>>> {
        let (query, clock) = (self.journal_read.reader.query, self.journal_read.reader.clock);
        let may_match = |index: usize| {
            let parts = name::parts(&pack.records()[index].name);
            parts.is_some_and(|parts| query.may_match_day(parts.day, clock))
                && query.may_match_json(pack.json(index))
        };
        if !records.clone().any(may_match) {
            return Some(None);
        }
        let mut revisions = Vec::with_capacity(records.len());
        for index in records.clone() {
            let entry = Entry::from_json(pack.json(index)).ok()?;
            if !name::parts(&pack.records()[index].name)?.agrees_with(&entry) {
                return None;
            }
            revisions.push(entry);
        }
        let records = &pack.records()[records];
        let shown = heads(&revisions).into_iter().filter(|head| !head.deleted);
        let is_unchanged = |head: &Entry| {
            let index = revisions.iter().position(|entry| std::ptr::eq(entry, head));
            index.is_some_and(|index| {
                let about = self.folder.about_item(records[index].name.as_ref());
                about.is_ok_and(|it| it.kind == FileKind::File && it.stamp == records[index].stamp)
            })
        };
        if !shown.into_iter().all(is_unchanged) {
            return None;
        }
        let files = records.iter().map(|record| self.place.path.join(&record.name)).collect();
        Some(self.journal_read.map_entry(revisions, files))
    }

    /// The pack's record of a file, if the file is unchanged.
    pub(super) fn packed_record(&self, file: &ScannedFile, pack: &Pack) -> Option<NewRecord> {
        let name = file.paths.first()?.file_name()?;
        let about = self.folder.about_item(name).ok().filter(|it| it.kind == FileKind::File)?;
        let name = name.to_str()?;
        let json = pack.find(name, &about.stamp)?.to_vec().into();
        Some(NewRecord { name: name.to_owned(), stamp: about.stamp, json })
    }
}
