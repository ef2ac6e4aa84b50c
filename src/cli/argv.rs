//! The command line before clap reads it: which command it names, and a flag
//! where a value should be.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

use super::errors::UsageError;

/// The word that names the command, if nothing else is needed to read the command line.
/// `None` if the line may need all commands.
pub fn command_name(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().skip(1).map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word? {
            "--journal" => drop(words.next()),
            "--version" | "-V" | "--json" | "--quiet" | "-q" => {}
            word if word.starts_with("--journal=") => {}
            flag if flag.starts_with('-') => return None,
            word => return Some(word.to_owned()),
        }
    }
    Some(String::new())
}

/// The command, or the action of one, that the words name, with its whole name.
pub fn named<'t>(tree: &'t Command, arguments: &[OsString]) -> (&'t Command, String) {
    let mut command = tree;
    let mut path = String::new();
    let mut words = arguments.iter().skip(1);
    while let Some(word) = words.next().filter(|word| *word != "--") {
        if takes_value(&[tree, command], word) {
            words.next();
        } else if let Some(next) = command.find_subcommand(word) {
            command = next;
            path = format!("{path} {}", next.get_name());
        } else if !word.as_encoded_bytes().starts_with(b"-") {
            // Behind a word that is no command's name, none is.
            break;
        }
    }
    (command, path.trim_start().to_owned())
}

/// A value may begin with a hyphen, so a flag without its value would swallow the next flag.
///
/// # Errors
///
/// A value that is one of the command's own flags: that is a value only after an equals
/// sign.
pub fn refuse_flags_as_values(tree: &Command, arguments: &[OsString]) -> Result<(), UsageError> {
    let (command, _) = named(tree, arguments);
    let commands = [tree, command];
    let words = arguments.split(|word| word == "--").next().unwrap_or_default();
    for pair in words.windows(2) {
        if takes_value(&commands, &pair[0]) && flag(&commands, &pair[1]).is_some() {
            let [flag, value] = [0, 1].map(|i| pair[i].to_string_lossy().into_owned());
            return Err(UsageError::FlagAsValue { flag, value });
        }
    }
    Ok(())
}

/// The first word of several letters behind one hyphen that aren't all flags, such as `-hello`.
pub fn strange_letters(tree: &Command, arguments: &[OsString]) -> Option<String> {
    let (command, _) = named(tree, arguments);
    let commands = [tree, command];
    let is_known = |letter: char| match letter {
        'h' => true,
        'V' => std::ptr::eq(tree, command),
        letter => flag(&commands, format!("-{letter}").as_ref()).is_some(),
    };
    let mut words = arguments.iter().skip(1).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let letters = word.to_str().and_then(|word| word.strip_prefix('-'));
        let Some(letters) = letters.filter(|rest| rest.len() > 1 && !rest.starts_with('-')) else {
            // Whatever follows such a flag is its value.
            if takes_value(&commands, word) {
                words.next();
            }
            continue;
        };
        // Behind a flag that takes a value, the rest is that.
        let ends = |letter: &char| takes_value(&commands, format!("-{letter}").as_ref());
        let values = letters.chars().position(|letter| ends(&letter)).unwrap_or(usize::MAX);
        if letters.chars().take(values).any(|letter| !is_known(letter)) {
            return word.to_str().map(str::to_owned);
        }
    }
    None
}

fn takes_value(commands: &[&Command], word: &OsStr) -> bool {
    flag(commands, word).is_some_and(|arg| arg.get_action().takes_values())
}

/// The flag that this word is, if it is exactly one.
fn flag<'c>(commands: &[&'c Command], word: &OsStr) -> Option<&'c Arg> {
    let word = word.to_str()?;
    let is = |arg: &&Arg| match word.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => word
            .strip_prefix('-')
            .is_some_and(|short| arg.get_short().is_some_and(|letter| short.chars().eq([letter]))),
    };
    commands.iter().flat_map(|command| command.get_arguments()).find(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_command_line_needs_the_command_that_it_names() {
        let named = |line: &str| command_name(&words(line));
        assert_eq!(named("inward list --json").as_deref(), Some("list"));
        assert_eq!(named("inward --json list").as_deref(), Some("list"));
        assert_eq!(named("inward --journal DIR reflect words").as_deref(), Some("reflect"));
        assert_eq!(named("inward --journal=DIR reflect").as_deref(), Some("reflect"));
        assert_eq!(named("inward --version").as_deref(), Some(""));
        assert_eq!(named("inward").as_deref(), Some(""));
        assert_eq!(named("inward --help"), None);
    }

    #[test]
    fn letters_behind_one_hyphen_are_strange_unless_each_is_a_flag() {
        let flag = |name: &'static str, short: char| Arg::new(name).long(name).short(short);
        let quiet = flag("quiet", 'q').action(clap::ArgAction::SetTrue);
        let list = Command::new("list").arg(flag("tag", 't'));
        let tree = Command::new("inward").arg(quiet).subcommand(list);
        let strange = |line: &str| strange_letters(&tree, &words(line));
        for (line, word) in [
            ("inward -hello", "-hello"),
            ("inward -Vfoo", "-Vfoo"),
            ("inward list -qx", "-qx"),
            ("inward list -V -hV", "-hV"),
            ("inward list -t a -hé", "-hé"),
        ] {
            assert_eq!(strange(line).as_deref(), Some(word), "{line}");
        }
        for line in [
            "inward -qh",
            "inward -hV",
            "inward list -hq",
            "inward list -tx",
            "inward list -qtx",
            "inward list -t -hello",
            "inward list --tag -hello",
            "inward list -- -hello",
            "inward list --hello",
            "inward -",
            "inward -x",
        ] {
            assert_eq!(strange(line), None, "{line}");
        }
    }

    #[test]
    fn a_value_that_is_a_flag_needs_an_equals_sign() {
        let tree = Command::new("inward").subcommand(
            Command::new("list")
                .arg(Arg::new("tag").long("tag").short('t'))
                .arg(Arg::new("all").long("all").action(clap::ArgAction::SetTrue)),
        );
        let refused = |line: &str| refuse_flags_as_values(&tree, &words(line)).is_err();
        assert!(refused("inward list --tag --all"));
        assert!(refused("inward list -t --tag"));
        assert!(!refused("inward list --tag=--all"));
        assert!(!refused("inward list --tag - --all"));
        assert!(!refused("inward list --tag -x"));
        assert!(!refused("inward list -- --tag --all"));
    }
}
