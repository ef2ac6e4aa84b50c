//! Arguments that several verbs share. A verb's own stand in its own file: a
//! field is a flag, and its doc comment is its help.

use clap::builder::{ArgExt, PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args, ValueEnum};

use crate::config::Clock;
use crate::dates::{self, DateError, DateSpan};
use crate::entry::same_tag;
use crate::error::{Exit, Result};
use crate::practice;
use crate::practice::PracticeError;
use crate::query::{AnswerFilter, Query, TextMatcher};
use crate::seal::Recipient;

use super::App;

/// One verb: its arguments in, its work done, an exit code out. The first line of
/// the type's doc comment is what `inward --help` says of the verb; the rest is
/// its own help.
pub trait VerbArgs: Args + 'static {
    fn run(self, app: &App) -> Result<Exit>;

    /// What the command line says; `edit` reads flags besides that no struct holds.
    ///
    /// # Errors
    ///
    /// clap's own, where the matches are not of these arguments.
    fn parse(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        Self::from_arg_matches(matches)
    }
}

/// What may stand in the place of a value, for the shells' completions. An
/// argument says so with `#[arg(add = Candidates::Tag)]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Candidates {
    Practice,
    /// A practice or a verb.
    Command,
    Topic,
    Routine,
    /// A practice or a question.
    Pattern,
    Day,
    /// Days to compare with.
    Span,
    EntryId,
    Tag,
    /// Several, with commas between.
    Tags,
    /// A question, a sign and an answer.
    Condition,
    Recipient,
    Setting,
    /// What the setting before it takes.
    SettingValue,
}

impl ArgExt for Candidates {}

// No doc comment here: clap would take it for the verb's.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub struct JsonArg {
    /// Print JSON and nothing else on standard output
    #[arg(long)]
    pub json: bool,
}

// Which entries: the arguments of every verb that reads several.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Which entries")]
pub struct QueryArgs {
    /// Only this practice; may be repeated
    #[arg(short, long, value_name = "PRACTICE", add = Candidates::Practice)]
    pub practice: Vec<String>,
    /// Only this day, week, month or year: monday, "last week", 2026-11, november, A..B
    #[arg(long, value_name = "DAY", add = Candidates::Day)]
    pub on: Option<String>,
    /// This day and later
    #[arg(long, value_name = "DAY", add = Candidates::Day)]
    pub from: Option<String>,
    /// This day and earlier
    #[arg(long, value_name = "DAY", add = Candidates::Day)]
    pub to: Option<String>,
    /// Only entries with this tag; may be repeated
    #[arg(short, long, value_name = "TAG", add = Candidates::Tag)]
    pub tag: Vec<String>,
    /// Leave out entries with this tag; may be repeated
    #[arg(long, value_name = "TAG", add = Candidates::Tag)]
    pub not_tag: Vec<String>,
    /// Only entries that contain this text; a capital letter makes it case-sensitive
    #[arg(long, value_name = "TEXT")]
    pub containing: Vec<String>,
    /// Only entries with this answer: "closeness>=3", outcome=forgot, outcome!=did
    #[arg(long = "where", value_name = "ANSWER", add = Candidates::Condition)]
    pub conditions: Vec<String>,
    /// Only the newest N of them
    #[arg(short = 'n', long, value_name = "N", value_parser = count)]
    pub last: Option<usize>,
    /// A week ago, a month ago, and this day in earlier years
    #[arg(long)]
    pub on_this_day: bool,
}

impl QueryArgs {
    pub fn is_empty(&self) -> bool {
        *self == QueryArgs::default()
    }

    /// `--to` names the last day of a span; `export` seals to whom it names, too.
    pub fn take_recipient(&mut self) -> Option<String> {
        self.to.take_if(|to| Recipient::parse(to).is_ok())
    }

    /// Both ends as a range has them: “nov 20 to dec 3”. An end with a time stays on its day.
    fn range(&self, from: DateSpan, to: DateSpan, clock: &Clock) -> Option<DateSpan> {
        let (first, last) = (self.from.as_deref()?, self.to.as_deref()?);
        let range = dates::span(&format!("{first}..{last}"), clock).ok()?;
        let moves_time = |text, is_same: bool| !is_same && dates::exact(text, clock).is_some();
        let is_moved =
            moves_time(first, range.first == from.first) || moves_time(last, range.last == to.last);
        (!is_moved).then_some(range)
    }

    pub fn query(&self, clock: &Clock) -> Result<Query> {
        let span = |given: &Option<String>| {
            given.as_deref().map(|text| dates::span(text, clock)).transpose()
        };
        let (on, mut from, mut to) = (span(&self.on)?, span(&self.from)?, span(&self.to)?);
        if let Some(range) = from.zip(to).and_then(|(from, to)| self.range(from, to, clock)) {
            (from, to) = (Some(range), Some(range));
        }
        let from = from.map(|s| s.first).max(on.map(|s| s.first));
        let to = [to, on].into_iter().flatten().map(|s| s.last).min();
        if let Some((first, last)) = from.zip(to).filter(|(first, last)| first > last) {
            return Err(DateError::BackwardDays { first, last }.into());
        }
        let containing = self.containing.iter().map(|text| TextMatcher::text(text));
        Ok(Query {
            practices: self.practice.clone(),
            from,
            to,
            since: self.from.as_deref().and_then(|text| dates::exact(text, clock)),
            until: self.to.as_deref().and_then(|text| dates::exact(text, clock)),
            tags: tags(&self.tag)?,
            without_tags: tags(&self.not_tag)?,
            containing: containing.collect::<Result<_>>()?,
            answers: self
                .conditions
                .iter()
                .map(|w| AnswerFilter::read(w))
                .collect::<Result<_>>()?,
            on_days: self.on_this_day.then(|| dates::earlier_such_days(clock.today())),
            last: self.last,
        })
    }
}

