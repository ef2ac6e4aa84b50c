//! Opening entries side by side, each on one core: out of the cache where it knows
//! them, or out of their files.

use std::cell::Cell;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use super::{Damaged, FEW, Placed, Reading};
use crate::disk::Folder;
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::journal::LARGEST;
use crate::journal::cache::{Opened, Spot};
use crate::journal::heads::known;
use crate::journal::name::Kind;
use crate::journal::names::{Name, Stamp};
use crate::journal::read::{Kept, open_group, refuse_plugin};
use crate::journal::scan::Group;
use crate::seal::Damage;
use crate::seal::Sealed;

/// What came of an entry, and what is damaged of it.
type Made<T> = (Option<Placed<T>>, Vec<Damaged>);

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
        all: &[Name],
        cached: bool,
    ) -> Result<(Vec<Placed<T>>, Vec<Damaged>)> {
        let cache = self.cache.as_ref().filter(|_| cached);
        let some = |some: &[Name]| {
            let of_a_folder = some.chunk_by(in_one_folder);
            let opened = of_a_folder.map(|some| self.open_some(some, cache));
            Ok(opened.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
        };
        // Two questions at once could not be answered; nor is a key that was not
        // given asked for again with each entry.
        let one_by_one = all.len() < FEW || self.reader.identity.may_ask();
        let opened: Result<Vec<Vec<Made<T>>>> = match one_by_one {
            true => all.chunks(FEW).map(some).collect(),
            false => all.par_chunks(FEW).map(some).collect(),
        };
        let (made, damaged): (Vec<_>, Vec<_>) = opened?.into_iter().flatten().unzip();
        Ok((made.into_iter().flatten().collect(), damaged.concat()))
    }

    /// Entries whose names are in one folder.
    fn open_some(&self, some: &[Name], cache: Option<&Opened>) -> Result<Vec<Made<T>>> {
        // Where opening asks somebody, it is tried once.
        let first = some.first().filter(|_| !self.reader.identity.may_ask());
        let folder = first.and_then(|name| Folder::open(&name.month.path).ok());
        let last = Cell::default();
        let one = |name: &Name| {
            let folder = folder.as_ref().filter(|_| name.parts.kind == Kind::Ours);
            let simple = folder.and_then(|folder| self.open_simple(name, folder, cache, &last));
            let opened = match simple {
                Some(Ok(made)) => (made, Vec::new()),
                Some(Err(why)) => (None, vec![Damaged { path: name.path(), why }]),
                None => self.open_any(name)?,
            };
            let count = self.opened.fetch_add(1, Relaxed) + 1;
            let go_on = (self.reader.watch)(count, self.of.max(count));
            if go_on { Ok(opened) } else { Err(Error::Cancelled { draft: None }) }
        };
        some.iter().map(one).collect()
    }

    /// One that has a single file, under our own name for it: out of the cache, or
    /// out of that file. `None` where the file is not simply there.
    fn open_simple(
        &self,
        name: &Name,
        folder: &Folder,
        cache: Option<&Opened>,
        last: &Cell<Spot>,
    ) -> Option<std::result::Result<Option<Placed<T>>, Damage>> {
        if let Some(cache) = cache.filter(|cache| !cache.is_empty()) {
            let stamp = Stamp::of(&folder.about_file(name.file())?);
            let json = cache.find(name.file(), &stamp, last);
            if let Some(known) = json.and_then(|json| self.known(name, json)) {
                return Some(Ok(known));
            }
        }
        let (bytes, about) = folder.read(name.file(), LARGEST).ok()?;
        let sealed = Sealed::found(name.parts.label()?, bytes);
        let opened = sealed.and_then(|sealed| self.reader.identity.open(&sealed));
        if let (Some(cache), Ok(entry)) = (cache, &opened) {
            cache.add(name.file(), Stamp::of(&about), entry);
        }
        Some(opened.map(|entry| self.alone(name, entry)))
    }

    /// Whatever lies there of an entry.
    fn open_any(&self, name: &Name) -> Result<Made<T>> {
        let Some(group) = Group::of(std::slice::from_ref(name)) else {
            return Ok((None, Vec::new()));
        };
        let opened = open_group(&group, self.reader.identity);
        refuse_plugin(&opened.damaged)?;
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
        name.parts.is_of(&entry).then(|| self.alone(name, entry))
    }

    /// What is wanted of the only revision of an entry.
    fn alone(&self, name: &Name, entry: Entry) -> Option<Placed<T>> {
        if entry.deleted {
            return None;
        }
        let revisions = known(std::slice::from_ref(&entry));
        self.made(Kept { entry, beside: Vec::new(), revisions, files: vec![name.path()] })
    }
}

fn in_one_folder(a: &Name, b: &Name) -> bool {
    std::ptr::eq(a.month, b.month)
}
