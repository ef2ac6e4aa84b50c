//! An entry: the answers of one session with the questions' own wording, so that later
//! changes of the practice don't affect it. It is the format inside every sealed file;
//! `format` is checked before anything else is read.

mod answer;
mod attachment;
mod errors;
mod former_ids;
mod id;
mod json;
mod media_type;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

pub use answer::{Answer, Scale, Value, is_cant_say, same};
pub use attachment::{Attachment, AttachmentId, ContentHash};
pub use errors::EntryError;
pub(crate) use former_ids::FormerIds;
pub use id::{EntryId, Id, RevisionId, normalize_id};
pub use json::UnreadableEntry;
pub(crate) use media_type::{OTHER_TYPE, media_type};
#[cfg(test)]
pub(crate) use tests::testing;

/// The version of the JSON inside a sealed file.
pub const FORMAT: u64 = 1;

/// The answers of one session, as a sealed file holds them; docs/FORMAT.md has every field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The version of this JSON, [`FORMAT`].
    pub format: u64,
    /// Its id, which never changes.
    pub id: EntryId,
    /// The id of this revision.
    pub revision: RevisionId,
    /// Every earlier revision of this entry.
    pub replaces: Vec<RevisionId>,
    /// The revision that this one is a copy of, sealed again to other keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<RevisionId>,
    /// The name of the practice that asked.
    pub practice: String,
    /// The moment that the entry is about, with its own offset from UTC.
    pub at: DateTime<FixedOffset>,
    /// When this revision was written.
    pub written: DateTime<FixedOffset>,
    /// Tags, without `#`.
    pub tags: Vec<String>,
    /// The earlier entry that this one follows up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<EntryId>,
    /// The ids under which it was kept in other months before it was moved here.
    #[serde(skip_serializing_if = "FormerIds::is_empty")]
    pub was: FormerIds,
    /// Does this revision say that the entry was deleted?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// If it was moved to another month, its id there; it's deleted here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<EntryId>,
    /// Files kept with it, in the order in which they were attached.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// In the order in which they were asked.
    pub answers: Vec<Answer>,
    /// Fields of a newer version of inward, kept through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Entry {
    /// The first revision of a new entry.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn new(
        practice: &str,
        at: DateTime<FixedOffset>,
        written: DateTime<FixedOffset>,
        tags: Vec<String>,
        answers: Vec<Answer>,
    ) -> crate::error::Result<Entry> {
        Ok(Entry {
            format: FORMAT,
            id: Id::random()?,
            revision: Id::random()?,
            replaces: Vec::new(),
            copy_of: None,
            practice: practice.to_owned(),
            at,
            written,
            tags,
            about: None,
            was: FormerIds::default(),
            deleted: false,
            now: None,
            attachments: Vec::new(),
            answers,
            unknown: serde_json::Map::new(),
        })
    }

    /// Its `at` as in its JSON: RFC 3339, with `Z` for UTC.
    pub fn at_text(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// Adds the tags that it doesn't have yet, in any spelling.
    pub fn add_tags(&mut self, tags: impl IntoIterator<Item = String>) {
        for tag in tags {
            if !self.tags.iter().any(|own| same_tag(own, &tag)) {
                self.tags.push(tag);
            }
        }
    }

    /// The entry under a new id, as one of its own.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn with_new_ids(self) -> crate::error::Result<Entry> {
        let (id, revision) = (Id::random()?, Id::random()?);
        Ok(Entry { id, revision, replaces: Vec::new(), ..self })
    }

    /// A new revision of the entry, which replaces all earlier ones.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn revise(
        self,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<Entry> {
        // A clock set back must not make the newest revision look old.
        let written = written.max(self.written);
        Ok(Entry { revision: Id::random()?, replaces, copy_of: None, written, ..self })
    }

    /// The revision that deletes the entry.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn deletion(
        self,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<Entry> {
        let unknown = serde_json::Map::new();
        let (tags, attachments, answers) = (Vec::new(), Vec::new(), Vec::new());
        let bare = Entry { deleted: true, tags, attachments, answers, unknown, ..self };
        bare.revise(replaces, written)
    }

    /// The entry with a date in another month, kept there under a new id, and the
    /// revision that deletes it in its old month.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn move_to(
        self,
        from: &Entry,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<(Entry, Entry)> {
        let was = self.was.clone().with(from.id.clone());
        let written = written.max(self.written);
        let moved = Entry {
            id: Id::random()?,
            revision: Id::random()?,
            replaces: Vec::new(),
            copy_of: None,
            was,
            written,
            ..self
        };
        let deletion = from.clone().deletion(replaces, written)?;
        let deletion = Entry { now: Some(moved.id.clone()), ..deletion };
        Ok((moved, deletion))
    }

    /// Is this the id of the entry, or one that it had before it was moved?
    pub fn has_id(&self, id: &EntryId) -> bool {
        self.id == *id || self.was.iter().any(|was| was == id)
    }

    /// The revision that was written: this one, or the one that it is a copy of.
    pub fn original(&self) -> &RevisionId {
        self.copy_of.as_ref().unwrap_or(&self.revision)
    }

    /// Are both the same revision, apart from what sealing it again changes?
    pub fn is_copy_of(&self, other: &Entry) -> bool {
        let normalized = |entry: &Entry| Entry {
            revision: self.revision.clone(),
            replaces: Vec::new(),
            copy_of: None,
            attachments: entry.attachments_under(&self.id),
            ..entry.clone()
        };
        self.original() == other.original() && normalized(self) == normalized(other)
    }

    /// A copy of the revision under another id, to be sealed to other keys. It names its
    /// original, so that an edit of the original replaces it too.
    #[must_use]
    pub fn into_copy(self, revision: RevisionId, replaces: Vec<RevisionId>) -> Entry {
        let copy_of = Some(self.original().clone());
        Entry { revision, replaces, copy_of, ..self }
    }

    /// About how long its JSON is, in bytes.
    pub fn json_length(&self) -> usize {
        let answers: usize = self.answers.iter().map(Answer::json_length).sum();
        512 + answers + self.attachments.iter().map(Attachment::json_length).sum::<usize>()
    }

    /// The local date of `at`: the day in the file's name.
    pub fn day(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// The answer to the question of this id.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.question == question)
    }

    /// Every text that its writer entered.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let answers = self.answers.iter().flat_map(|a| a.value.words());
        let names = self.attachments.iter().map(|attachment| attachment.name.as_str());
        answers.chain(self.tags.iter().map(String::as_str)).chain(names)
    }
}

/// Are two tags the same, apart from capitals and how accents are encoded?
pub fn same_tag(one: &str, other: &str) -> bool {
    one == other || tag_key(one) == tag_key(other)
}

/// What a tag shares with those that are the same: lower case, accents composed.
pub fn tag_key(tag: &str) -> String {
    tag.to_lowercase().nfc().collect()
}
