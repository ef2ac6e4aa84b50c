//! What is shown of a practice, and in which order.

use chrono::Days as DayCount;
use serde_json::{Value as Json, json};

use super::*;
use crate::entry::{Value, testing};
use crate::pattern::change::ComparisonSpan;
use crate::pattern::{Ungrouped, ValueUnit};

const FILE: &str = r#"
title = "Q"
scale = { min = 0, max = 4 }
question = [
  { id = "near", ask = "Near?", kind = "scale" },
  { id = "saw", ask = "Saw?", kind = "choice", options = [{ id = "stayed", label = "I stayed" }, { id = "left", label = "I left" }] },
  { id = "hit", ask = "Hit?", kind = "choice", harm = ["yes"], options = [{ id = "no", label = "No" }, { id = "yes", label = "Yes" }] },
  { id = "said", ask = "Said?", kind = "text" },
]
"#;

const PATTERNS: &str = r#"
[[pattern]]
title = "What you saw"
shows = "counts"
of = ["saw"]
look = "mine"

[[pattern]]
title = "What you saw, with a plan and without"
shows = "counts"
of = ["saw"]
by = { practice = "plan", question = "then" }
look = "mine"

[[pattern]]
title = "Whether you were hit"
shows = "counts"
of = ["hit"]
look = "mine"
"#;

fn practice(patterns: &str) -> Practice {
    let file = format!("{FILE}{patterns}");
    crate::practice::read("q", "q.toml".as_ref(), &file, &[]).into_practice().unwrap()
}

/// So many days of answers, and every other day a plan.
fn entries(days: u64) -> Vec<Entry> {
    let today: NaiveDate = "2026-11-28".parse().unwrap();
    let of_day = |ago: u64| {
        let entry = |practice: &str, answers: Json| {
            let at = format!("{}T20:00:00Z", today - DayCount::new(ago));
            testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
        };
        let (saw, plan) =
            if ago.is_multiple_of(2) { ("stayed", json!("breathe")) } else { ("left", json!([])) };
        let answer = |id: &str, value: Json| json!({ "question": id, "asked": id, "value": value });
        let scale = json!({ "min": 0, "max": 4 });
        let near =
            json!({ "question": "near", "asked": "Near?", "scale": scale, "value": ago % 5 });
        // The second answer to a question that is given twice doesn't count.
        let answers = json!([
            near,
            answer("saw", json!(saw)),
            answer("saw", json!("left")),
            answer("hit", json!("no")),
            answer("said", json!("Time alone.")),
        ]);
        [entry("q", answers), entry("plan", json!([answer("then", plan)]))]
    };
    (0..days).flat_map(of_day).collect()
}

fn shown(practices: &[Practice], days: u64, request: Request, fear: Fear) -> Vec<Figure> {
    shown_of(&entries(days), practices, request, fear)
}

fn shown_of(
    entries: &[Entry],
    practices: &[Practice],
    request: Request,
    fear: Fear,
) -> Vec<Figure> {
    compared(entries, practices, request, None, fear)
}

fn compared(
    entries: &[Entry],
    practices: &[Practice],
    request: Request,
    against: Option<Baseline>,
    fear: Fear,
) -> Vec<Figure> {
    let clock = &Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
    let (chapter, until) = (Chapter::Together, clock.today());
    let plan = FoldPlan { practices, chapter, clock, request, until, against, texts: 5 };
    let mut fold = Fold::new(&plan);
    entries.iter().for_each(|entry| fold.add(entry));
    fold.finish(fear).shown
}

fn titles(figures: &[Figure]) -> Vec<&str> {
    figures.iter().map(|figure| figure.title.as_str()).collect()
}

#[test]
fn while_someone_is_afraid_what_tells_of_harm_leads_whatever_is_looked_at() {
    let practices = [practice(PATTERNS)];
    let of = |request: Request, fear| shown(&practices, 30, request, fear);
    let (hit, days) = ("Whether you were hit", "The days on which you wrote");
    let (saw, planned) = ("What you saw", "What you saw, with a plan and without");
    let named = |name: &str| Request::Named(name.to_owned());
    assert_eq!(titles(&of(named("mine"), Fear::None)), [planned, saw, hit]);
    assert_eq!(titles(&of(named("mine"), Fear::Known)), [hit, planned, saw]);
    assert_eq!(titles(&of(Request::Whole, Fear::None)), [days, saw, planned, hit]);
    assert_eq!(titles(&of(Request::Whole, Fear::Known)), [hit, days, saw, planned]);
    let of_practice = of(named("q"), Fear::Known);
    assert_eq!(titles(&of_practice)[..3], [hit, saw, planned]);
    assert_eq!(titles(&of(named("q"), Fear::None))[..3], [saw, planned, hit]);
}

