//! `sync`: the journal on several devices, by the user's own git.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use serde_json::json;

use crate::app::{App, JsonArg, VerbArgs};
use crate::entry::EntryId;
use crate::error::{Exit, Result};
use crate::journal::Damaged;
use crate::keys::IDENTITIES;
use crate::prompt::Terminal;
use crate::render::{clean_line, document};
use crate::seal::Damage;
use crate::sync::{self, GitEnv, Sync, SyncError, SyncReport};
use crate::words::count_of;

/// The most lines about what others put in the repository.
const MOST_LINES: usize = 20;

/// Sync the journal between devices, with git
///
/// Fetches, merges and pushes with your own git, to the remote you gave `sync init`. Needs
/// no passphrase, and never forces anything. `inward help sync` explains the rest.
#[derive(Args)]
pub struct SyncArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(subcommand)]
    action: Option<SyncAction>,
}

#[derive(Subcommand)]
enum SyncAction {
    /// Set up syncing, once on each device
    Init {
        /// The address of a git repository; without it, the one that contains the journal
        #[arg(value_name = "REMOTE", value_hint = ValueHint::DirPath)]
        remote: Option<String>,
        #[command(flatten)]
        output: JsonArg,
    },
}

impl VerbArgs for SyncArgs {
    fn run(self, app: &App) -> Result<Exit> {
        match self.action {
            Some(SyncAction::Init { remote, output }) => {
                sync(app, Some(remote.as_deref()), output.json)
            }
            None => sync(app, None, self.output.json),
        }
    }
}

/// Syncs, after setting up a remote if that was asked for.
fn sync(app: &App, begin: Option<Option<&str>>, json: bool) -> Result<Exit> {
    let journal = app.cached_journal();
    let terminal = &app.terminal;
    let identity = app.keys().unlocked_identity();
    let audience = app.keys().audience().ok();
    let paths = &app.config.paths;
    // The key as it was before it had its passphrase, too.
    let identities = IDENTITIES.iter().map(|name| paths.config.join(name));
    let others = [app.keys().identity_file(), paths.state.clone()];
    let private: Vec<PathBuf> = identities.chain(others).collect();
    let sync = Sync {
        private: &private,
        journal: &journal,
        state: &app.config.paths.state,
        env: GitEnv {
            may_ask: terminal.can_ask(),
            own_ssh: app.config.own_ssh || sync::has_own_ssh(),
        },
        day: app.clock().today(),
        identity: identity.as_ref(),
        audience: audience.as_ref(),
    };
    if let Some(remote) = begin {
        begin_with(&sync, remote, terminal)?;
    }
    // What is received would lie below a disk that isn't mounted. A folder that is gone comes back.
    if app.journal().exists()? {
        app.refuse_emptied_journal()?;
    }
    let report = sync.sync().map_err(|error| match error.of() {
        Some(SyncError::NotSynced { .. }) => app.refuse_no_journal().err().unwrap_or(error),
        _ => error,
    })?;
    if json {
        terminal.print_change(&report_json(&report))?;
    } else {
        terminal.say(&summarize(&report));
    }
    if report.came > 0 && !app.is_set_up()? {
        terminal.say(
            "This device has no key to open them yet. `inward help sync` says how to give it one.",
        );
    }
    tell_rest(terminal, &report);
    Ok(app.finish(&report.left_out, Exit::Done))
}

/// Sets up the remote, or without one the repository that contains the journal.
fn begin_with(sync: &Sync, remote: Option<&str>, terminal: &Terminal) -> Result<()> {
    let start = sync.begin(remote)?;
    if let Some(folder) = start.made_folder {
        terminal.say(&format!("Made an empty git repository in {}.", folder.display()));
    }
    let place = match start.top {
        Some(top) => format!(
            "committed to the repository in {}, and pushed with whatever else is committed there",
            top.display()
        ),
        None => format!("synced with {}", remote.unwrap_or_default()),
    };
    terminal.say(&format!("From now on, this journal is {place}."));
    Ok(())
}

