//! A page that was exported earlier, and what became of it: its last line is the hash of
//! all above it, so that a page nobody has changed since can be written anew.

use sha2::{Digest, Sha256};

use crate::entry::ContentHash;

use super::MARK;

/// What begins that last line.
const HASH: &str = "<!-- exported ";

/// Where a file in an export's folder comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrigin {
    /// It is as an export wrote it.
    Unchanged,
    /// An export wrote it, and somebody changed it since.
    Changed,
    /// Nothing of it says that an export wrote it.
    Elsewhere,
}

/// The page with its hash below it.
pub fn with_hash(page: String) -> String {
    let line = hash_line(&page);
    page + &line
}

fn hash_line(page: &str) -> String {
    let hash = ContentHash(Sha256::digest(page.as_bytes()).into());
    format!("\n{HASH}{hash} -->\n")
}

/// Where this text of a file comes from.
pub fn page_origin(text: &str) -> PageOrigin {
    let page = text.rfind(&format!("\n{HASH}")).map(|at| text.split_at(at));
    match page {
        Some((page, line)) if line == hash_line(page) => PageOrigin::Unchanged,
        Some(_) => PageOrigin::Changed,
        None if text.lines().any(|line| line.starts_with(MARK)) => PageOrigin::Changed,
        None => PageOrigin::Elsewhere,
    }
}

/// Is this line of a page its hash?
pub fn is_page_hash(line: &str) -> bool {
    line.starts_with(HASH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_to_be_unchanged_by_every_byte_of_it() {
        let page = with_hash(format!("# Monday\n\n{MARK}write k3v9q2m8ab -->\n\nThe heron\n"));
        assert_eq!(page_origin(&page), PageOrigin::Unchanged);
        for changed in [
            page.replace("heron", "Heron"),
            page.clone() + "more\n",
            page.trim_end().to_owned(),
            page.replace('\n', "\r\n"),
            page.lines().take(5).collect::<Vec<_>>().join("\n"),
        ] {
            assert_eq!(page_origin(&changed), PageOrigin::Changed, "{changed}");
        }
        assert_eq!(page_origin("# Monday\n\nmy own note\n"), PageOrigin::Elsewhere);
    }
}
