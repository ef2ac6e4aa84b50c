//! The four weeks that end today, as facts: entries and a clock in, plain data out. What
//! the form that is known of the writer has no place for is not among them. A fact that
//! rests on too little is missing.
//!
//! Everything is of these 28 days, but for three: the 28 days before stand beside them; a
//! row of equal answers goes as far back as it lasts; and what may be called a change of
//! closeness is what the first screen of `patterns` calls one.

mod beside;
mod counts;
mod evenings;
mod harm;
mod stretch;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde::Serialize;

use crate::config::{Chapter, Clock};
use crate::entry::{Answer, Entry, EntryId};
use crate::practice::{EarlierEntries, Fear, Form, Practice, Practices, only_lifts};

use super::HeldBackFigure;
use super::change::{Change, ComparisonSpan};
use super::lasting::{LastingAnswers, lasting};

pub use beside::{Beside, ShareCount};
pub use counts::{AnswerShare, PlanCount, ReceivedCount, TopNeeds};
pub use evenings::{DayLevel, DayQuote, Levels, SparseEvening};
pub use harm::HarmCount;
pub use stretch::LowStretch;

use counts::CountInput;
use evenings::Evening;

/// Practices whose entries are read from the first on; of all others, those of the month.
pub const READ_WHOLE: &[&str] = &["reflect", "feel", "needs", "assess"];
/// From so many evenings on they are summed up; fewer are shown one by one.
pub const LEAST_EVENINGS: usize = 5;

/// What four weeks hold.
#[derive(Debug, Default, Serialize)]
pub struct MonthBehind {
    #[serde(flatten)]
    pub span: Option<ComparisonSpan>,
    /// The evenings that have an entry, and of those which say so, how many had a moment of
    /// connection and how many had none.
    pub evenings: ShareCount,
    pub without_connection: usize,
    /// Evenings that were marked as not safe.
    pub not_safe: usize,
    /// Of so few evenings that nothing is summed up, each; the newest first.
    pub each: Vec<SparseEvening>,
    /// The evening of most and of least closeness, or while care is on of ease.
    pub levels: Option<Levels>,
    pub needs: Option<TopNeeds>,
    pub plan: Option<PlanCount>,
    /// What came just before several moments of distance.
    pub recurred: Option<AnswerShare>,
    /// Steps back that came after being close.
    pub after_close: Option<ShareCount>,
    pub received: Option<ReceivedCount>,
    /// What came back, in the chapter apart: on how many evenings, and what most often.
    pub returned: Option<AnswerShare>,
    pub returned_evenings: usize,
    /// Contact by its answer, apart.
    pub contact: Vec<AnswerShare>,
    pub grief: Option<DayQuote>,
    pub space_for: Option<DayQuote>,
    /// What else was marked as not safe or, while care is on, as fear or harm.
    pub harm: Vec<HarmCount>,
    /// How often a boundary was not respected, while care is on.
    pub not_respected: usize,
    pub lasting: Vec<LastingAnswers>,
    pub low_stretch: Option<LowStretch>,
    pub beside: Option<Beside>,
    pub held_back: Vec<HeldBackFigure>,
    /// How many entries there are of each practice.
    pub practices: Vec<PracticeCount>,
}

/// Entries of one practice.
#[derive(Debug, Serialize)]
pub struct PracticeCount {
    pub practice: String,
    pub entries: usize,
}

/// What the facts are made of.
pub struct MonthInput<'a> {
    /// Newest first: those of the month, and of [`READ_WHOLE`] all.
    pub past: EarlierEntries<'a>,
    pub practices: &'a Practices,
    pub form: Form,
    /// While care is on, when it came on: no plan from before that is told of.
    pub care_since: Option<DateTime<FixedOffset>>,
    /// The writer's own name for the partner.
    pub partner: Option<&'a str>,
    /// What the first screen says of closeness, from [`Figures::change_of`](super::Figures).
    pub closeness: Option<&'a Change>,
}

/// The facts of the month that ends today.
pub fn month_behind(input: &MonthInput) -> MonthBehind {
    let month = MonthEntries::new(input.past);
    let (care, apart) = (input.form.fear == Fear::Known, input.form.chapter == Chapter::Apart);
    let open = input.form.fear == Fear::None && !apart;
    let reflect = input.practice("reflect");
    let evenings = evenings::evenings(&month, month.now, reflect);
    let is_summed_up = evenings.len() >= LEAST_EVENINGS;
    let counted = CountInput { month: &month, evenings: &evenings };
    let level = if care { "ease" } else { "closeness" };
    let levels = evenings::levels(&evenings, level).filter(|_| is_summed_up && !apart);
    let low_stretch = stretch::low_stretch(&evenings, &month, levels.as_ref(), input);
    MonthBehind {
        span: Some(month.now),
        evenings: evenings::connection_share(&evenings),
        without_connection: evenings.iter().filter(|evening| evening.had_none()).count(),
        not_safe: evenings.iter().filter(|it| it.was_not_safe(input.practices)).count(),
        each: if is_summed_up {
            Vec::new()
        } else {
            evenings.iter().map(|evening| evening.sparse(level)).collect()
        },
        low_stretch: low_stretch.filter(|_| is_summed_up && open),
        levels,
        needs: counted.needs().filter(|_| is_summed_up),
        plan: counted.plan(input).filter(|_| is_summed_up),
        recurred: counted.recurred().filter(|_| !care),
        after_close: counted.after_close().filter(|_| open),
        received: counted.received(care),
        returned: counted.returned().filter(|_| apart && is_summed_up),
        returned_evenings: counted.returned_evenings(),
        contact: if apart && is_summed_up { counted.contact() } else { Vec::new() },
        grief: counted.newest_words("grief").filter(|_| apart && is_summed_up),
        space_for: counted.newest_words("space-for").filter(|_| apart && is_summed_up),
        harm: input.harm(&month),
        not_respected: if care { counted.not_respected() } else { 0 },
        lasting: input.lasting(&month, care),
        beside: (compares_closeness(input.form) && is_summed_up)
            .then(|| beside::beside(&month, &evenings, reflect, input.closeness))
            .flatten(),
        held_back: if care { input.held_back(&month) } else { Vec::new() },
        practices: month.practice_counts(),
    }
}

