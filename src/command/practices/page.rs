//! A practice in words: its questions, when each is asked, its answers, and how it is scored,
//! so that a questionnaire can be checked against its source.

use serde_json::{Value as Json, json};

use crate::config::Chapter;
use crate::practice::{AnswerOption, FollowUp, Practice, Question, Score, ScoreRule, all_words};
use crate::render::{TextPage, clean_line};
use crate::words::capitalize;

pub fn practice_page(practice: &Practice, page: &TextPage) -> String {
    let title = page.strong(&clean_line(&practice.title));
    let mut text = format!("{title}, {}\n", practice.cadence.words());
    for (field, words) in practice.origin.fields() {
        let label = if field == "lang" { "language" } else { field };
        let line = format!("{}: {}", capitalize(label), clean_line(words));
        text += &format!("{}\n", page.quiet(page.wrap(&line, "  ").trim_end()));
    }
    text += &practice.questions.iter().map(|it| question(it, page)).collect::<String>();
    if let Some(follow_up) = &practice.follow_up {
        let days =
            format!("After {} to {} days, about this entry:", follow_up.after, follow_up.within);
        text += &format!("\n{}\n", page.wrap(&days, ""));
        for condition in follow_up_conditions(follow_up) {
            text += &format!("{}\n", page.quiet(page.wrap(&condition, "  ").trim_end()));
        }
        text += &follow_up.questions.iter().map(|it| question(it, page)).collect::<String>();
    }
    for score in &practice.scores {
        let title = page.strong(&page.wrap(&clean_line(&score.title), ""));
        text += &format!("\n{title}\n{}\n", page.wrap_message(&format!("  {}", rule(score))));
    }
    text
}

fn question(question: &Question, page: &TextPage) -> String {
    let ask = page.strong(&page.wrap(&clean_line(&question.general_ask()), ""));
    let values = answers(question);
    // Answers listed below aren't repeated here.
    let flag = if values.is_empty() {
        format!("--{}: {}", question.id, clean_line(&question.allowed_values()))
    } else {
        format!("--{}", question.id)
    };
    let mut text = format!("\n{ask}\n{}\n", page.wrap_message(&format!("  {flag}")));
    for condition in conditions(question) {
        text += &format!("{}\n", page.quiet(page.wrap(&condition, "  ").trim_end()));
    }
    let widest = values.iter().map(|(value, _)| value.chars().count()).max().unwrap_or_default();
    for (value, label) in &values {
        let line = format!("{value:<widest$}  {label}");
        text += &format!("{}\n", page.wrap(line.trim_end(), "    ").trim_end());
    }
    text
}

/// Each answer that is listed, with its wording and what it counts in a score.
fn answers(question: &Question) -> Vec<(String, String)> {
    let label = |option: &AnswerOption| match option.value {
        Some(value) => format!("{} (counts {value})", clean_line(&option.label)),
        None => clean_line(&option.label),
    };
    let line = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let kind = &question.kind;
    let options = kind.options().iter().map(|option| (option.id.clone(), label(option)));
    let points = kind.scale_points().into_iter();
    let points = points.map(|(point, label)| (point.to_string(), clean_line(label)));
    options
        .chain(kind.takes_own_words().then(|| line("…", "or words of your own")))
        .chain(points)
        .chain(kind.takes_cant_say().then(|| line("cant-say", "counts as no answer")))
        .collect()
}

/// When it is asked, in sentences; empty if it always is.
fn conditions(question: &Question) -> Vec<String> {
    let mut lines = Vec::new();
    if !question.when.is_empty() {
        lines.push(format!("Asked if {}.", clean_line(&all_words(&question.when))));
    }
    if let Some(practice) = &question.same_day {
        lines.push(format!("Asked if you kept `{practice}` on the same day."));
    }
    lines.extend(match question.chapter {
        Some(Chapter::Apart) => Some("Asked only in the chapter “apart”.".to_owned()),
        Some(Chapter::Together) => Some("Asked only in the chapter “together”.".to_owned()),
        None => None,
    });
    if !question.asked {
        lines.push("Asked only in some forms of this practice.".to_owned());
    }
    if question.reveal {
        lines.push("Private: shown only after you press Enter.".to_owned());
    }
    lines.extend(question.most.map(|most| format!("At most {most} of these:")));
    lines
}

/// The same as JSON.
pub fn question_json(question: &Question) -> Json {
    let listed = answers(question);
    let listed = listed.iter().map(|(value, label)| json!({ "value": value, "label": label }));
    json!({ "id": question.id, "ask": question.general_ask(), "answer": question.allowed_values(),
            "asked_if": conditions(question), "answers": listed.collect::<Vec<_>>() })
}

/// What it asks later about an entry, and after how many days.
pub fn follow_up_json(follow_up: &FollowUp) -> Json {
    let questions: Vec<_> = follow_up.questions.iter().map(question_json).collect();
    json!({ "after_days": follow_up.after, "within_days": follow_up.within,
            "asked_if": follow_up_conditions(follow_up), "questions": questions })
}

/// On which entries it asks back, in sentences.
fn follow_up_conditions(follow_up: &FollowUp) -> Vec<String> {
    let words = all_words(&follow_up.when);
    (!words.is_empty()).then(|| format!("Asked if {}.", clean_line(&words))).into_iter().collect()
}

/// How a score is computed, so that a key can be checked against its source.
fn rule(score: &Score) -> String {
    let how = match score.how {
        ScoreRule::Mean => "the mean of",
        ScoreRule::Sum if score.prorate => "the sum, scaled up for what is missing, of",
        ScoreRule::Sum => "the sum of",
        ScoreRule::MeanOfScores => "the mean of the scores",
    };
    let item = |id: &String| {
        if score.reverse.contains(id) { format!("{id} (reversed)") } else { id.clone() }
    };
    let items: Vec<String> = score.of.iter().map(item).collect();
    let least = (score.least * 100.0).round();
    let norms = score.norms.as_ref().map(|norms| {
        let (sd, reliability) = (norms.sd, norms.reliability);
        format!("; sd {sd}, reliability {reliability} ({})", clean_line(&norms.source))
    });
    let norms = norms.unwrap_or_default();
    format!("{how} {}, if at least {least}% of them are answered{norms}", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Practices;

    #[test]
    fn a_practice_says_where_it_comes_from_below_its_title() {
        let folder = tempfile::tempdir().unwrap();
        let file = include_str!("../../../prompts/examples/ipip.toml");
        // A number, as TOML has them without quotes.
        let file = format!("version = 2\n{file}");
        std::fs::write(folder.path().join("mood.toml"), file).unwrap();
        let all = Practices::load(folder.path(), &[]);
        let mood = all.practice("mood").unwrap();
        let text = practice_page(mood, &TextPage { width: 80, colour: false });
        let lines: Vec<&str> = text.lines().skip(1).take(4).collect();
        assert_eq!(
            lines,
            [
                "  Source: Goldberg 1992, Psychological Assessment 4, 26-42; ipip.ori.org",
                "  Licence: public domain",
                "  Version: 2",
                "  Language: en",
            ]
        );
    }
}
