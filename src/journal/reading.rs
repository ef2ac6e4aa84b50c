//! Reading in order: month by month, several at a time on all cores, in bounded
//! memory. A month is taken from its pack where that still tells what is in the
//! folder, and otherwise from its files; what is made of an entry is made on the
//! core that opened it.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rayon::prelude::*;

use crate::config::Clock;
use crate::entry::EntryId;
use crate::error::{Error, Result};
use crate::query::Query;
use crate::seal::Identity;

use super::cipher::Tag;
use super::month::Month;
use super::month::MonthFolder;
use super::pack_cache::Packs;
use super::seen::{MonthSighting, UnlockedSeen};
use super::{Damaged, Journal, StoredEntry};

/// Which entries come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOrder {
    /// The latest month first.
    NewestFirst,
    /// The earliest month first.
    OldestFirst,
}

/// About how many entries are in memory at once.
const AT_ONCE: usize = 2048;
/// And how many months at most.
const MOST_MONTHS: usize = 64;

/// What is made of an entry on the core that opened it.
pub type MapFn<'m, T> = &'m (dyn Fn(StoredEntry) -> T + Sync);
/// Takes what was made of a month's entries; says whether to go on.
pub type OnBatch<'v, T> = &'v mut dyn FnMut(Vec<T>) -> Result<bool>;
/// Told how many entries were read, of about how many; says whether to go on.
pub type ProgressFn<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// Who reads what, and who is told of it.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What opens the entries.
    pub identity: &'a Identity,
    /// Which of them are wanted.
    pub query: &'a Query,
    /// To which day an hour after midnight belongs.
    pub clock: &'a Clock,
    /// Told how many are read, of how many.
    pub progress: ProgressFn<'a>,
}

/// Entries, or what was made of them.
pub struct SearchResult<T = StoredEntry> {
    /// Newest first.
    pub entries: Vec<T>,
    /// Files that could not be read as entries.
    pub damaged: Vec<Damaged>,
}

impl Journal {
    /// The entries that a query names, newest first.
    ///
    /// # Errors
    /// `NotAFolder` or `Io` for the journal's folder; a plugin that opens nothing.
    pub fn find(&self, query: &Query, identity: &Identity, clock: &Clock) -> Result<SearchResult> {
        self.find_all(&Reader { identity, query, clock, progress: &|_, _| true })
    }

    /// The same, told to somebody who may end it.
    ///
    /// # Errors
    /// As [`Journal::find`].
    pub fn find_all(&self, reader: &Reader) -> Result<SearchResult> {
        let mut entries = Vec::new();
        let damaged = self.read(reader, ReadOrder::NewestFirst, &|kept| kept, &mut |kept| {
            entries.extend(kept);
            Ok(true)
        })?;
        Ok(SearchResult { entries, damaged })
    }

    /// Reads what a query names, in order, and returns what could not be read of the
    /// months that were. Where only the newest so many are wanted, the months
    /// behind them are neither listed nor read.
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
        let last = reader.query.last.filter(|_| order == ReadOrder::NewestFirst);
        let mut left = last.unwrap_or(usize::MAX);
        let mut months = self.months(reader.query, order)?;
        let all: Vec<MonthFolder> = match last {
            None => months.by_ref().collect(),
            Some(_) => Vec::new(),
        };
        let packs = self.packs.as_ref().and_then(|packs| packs.unlock(reader.identity));
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(reader.identity));
        let memory = (packs.as_ref(), seen.as_ref());
        let reading = JournalRead::new(self, *reader, map, memory, all.len());
        let mut walked = HashSet::new();
        let mut all = all.into_iter();
        let (mut damaged, mut packed) = (Vec::new(), HashSet::new());
        let mut at_once = if last.is_some() { 1 } else { rayon::current_num_threads() };
        while left > 0 {
            let mut batch: Vec<MonthFolder> = all.by_ref().take(at_once).collect();
            batch.extend(months.by_ref().take(at_once - batch.len()));
            if batch.is_empty() {
                break;
            }
            let newest = last.map(|_| left);
            let mut entries = 0;
            for (folder, month) in batch.iter().zip(reading.months(&batch, newest)?) {
                walked.insert(folder.month);
                entries += month.entries;
                damaged.extend(month.damaged);
                packed.extend(month.packed.then_some(folder.month));
                let mut made = in_order(month.made, order);
                made.truncate(left);
                left -= made.len();
                if !on_batch(made)? {
                    return Ok(damaged);
                }
            }
            at_once = months_at_once(entries, batch.len());
        }
        // Of the newest so many, the months behind them were not asked for.
        let oldest = walked.iter().min().copied().filter(|_| left == 0);
        let is_due = |month: &Month| months.may_match(*month, *month) && !walked.contains(month);
        if let Some(seen) = &seen {
            let due = oldest.map_or_else(|| seen.months(), |oldest| seen.months_after(oldest));
            damaged.extend(self.missing_months(seen, due.into_iter().filter(is_due)));
        }
        damaged.extend(months.refused);
        if reader.query.spans_all_days() {
            packs.iter().for_each(|packs| packs.tidy(|month| packed.contains(&month)));
            seen.iter().for_each(UnlockedSeen::sweep);
        }
        Ok(damaged)
    }
}

