//! Parses a text word by word, in any order: a day, a time, a zone. [`super::reading`]
//! works out what it means on a given day.

use chrono::{DateTime, FixedOffset, NaiveDate, Weekday};

use crate::config::Clock;
use crate::dates::DateError;

use super::numeric::{CalendarDay, Year};
use super::time::ClockTime;
use super::vocabulary::{self, PartOfDay};
use super::words::{DateWord, words};
use super::zone::Zone;
use super::{DateSpan, absolute, relative, stretch};

/// The parts found so far. Each may occur once.
#[derive(Debug, Default)]
pub struct Phrase {
    pub subject: Option<Subject>,
    pub weekday: Option<(Weekday, Occurrence)>,
    /// A day such as the 5th; its month may be given separately.
    pub day_of_month: Option<u32>,
    pub year: Option<Year>,
    pub time: Option<ClockTime>,
    pub part: Option<PartOfDay>,
    pub shift: Shift,
    pub zone: Option<Zone>,
    /// Does it mean the week that contains the day?
    pub week_of: bool,
}

/// The day or days of a phrase.
#[derive(Debug)]
pub enum Subject {
    /// By the calendar. Of several readings, one must remain.
    Dates(Vec<CalendarDay>),
    Month(u32, Occurrence),
    /// By a word such as “yesterday”, or counted from today.
    Day(NaiveDate),
    Days(DateSpan),
    Moment(DateTime<FixedOffset>),
}

/// Which of the days or months with one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occurrence {
    /// The latest, including the current one.
    #[default]
    Latest,
    Last,
    This,
    Next,
    BeforeLast,
}

/// Early, late, or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    Early,
    #[default]
    None,
    Late,
}

/// What relative dates depend on.
pub struct Calendar<'a> {
    pub clock: &'a Clock,
    /// The whole text, for errors.
    pub given: &'a str,
    pub today: NaiveDate,
    /// Weekdays and weeks are the latest up to this day.
    pub latest: NaiveDate,
    /// Dates and months without a year are the latest up to this one, which is later than
    /// today where the evening lasts past midnight.
    pub latest_date: NaiveDate,
}

impl<'a> Calendar<'a> {
    pub fn new(given: &'a str, clock: &'a Clock) -> Calendar<'a> {
        let (today, latest_date) = (clock.today(), clock.now.date_naive());
        Calendar { clock, given, today, latest: today, latest_date }
    }
}

/// How many words a rule takes; `None` if it doesn't apply.
pub type RuleMatch = Result<Option<usize>, DateError>;
type PhraseRule = fn(&mut Phrase, &[DateWord], &Calendar) -> RuleMatch;

/// The rules, tried in this order: those that take more words, or more specific ones,
/// first.
const RULES: &[PhraseRule] = &[
    absolute::seconds,
    absolute::holiday,
    relative::day_word,
    relative::ago,
    stretch::week_number,
    absolute::time,
    relative::part_of_day,
    stretch::stretch,
    relative::weekday,
    absolute::month,
    absolute::digits,
    absolute::zone,
    absolute::day_of_month,
    absolute::year,
    filler,
];

impl Phrase {
    /// Parses a phrase; `None` unless every word belongs to a part of it.
    pub fn parse(normalized: &str, calendar: &Calendar) -> Result<Option<Phrase>, DateError> {
        let words = words(normalized);
        let mut phrase = Phrase::default();
        let mut rest = &words[..];
        while !rest.is_empty() {
            let mut word_count = None;
            for rule in RULES {
                word_count = rule(&mut phrase, rest, calendar)?;
                if word_count.is_some() {
                    break;
                }
            }
            let Some(left) = word_count.and_then(|word_count| rest.get(word_count..)) else {
                return Ok(None);
            };
            rest = left;
        }
        Ok((!phrase.is_empty()).then_some(phrase))
    }

    fn is_empty(&self) -> bool {
        let day = self.subject.is_none() && self.weekday.is_none() && self.day_of_month.is_none();
        day && self.year.is_none() && self.time.is_none() && self.part.is_none()
    }

    /// Sets a part, unless it's set already. Returns the number of words taken.
    pub fn fill<T>(place: &mut Option<T>, value: T, words: usize) -> Option<usize> {
        match place {
            Some(_) => None,
            None => {
                *place = Some(value);
                Some(words)
            }
        }
    }

    pub fn set_subject(&mut self, subject: Subject, words: usize) -> Option<usize> {
        Phrase::fill(&mut self.subject, subject, words)
    }

    /// Is the day complete, so that four more digits are a time?
    pub fn has_whole_day(&self) -> bool {
        match &self.subject {
            Some(Subject::Day(_)) => true,
            None => self.weekday.is_some(),
            Some(Subject::Dates(days)) => {
                self.year.is_some() || days.iter().all(|day| day.year.is_some())
            }
            Some(Subject::Month(..) | Subject::Days(_) | Subject::Moment(_)) => false,
        }
    }

    /// Does it give a time, or a number of hours or minutes from now?
    pub fn is_exact(&self) -> bool {
        self.time.is_some() || matches!(self.subject, Some(Subject::Moment(_)))
    }

    /// The month, if it's whole and nothing says of which year.
    pub fn month_alone(&self) -> Option<u32> {
        let Some(Subject::Month(month, Occurrence::Latest)) = self.subject else { return None };
        let untimed = self.time.is_none() && self.part.is_none() && self.zone.is_none();
        let is_whole = self.weekday.is_none() && self.day_of_month.is_none() && !self.week_of;
        (untimed && is_whole && self.year.is_none()).then_some(month)
    }

    /// After how many months it comes again: `20 march`, `march` and “the 5th” do. `None` if
    /// it says of which year and month it is, or is counted from today; 0 for a weekday.
    pub fn comes_again(&self) -> Option<u32> {
        let is_yearly = match &self.subject {
            Some(Subject::Dates(days)) => days.iter().all(|day| day.year.is_none()),
            Some(Subject::Month(_, which)) => *which == Occurrence::Latest,
            Some(Subject::Day(_) | Subject::Days(_) | Subject::Moment(_)) => false,
            None => {
                return match (self.year, self.day_of_month, self.weekday) {
                    (None, Some(_), None) => Some(1),
                    (None, None, Some((_, Occurrence::Latest))) => Some(0),
                    _ => None,
                };
            }
        };
        (is_yearly && self.year.is_none()).then_some(12)
    }

    pub fn has_day(&self) -> bool {
        self.subject.is_some() || self.weekday.is_some() || self.day_of_month.is_some()
    }
}

/// Words that only introduce others.
fn filler(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> RuleMatch {
    let [first, next, ..] = words else {
        // “the first of the month”.
        let is_ending = |word: &&DateWord| match word.text.as_str() {
            "month" => phrase.day_of_month.is_some() && phrase.subject.is_none(),
            _ => false,
        };
        return Ok(words.first().filter(is_ending).map(|_| 1));
    };
    let is_lead = match first.text.as_str() {
        "in" => true,
        "h" => first.glued,
        "this" => matches!(next.text.as_str(), "past" | "last" | "coming"),
        "earlier" | "later" => matches!(next.text.as_str(), "today" | "this"),
        "year" => Year::parse(&next.text).is_some_and(|year| year.digits == 4),
        "month" => vocabulary::month(&next.text).is_some(),
        _ => false,
    };
    Ok(is_lead.then_some(1))
}
