//! Numbers in the course of time: the mean of each week, and whether they changed.

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Scale, Value};
use crate::practice::{Question, QuestionKind};

use super::change::{Change, Claim, Observation};
use super::gauge::{Gauge, Measure, NewestWording, Scope};
use super::series::{FigureLine, first_of_month, means, monday};
use super::{Body, ValueUnit};

const FEWEST_WEEKS: usize = 3;
/// Scales with more steps have none that anybody would speak of.
const MOST_STEPS: i64 = 10;

pub(super) struct Weeks<'a> {
    scope: Scope<'a>,
    lines: Vec<Numbers<'a>>,
}

/// The numbers of one question that compare with the newest of them.
struct Numbers<'a> {
    id: String,
    question: Option<&'a Question>,
    newest: NewestWording,
    /// Newest first.
    values: Vec<Observation>,
    left_out: usize,
}

impl<'a> Weeks<'a> {
    pub fn new(scope: Scope<'a>) -> Weeks<'a> {
        let numbers = |id: &String| Numbers {
            id: id.clone(),
            question: scope.question(id),
            newest: NewestWording::default(),
            values: Vec::new(),
            left_out: 0,
        };
        Weeks { lines: scope.pattern.of.iter().map(numbers).collect(), scope }
    }
}

impl Gauge for Weeks<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        for numbers in &mut self.lines {
            if let Some(answer) = entry.answer(&numbers.id) {
                numbers.add(day, answer);
            }
        }
    }

    fn add_answer(&mut self, day: NaiveDate, answer: &Answer) {
        let asked = self.lines.iter_mut().filter(|numbers| numbers.id == answer.question);
        asked.for_each(|numbers| numbers.add(day, answer));
    }

    fn measure(self: Box<Self>, first_day: Option<NaiveDate>) -> Measure {
        let rests_on = self.lines.iter().map(|line| line.values.len()).sum();
        let left_out = self.lines.iter().map(|line| line.left_out).sum();
        let ends = self.lines.first().and_then(Numbers::ends);
        let scope = &self.scope;
        let mut lines: Vec<FigureLine> =
            self.lines.into_iter().map(|line| line.line(scope, first_day)).collect();
        let most = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
        if most < FEWEST_WEEKS {
            lines.retain(|line| !line.answers.is_empty());
            // What is too little to draw is too little to claim.
            for line in &mut lines {
                line.change = line.change.take().map(Change::unclaimed);
            }
            let body = Body::TooFew { have: most, least: FEWEST_WEEKS, unit: ValueUnit::Weeks };
            return Measure { left_out, series: lines, ..Measure::of(rests_on, body) };
        }
        lines.retain(|line| line.points.len() >= FEWEST_WEEKS);
        let low = lines.iter().map(|line| line.low).fold(f64::INFINITY, f64::min);
        let high = lines.iter().map(|line| line.high).fold(f64::NEG_INFINITY, f64::max);
        Measure { left_out, ..Measure::of(rests_on, Body::Weeks { low, high, ends, lines }) }
    }
}

