//! The picture of a questionnaire's answers, where there is one set of them and so nothing to
//! compare it with.

use crate::app::App;
use crate::entry::Entry;
use crate::pattern::{Request, report};
use crate::practice::Fear;
use crate::render::{FigureOptions, ReportLayout, session_picture};

/// The entries of the questionnaire that is looked at, up to the second.
#[derive(Default)]
pub struct OnlySession {
    newest: Option<Entry>,
    has_more: bool,
}

impl OnlySession {
    /// Takes in an entry that is shown, if it is of what is looked at.
    pub fn add(&mut self, entry: &Entry, request: &Request) {
        let is_asked = matches!(request, Request::Named(name) if *name == entry.practice);
        // A note without a number is no session.
        if is_asked && entry.answers.iter().any(|answer| answer.scale.is_some()) {
            self.has_more |= self.newest.is_some();
            self.newest.get_or_insert_with(|| entry.clone());
        }
    }

    /// Its answers, but those about fear, in every journal alike: they'd stay on the screen.
    pub fn picture(&self, fear: Fear, options: FigureOptions, app: &App) -> Option<String> {
        let session = self.newest.as_ref().filter(|_| !self.has_more)?;
        let practice = app.practices.practice(&session.practice)?;
        practice.report.as_ref()?;
        let (partner, form) = (options.partner, app.form(fear));
        let practice = practice.clone().adapted_to(form).with_partner_name(partner);
        let mut session = session.clone();
        session.answers.retain(|answer| !practice.is_about_fear(&answer.question));
        let report = report(&practice, &session, None);
        let (clock, page) = (app.clock(), &app.terminal.page());
        let layout = ReportLayout { clock, page, partner, is_linear: options.plain, unread: "" };
        (!report.is_empty()).then(|| session_picture(&report, layout))
    }
}
