//! A practice as a command: the arguments of every practice, and a flag for each question.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueHint};

use crate::app::{CardsArg, FollowUpArg, PracticeArgs, QUESTION, StillnessArg, question_flags};
use crate::command::of_practice;
use crate::practice::{LoadedPractice, Practice, Question, QuestionKind};
use crate::render::clean_line;

use super::complete;

/// What a practice is said to be about if its file has a mistake.
pub const INVALID: &str = "A practice whose file has a mistake; run it to see which";

/// The command of a practice, with a flag for each question.
pub fn command(found: &LoadedPractice) -> Command {
    let Some(practice) = found.practice() else {
        // Running it reports the mistakes, whatever else is given.
        let rest = Arg::new("words").num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
        return Command::new(found.name().to_owned()).about(INVALID).arg(rest);
    };
    let practice = practice.clone().with_partner_name(None);
    let mut command = Command::new(practice.name.clone());
    command = PracticeArgs::augment_args(command).about(clean_line(&practice.about));
    let examples = of_practice(&practice.name);
    command = command.after_help(match practice.question(&practice.primary) {
        Some(primary) => {
            format!("{examples}\n\nYour WORDS go to this question: {}", clean_line(&primary.ask))
        }
        None => examples,
    });
    command = command.args(practice.questions.iter().map(|q| flag(q).help_heading("Answers")));
    if practice.questions.iter().any(|q| matches!(q.kind, QuestionKind::Stillness { .. })) {
        command = StillnessArg::augment_args(command);
    }
    if practice.cards {
        command = CardsArg::augment_args(command);
    }
    let Some(follow_up) = practice.follow_up else { return command };
    let asked_back = follow_up.questions.iter().map(flag);
    FollowUpArg::augment_args(command)
        .args(asked_back.map(|flag| flag.help_heading("Answers about an earlier entry")))
}

/// The arguments of a practice's command line.
///
/// # Errors
///
/// clap's own, if the matches don't come from a practice.
pub fn parse(matches: &ArgMatches) -> Result<PracticeArgs, clap::Error> {
    // A practice whose file has a mistake has no arguments.
    if matches.try_contains_id("ask").is_err() {
        return Ok(PracticeArgs::default());
    }
    let mut args = PracticeArgs::from_arg_matches(matches)?;
    args.questions = question_flags(matches);
    let is_set = |flag: &str| matches.try_get_one::<bool>(flag).ok().flatten() == Some(&true);
    args.follow_up = FollowUpArg { follow_up: is_set("follow_up") };
    args.sit = StillnessArg { sit: is_set("sit") };
    let whom = matches.try_get_one::<String>("whom").ok().flatten();
    args.cards = CardsArg { whom: whom.cloned() };
    Ok(args)
}

/// The flags of these practices' questions, for `edit`: it learns which practice an entry
/// belongs to only once it is open.
pub fn with_questions<'p>(
    practices: impl IntoIterator<Item = &'p Practice>,
    command: Command,
) -> Command {
    let mut seen = std::collections::HashSet::new();
    let all = practices.into_iter().flat_map(Practice::all_questions);
    let once = all.filter(|question| seen.insert(question.id.clone()));
    let flags: Vec<Arg> = once.map(|question| flag(question).hide(true)).collect();
    command.args(flags)
}

fn flag(question: &Question) -> Arg {
    let help = format!(
        "{} ({})",
        clean_line(&question.general_ask()),
        clean_line(&question.allowed_values())
    );
    let arg = Arg::new(format!("{QUESTION}{}", question.id))
        .long(question.id.clone())
        .value_name("VALUE")
        .value_hint(ValueHint::Other)
        .action(ArgAction::Append)
        .help(help);
    complete::with_answers(arg, question)
}
