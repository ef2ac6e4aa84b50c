//! What lies below a home: folders and files, by their place.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::harness::recorded::Step;

/// What a name stands for: the bytes of a file, or a folder.
pub type Node = Option<Arc<[u8]>>;

/// Everything that has a name, by its place below the home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tree(pub BTreeMap<PathBuf, Node>);

impl Tree {
    /// What lies below a folder of this machine.
    pub fn read(home: &Path) -> Tree {
        let mut tree = BTreeMap::new();
        let mut folders = vec![home.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let node = match path.is_dir() {
                    true => None,
                    false => Some(std::fs::read(&path).unwrap().into()),
                };
                tree.insert(path.strip_prefix(home).unwrap().to_owned(), node);
                folders.extend(path.is_dir().then_some(path));
            }
        }
        Tree(tree)
    }

    /// Puts it into a folder of this machine, in place of all that is there.
    pub fn write(&self, home: &Path) {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        let _ = std::fs::remove_dir_all(home);
        let make = |path: &Path| std::fs::DirBuilder::new().mode(0o700).create(path).unwrap();
        make(home);
        for (path, node) in &self.0 {
            let path = home.join(path);
            let Some(bytes) = node else {
                make(&path);
                continue;
            };
            let mut options = std::fs::OpenOptions::new();
            let file = options.write(true).create_new(true).mode(0o600).open(&path);
            std::io::Write::write_all(&mut file.unwrap(), bytes).unwrap();
        }
    }

    pub fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// A change of a name, which a file system makes whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Make(PathBuf),
    Link { file: usize, path: PathBuf },
    Rename { file: usize, from: PathBuf, to: PathBuf },
    Remove(PathBuf),
}

impl Change {
    /// The folder in which it is made.
    pub fn folder(&self) -> &Path {
        let (Change::Make(path)
        | Change::Link { path, .. }
        | Change::Rename { to: path, .. }
        | Change::Remove(path)) = self;
        path.parent().unwrap()
    }

    /// The changes of names that a step comes to, on a disk that knows files without a
    /// name or on one where an unfinished file has a name of its own.
    pub fn of(step: &Step, creations: &[&Path], unnamed: bool) -> Vec<Change> {
        let unfinished = |file: usize| creations[file].join(format!(".inward-{file}"));
        match step {
            Step::Make(path) => vec![Change::Make(path.clone())],
            Step::Create { file, .. } if !unnamed => {
                vec![Change::Link { file: *file, path: unfinished(*file) }]
            }
            Step::Publish { file, path } if unnamed => {
                vec![Change::Link { file: *file, path: path.clone() }]
            }
            Step::Replace { file, path } if unnamed => {
                let from = creations[*file].join(format!(".replacing-{file}"));
                let link = Change::Link { file: *file, path: from.clone() };
                vec![link, Change::Rename { file: *file, from, to: path.clone() }]
            }
            Step::Publish { file, path } | Step::Replace { file, path } => {
                vec![Change::Rename { file: *file, from: unfinished(*file), to: path.clone() }]
            }
            Step::Remove(path) | Step::RemoveFolder(path) => vec![Change::Remove(path.clone())],
            Step::Create { .. }
            | Step::Write { .. }
            | Step::SyncFile(_)
            | Step::SyncFolder(_)
            | Step::Done => Vec::new(),
        }
    }

    /// Makes it, on a disk where `bytes` are those of the new files.
    pub fn apply(&self, tree: &mut Tree, bytes: &[Arc<[u8]>]) {
        let reachable = |tree: &Tree, path: &Path| {
            let folder = path.parent().unwrap();
            folder.as_os_str().is_empty() || tree.0.contains_key(folder)
        };
        match self {
            Change::Make(path) if reachable(tree, path) => {
                tree.0.insert(path.clone(), None);
            }
            Change::Link { file, path } if reachable(tree, path) => {
                tree.0.insert(path.clone(), Some(bytes[*file].clone()));
            }
            Change::Rename { file, from, to } if reachable(tree, to) => {
                tree.0.remove(from);
                tree.0.insert(to.clone(), Some(bytes[*file].clone()));
            }
            // With a folder goes whatever the disk still had in it.
            Change::Remove(path) => tree.0.retain(|place, _| !place.starts_with(path)),
            // Whatever is in a folder that has no name is lost with it.
            Change::Make(_) | Change::Link { .. } | Change::Rename { .. } => {}
        }
    }
}
