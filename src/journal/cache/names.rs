//! The names that were listed, noted down: a folder that did not change since
//! need not be listed again.

use std::path::Path;

use crate::disk;
use crate::journal::names::{Month, Names, Stamp};

const FIRST_LINE: &str = "inward names 1\n";

/// File systems of this machine whose folders tell of every change. Of those of
/// other machines, and of programs, nothing is known.
#[cfg(target_os = "linux")]
fn tells_of_changes(folder: &Path) -> bool {
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
fn tells_of_changes(_: &Path) -> bool {
    false
}

/// Where few folders had to be listed, noting them down takes longer.
pub fn is_worth_noting(names: &Names, root: &Path) -> bool {
    names.listed * 8 > names.months.len() + 32 && tells_of_changes(root)
}

pub fn read(file: &Path, root: &Path) -> Option<Vec<Month>> {
    const LARGEST: u64 = 1 << 30;
    // It may have been noted on another disk than that on which it lies now.
    let bytes = disk::read(file, LARGEST).ok().filter(|_| tells_of_changes(root))?;
    parse(std::str::from_utf8(&bytes).ok()?, root)
}

/// Nothing, unless it is whole.
fn parse(text: &str, root: &Path) -> Option<Vec<Month>> {
    let mut rest = text.strip_prefix(FIRST_LINE)?;
    let mut months = Vec::new();
    while let Some((line, below)) = rest.split_once('\n') {
        if line == "end" {
            return below.is_empty().then_some(months);
        }
        let mut words = line.split(' ');
        let path = root.join(words.next().filter(|place| is_month(place))?);
        let stamp = Stamp::read(&mut words)?;
        let (names, below) = below.split_at_checked(words.next()?.parse().ok()?)?;
        months.push(Month { path, stamp: Some(stamp), names: names.to_owned(), odd: Vec::new() });
        rest = below;
    }
    None
}

/// `2026/11`.
fn is_month(place: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    place.split_once('/').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}

pub fn write(file: &Path, root: &Path, names: &Names) {
    // By the clock that stamps folders: a folder that changed just now may
    // change again without its stamp telling.
    let Some(now) = clock_of_the_disk(file) else { return };
    const JUST_NOW: i128 = 3_000_000_000;
    let mut text = FIRST_LINE.to_owned();
    for month in names.months.iter().filter(|month| month.odd.is_empty()) {
        let Some(stamp) = month.stamp else { continue };
        let place = month.path.strip_prefix(root).ok().and_then(|place| place.to_str());
        let Some(place) = place.filter(|place| is_month(place)) else { continue };
        if stamp.modified.max(stamp.changed) + JUST_NOW < now {
            text += &format!("{place} {stamp} {}\n{}", month.names.len(), month.names);
        }
    }
    text += "end\n";
    // Unfinished, it is not there.
    let _ = disk::note(file, text.as_bytes());
}

fn clock_of_the_disk(file: &Path) -> Option<i128> {
    let folder = file.parent()?;
    let made = tempfile::Builder::new().prefix(".now-").tempfile_in(folder).ok()?;
    Some(Stamp::of(&made.as_file().metadata().ok()?).modified)
}
