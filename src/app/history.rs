//! What earlier entries say to a session, where they can be opened without
//! asking anybody. Locked, all of this steps aside.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::entry::{Entry, EntryId};
use crate::error::{Error, Result};
use crate::journal::{Damaged, Reader, StoredEntry};
use crate::pattern::ReceivedCount;
use crate::pattern::change::{Change, ComparisonSpan};
use crate::practice::{CareRecord, EarlierEntries, Practice, RecallDisplay, RecallPlace, fill};
use crate::prompt::RecalledAnswers;
use crate::query::Query;
use crate::seal::Identity;
use crate::{pattern, render};

use super::App;
use super::care_history::fear;
use super::drafts::care_of_drafts;
use super::key_at_hand::KeyAtHand;
use super::month::change_of_closeness;

#[derive(Default)]
pub struct History {
    /// Newest first. Of an entry that was edited on two devices the newest version alone:
    /// what was answered once is counted once.
    entries: Vec<Entry>,
    /// What they in every version, the open drafts, and whatever lifted it since, say of care.
    pub care: CareRecord,
    /// Could all of it be read?
    pub whole: bool,
    /// What could not, of the entries.
    pub damaged: Vec<Damaged>,
    /// Is the lift question to be offered at the end of the next entry?
    pub is_lift_due: bool,
    /// What `patterns` says of closeness, for a practice that looks back on a month.
    pub closeness: Option<Change>,
}

impl History {
    /// Opened, if that needs nobody.
    pub fn load(app: &App, key: &KeyAtHand, of: &[&Practice]) -> Result<Option<History>> {
        match key.identity(app) {
            Some(identity) => History::open(app, &identity, of, None),
            None => Ok(None),
        }
    }

    /// What these practices, and all that may follow them, look back at, and what tells
    /// whether someone is afraid; other entries are neither parsed nor held. A draft that is
    /// `continued` speaks for itself. Nothing, where it cannot be read; an error where someone
    /// stopped it, or what a month compares can't be read.
    pub fn open(
        app: &App,
        identity: &Identity,
        of: &[&Practice],
        continued: Option<&Entry>,
    ) -> Result<Option<History>> {
        let all = with_offered(app, of);
        let names = all.iter().flat_map(|practice| practice.looks_back_at());
        let has_month = all.iter().any(|practice| practice.month.is_some());
        let of_month = if has_month { pattern::READ_WHOLE } else { &[] };
        let names = names.chain(of_month.iter().copied());
        let practices = names.chain(app.practices.that_tell_fear()).map(str::to_owned);
        let query = Query { practices: practices.collect(), ..Query::everything() };
        let Some(mut history) = History::read(app, identity, &query)? else { return Ok(None) };
        if has_month {
            history.add_month(app, identity)?;
        }
        let (care, all_opened) = care_of_drafts(app, identity, continued);
        history.care.merge(care);
        history.whole &= all_opened;
        history.find_lifts(app, identity)?;
        history.is_lift_due = history.is_first_of_month(app, identity)?;
        let form = app.form(fear(Some(&history)));
        if has_month && pattern::compares_closeness(form) {
            let (closeness, damaged) = change_of_closeness(app, identity, form.fear)?;
            history.closeness = closeness;
            history.add_damaged(damaged);
        }
        Ok(Some(history))
    }

    /// The entries of these practices, from a day on where one is given, which say nothing
    /// yet of care.
    pub fn of_practices(
        app: &App,
        identity: &Identity,
        of: &[&Practice],
        from: Option<NaiveDate>,
    ) -> Result<Option<History>> {
        let practices = of.iter().map(|practice| practice.name.clone()).collect();
        let query = Query { practices, from, ..Query::everything() };
        History::read(app, identity, &query)
    }

    /// What a query names. Nothing, where the journal cannot be read; an error only where
    /// someone stopped it.
    pub(super) fn read(app: &App, identity: &Identity, query: &Query) -> Result<Option<History>> {
        let read = app.terminal.working("Opening earlier entries", |progress| {
            let clock = app.clock();
            app.cached_journal().find_all(&Reader { identity, query, clock, progress })
        });
        let result = match read {
            Ok(result) => result,
            Err(stopped @ Error::Cancelled(_)) => return Err(stopped),
            Err(_) => return Ok(None),
        };
        let revisions = result.entries.iter().flat_map(StoredEntry::heads);
        let care = app.practices.care_of(revisions, app.clock().written);
        let entries = result.entries.into_iter().map(|stored| stored.entry).collect();
        let (whole, damaged) = (result.damaged.is_empty(), result.damaged);
        Ok(Some(History { entries, whole, damaged, ..History::with_care(care) }))
    }

