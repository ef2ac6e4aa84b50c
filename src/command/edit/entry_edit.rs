//! What a command line changes in an entry.

use chrono::{DateTime, FixedOffset};
use unicode_normalization::UnicodeNormalization;

use crate::app::{App, CommandError, tags};
use crate::dates;
use crate::entry::{Attachment, Entry};
use crate::error::Result;
use crate::practice::{Practice, PracticeError};
use crate::prompt::{group_by_question, join_repeated, json_object};

use super::{EditArgs, change, ids, question};

/// Changes that need no asking.
pub struct EntryEdit {
    answers: serde_json::Map<String, serde_json::Value>,
    flags: Vec<(String, String)>,
    at: Option<DateTime<FixedOffset>>,
    add: Vec<String>,
    take: Vec<String>,
    detach: Vec<String>,
}

impl EntryEdit {
    pub fn read(app: &App, args: &EditArgs) -> Result<EntryEdit> {
        let answers = args.answers.as_deref().map(json_object).transpose()?.unwrap_or_default();
        let flags = args.questions.clone();
        if let Some((question, _)) = flags.iter().find(|(id, _)| answers.contains_key(id)) {
            return Err(PracticeError::AnsweredTwice { question: question.clone() }.into());
        }
        let at = args.at.as_deref().map(|text| dates::moment(text, app.clock())).transpose()?;
        let take = args.untag.iter().map(|t| t.trim_start_matches('#').nfc().collect()).collect();
        let (add, detach) = (tags(&args.tag)?, args.detach.clone());
        Ok(EntryEdit { answers, flags, at, add, take, detach })
    }

    pub fn apply(&self, mut entry: Entry, practice: Option<&Practice>) -> Result<Entry> {
        let asked = |entry: &Entry, id: &str| {
            question(id, entry, practice).ok_or_else(|| PracticeError::UnknownQuestion {
                practice: entry.practice.clone(),
                given: id.to_owned(),
                known: ids(entry, practice, |_| true),
            })
        };
        for (id, json) in &self.answers {
            let question = asked(&entry, id)?;
            let value = question.accept(json)?;
            change(&mut entry, &question, value, practice);
        }
        for (id, texts) in group_by_question(&self.flags) {
            let question = asked(&entry, id)?;
            let value = question.read(&join_repeated(&question, &texts)?)?;
            change(&mut entry, &question, value, practice);
        }
        self.detach.iter().try_for_each(|given| detach(&mut entry, given))?;
        entry.at = self.at.unwrap_or(entry.at);
        entry.tags.retain(|tag| !self.take.contains(&tag.nfc().collect()));
        let new = self.add.iter().filter(|tag| !entry.tags.contains(tag)).cloned();
        entry.tags.extend(new.collect::<Vec<_>>());
        Ok(entry)
    }
}

/// Takes a file off an entry: the one with this name, or with this id.
fn detach(entry: &mut Entry, given: &str) -> Result<()> {
    let is_called = |it: &&Attachment| it.name == given || it.id.as_str() == given;
    let ids: Vec<String> =
        entry.attachments.iter().filter(is_called).map(|it| it.id.to_string()).collect();
    match ids.as_slice() {
        [id] => entry.attachments.retain(|it| it.id.as_str() != id),
        _ => return Err(CommandError::NotAttached { given: given.to_owned(), ids }.into()),
    }
    Ok(())
}
