//! The note that is taken at the seam is what the process really does: its system calls
//! come to the same steps, and it writes nowhere else below its home.
//!
//! What the program writes elsewhere has no such note: files of the user's own choosing
//! (`export -o`, `key backup`), the units of `remind`, an editor's file; and below the
//! home `config edit` and its like, the lock of `sync`, and the repository that git keeps
//! for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::paths::{CrashPath, PATHS};
use super::stage::Stage;
use crate::harness::BINARY;
use crate::harness::recorded::Step;

/// Every call by which files and names are changed or made sure of.
const CALLS: &str = "trace=?open,?openat,?openat2,?creat,?write,?writev,?pwrite64,?pwritev,\
    ?pwritev2,?ftruncate,?truncate,?fallocate,?copy_file_range,?sendfile,?splice,?fsync,\
    ?fdatasync,?sync,?syncfs,?link,?linkat,?symlink,?symlinkat,?rename,?renameat,?renameat2,\
    ?unlink,?unlinkat,?rmdir,?mkdir,?mkdirat,?mknod,?mknodat,?chmod,?fchmod,?fchmodat,?utimensat";

/// Where several threads keep entries, and so in no order of their own.
const SEVERAL_AT_ONCE: &[&str] = &["import"];

/// A step without what differs from run to run: dice in names, and how bytes are parted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape(&'static str, PathBuf);

/// `2026-11-23-k3v9q2m8ab.x7f2qd.age` is `2026-11-23-*.age`.
fn without_dice(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match name.strip_suffix(".age").and_then(|name| name.get(..10)) {
        Some(day) => path.with_file_name(format!("{day}-*.age")),
        None => path.to_owned(),
    }
}

/// What was noted, a file's writing as one.
fn noted(steps: &[Step]) -> Vec<Shape> {
    let mut folders = Vec::new();
    let mut shapes = Vec::new();
    for step in steps {
        let (kind, path) = match step {
            Step::Make(path) => ("make", path),
            Step::Create { folder, .. } => {
                folders.push(folder);
                ("create", folder)
            }
            Step::Write { file, .. } => ("write", folders[*file]),
            Step::SyncFile(file) => ("sync file", folders[*file]),
            Step::Publish { path, .. } => ("publish", path),
            Step::Replace { path, .. } => ("replace", path),
            Step::Remove(path) => ("remove", path),
            Step::RemoveFolder(path) => ("remove folder", path),
            Step::SyncFolder(path) => ("sync", path),
            Step::Done => continue,
        };
        shapes.push(Shape(kind, without_dice(path)));
    }
    shapes.dedup();
    shapes
}

/// The same of a line of strace that is about something below this home; nothing, where
/// it only reads. What is none of the steps is named by the call.
fn called(line: &str, home: &Path) -> Option<Shape> {
    let (call, arguments) = line.split_once('(')?;
    let call = call.rsplit(' ').next()?;
    if arguments.contains(") = -1 ") || !arguments.contains(home.to_str()?) {
        return None;
    }
    // A descriptor's path stands in angle brackets, a name in quotes.
    let described = |n: usize| Some(Path::new(arguments.split('<').nth(n)?.split('>').next()?));
    let quoted = |n: usize| arguments.split('"').nth(2 * n + 1).map(Path::new);
    // To hold a file, it is opened for writing.
    let reads = !["O_CREAT", "O_TRUNC"].iter().any(|flag| arguments.contains(flag));
    let is_unnamed = |path: &Path| path.to_str().is_some_and(|path| path.contains("/#"));
    let (kind, path): (_, PathBuf) = match call {
        "openat" if arguments.contains("O_TMPFILE") => ("create", described(1)?.into()),
        "open" | "openat" | "openat2" if reads => return None,
        "write" if is_unnamed(described(1)?) => ("write", described(1)?.parent()?.into()),
        "fsync" if is_unnamed(described(1)?) => ("sync file", described(1)?.parent()?.into()),
        "fsync" => ("sync", described(1)?.into()),
        // Its own name for a moment: the first half of a replacing.
        "linkat" if quoted(1)?.to_str()?.starts_with(".replacing-") => return None,
        "linkat" => ("publish", described(2)?.join(quoted(1)?)),
        "rename" | "renameat" | "renameat2" => ("replace", quoted(1)?.into()),
        "unlinkat" if arguments.contains("AT_REMOVEDIR") => {
            ("remove folder", described(1)?.join(quoted(0)?))
        }
        "unlinkat" => ("remove", described(1)?.join(quoted(0)?)),
        "mkdirat" => ("make", described(1)?.join(quoted(0)?)),
        // Somewhere around the seam.
        _ => return Some(Shape("written around the seam", line.into())),
    };
    Some(Shape(kind, without_dice(path.strip_prefix(home).ok()?)))
}

/// What the real program does, seen by the kernel.
fn traced(stage: &Stage, arguments: &str) -> Vec<Shape> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-qq", "-s", "256", "-e", CALLS, "-o"]).arg(log.path()).arg(BINARY);
    strace.args(stage.words(arguments)).env_clear().stdin(Stdio::null());
    strace.envs(stage.env()).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = strace.output().unwrap();
    assert!(output.status.success(), "{arguments}: {output:?}");
    let calls = std::fs::read_to_string(log.path()).unwrap();
    let mut shapes: Vec<Shape> =
        calls.lines().filter_map(|line| called(line, &stage.home())).collect();
    shapes.dedup();
    shapes
}

impl CrashPath {
    fn is_noted_whole(&self) -> usize {
        let stage = self.begin();
        let mut calls = Vec::new();
        for arguments in self.verbs() {
            calls.extend(traced(&stage, &arguments));
        }
        let mut noted = noted(&self.record(None).steps);
        if SEVERAL_AT_ONCE.contains(&self.name) {
            for shapes in [&mut noted, &mut calls] {
                shapes.sort();
                shapes.dedup();
            }
        }
        let first = noted.iter().zip(&calls).find(|(noted, called)| noted != called);
        assert_eq!(first, None, "{}", self.name);
        assert_eq!(noted.len(), calls.len(), "{}", self.name);
        calls.len()
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn what_is_noted_at_the_seam_is_what_the_kernel_sees() {
    // A draft is saved by its prompt alone.
    let paths = PATHS.iter().filter(|path| !path.has_drafts());
    let steps: usize = paths.map(CrashPath::is_noted_whole).sum();
    println!("{steps} steps");
    assert!(steps > 400, "{steps}");
}
