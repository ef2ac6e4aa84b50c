//! A questionnaire in one chapter. The same item may be asked in other words in the other
//! one, or not at all; answers of the two are never set beside each other.

use crate::config::Chapter;
use crate::entry::{Answer, Entry};

use super::{Fear, Form, Pattern, Practice, Practices, Question, Report, Score, Section};

impl Practices {
    /// The valid ones, in the words of a writer in this chapter who calls the partner so.
    pub fn worded_for(&self, chapter: Chapter, partner: Option<&str>) -> Vec<Practice> {
        let worded = |practice: &Practice| {
            let mut practice = practice.clone();
            practice.keep_to_chapter(chapter);
            practice.name_questions_for(chapter);
            practice.with_partner_name(partner)
        };
        self.valid().map(worded).collect()
    }
}

impl Practice {
    /// Keeps of each score the items that this chapter asks, and of those the wordings that
    /// it has for them; a score without items goes. Titles are the chapter's.
    pub fn keep_to_chapter(&mut self, chapter: Chapter) {
        let form = Form { fear: Fear::None, chapter };
        let mut is_item = Vec::new();
        for score in &mut self.scores {
            let question = |id: &String| self.questions.iter().find(|q| q.id == *id);
            is_item.extend(score.of.iter().filter(|id| question(id).is_some()).cloned());
            score.of.retain(|id| question(id).is_none_or(|question| question.is_asked(form)));
            score.adapt(form);
        }
        self.scores.retain(|score| !score.of.is_empty());
        self.sections.iter_mut().for_each(|section| section.adapt_title(form));
        let items = self.questions.iter_mut().filter(|question| is_item.contains(&question.id));
        let is_here = |only: Option<Chapter>| only.is_none_or(|only| only == chapter);
        items.for_each(|item| item.templates.retain(|template| is_here(template.chapter)));
    }

    /// Calls each question what this chapter calls it; the answers to every wording stay
    /// answers to it.
    pub fn name_questions_for(&mut self, chapter: Chapter) {
        let later = self.follow_up.iter_mut().flat_map(|follow_up| &mut follow_up.questions);
        let built = self.sentences.iter_mut().map(|sentence| &mut sentence.question);
        self.questions.iter_mut().chain(later).chain(built).for_each(|it| it.name_for(chapter));
    }

    /// Is it asked in this chapter? Of what is no questionnaire, either chapter is shown.
    pub fn has_in_chapter(&self, question: &Question, chapter: Chapter) -> bool {
        self.scores.is_empty() || question.is_asked(Form { fear: Fear::None, chapter })
    }

    /// Answers from outside, in the words in which this chapter asks. Nothing is known of the
    /// writer then, so their labels are those of a locked journal.
    pub fn worded_in(&self, chapter: Chapter, answers: Vec<Answer>) -> Vec<Answer> {
        let form = |fear| self.clone().adapted_to(Form { fear, chapter });
        let (asking, locked) = (form(Fear::None), form(Fear::Unknown));
        let worded = |mut answer: Answer| {
            let question = asking.question(&answer.question);
            if let Some(question) = question.filter(|_| chapter == Chapter::Apart) {
                answer.asked.clone_from(&question.ask);
            }
            if let Some(question) = locked.question(&answer.question) {
                answer.labels.extend(question.answer_with(answer.value.clone()).labels);
            }
            answer
        };
        answers.into_iter().map(worded).collect()
    }

    /// The chapter in which this was answered, as far as its items and their wordings tell.
    pub fn chapter_of(&self, entry: &Entry, otherwise: Chapter) -> Chapter {
        let asked_in = |chapter| {
            let mut practice = self.clone();
            practice.keep_to_chapter(chapter);
            let is_of = |question: &&Question| {
                let is_item = practice.scores.iter().any(|score| score.of.contains(&question.id));
                let answer = entry.answer(&question.id).filter(|_| is_item);
                answer.is_some_and(|answer| question.asked_as(&answer.asked))
            };
            practice.questions.iter().filter(is_of).count()
        };
        let (together, apart) = (asked_in(Chapter::Together), asked_in(Chapter::Apart));
        match together.cmp(&apart) {
            std::cmp::Ordering::Greater => Chapter::Together,
            std::cmp::Ordering::Less => Chapter::Apart,
            std::cmp::Ordering::Equal => otherwise,
        }
    }
}

impl Section {
    /// A title of a form's own is short enough.
    pub(super) fn adapt_title(&mut self, form: Form) {
        let title = self.title_in(form);
        if title != self.title {
            self.title = title;
            self.short = None;
        }
    }

    /// What stands above its answers.
    pub fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }
}

impl Pattern {
    /// In the words of a form.
    pub fn titled(&self, fear: Fear, chapter: Chapter) -> String {
        let title = self.changes.of(Form { fear, chapter }, true, |change| change.title.clone());
        title.unwrap_or_else(|| self.title.clone())
    }
}

impl Question {
    fn name_for(&mut self, chapter: Chapter) {
        let form = Form { fear: Fear::None, chapter };
        if let Some(ask) = self.changes.of(form, true, |change| change.ask.clone()) {
            self.ask = ask;
        }
        let short = self.changes.of(form, true, |change| change.short.clone());
        self.short = short.or(self.short.take());
    }
}

impl Score {
    pub(super) fn adapt(&mut self, form: Form) {
        self.title = self
            .changes
            .of(form, true, |c| c.title.clone())
            .unwrap_or(std::mem::take(&mut self.title));
        self.note = self.changes.of(form, false, |c| c.note.clone()).or(self.note.take());
    }
}

impl Report {
    pub(super) fn adapt(&mut self, form: Form) {
        self.ask.retain(|line| line.marks.fit(form));
        self.note = self.changes.of(form, true, |c| c.note.clone()).or(self.note.take());
        let order = self.changes.of(form, false, |c| c.order.clone());
        self.order = order.unwrap_or(std::mem::take(&mut self.order));
        let first = self.changes.of(form, false, |c| c.beside_first);
        self.beside_first = first.unwrap_or(self.beside_first);
        let asks = self.changes.of(form, false, |c| c.asks_lasting);
        self.asks_lasting = asks.unwrap_or(self.asks_lasting);
    }
}
