//! What only a verb can find wrong.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Error, Exit, Failure, did_you_mean, suggestion};

#[derive(Debug)]
pub enum CommandError {
    NothingToResume,
    /// `flag` is that of a follow-up's question, if one made a follow-up of the command.
    NothingToFollowUp {
        practice: String,
        flag: Option<String>,
    },
    NothingSaid {
        /// A command line that says something.
        example: String,
    },
    /// No command of this name, nor any of these topics.
    UnknownTopic {
        given: String,
        topics: Vec<&'static str>,
        near: Option<String>,
    },
    /// A topic of `help`, where a manual page was asked for.
    OnlyInHelp {
        topic: &'static str,
    },
    /// Arguments of which one rules the other out.
    GivenTogether {
        argument: String,
        other: String,
    },
    /// Neither a practice nor a question.
    NothingCalled {
        given: String,
        known: Vec<String>,
    },
    /// A practice's name where an entry's id belongs.
    PracticeAsId {
        practice: String,
    },
    /// The journal has no entry to look back on.
    NothingYet,
    /// No entry says anything of what is looked at, which these practices ask about.
    NothingToShow {
        practices: Vec<String>,
    },
    /// The practice is kept out of `patterns`, by its file.
    NeverShown {
        practice: String,
    },
    NoTags,
    UnknownRoutine {
        given: String,
        known: Vec<String>,
    },
    TwoVersions {
        id: String,
    },
    /// What is wrong with the list of recipients, where nothing is to be kept now.
    CannotKeep {
        cause: Box<Error>,
    },
    /// What a session asked, or an edit.
    EntryNotKept {
        has_draft: bool,
        cause: Box<Error>,
    },
    /// Why an entry stays as it was: nothing of it is lost.
    EntryNotChanged {
        cause: Box<Error>,
    },
    /// The page that a practice composes behind its last part.
    PageNotKept {
        practice: String,
        cause: Box<Error>,
    },
    /// A file that cannot be kept with an entry.
    CannotAttach {
        path: PathBuf,
        why: &'static str,
    },
    /// Nothing of this name is attached, or several things are: their ids.
    NotAttached {
        given: String,
        ids: Vec<String>,
    },
    NoPartner,
    SealedToTerminal,
    CopyInTheJournal {
        path: PathBuf,
    },
    OutputOverOwnFiles {
        path: PathBuf,
    },
    /// `--by`, with a format whose one file has no pages.
    NoPages {
        format: &'static str,
    },
    OutputInTheJournal {
        path: PathBuf,
    },
    /// A page that an export with other filters or names wrote.
    PageOfOtherExport {
        path: PathBuf,
    },
    CopyExists {
        path: PathBuf,
    },
    BadKeyPage {
        path: PathBuf,
    },
    /// `doctor --backup` of a folder without a journal in it.
    NoBackup {
        path: PathBuf,
    },
    BackupIsJournal {
        path: PathBuf,
    },
    /// `doctor --backup` of a folder with more than one journal in it: two of them.
    SeveralBackups {
        path: PathBuf,
        copies: [PathBuf; 2],
    },
    KeyPageTooFull,
    /// The window is narrower than a line that mustn't be broken.
    NarrowWindow {
        columns: usize,
    },
}

