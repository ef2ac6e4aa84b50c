//! Finds the nearest text that can be read.

use crate::error;

use super::words::normalize;
use super::{Zone, vocabulary};

/// A similar text that can be read, with its reading: with one word corrected, as digits
/// alone, or without one of its words. `given` is the text as it was written.
pub fn nearest(
    given: &str,
    normalized: &str,
    read: impl Fn(&str) -> Option<String>,
) -> Option<(String, String)> {
    /// Longer texts aren't typing mistakes.
    const MOST_WORDS: usize = 12;
    let words: Vec<&str> = normalized.split_whitespace().collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    let replace = |at: usize, new_word: Option<&str>| {
        let word = |(i, word)| if i == at { new_word } else { Some(word) };
        let words: Vec<&str> = words.iter().copied().enumerate().filter_map(word).collect();
        words.join(" ")
    };
    let corrected: Vec<String> = words.iter().map(|word| correct(word)).collect();
    let fix_each = |fix: &dyn Fn(&str) -> Option<String>| {
        let fixed =
            words.iter().enumerate().filter_map(|(at, word)| Some(replace(at, Some(&fix(word)?))));
        fixed.collect::<Vec<String>>()
    };
    // A word with figures says something, and so does a zone: without it, the text would mean
    // another time.
    let zones: Vec<String> =
        given.split_whitespace().filter(|word| is_like_zone(word)).map(normalize).collect();
    let is_spare = |at: &usize| {
        let word = words[*at];
        let is_zone = Zone::parse(word).is_some() || zones.iter().any(|zone| zone == word);
        !is_zone && !word.contains(|c: char| c.is_ascii_digit())
    };
    let spare = (0..words.len()).rev().filter(is_spare);
    let without = spare.map(|at| replace(at, None).trim_start_matches("of ").to_owned());
    let candidates = [corrected.join(" ")]
        .into_iter()
        .chain(fix_each(&as_time))
        .chain(fix_each(&swap_day_and_month))
        .chain(without.filter(|text| !text.is_empty()));
    candidates.filter(|text| text != normalized).find_map(|text| {
        let reading = read(&text)?;
        Some((text, reading))
    })
}

/// Is it written as the names of zones are: `BRT`, `Europe/Berln`?
fn is_like_zone(word: &str) -> bool {
    let is_abbreviation =
        (3..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_abbreviation || word.contains('/')
}

/// The nearest known word, if one is near enough; otherwise the word itself.
fn correct(word: &str) -> String {
    let is_word = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
    let nearest_word = || error::nearest(word, vocabulary::suggestions());
    is_word.then(nearest_word).flatten().unwrap_or(word).to_owned()
}

/// The hour in a text such as `7ish` and `25:00`. Two things that run together, such as
/// `21:10yesterday`, are neither.
fn as_time(word: &str) -> Option<String> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let has = |is_one: fn(char) -> bool| word.contains(is_one);
    if has(|c| c.is_ascii_digit()) && word[end..].contains(':') && has(char::is_alphabetic) {
        return None;
    }
    let hour: u32 = word.get(..end)?.parse().ok().filter(|_| end <= 2)?;
    let is_no_hour = end == word.len() && hour > 24;
    (!is_no_hour).then(|| format!("{:02}:00", hour.min(23)))
}

/// `2026-20-03` with month and day exchanged.
fn swap_day_and_month(word: &str) -> Option<String> {
    let [year, month, day] = word.split('-').collect::<Vec<&str>>()[..] else { return None };
    Some(format!("{year}-{day}-{month}"))
}

#[cfg(test)]
mod tests {
    use super::{as_time, nearest};

    #[test]
    fn a_zone_is_never_the_word_too_many() {
        let read = |text: &str| (text == "2026-11-20 21:14").then(String::new);
        let near = |given: &str| nearest(given, &given.to_lowercase(), read).map(|(near, _)| near);
        assert_eq!(near("2026-11-20 21:14 ish").as_deref(), Some("2026-11-20 21:14"));
        for zone in ["PST", "pst", "BRT", "Europe/Berln", "Europe/Berlin", "+01:00", "Z"] {
            assert_eq!(near(&format!("2026-11-20 21:14 {zone}")), None, "{zone}");
        }
    }

    #[test]
    fn a_number_that_may_be_an_hour_is_offered_as_one() {
        for (word, hour) in [("7ish", "07:00"), ("24", "23:00"), ("25:00", "23:00"), ("0", "00:00")]
        {
            assert_eq!(as_time(word).as_deref(), Some(hour), "{word}");
        }
        for word in ["25", "99", "123", "ish", "21:10yesterday", "9:30ish"] {
            assert_eq!(as_time(word), None, "{word}");
        }
    }
}
