//! A question: its wording, what can answer it, and those of a practice.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;

use crate::config::Chapter;
use crate::entry::{Answer, Value};

use super::file::SuggestionFile;
use super::{
    Condition, ConditionalLine, Form, FormChanges, HelpPage, Marks, Practice, QuestionChange,
    QuestionKind,
};

#[derive(Clone, Debug, Default)]
pub struct Question {
    pub id: String,
    pub ask: String,
    /// Other wordings, where they fit.
    pub asks: Vec<ConditionalLine>,
    /// What it is called where there is no room for all of it.
    pub short: Option<String>,
    /// Of whom it asks, where it asks the same of several.
    pub person: Option<String>,
    /// Its wordings in every form, before the partner's name was put in.
    pub templates: Vec<AskTemplate>,
    pub help: Option<String>,
    /// Other lines of help, where they fit.
    pub helps: Vec<ConditionalLine>,
    pub kind: QuestionKind,
    /// All of them must hold, or the question is not asked.
    pub when: Vec<Condition>,
    pub section: Option<String>,
    /// The question in whose step it is asked, right behind it and without a number.
    pub under: Option<String>,
    /// The question beside whose answer it is asked, where there is room.
    pub beside: Option<String>,
    /// The end of its wording, where several lines stand under one question: below
    /// another's, it is all that is shown.
    pub line: Option<String>,
    /// Suggests to share something, so it is left out where that may harm.
    pub sharing: bool,
    /// The writer's own evidence of harm: never held back, and shown first while care is on.
    pub harm: bool,
    /// The options that tell of harm, beside those that its practice takes for fear.
    pub harm_options: Vec<String>,
    /// False where only some forms ask it.
    pub asked: bool,
    /// In this chapter alone.
    pub chapter: Option<Chapter>,
    pub changes: FormChanges<QuestionChange>,
    /// The options of the form that no change is for, where some form has others: then
    /// its kind has those of every form.
    pub own_options: Option<Vec<AnswerOption>>,
    /// How many may be chosen.
    pub most: Option<usize>,
    /// A mark that each choice of another question may get; this one is answered with those
    /// that have it, and is never asked by itself.
    pub mark: Option<ChoiceMark>,
    /// Shown only when its reader says so.
    pub reveal: bool,
    /// How it asks within a year after care was lifted, on `{day}`: a true answer about the
    /// time before would undo what the writer has decided.
    pub since_lift: Option<String>,
    /// Asked only where this practice has an entry of the same day.
    pub same_day: Option<String>,
    /// Said where its answer turns care on, in place of the sentence about being frightened.
    pub comfort: Option<String>,
    /// Said once it is answered: the first that fits.
    pub reply: Vec<ConditionalLine>,
    /// A page that the menu on Esc has while it is asked.
    pub page: Option<HelpPage>,
    /// The setting that takes the id of the option that was chosen, once it is kept.
    pub sets: Option<String>,
    /// Above its own suggestions, where there are others.
    pub heading: Option<String>,
    /// Earlier answers that become suggestions.
    pub suggest: Vec<Suggest>,
    /// Beginnings of a long answer.
    pub starts: Vec<Suggestion>,
}

/// A wording with the partner's name still to be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskTemplate {
    pub text: String,
    /// In this chapter alone.
    pub chapter: Option<Chapter>,
}

/// "mostly met", of the choices of the question `of`.
#[derive(Clone, Debug)]
pub struct ChoiceMark {
    pub of: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct AnswerOption {
    pub id: String,
    pub label: String,
    /// The group it belongs to in a list.
    pub group: Option<OptionGroup>,
    pub marks: Marks,
    /// What the option counts in a score.
    pub value: Option<f64>,
    /// Of several choices: is none chosen beside it? So it is with "None of these".
    pub is_alone: bool,
    /// Of a list: does it stay in sight at its foot, whatever is typed?
    pub stays: bool,
}

/// What stands above some options of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionGroup {
    pub heading: String,
    /// In the chapter "apart", where it is another.
    pub apart: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(from = "SuggestionFile")]
pub struct Suggestion {
    pub say: String,
    /// The heading of the group it's offered in.
    pub heading: Option<String>,
    pub marks: Marks,
}

/// An earlier entry's answers in one line, offered as an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggest {
    pub practice: String,
    /// Days, today being the first; 0 is ever.
    #[serde(default = "super::file::days::<30>")]
    pub within: u32,
    /// Days: only entries at least so old.
    #[serde(default)]
    pub after: u32,
    pub say: String,
    pub heading: Option<String>,
    #[serde(default = "super::file::few")]
    pub most: usize,
}