impl Failure for CommandError {
    fn fact(&self) -> String {
        match self {
            CommandError::NothingToResume => "There's no unfinished entry.".into(),
            CommandError::NothingToFollowUp { practice, .. } => {
                format!("`{practice}` has nothing to follow up now.")
            }
            CommandError::NothingSaid { .. } => "There was nothing to keep.".into(),
            CommandError::UnknownTopic { given, .. } => format!("There's no help on “{given}”."),
            CommandError::OnlyInHelp { topic } => format!("“{topic}” has no manual page."),
            CommandError::GivenTogether { argument, other } => {
                format!("`{argument}` and `{other}` can't be used together.")
            }
            CommandError::NothingCalled { given, .. } => {
                format!("There's no practice or question “{given}”.")
            }
            CommandError::PracticeAsId { practice } => {
                format!("No entry's id starts with “{practice}”, which is a practice.")
            }
            CommandError::NothingYet => "There's nothing to look back on yet.".into(),
            CommandError::NothingToShow { .. } => "There's nothing to show yet.".into(),
            CommandError::NeverShown { practice } => {
                format!("Answers to `{practice}` are never shown as patterns.")
            }
            CommandError::NoTags => "No entry has a tag yet.".into(),
            CommandError::UnknownRoutine { given, .. } => format!("There's no routine “{given}”."),
            CommandError::TwoVersions { id } => {
                format!(
                    "The entry {id} was edited in two places at once, and every revision is kept."
                )
            }
            CommandError::CannotKeep { cause }
            | CommandError::EntryNotKept { cause, .. }
            | CommandError::EntryNotChanged { cause } => cause.to_string(),
            CommandError::PageNotKept { cause, .. } => {
                format!("Your page wasn't kept, but the session was. {cause}")
            }
            CommandError::CannotAttach { path, why } => {
                format!("{} can't be attached: {why}.", path.display())
            }
            CommandError::NotAttached { given, ids } => match ids.as_slice() {
                [] => format!("Nothing called “{given}” is attached to this entry."),
                _ => format!("This entry has {} attachments called “{given}”.", ids.len()),
            },
            CommandError::NoPartner => "You haven't set your partner's name.".into(),
            CommandError::SealedToTerminal => "A terminal can't show an encrypted export.".into(),
            CommandError::CopyInTheJournal { path } => {
                format!(
                    "{} is in the journal's folder, which may be on other devices.",
                    path.display()
                )
            }
            CommandError::NoPages { format } => {
                format!("A single {format} file has no pages for `--by` to choose.")
            }
            CommandError::OutputOverOwnFiles { path } => {
                format!("{} is reserved for inward's keys, settings and state.", path.display())
            }
            CommandError::OutputInTheJournal { path } => {
                format!(
                    "{} is in the journal's folder, which is only for encrypted entries.",
                    path.display()
                )
            }
            CommandError::PageOfOtherExport { path } => {
                format!("{} was exported with other filters or names.", path.display())
            }
            CommandError::CopyExists { path } => {
                format!("{} already exists; inward left it as it is.", path.display())
            }
            CommandError::BadKeyPage { path } => format!("{} doesn't end in .svg.", path.display()),
            CommandError::NoBackup { path } => {
                format!("{} doesn't contain a journal.", path.display())
            }
            CommandError::BackupIsJournal { path } => {
                format!("{} is the journal itself.", path.display())
            }
            CommandError::SeveralBackups { path, .. } => {
                format!("{} has more than one journal in it.", path.display())
            }
            CommandError::NarrowWindow { columns } => {
                format!("This window is too narrow to show the key: it takes {columns} columns.")
            }
            CommandError::KeyPageTooFull => "The key is too long for a QR code.".into(),
        }
    }

