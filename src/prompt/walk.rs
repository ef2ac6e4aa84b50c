//! A way through a practice: which question is open, which was before, and how many there
//! are. It asks nothing itself, so that the same walk serves every form of the prompt.

use crate::entry::Answer;
use crate::practice::{Practice, Question, SENTENCE, Section, all_match, first_words};

/// A session as it stands: the answers, and which questions were asked.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// What is answered so far.
    pub answers: Vec<Answer>,
    /// The answered and the skipped, so that neither is asked again.
    pub asked: Vec<String>,
    /// Questions that the command line answered: kept whatever their conditions say.
    pub given: Vec<String>,
}

impl Progress {
    /// Starts with what the command line answered.
    pub fn with(answers: Vec<Answer>) -> Progress {
        let asked: Vec<String> = answers.iter().map(|a| a.question.clone()).collect();
        Progress { answers, given: asked.clone(), asked }
    }

    /// What stands as the answer to this question.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.question == question)
    }

    /// Puts an answer in the place of the one before, or takes that away.
    pub fn put(&mut self, question: &str, answer: Option<Answer>) {
        self.answers.retain(|a| a.question != question);
        self.answers.extend(answer);
    }
}

/// What the walk comes to next.
///
/// Before a question stand the steps that lead up to it; [`Walk::next`] alone says in
/// which order. What follows an answer is in `conversation::after_answer`.
#[derive(Debug)]
pub enum WalkStep {
    /// The first open question is the first of this section.
    Section(Box<Section>),
    /// The short core ends here, and there is more: what is left, in a line.
    Breather(Option<String>),
    /// The first open question, as it is worded by now.
    Ask(Box<Question>),
    /// Nothing is left to ask: a look at all answers, before they are kept.
    Glance,
    /// The answers are to be kept as they stand.
    Keep,
}

/// What was walked past, in its order.
#[derive(Debug, PartialEq)]
enum Milestone {
    Section(String),
    Question(String),
    Breather,
}

/// A practice on its way from the first question to the last.
pub struct Walk {
    practice: Practice,
    progress: Progress,
    passed: Vec<Milestone>,
    skipped_sections: Vec<String>,
    /// Nothing more is asked, whatever is open.
    closed: bool,
    /// Nor is anything shown any more.
    ended: bool,
}

impl Walk {
    /// Begins, or continues a draft where it stopped.
    pub fn new(practice: Practice, progress: Progress) -> Walk {
        let mut walk = Walk {
            practice,
            progress,
            passed: Vec::new(),
            skipped_sections: Vec::new(),
            closed: false,
            ended: false,
        };
        let asked = |q: &&Question| walk.progress.asked.contains(&q.id);
        let asked: Vec<Question> = walk.practice.questions.iter().filter(asked).cloned().collect();
        for question in asked {
            walk.passed.extend(walk.is_breather_due(&question).then_some(Milestone::Breather));
            walk.passed.extend(walk.unentered(&question).map(|s| Milestone::Section(s.id.clone())));
            walk.passed.push(Milestone::Question(question.id));
        }
        walk
    }

    /// The practice, in the form that it has by now.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// What is answered by now.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Takes another form of the same practice from here on, as when an answer says that
    /// the writer is afraid.
    pub fn adapt(&mut self, form: impl FnOnce(Practice) -> Practice) {
        self.practice = form(self.practice.clone());
    }

    /// The next step.
    pub fn next(&self) -> WalkStep {
        if self.ended {
            return WalkStep::Keep;
        }
        let open = self.practice.questions.iter().find(|q| self.is_open(q));
        let Some(question) = open.filter(|_| !self.closed) else { return WalkStep::Glance };
        let answers = &self.progress.answers;
        if self.is_breather_due(question) {
            let say = self.practice.more.as_ref().map(|more| first_words(&more.say, answers));
            return WalkStep::Breather(say.flatten());
        }
        match self.unentered(question) {
            Some(section) => WalkStep::Section(Box::new(section.clone())),
            None => WalkStep::Ask(Box::new(question.worded(answers))),
        }
    }

    /// Is this question behind the breather, and was there none yet?
    fn is_breather_due(&self, question: &Question) -> bool {
        let Some(more) = &self.practice.more else { return false };
        let place = |id: &str| self.practice.questions.iter().position(|q| q.id == id);
        let is_behind = place(&more.before).is_some_and(|first| place(&question.id) >= Some(first));
        let asked = self.passed.iter().filter(|p| matches!(p, Milestone::Question(_))).count();
        let is_enough = more.after.is_some_and(|after| asked >= after as usize);
        (is_behind || is_enough) && !self.passed.contains(&Milestone::Breather)
    }

