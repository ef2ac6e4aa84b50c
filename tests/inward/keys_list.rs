//! The list of recipients: what it may hold, and what a bad one stops.

use crate::harness::{Home, files, one_line};
use crate::keys::recipients;
use crate::keys_recipients::key_of;

#[test]
fn a_list_of_recipients_that_names_nobody_stops_writing() {
    for text in ["", "# nobody\n\n"] {
        let home = Home::ready();
        std::fs::write(recipients(&home), text).unwrap();
        home.run("write words").exits(2).says(&format!(
            "{} lists no recipient, so there's nobody to encrypt to.\n\
             Delete it: `inward init` then writes a new one, with your own key. Then add every other device or person again, with `inward key add`.\n",
            recipients(&home).display()
        ));
        assert!(files(&home.journal()).is_empty());
    }
}

#[test]
fn a_line_that_is_no_recipient_stops_writing_and_is_named() {
    let home = Home::ready();
    let list = std::fs::read_to_string(recipients(&home)).unwrap();
    std::fs::write(recipients(&home), format!("{list}age1notakey\n")).unwrap();
    home.run("write words").exits(2).says(&format!(
        "Line 4 of {} isn't an age recipient.\n\
         A recipient starts with age1, ssh-ed25519 or ssh-rsa. A comment starts with #. Nothing was kept.\n",
        recipients(&home).display()
    ));
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn a_damaged_list_of_recipients_is_named_where_nothing_is_being_kept() {
    let home = Home::ready();
    home.keep("write words");
    let list = std::fs::read_to_string(recipients(&home)).unwrap();
    std::fs::write(recipients(&home), format!("{list}age1notakey\n")).unwrap();
    let listed = home.run("list").ok();
    assert!(listed.stdout.contains("words"), "{}", listed.stdout);
    let said = one_line(&listed.stderr);
    assert!(
        said.ends_with(
            "You can read your entries, but you can't keep new ones until this is fixed."
        ),
        "{said}"
    );
    assert!(said.contains("isn't an age recipient") && !said.contains("kept"), "{said}");
}

#[test]
fn a_recipient_named_at_init_reads_what_is_written() {
    let other = Home::ready();
    let key = std::fs::read_to_string(recipients(&other)).unwrap();
    let key = key.lines().last().unwrap();
    let home = Home::new();
    home.run(&format!("init --no-passphrase --recipient {key}")).ok();
    home.keep("write 'for both'");
    let own = other.inward("config/identity.txt");
    std::fs::remove_file(home.inward("config/identity.txt")).unwrap();
    let list = home.run("list").env("INWARD_IDENTITY", own).ok();
    assert!(list.stdout.contains("for both"));
}

#[test]
fn a_bad_recipient_at_init_makes_no_key() {
    let home = Home::new();
    let outcome = home.run("init --no-passphrase --recipient ssh-ed25519").exits(2);
    assert!(
        outcome.stderr.starts_with("--recipient number 1 isn't an age recipient."),
        "{}",
        outcome.stderr
    );
    assert!(files(home.path()).is_empty());
}

#[test]
fn a_damaged_list_of_recipients_keeps_nobody_from_reading() {
    let home = Home::ready();
    home.keep("write 'the heron'");
    let list = home.inward("config/recipients.txt");
    let whole = std::fs::read_to_string(&list).unwrap();
    let broken = |text: Option<&str>| {
        let _ = std::fs::remove_file(&list);
        if let Some(text) = text {
            std::fs::write(&list, text).unwrap();
        }
        for verb in ["list", "search heron", "show", "export"] {
            let outcome = home.run(verb).ok();
            assert!(outcome.stdout.contains("the heron"), "{verb}: {}", outcome.stdout);
            assert!(outcome.stderr.contains("recipients.txt"), "{verb}: {}", outcome.stderr);
        }
        assert!(home.run("doctor").exits(4).stdout.contains("can't encrypt what you write"));
        let found = home.run("doctor --json").exits(4).json()["found"].clone();
        assert_eq!(found[0]["damaged"], false, "nothing that was kept is damaged: {found}");
        let page = home.run("").ok().stdout;
        let keys = "  keys  doctor     nothing can be kept until your list of keys is fixed\n";
        assert!(page.contains(keys) && !page.contains("  next  "), "{page}");
        home.run("write 'not sealed to anybody'").exits(2);
    };
    broken(None);
    broken(Some(""));
    broken(Some(&whole.replace("age1", "age2")));
    std::fs::write(&list, whole).unwrap();
    assert_eq!(home.listed(""), ["the heron"]);
}

#[test]
fn a_key_on_the_command_line_that_is_none_is_named_as_it_was_typed() {
    let home = Home::ready();
    home.run("key add foo").exits(2).says(
        "“foo” isn't an age recipient, and there's no file of that name.\nA recipient starts with age1, ssh-ed25519 or ssh-rsa.\n",
    );
}

#[test]
fn a_list_that_is_missing_empty_or_unreadable_is_told_in_three_sentences_and_doctor_says_what_to_do()
 {
    let home = Home::ready();
    home.keep("write words");
    let list = home.inward("config/recipients.txt");
    let told = |fact: &str, fix: &str| {
        let doctor = home.run("doctor --quiet").exits(4).stdout;
        let doctor = one_line(&doctor);
        assert!(doctor.starts_with("Found: ") && doctor.contains(fact), "{doctor}");
        assert!(doctor.contains(fix) && !doctor.contains("Nothing was kept"), "{doctor}");
        let listed = one_line(&home.run("list").ok().stderr);
        assert!(listed.contains(fact), "{listed}");
        assert!(one_line(&home.run("write more").outcome().stderr).contains(fact));
    };
    std::fs::write(&list, "").unwrap();
    let fact = "lists no recipient, so there's nobody to encrypt to.";
    told(fact, "Delete it: `inward init`");
    let add = format!("key add {}", key_of(&Home::ready()));
    for line in ["key reseal", "key rotate", "init", &add] {
        let refused = one_line(&home.run(line).exits(2).stderr);
        assert!(
            refused.contains(fact) && refused.contains("Delete it: `inward init`"),
            "{refused}"
        );
    }
    std::fs::remove_file(&list).unwrap();
    std::fs::create_dir(&list).unwrap();
    told("inward couldn't read ", "recipients.txt");
    std::fs::remove_dir(&list).unwrap();
    told("is missing, so there's nobody to encrypt to.", "`inward init` writes a new one");
    home.run("init").ok();
    home.run("doctor").ok().prints("Opened 1 entry. No problems found.\n");
    home.keep("write more");
}

#[test]
fn without_a_list_a_key_that_is_named_reads_and_what_would_be_kept_names_the_missing_list() {
    let home = Home::ready();
    home.keep("reflect 'the heron'");
    let key = home.path().join("key.txt");
    std::fs::rename(home.inward("config/identity.txt"), &key).unwrap();
    std::fs::remove_dir_all(home.inward("config")).unwrap();
    let run = |line: &str| home.run(line).env("INWARD_IDENTITY", &key);
    for line in ["list", "show", "search heron", "patterns", "export"] {
        let told = one_line(&run(line).ok().stderr);
        assert!(told.contains("recipients.txt is missing"), "{line}: {told}");
    }
    let month = run("look").ok().stdout;
    assert!(month.contains("November 2026") && !month.contains("Nothing here"), "{month}");
    assert!(run("").ok().stdout.contains("reflect"));
    let refused = one_line(&run("write more").exits(2).stderr);
    assert!(refused.contains("recipients.txt is missing"), "{refused}");
    assert!(refused.contains("`inward init` writes a new one"), "{refused}");
    let doctor = one_line(&run("doctor").exits(4).stdout);
    assert!(doctor.contains("`inward init` writes a new one"), "{doctor}");
    assert!(!home.inward("config").exists(), "nothing was made");
    // Another journal's key opens nothing, and that is said once.
    let other = Home::ready();
    let other = other.inward("config/identity.txt");
    for line in ["list", "show", "look", "patterns", "doctor"] {
        let told = home.run(line).env("INWARD_IDENTITY", &other).exits(3).stderr;
        let fact = format!("{} opens none of this journal's entries.\n", other.display());
        assert!(told.starts_with(&fact), "{line}: {told}");
    }
    run("init").ok();
    run("write more").ok();
}
