//! What several entries show together: in a terminal, in words, for programs.

use crate::generate::Writer;
use crate::harness::{Home, NOW, mode, one_line};

/// Evenings in a row, one answer each.
fn evenings(home: &Home, question: &str, answers: &[&str]) {
    for (i, answer) in answers.iter().enumerate() {
        home.keep(&format!("reflect --{question} '{answer}' --at '{} days ago'", i + 1));
    }
}

#[test]
fn it_speaks_without_streaks_verdicts_or_exclamation_marks() {
    let home = Home::with_year();
    for arguments in ["patterns", "patterns --plain", "patterns assess", "patterns reflect"] {
        let told = home.run(arguments).ok().stdout.to_lowercase();
        // What a person says of themselves is theirs.
        let told = one_line(&told).replace("to understand myself better", "");
        for word in
            ["streak", "!", " %", "improved", "worse", "better", " should ", "score", "avoidant"]
        {
            assert!(!told.contains(word), "{arguments}: {word}");
        }
        let claims = ["too few to say", "about the same", "tell a change from chance"];
        assert!(claims.iter().any(|claim| told.contains(claim)), "{arguments}");
    }
}

#[test]
fn below_what_the_numbers_can_bear_it_says_so() {
    let home = Home::ready();
    evenings(&home, "outcome", &["did", "forgot", "did", "noticed"]);
    let told = one_line(&home.run("patterns").ok().stdout);
    assert!(told.contains("“I did it” ") && told.contains(" 2 of 4 too few to say"), "{told}");
    let told = one_line(&home.run("patterns intentions").ok().stdout);
    assert!(
        told.contains(
            "Too few to say: reflect, “What became of your intentions” (4 answers; needs 5)"
        ),
        "{told}"
    );
    home.keep("reflect --outcome did --at '9 days ago'");
    let told = home.run("patterns intentions --plain").ok().stdout;
    let counts = "What became of your intentions\nreflect, 5 answers\n\n  It never came up: 0 of 5\n  I forgot: 1 of 5\n  I noticed: 1 of 5\n  I did it: 3 of 5\n\n  An intention is something to try, not a test. These are few answers: small\n  differences can be chance.";
    assert!(told.contains(counts), "{told}");
}

#[test]
fn a_few_answers_are_drawn_small_on_a_scale_that_is_named() {
    let home = Home::ready();
    evenings(&home, "outcome", &["did", "did", "did", "forgot", "did", "did"]);
    for (i, saw) in
        ["withdrew", "withdrew, unsaid", "unsaid", "withdrew", "mixed"].iter().enumerate()
    {
        home.run_args(["reflect", "--saw", saw, "--at", &format!("{} days ago", 20 + i)]).ok();
    }
    let told = home.run("patterns reflect").ok().stdout;
    let bars = format!(
        "{:27}0          6\n  It never came up  0 of 6\n  I forgot          1 of 6 ██\n  I noticed         0 of 6\n  I did it          5 of 6 ██████████\n",
        ""
    );
    assert!(told.contains(&bars), "{told}");
    let told = one_line(&told);
    assert!(told.contains("You could choose several, so together they are more than 5."), "{told}");
    // A scale has all of its steps, also those that were never taken.
    evenings(&home, "closeness", &["3", "3", "4", "3", "3"]);
    let told = home.run("patterns closeness --plain").ok().stdout;
    assert!(told.contains("  0 (not at all): 0 of 5\n  1 (a little): 0 of 5\n"), "{told}");
}

#[test]
fn where_nothing_came_twice_that_is_said_and_what_comes_twice_is_a_list() {
    let home = Home::ready();
    for (days, happened) in [(1, "Phone at dinner"), (2, "A late train"), (3, "Money again")] {
        home.keep(&format!("notice '{happened}' --at '{days} days ago'"));
    }
    let told = one_line(&home.run("patterns notice").ok().stdout);
    let nothing = "No answer came twice in the same words: notice, “What came just before a moment of distance”.";
    assert!(told.contains(nothing), "{told}");
    home.keep("notice 'phone at dinner.' --at '4 days ago'");
    let told = home.run("patterns notice").ok().stdout;
    assert!(
        told.contains("notice, 4 entries\n\n  “Phone at dinner” 2 times, last on 22 Nov 2026.\n"),
        "{told}"
    );
    // An answer that says that there was none comes no more often than none.
    for days in 1..=4 {
        home.keep(&format!("needs --unmet none --at '{days} days ago'"));
    }
    let none = home.run("patterns needs unmet").exits(1);
    assert_eq!(
        none.stderr,
        "There's nothing to show yet.\nThis shows what you answer in `inward needs`.\n"
    );
}

