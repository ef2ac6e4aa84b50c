//! age's own test vectors, opened with the same functions as entries and keys. The `age`
//! crate has them in its package, which cargo has downloaded; none of them are checked
//! in.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::super::file::{PassphraseError, open_with_passphrase};
use super::super::{EntryFileName, Identity, PluginCallbacks, Sealed};
use crate::entry::Entry;
use crate::seal::Damage;

/// Where cargo unpacked the package. Cargo downloads what this platform needs and nothing
/// else, so the metadata must be filtered.
fn folder() -> PathBuf {
    let about = Command::new(env!("CARGO")).arg("-vV").output().unwrap().stdout;
    let about = String::from_utf8(about).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--offline", "--locked"]);
    cargo.args(["--filter-platform", host, "--manifest-path"]);
    let output = cargo.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let age = packages.iter().find(|package| package["name"] == "age").unwrap();
    let manifest = PathBuf::from(age["manifest_path"].as_str().unwrap());
    manifest.with_file_name("tests").join("testdata/testkit")
}

/// The age program refuses these. The crate opens them, as early versions of age could
/// write such files. No plain text comes out that wasn't sealed.
const LEGACY: [&str; 2] = ["stanza_missing_body", "stanza_missing_final_line"];

struct Vector {
    expect: String,
    fields: BTreeMap<String, Vec<String>>,
    file: Vec<u8>,
}

fn read(bytes: &[u8]) -> Vector {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
        let (key, value) = line.split_once(": ").unwrap();
        fields.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    let mut file = bytes[end + 2..].to_vec();
    if fields.get("compressed").is_some_and(|how| how[0] == "zlib") {
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(&file[..]).read_to_end(&mut plain).unwrap();
        file = plain;
    }
    Vector { expect: fields["expect"][0].clone(), fields, file }
}

/// The hash by which a vector names its payload.
fn hash(plain: &[u8]) -> String {
    Sha256::digest(plain).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entry() -> Entry {
    crate::entry::testing::entry(serde_json::json!({}))
}

/// Opens a vector as an entry of the journal is opened.
fn open(vector: &Vector) -> Result<String, Damage> {
    let keys = vector.fields.get("identity").map(|keys| keys.join("\n")).unwrap_or_default();
    let identity =
        Identity::parse(&keys, PluginCallbacks::SILENT).unwrap_or_else(|_| Identity::generate());
    let sealed = Sealed::from_bytes(EntryFileName::of(&entry()), vector.file.clone())?;
    let plain = identity.decrypt(sealed.bytes())?;
    // It opens and isn't an entry, which is damage too.
    assert!(matches!(identity.open(&sealed), Err(Damage::NotAnEntry { .. })));
    Ok(hash(&plain))
}

#[test]
#[ignore = "needs the sources of the age crate, where cargo has put them; run in CI"]
fn ages_own_vectors_open_or_are_refused_as_they_say() {
    let (mut successes, mut refusals) = (0, 0);
    let mut files: Vec<_> =
        std::fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let vector = read(&std::fs::read(file).unwrap());
        let succeeds = vector.expect == "success";
        let payload = vector.fields.get("payload").map(|hash| hash[0].clone());
        let armoured = vector.fields.contains_key("armored");
        if let Some(passphrases) = vector.fields.get("passphrase") {
            // Opened as an identity file is, which may be armoured.
            let tries = passphrases.iter().map(|words| {
                let words = SecretString::from(words.clone());
                open_with_passphrase(&vector.file, &words).map(|text| hash(text.as_bytes()))
            });
            let tries: Vec<Result<String, PassphraseError>> = tries.collect();
            let whole = tries.iter().find_map(|result| result.as_ref().ok().cloned());
            assert_eq!(whole, payload.filter(|_| succeeds), "{name}: {tries:?}");
        }
        let result = open(&vector);
        match (&result, vector.expect.as_str()) {
            // Entries are never armoured or sealed with a passphrase.
            (Err(Damage::NotSealed), _) if armoured => {}
            (Err(_), _) if vector.fields.contains_key("passphrase") => {}
            (Ok(_), "header failure") if LEGACY.contains(&&*name) => {}
            (Ok(plain), "success") => {
                assert_eq!(Some(plain), vector.fields.get("payload").map(|p| &p[0]), "{name}");
                successes += 1;
                continue;
            }
            (Err(Damage::SealedToAnother), "no match") => {}
            (Err(Damage::Broken), "HMAC failure" | "payload failure") => {}
            (
                Err(Damage::Broken | Damage::NotSealed | Damage::SealedToAnother),
                "header failure",
            ) => {}
            (result, expected) => panic!("{name}: {result:?}, where age says {expected}"),
        }
        refusals += 1;
    }
    println!("{} vectors: {successes} successes as entries are, {refusals} refused", files.len());
    assert!(files.len() > 100 && successes > 5, "{} {successes}", files.len());
}
