//! Whole files, with every mistake in them.

mod figures;
mod reachable;

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
            (2, "There's no cadence “hourly”.".to_owned()),
            (5, "“Seen it” can't be an id.".to_owned()),
            (7, "There's no kind “smell”.".to_owned()),
            (10, "“tag” is a flag of every practice.".to_owned()),
            (12, "This scale has no range.".to_owned()),
            (13, "No earlier question is called “later”.".to_owned()),
        ]
    );
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let mistakes = mistakes("title = \"Walk\"\ncolour = \"red\"\n");
    let expected = [(1, "It asks nothing."), (2, "There's no field `colour` here.")];
    assert_eq!(mistakes, expected.map(|(line, what)| (line, what.to_owned())));
}

#[test]
fn a_verb_keeps_its_name() {
    let mistakes = parse("list", "title = \"List\"\n", &["list"]).unwrap_err();
    assert_eq!(mistakes[0].what, "inward has a command “list” already.");
}

#[test]
fn one_item_can_be_asked_of_several_people() {
    let text = "title = \"W\"\nscale = { min = 0, max = 4 }\n[[question]]\nid = \"still\"\nkind = \"scale\"\nask = { me = \"I went quiet.\", partner = \"You did.\" }\n";
    let practice = parse("walk", text, &[]).unwrap();
    let ids: Vec<_> = practice.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(ids, ["still-me", "still-partner"]);
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
        (3, "A question of kind choice has no suggestions."),
        (3, "“blue” isn't one of the options."),
        (3, "It's never asked."),
        (11, "There's no question “nowhere”."),
        (13, "`most` must be 1 or more, on a list or on choices."),
        (14, "This list has nothing to choose from."),
        (17, "`running` has nothing to count."),
    ];
    let found = mistakes(text);
    let found: Vec<_> = found.iter().map(|(line, what)| (*line, what.as_str())).collect();
    assert_eq!(found, expected);
    let alone = text.replace("[\"Red\"]", "[\"Red\", { id = \"x\", label = \"X\", alone = true }]");
    assert!(mistakes(&alone).contains(&(5, "One choice always excludes the others.".to_owned())));
    let mistyped = mistakes(&text.replace("locked.suggestions = [\"x\"]", "chapter = \"away\""));
    let chapter = "`chapter` can't be “away”. It takes `together` or `apart`.".to_owned();
    assert!(mistyped.contains(&(9, chapter)), "{mistyped:?}");
    assert!(mistyped.contains(&(3, "It's never asked.".to_owned())), "{mistyped:?}");
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

/// What is there, and says nothing or leads nowhere.
const BLANK: &str = r#"
title = " "
licence = ""
tags = ["two words"]
rehearse = { if = "count", then = "count" }
evidence = { question = "count", lead = "L", most = 2, from = [] }
[page]
part = [{ id = "a", section = "gone", heading = "A" }, { id = "a", section = "gone", heading = "B" }]
[[hint]]
words = [""]
say = "A"
when = { count = { at-least = 9 } }
[[recall]]
practice = ""
say = "A"
[[question]]
id = "count"
harm = ["three"]
ask = " "
kind = "number"
min = 5
max = 1
[[score]]
id = "one"
title = "One"
scores = ["two"]
how = "mean-of-scores"
[[score]]
id = "two"
title = "Two"
scores = ["one"]
how = "mean-of-scores"
"#;

