//! What is typed, and what is built of it: the tables stand in `tables/`.

use super::*;
use crate::practice::word::{KnownWords, parse_word};

/// The rows of a table, with the line that says what its columns are left out.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('|').map(str::trim).collect())
}

fn built(grammar: Grammar, pieces: &[(&'static str, &str)]) -> String {
    let answers = pieces
        .iter()
        .map(|(name, text)| (*name, text.split(';').map(str::to_owned).collect::<Vec<_>>()));
    let pieces = Pieces { answers: answers.collect(), partner: Some("Sam"), ..Pieces::default() };
    grammar.build(&pieces).unwrap_or_default()
}

/// Builds what each row types, and compares it with the row's last column.
fn holds(grammar: Grammar, table: &'static str) {
    for row in rows(table) {
        let (sentence, typed) = row.split_last().unwrap();
        let pieces: Vec<_> = grammar.pieces().iter().copied().zip(typed.iter().copied()).collect();
        assert_eq!(built(grammar, &pieces), *sentence, "{typed:?}");
    }
}

#[test]
fn a_feeling_and_a_need_become_one_sentence() {
    holds(Grammar::Feel, include_str!("tables/feel.txt"));
    let two = [("need", "rest; to be heard; rest")];
    assert_eq!(built(Grammar::Feel, &two), "I need rest and to be heard.");
    let lines = [("feeling", "sad\nand\tlow"), ("when", "the door\r\ncloses")];
    assert_eq!(built(Grammar::Feel, &lines), "I feel sad and low when the door closes.");
}

#[test]
fn a_plan_is_said_back_as_one() {
    holds(Grammar::Plan, include_str!("tables/plan.txt"));
}

#[test]
fn what_goes_back_and_forth_becomes_one_sentence() {
    holds(Grammar::Loop, include_str!("tables/loop.txt"));
}

#[test]
fn a_boundary_says_what_one_will_do() {
    holds(Grammar::Boundary, include_str!("tables/boundary.txt"));
}

#[test]
fn a_boundary_that_someone_else_keeps_is_asked_back_about() {
    let asked_back = |deed: &str| {
        let answers = vec![("do", vec![deed.to_owned()])];
        Grammar::Boundary.ask_back(&Pieces { answers, ..Pieces::default() }).is_some()
    };
    for theirs in ["Sam stops yelling", "you don't shout at me", "no shouting", "we stop at ten"] {
        assert!(asked_back(theirs), "{theirs}");
    }
    for mine in ["leave the room", "I'll go", "leaving", "My evenings are mine", "not answer", ""] {
        assert!(!asked_back(mine), "{mine}");
    }
}

#[test]
fn an_intention_that_is_a_whole_plan_is_taken_apart() {
    let halves = [
        ("If the day runs late, then I will go out.", Some(("the day runs late", "go out"))),
        ("When Sam is out, I’ll rest", Some(("Sam is out", "rest"))),
        ("Whenever it rains, or hails, then tea", Some(("it rains, or hails", "tea"))),
        ("If I can, I will", None),
        ("If only, if only", None),
        ("Today, I will notice when I or my partner need space without withdrawing.", None),
        ("Ifs and buts, then I'll go", None),
        ("", None),
    ];
    for (intention, wanted) in halves {
        let split = split_plan(intention);
        let split = split.as_ref().map(|(when, then)| (when.as_str(), then.as_str()));
        assert_eq!(split, wanted, "{intention}");
    }
}

#[test]
fn what_keeps_someone_safe_is_told_as_theirs_alone() {
    let pieces = [
        ("trigger", "voices get loud"),
        ("move", "leave the room"),
        ("story", "it isn't safe to do anything else"),
        ("their-move", "follow"),
        ("protects", "my safety; the children"),
    ];
    let alone = "When voices get loud, I leave the room, because it isn't safe to do anything \
                 else. It looks after my safety and the children.";
    assert_eq!(built(Grammar::Loop, &pieces), alone);
    let shelter = "When voices get loud, I leave the room, and it looks after my safety and the \
                   children.";
    assert_eq!(built(Grammar::Shelter, &pieces), alone, "care came on with that very answer");
    let cared_for = [pieces[0], pieces[1], pieces[4]];
    assert_eq!(built(Grammar::Shelter, &cared_for), shelter);
    assert_eq!(built(Grammar::Shelter, &pieces[1..2]), "I leave the room.");
    assert_eq!(built(Grammar::Shelter, &pieces[..1]), "");
}

#[test]
fn a_loop_is_told_from_its_middle_and_stands_from_its_first_piece_on() {
    let turned = |mine: &str, theirs: &str, story: &str| {
        let pieces = [("move", mine), ("their-move", theirs), ("story", story)];
        let answers = pieces.map(|(name, text)| (name, vec![text.to_owned()])).to_vec();
        Grammar::Loop.turn(&Pieces { answers, partner: Some("Sam"), ..Pieces::default() })
    };
    for (mine, theirs, wanted) in [
        ("go quiet", "keep asking", Some("when you keep asking, I go quiet.")),
        (
            "I text four times",
            "Sam stops answering",
            Some("when Sam stops answering, I text four times."),
        ),
        ("I'll leave", "She calls.", Some("when she calls, I leave.")),
        ("go quiet", "cries", Some("when you cry, I go quiet.")),
        ("go quiet", "She gets loud", Some("when she gets loud, I go quiet.")),
        ("go quiet", "You go quiet.", Some("when you go quiet, so do I.")),
        (
            "My chest goes tight",
            "we stop talking",
            Some("when we stop talking, my chest goes tight."),
        ),
        ("go quiet", "", None),
        ("", "keep asking", None),
    ] {
        let wanted = wanted.map(|rest| format!("Start in the middle, and it goes: {rest}"));
        assert_eq!(turned(mine, theirs, "I'm too much"), wanted);
    }
    let then = "Start in the middle, and it went: when you kept asking, I went quiet.";
    assert_eq!(turned("went quiet", "kept asking", "I'm too much").unwrap(), then);
    let same = "Start in the middle, and it went: when you left, so did I.";
    assert_eq!(turned("left", "left", "I'm too much").unwrap(), same);
    assert_eq!(turned("go quiet", "get loud", "It isn’t safe to do anything else"), None);
    let answers = vec![("trigger", vec!["plans change".to_owned()])];
    let first = Pieces { answers, ..Pieces::default() };
    assert_eq!(Grammar::Loop.begin(&first).unwrap(), "When plans change, …");
    assert_eq!(Grammar::Loop.begin(&Pieces::default()), None);
}

#[test]
fn apart_what_says_no_time_is_told_of_then() {
    let told = |mine: &str, theirs: &str, chapter| {
        let pieces = [("move", mine), ("story", "I'm too much"), ("their-move", theirs)];
        let answers = pieces.map(|(name, text)| (name, vec![text.to_owned()])).to_vec();
        Grammar::Loop.build(&Pieces { answers, chapter, ..Pieces::default() }).unwrap()
    };
    for (mine, theirs, wanted) in [
        ("shut down", "shut me out", "I shut down and told myself “*”, and you, *, shut me out."),
        ("hit the wall", "hurt me", "I hit the wall and told myself “*”, and you, *, hurt me."),
        ("quiet", "silent", "I was quiet and told myself “*”, and you, *, were silent."),
        ("strode off", "", "I strode off and told myself “*”."),
        ("go quiet", "walk out", "I go quiet and tell myself “*”, and you, *, walk out."),
        ("shut down", "get loud", "I shut down and tell myself “*”, and you, *, get loud."),
        ("", "Jo puts it off", "I tell myself “*”, and, *, Jo puts it off."),
    ] {
        let wanted = wanted.replace("“*”", "“I'm too much”").replace('*', "as I see it");
        assert_eq!(told(mine, theirs, Chapter::Apart), wanted);
    }
    let now = "I shut down and tell myself “I'm too much”.";
    assert_eq!(told("shut down", "", Chapter::Together), now);
}

/// From a seed: any text makes a sentence that ends as one, on one line, with single
/// spaces.
#[test]
fn whatever_is_typed_makes_a_sentence_or_none() {
    const BITS: &[&str] = &[
        "I", "’", "'", "…", "“", "”", "\"", ".", "?", ",", " ", "\n", "\u{0}", "\u{202e}", "İ",
        "ß", "ǅ", "🙂", "e\u{301}", "when", "then", "to", "for", "you", "not", "don't", "sad",
        "I feel", "ing", "a", "Sam", "10", "-", "{", "}",
    ];
    let KnownWords(known) = parse_word::<Grammar>("").unwrap_err();
    let mut dice = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let mut text = || (0..dice.usize(0..6)).map(|_| BITS[dice.usize(0..BITS.len())]).collect();
        for name in known {
            let grammar: Grammar = parse_word(name).unwrap();
            let answers = grammar.pieces().iter().map(|name| (*name, vec![text()]));
            let pieces =
                Pieces { answers: answers.collect(), partner: Some("Sam"), ..Pieces::default() };
            let Some(sentence) = grammar.build(&pieces) else { continue };
            assert!(sentence.ends_with(['.', '?']), "{sentence} {pieces:?}");
            assert!(!sentence.contains("  ") && !sentence.contains('\n'), "{sentence} {pieces:?}");
        }
    }
}
