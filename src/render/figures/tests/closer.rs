//! The closer looks, in words and on little room, and the sheets of paper.

use std::cell::Cell;

use super::*;

impl JournalOfLooks {
    /// A questionnaire of which each item has the step that this says, if any.
    pub(super) fn assess(&mut self, days_ago: u64, step: impl Fn(&str) -> Option<i64>) {
        let asked = self.practices.practice("assess").unwrap();
        let is_scale = |kind: &QuestionKind| matches!(kind, QuestionKind::Scale { .. });
        let items = asked.questions.iter().filter(|question| is_scale(&question.kind));
        let answers = items.filter_map(|it| Some((it.id.clone(), json!(step(&it.id)?))));
        let answers = Json::Object(answers.collect());
        self.keep("assess", days_ago, answers);
    }

    fn figures_of(&self, name: &str) -> Vec<Figure> {
        self.figures(Request::Named(name.to_owned())).shown
    }

    pub(super) fn plain(&self, name: &str) -> String {
        let options = FigureOptions { plain: true, texts: 30, on_screen: true, partner: None };
        let page = TextPage { width: 80, colour: false };
        closer_look(&self.figures_of(name), &NOTHING_AROUND, options, &clock(), &page)
    }
}

#[test]
fn fear_and_caution_are_rows_of_harm_which_no_sheet_leaves_out() {
    let mut journal = JournalOfLooks::new();
    journal.assess(60, |_| Some(0));
    journal.assess(20, |id| Some(if ["fear", "changed"].contains(&id) { 1 } else { 4 }));
    let options = FigureOptions { plain: false, texts: 5, on_screen: false, partner: None };
    let figures = journal.figures_of("assess");
    let items = figures.iter().find(|figure| figure.shows_items()).unwrap();
    let chart = chart::chart(items, options, &clock());
    let tables = chart.parts.iter().filter_map(|part| match part {
        ChartPart::Tables(tables) => Some(tables),
        _ => None,
    });
    let rows = tables.flatten().flat_map(|table| &table.rows);
    let of_harm: Vec<&str> = rows.filter(|row| row.harm).map(|row| &*row.name).collect();
    for item in ["felt afraid", "changed things to avoid anger", "self-doubt, or pain"] {
        assert!(of_harm.contains(&item), "{item}: {of_harm:?}");
    }
    assert!(!of_harm.contains(&"hard to say it"), "{of_harm:?}");
}

#[test]
fn outcomes_in_words_have_their_names() {
    let plain = words(&intentions().plain("intentions"));
    let row = "with: I did it 45; I noticed 0; I forgot 0; It never came up 0; of 45";
    assert!(plain.contains(row), "{plain}");
    assert!(!plain.contains(" · "), "{plain}");
}

#[test]
fn an_assessment_in_words_names_its_days_its_scale_and_who_saw_it() {
    let mut journal = JournalOfLooks::new();
    for (day, step, note) in [(60, 1, "In September."), (20, 3, "In November.")] {
        journal.assess(day, |_| Some(step));
        journal.keep("assess", day, json!({ "note": note }));
    }
    let plain = journal.plain("assess");
    let place = |words: &str| plain.find(words).unwrap_or_else(|| panic!("{words}: {plain}"));
    let key = "  29 Sep 2026 → 8 Nov 2026; your partner: as you saw it\n";
    assert!(place(key) < place("1 → 3"));
    assert!(place("  0 not at all · 1 rarely") < place("1 → 3"));
    assert!(!plain.contains(['○', '●']), "{plain}");
    let (then, now) = (place("    In September.\n"), place("    In November.\n"));
    assert!(then < now, "one text below the other: {plain}");
}

