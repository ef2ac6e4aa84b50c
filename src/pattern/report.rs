//! A scored session told in four parts: what you saw, what differs from last time,
//! what you said then, one question. Nothing is added up across scores, and nothing
//! is subtracted from another.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, FixedOffset};

use crate::entry::{Answer, Entry, Value};
use crate::practice::{EarlierEntries, Practice, QuestionKind, ScoreRule};

use super::change::{Claim, Evidence, reliable, share_level};
use super::quotes::{Quote, quotes};
use super::{Scored, scores};

/// Two answers to one item are listed where they lie so much of its range apart. That
/// says what was answered, not that anything changed.
const FAR_APART: f64 = 0.5;
/// A retake so soon says little.
const EARLY_DAYS: i64 = 14;
/// So many sittings before a course is spoken of.
pub(super) const TREND: usize = 3;

pub struct SessionReport {
    pub scores: Vec<Scored>,
    pub comparison: Option<Comparison>,
    pub quotes: Vec<Quote>,
    pub question: Option<String>,
    pub note: Option<String>,
}

/// Against the last time.
pub struct Comparison {
    pub last: DateTime<FixedOffset>,
    pub days: i64,
    pub early: bool,
    pub scores: Vec<ScorePair>,
    /// Items that were answered far otherwise.
    pub items: Vec<ReportItem>,
    /// Items whose wording is not what it was, which are not compared.
    pub reworded: Vec<String>,
    /// The course of each score over all sittings, where there are enough.
    pub courses: Vec<ScoreHistory>,
}

/// A score then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorePair {
    pub score: Scored,
    pub then: f64,
    pub now: f64,
    /// What two sessions can tell, where its file gives what that takes.
    pub is: Option<Claim>,
    /// How many items it is of; all were answered both times where something is said.
    pub items: usize,
}

/// An item then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportItem {
    pub asked: String,
    pub then: f64,
    pub now: f64,
}

pub struct ScoreHistory {
    pub title: String,
    pub values: Vec<f64>,
}

/// Tells a sitting. `past` holds earlier entries, newest first; without it,
/// while the journal is locked, only the sitting itself is told.
pub fn report(practice: &Practice, sitting: &Entry, past: Option<EarlierEntries>) -> SessionReport {
    let scored = scores(practice, &sitting.answers);
    let earlier: Vec<&Entry> = past
        .map(|past| past.of(&practice.name, 0).filter(|e| e.id != sitting.id).collect())
        .unwrap_or_default();
    // A note without a number is no sitting to compare with.
    let scored_items = |e: &&Entry| scores(practice, &e.answers).iter().any(|s| s.answered > 0);
    let earlier: Vec<&Entry> =
        earlier.into_iter().filter(|e| e.at <= sitting.at).filter(scored_items).collect();
    let turn = (sitting.at.num_days_from_ce() / 7) as usize;
    let report = practice.report.as_ref();
    // An empty one is a turn without a question.
    let asked: Vec<String> = report
        .into_iter()
        .flat_map(|report| &report.ask)
        .flat_map(|line| line.turns.clone())
        .collect();
    SessionReport {
        comparison: earlier.first().map(|last| compare(practice, sitting, last, &earlier, &scored)),
        quotes: past.map(|past| quotes(practice, sitting, past)).unwrap_or_default(),
        question: asked.get(turn % asked.len().max(1)).cloned().filter(|ask| !ask.is_empty()),
        note: report.and_then(|r| r.note.clone()),
        scores: scored,
    }
}

