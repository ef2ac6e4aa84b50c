//! What holds for the values of every argument, whichever command has it.

use clap::{Arg, Command, ValueHint};

use crate::app::Candidates;

/// Applies both rules to every argument of a command and of its actions.
pub fn apply(command: Command) -> Command {
    command.mut_args(|arg| refuse_empty(allow_hyphens(arg))).mut_subcommands(apply)
}

/// `--title "- foo"`: whatever follows a flag is its value, unless it is a flag.
fn allow_hyphens(arg: Arg) -> Arg {
    if arg.get_action().takes_values() && !arg.is_positional() {
        arg.allow_hyphen_values(true)
    } else {
        arg
    }
}

/// `-o ""`, `delete ""`, as a script writes it with a variable that isn't set: no path is empty,
/// and no entry's id, which nothing would be a beginning of every one. clap sees to that itself
/// where the value's type is a path.
fn refuse_empty(arg: Arg) -> Arg {
    let is_id = matches!(arg.get::<Candidates>(), Some(Candidates::EntryId));
    let names_path = matches!(
        arg.get_value_hint(),
        ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath
    );
    if arg.get_value_parser().type_id() != std::any::TypeId::of::<String>() {
        arg
    } else if is_id {
        arg.value_parser(|text: &str| non_empty(text, "an id from `inward list`"))
    } else if names_path {
        arg.value_parser(|text: &str| non_empty(text, "the path of a file or a folder"))
    } else {
        arg
    }
}

/// The error is what would be valid.
fn non_empty(text: &str, wanted: &'static str) -> Result<String, &'static str> {
    if text.is_empty() { Err(wanted) } else { Ok(text.to_owned()) }
}
