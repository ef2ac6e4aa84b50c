//! Which entries a view is of, in words: its days, its filters, and how many of all.

use chrono::NaiveDate;

use crate::query::Query;
use crate::render::clean_line;
use crate::words::{count_of, day_range_words};

use super::QueryArgs;

/// What a view was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewScope {
    pub shown: usize,
    pub all: usize,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

impl ViewScope {
    /// Takes one entry more.
    pub fn add(&mut self, day: NaiveDate, is_shown: bool) {
        self.all += 1;
        if is_shown {
            self.shown += 1;
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
    }

    /// Its days as they were asked for, where they were.
    pub fn within(self, query: &Query) -> ViewScope {
        ViewScope { first: query.from.or(self.first), last: query.to.or(self.last), ..self }
    }

    /// Are there entries that it isn't of?
    pub fn is_filtered(&self) -> bool {
        self.shown != self.all
    }

    /// "1 March to 23 November 2026, practice reflect, 31 of 140 entries".
    pub fn words(&self, filters: &[String]) -> String {
        let days = self.first.zip(self.last).map(|(from, to)| day_range_words(from, to));
        let all = count_of(self.all, "entry", "entries");
        let count = if self.is_filtered() { format!("{} of {all}", self.shown) } else { all };
        days.into_iter()
            .chain(filters.iter().cloned())
            .chain([count])
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl QueryArgs {
    /// Each filter as it was given; days are told by the entries themselves.
    pub fn filters(&self) -> Vec<String> {
        let QueryArgs {
            practice,
            on: _,
            from: _,
            to: _,
            tag,
            not_tag,
            containing,
            conditions,
            last,
            on_this_day,
        } = self;
        let named = |lead: &str, given: &[String]| -> Vec<String> {
            let word = |it: &String| clean_line(it.trim_start_matches('#'));
            given.iter().map(|it| format!("{lead}{}", word(it))).collect()
        };
        let mut all = named("practice ", practice);
        all.extend(named("#", tag));
        all.extend(named("without #", not_tag));
        all.extend(containing.iter().map(|text| format!("with “{}”", clean_line(text))));
        all.extend(conditions.iter().map(|it| clean_line(it)));
        all.extend(last.map(newest));
        all.extend(on_this_day.then(|| "on this day".to_owned()));
        all
    }
}

fn newest(count: usize) -> String {
    match count {
        1 => "the newest".to_owned(),
        _ => format!("the newest {count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_of_a_month_is_titled_with_that_month() {
        let mut scope = ViewScope::default();
        scope.add("2026-10-02".parse().unwrap(), true);
        let day = |text: &str| text.parse().ok();
        let (from, to) = (day("2026-10-01"), day("2026-10-31"));
        let month = scope.within(&Query { from, to, ..Query::default() });
        assert_eq!(month.words(&[]), "1 to 31 October 2026, 1 entry");
        assert_eq!(scope.within(&Query::default()).words(&[]), "2 October 2026, 1 entry");
    }

    #[test]
    fn a_view_says_its_days_its_filters_and_how_many_of_all() {
        let mut scope = ViewScope::default();
        let day = |text: &str| text.parse().unwrap();
        scope.add(day("2026-11-23"), true);
        scope.add(day("2026-11-20"), false);
        scope.add(day("2026-03-01"), true);
        let query = QueryArgs {
            practice: vec!["reflect".into()],
            tag: vec!["#repair".into()],
            conditions: vec!["closeness>=3".into()],
            from: Some("march".into()),
            ..QueryArgs::default()
        };
        let expected =
            "1 March to 23 November 2026, practice reflect, #repair, closeness>=3, 2 of 3 entries";
        assert_eq!(scope.words(&query.filters()), expected);
        let mut whole = ViewScope::default();
        whole.add(day("2026-11-23"), true);
        assert_eq!(whole.words(&[]), "23 November 2026, 1 entry");
    }
}
