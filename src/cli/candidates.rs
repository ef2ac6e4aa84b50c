//! The words of each kind that a shell can offer, with what each is. Nobody is
//! asked for a passphrase: what is locked is not offered.

use chrono::Days;
use clap::Command;

use crate::command::{Candidates, Context, VERBS, Verb, routine_names, topics};
use crate::entry::Entry;
use crate::journal::StoredEntry;
use crate::practice::{Practice, Question};
use crate::query::Query;
use crate::render::day_words;

use super::complete::{answers, is_harmless};

/// A word, and what it is.
type Candidate = (String, String);

/// How far back what was kept is offered, in days and in entries.
const RECENT: (u64, usize) = (30, 30);

/// Every word of a kind. `typed` is what there is of it already.
pub fn of(kind: Candidates, context: &Context, typed: &str) -> Vec<Candidate> {
    match kind {
        Candidates::Practice => practices(context),
        Candidates::Command => commands(context),
        Candidates::Topic => topics().map(bare).chain(commands(context)).collect(),
        Candidates::Routine => routine_names(context).into_iter().map(bare).collect(),
        Candidates::Pattern => practices(context).into_iter().chain(questions(context)).collect(),
        Candidates::Day => days(context),
        Candidates::EntryId => ids(context),
        Candidates::Tag => tags(context),
        Candidates::Condition => conditions(context, typed),
        Candidates::Recipient => recipients(context),
    }
}

fn bare(word: impl Into<String>) -> Candidate {
    (word.into(), String::new())
}

fn practices(context: &Context) -> Vec<Candidate> {
    let about = |p: &Practice| (p.name.clone(), p.about.clone());
    context.practices.valid().map(about).collect()
}

fn commands(context: &Context) -> Vec<Candidate> {
    let verb = |verb: &Verb| {
        let command = (verb.arguments)(Command::new(verb.name));
        (verb.name.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default())
    };
    practices(context).into_iter().chain(VERBS.iter().map(verb)).collect()
}

fn each_question(context: &Context) -> impl Iterator<Item = &Question> {
    context.practices.valid().flat_map(|practice| practice.all_questions())
}

fn questions(context: &Context) -> Vec<Candidate> {
    each_question(context).map(|q| (q.id.clone(), q.ask.clone())).collect()
}

/// A question; and after its equals sign, what it can be answered with.
fn conditions(context: &Context, typed: &str) -> Vec<Candidate> {
    let Some((id, _)) = typed.split_once('=') else {
        let listed = each_question(context).filter(|q| !answers(q).is_empty());
        return listed.map(|q| (format!("{}=", q.id), q.ask.clone())).collect();
    };
    let of = each_question(context).find(|q| q.id == id).map(answers).unwrap_or_default();
    of.into_iter().map(|(answer, label)| (format!("{id}={answer}"), label)).collect()
}

/// The last week, by name.
fn days(context: &Context) -> Vec<Candidate> {
    let today = context.clock().today();
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

/// Of whose entries: by their names, or as they begin.
fn recipients(context: &Context) -> Vec<Candidate> {
    let rows = context.keys().list().map(|list| list.rows()).unwrap_or_default();
    let word = |row: crate::keys::RecipientRow| match row.name {
        Some(name) if is_harmless(&name) => (name, row.key),
        other => (row.key, other.unwrap_or_default()),
    };
    rows.into_iter().map(word).collect()
}

fn recent(context: &Context) -> Query {
    let from = context.clock().today().checked_sub_days(Days::new(RECENT.0));
    Query { from, last: Some(RECENT.1), ..Query::everything() }
}

/// What was kept lately, newest first, where the journal can be opened.
fn entries(context: &Context) -> Option<Vec<Entry>> {
    let identity = context.keys().unlocked_identity()?;
    let found = context.known_journal().find(&recent(context), &identity, context.clock()).ok()?;
    Some(found.entries.into_iter().map(|kept: StoredEntry| kept.entry).collect())
}

/// Newest first: with their practice while the journal can be opened, and
/// otherwise by the day that their names tell.
fn ids(context: &Context) -> Vec<Candidate> {
    if let Some(entries) = entries(context) {
        let about =
            |entry: &Entry| format!("{} {}", entry.practice, context.moment_words(entry.at));
        return entries.iter().map(|entry| (entry.id.to_string(), about(entry))).collect();
    }
    let mut groups = context.journal().scan().map(|scan| scan.groups).unwrap_or_default();
    groups.retain(|group| recent(context).from.is_none_or(|from| group.day() >= from));
    groups.sort_by_key(|group| std::cmp::Reverse(group.day()));
    groups.truncate(RECENT.1);
    groups.iter().map(|group| (group.id.to_string(), day_words(group.day()))).collect()
}

/// Of recent entries; none while the journal is locked.
fn tags(context: &Context) -> Vec<Candidate> {
    let of_entries = entries(context).unwrap_or_default().into_iter().flat_map(|e| e.tags);
    let mut tags: Vec<String> = of_entries.collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(bare).collect()
}
