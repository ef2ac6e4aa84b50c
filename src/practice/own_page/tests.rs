use serde_json::json;

use super::*;
use crate::config::Clock;
use crate::entry::testing;
use crate::practice::{EarlierEntries, Practices};

#[test]
fn in_care_no_page_has_a_choice_that_presses_towards_someone() {
    let label = "Work on this together, if we both want to";
    let session = testing::entry(json!({ "practice": "guide", "answers": [
        { "question": "choice", "asked": "?", "value": "together", "labels": { "together": label } },
        { "question": "next-step", "asked": "?", "value": "A walk" },
    ] }));
    let clock = Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap());
    let practices = Practices::built_in();
    for form in Form::all() {
        let guide = practices.practice("guide").unwrap();
        let guide = guide.clone().adapted_to(form);
        let layout = guide.page.as_ref().unwrap();
        let past = EarlierEntries { entries: std::slice::from_ref(&session), clock: &clock };
        let page = past.compose_page(&guide).unwrap();
        let texts: Vec<String> = page.answers.iter().map(Answer::text).collect();
        let is_there = form.fear != Fear::Known;
        assert_eq!(texts.iter().any(|text| text == label), is_there, "{form:?}: {texts:?}");
        assert!(texts.iter().any(|text| text == "A walk"), "{form:?}: {texts:?}");
        // Nor one that was composed before care was on.
        let earlier = testing::entry(json!({ "practice": "guide", "answers": [
            { "question": "page-choice", "asked": "My choice for the next month", "value": label },
        ] }));
        assert_eq!(layout.without_left_out(&earlier).answers.is_empty(), !is_there, "{form:?}");
    }
}

#[test]
fn two_pages_are_days_weeks_or_months_apart() {
    for (days, words) in [
        (1, "one day"),
        (10, "ten days"),
        (14, "two weeks"),
        (45, "six weeks"),
        (60, "two months"),
        (151, "five months"),
    ] {
        assert_eq!(rough_span(days), words);
    }
}

#[test]
fn in_care_no_page_has_a_choice_a_step_or_a_boundary_from_before_that_leads_to_someone() {
    let before = json!([
        { "question": "choice", "asked": "?", "value": "Go to counselling with Sam" },
        { "question": "next-step", "asked": "?", "value": "tell Sam about the loop" },
        { "question": "stand-with", "asked": "?", "value": "Ines" },
        { "question": "boundary-do", "asked": "?", "value": "stop", "labels": { "stop": "stop the talk" } },
        { "question": "boundary-then", "asked": "?", "value": "again",
          "labels": { "again": "say it once more, then stop" } },
        { "question": "sentence", "asked": "Your boundary, in one sentence",
          "value": "I stop the talk, and if it is crossed I say it once more, then stop." },
    ]);
    let at = "2026-11-28T20:00:00+00:00";
    let session =
        testing::entry(json!({ "practice": "guide", "at": at, "written": at, "answers": before }));
    let clock = Clock::at("2026-12-20T22:00:00+00:00".parse().unwrap());
    let practices = Practices::built_in();
    let guide = practices.practice("guide").unwrap();
    let page = |fear: Fear, care_since: Option<&str>| {
        let mut guide = guide.clone();
        let layout = guide.page.as_mut().unwrap();
        layout.keep_to(Form { fear, ..Form::USUAL });
        layout.care_since = care_since.map(|moment| moment.parse().unwrap());
        let past = EarlierEntries { entries: std::slice::from_ref(&session), clock: &clock };
        let page = past.compose_page(&guide).unwrap();
        let ids = |answers: &[Answer]| -> Vec<String> {
            answers.iter().map(|answer| answer.question.clone()).collect()
        };
        // A page that was kept then stands as one composed now.
        let mut then = practices.practice("guide").unwrap().clone();
        then.page.as_mut().unwrap().keep_to(Form::USUAL);
        let kept = past.compose_page(&then).unwrap();
        let kept = Entry { answers: kept.answers, ..session.clone() };
        let kept = guide.page.as_ref().unwrap().without_left_out(&kept);
        assert_eq!(ids(&kept.answers), ids(&page.answers));
        ids(&page.answers)
    };
    let all = ["page-boundary", "page-choice", "page-next-step", "page-stand-with", "page-span"];
    assert_eq!(page(Fear::None, None), all);
    assert_eq!(
        page(Fear::Known, Some("2026-12-01T08:00:00+00:00")),
        ["page-stand-with", "page-span"]
    );
    let since = page(Fear::Known, Some(at));
    assert_eq!(since, ["page-choice", "page-next-step", "page-stand-with", "page-span"]);
}
