//! Scores of a questionnaire over its sessions, and whether two of them differ by
//! more than errors of measurement would make.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry};
use crate::practice::{Practice, Score};

use super::change::{
    Baseline, BaselineKind, Change, ChangeEvidence, ComparisonSpan, Observation, SpanMean,
    days_from_half_a_year, is_near_half_a_year, latest_and_before, permuted, reliable,
};
use super::gauge::{Gauge, Measure, Scope};
use super::report::{TREND, answered, is_reworded, items};
use super::series::{FigureLine, Point, first_of_month, means};
use super::{Body, ValueUnit, scores};

pub(super) struct ScoredSessions<'a> {
    scope: Scope<'a>,
    practice: Option<Practice>,
    lines: Vec<Sessions>,
    left_out: usize,
}

/// The sessions of one score, newest first.
struct Sessions {
    score: Score,
    /// Has its file more items of it, about fear?
    is_without_private: bool,
    items: Vec<String>,
    range: (f64, f64),
    labels: Vec<String>,
    points: Vec<Point>,
}

impl<'a> ScoredSessions<'a> {
    pub fn new(scope: Scope<'a>) -> ScoredSessions<'a> {
        let practice = scope.practice.map(without_fear);
        let sessions = |practice: &Practice, id: &String| {
            let score = practice.scores.iter().find(|score| score.id == *id)?.clone();
            let items = items(practice, id);
            (!items.is_empty()).then(|| Sessions {
                is_without_private: scope
                    .practice
                    .is_some_and(|it| it.has_private_items(&score.id)),
                score,
                items,
                range: (0.0, 1.0),
                labels: Vec::new(),
                points: Vec::new(),
            })
        };
        let ids = &scope.pattern.of;
        let of = |practice: &Practice| ids.iter().filter_map(|id| sessions(practice, id)).collect();
        let lines = practice.as_ref().map(of).unwrap_or_default();
        ScoredSessions { lines, practice, scope, left_out: 0 }
    }
}

impl Gauge for ScoredSessions<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let practice = self.practice.as_ref().filter(|_| entry.about.is_none());
        let Some(practice) = practice else { return };
        let scored = scores(practice, &entry.answers);
        let mut counts = false;
        for line in &mut self.lines {
            let Some(scored) = scored.iter().find(|scored| scored.id == line.score.id) else {
                continue;
            };
            let Some(value) = scored.value else { continue };
            counts = true;
            if line.items.iter().any(|item| is_reworded(practice, item, entry)) {
                self.left_out += 1;
                continue;
            }
            line.range = scored.range;
            line.labels.clone_from(&scored.labels);
            line.points.push(Point { day, value, answers: answered(&line.items, entry) });
        }
        // What the other chapter asks makes no score here, but it was answered.
        let is_elsewhere = |answer: &Answer| {
            let question = practice.question(&answer.question);
            question.is_none_or(|it| !practice.has_in_chapter(it, self.scope.chapter))
        };
        if !counts && entry.answers.iter().any(is_elsewhere) {
            self.left_out += 1;
        }
    }

    fn measure(self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let against = self.scope.against;
        let most = self.lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
        let lines = self.lines.into_iter().filter(|line| !line.points.is_empty());
        let lines: Vec<Sessions> = lines.collect();
        let days: BTreeSet<NaiveDate> =
            lines.iter().flat_map(|line| &line.points).map(|point| point.day).collect();
        let questions = self.scope.questions.clone();
        let line = |line: Sessions| {
            let hurts = line.items.iter().any(|id| questions.is_harm(id));
            FigureLine { hurts, ..line.line(against, &days) }
        };
        let mut lines: Vec<FigureLine> = lines.into_iter().map(line).collect();
        let measure = if most < TREND {
            let body = Body::TooFew { have: most, least: TREND, unit: ValueUnit::Sessions };
            Measure { series: lines, ..Measure::of(most, body) }
        } else {
            lines.retain(|line| line.points.len() >= TREND);
            Measure::of(most, Body::Scores { lines })
        };
        Measure { left_out: self.left_out, ..measure }
    }
}

impl Sessions {
    /// `days` are those of every session, whichever scores it has.
    fn line(mut self, against: Option<Baseline>, days: &BTreeSet<NaiveDate>) -> FigureLine {
        self.points.reverse();
        let change = match against {
            Some(Baseline::Span(named)) => self.beside(named, days),
            Some(Baseline::First) => {
                self.between(self.points.first(), Some(BaselineKind::FirstSession))
            }
            Some(Baseline::Previous) => {
                self.between(self.points.iter().nth_back(1), Some(BaselineKind::SessionBefore))
            }
            None => self.pair_or_sixes(),
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
            unit: None,
            is_without_private: self.is_without_private,
            hurts: false,
        }
    }

    /// The session before the latest that is nearest to half a year before it.
    fn half_a_year_ago(&self) -> Option<&Point> {
        let (latest, before) = self.points.split_last()?;
        before.iter().min_by_key(|point| days_from_half_a_year(latest.day, point.day))
    }

