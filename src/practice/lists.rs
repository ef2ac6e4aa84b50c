//! The lists of needs and feelings: words to choose from, each of which fits after
//! "I need" or "I feel".

use std::sync::LazyLock;

use serde::Deserialize;

/// Entries of a list under one heading.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListGroup {
    /// What a practice file calls it, as in `without`.
    pub id: String,
    /// As it is shown.
    pub heading: String,
    /// As it is shown in the chapter "apart", where that differs.
    pub apart: Option<String>,
    /// In the order in which they are shown.
    pub entries: Vec<ListEntry>,
}

/// One word, or a few.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEntry {
    /// What an entry keeps.
    pub id: String,
    /// As it is shown, and as it stands in a sentence.
    pub label: String,
    /// Does it stay in sight at the foot of the list, whatever is typed there?
    #[serde(default)]
    pub stays: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ListFile {
    group: Vec<ListGroup>,
}

static NEEDS: LazyLock<Vec<ListGroup>> =
    LazyLock::new(|| parse(include_str!("../../prompts/lists/needs.toml")));
static FEELINGS: LazyLock<Vec<ListGroup>> =
    LazyLock::new(|| parse(include_str!("../../prompts/lists/feelings.toml")));

/// What a person can need.
pub fn needs() -> &'static [ListGroup] {
    &NEEDS
}

/// What a person can feel.
pub fn feelings() -> &'static [ListGroup] {
    &FEELINGS
}

/// The names of the lists, as `from` has them.
pub const LISTS: &[&str] = &["needs", "feelings"];

/// The list of this name.
pub fn named(name: &str) -> Option<&'static [ListGroup]> {
    match name {
        "needs" => Some(needs()),
        "feelings" => Some(feelings()),
        _ => None,
    }
}

/// The files are the program's own; a test holds that they can be read.
fn parse(text: &str) -> Vec<ListGroup> {
    toml::from_str::<ListFile>(text).unwrap_or_default().group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(groups: &[ListGroup]) -> Vec<&ListEntry> {
        groups.iter().flat_map(|group| &group.entries).collect()
    }

    #[test]
    fn there_are_forty_two_needs_in_eight_groups_and_no_id_twice() {
        let all = labels(needs());
        assert_eq!((needs().len(), all.len()), (8, 42));
        let ids: std::collections::BTreeSet<_> = all.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids.len(), all.len());
    }

    #[test]
    fn there_are_thirty_six_feelings_and_twelve_that_lie_between_two() {
        let between = feelings().last().unwrap();
        assert_eq!((between.id.as_str(), between.entries.len()), ("between-you", 12));
        assert_eq!(between.apart.as_deref(), Some("Between you, then or now"));
        assert_eq!(labels(feelings()).len(), 36 + 12);
        for entry in labels(feelings()) {
            assert_eq!(entry.id, entry.label.replace(' ', "-"));
        }
    }
}
