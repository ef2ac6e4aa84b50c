//! What lasted: answers to one question that say the same several times in one row, in
//! the order in which they were given. Skipping breaks no row, and neither does "can't
//! say". Both directions are told in the same voice.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::entry::{Answer, Entry, Value, same};
use crate::practice::{Practice, Question, QuestionKind, run_length};

use super::counts::choices;

/// Answers in one row before that is said.
pub(crate) const LEAST_RUNNING: usize = 3;

/// What answers in one row say alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// This answer, as it is called in a sentence: `ignored`.
    Chosen(String),
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

/// The newest answers to one question, as far back as they say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lasting {
    pub practice: String,
    pub question: String,
    /// The item of a scale in a few words, and whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    pub mark: Mark,
    pub times: usize,
    /// When the newest of them was given.
    pub latest: DateTime<FixedOffset>,
    /// Is it about harm, or about something missing?
    pub harm: bool,
}

impl Lasting {
    /// Where it comes while care is on: what hurt, what was missing, the rest.
    pub fn care_rank(&self) -> u8 {
        match (self.harm, &self.mark) {
            (true, Mark::RarelyOrLess) => 1,
            (
                true,
                Mark::Chosen(_) | Mark::Unheard | Mark::Unmet(_) | Mark::Met(_) | Mark::OftenOrMore,
            ) => 0,
            (false, _) => 2,
        }
    }
}

/// An item of a questionnaire, as sentences name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub short: String,
    /// Is it of the partner, as the writer saw it?
    pub of_partner: bool,
}

/// What an answer says, the more exact mark first.
type Marks<'m> = &'m dyn Fn(&Answer) -> Vec<Mark>;

/// A practice, a question of one choice, and what its answers say.
type ChoiceMarks = (&'static str, &'static str, fn(&Answer) -> Vec<Mark>);

/// The first mark of each that lasts is told.
const CHOICES: &[ChoiceMarks] =
    &[("feel", "received", received), ("needs", "respected", respected)];

fn received(answer: &Answer) -> Vec<Mark> {
    match () {
        () if answer.value.is("ignored") => vec![chosen("ignored"), Mark::Unheard],
        () if answer.value.is("not") => vec![Mark::Unheard],
        () if answer.value.is("heard") => vec![chosen("heard")],
        () => Vec::new(),
    }
}

fn respected(answer: &Answer) -> Vec<Mark> {
    match () {
        () if answer.value.is("no") => vec![chosen("not respected")],
        () if answer.value.is("yes") => vec![chosen("respected")],
        () => Vec::new(),
    }
}

fn chosen(word: &str) -> Mark {
    Mark::Chosen(word.to_owned())
}

/// What lasted of everything that is asked again and again, of entries newest first.
/// `assess` is the questionnaire whose items count, where there is one.
pub fn lasting<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    assess: Option<&Practice>,
) -> Vec<Lasting> {
    let of = |practice: &str| {
        let practice = practice.to_owned();
        entries.clone().filter(move |entry| entry.practice == practice)
    };
    let mut all: Vec<Lasting> = Vec::new();
    for (practice, question, marks) in CHOICES {
        all.extend(rows(of(practice), question, marks).into_iter().take(1));
    }
    all.extend(lasting_needs(of("needs")));
    all.extend(assess.into_iter().flat_map(|assess| lasting_items(of(&assess.name), assess)));
    // The longest first; of equal ones, in the order of the tables.
    all.sort_by_key(|row| std::cmp::Reverse(row.times));
    all
}

/// Needs that were met, or were not, in each of the newest answers.
pub fn lasting_needs<'e>(needs: impl Iterator<Item = &'e Entry> + Clone) -> Vec<Lasting> {
    let unmet = rows(needs.clone(), "unmet", &|answer| each_need(answer, Mark::Unmet));
    let met = rows(needs, "met", &|answer| each_need(answer, Mark::Met));
    unmet.into_iter().chain(met).collect()
}

