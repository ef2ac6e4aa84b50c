//! The closer looks of `patterns`: each says what it can on little room, and what it can't
//! in one line.

use inward::entry::Entry;

use crate::generate::Writer;
use crate::harness::{Home, NOW, one_line};

#[test]
fn what_recurs_is_said_in_sentences_and_what_cannot_be_said_costs_one() {
    let home = Home::with_year();
    let told = home.run("patterns recurs").ok().stdout;
    assert!(told.contains("Feelings you named  "), "{told}");
    let drawn = |c: char| ('\u{2580}'..='\u{259f}').contains(&c);
    assert!(!told.contains(drawn), "sentences, not bars: {told}");
    assert!(told.lines().count() < 50, "{told}");
    let title = regex::Regex::new(r"(?m)^\S.*  [a-z]+, \d+ (answers?|entry|entries)$").unwrap();
    for look in ["recurs", "feel", "notice", "needs"] {
        let told = home.run(&format!("patterns {look}")).ok().stdout;
        // One sentence a figure, and one for all that have none.
        let figures = title.find_iter(&told).count();
        let sentences = one_line(&told).to_lowercase().matches("too few to say").count();
        assert!(figures > 1 && sentences <= figures + 1, "{look}: {told}");
    }
}

#[test]
fn days_to_compare_with_are_refused_where_nothing_is_compared() {
    let home = Home::with_year();
    for look in ["recurs", "quiet", "card"] {
        let refused = home.run(&format!("patterns {look} --against first"));
        refused.exits(2).says(&format!(
            "“{look}” compares no two times, so “first” has no place there.\n\
             Leave out --against, or see only those days: --on, or --from and --to.\n"
        ));
    }
    for look in ["closeness", "intentions", "assess", "parts", "pause", "notice"] {
        home.run(&format!("patterns {look} --against first")).ok();
    }
}

#[test]
fn an_assessment_stands_beside_the_one_half_a_year_before_on_one_screen() {
    let told = Home::with_year().run("patterns assess").ok().stdout;
    assert!(told.lines().count() <= ROWS, "{told}");
    for words in ["Stepping back ", "Strain between you", "What was there", "What hurt", "○ "] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    // What was answered the same both times has one sentence, not a row each.
    assert!(one_line(&told).contains("The same both times: "), "{told}");
    assert!(!told.contains("\n  felt afraid "), "{told}");
}

#[test]
fn while_care_is_on_what_hurt_is_first_and_fear_stays_off_every_screen() {
    let home = Home::with_entries(&Writer::new(11).afraid().year(NOW.parse().unwrap()));
    let told = home.run("patterns parts").ok().stdout;
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    assert!(place("  What hurt, or didn't") < place("  Safe to open up"), "the scores: {told}");
    let told = home.run("patterns assess").ok().stdout;
    let items = told.find("Then and now, answer by answer").unwrap();
    let items = &told[items..];
    let place = |words: &str| items.find(words).unwrap_or(usize::MAX);
    assert!(place("What hurt, or didn't change") < place("Stepping back"), "{items}");
    for arguments in ["patterns assess", "patterns assess --plain"] {
        for home in [&home, &Home::with_year()] {
            assert!(!home.run(arguments).ok().stdout.contains("felt afraid"), "{arguments}");
        }
    }
    // By its own name, and in a file that is the writer's to show, it is there.
    home.run("patterns assess --html page.html").ok();
    let page = std::fs::read_to_string(home.path().join("page.html")).unwrap();
    assert!(page.contains("felt afraid"), "{page}");
}

/// Two assessments a month apart, of which the second is so.
fn two_assessments(second: &str) -> Home {
    let home = Home::ready();
    home.keep(
        "assess --tension 1 --push-pull 1 --fear 0 --refused 1 --growth-me 1 --at 2026-10-20",
    );
    home.keep(&format!("assess --tension 3 --push-pull 3 --growth-me 2 {second} --at 2026-11-20"));
    home
}

const CHANCE: &str = "Two sets of answers can't tell a change from chance.";

#[test]
fn two_assessments_side_by_side_have_a_word_on_chance_but_not_on_fear() {
    let calm = two_assessments("--fear 0 --refused 3");
    let told = one_line(&calm.run("patterns assess").ok().stdout);
    let items = &told[told.find("Then and now, answer by answer").unwrap()..];
    let next = items.find("verdict on anyone").unwrap();
    assert!(items[..next].contains(CHANCE), "{told}");
    assert!(told.contains("one reached, one stepped back"), "{told}");
    let afraid = two_assessments("--fear 3 --refused 3");
    for arguments in ["patterns assess", "patterns assess --plain"] {
        let told = one_line(&afraid.run(arguments).ok().stdout);
        assert!(!told.contains("chance"), "{arguments}: {told}");
        // Nor what care doesn't ask, nor what healing would need.
        assert!(!told.contains("one stepped back"), "{arguments}: {told}");
        assert!(!told.contains("What healing needs"), "{arguments}: {told}");
    }
    let told = one_line(&afraid.run("show --last 1").ok().stdout);
    assert!(told.contains("What hurt, answered differently from 20 October:"), "{told}");
    calm.config("chapter = \"apart\"\n");
    calm.keep("assess --growth 1 --at 2026-10-21");
    calm.keep("assess --growth 3 --at 2026-11-21");
    let told = one_line(&calm.run("patterns assess").ok().stdout);
    assert!(told.contains("What was there for you"), "{told}");
    assert!(!told.contains("What healing needs"), "{told}");
}

