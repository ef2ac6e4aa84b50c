//! Where things lie, what the user has set, and what time it is: flag over
//! environment over file over default. The only module that looks at the
//! environment or the clock; everything else is told.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use chrono::{
    DateTime, Duration, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

mod errors;
mod file;
mod program;
mod set;

pub use errors::{ConfigError, SettingFault};
use file::ConfigFile;
pub use file::{COMES_ROUND, COMMENTED, ConfigWarning};
pub use set::{get as get_setting, set as set_setting};

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
            None => Paths::of_platform().ok_or(ConfigError::NoHome)?,
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
    /// jrnl's settings, which say how its journals are written.
    pub jrnl: Option<PathBuf>,
    /// Did the user tell git which ssh to run?
    pub own_ssh: bool,
    /// How often a practice comes round, where the user says otherwise.
    pub cadence: BTreeMap<String, String>,
    /// Practices to walk through one after another, by the routine's name.
    pub routines: BTreeMap<String, Vec<String>>,
    /// What the file says and cannot be used.
    pub odd: Vec<ConfigWarning>,
    /// The line of each setting, as "cadence.walk" of those in a section.
    lines: BTreeMap<String, usize>,
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
            jrnl: None,
            cadence: BTreeMap::new(),
            routines: BTreeMap::new(),
            odd: Vec::new(),
            lines: BTreeMap::new(),
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
                Err(ConfigError::SeveralPassphraseSources { names }.into())
            }
        }
    }

    /// The command that prints a passphrase which is being chosen: where it is not named,
    /// the one for reading, with which the new one is to agree.
    pub fn command_for_new_passphrase(&self) -> Result<Option<&str>> {
        match self.new_passphrase_command.as_deref() {
            Some(command) => Ok(Some(command)),
            None => self.passphrase_command(),
        }
    }

    /// What is said of something in the settings that cannot be used.
    pub fn warning_error(&self, ConfigWarning { line, fault }: &ConfigWarning) -> Error {
        ConfigError::Setting { file: self.paths.file(), line: *line, fault: fault.clone() }.into()
    }

    /// What is wrong with a setting that only its use can tell.
    pub fn odd_at(&self, setting: &str, fault: SettingFault) -> ConfigWarning {
        ConfigWarning { line: self.lines.get(setting).copied().unwrap_or(1), fault }
    }

    pub fn load(paths: Paths, env: Env) -> Result<Config> {
        let (file, odd) = file::read(&paths.file())?;
        Config::of(paths, env, file, odd)
    }

    /// As if there were no file: for what must work however broken it is.
    pub fn without_file(paths: Paths, env: Env) -> Result<Config> {
        Config::of(paths, env, ConfigFile::default(), Vec::new())
    }

    fn of(paths: Paths, env: Env, file: ConfigFile, mut odd: Vec<ConfigWarning>) -> Result<Config> {
        let mut clock = Clock::at(now(env)?);
        if !clock.set(&file) {
            let named = ["day-ends", "morning-ends", "evening-begins"];
            let line = named.iter().filter_map(|name| file.lines.get(*name)).min();
            let fault = SettingFault::HoursOutOfOrder;
            odd.push(ConfigWarning { line: line.copied().unwrap_or(1), fault });
        }
        let text = |name: &str| env(name).and_then(|v| v.into_string().ok());
        let runtime = env("XDG_RUNTIME_DIR").map(PathBuf::from);
        let dumb = text("TERM").is_some_and(|term| term == "dumb");
        Ok(Config {
            clock,
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
                .map(|path| path.to_str().map(in_home).unwrap_or_else(|| path.into()))
                .or_else(|| file.identity.as_deref().map(in_home)),
            // Whoever wrote that line wanted it off, however it was written.
            remember: file
                .remember_when_kept
                .unwrap_or(!file.lines.contains_key("remember-when-kept")),
            editor: text("VISUAL").or_else(|| text("EDITOR")).or(file.editor),
            pager: text("PAGER"),
            program: program::called_path(env).unwrap_or_else(|| "inward".into()),
            places: places(env),
            units: config_home(env).map(|config| config.join("systemd/user")),
            jrnl: config_home(env).map(|config| config.join("jrnl/jrnl.yaml")),
            own_ssh: env("GIT_SSH_COMMAND").or_else(|| env("GIT_SSH")).is_some(),
            memory_folders: runtime.into_iter().chain([PathBuf::from("/dev/shm")]).collect(),
            disk_folder: std::env::temp_dir(),
            cadence: file.cadence,
            routines: file.routines,
            lines: file.lines,
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

/// Where programs that follow the XDG rules keep their settings, on any platform.
fn config_home(env: Env) -> Option<PathBuf> {
    let home = || env("HOME").map(|home| Path::new(&home).join(".config"));
    env("XDG_CONFIG_HOME").map(PathBuf::from).or_else(home)
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

    /// The user's own hours, if they follow one another; otherwise none of them.
    fn set(&mut self, file: &ConfigFile) -> bool {
        let day_ends = file.day_ends.unwrap_or(self.day_ends);
        let morning_ends = file.morning_ends.unwrap_or(self.morning_ends);
        let evening_begins = file.evening_begins.unwrap_or(self.evening_begins);
        let in_order = day_ends < morning_ends && morning_ends < evening_begins;
        if in_order {
            *self = Clock { day_ends, morning_ends, evening_begins, ..self.clone() };
        }
        in_order
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

    /// A moment by the clocks of this place.
    pub fn here(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&Local).fixed_offset()
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

fn now(env: Env) -> Result<DateTime<FixedOffset>> {
    let Some(given) = env("INWARD_NOW") else { return Ok(Local::now().fixed_offset()) };
    let given = given.to_string_lossy().into_owned();
    let fixed = DateTime::parse_from_rfc3339(&given).map_err(|_| ConfigError::BadEnvironment {
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
    fn a_mistake_in_the_file_is_told_by_its_line_and_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::under(folder.path());
        std::fs::create_dir(&paths.config).unwrap();
        let load = |text: &str| {
            std::fs::write(paths.file(), text).unwrap();
            Config::load(paths.clone(), &nothing).unwrap()
        };
        let config = load("partner = \"Ada\"\nday-ends = \"late\"\n");
        assert_eq!(config.partner.as_deref(), Some("Ada"));
        assert_eq!(config.clock.day_ends, NaiveTime::MIN);
        let told = config.warning_error(&config.odd[0]).to_string();
        assert!(told.contains("`day-ends`") && told.contains("line 2"), "{told}");
        assert!(!load("remember-when-kept = no\n").remember);
    }

    #[test]
    fn hours_that_do_not_follow_one_another_are_left_out_together() {
        let mut clock = Clock::at(DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap());
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0);
        let mut file =
            ConfigFile { day_ends: hour(4), morning_ends: hour(18), ..ConfigFile::default() };
        assert!(!clock.set(&file));
        assert_eq!(clock.day_ends, NaiveTime::MIN);
        for (morning, sound) in [(17, false), (4, false), (5, true)] {
            file.morning_ends = hour(morning);
            assert_eq!(clock.set(&file), sound, "{morning}");
        }
        assert_eq!(Some(clock.day_ends), hour(4));
    }
}
