//! The command tree: the table of verbs and one subcommand for each practice,
//! turned into clap's words; and clap's matches, turned into plain values.

mod complete;
mod generate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, ArgMatches, Command};

use crate::ask::Terminal;
use crate::command::{
    self, Arg, Context, FOLLOW_UP, Given, PRACTICE_ARGS, QUERY, SIT, Takes, VERBS, Verb, WORDS,
};
use crate::config::{Config, Env, Paths};
use crate::error::{Error, Exit, Result};
use crate::practice::{self, Found, Kind, Practices, Question};
use crate::render::clean_line;

/// What the command line asks for.
enum Action {
    Verb(&'static Verb, Given),
    Practice(String, Given),
    Today,
}

pub fn run(arguments: impl Iterator<Item = OsString>, env: Env) -> Result<Exit> {
    let paths = Paths::find(env);
    let prompts = paths.as_ref().map(Paths::prompts).unwrap_or_default();
    let practices = Practices::load(&prompts, &command::reserved());
    let arguments: Vec<OsString> = arguments.collect();
    let tree = tree(&practices, asked_for(&arguments).as_deref());
    let matches = match tree.try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(stop) => return told(&stop),
    };
    let action = action(&matches);
    let paths = paths.map(|mut paths| {
        if let Some(journal) = matches.get_one::<String>("journal") {
            paths.journal = PathBuf::from(journal);
        }
        paths
    });
    let whatever_is_set = |paths: Paths| {
        Config::load(paths.clone(), env).or_else(|_| Config::without_file(paths, env))
    };
    let config = match &action {
        // Help is there for whoever needs it, however broken the rest is.
        Action::Verb(verb, _) if verb.name == "help" => {
            paths.and_then(whatever_is_set).unwrap_or_else(|_| Config::bare())
        }
        Action::Verb(verb, _) if verb.works_whatever_is_set() => whatever_is_set(paths?)?,
        _ => Config::load(paths?, env)?,
    };
    let terminal = Terminal::new(&config);
    let (practices, odd) = practices.at_cadence(&config.cadence);
    if !matches!(&action, Action::Verb(verb, _) if verb.works_whatever_is_set()) {
        // What cannot be set is no reason to keep nothing.
        let cadences = odd.into_iter().map(|(setting, fault)| config.odd_at(&setting, fault));
        let odd = config.odd.iter().cloned().chain(cadences);
        odd.for_each(|odd| terminal.warn(&config.told(&odd)));
    }
    let tree = Box::new(generate::Clap(practices.clone()));
    let context = Context { config, practices, terminal, tree };
    match action {
        Action::Verb(verb, given) => (verb.run)(&context, &given),
        Action::Practice(name, given) => command::keep(&context, &name, &given),
        Action::Today => command::today(&context),
    }
}

/// clap has its own words for help, and for most of what it cannot read.
fn told(stop: &clap::Error) -> Result<Exit> {
    let word = |kind| match stop.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        // The nearest comes last.
        Some(ContextValue::Strings(words)) => words.last().cloned(),
        _ => None,
    };
    match stop.kind() {
        ErrorKind::InvalidSubcommand => {
            let given = word(ContextKind::InvalidSubcommand).unwrap_or_default();
            let near = word(ContextKind::SuggestedSubcommand);
            return Err(Error::UnknownCommand { given, near });
        }
        ErrorKind::UnknownArgument => {
            let given = word(ContextKind::InvalidArg).unwrap_or_default();
            let near = word(ContextKind::SuggestedArg);
            return Err(Error::UnknownFlag { given, near });
        }
        ErrorKind::MissingRequiredArgument => {
            let wanted = word(ContextKind::InvalidArg).map(|wanted| plain(&wanted));
            return Err(Error::MissingArgument { wanted });
        }
        ErrorKind::InvalidValue => {
            let allowed = match stop.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(words)) if !words.is_empty() => {
                    format!("one of {}", words.join(", "))
                }
                _ => "a value".to_owned(),
            };
            let question = plain(&word(ContextKind::InvalidArg).unwrap_or_default());
            let given = word(ContextKind::InvalidValue).unwrap_or_default();
            return Err(Error::BadAnswer { question, given, allowed });
        }
        _ => {}
    }
    match stop.print() {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return Err(Error::PipeClosed),
        // There is nobody left to tell.
        _ => {}
    }
    Ok(if stop.use_stderr() { Exit::WrongInput } else { Exit::Done })
}

/// `--format <FORMAT>` is `--format`, and `<TEXT>...` is TEXT.
fn plain(argument: &str) -> String {
    let name = argument.split(' ').next().unwrap_or_default();
    name.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_owned()
}

