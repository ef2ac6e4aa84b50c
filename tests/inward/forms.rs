//! The practices as they are asked in each form, every word of them in one text.

use std::fmt::Write;
use std::path::Path;

use inward::config::Chapter;
use inward::practice::{
    AnswerOption, ConditionalLine, Fear, Form, Practice, Practices, Question, QuestionKind,
    RecallPlace,
};

use crate::harness::{Home, one_line};

fn told(form: Form) -> String {
    let all = Practices::built_in();
    let practice = |name: &str| all.practice(name).unwrap().clone();
    all.names()
        // A card has no questions of its own.
        .filter(|name| *name != "card")
        .map(|name| page(&practice(name).adapted_to(form).with_partner_name(None)))
        .collect()
}

fn page(practice: &Practice) -> String {
    let mut text = format!("{}: {}\n", practice.name, practice.title);
    lines(&mut text, "intro", practice.intro.as_deref());
    let mut before = None;
    for question in &practice.questions {
        if let Some(more) = practice.more.as_ref().filter(|more| more.before == question.id) {
            text += "\n  Enough, or a little more?\n";
            let after = more.after.map(|after| format!("after {after} in any case"));
            lines(&mut text, "place", after.as_deref());
            said(&mut text, "say", &more.say);
        }
        if before != question.section {
            section(&mut text, practice, question.section.as_deref());
            before.clone_from(&question.section);
        }
        recalled(&mut text, practice, &RecallPlace::Question(question.id.clone()));
        asked(&mut text, question, practice.primary == question.id);
    }
    told_scores(&mut text, practice);
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

/// A heading, what is said below it, and how what it asks closes.
fn section(text: &mut String, practice: &Practice, id: Option<&str>) {
    let Some(section) = practice.sections.iter().find(|it| Some(it.id.as_str()) == id) else {
        return;
    };
    writeln!(text, "\n  [{}] {}", section.id, section.title).unwrap();
    lines(text, "short", section.short.as_deref());
    lines(text, "intro", section.intro.as_deref());
    recalled(text, practice, &RecallPlace::Section(section.id.clone()));
    let built = practice.sentences.iter().filter(|it| it.section.as_deref() == id);
    for sentence in built {
        lines(text, "built", Some(&sentence.question.ask));
        lines(text, "say", Some(&sentence.review.say));
        sentence.review.ways.iter().for_each(|way| lines(text, "↓", Some(way)));
    }
    said(text, "closing", &section.closing);
}

/// What earlier entries say there.
fn recalled(text: &mut String, practice: &Practice, place: &RecallPlace) {
    for recall in practice.recalls.iter().filter(|recall| recall.place == *place) {
        lines(text, "quote", Some(recall.lead.as_str()).filter(|lead| !lead.is_empty()));
        said(text, "quote", &recall.say);
    }
    let evidence = practice.evidence.iter();
    for evidence in
        evidence.filter(|it| *place == RecallPlace::Question(it.question.get_ref().clone()))
    {
        lines(text, "quote", Some(&evidence.lead));
        let all = evidence.sources.iter().flat_map(|source| &source.say);
        all.for_each(|say| lines(text, "quote", Some(say)));
    }
}

/// What stands below the answers.
fn told_scores(text: &mut String, practice: &Practice) {
    for score in &practice.scores {
        writeln!(text, "\n  {} (score of {})", score.title, score.of.join(", ")).unwrap();
        lines(text, "note", score.note.as_deref());
    }
    let Some(report) = &practice.report else { return };
    *text += "\n  The report\n";
    let order = report.order.join(", ");
    lines(text, "order", Some(&order).filter(|order| !order.is_empty()).map(String::as_str));
    lines(text, "note", report.note.as_deref());
    said(text, "ask", &report.ask);
    for rule in report.lasting.iter().filter(|_| report.asks_lasting) {
        lines(text, "lasting", Some(&rule.ask));
        lines(text, "", rule.good.as_ref().map(|good| good.ask.as_str()));
    }
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
    lines(text, "short", question.short.as_deref());
    said(text, "help", &question.helps);
    lines(text, "help", question.help.as_deref());
    if let Some(mark) = &question.mark {
        return lines(text, "mark", Some(&mark.label));
    }
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
    let plain = |label: &str| AnswerOption::plain("", label);
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

#[test]
fn a_practice_is_shown_with_its_conditions_its_answers_and_its_scores() {
    let home = Home::new();
    for arguments in ["practices show feel", "feel --help"] {
        let feel = one_line(&home.run(arguments).ok().stdout);
        assert!(feel.contains("Three times running, it wasn't heard."), "{arguments}: {feel}");
    }
    let reflect = home.run("practices show reflect").ok().stdout;
    for part in [
        "\nHow close did you feel to your partner?\n  --closeness\n    0         not at all\n",
        "\n    cant-say  counts as no answer\n",
        "\n  Asked if `connection` is “none today”, “none”, ",
        "\n  Asked if you kept `intent` on the same day.\n",
        "\n    forgot         I forgot\n",
    ] {
        assert!(reflect.contains(part), "{part}\n---\n{reflect}");
    }
    let assess = home.run("practices show assess").ok().stdout;
    assert!(assess.contains("the mean of "), "{assess}");
    let json = home.run("practices show reflect --json").ok().json();
    let closeness = json["practice"]["questions"].as_array().unwrap();
    let closeness = closeness.iter().find(|question| question["id"] == "closeness").unwrap();
    assert_eq!(closeness["answers"][3]["label"], "close");
}
