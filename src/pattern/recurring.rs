//! Answers and words that come again. A word counts once an entry, so that one
//! long page does not speak for a year.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Count;

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

/// Whole answers that were given more than once, however they were written, and
/// words that come again in the others.
pub fn answers_and_words(said: &[&str]) -> (Vec<Count>, Vec<Count>) {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let known = |text: &str| words(text).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    for text in said {
        // The newest way of writing it stands for all of them.
        let written = || (text.trim().trim_end_matches('.').to_owned(), 0);
        counts.entry(known(text)).or_insert_with(written).1 += 1;
    }
    let once =
        |text: &&&str| counts.get(&known(text)).is_none_or(|(_, times)| *times < ANSWER_AGAIN);
    let words = words_in(said.iter().filter(once).map(|text| vec![*text]));
    (ranked(counts.into_values(), ANSWER_AGAIN), words)
}

/// Words of many texts, one text an entry.
pub fn words_in<'a>(texts: impl Iterator<Item = Vec<&'a str>>) -> Vec<Count> {
    let stop: HashSet<&str> = STOP.split_whitespace().collect();
    // How often each was met, and in which text last.
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for (at, text) in texts.enumerate() {
        for word in text.into_iter().flat_map(words) {
            let word = lower(word);
            if word.chars().count() <= 2 || stop.contains(&*word) {
                continue;
            }
            match counts.get_mut(&*word) {
                Some((_, last)) if *last == at => {}
                Some((times, last)) => (*times, *last) = (*times + 1, at),
                None => drop(counts.insert(word.into_owned(), (1, at))),
            }
        }
    }
    ranked(counts.into_iter().map(|(word, (times, _))| (word, times)), WORD_AGAIN)
}

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
    let mut ranked: Vec<Count> = enough.map(|(answer, times)| Count { answer, times }).collect();
    ranked.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.answer.cmp(&b.answer)));
    ranked.truncate(MOST);
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counts: Vec<Count>) -> Vec<(String, usize)> {
        counts.into_iter().map(|c| (c.answer, c.times)).collect()
    }

    #[test]
    fn an_answer_recurs_however_it_is_written() {
        let said = ["Time alone.", "time  alone", "rest", "To be heard"];
        assert_eq!(told(answers_and_words(&said).0), [("Time alone".to_owned(), 2)]);
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
        let (answers, words) = answers_and_words(&said);
        assert_eq!(told(answers), [("The phone rang".to_owned(), 3)]);
        assert_eq!(told(words), [("late".to_owned(), 3)]);
    }

    #[test]
    fn a_word_counts_once_an_entry_and_empty_words_do_not() {
        let texts = ["door, door, door", "The Door’s open", "the door", "a DOOR and the door"];
        let counted = words_in(texts.into_iter().map(|text| vec![text]));
        assert_eq!(told(counted), [("door".to_owned(), 3)], "“door's” is another word");
    }

    #[test]
    fn words_of_every_script_count() {
        let texts = ["Nähe, schön", "die Nähe", "nähe"].into_iter().map(|text| vec![text]);
        assert_eq!(told(words_in(texts)), [("nähe".to_owned(), 3)]);
    }
}
