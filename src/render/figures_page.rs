//! Figures on a page of HTML: the same charts and sentences as on the terminal. Rows are
//! tables whose marks only draw what stands beside them, so that they are read aloud and
//! wrap as any text does.

use maud::{Markup, html};

use crate::config::Clock;
use crate::pattern::{Body, Figure, Overview, OverviewTopic, first_practice};

use super::chart::{
    CalendarChart, Chart, ChartMark, ChartPart, Course, DatedText, FigureOptions, Table,
    TableColumn, TableRow, TextPair, WEEK_OF, chart, overview_chart,
};
use super::html::html_page;
use super::sentences::{all_different, too_few};
use super::{day_words, svg};

/// More columns are close together.
const MANY: usize = 4;

/// What stands on the page, and around it.
pub struct FiguresPage<'a> {
    pub title: &'a str,
    /// The entries it shows, in words.
    pub about: &'a str,
    pub overview: Option<&'a Overview>,
    pub figures: &'a [Figure],
    /// Said below everything.
    pub last: &'a [String],
}

/// Figures, each with its drawing, its sentences and its numbers.
pub fn figures_page(page: &FiguresPage, options: FigureOptions, clock: &Clock) -> String {
    let shown = in_order(page);
    let body = html! {
        p.quiet { (page.about) }
        div.figures {
            @if let Some(overview) = page.overview {
                (section(&overview_chart(overview, page.figures, String::new())))
            }
            @for figure in shown { (section(&chart(figure, options, clock))) }
        }
        @for words in [all_different(page.figures), too_few(page.figures)].into_iter().flatten() {
            p.quiet { (words) }
        }
        @for words in page.last { p { (words) } }
    };
    html_page(page.title, &body)
}

/// Below the first screen, its closer looks in the order of its questions; then the rest.
fn in_order<'f>(page: &FiguresPage<'f>) -> Vec<&'f Figure> {
    let shown = page.figures.iter().filter(|figure| figure.says_something());
    let mut shown: Vec<&Figure> = shown.collect();
    if page.overview.is_some() {
        let first = first_practice(page.figures);
        let healing =
            shown.iter().find(|it| OverviewTopic::of(it, first) == Some(OverviewTopic::Healing));
        let questionnaire = healing.and_then(|figure| figure.practice.as_deref());
        shown.sort_by_key(|figure| {
            // The items of a questionnaire go before their means.
            let is_items = figure.shows_items() && figure.practice.as_deref() == questionnaire;
            let topic = if is_items {
                Some(OverviewTopic::Healing)
            } else {
                OverviewTopic::of(figure, first)
            };
            // With and without a plan, and then month by month, as on a terminal.
            let is_grouped = matches!(figure.body, Body::Groups { .. });
            (!figure.harm, topic.is_none(), topic, !is_items, !is_grouped)
        });
    }
    shown
}

/// One chart under its title.
pub fn section(chart: &Chart) -> Markup {
    html! {
        section {
            header {
                h2 { (chart.title) }
                @if !chart.about.is_empty() { p.quiet { (chart.about) } }
            }
            @for part in &chart.parts { (draw(part)) }
            @if !chart.sentences.is_empty() { p { (chart.sentences.join(" ")) } }
        }
    }
}

fn draw(part: &ChartPart) -> Markup {
    match part {
        ChartPart::Tables(tables) => html! {
            @for moves in tables.iter().filter_map(|table| table.moves.as_ref()) { p.quiet { (moves.with_marks()) } }
            @for line in tables.iter().flat_map(|table| &table.above) { p.quiet { (line) } }
            div.tables[tables.len() > 1] { @for of in tables { (table(of)) } }
        },
        ChartPart::Topics(topics) => html! {
            @for topic in topics {
                div.topic {
                    h3 { (topic.heading) }
                    @if !topic.about.is_empty() { p.quiet { (topic.about.join(". ")) "." } }
                    @if !topic.table.rows.is_empty() { (table(&topic.table)) }
                    @for line in &topic.lines { p { (line) } }
                }
            }
        },
        ChartPart::Calendar(of) => calendar(of),
        ChartPart::Course(of) => course(of),
        ChartPart::Texts(texts) => html! {
            ul.texts {
                @for text in texts { li { span.quiet { (day_words(text.day)) } p dir="auto" { (text.words) } } }
            }
        },
        ChartPart::Pairs(of) => pairs(of),
        ChartPart::Lines(lines) => html! { ul.texts { @for line in lines { li { (line) } } } },
    }
}

