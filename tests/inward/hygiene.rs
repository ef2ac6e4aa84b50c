//! What is said stays between its writer and the sealed file: no plain text of
//! it lies anywhere while it is written, read or changed, or afterwards.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rexpect::process::Signal;

use crate::harness::{BINARY, Home, Key, Run, Terminal, files, holding, mode, walk};

const OUTCOME: &str = "How did this morning's intention go?";
const CONNECTION: &str = "One moment of connection today, however small, or none.";
const SHM: &str = "/dev/shm";

/// Where a program leaves its temporary files: below the home, to be looked at.
fn places(home: &Home) -> [(&'static str, PathBuf); 2] {
    ["TMPDIR", "XDG_RUNTIME_DIR"].map(|name| {
        let folder = home.path().join(name.to_lowercase());
        std::fs::create_dir_all(&folder).unwrap();
        (name, folder)
    })
}

fn terminal(home: &Home, arguments: &str, editor: Option<&Path>) -> Terminal {
    let places = places(home);
    let mut env: Vec<(&str, &Path)> = places.iter().map(|(n, p)| (*n, p.as_path())).collect();
    env.extend(editor.map(|editor| ("EDITOR", editor)));
    home.terminal_of(24, 80, arguments, &env)
}

fn run(home: &Home, arguments: &str) -> Run {
    places(home).into_iter().fold(home.run(arguments), |run, (name, place)| run.env(name, place))
}

/// No file holds it, wherever one could have been written.
#[track_caller]
fn nowhere(home: &Home, words: &str, when: &str) {
    let found = holding(words, &[home.path(), Path::new(SHM)]);
    assert!(found.is_empty(), "{when}: {found:?}");
}

#[test]
fn a_session_leaves_no_plain_text_while_it_is_open_when_it_is_stopped_or_when_it_is_kept() {
    const WORDS: &str = "quillwort-said";
    const HALF: &str = "quillwort-half-ty";
    let home = Home::evening();
    let session = terminal(&home, "evening", None);
    session.asked(OUTCOME).choose(0);
    session.asked(CONNECTION).answer(WORDS);
    session.asked("How close").press(Key::Enter);
    session.asked("What did you see").press(Key::Enter);
    session.asked("a disagreement?").choose(1);
    session.asked("Tell it as someone would").type_keys(HALF).wait_for(HALF);
    let whenever = |when: &str| [WORDS, HALF].iter().for_each(|words| nowhere(&home, words, when));
    whenever("half an answer is typed");
    assert_eq!(files(&home.inward("state/drafts")).len(), 1, "what was said is in a draft");
    session.press(Key::Ctrl('c')).ends(130);
    whenever("stopped");
    let session = terminal(&home, "resume", None);
    session.asked("Continue it").press(Key::Enter);
    session.wait_for(HALF);
    whenever("resumed");
    session.press(Key::Ctrl('d')).asked("into sleep").press(Key::Enter).kept();
    whenever("kept");
    let shown = home.run("show").ok().stdout;
    assert!(shown.contains(WORDS) && shown.contains(HALF), "{shown}");
}

#[test]
fn a_killed_session_leaves_no_plain_text() {
    const WORDS: &str = "spleenwort";
    let home = Home::evening();
    let mut session = terminal(&home, "evening", None);
    session.asked(OUTCOME).choose(0);
    session.asked(CONNECTION).answer(WORDS);
    session.asked("How close");
    session.signal(Signal::SIGKILL);
    session.end();
    nowhere(&home, WORDS, "killed");
}

/// The editor's file is the one exception, and lies in memory.
#[cfg(target_os = "linux")]
#[test]
fn while_the_editor_is_open_the_text_lies_in_memory_of_its_writers_own_and_nowhere_else() {
    const WORDS: &str = "moonwort";
    if !Path::new(SHM).is_dir() {
        return;
    }
    let home = Home::ready();
    let log = home.path().join("log");
    let look = format!(
        "for file; do :; done\nprintf ' and after' >> \"$file\"\n\
         grep -rlF {WORDS} \"$HOME\" {SHM} > {0}; (ls -ldn \"$file\"; ls -ldn \"${{file%/*}}\") >> {0}",
        log.display()
    );
    let editor = home.script("editor", &look.replace(WORDS, "moon\"\"wort"));
    let session = terminal(&home, "write", Some(&editor));
    session.asked("Write what's there.").type_keys(WORDS).press(Key::Ctrl('o'));
    session.asked("A title");
    let log = std::fs::read_to_string(log).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines.len() == 3 && lines[0].starts_with(SHM), "one file, in memory: {log}");
    let own = rustix::process::getuid().as_raw().to_string();
    for (line, kind) in [(lines[1], "-rw-------"), (lines[2], "drwx------")] {
        let fields: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((fields[0], fields[2]), (kind, own.as_str()), "{line}");
    }
    for question in ["A title", "Tags", "How are you now"] {
        session.asked(question).press(Key::Enter);
    }
    session.ends(0);
    nowhere(&home, WORDS, "kept");
    assert_eq!(home.listed(""), [format!("{WORDS} and after")]);
}

