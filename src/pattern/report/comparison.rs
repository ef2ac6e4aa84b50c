//! A session against the one before, and what all of them can tell.

use chrono::NaiveDate;

use crate::config::Clock;
use crate::entry::Entry;
use crate::practice::{Practice, Question, QuestionKind, Score};

use super::super::change::{
    ChangeEvidence, Claim, SESSIONS_ON_A_SIDE, SpanMean, latest_and_before, permuted, reliable,
    share_level,
};
use super::super::lasting::is_about_harm;
use super::super::{Point, ScoreValue, scores};
use super::items::{ItemAnswer, item};
use super::{answered, is_reworded, items, only_tells_lasting, scale};

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
    /// Is it so soon that it shows little? Never while care is on, where that would explain
    /// away what hurt.
    pub early: bool,
    /// Items that were answered far otherwise, what differs most first.
    pub items: Vec<ItemPair>,
    /// While care is on, those of them that are about fear, and then what else hurt: they
    /// stand by themselves.
    pub hard: Vec<ItemPair>,
    /// How many items were answered this time.
    pub answered: usize,
    /// How many items were answered on one scale both times.
    pub compared: usize,
    /// How many steps apart an item has to be, where that is the same of all.
    pub steps: Option<i64>,
    /// Items whose wording is not what it was, which are not compared.
    pub reworded: Vec<String>,
    /// How much they can tell together.
    pub sessions: SessionsTested,
    /// What may be said of each score; empty where of none.
    pub claims: Vec<ScoreClaim>,
}

/// An item then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemPair {
    pub now: ItemAnswer,
    pub then: i64,
}

/// What the sessions of all scores were enough for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SessionsTested {
    /// For the latest six against the six before them, in every score that has any.
    Sixes,
    /// Too few for that in at least one score: so many, or the two that were compared.
    TooFew(usize),
}

/// A score over two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreClaim {
    pub score: ScoreValue,
    pub claim: Claim,
    pub then: SpanMean,
    pub now: SpanMean,
    /// How many sessions each of them has: one, or six.
    pub sessions: usize,
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
    let is_item = |question: &&Question| matches!(question.kind, QuestionKind::Scale { .. });
    let items = practice.questions.iter().filter(is_item);
    let answered: Vec<&Question> = items.filter(|it| now.answer(&it.id).is_some()).collect();
    let both: Vec<&Question> =
        answered.iter().filter(|it| last.answer(&it.id).is_some()).copied().collect();
    let pair = |question: &Question| {
        let then = item(question, last)?.step?;
        let now = item(question, now)?;
        now.step.is_some().then_some(ItemPair { now, then })
    };
    // In `show`, which knows of no care, a session that tells of fear says so itself.
    let care = only_tells_lasting(practice) || practice.tells_fear(&now.answers);
    let rank = |question: &Question| if care { care_rank(practice, question) } else { OTHERS };
    let ranked = |question: &&Question| Some((rank(question), pair(question)?));
    let pairs = both.iter().filter(|question| is_same(&question.id));
    let pairs: Vec<(u8, ItemPair)> = pairs.filter_map(ranked).collect();
    let reworded = both.iter().filter(|question| !is_same(&question.id));
    let mut steps: Vec<i64> = both.iter().filter_map(|question| far(question)).collect();
    steps.sort_unstable();
    steps.dedup();
    let compared = pairs.len();
    let mut far_apart: Vec<(u8, ItemPair)> =
        pairs.into_iter().filter(|(_, pair)| pair.is_far()).collect();
    far_apart.sort_by_key(|(rank, pair)| (*rank, std::cmp::Reverse(pair.distance())));
    let hard = far_apart.partition_point(|(rank, _)| *rank < OTHERS);
    let others = far_apart.split_off(hard);
    let pairs = |of: Vec<(u8, ItemPair)>| of.into_iter().map(|(_, pair)| pair).collect();
    let day = |entry: &Entry| clock.day_of(entry.at);
    let days = (day(now) - day(last)).num_days();
    let (claims, sessions) = claims(practice, now, earlier, clock);
    Some(Comparison {
        last: day(last),
        days,
        early: !care && days < EARLY_DAYS,
        items: pairs(others),
        hard: pairs(far_apart),
        answered: answered.len(),
        compared,
        steps: match steps.as_slice() {
            [steps] => Some(*steps),
            _ => None,
        },
        reworded: reworded.map(|question| question.short_name().to_owned()).collect(),
        sessions,
        claims,
    })
}

