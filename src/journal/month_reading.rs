//! Reading one month: from its pack or from its files.

mod comparing;
mod packing;

use std::cmp::Reverse;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::disk::{FileKind, Folder};
use crate::entry::{Entry, EntryId};
use crate::error::Result;
use crate::seal::Damage;

use super::heads::{heads, replaced_revisions};
use super::month::{Listing, MonthFolder, list, unread};
use super::pack::{NewRecord, Pack};
use super::reading::{AtTimelineKey, JournalRead, MonthRead};
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::seen::{EntrySighting, LoadedMemory};
use super::stored::{TRIES, entry_of, first_whole, refuse_plugin};
use super::{Damaged, name};
use comparing::Unmet;

/// Below this many entries, starting threads costs more than it saves.
const FEW: usize = 32;
/// Opening this many entries takes about as long as opening their pack.
const FEW_TO_PACK: usize = 8;

impl<T: Send> JournalRead<'_, T> {
    /// What a query names of a month; of the newest so many no more than needed.
    pub fn month(&self, place: &MonthFolder, newest: Option<usize>) -> Result<MonthRead<T>> {
        let folder = match place.open() {
            Ok(folder) => folder,
            Err(e) => {
                let damaged = unread(&place.path, &e);
                return Ok(MonthRead::damaged(damaged));
            }
        };
        ReadMonth { reading: self, place, folder }.read_and_compare(newest)
    }
}

struct ReadMonth<'r, 'a, T> {
    reading: &'r JournalRead<'a, T>,
    place: &'r MonthFolder,
    folder: Folder,
}

/// What came of one entry's files.
struct EntryRead<T> {
    made: Option<AtTimelineKey<T>>,
    records: Vec<NewRecord>,
    damaged: Vec<Damaged>,
    /// Is every file that was read among the records?
    complete: bool,
    sighting: EntrySighting,
}

impl<T> EntryRead<T> {
    /// Did a file go while it was being read?
    fn lost_files(&self) -> bool {
        self.damaged.iter().any(|damaged| damaged.why == Damage::Gone)
    }
}

impl<T> Default for EntryRead<T> {
    fn default() -> EntryRead<T> {
        let (records, damaged) = (Vec::new(), Vec::new());
        let sighting = EntrySighting::default();
        EntryRead { made: None, records, damaged, complete: false, sighting }
    }
}

impl<T: Send> ReadMonth<'_, '_, T> {
    fn read(&self, newest: Option<usize>, memory: Option<&LoadedMemory>) -> Result<MonthRead<T>> {
        if let Some(count) = newest.filter(|_| self.takes_any())
            && let Some(read) = self.read_newest(count, memory)?
        {
            return Ok(read);
        }
        let pack = self.reading.packs.and_then(|packs| packs.load(self.place.month));
        if let Some(pack) = pack.as_ref().filter(|pack| self.is_current(pack)) {
            match self.read_pack(pack, memory)? {
                Some(read) => return Ok(read),
                // A file is not what it was, though its folder is.
                None => self.reading.packs.iter().for_each(|it| it.remove(self.place.month)),
            }
        }
        self.read_files(pack.as_ref(), memory)
    }

    /// Does any entry match, whatever it says? Then the newest are told by their
    /// names.
    fn takes_any(&self) -> bool {
        self.reading.reader.query.takes_any()
    }

    /// Does the pack stand for a listing? Only where the folder's stamp would be
    /// another one if a name in it had changed.
    fn is_current(&self, pack: &Pack) -> bool {
        let Ok(about) = self.folder.about() else { return false };
        let own_disk = self.reading.device == Some(about.device);
        pack.has_stamp(&about.stamp)
            && about.stamp.is_fine()
            && own_disk
            && self.folder.stamps_tell()
    }

    /// `None` where a file that would be shown is not the one that was packed.
    fn read_pack(
        &self,
        pack: &Pack,
        memory: Option<&LoadedMemory>,
    ) -> Result<Option<MonthRead<T>>> {
        let tag = pack.tag();
        let changed = memory.filter(|memory| !memory.is_of(tag));
        let sighting = changed.map(|memory| pack.sighting(memory));
        let mut read = MonthRead { packed: true, pack: tag, sighting, ..Default::default() };
        read.entries = pack.records().len();
        self.reading.advance(read.entries)?;
        if !self.reading.reader.query.may_match_json(pack.all_json()) {
            return Ok(Some(read));
        }
        let entries: Vec<_> = pack.entries().collect();
        let one = |range: &std::ops::Range<usize>| self.packed_entry(pack, range.clone());
        let made: Option<Vec<Option<AtTimelineKey<T>>>> =
            entries.par_iter().with_min_len(FEW).map(one).collect();
        let Some(made) = made else { return Ok(None) };
        read.made = made.into_iter().flatten().collect();
        Ok(Some(read))
    }

