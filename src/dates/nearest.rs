//! The reading that is nearest to a text that has none.

use crate::error;

use super::vocabulary;

/// A text close by that can be read, with its reading: one word put right, its
/// digits alone, or without one of its words.
pub fn nearest(normal: &str, read: impl Fn(&str) -> Option<String>) -> Option<(String, String)> {
    /// Longer ones are no slip of the fingers.
    const MOST_WORDS: usize = 12;
    let words: Vec<&str> = normal.split_whitespace().collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    let with = |at: usize, new: Option<&str>| {
        let word = |(i, word)| if i == at { new } else { Some(word) };
        let words: Vec<&str> = words.iter().copied().enumerate().filter_map(word).collect();
        words.join(" ")
    };
    let all_put_right: Vec<String> = words.iter().map(|word| put_right(word)).collect();
    let one = |fix: &dyn Fn(&str) -> Option<String>| {
        let fixed =
            words.iter().enumerate().filter_map(|(at, word)| Some(with(at, Some(&fix(word)?))));
        fixed.collect::<Vec<String>>()
    };
    let without =
        (0..words.len()).rev().map(|at| with(at, None).trim_start_matches("of ").to_owned());
    let candidates = [all_put_right.join(" ")]
        .into_iter()
        .chain(one(&as_time))
        .chain(one(&swapped))
        .chain(without.filter(|text| !text.is_empty()));
    candidates.filter(|text| text != normal).find_map(|text| {
        let reading = read(&text)?;
        Some((text, reading))
    })
}

/// The word that was meant, if it is near one.
fn put_right(word: &str) -> String {
    let lettered = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
    let known = || error::nearest(word, vocabulary::all());
    lettered.then(known).flatten().unwrap_or(word).to_owned()
}

/// `7ish` and `25:00` as the hour in them.
fn as_time(word: &str) -> Option<String> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let hour: u32 = word.get(..end)?.parse().ok().filter(|_| end <= 2)?;
    let whole = end == word.len() && hour > 24;
    (!whole).then(|| format!("{:02}:00", hour.min(23)))
}

/// `2026-20-03` with month and day the other way round.
fn swapped(word: &str) -> Option<String> {
    let [year, month, day] = word.split('-').collect::<Vec<&str>>()[..] else { return None };
    Some(format!("{year}-{day}-{month}"))
}
