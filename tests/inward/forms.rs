//! The practices as they are asked in each form, every word of them in one text.

use std::fmt::Write;
use std::path::Path;

use inward::config::Chapter;
use inward::practice::{
    AnswerOption, ConditionalLine, Fear, Form, Practice, Practices, Question, QuestionKind,
};

const ASKED: [&str; 11] = [
    "intent",
    "reflect",
    "gratitude",
    "notice",
    "feel",
    "pause",
    "write",
    "needs",
    "grow",
    "release",
    "look",
];

fn told(form: Form) -> String {
    let all = Practices::built_in();
    let practice = |name: &str| all.get(name).unwrap().practice().unwrap().clone();
    ASKED
        .iter()
        .map(|name| page(&practice(name).adapted_to(form).with_partner_name(None)))
        .collect()
}

fn page(practice: &Practice) -> String {
    let mut text = format!("{}: {}\n", practice.name, practice.title);
    lines(&mut text, "intro", practice.intro.as_deref());
    for question in &practice.questions {
        if let Some(more) = practice.more.as_ref().filter(|more| more.before == question.id) {
            text += "\n  Enough, or a little more?\n";
            let after = more.after.map(|after| format!("after {after} in any case"));
            lines(&mut text, "place", after.as_deref());
            said(&mut text, "say", &more.say);
        }
        asked(&mut text, question, practice.primary == question.id);
    }
    if let Some(offer) = &practice.offer {
        text += "\n  When all is asked\n";
        lines(&mut text, "say", Some(&offer.say));
        offer.ways.iter().for_each(|way| lines(&mut text, "↓", Some(&way.label)));
    }
    text += "\n";
    said(&mut text, "closing", &practice.closing);
    for line in &practice.closing_by_day {
        lines(&mut text, "by day", Some(&line.say));
    }
    if let Some(follow_up) = &practice.follow_up {
        text += "\n  Some days later\n";
        follow_up.lead.iter().for_each(|lead| lines(&mut text, "say", Some(lead)));
        follow_up.questions.iter().for_each(|question| asked(&mut text, question, false));
        said(&mut text, "closing", &follow_up.closing);
    }
    text + "\n\n"
}

fn asked(text: &mut String, question: &Question, is_primary: bool) {
    let mark = if is_primary { ", primary" } else { "" };
    let mark =
        question.under.as_ref().map_or(mark.to_owned(), |above| format!("{mark}, under {above}"));
    writeln!(text, "\n  {} ({}{mark})", question.id, kind(&question.kind)).unwrap();
    said(text, "ask", &question.asks);
    if question.asks.is_empty() {
        lines(text, "ask", Some(&question.ask));
    }
    lines(text, "help", question.help.as_deref());
    for suggest in &question.suggest {
        lines(text, "from", Some(&format!("{}: {}", suggest.practice, suggest.say)));
    }
    for group in offered(question).chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
        let labels: Vec<&str> = group.iter().map(|option| option.label.as_str()).collect();
        let heading = group[0].group.as_ref().map(|group| format!("{}: ", group.heading));
        let line = heading.unwrap_or_default() + &labels.join(", ");
        lines(text, "↓", Some(&line));
    }
    said(text, "then", &question.reply);
}

fn kind(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text { .. } => "text",
        QuestionKind::Long => "long",
        QuestionKind::Choice { .. } => "choice",
        QuestionKind::Choices { .. } => "choices",
        QuestionKind::Scale { .. } => "scale",
        QuestionKind::YesNo => "yes-no",
        QuestionKind::Number { .. } => "number",
        QuestionKind::Stillness { .. } => "stillness",
        QuestionKind::Tags => "tags",
    }
}

/// What there is to choose from, an id before its label where it has one of its own.
fn offered(question: &Question) -> Vec<AnswerOption> {
    let plain = |label: &str| AnswerOption {
        id: String::new(),
        label: label.to_owned(),
        group: None,
        marks: Default::default(),
        value: None,
    };
    let with_id = |option: &AnswerOption| match option.group {
        Some(_) => option.clone(),
        None => {
            AnswerOption { label: format!("{}  {}", option.id, option.label), ..option.clone() }
        }
    };
    let starts = question.starts.iter().map(|start| plain(&start.say));
    let own: Vec<AnswerOption> = match &question.kind {
        QuestionKind::Text { suggestions } => suggestions.iter().map(|s| plain(&s.say)).collect(),
        QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
            options.iter().map(with_id).collect()
        }
        QuestionKind::Scale { labels, .. } => vec![plain(&labels.join(" · "))],
        QuestionKind::Long
        | QuestionKind::YesNo
        | QuestionKind::Number { .. }
        | QuestionKind::Stillness { .. }
        | QuestionKind::Tags => Vec::new(),
    };
    own.into_iter().chain(starts).collect()
}

fn said(text: &mut String, mark: &str, all: &[ConditionalLine]) {
    all.iter().flat_map(|line| &line.turns).for_each(|say| lines(text, mark, Some(say)));
}

fn lines(text: &mut String, mark: &str, words: Option<&str>) {
    for (place, line) in words.into_iter().flat_map(|words| words.lines().enumerate()) {
        let mark = if place == 0 { mark } else { "" };
        writeln!(text, "    {mark:<8}{line}").unwrap();
    }
}

fn holds(file: &str, fear: Fear, chapter: Chapter) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(file);
    snapbox::assert_data_eq!(
        told(Form { fear, chapter }),
        snapbox::Data::read_from(&path, None).raw()
    );
}

#[test]
fn every_word_of_the_practices_is_as_it_was_read_when_nobody_is_afraid() {
    holds("open.txt", Fear::None, Chapter::Together);
}

#[test]
fn every_word_of_the_practices_is_as_it_was_read_while_nothing_is_known() {
    holds("locked.txt", Fear::Unknown, Chapter::Together);
}

#[test]
fn every_word_of_the_practices_is_as_it_was_read_while_care_is_on() {
    holds("care.txt", Fear::Known, Chapter::Together);
}

#[test]
fn every_word_of_the_practices_is_as_it_was_read_apart() {
    holds("apart.txt", Fear::None, Chapter::Apart);
}

#[test]
fn every_word_of_the_practices_is_as_it_was_read_apart_while_care_is_on() {
    holds("apart-care.txt", Fear::Known, Chapter::Apart);
}