/// So many months that they hold about as many entries as may be in memory, if
/// they are like those before them.
fn months_at_once(entries: usize, of_months: usize) -> usize {
    let each = entries.div_ceil(of_months).max(1);
    let cores = rayon::current_num_threads();
    (AT_ONCE / each).clamp(cores, MOST_MONTHS.max(cores))
}

/// Where an entry stands among the others: by the clock on the wall at the time,
/// as a diary is; then by when it was written, then by id.
pub type TimelineKey = (NaiveDateTime, DateTime<FixedOffset>, EntryId);
/// What was made of an entry, and where it stands.
pub type AtTimelineKey<T> = (TimelineKey, T);

fn in_order<T>(mut made: Vec<AtTimelineKey<T>>, order: ReadOrder) -> Vec<T> {
    made.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    if order == ReadOrder::NewestFirst {
        made.reverse();
    }
    made.into_iter().map(|(_, made)| made).collect()
}

/// What came of a month.
pub struct MonthRead<T> {
    pub made: Vec<AtTimelineKey<T>>,
    pub damaged: Vec<Damaged>,
    /// How many entries were looked at.
    pub entries: usize,
    /// Is there a pack of it?
    pub packed: bool,
    /// The pack that says the same.
    pub pack: Option<Tag>,
    /// What was met of it; nothing, where that is what its pack says.
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
        let (made, damaged) = (Vec::new(), Vec::new());
        MonthRead { made, damaged, entries: 0, packed: false, pack: None, sighting: None }
    }
}

/// One reading of a journal.
pub struct JournalRead<'a, T> {
    pub reader: Reader<'a>,
    pub journal: &'a Journal,
    pub packs: Option<&'a Packs<'a>>,
    pub seen: Option<&'a UnlockedSeen<'a>>,
    /// The journal's.
    pub device: Option<u64>,
    /// A moment before the first folder was looked at, in nanoseconds since 1970.
    pub begun: i64,
    map: MapFn<'a, T>,
    /// How many months there are, where that is known.
    of_months: usize,
    read_months: AtomicUsize,
    read_entries: AtomicUsize,
}

impl<'a, T: Send> JournalRead<'a, T> {
    fn new(
        journal: &'a Journal,
        reader: Reader<'a>,
        map: MapFn<'a, T>,
        (packs, seen): (Option<&'a Packs<'a>>, Option<&'a UnlockedSeen<'a>>),
        of_months: usize,
    ) -> JournalRead<'a, T> {
        let begun = reader.clock.written.timestamp_nanos_opt().unwrap_or(i64::MIN);
        let device = packs.and_then(|_| journal.device());
        let [read_months, read_entries] = [(); 2].map(|()| AtomicUsize::new(0));
        JournalRead {
            reader,
            journal,
            packs,
            seen,
            device,
            begun,
            map,
            of_months,
            read_months,
            read_entries,
        }
    }

    fn months(&self, batch: &[MonthFolder], newest: Option<usize>) -> Result<Vec<MonthRead<T>>> {
        let read = |folder: &MonthFolder| {
            let read = self.month(folder, newest);
            self.read_months.fetch_add(1, Relaxed);
            read
        };
        match self.asks() || batch.len() == 1 {
            true => batch.iter().map(read).collect(),
            false => batch.par_iter().map(read).collect(),
        }
    }

    /// May opening an entry ask somebody? Two questions at once could not be
    /// answered.
    pub fn asks(&self) -> bool {
        self.reader.identity.may_ask()
    }

    /// What is wanted of an entry, if it is one that is looked for.
    pub fn map_entry(&self, kept: StoredEntry) -> Option<AtTimelineKey<T>> {
        let (query, clock) = (self.reader.query, self.reader.clock);
        if !kept.heads().any(|entry| query.matches(entry, clock)) {
            return None;
        }
        let place = (kept.entry.at.naive_local(), kept.entry.written, kept.entry.id.clone());
        Some((place, (self.map)(kept)))
    }

    /// Tells of one more entry.
    pub fn advance(&self, entries: usize) -> Result<()> {
        let done = self.read_entries.fetch_add(entries, Relaxed) + entries;
        let months = self.read_months.load(Relaxed).max(1);
        // As if the months to come were like those before.
        let of = (done / months).saturating_mul(self.of_months).max(done);
        let go_on = (self.reader.progress)(done, of);
        if go_on { Ok(()) } else { Err(Error::Cancelled { draft: None }) }
    }
}
