//! Damage of every kind at every place: each is seen and named, and hides no
//! other entry. Where thousands are tried, the journal is read in the way that
//! every command reads it, without starting the program for each.

use std::path::PathBuf;
use std::time::Duration;

use inward::config::Clock;
use inward::journal::Journal;
use inward::query::Query;
use inward::seal::{Damage, Identity, Recipients};

use crate::harness::{Home, NOW, file_of, files, one_line, snapshot};

const SOON: Duration = Duration::from_secs(10);

/// Three entries. The one in the middle is about to be harmed.
struct Harmed {
    home: Home,
    identity: Identity,
    file: PathBuf,
    whole: Vec<u8>,
}

impl Harmed {
    fn of(words: &str) -> Harmed {
        let home = Home::ready();
        home.keep("write one --at 20:00");
        let id = home.run("write --at 20:30").stdin(words).ok().stdout;
        home.keep("write two --at 21:00");
        let file = file_of(&home, id.trim_end());
        let whole = std::fs::read(&file).unwrap();
        Harmed { identity: home.identity(), home, file, whole }
    }

    /// With these bytes in its place it is left out by name, and the others
    /// are read.
    #[track_caller]
    fn sees(&self, bytes: &[u8], what: &str) -> Damage {
        std::fs::write(&self.file, bytes).unwrap();
        let clock = Clock::at(NOW.parse().unwrap());
        let journal = Journal::at(inward::disk::real(), &self.home.journal());
        let found = journal.find(&Query::everything(), &self.identity, &clock).unwrap();
        let said: Vec<String> = found.entries.iter().map(|k| k.entry.answers[0].text()).collect();
        assert_eq!(said, ["two", "one"], "{what}");
        let [damaged] = found.damaged.as_slice() else { panic!("{what}: {:?}", found.damaged) };
        assert_eq!(damaged.path, self.file, "{what}");
        damaged.why.clone()
    }

    fn flipped(&self, at: usize) -> Vec<u8> {
        let mut bytes = self.whole.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    }
}

#[test]
fn each_byte_flipped_lost_or_doubled_and_each_length_cut_is_seen() {
    let harmed = Harmed::of("harmed");
    for at in 0..harmed.whole.len() {
        harmed.sees(&harmed.flipped(at), &format!("byte {at} flipped"));
        harmed.sees(&harmed.whole[..at], &format!("cut to {at} bytes"));
        let without = [&harmed.whole[..at], &harmed.whole[at + 1..]].concat();
        harmed.sees(&without, &format!("byte {at} lost"));
        let doubled = [&harmed.whole[..=at], &harmed.whole[at..]].concat();
        harmed.sees(&doubled, &format!("byte {at} doubled"));
    }
    println!("{} bytes, each in four ways", harmed.whole.len());
}

#[test]
fn pieces_of_a_long_entry_cannot_be_changed_lost_swapped_or_put_twice() {
    const CHUNK: usize = 64 * 1024 + 16;
    let harmed = Harmed::of(&"harmed ".repeat(40_000));
    let header = harmed.whole.windows(5).position(|w| w == b"\n--- ").unwrap();
    let payload = header + 1 + harmed.whole[header + 1..].iter().position(|b| *b == b'\n').unwrap();
    let start = payload + 1 + 16;
    let chunks: Vec<&[u8]> = harmed.whole[start..].chunks(CHUNK).collect();
    assert!(chunks.len() > 3, "{}", chunks.len());
    let mut tried = 0;
    let mut sees = |bytes: &[u8], what: &str| {
        assert_eq!(harmed.sees(bytes, what), Damage::Broken, "{what}");
        tried += 1;
    };
    let of = |order: &[usize]| {
        let chunks = order.iter().map(|n| chunks[*n]);
        [&harmed.whole[..start]].into_iter().chain(chunks).collect::<Vec<_>>().concat()
    };
    let all: Vec<usize> = (0..chunks.len()).collect();
    for n in 0..chunks.len() {
        let mut lost = all.clone();
        lost.remove(n);
        sees(&of(&lost), &format!("chunk {n} lost"));
        let mut twice = all.clone();
        twice.insert(n, n);
        sees(&of(&twice), &format!("chunk {n} twice"));
        let mut swapped = all.clone();
        swapped.swap(n, (n + 1) % chunks.len());
        sees(&of(&swapped), &format!("chunk {n} swapped"));
        for at in [0, 1, CHUNK / 2, CHUNK - 17, CHUNK - 1] {
            let at = (start + n * CHUNK + at).min(harmed.whole.len() - 1);
            sees(&harmed.flipped(at), &format!("byte {at} flipped"));
            sees(&harmed.whole[..at], &format!("cut to {at} bytes"));
        }
    }
    println!("{tried} harms to {} chunks", chunks.len());
}

