//! Systems that lack something: calls of the file system, /proc, threads, memory, room
//! for a file. Each gets the next best way, or a sentence; nothing panics or aborts.

use std::process::Command;

use crate::harness::{BINARY, Home, Key, Terminal, program};

const PASSPHRASE: &str = "echo correct horse battery";
const NO_FOLDER_SYNC: &str = "can't confirm that a new file's name";

/// How a run ended.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Ended { code: output.status.code(), stdout, stderr }
}

impl Ended {
    #[track_caller]
    fn exits(self, code: i32) -> Ended {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// `inward`, after a line of the shell.
fn after(home: &Home, line: &str, arguments: &str) -> Ended {
    let script = format!("{line} && exec {BINARY} {arguments}");
    ended(program(home, "sh").args(["-c", &script]))
}

/// `inward`, each of whose calls that is named so fails.
fn without(home: &Home, faults: &[&str], arguments: &str) -> Ended {
    let mut strace = program(home, "strace");
    strace.args(["-f", "-qq", "-o", "/dev/null"]);
    strace.args(faults.iter().map(|fault| format!("--inject=?{fault}")));
    ended(strace.arg(BINARY).args(shell_words::split(arguments).unwrap()))
}

fn with_passphrase() -> Home {
    Home::locked(PASSPHRASE)
}

#[test]
fn a_limit_on_the_size_of_files_is_a_sentence_and_keeps_what_was_kept() {
    let home = Home::ready();
    home.keep("write before");
    let kept = after(&home, "ulimit -f 0", "write after").exits(5);
    assert!(kept.stderr.contains("file too large") && kept.stderr.contains("ulimit -f"));
    let printed = after(&home, "ulimit -f 0", "list > listed").exits(5);
    assert!(printed.stderr.contains("file too large"), "{}", printed.stderr);
    assert_eq!(home.listed(""), ["before"]);
}

#[test]
fn too_little_memory_for_a_passphrase_is_a_sentence_and_changes_nothing() {
    let home = Home::locked_by_init(PASSPHRASE);
    home.keep("write words");
    let limit = format!("export INWARD_PASSPHRASE_COMMAND='{PASSPHRASE}' && ulimit -v 200000");
    let new = format!("{limit} && export INWARD_NEW_PASSPHRASE_COMMAND='echo another one'");
    for (line, arguments) in [(&limit, "list"), (&limit, "unlock"), (&new, "key passphrase")] {
        let refused = after(&home, line, arguments).exits(5);
        assert!(refused.stderr.contains("256 MiB of memory"), "{arguments}: {}", refused.stderr);
    }
    after(&Home::new(), &new, "init").exits(5);
    // What needs no passphrase needs little.
    after(&home, &limit, "write more").exits(0);
    let listed = home.run("list").env("INWARD_PASSPHRASE_COMMAND", PASSPHRASE).ok().stdout;
    assert!(listed.contains("words") && listed.contains("more"), "{listed}");
}

#[test]
fn a_stack_that_is_too_small_is_enlarged_or_named() {
    let home = Home::ready();
    home.keep("write words");
    after(&home, "ulimit -Ss 100", "list").exits(0);
    let refused = after(&home, "ulimit -s 100", "list").exits(5);
    assert!(refused.stderr.contains("ulimit -s"), "{}", refused.stderr);
}

/// All that writes and all that reads on every core.
const COMMANDS: [&str; 9] = [
    "write words",
    "edit --tag more",
    "edit --at yesterday",
    "list",
    "search words",
    "export --format json",
    "key rotate",
    "delete ID --yes",
    "doctor",
];

/// Each of them, on a system of some kind, and what is said besides.
#[track_caller]
fn all_commands(run: impl Fn(&Home, &str) -> Ended) -> Vec<String> {
    let home = Home::ready();
    let id = home.keep("write earlier");
    let said = COMMANDS.map(|command| {
        let ended = run(&home, &command.replace("ID", &id)).exits(0);
        assert!(!ended.stderr.contains("panicked"), "{command}: {}", ended.stderr);
        ended.stderr
    });
    assert_eq!(home.listed(""), ["words"]);
    said.into()
}

#[test]
#[ignore = "needs strace; run in CI"]
fn without_threads_everything_is_done_on_the_one_there_is() {
    // Programs that it starts are made by other calls.
    all_commands(|home, command| without(home, &["clone3:error=EAGAIN"], command));
    // Or with fewer than there are cores.
    all_commands(|home, command| without(home, &["clone3:error=EAGAIN:when=2+"], command));
}

#[test]
#[ignore = "needs strace; run in CI"]
fn without_threads_a_passphrase_is_asked_for_and_a_session_that_signals_would_harm_is_not() {
    let home = with_passphrase();
    home.keep("write words");
    let start = |arguments: &str| {
        let mut strace = Command::new("strace");
        strace.args(["-qq", "-o", "/dev/null", "--inject=clone3:error=EAGAIN", BINARY, arguments]);
        strace.env_clear().envs(home.env()).current_dir(home.path());
        Terminal::start(strace, 24, 80)
    };
    let terminal = start("list");
    terminal.wait_for("Passphrase").type_keys("correct horse battery").press(Key::Enter);
    terminal.wait_for("words").ends(0).is_sane();
    let terminal = start("intent");
    terminal.wait_for("resource temporarily unavailable").ends(5).is_sane();
}

#[test]
#[ignore = "needs strace; run in CI"]
fn without_unnamed_files_links_or_renames_that_spare_an_entry_is_kept_and_replaces_nothing() {
    let no_rename = ["renameat2:error=EINVAL", "renameat2:error=ENOSYS"];
    let no_links = ["linkat:error=EPERM", "linkat:error=EOPNOTSUPP", "linkat:error=ENOSYS"];
    for link in no_links {
        all_commands(|home, command| without(home, &[link], command));
        for rename in no_rename {
            all_commands(|home, command| {
                without(home, &[link, "link:error=EPERM", rename], command)
            });
        }
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn where_folders_cannot_be_synced_the_file_system_is_and_it_is_said_once() {
    for also in [vec![], vec!["syncfs:error=ENOSYS"]] {
        let home = Home::ready();
        home.keep("write earlier");
        // The first is of the file, which must succeed.
        let faults = [&["fsync:error=EINVAL:when=2"], &also[..]].concat();
        let kept = without(&home, &faults, "write words").exits(0);
        assert!(kept.stderr.contains("Kept"), "{}", kept.stderr);
        let flat = kept.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(flat.matches(NO_FOLDER_SYNC).count(), 1, "{flat}");
        assert_eq!(home.listed("").len(), 2);
    }
    let home = Home::ready();
    let faults = ["fsync:error=EINVAL:when=2", "syncfs:error=EIO"];
    let unsure = without(&home, &faults, "write words");
    assert_eq!(unsure.code, Some(5), "a failure is none of these: {}", unsure.stderr);
    // Nothing is said where nothing is missing.
    assert!(!without(&home, &[], "write more").exits(0).stderr.contains("confirm"));
}

#[test]
#[ignore = "needs root or user namespaces; run in CI"]
fn without_proc_everything_works() {
    all_commands(|home, command| {
        let script = format!("mount -t tmpfs none /proc && exec {BINARY} {command}");
        ended(program(home, "unshare").args(["-rm", "sh", "-c", &script]))
    });
}
