use super::*;
use crate::error::Error;
use crate::seal::{IdentityFile, SealError};

fn never() -> Result<SecretString> {
    panic!("no passphrase should be asked for")
}

fn fresh() -> (tempfile::TempDir, Keys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
    (folder, keys)
}

#[test]
fn a_key_is_made_once_and_never_over_another() {
    let (folder, keys) = fresh();
    assert!(!keys.exist());
    keys.create(None, &[]).unwrap();
    let before = std::fs::read(folder.path().join("identity.txt")).unwrap();
    assert!(
        matches!(keys.create(None, &[]), Err(e) if matches!(e.of(), Some(KeyError::Exists { .. })))
    );
    assert_eq!(std::fs::read(folder.path().join("identity.txt")).unwrap(), before);
    keys.unlock(&mut never).unwrap();
}

#[test]
fn a_folder_in_place_of_the_key_is_no_key_file_and_one_that_is_named_is_neither() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    let file = folder.path().join("identity.txt");
    std::fs::remove_file(&file).unwrap();
    let why = |keys: &Keys| match keys.unlock(&mut never).unwrap_err().of() {
        Some(KeyError::BadIdentity { why, .. }) => why.clone(),
        other => panic!("{other:?}"),
    };
    std::fs::create_dir(&file).unwrap();
    assert_eq!(why(&keys), "it isn't an ordinary file");
    let elsewhere = tempfile::tempdir().unwrap();
    let named = Some(elsewhere.path());
    let keys = Keys::new(crate::disk::real(), folder.path(), named, PluginCallbacks::SILENT);
    assert_eq!(why(&keys), "it's a folder");
}

#[test]
fn an_empty_passphrase_is_refused_before_anything_is_written() {
    let (folder, keys) = fresh();
    let empty = SecretString::from(String::new());
    assert!(
        matches!(keys.create(Some(&empty), &[]), Err(e) if matches!(e.of(), Some(KeyError::EmptyPassphrase)))
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_bad_recipient_is_refused_before_a_key_is_made() {
    let (_folder, keys) = fresh();
    let error = keys.create(None, &["age1nonsense".into()]).unwrap_err();
    assert!(matches!(error.of(), Some(SealError::NotARecipient { line: 1, .. })));
    assert!(!keys.exist());
}

#[test]
fn another_journals_identity_does_not_fit() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    let (other_folder, other) = fresh();
    other.create(None, &[]).unwrap();
    let foreign = other_folder.path().join("identity.txt");
    let named =
        Keys::new(crate::disk::real(), folder.path(), Some(&foreign), PluginCallbacks::SILENT);
    assert!(
        matches!(named.unlock(&mut never), Err(e) if matches!(e.of(), Some(KeyError::IdentityDoesNotFit { .. })))
    );
}

#[test]
fn a_missing_identity_is_reported_and_not_made_again() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    std::fs::remove_file(folder.path().join("identity.txt")).unwrap();
    assert!(
        matches!(keys.unlock(&mut never), Err(e) if matches!(e.of(), Some(KeyError::NoIdentity { .. })))
    );
    assert!(keys.exist(), "the recipients still stand");
    assert!(keys.recipients().is_ok(), "writing goes on");
}

#[test]
fn setting_up_continues_where_it_was_interrupted() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    let recipients = folder.path().join("recipients.txt");
    let before = std::fs::read(&recipients).unwrap();
    std::fs::remove_file(&recipients).unwrap();
    assert!(keys.complete(&mut never, &[]).unwrap());
    assert_eq!(std::fs::read(&recipients).unwrap(), before);
    assert!(!keys.complete(&mut never, &[]).unwrap());
}