/// The answers of 20 November alone, as `patterns` shows them.
fn only_assessment(fear: &str) -> String {
    let home = Home::ready();
    home.config("partner = \"Sam\"\n");
    home.keep(&format!(
        "assess --unsaid-me 3 --unsaid-partner 4 --tension 3 --safe-space 1 --refused 3 \
         --fear {fear} --at 2026-11-20"
    ));
    assert!(
        home.run("patterns assess --plain")
            .ok()
            .stdout
            .contains("\n  hard to say it, you: often\n")
    );
    home.keep("assess --note 'Nothing else.' --at 2026-11-21");
    let told = home.run("patterns assess").ok().stdout;
    home.keep("assess --tension 1 --at 2026-11-22");
    let two = home.run("patterns assess").ok().stdout;
    assert!(!two.contains("Sam, as you saw it"), "two stand side by side: {two}");
    told
}

#[test]
fn the_only_assessment_there_is_stands_as_a_picture_without_fear() {
    let told = only_assessment("0");
    for row in [
        "The past four weeks                                             20 November 2026\n\n",
        "\n  hard to say it                 ●●●○ often         ●●●● almost always\n",
        "\n  safe to open up               ●○○○   │   wouldn't talk about it        ●●●○\n",
        "\nAnswers to private questions aren't shown here;",
    ] {
        assert!(told.contains(row), "{row}{told}");
    }
    for told in [told, only_assessment("1"), only_assessment("3")] {
        assert!(told.contains("●●●○") && !told.contains("afraid"), "{told}");
    }
}

#[test]
fn in_care_what_hurt_is_the_first_that_recurs_however_seldom() {
    let home = Home::ready();
    for (days, received) in [(20, "heard"), (15, "ignored"), (10, "heard")] {
        let written =
            format!("feel sad --when 'you leave' --share say --at '{} days ago'", days + 4);
        home.keep(&written);
        home.keep(&format!("feel --received {received} --at '{days} days ago'"));
    }
    let received = |home: &Home| {
        let told = home.run("patterns recurs").ok().stdout;
        told[told.find("How your words were received").unwrap()..].to_owned()
    };
    assert!(!received(&home).contains("ignored"), "{}", received(&home));
    home.keep("reflect words --disagreement not-safe");
    let told = received(&home);
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    assert!(place("“It was ignored” once") < place("“It was heard” 2 times"), "{told}");
}

#[test]
fn the_line_ends_at_the_mean_that_the_sentence_names() {
    let home = Home::with_year();
    home.keep("reflect --closeness 4 --at yesterday");
    let json = home.run("patterns reflect closeness --json").ok().json();
    let mean = json["figures"][0]["lines"][0]["change"]["now"]["mean"].to_string();
    let told = home.run("patterns closeness").ok().stdout;
    let ends = told.lines().filter(|line| line.contains('│'));
    assert!(ends.clone().any(|line| line.ends_with(&format!(" {mean}"))), "{mean}\n{told}");
    assert!(one_line(&told).contains(&format!(": {mean}, ")), "{mean}\n{told}");
}

/// Rows of a window, less the one with the next prompt.
const ROWS: usize = 23;

#[test]
fn each_closer_look_is_one_screen_in_every_kind_of_journal() {
    let calm = Home::with_year();
    let afraid = Home::with_entries(&Writer::new(11).afraid().year(NOW.parse().unwrap()));
    let apart = Home::with_year();
    apart.config("chapter = \"apart\"\n");
    for home in [&calm, &afraid] {
        let told = home.run("patterns parts").env("COLUMNS", "80").ok().stdout;
        assert!(told.lines().count() <= ROWS, "{told}");
    }
    for home in [&calm, &afraid, &apart] {
        for look in ["closeness", "quiet", "intentions", "assess", "pause", "recurs"] {
            let told = home.run(&format!("patterns {look}")).env("COLUMNS", "80").ok().stdout;
            assert!(told.lines().count() <= ROWS, "{look}\n{told}");
        }
    }
    let items = |home: &Home| home.run("patterns assess").env("COLUMNS", "80").ok().stdout;
    let told = items(&calm);
    assert!(one_line(&told).contains("The same both times: "), "{told}");
    let told = items(&afraid);
    assert!(told.contains("\nWhat hurt, or didn't change\n"), "what hurt, first: {told}");
}

