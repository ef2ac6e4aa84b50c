//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

use crate::config::Clock;
use crate::pattern::{Body, Count, Figure, Line, Moment, Pair};

use super::sentences::{count_of, rows, sentences};
use super::terminal::{cut, near_day_words};
use super::{Page, clean, clean_line, day_words, drawing};

/// How much is told.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// Words and tables instead of drawings.
    pub plain: bool,
    /// Texts of one figure.
    pub texts: usize,
}

/// The figures that have something to say, and a line about those that do not.
pub fn figures(figures: &[Figure], telling: Telling, clock: &Clock, page: &Page) -> String {
    let told = figures.iter().filter(|f| !f.is_too_few());
    let mut parts: Vec<String> = told.map(|f| figure(f, telling, clock, page)).collect();
    parts.extend(too_few(figures).map(|words| format!("{}\n", page.wrap(&words, ""))));
    parts.join("\n")
}

/// What cannot be said yet, in one sentence.
pub fn too_few(figures: &[Figure]) -> Option<String> {
    // The same question may be shown in another way already.
    let shown = |title: &str| figures.iter().any(|f| !f.is_too_few() && f.title == title);
    let few = figures.iter().filter(|f| f.is_too_few() && f.rests_on > 0 && !shown(&f.title));
    let mut few: Vec<String> =
        few.map(|f| format!("{} ({})", clean_line(&f.title), f.rests_on)).collect();
    few.dedup();
    (!few.is_empty()).then(|| format!("Too few to say: {}.", few.join("; ")))
}

fn figure(figure: &Figure, telling: Telling, clock: &Clock, page: &Page) -> String {
    let about = count_of(figure);
    let title = page.wrap(&clean_line(&figure.title), "");
    let mut text = format!("{}\n{}\n\n", page.strong(&title), page.quiet(&page.wrap(&about, "")));
    text += &match (&figure.body, telling.plain) {
        (Body::Moments { moments }, _) => texts(moments, telling.texts, clock, page),
        (Body::Sittings { pairs }, _) => beside(pairs, page),
        (_, true) => in_rows(figure, page),
        (body, false) => drawn(body, page),
    };
    let said = sentences(figure);
    if !said.is_empty() {
        text += &format!("\n{}\n", page.wrap(&said.join(" "), "  "));
    }
    text
}

fn in_rows(figure: &Figure, page: &Page) -> String {
    let rows = rows(figure).into_iter();
    rows.map(|(name, value)| page.wrap(&format!("{name}: {value}"), "  ") + "\n").collect()
}

fn drawn(body: &Body, page: &Page) -> String {
    match body {
        Body::Days { first, last, days } => drawing::squares(*first, *last, days, page),
        Body::Weeks { lines, .. } => each(lines, page, |line| drawing::line(line, page)),
        Body::Counts { counts } => drawing::bars(&pairs_of(counts), page),
        Body::Groups { groups } => {
            let one = |group: &crate::pattern::Group| {
                let lead = format!("{} ({} days)", clean_line(&group.group), group.rests_on);
                let lead = page.accent(&page.wrap(&lead, "  "));
                format!(
                    "{lead}\n{}",
                    drawing::shares(&pairs_of(&group.counts), group.rests_on, page)
                )
            };
            groups.iter().map(one).collect::<Vec<_>>().join("\n")
        }
        Body::Change { low, high, before, after, .. } => {
            drawing::levels(&[("before", *before), ("after", *after)], (*low, *high), page)
        }
        Body::Scores { lines } => drawing::beside(lines, page),
        Body::Recurring { answers, words } => {
            let answers = drawing::bars(&pairs_of(answers), page);
            let each = words.iter().map(|c| format!("{} {}", clean_line(&c.answer), c.times));
            let words = page.wrap(&each.collect::<Vec<_>>().join(", "), "  ");
            let gap = if answers.is_empty() || words.is_empty() { "" } else { "\n" };
            let end = if words.is_empty() { "" } else { "\n" };
            format!("{answers}{gap}{words}{end}")
        }
        Body::TooFew { .. } | Body::Moments { .. } | Body::Sittings { .. } => String::new(),
    }
}

/// A drawing for each line: two in one would need colour to be told apart.
fn each(lines: &[Line], page: &Page, draw: impl Fn(&Line) -> String) -> String {
    let titled = |line: &Line| {
        let title = page.accent(&page.wrap(&clean_line(&line.title), "  "));
        if lines.len() > 1 { format!("{title}\n{}", draw(line)) } else { draw(line) }
    };
    lines.iter().map(titled).collect::<Vec<_>>().join("\n")
}

fn pairs_of(counts: &[Count]) -> Vec<(String, usize)> {
    counts.iter().map(|count| (clean_line(&count.answer), count.times)).collect()
}

fn texts(moments: &[Moment], most: usize, clock: &Clock, page: &Page) -> String {
    let one = |moment: &Moment| {
        let day = near_day_words(clock.day_of(moment.at), clock.today());
        let words = clean_line(&moment.words);
        // Three lines of it; `show` has the rest.
        let words = cut(&words, 3 * page.width.min(80).saturating_sub(6).max(10));
        format!("{}\n{}\n", page.quiet(&format!("  {day}")), page.wrap(&words, "    "))
    };
    moments.iter().take(most).map(one).collect()
}

fn beside(pairs: &[Pair], page: &Page) -> String {
    let one = |pair: &Pair| {
        let mut text = format!("{}\n", page.accent(&page.wrap(&clean_line(&pair.asked), "  ")));
        if pair.reworded {
            text += &format!("{}\n", page.wrap("(worded otherwise then)", "  "));
        }
        for said in [&pair.then, &pair.now] {
            text += &format!("{}\n", page.quiet(&page.wrap(&day_words(said.day), "  ")));
            text += &format!("{}\n", page.wrap(&clean(&said.said), "    ").trim_end());
        }
        text
    };
    pairs.iter().map(one).collect::<Vec<_>>().join("\n")
}
