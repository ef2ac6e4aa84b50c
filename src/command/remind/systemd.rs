//! The units in the user's folder, and the systemd that runs them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::disk::{self, DiskError};
use crate::error::{Error, Result, plain};

use super::errors::ReminderError;
use super::units::is_own_unit;
use super::{SERVICE, TIMER};

/// The texts of the service and the timer, of those that are there.
///
/// # Errors
/// `OtherUnit`, as neither may replace or delete what someone else wrote.
pub fn own_units(folder: &Path) -> Result<[Option<String>; 2]> {
    Ok([own_unit(folder.join(SERVICE))?, own_unit(folder.join(TIMER))?])
}

fn own_unit(path: PathBuf) -> Result<Option<String>> {
    match std::fs::read(&path).map(String::from_utf8) {
        Ok(Ok(text)) if is_own_unit(&text) => Ok(Some(text)),
        Ok(_) => Err(ReminderError::OtherUnit { path }.into()),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(DiskError::io("read", &path)(e)),
    }
}

/// Writes a unit, or removes it.
pub fn put(folder: &Path, name: &str, text: Option<&[u8]>) -> Result<()> {
    let file = folder.join(name);
    match text {
        Some(text) => disk::write(&file, text, true),
        None if file.exists() => {
            std::fs::remove_file(&file).map_err(DiskError::io("remove", &file))
        }
        None => Ok(()),
    }
}

/// A running timer takes its new times only when it is restarted.
pub fn start() -> Result<()> {
    systemctl(&["daemon-reload"])?;
    systemctl(&["enable", TIMER])?;
    systemctl(&["restart", TIMER])
}

pub fn systemctl(arguments: &[&str]) -> Result<()> {
    let output = run_systemctl(arguments)?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(no_timer(stderr.lines().next().unwrap_or("it gave no reason")))
}

/// The output of systemctl; an error if the user has no systemd running.
pub fn run_systemctl(arguments: &[&str]) -> Result<Output> {
    let mut command = Command::new("systemctl");
    command.arg("--user").args(arguments).stdin(Stdio::null());
    let output = command.output().map_err(|e| no_timer(&plain(&e)))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    match stderr.lines().find(|line| line.contains("connect to")) {
        Some(line) => Err(no_timer(line)),
        None => Ok(output),
    }
}

fn no_timer(why: &str) -> Error {
    ReminderError::NoTimer { why: why.trim_end_matches('.').to_owned() }.into()
}
