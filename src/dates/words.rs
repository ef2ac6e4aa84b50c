//! A text cut into words, each of which means one thing: `9pm` is a number and
//! `pm`, `2026-11-20T21:14:03+0100` a date, a time and an offset.

use super::vocabulary;

/// One word, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWord {
    pub text: String,
    /// Does it follow “at”? Then a number is an hour.
    pub after_at: bool,
    /// Does it follow the word before it without a space, as in `7d`?
    pub glued: bool,
}

impl DateWord {
    /// A whole number, and how many digits it was written with.
    pub fn number(&self) -> Option<(u32, usize)> {
        let digits = self.text.strip_suffix('.').unwrap_or(&self.text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok().map(|n| (n, digits.len())))?
    }
}

/// Words that tell nothing by themselves.
const FILLERS: &[&str] = &["on", "the", "of", "exactly", "during", "and"];

/// Words after which a number is an hour.
const BEFORE_HOURS: &[&str] =
    &["at", "@", "around", "about", "circa", "roughly", "approximately", "approx"];

/// Small letters, one kind of hyphen, apostrophe and space.
pub fn normalise(text: &str) -> String {
    let plain = |c: char| match c {
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '’' | '‘' | 'ʼ' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.trim().to_lowercase().chars().map(plain).collect();
    text.replace("a.m.", "am").replace("p.m.", "pm").replace('…', "..")
}

pub fn words(normal: &str) -> Vec<DateWord> {
    let mut words = Vec::new();
    let mut after_at = false;
    for chunk in chunks(normal) {
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

/// Cut at spaces and commas; the comma of a fraction of a second stays.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
        .flat_map(|piece| {
            let fraction = piece.contains(':');
            piece.split(move |c| c == ',' && !fraction)
        })
        .map(|chunk| chunk.trim_end_matches(',').trim_start_matches('~'))
        .filter(|chunk| !chunk.is_empty() && *chunk != "-")
}

fn split(chunk: &str, words: &mut Vec<DateWord>) {
    // RFC 5322 allows the zone's name in brackets, and RFC 9557 adds it so.
    let chunk = chunk.trim_matches(['(', ')', '[', ']']);
    if let Some((date, time)) = date_and_time(chunk) {
        push(words, date, false);
        return clock_and_zone(time, words);
    }
    if chunk.contains(':') {
        return clock_and_zone(chunk, words);
    }
    let named = chunk.contains(|c: char| c.is_ascii_alphabetic());
    let whole = !named
        || chunk.contains(['/', '+', '\'', '@'])
            && !chunk.starts_with(|c: char| c.is_ascii_digit())
        || ["gmt-", "utc-"].iter().any(|zone| chunk.starts_with(zone))
        || is_week(chunk)
        || vocabulary::ordinal(chunk).is_some();
    if whole {
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
    // The full stop of `Nov.` and `Fri.`, while `20.` and `1.5` keep theirs.
    let lettered = text.starts_with(|c: char| c.is_alphabetic());
    let text = if lettered { text.trim_end_matches('.') } else { text };
    if !text.is_empty() {
        words.push(DateWord { text: text.to_owned(), after_at: false, glued });
    }
}

/// `2026-11-20T21:14`, `20261120T211403`, `2026-11-20_2114`, and fourteen digits.
fn date_and_time(chunk: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if digits(chunk) && matches!(chunk.len(), 12 | 14) {
        return Some(chunk.split_at(8));
    }
    let (date, time) = chunk.split_once(['t', '_', ':']).filter(|(date, _)| date.len() >= 8)?;
    let dated = date.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.' | b'w'));
    (dated && time.starts_with(|c: char| c.is_ascii_digit())).then_some((date, time))
}

/// A clock time, in digits alone or with colons, and the zone that it ends with.
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

/// `2026-w12-5`, `2026w125`, `w12`.
fn is_week(chunk: &str) -> bool {
    let (year, week) = chunk.split_once('w').unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    digits(year) && digits(week) && !week.is_empty()
}

/// Cut where letters follow digits, or digits letters.
fn runs(part: &str) -> Vec<&str> {
    let kind = |c: char| c.is_ascii_digit() || c == '.';
    let mut runs = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        // The full stop of an abbreviation stays with its letters.
        let end = rest.find(|c: char| kind(c) != kind(first) && c != '.').unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run);
        rest = after;
    }
    runs
}
