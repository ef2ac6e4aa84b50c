//! The picture of the README, drawn from the program's own screens: an evening, and the
//! first screen of patterns. `just texts` draws it again.

use std::fmt::Write;
use std::path::Path;

use vt100::{Cell, Color, Screen};

use crate::harness::Home;

/// Of a letter, in the picture's units.
const WIDE: usize = 8;
const HIGH: usize = 18;
const COLUMNS: usize = 80;
const MARGIN: usize = 20;
/// Rows of the tour, which is longer than any terminal.
const ROWS: u16 = 200;

const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";
const QUIET: &str = "#8b919d";
const HUE: &str = "#5fb3b3";

#[test]
fn the_picture_in_the_readme_shows_the_screens_as_they_are() {
    let home = Home::new();
    let terminal = home.terminal_of(ROWS, COLUMNS as u16, "tour", &[]);
    let screen = terminal.ends(0).screen();
    let rows: Vec<String> = screen.rows(0, COLUMNS as u16).collect();
    let evening = part(&rows, "  $ inward reflect", "A look back over the month. ");
    let patterns = part(&rows, "  $ inward patterns", "More: ");
    let rows: Vec<u16> = evening.chain(patterns).map(|row| row as u16).collect();
    let picture = svg(&screen, &rows);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens.svg");
    snapbox::assert_data_eq!(picture, snapbox::Data::read_from(&file, None).raw());
}

/// The rows from one that begins so up to one that begins so.
fn part(rows: &[String], first: &str, end: &str) -> std::ops::Range<usize> {
    let place = |words: &str| rows.iter().position(|row| row.starts_with(words));
    let first = place(first).unwrap_or_else(|| panic!("no {first} in {rows:?}"));
    first..place(end).unwrap_or_else(|| panic!("no {end} in {rows:?}"))
}

fn svg(screen: &Screen, rows: &[u16]) -> String {
    let (width, height) = (COLUMNS * WIDE + 2 * MARGIN, rows.len() * HIGH + 2 * MARGIN);
    let title = "An evening as inward asks it, and the first screen of patterns";
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n<g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\" fill=\"{INK}\">\n"
    );
    for (line, row) in rows.iter().enumerate() {
        let y = MARGIN + line * HIGH + HIGH * 3 / 4;
        for (column, style, text) in runs(screen, *row) {
            let (x, length) = (MARGIN + column * WIDE, text.chars().count() * WIDE);
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            writeln!(
                svg,
                "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" xml:space=\"preserve\"{style}>{text}</text>"
            )
            .unwrap();
        }
    }
    svg + "</g>\n</svg>\n"
}

/// What has one style, from left to right: its column, its style and its letters.
fn runs(screen: &Screen, row: u16) -> Vec<(usize, String, String)> {
    let mut runs: Vec<(usize, String, String)> = Vec::new();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column as u16) else { continue };
        let letter = if cell.has_contents() { cell.contents() } else { " " };
        let style = style(cell);
        match runs.last_mut() {
            Some((_, last, text)) if *last == style => text.push_str(letter),
            Some(_) | None => runs.push((column, style, letter.to_owned())),
        }
    }
    runs.iter_mut().for_each(|(_, _, text)| text.truncate(text.trim_end().len()));
    let mut runs: Vec<_> =
        runs.into_iter().map(|(at, style, text)| (at, style, hide_id(text))).collect();
    runs.retain(|(_, _, text)| !text.trim().is_empty());
    runs
}

/// Ids are random; the picture always has the same.
fn hide_id(text: String) -> String {
    match text.strip_prefix("Kept: ").and_then(|rest| rest.rsplit_once(", ")) {
        Some((when, _)) => format!("Kept: {when}, k3v9q2m8ab."),
        None => text,
    }
}

fn style(cell: &Cell) -> String {
    let fill = match cell.fgcolor() {
        Color::Default if cell.dim() => QUIET,
        Color::Default => INK,
        // Whichever grey of the terminal's.
        Color::Idx(7 | 8) => QUIET,
        Color::Idx(_) | Color::Rgb(..) => HUE,
    };
    let weight = if cell.bold() { " font-weight=\"bold\"" } else { "" };
    let fill = if fill == INK { String::new() } else { format!(" fill=\"{fill}\"") };
    format!("{fill}{weight}")
}
