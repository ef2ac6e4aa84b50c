//! Whole files, with every mistake in them.

use super::*;
use crate::practice::parse::parse;

fn mistakes(text: &str) -> Vec<(usize, String)> {
    mistakes_in("walk", text)
}

fn mistakes_in(name: &str, text: &str) -> Vec<(usize, String)> {
    let mistakes = parse(name, text, &["list"]).err().unwrap_or_default();
    mistakes.into_iter().map(|m| (m.line, m.what)).collect()
}

#[test]
fn every_mistake_is_found_at_once_each_with_its_line() {
    let text = "title = \"Walk\"\ncadence = \"hourly\"\n\n[[question]]\nid = \"Seen it\"\nask = \"Seen?\"\nkind = \"smell\"\n\n[[question]]\nid = \"tag\"\nask = \"How?\"\nkind = \"scale\"\nwhen = { later = \"x\" }\n";
    assert_eq!(
        mistakes(text),
        [
            (2, "There is no cadence “hourly”.".to_owned()),
            (5, "“Seen it” cannot be an id.".to_owned()),
            (7, "There is no kind “smell”.".to_owned()),
            (10, "“tag” is a flag of every practice.".to_owned()),
            (12, "This scale has no range.".to_owned()),
            (13, "No earlier question is called “later”.".to_owned()),
        ]
    );
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let mistakes = mistakes("title = \"Walk\"\ncolour = \"red\"\n");
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].0, 2);
    assert!(mistakes[0].1.contains("colour"), "{mistakes:?}");
}

#[test]
fn a_verb_keeps_its_name() {
    let mistakes = parse("list", "title = \"List\"\n", &["list"]).unwrap_err();
    assert_eq!(mistakes[0].what, "“list” is a verb of inward.");
}

#[test]
fn one_item_can_be_asked_of_several_people() {
    let text = "title = \"W\"\nscale = { min = 0, max = 4 }\n[[question]]\nid = \"still\"\nkind = \"scale\"\nask = { me = \"I went quiet.\", partner = \"You did.\" }\n";
    let practice = parse("walk", text, &[]).unwrap();
    let ids: Vec<_> = practice.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(ids, ["still-me", "still-partner"]);
}

#[test]
fn a_pattern_that_cannot_be_shown_is_named_with_its_line() {
    let text = "title = \"Walk\"\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n\n[[pattern]]\ntitle = \"A\"\nshows = \"clouds\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"B\"\nshows = \"weeks\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"C\"\nshows = \"counts\"\nof = [\"heard\"]\n[[pattern]]\ntitle = \"D\"\nshows = \"change\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"E\"\nshows = \"scores\"\nof = [\"ease\"]\n";
    let mistakes = parse("walk", text, &[]).unwrap_err();
    let lines: Vec<_> = mistakes.iter().map(|m| (m.line, m.what.as_str())).collect();
    assert_eq!(
        lines,
        [
            (9, "A pattern cannot show “clouds”."),
            (14, "“seen” cannot be shown so."),
            (18, "There is no question “heard”."),
            (21, "“D” is of 1 questions."),
            (22, "“seen” cannot be shown so."),
            (26, "There is no score “ease”."),
        ]
    );
}

fn mistakes_of_norms(norms: &str) -> Vec<(usize, String)> {
    let text = format!(
        "title = \"Q\"\n[[question]]\nid = \"a\"\nask = \"A\"\nkind = \"yes-no\"\n[[score]]\nid = \"s\"\ntitle = \"S\"\nof = [\"a\"]\n{norms}"
    );
    mistakes_in("q", &text)
}

