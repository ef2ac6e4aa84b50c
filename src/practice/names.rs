//! The texts of a practice that an export may show, for other names to be put in.

use super::{
    AnswerOption, Condition, FormChanges, Offer, OfferTarget, Pattern, Practice, Question,
    QuestionKind, Score, Section, Test, TitleChange,
};

/// Changes a text where a name is in it.
pub type Rename<'a> = &'a dyn Fn(&mut String);

impl Practice {
    /// The practice under other names: its own, those of its sections, questions, options and
    /// scores, and what refers to them. What only a session says is left as it is.
    pub fn renamed(mut self, rename: Rename) -> Practice {
        rename(&mut self.name);
        rename(&mut self.title);
        rename(&mut self.primary);
        // Before the questions, as both name them.
        self.conditions_mut().into_iter().for_each(|condition| condition.rename(rename));
        self.sections.iter_mut().for_each(|section| section.rename(rename));
        let later = self.follow_up.iter_mut().flat_map(|follow_up| &mut follow_up.questions);
        let built = self.sentences.iter_mut().map(|sentence| &mut sentence.question);
        let questions = self.questions.iter_mut().chain(later).chain(built);
        questions.for_each(|question| question.rename(rename));
        self.scores.iter_mut().for_each(|score| score.rename(rename));
        self.patterns.iter_mut().for_each(|pattern| pattern.rename(rename));
        self.offer.iter_mut().for_each(|offer| offer.rename(rename));
        self
    }
}

fn rename_all<'t>(texts: impl IntoIterator<Item = &'t mut String>, rename: Rename) {
    texts.into_iter().for_each(rename);
}

impl Section {
    fn rename(&mut self, rename: Rename) {
        rename_all([&mut self.id, &mut self.title].into_iter().chain(&mut self.short), rename);
        let changes = self.changes.all_mut().into_iter();
        rename_all(changes.flat_map(|change| &mut change.title), rename);
    }
}

impl Question {
    fn rename(&mut self, rename: Rename) {
        let named = [&mut self.id, &mut self.ask];
        let others = [&mut self.short, &mut self.person, &mut self.section, &mut self.line];
        rename_all(named.into_iter().chain(others.into_iter().flatten()), rename);
        rename_all(&mut self.under, rename);
        rename_all(self.asks.iter_mut().flat_map(|line| &mut line.turns), rename);
        rename_all(self.templates.iter_mut().map(|template| &mut template.text), rename);
        rename_all(self.mark.iter_mut().flat_map(|mark| [&mut mark.of, &mut mark.label]), rename);
        match &mut self.kind {
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                options.iter_mut().for_each(|option| option.rename(rename));
            }
            QuestionKind::Scale { labels, .. } => rename_all(labels, rename),
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => {}
        }
        self.own_options.iter_mut().flatten().for_each(|option| option.rename(rename));
        for change in self.changes.all_mut() {
            let texts = [&mut change.ask, &mut change.short, &mut change.behind];
            rename_all(texts.into_iter().flatten(), rename);
            change.options.iter_mut().flatten().for_each(|option| option.rename(rename));
        }
    }
}

impl AnswerOption {
    fn rename(&mut self, rename: Rename) {
        rename_all([&mut self.id, &mut self.label], rename);
        let group = self.group.iter_mut();
        rename_all(
            group.flat_map(|group| std::iter::once(&mut group.heading).chain(&mut group.apart)),
            rename,
        );
    }
}

impl Score {
    fn rename(&mut self, rename: Rename) {
        rename_all([&mut self.id, &mut self.title].into_iter().chain(&mut self.note), rename);
        rename_all(self.of.iter_mut().chain(&mut self.reverse), rename);
        rename_titles(&mut self.changes, rename);
    }
}

impl Pattern {
    fn rename(&mut self, rename: Rename) {
        rename_all(std::iter::once(&mut self.title).chain(&mut self.note), rename);
        rename_all(self.of.iter_mut().chain(&mut self.without).chain(&mut self.look), rename);
        let by = self.by.iter_mut();
        rename_all(by.flat_map(|by| [&mut by.practice, &mut by.question]), rename);
        rename_titles(&mut self.changes, rename);
    }
}

fn rename_titles(changes: &mut FormChanges<TitleChange>, rename: Rename) {
    let changes = changes.all_mut().into_iter();
    rename_all(changes.flat_map(|change| change.title.iter_mut().chain(&mut change.note)), rename);
}

impl Offer {
    fn rename(&mut self, rename: Rename) {
        for way in &mut self.ways {
            match &mut way.opens {
                OfferTarget::Question(id) | OfferTarget::Practice(id) => rename(id),
                OfferTarget::End | OfferTarget::Page(_) => {}
            }
        }
    }
}

impl Condition {
    fn rename(&mut self, rename: Rename) {
        if !matches!(self.holds, Test::Any(_)) {
            rename(&mut self.question);
        }
        match &mut self.holds {
            Test::OneOf(words) | Test::NoneOf(words) => rename_all(words, rename),
            Test::Running(run) => rename_all(&mut run.words, rename),
            Test::Repeating(repeat) => rename_all(&mut repeat.without, rename),
            Test::Against { other, .. } => rename(other),
            Test::Any(groups) => {
                groups.iter_mut().flatten().for_each(|condition| condition.rename(rename));
            }
            Test::Answered(_) | Test::Between { .. } => {}
        }
    }
}
