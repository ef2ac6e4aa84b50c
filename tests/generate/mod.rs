//! Journals that someone might have kept, for tests and benchmarks: the same
//! seed makes the same entries. Answers are drawn from the practice files, so
//! they honour scales, choices and conditions, and follow a practice when it
//! changes.

// Each test binary and benchmark that includes this uses some of it.
#![allow(dead_code)]

mod words;

use std::path::Path;

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveTime, Weekday};
use fastrand::Rng;
use inward::config::Chapter;
use inward::entry::{Answer, Entry, EntryId, RevisionId, Value};
use inward::practice::{
    AnswerOption, Cadence, Practice, Practices, Question, QuestionKind, all_match,
};
use inward::seal::Recipients;
use rayon::prelude::*;

/// A writer's practices and the dice.
pub struct Writer {
    practices: Vec<Practice>,
    dice: Rng,
    made: u64,
    seed: u64,
    /// Long answers of so many words, in the middle.
    words: usize,
    afraid: bool,
}

impl Writer {
    pub fn new(seed: u64) -> Writer {
        let practices = Practices::load(Path::new("/nowhere"), &[]);
        let practices = practices.valid().map(|p| p.clone().with_partner_name(None)).collect();
        Writer { practices, dice: Rng::with_seed(seed), made: 0, seed, words: 45, afraid: false }
    }

    /// Stories of about ninety words, as benchmarks want them.
    pub fn with_stories(self) -> Writer {
        Writer { words: 90, ..self }
    }

    /// One who says so in the assessments.
    pub fn afraid(self) -> Writer {
        Writer { afraid: true, ..self }
    }

