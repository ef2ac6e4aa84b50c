//! What can be wrong with a command line, with a sentence and a hint for each.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::{Failure, did_you_mean};

/// For each argument that can be missing: a question, and how to answer it.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("ID", "Which entry?", "Give an id from `inward list`."),
    ("PATH", "Import what?", "Give a file, a folder or a zip archive; - reads standard input."),
    ("PRACTICE", "Which practice?", "`inward practices` lists them."),
    ("NAME", "What should it be called?", "Give a name, as in: inward practices new walk"),
    (
        "RECIPIENT",
        "Which recipient?",
        "Give its name, or the start of its key: `inward key show` lists them.",
    ),
    ("RECIPIENT|FILE", "Whose key?", "Give an age, SSH or plugin recipient, or a file of them."),
    ("SETTING", "Which setting?", "`inward config` shows every setting."),
    ("SHELL", "Which shell?", ""),
    ("--from", "What wrote it? Say so with --from.", ""),
];

fn asked(argument: &str) -> Option<(&'static str, &'static str)> {
    let row = QUESTIONS.iter().find(|(name, ..)| *name == argument);
    row.map(|(_, question, answer)| (*question, *answer))
}

/// What is wrong with a command line. `command` is the verb, its action with it, or
/// the practice; empty for the program alone.
#[derive(Debug, PartialEq, Eq)]
pub enum UsageError {
    UnknownCommand {
        given: String,
        near: Option<String>,
    },
    /// A word that other programs have for one of ours.
    OtherName {
        given: String,
        ours: String,
    },
    UnknownAction {
        command: String,
        given: String,
        near: Option<String>,
        known: Vec<String>,
    },
    UnknownFlag {
        command: String,
        given: String,
        near: Option<String>,
        /// Does the command take words of the user's own?
        takes_words: bool,
    },
    /// Another action of the same verb takes it.
    FlagOfAnother {
        command: String,
        given: String,
        takes: String,
    },
    /// A word where none is wanted; and how it might be meant.
    UnexpectedWord {
        command: String,
        given: String,
        meant: Option<String>,
    },
    MissingArgument {
        command: String,
        argument: String,
        allowed: Vec<String>,
    },
    /// A flag that works only with one of some others.
    MissingFlag {
        command: String,
        flag: String,
        needs: Vec<String>,
    },
    MissingValue {
        flag: String,
    },
    /// `--json=yes`
    NeedlessValue {
        flag: String,
    },
    BadValue {
        argument: String,
        given: String,
        wanted: String,
        near: Option<String>,
    },
    FlagAsValue {
        flag: String,
        value: String,
    },
    Conflict {
        argument: String,
        other: String,
    },
    GivenTwice {
        flag: String,
    },
    NoJson {
        command: String,
    },
    NotUtf8,
    /// For whatever clap may come to refuse in a later version.
    Unreadable,
}

impl Failure for UsageError {
    fn fact(&self) -> String {
        match self {
            UsageError::UnknownCommand { given, .. } => {
                format!("There's no command or practice “{given}”.")
            }
            UsageError::OtherName { given, .. } => format!("inward has no command “{given}”."),
            UsageError::UnknownAction { command, given, .. }
            | UsageError::UnknownFlag { command, given, .. }
            | UsageError::FlagOfAnother { command, given, .. }
            | UsageError::UnexpectedWord { command, given, .. } => {
                format!("`{}` doesn't take “{given}”.", command_help(command))
            }
            UsageError::MissingArgument { command, argument, .. } => match asked(argument) {
                Some((question, _)) => question.to_owned(),
                None => format!("`{}` needs `{argument}`.", command_help(command)),
            },
            UsageError::MissingFlag { flag, needs, .. } => {
                let needs: Vec<String> = needs.iter().map(|flag| format!("`{flag}`")).collect();
                format!("`{flag}` needs {}.", needs.join(" or "))
            }
            UsageError::MissingValue { flag } => format!("`{flag}` needs a value."),
            UsageError::NeedlessValue { flag } => format!("`{flag}` takes no value."),
            UsageError::BadValue { argument, given, .. } => {
                format!("“{given}” isn't a valid value for `{argument}`.")
            }
            UsageError::FlagAsValue { flag, value } => {
                format!("`{flag}` needs a value, and “{value}” is a flag.")
            }
            UsageError::Conflict { argument, other } => {
                format!("`{argument}` and `{other}` can't be used together.")
            }
            UsageError::GivenTwice { flag } => format!("`{flag}` is given twice."),
            UsageError::NoJson { command } => {
                format!("`{}` prints no JSON.", command_help(command))
            }
            UsageError::NotUtf8 => "That command line isn't valid UTF-8.".into(),
            UsageError::Unreadable => "inward can't read this command line.".into(),
        }
    }

