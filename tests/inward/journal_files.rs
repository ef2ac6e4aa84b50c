//! What lies on disk after writing: names, modes, sizes, and what they tell.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use crate::harness::{Home, NOW, files, mode, name, one_line, walk};

const BASE32: &str = "0123456789abcdefghjkmnpqrstvwxyz";

#[test]
fn a_files_name_tells_the_day_an_id_and_a_revision_and_nothing_else() {
    let home = Home::ready();
    for arguments in ["write words", "reflect words", "intent words --at 2025-01-02"] {
        let kept = home.run(&format!("{arguments} --json")).ok().json();
        let [id, revision] =
            ["id", "revision"].map(|f| kept["kept"][f].as_str().unwrap().to_owned());
        assert!(id.len() == 10 && revision.len() == 6, "{id} {revision}");
        assert!((id.clone() + &revision).chars().all(|c| BASE32.contains(c)), "{id} {revision}");
        let day = &kept["kept"]["at"].as_str().unwrap()[..10];
        let place = format!("{}/{}/{day}-{id}.{revision}.age", &day[..4], &day[5..7]);
        assert!(home.journal().join(&place).is_file(), "{place}");
    }
    assert_eq!(files(&home.journal()).len(), 3);
}

#[test]
fn files_are_0600_and_folders_0700_whatever_the_umask() {
    for umask in [0, 0o777, 0o022] {
        let home = Home::new();
        home.run("init --no-passphrase").umask(umask).ok();
        home.run("write words").umask(umask).ok();
        for path in walk(&home.path().join("inward")) {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&path), wanted, "{} under umask {umask:o}", path.display());
        }
        assert_eq!(
            files(&home.path().join("inward")).len(),
            5,
            "the key, the list, which journals are known, kept, the entry"
        );
    }
}

#[test]
fn a_file_is_a_plain_age_file_in_which_no_word_stands() {
    let home = Home::ready();
    home.keep("write 'the heron on the weir' -t heron");
    let bytes = std::fs::read(&files(&home.journal())[0]).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    for path in files(&home.path().join("inward")) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("heron"), "{}", path.display());
    }
}

#[test]
fn the_size_of_a_small_entry_says_little_of_its_length() {
    let home = Home::ready();
    let mut sizes = Vec::new();
    for length in [1, 10, 300, 1500] {
        let id = home.run("write").stdin("x".repeat(length)).ok().stdout;
        let file = crate::harness::file_of(&home, id.trim_end());
        sizes.push(file.metadata().unwrap().len());
    }
    let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
    // age's own header varies by a random stanza.
    assert!(most - least < 200 && *least >= 2048, "{sizes:?}");
}

#[test]
fn what_this_device_remembers_is_times_and_no_words() {
    let mut home = Home::ready();
    home.keep("write 'the heron' -t heron");
    home.keep("reflect 'the weir' --closeness 3");
    home.at("2026-11-24T08:00:00+00:00").keep("reflect 'again'");
    home.keep("write 'of an earlier day' --at 2026-11-01");
    home.keep("feel lonely --share say");
    let text = std::fs::read_to_string(home.inward("state/kept.json")).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap();
    // `write` and `feel` never come round, so nobody needs to know when they were kept;
    // that `feel` asks back later is in a sealed note.
    assert_eq!(state["kept"], serde_json::json!({ "reflect": "2026-11-24T08:00:00Z" }));
    assert!(
        !text.contains("heron") && !text.contains("weir") && !text.contains("earlier"),
        "{text}"
    );
    assert!(!text.contains("feel"), "{text}");
    let notes = files(&home.inward("state/follow-ups"));
    // And in which journal.
    assert_eq!(files(&home.inward("state")).len(), 2 + notes.len());
    let sealed = std::fs::read(&notes[0]).unwrap();
    assert_eq!((notes.len(), sealed.starts_with(b"age-encryption.org/v1\n")), (1, true));
}

#[test]
fn a_setting_lets_this_device_remember_nothing() {
    let home = Home::ready();
    home.config("remember-when-kept = false\n");
    home.keep("reflect words");
    assert!(!home.inward("state").exists());
    assert!(home.run("due").ok().stdout.contains("reflect\n"));
}

