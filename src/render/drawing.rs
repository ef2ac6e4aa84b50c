//! Charts in characters. They are read by their shape: words have the terminal's own
//! colour, and only marks have a hue, which says nothing that the shape doesn't.

mod calendar;
mod course;
mod marks;
mod table;

use textwrap::core::display_width;

use super::TextPage;
use super::chart::{ChartPart, DatedText, TextPair};
use super::day_words;
use super::terminal::cut;

pub use table::tables;

/// A drawing wider than this is not easier to read.
const WIDEST: usize = 120;
/// What stands side by side is spread no wider, and not where a column would be
/// narrower than that.
const NARROWEST: usize = 34;

/// One part of a chart.
pub fn part(part: &ChartPart, page: &TextPage) -> String {
    match part {
        ChartPart::Tables(all) => tables(all, page),
        ChartPart::Calendar(of) => calendar::draw(of, page),
        ChartPart::Course(of) => course::draw(of, page),
        ChartPart::Texts(texts) => texts.iter().map(|text| dated(text, page)).collect(),
        ChartPart::Pairs(pairs) => {
            pairs.iter().map(|of| pair(of, page)).collect::<Vec<_>>().join("\n")
        }
        ChartPart::Lines(lines) => lines.iter().map(|it| page.wrap(it, "  ") + "\n").collect(),
    }
}

fn dated(text: &DatedText, page: &TextPage) -> String {
    // Three lines of it; `show` has the rest.
    let words = cut(&text.words, 3 * page.width.min(80).saturating_sub(6).max(10));
    let day = page.quiet(&page.wrap(&text.near, "  "));
    format!("{day}\n{}\n", page.wrap(&words, "    "))
}

/// Then and now: beside each other where two columns of the page can be read.
fn pair(pair: &TextPair, page: &TextPage) -> String {
    let half = TextPage { width: page.width.min(WIDEST) / 2 - 2, ..*page };
    let abreast = half.width >= NARROWEST;
    let page_of_one = if abreast { &half } else { page };
    let said = |said: &DatedText| -> Vec<String> {
        let day = page.quiet(&page_of_one.wrap(&day_words(said.day), "  "));
        let words = page_of_one.wrap(&said.words, "    ");
        std::iter::once(day).chain(words.lines().map(str::to_owned)).collect()
    };
    let mut text = format!("{}\n", page.wrap(&pair.asked, "  "));
    if pair.reworded {
        text += &format!("{}\n", page.wrap("(worded otherwise then)", "  "));
    }
    let both = [said(&pair.then), said(&pair.now)];
    match abreast {
        true => text + &side_by_side(&both, half.width + 2),
        false => text + &both.concat().join("\n") + "\n",
    }
}

/// Blocks of lines beside each other, each as wide as this.
fn side_by_side(blocks: &[Vec<String>], width: usize) -> String {
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

/// Without our own colours, to know its width.
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
