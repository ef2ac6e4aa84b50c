//! What earlier entries say, newest first.

use serde_json::json;

use super::*;
use crate::entry::testing;

#[test]
fn a_recall_takes_the_newest_entry_that_fits_and_names_its_day() {
    let recall = Recall {
        practice: "write".into(),
        within: 0,
        place: crate::practice::RecallPlace::Question("letter".into()),
        when: vec![Condition {
            question: "afterwards".into(),
            holds: Test::OneOf(vec!["heavier".into()]),
        }],
        lead: "On {day} you wrote:".into(),
        say: vec![ConditionalLine {
            turns: vec!["It was {afterwards}.".into()],
            when: Vec::new(),
            marks: Marks::default(),
        }],
        shows: crate::practice::RecallDisplay::Lines,
        since_care: false,
    };
    let clock = clock();
    let entries = pages(&[Some("same"), Some("heavier"), Some("heavier")]);
    let past = EarlierEntries { entries: &entries, clock: &clock };
    let (lead, lines) = past.recall_lines(&recall, clock.today(), None);
    assert_eq!(
        (lead.as_str(), lines),
        ("On 22 November you wrote:", vec!["It was heavier.".into()])
    );
    let same = Clock::at("2026-11-22T23:00:00+00:00".parse().unwrap());
    let past = EarlierEntries { entries: &entries, clock: &same };
    assert_eq!(past.recall_lines(&recall, same.today(), None).0, "Earlier today you wrote:");
    let later = Clock::at("2027-01-03T22:00:00+00:00".parse().unwrap());
    let past = EarlierEntries { entries: &entries, clock: &later };
    assert_eq!(past.recall_lines(&recall, later.today(), None).0, "On 22 November 2026 you wrote:");
}

/// Newest first, one a day before the 23rd.
fn pages(afterwards: &[Option<&str>]) -> Vec<Entry> {
    let page = |(days, after): (usize, &Option<&str>)| {
        let at = format!("2026-11-{:02}T21:00:00+00:00", 23 - days);
        let answer = json!({ "question": "afterwards", "asked": "?", "value": after });
        let answers = after.map_or(json!([]), |_| json!([answer]));
        testing::entry(json!({ "practice": "write", "at": at, "answers": answers }))
    };
    afterwards.iter().enumerate().map(page).collect()
}

fn clock() -> Clock {
    Clock::at("2026-11-23T22:00:00+00:00".parse().unwrap())
}

#[test]
fn a_run_counts_answers_in_their_order_and_skipping_breaks_none() {
    let clock = clock();
    let earlier = |entries: &[Entry]| {
        let past = EarlierEntries { entries, clock: &clock };
        let practices = crate::practice::Practices::built_in();
        let write = practices.practice("write").unwrap().clone();
        let write = past.count_runs(write);
        let Test::Running(run) = &write.closing[0].when[0].holds else { panic!() };
        run.earlier
    };
    assert_eq!(earlier(&pages(&[Some("heavier"), None, Some("heavier")])), 2);
    assert_eq!(earlier(&pages(&[Some("heavier"), Some("same"), Some("heavier")])), 1);
    assert_eq!(earlier(&pages(&[Some("lighter"), Some("heavier")])), 0);
    assert_eq!(earlier(&[]), 0);
}

#[test]
fn of_several_answers_the_one_that_keeps_coming_is_named() {
    let clock = clock();
    let practices = crate::practice::Practices::built_in();
    let needs = practices.practice("needs").unwrap();
    // Newest first, a month apart.
    let said = |now: &[&str], earlier: &[Option<&[&str]>]| {
        let entry = |(months, words): (u32, &Option<&[&str]>)| {
            let at = format!("2026-{:02}-20T21:00:00+00:00", 11 - months);
            let answers =
                words.map(|words| json!([{ "question": "unmet", "asked": "?", "value": words }]));
            testing::entry(json!({ "practice": "needs", "at": at,
                                       "answers": answers.unwrap_or(json!([])) }))
        };
        let entries: Vec<Entry> = (0..).zip(earlier).map(entry).collect();
        let needs = EarlierEntries { entries: &entries, clock: &clock }.count_runs(needs.clone());
        let unmet = needs.question("unmet").unwrap();
        let now = now.iter().map(|word| (*word).to_owned()).collect();
        unmet.reply_to(&[unmet.answer_with(Value::Chosen(now))])
    };
    let (rest, heard) = (Some(&["rest"][..]), Some(&["heard", "rest"][..]));
    let words = "You marked “rest” unmet three times running.";
    assert_eq!(said(&["heard", "rest"], &[rest, heard]).unwrap(), words);
    let words = "You marked “to be heard” unmet four times running.";
    assert_eq!(said(&["heard"], &[heard, None, heard, heard]).unwrap(), words);
    assert_eq!(said(&["heard"], &[heard, rest, heard]), None, "it was met in between");
    let met = testing::entry(json!({ "practice": "needs", "at": "2026-11-01T21:00:00+00:00",
            "answers": [{ "question": "met", "asked": "?", "value": ["rest"] }] }));
    let unmet = |day: &str| {
        testing::entry(json!({ "practice": "needs", "at": format!("2026-{day}T21:00:00+00:00"),
                "answers": [{ "question": "unmet", "asked": "?", "value": ["rest"] }] }))
    };
    let entries = [unmet("11-20"), met, unmet("10-20"), unmet("09-20")];
    let past = EarlierEntries { entries: &entries, clock: &clock };
    assert_eq!(past.repeated("needs", "unmet"), [("rest".to_owned(), 1)]);
    let none = Some(&["none"][..]);
    assert_eq!(said(&["none"], &[none, none]), None);
    assert_eq!(said(&["rest"], &[rest, none, rest]), None);
    assert_eq!(said(&["rest"], &[]), None);
}

