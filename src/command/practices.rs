//! `practices`: the practices there are, and whether their files are valid.

mod page;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::app::{App, Candidates, JsonArg, VerbArgs};
use crate::disk;
use crate::disk::DiskError;
use crate::error::{Exit, Result};
use crate::practice::{self, LoadedPractice, Mistake, Practice, PracticeError};
use crate::render::{clean, clean_line, document, hang};

use page::{follow_up_json, practice_page, question_json};

/// List, show, check or create practices
#[derive(Args)]
pub struct PracticesArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(subcommand)]
    action: Option<PracticesAction>,
}

#[derive(Subcommand)]
enum PracticesAction {
    /// List every practice, including yours (the default)
    List {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Print its questions, when each is asked, its answers and its scores
    Show {
        /// The practice, yours or a built-in one
        #[arg(value_name = "PRACTICE", add = Candidates::Practice)]
        practice: String,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Show every mistake in your practice files, with its line
    Check {
        /// Only these
        #[arg(value_name = "PRACTICE", add = Candidates::Practice)]
        practices: Vec<String>,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Create a practice of your own: a commented file, in your editor
    New {
        /// Its name: letters from a to z, digits and hyphens
        #[arg(value_name = "NAME", value_parser = name)]
        practice: String,
        #[command(flatten)]
        output: JsonArg,
    },
}

impl VerbArgs for PracticesArgs {
    fn run(self, app: &App) -> Result<Exit> {
        match self.action {
            None => list(app, self.output.json),
            Some(PracticesAction::List { output }) => list(app, output.json),
            Some(PracticesAction::Show { practice, output }) => show(app, &practice, output.json),
            Some(PracticesAction::Check { practices, output }) => {
                check(app, &practices, output.json)
            }
            Some(PracticesAction::New { practice, output }) => new(app, &practice, output.json),
        }
    }
}

/// Parses the name of a practice that may not exist yet.
fn name(text: &str) -> std::result::Result<String, &'static str> {
    let right = "letters from a to z, digits and hyphens, starting with a letter";
    practice::is_word(text).then(|| text.to_owned()).ok_or(right)
}

fn list(app: &App, json: bool) -> Result<Exit> {
    if json {
        let all: Vec<_> = app.practices.valid().map(describe).collect();
        app.terminal.print(&document(json!({ "practices": all })))?;
        return Ok(Exit::Done);
    }
    let page = app.terminal.page();
    let mut text = String::new();
    for loaded in app.practices.iter() {
        let name = clean_line(loaded.name());
        let gap = " ".repeat(12_usize.saturating_sub(name.chars().count()));
        let name = page.strong(&name) + &gap;
        text += &match loaded {
            LoadedPractice::Valid(p) => {
                format!("{name} {} ({})\n", clean_line(&p.about), p.cadence.words())
            }
            LoadedPractice::Invalid { .. } => {
                format!("{name} its file has a mistake; `inward practices check` shows it\n")
            }
        };
    }
    // A script reads a practice on each line.
    if app.terminal.output_is_terminal() {
        text = hang(&text, page.width);
    }
    app.terminal.print(&text)?;
    Ok(Exit::Done)
}

fn show(app: &App, name: &str, in_json: bool) -> Result<Exit> {
    let practice = app.practice(name)?.with_partner_name(app.config.partner.as_deref());
    if in_json {
        app.terminal.print(&document(json!({ "practice": describe(&practice) })))?;
        return Ok(Exit::Done);
    }
    app.terminal.print_paged(&practice_page(&practice, &app.terminal.page()))?;
    Ok(Exit::Done)
}

fn describe(practice: &Practice) -> serde_json::Value {
    let questions: Vec<_> = practice.questions.iter().map(question_json).collect();
    let origin = &practice.origin;
    json!({ "name": practice.name, "title": practice.title, "about": practice.about,
            "source": origin.source, "licence": origin.licence, "version": origin.version,
            "lang": origin.lang,
            "primary": practice.primary, "questions": questions,
            "follow_up": practice.follow_up.as_ref().map(follow_up_json) })
}

/// Every mistake of every file, or of these.
fn check(app: &App, names: &[String], in_json: bool) -> Result<Exit> {
    let unknown = |name: &&String| app.practices.get(name).is_none();
    if let Some(name) = names.iter().find(unknown) {
        return Err(app.unknown_practice(name));
    }
    let is_named = |loaded: &&LoadedPractice| {
        names.is_empty() || names.iter().any(|name| name == loaded.name())
    };
    let (valid, invalid): (Vec<&LoadedPractice>, Vec<&LoadedPractice>) =
        app.practices.iter().filter(is_named).partition(|loaded| loaded.practice().is_some());
    let lost =
        valid.iter().filter_map(|loaded| loaded.practice()).flat_map(|it| lost_names(app, it));
    let lost: Vec<String> = lost.collect();
    if in_json {
        let mistakes: Vec<_> =
            invalid.iter().flat_map(|loaded| describe_mistakes(loaded)).collect();
        let names: Vec<_> = valid.iter().map(|loaded| loaded.name()).collect();
        let fields = json!({ "valid": names, "mistakes": mistakes, "notes": lost });
        app.terminal.print(&document(json!({ "checked": fields })))?;
    } else {
        invalid.iter().filter_map(|loaded| (*loaded).clone().into_practice().err()).for_each(
            |error| {
                app.terminal.say_always(&clean(&format!("{error}\n{}", error.hint())));
            },
        );
        lost.iter().for_each(|note| app.terminal.say_always(&clean(note)));
        if invalid.is_empty() {
            let words = match valid.len() {
                1 => "This practice is valid.".to_owned(),
                count => format!("All {count} practices are valid."),
            };
            app.terminal.say(&words);
        }
    }
    Ok(if invalid.is_empty() { Exit::Done } else { Exit::WrongInput })
}

/// Where it names practices that there aren't. They may come later, so nothing is wrong
/// with its file.
fn lost_names(app: &App, practice: &Practice) -> Vec<String> {
    let lost = practice.others().into_iter().filter(|(_, name)| app.practices.get(name).is_none());
    let note = |(place, name)| {
        format!(
            "Note: `{place}` in {} gives the practice “{name}”, which doesn't exist.",
            practice.name
        )
    };
    lost.map(note).collect()
}

fn describe_mistakes(loaded: &LoadedPractice) -> Vec<serde_json::Value> {
    let LoadedPractice::Invalid { name, file, mistakes } = loaded else { return Vec::new() };
    let mistake = |m: &Mistake| json!({ "practice": name, "file": file.to_string_lossy(), "line": m.line, "what": m.what, "fix": m.fix });
    mistakes.iter().map(mistake).collect()
}

fn new(app: &App, name: &str, in_json: bool) -> Result<Exit> {
    let folder = app.config.paths.prompts();
    let file = folder.join(format!("{name}.toml"));
    // Checked as it would be with that name, before anything is written.
    // Over a built-in practice, its own text is the start.
    let built_in = practice::BUILT_IN.iter().find(|(known, _)| *known == name);
    let start = built_in.map_or(practice::TEMPLATE, |(_, text)| text);
    if let LoadedPractice::Invalid { mistakes, .. } =
        practice::read(name, &file, start, &super::reserved())
    {
        // The text is ours, so it's the name.
        let what = mistakes.into_iter().map(|mistake| mistake.what).collect::<Vec<_>>().join(" ");
        return Err(PracticeError::BadName { what }.into());
    }
    app.refuse_in_the_journal(&file)?;
    if file.symlink_metadata().is_ok() {
        return Err(PracticeError::FileExists { name: name.to_owned(), file }.into());
    }
    disk::make_folder(&folder)?;
    disk::write(&file, start.as_bytes(), false)?;
    app.terminal
        .say(&format!("`inward {name}` is a practice now. Its file is {}.", file.display()));
    if built_in.is_some() {
        app.terminal.say("It replaces the built-in one. Delete the file to get that back.");
    }
    if in_json {
        let created = json!({ "name": name, "file": file.to_string_lossy(),
                              "replaces_built_in": built_in.is_some() });
        app.terminal.print_change(&document(json!({ "created": created })))?;
    }
    if app.terminal.can_ask() {
        app.terminal.edit_file(&file)?;
        let text = disk::read_user_text(&file).map_err(DiskError::io("read", &file))?;
        practice::read(name, &file, &text, &super::reserved()).into_practice()?;
    }
    Ok(Exit::Done)
}
