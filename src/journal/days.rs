//! Reading a journal through, some days at a time, so that memory holds a part
//! of it and not a life. What was opened before comes out of the cache; the
//! rest is opened on every core, for nearly all of that time is key agreement.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::mem::take;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::entry::{Entry, EntryId};
use crate::error::{Damage, Error, Result};
use crate::seal::Label;

use super::cache::Opened;
use super::heads::known;
use super::name::Kind;
use super::names::{Name, Names, Stamp};
use super::read::{Kept, Reader, open_group, refuse_plugin};
use super::scan::{Group, by_entry};
use super::{Damaged, Journal};

/// Fewer are opened sooner than the cores are called together.
const FEW: usize = 32;
/// How many entries are in memory at once, about.
const WINDOW: usize = 4096;
/// Where only the newest are wanted, they are looked for among so many more first.
const MORE: usize = 8;
/// How often an entry is looked for that is replaced again and again.
pub(super) const TRIES: usize = 10;

/// Which days come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    NewestFirst,
    OldestFirst,
}

/// Takes what was found in some days; says whether to go on.
pub type Visit<'v> = &'v mut dyn FnMut(Vec<Kept>) -> Result<bool>;

impl Journal {
    /// Reads what a query names, in order. What cannot be read is named beside it.
    pub fn read(&self, reader: &Reader, order: Order, visit: Visit) -> Result<Vec<Damaged>> {
        let mut names = self.names()?;
        let refused = take(&mut names.refused);
        let few = reader.query.last.filter(|_| order == Order::NewestFirst);
        let mut reading = Reading::new(self, *reader, order, few, refused);
        let (near, since) = match few {
            Some(few) => names.latest(few.saturating_add(MORE)),
            None => (names.all(), NaiveDate::MIN),
        };
        let mut go_on = reading.through(&near, since, visit)?;
        if go_on && since > NaiveDate::MIN {
            go_on = reading.through(&names.all(), NaiveDate::MIN, visit)?;
        }
        if let Some(cache) = reading.cache {
            cache.finish(go_on && reader.query.is_of_all_days());
        }
        Ok(reading.damaged)
    }
}

/// Some days, and what is known of them by name.
struct Window<'n, 'a> {
    first: NaiveDate,
    last: NaiveDate,
    /// The names of an entry with one file each.
    names: Vec<&'n [Name<'a>]>,
    /// Those of several had to be opened, to know the day.
    kept: Vec<Kept>,
}

struct Reading<'a> {
    journal: &'a Journal,
    reader: Reader<'a>,
    cache: Option<Opened<'a>>,
    order: Order,
    /// How many are wanted, where that is not all.
    few: Option<usize>,
    damaged: Vec<Damaged>,
    /// The entries of the days that were read.
    done: HashSet<EntryId>,
    opened: AtomicUsize,
    of: usize,
}

