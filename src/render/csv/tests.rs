use super::super::EntryLinks;
use super::super::unit::ExportGrouping;
use super::*;
use crate::entry::{Entry, testing};
use crate::practice::Practices;

fn entry() -> Entry {
    testing::entry(serde_json::json!({
        "practice": "assess",
        "tags": ["a", "b"],
        "answers": [
            {"question": "push-pull", "asked": "How?", "scale": {"min": -2, "max": 2}, "value": -1,
             "labels": {"-1": "seldom"}},
            {"question": "frightened", "asked": "Were you?", "value": false},
            {"question": "saw", "asked": "What?", "value": ["one", "two"], "labels": {"one": "The one"}},
            {"question": "skip", "asked": "Well?", "scale": {"min": 0, "max": 4}, "value": null},
            {"question": "note", "asked": "Note?", "value": "=HYPERLINK(\"x\"), and\n\"more\""}
        ]
    }))
}

/// The rows that a format makes of these entries, with these practices beside our own.
fn rows_of(
    format: &ExportFormat,
    entries: &[StoredEntry],
    own: &[(&str, &str)],
) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, file) in own {
        std::fs::write(folder.path().join(format!("{name}.toml")), file).unwrap();
    }
    let practices = &Practices::load(folder.path(), &[]);
    let broken = |(name, _): &&(&str, &str)| practices.practice(name).is_none();
    assert!(own.iter().filter(broken).all(|(_, file)| *file == "broken"), "{own:?}");
    let (clock, links) = (&Clock::at(entries[0].entry.at), &EntryLinks::default());
    let layout = Layout::new(ExportGrouping::Day, clock, practices, links);
    let text = format.write(&Export { entries: entries.iter().collect(), layout });
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn each_answer_has_a_row_and_no_cell_is_a_formula() {
    let rows = rows_of(&FORMAT, &[StoredEntry::new(entry())], &[("assess", "broken")]);
    assert_eq!(rows[0].join(",") + "\r\n", HEAD);
    let cells = |row: usize| rows[row][8..].join("|");
    assert_eq!(cells(1), "push-pull|How?|-1|'-1, “seldom”|-2|2");
    assert_eq!(cells(2), "frightened|Were you?|no|no||");
    assert_eq!(cells(3), "saw|What?|one; two|The one; two||");
    assert_eq!(cells(4), "skip|Well?||can't say|0|4");
    assert_eq!(rows[5][10], "'=HYPERLINK(\"x\"), and\n\"more\"");
    assert_eq!(
        rows[1][..8].join("|"),
        "k3v9q2m8ab|2026-11-23|2026-11-23T21:14:03+01:00|assess|a b||0|"
    );
}

/// A practice with one question of each kind.
const WALK: &str = r#"
title = "A walk"
scale = { min = 0, max = 2, labels = ["no", "", "yes"], cant-say = true }
question = [
  { id = "calm", ask = "Calm?", kind = "scale" },
  { id = "rain", ask = "Rain?", kind = "yes-no" },
  { id = "wet", ask = "How wet?", kind = "number", min = 0, max = 9, when = { rain = "yes" } },
  { id = "with", ask = "With {my partner}?", kind = "choice", options = [{ id = "no-one", label = "No one", value = 0 }, { id = "two", label = "The two of us", value = 3 }] },
  { id = "saw", ask = "What did you see?", kind = "choices", other = true, options = [{ id = "heron", label = "A heron" }, { id = "weir", label = "The weir" }] },
  { id = "telling", ask = "In words?", kind = "text" },
]
score = [{ id = "joy", title = "Joy", of = ["calm", "with"], reverse = ["with"], least = 0.5 }]
"#;

fn walk(answers: serde_json::Value) -> StoredEntry {
    let of = |(id, value): (&String, &serde_json::Value)| {
        let scale = (id == "calm").then(|| serde_json::json!({"min": 0, "max": 2}));
        serde_json::json!({"question": id, "asked": "?", "value": value, "scale": scale})
    };
    let answers: Vec<_> = answers.as_object().unwrap().iter().map(of).collect();
    StoredEntry::new(testing::entry(serde_json::json!({"practice": "walk", "answers": answers})))
}

