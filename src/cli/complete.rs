//! Completes a word on the command line. clap's engine knows which kind of word is needed;
//! the words come from the practices and the journal.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::{Arg, Command, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::app::{App, Candidates, Completion, QUESTION};
use crate::command::VERBS;
use crate::practice::{Practices, Question, QuestionKind};
use crate::render::clean_line;

use super::candidates::{self, Place};
use super::{argv, command_of, flags_of_another, is_command, practice, root, verb};

/// The id of a candidate that means "let the shell offer its files".
const FILES: &str = "files";

/// The candidates for the last of the words.
pub fn candidates(app: &App, practices: &Practices, words: &[String]) -> Completion {
    let arguments: Vec<OsString> = words.iter().map(Into::into).collect();
    let before = &words[..words.len().saturating_sub(1)];
    let named = argv::command_name(&arguments[..before.len()]);
    let is_alone = named.as_deref() == Some("");
    if named.is_some_and(|name| !name.is_empty() && !is_known(practices, &name)) {
        // Behind a word that is no command's name, none is.
        return Completion::Words(Vec::new());
    }
    let mut tree = ask_for_kinds(tree_to_complete(practices, &arguments));
    if is_alone {
        // It's the day's page that prints JSON then.
        let about = "Print JSON and nothing else on standard output";
        tree = tree.mut_arg("json", |arg| arg.hide(false).help(about));
    }
    let offered = offered(&mut tree, arguments);
    let last = words.last().map_or("", String::as_str);
    let mut candidates = Vec::new();
    for candidate in offered {
        let word = candidate.get_value().to_string_lossy().into_owned();
        let about = candidate.get_help().map_or_else(String::new, ToString::to_string);
        // After the start of a flag, only flags are useful.
        if last.starts_with('-') && !word.starts_with('-') {
            continue;
        }
        match candidate.get_id().map(String::as_str) {
            Some(FILES) => return Completion::Files,
            Some(id) => match Candidates::from_str(id, false) {
                Ok(kind) => {
                    let typed = last.strip_prefix(&word).unwrap_or_default();
                    let place = Place { before, typed };
                    let own = candidates::of(kind, app, practices, &place).into_iter();
                    candidates.extend(own.map(|(own, about)| (word.clone() + &own, about)));
                }
                Err(_) => candidates.push((word, about)),
            },
            None => candidates.push((word, about)),
        }
    }
    // Flags are offered only once a hyphen is there.
    candidates.retain(|(word, _)| last.starts_with('-') || !word.starts_with('-'));
    candidates.retain(|(word, _)| word.starts_with(last) && is_harmless(word));
    let mut seen = HashSet::new();
    candidates.retain(|(word, _)| seen.insert(word.clone()));
    candidates.iter_mut().for_each(|(_, about)| *about = clean_line(about));
    Completion::Words(candidates)
}

/// The tree, as far as completing the last of the words needs it: the command that they
/// name, or of each command what it is for.
pub fn tree_to_complete(practices: &Practices, words: &[OsString]) -> Command {
    let (last, before) = words.split_last().map_or((None, words), |(last, it)| (Some(last), it));
    // As the engine finds it: the first word that is a command's name.
    let mut before = before.iter().skip(1).filter_map(|word| word.to_str());
    let named = before.find(|word| is_known(practices, word));
    if let Some(name) = named {
        return root().subcommand(command_of(practices, name, |command| {
            let mut flags = flags_of_another(command, words);
            flags.extend(last.and_then(|last| flag_begun(last)));
            practices.that_may_ask(&flags)
        }));
    }
    let abouts = practices.abouts().filter(|(name, _)| is_command(name));
    let of_practices = abouts.map(|(name, about)| {
        Command::new(name.to_owned()).about(about.map_or(practice::INVALID.into(), clean_line))
    });
    let verbs = VERBS.iter().map(|verb| Command::new(verb.name).about(verb.about()));
    root().subcommands(of_practices).subcommands(verbs)
}

/// The beginning of a flag that is being completed: `--tag` may become `--tags`.
fn flag_begun(last: &OsStr) -> Option<&str> {
    match last.to_str()? {
        "-" => Some(""),
        word => word.strip_prefix("--").filter(|flag| !flag.contains('=')),
    }
}

/// Is the word the name of a verb or of a practice?
fn is_known(practices: &Practices, word: &str) -> bool {
    verb(word).is_some() || practices.names().filter(is_command).any(|name| name == word)
}

/// The journal that a command line names; the shell hasn't replaced a tilde in it yet.
pub fn journal_named(words: &[String], home: Option<&Path>) -> Option<PathBuf> {
    let mut words = words.iter().take_while(|word| *word != "--");
    let path = words.find_map(|word| match word.strip_prefix("--journal") {
        Some("") => Some(None),
        Some(value) => value.strip_prefix('=').map(Some),
        None => None,
    })?;
    let path = path.or_else(|| words.next().map(String::as_str))?;
    let in_home = home.zip(path.strip_prefix("~/")).map(|(home, below)| home.join(below));
    Some(in_home.unwrap_or_else(|| PathBuf::from(path)))
}

