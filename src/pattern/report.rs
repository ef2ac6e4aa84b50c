//! A scored session as it is told: what was seen, what differs from last time, what lasted,
//! what was written in those weeks, one question. Nothing is added up across scores, and
//! nothing is subtracted from another.

mod comparison;
mod items;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, FixedOffset};

use crate::entry::{Entry, Scale, Value};
use crate::practice::{EarlierEntries, Practice, Question, QuestionKind, Report, ScoreRule};

use super::lasting::{LastingAnswers, LastingMark, lasting_items};
use super::quotes::{Quote, quotes};
use super::{ScoreValue, scores};

pub(crate) use comparison::{Comparison, ItemPair, ScoreClaim, SessionsTested};
pub(super) use items::item as item_answer;
pub(crate) use items::{ItemAnswer, ItemBlock};

use items::{answers_from, blocks};

/// Sessions before a course is drawn.
pub(super) const TREND: usize = 3;

/// What a session says, in the form that its practice has.
pub struct SessionReport {
    pub title: String,
    pub at: DateTime<FixedOffset>,
    /// Scores that were answered at all, in the order of the form.
    pub scores: Vec<ScoreLine>,
    pub note: Option<String>,
    /// Every item that was answered, by section.
    pub blocks: Vec<ItemBlock>,
    /// The last of these blocks stand beside each other, on a screen of their own.
    pub beside_sections: Vec<ItemBlock>,
    /// Is that screen the first?
    pub beside_first: bool,
    pub earlier: EarlierSessions,
    /// The longest first.
    pub lasting: Vec<LastingAnswers>,
    pub quotes: Vec<Quote>,
    pub question: Option<ReportQuestion>,
}

/// A score, and what stands behind it.
pub struct ScoreLine {
    pub scored: ScoreValue,
    pub note: Option<String>,
    /// Single answers that a mean could hide, the highest first.
    pub named: Vec<ItemAnswer>,
    /// The words of the step from which on they are named.
    pub named_from: Option<String>,
    /// Does each have its step beside it, as they are named from a lower one than usual?
    pub names_steps: bool,
    /// One of its answers says that the writer is afraid, which no mean may make less of.
    pub tells_fear: bool,
}

/// The sessions to compare it with.
pub enum EarlierSessions {
    /// They can't be read.
    Unread,
    /// There is none.
    None,
    Last(Comparison),
}

/// The question below a report.
pub struct ReportQuestion {
    /// As its practice has it, in the wording of this time where it is no row's.
    pub question: Question,
    /// What lasted, which it asks about, and how it ends.
    pub about: Option<(LastingAnswers, String)>,
}

/// Tells a session. `past` holds earlier entries, newest first; without it, while the journal
/// is locked, only the session itself is told.
pub fn report(practice: &Practice, session: &Entry, past: Option<EarlierEntries>) -> SessionReport {
    let rule = practice.report.as_ref();
    let earlier = past.map(|past| earlier_sessions(practice, session, past));
    let lasting = match &earlier {
        Some(earlier) => lasting_of(practice, session, earlier),
        None => Vec::new(),
    };
    let count = earlier.as_ref().map(Vec::len);
    let blocks = blocks(practice, session);
    let is_beside = |block: &ItemBlock| {
        let beside = rule.map(|rule| rule.beside.as_slice()).unwrap_or_default();
        block.section.as_ref().is_some_and(|id| beside.contains(id))
    };
    let (beside_sections, blocks) = blocks.into_iter().partition(is_beside);
    SessionReport {
        title: practice.title.clone(),
        at: session.at,
        scores: score_lines(practice, session),
        note: rule.and_then(|rule| rule.note.clone()),
        blocks,
        beside_sections,
        beside_first: rule.is_some_and(|rule| rule.beside_first),
        question: rule.and_then(|rule| question(practice, rule, session, count, &lasting)),
        quotes: past.map(|past| quotes(practice, session, past)).unwrap_or_default(),
        earlier: match (past, earlier) {
            (Some(past), Some(earlier)) => {
                comparison::compare(practice, session, &earlier, past.clock)
                    .map_or(EarlierSessions::None, EarlierSessions::Last)
            }
            _ => EarlierSessions::Unread,
        },
        lasting,
    }
}

impl SessionReport {
    /// Was nothing answered that it could tell of?
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }
}

/// The sessions before, newest first. A note without a number is none.
fn earlier_sessions<'a>(
    practice: &Practice,
    session: &Entry,
    past: EarlierEntries<'a>,
) -> Vec<&'a Entry> {
    let has_items =
        |entry: &&Entry| scores(practice, &entry.answers).iter().any(|scored| scored.answered > 0);
    let earlier = past.of(&practice.name, 0).filter(|entry| entry.id != session.id);
    earlier.filter(|entry| entry.at <= session.at).filter(has_items).collect()
}

