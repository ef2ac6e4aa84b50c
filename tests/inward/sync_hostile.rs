//! Remotes that are for something else, or that someone made to do harm: nothing
//! is sent where it does not belong, and what is told is so.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::harness::{Home, files, one_line, snapshot};
use crate::sync::{begin, git, journal_files, remote, second, sync};
use crate::sync_damage::{clone, push};
use crate::sync_repositories::pushed;

/// A program's repository: three commits, on this branch.
fn program(home: &Home, branch: &str) -> TempDir {
    let remote = remote();
    let clone = clone(home, remote.path());
    home.write("clone/src/main.c", "int main(void) { return 0; }\n");
    git(home.path(), &clone, "add --all .");
    git(home.path(), &clone, "commit --quiet -m begun");
    git(home.path(), &clone, &format!("push --quiet origin HEAD:{branch}"));
    std::fs::remove_dir_all(clone).unwrap();
    remote
}

/// A journal of one entry, and the remote that has it too.
fn synced() -> (Home, TempDir) {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    begin(&home, &remote);
    (home, remote)
}

/// A clone in which the only entry is removed, and where that entry was.
fn clone_without_entry(home: &Home, remote: &TempDir) -> (PathBuf, String) {
    let clone = clone(home, remote.path());
    let entry = pushed(remote.path());
    git(home.path(), &clone, &format!("rm --quiet {entry}"));
    (clone, entry)
}

