//! Of many findings of one kind, names the first few and counts the rest. `--json` has all.

use std::collections::BTreeMap;

/// How many of each kind are named.
const NAMED: usize = 5;

/// How often each thing was found, by its label and its sentence.
#[derive(Default)]
pub struct FindingCounts(BTreeMap<(&'static str, String), usize>);

impl FindingCounts {
    /// Counts one more. Returns true if it is among those to be named.
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
