//! Reads in order: month by month, several at a time on all cores, in bounded memory. A
//! month is read from its pack if that is current, otherwise from its files. Each entry
//! is mapped to the caller's output on the core that opened it.

use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rayon::prelude::*;

use crate::config::Clock;
use crate::entry::{Entry, EntryId};
use crate::error::{Error, Result, Stop};
use crate::query::Query;
use crate::seal::Identity;
use crate::threads;

use super::cipher::Tag;
use super::month::MonthFolder;
use super::pack_cache::Packs;
use super::read_pass::ReadPass;
use super::seen::{MonthSighting, UnlockedSeen};
use super::stored_entry::entry_of;
use super::{Damaged, EntryFates, Journal, StoredEntry};

/// Which entries come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOrder {
    /// The latest month first.
    NewestFirst,
    /// The earliest month first.
    OldestFirst,
}

/// About how many entries to have in a batch. Two batches are in memory at once.
const BATCH: usize = 1024;
/// How many months to read at once at most.
const MOST_MONTHS: usize = 64;

/// Maps an entry to an output, on the core that opened it.
pub type MapFn<'m, T> = &'m (dyn Fn(StoredEntry) -> T + Sync);
/// Takes the outputs of a month; returns whether to continue.
pub type OnBatch<'v, T> = &'v mut dyn FnMut(Vec<T>) -> Result<bool>;
/// Takes the number of entries read and the estimated total; returns whether to continue.
pub type ProgressFn<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// What to read, with which key.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What opens the entries.
    pub identity: &'a Identity,
    /// Which entries to read.
    pub query: &'a Query,
    /// Decides to which day an hour after midnight belongs.
    pub clock: &'a Clock,
    /// Takes progress, and may cancel.
    pub progress: ProgressFn<'a>,
}

/// Entries, or the outputs for them.
pub struct SearchResult<T = StoredEntry> {
    /// Newest first.
    pub entries: Vec<T>,
    /// Files that could not be read as entries.
    pub damaged: Vec<Damaged>,
}

impl Journal {
    /// The entries that a query matches, newest first.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn find(&self, query: &Query, identity: &Identity, clock: &Clock) -> Result<SearchResult> {
        self.find_all(&Reader { identity, query, clock, progress: &|_, _| true })
    }

    /// The same, with progress.
    ///
    /// # Errors
    /// As [`Journal::find`].
    pub fn find_all(&self, reader: &Reader) -> Result<SearchResult> {
        let mut entries = Vec::new();
        let damaged = self.read(reader, ReadOrder::NewestFirst, &|entry| entry, &mut |batch| {
            entries.extend(batch);
            Ok(true)
        })?;
        Ok(SearchResult { entries, damaged })
    }

    /// Reads what a query matches, in order, and returns what couldn't be read of those
    /// months. With `last`, months before the last match are neither listed nor read.
    ///
    /// # Errors
    /// `Cancelled` where `progress` says so; those of `on_batch`; a journal or a
    /// plugin that cannot be read at all.
    pub fn read<T: Send>(
        &self,
        reader: &Reader,
        order: ReadOrder,
        map: MapFn<T>,
        on_batch: OnBatch<T>,
    ) -> Result<Vec<Damaged>> {
        let cores = threads::start();
        let mut pass = ReadPass::new(self.months(reader.query, order)?, order);
        let packs = self.packs.as_ref().and_then(|packs| packs.unlock(reader.identity));
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(reader.identity));
        let caches = (packs.as_ref(), seen.as_ref());
        let journal_read = JournalRead::new(self, *reader, map, caches, pass.in_advance.len());
        // With `last`, what a batch holds says how much of the next one is read; and two
        // questions at once couldn't be answered.
        let in_turn = pass.last.is_some() || journal_read.may_ask();
        let mut batch = pass.next_batch(if pass.last.is_some() { 1 } else { cores });
        let mut months = journal_read.months(&batch, pass.newest())?;
        while !batch.is_empty() {
            let entries = months.iter().map(|month| month.entries).sum();
            let size = months_at_once(entries, batch.len(), cores);
            let ahead = if in_turn { Vec::new() } else { pass.next_batch(size) };
            let mut read = Ok(Vec::new());
            let continues = rayon::in_place_scope(|scope| {
                if !ahead.is_empty() {
                    // On the other threads, while this one hands on what they read before.
                    scope.spawn(|_| read = journal_read.months(&ahead, None));
                }
                pass.take_batch(&batch, months, on_batch)
            });
            if !continues? {
                return Ok(pass.damaged);
            }
            (batch, months) = if in_turn {
                let next = pass.next_batch(size);
                let read = journal_read.months(&next, pass.newest())?;
                (next, read)
            } else {
                (ahead, read?)
            };
        }
        if let Some(seen) = &seen {
            let missing = self.missing_months(seen, pass.unread_months(seen).into_iter());
            pass.damaged.extend(missing);
        }
        pass.damaged.append(&mut pass.months.refused);
        if reader.query.spans_all_days() {
            packs.iter().for_each(|packs| packs.tidy(|month| pass.packed.contains(&month)));
            seen.iter().for_each(UnlockedSeen::sweep);
        }
        Ok(pass.damaged)
    }
}

