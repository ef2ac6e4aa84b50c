//! What earlier entries say to a session, where they can be opened without
//! asking anybody. Locked, all of this steps aside.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};

use crate::entry::{Entry, RevisionId};
use crate::error::{Error, Result};
use crate::journal::Reader;
use crate::pattern;
use crate::pattern::ReceivedCount;
use crate::pattern::change::ComparisonSpan;
use crate::practice::{
    CareRecord, EarlierEntries, Fear, Form, HOLD_BACK, Practice, RecallDisplay, RecallPlace, fill,
};
use crate::prompt::RecalledAnswers;
use crate::query::{AnswerFilter, Predicate, Query};
use crate::render;
use crate::seal::Identity;

use super::App;
use super::drafts::care_of_drafts;

pub struct History {
    /// Newest first, with the heads that edits made apart have left.
    entries: Vec<Entry>,
    /// What they, the open drafts, and whatever lifted it since, say of care.
    pub care: CareRecord,
    /// Could all of it be read?
    pub whole: bool,
    /// Is the lift question to be offered at the end of the next entry?
    pub is_lift_due: bool,
}

impl History {
    /// Opened, if that needs nobody.
    pub fn load_unlocked(app: &App, of: &[&Practice]) -> Result<Option<History>> {
        match app.keys().unlocked_identity() {
            Some(identity) => History::open(app, &identity, of, None),
            None => Ok(None),
        }
    }

    /// What these practices look back at, and what tells whether someone is afraid;
    /// other entries are neither parsed nor held. A draft that is `continued` speaks for
    /// itself. Nothing, where it cannot be read; an error only where somebody stopped it.
    pub fn open(
        app: &App,
        identity: &Identity,
        of: &[&Practice],
        continued: Option<&Entry>,
    ) -> Result<Option<History>> {
        let names = of.iter().flat_map(|practice| practice.looks_back_at());
        let has_month = of.iter().any(|practice| practice.month.is_some());
        let of_month = if has_month { pattern::READ_WHOLE } else { &[] };
        let names = names.chain(of_month.iter().copied());
        let practices = names.chain(app.practices.that_tell_fear()).map(str::to_owned);
        let query = Query { practices: practices.collect(), ..Query::everything() };
        let Some((mut entries, mut whole)) = heads(app, identity, &query)? else {
            return Ok(None);
        };
        if has_month {
            whole &= add_month(&mut entries, app, identity)?;
        }
        let (care, all_opened) = care_of_drafts(app, identity, continued);
        let mut history = History { entries, care, whole: whole && all_opened, is_lift_due: false };
        for entry in &history.entries {
            history.care.merge(app.practices.care_record(entry, app.clock().written));
        }
        history.find_lifts(app, identity)?;
        history.is_lift_due = history.is_first_of_month(app, identity)?;
        Ok(Some(history))
    }

    /// An entry of any practice may have lifted care; only where it is on, and only later
    /// than that, need it be looked for.
    fn find_lifts(&mut self, app: &App, identity: &Identity) -> Result<()> {
        let Some(latest) = self.care.latest() else { return Ok(()) };
        let lifts =
            AnswerFilter { question: HOLD_BACK.into(), predicate: Predicate::Equals("no".into()) };
        let query = Query { since: Some(latest), answers: vec![lifts], ..Query::everything() };
        match heads(app, identity, &query)? {
            Some((entries, whole)) => {
                self.whole &= whole;
                for entry in &entries {
                    self.care.merge(app.practices.care_record(entry, app.clock().written));
                }
            }
            None => self.whole = false,
        }
        Ok(())
    }

    /// Newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes in an entry that was kept just now.
    pub fn add(&mut self, entry: Entry) {
        self.entries.insert(0, entry);
    }

    pub fn past<'a>(&'a self, app: &'a App) -> EarlierEntries<'a> {
        EarlierEntries { entries: &self.entries, clock: app.clock() }
    }
}

/// The lift question waits so many days after an answer that turned care on.
const QUIET_DAYS: i64 = 14;

impl History {
    /// Is the next entry the first of its calendar month, and care on for a while? Nothing
    /// but the entries remembers when the lift question was asked.
    fn is_first_of_month(&self, app: &App, identity: &Identity) -> Result<bool> {
        let clock = app.clock();
        let quiet = |latest| clock.now - latest < TimeDelta::days(QUIET_DAYS);
        if self.care.latest().is_none_or(quiet) {
            return Ok(false);
        }
        let query = Query {
            from: clock.today().with_day(1),
            to: Some(clock.today()),
            last: Some(1),
            ..Query::everything()
        };
        Ok(heads(app, identity, &query)?.is_some_and(|(entries, _)| entries.is_empty()))
    }
}

