//! What isn't TOML, in plain words, and how to fix it.

use std::ops::Range;

use toml::de::Error;

use crate::config::line_of;

use super::super::Mistake;

/// What is wrong, and how to fix it.
type MistakeWords = (String, String);

/// How the reader's message begins, what that means, and how to fix it.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("invalid basic string, expected `\"`", "The closing quote is missing.", "Add \" at the end."),
    ("invalid multi-line", "The closing quotes are missing.", "Add the same three at the end."),
    ("missing escaped value", BACKSLASH, TWO_BACKSLASHES),
    ("too few unicode value digits", BACKSLASH, TWO_BACKSLASHES),
    ("invalid value, expected unicode", BACKSLASH, TWO_BACKSLASHES),
    ("unclosed array table", "The brackets aren't closed.", "Write it as in `[[question]]`."),
    ("unclosed table", "The bracket isn't closed.", "Write it as in `[follow-up]`."),
    (OPEN_LIST, "The list isn't closed.", "Add ] at its end."),
    (OPEN_TABLE, "The table isn't closed.", "Add } at its end."),
    ("duplicate key", "This field is here already.", "Remove one of the two."),
    ("key with no value", "There's no = here.", NAME_VALUE),
    ("missing assignment", "There's no = here.", NAME_VALUE),
    ("extra `=`", "There's an = too many.", "Remove one."),
    ("missing comma", "A comma is missing.", "Put one between the two."),
    ("extra comma", "There's a comma too many.", "Remove it."),
    ("missing array opening", CLOSING_BRACKET, NAME_VALUE),
    ("missing inline table opening", CLOSING_BRACKET, NAME_VALUE),
    ("missing table open", CLOSING_BRACKET, NAME_VALUE),
    (
        "unquoted keys cannot be empty",
        "There's no name here.",
        "Add one, as in `title = \"A walk\"`.",
    ),
    (
        "unexpected leading zero",
        "A number can't start with 0.",
        "Remove the 0, or put the text in quotes.",
    ),
];

const NAME_VALUE: &str = "Write NAME = VALUE, with text in quotes; a comment starts with #.";
const BACKSLASH: &str = "A single backslash can't be text here.";
const TWO_BACKSLASHES: &str = "Write \\\\ for a backslash.";
const CLOSING_BRACKET: &str = "There's a closing bracket without its opening one.";

/// How the reader's message begins about a bracket that nothing closes. It may be far below
/// that bracket.
const OPEN_LIST: &str = "unclosed array,";
const OPEN_TABLE: &str = "unclosed inline table";

/// Every mistake in a text that isn't TOML. Of several on a line, the first: the others follow
/// from it, as those below a bracket that nothing closes follow from that.
pub fn toml_mistakes(text: &str, faults: &[Error]) -> Vec<Mistake> {
    let place = |fault: &Error| fault.span().unwrap_or_default();
    let (open, mut others): (Vec<&Error>, Vec<&Error>) = faults.iter().partition(is_open);
    others.sort_by_key(|fault| place(fault).start);
    let mut all: Vec<Mistake> = Vec::new();
    let mut add = |line: usize, (what, fix): MistakeWords| {
        if all.iter().all(|it| it.line != line) {
            all.push(Mistake { line, what, fix });
        }
    };
    let bracket = open.first().and_then(|_| open_bracket(text));
    let end = bracket.and_then(|(at, _)| next_field(text, at));
    for fault in others.iter().filter(|fault| end.is_none_or(|end| place(fault).start < end)) {
        add(line_of(text, place(fault).start), words_at(text, place(fault), fault.message()));
    }
    for fault in open {
        let (start, message) = match bracket {
            Some((at, '[')) => (at, OPEN_LIST),
            Some((at, _)) => (at, OPEN_TABLE),
            None => (place(fault).start, fault.message()),
        };
        add(line_of(text, start), words_at(text, place(fault), message));
    }
    all.sort_by_key(|mistake| mistake.line);
    all
}

fn is_open(fault: &&Error) -> bool {
    [OPEN_LIST, OPEN_TABLE].iter().any(|start| fault.message().starts_with(start))
}