    /// The latest, alone.
    fn latest(&self) -> Option<Change> {
        Some(change(&[], std::slice::from_ref(self.points.last()?), None))
    }

    /// What that session is to be called: half a year only where it's about that, and otherwise
    /// the first if it is, or no more than an earlier one.
    fn kind_of_nearest(&self, nearest: &Point) -> Option<BaselineKind> {
        let (latest, first) = (self.points.last()?, self.points.first()?);
        let is_first = nearest.day == first.day;
        if is_near_half_a_year(latest.day, nearest.day) {
            Some(BaselineKind::NearHalfYear)
        } else {
            is_first.then_some(BaselineKind::FirstSession)
        }
    }

    /// An earlier session, which is this one of them, and the latest.
    fn between(&self, then: Option<&Point>, against: Option<BaselineKind>) -> Option<Change> {
        let now = self.points.last()?;
        let Some(then) = then.filter(|_| self.points.len() > 1) else { return self.latest() };
        Some(Change { against, ..self.pair(then, now) })
    }

    /// Where the writer names nothing: the session nearest to half a year before the latest;
    /// or, where two can't tell, the latest six and the six before them.
    fn pair_or_sixes(&self) -> Option<Change> {
        let nearest = self.half_a_year_ago();
        let pair = self.between(nearest, nearest.and_then(|it| self.kind_of_nearest(it)))?;
        Some(match latest_and_before(&self.points).filter(|_| pair.evidence.is_none()) {
            Some((then, now)) => {
                Change { against: Some(BaselineKind::SixBefore), ..sides(then, now) }
            }
            None => pair,
        })
    }

    fn pair(&self, then: &Point, now: &Point) -> Change {
        let evidence = self.evidence_of_two(then, now);
        change(std::slice::from_ref(then), std::slice::from_ref(now), evidence)
    }

    /// Norms hold for a score of all its items.
    fn evidence_of_two(&self, then: &Point, now: &Point) -> Option<ChangeEvidence> {
        let whole = [then, now].iter().all(|point| point.answers == self.items.len());
        let norms = self.score.norms.as_ref().filter(|_| whole)?;
        Some(reliable(then.value, now.value, norms.sd, norms.reliability))
    }

    /// The sessions of these days, and as many of the latest. Every score is compared over the
    /// same days, though a session may be without it.
    fn beside(&self, named: ComparisonSpan, days: &BTreeSet<NaiveDate>) -> Option<Change> {
        let latest = *days.last()?;
        let then: Vec<NaiveDate> =
            days.iter().copied().filter(|day| named.has(*day) && *day < latest).collect();
        if then.is_empty() && named.to >= latest {
            return Some(Change { against: Some(BaselineKind::Named), ..self.latest()? });
        }
        // Days without a session are then, and beside them the latest is now.
        let from = then.first().copied().unwrap_or(named.from);
        let to = then.last().copied().unwrap_or(named.to);
        let after = days.iter().rev().take_while(|day| **day > to);
        let first = after.take(then.len().max(1)).last().copied()?;
        let spans = [ComparisonSpan { from, to }, ComparisonSpan { from: first, to: latest }];
        let [then, now] = spans.map(|span| {
            let inside = self.points.iter().filter(|point| span.has(point.day));
            inside.copied().collect::<Vec<Point>>()
        });
        let evidence = match (then.as_slice(), now.as_slice()) {
            ([then], [now]) => self.evidence_of_two(then, now),
            (then, now) => permuted(&values(then), &values(now)),
        };
        let side = |of: &[Point], span: ComparisonSpan| match of {
            [] => SpanMean { span, mean: None, answers: 0, times: None },
            of => SpanMean { span, ..SpanMean::of_points(of) },
        };
        let (then, now) = (side(&then, spans[0]), side(&now, spans[1]));
        let against = Some(BaselineKind::Named);
        Some(Change { against, ..Change::between(Some(then), now, evidence) })
    }
}

/// Its scores without the items about fear, of which no mean may make less; in every journal,
/// so that no number tells what was answered. Norms of a whole score don't hold for the rest.
fn without_fear(practice: &Practice) -> Practice {
    let mut practice = practice.clone();
    let is_open = |id: &String| !practice.is_about_fear(id);
    let open = |score: &Score| {
        let of: Vec<String> = score.of.iter().filter(|id| is_open(id)).cloned().collect();
        let norms = score.norms.clone().filter(|_| of.len() == score.of.len());
        Score { of, norms, ..score.clone() }
    };
    practice.scores = practice.scores.iter().map(open).collect();
    practice
}

/// Several sessions and several later ones.
fn sides(then: &[Point], now: &[Point]) -> Change {
    change(then, now, permuted(&values(then), &values(now)))
}

fn values(of: &[Point]) -> Vec<f64> {
    of.iter().map(|point| point.value).collect()
}

/// `then` may be empty.
fn change(then: &[Point], now: &[Point], evidence: Option<ChangeEvidence>) -> Change {
    let then = (!then.is_empty()).then(|| SpanMean::of_points(then));
    Change::between(then, SpanMean::of_points(now), evidence)
}
