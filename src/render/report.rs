//! A scored session in words, in its four parts.

use crate::config::Clock;
use crate::entry::Entry;
use crate::pattern::{Comparison, ScorePair, Scored, SessionReport};

use super::claims::{in_words, word};
use super::sentences::NO_NORMS;
use super::{TextPage, clean, clean_line, day_words};

/// The parts, each of which may be read by itself.
pub fn session_report(report: &SessionReport, clock: &Clock, page: &TextPage) -> Vec<String> {
    let mut parts = vec![part("What you saw", &scores(&report.scores, page), page)];
    if let Some(comparison) = &report.comparison {
        let day = day_words(clock.day_of(comparison.last));
        let title = format!("What differs from {day}");
        parts.push(part(&title, &comparison_text(comparison, page), page));
    }
    if !report.quotes.is_empty() {
        parts.push(part("What you said then", &quotes(report, clock, page), page));
    }
    let last = [report.question.as_ref(), report.note.as_ref()];
    let last: Vec<String> = last.into_iter().flatten().map(|text| page.wrap(text, "  ")).collect();
    if !last.is_empty() {
        let title = if report.question.is_some() { "One question" } else { "To keep in mind" };
        parts.push(part(title, &(last.join("\n\n") + "\n"), page));
    }
    parts
}

fn part(title: &str, body: &str, page: &TextPage) -> String {
    format!("{}\n\n{body}", page.strong(&page.wrap(title, "")))
}

/// A line a score: a number with its range, and how much of it was answered.
pub fn scores(scores: &[Scored], page: &TextPage) -> String {
    scores.iter().map(|scored| line(scored, page)).collect()
}

fn line(scored: &Scored, page: &TextPage) -> String {
    let title = clean_line(&scored.title);
    let (low, high) = scored.range;
    let words = match scored.value {
        Some(value) => format!("{} of {}–{}", number(value), number(low), number(high)),
        None => format!("too few to say, {} of {} answered", scored.answered, scored.of),
    };
    let some = scored.value.is_some() && scored.answered < scored.of;
    let partly = format!(" ({} of {} answered)", scored.answered, scored.of);
    let words = if some { words + &partly } else { words };
    page.wrap(&format!("{title}: {words}"), "  ") + "\n"
}

