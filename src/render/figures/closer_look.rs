//! A closer look: figures one below the other, on one screen where they can be.

use crate::config::Clock;
use crate::pattern::Figure;

use super::super::chart::{self, Chart, ChartPart, FigureOptions, Table};
use super::super::drawing::{self, Spacing};
use super::super::sentences::{all_different, too_few};
use super::super::{TextPage, least_telling};
use super::items_apart::items_apart;
use super::{SCREEN_ROWS, fits, in_words};

/// What stands around figures.
pub struct WordsAround<'a> {
    /// Which entries they are of, where that isn't all of them.
    pub about: Option<&'a str>,
    /// What is held back, a line each.
    pub held_back: &'a [&'a str],
    /// Where what isn't shown is.
    pub more: Option<&'a str>,
    /// Below everything that is shown.
    pub last: &'a str,
}

/// The figures that have something to say, and a line about those that do not. What is longer
/// than a screen stands closer, and no figure is longer by what could be told in a line. Items
/// of a questionnaire have a screen of their own.
pub fn closer_look(
    figures: &[Figure],
    around: &WordsAround,
    options: FigureOptions,
    clock: &Clock,
    page: &TextPage,
) -> String {
    let shown = figures.iter().filter(|figure| figure.says_something());
    let charts: Vec<Chart> = shown.map(|figure| chart::chart(figure, options, clock)).collect();
    let rest = [all_different(figures), too_few(figures)].into_iter().flatten();
    let rest: Vec<String> = rest.collect();
    let has_text = !charts.is_empty() || !rest.is_empty();
    let about = around.about.filter(|_| has_text);
    let about = about.map(|words| page.quiet(&page.wrap(words, "")) + "\n");
    let last = has_text.then_some(around.last);
    let more = around.more.filter(|_| has_text);
    let below: Vec<&str> = around.held_back.iter().copied().chain(more).chain(last).collect();
    let line = |words: &str| page.wrap(words, "") + "\n";
    let whole = |texts: Vec<String>, between: &str| -> String {
        let rest = rest.iter().map(|words| line(words));
        let below = Some(below.iter().map(|words| line(words)).collect::<String>());
        let below = below.filter(|below| !below.is_empty());
        about
            .iter()
            .cloned()
            .chain(texts)
            .chain(rest)
            .chain(below)
            .collect::<Vec<_>>()
            .join(between)
    };
    if options.plain {
        return whole(charts.iter().map(|chart| plain(chart, page)).collect(), "\n");
    }
    let loose =
        whole(charts.iter().map(|chart| drawn(chart, Spacing::Loose, page)).collect(), "\n");
    if fits(&loose) {
        return loose;
    }
    let charts = said_once(charts);
    let whole_in = |spacing| {
        let texts: Vec<String> = charts.iter().map(|chart| drawn(chart, spacing, page)).collect();
        whole(texts, "")
    };
    let mut on_one = [Spacing::Close, Spacing::Tight].into_iter().map(whole_in);
    if let Some(text) = on_one.find(|text| fits(text)) {
        return text;
    }
    if let Some(apart) = items_apart(figures) {
        let around = WordsAround { more: Some(&apart.more), ..*around };
        return closer_look(&apart.figures, &around, options, clock, page);
    }
    // What is on several screens has a whole figure on each, if it can.
    let rows_around = whole(Vec::new(), "").lines().count();
    let text = |(at, chart): (usize, &Chart)| {
        let is_last = at + 1 == charts.len() && !chart.parts.iter().any(is_written);
        let room = SCREEN_ROWS.saturating_sub(if is_last { rows_around } else { 0 });
        on_one_screen(chart, room, page)
    };
    let texts: Vec<String> = charts.iter().enumerate().map(text).collect();
    let (close, airy) = (whole(texts.clone(), ""), whole(texts, "\n"));
    if screens(&airy) > screens(&close) { close } else { airy }
}

fn screens(text: &str) -> usize {
    text.lines().count().div_ceil(SCREEN_ROWS)
}

fn plain(chart: &Chart, page: &TextPage) -> String {
    let heading = heading(chart, Spacing::Loose, page);
    let parts = chart.parts.iter().map(|part| in_words::part(part, page));
    join(std::iter::once(heading).chain(parts).chain(sentences(chart, page)), "\n")
}

