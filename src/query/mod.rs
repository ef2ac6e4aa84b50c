//! A query for entries. All conditions must hold; of several practices or tags, one is
//! enough.

mod accents;
mod answer_filter;
mod errors;
mod text_matcher;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::config::Clock;
use crate::entry::{Entry, same_tag};

pub use answer_filter::AnswerFilter;
pub(crate) use answer_filter::Predicate;
pub use errors::QueryError;
pub use text_matcher::TextMatcher;

/// Conditions on entries, all of which must hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Of any of these practices; of all if there are none.
    pub practices: Vec<String>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day, included.
    pub to: Option<NaiveDate>,
    /// From this moment on, if a time was given.
    pub since: Option<DateTime<FixedOffset>>,
    /// Up to this moment, if a time was given.
    pub until: Option<DateTime<FixedOffset>>,
    /// With any of these.
    pub tags: Vec<String>,
    /// With none of these.
    pub without_tags: Vec<String>,
    /// Containing all of these texts.
    pub containing: Vec<TextMatcher>,
    /// With answers that match all of these.
    pub answers: Vec<AnswerFilter>,
    /// This day in earlier years, and a week and a month ago.
    pub on_days: Option<Vec<NaiveDate>>,
    /// Only the newest matches, at most this many.
    pub last: Option<usize>,
}

impl Query {
    /// Every entry.
    pub fn everything() -> Query {
        Query::default()
    }

    /// May an entry match whose file's name has this day? Nothing needs to be opened for
    /// a no.
    pub fn may_match_day(&self, day: NaiveDate, clock: &Clock) -> bool {
        // With `day-ends`, an entry of the small hours belongs to the day before.
        let earliest = day - clock.day_overhang();
        self.allows(day) || (earliest != day && self.allows(earliest))
    }

    /// May an entry match whose file's name has a day between these, both included?
    pub fn may_match_between(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| last >= from)
            && self.to.is_none_or(|to| first <= to)
            && self
                .on_days
                .as_ref()
                .is_none_or(|days| days.iter().any(|day| (first..=last).contains(day)))
    }

    /// Does every entry match, apart from `last`?
    pub fn matches_all(&self) -> bool {
        let Query { practices, tags, without_tags, containing, answers, .. } = self;
        let all_days = self.from.is_none() && self.to.is_none() && self.on_days.is_none();
        all_days
            && self.since.is_none()
            && self.until.is_none()
            && practices.is_empty()
            && tags.is_empty()
            && without_tags.is_empty()
            && containing.is_empty()
            && answers.is_empty()
    }

    /// Does it return every entry?
    pub fn is_everything(&self) -> bool {
        self.matches_all() && self.last.is_none()
    }

    /// Is there no condition on days, nor `last`?
    pub fn spans_all_days(&self) -> bool {
        let days = self.from.is_none() && self.to.is_none() && self.on_days.is_none();
        days && self.last.is_none()
    }

    /// May an entry match, judged by its unparsed JSON, as this program writes it?
    pub fn may_match_json(&self, json: &[u8]) -> bool {
        let is_of = |practice: &String| {
            let field = format!("\"practice\":{}", serde_json::Value::from(practice.as_str()));
            memchr::memmem::find(json, field.as_bytes()).is_some()
        };
        (self.practices.is_empty() || self.practices.iter().any(is_of))
            && self.containing.iter().all(|text| text.may_match(json))
    }

    /// Does an entry meet every condition apart from `last`?
    pub fn matches(&self, entry: &Entry, clock: &Clock) -> bool {
        self.matches_versions(entry, &[], clock)
    }

    /// The same of one that was edited in several places, whose newest version says what it is.
    /// Words may stand in any of them, and what is left out in none: all of them may be shown.
    pub fn matches_versions(&self, newest: &Entry, others: &[Entry], clock: &Clock) -> bool {
        let has_words = |entry: &Entry| self.containing.iter().all(|text| text.matches(entry));
        self.matches_but_words(newest, clock)
            && !others.iter().any(|other| self.leaves_out(other))
            && (has_words(newest) || others.iter().any(has_words))
    }

    /// Is there something in it that no entry shown may have?
    fn leaves_out(&self, entry: &Entry) -> bool {
        self.without_tags.iter().any(|tag| has_tag(entry, tag))
            || self.answers.iter().any(|filter| filter.leaves_out(entry))
    }

    fn matches_but_words(&self, entry: &Entry, clock: &Clock) -> bool {
        self.allows(clock.day_of(entry.at))
            && self.since.is_none_or(|since| entry.at >= since)
            && self.until.is_none_or(|until| entry.at <= until)
            && (self.practices.is_empty() || self.practices.contains(&entry.practice))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| has_tag(entry, tag)))
            && !self.leaves_out(entry)
            && self.answers.iter().all(|filter| filter.holds(entry))
    }

    fn allows(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && self.on_days.as_ref().is_none_or(|days| days.contains(&day))
    }
}

