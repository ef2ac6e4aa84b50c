//! Can the page be read? Its colours are compared as WCAG 2.2 does (1.4.3 and 1.4.11), in
//! the style that is written into every page: light, dark and in print.

use std::collections::BTreeMap;

use super::super::super::chart::{ChartPart, squares};
use super::super::super::svg;
use super::super::STYLE;
use crate::pattern::FigureDay;

/// What is read or seen, on what, and how much one must stand out from the other.
const PAIRS: [(&str, &str, f64); 10] = [
    ("text", "paper", TEXT),
    ("quiet", "paper", TEXT),
    // Links.
    ("ink", "paper", TEXT),
    // Digits on the squares of days, the fuller ones in a colour of their own.
    ("text", "level-1", TEXT),
    ("text", "level-2", TEXT),
    ("on-ink", "level-3", TEXT),
    ("on-ink", "ink", TEXT),
    // Bars, lines, dots, and the edges of squares and of whole bars.
    ("ink", "paper", MARK),
    ("quiet", "paper", MARK),
    ("level-3", "paper", MARK),
];
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// What a fill or an edge that means something may be drawn in.
const MARKS: [&str; 7] = ["ink", "quiet", "paper", "level-1", "level-2", "level-3", "none"];

/// The narrowest phone that it is made for, and the letters there, in CSS pixels.
const PHONE: f64 = 390.0;
const SMALLEST: f64 = 12.0;
/// Of a letter that is sized by the page's own.
const REM: f64 = 16.0;

/// The colours of each scheme, by name.
fn schemes() -> Vec<BTreeMap<String, String>> {
    let blocks = STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap());
    let colours = |block: &str| {
        let pairs =
            block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
        pairs.map(|(name, colour)| (name.to_owned(), colour.trim().to_owned())).collect()
    };
    blocks.map(colours).collect()
}

/// Of a colour as CSS has it, `#fff` or `#24292b`.
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap();
    let wide = if digits.len() == 3 { 1 } else { 2 };
    let channel = |at: usize| {
        let digits = digits[at * wide..(at + 1) * wide].repeat(3 - wide);
        let value = f64::from(u8::from_str_radix(&digits, 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn words_and_marks_stand_out_in_both_schemes_and_in_print() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777", "#fff") - 4.48).abs() < 0.01, "a value of the specification's own");
    let schemes = schemes();
    assert_eq!(schemes.len(), 3, "light, dark and print");
    for (at, scheme) in schemes.iter().enumerate() {
        for (front, back, least) in PAIRS {
            let found = contrast(&scheme[front], &scheme[back]);
            assert!(found >= least, "scheme {at}: {front} on {back} is {found:.2}, not {least}");
        }
    }
}

#[test]
fn nothing_in_a_drawing_but_its_grid_is_fainter_than_a_mark() {
    let rules = STYLE.lines().filter(|line| line.trim_start().starts_with("svg "));
    for rule in rules.filter(|rule| !rule.contains("svg .grid")) {
        for colour in rule.split("var(--").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let is_letter = rule.contains("svg text");
            assert!(is_letter || MARKS.contains(&colour), "{rule}");
        }
    }
}

/// Of a declaration such as `font-size: .9rem`, in pixels.
fn sizes(style: &str) -> Vec<f64> {
    let of = |text: &str| -> Option<f64> {
        let value: String =
            text.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let unit = &text.trim_start()[value.len()..];
        let value: f64 = value.parse().ok()?;
        let factor = if unit.starts_with("rem") { REM } else { 1.0 };
        Some(value * factor)
    };
    let sizes = style.split("font-size:").skip(1).filter_map(of);
    sizes.chain(style.split("font:").skip(1).filter_map(of)).collect()
}

#[test]
fn no_letter_on_a_phone_is_smaller_than_twelve_pixels() {
    let (screen, print) = STYLE.split_once("@media print").unwrap();
    assert!(print.contains("pt"), "paper has measures of its own");
    let smallest = sizes(screen).into_iter().fold(f64::MAX, f64::min);
    assert_eq!(smallest, SMALLEST);
    // A drawing is as wide as the page without its margins, and its letters with it.
    let narrow = screen.split("max-width: 40rem").nth(1).unwrap();
    let margin = narrow.split("main { padding: 1.25rem ").nth(1).unwrap();
    let margin: f64 = margin.split("rem").next().unwrap().parse().unwrap();
    let room = PHONE - 2.0 * margin * REM;
    let days: Vec<FigureDay> = (1..=28)
        .map(|day| FigureDay { day: format!("2026-11-{day:02}").parse().unwrap(), entries: 1 })
        .collect();
    let ChartPart::Calendar(calendar) =
        squares("2025-12-01".parse().unwrap(), "2026-11-28".parse().unwrap(), &days)
    else {
        panic!("squares are a calendar")
    };
    let drawn = svg::calendar(&calendar).into_string();
    let narrow = drawn.split("class=\"narrow\"").nth(1).unwrap();
    let boxes: Vec<f64> = narrow
        .split("viewBox=\"0 0 ")
        .skip(1)
        .map(|rest| rest.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert!(!boxes.is_empty() && !drawn.contains("font-size"));
    for width in boxes {
        assert!(smallest * room / width >= SMALLEST, "{width} of {room}");
    }
}

#[test]
fn the_wide_drawing_is_shown_only_where_it_keeps_its_size() {
    // From this width on; a page is no wider than its own measure.
    let switch = STYLE.split("screen and (max-width: ").nth(1).unwrap();
    let switch: f64 = switch.split("rem").next().unwrap().parse().unwrap();
    let measure = STYLE.split("main { max-width: ").nth(1).unwrap();
    let measure: f64 = measure.split("rem").next().unwrap().parse().unwrap();
    let margins = 2.0 * 1.25 * REM;
    let narrowest = (switch * REM).min(measure * REM) - margins;
    assert!(12.0 * narrowest / svg::WIDE >= 12.0, "{narrowest}");
}
