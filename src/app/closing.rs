//! The end of a session: what is told of it, what is said, what is remembered.

use serde_json::{Value as Json, json};

use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::pattern;
use crate::practice::{Cadence, Question, first_fitting, line_of_day};
use crate::render::{self, document};

use super::App;
use super::session::Session;

impl Session<'_> {
    /// An earlier walk beside this one.
    pub(super) fn earlier_beside(&self, entry: &Entry) -> Option<String> {
        let (clock, page) = (self.app.clock(), self.app.terminal.messages());
        let past = self.history.as_ref().map(|history| history.past(self.app));
        let walk = past.zip(self.practice.beside);
        let walk = walk.and_then(|(past, days)| past.earlier_walk(&self.practice, days));
        walk.map(|then| render::side_by_side(then, entry, clock, &page))
    }

    /// Says what was kept, on the ordinary page, without a word of what it says.
    pub(super) fn report(
        &self,
        kept: Option<Entry>,
        asked_back: Option<&Entry>,
        json: bool,
    ) -> Result<Exit> {
        match &kept {
            Some(entry) => self.tell_kept(entry),
            None => {
                self.app.terminal.release();
                self.app.terminal.say("Nothing written, so nothing kept. That's fine.");
            }
        }
        self.print_kept(kept.as_ref(), asked_back, json)
    }

    /// The part of it that a person reads.
    pub(super) fn tell_kept(&self, entry: &Entry) {
        let terminal = &self.app.terminal;
        terminal.release();
        self.remember(entry);
        terminal.say(&kept_words(self.app, entry));
        if entry.at > self.app.clock().now {
            terminal.say("That's in the future. Kept anyway.");
        }
        // By the day alone: what is said by the answers would stay here, and tell them.
        let today = self.app.clock().today();
        let by_day = line_of_day(&self.practice.closing_by_day, today, self.day() == today);
        if let Some(words) = by_day {
            terminal.say(&format!("\n{}", render::clean(words)));
        }
    }

    /// The part of it that a program reads: the ids, or all of it in one document.
    pub(super) fn print_kept(
        &self,
        kept: Option<&Entry>,
        asked_back: Option<&Entry>,
        json: bool,
    ) -> Result<Exit> {
        let terminal = &self.app.terminal;
        let printed = match json {
            true => {
                let mut fields = json!({ "kept": kept.map(|entry| self.in_json(entry)) });
                if let Some(entry) = asked_back {
                    fields["asked_back"] = entry_json(entry);
                }
                terminal.print(&document(fields))
            }
            false if terminal.output_is_terminal() => Ok(()),
            false => {
                let ids = asked_back.into_iter().chain(kept).map(|entry| format!("{}\n", entry.id));
                terminal.print(&ids.collect::<String>())
            }
        };
        match printed {
            Ok(()) => Ok(Exit::Done),
            Err(error @ Error::PipeClosed) => Err(error),
            // Whoever takes it for a failure writes the entry once more.
            Err(error) => {
                terminal.warn(&error);
                terminal.say("The entry is kept all the same.");
                Ok(Exit::Done)
            }
        }
    }

    /// What is said in view of the answers, to be read on the screen, behind what was `set`
    /// by one of them.
    pub(super) fn closing_page(&self, entry: &Entry, set: Option<String>) -> Option<String> {
        let today = self.app.clock().today();
        let closing = first_fitting(&self.practice.closing, &entry.answers, today);
        let mut lines: Vec<String> = set.into_iter().chain(closing).collect();
        for section in &self.practice.sections {
            let inside = |q: &&Question| q.section.as_ref() == Some(&section.id);
            let mut inside = self.practice.questions.iter().filter(inside);
            if inside.any(|q| entry.answer(&q.id).is_some()) {
                lines.extend(first_fitting(&section.closing, &entry.answers, today));
            }
        }
        // An empty one leaves the last word to an answer.
        lines.retain(|words| !words.trim().is_empty());
        let page = self.app.terminal.messages();
        let lines: Vec<String> =
            lines.iter().map(|words| page.wrap(render::clean(words).trim(), "")).collect();
        (!lines.is_empty()).then(|| lines.join("\n\n"))
    }

    fn in_json(&self, entry: &Entry) -> Json {
        let mut json = entry_json(entry);
        let scores = pattern::scores(&self.practice, &entry.answers).into_iter().map(|s| {
            json!({ "id": s.id, "title": s.title, "value": s.value.map(plain),
                    "answered": s.answered, "of": s.of })
        });
        let scores: Vec<Json> = scores.collect();
        if !scores.is_empty() {
            json["scores"] = scores.into();
        }
        json
    }

    /// For `due`. The entry is kept whether or not this can be noted.
    pub(super) fn remember(&self, entry: &Entry) {
        let config = &self.app.config;
        let mut state = self.app.state();
        if !config.remember {
            return;
        }
        state.note_journal(&self.app.journal().home_place());
        // What is never due is nobody's business on disk.
        let due = self.practice.cadence != Cadence::AsNeeded;
        match &self.about {
            Some(_) => {}
            None if due => state.note_kept(&entry.practice, entry.at, self.app.clock().now),
            None => state.note_first_day(entry.at),
        }
        self.note_follow_up(entry);
        if let Err(error) = state.write(&*self.app.disk(), &config.paths.state) {
            self.app.terminal.say(&format!("{error} The entry itself is kept."));
        }
    }
}

impl Session<'_> {
    /// Notes that the entry may be asked back about, whatever was answered. Of which practice
    /// it is, nobody but the key's holder is to know.
    fn note_follow_up(&self, entry: &Entry) {
        let named = self.app.practices.get(&entry.practice).and_then(|found| found.practice());
        let follow_up = named.and_then(|practice| practice.follow_up.as_ref());
        let asks_back = follow_up.is_some_and(|follow_up| follow_up.reminds);
        if !asks_back || self.about.is_some() {
            return;
        }
        let (written, none) = (entry.written, Vec::new());
        let note = Entry::new(&entry.practice, entry.at, written, none, Vec::new());
        let sealed = note.and_then(|note| self.recipients.seal(&note));
        // Without the note nothing asks by itself; `--follow-up` still does.
        let _ = sealed.and_then(|sealed| self.app.follow_up_notes().save(&sealed));
    }
}

/// When it is of, and its id.
pub fn kept_words(app: &App, entry: &Entry) -> String {
    format!("Kept: {}, {}.", app.moment_words(entry.at), entry.id)
}

fn entry_json(entry: &Entry) -> Json {
    json!({ "id": entry.id, "revision": entry.revision, "practice": entry.practice,
            "at": entry.at })
}

/// Without the dust of binary fractions: 3.1 and not 3.0999999999999996.
fn plain(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
