//! The moment of a note. It comes from a field for the date, or else from the file name,
//! from a heading that is only a date, or from a bookkeeping field. A date that can't be
//! read is reported, and the next place is tried.

use chrono::{NaiveDate, NaiveTime};
use serde_json::{Map, Value as Json};

use crate::config::Clock;
use crate::dates::{Timestamp, time_of_day};
use crate::import::ImportIssue;

use super::ImportContext;
use super::moment::LocalMoment;
use super::note_name::{NameDay, NoteName};

/// The result, and what couldn't be read.
pub struct NoteDateSearch {
    pub result: Result<NoteDate, ImportIssue>,
    pub problems: Vec<ImportIssue>,
}

pub struct NoteDate {
    pub moment: LocalMoment,
    /// The fields that say nothing beyond this moment.
    pub used_keys: Vec<String>,
}

/// Fields for the date of a note. Keys are compared without case and punctuation.
const DAYS: &[&str] = &["date", "day", "datetime", "journaldate", "entrydate", "dateofentry"];
const TIMES: &[&str] = &["time", "hour"];
/// Fields that programs write when a file is made, moved or changed.
const BOOKKEEPING: &[&str] = &[
    "created", "createdat", "createdon", "creationdate", "creationtime", "datecreated",
    "datetimecreated", "createdtime", "createddate", "ctime", "timestamp", "published",
    "publishdate", "datepublished", "modified", "modifiedat", "updated", "updatedat", "lastmod",
    "lastmodified", "lastupdated", "datemodified", "dateupdated", "modificationdate", "mtime",
];

const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).unwrap();

pub fn of(
    fields: &Map<String, Json>,
    name: Option<&NoteName>,
    heading: Option<&str>,
    context: &ImportContext,
) -> NoteDateSearch {
    let name_day = name.and_then(|name| match name.day {
        NameDay::Clear(day) => Some(day),
        NameDay::Unclear(_) | NameDay::NoSuchDay(_) => None,
    });
    let (problems, used_keys) = Default::default();
    let mut search = DateFields { fields, context, name_day, problems, unclear: None, used_keys };
    let result = search.run(name, heading);
    NoteDateSearch { result, problems: search.problems }
}

