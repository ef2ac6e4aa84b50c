//! The first screen of `patterns`, its closer looks, and what is written for others.

use crate::harness::{Home, mode, one_line};

#[test]
fn the_first_screen_is_half_a_year_ago_and_now() {
    let told = Home::with_year().run("patterns").ok().stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines.len() < 24, "{} lines\n{told}", lines.len());
    assert_eq!(lines[0], "Half a year ago and now");
    let begins =
        ["Evenings with a moment ", "Closeness ", "Safe to open up ", "How much room in you "];
    let places = begins.map(|name| {
        let row = lines.iter().position(|line| line.starts_with(&format!("  {name}")));
        row.unwrap_or_else(|| panic!("{name}: {told}"))
    });
    assert!(places.is_sorted(), "{told}");
    let heights = |line: &str| line.chars().filter(|c| "▁▂▃▄▅▆▇█·".contains(*c)).count();
    assert_eq!(heights(lines[places[0]]), 12, "{told}");
    for row in &places[..3] {
        let words = ["higher", "lower", "about the same", "too few to say"];
        assert!(words.iter().any(|word| lines[*row].ends_with(word)), "{told}");
    }
    assert!(told.contains("\nMore: inward patterns closeness, quiet, intentions,"), "{told}");
    assert!(told.ends_with("\nThese are your own answers, not a verdict on anyone.\n"), "{told}");
}

#[test]
fn a_page_shows_the_first_screen_and_then_what_each_practice_shows() {
    let home = Home::with_year();
    home.run("patterns --html page.html").ok();
    let page = std::fs::read_to_string(home.path().join("page.html")).unwrap();
    let titles = [
        "Half a year ago and now",
        "Moments of connection",
        "Closeness",
        "Before I go quiet",
        "What became of your intentions",
        "The days on which you wrote",
        "What you did in a moment of distance",
        "Moments of distance, by time of day",
        "How your words were received",
        "How unsettled, before and after",
    ];
    let mut from = 0;
    for title in titles {
        let heading = format!("<h2>{title}</h2>");
        let at = page[from..].find(&heading);
        from += at.unwrap_or_else(|| panic!("{title} is not next"));
    }
    // A link is no tab stop inside of a picture.
    assert!(!page.contains("<svg role=\"img\"><a"), "no links in drawings");
    assert!(page.contains("It begins at ") && page.contains("its highest is "));
}

#[test]
fn a_young_journal_is_told_in_weeks_and_a_few_answers_as_dots_on_their_days() {
    let home = Home::ready();
    for (days, closeness) in [(1, 3), (3, 2)] {
        home.keep(&format!("reflect --closeness {closeness} --at '{days} days ago'"));
    }
    let told = home.run("patterns").ok().stdout;
    let row = told.lines().find(|line| line.starts_with("  Closeness")).unwrap();
    assert_eq!(row.matches('●').count(), 2, "{told}");
    assert_eq!(row.matches('·').count(), 26, "four weeks of days\n{told}");
    assert!(row.ends_with("too few to say"), "{told}");
    for days in [9, 16, 23, 30] {
        home.keep(&format!("reflect --closeness 4 --at '{days} days ago'"));
    }
    let told = home.run("patterns").ok().stdout;
    let row = told.lines().find(|line| line.starts_with("  Closeness")).unwrap();
    assert_eq!(row.matches('█').count(), 4, "a week each\n{told}");
    assert_eq!(row.matches('·').count(), 7, "{told}");
}

#[test]
fn the_first_screen_in_words_has_a_sentence_for_each_row() {
    let home = Home::with_year();
    let told = one_line(&home.run("patterns --plain").ok().stdout);
    for row in ["Evenings with a moment: ", "Closeness: ", "Safe to open up: "] {
        assert!(told.contains(row), "{row}: {told}");
    }
    // What has no row on the screen is named in both.
    let drawn = one_line(&home.run("patterns").ok().stdout);
    for told in [&told, &drawn] {
        let (_, not_shown) = told.split_once(" No room for ").unwrap();
        assert!(not_shown.contains("Relying on your partner"), "{told}");
        assert!(told.contains("How much room in you"), "{told}");
    }
    assert!(told.contains(". Now ") && told.contains("; then "), "{told}");
    assert!(!told.contains("Weekly averages"), "{told}");
}

#[test]
fn what_now_is_compared_with_can_be_chosen() {
    let home = Home::with_year();
    let against = |span: &str| {
        let json = home.run(&format!("patterns closeness --json {span}")).ok().json();
        json["figures"][0]["lines"][0]["change"].clone()
    };
    assert_eq!(against("")["against"], "half-year");
    assert_eq!(against("--against previous")["against"], "previous");
    assert_eq!(against("--against first")["against"], "first");
    let named = against("--against 2026-03");
    assert_eq!(
        (&named["against"], &named["then"]["from"]),
        (&"named".into(), &"2026-03-01".into())
    );
    let told = home.run("patterns --against previous").ok().stdout;
    assert!(told.starts_with("The four weeks before and now\n"), "{told}");
    home.run("patterns --against 7ish").exits(2);
    home.run("patterns closeness --on 2026-06 --against 2026-03").exits(2).says(
        "“2026-03” ends before 2026-06-01, the first day that you chose, so its entries aren't there to compare with.\n\
         Leave out --from or --on, and give --to 2026-06-30 instead.\n",
    );
    home.run("patterns closeness --to 2026-06-30 --against 2026-03").ok();
    // Of what is partly there, that part is compared.
    home.run("patterns closeness --from 2026-03-10 --against 2026-03").ok();
}

