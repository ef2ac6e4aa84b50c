//! A home on this machine in which the program runs as a function.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use inward::cli::{Surroundings, run_in};
use inward::config::Clock;
use inward::disk::{DiskRef, real};
use inward::entry::{Entry, Value};
use inward::journal::{Drafts, Journal, SearchResult};
use inward::keys::Keys;
use inward::prompt::Transcript;
use inward::query::Query;
use inward::seal::{AttachmentFileName, Identity, PluginCallbacks, Recipients, Sealed};
use serde_json::Value as Json;
use tempfile::TempDir;

use super::tree::Tree;
use crate::harness::crafted;

/// Later than any file here: a month that has just changed would get no pack.
const NOW: &str = "2100-01-01T21:00:00+00:00";
/// So many that their month is packed.
const PAGES: usize = 9;

pub struct Stage(TempDir);

/// How a run of the program went.
#[derive(Debug)]
pub struct Ran {
    pub exit: u8,
    pub output: String,
    pub messages: String,
}

impl Stage {
    /// In memory, where there is such a folder: nothing here waits for a disk.
    pub fn new() -> Stage {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let stage = tempfile::Builder::new().prefix("inward-stage-").tempdir_in(folder).unwrap();
        for (file, bytes) in files_of_the_user() {
            std::fs::write(stage.path().join(file), bytes).unwrap();
        }
        Stage(stage)
    }

    pub fn of(tree: &Tree) -> Stage {
        let stage = Stage::new();
        tree.write(&stage.home());
        stage
    }

    pub fn home(&self) -> PathBuf {
        self.0.path().join("inward")
    }

