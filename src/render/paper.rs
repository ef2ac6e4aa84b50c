//! Two sheets to be shown to somebody: then and now, the year and the answers side by
//! side; then quotes, plans and a question to bring.

use maud::html;

use crate::config::Clock;
use crate::pattern::{Body, Figure};

use super::chart::{Chart, ChartPart, FigureOptions, chart, overview_chart};
use super::figures_page::{FiguresPage, section};
use super::{day_words, page::html_page};

/// Texts of one theme.
const QUOTES: usize = 3;

pub fn paper_page(page: &FiguresPage, options: FigureOptions, clock: &Clock) -> String {
    let quotes = FigureOptions { texts: QUOTES, ..options };
    let themes: Vec<Chart> =
        themes(page.figures).map(|it| only_texts(chart(it, quotes, clock))).collect();
    let body = html! {
        div.paper {
            p { "Name: ______________________" }
            p.quiet { (page.about) ", printed " (day_words(clock.today())) }
            p.quiet { "My own answers, and no verdict on anyone." }
            div.sheet {
                @if let Some(overview) = page.overview {
                    (section(&overview_chart(overview, page.figures, String::new())))
                }
                @for figure in [year(page.figures), items(page.figures)].into_iter().flatten() {
                    (section(&only_drawn(chart(figure, options, clock))))
                }
            }
            @if !themes.is_empty() { div.sheet { @for theme in &themes { (section(theme)) } } }
        }
    };
    html_page("Looking back", &body)
}

/// The numbers that the first row is of.
fn year(figures: &[Figure]) -> Option<&Figure> {
    let is_moments = |figure: &&Figure| matches!(figure.body, Body::Moments { .. });
    let first = figures.iter().filter(is_moments).find(|figure| figure.first);
    let practice = first.and_then(|figure| figure.practice.as_ref());
    let weeks = || figures.iter().filter(|figure| matches!(figure.body, Body::Weeks { .. }));
    weeks().find(|figure| figure.practice.as_ref() == practice).or_else(|| weeks().next())
}

/// The answers to a questionnaire, then and now.
fn items(figures: &[Figure]) -> Option<&Figure> {
    figures.iter().find(|figure| match &figure.body {
        Body::Sittings { pairs } => pairs.iter().any(|pair| pair.scale.is_some()),
        Body::TooFew { .. }
        | Body::Days { .. }
        | Body::Moments { .. }
        | Body::Weeks { .. }
        | Body::Counts { .. }
        | Body::Groups { .. }
        | Body::Change { .. }
        | Body::Scores { .. }
        | Body::Recurring { .. }
        | Body::Matrix { .. } => false,
    })
}

fn themes(figures: &[Figure]) -> impl Iterator<Item = &Figure> {
    figures.iter().filter(|figure| figure.for_paper && figure.says_something())
}

/// Without the table of its numbers and what was said in words.
fn only_drawn(mut chart: Chart) -> Chart {
    chart.parts.retain(|part| !matches!(part, ChartPart::Pairs(_) | ChartPart::Calendar(_)));
    for part in &mut chart.parts {
        match part {
            ChartPart::Course(course) => course.rows.clear(),
            ChartPart::Calendar(_)
            | ChartPart::Tables(_)
            | ChartPart::Texts(_)
            | ChartPart::Pairs(_)
            | ChartPart::Lines(_) => {}
        }
    }
    chart
}

fn only_texts(mut chart: Chart) -> Chart {
    chart.parts.retain(|part| matches!(part, ChartPart::Texts(_)));
    Chart { about: String::new(), sentences: Vec::new(), ..chart }
}
