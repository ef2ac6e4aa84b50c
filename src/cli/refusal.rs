//! Turns clap's refusals into errors in inward's words, with the nearest valid name.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use serde_json::json;

use crate::command::{VERBS, Verb};
use crate::config::Clock;
use crate::dates;
use crate::error::nearest;
use crate::practice::Practices;
use crate::render::document;

use super::argv;
use super::errors::UsageError;

/// Other programs' names for commands, and other likely guesses.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("add", "inward write"),
    ("all", "inward list"),
    ("backup", "inward key backup"),
    ("cat", "inward show"),
    ("continue", "inward resume"),
    ("del", "inward delete"),
    ("find", "inward search"),
    ("grep", "inward search"),
    ("log", "inward list"),
    ("ls", "inward list"),
    ("new", "inward write"),
    ("note", "inward write"),
    ("open", "inward show"),
    ("passphrase", "inward key passphrase"),
    ("password", "inward key passphrase"),
    ("prompts", "inward practices"),
    ("pull", "inward sync"),
    ("push", "inward sync"),
    ("read", "inward show"),
    ("remove", "inward delete"),
    ("rm", "inward delete"),
    ("settings", "inward config"),
    ("setup", "inward init"),
    ("stats", "inward patterns"),
    ("status", "inward"),
    ("templates", "inward practices"),
    ("today", "inward"),
    ("version", "inward --version"),
    ("view", "inward show"),
];

/// Other names for values, and likely guesses: the flag, what is given, what is meant.
const OTHER_VALUES: &[(&str, &str, &str)] = &[
    ("--from", "day-one", "dayone"),
    ("--from", "md", "markdown"),
    ("--from", "obsidian", "markdown"),
    ("--format", "md", "markdown"),
];

/// The arguments that are text of the user's own, by what they are called in help.
const TEXTS: &[&str] = &["WORDS", "TEXT", "VALUE"];

/// How parsing ends if there is nothing to run.
pub enum ParseStop {
    Failed(UsageError),
    /// Help or the version, which was asked for.
    Print(StyledStr),
}

/// clap's error, in inward's words.
pub fn explain(
    stop: &clap::Error,
    tree: &Command,
    arguments: &[OsString],
    practices: &Practices,
) -> ParseStop {
    let (command, path) = argv::named(tree, arguments);
    let refused = Refusal { stop, tree, command, path, arguments, practices };
    ParseStop::Failed(match stop.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // clap takes `-hello` for `-h`, and reads no further.
            match argv::strange_letters(tree, arguments) {
                Some(given) => refused.flag(given),
                None => return ParseStop::Print(refused.answer()),
            }
        }
        ErrorKind::InvalidSubcommand => refused.subcommand(),
        ErrorKind::TooManyValues if refused.word(ContextKind::InvalidArg).starts_with('-') => {
            UsageError::NeedlessValue { flag: plain(&refused.word(ContextKind::InvalidArg)) }
        }
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => refused.argument(),
        ErrorKind::MissingRequiredArgument => refused.missing(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => refused.value(),
        ErrorKind::ArgumentConflict => refused.conflict(),
        ErrorKind::InvalidUtf8 => UsageError::NotUtf8,
        _ => UsageError::Unreadable,
    })
}

/// What clap refused, and where.
struct Refusal<'a> {
    stop: &'a clap::Error,
    tree: &'a Command,
    command: &'a Command,
    path: String,
    arguments: &'a [OsString],
    practices: &'a Practices,
}

