//! What earlier entries say to a practice: their answers in its wordings.
//! Pure; whoever has the entries opened hands them in.

use chrono::NaiveDate;

use crate::config::Clock;
use crate::entry::{Answer, Entry};

use super::variant::NOT_SAFE;
use super::{Closing, Practice, QuestionKind, Recall, Suggestion, all_match};

/// The entries of the journal, newest first, as far as they are opened.
#[derive(Clone, Copy)]
pub struct EarlierEntries<'a> {
    pub entries: &'a [Entry],
    pub clock: &'a Clock,
}

/// A line with answers in place of `{question}`; `None` where one is missing.
pub fn fill(line: &str, answers: &[Answer]) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (id, tail) = after.split_once('}')?;
        let answer = answers.iter().find(|a| a.question == id)?;
        out.push_str(before);
        let said = answer.text();
        if said == NOT_SAFE {
            // An answer, but no piece of a sentence.
            return None;
        }
        // Inside a sentence an answer's own full stop would end it too soon.
        let said = if tail.is_empty() { &said } else { said.trim_end_matches(['.', '…']) };
        out.push_str(&said[overlap(&out, said)..]);
        rest = tail;
    }
    Some(out + rest)
}

fn days_before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

/// How many bytes of the answer the line before it says already: "then I will"
/// and "I will wait" make "then I will wait".
fn overlap(line: &str, said: &str) -> usize {
    let said_words: Vec<&str> = said.split(' ').collect();
    let line_words: Vec<&str> = line.split_whitespace().collect();
    let ends_so = |count: &usize| {
        let tail = line_words.len().checked_sub(*count).map(|from| &line_words[from..]);
        let head = &said_words[..*count];
        let same = |(a, b): (&&str, &&str)| a.to_lowercase() == b.to_lowercase();
        tail.is_some_and(|tail| tail.iter().zip(head).all(same))
    };
    let shared = (1..said_words.len()).rev().find(ends_so).unwrap_or(0);
    said_words[..shared].iter().map(|word| word.len() + 1).sum()
}

impl Practice {
    /// The practices whose earlier entries have something to say to this one.
    pub fn looks_back_at(&self) -> impl Iterator<Item = &str> {
        let recalled = self.recalls.iter().map(|recall| recall.practice.as_str());
        let suggested = self.questions.iter().flat_map(|question| &question.suggest);
        let suggested = suggested.map(|suggest| suggest.practice.as_str());
        let quoted = self.excerpts.iter().map(|excerpt| excerpt.practice.as_str());
        std::iter::once(self.name.as_str()).chain(recalled).chain(suggested).chain(quoted)
    }
}

impl<'a> EarlierEntries<'a> {
    /// Entries of a practice of the last so many days, today included; 0 is ever.
    pub fn of<'b>(
        self,
        practice: &'b str,
        within: u32,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        let first = match within {
            0 => NaiveDate::MIN,
            days => days_before(self.clock.today(), days - 1),
        };
        let (now, clock) = (self.clock.now, self.clock);
        let fits = move |e: &&Entry| clock.day_of(e.at) >= first && e.at <= now;
        self.entries.iter().filter(move |e| e.practice == practice).filter(fits)
    }

    /// The lines that a recall says, of the newest entry that has any.
    pub fn recall_lines(self, recall: &Recall) -> Vec<String> {
        let lines = |entry: &Entry| -> Vec<String> {
            recall.say.iter().filter_map(|line| fill(line, &entry.answers)).collect()
        };
        self.of(&recall.practice, recall.within)
            .map(lines)
            .find(|lines| !lines.is_empty())
            .unwrap_or_default()
    }

    /// The practice with earlier answers among its suggestions, its own after
    /// them.
    pub fn suggest(self, mut practice: Practice) -> Practice {
        for question in &mut practice.questions {
            let QuestionKind::Text { suggestions } = &mut question.kind else { continue };
            let mut said: Vec<String> = Vec::new();
            for suggest in &question.suggest {
                let lines = self.of(&suggest.practice, suggest.within);
                for line in lines.filter_map(|e| fill(&suggest.say, &e.answers)) {
                    if !said.contains(&line) {
                        said.push(line);
                    }
                }
            }
            said.truncate(5);
            let said = said.into_iter().map(|say| Suggestion { say, sharing: false });
            suggestions.splice(0..0, said);
        }
        practice
    }

    /// The newest entry of which a later one should ask what became of it.
    pub fn to_follow_up(self, practice: &Practice) -> Option<&'a Entry> {
        let follow_up = practice.follow_up.as_ref()?;
        let ripe = days_before(self.clock.today(), follow_up.after);
        let followed = |e: &Entry| {
            self.entries.iter().any(|later| later.about.as_ref().is_some_and(|id| e.has_id(id)))
        };
        self.of(&practice.name, follow_up.within)
            .filter(|e| e.about.is_none() && self.clock.day_of(e.at) <= ripe)
            .find(|e| all_match(&follow_up.when, &e.answers) && !followed(e))
    }

    /// Did the sittings before this one meet the closing's conditions too, as
    /// many of them as it wants in a row?
    pub fn in_a_row(self, closing: &Closing, sitting: &Entry) -> bool {
        let before = self.of(&sitting.practice, 0).filter(|e| e.id != sitting.id);
        let wanted = closing.in_a_row.saturating_sub(1) as usize;
        let met = before.take(wanted).take_while(|e| all_match(&closing.when, &e.answers));
        met.count() == wanted
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
    use super::*;

    fn answers(pairs: &[(&str, &str)]) -> Vec<Answer> {
        let answer = |(id, text): &(&str, &str)| {
            super::super::Question::plain(id, "?", QuestionKind::Long)
                .answer_with(crate::entry::Value::Text(text.to_string()))
        };
        pairs.iter().map(answer).collect()
    }

    #[test]
    fn a_line_is_said_only_when_all_its_answers_are_there() {
        let some = answers(&[("if", "the talk turns to summer.")]);
        assert_eq!(
            fill("If {if}, I stay.", &some).unwrap(),
            "If the talk turns to summer, I stay."
        );
        assert_eq!(fill("If {if}, then {then}.", &some), None);
    }

    #[test]
    fn what_the_line_says_already_is_not_said_twice() {
        let both = answers(&[("if", "If he is late"), ("then", "I will wait a moment")]);
        let line = "If {if}, then I will {then}.";
        assert_eq!(fill(line, &both).unwrap(), "If he is late, then I will wait a moment.");
        let short = answers(&[("then", "will")]);
        assert_eq!(fill("I will {then}", &short).unwrap(), "I will will");
    }
}