/// The rank of what is neither about fear nor about harm.
const OTHERS: u8 = 2;

/// Where an item comes while care is on, as not all may have room.
fn care_rank(practice: &Practice, question: &Question) -> u8 {
    if practice.is_about_fear(&question.id) {
        0
    } else if is_about_harm(question) {
        1
    } else {
        OTHERS
    }
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

/// What may be said of each score, the level shared out over all of them; nothing where it
/// can't be said of any. And what the sessions are enough for.
fn claims(
    practice: &Practice,
    now: &Entry,
    earlier: &[&Entry],
    clock: &Clock,
) -> (Vec<ScoreClaim>, SessionsTested) {
    // Oldest first.
    let all: Vec<&Entry> = earlier.iter().rev().copied().chain(std::iter::once(now)).collect();
    let of = |score: &Score| {
        let items = items(practice, &score.id);
        // No mean makes less of fear, whenever it was told.
        let is_fear = all.iter().any(|it| practice.tells_fear_among(&items, &it.answers));
        let same = |entry: &&&Entry| !items.iter().any(|id| is_reworded(practice, id, entry));
        let point = |entry: &&Entry| {
            let all = scores(practice, &entry.answers);
            let scored = all.into_iter().find(|scored| scored.id == score.id)?;
            let day = clock.day_of(entry.at);
            let point = Point { day, value: scored.value?, answers: scored.answered };
            let is_whole = answered(&items, entry) == items.len();
            Some((point, (scored, is_whole)))
        };
        let (points, scored): (Vec<Point>, Vec<(ScoreValue, bool)>) =
            all.iter().filter(same).filter_map(point).unzip();
        (points.len(), if is_fear { None } else { claim(score, &points, &scored) })
    };
    let (counts, tests): (Vec<usize>, Vec<_>) =
        practice.scores.iter().map(of).filter(|(sessions, _)| *sessions > 0).unzip();
    let (mut claims, evidence): (Vec<ScoreClaim>, Vec<ChangeEvidence>) =
        tests.iter().flatten().cloned().unzip();
    let sixes = claims.iter().filter(|row| row.sessions == SESSIONS_ON_A_SIDE).count();
    let sessions = if sixes > 0 && sixes == tests.len() {
        SessionsTested::Sixes
    } else {
        let few = counts.into_iter().filter(|sessions| *sessions < 2 * SESSIONS_ON_A_SIDE);
        SessionsTested::TooFew(few.max().unwrap_or(2))
    };
    let mut shared: Vec<_> = claims.iter_mut().map(|row| &mut row.claim).zip(evidence).collect();
    share_level(&mut shared);
    let is_said = claims.iter().any(|row| row.claim != Claim::TooFew);
    (if is_said { claims } else { Vec::new() }, sessions)
}

/// Where its file says how well it measures, two sessions can tell; else the latest six
/// against the six before them. Which ones they are, no value decides.
fn claim(
    score: &Score,
    points: &[Point],
    scored: &[(ScoreValue, bool)],
) -> Option<(ScoreClaim, ChangeEvidence)> {
    let are_whole = scored.iter().rev().take(2).all(|(_, is_whole)| *is_whole);
    let (then, now, evidence) = match (&score.norms, points) {
        (Some(norms), [.., then, now]) if are_whole => {
            let evidence = reliable(then.value, now.value, norms.sd, norms.reliability);
            (std::slice::from_ref(then), std::slice::from_ref(now), evidence)
        }
        _ => {
            let (then, now) = latest_and_before(points)?;
            let values = |of: &[Point]| of.iter().map(|point| point.value).collect::<Vec<_>>();
            (then, now, permuted(&values(then), &values(now))?)
        }
    };
    let claim = ScoreClaim {
        score: scored.last()?.0.clone(),
        claim: Claim::TooFew,
        then: SpanMean::of_points(then),
        now: SpanMean::of_points(now),
        sessions: now.len(),
    };
    Some((claim, evidence))
}
