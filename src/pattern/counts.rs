//! How often each thing was chosen; looked at closely, also whether that changed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::practice::{AnswerOption, Question, QuestionKind};

use super::change::Observation;
use super::gauge::{Gauge, Measure, NewestWording, Scope};
use super::groups::Ungrouped;
use super::series::{FigureLine, first_of_month};
use super::{Body, Count, FigureGroup, ValueUnit};

const FEWEST: usize = 5;

pub(super) struct Counts<'a> {
    scope: Scope<'a>,
    choices: ChoiceCounts,
    /// Days with an entry of the practice that the question asks about.
    days_beside: HashSet<NaiveDate>,
}

/// Answers to one question, as places in the list of all that was chosen.
#[derive(Default)]
pub(super) struct ChoiceCounts {
    pub options: Vec<ChoiceLabel>,
    places: HashMap<String, usize>,
    /// Newest first.
    pub answers: Vec<(NaiveDate, Vec<usize>)>,
    pub newest: NewestWording,
    /// Numbers that do not compare with the newest.
    pub left_out: usize,
    /// Is the last option a deed? Then each counts, though nobody chose it.
    has_deed: bool,
}

pub(super) struct ChoiceLabel {
    id: String,
    /// In the newest wording.
    pub label: String,
    pub number: Option<f64>,
}

impl<'a> Counts<'a> {
    pub fn new(scope: Scope<'a>) -> Counts<'a> {
        Counts { choices: ChoiceCounts::of(&scope), scope, days_beside: HashSet::new() }
    }

    /// Leaves out answers about what there was none of on their day, such as an intention. Of
    /// entries among which there is none at all, as of one practice alone, nobody can tell.
    fn leave_out_ungrouped(&mut self) -> Ungrouped {
        let Some(practice) = self.scope.looks_beside().filter(|_| !self.days_beside.is_empty())
        else {
            return Ungrouped::default();
        };
        let practice = practice.to_owned();
        let all = self.choices.answers.len();
        self.choices.answers.retain(|(day, _)| self.days_beside.contains(day));
        Ungrouped { answers: all - self.choices.answers.len(), practice, of_few: 0 }
    }

    /// Whether it was this option, each time, oldest first.
    fn chosen(&self, place: usize) -> Vec<Observation> {
        let answered = self.choices.answers.iter().rev().map(|(day, chosen)| Observation {
            day: *day,
            value: f64::from(u8::from(chosen.contains(&place))),
        });
        let mut answers: Vec<Observation> = answered.collect();
        answers.sort_by_key(|answer| answer.day);
        answers
    }
}

impl Counts<'_> {
    /// Of intentions, how often each became a deed, which is the last option of the open form.
    fn deed(&self) -> Option<FigureLine> {
        let question = self.scope.question(self.scope.id()).filter(|_| self.scope.has_deed())?;
        let deed = question.options_of_open_form().last()?;
        // It may never have been chosen.
        let place = self.choices.places.get(&deed.id).copied().unwrap_or(usize::MAX);
        Some(FigureLine::of_share(&deed.label, self.chosen(place)))
    }

    /// The counts by month, oldest first; none for a single month.
    fn months(&self, options: &[usize]) -> Vec<FigureGroup> {
        let mut months: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
        for (at, (day, _)) in self.choices.answers.iter().enumerate() {
            months.entry(first_of_month(*day)).or_default().push(at);
        }
        let month = |(day, of): (NaiveDate, Vec<usize>)| {
            let counts = self.choices.counts_of(options, &of);
            FigureGroup { group: day.format("%Y-%m").to_string(), rests_on: of.len(), counts }
        };
        if months.len() > 1 { months.into_iter().map(month).collect() } else { Vec::new() }
    }
}

