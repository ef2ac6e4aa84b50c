//! The keys, against programs that others wrote: age itself, ssh-keygen, a
//! plugin, and a camera. Like `real_programs`, these run where those are.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::harness::{BINARY, Home, Terminal, file_of, files, program, succeeds};

const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
const CHOOSES: &str = "INWARD_NEW_PASSPHRASE_COMMAND";
const OLD: &str = "echo 'correct horse'";
const NEW: &str = "echo 'battery staple'";
const POCKET: &str = "age1pocket1wphkx6m9wsjr4vv4";
const POCKET_IDENTITY: &str = "AGE-PLUGIN-POCKET-1WPHKX6M9WS4AR8CK\n";

/// What the real age makes of a file, with this identity.
#[track_caller]
fn age_opens(home: &Home, identity: &Path, file: &Path) -> String {
    succeeds(program(home, "age").arg("-d").arg("-i").arg(identity).arg(file))
}

/// The same, where it asks for a passphrase.
#[track_caller]
fn age_opens_with(home: &Home, passphrase: &str, arguments: &[&Path]) -> String {
    let opened = home.path().join("opened");
    let mut age = program(home, "age");
    age.args(["-d", "-o"]).arg(&opened).args(arguments).stdin(Stdio::inherit());
    let terminal = Terminal::start(age, 24, 80);
    terminal.wait_for("passphrase").answer(passphrase).ends(0);
    std::fs::read_to_string(opened).unwrap()
}

fn key_of(home: &Home) -> String {
    let shown = home.run("key --json").ok().json();
    shown["key"]["recipients"][0]["recipient"].as_str().unwrap().to_owned()
}

/// As a memory stick would.
#[track_caller]
fn carry(from: &Home, to: &Home) {
    std::fs::create_dir_all(to.journal()).unwrap();
    let mut copy = Command::new("cp");
    copy.arg("-a").arg(from.journal().join(".")).arg(to.journal());
    assert!(copy.status().unwrap().success());
}

#[test]
#[ignore = "needs age; run in CI"]
fn a_journal_of_two_devices_that_was_rotated_under_kills_opens_whole_with_the_newest_key_alone() {
    let (desk, phone) = (Home::ready(), Home::ready());
    desk.run(&format!("key add {} --name phone", key_of(&phone))).ok();
    phone.run(&format!("key add {} --name desk", key_of(&desk))).ok();
    for (home, words) in [(&desk, "from the desk"), (&phone, "from the phone")] {
        (0..12).for_each(|n| drop(home.keep(&format!("write '{words} {n}'"))));
    }
    carry(&phone, &desk);
    carry(&desk, &phone);
    let old = key_of(&desk);
    let (mut kills, mut delay) = (0, Duration::from_millis(2));
    while key_of(&desk) == old || desk.inward("config/resealing.json").exists() {
        let mut rotate = Command::new(BINARY);
        rotate.args(["key", "rotate"]).env_clear().envs(desk.env()).current_dir(desk.path());
        rotate.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = rotate.spawn().unwrap();
        std::thread::sleep(delay);
        kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        delay += Duration::from_millis(2);
    }
    println!("{kills} kills");
    let keys = std::fs::read_to_string(desk.inward("config/identity.txt")).unwrap();
    let newest = keys.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).unwrap();
    let newest = desk.write("newest.txt", format!("{newest}\n"));
    let mut said: Vec<String> = files(&desk.journal())
        .iter()
        .map(|file| {
            let entry = age_opens(&desk, &newest, file);
            let entry: serde_json::Value = serde_json::from_str(&entry).unwrap();
            entry["answers"][0]["value"].as_str().unwrap().to_owned()
        })
        .collect();
    let mut wrote: Vec<String> = (0..12)
        .flat_map(|n| ["desk", "phone"].map(|device| format!("from the {device} {n}")))
        .collect();
    said.sort();
    wrote.sort();
    assert_eq!(said, wrote);
    // And what was carried stays readable on the other device.
    carry(&desk, &phone);
    assert_eq!(phone.listed("").len(), 24);
}

#[test]
#[ignore = "needs age; run in CI"]
fn age_opens_the_identity_and_its_backup_after_the_passphrase_changed() {
    let home = Home::new();
    home.run("init").env(OPENS, OLD).ok();
    home.keep("write 'the heron'");
    home.run("key passphrase").env(OPENS, OLD).env(CHOOSES, NEW).ok();
    home.run("key backup copy.txt").env(OPENS, NEW).ok();
    for file in [home.inward("config/identity.age"), home.path().join("copy.txt")] {
        let opened = age_opens_with(&home, "battery staple", &[&file]);
        assert!(opened.contains("\nAGE-SECRET-KEY-1"), "{}", file.display());
        let identity = home.write("identity.txt", &opened);
        let entry = age_opens(&home, &identity, &files(&home.journal())[0]);
        assert!(entry.contains("the heron"));
        std::fs::remove_file(home.path().join("opened")).unwrap();
    }
}

