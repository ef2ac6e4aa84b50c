//! The net below a session: what was said so far, sealed, in the folder of
//! drafts.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

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

/// What a draft remembers besides: which questions were asked, which of them the command
/// line answered, and for which journal.
const ASKED: &str = "asked";
const GIVEN: &str = "given";
const JOURNAL: &str = "journal";
/// That it is an edit of the entry with its id, which had this day.
const EDITS: &str = "edits";
/// And the paths of the files to be attached, which are sealed when it is kept.
const FILES: &str = "files";

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
        draft.unknown.insert(ASKED.into(), json!(progress.asked));
        draft.unknown.insert(GIVEN.into(), json!(progress.given));
        draft.unknown.insert(JOURNAL.into(), json!(self.journal.text()));
        let paths = self.files.iter().map(|file| file.path().to_string_lossy());
        draft.unknown.insert(FILES.into(), paths.collect());
        // It never leaves this device, so if the list cannot be read any more, better
        // sealed to the one before than lost.
        let recipients = self.keys.recipients();
        self.drafts.save(&recipients.as_ref().unwrap_or(&self.recipients).seal(&draft)?)
    }
}

/// The ids of the questions that a draft has asked already.
pub fn asked_questions(draft: &Entry) -> Vec<String> {
    ids(draft, ASKED)
}

fn ids(draft: &Entry, field: &str) -> Vec<String> {
    let ids = draft.unknown.get(field).and_then(Json::as_array).into_iter().flatten();
    ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// The files that a draft's entry is to be kept with.
pub fn files_of(draft: &Entry) -> Vec<LocalFile> {
    let paths = draft.unknown.get(FILES).and_then(Json::as_array).into_iter().flatten();
    paths.filter_map(|path| Some(LocalFile::at(path.as_str()?.into()))).collect()
}

/// Makes it the draft of an edit, of an entry of this day.
pub fn mark_as_edit(draft: &mut Entry, of: NaiveDate) {
    draft.unknown.insert(EDITS.into(), json!(of));
}

/// The day that the entry had when its edit was begun.
pub fn edited_day(draft: &Entry) -> Option<NaiveDate> {
    draft.unknown.get(EDITS)?.as_str()?.parse().ok()
}

/// Is it the draft of an edit?
pub fn is_edit(draft: &Entry) -> bool {
    draft.unknown.contains_key(EDITS)
}

/// Is this a draft of that journal?
pub fn belongs_to(draft: &Entry, journal: &HomePlace) -> bool {
    draft.unknown.get(JOURNAL).is_none_or(|place| *place == json!(journal.text()))
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
    let mut care = CareRecord::default();
    for draft in drafts.iter().filter(|it| belongs_to(it, &journal) && !is_continued(it)) {
        care.merge(app.practices.care_record(draft, app.clock().written).without_lift());
    }
    (care, damaged.is_empty())
}

/// A draft as it was left.
pub fn into_progress(draft: Entry) -> (Entry, Progress) {
    let answers = draft.answers.clone();
    let progress = Progress { answers, asked: ids(&draft, ASKED), given: ids(&draft, GIVEN) };
    (draft, progress)
}

/// The entry without what only its draft had to remember.
pub fn strip_draft_fields(entry: &mut Entry) {
    entry.unknown.remove(ASKED);
    entry.unknown.remove(EDITS);
    entry.unknown.remove(FILES);
    entry.unknown.remove(GIVEN);
    entry.unknown.remove(JOURNAL);
}
