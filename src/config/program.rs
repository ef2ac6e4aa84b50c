//! The path of this program, for what will call it again later.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::absolute;

/// The path found in `folders`, as `PATH` lists them, or the one typed. Links aren't resolved, so that an upgrade
/// behind a link takes effect. If neither is known, the file itself.
pub fn called_path(folders: Option<&OsStr>) -> Option<PathBuf> {
    let real = std::env::current_exe().ok();
    let called = std::env::args_os().next().map(PathBuf::from)?;
    let candidate = match called.components().count() {
        1 => in_path(&called, folders),
        _ => Some(absolute(called)),
    };
    // If the caller made up the name, use the file itself.
    let is_this_program =
        |path: &PathBuf| path.canonicalize().ok() == real.as_deref().and_then(canonical);
    candidate.filter(is_this_program).or(real)
}

fn canonical(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

fn in_path(name: &Path, folders: Option<&OsStr>) -> Option<PathBuf> {
    let files = std::env::split_paths(folders?).map(|folder| folder.join(name));
    let is_executable = |file: &PathBuf| {
        file.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
    };
    files.filter(|file| file.is_absolute()).find(is_executable)
}
