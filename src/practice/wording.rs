//! How a practice is worded for one writer, one day, and what was just answered.

#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, Timelike};
use serde::Deserialize;

use crate::config::Clock;
use crate::entry::{Answer, Value};

use super::condition::run_words;
use super::line::first_filled;
use super::{
    Condition, ConditionalLine, FormChanges, IntroChange, Practice, Question, QuestionKind, Report,
    Test, TitleChange, all_match, fill,
};

/// What `{today}` becomes when it is not "today".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TodayWords {
    /// From six in the evening on.
    pub evening: Option<String>,
    /// In an entry about another day.
    pub other_day: Option<String>,
}

const TODAY: &str = "today";
/// The hour from which `{today}` may be "this evening".
const EVENING: u32 = 18;

impl TodayWords {
    fn at(&self, at: DateTime<FixedOffset>, clock: &Clock) -> &str {
        let late = at.hour() >= EVENING || at.time() < clock.day_ends;
        let words = if clock.day_of(at) != clock.today() {
            &self.other_day
        } else if late {
            &self.evening
        } else {
            &None
        };
        words.as_deref().unwrap_or(TODAY)
    }
}

impl Practice {
    /// Puts the writer's own name for the partner wherever a wording has
    /// `{your partner}` or the like, or else the words between the braces.
    pub fn with_partner_name(mut self, partner: Option<&str>) -> Practice {
        for text in self.wordings() {
            *text = name_partner(text, partner).replace("{today}", TODAY);
        }
        self.partner = partner.map(str::to_owned);
        self
    }

    /// Puts the words for an entry about this moment in place of `{today}`.
    pub fn naming_day(mut self, at: DateTime<FixedOffset>, clock: &Clock) -> Practice {
        let words = self.today.at(at, clock).to_owned();
        for text in self.wordings() {
            *text = text.replace("{today}", &words);
        }
        self
    }

    /// Every text that a person reads, to be worded.
    fn wordings(&mut self) -> Vec<&mut String> {
        let mut all = vec![&mut self.title, &mut self.about];
        all.extend(&mut self.intro);
        all.extend(change_wordings(&mut self.changes));
        for section in &mut self.sections {
            all.extend(std::iter::once(&mut section.title).chain(&mut section.short));
            all.extend(&mut section.intro);
            all.extend(line_wordings(&mut section.closing));
            all.extend(change_wordings(&mut section.changes));
        }
        all.extend(line_wordings(&mut self.closing));
        all.extend(self.closing_by_day.iter_mut().map(|line| &mut line.say));
        all.extend(self.more.iter_mut().flat_map(|more| line_wordings(&mut more.say)));
        if let Some(offer) = &mut self.offer {
            all.push(&mut offer.say);
            all.extend(offer.ways.iter_mut().map(|way| &mut way.label));
        }
        all.extend(self.word_notes.iter_mut().map(|note| &mut note.say));
        for score in &mut self.scores {
            all.extend(std::iter::once(&mut score.title).chain(&mut score.note));
            all.extend(title_wordings(&mut score.changes));
        }
        for pattern in &mut self.patterns {
            all.extend(std::iter::once(&mut pattern.title).chain(&mut pattern.note));
            all.extend(title_wordings(&mut pattern.changes));
        }
        for sentence in &mut self.sentences {
            all.extend(&mut sentence.say);
            all.push(&mut sentence.review.say);
        }
        all.extend(self.report.iter_mut().flat_map(Report::wordings));
        if let Some(evidence) = &mut self.evidence {
            all.push(&mut evidence.lead);
            all.extend(evidence.sources.iter_mut().flat_map(|source| &mut source.say));
        }
        let month = self.month.iter_mut();
        all.extend(month.flat_map(|month| [&mut month.lasting, &mut month.empty]));
        for recall in &mut self.recalls {
            all.push(&mut recall.lead);
            all.extend(line_wordings(&mut recall.say));
        }
        let mut questions: Vec<&mut Question> = self.questions.iter_mut().collect();
        if let Some(follow_up) = &mut self.follow_up {
            all.extend(&mut follow_up.lead);
            all.extend(line_wordings(&mut follow_up.closing));
            questions.extend(&mut follow_up.questions);
        }
        all.extend(questions.into_iter().flat_map(Question::wordings));
        all
    }
}

fn change_wordings(changes: &mut FormChanges<IntroChange>) -> impl Iterator<Item = &mut String> {
    let changes = changes.all_mut().into_iter();
    changes.flat_map(|change| change.title.iter_mut().chain(&mut change.intro))
}

