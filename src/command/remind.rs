//! `remind`: a notification at set times if something is due, without saying what.

mod errors;
mod systemd;
mod units;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::Timelike;
use clap::builder::TypedValueParser;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::app::{App, CommandError, JsonArg, VerbArgs, line, one_of};
use crate::config::{Clock, ConfigError};
use crate::error::{Exit, Result};
use crate::render::document;
use crate::{dates, disk};

pub use errors::ReminderError;
use systemd::{own_units, put, run_systemctl, start, systemctl};
use units::Reminder;

/// Set up a discreet reminder, for when something is due
///
/// `install` sets up a systemd timer for you. At the times you give with --at, it runs `inward
/// due`, and shows a notification if something is due. Nothing runs in between. The
/// notification is one line that mentions no practice and no program: “A quiet minute?”, or your
/// --text. It needs notify-send, from the package libnotify.
///
/// `--print` prints what it would set up, without doing it: systemd's two units, a line for
/// cron, or a file for launchd on a Mac.
#[derive(Args)]
pub struct RemindArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    reminder: ReminderArgs,
    #[command(subcommand)]
    action: Option<RemindAction>,
}

#[derive(Subcommand)]
enum RemindAction {
    /// Set up the reminder, or change its times or words
    Install {
        #[command(flatten)]
        reminder: ReminderArgs,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Show whether it is set up and running; exit 1 if not (the default)
    Status {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Remove the reminder
    Remove {
        #[command(flatten)]
        output: JsonArg,
    },
}

#[derive(Args)]
struct ReminderArgs {
    /// When, such as 21:00; may be repeated (08:00 and 20:30 by default)
    #[arg(long = "at", value_name = "TIME", value_parser = time)]
    times: Vec<(u32, u32)>,
    /// What the notification says, such as "Tea?", "Ten minutes, if you have them.", "Look up for
    /// a bit.", "Stretch your legs?" or "Water the plants.", which give nothing away
    #[arg(long, value_name = "TEXT", value_parser = line)]
    text: Option<String>,
    /// Print the setup, and change nothing
    #[arg(long, value_name = "SYSTEM", value_parser = one_of(PRINTED, |it| it.0).map(|it| it.1))]
    print: Option<RenderReminder>,
}

/// The names of the units reveal no more than the notification does.
const SERVICE: &str = "quiet-minute.service";
const TIMER: &str = "quiet-minute.timer";

/// The variable that names a journal.
const JOURNAL: &str = "INWARD_JOURNAL";

type RenderReminder = fn(&Reminder) -> String;

/// The systems of `--print`, and what it prints for each.
const PRINTED: &[(&str, RenderReminder)] =
    &[("systemd", Reminder::systemd), ("cron", Reminder::cron), ("launchd", Reminder::launchd)];

impl VerbArgs for RemindArgs {
    fn run(self, app: &App) -> Result<Exit> {
        if let (Some(flag), Some(_)) | (Some(flag @ ("at" | "text")), None) =
            (self.reminder.flag(), &self.action)
        {
            return Err(ReminderError::OnlyToInstall { flag }.into());
        }
        let units = || app.config.units.clone().ok_or(ConfigError::NoHome);
        let (reminder, output) = match self.action {
            Some(RemindAction::Remove { output }) => {
                let exit = remove(app, units()?)?;
                if output.json {
                    app.terminal.print_change(&reminder_json(None))?;
                }
                return Ok(exit);
            }
            Some(RemindAction::Status { output }) => return status(app, units()?, output.json),
            None if self.reminder.print.is_none() => {
                return status(app, units()?, self.output.json);
            }
            // `remind --print` works without `install`.
            None => (self.reminder, self.output),
            Some(RemindAction::Install { reminder, output }) => (reminder, output),
        };
        if reminder.print.is_some() && output.json {
            return Err(CommandError::GivenTogether {
                argument: "--print".into(),
                other: "--json".into(),
            }
            .into());
        }
        let print = reminder.print;
        let reminder = Reminder::new(app, reminder);
        match print {
            Some(print) => app.terminal.print(&print(&reminder)).map(|()| Exit::Done),
            None => install(app, &reminder, units()?, output.json),
        }
    }
}

impl Reminder {
    fn new(app: &App, args: ReminderArgs) -> Reminder {
        let config = &app.config;
        let places = config.places.iter().filter(|(name, _)| *name != JOURNAL).cloned();
        // However it was named, by the variable or by a flag.
        let journal = config.paths.journal_is_named.then_some(&config.paths.journal);
        let journal = journal.map(|it| std::path::absolute(it).unwrap_or_else(|_| it.clone()));
        let places = places.chain(journal.map(|path| (JOURNAL, path)));
        let mut times = if args.times.is_empty() { vec![(8, 0), (20, 30)] } else { args.times };
        let mut seen = HashSet::new();
        times.retain(|time| seen.insert(*time));
        Reminder {
            program: config.program().display().to_string(),
            places: places.map(|(name, path)| (name, path.display().to_string())).collect(),
            times,
            text: args.text.unwrap_or_else(|| "A quiet minute?".to_owned()),
        }
    }
}

fn install(app: &App, reminder: &Reminder, folder: PathBuf, in_json: bool) -> Result<Exit> {
    let before = own_units(&folder)?;
    let new_folders: Vec<&Path> = folder.ancestors().take_while(|it| !it.exists()).collect();
    disk::make_folder(&folder)?;
    let set_up = || {
        put(&folder, SERVICE, Some(reminder.service().as_bytes()))?;
        put(&folder, TIMER, Some(reminder.timer().as_bytes()))?;
        start()
    };
    if let Err(error) = set_up() {
        // Half a reminder would look like a working one, and one that worked before must
        // keep working.
        if before[1].is_none() {
            let _ = systemctl(&["disable", "--now", TIMER]);
        }
        for (name, text) in [SERVICE, TIMER].into_iter().zip(&before) {
            put(&folder, name, text.as_ref().map(String::as_bytes))?;
        }
        if before[1].is_some() {
            let _ = start();
        }
        // Only empty folders can be removed so.
        new_folders.iter().for_each(|folder| drop(std::fs::remove_dir(folder)));
        return Err(error);
    }
    let words =
        format!("At {}, if something is due: “{}”", reminder.hours().join(" and "), reminder.text);
    app.terminal.say(&words);
    let shows = Command::new("notify-send").arg("--version").stdin(Stdio::null()).output();
    if shows.is_err() {
        app.terminal.say(
            "To show it, install notify-send: it's in the package libnotify-bin or libnotify.",
        );
    }
    if in_json {
        app.terminal.print_change(&reminder_json(Some((&reminder.hours(), true))))?;
    }
    Ok(Exit::Done)
}

/// Its hours and whether its timer runs; `None` where none is set up.
fn reminder_json(reminder: Option<(&[String], bool)>) -> String {
    let reminder = reminder.map(|(hours, runs)| json!({ "hours": hours, "runs": runs }));
    document(json!({ "reminder": reminder }))
}

fn remove(app: &App, folder: PathBuf) -> Result<Exit> {
    if own_units(&folder)?.iter().all(Option::is_none) {
        app.terminal.say("No reminder was set up.");
        return Ok(Exit::NothingMatched);
    }
    // If systemd can't be reached, it runs no timer either.
    let _ = systemctl(&["disable", "--now", TIMER]);
    put(&folder, SERVICE, None)?;
    put(&folder, TIMER, None)?;
    let _ = systemctl(&["daemon-reload"]);
    app.terminal.say("Reminder removed.");
    Ok(Exit::Done)
}

/// Exits with 0 if a timer is running, with 1 if none is.
fn status(app: &App, folder: PathBuf, in_json: bool) -> Result<Exit> {
    // With half of it, or a unit that isn't inward's, none is set up.
    let timer = own_units(&folder).ok().and_then(|[service, timer]| service.and(timer));
    let hours = |timer: &str| -> Vec<String> {
        let set = timer.lines().filter_map(|line| line.strip_prefix("OnCalendar=*-*-* ")?.get(..5));
        set.map(str::to_owned).collect()
    };
    let hours = timer.as_deref().map(hours);
    let runs = hours.is_some() && run_systemctl(&["is-active", "--quiet", TIMER])?.status.success();
    if in_json {
        app.terminal.print(&reminder_json(hours.as_deref().map(|hours| (hours, runs))))?;
    } else {
        app.terminal.say(&match hours.map(|hours| hours.join(" and ")) {
            None => "No reminder is set up. `inward remind install` sets one up.".to_owned(),
            Some(hours) if runs => format!("A reminder is set up for {hours}."),
            Some(hours) => format!("A reminder is set up for {hours}, but its timer isn't running. `inward remind install` starts it."),
        });
    }
    Ok(if runs { Exit::Done } else { Exit::NothingMatched })
}

impl ReminderArgs {
    /// The first of these flags that sets up a reminder, if one was given.
    fn flag(&self) -> Option<&'static str> {
        let given = [
            (!self.times.is_empty() && self.print.is_none(), "at"),
            (self.text.is_some() && self.print.is_none(), "text"),
            (self.print.is_some(), "print"),
        ];
        given.into_iter().find_map(|(is, flag)| is.then_some(flag))
    }
}

/// Parses it; the error is what would be valid.
fn time(text: &str) -> std::result::Result<(u32, u32), &'static str> {
    let clock = Clock::at(chrono::DateTime::UNIX_EPOCH.fixed_offset());
    let time = dates::time_here(text, &clock).ok_or("a time of day, such as 21:00 or 9pm")?;
    Ok((time.hour(), time.minute()))
}
