//! Lines to choose from, in rows that fit, broken at words.

use std::ops::Range;

/// Rows of a list, and which of them the marked line has.
pub(super) struct ListRows {
    pub rows: Vec<String>,
    pub marked: Option<Range<usize>>,
    /// How many of the lines are among them.
    pub count: usize,
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
    let mut wrapped: Vec<Vec<String>> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let mark = if marked == Some(at) { "❯ " } else { "  " };
            let first = format!("{mark}{}", before(at));
            let rest = " ".repeat(textwrap::core::display_width(&first));
            let wrap = |text: &str, first: &str, rest: &str| -> Vec<String> {
                let options = textwrap::Options::new(columns.clamp(8, 80))
                    .initial_indent(first)
                    .subsequent_indent(rest);
                textwrap::wrap(text, options).into_iter().map(|row| row.into_owned()).collect()
            };
            let above = heading(at).map(|heading| wrap(&format!("{heading}:"), "  ", "  "));
            [above.unwrap_or_default(), wrap(&line.text, &first, &rest)].concat()
        })
        .collect();
    let headings = |rows: &Vec<String>| rows.iter().take_while(|row| !row.starts_with('❯')).count();
    if let Some(rows) = marked.and_then(|at| wrapped.get_mut(at)).filter(|it| it.len() > room) {
        // A line that needs more rows than there are begins, at least.
        rows.drain(..headings(rows));
        rows.truncate(room);
    }
    let (first, end) = window(&wrapped, marked.unwrap_or(0), room);
    let place = |at: usize| {
        let above: usize = wrapped[first..at].iter().map(Vec::len).sum();
        above + headings(&wrapped[at])..above + wrapped[at].len()
    };
    let marked = marked.filter(|at| (first..end).contains(at)).map(place);
    let mut rows = wrapped[first..end].concat();
    if first > 0 {
        point(rows.first_mut(), '^');
    }
    if end < wrapped.len() {
        point(rows.last_mut(), 'v');
    }
    ListRows { rows, marked, count: end - first }
}

/// Says at the edge of a row that there are more beyond it; the marked one has its mark there.
fn point(row: Option<&mut String>, to: char) {
    if let Some(row) = row.filter(|row| row.starts_with(' ')) {
        row.replace_range(..1, to.encode_utf8(&mut [0; 4]));
    }
}

/// The longest run of lines that fits and has this one in it, about its middle.
fn window(wrapped: &[Vec<String>], middle: usize, room: usize) -> (usize, usize) {
    let middle = middle.min(wrapped.len());
    let mut taken = wrapped.get(middle).map_or(0, Vec::len);
    let (mut first, mut end) = (middle, (middle + 1).min(wrapped.len()));
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
            let row = list.marked.unwrap().start;
            assert_eq!(list.rows[row], format!("❯ line number {marked}"));
            // Which way there are more is said at the edges, as far as the mark leaves room.
            assert_eq!(list.rows[0].starts_with('^'), row > 0 && list.rows[0] != "  line number 0");
            let is_cut = list.rows[4] != "  line number 19" && row < 4;
            assert_eq!(list.rows[4].starts_with('v'), is_cut);
        }
        let list = list_rows(&lines[..1], None, 5, 13, |_| "[ ] ");
        assert_eq!(list.rows, ["  [ ] line", "      number", "      0"]);
        let grouped = ["body", "body", "mind"]
            .map(|heading| ListLine { heading: Some(heading.to_owned()), text: "rest".to_owned() });
        let list = list_rows(&grouped, Some(2), 9, 40, |_| "");
        assert_eq!(list.rows, ["  body:", "  rest", "  rest", "  mind:", "❯ rest"]);
        assert_eq!(list.marked, Some(4..5));
        assert!(list_rows(&[], None, 5, 40, |_| "").rows.is_empty());
    }

    #[test]
    fn a_line_taller_than_the_window_begins_in_it_and_none_is_wider() {
        let lines = ["one of the many words", "二行目の長い文です", "rest"].map(|text| ListLine {
            heading: Some("a long heading".to_owned()),
            text: text.to_owned(),
        });
        for marked in 0..3 {
            for room in 1..9 {
                let list = list_rows(&lines, Some(marked), room, 10, |_| "[ ] ");
                let width = |row: &String| textwrap::core::display_width(row);
                assert!(list.rows.len() <= room && list.rows.iter().all(|r| width(r) <= 10));
                let is_marked = |rows: std::ops::Range<usize>| list.rows[rows][0].starts_with('❯');
                assert!(list.marked.is_some_and(is_marked), "{marked} in {room}: {:?}", list.rows);
            }
        }
    }
}
