//! What stands under a question beside its rows: how often something was in all, what stands
//! out, and what can't be said yet.

use crate::pattern::change::Claim;
use crate::pattern::{
    Body, Count, Figure, Overview, OverviewDetail, OverviewRow, OverviewTopic, Standout,
};
use crate::words::count_of;

use super::super::super::claims::{DayKinds, span_days};
use super::super::super::clean_line;

/// Which practice would tell; `None` where no question of one would. Of some entries it can't
/// be said that nothing was ever written.
pub fn nothing_yet(
    topic: OverviewTopic,
    figures: &[Figure],
    overview: &Overview,
) -> Option<String> {
    let first = crate::pattern::first_practice(figures);
    let mut about = figures.iter().filter(|it| OverviewTopic::of(it, first) == Some(topic));
    let figure = about.next().filter(|_| topic != OverviewTopic::Beside)?;
    let practice = clean_line(figure.practice.as_ref()?);
    let answered = without(topic, figure.entries);
    Some(match (figure.left_out, answered) {
        (0, Some(answered)) => format!("{answered}: `inward {practice}` asks about it."),
        (0, None) if overview.frame.is_filtered => "Nothing in these entries.".to_owned(),
        (0, None) => format!("Nothing yet: `inward {practice}` asks about it."),
        _ => format!("Until now this was asked in other words: `inward patterns {practice}`."),
    })
}

/// “3 entries so far, and none says what you did”, where a practice asks about nothing else.
fn without(topic: OverviewTopic, entries: usize) -> Option<String> {
    let (of_one, of_more) = match topic {
        OverviewTopic::Quiet => {
            (", and it doesn't say what you did", ", and none says what you did")
        }
        OverviewTopic::Healing => {
            (", with too few answers for an average", ", each with too few answers for an average")
        }
        OverviewTopic::Closer | OverviewTopic::Intentions | OverviewTopic::Beside => return None,
    };
    match entries {
        0 => None,
        1 => Some(format!("1 entry so far{of_one}")),
        more => Some(format!("{more} entries so far{of_more}")),
    }
}

/// What no row can say.
pub fn beside_rows(figure: &Figure, overview: &Overview) -> Option<String> {
    quiet(figure).or_else(|| with_a_plan(figure, overview)).or_else(|| too_few_to_cross(figure))
}

/// “You have 2 moments of distance. A first look needs 3.”
fn too_few_to_cross(figure: &Figure) -> Option<String> {
    let Body::TooFew { have, least, .. } = figure.body else { return None };
    let is_quiet = OverviewTopic::of(figure, None) == Some(OverviewTopic::Quiet);
    if have == 0 || !figure.lines().is_empty() || !is_quiet {
        return None;
    }
    let is_of_more = figure.entries > have;
    let lead = if is_of_more { "You said what you did in" } else { "You have" };
    let moments = count_of(have, "moment", "moments");
    Some(format!("{lead} {moments} of distance. A first look needs {least}."))
}

/// “I went quiet” in 8 of 25 moments of distance, and what stands out: its share stands beside
/// the share without it.
pub fn quiet(figure: &Figure) -> Option<String> {
    let Body::Matrix { columns, totals, standouts, .. } = &figure.body else { return None };
    let (column, total) = columns.first().zip(totals.first())?;
    let (column, of) = (clean_line(column), figure.rests_on);
    let is_of_distance = OverviewTopic::of(figure, None) == Some(OverviewTopic::Quiet);
    let lead = match (is_of_distance, figure.entries > of) {
        (true, false) => format!("“{column}” in {total} of {of} moments of distance"),
        // Others are of a partner who stepped back.
        (true, true) => format!("“{column}” in {total} of {of} moments"),
        (false, _) => format!("“{column}” {total} of {of} times"),
    };
    if *total == 0 {
        return Some(format!("{lead}."));
    }
    if standouts.is_empty() {
        return Some(format!("{lead}. Nothing stands out yet."));
    }
    let all: Vec<String> = standouts.iter().map(with_and_without).collect();
    Some(format!("{lead}: {}.", all.join("; ")))
}

