use super::*;
use crate::entry::testing;
use crate::seal::{AttachmentFileName, Recipients};

/// A journal in a folder of its own, and its key.
pub struct TestFolder {
    folder: tempfile::TempDir,
    pub journal: Journal,
    pub identity: Identity,
}

impl TestFolder {
    pub fn new() -> TestFolder {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(crate::disk::real(), folder.path());
        TestFolder { folder, journal, identity: Identity::generate() }
    }

    fn recipients(&self) -> Recipients {
        Recipients::parse(&self.identity.recipients().join("\n"), "test").unwrap()
    }

    /// An entry's only revision, sealed and written. The letter is its id's.
    pub fn write_entry(&self, letter: &str) -> (JournalFile, PathBuf) {
        let entry = testing::entry(serde_json::json!({ "id": letter.repeat(10), "answers": [] }));
        let sealed = self.recipients().seal(&entry).unwrap();
        let file = JournalFile::Entry(sealed.name().clone());
        (file.clone(), self.write(&file, sealed.bytes()))
    }

    /// The same of an attachment.
    pub fn write_attachment(&self, letter: &str) -> (JournalFile, PathBuf) {
        let name = AttachmentFileName {
            day: "2026-11-23".parse().unwrap(),
            entry: "aaaaaaaaaa".parse().unwrap(),
            id: letter.repeat(10).parse().unwrap(),
        };
        let mut bytes = Vec::new();
        self.recipients().seal_stream(&mut &b"the lake"[..]).write_to(&mut bytes).unwrap();
        let file = JournalFile::Attachment(name);
        (file.clone(), self.write(&file, &bytes))
    }

    fn write(&self, file: &JournalFile, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(file.place());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Both kinds of file, each with a copy under a sync tool's name.
    fn with_copies(&self) -> [(FolderFile, [PathBuf; 2]); 2] {
        [self.write_entry("e"), self.write_attachment("b")].map(|(file, path)| {
            let copy = path.with_extension("sync-conflict.age");
            std::fs::copy(&path, &copy).unwrap();
            let paths = vec![path.clone(), copy.clone()];
            let file = match file {
                JournalFile::Entry(name) => {
                    FolderFile::Entry(ScannedFile { name, paths, in_transit: false })
                }
                JournalFile::Attachment(_) => FolderFile::Attachment(paths),
            };
            (file, [path, copy])
        })
    }
}

/// Cuts a file short.
pub fn cut(path: &PathBuf) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
}

fn bytes_of(file: FileBytes) -> Vec<u8> {
    match file {
        FileBytes::Entry(sealed) => sealed.bytes().to_vec(),
        FileBytes::Attachment { mut bytes, length } => {
            let mut read = Vec::new();
            bytes.read_to_end(&mut read).unwrap();
            assert_eq!(read.len() as u64, length);
            read
        }
    }
}

#[test]
fn of_a_files_copies_the_first_that_is_intact_is_sent_with_the_key_and_without() {
    let folder = TestFolder::new();
    for (file, [own, copy]) in folder.with_copies() {
        let whole = std::fs::read(&own).unwrap();
        for identity in [Some(&folder.identity), None] {
            std::fs::write(&own, &whole).unwrap();
            std::fs::write(&copy, &whole).unwrap();
            let sent = || file.open(&folder.journal, identity).map(bytes_of);
            let check = || file.check(&folder.journal, identity);
            assert_eq!((sent(), check()), (Ok(whole.clone()), Ok(())));
            cut(&own);
            assert_eq!((sent(), check()), (Ok(whole.clone()), Ok(())));
            std::fs::write(&copy, "words").unwrap();
            let damaged = Damaged { path: own.clone(), why: Damage::Broken };
            assert_eq!((sent(), check()), (Err(damaged.clone()), Err(damaged)), "the first copy's");
        }
    }
}

#[test]
fn a_byte_that_was_changed_is_found_with_the_key_and_what_is_gone_is_said_to_be() {
    let (folder, other) = (TestFolder::new(), Identity::generate());
    for (file, paths) in folder.with_copies() {
        for path in &paths {
            let mut bytes = std::fs::read(path).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            std::fs::write(path, bytes).unwrap();
        }
        let check = |identity| file.check(&folder.journal, identity).map_err(|it| it.why);
        assert_eq!(check(Some(&folder.identity)), Err(Damage::Broken));
        assert_eq!(check(None), Ok(()), "its length is right");
        assert_eq!(check(Some(&other)), Ok(()), "another's key tells no more");
        paths.iter().for_each(|path| std::fs::remove_file(path).unwrap());
        assert_eq!(check(None), Err(Damage::Gone));
    }
}

#[test]
fn a_reader_of_so_many_bytes_reads_no_more_and_no_fewer() {
    let read = |length: u64| {
        let mut rest = b"words and more".as_slice();
        let mut reader = ExactReader::new(&mut rest, length);
        let mut read = String::new();
        let result = reader.read_to_string(&mut read).map_err(|e| e.kind());
        let is_done = reader.is_done();
        (result.map(|_| read), is_done, rest.len())
    };
    assert_eq!(read(5), (Ok("words".into()), true, 9));
    assert_eq!(read(0), (Ok(String::new()), true, 14));
    assert_eq!(read(14), (Ok("words and more".into()), true, 0));
    assert_eq!(read(15), (Err(io::ErrorKind::UnexpectedEof), false, 0));
}