#[test]
fn the_key_of_an_assessment_is_of_most_items_though_the_newest_has_only_one() {
    let mut journal = JournalOfLooks::new();
    let days = Cell::new(0);
    journal.assess(60, |_| Some(1));
    journal.assess(20, |_| {
        days.set(days.get() + 1);
        Some(days.get() % 2 + 2)
    });
    journal.assess(2, |id| (id == "withdrew-me").then_some(0));
    let look = journal.look("assess");
    assert!(look.contains("  ○ 29 Sep 2026  ● 8 Nov 2026; "), "{look}");
    assert_eq!(look.matches(" → 0 *").count(), 1, "{look}");
    assert!(words(&look).contains(". * 29 Sep 2026 → 26 Nov 2026 Answers"), "{look}");
    assert_eq!(look.matches('*').count(), 2, "no other row has a mark: {look}");
}

#[test]
fn no_mean_over_sessions_makes_less_of_fear_in_any_journal() {
    let mut journal = JournalOfLooks::new();
    for (day, fear) in [(90, 0), (60, 4), (20, 4)] {
        journal.assess(day, |id| Some(if id == "fear" || id == "changed" { fear } else { 1 }));
    }
    let look = words(&journal.look("parts"));
    assert!(look.contains("What hurt, or didn't change ▃▃▃ 1 → 1"), "{look}");
    assert!(
        look.contains("“What hurt, or didn't change”: without the private questions."),
        "{look}"
    );
}

#[test]
fn a_page_has_items_before_their_means_and_plans_before_months() {
    let mut journal = intentions();
    for (day, step) in [(90, 1), (60, 2), (20, 3)] {
        journal.assess(day, |_| Some(step));
    }
    let html = journal.page();
    let titles = [
        "What became of your intentions, with an if–then plan and without</h2>",
        "What became of your intentions</h2>",
        "Then and now, answer by answer</h2>",
        "What healing needs, and what hurt</h2>",
        "The days on which you wrote</h2>",
    ];
    let places: Vec<Option<usize>> = titles.iter().map(|title| html.find(title)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}");
    // A phone has no heads of columns: what the bars span is said in the first row.
    let closer = html.split("How has it been?").nth(1).and_then(|it| it.split("<h3>").next());
    assert_eq!(closer.unwrap().matches("data-heading=\"Dec to Nov\"").count(), 1, "{closer:?}");
}

#[test]
fn what_never_became_of_an_intention_keeps_its_mark() {
    let look = intentions().look("intentions");
    assert!(look.contains("█ I did it  ▓ I noticed  ▒ I forgot  ░ It never came up"), "{look}");
    assert!(look.contains("45 · 0 · 0 · 0 of 45"), "{look}");
    assert!(look.contains("0 · 0 · 0 · 45 of 45"), "{look}");
}

#[test]
fn on_a_narrow_page_and_in_words_numbers_are_explained() {
    let mut journal = JournalOfLooks::new();
    for day in 0..100 {
        journal.keep("reflect", day, json!({ "closeness": day % 3 }));
    }
    for (width, plain) in [(80, false), (60, false), (40, false), (80, true)] {
        let screen = words(&journal.first_screen(width, plain));
        // In words each number says of how many answers it is.
        let key = if plain { "Averages are from 0 to 4." } else { "answers in brackets." };
        assert_eq!(screen.matches(key).count(), 1, "{width}, {plain}: {screen}");
    }
}

#[test]
fn a_single_answer_is_called_one_in_words() {
    let mut journal = JournalOfLooks::new();
    journal.keep("reflect", 1, json!({ "closeness": 2 }));
    let text = words(&journal.first_screen(80, true));
    let row = "Closeness: too few to say. Now 2, “somewhat” (1 answer). ";
    assert!(text.contains(row), "{text}");
}

#[test]
fn in_words_rows_are_in_the_order_of_the_screen_with_what_hurt_first_in_care() {
    let mut journal = JournalOfLooks::new();
    journal.fear = Fear::Known;
    for day in [60, 20] {
        journal.assess(day, |_| Some(2));
    }
    for day in 0..100 {
        journal.keep("reflect", day, json!({ "closeness": if day < 28 { 1 } else { 3 } }));
    }
    for text in [journal.first_screen(80, false), journal.first_screen(80, true)] {
        let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(place("What hurt, or didn't change") < place("Safe to open up"), "{text}");
        assert!(place("Safe to open up") < place("Closeness"), "{text}");
    }
}

