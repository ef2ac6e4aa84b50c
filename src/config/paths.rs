//! Where a journal, its settings and what this device remembers are.

use std::path::{Path, PathBuf};

use crate::error::Result;

use super::{ConfigError, Env};

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

pub(super) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
