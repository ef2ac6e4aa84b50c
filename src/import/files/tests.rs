use std::io::Cursor;

use super::*;

#[test]
fn what_all_files_hold_together_is_bounded_and_what_has_no_room_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    ["a.txt", "b.txt", "c.txt"]
        .iter()
        .for_each(|name| std::fs::write(file(name), "six by").unwrap());
    let mut files = SourceFiles { bytes_left: 15, ..SourceFiles::new() };
    files.add_folder(folder.path(), &super::super::SOURCES[0], DEEPEST);
    assert_eq!(files.inputs.len(), 2);
    let [problem] = &files.problems[..] else { panic!("{:?}", files.problems) };
    assert!(problem.path.ends_with("c.txt"));
    assert_eq!(problem.why, ImportIssue::NoRoom { limit_mib: LARGEST_MIB });
}

fn zip(names: &[&str]) -> Cursor<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, name.as_bytes()).unwrap();
    }
    zip.finish().unwrap()
}

#[test]
fn of_an_archive_the_sources_own_files_are_read() {
    let mut files = SourceFiles::new();
    let names = ["one.txt", "__MACOSX/one.txt", "lake.jpg", "two.txt"];
    let piped = Some(zip(&names).into_inner());
    files.add_archive(Archive { path: "a.zip".into(), piped }, &super::super::SOURCES[0]);
    let read: Vec<_> = files.inputs.iter().map(|it| (&*it.path, &*it.bytes)).collect();
    assert_eq!(read, [("a.zip/one.txt", &b"one.txt"[..]), ("a.zip/two.txt", b"two.txt")]);
    assert_eq!(files.others, 2);
}

#[test]
fn a_file_of_an_archive_is_read_whole_or_named_as_too_large() {
    let read = |bytes_left: u64| {
        let mut archive = open_archive(zip(&["one.txt"])).unwrap();
        member(&mut archive, 0, &super::super::SOURCES[0], bytes_left)
    };
    for left in [7, 8, u64::from(u32::MAX)] {
        assert_eq!(read(left), Ok(Some(("one.txt".into(), b"one.txt".to_vec()))), "{left}");
    }
    for left in [0, 1, 6] {
        let too_large = ImportIssue::TooLarge { limit_mib: LARGEST_MIB };
        assert_eq!(read(left), Err(("one.txt".into(), too_large)), "{left}");
    }
}

#[test]
fn a_file_of_a_folder_knows_what_is_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.txt", "lake.jpg"] {
        std::fs::write(folder.path().join(name), "six by").unwrap();
    }
    let mut files = SourceFiles { root: folder.path().to_owned(), ..SourceFiles::new() };
    files.add_folder(folder.path(), &super::super::SOURCES[0], DEEPEST);
    files.set_nearby();
    let NearbyFiles::Folder { root, by_name } = &files.inputs[0].nearby else { panic!() };
    assert_eq!((root, by_name.len()), (&folder.path().to_owned(), 1));
}
