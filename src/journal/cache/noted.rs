//! What was learnt of months, noted down: of a folder that did not change since,
//! it is still so. Sealed, with a mark that only the key's holder can make: what
//! stands here decides what is looked for.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::unseal;
use crate::disk;
use crate::journal::names::{Month, Names, Stamp};
use crate::seal::{Identity, Recipients};
use crate::wiped::Wiped;

/// File systems of this machine whose folders tell of every change. Of those of
/// other machines, and of programs, nothing is known.
#[cfg(target_os = "linux")]
pub fn tells_of_changes(folder: &Path) -> bool {
    const EXT: i128 = 0xEF53;
    const XFS: i128 = 0x5846_5342;
    const BTRFS: i128 = 0x9123_683E;
    const F2FS: i128 = 0xF2F5_2010;
    const ZFS: i128 = 0x2FC1_2FC1;
    const TMPFS: i128 = 0x0102_1994;
    let about = rustix::fs::statfs(folder);
    about.is_ok_and(|it| [EXT, XFS, BTRFS, F2FS, ZFS, TMPFS].contains(&i128::from(it.f_type)))
}

#[cfg(not(target_os = "linux"))]
pub fn tells_of_changes(_: &Path) -> bool {
    false
}

/// Where few folders had to be listed, noting them down takes longer.
pub fn is_worth_noting(names: &Names) -> bool {
    names.listed * 8 > names.months.len() + 32
}

/// What is noted.
pub struct NoteKind {
    pub file: &'static str,
    /// What its mark is for.
    pub purpose: &'static str,
    /// What is noted of a month.
    pub of: fn(&Month) -> String,
}

/// A file of notes, for whoever has its key.
pub struct Noted<'a> {
    kind: &'a NoteKind,
    file: PathBuf,
    identity: &'a Identity,
    own: Recipients,
    mark: String,
}

/// Notes that were read.
pub struct Notes {
    text: Wiped,
    /// The month's folder, how it was, and where what is noted of it stands.
    months: Vec<(PathBuf, Stamp, Range<usize>)>,
}

impl<'a> Noted<'a> {
    /// `None` for a key that asks somebody for each thing that it opens.
    pub fn at(folder: &Path, kind: &'a NoteKind, identity: &'a Identity) -> Option<Noted<'a>> {
        let own = identity.own().filter(|_| !identity.may_ask())?;
        let mark = identity.mark(kind.purpose)? + "\n";
        Some(Noted { kind, file: folder.join(kind.file), identity, own, mark })
    }

    pub fn is_there(&self) -> bool {
        self.file.exists()
    }

    pub fn remove(&self) {
        let _ = std::fs::remove_file(&self.file);
    }

    pub fn read(&self, root: &Path) -> Option<Notes> {
        const LARGEST: u64 = 1 << 30;
        let text = unseal(self.identity, &self.file, LARGEST, Wiped::with_room)?;
        Notes::parse(&self.mark, text, root)
    }

    /// `taken` is how long listing has taken: a folder that changed since just
    /// before it began may change again without its stamp telling.
    pub fn write(&self, root: &Path, names: &Names, taken: Duration) {
        const JUST_NOW: Duration = Duration::from_secs(3);
        let now = self.file.parent().and_then(disk::moment);
        let now = now.and_then(|now| now.duration_since(SystemTime::UNIX_EPOCH).ok());
        let since = now.and_then(|now| now.checked_sub(taken + JUST_NOW));
        let Some(since) = since.and_then(|since| i128::try_from(since.as_nanos()).ok()) else {
            return;
        };
        let mut text = self.mark.clone();
        for month in names.months.iter().filter(|month| month.settled && month.odd.is_empty()) {
            let Some(stamp) = month.stamp else { continue };
            let place = month.path.strip_prefix(root).ok().and_then(|place| place.to_str());
            let Some(place) = place.filter(|place| is_month(place)) else { continue };
            if stamp.modified.max(stamp.changed) < since {
                let noted = (self.kind.of)(month);
                text += &format!("{place} {stamp} {}\n{noted}", noted.len());
            }
        }
        text += "end\n";
        // Unfinished, or not at all: then everything is listed.
        let sealed = self.own.seal_bytes(text.as_bytes()).ok();
        let _ = sealed.map(|sealed| disk::note(&self.file, &sealed));
    }
}

impl Notes {
    /// Nothing, unless it is whole.
    pub(super) fn parse(mark: &str, bytes: Wiped, root: &Path) -> Option<Notes> {
        let text = std::str::from_utf8(&bytes).ok()?;
        let mut at = mark.len();
        let mut months = Vec::new();
        text.strip_prefix(mark)?;
        while let Some((line, below)) = text.get(at..)?.split_once('\n') {
            if line == "end" {
                return below.is_empty().then_some(Notes { text: bytes, months });
            }
            let mut words = line.split(' ');
            let path = root.join(words.next().filter(|place| is_month(place))?);
            let stamp = Stamp::read(&mut words)?;
            let begin = at + line.len() + 1;
            let end = begin.checked_add(words.next()?.parse().ok()?)?;
            text.get(begin..end)?;
            months.push((path, stamp, begin..end));
            at = end;
        }
        None
    }

    /// What is noted of each month.
    pub fn months(&self) -> impl Iterator<Item = (&Path, Stamp, &str)> {
        let text = std::str::from_utf8(&self.text).unwrap_or_default();
        // Where `parse` found it.
        let noted = |place: &Range<usize>| text.get(place.clone()).unwrap_or_default();
        self.months.iter().map(move |(path, stamp, place)| (path.as_path(), *stamp, noted(place)))
    }
}

/// `2026/11`.
fn is_month(place: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    place.split_once('/').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}
