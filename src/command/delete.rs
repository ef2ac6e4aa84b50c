//! `delete`: shows what it will delete, asks, and leaves a sealed mark, so that entries stay
//! deleted even if a sync tool brings a copy back.

use clap::Args;
use serde_json::{Value as Json, json};

use crate::app::{ASK_DOCTOR, App, Candidates, JsonArg, VerbArgs, some_left_out};
use crate::entry::normalize_id;
use crate::error::{Exit, Result};
use crate::journal::StoredEntry;
use crate::practice::Fear;
use crate::prompt::{AskError, yes};
use crate::render::{EntryLinks, EntryPage, EntrySurroundings, document};

/// Delete entries, after showing them
///
/// Deletes only the entries you name, and leaves an encrypted mark in their place, so they stay
/// deleted even if a sync tool brings a file back. The mark's file has the entry's day in its
/// name. There's no undo. inward can't delete from your
/// backups and other copies.
#[derive(Args)]
pub struct DeleteArgs {
    /// The entry's id, or the start of it
    #[arg(value_name = "ID", required = true, add = Candidates::EntryId)]
    ids: Vec<String>,
    /// Don't ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for DeleteArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let mut deleted = Vec::new();
        let exit = delete(app, &self.ids, self.yes, &mut deleted);
        // Name what is deleted, even if another one failed.
        let is_unmatched = exit.as_ref().is_err_and(|e| e.exit() == Exit::NothingMatched);
        if self.output.json && (exit.is_ok() || is_unmatched || !deleted.is_empty()) {
            let text = document(json!({ "deleted": deleted }));
            app.terminal.print_outcome(&text, !deleted.is_empty())?;
        }
        exit
    }
}

fn delete(app: &App, ids: &[String], sure: bool, deleted: &mut Vec<Json>) -> Result<Exit> {
    if !sure && !app.terminal.can_ask() {
        app.refuse_bad_ids(ids)?;
        let instead = "Add --yes to delete without being asked.".to_owned();
        return Err(AskError::NeedsTerminal { doing: "ask whether to delete", instead }.into());
    }
    app.recipients()?;
    let identity = app.unlock()?;
    let journal = app.cached_journal();
    let mut results = app.resolve(ids, &identity)?;
    let mut seen = std::collections::HashSet::new();
    results.entries.retain(|stored| seen.insert(stored.entry.id.clone()));
    if !sure && !results.entries.is_empty() {
        let screen = app.terminal.screen()?;
        let page = &screen.page();
        let entry_page = EntryPage {
            clock: app.clock(),
            practices: &app.practices,
            form: app.form(Fear::None),
            page,
        };
        let around = EntrySurroundings {
            links: &EntryLinks::default(),
            missing: &app.missing_files(&results.entries),
        };
        let each = results.entries.iter().map(|stored| entry_page.show(stored, around));
        screen.show(&each.collect::<Vec<_>>().join("\n"));
        screen.line("");
        let question = match results.entries.len() {
            1 => "Delete this entry? There's no undo.".to_owned(),
            n => format!("Delete these {n} entries? There's no undo."),
        };
        if !yes(&question, &screen)? {
            drop(screen);
            app.terminal.say("Nothing was deleted.");
            return Ok(Exit::Done);
        }
    }
    for stored in &results.entries {
        let written = app.clock().tick().written;
        let mark = stored.entry.clone().deletion(stored.revisions.clone(), written)?;
        app.supersede(&journal, stored, mark, &[], &identity)?;
        let entry = &stored.entry;
        app.move_kept_stamp(entry, None, &identity);
        deleted.push(json!({ "id": entry.id, "practice": entry.practice, "at": entry.at }));
        app.terminal.say(&format!("Deleted: {}, {}.", app.moment_words(entry.at), entry.id));
    }
    let exit = app.finish(&results.damaged, Exit::Done);
    let words = not_deleted(ids, &results.entries);
    if let Some(words) = words.filter(|_| some_left_out(&results.damaged)) {
        app.terminal.say_record_always(&format!("{words} {ASK_DOCTOR}"));
    }
    Ok(exit)
}

/// What to say where ids were given whose entries can't be read.
fn not_deleted(ids: &[String], deleted: &[StoredEntry]) -> Option<&'static str> {
    let is_deleted = |id: &String| {
        let prefix = normalize_id(id);
        deleted.iter().any(|stored| stored.entry.id.as_str().starts_with(&prefix))
    };
    match deleted {
        [] => Some("Nothing was deleted."),
        _ if ids.iter().all(is_deleted) => None,
        _ => Some("Nothing else was deleted."),
    }
}
