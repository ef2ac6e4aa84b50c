//! A key that someone put into the list of recipients without the key: it is named to whoever
//! reads, and by every change of keys.

use crate::harness::{Fault, Home, file_of, name, one_line};
use crate::keys_recipients::{key_of, opens};

/// A journal with an entry, to whose list someone adds a key, and then another entry.
fn with_a_stranger() -> (Home, Home, String) {
    let (home, stranger) = (Home::ready(), Home::ready());
    home.keep("write before");
    let key = key_of(&stranger);
    let list = home.inward("config/recipients.txt");
    let text = std::fs::read_to_string(&list).unwrap();
    // The name that inward gives proves nothing.
    std::fs::write(&list, format!("{text}# this device\n{key}\n")).unwrap();
    home.keep("write after");
    (home, stranger, key)
}

/// As a change of keys leaves it that was stopped, with these lists and names of files.
fn make_up(home: &Home, of: &str, [before, after]: [&str; 2], names: &[&str]) {
    let note = serde_json::json!({ "of": of, "journal": "journal", "before": before,
                                   "recipients": after, "files": names });
    home.write("inward/config/resealing.json", note.to_string());
}

/// What is said while this runs.
fn said(home: &Home, line: &str) -> String {
    one_line(&home.run(line).outcome().stderr)
}

#[test]
fn a_key_that_someone_put_into_the_list_is_named_at_each_reading_until_it_is_removed_or_confirmed()
{
    let (home, stranger, key) = with_a_stranger();
    let theirs = stranger.inward("config/identity.txt");
    assert_eq!(opens(&home, &theirs), (1, 2), "what is written from then on");
    let named = format!(
        "What you write can be read with a key that you may not know, as inward didn't add it: this device ({key})"
    );
    let list = said(&home, "list");
    assert!(list.contains(&named), "{list}");
    assert!(list.contains("everyone on the list can then read it"), "{list}");
    let doctor = home.run("doctor").ok().stdout;
    assert!(one_line(&doctor).contains(&format!("inward didn't add the key {key}")), "{doctor}");
    assert!(!doctor.contains("No problems found."), "{doctor}");
    // Nothing that is taken away or copied silences it.
    std::fs::remove_dir_all(home.inward("state")).unwrap();
    stranger.run(&format!("key add {}", key_of(&home))).ok();
    let confirmed = "inward/config/recipients.confirmed";
    home.write(confirmed, std::fs::read(stranger.path().join(confirmed)).unwrap());
    assert!(said(&home, "show").contains(&named));
    let confirms = said(&home, &format!("key add {key}"));
    assert!(
        confirms.contains("that key counts as one you know. Entries from before"),
        "{confirms}"
    );
    assert!(!confirms.contains("fewer recipients"), "{confirms}");
    let again = said(&home, &format!("key add {key}"));
    assert!(again.contains("already encrypted to that key"), "{again}");
    assert!(!said(&home, "list").contains("may not know"));
    let removed = said(&home, &format!("key remove {key}"));
    assert!(!removed.contains("other key"), "{removed}");
    assert_eq!(opens(&home, &theirs), (0, 2));
    // Put back, it is as unknown as before.
    let text = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    home.write("inward/config/recipients.txt", format!("{text}{key}\n"));
    assert!(said(&home, "list").contains("may not know"));
}

#[test]
fn every_change_of_keys_names_the_others_that_can_read() {
    let (home, _stranger, key) = with_a_stranger();
    let named = format!(
        "Every entry can be read with a key that you may not know, as inward didn't add it: this device ({key})"
    );
    let phone = key_of(&Home::ready());
    for change in ["key reseal", "key rotate", &format!("key add {phone} --name phone")] {
        let told = said(&home, change);
        assert!(told.contains(&named), "{change}: {told}");
        assert_eq!(told.matches("may not know").count(), 1, "{change}: {told}");
        assert!(!told.contains("that you know can read"), "{change}: {told}");
    }
    // What was added with the key stays known through a rotation, and is only named.
    let rotated = said(&home, "key rotate");
    let known = format!("1 other key that you know can read every entry: phone ({phone})");
    assert!(rotated.contains(&known) && rotated.contains(&named), "{rotated}");
    let list = said(&home, "list");
    assert!(list.contains(&key) && !list.contains(&phone), "{list}");
}