#[test]
fn no_question_is_said_to_be_skipped_or_not_asked_where_no_entry_can_tell() {
    let own = r#"
title = "A talk"
question = [
  { id = "near", ask = "How near?", kind = "scale", scale = { min = 0, max = 4 } },
  { id = "missed", ask = "Missed?", kind = "yes-no", chapter = "apart" },
  { id = "talked", ask = "Talked?", kind = "yes-no", chapter = "together" },
  { id = "safe", ask = "Safe?", kind = "yes-no", asked = false, care.asked = true },
  { id = "held", ask = "Held?", kind = "yes-no", sharing = true },
]
"#;
    let talk = |answers: serde_json::Value| {
        let mut stored = walk(answers);
        stored.entry.practice = "talk".into();
        stored
    };
    let entries = [
        talk(serde_json::json!({"near": 1})),
        talk(serde_json::json!({"near": 1, "talked": true})),
        talk(serde_json::json!({"near": 1, "safe": true})),
    ];
    let rows = rows_of(&WIDE, &entries, &[("talk", own)]);
    let names = ["missed", "talked", "safe", "held"].map(|id| format!("talk.{id}.missing"));
    let missing = |row| named(&rows, row, &names.each_ref().map(String::as_str));
    // Any form may have asked; one chapter's answer rules the other out; and so does care's.
    assert_eq!(missing(1), "unanswered|unanswered|unanswered|unanswered");
    assert_eq!(missing(2), "not-asked||unanswered|unanswered");
    assert_eq!(missing(3), "unanswered|unanswered||not-asked");
}

/// The cells of a row by the names of their columns.
fn named(rows: &[Vec<String>], row: usize, names: &[&str]) -> String {
    let at = |name: &&str| rows[0].iter().position(|column| column == name).unwrap();
    names.iter().map(|name| rows[row][at(name)].clone()).collect::<Vec<_>>().join("|")
}

#[test]
fn an_entry_that_another_device_changed_moved_or_deleted_is_in_conflict() {
    let conflict = |elsewhere: Elsewhere| {
        let stored = StoredEntry { elsewhere, ..walk(serde_json::json!({"calm": 1})) };
        let rows = rows_of(&WIDE, &[stored], &[("walk", WALK)]);
        named(&rows, 1, &["conflict"])
    };
    assert_eq!(conflict(Elsewhere::Nothing), "0");
    assert_eq!(conflict(Elsewhere::Deleted), "1");
    assert_eq!(conflict(Elsewhere::Moved("bbbbbbbbbb".parse().unwrap())), "1");
}

#[test]
fn the_wide_form_has_numbers_choices_and_scores_and_says_why_one_is_missing() {
    let full = walk(serde_json::json!({
        "calm": 1, "rain": true, "with": "two", "saw": ["weir", "a dog"], "telling": "x"
    }));
    let mut bare = walk(serde_json::json!({"calm": null, "rain": false}));
    bare.other_heads = vec![bare.entry.clone()];
    let rows = rows_of(&WIDE, &[full, bare], &[("walk", WALK)]);
    let numbers = ["walk.calm", "walk.rain", "walk.wet", "walk.with", "walk.with.counts"];
    assert_eq!(named(&rows, 1, &numbers), "1|1||two|3");
    assert_eq!(named(&rows, 2, &numbers), "|0|||");
    let saw = ["walk.saw.is.heron", "walk.saw.is.weir", "walk.saw.own.words"];
    assert_eq!(named(&rows, 1, &saw), "0|1|a dog");
    assert_eq!(named(&rows, 2, &saw), "||", "what was not asked is no zero");
    let missing =
        ["walk.calm.missing", "walk.wet.missing", "walk.with.missing", "walk.saw.missing"];
    assert_eq!(named(&rows, 1, &missing), "|unanswered||");
    assert_eq!(named(&rows, 2, &missing), "cant-say|not-asked|unanswered|unanswered");
    // (1 + (3 - 3)) / 2; and nothing of nothing.
    assert_eq!(named(&rows, 1, &["walk.score.joy", "conflict"]), "0.5|0");
    assert_eq!(named(&rows, 2, &["walk.score.joy", "conflict"]), "|1");
    assert!(!rows[0].iter().any(|name| name.starts_with("walk.telling")), "{:?}", rows[0]);
}

