//! What became of an earlier entry: what is due to be asked about, asking it before the
//! practice itself, and asking it alone.

use std::rc::Rc;

use chrono::{DateTime, Days, FixedOffset};
use serde_json::json;

use crate::app::CommandError;
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::pattern::HeldBackFigure;
use crate::practice::{FollowUp, Practice, PracticeError};
use crate::prompt::Screen;
use crate::render::{document, held_back};

use super::App;
use super::care::SessionCare;
use super::care_history::in_care_since;
use super::closing::tell_nothing;
use super::history::History;
use super::kept_record::KeptRecord;
use super::key_at_hand::KeyAtHand;
use super::listing::HeldBackReason;
use super::record::{EntryDetails, PracticeArgs, example_answer, read_answers};
use super::session::{Session, SessionEnd, SessionOptions, refuse_without_terminal};

/// A follow-up that was kept.
pub(super) struct FollowUpSession<'a> {
    pub session: Session<'a>,
    pub entry: Entry,
}

impl<'a> Session<'a> {
    /// Asks what became of an earlier entry, if one waits for it.
    pub(super) fn ask_follow_up(
        &mut self,
        record: &mut KeptRecord,
        screen: &Screen,
    ) -> Result<Option<FollowUpSession<'a>>> {
        let Some((practice, earlier)) = self.awaited_follow_up() else { return Ok(None) };
        let mut session = self.next_session(practice, self.at)?;
        session.about = Some(earlier);
        session.names_moment = self.names_moment;
        let (options, mut asked) = (SessionOptions::default(), KeptRecord::default());
        let end = session.ask(Vec::new(), options, &mut asked, screen);
        record.lift = asked.lift.take();
        self.history = session.history.take();
        let SessionEnd::Kept { entry, .. } = end? else { return Ok(None) };
        self.history.iter_mut().for_each(|history| history.add(*entry.clone()));
        Ok(Some(FollowUpSession { session, entry: *entry }))
    }

    /// The newest entry that waits, of this practice or of those whose follow-ups it asks,
    /// and what asks about it.
    fn awaited_follow_up(&self) -> Option<(Practice, Entry)> {
        let past = self.history.as_ref().filter(|_| self.about.is_none())?.past(self.app);
        let form = self.care.form(self.app);
        let since = self.in_care_since(form.fear);
        let named = self.base.follows_up.iter().filter(|name| **name != self.base.name);
        let others = named.filter_map(|name| self.app.practices.practice(name));
        let partner = self.app.config.partner.as_deref();
        let others = others.map(|practice| practice.clone().with_partner_name(partner));
        let waiting = std::iter::once(self.base.clone()).chain(others).filter_map(|practice| {
            let earlier = past.to_follow_up(&practice.clone().adapted_to(form), since)?;
            Some((practice.following_up()?, earlier.clone()))
        });
        waiting.max_by_key(|(_, earlier)| earlier.at)
    }
}

/// The flag on the command line of a question that is asked about an earlier entry.
pub(super) fn flag_of_follow_up(practice: &Practice, args: &PracticeArgs) -> Option<String> {
    let mut asked_back = practice.follow_up.iter().flat_map(|it| &it.questions);
    let is_given = |id: &str| args.questions.iter().any(|(given, _)| given == id);
    Some(format!("--{}", asked_back.find(|question| is_given(&question.id))?.id))
}

/// A follow-up is an entry of its own. Words are answers to it only where `--follow-up` says so.
///
/// # Errors
/// `AnswersOfTwoEntries`.
pub(super) fn refuse_new_answers(practice: &Practice, args: &PracticeArgs) -> Result<()> {
    let is_named = args.follow_up.follow_up;
    let is_new = args.questions.iter().any(|(id, _)| practice.question(id).is_some());
    if is_new || (!args.words.is_empty() && !is_named) {
        let flag = flag_of_follow_up(practice, args).unwrap_or_else(|| "--follow-up".to_owned());
        return Err(PracticeError::AnswersOfTwoEntries { flag }.into());
    }
    Ok(())
}