fn report_json(report: &SyncReport) -> String {
    let each = |damaged: &[Damaged]| -> Vec<_> {
        let file =
            |it: &Damaged| json!({ "file": it.path.to_string_lossy(), "why": it.why.sentence() });
        damaged.iter().map(file).collect()
    };
    // Others may have used any bytes in names.
    let displaced: Vec<_> = report.displaced.iter().map(|path| path.to_string_lossy()).collect();
    document(json!({ "synced": {
        "came": report.came, "went": report.went,
        "left_out": each(&report.left_out), "passed_over": each(&report.passed_over),
        "sealed_to_others": report.mismatches.values().sum::<usize>(),
        "displaced": displaced, "undeleted": report.undeleted.keys().collect::<Vec<_>>(),
        "removed": report.removed,
    } }))
}

/// Tells what others did to the repository and the user should know.
fn tell_rest(terminal: &Terminal, report: &SyncReport) {
    for (mismatch, count) in &report.mismatches {
        terminal.say(&format!("{}.", mismatch.sentence(*count)));
    }
    let mut lines: Vec<String> = Vec::new();
    lines.extend(report.undeleted.iter().map(undeleted_line));
    for path in &report.displaced {
        let path = clean_line(&path.display().to_string());
        lines.push(format!("{path} in the repository was in the way of your entries, so inward removed it there. git's history still has it."));
    }
    lines.extend(report.passed_over.iter().map(passed_over_line));
    // Others may have put any number of files there.
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(format!("And {more} more. `inward sync --json` lists them all."));
    }
    lines.iter().for_each(|line| terminal.say(line));
}

/// An entry that was moved must not seem to be there once only: one of the two has the edit.
fn undeleted_line((id, now): (&EntryId, &Option<EntryId>)) -> String {
    match now {
        None => format!(
            "{id} was deleted on one device and edited on another, so it's kept. `inward delete {id}` removes it."
        ),
        Some(now) => format!(
            "{id} was moved to another month on one device, where it's {now}, and edited on another, so both are kept. `inward show {id} {now}` shows them. Change the one you want to keep with `inward edit`, then delete the other with `inward delete`."
        ),
    }
}

fn passed_over_line(Damaged { path, why }: &Damaged) -> String {
    let (path, says) = (clean_line(&path.display().to_string()), why.sentence());
    if let Damage::WrongFolder { .. } = why {
        return format!("Not fetched: {path} in the repository: {says} there, with git.");
    }
    let what = if matches!(why, Damage::NotAFile | Damage::NotAFolder) {
        format!("in the repository: {says}")
    } else {
        format!("in the repository. It has the name of an entry, but {says}")
    };
    format!("Not fetched: {path} {what}. Remove it there with git.")
}

/// Counts files: an edit is one file received and one sent.
fn summarize(report: &SyncReport) -> String {
    let files = |count| count_of(count, "file", "files");
    match (report.came, report.went) {
        (0, 0) if report.removed > 0 => format!(
            "Synced. Nothing new on either side; {} removed here.",
            count_of(report.removed, "replaced file", "replaced files")
        ),
        (0, 0) => "Synced. Nothing new on either side.".to_owned(),
        (came, 0) => format!("Synced: {} received.", files(came)),
        (0, went) => format!("Synced: {} sent.", files(went)),
        (came, went) => format!("Synced: {} received, {went} sent.", files(came)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_moved_entry_nothing_says_to_delete_the_one_with_the_edit() {
        let [id, now]: [EntryId; 2] = ["aaaaaaaaaa", "bbbbbbbbbb"].map(|id| id.parse().unwrap());
        let deleted = undeleted_line((&id, &None));
        assert!(deleted.contains("`inward delete aaaaaaaaaa`"), "{deleted}");
        let moved = undeleted_line((&id, &Some(now)));
        assert!(moved.contains("`inward show aaaaaaaaaa bbbbbbbbbb`"), "{moved}");
        assert!(!moved.contains("inward delete aaaaaaaaaa"), "{moved}");
    }

    #[test]
    fn a_sync_that_only_removed_replaced_files_says_so() {
        let report = SyncReport { removed: 2, ..SyncReport::default() };
        let words = "Synced. Nothing new on either side; 2 replaced files removed here.";
        assert_eq!(summarize(&report), words);
    }
}
