//! The path by which this program is called, for what calls it again later.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Env, absolute};

/// The name in `PATH`, or the path that was typed: a link there stays one, so that what
/// an upgrade puts behind it is what runs. The file itself where neither is known.
pub fn called_path(env: Env) -> Option<PathBuf> {
    let real = std::env::current_exe().ok();
    let called = std::env::args_os().next().map(PathBuf::from)?;
    let candidate = match called.components().count() {
        1 => in_path(&called, env),
        _ => Some(absolute(called)),
    };
    // What is called by a name of its own choosing is found by its file alone.
    let same = |path: &PathBuf| path.canonicalize().ok() == real.as_deref().and_then(canonical);
    candidate.filter(same).or(real)
}

fn canonical(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

fn in_path(name: &Path, env: Env) -> Option<PathBuf> {
    let path = env("PATH")?;
    let files = std::env::split_paths(&path).map(|folder| folder.join(name));
    let runs = |file: &PathBuf| {
        file.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
    };
    files.filter(|file| file.is_absolute()).find(runs)
}
