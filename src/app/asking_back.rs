//! What became of an earlier entry: what waits to be asked back about, asking it before the
//! practice itself, and asking it alone.

use std::rc::Rc;

use serde_json::json;

use crate::app::CommandError;
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::pattern::HeldBackFigure;
use crate::practice::{Fear, FollowUp, Practice};
use crate::prompt::{Screen, is_text_piped};
use crate::render::{document, held_back};

use super::App;
use super::care::SessionCare;
use super::history::History;
use super::record::{EntryDetails, PracticeArgs, read_answers};
use super::session::{Session, SessionEnd, SessionOptions};

/// An asking back that was kept.
pub(super) struct AskedBack<'a> {
    pub session: Session<'a>,
    pub entry: Entry,
}

impl<'a> Session<'a> {
    /// Asks what became of an earlier entry, if one waits for it.
    pub(super) fn ask_back(&mut self, screen: &Screen) -> Result<Option<AskedBack<'a>>> {
        let Some((practice, earlier)) = self.to_ask_back() else { return Ok(None) };
        let mut session = Session {
            app: self.app,
            recipients: self.app.recipients()?,
            history: self.history.take(),
            base: practice.clone(),
            practice,
            care: Rc::clone(&self.care),
            at: self.at,
            tags: Vec::new(),
            files: Vec::new(),
            about: Some(earlier),
        };
        let options = SessionOptions { json: false, part: None, draft: None };
        let end = session.ask(Vec::new(), options, screen)?;
        self.history = session.history.take();
        Ok(match end {
            SessionEnd::Kept(kept) => Some(AskedBack { session, entry: kept.entry }),
            SessionEnd::Nothing | SessionEnd::Shown => None,
        })
    }

    /// The newest entry that waits, of this practice or of those whose follow-ups it asks,
    /// and what asks about it.
    fn to_ask_back(&self) -> Option<(Practice, Entry)> {
        let past = self.history.as_ref().filter(|_| self.about.is_none())?.past(self.app);
        let form = self.care.form(self.app);
        let named = self.base.asks_back.iter().filter(|name| **name != self.base.name);
        let others = named.filter_map(|name| self.app.practices.get(name)?.practice());
        let partner = self.app.config.partner.as_deref();
        let others = others.map(|practice| practice.clone().with_partner_name(partner));
        let waiting = std::iter::once(self.base.clone()).chain(others).filter_map(|practice| {
            let earlier = past.to_follow_up(&practice.clone().adapted_to(form))?;
            Some((practice.following_up()?, earlier.clone()))
        });
        waiting.max_by_key(|(_, earlier)| earlier.at)
    }
}

/// What became of an earlier entry: an entry of its own that names it.
pub(super) fn follow_up(
    app: &App,
    practice: Practice,
    args: &PracticeArgs,
    EntryDetails { at, tags, files }: EntryDetails,
) -> Result<Exit> {
    let recipients = app.recipients()?;
    let history = History::open(app, &app.unlock()?, &[&practice], None)?;
    let care = Rc::new(SessionCare::open(history.as_ref()));
    let form = care.form(app);
    let asked = practice.clone().adapted_to(form).follow_up;
    if let Some(left_out) = practice.follow_up.as_ref().filter(|_| asked.is_none())
        && !gives_answers(app, args)
    {
        return tell_held_back(app, &practice, left_out, args.output.json);
    }
    let past = history.as_ref().map(|history| history.past(app));
    let earlier = past.and_then(|past| past.to_follow_up(&practice)).cloned();
    let name = practice.name.clone();
    let (Some(earlier), Some(base)) = (earlier, practice.following_up()) else {
        if args.output.json {
            app.terminal.print(&document(json!({ "kept": null })))?;
        }
        return Err(CommandError::NothingToFollowUp { practice: name }.into());
    };
    let offered = read_answers(app, &base, &args.words, args)?;
    let asks = args.ask || (offered.is_empty() && app.terminal.can_ask());
    let known = offered.read(&base)?;
    if !asks && known.is_empty() {
        let practice = format!("{} --follow-up", base.name);
        return Err(CommandError::NothingSaid { practice }.into());
    }
    let (about, practice) = (Some(earlier), base.clone().adapted_to(form));
    let session =
        Session { app, recipients, history, base, practice, care, at, tags, files, about };
    let options = SessionOptions { json: args.output.json, part: None, draft: None };
    session.run(known, asks, options)
}

/// Does the command line, or a pipe, answer something?
fn gives_answers(app: &App, args: &PracticeArgs) -> bool {
    let is_piped = || !app.terminal.input_is_terminal() && is_text_piped();
    !args.words.is_empty() || !args.questions.is_empty() || args.answers.is_some() || is_piped()
}

/// What is held back is said where it is asked for by name, and waits as it did.
fn tell_held_back(app: &App, practice: &Practice, left_out: &FollowUp, json: bool) -> Result<Exit> {
    if json {
        app.terminal.print(&document(json!({ "kept": null, "held_back": true })))?;
        return Ok(Exit::Done);
    }
    let ids = || left_out.questions.iter().map(|question| question.id.clone());
    let shown = practice
        .patterns
        .iter()
        .find(|pattern| pattern.of.iter().any(|id| ids().any(|q| q == *id)));
    let title = shown.map(|pattern| pattern.title.clone());
    let title = title.or_else(|| Some(left_out.questions.first()?.ask.clone()));
    let figure = HeldBackFigure {
        title: title.unwrap_or_default(),
        practice: practice.name.clone(),
        of: ids().collect(),
        held_back: true,
    };
    let lines = held_back(&[figure], Fear::Known);
    let page = app.terminal.page();
    let lines = lines.iter().map(|line| page.wrap(line, "") + "\n");
    app.terminal.print(&lines.collect::<String>())?;
    Ok(Exit::Done)
}
