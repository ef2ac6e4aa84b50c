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
mod program;
mod set;
mod temporary;
#[cfg(test)]
mod tests;

pub use chapter::Chapter;
pub use clock::Clock;
pub use errors::{ConfigError, SettingFault};
use file::ConfigFile;
pub(crate) use file::{CADENCES, COMMENTED, ConfigWarning, plain_settings};
pub(crate) use set::{get as get_setting, set as set_setting};

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

/// The four folders of one journal.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The home that places inside are remembered relative to.
    pub home: PathBuf,
    /// The sealed entries.
    pub journal: PathBuf,
    /// Did the user name the journal's folder? Then it must exist.
    pub journal_is_named: bool,
    /// Settings, keys and own practices.
    pub config: PathBuf,
    /// Drafts, and this device's memory.
    pub state: PathBuf,
    /// Packs; safe to delete.
    pub cache: PathBuf,
}

impl Paths {
    /// The folders according to `INWARD_HOME`, `INWARD_JOURNAL`, or the platform.
    ///
    /// # Errors
    /// `NoHome` if the platform gives no folder.
    pub fn find(env: Env) -> Result<Paths> {
        let mut paths = match env("INWARD_HOME") {
            Some(home) => Paths::under(&absolute(PathBuf::from(home))),
            None => Paths::of_platform().ok_or(ConfigError::NoHome)?,
        };
        if let Some(journal) = env("INWARD_JOURNAL") {
            paths.journal = PathBuf::from(journal);
            paths.journal_is_named = true;
        }
        Ok(paths)
    }

    /// All four below one folder.
    pub fn under(home: &Path) -> Paths {
        Paths {
            home: home.to_owned(),
            journal: home.join("journal"),
            journal_is_named: false,
            config: home.join("config"),
            state: home.join("state"),
            cache: home.join("cache"),
        }
    }

    fn of_platform() -> Option<Paths> {
        let data = dirs::data_dir()?;
        Some(Paths {
            home: dirs::home_dir()?,
            journal: data.join("inward").join("journal"),
            journal_is_named: false,
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
    /// The path of this program, for what will start it later.
    pub program: PathBuf,
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
            program: PathBuf::new(),
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

    /// The error for a setting that can't be used.
    pub fn warning_error(&self, ConfigWarning { line, fault }: &ConfigWarning) -> Error {
        ConfigError::Setting { file: self.paths.file(), line: *line, fault: fault.clone() }.into()
    }

    /// A warning about a setting that turned out wrong when it was used.
    pub fn warning_for(&self, setting: &str, fault: SettingFault) -> ConfigWarning {
        ConfigWarning { line: self.lines.get(setting).copied().unwrap_or(1), fault }
    }

    /// Reads the settings of these folders, and the environment over them.
    ///
    /// # Errors
    /// A settings file that cannot be read, or a variable that is wrong.
    pub fn load(paths: Paths, env: Env) -> Result<Config> {
        let (file, warnings) = file::read(&paths.file())?;
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
        file: ConfigFile,
        mut warnings: Vec<ConfigWarning>,
    ) -> Result<Config> {
        let mut clock = Clock::read(env)?;
        if !clock.set(&file) {
            let names = ["day-ends", "morning-ends", "evening-begins"];
            let line = names.iter().filter_map(|name| file.lines.get(*name)).min();
            let fault = SettingFault::HoursOutOfOrder;
            warnings.push(ConfigWarning { line: line.copied().unwrap_or(1), fault });
        }
        let text = |name: &str| env(name).and_then(|v| v.into_string().ok());
        let runtime = env("XDG_RUNTIME_DIR").map(PathBuf::from);
        let dumb = text("TERM").is_some_and(|term| term == "dumb");
        let accessible = dumb || is_set(env("INWARD_ACCESSIBLE"), file.accessible);
        Ok(Config {
            clock,
            partner: file.partner.filter(|name| !name.trim().is_empty()),
            chapter: file.chapter.unwrap_or_default(),
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
            // A line that can't be read was most likely meant to turn it off.
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
            warnings,
            colour: env("NO_COLOR").is_none() && !accessible,
            accessible,
            vi_keys: file.keys.is_some_and(|keys| keys == "vi"),
            columns: text("COLUMNS").and_then(|c| c.parse().ok()).filter(|c| *c >= 20),
            paths,
        })
    }
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

/// The folder in which programs that follow XDG keep settings, on any platform.
fn config_home(env: Env) -> Option<PathBuf> {
    let home = || env("HOME").map(|home| Path::new(&home).join(".config"));
    env("XDG_CONFIG_HOME").map(PathBuf::from).or_else(home)
}

fn places(env: Env) -> Vec<(&'static str, PathBuf)> {
    let names = ["INWARD_HOME", "INWARD_JOURNAL"];
    names.into_iter().filter_map(|name| Some((name, absolute(env(name)?.into())))).collect()
}

/// The line of a byte in a text, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    let prefix = &text.as_bytes()[..byte.min(text.len())];
    1 + prefix.iter().filter(|b| **b == b'\n').count()
}