#[test]
fn before_i_go_quiet_is_one_table_with_the_days_around() {
    let home = Home::ready();
    for (days, happened, did) in [
        (2, "Plans changed", "went-quiet"),
        (9, "plans changed.", "went-quiet"),
        (16, "Rain", "went-quiet"),
        (23, "Rain", "stayed"),
    ] {
        home.keep(&format!("notice '{happened}' --did {did} --at '{days} days ago'"));
        for (before, closeness) in [(0, 1), (1, 3)] {
            let days = days + before;
            home.keep(&format!("reflect --closeness {closeness} --at '{days} days ago'"));
        }
    }
    let told = home.run("patterns quiet").ok().stdout;
    assert!(told.contains("  Plans changed (2)  ●● 2"), "{told}");
    let told = one_line(&told);
    let lead = "“I went quiet” in 3 of 4 moments of distance. Nothing stands out yet.";
    assert!(told.contains(lead) && !told.contains("Most often"), "{told}");
    assert!(told.contains("3 before 2 before 1 before that day 1 after 2 after 3 after"), "{told}");
    // A height and a mean for a day that has enough of them, and how many those are.
    let row = "average, 0 to 4 – – ▆ 3 ▃ 1 – – – answers 0 0 3 3 0 0 0";
    assert!(told.contains(row), "{told}");
}

#[test]
fn what_comes_again_is_said_in_sentences() {
    let home = Home::ready();
    for days in [1, 4, 9] {
        home.keep(&format!("notice 'The phone' --at '{days} days ago'"));
    }
    let told = home.run("patterns recurs").ok().stdout;
    assert!(told.contains("  “The phone” three times running.\n"), "{told}");
    assert!(told.contains("  “The phone” 3 times, last on 22 Nov 2026.\n"), "{told}");
}

#[test]
fn two_sheets_for_paper_hold_what_was_asked_for_and_nothing_else() {
    let home = Home::with_year();
    home.write("inward/config/config.toml", "partner = \"Sam\"\n");
    home.keep("notice 'Sam sighed' --next-if 'it goes quiet' --next-then 'breathe out'");
    home.run("patterns --for-paper p.html --redact-partner P").ok();
    let page = std::fs::read_to_string(home.path().join("p.html")).unwrap();
    for part in [
        "Name: ___",
        "Half a year ago and now",
        "Closeness",
        "it goes quiet → breathe out",
        "P sighed",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("Sam"), "another name stands in its place");
    assert!(page.contains("My own answers, not a verdict on anyone."));
    assert_eq!(mode(&home.path().join("p.html")), 0o600);
    let key = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let key = key.lines().find(|line| line.starts_with("age1")).unwrap();
    home.run(&format!("patterns --for-paper p.age --recipient {key}")).ok();
    assert!(
        std::fs::read(home.path().join("p.age")).unwrap().starts_with(b"age-encryption.org/v1")
    );
    home.run("patterns closeness --for-paper p2.html").exits(2);
    home.run("patterns --redact-partner P").exits(2);
}

#[test]
fn a_page_with_private_answers_says_so() {
    let home = Home::ready();
    let written = |look: &str, file: &str| {
        one_line(&home.run(&format!("patterns {look} --html {file}")).ok().stderr)
    };
    home.keep("assess --fear 0 --at '60 days ago'");
    home.keep("assess --fear 0");
    home.keep("reflect --closeness 2");
    assert!(written("assess", "a.html").contains("It also shows answers to private questions,"));
    assert!(!written("closeness", "c.html").contains("private"));
}

#[test]
fn a_view_of_some_entries_says_which_and_how_many() {
    let home = Home::with_year();
    let told = home.run("patterns --practice reflect --from 2026-03 --to 2026-09").ok().stdout;
    let about = told.lines().nth(1).unwrap();
    assert!(about.contains(" March ") && about.contains(", practice reflect, "), "{about}");
    assert!(about.contains(" of ") && about.ends_with(" entries"), "{about}");
    let told = home.run("patterns closeness --last 100").ok().stdout;
    assert!(told.lines().next().unwrap().contains(", the newest 100, 100 of "), "{told}");
}

#[test]
fn an_item_that_was_answered_on_other_days_says_which() {
    let home = Home::ready();
    home.run("assess --withdrew-me 1 --unsaid-me 1 --at 2026-09-01").ok();
    home.run("assess --withdrew-me 2 --unsaid-me 3 --at 2026-10-01").ok();
    home.run("assess --withdrew-me 4 --at 2026-11-01").ok();
    let told = one_line(&home.run("patterns assess").ok().stdout);
    assert!(told.contains("··○─────● 1 → 4"), "{told}");
    assert!(told.contains("··○───●·· 1 → 3 *"), "{told}");
    let days = "* 1 Sep 2026 → 1 Oct 2026";
    assert!(told.contains(days), "{told}");
    assert!(told.contains("○ 1 Sep 2026 ● 1 Nov 2026"), "{told}");
    let told = one_line(&home.run("patterns assess --against previous").ok().stdout);
    assert!(told.contains("····○───● 2 → 4"), "{told}");
    assert!(told.contains("○ 1 Oct 2026 ● 1 Nov 2026"), "{told}");
}
