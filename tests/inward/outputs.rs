//! What leaves the program: on a terminal without orders to it, in files outside the
//! journal's folder, and in bounds however much there is.

use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use inward::entry::{Scale, Value};
use inward::seal::{Identity, Recipients};

use crate::harness::{Home, crafted, files, one_line, program};

const ORDERS: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{8} words";

#[test]
fn no_format_gives_a_terminal_orders() {
    let home = Home::ready();
    let mut entry = crafted(ORDERS);
    entry.practice = format!("write{ORDERS}");
    entry.answers[0].asked = format!("Asked{ORDERS}");
    let mut number = entry.answers[0].clone();
    number.question = format!("number{ORDERS}");
    number.value = Value::YesNo(true);
    entry.answers.push(number);
    home.put(&entry);
    home.write("orders.txt", format!("{ORDERS}{{{{ entries[0].answers[0].said }}}}"));
    let orders = ["\u{1b}]0", "\u{7}", "\u{9b}", "\u{202e}", "\u{8}"];
    for arguments in [
        "export --format csv",
        "export --format csv-wide",
        "export --format codebook",
        "export --format codebook",
        "export --format html",
        "export --template orders.txt",
        "list --json",
    ] {
        let terminal = home.terminal_of(24, 80, arguments, &[("PAGER", Path::new("cat"))]);
        terminal.ends(0);
        let raw = terminal.raw();
        for order in orders {
            assert!(!raw.contains(order), "{arguments}: {order:?} in {raw:?}");
        }
    }
    // `| head` hands a table on to a terminal, so it has none there either. JSON has all.
    let table = home.run("export --format csv").ok().stdout;
    assert!(!orders.iter().any(|order| table.contains(order)), "{table:?}");
    let json = home.run("export --json").ok().json();
    assert_eq!(json["entries"][0]["answers"][0]["value"], ORDERS);
}

#[test]
fn nothing_plain_is_written_into_the_journals_folder() {
    let home = Home::ready();
    home.keep("write words");
    let before = files(&home.journal());
    symlink(home.journal(), home.path().join("link")).unwrap();
    let journal = home.journal().display().to_string();
    for place in [&*journal, "link", "link/new", "link/2026/11/../new"] {
        for command in [
            format!("export -o {place}/all.md"),
            format!("export -o {place}/"),
            format!("export --force -o {place}/"),
            format!("patterns --html {place}/all.html"),
            format!("man -o {place}/man"),
            format!("key backup {place}/key.age"),
        ] {
            let refused = one_line(&home.run(&command).exits(2).stderr);
            assert!(refused.contains("the journal's folder"), "{command}: {refused}");
        }
    }
    let prompts = home.inward("config/prompts");
    std::fs::create_dir_all(home.journal().join("prompts")).unwrap();
    symlink(home.journal().join("prompts"), prompts).unwrap();
    home.run("practices new walk").exits(2);
    assert_eq!(files(&home.journal()), before);
    home.run("export -o all.md").ok();
}