/// The first bracket that nothing closes, and its place.
fn open_bracket(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut at, mut is_line_start) = (0, true);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_header = is_line_start && open.is_empty();
        let mut length = c.len_utf8();
        match c {
            '#' => length = line_length(rest),
            '[' if is_header => length = line_length(rest),
            '"' | '\'' => length = quoted_length(rest, c),
            '[' | '{' => open.push((at, c)),
            ']' | '}' => {
                let opening = if c == ']' { '[' } else { '{' };
                if let Some(own) = open.iter().rposition(|(_, it)| *it == opening) {
                    // What was opened since then isn't closed.
                    if let Some(inside) = open.get(own + 1) {
                        return Some(*inside);
                    }
                    open.pop();
                }
            }
            _ => {}
        }
        is_line_start = c == '\n' || (is_line_start && c.is_whitespace());
        at += length;
    }
    open.first().copied()
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// The length of the text in quotes that a text begins with. One quote ends with its line at the
/// latest, and three may end with more, which belong to the text.
fn quoted_length(text: &str, quote: char) -> usize {
    let opening = text.len() - text.trim_start_matches(quote).len();
    let (count, limit) = if opening >= 3 { (3, text.len()) } else { (1, line_length(text)) };
    let mut at = count;
    while let Some(c) = text[at..limit].chars().next() {
        let rest = &text[at..limit];
        let quotes = rest.len() - rest.trim_start_matches(quote).len();
        if quotes >= count {
            return at + if count == 3 { quotes.min(5) } else { 1 };
        }
        let is_escape = c == '\\' && quote == '"';
        let escaped = rest.chars().nth(1).filter(|_| is_escape).map_or(0, char::len_utf8);
        at += c.len_utf8() + escaped;
    }
    limit
}

/// Where the next field or header begins.
fn next_field(text: &str, at: usize) -> Option<usize> {
    let is_field = |at: &usize| text[*at..].starts_with(|c: char| c.is_alphanumeric() || c == '[');
    text[at..].match_indices('\n').map(|(length, _)| at + length + 1).find(is_field)
}

fn in_table(message: &str) -> Option<MistakeWords> {
    let (_, what, fix) = MISTAKES.iter().find(|(start, ..)| message.starts_with(start))?;
    Some(((*what).to_owned(), (*fix).to_owned()))
}

/// The reader's own reason, where no other words fit.
fn reason(message: &str) -> MistakeWords {
    let reason = message.replacen(", expected ", "; expected ", 1);
    let fix = "`inward help practice-files` shows how to write it.";
    (format!("This isn't TOML ({reason})."), fix.to_owned())
}

/// A place at which the reader stopped.
struct FaultPlace<'a> {
    /// What it stopped at, which may be nothing.
    piece: &'a str,
    /// The line before it, and from there.
    before: &'a str,
    after: &'a str,
}

/// How a message begins, and what that means at a place; `None` if the table says it.
type PlaceWords = (&'static [&'static str], fn(&FaultPlace) -> Option<MistakeWords>);

const BY_PLACE: &[PlaceWords] = &[
    (&["string values must", "invalid boolean", "invalid float"], bare_value),
    (&["invalid mantissa", "invalid exponent", "invalid fraction", "`_` may only"], bare_value),
    (&["invalid date", "invalid time"], bare_value),
    (&["invalid literal string", "extra comma in inline table, expected value"], missing_value),
    (&["unexpected key or value", "missing comma"], text_end),
    (&["unexpected key or value"], value_end),
    (
        &["key with no value", "missing assignment", "unclosed table", "unclosed array table"],
        spaced_name,
    ),
    (&["invalid unquoted key"], letter_of_name),
];

/// What a message of the TOML reader means at this place of the text.
fn words_at(text: &str, at: Range<usize>, message: &str) -> MistakeWords {
    let (above, rest) = text.split_at_checked(at.start).unwrap_or((text, ""));
    let before = above.rfind('\n').map_or(above, |newline| &above[newline + 1..]);
    let after = rest.lines().next().unwrap_or_default().trim_end();
    let place = FaultPlace { piece: text.get(at).unwrap_or_default(), before, after };
    let fits = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    let mut by_place = BY_PLACE.iter().filter(|(starts, _)| fits(starts));
    let special = by_place.find_map(|(_, words)| words(&place));
    special.or_else(|| in_table(message)).unwrap_or_else(|| reason(message))
}