#[test]
#[ignore = "needs rsvg-convert and zbarimg; run in CI"]
fn a_camera_reads_the_very_text_of_the_backup_from_the_printed_page() {
    for passphrase in [true, false] {
        let home = Home::new();
        let init = if passphrase { "init" } else { "init --no-passphrase" };
        home.run(init).env(OPENS, OLD).ok();
        home.run("key backup copy.txt --page page.svg").env(OPENS, OLD).ok();
        let mut print = program(&home, "rsvg-convert");
        succeeds(print.args(["-d", "150", "-p", "150", "-o", "page.png", "page.svg"]));
        // It complains of a desktop that is not there, and reads all the same.
        let camera = r#"zbarimg --quiet --raw page.png 2> /dev/null"#;
        let read = succeeds(program(&home, "sh").args(["-c", camera]));
        let text = std::fs::read_to_string(home.path().join("copy.txt")).unwrap();
        assert_eq!(read.trim_end(), text.trim_end());
        // Typed off the page, it brings the journal back.
        home.keep("write words");
        std::fs::remove_dir_all(home.inward("config")).unwrap();
        home.write("scanned.txt", read);
        home.run("init --identity scanned.txt").env(OPENS, OLD).ok();
        assert!(home.run("list").env(OPENS, OLD).ok().stdout.contains("words"));
    }
}

#[test]
#[ignore = "needs ssh-keygen and age; run in CI"]
fn keys_that_ssh_keygen_makes_seal_and_open_and_age_opens_the_same_files_with_them() {
    for kind in [&["-t", "ed25519"][..], &["-t", "rsa", "-b", "2048"]] {
        for passphrase in ["", "correct horse"] {
            let home = Home::new();
            let mut keygen = program(&home, "ssh-keygen");
            keygen.args(["-q", "-C", "ada@desk", "-f", "id", "-N", passphrase]).args(kind);
            succeeds(&mut keygen);
            let identity = home.path().join("id");
            let run = |arguments: &str| {
                let run = home.run(arguments).env("INWARD_IDENTITY", &identity);
                run.env(OPENS, format!("echo '{passphrase}'"))
            };
            run("init").ok();
            run("write 'the heron'").ok();
            let told = format!("{kind:?} {passphrase:?}");
            assert!(run("list").ok().stdout.contains("the heron"), "{told}");
            let shown = run("key").ok().stdout;
            assert!(shown.contains("(SSH, "), "{shown}");
            let file = files(&home.journal()).remove(0);
            let opened = match passphrase {
                "" => age_opens(&home, &identity, &file),
                words => age_opens_with(&home, words, &[Path::new("-i"), &identity, &file]),
            };
            assert!(opened.contains("the heron"), "{told}");
            if !passphrase.is_empty() {
                let wrong = home.run("list").env("INWARD_IDENTITY", &identity);
                wrong.env(OPENS, "echo wrong").exits(3);
            }
        }
    }
}

#[test]
#[ignore = "needs age; run in CI"]
fn age_and_inward_open_what_the_other_sealed_through_a_plugin() {
    let home = Home::ready();
    let plugin = include_str!("harness/age-plugin-pocket");
    home.script("plugins/age-plugin-pocket", plugin);
    let path = format!(
        "{}:{}",
        home.path().join("plugins").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let identity = home.write("pocket.txt", POCKET_IDENTITY);
    let run = |arguments: &str| home.run(arguments).env("PATH", &path);
    run(&format!("key add {POCKET}")).ok();
    let id = run("write 'the heron'").ok().stdout.trim_end().to_owned();
    let file: PathBuf = file_of(&home, &id);
    let mut age = program(&home, "age");
    let opened = succeeds(age.env("PATH", &path).arg("-d").arg("-i").arg(&identity).arg(&file));
    assert!(opened.contains("the heron"));
    home.write("plain", &opened);
    let mut age = program(&home, "age");
    succeeds(age.env("PATH", &path).args(["-r", POCKET, "-o", "sealed", "plain"]));
    std::fs::rename(home.path().join("sealed"), &file).unwrap();
    home.run("list").exits(4);
    let list = run("list").env("INWARD_IDENTITY", &identity).ok().stdout;
    assert!(list.contains("the heron"), "{list}");
}
