//! What a figure says in words, the same on the terminal and on the page.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::pattern::change::{Change, Claim};
use crate::pattern::{Body, Count, Figure, FigureLine, Ungrouped, ValueUnit};
use crate::words::{capitalize, count_of, long_day, number_words};

use super::report::number;
use super::{claims, clean_line, proportion};

/// Below this many answers, small differences are called chance.
const FEW: usize = 12;
/// How many figures are named in one line; the rest are counted.
const NAMED: usize = 6;

/// What the figure rests on: “reflect, 31 answers”, and how many texts of those it shows.
pub fn basis(figure: &Figure, texts: usize) -> String {
    let [one, more] = match &figure.body {
        _ if figure.of.is_empty() && !matches!(figure.body, Body::Sessions { .. }) => {
            ["entry", "entries"]
        }
        Body::Recurring { .. } | Body::Matrix { .. } => ["entry", "entries"],
        Body::Moments { .. }
        | Body::Sessions { .. }
        | Body::Scores { .. }
        | Body::BeforeAfter { .. } => ["time", "times"],
        Body::TooFew { .. }
        | Body::Days { .. }
        | Body::Weeks { .. }
        | Body::Counts { .. }
        | Body::Groups { .. } => ["answer", "answers"],
    };
    let mut count = count_of(figure.rests_on, one, more);
    if let Body::Moments { moments, .. } = &figure.body
        && moments.len() > texts
    {
        count += &format!(", the newest {texts} of them");
    }
    if let Body::BeforeAfter { pairs, .. } = &figure.body
        && pairs.len() < figure.rests_on
    {
        count += &format!(", the newest {} of them", pairs.len());
    }
    let of_few = figure.ungrouped.of_few;
    let of_few = (of_few > 0).then(|| format!("{of_few} in groups too small to compare"));
    let uncounted: Vec<String> =
        without_a_day(&figure.ungrouped).into_iter().chain(of_few).collect();
    if !uncounted.is_empty() {
        count += &format!(", not counting {}", uncounted.join(" and "));
    }
    match &figure.practice {
        Some(practice) => format!("{}, {count}", clean_line(practice)),
        None => count,
    }
}

/// “3 on days without `intent`”.
fn without_a_day(of: &Ungrouped) -> Option<String> {
    let practice = clean_line(&of.practice);
    (of.answers > 0).then(|| format!("{} on days without `{practice}`", of.answers))
}

/// What cannot be said yet, and what would be enough, in one sentence.
pub fn too_few(figures: &[Figure]) -> Option<String> {
    let say = |figure: &Figure| {
        let Body::TooFew { have, least, unit } = figure.body else { return None };
        let (one, more) = match unit {
            ValueUnit::Answers => ("answer", "answers"),
            ValueUnit::Days => ("day", "days"),
            ValueUnit::Entries => ("entry", "entries"),
            ValueUnit::Sessions => ("time", "times"),
            ValueUnit::Weeks => ("week", "weeks"),
        };
        let (title, have_words) = (clean_line(&figure.title), count_of(have, one, more));
        let left_out = match figure.left_out {
            // Of sessions, what is left out is no answer.
            _ if matches!(unit, ValueUnit::Sessions) => String::new(),
            0 => String::new(),
            1 => "; one answer to another wording or scale isn't counted".to_owned(),
            n => format!("; {n} answers to another wording or scale aren't counted"),
        };
        let days = without_a_day(&figure.ungrouped);
        let days = days.map(|days| format!("; not counting {days}")).unwrap_or_default();
        let words = format!("“{title}” ({have_words}; needs {least}{left_out}{days})");
        (have > 0).then_some(words)
    };
    in_a_line("Too few to say", figures, say)
}

/// Where enough was written, and no two answers are the same.
pub fn all_different(figures: &[Figure]) -> Option<String> {
    let say = |figure: &Figure| {
        figure.is_all_different().then(|| format!("“{}”", clean_line(&figure.title)))
    };
    in_a_line("No answer came twice in the same words", figures, say)
}

