//! The form in which an entry was asked, as its own words tell it. What is written above its
//! answers fits them for good, whatever form the practice takes later.

use crate::config::Chapter;
use crate::entry::{Answer, Entry};

use super::question::is_wording;
use super::{Fear, Form, Practice, Practices, Question, Section};

impl Form {
    /// What holds where nothing says otherwise.
    pub const USUAL: Form = Form { fear: Fear::None, chapter: Chapter::Together };
}

impl Practices {
    /// The form in which this entry of a practice was asked. Where the wordings leave that
    /// open it is `otherwise`; an answer that turns care on decides it.
    pub fn form_of(&self, entry: &Entry, practice: &Practice, otherwise: Form) -> Form {
        let is_afraid = self.tell_fear(&entry.practice, &entry.answers);
        let forms = std::iter::once(otherwise).chain(Form::all());
        let forms = forms.filter(|form| form.fear == Fear::Known || !is_afraid);
        let count = |form: Form| {
            entry.answers.iter().filter(|answer| practice.has_worded(answer, form)).count()
        };
        let counts = forms.map(|form| (count(form), form));
        // Of equal ones the first.
        let best = counts.reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.map_or(otherwise, |(_, form)| form)
    }
}

/// A practice in each of its forms. What a table says of an answer that is missing goes by the
/// questions that were answered alone: words that were changed since would fit no form.
pub struct PracticeForms {
    practice: Practice,
    forms: Vec<Practice>,
}

impl PracticeForms {
    /// Every form of the practice.
    pub fn of(practice: &Practice) -> PracticeForms {
        let forms = Form::all().map(|form| practice.clone().adapted_to(form)).collect();
        PracticeForms { practice: practice.clone(), forms }
    }

    /// The form of most entries, together and without fear.
    pub fn usual(&self) -> &Practice {
        self.forms.first().unwrap_or(&self.practice)
    }

    /// The forms in which an entry's answers can have been given; all, where that is none.
    pub fn fitting(&self, entry: &Entry) -> Vec<&Practice> {
        let is_there = |form: &Practice, id: &str| form.question(id).is_some();
        let known =
            entry.answers.iter().filter(|answer| is_there(&self.practice, &answer.question));
        let ids: Vec<&str> = known.map(|answer| answer.question.as_str()).collect();
        let fits = |form: &&Practice| ids.iter().all(|id| is_there(form, id));
        let fitting: Vec<&Practice> = self.forms.iter().filter(fits).collect();
        if fitting.is_empty() { self.forms.iter().collect() } else { fitting }
    }
}

impl Practice {
    /// Does it ask this, in these words, in this form?
    fn has_worded(&self, answer: &Answer, form: Form) -> bool {
        if self.is_below_report(&answer.question) {
            let turns = self.report.iter().flat_map(|report| &report.ask);
            let mut turns = turns.filter(|line| line.marks.fit(form)).flat_map(|line| &line.turns);
            return turns.any(|turn| *turn == answer.asked);
        }
        let later = self.follow_up.iter().flat_map(|follow_up| &follow_up.questions);
        let built = self.sentences.iter().filter(|sentence| sentence.marks.fit(form));
        let built = built.map(|sentence| &sentence.question);
        let mut all = self.questions.iter().chain(later).chain(built);
        all.any(|question| question.id == answer.question && question.asks(&answer.asked, form))
    }
}

impl Question {
    fn asks(&self, words: &str, form: Form) -> bool {
        let is_it = |wording: &String| is_wording(words, wording);
        let changed = self.changes.of(form, true, |change| change.ask.as_ref().map(is_it));
        let usual = || {
            let turns = self.asks.iter().filter(|line| line.marks.fit(form));
            is_it(&self.ask) || turns.flat_map(|line| &line.turns).any(is_it)
        };
        self.is_asked(form) && changed.unwrap_or_else(usual)
    }
}

impl Section {
    /// As a form calls it.
    pub fn title_in(&self, form: Form) -> String {
        let title = self.changes.of(form, false, |change| change.title.clone());
        title.unwrap_or_else(|| self.title.clone())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::entry::testing;

    fn title(practice: &str, answers: Value, otherwise: Form, section: &str) -> String {
        let entry = testing::entry(json!({ "practice": practice, "answers": answers }));
        let practices = Practices::built_in();
        let practice = practices.practice(practice).unwrap();
        let form = practices.form_of(&entry, practice, otherwise);
        practice.sections.iter().find(|s| s.id == section).unwrap().title_in(form)
    }

    #[test]
    fn the_words_of_an_entry_tell_in_which_form_it_was_asked() {
        let guide = |question: &str, asked: &str, value: &str| {
            let answers = json!([{ "question": question, "asked": asked, "value": value }]);
            title("guide", answers, Form::USUAL, "loop")
        };
        let together = guide("sentence", "Your loop, in one sentence", "When …");
        assert_eq!(together, "The loop between you");
        let apart = guide("sentence", "How it went, in one sentence", "When …");
        assert_eq!(apart, "The loop as it was");
        let care = guide("sentence", "What you do, in one sentence", "When …");
        assert_eq!(care, "What happens, and what I do");
        // One answer is enough, whatever the sentence is called.
        assert_eq!(guide("story", "… and tell myself, or know, …", "unsafe"), care);
    }

    #[test]
    fn where_the_words_leave_it_open_it_is_the_form_of_whoever_reads() {
        let answers = json!([{ "question": "safe-space", "value": 1,
            "asked": "I could open up to Sam, and trust that it was safe." }]);
        let of = |form| title("assess", answers.clone(), form, "conditions");
        let care = Form { fear: Fear::Known, ..Form::USUAL };
        assert_eq!(of(Form::USUAL), "What healing needs, and how much was there");
        assert_eq!(of(care), "What was there between you");
        // What was asked together stays so.
        let apart = Form { chapter: Chapter::Apart, ..Form::USUAL };
        assert_eq!(of(apart), of(Form::USUAL));
        let afraid = json!([{ "question": "frightened", "value": true,
            "asked": "In the past year, were you ever frightened of a partner or an ex?" }]);
        assert_eq!(title("assess", afraid, Form::USUAL, "conditions"), of(care));
    }
}
