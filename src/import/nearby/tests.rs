use super::*;

#[test]
fn nothing_outside_of_the_folder_that_was_named_is_found() {
    let home = tempfile::tempdir().unwrap();
    let file = |place: &str| {
        let path = home.path().join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "x").unwrap();
        path
    };
    let deep = file("vault/deep/photo.jpg");
    for place in ["vault/a.jpg", "vault/.hidden/b.jpg", "secret.jpg"] {
        file(place);
    }
    std::os::unix::fs::symlink(home.path().join("secret.jpg"), home.path().join("vault/link.jpg"))
        .unwrap();
    let by_name = HashMap::from([("photo.jpg".to_owned(), vec![deep])]);
    let nearby =
        NearbyFiles::Folder { root: home.path().join("vault"), by_name: Arc::new(by_name) };
    let path = home.path().join("vault/notes/day.md").display().to_string();
    std::fs::create_dir_all(home.path().join("vault/notes")).unwrap();
    let input = ImportInput { path, bytes: Vec::new(), nearby };
    for link in ["a.jpg", "../a.jpg", "photo.jpg", "deep/photo.jpg", "/a.jpg", "/deep/photo.jpg"] {
        assert!(input.nearby_file(link).is_some(), "{link}");
    }
    let outside = home.path().join("secret.jpg").display().to_string();
    for link in [
        "../../secret.jpg", "link.jpg", ".hidden/b.jpg", "b.jpg", "other/photo.jpg", "..", "/",
        "/../secret.jpg", "/.hidden/b.jpg", &outside,
    ] {
        assert!(input.nearby_file(link).is_none(), "{link}");
    }
}

/// A page in this folder, alone, so that what is beside it is found.
fn page_in(folder: &Path) -> ImportInput {
    let nearby = NearbyFiles::Beside { folder: folder.to_owned() };
    ImportInput { path: folder.join("day.md").display().to_string(), bytes: Vec::new(), nearby }
}

#[test]
fn beside_a_single_page_its_own_folder_and_those_of_an_export_are_looked_at() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["attachments/deep", "letters", ".hidden"] {
        std::fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    let input = page_in(home.path());
    for (link, is_found, is_left_behind) in [
        ("lake.jpg", true, false),
        ("attachments/lake.jpg", true, false),
        ("attachments/deep/lake.jpg", true, false),
        ("letters/lake.jpg", false, true),
        (".hidden/lake.jpg", false, false),
        ("nothing.jpg", false, false),
    ] {
        if link != "nothing.jpg" {
            std::fs::write(home.path().join(link), "the lake").unwrap();
        }
        assert_eq!(input.nearby_file(link).is_some(), is_found, "{link}");
        assert_eq!(input.is_left_behind(link), is_left_behind, "{link}");
    }
}

#[test]
fn a_file_of_our_own_export_is_the_same_only_with_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("lake.jpg"), "the lake").unwrap();
    let file = page_in(home.path()).nearby_file("lake.jpg").unwrap();
    assert!(file.is_as_exported().unwrap(), "nothing says what it was");
    let described = |words: &[u8]| {
        let StreamSummary { bytes, sha256 } = StreamSummary::of(&mut &*words).unwrap();
        let (id, name) = ("cccccccccc".parse().unwrap(), "the lake.png".to_owned());
        let media_type = "image/x-lake".to_owned();
        Attachment { id, name, media_type, bytes, sha256, unknown: Map::new() }
    };
    let exported = |words| file.clone().exported_as(described(words));
    assert!(exported(b"the lake").is_as_exported().unwrap());
    assert!(!exported(b"the LAKE").is_as_exported().unwrap());
    let longer = Attachment { bytes: 9, ..described(b"the lake") };
    assert!(!file.clone().exported_as(longer).is_as_exported().unwrap());
    let (name, media_type) = exported(b"").name_and_type();
    assert_eq!([&*name, &*media_type], ["the lake.png", "image/x-lake"]);
    assert_eq!(file.name_and_type(), ("lake.jpg".into(), "image/jpeg".into()));
    std::fs::remove_file(home.path().join("lake.jpg")).unwrap();
    assert!(file.is_as_exported().is_err_and(|error| error.is_not_found()));
}

#[test]
fn a_member_of_an_archive_is_read_unless_it_is_packed_more_tightly_than_a_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    let members: [(&str, &[u8]); 2] =
        [("photos/lake.jpg", b"the lake"), ("photos/bomb.jpg", &[0; 1 << 20])];
    for (name, bytes) in members {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap();
    let members = members.iter().enumerate().map(|(at, (name, _))| ((*name).to_owned(), at));
    let members = Arc::new(members.collect());
    let archive = Arc::new(Archive { path: path.clone(), piped: None });
    let nearby = NearbyFiles::Archive { archive, members };
    let archive = path;
    let path = archive.join("Journal.json").display().to_string();
    let input = ImportInput { path, bytes: Vec::new(), nearby };
    let file = input.nearby_file("photos/lake.jpg").unwrap();
    assert_eq!((&*file.name, &*file.path()), ("lake.jpg", &*archive.join("photos/lake.jpg")));
    let read = |file: &ImportedFile| {
        file.read(&mut |input| StreamSummary::of(input).map_err(|e| file.read_error(e)))
    };
    assert_eq!(read(&file).unwrap(), StreamSummary::of(&mut &b"the lake"[..]).unwrap());
    let error = read(&input.nearby_file("photos/bomb.jpg").unwrap()).unwrap_err().to_string();
    assert!(error.contains("journal.zip/photos/bomb.jpg"), "{error}");
    assert_eq!(input.nearby_file("/photos/lake.jpg").as_ref(), Some(&file));
    let deep = archive.join("notes/2026/day.md").display().to_string();
    let deep = ImportInput { path: deep, nearby: input.nearby.clone(), bytes: Vec::new() };
    assert_eq!(deep.nearby_file("/photos/lake.jpg").as_ref(), Some(&file));
    assert_eq!(deep.nearby_file("/../photos/lake.jpg"), None);
    for link in ["lake.jpg", "../photos/lake.jpg"] {
        assert_eq!(input.nearby_file(link), None, "{link}");
    }
}