/// The first few, those of one practice together.
fn in_a_line(
    lead: &str,
    figures: &[Figure],
    say: impl Fn(&Figure) -> Option<String>,
) -> Option<String> {
    let shown = ShownQuestions::of(figures);
    let unsaid = figures.iter().filter(|figure| !shown.has(figure));
    let figure_words: Vec<(Option<&str>, String)> =
        unsaid.filter_map(|figure| Some((figure.practice.as_deref(), say(figure)?))).collect();
    let more = match figure_words.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let some = &figure_words[..figure_words.len().min(NAMED)];
    let of_one = some.chunk_by(|a, b| a.0 == b.0).map(|of| {
        let practice = of[0].0.map(|name| format!("{}, ", clean_line(name)));
        let words: Vec<&str> = of.iter().map(|(_, words)| words.as_str()).collect();
        practice.unwrap_or_default() + &words.join(", ")
    });
    let list = of_one.collect::<Vec<_>>().join("; ");
    (!list.is_empty()).then(|| format!("{lead}: {list}{more}."))
}

/// The questions of which some figure says something; there may be very many.
struct ShownQuestions<'f> {
    questions: HashSet<(Option<&'f str>, &'f [String])>,
    /// Practices of which one figure shows every question.
    practices: HashSet<Option<&'f str>>,
}

impl<'f> ShownQuestions<'f> {
    fn of(figures: &'f [Figure]) -> ShownQuestions<'f> {
        let telling = || figures.iter().filter(|figure| figure.says_something());
        let of_all = telling().filter(|figure| matches!(figure.body, Body::Sessions { .. }));
        ShownQuestions {
            questions: telling().map(|f| (f.practice.as_deref(), f.of.as_slice())).collect(),
            practices: of_all.map(|figure| figure.practice.as_deref()).collect(),
        }
    }

    /// Is the same question shown in another way already?
    fn has(&self, figure: &Figure) -> bool {
        let practice = figure.practice.as_deref();
        let question = (practice, figure.of.as_slice());
        !figure.of.is_empty()
            && (self.questions.contains(&question) || self.practices.contains(&practice))
    }
}

pub fn sentences(figure: &Figure) -> Vec<String> {
    let mut sentences = match &figure.body {
        Body::Days { first, last, days } => {
            vec![match days.len() {
                1 => "All on one day.".to_owned(),
                n => format!("On {n} days, from {} to {}.", long_day(*first), long_day(*last)),
            }]
        }
        Body::Counts { counts, .. } => {
            let counted = counted(counts, figure);
            counted.into_iter().chain(claims::of_counts(counts)).collect()
        }
        Body::Weeks { lines, .. } => weeks(lines),
        Body::Scores { lines } => scores(lines, figure.harm),
        Body::Groups { groups, together, .. } => claims::of_groups(groups, together),
        Body::BeforeAfter { lower, same, higher, spans, .. } => {
            let each = format!(
                "Lower afterwards {}, the same {}, higher {}.",
                times(*lower),
                times(*same),
                times(*higher)
            );
            // What all sessions say together is said only where the rows of the spans say less.
            let is_said = |change: &&Change| spans.is_empty() || change.claim != Claim::TooFew;
            let all = figure.change.as_ref().filter(is_said).and_then(claims::of_pairs);
            all.into_iter().chain([each]).collect()
        }
        Body::Moments { .. } => {
            let share = figure.change.as_ref();
            share.map(|change| claims::of_share(change, figure.occasion)).into_iter().collect()
        }
        Body::Sessions { pairs } => {
            let is_scaled = pairs.iter().any(|pair| pair.scale.is_some());
            (is_scaled && !figure.care).then(|| chance(2)).into_iter().collect()
        }
        Body::TooFew { .. } | Body::Recurring { .. } | Body::Matrix { .. } => Vec::new(),
    };
    let is_items = matches!(figure.body, Body::Sessions { .. });
    sentences.extend(match figure.left_out {
        0 => None,
        1 if is_items => Some("One question that this chapter doesn't ask is left out.".to_owned()),
        n if is_items => Some(format!("{n} questions that this chapter doesn't ask are left out.")),
        1 => Some("One answer was to another wording or scale, and is left out.".to_owned()),
        n => Some(format!("{n} answers were to another wording or scale, and are left out.")),
    });
    let explained = proportion::interval_note(&sentences).map(str::to_owned);
    let note = figure.note.as_deref().map(clean_line);
    note.into_iter().chain(sentences).chain(explained).collect()
}

fn counted(counts: &[Count], figure: &Figure) -> Vec<String> {
    let of = figure.rests_on;
    let together: usize = counts.iter().map(|count| count.times).sum();
    let several = format!("You could choose several, so together they are more than {of}.");
    let few = "These are few answers: small differences can be chance.".to_owned();
    let notes = [(together > of).then_some(several), (of < FEW && !figure.harm).then_some(few)];
    notes.into_iter().flatten().collect()
}

/// What the ends of a scale are, where no axis says so.
pub fn ends(figure: &Figure) -> Option<String> {
    let Body::Weeks { low, high, ends, .. } = &figure.body else { return None };
    let (least, most) = ends.as_ref().filter(|(l, m)| !l.is_empty() && !m.is_empty())?;
    let (least, most) = (clean_line(least), clean_line(most));
    Some(format!("{} is “{least}”, {} is “{most}”.", number(*low), number(*high)))
}

fn weeks(lines: &[FigureLine]) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in lines {
        let title = clean_line(&line.title);
        let lead = if lines.len() > 1 { format!("“{title}” ") } else { String::new() };
        let sorted = line.sorted();
        let [Some(least), Some(most)] = [sorted.first(), sorted.last()] else { continue };
        let weeks = sorted.len();
        sentences.push(if least == most {
            let was = if lead.is_empty() { "It was" } else { "was" };
            let same = in_unit_of(line, number(*least));
            format!("{lead}{was} {same} in each of the {weeks} weeks with an answer.")
        } else {
            let (least, most) = (number(*least), in_unit_of(line, number(*most)));
            let was = if lead.is_empty() { "Weekly averages" } else { "has weekly averages" };
            format!("{lead}{was} from {least} to {most} over {weeks} weeks.")
        });
        sentences.extend(claims::of_line(line, lines.len() > 1));
    }
    sentences
}

