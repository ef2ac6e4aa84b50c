//! The other practices that a practice names.

use super::Practice;

impl Practice {
    /// Each with the place in the file where it stands.
    pub fn others(&self) -> Vec<(&'static str, &str)> {
        let asked_later = self.follow_up.iter().flat_map(|later| &later.questions);
        let questions = self.questions.iter().chain(asked_later);
        let suggested = questions.flat_map(|question| &question.suggest);
        let quoted = self.evidence.iter().flat_map(|evidence| &evidence.sources);
        let grouped = self.patterns.iter().filter_map(|pattern| pattern.by.as_ref());
        let mut named: Vec<(&'static str, &str)> = Vec::new();
        named.extend(self.recalls.iter().map(|recall| ("recall", recall.practice.as_str())));
        named.extend(suggested.map(|suggest| ("suggest", suggest.practice.as_str())));
        named.extend(quoted.map(|source| ("evidence", source.practice.as_str())));
        named.extend(self.excerpts.iter().map(|it| ("excerpt", it.practice.as_str())));
        named.extend(self.follows_up.iter().map(|name| ("follows-up", name.as_str())));
        named.extend(self.offered_practices().map(|name| ("offer", name)));
        named.extend(grouped.map(|by| ("pattern", by.practice.as_str())));
        named.retain(|(_, name)| *name != self.name);
        named.sort_unstable();
        named.dedup();
        named
    }
}
