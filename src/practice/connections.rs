//! What earlier entries say to a practice: their answers in its wordings.
//! Pure; whoever has the entries opened hands them in.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::config::Clock;
use crate::entry::{Answer, Entry, Value};

use super::condition::run_length;
use super::{
    Condition, Marks, Practice, QuestionKind, Recall, Run, Suggest, Suggestion, Test, all_match,
    fill,
};

/// The entries of the journal, newest first, as far as they are opened.
#[derive(Clone, Copy)]
pub struct EarlierEntries<'a> {
    pub entries: &'a [Entry],
    pub clock: &'a Clock,
}

fn days_before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

impl Practice {
    /// Would it quote something earlier, if it could be read?
    pub fn quotes_earlier(&self) -> bool {
        let is_suggested = self.questions.iter().any(|question| !question.suggest.is_empty());
        let shows_earlier = !self.recalls.is_empty() || self.month.is_some();
        let asks_back = self.follow_up.is_some() || !self.asks_back.is_empty();
        shows_earlier || is_suggested || asks_back
    }

    /// The practices whose earlier entries have something to say to this one.
    pub fn looks_back_at(&self) -> impl Iterator<Item = &str> {
        let recalled = self.recalls.iter().map(|recall| recall.practice.as_str());
        let suggested = self.questions.iter().flat_map(|question| &question.suggest);
        let suggested = suggested.map(|suggest| suggest.practice.as_str());
        let quoted = self.excerpts.iter().map(|excerpt| excerpt.practice.as_str());
        let same_day = self.questions.iter().filter_map(|question| question.same_day.as_deref());
        let asked_back = self.asks_back.iter().map(String::as_str);
        let sources = self.evidence.iter().flat_map(|evidence| &evidence.sources);
        let sources = sources.map(|source| source.practice.as_str());
        let others = recalled.chain(suggested).chain(quoted).chain(same_day).chain(asked_back);
        let others = others.chain(sources);
        std::iter::once(self.name.as_str()).chain(others)
    }
}

impl<'a> EarlierEntries<'a> {
    /// Is this entry at least so many days old?
    pub fn is_days_ago(self, entry: &Entry, days: u32) -> bool {
        self.clock.day_of(entry.at) <= days_before(self.clock.today(), days)
    }

