//! "Your page" on a terminal: alone, and beside an earlier one.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use textwrap::core::display_width;

use crate::config::Clock;
use crate::entry::{Answer, Entry, Value};
use crate::practice::phrase::capital;
use crate::practice::{PAGE_TITLE, UNMARKED, beside_answers, page_answers, page_span};

use super::terminal::{WIDEST, pad};
use super::{TextPage, clean, clean_line};

/// Columns of a mark, and of the space behind it.
const MARK: usize = 19;
/// Columns of each of two pages side by side.
const COLUMN: usize = 38;
const BETWEEN: &str = " │ ";

/// A heading and what stands below it.
struct Block {
    heading: String,
    text: String,
    /// Choices, by what they are marked with.
    rows: Vec<(String, Vec<String>)>,
}

/// The page of an entry that is one.
pub fn own_page(entry: &Entry, clock: &Clock, page: &TextPage) -> String {
    let width = page.width.min(WIDEST);
    let day = long_day(clock.day_of(entry.at));
    let gap = width.saturating_sub(display_width(PAGE_TITLE) + day.len()).max(2);
    let mut text = format!("{}{}{day}\n", page.strong(PAGE_TITLE), " ".repeat(gap));
    for block in blocks(entry) {
        text += &format!("\n{}\n{}\n", page.strong(&block.heading), block.lines(page));
    }
    text + &footer(entry, page)
}

/// What stands below the last heading.
fn footer(entry: &Entry, page: &TextPage) -> String {
    let span = page_span(entry).map(|span| format!("\n{}\n", page.quiet(&clean_line(&span))));
    let beside = beside_answers(entry).map(|answer| {
        let asked = page.strong(&page.wrap(&clean_line(&answer.asked), ""));
        let said = page.wrap(&clean(&answer.text()), "  ");
        format!("\n{asked}\n{}\n", said.trim_end())
    });
    span.into_iter().chain(beside).collect()
}

/// Two pages, the newer on the right, or below where there is no room for both.
pub fn two_pages(then: &Entry, now: &Entry, clock: &Clock, page: &TextPage, aside: bool) -> String {
    let is_beside = aside && page.width >= 2 * COLUMN + display_width(BETWEEN);
    let pages = match is_beside {
        true => columns(then, now, clock, page),
        false => [then, now].map(|entry| one_of_two(entry, clock, page)).join("\n"),
    };
    let compared = compared(&blocks(then), &blocks(now));
    let compared: String = compared.iter().map(|line| page.wrap(line, "") + "\n").collect();
    let gap = if compared.is_empty() { "" } else { "\n" };
    format!("{}\n{pages}{gap}{compared}", page.strong(&format!("{PAGE_TITLE}, twice")))
}

fn one_of_two(entry: &Entry, clock: &Clock, page: &TextPage) -> String {
    let mut text = long_day(clock.day_of(entry.at)) + "\n";
    for block in blocks(entry) {
        text += &format!("\n{}\n{}\n", page.strong(&block.heading), block.lines(page));
    }
    text
}

fn columns(then: &Entry, now: &Entry, clock: &Clock, page: &TextPage) -> String {
    let narrow = TextPage { width: COLUMN, ..*page };
    let day = |entry: &Entry| vec![long_day(clock.day_of(entry.at))];
    let (left, right) = (blocks(then), blocks(now));
    let mut text = beside(&day(then), &day(now));
    let mut headings: Vec<&String> = Vec::new();
    for block in left.iter().chain(&right) {
        if !headings.contains(&&block.heading) {
            headings.push(&block.heading);
        }
    }
    for heading in headings {
        let of = |blocks: &[Block]| {
            let block = blocks.iter().find(|block| block.heading == *heading);
            block.map_or(Vec::new(), |block| block.column(&narrow))
        };
        text += "\n";
        text += &beside(&of(&left), &of(&right));
    }
    text
}

/// Lines on the left, and lines on the right.
fn beside(left: &[String], right: &[String]) -> String {
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let rows = (0..left.len().max(right.len())).map(|at| {
        let row = format!("{}{BETWEEN}{}", pad(&line(left, at), COLUMN), line(right, at));
        row.trim_end().to_owned() + "\n"
    });
    rows.collect()
}