#[test]
fn what_was_answered_on_another_scale_or_as_another_kind_has_columns_of_its_own() {
    let own = r#"
title = "Sky"
question = [
  { id = "light", ask = "How light now?", kind = "scale", scale = { min = 0, max = 8, labels = ["", "", "", "", "so-so", "", "", "", ""] } },
  { id = "who", ask = "Who?", kind = "choice", options = ["Ada", "Ben"] },
  { id = "rain", ask = "Rain?", kind = "choice", options = ["None", "Some"] },
]
"#;
    let sky = |light: serde_json::Value, who: serde_json::Value, rain: serde_json::Value| {
        let fields = serde_json::json!({"practice": "sky", "answers": [light, who, rain]});
        StoredEntry::new(testing::entry(fields))
    };
    let entries = [
        sky(
            serde_json::json!({"question": "light", "asked": "How light now?", "value": 4, "scale": {"min": 0, "max": 8}, "labels": {"4": "so-so"}}),
            serde_json::json!({"question": "who", "asked": "Who?", "value": "ada", "labels": {"ada": "Ada"}}),
            serde_json::json!({"question": "rain", "asked": "Rain?", "value": "some", "labels": {"some": "Some"}}),
        ),
        sky(
            serde_json::json!({"question": "light", "asked": "How light?", "value": 4, "scale": {"min": 0, "max": 4}, "labels": {"4": "bright"}}),
            serde_json::json!({"question": "who", "asked": "Who?", "value": ["ada", "ben"], "labels": {"ada": "Ada", "ben": "Ben"}}),
            serde_json::json!({"question": "rain", "asked": "Rain?", "value": true}),
        ),
    ];
    let (rows, book) =
        (rows_of(&WIDE, &entries, &[("sky", own)]), rows_of(&CODEBOOK, &entries, &[("sky", own)]));
    let light = ["sky.light", "sky.light.missing", "sky.light.0.to.4"];
    assert_eq!(named(&rows, 1, &light), "4||");
    assert_eq!(named(&rows, 2, &light), "|asked-otherwise|4");
    let who = ["sky.who", "sky.who.missing", "sky.who.choices.is.ada", "sky.who.choices.is.ben"];
    assert_eq!(named(&rows, 1, &who), "ada|||");
    assert_eq!(named(&rows, 2, &who), "|asked-otherwise|1|1");
    assert_eq!(named(&rows, 2, &["sky.rain", "sky.rain.yes.no"]), "|1");
    let of = |name: &str| -> Vec<String> {
        let rows = book.iter().filter(|row| row[0] == name);
        rows.map(|row| [4, 5, 6, 8, 9].map(|at| row[at].as_str()).join("|")).collect()
    };
    assert_eq!(of("sky.light"), ["How light now?|||0|8", "How light now?|4|so-so|0|8"]);
    assert_eq!(of("sky.light.0.to.4"), ["How light?|||0|4", "How light?|4|bright|0|4"]);
}

#[test]
fn every_column_of_every_practice_has_a_name_of_its_own() {
    let all = Practices::built_in();
    let of = |name: &str| {
        let fields = serde_json::json!({"practice": name, "answers": [
            {"question": "a-b", "asked": "?", "value": 1},
            {"question": "a_b", "asked": "?", "value": 1}
        ]});
        StoredEntry::new(testing::entry(fields))
    };
    let entries: Vec<StoredEntry> = all.names().map(of).collect();
    let rows = rows_of(&WIDE, &entries, &[]);
    let names: std::collections::BTreeSet<&String> = rows[0].iter().collect();
    assert_eq!(names.len(), rows[0].len());
    // An option of that name beside the reason why there is none.
    assert!(names.contains(&"reflect.returned.is.missing".to_owned()));
}