impl Report {
    fn wordings(&mut self) -> Vec<&mut String> {
        let notes = self.changes.all_mut().into_iter().filter_map(|change| change.note.as_mut());
        let lasting = self.lasting.iter_mut().flat_map(|rule| {
            let good = rule.good.iter_mut().map(|good| &mut good.ask);
            std::iter::once(&mut rule.ask).chain(good)
        });
        let all = self.note.iter_mut().chain(notes).chain(line_wordings(&mut self.ask));
        all.chain(lasting).collect()
    }
}

fn title_wordings(changes: &mut FormChanges<TitleChange>) -> impl Iterator<Item = &mut String> {
    let changes = changes.all_mut().into_iter();
    changes.flat_map(|change| change.title.iter_mut().chain(&mut change.note))
}

fn line_wordings(lines: &mut [ConditionalLine]) -> impl Iterator<Item = &mut String> {
    lines.iter_mut().flat_map(|line| &mut line.turns)
}

impl Question {
    /// What it asks, where no answer is known: "Three times running, it wasn't heard."
    pub fn general_ask(&self) -> String {
        run_words(&self.ask, &self.when, &[])
    }

    fn wordings(&mut self) -> Vec<&mut String> {
        let mut all = vec![&mut self.ask];
        all.extend(self.help.iter_mut().chain(&mut self.line).chain(&mut self.heading));
        all.extend(line_wordings(&mut self.reply));
        all.extend(self.since_lift.iter_mut().chain(&mut self.short).chain(&mut self.comfort));
        all.extend(line_wordings(&mut self.asks).chain(line_wordings(&mut self.helps)));
        for suggest in &mut self.suggest {
            all.push(&mut suggest.say);
            all.extend(&mut suggest.heading);
        }
        all.extend(self.kind.wordings());
        all.extend(self.starts.iter_mut().map(|start| &mut start.say));
        all.extend(self.own_options.iter_mut().flatten().map(|option| &mut option.label));
        for change in self.changes.all_mut() {
            all.extend(change.ask.iter_mut().chain(&mut change.short).chain(&mut change.help));
            all.extend(change.options.iter_mut().flatten().map(|option| &mut option.label));
            all.extend(change.suggestions.iter_mut().flatten().map(|s| &mut s.say));
        }
        all
    }

    /// The question as it is asked after these answers: in the wording that fits, with
    /// what was answered in place of `{question}`.
    pub fn worded(&self, answers: &[Answer]) -> Question {
        let with_answers = |text: &str, when: &[Condition]| {
            // The line's own run comes before that of the question.
            let text = run_words(&run_words(text, when, answers), &self.when, answers);
            fill(&text, &self.conditional_answers(answers)).unwrap_or(text)
        };
        let fitting = |lines: &[ConditionalLine]| {
            let line = lines.iter().find(|line| all_match(&line.when, answers))?;
            Some(with_answers(line.turns.first()?, &line.when))
        };
        let mut question = self.clone();
        question.ask = fitting(&self.asks).unwrap_or_else(|| with_answers(&self.ask, &[]));
        let help = self.help.as_ref();
        question.help = fitting(&self.helps).or_else(|| help.map(|help| with_answers(help, &[])));
        question
    }

    /// The answers; of several to a question on which this one depends, those alone on
    /// which it does.
    fn conditional_answers(&self, answers: &[Answer]) -> Vec<Answer> {
        let mut answers = answers.to_vec();
        for condition in &self.when {
            let Test::OneOf(words) = &condition.holds else { continue };
            let of = answers.iter_mut().find(|answer| answer.question == condition.question);
            if let Some(Value::Chosen(chosen)) = of.map(|answer| &mut answer.value) {
                chosen.retain(|chosen| words.contains(chosen));
            }
        }
        answers
    }

    /// What is said once it was answered.
    pub fn reply_to(&self, answers: &[Answer]) -> Option<String> {
        first_filled(&self.reply, answers)
    }
}

impl QuestionKind {
    fn wordings(&mut self) -> Vec<&mut String> {
        match self {
            QuestionKind::Text { suggestions } => {
                suggestions.iter_mut().map(|s| &mut s.say).collect()
            }
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                options.iter_mut().map(|o| &mut o.label).collect()
            }
            QuestionKind::Scale { labels, .. } => labels.iter_mut().collect(),
            QuestionKind::Long
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => Vec::new(),
        }
    }
}

/// Braces around words that end in "partner" hold the wording for when no
/// name is set; others hold the id of a question.
pub fn name_partner(text: &str, partner: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        let is_partner = inside.split_whitespace().last() == Some("partner");
        match (is_partner, partner) {
            (true, Some(name)) => out.push_str(name),
            (true, None) => out.push_str(inside),
            (false, _) => out.push_str(&format!("{{{inside}}}")),
        }
        rest = tail;
    }
    out + rest
}
