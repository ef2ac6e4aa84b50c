//! The end of a session: what is told of it, what is said, what is remembered.

use serde_json::json;

use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::practice::{Cadence, Question, first_fitting, line_of_day};
use crate::prompt::{Screen, read_through};
use crate::render;

use super::App;
use super::kept_record::KeptRecord;
use super::session::Session;

const BOTH_KEPT: &str = "Another window kept this draft, too. Both are kept, as two entries.";

impl Session<'_> {
    /// Shows what follows an entry that was kept. The page that is composed after it is in the
    /// record.
    pub(super) fn close(
        &mut self,
        entry: &Entry,
        set: Option<String>,
        record: &mut KeptRecord,
        screen: &Screen,
    ) -> Result<()> {
        // What may matter most comes first.
        let closing = self.closing_page(entry, set);
        let mut pages = closing.into_iter().chain(self.earlier_beside(entry));
        let read = pages.try_for_each(|page| read_through(&page, screen).map(|_| ()));
        let was_lifted = self.care.is_lifted();
        let page = read.and_then(|()| self.offer_page(entry, screen));
        if self.care.is_lifted() && !was_lifted {
            // The entry is kept already, and can't say it.
            record.lift = self.keep_lift();
        }
        // Whoever has left meets no other screen; whatever else failed is said later.
        if !matches!(page, Err(Error::Cancelled(_))) {
            let form = |fear| self.adapted_practice(fear);
            let _ = self.care_screens(&form).close(&self.practice, &entry.answers, screen);
        }
        self.care.settle();
        match page {
            // Whoever left in the midst of it has chosen to.
            Err(Error::Cancelled(_)) => {}
            page => record.page = page?,
        }
        Ok(())
    }

    /// An earlier session beside this one.
    fn earlier_beside(&self, entry: &Entry) -> Option<String> {
        let clock = self.app.clock();
        let page = self.app.terminal.messages();
        let past = self.history.as_ref().map(|history| history.past(self.app));
        let earlier = past.zip(self.practice.beside_days);
        let earlier = earlier.and_then(|(past, days)| past.earlier_session(&self.practice, days));
        earlier.map(|then| render::side_by_side(then, entry, clock, &page))
    }

    /// Says what a session kept: its entry, and what came of that.
    pub(super) fn tell_record(&self, record: &KeptRecord) {
        if let Some(entry) = record.entry() {
            self.tell_kept(entry);
        }
        if record.is_apart {
            self.app.terminal.say(BOTH_KEPT);
        }
        if let Some(page) = &record.page {
            self.app.terminal.say(&format!("\nYour page is kept, too: {}.", page.id));
        }
    }

    /// Says what was kept, on the ordinary page, without a word of what it says.
    pub(super) fn tell_kept(&self, entry: &Entry) {
        let terminal = &self.app.terminal;
        terminal.release();
        let is_first = self.remember(entry);
        terminal.say(&kept_words(self.app, entry));
        if is_first && terminal.can_ask() {
            terminal.say(&id_words(entry));
        }
        tell_future(self.app, entry);
        // By the day alone: what is said by the answers would stay here, and tell them.
        let today = self.app.clock().today();
        let by_day = line_of_day(&self.practice.closing_by_day, today, self.day() == today);
        if let Some(words) = by_day {
            terminal.say(&format!("\n{}", render::clean(words)));
        }
    }

    /// What is said in view of the answers, to be read on the screen, behind what was `set`
    /// by one of them.
    fn closing_page(&self, entry: &Entry, set: Option<String>) -> Option<String> {
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

    /// For `due`. The entry is kept whether or not this can be noted. Is it the first that was
    /// ever kept here?
    pub(super) fn remember(&self, entry: &Entry) -> bool {
        let config = &self.app.config;
        // Where the settings say so, this forgets what was remembered before.
        let mut state = self.app.state();
        if !config.remember {
            return false;
        }
        let is_first = state.first_day(self.app.clock().now).is_none();
        self.app.note_journal();
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
        is_first
    }
}

impl Session<'_> {
    /// Notes that the entry may be asked back about, whatever was answered. Of which practice
    /// it is, nobody but the key's holder is to know.
    fn note_follow_up(&self, entry: &Entry) {
        let practice = self.app.practices.practice(&entry.practice);
        let follow_up = practice.and_then(|practice| practice.follow_up.as_ref());
        let follows_up = follow_up.is_some_and(|follow_up| follow_up.reminds);
        if !follows_up || self.about.is_some() {
            return;
        }
        let note = Entry::new(&entry.practice, entry.at, entry.written, Vec::new(), Vec::new());
        let sealed = note.and_then(|note| self.recipients.seal(&note));
        // Without the note nothing asks by itself; `--follow-up` still does.
        let _ = sealed.and_then(|sealed| self.app.follow_up_notes().save(&sealed));
    }
}

/// Says that nothing was answered.
pub(super) fn tell_nothing(app: &App) {
    app.terminal.release();
    app.terminal.say("Nothing written, so nothing kept. That's fine.");
}

/// When it is of, and its id.
pub fn kept_words(app: &App, entry: &Entry) -> String {
    format!("Kept: {}, {}.", app.moment_words(entry.at), entry.id)
}

/// What the id after the very first entry is for.
fn id_words(entry: &Entry) -> String {
    let id = &entry.id;
    format!("`inward show {id}` shows it again; the first letters of the id are enough.")
}

/// Says what became of an entry. One that moved need not be the newest any more, so it's
/// named.
pub fn tell_changed(app: &App, before: &Entry, entry: &Entry) {
    let when = app.moment_words(entry.at);
    if entry.at == before.at {
        return app.terminal.say(&format!("Changed: {when}, {}.", entry.id));
    }
    let was = app.moment_words(before.at);
    let practice = render::clean_line(&entry.practice);
    let id = &entry.id;
    // In another month it has another id.
    let id = if *id == before.id { format!(", {id}.") } else { format!(". Its id is now {id}.") };
    app.terminal.say(&format!("Moved: {when} (was {was}), {practice}{id}"));
    tell_future(app, entry);
}

impl App {
    /// Says that an edit changed nothing; to a program, too.
    ///
    /// # Errors
    /// `PipeClosed`, or that standard output can't be written.
    pub fn tell_nothing_changed(&self, json: bool) -> Result<()> {
        self.terminal.say("Nothing was changed.");
        if json { self.print_no_change() } else { Ok(()) }
    }

    /// The JSON of an edit that changed nothing.
    ///
    /// # Errors
    /// As above.
    pub fn print_no_change(&self) -> Result<()> {
        self.terminal.print(&render::document(json!({ "changed": null })))
    }
}

fn tell_future(app: &App, entry: &Entry) {
    if entry.at > app.clock().now {
        app.terminal.say("That's still to come. It's kept all the same.");
    }
}
