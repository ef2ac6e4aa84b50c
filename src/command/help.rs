//! `help`: of a command, or on a topic. The topics always say the same, locked
//! or not, whatever was written.

use clap::Args;

use crate::app::{App, Candidates, VerbArgs};
use crate::error::{Exit, Result};
use crate::render::{HtmlPage, unfill};

/// Help on a command, or on safety, support, privacy and more
///
/// `inward help safety` is for anyone who is afraid; `inward help support` is about
/// people to talk to; `inward help privacy` says who can learn what; `inward help
/// scripting` has examples that work; `inward help formats` says what JSON and CSV
/// hold; `inward help environment` lists variables and files.
#[derive(Args)]
pub struct HelpArgs {
    /// safety, support, privacy, scripting, formats, environment, or a command
    #[arg(value_name = "TOPIC", add = Candidates::Topic)]
    topic: Vec<String>,
}

/// The list of topics: one file and one line each.
const TOPICS: &[(&str, &str)] = &[
    ("safety", include_str!("help/safety.txt")),
    ("support", include_str!("help/support.txt")),
    ("privacy", include_str!("help/privacy.txt")),
    ("scripting", include_str!("help/scripting.txt")),
    ("formats", include_str!("help/formats.txt")),
    ("environment", include_str!("help/environment.txt")),
];

/// The words of a topic's lists, each with what it means: "- word: meaning".
pub fn listed(topic: &str) -> Vec<Vec<(String, String)>> {
    let text = TOPICS.iter().find(|(name, _)| *name == topic).map_or("", |(_, text)| text);
    let pair = |line: &str| {
        let (word, meaning) = line.strip_prefix("- ")?.split_once(": ")?;
        Some((word.to_owned(), meaning.to_owned()))
    };
    let text = unfill(text);
    let lists = text.split("\n\n").filter(|paragraph| paragraph.starts_with("- "));
    lists.map(|list| list.lines().filter_map(pair).collect()).collect()
}

pub fn topics() -> impl Iterator<Item = &'static str> {
    TOPICS.iter().map(|(name, _)| *name)
}

impl VerbArgs for HelpArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let terminal = &app.terminal;
        let word = self.topic.join(" ");
        if let Some((_, text)) = TOPICS.iter().find(|(name, _)| *name == word) {
            let text = unfill(text);
            let page = terminal.page();
            let wrapped: Vec<String> = text.split("\n\n").map(|p| wrap(p, &page)).collect();
            terminal.print_paged(&(wrapped.join("\n\n") + "\n"))?;
            return Ok(Exit::Done);
        }
        let path: Vec<&str> = self.topic.iter().map(String::as_str).collect();
        let topics: Vec<&str> = topics().collect();
        let help = app.tree.help(&path);
        terminal.print(&help.ok_or_else(|| app.unknown_topic(&word, &topics))?)?;
        Ok(Exit::Done)
    }
}

/// A paragraph, or a list whose lines begin with "- "; what is indented stands
/// as it is, to be copied.
fn wrap(paragraph: &str, page: &HtmlPage) -> String {
    if paragraph.starts_with("  ") {
        return paragraph.to_owned();
    }
    let lines = paragraph.lines().map(|line| match line.strip_prefix("- ") {
        Some(item) => format!("-{}", &page.wrap(item, "  ")[1..]),
        None => page.wrap(line, ""),
    });
    lines.collect::<Vec<_>>().join("\n")
}