#[test]
fn no_command_leaves_plain_text_behind() {
    const WORDS: &str = "pillwort-on-the-weir";
    let home = Home::ready();
    let answers = format!(r#"{{"connection": "{WORDS}", "closeness": 3}}"#);
    let id = run(&home, "reflect --answers -").stdin(answers).ok().stdout.trim_end().to_owned();
    run(&home, "write").stdin(WORDS).ok();
    run(&home, &format!("intent {WORDS} -t {WORDS}")).ok();
    nowhere(&home, WORDS, "kept");
    let gone = home.keep(&format!("write {WORDS}"));
    let again = format!(r#"{{"connection": "{WORDS}, edited"}}"#);
    let commands = [
        format!("edit {id} --answers -"),
        format!("edit {id} --tag {WORDS}"),
        format!("delete {gone} --yes"),
        "list".into(),
        "list --json".into(),
        format!("show {id}"),
        format!("search {WORDS}"),
        "export".into(),
        "export --json".into(),
        "due gratitude".into(),
        "".into(),
        "key rotate".into(),
        "key reseal".into(),
        "list".into(),
    ];
    for command in commands {
        run(&home, &command).stdin(&again).ok();
        nowhere(&home, WORDS, &command);
    }
    // What is refused is written nowhere either.
    run(&home, &format!("reflect --closeness {WORDS}")).exits(2);
    run(&home, "reflect --answers -").stdin(format!("{{\"{WORDS}\": ")).exits(2);
    nowhere(&home, WORDS, "refused");
    assert!(home.run("list").ok().stdout.contains(WORDS));
}

/// Whoever runs as the same user, and is not root, sees neither its memory nor
/// its environment; a crash leaves no core.
#[cfg(target_os = "linux")]
#[test]
fn while_a_session_waits_nobody_else_may_look_into_it() {
    let home = Home::evening();
    let mut command = Command::new(BINARY);
    command.arg("evening").env_clear().envs(home.env()).current_dir(home.path());
    let root = rustix::process::getuid().is_root();
    if root {
        // So that what belongs to the process can be told from what does not.
        command.gid(65534);
    }
    let mut session = Terminal::start(command, 24, 80);
    session.asked(OUTCOME);
    let about = |file: &str| PathBuf::from(format!("/proc/{}/{file}", session.pid()));
    let owner = about("environ").metadata().unwrap();
    assert_eq!((owner.uid(), owner.gid()), (0, 0), "the kernel gives it to root");
    if !root {
        assert!(std::fs::read(about("environ")).is_err() && std::fs::read(about("mem")).is_err());
    }
    let limits = std::fs::read_to_string(about("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
    session.signal(Signal::SIGABRT);
    session.ends(-(Signal::SIGABRT as i32));
    assert!(files(home.path()).iter().all(|file| !file.ends_with("core")));
}

#[test]
fn whatever_the_umask_everything_made_is_its_owners_alone() {
    for umask in [0, 0o777, 0o022] {
        let home = Home::new();
        let passphrase = "echo correct horse";
        let made = |arguments: &str| {
            let run = home.run(arguments).umask(umask);
            run.env("INWARD_PASSPHRASE_COMMAND", passphrase)
                .env("INWARD_NEW_PASSPHRASE_COMMAND", passphrase)
                .ok()
        };
        made("init --no-passphrase");
        home.write("inward/config/prompts/evening.toml", include_str!("harness/evening.toml"));
        for place in ["inward/config/prompts/evening.toml", "inward/config/prompts"] {
            // The user's own, made by the test.
            let mode = if place.ends_with("toml") { 0o600 } else { 0o700 };
            let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
            std::fs::set_permissions(home.path().join(place), mode).unwrap();
        }
        made("reflect words");
        made("write words --at 2025-01-02");
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask:o}; exec \"$0\" evening"), BINARY]);
        shell.env_clear().envs(home.env()).current_dir(home.path());
        let session = Terminal::start(shell, 24, 80);
        session.asked(OUTCOME).choose(1);
        session.asked(CONNECTION).press(Key::Ctrl('c')).ends(130);
        assert_eq!(files(&home.inward("state/drafts")).len(), 1);
        // A key with a passphrase takes a second each time: only what makes one has it.
        for arguments in [
            "key reseal",
            "key backup made/copy.txt",
            "key backup --page made/page.svg",
            "practices new walk",
            "export -o made/all.md",
            "export -o made/days/",
            "export -o made/all.md --force",
            "key passphrase",
            "key rotate",
            "key backup made/locked.txt",
            "key passphrase --remove",
        ] {
            std::fs::create_dir_all(home.path().join("made")).unwrap();
            made(arguments);
        }
        let made = walk(&home.path().join("made"));
        assert_eq!(made.len(), 7, "{made:?}");
        for path in walk(&home.inward("")).into_iter().chain(made) {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&path), wanted, "{} under umask {umask:o}", path.display());
        }
        assert_eq!(mode(&home.inward("")), 0o700);
    }
}