#[test]
fn plans_are_counted_over_the_days_of_the_first_screen_and_a_day_with_both_has_one() {
    let mut journal = intentions();
    // A second intention on a day that has a plan, and an older one.
    journal.keep("intent", 2, json!({ "intention": "listen" }));
    let look = words(&journal.look("intentions"));
    let row =
        "“I did it” from 31 August to 28 November 2026: 45 of 45 with, 0 of 45 without: higher.";
    assert!(
        look.contains(row) && look.contains("A day with both counts as a day with one."),
        "{look}"
    );
    let screen = words(&journal.first_screen(80, false));
    assert!(
        screen.contains("“I did it” from 31 Aug: 45 of 45 with a plan, 0 of 45 without: higher."),
        "{screen}"
    );
}

#[test]
fn days_on_a_first_screen_have_a_legend() {
    let mut journal = JournalOfLooks::new();
    journal.keep("reflect", 1, json!({ "closeness": 2 }));
    assert!(words(&journal.first_screen(80, false)).contains("● is a day with an answer."));
}

/// A window's rows, less the prompt's and the last line of a look.
const ROWS: usize = 22;

#[test]
fn a_year_of_a_scale_is_one_screen_with_its_key_between_the_dates() {
    let mut journal = JournalOfLooks::new();
    for day in 0..360 {
        journal.keep("reflect", day, json!({ "closeness": (day * day + day / 90) % 5 }));
    }
    let look = journal.look("closeness");
    assert!(look.lines().count() <= ROWS, "{look}");
    let dates = look.lines().find(|line| line.contains(" Nov 2026")).unwrap();
    assert!(dates.contains("  • a day  ⠒ the average of four weeks  "), "{look}");
    assert!(!look.contains("0 is “not at all”") && look.contains("  not at all 0│"), "{look}");
}

#[test]
fn every_item_that_changed_is_on_the_first_screen_with_both_of_its_answers() {
    let mut journal = JournalOfLooks::new();
    journal.assess(60, |_| Some(0));
    journal.assess(20, |id| Some(1 + id.len() as i64 % 4));
    let look = journal.look("assess");
    let first: String = look.lines().take(ROWS + 1).map(|line| format!("{line}\n")).collect();
    let first = words(&first);
    for item in ["drew back when it got serious", "the same tension again", "safe to open up"] {
        assert!(first.contains(item), "{item}: {look}");
    }
    assert!(first.contains("safe to open up 0 → "), "of nobody alone: {look}");
    assert!(first.contains(" Also: ") && first.contains("; "), "the rest in a line: {look}");
    for harm in ["wouldn't talk about it", "tried to talk, was ignored"] {
        let row = look.lines().find(|line| line.trim_start().starts_with(harm));
        assert!(row.is_some_and(|row| row.contains('●')), "{harm}: {look}");
    }
    let items = journal.figures_of("assess").into_iter().find(Figure::shows_items).unwrap();
    let Body::Sessions { pairs } = &items.body else { panic!("{items:?}") };
    let shown = pairs.iter().filter(|pair| !pair.fear && pair.scale.is_some());
    for pair in shown {
        assert!(first.contains(&pair.asked), "{}: {look}", pair.asked);
    }
}

#[test]
fn half_a_plan_is_none_and_days_without_an_intention_are_counted_apart() {
    let mut journal = JournalOfLooks::new();
    for day in 0..60 {
        journal.keep("reflect", day, json!({ "outcome": "did" }));
        let plan = json!({ "if": "a sigh", "then": "breathe" });
        match day % 4 {
            0 => journal.keep("intent", day, plan),
            1 => journal.keep("intent", day, json!({ "if": "a sigh" })),
            2 => journal.keep("intent", day, json!({ "intention": "say so" })),
            _ => {}
        }
    }
    let look = words(&journal.look("intentions"));
    assert!(
        look.contains("reflect, 45 answers, not counting 15 on days without `intent`"),
        "{look}"
    );
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains(" 15 of 15 with a plan, 30 of 30 without"), "{text}");
    let both =
        look.matches("reflect, 45 answers, not counting 15 on days without `intent`").count();
    assert_eq!(both, 2, "months and plans count the same: {look}");
    assert!(text.contains(" 21 of 21 "), "of four weeks, the first screen counts them too: {text}");
}

