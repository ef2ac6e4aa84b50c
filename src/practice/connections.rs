//! What earlier entries say to a practice: their answers in its wordings.
//! Pure; whoever has the entries opened hands them in.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::config::Clock;
use crate::entry::{Answer, Entry, Value};

use super::condition::run_of_entries;
use super::{
    Condition, ConditionalLine, Marks, Practice, QuestionKind, Recall, Suggest, Suggestion, Test,
    all_match, fill,
};

/// The entries of the journal, newest first, as far as they are opened.
#[derive(Clone, Copy)]
pub struct EarlierEntries<'a> {
    pub entries: &'a [Entry],
    pub clock: &'a Clock,
}

pub(super) fn days_before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

/// Was it written at this moment or later, where one is given?
pub fn is_since(entry: &Entry, since: Option<DateTime<FixedOffset>>) -> bool {
    since.is_none_or(|since| entry.written >= since)
}

impl Practice {
    /// Would it quote something earlier, if it could be read?
    pub fn quotes_earlier(&self) -> bool {
        let is_suggested = self.questions.iter().any(|question| !question.suggest.is_empty());
        let shows_earlier = !self.recalls.is_empty() || self.month.is_some();
        let follows_up = self.follow_up.is_some() || !self.follows_up.is_empty();
        shows_earlier || is_suggested || follows_up
    }

    /// The practices whose earlier entries have something to say to this one.
    pub fn looks_back_at(&self) -> impl Iterator<Item = &str> {
        let recalled = self.recalls.iter().map(|recall| recall.practice.as_str());
        let suggested = self.questions.iter().flat_map(|question| &question.suggest);
        let suggested = suggested.map(|suggest| suggest.practice.as_str());
        let quoted = self.excerpts.iter().map(|excerpt| excerpt.practice.as_str());
        let same_day = self.questions.iter().filter_map(|question| question.same_day.as_deref());
        let asked_back = self.follows_up.iter().map(String::as_str);
        let sources = self.evidence.iter().flat_map(|evidence| &evidence.sources);
        let sources = sources.map(|source| source.practice.as_str());
        let others = recalled.chain(suggested).chain(quoted).chain(same_day).chain(asked_back);
        let others = others.chain(sources);
        std::iter::once(self.name.as_str()).chain(others)
    }
}

fn is_among(line: &str, suggestions: &[Suggestion]) -> bool {
    suggestions.iter().any(|suggestion| suggestion.say == line)
}

