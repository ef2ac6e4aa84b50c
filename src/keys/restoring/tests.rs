use super::*;
use crate::seal::PluginCallbacks;
use secrecy::ExposeSecret;

fn never() -> Result<SecretString> {
    panic!("no passphrase should be asked for")
}

fn key(identity: &Identity, passphrase: &str) -> OwnKey {
    let identity = Identity::parse(&identity.to_file(), PluginCallbacks::SILENT).unwrap();
    let passphrase = (!passphrase.is_empty()).then(|| passphrase.to_owned().into());
    OwnKey { identity, file: "backup".into(), passphrase }
}

/// Two keys of one journal, of which the second replaced the first, and another's.
fn identities() -> [Identity; 3] {
    let (first, other) = (Identity::generate(), Identity::generate());
    let both = Identity::generate().and(&first).unwrap();
    [first, both, other]
}

#[test]
fn the_passphrase_of_the_file_here_stays_unless_only_the_backup_has_one_or_is_newer() {
    let [first, both, other] = identities();
    let of = |backup: &Identity, theirs: &str, here: &str| {
        let (backup, existing) = (key(backup, theirs), key(&first, here));
        let (passphrase, source) = passphrase_of_both(&backup, &existing);
        let passphrase = passphrase.map(|it| it.expose_secret().to_owned());
        (passphrase.unwrap_or_default(), source)
    };
    for (backup, passphrase) in [(&both, "theirs"), (&other, "here")] {
        assert_eq!(of(backup, "theirs", "here").0, passphrase);
        assert!(matches!(of(backup, "", ""), (none, PassphraseSource::Neither) if none.is_empty()));
        assert_eq!(of(backup, "theirs", "").0, "theirs");
        assert_eq!(of(backup, "", "here").0, "here");
    }
    assert!(matches!(of(&both, "theirs", "here").1, PassphraseSource::Backup));
    assert!(matches!(of(&other, "theirs", "here").1, PassphraseSource::Existing));
}

/// A journal's keys without a passphrase: those of this file, and a list.
fn keys_of(identity: &Identity) -> (tempfile::TempDir, Keys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
    let restored = keys.restore(key(identity, ""), &[], &mut never).unwrap();
    assert!(matches!(restored.keys, RestoredKeys::Backup) && !restored.had_list);
    (folder, keys)
}

fn listed(keys: &Keys) -> Vec<String> {
    keys.list().unwrap().rows().into_iter().map(|row| row.key).collect()
}

#[test]
fn a_backup_comes_before_the_key_here_and_both_open_entries_from_then_on() {
    let [first, _, other] = identities();
    let (_folder, keys) = keys_of(&first);
    let restored = keys.restore(key(&other, ""), &[], &mut never).unwrap();
    assert!(matches!(restored.keys, RestoredKeys::Both(PassphraseSource::Neither)));
    assert!(restored.had_list);
    let opened = keys.unlock(&mut never).unwrap();
    assert!(opened.is_same(&other.and(&first).unwrap()));
    assert_eq!(listed(&keys), other.recipients(), "in place of the key of before");
}

#[test]
fn a_backup_whose_keys_are_all_here_changes_no_file() {
    let [first, both, _] = identities();
    let (folder, keys) = keys_of(&both);
    let file = folder.path().join("identity.txt");
    let before = std::fs::read(&file).unwrap();
    let phone = Identity::generate().recipients();
    let restored = keys.restore(key(&first, ""), &phone, &mut never).unwrap();
    assert!(matches!(restored.keys, RestoredKeys::Existing));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(listed(&keys), [both.recipients()[0].clone(), phone[0].clone()]);
}

#[test]
fn a_newer_backup_takes_the_place_of_its_older_key_in_the_list() {
    let [first, both, _] = identities();
    let (_folder, keys) = keys_of(&first);
    keys.restore(key(&both, ""), &[], &mut never).unwrap();
    assert!(keys.unlock(&mut never).unwrap().is_same(&both));
    assert_eq!(listed(&keys), both.recipients()[..1]);
}

#[test]
fn what_is_no_key_of_ages_own_is_no_backup_and_is_named() {
    let [first, ..] = identities();
    let (folder, keys) = keys_of(&first);
    let refused = |text: Option<&str>| {
        let file = folder.path().join("backup");
        let _ = std::fs::remove_file(&file);
        text.into_iter().for_each(|text| std::fs::write(&file, text).unwrap());
        keys.open_backup(&file, &mut never).err().unwrap()
    };
    assert!(matches!(refused(None).of(), Some(DiskError::NoSuchFile { .. })));
    assert!(matches!(refused(Some("words")).of(), Some(KeyError::NotACopy { .. })));
    let ssh = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    assert!(matches!(refused(Some(ssh)).of(), Some(KeyError::SshStays { .. })));
    std::fs::write(folder.path().join("backup"), &*first.to_file()).unwrap();
    let opened = keys.open_backup(&folder.path().join("backup"), &mut never).unwrap();
    assert!(opened.identity.is_same(&first) && !opened.has_passphrase());
}

#[test]
fn what_was_confirmed_with_the_key_here_stays_so_with_the_backup_that_replaced_it() {
    let [first, both, _] = identities();
    let (_folder, keys) = keys_of(&first);
    let phone = Identity::generate().recipients();
    let mut list = keys.list().unwrap();
    assert!(list.add(&phone[0], Some("phone")));
    keys.settle_list(&list).unwrap();
    keys.confirm_recipients(&first, &phone).unwrap();
    keys.restore(key(&both, ""), &[], &mut never).unwrap();
    assert_eq!(listed(&keys), [both.recipients()[0].clone(), phone[0].clone()]);
    assert!(keys.unconfirmed_recipients(&both).unwrap().is_empty());
}
