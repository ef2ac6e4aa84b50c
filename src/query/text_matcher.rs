//! Matches text in entries.

use std::ops::Range;

use regex::{Regex, RegexBuilder, bytes};
use unicode_normalization::UnicodeNormalization;

use crate::entry::Entry;
use crate::error::Result;
use crate::query::QueryError;

use super::accents::AccentedText;

/// A text to search for. Lower case matches any case; a capital makes it case-sensitive. A
/// letter without an accent matches it with any.
#[derive(Clone, Debug)]
pub struct TextMatcher {
    regex: Regex,
    any_case: bool,
    /// The same text with any accents; `None` for a regular expression.
    accented: Option<AccentedText>,
    /// Both as they are in JSON; `None` for a regular expression.
    in_json: Option<bytes::Regex>,
    accented_in_json: Option<AccentedText>,
    /// Is it known that no match goes on into the next line?
    pub(crate) within_line: bool,
}

/// The memory limit of a pattern, in bytes: enough for long ones, not for ones written to
/// exhaust it.
const LARGEST_PATTERN: usize = 4 << 20;

impl TextMatcher {
    /// Matches a text literally.
    ///
    /// # Errors
    /// `NothingToFind` for a text without a letter, which every entry has, or `LargeRegex`
    /// for one that is too long.
    pub fn text(text: &str) -> Result<TextMatcher> {
        if is_empty(text) {
            return Err(QueryError::NothingToFind.into());
        }
        let any_case = any_case(text);
        // A tag has no mark there.
        let bare = text.trim_start_matches('#');
        let mut in_json = bytes::RegexBuilder::new(&map_words(bare, escape_json));
        Ok(TextMatcher {
            accented: AccentedText::new(text, any_case, regex::escape),
            // If it can't be built, JSON isn't searched in advance.
            in_json: in_json.case_insensitive(any_case).build().ok(),
            accented_in_json: AccentedText::new(bare, any_case, escape_json),
            within_line: !text.contains('\n'),
            ..build(&map_words(text, regex::escape), text, any_case)?
        })
    }

    /// Matches a regular expression in the regex crate's syntax.
    ///
    /// # Errors
    /// `NothingToFind` for an empty one, `BadRegex` with the parser's message, or `LargeRegex`.
    pub fn regex(pattern: &str) -> Result<TextMatcher> {
        if is_empty(pattern) {
            return Err(QueryError::NothingToFind.into());
        }
        build(pattern, pattern, any_case(&literals(pattern)))
    }

    /// The same matcher ignoring case; `None` if it does already.
    pub fn in_any_case(&self) -> Option<TextMatcher> {
        let regex = regex(self.regex.as_str(), true).ok();
        regex.filter(|_| !self.any_case).map(|regex| TextMatcher {
            regex,
            any_case: true,
            accented: self.accented.as_ref().map(AccentedText::in_any_case),
            in_json: None,
            accented_in_json: None,
            within_line: self.within_line,
        })
    }

    /// Parses words and phrases, all of which must match. Quoted text is one phrase, and
    /// so is an argument that the shell kept together.
    ///
    /// # Errors
    /// As [`TextMatcher::text`].
    pub fn words(arguments: &[String]) -> Result<Vec<TextMatcher>> {
        of_phrases(&arguments.iter().flat_map(|text| phrases(text)).collect::<Vec<_>>())
    }

    /// Parses a typed line, which no shell has split: words, and phrases in quotes.
    ///
    /// # Errors
    /// As [`TextMatcher::text`].
    pub fn line(text: &str) -> Result<Vec<TextMatcher>> {
        of_phrases(&words_and_phrases(text))
    }

    /// Is it in a text?
    pub fn is_in(&self, text: &str) -> bool {
        let accented = || self.accented.as_ref()?.finder(text.as_bytes());
        self.regex.is_match(text) || accented().is_some_and(|it| it.is_match(text.as_bytes()))
    }

