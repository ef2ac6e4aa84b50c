//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

mod closer_look;
mod in_words;
mod items_apart;

pub use closer_look::{WordsAround, closer_look};

use crate::pattern::{Figure, HeldBackFigure, Overview, OverviewDetail};
use crate::words::uncapitalize;

use super::chart::{
    Chart, ChartPart, ChartTopic, FigureOptions, PRIVATE, PRIVATE_UNCOUNTED, WITHOUT_PRIVATE,
    overview_chart,
};
use super::drawing::{self, Spacing};
use super::{TextPage, clean_line, proportion};

/// What is held back for now, a line each. What it's about and how to bring it back isn't
/// said beside it: these lines stay on the screen.
pub fn held_back(figures: &[HeldBackFigure]) -> Vec<String> {
    let line = |figure: &HeldBackFigure| {
        let title = clean_line(&figure.title);
        let title = title.trim_end_matches(['?', '.']);
        format!("Held back for now: {}.", uncapitalize(title))
    };
    figures.iter().map(line).collect()
}

/// Rows of a usual window of 80 by 24, less the one with the next prompt.
const SCREEN_ROWS: usize = 23;
/// Rows of a window narrower than [`NARROW`], such as a phone's, which is higher.
const NARROW_ROWS: usize = 30;
const NARROW: usize = 48;

/// The first screen; `about` says which entries it is of, and `below` stands under it. What
/// tells least is left out until all of it can be seen at once, but nothing in words. What
/// explains the rows is one paragraph sooner than a question is without a row, and on a page too
/// narrow for columns sooner than anything is left out.
pub fn overview(
    overview: &Overview,
    figures: &[Figure],
    (about, below): (&str, &[String]),
    options: FigureOptions,
    page: &TextPage,
) -> String {
    let is_narrow = !drawing::has_columns(page);
    let rows = if page.width < NARROW { NARROW_ROWS } else { SCREEN_ROWS };
    let fits_page = |text: &String| text.lines().count() <= rows;
    let mut shown = if options.plain { overview.with_every_claim() } else { overview.clone() };
    loop {
        let mut chart = overview_chart(&shown, figures, about.to_owned());
        let below = private_in_one(&mut chart, below);
        let lines: String = below.iter().map(|words| page.wrap(words, "") + "\n").collect();
        let text = first_screen(&chart, options, page) + &lines;
        // Whoever hears a page doesn't see how long it is.
        if options.plain || fits_page(&text) {
            return text;
        }
        let text = if is_narrow || shown.detail >= OverviewDetail::Brief {
            first_screen(&explained_in_one(chart, &below), options, page)
        } else {
            text
        };
        if fits_page(&text) || !shown.shorten() {
            return text;
        }
    }
}

fn fits(text: &str) -> bool {
    text.lines().count() <= SCREEN_ROWS
}

/// The chart with its sentences and the lines below it moved into the paragraph of its keys.
fn explained_in_one(mut chart: Chart, below: &[String]) -> Chart {
    let mut sentences = std::mem::take(&mut chart.sentences);
    if let Some(topics) = topics_mut(&mut chart) {
        let keys = topics.iter_mut().flat_map(|topic| std::mem::take(&mut topic.table.key));
        let mut keys: Vec<String> = keys.collect();
        keys.append(&mut sentences);
        keys.extend(below.iter().cloned());
        if let Some(last) = topics.last_mut() {
            last.table.key = keys;
        }
    }
    chart
}

/// The lines below the chart. Where one says that private answers aren't shown, it also says
/// that they aren't counted, and the keys no longer do.
fn private_in_one(chart: &mut Chart, below: &[String]) -> Vec<String> {
    let is_private = |line: &String| line == PRIVATE;
    let mut is_uncounted = false;
    let mut leave_out = |keys: &mut Vec<String>| {
        let all = keys.len();
        keys.retain(|key| !key.ends_with(WITHOUT_PRIVATE));
        is_uncounted |= keys.len() < all;
    };
    if below.iter().any(is_private) {
        chart.words.iter_mut().for_each(|words| leave_out(&mut words.notes));
        let topics = topics_mut(chart).into_iter().flatten();
        topics.for_each(|topic| leave_out(&mut topic.table.key));
    }
    let line = |line: &String| {
        if is_uncounted && is_private(line) { PRIVATE_UNCOUNTED.to_owned() } else { line.clone() }
    };
    below.iter().map(line).collect()
}

fn topics_mut(chart: &mut Chart) -> Option<&mut Vec<ChartTopic>> {
    chart
        .parts
        .iter_mut()
        .rev()
        .find_map(|part| if let ChartPart::Topics(topics) = part { Some(topics) } else { None })
}

fn first_screen(chart: &Chart, options: FigureOptions, page: &TextPage) -> String {
    let mut text = format!("{}\n", page.strong(&page.wrap(&chart.title, "")));
    text += &format!("{}\n", page.quiet(&page.wrap(&chart.about, "")));
    match chart.words.as_ref().filter(|_| options.plain) {
        Some(words) => {
            let lines = chart.parts.iter().filter(|part| matches!(part, ChartPart::Lines(_)));
            let evidence = lines.map(|it| drawing::part(it, Spacing::Loose, page));
            text += &evidence.collect::<String>();
            let explained = proportion::interval_note(&words.sentences).map(str::to_owned);
            let notes: Vec<String> = words.notes.iter().cloned().chain(explained).collect();
            let notes = (!notes.is_empty()).then(|| notes.join(" "));
            let words = words.sentences.iter().chain(&notes);
            text += &words.map(|words| page.wrap(words, "  ") + "\n").collect::<String>();
        }
        None => {
            text += &chart
                .parts
                .iter()
                .map(|it| drawing::part(it, Spacing::Loose, page))
                .collect::<String>();
            if !chart.sentences.is_empty() {
                text += &format!("{}\n", page.quiet(&page.wrap(&chart.sentences.join(" "), "")));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
