//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

mod closer_look;
mod in_words;

pub use closer_look::{WordsAround, closer_look};

use crate::pattern::{Figure, HeldBackFigure, Overview};

use super::chart::{Chart, ChartPart, FigureOptions, overview_chart};
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
/// Of a window without room for columns, such as a phone's.
const NARROW_ROWS: usize = 30;

/// The first screen; `about` says which entries it is of, and `below` stands under it. What
/// tells least is left out until all of it can be seen at once.
pub fn overview(
    overview: &Overview,
    figures: &[Figure],
    (about, below): (&str, &[String]),
    options: FigureOptions,
    page: &TextPage,
) -> String {
    let below: String = below.iter().map(|words| page.wrap(words, "") + "\n").collect();
    let mut shown = overview.clone();
    loop {
        let chart = overview_chart(&shown, figures, about.to_owned());
        let text = first_screen(&chart, options, page) + &below;
        let rows = match (drawing::has_columns(page), options.plain) {
            (true, _) => SCREEN_ROWS,
            (false, false) => NARROW_ROWS,
            // Whoever hears a narrow page doesn't see how long it is.
            (false, true) => usize::MAX,
        };
        if text.lines().count() <= rows || !shown.shorten() {
            return text;
        }
    }
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
            let explained = proportion::interval_note(words).map(str::to_owned);
            let words = words.iter().chain(&explained);
            text += &words.map(|words| page.wrap(words, "  ") + "\n").collect::<String>();
            text += &chart.parts.iter().map(|it| in_words::key(it, page)).collect::<String>();
        }
        None => {
            text += &chart
                .parts
                .iter()
                .map(|it| drawing::part(it, Spacing::Loose, page))
                .collect::<String>();
            text += &format!("{}\n", page.quiet(&page.wrap(&chart.sentences.join(" "), "")));
        }
    }
    text
}

fn lines(part: &ChartPart) -> Option<&ChartPart> {
    matches!(part, ChartPart::Lines(_)).then_some(part)
}

#[cfg(test)]
mod tests;
