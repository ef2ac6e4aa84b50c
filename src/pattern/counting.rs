//! How often: of choices, of groups of days, of hours.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, Timelike};

use crate::entry::{Answer, Entry, Value};
use crate::practice::{By, Kind, Pattern};

use super::shows::{Given, Of, enough};
use super::{Body, Count, Group, Unit};

const FEWEST_CHOICES: usize = 5;
const FEWEST_OF_A_GROUP: usize = 5;

impl Of<'_> {
    pub(super) fn counts(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let id = pattern.of.first().map(String::as_str).unwrap_or_default();
        let given = self.answers(id, &pattern.without);
        let Some(by) = &pattern.by else {
            let body = enough(given.len(), FEWEST_CHOICES, Unit::Answers, || Body::Counts {
                counts: self.tally(id, &given),
            });
            return (given.len(), 0, body);
        };
        let mut groups: BTreeMap<String, Vec<Given>> = BTreeMap::new();
        let of_day = self.groups(by);
        for (entry, answer) in given {
            if let Some(group) = of_day.get(&self.day(entry)) {
                groups.entry(group.clone()).or_default().push((entry, answer));
            }
        }
        // One group alone stands beside nothing: the second largest decides.
        let mut sizes: Vec<usize> = groups.values().map(Vec::len).collect();
        sizes.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        let second = sizes.get(1).copied().unwrap_or(0);
        groups.retain(|_, given| given.len() >= FEWEST_OF_A_GROUP);
        let together: Vec<Given> = groups.values().flatten().copied().collect();
        let all = self.tally(id, &together);
        let rests_on = together.len();
        let body = enough(second, FEWEST_OF_A_GROUP, Unit::Days, || Body::Groups {
            groups: groups
                .into_iter()
                .map(|(group, given)| Group {
                    group,
                    rests_on: given.len(),
                    counts: self.tally_beside(id, &given, &all),
                })
                .collect(),
        });
        (rests_on, 0, body)
    }

    /// What the grouping question was answered with on each day that has an
    /// entry of its practice; of a text only whether it was answered.
    fn groups(&self, by: &By) -> HashMap<NaiveDate, String> {
        let of = self.past.entries.iter().filter(|e| e.practice == by.practice);
        of.map(|entry| {
            let group = match entry.answer(&by.question) {
                None => "without".to_owned(),
                Some(answer) => match answer.value {
                    Value::Text(_) if answer.labels.is_empty() => "with".to_owned(),
                    _ => answer.said(),
                },
            };
            (self.day(entry), group)
        })
        .collect()
    }

    /// In the order of the options, where the practice has them; else the most
    /// frequent first.
    fn tally(&self, id: &str, given: &[Given]) -> Vec<Count> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut words: HashMap<String, String> = HashMap::new();
        for (_, answer) in given {
            for (key, said) in choices(answer) {
                *times.entry(key.clone()).or_default() += 1;
                // The newest wording of an option stands for all.
                words.entry(key).or_insert(said);
            }
        }
        // A step of a scale that nobody took is a step all the same.
        if let Some(Kind::Scale { scale, labels, .. }) = self.question(id).map(|q| &q.kind) {
            for (place, step) in (scale.min..=scale.max).enumerate().filter(|_| !given.is_empty()) {
                let label = labels.get(place).filter(|label| !label.is_empty());
                let said = label.map_or(step.to_string(), |label| format!("{step} ({label})"));
                times.entry(step.to_string()).or_default();
                words.entry(step.to_string()).or_insert(said);
            }
        }
        let order: Vec<String> = match self.question(id).map(|q| &q.kind) {
            Some(Kind::Choice { options, .. }) => options.iter().map(|o| o.id.clone()).collect(),
            Some(Kind::Scale { scale, .. }) => {
                (scale.min..=scale.max).map(|n| n.to_string()).collect()
            }
            _ => Vec::new(),
        };
        let place = |key: &String| order.iter().position(|o| o == key).unwrap_or(order.len());
        let mut keys: Vec<String> = times.keys().cloned().collect();
        keys.sort_by(|a, b| {
            (place(a), std::cmp::Reverse(times[a]), a).cmp(&(
                place(b),
                std::cmp::Reverse(times[b]),
                b,
            ))
        });
        keys.into_iter()
            .map(|key| Count { answer: words[&key].clone(), times: times[&key] })
            .collect()
    }

    /// The same, with a nought for what only other groups have.
    fn tally_beside(&self, id: &str, given: &[Given], all: &[Count]) -> Vec<Count> {
        let own = self.tally(id, given);
        let times = |answer: &str| own.iter().find(|c| c.answer == answer).map_or(0, |c| c.times);
        all.iter().map(|c| Count { times: times(&c.answer), answer: c.answer.clone() }).collect()
    }

    pub(super) fn hours(&self, pattern: &Pattern) -> (usize, usize, Body) {
        const PARTS: &[(&str, std::ops::Range<u32>)] = &[
            ("morning, 5 to 12", 5..12),
            ("afternoon, 12 to 17", 12..17),
            ("evening, 17 to 22", 17..22),
            ("night, 22 to 5", 22..29),
        ];
        let answers = |entry: &&Entry| {
            pattern.of.is_empty() || pattern.of.iter().any(|id| entry.answer(id).is_some())
        };
        // What is asked later was written at some other hour.
        let entries = self.entries().filter(|e| e.about.is_none()).filter(answers);
        let hours: Vec<u32> = entries.map(|e| e.at.hour()).collect();
        let times = |part: &std::ops::Range<u32>| {
            hours.iter().filter(|h| part.contains(h) || part.contains(&(**h + 24))).count()
        };
        let counts = PARTS
            .iter()
            .map(|(name, part)| Count { answer: (*name).to_owned(), times: times(part) });
        let counts = counts.collect();
        (
            hours.len(),
            0,
            enough(hours.len(), FEWEST_CHOICES, Unit::Entries, || Body::Counts { counts }),
        )
    }
}

/// Each thing chosen, by its id, and in words.
fn choices(answer: &Answer) -> Vec<(String, String)> {
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
        Value::YesNo(_) => vec![(answer.said(), answer.said())],
        Value::CantSay => Vec::new(),
    }
}
