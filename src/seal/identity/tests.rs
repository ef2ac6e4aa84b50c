use super::*;
use crate::seal::Recipients;

const NOWHERE: &str = "age1nowhere1qqqsyqcyq5rqw76xl7d";

fn list(keys: &[String]) -> Recipients {
    Recipients::parse(&keys.join("\n"), "test").unwrap()
}

/// An identity of which a plugin of this name holds the secret. No program is run.
fn held_by(plugin: &str) -> Identity {
    let text = IdentityText::Lines(Zeroizing::new("AGE-PLUGIN-NOWHERE-1\n".into()));
    let public = vec![PublicKey::Plugin(plugin.to_owned())];
    Identity { keys: Vec::new(), public, text, watch: None }
}

#[test]
fn two_identities_together_have_every_key_once_the_newer_first() {
    let [old, new] = [Identity::generate(), Identity::generate()];
    let both = new.and(&old).unwrap();
    assert_eq!(both.recipients(), [new.recipients(), old.recipients()].concat());
    assert!(both.holds(&old) && both.holds(&new) && both.holds(&both));
    assert!(!old.holds(&both) && !old.holds(&new));
    assert!(both.and(&old).unwrap().is_same(&both));
    for sealed in [&old, &new].map(|one| list(&one.recipients()).seal_bytes(b"words").unwrap()) {
        assert_eq!(&**both.decrypt(&sealed).unwrap(), b"words");
    }
    let file = both.to_file();
    assert!(file.starts_with(&format!("# public key: {}\nAGE-SECRET-KEY-1", new.recipients()[0])));
    assert_eq!(file.lines().count(), 3);
    assert!(Identity::parse(&file, PluginCallbacks::SILENT).unwrap().is_same(&both));
}

#[test]
fn what_is_no_key_is_named_by_its_line_and_a_file_without_any_is_empty() {
    let parse = |text: &str| Identity::parse(text, PluginCallbacks::SILENT).err();
    let key = Identity::generate().to_file();
    assert!(parse(&key).is_none());
    assert!(matches!(parse(&format!("{}words\n", &*key)), Some(NotAnIdentity::Line(3))));
    assert!(matches!(parse("# a comment\n\n"), Some(NotAnIdentity::Empty)));
}

#[test]
fn a_key_fits_a_list_that_names_it_and_perhaps_one_that_names_its_plugin() {
    let [own, other] = [Identity::generate(), Identity::generate()];
    let both = own.and(&other).unwrap();
    let tag = include_str!("../../../tests/inward/harness/tagpq-recipient.txt");
    let plugin = list(&[NOWHERE.to_owned()]);
    assert_eq!(own.fits(&list(&own.recipients())), IdentityMatch::Yes);
    assert_eq!(both.fits(&list(&other.recipients())), IdentityMatch::Yes, "with any of its keys");
    for recipients in [&list(&other.recipients()), &plugin, &list(&[])] {
        assert_eq!(own.fits(recipients), IdentityMatch::No);
    }
    assert_eq!(held_by("nowhere").fits(&plugin), IdentityMatch::Perhaps);
    assert_eq!(held_by("elsewhere").fits(&plugin), IdentityMatch::No);
    assert_eq!(held_by("elsewhere").fits(&list(&[tag.to_owned()])), IdentityMatch::Perhaps);
    assert_eq!(held_by("nowhere").fits(&list(&own.recipients())), IdentityMatch::No);
}

#[test]
fn of_a_key_that_a_plugin_holds_nothing_is_derived_and_opening_may_ask() {
    let held = held_by("nowhere");
    assert!(held.may_ask() && !held.is_native() && held.recipients().is_empty());
    assert!(held.derive_key(&[b"one"]).is_none() && held.secrets().next().is_none());
    let own = Identity::generate();
    assert!(!own.may_ask() && own.is_native());
}

#[test]
fn a_derived_key_is_of_one_secret_and_one_purpose() {
    let [old, new] = [Identity::generate(), Identity::generate()];
    let derive = |of: &Identity, purpose: &[u8]| *of.derive_key(&[purpose]).unwrap();
    let [one, two] = [b"one", b"two"];
    assert_eq!(derive(&old, one), derive(&old, one));
    assert_ne!(derive(&old, one), derive(&old, two));
    assert_ne!(derive(&old, one), derive(&new, one));
    assert_ne!(derive(&old, one), [0; 32]);
    // Each secret has the same one when another is added before it.
    let both = new.and(&old).unwrap();
    let of_each = |of: &Identity| {
        let keys = of.secrets().map(|secret| *Identity::derive_key_of(secret, &[one]).unwrap());
        keys.collect::<Vec<_>>()
    };
    assert_eq!(of_each(&both), [of_each(&new), of_each(&old)].concat());
}
