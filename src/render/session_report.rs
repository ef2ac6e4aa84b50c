//! A scored session in words and, where there is nothing to compare it with, as a picture:
//! on two screens of 80 columns by 24 rows.

mod comparison;
mod picture;
#[cfg(test)]
mod tests;

use crate::config::Clock;
use crate::pattern::{
    EarlierSessions, ItemAnswer, LastingAnswers, Quote, ScoreLine, SessionReport,
};
use crate::practice::phrase::enumerate;
use crate::words::{day_and_month, long_day};

use super::lasting::lasting_sentence;
use super::report::mean_words;
use super::{TextPage, clean_line, cut};

use picture::{PictureColumn, draw_blocks, legend};

/// Rows that last, on the screen.
const LASTING: usize = 2;
/// Rows of a quote.
const QUOTE_ROWS: usize = 3;
/// Rows of a screen, less the line that says how to continue.
const ROWS: usize = 22;

/// How a report is laid out.
#[derive(Clone, Copy)]
pub struct ReportLayout<'a> {
    pub clock: &'a Clock,
    pub page: &'a TextPage,
    /// The name that the writer gave, if any.
    pub partner: Option<&'a str>,
    /// Words in place of dots, one below the other.
    pub is_linear: bool,
    /// What is said of earlier sessions that can't be read.
    pub unread: &'a str,
}

/// The narrowest page on which answers stand beside each other.
const WIDE: usize = 79;

impl ReportLayout<'_> {
    fn draws(self) -> bool {
        !self.is_linear && self.page.width >= WIDE
    }

    /// "Sam", or "your partner".
    fn partner_name(self) -> String {
        self.partner.map_or_else(|| "your partner".to_owned(), clean_line)
    }

    fn wrap(self, text: &str) -> String {
        self.page.wrap(text, "")
    }

    /// Its further lines stand below the first, a little to the right.
    fn hang(self, text: &str, indent: &str) -> String {
        let inner = TextPage { width: self.page.width.saturating_sub(2).max(10), ..*self.page };
        inner.wrap(text, indent).replace('\n', "\n  ")
    }
}

/// The two screens. Below the second stands the question.
pub fn report_screens(report: &SessionReport, layout: ReportLayout) -> [String; 2] {
    let title = title_line(report, layout);
    // What tells fear is said in words beside the picture, too.
    let names = |line: &ScoreLine| line.tells_fear || !is_drawn(report);
    let (saw, note) = (saw(&report.scores, layout, names), note(report, layout));
    let screens = match &report.earlier {
        EarlierSessions::Last(of) if !is_drawn(report) => {
            let first = [title, saw, note];
            let room = ROWS.saturating_sub(first.iter().map(|block| rows(block) + 1).sum());
            // Lines have no screen that they must fit on.
            let room = if layout.is_linear { usize::MAX } else { room };
            let differs = comparison::lines(of, layout, room);
            let first = first.into_iter().chain([differs]).collect();
            let asked = report.question.as_ref().and_then(|question| question.about.as_ref());
            let lasting = lasting(report, layout, asked.map(|(row, _)| row));
            [first, vec![lasting, quotes(&report.quotes, layout)]]
        }
        EarlierSessions::Unread | EarlierSessions::None | EarlierSessions::Last(_) => {
            let blocks = draw_blocks(&report.blocks, PictureColumn::Words, layout);
            let beside = draw_blocks(&report.beside_sections, PictureColumn::Dots, layout);
            let legend = legend(report, layout);
            let tail = compared(&report.earlier, layout);
            if report.beside_first {
                [vec![title, beside, legend, saw, note], vec![blocks, tail]]
            } else {
                [vec![title, saw, blocks], vec![beside, legend, note, tail]]
            }
        }
    };
    screens.map(join)
}