#[test]
fn a_closer_look_at_what_nobody_answered_yet_names_the_practice_that_asks() {
    let home = Home::ready();
    home.keep("intent 'Stay'");
    for (look, practice) in
        [("quiet", "notice"), ("closeness", "reflect"), ("assess", "assess"), ("pause", "pause")]
    {
        let said = home.run(&format!("patterns {look}")).exits(1).stderr;
        let shows = format!("This shows what you answer in `inward {practice}`.");
        let expected = format!("There's nothing to show yet.\n{shows}\n");
        assert_eq!(said, expected, "{look}");
        home.run(&format!("patterns {look} --on 1999")).exits(1).says("Nothing matches.\n");
    }
    let never = home.run("patterns release").exits(1).stderr;
    assert!(never.starts_with("Answers to `release` are never shown as patterns."), "{never}");
    let several = home.run("patterns recurs").exits(1).stderr;
    assert!(several.contains("` and other practices."), "{several}");
}

#[test]
fn what_is_asked_about_fear_is_shown_only_by_its_own_name() {
    let afraid = Home::with_entries(&Writer::new(11).afraid().year(NOW.parse().unwrap()));
    for arguments in ["patterns", "patterns assess", "patterns assess --plain", "patterns --json"] {
        let told = one_line(&afraid.run(arguments).ok().stdout);
        for asked in ["were you ever frightened", "keep leaving out"] {
            assert!(!told.contains(asked), "{arguments}: {told}");
        }
    }
    let told = afraid.run("patterns frightened --plain").ok().stdout;
    assert!(told.contains("In the past year, were you ever frightened"), "{told}");
    let few = Home::ready();
    few.run("assess --frightened yes --note 'A hard month'").ok();
    let told = few.run("patterns assess").ok().stdout;
    assert!(!told.contains("frightened"), "{told}");
}

#[test]
fn weeks_have_their_means_and_gaps_and_what_is_too_few_to_say_has_both_spans_all_the_same() {
    let home = Home::ready();
    // A value each week, for eight weeks with a gap of one.
    for (weeks, value) in [(1, 3), (2, 3), (3, 1), (4, 2), (5, 2), (6, 2), (8, 2), (9, 2)] {
        home.keep(&format!("reflect --closeness {value} --at '{weeks} weeks ago'"));
    }
    home.keep("reflect --closeness cant-say --at yesterday");
    home.keep("reflect --closeness 2 --at '2 weeks ago'");
    let told = one_line(&home.run("patterns closeness").ok().stdout);
    let about = "Weekly averages from 1 to 3 over 8 weeks. Too few to say whether it changed: 2.25, \
                 near “somewhat”, from 27 October to 23 November 2026 (4 answers), against 2, \
                 “somewhat”, from 21 September to 18 October 2026 (3 answers). At this pace, even \
                 after a year, a change of one point would more likely be missed than seen.";
    assert!(told.contains(about), "{told}");
    let weeks = home.run("patterns closeness --json").ok().json()["figures"][0].clone();
    assert_eq!(weeks["shows"], "weeks");
    assert_eq!(weeks["rests_on"], 9, "can't say is no number");
    let points = weeks["lines"][0]["points"].as_array().unwrap();
    assert_eq!(points.len(), 8);
    assert_eq!(points[6], serde_json::json!({ "day": "2026-11-09", "value": 2.5, "answers": 2 }));
}

#[test]
fn an_intention_with_a_plan_stands_beside_one_without() {
    let home = Home::ready();
    for n in 1..=10 {
        let plan = if n % 2 == 0 { "--if 'he is late' --then 'I call him'" } else { "" };
        home.keep(&format!("intent 'Stay' {plan} --at '{n} days ago'"));
        let outcome = if n % 2 == 0 { "did" } else { "forgot" };
        home.keep(&format!("reflect --outcome {outcome} --at '{n} days ago'"));
    }
    let json = home.run("patterns reflect --json").ok().json();
    let groups =
        json["figures"].as_array().unwrap().iter().find(|f| f["shows"] == "groups").unwrap();
    assert_eq!(groups["together"][0]["change"]["is"], "too-few", "five days on each side");
    let told = serde_json::to_string(&groups["groups"]).unwrap();
    let expected = r#"[{"group":"with","rests_on":5,"counts":[{"answer":"It never came up","times":0},{"answer":"I forgot","times":0},{"answer":"I noticed","times":0},{"answer":"I did it","times":5}]},{"group":"without","rests_on":5,"counts":[{"answer":"It never came up","times":0},{"answer":"I forgot","times":5},{"answer":"I noticed","times":0},{"answer":"I did it","times":0}]}]"#;
    assert_eq!(told, expected);
}

