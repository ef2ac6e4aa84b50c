//! The texts of a practice that an export may show, for other names to be put in.

use super::{
    AnswerOption, Condition, FormChanges, Offer, OfferTarget, Pattern, Practice, Question,
    QuestionKind, Score, Section, Test, TitleChange,
};

/// Changes a text where a name is in it.
pub type Redact<'a> = &'a dyn Fn(&mut String);

impl Practice {
    /// The practice under other names: its own, those of its sections, questions, options and
    /// scores, and what refers to them. What only a session says is left as it is.
    pub fn redacted(mut self, redact: Redact) -> Practice {
        redact(&mut self.name);
        redact(&mut self.title);
        redact(&mut self.primary);
        redact_all(self.origin.texts(), redact);
        // Before the questions, as both name them.
        self.conditions_mut().into_iter().for_each(|condition| condition.redact(redact));
        self.sections.iter_mut().for_each(|section| section.redact(redact));
        let later = self.follow_up.iter_mut().flat_map(|follow_up| &mut follow_up.questions);
        let built = self.sentences.iter_mut().map(|sentence| &mut sentence.question);
        let questions = self.questions.iter_mut().chain(later).chain(built);
        questions.for_each(|question| question.redact(redact));
        self.scores.iter_mut().for_each(|score| score.redact(redact));
        self.patterns.iter_mut().for_each(|pattern| pattern.redact(redact));
        self.offer.iter_mut().for_each(|offer| offer.redact(redact));
        self
    }
}

fn redact_all<'t>(texts: impl IntoIterator<Item = &'t mut String>, redact: Redact) {
    texts.into_iter().for_each(redact);
}

impl Section {
    fn redact(&mut self, redact: Redact) {
        redact_all([&mut self.id, &mut self.title].into_iter().chain(&mut self.short), redact);
        let changes = self.changes.all_mut().into_iter();
        redact_all(changes.flat_map(|change| &mut change.title), redact);
    }
}

impl Question {
    fn redact(&mut self, redact: Redact) {
        let named = [&mut self.id, &mut self.ask];
        let others = [&mut self.short, &mut self.person, &mut self.section, &mut self.line];
        redact_all(named.into_iter().chain(others.into_iter().flatten()), redact);
        redact_all(&mut self.under, redact);
        redact_all(self.asks.iter_mut().flat_map(|line| &mut line.turns), redact);
        redact_all(self.templates.iter_mut().map(|template| &mut template.text), redact);
        redact_all(self.mark.iter_mut().flat_map(|mark| [&mut mark.of, &mut mark.label]), redact);
        match &mut self.kind {
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                options.iter_mut().for_each(|option| option.redact(redact));
            }
            QuestionKind::Scale { labels, .. } => redact_all(labels, redact),
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => {}
        }
        self.own_options.iter_mut().flatten().for_each(|option| option.redact(redact));
        for change in self.changes.all_mut() {
            let texts = [&mut change.ask, &mut change.short, &mut change.behind];
            redact_all(texts.into_iter().flatten(), redact);
            change.options.iter_mut().flatten().for_each(|option| option.redact(redact));
        }
    }
}

impl AnswerOption {
    fn redact(&mut self, redact: Redact) {
        redact_all([&mut self.id, &mut self.label], redact);
        let group = self.group.iter_mut();
        redact_all(
            group.flat_map(|group| std::iter::once(&mut group.heading).chain(&mut group.apart)),
            redact,
        );
    }
}

impl Score {
    fn redact(&mut self, redact: Redact) {
        redact_all([&mut self.id, &mut self.title].into_iter().chain(&mut self.note), redact);
        redact_all(self.of.iter_mut().chain(&mut self.reverse), redact);
        redact_titles(&mut self.changes, redact);
    }
}

impl Pattern {
    fn redact(&mut self, redact: Redact) {
        redact_all(std::iter::once(&mut self.title).chain(&mut self.note), redact);
        redact_all(self.of.iter_mut().chain(&mut self.without).chain(&mut self.look), redact);
        let by = self.by.iter_mut();
        redact_all(by.flat_map(|by| [&mut by.practice, &mut by.question]), redact);
        redact_titles(&mut self.changes, redact);
    }
}

fn redact_titles(changes: &mut FormChanges<TitleChange>, redact: Redact) {
    let changes = changes.all_mut().into_iter();
    redact_all(changes.flat_map(|change| change.title.iter_mut().chain(&mut change.note)), redact);
}

impl Offer {
    fn redact(&mut self, redact: Redact) {
        for way in &mut self.ways {
            match &mut way.opens {
                OfferTarget::Question(id) | OfferTarget::Practice(id) => redact(id),
                OfferTarget::End | OfferTarget::Page(_) => {}
            }
        }
    }
}

impl Condition {
    fn redact(&mut self, redact: Redact) {
        if !matches!(self.holds, Test::Any(_)) {
            redact(&mut self.question);
        }
        match &mut self.holds {
            Test::OneOf(words) | Test::NoneOf(words) => redact_all(words, redact),
            Test::Running(run) => redact_all(&mut run.words, redact),
            Test::Repeating(repeat) => redact_all(&mut repeat.without, redact),
            Test::Against { other, .. } => redact(other),
            Test::Any(groups) => {
                groups.iter_mut().flatten().for_each(|condition| condition.redact(redact));
            }
            Test::Answered(_) | Test::Between { .. } => {}
        }
    }
}
