//! Lists whose lines have keys: the number of a step on a scale, the y of a yes.

use super::question_input::SKIP;

/// The lines that a text names: by the whole of it, as far as no other begins so, or by its
/// first words where a mark ends them ("yes, last spring"). Any other text names none, so
/// that no letter within it answers.
pub(super) fn lines_named(typed: &str, lines: &[String]) -> Vec<usize> {
    let typed = single_spaced(typed);
    let places = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..lines.len()).filter(|at| is_it(&single_spaced(&lines[*at]))).collect()
    };
    let is_whole =
        |line: &str, text: &str| key_and_label(line).into_iter().any(|name| name == text);
    let whole = places(&|line| is_whole(line, &typed));
    if !whole.is_empty() || typed.is_empty() {
        return whole;
    }
    // A letter alone skips nothing.
    let begins = |line: &str| line.starts_with(&typed) || label(line).starts_with(&typed);
    let begun = places(&|line| line != SKIP && begins(line));
    match begun.as_slice() {
        [_] => begun,
        _ => places(&|line| is_whole(line, first_clause(&typed))),
    }
}

/// What may be typed: "y or n", or "a number from 0 to 4".
pub(super) fn keys_words(lines: &[String]) -> String {
    let numbers = || lines.iter().map(|line| key(line)).filter(|key| key.parse::<i64>().is_ok());
    match (numbers().next(), numbers().next_back()) {
        (Some(first), Some(last)) => format!("a number from {first} to {last}"),
        (None, _) | (_, None) => "y or n".to_owned(),
    }
}

/// The names of "3 close": "3", "close", and all of it. Those of "Yes" are one.
fn key_and_label(line: &str) -> [&str; 3] {
    [key(line), label(line), line].map(|name| if label(line) == line { line } else { name })
}

fn key(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

/// What stands behind the line's number.
fn label(line: &str) -> &str {
    line.trim_start_matches(|c: char| !c.is_alphabetic())
}

fn single_spaced(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before the first mark; the one inside "2,5" is none.
fn first_clause(text: &str) -> &str {
    const MARKS: &[char] = &['.', ',', ';', ':', '!', '?', '…', '–', '—', '('];
    let is_mark = |at: &usize| {
        let mark = text[*at..].chars().next().map_or(0, char::len_utf8);
        !text[at + mark..].starts_with(|c: char| c.is_ascii_digit())
    };
    let mut marks = text.match_indices(MARKS).map(|(at, _)| at);
    text[..marks.find(is_mark).unwrap_or(text.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: &[&str] =
        &["skip", "0  not at all", "1  often", "3  close", "4  very close", "10  one", "can't say"];
    const YES_NO: &[&str] = &["skip", "Yes", "No"];

    fn named(typed: &str, lines: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines_named(typed, &lines).into_iter().map(|at| lines[at].clone()).collect()
    }

    #[test]
    fn a_whole_text_or_what_a_mark_ends_names_a_line() {
        for (typed, line) in [
            ("4", "4  very close"),
            ("1", "1  often"),
            ("10", "10  one"),
            ("very", "4  very close"),
            ("4 very close", "4  very close"),
            ("Not at all.", "0  not at all"),
            ("often, at night", "1  often"),
            ("skip", "skip"),
            ("can't", "can't say"),
        ] {
            assert_eq!(named(typed, SCALE), [line], "{typed}");
        }
        for (typed, line) in [
            ("y", "Yes"),
            ("YES", "Yes"),
            ("yes, last spring", "Yes"),
            ("yes – last spring", "Yes"),
            ("n", "No"),
            ("no. Never", "No"),
        ] {
            assert_eq!(named(typed, YES_NO), [line], "{typed}");
        }
    }

    #[test]
    fn no_letter_within_a_text_answers() {
        let own = ["once, last spring", "not sure", "no idea", "yn", "in spring", "s", ""];
        for typed in own {
            assert!(named(typed, YES_NO).is_empty(), "{typed}");
        }
        for typed in ["not sure", "34", "4xq", "3,4", "often at night", "sometimes, when he's", "o"]
        {
            assert!(named(typed, SCALE).is_empty(), "{typed}");
        }
    }

    #[test]
    fn what_may_be_typed_is_said_of_each_kind() {
        let words = |lines: &[&str]| {
            keys_words(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(words(YES_NO), "y or n");
        assert_eq!(words(SCALE), "a number from 0 to 10");
    }
}
