//! `2026-11-23-k3v9q2m8ab.x7f2qd.age`: the day, the entry's id, its revision.
//! Names that a file syncer made of such a name are read all the same.

use chrono::NaiveDate;

use crate::entry::{Entry, EntryId, RevisionId};
use crate::seal::{AttachmentFileName, EntryFileName};

pub fn write(label: &EntryFileName) -> String {
    format!("{}-{}.{}.age", label.day.format("%Y-%m-%d"), label.id, label.revision)
}

/// For a whole copy beside a file that is damaged.
pub fn conflict_copy_name(label: &EntryFileName) -> String {
    format!("{}-{}.{} (whole copy).age", label.day.format("%Y-%m-%d"), label.id, label.revision)
}

/// `2026-11-23-k3v9q2m8ab-7m2c9xqa4t.age`: a file that is attached to an entry.
pub fn write_attachment(name: &AttachmentFileName) -> String {
    format!("{}-{}-{}.age", name.day.format("%Y-%m-%d"), name.entry, name.id)
}

/// Which attachment's file it is, and how its name came about.
pub fn read_attachment(name: &str) -> Option<(AttachmentFileName, NameKind)> {
    let bare = LEADS.iter().find_map(|lead| name.strip_prefix(lead));
    let (day, rest) = bare.unwrap_or(name).split_at_checked(10)?;
    let (entry, rest) = rest.strip_prefix('-')?.split_once('-')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (id, tail) = rest.split_at(end);
    let kind = match (bare, tail) {
        (None, ".age") => NameKind::Ours,
        _ => syncer_name(bare, tail)?,
    };
    let (entry, id) = (entry.parse().ok()?, id.parse().ok()?);
    Some((AttachmentFileName { day: read_day(day)?, entry, id }, kind))
}

/// How a name came about. The better come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// We gave it.
    Ours,
    /// A syncer made a copy, because it met two files of one name.
    Copy,
    /// A syncer is at work on it, or was stopped.
    Passing,
}

/// What syncers put before a name while they work, the longer ones first.
const LEADS: &[&str] = &[".syncthing.", "~syncthing~", ".~", "._", ".", "~"];

/// And behind it.
const TRAILS: &[&str] =
    &[".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".!sync", "~"];

/// What stands in for a file that is still in the cloud: `.NAME.icloud`.
pub const PLACEHOLDER: &str = ".icloud";

fn trails(name: &str) -> bool {
    TRAILS.iter().any(|trail| name.ends_with(trail))
}

/// A syncer's name for something that is still on its way, whatever it is.
pub fn is_passing(name: &str) -> bool {
    const OF_SYNCERS: usize = 2;
    LEADS.iter().take(OF_SYNCERS).any(|lead| name.starts_with(lead)) || trails(name)
}

/// What a name says. Nothing is copied out of it: a journal of a long life has
/// a great many names, and most commands are about few of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameParts<'a> {
    pub day: NaiveDate,
    pub id: &'a str,
    pub revision: &'a str,
    pub kind: NameKind,
}

/// The label, and how the name came about.
pub fn read(name: &str) -> Option<(EntryFileName, NameKind)> {
    let parts = parts(name)?;
    Some((parts.label()?, parts.kind))
}

pub fn parts(name: &str) -> Option<NameParts<'_>> {
    ours(name).or_else(|| of_a_syncer(name))
}

fn ours(name: &str) -> Option<NameParts<'_>> {
    let (day, rest) = name.split_at_checked(10)?;
    let (id, revision) = rest.strip_prefix('-')?.strip_suffix(".age")?.split_once('.')?;
    let named = EntryId::is(id) && RevisionId::is(revision);
    named.then_some(NameParts { day: read_day(day)?, id, revision, kind: NameKind::Ours })
}

fn of_a_syncer(name: &str) -> Option<NameParts<'_>> {
    let bare = LEADS.iter().find_map(|lead| name.strip_prefix(lead));
    // "….age" once, or with what a syncer put before or behind it:
    // "….sync-conflict-20261123-211403-ABC.age", "… (conflicted copy).age",
    // "… 2.age", "….age.orig".
    let (day, rest) = bare.unwrap_or(name).split_at_checked(10)?;
    let (id, rest) = rest.strip_prefix('-')?.split_once('.')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (revision, tail) = rest.split_at(end);
    let kind = syncer_name(bare, tail)?;
    let named = EntryId::is(id) && RevisionId::is(revision);
    named.then_some(NameParts { day: read_day(day)?, id, revision, kind })
}

