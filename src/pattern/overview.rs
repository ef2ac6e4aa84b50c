//! Which figures are shown: of the whole journal, of a practice, of a question.
//! Practice files say what is worth showing; what they do not name is shown by
//! the kind of its answers.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};

use crate::entry::{Answer, Entry, Value, same};
use crate::practice::{Fear, Kind, Past, Pattern, Practice, Shows};

use super::shows::{Of, enough, too_few};
use super::{Body, Day, Figure, Unit, recurring};

/// The days of a year in squares.
const YEAR: u64 = 53 * 7;

pub struct Overview<'a> {
    pub past: Past<'a>,
    /// Worded for the writer.
    pub practices: &'a [Practice],
    pub fear: Fear,
    /// Where the days end: the query's last, or today.
    pub until: NaiveDate,
}

impl<'a> Overview<'a> {
    /// Moments of connection first, then the days, then what each practice
    /// shows, then words.
    pub fn whole(&self) -> Vec<Figure> {
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        for practice in self.practices {
            let of = self.of(&practice.name);
            for pattern in self.told(practice, true) {
                let to = if pattern.first { &mut first } else { &mut rest };
                to.push(of.figure(&pattern));
            }
        }
        first.push(self.days());
        first.into_iter().chain(rest).chain([self.words()]).collect()
    }

    /// All of one practice, by its name; `None` where nobody knows it.
    pub fn practice(&self, name: &str) -> Option<Vec<Figure>> {
        let of = self.of(name);
        let known = of.practice.is_some() || self.past.entries.iter().any(|e| e.practice == name);
        known.then(|| {
            let mut patterns = of.practice.map(|p| self.told(p, false)).unwrap_or_default();
            let shown: HashSet<String> = patterns.iter().flat_map(|p| p.of.clone()).collect();
            let scored = of.practice.iter().flat_map(|p| &p.scores).flat_map(|s| s.of.clone());
            let shown: HashSet<String> = shown.into_iter().chain(scored).collect();
            for (id, newest) in self.answered(name) {
                if !shown.contains(&id) && !self.asked_for_alone(&of, &id) {
                    patterns.extend(self.by_kind(&of, &id, newest, true));
                }
            }
            patterns.iter().map(|pattern| of.figure(pattern)).collect()
        })
    }

    /// One question, in every practice that asks it, or in that one.
    pub fn question(&self, id: &str, within: Option<&str>) -> Vec<Figure> {
        let mut figures = Vec::new();
        for name in self.names() {
            let newest = self.answered(&name).into_iter().find(|(asked, _)| asked == id);
            let Some((_, newest)) = newest.filter(|_| within.is_none_or(|w| w == name)) else {
                continue;
            };
            let of = self.of(&name);
            let mut patterns = self.by_kind(&of, id, newest, true);
            let ask = of.question(id).map_or(&newest.asked, |q| &q.ask);
            let and = |what, shows| plain(&format!("{ask}{what}"), id, shows);
            match patterns.first_mut() {
                Some(weeks) if weeks.shows == Shows::Weeks => {
                    patterns.push(and(" (how often each)", Shows::Counts));
                }
                Some(again) if again.shows == Shows::Recurring => {
                    again.title = format!("{ask} (what came again)");
                    patterns.push(and("", Shows::Moments));
                }
                _ => {}
            }
            figures.extend(patterns.iter().map(|pattern| of.figure(pattern)));
        }
        figures
    }

    fn of<'b>(&'b self, name: &'b str) -> Of<'b> {
        let practice = self.practices.iter().find(|p| p.name == name);
        Of { past: self.past, name, practice }
    }

