//! What was opened, in packs: age files sealed to this device's own key, each of
//! the entries of some days. New ones are added beside the old; many small
//! ones become a few. Two commands that do so at once leave a record twice, and
//! the next that reads everything drops what it did not need.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::record::{self, Place, Record};
use super::{Cache, unseal};
use crate::disk::{self, Folder};
use crate::entry::{Entry, RevisionId};
use crate::journal::names::Stamp;
use crate::seal::{Identity, Recipients};
use crate::wiped::Wiped;

/// What one pack holds of text, about.
const PACK: usize = 1 << 20;
/// Smaller ones are put together when there are too many of them.
const SMALL: u64 = 1 << 18;
const MANY: usize = 8;
/// Fewer entries than these are opened again sooner than they are noted.
const FEW: usize = 32;
/// No pack of ours is nearly as large, unless an entry is.
const LARGEST: u64 = 1 << 28;

/// A cache, as somebody reads with it who has the key.
pub struct Opened<'a> {
    folder: PathBuf,
    identity: &'a Identity,
    own: Recipients,
    mark: String,
    /// Those that are not open.
    closed: Vec<PackFile>,
    open: Vec<Pack>,
    new: Mutex<Vec<Record>>,
    /// Something of it must be written, however little it is.
    moved: bool,
    /// What closed packs stood in: memory that is had already is sooner filled
    /// again than new memory is got.
    rooms: Mutex<Vec<Wiped>>,
}

/// Where something was found: in which open pack, and at which place.
#[derive(Clone, Copy, Default)]
pub struct Spot(usize, usize);

/// `2026-01-03_2026-05-30_x7f2qd.age`: the first and the last day in it.
pub struct PackFile {
    path: PathBuf,
    first: NaiveDate,
    last: NaiveDate,
}

/// One pack, open.
struct Pack {
    file: PackFile,
    text: Wiped,
    places: Vec<Place>,
    used: Vec<AtomicBool>,
}

impl<'a> Opened<'a> {
    /// `None` for a key that asks somebody for each thing that it opens.
    pub fn new(cache: &Cache, identity: &'a Identity) -> Option<Opened<'a>> {
        let own = identity.own().filter(|_| !identity.may_ask())?;
        let mark = identity.mark("inward cache 2")?;
        let closed = packs(&cache.folder).collect();
        let (open, new, rooms) = (Vec::new(), Mutex::default(), Mutex::default());
        let folder = cache.folder.clone();
        Some(Opened { folder, identity, own, mark, closed, open, new, moved: false, rooms })
    }

    /// Does it know nothing of the days that it was turned to?
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Opens the packs that have something of these days, and closes the others.
    /// `dropping` what was not needed of them, because everything was read.
    pub fn turn_to(&mut self, first: NaiveDate, last: NaiveDate, dropping: bool) {
        let meets = |file: &PackFile| file.first <= last && first <= file.last;
        let (stay, done): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.open).into_iter().partition(|pack| meets(&pack.file));
        self.open = stay;
        self.close_all(done, dropping);
        let (wanted, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.closed).into_iter().partition(|file| meets(file));
        self.closed = rest;
        self.open.extend(self.load(wanted));
    }

    fn load(&self, files: Vec<PackFile>) -> Vec<Pack> {
        let load = |file: PackFile| {
            let pack = self.read(&file.path);
            if pack.is_none() {
                // Damaged, or of another key: what it held is opened anew.
                file.remove();
            }
            let (text, places) = pack?;
            let used = places.iter().map(|_| AtomicBool::new(false)).collect();
            Some(Pack { file, text, places, used })
        };
        files.into_par_iter().filter_map(load).collect()
    }

    fn read(&self, path: &Path) -> Option<(Wiped, Vec<Place>)> {
        let text = unseal(self.identity, path, LARGEST, |bytes| self.room(bytes))?;
        let places = record::read(&self.mark, &text)?;
        Some((text, places))
    }

    /// A buffer for so many bytes, and for what is a little larger the next time.
    fn room(&self, bytes: usize) -> Wiped {
        let bytes = bytes.next_multiple_of(1 << 16);
        let mut rooms = self.rooms.lock().unwrap_or_else(|broken| broken.into_inner());
        let fitting = rooms.iter().position(|room| room.capacity() >= bytes);
        let mut room = match fitting {
            Some(at) => rooms.swap_remove(at),
            None => return Wiped::with_room(bytes),
        };
        room.clear();
        room
    }

    fn close_all(&mut self, packs: Vec<Pack>, dropping: bool) {
        for pack in packs.iter().filter(|pack| dropping && !pack.is_used()) {
            self.moved |= self.take(pack, |used| used) > 0;
            pack.file.remove();
        }
        let rooms = self.rooms.get_mut().unwrap_or_else(|broken| broken.into_inner());
        for pack in packs {
            if !dropping || pack.is_used() {
                self.closed.push(pack.file);
            }
            rooms.push(pack.text);
        }
    }

    /// What a pack holds becomes new again; says how much that was.
    fn take(&self, pack: &Pack, wanted: impl Fn(bool) -> bool) -> usize {
        let mut new = self.new.lock().unwrap_or_else(|broken| broken.into_inner());
        let before = new.len();
        for (place, used) in pack.places.iter().zip(&pack.used) {
            if wanted(used.load(Ordering::Relaxed)) {
                let name = String::from_utf8_lossy(&pack.text[place.name.clone()]).into_owned();
                let json = pack.text[place.json.clone()].to_vec().into();
                new.push(Record { name, stamp: place.stamp, json });
            }
        }
        new.len() - before
    }