#[test]
fn recipients_that_are_empty_or_malformed_are_named_by_line() {
    let (folder, keys) = fresh();
    let path = folder.path().join("recipients.txt");
    std::fs::write(&path, "# nobody\n\n").unwrap();
    assert!(
        matches!(keys.recipients(), Err(e) if matches!(e.of(), Some(KeyError::NoRecipients { .. })))
    );
    std::fs::write(&path, "# me\nage1oops\n").unwrap();
    let line = |e: Error| matches!(e.of(), Some(SealError::NotARecipient { line: 2, .. }));
    assert!(keys.recipients().is_err_and(line));
    // The first byte is number 1, as everywhere.
    std::fs::write(&path, b"#\xff").unwrap();
    let byte = |e: Error| matches!(e.of(), Some(DiskError::NotUtf8 { byte: 2, .. }));
    assert!(keys.recipients().is_err_and(byte));
}

#[test]
fn an_identity_is_the_same_as_one_with_its_lines_alone() {
    let [one, other] = [Identity::generate(), Identity::generate()];
    assert!(one.is_same(&one));
    assert!(!one.is_same(&other) && !one.is_same(&one.and(&other).unwrap()));
}

#[test]
fn a_key_is_lost_where_its_file_is_gone_and_the_list_names_one_of_this_device() {
    let (folder, keys) = fresh();
    assert!(!keys.is_identity_lost(), "there never was one");
    let other = Identity::generate().recipients();
    keys.create(None, &other).unwrap();
    assert!(!keys.is_identity_lost());
    let file = folder.path().join("identity.txt");
    std::fs::rename(&file, folder.path().join("identity.age")).unwrap();
    assert!(!keys.is_identity_lost(), "it is there under either name");
    std::fs::remove_file(folder.path().join("identity.age")).unwrap();
    assert!(keys.is_identity_lost());
    // Here is only written, and read where the others' keys are.
    std::fs::write(folder.path().join("recipients.txt"), &other[0]).unwrap();
    assert!(!keys.is_identity_lost());
}

#[test]
fn a_key_that_the_user_has_elsewhere_is_lost_with_its_file() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    let file = folder.path().join("mine");
    let named = Keys::new(crate::disk::real(), folder.path(), Some(&file), PluginCallbacks::SILENT);
    assert!(named.is_identity_lost());
    std::fs::write(&file, "").unwrap();
    assert!(!named.is_identity_lost());
}