#[test]
fn a_practice_of_ones_own_shows_its_scales_and_choices_without_a_word_of_code() {
    let home = Home::ready();
    home.write(
        "inward/config/prompts/walk.toml",
        "title = \"A walk\"\n[[question]]\nid = \"place\"\nask = \"Where?\"\nkind = \"choice\"\noptions = [\"River\", \"Wood\"]\n[[question]]\nid = \"light\"\nask = \"How light?\"\nkind = \"scale\"\nscale = { min = 1, max = 7 }\n",
    );
    for n in 1..=5 {
        home.keep(&format!("walk --place river --light {n} --at '{n} weeks ago'"));
    }
    let told = home.run("patterns").ok().stdout;
    assert!(told.contains("\n  How light?  "), "{told}");
    let told = home.run("patterns walk").ok().stdout;
    let bars =
        "Where?\nwalk, 5 answers\n\n                0        5\n  River  5 of 5 ██████████\n";
    assert!(told.contains(bars), "{told}");
    assert!(told.contains("How light?\nwalk, 5 answers"), "{told}");
    // An entry outlives its practice.
    std::fs::remove_file(home.inward("config/prompts/walk.toml")).unwrap();
    let told = home.run("patterns walk --plain").ok().stdout;
    assert!(told.contains("How light?\nwalk, 5 answers"), "{told}");
    assert!(told.contains("  River: 5 of 5\n"), "{told}");
}

#[test]
fn two_walks_and_two_assessments_stand_side_by_side() {
    let mut home = Home::ready();
    home.keep("guide 3 --hope 'He reaches out and I step back' --at '2026-06-01'");
    let told = home.run("patterns guide").ok().stdout;
    assert!(!told.contains("side by side\n"), "one walk has nothing beside it: {told}");
    home.at("2026-11-23T21:00:00+00:00").keep("guide 3 --hope 'We meet half way'");
    let told = home.run("patterns guide").ok().stdout;
    assert!(!told.contains("Too few"), "what stands side by side is shown: {told}");
    let beside = "  What I hope\n  Monday 1 June 2026                      Monday 23 November 2026\n    He reaches out and I step back          We meet half way\n";
    assert!(told.contains(beside), "{told}");
    for (month, step) in [("09", 1), ("10", 2)] {
        home.run(&format!("assess --withdrew-me {step} --at 2026-{month}-01")).ok();
    }
    let told = home.run("patterns assess").ok().stdout;
    assert!(told.contains("··○─●···· 1 → 2\n"), "{told}");
    assert!(told.contains("  ○ 1 Sep 2026  ● 1 Oct 2026\n"), "{told}");
    home.run("assess --withdrew-me 4 --at 2026-11-01").ok();
    let told = home.run("patterns assess --against first").ok().stdout;
    assert!(told.contains("··○─────● 1 → 4\n"), "{told}");
}

#[test]
fn a_query_narrows_what_is_looked_at() {
    let home = Home::with_year();
    let count = |query: &str| {
        let json = home.run(&format!("patterns --json {query}")).ok().json();
        json["figures"].as_array().unwrap().iter().find(|f| f["shows"] == "days").unwrap()["rests_on"].clone()
    };
    assert_eq!(count("-p reflect --last 7"), 7);
    assert_ne!(count("--on 'last month'"), count(""));
    let days = home.run("patterns --json --on 2026-03").ok().json();
    let days =
        days["figures"].as_array().unwrap().iter().find(|f| f["shows"] == "days").cloned().unwrap();
    assert_eq!(days["last"], "2026-03-31");
    home.run("patterns --on 1999").exits(1).says("Nothing matches.\n");
    let none = home.run("patterns --on 1999 --json").exits(1);
    none.says("Nothing matches.\n");
    assert_eq!(none.json(), serde_json::json!({ "version": 1, "figures": [] }));
    Home::ready()
        .run("patterns -p reflect")
        .exits(1)
        .says("There are no entries yet.\n`inward intent` writes the first.\n");
}

