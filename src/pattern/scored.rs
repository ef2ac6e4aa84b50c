//! Scores of a questionnaire over its sessions, and whether two of them differ by
//! more than errors of measurement would make.

use chrono::NaiveDate;

use crate::entry::Entry;
use crate::practice::{Practice, Score};

use super::change::{
    Baseline, Change, Claim, ComparisonSpan, Evidence, Observation, Outlook, SpanMean, permuted,
    reliable,
};
use super::gauge::{Gauge, Measure, Scope};
use super::report::{TREND, answered, is_reworded, items};
use super::series::{FigureLine, Point, first_of_month, means};
use super::{Body, ValueUnit, scores};

pub(super) struct ScoredSessions<'a> {
    scope: Scope<'a>,
    lines: Vec<Sessions<'a>>,
    left_out: usize,
}

/// The sessions of one score, newest first.
struct Sessions<'a> {
    score: &'a Score,
    items: Vec<String>,
    range: (f64, f64),
    labels: Vec<String>,
    points: Vec<Point>,
}

impl<'a> ScoredSessions<'a> {
    pub fn new(scope: Scope<'a>) -> ScoredSessions<'a> {
        let sessions = |practice: &'a Practice, id: &String| {
            let score = practice.scores.iter().find(|score| score.id == *id)?;
            let items = items(practice, id);
            let (range, labels, points) = ((0.0, 1.0), Vec::new(), Vec::new());
            Some(Sessions { score, items, range, labels, points })
        };
        let lines = scope
            .practice
            .into_iter()
            .flat_map(|practice| scope.pattern.of.iter().filter_map(|id| sessions(practice, id)));
        ScoredSessions { lines: lines.collect(), scope, left_out: 0 }
    }
}

impl Gauge for ScoredSessions<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let Some(practice) = self.scope.practice.filter(|_| entry.about.is_none()) else { return };
        let scored = scores(practice, &entry.answers);
        for line in &mut self.lines {
            let Some(scored) = scored.iter().find(|scored| scored.id == line.score.id) else {
                continue;
            };
            let Some(value) = scored.value else { continue };
            if line.items.iter().any(|item| is_reworded(practice, item, entry)) {
                self.left_out += 1;
                continue;
            }
            line.range = scored.range;
            line.labels.clone_from(&scored.labels);
            line.points.push(Point { day, value, answers: answered(&line.items, entry) });
        }
    }

    fn measure(self: Box<Self>) -> Measure {
        let against = self.scope.against;
        let most = self.lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
        let lines = self.lines.into_iter().filter(|line| !line.points.is_empty());
        let mut lines: Vec<FigureLine> = lines.map(|line| line.line(against)).collect();
        let measure = if most < TREND {
            let body = Body::TooFew { have: most, least: TREND, unit: ValueUnit::Sittings };
            Measure { series: lines, ..Measure::of(most, body) }
        } else {
            lines.retain(|line| line.points.len() >= TREND);
            Measure::of(most, Body::Scores { lines })
        };
        Measure { left_out: self.left_out, ..measure }
    }
}

impl Sessions<'_> {
    fn line(mut self, against: Option<Baseline>) -> FigureLine {
        self.points.reverse();
        let change = match against {
            Some(Baseline::Span(span)) => self.around(span),
            Some(Baseline::First) => self.points.first().and_then(|first| self.between(first)),
            Some(Baseline::Previous) | None => {
                self.points.iter().nth_back(1).and_then(|last| self.between(last))
            }
        };
        let answer = |point: &Point| Observation { day: point.day, value: point.value };
        let answers: Vec<Observation> = self.points.iter().map(answer).collect();
        FigureLine {
            months: means(&answers, first_of_month),
            answers,
            title: self.score.title.clone(),
            low: self.range.0,
            high: self.range.1,
            points: self.points,
            change,
            labels: self.labels,
        }
    }

    /// An earlier session and the latest. Norms hold for a score of all its items.
    fn between(&self, then: &Point) -> Option<Change> {
        let [_, .., now] = self.points.as_slice() else { return None };
        let whole = [then, now].iter().all(|point| point.answers == self.items.len());
        let norms = self.score.norms.as_ref().filter(|_| whole);
        let evidence =
            norms.map(|norms| reliable(then.value, now.value, norms.sd, norms.reliability));
        Some(change(std::slice::from_ref(then), std::slice::from_ref(now), evidence))
    }

    /// All sessions up to the end of a span, and all after it.
    fn around(&self, span: ComparisonSpan) -> Option<Change> {
        let cut = self.points.partition_point(|point| point.day <= span.to);
        let (then, now) = self.points.split_at(cut);
        let values = |of: &[Point]| of.iter().map(|point| point.value).collect::<Vec<_>>();
        let both = !then.is_empty() && !now.is_empty();
        both.then(|| change(then, now, permuted(&values(then), &values(now))))
    }
}

fn change(then: &[Point], now: &[Point], evidence: Option<Evidence>) -> Change {
    let mean = |of: &[Point]| SpanMean {
        span: ComparisonSpan { from: of[0].day, to: of[of.len() - 1].day },
        mean: Some(of.iter().map(|point| point.value).sum::<f64>() / of.len() as f64),
        answers: of.iter().map(|point| point.answers).sum(),
        times: None,
    };
    Change {
        is: evidence.map_or(Claim::TooFew, |evidence| evidence.claim(1.0)),
        against: None,
        then: Some(mean(then)),
        now: mean(now),
        evidence,
        outlook: Outlook::Open,
    }
}