/// The word that names the command, if that is all that has to be known to read
/// the command line. `None` where it may be about all of them.
fn asked_for(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().skip(1).map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word? {
            "--journal" => drop(words.next()),
            "--version" | "-V" => {}
            word if word.starts_with("--journal=") => {}
            flag if flag.starts_with('-') => return None,
            word => return Some(word.to_owned()),
        }
    }
    Some(String::new())
}

/// The tree. Where only one command is asked for, the others stand in it by
/// name alone: to describe each question of each practice takes longer than
/// most commands do.
fn tree(practices: &Practices, only: Option<&str>) -> Command {
    let is_whole = |name: &str| only.is_none_or(|only| only == name);
    let journal = clap::Arg::new("journal")
        .long("journal")
        .value_name("DIR")
        .global(true)
        .display_order(900)
        .value_hint(clap::ValueHint::DirPath)
        .help("Use the journal in this folder");
    let mut tree = Command::new("inward")
        .version(env!("CARGO_PKG_VERSION"))
        .about("A private, guided journal: encrypted as it is written")
        .disable_help_subcommand(true)
        .infer_long_args(false)
        .arg(journal);
    if only.is_none() {
        tree = tree.help_template(overview(practices));
    }
    for name in practices.names().filter(is_command) {
        let found = if is_whole(name) { practices.named(name) } else { None };
        let command = found.map(practice_command);
        tree = tree.subcommand(command.unwrap_or_else(|| Command::new(name.to_owned())));
    }
    for verb in VERBS {
        let whole = is_whole(verb.name);
        tree = tree.subcommand(if whole { verb_command(verb) } else { Command::new(verb.name) });
    }
    tree
}

/// A file that took a verb's name is broken, and the verb stands. One whose
/// name is no word cannot be typed, nor written into a shell's script.
fn is_command(name: &&str) -> bool {
    !VERBS.iter().any(|verb| verb.name == *name) && practice::is_word(name)
}

/// The help of the whole: practices first, for they are what it is for.
fn overview(practices: &Practices) -> String {
    let row = |name: &str, about: &str| format!("  {name:<12} {}\n", about.replace(['{', '}'], ""));
    let rows =
        practices.iter().filter(|found| is_command(&found.name())).map(|found| match found {
            Found::Whole(practice) => row(found.name(), &clean_line(&practice.about)),
            Found::Broken { .. } => row(found.name(), "(its file has a mistake)"),
        });
    let rows: String = rows.collect();
    let verbs: String = VERBS.iter().map(|verb| row(verb.name, verb.about)).collect();
    format!(
        "{{about}}\n\nUsage: inward [PRACTICE | COMMAND] …, or inward alone for today\n\nPractices, each asks a few questions; `inward PRACTICE --help` shows them:\n{rows}\nCommands:\n{verbs}\nOptions:\n{{options}}\n\nTopics, for `inward help TOPIC`:\n  {}\n\nIf you are afraid of someone: `inward help safety`.\n",
        command::topics().collect::<Vec<_>>().join(", ")
    )
}

fn practice_command(found: &Found) -> Command {
    let Some(practice) = found.whole() else {
        // Running it reports the mistakes, whatever else is given.
        let rest =
            clap::Arg::new(WORDS).num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
        return Command::new(found.name().to_owned())
            .about("A practice whose file has a mistake; run it to see which")
            .arg(rest);
    };
    let practice = practice.clone().worded_for(None);
    let mut command = Command::new(practice.name.clone()).about(clean_line(&practice.about));
    let primary = practice.question(&practice.primary).map(|q| clean_line(&q.ask));
    if let Some(ask) = primary {
        command = command.after_help(format!("WORDS answer: {ask}"));
    }
    command = PRACTICE_ARGS.iter().fold(command, |command, row| command.arg(arg(row)));
    command = practice.questions.iter().fold(command, |command, q| command.arg(question_arg(q)));
    if practice.questions.iter().any(|q| matches!(q.kind, Kind::Stillness { .. })) {
        command = command.arg(arg(&SIT));
    }
    let Some(follow_up) = practice.follow_up else { return command };
    command = command.arg(arg(&FOLLOW_UP));
    follow_up.questions.iter().fold(command, |command, q| {
        command.arg(question_arg(q).help_heading("Answers about an earlier entry"))
    })
}

fn question_arg(question: &Question) -> clap::Arg {
    let help = format!("{} ({})", clean_line(&question.ask), clean_line(&question.allowed()));
    let arg = clap::Arg::new(question.id.clone())
        .long(question.id.clone())
        .value_name("VALUE")
        .help_heading("Answers")
        .allow_negative_numbers(true)
        .action(ArgAction::Append)
        .help(help);
    complete::answered(arg, question)
}

