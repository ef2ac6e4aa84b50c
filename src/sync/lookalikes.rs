//! What a repository has in the journal's folder that looks like an entry and isn't one. It
//! isn't fetched, and would be reported as damage if it were in the folder here.

use std::collections::BTreeMap;

use crate::journal::{Damaged, JournalFile};
use crate::seal::Damage;

use super::merge::Tree;
use super::tree::is_file;

/// The lookalikes among a commit's other files, by their place below `prefix`, in order.
pub fn lookalikes(tree: &Tree, prefix: &str, displaced: &[Vec<u8>]) -> Vec<Damaged> {
    let left = tree.others.iter().filter(|(path, _)| !displaced.contains(path));
    let found = left.filter_map(|(path, (mode, _))| {
        lookalike(std::str::from_utf8(path).ok()?.strip_prefix(prefix)?, mode)
    });
    // A folder with an entry's name may have any number of files.
    let found: BTreeMap<String, Damage> = found.collect();
    found.into_iter().map(|(path, why)| Damaged { path: path.into(), why }).collect()
}

fn lookalike(place: &str, mode: &str) -> Option<(String, Damage)> {
    let parts: Vec<&str> = place.split('/').collect();
    let is_date =
        |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        [year] if is_date(year, 4) => return Some((place.to_owned(), Damage::NotAFolder)),
        [year, month] if is_date(year, 4) && is_date(month, 2) => {
            return Some((place.to_owned(), Damage::NotAFolder));
        }
        [year, ..] if is_date(year, 4) => {}
        // Another folder, perhaps a backup, is none of the journal's.
        _ => return None,
    }
    let at = parts.iter().position(|part| JournalFile::named(part).is_some())?;
    let right_place = JournalFile::named(parts[at])?.place();
    let is_folder = at + 1 < parts.len();
    let why = if is_folder || !is_file(mode) {
        Damage::NotAFile
    } else {
        Damage::WrongFolder { place: right_place }
    };
    Some((parts[..=at].join("/"), why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_entrys_or_a_folders_name_and_is_neither_is_found_once() {
        let name = "2026-12-02-aaaaaaaaab.bbbbbb.age";
        let attachment = "2026-12-02-aaaaaaaaab-cccccccccc.age";
        let paths = [
            ("j/2026/09", "100644"),
            ("j/2025", "120000"),
            (&format!("j/2026/12/{name}"), "120000"),
            (&format!("j/2026/12/{attachment}"), "160000"),
            (&format!("j/2026/10/{name}/a"), "100644"),
            (&format!("j/2026/10/{name}/b/c"), "100644"),
            (&format!("j/2026/11/{name}"), "100644"),
            // None of these looks like one to whoever reads the folder.
            ("j/2026/12/words.txt", "100644"),
            ("j/2026/12/2026-12-02-aaaaaaaaab.bbbbbb (copy).age", "100644"),
            (&format!("j/backup/2026/12/{name}"), "120000"),
            (&format!("2026/11/{name}"), "100644"),
            ("j/2024", "120000"),
        ];
        let others = paths
            .map(|(path, mode)| (path.as_bytes().to_vec(), (mode.to_owned(), "01".to_owned())));
        let tree = Tree { others: others.into(), ..Tree::default() };
        let found = lookalikes(&tree, "j/", &[b"j/2024".to_vec()]);
        let found: Vec<(String, Damage)> =
            found.into_iter().map(|it| (it.path.display().to_string(), it.why)).collect();
        let place = format!("2026/12/{name}");
        assert_eq!(
            found,
            [
                ("2025".to_owned(), Damage::NotAFolder),
                ("2026/09".to_owned(), Damage::NotAFolder),
                (format!("2026/10/{name}"), Damage::NotAFile),
                (format!("2026/11/{name}"), Damage::WrongFolder { place }),
                (format!("2026/12/{attachment}"), Damage::NotAFile),
                (format!("2026/12/{name}"), Damage::NotAFile),
            ]
        );
    }
}