    /// Goes on past the breather.
    pub fn ask_more(&mut self) {
        self.passed.push(Milestone::Breather);
    }

    /// Is it to be asked: not yet, and do its conditions hold?
    fn is_open(&self, question: &Question) -> bool {
        !self.progress.asked.contains(&question.id) && self.applies(question)
    }

    /// Do its conditions hold, and is its section not skipped?
    fn applies(&self, question: &Question) -> bool {
        let skipped = |id: &String| self.skipped_sections.contains(id);
        all_match(&question.when, &self.progress.answers)
            && !question.section.as_ref().is_some_and(skipped)
    }

    /// The question's section, where nothing of it was passed yet.
    fn unentered(&self, question: &Question) -> Option<&Section> {
        let id = question.section.as_ref()?;
        let section = self.practice.sections.iter().find(|s| s.id == *id)?;
        let is_entered = self.passed.contains(&Milestone::Section(id.clone()));
        (!is_entered).then_some(section)
    }

    /// Goes on into a section, or past it.
    pub fn enter(&mut self, section: &Section, skip: bool) {
        self.passed.push(Milestone::Section(section.id.clone()));
        if skip {
            self.skipped_sections.push(section.id.clone());
        }
    }

    /// Notes the answer, or that the question was skipped, and walks on.
    pub fn pass(&mut self, question: &Question, answer: Option<Answer>) {
        self.take_back_plan(question);
        if self.practice.sentence.as_ref().is_some_and(|s| s.pieces().contains(&question.id)) {
            // It is built anew of its pieces.
            self.progress.put(SENTENCE, None);
        }
        let halves = answer.as_ref().and_then(|answer| self.practice.plan_halves(answer));
        self.progress.put(&question.id, answer);
        // A sentence that was worded by hand answers nothing that is asked.
        if question.id != SENTENCE && !self.progress.asked.contains(&question.id) {
            self.progress.asked.push(question.id.clone());
            self.passed.push(Milestone::Question(question.id.clone()));
        }
        self.progress.given.retain(|id| *id != question.id);
        for half in halves.into_iter().flatten() {
            if self.progress.answer(&half.question).is_none() {
                self.progress.asked.push(half.question.clone());
                self.progress.put(&half.question.clone(), Some(half));
            }
        }
    }

    /// Takes back the halves of a plan that was typed whole as the answer before.
    fn take_back_plan(&mut self, question: &Question) {
        let before = self.progress.answer(&question.id);
        let halves = before.and_then(|answer| self.practice.plan_halves(answer));
        for half in halves.into_iter().flatten() {
            let is_same = |a: &Answer| a.question == half.question && a.value == half.value;
            if self.progress.answers.iter().any(is_same) {
                self.progress.put(&half.question, None);
                self.progress.asked.retain(|id| *id != half.question);
            }
        }
    }

    /// Notes words that are not finished, so that they stand there when the question is
    /// asked again.
    pub fn hold(&mut self, question: &Question, answer: Answer) {
        self.progress.put(&question.id, Some(answer));
    }

    /// Is there a question before this one?
    pub fn can_go_back(&self) -> bool {
        self.passed.iter().any(|passed| self.returns_to(passed))
    }

    /// Goes back to the question before, whose answer then stands to be changed, across
    /// sections and past what is no longer asked. Does nothing at the first.
    pub fn go_back(&mut self) {
        let Some(at) = self.passed.iter().rposition(|passed| self.returns_to(passed)) else {
            return;
        };
        for passed in self.passed.split_off(at) {
            match passed {
                Milestone::Section(id) => self.skipped_sections.retain(|skipped| *skipped != id),
                Milestone::Breather => {}
                Milestone::Question(id) => self.progress.asked.retain(|asked| *asked != id),
            }
        }
        self.closed = false;
    }

    fn returns_to(&self, passed: &Milestone) -> bool {
        match passed {
            Milestone::Section(_) | Milestone::Breather => false,
            Milestone::Question(id) => self.practice.question(id).is_some_and(|q| self.applies(q)),
        }
    }

