//! Figures on a terminal: drawn to the width of the page, or in words alone for
//! whoever hears the page. Both say the same sentences.

use crate::config::Clock;
use crate::pattern::{
    AnswerCount, Body, Figure, FigureLine, FigureMoment, HeldBackFigure, Pair, span,
};
use crate::practice::Fear;

use super::bars::{self, Bars};
use super::rows::rows;
use super::sentences::{all_different, count_of, sentences, times, too_few, word_list};
use super::terminal::{cut, near_day_words};
use super::{TextPage, clean, clean_line, day_words, drawing};

/// What stands side by side is spread no wider, and not where a column would be
/// narrower than that.
const WIDEST: usize = 120;
const NARROWEST: usize = 34;

/// What is held back for now, a line each, and why; nothing where there is none.
pub fn held_back(figures: &[HeldBackFigure], fear: Fear) -> Vec<String> {
    let line = |figure: &HeldBackFigure| {
        let title = clean_line(&figure.title);
        let title = title.trim_end_matches(['?', '.']);
        let mut letters = title.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        format!("Held back for now: {}.", first.chain(letters).collect::<String>())
    };
    let why = match fear {
        Fear::Known => {
            "It's about sharing. To bring it back: Esc in any practice, then “Suggestions to share”."
        }
        // What can't be read might say that somebody is afraid.
        Fear::Unknown | Fear::None => "It's about sharing, and some entries can't be read.",
    };
    let why = (!figures.is_empty()).then(|| why.to_owned());
    figures.iter().map(line).chain(why).collect()
}

/// How much is told.
#[derive(Clone, Copy, Debug)]
pub struct FigureOptions {
    /// Words and tables instead of drawings.
    pub plain: bool,
    /// Texts of one figure.
    pub texts: usize,
}

/// The figures that have something to say, and a line about those that do not.
pub fn figures(
    figures: &[Figure],
    telling: FigureOptions,
    clock: &Clock,
    page: &TextPage,
) -> String {
    let told = figures.iter().filter(|f| f.says_something());
    let mut parts: Vec<String> = told.map(|f| figure(f, telling, clock, page)).collect();
    let rest = [all_different(figures), too_few(figures)].into_iter().flatten();
    parts.extend(rest.map(|words| format!("{}\n", page.wrap(&words, ""))));
    parts.join("\n")
}

fn figure(figure: &Figure, telling: FigureOptions, clock: &Clock, page: &TextPage) -> String {
    let about = count_of(figure, telling.texts);
    let title = page.wrap(&clean_line(&figure.title), "");
    let mut text = format!("{}\n{}\n\n", page.strong(&title), page.quiet(&page.wrap(&about, "")));
    text += &match (&figure.body, telling.plain) {
        (Body::Moments { moments }, _) => texts(moments, telling.texts, clock, page),
        (Body::Sittings { pairs }, _) => pairs_table(pairs, page),
        (_, true) => in_rows(figure, page),
        (_, false) => draw(figure, page),
    };
    let said = sentences(figure);
    if !said.is_empty() {
        text += &format!("\n{}\n", page.wrap(&said.join(" "), "  "));
    }
    text
}

fn in_rows(figure: &Figure, page: &TextPage) -> String {
    let rows = rows(figure).into_iter();
    rows.map(|(name, value)| page.wrap(&format!("{name}: {value}"), "  ") + "\n").collect()
}

fn draw(figure: &Figure, page: &TextPage) -> String {
    let body = &figure.body;
    match body {
        Body::Days { first, last, days } => drawing::squares(*first, *last, days, page),
        Body::Weeks { lines, .. } => match span(lines) {
            Some(span) => each(lines, page, |line| drawing::line(line, span, page)),
            None => String::new(),
        },
        Body::Recurring { answers, words } => {
            let answers =
                answers.iter().map(|c| format!("“{}”, {}", clean_line(&c.answer), times(c.times)));
            let answers: Vec<String> = answers.map(|said| page.wrap(&said, "  ") + "\n").collect();
            let words = (!words.is_empty()).then(|| page.wrap(&word_list(words), "  ") + "\n");
            let parts = [answers.concat(), words.unwrap_or_default()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        }
        Body::Scores { .. } => {
            let bars = bars::of(body, figure.rests_on).into_iter().map(Bars::latest);
            drawing::bars(&bars.collect::<Vec<_>>(), page)
        }
        Body::Counts { .. } | Body::Groups { .. } | Body::Change { .. } => {
            drawing::bars(&bars::of(body, figure.rests_on), page)
        }
        Body::TooFew { .. } | Body::Moments { .. } | Body::Sittings { .. } => String::new(),
    }
}

/// A drawing for each line: two in one would need colour to be told apart.
fn each(lines: &[FigureLine], page: &TextPage, draw: impl Fn(&FigureLine) -> String) -> String {
    let titled = |line: &FigureLine| {
        let title = page.accent(&page.wrap(&clean_line(&line.title), "  "));
        if lines.len() > 1 { format!("{title}\n{}", draw(line)) } else { draw(line) }
    };
    lines.iter().map(titled).collect::<Vec<_>>().join("\n")
}

fn texts(moments: &[FigureMoment], most: usize, clock: &Clock, page: &TextPage) -> String {
    let one = |moment: &FigureMoment| {
        let day = near_day_words(clock.day_of(moment.at), clock.today());
        let words = clean_line(&moment.words);
        // Three lines of it; `show` has the rest.
        let words = cut(&words, 3 * page.width.min(80).saturating_sub(6).max(10));
        format!("{}\n{}\n", page.quiet(&format!("  {day}")), page.wrap(&words, "    "))
    };
    moments.iter().take(most).map(one).collect()
}

/// Then and now: beside each other where two columns of the page can be read.
fn pairs_table(pairs: &[Pair], page: &TextPage) -> String {
    let half = TextPage { width: page.width.min(WIDEST) / 2 - 2, ..*page };
    let abreast = half.width >= NARROWEST;
    let page_of_one = if abreast { &half } else { page };
    let said = |said: &AnswerCount| -> Vec<String> {
        let day = page.quiet(&page_of_one.wrap(&day_words(said.day), "  "));
        let words = page_of_one.wrap(&clean(&said.said), "    ");
        std::iter::once(day).chain(words.lines().map(str::to_owned)).collect()
    };
    let one = |pair: &Pair| {
        let mut text = format!("{}\n", page.accent(&page.wrap(&clean_line(&pair.asked), "  ")));
        if pair.reworded {
            text += &format!("{}\n", page.wrap("(worded otherwise then)", "  "));
        }
        let both = [said(&pair.then), said(&pair.now)];
        match abreast {
            true => text + &drawing::side_by_side(&both, half.width + 2),
            false => text + &both.concat().join("\n") + "\n",
        }
    };
    pairs.iter().map(one).collect::<Vec<_>>().join("\n")
}
