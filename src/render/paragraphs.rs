//! Texts that stand in files of their own, wrapped at 80 columns for whoever edits them.

use super::TextPage;

/// The text with each paragraph and each item of a list ("- ") on one line, to be wrapped
/// anew for the page that it is shown on. What is indented stays as it is.
pub fn unfill(text: &str) -> String {
    let paragraphs = text.trim_end().split("\n\n").map(|paragraph| {
        if paragraph.starts_with("  ") {
            return paragraph.to_owned();
        }
        let items = paragraph.split("\n- ").map(one_line);
        items.collect::<Vec<_>>().join("\n- ")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
    let lines = paragraph.lines().map(|line| match line.strip_prefix("- ") {
        Some(item) => format!("-{}", &page.wrap(item, "  ")[1..]),
        None => page.wrap(line, ""),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_become_lines_and_examples_stay() {
        let text = "One\ntwo.\n\n- a: b\n  c\n- d\n\n  $ x \\\n    y\n";
        assert_eq!(unfill(text), "One two.\n\n- a: b c\n- d\n\n  $ x \\\n    y");
    }
}
