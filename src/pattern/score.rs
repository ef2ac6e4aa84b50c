//! Scores of a questionnaire, by the rules that its file names.

use crate::entry::{Answer, Value};
use crate::practice::{Practice, Question, QuestionKind, Score, ScoreRule};

#[derive(Clone, Debug, PartialEq)]
pub struct ScoreValue {
    pub id: String,
    pub title: String,
    /// `None` where too little of it was answered.
    pub value: Option<f64>,
    pub answered: usize,
    pub of: usize,
    /// The least and the most that it could be.
    pub range: (f64, f64),
    /// The words of the steps, where it is a mean of scales that share them.
    pub labels: Vec<String>,
}

/// Every score of the practice over these answers, in the order of the file.
pub fn scores(practice: &Practice, answers: &[Answer]) -> Vec<ScoreValue> {
    let mut all: Vec<ScoreValue> = Vec::new();
    // Means of scores wait for the scores that they are of.
    let waits = |s: &&Score| s.how == ScoreRule::MeanOfScores;
    for score in practice.scores.iter().filter(|s| !waits(s)) {
        all.push(of_items(practice, score, answers));
    }
    for score in practice.scores.iter().filter(waits) {
        all.push(of_scores(score, &all));
    }
    all.sort_by_key(|scored| practice.scores.iter().position(|s| s.id == scored.id));
    all
}

fn of_items(practice: &Practice, score: &Score, answers: &[Answer]) -> ScoreValue {
    let items: Vec<&Question> = score.of.iter().filter_map(|id| practice.question(id)).collect();
    let values: Vec<f64> = items
        .iter()
        .filter_map(|item| {
            let value = number(item, answers.iter().find(|a| a.question == item.id)?)?;
            let (min, max) = range(item)?;
            Some(if score.reverse.contains(&item.id) { min + max - value } else { value })
        })
        .collect();
    let ranges = || items.iter().filter_map(|item| range(item));
    let (low, high) = ranges().fold((0.0, 0.0), |(l, h), (min, max)| (l + min, h + max));
    let count = items.len() as f64;
    let sum: f64 = values.iter().sum();
    let (value, range) = match score.how {
        ScoreRule::Sum if score.prorate => (sum / values.len() as f64 * count, (low, high)),
        ScoreRule::Sum => (sum, (low, high)),
        ScoreRule::Mean | ScoreRule::MeanOfScores => {
            (sum / values.len() as f64, (low / count, high / count))
        }
    };
    let labels = if score.how == ScoreRule::Mean { common_labels(&items) } else { Vec::new() };
    ScoreValue { labels, ..scored(score, value, values.len(), items.len(), range) }
}

fn common_labels(items: &[&Question]) -> Vec<String> {
    let labels = |item: &&Question| {
        let QuestionKind::Scale { scale, labels, .. } = &item.kind else { return None };
        Some((*scale, labels.clone()))
    };
    let first = items.first().and_then(labels);
    let same = items.iter().all(|item| labels(item) == first);
    first.filter(|_| same).map(|(_, labels)| labels).unwrap_or_default()
}

fn of_scores(score: &Score, all: &[ScoreValue]) -> ScoreValue {
    let parts: Vec<&ScoreValue> = all.iter().filter(|s| score.of.contains(&s.id)).collect();
    let values: Vec<f64> = parts.iter().filter_map(|s| s.value).collect();
    let mean =
        |of: &dyn Fn(&&ScoreValue) -> f64| parts.iter().map(of).sum::<f64>() / parts.len() as f64;
    let range = (mean(&|s| s.range.0), mean(&|s| s.range.1));
    scored(
        score,
        values.iter().sum::<f64>() / values.len() as f64,
        values.len(),
        parts.len(),
        range,
    )
}

fn scored(score: &Score, value: f64, answered: usize, of: usize, range: (f64, f64)) -> ScoreValue {
    let enough = answered > 0 && answered as f64 >= score.least * of as f64;
    ScoreValue {
        id: score.id.clone(),
        title: score.title.clone(),
        value: enough.then_some(value),
        answered,
        of,
        range,
        labels: Vec::new(),
    }
}