/// The text of a field with a single value; a number as written.
pub fn words_of(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(yes) => Some(yes.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Is this a field for a date or a time, with nothing else in it?
pub fn is_date(key: &str, value: &Json, clock: &Clock) -> bool {
    let key = plain(key);
    let is_for_dates = [DAYS, TIMES, BOOKKEEPING].concat().contains(&&*key);
    let is_time = |words: String| time_of_day(&words, clock).is_some();
    is_for_dates && (stamp_of(value, clock).is_some() || words_of(value).is_some_and(is_time))
}

/// The date in a field, which may link to a daily note, as in `[[Daily/2024-05-02|Thursday]]`.
fn stamp_of(value: &Json, clock: &Clock) -> Option<Timestamp> {
    // Without quotes, a link is a list in a list.
    if let Json::Array(items) = value {
        let [item] = items.as_slice() else { return None };
        let [name] = item.as_array()?.as_slice() else { return None };
        return day_linked(&words_of(name)?, clock);
    }
    let words = words_of(value)?;
    let link = words.trim().strip_prefix("[[").and_then(|link| link.strip_suffix("]]"));
    link.map_or_else(|| Timestamp::parse(&words, clock), |link| day_linked(link, clock))
}

fn day_linked(link: &str, clock: &Clock) -> Option<Timestamp> {
    let note = link.split('|').next().unwrap_or(link);
    let name = note.rsplit('/').next().unwrap_or(note);
    Timestamp::parse(note, clock).or_else(|| Timestamp::parse(name, clock))
}

struct DateFields<'a> {
    fields: &'a Map<String, Json>,
    context: &'a ImportContext<'a>,
    /// The day in the file's name.
    name_day: Option<NaiveDate>,
    problems: Vec<ImportIssue>,
    /// A date that could be read in several ways.
    unclear: Option<ImportIssue>,
    used_keys: Vec<String>,
}

impl DateFields<'_> {
    fn run(
        &mut self,
        name: Option<&NoteName>,
        heading: Option<&str>,
    ) -> Result<NoteDate, ImportIssue> {
        let clock = self.context.clock;
        if let Some((key, stamp)) = self.first_of(DAYS, true) {
            let moment = self.moment(&stamp, name);
            self.mark_used(&key);
            return self.finish(moment, key);
        }
        if let Some(NoteName { day: NameDay::Clear(day), time, zone, .. }) = name {
            let time = time.or_else(|| self.time_field()).or_else(|| self.bookkeeping_time(*day));
            let wall = day.and_time(time.unwrap_or(NOON));
            let moment = match zone {
                Some(zone) => zone.moment(wall, clock).map(LocalMoment::from),
                None => self.context.local(wall),
            };
            return self.finish(moment, day.to_string());
        }
        if let Some(stamp) = heading.and_then(|text| Timestamp::parse(text, clock))
            && let Some(day) = stamp.day()
        {
            let moment = self.moment(&stamp, name);
            return self.finish(moment, day.to_string());
        }
        if let Some((key, stamp)) = self.first_of(BOOKKEEPING, false) {
            let moment = self.moment(&stamp, name);
            self.mark_used(&key);
            return self.finish(moment, key);
        }
        Err(match name.map(|name| &name.day) {
            Some(NameDay::Unclear(given)) => {
                ImportIssue::UnclearDate { given: given.clone(), field: None }
            }
            Some(NameDay::NoSuchDay(given)) => ImportIssue::BadDate { given: given.clone() },
            Some(NameDay::Clear(_)) | None => self.no_date(),
        })
    }

    fn finish(
        &mut self,
        moment: Option<LocalMoment>,
        given: String,
    ) -> Result<NoteDate, ImportIssue> {
        let moment = moment.ok_or(ImportIssue::BadDate { given })?;
        Ok(NoteDate { moment, used_keys: std::mem::take(&mut self.used_keys) })
    }

    /// The issue if no date was found, or only an unreadable one.
    fn no_date(&mut self) -> ImportIssue {
        let last = self.problems.pop();
        if let Some(unclear) = self.unclear.take() {
            return unclear;
        }
        match last {
            Some(ImportIssue::DateNotRead { given, .. }) => ImportIssue::BadDate { given },
            Some(other) => other,
            None => ImportIssue::NoDate,
        }
    }

    /// The first field with one of these names that is a date. With `report`, others are
    /// reported.
    fn first_of(&mut self, names: &[&str], report: bool) -> Option<(String, Timestamp)> {
        for name in names {
            for (key, value) in self.fields.iter().filter(|(key, _)| plain(key) == **name) {
                let given = match words_of(value) {
                    Some(words) if words.trim().is_empty() => continue,
                    Some(words) => words,
                    None if value.is_null() => continue,
                    None => value.to_string(),
                };
                // A link to another day than the name's may only refer to that.
                let is_plain = Timestamp::parse(&given, self.context.clock).is_some();
                let is_of_name =
                    |stamp: &Timestamp| self.name_day.is_none_or(|day| stamp.day() == Some(day));
                let stamp = stamp_of(value, self.context.clock);
                let stamp = stamp.filter(|stamp| is_plain || is_of_name(stamp));
                if let Some(stamp) = stamp.as_ref().filter(|stamp| stamp.day().is_none()) {
                    let (given, field) = (given.clone(), key.clone());
                    self.unclear = Some(if stamp.has_short_year() {
                        ImportIssue::ShortYear { given, field }
                    } else {
                        ImportIssue::UnclearDate { given, field: Some(field) }
                    });
                }
                match stamp.filter(|stamp| stamp.day().is_some()) {
                    Some(stamp) => return Some((key.clone(), stamp)),
                    None if report => {
                        let field = key.clone();
                        self.problems.push(ImportIssue::DateNotRead { field, given });
                    }
                    None => {}
                }
            }
        }
        None
    }

    /// The moment of a date, at its own time or at the time given elsewhere.
    fn moment(&mut self, stamp: &Timestamp, name: Option<&NoteName>) -> Option<LocalMoment> {
        if stamp.has_time() {
            let at = stamp.at(self.context.clock, NOON)?;
            return Some(LocalMoment::new(at, stamp.time_here()));
        }
        let day = stamp.day()?;
        let name_of_day = name
            .filter(|name| matches!(name.day, NameDay::Clear(name_of_day) if name_of_day == day));
        let name_of_day = name_of_day.and_then(|name| name.time);
        let time = self.time_field().or(name_of_day).or_else(|| self.bookkeeping_time(day));
        self.context.local(day.and_time(time.unwrap_or(NOON)))
    }

    fn time_field(&mut self) -> Option<NaiveTime> {
        let fields = self.fields.iter().filter(|(key, _)| TIMES.contains(&&*plain(key)));
        let times = fields.filter_map(|(key, value)| {
            Some((key.clone(), time_of_day(&words_of(value)?, self.context.clock)?))
        });
        let (key, time) = times.into_iter().next()?;
        self.mark_used(&key);
        Some(time)
    }

    /// The time at which the file was made, if that was on the same day.
    fn bookkeeping_time(&mut self, day: NaiveDate) -> Option<NaiveTime> {
        let (_, stamp) = self.first_of(BOOKKEEPING, false).filter(|(_, s)| s.has_time())?;
        let at = stamp.at(self.context.clock, NOON)?;
        (at.date_naive() == day).then(|| at.time())
    }

    /// Marks a field as used, unless it's written in words such as `November 6, 2026`:
    /// those stay with the entry.
    fn mark_used(&mut self, key: &str) {
        let is_numeric = |c: char| c.is_ascii_digit() || "-:. TZ+/".contains(c);
        let words = self.fields.get(key).and_then(words_of);
        if words.is_some_and(|words| words.chars().all(is_numeric)) {
            self.used_keys.push(key.to_owned());
        }
    }
}

/// In lower case, without punctuation.
fn plain(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
