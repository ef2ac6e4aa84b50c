//! "Your page" on a terminal: alone, and beside an earlier one.

#[cfg(test)]
mod tests;

use textwrap::core::display_width;

use crate::config::Clock;
use crate::entry::{Answer, Entry, Value};
use crate::practice::{
    OwnPageHeading, PAGE_TITLE, RepeatedPart, UNMARKED, beside_answers, page_answers, page_span,
};
use crate::words::{capitalize, long_day};

use super::terminal::{WIDEST, pad};
use super::two_columns::{COLUMN_WIDTH, has_two_columns, two_columns};
use super::{TextPage, clean, clean_line};

/// Columns of a mark, and of the space behind it.
const MARK: usize = 19;
/// A heading and what stands below it.
pub(super) struct Block {
    pub(super) heading: String,
    /// "from 3 May 2026": the day of its words, where the page has newer ones, or where they
    /// already stood on an earlier page.
    pub(super) from: Option<String>,
    /// Did they stand there?
    is_repeated: bool,
    pub(super) text: String,
    /// Choices, by what they are marked with; without any mark, in one row of no name.
    pub(super) rows: Vec<(String, Vec<String>)>,
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
    let span = page_span(entry).map(|span| format!("\n{}\n", page.quiet(&clean_line(&span))));
    text + &span.unwrap_or_default() + &beside_text(entry, page)
}

/// What was written beneath two pages.
fn beside_text(entry: &Entry, page: &TextPage) -> String {
    let beside = beside_answers(entry).map(|answer| {
        let heading = page.strong(&page.wrap(&clean_line(&answer.asked), ""));
        let words = page.wrap(&clean(&answer.text()), "  ");
        format!("\n{heading}\n{}\n", words.trim_end())
    });
    beside.collect()
}

/// Two pages, the newer on the right, or below where there is no room for both.
pub fn two_pages(
    [then, now]: [&Entry; 2],
    repeated: &[RepeatedPart],
    clock: &Clock,
    page: &TextPage,
    aside: bool,
) -> String {
    let (left, right) = (blocks(then), blocks_since(now, repeated));
    let days = [then, now].map(|entry| long_day(clock.day_of(entry.at)));
    let is_beside = aside && has_two_columns(page.width);
    let pages = if is_beside {
        columns(&days, &left, &right, page)
    } else {
        let [then, now] = &days;
        format!("{}\n{}", one_of_two(then, &left, page), one_of_two(now, &right, page))
    };
    let compared = compared(&left, &right);
    let compared: String = compared.iter().map(|line| page.wrap(line, "") + "\n").collect();
    let gap = if compared.is_empty() { "" } else { "\n" };
    let seen = beside_text(now, page);
    format!("{}\n{pages}{gap}{compared}{seen}", page.strong(&format!("{PAGE_TITLE}, twice")))
}

fn one_of_two(day: &str, blocks: &[Block], page: &TextPage) -> String {
    let mut text = format!("{day}\n");
    for block in blocks {
        text += &format!("\n{}\n{}\n", page.strong(&block.heading), block.lines(page));
    }
    text
}

