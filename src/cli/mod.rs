//! The command line: the table of verbs and one subcommand for each practice,
//! read by clap; and what it asks for, called when everything is ready.

mod argv;
mod candidates;
mod complete;
mod errors;
mod overview;
mod pages;
mod practice;
mod refusal;
mod value_rules;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use crate::app::{self, App};
use crate::command::{self, VERBS, Verb, VerbCall};
use crate::config::{Config, Env, Paths};
use crate::disk::{self, DiskRef};
use crate::error::{Exit, Result};
use crate::practice::{Practice, Practices, is_word};
use crate::prompt::{Terminal, Transcript};
use crate::render::hang;

pub use errors::UsageError;
use overview::overview;
use refusal::ParseStop;

/// Said once, at the end of a command.
const NO_FOLDER_SYNC: &str = "This file system can't confirm that a new file's name is on the disk, so inward had it write out everything; a power cut in the next minute may still undo what this command did.";

/// What a run of the program gets from outside.
pub struct Surroundings<'a> {
    /// The environment.
    pub env: Env<'a>,
    /// The disk with keys, entries and state.
    pub disk: DiskRef,
    /// If set, collects the output instead of this process's terminal.
    pub transcript: Option<Transcript>,
}

/// # Errors
///
/// Whatever went wrong, in words: what happened, and what to do.
pub fn run(arguments: Vec<OsString>, env: Env) -> Result<Exit> {
    run_in(&Surroundings { env, disk: disk::real(), transcript: None }, arguments)
}

/// The same, in surroundings other than this process's own.
///
/// # Errors
///
/// As [`run`].
pub fn run_in(surroundings: &Surroundings, arguments: Vec<OsString>) -> Result<Exit> {
    let env = surroundings.env;
    let paths = Paths::find(env);
    let prompts = paths.as_ref().map(Paths::prompts).unwrap_or_default();
    let practices = Practices::load(&prompts, &command::reserved());
    let mut tree = tree(&practices, &arguments);
    argv::refuse_flags_as_values(&tree, &arguments)?;
    let matches = match tree.try_get_matches_from_mut(&arguments) {
        Ok(matches) => matches,
        Err(stop) => match refusal::explain(&stop, &tree, &arguments, &practices) {
            ParseStop::Failed(error) => return Err(error.into()),
            ParseStop::Print(text) => return print_help(surroundings, &text, paths),
        },
    };
    refuse_json(&tree, &matches, &arguments)?;
    let asked = Invocation::read(&matches).map_err(|_| UsageError::Unreadable)?;
    let app = app(&asked, &matches, paths, practices, surroundings)?;
    if asked.needs_journal {
        app.refuse_missing_journal()?;
    }
    let done = (asked.call)(&app);
    app.tell_unconfirmed();
    app.tell_audience();
    if app.disk().lacks_folder_sync() {
        app.terminal.say(NO_FOLDER_SYNC);
    }
    done
}

/// Prints help or the version, asked for by a flag, through the pager.
fn print_help(to: &Surroundings, text: &StyledStr, paths: Result<Paths>) -> Result<Exit> {
    let config = paths.and_then(|paths| whatever_is_set(paths, to.env));
    let config = config.unwrap_or_else(|_| Config::defaults());
    let terminal = Terminal::new(&config, false, to.transcript.clone());
    let page = terminal.page();
    let text = if page.colour { text.ansi().to_string() } else { text.to_string() };
    if terminal.output_is_terminal() {
        terminal.print_paged(&hang(&text, page.width))?;
    } else {
        terminal.print(&text)?;
    }
    Ok(Exit::Done)
}

/// The settings as far as they can be read.
fn whatever_is_set(paths: Paths, env: Env) -> Result<Config> {
    Config::load(paths.clone(), env).or_else(|_| Config::without_file(paths, env))
}

/// What the command line asks for.
struct Invocation {
    call: VerbCall,
    /// Help works even if everything else is broken.
    is_help: bool,
    ignores_settings: bool,
    needs_journal: bool,
}

impl Invocation {
    fn read(matches: &ArgMatches) -> std::result::Result<Invocation, clap::Error> {
        let Some((name, matches)) = matches.subcommand() else {
            let in_json = matches.get_flag("json");
            return Ok(Invocation::of(Box::new(move |app| command::today(app, in_json))));
        };
        let Some(verb) = verb(name) else {
            let name = name.to_owned();
            let args = practice::parse(matches)?;
            return Ok(Invocation::of(Box::new(move |app| app::record(app, &name, args))));
        };
        Ok(Invocation {
            call: (verb.parse)(matches)?,
            is_help: verb.name == "help",
            ignores_settings: verb.ignores_settings,
            needs_journal: verb.needs_journal,
        })
    }

    fn of(call: VerbCall) -> Invocation {
        Invocation { call, is_help: false, ignores_settings: false, needs_journal: true }
    }
}

fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

