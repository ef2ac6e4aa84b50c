//! An answer under way: saved while it is typed and if the program ends in the middle of it,
//! and no plain text of it left behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::error::Result;
use crate::practice::Question;

use super::scratch::{SCRATCH, ScratchFolder};
use super::{DraftSink, Progress, Terminal};

/// How often what is being typed is saved, in case nothing can be saved at the end: a crash, or
/// the power gone.
const SAVE_EVERY: Duration = Duration::from_secs(5);

/// What to save when the terminal is closed in the middle of an answer.
pub struct PendingAnswer {
    pub drafts: Arc<dyn DraftSink>,
    pub progress: Progress,
    pub question: Question,
}

/// What stands on the screen of an answer under way.
#[derive(Clone, Default, PartialEq)]
struct TypedAnswer {
    text: Zeroizing<String>,
    /// Of several choices those that are marked, as they would be kept.
    marks: Zeroizing<Vec<String>>,
}

/// An answer under way, and how far its draft has it.
struct UnfinishedAnswer {
    answer: PendingAnswer,
    saved: TypedAnswer,
}

impl UnfinishedAnswer {
    /// Saves it as it is typed by now. What can't be read as an answer yet waits.
    /// Returns whether the draft has it.
    fn save(&mut self, input: TypedAnswer, has_failed: bool) -> bool {
        let PendingAnswer { drafts, progress, question } = &self.answer;
        if input == self.saved && !has_failed {
            return true;
        }
        let Ok(value) = question.read_beside(&input.marks, &input.text) else {
            return !has_failed;
        };
        let mut progress = progress.clone();
        if let Some(value) = value {
            // Not as asked: `resume` continues in the middle of it.
            progress.put(&question.id, Some(question.answer_with(value)));
        }
        // If it can't be saved, that is said after the answer.
        let is_saved = drafts.save(&progress).is_ok();
        if is_saved {
            self.saved = input;
        }
        is_saved
    }
}

#[derive(Default)]
pub struct RescueState {
    /// Folders with plain text in an editor's file, until the entry is sealed.
    scratch: Mutex<Vec<ScratchFolder>>,
    /// Held while its draft is saved, so that none that is older is saved over it. Typing
    /// never waits for it.
    pending: Mutex<Option<UnfinishedAnswer>>,
    /// What is typed and marked by now. Locked after `pending`, where both are.
    typed: Mutex<TypedAnswer>,
    /// Could the draft not be saved the last time? Then it may lack answers.
    has_failed: AtomicBool,
}

impl RescueState {
    /// From now on, what is typed is of this question.
    pub fn begin(&self, answer: PendingAnswer) {
        let saved = TypedAnswer::default();
        self.settle(Some(UnfinishedAnswer { answer, saved }), || ());
    }

    /// From now on, what is typed is of no question.
    pub fn end(&self) {
        self.settle(None, || ());
    }

    /// Saves a draft that has the whole answer. From then on, what is typed is of no question.
    pub fn end_saved(&self, save: impl FnOnce() -> Result<()>) -> Result<()> {
        self.settle(None, || {
            let saved = save();
            self.has_failed.store(saved.is_err(), Ordering::SeqCst);
            saved
        })
    }

    fn settle<T>(&self, next: Option<UnfinishedAnswer>, save: impl FnOnce() -> T) -> T {
        let pending = self.pending.lock();
        let saved = save();
        if let (Ok(mut pending), Ok(mut typed)) = (pending, self.typed.lock()) {
            *pending = next;
            *typed = TypedAnswer::default();
        }
        saved
    }

    /// Notes what is typed by now.
    pub fn note_typed(&self, text: Zeroizing<String>) {
        if let Ok(mut typed) = self.typed.lock() {
            typed.text = text;
        }
    }

    /// Notes what is marked by now, as it would be kept.
    pub fn note_marks(&self, marks: Vec<String>) {
        if let Ok(mut typed) = self.typed.lock() {
            typed.marks = Zeroizing::new(marks);
        }
    }

