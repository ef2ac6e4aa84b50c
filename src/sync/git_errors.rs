//! Turns git's error messages into errors: is the network, the access or the repository
//! at fault? They are parsed in English (`LC_ALL=C`).

use std::path::PathBuf;
use std::process::Output;

use crate::error::{Error, Result};
use crate::sync::SyncError;

/// The result of a push.
#[derive(Debug, PartialEq, Eq)]
pub enum Push {
    Done,
    /// Another device was probably faster.
    Refused {
        why: String,
    },
}

type ErrorPattern = (&'static [&'static str], fn(String) -> Error);

/// Phrases in git's messages, and the errors they mean. The first match counts.
const PATTERNS: &[ErrorPattern] = &[
    (
        &[
            "Could not resolve",
            "Temporary failure in name resolution",
            "Network is unreachable",
            "Network is down",
            "No route to host",
            "Connection refused",
            "Connection timed out",
            "Connection reset",
            "Connection closed",
            "Operation timed out",
            "Failed to connect",
            "Couldn't connect",
            "Operation too slow",
            "early EOF",
        ],
        |why| SyncError::Offline { why }.into(),
    ),
    (
        &[
            "Permission denied (",
            "Authentication failed",
            "terminal prompts disabled",
            "could not read Username",
            "could not read Password",
            "Invalid username or",
            "Host key verification failed",
            "No such identity",
            "returned error: 401",
            "returned error: 403",
            "Access denied",
            "access denied",
            "not allowed to",
            "Too many authentication failures",
        ],
        |why| SyncError::NotLetIn { why }.into(),
    ),
    (
        &[
            "does not appear to be a git repository",
            // A file, which would name the repository.
            "invalid gitfile format",
            "too large to be a .git file",
            "Repository not found",
            "repository not found",
            "' not found",
            "returned error: 404",
            "No such file or directory",
        ],
        |why| SyncError::NoSuchRemote { why }.into(),
    ),
    (
        // A fetch says which at its end, a push doesn't.
        &["mismatched algorithms", "does not support this repository's hash algorithm"],
        |why| {
            let last = why.rsplit(' ').next().filter(|word| word.starts_with("sha"));
            SyncError::OtherFormat { remote: last.map(str::to_owned) }.into()
        },
    ),
];

/// Phrases of a push that was refused because another device was faster. After fetching
/// and merging it will succeed.
const RACED: &[&str] = &[
    "fetch first",
    "non-fast-forward",
    "stale info",
    "failed to update ref",
    "cannot lock ref",
    "failed to lock",
    "incorrect old value",
    "reference already exists",
];

/// The error of a command that talked to the remote.
pub fn remote_error(output: &Output) -> Error {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let error = PATTERNS
        .iter()
        .find_map(|(words, to_error)| Some(to_error(bare(line_with(&stderr, words)?))));
    error.unwrap_or_else(|| failure(output))
}

/// The error of a command that worked in the repository here alone.
pub fn failure(output: &Output) -> Error {
    let stderr = String::from_utf8_lossy(&output.stderr);
    if let Some(line) = line_with(&stderr, &["dubious ownership"]) {
        return SyncError::NotYours { why: bare(line) }.into();
    }
    if let Some(path) = lock_in_the_way(&stderr) {
        return SyncError::Locked { path }.into();
    }
    // Below what a hook of the user's said.
    let is_sum = |line: &str| line.starts_with("error: failed to push some refs");
    let mut lines = stderr.lines().filter(|line| !is_sum(line));
    let line = lines.clone().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    let line = line.or(lines.next()).map(bare).filter(|line| !line.is_empty());
    SyncError::Git { why: line.unwrap_or_else(|| output.status.to_string()) }.into()
}

/// The path of a lock that another git holds, or left when it was killed.
fn lock_in_the_way(stderr: &str) -> Option<PathBuf> {
    let (_, rest) = stderr.split_once("Unable to create '")?;
    let (path, _) = rest.split_once(".lock': File exists")?;
    Some(format!("{path}.lock").into())
}

/// The first line with one of these phrases.
fn line_with<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    text.lines().find(|line| words.iter().any(|word| line.contains(word)))
}

