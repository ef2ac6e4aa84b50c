//! A way through a practice: which question is open, which was before, and how many there
//! are. It asks nothing itself, so that the same walk serves every form of the prompt.

mod back;
mod order;
mod place;
mod progress;
mod sentence;
#[cfg(test)]
mod tests;

use crate::entry::Answer;
use crate::practice::{
    ConditionalLine, Offer, Practice, Question, SENTENCE, Section, Test, all_match, first_words,
};

pub use order::in_order;
pub use progress::Progress;

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
    /// Nothing is left to ask, and the answers call for something other than the practice.
    Offer(Box<Offer>),
    /// Nothing is left to ask: a look at all answers, before they are kept.
    Review,
    /// The answers are to be kept as they stand.
    Keep,
}

/// What was walked past, in its order.
#[derive(Debug, PartialEq)]
enum Milestone {
    Section(String),
    Question(String),
    Breather,
    Offer,
}

impl Milestone {
    fn question(&self) -> Option<&String> {
        match self {
            Milestone::Question(id) => Some(id),
            Milestone::Section(_) | Milestone::Breather | Milestone::Offer => None,
        }
    }
}

/// A practice on its way from the first question to the last.
pub struct Walk {
    practice: Practice,
    progress: Progress,
    passed: Vec<Milestone>,
    /// Questions of another form than the one that was walked this far, and above this place.
    passed_over: Vec<String>,
    /// The same of the form before, where an answer changed it on the way.
    passed_over_before: Option<Vec<String>>,
    /// Nothing more is asked, nor shown.
    ended: bool,
}

impl Walk {
    /// Begins, or continues a draft where it stopped.
    pub fn new(practice: Practice, progress: Progress) -> Walk {
        let mut walk = Walk {
            practice: practice.with_asked(&progress.asked),
            progress,
            passed: Vec::new(),
            passed_over: Vec::new(),
            passed_over_before: None,
            ended: false,
        };
        for question in walk.practice.questions.clone() {
            if walk.progress.asked.contains(&question.id) {
                let is_behind = walk.is_breather_due(&question);
                walk.passed.extend(is_behind.then_some(Milestone::Breather));
                walk.pass_heading(&question);
                walk.passed.push(Milestone::Question(question.id));
            } else if walk.is_section_skipped(&question) {
                walk.pass_heading(&question);
            }
        }
        if walk.progress.wants_more && !walk.passed.contains(&Milestone::Breather) {
            walk.passed.push(Milestone::Breather);
        }
        walk.passed.extend(walk.progress.passed_offer.then_some(Milestone::Offer));
        walk.pass_over(walk.furthest());
        walk
    }

