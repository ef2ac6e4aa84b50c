//! Files in a vault that aren't the writer's notes: deleted files, templates, and a
//! program's own copies.

use std::path::{Path, PathBuf};

use chrono::Weekday;
use serde_json::Value as Json;

use crate::disk;

/// Why a file or folder isn't imported, judged by its path below the vault.
pub fn exclusion(relative: &str) -> Option<&'static str> {
    const TEMPLATES: &[&str] = &["templates", "template", "_templates", "_template"];
    let parts: Vec<String> = relative.split('/').map(str::to_lowercase).collect();
    let folders = parts.iter().enumerate();
    folders.into_iter().find_map(|(at, name)| match name.as_str() {
        ".trash" => Some("Obsidian's trash"),
        ".recycle" => Some("Logseq's trash"),
        "bak" if at > 0 && parts[at - 1] == "logseq" => Some("Logseq's own copies"),
        name if TEMPLATES.contains(&name) => Some(TEMPLATE),
        _ => None,
    })
}

/// Is the name of a note just what a program gives it, for its day or for a copy, such as
/// `Untitled 2`, `Thursday` and `(1)`? A note with nothing else in it holds no words. A number
/// alone may be how the day was.
pub fn is_stub(title: &str) -> bool {
    const STUBS: &[&str] = &[
        "", "untitled", "untitled note", "new note", "note", "daily", "daily note",
        "daily journal", "journal", "journal entry", "diary",
    ];
    let title = title.to_lowercase();
    let mut words: Vec<&str> =
        title.split([' ', '-', '_', ',', '.', '(', ')', '–']).filter(|it| !it.is_empty()).collect();
    let is_of_copy = |word: &str| word == "copy" || (word.len() <= 2 && word.parse::<u8>().is_ok());
    if words.len() == 1 && words[0] != "copy" && !title.contains('(') {
        return words[0].parse::<Weekday>().is_ok() || STUBS.contains(&words[0]);
    }
    while words.pop_if(|word| is_of_copy(word)).is_some() {}
    words.retain(|word| word.parse::<Weekday>().is_err());
    STUBS.contains(&&*words.join(" "))
}

pub const TEMPLATE: &str = "templates for notes";

/// The template folders and files that Obsidian's settings name.
pub fn templates(vault: &Path) -> Vec<PathBuf> {
    const SETTINGS: &[(&str, &str)] = &[
        ("templates.json", "folder"),
        ("daily-notes.json", "template"),
        ("plugins/templater-obsidian/data.json", "templates_folder"),
    ];
    const LARGEST: u64 = 1 << 20;
    let template_path = |(file, field): &(&str, &str)| {
        let bytes = disk::read(&vault.join(".obsidian").join(file), LARGEST).ok()?;
        let settings: Json = serde_json::from_slice(&bytes).ok()?;
        let path = settings.get(field)?.as_str()?.trim_matches('/').to_owned();
        (!path.is_empty()).then_some(path)
    };
    let paths = SETTINGS.iter().filter_map(template_path);
    // Settings may name a note without its extension.
    paths.flat_map(|path| [vault.join(format!("{path}.md")), vault.join(path)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportIssue;

    #[test]
    fn trash_copies_and_templates_are_known_by_their_names() {
        for aside in
            [".trash/a.md", "logseq/bak/journals/x.md", "Templates/daily.md", "a/_templates"]
        {
            let what = exclusion(aside).unwrap_or_else(|| panic!("{aside}"));
            let sentence = ImportIssue::SetAside { what }.sentence();
            assert!(sentence.ends_with(", which inward doesn't import"), "{sentence}");
        }
        for note in ["bak/2026-11-23.md", "logseq/journals/2026_11_23.md", "template thoughts.md"] {
            assert!(exclusion(note).is_none(), "{note}");
        }
    }

    #[test]
    fn a_weekday_a_copys_number_and_a_programs_own_title_are_stubs_and_words_are_none() {
        for title in [
            "Thursday", "(1)", "Untitled", "copy", "", "Untitled 2", "Daily note",
            "Thu - Copy (2)", "daily-note", "Journal, Thursday",
        ] {
            assert!(is_stub(title), "{title}");
        }
        for title in [
            "Weir", "2", "2 dogs", "1984", "❤", "Copy of his letter", "Thursday with Rui",
            "Untitled love",
        ] {
            assert!(!is_stub(title), "{title}");
        }
    }

    #[test]
    fn obsidians_settings_say_where_templates_are() {
        let vault = tempfile::tempdir().unwrap();
        std::fs::create_dir(vault.path().join(".obsidian")).unwrap();
        let settings = vault.path().join(".obsidian/templates.json");
        std::fs::write(settings, r#"{"folder": "Meta/Forms"}"#).unwrap();
        assert!(templates(vault.path()).contains(&vault.path().join("Meta/Forms")));
    }
}
