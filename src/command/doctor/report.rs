//! What `doctor` found, as lines or as JSON.

use std::path::Path;

use serde_json::json;

use crate::app::App;
use crate::checks::Diagnosis;
use crate::error::Result;
use crate::render::{self, clean_line};

use super::finding_counts::FindingCounts;
use super::fix::FixReport;

pub fn print_report(
    app: &App,
    diagnoses: &[Diagnosis],
    fixed: &[FixReport],
    count: Option<usize>,
    is_loss_accepted: bool,
) -> Result<()> {
    let (page, is_quiet) = (app.terminal.page(), app.terminal.is_quiet());
    let mut text = String::new();
    let mut line = |word: &str, path: &Path, sentence: &str| {
        let path = clean_line(&path.display().to_string());
        let sentence = page.wrap(&format!("{}.", clean_line(sentence)), "  ");
        text += &format!("{} {path}\n{sentence}\n", page.strong(word));
    };
    let mut counts = FindingCounts::default();
    for Diagnosis { path, what } in diagnoses {
        let sentence = what.sentence();
        if what.needs_fixing() || !is_quiet && counts.is_among_first(what.word(), &sentence) {
            line(what.word(), path, &sentence);
        }
    }
    for fixed in fixed.iter().filter(|_| !is_quiet) {
        if counts.is_among_first("Fixed:", fixed.how) {
            line("Fixed:", &fixed.path, fixed.how);
        }
    }
    for (word, sentence, more) in counts.others() {
        let path = format!("{more} more");
        line(word, Path::new(&path), sentence);
    }
    let entries = match count {
        Some(1) => "Opened 1 entry.".to_owned(),
        Some(count) => format!("Opened {count} entries."),
        None => "inward didn't open the entries.".to_owned(),
    };
    let is_whole = diagnoses.is_empty() && count.is_some() && !is_loss_accepted;
    let all = if is_whole { " No problems found." } else { "" };
    let end = if is_quiet { String::new() } else { format!("{entries}{all}\n") };
    app.terminal.print_outcome(&(text + &end), !fixed.is_empty())?;
    let is_lost = diagnoses.iter().any(|diagnosis| diagnosis.what.is_lost());
    if count == Some(0) && !is_lost && !is_loss_accepted && app.journal().is_empty()? {
        app.terminal.say(&app.why_no_entries().to_string());
        app.tell_place_for_a_copy();
    }
    Ok(())
}

pub fn json(diagnoses: &[Diagnosis], fixed: &[FixReport], count: usize) -> String {
    let findings: Vec<_> = diagnoses
        .iter()
        .map(|Diagnosis { path, what }| {
            let (id, double_of) = what.entry_ids();
            json!({ "path": path.to_string_lossy(), "damaged": what.is_damage(), "means": what.sentence(),
                    "id": id, "double_of": double_of })
        })
        .collect();
    let fixed: Vec<_> = fixed.iter().map(|fixed| fixed.path.to_string_lossy()).collect();
    render::document(json!({ "entries_opened": count, "found": findings, "fixed": fixed }))
}