fn has_tag(entry: &Entry, tag: &str) -> bool {
    entry.tags.iter().any(|own| same_tag(own, tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    pub(super) fn entry() -> Entry {
        testing::entry(serde_json::json!({"practice": "reflect",
            "at": "2026-11-24T01:14:03+01:00", "tags": ["repair"],
            "answers": [{"question": "connection", "asked": "One?", "value": "He waited at the Door."},
              {"question": "closeness", "asked": "How?", "scale": {"min": 0, "max": 4}, "value": 3},
              {"question": "outcome", "asked": "How?", "value": "did", "labels": {"did": "I did it"}},
              {"question": "saw", "asked": "What?", "value": ["withdrew", "unsaid"]},
              {"question": "relying", "asked": "How?", "scale": {"min": 0, "max": 4}, "value": null}]}))
    }

    fn clock() -> Clock {
        Clock::at(chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+01:00").unwrap())
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn everything_given_must_hold() {
        let words = |text: &str| vec![text.to_owned()];
        let base = Query { practices: words("reflect"), tags: words("repair"), ..Query::default() };
        assert!(base.matches(&entry(), &clock()));
        let other =
            Query { containing: vec![TextMatcher::text("window").unwrap()], ..base.clone() };
        assert!(!other.matches(&entry(), &clock()));
        let other = Query { without_tags: words("repair"), ..base.clone() };
        assert!(!other.matches(&entry(), &clock()));
        let other = Query { practices: words("intent"), ..base };
        assert!(!other.matches(&entry(), &clock()));
    }

    #[test]
    fn only_a_query_that_asks_for_nothing_matches_all() {
        let words = || vec!["x".to_owned()];
        let moment = clock().written;
        assert!(Query { last: Some(3), ..Query::default() }.matches_all());
        let narrow = [
            Query { practices: words(), ..Query::default() },
            Query { tags: words(), ..Query::default() },
            Query { without_tags: words(), ..Query::default() },
            Query { containing: vec![TextMatcher::text("x").unwrap()], ..Query::default() },
            Query { from: day("2026-11-01"), ..Query::default() },
            Query { to: day("2026-11-01"), ..Query::default() },
            Query { on_days: Some(Vec::new()), ..Query::default() },
            Query { since: Some(moment), ..Query::default() },
            Query { until: Some(moment), ..Query::default() },
        ];
        narrow.iter().enumerate().for_each(|(n, query)| assert!(!query.matches_all(), "{n}"));
    }

    #[test]
    fn accents_are_found_however_they_are_written() {
        for (stored, typed) in [("caf\u{e9}", "cafe\u{301}"), ("cafe\u{301}", "caf\u{e9}")] {
            let mut entry = entry();
            entry.tags = vec![stored.to_owned()];
            entry.answers[0].value = crate::entry::Value::Text(format!("At the {stored}."));
            let tagged = Query { tags: vec![typed.to_owned()], ..Query::default() };
            assert!(tagged.matches(&entry, &clock()), "{typed:?}");
            let containing =
                Query { containing: vec![TextMatcher::text(typed).unwrap()], ..Query::default() };
            assert!(containing.matches(&entry, &clock()), "{typed:?}");
            assert!(containing.may_match_json(&entry.to_json().unwrap()), "{typed:?}");
        }
    }

    #[test]
    fn every_word_must_be_there() {
        let both = TextMatcher::words(&["door".into(), "waited".into()]).unwrap();
        assert!(Query { containing: both, ..Query::default() }.matches(&entry(), &clock()));
        let one = TextMatcher::words(&["door".into(), "window".into()]).unwrap();
        assert!(!Query { containing: one, ..Query::default() }.matches(&entry(), &clock()));
    }

    #[test]
    fn the_small_hours_belong_to_the_evening_before_where_days_end_late() {
        let on = Query { from: day("2026-11-23"), to: day("2026-11-23"), ..Query::default() };
        let named = "2026-11-24".parse().unwrap();
        assert!(!on.may_match_day(named, &clock()));
        let mut late = clock();
        late.day_ends = chrono::NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        assert!(on.may_match_day(named, &late));
        assert!(on.matches(&entry(), &late));
    }
}
