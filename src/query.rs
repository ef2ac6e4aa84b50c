//! A query: which entries. Everything given must hold; of several practices
//! or tags, one.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::NaiveDate;
use regex::{Regex, RegexBuilder};

use crate::config::Clock;
use crate::entry::{Answer, Entry};
use crate::error::{Error, Result};

#[derive(Clone, Debug, Default)]
pub struct Query {
    pub practices: Vec<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub tags: Vec<String>,
    pub containing: Vec<Sought>,
    /// What answers must be.
    pub wanted: Vec<Wanted>,
    /// This day in earlier years, and a week and a month ago.
    pub on_days: Option<Vec<NaiveDate>>,
    /// Only the newest so many of those that match.
    pub last: Option<usize>,
}

impl Query {
    pub fn everything() -> Query {
        Query::default()
    }

    /// Can an entry whose file is named for this day match? Nothing needs to be
    /// opened to say no.
    pub fn may_match_named(&self, named: NaiveDate, clock: &Clock) -> bool {
        // With `day-ends`, an entry of the small hours belongs to the day before.
        let earliest = named - clock.day_overhang();
        self.allows(named) || (earliest != named && self.allows(earliest))
    }

    pub fn matches(&self, entry: &Entry, clock: &Clock) -> bool {
        self.allows(clock.day_of(entry.at))
            && (self.practices.is_empty() || self.practices.contains(&entry.practice))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| entry.tags.contains(tag)))
            && self.wanted.iter().all(|wanted| wanted.holds(entry))
            && self.containing.iter().all(|sought| sought.is_in(entry))
    }

    fn allows(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && self.on_days.as_ref().is_none_or(|days| days.contains(&day))
    }
}

/// A text that is sought. Lower case finds any case; a capital asks for its own.
#[derive(Clone, Debug)]
pub struct Sought(Regex);

/// What a pattern may take in memory: room for long ones, none for the ones
/// that are written to exhaust it.
const LARGEST_PATTERN: usize = 4 << 20;

impl Sought {
    /// These very letters.
    pub fn text(text: &str) -> Result<Sought> {
        build(&regex::escape(text), text, any_case(text))
    }

    /// A regular expression, in the syntax of the regex crate.
    pub fn regex(pattern: &str) -> Result<Sought> {
        build(pattern, pattern, any_case(&literals(pattern)))
    }

    /// Words and phrases: all of them must be there. What stands between
    /// quotation marks is one phrase, and so is what the shell kept together.
    pub fn words(given: &[String]) -> Result<Vec<Sought>> {
        let phrases = given.iter().flat_map(|text| phrases(text));
        phrases.map(|phrase| Sought::text(&phrase)).collect()
    }

    /// Where it stands in a text.
    pub fn ranges<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.0.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    fn is_in(&self, entry: &Entry) -> bool {
        let labels = || entry.answers.iter().flat_map(|a| a.labels.values());
        entry.words().any(|words| self.0.is_match(words))
            || labels().any(|label| self.0.is_match(label))
    }
}

fn build(pattern: &str, given: &str, any_case: bool) -> Result<Sought> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .multi_line(true)
        .size_limit(LARGEST_PATTERN)
        .build();
    built.map(Sought).map_err(|e| Error::BadRegex {
        given: given.to_owned(),
        // The last line says what is wrong; those before draw where.
        why: e.to_string().lines().last().unwrap_or_default().replace("error: ", ""),
    })
}

fn any_case(text: &str) -> bool {
    !text.chars().any(char::is_uppercase)
}

/// The pattern without its escapes: `\W` and `\pL` are no capitals.
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

