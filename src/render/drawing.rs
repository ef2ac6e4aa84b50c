//! Charts in characters. They are read by their shape: words have the terminal's own
//! colour, and only marks have a hue, which says nothing that the shape doesn't.

mod calendar;
mod course;
mod fitting;
mod marks;
mod narrow;
mod table;
mod topics;
mod widths;

use textwrap::core::display_width;

use super::chart::{ChartPart, DatedText, TextPair};
use super::terminal::cut;
use super::{TextPage, day_words};

pub use table::tables;
pub use topics::has_columns;

/// A drawing wider than this is not easier to read.
const WIDEST: usize = 120;
/// What stands side by side is spread no wider, and not where a column would be
/// narrower than that.
const NARROWEST: usize = 34;

/// How close together the parts of a drawing are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    Loose,
    /// For what would be longer than a screen: no empty lines, rows in two columns, and
    /// sentences in one paragraph.
    Close,
    /// For what is longer than a screen even so: low curves as well, and keys in one paragraph
    /// with what is below the rows.
    Tight,
}

impl Spacing {
    pub fn is_loose(self) -> bool {
        self == Spacing::Loose
    }
}

/// Lines of a quote.
const QUOTE_LINES: usize = 3;
const CLOSE_QUOTE_LINES: usize = 2;

pub fn part(part: &ChartPart, spacing: Spacing, page: &TextPage) -> String {
    match part {
        ChartPart::Tables(all) => tables(all, spacing, page),
        ChartPart::Topics(of) => topics::draw(of, page),
        ChartPart::Calendar(of) => calendar::draw(of, spacing, page),
        ChartPart::Course(of) => course::draw(of, spacing, page),
        ChartPart::Texts(texts) => texts.iter().map(|text| dated(text, page)).collect(),
        ChartPart::Pairs(all) if !spacing.is_loose() => {
            let cut: Vec<TextPair> = all.iter().map(|pair| quoted(pair, page)).collect();
            pairs(&cut, page, true)
        }
        ChartPart::Pairs(all) => pairs(all, page, true),
        ChartPart::Lines(lines) if !spacing.is_loose() => page.wrap(&lines.join(" "), "  ") + "\n",
        ChartPart::Lines(lines) => lines.iter().map(|it| page.wrap(it, "  ") + "\n").collect(),
    }
}

fn dated(text: &DatedText, page: &TextPage) -> String {
    // `show` has the rest.
    let words = cut(&text.words, QUOTE_LINES * page.width.min(80).saturating_sub(6).max(10));
    let day = page.quiet(&page.wrap(&text.near, "  "));
    format!("{day}\n{}\n", page.wrap(&words, "    "))
}

/// The beginning of both texts; `show` has the rest.
fn quoted(pair: &TextPair, page: &TextPage) -> TextPair {
    let half = page.width.min(WIDEST) / 2;
    let width = if half < NARROWEST { page.width } else { half };
    let room = CLOSE_QUOTE_LINES * width.saturating_sub(8).max(10);
    let text = |of: &DatedText| {
        let words = of.words.split_whitespace().collect::<Vec<_>>().join(" ");
        DatedText { day: of.day, near: of.near.clone(), words: cut(&words, room) }
    };
    let (then, now) = (text(&pair.then), text(&pair.now));
    TextPair { asked: pair.asked.clone(), reworded: pair.reworded, then, now }
}

/// Texts then and now, one below the other however wide the page is, as it is heard.
pub fn one_by_one(all: &[TextPair], page: &TextPage) -> String {
    pairs(all, page, false)
}

fn pairs(all: &[TextPair], page: &TextPage, abreast: bool) -> String {
    all.iter().map(|of| pair(of, page, abreast)).collect::<Vec<_>>().join("\n")
}

/// Then and now: beside each other where they may, and two columns of the page can be read.
fn pair(pair: &TextPair, page: &TextPage, abreast: bool) -> String {
    let half = TextPage { width: page.width.min(WIDEST) / 2 - 2, ..*page };
    let abreast = abreast && half.width >= NARROWEST;
    let page_of_one = if abreast { &half } else { page };
    let lines_of = |text: &DatedText| -> Vec<String> {
        let day = page.quiet(&page_of_one.wrap(&day_words(text.day), "  "));
        let words = page_of_one.wrap(&text.words, "    ");
        std::iter::once(day).chain(words.lines().map(str::to_owned)).collect()
    };
    let mut text = format!("{}\n", page.wrap(&pair.asked, "  "));
    if pair.reworded {
        text += &format!("{}\n", page.wrap("(in other words then)", "  "));
    }
    let both = [lines_of(&pair.then), lines_of(&pair.now)];
    if abreast {
        text + &blocks_abreast(&both, half.width + 2)
    } else {
        text + &both.concat().join("\n") + "\n"
    }
}

/// Blocks of lines beside each other, each as wide as this.
fn blocks_abreast(blocks: &[Vec<String>], width: usize) -> String {
    let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for at in 0..height {
        let mut line = String::new();
        for (column, block) in blocks.iter().enumerate() {
            let have = display_width(&without_colour(&line));
            line += &" ".repeat((column * width).saturating_sub(have));
            line += block.get(at).map_or("", String::as_str);
        }
        text += &format!("{}\n", line.trim_end());
    }
    text
}

/// The text without our colours, whose codes have no width.
pub fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match (inside, c) {
            (false, '\u{1b}') => inside = true,
            (true, 'm') => inside = false,
            (true, _) => {}
            (false, c) => out.push(c),
        }
    }
    out
}
