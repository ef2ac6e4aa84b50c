//! Numbers in the course of time: by week, before and after, over sittings.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Scale};
use crate::practice::{Kind, Pattern};

use super::report::{TREND, is_reworded, items};
use super::shows::{Of, enough, too_few};
use super::{Body, Line, Point, Unit, scores};

const FEWEST_WEEKS: usize = 3;
const FEWEST_CHANGES: usize = 3;

impl Of<'_> {
    /// The numbers that compare with the newest, oldest first, their scale, and
    /// how many do not compare.
    fn numbers(&self, id: &str) -> (Vec<(NaiveDate, f64)>, Option<Scale>, usize) {
        let all = self.answers(id, &[]);
        let scale = all.first().and_then(|(_, answer)| answer.scale);
        let asked = all.first().map(|(_, answer)| answer.asked.clone()).unwrap_or_default();
        let same = |answer: &Answer| {
            let worded = match self.question(id) {
                Some(question) => question.asked_as(&answer.asked),
                None => answer.asked == asked,
            };
            worded && answer.scale == scale
        };
        let sound = all.iter().rev().filter(|(_, answer)| same(answer));
        let sound: Vec<(NaiveDate, f64)> =
            sound.filter_map(|(e, a)| Some((self.day(e), a.value.number()?))).collect();
        let left_out = all.len() - sound.len();
        (sound, scale, left_out)
    }

    pub(super) fn weeks(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let (mut rests_on, mut left_out) = (0, 0);
        let mut lines = Vec::new();
        for id in &pattern.of {
            let (numbers, scale, odd) = self.numbers(id);
            rests_on += numbers.len();
            left_out += odd;
            let most = numbers.iter().map(|(_, n)| *n).fold(1.0, f64::max);
            let (low, high) =
                scale.map_or((0.0, most), |scale| (scale.min as f64, scale.max as f64));
            let mut weeks: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
            for (day, number) in numbers {
                weeks.entry(monday(day)).or_default().push(number);
            }
            let points = weeks.into_iter().map(|(day, of)| Point {
                day,
                value: of.iter().sum::<f64>() / of.len() as f64,
                answers: of.len(),
            });
            let title = self.question(id).map_or_else(|| id.clone(), |q| q.ask.clone());
            lines.push(Line { title, low, high, points: points.collect() });
        }
        let most = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
        lines.retain(|line| line.points.len() >= FEWEST_WEEKS);
        let low = lines.iter().map(|l| l.low).fold(f64::INFINITY, f64::min);
        let high = lines.iter().map(|l| l.high).fold(f64::NEG_INFINITY, f64::max);
        let ends = pattern.of.first().and_then(|id| self.ends(id));
        let body =
            enough(most, FEWEST_WEEKS, Unit::Weeks, || Body::Weeks { low, high, ends, lines });
        (rests_on, left_out, body)
    }

    /// The words at the ends of a scale.
    fn ends(&self, id: &str) -> Option<(String, String)> {
        let Kind::Scale { labels, .. } = &self.question(id)?.kind else { return None };
        Some((labels.first()?.clone(), labels.last()?.clone()))
    }

    pub(super) fn change(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let [before, after] = pattern.of.as_slice() else {
            return (0, 0, too_few(0, FEWEST_CHANGES, Unit::Sittings));
        };
        let number = |entry: &Entry, id: &str| entry.answer(id)?.value.number();
        let pairs: Vec<(f64, f64)> = self
            .entries()
            .filter_map(|entry| Some((number(entry, before)?, number(entry, after)?)))
            .collect();
        let count = |test: fn(&(f64, f64)) -> bool| pairs.iter().filter(|pair| test(pair)).count();
        let mean =
            |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
        let scale = self.answers(before, &[]).first().and_then(|(_, answer)| answer.scale);
        let (low, high) = scale.map_or((0.0, 1.0), |s| (s.min as f64, s.max as f64));
        let body = enough(pairs.len(), FEWEST_CHANGES, Unit::Sittings, || Body::Change {
            low,
            high,
            before: mean(|pair| pair.0),
            after: mean(|pair| pair.1),
            lower: count(|(before, after)| after < before),
            same: count(|(before, after)| after == before),
            higher: count(|(before, after)| after > before),
        });
        (pairs.len(), 0, body)
    }

    pub(super) fn scores(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let Some(practice) = self.practice else {
            return (0, 0, too_few(0, TREND, Unit::Sittings));
        };
        let sittings: Vec<&Entry> = self.entries().filter(|e| e.about.is_none()).collect();
        let (mut left_out, mut most) = (0, 0);
        let mut lines = Vec::new();
        for id in &pattern.of {
            let items = items(practice, id);
            let mut points = Vec::new();
            let (mut low, mut high, mut title) = (0.0, 1.0, id.clone());
            for entry in sittings.iter().rev() {
                let scored = scores(practice, &entry.answers).into_iter().find(|s| s.id == *id);
                let Some((scored, value)) = scored.and_then(|s| s.value.map(|v| (s, v))) else {
                    continue;
                };
                if items.iter().any(|item| is_reworded(practice, item, entry)) {
                    left_out += 1;
                    continue;
                }
                (low, high, title) = (scored.range.0, scored.range.1, scored.title);
                points.push(Point { day: self.day(entry), value, answers: scored.answered });
            }
            most = most.max(points.len());
            lines.push(Line { title, low, high, points });
        }
        lines.retain(|line| line.points.len() >= TREND);
        (most, left_out, enough(most, TREND, Unit::Sittings, || Body::Scores { lines }))
    }
}

pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
}
