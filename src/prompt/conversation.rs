//! A practice, asked: the walk says what comes next, the screen shows it, and each step
//! is kept as a draft.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::entry::Answer;
use crate::error::{Error, Result};
use crate::practice::{Practice, Question};
use crate::render::{TextPage, clean_line};

use super::esc_menu::{CareStep, EscMenu, Leave, SidePages};
use super::question_input::{Reply, question as ask_question};
use super::recalled::RecalledAnswers;
use super::rescue::PendingAnswer;
use super::walk::{Progress, Walk, WalkStep};
use super::{Screen, choice_marks, choose, hint, rehearsal, sentence};

/// Where a session's progress is kept until the entry is.
pub trait DraftSink: Send + Sync {
    /// Saves what is answered so far.
    ///
    /// # Errors
    /// What kept it from being saved; the session goes on.
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
    pub pages: &'a dyn SidePages,
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

/// What may follow an answer.
enum AfterAnswer {
    /// Whatever an answer turns on.
    Care,
    /// A mark for each of several choices.
    Marks,
    /// A kind word about a word, and the offer to say it another way.
    Hint,
    /// The sentence that the answers build, to be changed piece by piece.
    Sentence,
    /// What the practice says to it.
    Reply,
    /// The plan that is now whole, said back once.
    Rehearsal,
}

/// In this order.
const AFTER_ANSWER: &[AfterAnswer] = &[
    AfterAnswer::Care,
    AfterAnswer::Marks,
    AfterAnswer::Hint,
    AfterAnswer::Reply,
    AfterAnswer::Sentence,
    AfterAnswer::Rehearsal,
];

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
            self.open(walk.practice())?;
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
                self.open(walk.practice())?;
            }
            match step {
                WalkStep::Section(section) => self.enter(&section, &mut walk)?,
                WalkStep::Breather(say) => self.breathe(say.as_deref(), &mut walk)?,
                WalkStep::Ask(question) => self.ask(&question, &mut walk)?,
                WalkStep::Offer(offer) => self.offer(&offer, &mut walk)?,
                WalkStep::Keep => return Ok(walk.kept_answers()),
                WalkStep::Glance if self.glance(&mut walk)? => return Ok(walk.kept_answers()),
                WalkStep::Glance => {}
            }
            self.save(&walk);
        }
    }

    /// If the draft cannot be saved, warns once and continues: what was just said is not
    /// lost for its sake.
    fn save(&self, walk: &Walk) {
        if let Err(error) = self.drafts.save(walk.progress())
            && !self.is_warned.replace(true)
        {
            self.screen.paragraph(&format!("{error} You can carry on, but no draft is kept."));
        }
    }

    /// Asks whether this is enough, or a little more.
    fn breathe(&self, say: Option<&str>, walk: &mut Walk) -> Result<()> {
        breather_lines(say, &self.screen.page()).iter().for_each(|line| self.screen.line(line));
        let lines = [ENOUGH.to_owned(), "A little more".to_owned()];
        let menu = EscMenu { can_skip: false, ..self.menu(walk) };
        loop {
            let leave = match choose("", &lines, self.screen)? {
                Some(0) => {
                    walk.close();
                    return Ok(());
                }
                Some(_) => {
                    walk.ask_more();
                    return Ok(());
                }
                None => menu.open(false, self.screen)?,
            };
            if self.leaves(leave, walk)? {
                return Ok(());
            }
        }
    }

    pub(super) fn menu(&self, walk: &Walk) -> EscMenu<'_> {
        EscMenu { pages: self.pages, can_go_back: walk.can_go_back(), can_skip: true, page: None }
    }

    /// Does what was chosen where there is no question; has it moved the walk?
    pub(super) fn leaves(&self, leave: Leave, walk: &mut Walk) -> Result<bool> {
        match leave {
            Leave::Stay | Leave::Skip => Ok(false),
            Leave::Stop => Err(Error::Cancelled { draft: None }),
            Leave::Back => {
                walk.go_back();
                Ok(true)
            }
        }
    }

    fn ask(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let place = self.rewind_to(question);
        if let Some((at, of)) = walk.place(question).filter(|(_, of)| *of > 1) {
            self.screen.line(&self.screen.page().quiet(&format!("{at} of {of}")));
        }
        self.recall_at(question);
        let menu = EscMenu { page: question.page, ..self.menu(walk) };
        match self.read(question, Some(&menu), walk)? {
            Reply::Answer(value) => {
                walk.pass(question, value.map(|value| question.answer_with(value)));
                self.save(walk);
                if question.reveal {
                    // Neither it nor its answer stays in sight.
                    self.screen.rewind(place);
                }
                self.after_answer(question, walk)
            }
            Reply::Back(words) => {
                if let Some(words) = words {
                    walk.hold(question, question.answer_with(words));
                }
                walk.go_back();
                Ok(())
            }
        }
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

    /// Reads an answer; what stands there already is shown to be changed.
    fn read(&self, question: &Question, menu: Option<&EscMenu>, walk: &Walk) -> Result<Reply> {
        self.screen.begin_answer(PendingAnswer {
            drafts: self.drafts.clone(),
            progress: walk.progress().clone(),
            question: question.clone(),
        });
        let before = walk.progress().answer(&question.id).map(|a| a.value.clone());
        let reply = ask_question(question, before.as_ref(), menu, self.screen);
        if reply.is_err() {
            // Stopped in the middle of an answer: it is in the draft as it stands.
            self.screen.save_answer();
        }
        reply.map_err(|error| match error {
            // Of a private question not even that there was one stays on the page.
            Error::Cancelled { .. } if question.reveal => Error::LeftAtOnce,
            other => other,
        })
    }

    fn after_answer(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        for step in AFTER_ANSWER {
            if walk.is_ended() {
                break;
            }
            while let Some(question) = match step {
                AfterAnswer::Care => self.care(walk)?,
                AfterAnswer::Marks => {
                    choice_marks::mark_each(question, walk, self.screen)?;
                    None
                }
                AfterAnswer::Hint => hint::offer(question, walk, self.screen)?,
                AfterAnswer::Sentence => sentence::review(question, walk, self.screen)?,
                AfterAnswer::Reply => {
                    let reply = question.reply_to(&walk.progress().answers);
                    reply.iter().for_each(|words| self.screen.paragraph(words));
                    None
                }
                AfterAnswer::Rehearsal => {
                    rehearsal::rehearse(question, walk, self.screen)?;
                    None
                }
            } {
                self.change(&question, walk)?;
                if matches!(step, AfterAnswer::Hint) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// There is nothing to be asked once more.
    fn care(&self, walk: &mut Walk) -> Result<Option<Question>> {
        match self.pages.answered(&walk.progress().answers, self.screen)? {
            CareStep::Continue => {}
            CareStep::Adapt(practice) => {
                walk.adapt(|_| *practice);
                // What stood above may be gone from the screen.
                self.places.borrow_mut().clear();
            }
            CareStep::Stop => walk.end(),
        }
        Ok(None)
    }

    /// Asks a question once more; Esc leaves its answer as it was.
    pub(super) fn change(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let place = self.screen.mark();
        let reply = self.read(question, None, walk)?;
        if question.reveal {
            // Neither it nor its answer stays in sight.
            self.screen.rewind(place);
        }
        if let Reply::Answer(value) = reply {
            walk.pass(question, value.map(|value| question.answer_with(value)));
            self.save(walk);
            self.care(walk)?;
        }
        Ok(())
    }
}
