//! `man`: the manual pages, made from the same table as the help.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::app::{App, Candidates, CommandError, VerbArgs};
use crate::disk;
use crate::error::{Exit, Result};

/// Show a manual page, or write all of them to a folder
///
/// On a terminal, `man` shows the page, or `mandoc` if there is no `man`. Otherwise inward
/// prints the page's source.
#[derive(Args)]
pub struct ManArgs {
    /// The command or practice
    #[arg(value_name = "COMMAND", conflicts_with = "output", add = Candidates::Command)]
    command: Vec<String>,
    /// Write every page to this folder
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
}

impl VerbArgs for ManArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let pages = app.tree.manuals();
        if let Some(folder) = &self.output {
            app.refuse_own_places(folder)?;
            disk::make_folder(folder)?;
            for (name, page) in &pages {
                disk::write(&folder.join(name), page, true)?;
            }
            let count = pages.len();
            let folder = folder.display();
            app.terminal.say(&format!("{count} manual pages are in {folder}."));
            return Ok(Exit::Done);
        }
        let command = self.command.join("-");
        let name =
            if command.is_empty() { "inward.1".into() } else { format!("inward-{command}.1") };
        let page = pages.iter().find(|(file, _)| *file == name);
        let (_, page) = page.ok_or_else(|| {
            let given = self.command.join(" ");
            match app.tree.topics().into_iter().find(|topic| *topic == given) {
                Some(topic) => CommandError::OnlyInHelp { topic }.into(),
                None => app.unknown_topic(&given, &[]),
            }
        })?;
        let page = String::from_utf8_lossy(page);
        if app.terminal.output_is_terminal() && app.terminal.show_manual(&page)? {
            return Ok(Exit::Done);
        }
        let path: Vec<&str> = self.command.iter().map(String::as_str).collect();
        // Without a formatter, the command's help has the same words.
        let help = app.tree.help(&path).filter(|_| app.terminal.output_is_terminal());
        app.terminal.print_paged(&help.unwrap_or_else(|| page.into_owned()))?;
        Ok(Exit::Done)
    }
}
