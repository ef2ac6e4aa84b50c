//! A practice, asked: the walk says what comes next, the screen shows it, and each step
//! is kept as a draft.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question, RecallPlace};
use crate::render::{TextPage, clean_line};

use super::Screen;
use super::care_screens::{CareScreens, CareStep};
use super::esc_menu::EscMenu;
use super::question_input::{QuestionEnd, answer_below, ask_question};
use super::recalled::RecalledAnswers;
use super::rescue::PendingAnswer;
use super::sentence::ends_own_wording;
use super::walk::{Progress, Walk, WalkStep};

/// Where a session's progress is kept until the entry is.
pub trait DraftSink: Send + Sync {
    /// Saves what is answered so far.
    ///
    /// # Errors
    /// What kept it from being saved; the session continues.
    fn save(&self, progress: &Progress) -> Result<()>;
}

/// What an asking needs besides the practice.
pub struct Conversation<'a> {
    /// Where it takes place.
    pub screen: &'a Screen<'a>,
    /// Where each step is kept.
    pub drafts: Arc<dyn DraftSink>,
    /// A page of its own in place of the title and the intro.
    pub opening: Option<String>,
    /// What earlier entries say.
    pub recalled: &'a [RecalledAnswers],
    /// What the menu on Esc opens.
    pub care_screens: &'a dyn CareScreens,
    /// Was it said that no draft can be kept?
    pub is_warned: Cell<bool>,
    /// The practice that was chosen to follow this one.
    pub next_practice: RefCell<Option<String>>,
    /// Where each question stands in the transcript.
    pub places: RefCell<Vec<(String, usize)>>,
}

/// What Enter alone chooses at the breather.
pub const ENOUGH: &str = "Enough for now";

/// What the breather asks, and what is left.
pub fn breather_lines(say: Option<&str>, page: &TextPage) -> Vec<String> {
    let ask = page.strong("Enough, or a little more?");
    let left = say.map(|say| page.quiet(&page.wrap(&clean_line(say), "")));
    std::iter::once(ask).chain(left).collect()
}

/// What a conversation may say or ask once a question is answered.
type AfterAnswer<C> = fn(&C, &Question, &mut Walk) -> Result<()>;

