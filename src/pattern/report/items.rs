//! The answers of a session, item by item, by the sections that they are of.

use crate::entry::{Answer, Entry, Scale, Value};
use crate::practice::{Practice, Question, QuestionKind};

/// The items of one section that were answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemBlock {
    pub section: Option<String>,
    pub title: String,
    pub items: Vec<ItemAnswer>,
}

/// One answer on a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnswer {
    /// The item in few words, where its file has some.
    pub name: String,
    /// Of whom it was asked.
    pub person: Option<String>,
    pub scale: Scale,
    /// `None` is "can't say".
    pub step: Option<i64>,
    /// The words of each step.
    pub labels: Vec<String>,
}

impl ItemAnswer {
    /// The words of a step, or its number where it has none.
    pub fn words(&self, step: i64) -> String {
        let place = usize::try_from(step - self.scale.min).ok();
        let label = place.and_then(|place| self.labels.get(place));
        label.filter(|label| !label.is_empty()).cloned().unwrap_or_else(|| step.to_string())
    }

    /// What was answered.
    pub fn answer_words(&self) -> String {
        self.step.map_or_else(|| "can't say".to_owned(), |step| self.words(step))
    }
}

/// In the order of the practice; what no section has comes first.
pub fn blocks(practice: &Practice, session: &Entry) -> Vec<ItemBlock> {
    let of = |section: Option<&String>| -> Vec<ItemAnswer> {
        let inside = practice.questions.iter().filter(|q| q.section.as_ref() == section);
        inside.filter_map(|question| item(question, session)).collect()
    };
    let alone = ItemBlock { section: None, title: String::new(), items: of(None) };
    let sections = practice.sections.iter().map(|section| ItemBlock {
        section: Some(section.id.clone()),
        title: section.short_title().to_owned(),
        items: of(Some(&section.id)),
    });
    std::iter::once(alone).chain(sections).filter(|block| !block.items.is_empty()).collect()
}

/// The items answered with this step or more, the highest first.
pub fn answers_from(
    practice: &Practice,
    session: &Entry,
    items: &[String],
    from: i64,
) -> Vec<ItemAnswer> {
    let questions = items.iter().filter_map(|id| practice.question(id));
    let mut named: Vec<ItemAnswer> = questions
        .filter_map(|question| item(question, session))
        .filter(|item| item.step.is_some_and(|step| step >= from))
        .collect();
    named.sort_by_key(|item| std::cmp::Reverse(item.step));
    named
}

/// What a session answered to an item, on the scale that it has now.
pub fn item(question: &Question, session: &Entry) -> Option<ItemAnswer> {
    answer_on(question, session.answer(&question.id)?)
}

fn answer_on(question: &Question, answer: &Answer) -> Option<ItemAnswer> {
    let QuestionKind::Scale { scale, labels, .. } = &question.kind else { return None };
    let step = match &answer.value {
        Value::CantSay => None,
        value => {
            // An answer from elsewhere may lie outside its scale.
            let same = answer.scale == Some(*scale);
            Some(value.number().filter(|step| same && scale.has(*step))? as i64)
        }
    };
    Some(ItemAnswer {
        name: question.short_name().to_owned(),
        person: question.person.clone(),
        scale: *scale,
        step,
        labels: labels.clone(),
    })
}
