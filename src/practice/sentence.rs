//! What is built of the answers: a sentence, and the halves of a plan.

use crate::entry::{Answer, Value};

use super::phrase::{Grammar, Pieces, plan, split_plan};
use super::{Practice, Question, SENTENCE, Sentence, fill};

impl Sentence {
    /// The questions in it, in order.
    pub fn pieces(&self) -> Vec<String> {
        if let Some(grammar) = self.grammar {
            return grammar.pieces().iter().map(|piece| self.question_of(piece)).collect();
        }
        let open = self.say.iter().flat_map(|line| line.split('{').skip(1));
        open.filter_map(|rest| rest.split_once('}').map(|(id, _)| id.to_owned())).collect()
    }

    fn question_of(&self, piece: &str) -> String {
        format!("{}{piece}", self.prefix)
    }

    /// Is one of its pieces answered?
    fn is_begun(&self, answers: &[Answer]) -> bool {
        let pieces = self.pieces();
        answers.iter().any(|answer| pieces.contains(&answer.question))
    }

    /// The sentence, if these answers are enough for one.
    fn build(&self, answers: &[Answer], partner: Option<&str>) -> Option<String> {
        let Some(grammar) = self.grammar else {
            let lines: Vec<String> =
                self.say.iter().filter_map(|line| fill(line, answers)).collect();
            return (!lines.is_empty()).then(|| lines.join(" "));
        };
        grammar.build(&self.pieces_of(grammar, answers, partner))
    }

    fn pieces_of<'p>(
        &self,
        grammar: Grammar,
        answers: &[Answer],
        partner: Option<&'p str>,
    ) -> Pieces<'p> {
        let piece = |id: &'static str| {
            let question = self.question_of(id);
            Some((id, texts(answers.iter().find(|answer| answer.question == question)?)))
        };
        let read = grammar.pieces().iter().chain(grammar.asides());
        Pieces { answers: read.filter_map(|id| piece(id)).collect(), partner }
    }

    /// Where every question after which it is shown whole is left out, the last of its
    /// pieces takes their place.
    pub(super) fn keep_to(&mut self, questions: &[Question]) {
        self.after.retain(|id| questions.iter().any(|question| question.id == *id));
        if self.after.is_empty() {
            let pieces = self.pieces();
            let last = questions.iter().rfind(|question| pieces.contains(&question.id));
            self.after.extend(last.map(|question| question.id.clone()));
        }
    }
}

/// Each of several answers in its wording.
fn texts(answer: &Answer) -> Vec<String> {
    match &answer.value {
        Value::Chosen(chosen) => {
            let label = |id: &String| answer.labels.get(id).unwrap_or(id).clone();
            chosen.iter().map(label).collect()
        }
        Value::Text(_) | Value::Number(_) | Value::YesNo(_) | Value::CantSay => {
            vec![answer.text()]
        }
    }
}

impl Practice {
    /// The sentence that these answers begin.
    pub fn sentence_of(&self, answers: &[Answer]) -> Option<&Sentence> {
        let begun = self.sentences.iter().find(|sentence| sentence.is_begun(answers));
        begun.or(self.sentences.first())
    }

    /// The sentence that these answers build, if they are enough for one.
    pub fn built_sentence(&self, answers: &[Answer]) -> Option<String> {
        self.sentence_of(answers)?.build(answers, self.partner.as_deref())
    }

    /// How that sentence stands while its pieces are asked.
    pub fn sentence_so_far(&self, answers: &[Answer]) -> Option<String> {
        let begun = |sentence: &Sentence| {
            let grammar = sentence.grammar?;
            grammar.begin(&sentence.pieces_of(grammar, answers, self.partner.as_deref()))
        };
        self.built_sentence(answers).or_else(|| begun(self.sentence_of(answers)?))
    }

    /// The same from the other side, where there is one.
    pub fn sentence_turned(&self, answers: &[Answer]) -> Option<String> {
        let sentence = self.sentence_of(answers)?;
        let grammar = sentence.grammar?;
        grammar.turn(&sentence.pieces_of(grammar, answers, self.partner.as_deref()))
    }

    /// The plan that these answers make, as it is said back.
    pub fn plan(&self, answers: &[Answer]) -> Option<String> {
        let halves = self.rehearsal.as_ref()?;
        let of = |id: &str| answers.iter().find(|a| a.question == id).map(Answer::text);
        plan(&of(&halves.condition)?, &of(&halves.deed)?, self.partner.as_deref())
    }