    /// Passes the heading of this question's section, where it wasn't passed yet.
    fn pass_heading(&mut self, question: &Question) {
        let section = self.unentered(question).map(|section| section.id.clone());
        self.passed.extend(section.map(Milestone::Section));
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
    /// the writer is afraid. What only that form asks is not caught up on: whoever has just
    /// said so is not led back to the beginning. What was asked already can be changed all
    /// the same.
    pub fn adapt(&mut self, adapted: Practice) {
        self.practice = adapted.with_asked(&self.progress.asked);
        let before = std::mem::take(&mut self.passed_over);
        self.passed_over_before.get_or_insert(before);
        self.pass_over(self.furthest());
    }

    /// Takes the form from before again, as when such an answer was a slip. What was passed
    /// over for its sake is asked, and what was passed over before it isn't, unless the way
    /// led back above that.
    pub fn restore(&mut self, adapted: Practice) {
        self.practice = adapted.with_asked(&self.progress.asked);
        let above = &self.practice.questions[..self.furthest()];
        let mut passed_over = self.passed_over_before.take().unwrap_or_default();
        passed_over.retain(|id| above.iter().any(|question| question.id == *id));
        self.passed_over = passed_over;
    }

    /// The place of the last question that was asked at the prompt.
    fn furthest(&self) -> usize {
        let Progress { asked, given, .. } = &self.progress;
        let walked = |q: &Question| asked.contains(&q.id) && !given.contains(&q.id);
        self.practice.questions.iter().rposition(walked).unwrap_or(0)
    }

    /// Passes over what another form would not have asked above this place. A draft may have
    /// been begun in that one.
    fn pass_over(&mut self, place: usize) {
        let above = self.practice.questions[..place].iter();
        let is_open = |q: &&Question| !self.progress.asked.contains(&q.id);
        let of_form = above.filter(is_open).filter(|q| !q.is_in_every_form());
        self.passed_over = of_form.map(|q| q.id.clone()).collect();
    }

    /// The next step.
    pub fn next(&self) -> WalkStep {
        if self.ended {
            return WalkStep::Keep;
        }
        let answers = &self.progress.answers;
        let is_enough = self.progress.is_enough;
        let open = |q: &&Question| self.is_open(q) && (!is_enough || self.is_taken_up(q));
        let Some(question) = self.practice.questions.iter().find(open) else {
            let offer = self.practice.fitting_offer(answers);
            let offer = offer.filter(|_| !self.passed.contains(&Milestone::Offer));
            return offer
                .map_or(WalkStep::Review, |offer| WalkStep::Offer(Box::new(offer.clone())));
        };
        if self.is_breather_due(question) {
            return WalkStep::Breather(self.words_of_breather());
        }
        match self.unentered(question) {
            Some(section) => WalkStep::Section(Box::new(section.clone())),
            None => WalkStep::Ask(Box::new(question.worded(answers))),
        }
    }

    /// What is left, in a line. One that names a question as not answered is meant for whoever
    /// is still to be asked that.
    fn words_of_breather(&self) -> Option<String> {
        let is_left = |id: &str| self.practice.question(id).is_some_and(|q| self.is_open(q));
        let is_true = |line: &&ConditionalLine| {
            let mut unanswered =
                line.when.iter().filter(|it| matches!(it.holds, Test::Answered(false)));
            unanswered.all(|it| is_left(&it.question))
        };
        let say = self.practice.more.iter().flat_map(|more| &more.say);
        let lines: Vec<ConditionalLine> = say.filter(is_true).cloned().collect();
        first_words(&lines, &self.progress.answers)
    }

    /// Is this question behind the breather, and was there none yet?
    fn is_breather_due(&self, question: &Question) -> bool {
        let Some(more) = &self.practice.more else { return false };
        let place = |id: &str| self.practice.questions.iter().position(|q| q.id == id);
        let is_behind = place(&more.before).is_some_and(|first| place(&question.id) >= Some(first));
        let asked = self.passed.iter().filter(|p| matches!(p, Milestone::Question(_))).count();
        let is_enough = more.after.is_some_and(|after| asked >= after as usize);
        let is_due = (is_behind || is_enough) && !self.passed.contains(&Milestone::Breather);
        is_due && !self.practice.is_offered(&question.id)
    }

    /// Continues past the breather.
    pub fn ask_more(&mut self) {
        self.progress.wants_more = true;
        self.passed.push(Milestone::Breather);
    }

    /// Continues past the offer.
    pub fn pass_offer(&mut self) {
        self.progress.passed_offer = true;
        self.pass_offer_for_now();
    }

    /// The same unless the session is stopped: no draft has the practice that is to follow.
    pub fn pass_offer_for_now(&mut self) {
        self.passed.push(Milestone::Offer);
    }

    /// Asks a question of the offer next; words that it has already stand there.
    pub fn take_up(&mut self, question: &str) {
        self.progress.asked.retain(|id| id != question);
        self.progress.taken_up = Some(question.to_owned());
    }

    fn is_taken_up(&self, question: &Question) -> bool {
        self.progress.taken_up.as_ref() == Some(&question.id)
    }

    /// Is it neither passed over, nor asked below the report, nor only where it is chosen in
    /// the offer or with the question whose choices it marks?
    fn is_on_the_way(&self, question: &Question) -> bool {
        let is_chosen = !self.practice.is_offered(&question.id) || self.is_taken_up(question);
        let is_elsewhere = question.mark.is_some() || self.practice.is_below_report(&question.id);
        is_chosen && !is_elsewhere && !self.passed_over.contains(&question.id)
    }

    /// Is it to be asked: not yet, and do its conditions hold?
    fn is_open(&self, question: &Question) -> bool {
        let is_new = !self.progress.asked.contains(&question.id);
        is_new && self.applies(question) && self.is_on_the_way(question)
    }

    /// Do its conditions hold, and is its section not skipped?
    fn applies(&self, question: &Question) -> bool {
        all_match(&question.when, &self.progress.answers) && !self.is_section_skipped(question)
    }

    fn is_section_skipped(&self, question: &Question) -> bool {
        let section = question.section.as_ref();
        section.is_some_and(|id| self.progress.skipped_sections.contains(id))
    }

    /// The question's section, where nothing of it was passed yet.
    fn unentered(&self, question: &Question) -> Option<&Section> {
        let id = question.section.as_ref()?;
        let section = self.practice.sections.iter().find(|s| s.id == *id)?;
        let is_entered = self.passed.contains(&Milestone::Section(id.clone()));
        (!is_entered).then_some(section)
    }

    /// Continues into a section, or past it.
    pub fn enter(&mut self, section: &Section, skip: bool) {
        self.passed.push(Milestone::Section(section.id.clone()));
        if skip {
            self.progress.skipped_sections.push(section.id.clone());
        }
    }

    /// Notes the answer, or that the question was skipped, and walks on.
    pub fn pass(&mut self, question: &Question, answer: Option<Answer>) {
        self.take_back_plan(question);
        self.part_with_sentence(question, answer.as_ref());
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
        self.part_with_sentence(question, Some(&answer));
        self.progress.put(&question.id, Some(answer));
    }

    /// Notes which choices of another question have this mark, or that none has.
    pub fn mark(&mut self, mark: &Question, answer: Option<Answer>) {
        self.progress.put(&mark.id, answer);
    }

    /// Asks nothing more: the review of all answers is next.
    pub fn close(&mut self) {
        self.progress.is_enough = true;
    }

    /// Ends it: the answers are kept as they stand, without a look at them.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Was it ended?
    pub fn is_ended(&self) -> bool {
        self.ended
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