/// What an answer counts. "Can't say" counts as missing.
fn number(question: &Question, answer: &Answer) -> Option<f64> {
    match (&question.kind, &answer.value) {
        // An answer from elsewhere may lie outside its scale.
        (_, Value::Number(n)) => n
            .as_f64()
            .filter(|value| range(question).is_none_or(|(low, high)| (low..=high).contains(value))),
        (_, Value::YesNo(yes)) => Some(if *yes { 1.0 } else { 0.0 }),
        (QuestionKind::Choice { options, .. }, Value::Text(id)) => {
            options.iter().find(|o| o.id == *id)?.value
        }
        _ => None,
    }
}

fn range(question: &Question) -> Option<(f64, f64)> {
    match &question.kind {
        QuestionKind::Scale { scale, .. } => Some((scale.min as f64, scale.max as f64)),
        QuestionKind::YesNo => Some((0.0, 1.0)),
        QuestionKind::Number { min, max } => Some(((*min)?, (*max)?)),
        QuestionKind::Choice { options, .. } => {
            let values = || options.iter().filter_map(|o| o.value);
            Some((values().reduce(f64::min)?, values().reduce(f64::max)?))
        }
        QuestionKind::Text { .. }
        | QuestionKind::Long
        | QuestionKind::Choices { .. }
        | QuestionKind::Stillness { .. }
        | QuestionKind::Tags => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice;

    /// Four items of 1 to 7, two subscales with one item reversed each, their
    /// mean, a sum, a prorated sum, and a choice with values.
    const FILE: &str = r#"
title = "Q"
scale = { min = 1, max = 7 }
question = [
  { id = "a", ask = "A", kind = "scale" },
  { id = "b", ask = "B", kind = "scale" },
  { id = "c", ask = "C", kind = "scale" },
  { id = "d", ask = "D", kind = "scale" },
  { id = "e", ask = "E", kind = "choice", options = [{ id = "x", label = "X", value = 0 }, { id = "y", label = "Y", value = 3 }] },
]
score = [
  { id = "whole", title = "Whole", how = "mean-of-scores", scores = ["near", "far"] },
  { id = "near", title = "Near", of = ["a", "b"], reverse = ["b"] },
  { id = "far", title = "Far", of = ["c", "d"], reverse = ["d"], least = 0.5 },
  { id = "sum", title = "Sum", of = ["a", "b", "c", "d"], how = "sum" },
  { id = "prorated", title = "Prorated", of = ["a", "b", "c", "d"], how = "sum", prorate = true },
  { id = "choice", title = "Choice", of = ["e"] },
]
"#;

    fn scored(answers: &[(&str, &str)]) -> Vec<(String, Option<f64>)> {
        let found = practice::read("q", "q.toml".as_ref(), FILE, &[]);
        let practice = found.into_practice().unwrap();
        let answers: Vec<Answer> = answers
            .iter()
            .filter_map(|(id, text)| {
                let question = practice.question(id).unwrap();
                Some(question.answer_with(question.read(text).unwrap()?))
            })
            .collect();
        scores(&practice, &answers).into_iter().map(|s| (s.id, s.value)).collect()
    }

    fn expect(answers: &[(&str, &str)], expected: &[(&str, Option<f64>)]) {
        let expected: Vec<_> = expected.iter().map(|(id, v)| (id.to_string(), *v)).collect();
        assert_eq!(scored(answers), expected);
    }

    #[test]
    fn scores_agree_with_those_worked_out_by_hand() {
        // near: (6 + (8 - 2)) / 2 = 6; far: (3 + (8 - 7)) / 2 = 2; whole: 4.
        expect(
            &[("a", "6"), ("b", "2"), ("c", "3"), ("d", "7"), ("e", "y")],
            &[
                ("whole", Some(4.0)),
                ("near", Some(6.0)),
                ("far", Some(2.0)),
                ("sum", Some(18.0)),
                ("prorated", Some(18.0)),
                ("choice", Some(3.0)),
            ],
        );
    }

    #[test]
    fn what_is_missing_counts_as_missing_and_never_as_zero() {
        // near has half of its items and needs three quarters; far needs half.
        // Of the four items three are there: 6 + 3 + 7, scaled up by 4 / 3.
        expect(
            &[("a", "6"), ("b", "can't say"), ("c", "3"), ("d", "7")],
            &[
                ("whole", None),
                ("near", None),
                ("far", Some(2.0)),
                ("sum", Some(16.0)),
                ("prorated", Some(16.0 / 3.0 * 4.0)),
                ("choice", None),
            ],
        );
    }

    #[test]
    fn a_yes_counts_one_and_a_number_counts_as_it_is() {
        let file = "title = \"Q\"\nquestion = [{ id = \"f\", ask = \"F\", kind = \"yes-no\" }, { id = \"g\", ask = \"G\", kind = \"number\", min = 2, max = 9 }]\nscore = [{ id = \"s\", title = \"S\", of = [\"f\", \"g\"], how = \"sum\" }]\n";
        let found = practice::read("q", "q.toml".as_ref(), file, &[]);
        let practice = found.into_practice().unwrap();
        let answer = |id: &str, value: Value| practice.question(id).unwrap().answer_with(value);
        let of = |yes: bool| {
            let answers = [answer("f", Value::YesNo(yes)), answer("g", Value::Number(5.into()))];
            let score = super::scores(&practice, &answers).remove(0);
            (score.value, score.range)
        };
        assert_eq!([true, false].map(of), [6.0, 5.0].map(|sum| (Some(sum), (2.0, 10.0))));
    }

    #[test]
    fn exactly_three_quarters_is_enough() {
        let file = "title = \"Q\"\nscale = { min = 0, max = 4 }\nquestion = [{ id = \"a\", ask = \"A\", kind = \"scale\" }, { id = \"b\", ask = \"B\", kind = \"scale\" }, { id = \"c\", ask = \"C\", kind = \"scale\" }, { id = \"d\", ask = \"D\", kind = \"scale\" }]\nscore = [{ id = \"s\", title = \"S\", of = [\"a\", \"b\", \"c\", \"d\"] }]\n";
        let found = practice::read("q", "q.toml".as_ref(), file, &[]);
        let practice = found.into_practice().unwrap();
        let answer =
            |id: &str, n: i64| practice.question(id).unwrap().answer_with(Value::Number(n.into()));
        let three = [answer("a", 4), answer("b", 3), answer("c", 0)];
        let of = |answers: &[Answer]| scores(&practice, answers).remove(0).value;
        assert_eq!(of(&three), Some(7.0 / 3.0));
        assert_eq!(of(&three[..2]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn the_example_questionnaire_agrees_with_its_key_worked_by_hand() {
        let file = include_str!("../../prompts/examples/ipip.toml");
        let practice =
            practice::read("ipip", "ipip.toml".as_ref(), file, &[]).into_practice().unwrap();
        let given = [
            ("stressed", 4),
            ("relaxed", 3),
            ("worry", 5),
            ("seldom-blue", 4),
            ("disturbed", 2),
            ("upset", 3),
            ("change-mood", 1),
            ("mood-swings", 2),
            ("irritated", 4),
            ("often-blue", 2),
        ];
        let answers: Vec<Answer> = given
            .iter()
            .map(|(id, n)| practice.question(id).unwrap().answer_with(Value::Number((*n).into())))
            .collect();
        // 2 + 3 + 1 + 4 + 4 + 3 + 5 + 4 + 2 + 4 = 32, eight of them turned round.
        assert_eq!(scores(&practice, &answers)[0].value, Some(3.2));
        // Seven of ten are fewer than the eight that it wants.
        assert_eq!(scores(&practice, &answers[..7])[0].value, None);
        assert!(scores(&practice, &answers[..8])[0].value.is_some());
    }

    #[test]
    fn a_score_ranges_as_far_as_its_answers_could_take_it() {
        let practice = practice::read("q", "q.toml".as_ref(), FILE, &[]).into_practice().unwrap();
        let ranges: Vec<(String, (f64, f64))> =
            super::scores(&practice, &[]).into_iter().map(|s| (s.id, s.range)).collect();
        let expected = [
            ("whole", (1.0, 7.0)),
            ("near", (1.0, 7.0)),
            ("far", (1.0, 7.0)),
            ("sum", (4.0, 28.0)),
            ("prorated", (4.0, 28.0)),
            ("choice", (0.0, 3.0)),
        ];
        assert_eq!(ranges, expected.map(|(id, range)| (id.to_owned(), range)));
    }

    #[test]
    fn a_mean_of_one_scale_has_its_words_and_a_sum_has_none() {
        let file = FILE.replace("max = 7 }", "max = 2, labels = [\"no\", \"yes\"] }");
        let practice = practice::read("q", "q.toml".as_ref(), &file, &[]).into_practice().unwrap();
        let scored = super::scores(&practice, &[]);
        let labels = |id: &str| scored.iter().find(|s| s.id == id).unwrap().labels.clone();
        assert_eq!(labels("near"), ["no", "yes"]);
        assert!(labels("sum").is_empty() && labels("choice").is_empty());
    }
}