#[test]
fn what_a_screen_of_items_leaves_to_others_is_named_there_and_found_there() {
    let home = Home::with_year();
    let told = home.run("patterns assess").ok().stdout;
    let more = "\nMore: inward patterns parts (over time) or assess note (your words).\n";
    assert!(told.contains(more), "{told}");
    let parts = ["Stepping back, you ", "Strain between you ", "Safe to open up ", "What hurt, "];
    let over_time = home.run("patterns parts").ok().stdout;
    assert!(parts.iter().all(|part| over_time.contains(part)), "{over_time}");
    assert!(!told.contains("Stepping back, you "), "{told}");
    assert!(home.run("patterns assess note").ok().stdout.contains("leave out?"));
    // What fits on one screen, and what is heard, is whole.
    let few = two_assessments("--fear 0 --refused 3");
    let told = few.run("patterns assess").ok().stdout;
    assert!(told.contains("Strain between you") && !told.contains("More: "), "{told}");
    let told = home.run("patterns assess --plain").ok().stdout;
    assert!(parts.iter().all(|part| told.contains(part.trim_end())), "{told}");
}

#[test]
fn a_narrow_window_has_fewer_columns_and_a_line_a_row() {
    let home = Home::with_year();
    let narrow =
        |look: &str| home.run(&format!("patterns {look}")).env("COLUMNS", "40").ok().stdout;
    for (look, rows) in [("closeness", 42), ("quiet", 42), ("intentions", 46)] {
        let told = narrow(look);
        assert!(told.lines().all(|line| line.chars().count() <= 40), "{told}");
        assert!(told.lines().count() <= rows, "{look}\n{told}");
    }
    let told = narrow("intentions");
    let month = told.lines().find(|line| line.starts_with("  Jun 2026")).unwrap();
    assert!(month.contains(" of ") && month.ends_with('░'), "{told}");
    assert!(narrow("assess").contains(" 2026 → "), "numbers without marks have their days");
}

#[test]
fn minutes_are_called_minutes() {
    let home = Home::with_year();
    let told = home.run("patterns pause stillness").ok().stdout;
    assert!(told.contains("\n  minutes 3│"), "{told}");
    assert!(!told.contains("0  1  2  3"), "{told}");
    // Among others, what was the same each time is said, and not drawn.
    let told = home.run("patterns pause").ok().stdout;
    assert!(told.contains("3 minutes in each of the "), "{told}");
    assert!(!told.contains("minutes 3│"), "{told}");
}

#[test]
fn in_apart_nobody_is_a_partner_who_is_relied_on() {
    let home = Home::with_year();
    assert!(home.run("patterns needs").ok().stdout.contains("Relying on your partner"));
    home.config("chapter = \"apart\"\npartner = \"Sam\"\n");
    for arguments in ["patterns needs", "patterns needs --plain", "patterns relying", "patterns"] {
        let told = one_line(&home.run(arguments).ok().stdout);
        assert!(!told.contains("on Sam") && !told.contains("on your partner"), "{told}");
    }
    assert!(home.run("patterns needs").ok().stdout.contains("Relying on someone"));
}

#[test]
fn a_sheet_without_an_answer_says_so() {
    let home = Home::ready();
    home.keep("write 'One page.'");
    home.run("patterns --for-paper sheet.html").ok();
    let sheet = std::fs::read_to_string(home.path().join("sheet.html")).unwrap();
    assert!(sheet.contains("There are too few answers to draw yet."), "{sheet}");
}

/// Answers of one scale, one of them far outside of it.
fn beyond_the_scale(practice: &str, question: &str, asked: &str) -> Vec<Entry> {
    let entry = |(at, value): (usize, i64)| {
        let entry = serde_json::json!({
            "format": 1, "id": format!("aaaaaaaaa{at}"), "revision": format!("bbbbb{at}"),
            "replaces": [], "practice": practice, "at": format!("2026-0{}-03T20:00:00+00:00", at + 1),
            "written": "2026-09-03T20:00:00+00:00",
            "answers": [{ "question": question, "asked": asked,
                "scale": { "min": 0, "max": 4 }, "value": value }]
        });
        Entry::from_json(entry.to_string().as_bytes()).unwrap()
    };
    [3, i64::MIN, 2, i64::MAX, 1, 2, 0, i64::MAX].into_iter().enumerate().map(entry).collect()
}

#[test]
fn an_answer_from_elsewhere_outside_its_scale_says_nothing() {
    let asked = "How close did you feel to your partner?";
    let home = Home::with_entries(&beyond_the_scale("reflect", "closeness", asked));
    let told = one_line(&home.run("patterns closeness").ok().stdout);
    assert!(
        told.contains("3 answers were to another wording or scale, and are left out."),
        "{told}"
    );
    assert!(told.contains("Weekly averages from 0 to 3"), "{told}");
    let item = "I found it hard to say what I felt or needed.";
    let home = Home::with_entries(&beyond_the_scale("assess", "unsaid-me", item));
    home.run("assess --unsaid-me 4").ok();
    for arguments in ["patterns assess", "patterns", "show --last 1", "show --last 3"] {
        home.run(arguments).ok();
    }
}
