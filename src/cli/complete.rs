//! What may stand in the place of a word on the command line. The tree knows
//! the place; what stands in it, the journal and the practices tell.

use std::ffi::OsStr;

use clap::ValueHint;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::command::{Candidate, FILES};
use crate::practice::{Kind, Question};
use crate::render::clean_line;

/// Begins a candidate that stands for every word of its kind.
const OF: char = '\u{1}';

/// The words of an argument's kind: of its files, the shell knows best.
pub fn completed(arg: clap::Arg, value: &'static str) -> clap::Arg {
    let hint = if FILES.contains(&value) { ValueHint::AnyPath } else { ValueHint::Other };
    let kind = move |_: &OsStr| vec![CompletionCandidate::new(format!("{OF}{value}"))];
    arg.value_hint(hint).add(ArgValueCompleter::new(kind))
}

/// The answers that a question offers.
pub fn answered(arg: clap::Arg, question: &Question) -> clap::Arg {
    let several = matches!(question.kind, Kind::Choices { .. });
    let offered: Vec<(String, String)> = match &question.kind {
        Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
            options.iter().map(|option| (option.id.clone(), clean_line(&option.label))).collect()
        }
        Kind::Scale { scale, labels, cant_say } => (scale.min..=scale.max)
            .enumerate()
            .map(|(i, n)| {
                (n.to_string(), labels.get(i).map_or_else(String::new, |l| clean_line(l)))
            })
            .chain(cant_say.then(|| ("cant-say".to_owned(), "can't say".to_owned())))
            .collect(),
        Kind::YesNo => ["yes", "no"].map(|word| (word.to_owned(), String::new())).into(),
        _ => Vec::new(),
    };
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

/// What the tree offers for the last of the words.
pub fn candidates(tree: &clap::Command, words: &[String]) -> Vec<Candidate> {
    let given: Vec<_> = words.iter().map(Into::into).collect();
    let place = words.len().saturating_sub(1);
    let found = clap_complete::engine::complete(&mut tree.clone(), given, place, None);
    let candidate = |found: CompletionCandidate| {
        let text = found.get_value().to_string_lossy();
        let about = found.get_help().map_or_else(String::new, |help| clean_line(&help.to_string()));
        match text.split_once(OF) {
            Some((before, kind)) => Candidate { word: before.into(), about, of: Some(kind.into()) },
            None => Candidate { word: text.into(), about, of: None },
        }
    };
    found.unwrap_or_default().into_iter().map(candidate).collect()
}
