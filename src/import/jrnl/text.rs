//! jrnl's plain text, in which each entry reaches from its header to the next.

use chrono::{NaiveDate, NaiveTime};

use crate::dates::DigitOrder;
use crate::import::ImportIssue;

use super::super::moment::LocalMoment;
use super::super::page::{NotePage, tags_in, trim_blank_lines};
use super::super::{ImportContext, ImportInput, ImportRead, LinkedFiles, SourceSpot};
use super::header::{Header, HeaderReading, commonest_shape, order};
use super::{star, star_field};

pub fn read(
    input: &ImportInput,
    text: &str,
    folder_day: Option<NaiveDate>,
    context: &ImportContext,
) -> ImportRead {
    let lines: Vec<&str> = text.lines().collect();
    let headers = Header::parse_all(&lines, folder_day, context);
    let Some(shape) = commonest_shape(&headers) else {
        return no_entries(input, text, &headers);
    };
    let mut read = ImportRead::default();
    let is_entry = |header: &Header| header.is_readable() && header.shape() == shape;
    let (entries, others): (Vec<Header>, Vec<Header>) = headers.into_iter().partition(is_entry);
    if let Some(header) = entries.iter().find(|header| header.has_short_year()) {
        let given = header.date.to_owned();
        read.problem(input, header.line + 1, ImportIssue::TwoDigitYear { given });
        return read;
    }
    let (order, issue) = order(&entries, context.jrnl.order);
    if let Some((line, why)) = issue {
        read.problem(input, line + 1, why);
    }
    // What's before the first entry isn't kept, as `close` says.
    let first = entries.first().map_or(0, |header| header.line);
    let in_entries = others.iter().filter(|header| header.line > first);
    for header in in_entries.filter(|header| header.looks_like_date()) {
        let given = header.date.to_owned();
        let why = if header.shape() == shape {
            ImportIssue::NoSuchMoment { given }
        } else {
            ImportIssue::LooksLikeHeader { given }
        };
        read.problem(input, header.line + 1, why);
    }
    let mut reader = JrnlParser { input, context, lines: &lines, folder_day, order, read };
    let mut state = ParserState::BeforeTheFirst;
    for header in &entries {
        reader.close(&state, header.line);
        state = ParserState::In(header);
    }
    reader.close(&state, lines.len());
    reader.read
}

/// The issue of a file without any entry.
fn no_entries(input: &ImportInput, text: &str, headers: &[Header]) -> ImportRead {
    let looks_like_date = |header: &&Header| {
        header.date.chars().count() > 6 && header.date.contains(|c: char| c.is_ascii_digit())
    };
    let (spot, why) = match headers.iter().find(looks_like_date) {
        Some(header) => {
            let given = header.date.to_owned();
            (SourceSpot::from(header.line + 1), ImportIssue::UnreadableHeaders { given })
        }
        None if text.trim().is_empty() => (SourceSpot::default(), ImportIssue::NothingInIt),
        None => (SourceSpot::default(), ImportIssue::NoHeader),
    };
    let mut read = ImportRead::default();
    read.problem(input, spot, why);
    read
}

/// The parser's place in the file.
enum ParserState<'a> {
    BeforeTheFirst,
    In(&'a Header<'a>),
}

struct JrnlParser<'a> {
    input: &'a ImportInput,
    context: &'a ImportContext<'a>,
    lines: &'a [&'a str],
    folder_day: Option<NaiveDate>,
    order: DigitOrder,
    read: ImportRead,
}

impl JrnlParser<'_> {
    /// Ends the current entry, or the text before the first, at line index `end`.
    fn close(&mut self, state: &ParserState, end: usize) {
        match state {
            ParserState::In(header) => self.push_entry(header, end),
            ParserState::BeforeTheFirst => {
                let start = self.lines[..end].iter().position(|line| !line.trim().is_empty());
                if let Some(start) = start {
                    let why = ImportIssue::BeforeTheFirst { to: end };
                    self.read.problem(self.input, start + 1, why);
                }
            }
        }
    }

    fn push_entry(&mut self, header: &Header, end: usize) {
        let (title, is_starred) = star(header.title.trim());
        let Some(moment) = self.moment(header) else {
            let given = header.date.to_owned();
            return self.read.problem(self.input, header.line + 1, ImportIssue::BadDate { given });
        };
        let text = trim_blank_lines(&self.lines[header.line + 1..end].join("\n")).to_owned();
        let marks = &self.context.jrnl.tag_symbols;
        let tags = [title, &*text].into_iter().flat_map(|text| tags_in(text, marks));
        // The writer's own symbol isn't part of the tag.
        let bare = |tag: &str| tag.trim_start_matches(|c| marks.contains(&c)).to_owned();
        let tag_text =
            |tag: &str| if tag.starts_with(['@', '#']) { tag.to_owned() } else { bare(tag) };
        let tags = tags.map(tag_text).collect();
        let page = NotePage {
            title: title.to_owned(),
            text,
            tags,
            fields: star_field(is_starred),
            files: LinkedFiles::default(),
        };
        self.read.take_page(self.input, header.line + 1, moment, page, "", self.context);
    }

    /// The moment of an entry. In a folder of days, the file's day overrides the line's,
    /// as in jrnl.
    fn moment(&self, header: &Header) -> Option<LocalMoment> {
        let context = self.context;
        let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
        let moment = match &header.reading {
            HeaderReading::Time(time) => return context.local(self.folder_day?.and_time(*time)),
            HeaderReading::None => return None,
            HeaderReading::Wall(wall) => context.local(*wall)?,
            HeaderReading::Moment(stamp) => {
                let at = stamp.clone().in_order(self.order).at(context.clock, noon)?;
                LocalMoment::new(at, stamp.time_here())
            }
        };
        match self.folder_day.filter(|day| *day != moment.at.date_naive()) {
            Some(day) => {
                let time = header.time_here().unwrap_or(moment.at.time());
                context.local(day.and_time(time))
            }
            None => Some(moment),
        }
    }
}