fn table(table: &Table) -> Markup {
    html! {
        @if !table.rows.is_empty() { (rows(table)) }
        @if !table.parts.is_empty() {
            p.key {
                @for (at, part) in table.parts.iter().enumerate() {
                    span { (svg::swatch(&format!("part part-{at}"))) " " (part) } " "
                }
            }
        }
        @for line in table.below.iter().chain(&table.mark_key).chain(&table.key) { p.quiet { (line) } }
    }
}

fn rows(table: &Table) -> Markup {
    let headed = table.columns.iter().any(|column| !column.heading_words().is_empty());
    html! {
        table.chart.many[table.columns.len() > MANY] role="table" {
            @if let Some(title) = &table.title { caption { (title) } }
            @if headed {
                thead role="rowgroup" {
                    tr role="row" {
                        td role="cell" {}
                        @for column in &table.columns { th scope="col" role="columnheader" { (column.heading_words()) } }
                    }
                }
            }
            tbody role="rowgroup" {
                @for (at, row) in table.rows.iter().enumerate() { (table_row(row, at, &table.columns)) }
            }
        }
    }
}

/// On a phone, which has no heads of columns, each cell has its own; the range of marks is
/// said once, in the first row.
fn table_row(row: &TableRow, at: usize, columns: &[TableColumn]) -> Markup {
    let heading = |column: &TableColumn| match at {
        0 => column.heading_words(),
        _ => column.heading.clone(),
    };
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (row.name) }
            @for (cell, column) in row.cells.iter().zip(columns) {
                @let is_empty = cell.mark == ChartMark::None && cell.value.is_empty();
                @let heading = if is_empty { String::new() } else { heading(column) };
                td role="cell" data-heading=(heading) {
                    @if cell.mark != ChartMark::None { (svg::mark(&cell.mark)) " " }
                    span.value { (cell.value) }
                }
            }
        }
    }
}

fn calendar(calendar: &CalendarChart) -> Markup {
    html! {
        figure {
            (svg::calendar(calendar))
            figcaption.key {
                @for (glyph, level, words) in &calendar.key {
                    span {
                        (svg::swatch(&svg::level_class(*level))) " "
                        @if glyph.is_ascii_digit() { (glyph) " " }
                        (words)
                    } " "
                }
            }
        }
        (numbers(&calendar.title, &calendar.rows))
    }
}

fn course(course: &Course) -> Markup {
    html! {
        figure {
            (svg::course(course))
            figcaption.quiet { "Dots are days; the line is the average of four weeks." }
        }
        (numbers(&course.title, &course.rows))
    }
}

/// What is drawn of every week needs no table of them on paper.
const ON_PAPER: &str = "Here by month. On a screen, this page has every week.";

fn is_week(name: &str) -> bool {
    name.starts_with(WEEK_OF)
}

/// The drawing's numbers, for whoever would rather read or hear them.
fn numbers(title: &str, rows: &[(String, String)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            details {
                summary { "The numbers" }
                table {
                    caption { (title) }
                    @for (name, value) in rows {
                        tr.week[is_week(name)] { th scope="row" { (name) } td { (value) } }
                    }
                }
                @if rows.iter().any(|(name, _)| is_week(name)) { p.on-paper { (ON_PAPER) } }
            }
        }
    }
}

/// Then and now in two columns, each with its day: on a narrow page they stand one below
/// the other.
fn pairs(pairs: &[TextPair]) -> Markup {
    let side = |text: &DatedText| {
        html! { div { p.quiet { (day_words(text.day)) } p.said dir="auto" { (text.words) } } }
    };
    html! {
        @for pair in pairs {
            h3 { (pair.asked) @if pair.reworded { " (in other words then)" } }
            div.beside { (side(&pair.then)) (side(&pair.now)) }
        }
    }
}