    /// Asks nothing more: the glance is next.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// Ends it: the answers are kept as they stand, without a look at them.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Was it ended?
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Which one of how many this is, as far as the answers can tell; before the breather,
    /// of those before it.
    pub fn place(&self, question: &Question) -> (usize, usize) {
        let all: Vec<&Question> =
            self.practice.questions.iter().filter(|q| self.applies(q)).collect();
        let at = all.iter().position(|q| q.id == question.id).unwrap_or_default();
        let more = self.practice.more.as_ref();
        let more = more.filter(|_| !self.passed.contains(&Milestone::Breather));
        let core = more.map_or(all.len(), |more| {
            let place = |q: &&Question| self.practice.questions.iter().position(|o| o.id == q.id);
            let first = self.practice.questions.iter().position(|q| q.id == more.before);
            let before = all.iter().filter(|q| first.is_none() || place(q) < first).count();
            before.min(more.after.map_or(before, |after| after as usize))
        });
        (at + 1, core.max(at + 1))
    }

    /// What is kept, in the practice's order: an answer to what would no longer be asked
    /// is left out, unless the command line gave it.
    pub fn kept_answers(&self) -> Vec<Answer> {
        let stands = |a: &&Answer| {
            self.progress.given.contains(&a.question)
                || self.practice.question(&a.question).is_none_or(|q| self.applies(q))
        };
        let answers = self.progress.answers.iter().filter(stands).cloned().collect();
        in_order(&self.practice, answers)
    }
}