#[test]
#[cfg(target_os = "linux")]
fn an_entry_that_is_kept_is_no_failure_where_its_id_cannot_be_printed() {
    let home = Home::ready();
    for arguments in ["write words", "write more --json"] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut write = program(&home, "inward");
        let output = write.args(arguments.split(' ')).stdout(full).output().unwrap();
        let said = one_line(&String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("The entry is kept anyway."), "{said}");
    }
    assert_eq!(home.listed("").len(), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_change_that_is_made_is_no_failure_where_what_tells_of_it_cannot_be_printed() {
    let home = Home::ready();
    let id = home.keep("write words");
    for (arguments, code, done) in [
        (&*format!("edit {id} --tag a --json"), 0, true),
        ("config set day-ends 03:00 --json", 0, true),
        ("practices new walk --json", 0, true),
        ("key reseal --json", 0, true),
        ("lock --json --quiet", 0, true),
        ("key backup copy.txt --json", 0, true),
        (&format!("delete {id} --yes --json"), 0, true),
        // Here the output is all there is.
        ("key backup", 5, false),
        ("config get day-ends", 5, false),
        ("doctor", 5, false),
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut run = program(&home, "inward");
        let output = run.args(arguments.split(' ')).stdout(full).output().unwrap();
        let said = one_line(&String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments}: {said}");
        let is_said = said.contains("the disk is full. The change is made anyway.");
        assert_eq!(is_said, done, "{arguments}: {said}");
        assert!(!done || !said.contains("Free some space"), "{arguments}: {said}");
    }
    home.run("list").exits(1);
}

/// The work grows with the questions and not with their square: this took minutes.
#[test]
fn an_entry_with_very_many_questions_is_read_in_seconds() {
    const QUESTIONS: usize = 100_000;
    let home = Home::ready();
    let mut entry = crafted("x");
    entry.practice = "big".into();
    let mut answer = entry.answers.remove(0);
    answer.scale = Some(Scale { min: 0, max: 4 });
    for n in 0..QUESTIONS {
        answer.question = format!("q{n}");
        answer.asked = format!("How {n}?");
        answer.value = Value::Number((n % 5).into());
        entry.answers.push(answer.clone());
    }
    home.put(&entry);
    let patience = Duration::from_secs(60);
    let told = home.run("patterns big").within(patience).ok().stdout;
    assert!(told.contains("Too few to say: big, “How 0?”"), "{told}");
    let table = home.run("export --format csv-wide").within(patience).ok().stdout;
    assert_eq!(table.lines().next().unwrap().split(',').count(), 2 * QUESTIONS + 7);
}

#[test]
fn doctor_names_a_few_of_many_files_and_counts_the_others() {
    const FILES: usize = 3_000;
    let home = Home::ready();
    home.keep("write words");
    for n in 0..FILES {
        home.write(&format!("inward/journal/2026/11/photo-{n:04}.jpg"), "x");
    }
    let told = home.run("doctor").ok().stdout;
    assert!(told.lines().count() < 80, "{} lines", told.lines().count());
    assert!(told.contains("photo-0000.jpg") && told.contains("Found: 2995 more\n"), "{told}");
    let all = home.run("doctor --json").ok().json();
    let foreign = |found: &&serde_json::Value| {
        found["means"] == "this isn't an entry; inward leaves it alone"
    };
    assert_eq!(all["found"].as_array().unwrap().iter().filter(foreign).count(), FILES);
}

#[test]
fn an_entry_that_another_key_opens_is_not_called_damaged() {
    let home = Home::ready();
    home.keep("write words");
    let other = Identity::generate().recipients().join("\n");
    home.put_sealed(&Recipients::parse(&other, "other").unwrap().seal(&crafted("x")).unwrap());
    let told = home.run("doctor").exits(4).stdout;
    assert!(told.contains("Not read: ") && !told.contains("Damaged"), "{told}");
}

/// A journal with a passphrase that commands print.
fn locked() -> Home {
    Home::locked("echo heron")
}

#[test]
fn today_is_what_is_there_and_names_no_practice_while_locked() {
    let home = Home::ready();
    let gone = home.keep("reflect words");
    home.keep("write words");
    home.run(&format!("delete {gone} --yes")).ok();
    let today = home.run("").ok().stdout;
    assert!(
        today.contains("kept  write      21:14") && !today.contains("kept  reflect"),
        "{today}"
    );
    let home = locked();
    home.run("reflect words").ok();
    let today = home.run("").ok().stdout;
    // Deleted or not, nobody can tell while it's locked.
    assert!(today.contains("  kept  1 entry    unless you deleted it\n"), "{today}");
    assert!(!today.contains("kept  reflect"), "{today}");
    home.run("write words").ok();
    assert!(
        home.run("").ok().stdout.contains("  kept  2 entries  unless you deleted some of them\n")
    );
}

#[test]
fn a_passphrase_that_a_command_prints_is_taken_by_init() {
    let home = locked();
    home.run("write words").ok();
    let list = |command: &str| home.run("list").env("INWARD_PASSPHRASE_COMMAND", command);
    list("echo heron").ok();
    list("echo weir").exits(3);
}

#[test]
fn an_identity_is_found_in_the_home_that_a_tilde_names() {
    let home = Home::ready();
    home.keep("write words");
    std::fs::rename(home.inward("config/identity.txt"), home.path().join("key.txt")).unwrap();
    home.run("list").exits(3);
    home.run("list").env("INWARD_IDENTITY", "~/key.txt").ok();
}

#[test]
fn a_backup_to_a_folder_that_is_not_there_says_so() {
    let home = Home::ready();
    let refused = home.run("key backup /nonexistent/key").exits(5).stderr;
    assert!(refused.contains("inward couldn't write /nonexistent/key: no such file"), "{refused}");
    assert!(!refused.contains("Move it away"), "{refused}");
}

#[test]
fn a_reminder_calls_the_program_by_the_path_that_an_upgrade_keeps() {
    let home = Home::ready();
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let link = bin.join("inward");
    symlink(PathBuf::from(env!("CARGO_BIN_EXE_inward")), &link).unwrap();
    let expected = link.display().to_string();
    let print = |program: &str| {
        let mut remind = std::process::Command::new(program);
        remind.env_clear().envs(home.env()).env("PATH", format!("{}:/usr/bin:/bin", bin.display()));
        let output = remind.args(["remind", "--print", "cron"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(print(&expected).contains(&expected), "{}", print(&expected));
    let by_name = home.script("by-name", "exec inward remind --print cron");
    let by_name = print(by_name.to_str().unwrap());
    assert!(by_name.contains(&expected), "{by_name}");
}

#[test]
fn force_writes_over_no_key_and_no_setting_of_ones_own() {
    let home = Home::ready();
    home.keep("write words");
    let own = ["config/identity.txt", "config/recipients.txt", "state/kept.json", "state/new.md"];
    for place in own.map(|place| home.inward(place)) {
        let (before, path) = (std::fs::read(&place).ok(), place.to_str().unwrap());
        for line in
            [["export", "--force", "-o", path].as_slice(), &["patterns", "--force", "--html", path]]
        {
            home.run_args(line).exits(2);
            assert_eq!(std::fs::read(&place).ok(), before, "{line:?}");
        }
    }
    let key = home.write("key.txt", std::fs::read(home.inward("config/identity.txt")).unwrap());
    let run = home.run_args(["export", "--force", "-o", key.to_str().unwrap()]);
    run.env("INWARD_IDENTITY", &key).exits(2);
    home.run("list").ok();
}
