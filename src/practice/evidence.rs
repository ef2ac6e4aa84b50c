//! What the writer's own entries tell at a question: as much of the good as of the hard,
//! each with its day and what it answered.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use toml::Spanned;

use crate::entry::Entry;
use crate::words::number_words;

use super::file::{conditions, one_or_more};
use super::phrase::small;
use super::question::is_wording;
use super::{Condition, EarlierEntries, HarmKind, HarmMark, Practices, all_match, fill};

/// Quotes from several practices above one question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub question: Spanned<String>,
    pub lead: String,
    /// How many quotes at most.
    pub most: usize,
    /// Is what no source quotes, and any practice marks as fear, among the hard?
    #[serde(default)]
    pub marked: bool,
    #[serde(rename = "from")]
    pub sources: Vec<EvidenceSource>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSource {
    pub practice: String,
    /// There only where something was asked in these words.
    #[serde(rename = "asked")]
    pub asked_as: Option<String>,
    #[serde(deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    /// The first of these whose answers are all there is quoted.
    #[serde(deserialize_with = "one_or_more")]
    pub say: Vec<String>,
    #[serde(default, rename = "hard")]
    pub is_hard: bool,
}

impl EvidenceSource {
    fn fits(&self, entry: &Entry) -> bool {
        let is_asked = |words: &String| entry.answers.iter().any(|a| is_wording(&a.asked, words));
        self.asked_as.as_ref().is_none_or(is_asked) && all_match(&self.when, &entry.answers)
    }
}

struct EvidenceQuote {
    at: DateTime<FixedOffset>,
    words: String,
}

/// Several sentences as one.
fn join(said: &[String]) -> String {
    let Some((last, others)) = said.split_last() else { return String::new() };
    let others = others.iter().map(|words| format!("{}; ", words.trim_end_matches('.')));
    others.collect::<String>() + last
}

/// The hard ones in all the room but a third, which is left to the good, and then how many
/// more of them there are.
fn counted_first(hard: Vec<EvidenceQuote>, good: Vec<EvidenceQuote>, most: usize) -> Vec<String> {
    let room = most - good.len().min(most / 3);
    // The line that counts a single one would take the room of that one.
    let shown = if hard.len() == room + 1 { hard.len() } else { hard.len().min(room) };
    let more = hard.len() - shown;
    let words = |quote: EvidenceQuote| quote.words;
    let mut lines: Vec<String> = hard.into_iter().take(shown).map(words).collect();
    lines.extend((more > 0).then(|| format!("and {} more like these", number_words(more))));
    lines.extend(good.into_iter().take(most.saturating_sub(shown)).map(words));
    lines
}

