//! Keys that change while something long is being written, and devices that do not
//! know of it.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use crate::harness::{BINARY, Home, files};
use crate::keys_recipients::{key_of, opens};

/// How many files of a journal the key of another home opens.
fn opened_by(home: &Home, other: &Home) -> usize {
    opens(home, &other.inward("config/identity.txt")).0
}

/// A run whose standard input is still being written.
fn begun(home: &Home, arguments: &[&str]) -> Child {
    let mut command = Command::new(BINARY);
    command.args(arguments).env_clear().envs(home.env()).current_dir(home.path());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn a_key_that_is_removed_in_the_middle_of_an_import_opens_nothing_of_it() {
    let (home, phone) = (Home::ready(), Home::ready());
    home.run(&format!("key add {} --name phone", key_of(&phone))).ok();
    home.keep("write before");
    let entry =
        |n: usize| format!("[2026-10-{:02} 07:{:02}] Day {n}\nwords\n\n", 1 + n / 20, n % 60);
    let mut import = begun(&home, &["import", "--from", "jrnl", "-"]);
    let mut input = import.stdin.take().unwrap();
    // More than a pipe holds, so half of it has been read when this is done.
    let filler = "word ".repeat(400);
    for n in 0..150 {
        input.write_all(format!("{}{filler}\n\n", entry(n)).as_bytes()).unwrap();
    }
    home.run("key remove phone").ok();
    assert_eq!(opened_by(&home, &phone), 0);
    for n in 150..300 {
        input.write_all(entry(n).as_bytes()).unwrap();
    }
    drop(input);
    let ended = import.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(files(&home.journal()).len(), 301);
    assert_eq!(opened_by(&home, &phone), 0, "sealed to a key that was removed");
}