/// What became of an earlier entry: an entry of its own that names it.
pub(super) fn follow_up(
    app: &App,
    practice: Practice,
    args: &PracticeArgs,
    details: EntryDetails,
) -> Result<Exit> {
    let recipients = app.recipients()?;
    let identity = Rc::new(app.unlock()?);
    let history = History::open(app, &identity, &[&practice], None)?;
    let care = Rc::new(SessionCare::open(history.as_ref()));
    let form = care.form(app);
    let asked = practice.clone().adapted_to(form).follow_up;
    let since = in_care_since(history.as_ref(), form.fear, app);
    let past = history.as_ref().map(|history| history.past(app));
    let waiting = |since| past.and_then(|past| past.to_follow_up(&practice, since));
    let written_since = waiting(since);
    let is_left_out = asked.is_none() || written_since.is_none();
    let left_out = practice.follow_up.clone().filter(|_| is_left_out);
    let earlier = written_since.or_else(|| waiting(None)).cloned();
    let name = practice.name.clone();
    let (Some(earlier), Some(base)) = (earlier, practice.clone().following_up()) else {
        if args.output.json {
            app.terminal.print(&document(json!({ "kept": null })))?;
        }
        let flag = flag_of_follow_up(&practice, args).filter(|_| !args.follow_up.follow_up);
        return Err(CommandError::NothingToFollowUp { practice: name, flag }.into());
    };
    let input = read_answers(app, &base, &args.words, args)?;
    let asks = args.ask || (input.is_empty() && app.terminal.can_ask());
    let known = input.read(&base)?;
    if !asks && known.is_empty() {
        let example = format!("{} --follow-up {}", base.name, example_answer(&base));
        return Err(CommandError::NothingSaid { example }.into());
    }
    if let Some(left_out) = left_out.filter(|_| known.is_empty()) {
        let is_sharing = asked.is_none();
        let why = if is_sharing { HeldBackReason::Sharing } else { HeldBackReason::BeforeCare };
        let (practice, of, about) = (&practice, &left_out, &earlier);
        let held_back = HeldBackFollowUp { practice, of, about, why };
        return held_back.tell(app, details.at, args.output.json);
    }
    let key = KeyAtHand::for_this_command(identity);
    let mut session = Session::opening(app, recipients, key, base, history, care, details);
    session.about = Some(earlier);
    session.run(known, asks, SessionOptions { json: args.output.json, ..Default::default() })
}

/// A follow-up that care leaves out, and the entry that it would ask about.
struct HeldBackFollowUp<'a> {
    practice: &'a Practice,
    of: &'a FollowUp,
    about: &'a Entry,
    why: HeldBackReason,
}

impl HeldBackFollowUp<'_> {
    /// What is held back is said where it is asked for by name, on the screen that is wiped,
    /// and waits as it did. What stays behind is what stays where nothing was answered: nobody
    /// can tell it from a session that asked. Plain lines, which stay, say no more than that.
    fn tell(&self, app: &App, at: DateTime<FixedOffset>, json: bool) -> Result<Exit> {
        refuse_without_terminal(app)?;
        app.journal().prepare(at.date_naive())?;
        if !app.terminal.is_accessible() {
            let (lines, due) = (held_back(&[self.figure()]), self.due_until(app));
            app.show_held_back(&lines, self.why, due.as_deref())
                .map_err(|error| left(app, error))?;
        }
        tell_nothing(app);
        KeptRecord::default().print(app, json)
    }

    /// Until when it is named as due all the same: whoever reads that must not take it for a
    /// request.
    fn due_until(&self, app: &App) -> Option<String> {
        let days = self.of.within.checked_sub(1).filter(|_| self.of.reminds)?;
        let day = app.clock().day_of(self.about.at).checked_add_days(Days::new(days.into()))?;
        let name = &self.practice.name;
        let day = day.format("%-d %B");
        Some(format!(
            "`inward` goes on listing `{name} --follow-up` until {day}, so that its list gives nothing away. You don't have to do anything."
        ))
    }

    fn figure(&self) -> HeldBackFigure {
        let ids = || self.of.questions.iter().map(|question| question.id.clone());
        let mut patterns = self.practice.patterns.iter().filter(|pattern| pattern.sharing);
        let left_out = patterns.find(|pattern| pattern.of.iter().any(|id| ids().any(|q| q == *id)));
        // Answers that `patterns` goes on showing aren't held back, only the question is.
        let asked = || Some(format!("the question “{}”", self.of.questions.first()?.ask));
        let title = left_out.map(|pattern| pattern.title.clone()).or_else(asked);
        HeldBackFigure {
            title: title.unwrap_or_default(),
            practice: self.practice.name.clone(),
            of: ids().collect(),
            held_back: true,
        }
    }
}

/// Whoever leaves it leaves no draft behind.
fn left(app: &App, error: Error) -> Error {
    app.terminal.release();
    match error {
        Error::Cancelled(stop) => Error::Cancelled(stop.of_session(false)),
        other => other,
    }
}