fn lasting_of(practice: &Practice, session: &Entry, earlier: &[&Entry]) -> Vec<LastingAnswers> {
    let all = std::iter::once(session).chain(earlier.iter().copied());
    let mut rows = lasting_items(all, practice);
    let in_care = only_tells_lasting(practice);
    // While care is on, no lack of the writer's own stands beside what hurt.
    rows.retain(|row| !in_care || row.hurts());
    rows.sort_by_key(|row| {
        (if in_care { row.care_rank() } else { 0 }, std::cmp::Reverse(row.times))
    });
    rows
}

/// Is what lasted told, and not asked about, as while care is on? What hurt comes first then.
pub(super) fn only_tells_lasting(practice: &Practice) -> bool {
    practice.report.as_ref().is_some_and(|rule| !rule.asks_lasting)
}

fn score_lines(practice: &Practice, session: &Entry) -> Vec<ScoreLine> {
    let order = practice.report.as_ref().map(|rule| rule.order.as_slice()).unwrap_or_default();
    let mut all = scores(practice, &session.answers);
    // A stable sort: what the order doesn't name follows as the file has it.
    all.sort_by_key(|scored| {
        order.iter().position(|id| *id.get_ref() == scored.id).unwrap_or(order.len())
    });
    let line = |scored: ScoreValue| {
        let score = practice.scores.iter().find(|score| score.id == scored.id);
        let items = items(practice, &scored.id);
        let usual = score.and_then(|score| score.named_from);
        let tells_fear = practice.tells_fear_among(&items, &session.answers);
        let least = scored.range.0 as i64;
        let from = usual.map(|usual| {
            if practice.tells_someone_among(&items, &session.answers) {
                // A little fear is no less there for what else wasn't.
                usual.min(least + 1)
            } else if tells_fear {
                // No mean says what was there now and then.
                usual.min(least + 2)
            } else {
                usual
            }
        });
        ScoreLine {
            note: score.and_then(|score| score.note.clone()),
            named: from
                .map(|from| answers_from(practice, session, &items, from))
                .unwrap_or_default(),
            named_from: from.and_then(|from| label(practice, items.first()?, from)),
            names_steps: from < usual,
            tells_fear,
            scored,
        }
    };
    all.into_iter().filter(|scored| scored.answered > 0).map(line).collect()
}

/// What a step of this item is called.
fn label(practice: &Practice, id: &str, step: i64) -> Option<String> {
    let QuestionKind::Scale { scale, labels, .. } = &practice.question(id)?.kind else {
        return None;
    };
    let place = usize::try_from(step.checked_sub(scale.min)?).ok()?;
    labels.get(place).filter(|label| !label.is_empty()).cloned()
}

/// What lasted is asked about, in place of the turn; while care is on it is only shown. Locked,
/// the weeks take the turns.
fn question(
    practice: &Practice,
    rule: &Report,
    session: &Entry,
    earlier: Option<usize>,
    lasting: &[LastingAnswers],
) -> Option<ReportQuestion> {
    let question = practice.question(rule.question.as_deref()?)?;
    let lasted = lasting.first().zip(rule.lasting.as_ref()).filter(|_| rule.asks_lasting);
    if let Some((row, ask)) = lasted {
        let good = ask.good.as_ref().filter(|good| {
            let section = practice.question(&row.question).and_then(|item| item.section.as_ref());
            section == Some(good.section.get_ref()) && row.mark == LastingMark::OftenOrMore
        });
        let ask = good.map_or(&ask.ask, |good| &good.ask).clone();
        return Some(ReportQuestion {
            question: question.clone(),
            about: Some((row.clone(), ask)),
        });
    }
    let turns: Vec<&String> = rule.ask.iter().flat_map(|line| &line.turns).collect();
    let turn = earlier.unwrap_or((session.at.num_days_from_ce() / 7) as usize);
    let ask = turns.get(turn % turns.len().max(1)).filter(|ask| !ask.is_empty())?;
    let question = Question { ask: (*ask).clone(), ..question.clone() };
    Some(ReportQuestion { question, about: None })
}

/// Was this asked of that session in another wording, or on another scale?
pub(super) fn is_reworded(practice: &Practice, id: &str, of: &Entry) -> bool {
    let Some((question, answer)) = practice.question(id).zip(of.answer(id)) else { return false };
    !question.asked_as(&answer.asked) || scale(question) != answer.scale
}

fn scale(question: &Question) -> Option<Scale> {
    let QuestionKind::Scale { scale, .. } = &question.kind else { return None };
    Some(*scale)
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
