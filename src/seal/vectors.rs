//! age's own test vectors, through the very ways by which entries and keys are
//! opened here. The `age` crate carries them in its package, which cargo has
//! brought already; nothing of them is checked in.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::file::{NotOpened, open_with_passphrase};
use super::{EntryFileName, Identity, PluginCallbacks, Sealed};
use crate::entry::Entry;
use crate::seal::Damage;

/// Where cargo has unpacked the package. It has brought what this machine builds,
/// and not what another would.
fn folder() -> PathBuf {
    let about = Command::new(env!("CARGO")).arg("-vV").output().unwrap().stdout;
    let about = String::from_utf8(about).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--offline", "--locked"]);
    cargo.args(["--filter-platform", host, "--manifest-path"]);
    let output = cargo.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap();
    let age = packages.iter().find(|package| package["name"] == "age").unwrap();
    let manifest = PathBuf::from(age["manifest_path"].as_str().unwrap());
    manifest.with_file_name("tests").join("testdata/testkit")
}

/// Refused by age's own program; the crate still opens these, as files of early
/// versions of age may look so. Nothing is read from them that was not sealed.
const OF_OLD: [&str; 2] = ["stanza_missing_body", "stanza_missing_final_line"];

struct Vector {
    expect: String,
    said: BTreeMap<String, Vec<String>>,
    file: Vec<u8>,
}

fn read(bytes: &[u8]) -> Vector {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
        let (key, value) = line.split_once(": ").unwrap();
        said.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    let mut file = bytes[end + 2..].to_vec();
    if said.get("compressed").is_some_and(|how| how[0] == "zlib") {
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(&file[..]).read_to_end(&mut plain).unwrap();
        file = plain;
    }
    Vector { expect: said["expect"][0].clone(), said, file }
}

/// As the payload of a vector is named: by its hash.
fn hash(plain: &[u8]) -> String {
    Sha256::digest(plain).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entry() -> Entry {
    crate::entry::testing::entry(serde_json::json!({}))
}

/// The way of an entry: from the journal's bytes to what they say.
fn open(vector: &Vector) -> Result<String, Damage> {
    let keys = vector.said.get("identity").map(|keys| keys.join("\n")).unwrap_or_default();
    let identity =
        Identity::parse(&keys, PluginCallbacks::SILENT).unwrap_or_else(|_| Identity::generate());
    let sealed = Sealed::from_bytes(EntryFileName::of(&entry()), vector.file.clone())?;
    let plain = identity.decrypt(sealed.bytes())?;
    // What opens and is no entry is damage as well.
    assert!(matches!(identity.open(&sealed), Err(Damage::NotAnEntry { .. })));
    Ok(hash(&plain))
}

#[test]
#[ignore = "needs the sources of the age crate, where cargo has put them; run in CI"]
fn ages_own_vectors_open_or_are_refused_as_they_say() {
    let (mut opened, mut refused) = (0, 0);
    let mut files: Vec<_> =
        std::fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let vector = read(&std::fs::read(file).unwrap());
        let succeeds = vector.expect == "success";
        let payload = vector.said.get("payload").map(|hash| hash[0].clone());
        let armoured = vector.said.contains_key("armored");
        if let Some(passphrases) = vector.said.get("passphrase") {
            // The way of a key file, which may be in armour.
            let tries = passphrases.iter().map(|words| {
                let words = SecretString::from(words.clone());
                open_with_passphrase(&vector.file, &words).map(|text| hash(text.as_bytes()))
            });
            let tries: Vec<Result<String, NotOpened>> = tries.collect();
            let whole = tries.iter().find_map(|tried| tried.as_ref().ok().cloned());
            assert_eq!(whole, payload.filter(|_| succeeds), "{name}: {tries:?}");
        }
        let found = open(&vector);
        match (&found, vector.expect.as_str()) {
            // No entry is in armour, and none is sealed with a passphrase.
            (Err(Damage::NotSealed), _) if armoured => {}
            (Err(_), _) if vector.said.contains_key("passphrase") => {}
            (Ok(_), "header failure") if OF_OLD.contains(&&*name) => {}
            (Ok(plain), "success") => {
                assert_eq!(Some(plain), vector.said.get("payload").map(|p| &p[0]), "{name}");
                opened += 1;
                continue;
            }
            (Err(Damage::SealedToAnother), "no match") => {}
            (Err(Damage::Broken), "HMAC failure" | "payload failure") => {}
            (
                Err(Damage::Broken | Damage::NotSealed | Damage::SealedToAnother),
                "header failure",
            ) => {}
            (found, expected) => panic!("{name}: {found:?}, where age says {expected}"),
        }
        refused += 1;
    }
    println!("{} vectors: {opened} opened as entries are, {refused} refused", files.len());
    assert!(files.len() > 100 && opened > 5, "{} {opened}", files.len());
}