impl Gauge for Counts<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        if let Some(answer) = entry.answer(self.scope.id()) {
            self.add_answer(day, answer);
        }
    }

    fn add_answer(&mut self, day: NaiveDate, answer: &Answer) {
        if answer.value != Value::CantSay && self.scope.includes(answer) {
            self.choices.add(day, answer, self.scope.question(self.scope.id()));
        }
    }

    fn group(&mut self, day: NaiveDate, _entry: &Entry) {
        self.days_beside.insert(day);
    }

    fn measure(mut self: Box<Self>, first_day: Option<NaiveDate>) -> Measure {
        let ungrouped = self.leave_out_ungrouped();
        let answers = self.choices.answers.len();
        let all: Vec<usize> = (0..answers).collect();
        let question = self.scope.question(self.scope.id());
        let mut counts = self.choices.counts(question, &all);
        let closer = self.scope.is_closer;
        let is_harm = self.scope.questions.is_harm(self.scope.id());
        let compares = (closer || self.scope.has_deed() || is_harm) && answers >= FEWEST;
        let compared = if compares { self.scope.compared_options(counts.len()) } else { 0 };
        for (place, count) in &mut counts {
            count.harm = self.scope.tells_harm(&self.choices.options[*place].id);
            count.latest = if count.harm { self.choices.latest(*place) } else { None };
        }
        let last = counts.len().checked_sub(1).filter(|_| self.scope.has_deed());
        for (at, (place, count)) in counts.iter_mut().enumerate().take(compared) {
            // What was never chosen is compared only where it is the deed.
            if count.times == 0 && last != Some(at) {
                continue;
            }
            count.change =
                Some(self.scope.series(&self.chosen(*place), (1.0, true), first_day).change());
        }
        let deed = if answers == 0 { None } else { self.deed() };
        let change = deed
            .as_ref()
            .map(|line| self.scope.series(&line.answers, (1.0, true), first_day).change());
        let options: Vec<usize> = counts.iter().map(|(place, _)| *place).collect();
        let months =
            if closer || self.scope.has_deed() { self.months(&options) } else { Vec::new() };
        let counts = counts.into_iter().map(|(_, count)| count).collect();
        // Evidence of harm is counted from the first answer on.
        let fewest = if is_harm { 1 } else { FEWEST };
        let enough = (answers, fewest, ValueUnit::Answers);
        let measure = Measure::enough(answers, enough, || Body::Counts { counts, months });
        let series = deed.into_iter().collect();
        Measure { left_out: self.choices.left_out, ungrouped, change, series, ..measure }
    }
}

impl ChoiceCounts {
    pub fn of(scope: &Scope) -> ChoiceCounts {
        ChoiceCounts { has_deed: scope.has_deed(), ..ChoiceCounts::default() }
    }

    /// The same number of another scale or wording is another answer.
    pub fn add(&mut self, day: NaiveDate, answer: &Answer, question: Option<&Question>) {
        let is_number = matches!(answer.value, Value::Number(_));
        if is_number && !self.newest.compares(question, answer) {
            self.left_out += 1;
            return;
        }
        let place = |(id, label): (String, String)| {
            *self.places.entry(id).or_insert_with_key(|id| {
                let number = answer.value.number();
                self.options.push(ChoiceLabel { id: id.clone(), label, number });
                self.options.len() - 1
            })
        };
        let chosen = choices(answer).into_iter().map(place).collect();
        self.answers.push((day, chosen));
    }

    /// How often each was chosen in these answers, by its place: in the order of the
    /// options, where the practice has them, else the most frequent first.
    pub fn counts(&mut self, question: Option<&Question>, of: &[usize]) -> Vec<(usize, Count)> {
        let mut times = vec![0; self.options.len()];
        let answers = of.iter().map(|at| &self.answers[*at]);
        answers.flat_map(|(_, chosen)| chosen).for_each(|place| times[*place] += 1);
        let steps = self.steps(question, !of.is_empty());
        times.resize(self.options.len(), 0);
        let options = match question.map(|question| &question.kind) {
            Some(QuestionKind::Choice { options, .. }) => options.as_slice(),
            Some(_) | None => &[],
        };
        let mut places: Vec<usize> =
            (0..times.len()).filter(|at| times[*at] > 0 || steps.contains(at)).collect();
        places.sort_by_key(|at| {
            let id = &self.options[*at].id;
            let listed = options.iter().position(|option| option.id == *id);
            let listed = listed.or(steps.iter().position(|step| step == at));
            (listed.unwrap_or(usize::MAX), Reverse(times[*at]), id.clone())
        });
        let count = |at: usize| (at, Count::new(self.options[at].label.clone(), times[at]));
        places.into_iter().map(count).collect()
    }