/// Two digits behind the point, and none where there is nothing to say there.
pub(super) fn number(value: f64) -> String {
    // Half a hundredth goes up, as people round by hand.
    let text = format!("{:.2}", (value * 100.0).round() / 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn comparison_text(comparison: &Comparison, page: &TextPage) -> String {
    let mut lines: Vec<String> = Vec::new();
    if comparison.early {
        let days = match comparison.days {
            0 => "The last one was today".to_owned(),
            1 => "The last one was yesterday".to_owned(),
            days => format!("The last one was {days} days ago"),
        };
        lines.push(format!("{days}. So short a time shows little; that is no fault of yours."));
    }
    lines.extend(comparison.scores.iter().map(score_pair));
    for item in &comparison.items {
        let (then, now) = (number(item.then), number(item.now));
        lines.push(format!("“{}” then {then}, now {now}.", clean_line(&item.asked)));
    }
    for asked in &comparison.reworded {
        lines.push(format!(
            "“{}” is worded otherwise now, so it is not compared.",
            clean_line(asked)
        ));
    }
    if lines.is_empty() {
        lines.push("There is too little in both to compare.".to_owned());
    }
    for course in &comparison.courses {
        let values: Vec<String> = course.values.iter().map(|v| number(*v)).collect();
        lines.push(format!(
            "{} over {} times: {}",
            clean_line(&course.title),
            values.len(),
            values.join(", ")
        ));
    }
    if comparison.scores.iter().any(|pair| pair.is.is_none()) {
        lines.push(NO_NORMS.to_owned());
    } else if !comparison.items.is_empty() {
        lines.push("Two answers to one question can't tell a change from chance.".to_owned());
    }
    lines.iter().map(|line| page.wrap(line, "  ") + "\n").collect()
}

fn score_pair(pair: &ScorePair) -> String {
    let title = clean_line(&pair.score.title);
    let words = |value| in_words(value, pair.score.range.0, &pair.score.labels);
    let (then, now) = (words(pair.then), words(pair.now));
    match pair.is {
        Some(is) => {
            let of = pair.items;
            format!("{title}: {}. Now {now}; then {then}; {of} answers each.", word(is))
        }
        None => format!("{title}: now {now}; then {then}."),
    }
}

fn quotes(report: &SessionReport, clock: &Clock, page: &TextPage) -> String {
    let quote = |quote: &crate::pattern::Quote| {
        let day = day_words(clock.day_of(quote.at));
        let lead = format!(
            "Beside “{}”, {day}, {}:",
            clean_line(&quote.item),
            clean_line(&quote.practice)
        );
        format!(
            "{}\n{}\n",
            page.quiet(&page.wrap(&lead, "  ")),
            page.wrap(&clean(&quote.words), "    ")
        )
    };
    report.quotes.iter().map(quote).collect::<Vec<_>>().join("\n")
}

/// Two sittings, answer by answer: then and now.
pub fn side_by_side(then: &Entry, now: &Entry, clock: &Clock, page: &TextPage) -> String {
    let days = [then, now].map(|entry| day_words(clock.day_of(entry.at)));
    let mut text = String::new();
    for answer in &now.answers {
        let Some(earlier) = then.answer(&answer.question) else { continue };
        text += &format!("{}\n", page.strong(&page.wrap(&clean_line(&answer.asked), "")));
        if earlier.asked != answer.asked {
            text += &format!("{}\n", page.wrap("(worded otherwise then)", "  "));
        }
        for (day, answer) in days.iter().zip([earlier, answer]) {
            text += &format!("{}\n", page.quiet(&page.wrap(day, "  ")));
            text += &format!("{}\n", page.wrap(&clean(&answer.text()), "    "));
        }
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::change::Claim;
    use crate::pattern::{Quote, ReportItem, ScoreHistory};

    fn at(text: &str) -> chrono::DateTime<chrono::FixedOffset> {
        chrono::DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn scored(title: &str, value: Option<f64>, answered: usize) -> Scored {
        let (id, title) = (title.to_lowercase(), title.to_owned());
        Scored { id, title, value, answered, of: 4, range: (0.0, 4.0), labels: Vec::new() }
    }

    fn pair(score: Scored, then: f64, is: Option<Claim>) -> ScorePair {
        let now = score.value.unwrap();
        ScorePair { score, then, now, is, items: 4 }
    }

    #[test]
    fn items_that_differ_are_never_called_a_change() {
        let told = |scores| {
            let asked = "I drew back.".to_owned();
            let comparison = Comparison {
                last: at("2026-10-23T20:00:00+00:00"),
                days: 31,
                early: false,
                scores,
                items: vec![ReportItem { asked, then: 4.0, now: 0.0 }],
                reworded: Vec::new(),
                courses: Vec::new(),
            };
            comparison_text(&comparison, &TextPage { width: 80, colour: false })
        };
        let item = "  “I drew back.” then 4, now 0.\n";
        let caveat = "  Two answers to one question can't tell a change from chance.\n";
        assert_eq!(told(Vec::new()), format!("{item}{caveat}"));
        let normed = pair(scored("Signs", Some(2.25), 4), 3.0, Some(Claim::Lower));
        assert!(told(vec![normed]).ends_with(&format!("{item}{caveat}")));
        let plain = pair(scored("Signs", Some(2.25), 4), 3.0, None);
        assert!(told(vec![plain]).ends_with(&format!("{item}  {NO_NORMS}\n")));
    }

    #[test]
    fn a_session_is_sessionin_four_parts_without_a_verdict() {
        let labels = ["not at all", "seldom", "sometimes", "often", "almost always"];
        let labels = labels.map(str::to_owned).to_vec();
        let worded = Scored { labels, ..scored("Impact", Some(3.0), 3) };
        let session = SessionReport {
            scores: vec![
                scored("Signs", Some(2.25), 4),
                scored("Impact", Some(3.0), 3),
                scored("Healing", None, 2),
            ],
            comparison: Some(Comparison {
                last: at("2026-10-23T20:00:00+00:00"),
                days: 31,
                early: false,
                scores: vec![
                    pair(scored("Signs", Some(2.25), 4), 3.0, Some(Claim::Lower)),
                    pair(worded, 3.2, None),
                ],
                items: vec![ReportItem {
                    asked: "I was close, and then gone.".into(),
                    then: 4.0,
                    now: 1.0,
                }],
                reworded: vec!["I drew back.".into()],
                courses: vec![ScoreHistory { title: "Signs".into(), values: vec![3.0, 3.0, 2.25] }],
            }),
            quotes: vec![Quote {
                item: "I drew back.".into(),
                at: at("2026-11-10T21:00:00+00:00"),
                practice: "reflect".into(),
                words: "I went quiet\u{1b}[2J.".into(),
            }],
            question: Some("What does that say to you?".into()),
            note: Some("These are your own answers.".into()),
        };
        let clock = Clock::at(at("2026-11-23T20:00:00+00:00"));
        let text =
            session_report(&session, &clock, &TextPage { width: 80, colour: false }).join("\n");
        let expected = "\
What you saw

  Signs: 2.25 of 0–4
  Impact: 3 of 0–4 (3 of 4 answered)
  Healing: too few to say, 2 of 4 answered

What differs from Friday 23 October 2026

  Signs: lower. Now 2.25; then 3; 4 answers each.
  Impact: now 3, “often”; then 3.2, near “often”.
  “I was close, and then gone.” then 4, now 1.
  “I drew back.” is worded otherwise now, so it is not compared.
  Signs over 3 times: 3, 3, 2.25
  Two sets of answers can't tell a change from chance.

What you said then

  Beside “I drew back.”, Tuesday 10 November 2026, reflect:
    I went quiet␛[2J.

One question

  What does that say to you?

  These are your own answers.
";
        assert_eq!(text, expected);
    }
}