#[test]
fn norms_are_whole_with_their_source_and_possible() {
    assert_eq!(mistakes_of_norms(""), []);
    assert_eq!(mistakes_of_norms("sd = 0.8\nreliability = 0.82\nsource = \"A study, 1999\"\n"), []);
    let incomplete = [(7, "The norms of the score “S” are incomplete.".to_owned())];
    assert_eq!(mistakes_of_norms("sd = 0.8\nreliability = 0.82\n"), incomplete);
    assert_eq!(mistakes_of_norms("sd = 0.8\nsource = \"A study\"\n"), incomplete);
    assert_eq!(mistakes_of_norms("sd = 0.8\nreliability = 0.82\nsource = \" \"\n"), incomplete);
    let impossible = mistakes_of_norms("sd = 0\nreliability = 1\nsource = \"A study\"\n");
    let what = [(7, "sd is 0.".to_owned()), (7, "reliability is 1.".to_owned())];
    assert_eq!(impossible, what);
}

#[test]
fn what_a_form_cannot_change_is_named_with_its_line() {
    let text = r#"title = "W"
[[question]]
id = "a"
ask = "A?"
kind = "choice"
options = ["Red"]
asked = false
care.options = ["red", "blue"]
locked.suggestions = ["x"]
[[question]]
id = "b"
ask = "B?"
kind = "list"
from = "dreams"
most = 0
apart.behind = "nowhere"
when = { a = { running = 1 } }
"#;
    let expected = [
        (3, "A question of the kind choice has no suggestions."),
        (3, "“blue” is none of the options."),
        (3, "It is never asked."),
        (11, "There is no question “nowhere”."),
        (13, "`most` counts nothing."),
        (14, "A list needs a list to choose from."),
        (17, "`running` counts nothing."),
    ];
    let found = mistakes(text);
    let found: Vec<_> = found.iter().map(|(line, what)| (*line, what.as_str())).collect();
    assert_eq!(found, expected);
    let mistyped = mistakes(&text.replace("locked.suggestions = [\"x\"]", "chapter = \"away\""));
    assert_eq!((mistyped.len(), mistyped[0].0), (1, 9), "{mistyped:?}");
}

/// A file in which everything is wrong that can be beside a question.
const ALL_WRONG: &str = r#"
title = "Wrong"
cadence = "hourly"
primary = "nobody"
parts = true
closing = { say = "So.", when = { feel = "blue" } }
beside = 99999
[[question]]
id = "Two words"
kind = "smell"
ask = { me = 3 }
[[question]]
id = "ease"
ask = "?"
kind = "scale"
when = { later = { above = "latest" } }
section = "nowhere"
[[question]]
id = "feel"
ask = "?"
kind = "choice"
options = ["red", "red"]
[[question]]
id = "feel"
ask = "?"
kind = "scale"
scale = { min = 0, max = 2, labels = ["low"] }
[[question]]
id = "words"
ask = "?"
kind = "text"
starts = ["So"]
from = "dreams"
without = ["sweet"]
most = 0
asked = false
apart.behind = "nowhere"
under = "colour"
sets = "partner"
when = { feel = { running = 1 } }
[[question]]
id = "colour"
ask = "?"
kind = "choice"
options = ["red"]
care.options = ["blue"]
[[recall]]
practice = "walk"
show = "clouds"
[sentence]
grammar = "tongues"
say = "I {vanish}."
after = "words"
[offer]
say = "Else?"
when = { feel = "blue" }
ways = [{ label = "Both", question = "nobody", page = "clouds" }]
[[score]]
id = "a"
title = "A"
of = ["words", "words"]
how = "guess"
prorate = true
reverse = ["feel"]
least = 2
sd = 0
reliability = 0.5
source = " "
[[score]]
id = "a"
title = "B"
[[score]]
id = "b"
title = "C"
how = "mean-of-scores"
scores = ["b", "c"]
[[pattern]]
title = "P"
shows = "clouds"
of = []
[[pattern]]
title = "Q"
shows = "weeks"
of = ["words"]
[report]
order = ["gone"]
beside = ["gone"]
question = "colour"
ask = "?"
"#;

