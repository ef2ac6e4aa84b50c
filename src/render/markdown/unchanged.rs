//! A page that was exported earlier, and what became of it: its last line is the hash of
//! all above it, and the kind of export that wrote it. A page that nobody has changed
//! since can be rewritten by an export of the same kind.

use sha2::{Digest, Sha256};

use crate::entry::ContentHash;

use super::MARK;

/// What begins that last line.
const HASH: &str = "<!-- exported ";
/// What ends it.
const END: &str = " -->\n";

/// Where a file in an export's folder comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrigin {
    /// It is as an export of this kind wrote it.
    Unchanged,
    /// It is as an export of another kind wrote it.
    OtherExport,
    /// An export wrote it, and someone changed it since.
    Changed,
    /// Nothing of it says that an export wrote it.
    Elsewhere,
}

/// The kind of an export, as its pages name it.
#[derive(Clone, Debug, Default)]
pub struct ExportKind {
    /// What its pages carry.
    pub name: String,
    /// The names it had under the keys from before a rotation.
    pub former_names: Vec<String>,
}

impl ExportKind {
    /// That of a page which no later export needs to know.
    pub const NONE: &ExportKind = &ExportKind { name: String::new(), former_names: Vec::new() };

    /// A kind that never had another name.
    pub fn named(name: &str) -> ExportKind {
        ExportKind { name: name.to_owned(), former_names: Vec::new() }
    }

    fn has_name(&self, name: &str) -> bool {
        self.name == name || self.former_names.iter().any(|former| former == name)
    }
}

/// The page with its hash and the kind of its export below it.
pub fn with_hash(page: String, kind: &ExportKind) -> String {
    let line = hash_line(&page, &kind.name);
    page + &line
}

fn hash_line(page: &str, kind: &str) -> String {
    let hash = ContentHash(Sha256::digest(page.as_bytes()).into());
    format!("\n{HASH}{hash} {kind}{END}")
}

/// Where this text of a file comes from, to an export of this kind.
pub fn page_origin(text: &str, kind: &ExportKind) -> PageOrigin {
    let Some((page, line)) = text.rfind(&format!("\n{HASH}")).map(|at| text.split_at(at)) else {
        let has_entry = text.lines().any(|line| line.starts_with(MARK));
        return if has_entry { PageOrigin::Changed } else { PageOrigin::Elsewhere };
    };
    let kind_there = line.trim_end_matches(END).rsplit(' ').next().unwrap_or_default();
    if line != hash_line(page, kind_there) {
        PageOrigin::Changed
    } else if kind.has_name(kind_there) {
        PageOrigin::Unchanged
    } else {
        PageOrigin::OtherExport
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
        let page = format!("# Monday\n\n{MARK}write k3v9q2m8ab -->\n\nThe heron\n");
        let day = ExportKind::named("day");
        let page = with_hash(page, &day);
        assert_eq!(page_origin(&page, &day), PageOrigin::Unchanged);
        let other = ExportKind::named("day-0123456789ab");
        assert_eq!(page_origin(&page, &other), PageOrigin::OtherExport);
        let former = ExportKind { former_names: vec!["day".into()], ..other };
        assert_eq!(page_origin(&page, &former), PageOrigin::Unchanged);
        for changed in [
            page.replace("heron", "Heron"),
            page.replace(" day -->", " month-->"),
            page.clone() + "more\n",
            page.trim_end().to_owned(),
            page.replace('\n', "\r\n"),
            page.lines().take(5).collect::<Vec<_>>().join("\n"),
        ] {
            assert_eq!(page_origin(&changed, &day), PageOrigin::Changed, "{changed}");
        }
        assert_eq!(page_origin("# Monday\n\nmy own note\n", &day), PageOrigin::Elsewhere);
    }
}
