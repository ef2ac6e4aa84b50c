//! The forms of a practice: what it looks like for a writer who is afraid, while
//! nothing can be known, and in the chapter "apart".

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

#[cfg(test)]
mod tests;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::config::Chapter;

use super::{
    AnswerOption, Breather, ConditionalLine, IntroChange, OmittedQuestion, Practice, Question,
    QuestionKind,
};

/// Is the writer afraid of a partner? Known from sealed entries alone, and so
/// unknown while the journal is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fear {
    /// Care is on.
    Known,
    /// Everything could be read, and nothing says so.
    None,
    /// The journal is locked, or not all of it could be read.
    Unknown,
}

/// The form that a practice takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What is known of the writer.
    pub fear: Fear,
    /// The writer's chapter.
    pub chapter: Chapter,
}

impl Form {
    /// Every form that there is.
    pub fn all() -> impl Iterator<Item = Form> {
        let chapters = [Chapter::Together, Chapter::Apart].into_iter();
        chapters.flat_map(|chapter| {
            [Fear::None, Fear::Unknown, Fear::Known].map(|fear| Form { fear, chapter })
        })
    }
}

/// Whether something is there only, or never, while the writer is known to be afraid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CareMark {
    /// Either way.
    #[default]
    Any,
    /// `care = "only"`.
    Only,
    /// `care = false`.
    Never,
}

impl<'de> Deserialize<'de> for CareMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CareMark, D::Error> {
        deserializer.deserialize_any(CareMarkVisitor)
    }
}

struct CareMarkVisitor;

impl Visitor<'_> for CareMarkVisitor {
    type Value = CareMark;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("care = \"only\", or care = false")
    }

    fn visit_bool<E: de::Error>(self, care: bool) -> Result<CareMark, E> {
        if care {
            Err(E::invalid_value(de::Unexpected::Bool(true), &self))
        } else {
            Ok(CareMark::Never)
        }
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<CareMark, E> {
        match word {
            "only" => Ok(CareMark::Only),
            _ => Err(E::invalid_value(de::Unexpected::Str(word), &self)),
        }
    }
}

/// Where a suggestion, an option or a line is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Presses towards someone, so it is out unless the writer is known not to be afraid.
    pub sharing: bool,
    /// While the writer is known to be afraid.
    pub care: CareMark,
    /// In this chapter alone.
    pub chapter: Option<Chapter>,
}

impl CareMark {
    /// Is it there in this form?
    pub fn fits(self, form: Form) -> bool {
        match self {
            CareMark::Any => true,
            CareMark::Only => form.fear == Fear::Known,
            CareMark::Never => form.fear != Fear::Known,
        }
    }
}

impl Marks {
    /// Is it there in this form?
    pub fn fit(self, form: Form) -> bool {
        let pressing = self.sharing && form.fear != Fear::None;
        self.care.fits(form)
            && !pressing
            && self.chapter.is_none_or(|chapter| chapter == form.chapter)
    }
}

/// What is different in each form. `C` has a key for each thing that can be.
#[derive(Clone, Debug, Default)]
pub struct FormChanges<C> {
    /// While nothing can be known.
    pub locked: C,
    /// In the chapter "apart".
    pub apart: C,
    /// While the writer is known to be afraid.
    pub care: C,
    /// Where both hold.
    pub apart_care: C,
}

impl<C> FormChanges<C> {
    /// The changes of this form, the weightiest first. Of a question asked in both, apart
    /// and afraid, the asking is apart's, and what stands around it is care's.
    pub(super) fn of<T>(
        &self,
        form: Form,
        is_asking: bool,
        get: impl Fn(&C) -> Option<T>,
    ) -> Option<T> {
        let (apart, care) = (form.chapter == Chapter::Apart, form.fear == Fear::Known);
        let mut both = [(apart, &self.apart), (care, &self.care)];
        if !is_asking {
            both.reverse();
        }
        let [first, second] = both;
        let locked = (form.fear == Fear::Unknown, &self.locked);
        let all = [(apart && care, &self.apart_care), first, second, locked];
        all.into_iter().filter(|(holds, _)| *holds).find_map(|(_, change)| get(change))
    }

