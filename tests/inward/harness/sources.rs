//! The program's sources as it is built from them: without what only the tests compile.

use std::path::{Path, PathBuf};

use super::files;

/// A Rust file of `src`.
pub struct SourceFile {
    pub path: PathBuf,
    /// Its text without comments, and without what only the tests compile.
    pub code: String,
}

/// Every Rust file of `src` but those of tests, which are called `tests.rs`.
pub fn source_files() -> Vec<SourceFile> {
    let rust = rust_files().into_iter().filter(|path| !path.ends_with("tests.rs"));
    rust.map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        SourceFile { code: code(&text), path }
    })
    .collect()
}

fn rust_files() -> Vec<PathBuf> {
    let all = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    all.into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs")).collect()
}

const FOR_TESTS: &str = "#[cfg(test)]";

/// Leaves out comments, and each item below [`FOR_TESTS`]: to the line on which it ends,
/// which rustfmt indents as it does the attribute; or behind a `=` at the end of a line, to
/// the next semicolon.
fn code(text: &str) -> String {
    let mut code = Vec::new();
    let mut item_for_tests = None;
    let mut is_assigned = false;
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let indent = line.len() - line.trim_start().len();
        if line.trim() == FOR_TESTS {
            (item_for_tests, is_assigned) = (Some(indent), false);
            continue;
        }
        let Some(indent_of_item) = item_for_tests else {
            code.push(line);
            continue;
        };
        let is_aligned = indent == indent_of_item;
        is_assigned |= is_aligned && line.ends_with('=');
        if is_aligned && line.ends_with(['}', ';', ',']) || is_assigned && line.ends_with(';') {
            item_for_tests = None;
        }
    }
    assert!(item_for_tests.is_none(), "an item for tests has no end in\n{text}");
    code.join("\n")
}

/// The modules that this file declares for the tests alone, as paths without an ending.
fn modules_for_tests(path: &Path, text: &str) -> Vec<PathBuf> {
    let is_root = ["mod.rs", "lib.rs", "main.rs"].iter().any(|name| path.ends_with(name));
    let folder = if is_root { path.parent().unwrap().to_owned() } else { path.with_extension("") };
    let items = text.split(FOR_TESTS).skip(1);
    let declarations = items.filter_map(|item| item.lines().nth(1)?.strip_suffix(';'));
    let names = declarations.filter_map(|line| Some(line.split_once("mod ")?.1));
    names.map(|name| folder.join(name)).collect()
}

#[test]
fn only_what_is_for_tests_is_left_out() {
    let text = "use a::b;\n#[cfg(test)]\nmod tests;\n\n// A comment.\nconst LATE: u8 = 1;\n\
                impl A {\n    #[cfg(test)]\n    fn for_tests() {\n        body();\n    }\n\n    \
                fn late() {}\n}\n\n#[cfg(test)]\npub(crate) const ALL: [u8; 1] =\n    [1];\n\
                enum B {\n    #[cfg(test)]\n    ForTests,\n    Late,\n}\n\n#[cfg(test)]\n\
                mod tests {\n    use a::c;\n}\n";
    let lines: Vec<String> = code(text).lines().map(str::to_owned).collect();
    let left: Vec<&str> =
        lines.iter().map(|line| line.trim()).filter(|it| !it.is_empty()).collect();
    let expected = [
        "use a::b;",
        "const LATE: u8 = 1;",
        "impl A {",
        "fn late() {}",
        "}",
        "enum B {",
        "Late,",
        "}",
    ];
    assert_eq!(left, expected);
}

#[test]
fn the_end_of_a_file_that_declares_its_tests_first_is_read() {
    let sources = source_files();
    for name in ["src/practice/form.rs", "src/disk/folder.rs", "src/config.rs"] {
        let file = sources.iter().find(|file| file.path.ends_with(name)).unwrap();
        let text = std::fs::read_to_string(&file.path).unwrap();
        assert!(text.find(FOR_TESTS).unwrap() < text.len() / 4, "{name}: take another file");
        let is_long_code = |line: &&str| line.len() > 20 && !line.trim_start().starts_with("//");
        let late = text.lines().rev().find(is_long_code).unwrap();
        assert!(file.code.contains(late), "{name}: {late}");
    }
}

#[test]
fn every_file_that_is_called_tests_is_compiled_for_tests_alone() {
    let files = rust_files();
    let modules: Vec<PathBuf> = files
        .iter()
        .flat_map(|path| modules_for_tests(path, &std::fs::read_to_string(path).unwrap()))
        .collect();
    let named_so: Vec<_> = files.iter().filter(|path| path.ends_with("tests.rs")).collect();
    assert!(named_so.len() > 30, "{}", named_so.len());
    for path in named_so {
        assert!(modules.contains(&path.with_extension("")), "{}", path.display());
    }
}