/// The headings of a page, each with all that stands below it.
fn blocks(entry: &Entry) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for answer in page_answers(entry) {
        let (heading, mark) = heading_and_mark(answer);
        let is_same = blocks.last().is_some_and(|block| block.heading == heading);
        if !is_same {
            blocks.push(Block { heading, text: String::new(), rows: Vec::new() });
        }
        let Some(block) = blocks.last_mut() else { continue };
        match mark {
            Some(mark) => {
                let chosen = answer.chosen().iter().map(|need| clean_line(need)).collect();
                block.rows.push((mark, chosen));
            }
            None => block.text = clean(&answer.text()).into_owned(),
        }
    }
    blocks
}

/// "What I need: met, mostly" is both.
fn heading_and_mark(answer: &Answer) -> (String, Option<String>) {
    let asked = clean_line(&answer.asked);
    let is_marked = matches!(answer.value, Value::Chosen(_));
    match asked.rsplit_once(": ").filter(|_| is_marked) {
        Some((heading, mark)) => (heading.to_owned(), Some(mark.to_owned())),
        None => (asked, None),
    }
}

impl Block {
    /// Below its heading, in the width of a page.
    fn lines(&self, page: &TextPage) -> String {
        let rows = self.rows.iter().map(|(mark, needs)| {
            let first = format!("  {}", pad(mark, MARK));
            let options = textwrap::Options::new(page.width.min(WIDEST).max(first.len() + 10))
                .initial_indent(&first)
                .subsequent_indent("                     ");
            textwrap::fill(&needs.join(" · "), options)
        });
        let text = (!self.text.is_empty()).then(|| page.wrap(&self.text, "  "));
        text.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// With its heading, in a column.
    fn column(&self, page: &TextPage) -> Vec<String> {
        let wrapped = |text: &str, indent: &str| -> Vec<String> {
            page.wrap(text, indent).lines().map(str::to_owned).collect()
        };
        let mut lines = wrapped(&self.heading, "");
        if !self.text.is_empty() {
            lines.extend(wrapped(&self.text, "  "));
        }
        for (mark, needs) in &self.rows {
            lines.extend(wrapped(mark, "  "));
            lines.extend(wrapped(&needs.join(" · "), "    "));
        }
        lines
    }

    /// What got this mark.
    fn marked(&self, mark: &str) -> &[String] {
        let row = self.rows.iter().find(|(other, _)| other == mark);
        row.map_or(&[], |(_, needs)| needs.as_slice())
    }
}

/// Which choices have the same mark on both pages, and which have another. Nothing else is
/// computed of two pages.
fn compared(then: &[Block], now: &[Block]) -> Vec<String> {
    let with_rows = |blocks: &'_ [Block]| blocks.iter().position(|block| !block.rows.is_empty());
    let (Some(then_at), Some(now_at)) = (with_rows(then), with_rows(now)) else {
        return Vec::new();
    };
    let (then, now) = (&then[then_at], &now[now_at]);
    let mut marks: Vec<&String> = Vec::new();
    for (mark, _) in then.rows.iter().chain(&now.rows) {
        if mark != UNMARKED && !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    // Those that are not met come first.
    marks.sort_by_key(|mark| !mark.starts_with("not "));
    let both = |a: &str, b: &str| -> Vec<String> {
        then.marked(a).iter().filter(|need| now.marked(b).contains(need)).cloned().collect()
    };
    let same = marks.iter().filter_map(|mark| {
        let needs = both(mark, mark);
        (!needs.is_empty()).then(|| format!("{}, {}.", needs.join(", "), short(mark)))
    });
    let same: Vec<String> = same.collect();
    let mut lines = Vec::new();
    if let [first, rest @ ..] = same.as_slice() {
        let rest = rest.iter().map(|line| format!(" {}", capital(line)));
        lines.push(format!("On both pages: {first}{}", rest.collect::<String>()));
    }
    for a in &marks {
        for b in marks.iter().filter(|b| *b != a) {
            let needs = both(a, b);
            if !needs.is_empty() {
                let then = capital(short(a));
                lines.push(format!("{then} then, {} now: {}.", short(b), needs.join(", ")));
            }
        }
    }
    lines
}

/// "met" of "met, mostly".
fn short(mark: &str) -> &str {
    mark.split(',').next().unwrap_or(mark)
}

fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