fn app(
    asked: &Invocation,
    matches: &ArgMatches,
    paths: Result<Paths>,
    practices: Practices,
    surroundings: &Surroundings,
) -> Result<App> {
    let env = surroundings.env;
    let paths = paths.map(|mut paths| {
        // The line to be completed may name one.
        let words = matches.subcommand_matches("completions").map(|it| it.get_many("words"));
        let words: Vec<String> = words.flatten().into_iter().flatten().cloned().collect();
        let home = env("HOME").map(PathBuf::from);
        let of_line = || complete::journal_named(&words, home.as_deref());
        if let Some(journal) = matches.get_one("journal").cloned().or_else(of_line) {
            paths.journal = journal;
            paths.journal_is_named = true;
        }
        paths
    });
    let config = match asked {
        Invocation { is_help: true, .. } => {
            let config = paths.and_then(|paths| whatever_is_set(paths, env));
            config.unwrap_or_else(|_| Config::defaults())
        }
        Invocation { ignores_settings: true, .. } => whatever_is_set(paths?, env)?,
        _ => Config::load(paths?, env)?,
    };
    let transcript = surroundings.transcript.clone();
    let terminal = Terminal::new(&config, matches.get_flag("quiet"), transcript);
    let (practices, faults) = practices.at_cadence(&config.cadence);
    if !asked.ignores_settings {
        // A bad setting must not stop anyone from keeping an entry.
        let cadences =
            faults.into_iter().map(|(setting, fault)| config.warning_for(&setting, fault));
        let warnings = config.warnings.iter().cloned().chain(cadences);
        warnings.for_each(|warning| terminal.warn(&config.warning_error(&warning)));
        if let Some(error) = config.zone_error() {
            terminal.warn(&error);
        }
    }
    let tree = Arc::new(pages::CommandTree {
        practices: practices.clone(),
        partner: config.partner.clone(),
    });
    Ok(App::new(config, practices, terminal, tree, surroundings.disk.clone()))
}

/// The tree, as far as these arguments need it: describing every question of every
/// practice takes longer than most commands.
fn tree(practices: &Practices, arguments: &[OsString]) -> Command {
    let Some(name) = argv::command_name(arguments) else { return whole_tree(practices) };
    let with_questions = |command: &Command| {
        let is_needed = !flags_of_another(command, arguments).is_empty();
        practices.valid().filter(|_| is_needed).collect()
    };
    let of = |other: &str| {
        if other == name {
            command_of(practices, other, with_questions)
        } else {
            Command::new(other.to_owned())
        }
    };
    let names = practices.names().filter(is_command);
    root().subcommands(names.chain(VERBS.iter().map(|verb| verb.name)).map(of))
}

/// The verb or practice with all its arguments: of `edit`, also those of the questions of
/// some practices, as its own arguments say.
fn command_of<'p>(
    practices: &Practices,
    name: &str,
    with_questions: impl FnOnce(&Command) -> Vec<&'p Practice>,
) -> Command {
    let Some(verb) = verb(name) else {
        let loaded = practices.get(name).map(practice::command);
        return value_rules::apply(loaded.unwrap_or_else(|| Command::new(name.to_owned())));
    };
    let mut command = verb.arguments(Command::new(verb.name));
    if verb.name == "edit" {
        command = practice::with_questions(with_questions(&command), command);
    }
    value_rules::apply(command)
}

/// The whole of it, for help, manual pages and what is wrong with a command line.
fn whole_tree(practices: &Practices) -> Command {
    let verbs = VERBS.iter().map(|verb| match verb.name {
        "edit" => {
            practice::with_questions(practices.valid(), verb.arguments(Command::new(verb.name)))
        }
        name => verb.arguments(Command::new(name)),
    });
    let verbs: Vec<Command> = verbs.map(value_rules::apply).collect();
    let of_practices = practices.iter().filter(|found| is_command(&found.name()));
    root()
        .help_template(overview(practices, &verbs))
        .subcommands(of_practices.map(|found| value_rules::apply(practice::command(found))))
        .subcommands(verbs)
}

fn root() -> Command {
    let flag = |name: &'static str| {
        Arg::new(name).long(name).global(true).action(ArgAction::SetTrue).display_order(901)
    };
    let journal = Arg::new("journal")
        .long("journal")
        .value_name("DIR")
        .global(true)
        .display_order(900)
        .value_hint(ValueHint::DirPath)
        .value_parser(clap::value_parser!(PathBuf))
        .help("Use the journal in this folder");
    Command::new("inward")
        .version(env!("CARGO_PKG_VERSION"))
        .about("A private, guided journal, encrypted as you keep it")
        .disable_help_subcommand(true)
        .infer_long_args(false)
        .arg(journal)
        .arg(
            flag("quiet").short('q').help("Print no messages, only errors and what you ask to see"),
        )
        // It may come before the verb; each verb that prints JSON has its own.
        .arg(flag("json").hide(true))
}

/// The long flags among the arguments that the command itself doesn't have.
fn flags_of_another<'a>(command: &Command, arguments: &'a [OsString]) -> Vec<&'a str> {
    let root = root();
    let own: Vec<&str> = command
        .get_arguments()
        .chain(root.get_arguments())
        .filter_map(Arg::get_long)
        .chain(["help", "version"])
        .collect();
    let longs = arguments.iter().filter_map(|word| word.to_str()?.strip_prefix("--"));
    let names = longs.map(|long| long.split('=').next().unwrap_or_default());
    names.filter(|name| !own.contains(name)).collect()
}

/// `--json` before the verb belongs to the verb, and not every verb prints JSON.
fn refuse_json(
    tree: &Command,
    matches: &ArgMatches,
    arguments: &[OsString],
) -> std::result::Result<(), UsageError> {
    if matches.subcommand().is_none() {
        // The day's page prints JSON.
        return Ok(());
    }
    let mut given = matches.get_flag("json");
    let mut innermost = matches;
    while let Some((_, matches)) = innermost.subcommand() {
        given |= matches.try_get_one::<bool>("json").ok().flatten() == Some(&true);
        innermost = matches;
    }
    let (command, path) = argv::named(tree, arguments);
    let own = command.get_arguments().any(|arg| arg.get_id() == "json" && !arg.is_global_set());
    if given && !own {
        return Err(UsageError::NoJson { command: path });
    }
    Ok(())
}

/// Can the practice be a command? A verb keeps its name even if a file has taken it, and a
/// name that isn't a plain word can't be typed, or written into a shell's script.
fn is_command(name: &&str) -> bool {
    verb(name).is_none() && is_word(name)
}

#[cfg(test)]
mod tests;
