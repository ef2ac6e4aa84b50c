use super::*;
use crate::error::Error;
use crate::seal::SealError;

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
