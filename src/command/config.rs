//! `config`: the settings, shown, edited and checked, however broken they are.

use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

use crate::app::{App, Candidates, JsonArg, VerbArgs};
use crate::config::{COMMENTED, Config, get_setting, get_setting_toml};
use crate::disk;
use crate::disk::DiskError;
use crate::error::{Error, Exit, Result};
use crate::prompt::AskError;
use crate::render::{clean, clean_line, document};

/// Show, change or check the settings
///
/// If a setting can't be used, inward says so and ignores it. Everything else still works.
#[derive(Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(subcommand)]
    action: Option<ConfigAction>,
}

#[derive(Subcommand)]
enum ConfigAction {
    /// Print config.toml; if there is none, every setting, explained (the default)
    Show {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Print the file's path
    Path {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Print one setting, as in: config get partner; exit 1 if it isn't set
    Get {
        /// Its name; in a section, for instance cadence.gratitude
        #[arg(value_name = "SETTING", add = Candidates::Setting)]
        key: String,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Change one setting, as in: config set day-ends 04:00
    Set {
        /// Its name; in a section, for instance cadence.gratitude
        #[arg(value_name = "SETTING", add = Candidates::Setting)]
        key: String,
        /// Its new value; several words for a routine, and '' for none
        #[arg(value_name = "VALUE", required = true, add = Candidates::SettingValue)]
        value: Vec<String>,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Open config.toml in your editor, and check it afterwards; a new one explains each setting
    Edit {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Show each mistake with its line; exit 2 if there is one
    Check {
        #[command(flatten)]
        output: JsonArg,
    },
}

impl VerbArgs for ConfigArgs {
    fn run(self, app: &App) -> Result<Exit> {
        match self.action.unwrap_or(ConfigAction::Show { output: self.output }) {
            ConfigAction::Show { output } => show(app, output.json),
            ConfigAction::Path { output } => {
                let file = app.config.paths.file();
                app.terminal.print(&if output.json {
                    document(json!({ "file": file.to_string_lossy() }))
                } else {
                    format!("{}\n", file.display())
                })?;
                Ok(Exit::Done)
            }
            ConfigAction::Get { key, output } => get(app, &key, output.json),
            ConfigAction::Set { key, value, output } => {
                set(app, &key, &value.join(" "), output.json)
            }
            ConfigAction::Edit { output } => edit(app, output.json),
            ConfigAction::Check { output } => check(app, output.json),
        }
    }
}

fn show(app: &App, in_json: bool) -> Result<Exit> {
    let file = app.config.paths.file();
    if in_json {
        // Only those that are set, as they are in the file.
        let text = app.settings_text()?.unwrap_or_default();
        let Ok(settings) = toml::from_str::<Json>(&text) else { return check(app, true) };
        app.terminal.print(&document(json!({ "settings": times_as_text(settings) })))?;
        return Ok(Exit::Done);
    }
    if file.exists() {
        let text = disk::read_user_text(&file).map_err(DiskError::io("read", &file))?;
        app.terminal.print(&fit_comments(app, &clean(&text)))?;
    } else {
        app.terminal.print(&fit_comments(app, COMMENTED))?;
    }
    Ok(Exit::Done)
}

/// A time that the user wrote without quotes is a table of one field to the reader of TOML.
fn times_as_text(value: Json) -> Json {
    const TIME: &str = "$__toml_private_datetime";
    match value {
        Json::Object(mut fields) => match fields.remove(TIME) {
            Some(time) => time,
            None => fields.into_iter().map(|(name, it)| (name, times_as_text(it))).collect(),
        },
        Json::Array(items) => items.into_iter().map(times_as_text).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => value,
    }
}

/// On a terminal, comments that are wider than it are broken between words. A setting stays on
/// its line, so that it can be copied.
fn fit_comments(app: &App, text: &str) -> String {
    let page = app.terminal.page();
    let fit = |line: &str| match line.trim_end().strip_prefix("# ") {
        Some(words) if line.chars().count() > page.width => page.wrap(words, "# ") + "\n",
        _ => line.to_owned(),
    };
    if !app.terminal.output_is_terminal() {
        return text.to_owned();
    }
    text.split_inclusive('\n').map(fit).collect()
}

fn get(app: &App, key: &str, in_json: bool) -> Result<Exit> {
    let text = app.settings_text()?.unwrap_or_default();
    let value = get_setting(&text, key)?;
    let exit = if value.is_some() { Exit::Done } else { Exit::NothingMatched };
    if in_json {
        app.terminal.print(&setting_json(&text, key)?)?;
    } else if let Some(value) = value {
        app.terminal.print(&format!("{}\n", clean(&value)))?;
    }
    Ok(exit)
}

/// The value is what it is among all settings: a text, a list, true or false.
fn setting_json(text: &str, key: &str) -> Result<String> {
    const NAME: &str = "value";
    let alone = get_setting_toml(text, key)?.map(|value| format!("{NAME} = {value}"));
    let alone = alone.and_then(|alone| toml::from_str::<Json>(&alone).ok());
    let value = alone.map(|mut alone| times_as_text(alone[NAME].take()));
    Ok(document(json!({ "setting": { "name": key, "value": value } })))
}

fn set(app: &App, key: &str, value: &str, in_json: bool) -> Result<Exit> {
    app.set(key, value)?;
    let text = app.settings_text()?.unwrap_or_default();
    let value = get_setting(&text, key)?;
    app.terminal.say(&match &value {
        Some(value) => format!("`{key}` is now {}.", clean_line(value)),
        None => format!("`{key}` isn't set any more."),
    });
    if in_json {
        app.terminal.print_change(&setting_json(&text, key)?)?;
    }
    Ok(Exit::Done)
}

fn edit(app: &App, in_json: bool) -> Result<Exit> {
    let file = app.config.paths.file();
    if !app.terminal.can_ask() {
        let instead = format!("Edit {}.", file.display());
        return Err(AskError::NeedsTerminal { doing: "open an editor", instead }.into());
    }
    if !file.exists() {
        disk::make_folder(&app.config.paths.config)?;
        disk::write(&file, COMMENTED.as_bytes(), false)?;
    }
    app.terminal.edit_file(&file)?;
    app.follow_settings()?;
    check(app, in_json)
}

fn check(app: &App, in_json: bool) -> Result<Exit> {
    let config = Config::load(app.config.paths.clone(), &crate::config::process_env)?;
    let (_, odd) = app.practices.clone().at_cadence(&config.cadence);
    let cadences = odd.into_iter().map(|(setting, fault)| config.warning_for(&setting, fault));
    let odd = config.warnings.iter().cloned().chain(cadences);
    let odd = odd.map(|odd| (Some(odd.line), config.warning_error(&odd)));
    let mut wrong: Vec<(Option<usize>, Error)> = odd.collect();
    for (name, practices) in &config.routines {
        let line = config.line_of(&format!("routines.{name}"));
        wrong.extend(app.routine_faults(name, line, practices).map(|error| (line, error)));
    }
    if in_json {
        let mistake = |(line, error): &(Option<usize>, Error)| json!({ "line": line, "what": error.to_string(), "fix": error.hint() });
        let mistakes: Vec<Json> = wrong.iter().map(mistake).collect();
        app.terminal.print(&document(json!({ "checked": { "mistakes": mistakes } })))?;
    } else {
        wrong.iter().for_each(|(_, error)| app.terminal.warn(error));
    }
    if wrong.is_empty() {
        app.terminal.say("The settings are valid.");
    }
    Ok(if wrong.is_empty() { Exit::Done } else { Exit::WrongInput })
}
