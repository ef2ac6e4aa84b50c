use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::*;

const NOWHERE: &str = "age1nowhere1qqqsyqcyq5rqw76xl7d";
const ED25519: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN";

fn post_quantum() -> &'static str {
    let file = include_str!("../../../tests/inward/harness/tagpq-recipient.txt");
    file.lines().last().unwrap()
}

/// An SSH key of these parts (RFC 4253, section 6.6).
fn ssh(parts: &[&[u8]]) -> String {
    let part = |part: &&[u8]| [&(part.len() as u32).to_be_bytes()[..], part].concat();
    let kind = std::str::from_utf8(parts[0]).unwrap();
    let bytes: Vec<u8> = parts.iter().flat_map(part).collect();
    format!("{kind} {} ada@desk", BASE64_STANDARD.encode(bytes))
}

/// An RSA key whose modulus has as many bytes. Nobody has its secret half.
fn rsa(bytes: usize) -> String {
    ssh(&[b"ssh-rsa", &[1, 0, 1], &[vec![0], vec![0xff; bytes]].concat()])
}

#[test]
fn each_kind_of_key_is_called_what_age_calls_it() {
    let own = Identity::generate().recipients().remove(0);
    for (key, kind, is_held_elsewhere) in [
        (&*own, "X25519", false),
        (post_quantum(), "hardware, post-quantum", true),
        (&rsa(256), "SSH, RSA", false),
        (ED25519, "SSH, Ed25519", false),
        (NOWHERE, "plugin nowhere", true),
    ] {
        let recipient = Recipient::parse(&format!(" {key}\n")).unwrap();
        assert_eq!((&*recipient.kind(), recipient.is_held_elsewhere()), (kind, is_held_elsewhere));
        assert_eq!(recipient.plugin().is_some(), kind == "plugin nowhere");
        assert_eq!(recipient.text(), key.trim_end_matches(" ada@desk"));
    }
}

#[test]
fn what_is_no_public_key_is_refused_by_what_it_is() {
    let refused = |text: &str| Recipient::parse(text).err().unwrap();
    assert_eq!(refused("words"), NotARecipient::Unknown);
    assert_eq!(refused("ssh-ed25519 words"), NotARecipient::Unknown);
    assert_eq!(refused(&rsa(128)), NotARecipient::RsaTooSmall);
    assert_eq!(refused(&rsa(1024)), NotARecipient::RsaTooLarge);
    let kind = "ecdsa-sha2-nistp256";
    let other = ssh(&[kind.as_bytes(), b"nistp256", &[4; 65]]);
    assert_eq!(refused(&other), NotARecipient::SshKind(kind.into()));
    let secret = Identity::generate();
    let secret = secret.secret().unwrap();
    for text in [secret, &secret.to_lowercase(), "-----BEGIN OPENSSH PRIVATE KEY-----"] {
        assert_eq!(refused(text), NotARecipient::Secret);
    }
}

#[test]
fn a_list_names_each_key_once_and_says_whom_it_can_be_sealed_to_before_anything_is_written() {
    let [own, other] = [Identity::generate(), Identity::generate()];
    let key = own.recipients().remove(0);
    let list = |text: &str| Recipients::parse(text, "test").unwrap();
    let twice = list(&format!("\u{feff}# mine\n{key}\n\n  {key}\n{ED25519} one\n{ED25519} two\n"));
    assert_eq!(twice.iter().map(Recipient::text).collect::<Vec<_>>(), [&*key, ED25519]);
    assert!(twice.contains(&key) && !twice.contains(&other.recipients()[0]));
    assert!(list("# nobody\n").is_empty() && !twice.is_empty());
    assert!(twice.check().is_ok() && twice.opened_by(&own).unwrap());
    assert!(!twice.opened_by(&other).unwrap());
    assert!(list(post_quantum()).check().is_ok());
    let error = |text: &str| list(text).check().unwrap_err();
    let mixed = error(&format!("{key}\n{}", post_quantum()));
    assert!(matches!(mixed.of(), Some(SealError::Mixed)));
    let missing = error(&format!("{key}\n{NOWHERE}"));
    let Some(SealError::PluginMissing { program }) = missing.of() else { panic!("{missing}") };
    assert_eq!(program, "age-plugin-nowhere");
}
