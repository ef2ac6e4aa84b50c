//! `sync`: the journal on several devices, by the user's own git.

use clap::{Args, Subcommand, ValueHint};
use serde_json::json;

use crate::app::{App, JsonArg, VerbArgs};
use crate::error::{Exit, Result};
use crate::journal::Damaged;
use crate::prompt::Terminal;
use crate::render::{clean_line, document};
use crate::sync::{self, GitEnv, Sync, SyncReport};

/// So many lines are said of what others put in the repository.
const MOST_LINES: usize = 20;

/// Sync the journal between devices, with git
///
/// Fetches, merges and pushes by your own git, to the remote you gave `sync init`. Needs
/// no passphrase, and never forces anything. `inward help sync` has the rest.
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

/// Syncs; before it, where that is asked for, begins to sync with a remote.
fn sync(app: &App, begin: Option<Option<&str>>, json: bool) -> Result<Exit> {
    let journal = app.cached_journal();
    let terminal = &app.terminal;
    let identity = app.keys().unlocked_identity();
    let audience = app.keys().audience().ok();
    let sync = Sync {
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
        match (sync.begin(remote)?, remote) {
            (Some(top), _) => terminal.say(&format!(
                "From now on, this journal is committed to the repository in {}.",
                top.display()
            )),
            (None, remote) => terminal.say(&format!(
                "From now on, this journal is synced with {}.",
                remote.unwrap_or_default()
            )),
        }
    }
    let report = sync.sync()?;
    if json {
        let each = |of: &[Damaged]| -> Vec<_> {
            of.iter()
                .map(|d| json!({ "file": d.path.to_string_lossy(), "why": d.why.sentence() }))
                .collect()
        };
        // Others may have put any bytes there.
        let displaced: Vec<_> =
            report.displaced.iter().map(|path| path.to_string_lossy()).collect();
        let fields = json!({
            "came": report.came, "went": report.went,
            "left_out": each(&report.left_out), "passed_over": each(&report.passed_over),
            "sealed_to_others": report.mismatches.values().sum::<usize>(),
            "displaced": displaced, "undeleted": report.undeleted,
        });
        terminal.print(&document(json!({ "synced": fields })))?;
    } else {
        terminal.say(&summarize(&report));
    }
    if report.came > 0 && !app.keys().exist() {
        terminal.say("No key on this device opens them yet. `inward help sync` says how a second device gets one.");
    }
    tell_rest(terminal, &report);
    Ok(app.finish(&report.left_out, Exit::Done))
}

/// What others did to the journal that somebody should know of.
fn tell_rest(terminal: &Terminal, report: &SyncReport) {
    for (mismatch, count) in &report.mismatches {
        terminal.say(&format!("{}.", mismatch.sentence(*count)));
    }
    let mut lines: Vec<String> = Vec::new();
    for id in &report.undeleted {
        lines.push(format!("{id} was deleted on one device and edited on another, so it's kept. `inward delete {id}` removes it."));
    }
    for path in &report.displaced {
        let path = clean_line(&path.display().to_string());
        lines.push(format!("{path} in the repository was in the way of entries, and was removed there. git's history still has it."));
    }
    for Damaged { path, why } in &report.passed_over {
        let (path, why) = (path.display(), why.sentence());
        lines.push(format!("Skipped in the repository: {path}, named like an entry: {why}. It stays there until somebody removes it with git."));
    }
    // Others may have put any number there.
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(format!("And {more} more like these: `inward sync --json` lists all of them."));
    }
    lines.iter().for_each(|line| terminal.say(line));
}

/// In files: an edit is one that comes and one that goes.
fn summarize(report: &SyncReport) -> String {
    let files =
        |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    match (report.came, report.went) {
        (0, 0) => "Synced. Nothing new on either side.".to_owned(),
        (came, 0) => format!("Synced: {} came.", files(came)),
        (0, went) => format!("Synced: {} went.", files(went)),
        (came, went) => format!("Synced: {} came, {went} went.", files(came)),
    }
}
