//! The forms that one practice takes: worded with the partner's name, for a
//! writer who is afraid, one part alone, asking back about an earlier entry.

use crate::entry::{Answer, Value};

use super::{Fear, Practice, Question, QuestionKind, Sentence, Suggestion};

pub(super) const NOT_SAFE: &str = "Not safe, or not now";

impl Practice {
    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// What it asks, and what it asks back later.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().chain(self.follow_up.iter().flat_map(|f| &f.questions))
    }

    /// Parts the answers that become the entry's tags from those that stay.
    pub fn part_tags(&self, answers: Vec<Answer>) -> (Vec<Answer>, Vec<String>) {
        let is_tags = |a: &Answer| {
            matches!(self.question(&a.question), Some(Question { kind: QuestionKind::Tags, .. }))
        };
        let (tags, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_tags);
        let tags = tags.iter().flat_map(|a| match &a.value {
            Value::Chosen(tags) => tags.clone(),
            _ => Vec::new(),
        });
        (answers, tags.collect())
    }

    /// Every text that a person reads, to be worded.
    fn wordings(&mut self) -> Vec<&mut String> {
        let mut all = vec![&mut self.title, &mut self.about];
        all.extend(&mut self.intro);
        for section in &mut self.sections {
            all.push(&mut section.title);
            all.extend(
                section.intro.iter_mut().chain(&mut section.held_back).chain(&mut section.closing),
            );
        }
        all.extend(self.closing.iter_mut().map(|c| &mut c.say));
        all.extend(self.hints.iter_mut().map(|h| &mut h.say));
        all.extend(self.scores.iter_mut().map(|s| &mut s.title));
        let patterns = self.patterns.iter_mut();
        all.extend(patterns.flat_map(|p| std::iter::once(&mut p.title).chain(&mut p.note)));
        all.extend(self.sentence.iter_mut().flat_map(|s| &mut s.say));
        all.extend(self.report.iter_mut().flat_map(|r| r.ask.iter_mut().chain(&mut r.note)));
        for recall in &mut self.recalls {
            all.push(&mut recall.lead);
            all.extend(&mut recall.say);
        }
        let mut questions: Vec<&mut Question> = self.questions.iter_mut().collect();
        if let Some(follow_up) = &mut self.follow_up {
            all.push(&mut follow_up.lead);
            questions.extend(&mut follow_up.questions);
        }
        for question in questions {
            all.push(&mut question.ask);
            all.extend(&mut question.help);
            all.extend(question.suggest.iter_mut().map(|s| &mut s.say));
            all.extend(question.kind.wordings());
        }
        all
    }

    /// Puts the writer's own name for the partner wherever a wording has
    /// `{your partner}` or the like, or else the words between the braces.
    pub fn with_partner_name(mut self, partner: Option<&str>) -> Practice {
        for text in self.wordings() {
            *text = name_partner(text, partner);
        }
        self
    }

    /// The form for a writer who is, or is not, known to be afraid. Whoever is
    /// gets no suggestion to share anything. While nobody
    /// knows, nothing presses towards sharing; what asks about it has "not safe"
    /// among its answers.
    pub fn adapted_to(mut self, fear: Fear) -> Practice {
        let known = fear == Fear::Known;
        let fits = |q: &Question| !(known && q.sharing);
        let asked_back = self.follow_up.as_mut().map(|f| &mut f.questions);
        for questions in std::iter::once(&mut self.questions).chain(asked_back) {
            questions.retain(fits);
            if !known {
                questions.iter_mut().filter(|q| q.sharing).for_each(|q| q.kind.offer_not_safe());
            }
            if fear != Fear::None {
                questions.iter_mut().for_each(|q| q.kind.leave_out_sharing(known));
            }
        }
        if fear != Fear::None {
            self.closing.retain(|c| !c.sharing);
        }
        if known {
            self.follow_up = self.follow_up.filter(|f| !f.sharing);
            for section in &mut self.sections {
                section.intro = section.held_back.take().or(section.intro.take());
            }
            // A softer tone is not what is missing.
            self.hints.clear();
            self.mend_sentence();
        }
        self
    }

    /// Where the question after which the sentence is shown whole is left out,
    /// the last of its pieces takes its place.
    fn mend_sentence(&mut self) {
        let Some(sentence) = &mut self.sentence else { return };
        if !self.questions.iter().any(|q| q.id == sentence.after) {
            let pieces = sentence.pieces();
            let last = self.questions.iter().rfind(|q| pieces.contains(&q.id));
            sentence.after = last.map(|q| q.id.clone()).unwrap_or_default();
        }
    }

    /// One part alone, by its place from 1.
    pub fn part(mut self, number: usize) -> Option<Practice> {
        let count = self.sections.len();
        let section = self.sections.get(number.checked_sub(1)?)?.clone();
        self.questions.retain(|q| q.section.as_ref() == Some(&section.id));
        self.primary = self.questions.first()?.id.clone();
        self.title = format!("{}, part {number} of {count}", self.title);
        self.sections = vec![section];
        Some(self)
    }

    /// The part that a broken-off sitting was in.
    pub fn only_questions(self, asked: &[String]) -> Practice {
        let was_asked = |q: &&Question| asked.contains(&q.id);
        let section = self.questions.iter().find(was_asked).and_then(|q| q.section.as_ref());
        let place = self.sections.iter().position(|s| Some(&s.id) == section);
        match place.filter(|_| self.parts) {
            Some(place) => self.clone().part(place + 1).unwrap_or(self),
            None => self,
        }
    }

    /// What is asked later of an entry, as a practice of its own.
    pub fn following_up(mut self) -> Option<Practice> {
        let follow_up = self.follow_up.take()?;
        self.primary = follow_up.questions.first()?.id.clone();
        self.questions = follow_up.questions;
        self.follow_up_lead = Some(follow_up.lead);
        self.intro = None;
        self.sections.clear();
        self.recalls.clear();
        self.closing.clear();
        self.sentence = None;
        self.parts = false;
        Some(self)
    }
}

impl Sentence {
    /// The questions in it, in order.
    pub fn pieces(&self) -> Vec<String> {
        let open = self.say.iter().flat_map(|line| line.split('{').skip(1));
        open.filter_map(|rest| rest.split_once('}').map(|(id, _)| id.to_owned())).collect()
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
            _ => Vec::new(),
        }
    }

    /// "Not safe or not now" is always among the answers.
    fn offer_not_safe(&mut self) {
        let QuestionKind::Text { suggestions } = self else { return };
        if !suggestions.iter().any(|s| s.say == NOT_SAFE) {
            suggestions.push(Suggestion { say: NOT_SAFE.to_owned(), sharing: false });
        }
    }

    fn leave_out_sharing(&mut self, options_too: bool) {
        match self {
            QuestionKind::Text { suggestions } => suggestions.retain(|s| !s.sharing),
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }
                if options_too =>
            {
                options.retain(|o| !o.sharing);
            }
            _ => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partners_name_replaces_the_words_between_braces() {
        let text = "How close to {your partner}? {My partner} waited.";
        assert_eq!(name_partner(text, None), "How close to your partner? My partner waited.");
        assert_eq!(name_partner(text, Some("Sam")), "How close to Sam? Sam waited.");
        assert_eq!(name_partner("an open { brace", Some("Sam")), "an open { brace");
        assert_eq!(name_partner("{withdrew-partner}", Some("Sam")), "{withdrew-partner}");
    }
}