fn in_unit_of(line: &FigureLine, number: String) -> String {
    line.unit.map_or(number.clone(), |unit| claims::in_unit(&number, unit))
}

/// Two sessions tell a change only where the file says how well they measure. Where `harm` is
/// among them, chance is no word for it.
fn scores(lines: &[FigureLine], harm: bool) -> Vec<String> {
    let has_evidence =
        |line: &&FigureLine| line.change.as_ref().is_some_and(|change| change.evidence.is_some());
    let claims = lines.iter().filter(has_evidence).flat_map(|line| claims::of_line(line, true));
    let mut sentences: Vec<String> = claims.collect();
    if !harm && !lines.iter().all(|line| has_evidence(&line)) {
        let compared = lines.iter().filter(|line| !has_evidence(line)).map(compared_sessions);
        sentences.push(match compared.max() {
            Some(0 | 1) => "In the days you chose, there is nothing to compare with.".to_owned(),
            compared => chance(compared.unwrap_or(0)),
        });
    }
    sentences
}

/// The sessions that stand side by side, of however many there are.
fn compared_sessions(line: &FigureLine) -> usize {
    let is_compared = |day: NaiveDate| match &line.change {
        Some(change) => change.now.span.has(day) || change.then.is_some_and(|it| it.span.has(day)),
        None => true,
    };
    line.points.iter().filter(|point| is_compared(point.day)).count()
}

/// For a questionnaire without norms, answered this many times.
pub fn chance(sessions: usize) -> String {
    match sessions {
        0..=2 => "Two sets of answers can't tell a change from chance.".to_owned(),
        many => {
            let many = capitalize(&number_words(many));
            format!("{many} sets of answers are too few to tell a change from chance.")
        }
    }
}

pub fn times(n: usize) -> String {
    match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        n => format!("{n} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Point;
    use crate::pattern::change::{ComparisonSpan, Outlook, SpanMean};

    #[test]
    fn of_twelve_sessions_two_that_stand_side_by_side_are_two_sets_of_answers() {
        let day = |month: u32| NaiveDate::from_ymd_opt(2026, month, 10).unwrap_or_default();
        let points = (1..=12).map(|month| Point { day: day(month), value: 2.0, answers: 4 });
        let line = FigureLine { points: points.collect(), ..FigureLine::of_share("", Vec::new()) };
        let said = |then: (u32, u32), now: (u32, u32)| {
            let side = |(from, to)| SpanMean {
                span: ComparisonSpan { from: day(from), to: day(to) },
                mean: Some(2.0),
                answers: 4,
                times: None,
            };
            let change = Change {
                claim: Claim::TooFew,
                against: None,
                then: Some(side(then)),
                now: side(now),
                evidence: None,
                outlook: Outlook::Open,
            };
            scores(&[FigureLine { change: Some(change), ..line.clone() }], false)
        };
        assert_eq!(said((6, 6), (12, 12)), [chance(2)]);
        assert_eq!(said((2, 4), (10, 12)), [chance(6)]);
    }
}
