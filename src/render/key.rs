//! A copy of the key for people: on the terminal, and as a page to print. The
//! code on both is the very text beside it, for a camera to read.

use qrcode::render::unicode::Dense1x2;
use qrcode::{Color, EcLevel, QrCode};

use crate::config::Clock;

use super::{TextPage, day_words};

/// White around the code, which cameras need: in modules, as the standard says.
const QUIET: usize = 4;

/// With the least correction the code has the largest modules, which is what a
/// printer and a camera care for. `None` where the text is too long for any.
fn code(text: &str) -> Option<QrCode> {
    QrCode::with_error_correction_level(text, EcLevel::L).ok()
}

/// The key's code, where a window of so many rows has room for it; otherwise
/// how large a window would have.
pub fn key_code(text: &str, page: &TextPage, rows: usize) -> String {
    // What the prompt below takes.
    const FURNITURE: usize = 5;
    let Some(drawn) = code(text).map(|code| draw(&code, page.colour)) else {
        return page.wrap_message("The key is too long for a QR code.");
    };
    let columns = drawn.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let needed = drawn.lines().count() + FURNITURE;
    if columns <= page.width && needed <= rows {
        return drawn.lines().map(|line| page.ink(line)).collect::<Vec<_>>().join("\n");
    }
    page.wrap_message(&format!("In a window of {columns} columns and {needed} rows, you also see a QR code to scan. `inward key backup --page FILE.svg` makes a page to print."))
}

/// Half a line a module. In colour it is ink on paper; without, most terminals
/// are dark, and what is drawn is the paper.
fn draw(code: &QrCode, colour: bool) -> String {
    let (ink, paper) =
        if colour { (Dense1x2::Dark, Dense1x2::Light) } else { (Dense1x2::Light, Dense1x2::Dark) };
    code.render::<Dense1x2>().dark_color(ink).light_color(paper).build()
}

/// An A4 page in SVG: what it is, how it is put back, the code, and the text in
/// a type that can be copied by hand. It asks for nothing from anywhere.
pub fn key_page(text: &str, has_passphrase: bool, clock: &Clock) -> Option<String> {
    let code = code(text)?;
    let modules = code.width() + 2 * QUIET;
    // In millimetres; at least half a millimetre a module prints sharply.
    let (side, left, top) = (92.0, 59.0, 68.0);
    let scale = side / modules as f64;
    let opens = if has_passphrase {
        "It opens with the passphrase that the key had on that day, and nothing else."
    } else {
        "It has no passphrase: anyone with this page can read the journal."
    };
    let lines = [
        format!("Made on {}.", day_words(clock.today())),
        opens.to_owned(),
        "To restore it, scan the QR code or type the lines below it into a file, and run"
            .to_owned(),
        "inward init --identity FILE".to_owned(),
    ];
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" role=\"img\" aria-label=\"A copy of the key of an inward journal\">\n<rect width=\"210\" height=\"297\" fill=\"#fff\"/>\n<g font-family=\"Georgia, 'DejaVu Serif', serif\" fill=\"#000\">\n<text x=\"18\" y=\"28\" font-size=\"8\">A copy of the key</text>\n",
    );
    for (i, line) in lines.iter().enumerate() {
        let y = 39.0 + 6.5 * i as f64;
        svg += &format!("<text x=\"18\" y=\"{y}\" font-size=\"4.4\">{}</text>\n", escape_xml(line));
    }
    svg += "</g>\n";
    let squares = squares(&code);
    svg += &format!(
        "<path transform=\"translate({left} {top}) scale({scale:.5}) translate({QUIET} {QUIET})\" shape-rendering=\"crispEdges\" d=\"{squares}\"/>\n"
    );
    let bottom = top + side + 10.0;
    let TypeSize { size, line, rows } = TypeSize::fitting(text, WIDTH, 283.0 - bottom)?;
    svg += &format!(
        "<g font-family=\"'DejaVu Sans Mono', Consolas, monospace\" font-size=\"{size:.2}\" xml:space=\"preserve\">\n"
    );
    for (i, words) in text.lines().enumerate() {
        let (x, y) = (18 + i / rows * COLUMN, bottom + line * (i % rows) as f64);
        svg += &format!("<text x=\"{x}\" y=\"{y:.2}\">{}</text>\n", escape_xml(words));
    }
    svg += "</g>\n</svg>\n";
    Some(svg)
}

