//! Many findings of one kind are told by the first few and their number. All of them
//! are in `--json`.

use std::collections::BTreeMap;

/// So many are named.
const NAMED: usize = 5;

/// How often each thing was found, by the word before it and its sentence.
#[derive(Default)]
pub struct AlikeCounts(BTreeMap<(&'static str, String), usize>);

impl AlikeCounts {
    /// Counts one more. Is it among those that are named?
    pub fn is_among_first(&mut self, word: &'static str, sentence: &str) -> bool {
        let count = self.0.entry((word, sentence.to_owned())).or_default();
        *count += 1;
        *count <= NAMED
    }

    /// How many more there are of each.
    pub fn others(&self) -> impl Iterator<Item = (&'static str, &str, usize)> {
        let more = self.0.iter().filter(|(_, count)| **count > NAMED);
        more.map(|((word, sentence), count)| (*word, sentence.as_str(), *count - NAMED))
    }
}
