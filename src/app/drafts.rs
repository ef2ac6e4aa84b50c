//! The net below a session: what was said so far, sealed, in the folder of
//! drafts.

use std::cell::Cell;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entry::Entry;
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::journal::Drafts;
use crate::keys::Keys;
use crate::practice::CareRecord;
use crate::prompt::{DraftSink, Progress};
use crate::seal::{EntryFileName, Identity, Recipients};

use super::App;
use super::attaching::LocalFile;

/// The field of a draft that holds its notes.
const NOTES: &str = "draft";

/// What a draft remembers besides its entry.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct DraftNotes {
    /// Without its answers, which the entry has.
    #[serde(flatten)]
    progress: Progress,
    /// For which journal; any, if it doesn't say.
    journal: Option<String>,
    /// The day of the entry that this is an edit of.
    edits: Option<NaiveDate>,
    /// The paths of the files to be attached, which are sealed when it is kept.
    files: Vec<String>,
}

impl DraftNotes {
    /// None of them where a draft has none that can be read.
    fn of(draft: &Entry) -> DraftNotes {
        let notes = draft.unknown.get(NOTES).cloned();
        notes.and_then(|notes| serde_json::from_value(notes).ok()).unwrap_or_default()
    }

    fn write(&self, draft: &mut Entry) {
        draft.unknown.insert(NOTES.into(), json!(self));
    }
}

pub struct DraftWriter {
    pub drafts: Drafts,
    pub keys: Keys,
    /// To whom the session began to be sealed.
    pub recipients: Recipients,
    pub entry: Entry,
    pub tags: Vec<String>,
    pub files: Vec<LocalFile>,
    pub journal: HomePlace,
}

impl DraftSink for DraftWriter {
    fn save(&self, progress: &Progress) -> Result<()> {
        if progress.answers.is_empty() {
            // Nothing was said, or it was taken back.
            self.drafts.remove(&EntryFileName::of(&self.entry));
            return Ok(());
        }
        let mut draft = self.entry.clone();
        draft.answers.clone_from(&progress.answers);
        draft.tags.clone_from(&self.tags);
        let notes = DraftNotes {
            progress: progress.clone(),
            journal: Some(self.journal.text()),
            edits: edited_day(&self.entry),
            files: self.files.iter().map(|it| it.path().to_string_lossy().into()).collect(),
        };
        notes.write(&mut draft);
        let save = |recipients: &Recipients| self.drafts.save(&recipients.seal(&draft)?);
        let was_read = Cell::new(false);
        let saved = self.keys.seal(|recipients| {
            was_read.set(true);
            save(recipients)
        });
        // It never leaves this device, so if the list cannot be read any more, better
        // sealed to the one before than lost.
        if was_read.get() { saved } else { save(&self.recipients) }
    }
}

/// The ids of the questions that a draft has asked already.
pub fn asked_questions(draft: &Entry) -> Vec<String> {
    DraftNotes::of(draft).progress.asked
}

/// The files that a draft's entry is to be kept with.
pub fn files_of(draft: &Entry) -> Vec<LocalFile> {
    let paths = DraftNotes::of(draft).files.into_iter();
    paths.map(|path| LocalFile::at(path.into())).collect()
}

/// Makes it the draft of an edit, of an entry of this day.
pub fn mark_as_edit(draft: &mut Entry, of: NaiveDate) {
    DraftNotes { edits: Some(of), ..DraftNotes::of(draft) }.write(draft);
}

/// The day that the entry had when its edit was begun.
pub fn edited_day(draft: &Entry) -> Option<NaiveDate> {
    DraftNotes::of(draft).edits
}

/// Is it the draft of an edit?
pub fn is_edit(draft: &Entry) -> bool {
    edited_day(draft).is_some()
}

/// Is this a draft of that journal?
pub fn belongs_to(draft: &Entry, journal: &HomePlace) -> bool {
    DraftNotes::of(draft).journal.is_none_or(|place| place == journal.text())
}

/// Opens a draft in this process, as it is by now. `None` if another process has it open, or it
/// was kept or discarded meanwhile.
pub fn take_draft(app: &App, draft: &Entry, identity: &Identity) -> Option<Entry> {
    let (drafts, name) = (app.drafts(), EntryFileName::of(draft));
    if !drafts.hold(&name) {
        return None;
    }
    // Whoever had it open until now may have written on.
    drafts.open_one(&name, identity)
}

/// Saves a copy of a draft that another process has open, as a draft of its own: both are kept,
/// as two entries or as two revisions of the entry that they change.
///
/// # Errors
/// What keeps it from being saved.
pub fn copy_draft(app: &App, draft: Entry) -> Result<Entry> {
    let copy = if is_edit(&draft) {
        let (replaces, written) = (draft.replaces.clone(), draft.written);
        draft.revise(replaces, written)?
    } else {
        draft.with_new_ids()?
    };
    app.drafts().save(&app.recipients()?.seal(&copy)?)?;
    Ok(copy)
}

/// What the drafts of this journal say of care, without the one that is continued, and
/// whether all of them could be opened. An answer counts from when it was given, though
/// its session was stopped; nothing is lifted before it is kept.
pub fn care_of_drafts(
    app: &App,
    identity: &Identity,
    continued: Option<&Entry>,
) -> (CareRecord, bool) {
    let (drafts, damaged) = app.drafts().open(identity);
    let journal = app.journal().home_place();
    let is_continued = |draft: &Entry| {
        continued.is_some_and(|it| it.id == draft.id && it.revision == draft.revision)
    };
    let ours = drafts.iter().filter(|it| belongs_to(it, &journal) && !is_continued(it));
    let care = app.practices.care_of(ours, app.clock().written).without_lift();
    (care, damaged.is_empty())
}

/// A draft as it was left.
pub fn into_progress(draft: Entry) -> (Entry, Progress) {
    let answers = draft.answers.clone();
    let progress = Progress { answers, ..DraftNotes::of(&draft).progress };
    (draft, progress)
}

/// The entry without what only its draft had to remember.
pub fn strip_draft_notes(entry: &mut Entry) {
    entry.unknown.remove(NOTES);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notes_of_a_draft_have_these_fields_and_none_is_needed() {
        let text = r#"{"asked":["moment"],"given":["moment"],"wants_more":true,"is_enough":false,"passed_offer":true,"taken_up":"saw","skipped_sections":["more"],"journal":"/home/ada/journal","edits":"2026-11-23","files":["lake.jpg"]}"#;
        let notes: DraftNotes = serde_json::from_str(text).unwrap();
        assert_eq!(notes.progress.taken_up.as_deref(), Some("saw"));
        assert_eq!(serde_json::to_string(&notes).unwrap(), text);
        assert_eq!(serde_json::from_str::<DraftNotes>("{}").unwrap(), DraftNotes::default());
    }
}