    /// Every change.
    pub fn all_mut(&mut self) -> [&mut C; 4] {
        [&mut self.locked, &mut self.apart, &mut self.care, &mut self.apart_care]
    }

    /// Every change, to be read.
    pub fn all(&self) -> [&C; 4] {
        [&self.locked, &self.apart, &self.care, &self.apart_care]
    }
}

impl AnswerOption {
    fn adapt_heading(&mut self, form: Form) {
        let Some(group) = self.group.as_mut().filter(|_| form.chapter == Chapter::Apart) else {
            return;
        };
        group.heading = group.apart.take().unwrap_or(std::mem::take(&mut group.heading));
    }
}

impl Question {
    /// Is it asked in this form?
    pub fn is_asked(&self, form: Form) -> bool {
        let asked = self.changes.of(form, true, |change| change.asked).unwrap_or(self.asked);
        let pressing = self.sharing && form.fear == Fear::Known;
        asked && !pressing && self.chapter.is_none_or(|chapter| chapter == form.chapter)
    }

    /// Do all forms ask it?
    pub fn is_in_every_form(&self) -> bool {
        Form::all().all(|form| self.is_asked(form))
    }

    fn adapt(&mut self, form: Form) {
        if let Some(ask) = self.changes.of(form, true, |change| change.ask.clone()) {
            self.ask = ask;
            self.asks.clear();
        }
        self.asks.retain(|line| line.marks.fit(form));
        let short = self.changes.of(form, true, |change| change.short.clone());
        self.short = short.or(self.short.take());
        self.reply.retain(|line| line.marks.fit(form));
        let help = self.changes.of(form, false, |change| change.help.clone());
        if help.is_some() {
            self.helps.clear();
        }
        self.helps.retain(|line| line.marks.fit(form));
        // An empty one takes the help away.
        self.help = help.or(self.help.take()).filter(|help| !help.is_empty());
        self.starts.retain(|start| start.marks.fit(form));
        let suggestions = self.changes.of(form, false, |change| change.suggestions.clone());
        let options = self.changes.of(form, false, |change| change.options.clone());
        match &mut self.kind {
            QuestionKind::Text { suggestions: own } => {
                *own = suggestions.unwrap_or_else(|| std::mem::take(own));
                own.retain(|suggestion| suggestion.marks.fit(form));
            }
            QuestionKind::Choice { options: own, .. }
            | QuestionKind::Choices { options: own, .. } => {
                let of_form = options.or_else(|| self.own_options.clone());
                *own = of_form.unwrap_or_else(|| std::mem::take(own));
                own.retain(|option| option.marks.fit(form));
                own.iter_mut().for_each(|option| option.adapt_heading(form));
            }
            QuestionKind::Scale { .. }
            | QuestionKind::Long
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => {}
        }
    }
}

impl Practice {
    /// The form for what is known of the writer, and for their chapter. It is made of
    /// the practice as its file has it: what one form leaves out, no other brings back.
    ///
    /// Whoever is known to be afraid gets no suggestion to share anything. While nobody
    /// knows, no suggestion and no option presses towards it.
    pub fn adapted_to(mut self, form: Form) -> Practice {
        self.keep_to_chapter(form.chapter);
        self.adapt_texts(form);
        if let Some(more) = &mut self.more {
            more.adapt(&self.questions, form);
        }
        self.left_out = left_out(&self.questions, form);
        let later = self.follow_up.iter_mut().map(|f| &mut f.questions);
        for questions in std::iter::once(&mut self.questions).chain(later) {
            questions.retain(|question| question.is_asked(form));
            questions.iter_mut().for_each(|question| question.adapt(form));
            move_behind(questions, form);
        }
        if form.fear == Fear::Known {
            self.follow_up = self.follow_up.filter(|follow_up| !follow_up.sharing);
            // Nobody's tone is the subject.
            self.word_notes.clear();
        }
        self.sentences.retain(|sentence| sentence.marks.fit(form));
        for sentence in &mut self.sentences {
            sentence.question.adapt(form);
            sentence.chapter = form.chapter;
            sentence.keep_to(&self.questions);
        }
        self
    }