#[test]
fn every_lint_finds_its_mistake() {
    let empty = "title = \"Empty\"\n[[section]]\nid = \"Its own\"\ntitle = \"S\"\n";
    let mut counts = vec![0; LINTS.len()];
    for text in [ALL_WRONG, BLANK, empty] {
        let file: PracticeFile = toml::from_str(text).unwrap();
        let practice = convert::practice("list", &file);
        let all = practice.all_questions().collect();
        let linted =
            LintedFile { name: "list", reserved: &["list"], file: &file, practice: &practice, all };
        for (lint, count) in LINTS.iter().zip(&mut counts) {
            let mut mistakes = Mistakes { text, all: Vec::new() };
            (lint.check)(&linted, &mut mistakes);
            *count += mistakes.all.len();
        }
    }
    let silent: Vec<usize> = (0..LINTS.len()).filter(|lint| counts[*lint] == 0).collect();
    assert!(silent.is_empty(), "lints that found nothing, by place: {silent:?}");
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

#[test]
fn an_offer_without_a_way_on_is_refused() {
    let text = "title = \"W\"\n[[question]]\nid = \"a\"\nask = \"A\"\nkind = \"text\"\n[offer]\nsay = \"B\"\nways = []\n";
    assert_eq!(mistakes(text), [(6, "The offer has no `ways`.".to_owned())]);
}

/// A practice of one part with two questions, and these lines of it.
fn with_lines(top: &str, below: &str) -> Vec<String> {
    let text = format!(
        "title = \"W\"\n{top}\n[[section]]\nid = \"self\"\ntitle = \"Self\"\n[[question]]\nid = \"step\"\nask = \"A\"\nkind = \"text\"\n[[question]]\nid = \"many\"\nask = \"B\"\nkind = \"choices\"\noptions = [\"x\", \"y\"]\n{below}"
    );
    mistakes(&text).into_iter().map(|(_, what)| what).collect()
}

#[test]
fn what_says_names_or_asks_nothing_is_a_mistake() {
    let untitled = "title = \" \"\n[[question]]\nid = \"a\"\nask = \"A\"\nkind = \"text\"\n";
    assert_eq!(mistakes(untitled), [(1, "The title is empty.".to_owned())]);
    for (top, below, what) in [
        ("licence = \"\"", "", "The licence is empty."),
        ("version = \" \"", "", "The version is empty."),
        ("tags = [\"\"]", "", "“” can't be a tag."),
        ("tags = [\"a b\"]", "", "“a b” can't be a tag."),
        ("tags = [\"a\\u001bb\"]", "", "“a\\u{1b}b” can't be a tag."),
        ("follows-up = [\"\"]", "", "The practice's name is empty."),
        ("", "[[recall]]\npractice = \"\"\nsay = \"A\"", "The practice's name is empty."),
        (
            "",
            "[[hint]]\nwords = [\"\"]\nsay = \"A\"",
            "The hint has no `words`, so it never appears.",
        ),
        (
            "evidence = { question = \"step\", lead = \"A\", most = 3, from = [] }",
            "",
            "The evidence has no `from`.",
        ),
        (
            "",
            "[[hint]]\nwords = [\"a\"]\nsay = \"A\"\nwhen = { gone = \"a\" }",
            "No earlier question is called “gone”.",
        ),
        (
            "",
            "[[question]]\nid = \"n\"\nask = \"C\"\nkind = \"text\"\nhelp = [{ say = \"A\", when = { gone = \"a\" } }, \"B\"]",
            "No earlier question is called “gone”.",
        ),
        (
            "rehearse = { if = \"step\", then = \"step\" }",
            "",
            "One question can't be two parts of a plan.",
        ),
        (
            "",
            "[[question]]\nid = \"n\"\nask = \"C\"\nkind = \"number\"\nmin = 5\nmax = 1",
            "No number is between 5 and 1.",
        ),
    ] {
        assert_eq!(with_lines(top, below), [what], "{top}{below}");
    }
}

#[test]
fn harm_is_told_by_answers_that_can_be_chosen() {
    let practice = |harm: &str, kind: &str| {
        format!(
            "title = \"W\"\n[[question]]\nid = \"hit\"\nharm = {harm}\nask = \"Hit?\"\nkind = {kind}\n"
        )
    };
    let choice = "\"choice\"\noptions = [{ id = \"once\", label = \"Once\" }, \"Never\"]";
    for (harm, kind) in [("true", choice), ("[\"once\"]", choice), ("[\"yes\"]", "\"yes-no\"")] {
        let practice = parse("walk", &practice(harm, kind), &[]).unwrap();
        assert!(practice.questions[0].harm, "{harm} {kind}");
    }
    for (harm, kind) in
        [("[\"twice\"]", choice), ("[\"maybe\"]", "\"yes-no\""), ("[\"x\"]", "\"text\"")]
    {
        let mistakes = mistakes(&practice(harm, kind));
        assert_eq!((mistakes.len(), mistakes[0].0), (1, 3), "{harm} {kind} {mistakes:?}");
    }
    assert!(mistakes(&practice("3", choice))[0].1.contains("harm"));
}

#[test]
fn what_no_kind_heeds_and_what_asks_nothing_is_named() {
    let file =
        |question: &str| format!("title = \"Walk\"\n\n[[question]]\nid = \"far\"\n{question}\n");
    for (question, what) in [
        ("ask = []\nkind = \"text\"", "The question has no words."),
        ("ask = \" \"\nkind = \"text\"", "The question has no words."),
        ("ask = \"How?\"\nkind = \"number\"\nmin = nan", "A number can't end at NaN."),
        ("ask = \"How?\"\nkind = \"number\"\nmax = inf", "A number can't end at inf."),
        ("ask = \"How?\"\nkind = \"text\"\nmin = 1", "`min` means nothing on the kind “text”."),
        (
            "ask = \"How?\"\nkind = \"text\"\nstarts = [\"I\"]",
            "`starts` means nothing on the kind “text”.",
        ),
        (
            "ask = \"How?\"\nkind = \"long\"\nminutes = 3",
            "`minutes` means nothing on the kind “long”.",
        ),
    ] {
        let found = mistakes(&file(question));
        assert!(found.iter().any(|(_, found)| found == what), "{question}: {found:?}");
    }
    assert!(mistakes(&file("ask = \"How?\"\nkind = \"number\"\nmin = 1")).is_empty());
}