/// What the engine offers for the last of the words.
pub fn offered(tree: &mut Command, words: Vec<OsString>) -> Vec<CompletionCandidate> {
    let place = words.len().saturating_sub(1);
    clap_complete::engine::complete(tree, words, place, None).unwrap_or_default()
}

/// Is the word safe as a candidate? Shells split candidates at blanks, and some read other
/// characters in them as file patterns or as a command to run.
pub fn is_harmless(word: &str) -> bool {
    let ours = |c: char| c.is_alphanumeric() || "_-./=,@:".contains(c);
    !word.is_empty() && word.chars().all(ours)
}

/// Makes the engine return the kind of word it wants instead of words, which are looked up
/// afterwards. It would offer files itself, but without the shell's quoting.
pub fn ask_for_kinds(command: Command) -> Command {
    let with_kind = |arg: Arg| {
        // Help hides the flags of questions if there are too many.
        let is_hidden = arg.is_hide_set() && !arg.get_id().as_str().starts_with(QUESTION);
        let arg = arg.hide(is_hidden);
        let kind = arg.get::<Candidates>().and_then(Candidates::to_possible_value);
        let id = match (kind, arg.get_value_hint()) {
            (Some(kind), _) => kind.get_name().to_owned(),
            (None, ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath) => FILES.into(),
            _ => return arg,
        };
        let place = move |_: &OsStr| vec![CompletionCandidate::new("").id(Some(id.clone()))];
        arg.add(ArgValueCompleter::new(place))
    };
    command.mut_args(with_kind).mut_subcommands(ask_for_kinds)
}

/// The answers that a question offers.
pub fn with_answers(arg: Arg, question: &Question) -> Arg {
    let arg = arg.value_hint(ValueHint::Other);
    if matches!(question.kind, QuestionKind::Tags) {
        return arg.add(Candidates::Tags);
    }
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let alone = question.kind.options().iter().filter(|option| option.is_alone);
    let alone: HashSet<String> = alone.map(|option| option.id.clone()).collect();
    let answers = answers(question);
    let fitting = move |value: &OsStr| {
        let value = value.to_string_lossy();
        // In a list with commas, only the last value is being completed.
        let cut = if several { value.rfind(',').map_or(0, |at| at + 1) } else { 0 };
        let (before, last) = value.split_at(cut);
        let is_beside = |other: &str| !other.is_empty() && alone.contains(other);
        if before.split(',').any(is_beside) {
            return Vec::new();
        }
        let taken = |id: &str| {
            before.split(',').any(|other| other == id) || !before.is_empty() && alone.contains(id)
        };
        let fits = |(id, _): &&(String, String)| id.starts_with(last) && !taken(id);
        let whole = |(id, label): &(String, String)| {
            let candidate = CompletionCandidate::new(format!("{before}{id}"));
            candidate.help((!label.is_empty()).then(|| label.clone().into()))
        };
        answers.iter().filter(fits).map(whole).collect()
    };
    arg.add(ArgValueCompleter::new(fitting))
}

/// Every answer that can be listed, with its wording.
pub fn answers(question: &Question) -> Vec<(String, String)> {
    let kind = &question.kind;
    if matches!(kind, QuestionKind::YesNo) {
        return ["yes", "no"].map(|word| (word.to_owned(), String::new())).into();
    }
    let options = kind.options().iter();
    let options = options.map(|option| (option.id.clone(), clean_line(&option.label)));
    let points = kind.scale_points().into_iter();
    let points = points.map(|(point, label)| (point.to_string(), clean_line(label)));
    let cant_say = kind.takes_cant_say().then(|| ("cant-say".to_owned(), "can't say".to_owned()));
    options.chain(points).chain(cant_say).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_of_a_line_is_found_wherever_it_is_named() {
        let named = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            journal_named(&words, Some(Path::new("/home/rui")))
                .map(|path| path.display().to_string())
        };
        assert_eq!(named("inward --journal other show ").as_deref(), Some("other"));
        assert_eq!(named("inward show --journal=other ").as_deref(), Some("other"));
        assert_eq!(named("inward --journal ~/j show ").as_deref(), Some("/home/rui/j"));
        for line in ["inward show ", "inward write -- --journal other", "inward --journalist x"] {
            assert_eq!(named(line), None, "{line}");
        }
    }

    #[test]
    fn what_a_shell_would_read_as_its_own_is_not_offered() {
        for word in ["sea", "Nähe/2026", "--tag=sea", "a,b", "me@host:journal.git"] {
            assert!(is_harmless(word), "{word}");
        }
        for word in ["", "a b", "$(touch x)", "x`id`", "*", "a;b", "a\u{1b}[31m", "a\\b", "~", "!a"]
        {
            assert!(!is_harmless(word), "{word}");
        }
    }
}