/// What was written in words goes last where the rest should stand on one screen.
fn drawn(chart: &Chart, spacing: Spacing, page: &TextPage) -> String {
    let part = |part: &ChartPart| drawing::part(part, spacing, page);
    let (parts, between) = (chart.parts.iter(), if spacing.is_loose() { "\n" } else { "" });
    let heading = heading(chart, spacing, page);
    let is_last = |part: &&ChartPart| !spacing.is_loose() && is_written(part);
    let (last, first): (Vec<&ChartPart>, Vec<&ChartPart>) = parts.partition(is_last);
    let (first, last) = (first.into_iter().map(part), last.into_iter().map(part));
    let blocks = std::iter::once(heading).chain(first).chain(sentences(chart, page)).chain(last);
    join(blocks, between)
}

fn is_written(part: &ChartPart) -> bool {
    matches!(part, ChartPart::Pairs(_))
}

fn join(blocks: impl Iterator<Item = String>, between: &str) -> String {
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join(between)
}

/// The title, and beside it, where there is room and need of it, of what it is.
fn heading(chart: &Chart, spacing: Spacing, page: &TextPage) -> String {
    let beside = format!("{}  {}", chart.title, chart.about);
    if !spacing.is_loose() && page.wrap(&beside, "").lines().count() == 1 {
        return format!("{}  {}\n", page.strong(&chart.title), page.quiet(&chart.about));
    }
    let title = page.strong(&page.wrap(&chart.title, ""));
    if spacing == Spacing::Tight {
        return format!("{title}\n");
    }
    format!("{title}\n{}\n", page.quiet(&page.wrap(&chart.about, "")))
}

fn sentences(chart: &Chart, page: &TextPage) -> Option<String> {
    let said = !chart.sentences.is_empty();
    said.then(|| page.wrap(&chart.sentences.join(" "), "  ") + "\n")
}

/// What a chart says of itself that the next one says as well is left to that.
fn said_once(mut charts: Vec<Chart>) -> Vec<Chart> {
    for at in 1..charts.len() {
        let (before, next) = charts.split_at_mut(at);
        let (Some(chart), Some(next)) = (before.last_mut(), next.first()) else { continue };
        chart.sentences.retain(|sentence| !next.sentences.contains(sentence));
        let keys: Vec<&Table> = next.parts.iter().flat_map(ChartPart::tables).collect();
        for table in chart.parts.iter_mut().filter_map(ChartPart::tables_mut).flatten() {
            if keys.iter().any(|other| other.parts == table.parts) {
                table.parts.clear();
            }
            table.key.retain(|key| !keys.iter().any(|other| other.key.contains(key)));
        }
    }
    charts
}

/// As many of the items that differ least as it takes are told in a line instead of drawn.
/// What can stand in two columns doesn't need it, and a narrow page has no such room.
fn on_one_screen(chart: &Chart, room: usize, page: &TextPage) -> String {
    let tables = || chart.parts.iter().flat_map(ChartPart::tables);
    let is_items = tables().any(|table| table.moves.is_some() && table.fold.is_none());
    let rows = if is_items { tables().map(|table| table.rows.len()).sum() } else { 0 };
    let with_told = |count: usize| {
        let mut shorter = chart.clone();
        for tables in shorter.parts.iter_mut().filter_map(ChartPart::tables_mut) {
            least_telling::tell_in_a_line(tables, count);
        }
        shorter
    };
    let is_short = |(chart, spacing): &(Chart, Spacing)| {
        let mut first = chart.clone();
        first.parts.retain(|part| !is_written(part));
        drawn(&first, *spacing, page).lines().count() <= room
    };
    let closer = [Spacing::Close, Spacing::Tight];
    let forms = (0..=rows).map(with_told);
    let mut forms = forms.flat_map(|chart| closer.map(|spacing| (chart.clone(), spacing)));
    let fitting = forms.find(is_short).filter(|_| drawing::has_columns(page));
    let (chart, spacing) = fitting.unwrap_or_else(|| (chart.clone(), Spacing::Close));
    drawn(&chart, spacing, page)
}