/// Does a month in this form say what may be called a change of closeness? While care is on,
/// and apart, it doesn't speak of closeness.
pub fn compares_closeness(form: Form) -> bool {
    form.fear != Fear::Known && form.chapter != Chapter::Apart
}

impl MonthBehind {
    /// Was nothing at all written?
    pub fn is_empty(&self) -> bool {
        self.practices.is_empty()
    }

    /// What lasted and may be asked about: while care is on, nothing. It's said, and nobody
    /// has to answer for harm.
    pub fn lasting_to_ask(&self, fear: Fear) -> Option<&LastingAnswers> {
        self.lasting.first().filter(|_| fear != Fear::Known)
    }
}

impl<'a> MonthInput<'a> {
    fn practice(&self, name: &str) -> Option<&'a Practice> {
        self.practices.practice(name)
    }

    /// What lasted. While care is on, what hurt alone, fear first, and what was good: no lack
    /// of the writer's own stands among it.
    fn lasting(&self, month: &MonthEntries, care: bool) -> Vec<LastingAnswers> {
        let assess = self.practice("assess").cloned();
        let assess = assess.map(|assess| assess.adapted_to(self.form));
        let assess = assess.map(|assess| assess.with_partner_name(self.partner));
        let mut rows = lasting(month.all.iter().map(|(_, entry)| *entry), assess.as_ref());
        // What was last answered before the months that stand here is no news of them.
        rows.retain(|row| self.past.clock.day_of(row.latest) >= month.before.from);
        if care {
            rows.retain(|row| row.hurts() || row.is_good());
            rows.sort_by_key(LastingAnswers::care_rank);
        }
        rows
    }

    /// The figures about sharing that this month would have something to say to.
    fn held_back(&self, month: &MonthEntries) -> Vec<HeldBackFigure> {
        let mut figures = Vec::new();
        for practice in self.practices.valid() {
            let answered = |id: &String| {
                month.of(&practice.name, month.now).any(|(_, entry)| entry.answer(id).is_some())
            };
            let patterns = practice.patterns.iter().filter(|pattern| pattern.sharing);
            figures.extend(patterns.filter(|p| p.of.iter().any(answered)).map(|pattern| {
                HeldBackFigure {
                    title: pattern.title.clone(),
                    practice: practice.name.clone(),
                    of: pattern.of.clone(),
                    held_back: true,
                }
            }));
        }
        figures
    }
}

/// Every entry once, on its day, newest first; and the two spans.
struct MonthEntries<'a> {
    all: Vec<(NaiveDate, &'a Entry)>,
    now: ComparisonSpan,
    before: ComparisonSpan,
}

impl<'a> MonthEntries<'a> {
    fn new(past: EarlierEntries<'a>) -> MonthEntries<'a> {
        let clock: &Clock = past.clock;
        let now = ComparisonSpan::now(clock.today());
        let back = |day: NaiveDate, days| day.checked_sub_days(Days::new(days));
        let before = ComparisonSpan {
            from: back(now.from, 28).unwrap_or(NaiveDate::MIN),
            to: back(now.from, 1).unwrap_or(NaiveDate::MIN),
        };
        // Of an entry that was edited twice, the newest version counts, and once.
        let mut seen: HashSet<&EntryId> = HashSet::new();
        let past = past.entries.iter().filter(|entry| entry.at <= clock.now);
        let once = past.filter(|entry| seen.insert(&entry.id) && !only_lifts(entry));
        let mut all: Vec<_> = once.map(|entry| (clock.day_of(entry.at), entry)).collect();
        all.sort_by_key(|(day, entry)| std::cmp::Reverse((*day, entry.at)));
        MonthEntries { all, now, before }
    }

    /// The entries of a practice in a span, those that follow up another among them.
    fn of<'b>(
        &'b self,
        practice: &'b str,
        span: ComparisonSpan,
    ) -> impl Iterator<Item = (NaiveDate, &'a Entry)> + use<'a, 'b> {
        let inside = self.all.iter().filter(move |(day, _)| span.has(*day));
        inside.copied().filter(move |(_, entry)| entry.practice == practice)
    }

    /// The answers to one question in the month.
    fn answers<'b>(
        &'b self,
        practice: &'b str,
        question: &'b str,
    ) -> impl Iterator<Item = (NaiveDate, &'a Answer)> + use<'a, 'b> {
        let of = self.of(practice, self.now);
        of.filter_map(move |(day, entry)| Some((day, entry.answer(question)?)))
    }

    fn practice_counts(&self) -> Vec<PracticeCount> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, entry) in self.all.iter().filter(|(day, _)| self.now.has(*day)) {
            *counts.entry(&entry.practice).or_default() += 1;
        }
        let count = |(practice, entries): (&str, usize)| PracticeCount {
            practice: practice.to_owned(),
            entries,
        };
        counts.into_iter().map(count).collect()
    }
}
