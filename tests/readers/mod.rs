//! Everything that reads what others wrote, each as a function of bytes that panics where
//! something does not hold: `tests/inward/fuzz.rs` hands in what people write with changes
//! made to it, and `fuzz/` whatever reaches another branch.

mod device;
mod files;
mod imports;
mod screen;
mod seeds;

use std::borrow::Cow;
use std::sync::LazyLock;

use inward::config::Clock;
use inward::practice::Practices;

#[allow(unused_imports)] // libFuzzer makes up its own.
pub use seeds::ANYWHERE;

pub struct Reader {
    /// Also the name of its folder in `fuzz/corpus`.
    pub name: &'static str,
    /// What it is handed before anything was changed.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What it knows, beside the words of `ANYWHERE`.
    pub words: &'static [&'static [&'static str]],
    pub read: fn(&[u8]),
}

/// All of them. A new one is a function, a line, and a folder in `fuzz/corpus`.
pub const READERS: &[Reader] = &[
    files::PRACTICE,
    files::ENTRY,
    files::KEYS,
    files::SETTINGS,
    files::NAMES,
    files::SEALED,
    device::PACK,
    device::MEMORY,
    imports::JRNL,
    imports::DAY_ONE,
    imports::MARKDOWN,
    imports::INWARD,
    imports::ROUND_TRIP,
    screen::DATES,
    screen::SEARCH,
    screen::ANSWERS,
    screen::TERMINAL,
    screen::COMPLETIONS,
];

static PRACTICES: LazyLock<Practices> = LazyLock::new(|| Practices::load("/nowhere".as_ref(), &[]));

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Today, after midnight of a long evening, and both ends of the calendar.
fn clocks() -> [Clock; 4] {
    let clock = |now: &str, ends: &str| {
        let mut clock = Clock::at(now.parse().unwrap());
        clock.day_ends = ends.parse().unwrap();
        clock
    };
    [
        clock("2026-11-23T21:14:03+01:00", "00:00:00"),
        clock("2028-02-29T00:30:00-05:00", "04:00:00"),
        clock("0001-01-01T00:00:00+00:00", "04:00:00"),
        clock("9999-12-31T23:59:59+00:00", "00:00:00"),
    ]
}