#[test]
fn how_it_was_between_the_two_before_that_may_stand_out_by_its_name() {
    let mut journal = JournalOfLooks::new();
    for day in 0..24 {
        let (before, did) =
            if day % 2 == 0 { ("close", "went-quiet") } else { ("ordinary", "stayed") };
        journal.keep("notice", 2 * day, json!({ "before": before, "did": [did] }));
    }
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains("with “before that: close” 12 of 12"), "{text}");
    assert!(journal.look("quiet").contains("  before that: close (12)"));
}

#[test]
fn a_list_that_is_cut_says_how_many_are_missing_and_how_to_see_them() {
    let mut journal = JournalOfLooks::new();
    for day in 0..19 {
        journal.keep("pause", day, json!({ "unsettled": 3, "unsettled-now": 1 }));
    }
    let look = words(&journal.look("pause"));
    assert!(
        look.contains("7 earlier ones aren't shown. To see earlier days, add --to 2026-11-16."),
        "{look}"
    );
    // Fourteen answers, each of them twice.
    for day in 0..28 {
        let happened = format!("Number {}", day % 14);
        journal.keep("notice", day, json!({ "happened": happened, "did": ["went-quiet"] }));
    }
    let recurs = words(&journal.look("recurs"));
    assert!(recurs.contains("times, and 2 more (all with --json)."), "{recurs}");
    let quiet = words(&journal.look("quiet"));
    assert!(quiet.contains(" 2 of 2, and 2 more (all with --json)."), "{quiet}");
    let shown = journal.figures(Request::Named("quiet".to_owned())).shown;
    let Body::Matrix { rows, .. } = &shown[0].body else { panic!("{:?}", shown[0].body) };
    assert_eq!(rows.len(), 14, "JSON has all");
    let body = "What your body did isn't among these: see `inward patterns notice body`.";
    assert!(quiet.contains(body), "{quiet}");
}

#[test]
fn no_day_is_named_that_would_show_the_same_ones_again() {
    let said = |kept: usize, days: u64| {
        let mut journal = JournalOfLooks::new();
        for at in 0..kept {
            journal.keep("reflect", at as u64 * days / kept as u64, json!({ "connection": "Tea" }));
        }
        words(&journal.look("reflect"))
    };
    let one_day = said(8, 1);
    assert!(one_day.contains("3 earlier ones aren't shown."), "{one_day}");
    assert!(!one_day.contains("--to"), "{one_day}");
    // Of fourteen, some that aren't shown are of the same day as those that are.
    for kept in [10, 14] {
        let (two_days, more) = (said(kept, 2), kept - 5);
        let older =
            format!("{more} earlier ones aren't shown. To see earlier days, add --to 2026-11-27.");
        assert!(two_days.contains(&older), "{two_days}");
    }
}

#[test]
fn texts_older_than_those_that_are_shown_say_up_to_which_day_to_look() {
    let mut journal = JournalOfLooks::new();
    for day in 0..8 {
        journal.keep("reflect", day, json!({ "connection": format!("Tea number {day}") }));
    }
    let options = FigureOptions { plain: false, texts: 5, on_screen: true, partner: None };
    let shown = journal.figures(Request::Named("reflect".to_owned())).shown;
    let moments = shown.iter().find(|it| matches!(it.body, Body::Moments { .. })).unwrap();
    let said = |options| chart::chart(moments, options, &clock()).sentences.join(" ");
    assert!(
        said(options)
            .ends_with("3 earlier ones aren't shown. To see earlier days, add --to 2026-11-23.")
    );
    let page = FigureOptions { on_screen: false, ..options };
    assert!(!said(page).contains("--to"), "a page takes no flags");
}