/// All of it, as `show` has it below the answers.
pub fn whole_report(report: &SessionReport, layout: ReportLayout) -> String {
    let differs = match &report.earlier {
        // Where entries are shown, nothing is said of earlier ones that can't be read.
        EarlierSessions::Unread => String::new(),
        EarlierSessions::None | EarlierSessions::Last(_) => compared(&report.earlier, layout),
    };
    // Fear, which has no mean, is said by its items.
    let saw = saw(&report.scores, layout, |line| line.tells_fear);
    let note = note(report, layout);
    let blocks = draw_blocks(&report.blocks, PictureColumn::Words, layout);
    let beside = draw_blocks(&report.beside_sections, PictureColumn::Dots, layout);
    let legend = legend(report, layout);
    let answers = if report.beside_first {
        [beside, legend, saw, note, blocks]
    } else {
        [saw, note, blocks, beside, legend]
    };
    let words = [differs, lasting(report, layout, None), quotes(&report.quotes, layout)];
    join(answers.into_iter().chain(words).collect())
}

/// Its answers alone, as the first time shows them.
pub fn session_picture(report: &SessionReport, layout: ReportLayout) -> String {
    let blocks = draw_blocks(&report.blocks, PictureColumn::Words, layout);
    let beside = draw_blocks(&report.beside_sections, PictureColumn::Dots, layout);
    let beside = vec![beside, legend(report, layout)];
    let (title, blocks) = (vec![title_line(report, layout)], vec![blocks]);
    let parts = if report.beside_first { [title, beside, blocks] } else { [title, blocks, beside] };
    join(parts.concat())
}

/// The sentence about what lasted, and what it says, or the turn's own words.
pub fn report_question(report: &SessionReport, partner: Option<&str>) -> Option<String> {
    let question = report.question.as_ref()?;
    Some(match &question.about {
        Some((row, ask)) => format!("{} {ask}", lasting_sentence(row, partner)),
        None => question.question.ask.clone(),
    })
}

/// Is there nothing to compare it with, such as the first time in a chapter?
fn is_drawn(report: &SessionReport) -> bool {
    !matches!(&report.earlier, EarlierSessions::Last(of) if of.compared > 0)
}

