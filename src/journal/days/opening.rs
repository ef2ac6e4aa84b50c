//! Opening entries side by side, each on one core: out of the cache where it knows
//! them, or out of their files.

use std::cell::Cell;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use super::{Damaged, FEW, Placed, Reading};
use crate::disk::Folder;
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::journal::cache::Opened;
use crate::journal::heads::known;
use crate::journal::name::Kind;
use crate::journal::names::{Name, Stamp};
use crate::journal::read::{Kept, open_group, refuse_plugin};
use crate::journal::scan::Group;
use crate::seal::Label;

impl<T: Send> Reading<'_, T> {
    /// What is wanted of an entry, if it is one that is looked for.
    pub(super) fn made(&self, kept: Kept) -> Option<Placed<T>> {
        if !self.reader.matches(&kept) {
            return None;
        }
        let Entry { at, written, id, .. } = &kept.entry;
        let place = (at.naive_local(), *written, id.clone());
        Some((place, (self.make)(kept)))
    }

    pub(super) fn open_all(
        &self,
        all: &[&[Name]],
        cached: bool,
    ) -> Result<(Vec<Placed<T>>, Vec<Damaged>)> {
        let cache = self.cache.as_ref().filter(|_| cached);
        let one = |names: &[Name], about: Option<Stamp>, last: &Cell<usize>| {
            let opened = self.open_one(names, cache.zip(about), last)?;
            let count = self.opened.fetch_add(1, Relaxed) + 1;
            let go_on = (self.reader.watch)(count, self.of.max(count));
            if go_on { Ok(opened) } else { Err(Error::Cancelled { draft: None }) }
        };
        let some = |some: &[&[Name]]| {
            let of_a_folder = some.chunk_by(in_one_folder);
            let abouts = of_a_folder.flat_map(|all| plain_files(all, cache.is_some()));
            let last = Cell::new(0);
            some.iter().zip(abouts).map(|(names, about)| one(names, about, &last)).collect()
        };
        // Two questions at once could not be answered; nor is a key that was not
        // given asked for again with each entry.
        let one_by_one = all.len() < FEW || self.reader.identity.may_ask();
        let opened: Result<Vec<Vec<_>>> = match one_by_one {
            true => all.chunks(FEW).map(some).collect(),
            false => all.par_chunks(FEW).map(some).collect(),
        };
        let (made, damaged): (Vec<_>, Vec<_>) = opened?.into_iter().flatten().unzip();
        Ok((made.into_iter().flatten().collect(), damaged.concat()))
    }

    fn open_one(
        &self,
        names: &[Name],
        noted: Option<(&Opened, Stamp)>,
        last: &Cell<usize>,
    ) -> Result<(Option<Placed<T>>, Vec<Damaged>)> {
        let noted = noted.zip(names.first()).map(|((cache, stamp), name)| (cache, name, stamp));
        if let Some((cache, name, stamp)) = &noted
            && let Some(json) = cache.find(name.file(), stamp, last)
            && let Some(known) = self.known(name, json)
        {
            return Ok((known, Vec::new()));
        }
        let Some(group) = Group::of(names) else { return Ok((None, Vec::new())) };
        let opened = open_group(&group, self.reader.identity);
        refuse_plugin(&opened.damaged)?;
        if let (Some((cache, name, stamp)), [entry]) = (noted, &*opened.revisions) {
            cache.add(name.file(), stamp, entry);
        }
        let damaged = opened.damaged.clone();
        Ok((opened.kept().and_then(|kept| self.made(kept)), damaged))
    }

    /// What an entry is that was opened before: within, nothing where it does not
    /// match. `None` where there is any doubt.
    fn known(&self, name: &Name, json: &[u8]) -> Option<Option<Placed<T>>> {
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
        Some(self.made(kept))
    }
}

fn in_one_folder(a: &&[Name], b: &&[Name]) -> bool {
    let folder = |names: &[Name]| names.first().map(|name| std::ptr::from_ref(name.month));
    folder(a) == folder(b)
}

/// How the one file of each of these entries is, where it lies under our own
/// name for it. They are in one folder.
fn plain_files(all: &[&[Name]], wanted: bool) -> Vec<Option<Stamp>> {
    let first = all.first().and_then(|names| names.first()).filter(|_| wanted);
    let folder = first.and_then(|name| Folder::open(&name.month.path).ok());
    let about = |names: &&[Name]| match names {
        [name] if name.parts.kind == Kind::Ours => {
            folder.as_ref()?.about_file(name.file()).map(|about| Stamp::of(&about))
        }
        _ => None,
    };
    all.iter().map(about).collect()
}
