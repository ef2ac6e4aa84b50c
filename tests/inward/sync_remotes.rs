//! Remotes that are away, say no, are new or lost everything; and devices that meet at one.

use crate::harness::{Home, files, one_line};
use crate::sync::{begin, git, journal_files, remote, second, sync};
use crate::sync_repositories::pushed;

#[test]
#[ignore = "needs git; run in CI"]
fn a_remote_that_is_away_is_said_and_what_was_kept_goes_the_next_time() {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    home.keep("write one");
    let away = remote.path().with_extension("away");
    std::fs::rename(remote.path(), &away).unwrap();
    let said = home.run("sync").exits(5).stderr;
    assert!(said.starts_with("There's no repository at the remote's address ("), "{said}");
    assert!(said.contains("Your entries are safe here, and will be sent next time."), "{said}");
    std::fs::rename(&away, remote.path()).unwrap();
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    let other = Home::ready();
    let said = other.run("sync init git://127.0.0.1:1/journal").exits(5).stderr;
    assert!(said.contains("The remote can't be reached ("), "{said}");
    assert!(said.contains("will be sent next time you run `inward sync`."), "{said}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_door_that_stays_shut_is_told_from_a_way_that_is_closed() {
    let home = Home::ready();
    let ssh = |says: &str| {
        let program = home.write("ssh", format!("#!/bin/sh\necho '{says}' >&2\nexit 255\n"));
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .unwrap();
        home.run("sync init git@host:journal.git").env("GIT_SSH_COMMAND", program).exits(5).stderr
    };
    let said = ssh("git@host: Permission denied (publickey).");
    let shut = "The remote didn't let you in (git@host: Permission denied (publickey)).\n";
    assert!(said.contains(shut), "{said}");
    let said = ssh("ssh: Could not resolve hostname host: Name or service not known");
    assert!(said.contains("The remote can't be reached (Could not resolve hostname"), "{said}");
    let said = ssh("\u{1b}[2J ERROR: Repository not found.");
    assert!(said.contains("There's no repository") && !said.contains('\u{1b}'), "{said}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_remote_that_takes_nothing_says_why_and_nothing_is_forced() {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    home.keep("write one");
    let hook = remote.path().join("hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho 'Closed until Monday.' >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let said = home.run("sync").exits(5).stderr;
    assert!(said.starts_with("The remote refused your changes (Closed until Monday)."));
    std::fs::remove_file(hook).unwrap();
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_remote_in_another_object_format_is_synced_with_and_stays_so() {
    let formats = ["sha1", "sha256"];
    for (here, there) in formats.into_iter().zip(formats.into_iter().rev()) {
        let (home, other, remote) = (Home::ready(), Home::ready(), Home::new());
        let init = format!("init --quiet --bare --object-format={there} .");
        git(home.path(), remote.path(), &init);
        let place = remote.path().display();
        for (home, format) in [(&home, here), (&other, here), (&home, there)] {
            home.keep("write one");
            let init = format!("sync init {place}");
            home.run(&init).env("GIT_DEFAULT_HASH", format).exits(0);
            home.run("sync").exits(0);
        }
        assert_eq!(files(&home.journal()).len(), 3, "{here} and {there}");
        let mirrors = std::fs::read_dir(home.path().join("inward/state/sync")).unwrap();
        let mirrors = mirrors.filter(|it| it.as_ref().unwrap().path().is_dir());
        assert_eq!(mirrors.count(), 1, "none is left over");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_journal_that_moves_to_a_remote_in_another_object_format_takes_its_entries_along() {
    let (home, first, second) = (Home::ready(), remote(), Home::new());
    begin(&home, &first);
    home.keep("write one");
    sync(&home);
    git(
        home.path(),
        second.path(),
        "init --quiet --bare --initial-branch=main --object-format=sha256 .",
    );
    let init = format!("sync init {}", second.path().display());
    assert!(home.run(&init).exits(0).stderr.ends_with("Synced: 1 file sent.\n"));
    assert_eq!(pushed(second.path()).lines().count(), 1);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_synced_journal_is_told_its_remote_where_none_is_given() {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    let told = home.run("sync init").exits(2).stderr;
    let place = remote.path().display();
    let fact =
        format!("This journal is already synced with {place}, and isn't in a git repository.");
    assert!(told.starts_with(&fact), "{told}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn devices_that_sync_at_the_same_moment_all_get_through() {
    let (first, remote) = (Home::ready(), remote());
    begin(&first, &remote);
    let homes = [&first, &second(&first, &remote), &second(&first, &remote)];
    for round in 0..4 {
        std::thread::scope(|scope| {
            for home in homes {
                scope.spawn(move || {
                    home.keep(&format!("write {round}"));
                    sync(home);
                });
            }
        });
    }
    homes.iter().for_each(|home| drop(sync(home)));
    for home in homes {
        assert_eq!(files(&home.journal()).len(), 12);
        assert_eq!(journal_files(&home.journal()), journal_files(&first.journal()));
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_file_that_is_merely_missing_comes_back_from_either_side() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    home.keep("write two");
    begin(&home, &remote);
    let before = journal_files(&home.journal());
    std::fs::remove_dir_all(home.journal()).unwrap();
    assert_eq!(sync(&home), "Synced: 2 files received.\n");
    assert!(journal_files(&home.journal()) == before);
    let clone = home.path().join("clone");
    git(home.path(), home.path(), &format!("clone --quiet {} clone", remote.path().display()));
    git(home.path(), &clone, "rm --quiet -r .");
    git(home.path(), &clone, "-c user.name=a -c user.email=b commit --quiet -m gone");
    git(home.path(), &clone, "push --quiet");
    assert_eq!(sync(&home), "Synced: 2 files sent.\n");
    assert!(journal_files(&home.journal()) == before);
    assert_eq!(pushed(remote.path()).lines().count(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn two_devices_that_began_apart_become_one_journal() {
    let (first, remote, other) = (Home::ready(), remote(), remote());
    first.keep("write one");
    begin(&first, &remote);
    let second = second(&first, &other);
    second.keep("write two");
    sync(&second);
    begin(&second, &remote);
    sync(&first);
    assert_eq!(first.listed("").len(), 2);
    assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()));
    // A device follows the remote's branch, whatever it is called.
    git(first.path(), other.path(), "branch -m main trunk");
    begin(&Home::ready(), &other);
    assert_eq!(git(first.path(), other.path(), "branch --format='%(refname:short)'"), "trunk");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_new_remote_and_one_that_lost_everything_get_all_of_it() {
    let (home, old, new) = (Home::ready(), remote(), remote());
    home.keep("write one");
    begin(&home, &old);
    begin(&home, &new);
    assert_eq!(pushed(new.path()).lines().count(), 1);
    git(home.path(), new.path(), "update-ref -d refs/heads/main");
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    assert_eq!(pushed(new.path()).lines().count(), 1);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_file_that_is_still_being_copied_does_not_go_and_the_only_copy_of_one_does() {
    let (home, remote) = (Home::ready(), remote());
    let id = home.keep("write one");
    begin(&home, &remote);
    home.keep("write two");
    let file = files(&home.journal()).into_iter().find(|f| !f.to_string_lossy().contains(&id));
    let file = file.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, b"").unwrap();
    home.run("sync").exits(4);
    assert_eq!(pushed(remote.path()).lines().count(), 1);
    std::fs::remove_file(&file).unwrap();
    let copy = file.to_string_lossy().replace(".age", ".sync-conflict-20261123-211403-AB.age");
    std::fs::write(copy, bytes).unwrap();
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    let there = pushed(remote.path());
    assert!(there.lines().count() == 2 && !there.contains("conflict"), "{there}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_folder_that_is_empty_or_new_becomes_the_repository() {
    let stick = tempfile::tempdir().unwrap();
    let folder = |name: &str| stick.path().join(name).display().to_string();
    std::fs::create_dir(folder("empty")).unwrap();
    for name in ["empty", "new.git"] {
        let home = Home::ready();
        home.keep("write one");
        let said = one_line(&home.run_args(["sync", "init", &folder(name)]).ok().stderr);
        let made = format!("Made an empty git repository in {}.", folder(name));
        assert!(said.starts_with(&made), "{said}");
        assert!(said.ends_with("Synced: 1 file sent."), "{said}");
        let other = second_at(&home, &folder(name));
        assert_eq!(other.listed(""), ["one"]);
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_empty_folder_takes_the_place_of_another_remote_and_a_name_that_is_not_there_does_not() {
    let stick = tempfile::tempdir().unwrap();
    let folder = |name: &str| stick.path().join(name).display().to_string();
    let home = Home::ready();
    home.keep("write one");
    home.run_args(["sync", "init", &folder("first")]).ok();
    let said = one_line(&home.run_args(["sync", "init", &folder("mistyped")]).exits(5).stderr);
    assert!(said.contains("is synced with"), "{said}");
    assert!(!stick.path().join("mistyped").exists());
    std::fs::create_dir(folder("second")).unwrap();
    home.run_args(["sync", "init", &folder("second")]).ok();
    assert_eq!(second_at(&home, &folder("second")).listed(""), ["one"]);
}

/// A second device, with a folder that has a repository by now.
fn second_at(first: &Home, folder: &str) -> Home {
    let home = Home::new();
    for file in ["identity.txt", "recipients.txt"] {
        let bytes = std::fs::read(first.inward("config").join(file)).unwrap();
        home.write(&format!("inward/config/{file}"), bytes);
    }
    let said = home.run_args(["sync", "init", folder]).ok().stderr;
    assert!(said.starts_with("From now on, this journal is synced with"), "{said}");
    home
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_folder_of_something_else_or_of_no_disk_is_left_alone_and_nothing_is_promised() {
    let home = Home::ready();
    home.keep("write one");
    let photos = home.write("photos/lake.jpg", "lake");
    let nowhere = home.path().join("not-mounted/journal.git");
    let missing = format!("{} doesn't exist.", home.path().join("not-mounted").display());
    for (folder, hint) in [
        (photos.parent().unwrap(), "git init --bare FOLDER"),
        (nowhere.as_path(), missing.as_str()),
    ] {
        let said = home.run_args(["sync", "init", folder.to_str().unwrap()]).exits(5).stderr;
        let said = one_line(&said);
        assert!(said.starts_with("There's no repository at the remote's address ("), "{said}");
        assert!(said.contains("Nothing was set up."), "{said}");
        assert!(said.contains(hint), "{said}");
        home.run("sync").exits(2);
    }
    assert_eq!(files(photos.parent().unwrap()), [photos]);
    assert!(!nowhere.exists() && !nowhere.parent().unwrap().exists());
}

#[test]
#[ignore = "needs git; run in CI"]
fn of_a_folder_and_of_an_address_it_is_said_what_each_needs() {
    let (home, good) = (Home::ready(), remote());
    let none = home.run("sync init file:///nowhere/journal.git").exits(5).stderr;
    assert!(none.contains("Nothing was set up."), "{none}");
    assert!(!none.contains("folder must be"), "{none}");
    begin(&home, &good);
    let new = home.path().join("new");
    let told = one_line(&home.run(&format!("sync init {}", new.display())).exits(5).stderr);
    assert!(told.contains(&format!("make it first: `mkdir {}`", new.display())), "{told}");
    let inner = new.join("inner");
    let told = one_line(&home.run(&format!("sync init {}", inner.display())).exits(5).stderr);
    assert!(told.contains(&format!("{} doesn't exist. Check", new.display())), "{told}");
    let told = one_line(&home.run("sync init file:///nowhere/journal.git").exits(5).stderr);
    assert!(told.ends_with("Check the address, and try again."), "{told}");
    std::fs::create_dir(&new).unwrap();
    std::fs::write(new.join("note.txt"), "words").unwrap();
    let told = one_line(&home.run(&format!("sync init {}", new.display())).exits(5).stderr);
    assert!(told.ends_with("A folder must be empty or hold a repository."), "{told}");
    std::fs::remove_file(new.join("note.txt")).unwrap();
    home.run(&format!("sync init {}", new.display())).ok();
}
