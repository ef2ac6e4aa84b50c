//! Parses an answer in words, as `Answer::text_with_scale` writes it, back into its value.

use std::collections::BTreeMap;

use crate::entry::{Scale, Value};
use crate::practice::{AnswerOption, Question, QuestionKind, name_partner};
use crate::render::{ITEM, ITEM_INDENT, unescape};

/// The value, its scale, and the labels of what was chosen.
type ParsedAnswer = (Value, Option<Scale>, BTreeMap<String, String>);

/// Parses an answer as `export` writes it. Without a question, or if the words aren't a
/// valid answer to it, they're kept as text. `partner` is the name that options may have had.
pub fn parse_answer(
    question: Option<&Question>,
    written: &str,
    partner: Option<&str>,
) -> ParsedAnswer {
    if let Some(QuestionKind::Choices { options, .. }) = question.map(|question| &question.kind) {
        return chosen(options, &items(written), partner);
    }
    let words = unescape(written);
    let no_labels = BTreeMap::new;
    let is_text_question =
        question.is_some_and(|q| matches!(q.kind, QuestionKind::Text { .. } | QuestionKind::Long));
    if let Some((number, scale, label)) = on_a_scale(&words).filter(|_| !is_text_question) {
        let labels = label.map(|label| (number.to_string(), label)).into_iter().collect();
        return (Value::Number(number.into()), Some(scale), labels);
    }
    let text = |words: String| (Value::Text(words), None, no_labels());
    let Some(question) = question else { return text(words) };
    match &question.kind {
        QuestionKind::Scale { scale, .. } if words == "can't say" => {
            (Value::CantSay, Some(*scale), no_labels())
        }
        QuestionKind::YesNo if words == "yes" => (Value::YesNo(true), None, no_labels()),
        QuestionKind::YesNo if words == "no" => (Value::YesNo(false), None, no_labels()),
        QuestionKind::Number { .. } => match words.parse() {
            Ok(number) => (Value::Number(number), None, no_labels()),
            Err(_) => text(words),
        },
        QuestionKind::Stillness { .. } => match minutes(&words) {
            Some(number) => {
                let labels = BTreeMap::from([(number.to_string(), words)]);
                (Value::Number(number), None, labels)
            }
            None => text(words),
        },
        QuestionKind::Choice { options, .. } => {
            match options.iter().find(|o| matches_option(o, &words, partner)) {
                Some(option) => {
                    let labels = BTreeMap::from([(option.id.clone(), words)]);
                    (Value::Text(option.id.clone()), None, labels)
                }
                None => text(words),
            }
        }
        QuestionKind::Text { .. }
        | QuestionKind::Long
        | QuestionKind::Choices { .. }
        | QuestionKind::Scale { .. }
        | QuestionKind::YesNo
        | QuestionKind::Tags => text(words),
    }
}

/// `3 of 0–4, “close”`, and `3 of 0–4 (close)` as it was written before.
fn on_a_scale(words: &str) -> Option<(i64, Scale, Option<String>)> {
    let (number, rest) = words.split_once(" of ")?;
    let label = |open: &str, close: char| {
        let (range, label) = rest.split_once(open)?;
        Some((range, Some(label.strip_suffix(close)?.to_owned())))
    };
    let (range, label) = label(", “", '”').or_else(|| label(" (", ')')).unwrap_or((rest, None));
    let (min, max) = range.split_once('–')?;
    let (number, min, max) = (number.parse().ok()?, min.parse().ok()?, max.parse().ok()?);
    (min..=max).contains(&number).then_some((number, Scale { min, max }, label))
}

fn minutes(words: &str) -> Option<serde_json::Number> {
    if let Some(seconds) = words.strip_suffix(" seconds") {
        return serde_json::Number::from_f64(seconds.parse::<f64>().ok()? / 60.0);
    }
    match words {
        "one minute" => Some(1.into()),
        "less than a minute" => Some(0.into()),
        words => words.strip_suffix(" minutes")?.parse().ok(),
    }
}

/// Do the words match an option's label, with or without the partner's name?
fn matches_option(option: &AnswerOption, words: &str, partner: Option<&str>) -> bool {
    option.label == words
        || [None, partner].iter().any(|name| name_partner(&option.label, *name) == words)
}

