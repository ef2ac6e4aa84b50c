//! Changing a setting in the file of settings.

use std::io::ErrorKind;
use std::path::Path;

use crate::config::{COMMENTED, Config, ConfigError, SettingFault, process_env, set_setting};
use crate::disk::{self, DiskError};
use crate::entry::{Entry, Value};
use crate::error::{Error, Result};

use super::App;
use super::routines::bad_routine;
use super::session::Session;

impl App {
    /// The settings as they are; nothing where there are none yet.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn settings_text(&self) -> Result<Option<String>> {
        let file: &Path = &self.config.paths.file();
        match disk::read_user_text(file) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(DiskError::io("read", file)),
        }
    }

    /// Writes a setting into the file, and deletes what this device remembers if it now
    /// may remember nothing.
    ///
    /// # Errors
    /// `UnknownSetting`, `BadValue`, `HoursOutOfOrder`, a practice that isn't one, or that the
    /// file cannot be read or written.
    pub fn set(&self, key: &str, value: &str) -> Result<()> {
        let text = self.settings_text()?.unwrap_or_else(|| COMMENTED.to_owned());
        let changed = set_setting(&text, key, value)?;
        self.refuse_unusable(key, value, &changed)?;
        disk::make_folder(&self.config.paths.config)?;
        disk::write(&self.config.paths.file(), changed.as_bytes(), true)?;
        self.follow_settings()
    }

    /// Refuses a setting that would be read and then ignored: of a practice that there isn't,
    /// or a cadence that is none.
    fn refuse_unusable(&self, key: &str, given: &str, text: &str) -> Result<()> {
        let Some((_, name)) = key.split_once('.') else { return Ok(()) };
        let config = Config::with_text(self.config.paths.clone(), &process_env, text)?;
        let (_, faults) = self.practices.clone().at_cadence(&config.cadence);
        if let Some((_, fault)) = faults.into_iter().find(|(setting, _)| setting == key) {
            return Err(match fault {
                SettingFault::BadValue { key, expected, .. } => {
                    ConfigError::BadValue { key, given: given.to_owned(), expected }.into()
                }
                SettingFault::NoSuchPractice { .. }
                | SettingFault::Unreadable { .. }
                | SettingFault::NoSetting
                | SettingFault::Unknown { .. }
                | SettingFault::HoursOutOfOrder => self.unknown_practice(name),
            });
        }
        let routines = config.routines.get_key_value(name).filter(|_| key.starts_with("routines"));
        let unknown =
            routines.and_then(|(name, steps)| self.routine_faults(name, None, steps).next());
        unknown.map_or(Ok(()), Err)
    }

    /// What a routine lists that can't be asked; `line` is where it stands in the file.
    pub fn routine_faults(
        &self,
        name: &str,
        line: Option<usize>,
        steps: &[String],
    ) -> impl Iterator<Item = Error> {
        steps.iter().filter_map(move |step| match self.practices.get(step) {
            None => Some(bad_routine(self, name, line, step)),
            Some(_) => self.practice(step).err(),
        })
    }

    /// Deletes what this device remembers if the settings now in the file say so: someone
    /// who turns that off expects it gone, and no further command may follow.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn follow_settings(&self) -> Result<()> {
        let config = Config::load(self.config.paths.clone(), &process_env)?;
        if !config.remember {
            self.forget_state();
        }
        Ok(())
    }
}

impl Session<'_> {
    /// Sets what an answer asks to be set, now that it is kept; what is said of it. An
    /// option that is no value of the setting leaves it as it is.
    pub(super) fn keep_setting(&self, entry: &Entry) -> Option<String> {
        let settings = self.base.questions.iter().filter_map(|question| {
            let Value::Text(id) = &entry.answer(&question.id)?.value else { return None };
            Some((question.sets.as_deref()?, id.as_str()))
        });
        let mut is_set = false;
        for (key, value) in settings {
            match self.app.set(key, value) {
                Ok(()) => is_set = true,
                Err(error) if matches!(error.of(), Some(ConfigError::BadValue { .. })) => {}
                Err(error) => self.app.terminal.warn(&error),
            }
        }
        is_set.then(|| format!("Done. `inward {}` can change it back.", self.base.name))
    }
}