/// The width of the text, and from where to where its second column is, in millimetres.
const WIDTH: f64 = 174.0;
const COLUMN: usize = 90;

/// How large the letters and how far apart the lines, in millimetres; and how many lines
/// there are in a column.
struct TypeSize {
    size: f64,
    line: f64,
    rows: usize,
}

impl TypeSize {
    /// As large as the text allows in so much room, in one column or else in two, and
    /// never too small to be copied by hand.
    fn fitting(text: &str, width: f64, height: f64) -> Option<TypeSize> {
        let lines = text.lines().count().max(1);
        let half = COLUMN as f64 - 4.0;
        TypeSize::in_column(text, lines, width, height)
            .or_else(|| TypeSize::in_column(text, lines.div_ceil(2), half, height))
    }

    fn in_column(text: &str, rows: usize, width: f64, height: f64) -> Option<TypeSize> {
        const LARGEST: f64 = 4.4;
        const SMALLEST: f64 = 2.1;
        /// How wide a letter is and how high a line, in the size of the type.
        const LETTER: f64 = 0.61;
        const LINE: f64 = 1.5;
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(1);
        let by_width = width / (LETTER * longest as f64);
        let by_height = height / (LINE * rows as f64);
        let size = LARGEST.min(by_width).min(by_height);
        (size >= SMALLEST).then_some(TypeSize { size, line: size * LINE, rows })
    }
}

/// Every dark module, a run of them at a time.
fn squares(code: &QrCode) -> String {
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                path += &format!("M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    path
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "# public key: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\nAGE-SECRET-KEY-1TEST\n";

    fn clock() -> Clock {
        Clock::at(chrono::DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap())
    }

    #[test]
    fn a_page_carries_every_line_of_the_key_and_asks_nothing_of_anyone() {
        let page = key_page(KEY, false, &clock()).unwrap();
        for line in KEY.lines() {
            assert!(page.contains(&format!(">{line}</text>")), "{line}");
        }
        assert!(page.contains("23 November 2026") && page.contains("It has no passphrase"));
        assert!(!page.contains("href") && !page.contains("<script") && !page.contains("url("));
        assert_eq!(page.matches("http").count(), 1, "the name of the format alone");
    }

    #[test]
    fn a_key_that_was_rotated_every_year_of_a_life_at_home_has_room_on_a_page() {
        use crate::seal::{Identity, armour, seal_with_passphrase};
        let mut identity = Identity::generate();
        for _ in 0..20 {
            identity = Identity::generate().and(&identity).unwrap();
        }
        let open = identity.to_file();
        let sealed = seal_with_passphrase(&open, &"words".to_owned().into()).unwrap();
        for text in [open.to_string(), armour(&sealed).unwrap()] {
            let page = key_page(&text, true, &clock()).unwrap();
            assert_eq!(page.matches("<text x=").count(), 5 + text.lines().count());
        }
    }

    #[test]
    fn every_line_lies_on_the_page_however_long_and_many_they_are() {
        let armoured = |lines: usize| "x".repeat(64) + &"\nMMMM".repeat(lines);
        for text in [KEY.to_owned(), armoured(7), armoured(24), format!("{}\n", "S".repeat(80))] {
            let TypeSize { size, line, .. } = TypeSize::fitting(&text, 174.0, 113.0).unwrap();
            let longest = text.lines().map(str::len).max().unwrap() as f64;
            assert!(longest * size * 0.602 <= 174.0 && text.lines().count() as f64 * line <= 113.1);
        }
        assert!(TypeSize::fitting(&armoured(90), 174.0, 113.0).is_none());
    }

    #[test]
    fn the_code_is_drawn_where_it_fits_and_named_where_it_does_not() {
        let screen = |width, rows| key_code(KEY, &TextPage { width, colour: false }, rows);
        assert!(screen(80, 40).contains('█'));
        for small in [screen(30, 40), screen(80, 24)] {
            assert!(!small.contains('█') && small.contains("In a window of"), "{small}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_code_makes_no_page() {
        assert!(key_page(&"x".repeat(4000), true, &clock()).is_none());
    }
}
