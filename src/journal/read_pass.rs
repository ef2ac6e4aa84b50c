//! One pass through a journal's months: which are still to come, and what was read of the
//! others.

use std::collections::HashSet;
use std::vec::IntoIter;

use crate::error::Result;

use super::Damaged;
use super::month::{Month, MonthFolder, Months};
use super::reading::{AtTimelineKey, MonthRead, OnBatch, ReadOrder};
use super::seen::UnlockedSeen;

/// The months to read, and what was read of those before them.
pub struct ReadPass<'q> {
    order: ReadOrder,
    /// How many entries to read at most, newest first.
    pub last: Option<usize>,
    /// How many of those are still to come.
    pub left: usize,
    /// Months that were listed in advance, and come first.
    pub in_advance: IntoIter<MonthFolder>,
    pub months: Months<'q>,
    pub damaged: Vec<Damaged>,
    read: HashSet<Month>,
    /// The months read that have a pack now.
    pub packed: HashSet<Month>,
}

impl<'q> ReadPass<'q> {
    pub fn new(mut months: Months<'q>, order: ReadOrder) -> ReadPass<'q> {
        let last = months.query.last.filter(|_| order == ReadOrder::NewestFirst);
        // Without `last`, all are listed, so that progress knows the total.
        let count = if last.is_none() { usize::MAX } else { 0 };
        let in_advance: Vec<MonthFolder> = months.by_ref().take(count).collect();
        ReadPass {
            order,
            last,
            left: last.unwrap_or(usize::MAX),
            in_advance: in_advance.into_iter(),
            months,
            damaged: Vec::new(),
            read: HashSet::new(),
            packed: HashSet::new(),
        }
    }

    /// The next months to read; none if all have been, or enough entries.
    pub fn next_batch(&mut self, size: usize) -> Vec<MonthFolder> {
        let size = if self.left == 0 { 0 } else { size };
        self.in_advance.by_ref().chain(self.months.by_ref()).take(size).collect()
    }

    /// How many of the newest entries are still to be read, if not all are.
    pub fn newest(&self) -> Option<usize> {
        self.last.map(|_| self.left)
    }

    /// Hands on what was read of a batch, month by month; returns whether to continue.
    pub fn take_batch<T>(
        &mut self,
        batch: &[MonthFolder],
        months: Vec<MonthRead<T>>,
        on_batch: OnBatch<T>,
    ) -> Result<bool> {
        for (folder, month) in batch.iter().zip(months) {
            if !on_batch(self.take(folder.month, month))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes what was read of a month, and returns its outputs, in order.
    fn take<T>(&mut self, month: Month, read: MonthRead<T>) -> Vec<T> {
        self.read.insert(month);
        self.packed.extend(read.packed.then_some(month));
        self.damaged.extend(read.damaged);
        let mut outputs = in_order(read.outputs, self.order);
        outputs.truncate(self.left);
        self.left -= outputs.len();
        outputs
    }

    /// The months that this device remembers and that the query may match, but that
    /// weren't there. With `last`, months before the oldest one read weren't asked for.
    pub fn unread_months(&self, seen: &UnlockedSeen) -> Vec<Month> {
        let oldest = self.read.iter().min().copied().filter(|_| self.left == 0);
        let remembered = oldest.map_or_else(|| seen.months(), |month| seen.months_after(month));
        let is_due = |it: &Month| self.months.may_match(*it, *it) && !self.read.contains(it);
        remembered.into_iter().filter(is_due).collect()
    }
}

fn in_order<T>(mut outputs: Vec<AtTimelineKey<T>>, order: ReadOrder) -> Vec<T> {
    outputs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    if order == ReadOrder::NewestFirst {
        outputs.reverse();
    }
    outputs.into_iter().map(|(_, output)| output).collect()
}