    /// A year with every practice and with gaps, up to and with this moment.
    pub fn year(&mut self, now: DateTime<FixedOffset>) -> Vec<Entry> {
        let today = now.date_naive();
        let days = (0..=365).rev().filter_map(|n| today.checked_sub_signed(Duration::days(n)));
        let mut entries = Vec::new();
        let mut away = 0;
        for day in days {
            if away == 0 && self.dice.u32(..60) == 0 {
                away = self.dice.u32(4..16);
            }
            if away > 0 {
                away -= 1;
                continue;
            }
            self.day(day, now, &mut entries);
        }
        entries.retain(|entry| entry.at <= now);
        self.follow_ups(&mut entries);
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    /// So many free pages and evenings, over as many days as that takes.
    pub fn many(&mut self, count: usize, now: DateTime<FixedOffset>) -> Vec<Entry> {
        let places: Vec<usize> =
            ["write", "reflect", "intent", "notice"].iter().map(|name| self.place(name)).collect();
        // Three a day, so that a large journal reaches back through years.
        let entry = |n: usize| {
            let at = now - Duration::hours(8 * n as i64);
            self.entry(places[[0, 1, 0, 2, 1, 3][n % 6]], at, None)
        };
        let mut entries: Vec<Entry> = (0..count).map(entry).collect();
        entries.reverse();
        entries
    }

    fn place(&self, name: &str) -> usize {
        self.practices.iter().position(|p| p.name == name).unwrap()
    }

    fn day(&mut self, day: NaiveDate, now: DateTime<FixedOffset>, entries: &mut Vec<Entry>) {
        for place in 0..self.practices.len() {
            let (cadence, parts) =
                (self.practices[place].cadence, self.practices[place].sections.len());
            let (chance, hour) = match cadence {
                Cadence::Morning => (0.6, 6..9),
                Cadence::Evening | Cadence::Daily => (0.7, 20..23),
                Cadence::Weekly => (if day.weekday() == Weekday::Sun { 0.8 } else { 0.0 }, 17..20),
                Cadence::Monthly => (if day.day() == 1 + place as u32 { 0.9 } else { 0.0 }, 18..22),
                _ => (0.12, 8..23),
            };
            let walks = self.practices[place].parts;
            let chance = if walks { 0.025 } else { chance };
            if self.dice.f64() >= chance {
                continue;
            }
            let time = NaiveTime::from_hms_opt(self.dice.u32(hour), self.dice.u32(..60), 0);
            let at = day.and_time(time.unwrap()).and_local_timezone(*now.offset()).unwrap();
            let part = walks.then(|| entries.len() % parts);
            let entry = self.entry(place, at, part);
            entries.push(entry);
        }
    }

    /// Some of what may be asked back about is.
    fn follow_ups(&mut self, entries: &mut Vec<Entry>) {
        let mut later = Vec::new();
        for entry in entries.iter() {
            let practice = self.practices.iter().find(|p| p.name == entry.practice).unwrap();
            let Some(follow_up) = practice.follow_up.clone() else { continue };
            if all_match(&follow_up.when, &entry.answers) && self.dice.f64() < 0.7 {
                let at = entry.at + Duration::days(i64::from(follow_up.after) + 1);
                let answers = self.answers(&follow_up.questions, at, 1.0);
                let about = Some(entry.id.clone());
                later.push(Entry { about, ..self.made(&entry.practice.clone(), at, answers) });
            }
        }
        let last = entries.last().map(|e| e.at);
        entries.extend(later.into_iter().filter(|e| last.is_some_and(|last| e.at <= last)));
    }

    fn entry(&mut self, place: usize, at: DateTime<FixedOffset>, part: Option<usize>) -> Entry {
        let practice = self.practices[place].clone();
        let section = part.map(|part| practice.sections[part].id.clone());
        let questions: Vec<Question> = practice
            .questions
            .iter()
            .filter(|q| section.is_none() || q.section == section)
            .filter(|q| !practice.is_offered(&q.id) && q.mark.is_none())
            .filter(|q| (q.asked || self.afraid) && q.chapter != Some(Chapter::Apart))
            .cloned()
            .collect();
        let share = if practice.scores.is_empty() { 0.8 } else { 0.97 };
        let answers = self.answers(&questions, at, share);
        let (answers, tags) = practice.part_tags(answers);
        Entry { tags, ..self.made(&practice.name, at, answers) }
    }

    fn made(&mut self, practice: &str, at: DateTime<FixedOffset>, answers: Vec<Answer>) -> Entry {
        self.made += 1;
        let symbols = |mut number: u64, count: usize| -> String {
            let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
            let mut symbol = || {
                let index = (number % 32) as usize;
                number /= 32;
                alphabet[index] as char
            };
            (0..count).map(|_| symbol()).collect()
        };
        // Spread as random ids are, and never the same twice in one journal.
        let id = (self.made + (self.seed << 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 14;
        let id: EntryId = symbols(id, 10).parse().unwrap();
        let revision: RevisionId = symbols(self.made, 6).parse().unwrap();
        let entry = Entry::new(practice, at, at, Vec::new(), answers).unwrap();
        Entry { id, revision, ..entry }
    }

    /// Each question whose conditions hold is answered with such a chance.
    fn answers(&mut self, of: &[Question], at: DateTime<FixedOffset>, share: f64) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for (i, question) in of.iter().enumerate() {
            let asked = all_match(&question.when, &answers);
            if !asked || (i > 0 && self.dice.f64() > share) {
                continue;
            }
            let value = self.value(question, at);
            answers.push(question.answer_with(value));
        }
        answers
    }

    fn value(&mut self, question: &Question, at: DateTime<FixedOffset>) -> Value {
        match &question.kind {
            QuestionKind::Text { suggestions } => {
                // Where there are many, they are the words for it.
                let share = if suggestions.len() > 9 { 0.9 } else { 0.25 };
                let suggested = self.dice.f64() < share;
                let place = self.dice.usize(..suggestions.len().max(1));
                let place = place.min(self.dice.usize(..suggestions.len().max(1)));
                let own = if self.dice.f64() < 0.7 {
                    words::phrase(&mut self.dice, &question.id)
                } else {
                    None
                };
                match suggestions.get(place) {
                    Some(suggestion) if suggested => Value::Text(suggestion.say.clone()),
                    _ => Value::Text(own.unwrap_or_else(|| words::sentence(&mut self.dice))),
                }
            }
            QuestionKind::Long => Value::Text(words::story(&mut self.dice, self.words)),
            QuestionKind::Choice { options, .. } => Value::Text(self.choose(options)),
            QuestionKind::Choices { options, .. } => {
                let is_alone = |id: &str| options.iter().any(|o| o.is_alone && o.id == id);
                let mut ids = vec![self.choose(options)];
                let most = question.most.unwrap_or(usize::MAX);
                while ids.len() < most && self.dice.f64() < 0.3 {
                    let id = self.choose(options);
                    if !ids.contains(&id) && !is_alone(&id) && !is_alone(&ids[0]) {
                        ids.push(id);
                    }
                }
                Value::Chosen(ids)
            }
            QuestionKind::Scale { cant_say: true, .. } if self.dice.f64() < 0.02 => Value::CantSay,
            QuestionKind::Scale { .. } if ["fear", "changed"].contains(&question.id.as_str()) => {
                Value::Number(if self.afraid { 3 } else { 0 }.into())
            }
            QuestionKind::Scale { scale, .. } => {
                let steps = (scale.max - scale.min) as f64;
                let near = steps * tide(at, question.id.len()) + self.dice.f64() * 2.0 - 1.0;
                let step = (near.round() as i64).clamp(0, scale.max - scale.min);
                Value::Number((scale.min + step).into())
            }
            QuestionKind::YesNo => Value::YesNo(self.afraid),
            QuestionKind::Number { min, max } => {
                let (min, max) = (min.unwrap_or(0.0) as i64, max.unwrap_or(10.0) as i64);
                Value::Number(self.dice.i64(min..=max).into())
            }
            QuestionKind::Stillness { minutes, .. } => Value::Number((*minutes).into()),
            QuestionKind::Tags => {
                let tags = ["repair", "home", "family", "summer", "quiet"];
                Value::Chosen(vec![tags[self.dice.usize(..tags.len())].to_owned()])
            }
        }
    }

    /// The first options more often, so that a picture has a shape.
    fn choose(&mut self, options: &[AnswerOption]) -> String {
        // Whoever isn't afraid has nothing to say of what wasn't safe.
        let said = |option: &&AnswerOption| {
            self.afraid || !["not-safe", "unsafe"].contains(&option.id.as_str())
        };
        let options: Vec<&AnswerOption> = options.iter().filter(said).collect();
        let (a, b) = (self.dice.usize(..options.len()), self.dice.usize(..options.len()));
        options[a.min(b)].id.clone()
    }
}

/// How things stand, from 0 to 1: they come and go over the year, and each
/// question has its own time.
fn tide(at: DateTime<FixedOffset>, shift: usize) -> f64 {
    let day = f64::from(at.ordinal()) + 40.0 * shift as f64;
    0.5 + 0.3 * (day / 365.0 * std::f64::consts::TAU).sin()
}

/// Seals them into a journal's folder, on every core. Nothing is confirmed to
/// the disk: that is the journal's own work, and would take minutes.
pub fn keep(entries: &[Entry], recipients: &Recipients, journal: &Path) {
    let months: std::collections::BTreeSet<_> =
        entries.iter().map(|entry| entry.at.format("%Y/%m").to_string()).collect();
    for month in months {
        std::fs::create_dir_all(journal.join(month)).unwrap();
    }
    entries.par_iter().for_each(|entry| {
        let sealed = recipients.seal(entry).unwrap();
        let name = format!("{}-{}.{}.age", entry.day(), entry.id, entry.revision);
        let file = journal.join(entry.at.format("%Y/%m").to_string()).join(name);
        std::fs::write(file, sealed.bytes()).unwrap();
    });
}
