//! `inward --help`: first the practices, which are what it's for, then the commands by what
//! people do with them, on two screens of 24 lines.

use clap::Command;

use crate::command::topics;
use crate::practice::{LoadedPractice, Practices};
use crate::render::clean_line;

use super::is_command;

/// Commands that go together: one line each, or one line for two, with words for both.
struct CommandGroup {
    title: &'static str,
    lines: &'static [(&'static str, Option<&'static str>)],
}

const GROUPS: &[CommandGroup] = &[
    CommandGroup {
        title: "Read",
        lines: &[("list", None), ("show", None), ("search", None), ("patterns", None)],
    },
    CommandGroup { title: "Change", lines: &[("edit", None), ("delete", None), ("resume", None)] },
    CommandGroup { title: "Move", lines: &[("export", None), ("import", None), ("sync", None)] },
    CommandGroup {
        title: "Daily",
        lines: &[
            ("due, prompt", Some("List what's due, or print a mark in the shell's prompt")),
            ("routine", None),
            ("remind", None),
        ],
    },
    CommandGroup {
        title: "Key",
        lines: &[
            ("unlock, lock", Some("Read without the passphrase for a while; lock again")),
            ("key", None),
            ("init", None),
        ],
    },
    CommandGroup {
        title: "Set up",
        lines: &[("config", None), ("practices", None), ("doctor", None)],
    },
    CommandGroup {
        title: "Learn",
        lines: &[
            ("tour", None),
            ("help", None),
            ("man, completions", Some("Show a manual page, or print completions for a shell")),
        ],
    },
];

const OPTIONS: &str =
    "Options: --journal DIR, --quiet (only errors), --json (data), --help, --version";

/// As a template of clap's.
pub fn overview(practices: &Practices, verbs: &[Command]) -> String {
    let loaded = practices.iter().filter(|practice| is_command(&practice.name()));
    let row = |loaded: &LoadedPractice| match loaded {
        LoadedPractice::Valid(practice) => {
            format!("  {:<12} {}\n", loaded.name(), clean_line(&practice.about))
        }
        LoadedPractice::Invalid { .. } => {
            format!("  {:<12} (its file has a mistake)\n", loaded.name())
        }
    };
    let rows: String = loaded.map(row).collect();
    let commands: String = GROUPS.iter().map(|group| group.rows(verbs)).collect();
    let topics = topics().collect::<Vec<_>>().join(", ");
    let topics = format!("Topics, for `inward help TOPIC`: {topics}");
    let topics = textwrap::fill(&topics, textwrap::Options::new(80).subsequent_indent("  "));
    let text = format!(
        "Usage: inward [PRACTICE | COMMAND] …; `inward` alone shows today\n\nPractices ask a few questions, and you can skip any:\n{rows}\n{commands}\n{OPTIONS}\n{topics}\nIf you're afraid of someone: Esc in any practice, then “Safety”.\n"
    );
    format!("{{about}}\n{}", text.replace(['{', '}'], ""))
}

impl CommandGroup {
    fn rows(&self, verbs: &[Command]) -> String {
        let about = |name: &str| {
            let verb = verbs.iter().find(|verb| verb.get_name() == name);
            verb.and_then(Command::get_about).map(ToString::to_string).unwrap_or_default()
        };
        let row = |(at, (names, words)): (usize, &(&str, Option<&str>))| {
            let title = if at == 0 { self.title } else { "" };
            let words = words.map_or_else(|| about(names), str::to_owned);
            format!("{title:<8}{names:<18}{words}\n")
        };
        self.lines.iter().enumerate().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{root, whole_tree};
    use crate::command::{VERBS, reserved};

    #[test]
    fn every_command_has_one_place_and_every_option_is_named() {
        let lines = GROUPS.iter().flat_map(|group| group.lines);
        let mut placed: Vec<&str> = lines.flat_map(|(names, _)| names.split(", ")).collect();
        let mut verbs: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
        placed.sort_unstable();
        verbs.sort_unstable();
        assert_eq!(placed, verbs);
        let root = root();
        let options: Vec<&str> = root.get_arguments().filter_map(|a| a.get_long()).collect();
        assert!(options.iter().all(|name| OPTIONS.contains(&format!("--{name}"))), "{options:?}");
    }

    #[test]
    fn it_fits_on_two_screens() {
        let practices = Practices::load("/nowhere".as_ref(), &reserved());
        let help = whole_tree(&practices).render_help().to_string();
        // A pager keeps a line of each screen for itself.
        assert!(help.lines().count() <= 46, "{}\n{help}", help.lines().count());
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