fn columns(days: &[String; 2], left: &[Block], right: &[Block], page: &TextPage) -> String {
    // A column of space stands before the rule.
    let narrow = TextPage { width: COLUMN_WIDTH - 1, ..*page };
    let mut rows = two_columns(&days[..1], &days[1..]);
    let mut headings: Vec<&String> = Vec::new();
    for block in left.iter().chain(right) {
        if !headings.contains(&&block.heading) {
            headings.push(&block.heading);
        }
    }
    for heading in headings {
        let of = |blocks: &[Block]| {
            let block = blocks.iter().find(|block| block.heading == *heading);
            block.map_or(Vec::new(), |block| block.column(&narrow))
        };
        rows.push(String::new());
        rows.extend(two_columns(&of(left), &of(right)));
    }
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// The headings of a page, each with all that stands below it.
pub(super) fn blocks(entry: &Entry) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for answer in page_answers(entry) {
        let (asked, mark) = heading_and_mark(answer);
        let OwnPageHeading { words, day } = OwnPageHeading::of(&asked);
        if blocks.last().is_none_or(|block| block.heading != words) {
            let from = day.map(|day| format!("from {day}"));
            blocks.push(Block {
                heading: words.to_owned(),
                from,
                is_repeated: false,
                text: String::new(),
                rows: Vec::new(),
            });
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

/// The blocks of a newer page, with the day of those whose words were on the earlier one.
fn blocks_since(entry: &Entry, repeated: &[RepeatedPart]) -> Vec<Block> {
    let mut blocks = blocks(entry);
    for block in &mut blocks {
        let part = repeated.iter().find(|part| part.heading == block.heading);
        block.is_repeated = part.is_some();
        block.from = part.map(|part| format!("from {}", part.day)).or(block.from.take());
    }
    blocks
}

/// "What I need: mostly met" is both. Of choices without a mark it is an empty one.
fn heading_and_mark(answer: &Answer) -> (String, Option<String>) {
    let heading = clean_line(&answer.asked);
    let is_chosen = matches!(answer.value, Value::Chosen(_));
    match heading.rsplit_once(": ").filter(|_| is_chosen) {
        Some((heading, mark)) => (heading.to_owned(), Some(mark.to_owned())),
        None => (heading, is_chosen.then(String::new)),
    }
}

impl Block {
    /// What is below its heading.
    fn lines(&self, page: &TextPage) -> String {
        let rows = self.rows.iter().map(|(mark, needs)| {
            let columns = if mark.is_empty() { 0 } else { MARK };
            let first = format!("  {}", pad(mark, columns));
            let rest = " ".repeat(2 + columns);
            let options = textwrap::Options::new(page.width.min(WIDEST).max(first.len() + 10))
                .initial_indent(&first)
                .subsequent_indent(&rest);
            textwrap::fill(&needs.join(" · "), options)
        });
        let from = self.from.as_ref().map(|from| page.quiet(&format!("  {from}")));
        let text = (!self.text.is_empty()).then(|| page.wrap(&self.text, "  "));
        from.into_iter().chain(text).chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// The lines of one of two columns, with the heading.
    fn column(&self, page: &TextPage) -> Vec<String> {
        let wrapped = |text: &str, indent: &str| -> Vec<String> {
            page.wrap(text, indent).lines().map(str::to_owned).collect()
        };
        let mut lines = wrapped(&self.heading, "");
        lines.extend(self.from.iter().map(|from| format!("  {from}")));
        if !self.text.is_empty() {
            lines.extend(wrapped(&self.text, "  "));
        }
        for (mark, needs) in &self.rows {
            let indent = if mark.is_empty() { "  " } else { "    " };
            lines.extend((!mark.is_empty()).then(|| wrapped(mark, "  ")).into_iter().flatten());
            lines.extend(wrapped(&needs.join(" · "), indent));
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
/// computed of two pages, and nothing of one answer that stands on both.
fn compared(then: &[Block], now: &[Block]) -> Vec<String> {
    let with_rows = |blocks: &'_ [Block]| blocks.iter().position(|block| !block.rows.is_empty());
    let (Some(then_at), Some(now_at)) = (with_rows(then), with_rows(now)) else {
        return Vec::new();
    };
    let (then, now) = (&then[then_at], &now[now_at]);
    if now.is_repeated {
        return Vec::new();
    }
    let mut marks: Vec<&String> = Vec::new();
    for (mark, _) in then.rows.iter().chain(&now.rows) {
        if mark != UNMARKED && !mark.is_empty() && !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    // Unmet needs come first.
    marks.sort_by_key(|mark| !short(mark).starts_with("not "));
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
        let rest = rest.iter().map(|line| format!(" {}", capitalize(line)));
        lines.push(format!("On both pages: {first}{}", rest.collect::<String>()));
    }
    for a in &marks {
        for b in marks.iter().filter(|b| *b != a) {
            let needs = both(a, b);
            if !needs.is_empty() {
                let then = capitalize(short(a));
                lines.push(format!("{then} then, {} now: {}.", short(b), needs.join(", ")));
            }
        }
    }
    lines
}

/// "met" of "mostly met".
fn short(mark: &str) -> &str {
    mark.strip_prefix("mostly ").unwrap_or(mark)
}
