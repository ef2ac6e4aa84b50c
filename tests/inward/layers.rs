//! Which modules a module may use, and which dependencies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::harness::{SourceFile, source_files};

/// Every module, lowest first. A module may name only those of earlier rows.
/// The number is its layer in docs/ARCHITECTURE.md; where modules of one layer need each
/// other, the rows say in which order, so that there can be no circle.
pub const LAYERS: &[(u8, &[&str])] = &[
    (0, &["error", "secret", "wiping", "words"]),
    // Reads the settings.
    (0, &["disk"]),
    (0, &["config", "entry", "process"]),
    // Asks the settings how many.
    (0, &["home_place", "threads"]),
    (1, &["dates", "practice", "query", "redact", "state", "unlock"]),
    (2, &["pattern", "seal"]),
    (3, &["journal", "keys"]),
    // Looks at the journal's folder and packs.
    (3, &["checks"]),
    // Carries the journal between devices.
    (3, &["sync"]),
    // Shows what the journal found.
    (3, &["render"]),
    // Reads back what render wrote.
    (3, &["import"]),
    (4, &["prompt"]),
    (5, &["app"]),
    (6, &["command"]),
    (7, &["cli"]),
];

/// Dependencies, and system calls of the standard library, with the only modules that may
/// use them.
const OUTSIDE: &[(&str, &[&str])] = &[
    // A verb declares its arguments; parsing, help and errors are of `cli`.
    ("clap", &["cli", "command", "app"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("iana_time_zone", &["config"]),
    ("inquire", &["prompt"]),
    ("crossterm", &["prompt"]),
    ("signal_hook", &["prompt", "process"]),
    ("qrcode", &["render"]),
    ("csv", &["render"]),
    ("tar", &["app"]),
    ("maud", &["render"]),
    ("ratatui_core", &["render", "prompt"]),
    ("ratatui_textarea", &["prompt"]),
    ("ratatui_widgets", &["render"]),
    ("age", &["seal", "keys"]),
    ("age_core", &["seal"]),
    ("x25519_dalek", &["seal"]),
    ("Command::new(\"git\")", &["sync"]),
    // The environment and the clock.
    ("std::env", &["config"]),
    ("env::var", &["config"]),
    ("env::var_os", &["config"]),
    ("env::args", &["config"]),
    ("Local::now", &["config"]),
    ("Utc::now", &["config"]),
    ("SystemTime::now", &["config"]),
];

#[test]
fn a_module_uses_only_the_layers_below_it() {
    for file in source() {
        let Some(own) = row(&file.module) else { continue };
        for other in file.modules_named() {
            let below = row(&other).is_some_and(|row| row < own) || other == file.module;
            assert!(below, "{} uses `{other}`, which is not below it", file.path.display());
        }
    }
}

#[test]
fn every_module_has_its_layer() {
    let modules: BTreeSet<String> = source().into_iter().map(|f| f.module).collect();
    for module in modules.iter().filter(|m| !["lib", "main"].contains(&m.as_str())) {
        assert!(row(module).is_some(), "give `{module}` a place in the table of layers");
    }
}

#[test]
fn what_is_outside_is_named_only_where_it_belongs() {
    for file in source() {
        for (outside, by) in OUTSIDE {
            let named = file.names(outside) && !by.contains(&file.module.as_str());
            assert!(!named, "{} names `{outside}`; only {by:?} may", file.path.display());
        }
    }
}

#[test]
fn a_verb_declares_its_arguments_and_parses_nothing() {
    for file in source().iter().filter(|file| file.module == "command") {
        for of_the_parser in ["clap::Parser", "clap::error", "try_get_matches"] {
            assert!(!file.text.contains(of_the_parser), "{}", file.path.display());
        }
    }
}

#[test]
fn no_verb_uses_another() {
    let verbs: BTreeSet<String> = source().iter().filter_map(Source::verb).collect();
    assert!(verbs.contains("list") && verbs.contains("doctor"), "{verbs:?}");
    for file in source().iter().filter(|file| file.module == "command") {
        let Some(own) = file.verb() else { continue };
        let others = file.verbs_named().into_iter().filter(|name| *name != own);
        let used: Vec<String> = others.filter(|name| verbs.contains(name)).collect();
        assert!(used.is_empty(), "{} uses {used:?}", file.path.display());
    }
}

#[test]
fn no_file_grows_past_350_lines() {
    for file in source() {
        let lines = std::fs::read_to_string(&file.path).unwrap().lines().count();
        assert!(lines <= 350, "{}: {lines}", file.path.display());
    }
}

#[test]
fn nothing_calls_process_exit() {
    for file in source() {
        assert!(!file.text.contains("process::exit"), "{}", file.path.display());
        assert!(!file.text.contains("process::abort"), "{}", file.path.display());
    }
}

#[test]
fn no_module_is_a_drawer_for_everything() {
    for file in source() {
        let name = file.path.to_string_lossy();
        assert!(!name.contains("util") && !name.contains("helper"), "{name}");
        assert!(!file.names("mod util") && !file.names("mod utils"), "{name}");
    }
}

#[test]
fn the_table_sees_what_it_is_to_see() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let file = Source {
        path: root.join("query/words.rs"),
        module: "query".into(),
        text: "use crate::{error::{Error, Exit}, ask};\nlet a = crate::keys::Keys; page::of(age::x)
            use super::super::seal; use super::terms; use std::{env, fs};"
            .into(),
    };
    let named: Vec<String> = file.modules_named().into_iter().collect();
    assert_eq!(named, ["ask", "error", "keys", "seal"]);
    let including = "include_str!(\"../command/a.txt\"); include_str!(\"../../prompts/a.toml\");
            include_str!(\"tables/a.txt\")";
    let including = Source { text: including.into(), ..file.clone() };
    assert_eq!(Vec::from_iter(including.modules_named()), ["command"]);
    assert!(file.names("age") && file.names("std::env") && !file.names("clap"));
    let verb = |place: &str, text: &str| {
        let path = root.join("command").join(place);
        Source { path, module: "command".into(), text: text.into() }
    };
    for (place, text) in [
        ("list.rs", "use super::show;"),
        ("list.rs", "use crate::command::{list, show::print};"),
        ("list/table.rs", "super::super::show::print()"),
        ("list/table.rs", "use crate::command::show;"),
    ] {
        assert!(verb(place, text).verbs_named().contains("show"), "{place}: {text}");
    }
    assert!(verb("list/table.rs", "use super::show;").verbs_named().is_empty());
    assert_eq!(verb("mod.rs", "").verb(), None);
    assert_eq!(verb("list/table.rs", "").verb().as_deref(), Some("list"));
}

/// One file of the source, without comments and tests.
#[derive(Clone)]
struct Source {
    path: PathBuf,
    /// The module of the first level to which it belongs.
    module: String,
    text: String,
}

fn row(module: &str) -> Option<usize> {
    LAYERS.iter().position(|(_, modules)| modules.contains(&module))
}

fn source() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let of_file = |SourceFile { path, code }: SourceFile| {
        let place = path.strip_prefix(&root).unwrap();
        let first = place.components().next().unwrap().as_os_str().to_str().unwrap();
        Source { module: first.trim_end_matches(".rs").to_owned(), text: code, path }
    };
    source_files().into_iter().map(of_file).collect()
}

impl Source {
    /// The modules of the first level that it names, by `crate::` or as many `super::`, or
    /// whose files it includes.
    fn modules_named(&self) -> BTreeSet<String> {
        let named =
            &self.names_after("crate::") | &self.names_after(&"super::".repeat(self.depth()));
        &named | &self.modules_included()
    }

    /// Further up than `src` there are none.
    fn modules_included(&self) -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let folders = self.path.strip_prefix(root).unwrap().components().count() - 1;
        let mut files = self.names_after(&format!("include_str!(\"{}", "../".repeat(folders)));
        files.retain(|name| !name.is_empty());
        files
    }

    /// How far below the first level its module is: 1 for `src/query.rs` and
    /// `src/query/mod.rs`.
    fn depth(&self) -> usize {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let place = self.path.strip_prefix(root).unwrap();
        place.components().count() - usize::from(place.ends_with("mod.rs"))
    }

    /// The file or folder of `src/command/` that it is, or is in; none for the list of
    /// verbs itself.
    fn verb(&self) -> Option<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/command");
        let place = self.path.strip_prefix(folder).ok()?.components().next()?;
        let name = place.as_os_str().to_str()?.trim_end_matches(".rs");
        (name != "mod").then(|| name.to_owned())
    }

    /// What it names beside or above itself in `src/command/`.
    fn verbs_named(&self) -> BTreeSet<String> {
        let is_inner = self.path.parent().is_some_and(|folder| !folder.ends_with("command"));
        let up = if is_inner { "super::super::" } else { "super::" };
        &self.names_after("crate::command::") | &self.names_after(up)
    }

    /// The first name of each path that continues this prefix, in groups too.
    fn names_after(&self, prefix: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (at, _) in self.text.match_indices(prefix) {
            let rest = &self.text[at + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(first_level(group)),
                None => names.extend([identifier(rest)]),
            }
        }
        names
    }

    /// Does this stand in it as a whole word, and as a path?
    fn names(&self, outside: &str) -> bool {
        self.uses(outside) || self.uses_in_group(outside)
    }

    /// `use std::{env, fs}` names `std::env`.
    fn uses_in_group(&self, outside: &str) -> bool {
        let path = outside.rsplit_once("::");
        path.is_some_and(|(of, name)| self.names_after(&format!("{of}::")).contains(name))
    }

    fn uses(&self, outside: &str) -> bool {
        self.text.match_indices(outside).any(|(at, found)| {
            let before = self.text[..at].chars().next_back();
            let after = &self.text[at + found.len()..];
            let whole = before.is_none_or(|c| !is_symbol(c))
                && after.chars().next().is_none_or(|c| !is_symbol(c));
            let used =
                self.text[..at].ends_with("use ") || self.text[..at].ends_with("extern crate ");
            let path = outside.contains("::") || outside.contains(' ') || after.starts_with("::");
            whole && (used || path)
        })
    }
}

/// `a::{b, c}, d}` names `a` and `d`.
fn first_level(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    let names = starts.into_iter().map(|start| identifier(group[start..].trim_start()));
    names.filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| is_symbol(*c)).collect()
}

fn is_symbol(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