    fn hint(&self) -> String {
        match self {
            UsageError::UnknownCommand { near, .. } => {
                did_you_mean(near.as_deref(), "`inward --help` lists them all.")
            }
            UsageError::OtherName { ours, .. } if ours == "inward" => {
                "Run `inward` alone: it shows today.".into()
            }
            UsageError::OtherName { ours, .. } => format!("Use `{ours}`."),
            UsageError::UnknownAction { command, near, known, .. } => {
                let actions = match known.as_slice() {
                    [only] => format!("Its only action is {only}."),
                    several => format!("Its actions are {}.", several.join(", ")),
                };
                let more = format!("{actions} `{} --help` says more.", command_help(command));
                did_you_mean(near.as_deref(), &more)
            }
            UsageError::UnknownFlag { command, near, takes_words, .. } => {
                let flags = format!("`{} --help` lists its flags.", command_help(command));
                let word = "If you mean a word that starts with a hyphen, put it after --.";
                let own = "A practice of your own needs its file on this device. If no practice asks it any more, give the answer in --answers.";
                let more = match command.as_str() {
                    "edit" => format!("{flags} {own}"),
                    _ if *takes_words => format!("{flags} {word}"),
                    _ => flags,
                };
                did_you_mean(near.as_deref(), &more)
            }
            UsageError::FlagOfAnother { given, takes, .. } => {
                format!("Use `{} {given}`.", command_help(takes))
            }
            UsageError::UnexpectedWord { meant: Some(line), .. } => format!("Try `{line}`."),
            UsageError::UnexpectedWord { command, meant: None, .. } => {
                format!("`{} --help` shows what it takes.", command_help(command))
            }
            UsageError::MissingArgument { command, argument, allowed } => {
                match allowed.as_slice() {
                    [] => match asked(argument) {
                        Some((_, answer)) => answer.to_owned(),
                        None => format!("`{} --help` shows how.", command_help(command)),
                    },
                    allowed => format!("Give one of {}.", allowed.join(", ")),
                }
            }
            UsageError::MissingFlag { command, .. } => {
                format!("`{} --help` says more.", command_help(command))
            }
            UsageError::NeedlessValue { flag } => format!("Write {flag} alone."),
            UsageError::MissingValue { flag } => {
                format!("Write it after the flag, as in {flag} VALUE or {flag}=VALUE.")
            }
            UsageError::BadValue { wanted, near, .. } => {
                did_you_mean(near.as_deref(), &format!("Give {wanted}."))
            }
            UsageError::FlagAsValue { flag, value } => {
                format!("If that is the value, write {flag}={value}.")
            }
            UsageError::Conflict { .. } => "Leave one of them out.".into(),
            UsageError::GivenTwice { .. } => "Give it once.".into(),
            UsageError::NoJson { command } => {
                format!("Leave --json out; `{} --help` lists its flags.", command_help(command))
            }
            UsageError::NotUtf8 => "Check the language settings of your terminal.".into(),
            UsageError::Unreadable => "`inward --help` lists the commands.".into(),
        }
    }
}

/// A command as it is typed.
fn command_help(command: &str) -> String {
    format!("inward {command}").trim_end().to_owned()
}