impl EarlierEntries<'_> {
    /// The quotes, newest first. Where there are both, there are as many of the good as of the
    /// hard, unless there is room for a single one. With `hard_first` the hard ones come first,
    /// and a few good ones don't make them fewer.
    pub fn quotes(
        self,
        evidence: &Evidence,
        practices: &Practices,
        hard_first: bool,
    ) -> Vec<String> {
        let mut hard = self.quotes_of(evidence, true);
        hard.extend(self.marked(evidence, practices));
        hard.sort_by_key(|quote| std::cmp::Reverse(quote.at));
        let mut good = self.quotes_of(evidence, false);
        let most = match good.len().min(hard.len()) {
            0 => evidence.most,
            fewer => fewer.min((evidence.most / 2).max(1)),
        };
        good.truncate(most);
        if hard_first {
            return counted_first(hard, good, evidence.most);
        }
        hard.truncate(most);
        hard.append(&mut good);
        hard.sort_by_key(|quote| std::cmp::Reverse(quote.at));
        hard.into_iter().take(evidence.most).map(|quote| quote.words).collect()
    }

    fn quotes_of(self, evidence: &Evidence, is_hard: bool) -> Vec<EvidenceQuote> {
        let sources = evidence.sources.iter().filter(|source| source.is_hard == is_hard);
        let mut by_practice: Vec<Vec<&EvidenceSource>> = Vec::new();
        for source in sources {
            match by_practice.iter_mut().find(|of| of[0].practice == source.practice) {
                Some(of) => of.push(source),
                None => by_practice.push(vec![source]),
            }
        }
        let mut quotes: Vec<EvidenceQuote> =
            by_practice.iter().flat_map(|of| self.quotes_from(of)).collect();
        quotes.sort_by_key(|quote| std::cmp::Reverse(quote.at));
        quotes
    }

    /// What any practice, be it one of the writer's own, marks as fear and no source quotes.
    fn marked(self, evidence: &Evidence, practices: &Practices) -> Vec<EvidenceQuote> {
        let is_quoted = |entry: &Entry| {
            let hard = evidence.sources.iter().filter(|source| source.is_hard);
            hard.filter(|it| it.practice == entry.practice).any(|source| source.fits(entry))
        };
        let past = self.entries.iter().filter(|entry| entry.at <= self.clock.now);
        let unquoted = past.filter(|entry| evidence.marked && !is_quoted(entry));
        let quote = |entry: &Entry| {
            let fear = practices.harm_in(entry).into_iter().filter(|it| it.kind == HarmKind::Fear);
            let words = |it: HarmMark| format!("{} {}.", small(&it.answer.asked, None), it.words);
            self.quote(entry, &fear.map(words).collect::<Vec<_>>())
        };
        unquoted.filter_map(quote).collect()
    }

    fn quote(self, entry: &Entry, said: &[String]) -> Option<EvidenceQuote> {
        let words = format!("{}, {}", self.date_words(entry), join(said));
        (!said.is_empty()).then_some(EvidenceQuote { at: entry.at, words })
    }

    /// What the sources of one practice say, one quote an entry: of several answers in one
    /// sitting each is told, and none takes the room of another day.
    fn quotes_from(self, sources: &[&EvidenceSource]) -> Vec<EvidenceQuote> {
        let Some(first) = sources.first() else { return Vec::new() };
        let quote = |entry: &Entry| {
            let fitting = sources.iter().filter(|source| source.fits(entry));
            let said: Vec<String> = fitting
                .filter_map(|it| it.say.iter().find_map(|line| fill(line, &entry.answers)))
                .collect();
            self.quote(entry, &said)
        };
        self.of(&first.practice, 0).filter_map(quote).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::config::{Chapter, Clock};
    use crate::entry::testing;
    use crate::practice::{Fear, Form, Practices};

    fn entry(day: u32, practice: &str, question: &str, value: &str) -> Entry {
        let asked = match question {
            "connection" => "One moment of connection that day, however small, or none.",
            _ => "?",
        };
        asked_as(asked, day, practice, question, value)
    }

    fn asked_as(asked: &str, day: u32, practice: &str, question: &str, value: &str) -> Entry {
        let answers = json!([{ "question": question, "asked": asked, "value": value }]);
        let at = format!("2026-11-{day:02}T21:00:00+00:00");
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    }

    fn days(entries: &[Entry], hard_first: bool) -> Vec<String> {
        days_of(6, entries, hard_first)
    }

    fn days_of(most: usize, entries: &[Entry], hard_first: bool) -> Vec<String> {
        let clock = Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap());
        let practices = Practices::built_in();
        let guide = practices.practice("guide").unwrap();
        let past = EarlierEntries { entries, clock: &clock };
        let guide = guide.clone().with_partner_name(None);
        let evidence = Evidence { most, ..guide.evidence.unwrap() };
        let quotes = past.quotes(&evidence, &practices, hard_first);
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
        assert_eq!(days(&both, true), ["9", "8", "7", "6", "5", "25"]);
        assert_eq!(days(&[hard(9)], false), ["9"]);
        assert!(days(&[], true).is_empty());
    }

    #[test]
    fn in_care_one_good_moment_hides_no_evening_that_was_not_safe() {
        let unsafe_on = |day| entry(day, "reflect", "disagreement", "not-safe");
        let mut entries: Vec<Entry> = (3..8).rev().map(unsafe_on).collect();
        entries.insert(0, entry(20, "needs", "respected", "no"));
        entries[0].answers.extend(entry(20, "needs", "boundary", "The door").answers);
        entries.insert(0, entry(25, "reflect", "connection", "He waited up for me."));
        assert_eq!(days(&entries, true), ["20", "7", "6", "5", "4", "3"]);
        // More than there is room for are counted.
        entries.extend([2, 1].map(unsafe_on));
        assert_eq!(days(&entries, true), ["20", "7", "6", "5", "4", "and", "25"]);
        entries.remove(0);
        assert_eq!(days(&entries, true), ["20", "7", "6", "5", "4", "3", "and"]);
    }

    #[test]
    fn a_moment_that_was_asked_of_anyone_stands_beside_no_path() {
        let practices = Practices::built_in();
        let reflect = practices.practice("reflect").unwrap();
        for form in Form::all() {
            let reflect = reflect.clone().adapted_to(form);
            let asked = &reflect.question("connection").unwrap().ask.replace("{today}", "today");
            let moment = asked_as(asked, 20, "reflect", "connection", "The dog slept on my feet.");
            let is_of_two = form.chapter == Chapter::Together && form.fear != Fear::Known;
            assert_eq!(days(&[moment], false).len(), usize::from(is_of_two), "{form:?}: {asked}");
        }
    }

    #[test]
    fn what_was_not_safe_in_a_moment_of_distance_is_hard() {
        for question in ["underneath", "stirred"] {
            let entries = [
                entry(25, "reflect", "connection", "He waited up for me."),
                entry(9, "notice", question, "unsafe"),
            ];
            assert_eq!(days(&entries, true), ["9", "25"]);
        }
    }

    /// The quotes in care, as they are read.
    fn lines(entries: &[Entry]) -> Vec<String> {
        let clock = Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap());
        let practices = Practices::built_in();
        let guide = practices.practice("guide").unwrap();
        let guide = guide.clone().with_partner_name(Some("Sam"));
        let evidence = guide.evidence.unwrap();
        EarlierEntries { entries, clock: &clock }.quotes(&evidence, &practices, true)
    }

    /// An answer on a day, as its practice asks it.
    fn answered(day: u32, practice: &str, all: Json) -> Entry {
        let practices = Practices::built_in();
        let of = practices.practice(practice).unwrap();
        let of = of.clone().with_partner_name(Some("Sam"));
        let answers = all.as_object().unwrap().iter().map(|(id, value)| {
            let question = of.all_questions().find(|question| question.id == *id).unwrap();
            question.answer_with(question.accept(value).unwrap().unwrap())
        });
        let answers: Vec<_> = answers.collect();
        let at = format!("2026-11-{day:02}T21:00:00+00:00");
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    }

    #[test]
    fn what_was_told_in_assess_or_the_first_session_is_hard_one_quote_a_sitting() {
        let good = entry(25, "reflect", "connection", "He waited up for me.");
        let assess = json!({ "fear": 2, "changed": 1, "ignored": 4 });
        let entries = [
            good.clone(),
            answered(20, "assess", assess),
            answered(12, "guide", json!({ "story": "unsafe" })),
            answered(9, "assess", json!({ "changed": 3, "frightened": true })),
        ];
        let quotes = [
            "20 November, “I felt afraid of Sam”: sometimes; “I tried to talk, and it was ignored”: almost always.",
            "12 November, in the first session you chose “it isn't safe to do anything else”.",
            "9 November, “I changed what I did, what I said or who I saw so that Sam wouldn't get angry”: often; in the past year, were you ever frightened of a partner or an ex? Yes.",
            "25 November, one moment of connection: “He waited up for me.”",
        ];
        assert_eq!(lines(&entries), quotes);
        // What was marked as seldom is no evidence.
        let seldom = answered(20, "assess", json!({ "fear": 1, "changed": 1, "refused": 1 }));
        assert_eq!(lines(&[good, seldom]).len(), 1);
    }

    /// Every answer that turns care on in a built-in practice has its source.
    #[test]
    fn whatever_turns_care_on_is_among_the_hard() {
        let practices = Practices::built_in();
        let guide = practices.practice("guide").unwrap();
        let sources = &guide.evidence.as_ref().unwrap().sources;
        for practice in practices.valid() {
            for condition in practice.afraid.iter().flatten() {
                let is_of = |source: &&EvidenceSource| {
                    source.practice == practice.name
                        && source.is_hard
                        && source.when.iter().any(|when| when.is_of(&condition.question))
                };
                assert!(
                    sources.iter().any(|it| is_of(&it)),
                    "{} {}",
                    practice.name,
                    condition.question
                );
            }
        }
    }

    #[test]
    fn a_single_quote_is_the_newest_and_in_care_a_hard_one() {
        let entries = [
            entry(25, "reflect", "connection", "He waited up for me."),
            entry(9, "reflect", "disagreement", "not-safe"),
        ];
        assert_eq!(days_of(1, &entries, false), ["25"]);
        assert_eq!(days_of(1, &entries, true), ["9"]);
        assert_eq!(days_of(3, &entries, false), ["25", "9"]);
    }
}
