//! Arguments as plain data: what a verb takes, and what it was given.

use std::collections::BTreeMap;

use crate::config::Clock;
use crate::dates;
use crate::error::{Error, Result};
use crate::practice;
use crate::query::{Query, Sought, Wanted};

pub struct Arg {
    pub name: &'static str,
    pub short: Option<char>,
    pub takes: Takes,
    pub help: &'static str,
}

pub enum Takes {
    /// A flag.
    Nothing,
    /// `--name VALUE`, once.
    One(&'static str),
    /// `--name VALUE`, as often as wanted.
    Many(&'static str),
    /// `--name VALUE`, one of these.
    OneOf(&'static str, fn() -> Vec<&'static str>),
    /// Words without a flag: at least so many.
    Words(&'static str, usize),
    /// One word without a flag.
    Word(&'static str),
    /// One word without a flag, of these; must it be given?
    WordOf(&'static str, &'static [&'static str], bool),
}

impl Arg {
    pub const fn new(name: &'static str, takes: Takes, help: &'static str) -> Arg {
        Arg { name, short: None, takes, help }
    }

    pub const fn short(self, letter: char) -> Arg {
        Arg { short: Some(letter), ..self }
    }
}

/// Which entries: the arguments of every verb that reads several.
pub const QUERY: &[Arg] = &[
    Arg::new("practice", Takes::Many("PRACTICE"), "Only this practice; may be repeated").short('p'),
    Arg::new(
        "on",
        Takes::One("DAY"),
        "Only this day, week, month or year: monday, \"last week\", 2026-11, november, A..B",
    ),
    Arg::new("from", Takes::One("DAY"), "This day and later"),
    Arg::new("to", Takes::One("DAY"), "This day and earlier"),
    Arg::new("tag", Takes::Many("TAG"), "Only entries with this tag; may be repeated").short('t'),
    Arg::new(
        "containing",
        Takes::Many("TEXT"),
        "Only entries that contain this text; a capital asks for its case",
    ),
    Arg::new(
        "where",
        Takes::Many("ANSWER"),
        "Only entries with such an answer: \"closeness>=3\", outcome=forgot, outcome!=did",
    ),
    Arg::new("last", Takes::One("N"), "Only the newest N of them").short('n'),
    Arg::new(
        "on-this-day",
        Takes::Nothing,
        "A week ago, a month ago, and this day in earlier years",
    ),
];

pub const JSON: Arg =
    Arg::new("json", Takes::Nothing, "Print JSON and nothing else on standard output");

#[derive(Clone, Debug, Default)]
pub struct Given(BTreeMap<String, Vec<String>>);

impl Given {
    pub fn add(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.0.entry(name.to_owned()).or_default().extend(values);
    }

    /// Gives what fits to another flag: two things that people call the same.
    pub fn give(&mut self, from: &str, to: &str, fits: impl Fn(&str) -> bool) {
        let Some(values) = self.0.remove(from) else { return };
        let (given, kept): (Vec<String>, Vec<String>) = values.into_iter().partition(|v| fits(v));
        for (name, values) in [(to, given), (from, kept)] {
            if !values.is_empty() {
                self.add(name, values);
            }
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn query(&self, clock: &Clock) -> Result<Query> {
        let span = |name: &str| self.one(name).map(|text| dates::span(text, clock)).transpose();
        let on = span("on")?;
        let (from, to) = (span("from")?, span("to")?);
        let latest = |a: Option<_>, b: Option<_>| a.max(b);
        let earliest = |a: Option<_>, b: Option<_>| [a, b].into_iter().flatten().min();
        let exact = |name: &str| self.one(name).and_then(|text| dates::exact(text, clock));
        let last = self.one("last").map(whole).transpose()?;
        let from = latest(from.map(|s| s.first), on.map(|s| s.first));
        let to = earliest(to.map(|s| s.last), on.map(|s| s.last));
        if let Some((first, last)) = from.zip(to).filter(|(first, last)| first > last) {
            return Err(Error::BackwardDays { first, last });
        }
        Ok(Query {
            practices: self.all("practice").to_vec(),
            from,
            to,
            since: exact("from"),
            until: exact("to"),
            tags: self.tags()?,
            containing: self
                .all("containing")
                .iter()
                .map(|t| Sought::text(t))
                .collect::<Result<_>>()?,
            wanted: self.all("where").iter().map(|w| Wanted::read(w)).collect::<Result<_>>()?,
            on_days: self.has("on-this-day").then(|| dates::earlier_such_days(clock.today())),
            last,
        })
    }

    /// Tags, with or without their #.
    pub fn tags(&self) -> Result<Vec<String>> {
        let mut tags = Vec::new();
        for given in self.all("tag") {
            match practice::tags(given).as_deref() {
                Some([tag]) if !tags.contains(tag) => tags.push(tag.clone()),
                Some([_]) => {}
                _ => return Err(Error::BadTag { given: given.clone() }),
            }
        }
        Ok(tags)
    }
}

fn whole(text: &str) -> Result<usize> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| Error::BadAnswer {
        question: "--last".into(),
        given: text.to_owned(),
        allowed: "a whole number of 1 or more".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Given {
        let mut given = Given::default();
        for (name, value) in pairs {
            given.add(name, [value.to_string()]);
        }
        given
    }

    fn clock() -> Clock {
        Clock::at(chrono::DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap())
    }

    #[test]
    fn a_query_is_the_narrowest_of_what_was_given() {
        let given = given(&[("on", "2026-11"), ("from", "2026-11-10"), ("tag", "#repair")]);
        let query = given.query(&clock()).unwrap();
        assert_eq!(query.from.unwrap().to_string(), "2026-11-10");
        assert_eq!(query.to.unwrap().to_string(), "2026-11-30");
        assert_eq!(query.tags, ["repair"]);
    }

    #[test]
    fn days_that_leave_none_are_refused() {
        for days in [
            [("from", "2026-11-20"), ("to", "2026-11-10")],
            [("on", "2026-11"), ("to", "2026-10-31")],
        ] {
            let refused = given(&days).query(&clock());
            assert!(matches!(refused, Err(Error::BackwardDays { .. })), "{days:?}");
        }
        assert!(given(&[("from", "monday"), ("to", "monday")]).query(&clock()).is_ok());
    }

    #[test]
    fn tags_are_words() {
        for bad in ["", "#", "two words", "a,b", "a\"b", "../x\n"] {
            assert!(given(&[("tag", bad)]).tags().is_err(), "{bad:?}");
        }
        assert_eq!(given(&[("tag", "#Nähe/2026")]).tags().unwrap(), ["Nähe/2026"]);
    }

    #[test]
    fn the_last_none_is_refused() {
        assert!(given(&[("last", "0")]).query(&clock()).is_err());
    }
}