#[test]
fn a_device_that_may_remember_nothing_any_more_forgets_at_once() {
    let home = Home::ready();
    home.keep("reflect words");
    home.run("list").ok();
    assert!(!files(&home.inward("state")).is_empty());
    home.run("config set remember-when-kept false")
        .ok()
        .says("`remember-when-kept` is now false.\n");
    let left = files(&home.inward("state"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_state_that_cannot_be_read_or_written_costs_no_entry() {
    let home = Home::ready();
    home.write("inward/state/kept.json", "{ not json");
    home.keep("reflect first");
    home.run("due reflect").exits(1);
    std::fs::remove_dir_all(home.inward("state")).unwrap();
    home.write("inward/state", "a file in the way");
    let kept = home.run("reflect second").ok();
    let warning = one_line(&kept.stderr);
    assert!(warning.contains("The entry itself is kept."), "{warning}");
    assert_eq!(home.listed("").len(), 2);
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let home = Home::ready();
    home.keep("write words");
    let month = home.journal().join("2026/11");
    std::fs::set_permissions(&month, std::fs::Permissions::from_mode(0o500)).unwrap();
    // Permissions do not stop everyone: root writes all the same.
    let stopped = std::fs::write(month.join("probe"), "").is_err();
    if stopped {
        let outcome = home.run("write more").exits(5);
        let said = format!("inward couldn't write {}", month.display());
        assert!(outcome.stderr.starts_with(&said), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("permission denied"), "{}", outcome.stderr);
    } else {
        std::fs::remove_file(month.join("probe")).unwrap();
    }
    std::fs::set_permissions(&month, std::fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(files(&home.journal()).len(), if stopped { 1 } else { files(&month).len() });
}

#[test]
fn a_file_where_a_folder_should_be_is_named_and_left_alone() {
    for place in ["journal", "journal/2026", "journal/2026/11"] {
        let home = Home::ready();
        std::fs::remove_dir(home.journal()).unwrap();
        let file = home.write(&format!("inward/{place}"), "mine");
        home.run("write words").exits(5).prints("").says(&format!(
            "{} isn't a folder.\nMove it away, or set INWARD_HOME to another folder, and run the command again.\n",
            file.display()
        ));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
fn a_link_where_a_year_should_be_is_refused_and_nothing_is_written_behind_it() {
    for place in ["2026", "2026/11"] {
        let home = Home::ready();
        let outside = home.path().join("outside");
        std::fs::create_dir(&outside).unwrap();
        let link = home.journal().join(place);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(&outside, &link).unwrap();
        home.run("write words").exits(5).prints("").says(&format!(
            "{} is a symbolic link where inward expects a folder.\n\
             inward didn't follow it. Remove the link if you didn't make it.\n",
            link.display()
        ));
        assert!(walk(&outside).is_empty());
        assert!(link.is_symlink());
    }
}

#[test]
fn a_journal_that_is_a_link_is_followed_and_stays_a_link() {
    let home = Home::ready();
    let elsewhere = home.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::remove_dir(home.journal()).unwrap();
    symlink(&elsewhere, home.journal()).unwrap();
    let id = home.keep("write words");
    home.run(&format!("edit {id} --tag more")).ok();
    assert!(home.journal().is_symlink());
    assert_eq!(files(&elsewhere).len(), 1);
    assert_eq!(home.listed(""), ["words"]);
}

#[test]
fn a_journal_that_is_a_link_to_nowhere_is_named_and_not_replaced() {
    let home = Home::ready();
    std::fs::remove_dir(home.journal()).unwrap();
    symlink("/nowhere/at/all", home.journal()).unwrap();
    let outcome = home.run("write words").exits(5);
    let said = format!("{} is a symbolic link", home.journal().display());
    assert!(outcome.stderr.starts_with(&said), "{}", outcome.stderr);
    assert!(home.journal().is_symlink());
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let home = Home::ready();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let home = &home;
            scope.spawn(move || {
                (0..5).for_each(|n| drop(home.keep(&format!("write {writer}-{n}"))));
            });
        }
    });
    assert_eq!(home.listed("").len(), 40);
    assert_eq!(files(&home.journal()).len(), 40);
}

#[test]
fn a_clock_set_back_loses_nothing() {
    let mut home = Home::ready();
    let id = home.keep("write first");
    home.at("2020-01-01T00:00:00+00:00");
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "second"}"#).ok();
    home.keep("write third");
    assert_eq!(home.at(NOW).listed(""), ["second", "third"]);
}

#[test]
fn a_syncers_own_files_in_the_journal_are_no_entries_and_no_damage() {
    let home = Home::ready();
    home.keep("write words");
    for place in
        [".stfolder/x", ".git/HEAD", "notes.txt", "2026/README", "2026/11/.syncthing.x.tmp"]
    {
        home.write(&format!("inward/journal/{place}"), "theirs");
    }
    home.run("list").ok().says("");
    assert_eq!(home.listed(""), ["words"]);
}

#[test]
fn a_conflict_copy_of_a_syncer_is_read_as_the_entry_that_it_is() {
    let home = Home::ready();
    home.keep("write words");
    let file = files(&home.journal()).remove(0);
    for renamed in [".sync-conflict-20261123-211403-ABCDEFG.age", " (conflicted copy).age"] {
        let copy = name(&file).replace(".age", renamed);
        std::fs::copy(&file, file.with_file_name(copy)).unwrap();
    }
    assert_eq!(home.listed(""), ["words"]);
    let first = file.with_file_name(name(&file).replace(".age", " (conflicted copy).age"));
    std::fs::remove_file(&file).unwrap();
    assert_eq!(home.listed(""), ["words"]);
    assert!(Path::new(&first).exists());
}

#[test]
fn a_file_that_a_syncer_is_still_writing_is_read_once_it_is_whole_and_is_no_damage() {
    let home = Home::ready();
    home.keep("write words");
    let file = files(&home.journal()).remove(0);
    let bytes = std::fs::read(&file).unwrap();
    let coming = [format!(".syncthing.{}.tmp", name(&file)), format!("{}.partial", name(&file))];
    for coming in coming.map(|name| file.with_file_name(name)) {
        std::fs::write(&coming, &bytes[..900]).unwrap();
        assert_eq!(home.listed(""), ["words"]);
        std::fs::remove_file(&file).unwrap();
        // It was here, and is not yet again.
        let said = home.run("list").exits(1).stderr;
        assert!(said.starts_with("Missing: ") && said.ends_with("Nothing matches.\n"), "{said}");
        std::fs::write(&coming, &bytes).unwrap();
        assert_eq!(home.listed(""), ["words"]);
        std::fs::rename(&coming, &file).unwrap();
    }
    std::fs::rename(&file, file.with_file_name(format!(".{}.icloud", name(&file)))).unwrap();
    let stub = files(&home.journal()).remove(0);
    std::fs::write(stub, "bplist00").unwrap();
    let said = home.run("list").exits(4).stderr;
    assert!(said.contains("iCloud hasn't downloaded it to this computer yet"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn while_it_holds_plain_text_it_leaves_no_core_dump_and_makes_files_for_its_owner_alone() {
    use std::process::{Command, Stdio};
    let home = Home::ready();
    let mut command = Command::new(crate::harness::BINARY);
    command.arg("write").env_clear().envs(home.env()).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut waiting = command.stderr(Stdio::null()).spawn().unwrap();
    let about = |file: &str| {
        std::fs::read_to_string(format!("/proc/{}/{file}", waiting.id())).unwrap_or_default()
    };
    // It waits for the end of its input by now, or will in a moment.
    let is_hardened = || {
        let limits = about("limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size"));
        about("status").contains("Umask:\t0077")
            && core.is_some_and(|core| core.split_whitespace().skip(4).take(2).eq(["0", "0"]))
    };
    let until = std::time::Instant::now() + crate::harness::PATIENCE;
    while !is_hardened() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(is_hardened(), "{}{}", about("status"), about("limits"));
    drop(waiting.stdin.take());
    waiting.wait().unwrap();
}