fn mistake_words(what: impl Into<String>, fix: &str) -> Option<MistakeWords> {
    Some((what.into(), fix.to_owned()))
}

/// The beginning of what may be a long line.
fn cut(text: &str) -> String {
    const LONGEST: usize = 30;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A value that is neither in quotes nor anything else that TOML has.
fn bare_value(place: &FaultPlace) -> Option<MistakeWords> {
    let start = place.before.rfind(['=', '[', '{', ',']).map_or(0, |at| at + 1);
    let value = format!("{}{}", &place.before[start..], place.after);
    let value = value.split([',', ']', '}', '#']).next().unwrap_or_default().trim();
    let shown = cut(value);
    let number = value.trim_start_matches(['+', '-', '.']);
    if value.contains('=') && place.before.contains('{') {
        return in_table("missing comma");
    }
    if ["yes", "no", "on", "off", "true", "false"].contains(&&*value.to_lowercase()) {
        let what = format!("`{shown}` isn't a value.");
        return mistake_words(what, "Write true or false, or put the text in quotes.");
    }
    if value.starts_with(['“', '”', '„', '‘', '’', '«', '`']) {
        return mistake_words("These aren't plain quotes.", "Write \" at both ends.");
    }
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        let what = format!("`{shown}` isn't a number.");
        return mistake_words(what, "Write a number as in 3 or 0.5, or put the text in quotes.");
    }
    mistake_words(
        "There's no text in quotes here.",
        "Put the text in quotes, as in `title = \"A walk\"`.",
    )
}

/// A name without a value, in a table; or a text in single quotes that doesn't end.
fn missing_value(place: &FaultPlace) -> Option<MistakeWords> {
    let is_in_quotes = place.before.matches('\'').count() % 2 == 1;
    if place.after.is_empty() && is_in_quotes {
        return mistake_words("The closing quote is missing.", "Add ' at the end.");
    }
    let what = "A value is missing here.";
    mistake_words(what, "Write NAME = VALUE, or remove the name.")
}

/// A quote in a text, which ends it.
fn text_end(place: &FaultPlace) -> Option<MistakeWords> {
    let quote = place.before.chars().last().filter(|c| matches!(c, '"' | '\''))?;
    let is_text = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
    let is_inside = place.after.starts_with(is_text) && place.after.contains(quote);
    let fix = match quote {
        '"' => "Write \\\" for a quote in the text.",
        _ => "Put a text with ' in it in \"double quotes\".",
    };
    mistake_words(format!("The text ends before `{}`.", cut(place.after)), fix)
        .filter(|_| is_inside)
}

/// What follows a value, or the brackets of a header.
fn value_end(place: &FaultPlace) -> Option<MistakeWords> {
    let rest = cut(place.after);
    if place.before.trim_start().starts_with('[') {
        let fix = "Write it as in `[[question]]`, on a line of its own.";
        return mistake_words(format!("The brackets end before `{rest}`."), fix);
    }
    let fix = "Remove the rest, or put # in front of it to make it a comment.";
    mistake_words(format!("The value ends before `{rest}`."), fix)
}

/// A name with a space in it.
fn spaced_name(place: &FaultPlace) -> Option<MistakeWords> {
    if place.after.starts_with(':') {
        return colon();
    }
    let has_end = match place.before.trim_start().starts_with('[') {
        true => place.after.contains(']'),
        // Before it, in a name in quotes.
        false => place.before.contains('=') || place.after.contains('='),
    };
    let fix = "Join its words with hyphens, as in `follow-up`.";
    mistake_words("This name isn't one word.", fix).filter(|_| has_end)
}

fn letter_of_name(place: &FaultPlace) -> Option<MistakeWords> {
    if place.piece == ":" {
        return colon();
    }
    let fix = "A name has letters from a to z, digits, - and _. A comment starts with #.";
    mistake_words(format!("A name can't have `{}` in it.", place.piece), fix)
}

fn colon() -> Option<MistakeWords> {
    mistake_words("There's a : in place of the =.", NAME_VALUE)
}
