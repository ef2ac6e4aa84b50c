//! `help`: on a command or a topic. Topics never depend on the journal, locked or not.

mod from_markdown;

use clap::Args;

use crate::app::{App, Candidates, VerbArgs};
use crate::error::{Error, Exit, Result};
use crate::practice::HelpPage;
use crate::prompt::read_through;
use crate::render::{hang, help_page, unfill};

use from_markdown::from_markdown;

/// Read about a command or a topic
///
/// The topics: safety, for anyone who's afraid (Esc in any practice leads there, too);
/// support, people you can talk to; privacy, who can learn what; keys and accessibility, for
/// answering questions; scripting, with examples that work; sync, for several devices;
/// practice-files, to write practices of your own; formats, what JSON and CSV contain;
/// environment, variables and files. The first three open on a screen that is cleared
/// afterwards.
#[derive(Args)]
pub struct HelpArgs {
    /// A topic or a command
    #[arg(value_name = "TOPIC", add = Candidates::Topic)]
    topic: Vec<String>,
}

/// The list of topics: one file and one line each.
const TOPICS: &[(&str, &str)] = &[
    ("safety", HelpPage::Safety.text()),
    ("support", HelpPage::Support.text()),
    ("privacy", include_str!("help/privacy.txt")),
    ("keys", include_str!("help/keys.txt")),
    ("accessibility", include_str!("help/accessibility.txt")),
    ("scripting", include_str!("help/scripting.txt")),
    ("sync", include_str!("help/sync.txt")),
    ("practice-files", include_str!("../../prompts/README.md")),
    ("formats", include_str!("help/formats.txt")),
    ("environment", include_str!("help/environment.txt")),
];

/// Other names of topics, which the list leaves out: “key” is also the word for what opens a
/// journal.
const OTHER_NAMES: &[(&str, &str)] = &[("keyboard", "keys")];

/// The one in Markdown, because it is also read beside the files it is about.
const MARKDOWN: &str = "practice-files";

/// Topics that leave nothing in the scrollback.
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
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == word);
        let topic = other.map_or(word.as_str(), |(_, name)| *name);
        if let Some((name, text)) = TOPICS.iter().find(|(name, _)| *name == topic) {
            let asks =
                terminal.output_is_terminal() && terminal.can_ask() && !terminal.is_accessible();
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
        let help = help.ok_or_else(|| app.unknown_topic(&word, &topics))?;
        let width = if terminal.output_is_terminal() { terminal.page().width } else { usize::MAX };
        terminal.print_paged(&hang(&help, width))?;
        Ok(Exit::Done)
    }
}

/// Shows a page on a screen of its own. Ctrl-C leaves it at once, without a word.
fn read_and_wipe(app: &App, text: &str) -> Result<Exit> {
    let screen = app.terminal.screen()?;
    match read_through(&help_page(text, &screen.page()), &screen) {
        Ok(_) | Err(Error::Cancelled(_)) => Ok(Exit::Done),
        Err(error) => Err(error),
    }
}
