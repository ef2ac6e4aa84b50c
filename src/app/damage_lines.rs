//! How a reading ends: with what could not be read named, and what is missing.

use crate::checks::FoundFiles;
use crate::error::{Error, Exit};
use crate::journal::Damaged;
use crate::query::{Query, QueryError};
use crate::render::clean_line;
use crate::seal::{Absence, Damage};

use super::App;

/// More losses than this are named in one line.
const MOST_LOSSES: usize = 3;

/// Of damaged files, so many are named, a line each.
const MOST_DAMAGED: usize = 20;

/// What to do about files that are encrypted to another key, the commonest case first.
const OTHER_KEY: [&str; 3] = [
    "Keep the files that are encrypted to another key: they aren't damaged.",
    "If you ran `inward key rotate` on another device, run `inward key backup FILE` on that device, then `inward init --identity FILE` on this one.",
    "If a device that always had its own key wrote them, run `inward key add` on that device with this device's key (`inward key show` prints it; if that device has it already, run `inward key reseal` instead). Then sync both devices.",
];

/// What else to do where the user named the journal or the key, which may be what is wrong.
const OTHER_JOURNAL: &str = "If they're another journal's, name that journal's key with INWARD_IDENTITY, or your own journal with --journal.";

/// What to do about a draft that is, which stays on the device that wrote it.
const DRAFT_OF_OTHER_KEY: &str = "A draft opens only with a key that this device had when you wrote it. If you have a copy of that key, `age -d -i KEY DRAFT` shows what you wrote. Otherwise you can delete the file.";

/// What to do about an entry that was asked for by its id, or a key, that can't be read.
pub const ASK_DOCTOR: &str = "`inward doctor` shows what you can do about it.";

/// Was anything left out that is there?
pub fn some_left_out(damaged: &[Damaged]) -> bool {
    damaged.iter().any(|damaged| damaged.why.leaves_out())
}

impl App {
    /// Names every damaged file and says so to the shell; and what is missing, of which
    /// the shell hears nothing: everything that is there was read.
    pub fn finish(&self, damaged: &[Damaged], otherwise: Exit) -> Exit {
        if damaged.is_empty() {
            return otherwise;
        }
        let (mut losses, others): (Vec<&Damaged>, Vec<_>) =
            damaged.iter().partition(|damaged| damaged.why.is_loss());
        let found = FoundFiles::at(others.iter().map(|other| other.path.as_path()));
        losses.retain(|loss| !found.has_elsewhere(&loss.path));
        // One more is named rather than counted.
        let named = if others.len() > MOST_DAMAGED + 1 { MOST_DAMAGED } else { others.len() };
        others[..named].iter().for_each(|damaged| self.name_damaged(damaged));
        if named < others.len() {
            let more = others.len() - named;
            let words =
                format!("And {more} more files like these. `inward doctor --json` lists them all.");
            self.terminal.say_record_always(&words);
        }
        match losses.len() {
            0..=MOST_LOSSES => losses.into_iter().for_each(|damaged| self.name_damaged(damaged)),
            _ => self.name_many(&losses),
        }
        if damaged.iter().any(|damaged| damaged.why == Damage::SealedToAnother) {
            let is_named = self.config.identity.is_some() || self.config.paths.journal_is_named;
            let more = is_named.then_some(&OTHER_JOURNAL);
            OTHER_KEY.iter().chain(more).for_each(|words| self.terminal.say(words));
        }
        if some_left_out(damaged) { Exit::SomeDamaged } else { otherwise }
    }

    /// The same of drafts: nothing but this device has ever written them.
    pub fn finish_drafts(&self, damaged: &[Damaged], otherwise: Exit) -> Exit {
        damaged.iter().for_each(|damaged| self.name_damaged(damaged));
        if damaged.iter().any(|damaged| damaged.why == Damage::SealedToAnother) {
            self.terminal.say(DRAFT_OF_OTHER_KEY);
        }
        if some_left_out(damaged) { Exit::SomeDamaged } else { otherwise }
    }

    /// The same, where a query found no entry.
    pub fn nothing_found(&self, query: &Query, damaged: &[Damaged]) -> Error {
        let is_whole = query.matches_all();
        let why = if is_whole { QueryError::NoneLeft } else { QueryError::NothingMatched };
        self.nothing(damaged, why)
    }

    /// The same, where entries that were found show nothing.
    pub fn nothing_matched(&self, damaged: &[Damaged]) -> Error {
        self.nothing(damaged, QueryError::NothingMatched)
    }

    /// Why there is nothing, with what is damaged named: as given, where every file was read.
    fn nothing(&self, damaged: &[Damaged], of_whole: QueryError) -> Error {
        // Entries in the wrong folder aren't missing.
        if let Err(error) = self.refuse_misplaced_journal() {
            return error;
        }
        self.finish(damaged, Exit::NothingMatched);
        match self.journal().has_no_files() {
            _ if !damaged.is_empty() => QueryError::NothingMatched.into(),
            Ok(true) => self.why_no_entries(),
            Ok(false) | Err(_) => of_whole.into(),
        }
    }

    fn name_damaged(&self, Damaged { path, why }: &Damaged) {
        let lead = if why.is_loss() {
            "Missing:"
        } else if why.leaves_out() {
            "Left out:"
        } else {
            "Damaged:"
        };
        let path = clean_line(&path.display().to_string());
        let why = clean_line(&why.sentence());
        self.terminal.say_of_file(lead, &path, &format!("{why}."));
    }

    fn name_many(&self, losses: &[&Damaged]) {
        let first_day = |loss: &&Damaged| match loss.why.absence()? {
            Absence::Recent => None,
            Absence::Since(day) => Some(day),
        };
        let since = match losses.iter().filter_map(first_day).min() {
            Some(day) => format!("are missing, the first since {day}"),
            None => "are missing now. Your sync tool may still be downloading them".to_owned(),
        };
        let count = losses.len();
        self.terminal.say_record_always(&format!(
            "Missing: {count} entries, or newer revisions of them, were here and {since}. `inward doctor` lists each."
        ));
    }
}
