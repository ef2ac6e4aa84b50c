//! What comes out of the tree: completions, manual pages, help.

use clap::Command;
use clap_complete::Shell;

use crate::command::Tree;
use crate::practice::Practices;

/// The whole tree, which is built when it is asked for.
pub struct Clap(pub Practices);

impl Clap {
    fn tree(&self) -> Command {
        super::tree(&self.0, None)
    }
}

impl Tree for Clap {
    fn completions(&self, shell: &str) -> String {
        let shell = shell.parse().unwrap_or(Shell::Bash);
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut self.tree(), "inward", &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    fn manuals(&self) -> Vec<(String, Vec<u8>)> {
        let mut tree = self.tree();
        tree.build();
        let subcommands = tree
            .get_subcommands()
            .map(|command| (format!("inward-{}.1", command.get_name()), named(command)));
        let all = std::iter::once(("inward.1".to_owned(), tree.clone())).chain(subcommands);
        all.map(|(file, command)| {
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(command).render(&mut page);
            (file, page)
        })
        .collect()
    }

    fn help(&self, command: Option<&str>) -> Option<String> {
        let mut tree = self.tree();
        tree.build();
        match command {
            None => Some(tree.render_help().to_string()),
            Some(name) => Some(tree.find_subcommand_mut(name)?.render_long_help().to_string()),
        }
    }
}

fn named(command: &Command) -> Command {
    command.clone().name(format!("inward-{}", command.get_name()))
}
