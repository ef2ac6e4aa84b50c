//! Turns a page of Markdown into a help text, with its tables as lists.

/// The same words as a help page: paragraphs, lists and indented examples.
pub fn from_markdown(text: &str) -> String {
    let mut out = String::new();
    let (mut in_code, mut row) = (false, 0);
    for line in text.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if in_code {
            let indent = if line.is_empty() { "" } else { "  " };
            out += &format!("{indent}{line}\n");
            continue;
        }
        row = if line.starts_with('|') { row + 1 } else { 0 };
        match row {
            0 => out += &format!("{}\n", plain(line.trim_start_matches(['#', ' ']))),
            // The table's head, and the line below it.
            1 | 2 => {}
            _ => out += &format!("{}\n", item(line)),
        }
    }
    out
}

/// `| key | what it does | example |` as `- key: what it does (example)`.
fn item(row: &str) -> String {
    let cells = row.trim_matches(['|', ' ']).split(" | ").map(|cell| plain(cell.trim()));
    let mut cells = cells.filter(|cell| !cell.is_empty());
    let (key, what) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    match cells.next() {
        Some(example) => format!("- {key}: {what}. As in: {example}"),
        None => format!("- {key}: {what}"),
    }
}

/// Removes the marks of emphasis and code.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::from_markdown;

    #[test]
    fn a_table_is_a_list_and_code_is_indented() {
        let page = "# Files\n\nA **key** is `a`.\n\n| key | does | example |\n|---|---|---|\n| `a` | this | `a = \"|\"` |\n| `b` | that | |\n\n```toml\na = 1\n\nb = 2\n```\n";
        let text = "Files\n\nA key is a.\n\n- a: this. As in: a = \"|\"\n- b: that\n\n  a = 1\n\n  b = 2\n";
        assert_eq!(from_markdown(page), text);
    }
}
