//! A markdown text without its code, where nothing is a tag or a link.

use std::collections::HashMap;

/// The text without its code.
pub fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        match fence {
            Some(open) => {
                let is_end = start.starts_with(open)
                    && start.trim_end().trim_start_matches(&open[..1]).is_empty();
                fence = Some(open).filter(|_| !is_end);
            }
            None => match opening_fence(start) {
                Some(open) => fence = Some(open),
                None => {
                    push_without_code(&mut prose, line);
                    prose.push('\n');
                }
            },
        }
    }
    prose
}

/// The marks that begin a block of code.
fn opening_fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (fence, info) = line.split_at(run_length(line, mark));
    // Code within a line may begin with as many.
    let is_fence = fence.len() >= 3 && !(mark == '`' && info.contains('`'));
    is_fence.then_some(fence)
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
            ("a ``b ` c`` d `e", "a   d `e\n"),
            ("`a `` b", "`a `` b\n"),
            ("``` a ``` b\nc", "  b\nc\n"),
            ("a\n````md\n```\nb\n```\n````\nc", "a\nc\n"),
            ("a\n~~~\n```\nb\n~~~ \nc", "a\nc\n"),
            ("a\n  ```js\n  b", "a\n"),
            ("é `ü` ~~b~~", "é   ~~b~~\n"),
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
