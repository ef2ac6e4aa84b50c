//! Opens every file of a journal with age alone, on every core, and nothing
//! more: what reading a journal cannot be faster than. `benches/compare` runs it:
//! `cargo run --release --example agree -- HOME`.

use std::fs::read_dir;
use std::io::Read;
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use rayon::prelude::*;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in read_dir(folder).expect("a folder").flatten() {
        match entry.file_type().expect("a kind").is_dir() {
            true => files(&entry.path(), into),
            false => into.push(entry.path()),
        }
    }
}

fn main() {
    let home = inward::config::arguments().nth(1).map(PathBuf::from).expect("the journal's home");
    let key = std::fs::read_to_string(home.join("config/identity.txt")).expect("its key");
    let line = key.lines().find(|line| !line.starts_with('#')).expect("a line of it");
    let identity: Identity = line.parse().expect("a key of age's own kind");
    let mut paths = Vec::new();
    files(&home.join("journal"), &mut paths);
    let open = |path: &PathBuf| {
        let sealed = std::fs::read(path).expect("a file");
        let opening = age::Decryptor::new_buffered(&sealed[..]).expect("an age file");
        let identity: &dyn age::Identity = &identity;
        let mut plain = Vec::with_capacity(sealed.len());
        let mut reader = opening.decrypt(std::iter::once(identity)).expect("ours");
        reader.read_to_end(&mut plain).expect("whole");
        plain.len()
    };
    let bytes: usize = paths.par_iter().map(open).sum();
    println!("{} files, {bytes} bytes", paths.len());
}
