//! Turns a page of Markdown into a help text, with its tables as lists.

use crate::words::capitalize;

/// The same words as a help page: paragraphs, lists and indented examples.
pub fn from_markdown(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    let mut row = 0;
    let mut heads = Vec::new();
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
            1 => heads = cells(line),
            // The line below the head.
            2 => {}
            _ => out += &format!("{}\n", item(line, &heads)),
        }
    }
    out
}

/// `| key | what it does | fields |` as `- key: what it does. Fields: …`, by what is above.
fn item(row: &str, heads: &[String]) -> String {
    let mut cells = cells(row).into_iter().filter(|cell| !cell.is_empty());
    let (key, what) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    // A head that goes on in its cells.
    let head = heads.get(1).and_then(|head| head.strip_suffix('…')).unwrap_or_default();
    let Some(last) = cells.next() else { return format!("- {key}: {head}{what}") };
    match heads.get(2).map(String::as_str).unwrap_or_default() {
        "" | "example" => format!("- {key}: {what}. As in: {last}"),
        head => format!("- {key}: {what}. {}: {last}", capitalize(head)),
    }
}

fn cells(row: &str) -> Vec<String> {
    row.trim_matches(['|', ' ']).split(" | ").map(|cell| plain(cell.trim())).collect()
}

/// Removes the marks of emphasis. Those of code stay: the names of fields are words, too.
fn plain(text: &str) -> String {
    text.replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::from_markdown;

    #[test]
    fn a_table_is_a_list_and_code_is_indented() {
        let page = "# Files\n\nA **key** is `a`.\n\n| key | does | example |\n|---|---|---|\n| `a` | this | `a = \"|\"` |\n| `b` | that | |\n\n```toml\na = 1\n\nb = 2\n```\n";
        let text = "Files\n\nA key is `a`.\n\n- `a`: this. As in: `a = \"|\"`\n- `b`: that\n\n  a = 1\n\n  b = 2\n";
        assert_eq!(from_markdown(page), text);
    }
}
