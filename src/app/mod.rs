//! What verbs share: the program as it was called ([`App`]), asking and keeping
//! (`Session`), earlier entries at hand (`History`), and what is said at the end.

mod append_retry;
mod args;
mod asking;
mod attaching;
mod attachment_copies;
mod cards;
mod care;
mod care_history;
mod closing;
mod damage_lines;
mod drafts;
mod due;
mod edit_beside;
mod edit_menu;
mod edit_session;
mod entry_edit;
mod entry_redaction;
mod errors;
mod export_archive;
mod export_kind;
mod export_pages;
mod export_place;
mod export_plan;
mod exported_files;
mod folder_page;
mod follow_up;
mod history;
mod kept_record;
mod kept_stamp;
mod key;
mod key_at_hand;
mod key_json;
mod key_obstacle;
mod links;
mod listing;
mod month;
mod moving;
mod outputs;
mod own_page;
mod parts_menu;
mod place;
mod plugins;
mod publish;
mod reading;
mod record;
mod resuming;
mod revision_choice;
mod routines;
mod session;
mod session_report;
mod settings;
mod stale_pages;
mod stream;
mod survey;
mod unconfirmed;
mod unlock_offer;
mod view_scope;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, FixedOffset};

use crate::config::{Clock, Config};
use crate::disk::DiskRef;
use crate::error::{Error, Exit, Result, nearest};
use crate::journal::{self, Drafts, HeldDrafts, Journal, PendingReseal};
use crate::keys::Keys;
use crate::practice::{Fear, Form, Practice, PracticeError, Practices};
use crate::prompt::{TALK, Terminal};
use crate::render::moment_words;
use crate::seal::AudienceLog;
use crate::state::{JournalPlaces, State};

pub(crate) use args::{
    Candidates, JsonArg, QUESTION, QueryArgs, VerbArgs, line, one_of, question_flags, tags,
};
pub(crate) use attaching::not_attached_yet;
pub(crate) use attachment_copies::SavedFiles;
pub(crate) use closing::kept_words;
pub(crate) use damage_lines::{ASK_DOCTOR, some_left_out};
pub(crate) use drafts::{belongs_to, care_of_drafts, copy_draft, is_edit};
pub(crate) use due::{due_follow_ups, due_now, due_practices, is_anything_due};
pub(crate) use edit_session::EditSession;
pub(crate) use entry_edit::{EntryEdit, is_changed, practice_of};
pub(crate) use entry_redaction::{EntryRedaction, RedactionCount};
pub use errors::{CommandError, entry_not_changed};
pub(crate) use export_place::{ExportPlace, readers, sealed_for};
pub(crate) use export_plan::{ExportPlan, read_recipients};
pub(crate) use key::recipients_text;
pub(crate) use key_json::{key_document, left_to_reseal, listed_recipients, recipient_kind};
pub(crate) use listing::{HeldBackReason, json_of, print_json, print_results};
pub(crate) use moving::Move;
pub(crate) use place::JournalPresence;
pub(crate) use record::{CardsArg, FollowUpArg, PracticeArgs, StillnessArg, record, record_at};
pub(crate) use resuming::{continue_draft, draft_lines};
pub(crate) use routines::{RoutineMemory, find_routine, practices_of_hour, routine_names};
pub(crate) use session_report::SessionReports;
pub(crate) use view_scope::ViewScope;

/// What is said where nothing stands before the key.
pub const NO_PASSPHRASE: &str = "The key has no passphrase, so nothing is locked: anyone who can read your files can read the journal. `inward key passphrase` gives it one.";

/// The truth about a key that a plugin holds.
pub const PLUGIN_HOLDS_KEY: &str = "A plugin holds the key. It may ask for a touch or a PIN, once in each command for each entry it opens, even after `inward unlock`.";

/// What the command tree can tell about itself.
pub trait CommandSource {
    /// The names of all verbs.
    fn verbs(&self) -> Vec<&'static str>;
    /// The topics of `help`.
    fn topics(&self) -> Vec<&'static str>;
    /// What may stand in the place of the last of these words, program first.
    fn candidates(&self, app: &App, words: &[String]) -> Completion;
    /// Runs a command line, the program's name first, in this app.
    ///
    /// # Errors
    /// What the command fails with, or that there is no such command.
    fn run(&self, app: &App, line: &str) -> Result<Exit>;
    /// Every manual page, by file name.
    fn manuals(&self) -> Vec<(String, Vec<u8>)>;
    /// The help of a command or of an action, by its path; of the whole without one.
    fn help(&self, path: &[&str]) -> Option<String>;
}

/// What a shell is to offer.
pub enum Completion {
    /// Words, each with what it is.
    Words(Vec<(String, String)>),
    /// Files, which the shell knows best.
    Files,
}

/// What a verb works with.
pub struct App {
    /// What the user has set.
    pub config: Config,
    /// The built-in practices and the user's own.
    pub practices: Practices,
    /// Where questions are asked and answers printed.
    pub terminal: Terminal,
    /// The command line itself, for help, manual and completions.
    pub tree: Arc<dyn CommandSource + Send + Sync>,
    /// The disk that everything is on.
    disk: DiskRef,
    /// What was opened and is sealed to others than the list names.
    pub audience: Arc<AudienceLog>,
    /// Who else can read, as far as it wasn't the key's owner who added them.
    unconfirmed: unconfirmed::UnconfirmedLog,
    /// The drafts that are open in this process.
    held_drafts: HeldDrafts,
    /// Set once it was seen that something was kept in this journal from here.
    noted_place: OnceLock<()>,
}

