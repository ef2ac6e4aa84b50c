//! From a pattern that a practice file names to its figure, from answers alone.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, Timelike};

use crate::entry::{Answer, Entry, Scale, Value};
use crate::practice::{By, Kind, Past, Pattern, Practice, Question, Shows};

use super::report::{TREND, is_reworded, items};
use super::{Body, Count, Figure, Group, Line, Moment, Pair, Point, Said, recurring, scores};

/// Below these, a figure says nothing.
const FEWEST_CHOICES: usize = 5;
const FEWEST_OF_A_GROUP: usize = 5;
const FEWEST_WEEKS: usize = 3;
const FEWEST_CHANGES: usize = 3;
const FEWEST_TEXTS: usize = 3;

/// An answer, with the entry that it stands in.
type Given<'a> = (&'a Entry, &'a Answer);

/// What is shown of one practice. `practice` is `None` where its file is gone
/// and only its entries are left.
pub struct Of<'a> {
    pub past: Past<'a>,
    pub name: &'a str,
    pub practice: Option<&'a Practice>,
}

impl<'a> Of<'a> {
    pub fn figure(&self, pattern: &Pattern) -> Figure {
        let (rests_on, left_out, body) = match pattern.shows {
            Shows::Moments => self.moments(pattern),
            Shows::Weeks => self.weeks(pattern),
            Shows::Counts => self.counts(pattern),
            Shows::Hours => self.hours(pattern),
            Shows::Change => self.change(pattern),
            Shows::Scores => self.scores(pattern),
            Shows::Recurring => self.recurring(pattern),
            Shows::Sittings => self.sittings(),
        };
        Figure {
            title: pattern.title.clone(),
            practice: Some(self.name.to_owned()),
            of: pattern.of.clone(),
            rests_on,
            left_out,
            note: pattern.note.clone(),
            body,
        }
    }