impl Refusal<'_> {
    /// Help or the version.
    fn answer(&self) -> StyledStr {
        let in_json = self.arguments.iter().any(|argument| argument == "--json");
        if in_json && self.stop.kind() == ErrorKind::DisplayVersion {
            document(json!({ "inward": env!("CARGO_PKG_VERSION") })).into()
        } else {
            self.stop.render()
        }
    }

    fn words(&self, kind: ContextKind) -> Vec<String> {
        words_of(self.stop, kind)
    }

    fn word(&self, kind: ContextKind) -> String {
        self.words(kind).into_iter().next().unwrap_or_default()
    }

    fn subcommand(&self) -> UsageError {
        let given = self.word(ContextKind::InvalidSubcommand);
        if self.path.is_empty() {
            return unknown_command(given, self.practices);
        }
        let actions: Vec<String> =
            self.command.get_subcommands().map(|action| action.get_name().to_owned()).collect();
        let near = nearest(&given, actions.iter().map(String::as_str)).map(str::to_owned);
        // `sync push`: the verb alone does that.
        let verb = format!("inward {}", self.path);
        let near = near.or_else(|| other_name(&given).filter(|ours| *ours == verb));
        UsageError::UnknownAction { command: self.path.clone(), given, near, known: actions }
    }

    fn argument(&self) -> UsageError {
        // Of too many values, clap gives the argument that takes fewer, and the last of them.
        let given = match self.stop.kind() {
            ErrorKind::TooManyValues => self.word(ContextKind::InvalidValue),
            _ => self.word(ContextKind::InvalidArg),
        };
        let command = self.path.clone();
        if !given.starts_with('-') {
            let meant = self.suggest(&given);
            return UsageError::UnexpectedWord { command, given, meant };
        }
        // Of several letters, clap names one.
        let letters = || argv::strange_letters(self.tree, self.arguments);
        let letters = Some(&given).filter(|it| !it.starts_with("--")).and_then(|_| letters());
        self.flag(letters.unwrap_or(given))
    }

    fn flag(&self, given: String) -> UsageError {
        let command = self.path.clone();
        let flags = self.command.get_arguments().filter_map(Arg::get_long);
        let name = given.trim_start_matches('-');
        if let Some(action) = self.action_called(name) {
            let meant = Some(format!("inward {action}"));
            return UsageError::UnexpectedWord { command, given, meant };
        }
        if let Some(takes) = self.action_with(name) {
            return UsageError::FlagOfAnother { command, given, takes };
        }
        let near = nearest(name, flags.chain(["help"])).map(|near| format!("--{near}"));
        // `-hello` may be meant as `-h`.
        let letter = given.chars().nth(1).filter(|letter| matches!(letter, 'h' | 'V'));
        let near = near.or_else(|| letter.map(|letter| format!("-{letter}")));
        let mut words = self.command.get_positionals().filter_map(Arg::get_value_names).flatten();
        let takes_words = words.any(|name| TEXTS.contains(&name.as_str()));
        UsageError::UnknownFlag { command, given, near, takes_words }
    }

    /// The action of the same verb with the flag's name: `key --remove` means `key remove`,
    /// even if another action has such a flag.
    fn action_called(&self, flag: &str) -> Option<String> {
        let verb = self.tree.find_subcommand(self.path.split(' ').next()?)?;
        let action = verb.find_subcommand(flag)?;
        Some(format!("{} {}", verb.get_name(), action.get_name()))
    }

    /// The action of the same verb that has this flag.
    fn action_with(&self, flag: &str) -> Option<String> {
        let verb = self.tree.find_subcommand(self.path.split(' ').next()?)?;
        let has = |action: &&Command| action.get_arguments().any(|a| a.get_long() == Some(flag));
        let action = verb.get_subcommands().find(has)?;
        Some(format!("{} {}", verb.get_name(), action.get_name()))
    }

    /// A day or a practice without its flag.
    fn suggest(&self, word: &str) -> Option<String> {
        let has = |flag: &str| self.command.get_arguments().any(|a| a.get_long() == Some(flag));
        let clock = Clock::at(chrono::DateTime::UNIX_EPOCH.fixed_offset());
        let flag = if has("on") && dates::span(word, &clock).is_ok() {
            "on"
        } else if has("practice") && self.practices.names().any(|name| name == word) {
            "practice"
        } else {
            return None;
        };
        Some(format!("inward {} --{flag} {word}", self.path))
    }

    fn missing(&self) -> UsageError {
        let argument = self.word(ContextKind::InvalidArg);
        if let Some(flag) = self.flag_that_needs(&argument) {
            // Of a group, each is a flag; a value may have a bar in its name, too: <FILE|DIR>.
            let needs = argument.split('|').map(plain).enumerate();
            let needs = needs.filter(|(at, name)| *at == 0 || name.starts_with('-'));
            let needs = needs.map(|(_, name)| name).collect();
            return UsageError::MissingFlag { command: self.path.clone(), flag, needs };
        }
        let arg = self.command.get_arguments().find(|arg| arg.to_string() == argument);
        let values = arg.map(|arg| arg.get_possible_values()).unwrap_or_default();
        let allowed = values.iter().map(|value| value.get_name().to_owned()).collect();
        UsageError::MissingArgument {
            command: self.path.clone(),
            argument: plain(&argument),
            allowed,
        }
    }

    /// The flag on the command line that works only with this argument: the one with which
    /// alone it's missed just so, and isn't without.
    fn flag_that_needs(&self, argument: &str) -> Option<String> {
        let path = std::iter::once("inward").chain(self.path.split(' '));
        let path: Vec<OsString> = path.map(OsString::from).collect();
        let is_missed = |more: &[OsString]| {
            let words = path.iter().chain(more);
            let stop = self.tree.clone().try_get_matches_from(words).err();
            let missed = stop.filter(|it| it.kind() == ErrorKind::MissingRequiredArgument);
            missed.is_some_and(|stop| {
                words_of(&stop, ContextKind::InvalidArg).iter().any(|other| other == argument)
            })
        };
        if is_missed(&[]) {
            return None;
        }
        let ends = |at: usize| [at + 1, at + 2].map(|end| end.min(self.arguments.len()));
        let given = (0..self.arguments.len()).filter(|at| self.is_flag(*at));
        let mut needing =
            given.filter(|at| ends(*at).iter().any(|end| is_missed(&self.arguments[*at..*end])));
        let flag = self.arguments[needing.next()?].to_string_lossy().into_owned();
        flag.split('=').next().map(str::to_owned)
    }

    fn is_flag(&self, at: usize) -> bool {
        self.arguments[at].as_encoded_bytes().starts_with(b"-")
    }

    fn value(&self) -> UsageError {
        let argument = plain(&self.word(ContextKind::InvalidArg));
        let given = self.word(ContextKind::InvalidValue);
        let allowed = self.words(ContextKind::ValidValue);
        if given.is_empty() && argument.starts_with('-') {
            return UsageError::MissingValue { flag: argument };
        }
        let near = nearest(&given, allowed.iter().map(String::as_str));
        let other = OTHER_VALUES
            .iter()
            .find(|(flag, other, _)| *flag == argument && *other == given.to_lowercase());
        let near = other.map(|(.., meant)| *meant).or(near).map(str::to_owned);
        // The error of an argument's own parser is the valid form.
        let own = std::error::Error::source(self.stop).map(ToString::to_string);
        let wanted = match allowed.as_slice() {
            [] if given.is_empty() => own.unwrap_or_else(|| "one that isn't empty".to_owned()),
            [] => own.unwrap_or_else(|| "another value".to_owned()),
            [only] => format!("`{only}`"),
            allowed => format!("one of {}", allowed.join(", ")),
        };
        UsageError::BadValue { argument, given, wanted, near }
    }

    fn conflict(&self) -> UsageError {
        let argument = plain(&self.word(ContextKind::InvalidArg));
        // In a group of flags, the one on the command line.
        let is_present = |flag: &&String| {
            self.arguments.iter().any(|word| word.to_string_lossy().starts_with(flag.as_str()))
        };
        let others: Vec<String> =
            self.words(ContextKind::PriorArg).iter().map(|other| plain(other)).collect();
        let other = others.iter().find(is_present).or(others.first()).cloned().unwrap_or_default();
        if argument == other || other.is_empty() {
            UsageError::GivenTwice { flag: argument }
        } else {
            UsageError::Conflict { argument, other }
        }
    }
}

fn words_of(stop: &clap::Error, kind: ContextKind) -> Vec<String> {
    match stop.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

fn other_name(given: &str) -> Option<String> {
    let given = given.to_lowercase();
    OTHER_NAMES.iter().find(|(name, _)| *name == given).map(|(_, ours)| (*ours).to_owned())
}

fn unknown_command(given: String, practices: &Practices) -> UsageError {
    let ours = other_name(&given).or_else(|| verb_of(&given));
    if let Some(ours) = ours {
        return UsageError::OtherName { given, ours };
    }
    let names = VERBS.iter().map(|verb| verb.name).chain(practices.names());
    let near = nearest(&given, names).map(str::to_owned);
    UsageError::UnknownCommand { given, near }
}

/// The verb of which this is an action, and the action.
fn verb_of(action: &str) -> Option<String> {
    let has =
        |verb: &&Verb| verb.arguments(Command::new(verb.name)).find_subcommand(action).is_some();
    VERBS.iter().find(has).map(|verb| format!("inward {} {action}", verb.name))
}

/// `--format <FORMAT>` is `--format`, and `<TEXT>...` is TEXT.
fn plain(argument: &str) -> String {
    let name = argument.split(' ').next().unwrap_or_default();
    name.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_owned()
}
