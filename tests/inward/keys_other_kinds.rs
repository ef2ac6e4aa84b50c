//! Keys that inward doesn't make itself: of SSH, of plugins, and of no use.

use std::os::unix::fs::PermissionsExt;

use crate::harness::{Home, snapshot};
use crate::keys_recipients::opens_all;

const SSH_KEY: &str = include_str!("harness/ssh-key-for-tests");

const SSH_RECIPIENT: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzU6ux22xNLRXpbf6rVfSz9OVRF2KWMFAXyyW//WSHv";

pub const POCKET: &str = "age1pocket1wphkx6m9wsjr4vv4";

pub const POCKET_IDENTITY: &str = "AGE-PLUGIN-POCKET-1WPHKX6M9WS4AR8CK";

#[test]
fn an_ssh_key_seals_and_opens() {
    let home = Home::ready();
    home.keep("write words");
    home.run_args(["key", "add", &format!("{SSH_RECIPIENT} ada@desk")]).ok();
    let shown = home.run("key").ok().stdout;
    assert!(shown.contains("ada@desk (SSH, Ed25519)"), "{shown}");
    let identity = home.write(".ssh/id_ed25519", SSH_KEY);
    assert!(opens_all(&home, &identity));
    // And a journal of its own, with that key alone.
    let other = Home::new();
    other.config(&format!("identity = \"{}\"\n", identity.display()));
    other.run("init").ok();
    other.keep("write 'with ssh'");
    assert_eq!(other.listed(""), ["with ssh"]);
    let refused = other.run("key rotate").exits(2);
    assert!(refused.stderr.contains("inward didn't make the key"), "{}", refused.stderr);
}

/// A home whose PATH has the plugin of these tests.
pub fn with_pocket(home: &Home) -> String {
    let plugin = include_str!("harness/age-plugin-pocket");
    let file = home.write("plugins/age-plugin-pocket", plugin);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    format!("{}:{path}", home.path().join("plugins").display())
}

#[test]
fn a_plugin_seals_and_opens_and_what_it_says_of_failing_is_told() {
    let home = Home::ready();
    let path = with_pocket(&home);
    let run = |arguments: &str| home.run(arguments).env("PATH", &path);
    run("write words").ok();
    run(&format!("key add {POCKET} --name pocket")).ok();
    run("write 'and more'").ok();
    assert!(run("key").ok().stdout.contains("pocket (plugin pocket)"));
    let identity = home.write("pocket.txt", format!("{POCKET_IDENTITY}\n"));
    let list = run("list").env("INWARD_IDENTITY", &identity).ok().stdout;
    assert!(list.contains("words") && list.contains("and more"), "{list}");
    let failed = run("list").env("INWARD_IDENTITY", &identity).env("POCKET_FAILS", "1").exits(5);
    assert!(failed.stderr.contains("the pocket is empty"), "{}", failed.stderr);
    // Sealing cannot go without it, and says so before anything is asked.
    let missing = home.run("write more").exits(5);
    assert!(missing.stderr.contains("age-plugin-pocket"), "{}", missing.stderr);
    // Reading with the own key can.
    home.run("list").ok();
}

#[test]
fn a_post_quantum_recipient_stands_alone() {
    let home = Home::ready();
    let path = with_pocket(&home);
    home.keep("write words");
    home.write("pq.txt", include_str!("harness/tagpq-recipient.txt"));
    let before = snapshot(home.path());
    let mixed = home.run("key add pq.txt").exits(2);
    assert!(mixed.stderr.contains("age doesn't mix"), "{}", mixed.stderr);
    let labelled = home.run(&format!("key add {POCKET}")).env("PATH", &path);
    let mixed = labelled.env("POCKET_LABEL", "postquantum").exits(2);
    assert!(mixed.stderr.contains("age doesn't mix"), "{}", mixed.stderr);
    assert!(snapshot(home.path()) == before);
    // Alone it is sealed to, where the identity that opens it is elsewhere.
    let other = Home::new();
    let key = include_str!("harness/tagpq-recipient.txt").lines().last().unwrap();
    other.write("inward/config/recipients.txt", format!("{key}\n"));
    other.keep("write words");
}

#[test]
fn a_plugins_name_that_leads_elsewhere_runs_nothing() {
    let home = Home::ready();
    // Where the name would lead, if it were taken as it is.
    std::fs::create_dir_all(home.path().join("plugins/age-plugin-..")).unwrap();
    let evil = home.write("evil", "#!/bin/sh\ntouch ran\n");
    std::fs::set_permissions(&evil, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path =
        format!("{}:{}", home.path().join("plugins").display(), std::env::var("PATH").unwrap());
    home.run("key add age1../../evil10qf7pfl0").env("PATH", &path).exits(2);
    let identity = home.write("identity.txt", "AGE-PLUGIN-../../EVIL-10QH24FUL\n");
    home.run("list").env("INWARD_IDENTITY", identity).env("PATH", &path).exits(3);
    assert!(!home.path().join("ran").exists());
}

#[test]
fn what_age_cannot_seal_to_is_refused_with_its_reason() {
    let home = Home::ready();
    let before = snapshot(home.path());
    let secret = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    let secret = secret.lines().last().unwrap();
    for (key, why) in [
        ("age1nonsense", "isn't an age recipient"),
        ("ada@example.org", "isn't an age recipient"),
        (secret, "is a secret key"),
        (
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBA==",
            "age doesn't support",
        ),
    ] {
        let refused = home.run_args(["key", "add", key]).exits(2);
        assert!(refused.stderr.contains(why), "{key}: {}", refused.stderr);
        assert!(!refused.stderr.contains(secret), "a secret is not repeated");
    }
    assert!(snapshot(home.path()) == before);
}
