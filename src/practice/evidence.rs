//! What the writer's own entries tell at a question: as much of the good as of the hard,
//! each with its day and what it answered.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use chrono::{DateTime, FixedOffset};

use super::{Condition, EarlierEntries, all_match, fill};

/// Quotes from several practices above one question.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub question: String,
    pub lead: String,
    /// How many quotes at most.
    pub most: usize,
    pub sources: Vec<EvidenceSource>,
}

#[derive(Clone, Debug)]
pub struct EvidenceSource {
    pub practice: String,
    pub when: Vec<Condition>,
    /// Of these the first whose answers are all there.
    pub say: Vec<String>,
    pub is_hard: bool,
}

struct Quote {
    at: DateTime<FixedOffset>,
    words: String,
}

impl EarlierEntries<'_> {
    /// The quotes, newest first; with `hard_first` all of the hard before the good. Where
    /// there are both, there are as many of the one as of the other.
    pub fn quotes(self, evidence: &Evidence, hard_first: bool) -> Vec<String> {
        let mut hard = self.quotes_of(evidence, true);
        let mut good = self.quotes_of(evidence, false);
        let most = match good.len().min(hard.len()) {
            0 => evidence.most,
            fewer => fewer.min(evidence.most / 2),
        };
        good.truncate(most);
        hard.truncate(most);
        hard.append(&mut good);
        if !hard_first {
            hard.sort_by_key(|quote| std::cmp::Reverse(quote.at));
        }
        hard.into_iter().map(|quote| quote.words).collect()
    }

    fn quotes_of(self, evidence: &Evidence, is_hard: bool) -> Vec<Quote> {
        let sources = evidence.sources.iter().filter(|source| source.is_hard == is_hard);
        let mut quotes: Vec<Quote> = sources.flat_map(|source| self.quotes_from(source)).collect();
        quotes.sort_by_key(|quote| std::cmp::Reverse(quote.at));
        quotes
    }

    fn quotes_from(self, source: &EvidenceSource) -> Vec<Quote> {
        let entries = self.of(&source.practice, 0);
        let fitting = entries.filter(|entry| all_match(&source.when, &entry.answers));
        let quote = |entry: &crate::entry::Entry| {
            let words = source.say.iter().find_map(|line| fill(line, &entry.answers))?;
            Some(Quote { at: entry.at, words: format!("{}, {words}", self.date_words(entry)) })
        };
        fitting.filter_map(quote).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Clock;
    use crate::entry::{Entry, testing};
    use crate::practice::Practices;

    fn entry(day: u32, practice: &str, question: &str, value: &str) -> Entry {
        let answers = json!([{ "question": question, "asked": "?", "value": value }]);
        let at = format!("2026-11-{day:02}T21:00:00+00:00");
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    }

    fn days(entries: &[Entry], hard_first: bool) -> Vec<String> {
        let clock = Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap());
        let practices = Practices::built_in();
        let guide = practices.get("guide").and_then(|found| found.practice()).unwrap();
        let past = EarlierEntries { entries, clock: &clock };
        let quotes = past.quotes(guide.evidence.as_ref().unwrap(), hard_first);
        quotes.iter().map(|quote| quote.split(' ').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn there_is_as_much_of_the_good_as_of_the_hard_and_fear_comes_first_in_care() {
        let good = |day| entry(day, "reflect", "connection", "He waited up for me.");
        let hard = |day| entry(day, "reflect", "disagreement", "not-safe");
        let none = entry(27, "reflect", "connection", "None today");
        let many: Vec<Entry> = (10..26).rev().map(good).collect();
        assert_eq!(days(&many, false), ["25", "24", "23", "22", "21", "20"]);
        let mut both = vec![none];
        both.extend(many);
        both.extend([hard(9), hard(8)]);
        assert_eq!(days(&both, false), ["25", "24", "9", "8"]);
        assert_eq!(days(&both, true), ["9", "8", "25", "24"]);
        both.extend([hard(7), hard(6), hard(5)]);
        assert_eq!(days(&both, false), ["25", "24", "23", "9", "8", "7"]);
        assert_eq!(days(&[hard(9)], false), ["9"]);
        assert!(days(&[], true).is_empty());
    }
}