#[test]
fn no_span_begins_before_what_is_looked_at_and_what_lies_ahead_is_in_none() {
    let home = Home::ready();
    evenings(&home, "closeness", &["3", "2", "3", "1", "2", "3", "2", "1", "2", "3"]);
    home.keep("write 'Packed for the trip' --at 2026-12-24");
    let told = |arguments: &str| one_line(&home.run(arguments).ok().stdout);
    let all = told("patterns");
    assert!(all.contains("13 to 22 November 2026, 10 entries"), "{all}");
    assert!(all.contains("“Now” is 27 October to 23 November 2026"), "{all}");
    for (filter, now) in [("--from 2026-11-16", "16 to 23"), ("--last 4", "19 to 23")] {
        let some = told(&format!("patterns {filter}"));
        assert!(some.contains(&format!("“Now” is {now} November 2026")), "{some}");
        let closer = told(&format!("patterns closeness {filter}"));
        assert!(!closer.contains("October"), "{closer}");
    }
}

#[test]
fn what_nobody_asks_is_refused_with_what_there_is() {
    let home = Home::with_year();
    let told = home.run("patterns closness").exits(2).stderr;
    let guess = "There's no practice or question “closness”.\nDid you mean `closeness`? ";
    assert!(told.starts_with(guess), "{told}");
    let told = home.run("patterns refelct closeness").exits(2).stderr;
    assert!(told.contains("Did you mean `reflect`?"), "{told}");
    home.run("patterns walk closeness").exits(2);
    home.run("patterns reflect closeness more").exits(2);
}

#[test]
fn every_line_fits_the_window_and_nothing_needs_colour() {
    let home = Home::with_year();
    for columns in ["24", "40", "80", "200"] {
        for arguments in ["patterns", "patterns --plain", "patterns notice", "patterns guide"] {
            let told = home.run(arguments).env("COLUMNS", columns).ok().stdout;
            assert!(!told.contains('\u{1b}'));
            let width = columns.parse().unwrap();
            for line in told.lines() {
                assert!(line.chars().count() <= width, "{columns} {arguments}: {line}");
            }
        }
    }
}

#[test]
fn in_plain_words_nothing_is_drawn() {
    let home = Home::with_year();
    for what in ["", "reflect", "assess", "closeness"] {
        let told = home.run(&format!("patterns {what} --plain")).ok().stdout;
        let drawn = |c: char| {
            ('\u{2500}'..='\u{25ff}').contains(&c) || ('\u{2800}'..='\u{28ff}').contains(&c)
        };
        assert!(!told.contains(drawn), "{what}: {told}");
    }
}

#[test]
fn control_characters_of_an_entry_stay_pictures() {
    let home = Home::ready();
    home.write(
        "inward/config/prompts/walk.toml",
        "title = \"W\"\n[[question]]\nid = \"place\"\nask = \"Where?\"\nkind = \"choice\"\nother = true\noptions = [\"River\"]\n",
    );
    for n in 1..=6 {
        home.run_args(["walk", "--place", "\u{1b}[31mred\u{9b}", "--at", &format!("{n} days ago")])
            .ok();
        home.run("reflect").stdin(format!("\u{1b}[2J {n} \u{202e}x")).ok();
    }
    for arguments in ["patterns", "patterns --plain", "patterns walk", "patterns connection"] {
        let told = home.run(arguments).ok().stdout;
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!told.contains(bad), "{arguments}: {told:?}");
    }
}

#[test]
fn a_page_is_the_users_alone_and_replaces_nothing_unasked() {
    let home = Home::with_year();
    let page = home.path().join("p.html");
    let told = home.run("patterns --html p.html").umask(0).ok().prints("").stderr.clone();
    assert!(one_line(&told).starts_with("Written to p.html. It's plain text:"), "{told}");
    assert_eq!(mode(&page), 0o600);
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.contains("<svg role=\"img\"") && text.contains("Moments of connection"));
    std::fs::write(&page, "mine").unwrap();
    home.run("patterns --html p.html")
        .exits(2)
        .says("p.html already exists.\nChoose another name, delete that file, or add --force to replace it.\n");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "mine");
    home.run("patterns --html p.html --force").ok();
    assert_eq!(std::fs::read_to_string(&page).unwrap(), text);
}
