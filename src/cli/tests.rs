//! Every verb, action and practice, with every flag.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use super::*;
use crate::error::Failure;

fn built_in() -> Practices {
    Practices::load("/nowhere".as_ref(), &command::reserved())
}

/// A command that can be run: the shortest line that it takes, and its own flags.
struct Runnable {
    line: Vec<String>,
    flags: BTreeSet<String>,
}

fn runnable(command: &Command, path: &[String]) -> Vec<Runnable> {
    let own = || command.get_arguments().filter(|arg| !arg.is_hide_set() || is_question(arg));
    let flags = own().filter_map(|arg| arg.get_long().map(str::to_owned)).collect();
    let needed = own().filter(|arg| arg.is_required_set()).map(|arg| {
        let values = arg.get_possible_values();
        let value = values.first().map_or("word", |value| value.get_name());
        arg.get_long().map_or(value.to_owned(), |long| format!("--{long}={value}"))
    });
    let line = path.iter().cloned().chain(needed).collect();
    let mut all = vec![Runnable { line, flags }];
    for action in command.get_subcommands() {
        let path: Vec<String> = path.iter().cloned().chain([action.get_name().into()]).collect();
        all.extend(runnable(action, &path));
    }
    all
}

fn is_question(arg: &Arg) -> bool {
    arg.get_id().as_str().starts_with(crate::app::QUESTION)
}

/// How a line is refused before anything is done. `None` if it would run, or if only a value
/// or another argument is missing or wrong.
fn refused(practices: &Practices, line: &[String]) -> Option<UsageError> {
    let arguments: Vec<OsString> = line.iter().map(OsString::from).collect();
    let mut tree = tree(practices, &arguments);
    let stop = match tree.try_get_matches_from_mut(&arguments) {
        Ok(matches) => return refuse_json(&tree, &matches, &arguments).err(),
        Err(stop) => stop,
    };
    match refusal::explain(&stop, &tree, &arguments, practices) {
        ParseStop::Failed(error) => Some(error),
        ParseStop::Print(_) => None,
    }
}

#[test]
fn the_whole_tree_is_sound() {
    whole_tree(&built_in()).debug_assert();
}

#[test]
fn every_flag_of_every_command_is_its_own_or_refused() {
    let practices = built_in();
    let mut whole = whole_tree(&practices);
    whole.build();
    let mut commands = runnable(&whole, &["inward".to_owned()]);
    // Hidden there, because it may come before any verb; alone, it is for the day's page.
    commands[0].flags.insert("json".to_owned());
    let flags: BTreeSet<&String> = commands.iter().flat_map(|command| &command.flags).collect();
    assert!(commands.len() > 50 && flags.len() > 100, "{} {}", commands.len(), flags.len());
    let mut used = 0;
    for Runnable { line, flags: own } in &commands {
        for flag in &flags {
            let line: Vec<String> = line.iter().cloned().chain([format!("--{flag}")]).collect();
            let refused = refused(&practices, &line);
            let words = line.join(" ");
            if own.contains(*flag) {
                let foreign = |error: &UsageError| {
                    use UsageError::{FlagOfAnother, NoJson, UnknownFlag};
                    matches!(error, UnknownFlag { .. } | FlagOfAnother { .. } | NoJson { .. })
                };
                assert!(!refused.as_ref().is_some_and(foreign), "{words}: {refused:?}");
                used += 1;
                continue;
            }
            let Some(error) = refused else { panic!("`{words}` is taken, and would be ignored") };
            let fits = match &error {
                UsageError::UnknownFlag { given, .. } | UsageError::FlagOfAnother { given, .. } => {
                    given.contains(flag.as_str())
                }
                UsageError::NoJson { .. } => *flag == "json",
                UsageError::UnexpectedWord { given, meant: Some(action), .. } => {
                    *given == format!("--{flag}") && action.ends_with(&format!(" {flag}"))
                }
                _ => false,
            };
            assert!(fits, "{words}: {error:?}");
            assert_eq!(error.exit(), Exit::WrongInput);
        }
    }
    assert!(used > 500, "{used}");
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

#[test]
fn a_press_of_tab_describes_one_command_and_reads_only_the_practices_that_it_needs() {
    for (line, read) in [
        ("inward ", &[][..]),
        ("inward refl", &[]),
        ("inward --journal DIR li", &[]),
        ("inward list --", &[]),
        ("inward list --practice=", &[]),
        ("inward key add --", &[]),
        ("inward help ", &[]),
        ("inward edit ", &[]),
        ("inward edit --tag=", &[]),
        ("inward edit --no-such", &[]),
        ("inward reflect --", &["reflect"]),
        ("inward reflect --closeness ", &["reflect"]),
        ("inward edit --closen", &["reflect"]),
    ] {
        let practices = built_in();
        let tree = complete::tree_to_complete(&practices, &words(line));
        assert_eq!(practices.loaded(), read, "{line}");
        let described = tree.get_subcommands().filter(|it| it.get_arguments().next().is_some());
        assert!(described.count() <= 1, "{line}");
    }
}

#[test]
fn what_is_completed_with_a_part_of_the_tree_is_what_all_of_it_would_offer() {
    let practices = built_in();
    let mut whole = complete::ask_for_kinds(whole_tree(&practices));
    whole.build();
    let lasts = ["", "-", "--", "--p", "-p", "-pe", "a", "--practice=", "--x", "--x=y"];
    let mut lines: Vec<String> = lasts.map(|last| format!("inward {last}")).into();
    for command in whole.get_subcommands() {
        let name = command.get_name();
        lines.extend(lasts.map(|last| format!("inward -q {name} {last}")));
        let longs = command.get_arguments().filter_map(Arg::get_long);
        lines.extend(longs.flat_map(|long| {
            let cut = &long[..long.len() - 1];
            [cut.to_owned(), format!("{long} "), format!("{long}=n"), format!("{long} 1 --a")]
                .map(|flag| format!("inward {name} --{flag}"))
        }));
        let actions = command.get_subcommands().map(Command::get_name);
        lines.extend(actions.map(|action| format!("inward {name} {action} --")));
    }
    for line in &lines {
        let mut part =
            complete::ask_for_kinds(complete::tree_to_complete(&practices, &words(line)));
        let last = line.rsplit(' ').next().unwrap_or_default();
        // Flags are shown behind a hyphen alone, and behind one nothing else is.
        let shown = |tree: &mut Command| {
            let offered = complete::offered(tree, words(line)).into_iter();
            let is_flag = |word: &OsStr| word.to_string_lossy().starts_with('-');
            let fits = |it: &CompletionCandidate| is_flag(it.get_value()) == last.starts_with('-');
            let words = |it: CompletionCandidate| {
                (it.get_value().to_owned(), it.get_help().map(ToString::to_string))
            };
            offered.filter(fits).map(words).collect::<Vec<_>>()
        };
        assert_eq!(shown(&mut part), shown(&mut whole), "{line}");
    }
    assert!(lines.len() > 1000, "{}", lines.len());
}

#[test]
fn every_verb_explains_itself_and_no_practice_has_its_name() {
    let whole = whole_tree(&built_in());
    for verb in VERBS {
        let command = whole.find_subcommand(verb.name).unwrap();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && about.len() <= 54 && !about.ends_with('.'), "{}", verb.name);
        assert!(built_in().get(verb.name).is_none(), "{}", verb.name);
        for (path, command) in actions(command, verb.name) {
            assert!(command.get_about().is_some(), "{path}");
            for arg in command.get_arguments().filter(|arg| !is_question(arg)) {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.ends_with('.'), "{path} {arg}: {help}");
            }
        }
    }
}

