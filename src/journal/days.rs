//! Reading a journal through, some days at a time, so that memory holds a part
//! of it and not a life. What was opened before comes out of the cache; the
//! rest is opened on every core, for nearly all of that time is key agreement.

mod opening;

use std::collections::HashSet;
use std::sync::atomic::AtomicUsize;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use rayon::prelude::*;

use crate::config::Clock;
use crate::entry::EntryId;
use crate::error::{Error, Result};
use crate::query::Query;
use crate::seal::Damage;
use crate::seal::Identity;

use super::cache::Opened;
use super::names::Name;
use super::read::{Found, Kept, Reader, TRIES, open_group, refuse_plugin};
use super::scan::{Apart, Group, by_entry};
use super::windows::{Order, Window, cut, meet};
use super::{Damaged, Journal};

/// Fewer are opened sooner than the cores are called together.
const FEW: usize = 32;
/// Where only the newest are wanted, they are looked for among so many more
/// first, unless these are many themselves.
const MORE: usize = 8;
const NEAR: usize = 64;

/// What is made of an entry on the core that opened it, so that of a long journal
/// nothing larger is held. It is wiped right there.
pub type Make<'m, T> = &'m (dyn Fn(Kept) -> T + Sync);

/// Takes what was made of some days' entries; says whether to go on.
pub type Visit<'v, T> = &'v mut dyn FnMut(Vec<T>) -> Result<bool>;

impl Journal {
    /// The entries that a query names, newest first. Days are opened from the
    /// latest back, and no further than the query needs.
    pub fn find(&self, query: &Query, identity: &Identity, clock: &Clock) -> Result<Found> {
        self.find_watched(&Reader { identity, query, clock, watch: &|_, _| true })
    }

    /// The same, told to somebody who may end it.
    pub fn find_watched(&self, reader: &Reader) -> Result<Found> {
        let mut entries = Vec::new();
        let damaged = self.read(reader, Order::NewestFirst, &|kept| kept, &mut |kept| {
            entries.extend(kept);
            Ok(true)
        })?;
        Ok(Found { entries, damaged })
    }

    /// Reads what a query names, in order. What cannot be read is named beside it.
    /// Of the newest so many only those are read, where they come first.
    pub fn read<T: Send>(
        &self,
        reader: &Reader,
        order: Order,
        make: Make<T>,
        visit: Visit<T>,
    ) -> Result<Vec<Damaged>> {
        let few = reader.query.last.filter(|_| order == Order::NewestFirst);
        let mut left = few.unwrap_or(usize::MAX);
        let visit: Visit<T> = &mut |mut made| {
            made.truncate(left);
            left -= made.len();
            Ok(visit(made)? && left > 0)
        };
        let mut reading = Reading::new(self, *reader, order, make, few);
        let go_on = reading.all(visit)?;
        let everything = go_on && reader.query.is_of_all_days();
        match (reading.cache, &self.cache) {
            (Some(cache), _) => cache.finish(everything),
            // So few are left that none of it was needed.
            (None, Some(cache)) if everything && reading.of < FEW => cache.forget_opened(),
            _ => {}
        }
        Ok(reading.damaged)
    }
}

struct Reading<'a, T> {
    journal: &'a Journal,
    reader: Reader<'a>,
    cache: Option<Opened<'a>>,
    order: Order,
    make: Make<'a, T>,
    /// How many are wanted, where that is not all.
    few: Option<usize>,
    damaged: Vec<Damaged>,
    /// The entries of the days that were read.
    done: HashSet<EntryId>,
    opened: AtomicUsize,
    of: usize,
}

/// Where an entry stands among the others: by the clock on the wall at the time,
/// as a diary is; ties by when it was written, then by id.
type Place = (NaiveDateTime, DateTime<FixedOffset>, EntryId);
/// What was made of an entry, and where it stands.
type Placed<T> = (Place, T);

