//! `--redact`: wherever a name can be, no byte of any export has it.

use inward::entry::Entry;

use crate::harness::{Home, one_line, walk};

/// A practice of someone's own, with the name in everything that it can name.
const WALK: &str = r#"
title = "With Xan"
primary = "xan-telling"
about = "A walk with Xan"
scale = { min = 0, max = 2, labels = ["without Xan", "", "with Xan"], cant-say = true }
section = [
  { id = "xan-first", title = "Xan, first", short = "Xan" },
  { id = "rest", title = "The rest of Xan" },
]
question = [
  { id = "xan-calm", ask = "Was Xan calm?", short = "Xan's calm", kind = "scale", section = "xan-first" },
  { id = "xan-with", ask = "With Xan?", kind = "choice", section = "rest", options = [{ id = "xan-alone", label = "Xan alone", value = 0 }, { id = "two", label = "Xan and I", value = 3 }] },
  { id = "xan-wet", ask = "Was Xan wet?", kind = "yes-no", section = "rest", when = { xan-with = "xan-alone" } },
  { id = "xan-saw", ask = "What did Xan see?", kind = "choices", section = "rest", other = true, options = [{ id = "xan-heron", label = "Xan's heron" }, { id = "weir", label = "The weir" }] },
  { id = "xan-telling", ask = "In Xan's words?", kind = "text", section = "rest" },
]
score = [{ id = "xan-joy", title = "Xan's joy", of = ["xan-calm", "xan-with"], reverse = ["xan-with"], least = 0.5 }]
"#;

fn planted() -> Home {
    let home = Home::ready();
    home.config("partner = \"Xan\"");
    home.write("xan.txt", "what Xan wrote");
    home.write("inward/config/prompts/xan-walk.toml", WALK);
    home.keep("xan-walk 'XAN said it' --xan-calm 1 --xan-with xan-alone --xan-saw xan-heron --xan-saw 'a dog of Xan' -t xan -t with/xan --attach xan.txt");
    home.keep("reflect 'With Xan' --closeness 3 --tag xan");
    home.write(
        "notes/Xan 2026-11-20.md",
        "---\ndate: 2026-11-20\ntags: [xan]\nXan: Xan's\nlist: [Xan]\n---\n# Xan\n\nXan's day\n",
    );
    home.run("import --from markdown notes").ok();
    let crafted_entry = |id: &str, more: &str| {
        let json = format!(
            r#"{{"format":1,"id":"{id}","revision":"x7f2qd","replaces":[],"practice":"xan's walk",
            "at":"2026-11-21T21:14:03+01:00","written":"2026-11-21T21:14:03+01:00","tags":["xan"],
            "imported":{{"place":{{"name":"Xan's","all":["Xan",{{"in":"Xan"}}]}}}},"odd":[["Xan"]],{more}
            "answers":[{{"question":"xan","asked":"Xan?","value":["xan","Xan's"],"labels":{{"xan":"Xan"}},
            "odd":{{"in":["Xan"]}}}}]}}"#
        );
        home.put(&Entry::from_json(json.as_bytes()).unwrap());
    };
    crafted_entry("k3v9q2m8ab", "");
    crafted_entry("k3v9q2m8ac", r#""about":"k3v9q2m8ab","#);
    home
}

/// Where this text has the name.
fn traces(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.lines().filter(|line| line.contains("xan")).map(str::to_owned).collect()
}

#[test]
fn no_byte_of_any_export_has_a_name_that_is_replaced_everywhere() {
    let home = planted();
    let all = "--redact xan=kim";
    let before = home.run("export --format csv-wide").ok().stdout;
    assert!(traces(&before).len() > 1, "{before}");
    let formats: Vec<&str> = inward::render::FORMATS.iter().map(|format| format.name).collect();
    let filters = ["", "--tag xan --practice xan-walk --containing Xan --where xan-calm=1"];
    for (format, filter) in formats.iter().flat_map(|it| filters.map(|filter| (it, filter))) {
        let text = home.run(&format!("export --format {format} {all} {filter}")).ok().stdout;
        assert_eq!(traces(&text), Vec::<String>::new(), "{format} {filter}");
        assert!(!text.is_empty(), "{format}");
    }
    for by in ["day", "entry", "month", "practice"] {
        for format in &formats {
            let folder = format!("{by}-{format}");
            home.run(&format!("export --by {by} --format {format} -o {folder}/ {all}")).ok();
            for file in walk(&home.path().join(&folder)) {
                let name = file.strip_prefix(home.path()).unwrap().display().to_string();
                let text = std::fs::read_to_string(&file).unwrap();
                assert_eq!(traces(&text), Vec::<String>::new(), "{name}");
                assert_eq!(traces(&name), Vec::<String>::new());
            }
        }
    }
    home.write("all.txt", "{{ pages }}{{ entries }}");
    let text = home.run(&format!("export --template all.txt {all}")).ok().stdout;
    assert_eq!(traces(&text), Vec::<String>::new());
}