fn syncer_name(bare: Option<&str>, tail: &str) -> Option<NameKind> {
    let behind = &tail[tail.rfind(".age")? + ".age".len()..];
    let passing = bare.is_some() || trails(behind);
    Some(if passing && behind != PLACEHOLDER { NameKind::Passing } else { NameKind::Copy })
}

/// `2026-11-23`, and nothing else that might pass for a date.
fn read_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let digit = |n: u32, d: &u8| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0'));
        digits.iter().try_fold(0, digit)
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

impl NameParts<'_> {
    /// Does the name say what the entry does?
    pub fn agrees_with(&self, entry: &Entry) -> bool {
        let named = self.id == entry.id.as_str() && self.revision == entry.revision.as_str();
        named && self.day == entry.day()
    }

    pub fn label(&self) -> Option<EntryFileName> {
        let (id, revision) = (self.id.parse().ok()?, self.revision.parse().ok()?);
        Some(EntryFileName { day: self.day, id, revision })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "2026-11-23-k3v9q2m8ab.x7f2qd.age";

    #[track_caller]
    fn reads(name: &str, as_kind: NameKind) {
        let (label, kind) = read(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!((write(&label).as_str(), kind), (OURS, as_kind), "{name}");
    }

    #[test]
    fn a_name_reads_back_as_it_was_written() {
        reads(OURS, NameKind::Ours);
    }

    #[test]
    fn the_names_that_syncers_give_to_copies_are_read() {
        for behind in [
            // Syncthing, Dropbox, Nextcloud, ownCloud, Seafile, Resilio.
            ".sync-conflict-20261123-211403-ABCDEFG.age",
            " (Ada's conflicted copy 2026-11-23).age",
            " (conflicted copy 2026-11-23 211403).age",
            "_conflict-20261123-211403.age",
            " (SFConflict ada@example.org 2026-11-23-21-14-03).age",
            ".Conflict.age",
            // iCloud and the Finder, Google Drive, OneDrive, Windows, git.
            " 2.age",
            " copy.age",
            " (1).age",
            "-DESKTOP-7.age",
            " - Copy.age",
            ".age.orig",
            "~HEAD.age",
            // Our own.
            " (whole copy).age",
        ] {
            reads(&format!("2026-11-23-k3v9q2m8ab.x7f2qd{behind}"), NameKind::Copy);
        }
        reads(&format!(".{OURS}.icloud"), NameKind::Copy);
    }

    #[test]
    fn the_names_under_which_syncers_work_are_known() {
        for (before, behind) in [
            (".syncthing.", ".tmp"),
            ("~syncthing~", ".tmp"),
            (".", ".Ab12Cd"),
            (".", ".~3f2a"),
            ("._", ""),
            ("", ".1a2b3c4d.partial"),
            ("", ".part"),
            ("", ".crdownload"),
            ("", ".!sync"),
            ("", "~"),
        ] {
            reads(&format!("{before}{OURS}{behind}"), NameKind::Passing);
        }
    }

    #[test]
    fn the_name_of_an_attachment_is_known_and_is_no_entrys() {
        const ATTACHED: &str = "2026-11-23-k3v9q2m8ab-7m2c9xqa4t";
        for (before, behind, kind) in [
            ("", ".age", NameKind::Ours),
            ("", ".sync-conflict-20261123-211403-ABCDEFG.age", NameKind::Copy),
            ("", " (conflicted copy).age", NameKind::Copy),
            ("", "-DESKTOP-7.age", NameKind::Copy),
            ("", ".age.orig", NameKind::Copy),
            (".", ".age.icloud", NameKind::Copy),
            (".syncthing.", ".age.tmp", NameKind::Passing),
            ("", ".age.part", NameKind::Passing),
        ] {
            let name = format!("{before}{ATTACHED}{behind}");
            let (label, found) = read_attachment(&name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((write_attachment(&label), found), (format!("{ATTACHED}.age"), kind));
            assert!(read(&name).is_none(), "{name}");
        }
        for other in [OURS, "2026-11-23-k3v9q2m8ab-7m2c.age", "2026-11-23-k3v9q2m8ab-.age", "x"] {
            assert!(read_attachment(other).is_none(), "{other}");
        }
    }

    #[test]
    fn other_names_are_not_ours() {
        for other in [
            "",
            "notes.txt",
            ".tmp",
            "2026-11-23-k3v9q2m8ab.age",
            "2026-11-23-k3v9q2m8ab.x7f2qd",
            "2026-11-23-short.x7f2qd.age",
            "2026-13-23-k3v9q2m8ab.x7f2qd.age",
            "2026-11-23-../../etc.x7f2qd.age",
            "2026-11-2é-k3v9q2m8ab.x7f2qd.age",
        ] {
            assert!(read(other).is_none(), "{other}");
        }
    }
}
