//! Texts that stand in files of their own, wrapped at 80 columns for whoever edits them.

use textwrap::core::display_width;

use super::TextPage;

/// The text with each paragraph and each item of a list ("- ", indented in a nested list) on
/// one line, to be wrapped again for the page it is shown on. A paragraph that starts indented
/// stays as it is.
pub fn unfill(text: &str) -> String {
    let paragraphs = text.trim_end().split("\n\n").map(|paragraph| {
        if paragraph.starts_with("  ") {
            return paragraph.to_owned();
        }
        let mut lines: Vec<String> = Vec::new();
        for line in paragraph.lines() {
            match lines.last_mut() {
                Some(last) if !line.trim_start().starts_with("- ") => {
                    *last = format!("{last} {}", line.trim());
                }
                _ => lines.push(line.trim_end().to_owned()),
            }
        }
        lines.join("\n")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A help text, wrapped for this page.
pub fn help_page(text: &str, page: &TextPage) -> String {
    let text = unfill(text);
    let wrapped: Vec<String> = text.split("\n\n").map(|paragraph| wrap(paragraph, page)).collect();
    wrapped.join("\n\n") + "\n"
}

/// A paragraph, or a list whose lines begin with "- "; what is indented stands
/// as it is, to be copied.
fn wrap(paragraph: &str, page: &TextPage) -> String {
    if paragraph.starts_with("  ") {
        return paragraph.to_owned();
    }
    let lines = paragraph.lines().map(|line| {
        let indent = &line[..line.len() - line.trim_start().len()];
        match line.trim_start().strip_prefix("- ") {
            Some(item) => {
                let hanging = page.wrap(item, &format!("{indent}  "));
                format!("{indent}-{}", &hanging[indent.len() + 1..])
            }
            None => page.wrap(line, ""),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text that was laid out for a wider page: a line that doesn't fit is broken between
/// words, and goes on below its last column.
pub fn hang(text: &str, width: usize) -> String {
    let lines = text.split('\n').map(|line| {
        if display_width(line) <= width {
            return line.to_owned();
        }
        let lead = line.len() - line.trim_start().len();
        let column = line[lead..].rfind("  ").map(|at| lead + at + 2);
        let column = column.map_or(lead + 2, |at| display_width(&line[..at]));
        let indent = " ".repeat(if column * 3 < width * 2 { column } else { lead + 2 });
        let options = textwrap::Options::new(width)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(&indent);
        textwrap::fill(line, options)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_hangs_below_its_last_column() {
        let help =
            "Read    list              A line for each entry, newest first\n\n  inward show k3v9";
        let shown = "Read    list              A line for each entry,\n                          newest first\n\n  inward show k3v9";
        assert_eq!(hang(help, 50), shown);
        assert_eq!(hang(help, 61), help);
        assert_eq!(hang("  one two three", 10), "  one two\n    three");
    }

    #[test]
    fn paragraphs_and_items_become_lines_and_examples_stay() {
        let text = "One\ntwo.\n\n- a: b\n  c\n- d\n\n  $ x \\\n    y\n";
        assert_eq!(unfill(text), "One two.\n\n- a: b c\n- d\n\n  $ x \\\n    y");
    }

    #[test]
    fn a_nested_list_stays_a_list() {
        let text = "- a, which\n  has:\n  - b: one\n    two\n  - c\n- d\n";
        assert_eq!(unfill(text), "- a, which has:\n  - b: one two\n  - c\n- d");
        let shown = help_page(text, &TextPage { width: 14, colour: false });
        assert_eq!(shown, "- a, which\n  has:\n  - b: one two\n  - c\n- d\n");
    }
}
