//! Bare `inward`: today, and one gentle line. Nothing is unlocked for it.

use chrono::Datelike;

use crate::app::{App, due_follow_ups, due_practices};
use crate::error::{Exit, Result};
use crate::journal::StoredEntry;
use crate::query::Query;
use crate::render::{clean_line, day_words};

/// Said in turn, a day each, whatever the journal holds: anyone may see it.
const LINES: &[&str] = &[
    "One honest sentence is plenty.",
    "Small is fine.",
    "Write if it helps.",
    "Any question can be skipped.",
    "There's no right answer here.",
    "Half a thought will do.",
    "It doesn't have to make sense yet.",
    "You can stop whenever you like.",
    "Nobody's keeping score.",
    "A tired sentence is still a sentence.",
    "Not today is an answer, too.",
    "One word is a start.",
    "Some days are for leaving it closed.",
];

/// So long an absence is greeted, and not counted.
const ABSENCE: i64 = 7;

pub fn today(app: &App) -> Result<Exit> {
    let terminal = &app.terminal;
    let page = terminal.page();
    if !app.keys().exist() {
        app.refuse_a_second_key()?;
        terminal.print(&format!(
            "{}\n\n  inward intent    begin: set the journal up and write a first line\n  inward tour      see it work, in a journal that is gone afterwards\n  inward --help    everything else\n",
            page.strong("inward, a private, guided journal")
        ))?;
        return Ok(Exit::Done);
    }
    let clock = app.clock();
    let kept = app.state();
    let unlocked = if app.keys().is_unlocked() { ", unlocked" } else { "" };
    let day = page.strong(&day_words(clock.today()));
    let mut text = format!("{day}{}\n", page.quiet(unlocked));
    text += &section("kept", kept_today(app), &page);
    let due = due_practices(app, &kept);
    text += &section(
        "due",
        due.iter().map(|p| (p.name.clone(), clean_line(&p.about))).collect(),
        &page,
    );
    let back = due_follow_ups(app, &kept)?
        .into_iter()
        .map(|p| (p.name.clone(), format!("what became of it: inward {} --follow-up", p.name)));
    text += &section("asks", back.collect(), &page);
    if let Some(words) = unfinished(app) {
        text += &section("draft", vec![("resume".to_owned(), words)], &page);
    }
    if !matches!(app.pending_reseal(), Ok(None)) {
        let words = "a change of keys is half done: inward key reseal".to_owned();
        text += &section("keys", vec![("key".to_owned(), words)], &page);
    }
    let away = kept.latest().map(|at| (clock.today() - clock.day_of(at)).num_days());
    let line = match away {
        Some(days) if days >= ABSENCE => "Good to see you. Start anywhere.",
        _ => LINES[clock.today().num_days_from_ce() as usize % LINES.len()],
    };
    text += &format!("\n{}\n", page.wrap(line, ""));
    terminal.print(&text)?;
    Ok(Exit::Done)
}

/// That there is a draft: of what, where nobody need be asked to open it.
fn unfinished(app: &App) -> Option<String> {
    let drafts = app.drafts();
    if drafts.is_empty() {
        return None;
    }
    let open = app.keys().unlocked_identity().map(|identity| drafts.open(&identity).0);
    let names: Vec<String> =
        open.unwrap_or_default().iter().map(|draft| clean_line(&draft.practice)).collect();
    Some(match names.as_slice() {
        [] => "continue the unfinished entry".to_owned(),
        names => format!("continue {}", names.join(", ")),
    })
}

/// Today's entries: which, where nobody need be asked to open them; else how many, by
/// the names of their files. What was deleted or dated elsewhere since is none of them.
fn kept_today(app: &App) -> Vec<(String, String)> {
    let today = app.clock().today();
    let query = Query { from: Some(today), to: Some(today), ..Query::everything() };
    let read = |identity| app.cached_journal().find(&query, &identity, app.clock()).ok();
    if let Some(found) = app.keys().unlocked_identity().and_then(read) {
        let row = |kept: &StoredEntry| {
            let at = kept.entry.at.format("%H:%M").to_string();
            (clean_line(&kept.entry.practice), at)
        };
        return found.entries.iter().rev().map(row).collect();
    }
    match app.journal().count_on(today) {
        Ok(0) | Err(_) => Vec::new(),
        Ok(1) => vec![("1 entry".to_owned(), String::new())],
        Ok(count) => vec![(format!("{count} entries"), String::new())],
    }
}

fn section(word: &str, rows: Vec<(String, String)>, page: &crate::render::TextPage) -> String {
    let mut text = String::new();
    for (i, (name, words)) in rows.iter().enumerate() {
        let lead = if i == 0 { word } else { "" };
        let gap = if i == 0 { "\n" } else { "" };
        let line = format!("{name:<10} {words}");
        let room = page.width.saturating_sub(8).max(12);
        let lines =
            textwrap::wrap(&line, textwrap::Options::new(room).subsequent_indent("           "));
        for (j, line) in lines.iter().enumerate() {
            let lead = if j == 0 { lead } else { "" };
            let gap = if j == 0 { gap } else { "" };
            text += &format!("{gap}  {} {line}\n", page.quiet(&format!("{lead:<5}")));
        }
    }
    text
}
