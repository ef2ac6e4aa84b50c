//! What is called a change, and what stands beside it: in words, on a page, as JSON.

use inward::entry::Entry;

use crate::generate;
use crate::harness::{Home, NOW, one_line};

/// Evenings from so many days ago on, back through time, with these answers in turn.
fn closeness(home: &Home, from: u64, answers: &[i64]) {
    let now: chrono::DateTime<chrono::FixedOffset> = NOW.parse().unwrap();
    let entries: Vec<Entry> = answers.iter().zip(from..).map(|(value, days)| {
        let at = now - chrono::Days::new(days);
        let json = serde_json::json!({
            "format": 1, "id": format!("{days:0>10}"), "revision": "aaaaaa", "practice": "reflect",
            "at": at, "written": at, "answers": [{
                "question": "closeness", "asked": "How close did you feel to your partner?",
                "scale": { "min": 0, "max": 4 }, "value": value }]
        });
        Entry::from_json(json.to_string().as_bytes()).unwrap()
    }).collect();
    generate::keep(&entries, &home.recipients(), &home.journal());
}

#[test]
fn a_change_is_said_with_both_spans_and_both_figures_in_the_words_of_the_scale() {
    let home = Home::ready();
    closeness(&home, 0, &[1, 0, 2, 1].repeat(7));
    closeness(&home, 28, &[3, 4, 3, 2].repeat(70));
    let told = one_line(&home.run("patterns closeness").ok().stdout);
    let about = "Lower than half a year before: 1, “a little”, from 27 \
                 October to 23 November 2026 (28 answers), against 3, “close”, from 31 March to \
                 22 June 2026 (84 answers).";
    assert!(told.contains(about), "{told}");
    home.run("patterns closeness --html p.html").ok();
    let page = std::fs::read_to_string(home.path().join("p.html")).unwrap();
    assert!(one_line(&page).contains(about), "{page}");
    let line = home.run("patterns closeness --json").ok().json()["figures"][0]["lines"][0].clone();
    let change = serde_json::json!({
        "is": "lower", "against": "half-year",
        "then": { "from": "2026-03-31", "to": "2026-06-22", "mean": 3.0, "answers": 84 },
        "now": { "from": "2026-10-27", "to": "2026-11-23", "mean": 1.0, "answers": 28 },
    });
    assert_eq!(line["change"], change);
}

#[test]
fn where_nothing_changed_that_is_said_and_where_there_is_nothing_earlier_that_too() {
    let steady = Home::ready();
    closeness(&steady, 0, &[3, 2, 3, 2, 2, 3, 3].repeat(50));
    let told = one_line(&steady.run("patterns closeness").ok().stdout);
    assert!(
        told.contains("About the same as half a year before, within the usual ups and downs:"),
        "{told}"
    );
    let new = Home::ready();
    closeness(&new, 0, &[3, 2, 3, 2, 2, 3, 3].repeat(3));
    let told = one_line(&new.run("patterns closeness").ok().stdout);
    assert!(
        told.contains("Too few to say whether it changed: 21 answers from 27 October to 23 November 2026, and too few answers in earlier weeks to compare."),
        "{told}"
    );
    let json = new.run("patterns closeness --json").ok().json();
    let change = &json["figures"][0]["lines"][0]["change"];
    assert_eq!(change["is"], "too-few");
    assert!(change["then"].is_null() && change["against"].is_null(), "{change}");
}

#[test]
fn moments_and_choices_are_counted_of_all_that_were_answered() {
    let home = Home::with_year();
    let json = home.run("patterns --json").ok().json();
    for figure in json["figures"].as_array().unwrap() {
        for line in figure["lines"].as_array().into_iter().flatten() {
            assert!(line["change"]["is"].is_string(), "{line}");
        }
        assert!(figure["shows"] != "change" || figure["change"]["is"].is_string(), "{figure}");
    }
    let moments = &json["figures"][0];
    assert_eq!(moments["shows"], "moments");
    let change = &moments["change"];
    let (times, answers) = (change["now"]["times"].as_u64(), change["now"]["answers"].as_u64());
    assert!(times <= answers && answers > Some(4), "{change}");
    let told = one_line(&home.run("patterns reflect").ok().stdout);
    let share = format!(": {} of {} evenings", times.unwrap(), answers.unwrap());
    assert!(told.contains(&share), "{share} in {told}");
    let closer = home.run("patterns reflect --json").ok().json();
    let outcomes = closer["figures"].as_array().unwrap().iter().find(|f| f["of"][0] == "outcome");
    let count = &outcomes.unwrap()["counts"][0]["change"];
    assert!(count["now"]["times"].is_u64() && count["is"].is_string(), "{count}");
    // Together, only what became of intentions and what may tell of harm is compared answer
    // by answer.
    let compared = |f: &&serde_json::Value| !f["counts"][0]["change"].is_null();
    let compared = json["figures"].as_array().unwrap().iter().filter(compared);
    let of: Vec<_> = compared.map(|f| f["of"][0].as_str().unwrap().to_owned()).collect();
    assert_eq!(of, ["outcome", "disagreement", "underneath", "stirred", "received", "respected"]);
}