#[test]
fn two_files_that_were_swapped_are_both_named_and_the_third_is_read() {
    let harmed = Harmed::of("harmed");
    let all = files(&harmed.home.journal());
    let other = all.iter().find(|file| **file != harmed.file).unwrap();
    std::fs::write(&harmed.file, std::fs::read(other).unwrap()).unwrap();
    std::fs::write(other, &harmed.whole).unwrap();
    let list = harmed.home.run("list").exits(4);
    for file in [&harmed.file, other] {
        let told = format!("{}: its contents don't match its name", file.display());
        assert!(one_line(&list.stderr).contains(&told), "{}", list.stderr);
    }
    assert_eq!(list.stderr.matches("Left out:").count(), 2, "{}", list.stderr);
    assert_eq!(list.stdout.matches("write").count(), 1, "{}", list.stdout);
}

/// Whoever holds the folder puts back what they have seen there earlier.
#[test]
fn an_old_revision_that_is_played_again_is_known_to_be_replaced_and_passes_under_no_other_name() {
    let harmed = Harmed::of("harmed");
    let home = &harmed.home;
    let id = home.run("list --json").ok().json()["entries"][1]["id"].as_str().unwrap().to_owned();
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "fixed"}"#).ok();
    let newer = file_of(home, &id);
    // Under its own name.
    std::fs::write(&harmed.file, &harmed.whole).unwrap();
    assert_eq!(home.listed(""), ["two", "fixed", "one"]);
    std::fs::remove_file(&harmed.file).unwrap();
    // In the place of its successor.
    std::fs::write(&newer, &harmed.whole).unwrap();
    let list = home.run("list").exits(4);
    assert!(list.stderr.contains(newer.to_str().unwrap()), "{}", list.stderr);
    assert!(!list.stdout.contains("harmed") && list.stdout.contains("two"), "{}", list.stdout);
}

#[test]
fn a_gigabyte_in_an_entrys_place_is_named_and_not_read() {
    let harmed = Harmed::of("harmed");
    let file = std::fs::File::create(&harmed.file).unwrap();
    file.set_len(1 << 30).unwrap();
    for arguments in ["list", "export", "doctor"] {
        let outcome = harmed.home.run(arguments).within(SOON).exits(4);
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(said.contains(harmed.file.to_str().unwrap()), "{arguments}: {said}");
        assert!(one_line(&said).contains("too large to be an entry"), "{arguments}: {said}");
    }
    let list = harmed.home.run("list").within(SOON).exits(4);
    assert!(list.stdout.contains("one") && list.stdout.contains("two"), "{}", list.stdout);
}

/// A file that asks for the work of days must not get it.
#[test]
fn work_that_nobody_could_do_is_refused_at_once() {
    const DEMANDING: &str = "age-encryption.org/v1\n\
        -> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\
        --- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAA";
    let harmed = Harmed::of("harmed");
    assert_eq!(harmed.sees(DEMANDING.as_bytes(), "a demanding entry"), Damage::SealedToAnother);
    let config = harmed.home.inward("config");
    std::fs::remove_file(config.join("identity.txt")).unwrap();
    let identity = harmed.home.write("inward/config/identity.age", DEMANDING);
    let passphrase = ("INWARD_PASSPHRASE_COMMAND", "echo 'correct horse'");
    let before = snapshot(&config);
    for arguments in ["list", "key rotate", "key passphrase"] {
        let run = harmed.home.run(arguments).env(passphrase.0, passphrase.1);
        let refused = run.env("INWARD_NEW_PASSPHRASE_COMMAND", passphrase.1).within(SOON).exits(3);
        let said = one_line(&refused.stderr);
        assert!(said.contains(identity.to_str().unwrap()), "{arguments}: {said}");
        assert!(said.contains("30"), "{arguments}: {said}");
    }
    assert!(snapshot(&config) == before);
    // Writing needs no key that opens.
    harmed.home.keep("write more");
}

/// Sealing to a key that nobody has would lose the entry.
#[test]
fn a_recipient_with_any_byte_changed_is_refused_and_nothing_is_sealed_to_another() {
    const OTHER: &str = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
    let home = Home::ready();
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let key = list.lines().find(|line| line.starts_with("age1")).unwrap();
    let (mut flips, mut cuts) = (0, 0);
    for at in 0..key.len() {
        for bit in 0..7 {
            let mut bytes = key.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let text = String::from_utf8(bytes).unwrap();
            // Nor is it left out in silence, beside one that is whole.
            let read = Recipients::parse(&format!("{text}\n{OTHER}\n"), "recipients.txt");
            let same = |r: &Recipients| r.contains(key) || text.starts_with('#');
            assert!(read.is_err() || read.is_ok_and(|r| same(&r)), "{text}");
            flips += 1;
        }
        let cut = Recipients::parse(&format!("{}\n{OTHER}\n", &key[..at]), "recipients.txt");
        assert!(cut.is_err() || at == 0, "{at}");
        cuts += 1;
    }
    println!("{flips} flips and {cuts} cuts of a recipient");
    let before = snapshot(&home.journal());
    for broken in ["", "# nobody\n", &key[..40], &key.to_uppercase().replace('1', "2")] {
        std::fs::write(home.inward("config/recipients.txt"), broken).unwrap();
        let code = home.run("write words").outcome().code;
        assert!([2, 3].contains(&code), "{broken}: {code}");
        assert!(snapshot(&home.journal()) == before, "{broken}");
    }
}
