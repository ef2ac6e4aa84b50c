//! Continuing a draft at the question where it stopped.

use std::cell::RefCell;
use std::rc::Rc;

use crate::entry::{Entry, Value};
use crate::error::{Error, Exit, Result, Stop};
use crate::practice::Practice;
use crate::prompt::{STOP_AND_KEEP, choose};
use crate::render::clean_line;
use crate::seal::{EntryFileName, Identity};
use crate::words::count_of;

use super::App;
use super::drafts::{asked_questions, belongs_to, files_of, is_edit, take_draft};
use super::edit_beside::EditedEntry;
use super::edit_session::EditSession;
use super::entry_edit::practice_of;
use super::history::History;
use super::key_at_hand::KeyAtHand;
use super::record::EntryDetails;
use super::routines::RoutineMemory;
use super::session::{Session, SessionOptions};

/// So many letters of a draft tell it from others.
const FIRST_WORDS: usize = 40;

/// Offers to continue today's draft of the same practice. Locked, nobody can tell what a draft is of.
pub fn offer_draft(
    app: &App,
    practice: &str,
    json: bool,
    memory: &mut RoutineMemory,
) -> Result<Option<Exit>> {
    let drafts = app.drafts();
    let identity = if drafts.is_empty() { None } else { memory.key.identity(app) };
    let Some(identity) = identity else { return Ok(None) };
    let clock = app.clock();
    let journal = app.journal().home_place();
    let same = |draft: &Entry| {
        draft.practice == practice
            && draft.about.is_none()
            && !is_edit(draft)
            && clock.day_of(draft.at) == clock.today()
            && belongs_to(draft, &journal)
    };
    let mut open = drafts.open(&identity).0.into_iter().filter(same);
    // One that another window has open is left to it.
    let Some(draft) = open.find_map(|draft| take_draft(app, &draft, &identity)) else {
        return Ok(None);
    };
    let screen = app.terminal.screen()?;
    screen.title(&format!("Unfinished, from {}", app.moment_words(draft.at)));
    let choice = choose("", &["Continue it", "Start a new one"], STOP_AND_KEEP, &screen)?;
    drop(screen);
    match choice {
        Some(0) => continue_draft(app, draft, &identity, json, memory).map(Some),
        Some(_) => {
            drafts.release(&EntryFileName::of(&draft));
            Ok(None)
        }
        None => Err(Error::Cancelled(Stop::Draft)),
    }
}

/// A line for each draft, no two of them alike: where their first words are, how much was
/// answered tells them apart, or else their ids.
pub fn draft_lines(app: &App, drafts: &[Entry]) -> Vec<String> {
    let mut lines: Vec<String> = drafts.iter().map(|draft| draft_words(app, draft)).collect();
    let answered = |draft: &Entry| count_of(draft.answers.len(), "answer", "answers");
    let answered_by_id = |draft: &Entry| format!("{}, {}", answered(draft), draft.id);
    let details: [&dyn Fn(&Entry) -> String; 2] = [&answered, &answered_by_id];
    for detail in details {
        let before = lines.clone();
        for (line, draft) in lines.iter_mut().zip(drafts) {
            if before.iter().filter(|other| *other == line).count() > 1 {
                *line = format!("{} ({})", draft_words(app, draft), detail(draft));
            }
        }
    }
    lines
}

/// What a draft is of, when it was begun, and its first words.
fn draft_words(app: &App, draft: &Entry) -> String {
    let what = clean_line(&draft.practice);
    let what = if is_edit(draft) { format!("a change of {what}") } else { what };
    let line = format!("{what}, {}", app.moment_words(draft.at));
    let words = draft.answers.iter().find_map(|answer| match &answer.value {
        _ if app.practices.can_tell_fear(&draft.practice, &answer.question) => None,
        Value::Text(text) => answer.labels.is_empty().then(|| clean_line(text)),
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Chosen(_) => None,
    });
    match words.filter(|words| !words.is_empty()) {
        Some(words) if words.chars().count() > FIRST_WORDS => {
            let begin: String = words.chars().take(FIRST_WORDS).collect();
            format!("{line}: {}…", begin.trim_end())
        }
        Some(words) => format!("{line}: {words}"),
        None => line,
    }
}

/// Asks the rest of a draft's questions.
pub fn continue_draft(
    app: &App,
    draft: Entry,
    identity: &Rc<Identity>,
    json: bool,
    memory: &mut RoutineMemory,
) -> Result<Exit> {
    if is_edit(&draft) {
        return continue_edit(app, draft, identity, json);
    }
    let recipients = app.recipients()?;
    let practice = app.practice(&draft.practice)?;
    let practice = app.worded(practice, draft.at);
    let history = History::open(app, identity, &[&practice], Some(&draft))?;
    let about = draft.about.clone();
    let about = history.as_ref().zip(about).and_then(|(history, id)| {
        history.past(app).entries.iter().find(|e| e.has_id(&id)).cloned()
    });
    let care = memory.open_care(history.as_ref());
    let base = as_asked(practice, &draft);
    let (tags, files) = (draft.tags.clone(), files_of(&draft));
    let details = EntryDetails { at: draft.at, names_moment: false, tags, files };
    let key = KeyAtHand::for_this_command(Rc::clone(identity));
    let mut session = Session::opening(app, recipients, key, base, history, care, details);
    session.about = about;
    let options = SessionOptions { json, draft: Some(draft), ..SessionOptions::default() };
    session.run_on_screen(Vec::new(), options)
}

/// The form that the session had: asking back, or one part alone.
fn as_asked(practice: Practice, draft: &Entry) -> Practice {
    if draft.about.is_some() {
        return practice.clone().following_up().unwrap_or(practice);
    }
    if let Some(card) = draft.answer(&practice.primary).filter(|_| practice.cards) {
        return practice.with_card(&card.asked, None);
    }
    practice.only_questions(&asked_questions(draft))
}

/// Continues an edit that was stopped.
///
/// # Errors
/// As [`EditSession::ask`] and [`EditSession::publish`].
fn continue_edit(app: &App, draft: Entry, identity: &Identity, json: bool) -> Result<Exit> {
    let EditedEntry { stored, moved_on } = EditedEntry::find(app, &draft, identity)?;
    let (practice, care) = practice_of(app, &stored.entry, identity)?;
    let session = EditSession {
        app,
        stored: &stored,
        practice: practice.as_ref(),
        identity,
        care,
        older_draft: moved_on.then_some(&draft),
        draft: RefCell::default(),
    };
    match session.ask(Some(draft.clone()))? {
        Some(edited) => session.report(&session.publish(edited, &[])?, json)?,
        None => app.tell_nothing_changed(json)?,
    }
    Ok(Exit::Done)
}