impl<'a, T: Send> Reading<'a, T> {
    fn new(
        journal: &'a Journal,
        reader: Reader<'a>,
        order: Order,
        make: Make<'a, T>,
        few: Option<usize>,
    ) -> Reading<'a, T> {
        let (damaged, done, opened) = (Vec::new(), HashSet::new(), AtomicUsize::new(0));
        Reading { journal, reader, cache: None, order, make, few, damaged, done, opened, of: 0 }
    }

    /// Reads all that is wanted; of few the latest first, which may be enough.
    fn all(&mut self, visit: Visit<T>) -> Result<bool> {
        let identity = self.reader.identity;
        let count = self.few.filter(|few| *few <= NEAR).map(|few| few + MORE);
        if let Some(count) = count
            && let Some(names) = self.journal.names_near(identity, count)?
            && let Some((near, since)) = names.latest(count)
        {
            self.damaged.extend(names.refused.iter().cloned());
            if !self.through(near, since, visit)? {
                return Ok(false);
            }
        }
        let names = self.journal.names_known(identity)?;
        self.report(names.refused.iter().cloned());
        let latest = count.filter(|_| self.done.is_empty()).and_then(|count| names.latest(count));
        if let Some((near, since)) = latest
            && !self.through(near, since, visit)?
        {
            return Ok(false);
        }
        self.through(names.by_month(), NaiveDate::MIN, visit)
    }

    /// Reads entries, of which `names` has every name, since a day.
    fn through(&mut self, names: Vec<Name>, since: NaiveDate, visit: Visit<T>) -> Result<bool> {
        let (single, kept) = self.apart(names, since)?;
        let mut windows = cut(&single, kept, self.order, self.few);
        self.of = windows.iter().map(|window| window.names.len()).sum();
        let at_once = windows.iter().map(|window| window.names.len()).max().unwrap_or(0);
        let all = self.few.is_none();
        if at_once.max(if all { self.of } else { 0 }) >= FEW {
            let cache = self.journal.cache.as_ref();
            self.cache = cache.and_then(|cache| Opened::new(cache, self.reader.identity));
        } else if self.reader.query.is_of_all_days() {
            // So little needs none, and what it holds may be gone from here.
            self.journal.forget();
        }
        if self.reader.query.is_of_all_days() {
            // Between them they have every day, those without an entry too.
            meet(&mut windows, self.order);
        }
        for window in windows {
            if since > NaiveDate::MIN {
                let ids = window.names.iter().map(|name| name.parts.id.parse());
                self.done.extend(ids.flatten());
                self.done.extend(window.kept.iter().map(|kept| kept.entry.id.clone()));
            }
            if !visit(self.open(window)?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Of those that may match: the entries with one file each, and the others,
    /// opened.
    fn apart<'n>(
        &mut self,
        names: Vec<Name<'n>>,
        since: NaiveDate,
    ) -> Result<(Vec<Name<'n>>, Vec<Kept>)> {
        let Apart { mut single, several } = Apart::of(names);
        let (query, clock, done) = (self.reader.query, self.reader.clock, &self.done);
        let may_match = |name: &Name| query.may_match_named(name.parts.day, clock);
        let is_done = |name: &Name| name.parts.id.parse().is_ok_and(|id| done.contains(&id));
        let new = |name: &Name| done.is_empty() || !is_done(name);
        single.retain(|name| name.parts.day >= since && may_match(name) && new(name));
        let several = by_entry(&several).filter(|names| names.iter().any(may_match));
        let several: Vec<Group> =
            several.filter(|names| new(&names[0])).filter_map(Group::of).collect();
        let mut kept = self.open_groups(&several)?;
        kept.extend(self.look_again()?);
        // Its revisions may have different days: only the head's counts.
        kept.retain(|kept| kept.entry.day() >= since);
        Ok((single, kept))
    }

    fn open_groups(&mut self, groups: &[Group]) -> Result<Vec<Kept>> {
        let one = |group: &Group| {
            let opened = open_group(group, self.reader.identity);
            refuse_plugin(&opened.damaged)?;
            let go_on = (self.reader.watch)(0, groups.len());
            if go_on { Ok(opened) } else { Err(Error::Cancelled { draft: None }) }
        };
        let one_by_one = groups.len() < FEW || self.reader.identity.may_ask();
        let opened: Result<Vec<_>> = if one_by_one {
            groups.iter().map(one).collect()
        } else {
            groups.par_iter().map(one).collect()
        };
        let mut opened = opened?;
        self.report(opened.iter().flat_map(|opened| opened.damaged.iter().cloned()));
        // Half of what lies there may be an old version of it.
        opened.retain(|opened| !opened.is_of_the_past());
        Ok(opened.into_iter().filter_map(|opened| opened.kept()).collect())
    }

    /// Adds what was not reported yet.
    fn report(&mut self, damaged: impl Iterator<Item = Damaged>) {
        let known: HashSet<&Damaged> = self.damaged.iter().collect();
        let new: Vec<Damaged> = damaged.filter(|damaged| !known.contains(damaged)).collect();
        self.damaged.extend(new);
    }

    fn open(&mut self, window: Window) -> Result<Vec<T>> {
        let cached = self.few.is_none() || window.names.len() >= FEW;
        if let Some(cache) = self.cache.as_mut().filter(|_| cached) {
            cache.turn_to(window.first, window.last, self.reader.query.is_of_all_days());
        }
        let (mut found, damaged) = self.open_all(window.names, cached)?;
        found.extend(window.kept.into_iter().filter_map(|kept| self.made(kept)));
        self.damaged.extend(damaged);
        found.extend(self.look_again()?.into_iter().filter_map(|kept| self.made(kept)));
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        if self.order == Order::NewestFirst {
            found.reverse();
        }
        if let Some(cache) = &mut self.cache {
            cache.flush();
        }
        Ok(found.into_iter().map(|(_, made)| made).collect())
    }

    /// A file that went between its listing and its opening was replaced
    /// meanwhile, by an edit or because the keys changed: those entries are
    /// looked for once more.
    fn look_again(&mut self) -> Result<Vec<Kept>> {
        let mut found = Vec::new();
        for _ in 0..TRIES {
            let gone: HashSet<EntryId> = self.damaged.iter().filter_map(gone).collect();
            if gone.is_empty() {
                break;
            }
            self.damaged.retain(|damaged| damaged.why != Damage::Gone);
            let there = self.journal.names()?.all_of(&gone);
            if there.len() < gone.len() {
                // It was listed and is nowhere: what is noted may be wrong.
                self.journal.forget();
            }
            found.extend(self.open_groups(&there)?);
        }
        Ok(found)
    }
}

/// The entry whose file went while it was being read.
fn gone(damaged: &Damaged) -> Option<EntryId> {
    let name = damaged.path.file_name()?.to_str()?;
    let (label, _) = super::name::read(name).filter(|_| damaged.why == Damage::Gone)?;
    Some(label.id)
}