/// Items of a questionnaire, of its entries newest first: what was often, and of what
/// healing needs also what was rare.
pub fn lasting_items<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    assess: &Practice,
) -> Vec<Lasting> {
    let Some(rule) = assess.report.as_ref().and_then(|report| report.lasting.as_ref()) else {
        return Vec::new();
    };
    let (least, good) = (rule.at_least as f64, rule.good.as_ref());
    let is_scale = |question: &&Question| matches!(question.kind, QuestionKind::Scale { .. });
    let items = assess.questions.iter().filter(is_scale);
    let of_item = |question: &Question| {
        let good = good.filter(|good| question.section.as_ref() == Some(&good.section));
        let marks = |answer: &Answer| {
            // What was asked otherwise says nothing of this.
            let number = answer.value.number().filter(|_| question.asked_as(&answer.asked));
            match number {
                Some(number) if number >= least => vec![Mark::OftenOrMore],
                Some(number) if good.is_some_and(|good| number <= good.at_most as f64) => {
                    vec![Mark::RarelyOrLess]
                }
                Some(_) | None => Vec::new(),
            }
        };
        let of_partner = question.person.as_deref() == Some("partner");
        let item = Item { short: question.short_name().to_owned(), of_partner };
        let harm = |mark: &Mark| *mark == Mark::RarelyOrLess || is_about_harm(question);
        let told = rows(entries.clone(), &question.id, &marks).into_iter();
        told.map(|row| Lasting { item: Some(item.clone()), harm: harm(&row.mark), ..row })
            .collect::<Vec<_>>()
    };
    items.flat_map(of_item).collect()
}

/// The part about what hurt.
const SIGNALS: &str = "signals";

fn is_about_harm(question: &Question) -> bool {
    question.harm || question.section.as_deref() == Some(SIGNALS)
}

/// "None of them" is no need.
fn each_need(answer: &Answer, mark: fn(String) -> Mark) -> Vec<Mark> {
    let needs = choices(answer).into_iter().filter(|(id, _)| !is_none(id));
    needs.map(|(_, words)| mark(words.trim().trim_end_matches('.').to_owned())).collect()
}

fn is_none(id: &str) -> bool {
    ["none", "nothing", "no"].iter().any(|none| same(id, none))
}

/// For each mark of the newest answer, how many of the newest have it: those that are
/// enough for a row.
fn rows<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    question: &str,
    marks: Marks,
) -> Vec<Lasting> {
    let counts = |answer: &&Answer| answer.value != Value::CantSay;
    let answered = || entries.clone().filter_map(|entry| Some((entry, entry.answer(question)?)));
    let Some((entry, newest)) = answered().find(|(_, answer)| counts(answer)) else {
        return Vec::new();
    };
    let answers = || answered().map(|(_, answer)| answer);
    let length = |mark: &Mark| {
        run_length(answers(), |answer| marks(answer).iter().any(|other| other.says_the_same(mark)))
    };
    let told = marks(newest).into_iter().map(|mark| Lasting {
        practice: entry.practice.clone(),
        question: question.to_owned(),
        item: None,
        times: length(&mark),
        latest: entry.at,
        harm: mark.is_harm(),
        mark,
    });
    told.filter(|row| row.times >= LEAST_RUNNING).collect()
}

impl Mark {
    /// However a need was written.
    fn says_the_same(&self, other: &Mark) -> bool {
        match (self, other) {
            (Mark::Unmet(need), Mark::Unmet(other)) | (Mark::Met(need), Mark::Met(other)) => {
                same(need, other)
            }
            _ => self == other,
        }
    }

