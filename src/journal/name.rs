//! File names: `2026-11-23-k3v9q2m8ab.x7f2qd.age` is the day, the entry's id, and its
//! revision. A name that a file sync tool derived from such a name is parsed too.

use chrono::NaiveDate;

use crate::entry::{Entry, EntryId, RevisionId};
use crate::seal::{AttachmentFileName, EntryFileName};

pub fn file_name(name: &EntryFileName) -> String {
    format!("{}-{}.{}.age", name.day, name.id, name.revision)
}

/// The name of an intact copy beside a damaged file.
pub fn intact_copy_name(name: &EntryFileName) -> String {
    format!("{}-{}.{} (whole copy).age", name.day, name.id, name.revision)
}

/// `2026-11-23-k3v9q2m8ab-7m2c9xqa4t.age`: a file that is attached to an entry.
pub fn attachment_file_name(name: &AttachmentFileName) -> String {
    format!("{}-{}-{}.age", name.day, name.entry, name.id)
}

/// The attachment that a name belongs to, and who gave the name.
pub fn parse_attachment(name: &str) -> Option<(AttachmentFileName, NameKind)> {
    let without_prefix = SYNCER_PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
    let (day, rest) = without_prefix.unwrap_or(name).split_at_checked(10)?;
    let (entry, rest) = rest.strip_prefix('-')?.split_once('-')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (id, tail) = rest.split_at(end);
    let kind = match (without_prefix, tail) {
        (None, ".age") => NameKind::Ours,
        _ => syncer_kind(without_prefix, tail)?,
    };
    let (entry, id) = (entry.parse().ok()?, id.parse().ok()?);
    Some((AttachmentFileName { day: parse_day(day)?, entry, id }, kind))
}

/// Who gave a file its name; the most trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// This program.
    Ours,
    /// A sync tool that made a copy, because it met two files of one name.
    Copy,
    /// A sync tool that is still transferring the file, or was stopped.
    InTransit,
}

/// What sync tools put before a name during a transfer, longer ones first.
const SYNCER_PREFIXES: &[&str] = &[".syncthing.", "~syncthing~", ".~", "._", ".", "~"];

/// What sync tools put after it.
const SYNCER_SUFFIXES: &[&str] =
    &[".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".!sync", "~"];

/// The end of a placeholder's name, `.NAME.icloud`, for a file that is still in the
/// cloud.
pub const PLACEHOLDER: &str = ".icloud";

fn has_syncer_suffix(name: &str) -> bool {
    SYNCER_SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// Is it a sync tool's name for a file in transit, whatever file it is?
pub fn is_in_transit(name: &str) -> bool {
    const UNMISTAKABLE: usize = 2;
    SYNCER_PREFIXES.iter().take(UNMISTAKABLE).any(|prefix| name.starts_with(prefix))
        || has_syncer_suffix(name)
}

/// The parts of a name, borrowed: a long journal has a great many names, and most
/// commands are about a few of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameParts<'a> {
    pub day: NaiveDate,
    pub id: &'a str,
    pub revision: &'a str,
    pub kind: NameKind,
}

/// The revision that a name belongs to, and who gave the name.
pub fn parse(name: &str) -> Option<(EntryFileName, NameKind)> {
    let parts = parts(name)?;
    Some((parts.name()?, parts.kind))
}

pub fn parts(name: &str) -> Option<NameParts<'_>> {
    own_parts(name).or_else(|| syncer_parts(name))
}

fn own_parts(name: &str) -> Option<NameParts<'_>> {
    let (day, rest) = name.split_at_checked(10)?;
    let (id, revision) = rest.strip_prefix('-')?.strip_suffix(".age")?.split_once('.')?;
    let are_ids = EntryId::is(id) && RevisionId::is(revision);
    are_ids.then_some(NameParts { day: parse_day(day)?, id, revision, kind: NameKind::Ours })
}

fn syncer_parts(name: &str) -> Option<NameParts<'_>> {
    let without_prefix = SYNCER_PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
    // "….age" once, or with what a sync tool put before or behind it:
    // "….sync-conflict-20261123-211403-ABC.age", "… (conflicted copy).age",
    // "… 2.age", "….age.orig".
    let (day, rest) = without_prefix.unwrap_or(name).split_at_checked(10)?;
    let (id, rest) = rest.strip_prefix('-')?.split_once('.')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (revision, tail) = rest.split_at(end);
    let kind = syncer_kind(without_prefix, tail)?;
    let are_ids = EntryId::is(id) && RevisionId::is(revision);
    are_ids.then_some(NameParts { day: parse_day(day)?, id, revision, kind })
}

fn syncer_kind(without_prefix: Option<&str>, tail: &str) -> Option<NameKind> {
    let suffix = &tail[tail.rfind(".age")? + ".age".len()..];
    let in_transit = without_prefix.is_some() || has_syncer_suffix(suffix);
    Some(if in_transit && suffix != PLACEHOLDER { NameKind::InTransit } else { NameKind::Copy })
}

/// Parses `2026-11-23`, and no other way of writing a date.
fn parse_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let digit = |n: u32, d: &u8| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0'));
        digits.iter().try_fold(0, digit)
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

impl NameParts<'_> {
    /// Are the day, the id and the revision in the name the entry's?
    pub fn agrees_with(&self, entry: &Entry) -> bool {
        let ids_agree = self.id == entry.id.as_str() && self.revision == entry.revision.as_str();
        ids_agree && self.day == entry.day()
    }

    pub fn name(&self) -> Option<EntryFileName> {
        let (id, revision) = (self.id.parse().ok()?, self.revision.parse().ok()?);
        Some(EntryFileName { day: self.day, id, revision })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "2026-11-23-k3v9q2m8ab.x7f2qd.age";

    #[track_caller]
    fn assert_kind(name: &str, expected: NameKind) {
        let (parsed, kind) = parse(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!((file_name(&parsed).as_str(), kind), (OURS, expected), "{name}");
    }

    #[test]
    fn a_name_reads_back_as_it_was_written() {
        assert_kind(OURS, NameKind::Ours);
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
            assert_kind(&format!("2026-11-23-k3v9q2m8ab.x7f2qd{behind}"), NameKind::Copy);
        }
        assert_kind(&format!(".{OURS}.icloud"), NameKind::Copy);
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
            assert_kind(&format!("{before}{OURS}{behind}"), NameKind::InTransit);
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
            (".syncthing.", ".age.tmp", NameKind::InTransit),
            ("", ".age.part", NameKind::InTransit),
        ] {
            let name = format!("{before}{ATTACHED}{behind}");
            let (parsed, actual) = parse_attachment(&name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((attachment_file_name(&parsed), actual), (format!("{ATTACHED}.age"), kind));
            assert!(parse(&name).is_none(), "{name}");
        }
        for other in [OURS, "2026-11-23-k3v9q2m8ab-7m2c.age", "2026-11-23-k3v9q2m8ab-.age", "x"] {
            assert!(parse_attachment(other).is_none(), "{other}");
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
            assert!(parse(other).is_none(), "{other}");
        }
    }
}