#[test]
fn a_plan_that_was_chosen_from_the_notes_is_not_suggested_a_second_time() {
    let clock = clock();
    let answers = |given: &[(&str, &str)]| {
        let answer =
            |(id, text): &(&str, &str)| json!({ "question": id, "asked": "?", "value": text });
        given.iter().map(answer).collect::<Vec<_>>()
    };
    let entry = |practice: &str, answers: Vec<serde_json::Value>| {
        let at = "2026-11-22T09:00:00+00:00";
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    };
    let plan = "If it rains, then I will read.";
    let notes = entry("notice", answers(&[("next-if", "it rains"), ("next-then", "read")]));
    let idea = "I'll rest before I'm worn out.";
    for (intention, count) in [(plan, 1), (idea, 2)] {
        let intent = entry("intent", answers(&[("intention", intention)]));
        let entries = [notes.clone(), intent];
        let past = EarlierEntries { entries: &entries, clock: &clock };
        let practices = crate::practice::Practices::built_in();
        let practice = practices.valid().find(|practice| practice.name == "intent").unwrap();
        let suggested = past.suggest(practice.clone(), None);
        let kind = &suggested.question("intention").unwrap().kind;
        let QuestionKind::Text { suggestions } = kind else { panic!("{kind:?}") };
        let all: Vec<&str> = suggestions.iter().map(|it| it.say.as_str()).collect();
        for line in [plan, idea] {
            assert_eq!(all.iter().filter(|it| **it == line).count(), 1, "{line}: {all:?}");
        }
        let earlier = suggestions.iter().filter(|it| it.heading.as_deref() != Some("Ideas"));
        assert_eq!(earlier.count(), count, "{all:?}");
    }
}

#[test]
fn nothing_from_before_care_came_on_is_asked_about_while_it_is_on() {
    let clock = Clock::at("2026-12-20T22:00:00+00:00".parse().unwrap());
    let practices = crate::practice::Practices::built_in();
    let follows_up = |name: &&Practice| name.follow_up.is_some();
    let mut asked = 0;
    for practice in practices.valid().filter(follows_up) {
        let answers = match practice.name.as_str() {
            "look" => json!([{ "question": "carry", "asked": "?", "value": "Talk to Sam" }]),
            "grow" | "guide" => {
                json!([{ "question": "next-step", "asked": "?", "value": "Talk to Sam" }])
            }
            _ => json!([
                { "question": "gratitude", "asked": "?", "value": "tea" },
                { "question": "share", "asked": "?",
                  "value": if practice.name == "feel" { "say" } else { "will-say" } },
                { "question": "need", "asked": "?", "value": ["rest"] },
            ]),
        };
        let at = "2026-12-01T21:00:00+00:00";
        let entry = testing::entry(
            json!({ "practice": practice.name, "at": at, "written": at, "answers": answers }),
        );
        let past = EarlierEntries { entries: std::slice::from_ref(&entry), clock: &clock };
        let since = |moment: &str| Some(moment.parse().unwrap());
        let is_asked = |since| past.to_follow_up(practice, since).is_some();
        assert!(is_asked(None), "{}", practice.name);
        assert!(is_asked(since(at)), "{}: it was written in care", practice.name);
        assert!(!is_asked(since("2026-12-02T08:00:00+00:00")), "{}", practice.name);
        asked += 1;
    }
    assert_eq!(asked, 5);
}