#[test]
fn every_lint_finds_its_mistake() {
    let empty = "title = \"Empty\"\n[[section]]\nid = \"Its own\"\ntitle = \"S\"\n";
    let mut counts = vec![0; LINTS.len()];
    for text in [ALL_WRONG, empty] {
        let file: PracticeFile = toml::from_str(text).unwrap();
        let practice = convert::practice("list", &file);
        let all = practice.all_questions().collect();
        let linted =
            LintedFile { name: "list", reserved: &["list"], file: &file, practice: &practice, all };
        for (lint, count) in LINTS.iter().zip(&mut counts) {
            let mut mistakes = Mistakes { text, all: Vec::new() };
            lint(&linted, &mut mistakes);
            *count += mistakes.all.len();
        }
    }
    let silent: Vec<usize> = (0..LINTS.len()).filter(|lint| counts[*lint] == 0).collect();
    assert!(silent.is_empty(), "lints that found nothing, by place: {silent:?}");
}

#[test]
fn a_report_that_names_what_is_not_there_is_named_with_its_lines() {
    let text = r#"title = "Walk"
scale = { min = 0, max = 4 }
[[question]]
id = "ease"
ask = "Easy?"
kind = "scale"
[[score]]
id = "ease"
title = "Ease"
of = ["ease"]
[report]
order = ["ease", "trust"]
beside = ["there"]
question = "ease"
ask = "And then?"
care.order = ["calm"]
[report.lasting]
at-least = 3
ask = "What does that say?"
good = { section = "here", at-most = 1, ask = "What helped?" }
"#;
    let expected = [
        (12, "There is no score “trust”.".to_owned()),
        (13, "There is no section “there”.".to_owned()),
        (14, "“ease” can't be answered in words.".to_owned()),
        (16, "There is no score “calm”.".to_owned()),
        (20, "There is no section “here”.".to_owned()),
    ];
    assert_eq!(mistakes(text), expected);
    let unkept = "title = \"Walk\"\n[[question]]\nid = \"a\"\nask = \"A?\"\nkind = \"text\"\n[report]\nask = \"And then?\"\n";
    let what = "What the report asks has no question that keeps the answer.".to_owned();
    assert_eq!(mistakes(unkept), [(6, what)]);
}

#[test]
fn what_stands_at_a_question_or_on_a_page_is_there() {
    let text = "title = \"Walk\"\n\n[page]\npart = [{ id = \"a\", section = \"gone\", heading = \"A\", marks = \"gone\" }]\n\n[evidence]\nquestion = \"gone\"\nlead = \"L\"\nmost = 2\nfrom = []\n\n[[section]]\nid = \"way\"\ntitle = \"Way\"\n\n[[recall]]\npractice = \"walk\"\nsection = \"way\"\nquestion = \"seen\"\nsay = \"{seen}\"\n\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\neach = [{ id = \"met\", label = \"met\" }]\n";
    let found = mistakes(text);
    for what in [
        "There is no section “gone”.",
        "There is no question “gone”.",
        "A recall has one place.",
        "A question of the kind text has no each.",
    ] {
        assert!(found.iter().any(|(_, found)| found == what), "{what}: {found:?}");
    }
    let named = found.iter().filter(|(_, what)| what == "There is no question “gone”.");
    assert_eq!(named.count(), 2, "the page's and the evidence's: {found:?}");
}

#[test]
fn a_mark_of_each_choice_is_an_answer_of_its_own() {
    let text = "title = \"W\"\n[[question]]\nid = \"needs\"\nask = \"Which?\"\nkind = \"list\"\nfrom = \"needs\"\nmost = 2\neach = [{ id = \"met\", label = \"met, mostly\" }, { id = \"unmet\", label = \"not met\" }]\n";
    let practice = parse("walk", text, &[]).unwrap();
    let asked: Vec<_> =
        practice.questions.iter().map(|q| (q.id.as_str(), q.ask.as_str())).collect();
    let marks = [("needs-met", "Which? Met, mostly:"), ("needs-unmet", "Which? Not met:")];
    assert_eq!(asked, [("needs", "Which?"), marks[0], marks[1]]);
    assert!(practice.questions[0].mark.is_none());
    assert!(practice.questions[1..].iter().all(|q| q.mark.as_ref().unwrap().of == "needs"));
}