    /// Entries of a practice of the last so many days, today included; 0 is ever.
    pub fn of<'b>(
        self,
        practice: &'b str,
        within: u32,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        self.of_days(practice, within, self.clock.today())
    }

    /// The same, of the days up to this one.
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
        let (now, clock) = (self.clock.now, self.clock);
        let fits = move |e: &&Entry| (first..=last).contains(&clock.day_of(e.at)) && e.at <= now;
        self.entries.iter().filter(move |e| e.practice == practice).filter(fits)
    }

    /// Has this practice an entry of this day?
    pub fn has_entry_of(self, practice: &str, day: NaiveDate) -> bool {
        self.of_days(practice, 1, day).any(|entry| entry.about.is_none())
    }

    /// The lead and the lines that a recall says to an entry of this day, of the newest
    /// entry that has any.
    pub fn recall_lines(self, recall: &Recall, day: NaiveDate) -> (String, Vec<String>) {
        let lines = |entry: &Entry| {
            let named = |text: &str| text.replace("{day}", &self.date_words(entry));
            let say = recall.say.iter().filter_map(|line| fill(&named(line), &entry.answers));
            let mut lines: Vec<String> = say.collect();
            // A plan that was chosen whole is the intention, too.
            lines.dedup();
            (named(&recall.lead), lines)
        };
        self.of_days(&recall.practice, recall.within, day)
            .filter(|entry| all_match(&recall.when, &entry.answers))
            .map(lines)
            .find(|(_, lines)| !lines.is_empty())
            .unwrap_or_default()
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
            let groups: Vec<Suggestion> =
                question.suggest.iter().flat_map(|group| self.suggestions(group, since)).collect();
            let heading = question.heading.take().filter(|_| !groups.is_empty());
            let QuestionKind::Text { suggestions } = &mut question.kind else { continue };
            suggestions.iter_mut().for_each(|own| own.heading.clone_from(&heading));
            suggestions.splice(0..0, groups);
        }
        practice
    }

    /// The newest different lines of one group, below its heading.
    fn suggestions(self, group: &Suggest, since: Option<DateTime<FixedOffset>>) -> Vec<Suggestion> {
        let last = days_before(self.clock.today(), group.after);
        let within = group.within.saturating_sub(group.after).max(1);
        let within = if group.within == 0 { 0 } else { within };
        let fits = |entry: &&Entry| since.is_none_or(|since| entry.written >= since);
        let mut said: Vec<String> = Vec::new();
        for entry in self.of_days(&group.practice, within, last).filter(fits) {
            let line = fill(&group.say, &entry.answers).filter(|line| !said.contains(line));
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
        match &mut condition.holds {
            Test::Running(run) => run.earlier = self.run_length(practice, &condition.question, run),
            Test::Repeating(repeat) => {
                repeat.earlier = self.repeated(practice, &condition.question);
            }
            Test::Any(groups) => {
                groups.iter_mut().flatten().for_each(|inner| self.count_run(practice, inner));
            }
            Test::Answered(_)
            | Test::OneOf(_)
            | Test::NoneOf(_)
            | Test::Between { .. }
            | Test::Against { .. } => {}
        }
    }

    /// The answers to a question, newest first.
    fn answers_to<'b>(
        self,
        practice: &'b str,
        question: &'b str,
    ) -> impl Iterator<Item = &'a Answer> + use<'a, 'b> {
        self.of(practice, 0).filter_map(|entry| entry.answer(question))
    }

    /// How many of the latest answers to a question belong to the run.
    fn run_length(self, practice: &str, question: &str, run: &Run) -> u32 {
        let length = run_length(self.answers_to(practice, question), |answer| run.has(answer));
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    /// What was answered last, and how many times running each of it was.
    fn repeated(self, practice: &str, question: &str) -> Vec<(String, u32)> {
        let mut answers = self.answers_to(practice, question);
        let latest = answers.find(|answer| answer.value != Value::CantSay);
        let words: &[String] = match latest.map(|answer| &answer.value) {
            Some(Value::Chosen(chosen)) => chosen,
            Some(Value::Text(text)) => std::slice::from_ref(text),
            Some(Value::YesNo(_) | Value::Number(_) | Value::CantSay) | None => &[],
        };
        let run = |word: &String| {
            let length =
                run_length(self.answers_to(practice, question), |answer| answer.value.is(word));
            u32::try_from(length).unwrap_or(u32::MAX)
        };
        words.iter().map(|word| (word.clone(), run(word))).collect()
    }

    /// The newest entry of which a later one should ask what became of it.
    pub fn to_follow_up(self, practice: &Practice) -> Option<&'a Entry> {
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
            .find(|e| all_match(&follow_up.when, &e.answers) && !followed(e))
    }

    /// The newest sitting at least so many days old that answers any of these
    /// questions.
    pub fn earlier_walk(self, practice: &Practice, days: u32) -> Option<&'a Entry> {
        let before = days_before(self.clock.today(), days);
        self.of(&practice.name, 0)
            .filter(|e| self.clock.day_of(e.at) <= before)
            .find(|e| practice.questions.iter().any(|q| e.answer(&q.id).is_some()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::entry::testing;

    #[test]
    fn a_recall_takes_the_newest_entry_that_fits_and_names_its_day() {
        let recall = Recall {
            practice: "write".into(),
            within: 0,
            place: super::super::RecallPlace::Question("letter".into()),
            when: vec![Condition {
                question: "afterwards".into(),
                holds: Test::OneOf(vec!["heavier".into()]),
            }],
            lead: "On {day} you wrote:".into(),
            say: vec!["It was {afterwards}.".into()],
            shows: super::super::RecallDisplay::Lines,
        };
        let clock = clock();
        let entries = pages(&[Some("same"), Some("heavier"), Some("heavier")]);
        let past = EarlierEntries { entries: &entries, clock: &clock };
        let (lead, lines) = past.recall_lines(&recall, clock.today());
        assert_eq!(
            (lead.as_str(), lines),
            ("On 22 November you wrote:", vec!["It was heavier.".into()])
        );
        let later = Clock::at("2027-01-03T22:00:00+00:00".parse().unwrap());
        let past = EarlierEntries { entries: &entries, clock: &later };
        assert_eq!(past.recall_lines(&recall, later.today()).0, "On 22 November 2026 you wrote:");
    }

    /// Newest first, one a day before the 23rd.
    fn pages(afterwards: &[Option<&str>]) -> Vec<Entry> {
        let page = |(days, after): (usize, &Option<&str>)| {
            let at = format!("2026-11-{:02}T21:00:00+00:00", 23 - days);
            let answer = json!({ "question": "afterwards", "asked": "?", "value": after });
            let answers = after.map_or(json!([]), |_| json!([answer]));
            testing::entry(json!({ "practice": "write", "at": at, "answers": answers }))
        };
        afterwards.iter().enumerate().map(page).collect()
    }

    fn clock() -> Clock {
        Clock::at("2026-11-23T22:00:00+00:00".parse().unwrap())
    }

    #[test]
    fn a_run_counts_answers_in_their_order_and_skipping_breaks_none() {
        let clock = clock();
        let earlier = |entries: &[Entry]| {
            let past = EarlierEntries { entries, clock: &clock };
            let practices = super::super::Practices::built_in();
            let write = practices.get("write").unwrap().practice().unwrap().clone();
            let write = past.count_runs(write);
            let Test::Running(run) = &write.closing[0].when[0].holds else { panic!() };
            run.earlier
        };
        assert_eq!(earlier(&pages(&[Some("heavier"), None, Some("heavier")])), 2);
        assert_eq!(earlier(&pages(&[Some("heavier"), Some("same"), Some("heavier")])), 1);
        assert_eq!(earlier(&pages(&[Some("lighter"), Some("heavier")])), 0);
        assert_eq!(earlier(&[]), 0);
    }

    #[test]
    fn of_several_answers_the_one_that_keeps_coming_is_named() {
        let clock = clock();
        let practices = super::super::Practices::built_in();
        let needs = practices.get("needs").unwrap().practice().unwrap();
        // Newest first, a month apart.
        let said = |now: &[&str], earlier: &[Option<&[&str]>]| {
            let entry = |(months, words): (u32, &Option<&[&str]>)| {
                let at = format!("2026-{:02}-20T21:00:00+00:00", 11 - months);
                let answers = words
                    .map(|words| json!([{ "question": "unmet", "asked": "?", "value": words }]));
                testing::entry(json!({ "practice": "needs", "at": at,
                                       "answers": answers.unwrap_or(json!([])) }))
            };
            let entries: Vec<Entry> = (0..).zip(earlier).map(entry).collect();
            let needs =
                EarlierEntries { entries: &entries, clock: &clock }.count_runs(needs.clone());
            let unmet = needs.question("unmet").unwrap();
            let now = now.iter().map(|word| (*word).to_owned()).collect();
            unmet.reply_to(&[unmet.answer_with(Value::Chosen(now))])
        };
        let (rest, heard) = (Some(&["rest"][..]), Some(&["heard", "rest"][..]));
        let words = "You marked “rest” unmet three times running.";
        assert_eq!(said(&["heard", "rest"], &[rest, heard]).unwrap(), words);
        let words = "You marked “to be heard” unmet four times running.";
        assert_eq!(said(&["heard"], &[heard, None, heard, heard]).unwrap(), words);
        assert_eq!(said(&["heard"], &[heard, rest, heard]), None, "it was met in between");
        let none = Some(&["none"][..]);
        assert_eq!(said(&["none"], &[none, none]), None);
        assert_eq!(said(&["rest"], &[rest, none, rest]), None);
        assert_eq!(said(&["rest"], &[]), None);
    }
}
