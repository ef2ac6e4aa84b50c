//! Small pieces of English: how a sentence begins, one or several, numbers and days.

use chrono::{Datelike, NaiveDate};

/// From zero to twenty.
pub const SMALL_NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
];

/// Beyond this, digits are easier to read.
const LARGEST_IN_WORDS: usize = 12;

/// "no", "one", "twelve", "13".
pub fn number_words(number: usize) -> String {
    match number {
        0 => "no".to_owned(),
        1..=LARGEST_IN_WORDS => SMALL_NUMBERS[number].to_owned(),
        more => more.to_string(),
    }
}

/// The form of a word that goes with a number: "entry" with 1, "entries" with any other.
pub fn plural<'a>(count: usize, one: &'a str, several: &'a str) -> &'a str {
    if count == 1 { one } else { several }
}

/// "1 entry", "12 entries".
pub fn count_of(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", plural(count, one, several))
}

/// With a capital, as a sentence begins.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// With a small letter, as in the middle of a sentence.
pub fn uncapitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// "28 November".
pub fn day_and_month(day: NaiveDate) -> String {
    day.format("%-d %B").to_string()
}

/// "28 November 2026".
pub fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "27 October to 23 November 2026": what both days have in common is said once.
pub fn day_range_words(from: NaiveDate, to: NaiveDate) -> String {
    days_from_to(from, to, "%B")
}

/// "27 Oct to 23 Nov 2026".
pub fn short_day_range_words(from: NaiveDate, to: NaiveDate) -> String {
    days_from_to(from, to, "%b")
}

fn days_from_to(from: NaiveDate, to: NaiveDate, month: &str) -> String {
    let whole = |day: NaiveDate| day.format(&format!("%-d {month} %Y")).to_string();
    if from == to {
        return whole(to);
    }
    let first = if (from.year(), from.month()) == (to.year(), to.month()) {
        from.day().to_string()
    } else if from.year() == to.year() {
        from.format(&format!("%-d {month}")).to_string()
    } else {
        whole(from)
    };
    format!("{first} to {}", whole(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_up_to_twelve_are_words() {
        assert_eq!([0, 1, 12, 13].map(number_words), ["no", "one", "twelve", "13"]);
    }

    #[test]
    fn only_one_is_singular() {
        let entries = |count| count_of(count, "entry", "entries");
        assert_eq!([0, 1, 2].map(entries), ["0 entries", "1 entry", "2 entries"]);
    }

    #[test]
    fn only_the_first_letter_changes_and_may_become_several() {
        assert_eq!(["", "a B", "ßa", "“a”"].map(capitalize), ["", "A B", "SSa", "“a”"]);
        assert_eq!(["", "A B", "İ"].map(uncapitalize), ["", "a B", "i\u{307}"]);
    }

    #[test]
    fn what_two_days_have_in_common_is_said_once() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (from, to, words) in [
            ("2026-11-28", "2026-11-28", "28 Nov 2026"),
            ("2026-11-03", "2026-11-28", "3 to 28 Nov 2026"),
            ("2026-10-27", "2026-11-23", "27 Oct to 23 Nov 2026"),
            ("2025-11-27", "2026-11-23", "27 Nov 2025 to 23 Nov 2026"),
        ] {
            assert_eq!(short_day_range_words(day(from), day(to)), words);
            let long = words.replace("Oct", "October").replace("Nov", "November");
            assert_eq!(day_range_words(day(from), day(to)), long);
        }
    }
}