/// “with “Tense” 6 of 8, without it 2 of 17”
fn with_and_without(standout: &Standout) -> String {
    let share = |(times, of): (usize, usize)| format!("{times} of {of}");
    let answers = standout.answers.iter().map(|answer| format!("“{}”", clean_line(answer)));
    let answers: Vec<String> = answers.collect();
    let (with, them) = match answers.as_slice() {
        [one] => (one.clone(), "it"),
        several => (format!("{} together", several.join(" and ")), "them"),
    };
    let (of, without) = (share(standout.with), share(standout.without));
    format!("with {with} {of}, without {them} {without}")
}

/// How often it was the deed, of all that is shown and not of "then" and "now" alone: that is
/// certain, where nothing can be said of a change. `None` where its row says that already.
pub fn in_all(topic: OverviewTopic, overview: &Overview, figures: &[Figure]) -> Option<String> {
    let counts = DeedCounts::of(topic, overview, figures)?;
    (counts.deed.times > times_in_row(counts.row)).then(|| counts.words(counts.deed))
}

/// How often an intention was noticed, below a deed that never was.
pub fn noticed(topic: OverviewTopic, overview: &Overview, figures: &[Figure]) -> Option<String> {
    let counts = DeedCounts::of(topic, overview, figures)?;
    let noticed = counts.before.filter(|_| counts.deed.times == 0);
    noticed.map(|noticed| counts.words(noticed) + ".")
}

/// The deed of a row of which no change can be told, and the answer before it.
struct DeedCounts<'f> {
    row: &'f OverviewRow,
    deed: &'f Count,
    /// If it was ever given, and isn't the only other one.
    before: Option<&'f Count>,
    of: usize,
    /// Are days without an intention in no count?
    is_of_some_days: bool,
}

impl<'f> DeedCounts<'f> {
    fn of(
        topic: OverviewTopic,
        overview: &'f Overview,
        figures: &'f [Figure],
    ) -> Option<DeedCounts<'f>> {
        let has_room =
            topic == OverviewTopic::Intentions && overview.detail < OverviewDetail::Brief;
        let is_unsaid = |row: &&OverviewRow| row.claim() == Claim::TooFew;
        let row = overview.rows_of(topic).next().filter(is_unsaid).filter(|_| has_room)?;
        figures.iter().find_map(|figure| {
            let Body::Counts { counts, .. } = &figure.body else { return None };
            let is_shown = OverviewTopic::of(figure, None) == Some(topic);
            let at = counts.iter().position(|count| is_shown && count.answer == row.title)?;
            Some(DeedCounts {
                row,
                deed: &counts[at],
                before: counts[..at].last().filter(|count| at > 1 && count.times > 0),
                of: figure.rests_on,
                is_of_some_days: figure.ungrouped.answers > 0,
            })
        })
    }

    fn words(&self, count: &Count) -> String {
        let (answer, times, of) = (clean_line(&count.answer), count.times, self.of);
        let days = if self.is_of_some_days { " with an intention" } else { "" };
        format!("“{answer}” {times} of all {of} times{days}")
    }
}

/// How often its two spans have it.
pub fn times_in_row(row: &OverviewRow) -> usize {
    let change = row.line.change.as_ref();
    let spans = change.into_iter().flat_map(|it| it.then.iter().chain([&it.now]));
    spans.filter_map(|span| span.times).sum()
}

/// The deed on days with a plan, and on days without, counted over one span.
fn with_a_plan(figure: &Figure, overview: &Overview) -> Option<String> {
    let Body::Groups { groups, together, .. } = &figure.body else { return None };
    let [first, second] = groups.as_slice() else { return None };
    let has_room = overview.detail < OverviewDetail::WithoutPlans;
    let row = together.last().filter(|_| has_room)?;
    let span = row.sides.with.span;
    let days = if overview.frame.is_past() {
        span_days(span)
    } else {
        // Half a year at most, so that no year is needed.
        format!("from {}", span.from.format("%-d %b"))
    };
    let kinds = DayKinds { first: &first.group, second: &second.group, with: "with a plan" };
    Some(kinds.sentence(row, &days))
}
