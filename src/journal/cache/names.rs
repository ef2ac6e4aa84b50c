//! The names of each month, noted down: a folder that did not change since need
//! not be listed again.

use std::path::Path;

use super::noted::{NoteKind, Notes};
use crate::journal::names::{Month, Stamp};

pub const NAMES: NoteKind =
    NoteKind { file: "names.age", purpose: "inward names 1", of: |month| month.names.clone() };

/// The months as they were; nothing where one cannot have been so.
pub fn months(notes: &Notes) -> Option<Vec<Month>> {
    let month = |(path, stamp, names): (&Path, Stamp, &str)| {
        // No folder has such a name in it, and a path must not be made of it.
        let whole = names.is_empty() || names.ends_with('\n');
        let plain = whole && memchr::memchr2(b'/', 0, names.as_bytes()).is_none();
        let (path, names, odd) = (path.to_owned(), names.to_owned(), Vec::new());
        plain.then_some(Month { path, stamp: Some(stamp), settled: true, names, odd })
    };
    notes.months().map(month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wiped::Wiped;
    use proptest::prelude::*;

    const NOTED: &str = "inward names 1\n2026/11 7 4096 -1 1800000000000000000 68\n2026-11-23-k3v9q2m8ab.x7f2qd.age\n2026-11-24-k3v9q2m8ac.x7f2qé.age \n2026/10 8 4096 5 6 0\nend\n";

    fn parsed(text: &str) -> Option<Vec<Month>> {
        let text = Wiped::from(text.to_owned());
        months(&Notes::parse("inward names 1\n", text, Path::new("/journal"))?)
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