/// A tag, or a change that waits for review, is someone's work as a branch is.
#[test]
#[ignore = "needs git; run in CI"]
fn a_repository_without_branches_that_has_something_else_is_refused() {
    for name in ["refs/tags/v1", "refs/changes/1/1"] {
        let home = Home::ready();
        home.keep("write one");
        let remote = program(&home, "main");
        git(home.path(), remote.path(), &format!("update-ref {name} main"));
        git(home.path(), remote.path(), "update-ref -d refs/heads/main");
        let before = snapshot(remote.path());
        let said = home.run_args(["sync", "init", remote.path().to_str().unwrap()]).exits(2).stderr;
        assert!(said.starts_with("That repository holds something else"), "{name}: {said}");
        assert!(snapshot(remote.path()) == before, "{name}");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_repository_that_has_commits_and_no_journal_is_refused_whatever_its_branches_are_called() {
    for (branches, head) in
        [(&["main"][..], "main"), (&["develop"], "develop"), (&["develop", "old"], "old")]
    {
        let home = Home::ready();
        home.keep("write one");
        let remote = program(&home, branches[0]);
        for other in &branches[1..] {
            git(home.path(), remote.path(), &format!("branch {other} {}", branches[0]));
        }
        git(home.path(), remote.path(), &format!("symbolic-ref HEAD refs/heads/{head}"));
        let before = snapshot(remote.path());
        let to = remote.path().to_str().unwrap();
        let said = home.run_args(["sync", "init", to]).exits(2).stderr;
        assert!(said.starts_with("That repository holds something else"), "{said}");
        assert!(said.contains("the address of an empty repository"), "{said}");
        assert!(snapshot(remote.path()) == before, "{branches:?}");
        // It is not synced with that now, and nothing of it stays here.
        assert!(home.run("sync").exits(2).stderr.starts_with("This journal isn't synced yet."));
        assert_eq!(files(&home.inward("state/sync")).len(), 1, "the lock alone");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_program_does_not_take_the_place_of_the_remote_that_works() {
    let (home, good) = (Home::ready(), remote());
    begin(&home, &good);
    home.keep("write one");
    let program = program(&home, "main");
    let said = home.run_args(["sync", "init", program.path().to_str().unwrap()]).exits(2).stderr;
    assert!(said.starts_with("That repository holds something else"), "{said}");
    let before = format!("synced with {} as before", good.path().display());
    assert!(one_line(&said).contains(&before), "{said}");
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    assert_eq!(pushed(good.path()).lines().count(), 1);
    // Nor where the remote becomes one after it was away.
    let other = Home::ready();
    // A disk that isn't there: no folder is made in its place.
    let disk = other.path().join("disk");
    let place = disk.join("program");
    other.keep("write one");
    other.run_args(["sync", "init", place.to_str().unwrap()]).exits(5);
    assert!(!disk.exists());
    std::fs::create_dir(&disk).unwrap();
    std::fs::rename(program.path(), &place).unwrap();
    other.run_args(["sync", "init", place.to_str().unwrap()]).exits(2);
    assert_eq!(pushed(&place), "src/main.c");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_journal_is_found_on_the_branch_that_has_it() {
    let (first, remote) = (Home::ready(), remote());
    first.keep("write one");
    begin(&first, &remote);
    git(first.path(), remote.path(), "branch -m main diary");
    let clone = clone(&first, remote.path());
    git(first.path(), &clone, "checkout --quiet --orphan main");
    git(first.path(), &clone, "rm --quiet -r --force .");
    first.write("clone/README", "mine\n");
    git(first.path(), &clone, "add README");
    git(first.path(), &clone, "commit --quiet -m readme");
    git(first.path(), &clone, "push --quiet origin HEAD:main");
    let second = second(&first, &remote);
    assert_eq!(second.listed(""), ["one"]);
    second.keep("write two");
    sync(&second);
    assert_eq!(pushed(remote.path()), "README");
    assert_eq!(git(first.path(), remote.path(), "ls-tree -r --name-only diary").lines().count(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn whoever_clones_a_new_remote_finds_the_journal_on_its_head() {
    let home = Home::ready();
    let remote = tempfile::tempdir().unwrap();
    git(home.path(), remote.path(), "init --quiet --bare --initial-branch=trunk");
    home.keep("write one");
    begin(&home, &remote);
    assert_eq!(git(home.path(), remote.path(), "ls-tree -r --name-only HEAD").lines().count(), 1);
    let branches = git(home.path(), remote.path(), "branch --format='%(refname:short)'");
    assert_eq!(branches, "trunk");
    assert_eq!(second(&home, &remote).listed(""), ["one"]);
}

/// An object made as nobody makes it, and its name.
fn object(home: &Home, within: &Path, arguments: &str, input: &[u8]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(within).args(shell_words::split(arguments).unwrap()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", home.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments}");
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A tree that lists the same thing a hundred times.
fn hundred(home: &Home, within: &Path, of: &str) -> String {
    let line = |i: usize| format!("{of}\tname-{i:02}\0");
    let lines: String = (0..100).map(line).collect();
    object(home, within, "mktree -z", lines.as_bytes())
}

/// Adds something to the top of the remote's branch.
fn put(home: &Home, remote: &Path, line: &str) {
    let mut tree = git(home.path(), remote, "ls-tree main").replace('\n', "\0");
    tree += &format!("\0{line}\0");
    let tree = object(home, remote, "mktree -z", tree.as_bytes());
    let commit = "-c user.name=a -c user.email=b commit-tree -p main -m";
    let commit = git(home.path(), remote, &format!("{commit} '\u{1b}[2J\u{7}' {tree}"));
    git(home.path(), remote, &format!("update-ref refs/heads/main {commit}"));
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_tree_of_a_hundred_million_files_is_refused_soon_and_in_little_memory() {
    let (home, remote) = synced();
    let blob = object(&home, remote.path(), "hash-object -w --stdin", b"");
    let mut of = format!("100644 blob {blob}");
    for _ in 0..4 {
        of = format!("040000 tree {}", hundred(&home, remote.path(), &of));
    }
    put(&home, remote.path(), &format!("{of}\tbomb"));
    let held = journal_files(&home.journal());
    let fresh = Home::ready();
    let to = remote.path().to_str().unwrap();
    for (home, arguments) in [(&home, vec!["sync"]), (&fresh, vec!["sync", "init", to])] {
        let mut limited = crate::harness::program(home, "prlimit");
        limited.arg(format!("--data={}", 600 << 20)).arg(crate::harness::BINARY).args(arguments);
        let begun = std::time::Instant::now();
        let output = limited.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{said}");
        assert!(said.starts_with("That repository has more files than any journal"), "{said}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
    assert!(crate::sync::journal_files(&home.journal()) == held);
    git(home.path(), remote.path(), "update-ref refs/heads/main main~");
    assert_eq!(sync(&home), "Synced. Nothing new on either side.\n");
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_is_where_entries_belong_makes_way_and_is_told() {
    // A file where the year's folder is, or the month's; a link, a module and a folder
    // under an entry's name.
    let kinds = ["year", "month", "link", "module", "folder"];
    for (kind, is_ahead) in kinds.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
        let (home, remote) = synced();
        let (clone, entry) = clone_without_entry(&home, &remote);
        let place = match kind {
            "year" => "2026",
            "month" => "2026/11",
            _ => &entry,
        };
        match kind {
            "link" => {
                std::fs::create_dir_all(clone.join(&entry).parent().unwrap()).unwrap();
                std::os::unix::fs::symlink("/etc/passwd", clone.join(&entry)).unwrap();
            }
            "module" => {
                let commit = git(home.path(), &clone, "rev-parse HEAD");
                let info = format!("update-index --add --cacheinfo 160000,{commit},{entry}");
                git(home.path(), &clone, &info);
            }
            "folder" => drop(home.write(&format!("clone/{entry}/x"), "x")),
            _ => drop(home.write(&format!("clone/{place}"), "x")),
        }
        if kind != "module" {
            git(home.path(), &clone, "add --all .");
        }
        git(home.path(), &clone, "commit --quiet -m theirs");
        git(home.path(), &clone, "push --quiet origin HEAD:main");
        home.keep("write two --at 21:10");
        if is_ahead {
            // Committed here before it is known what they did.
            let away = remote.path().with_extension("away");
            std::fs::rename(remote.path(), &away).unwrap();
            home.run("sync").exits(5);
            std::fs::rename(&away, remote.path()).unwrap();
        }
        let said = one_line(&sync(&home));
        let there = pushed(remote.path());
        assert!(said.contains("Synced: 2 files sent."), "{kind} {is_ahead}: {said}");
        assert!(said.contains("was in the way of your entries"), "{kind} {is_ahead}: {said}");
        assert!(there.lines().count() == 2, "{kind} {is_ahead}: {there}");
        assert!(there.lines().all(|it| it.starts_with("2026/11/2026-")), "{kind}: {there}");
        assert_eq!(sync(&home), "Synced. Nothing new on either side.\n");
        assert_eq!(second(&home, &remote).listed(""), ["one", "two"], "{kind} {is_ahead}");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_displaced_path_that_is_no_text_is_told_in_json_too() {
    let (home, remote) = synced();
    let (clone, entry) = clone_without_entry(&home, &remote);
    let folder = clone.join(&entry);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(OsStr::from_bytes(b"\xff")), "x").unwrap();
    push(&home, &clone, "bytes");
    home.keep("write two --at 21:10");
    let json = home.run("sync --json").ok().json();
    let displaced = serde_json::json!([format!("{entry}/\u{fffd}")]);
    assert_eq!(json["synced"]["displaced"], displaced);
}

#[test]
#[ignore = "needs git; run in CI"]
fn names_that_no_file_system_takes_and_branches_named_like_options_do_no_harm() {
    let (home, remote) = synced();
    let second = second(&home, &remote);
    let blob = object(&home, remote.path(), "hash-object -w --stdin", b"words");
    for name in [".GIT", "..", "a\nb", "\u{1b}[31mred", "git~1", "-rf", "\"quoted\\"] {
        put(&home, remote.path(), &format!("100644 blob {blob}\t{name}"));
    }
    put(&home, remote.path(), &format!("100664 blob {blob}\todd-mode"));
    for name in ["--upload-pack=x", "-f", "a b".replace(' ', "_").as_str()] {
        git(home.path(), remote.path(), &format!("update-ref refs/heads/{name} main"));
    }
    // Both are ahead of what they last saw, so that there is something to merge.
    for (home, word) in [(&home, "two"), (&second, "three"), (&home, "four")] {
        home.keep(&format!("write {word}"));
        let said = sync(home);
        assert!(said.contains("1 sent.") || said.contains("1 file sent."), "{said}");
        assert!(!said.contains('\u{1b}') && !said.contains('\u{7}'), "{said}");
    }
    sync(&second);
    assert_eq!(journal_files(&home.journal()), journal_files(&second.journal()));
    let there = git(home.path(), remote.path(), "-c core.quotePath=false ls-tree -r -z main");
    assert_eq!(there.split_terminator('\0').count(), 4 + 8, "{there}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_file_larger_than_any_entry_is_passed_over_and_not_read() {
    let (home, remote) = synced();
    let clone = clone(&home, remote.path());
    let place = "2026/11/2026-11-20-zzzzzzzzzz.zzzzzz.age";
    let huge = std::fs::File::create(clone.join(place)).unwrap();
    huge.set_len(200 << 20).unwrap();
    home.write("clone/2026/11/2026-11-21-zzzzzzzzzz.yyyyyy.age", "words");
    push(&home, &clone, "huge");
    let said = one_line(&sync(&home));
    assert!(said.contains(place) && said.contains("zzzzzzzzzz.yyyyyy.age"), "{said}");
    assert_eq!(files(&home.journal()).len(), 1);
}

#[test]
#[ignore = "needs git; run in CI"]
fn of_much_junk_in_the_repository_only_some_is_said() {
    let (home, remote) = synced();
    let clone = clone(&home, remote.path());
    for i in 0..200 {
        home.write(&format!("clone/2026/11/2026-11-20-zzzzzzzzzz.zzz{i:03}.age"), "words");
    }
    push(&home, &clone, "junk");
    let said = sync(&home);
    assert_eq!(said.matches("Not fetched").count(), 20, "{said}");
    assert!(one_line(&said).contains("And 180 more."), "{said}");
    let json = home.run("sync --json").ok().json();
    assert_eq!(json["synced"]["passed_over"].as_array().unwrap().len(), 200);
}
