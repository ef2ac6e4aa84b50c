//! Mistakes in what is shown of the answers: patterns, scores, reports and the own page.

use super::*;

#[test]
fn a_pattern_that_cannot_be_shown_is_named_with_its_line() {
    let text = "title = \"Walk\"\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n\n[[pattern]]\ntitle = \"A\"\nshows = \"clouds\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"B\"\nshows = \"weeks\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"C\"\nshows = \"counts\"\nof = [\"heard\"]\n[[pattern]]\ntitle = \"D\"\nshows = \"change\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"E\"\nshows = \"scores\"\nof = [\"ease\"]\n";
    let mistakes = parse("walk", text, &[]).unwrap_err();
    let lines: Vec<_> = mistakes.iter().map(|m| (m.line, m.what.as_str())).collect();
    assert_eq!(
        lines,
        [
            (9, "A pattern can't show “clouds”."),
            (14, "“seen” can't be shown this way."),
            (18, "There's no question “heard”."),
            (21, "“D” has the wrong number of questions: 1."),
            (22, "“seen” can't be shown this way."),
            (26, "There's no score “ease”."),
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
        (12, "There's no score “trust”.".to_owned()),
        (13, "There's no section “there”.".to_owned()),
        (14, "“ease” can't be answered in words.".to_owned()),
        (16, "There's no score “calm”.".to_owned()),
        (20, "There's no section “here”.".to_owned()),
    ];
    assert_eq!(mistakes(text), expected);
    let unkept = "title = \"Walk\"\n[[question]]\nid = \"a\"\nask = \"A?\"\nkind = \"text\"\n[report]\nask = \"And then?\"\n";
    let what = "No question keeps the answer to the report's own question.".to_owned();
    assert_eq!(mistakes(unkept), [(6, what)]);
}

#[test]
fn what_stands_at_a_question_or_on_a_page_is_there() {
    let text = "title = \"Walk\"\n\n[page]\npart = [{ id = \"a\", section = \"gone\", heading = \"A\", marks = \"gone\" }]\n\n[evidence]\nquestion = \"gone\"\nlead = \"L\"\nmost = 2\nfrom = []\n\n[[section]]\nid = \"way\"\ntitle = \"Way\"\n\n[[recall]]\npractice = \"walk\"\nsection = \"way\"\nquestion = \"seen\"\nsay = \"{seen}\"\n\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\neach = [{ id = \"met\", label = \"met\" }]\n";
    let found = mistakes(text);
    for what in [
        "There's no section “gone”.",
        "There's no question “gone”.",
        "A recall can have only one place.",
        "A question of kind text has no each.",
    ] {
        assert!(found.iter().any(|(_, found)| found == what), "{what}: {found:?}");
    }
    let named = found.iter().filter(|(_, what)| what == "There's no question “gone”.");
    assert_eq!(named.count(), 2, "the page's and the evidence's: {found:?}");
}

#[test]
fn a_page_has_parts_with_something_below_each_heading() {
    let part = |rest: &str| {
        let part = format!("{{ id = \"a\", section = \"self\", heading = \"H\", {rest} }}");
        format!("parts = true\npage = {{ part = [{part}] }}")
    };
    for valid in ["say = \"{step}\"", "marks = \"many\"", "say = \"{all many}\""] {
        assert_eq!(with_lines(&part(valid), ""), [""; 0], "{valid}");
    }
    for (wrong, what) in [
        ("say = []", "Nothing is below the heading “H”."),
        ("marks = \"step\"", "“step” has no choices to sort."),
        ("say = \"{nope}\"", "There's no question “{nope}”."),
    ] {
        assert_eq!(with_lines(&part(wrong), ""), [what]);
    }
    let twice = part(
        "say = \"{step}\" }, { id = \"a\", section = \"self\", heading = \"H\", say = \"{step}\"",
    );
    assert_eq!(with_lines(&twice, ""), ["The part “a” is there twice."]);
    assert_eq!(with_lines("parts = true\npage = { part = [] }", ""), ["The page has no parts."]);
    let alone = part("say = \"{step}\"").replace("parts = true\n", "");
    assert_eq!(with_lines(&alone, ""), ["Only a practice of parts has a page."]);
}

#[test]
fn two_scores_are_no_means_of_each_other() {
    let mean = |id: &str, of: &str| {
        format!(
            "[[score]]\nid = \"{id}\"\ntitle = \"{id}\"\nscores = [\"{of}\"]\nhow = \"mean-of-scores\"\n"
        )
    };
    let both = mean("one", "two") + &mean("two", "one");
    let what = |id: &str| format!("The score “{id}” is a mean of itself, through another.");
    assert_eq!(with_lines("", &both), [what("one"), what("two")]);
    let sum = "[[score]]\nid = \"three\"\ntitle = \"T\"\nof = [\"n\"]\n[[question]]\nid = \"n\"\nask = \"N\"\nkind = \"yes-no\"\n";
    assert_eq!(with_lines("", &(mean("one", "two") + &mean("two", "three") + sum)), [""; 0]);
}