#[test]
fn a_key_that_someone_put_into_the_list_is_named_as_an_entry_is_kept_and_however_quiet_it_is() {
    let (home, _stranger, key) = with_a_stranger();
    for line in ["write more", "list --quiet", "write more -q"] {
        let told = said(&home, line);
        assert_eq!(told.matches(&key).count(), 1, "{line}: {told}");
    }
    let told = home.run("list -q").ok().stderr;
    let named = format!("a key that you may not know: this device ({key}).");
    assert!(told.ends_with(&format!("{named}\n")) && told.lines().count() == 1, "{told}");
    let confirmed = |home: &Home| {
        let json = home.run("key show --json").ok().json();
        let rows = json["key"]["recipients"].as_array().unwrap().clone();
        rows.iter().map(|row| row["confirmed"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(confirmed(&home), [true, false]);
    home.lock_key("echo words");
    assert_eq!(confirmed(&home), [(); 2].map(|()| serde_json::Value::Null));
}

#[test]
fn a_key_that_was_being_added_when_it_was_interrupted_is_known() {
    let (home, phone) = (Home::ready(), key_of(&Home::ready()));
    home.keep("write before");
    let added = home.faulted(&format!("key add {phone}"), &[], "unlinkat", 1, Fault::Killed);
    assert!(added.met && home.inward("config/resealing.json").exists(), "{added:?}");
    home.run("key reseal").ok();
    assert!(!said(&home, "list").contains("may not know"));
}

#[test]
fn a_change_of_keys_that_someone_made_up_silences_nothing() {
    let (home, _stranger, key) = with_a_stranger();
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let note = |of: &str, recipients: &str| make_up(&home, of, [&list, recipients], &[]);
    let is_named = || {
        let told = said(&home, "list");
        assert!(told.contains("may not know") && told.contains(&key), "{told}");
    };
    home.write("inward/config/resealing.json", "{");
    is_named();
    for of in ["add", "rotate", "reseal"] {
        note(of, &list);
        is_named();
    }
    // Nor does continuing it add a key that nobody asked for, and it says so.
    let other = Home::ready();
    let left_out = key_of(&other);
    for line in ["key reseal", "key reseal --quiet"] {
        note("add", &format!("{list}# phone\n{left_out}\n"));
        let told = said(&home, line);
        assert!(told.contains("The half-done change adds a key that you may not know"), "{told}");
        assert!(told.contains(&format!("out: phone ({left_out})")), "{told}");
    }
    note("add", &format!("{list}{left_out}\n"));
    let told = said(&home, "key reseal");
    assert!(told.contains("Encrypted 2 entries again."), "{told}");
    assert_eq!(std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap(), list);
    assert_eq!(opens(&home, &other.inward("config/identity.txt")), (0, 2));
    // Of a key that is confirmed, nothing is said that continuing it makes untrue.
    note("add", &list);
    let told = said(&home, &format!("key add {key}"));
    assert_eq!(told, "From now on, that key counts as one you know. Encrypted 2 entries again.",);
}

#[test]
fn a_rotation_that_someone_made_up_takes_the_place_of_none() {
    let home = Home::ready();
    home.keep("write before");
    let list = || std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let (own, first) = (key_of(&home), list());
    make_up(&home, "rotate", [&first, &first], &[]);
    assert!(!said(&home, "key reseal").contains("your old backup"));
    make_up(&home, "rotate", [&first, &first], &[]);
    let finished = "If you hadn't started one, run `inward key rotate` again";
    let told = said(&home, "key rotate");
    assert!(told.contains("your old backup") && !told.contains(finished), "{told}");
    let newest = key_of(&home);
    assert_ne!(newest, own);
    // One like the last can be made up, which is then said.
    make_up(&home, "rotate", [&first, &list()], &[]);
    let told = said(&home, "key rotate");
    assert!(told.contains(finished) && key_of(&home) == newest, "{told}");
    assert!(!said(&home, "key rotate").contains(finished) && key_of(&home) != newest);
}

#[test]
fn a_removal_that_someone_made_up_leaves_no_entry_to_the_key() {
    let (home, phone) = (Home::ready(), Home::ready());
    let id = home.keep("write before");
    let earlier = file_of(&home, &id);
    let (without, key) =
        (std::fs::read(home.inward("config/recipients.txt")).unwrap(), key_of(&phone));
    home.run(&format!("key add {key}")).ok();
    let with = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    home.write("inward/config/recipients.txt", &without);
    // As if the files that are there had been encrypted again already.
    let without = String::from_utf8(without).unwrap();
    make_up(&home, "remove", [&with, &without], &[name(&earlier)]);
    let theirs = phone.inward("config/identity.txt");
    assert_eq!(opens(&home, &theirs), (1, 1));
    assert!(said(&home, &format!("key remove {key}")).contains("Encrypted 1 entry again."));
    assert_eq!(opens(&home, &theirs), (0, 1));
}

#[test]
fn with_a_key_that_can_confirm_none_no_other_is_said_to_be_known_or_added_by_a_note() {
    const SSH_KEY: &str = include_str!("harness/ssh-key-locked-for-tests");
    let (home, other) = (Home::new(), Home::ready());
    home.config(&format!("identity = \"{}\"\n", home.write(".ssh/id", SSH_KEY).display()));
    let run = |line: &str| {
        home.run(line).env("INWARD_PASSPHRASE_COMMAND", "echo three words long").ok().stderr
    };
    run("init");
    run("write before");
    let (list, key) = (home.inward("config/recipients.txt"), key_of(&other));
    let before = std::fs::read_to_string(&list).unwrap();
    make_up(&home, "add", [&before, &format!("{before}# phone\n{key}\n")], &[]);
    let told = one_line(&run("key reseal"));
    assert!(told.contains(&format!("inward left it out: phone ({key})")), "{told}");
    assert_eq!(opens(&home, &other.inward("config/identity.txt")), (0, 1));
    run(&format!("key add {key} --name phone"));
    assert_eq!(opens(&home, &other.inward("config/identity.txt")), (1, 1));
    let told = one_line(&run("key reseal"));
    assert!(told.ends_with(&format!("1 other key can read every entry: phone ({key})")), "{told}");
}
