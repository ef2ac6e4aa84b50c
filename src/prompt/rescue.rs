//! An answer under way: saved if the program ends in the middle of it, and no plain
//! text of it left behind.

use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::practice::Question;

use super::{DraftSink, Progress, Terminal};

/// What the text is called in its folder.
pub const SCRATCH: &str = "entry.md";

/// What to save when the terminal is closed in the middle of an answer.
pub struct PendingAnswer {
    pub drafts: Arc<dyn DraftSink>,
    pub progress: Progress,
    pub question: Question,
}

impl PendingAnswer {
    fn save(mut self, text: &str) {
        let Ok(Some(value)) = self.question.read(text) else { return };
        let answer = self.question.answer_with(value);
        // Not as asked: `resume` goes on in the middle of it.
        self.progress.put(&self.question.id, Some(answer));
        // There is nobody left to tell.
        let _ = self.drafts.save(&self.progress);
    }
}

#[derive(Default)]
pub struct RescueState {
    /// Folders with plain text in an editor's file, until the entry is sealed.
    scratch: Mutex<Vec<TempDir>>,
    /// What is being typed, and where to save it.
    typed: Mutex<Zeroizing<String>>,
    pending: Mutex<Option<PendingAnswer>>,
}

impl RescueState {
    /// From now on, what is typed is of this question.
    pub fn begin(&self, answer: PendingAnswer) {
        if let (Ok(mut typed), Ok(mut pending)) = (self.typed.lock(), self.pending.lock()) {
            *typed = Zeroizing::default();
            *pending = Some(answer);
        }
    }

    /// From now on, what is typed is of no question.
    pub fn end(&self) {
        if let (Ok(mut typed), Ok(mut pending)) = (self.typed.lock(), self.pending.lock()) {
            typed.clear();
            pending.take();
        }
    }

    /// Notes what is typed by now.
    pub fn note_typed(&self, text: Zeroizing<String>) {
        if let Ok(mut typed) = self.typed.lock() {
            *typed = text;
        }
    }

    /// Saves the answer that was under way: as the editor last saved it, or as it was
    /// typed.
    pub fn save(&self, in_editor: bool) {
        let pending = self.pending.lock().ok().and_then(|mut pending| pending.take());
        let Some(pending) = pending else { return };
        let edited = self.scratch.lock().ok().and_then(|scratch| {
            let bytes = std::fs::read(scratch.last()?.path().join(SCRATCH)).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        let edited = edited.map(Zeroizing::new).filter(|_| in_editor);
        let typed = || self.typed.lock().map(|text| text.clone()).unwrap_or_default();
        pending.save(&edited.unwrap_or_else(typed));
    }

    pub fn remove_scratch(&self) {
        if let Ok(mut scratch) = self.scratch.lock() {
            scratch.clear();
        }
    }
}

impl Terminal {
    /// Holds a folder with plain text in it until the entry is sealed.
    pub(super) fn hold(&self, folder: TempDir) {
        if let Ok(mut scratch) = self.signals.rescue.scratch.lock() {
            scratch.push(folder);
        }
    }

    /// The entry is sealed, or given up: plain text need not be held longer.
    pub fn release(&self) {
        if let Ok(mut pending) = self.signals.rescue.pending.lock() {
            pending.take();
        }
        if let Ok(mut typed) = self.signals.rescue.typed.lock() {
            *typed = Zeroizing::default();
        }
        self.signals.rescue.remove_scratch();
    }
}
