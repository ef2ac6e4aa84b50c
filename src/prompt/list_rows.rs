//! Lines to choose from, in rows that fit, broken at words.

/// Rows of a list, and which of them the marked line begins in.
pub(super) struct ListRows {
    pub rows: Vec<String>,
    pub marked: Option<usize>,
}

/// A line of a list.
#[derive(Clone)]
pub(super) struct ListLine {
    /// What stands above it, and above those after it that have the same.
    pub heading: Option<String>,
    pub text: String,
}

impl From<String> for ListLine {
    fn from(text: String) -> ListLine {
        ListLine { heading: None, text }
    }
}

/// As many lines around the marked one as `room` holds; `before` goes in front of each.
pub(super) fn list_rows(
    lines: &[ListLine],
    marked: Option<usize>,
    room: usize,
    columns: usize,
    before: impl Fn(usize) -> &'static str,
) -> ListRows {
    let heading = |at: usize| lines.get(at).and_then(|line| line.heading.as_ref());
    let heading = |at: usize| {
        let above = at.checked_sub(1).and_then(heading);
        heading(at).filter(|heading| above != Some(heading))
    };
    let wrapped: Vec<Vec<String>> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let mark = if marked == Some(at) { "❯ " } else { "  " };
            let first = format!("{mark}{}", before(at));
            let rest = " ".repeat(textwrap::core::display_width(&first));
            let options = textwrap::Options::new(columns.clamp(8, 80))
                .initial_indent(&first)
                .subsequent_indent(&rest);
            let rows = textwrap::wrap(&line.text, options).into_iter().map(|row| row.into_owned());
            heading(at).map(|heading| format!("  {heading}:")).into_iter().chain(rows).collect()
        })
        .collect();
    let (first, end) = window(&wrapped, marked.unwrap_or(0), room);
    let above = |at: usize| {
        let rows: usize = wrapped[first..at].iter().map(Vec::len).sum();
        rows + usize::from(heading(at).is_some())
    };
    let marked = marked.filter(|at| (first..end).contains(at)).map(above);
    ListRows { rows: wrapped[first..end].concat(), marked }
}

/// The longest run of lines that fits and has this one in it, about its middle.
fn window(wrapped: &[Vec<String>], middle: usize, room: usize) -> (usize, usize) {
    let (mut first, mut end, mut taken) = (middle.min(wrapped.len()), middle.min(wrapped.len()), 0);
    loop {
        let below = wrapped.get(end).filter(|rows| taken + rows.len() <= room);
        if let Some(rows) = below {
            taken += rows.len();
            end += 1;
        }
        let above = first.checked_sub(1).and_then(|at| wrapped.get(at));
        let above = above.filter(|rows| taken + rows.len() <= room);
        if let Some(rows) = above {
            taken += rows.len();
            first -= 1;
        }
        if below.is_none() && above.is_none() {
            return (first, end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_line_is_shown_whatever_the_room_and_lines_break_at_words() {
        let lines: Vec<ListLine> =
            (0..20).map(|n| ListLine::from(format!("line number {n}"))).collect();
        for marked in 0..20 {
            let list = list_rows(&lines, Some(marked), 5, 40, |_| "");
            assert_eq!(list.rows.len(), 5);
            let row = list.marked.unwrap();
            assert_eq!(list.rows[row], format!("❯ line number {marked}"));
        }
        let list = list_rows(&lines[..1], None, 5, 13, |_| "[ ] ");
        assert_eq!(list.rows, ["  [ ] line", "      number", "      0"]);
        let grouped = ["body", "body", "mind"]
            .map(|heading| ListLine { heading: Some(heading.to_owned()), text: "rest".to_owned() });
        let list = list_rows(&grouped, Some(2), 9, 40, |_| "");
        assert_eq!(list.rows, ["  body:", "  rest", "  rest", "  mind:", "❯ rest"]);
        assert_eq!(list.marked, Some(4));
        assert!(list_rows(&[], None, 5, 40, |_| "").rows.is_empty());
    }
}