/// How many months to read next so that about `BATCH` entries are in memory, if they
/// are like the last ones.
fn months_at_once(entries: usize, month_count: usize, cores: usize) -> usize {
    let per_month = entries.div_ceil(month_count).max(1);
    (BATCH / per_month).clamp(cores, MOST_MONTHS.max(cores))
}

/// The sort key of entries: local time as the writer's clock showed it, as in a diary;
/// then when it was written; then id.
pub type TimelineKey = (NaiveDateTime, DateTime<FixedOffset>, EntryId);
/// An output with its sort key.
pub type AtTimelineKey<T> = (TimelineKey, T);

/// The result of reading a month.
pub struct MonthRead<T> {
    pub outputs: Vec<AtTimelineKey<T>>,
    pub damaged: Vec<Damaged>,
    /// How many entries were read.
    pub entries: usize,
    /// Has the month a pack now?
    pub packed: bool,
    /// The tag of the pack that holds exactly what was read.
    pub pack: Option<Tag>,
    /// What was read of it; `None` if the memory was last compared with this very pack.
    pub sighting: Option<MonthSighting>,
}

impl<T> MonthRead<T> {
    /// A month that could not be read.
    pub fn damaged(damaged: Option<Damaged>) -> MonthRead<T> {
        MonthRead { damaged: damaged.into_iter().collect(), ..MonthRead::default() }
    }
}

impl<T> Default for MonthRead<T> {
    fn default() -> MonthRead<T> {
        let (outputs, damaged) = (Vec::new(), Vec::new());
        MonthRead { outputs, damaged, entries: 0, packed: false, pack: None, sighting: None }
    }
}

/// One reading of a journal.
pub struct JournalRead<'a, T> {
    pub reader: Reader<'a>,
    pub journal: &'a Journal,
    pub packs: Option<&'a Packs<'a>>,
    pub seen: Option<&'a UnlockedSeen<'a>>,
    /// The device that the journal's folder is on.
    pub device: Option<u64>,
    /// A moment before the first folder was listed, in nanoseconds since 1970.
    pub start_nanos: i64,
    map: MapFn<'a, T>,
    fates: EntryFates<'a>,
    /// How many months there are, if that is known; otherwise 0.
    month_count: usize,
    months_read: AtomicUsize,
    entries_read: AtomicUsize,
}

impl<'a, T: Send> JournalRead<'a, T> {
    fn new(
        journal: &'a Journal,
        reader: Reader<'a>,
        map: MapFn<'a, T>,
        (packs, seen): (Option<&'a Packs<'a>>, Option<&'a UnlockedSeen<'a>>),
        month_count: usize,
    ) -> JournalRead<'a, T> {
        let start_nanos = reader.clock.written.timestamp_nanos_opt().unwrap_or(i64::MIN);
        let device = packs.and_then(|_| journal.device());
        let [months_read, entries_read] = [(); 2].map(|()| AtomicUsize::new(0));
        JournalRead {
            reader,
            journal,
            packs,
            seen,
            device,
            start_nanos,
            map,
            fates: journal.fates_in_turn(reader.identity),
            month_count,
            months_read,
            entries_read,
        }
    }

    fn months(&self, batch: &[MonthFolder], newest: Option<usize>) -> Result<Vec<MonthRead<T>>> {
        let read_one = |folder: &MonthFolder| {
            let month = self.month(folder, newest);
            self.months_read.fetch_add(1, Relaxed);
            month
        };
        match self.may_ask() || batch.len() == 1 {
            true => batch.iter().map(read_one).collect(),
            false => batch.par_iter().map(read_one).collect(),
        }
    }

    /// May opening an entry ask the person something? Two questions at once couldn't be
    /// answered.
    pub fn may_ask(&self) -> bool {
        self.reader.identity.may_ask()
    }

    /// The output for the entry of these revisions, if it's shown and the query matches it.
    pub fn map_entry(
        &self,
        revisions: Vec<Entry>,
        files: Vec<PathBuf>,
    ) -> Option<AtTimelineKey<T>> {
        let Reader { query, clock, .. } = self.reader;
        let entry = entry_of(revisions, files, |now| self.fates.elsewhere(now))?;
        if !entry.matches(query, clock) {
            return None;
        }
        let key = (entry.entry.at.naive_local(), entry.entry.written, entry.entry.id.clone());
        Some((key, (self.map)(entry)))
    }

    /// Reports more entries as read.
    pub fn advance(&self, entries: usize) -> Result<()> {
        let done = self.entries_read.fetch_add(entries, Relaxed) + entries;
        let months = self.months_read.load(Relaxed).max(1);
        // An estimate, as if the months to come were like those before.
        let total = (done / months).saturating_mul(self.month_count).max(done);
        let continues = (self.reader.progress)(done, total);
        if continues { Ok(()) } else { Err(Error::Cancelled(Stop::Plain)) }
    }
}
