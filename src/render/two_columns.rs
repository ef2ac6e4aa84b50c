//! Lines beside lines, where the page is wide enough for both.

use textwrap::core::display_width;

/// Columns of each of the two; their texts leave the last one free.
pub const COLUMN_WIDTH: usize = 38;
const BETWEEN: &str = " │ ";

/// Has the page room for both?
pub fn has_two_columns(width: usize) -> bool {
    width >= 2 * COLUMN_WIDTH + display_width(BETWEEN)
}

/// The rows of what stands on the left and on the right.
pub fn two_columns(left: &[String], right: &[String]) -> Vec<String> {
    let row = |at: usize| {
        let [left, right] = [left, right].map(|lines| lines.get(at).map_or("", String::as_str));
        // Escape sequences have no width.
        let gap = " ".repeat(COLUMN_WIDTH.saturating_sub(display_width(left)));
        format!("{left}{gap}{BETWEEN}{right}").trim_end().to_owned()
    };
    (0..left.len().max(right.len())).map(row).collect()
}