/// One of several choices a line, behind its mark; further lines of one are indented. What
/// has no mark is one choice.
fn items(written: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in written.split('\n') {
        match (line.strip_prefix(ITEM), items.last_mut()) {
            (Some(first), _) => items.push(first.to_owned()),
            (None, Some(item)) => {
                item.push('\n');
                item.push_str(line.strip_prefix(ITEM_INDENT).unwrap_or(line));
            }
            (None, None) => items.push(line.to_owned()),
        }
    }
    items.iter().map(|item| unescape(item)).filter(|item| !item.is_empty()).collect()
}

fn chosen(options: &[AnswerOption], items: &[String], partner: Option<&str>) -> ParsedAnswer {
    let mut ids = Vec::new();
    let mut labels = BTreeMap::new();
    for item in items {
        match options.iter().find(|option| matches_option(option, item, partner)) {
            Some(option) => {
                labels.insert(option.id.clone(), item.clone());
                ids.push(option.id.clone());
            }
            None => ids.push(item.clone()),
        }
    }
    (Value::Chosen(ids), None, labels)
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_context;
    use super::*;
    use crate::entry::Answer;
    use crate::render::escape;

    /// What an answer says is what comes back says, in the same shape.
    #[test]
    fn every_answer_that_a_built_in_practice_can_get_comes_back() {
        with_context(|context| {
            for practice in context.practices.valid() {
                for question in &practice.questions {
                    for input in possible(question) {
                        let Ok(Some(answer)) = question.read(&input) else { continue };
                        let answer = question.answer_with(answer);
                        let (value, scale, labels) =
                            parse_answer(Some(question), &written(&answer), None);
                        let scale = scale.or(answer.scale);
                        let back = Answer { value, scale, labels, ..answer.clone() };
                        assert_eq!(back, answer, "{} {input}", practice.name);
                    }
                }
            }
        });
    }

    fn written(answer: &Answer) -> String {
        let item = |words: &String| {
            let mut item = ITEM.to_owned();
            escape(&mut item, words);
            item
        };
        match &answer.value {
            Value::Chosen(_) => answer.chosen().iter().map(item).collect::<Vec<_>>().join("\n"),
            _ => answer.text_with_scale(),
        }
    }

    fn possible(question: &Question) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|w| w.to_string()).collect();
        match &question.kind {
            QuestionKind::Scale { .. } => words(&["0", "3", "can't say"]),
            QuestionKind::YesNo => words(&["yes", "no"]),
            QuestionKind::Number { .. } => words(&["2", "2.5"]),
            QuestionKind::Stillness { .. } => words(&["1", "2.5", "3", "10"]),
            QuestionKind::Choice { options, .. } => {
                options.iter().map(|o| o.id.clone()).chain(words(&["own words, two"])).collect()
            }
            QuestionKind::Choices { options, .. } => {
                let all: Vec<&str> = options.iter().map(|o| o.id.as_str()).collect();
                vec![all.join(","), all[0].to_owned(), format!("{},own words", all[0])]
            }
            QuestionKind::Tags => Vec::new(),
            _ => words(&["words\nin two lines", "no"]),
        }
    }

    #[test]
    fn without_its_question_a_number_on_a_scale_is_one_all_the_same() {
        for words in ["3 of 0–4, “close”", "3 of 0–4 (close)"] {
            let (value, scale, labels) = parse_answer(None, words, None);
            assert_eq!((value, scale), (Value::Number(3.into()), Some(Scale { min: 0, max: 4 })));
            assert_eq!(labels["3"], "close");
        }
        for words in ["2 of 3", "9 of 0–4"] {
            assert_eq!(parse_answer(None, words, None).0, Value::Text(words.into()));
        }
    }

    #[test]
    fn an_option_with_the_partners_name_comes_back_as_that_option() {
        let options =
            [AnswerOption::plain("partner", "{My partner}"), AnswerOption::plain("a", "A")];
        let options = options.to_vec();
        let kinds = [
            QuestionKind::Choice { options: options.clone(), other: true },
            QuestionKind::Choices { options, other: true },
        ];
        let value = |kind: &QuestionKind, words: &str| {
            let question = Question::plain("who", "Who?", kind.clone());
            parse_answer(Some(&question), words, Some("Sam")).0
        };
        for words in ["Sam", "My partner"] {
            assert_eq!(value(&kinds[0], words), Value::Text("partner".into()));
            assert_eq!(value(&kinds[1], words), Value::Chosen(vec!["partner".into()]));
        }
        assert_eq!(value(&kinds[0], "Ada"), Value::Text("Ada".into()));
    }
}
