//! What lasted: answers to one question that say the same several times in one row, in
//! the order in which they were given. Skipping breaks no row, and neither does "can't
//! say". Both directions are told in the same voice.

#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::entry::{Answer, Entry, Value, same};
use crate::practice::{Practice, Question, QuestionKind, run_of_entries};

use super::counts::choices;

/// Answers in one row before that is said.
pub(crate) const LEAST_RUNNING: usize = 3;

/// What answers in one row say alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastingMark {
    /// One option of a question about being heard or respected.
    Chosen(LastingChoice),
    /// It wasn't heard, or was ignored.
    Unheard,
    /// This need, in its own words.
    Unmet(String),
    Met(String),
    /// At the third step of five or above.
    OftenOrMore,
    /// At the second step or below.
    RarelyOrLess,
}

/// The options that last, as JSON names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LastingChoice {
    Heard,
    Ignored,
    Respected,
    #[serde(rename = "not respected")]
    NotRespected,
}

/// The newest answers to one question, as far back as they say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastingAnswers {
    pub practice: String,
    pub question: String,
    /// The item of a scale in a few words, and whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<LastingItem>,
    pub mark: LastingMark,
    pub times: usize,
    /// When the newest of them was given.
    pub latest: DateTime<FixedOffset>,
    /// Is it about harm, or about something missing?
    pub harm: bool,
    /// Is it about fear, as an answer that turns care on?
    #[serde(skip)]
    pub is_fear: bool,
}

impl LastingAnswers {
    /// Where it comes while care is on: fear, what else hurt, the rest.
    pub fn care_rank(&self) -> u8 {
        match (self.is_fear, self.hurts()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }

    /// Is it about fear, or what was done or left undone to the writer? What was rare may be
    /// their own lack.
    pub fn hurts(&self) -> bool {
        self.is_fear || self.harm && self.mark != LastingMark::RarelyOrLess
    }

    /// Was a need met, something heard, or a boundary respected?
    pub fn is_good(&self) -> bool {
        matches!(self.mark, LastingMark::Met(_))
            || matches!(self.mark, LastingMark::Chosen(_)) && !self.harm
    }
}

/// An item of a questionnaire, as sentences name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastingItem {
    pub short: String,
    /// Is it of the partner, as the writer saw it?
    pub of_partner: bool,
}

/// What an answer says, the more exact mark first.
type LastingMarks<'m> = &'m dyn Fn(&Answer) -> Vec<LastingMark>;

/// A practice, a question of one choice, and what its answers say.
type LastingChoices = (&'static str, &'static str, fn(&Answer) -> Vec<LastingMark>);

/// The first mark of each that lasts is told.
const CHOICES: &[LastingChoices] =
    &[("feel", "received", received), ("needs", "respected", respected)];

fn received(answer: &Answer) -> Vec<LastingMark> {
    if answer.value.is("ignored") {
        vec![LastingMark::Chosen(LastingChoice::Ignored), LastingMark::Unheard]
    } else if answer.value.is("not") {
        vec![LastingMark::Unheard]
    } else if answer.value.is("heard") {
        vec![LastingMark::Chosen(LastingChoice::Heard)]
    } else {
        Vec::new()
    }
}

fn respected(answer: &Answer) -> Vec<LastingMark> {
    if answer.value.is("no") {
        vec![LastingMark::Chosen(LastingChoice::NotRespected)]
    } else if answer.value.is("yes") {
        vec![LastingMark::Chosen(LastingChoice::Respected)]
    } else {
        Vec::new()
    }
}

/// What lasted of everything that is asked again and again, of entries newest first.
/// `assess` is the questionnaire whose items count, where there is one.
pub fn lasting<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    assess: Option<&Practice>,
) -> Vec<LastingAnswers> {
    let of = |practice: &str| {
        let practice = practice.to_owned();
        entries.clone().filter(move |entry| entry.practice == practice)
    };
    let mut all: Vec<LastingAnswers> = Vec::new();
    for (practice, question, marks) in CHOICES {
        all.extend(rows(of(practice), question, marks, &never).into_iter().take(1));
    }
    all.extend(lasting_needs(of("needs")));
    all.extend(assess.into_iter().flat_map(|assess| lasting_items(of(&assess.name), assess)));
    // The longest first; of equal ones, in the order of the tables.
    all.sort_by_key(|row| std::cmp::Reverse(row.times));
    all
}

/// Needs that were met, or were not, in each of the newest answers. Where it was the other
/// way round in between, nothing lasted.
pub fn lasting_needs<'e>(needs: impl Iterator<Item = &'e Entry> + Clone) -> Vec<LastingAnswers> {
    let named_in = |question: &'static str| {
        move |entry: &Entry, mark: &LastingMark| {
            let need = mark.need();
            let is_it =
                |(_, words): &(String, String)| need.is_some_and(|need| is_same_need(need, words));
            entry.answer(question).is_some_and(|answer| choices(answer).iter().any(is_it))
        }
    };
    let unmet = |answer: &Answer| each_need(answer, LastingMark::Unmet);
    let met = |answer: &Answer| each_need(answer, LastingMark::Met);
    let mut all = rows(needs.clone(), "unmet", &unmet, &named_in("met"));
    all.extend(rows(needs, "met", &met, &named_in("unmet")));
    all
}

