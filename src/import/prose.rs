//! A markdown text without its code, where nothing is a tag or a link.

use std::collections::HashMap;

/// The text without its code.
pub fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<Fence> = None;
    for line in text.lines() {
        // A quote or an item of a list ends with its last line, and so does the code in it.
        let is_quoted = line.trim_start().starts_with('>');
        let is_inside =
            |open: &Fence| line.trim().is_empty() || columns_before(line) >= open.indent;
        fence = fence.filter(|open| (is_quoted || !open.is_quoted) && is_inside(open));
        match fence {
            Some(open) if open.ends_at(line) => fence = None,
            Some(_) => {}
            None => {
                fence = Fence::opening(line);
                if fence.is_none() {
                    push_without_code(&mut prose, line);
                    prose.push('\n');
                }
            }
        }
    }
    prose
}

/// The marks that begin a block of code.
#[derive(Clone, Copy)]
struct Fence<'a> {
    marks: &'a str,
    is_quoted: bool,
    /// Columns before the text of the item of a list that it begins; outside of one, none.
    indent: usize,
}

impl Fence<'_> {
    fn opening(line: &str) -> Option<Fence<'_>> {
        let start = in_lists_and_quotes(line);
        let before = &line[..line.len() - start.len()];
        let is_quoted = before.contains('>');
        let is_item = !is_quoted && !before.trim().is_empty();
        let indent = if is_item { columns(before) } else { 0 };
        let mark = start.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let (marks, info) = start.split_at(run_length(start, mark));
        // Code within a line may begin with as many.
        let is_fence = marks.len() >= 3 && !(mark == '`' && info.contains('`'));
        is_fence.then_some(Fence { marks, is_quoted, indent })
    }

    fn ends_at(self, line: &str) -> bool {
        let is_before = |c: char| c.is_whitespace() || (c == '>' && self.is_quoted);
        let start = line.trim_start_matches(is_before);
        start.starts_with(self.marks)
            && start.trim_end().trim_start_matches(&self.marks[..1]).is_empty()
    }
}

/// A line without the marks of the lists and quotes that begin with it.
fn in_lists_and_quotes(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let number_end = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = if number_end.len() < rest.len() {
            number_end.strip_prefix(['.', ')'])
        } else {
            rest.strip_prefix(['-', '*', '+'])
        };
        let item = item.filter(|item| item.starts_with([' ', '\t']));
        match item.or_else(|| rest.strip_prefix('>')) {
            Some(inside) => rest = inside.trim_start(),
            None => return rest,
        }
    }
}

fn columns_before(line: &str) -> usize {
    columns(&line[..line.len() - line.trim_start().len()])
}

fn columns(text: &str) -> usize {
    text.chars().fold(0, |column, c| if c == '\t' { (column / 4 + 1) * 4 } else { column + 1 })
}

fn run_length(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// Adds a line. Code is between two runs of as many backticks; any other run is just itself.
fn push_without_code(prose: &mut String, line: &str) {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find('`').map(|length| at + length) {
        let length = run_length(&line[start..], '`');
        runs.push((start, length));
        at = start + length;
    }
    let last: HashMap<usize, usize> =
        runs.iter().map(|(start, length)| (*length, *start)).collect();
    let mut at = 0;
    let mut rest = runs.into_iter();
    while let Some((start, length)) = rest.next() {
        // Only one that is closed is looked for, so that each run is looked at once.
        let is_open = last.get(&length).is_some_and(|last| *last > start);
        let end = is_open.then(|| rest.find(|run| run.1 == length)).flatten();
        if let Some((end, _)) = end {
            prose.extend([&line[at..start], " "]);
            at = end + length;
        }
    }
    prose.push_str(&line[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_left_out_however_many_marks_it_is_between() {
        for (text, expected) in [
            ("a `b` c", "a   c\n"),
            ("- ```\n  b\n\n  c\n\nd", "d\n"),
            ("- [x] run\n- ~~~ that was it ~~~\n\nd", "- [x] run\nd\n"),
            ("-\t```\n\tb\n\t```\nd", "d\n"),
            ("a ``b ` c`` d `e", "a   d `e\n"),
            ("`a `` b", "`a `` b\n"),
            ("``` a ``` b\nc", "  b\nc\n"),
            ("a\n````md\n```\nb\n```\n````\nc", "a\nc\n"),
            ("a\n~~~\n```\nb\n~~~ \nc", "a\nc\n"),
            ("a\n  ```js\n  b", "a\n"),
            ("é `ü` ~~b~~", "é   ~~b~~\n"),
            ("- ```\n  a\n  ```\nb", "b\n"),
            ("> 10) - ~~~ md\n> > ```\n> ~~~\nb", "b\n"),
            ("> ```\n> a\n\nb", "\nb\n"),
            ("```\n> ```\na\n```\nb", "b\n"),
            ("-```\na", "-```\na\n"),
        ] {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn runs_that_never_end_take_no_longer_than_their_length() {
        let long: String = (1..1500).map(|length| format!("{} ", "`".repeat(length))).collect();
        assert_eq!(prose(&long).len(), long.len() + 1);
    }
}
