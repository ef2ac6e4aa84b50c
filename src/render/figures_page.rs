//! Figures on a page of HTML: the same charts and sentences as on the terminal. Rows are
//! tables whose marks only draw what stands beside them, so that they are read aloud and
//! wrap as any text does.

use maud::{Markup, html};

use crate::config::Clock;
use crate::pattern::{Figure, Overview};

use super::chart::{
    CalendarChart, Chart, ChartPart, Course, DatedText, FigureOptions, Mark, Table, TableColumn,
    TableRow, TextPair, chart, overview_chart,
};
use super::page::html_page;
use super::sentences::{all_different, too_few};
use super::{day_words, svg};

/// What stands on the page, and around it.
pub struct FiguresPage<'a> {
    pub title: &'a str,
    /// Which entries it is of.
    pub about: &'a str,
    pub overview: Option<&'a Overview>,
    pub figures: &'a [Figure],
    /// Said below everything.
    pub last: &'a [String],
}

/// Figures, each with its drawing, its sentences and its numbers.
pub fn figures_page(page: &FiguresPage, options: FigureOptions, clock: &Clock) -> String {
    let shown = || page.figures.iter().filter(|figure| figure.says_something());
    let body = html! {
        p.quiet { (page.about) }
        @if let Some(overview) = page.overview {
            (section(&overview_chart(overview, page.figures, String::new())))
        }
        @for figure in shown() { (section(&chart(figure, options, clock))) }
        @for words in [all_different(page.figures), too_few(page.figures)].into_iter().flatten() {
            p.quiet { (words) }
        }
        @for words in page.last { p { (words) } }
    };
    html_page(page.title, &body)
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
            div.tables[tables.len() > 1] { @for of in tables { (table(of)) } }
        },
        ChartPart::Calendar(of) => calendar(of),
        ChartPart::Course(of) => course(of),
        ChartPart::Texts(texts) => html! {
            ul.texts {
                @for text in texts { li { span.quiet { (day_words(text.day)) } p { (text.words) } } }
            }
        },
        ChartPart::Pairs(of) => pairs(of),
        ChartPart::Lines(lines) => html! { ul.texts { @for line in lines { li { (line) } } } },
    }
}

fn table(table: &Table) -> Markup {
    let headed = table
        .columns
        .iter()
        .any(|it| !it.heading.is_empty() || !it.axis.is_empty() || it.ends.is_some());
    html! {
        table.chart role="table" {
            @if let Some(title) = &table.title { caption { (title) } }
            @if headed {
                thead role="rowgroup" {
                    tr role="row" {
                        td role="cell" {}
                        @for column in &table.columns { th scope="col" role="columnheader" { (heading(column)) } }
                    }
                }
            }
            tbody role="rowgroup" { @for row in &table.rows { (table_row(row, &table.columns)) } }
        }
        @if !table.parts.is_empty() {
            p.key {
                @for (at, part) in table.parts.iter().enumerate() {
                    span { (svg::swatch(&format!("part part-{at}"))) " " (part) } " "
                }
            }
        }
        @for key in &table.key { p.quiet { (key) } }
    }
}

fn heading(column: &TableColumn) -> Markup {
    html! {
        (column.heading)
        @if let Some((low, high)) = &column.ends { (low) " to " (high) }
        @if let (Some(first), Some(last)) = (column.axis.first(), column.axis.last()) {
            (first) @if !last.is_empty() { " to " (last) }
        }
    }
}

fn table_row(row: &TableRow, columns: &[TableColumn]) -> Markup {
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (row.name) }
            @for (cell, column) in row.cells.iter().zip(columns) {
                td role="cell" data-heading=(column.heading) {
                    @if cell.mark != Mark::None { (svg::mark(&cell.mark)) " " }
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
            figcaption.quiet { "Dots are days; the line is the mean of four weeks." }
        }
        (numbers(&course.title, &course.rows))
    }
}

/// The drawing's numbers, for whoever would rather read or hear them.
fn numbers(title: &str, rows: &[(String, String)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            details {
                summary { "The numbers" }
                table {
                    caption { (title) }
                    @for (name, value) in rows { tr { th scope="row" { (name) } td { (value) } } }
                }
            }
        }
    }
}

/// Then and now in two columns; their days once, where all have the same.
fn pairs(pairs: &[TextPair]) -> Markup {
    let days = |pair: &TextPair| (pair.then.day, pair.now.day);
    let common = pairs.first().map(days).filter(|first| pairs.iter().all(|it| days(it) == *first));
    let side = |text: &DatedText| {
        html! {
            div {
                @if common.is_none() { p.quiet { (day_words(text.day)) } }
                p.said { (text.words) }
            }
        }
    };
    html! {
        @if let Some((then, now)) = common {
            div.beside { p.quiet { (day_words(then)) } p.quiet { (day_words(now)) } }
        }
        @for pair in pairs {
            h3 { (pair.asked) @if pair.reworded { " (worded otherwise then)" } }
            div.beside { (side(&pair.then)) (side(&pair.now)) }
        }
    }
}