/// What people call a command that has another name.
const OTHER_NAMES: &[(&str, &str)] =
    &[("settings", "inward config"), ("preferences", "inward config")];

impl App {
    /// With nothing opened, noted or held yet.
    pub fn new(
        config: Config,
        practices: Practices,
        terminal: Terminal,
        tree: Arc<dyn CommandSource + Send + Sync>,
        disk: DiskRef,
    ) -> App {
        let (audience, unconfirmed, held_drafts, noted_place) = Default::default();
        App {
            config,
            practices,
            terminal,
            tree,
            disk,
            audience,
            unconfirmed,
            held_drafts,
            noted_place,
        }
    }

    /// The practice of this name, which may have been misspelt.
    ///
    /// # Errors
    /// `NoSuchPractice`, or `Invalid` with the mistakes of its file.
    pub fn practice(&self, name: &str) -> Result<Practice> {
        let loaded = self.practices.get(name).cloned();
        loaded.ok_or_else(|| self.unknown_practice(name))?.into_practice()
    }

    /// A practice in the words of this day, with the user's own name for the partner.
    pub fn worded(&self, practice: Practice, at: DateTime<FixedOffset>) -> Practice {
        practice.naming_day(at, self.clock()).with_partner_name(self.config.partner.as_deref())
    }

    /// The form that a practice takes for a writer of whom this is known.
    pub fn form(&self, fear: Fear) -> Form {
        Form { fear, chapter: self.config.chapter }
    }

    /// That no practice has this name, with the nearest that does.
    pub fn unknown_practice(&self, given: &str) -> Error {
        PracticeError::Unknown { given: given.to_owned(), known: self.practice_names() }.into()
    }

    /// Neither a command nor one of these topics.
    pub fn unknown_topic(&self, given: &str, topics: &[&'static str]) -> Error {
        let commands = self.tree.verbs().into_iter().chain(self.practices.names());
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == given).map(|(_, name)| *name);
        let near = other.or_else(|| nearest(given, topics.iter().copied().chain(commands)));
        let near = near.map(str::to_owned);
        CommandError::UnknownTopic { given: given.to_owned(), topics: topics.to_vec(), near }.into()
    }

    /// Now, and where a day ends.
    pub fn clock(&self) -> &Clock {
        &self.config.clock
    }

    /// The disk that everything is on.
    pub fn disk(&self) -> DiskRef {
        self.disk.clone()
    }

    /// The journal itself, without its packs and without what is remembered of it.
    pub fn journal(&self) -> Journal {
        Journal::at(self.disk(), &self.config.paths.journal).in_home(&self.config.paths.home)
    }

    /// The same, with what this device remembers of it.
    pub fn remembered_journal(&self) -> Journal {
        if self.config.remember {
            self.journal().remembering(&self.config.paths.state, self.clock().written)
        } else {
            self.journal()
        }
    }

    /// The same, with its packs: for reading, and for whatever makes something of
    /// them untrue.
    pub fn cached_journal(&self) -> Journal {
        self.remembered_journal().with_packs_in(&self.config.paths.cache)
    }

    /// The unfinished entries of this device.
    pub fn drafts(&self) -> Drafts {
        Drafts::at(self.disk(), &self.config.paths.state).holding(&self.held_drafts)
    }

    /// What this device notes of entries to ask back about.
    pub(crate) fn follow_up_notes(&self) -> Drafts {
        Drafts::follow_ups_at(self.disk(), &self.config.paths.state)
    }

    /// A change of keys that has begun, and is not done.
    ///
    /// # Errors
    /// The note is there and cannot be read.
    pub fn pending_reseal(&self) -> Result<Option<PendingReseal>> {
        PendingReseal::read(&*self.disk(), &self.config.paths.config)
    }

    /// The identity and the recipients.
    pub fn keys(&self) -> Keys {
        Keys::new(self.disk(), &self.config.paths.config, self.config.identity.as_deref(), TALK)
            .in_home(&self.config.paths.home)
    }

    /// What this device remembers; nothing, where the user wants it so.
    pub fn state(&self) -> State {
        if self.config.remember {
            return State::read(&*self.disk(), &self.config.paths.state);
        }
        self.forget_state();
        State::default()
    }

    /// The journals in which something was kept from here; none, where the user wants it so.
    pub(crate) fn journal_places(&self) -> JournalPlaces {
        if self.config.remember {
            return JournalPlaces::read(&*self.disk(), &self.config.paths.state);
        }
        self.forget_state();
        JournalPlaces::default()
    }

    fn forget_state(&self) {
        let folder = &self.config.paths.state;
        State::forget(&*self.disk(), folder);
        JournalPlaces::forget(&*self.disk(), folder);
        journal::seen::forget_all(&*self.disk(), folder);
        self.follow_up_notes().clear();
    }

    /// A moment as it is said on a page: "today at 21:14".
    pub fn moment_words(&self, at: DateTime<FixedOffset>) -> String {
        moment_words(at, self.clock())
    }
}
