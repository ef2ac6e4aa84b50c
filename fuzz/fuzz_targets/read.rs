//! Hands whatever reaches another branch to the reader that `READER` names. One program
//! for all of them, as each would take minutes to build.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/readers/mod.rs"]
mod readers;

use readers::{READERS, Reader};

static READER: LazyLock<&Reader> = LazyLock::new(|| {
    let name = std::env::var("READER").unwrap_or_default();
    let reader = READERS.iter().find(|reader| reader.name == name);
    let names = || READERS.iter().map(|reader| reader.name).collect::<Vec<_>>();
    reader.unwrap_or_else(|| panic!("READER is none of {:?}", names()))
});

fuzz_target!(|bytes: &[u8]| (READER.read)(bytes));