/// The answers in the order of the practice's questions.
pub fn in_order(practice: &Practice, mut answers: Vec<Answer>) -> Vec<Answer> {
    let place = |a: &Answer| practice.questions.iter().position(|q| q.id == a.question);
    answers.sort_by_key(|a| place(a).unwrap_or(usize::MAX));
    answers
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::entry::Value;
    use crate::practice;

    const TWO_PARTS: &str = r#"
title = "Two parts"
about = "Two"
cadence = "as-needed"
primary = "a"

[[section]]
id = "one"
title = "One"

[[section]]
id = "two"
title = "Two"

[[question]]
id = "a"
ask = "A?"
kind = "yes-no"
section = "one"

[[question]]
id = "b"
ask = "B, after yes?"
kind = "text"
section = "one"
when = { a = "yes" }

[[question]]
id = "c"
ask = "C?"
kind = "text"
section = "two"
"#;

    fn walk() -> Walk {
        let found = practice::read("two", Path::new("two.toml"), TWO_PARTS, &[]);
        Walk::new(found.into_practice().unwrap(), Progress::default())
    }

    /// Enters every section on the way, and says what is asked then.
    fn asked(walk: &mut Walk) -> Option<Question> {
        loop {
            match walk.next() {
                WalkStep::Section(section) => walk.enter(&section, false),
                WalkStep::Breather(_) => walk.ask_more(),
                WalkStep::Ask(question) => return Some(*question),
                WalkStep::Glance | WalkStep::Keep => return None,
            }
        }
    }

    fn answer(walk: &mut Walk, id: &str, value: Value) {
        let question = asked(walk).unwrap();
        assert_eq!(question.id, id);
        let answer = question.answer_with(value);
        walk.pass(&question, Some(answer));
    }

    fn words(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn back_goes_through_conditions_and_sections_and_finds_the_earlier_answer() {
        let mut walk = walk();
        assert!(!walk.can_go_back() && asked(&mut walk).unwrap().id == "a");
        answer(&mut walk, "a", Value::YesNo(true));
        answer(&mut walk, "b", words("beta"));
        let question = asked(&mut walk).unwrap();
        assert_eq!(walk.place(&question), (3, 3));
        walk.go_back();
        assert_eq!(asked(&mut walk).unwrap().id, "b");
        assert_eq!(walk.progress().answer("b").unwrap().value, words("beta"));
        walk.go_back();
        answer(&mut walk, "a", Value::YesNo(false));
        assert_eq!(asked(&mut walk).unwrap().id, "c", "b is asked after a yes alone");
        walk.go_back();
        assert_eq!(asked(&mut walk).unwrap().id, "a", "back passes over what is not asked");
        let question = asked(&mut walk).unwrap();
        assert_eq!(walk.place(&question), (1, 2));
    }

    #[test]
    fn what_is_no_longer_asked_is_not_kept_and_comes_back_with_its_condition() {
        let mut walk = walk();
        answer(&mut walk, "a", Value::YesNo(true));
        answer(&mut walk, "b", words("beta"));
        let ids = |walk: &Walk| -> Vec<String> {
            walk.kept_answers().into_iter().map(|a| a.question).collect()
        };
        walk.go_back();
        walk.go_back();
        answer(&mut walk, "a", Value::YesNo(false));
        assert_eq!(ids(&walk), ["a"]);
        assert!(walk.progress().answer("b").is_some(), "the draft still has it");
        walk.go_back();
        answer(&mut walk, "a", Value::YesNo(true));
        assert_eq!(ids(&walk), ["a", "b"]);
        // What the command line said is kept whatever was answered elsewhere.
        let given = walk.progress().answer("b").cloned().into_iter().collect();
        let mut again = Walk::new(walk.practice().clone(), Progress::with(given));
        answer(&mut again, "a", Value::YesNo(false));
        assert_eq!(ids(&again), ["a", "b"]);
    }

    #[test]
    fn a_skipped_section_is_offered_again_on_the_way_back() {
        let mut walk = walk();
        let question = asked(&mut walk).unwrap();
        walk.pass(&question, None);
        let WalkStep::Section(section) = walk.next() else { panic!("the second section is next") };
        walk.enter(&section, true);
        assert!(matches!(walk.next(), WalkStep::Glance));
        walk.go_back();
        assert_eq!(asked(&mut walk).unwrap().id, "a");
        walk.pass(&question, None);
        assert!(matches!(walk.next(), WalkStep::Section(section) if section.id == "two"));
    }

    #[test]
    fn a_draft_continues_where_it_stopped_and_can_go_back_from_there() {
        let mut walk = walk();
        answer(&mut walk, "a", Value::YesNo(true));
        let mut again = Walk::new(walk.practice().clone(), walk.progress().clone());
        assert_eq!(asked(&mut again).unwrap().id, "b", "no section is entered twice");
        assert!(again.can_go_back());
        again.close();
        assert!(matches!(again.next(), WalkStep::Glance));
        again.go_back();
        assert_eq!(asked(&mut again).unwrap().id, "a");
    }

    const MORNING: &str = r#"
title = "Morning"
rehearse = { if = "if", then = "then", whole = "plan" }
more = { before = "c", after = 3, say = [{ say = "After a B.", when = { b = { answered = true } } }, "C is left."] }

[[question]]
id = "plan"
ask = "Plan?"
kind = "text"

[[question]]
id = "if"
ask = "If?"
kind = "text"

[[question]]
id = "then"
ask = "Then?"
kind = "text"
when = { if = { answered = true } }

[[question]]
id = "b"
ask = "B?"
kind = "text"

[[question]]
id = "c"
ask = "C?"
kind = "text"
when = { b = { not = "enough" } }
"#;

    fn morning() -> Walk {
        let found = practice::read("morning", Path::new("morning.toml"), MORNING, &[]);
        Walk::new(found.into_practice().unwrap(), Progress::default())
    }

    fn said(walk: &Walk) -> Option<String> {
        match walk.next() {
            WalkStep::Breather(say) => say,
            _ => None,
        }
    }

    /// Answers each with this, or skips it.
    fn pass(walk: &mut Walk, words: Option<&str>) {
        let WalkStep::Ask(question) = walk.next() else { panic!("{:?}", walk.next()) };
        walk.pass(&question, words.map(|text| question.answer_with(Value::Text(text.into()))));
    }

    #[test]
    fn the_breather_comes_before_its_question_or_after_so_many_and_not_before_nothing() {
        let mut walk = morning();
        for words in [Some("rest"), None, Some("b")] {
            assert_eq!(said(&walk), None);
            pass(&mut walk, words);
        }
        assert_eq!(said(&walk).as_deref(), Some("After a B."));
        walk.go_back();
        assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "b"));
        pass(&mut walk, Some("enough"));
        assert!(matches!(walk.next(), WalkStep::Glance), "nothing is left");

        let mut walk = morning();
        for words in ["rest", "it rains", "read"] {
            pass(&mut walk, Some(words));
        }
        assert_eq!(said(&walk).as_deref(), Some("C is left."), "three were asked");
        let question = walk.practice().question("b").unwrap().clone();
        walk.ask_more();
        assert_eq!(walk.place(&question), (4, 5));
        pass(&mut walk, None);
        assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "c"), "once only");

        let again = Walk::new(walk.practice().clone(), walk.progress().clone());
        assert!(matches!(again.next(), WalkStep::Ask(question) if question.id == "c"));
    }

    #[test]
    fn a_plan_typed_whole_fills_its_halves_and_another_answer_takes_them_back() {
        let mut walk = morning();
        pass(&mut walk, Some("If it rains, then I will read."));
        assert_eq!(walk.progress().answer("if").unwrap().text(), "it rains");
        assert_eq!(walk.progress().answer("then").unwrap().text(), "read");
        assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "b"));
        walk.go_back();
        pass(&mut walk, Some("Read."));
        assert!(walk.progress().answer("if").is_none());
        assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "if"));
    }
}