fn compare(
    practice: &Practice,
    now: &Entry,
    last: &Entry,
    earlier: &[&Entry],
    scored: &[Scored],
) -> Comparison {
    let reworded = |id: &str| is_reworded(practice, id, last);
    let days = (now.at - last.at).num_days();
    // A score compares only where all of its items still ask the same.
    let sound = |s: &&Scored| items(practice, &s.id).iter().all(|id| !reworded(id));
    let before = scores(practice, &last.answers);
    let both = scored.iter().filter(sound).filter_map(|score| {
        let then = before.iter().find(|b| b.id == score.id)?.value?;
        let items = items(practice, &score.id);
        let whole = [last, now].iter().all(|of| answered(&items, of) == items.len());
        let (score, now) = (score.clone(), score.value?);
        Some((ScorePair { score, then, now, is: None, items: items.len() }, whole))
    });
    let same = now.answers.iter().filter(|a| !reworded(&a.question));
    let items = same.filter_map(|answer| {
        let scale = answer.scale?;
        let (now, then) = (answer.value.number()?, last.answer(&answer.question)?.value.number()?);
        let far = (now - then).abs() >= FAR_APART * (scale.max - scale.min) as f64;
        far.then(|| ReportItem { asked: answer.asked.clone(), then, now })
    });
    let is_number = |a: &Answer| a.scale.is_some() && a.value.number().is_some();
    let changed = now.answers.iter().filter(|a| is_number(a) && reworded(&a.question));
    Comparison {
        last: last.at,
        days,
        early: days < EARLY_DAYS,
        scores: pairs(practice, both),
        items: items.collect(),
        reworded: changed.map(|a| a.asked.clone()).collect(),
        courses: courses(practice, now, earlier),
    }
}

/// Each score then and now, with what may be said of it; the level is shared out over
/// all of them. Norms hold for a score of all its items.
fn pairs(practice: &Practice, both: impl Iterator<Item = (ScorePair, bool)>) -> Vec<ScorePair> {
    let evidence = |pair: &ScorePair| -> Option<Evidence> {
        let score = practice.scores.iter().find(|score| score.id == pair.score.id)?;
        let norms = score.norms.as_ref()?;
        Some(reliable(pair.then, pair.now, norms.sd, norms.reliability))
    };
    let both = both.map(|(pair, whole)| {
        let evidence = evidence(&pair).filter(|_| whole);
        (ScorePair { is: evidence.map(|_| Claim::TooFew), ..pair }, evidence)
    });
    let (mut pairs, evidence): (Vec<ScorePair>, Vec<Option<Evidence>>) = both.unzip();
    let claims = pairs.iter_mut().zip(evidence);
    let mut claims: Vec<_> =
        claims.filter_map(|(pair, evidence)| Some((pair.is.as_mut()?, evidence?))).collect();
    share_level(&mut claims);
    pairs
}

/// Was this asked of that sitting in another wording, or on another scale?
pub(super) fn is_reworded(practice: &Practice, id: &str, of: &Entry) -> bool {
    let Some((question, answer)) = practice.question(id).zip(of.answer(id)) else { return false };
    let scale = match &question.kind {
        QuestionKind::Scale { scale, .. } => Some(*scale),
        _ => None,
    };
    !question.asked_as(&answer.asked) || scale != answer.scale
}

/// The questions that a score rests on, through other scores where it is of
/// those.
pub(super) fn items(practice: &Practice, score: &str) -> Vec<String> {
    let of = |id: &str| practice.scores.iter().find(|s| s.id == id);
    match of(score) {
        Some(score) if score.how == ScoreRule::MeanOfScores => {
            let parts = score.of.iter().filter_map(|id| of(id));
            parts.filter(|s| s.how != ScoreRule::MeanOfScores).flat_map(|s| s.of.clone()).collect()
        }
        Some(score) => score.of.clone(),
        None => Vec::new(),
    }
}

/// How many of these were answered with something that counts.
pub(super) fn answered(items: &[String], of: &Entry) -> usize {
    let counts = |id: &&String| of.answer(id).is_some_and(|a| a.value != Value::CantSay);
    items.iter().filter(counts).count()
}

fn courses(practice: &Practice, now: &Entry, earlier: &[&Entry]) -> Vec<ScoreHistory> {
    if earlier.len() + 1 < TREND {
        return Vec::new();
    }
    // Oldest first.
    let all: Vec<&Entry> = earlier.iter().rev().copied().chain(std::iter::once(now)).collect();
    let course = |score: &crate::practice::Score| {
        let items = items(practice, &score.id);
        let same = |entry: &&&Entry| !items.iter().any(|id| is_reworded(practice, id, entry));
        let of = |entry: &&Entry| {
            let scored = scores(practice, &entry.answers);
            scored.into_iter().find(|s| s.id == score.id)?.value
        };
        let values: Vec<f64> = all.iter().filter(same).filter_map(of).collect();
        (values.len() >= TREND).then(|| ScoreHistory { title: score.title.clone(), values })
    };
    practice.scores.iter().filter_map(course).collect()
}