    /// The ranges of its matches in a text.
    pub fn ranges<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let accented = self.accented.as_ref().and_then(|it| it.finder(text.as_bytes()));
        let own = accented.is_none().then(|| self.regex.find_iter(text).map(|hit| hit.range()));
        let accented = accented.map(|it| it.find_iter(text.as_bytes()).map(|hit| hit.range()));
        let ranges = own.into_iter().flatten().chain(accented.into_iter().flatten());
        ranges.filter(|range| !range.is_empty())
    }

    /// May it match an entry, judged by its unparsed JSON?
    pub(super) fn may_match(&self, json: &[u8]) -> bool {
        let accented = || self.accented_in_json.as_ref()?.finder(json);
        self.in_json.as_ref().is_none_or(|letters| letters.is_match(json))
            || accented().is_some_and(|it| it.is_match(json))
    }

    pub(super) fn matches(&self, entry: &Entry) -> bool {
        let labels = || entry.answers.iter().flat_map(|a| a.labels.values());
        // Tags are shown, and may be looked for, with their mark.
        let has_mark = self.regex.as_str().contains('#');
        let tags = || entry.tags.iter().filter(|_| has_mark).map(|tag| format!("#{tag}"));
        entry.words().any(|words| self.is_in(words))
            || labels().any(|label| self.is_in(label))
            || tags().any(|tag| self.is_in(&tag))
    }
}

/// One matcher for each phrase that has a letter.
fn of_phrases(phrases: &[String]) -> Result<Vec<TextMatcher>> {
    let phrases = phrases.iter().filter(|phrase| !is_empty(phrase));
    let matchers = phrases.map(|phrase| TextMatcher::text(phrase)).collect::<Result<Vec<_>>>()?;
    if matchers.is_empty() { Err(QueryError::NothingToFind.into()) } else { Ok(matchers) }
}

/// Is there nothing but space and quotation marks?
fn is_empty(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || QUOTATION_MARKS.contains(&c))
}

/// As JSON has it, for a pattern.
fn escape_json(text: &str) -> String {
    let escaped = serde_json::Value::from(text).to_string();
    // Without the quotation marks.
    regex::escape(&escaped[1..escaped.len() - 1])
}

/// A pattern for a text with its accents composed or decomposed.
fn map_words(text: &str, pattern: impl Fn(&str) -> String) -> String {
    let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
    if composed == decomposed {
        pattern(text)
    } else {
        format!("(?:{}|{})", pattern(&composed), pattern(&decomposed))
    }
}

fn regex(pattern: &str, any_case: bool) -> std::result::Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .multi_line(true)
        .crlf(has_line_ends(pattern))
        .size_limit(LARGEST_PATTERN)
        .build()
}

fn build(pattern: &str, text: &str, any_case: bool) -> Result<TextMatcher> {
    let regex = regex(pattern, any_case).map_err(|e| {
        let given = text.to_owned();
        match e {
            regex::Error::CompiledTooBig(_) => QueryError::LargeRegex { given },
            other => QueryError::BadRegex { given, why: explain(&other, pattern) },
        }
    })?;
    Ok(TextMatcher {
        regex,
        any_case,
        accented: None,
        in_json: None,
        accented_in_json: None,
        within_line: false,
    })
}

/// The regex crate's message: the pattern with a mark below the place, and what is wrong
/// there. For a pattern longer than a line, only what is wrong.
fn explain(error: &regex::Error, pattern: &str) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("regex parse error:\n").unwrap_or(&text).trim_end();
    let short = pattern.chars().count() < 60;
    let last = text.rfind("error: ").filter(|_| !short).map(|at| &text[at..]);
    last.unwrap_or(text).to_owned()
}

/// May a pattern ask for the end of a line? Any other is found sooner without looking for it.
fn has_line_ends(pattern: &str) -> bool {
    pattern.contains(['^', '$'])
}

fn any_case(text: &str) -> bool {
    !text.chars().any(char::is_uppercase)
}

/// The pattern without escapes, as the capitals in `\W` and `\pL` don't count.
fn literals(pattern: &str) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('p' | 'P' | 'x' | 'u' | 'U') => {
                    let rest = chars.as_str();
                    let name = rest.strip_prefix('{').and_then(|name| name.split_once('}'));
                    chars = name.map_or(rest, |(_, after)| after).chars();
                    if name.is_none() {
                        chars.next();
                    }
                }
                _ => continue,
            },
            (c, false) => out.push(c),
        }
    }
    out
}

const QUOTATION_MARKS: [char; 3] = ['"', '“', '”'];

fn phrases(text: &str) -> Vec<String> {
    if text.contains(QUOTATION_MARKS) { words_and_phrases(text) } else { vec![text.to_owned()] }
}

