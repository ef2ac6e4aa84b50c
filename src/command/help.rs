//! `help`: of a command, or on a topic. The topics always say the same, locked
//! or not, whatever was written.

mod from_markdown;

use clap::Args;

use crate::app::{App, Candidates, SAFETY, SUPPORT, VerbArgs};
use crate::error::{Error, Exit, Result};
use crate::prompt::read_through;
use crate::render::{help_page, unfill};

use from_markdown::from_markdown;

/// Read about a command or a topic
///
/// safety is for anyone who's afraid, and Esc in any practice opens it, too; support is
/// about people to talk to; privacy says who can learn what; keys and accessibility are
/// about the prompt; scripting has examples that work; sync is about several devices;
/// practice-files about practices of your own; formats about what JSON and CSV hold;
/// environment lists variables and files. The first three open on a screen that is wiped
/// afterwards.
#[derive(Args)]
pub struct HelpArgs {
    /// A topic or a command
    #[arg(value_name = "TOPIC", add = Candidates::Topic)]
    topic: Vec<String>,
}

/// The list of topics: one file and one line each.
const TOPICS: &[(&str, &str)] = &[
    ("safety", SAFETY),
    ("support", SUPPORT),
    ("privacy", include_str!("help/privacy.txt")),
    ("keys", include_str!("help/keys.txt")),
    ("accessibility", include_str!("help/accessibility.txt")),
    ("scripting", include_str!("help/scripting.txt")),
    ("sync", include_str!("help/sync.txt")),
    ("practice-files", include_str!("../../prompts/README.md")),
    ("formats", include_str!("help/formats.txt")),
    ("environment", include_str!("help/environment.txt")),
];

/// The one that is written as Markdown, as it is read beside the files that it is about.
const MARKDOWN: &str = "practice-files";

/// Those that nobody need find in the scrollback.
const WIPED: &[&str] = &["safety", "support", "privacy"];

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
        if let Some((name, text)) = TOPICS.iter().find(|(name, _)| *name == word) {
            let asks = terminal.output_is_terminal() && terminal.can_ask() && terminal.wipes();
            if asks && WIPED.contains(name) {
                return read_and_wipe(app, text);
            }
            let text = match *name {
                MARKDOWN => from_markdown(text),
                _ => (*text).to_owned(),
            };
            terminal.print_paged(&help_page(&text, &terminal.page()))?;
            return Ok(Exit::Done);
        }
        let path: Vec<&str> = self.topic.iter().map(String::as_str).collect();
        let topics: Vec<&str> = topics().collect();
        let help = app.tree.help(&path);
        terminal.print_paged(&help.ok_or_else(|| app.unknown_topic(&word, &topics))?)?;
        Ok(Exit::Done)
    }
}

/// Shows a page on a screen of its own. Ctrl-C leaves it at once, and says nothing.
fn read_and_wipe(app: &App, text: &str) -> Result<Exit> {
    let screen = app.terminal.screen()?;
    match read_through(&help_page(text, &screen.page()), &screen) {
        Ok(()) | Err(Error::Cancelled { .. }) => Ok(Exit::Done),
        Err(error) => Err(error),
    }
}