/// The result of a failed push with `--porcelain`, in which the line of a refused branch
/// begins with `!`.
pub fn refusal(output: &Output) -> Result<Push> {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let Some(line) = stdout.lines().find(|line| line.starts_with('!')) else {
        return Err(remote_error(output));
    };
    if RACED.iter().any(|words| line.contains(words)) {
        return Ok(Push::Refused { why: bare(line.rsplit('\t').next().unwrap_or_default()) });
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    if line_with(&stderr, &["refusing to update checked out branch"]).is_some() {
        return Err(SyncError::NotBare.into());
    }
    let mut remote_lines =
        stderr.lines().filter_map(|line| line.strip_prefix("remote:")).map(str::trim);
    let why = remote_lines.find(|line| !line.is_empty() && !is_progress(line));
    let why = why.or(line.rsplit('\t').next()).unwrap_or_default();
    Err(SyncError::PushRefused { why: bare(why) }.into())
}

fn is_progress(line: &str) -> bool {
    line.contains("% (") || line.trim_end_matches('.').ends_with(", done")
}

/// A message to quote in a sentence: without a prefix that names the speaker, without a
/// full stop, and without what precedes the host in a URL, which may be a secret.
pub fn bare(line: &str) -> String {
    let line = line.trim();
    let prefixes = ["fatal: ", "error: ", "remote: ", "ssh: ", "ERROR: "];
    let line = prefixes.iter().fold(line, |line, prefix| line.strip_prefix(prefix).unwrap_or(line));
    let mut parts = line.trim_end_matches(['.', ':']).split("://");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| "/'\"".contains(c) || c.is_whitespace());
        let (host, path) = part.split_at(end.unwrap_or(part.len()));
        result += &format!("://{}{path}", host.rsplit('@').next().unwrap_or(host));
    }
    result
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn output(stdout: &str, stderr: &str) -> Output {
        let status = std::process::ExitStatus::from_raw(128 << 8);
        Output { status, stdout: stdout.into(), stderr: stderr.into() }
    }

    #[test]
    fn the_way_the_door_and_the_house_are_told_apart() {
        let tell = |stderr| remote_error(&output("", stderr));
        let away = "ssh: Could not resolve hostname h: Name or service not known\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\n";
        assert!(matches!(tell(away).of(), Some(SyncError::Offline { .. })));
        let away = "fatal: unable to access 'https://h/x/': Could not resolve host: h\n";
        assert!(matches!(tell(away).of(), Some(SyncError::Offline { .. })));
        let shut = "git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\n";
        let error = tell(shut);
        let Some(SyncError::NotLetIn { why }) = error.of() else { panic!() };
        assert_eq!(why, "git@h: Permission denied (publickey)");
        let shut = "fatal: could not read Username for 'https://h': terminal prompts disabled\n";
        assert!(matches!(tell(shut).of(), Some(SyncError::NotLetIn { .. })));
        let none = "fatal: '/mnt/x' does not appear to be a git repository\nfatal: Could not read from remote repository.\n";
        assert!(matches!(tell(none).of(), Some(SyncError::NoSuchRemote { .. })));
        let file = "fatal: invalid gitfile format: /mnt/x\nfatal: Could not read from remote repository.\n";
        assert!(matches!(tell(file).of(), Some(SyncError::NoSuchRemote { .. })));
        assert!(
            matches!(tell("fatal: bad object\n").of(), Some(SyncError::Git { why }) if why == "bad object")
        );
    }

    #[test]
    fn what_failed_here_is_not_said_of_the_remote() {
        let full = "error: unable to create temporary file: No such file or directory\nfatal: failed to write object\n";
        assert!(matches!(failure(&output("", full)).of(), Some(SyncError::Git { .. })));
        let theirs = "fatal: detected dubious ownership in repository at '/x'\n";
        assert!(matches!(failure(&output("", theirs)).of(), Some(SyncError::NotYours { .. })));
        assert!(matches!(remote_error(&output("", theirs)).of(), Some(SyncError::NotYours { .. })));
    }

    #[test]
    fn what_a_hook_says_is_said_and_not_how_git_sums_it_up() {
        let said = "Run the tests first.\nerror: failed to push some refs to '/r'\n";
        let error = refusal(&output("To /r\n", said)).unwrap_err();
        assert_eq!(error.to_string(), "git failed (Run the tests first).");
        let alone = failure(&output("", "error: failed to push some refs to '/r'\n"));
        assert_eq!(alone.to_string(), "git failed (exit status: 128).");
    }

    #[test]
    fn the_object_format_of_the_remote_is_taken_from_what_a_fetch_says() {
        let format = |stderr| match remote_error(&output("", stderr)).of() {
            Some(SyncError::OtherFormat { remote }) => remote.clone(),
            other => panic!("{other:?}"),
        };
        let fetch = "fatal: mismatched algorithms: client sha1; server sha256\n";
        assert_eq!(format(fetch).as_deref(), Some("sha256"));
        let push = "fatal: the receiving end does not support this repository's hash algorithm\nfatal: the remote end hung up unexpectedly\n";
        assert_eq!(format(push), None);
    }

    #[test]
    fn a_lock_of_another_git_is_named() {
        let said = "fatal: Unable to create '/d/.git/index.lock': File exists.\n\nAnother git process seems to be running in this repository\n";
        let error = failure(&output("", said));
        let Some(SyncError::Locked { path }) = error.of() else { panic!("{error}") };
        assert_eq!(path.to_str(), Some("/d/.git/index.lock"));
    }

    #[test]
    fn no_secret_of_an_address_is_repeated() {
        let said =
            "fatal: unable to access 'https://ada:ghp_x@h/j.git/': Could not resolve host: h";
        assert_eq!(bare(said), "unable to access 'https://h/j.git/': Could not resolve host: h");
        assert_eq!(
            bare("git@h: Permission denied (publickey)."),
            "git@h: Permission denied (publickey)"
        );
    }

    #[test]
    fn a_repository_with_a_checked_out_branch_is_told_from_a_rule() {
        let refused = "To /r\n!\ta:b\t[remote rejected] (branch is currently checked out)\nDone\n";
        let said = "remote: error: refusing to update checked out branch: refs/heads/main\nremote: error: By default, updating the current branch in a non-bare repository is denied\n";
        let error = refusal(&output(refused, said)).unwrap_err();
        assert!(matches!(error.of(), Some(SyncError::NotBare)), "{error}");
    }

    #[test]
    fn a_push_that_came_second_is_told_from_one_that_is_not_wanted() {
        let second = "To /r\n!\trefs/heads/main:refs/heads/main\t[rejected] (fetch first)\nDone\n";
        let why = "[rejected] (fetch first)".to_owned();
        assert_eq!(refusal(&output(second, "")).unwrap(), Push::Refused { why });
        let hook = "To /r\n!\ta:b\t[remote rejected] (pre-receive hook declined)\nDone\n";
        let said = "remote: Counting objects: 50% (1/2)\rremote: Counting objects: 100% (2/2), done.        \nremote: This branch is closed.        \n";
        let error = refusal(&output(hook, said)).unwrap_err();
        assert!(
            matches!(error.of(), Some(SyncError::PushRefused { why }) if why == "This branch is closed")
        );
    }
}
