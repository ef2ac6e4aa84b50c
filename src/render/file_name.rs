//! The name of an attachment where a file is made of it. An entry may say anything of a
//! name; a folder gets one that leads nowhere, hides nothing and fits.

use crate::entry::Attachment;

use super::clean_line;

/// The folder of an export that has its attachments.
pub const ATTACHMENTS: &str = "attachments";

/// In bytes. File systems take 255, and the export puts an id before the name.
const LONGEST: usize = 200;
/// In bytes: what is longer is no extension.
const LONGEST_ENDING: usize = 16;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name for a file in a folder: the last part of a path, without control characters
/// and without what a file system or a shell gives a meaning to at its ends.
pub fn safe_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or("");
    let shown = clean_line(last);
    let is_safe = |c: char| !c.is_control() && !"<>:\"|?*/\\".contains(c);
    let safe: String = shown.chars().map(|c| if is_safe(c) { c } else { '_' }).collect();
    // Neither hidden nor an option, nor ending as Windows lets no name end.
    let safe = safe.trim_start_matches(['.', '-', '~', ' ']).trim_end_matches(['.', ' ']);
    let stem = safe.split('.').next().unwrap_or("").to_ascii_lowercase();
    let device =
        DEVICES.iter().any(|it| stem.trim_end_matches(|c: char| c.is_ascii_digit()) == *it);
    match safe {
        "" => "attachment".to_owned(),
        safe if device => format!("_{}", cut_name(safe)),
        safe => cut_name(safe),
    }
}

/// Shortens the name, but not its extension.
fn cut_name(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.len() <= LONGEST_ENDING { ending } else { "" };
    let end = (0..=LONGEST - ending.len()).rev().find(|at| name.is_char_boundary(*at));
    format!("{}{ending}", name[..end.unwrap_or(0)].trim_end_matches(['.', ' ']))
}

/// Where an export keeps an attachment: no two attachments share an id.
pub fn exported_attachment_place(attachment: &Attachment) -> String {
    format!("{ATTACHMENTS}/{}-{}", attachment.id, safe_file_name(&attachment.name))
}

/// The name with a number, for a folder that has a file of that name.
pub fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_hides_nothing_and_fits() {
        for (name, expected) in [
            ("lake.jpg", "lake.jpg"),
            ("Lac d’Annecy, été.jpg", "Lac d’Annecy, été.jpg"),
            ("../../etc/passwd", "passwd"),
            ("/etc/passwd", "passwd"),
            ("C:\\Users\\ada\\lake.jpg", "lake.jpg"),
            ("a/", "a"),
            ("..", "attachment"),
            (".", "attachment"),
            ("", "attachment"),
            ("/", "attachment"),
            (".bashrc", "bashrc"),
            ("-rf", "rf"),
            ("~/x", "x"),
            ("a\u{0}b\nc\u{1b}[31m.jpg", "a␀b c␛[31m.jpg"),
            ("name. ", "name"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("a:b*c?.jpg", "a_b_c_.jpg"),
        ] {
            assert_eq!(safe_file_name(name), expected, "{name:?}");
        }
        for endless in ["x".repeat(5000), "é".repeat(5000), ".".repeat(5000), "/".repeat(5000)] {
            let name = safe_file_name(&format!("{endless}.jpg"));
            assert!(!name.is_empty() && name.len() <= LONGEST, "{}", name.len());
        }
        assert!(safe_file_name(&("x".repeat(5000) + ".jpg")).ends_with("x.jpg"));
    }

    #[test]
    fn a_number_stands_before_the_ending() {
        assert_eq!(numbered("lake.jpg", 2), "lake (2).jpg");
        assert_eq!(numbered("lake", 3), "lake (3)");
    }
}
