//! A session against the one before, and what all of them can tell.

use chrono::NaiveDate;

use crate::config::Clock;
use crate::entry::Entry;
use crate::practice::{Practice, Question, QuestionKind, Score};

use super::super::change::{
    Claim, ComparisonSpan, Evidence, SESSIONS_ON_A_SIDE, SpanMean, permuted, reliable, share_level,
};
use super::super::{Scored, scores};
use super::items::{ItemAnswer, item};
use super::{answered, is_reworded, items, scale};

/// Two answers to one item are listed where they lie so much of its range apart. That
/// says what was answered, not that anything changed.
const FAR_APART: f64 = 0.5;
/// A retake so soon says little.
const EARLY_DAYS: i64 = 14;

/// Against the last time.
pub struct Comparison {
    pub last: NaiveDate,
    /// Since then.
    pub days: i64,
    pub early: bool,
    /// Items that were answered far otherwise, what differs most first.
    pub items: Vec<ItemPair>,
    /// How many items were answered on one scale both times.
    pub compared: usize,
    /// How many steps apart an item has to be, where that is the same of all.
    pub steps: Option<i64>,
    /// Items whose wording is not what it was, which are not compared.
    pub reworded: Vec<String>,
    /// Sessions that answer the same items, this one among them.
    pub sessions: usize,
    /// What may be said of each score; empty where of none.
    pub claims: Vec<ScoreClaim>,
}

/// An item then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemPair {
    pub now: ItemAnswer,
    pub then: i64,
}

/// A score over two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreClaim {
    pub score: Scored,
    pub is: Claim,
    pub then: SpanMean,
    pub now: SpanMean,
}

/// `earlier` are the sessions before, newest first. `None` where there is none.
pub fn compare(
    practice: &Practice,
    now: &Entry,
    earlier: &[&Entry],
    clock: &Clock,
) -> Option<Comparison> {
    let last = earlier.first()?;
    let is_same = |id: &str| !is_reworded(practice, id, last);
    let both: Vec<&Question> = practice
        .questions
        .iter()
        .filter(|question| matches!(question.kind, QuestionKind::Scale { .. }))
        .filter(|question| {
            now.answer(&question.id).is_some() && last.answer(&question.id).is_some()
        })
        .collect();
    let pair = |question: &Question| {
        let then = item(question, last)?.step?;
        let now = item(question, now)?;
        now.step.is_some().then_some(ItemPair { now, then })
    };
    let pairs = both.iter().filter(|question| is_same(&question.id));
    let pairs: Vec<ItemPair> = pairs.filter_map(|question| pair(question)).collect();
    let reworded = both.iter().filter(|question| !is_same(&question.id));
    let mut steps: Vec<i64> = both.iter().filter_map(|question| far(question)).collect();
    steps.sort_unstable();
    steps.dedup();
    let compared = pairs.len();
    let mut far_apart: Vec<ItemPair> = pairs.into_iter().filter(ItemPair::is_far).collect();
    far_apart.sort_by_key(|pair| std::cmp::Reverse(pair.distance()));
    let day = |entry: &Entry| clock.day_of(entry.at);
    let days = (day(now) - day(last)).num_days();
    let same = earlier.iter().filter(|entry| has_same_items(practice, entry));
    Some(Comparison {
        last: day(last),
        days,
        early: days < EARLY_DAYS,
        items: far_apart,
        compared,
        steps: match steps.as_slice() {
            [steps] => Some(*steps),
            _ => None,
        },
        reworded: reworded.map(|question| question.short_name().to_owned()).collect(),
        sessions: 1 + same.count(),
        claims: claims(practice, now, earlier, clock),
    })
}

/// How many steps are far apart on the scale of an item.
fn far(question: &Question) -> Option<i64> {
    let scale = scale(question)?;
    Some((FAR_APART * (scale.max - scale.min) as f64).ceil() as i64)
}

impl ItemPair {
    fn distance(&self) -> i64 {
        self.now.step.map_or(0, |now| (now - self.then).abs())
    }

    fn is_far(&self) -> bool {
        let range = self.now.scale.max - self.now.scale.min;
        self.distance() as f64 >= FAR_APART * range as f64
    }
}

/// Does it answer an item in the words of today?
fn has_same_items(practice: &Practice, entry: &Entry) -> bool {
    let mut items = practice.scores.iter().flat_map(|score| items(practice, &score.id));
    items.any(|id| entry.answer(&id).is_some() && !is_reworded(practice, &id, entry))
}

/// A score at one session.
struct Point {
    day: NaiveDate,
    scored: Scored,
    is_whole: bool,
}

/// What may be said of each score, the level shared out over all of them; nothing where it
/// can't be said of any.
fn claims(practice: &Practice, now: &Entry, earlier: &[&Entry], clock: &Clock) -> Vec<ScoreClaim> {
    // Oldest first.
    let all: Vec<&Entry> = earlier.iter().rev().copied().chain(std::iter::once(now)).collect();
    let of = |score: &Score| {
        let items = items(practice, &score.id);
        let same = |entry: &&&Entry| !items.iter().any(|id| is_reworded(practice, id, entry));
        let point = |entry: &&Entry| {
            let all = scores(practice, &entry.answers);
            let scored = all.into_iter().find(|scored| scored.id == score.id)?;
            let is_whole = answered(&items, entry) == items.len();
            let day = clock.day_of(entry.at);
            scored.value.map(|_| Point { day, scored, is_whole })
        };
        let points: Vec<Point> = all.iter().filter(same).filter_map(point).collect();
        claim(score, &points)
    };
    let (mut claims, evidence): (Vec<ScoreClaim>, Vec<Evidence>) =
        practice.scores.iter().filter_map(of).unzip();
    let mut shared: Vec<_> = claims.iter_mut().map(|claim| &mut claim.is).zip(evidence).collect();
    share_level(&mut shared);
    match claims.iter().all(|claim| claim.is == Claim::TooFew) {
        true => Vec::new(),
        false => claims,
    }
}

/// Where its file says how well it measures, two sessions can tell; else the latest six
/// against the six before them. Which ones they are, no value decides.
fn claim(score: &Score, points: &[Point]) -> Option<(ScoreClaim, Evidence)> {
    let values = |of: &[Point]| of.iter().filter_map(|p| p.scored.value).collect::<Vec<_>>();
    let (then, now, evidence) = match (&score.norms, points) {
        (Some(norms), [.., then, now]) if then.is_whole && now.is_whole => {
            let (a, b) = (then.scored.value?, now.scored.value?);
            let evidence = reliable(a, b, norms.sd, norms.reliability);
            (std::slice::from_ref(then), std::slice::from_ref(now), evidence)
        }
        _ => {
            let side = SESSIONS_ON_A_SIDE;
            let (rest, now) = points.split_at_checked(points.len().checked_sub(side)?)?;
            let then = rest.get(rest.len().checked_sub(side)?..)?;
            (then, now, permuted(&values(then), &values(now))?)
        }
    };
    let mean = |of: &[Point]| SpanMean {
        span: ComparisonSpan { from: of[0].day, to: of[of.len() - 1].day },
        mean: Some(values(of).iter().sum::<f64>() / of.len() as f64),
        answers: of.iter().map(|point| point.scored.answered).sum(),
        times: None,
    };
    let latest = points.last()?.scored.clone();
    let claim = ScoreClaim { score: latest, is: Claim::TooFew, then: mean(then), now: mean(now) };
    Some((claim, evidence))
}
