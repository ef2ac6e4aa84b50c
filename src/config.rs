//! Paths, settings and the clock: flag over environment over file over default. The only
//! module that reads the environment or the clock; everything else gets them as
//! parameters.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

mod chapter;
mod clock;
mod errors;
mod file;
mod local_zone;
mod paths;
mod program;
mod set;
mod settings;
mod temporary;
#[cfg(test)]
mod tests;

pub use chapter::Chapter;
pub use clock::Clock;
pub use errors::{ConfigError, SettingFault};
use file::ConfigFile;
pub(crate) use file::{COMMENTED, ConfigWarning};
pub use paths::Paths;
use paths::absolute;
pub(crate) use set::{get as get_setting, get_toml as get_setting_toml, set as set_setting};
pub(crate) use settings::{CADENCES, plain_settings};

/// The environment as a function, so that tests need not change their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// A variable of this process; an empty one counts as unset.
pub fn process_env(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The command line, program name first.
pub fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// Every setting, after flag, environment, file and default.
#[derive(Clone, Debug)]
pub struct Config {
    /// The four folders.
    pub paths: Paths,
    /// Now, and where a day ends.
    pub clock: Clock,
    /// The writer's own name for the partner.
    pub partner: Option<String>,
    /// Which questions fit the writer's life now.
    pub chapter: Chapter,
    /// The commands that print the passphrase, each with where it is set.
    passphrase_commands: Vec<(&'static str, String)>,
    /// The command that prints a new passphrase.
    pub new_passphrase_command: Option<String>,
    /// An identity file other than the journal's own.
    pub identity: Option<PathBuf>,
    /// May this device remember when each practice was last kept?
    pub remember: bool,
    /// The command line of the editor, if one is set.
    pub editor: Option<String>,
    /// The command line of the pager, if one is set.
    pub pager: Option<String>,
    /// The folders that programs are looked for in.
    program_folders: Option<OsString>,
    /// The variables of the environment that set folders.
    pub places: Vec<(&'static str, PathBuf)>,
    /// The folder of the user's systemd units.
    pub units: Option<PathBuf>,
    /// The file of jrnl's settings.
    pub jrnl: Option<PathBuf>,
    /// Did the user configure which ssh git runs?
    pub own_ssh: bool,
    /// How often practices are due, where the user changed that.
    pub cadence: BTreeMap<String, String>,
    /// Practices to walk through one after another, by the routine's name.
    pub routines: BTreeMap<String, Vec<String>>,
    /// What in the file can't be used.
    pub warnings: Vec<ConfigWarning>,
    /// The line of each setting; in a section, as "cadence.walk".
    lines: BTreeMap<String, usize>,
    /// Folders for temporary files in memory, best first.
    pub memory_folders: Vec<PathBuf>,
    /// The folder for temporary files on disk, after a warning.
    pub disk_folder: PathBuf,
    /// May output be coloured?
    pub colour: bool,
    /// Are questions asked in lines that are only appended?
    pub accessible: bool,
    /// Does text use vi's keys?
    pub vi_keys: bool,
    /// The time zone that the environment names, if times here don't go by it.
    pub unknown_zone: Option<String>,
    /// The terminal's width, if the environment overrides it.
    pub columns: Option<usize>,
}

impl Config {
    /// Defaults alone: enough for help.
    pub fn defaults() -> Config {
        Config {
            paths: Paths::under(Path::new("")),
            clock: Clock::now(),
            partner: None,
            chapter: Chapter::Together,
            passphrase_commands: Vec::new(),
            new_passphrase_command: None,
            identity: None,
            remember: false,
            editor: None,
            pager: None,
            own_ssh: false,
            program_folders: None,
            places: Vec::new(),
            units: None,
            jrnl: None,
            cadence: BTreeMap::new(),
            routines: BTreeMap::new(),
            warnings: Vec::new(),
            lines: BTreeMap::new(),
            memory_folders: Vec::new(),
            disk_folder: std::env::temp_dir(),
            colour: false,
            accessible: false,
            vi_keys: false,
            unknown_zone: None,
            columns: None,
        }
    }

    /// The command that prints the passphrase, if one is set.
    ///
    /// # Errors
    /// `SeveralPassphraseSources`, as it would be unclear which one to use.
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

    /// The command that prints a new passphrase; by default, the one that prints the
    /// passphrase.
    ///
    /// # Errors
    /// As [`Config::passphrase_command`].
    pub fn command_for_new_passphrase(&self) -> Result<Option<&str>> {
        match self.new_passphrase_command.as_deref() {
            Some(command) => Ok(Some(command)),
            None => self.passphrase_command(),
        }
    }

    /// The path of this program, for what will call it again later.
    pub fn program(&self) -> PathBuf {
        let path = program::called_path(self.program_folders.as_deref());
        path.unwrap_or_else(|| "inward".into())
    }

    /// The error for a setting that can't be used.
    pub fn warning_error(&self, ConfigWarning { line, fault }: &ConfigWarning) -> Error {
        ConfigError::Setting { file: self.paths.file(), line: *line, fault: fault.clone() }.into()
    }

    /// The error of a time zone in the environment that times here don't go by.
    pub fn zone_error(&self) -> Option<Error> {
        let here = self.clock.now.offset().to_string();
        let given = self.unknown_zone.clone()?;
        Some(ConfigError::UnknownZone { given, here }.into())
    }

    /// A warning about a setting that turned out wrong when it was used.
    pub fn warning_for(&self, setting: &str, fault: SettingFault) -> ConfigWarning {
        ConfigWarning { line: self.line_of(setting).unwrap_or(1), fault }
    }

    /// The line of a setting in the file, from 1; in a section, as "routines.morning".
    pub fn line_of(&self, setting: &str) -> Option<usize> {
        self.lines.get(setting).copied()
    }

    /// Reads the settings of these folders, and the environment over them.
    ///
    /// # Errors
    /// A settings file that cannot be read, or a variable that is wrong.
    pub fn load(paths: Paths, env: Env) -> Result<Config> {
        let (file, warnings) = file::read(&paths.file())?;
        Config::of(paths, env, file, warnings)
    }

    /// The settings as they would be with this text in the file.
    ///
    /// # Errors
    /// A variable that is wrong.
    pub fn with_text(paths: Paths, env: Env, text: &str) -> Result<Config> {
        let (file, warnings) = file::parse(text);
        Config::of(paths, env, file, warnings)
    }

    /// Loads the environment without the file, for what must work even if that is broken.
    ///
    /// # Errors
    /// A variable that is wrong.
    pub fn without_file(paths: Paths, env: Env) -> Result<Config> {
        Config::of(paths, env, ConfigFile::default(), Vec::new())
    }

    fn of(
        paths: Paths,
        env: Env,
        mut file: ConfigFile,
        mut warnings: Vec<ConfigWarning>,
    ) -> Result<Config> {
        let mut clock = Clock::read(env)?;
        if !clock.set(&file) {
            warnings.push(hours_warning(&file));
        }
        let text = |name: &str| env(name).and_then(|v| v.into_string().ok());
        let dumb = text("TERM").is_some_and(|term| term == "dumb");
        let accessible = dumb || is_set(env("INWARD_ACCESSIBLE"), file.accessible);
        let is_unknown = |zone: &String| !local_zone::is_followed(zone, clock.now);
        Ok(Config {
            unknown_zone: text("TZ").filter(is_unknown),
            clock,
            chapter: file.chapter.unwrap_or_default(),
            passphrase_commands: passphrase_commands(
                text("INWARD_PASSPHRASE_COMMAND"),
                file.passphrase_command.take(),
            ),
            new_passphrase_command: text("INWARD_NEW_PASSPHRASE_COMMAND"),
            identity: identity_path(env, &file),
            // A line that can't be read was most likely meant to turn it off.
            remember: file
                .remember_when_kept
                .unwrap_or(!file.lines.contains_key("remember-when-kept")),
            partner: file.partner.filter(|name| !name.trim().is_empty()),
            editor: text("VISUAL").or_else(|| text("EDITOR")).or(file.editor).map(command_in_home),
            pager: text("PAGER"),
            program_folders: env("PATH"),
            places: places(env),
            units: config_home(env).map(|config| config.join("systemd/user")),
            jrnl: config_home(env).map(|config| config.join("jrnl/jrnl.yaml")),
            own_ssh: env("GIT_SSH_COMMAND").or_else(|| env("GIT_SSH")).is_some(),
            memory_folders: memory_folders(env),
            disk_folder: std::env::temp_dir(),
            cadence: file.cadence,
            routines: file.routines,
            lines: file.lines,
            warnings,
            colour: env("NO_COLOR").is_none() && !accessible,
            accessible,
            vi_keys: file.keys.is_some_and(|keys| keys == "vi"),
            columns: text("COLUMNS").and_then(|c| c.parse().ok()).filter(|c| *c >= 20),
            paths,
        })
    }
}

/// The warning that the day's hours are out of order, at the first of their lines.
fn hours_warning(file: &ConfigFile) -> ConfigWarning {
    let names = ["day-ends", "morning-ends", "evening-begins"];
    let line = names.iter().filter_map(|name| file.lines.get(*name)).min();
    ConfigWarning { line: line.copied().unwrap_or(1), fault: SettingFault::HoursOutOfOrder }
}

fn passphrase_commands(
    variable: Option<String>,
    setting: Option<String>,
) -> Vec<(&'static str, String)> {
    let sources =
        [("INWARD_PASSPHRASE_COMMAND", variable), ("passphrase-command in config.toml", setting)];
    sources.into_iter().filter_map(|(source, command)| Some((source, command?))).collect()
}

fn identity_path(env: Env, file: &ConfigFile) -> Option<PathBuf> {
    let variable = env("INWARD_IDENTITY");
    let variable = variable.map(|path| path.to_str().map(in_home).unwrap_or_else(|| path.into()));
    let set = file.identity.as_deref().filter(|path| !path.is_empty());
    variable.or_else(|| set.map(in_home))
}

fn memory_folders(env: Env) -> Vec<PathBuf> {
    let runtime = env("XDG_RUNTIME_DIR").map(PathBuf::from);
    runtime.into_iter().chain([PathBuf::from("/dev/shm")]).collect()
}

/// On or off by the variable, or if that isn't set, by the file.
fn is_set(variable: Option<OsString>, setting: Option<bool>) -> bool {
    match variable {
        Some(value) => !["0", "false", "no"].iter().any(|off| value.eq_ignore_ascii_case(off)),
        None => setting.unwrap_or(false),
    }
}

/// Expands `~/` as a shell would.
fn in_home(path: &str) -> PathBuf {
    let home = path.strip_prefix("~/").zip(dirs::home_dir());
    home.map_or_else(|| PathBuf::from(path), |(rest, home)| home.join(rest))
}

/// The same for the program that a command begins with.
fn command_in_home(command: String) -> String {
    match command.strip_prefix("~/").zip(dirs::home_dir()) {
        Some((rest, home)) => format!("{}/{rest}", shell_words::quote(&home.to_string_lossy())),
        None => command,
    }
}

/// The folder in which programs that follow XDG keep settings, on any platform.
fn config_home(env: Env) -> Option<PathBuf> {
    let home = || env("HOME").map(|home| Path::new(&home).join(".config"));
    xdg_folder("XDG_CONFIG_HOME", env).or_else(home)
}

/// The folder that one of XDG's variables names; a relative path doesn't count.
fn xdg_folder(name: &str, env: Env) -> Option<PathBuf> {
    env(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

fn places(env: Env) -> Vec<(&'static str, PathBuf)> {
    let own = ["INWARD_HOME", "INWARD_JOURNAL"];
    let own = own.into_iter().filter_map(|name| Some((name, absolute(env(name)?.into()))));
    // They move nothing that is below a home of inward's own.
    let xdg = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];
    let xdg = xdg.into_iter().filter(|_| env("INWARD_HOME").is_none());
    own.chain(xdg.filter_map(|name| Some((name, xdg_folder(name, env)?)))).collect()
}

/// The line of a byte in a text, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    let prefix = &text.as_bytes()[..byte.min(text.len())];
    1 + prefix.iter().filter(|b| **b == b'\n').count()
}
