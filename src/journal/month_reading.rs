//! Reading one month: from its pack or from its files.

mod comparing;
mod packing;
mod unpacking;

use std::cmp::Reverse;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::disk::Folder;
use crate::entry::{Entry, EntryId};
use crate::error::Result;
use crate::seal::Damage;

use super::Damaged;
use super::month::{Listing, MonthFolder, folder_damage, list};
use super::pack::{NewRecord, Pack};
use super::reading::{AtTimelineKey, JournalRead, MonthRead};
use super::scan::{EntryFiles, Scan, ScannedFile};
use super::seen::{EntrySighting, LoadedMemory};
use super::stored::{TRIES, drop_replaced, open_first_copy, refuse_plugin};
use comparing::UnmetEntries;

/// Below this many entries of a pack, waking the threads costs more than it saves.
const FEW: usize = 32;
/// The same of files: each needs a key agreement.
const FEW_FILES: usize = 4;
/// Opening fewer entries than this takes no longer than opening their pack.
const FEW_TO_PACK: usize = 8;

impl<T: Send> JournalRead<'_, T> {
    /// Reads what a query matches of a month, or of its newest entries no more than
    /// `newest`.
    pub fn month(&self, place: &MonthFolder, newest: Option<usize>) -> Result<MonthRead<T>> {
        let folder = match place.open() {
            Ok(folder) => folder,
            Err(e) => {
                let damaged = folder_damage(&place.path, &e);
                return Ok(MonthRead::damaged(damaged));
            }
        };
        ReadMonth { journal_read: self, place, folder }.read_and_compare(newest)
    }
}

struct ReadMonth<'r, 'a, T> {
    journal_read: &'r JournalRead<'a, T>,
    place: &'r MonthFolder,
    folder: Folder,
}

/// The result of reading one entry's files.
struct EntryRead<T> {
    output: Option<AtTimelineKey<T>>,
    records: Vec<NewRecord>,
    damaged: Vec<Damaged>,
    /// Has every file a record?
    complete: bool,
    sighting: EntrySighting,
}

impl<T> Default for EntryRead<T> {
    fn default() -> EntryRead<T> {
        let (records, damaged) = (Vec::new(), Vec::new());
        let sighting = EntrySighting::default();
        EntryRead { output: None, records, damaged, complete: false, sighting }
    }
}

impl<T: Send> ReadMonth<'_, '_, T> {
    fn read(&self, newest: Option<usize>, memory: Option<&LoadedMemory>) -> Result<MonthRead<T>> {
        if let Some(count) = newest.filter(|_| self.matches_all())
            && let Some(read) = self.read_newest(count, memory)?
        {
            return Ok(read);
        }
        let pack = self.journal_read.packs.and_then(|packs| packs.load(self.place.month));
        if let Some(pack) = pack.as_ref().filter(|pack| self.is_current(pack)) {
            match self.read_pack(pack, memory)? {
                Some(read) => return Ok(read),
                // The folder looks the same, but a file in it changed.
                None => self.journal_read.packs.iter().for_each(|it| it.remove(self.place.month)),
            }
        }
        self.read_files(pack.as_ref(), memory)
    }

    /// Does every entry match? Then names alone say which are the newest.
    fn matches_all(&self) -> bool {
        self.journal_read.reader.query.matches_all()
    }

    fn list(&self) -> std::result::Result<(Listing, Scan), Option<Damaged>> {
        let listing = list(&self.folder, self.journal_read.start_nanos);
        let listing = listing.map_err(|e| folder_damage(&self.place.path, &e))?;
        let scan = Scan::of(self.place.month, &self.place.path, &listing.names);
        Ok((listing, scan))
    }

    fn read_files(
        &self,
        pack: Option<&Pack>,
        memory: Option<&LoadedMemory>,
    ) -> Result<MonthRead<T>> {
        let (listing, Scan { groups, refused, .. }) = match self.list() {
            Ok(list) => list,
            Err(damaged) => return Ok(MonthRead::damaged(damaged)),
        };
        let (query, clock) = (self.journal_read.reader.query, self.journal_read.reader.clock);
        let may_match = |group: &&EntryFiles| {
            group.files.iter().any(|file| query.may_match_day(file.name.day, clock))
        };
        let matching = groups.iter().filter(may_match).count();
        // For a query of a few days, the other entries aren't opened to make a pack.
        let for_pack = matching * 2 >= groups.len();
        let unmet = UnmetEntries::of(memory, &groups);
        let is_needed = |group: &&EntryFiles| for_pack || may_match(group) || unmet.has(&group.id);
        let needed: Vec<&EntryFiles> = groups.iter().filter(is_needed).collect();
        let mut read = self.read_groups(&needed, pack)?;
        let sighting = unmet.sighting(&needed, &mut read);
        let mut month = MonthRead { entries: needed.len(), sighting, ..MonthRead::default() };
        let (mut records, mut complete) = (Vec::new(), refused.is_empty());
        for (entry, group) in read.into_iter().zip(&needed) {
            complete &= entry.complete;
            records.extend(entry.records);
            month.outputs.extend(entry.output);
            // Damage of an entry that was read only to make a pack isn't reported.
            let matches = may_match(group);
            month.damaged.extend(entry.damaged.into_iter().filter(|_| matches));
        }
        month.damaged.extend(refused);
        if for_pack && needed.len() >= FEW_TO_PACK {
            (month.packed, month.pack) = self.pack(&listing, pack, records, complete);
        } else {
            self.remove_outdated_pack(&listing, pack);
        }
        Ok(month)
    }