    /// Newest first.
    fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let (past, name) = (self.past, self.name.to_owned());
        past.entries.iter().filter(move |e| e.practice == name && e.at <= past.clock.now)
    }

    fn day(&self, entry: &Entry) -> NaiveDate {
        self.past.clock.day_of(entry.at)
    }

    fn question(&self, id: &str) -> Option<&'a Question> {
        self.practice.and_then(|p| p.all_questions().find(|q| q.id == id))
    }

    /// Newest first, without what does not count.
    pub fn answers(&self, id: &str, without: &[String]) -> Vec<Given<'a>> {
        let given = self.entries().filter_map(|entry| Some((entry, entry.answer(id)?)));
        let counts = |answer: &Answer| {
            answer.value != Value::CantSay && !without.iter().any(|word| answer.says(word))
        };
        given.filter(|(_, answer)| counts(answer)).collect()
    }

    /// The numbers that compare with the newest, oldest first, their scale, and
    /// how many do not compare.
    fn numbers(&self, id: &str) -> (Vec<(NaiveDate, f64)>, Option<Scale>, usize) {
        let all = self.answers(id, &[]);
        let scale = all.first().and_then(|(_, answer)| answer.scale);
        let asked = all.first().map(|(_, answer)| answer.asked.clone()).unwrap_or_default();
        let same = |answer: &Answer| {
            let worded = match self.question(id) {
                Some(question) => question.asked_as(&answer.asked),
                None => answer.asked == asked,
            };
            worded && answer.scale == scale
        };
        let sound = all.iter().rev().filter(|(_, answer)| same(answer));
        let sound: Vec<(NaiveDate, f64)> =
            sound.filter_map(|(e, a)| Some((self.day(e), a.value.number()?))).collect();
        let left_out = all.len() - sound.len();
        (sound, scale, left_out)
    }

    fn moments(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let given = pattern.of.iter().flat_map(|id| self.answers(id, &pattern.without));
        let moments: Vec<Moment> = given
            .map(|(entry, answer)| Moment {
                id: entry.id.to_string(),
                at: entry.at,
                words: answer.said(),
            })
            .collect();
        (moments.len(), 0, enough(moments.len(), 1, || Body::Moments { moments }))
    }

    fn weeks(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let (mut rests_on, mut left_out) = (0, 0);
        let mut lines = Vec::new();
        for id in &pattern.of {
            let (numbers, scale, odd) = self.numbers(id);
            rests_on += numbers.len();
            left_out += odd;
            let most = numbers.iter().map(|(_, n)| *n).fold(1.0, f64::max);
            let (low, high) =
                scale.map_or((0.0, most), |scale| (scale.min as f64, scale.max as f64));
            let mut weeks: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
            for (day, number) in numbers {
                weeks.entry(monday(day)).or_default().push(number);
            }
            let points = weeks.into_iter().map(|(day, of)| Point {
                day,
                value: of.iter().sum::<f64>() / of.len() as f64,
                answers: of.len(),
            });
            let title = self.question(id).map_or_else(|| id.clone(), |q| q.ask.clone());
            lines.push(Line { title, low, high, points: points.collect() });
        }
        let most = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
        lines.retain(|line| line.points.len() >= FEWEST_WEEKS);
        let low = lines.iter().map(|l| l.low).fold(f64::INFINITY, f64::min);
        let high = lines.iter().map(|l| l.high).fold(f64::NEG_INFINITY, f64::max);
        let ends = pattern.of.first().and_then(|id| self.ends(id));
        let body = enough(most, FEWEST_WEEKS, || Body::Weeks { low, high, ends, lines });
        (rests_on, left_out, body)
    }

    /// The words at the ends of a scale.
    fn ends(&self, id: &str) -> Option<(String, String)> {
        let Kind::Scale { labels, .. } = &self.question(id)?.kind else { return None };
        Some((labels.first()?.clone(), labels.last()?.clone()))
    }

    fn counts(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let id = pattern.of.first().map(String::as_str).unwrap_or_default();
        let given = self.answers(id, &pattern.without);
        let Some(by) = &pattern.by else {
            let body = enough(given.len(), FEWEST_CHOICES, || Body::Counts {
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
        groups.retain(|_, given| given.len() >= FEWEST_OF_A_GROUP);
        let together: Vec<Given> = groups.values().flatten().copied().collect();
        let all = self.tally(id, &together);
        let rests_on = groups.values().map(Vec::len).sum();
        // One group alone stands beside nothing.
        let body = enough(groups.len(), 2, || Body::Groups {
            groups: groups
                .into_iter()
                .map(|(group, given)| Group {
                    group,
                    rests_on: given.len(),
                    counts: self.tally_beside(id, &given, &all),
                })
                .collect(),
        });
        let body = match body {
            Body::TooFew { .. } => Body::TooFew { least: 2 * FEWEST_OF_A_GROUP },
            body => body,
        };
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

    fn hours(&self, pattern: &Pattern) -> (usize, usize, Body) {
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
        (hours.len(), 0, enough(hours.len(), FEWEST_CHOICES, || Body::Counts { counts }))
    }

    fn change(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let [before, after] = pattern.of.as_slice() else {
            return (0, 0, Body::TooFew { least: FEWEST_CHANGES });
        };
        let number = |entry: &Entry, id: &str| entry.answer(id)?.value.number();
        let pairs: Vec<(f64, f64)> = self
            .entries()
            .filter_map(|entry| Some((number(entry, before)?, number(entry, after)?)))
            .collect();
        let count = |test: fn(&(f64, f64)) -> bool| pairs.iter().filter(|pair| test(pair)).count();
        let mean =
            |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
        let scale = self.answers(before, &[]).first().and_then(|(_, answer)| answer.scale);
        let (low, high) = scale.map_or((0.0, 1.0), |s| (s.min as f64, s.max as f64));
        let body = enough(pairs.len(), FEWEST_CHANGES, || Body::Change {
            low,
            high,
            before: mean(|pair| pair.0),
            after: mean(|pair| pair.1),
            lower: count(|(before, after)| after < before),
            same: count(|(before, after)| after == before),
            higher: count(|(before, after)| after > before),
        });
        (pairs.len(), 0, body)
    }

    fn scores(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let Some(practice) = self.practice else { return (0, 0, Body::TooFew { least: TREND }) };
        let sittings: Vec<&Entry> = self.entries().filter(|e| e.about.is_none()).collect();
        let (mut left_out, mut most) = (0, 0);
        let mut lines = Vec::new();
        for id in &pattern.of {
            let items = items(practice, id);
            let mut points = Vec::new();
            let (mut low, mut high, mut title) = (0.0, 1.0, id.clone());
            for entry in sittings.iter().rev() {
                let scored = scores(practice, &entry.answers).into_iter().find(|s| s.id == *id);
                let Some((scored, value)) = scored.and_then(|s| s.value.map(|v| (s, v))) else {
                    continue;
                };
                if items.iter().any(|item| is_reworded(practice, item, entry)) {
                    left_out += 1;
                    continue;
                }
                (low, high, title) = (scored.range.0, scored.range.1, scored.title);
                points.push(Point { day: self.day(entry), value, answers: scored.answered });
            }
            most = most.max(points.len());
            lines.push(Line { title, low, high, points });
        }
        lines.retain(|line| line.points.len() >= TREND);
        (most, left_out, enough(most, TREND, || Body::Scores { lines }))
    }

    fn recurring(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let id = pattern.of.first().map(String::as_str).unwrap_or_default();
        let texts: Vec<&str> = self
            .answers(id, &pattern.without)
            .into_iter()
            .filter_map(|(_, answer)| match &answer.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let answers = recurring::answers(texts.iter().copied());
        let words = recurring::words_in(texts.iter().map(|text| vec![*text]));
        let found = if answers.is_empty() && words.is_empty() { 0 } else { texts.len() };
        let body = enough(found, FEWEST_TEXTS, || Body::Recurring { answers, words });
        (texts.len(), 0, body)
    }

    /// The newest answer to each question, and the one before it that is as
    /// much older as the practice wants.
    fn sittings(&self) -> (usize, usize, Body) {
        let Some(practice) = self.practice else { return (0, 0, Body::TooFew { least: 2 }) };
        let days = i64::from(practice.beside.unwrap_or(1));
        let said = |(entry, answer): &Given| Said { day: self.day(entry), said: answer.said() };
        let pair = |question: &Question| {
            let given: Vec<Given> =
                self.entries().filter_map(|e| Some((e, e.answer(&question.id)?))).collect();
            let (now, earlier) = given.split_first()?;
            let old = |(entry, _): &&Given| (self.day(now.0) - self.day(entry)).num_days() >= days;
            let then = earlier.iter().find(old)?;
            let reworded = !question.asked_as(&then.1.asked);
            let asked = question.ask.clone();
            Some(Pair { asked, reworded, then: said(then), now: said(now) })
        };
        let pairs: Vec<Pair> = practice.questions.iter().filter_map(pair).collect();
        let sittings = self.entries().filter(|e| e.about.is_none()).count();
        (sittings, 0, enough(2 * pairs.len(), 2, || Body::Sittings { pairs }))
    }
}

fn enough(have: usize, least: usize, body: impl FnOnce() -> Body) -> Body {
    if have >= least { body() } else { Body::TooFew { least } }
}

pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
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