fn actions<'c>(command: &'c Command, path: &str) -> Vec<(String, &'c Command)> {
    let inner = command.get_subcommands().flat_map(|action| {
        let path = format!("{path} {}", action.get_name());
        actions(action, &path)
    });
    let inner: Vec<_> = inner.collect();
    std::iter::once((path.to_owned(), command)).chain(inner).collect()
}

#[test]
fn every_command_has_examples_that_can_be_run() {
    let practices = built_in();
    let whole = whole_tree(&practices);
    let mut tried = 0;
    for command in whole.get_subcommands() {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(examples.starts_with("Examples:\n"), "{}", command.get_name());
        for (path, action) in actions(command, command.get_name()) {
            let examples = action.get_after_help().map(ToString::to_string).unwrap_or_default();
            let lines = examples.lines().skip(1).take_while(|line| !line.is_empty());
            for line in lines {
                let line = line.trim_start();
                assert!(line.chars().count() <= 78 || !line.contains("  "), "{path}: {line}");
                let at = line.find("inward ").or(line.ends_with("inward").then_some(0));
                let line = &line[at.unwrap_or_else(|| panic!("{path}: {line}"))..];
                let line = line.split("  ").next().unwrap_or_default();
                let line = line.split([')', '|', '&', '<']).next().unwrap_or_default();
                let words = shell_words::split(line).unwrap();
                let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
                let read = tree(&practices, &arguments).try_get_matches_from(&arguments);
                assert!(read.is_ok(), "{path}: {line}: {}", read.unwrap_err());
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_flag_of_a_practice_that_is_no_question_is_reserved() {
    let practices = built_in();
    for loaded in practices.iter() {
        let command = root().subcommand(practice::command(loaded));
        let command = command.find_subcommand(loaded.name()).unwrap();
        for arg in command.get_arguments().filter(|arg| !is_question(arg)) {
            let name = arg.get_long().unwrap_or(arg.get_id().as_str());
            assert!(
                crate::practice::reserved_by(name).is_some(),
                "`{name}` can be a question's id"
            );
        }
    }
    let edit = verb("edit").unwrap().arguments(Command::new("edit"));
    for arg in edit.get_arguments().chain(root().get_arguments()) {
        let name = arg.get_long().unwrap_or(arg.get_id().as_str());
        assert!(crate::practice::reserved_by(name).is_some(), "`{name}` can be a question's id");
    }
}

#[test]
fn each_shell_has_its_few_lines() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 30, "{}: {lines}", path.display());
    }
}
