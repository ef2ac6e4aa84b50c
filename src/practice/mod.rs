//! A practice: what it asks, in what order, and how often it comes round.
//! Every practice is a TOML file; nothing here knows any of them by name.

mod answering;
mod builtin;
mod cadence;
mod check;
mod check_score;
mod condition;
mod connect;
mod file;
mod form;
mod model;

use std::path::{Path, PathBuf};

use crate::error::{Error, Mistake, Result};

pub use answering::tags;
pub use builtin::BUILT_IN;
pub use cadence::Cadence;
pub use condition::{Condition, Test, all_hold};
pub use connect::{Past, fill};
pub use model::*;

/// A practice that can be run, or the reasons why it cannot.
#[derive(Clone, Debug)]
pub enum Found {
    Whole(Box<Practice>),
    Broken { name: String, file: PathBuf, mistakes: Vec<Mistake> },
}

impl Found {
    pub fn name(&self) -> &str {
        match self {
            Found::Whole(practice) => &practice.name,
            Found::Broken { name, .. } => name,
        }
    }

    pub fn whole(&self) -> Option<&Practice> {
        match self {
            Found::Whole(practice) => Some(practice),
            Found::Broken { .. } => None,
        }
    }

    pub fn into_whole(self) -> Result<Practice> {
        match self {
            Found::Whole(practice) => Ok(*practice),
            Found::Broken { file, mistakes, .. } => Err(Error::BrokenPractice { file, mistakes }),
        }
    }
}

/// The built-in practices with the user's own over them, in the order of the
/// list, the user's after it.
#[derive(Clone, Debug)]
pub struct Practices(Vec<Found>);

impl Practices {
    /// `reserved` are the words that a practice cannot be called by: the verbs.
    pub fn load(own: &Path, reserved: &[&str]) -> Practices {
        let mut all: Vec<Found> = BUILT_IN
            .iter()
            .map(|(name, text)| read(name, Path::new(&format!("{name}.toml")), text, reserved))
            .collect();
        for file in own_files(own) {
            let Some(name) = file.file_stem().and_then(|s| s.to_str()) else { continue };
            let found = match std::fs::read_to_string(&file) {
                Ok(text) => read(name, &file, &text, reserved),
                Err(e) => Found::Broken {
                    name: name.to_owned(),
                    mistakes: vec![check::unreadable(&e)],
                    file: file.clone(),
                },
            };
            match all.iter_mut().find(|f| f.name() == name) {
                Some(built_in) => *built_in = found,
                None => all.push(found),
            }
        }
        Practices(all)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Found> {
        self.0.iter()
    }

    pub fn whole(&self) -> impl Iterator<Item = &Practice> {
        self.0.iter().filter_map(Found::whole)
    }

    pub fn named(&self, name: &str) -> Option<&Found> {
        self.0.iter().find(|f| f.name() == name)
    }
}

fn own_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

/// Reads one practice file.
pub fn read(name: &str, file: &Path, text: &str, reserved: &[&str]) -> Found {
    match check::parse(name, text, reserved) {
        Ok(practice) => Found::Whole(Box::new(practice)),
        Err(mistakes) => Found::Broken { name: name.to_owned(), file: file.to_owned(), mistakes },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_practices_are_whole_and_the_list_is_the_folder() {
        let all = Practices::load(Path::new("/nowhere"), &[]);
        for found in all.iter() {
            assert!(found.whole().is_some(), "{found:?}");
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prompts");
        let mut files: Vec<String> = own_files(&folder)
            .iter()
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut list: Vec<String> = BUILT_IN.iter().map(|(name, _)| name.to_string()).collect();
        files.sort();
        list.sort();
        assert_eq!(files, list);
    }

    #[test]
    fn the_users_own_file_replaces_a_built_in_and_a_broken_one_stops_nothing_else() {
        let own = tempfile::tempdir().unwrap();
        std::fs::write(own.path().join("intent.toml"), "title = 3").unwrap();
        std::fs::write(
            own.path().join("walk.toml"),
            "title = \"A walk\"\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n",
        )
        .unwrap();
        let all = Practices::load(own.path(), &["list"]);
        assert!(matches!(all.named("intent"), Some(Found::Broken { .. })));
        assert!(all.named("reflect").and_then(Found::whole).is_some());
        assert_eq!(all.named("walk").and_then(Found::whole).unwrap().primary, "seen");
    }
}