    /// Practices that there are, and those of which only entries are left.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.practices.iter().map(|p| p.name.clone()).collect();
        for entry in self.past.entries {
            if !names.contains(&entry.practice) {
                names.push(entry.practice.clone());
            }
        }
        names
    }

    /// The patterns of a practice file; where it names none, its scales and
    /// choices. What asks whether something was shared stays out unless nobody
    /// is afraid.
    fn told(&self, practice: &Practice, overview: bool) -> Vec<Pattern> {
        let fits = |p: &&Pattern| {
            (self.fear == Fear::None || !p.sharing) && !(overview && p.shows == Shows::Sittings)
        };
        if !practice.patterns.is_empty() {
            return practice.patterns.iter().filter(fits).cloned().collect();
        }
        let of = self.of(&practice.name);
        let answered = self.answered(&practice.name).into_iter();
        let answered = answered.filter(|(id, _)| !self.asked_for_alone(&of, id));
        answered.flat_map(|(id, newest)| self.by_kind(&of, &id, newest, false)).collect()
    }

    /// The questions that entries of a practice answer, in the order in which
    /// they are asked, each with its newest answer.
    fn answered(&self, name: &str) -> Vec<(String, &'a Answer)> {
        let mut newest: BTreeMap<&str, (usize, &Answer)> = BTreeMap::new();
        let entries: Vec<&Entry> =
            self.past.entries.iter().filter(|e| e.practice == name).collect();
        for entry in &entries {
            for (place, answer) in entry.answers.iter().enumerate() {
                newest.entry(&answer.question).or_insert((place, answer));
            }
        }
        let practice = self.practices.iter().find(|p| p.name == name);
        let place = |id: &str| practice.and_then(|p| p.all_questions().position(|q| q.id == id));
        let mut answered: Vec<_> = newest.into_iter().collect();
        answered.sort_by_key(|(id, (at, _))| (place(id).unwrap_or(usize::MAX), *at));
        answered.into_iter().map(|(id, (_, answer))| (id.to_owned(), answer)).collect()
    }

    /// Is this shown only where it is asked for by its own name?
    fn asked_for_alone(&self, of: &Of, id: &str) -> bool {
        self.holds_back(of, id) || of.practice.is_some_and(|practice| practice.is_about_fear(id))
    }

    /// Is this about having shared something, and somebody afraid, or not known
    /// not to be?
    fn holds_back(&self, of: &Of, id: &str) -> bool {
        let sharing = |practice: &Practice| {
            let back = practice.follow_up.iter();
            let back = back.flat_map(|f| f.questions.iter().map(|q| (q, f.sharing || q.sharing)));
            let asked = practice.questions.iter().map(|q| (q, q.sharing));
            let shown = practice.patterns.iter().any(|p| p.sharing && p.of.iter().any(|q| q == id));
            shown || asked.chain(back).any(|(question, sharing)| question.id == id && sharing)
        };
        self.fear != Fear::None && of.practice.is_some_and(sharing)
    }

    /// What an answer of this kind can show.
    fn by_kind(&self, of: &Of, id: &str, newest: &Answer, texts: bool) -> Vec<Pattern> {
        let question = of.practice.and_then(|p| p.all_questions().find(|q| q.id == id));
        let title = question.map_or(&newest.asked, |q| &q.ask);
        let shows = match (&newest.value, question.map(|q| &q.kind)) {
            (_, Some(Kind::Scale { .. })) => Some(Shows::Weeks),
            (_, Some(Kind::Stillness { .. })) if !texts => None,
            (Value::Number(_), _) | (Value::CantSay, _) => Some(Shows::Weeks),
            (Value::Chosen(_) | Value::YesNo(_), _) => Some(Shows::Counts),
            (Value::Text(_), Some(Kind::Choice { .. })) => Some(Shows::Counts),
            (Value::Text(_), _) if !newest.labels.is_empty() => Some(Shows::Counts),
            (Value::Text(_), _) => texts.then_some(Shows::Recurring),
        };
        // What its own pattern passes over does not come again here either.
        let mut told = of.practice.into_iter().flat_map(|practice| &practice.patterns);
        let same = told.find(|p| p.shows == Shows::Recurring && p.of.iter().any(|q| q == id));
        let without = same.map(|pattern| pattern.without.clone()).unwrap_or_default();
        let pattern = shows.map(|shows| Pattern { without, ..plain(title, id, shows) });
        pattern.into_iter().collect()
    }

    /// The days on which something was kept.
    fn days(&self) -> Figure {
        let first = self.until.checked_sub_days(Days::new(YEAR - 1)).unwrap_or(NaiveDate::MIN);
        let oldest = self.past.entries.last().map(|e| self.past.clock.day_of(e.at));
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for entry in self.past.entries {
            let day = self.past.clock.day_of(entry.at);
            if (first..=self.until).contains(&day) {
                *days.entry(day).or_default() += 1;
            }
        }
        let rests_on = days.values().sum();
        let days: Vec<Day> = days.into_iter().map(|(day, entries)| Day { day, entries }).collect();
        let body = match (oldest, rests_on) {
            (Some(oldest), 1..) => Body::Days { first: first.max(oldest), last: self.until, days },
            _ => too_few(0, 1, Unit::Entries),
        };
        self.journal("The days on which you wrote", rests_on, body)
    }

    /// Words that come again in all that was written freely. What was only
    /// taken over from a suggestion is not the writer's.
    fn words(&self) -> Figure {
        let suggested = |practice: &str, answer: &Answer| {
            let practice = self.practices.iter().find(|p| p.name == practice);
            let question = practice.and_then(|p| p.question(&answer.question));
            let Some(Kind::Text { suggestions }) = question.map(|q| &q.kind) else { return false };
            suggestions.iter().any(|s| answer.value.is(&s.say) || same(&s.say, &answer.said()))
        };
        let texts: Vec<Vec<&str>> = self
            .past
            .entries
            .iter()
            .map(|entry| {
                let free = entry.answers.iter().filter(|a| !suggested(&entry.practice, a));
                free.filter_map(|a| match &a.value {
                    Value::Text(text) if a.labels.is_empty() => Some(text.as_str()),
                    _ => None,
                })
                .collect::<Vec<_>>()
            })
            .filter(|texts| !texts.is_empty())
            .collect();
        let rests_on = texts.len();
        let words = recurring::words_in(texts.into_iter());
        let body = enough(rests_on, recurring::WORD_AGAIN, Unit::Entries, || Body::Recurring {
            answers: Vec::new(),
            words,
        });
        self.journal("Words that come again", rests_on, body)
    }

    fn journal(&self, title: &str, rests_on: usize, body: Body) -> Figure {
        let (of, title) = (Vec::new(), title.to_owned());
        Figure { title, practice: None, of, rests_on, left_out: 0, note: None, body }
    }
}

fn plain(title: &str, id: &str, shows: Shows) -> Pattern {
    Pattern {
        title: title.to_owned(),
        shows,
        of: vec![id.to_owned()],
        without: Vec::new(),
        by: None,
        note: None,
        first: false,
        sharing: false,
    }
}
