//! The marks that a Day One text has where a photo or another file is, such as
//! `![](dayone-moment://ID)` or `![](dayone-moment:/video/ID)`.

const START: &str = "![](dayone-moment:/";

/// Removes the marks of attachments, with their line if nothing else is on it. Others stay, as
/// does all other text.
pub fn without_placeholders(text: &str, is_attached: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words = words_of_line(line, &is_attached);
        let is_alone = words.len() < line.len() && words.trim().is_empty();
        out += if is_alone { "" } else { &words };
    }
    out
}

fn words_of_line(line: &str, is_attached: impl Fn(&str) -> bool) -> String {
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once(START) {
        words += before;
        rest = match link.split_once(')') {
            Some((place, after)) if place.rsplit('/').next().is_some_and(&is_attached) => after,
            Some(_) | None => {
                words += START;
                link
            }
        };
    }
    words + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_goes_where_its_file_is_attached_and_nothing_else_does() {
        let is_attached = |id: &str| ["X1", "X2"].contains(&id);
        for (text, expected) in [
            ("a\n![](dayone-moment://X1)\nb\n", "a\nb\n"),
            ("a\n\n  ![](dayone-moment:/photo/X1) ![](dayone-moment:/video/X2)\n\nb", "a\n\n\nb"),
            ("a ![](dayone-moment:/audio/X1) b\n", "a  b\n"),
            ("![](dayone-moment:/pdfAttachment/X2)", ""),
            ("![](dayone-moment://X3) ![](dayone-moment://X1)\n", "![](dayone-moment://X3) \n"),
            ("![](dayone-moment://X1", "![](dayone-moment://X1"),
        ] {
            assert_eq!(without_placeholders(text, is_attached), expected);
        }
        for text in ["![a](dayone-moment://X1)\n \n", "\\!\\[\\](dayone-moment://X1)", ""] {
            assert_eq!(without_placeholders(text, is_attached), text);
        }
    }
}
