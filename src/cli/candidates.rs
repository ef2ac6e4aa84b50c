//! The words of each kind that a shell can offer, each with its description. It never asks
//! for a passphrase, so words from a locked journal are not offered.

use std::collections::BTreeSet;

use chrono::Days;
use clap::Command;

use crate::app::{App, Candidates, routine_names};
use crate::command::{VERBS, Verb, topics};
use crate::config::plain_settings;
use crate::entry::{Entry, tag_key};
use crate::journal::StoredEntry;
use crate::practice::{Cadence, Practice, Practices, Question};
use crate::query::Query;
use crate::render::day_words;

use super::complete::{answers, is_harmless};

/// A word, and what it is.
type Candidate = (String, String);

/// How far back entries are offered, in days, and at most how many.
const RECENT: (u64, usize) = (30, 30);

/// Where a word stands.
pub struct Place<'w> {
    /// The words before it, the program's name first.
    pub before: &'w [String],
    /// The beginning of it that is there already.
    pub typed: &'w str,
}

impl<'w> Place<'w> {
    /// The words behind the command's name that are no flags, and don't follow one.
    fn arguments(&self) -> impl Iterator<Item = &'w str> {
        let pairs = self.before.windows(2).map(|pair| [&*pair[0], &*pair[1]]);
        let behind = pairs.skip_while(|[_, word]| verb(word).is_none()).skip(1);
        behind.filter(|pair| !pair.iter().any(|word| word.starts_with('-'))).map(|[_, word]| word)
    }

    /// Was this given before, as a word or behind an equals sign?
    fn has(&self, given: &str) -> bool {
        let value = |word: &'w str| word.split_once('=').map_or(word, |(_, value)| value);
        self.before.iter().any(|word| word == given || value(word) == given)
    }

    /// The same of an id, of which the beginning is enough.
    fn has_id(&self, id: &str) -> bool {
        self.before.iter().any(|word| !word.is_empty() && id.starts_with(word))
    }
}

fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// Every word of a kind; questions name the partner as the writer does. What is given once,
/// as an id or a tag, isn't offered again.
pub fn of(kind: Candidates, app: &App, practices: &Practices, place: &Place) -> Vec<Candidate> {
    let typed = place.typed;
    let once = |mut words: Vec<Candidate>| {
        words.retain(|(word, _)| !place.has(word));
        words
    };
    match kind {
        Candidates::Practice => once(practice_words(practices)),
        Candidates::Command => actions(place).unwrap_or_else(|| commands(practices)),
        Candidates::Topic => actions(place)
            .unwrap_or_else(|| topics().map(bare).chain(commands(practices)).collect()),
        Candidates::Routine => routine_names(app).into_iter().map(bare).collect(),
        Candidates::Pattern => patterns(practices, place),
        Candidates::Day => days(app),
        Candidates::Span => ["first", "previous"].map(bare).into_iter().chain(days(app)).collect(),
        Candidates::EntryId => {
            let ids = ids(app).into_iter();
            ids.filter(|(id, _)| !place.has_id(id)).collect()
        }
        Candidates::Tag => once(tags(app)),
        Candidates::Tags => tags_in_a_list(app, typed),
        Candidates::Condition => conditions(practices, typed),
        Candidates::Recipient => once(recipients(app)),
        Candidates::Setting => settings(app, practices),
        Candidates::SettingValue => setting_values(practices, place),
    }
}

/// The actions of a command that was named: `sync` has `init`.
fn actions(place: &Place) -> Option<Vec<Candidate>> {
    let mut arguments = place.arguments();
    let command = verb(arguments.next()?).filter(|_| arguments.next().is_none());
    let command = command.map(|verb| verb.arguments(Command::new(verb.name)));
    let actions = command.iter().flat_map(Command::get_subcommands);
    let about = |action: &Command| action.get_about().map(ToString::to_string);
    Some(actions.map(|it| (it.get_name().to_owned(), about(it).unwrap_or_default())).collect())
}

/// What patterns are shown of; behind a practice, its own questions.
fn patterns(practices: &Practices, place: &Place) -> Vec<Candidate> {
    let all = [practice_words(practices), questions(practices, place.typed), looks(practices)];
    let all = all.concat();
    match place.arguments().find(|word| all.iter().any(|(known, _)| known == word)) {
        None => all,
        Some(name) => {
            let practice = practices.practice(name);
            let questions = practice.into_iter().flat_map(Practice::all_questions);
            questions.map(|q| (q.id.clone(), q.general_ask())).collect()
        }
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

/// What the setting named before takes, if that can be listed.
fn setting_values(practices: &Practices, place: &Place) -> Vec<Candidate> {
    let values = |name: &str| match name.split_once('.') {
        Some(("cadence", _)) => {
            const WEEKDAYS: [&str; 7] =
                ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            let words = Cadence::ALL.iter().map(|(word, _)| *word).chain(WEEKDAYS);
            Some(words.map(bare).collect())
        }
        Some(("routines", _)) => Some(practice_words(practices)),
        Some(_) | None => {
            let (_, wanted) = plain_settings().find(|(known, _)| *known == name)?;
            // Either these words, or a description of a time or a text.
            let words = wanted.contains(" or ").then(|| wanted.split(" or "));
            Some(words.into_iter().flatten().map(|word| bare(word.trim_matches('"'))).collect())
        }
    };
    let mut arguments = place.arguments();
    let listed: Vec<Candidate> = arguments.find_map(values).unwrap_or_default();
    listed.into_iter().filter(|(word, _)| !place.has(word)).collect()
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

/// Tags behind the commas that are there already.
fn tags_in_a_list(app: &App, typed: &str) -> Vec<Candidate> {
    let (before, _) = typed.split_at(typed.rfind(',').map_or(0, |at| at + 1));
    let mut tags = tags(app);
    tags.retain(|(tag, _)| !before.split(',').any(|other| other == tag));
    tags.into_iter().map(|(tag, about)| (format!("{before}{tag}"), about)).collect()
}

/// Tags of recent entries; none while the journal is locked.
fn tags(app: &App) -> Vec<Candidate> {
    let of_entries = entries(app).unwrap_or_default().into_iter().flat_map(|e| e.tags);
    let mut tags: Vec<String> = of_entries.collect();
    // The newest spelling of each.
    tags.sort_by_key(|tag| tag_key(tag));
    tags.dedup_by_key(|tag| tag_key(tag));
    tags.into_iter().map(bare).collect()
}
