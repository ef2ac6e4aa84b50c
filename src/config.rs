//! Where things lie, what the user has set, and what time it is: flag over
//! environment over file over default. The only module that looks at the
//! environment or the clock; everything else is told.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::{Error, KeyFault, Result};
use chrono::{
    DateTime, Duration, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

mod file;

use file::File;
pub use file::{COMMENTED, Odd};

/// The environment, as a function, so that tests need not change their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

pub fn process_env(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The command line, program name first.
pub fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

#[derive(Clone, Debug)]
pub struct Paths {
    pub journal: PathBuf,
    pub config: PathBuf,
    pub state: PathBuf,
    pub cache: PathBuf,
}

impl Paths {
    pub fn find(env: Env) -> Result<Paths> {
        let mut paths = match env("INWARD_HOME") {
            Some(home) => Paths::under(&absolute(PathBuf::from(home))),
            None => Paths::of_platform().ok_or(Error::NoHome)?,
        };
        if let Some(journal) = env("INWARD_JOURNAL") {
            paths.journal = PathBuf::from(journal);
        }
        Ok(paths)
    }

    pub fn under(home: &Path) -> Paths {
        Paths {
            journal: home.join("journal"),
            config: home.join("config"),
            state: home.join("state"),
            cache: home.join("cache"),
        }
    }

    fn of_platform() -> Option<Paths> {
        let data = dirs::data_dir()?;
        Some(Paths {
            journal: data.join("inward").join("journal"),
            config: dirs::config_dir()?.join("inward"),
            // Only Linux has a folder of its own for state.
            state: dirs::state_dir().unwrap_or(data).join("inward"),
            cache: dirs::cache_dir()?.join("inward"),
        })
    }

    /// The user's settings.
    pub fn file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's own practices.
    pub fn prompts(&self) -> PathBuf {
        self.config.join("prompts")
    }
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

#[derive(Clone, Debug)]
pub struct Config {
    pub paths: Paths,
    pub clock: Clock,
    /// The writer's own name for the partner.
    pub partner: Option<String>,
    /// The commands that print the passphrase, and where each was set.
    passphrase_commands: Vec<(&'static str, String)>,
    /// Prints a new passphrase, where one is being chosen.
    pub new_passphrase_command: Option<String>,
    /// An identity file other than the journal's own.
    pub identity: Option<PathBuf>,
    /// May this device remember when each practice was last kept?
    pub remember: bool,
    pub editor: Option<String>,
    pub pager: Option<String>,
    /// This program's own file, for what starts it later.
    pub program: PathBuf,
    /// What of the environment says where things lie.
    pub places: Vec<(&'static str, PathBuf)>,
    /// Where systemd looks for the user's own units.
    pub units: Option<PathBuf>,
    /// Did the user tell git which ssh to run?
    pub own_ssh: bool,
    /// How often a practice comes round, where the user says otherwise.
    pub cadence: BTreeMap<String, String>,
    /// Practices to walk through one after another, by the routine's name.
    pub routines: BTreeMap<String, Vec<String>>,
    /// What the file says and nobody knows.
    pub odd: Vec<Odd>,
    /// Where temporary files live in memory, best first.
    pub memory_folders: Vec<PathBuf>,
    /// Where they live otherwise, after the user was told.
    pub disk_folder: PathBuf,
    pub colour: bool,
    /// The terminal's width, where the environment insists on one.
    pub columns: Option<usize>,
}

impl Config {
    /// Every default, with nothing of the user's: enough for help.
    pub fn bare() -> Config {
        let now = Local::now().fixed_offset();
        Config {
            paths: Paths::under(Path::new("")),
            clock: Clock::at(now),
            partner: None,
            passphrase_commands: Vec::new(),
            new_passphrase_command: None,
            identity: None,
            remember: false,
            editor: None,
            pager: None,
            own_ssh: false,
            program: PathBuf::new(),
            places: Vec::new(),
            units: None,
            cadence: BTreeMap::new(),
            routines: BTreeMap::new(),
            odd: Vec::new(),
            memory_folders: Vec::new(),
            disk_folder: std::env::temp_dir(),
            colour: false,
            columns: None,
        }
    }

    /// The command that prints the passphrase. Two of them would leave it to
    /// chance which one is meant.
    pub fn passphrase_command(&self) -> Result<Option<&str>> {
        match self.passphrase_commands.as_slice() {
            [] => Ok(None),
            [(_, command)] => Ok(Some(command)),
            several => {
                let names = several.iter().map(|(source, _)| *source).collect();
                Err(Error::Key(KeyFault::SeveralPassphraseSources { names }))
            }
        }
    }

    /// What is said of a cadence that cannot be.
    pub fn bad_cadence(&self, name: &str) -> Error {
        let file = self.paths.file();
        let line = line_with(&file, name);
        Error::BadCadence { file, line, name: name.to_owned() }
    }

    /// What is said of a setting that nobody knows.
    pub fn unknown(&self, odd: &Odd) -> Error {
        let Odd { key, line, near } = odd.clone();
        Error::UnknownSetting { file: self.paths.file(), line, key, near }
    }

    pub fn load(paths: Paths, env: Env) -> Result<Config> {
        let (file, odd) = file::read(&paths.file())?;
        Config::of(paths, env, file, odd)
    }

    /// As if there were no file: for what must work however broken it is.
    pub fn without_file(paths: Paths, env: Env) -> Result<Config> {
        Config::of(paths, env, File::default(), Vec::new())
    }

    fn of(paths: Paths, env: Env, file: File, odd: Vec<Odd>) -> Result<Config> {
        let text = |name: &str| env(name).and_then(|v| v.into_string().ok());
        let runtime = env("XDG_RUNTIME_DIR").map(PathBuf::from);
        let dumb = text("TERM").is_some_and(|term| term == "dumb");
        Ok(Config {
            clock: Clock::read(&file, &paths.file(), env)?,
            partner: file.partner.filter(|name| !name.trim().is_empty()),
            passphrase_commands: [
                ("INWARD_PASSPHRASE_COMMAND", text("INWARD_PASSPHRASE_COMMAND")),
                ("passphrase-command in config.toml", file.passphrase_command),
            ]
            .into_iter()
            .filter_map(|(source, command)| Some((source, command?)))
            .collect(),
            new_passphrase_command: text("INWARD_NEW_PASSPHRASE_COMMAND"),
            identity: env("INWARD_IDENTITY")
                .map(PathBuf::from)
                .or_else(|| file.identity.as_deref().map(in_home)),
            remember: file.remember_when_kept.unwrap_or(true),
            editor: text("VISUAL").or_else(|| text("EDITOR")).or(file.editor),
            pager: text("PAGER"),
            program: std::env::current_exe().unwrap_or_else(|_| "inward".into()),
            places: places(env),
            units: env("XDG_CONFIG_HOME")
                .map(PathBuf::from)
                .or_else(|| env("HOME").map(|home| Path::new(&home).join(".config")))
                .map(|config| config.join("systemd/user")),
            own_ssh: env("GIT_SSH_COMMAND").or_else(|| env("GIT_SSH")).is_some(),
            memory_folders: runtime.into_iter().chain([PathBuf::from("/dev/shm")]).collect(),
            disk_folder: std::env::temp_dir(),
            cadence: file.cadence,
            routines: file.routines,
            odd,
            colour: env("NO_COLOR").is_none() && !dumb,
            columns: text("COLUMNS").and_then(|c| c.parse().ok()).filter(|c| *c >= 20),
            paths,
        })
    }
}

/// `~/` as a shell would read it.
fn in_home(path: &str) -> PathBuf {
    let home = path.strip_prefix("~/").zip(dirs::home_dir());
    home.map_or_else(|| PathBuf::from(path), |(rest, home)| home.join(rest))
}

fn places(env: Env) -> Vec<(&'static str, PathBuf)> {
    let names = ["INWARD_HOME", "INWARD_JOURNAL"];
    names.into_iter().filter_map(|name| Some((name, absolute(env(name)?.into())))).collect()
}

/// The line, from 1, on which a byte of a text stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    1 + before.iter().filter(|b| **b == b'\n').count()
}

/// Now, and how a day is cut.
#[derive(Clone, Debug)]
pub struct Clock {
    /// To the second, which is as fine as an entry's `at`.
    pub now: DateTime<FixedOffset>,
    /// The same moment as finely as the system tells it, which keeps entries of
    /// one second in the order in which they were written.
    pub written: DateTime<FixedOffset>,
    /// An evening may last until this time of the next morning.
    pub day_ends: NaiveTime,
    pub morning_ends: NaiveTime,
    pub evening_begins: NaiveTime,
}

impl Clock {
    pub fn at(now: DateTime<FixedOffset>) -> Clock {
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or_default();
        let written = now;
        let now = now - Duration::nanoseconds(i64::from(now.timestamp_subsec_nanos()));
        Clock { now, written, day_ends: hour(0), morning_ends: hour(12), evening_begins: hour(17) }
    }

    fn read(file: &File, path: &Path, env: Env) -> Result<Clock> {
        let mut clock = Clock::at(now(env)?);
        let set = |time: &mut NaiveTime, given: &Option<String>, name: &str| {
            let Some(given) = given else { return Ok(()) };
            *time = NaiveTime::parse_from_str(given, "%H:%M").map_err(|_| Error::BadConfig {
                file: path.to_owned(),
                line: line_with(path, name),
                why: format!("{name} is “{given}”, not a time such as 04:00"),
            })?;
            Ok(())
        };
        set(&mut clock.day_ends, &file.day_ends, "day-ends")?;
        set(&mut clock.morning_ends, &file.morning_ends, "morning-ends")?;
        set(&mut clock.evening_begins, &file.evening_begins, "evening-begins")?;
        Ok(clock)
    }

    /// The day that a moment belongs to: its local date, or the one before
    /// while the evening still lasts.
    pub fn day_of(&self, at: DateTime<FixedOffset>) -> NaiveDate {
        (at.naive_local() - (self.day_ends - NaiveTime::MIN)).date()
    }

    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now)
    }

    /// How many days later than its day's name an entry's local date may be.
    pub fn day_overhang(&self) -> Duration {
        if self.day_ends == NaiveTime::MIN { Duration::zero() } else { Duration::days(1) }
    }

    /// A local wall-clock time as a moment. Where clocks went forward over it,
    /// the moment they jumped to; where they went back over it, the first.
    pub fn local(&self, wall: NaiveDateTime) -> DateTime<FixedOffset> {
        let skipped = || {
            let later = Local.from_local_datetime(&(wall + Duration::hours(1)));
            later.earliest().map(|t| t.fixed_offset())
        };
        let found = Local.from_local_datetime(&wall);
        // Neither in order nor always right, in the hours around a change.
        let shows = |t: &DateTime<Local>| t.with_timezone(&Utc).with_timezone(&Local).naive_local();
        let both = [found.earliest(), found.latest()].into_iter().flatten();
        let found = both.filter(|t| shows(t) == wall).min();
        let found = found.map(|t| t.fixed_offset()).or_else(skipped);
        found.unwrap_or_else(|| wall.and_utc().fixed_offset())
    }
}

fn line_with(path: &Path, name: &str) -> usize {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    1 + text.lines().position(|line| line.trim_start().starts_with(name)).unwrap_or(0)
}

fn now(env: Env) -> Result<DateTime<FixedOffset>> {
    let Some(given) = env("INWARD_NOW") else { return Ok(Local::now().fixed_offset()) };
    let given = given.to_string_lossy().into_owned();
    let fixed = DateTime::parse_from_rfc3339(&given).map_err(|_| Error::BadEnvironment {
        name: "INWARD_NOW",
        given,
        wanted: "a moment such as 2026-11-23T21:14:03+01:00",
    })?;
    Ok(fixed.with_timezone(&Local).fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &str) -> Option<OsString> {
        None
    }

    #[test]
    fn one_folder_holds_everything_where_inward_home_is_set() {
        let env = |name: &str| (name == "INWARD_HOME").then(|| OsString::from("/h"));
        let paths = Paths::find(&env).unwrap();
        assert_eq!(paths.journal, Path::new("/h/journal"));
        assert_eq!(paths.prompts(), Path::new("/h/config/prompts"));
    }

    #[test]
    fn an_evening_lasts_past_midnight_where_the_user_says_so() {
        let at = |s| DateTime::parse_from_rfc3339(s).unwrap();
        let mut clock = Clock::at(at("2026-11-24T01:30:00+01:00"));
        assert_eq!(clock.today().to_string(), "2026-11-24");
        clock.day_ends = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        assert_eq!(clock.today().to_string(), "2026-11-23");
        assert_eq!(clock.day_of(at("2026-11-24T04:00:00+01:00")).to_string(), "2026-11-24");
    }

    #[test]
    fn a_mistake_in_the_file_is_named_by_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::under(folder.path());
        std::fs::create_dir(&paths.config).unwrap();
        let file = paths.config.join("config.toml");
        std::fs::write(&file, "partner = \"Ada\"\nday-ends = \"late\"\n").unwrap();
        let error = Config::load(paths.clone(), &nothing).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        std::fs::write(&file, "partner = \n").unwrap();
        let error = Config::load(paths, &nothing).unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
    }
}