    /// The JSON of what lies under this name, if it still is what it was. Whoever
    /// asks for names in order says where the last one was, and finds the next
    /// without looking for it.
    pub fn find(&self, name: &str, stamp: &Stamp, last: &Cell<Spot>) -> Option<&[u8]> {
        let Spot(pack, place) = last.get();
        let next = Spot(pack, place + 1);
        let elsewhere = || {
            let each = self.open.iter().enumerate();
            each.filter_map(|(at, pack)| Some(Spot(at, pack.position(name)?)))
        };
        let mut spots = std::iter::once(next).chain(std::iter::once_with(elsewhere).flatten());
        spots.find_map(|spot| {
            let json = self.open.get(spot.0)?.get(spot.1, name, stamp)?;
            last.set(spot);
            Some(json)
        })
    }

    /// Notes what was opened.
    pub fn add(&self, name: &str, stamp: Stamp, entry: &Entry) {
        let Ok(json) = entry.to_json() else { return };
        let mut new = self.new.lock().unwrap_or_else(|broken| broken.into_inner());
        new.push(Record { name: name.to_owned(), stamp, json });
    }

    /// Writes down full packs of what is new, so that memory stays bounded.
    pub fn flush(&mut self) {
        let new = self.new.get_mut().unwrap_or_else(|broken| broken.into_inner());
        if new.iter().map(Record::size).sum::<usize>() >= PACK {
            let new = std::mem::take(new);
            self.write(new);
        }
    }

    /// Writes down the rest, and puts small packs together.
    pub fn finish(mut self, dropping: bool) {
        let open = std::mem::take(&mut self.open);
        self.close_all(open, dropping);
        let is_small =
            |file: &PackFile| std::fs::metadata(&file.path).is_ok_and(|about| about.len() < SMALL);
        let new = self.new.get_mut().unwrap_or_else(|broken| broken.into_inner());
        if new.len() < FEW && !self.moved {
            return;
        }
        let (small, _): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.closed).into_iter().partition(is_small);
        let merged = if small.len() >= MANY { self.load(small) } else { Vec::new() };
        for pack in &merged {
            self.take(pack, |_| true);
        }
        let new = std::mem::take(self.new.get_mut().unwrap_or_else(|broken| broken.into_inner()));
        if self.write(new) {
            for pack in merged {
                pack.file.remove();
            }
        }
        disk::sweep(&self.folder);
    }

    /// Does it open, and hold what it should?
    pub fn opens(&self, path: &Path) -> bool {
        self.read(path).is_some()
    }

    /// Says whether all of it was written.
    fn write(&self, mut records: Vec<Record>) -> bool {
        records.sort_by(|a, b| a.name.cmp(&b.name));
        records.dedup_by(|a, b| a.name == b.name);
        let mut packs: Vec<Vec<Record>> = Vec::new();
        let (mut pack, mut size) = (Vec::new(), 0);
        for record in records {
            size += record.size();
            pack.push(record);
            if size >= PACK {
                packs.push(std::mem::take(&mut pack));
                size = 0;
            }
        }
        packs.push(pack);
        packs.retain(|pack| !pack.is_empty());
        Folder::make(&self.folder).is_ok()
            && packs.par_iter().all(|records| self.write_one(records).is_some())
    }

    fn write_one(&self, records: &[Record]) -> Option<()> {
        let day = |record: &Record| record.name.get(..10).map(str::to_owned);
        let (first, last) = (day(records.first()?)?, day(records.last()?)?);
        let name = format!("{first}_{last}_{}.age", RevisionId::random().ok()?);
        let sealed = self.own.seal_bytes(&record::write(&self.mark, records)?).ok()?;
        disk::note(&self.folder.join(name), &sealed).ok()
    }
}

/// The packs that lie in a folder.
pub fn packs(folder: &Path) -> impl Iterator<Item = PackFile> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| PackFile::at(file.path()))
}

impl PackFile {
    pub fn has(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// One that cannot be removed is dropped by the next that reads everything.
    pub fn remove(&self) {
        let _ = std::fs::remove_file(&self.path);
    }

    pub fn at(path: PathBuf) -> Option<PackFile> {
        let mut words = path.file_name()?.to_str()?.strip_suffix(".age")?.split('_');
        let mut day = || words.next()?.parse().ok();
        let (first, last) = (day()?, day()?);
        Some(PackFile { path, first, last })
    }
}

impl Pack {
    /// Was everything in it needed?
    fn is_used(&self) -> bool {
        self.used.iter().all(|used| used.load(Ordering::Relaxed))
    }

    fn position(&self, name: &str) -> Option<usize> {
        let by_name = |place: &Place| self.text[place.name.clone()].cmp(name.as_bytes());
        self.places.binary_search_by(by_name).ok()
    }

    /// What stands at a place, if it is of this name and this stamp.
    fn get(&self, at: usize, name: &str, stamp: &Stamp) -> Option<&[u8]> {
        let place = self.places.get(at).filter(|place| place.stamp == *stamp)?;
        if self.text[place.name.clone()] != *name.as_bytes() {
            return None;
        }
        self.used[at].store(true, Ordering::Relaxed);
        self.text.get(place.json.clone())
    }
}
