use super::*;
use crate::entry::testing;
use crate::pattern::practice_questions::PracticeQuestions;
use crate::practice::{Pattern, PatternDisplay, PatternGrouping};

fn entry(day: &str, answers: serde_json::Value) -> Entry {
    let at = format!("{day}T20:00:00+00:00");
    testing::entry(serde_json::json!({ "practice": "notice", "at": at, "answers": answers }))
}

fn moment(day: &str, under: &str, did: &str) -> Entry {
    let answer = |question: &str, value: &str| {
        serde_json::json!({ "question": question, "asked": question, "value": [value],
            "labels": { value: value.to_uppercase() } })
    };
    entry(day, serde_json::json!([answer("under", under), answer("did", did)]))
}

#[test]
fn rows_are_counted_beside_columns_and_days_around_have_their_means() {
    let mut pattern = Pattern::plain("", "did", PatternDisplay::Matrix);
    pattern.of.push("under".into());
    let (practice, question) = ("reflect".to_owned(), "closeness".to_owned());
    pattern.by = Some(PatternGrouping { practice, question });
    let mut matrix = Box::new(Matrix::new(Scope::plain(pattern)));
    for (day, under, did) in [
        ("2026-11-20", "hurt", "quiet"),
        ("2026-11-14", "hurt", "quiet"),
        ("2026-11-08", "hurt", "stayed"),
        ("2026-11-02", "fear", "stayed"),
        ("2026-10-27", "fear", "quiet"),
    ] {
        matrix.add(day.parse().unwrap(), &moment(day, under, did));
        let before = day.parse::<NaiveDate>().unwrap() - Duration::days(1);
        for (day, value) in [(before, 3), (day.parse().unwrap(), 1)] {
            let number = serde_json::json!([{ "question": "closeness", "asked": "Close?",
                "scale": { "min": 0, "max": 4 }, "value": value }]);
            matrix.group(day, &entry(&day.to_string(), number));
        }
    }
    let Body::Matrix { columns, totals, rows, around, .. } = matrix.measure(None).body else {
        panic!()
    };
    assert_eq!((columns, totals), (vec!["QUIET".into(), "STAYED".into()], vec![3, 2]));
    let rows: Vec<_> = rows.iter().map(|row| (&*row.answer, row.times, &*row.counts)).collect();
    assert_eq!(rows, [("HURT", 3, &[2, 1][..]), ("FEAR", 2, &[1, 1][..])]);
    let days = around.unwrap().days;
    let means: Vec<_> = days.iter().map(|day| (day.after, day.mean)).collect();
    assert_eq!(means[2..4], [(-1, Some(3.0)), (0, Some(1.0))]);
    assert_eq!(means[0], (-3, None), "no answers have no mean");
}

#[test]
fn an_option_that_was_chosen_once_has_a_row() {
    let mut pattern = Pattern::plain("", "did", PatternDisplay::Matrix);
    pattern.of.push("under".into());
    let mut matrix = Box::new(Matrix::new(Scope::plain(pattern)));
    for n in 1..=6 {
        let day = format!("2026-11-{n:02}");
        let under = if n == 1 { "fear" } else { "hurt" };
        matrix.add(day.parse().unwrap(), &moment(&day, under, "quiet"));
    }
    let Body::Matrix { rows, .. } = matrix.measure(None).body else { panic!() };
    let rows: Vec<_> = rows.iter().map(|row| (&*row.answer, row.times)).collect();
    assert_eq!(rows, [("HURT", 5), ("FEAR", 1)]);
}

const FILE: &str = r#"
title = "Notice"
question = [
  { id = "did", ask = "What did you do?", kind = "choices", options = [{ id = "quiet", label = "I went quiet" }, { id = "left", label = "I left" }, { id = "stayed", label = "I stayed" }] },
  { id = "under", ask = "What was underneath?", kind = "choices", options = [{ id = "hurt", label = "I was hurt" }, { id = "dont-know", label = "I don't know" }] },
]
"#;

/// Sessions by what was done, twelve days apart, and the closeness of the day before.
fn measured(did: &[(&str, i64)]) -> Body {
    let practice = crate::practice::read("notice", "notice.toml".as_ref(), FILE, &[]);
    let practice = practice.into_practice().unwrap();
    let mut pattern = Pattern::plain("", "did", PatternDisplay::Matrix);
    pattern.of.push("under".into());
    let (of, question) = ("reflect".to_owned(), "closeness".to_owned());
    pattern.by = Some(PatternGrouping { practice: of, question });
    let questions = std::rc::Rc::new(PracticeQuestions::of(&practice));
    let scope = Scope { practice: Some(&practice), questions, ..Scope::plain(pattern) };
    let mut matrix = Box::new(Matrix::new(scope));
    for (at, (did, before)) in did.iter().enumerate() {
        let day: NaiveDate = "2026-11-20".parse().unwrap();
        let day = day - Duration::days(12 * at as i64);
        matrix.add(day, &moment(&day.to_string(), "dont-know", did));
        for (after, value) in [(-1, *before), (0, 3), (1, 2)] {
            let day = day + Duration::days(after);
            let number = serde_json::json!([{ "question": "closeness", "asked": "Close?",
                "scale": { "min": 0, "max": 4 }, "value": value }]);
            matrix.group(day, &entry(&day.to_string(), number));
        }
    }
    matrix.measure(None).body
}

#[test]
fn days_around_are_those_of_the_first_option_alone() {
    let did = [("quiet", 0), ("stayed", 4), ("quiet", 0), ("stayed", 4), ("quiet", 0)];
    let Body::Matrix { around, .. } = measured(&did) else { panic!() };
    let days = around.unwrap().days;
    let before: Vec<_> = days.iter().filter(|day| day.after == -1).collect();
    assert_eq!((before[0].mean, before[0].answers), (Some(0.0), 3));
}

#[test]
fn what_the_look_is_about_leads_though_it_was_never_chosen() {
    let did = [("stayed", 4), ("left", 3), ("stayed", 3), ("stayed", 4)];
    let Body::Matrix { columns, totals, rows, around, .. } = measured(&did) else { panic!() };
    assert_eq!(columns, ["I went quiet", "STAYED", "LEFT"]);
    assert_eq!((totals, around), (vec![0, 3, 1], None));
    assert!(rows[0].is_unknown);
    assert_eq!(rows[0].counts, [0, 3, 1]);
}

#[test]
fn who_does_not_know_has_not_answered_whether_it_was_that() {
    let mut pattern = Pattern::plain("", "did", PatternDisplay::Matrix);
    pattern.of.push("under".into());
    let mut matrix = Box::new(Matrix::new(Scope::plain(pattern)));
    let moments = ["hurt"; 6].map(|it| (it, "quiet")).into_iter();
    let moments = moments.chain(["too-much"; 6].map(|it| (it, "stayed")));
    for (at, (under, did)) in moments.chain([("dont-know", "stayed"); 6]).enumerate() {
        let day = "2026-11-20".parse::<NaiveDate>().unwrap() - Duration::days(at as i64);
        matrix.add(day, &moment(&day.to_string(), under, did));
    }
    let Body::Matrix { standouts, .. } = matrix.measure(None).body else { panic!() };
    assert_eq!((standouts[0].with, standouts[0].without), ((6, 6), (0, 6)));
}
