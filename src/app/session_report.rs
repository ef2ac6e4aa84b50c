//! A scored session is told: on the session's own screen before it is kept, with the one
//! question below, and below its answers whenever it is shown.

use std::sync::Arc;

use crate::entry::{Answer, Entry};
use crate::error::{Error, Result};
use crate::pattern::{self, SessionReport};
use crate::practice::{EarlierEntries, Practice, Question};
use crate::prompt::{
    EscMenu, PendingAnswer, Progress, Reply, Screen, SidePages, ask_question, read_beside,
    read_screen,
};
use crate::render::{ReportLayout, report_question, report_screens};

use super::session::Session;

/// Rows below the second screen, for the question and its answer.
const QUESTION_ROWS: usize = 8;

impl Session<'_> {
    /// Tells it by its answers, and asks the one question, whose answer is kept with them.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, with what was typed in the draft; or what the terminal says.
    pub(super) fn tell(
        &self,
        entry: &Entry,
        answers: &mut Vec<Answer>,
        pages: &dyn SidePages,
        screen: &Screen,
    ) -> Result<()> {
        let practice = self.form(self.care.fear());
        if practice.report.is_none() || self.about.is_some() {
            return Ok(());
        }
        let session = Entry { answers: answers.clone(), ..entry.clone() };
        let report = self.report_of(&practice, &session);
        if report.is_empty() {
            return Ok(());
        }
        let page = screen.page();
        let layout = ReportLayout {
            clock: self.app.clock(),
            page: &page,
            partner: practice.partner.as_deref(),
            is_linear: !screen.is_wiped(),
        };
        let [first, second] = report_screens(&report, layout);
        read_screen(&first, screen)?;
        let Some(question) = question(&report, &practice) else {
            return read_screen(&second, screen);
        };
        read_beside(&second, QUESTION_ROWS, screen)?;
        screen.line("");
        let reply = self.ask_below(&question, entry, answers, pages, screen)?;
        if let Some(reply) = reply {
            answers.retain(|answer| answer.question != question.id);
            answers.extend(reply);
        }
        Ok(())
    }

    /// An empty journal has nothing to be compared with, locked or not.
    fn report_of(&self, practice: &Practice, session: &Entry) -> SessionReport {
        let is_empty = || self.app.journal().is_empty().unwrap_or(false);
        let nothing = EarlierEntries { entries: &[], clock: self.app.clock() };
        let past = self.history.as_ref().map(|history| history.past(self.app));
        pattern::report(practice, session, past.or_else(|| is_empty().then_some(nothing)))
    }

    /// The new answer, or that there is none; nothing where it stays as it was.
    fn ask_below(
        &self,
        question: &Question,
        entry: &Entry,
        answers: &[Answer],
        pages: &dyn SidePages,
        screen: &Screen,
    ) -> Result<Option<Option<Answer>>> {
        let before = answers.iter().find(|answer| answer.question == question.id);
        let asked = self.base.questions.iter().map(|q| q.id.clone());
        let asked = asked.filter(|id| *id != question.id).collect();
        screen.begin_answer(PendingAnswer {
            drafts: Arc::new(self.draft_sink(entry)),
            progress: Progress { answers: answers.to_vec(), asked, given: Vec::new() },
            question: question.clone(),
        });
        let menu = EscMenu { pages, can_go_back: false, can_skip: true, page: question.page };
        let value = before.map(|answer| &answer.value);
        match ask_question(question, value, Some(&menu), screen) {
            Ok(Reply::Answer(value)) => Ok(Some(value.map(|value| question.answer_with(value)))),
            Ok(Reply::Back(_)) => Ok(None),
            Err(error) => {
                if matches!(error, Error::Cancelled { .. }) {
                    screen.save_answer();
                }
                Err(error)
            }
        }
    }
}

/// The question in this time's words.
fn question(report: &SessionReport, practice: &Practice) -> Option<Question> {
    let question = &report.question.as_ref()?.question;
    let ask = report_question(report, practice.partner.as_deref())?;
    Some(Question { ask, ..question.clone() })
}
