//! Reminders: what would be set up, setting it up, and what is said where that
//! cannot be.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::harness::{Home, files, one_line, program, succeeds};

#[test]
fn a_reminder_says_nothing_of_what_it_reminds_of() {
    let home = Home::ready();
    for system in ["systemd", "cron", "launchd"] {
        let text = home.run(&format!("remind --print {system} --at 21:05")).ok().stdout;
        assert!(text.contains("A quiet minute?") && text.contains("due --quiet"), "{text}");
        assert!(!text.contains("reflect") && !text.contains("journal"), "{text}");
    }
    let cron = home.run("remind --print cron --at 21:05 --text 'it is 50% \"so\"'").ok().stdout;
    assert!(cron.starts_with("5 21 * * * INWARD_HOME=") && cron.contains("50\\%"), "{cron}");
    let evening = home.run("remind --print cron --at 9pm --at noon").ok().stdout;
    assert!(evening.contains("0 21 * * * ") && evening.contains("0 12 * * * "), "{evening}");
    let once = home.run("remind --print cron --at 9pm --at noon --at 21:00").ok().stdout;
    assert_eq!(once, evening, "a time given twice is one");
    for bad in ["25:00", "'yesterday 21:00'", "'21:00 UTC'"] {
        home.run(&format!("remind --at {bad} --print cron")).exits(2);
    }
    home.run("remind")
        .exits(1)
        .says("No reminder is set up. `inward remind install` sets one up.\n");
    home.run("remind remove").exits(1);
    assert!(files(&home.path().join(".config")).is_empty());
}

#[test]
fn a_reminder_is_about_the_journal_that_was_named_by_a_flag_as_by_the_variable() {
    let home = Home::ready();
    home.run("init --journal other").ok();
    let other = home.path().join("other");
    for system in ["cron", "systemd", "launchd"] {
        let print = format!("remind --print {system}");
        let by_flag = home.run(&format!("{print} --journal other")).ok().stdout;
        assert!(by_flag.contains(&format!("INWARD_JOURNAL={}", other.display())), "{by_flag}");
        let by_variable = home.run(&print).env("INWARD_JOURNAL", &other).ok();
        assert_eq!(by_flag, by_variable.stdout);
        assert!(!home.run(&print).ok().stdout.contains("INWARD_JOURNAL"));
    }
}

#[test]
fn what_a_reminder_is_to_be_is_refused_where_none_is_set_up() {
    let home = Home::ready();
    for arguments in ["remind --at 21:00", "remind status --at 21:00", "remind remove --text so"] {
        let said = home.run(arguments).exits(2).stderr;
        assert!(said.contains("inward remind install --"), "{said}");
    }
    assert!(files(&home.path().join(".config")).is_empty());
}

#[test]
fn a_reminder_that_systemd_cannot_be_told_of_is_not_half_set_up() {
    let home = Home::ready();
    let said = home.run("remind install").env("PATH", "/nowhere").exits(5).stderr;
    assert!(said.starts_with("inward can't reach your systemd ("), "{said}");
    assert!(said.contains("inward remind --print cron"), "{said}");
    assert!(!home.path().join(".config").exists(), "nothing is left behind");
    home.run("remind").exits(1);
    let (home, path) = with_systemctl("");
    home.run("remind install").env("PATH", &path).ok();
    let said = home.run("remind").env("PATH", "/nowhere").exits(5).stderr;
    assert!(said.starts_with("inward can't reach your systemd ("), "{said}");
    home.run("remind remove").env("PATH", "/nowhere").ok().says("Reminder removed.\n");
    assert!(files(&home.path().join(".config")).is_empty());
}

/// A home whose systemctl notes what it is told, does as `does` says, and a PATH
/// with it.
fn with_systemctl(does: &str) -> (Home, String) {
    let home = Home::ready();
    let told = home.path().join("told");
    systemctl(&home, &format!("echo \"$@\" >>{}\n{does}", told.display()));
    let path = format!("{}:/usr/bin:/bin", home.path().join("bin").display());
    (home, path)
}

fn systemctl(home: &Home, does: &str) {
    let program = home.write("bin/systemctl", format!("#!/bin/sh\n{does}\n"));
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
}

fn timer(home: &Home) -> PathBuf {
    home.path().join(".config/systemd/user/quiet-minute.timer")
}

#[test]
fn a_reminder_is_set_up_by_telling_systemd() {
    let (home, path) = with_systemctl("");
    home.write("bin/notify-send", "#!/bin/sh\n");
    let notify = home.path().join("bin/notify-send");
    std::fs::set_permissions(&notify, PermissionsExt::from_mode(0o700)).unwrap();
    let run = |arguments: &str| home.run(arguments).env("PATH", &path).ok().stderr;
    let said = run("remind install --at 21:05 --at 07:30");
    assert_eq!(said, "At 21:05 and 07:30, if something is due: “A quiet minute?”\n");
    assert_eq!(run("remind"), "A reminder is set up for 21:05 and 07:30.\n");
    let text = std::fs::read_to_string(timer(&home)).unwrap();
    assert!(text.contains("OnCalendar=*-*-* 21:05:00"), "{text}");
    let json =
        |arguments: &str| home.run(arguments).env("PATH", &path).ok().json()["reminder"].clone();
    let hours = serde_json::json!({ "hours": ["07:30"], "runs": true });
    assert_eq!(json("remind install --at 07:30 --json"), hours);
    assert_eq!(json("--json remind"), hours);
    assert_eq!(json("remind remove --json"), serde_json::Value::Null);
    home.run("remind install --print cron --json").exits(2);
    let told = std::fs::read_to_string(home.path().join("told")).unwrap();
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(
        told[..3],
        ["daemon-reload", "enable quiet-minute.timer", "restart quiet-minute.timer"]
            .map(|t| format!("--user {t}"))
    );
    assert!(told.contains(&"--user disable --now quiet-minute.timer"), "{told:?}");
}

