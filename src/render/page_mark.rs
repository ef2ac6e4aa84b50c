//! Where an exported file names the entries on it, so that a later export can tell what
//! became of them.

use memchr::memmem;

use crate::entry::{EntryId, RevisionId};

use super::FORMATS;

/// An entry that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageMark {
    pub id: EntryId,
    /// Which revision of it is on the page, where the format says so.
    pub revision: Option<RevisionId>,
}

/// How a file names an entry.
pub struct MarkSyntax {
    pub before_id: &'static str,
    /// Words between that and the id.
    pub words: usize,
    /// On the id's line or on the next.
    pub before_revision: Option<&'static str>,
}

/// The syntax in which a file with this ending names entries, if this part of it names one.
fn syntax_of(extension: &str, text: &[u8]) -> Option<&'static MarkSyntax> {
    let formats = FORMATS.iter().filter(|format| format.extension == extension);
    let mut syntaxes = formats.filter_map(|format| format.marks.as_ref());
    syntaxes.find(|syntax| memmem::find(text, syntax.before_id.as_bytes()).is_some())
}

/// Does a file that begins so name entries, going by its ending?
pub fn names_entries(extension: &str, head: &[u8]) -> bool {
    syntax_of(extension, head).is_some()
}

/// The entries that a file with this ending names.
pub fn page_marks(extension: &str, text: &str) -> Vec<PageMark> {
    let Some(syntax) = syntax_of(extension, text.as_bytes()) else { return Vec::new() };
    text.split(syntax.before_id).skip(1).filter_map(|rest| syntax.parse(rest)).collect()
}

impl MarkSyntax {
    fn parse(&self, rest: &str) -> Option<PageMark> {
        let place = rest.splitn(self.words + 1, ' ').nth(self.words)?;
        let id = leading_symbols(place).parse().ok()?;
        let revision = self.before_revision.and_then(|before| {
            let (_, after) = place.lines().take(2).find_map(|line| line.split_once(before))?;
            leading_symbols(after).parse().ok()
        });
        Some(PageMark { id, revision })
    }
}

/// The letters and digits at the beginning.
fn leading_symbols(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::super::markdown::{MARK, REVISION};
    use super::*;

    #[test]
    fn each_format_names_its_entries_and_not_what_they_refer_to() {
        let mark = |id: &str, revision: Option<&str>| PageMark {
            id: id.parse().unwrap(),
            revision: revision.map(|revision| revision.parse().unwrap()),
        };
        let (a, b) = ("k3v9q2m8ab", "k3v9q2m8ac");
        let json = format!(
            "{{\n  \"entries\": [\n    {{\n      \"format\": 1,\n      \"id\": \"{a}\",\n      \"revision\": \"x7f2qd\",\n      \"about\": \"{b}\",\n      \"attachments\": [\n        {{\n          \"id\": \"7m2c9xqa4t\""
        );
        for (extension, text, expected) in [
            (
                "md",
                format!(
                    "{MARK}write {a} 2026-11-23T21:14:03+01:00 about-{b}{REVISION}x7f2qd -->\n\n{MARK}x {b} then other -->\n"
                ),
                vec![mark(a, Some("x7f2qd")), mark(b, None)],
            ),
            ("json", json, vec![mark(a, Some("x7f2qd"))]),
            ("html", format!("<article id=\"e{a}\"><a href=\"#e{b}\">"), vec![mark(a, None)]),
            (
                "csv",
                format!("id,day\r\n{a},2026-11-23,{b}\r\n{b},2026-11-23\r\n"),
                vec![mark(a, None), mark(b, None)],
            ),
            ("txt", format!("\n{a}"), Vec::new()),
        ] {
            assert_eq!(page_marks(extension, &text), expected, "{text}");
            assert_eq!(names_entries(extension, text.as_bytes()), !expected.is_empty());
        }
    }
}