/// Tags, with or without their #.
pub fn tags(given: &[String]) -> Result<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for given in given {
        let bad = || PracticeError::BadTag { given: given.clone() };
        let tag = practice::tag(given.trim()).ok_or_else(bad)?;
        if !tags.iter().any(|other| same_tag(other, &tag)) {
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// Parses the name of one of these.
pub fn one_of<T: Sync>(
    all: &'static [T],
    name: fn(&T) -> &'static str,
) -> impl TypedValueParser<Value = &'static T> {
    let names = PossibleValuesParser::new(all.iter().map(name));
    names.try_map(move |given| all.iter().find(|it| name(it) == given).ok_or("one of the names"))
}

/// Parses a value; the error is what would have been right.
pub fn count(text: &str) -> std::result::Result<usize, &'static str> {
    text.parse().ok().filter(|n| *n > 0).ok_or("a whole number of 1 or more")
}

/// A line that can be shown as it is.
pub fn line(text: &str) -> std::result::Result<String, &'static str> {
    let text = text.trim();
    let good = !text.is_empty() && !text.chars().any(char::is_control);
    if good { Ok(text.to_owned()) } else { Err("a word or two on one line") }
}

/// Begins the id of an argument that is a question's flag.
pub const QUESTION: &str = "question:";

/// The flags of questions, by the questions' ids, with every value of each.
pub fn question_flags(matches: &ArgMatches) -> Vec<(String, String)> {
    let mut flags = Vec::new();
    for id in matches.ids() {
        let Some(question) = id.as_str().strip_prefix(QUESTION) else { continue };
        let values = matches.try_get_many::<String>(id.as_str()).ok().flatten();
        let pairs = values.into_iter().flatten().map(|value| (question.to_owned(), value.clone()));
        flags.extend(pairs);
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::at(chrono::DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap())
    }

    fn days(on: &str, from: &str, to: &str) -> QueryArgs {
        let day = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        QueryArgs { on: day(on), from: day(from), to: day(to), ..QueryArgs::default() }
    }

    #[test]
    fn a_query_is_the_narrowest_of_what_was_given() {
        let tag = vec!["#repair".to_owned()];
        let given = QueryArgs { tag, ..days("2026-11", "2026-11-10", "") };
        let query = given.query(&clock()).unwrap();
        assert_eq!(query.from.unwrap().to_string(), "2026-11-10");
        assert_eq!(query.to.unwrap().to_string(), "2026-11-30");
        assert_eq!(query.tags, ["repair"]);
    }

    #[test]
    fn days_that_leave_none_are_refused() {
        for given in [days("", "2026-11-20", "2026-11-10"), days("2026-11", "", "2026-10-31")] {
            let refused = given.query(&clock());
            assert!(
                matches!(refused, Err(e) if matches!(e.of(), Some(DateError::BackwardDays { .. }))),
                "{given:?}"
            );
        }
        assert!(days("", "monday", "monday").query(&clock()).is_ok());
    }

    #[test]
    fn both_ends_are_those_of_a_range() {
        for (from, to) in [
            ("nov 20", "dec 3"),
            ("2026-11-20", "the 3rd"),
            ("2025-01-01", "jun 5"),
            ("the 20th", "the 5th"),
            ("oct", "feb"),
            ("friday", "wednesday"),
            ("monday", "monday"),
            ("last week", "yesterday"),
            ("2026-10-31", "2026-11"),
        ] {
            let query = days("", from, to).query(&clock()).unwrap();
            let range = days(&format!("{from} to {to}"), "", "").query(&clock()).unwrap();
            assert_eq!((query.from, query.to), (range.from, range.to), "{from}, {to}");
        }
        assert!(days("", "yesterday", "nov 20").query(&clock()).is_err());
    }

    #[test]
    fn an_end_with_a_time_stays_on_its_day() {
        assert!(days("", "nov 20", "dec 3 9pm").query(&clock()).is_err(), "that of last year");
        let query = days("", "nov 1", "nov 20 9pm").query(&clock()).unwrap();
        assert_eq!(query.to.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
        assert_eq!(query.until.unwrap().naive_local().to_string(), "2026-11-20 21:00:00");
    }

    #[test]
    fn tags_are_words() {
        for bad in ["", "#", "two words", "a,b", "a\"b", "../x\n"] {
            assert!(tags(&[bad.to_owned()]).is_err(), "{bad:?}");
        }
        assert_eq!(tags(&["#Nähe/2026".to_owned()]).unwrap(), ["Nähe/2026"]);
    }

    #[test]
    fn the_last_none_is_refused() {
        assert!(count("0").is_err() && count("-1").is_err() && count("x").is_err());
        assert_eq!(count("3"), Ok(3));
    }
}