/// Adds the last four weeks of every practice. Could all of that be read?
fn add_month(entries: &mut Vec<Entry>, app: &App, identity: &Identity) -> Result<bool> {
    let ComparisonSpan { from, to } = ComparisonSpan::now(app.clock().today());
    let query = Query { from: Some(from), to: Some(to), ..Query::everything() };
    let Some((month, whole)) = heads(app, identity, &query)? else { return Ok(false) };
    let known: HashSet<RevisionId> = entries.iter().map(|e| e.revision.clone()).collect();
    entries.extend(month.into_iter().filter(|entry| !known.contains(&entry.revision)));
    // The sort is stable: the heads of one entry stay together, the newest first.
    entries.sort_by_key(|entry| Reverse(entry.at.naive_local()));
    Ok(whole)
}

/// The heads of every entry that a query names, and whether all of them could be read.
/// Nothing, where the journal cannot; an error only where somebody stopped it.
fn heads(app: &App, identity: &Identity, query: &Query) -> Result<Option<(Vec<Entry>, bool)>> {
    let read = app.terminal.working("Opening earlier entries", |progress| {
        let clock = app.clock();
        app.cached_journal().find_all(&Reader { identity, query, clock, progress })
    });
    let found = match read {
        Ok(found) => found,
        Err(stopped @ Error::Cancelled { .. }) => return Err(stopped),
        Err(_) => return Ok(None),
    };
    let whole = found.damaged.is_empty();
    let heads = found.entries.into_iter().flat_map(|k| std::iter::once(k.entry).chain(k.beside));
    Ok(Some((heads.collect(), whole)))
}

/// Is the writer known to be afraid? What cannot be read might say so.
pub fn fear(history: Option<&History>) -> Fear {
    history.map_or(Fear::Unknown, |history| history.care.fear(history.whole))
}

/// The form that a practice takes for this writer.
pub fn form(history: Option<&History>, app: &App) -> Form {
    Form { fear: fear(history), chapter: app.config.chapter }
}

/// The practice with what earlier entries bring into the asking: suggestions, how often
/// something was answered running, and what is asked only where another practice was kept
/// on the same day. Locked, the state knows the last of that. Nothing that was written
/// before `since` is suggested.
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
        Some(past) => past.has_entry_of(name, day),
        None => state.last_kept(name).is_some_and(|at| app.clock().day_of(at) == day),
    };
    practice.questions.retain(|q| q.same_day.as_deref().is_none_or(was_kept));
    match past {
        Some(past) => past.count_runs(past.suggest(practice, since)),
        None => practice,
    }
}

/// What the practice's recalls say to an entry of this day.
pub fn recalled(
    practice: &Practice,
    history: Option<&History>,
    app: &App,
    day: NaiveDate,
) -> Vec<RecalledAnswers> {
    let Some(history) = history else {
        let lines = vec![render::LOCKED.to_owned()];
        let quiet = RecalledAnswers { place: RecallPlace::Opening, lead: String::new(), lines };
        let is_any = !app.journal().is_empty().unwrap_or(true);
        return if practice.quotes_earlier() && is_any { vec![quiet] } else { Vec::new() };
    };
    let past = history.past(app);
    let each = practice.recalls.iter().map(|recall| {
        let (lead, lines) = match recall.shows {
            RecallDisplay::Lines => past.recall_lines(recall, day),
            RecallDisplay::Scores => {
                let lines = latest_scores(&recall.practice, recall.within, past, app);
                (recall.lead.clone(), lines)
            }
            RecallDisplay::Received => (recall.lead.clone(), received(recall.within, past)),
        };
        RecalledAnswers { place: recall.place.clone(), lead, lines }
    });
    let quotes = practice.evidence.iter().map(|evidence| RecalledAnswers {
        place: RecallPlace::Question(evidence.question.clone()),
        lead: evidence.lead.clone(),
        lines: past.quotes(evidence, fear(Some(history)) == Fear::Known),
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
    let practice = app.practices.get(name).and_then(|found| found.practice());
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