    /// Adds the last four weeks of every practice.
    fn add_month(&mut self, app: &App, identity: &Identity) -> Result<()> {
        let ComparisonSpan { from, to } = ComparisonSpan::now(app.clock().today());
        let query = Query { from: Some(from), to: Some(to), ..Query::everything() };
        let Some(month) = History::read(app, identity, &query)? else {
            self.whole = false;
            return Ok(());
        };
        self.add_damaged(month.damaged);
        self.care.merge(month.care);
        let known: HashSet<EntryId> = self.entries.iter().map(|e| e.id.clone()).collect();
        self.entries.extend(month.entries.into_iter().filter(|entry| !known.contains(&entry.id)));
        self.entries.sort_by_key(|entry| Reverse(entry.at.naive_local()));
        Ok(())
    }

    /// Several readings may have met the same file.
    fn add_damaged(&mut self, damaged: Vec<Damaged>) {
        self.whole &= damaged.is_empty();
        self.damaged.retain(|known| !damaged.contains(known));
        self.damaged.extend(damaged);
    }

    /// No entries, which say this of care.
    pub fn with_care(care: CareRecord) -> History {
        History { care, whole: true, ..History::default() }
    }

    /// Newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes in an entry that was kept just now, of whichever moment it is.
    pub fn add(&mut self, entry: Entry) {
        let moment = |entry: &Entry| (entry.at.naive_local(), entry.written);
        let place = self.entries.partition_point(|other| moment(other) > moment(&entry));
        self.entries.insert(place, entry);
    }

    pub fn past<'a>(&'a self, app: &'a App) -> EarlierEntries<'a> {
        EarlierEntries { entries: &self.entries, clock: app.clock() }
    }
}