#[test]
fn what_no_file_asks_any_more_has_columns_as_the_entries_tell_it() {
    let rows = rows_of(&WIDE, &[StoredEntry::new(entry())], &[("assess", "broken")]);
    let names =
        ["assess.push_pull", "assess.frightened", "assess.saw.is.one", "assess.saw.own.words"];
    assert_eq!(named(&rows, 1, &names), "-1|0|1|two");
    assert_eq!(named(&rows, 1, &["assess.skip", "assess.skip.missing"]), "|cant-say");
}

#[test]
fn the_codebook_tells_each_column_of_the_table_and_no_other() {
    let entries = [
        walk(serde_json::json!({"calm": 1, "with": "two"})),
        StoredEntry::new(entry()),
        StoredEntry::new(testing::page("x")),
    ];
    let own = [("walk", WALK), ("assess", "broken")];
    let (table, book) = (rows_of(&WIDE, &entries, &own), rows_of(&CODEBOOK, &entries, &own));
    let mut told: Vec<&String> = book[1..].iter().map(|row| &row[0]).collect();
    told.dedup();
    assert_eq!(told, table[0].iter().collect::<Vec<_>>());
    let of = |name: &str| -> Vec<String> {
        let rows = book.iter().filter(|row| row[0] == name);
        rows.map(|row| row[3..].join("|")).collect()
    };
    assert_eq!(
        of("walk.calm"),
        ["scale|Calm?||||0|2||", "scale|Calm?|0|no||0|2||", "scale|Calm?|2|yes||0|2||"]
    );
    assert_eq!(of("walk.with")[2], "choice|With my partner?|two|The two of us|3||||");
    assert_eq!(of("walk.saw.is.heron"), ["chosen|What did you see?|heron|A heron|||||"]);
    assert_eq!(of("walk.score.joy"), ["mean|Joy||||0|2.5|calm with|with"]);
    assert_eq!(
        of("walk.wet.missing")[1],
        "missing|How wet?|unanswered|skipped, or not asked that time|||||"
    );
    // A step below zero is a number, and no formula.
    assert_eq!(of("assess.push_pull")[1], "scale|How?|-1|seldom||-2|2||");
}

#[test]
fn the_codebook_says_where_a_practice_comes_from() {
    let origin = "source = \"Doe 2010\"\nlicence = \"CC BY 4.0\"\nversion = \"2\"\nlang = \"en\"\n";
    let own = format!("{origin}{WALK}");
    let entries = [walk(serde_json::json!({"calm": 1}))];
    let book = rows_of(&CODEBOOK, &entries, &[("walk", &own)]);
    let nameless = book.iter().filter(|row| row[0].is_empty() && row[1] == "walk");
    let told: Vec<String> = nameless.map(|row| format!("{}: {}", row[3], row[4])).collect();
    assert_eq!(told, ["source: Doe 2010", "licence: CC BY 4.0", "version: 2", "lang: en"]);
}

#[test]
fn the_wide_form_begins_with_the_sentence_of_a_practice_that_has_one() {
    let felt = |practice: &str, first: &str, words: &str| {
        let answers = serde_json::json!([
            {"question": first, "asked": "In one sentence", "value": words},
            {"question": "feeling", "asked": "I feel …", "value": ["anxious"]}
        ]);
        let fields = serde_json::json!({"practice": practice, "answers": answers});
        StoredEntry::new(testing::entry(fields))
    };
    let entries = [
        felt("feel", "sentence", "I feel anxious."),
        felt("gone", "sentence", "=I feel torn."),
        felt("other", "telling", "I feel low."),
    ];
    let rows = rows_of(&WIDE, &entries, &[]);
    assert_eq!(rows[0][7], "feel.sentence", "before its other columns");
    assert_eq!(named(&rows, 1, &["feel.sentence", "gone.sentence"]), "I feel anxious.|");
    assert_eq!(named(&rows, 2, &["feel.sentence", "gone.sentence"]), "|'=I feel torn.");
    let is_of_other = |name: &String| name == "other.sentence" || name == "other.telling";
    assert!(!rows[0].iter().any(is_of_other), "{:?}", rows[0]);
    let book = rows_of(&CODEBOOK, &entries, &[]);
    let row = book.iter().find(|row| row[0] == "feel.sentence").unwrap();
    assert_eq!(row[..5].join("|"), "feel.sentence|feel|sentence|sentence|In one sentence");
}
