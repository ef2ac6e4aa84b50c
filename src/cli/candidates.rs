//! The words of each kind that a shell can offer, each with its description. It never asks
//! for a passphrase, so words from a locked journal are not offered.

use std::collections::BTreeSet;

use chrono::Days;

use crate::app::{App, Candidates, routine_names};
use crate::command::{VERBS, Verb, topics};
use crate::config::plain_settings;
use crate::entry::Entry;
use crate::journal::StoredEntry;
use crate::practice::{Practices, Question};
use crate::query::Query;
use crate::render::day_words;

use super::complete::{answers, is_harmless};

/// A word, and what it is.
type Candidate = (String, String);

/// How far back entries are offered, in days, and at most how many.
const RECENT: (u64, usize) = (30, 30);

/// Every word of a kind; questions name the partner as the writer does. `typed` is the
/// beginning that is there already.
pub fn of(kind: Candidates, app: &App, practices: &Practices, typed: &str) -> Vec<Candidate> {
    match kind {
        Candidates::Practice => practice_words(practices),
        Candidates::Command => commands(practices),
        Candidates::Topic => topics().map(bare).chain(commands(practices)).collect(),
        Candidates::Routine => routine_names(app).into_iter().map(bare).collect(),
        Candidates::Pattern => {
            [practice_words(practices), questions(practices, typed), looks(practices)].concat()
        }
        Candidates::Day => days(app),
        Candidates::EntryId => ids(app),
        Candidates::Tag => tags(app),
        Candidates::Condition => conditions(practices, typed),
        Candidates::Recipient => recipients(app),
        Candidates::Setting => settings(app, practices),
    }
}

fn bare(word: impl Into<String>) -> Candidate {
    (word.into(), String::new())
}

fn practice_words(practices: &Practices) -> Vec<Candidate> {
    let of = |(name, about): (&str, Option<&str>)| Some((name.to_owned(), about?.to_owned()));
    practices.abouts().filter_map(of).collect()
}

fn commands(practices: &Practices) -> Vec<Candidate> {
    let verb = |verb: &Verb| (verb.name.to_owned(), verb.about());
    practice_words(practices).into_iter().chain(VERBS.iter().map(verb)).collect()
}

/// The questions whose id may begin so.
fn each_question<'p>(
    practices: &'p Practices,
    typed: &'p str,
) -> impl Iterator<Item = &'p Question> {
    practices.that_may_ask(&[typed]).into_iter().flat_map(|practice| practice.all_questions())
}

/// The names under which patterns are shown together, each once.
fn looks(practices: &Practices) -> Vec<Candidate> {
    let looks: BTreeSet<&str> = practices.valid().flat_map(|p| p.looks()).collect();
    looks.into_iter().map(bare).collect()
}

fn questions(practices: &Practices, typed: &str) -> Vec<Candidate> {
    each_question(practices, typed).map(|q| (q.id.clone(), q.general_ask())).collect()
}

/// Questions; after an equals sign, the question's possible answers.
fn conditions(practices: &Practices, typed: &str) -> Vec<Candidate> {
    let Some((id, _)) = typed.split_once('=') else {
        let questions = each_question(practices, typed).filter(|q| !answers(q).is_empty());
        return questions.map(|q| (format!("{}=", q.id), q.general_ask())).collect();
    };
    let of = each_question(practices, id).find(|q| q.id == id).map(answers).unwrap_or_default();
    of.into_iter().map(|(answer, label)| (format!("{id}={answer}"), label)).collect()
}

/// Settings; for a section, the names it can contain.
fn settings(app: &App, practices: &Practices) -> Vec<Candidate> {
    let cadences =
        practice_words(practices).into_iter().map(|(name, _)| bare(format!("cadence.{name}")));
    let routines = routine_names(app).into_iter().map(|name| bare(format!("routines.{name}")));
    let plain = plain_settings().map(|(name, wanted)| (name.to_owned(), wanted.to_owned()));
    plain.chain(cadences).chain(routines).collect()
}

/// The last week, by name.
fn days(app: &App) -> Vec<Candidate> {
    let today = app.clock().today();
    let name = |ago: u64| {
        let day = today.checked_sub_days(Days::new(ago))?;
        let name = match ago {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => day.format("%A").to_string().to_lowercase(),
        };
        Some((name, day.to_string()))
    };
    (0..7).filter_map(name).collect()
}

/// Recipients, by their names or the start of their keys.
fn recipients(app: &App) -> Vec<Candidate> {
    let rows = app.keys().list().map(|list| list.rows()).unwrap_or_default();
    let word = |row: crate::keys::RecipientRow| match row.name {
        Some(name) if is_harmless(&name) => (name, row.key),
        other => (row.key, other.unwrap_or_default()),
    };
    rows.into_iter().map(word).collect()
}

fn recent(app: &App) -> Query {
    let from = app.clock().today().checked_sub_days(Days::new(RECENT.0));
    Query { from, last: Some(RECENT.1), ..Query::everything() }
}

/// Recent entries, newest first, if the journal can be opened.
fn entries(app: &App) -> Option<Vec<Entry>> {
    let identity = app.keys().unlocked_identity()?;
    let recent = app.cached_journal().find(&recent(app), &identity, app.clock()).ok()?;
    Some(recent.entries.into_iter().map(|stored: StoredEntry| stored.entry).collect())
}

/// Ids, newest first: with their practice while the journal can be opened, otherwise with
/// the day in the file name.
fn ids(app: &App) -> Vec<Candidate> {
    if let Some(entries) = entries(app) {
        let about = |entry: &Entry| format!("{} {}", entry.practice, app.moment_words(entry.at));
        return entries.iter().map(|entry| (entry.id.to_string(), about(entry))).collect();
    }
    let mut groups = app.journal().scan().map(|scan| scan.groups).unwrap_or_default();
    groups.retain(|group| recent(app).from.is_none_or(|from| group.day() >= from));
    groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
    groups.truncate(RECENT.1);
    groups.iter().map(|group| (group.id.to_string(), day_words(group.day()))).collect()
}

/// Tags of recent entries; none while the journal is locked.
fn tags(app: &App) -> Vec<Candidate> {
    let of_entries = entries(app).unwrap_or_default().into_iter().flat_map(|e| e.tags);
    let mut tags: Vec<String> = of_entries.collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(bare).collect()
}
