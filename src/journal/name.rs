//! `2026-11-23-k3v9q2m8ab.x7f2qd.age`: the day, the entry's id, its revision.
//! Names that a file syncer made of such a name are read all the same.

use chrono::NaiveDate;

use crate::seal::Label;

pub fn write(label: &Label) -> String {
    format!("{}-{}.{}.age", label.day.format("%Y-%m-%d"), label.id, label.revision)
}

/// The label, and whether the name is the one that we gave it.
pub fn read(name: &str) -> Option<(Label, bool)> {
    // "….age" once, or with what a syncer put before or behind it:
    // "….sync-conflict-20261123-211403-ABC.age", "… (conflicted copy).age",
    // "… 2.age", "….age.orig".
    let (day, rest) = name.split_at_checked(10)?;
    let (id, rest) = rest.strip_prefix('-')?.split_once('.')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (revision, tail) = rest.split_at(end);
    let ours = tail == ".age";
    if !ours && !tail.contains(".age") {
        return None;
    }
    let label = Label {
        day: NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?,
        id: id.parse().ok()?,
        revision: revision.parse().ok()?,
    };
    Some((label, ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "2026-11-23-k3v9q2m8ab.x7f2qd.age";

    #[test]
    fn a_name_reads_back_as_it_was_written() {
        let (label, ours) = read(OURS).unwrap();
        assert!(ours);
        assert_eq!(write(&label), OURS);
    }

    #[test]
    fn the_names_of_conflict_copies_are_read() {
        for copy in [
            "2026-11-23-k3v9q2m8ab.x7f2qd.sync-conflict-20261123-211403-ABCDEFG.age",
            "2026-11-23-k3v9q2m8ab.x7f2qd (Ada's conflicted copy 2026-11-23).age",
            "2026-11-23-k3v9q2m8ab.x7f2qd 2.age",
            "2026-11-23-k3v9q2m8ab.x7f2qd.age.orig",
        ] {
            let (label, ours) = read(copy).unwrap_or_else(|| panic!("{copy}"));
            assert!(!ours, "{copy}");
            assert_eq!(write(&label), OURS);
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