impl AnswerOption {
    /// An option that is there in every form, and counts nothing.
    pub fn plain(id: &str, label: &str) -> AnswerOption {
        AnswerOption {
            id: id.to_owned(),
            label: label.to_owned(),
            group: None,
            marks: Marks::default(),
            value: None,
            is_alone: false,
            stays: false,
        }
    }
}

impl Question {
    /// A question without any conditions or connections.
    pub fn plain(id: &str, ask: &str, kind: QuestionKind) -> Question {
        Question {
            id: id.to_owned(),
            ask: ask.to_owned(),
            templates: vec![AskTemplate { text: ask.to_owned(), chapter: None }],
            kind,
            asked: true,
            ..Question::default()
        }
    }

    /// Is this the wording that it has now, whatever the partner was called?
    pub fn asked_as(&self, asked: &str) -> bool {
        self.templates.iter().any(|template| is_wording(asked, &template.text))
    }

    /// What it is called where there is no room for all of it.
    pub fn short_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.ask)
    }

    /// Its short name in this form, if it has one.
    pub fn short_in(&self, form: Form) -> Option<String> {
        self.changes.of(form, true, |change| change.short.clone()).or_else(|| self.short.clone())
    }
}

pub(super) fn is_wording(asked: &str, template: &str) -> bool {
    let mut pieces = template.split('{');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = asked.strip_prefix(first) else { return false };
    for piece in pieces {
        let fixed = piece.split_once('}').map_or(piece, |(_, fixed)| fixed);
        if fixed.is_empty() {
            rest = "";
            continue;
        }
        let Some(at) = rest.find(fixed) else { return false };
        rest = &rest[at + fixed.len()..];
    }
    rest.is_empty()
}

impl Practice {
    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let of_sentence = self.sentences.iter().map(|sentence| &sentence.question);
        self.questions.iter().chain(of_sentence).find(|q| q.id == id)
    }

    /// What it asks, what it asks back later, and what it builds of the answers.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        let later = self.follow_up.iter().flat_map(|f| &f.questions);
        let built = self.sentences.iter().map(|sentence| &sentence.question);
        self.questions.iter().chain(later).chain(built)
    }

    /// The names under which its patterns stand beside others.
    pub fn looks(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().filter_map(|pattern| pattern.look.as_deref())
    }

    /// Every condition on what it asks, and on what it says by the answers.
    pub(super) fn conditions_mut(&mut self) -> Vec<&mut Condition> {
        let mut questions: Vec<&mut Question> = self.questions.iter_mut().collect();
        let mut lines: Vec<&mut ConditionalLine> = self.closing.iter_mut().collect();
        lines.extend(self.more.iter_mut().flat_map(|more| &mut more.say));
        lines.extend(self.sections.iter_mut().flat_map(|section| &mut section.closing));
        if let Some(follow_up) = &mut self.follow_up {
            questions.extend(&mut follow_up.questions);
            lines.extend(&mut follow_up.closing);
        }
        let mut all: Vec<&mut Condition> = Vec::new();
        for question in questions {
            all.extend(&mut question.when);
            let around = question.helps.iter_mut().chain(&mut question.reply);
            lines.extend(question.asks.iter_mut().chain(around));
        }
        all.extend(lines.into_iter().flat_map(|line| &mut line.when));
        all.extend(self.offer.iter_mut().flat_map(|offer| &mut offer.when));
        all.extend(self.word_notes.iter_mut().flat_map(|note| &mut note.when));
        all
    }

    /// Parts the answers that become the entry's tags from those that stay.
    pub fn part_tags(&self, answers: Vec<Answer>) -> (Vec<Answer>, Vec<String>) {
        let is_tags = |a: &Answer| {
            matches!(self.question(&a.question), Some(Question { kind: QuestionKind::Tags, .. }))
        };
        let (tags, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_tags);
        let tags = tags
            .iter()
            .flat_map(|a| if let Value::Chosen(tags) = &a.value { &tags[..] } else { &[] });
        (answers, tags.cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_the_same_whatever_the_partner_is_called() {
        let question = Question::plain(
            "q",
            "{My partner} waited for {my partner}, as I saw it.",
            QuestionKind::Long,
        );
        assert!(question.asked_as("Sam waited for Sam, as I saw it."));
        assert!(question.asked_as("My partner waited for my partner, as I saw it."));
        assert!(!question.asked_as("Sam waited."));
        assert!(!question.asked_as("Then Sam waited for Sam, as I saw it, twice."));
        let end = Question::plain("q", "I felt afraid of {my partner}.", QuestionKind::Long);
        assert!(end.asked_as("I felt afraid of Sam.") && !end.asked_as("I felt close to Sam."));
    }
}