#[test]
fn a_backup_is_text_that_opens_as_the_key_whether_its_file_is_text_already_or_not() {
    let (folder, keys) = fresh();
    let passphrase = SecretString::from("quiet words".to_owned());
    keys.create(Some(&passphrase), &[]).unwrap();
    let own = keys.open_own_key("back up", &mut || Ok(passphrase.clone())).unwrap();
    assert!(own.has_passphrase());
    let backup = keys.backup(&own).unwrap();
    assert!(backup.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"), "{backup:?}");
    // Put back, the text is the key's file.
    std::fs::write(folder.path().join("identity.age"), &*backup).unwrap();
    assert_eq!(keys.backup(&own).unwrap(), backup);
}

#[test]
fn a_backup_without_a_passphrase_is_the_file_and_no_other_keys_file_passes_for_it() {
    let (folder, keys) = fresh();
    keys.create(None, &[]).unwrap();
    let own = keys.open_own_key("back up", &mut never).unwrap();
    let file = folder.path().join("identity.txt");
    assert_eq!(keys.backup(&own).unwrap().as_bytes(), std::fs::read(&file).unwrap());
    assert!(keys.is_backup(&file, &own) && !own.has_passphrase());
    std::fs::write(&file, Identity::generate().to_file().as_bytes()).unwrap();
    let refused = keys.backup(&own).unwrap_err();
    assert!(matches!(refused.of(), Some(KeyError::NotVerified { path }) if *path == file));
    assert!(!keys.is_backup(&file, &own));
    assert!(!keys.is_backup(&folder.path().join("none"), &own));
}

#[test]
fn a_list_without_the_journals_own_key_is_not_sealed_to() {
    let (folder, keys) = fresh();
    let other = Identity::generate().recipients();
    keys.create(None, &other).unwrap();
    assert!(keys.recipients().is_ok());
    std::fs::write(folder.path().join("recipients.txt"), &other[0]).unwrap();
    let refused = keys.recipients().err().unwrap();
    assert!(
        matches!(refused.of(), Some(KeyError::IdentityDoesNotFit { key: Some(key), .. }) if *key != other[0])
    );
    // What is written for others is meant for them, where the user's own file opens it.
    let named = folder.path().join("mine");
    let named =
        Keys::new(crate::disk::real(), folder.path(), Some(&named), PluginCallbacks::SILENT);
    assert!(named.recipients().is_ok());
}

#[test]
fn without_a_list_there_is_no_journal_or_nobody_to_seal_to_and_entries_open_all_the_same() {
    let (folder, keys) = fresh();
    let error = |keys: &Keys| keys.list().err().unwrap();
    assert!(matches!(error(&keys).of(), Some(KeyError::NoJournal)));
    assert!(keys.unlock(&mut never).is_err_and(|e| matches!(e.of(), Some(KeyError::NoJournal))));
    keys.create(None, &[]).unwrap();
    let list = folder.path().join("recipients.txt");
    std::fs::remove_file(&list).unwrap();
    assert!(matches!(error(&keys).of(), Some(KeyError::ListMissing { .. })));
    assert!(keys.unlock(&mut never).is_ok());
    // Nor does one that the user named need it.
    let identity = folder.path().join("identity.txt");
    let named = tempfile::tempdir().unwrap();
    let (disk, callbacks) = (crate::disk::real(), PluginCallbacks::SILENT);
    let named = Keys::new(disk, named.path(), Some(&identity), callbacks);
    assert!(matches!(error(&named).of(), Some(KeyError::ListMissing { .. })));
    assert!(named.unlock(&mut never).is_ok() && named.obstacle().is_none());
    std::fs::write(&list, "age1oops\n").unwrap();
    assert!(keys.unlock(&mut never).is_ok());
    std::fs::remove_file(&list).unwrap();
    std::fs::create_dir(&list).unwrap();
    assert!(matches!(error(&keys).of(), Some(DiskError::Io { doing: "read", .. })));
}

#[test]
fn what_protects_a_key_is_told_by_its_file() {
    let (folder, keys) = fresh();
    let protection = |text: &str| {
        std::fs::write(folder.path().join("identity.age"), text).unwrap();
        keys.protection()
    };
    assert_eq!(keys.protection(), Protection::Missing);
    assert_eq!(protection(&Identity::generate().to_file()), Protection::None);
    assert_eq!(protection("age-encryption.org/v1\n-> scrypt"), Protection::Passphrase);
    assert_eq!(protection("words"), Protection::Unreadable);
}

#[test]
fn a_key_that_is_refused_is_not_adopted() {
    let (folder, _) = fresh();
    let file = folder.path().join("mine");
    let own = Identity::generate();
    std::fs::write(&file, &*own.to_file()).unwrap();
    let named = Keys::new(crate::disk::real(), folder.path(), Some(&file), PluginCallbacks::SILENT);
    let refuse = |_: &Identity| Err(KeyError::NoJournal.into());
    assert!(named.adopt(&mut never, &[], refuse).is_err() && !named.exist());
    let adopted = named.adopt(&mut never, &[], |_| Ok(())).unwrap();
    assert!(adopted.is_same(&own));
    assert_eq!(named.list().unwrap().rows()[0].key, own.recipients()[0]);
}

#[test]
fn an_ssh_key_with_a_passphrase_is_not_held_and_the_reason_is_said() {
    let (_folder, keys) = fresh();
    let key = include_bytes!("../../tests/inward/harness/ssh-key-locked-for-tests");
    let Ok(IdentityFile::Locked(locked)) = IdentityFile::parse(key, PluginCallbacks::SILENT) else {
        panic!("it needs its passphrase")
    };
    let ssh = locked.open(&SecretString::from("three words long".to_owned())).unwrap();
    let error = keys.unlock_for(&ssh, std::time::Duration::from_secs(60)).unwrap_err();
    assert!(error.to_string().contains("An SSH key with a passphrase"), "{error}");
    assert!(!keys.is_unlocked());
}
