//! What a text says, word by word and in any order: a day, a time, a zone. What
//! it means on a given day is worked out in [`super::reading`].

use chrono::{DateTime, FixedOffset, NaiveDate, Weekday};

use crate::config::Clock;
use crate::dates::DateError;

use super::numeric::{CalendarDay, Year};
use super::time::ClockTime;
use super::vocabulary::{self, PartOfDay};
use super::words::{DateWord, words};
use super::zone::Zone;
use super::{DateSpan, absolute, relative, stretch};

/// Everything found so far. Each thing can be said once.
#[derive(Debug, Default)]
pub struct Phrase {
    pub subject: Option<Subject>,
    pub weekday: Option<(Weekday, Which)>,
    /// The 5th, of a month that may be said beside it.
    pub day_of_month: Option<u32>,
    pub year: Option<Year>,
    pub time: Option<ClockTime>,
    pub part: Option<PartOfDay>,
    pub shift: Shift,
    pub zone: Option<Zone>,
    /// Is the week meant that the day is in?
    pub week_of: bool,
}

/// The day or days that a phrase is about.
#[derive(Debug)]
pub enum Subject {
    /// By the calendar. Of several readings one must be left.
    Dates(Vec<CalendarDay>),
    Month(u32, Which),
    /// By a word or a count from today.
    Day(NaiveDate),
    Days(DateSpan),
    Moment(DateTime<FixedOffset>),
}

/// Which of the days or months of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// The latest, this one included.
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

/// From where relative days are counted.
pub struct Calendar<'a> {
    pub clock: &'a Clock,
    /// All of the text, for what is said of it.
    pub given: &'a str,
    pub today: NaiveDate,
    /// Days and months without a year are the latest that do not lie after it.
    pub latest: NaiveDate,
}

impl<'a> Calendar<'a> {
    pub fn new(given: &'a str, clock: &'a Clock) -> Calendar<'a> {
        Calendar { clock, given, today: clock.today(), latest: clock.today() }
    }
}

/// The words that are left, and how many a piece takes of them.
pub type WordsTaken = Result<Option<usize>, DateError>;
type PhraseRule = fn(&mut Phrase, &[DateWord], &Calendar) -> WordsTaken;

/// In this order: what takes more words, or more exact ones, comes first.
const PIECES: &[PhraseRule] = &[
    absolute::seconds,
    absolute::feast,
    relative::named,
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
    /// Every word must have a place.
    pub fn parse(normal: &str, calendar: &Calendar) -> Result<Option<Phrase>, DateError> {
        let words = words(normal);
        let mut phrase = Phrase::default();
        let mut rest = &words[..];
        while !rest.is_empty() {
            let mut taken = None;
            for piece in PIECES {
                taken = piece(&mut phrase, rest, calendar)?;
                if taken.is_some() {
                    break;
                }
            }
            let Some(left) = taken.and_then(|taken| rest.get(taken..)) else { return Ok(None) };
            rest = left;
        }
        Ok((!phrase.is_empty()).then_some(phrase))
    }

    fn is_empty(&self) -> bool {
        let day = self.subject.is_none() && self.weekday.is_none() && self.day_of_month.is_none();
        day && self.year.is_none() && self.time.is_none() && self.part.is_none()
    }

    /// Puts something in its place, if that is free.
    pub fn fill<T>(place: &mut Option<T>, value: T, words: usize) -> Option<usize> {
        match place {
            Some(_) => None,
            None => {
                *place = Some(value);
                Some(words)
            }
        }
    }

    pub fn about(&mut self, subject: Subject, words: usize) -> Option<usize> {
        Phrase::fill(&mut self.subject, subject, words)
    }

    /// Is the day known, so that four digits more are a time?
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

    /// Was a time said, or a number of hours or minutes from now?
    pub fn is_exact(&self) -> bool {
        self.time.is_some() || matches!(self.subject, Some(Subject::Moment(_)))
    }

    pub fn has_day(&self) -> bool {
        self.subject.is_some() || self.weekday.is_some() || self.day_of_month.is_some()
    }
}

/// Words that only lead to others.
fn filler(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> WordsTaken {
    let [first, next, ..] = words else {
        // “the first of the month”, and what `21:14h` ends with.
        let ends = |word: &&DateWord| match word.text.as_str() {
            "month" => phrase.day_of_month.is_some() && phrase.subject.is_none(),
            "h" => word.glued,
            _ => false,
        };
        return Ok(words.first().filter(ends).map(|_| 1));
    };
    let leads = match first.text.as_str() {
        "in" => true,
        "h" => first.glued,
        "this" => matches!(next.text.as_str(), "past" | "last" | "coming"),
        "earlier" | "later" => matches!(next.text.as_str(), "today" | "this"),
        "year" => Year::parse(&next.text).is_some_and(|year| year.digits == 4),
        "month" => vocabulary::month(&next.text).is_some(),
        _ => false,
    };
    Ok(leads.then_some(1))
}
