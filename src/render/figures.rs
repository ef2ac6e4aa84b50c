//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

mod closer_look;
mod in_words;
mod items_apart;

pub use closer_look::{WordsAround, closer_look};

use crate::pattern::{Figure, HeldBackFigure, Overview, OverviewDetail};

use super::chart::{
    Chart, ChartPart, ChartWords, FigureOptions, PRIVATE, PRIVATE_UNCOUNTED, WITHOUT_PRIVATE,
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
        let mut letters = title.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        format!("Held back for now: {}.", first.chain(letters).collect::<String>())
    };
    figures.iter().map(line).collect()
}

/// Rows of a usual window of 80 by 24, less the one with the next prompt.
const SCREEN_ROWS: usize = 23;
/// Of a window narrower than this, such as a phone's, which is higher.
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
        let told = chart.words.as_mut().filter(|_| options.plain);
        let lines = told.map_or_else(|| below.to_vec(), |words| told_once(words, below));
        let lines: String = lines.iter().map(|words| page.wrap(words, "") + "\n").collect();
        let text = first_screen(&chart, options, page) + &lines;
        // Whoever hears a page doesn't see how long it is.
        if options.plain || fits_page(&text) {
            return text;
        }
        let text = match is_narrow || shown.detail == OverviewDetail::Least {
            true => first_screen(&explained_in_one(chart, below), options, page),
            false => text,
        };
        if fits_page(&text) || !shown.shorten() {
            return text;
        }
    }
}

fn fits(text: &str) -> bool {
    text.lines().count() <= SCREEN_ROWS
}

/// With all that explains its rows, and what stands below, in the paragraph of its keys.
fn explained_in_one(mut chart: Chart, below: &[String]) -> Chart {
    let topics = chart.parts.iter_mut().rev().find_map(|part| match part {
        ChartPart::Topics(topics) => Some(topics),
        ChartPart::Tables(_)
        | ChartPart::Calendar(_)
        | ChartPart::Course(_)
        | ChartPart::Texts(_)
        | ChartPart::Pairs(_)
        | ChartPart::Lines(_) => None,
    });
    if let Some(topics) = topics {
        let keys = topics.iter_mut().flat_map(|topic| std::mem::take(&mut topic.table.key));
        let mut keys: Vec<String> = keys.collect();
        keys.append(&mut chart.sentences);
        keys.extend(below.iter().cloned());
        if let Some(last) = topics.last_mut() {
            last.table.key = private_in_one(keys);
        }
    }
    chart
}

/// That private answers are neither shown nor counted, where both are said.
fn private_in_one(mut keys: Vec<String>) -> Vec<String> {
    let is_private = |key: &String| key == PRIVATE;
    let is_uncounted = |key: &String| key.ends_with(WITHOUT_PRIVATE);
    if keys.iter().any(is_private) && keys.iter().any(is_uncounted) {
        keys.retain(|key| !is_uncounted(key));
        keys.iter_mut()
            .filter(|key| is_private(key))
            .for_each(|key| *key = PRIVATE_UNCOUNTED.to_owned());
    }
    keys
}

/// What stands below words; what their notes say as well is said there alone.
fn told_once(words: &mut ChartWords, below: &[String]) -> Vec<String> {
    let all = words.notes.drain(..).chain(below.iter().cloned()).collect();
    let mut all = private_in_one(all);
    let below = all.split_off(all.len() - below.len());
    words.notes = all;
    below
}

fn first_screen(chart: &Chart, options: FigureOptions, page: &TextPage) -> String {
    let mut text = format!("{}\n", page.strong(&page.wrap(&chart.title, "")));
    text += &format!("{}\n", page.quiet(&page.wrap(&chart.about, "")));
    match chart.words.as_ref().filter(|_| options.plain) {
        Some(words) => {
            let evidence = chart
                .parts
                .iter()
                .filter_map(lines)
                .map(|it| drawing::part(it, Spacing::Loose, page));
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

fn lines(part: &ChartPart) -> Option<&ChartPart> {
    matches!(part, ChartPart::Lines(_)).then_some(part)
}

#[cfg(test)]
mod tests;