#[test]
fn a_reminder_that_works_stays_where_a_new_one_cannot_be_set_up() {
    let (home, path) = with_systemctl("");
    home.run("remind install --at 21:05").env("PATH", &path).ok();
    let before = std::fs::read_to_string(timer(&home)).unwrap();
    systemctl(&home, "case $2 in restart) echo no >&2; exit 1;; esac");
    home.run("remind install --at 07:30").env("PATH", &path).exits(5);
    assert_eq!(std::fs::read_to_string(timer(&home)).unwrap(), before);
}

#[test]
fn units_that_inward_did_not_write_are_neither_replaced_nor_deleted() {
    let (home, path) = with_systemctl("");
    let run = |arguments: &str| home.run(arguments).env("PATH", &path);
    let folder = home.path().join(".config/systemd/user");
    for (name, text) in [
        ("quiet-minute.service", "[Service]\nExecStart=/usr/bin/backup-my-photos\n"),
        ("quiet-minute.timer", "[Timer]\nOnCalendar=*-*-* 03:00:00\n"),
    ] {
        run("remind install --at 21:05").ok();
        home.write(&format!(".config/systemd/user/{name}"), text);
        let before = files(&folder);
        for arguments in ["remind install --at 07:30", "remind remove"] {
            let said = run(arguments).exits(2).stderr;
            assert!(one_line(&said).contains(&format!("{name} isn't inward's own, so")), "{said}");
            assert_eq!(files(&folder), before, "{arguments}");
            assert_eq!(std::fs::read_to_string(folder.join(name)).unwrap(), text, "{arguments}");
        }
        run("remind")
            .exits(1)
            .says("No reminder is set up. `inward remind install` sets one up.\n");
        std::fs::remove_file(folder.join(name)).unwrap();
        // Half of one isn't set up, and is removed as well.
        run("remind")
            .exits(1)
            .says("No reminder is set up. `inward remind install` sets one up.\n");
        run("remind remove").ok();
        assert!(files(&folder).is_empty());
    }
    let told = std::fs::read_to_string(home.path().join("told")).unwrap();
    assert_eq!(told.matches("disable").count(), 2, "{told}");
}

#[test]
fn a_reminder_that_does_not_run_or_cannot_be_asked_is_not_called_set_up_and_well() {
    let (home, path) = with_systemctl("");
    home.run("remind install --at 21:05").env("PATH", &path).ok();
    systemctl(&home, "exit 3");
    let said = home.run("remind status").env("PATH", &path).exits(1).stderr;
    assert!(one_line(&said).contains("set up for 21:05, but its timer isn't running"), "{said}");
    systemctl(&home, "echo 'Failed to connect to bus: No medium found' >&2; exit 1");
    let said = home.run("remind status").env("PATH", &path).exits(5).stderr;
    assert!(said.contains("No medium found"), "{said}");
}

#[test]
#[ignore = "needs systemd; run in CI"]
fn systemd_finds_no_fault_in_the_units() {
    let home = Home::ready();
    let text = home.run("remind --print systemd --text '50% of $HOME \"so\"'").ok().stdout;
    let (service, timer) = text.split_once("\n# quiet-minute.timer\n").unwrap();
    home.write("units/quiet-minute.service", service);
    home.write("units/quiet-minute.timer", timer);
    let units = ["units/quiet-minute.service", "units/quiet-minute.timer"];
    succeeds(program(&home, "systemd-analyze").args(["verify", "--man=no"]).args(units));
}

#[test]
fn what_was_moved_or_deleted_is_due_again() {
    let mut home = Home::ready();
    home.at("2026-11-20T21:00:00+00:00");
    let gratitude = home.keep("gratitude 'The soup'");
    home.at("2026-11-23T21:00:00+00:00");
    let state = |home: &Home| {
        let text = std::fs::read(home.inward("state/kept.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&text).unwrap()["kept"].clone()
    };
    let id = home.keep("reflect 'The door'");
    home.run("due reflect").exits(1);
    home.run(&format!("edit {id} --at 'yesterday 23:00'")).ok();
    home.run("due reflect").ok();
    let before = "2026-11-20T21:00:00Z";
    let moved = serde_json::json!({ "gratitude": before, "reflect": "2026-11-22T23:00:00Z" });
    assert_eq!(state(&home), moved);
    // And kept again, once it is back.
    home.run(&format!("edit {id} --at 'today 20:00'")).ok();
    home.run("due reflect").exits(1);
    home.run(&format!("delete {id} --yes")).ok();
    home.run("due reflect").ok();
    // What stands still counts.
    let second = home.keep("gratitude 'The bread'");
    home.run(&format!("delete {second} --yes")).ok();
    assert_eq!(state(&home), serde_json::json!({ "gratitude": before }));
    home.run("due gratitude").exits(1);
    // Where nothing is remembered, nothing is.
    home.config("remember-when-kept = false\n");
    home.run(&format!("delete {gratitude} --yes")).ok();
    assert!(!home.inward("state/kept.json").exists());
}

#[test]
fn after_everything_was_deleted_no_reminder_rings() {
    let home = Home::ready();
    home.run("due").ok();
    std::fs::remove_dir_all(home.inward("")).unwrap();
    home.run("due").exits(1).prints("").says("");
    home.run("due reflect").exits(1).prints("").says("");
    let due = home.run("due --json").exits(1).json();
    assert_eq!(due["due"], serde_json::json!([]));
}
