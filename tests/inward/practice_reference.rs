//! `prompts/README.md` is the reference of the practice file: it names every key that a
//! file may have, by the source that reads them.

use std::path::Path;

use crate::harness::files;

/// The program's own lists are read as well, and are no practice files.
const LISTS: [&str; 2] = ["cards.rs", "lists.rs"];

/// The keys of every table of a practice file, as the fields of the types that are read.
fn keys() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/practice");
    let sources =
        files(&folder).into_iter().filter(|file| !LISTS.iter().any(|it| file.ends_with(it)));
    let sources = sources.filter(|file| file.extension().is_some_and(|it| it == "rs"));
    let texts = sources.map(|file| std::fs::read_to_string(file).unwrap());
    texts.flat_map(|text| fields(&text)).collect()
}

fn fields(text: &str) -> Vec<String> {
    let mut is_read = false;
    let mut renamed = None;
    let mut keys = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[derive(") {
            is_read = line.contains("Deserialize");
        } else if line == "}" || line.starts_with("#[serde(from") {
            (is_read, renamed) = (false, None);
        }
        if let Some((_, name)) = line.split_once("rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        }
        let visible = ["pub ", "pub(super) ", "pub(crate) "];
        let field = visible.iter().find_map(|visible| line.strip_prefix(visible));
        let field = field.and_then(|field| field.split_once(": "));
        if let Some((name, _)) = field.filter(|_| is_read) {
            keys.push(renamed.take().unwrap_or_else(|| name.replace('_', "-")));
        }
    }
    keys
}

#[test]
fn the_reference_names_every_key_of_a_practice_file() {
    let reference = include_str!("../../prompts/README.md");
    let names = |key: &String| {
        let code = format!("`{key}");
        let examples = [format!("{key} ="), format!("[{key}]")];
        let coded = |rest: &str| rest.starts_with(['`', ' ', '.']);
        reference.split(&code).skip(1).any(coded)
            || examples.iter().any(|it| reference.contains(it))
    };
    let keys = keys();
    assert!(keys.len() > 120, "{}", keys.len());
    let unnamed: Vec<_> = keys.iter().filter(|key| !names(key)).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}
