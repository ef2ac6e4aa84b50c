//! A session as it stands: what is said, and what a draft needs to continue at the same place.

use serde::{Deserialize, Serialize};

use crate::entry::Answer;

/// The answers, and which questions were asked. In JSON, it's what a draft remembers beside
/// its entry, which has the answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// What is answered so far.
    #[serde(skip)]
    pub answers: Vec<Answer>,
    /// The answered and the skipped, so that neither is asked again.
    pub asked: Vec<String>,
    /// Questions that the command line answered: kept whatever their conditions say.
    pub given: Vec<String>,
    /// Was a little more wanted at the breather?
    pub wants_more: bool,
    /// Was it enough there? Then nothing more is asked.
    pub is_enough: bool,
    /// Was the offer answered?
    pub passed_offer: bool,
    /// The question that was chosen in it.
    pub taken_up: Option<String>,
    /// The sections that were skipped as a whole.
    pub skipped_sections: Vec<String>,
}

impl Progress {
    /// Starts with what the command line answered.
    pub fn with(answers: Vec<Answer>) -> Progress {
        let asked: Vec<String> = answers.iter().map(|a| a.question.clone()).collect();
        Progress { answers, given: asked.clone(), asked, ..Progress::default() }
    }

    /// What stands as the answer to this question.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.question == question)
    }

    /// Puts an answer in the place of the one before, or takes that away.
    pub fn put(&mut self, question: &str, answer: Option<Answer>) {
        match (self.answers.iter().position(|a| a.question == question), answer) {
            (Some(at), Some(answer)) => self.answers[at] = answer,
            (Some(at), None) => drop(self.answers.remove(at)),
            (None, answer) => self.answers.extend(answer),
        }
    }
}
