//! Answers and words that come again. A word counts once an entry, so that one
//! long page does not speak for a year.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};

use super::gauge::{Gauge, Measure, Scope};
use super::{Body, Count, ValueUnit};

/// Entries in which a word must stand before it is called recurring.
pub(super) const WORD_AGAIN: usize = 3;
const ANSWER_AGAIN: usize = 2;
const MOST: usize = 12;

/// Words that say nothing by themselves. A short list on purpose: `never`,
/// `always`, `alone` and `we` may be just what recurs.
const STOP: &str = "a about after again all also am an and any are as at be because been before \
    being but by came can can't come could did didn't do does doesn't doing don't done down even \
    felt for from get go going got had has have having he he's her here him his how i i'd i'll \
    i'm i've if in into is isn't it it's its just know last like made make me more most much my myself \
    no nor not now of off on once one only or other our out over own said same say saw see she \
    she's so some still such than that that's the their them then there these they they're thing \
    things this those through to today together too until up us very was wasn't went were what \
    when where which while who will with without would you your";

/// Answers longer than this, in bytes, are pages: their words come again, they do
/// not.
const LONGEST_ANSWER: usize = 200;
/// Below this, texts say nothing together.
const FEWEST_TEXTS: usize = 3;

/// Answers that were given more than once, however they were written, and words that
/// come again in the others.
pub(super) struct Recurring<'a> {
    scope: Scope<'a>,
    texts: usize,
    /// By their words alone: the newest way of writing each, and how often it came.
    answers: BTreeMap<String, (String, usize)>,
    words: WordCounts,
}

impl<'a> Recurring<'a> {
    pub fn new(scope: Scope<'a>) -> Recurring<'a> {
        Recurring { scope, texts: 0, answers: BTreeMap::new(), words: WordCounts::default() }
    }

    fn text(&mut self, text: &str) {
        self.texts += 1;
        if text.len() > LONGEST_ANSWER {
            return self.words.add(distinct_words(std::iter::once(text)));
        }
        let known = words(text).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
        let written = || (text.trim().trim_end_matches('.').to_owned(), 0);
        let (_, times) = self.answers.entry(known).or_insert_with(written);
        *times += 1;
        match *times {
            1 => self.words.add(distinct_words(std::iter::once(text))),
            // The words of an answer that comes again are not told twice.
            ANSWER_AGAIN => self.words.take(distinct_words(std::iter::once(text))),
            _ => {}
        }
    }
}

impl Gauge for Recurring<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        if let Some(answer) = entry.answer(self.scope.id()) {
            self.add_answer(day, answer);
        }
    }

    fn add_answer(&mut self, _day: NaiveDate, answer: &Answer) {
        if let Value::Text(text) = &answer.value
            && self.scope.includes(answer)
        {
            self.text(text);
        }
    }

    fn measure(self: Box<Self>) -> Measure {
        let answers = ranked(self.answers.into_values(), ANSWER_AGAIN);
        let words = self.words.ranked();
        let enough = (self.texts, FEWEST_TEXTS, ValueUnit::Entries);
        Measure::enough(self.texts, enough, || Body::Recurring { answers, words })
    }
}

/// In how many entries each word stands.
#[derive(Default)]
pub(super) struct WordCounts(HashMap<String, usize>);

impl WordCounts {
    /// The distinct words of one entry.
    pub fn add(&mut self, words: impl IntoIterator<Item = String>) {
        for word in words {
            *self.0.entry(word).or_default() += 1;
        }
    }

    fn take(&mut self, words: impl IntoIterator<Item = String>) {
        for word in words {
            if let Some(times) = self.0.get_mut(&word) {
                *times -= 1;
            }
        }
    }

    pub fn ranked(self) -> Vec<Count> {
        ranked(self.0.into_iter(), WORD_AGAIN)
    }
}

/// Each word of the texts of one entry, once, without those that say nothing.
pub(super) fn distinct_words<'t>(texts: impl Iterator<Item = &'t str>) -> HashSet<String> {
    let words = texts.flat_map(words).map(lower);
    let says = |word: &Cow<str>| word.chars().count() > 2 && !STOP_WORDS.contains(&**word);
    words.filter(says).map(Cow::into_owned).collect()
}

static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-');
    let pieces = text.split(move |c: char| !inside(c));
    pieces.map(|w| w.trim_matches(['\'', '’', '-'])).filter(|w| !w.is_empty())
}

fn ranked(counts: impl Iterator<Item = (String, usize)>, least: usize) -> Vec<Count> {
    let enough = counts.filter(|(_, times)| *times >= least);
    let mut ranked: Vec<Count> = enough.map(|(answer, times)| Count::new(answer, times)).collect();
    ranked.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.answer.cmp(&b.answer)));
    ranked.truncate(MOST);
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Pattern, PatternDisplay};

    type Value = Vec<(String, usize)>;

    fn ranked_words(counts: Vec<Count>) -> Value {
        counts.into_iter().map(|c| (c.answer, c.times)).collect()
    }

    /// Texts, newest first.
    fn recurring(texts: &[&str]) -> (Value, Value) {
        let pattern = Pattern::plain("Texts", "text", PatternDisplay::Recurring);
        let mut gauge = Recurring::new(Scope::plain(pattern));
        texts.iter().for_each(|text| gauge.text(text));
        match Box::new(gauge).measure().body {
            Body::Recurring { answers, words } => (ranked_words(answers), ranked_words(words)),
            body => panic!("{body:?}"),
        }
    }

    fn words_in(texts: &[&str]) -> Value {
        let mut counts = WordCounts::default();
        texts.iter().for_each(|text| counts.add(distinct_words(std::iter::once(*text))));
        ranked_words(counts.ranked())
    }

    #[test]
    fn an_answer_recurs_however_it_is_written() {
        let said = ["Time alone.", "time  alone", "rest", "To be heard"];
        assert_eq!(recurring(&said).0, [("Time alone".to_owned(), 2)]);
    }

    #[test]
    fn the_words_of_an_answer_that_recurs_are_not_told_twice() {
        let said = [
            "The phone rang",
            "the phone rang.",
            "The phone rang",
            "A late phone call",
            "Late",
            "late again",
        ];
        let (answers, words) = recurring(&said);
        assert_eq!(answers, [("The phone rang".to_owned(), 3)]);
        assert_eq!(words, [("late".to_owned(), 3)]);
    }

    #[test]
    fn a_page_does_not_come_again_and_its_words_do() {
        let page = "The river was high. ".repeat(20);
        let (answers, words) = recurring(&[&page, &page, &page]);
        assert_eq!(answers, []);
        assert_eq!(words, [("high".to_owned(), 3), ("river".to_owned(), 3)]);
    }

    #[test]
    fn a_word_counts_once_an_entry_and_empty_words_do_not() {
        let texts = ["door, door, door", "The Door’s open", "the door", "a DOOR and the door"];
        let counted = words_in(&texts);
        assert_eq!(counted, [("door".to_owned(), 3)], "“door's” is another word");
    }

    #[test]
    fn words_of_every_script_count() {
        let texts = ["Nähe, schön", "die Nähe", "nähe"];
        assert_eq!(words_in(&texts), [("nähe".to_owned(), 3)]);
    }
}
