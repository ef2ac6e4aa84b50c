//! What a sync meets: remotes that are away or say no, repositories of the
//! user's, and what others put in them.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::harness::{Home, snapshot, walk};
use crate::sync::{begin, git, journal_files, remote, second, sync};

/// What the remote's branch holds, by path.
pub fn pushed(remote: &Path) -> String {
    git(remote, remote, "ls-tree -r --name-only main")
}

/// A repository of dotfiles with a journal in it, synced with a remote.
pub fn dotfiles() -> (Home, PathBuf, tempfile::TempDir) {
    let (home, remote) = (Home::new(), remote());
    let dots = home.path().join("dots");
    std::fs::create_dir_all(&dots).unwrap();
    git(home.path(), home.path(), "config --global user.name Ada");
    git(home.path(), home.path(), "config --global user.email ada@example.org");
    git(home.path(), &dots, "init --quiet --initial-branch=main");
    home.write("dots/vimrc", "set number\n");
    git(home.path(), &dots, "add vimrc");
    git(home.path(), &dots, "commit --quiet -m dots");
    git(home.path(), &dots, &format!("remote add origin {}", remote.path().display()));
    journal_in(&home, "init --no-passphrase").ok();
    (home, dots, remote)
}

pub fn journal_in(home: &Home, arguments: &str) -> crate::harness::Run {
    home.run(arguments).env("INWARD_JOURNAL", home.path().join("dots/journal"))
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_commit_tells_the_day_and_nothing_else() {
    let (home, remote) = (Home::ready(), remote());
    let id = home.keep("write 'the heron' -t weir");
    // Whoever runs these tests may be known to the whole machine.
    let quiet = |arguments: &str| home.run(arguments).env("GIT_CONFIG_NOSYSTEM", "1").ok();
    quiet(&format!("sync init {}", remote.path().display()));
    home.keep("reflect again");
    home.run(&format!("edit {id} --tag more")).ok();
    quiet("sync");
    let log = "log main --format='%s|%b|%an <%ae>|%ad|%cn <%ce>|%cd'";
    let one = "sync||inward <inward@localhost>|Mon Nov 23 00:00:00 2026 +0000|inward <inward@localhost>|Mon Nov 23 00:00:00 2026 +0000";
    assert_eq!(git(home.path(), remote.path(), log), format!("{one}\n{one}"));
    git(home.path(), home.path(), "config --global user.name Ada");
    git(home.path(), home.path(), "config --global user.email ada@example.org");
    home.keep("write third");
    sync(&home);
    let told = git(home.path(), remote.path(), "log -1 main --format='%s|%an <%ae>|%ad'");
    assert_eq!(told, "sync|Ada <ada@example.org>|Mon Nov 23 00:00:00 2026 +0000");
}

#[test]
#[ignore = "needs git; run in CI"]
fn settings_that_would_change_bytes_ask_for_keys_or_run_programs_change_nothing() {
    let (home, remote) = (Home::ready(), remote());
    let trap = home.write("trap", "#!/bin/sh\ntouch \"$HOME/sprung\"\ncat\nexit 1\n");
    std::fs::set_permissions(&trap, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let hooks = home.path().join("hooks");
    std::fs::create_dir(&hooks).unwrap();
    for hook in ["pre-commit", "post-commit", "pre-push", "post-index-change", "post-merge"] {
        symlink(&trap, hooks.join(hook)).unwrap();
    }
    let trap = trap.display();
    home.write(
        ".gitconfig",
        format!(
            "[core]\nautocrlf = true\neol = crlf\nfsmonitor = {trap}\nhooksPath = {}\n\
             attributesFile = ~/attributes\n[commit]\ngpgSign = true\n[push]\ngpgSign = true\n\
             [gpg]\nprogram = {trap}\n[filter \"trap\"]\nclean = {trap}\nsmudge = {trap}\n\
             [merge]\nrenames = true\n[pull]\nrebase = true\n[status]\nsubmoduleSummary = true\n",
            hooks.display()
        ),
    );
    home.write("attributes", "* text filter=trap ident\n");
    home.keep("write one");
    begin(&home, &remote);
    let second = second(&home, &remote);
    second.keep("write two");
    sync(&second);
    sync(&home);
    assert_eq!(journal_files(&home.journal()), journal_files(&second.journal()));
    assert!(!home.path().join("sprung").exists());
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_a_repository_holds_besides_entries_is_carried_along_and_not_written_here() {
    let (home, remote) = (Home::ready(), remote());
    let id = home.keep("write one");
    begin(&home, &remote);
    let clone = home.path().join("clone");
    git(home.path(), home.path(), &format!("clone --quiet {} clone", remote.path().display()));
    home.write("clone/.gitattributes", "* filter=trap\n");
    home.write("clone/2026/11/README", "mine\n");
    home.write("clone/2026/11/2026-11-23-zzzzzzzzzz.zzzzzz.age", "no age file\n");
    symlink("/etc", clone.join("2027")).unwrap();
    symlink("/etc/passwd", clone.join("2026/11/2026-11-23-yyyyyyyyyy.yyyyyy.age")).unwrap();
    git(home.path(), &clone, "config user.email a@b");
    git(home.path(), &clone, "config user.name a");
    git(home.path(), &clone, "add .");
    git(home.path(), &clone, "commit --quiet -m theirs");
    git(home.path(), &clone, "push --quiet");
    home.keep("write two");
    let outcome = home.run("sync").ok();
    assert!(outcome.stderr.contains("it isn't an age file"), "{}", outcome.stderr);
    let here = walk(&home.journal());
    assert_eq!(here.len(), 4, "a year, a month and two entries: {here:?}");
    let there = pushed(remote.path());
    for path in
        [".gitattributes", "2026/11/README", "2027", "2026/11/2026-11-23-yyyyyyyyyy.yyyyyy.age"]
    {
        assert!(there.lines().any(|line| line == path), "{path}: {there}");
    }
    assert!(there.contains(&id));
    assert_eq!(home.listed("").len(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn nothing_of_git_lies_in_the_journals_folder_and_none_there_is_trusted() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    let trap = "!touch $HOME/sprung";
    home.write("inward/journal/.git/HEAD", "ref: refs/heads/main\n");
    home.write(
        "inward/journal/.git/config",
        format!("[core]\nfsmonitor = {trap}\nsshCommand = {trap}\n[alias]\nfetch = {trap}\n"),
    );
    let said = home.run("sync init").exits(2).stderr;
    assert!(said.contains("There's a git repository inside the journal's own folder"), "{said}");
    home.run("sync").exits(2);
    begin(&home, &remote);
    sync(&home);
    assert!(!home.path().join("sprung").exists());
    assert_eq!(pushed(remote.path()).lines().count(), 1);
    std::fs::remove_dir_all(home.journal().join(".git")).unwrap();
    home.run("sync").env("GIT_DIR", "/nowhere").env("GIT_WORK_TREE", "/nowhere").ok();
    assert_eq!(walk(&home.journal()).len(), 3, "a year, a month, an entry");
}

#[test]
#[ignore = "needs git; run in CI"]
fn in_a_repository_of_the_users_only_the_journal_is_committed() {
    let (home, dots, remote) = dotfiles();
    let said = journal_in(&home, "sync").exits(2).stderr;
    assert!(said.contains("Without REMOTE, it uses the one the journal is in"), "{said}");
    for hook in ["pre-commit", "commit-msg", "post-commit"] {
        let file = home.write(&format!("dots/.git/hooks/{hook}"), "#!/bin/sh\nexit 1\n");
        std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .unwrap();
    }
    home.write("dots/vimrc", "set nonumber\n");
    home.write("dots/staged", "mine\n");
    git(home.path(), &dots, "add staged vimrc");
    journal_in(&home, "write one").ok();
    home.write("dots/journal/notes.txt", "mine\n");
    let said = journal_in(&home, "sync init").ok().stderr;
    assert!(said.contains("is committed to the repository in"), "{said}");
    let there = pushed(remote.path());
    assert!(there.starts_with("journal/2026/11/") && there.ends_with(".age\nvimrc"), "{there}");
    let status = git(home.path(), &dots, "status --porcelain");
    assert_eq!(status, "A  staged\nM  vimrc\n?? journal/notes.txt");
    let log = git(home.path(), &dots, "log --format='%s by %an' main");
    assert_eq!(log, "sync by Ada\ndots by Ada");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_key_that_the_user_has_committed_is_not_pushed() {
    let (home, dots, remote) = dotfiles();
    let inside = |line: &str| home.run(line).env("INWARD_HOME", dots.join("inward"));
    inside("init --no-passphrase").ok();
    inside("write one").ok();
    git(home.path(), &dots, "add inward/config inward/state");
    git(home.path(), &dots, "commit --quiet -m everything");
    for line in ["sync init", "sync"] {
        let told = inside(line).exits(5).stderr;
        assert!(told.contains("identity.txt, which nobody else should have."), "{line}: {told}");
    }
    assert_eq!(git(home.path(), remote.path(), "branch --list"), "");
    // What is only remembered here stays here, too.
    git(home.path(), &dots, "reset --quiet --soft HEAD~1");
    git(home.path(), &dots, "rm --quiet --cached -r inward/config");
    git(home.path(), &dots, "commit --quiet -m less");
    let told = inside("sync").exits(5).stderr;
    assert!(told.contains("inward/state, which"), "{told}");
    git(home.path(), &dots, "reset --quiet --soft HEAD~1");
    git(home.path(), &dots, "rm --quiet --cached -r inward/state");
    // Nor one that is only in a commit any more.
    let old = home.write("dots/inward/config/identity.age", "as it was");
    git(home.path(), &dots, "add inward/config/identity.age");
    git(home.path(), &dots, "commit --quiet -m old");
    std::fs::remove_file(old).unwrap();
    let told = inside("sync").exits(5).stderr;
    assert!(told.contains("identity.age, which"), "{told}");
    git(home.path(), &dots, "reset --quiet --hard HEAD~1");
    inside("sync").ok();
    let pushed = pushed(remote.path());
    assert!(pushed.contains("inward/journal/") && pushed.contains("vimrc"), "{pushed}");
    assert!(!pushed.contains("config") && !pushed.contains("state"), "{pushed}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn where_a_journal_was_emptied_nothing_is_received_until_it_begins_anew() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    begin(&home, &remote);
    std::fs::remove_dir_all(home.journal()).unwrap();
    std::fs::create_dir(home.journal()).unwrap();
    let told = home.run("sync").exits(5).stderr;
    assert!(told.contains("Is its disk mounted?"), "{told}");
    assert_eq!(walk(&home.journal()).len(), 0);
    home.run("init").ok();
    home.run("sync").ok();
    assert_eq!(home.listed(""), ["one"]);
}

#[test]
#[ignore = "needs git; run in CI"]
fn in_a_repository_of_the_users_their_own_merges_are_left_to_them() {
    let (home, dots, remote) = dotfiles();
    let id = journal_in(&home, "write one").ok().stdout.trim().to_owned();
    journal_in(&home, "sync init").ok();
    let clone = home.path().join("clone");
    git(home.path(), home.path(), &format!("clone --quiet {} clone", remote.path().display()));
    home.write("clone/bashrc", "true\n");
    git(home.path(), &clone, "add .");
    git(home.path(), &clone, "commit --quiet -m more");
    git(home.path(), &clone, "push --quiet");
    journal_in(&home, &format!("edit {id} --tag x")).ok();
    let said = journal_in(&home, "sync").exits(5).stderr;
    assert!(said.starts_with("The remote has changes outside the journal's folder"), "{said}");
    assert!(!dots.join("bashrc").exists());
    git(home.path(), &dots, "pull --quiet --no-rebase origin main");
    journal_in(&home, "sync").ok();
    assert_eq!(git(home.path(), &dots, "status --porcelain"), "");
    assert_eq!(pushed(remote.path()).lines().count(), 3);
    // And what comes for the journal is written there, and staged as committed.
    let far = |arguments: &str| home.run(arguments).env("INWARD_JOURNAL", clone.join("journal"));
    git(home.path(), &clone, "pull --quiet");
    far("write far").ok();
    far("sync init").ok();
    assert!(journal_in(&home, "sync").ok().stderr.contains("1 file received"));
    assert_eq!(git(home.path(), &dots, "status --porcelain"), "");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_repository_in_the_middle_of_something_is_left_as_it_is() {
    let (home, dots, _remote) = dotfiles();
    journal_in(&home, "write one").ok();
    journal_in(&home, "sync init").ok();
    journal_in(&home, "write two").ok();
    let refused = |says: &str| {
        let before = snapshot(&dots);
        let said = journal_in(&home, "sync").exits(5).stderr;
        assert!(said.contains(says), "{said}");
        assert!(snapshot(&dots) == before);
    };
    home.write("dots/.git/MERGE_HEAD", git(home.path(), &dots, "rev-parse HEAD") + "\n");
    refused("A merge isn't finished in");
    std::fs::remove_file(dots.join(".git/MERGE_HEAD")).unwrap();
    std::fs::create_dir(dots.join(".git/rebase-merge")).unwrap();
    refused("A rebase isn't finished in");
    std::fs::remove_dir(dots.join(".git/rebase-merge")).unwrap();
    git(home.path(), &dots, "checkout --quiet --detach");
    refused("isn't on a branch");
    git(home.path(), &dots, "checkout --quiet main");
    git(home.path(), &dots, "remote remove origin");
    let said = journal_in(&home, "sync").exits(2).stderr;
    assert!(said.contains("has no remote"), "{said}");
    home.write("dots/.gitignore", "journal/\n");
    let said = journal_in(&home, "sync init").exits(2).stderr;
    assert!(said.contains("ignores the journal's folder"), "{said}");
}

#[test]
fn a_sync_after_everything_was_deleted_makes_no_folder() {
    let home = Home::ready();
    home.keep("write words");
    std::fs::remove_dir_all(home.inward("")).unwrap();
    home.run("sync").exits(3);
    assert!(!home.journal().exists());
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_cannot_be_synced_says_what_to_do() {
    let home = Home::ready();
    home.run("sync").exits(2).says(
        "This journal isn't synced yet.\nRun `inward sync init REMOTE` with the address of an empty git repository that you own.\n",
    );
    home.run("sync init").exits(2);
    let said = home.run("sync init https://ada:secret@host/j.git").exits(2).stderr;
    assert!(said.starts_with("That address contains a password or a token"), "{said}");
    assert!(!said.contains("secret"), "{said}");
    let remote = remote();
    let args = ["sync", "init", remote.path().to_str().unwrap()];
    let none = home.run_args(args).env("PATH", "/nowhere").exits(5);
    assert!(
        none.stderr.starts_with("git isn't installed, or isn't on your PATH."),
        "{}",
        none.stderr
    );
    begin(&home, &remote);
    let lock = std::fs::File::options().write(true).open(home.inward("state/sync/lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let said = home.run("sync").exits(5).stderr;
    assert!(said.starts_with("Another sync is running."), "{said}");
}