fn phrases(text: &str) -> Vec<String> {
    let marks = ['"', '“', '”'];
    if !text.contains(marks) {
        return vec![text.to_owned()];
    }
    let pieces = text.split(marks).enumerate();
    let pieces = pieces.flat_map(|(i, piece)| match i % 2 {
        1 => vec![piece.to_owned()],
        _ => piece.split_whitespace().map(str::to_owned).collect(),
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// What the answer to a question must be: `closeness>=3`, `outcome=forgot`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub question: String,
    pub is: Is,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    /// An option by its id or its word, yes or no, a number, or a short text.
    Said(String),
    /// Answered, and not this.
    NotSaid(String),
    /// The orders to the number that hold.
    Number(&'static [Ordering], f64),
}

/// Longer signs first, for `>` begins `>=`.
const SIGNS: &[(&str, &[Ordering])] = &[
    (">=", &[Ordering::Greater, Ordering::Equal]),
    ("<=", &[Ordering::Less, Ordering::Equal]),
    (">", &[Ordering::Greater]),
    ("<", &[Ordering::Less]),
];

impl Wanted {
    pub fn read(given: &str) -> Result<Wanted> {
        let bad = || Error::BadWhere { given: given.to_owned() };
        let cut = given.find(['=', '!', '<', '>']).ok_or_else(bad)?;
        let (question, rest) = (given[..cut].trim().to_owned(), &given[cut..]);
        let ordered = SIGNS.iter().find_map(|(sign, orders)| {
            rest.strip_prefix(sign).map(|value| (*orders, value.trim()))
        });
        let is = match (ordered, rest.strip_prefix("!="), rest.strip_prefix('=')) {
            (Some((orders, value)), ..) => Is::Number(orders, value.parse().map_err(|_| bad())?),
            (_, Some(value), _) => Is::NotSaid(value.trim().to_owned()),
            (_, _, Some(value)) => Is::Said(value.trim_start_matches('=').trim().to_owned()),
            _ => return Err(bad()),
        };
        let empty = matches!(&is, Is::Said(value) | Is::NotSaid(value) if value.is_empty());
        if question.is_empty() || empty { Err(bad()) } else { Ok(Wanted { question, is }) }
    }

    fn holds(&self, entry: &Entry) -> bool {
        let mut answers = entry.answers.iter().filter(|a| a.question == self.question);
        match &self.is {
            Is::Said(value) => answers.any(|a| a.says(value)),
            Is::NotSaid(value) => answers.any(|a| !a.says(value)),
            Is::Number(orders, wanted) => answers.any(|answer: &Answer| {
                let order = answer.value.number().and_then(|n| n.partial_cmp(wanted));
                order.is_some_and(|order| orders.contains(&order))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry::from_json(
            br#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","practice":"reflect",
            "at":"2026-11-24T01:14:03+01:00","written":"2026-11-24T01:14:03+01:00","tags":["repair"],
            "answers":[{"question":"connection","asked":"One?","value":"He waited at the Door."},
              {"question":"closeness","asked":"How?","scale":{"min":0,"max":4},"value":3},
              {"question":"outcome","asked":"How?","value":"did","labels":{"did":"I did it"}},
              {"question":"saw","asked":"What?","value":["withdrew","unsaid"]},
              {"question":"relying","asked":"How?","scale":{"min":0,"max":4},"value":null}]}"#,
        )
        .unwrap()
    }

    fn clock() -> Clock {
        Clock::at(chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+01:00").unwrap())
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn holds(text: &str, sought: &str) -> bool {
        Sought::text(sought).unwrap().0.is_match(text)
    }

    #[test]
    fn everything_given_must_hold() {
        let words = |text: &str| vec![text.to_owned()];
        let base = Query { practices: words("reflect"), tags: words("repair"), ..Query::default() };
        assert!(base.matches(&entry(), &clock()));
        let other = Query { containing: vec![Sought::text("window").unwrap()], ..base.clone() };
        assert!(!other.matches(&entry(), &clock()));
        let other = Query { practices: words("intent"), ..base };
        assert!(!other.matches(&entry(), &clock()));
    }

    #[test]
    fn a_capital_asks_for_its_case() {
        assert!(holds("He waited at the Door.", "door"));
        assert!(holds("He waited at the Door.", "Door"));
        assert!(!holds("He waited at the door.", "Door"));
        assert!(holds("ÜBER uns", "über"));
        let regex = |pattern: &str| Sought::regex(pattern).unwrap().0.is_match("At the DOOR");
        assert!(regex(r"^at\W+the\W") && regex(r"\bdo+r\b"));
        assert!(!regex("Door") && regex(r"\p{Lu}oor"), "a class is no capital");
    }

    #[test]
    fn what_is_quoted_is_one_phrase_and_every_word_must_be_there() {
        assert_eq!(phrases(r#""the door" rain “at night”"#), ["the door", "rain", "at night"]);
        assert_eq!(phrases("as the shell kept it"), ["as the shell kept it"]);
        assert_eq!(phrases(r#"an "open mark"#), ["an", "open mark"]);
        let both = Sought::words(&["door".into(), "waited".into()]).unwrap();
        assert!(Query { containing: both, ..Query::default() }.matches(&entry(), &clock()));
        let one = Sought::words(&["door".into(), "window".into()]).unwrap();
        assert!(!Query { containing: one, ..Query::default() }.matches(&entry(), &clock()));
    }

    #[test]
    fn a_regex_that_is_none_says_why_in_one_line() {
        let error = Sought::regex("door(").unwrap_err();
        assert_eq!(error.to_string(), "“door(” is not a regular expression (unclosed group).");
        assert!(Sought::regex(&"(a{1000}){1000}".repeat(9)).is_err());
    }

    #[test]
    fn an_answer_is_wanted_by_id_by_word_or_by_its_number() {
        let holds = |given: &str| Wanted::read(given).unwrap().holds(&entry());
        for given in [
            "closeness>=3",
            "closeness=3",
            "closeness<4",
            "closeness > 2",
            "closeness==3",
            "outcome=did",
            "outcome=I did it",
            "outcome!=forgot",
            "saw=unsaid",
            "relying=cant-say",
        ] {
            assert!(holds(given), "{given}");
        }
        for given in [
            "closeness>3",
            "closeness<=2",
            "closeness!=3",
            "outcome=forgot",
            "outcome!=did",
            "unknown!=x",
            "unknown=x",
            "relying<1",
            "saw=none",
            "outcome>0",
        ] {
            assert!(!holds(given), "{given}");
        }
        for given in ["closeness", "=3", "closeness>=", "closeness>close", "closeness!3", "x=", ""]
        {
            assert!(Wanted::read(given).is_err(), "{given}");
        }
    }

    #[test]
    fn the_small_hours_belong_to_the_evening_before_where_days_end_late() {
        let on = Query { from: day("2026-11-23"), to: day("2026-11-23"), ..Query::default() };
        let named = "2026-11-24".parse().unwrap();
        assert!(!on.may_match_named(named, &clock()));
        let mut late = clock();
        late.day_ends = chrono::NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        assert!(on.may_match_named(named, &late));
        assert!(on.matches(&entry(), &late));
    }
}