#[test]
fn of_two_times_of_a_questionnaire_only_its_own_norms_can_tell() {
    let home = Home::ready();
    let file = |norms: &str| {
        format!(
            "title = \"Ease\"\nscale = {{ min = 0, max = 4 }}\n[[question]]\nid = \"near\"\nask = \"Near is easy.\"\nkind = \"scale\"\n[[question]]\nid = \"far\"\nask = \"Far is easy.\"\nkind = \"scale\"\n[[score]]\nid = \"ease\"\ntitle = \"Ease\"\nof = [\"near\", \"far\"]\n{norms}[[pattern]]\ntitle = \"Ease over time\"\nshows = \"scores\"\nof = [\"ease\"]\n"
        )
    };
    let norms = "sd = 0.8\nreliability = 0.9\nsource = \"A study, 1999\"\n";
    home.write("inward/config/prompts/ease.toml", file(norms));
    for (days, near) in [(90, 1), (60, 1), (30, 4)] {
        home.keep(&format!("ease --near {near} --far {near} --at '{days} days ago'"));
    }
    let told = one_line(&home.run("patterns ease").ok().stdout);
    let higher = "“Ease”: higher than the first time: 4, on 24 October 2026 (2 answers), against 1, on 25 August 2026 (2 answers).";
    assert!(told.contains(higher), "{told}");
    let shown = one_line(&home.run("practices show ease").ok().stdout);
    assert!(shown.contains("sd 0.8, reliability 0.9 (A study, 1999)"), "{shown}");
    home.write("inward/config/prompts/ease.toml", file(&format!("{norms}least = 0.5\n")));
    home.keep("ease --near 0 --at '3 days ago'");
    let told = one_line(&home.run("patterns ease").ok().stdout);
    let few = "Two sets of answers can't tell a change from chance.";
    assert!(told.contains(few), "half of it answered: {told}");
    home.write("inward/config/prompts/ease.toml", file(""));
    let told = one_line(&home.run("patterns ease").ok().stdout);
    assert!(told.contains(few), "{told}");
    assert!(!told.contains("higher"), "{told}");
}

#[test]
fn an_evening_counts_once_however_often_it_is_written_on_as_when_looking_back() {
    let home = Home::ready();
    for n in 1..=6 {
        home.keep(&format!("reflect 'A walk' --at '{n} days ago'"));
    }
    home.keep("reflect none --at '7 days ago'");
    home.keep("reflect none --at '8 days ago'");
    let told = |verb: &str| one_line(&home.run(verb).ok().stdout);
    let closer = || told("patterns reflect");
    assert!(closer().contains("6 of 8 evenings"), "{}", closer());
    // One more on an evening that had a moment, and one on an evening that had none.
    home.keep("reflect 'Soup' --at '3 days ago'");
    home.keep("reflect 'Tea' --at '7 days ago'");
    home.keep("reflect none --at '1 day ago'");
    assert!(closer().contains("7 of 8 evenings"), "{}", closer());
    let first = told("patterns");
    assert!(first.contains("Evenings with a moment") && first.contains(" 7 of 8 "), "{first}");
    let look = told("look");
    assert!(look.contains("8 evenings: 7 with a moment of connection, 1 without."), "{look}");
}

#[test]
fn what_goes_together_is_said_of_the_days_that_are_compared() {
    let home = Home::ready();
    for n in 1..=24 {
        let plan = if n % 2 == 0 { "--if 'he is late' --then 'I call him'" } else { "" };
        home.keep(&format!("intent 'Stay' {plan} --at '{n} days ago'"));
        let outcome = if n % 2 == 0 { "did" } else { "forgot" };
        home.keep(&format!("reflect --outcome {outcome} --at '{n} days ago'"));
    }
    let figures = |home: &Home, query: &str| {
        let told = one_line(&home.run(&format!("patterns reflect {query}")).ok().stdout);
        let json = home.run(&format!("patterns reflect --json {query}")).ok().json();
        let groups = |f: &&serde_json::Value| f["shows"] == "groups";
        (told, json["figures"].as_array().unwrap().iter().find(groups).unwrap()["together"].clone())
    };
    let (told, together) = figures(&home, "");
    let forgot =
        "“I forgot” from 30 October to 23 November 2026: 0 of 12 with, 12 of 12 without: lower.";
    assert!(told.contains(forgot), "{told}");
    let change = serde_json::json!({
        "is": "lower", "against": null,
        "then": { "from": "2026-10-30", "to": "2026-11-22", "mean": 1.0, "answers": 12, "times": 12 },
        "now": { "from": "2026-10-30", "to": "2026-11-22", "mean": 0.0, "answers": 12, "times": 0 },
    });
    assert_eq!(together[0], serde_json::json!({ "answer": "I forgot", "change": change }));
    let (told, _) = figures(&home, "--to 2026-11-08");
    let few = "“I did it” from 30 October to 8 November 2026: 5 of 5 with, 0 of 5 without: too few \
               to say.";
    assert!(told.contains(few), "{told}");
}
