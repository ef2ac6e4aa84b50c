//! What one time at the prompt kept, as a program reads it: the ids, a line each, or all of
//! it in one document.

use serde_json::{Map, Value as Json, json};

use crate::entry::{Entry, EntryId};
use crate::error::{Exit, Result};
use crate::journal::Damaged;
use crate::pattern;
use crate::practice::Practice;
use crate::render::document;

use super::App;

#[derive(Default)]
pub(super) struct KeptRecord {
    /// The entry, and the practice that it was asked by.
    entry: Option<(Entry, Practice)>,
    /// Its draft became another entry meanwhile, in another window.
    pub is_apart: bool,
    /// What became of an earlier entry.
    pub follow_up: Option<Entry>,
    /// What brought suggestions to share back, beside an entry of another time.
    pub lift: Option<Entry>,
    /// The page that was composed after it.
    pub page: Option<Entry>,
    /// What could not be read of the earlier entries that it showed.
    pub damaged: Vec<Damaged>,
    /// Of the practice that was chosen to follow.
    pub next: Option<Box<KeptRecord>>,
}

impl KeptRecord {
    /// Takes in the entry, and the practice that it was asked by.
    pub fn keep(&mut self, entry: &Entry, practice: &Practice) {
        self.entry = Some((entry.clone(), practice.clone()));
    }

    /// The entry that was kept.
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref().map(|(entry, _)| entry)
    }

    /// Was anything kept?
    pub fn has_any(&self) -> bool {
        let others = [&self.follow_up, &self.page, &self.lift];
        self.entry.is_some() || others.iter().any(|entry| entry.is_some())
    }

    /// What brought suggestions to share back, in whichever practice.
    pub fn lift(&self) -> Option<&Entry> {
        self.lift.as_ref().or_else(|| self.next.as_ref()?.lift())
    }

    /// What could not be read, whichever practice showed it: those that follow take over the
    /// same earlier entries.
    pub fn damaged(&self) -> &[Damaged] {
        match &self.next {
            Some(next) if self.damaged.is_empty() => next.damaged(),
            Some(_) | None => &self.damaged,
        }
    }

    /// Prints it, if there is anybody to read it.
    ///
    /// # Errors
    /// `PipeClosed`. Another failure is none where an entry was kept: see
    /// [`Terminal::print_change`](crate::prompt::Terminal::print_change).
    pub fn print(&self, app: &App, in_json: bool) -> Result<Exit> {
        let terminal = &app.terminal;
        if !in_json && terminal.output_is_terminal() {
            return Ok(Exit::Done);
        }
        let lines = || self.ids().into_iter().map(|id| format!("{id}\n")).collect();
        let text = if in_json { document(self.json().into()) } else { lines() };
        if self.has_any() {
            terminal.print_kept(&text, "The entry is kept anyway.")?;
        } else {
            terminal.print(&text)?;
        }
        Ok(Exit::Done)
    }

    fn ids(&self) -> Vec<&EntryId> {
        let own = self.follow_up.iter().chain(self.entry()).chain(&self.page).chain(&self.lift);
        own.map(|entry| &entry.id).chain(self.next.iter().flat_map(|next| next.ids())).collect()
    }

    fn json(&self) -> Map<String, Json> {
        let kept = self.entry.as_ref().map(|(entry, practice)| with_scores(entry, practice));
        let mut fields = Map::from_iter([("kept".to_owned(), json!(kept))]);
        // What it says needn't be told where it may be logged.
        let lift = ("also_kept", &self.lift);
        let others = [("followed_up", &self.follow_up), ("page", &self.page), lift];
        let others = others.into_iter().filter_map(|(name, entry)| Some((name, entry.as_ref()?)));
        fields.extend(others.map(|(name, entry)| (name.to_owned(), entry_json(entry))));
        let next = self.next.as_ref().filter(|next| next.has_any());
        fields.extend(next.map(|next| ("next".to_owned(), next.json().into())));
        fields
    }
}

fn with_scores(entry: &Entry, practice: &Practice) -> Json {
    let mut json = entry_json(entry);
    let scores = pattern::scores(practice, &entry.answers).into_iter().map(|s| {
        json!({ "id": s.id, "title": s.title, "value": s.value.map(plain),
                "answered": s.answered, "of": s.of })
    });
    let scores: Vec<Json> = scores.collect();
    if !scores.is_empty() {
        json["scores"] = scores.into();
    }
    json
}

fn entry_json(entry: &Entry) -> Json {
    json!({ "id": entry.id, "revision": entry.revision, "practice": entry.practice,
            "at": entry.at })
}

/// Without the dust of binary fractions: 3.1 and not 3.0999999999999996.
fn plain(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_to_share_that_were_brought_back_beside_no_entry_count_as_kept() {
        let at = "2026-11-23T21:14:03+01:00".parse().unwrap();
        let lift = Entry::new("reflect", at, at, Vec::new(), Vec::new()).unwrap();
        let id = lift.id.clone();
        let record = KeptRecord { lift: Some(lift), ..KeptRecord::default() };
        assert!(record.has_any() && !KeptRecord::default().has_any());
        assert_eq!(record.ids(), [&id]);
        let json = Json::from(record.json());
        assert_eq!((&json["kept"], &json["also_kept"]["id"]), (&Json::Null, &json!(id)));
    }
}
