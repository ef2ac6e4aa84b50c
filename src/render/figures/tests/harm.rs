//! What tells of fear and harm: then and now, and never in a mean or a total alone.

use super::*;
use crate::pattern::{Count, Figure};
use crate::render::chart::{ChartPart, TableRow};

/// Evenings of half a year, every fourth of the last four weeks without safety.
fn less_safe() -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..220 {
        let answer = if day < 28 && day % 4 == 0 { "not-safe" } else { "no" };
        journal.keep("reflect", day, json!({ "disagreement": answer, "ease": day % 4 }));
    }
    journal.fear = Fear::Known;
    journal
}

fn disagreements(journal: &JournalOfLooks, request: Request) -> Figure {
    let shown = journal.figures(request).shown;
    shown.into_iter().find(|figure| figure.of == ["disagreement"]).unwrap()
}

#[test]
fn the_first_screen_says_of_harm_then_and_now_what_the_closer_look_says() {
    let journal = less_safe();
    let line = "Yes, and it wasn't safe 7 (now 7 of 28, then 0 of 84, higher)";
    for plain in [false, true] {
        let told = words(&journal.first_screen(80, plain));
        assert!(told.contains(line), "{told}");
    }
    assert!(journal.page().contains(line));
    let last = |of: &Figure| match &of.body {
        Body::Counts { counts, .. } => counts.last().and_then(|count: &Count| count.change.clone()),
        _ => None,
    };
    let look = disagreements(&journal, Request::Named("reflect".to_owned()));
    assert_eq!(
        last(&disagreements(&journal, Request::Overview)).map(|change| change.claim),
        last(&look).map(|change| change.claim)
    );
}

#[test]
fn a_score_without_the_private_questions_says_so_on_every_page_of_every_journal() {
    for fear in [Fear::None, Fear::Known] {
        let mut journal = JournalOfLooks::new();
        journal.fear = fear;
        for (days, step) in [(90, 1), (60, 2), (20, 3)] {
            journal.assessment(days, step);
        }
        let note = "“What hurt, or didn't change”: without the private questions.";
        let screens = [(80, false), (80, true), (50, false)]
            .map(|(width, plain)| journal.first_screen(width, plain));
        for told in screens.iter().map(|told| words(told)).chain([words(&journal.look("parts"))]) {
            assert!(told.contains(note), "{fear:?}: {told}");
        }
        assert!(journal.page().contains(note), "{fear:?}");
    }
}

/// The rows of a page's first table of items.
fn rows(journal: &JournalOfLooks, on_screen: bool) -> Vec<TableRow> {
    let shown = journal.figures(Request::Paper).shown;
    let items = shown.iter().find(|figure| figure.shows_items()).unwrap();
    let options = FigureOptions { plain: false, texts: 3, on_screen, partner: None };
    let chart = chart::chart(items, options, &clock());
    let mut tables = chart.parts.iter().flat_map(ChartPart::tables);
    tables.next().unwrap().rows.clone()
}

#[test]
fn on_paper_fear_has_its_rows_first_and_against_the_first_answer() {
    let mut journal = JournalOfLooks::new();
    for (days, fear) in [(90, 0), (55, 3), (20, 3)] {
        journal.assess(days, |id| match id {
            "fear" | "changed" => Some(fear),
            "blame" => Some(2),
            _ => Some(if days == 20 { 4 } else { 1 }),
        });
    }
    journal.fear = Fear::Known;
    let told: Vec<(String, String)> = rows(&journal, false)
        .into_iter()
        .map(|row| (row.name, row.cells[0].value.clone()))
        .collect();
    let names: Vec<&str> = told.iter().take(2).map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"felt afraid"), "{told:?}");
    assert!(told[..2].iter().all(|(_, value)| value.starts_with("0 → 3")), "{told:?}");
    journal.fear = Fear::None;
    assert!(rows(&journal, false).iter().all(|row| row.name != "felt afraid"), "as before");
}