/// These practices, and those that they offer to do next, and what those offer in turn.
fn with_offered<'a>(app: &'a App, of: &[&'a Practice]) -> Vec<&'a Practice> {
    let mut all = of.to_vec();
    let mut at = 0;
    while let Some(practice) = all.get(at).copied() {
        let offered = practice.offered_practices();
        for next in offered.filter_map(|name| app.practices.practice(name)) {
            if all.iter().all(|known| known.name != next.name) {
                all.push(next);
            }
        }
        at += 1;
    }
    all
}

/// The practice with what earlier entries bring into the asking: suggestions, how often
/// something was answered running, and what is asked only where another practice was kept
/// on the same day. Locked, the state knows the last of that. What was written before `since`
/// counts for none but the runs.
pub fn with_history(
    mut practice: Practice,
    history: Option<&History>,
    app: &App,
    day: NaiveDate,
    since: Option<DateTime<FixedOffset>>,
) -> Practice {
    let past = history.map(|history| history.past(app));
    let state = app.state();
    let was_kept = |name: &str| match past {
        Some(past) => past.has_entry_of(name, day, since),
        None => state.last_kept(name, app.clock().now).is_some_and(|at| {
            app.clock().day_of(at) == day && since.is_none_or(|since| at >= since)
        }),
    };
    practice.questions.retain(|q| q.same_day.as_deref().is_none_or(was_kept));
    match past {
        Some(past) => past.count_runs(past.suggest(practice, since)),
        None => practice,
    }
}

/// What the practice's recalls say to an entry of this day. While care is on, `since` is when
/// it came on: what the writer set out to do before that is not held up to them.
pub fn recalled(
    practice: &Practice,
    history: Option<&History>,
    app: &App,
    day: NaiveDate,
    since: Option<DateTime<FixedOffset>>,
) -> Vec<RecalledAnswers> {
    let Some(history) = history else {
        let lines = vec![app.locked_words()];
        let quiet = RecalledAnswers { place: RecallPlace::Opening, lead: String::new(), lines };
        let is_any = !app.journal().is_empty().unwrap_or(true);
        return if practice.quotes_earlier() && is_any { vec![quiet] } else { Vec::new() };
    };
    let past = history.past(app);
    let each = practice.recalls.iter().map(|recall| {
        let (lead, lines) = match recall.shows {
            RecallDisplay::Lines => {
                let is_quoted = recall.practice == practice.name && !recall.since_care;
                let since = since.filter(|_| !is_quoted);
                past.recall_lines(recall, day, since)
            }
            RecallDisplay::Scores => {
                let lines = latest_scores(&recall.practice, recall.within, past, app);
                (recall.lead.clone(), lines)
            }
            RecallDisplay::Received => (recall.lead.clone(), received(recall.within, past)),
        };
        RecalledAnswers { place: recall.place.clone(), lead, lines }
    });
    let quotes = practice.evidence.iter().map(|evidence| RecalledAnswers {
        place: RecallPlace::Question(evidence.question.get_ref().clone()),
        lead: evidence.lead.clone(),
        lines: past.quotes(evidence, &app.practices, since.is_some()),
    });
    each.chain(quotes).filter(|recalled| !recalled.lines.is_empty()).collect()
}

/// From so many answers on it is said how often what was said was heard.
const LEAST_RECEIVED: usize = 5;

/// How what was said was received, in the last so many days, and what lasted of it.
fn received(within: u32, past: EarlierEntries) -> Vec<String> {
    let answered = || {
        let answers = past.of("feel", within).filter_map(|e| Some((e, e.answer("received")?)));
        answers.filter(|(_, answer)| !answer.value.is("unsaid"))
    };
    let count = ReceivedCount::of(answered().map(|(_, answer)| answer));
    let since = answered().last().map(|(entry, _)| past.date_words(entry));
    let counted = since.filter(|_| count.said >= LEAST_RECEIVED);
    let counted = counted.map(|since| render::received_sentence(&count, Some(&since)));
    let all: Vec<&Entry> = past.of("feel", 0).collect();
    let lasting = pattern::lasting::lasting(all.iter().copied(), None).into_iter().take(1);
    counted.into_iter().chain(lasting.map(|row| render::lasting_sentence(&row, None))).collect()
}

fn latest_scores(name: &str, within: u32, past: EarlierEntries, app: &App) -> Vec<String> {
    let practice = app.practices.practice(name);
    let has_scores = |practice: &Practice, entry: &Entry| {
        pattern::scores(practice, &entry.answers).iter().any(|scored| scored.answered > 0)
    };
    let latest =
        practice.and_then(|p| Some((p, past.of(name, within).find(|e| has_scores(p, e))?)));
    let Some((practice, entry)) = latest else { return Vec::new() };
    let practice = practice.clone().with_partner_name(app.config.partner.as_deref());
    let scores = pattern::scores(&practice, &entry.answers);
    let text = render::scores(&scores, &app.terminal.messages());
    let day = render::day_words(app.clock().day_of(entry.at));
    let lines = text.lines().map(|line| line.trim().to_owned());
    std::iter::once(day).chain(lines).collect()
}

/// "On Monday 16 November 2026 you wrote: …"
pub fn lead_lines(lead: &[String], entry: &Entry, app: &App) -> Vec<String> {
    let day = render::day_words(app.clock().day_of(entry.at));
    let filled = lead.iter().filter_map(|text| fill(&text.replace("{day}", &day), &entry.answers));
    filled.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use serde_json::json;

    use super::*;
    use crate::entry::testing;

    #[test]
    fn an_entry_of_an_earlier_moment_takes_its_place_among_the_others() {
        let entry = |day: u32| {
            let at = format!("2026-11-{day:02}T21:00:00+00:00");
            testing::entry(json!({ "practice": "write", "at": at, "answers": [] }))
        };
        let entries = vec![entry(20), entry(10)];
        let care = CareRecord::default();
        let mut history = History { entries, ..History::with_care(care) };
        [15, 25, 5].into_iter().for_each(|day| history.add(entry(day)));
        let days: Vec<u32> = history.entries().iter().map(|entry| entry.at.day()).collect();
        assert_eq!(days, [25, 20, 15, 10, 5]);
    }
}
