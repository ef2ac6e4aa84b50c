//! How often each thing was chosen on days of one kind and of another, and whether
//! the two go together.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::entry::{Entry, Value};

use super::change::{KindSides, Observation, contrast};
use super::counts::ChoiceCounts;
use super::gauge::{Gauge, Measure, Scope};
use super::{Body, FigureGroup, KindComparison, ValueUnit};

const FEWEST: usize = 5;
/// Days on which the question was asked and not answered.
const WITHOUT: &str = "without";

/// Answers that aren't counted, as nothing says of which kind their day was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ungrouped {
    /// Of days on which the practice that they are about, or that groups them, wasn't kept.
    pub answers: usize,
    pub practice: String,
    /// Of kinds that have too few answers to stand beside the others.
    pub of_few: usize,
}

pub(super) struct Groups<'a> {
    scope: Scope<'a>,
    choices: ChoiceCounts,
    /// What the grouping question was answered with on each day that has an entry of
    /// its practice; of a text only whether it was answered.
    days: HashMap<NaiveDate, String>,
}

impl<'a> Groups<'a> {
    pub fn new(scope: Scope<'a>) -> Groups<'a> {
        Groups { choices: ChoiceCounts::of(&scope), scope, days: HashMap::new() }
    }

    /// Places of answers under the group of their day, without groups of too few days; and
    /// how many days the second largest has, since one alone stands beside nothing.
    fn by_group(&self) -> (BTreeMap<String, Vec<usize>>, usize) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, (day, _)) in self.choices.answers.iter().enumerate() {
            if let Some(group) = self.days.get(day) {
                groups.entry(group.clone()).or_default().push(at);
            }
        }
        let days = |of: &Vec<usize>| -> usize {
            of.iter().map(|at| self.choices.answers[*at].0).collect::<HashSet<_>>().len()
        };
        let mut sizes: Vec<usize> = groups.values().map(days).collect();
        sizes.sort_unstable();
        groups.retain(|_, of| days(of) >= FEWEST);
        (groups, sizes.iter().rev().nth(1).copied().unwrap_or(0))
    }

    /// Compares days of the first group with days of the second, option by option; numbers
    /// by their mean.
    fn together(
        &self,
        first: &[usize],
        second: &[usize],
        options: &[usize],
    ) -> Vec<KindComparison> {
        let mut both: Vec<(usize, bool)> = first.iter().map(|at| (*at, true)).collect();
        both.extend(second.iter().map(|at| (*at, false)));
        both.sort_by_key(|(at, _)| (self.choices.answers[*at].0, std::cmp::Reverse(*at)));
        let compared = |answer: Option<String>, value: &dyn Fn(&[usize]) -> f64| {
            let observation = |(at, with): &(usize, bool)| {
                let (day, chosen) = &self.choices.answers[*at];
                (Observation { day: *day, value: value(chosen) }, *with)
            };
            let answers: Vec<_> = both.iter().map(observation).collect();
            let is_share = answer.is_some() || self.choices.newest.is_share();
            let until = self.scope.until;
            let change = contrast(&answers, until, 1.0, is_share);
            let sides = KindSides::of(&answers, until, is_share);
            // Figures beside a claim must point the same way.
            let is_claim = change.claim.is_direction();
            let change =
                if is_claim && !sides.agree(&change) { change.unclaimed() } else { change };
            KindComparison { answer, change, sides }
        };
        let number =
            |chosen: &[usize]| chosen.first().and_then(|at| self.choices.options[*at].number);
        if both.iter().all(|(at, _)| number(&self.choices.answers[*at].1).is_some()) {
            return vec![compared(None, &|chosen| number(chosen).unwrap_or_default())];
        }
        let option = |place: &usize| {
            let label = self.choices.options[*place].label.clone();
            compared(Some(label), &|chosen| f64::from(u8::from(chosen.contains(place))))
        };
        // What was never chosen is compared only where it is the deed.
        let deed = options.last().filter(|_| self.scope.has_deed());
        let is_chosen =
            |place: &usize| both.iter().any(|(at, _)| self.choices.answers[*at].1.contains(place));
        let is_compared = |place: &&usize| deed == Some(*place) || is_chosen(place);
        let compared = options.iter().take(self.scope.compared_options(options.len()));
        compared.filter(is_compared).map(option).collect()
    }
}

impl Gauge for Groups<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        if let Some(answer) = self.scope.answer(entry).filter(|answer| self.scope.includes(answer))
        {
            self.choices.add(day, answer, self.scope.question(self.scope.id()));
        }
    }

    fn group(&mut self, day: NaiveDate, entry: &Entry) {
        let Some(by) = &self.scope.pattern.by else { return };
        let group = match entry.answer(&by.question) {
            None => WITHOUT.to_owned(),
            Some(answer) if matches!(answer.value, Value::Text(_)) && answer.labels.is_empty() => {
                "with".to_owned()
            }
            Some(answer) => answer.text(),
        };
        // A day with it and without it is one with it; else the first of a day counts.
        if group == WITHOUT {
            self.days.entry(day).or_insert(group);
        } else {
            self.days.insert(day, group);
        }
    }

    fn measure(mut self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let (groups, second) = self.by_group();
        let question = self.scope.question(self.scope.id());
        let all: Vec<usize> = groups.values().flatten().copied().collect();
        // With 0 for what only other groups have.
        let options: Vec<usize> =
            self.choices.counts(question, &all).into_iter().map(|(place, _)| place).collect();
        let together = match groups.values().collect::<Vec<_>>().as_slice() {
            [first, second] => self.together(first, second, &options),
            _ => Vec::new(),
        };
        let group = |(group, of): (String, Vec<usize>)| {
            let counts = self.choices.counts_of(&options, &of);
            FigureGroup { group, rests_on: of.len(), counts }
        };
        let left_out = self.choices.left_out;
        let is_ungrouped = |(day, _): &&(NaiveDate, Vec<usize>)| !self.days.contains_key(day);
        let by = self.scope.pattern.by.as_ref();
        let answers = self.choices.answers.iter().filter(is_ungrouped).count();
        let ungrouped = Ungrouped {
            answers,
            practice: by.map(|by| by.practice.clone()).unwrap_or_default(),
            of_few: self.choices.answers.len() - answers - all.len(),
        };
        let measure = Measure::enough(all.len(), (second, FEWEST, ValueUnit::Days), || {
            let groups = groups.into_iter().map(group).collect();
            Body::Groups { groups, together }
        });
        Measure { left_out, ungrouped, ..measure }
    }
}