    /// The entry that these records make, if it matches. `None` where there is any
    /// doubt.
    fn packed_entry(
        &self,
        pack: &Pack,
        range: std::ops::Range<usize>,
    ) -> Option<Option<AtTimelineKey<T>>> {
        let (query, clock) = (self.reading.reader.query, self.reading.reader.clock);
        let may_match = |at: usize| {
            let parts = name::parts(&pack.records()[at].name);
            parts.is_some_and(|parts| query.may_match_named(parts.day, clock))
                && query.may_match_json(pack.json(at))
        };
        if !range.clone().any(may_match) {
            return Some(None);
        }
        let entry = |at: usize| {
            let entry = Entry::from_json(pack.json(at)).ok()?;
            name::parts(&pack.records()[at].name)?.agrees_with(&entry).then_some(entry)
        };
        let revisions = range.clone().map(entry).collect::<Option<Vec<_>>>()?;
        let records = &pack.records()[range];
        let shown = heads(&revisions).into_iter().filter(|head| !head.deleted);
        let is_there = |head: &Entry| {
            let at = revisions.iter().position(|entry| std::ptr::eq(entry, head));
            at.is_some_and(|at| {
                let about = self.folder.about_item(records[at].name.as_ref());
                about.is_ok_and(|it| it.kind == FileKind::File && it.stamp == records[at].stamp)
            })
        };
        if !shown.into_iter().all(is_there) {
            return None;
        }
        let files = records.iter().map(|record| self.place.path.join(&record.name)).collect();
        Some(entry_of(revisions, files).and_then(|kept| self.reading.map_entry(kept)))
    }

    fn list(&self) -> std::result::Result<(Listing, Scan), Option<Damaged>> {
        let listing = list(&self.folder, self.reading.begun);
        let listing = listing.map_err(|e| unread(&self.place.path, &e))?;
        let scan = Scan::of(self.place.month, &self.place.path, &listing.names);
        Ok((listing, scan))
    }

    fn read_files(
        &self,
        pack: Option<&Pack>,
        memory: Option<&LoadedMemory>,
    ) -> Result<MonthRead<T>> {
        let (listing, Scan { groups, refused, .. }) = match self.list() {
            Ok(listed) => listed,
            Err(damaged) => return Ok(MonthRead::damaged(damaged)),
        };
        let (query, clock) = (self.reading.reader.query, self.reading.reader.clock);
        let may_match = |group: &&EntryFiles| {
            group.files.iter().any(|file| query.may_match_named(file.label.day, clock))
        };
        let matching = groups.iter().filter(may_match).count();
        // Of a few days, the others are not opened for the pack's sake.
        let whole = matching * 2 >= groups.len();
        let unmet = Unmet::of(memory, &groups);
        let is_wanted = |group: &&EntryFiles| whole || may_match(group) || unmet.has(&group.id);
        let wanted: Vec<&EntryFiles> = groups.iter().filter(is_wanted).collect();
        let mut read = self.read_groups(&wanted, pack)?;
        let sighting = unmet.sighting(&wanted, &mut read);
        let mut month = MonthRead { entries: wanted.len(), sighting, ..MonthRead::default() };
        let (mut records, mut complete) = (Vec::new(), refused.is_empty());
        for (entry, group) in read.into_iter().zip(&wanted) {
            complete &= entry.complete;
            records.extend(entry.records);
            month.made.extend(entry.made);
            // What was read for the pack's sake alone is nobody's question.
            let asked = may_match(group);
            month.damaged.extend(entry.damaged.into_iter().filter(|_| asked));
        }
        month.damaged.extend(refused);
        if whole && wanted.len() >= FEW_TO_PACK {
            (month.packed, month.pack) = self.pack(&listing, pack, records, complete);
        }
        Ok(month)
    }

    /// The newest entries, as far as names tell which these are, or all of a small
    /// month, without its pack. `None` where the whole month has to be read.
    fn read_newest(
        &self,
        count: usize,
        memory: Option<&LoadedMemory>,
    ) -> Result<Option<MonthRead<T>>> {
        let Ok((_, Scan { mut groups, refused, .. })) = self.list() else { return Ok(None) };
        let unmet = Unmet::of(memory, &groups);
        let mut since = NaiveDate::MIN;
        if count * 2 < groups.len() {
            groups.sort_by_key(|group| Reverse(group.day()));
            since = groups[count - 1].day();
            groups.retain(|group| group.day() >= since || unmet.has(&group.id));
        } else if groups.len() >= FEW {
            return Ok(None);
        }
        let wanted: Vec<&EntryFiles> = groups.iter().collect();
        let mut read = self.read_groups(&wanted, None)?;
        let sighting = unmet.sighting(&wanted, &mut read);
        let entries = groups.len();
        let mut month = MonthRead { entries, damaged: refused, sighting, ..Default::default() };
        for entry in read {
            month.made.extend(entry.made);
            month.damaged.extend(entry.damaged);
        }
        // What an edit gave an earlier day may stand behind entries not read here.
        month.made.retain(|((at, ..), _)| at.date() >= since);
        let enough = since == NaiveDate::MIN || month.made.len() >= count;
        Ok(enough.then_some(month))
    }