fn words_and_phrases(text: &str) -> Vec<String> {
    let pieces = text.split(QUOTATION_MARKS).enumerate();
    let pieces = pieces.flat_map(|(i, piece)| match i % 2 {
        1 => vec![piece.to_owned()],
        _ => piece.split_whitespace().map(str::to_owned).collect(),
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, pattern: &str) -> bool {
        TextMatcher::text(pattern).unwrap().regex.is_match(text)
    }

    #[test]
    fn a_capital_asks_for_its_case() {
        assert!(holds("He waited at the Door.", "door"));
        assert!(holds("He waited at the Door.", "Door"));
        assert!(!holds("He waited at the door.", "Door"));
        assert!(holds("ÜBER uns", "über"));
        let regex =
            |pattern: &str| TextMatcher::regex(pattern).unwrap().regex.is_match("At the DOOR");
        assert!(regex(r"^at\W+the\W") && regex(r"\bdo+r\b"));
        assert!(!regex("Door") && regex(r"\p{Lu}oor"), "a class is no capital");
    }

    #[test]
    fn a_letter_without_an_accent_matches_it_with_any_and_one_with_an_accent_itself_alone() {
        let both_forms = |text: &str, word: &str| {
            let matcher = TextMatcher::text(word).unwrap();
            let held = [text.nfc().collect::<String>(), text.nfd().collect()].map(|text| {
                let entry = crate::entry::testing::entry(serde_json::json!({ "tags": [text] }));
                let json = serde_json::to_vec(&entry).unwrap();
                let found = matcher.matches(&entry);
                assert!(!found || matcher.may_match(&json), "{word} in the JSON of {text}");
                let text = entry.tags[0].as_str();
                assert_eq!(found, matcher.ranges(text).count() > 0, "{word} in {text}");
                found
            });
            assert_eq!(held[0], held[1], "{word} in {text}");
            held[0]
        };
        for word in ["cafe", "café", "CAFÉ", "caf", "in the"] {
            assert!(both_forms("IN THE CAFÉ", word), "{word}");
        }
        assert!(both_forms("Im Café", "Cafe") && !both_forms("im café", "Cafe"));
        assert!(!both_forms("in the cafe", "café") && !both_forms("Überall", "überàll"));
        assert!(both_forms("hôpital à Nîmes", "hopital a nimes"));
        assert!(both_forms("Huế, Việt Nam", "hue, viet"));
        assert!(!both_forms("ł", "l"), "a letter of its own");
        let any_case = TextMatcher::text("Cafe").unwrap().in_any_case().unwrap();
        assert!(any_case.is_in("im café"));
        let whole = "We met at the café\u{301}.";
        let ranges: Vec<_> = TextMatcher::text("cafe").unwrap().ranges(whole).collect();
        assert_eq!(&whole[ranges[0].clone()], "café\u{301}", "no mark is left behind");
    }

    #[test]
    fn what_is_quoted_is_one_phrase() {
        assert_eq!(phrases(r#""the door" rain “at night”"#), ["the door", "rain", "at night"]);
        assert_eq!(phrases("as the shell kept it"), ["as the shell kept it"]);
        assert_eq!(phrases(r#"an "open mark"#), ["an", "open mark"]);
    }

    #[test]
    fn what_every_entry_has_is_not_searched_for() {
        for empty in ["", " ", "\"\"", "“”", "“ ”"] {
            let arguments = [empty.to_owned()];
            for refused in [
                TextMatcher::text(empty).map(|_| ()),
                TextMatcher::regex(empty).map(|_| ()),
                TextMatcher::words(&arguments).map(|_| ()),
                TextMatcher::line(empty).map(|_| ()),
            ] {
                let error = refused.expect_err(empty);
                assert!(matches!(error.of(), Some(QueryError::NothingToFind)), "{empty:?}");
            }
        }
        let words = ["door".to_owned(), "“”".to_owned()];
        assert_eq!(TextMatcher::words(&words).unwrap().len(), 1, "beside a word it says nothing");
    }

    #[test]
    fn a_regex_that_is_none_says_where_and_why_as_its_crate_does() {
        let message = |pattern: &str| TextMatcher::regex(pattern).unwrap_err().to_string();
        let door = "“door(” isn't a valid regular expression:\n    door(\n        ^\nerror: unclosed group";
        assert_eq!(message("door("), door);
        assert!(message("*door").contains("repetition operator missing expression"));
        assert!(message(r"(a)\1").contains("backreferences are not supported"));
        assert!(message("(a{1000}){1000}").contains("needs more memory than a search may use"));
        assert_eq!(message(&"(".repeat(999)).lines().count(), 2, "a long one is not repeated");
    }
}
