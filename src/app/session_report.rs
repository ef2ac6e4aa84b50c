//! A scored session is reported: on the session's own screen before it is kept, with the one
//! question below, and below its answers whenever it is shown.

use std::sync::Arc;

use crate::entry::{Answer, Entry};
use crate::error::Result;
use crate::journal::{Damaged, StoredEntry};
use crate::pattern::{self, SessionReport};
use crate::practice::{EarlierEntries, Fear, Form, Practice, Question};
use crate::prompt::{
    CareScreens, EscMenu, PendingAnswer, Progress, QuestionEnd, Screen, ask_question, read_beside,
    read_screen,
};
use crate::render::{ReportLayout, TextPage, report_question, report_screens, whole_report};
use crate::seal::Identity;

use super::App;
use super::care_history::fear;
use super::history::History;
use super::session::Session;

/// Said before the report shows what the look at all answers hid.
const SHOWS_HIDDEN: &str =
    "The next page sums up what you answered, including what wasn't shown just now.";

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
        care_screens: &dyn CareScreens,
        screen: &Screen,
    ) -> Result<()> {
        let practice = self.adapted_practice(self.care.fear());
        if practice.scores.is_empty() || self.about.is_some() {
            return Ok(());
        }
        let session = Entry { answers: answers.clone(), ..entry.clone() };
        let report = self.report_of(&practice, &session);
        if report.is_empty() {
            return Ok(());
        }
        let (page, unread) = (screen.page(), self.app.locked_words());
        if answers.iter().any(|answer| practice.can_tell_fear(&answer.question)) {
            read_screen(&page.wrap(SHOWS_HIDDEN, ""), screen)?;
        }
        let layout = ReportLayout {
            clock: self.app.clock(),
            page: &page,
            partner: practice.partner.as_deref(),
            is_linear: screen.is_accessible(),
            unread: &unread,
        };
        let [first, second] = report_screens(&report, layout);
        // What lasted and what was said may be nothing: then the first is the last.
        let (before, last) = if second.is_empty() { (None, first) } else { (Some(first), second) };
        before.map_or(Ok(()), |before| read_screen(&before, screen))?;
        let Some(question) = question(&report, &practice) else {
            return read_screen(&last, screen);
        };
        read_beside(&last, QUESTION_ROWS, screen)?;
        screen.line("");
        let reply = self.ask_below(&question, entry, answers, care_screens, screen)?;
        if let Some(reply) = reply {
            answers.retain(|answer| answer.question != question.id);
            answers.extend(reply);
        }
        Ok(())
    }

    /// An empty journal has nothing to be compared with, locked or not.
    fn report_of(&self, practice: &Practice, session: &Entry) -> SessionReport {
        let clock = self.app.clock().at_moment(session.at);
        let entries = self.history.as_ref().map(History::entries);
        let is_empty = || self.app.journal().is_empty().unwrap_or(false);
        let entries = entries.or_else(|| is_empty().then_some(&[]));
        let earlier = entries.map(|entries| EarlierEntries { entries, clock: &clock });
        pattern::report(practice, session, earlier)
    }

    /// The new answer, or that there is none; nothing where it stays as it was.
    fn ask_below(
        &self,
        question: &Question,
        entry: &Entry,
        answers: &[Answer],
        care_screens: &dyn CareScreens,
        screen: &Screen,
    ) -> Result<Option<Option<Answer>>> {
        let before = answers.iter().find(|answer| answer.question == question.id);
        let ids = self.base.questions.iter().map(|q| q.id.clone());
        let ids = ids.filter(|id| *id != question.id).collect();
        screen.rescue().begin(PendingAnswer {
            drafts: Arc::new(self.draft_sink(entry)),
            progress: Progress { answers: answers.to_vec(), asked: ids, ..Progress::default() },
            question: question.clone(),
        });
        let page = question.page;
        let care_screens = Some(care_screens);
        let menu = EscMenu { care_screens, back: None, can_skip: true, page, leave: None };
        let value = before.map(|answer| &answer.value);
        match ask_question(question, value, Some(&menu), screen) {
            Ok(QuestionEnd::Answer(value)) => {
                Ok(Some(value.map(|value| question.answer_with(value))))
            }
            Ok(QuestionEnd::Back(_)) => Ok(None),
            Err(error) => {
                screen.save_answer();
                Err(error)
            }
        }
    }
}

/// Scored sessions among entries that are shown, and what they are told with.
pub struct SessionReports<'a> {
    app: &'a App,
    /// Where there is one among them.
    history: Option<History>,
}

impl<'a> SessionReports<'a> {
    /// Reads what they look back at.
    ///
    /// # Errors
    /// `Cancelled`, where someone stopped it.
    pub fn open(app: &'a App, shown: &[StoredEntry], identity: &Identity) -> Result<Self> {
        let has_one =
            |practice: &&Practice| shown.iter().any(|stored| practice.tells(&stored.entry));
        let scored: Vec<&Practice> = app.practices.valid().filter(has_one).collect();
        let history =
            if scored.is_empty() { None } else { History::open(app, identity, &scored, None)? };
        Ok(SessionReports { app, history })
    }

    /// What could not be read of what they look back at.
    pub fn damaged(&self) -> &[Damaged] {
        self.history.as_ref().map_or(&[], |history| &history.damaged)
    }

    /// What is known of the reader: of fear, only what was read for the reports.
    pub fn form(&self) -> Form {
        let history = self.history.as_ref();
        self.app.form(history.map_or(Fear::None, |history| fear(Some(history))))
    }

    /// The report of a session, below its answers; of other entries nothing.
    pub fn text(&self, entry: &Entry, page: &TextPage) -> String {
        let app = self.app;
        let practice = app.practices.practice(&entry.practice);
        let Some(practice) = practice.filter(|practice| practice.tells(entry)) else {
            return String::new();
        };
        let partner = app.config.partner.as_deref();
        let chapter = practice.chapter_of(entry, app.config.chapter);
        let form = Form { fear: fear(self.history.as_ref()), chapter };
        let practice = practice.clone().adapted_to(form).with_partner_name(partner);
        // Earlier sessions, whenever it is shown.
        let clock = app.clock().at_moment(entry.at);
        let past = self.history.as_ref().map(History::entries);
        let past = past.map(|entries| EarlierEntries { entries, clock: &clock });
        let report = pattern::report(&practice, entry, past);
        if report.is_empty() {
            return String::new();
        }
        let is_linear = app.terminal.is_accessible();
        let layout = ReportLayout { clock: app.clock(), page, partner, is_linear, unread: "" };
        format!("\n{}\n", whole_report(&report, layout))
    }
}

/// The question in this time's words.
fn question(report: &SessionReport, practice: &Practice) -> Option<Question> {
    let question = &report.question.as_ref()?.question;
    let ask = report_question(report, practice.partner.as_deref())?;
    Some(Question { ask, ..question.clone() })
}