    /// Takes in what this form doesn't ask where it was asked already, so that its answer can
    /// be changed. What presses towards someone stays out.
    pub fn with_asked(mut self, asked: &[String]) -> Practice {
        for OmittedQuestion { behind, question } in
            std::mem::take(&mut self.left_out).into_iter().rev()
        {
            let is_there = self.questions.iter().any(|other| other.id == question.id);
            if is_there || question.sharing || !asked.contains(&question.id) {
                continue;
            }
            let place = self.questions.iter().position(|other| Some(&other.id) == behind.as_ref());
            self.questions.insert(place.map_or(0, |place| place + 1), question);
        }
        self
    }

    fn adapt_texts(&mut self, form: Form) {
        let intro = |changes: &FormChanges<IntroChange>| {
            changes.of(form, false, |change| change.intro.clone())
        };
        let title = |changes: &FormChanges<IntroChange>| {
            changes.of(form, false, |change| change.title.clone())
        };
        let fits = |line: &ConditionalLine| line.marks.fit(form);
        self.title = title(&self.changes).unwrap_or(std::mem::take(&mut self.title));
        self.intro = intro(&self.changes).or(self.intro.take());
        for section in &mut self.sections {
            section.adapt_title(form);
            section.intro = intro(&section.changes).or(section.intro.take());
            section.closing.retain(fits);
        }
        self.closing.retain(fits);
        self.recalls.iter_mut().for_each(|recall| recall.say.retain(fits));
        self.page.iter_mut().for_each(|page| page.keep_to(form));
        self.scores.iter_mut().for_each(|score| score.adapt(form));
        self.report.iter_mut().for_each(|report| report.adapt(form));
        self.excerpts.retain(|excerpt| excerpt.care.fits(form));
        self.more.iter_mut().for_each(|more| more.say.retain(fits));
        self.follow_up.iter_mut().for_each(|follow_up| follow_up.closing.retain(fits));
    }
}

/// What this form doesn't ask, worded for it.
fn left_out(questions: &[Question], form: Form) -> Vec<OmittedQuestion> {
    let mut behind = None;
    let mut all = Vec::new();
    for question in questions {
        if question.is_asked(form) {
            behind = Some(question.id.clone());
            continue;
        }
        let mut question = question.clone();
        question.adapt(form);
        all.push(OmittedQuestion { behind: behind.clone(), question });
    }
    all
}

/// Moves each question that has another place in this form.
fn move_behind(questions: &mut Vec<Question>, form: Form) {
    let moved =
        |q: &Question| Some((q.id.clone(), q.changes.of(form, true, |c| c.behind.clone())?));
    let moves: Vec<(String, String)> = questions.iter().filter_map(moved).collect();
    for (id, behind) in moves {
        let place = |questions: &[Question], id: &str| questions.iter().position(|q| q.id == id);
        let Some(question) = place(questions, &id).map(|from| questions.remove(from)) else {
            continue;
        };
        let to = place(questions, &behind).map_or(questions.len(), |place| place + 1);
        questions.insert(to, question);
    }
}

impl Breather {
    /// Where the question that it stands before is left out, it stands before the next.
    fn adapt(&mut self, questions: &[Question], form: Form) {
        if form.chapter == Chapter::Apart {
            self.after = self.apart_after.or(self.after);
        }
        let Some(place) = questions.iter().position(|question| question.id == self.before) else {
            return;
        };
        let next = questions[place..].iter().find(|question| question.is_asked(form));
        self.before = next.map(|question| question.id.clone()).unwrap_or_default();
    }
}