impl<'a> Reading<'a> {
    fn new(
        journal: &'a Journal,
        reader: Reader<'a>,
        order: Order,
        few: Option<usize>,
        damaged: Vec<Damaged>,
    ) -> Reading<'a> {
        let (done, opened) = (HashSet::new(), AtomicUsize::new(0));
        Reading { journal, reader, cache: None, order, few, damaged, done, opened, of: 0 }
    }

    /// Reads entries, of which `names` has every name, since a day.
    fn through(&mut self, names: &[Name], since: NaiveDate, visit: Visit) -> Result<bool> {
        let mut windows = self.windows(names, since);
        self.of = windows.iter().map(|window| window.names.len()).sum();
        let at_once = windows.iter().map(|window| window.names.len()).max().unwrap_or(0);
        if at_once.max(if self.few.is_none() { self.of } else { 0 }) >= FEW {
            let cache = self.journal.cache.as_ref();
            self.cache = cache.and_then(|cache| Opened::new(cache, self.reader.identity));
        }
        if self.reader.query.is_of_all_days() {
            // Between them they have every day, those without an entry too.
            meet(&mut windows, self.order);
        }
        for window in windows {
            if since > NaiveDate::MIN {
                let ids = window.names.iter().map(|names| names[0].parts.id.parse());
                self.done.extend(ids.flatten());
                self.done.extend(window.kept.iter().map(|kept| kept.entry.id.clone()));
            }
            if !visit(self.open(window)?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn windows<'n, 'm>(&mut self, names: &'n [Name<'m>], since: NaiveDate) -> Vec<Window<'n, 'm>> {
        let mut days: BTreeMap<NaiveDate, (Vec<&'n [Name<'m>]>, Vec<Kept>)> = BTreeMap::new();
        for names in by_entry(names) {
            let query = self.reader.query;
            let may_match = |n: &Name| query.may_match_named(n.parts.day, self.reader.clock);
            let done = |id: &str| id.parse().is_ok_and(|id: EntryId| self.done.contains(&id));
            if !names.iter().any(may_match) || (!self.done.is_empty() && done(names[0].parts.id)) {
                continue;
            }
            if let [name] = names {
                days.entry(name.parts.day).or_default().0.push(names);
            } else if let Some(kept) = self.open_several(names) {
                // Its revisions may have different days: only the head's counts.
                days.entry(kept.entry.day()).or_default().1.push(kept);
            }
        }
        let days = days.split_off(&since);
        match self.order {
            Order::NewestFirst => cut(days.into_iter().rev(), self.few),
            Order::OldestFirst => cut(days.into_iter(), self.few),
        }
    }

    fn open_several(&mut self, names: &[Name]) -> Option<Kept> {
        let opened = open_group(&Group::of(names)?, self.reader.identity);
        let new = opened.damaged.iter().filter(|damaged| !self.damaged.contains(damaged));
        self.damaged.extend(new.cloned().collect::<Vec<_>>());
        opened.kept()
    }

    fn open(&mut self, window: Window) -> Result<Vec<Kept>> {
        let cached = self.few.is_none() || window.names.len() >= FEW;
        if let Some(cache) = self.cache.as_mut().filter(|_| cached) {
            cache.turn_to(window.first, window.last, self.reader.query.is_of_all_days());
        }
        let (mut found, damaged) = self.open_all(&window.names, cached)?;
        let matches = |kept: &Kept| self.reader.matches(kept);
        found.extend(window.kept.into_iter().filter(matches));
        self.damaged.extend(damaged);
        found.extend(self.look_again()?);
        found.sort_unstable_by(newest_first);
        if self.order == Order::OldestFirst {
            found.reverse();
        }
        if let Some(cache) = &mut self.cache {
            cache.flush();
        }
        Ok(found)
    }

    fn open_all(&self, all: &[&[Name]], cached: bool) -> Result<(Vec<Kept>, Vec<Damaged>)> {
        let cache = self.cache.as_ref().filter(|_| cached);
        let one = |names: &&[Name]| {
            let opened = self.open_one(names, cache)?;
            let count = self.opened.fetch_add(1, Relaxed) + 1;
            let go_on = (self.reader.watch)(count, self.of.max(count));
            if go_on { Ok(opened) } else { Err(Error::Cancelled { draft: None }) }
        };
        // Two questions at once could not be answered; nor is a key that was not
        // given asked for again with each entry.
        let one_by_one = all.len() < FEW || self.reader.identity.may_ask();
        let opened: Result<Vec<(Option<Kept>, Vec<Damaged>)>> = if one_by_one {
            all.iter().map(one).collect()
        } else {
            all.par_iter().with_min_len(8).map(one).collect()
        };
        let (kept, damaged): (Vec<_>, Vec<_>) = opened?.into_iter().unzip();
        Ok((kept.into_iter().flatten().collect(), damaged.concat()))
    }

    fn open_one(
        &self,
        names: &[Name],
        cache: Option<&Opened>,
    ) -> Result<(Option<Kept>, Vec<Damaged>)> {
        let noted = cache.zip(plain_file(names));
        if let Some((cache, (name, stamp))) = &noted
            && let Some(json) = cache.find(name.file(), stamp)
            && let Some(known) = self.known(name, json)
        {
            return Ok((known, Vec::new()));
        }
        let Some(group) = Group::of(names) else { return Ok((None, Vec::new())) };
        let opened = open_group(&group, self.reader.identity);
        refuse_plugin(&opened.damaged)?;
        if let (Some((cache, (name, stamp))), [entry]) = (noted, &*opened.revisions) {
            cache.add(name.file(), stamp, entry);
        }
        let damaged = opened.damaged.clone();
        Ok((opened.kept().filter(|kept| self.reader.matches(kept)), damaged))
    }

    /// What an entry is that was opened before: within, nothing where it does not
    /// match. `None` where there is any doubt.
    fn known(&self, name: &Name, json: &[u8]) -> Option<Option<Kept>> {
        if !self.reader.query.may_match_json(json) {
            return Some(None);
        }
        let entry = Entry::from_json(json).ok()?;
        if Some(Label::of(&entry)) != name.parts.label() {
            return None;
        }
        if entry.deleted {
            return Some(None);
        }
        let revisions = known(std::slice::from_ref(&entry));
        let kept = Kept { entry, beside: Vec::new(), revisions, files: vec![name.path()] };
        Some(Some(kept).filter(|kept| self.reader.matches(kept)))
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
            let names = Names::list(self.journal.root(), Vec::new())?.all_of(&gone);
            for group in names {
                let opened = open_group(&group, self.reader.identity);
                self.damaged.extend(opened.damaged.iter().cloned());
                found.extend(opened.kept().filter(|kept| self.reader.matches(kept)));
            }
        }
        Ok(found)
    }
}