fn verb_command(verb: &Verb) -> Command {
    let command = Command::new(verb.name)
        .about(verb.about)
        .long_about(format!("{}\n\n{}", verb.about, verb.details));
    let command = verb.args.iter().fold(command, |command, row| command.arg(arg(row)));
    if !verb.query {
        return command;
    }
    QUERY.iter().fold(command, |command, row| command.arg(arg(row).help_heading("Which entries")))
}

fn arg(row: &Arg) -> clap::Arg {
    let flag = clap::Arg::new(row.name).help(row.help);
    let flag = match row.takes {
        Takes::Words(..) | Takes::Word(_) | Takes::WordOf(..) => flag,
        _ => flag.long(row.name),
    };
    let flag = match row.short {
        Some(letter) => flag.short(letter),
        None => flag,
    };
    let flag = match row.takes {
        Takes::One(value) | Takes::Many(value) | Takes::Words(value, _) | Takes::Word(value) => {
            complete::completed(flag, value)
        }
        Takes::Nothing | Takes::OneOf(..) | Takes::WordOf(..) => flag,
    };
    match row.takes {
        Takes::Nothing => flag.action(ArgAction::SetTrue),
        Takes::One(value) => flag.value_name(value).allow_hyphen_values(value == "FILE"),
        Takes::Many(value) => flag.value_name(value).action(ArgAction::Append),
        Takes::OneOf(value, options) => {
            flag.value_name(value).value_parser(PossibleValuesParser::new(options()))
        }
        Takes::Words(value, least) => flag.value_name(value).num_args(least..).required(least > 0),
        Takes::Word(value) => flag.value_name(value).required(true),
        Takes::WordOf(value, options, required) => {
            let options = PossibleValuesParser::new(options);
            // The help of an action names them already.
            let flag = flag.hide_possible_values(value == "ACTION");
            flag.value_name(value).value_parser(options).required(required)
        }
    }
}

fn action(matches: &ArgMatches) -> Action {
    let Some((name, matches)) = matches.subcommand() else { return Action::Today };
    let given = given(matches);
    match VERBS.iter().find(|verb| verb.name == name) {
        Some(verb) => Action::Verb(verb, given),
        None => Action::Practice(name.to_owned(), given),
    }
}

fn given(matches: &ArgMatches) -> Given {
    let mut given = Given::default();
    for id in matches.ids() {
        let name = id.as_str();
        if matches.value_source(name) != Some(clap::parser::ValueSource::CommandLine) {
            continue;
        }
        match matches.try_get_many::<String>(name) {
            Ok(values) => given.add(name, values.into_iter().flatten().cloned()),
            // A flag without a value.
            Err(_) => given.add(name, []),
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Practices {
        Practices::load("/nowhere".as_ref(), &command::reserved())
    }

    #[test]
    fn the_whole_tree_is_sound() {
        tree(&built_in(), None).debug_assert();
    }

    #[test]
    fn a_command_line_needs_the_command_that_it_names() {
        let asked_for = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            super::asked_for(&words)
        };
        assert_eq!(asked_for("inward list --json").as_deref(), Some("list"));
        assert_eq!(asked_for("inward --journal DIR reflect words").as_deref(), Some("reflect"));
        assert_eq!(asked_for("inward --journal=DIR reflect").as_deref(), Some("reflect"));
        assert_eq!(asked_for("inward --version").as_deref(), Some(""));
        assert_eq!(asked_for("inward").as_deref(), Some(""));
        assert_eq!(asked_for("inward --help"), None);
    }

    #[test]
    fn every_verb_explains_itself_and_no_practice_has_its_name() {
        for verb in VERBS {
            assert!(verb.about.len() <= 64 && !verb.about.ends_with('.'), "{}", verb.name);
            assert!(verb.details.ends_with('.'), "{}", verb.name);
            assert!(built_in().named(verb.name).is_none(), "{}", verb.name);
            let all = verb.args.iter().chain(QUERY.iter().filter(|_| verb.query));
            for row in all {
                assert!(
                    !row.help.is_empty() && !row.help.ends_with('.'),
                    "{} {}",
                    verb.name,
                    row.name
                );
            }
        }
    }

    #[test]
    fn arguments_become_plain_values() {
        let matches = tree(&built_in(), None)
            .try_get_matches_from(["inward", "list", "-p", "intent", "-p", "reflect", "--json"])
            .unwrap();
        let Action::Verb(verb, given) = action(&matches) else { panic!("not a verb") };
        assert_eq!(verb.name, "list");
        assert_eq!(given.all("practice"), ["intent", "reflect"]);
        assert!(given.has("json") && !given.has("last"));
    }
}