fn join(blocks: Vec<String>) -> String {
    let blocks = blocks.iter().map(|block| block.trim_end_matches('\n'));
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn rows(block: &str) -> usize {
    block.trim_end().lines().count()
}

/// What it is, and of which day.
fn title_line(report: &SessionReport, layout: ReportLayout) -> String {
    let title = clean_line(&report.title);
    let day = long_day(layout.clock.day_of(report.at));
    let width = layout.page.width.min(80);
    let room = width.saturating_sub(textwrap::core::display_width(&title) + day.len());
    if layout.draws() && room > 1 {
        format!("{}{}{day}", layout.page.strong(&title), " ".repeat(room))
    } else {
        format!("{}\n{day}", layout.page.strong(&layout.wrap(&title)))
    }
}

/// A line a score; below it the single answers that its mean could hide, of the scores that
/// `names` holds for. Where they tell fear they have no mean: the picture alone, or they alone.
fn saw(lines: &[ScoreLine], layout: ReportLayout, names: impl Fn(&ScoreLine) -> bool) -> String {
    let line = |line: &ScoreLine| {
        let title = clean_line(&line.scored.title);
        let mean = if line.tells_fear {
            String::new()
        } else {
            format!(" {}.", mean_words(&line.scored).as_deref().unwrap_or(TOO_FEW))
        };
        let note = line.note.as_ref().map(|note| format!(" {}", clean_line(note)));
        let text = layout.hang(&format!("{title}:{mean}{}", note.unwrap_or_default()), "");
        match named(line, layout).filter(|_| names(line)) {
            Some(named) => format!("{text}\n  {}", layout.hang(&named, "")),
            None => text,
        }
    };
    let is_said = |line: &&ScoreLine| !line.tells_fear || names(line) && !line.named.is_empty();
    lines.iter().filter(is_said).map(line).collect::<Vec<_>>().join("\n")
}

const TOO_FEW: &str = "too few answers to sum up";

/// "often or more: tried to talk, was ignored", and where they are named from a lower step:
/// "sometimes or more: felt afraid (almost always); self-doubt, or pain (sometimes)"
fn named(line: &ScoreLine, layout: ReportLayout) -> Option<String> {
    let from = clean_line(line.named_from.as_ref().filter(|_| !line.named.is_empty())?);
    let item = |item: &ItemAnswer| {
        let name = item_name(item, layout);
        match line.names_steps {
            true => format!("{name} ({})", clean_line(&item.answer_words())),
            false => name,
        }
    };
    let named: Vec<String> = line.named.iter().map(item).collect();
    Some(format!("{from} or more: {}", named.join("; ")))
}

fn note(report: &SessionReport, layout: ReportLayout) -> String {
    report.note.as_ref().map(|note| layout.wrap(&clean_line(note))).unwrap_or_default()
}

fn compared(earlier: &EarlierSessions, layout: ReportLayout) -> String {
    match earlier {
        EarlierSessions::Unread => layout.wrap(layout.unread),
        EarlierSessions::None => layout.wrap(FIRST),
        EarlierSessions::Last(of) => comparison::lines(of, layout, usize::MAX),
    }
}

const FIRST: &str = "This is your first time here, so there's nothing to compare it with yet.";
/// The row that the question asks about is not said twice.
fn lasting(report: &SessionReport, layout: ReportLayout, asked: Option<&LastingAnswers>) -> String {
    let rows = report.lasting.iter().take(LASTING).filter(|row| Some(*row) != asked);
    let lines = rows.map(|row| layout.wrap(&lasting_sentence(row, layout.partner)));
    lines.collect::<Vec<_>>().join("\n")
}

/// "You marked “tried to talk, was ignored” often.", and what was written.
fn quotes(quotes: &[Quote], layout: ReportLayout) -> String {
    let quote = |quote: &Quote| {
        let (item, answer) = (&quote.item, quote.item.answer_words());
        let (name, whose) = (clean_line(&item.name), whose(item, layout));
        let heading = format!("You marked “{name}”{whose} {}.", clean_line(&answer));
        let day = day_and_month(layout.clock.day_of(quote.at));
        let words = quote.said.iter();
        let words = words.map(|(asked, words)| format!("{} “{}”", lead(asked), clean_line(words)));
        let words = words.collect::<Vec<_>>().join(" ");
        let marked = quote.also_marked.iter().map(|words| format!("“{}”", clean_line(words)));
        let marked: Vec<String> = marked.collect();
        let words = match marked.is_empty() {
            true => format!("{day}, {words}"),
            false => format!("On {day} you also marked {}. {words}", enumerate(&marked)),
        };
        // `show` has the whole entry.
        let room = (layout.page.width.min(80).saturating_sub(4) * QUOTE_ROWS).max(40);
        let words = layout.page.wrap(&close(&cut(&words, room)), "  ");
        format!("{}\n{words}", layout.wrap(&heading))
    };
    quotes.iter().map(quote).collect::<Vec<_>>().join("\n")
}

/// A question, as it stands before what was said.
fn lead(asked: &str) -> String {
    let asked = clean_line(asked);
    if asked.ends_with(char::is_alphanumeric) { format!("{asked}:") } else { asked }
}

/// A quote that was cut off still ends as one.
fn close(words: &str) -> String {
    let count = |mark| words.matches(mark).count();
    let is_open = words.ends_with('…') && count('“') > count('”');
    if is_open { format!("{words}”") } else { words.to_owned() }
}

/// ", of Sam," behind what was marked of someone else.
fn whose(item: &ItemAnswer, layout: ReportLayout) -> String {
    match item.person.as_deref() {
        None | Some(ME) => String::new(),
        Some(PARTNER) => format!(", of {},", layout.partner_name()),
        Some(other) => format!(", of {},", clean_line(other)),
    }
}

/// Of whom an item is asked.
const ME: &str = "me";
const PARTNER: &str = "partner";

/// "willing to work on it, Sam"
fn item_name(item: &ItemAnswer, layout: ReportLayout) -> String {
    let name = clean_line(&item.name);
    match person(item, layout) {
        Some(person) => format!("{name}, {person}"),
        None => name,
    }
}

/// Whose answer it is about, in a word.
fn person(item: &ItemAnswer, layout: ReportLayout) -> Option<String> {
    Some(match item.person.as_deref()? {
        ME => "you".to_owned(),
        PARTNER => layout.partner_name(),
        other => clean_line(other),
    })
}