    fn is_harm(&self) -> bool {
        match self {
            Mark::Unheard | Mark::Unmet(_) | Mark::RarelyOrLess => true,
            Mark::Chosen(word) => word != "heard" && word != "respected",
            Mark::Met(_) | Mark::OftenOrMore => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::entry::testing;
    use crate::practice::Practices;

    /// Entries with one answer each, newest first; `null` is a question that was skipped.
    fn entries(practice: &str, question: &str, asked: &str, values: &[Json]) -> Vec<Entry> {
        let entry = |value: &Json| {
            let value = if value == "cant-say" { &Json::Null } else { value };
            let answer = json!({ "question": question, "asked": asked, "value": value });
            let answers = if value == "skipped" { json!([]) } else { json!([answer]) };
            testing::entry(json!({ "practice": practice, "answers": answers }))
        };
        values.iter().map(entry).collect()
    }

    fn told(practice: &str, question: &str, values: Json) -> Vec<(Mark, usize, bool)> {
        let entries = entries(practice, question, "?", values.as_array().unwrap());
        let rows = lasting(entries.iter(), None).into_iter();
        rows.map(|row| (row.mark, row.times, row.harm)).collect()
    }

    #[test]
    fn three_in_one_row_last_and_two_do_not() {
        let received = |values| told("feel", "received", values);
        let ignored = |times| vec![(chosen("ignored"), times, true)];
        assert_eq!(received(json!(["ignored", "ignored", "ignored"])), ignored(3));
        assert_eq!(received(json!(["ignored", "ignored", "heard", "ignored"])), []);
        // The newest answer decides which row it is.
        assert_eq!(received(json!(["heard", "ignored", "ignored", "ignored"])), []);
        let mixed = received(json!(["not", "ignored", "ignored"]));
        assert_eq!(mixed, [(Mark::Unheard, 3, true)]);
        // The more exact one is told, even where the other is longer.
        assert_eq!(received(json!(["ignored", "ignored", "ignored", "not"])), ignored(3));
        let heard = received(json!(["heard", "heard", "heard", "heard"]));
        assert_eq!(heard, [(chosen("heard"), 4, false)]);
        assert_eq!(received(json!(["partly", "partly", "partly"])), []);
    }

    #[test]
    fn skipping_and_not_knowing_neither_count_nor_break_a_row() {
        let received = |values| told("feel", "received", values);
        let row = received(json!(["skipped", "ignored", "cant-say", "ignored", "ignored"]));
        assert_eq!(row, [(chosen("ignored"), 3, true)]);
        assert_eq!(received(json!(["ignored", "skipped", "ignored"])), []);
    }

    #[test]
    fn a_need_lasts_however_it_is_written_and_none_is_no_need() {
        let unmet = |values| told("needs", "unmet", values);
        let rows = unmet(json!([["To be heard.", "rest"], ["rest", "to be heard"], "to be heard"]));
        assert_eq!(rows, [(Mark::Unmet("To be heard".into()), 3, true)]);
        assert_eq!(unmet(json!([["none"], ["none"], "None"])), []);
        let met = told("needs", "met", json!([["rest"], ["rest"], ["rest"]]));
        assert_eq!(met, [(Mark::Met("rest".into()), 3, false)]);
        let respected = told("needs", "respected", json!(["no", "no", "no"]));
        assert_eq!(respected, [(chosen("not respected"), 3, true)]);
    }

    #[test]
    fn items_last_when_often_and_those_of_healing_when_rare() {
        let practices = Practices::built_in();
        let assess = practices.get("assess").unwrap().practice().unwrap();
        let of = |id: &str, values: Json| {
            let asked = &assess.question(id).unwrap().ask;
            let entries = entries("assess", id, asked, values.as_array().unwrap());
            let rows = lasting(entries.iter(), Some(assess)).into_iter();
            rows.map(|row| (row.mark, row.harm, row.item.unwrap().of_partner)).collect::<Vec<_>>()
        };
        assert_eq!(of("ignored", json!([3, 4, 3])), [(Mark::OftenOrMore, true, false)]);
        assert_eq!(of("ignored", json!([0, 0, 0])), []);
        assert_eq!(of("safe-space", json!([0, 1, 0])), [(Mark::RarelyOrLess, true, false)]);
        assert_eq!(of("willing-partner", json!([4, 3, 4])), [(Mark::OftenOrMore, false, true)]);
        let other =
            entries("assess", "ignored", "Worded otherwise.", &[json!(4), json!(4), json!(4)]);
        assert_eq!(lasting(other.iter(), Some(assess)), []);
    }
}
