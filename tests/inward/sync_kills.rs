//! git killed alone, as a machine that is out of memory does: the next sync removes
//! what it left, once no git of ours lives, and loses nothing.

use crate::harness::{BINARY, Home, file_of, files, one_line, program};
use crate::sync::{begin, journal_files, remote, second, sync};
use crate::sync_repositories::{dotfiles, journal_in, pushed};

/// The repository of ours with which a home syncs.
fn repository(home: &Home) -> std::path::PathBuf {
    let all = std::fs::read_dir(home.inward("state/sync")).unwrap().map(|it| it.unwrap().path());
    all.into_iter().find(|path| path.extension().is_some_and(|it| it == "git")).unwrap()
}

fn stale(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "lock")).collect()
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_lock_that_git_left_in_our_repository_is_named_and_the_next_sync_removes_it() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    begin(&home, &remote);
    let ours = repository(&home);
    let locks = ["HEAD.lock", "config.lock", "packed-refs.lock", "refs/heads/main.lock"];
    home.keep("write two");
    for lock in locks.iter().chain(&["refs/inward/main.lock", "objects/maintenance.lock"]) {
        std::fs::create_dir_all(ours.join(lock).parent().unwrap()).unwrap();
        std::fs::write(ours.join(lock), "").unwrap();
    }
    let found = one_line(&home.run("doctor").ok().stdout);
    assert_eq!(found.matches("a lock that git left when it was stopped").count(), 6, "{found}");
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    assert_eq!(stale(&ours).len(), 0);
    assert!(home.run("doctor").ok().stdout.contains("No problems found"));
    // And where a remote is named again.
    std::fs::write(ours.join("config.lock"), "").unwrap();
    begin(&home, &remote);
}

#[test]
#[ignore = "needs git; run in CI"]
fn as_long_as_a_git_of_ours_lives_its_locks_stay() {
    locks_stay("");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_clone_that_asks_an_empty_remote_for_its_branch_is_a_git_of_ours_too() {
    locks_stay("mkdir $HOME/asked 2> /dev/null && exec git upload-pack $REMOTE");
}

/// Of a remote that leaves its git waiting after us, once it has done this.
fn locks_stay(first: &str) {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    home.keep("write one");
    let ssh = home.script("ssh", &format!("{first}\necho $PPID >> $HOME/pids\nexec sleep 60"));
    let ours = repository(&home);
    let url =
        |to: &str| crate::sync::git(home.path(), &ours, &format!("config remote.origin.url {to}"));
    url("git@host:journal");
    let mut command = program(&home, BINARY);
    command.arg("sync").env("GIT_SSH_COMMAND", &ssh).env("REMOTE", remote.path());
    let mut hanging = command.spawn().unwrap();
    let pids = home.path().join("pids");
    while std::fs::read_to_string(&pids).unwrap_or_default().lines().count() == 0 {
        assert!(hanging.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    hanging.kill().unwrap();
    hanging.wait().unwrap();
    url(remote.path().to_str().unwrap());
    std::fs::write(ours.join("HEAD.lock"), "").unwrap();
    let said = home.run("sync").exits(5).stderr;
    assert!(said.starts_with("Another sync is running."), "{said}");
    assert!(ours.join("HEAD.lock").exists());
    assert!(!home.run("doctor").ok().stdout.contains("HEAD.lock"));
    let pid = std::fs::read_to_string(&pids).unwrap().trim().parse().unwrap();
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_lock_in_a_repository_of_the_users_is_left_to_them() {
    let (home, dots, _remote) = dotfiles();
    journal_in(&home, "write one").ok();
    journal_in(&home, "sync init").ok();
    journal_in(&home, "write two").ok();
    let lock = dots.join(".git/refs/heads/main.lock");
    std::fs::write(&lock, "").unwrap();
    journal_in(&home, "sync").exits(5);
    let found = one_line(&journal_in(&home, "doctor").ok().stdout);
    assert!(found.contains("main.lock git is running in that repository"), "{found}");
    std::fs::remove_file(&lock).unwrap();
    journal_in(&home, "sync").ok();
}

#[test]
#[ignore = "needs strace and git; run in CI"]
fn git_killed_alone_at_any_rename_loses_nothing_and_the_next_sync_works() {
    let calls = ["rename", "link", "unlink", "openat"];
    let mut failed = 0;
    for (call, when) in calls.into_iter().flat_map(|call| {
        let last = if call == "openat" { 120 } else { 8 };
        let step = if call == "openat" { 7 } else { 1 };
        (1..=last).step_by(step).map(move |when| (call, when))
    }) {
        let (first, remote) = (Home::ready(), remote());
        begin(&first, &remote);
        let id = first.keep("write one");
        let second = second(&first, &remote);
        second.keep("write theirs --at 21:10");
        sync(&second);
        first.run(&format!("edit {id} --tag x")).ok();
        let before = journal_files(&first.journal());
        let mut strace = program(&first, "strace");
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace=?{call}")]);
        strace.args(["-e", &format!("inject=?{call}:signal=KILL:when={when}")]);
        // What is done here is the same whichever program is killed, so of ours, too.
        let output = strace.arg(BINARY).arg("sync").output().unwrap();
        failed += usize::from(!output.status.success());
        let told = format!("{call} {when}: {output:?}");
        for (place, bytes) in before {
            assert!(std::fs::read(first.journal().join(place)).unwrap() == bytes, "{told}");
        }
        // What the remote's own git left is its owner's to remove.
        stale(remote.path()).iter().for_each(|lock| std::fs::remove_file(lock).unwrap());
        sync(&first);
        sync(&second);
        assert_eq!(first.listed("").len(), 2, "{told}");
        assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()), "{told}");
        assert_eq!(pushed(remote.path()).lines().count(), 2, "{told}");
        assert!(file_of(&first, &id).exists());
        assert_eq!(stale(&repository(&first)).len(), 0, "{told}");
    }
    println!("{failed} syncs failed");
    assert!(failed > 8, "{failed}");
}
