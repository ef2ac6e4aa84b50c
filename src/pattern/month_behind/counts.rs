//! What came up, and how often. A share of fewer than five is not made, but what was
//! marked as harm is counted however seldom it was.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::entry::{Answer, same};
use crate::practice::is_since;
use crate::practice::phrase::plan;

use super::super::counts::choices;
use super::super::recurring::{LONGEST_ANSWER, words_alone};
use super::{DayQuote, Evening, MonthEntries, MonthInput, ShareCount};

/// Fewer answers say nothing together.
const LEAST: usize = 5;
/// An answer that came once did not come again.
const AGAIN: usize = 2;
/// Of more that came up equally often, none stands out.
const MOST_TIED: usize = 3;

/// One answer, of how many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerShare {
    /// The id of an option, or words.
    pub answer: String,
    /// As it was written, or worded.
    pub words: String,
    #[serde(flatten)]
    pub share: ShareCount,
    /// Others that came as often.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tied: Vec<AnswerShare>,
}

impl AnswerShare {
    /// All that came as often.
    pub fn with_tied(&self) -> impl Iterator<Item = &AnswerShare> {
        std::iter::once(self).chain(&self.tied)
    }

    /// Are they words of the writer's own, where options have ids?
    pub fn is_own(&self) -> bool {
        self.answer == self.words
    }
}

/// What came up most often.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopNeeds {
    pub needs: Vec<String>,
    pub times: usize,
}

/// What became of a plan, in days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanCount {
    pub plan: String,
    pub came_up: usize,
    pub did: usize,
    pub noticed: usize,
}

/// How what was said was received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReceivedCount {
    /// All that was said and answered for.
    pub said: usize,
    pub heard: usize,
    pub partly: usize,
    pub not_heard: usize,
    pub ignored: usize,
    pub not_safe: usize,
}

impl ReceivedCount {
    /// How often each was answered.
    pub fn of<'a>(answers: impl Iterator<Item = &'a Answer>) -> ReceivedCount {
        let mut count = ReceivedCount::default();
        for answer in answers {
            let fields = [
                ("heard", &mut count.heard),
                ("partly", &mut count.partly),
                ("not", &mut count.not_heard),
                ("ignored", &mut count.ignored),
                ("not-safe", &mut count.not_safe),
            ];
            // The rest has not been said.
            let mut fitting = fields.into_iter().filter(|(id, _)| answer.value.is(id));
            let Some((_, field)) = fitting.next() else { continue };
            *field += 1;
            count.said += 1;
        }
        count
    }
}

/// What is counted: the month, and its evenings.
pub struct CountInput<'c, 'a> {
    pub month: &'c MonthEntries<'a>,
    pub evenings: &'c [Evening<'a>],
}

/// How often each came, by what makes two of them the same, as the newest had it.
#[derive(Default)]
struct Tally {
    /// Key, words, times; in the order in which they came.
    rows: Vec<(String, String, usize)>,
}

impl Tally {
    fn add(&mut self, key: String, words: &str) {
        match self.rows.iter_mut().find(|(known, _, _)| *known == key) {
            Some((_, _, times)) => *times += 1,
            None => self.rows.push((key, words.trim().trim_end_matches('.').to_owned(), 1)),
        }
    }

    /// What came most often, of how many; `None` where too many came as often.
    fn top(self, of: usize) -> Option<AnswerShare> {
        let times = self.rows.iter().map(|(_, _, times)| *times).max()?;
        let share = ShareCount { times, of };
        let top = self.rows.into_iter().filter(|(_, _, count)| *count == times);
        let mut top =
            top.map(|(answer, words, _)| AnswerShare { answer, words, share, tied: Vec::new() });
        let first = top.next()?;
        let tied: Vec<AnswerShare> = top.collect();
        (tied.len() < MOST_TIED).then_some(AnswerShare { tied, ..first })
    }
}

impl CountInput<'_, '_> {
    /// Needs in whichever practice they were named, each once an entry.
    pub fn needs(&self) -> Option<TopNeeds> {
        const ASKED: [(&str, &str); 3] =
            [("reflect", "needed-instead"), ("feel", "need"), ("needs", "unmet")];
        let (mut tally, mut answers) = (Tally::default(), 0);
        for (practice, question) in ASKED {
            for (_, answer) in self.month.answers(practice, question) {
                answers += 1;
                let named = choices(answer).into_iter().filter(|(id, _)| !same(id, "none"));
                named.for_each(|(_, words)| tally.add(words_alone(&words), &words));
            }
        }
        let top = tally.top(answers)?;
        let needs = top.with_tied().map(|need| need.words.clone()).collect();
        let times = top.share.times;
        (times >= AGAIN).then_some(TopNeeds { needs, times })
    }