    /// The answers with the sentence that they build in front. One that its writer worded
    /// by hand stays as it is.
    pub fn with_sentence(&self, mut answers: Vec<Answer>) -> Vec<Answer> {
        let place = answers.iter().position(|answer| answer.question == SENTENCE);
        let by_hand = place.map(|place| answers.remove(place));
        let built = || {
            let built = self.built_sentence(&answers)?;
            Some(self.sentence_of(&answers)?.question.answer_with(Value::Text(built)))
        };
        if let Some(first) = by_hand.or_else(built) {
            answers.insert(0, first);
        }
        answers
    }

    /// The answers without a sentence that is no more than they build: it is built anew
    /// when one of them changes.
    pub fn without_built_sentence(&self, mut answers: Vec<Answer>) -> Vec<Answer> {
        let built = self.built_sentence(&answers);
        answers.retain(|a| a.question != SENTENCE || Some(a.text()) != built);
        answers
    }

    /// The answers with the halves of a plan that was given whole, where they are not
    /// given themselves.
    pub fn with_plan_halves(&self, mut answers: Vec<Answer>) -> Vec<Answer> {
        let halves = answers.iter().find_map(|answer| self.plan_halves(answer));
        for half in halves.into_iter().flatten() {
            if !answers.iter().any(|answer| answer.question == half.question) {
                answers.push(half);
            }
        }
        answers
    }

    /// The two halves of a plan, where this answer is a whole one.
    pub fn plan_halves(&self, answer: &Answer) -> Option<[Answer; 2]> {
        let plan = self.rehearsal.as_ref()?;
        if plan.whole.as_ref() != Some(&answer.question) {
            return None;
        }
        let (condition, deed) = split_plan(&answer.text())?;
        let half = |id: &str, text: String| Some(self.question(id)?.answer_with(Value::Text(text)));
        Some([half(&plan.condition, condition)?, half(&plan.deed, deed)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{LoadedPractice, Practices};

    fn feel() -> Practice {
        let all = Practices::built_in();
        let feel = all.get("feel").and_then(LoadedPractice::practice);
        feel.unwrap().clone().with_partner_name(Some("Sam"))
    }

    fn answers(practice: &Practice, given: &[(&str, &str)]) -> Vec<Answer> {
        let answer = |(id, words): &(&str, &str)| {
            let question = practice.question(id).unwrap();
            question.answer_with(question.read(words).unwrap().unwrap())
        };
        given.iter().map(answer).collect()
    }

    fn first(answers: &[Answer]) -> String {
        answers[0].text()
    }

    #[test]
    fn the_sentence_is_the_first_answer_and_follows_its_pieces() {
        let feel = feel();
        let given = answers(&feel, &[("feeling", "ignored"), ("when", "Sam leaves")]);
        let kept = feel.with_sentence(given.clone());
        assert_eq!(first(&kept), "I feel ignored when Sam leaves.");
        let mut kept = feel.without_built_sentence(kept);
        assert_eq!(kept, given, "what is built is built anew");
        kept.extend(answers(&feel, &[("under", "lonely"), ("need", "an answer")]));
        let kept = feel.with_sentence(kept);
        assert_eq!(first(&kept), "I feel lonely when Sam leaves. I need an answer.");
        assert_eq!(kept.len(), 5, "both feelings are kept");
    }

    #[test]
    fn a_sentence_worded_by_hand_stays() {
        let feel = feel();
        let given = answers(&feel, &[("feeling", "tired"), ("sentence", "I am so tired.")]);
        let kept = feel.with_sentence(given);
        assert_eq!(first(&kept), "I am so tired.");
        assert_eq!(feel.without_built_sentence(kept.clone()), kept);
    }

    #[test]
    fn the_word_between_two_is_named_in_the_question_about_what_is_under_it() {
        let feel = feel();
        let given = answers(&feel, &[("feeling", "tired, ignored")]);
        let help = feel.question("under").unwrap().worded(&given).help.unwrap();
        assert!(help.starts_with("“ignored” says what it was like between you."), "{help}");
        let under = answers(&feel, &[("under", "lonely")]);
        let reply = feel.question("under").unwrap().reply_to(&under).unwrap();
        assert_eq!(reply, "The sentence takes “lonely”. Your entry keeps both.");
    }
}