    fn read_groups(
        &self,
        groups: &[&EntryFiles],
        pack: Option<&Pack>,
    ) -> Result<Vec<EntryRead<T>>> {
        let one = |group: &&EntryFiles| {
            let mut read = self.read_entry(group, pack);
            for _ in 0..TRIES {
                if !read.lost_files() {
                    break;
                }
                read = self.read_again(&group.id);
            }
            refuse_plugin(&read.damaged)?;
            self.reading.advance(1)?;
            Ok(read)
        };
        match groups.len() < FEW || self.reading.asks() {
            true => groups.iter().map(one).collect(),
            false => groups.par_iter().map(one).collect(),
        }
    }

    /// An entry of which a file went between its listing and its opening: it was
    /// replaced, and is looked for once more. What is listed and never there stays
    /// damage.
    fn read_again(&self, id: &EntryId) -> EntryRead<T> {
        let groups = self.list().map(|(_, scan)| scan.groups).unwrap_or_default();
        let group = groups.iter().find(|group| group.id == *id);
        let read = group.map(|group| self.read_entry(group, None)).unwrap_or_default();
        // The folder is not what was listed.
        EntryRead { complete: false, ..read }
    }

    /// Reads what there is of one entry.
    fn read_entry(&self, group: &EntryFiles, pack: Option<&Pack>) -> EntryRead<T> {
        let packed = |file: &ScannedFile| pack.and_then(|pack| self.packed_record(file, pack));
        let packed: Vec<Option<NewRecord>> = group.files.iter().map(packed).collect();
        let query = self.reading.reader.query;
        let may_match = |record: &NewRecord| query.may_match_json(&record.json);
        if packed.iter().all(|it| it.as_ref().is_some_and(|record| !may_match(record))) {
            let records: Vec<NewRecord> = packed.into_iter().flatten().collect();
            let (sighting, damaged) = (self.sighting_of_records(&records), Vec::new());
            return EntryRead { made: None, records, damaged, complete: true, sighting };
        }
        let (mut revisions, mut records, mut files) = (Vec::new(), Vec::new(), Vec::new());
        let mut closed = Vec::new();
        for (file, packed) in group.files.iter().zip(packed) {
            let from_pack =
                packed.and_then(|it| Some((Entry::from_json(&it.json).ok()?, Some(it))));
            match from_pack.map_or_else(|| self.open_file(file), Ok) {
                Ok((entry, record)) => {
                    revisions.push(entry);
                    records.extend(record);
                    files.extend(file.paths.iter().cloned());
                }
                // On its way here, and not yet whole.
                Err(_) if file.passing => {}
                Err(damaged) => closed.push((&file.label.revision, damaged)),
            }
        }
        let complete = records.len() == group.files.len();
        // An old file that a syncer brought back need not open any more.
        let replaced = replaced_revisions(&revisions);
        closed.retain(|(revision, _)| !replaced.contains(revision));
        let damaged: Vec<Damaged> = closed.into_iter().map(|(_, damaged)| damaged).collect();
        let sighting = self.sighting_of(&revisions, !damaged.is_empty());
        let made = entry_of(revisions, files).and_then(|kept| self.reading.map_entry(kept));
        EntryRead { made, records, damaged, complete, sighting }
    }

    /// What the pack holds of a file that is still what it was.
    fn packed_record(&self, file: &ScannedFile, pack: &Pack) -> Option<NewRecord> {
        let name = file.paths.first()?.file_name()?;
        let about = self.folder.about_item(name).ok().filter(|it| it.kind == FileKind::File)?;
        let name = name.to_str()?;
        let json = pack.find(name, &about.stamp)?.to_vec().into();
        Some(NewRecord { name: name.to_owned(), stamp: about.stamp, json })
    }

    /// A revision, and its record where there is to be a pack.
    fn open_file(
        &self,
        file: &ScannedFile,
    ) -> std::result::Result<(Entry, Option<NewRecord>), Damaged> {
        first_whole(&self.folder, file, |sealed, name, about| {
            let entry = self.reading.reader.identity.open(&sealed)?;
            let record = || {
                let (name, json) = (name.to_str()?.to_owned(), entry.to_json().ok()?);
                Some(NewRecord { name, stamp: about.stamp, json })
            };
            let record = self.reading.packs.and_then(|_| record());
            Ok((entry, record))
        })
    }
}