    /// Where the user's files are.
    pub fn here(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    /// Arguments as a shell would read them; `HERE` is where the user's files are.
    pub fn words(&self, arguments: &str) -> Vec<String> {
        shell_words::split(&arguments.replace("HERE", self.here())).unwrap()
    }

    pub fn env(&self) -> [(&'static str, OsString); 4] {
        [
            ("INWARD_HOME", self.home().into()),
            ("INWARD_NOW", NOW.into()),
            ("HOME", self.here().into()),
            ("TZ", "UTC".into()),
        ]
    }

    /// The program on this disk.
    pub fn run(&self, disk: &DiskRef, arguments: &str) -> Ran {
        let arguments = std::iter::once("inward".to_owned()).chain(self.words(arguments));
        let own = self.env();
        let env = |name: &str| {
            let value = own.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
            value.or_else(|| std::env::var_os("PATH").filter(|_| name == "PATH"))
        };
        let transcript = Transcript::default();
        let surroundings =
            Surroundings { env: &env, disk: disk.clone(), transcript: Some(transcript.clone()) };
        let ended = run_in(&surroundings, arguments.map(Into::into).collect());
        let mut messages = transcript.messages.text();
        let exit = ended.unwrap_or_else(|error| {
            messages += &format!("{error} {}", error.hint());
            error.exit()
        });
        Ran { exit: exit as u8, output: transcript.output.text(), messages }
    }

    /// The same on this machine's own, and it must end with 0.
    #[track_caller]
    pub fn ok(&self, arguments: &str) -> String {
        let ran = self.run(&real(), arguments);
        assert_eq!(ran.exit, 0, "{arguments}: {ran:?}");
        ran.output
    }

    /// A repository to sync with, at `HERE/remote`.
    pub fn make_remote(&self) {
        let mut git = Command::new("git");
        git.args(["init", "--quiet", "--bare", "--initial-branch=main"]);
        assert!(git.arg(self.0.path().join("remote")).status().unwrap().success());
    }

    /// Another device with the same key, and a journal that is empty.
    pub fn with_its_key(&self) -> Stage {
        let tree = Tree::read(&self.home());
        Stage::of(&Tree(
            tree.0.into_iter().filter(|(path, _)| path.starts_with("config")).collect(),
        ))
    }

    fn text(&self, place: &str) -> String {
        std::fs::read_to_string(self.home().join(place)).unwrap()
    }

    pub fn keys(&self) -> Keys {
        Keys::new(real(), &self.home().join("config"), None, PluginCallbacks::SILENT)
    }

    /// The journal with its packs and with what is remembered of it.
    fn journal(&self) -> Journal {
        let home = self.home();
        let journal = Journal::at(real(), &home.join("journal")).in_home(&home);
        journal.remembering(&home.join("state"), clock().written).with_packs_in(&home.join("cache"))
    }

    /// The first answers of all entries, in alphabetical order, where all of them and all
    /// that is attached to them can be read.
    pub fn shown(&self, identity: &Identity) -> Result<Vec<String>, String> {
        let journal = self.journal();
        let found = journal.find(&Query::everything(), identity, &clock());
        let SearchResult { entries, damaged } = found.map_err(|error| error.to_string())?;
        if !damaged.is_empty() {
            return Err(format!("{damaged:?}"));
        }
        for entry in entries.iter().map(|kept| &kept.entry) {
            for attachment in &entry.attachments {
                let name = AttachmentFileName::of(entry, attachment);
                let whole = journal.find_attachment(&name, attachment, identity);
                whole.map_err(|damaged| format!("{damaged:?}"))?;
            }
        }
        let mut shown: Vec<String> = entries.iter().map(|kept| first_answer(&kept.entry)).collect();
        shown.sort();
        Ok(shown)
    }

    /// Keeps another entry, as every practice does.
    pub fn keep(&self, words: &str) -> inward::error::Result<()> {
        let entry = Entry { at: clock().now, ..crafted(words) };
        self.keys().seal(|list| self.journal().append(&list.seal(&entry)?))
    }

    pub fn drafts(&self, disk: &DiskRef) -> Drafts {
        Drafts::at(disk.clone(), &self.home().join("state"))
    }

    /// A draft that says this, sealed.
    pub fn draft(&self, words: &str) -> Sealed {
        let recipients = self.text("config/recipients.txt");
        let ids = ("dddddddddd".parse().unwrap(), "dddddd".parse().unwrap());
        let entry = Entry { id: ids.0, revision: ids.1, ..crafted(words) };
        Recipients::parse(&recipients, "recipients.txt").unwrap().seal(&entry).unwrap()
    }
}

/// What is imported, attached, and given as answers and as a key.
fn files_of_the_user() -> [(&'static str, Vec<u8>); 5] {
    static PHONE: OnceLock<Vec<u8>> = OnceLock::new();
    let phone = PHONE.get_or_init(|| Identity::generate().recipients().join("\n").into_bytes());
    [
        ("note.txt", b"a note".to_vec()),
        ("lake.jpg", vec![7; 70_000]),
        ("new.json", br#"{"page": "new"}"#.to_vec()),
        ("jrnl.txt", b"[2026-10-01 10:00] one\n\n[2026-10-02 10:00] two\n".to_vec()),
        ("phone.pub", phone.clone()),
    ]
}

/// The home that every path begins with, the id of the entry that says "second", and
/// what its entries say.
pub struct Beginning {
    pub tree: Tree,
    pub id: String,
    pub said: Vec<String>,
}

/// Pages of one month, one of which was edited and has a file.
pub fn beginning() -> &'static Beginning {
    static BEGINNING: OnceLock<Beginning> = OnceLock::new();
    BEGINNING.get_or_init(|| {
        let stage = Stage::new();
        stage.ok("init --no-passphrase");
        for page in 1..=PAGES {
            stage.ok(&format!("write 'page {page}' --at 2026-11-0{page}"));
        }
        let id = stage.ok("write unedited --at 2026-11-21 --attach HERE/note.txt");
        let id = id.trim_end().to_owned();
        std::fs::write(stage.0.path().join("second.json"), r#"{"page": "second"}"#).unwrap();
        stage.ok(&format!("edit {id} --answers HERE/second.json"));
        let said = said(&stage.ok("list --json"));
        Beginning { tree: Tree::read(&stage.home()), id, said }
    })
}

/// The id of the first entry that is listed.
pub fn first_id(listed: &str) -> String {
    let listed: Json = serde_json::from_str(listed).unwrap();
    listed["entries"][0]["id"].as_str().unwrap().to_owned()
}

fn clock() -> Clock {
    Clock::at(NOW.parse().unwrap())
}

pub fn first_answer(entry: &Entry) -> String {
    match &entry.answers[0].value {
        Value::Text(words) => words.clone(),
        other => panic!("{other:?}"),
    }
}

/// The first answers of what is listed, in alphabetical order.
pub fn said(listed: &str) -> Vec<String> {
    let listed: Json = serde_json::from_str(listed).unwrap();
    let entries = listed["entries"].as_array().unwrap().iter();
    let mut said: Vec<String> =
        entries.map(|entry| entry["answers"][0]["value"].as_str().unwrap().to_owned()).collect();
    said.sort();
    said
}