/// The one file of an entry, under our own name for it, and how it is.
fn plain_file<'n, 'a>(names: &'n [Name<'a>]) -> Option<(&'n Name<'a>, Stamp)> {
    let [name] = names else { return None };
    let about = name.path().symlink_metadata().ok()?;
    let plain = about.is_file() && name.parts.kind == Kind::Ours;
    plain.then(|| (name, Stamp::of(&about)))
}

/// The entry whose file went while it was being read.
fn gone(damaged: &Damaged) -> Option<EntryId> {
    let name = damaged.path.file_name()?.to_str()?;
    let (label, _) = super::name::read(name).filter(|_| damaged.why == Damage::Gone)?;
    Some(label.id)
}

/// Days one after another, in windows. Where few are wanted, the first are small.
fn cut<'n, 'a>(
    days: impl Iterator<Item = (NaiveDate, (Vec<&'n [Name<'a>]>, Vec<Kept>))>,
    few: Option<usize>,
) -> Vec<Window<'n, 'a>> {
    let mut size = few.map_or(WINDOW, |few| few.min(WINDOW));
    let mut windows: Vec<Window> = Vec::new();
    for (day, (names, kept)) in days {
        match windows.last_mut().filter(|window| window.names.len() < size) {
            Some(window) => {
                (window.first, window.last) = (window.first.min(day), window.last.max(day));
                window.names.extend(names);
                window.kept.extend(kept);
            }
            None => {
                if !windows.is_empty() {
                    size = (size * 4).min(WINDOW);
                }
                windows.push(Window { first: day, last: day, names, kept });
            }
        }
    }
    windows
}

/// Stretches windows over the days between them.
fn meet(windows: &mut [Window], order: Order) {
    let mut next = NaiveDate::MIN;
    let mut stretch = |window: &mut Window| {
        window.first = next;
        next = window.last.succ_opt().unwrap_or(NaiveDate::MAX);
    };
    match order {
        Order::NewestFirst => windows.iter_mut().rev().for_each(&mut stretch),
        Order::OldestFirst => windows.iter_mut().for_each(&mut stretch),
    }
    let newest = match order {
        Order::NewestFirst => windows.first_mut(),
        Order::OldestFirst => windows.last_mut(),
    };
    newest.into_iter().for_each(|window| window.last = NaiveDate::MAX);
}

/// By the clock on the wall at the time, as a diary is; ties by when it was
/// written, then by id.
fn newest_first(a: &Kept, b: &Kept) -> Ordering {
    let order = |kept: &Kept| (kept.entry.at.naive_local(), kept.entry.written);
    order(b).cmp(&order(a)).then_with(|| b.entry.id.cmp(&a.entry.id))
}