impl Numbers<'_> {
    fn add(&mut self, day: NaiveDate, answer: &Answer) {
        if answer.value == Value::CantSay {
            return;
        }
        let same = self.newest.compares(self.question, answer);
        match answer.value.number().filter(|_| same) {
            Some(value) => self.values.push(Observation { day, value }),
            None => self.left_out += 1,
        }
    }

    fn labels(&self) -> Vec<String> {
        let Some(QuestionKind::Scale { labels, scale, .. }) =
            self.question.map(|question| &question.kind)
        else {
            return Vec::new();
        };
        if Some(*scale) == self.newest.scale() { labels.clone() } else { Vec::new() }
    }

    /// The words at the ends of the scale.
    fn ends(&self) -> Option<(String, String)> {
        let labels = self.labels();
        Some((labels.first()?.clone(), labels.last()?.clone()))
    }

    fn line(mut self, scope: &Scope, first_day: Option<NaiveDate>) -> FigureLine {
        self.values.reverse();
        // Moments of several time zones may not be in the order of their days.
        self.values.sort_by_key(|answer| answer.day);
        let scale = self.newest.scale();
        let most = self.values.iter().map(|answer| answer.value).fold(1.0, f64::max);
        let (low, high) = scale.map_or((0.0, most), |scale| (scale.min as f64, scale.max as f64));
        let step = if scale.is_some() { 1.0 } else { self.least_gap() };
        let series = scope.series(&self.values, (step, self.newest.is_share()), first_day);
        let mut change = series.change();
        let in_steps = scale.and_then(Scale::steps).is_some_and(|steps| steps <= MOST_STEPS);
        if change.claim == Claim::TooFew && in_steps {
            change.outlook = series.outlook();
        }
        let title = self.question.map_or_else(|| self.id.clone(), |q| q.short_name().to_owned());
        let points = means(&self.values, monday);
        let months = means(&self.values, first_of_month);
        let is_time = |q: &Question| matches!(q.kind, QuestionKind::Stillness { .. });
        let unit = self.question.filter(|q| is_time(q)).map(|_| "minutes");
        FigureLine {
            title,
            low,
            high,
            points,
            months,
            change: Some(change),
            labels: self.labels(),
            unit,
            is_without_private: false,
            hurts: false,
            answers: self.values,
        }
    }

    /// The smallest difference between two answers: how finely they are given.
    fn least_gap(&self) -> f64 {
        let mut values: Vec<f64> = self.values.iter().map(|answer| answer.value).collect();
        values.sort_by(f64::total_cmp);
        let gaps = values.windows(2).map(|two| two[1] - two[0]).filter(|gap| *gap > 0.0);
        gaps.reduce(f64::min).unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use serde_json::json;

    use super::super::change::Outlook;
    use super::super::practice_questions::PracticeQuestions;
    use super::*;
    use crate::entry::testing;
    use crate::practice::{Pattern, PatternDisplay};

    /// An answer to `question` on each of these days before the last, newest first.
    fn measure(answers: &[(u64, &str, i64, i64)]) -> Measure {
        let mut pattern = Pattern::plain("", "near", PatternDisplay::Weeks);
        pattern.of.extend(["ease".to_owned(), "rest".to_owned()]);
        let scope = Scope::plain(pattern);
        let until = scope.until;
        let mut gauge = Box::new(Weeks::new(scope));
        for (ago, question, value, most) in answers {
            let scale = json!({ "min": most % 2, "max": most });
            let answer =
                json!({ "question": question, "asked": "?", "scale": scale, "value": value });
            gauge.add(until - Days::new(*ago), &testing::entry(json!({ "answers": [answer] })));
        }
        gauge.measure(None)
    }

    #[test]
    fn what_is_too_little_to_draw_is_too_little_to_claim() {
        // A week of now, and a week of half a year ago with another answer each day.
        let now = (1..8).map(|day| (day, "near", day as i64 % 2, 4));
        let then = (183..190).map(|day| (day, "near", 3 + day as i64 % 2, 4));
        let two: Vec<_> = now.chain(then).collect();
        let told = measure(&two);
        let change = told.series[0].change.as_ref().unwrap();
        assert!(matches!(told.body, Body::TooFew { have: 2, least: FEWEST_WEEKS, .. }));
        assert_eq!(
            (change.claim, change.evidence.unwrap().claim(1.0)),
            (Claim::TooFew, Claim::TooFew)
        );
        assert_eq!((change.now.mean, told.rests_on), (Some(4.0 / 7.0), 14), "its figures stay");
        let other: Vec<_> = two.iter().copied().chain([(300, "near", 4, 6)]).collect();
        assert_eq!(measure(&other).left_out, 1, "what is left out is counted all the same");
        let third: Vec<_> = two.into_iter().chain([(300, "near", 4, 4)]).collect();
        let Body::Weeks { lines, .. } = measure(&third).body else { panic!("three are drawn") };
        assert_eq!(lines[0].change.as_ref().unwrap().claim, Claim::Lower);
    }

    #[test]
    fn numbers_of_several_questions_share_an_axis_that_holds_them_all() {
        let week = |week: u64| [(7 * week, "near", 3, 4), (7 * week, "ease", 6, 7)];
        let mut answers: Vec<_> = (0..3).flat_map(week).collect();
        answers.extend([(21, "rest", 90, 100), (22, "near", 3, 6)]);
        let told = measure(&answers);
        let Body::Weeks { low, high, lines, .. } = told.body else { panic!("three are drawn") };
        assert_eq!((low, high), (0.0, 7.0));
        let titles: Vec<&str> = lines.iter().map(|line| line.title.as_str()).collect();
        assert_eq!(titles, ["near", "ease"], "of one week there's nothing to draw");
        assert_eq!((told.rests_on, told.left_out), (7, 1), "another scale is left out");
    }

    const FILE: &str = r#"
title = "Q"
scale = { min = 0, max = 4, labels = ["never", "rarely", "sometimes", "often", "always"] }
question = [{ id = "near", ask = "Near?", kind = "scale" }]
"#;

    /// Four weeks of answers on a scale that ends here.
    fn month(most: i64) -> Measure {
        let practice = crate::practice::read("q", "q.toml".as_ref(), FILE, &[]);
        let practice = practice.into_practice().unwrap();
        let pattern = Pattern::plain("", "near", PatternDisplay::Weeks);
        let questions = std::rc::Rc::new(PracticeQuestions::of(&practice));
        let scope = Scope { practice: Some(&practice), questions, ..Scope::plain(pattern) };
        let until = scope.until;
        let mut gauge = Box::new(Weeks::new(scope));
        for ago in 0..28 {
            let scale = json!({ "min": 0, "max": most });
            let value = [1, 3, 2, 2, 3, 1][ago as usize % 6] * most / 4;
            let answer =
                json!({ "question": "near", "asked": "Near?", "scale": scale, "value": value });
            gauge.add_answer(until - Days::new(ago), &serde_json::from_value(answer).unwrap());
        }
        gauge.measure(None)
    }

    #[test]
    fn steps_that_have_words_are_told_in_them_and_when_one_of_them_could_show() {
        let ends_and_line = |measure: Measure| {
            let Body::Weeks { ends, mut lines, .. } = measure.body else { panic!("it is drawn") };
            (ends, lines.remove(0))
        };
        let (ends, line) = ends_and_line(month(4));
        assert_eq!(ends, Some(("never".to_owned(), "always".to_owned())));
        assert_eq!((line.labels.len(), line.low, line.high), (5, 0.0, 4.0));
        assert!(matches!(line.change.unwrap().outlook, Outlook::Weeks(_)));
        let (ends, line) = ends_and_line(month(100));
        assert_eq!((ends, line.labels.len(), line.high), (None, 0, 100.0), "of another scale");
        assert_eq!(line.change.unwrap().outlook, Outlook::Open, "nobody speaks of one of 100");
    }
}