impl Conversation<'_> {
    /// Asks what is open, in the practice's order, until the answers are to be kept.
    /// A question that is skipped is simply not among them.
    ///
    /// # Errors
    /// `Cancelled` where it is stopped, or what the terminal says.
    pub fn run(&self, practice: Practice, progress: Progress) -> Result<Vec<Answer>> {
        let is_resumed = progress.asked.len() > progress.given.len();
        let mut walk = Walk::new(practice, progress);
        let mut is_open = is_resumed;
        if is_resumed {
            self.open_again(walk.practice());
            // Words that are not finished stand at their question.
            let asked = |a: &Answer| walk.progress().asked.contains(&a.question);
            let answers: Vec<Answer> = walk.kept_answers().into_iter().filter(asked).collect();
            self.show_answers(&answers, walk.practice());
            self.screen.paragraph("This is where you left off.");
        }
        loop {
            let step = walk.next();
            // A private question comes before everything else.
            let is_private = matches!(&step, WalkStep::Ask(question) if question.reveal);
            if !is_private && !std::mem::replace(&mut is_open, true) {
                self.open(walk.practice());
            }
            match step {
                WalkStep::Section(section) => self.enter(&section, &mut walk)?,
                WalkStep::Breather(say) => self.breathe(say.as_deref(), &mut walk)?,
                WalkStep::Ask(question) => self.ask(&question, &mut walk)?,
                WalkStep::Offer(offer) => self.offer(&offer, &mut walk)?,
                WalkStep::Keep => return Ok(walk.kept_answers()),
                WalkStep::Review if self.review(&mut walk)? => return Ok(walk.kept_answers()),
                WalkStep::Review => {}
            }
            self.save(&walk);
        }
    }

    /// If the draft cannot be saved, warns once and continues: what was just said is not
    /// lost for its sake.
    pub(super) fn save(&self, walk: &Walk) {
        let saved = self.screen.rescue().end_saved(|| self.drafts.save(walk.progress()));
        if let Err(error) = saved
            && !self.is_warned.replace(true)
        {
            self.screen.paragraph(&format!("{error} You can continue, but without a draft."));
        }
    }

    /// Asks whether this is enough, or a little more.
    fn breathe(&self, say: Option<&str>, walk: &mut Walk) -> Result<()> {
        let place = self.screen.mark();
        let ask = breather_lines(say, &self.screen.page());
        ask.iter().for_each(|line| self.screen.line(line));
        match self.choose_below("", &[ENOUGH, "A little more"], 0, &ask, walk)? {
            Some(0) => walk.close(),
            Some(_) => {
                self.screen.line("");
                walk.ask_more();
            }
            None => self.screen.rewind(place),
        }
        Ok(())
    }

    fn ask(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let place = self.rewind_to(question);
        let is_beside = self.show_in_two_columns(question, walk).is_some();
        if !is_beside {
            // Its number and the words that are quoted above it stay in sight with it.
            self.screen.begin_opening();
            let number = self.screen.mark();
            self.show_number(question, walk);
            let number = number..self.screen.mark();
            self.recall(&RecallPlace::Question(question.id.clone()));
            if self.read_above_question(question, number, walk)? {
                self.leave(question, place);
                return Ok(());
            }
        }
        // On the way back to it nothing else has said so.
        if ends_own_wording(question, walk.practice(), &walk.kept_answers()) {
            self.screen
                .line(&self.screen.page().quiet("If you change this, you lose your own wording."));
        }
        let menu = EscMenu { page: question.page, ..self.menu(walk) };
        match self.read(question, is_beside, Some(&menu), walk)? {
            QuestionEnd::Answer(value) => {
                walk.pass(question, value.map(|value| question.answer_with(value)));
                self.save(walk);
                if is_beside {
                    self.show_in_two_columns(question, walk);
                }
                if question.reveal {
                    // Neither it nor its answer stays in sight.
                    self.screen.rewind(place);
                }
                self.after_answer(question, walk)
            }
            QuestionEnd::Back(words) => {
                if let Some(words) = words {
                    walk.hold(question, question.answer_with(words));
                }
                walk.go_back();
                self.leave(question, place);
                Ok(())
            }
        }
    }

    /// What is left by going back doesn't stay in sight, wherever that leads: a question of a
    /// draft that is continued stands nowhere yet.
    fn leave(&self, question: &Question, place: usize) {
        self.screen.rewind(place);
        self.places.borrow_mut().retain(|(id, _)| *id != question.id);
    }

    /// Says which one of how many it is, where there are several.
    pub(super) fn show_number(&self, question: &Question, walk: &Walk) {
        if let Some((at, of)) = walk.place(question).filter(|(_, of)| *of > 1) {
            self.screen.line(&self.screen.page().quiet(&format!("{at} of {of}")));
        }
    }

    /// Where this question stands in the transcript, if it was asked.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        self.places.borrow().iter().find(|(question, _)| question == id).map(|(_, place)| *place)
    }

    /// Takes back what was said since this question was asked before, if it was; where it
    /// then stands in the transcript.
    fn rewind_to(&self, question: &Question) -> usize {
        let mut places = self.places.borrow_mut();
        if let Some(at) = places.iter().position(|(id, _)| *id == question.id) {
            self.screen.rewind(places[at].1);
            places.truncate(at);
        }
        let place = self.screen.mark();
        places.push((question.id.clone(), place));
        place
    }

    /// Reads an answer; what stands there already is shown to be changed. `is_shown`: does
    /// the question itself stand there?
    pub(super) fn read(
        &self,
        question: &Question,
        is_shown: bool,
        menu: Option<&EscMenu>,
        walk: &Walk,
    ) -> Result<QuestionEnd> {
        self.screen.rescue().begin(PendingAnswer {
            drafts: self.drafts.clone(),
            progress: walk.progress().clone(),
            question: question.clone(),
        });
        let before = walk.progress().answer(&question.id).map(|a| question.value_to_change(a));
        let reply = if is_shown {
            answer_below(question, before.as_ref(), menu, self.screen)
        } else {
            ask_question(question, before.as_ref(), menu, self.screen)
        };
        if reply.is_err() {
            // Stopped in the middle of an answer: it is in the draft as it stands.
            self.screen.save_answer();
        }
        reply
    }

    /// What may follow an answer, in this order.
    fn after_answer(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let steps: [AfterAnswer<Self>; 6] = [
            |conversation, _, walk| conversation.care(walk),
            Self::mark_each,
            Self::word_note,
            Self::reply,
            Self::review_sentence,
            Self::rehearse,
        ];
        for step in steps {
            // It may have been gone back to from what follows it.
            if walk.is_ended() || !walk.progress().asked.contains(&question.id) {
                break;
            }
            step(self, question, walk)?;
        }
        Ok(())
    }

    /// What the practice says to the answer.
    fn reply(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        if let Some(words) = question.reply_to(&walk.progress().answers) {
            self.screen.paragraph(&words);
        }
        Ok(())
    }

    /// Whatever an answer turns on, or off.
    pub(super) fn care(&self, walk: &mut Walk) -> Result<()> {
        match self.care_screens.answered(&walk.progress().answers, self.screen)? {
            CareStep::Continue => {}
            CareStep::Adapt(practice) => {
                walk.adapt(*practice);
                // What stood above may be gone from the screen.
                self.places.borrow_mut().clear();
            }
            CareStep::Restore(practice) => walk.restore(*practice),
            CareStep::Stop => walk.end(),
        }
        Ok(())
    }
}