#[test]
fn numbers_that_are_drawn_have_no_table_of_how_often_each_was_given() {
    let practices = [practice("")];
    let near = || Request::Question { practice: "q".to_owned(), question: "near".to_owned() };
    let drawn = shown(&practices, 30, near(), Fear::None);
    assert_eq!(titles(&drawn), ["Near?"]);
    assert!(matches!(drawn[0].body, Body::Weeks { .. }));
    let few = shown(&practices, 5, near(), Fear::None);
    assert_eq!(titles(&few), ["Near?", "Near? (how often each)"]);
    assert!(few[0].is_too_few() && matches!(few[1].body, Body::Counts { .. }));
}

#[test]
fn what_no_pattern_names_is_shown_by_the_kind_of_its_answers() {
    let practices = [practice("")];
    let known = shown(&practices, 30, Request::Named("q".to_owned()), Fear::None);
    assert_eq!(titles(&known), ["Near?", "Saw?", "Hit?", "Said?"]);
    let gone = shown(&[], 30, Request::Named("q".to_owned()), Fear::None);
    assert_eq!(titles(&gone), ["Near?", "saw", "hit", "said"]);
    for figure in known.iter().chain(&gone) {
        assert_eq!(figure.rests_on, 30, "{}", figure.title);
    }
    assert_eq!(known[0].lines()[0].answers.len(), 30);
    let Body::Counts { counts, .. } = &known[1].body else { panic!("{:?}", known[1].body) };
    let counts: Vec<_> = counts.iter().map(|count| (count.answer.as_str(), count.times)).collect();
    assert_eq!(counts, [("stayed", 15), ("left", 15)]);
    let Body::Recurring { answers, running } = &known[3].body else { panic!() };
    assert_eq!(answers[0].times, 30);
    assert_eq!(running.as_ref().map(|run| run.times), Some(30));
}

#[test]
fn a_moment_rests_on_those_that_there_were_and_where_there_were_none_on_what_was_answered() {
    // Said on twenty days; on ten there was none.
    let mut entries = entries(30);
    let answers = entries.iter_mut().flat_map(|entry| &mut entry.answers);
    for answer in answers.filter(|answer| answer.question == "said").step_by(3) {
        answer.value = Value::Text("None.".to_owned());
    }
    let without = |words: &str| {
        let moments = format!(
            "[[pattern]]\ntitle = \"Moments\"\nshows = \"moments\"\nof = [\"said\"]\nwithout = [{words}]"
        );
        let named = Request::Named("q".to_owned());
        let figures = shown_of(&entries, &[practice(&moments)], named, Fear::None);
        figures.into_iter().find(|figure| figure.title == "Moments").unwrap().rests_on
    };
    assert_eq!(without("\"None.\""), 20);
    assert_eq!(without("\"None.\", \"Time alone.\""), 30);
}

#[test]
fn what_a_pattern_passes_over_does_not_come_again_where_its_question_is_shown_alone() {
    let alone = |without: &str, shows: &str| {
        let pattern = format!(
            "[[pattern]]\ntitle = \"Again\"\nshows = \"{shows}\"\nof = [\"said\"]\nwithout = [{without}]"
        );
        let said = Request::Question { practice: "q".to_owned(), question: "said".to_owned() };
        let figures = shown(&[practice(&pattern)], 30, said, Fear::None);
        let again = figures.iter().filter_map(|figure| match &figure.body {
            Body::Recurring { answers, .. } => Some(answers.len()),
            _ => None,
        });
        again.sum::<usize>()
    };
    assert_eq!(alone("\"Something else.\"", "recurring"), 1);
    assert_eq!(alone("\"Time alone.\"", "recurring"), 0);
    // Only what passes over what recurs does so.
    assert_eq!(alone("\"Time alone.\"", "moments"), 1);
}

