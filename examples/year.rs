//! Keeps a generated year in a journal of its own, to be looked at:
//! `cargo run --example year -- /tmp/try [COUNT]`, and then
//! `INWARD_HOME=/tmp/try inward patterns`. With a count, so many entries.

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::path::PathBuf;

use generate::Writer;
use inward::keys::Keys;

fn main() {
    let mut arguments = inward::config::arguments().skip(1);
    let home = PathBuf::from(arguments.next().expect("where to keep it"));
    let count = arguments.next().map(|n| n.to_string_lossy().parse().expect("how many"));
    let keys = Keys::new(inward::disk::real(), &home.join("config"), None, inward::prompt::TALK);
    keys.create(None, &[]).expect("a place without a key");
    let now = chrono::Local::now().fixed_offset();
    let entries = match count {
        Some(count) => Writer::new(1).with_stories().many(count, now),
        None => Writer::new(1).year(now),
    };
    let recipients = keys.recipients().expect("the recipients");
    generate::keep(&entries, &recipients, &home.join("journal"));
    println!("{} entries in {}", entries.len(), home.display());
}
