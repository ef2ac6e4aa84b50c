//! What may stand in the place of a word on the command line. clap's engine knows
//! the place and the kind of what stands in it; the words themselves come from the
//! practices and the journal.

use std::collections::HashSet;
use std::ffi::OsStr;

use clap::{Arg, Command, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::app::{App, Candidates, Completion, QUESTION};
use crate::practice::{Practices, Question, QuestionKind};
use crate::render::clean_line;

use super::candidates;

/// The id of a candidate that stands for the files of a folder.
const FILES: &str = "files";

/// What the tree, built whole, offers for the last of the words.
pub fn candidates(tree: Command, app: &App, practices: &Practices, words: &[String]) -> Completion {
    let mut tree = ask_for_kinds(tree);
    let arguments: Vec<_> = words.iter().map(Into::into).collect();
    let place = words.len().saturating_sub(1);
    let offered = clap_complete::engine::complete(&mut tree, arguments, place, None);
    let last = words.last().map_or("", String::as_str);
    let mut found = Vec::new();
    for candidate in offered.unwrap_or_default() {
        let word = candidate.get_value().to_string_lossy().into_owned();
        let about = candidate.get_help().map_or_else(String::new, ToString::to_string);
        // Whoever began a flag wants no word in its place.
        if last.starts_with('-') && !word.starts_with('-') {
            continue;
        }
        match candidate.get_id().map(String::as_str) {
            Some(FILES) => return Completion::Files,
            Some(id) => match Candidates::from_str(id, false) {
                Ok(kind) => {
                    let own =
                        candidates::of(kind, app, practices, typed_words(last, &word)).into_iter();
                    found.extend(own.map(|(own, about)| (word.clone() + &own, about)));
                }
                Err(_) => found.push((word, about)),
            },
            None => found.push((word, about)),
        }
    }
    // Flags are offered to whoever began one.
    found.retain(|(word, _)| last.starts_with('-') || !word.starts_with('-'));
    found.retain(|(word, _)| word.starts_with(last) && is_harmless(word));
    let mut seen = HashSet::new();
    found.retain(|(word, _)| seen.insert(word.clone()));
    found.iter_mut().for_each(|(_, about)| *about = clean_line(about));
    Completion::Words(found)
}

/// What was typed of a value that stands after this.
fn typed_words<'w>(last: &'w str, before: &str) -> &'w str {
    last.strip_prefix(before).unwrap_or_default()
}

/// Shells split a candidate at blanks, and some read signs in it as their own: as
/// names of other files, or as a command to be run.
pub fn is_harmless(word: &str) -> bool {
    let ours = |c: char| c.is_alphanumeric() || "_-./=,@:".contains(c);
    !word.is_empty() && word.chars().all(ours)
}

/// Has the engine say which kind of word it wants, instead of words: those are
/// looked up once it is known. It would offer files itself, but not as a shell
/// quotes them.
fn ask_for_kinds(command: Command) -> Command {
    let with_kind = |arg: Arg| {
        // Help leaves the flags of questions out where there are too many.
        let hidden = arg.is_hide_set() && !arg.get_id().as_str().starts_with(QUESTION);
        let arg = arg.hide(hidden);
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
pub fn answered(arg: Arg, question: &Question) -> Arg {
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let offered = answers(question);
    let fitting = move |given: &OsStr| {
        let given = given.to_string_lossy();
        // With commas between, only the last of them is being written.
        let cut = if several { given.rfind(',').map_or(0, |at| at + 1) } else { 0 };
        let (before, last) = given.split_at(cut);
        let taken = |id: &str| before.split(',').any(|other| other == id);
        let fits = |(id, _): &&(String, String)| id.starts_with(last) && !taken(id);
        let whole = |(id, label): &(String, String)| {
            let candidate = CompletionCandidate::new(format!("{before}{id}"));
            candidate.help((!label.is_empty()).then(|| label.clone().into()))
        };
        offered.iter().filter(fits).map(whole).collect()
    };
    arg.value_hint(ValueHint::Other).add(ArgValueCompleter::new(fitting))
}

/// Every answer that can be listed, with its wording.
pub fn answers(question: &Question) -> Vec<(String, String)> {
    match &question.kind {
        QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
            options.iter().map(|option| (option.id.clone(), clean_line(&option.label))).collect()
        }
        QuestionKind::Scale { scale, labels, cant_say } => (scale.min..=scale.max)
            .enumerate()
            .map(|(i, n)| {
                (n.to_string(), labels.get(i).map_or_else(String::new, |l| clean_line(l)))
            })
            .chain(cant_say.then(|| ("cant-say".to_owned(), "can't say".to_owned())))
            .collect(),
        QuestionKind::YesNo => ["yes", "no"].map(|word| (word.to_owned(), String::new())).into(),
        QuestionKind::Text { .. }
        | QuestionKind::Long
        | QuestionKind::Number { .. }
        | QuestionKind::Stillness { .. }
        | QuestionKind::Tags => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
