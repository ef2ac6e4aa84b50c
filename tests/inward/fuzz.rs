//! Whatever is read is read to the end or refused with a word: no bytes bring a reader
//! down. Each begins with what people write and changes it anyhow. `PROPTEST_CASES=100000
//! cargo test fuzz` tries for longer; what was found once is tried first, from then on,
//! as is everything in `fuzz/corpus`, which libFuzzer adds to.

use std::collections::BTreeSet;
use std::path::Path;

use inward::import::SOURCES;
use proptest::prelude::*;

use crate::readers::{ANYWHERE, READERS, Reader};

/// What is done to bytes: at a place, over a length, with one of the words.
type Change = (u16, u8, u8, u16);

fn changes() -> impl Strategy<Value = (u16, Vec<Change>)> {
    let change = (any::<u16>(), any::<u8>(), 0..60u8, any::<u16>());
    (any::<u16>(), prop::collection::vec(change, 0..8))
}

/// One of a reader's seeds with these changes made to it: letter by letter where it is
/// text.
fn changed(reader: &Reader, (seed, changes): &(u16, Vec<Change>)) -> Vec<u8> {
    let seeds = (reader.seeds)();
    let words: Vec<&str> =
        ANYWHERE.iter().chain(reader.words.iter().copied().flatten()).copied().collect();
    let pick = |n: u16, of: usize| usize::from(n) * of / (1 << 16);
    let seed = &seeds[pick(*seed, seeds.len())];
    match std::str::from_utf8(seed) {
        Ok(text) => {
            let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
            let odd = |n: u16| char::from_u32(u32::from(n)).unwrap_or('\u{fffd}');
            let text = change(
                text.chars().collect(),
                changes,
                |n| words[pick(n, words.len())].clone(),
                odd,
            );
            text.into_iter().collect::<String>().into_bytes()
        }
        Err(_) => {
            let word = |n: u16| words[pick(n, words.len())].as_bytes().to_vec();
            change(seed.clone(), changes, word, |n| n.to_le_bytes()[0])
        }
    }
}

fn change<T: Clone>(
    mut whole: Vec<T>,
    changes: &[Change],
    word: impl Fn(u16) -> Vec<T>,
    odd: impl Fn(u16) -> T,
) -> Vec<T> {
    for (place, kind, length, n) in changes {
        let at = usize::from(*place) * (whole.len() + 1) / (1 << 16);
        let end = (at + usize::from(*length)).min(whole.len());
        match kind % 6 {
            0 => drop(whole.drain(at..end)),
            1 => drop(whole.splice(at..at, whole[at..end].to_vec())),
            2 => drop(whole.splice(at..at, word(*n))),
            3 => drop(whole.splice(at..end, word(*n))),
            4 => whole.insert(at, odd(*n)),
            _ => whole.truncate(at),
        }
    }
    whole
}

fn reader(name: &str) -> &'static Reader {
    READERS.iter().find(|reader| reader.name == name).unwrap()
}

macro_rules! read_changed {
    ($($test:ident: $name:literal,)*) => { proptest! {$(
        #[test]
        fn $test(change in changes()) {
            let reader = reader($name);
            (reader.read)(&changed(reader, &change));
        }
    )*} };
}

read_changed! {
    a_practice_file: "practice",
    the_json_of_an_entry: "entry",
    keys_and_to_whom: "keys",
    the_settings: "settings",
    names_of_files: "names",
    what_is_no_sealed_file: "sealed",
    a_month_in_a_pack: "pack",
    what_was_seen_of_a_month: "memory",
    a_journal_of_jrnl: "import-jrnl",
    a_journal_of_day_one: "import-dayone",
    notes_in_markdown: "import-markdown",
    an_export_of_ours: "import-inward",
    an_answer_through_markdown: "round-trip",
    dates_as_people_write_them: "dates",
    what_is_searched: "search",
    answers_given_as_json: "answers",
    what_a_terminal_is_sent: "terminal",
    a_command_line_to_complete: "completions",
}

proptest! {
    #[test]
    fn bytes_that_are_no_text(bytes in prop::collection::vec(any::<u8>(), 0..200), seed in any::<u16>()) {
        let first = changed(reader("sealed"), &(seed, Vec::new()));
        let bytes = [first, bytes].concat();
        READERS.iter().for_each(|reader| (reader.read)(&bytes));
    }
}

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus"))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let names = folder.read_dir().unwrap().map(|item| item.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn everything_in_the_corpus_is_read_to_the_end() {
    for reader in READERS {
        let folder = corpus().join(reader.name);
        for name in names(&folder) {
            println!("{}/{name}", reader.name);
            (reader.read)(&std::fs::read(folder.join(name)).unwrap());
        }
    }
}

#[test]
fn what_an_import_begins_with_is_in_the_corpus_as_it_is_today() {
    for reader in READERS.iter().filter(|reader| reader.name.starts_with("import-")) {
        let folder = corpus().join(reader.name);
        let seeds = names(&folder).into_iter().filter(|name| name.starts_with("seed-"));
        let read = |name: String| std::fs::read_to_string(folder.join(name)).unwrap();
        let today = (reader.seeds)().into_iter().map(|seed| String::from_utf8(seed).unwrap());
        assert_eq!(seeds.map(read).collect::<Vec<_>>(), today.collect::<Vec<_>>());
    }
}

#[test]
fn a_note_to_begin_with_has_a_step_in_each_form_that_was_ever_written() {
    let note = String::from_utf8((reader("import-markdown").seeds)().remove(0)).unwrap();
    for step in ["3 of 0–4, “close”", "3 of 0–4 (calm)"] {
        assert!(note.contains(step), "{step}");
    }
}

#[test]
fn every_reader_is_fuzzed_here_and_in_the_corpus() {
    let readers: BTreeSet<String> = READERS.iter().map(|reader| reader.name.into()).collect();
    assert_eq!(names(corpus()), readers);
    for source in SOURCES {
        assert!(readers.contains(&format!("import-{}", source.name)), "{}", source.name);
    }
    let tests = include_str!("fuzz.rs");
    for name in readers {
        assert!(tests.contains(&format!(": \"{name}\",")), "{name}");
    }
}
