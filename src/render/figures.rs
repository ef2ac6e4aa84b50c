//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

use crate::config::Clock;
use crate::pattern::{Figure, HeldBackFigure, Overview};
use crate::practice::Fear;

use super::chart::{self, Chart, ChartPart, FigureOptions, overview_chart};
use super::drawing;
use super::sentences::{all_different, too_few};
use super::{TextPage, clean_line};

/// What is held back for now, a line each, and why; nothing where there is none.
pub fn held_back(figures: &[HeldBackFigure], fear: Fear) -> Vec<String> {
    let line = |figure: &HeldBackFigure| {
        let title = clean_line(&figure.title);
        let title = title.trim_end_matches(['?', '.']);
        let mut letters = title.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        format!("Held back for now: {}.", first.chain(letters).collect::<String>())
    };
    let why = match fear {
        Fear::Known => {
            "It's about sharing. To bring it back: Esc in any practice, then “Suggestions to share”."
        }
        // What can't be read might say that somebody is afraid.
        Fear::Unknown | Fear::None => "It's about sharing, and some entries can't be read.",
    };
    let why = (!figures.is_empty()).then(|| why.to_owned());
    figures.iter().map(line).chain(why).collect()
}

/// The figures that have something to say, and a line about those that do not.
pub fn figures(
    figures: &[Figure],
    options: FigureOptions,
    clock: &Clock,
    page: &TextPage,
) -> String {
    let shown = figures.iter().filter(|figure| figure.says_something());
    let shown =
        shown.map(|figure| chart_text(&chart::chart(figure, options, clock), options, page));
    let mut parts: Vec<String> = shown.collect();
    let rest = [all_different(figures), too_few(figures)].into_iter().flatten();
    parts.extend(rest.map(|words| format!("{}\n", page.wrap(&words, ""))));
    parts.join("\n")
}

/// The first screen; `about` says which entries it is of.
pub fn overview(
    overview: &Overview,
    figures: &[Figure],
    about: String,
    options: FigureOptions,
    page: &TextPage,
) -> String {
    chart_text(&overview_chart(overview, figures, about), options, page)
}

fn chart_text(chart: &Chart, options: FigureOptions, page: &TextPage) -> String {
    let title = page.strong(&page.wrap(&chart.title, ""));
    let about = page.quiet(&page.wrap(&chart.about, ""));
    let mut blocks = vec![format!("{title}\n{about}\n")];
    match chart.words.as_ref().filter(|_| options.plain) {
        Some(words) => {
            blocks.extend(chart.parts.iter().filter_map(lines).map(|it| drawing::part(it, page)));
            blocks.push(words.iter().map(|words| page.wrap(words, "  ") + "\n").collect());
        }
        None => {
            let part = |part: &ChartPart| match options.plain {
                true => part_in_words(part, page),
                false => drawing::part(part, page),
            };
            blocks.extend(chart.parts.iter().map(part));
            if !chart.sentences.is_empty() {
                blocks.push(page.wrap(&chart.sentences.join(" "), "  ") + "\n");
            }
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n")
}

fn lines(part: &ChartPart) -> Option<&ChartPart> {
    matches!(part, ChartPart::Lines(_)).then_some(part)
}

/// A row of words for each mark; texts stand as they are.
fn part_in_words(part: &ChartPart, page: &TextPage) -> String {
    match part {
        ChartPart::Tables(_) | ChartPart::Calendar(_) | ChartPart::Course(_) => {
            let rows = part.rows().into_iter();
            rows.map(|(name, value)| page.wrap(&format!("{name}: {value}"), "  ") + "\n").collect()
        }
        ChartPart::Texts(_) | ChartPart::Pairs(_) | ChartPart::Lines(_) => {
            drawing::part(part, page)
        }
    }
}
