use super::*;
use crate::disk::DiskError;

fn never() -> Result<SecretString> {
    panic!("no passphrase should be asked for")
}

fn fresh() -> (tempfile::TempDir, Keys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
    keys.create(None, &[]).unwrap();
    (folder, keys)
}

/// As much of an age file under a passphrase as says what it is.
const LOCKED: &str = "age-encryption.org/v1\n-> scrypt";

#[test]
fn a_file_that_holds_a_key_which_the_new_one_lacks_is_not_removed() {
    let (folder, keys) = fresh();
    let (own, other) = (keys.unlock(&mut never).unwrap(), Identity::generate());
    let both = other.and(&own).unwrap();
    let is_superseded = |name: &str, text: &str, by: &Identity| {
        std::fs::write(folder.path().join(name), text).unwrap();
        keys.is_superseded(&folder.path().join(name), by).unwrap()
    };
    let file = PLAIN_IDENTITY;
    assert!(
        is_superseded(file, &own.to_file(), &own) && is_superseded(file, &own.to_file(), &both)
    );
    assert!(!is_superseded(file, &both.to_file(), &own));
    assert!(!is_superseded(file, &other.to_file(), &own));
    assert!(!is_superseded(file, "words", &own) && !is_superseded(file, "", &own));
    // The sealed file was opened before; no other that is sealed was.
    assert!(is_superseded(SEALED_IDENTITY, LOCKED, &own));
    assert!(!is_superseded(file, LOCKED, &own));
}

#[test]
fn without_a_passphrase_the_sealed_file_goes_once_the_plain_one_opens() {
    let (folder, keys) = fresh();
    let (own, other) = (keys.unlock(&mut never).unwrap(), Identity::generate());
    let [sealed, plain] = [SEALED_IDENTITY, PLAIN_IDENTITY].map(|name| folder.path().join(name));
    std::fs::rename(&plain, &sealed).unwrap();
    assert_eq!(keys.unencrypted_copy(), None, "there is none");
    std::fs::write(&sealed, LOCKED).unwrap();
    std::fs::write(&plain, &*own.to_file()).unwrap();
    assert_eq!(keys.unencrypted_copy(), Some(plain.clone()));
    assert_eq!(keys.set_passphrase(&own, None).unwrap(), plain);
    assert!(!sealed.exists() && keys.unlock(&mut never).unwrap().is_same(&own));
    assert_eq!(keys.unencrypted_copy(), None, "it is the only one");
    // Someone's other key in its place stays.
    std::fs::write(&sealed, &*other.to_file()).unwrap();
    keys.set_passphrase(&own, None).unwrap();
    assert!(sealed.exists());
}

#[test]
fn a_key_behind_a_link_gets_no_passphrase_as_it_would_stay_readable_where_it_is() {
    let (folder, keys) = fresh();
    let elsewhere = tempfile::tempdir().unwrap();
    let [here, there] = [folder.path(), elsewhere.path()].map(|it| it.join(PLAIN_IDENTITY));
    std::fs::rename(&here, &there).unwrap();
    std::os::unix::fs::symlink(&there, &here).unwrap();
    let own = keys.unlock(&mut never).unwrap();
    let refused = |passphrase: Option<&SecretString>| {
        let refused = keys.set_passphrase(&own, passphrase).unwrap_err();
        assert!(matches!(refused.of(), Some(DiskError::NotAPlainFile { .. })), "{refused}");
    };
    refused(Some(&"words".into()));
    refused(None);
    assert!(here.is_symlink() && !folder.path().join(SEALED_IDENTITY).exists());
    // Beside the sealed one too: it may hold what the passphrase is to protect.
    std::fs::write(folder.path().join(SEALED_IDENTITY), LOCKED).unwrap();
    refused(Some(&"words".into()));
    std::fs::remove_file(&here).unwrap();
    keys.check_identity_files().unwrap();
}

#[test]
fn a_new_key_comes_before_the_old_one_and_takes_its_place_in_the_list() {
    let (_folder, keys) = fresh();
    let rotate = || keys.rotate(keys.open_own_key("rotate", &mut never).unwrap()).unwrap();
    let old = keys.unlock(&mut never).unwrap();
    let (identity, list) = rotate();
    let [new, first] = &identity.recipients()[..] else { panic!() };
    assert_eq!(*first, old.recipients()[0]);
    let listed: Vec<String> = list.rows().into_iter().map(|row| row.key).collect();
    assert_eq!(listed, std::slice::from_ref(new));
    // Interrupted before the list was replaced, it continues with that key.
    let (again, same) = rotate();
    assert!(again.is_same(&identity) && same == list);
    keys.settle_list(&list).unwrap();
    assert_eq!(keys.list().unwrap(), list);
    assert_eq!(rotate().0.recipients().len(), 3);
}

#[test]
fn what_is_not_inwards_own_key_is_not_changed() {
    let (folder, keys) = fresh();
    let named = folder.path().join(PLAIN_IDENTITY);
    let elsewhere =
        Keys::new(crate::disk::real(), folder.path(), Some(&named), PluginCallbacks::SILENT);
    let refused = elsewhere.open_own_key("rotate", &mut never).err().unwrap();
    assert!(matches!(refused.of(), Some(KeyError::NotOurs { .. })));
    std::fs::write(&named, &*Identity::generate().to_file()).unwrap();
    let refused = keys.open_own_key("rotate", &mut never).err().unwrap();
    assert!(matches!(refused.of(), Some(KeyError::IdentityDoesNotFit { .. })));
}

#[test]
fn a_list_that_is_no_ordinary_file_is_refused_before_anything_changes() {
    let (folder, keys) = fresh();
    assert!(keys.check_list().is_ok());
    let list = folder.path().join(RECIPIENTS);
    std::fs::rename(&list, folder.path().join("elsewhere")).unwrap();
    assert!(keys.check_list().is_ok(), "there is none yet");
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), &list).unwrap();
    let refused = keys.check_list().unwrap_err();
    assert!(matches!(refused.of(), Some(DiskError::NotAPlainFile { .. })));
}
