//! Splits a text into words, each with one meaning: `9pm` is a number and `pm`,
//! `2026-11-20T21:14:03+0100` a date, a time and an offset.

use super::vocabulary;

/// A word in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWord {
    pub text: String,
    /// Does it follow “at”? Then a number is an hour.
    pub after_at: bool,
    /// Is there no space before it, as in `7d`?
    pub glued: bool,
}

impl DateWord {
    /// Its value and number of digits, if it's a whole number.
    pub fn number(&self) -> Option<(u32, usize)> {
        let digits = self.text.strip_suffix('.').unwrap_or(&self.text);
        let is_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_digits.then(|| digits.parse().ok().map(|n| (n, digits.len())))?
    }
}

/// Words without a meaning of their own.
const FILLERS: &[&str] = &["on", "the", "of", "exactly", "during", "and"];

/// Words after which a number is an hour.
const BEFORE_HOURS: &[&str] =
    &["at", "@", "around", "about", "circa", "roughly", "approximately", "approx"];

/// Normalizes a text: lower case, with one kind of hyphen, apostrophe and space.
pub fn normalize(text: &str) -> String {
    let replace = |c: char| match c {
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '’' | '‘' | 'ʼ' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.trim().to_lowercase().chars().map(replace).collect();
    text.replace("a.m.", "am").replace("p.m.", "pm").replace('…', "..")
}

pub fn words(normalized: &str) -> Vec<DateWord> {
    let mut words = Vec::new();
    let mut after_at = false;
    for chunk in chunks(normalized) {
        match chunk {
            hour if BEFORE_HOURS.contains(&hour) => after_at = true,
            filler if FILLERS.contains(&filler) => {}
            chunk => {
                let start = words.len();
                split(chunk, &mut words);
                if let Some(first) = words.get_mut(start) {
                    first.after_at = std::mem::take(&mut after_at);
                }
            }
        }
    }
    words
}

/// Splits at spaces and commas, except the comma before a fraction of a second.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
        .flat_map(|piece| {
            let has_time = piece.contains(':');
            piece.split(move |c| c == ',' && !has_time)
        })
        .map(|chunk| chunk.trim_end_matches(',').trim_start_matches('~'))
        .filter(|chunk| !chunk.is_empty() && *chunk != "-")
}

fn split(chunk: &str, words: &mut Vec<DateWord>) {
    // RFC 5322 allows the zone's name in round brackets, RFC 9557 in square ones.
    let chunk = chunk.trim_matches(['(', ')', '[', ']']);
    if let Some((date, time)) = date_and_time(chunk) {
        push(words, date, false);
        return clock_and_zone(time, words);
    }
    if chunk.contains(':') {
        return clock_and_zone(chunk, words);
    }
    let has_letters = chunk.contains(|c: char| c.is_ascii_alphabetic());
    let is_one_word = !has_letters
        || chunk.contains(['/', '+', '\'', '@'])
            && !chunk.starts_with(|c: char| c.is_ascii_digit())
        || ["gmt-", "utc-"].iter().any(|zone| chunk.starts_with(zone))
        || is_week(chunk)
        || vocabulary::ordinal(chunk).is_some();
    if is_one_word {
        return push(words, chunk, false);
    }
    let mut glued = false;
    for part in chunk.split(['-', '/']).filter(|part| !part.is_empty()) {
        for run in runs(part) {
            push(words, run, glued);
            glued = true;
        }
        glued = false;
    }
}

fn push(words: &mut Vec<DateWord>, text: &str, glued: bool) {
    // Removes the full stop of `Nov.` and `Fri.`; `20.` and `1.5` keep theirs.
    let is_word = text.starts_with(|c: char| c.is_alphabetic());
    let text = if is_word { text.trim_end_matches('.') } else { text };
    if !text.is_empty() {
        words.push(DateWord { text: text.to_owned(), after_at: false, glued });
    }
}

/// Splits a date and time without a space: `2026-11-20T21:14`, `20261120T211403`,
/// `2026-11-20_2114`, or twelve or fourteen digits.
fn date_and_time(chunk: &str) -> Option<(&str, &str)> {
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if is_digits(chunk) && matches!(chunk.len(), 12 | 14) {
        return Some(chunk.split_at(8));
    }
    let (date, time) = chunk.split_once(['t', '_', ':']).filter(|(date, _)| date.len() >= 8)?;
    let is_date =
        date.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.' | b'w'));
    (is_date && time.starts_with(|c: char| c.is_ascii_digit())).then_some((date, time))
}

/// Splits a time, in digits alone or with colons, from the zone after it.
fn clock_and_zone(text: &str, words: &mut Vec<DateWord>) {
    let end = text.find(|c: char| c == '+' || c == '-' || c == '[' || c.is_ascii_alphabetic());
    let (clock, rest) = text.split_at(end.unwrap_or(text.len()));
    match clock.len() {
        2 if !rest.starts_with('h') => push(words, &format!("{clock}:00"), false),
        4 | 6 if clock.bytes().all(|b| b.is_ascii_digit()) => {
            let pairs = [clock.get(..2), clock.get(2..4), clock.get(4..6)];
            let pairs: Vec<&str> = pairs.into_iter().flatten().collect();
            push(words, &pairs.join(":"), false);
        }
        _ => push(words, clock, false),
    }
    // `21:14:03+01:00[Europe/Berlin]`
    let (zone, name) = rest.split_once('[').unwrap_or((rest, ""));
    for zone in [zone, name.trim_end_matches(']')] {
        push(words, zone, true);
    }
}

/// Is it a week by number: `2026-w12-5`, `2026w125`, `w12`?
fn is_week(chunk: &str) -> bool {
    let (year, week) = chunk.split_once('w').unwrap_or_default();
    let is_numeric = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    is_numeric(year) && is_numeric(week) && !week.is_empty()
}

/// Splits between letters and digits.
fn runs(part: &str) -> Vec<&str> {
    let is_numeric = |c: char| c.is_ascii_digit() || c == '.';
    let mut runs = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        // The full stop of an abbreviation stays with its letters.
        let end = rest
            .find(|c: char| is_numeric(c) != is_numeric(first) && c != '.')
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run);
        rest = after;
    }
    runs
}