    /// How often each of these options was chosen in these answers.
    pub fn counts_of(&self, options: &[usize], of: &[usize]) -> Vec<Count> {
        let times =
            |place: &usize| of.iter().filter(|at| self.answers[**at].1.contains(place)).count();
        let count = |place: &usize| Count::new(self.options[*place].label.clone(), times(place));
        options.iter().map(count).collect()
    }

    /// The last day on which this was chosen.
    fn latest(&self, place: usize) -> Option<NaiveDate> {
        let chosen = self.answers.iter().filter(|(_, chosen)| chosen.contains(&place));
        chosen.map(|(day, _)| *day).max()
    }

    fn place(&mut self, option: &AnswerOption) -> usize {
        let new =
            || ChoiceLabel { id: option.id.clone(), label: option.label.clone(), number: None };
        *self.places.entry(option.id.clone()).or_insert_with(|| {
            self.options.push(new());
            self.options.len() - 1
        })
    }

    /// A step of a scale that nobody took is a step all the same; so is each thing that can
    /// become of an intention in the open form, so that it has one mark in every journal.
    fn steps(&mut self, question: Option<&Question>, any: bool) -> Vec<usize> {
        let (scale, labels) = match question.map(|question| &question.kind) {
            Some(QuestionKind::Scale { scale, labels, .. }) => (scale, labels),
            Some(QuestionKind::Choice { .. }) if self.has_deed && any => {
                let options = question.map(Question::options_of_open_form).unwrap_or_default();
                return options.iter().map(|option| self.place(option)).collect();
            }
            Some(_) | None => return Vec::new(),
        };
        let steps = (scale.min..=scale.max).enumerate().filter(|_| any);
        let place = |(at, step): (usize, i64)| {
            let words = labels.get(at).filter(|label| !label.is_empty());
            let label = words.map_or(step.to_string(), |words| format!("{step} ({words})"));
            *self.places.entry(step.to_string()).or_insert_with_key(|id| {
                let number = Some(step as f64);
                self.options.push(ChoiceLabel { id: id.clone(), label, number });
                self.options.len() - 1
            })
        };
        steps.map(place).collect()
    }
}

/// Each thing chosen, by its id, and in words.
pub(super) fn choices(answer: &Answer) -> Vec<(String, String)> {
    let worded = |id: &String| {
        let words = answer.labels.get(id).cloned().unwrap_or_else(|| id.clone());
        (id.clone(), words)
    };
    match &answer.value {
        Value::Chosen(ids) => ids.iter().map(worded).collect(),
        Value::Text(id) => vec![worded(id)],
        Value::Number(n) => {
            let number = n.to_string();
            let label = answer.labels.get(&number).map(|label| format!("{number} ({label})"));
            vec![(number.clone(), label.unwrap_or(number))]
        }
        Value::YesNo(_) => vec![(answer.text(), answer.text())],
        Value::CantSay => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_another_scale_is_another_answer() {
        let mut choices = ChoiceCounts::default();
        for most in [4, 7, 4] {
            let answer = serde_json::json!({
                "question": "a", "asked": "A?", "scale": { "min": 0, "max": most }, "value": 3
            });
            let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
            choices.add(day, &serde_json::from_value(answer).unwrap(), None);
        }
        assert_eq!((choices.answers.len(), choices.left_out), (2, 1));
    }
}