    /// Saves the answer that is under way: as the editor last saved it, or as it was typed.
    pub fn save(&self, in_editor: bool) {
        if let Ok(mut pending) = self.pending.lock()
            && let Some(answer) = pending.as_mut()
        {
            let has_failed = self.has_failed.load(Ordering::SeqCst);
            let is_saved = answer.save(self.input(in_editor), has_failed);
            self.has_failed.store(!is_saved, Ordering::SeqCst);
        }
    }

    /// Saves the answer that is under way. Does the draft have everything then?
    pub fn is_safe(&self) -> bool {
        self.save(false);
        !self.has_failed.load(Ordering::SeqCst)
    }

    fn input(&self, in_editor: bool) -> TypedAnswer {
        let edited = self.scratch.lock().ok().filter(|_| in_editor).and_then(|scratch| {
            let bytes = Zeroizing::new(std::fs::read(scratch.last()?.path().join(SCRATCH)).ok()?);
            Some(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
        });
        let typed = self.typed.lock().map(|typed| typed.clone()).unwrap_or_default();
        TypedAnswer { text: edited.unwrap_or(typed.text), marks: typed.marks }
    }

    pub fn remove_scratch(&self) {
        if let Ok(mut scratch) = self.scratch.lock() {
            scratch.clear();
        }
    }
}

impl Terminal {
    /// Holds a folder with plain text in it until the entry is sealed.
    pub(super) fn hold(&self, folder: ScratchFolder) {
        if let Ok(mut scratch) = self.signals.rescue.scratch.lock() {
            scratch.push(folder);
        }
    }

    /// Saves what is being typed now and then, in a thread of its own, as long as there is
    /// this terminal. Without one, only each answer is saved.
    pub(super) fn save_while_typing(&self) {
        if self.saves_typed.set(()).is_err() {
            return;
        }
        let signals = Arc::downgrade(&self.signals);
        let _ = thread::Builder::new().spawn(move || {
            loop {
                thread::sleep(SAVE_EVERY);
                let Some(signals) = signals.upgrade() else { return };
                signals.save_typed();
            }
        });
    }

    /// The entry is sealed, or given up: plain text need not be held longer.
    pub fn release(&self) {
        self.signals.rescue.end();
        self.signals.rescue.remove_scratch();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Value;
    use crate::practice::{AnswerOption, QuestionKind};

    #[derive(Default)]
    struct LastDraft(Mutex<Progress>);

    impl DraftSink for LastDraft {
        fn save(&self, progress: &Progress) -> Result<()> {
            *self.0.lock().unwrap() = progress.clone();
            Ok(())
        }
    }

    #[test]
    fn marks_of_the_moment_and_words_beside_them_are_in_the_draft() {
        let options = ["watch", "talk"].map(|id| AnswerOption::plain(id, id)).to_vec();
        let kind = QuestionKind::Choices { options, other: true };
        let question = Question { most: Some(2), ..Question::plain("early", "Early on …", kind) };
        let drafts = Arc::new(LastDraft::default());
        let state = RescueState::default();
        let sink = drafts.clone();
        state.begin(PendingAnswer { drafts: sink, progress: Progress::default(), question });
        let saved = |marks: &[&str], typed: &str| {
            state.note_marks(marks.iter().map(|mark| (*mark).to_owned()).collect());
            state.note_typed(Zeroizing::new(typed.to_owned()));
            state.save(false);
            let draft = drafts.0.lock().unwrap();
            assert!(draft.asked.is_empty(), "it is asked again");
            draft.answer("early").map(|answer| answer.value.clone())
        };
        let chosen =
            |ids: &[&str]| Some(Value::Chosen(ids.iter().map(|id| (*id).to_owned()).collect()));
        assert_eq!(saved(&["watch"], ""), chosen(&["watch"]));
        assert_eq!(saved(&["watch"], "to sing, alone"), chosen(&["watch", "to sing, alone"]));
        assert_eq!(saved(&["watch", "talk"], "one"), chosen(&["watch", "talk"]), "one too many");
        assert_eq!(saved(&[], "to sing"), chosen(&["to sing"]));
    }
}