    fn hint(&self) -> String {
        match self {
            CommandError::NothingToResume => "Any practice starts a new one.".into(),
            CommandError::NothingToFollowUp { flag: None, .. } => "It follows up an entry some days after you keep it. Nothing was kept.".into(),
            CommandError::NothingToFollowUp { flag: Some(flag), .. } => format!("It follows up an entry some days after you keep it, and `{flag}` is an answer to that. Nothing was kept."),
            CommandError::NothingSaid { example } => format!("Add your answer, as in: inward {example}. On a terminal, inward asks for it."),
            CommandError::UnknownTopic { topics, near, .. } => did_you_mean(near.as_deref(), &match topics.as_slice() {
                    [] => "`inward help` lists the commands.".into(),
                    topics => format!("The topics are {}; `inward help` lists the commands.", topics.join(", ")),
                }),
            CommandError::OnlyInHelp { topic } => format!("It's a topic of `inward help`. Try `inward help {topic}`."),
            CommandError::GivenTogether { .. } => "Leave one of them out.".into(),
            CommandError::NothingCalled { given, known } => suggestion(given, known, "`inward practices` lists the practices, and `inward practices show PRACTICE` its questions."),
            CommandError::PracticeAsId { practice } => format!("`inward list --practice {practice}` lists its entries with their ids. `show` and `export` take --practice too."),
            CommandError::NothingYet => "A few evenings of `inward reflect` are enough for a first look.".into(),
            CommandError::NothingToShow { practices } => asked_by(practices),
            CommandError::NeverShown { practice } => format!("`inward show --practice {practice}` shows what you wrote."),
            CommandError::NoTags => "`inward edit ID --tag repair` adds one, and so does --tag on every practice.".into(),
            CommandError::UnknownRoutine { given, known } => suggestion(given, known, &format!("The routines are {}. Put your own under [routines] in config.toml.", known.join(", "))),
            CommandError::TwoVersions { id } => format!("Run `inward edit {id}` on a terminal to choose one, or add --settle to keep the newest."),
            CommandError::CannotKeep { .. } => {
                "You can read your entries, but you can't keep new ones until this is fixed.".into()
            }
            CommandError::EntryNotKept { has_draft, cause } => {
                let rest = if *has_draft {
                    "Your answers are in a draft; `inward resume` continues it."
                } else {
                    "No draft could be saved, so these answers are lost."
                };
                format!("{} {rest}", cause.hint()).trim_start().to_owned()
            }
            CommandError::EntryNotChanged { cause } => cause.hint().replace(NOT_KEPT, "Nothing was changed."),
            CommandError::PageNotKept { practice, cause } => format!("{} `inward {practice}` puts the page together again.", cause.hint()).trim_start().to_owned(),
            CommandError::CannotAttach { .. } => "Check the path. Nothing was kept.".into(),
            CommandError::NotAttached { ids, .. } => match ids.as_slice() {
                [] => "`inward show ID` lists the attachments. Nothing was changed.".into(),
                ids => format!("Give one of their ids instead: {}. Nothing was changed.", ids.join(", ")),
            },
            CommandError::NoPartner => "Run `inward config set partner NAME`, or use --redact NAME=ALIAS.".into(),
            CommandError::SealedToTerminal => "Add -o FILE, or pipe it to another program.".into(),
            CommandError::NoPages { .. } => "Leave --by out, or give a folder, as in -o notes/: then it says what each file contains.".into(),
            CommandError::OutputOverOwnFiles { .. } => "Choose another place. Nothing was written.".into(),
            CommandError::OutputInTheJournal { .. } => "Choose a place outside it: that folder gets synced. Nothing was written.".into(),
            CommandError::PageOfOtherExport { .. } => "Choose another folder, or add --force to replace it. Nothing was written.".into(),
            CommandError::CopyInTheJournal { .. } => "Keep the copy elsewhere: anyone with both needs only the passphrase, if the key has one.".into(),
            CommandError::CopyExists { .. } => "Choose another name. A copy of a key never replaces a file.".into(),
            CommandError::BadKeyPage { .. } => "The page is an SVG, which any browser can print. Give a name that ends in .svg.".into(),
            CommandError::NoBackup { .. } => "Give the copy of the journal's folder: the one with the years in it (2026 and so on), or a folder that contains it.".into(),
            CommandError::BackupIsJournal { .. } => "Give the copy you want to compare it with.".into(),
            CommandError::SeveralBackups { copies: [one, other], .. } => format!("Give the one you mean, for example {} or {}.", one.display(), other.display()),
            CommandError::KeyPageTooFull => "Keep it as a file: inward key backup FILE".into(),
            CommandError::NarrowWindow { .. } => "Make the window wider, or keep the key as a file: inward key backup FILE".into(),
        }
    }

    fn exit(&self) -> Exit {
        if let CommandError::CannotKeep { cause }
        | CommandError::EntryNotKept { cause, .. }
        | CommandError::EntryNotChanged { cause }
        | CommandError::PageNotKept { cause, .. } = self
        {
            return cause.exit();
        }
        let is_nothing = matches!(
            self,
            CommandError::NothingToResume
                | CommandError::NothingToFollowUp { .. }
                | CommandError::PracticeAsId { .. }
                | CommandError::NothingYet
                | CommandError::NothingToShow { .. }
                | CommandError::NeverShown { .. }
                | CommandError::NoTags
        );
        let could_not =
            matches!(self, CommandError::KeyPageTooFull | CommandError::NarrowWindow { .. });
        if is_nothing {
            Exit::NothingMatched
        } else if could_not {
            Exit::CouldNot
        } else {
            Exit::WrongInput
        }
    }
}

/// How an error ends where a new entry wasn't kept.
const NOT_KEPT: &str = "Nothing was kept.";

/// Where an entry that is there should change, that would sound as if it were lost.
pub fn entry_not_changed(error: Error) -> Error {
    match error.hint().contains(NOT_KEPT) {
        true => CommandError::EntryNotChanged { cause: Box::new(error) }.into(),
        false => error,
    }
}

/// "`inward notice` asks about it." Of many practices, none is singled out.
fn asked_by(practices: &[String]) -> String {
    match practices {
        [] => String::new(),
        [one] => format!("This shows what you answer in `inward {one}`."),
        [first, second] => {
            format!("This shows what you answer in `inward {first}` and `inward {second}`.")
        }
        [first, second, ..] => {
            format!(
                "This shows what you answer in `inward {first}`, `inward {second}` and other practices."
            )
        }
    }
}