#[test]
fn a_practice_under_another_name_still_tells_its_columns_its_sections_and_its_scores() {
    let home = planted();
    let [plain, renamed] = ["", "--redact xan=kim"].map(|names| {
        let query = "--practice xan-walk";
        home.run(&format!("export --format csv-wide {query} {names}")).ok().stdout
    });
    assert_eq!(plain.to_lowercase().replace("xan", "kim"), renamed.to_lowercase());
    assert!(renamed.contains("kim_walk.score.kim_joy"), "{renamed}");
    let text = home.run("export --practice xan-walk --redact xan=kim").ok().stdout;
    assert!(text.contains("#### kim, first") || text.contains("#### kim"), "{text}");
}

#[test]
fn a_word_that_happens_to_spell_a_name_is_not_said_to_be_left_of_it() {
    let home = Home::ready();
    home.keep("write 'The same day, the same door. Sam waited.'");
    let outcome = home.run("export --redact Sam=P").ok();
    assert_eq!(
        one_line(&outcome.stderr),
        "Replaced “Sam” in 1 place. It doesn't appear anywhere else in what you wrote."
    );
    let outcome = home.run("export --redact Ana=A").ok();
    assert_eq!(one_line(&outcome.stderr), "“Ana” doesn't appear here; nothing was replaced.");
    let outcome = home.run("export --redact Ana=A --redact 'Jo Ann=J'").ok();
    assert_eq!(
        one_line(&outcome.stderr),
        "“Ana” and “Jo Ann” don't appear here; nothing was replaced."
    );
    for words in ["Sammy laughed", "again Sammy", "Sammy", "sam, in small letters"] {
        home.keep(&format!("write '{words}'"));
    }
    let outcome = home.run("export --redact Sam=P").ok();
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("Part of a name")).count(),
        1,
        "{lines:?}"
    );
    let lower = "“sam” is left, in lower case (add --redact sam=P), today at 21:14: sam, in small";
    assert!(lines.iter().any(|line| line.starts_with(lower)), "{lines:?}");
    let summary = "4 lines still have part of a name: “sammy” in 3, “sam” in 1.";
    assert!(one_line(&outcome.stderr).ends_with(summary), "{lines:?}");
    // A line counts once, whatever it has in it.
    let both = Home::ready();
    both.keep("write 'Sammy and Samson walked'");
    let outcome = both.run("export --redact Sam=P").ok();
    let summary = "1 line still has part of a name.";
    assert!(one_line(&outcome.stderr).ends_with(summary), "{}", outcome.stderr);
    // A filter stands above the document, and is warned of as well.
    let outcome = home.run("export --redact Sam=P --containing Sammy").ok();
    assert!(outcome.stderr.contains("(“Sammy”): with “Sammy”"), "{}", outcome.stderr);
}

/// A practice with a name in its own name, its title and its question.
const SAM_WALK: &str = r#"
title = "Sammy and the walk"
about = "A walk"
question = [{ id = "seen", ask = "What did Sam do?", kind = "choice", options = [{ id = "sang", label = "sang" }, { id = "left", label = "left" }] }]
"#;

#[test]
fn a_page_of_charts_has_other_names_for_own_practices_too() {
    let home = Home::ready();
    home.write("inward/config/prompts/sam-walk.toml", SAM_WALK);
    for seen in ["sang", "left", "sang"] {
        home.keep(&format!("sam-walk --seen {seen} -t sam"));
    }
    let page = |names: &str, filter: &str| {
        let run = home.run(&format!("patterns sam-walk --html p.html --force {names} {filter}"));
        let warnings = one_line(&run.ok().stderr);
        (std::fs::read_to_string(home.path().join("p.html")).unwrap(), warnings)
    };
    let (text, warnings) = page("--redact Sam=P", "");
    assert!(text.contains("What did P do?") && !text.contains("Sam do"), "{text}");
    assert!(warnings.contains("(“Sammy”), in the practice sam-walk: Sammy and the walk"));
    assert!(warnings.contains("places in the entries behind these charts."), "{warnings}");
    assert!(
        warnings.contains("(add --redact sam=P), in an entry behind these charts,"),
        "{warnings}"
    );
    // What was asked for goes by its other name as well, and so do the filters.
    let (text, _) = page("--redact sam=kim --redact sammy=kim", "--practice sam-walk --tag sam");
    assert!(text.contains("What did kim do?"), "{text}");
    assert_eq!(text.to_lowercase().matches("sam").count(), text.matches("same").count(), "{text}");
    let outcome = home.run("export --redact Sam=P").ok();
    assert!(one_line(&outcome.stderr).contains("in the practice sam-walk"), "{}", outcome.stderr);
}