    /// The plan that came up on most days; one of which it is known that it never came up
    /// is told of as well.
    pub fn plan(&self, input: &MonthInput) -> Option<PlanCount> {
        let mut plans: Vec<PlanCount> = Vec::new();
        for evening in self.evenings {
            let Some(outcome) = evening.answer("outcome") else { continue };
            let mornings = self.month.of("intent", self.month.now);
            let mut mornings = mornings.filter(|(_, entry)| is_since(entry, input.care_since));
            let made = mornings.find_map(|(day, entry)| {
                let text = |id: &str| entry.answer(id).map(Answer::text);
                (day == evening.day).then(|| plan(&text("if")?, &text("then")?, input.partner))?
            });
            let Some(made) = made else { continue };
            let made = made.trim_end_matches('.').to_owned();
            let place = plans.iter().position(|count| same(&count.plan, &made));
            let place = place.unwrap_or_else(|| {
                plans.push(PlanCount { plan: made, came_up: 0, did: 0, noticed: 0 });
                plans.len() - 1
            });
            let count = &mut plans[place];
            count.came_up += usize::from(!outcome.value.is("never-came-up"));
            count.did += usize::from(outcome.value.is("did"));
            count.noticed += usize::from(outcome.value.is("noticed"));
        }
        let most = plans.iter().map(|count| count.came_up).max()?;
        plans.into_iter().find(|count| count.came_up == most)
    }

    /// The whole answer that came most often just before a moment of distance.
    pub fn recurred(&self) -> Option<AnswerShare> {
        let happened = self.month.answers("notice", "happened").map(|(_, answer)| answer.text());
        let happened: Vec<String> = happened.collect();
        let mut tally = Tally::default();
        let short = happened.iter().filter(|text| text.len() <= LONGEST_ANSWER);
        short.for_each(|text| tally.add(words_alone(text), text));
        tally.rows.retain(|(key, _, _)| !key.is_empty());
        let top = tally.top(happened.len())?;
        (top.share.of >= LEAST && top.share.times >= AGAIN).then_some(top)
    }

    pub fn after_close(&self) -> Option<ShareCount> {
        let answers = self.month.answers("notice", "before");
        let answers = answers.filter(|(_, answer)| !answer.value.is("cant-say"));
        let close: Vec<bool> = answers.map(|(_, answer)| answer.value.is("close")).collect();
        let share = ShareCount { times: close.iter().filter(|is| **is).count(), of: close.len() };
        (share.of >= LEAST).then_some(share)
    }

    /// A few are told only where care is on and one of them was hard: evidence of harm waits for
    /// no number.
    pub fn received(&self, care: bool) -> Option<ReceivedCount> {
        let answers = self.month.answers("feel", "received");
        let count = ReceivedCount::of(answers.map(|(_, answer)| answer));
        let is_harm = count.not_heard + count.ignored + count.not_safe > 0;
        (count.said >= LEAST || (care && is_harm)).then_some(count)
    }

    /// On how many evenings anything came back.
    pub fn returned_evenings(&self) -> usize {
        let came = |evening: &&Evening| {
            let answer = evening.answer("returned");
            answer.is_some_and(|answer| choices(answer).iter().any(|(id, _)| id != "nothing"))
        };
        self.evenings.iter().filter(came).count()
    }

    /// What came back most often.
    pub fn returned(&self) -> Option<AnswerShare> {
        let mut tally = Tally::default();
        for answer in self.evenings.iter().filter_map(|evening| evening.answer("returned")) {
            let came = choices(answer).into_iter().filter(|(id, _)| id != "nothing");
            came.for_each(|(id, words)| tally.add(id, &words));
        }
        tally.top(self.evenings.len())
    }

    /// Evenings by what they say of contact, in the order of the question.
    pub fn contact(&self) -> Vec<AnswerShare> {
        const ORDER: [&str; 4] = ["none", "needed", "they", "me"];
        let mut counts: BTreeMap<usize, AnswerShare> = BTreeMap::new();
        let of = self.evenings.len();
        for answer in self.evenings.iter().filter_map(|evening| evening.answer("contact")) {
            let Some(place) = ORDER.iter().position(|id| answer.value.is(id)) else { continue };
            let first = || AnswerShare {
                answer: ORDER[place].to_owned(),
                words: answer.text(),
                share: ShareCount { times: 0, of },
                tied: Vec::new(),
            };
            counts.entry(place).or_insert_with(first).share.times += 1;
        }
        counts.into_values().collect()
    }

    /// The newest words of the writer's own to a question of the evening.
    pub fn newest_words(&self, question: &str) -> Option<DayQuote> {
        let answers = self.month.answers("reflect", question);
        let mut answers = answers.filter(|(_, a)| !same(&a.text(), "nothing yet"));
        answers.next().map(|(day, answer)| DayQuote {
            day,
            question: question.to_owned(),
            asked: answer.asked.clone(),
            words: answer.text(),
        })
    }

    pub fn not_respected(&self) -> usize {
        let answers = self.month.answers("needs", "respected");
        answers.filter(|(_, answer)| answer.value.is("no")).count()
    }
}
