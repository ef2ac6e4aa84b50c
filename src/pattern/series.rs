//! Numbers in the course of time, and the weeks and months that they fall into.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Serialize, Serializer};

use super::change::{Change, Observation};

/// Days of the running mean, and the gap after which its line breaks.
const FOUR_WEEKS: u64 = 28;

/// Numbers in the course of time: of weeks by their Monday, of sessions by
/// their day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureLine {
    pub title: String,
    pub low: f64,
    pub high: f64,
    pub points: Vec<Point>,
    /// The mean of each month, on its first day.
    pub months: Vec<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The words of the scale's steps, where each point is on one.
    #[serde(skip)]
    pub labels: Vec<String>,
    /// The unit of numbers that are on no scale: minutes.
    #[serde(skip)]
    pub unit: Option<&'static str>,
    /// Is it a score that leaves out what is asked about fear?
    #[serde(skip)]
    pub is_without_private: bool,
    /// Is it a score of what its file calls harm?
    #[serde(skip)]
    pub hurts: bool,
    /// All of them, oldest first.
    #[serde(skip)]
    pub answers: Vec<Observation>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    pub day: NaiveDate,
    #[serde(serialize_with = "hundredths")]
    pub value: f64,
    /// The answers that it is the mean of.
    pub answers: usize,
}

/// A number, if there is one, with two digits behind the point.
pub fn hundredths<T: Copy + Into<Option<f64>>, S: Serializer>(
    value: &T,
    to: S,
) -> Result<S::Ok, S::Error> {
    let value: Option<f64> = (*value).into();
    value.map(|value| (value * 100.0).round() / 100.0).serialize(to)
}

impl FigureLine {
    /// A share: each answer, oldest first, is 1 or 0.
    pub fn of_share(title: &str, answers: Vec<Observation>) -> FigureLine {
        FigureLine {
            title: title.to_owned(),
            low: 0.0,
            high: 1.0,
            points: means(&answers, monday),
            months: means(&answers, first_of_month),
            change: None,
            labels: Vec::new(),
            unit: None,
            is_without_private: false,
            hurts: false,
            answers,
        }
    }

    /// The values, from the least to the greatest.
    pub fn sorted(&self) -> Vec<f64> {
        let mut values: Vec<f64> = self.points.iter().map(|p| p.value).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// How far up its range a value lies, from 0 to 1.
    pub fn level(&self, value: f64) -> f64 {
        if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.0 }
    }

    /// The mean of each day that has an answer.
    pub fn days(&self) -> Vec<Point> {
        means(&self.answers, |day| day)
    }

    /// The mean of the four weeks that end with each day that has an answer.
    pub fn running_means(&self) -> Vec<Point> {
        let days = self.days();
        let mut from = 0;
        let mean = |(at, last): (usize, &Point)| {
            let begin = last.day.checked_sub_days(Days::new(FOUR_WEEKS - 1));
            while begin.is_some_and(|begin| days[from].day < begin) {
                from += 1;
            }
            let inside = &days[from..=at];
            let answers: usize = inside.iter().map(|point| point.answers).sum();
            let sum: f64 = inside.iter().map(|point| point.value * point.answers as f64).sum();
            Point { day: last.day, value: sum / answers as f64, answers }
        };
        days.iter().enumerate().map(mean).collect()
    }
}

/// Points without four empty weeks between two of them.
pub fn unbroken(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points.chunk_by(|a, b| (b.day - a.day).num_days() <= FOUR_WEEKS as i64)
}

/// The mean of the answers of each stretch of time, by the day that stands for it.
pub fn means(answers: &[Observation], stretch: impl Fn(NaiveDate) -> NaiveDate) -> Vec<Point> {
    let mut stretches: BTreeMap<NaiveDate, (f64, usize)> = BTreeMap::new();
    for answer in answers {
        let (sum, count) = stretches.entry(stretch(answer.day)).or_default();
        (*sum, *count) = (*sum + answer.value, *count + 1);
    }
    let point = |(day, (sum, answers))| Point { day, value: sum / answers as f64, answers };
    stretches.into_iter().map(point).collect()
}

pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
}

pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(answers: &[(&str, f64)]) -> FigureLine {
        let answers = answers
            .iter()
            .map(|(day, value)| Observation { day: day.parse().unwrap(), value: *value });
        FigureLine {
            is_without_private: false,
            hurts: false,
            title: String::new(),
            low: 0.0,
            high: 4.0,
            points: Vec::new(),
            months: Vec::new(),
            change: None,
            labels: Vec::new(),
            unit: None,
            answers: answers.collect(),
        }
    }

    #[test]
    fn its_values_go_from_the_least_to_the_greatest() {
        let answers =
            line(&[("2026-11-01", 3.0), ("2026-11-09", 1.0), ("2026-11-16", 2.0)]).answers;
        let line = FigureLine { points: means(&answers, monday), ..line(&[]) };
        assert_eq!(line.sorted(), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_running_mean_is_of_the_answers_of_four_weeks() {
        let line = line(&[
            ("2026-11-01", 0.0),
            ("2026-11-02", 1.0),
            ("2026-11-02", 2.0),
            ("2026-11-29", 3.0),
            ("2026-12-29", 4.0),
        ]);
        let means = line.running_means();
        let values: Vec<f64> = means.iter().map(|point| point.value).collect();
        assert_eq!(values, [0.0, 1.0, 2.0, 4.0], "28 days, both ends included");
        assert_eq!(unbroken(&means).map(<[Point]>::len).collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn values_are_written_to_the_hundredth() {
        let day = "2026-11-01".parse().unwrap();
        let point = Point { day, value: 2.0 / 3.0, answers: 3 };
        assert_eq!(serde_json::to_value(point).unwrap()["value"], 0.67);
    }

    #[test]
    fn months_have_the_means_of_their_answers() {
        let line = line(&[("2026-10-31", 1.0), ("2026-11-01", 2.0), ("2026-11-30", 4.0)]);
        let months = means(&line.answers, first_of_month);
        let months: Vec<(u32, f64, usize)> =
            months.iter().map(|p| (p.day.month(), p.value, p.answers)).collect();
        assert_eq!(months, [(10, 1.0, 1), (11, 3.0, 2)]);
    }
}