    /// The newest entries, judged by their names, or all of a small month; no pack is
    /// used or made. `None` if the whole month must be read.
    fn read_newest(
        &self,
        count: usize,
        memory: Option<&LoadedMemory>,
    ) -> Result<Option<MonthRead<T>>> {
        let Ok((_, Scan { mut groups, refused, .. })) = self.list() else { return Ok(None) };
        let unmet = UnmetEntries::of(memory, &groups);
        let mut since = NaiveDate::MIN;
        if count * 2 < groups.len() {
            groups.sort_by_key(|group| Reverse(group.day()));
            since = groups[count - 1].day();
            groups.retain(|group| group.day() >= since || unmet.has(&group.id));
        } else if groups.len() >= FEW {
            return Ok(None);
        }
        let needed: Vec<&EntryFiles> = groups.iter().collect();
        let mut read = self.read_groups(&needed, None)?;
        let sighting = unmet.sighting(&needed, &mut read);
        let entries = groups.len();
        let mut month = MonthRead { entries, damaged: refused, sighting, ..Default::default() };
        for entry in read {
            month.outputs.extend(entry.output);
            month.damaged.extend(entry.damaged);
        }
        // An edit may have dated an entry before others that weren't read here.
        month.outputs.retain(|((at, ..), _)| at.date() >= since);
        let enough = since == NaiveDate::MIN || month.outputs.len() >= count;
        Ok(enough.then_some(month))
    }

    fn read_groups(
        &self,
        groups: &[&EntryFiles],
        pack: Option<&Pack>,
    ) -> Result<Vec<EntryRead<T>>> {
        let read_one = |group: &&EntryFiles| {
            let mut read = self.read_entry(group, pack);
            for _ in 0..TRIES {
                // Did no file disappear while it was being read?
                if read.damaged.iter().all(|damaged| damaged.why != Damage::Gone) {
                    break;
                }
                read = self.read_again(&group.id);
            }
            refuse_plugin(&read.damaged)?;
            self.journal_read.advance(1)?;
            Ok(read)
        };
        let few = if pack.is_some() { FEW } else { FEW_FILES };
        match groups.len() < few || self.journal_read.may_ask() {
            true => groups.iter().map(read_one).collect(),
            false => groups.par_iter().map(read_one).collect(),
        }
    }

    /// Reads an entry again of which a file disappeared after the listing: an edit
    /// replaced it. A file that is listed and never there is reported as damage.
    fn read_again(&self, id: &EntryId) -> EntryRead<T> {
        let groups = self.list().map(|(_, scan)| scan.groups).unwrap_or_default();
        let group = groups.iter().find(|group| group.id == *id);
        let read = group.map(|group| self.read_entry(group, None)).unwrap_or_default();
        // The folder has changed since it was listed.
        EntryRead { complete: false, ..read }
    }

    /// Reads one entry: each file from the pack if that holds it, or else from the disk.
    fn read_entry(&self, group: &EntryFiles, pack: Option<&Pack>) -> EntryRead<T> {
        let packed = |file: &ScannedFile| pack.and_then(|pack| self.packed_record(file, pack));
        let packed: Vec<Option<NewRecord>> = group.files.iter().map(packed).collect();
        let query = self.journal_read.reader.query;
        let may_match = |record: &NewRecord| query.may_match_json(&record.json);
        if packed.iter().all(|it| it.as_ref().is_some_and(|record| !may_match(record))) {
            let records: Vec<NewRecord> = packed.into_iter().flatten().collect();
            let (sighting, damaged) = (self.sighting_of_records(&records), Vec::new());
            return EntryRead { output: None, records, damaged, complete: true, sighting };
        }
        let (mut revisions, mut records, mut files) = (Vec::new(), Vec::new(), Vec::new());
        let mut failures = Vec::new();
        for (file, packed) in group.files.iter().zip(packed) {
            let from_pack = packed.and_then(|it| {
                let entry = Entry::from_json(&it.json).ok()?;
                self.journal_read.reader.identity.note_replaced(&entry);
                Some((entry, Some(it)))
            });
            match from_pack.map_or_else(|| self.open_file(file), Ok) {
                Ok((entry, record)) => {
                    revisions.push(entry);
                    records.extend(record);
                    files.extend(file.paths.iter().cloned());
                }
                // A sync tool hasn't finished downloading it.
                Err(_) if file.in_transit => {}
                Err(damaged) => failures.push((&file.name.revision, damaged)),
            }
        }
        let complete = records.len() == group.files.len();
        let damaged = drop_replaced(failures, &revisions);
        let sighting = self.sighting_of(&revisions, !damaged.is_empty());
        let output = self.journal_read.map_entry(revisions, files);
        EntryRead { output, records, damaged, complete, sighting }
    }

    /// Decrypts a revision. Returns its record too if a pack may be made.
    fn open_file(
        &self,
        file: &ScannedFile,
    ) -> std::result::Result<(Entry, Option<NewRecord>), Damaged> {
        open_first_copy(&self.folder, file, |sealed, name, about| {
            let entry = self.journal_read.reader.identity.open(&sealed)?;
            let record = || {
                let (name, json) = (name.to_str()?.to_owned(), entry.to_json().ok()?);
                Some(NewRecord { name, stamp: about.stamp, json })
            };
            let record = self.journal_read.packs.and_then(|_| record());
            Ok((entry, record))
        })
    }
}
