//! What is wrong with the environment or the settings.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::{Path, PathBuf};

use crate::error::{Failure, did_you_mean, suggestion};

#[derive(Debug)]
pub enum ConfigError {
    NoHome,
    BadEnvironment {
        name: &'static str,
        given: String,
        expected: &'static str,
    },
    /// Times go by this zone instead.
    UnknownZone {
        given: String,
        here: String,
    },
    SeveralPassphraseSources {
        names: Vec<&'static str>,
    },
    UnknownSetting {
        given: String,
        near: Option<String>,
        known: Vec<String>,
    },
    BadValue {
        key: String,
        given: String,
        expected: &'static str,
    },
    HoursOutOfOrder {
        key: String,
        given: String,
    },
    /// `line` is where it stands in the file, if it does.
    BadRoutine {
        name: String,
        line: Option<usize>,
        given: String,
        known: Vec<String>,
    },
    /// The file itself isn't TOML, so that nothing can be set in it.
    BrokenLine {
        line: usize,
    },
    Setting {
        file: PathBuf,
        line: usize,
        fault: SettingFault,
    },
}

impl Failure for ConfigError {
    fn fact(&self) -> String {
        match self {
            ConfigError::NoHome => {
                "inward doesn't know where to keep your files: you have no home folder.".into()
            }
            ConfigError::BadEnvironment { name, given, .. } => {
                format!("{name} is “{given}”, which inward can't read as a time.")
            }
            ConfigError::UnknownZone { given, here } => {
                format!(
                    "TZ is “{given}”, a time zone this system doesn't know, so inward uses {here}."
                )
            }
            ConfigError::SeveralPassphraseSources { names } => {
                format!("Two settings say where to get the passphrase: {}.", names.join(" and "))
            }
            ConfigError::UnknownSetting { given, .. } => {
                format!("There's no setting “{given}”.")
            }
            ConfigError::BadValue { key, given, .. }
            | ConfigError::HoursOutOfOrder { key, given } => {
                format!("“{given}” isn't a valid value for the setting `{key}`.")
            }
            ConfigError::BadRoutine { name, line, given, .. } => {
                let place = line
                    .map_or_else(String::new, |line| format!(" in line {line} of the settings"));
                format!("The routine `{name}`{place} lists “{given}”, which isn't a practice.")
            }
            ConfigError::BrokenLine { line } => {
                format!("Line {line} of the settings isn't a setting, and hides those after it.")
            }
            ConfigError::Setting { file, line, fault } => fault.fact(file, *line),
        }
    }

    fn hint(&self) -> String {
        match self {
            ConfigError::UnknownSetting { near, known, .. } => {
                did_you_mean(near.as_deref(), &format!("The settings are {}.", known.join(", ")))
            }
            ConfigError::BadValue { given, expected, .. } => {
                let allowed = super::settings::as_argument(expected);
                let near = super::settings::nearest_value(given, expected);
                did_you_mean(near, &format!("Give {allowed}. The setting is unchanged."))
            }
            ConfigError::BadRoutine { given, known, line, .. } => {
                let fix = match line {
                    Some(_) => "Fix it with `inward config edit`.",
                    None => "The setting is unchanged.",
                };
                suggestion(given, known, &format!("{fix} The practices are {}.", known.join(", ")))
            }
            ConfigError::HoursOutOfOrder { .. } => {
                format!("{ORDER} The setting is unchanged.")
            }
            ConfigError::BrokenLine { .. } => {
                "Fix it with `inward config edit`. The setting is unchanged.".into()
            }
            ConfigError::Setting { fault, .. } => fault.hint(),
            ConfigError::NoHome => "Set INWARD_HOME to one of your folders.".into(),
            ConfigError::BadEnvironment { expected, .. } => {
                format!("Set it to {expected}, or unset it.")
            }
            ConfigError::UnknownZone { .. } => {
                "Set it to one such as Europe/Berlin, or unset it.".into()
            }
            ConfigError::SeveralPassphraseSources { .. } => {
                "Keep one of them, and unset the other.".into()
            }
        }
    }
}

/// One thing in the settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingFault {
    /// The whole file can't be read; `is_denied` by its permissions.
    Unreadable { why: String, is_denied: bool },
    /// A line that isn't a setting.
    NoSetting,
    /// A setting of a newer version, or a misspelt one.
    Unknown { key: String, near: Option<String> },
    /// `expected` is what would be valid.
    BadValue { key: String, expected: &'static str, near: Option<String> },
    /// The hours of a day aren't in order.
    HoursOutOfOrder,
    /// `[cadence]` names something that isn't a practice.
    NoSuchPractice { given: String, near: Option<String> },
}

/// The order of a day's hours.
const ORDER: &str =
    "`day-ends` must come before `morning-ends`, and `morning-ends` before `evening-begins`.";

impl SettingFault {
    /// Is it that something isn't a setting at all?
    pub(super) fn is_of_a_line(&self) -> bool {
        matches!(self, SettingFault::NoSetting | SettingFault::Unreadable { .. })
    }

    fn fact(&self, file: &Path, line: usize) -> String {
        let place = format!("{} line {line}", file.display());
        match self {
            SettingFault::Unreadable { why, .. } => {
                format!("inward can't read {} ({why}), so it's ignored.", file.display())
            }
            SettingFault::NoSetting => format!("{place} isn't a setting, so it's ignored."),
            SettingFault::Unknown { key, .. } => {
                format!("{place} sets “{key}”, which isn't a setting, so it's ignored.")
            }
            SettingFault::BadValue { key, .. } => {
                format!("inward can't read the setting `{key}` in {place}, so it's ignored.")
            }
            SettingFault::HoursOutOfOrder => {
                format!("The hours in {place} are out of order, so they're ignored.")
            }
            SettingFault::NoSuchPractice { given, .. } => format!(
                "[cadence] in {place} lists “{given}”, which isn't a practice, so it's ignored."
            ),
        }
    }

    fn hint(&self) -> String {
        let or = |near: &Option<String>, otherwise: &str| match near {
            Some(near) => did_you_mean(Some(near), ""),
            None => otherwise.to_owned(),
        };
        match self {
            SettingFault::Unreadable { is_denied: true, .. } => {
                "Check who owns it, and whether you may read it.".into()
            }
            SettingFault::Unreadable { is_denied: false, .. } => {
                "Replace it with a text file in UTF-8. `inward config` shows every setting.".into()
            }
            SettingFault::NoSetting => {
                "Write NAME = VALUE, with text in quotes. `inward config edit` opens the settings."
                    .into()
            }
            SettingFault::Unknown { near, .. } => or(near, "`inward config` shows every setting."),
            SettingFault::BadValue { expected, near, .. } => {
                let otherwise =
                    format!("Give it {expected}. `inward config edit` opens the settings.");
                did_you_mean(near.as_deref(), &otherwise)
            }
            SettingFault::HoursOutOfOrder => {
                format!("{ORDER} `inward config edit` opens the settings.")
            }
            SettingFault::NoSuchPractice { near, .. } => or(near, "`inward practices` lists them."),
        }
    }
}
