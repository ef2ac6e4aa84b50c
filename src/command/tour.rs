//! `tour`: an evening and a look back, done for real in a temporary journal. It shows the
//! program's own sentences: the questions come from the practice, and each command is run.

mod made_up;

use std::path::Path;

use clap::Args;
use textwrap::core::display_width;

use crate::app::{App, VerbArgs, kept_words};
use crate::disk::DiskError;
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::practice::{Practice, Practices, line_of_day};
use crate::prompt::{
    ENOUGH, Progress, Terminal, Transcript, Walk, WalkStep, answer_line, breather_lines,
    question_lines,
};
use crate::render::{TextPage, clean, clean_line};

/// See how it works, in a throwaway journal
///
/// Shows an evening, a look back over some made-up months, and an export, and leaves
/// nothing behind. Needs no terminal and asks nothing.
#[derive(Args)]
pub struct TourArgs {}

/// The words before each command, and the command.
const LOOK_BACK: &[(&str, &str)] = &[
    (
        "A look back over the month. These entries, and seven earlier months, are made up:",
        "inward look",
    ),
    ("Patterns across all eight months:", "inward patterns"),
    (
        "And one entry, as an export in Markdown. What's in <!-- --> is for inward, and hidden where Markdown is shown:",
        "inward export --last 1",
    ),
];

impl VerbArgs for TourArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let parents = &app.config.memory_folders;
        let make = |parent| tempfile::Builder::new().prefix("inward-tour-").tempdir_in(parent).ok();
        let folder = parents
            .iter()
            .find_map(make)
            .map_or_else(tempfile::tempdir, Ok)
            .map_err(DiskError::io("make a folder in", &app.config.disk_folder))?;
        let text = tour(&in_home(app, folder.path(), None))?;
        let path = folder.path().to_owned();
        folder.close().map_err(DiskError::io("remove", &path))?;
        let end = "That journal has been deleted. `inward intent` starts your own.";
        app.terminal.print_paged(&text)?;
        // Below the pager, so that whoever leaves it early reads this, too.
        app.terminal.print(&step(end, &app.terminal.page()))?;
        Ok(Exit::Done)
    }
}

/// The program as the owner of this journal would call it.
fn in_home(app: &App, home: &Path, transcript: Option<Transcript>) -> App {
    let mut config = app.config.in_temporary_home(home);
    if transcript.is_some() {
        config.columns = Some(app.terminal.page().width);
    }
    let terminal = Terminal::new(&config, app.terminal.is_quiet(), transcript);
    App::new(config, Practices::built_in(), terminal, app.tree.clone(), app.disk())
}

fn tour(app: &App) -> Result<String> {
    app.keys().create(None, &[])?;
    for entry in made_up::earlier(app)? {
        app.append(entry, &[])?;
    }
    let page = app.terminal.page();
    let (practice, entry) = made_up::this_evening(app)?;
    let mut text = step("An evening looks like this. You can skip any question:", &page);
    text += &format!("  $ inward {}\n\n", practice.name);
    let entry = app.append(entry, &[])?;
    text += &evening(app, practice, &entry);
    for (words, command) in LOOK_BACK {
        text += &step(words, &page);
        text += &format!("  $ {command}\n\n{}", output_of(app, command)?);
    }
    Ok(text)
}

/// What the command says without a terminal; for one, in lines that it doesn't break.
fn output_of(app: &App, command: &str) -> Result<String> {
    let is_shown = app.terminal.output_is_terminal();
    let transcript = Transcript { is_shown, ..Transcript::default() };
    let script = in_home(app, &app.config.paths.home, Some(transcript.clone()));
    app.tree.run(&script, command)?;
    let text = transcript.output.text();
    let page = app.terminal.page();
    let fit = |line: &str| {
        if is_shown && display_width(line) > page.width {
            page.wrap_message(line) + "\n"
        } else {
            format!("{line}\n")
        }
    };
    Ok(text.lines().map(fit).collect())
}

/// A session as its screen shows it, and the lines that stay when that is cleared.
fn evening(app: &App, practice: Practice, entry: &Entry) -> String {
    let page = app.terminal.page();
    let by_day = line_of_day(&practice.closing_by_day, app.clock().today(), true);
    let by_day = by_day.map(|words| page.wrap(&clean(words), ""));
    let mut lines = vec![page.strong(&clean_line(&practice.title)), String::new()];
    let mut walk = Walk::new(practice, Progress::default());
    loop {
        match walk.next() {
            WalkStep::Section(section) => walk.enter(&section, false),
            WalkStep::Breather(say) => {
                lines.extend(breather_lines(say.as_deref(), &page));
                lines.extend([format!("  {ENOUGH}"), String::new()]);
                walk.close();
            }
            WalkStep::Ask(question) => {
                let answer = entry.answer(&question.id);
                lines.extend(question_lines(&question, &page));
                lines.push(answer_line(&question, answer.map(|it| &it.value), &page));
                lines.push(String::new());
                walk.pass(&question, answer.cloned());
            }
            WalkStep::Offer(_) | WalkStep::Review | WalkStep::Keep => break,
        }
    }
    lines.extend([kept_words(app, entry), String::new()]);
    lines.extend(by_day);
    lines.join("\n") + "\n"
}

fn step(words: &str, page: &TextPage) -> String {
    format!("\n{}\n\n", page.strong(&page.wrap(words, "")))
}
