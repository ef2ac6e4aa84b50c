//! The writer's own words beside the items that they speak to, never without the question
//! that they answered.

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Entry};
use crate::practice::{EarlierEntries, Excerpt, Practice, QuestionKind, all_match};

use super::report::ItemAnswer;
use super::report::item_answer;

/// Quotes beside one session.
const MOST: usize = 4;

/// The writer's own words of those weeks, beside what they speak to.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub item: ItemAnswer,
    pub at: DateTime<FixedOffset>,
    /// Each question with what was answered.
    pub said: Vec<(String, String)>,
}

/// The first few that there are. Where the report tells another score first, so do they.
pub(super) fn quotes(practice: &Practice, session: &Entry, past: EarlierEntries) -> Vec<Quote> {
    let mut all: Vec<(usize, Quote)> = Vec::new();
    for excerpt in &practice.excerpts {
        let Some((place, item)) = marked_item(practice, excerpt, session) else { continue };
        let mut entries = past.of(&excerpt.practice, excerpt.within);
        // One for each, so that no item drowns the others.
        let quote = entries.find_map(|entry| {
            let said = said(excerpt, entry).filter(|_| all_match(&excerpt.when, &entry.answers))?;
            let quote = Quote { item: item.clone(), at: entry.at, said };
            let is_told = all.iter().any(|(_, q)| q.at == quote.at && q.said == quote.said);
            (!is_told).then_some(quote)
        });
        all.extend(quote.map(|quote| (place, quote)));
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, quote)| quote).take(MOST).collect()
}

/// The questions and what was answered. Words that continue a choice need no question of
/// their own: “It was ignored. She went on reading.”
fn said(excerpt: &Excerpt, entry: &Entry) -> Option<Vec<(String, String)>> {
    let text = |answer: &Answer| answer.text().trim().to_owned();
    let first = entry.answer(&excerpt.question)?;
    let Some(with) = &excerpt.with else {
        return Some(vec![(first.asked.clone(), text(first))]);
    };
    let second = entry.answer(with)?;
    Some(match first.labels.is_empty() || !second.labels.is_empty() {
        true => vec![(first.asked.clone(), text(first)), (second.asked.clone(), text(second))],
        false => {
            let whole = format!("{}. {}", text(first).trim_end_matches('.'), text(second));
            vec![(first.asked.clone(), whole)]
        }
    })
}

/// The first of the excerpt's items that was answered above the least, and the place of its
/// score in the order in which they are told: words stand beside what was seen, not beside
/// what was not.
fn marked_item(
    practice: &Practice,
    excerpt: &Excerpt,
    session: &Entry,
) -> Option<(usize, ItemAnswer)> {
    let questions = excerpt.items.iter().filter_map(|id| practice.question(id));
    let scales = questions.filter(|q| matches!(q.kind, QuestionKind::Scale { .. }));
    let (id, item) = scales
        .filter_map(|question| Some((&question.id, item_answer(question, session)?)))
        .find(|(_, item)| item.step.is_some_and(|step| step > item.scale.min))?;
    let order = practice.report.as_ref().map(|rule| rule.order.as_slice()).unwrap_or_default();
    // Only what is told first goes first; the rest is in the order of the file.
    let first = order.first().and_then(|id| practice.scores.iter().find(|score| score.id == *id));
    let is_first = first.is_some_and(|score| score.of.contains(id));
    Some((usize::from(!is_first), item))
}
