//! The names that were listed, noted down: a folder that did not change since
//! need not be listed again. Sealed, with a mark that only the key's holder can
//! make: what stands here decides what is looked for.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::disk;
use crate::journal::names::{Month, Names, Stamp};
use crate::seal::{Identity, Recipients};

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

/// The file of names.
pub struct Noted<'a> {
    file: PathBuf,
    identity: &'a Identity,
    own: Recipients,
    mark: String,
}

impl<'a> Noted<'a> {
    /// `None` for a key that asks somebody for each thing that it opens.
    pub fn at(folder: &Path, identity: &'a Identity) -> Option<Noted<'a>> {
        let own = identity.own().filter(|_| !identity.may_ask())?;
        let mark = identity.mark("inward names 1")? + "\n";
        Some(Noted { file: folder.join("names.age"), identity, own, mark })
    }

    pub fn read(&self, root: &Path) -> Option<Vec<Month>> {
        const LARGEST: u64 = 1 << 30;
        let sealed = disk::read(&self.file, LARGEST).ok()?;
        let text = self.identity.open_bytes(&sealed).ok()?;
        parse(&self.mark, std::str::from_utf8(&text).ok()?, root)
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
                text += &format!("{place} {stamp} {}\n{}", month.names.len(), month.names);
            }
        }
        text += "end\n";
        // Unfinished, or not at all: then everything is listed.
        let sealed = self.own.seal_bytes(text.as_bytes()).ok();
        let _ = sealed.map(|sealed| disk::note(&self.file, &sealed));
    }
}

/// Nothing, unless it is whole.
fn parse(mark: &str, text: &str, root: &Path) -> Option<Vec<Month>> {
    let mut rest = text.strip_prefix(mark)?;
    let mut months = Vec::new();
    while let Some((line, below)) = rest.split_once('\n') {
        if line == "end" {
            return below.is_empty().then_some(months);
        }
        let mut words = line.split(' ');
        let path = root.join(words.next().filter(|place| is_month(place))?);
        let stamp = Some(Stamp::read(&mut words)?);
        let (names, below) = below.split_at_checked(words.next()?.parse().ok()?)?;
        // No folder has such a name in it, and a path must not be made of it.
        if names.contains(['/', '\0']) || !(names.is_empty() || names.ends_with('\n')) {
            return None;
        }
        let (names, odd, settled) = (names.to_owned(), Vec::new(), true);
        months.push(Month { path, stamp, settled, names, odd });
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOTED: &str = "inward names 1\n2026/11 7 4096 -1 1800000000000000000 68\n2026-11-23-k3v9q2m8ab.x7f2qd.age\n2026-11-24-k3v9q2m8ac.x7f2qé.age \n2026/10 8 4096 5 6 0\nend\n";

    fn parsed(text: &str) -> Option<Vec<Month>> {
        parse("inward names 1\n", text, Path::new("/journal"))
    }

    #[test]
    fn what_was_noted_reads_back_and_half_of_it_is_nothing() {
        let months = parsed(NOTED).unwrap();
        assert_eq!(months.len(), 2);
        assert_eq!(months[0].path, Path::new("/journal/2026/11"));
        assert_eq!(months[0].iter().count(), 1, "the other is no name of ours");
        for end in (0..NOTED.len()).filter(|end| NOTED.is_char_boundary(*end)) {
            assert!(parsed(&NOTED[..end]).is_none(), "{end}");
        }
        assert!(parsed(&format!("{NOTED}x")).is_none());
    }

    #[test]
    fn no_name_that_was_noted_leads_out_of_its_folder() {
        let away = "2026-11-23-k3v9q2m8ab.x7f2qd/../../../../elsewhere.age\n";
        let noted = format!("inward names 1\n2026/11 7 4096 5 6 {}\n{away}end\n", away.len());
        assert!(parsed(&noted).is_none());
        for place in ["../11", "2026/..", "/etc/ab", "2026/11/12", "20266/1"] {
            assert!(parsed(&format!("inward names 1\n{place} 7 4096 5 6 0\nend\n")).is_none());
        }
    }

    proptest! {
        #[test]
        fn whatever_was_noted_is_read_or_refused(
            at in any::<prop::sample::Index>(),
            cut in 0..40usize,
            put in prop_oneof![".{0,20}", "[0-9 /.-]{0,24}", Just("end\n".to_owned()), Just("18446744073709551615".to_owned())],
        ) {
            let mut text: Vec<char> = NOTED.chars().collect();
            let at = at.index(text.len() + 1);
            text.splice(at..(at + cut).min(text.len()), put.chars());
            for month in parsed(&text.into_iter().collect::<String>()).into_iter().flatten() {
                for name in month.iter() {
                    let path = name.path();
                    prop_assert_eq!(path.parent(), Some(&*month.path));
                }
            }
        }
    }
}
