//! Examples at the end of each command's help, from one file: below a line `# key backup`
//! are commands, each with what it does.

use clap::Command;

const EXAMPLES: &str = include_str!("examples.txt");

/// The command with its examples, and each of its actions with theirs.
pub fn with_examples(command: Command, path: &str) -> Command {
    let command = command.mut_subcommands(|action| {
        let path = format!("{path} {}", action.get_name());
        with_examples(action, &path)
    });
    match examples(path) {
        Some(lines) => command.after_help(format!("Examples:\n{lines}")),
        None => command,
    }
}

/// Examples of a practice; its questions say the rest.
pub fn of_practice(name: &str) -> String {
    format!(
        "Examples:\n  inward {name}                            ask, on the terminal\n  inward {name} \"In my own words.\"         keep this; the shell remembers it\n  inward {name} --at \"yesterday 21:00\"     about an earlier day"
    )
}

fn examples(path: &str) -> Option<String> {
    let sections = EXAMPLES.split("\n# ").map(|section| section.trim_start_matches("# "));
    let own = sections.filter_map(|section| section.split_once('\n'));
    let (_, lines) = own.into_iter().find(|(name, _)| *name == path)?;
    let lines = lines.trim_end().lines().map(|line| format!("  {line}"));
    Some(lines.collect::<Vec<_>>().join("\n"))
}
