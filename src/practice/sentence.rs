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

    /// Questions that it reads besides, in order.
    fn asides(&self) -> Vec<String> {
        let asides = self.grammar.map_or(&[][..], Grammar::asides);
        asides.iter().map(|aside| self.question_of(aside)).collect()
    }

    fn question_of(&self, piece: &str) -> String {
        format!("{}{piece}", self.prefix)
    }

    /// Does it read the answer to this question?
    pub fn reads(&self, question: &str) -> bool {
        self.pieces().iter().chain(&self.asides()).any(|id| id == question)
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
        let answers = read.filter_map(|id| piece(id)).collect();
        Pieces { answers, partner, chapter: self.chapter }
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

    /// The questions whose answers that sentence has in it: its pieces, and what it reads
    /// besides where it says so.
    pub fn sentence_pieces(&self, answers: &[Answer]) -> Vec<String> {
        let Some(sentence) = self.sentence_of(answers) else { return Vec::new() };
        let whole = self.built_sentence(answers);
        let is_said = |id: &String| {
            let without = answers.iter().filter(|answer| answer.question != *id);
            let without: Vec<Answer> = without.cloned().collect();
            sentence.build(&without, self.partner.as_deref()) != whole
        };
        let asides = sentence.asides().into_iter().filter(is_said);
        let pieces: Vec<String> = sentence.pieces().into_iter().chain(asides).collect();
        let in_order = self.questions.iter().filter(|question| pieces.contains(&question.id));
        in_order.map(|question| question.id.clone()).collect()
    }

    /// How that sentence stands while its pieces are asked.
    pub fn sentence_so_far(&self, answers: &[Answer]) -> Option<String> {
        let begun = |sentence: &Sentence| {
            let grammar = sentence.grammar?;
            grammar.begin(&sentence.pieces_of(grammar, answers, self.partner.as_deref()))
        };
        self.built_sentence(answers).or_else(|| begun(self.sentence_of(answers)?))
    }

    /// That sentence from the other side, if it has one.
    pub fn sentence_turned(&self, answers: &[Answer]) -> Option<String> {
        let sentence = self.sentence_of(answers)?;
        let grammar = sentence.grammar?;
        grammar.turn(&sentence.pieces_of(grammar, answers, self.partner.as_deref()))
    }

    /// What to ask back about it, where it says what someone else will do.
    pub fn sentence_ask_back(&self, answers: &[Answer]) -> Option<&'static str> {
        let sentence = self.sentence_of(answers)?;
        let grammar = sentence.grammar?;
        grammar.ask_back(&sentence.pieces_of(grammar, answers, self.partner.as_deref()))
    }

    /// The plan that these answers make, as it is said back.
    pub fn plan(&self, answers: &[Answer]) -> Option<String> {
        let halves = self.rehearsal.as_ref()?;
        let of = |id: &str| answers.iter().find(|a| a.question == id).map(Answer::text);
        plan(&of(halves.condition.get_ref())?, &of(halves.deed.get_ref())?, self.partner.as_deref())
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

    /// The answers without a sentence that is no more than they build: it is built again
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
        if plan.whole.as_ref().is_none_or(|id| *id.get_ref() != answer.question) {
            return None;
        }
        let (condition, deed) = split_plan(&answer.text())?;
        let half = |id: &str, text: String| Some(self.question(id)?.answer_with(Value::Text(text)));
        Some([half(plan.condition.get_ref(), condition)?, half(plan.deed.get_ref(), deed)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Chapter;
    use crate::practice::{Fear, Form, Practices};

    fn feel() -> Practice {
        let all = Practices::built_in();
        let feel = all.practice("feel");
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
        assert_eq!(kept, given, "what is built is built again");
        kept.extend(answers(&feel, &[("under", "lonely"), ("need", "an answer")]));
        let kept = feel.with_sentence(kept);
        assert_eq!(first(&kept), "I feel lonely when Sam leaves. I need an answer.");
        assert_eq!(kept.len(), 5, "both feelings are kept");
    }

    #[test]
    fn answers_from_outside_have_the_labels_of_a_locked_journal() {
        let all = Practices::built_in();
        let guide = all.practice("guide").unwrap();
        for (chapter, id, option, label) in [
            (Chapter::Apart, "their-move", "ask-on", "kept asking"),
            (Chapter::Together, "their-move", "ask-on", "keep asking"),
            (
                Chapter::Together,
                "choice",
                "let-go",
                "Begin to let go, if that's safe, with someone beside me",
            ),
            // What a locked journal doesn't offer keeps its only label.
            (Chapter::Together, "choice", "together", "Work on this together, if we both want to"),
            (Chapter::Apart, "choice", "as-it-is", "Go on the way I am"),
        ] {
            let worded = guide.worded_in(chapter, answers(guide, &[(id, option)]));
            assert_eq!(first(&worded), label);
        }
    }

    #[test]
    fn what_a_sentence_reads_besides_is_a_piece_where_it_says_so() {
        let all = Practices::built_in();
        let guide = all.practice("guide").unwrap();
        let pieces = |story: &str| {
            let given = [("move", "quiet"), ("story", story), ("protects", "safety")];
            guide.sentence_pieces(&answers(guide, &given))
        };
        let loop_pieces = ["trigger", "move", "story", "their-move", "ending"];
        assert_eq!(pieces("worse"), loop_pieces);
        assert_eq!(pieces("unsafe"), [&loop_pieces[..], &["protects"]].concat());
        let known = Form { fear: Fear::Known, chapter: Chapter::Together };
        let asked = ["move", "story", "protects"].map(str::to_owned);
        let care = guide.clone().adapted_to(known).with_asked(&asked);
        let given = [("move", "quiet"), ("story", "unsafe"), ("protects", "safety")];
        let shelter = ["trigger", "move", "story", "protects"];
        assert_eq!(care.sentence_pieces(&answers(guide, &given)), shelter);
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
        assert_eq!(reply, "The sentence will say “lonely”. Your entry keeps both.");
    }
}