/// Does an entry without an answer to the question say the opposite elsewhere?
type OppositeCheck<'m> = &'m dyn Fn(&Entry, &LastingMark) -> bool;

fn never(_: &Entry, _: &LastingMark) -> bool {
    false
}

/// Items of a questionnaire, of its entries newest first: what was often, and of what
/// healing needs also what was rare.
pub fn lasting_items<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    assess: &Practice,
) -> Vec<LastingAnswers> {
    let Some(rule) = assess.report.as_ref().and_then(|report| report.lasting.as_ref()) else {
        return Vec::new();
    };
    let (least, good) = (rule.at_least as f64, rule.good.as_ref());
    let is_scale = |question: &&Question| matches!(question.kind, QuestionKind::Scale { .. });
    let items = assess.questions.iter().filter(is_scale);
    let of_item = |question: &Question| {
        let good = good.filter(|good| question.section.as_ref() == Some(good.section.get_ref()));
        let marks = |answer: &Answer| {
            // What was asked otherwise says nothing of this.
            let number = answer.value.number().filter(|_| question.asked_as(&answer.asked));
            match number {
                Some(number) if number >= least => vec![LastingMark::OftenOrMore],
                Some(number) if good.is_some_and(|good| number <= good.at_most as f64) => {
                    vec![LastingMark::RarelyOrLess]
                }
                Some(_) | None => Vec::new(),
            }
        };
        let of_partner = question.person.as_deref() == Some("partner");
        let item = LastingItem { short: question.short_name().to_owned(), of_partner };
        let harm =
            |mark: &LastingMark| *mark == LastingMark::RarelyOrLess || is_about_harm(question);
        let is_fear = assess.is_about_fear(&question.id);
        let rows = rows(entries.clone(), &question.id, &marks, &never).into_iter();
        rows.map(|row| LastingAnswers {
            item: Some(item.clone()),
            harm: harm(&row.mark),
            is_fear,
            ..row
        })
        .collect::<Vec<_>>()
    };
    items.flat_map(of_item).collect()
}

/// The part about what hurt.
const SIGNALS: &str = "signals";

pub(super) fn is_about_harm(question: &Question) -> bool {
    question.harm || question.section.as_deref() == Some(SIGNALS)
}

/// "None of them" is no need.
fn each_need(answer: &Answer, mark: fn(String) -> LastingMark) -> Vec<LastingMark> {
    let needs = choices(answer).into_iter().filter(|(id, _)| !is_none(id));
    needs.map(|(_, words)| mark(need_words(&words).to_owned())).collect()
}

fn need_words(words: &str) -> &str {
    words.trim().trim_end_matches('.')
}

/// However it was written.
fn is_same_need(need: &str, other: &str) -> bool {
    same(need, need_words(other))
}

fn is_none(id: &str) -> bool {
    ["none", "nothing", "no"].iter().any(|none| same(id, none))
}

/// For each mark of the newest answer, how many of the newest have it: those that are
/// enough for a row.
fn rows<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    question: &str,
    marks: LastingMarks,
    opposite: OppositeCheck,
) -> Vec<LastingAnswers> {
    let counts = |answer: &&Answer| answer.value != Value::CantSay;
    let answers = || entries.clone().filter_map(|entry| Some((entry, entry.answer(question)?)));
    let Some((entry, newest)) = answers().find(|(_, answer)| counts(answer)) else {
        return Vec::new();
    };
    let length = |mark: &LastingMark| {
        let belongs = |answer: &Answer| marks(answer).iter().any(|other| other.says_the_same(mark));
        run_of_entries(entries.clone(), question, belongs, |entry| opposite(entry, mark))
    };
    let rows = marks(newest).into_iter().map(|mark| LastingAnswers {
        practice: entry.practice.clone(),
        question: question.to_owned(),
        item: None,
        times: length(&mark),
        latest: entry.at,
        harm: mark.is_harm(),
        is_fear: false,
        mark,
    });
    rows.filter(|row| row.times >= LEAST_RUNNING).collect()
}

impl LastingMark {
    fn says_the_same(&self, other: &LastingMark) -> bool {
        match (self, other) {
            (LastingMark::Unmet(need), LastingMark::Unmet(other))
            | (LastingMark::Met(need), LastingMark::Met(other)) => is_same_need(need, other),
            _ => self == other,
        }
    }

    fn need(&self) -> Option<&str> {
        let (LastingMark::Unmet(need) | LastingMark::Met(need)) = self else { return None };
        Some(need)
    }

    fn is_harm(&self) -> bool {
        match self {
            LastingMark::Chosen(LastingChoice::Ignored | LastingChoice::NotRespected)
            | LastingMark::Unheard
            | LastingMark::Unmet(_)
            | LastingMark::RarelyOrLess => true,
            LastingMark::Chosen(LastingChoice::Heard | LastingChoice::Respected)
            | LastingMark::Met(_)
            | LastingMark::OftenOrMore => false,
        }
    }
}