#[test]
fn a_day_with_two_entries_of_a_daily_practice_counts_once() {
    let said_twice = |cadence: &str| {
        let moments = "[[pattern]]\ntitle = \"Moments\"\nshows = \"moments\"\nof = [\"said\"]\nwithout = [\"None.\"]";
        let file = format!("cadence = \"{cadence}\"\n{FILE}{moments}");
        let practice =
            crate::practice::read("q", "q.toml".as_ref(), &file, &[]).into_practice().unwrap();
        let twice = [entries(30), entries(30)].concat();
        let named = Request::Named("q".to_owned());
        let figures = shown_of(&twice, &[practice], named, Fear::None);
        let moments = figures.into_iter().find(|figure| figure.title == "Moments").unwrap();
        moments.lines()[0].answers.len()
    };
    assert_eq!(said_twice("evening"), 30);
    assert_eq!(said_twice("as-needed"), 60);
}

#[test]
fn an_answer_is_compared_with_the_newest_of_a_span_and_with_none_outside_it() {
    let practices = [practice("[[pattern]]\ntitle = \"Pairs\"\nshows = \"sessions\"")];
    let then = |from: &str, to: &str| {
        let [from, to] = [from, to].map(|day| day.parse().unwrap());
        let span = Some(Baseline::Span(ComparisonSpan { from, to }));
        let named = Request::Named("q".to_owned());
        let figures = compared(&entries(30), &practices, named, span, Fear::None);
        let pairs = figures.into_iter().find_map(|figure| match figure.body {
            Body::Sessions { pairs } => pairs.into_iter().next(),
            _ => None,
        });
        pairs.map(|pair| pair.then.day.to_string())
    };
    assert_eq!(then("2026-11-05", "2026-11-10").as_deref(), Some("2026-11-10"));
    assert_eq!(then("2026-11-20", "2026-11-28").as_deref(), Some("2026-11-27"));
    assert_eq!(then("2026-08-01", "2026-08-31"), None);
}

const SCORE: &str = "[[score]]\nid = \"ease\"\ntitle = \"Ease\"\nof = [\"near\"]\n";

#[test]
fn scores_without_a_pattern_are_shown_over_time_and_the_first_screen_says_where() {
    let clock = &Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
    let of = |practice: Practice, request: Request| {
        let (chapter, until, practices) = (Chapter::Together, clock.today(), &[practice]);
        let against = None;
        let plan = FoldPlan { practices, chapter, clock, request, until, against, texts: 5 };
        let mut fold = Fold::new(&plan);
        entries(10).iter().for_each(|entry| fold.add(entry));
        let figures = fold.finish(Fear::None);
        let is_of_scores = |it: &&Figure| matches!(it.body, Body::Scores { .. });
        (figures.shown.iter().filter(is_of_scores).count(), figures.closer)
    };
    let named = || Request::Named("q".to_owned());
    assert_eq!(of(practice(SCORE), named()).0, 1);
    assert_eq!(of(practice(SCORE), Request::Overview), (0, vec!["q".to_owned()]));
    assert_eq!(of(practice(""), Request::Overview), (0, Vec::new()));
    let own =
        format!("{SCORE}[[pattern]]\ntitle = \"Ease\"\nshows = \"scores\"\nof = [\"ease\"]\n");
    assert_eq!(of(practice(&own), named()).0, 1, "its own pattern of it, and no other");
}

#[test]
fn answers_that_are_of_no_group_are_counted_and_a_group_needs_several_days() {
    let today: NaiveDate = "2026-11-28".parse().unwrap();
    let entry = |practice: &str, ago: u64, id: &str, value: &str| {
        let at = format!("{}T20:00:00Z", today - DayCount::new(ago));
        let answers = json!([{ "question": id, "asked": id, "value": value }]);
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    };
    // Two answers a day: on six days with a plan, on three without, and eleven days say neither.
    let of_day = |ago: u64| {
        let plan = match ago {
            0..6 => Some(entry("plan", ago, "then", "Breathe.")),
            6..9 => Some(entry("plan", ago, "note", "None.")),
            _ => None,
        };
        let saw = ["stayed", "left"].map(|saw| entry("q", ago, "saw", saw));
        plan.into_iter().chain(saw)
    };
    let entries: Vec<Entry> = (0..20).flat_map(of_day).collect();
    let look = Request::Named("mine".to_owned());
    let figures = shown_of(&entries, &[practice(PATTERNS)], look, Fear::None);
    let by_plan = figures.iter().find(|it| it.title.contains("with a plan")).unwrap();
    assert_eq!(by_plan.body, Body::TooFew { have: 3, least: 5, unit: ValueUnit::Days });
    let Ungrouped { answers, practice, of_few } = &by_plan.ungrouped;
    assert_eq!((by_plan.rests_on, *answers, *of_few, practice.as_str()), (12, 22, 6, "plan"));
}