impl<'a> EarlierEntries<'a> {
    /// A practice's entries of the last `within` days, today included; 0 means all.
    pub fn of<'b>(
        self,
        practice: &'b str,
        within: u32,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        self.of_days(practice, within, self.clock.today())
    }

    /// A practice's entries of the `within` days up to `last`; 0 means all up to then.
    fn of_days<'b>(
        self,
        practice: &'b str,
        within: u32,
        last: NaiveDate,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        let first = match within {
            0 => NaiveDate::MIN,
            days => days_before(last, days - 1),
        };
        let clock = self.clock;
        let fits =
            move |e: &&Entry| (first..=last).contains(&clock.day_of(e.at)) && e.at <= clock.now;
        self.entries.iter().filter(move |e| e.practice == practice).filter(fits)
    }

    /// Has this practice an entry of this day, and one that was written since then, where a
    /// moment is given?
    pub fn has_entry_of(
        self,
        practice: &str,
        day: NaiveDate,
        since: Option<DateTime<FixedOffset>>,
    ) -> bool {
        self.of_days(practice, 1, day).any(|entry| entry.about.is_none() && is_since(entry, since))
    }

    /// The lead and the lines that a recall says to an entry of this day, of the newest
    /// entry that has any and was written since then, where a moment is given.
    pub fn recall_lines(
        self,
        recall: &Recall,
        day: NaiveDate,
        since: Option<DateTime<FixedOffset>>,
    ) -> (String, Vec<String>) {
        let lines = |entry: &Entry| {
            let named = |text: &str| self.with_day(text, entry);
            let fits = |line: &&ConditionalLine| all_match(&line.when, &entry.answers);
            let say = recall.say.iter().filter(fits).filter_map(|line| line.turns.first());
            let mut lines: Vec<String> =
                say.filter_map(|say| fill(&named(say), &entry.answers)).collect();
            // A plan that was chosen whole is the intention, too.
            lines.dedup();
            (named(&recall.lead), lines)
        };
        self.of_days(&recall.practice, recall.within, day)
            .filter(|entry| all_match(&recall.when, &entry.answers) && is_since(entry, since))
            .map(lines)
            .find(|(_, lines)| !lines.is_empty())
            .unwrap_or_default()
    }

    /// "On 3 November you wrote", and of the same day "Earlier today you wrote".
    fn with_day(self, text: &str, entry: &Entry) -> String {
        let is_today = self.clock.day_of(entry.at) == self.clock.today();
        let lead = if is_today { "Earlier today" } else { "On {day}" };
        text.replace("On {day}", lead).replace("{day}", &self.date_words(entry))
    }

    /// The day of an entry: "3 November", with the year where it is another one.
    pub fn date_words(self, entry: &Entry) -> String {
        let day = self.clock.day_of(entry.at);
        let is_this_year = day.year() == self.clock.today().year();
        day.format(if is_this_year { "%-d %B" } else { "%-d %B %Y" }).to_string()
    }

    /// The practice with earlier answers among its suggestions, its own after them; while
    /// care is on, only those that were written since it came on.
    pub fn suggest(self, mut practice: Practice, since: Option<DateTime<FixedOffset>>) -> Practice {
        for question in &mut practice.questions {
            let mut groups: Vec<Suggestion> = Vec::new();
            for group in &question.suggest {
                groups.extend(self.suggestions(group, since, &groups));
            }
            let heading = question.heading.take().filter(|_| !groups.is_empty());
            let QuestionKind::Text { suggestions } = &mut question.kind else { continue };
            suggestions.retain(|own| !is_among(&own.say, &groups));
            suggestions.iter_mut().for_each(|own| own.heading.clone_from(&heading));
            suggestions.splice(0..0, groups);
        }
        practice
    }

    /// The newest different lines of one group, below its heading: none that is above it.
    fn suggestions(
        self,
        group: &Suggest,
        since: Option<DateTime<FixedOffset>>,
        above: &[Suggestion],
    ) -> Vec<Suggestion> {
        let last = days_before(self.clock.today(), group.after);
        let within = group.within.saturating_sub(group.after).max(1);
        let within = if group.within == 0 { 0 } else { within };
        let fits = |entry: &&Entry| is_since(entry, since);
        let mut said: Vec<String> = Vec::new();
        for entry in self.of_days(&group.practice, within, last).filter(fits) {
            let is_new = |line: &String| !said.contains(line) && !is_among(line, above);
            let line = fill(&group.say, &entry.answers).filter(is_new);
            said.extend(line);
        }
        said.truncate(group.most);
        let suggestion =
            |say| Suggestion { say, heading: group.heading.clone(), marks: Marks::default() };
        said.into_iter().map(suggestion).collect()
    }

    /// The practice with each of its runs counted as far as earlier entries go.
    pub fn count_runs(self, mut practice: Practice) -> Practice {
        let name = practice.name.clone();
        for condition in practice.conditions_mut() {
            self.count_run(&name, condition);
        }
        practice
    }

    fn count_run(self, practice: &str, condition: &mut Condition) {
        if let Test::Running(run) = &mut condition.holds {
            let entries = self.of(practice, 0);
            let length = run_of_entries(entries, &condition.question, |it| run.has(it), |_| false);
            run.earlier = u32::try_from(length).unwrap_or(u32::MAX);
        } else if let Test::Repeating(repeat) = &mut condition.holds {
            repeat.earlier = self.repeated(practice, &condition.question);
        } else if let Test::Any(groups) = &mut condition.holds {
            groups.iter_mut().flatten().for_each(|inner| self.count_run(practice, inner));
        }
    }

    /// What was answered last, and how many times running each of it was.
    fn repeated(self, practice: &str, question: &str) -> Vec<(String, u32)> {
        let mut answers = self.of(practice, 0).filter_map(|entry| entry.answer(question));
        let latest = answers.find(|answer| answer.value != Value::CantSay);
        let words: &[String] = match latest.map(|answer| &answer.value) {
            Some(Value::Chosen(chosen)) => chosen,
            Some(Value::Text(text)) => std::slice::from_ref(text),
            Some(Value::YesNo(_) | Value::Number(_) | Value::CantSay) | None => &[],
        };
        let run = |word: &String| {
            // What was chosen from another list instead, such as a need that was met.
            let chosen = |answer: &Answer| matches!(answer.value, Value::Chosen(_));
            let is_elsewhere =
                |entry: &Entry| entry.answers.iter().any(|a| chosen(a) && a.value.is(word));
            let entries = self.of(practice, 0);
            let length = run_of_entries(entries, question, |a| a.value.is(word), is_elsewhere);
            u32::try_from(length).unwrap_or(u32::MAX)
        };
        words.iter().map(|word| (word.clone(), run(word))).collect()
    }

    /// The newest entry of which a later one should ask what became of it, and that was written
    /// since then, where a moment is given.
    pub fn to_follow_up(
        self,
        practice: &Practice,
        since: Option<DateTime<FixedOffset>>,
    ) -> Option<&'a Entry> {
        let follow_up = practice.follow_up.as_ref()?;
        let ripe = days_before(self.clock.today(), follow_up.after);
        // Other entries may follow it, too.
        let answers =
            |later: &Entry| follow_up.questions.iter().any(|q| later.answer(&q.id).is_some());
        let followed = |e: &Entry| {
            let is_about = |later: &&Entry| later.about.as_ref().is_some_and(|id| e.has_id(id));
            self.entries.iter().filter(is_about).any(answers)
        };
        self.of(&practice.name, follow_up.within)
            .filter(|e| e.about.is_none() && self.clock.day_of(e.at) <= ripe)
            .filter(|e| is_since(e, since))
            .find(|e| all_match(&follow_up.when, &e.answers) && !followed(e))
    }

    /// The newest session, at least `days` old, that answers one of the practice's questions.
    pub fn earlier_session(self, practice: &Practice, days: u32) -> Option<&'a Entry> {
        let before = days_before(self.clock.today(), days);
        self.of(&practice.name, 0)
            .filter(|e| self.clock.day_of(e.at) <= before)
            .find(|e| practice.questions.iter().any(|q| e.answer(&q.id).is_some()))
    }
}
