use super::*;
use crate::practice::BUILT_IN;
use crate::practice::parse::parse;

fn mistakes(text: &str) -> Vec<(usize, String, String)> {
    let all = read_fields(text).map_or_else(|all| all, |read| read.mistakes);
    all.into_iter().map(|mistake| (mistake.line, mistake.what, mistake.fix)).collect()
}

#[test]
fn a_value_of_the_wrong_kind_is_named_in_words_of_toml() {
    for (line, words) in [
        ("rehearse = 3", "takes a table { … }, not `3`"),
        ("follows-up = 3", "takes a list [ … ], not "),
        ("beside = \"x\"", "takes a whole number, not "),
        ("scale = \"x\"", "takes a table { … }, not "),
        ("tags = { a = 1 }", "takes a list [ … ], not "),
        ("scale = 1979-05-27", "This can't be a date."),
        (
            "title = \"W\"\n[[question]]\nid = \"a\"\nask = \"A\"\nkind = \"text\"\nchapter = \"away\"\n",
            "`chapter` can't be “away”. It takes `together` or `apart`.",
        ),
        ("title = 3", "`title` takes a text, not `3`."),
        (
            "title = \"W\"\nclosing = [{ say = \"x\", when = { a = {} } }]\n",
            "This condition tests nothing.",
        ),
        ("closing = [{ when = {} }]", "A table of `closing` has no `say`."),
        ("closing = 3", "`closing` takes a text or a table { … }, not `3`."),
        ("closing = [{ say = 3 }]", "`say` takes a text, not `3`."),
        ("closing = [{ sya = \"x\" }]", "There's no field `sya` here."),
        ("closing = { say = \"x\", today = true }", "There's no field `today` here."),
    ] {
        let (_, what, _) = &mistakes(line)[0];
        assert!(what.contains(words), "{line}: {what}");
        for own in ["struct", "u32", "i64", "sequence", "wanted", "File"] {
            assert!(!what.contains(own), "{line}: {what}");
        }
    }
}

#[test]
fn a_field_that_the_table_has_already_is_no_guess() {
    let of = |fields: &str| {
        let text = format!("title = \"W\"\n[[question]]\n{fields}ask = \"A\"\nkind = \"text\"\n");
        mistakes(&text).remove(0)
    };
    let lists = "`inward help practice-files` lists the fields.";
    let twice = of("id = \"a\"\nkid = \"b\"\n");
    assert_eq!(twice, (4, "There's no field `kid` here.".to_owned(), lists.to_owned()));
    let (line, _, fix) = of("kid = \"b\"\n");
    assert_eq!((line, fix), (3, format!("Did you mean `id`? {lists}")));
}

#[test]
fn every_field_that_is_misspelt_missing_or_of_another_type_is_named_at_once() {
    let text = "titel = \"A walk\"\nbegins = \"x\"\nweather = 1\n\n[[question]]\nid = \"seen\"\n\
                kind = \"text\"\n\n[[question]]\nid = \"heard\"\naks = \"What?\"\nkind = \"text\"\n\
                \n[[question]]\nid = \"felt\"\nask = \"How?\"\nkin = \"text\"\n";
    let lists = "`inward help practice-files` lists the fields.";
    let of = |line: usize, what: &str, fix: String| (line, what.to_owned(), fix);
    let expected = [
        of(1, "There's no field `titel` here.", format!("Did you mean `title`? {lists}")),
        of(2, "`begins` takes a whole number, not the text \"x\".", lists.to_owned()),
        of(3, "There's no field `weather` here.", lists.to_owned()),
        of(5, "This question has no `ask`.", format!("Add it. {lists}")),
        of(11, "There's no field `aks` here.", format!("Did you mean `ask`? {lists}")),
        of(17, "There's no field `kin` here.", format!("Did you mean `kind`? {lists}")),
    ];
    assert_eq!(mistakes(text), expected);
}

#[test]
fn what_is_not_toml_is_named_at_every_place() {
    let lines: Vec<usize> =
        mistakes("title = A walk\nabout = \"x\"\nbegins = ]\n").iter().map(|it| it.0).collect();
    assert!(lines.contains(&1) && lines.contains(&3), "{lines:?}");
}

#[test]
fn the_usual_mistakes_in_toml_are_told_in_plain_words_with_what_to_do() {
    for (text, line, what, fix) in [
        ("title = \"x\n[[question]]\n", 1, "closing quote is missing", "Add \""),
        ("title = 'x\n", 1, "closing quote is missing", "Add '"),
        ("title = \"\"\"x\n", 2, "closing quotes are missing", "the same three"),
        ("title = \"x\"\n[[question]\n", 2, "brackets aren't closed", "[[question]]"),
        ("title = \"x\"\n[names\n", 2, "bracket isn't closed", "[follow-up]"),
        ("tags = [\"x\"\n", 1, "list isn't closed", "Add ]"),
        ("title = A walk\n", 1, "no text in quotes", "as in"),
        ("title = \"x\"\ntitle = \"y\"\n", 2, "here already", "Remove one"),
        ("title \"x\"\n", 1, "no =", "NAME = VALUE"),
        ("title =\n", 1, "no text in quotes", "as in"),
        ("title = \"\\q\"\n", 1, "backslash", "\\\\"),
        ("title = ]\n", 1, "closing bracket without its opening one", "NAME = VALUE"),
        ("names = {a = \"x\", b = }\n", 1, "value is missing", "or remove the name"),
        ("names = {a = \"it's\", b}\n", 1, "value is missing", "or remove the name"),
        ("names = {a = , b = \"x\"}\n", 1, "value is missing", "or remove the name"),
        ("names = {a = \"x\", b = 'y}\n", 1, "closing quote is missing", "Add '"),
        ("optional = yes\n", 1, "`yes` isn't a value", "true or false"),
        ("optional = True # c\n", 1, "`True` isn't a value", "true or false"),
        ("after = 3x\n", 1, "`3x` isn't a number", "as in 3 or 0.5"),
        ("after = [1.2.3, 4]\n", 1, "`1.2.3` isn't a number", "as in 3 or 0.5"),
        ("after = {a = 1 b = 2}\n", 1, "comma is missing", "between the two"),
        ("version = 03\n", 1, "can't start with 0", "Remove the 0"),
        ("title = “x”\n", 1, "aren't plain quotes", "Write \""),
        ("my title = \"x\"\n", 1, "isn't one word", "hyphens"),
        ("[[follow up]]\n", 1, "isn't one word", "hyphens"),
        ("title: \"x\"\n", 1, "a : in place of the =", "NAME = VALUE"),
        ("// c\n", 1, "can't have `//`", "A comment starts with #"),
        ("title = \"He said \"hi\"\"\n", 1, "text ends before `hi\"\"`", "Write \\\""),
        ("tags = ['It's']\n", 1, "text ends before `s']`", "in \"double quotes\""),
        ("title = \"C:\\Users\\me\"\n", 1, "backslash", "\\\\"),
        ("title = \"x\",\n", 1, "value ends before `,`", "Remove the rest"),
        ("title = \"a\" + \"b\"\n", 1, "value ends before `+ \"b\"`", "Remove the rest"),
        ("title == \"x\"\n", 1, "an = too many", "Remove one"),
        ("[question]]\n", 1, "brackets end before `]`", "[[question]]"),
        ("[[question]] foo\n", 1, "brackets end before `foo`", "[[question]]"),
    ] {
        let all = mistakes(text);
        let first = &all[0];
        let is_right = first.0 == line && first.1.contains(what) && first.2.contains(fix);
        assert!(is_right && !first.1.contains("expected"), "{text}: {first:?}");
        let is_one = all.len() == 1 || text.starts_with("title = \"x\"\n");
        assert!(is_one, "{text}: {all:?}");
    }
}

#[test]
fn a_bracket_that_nothing_closes_is_named_where_it_is_and_hides_nothing_above() {
    for open in ["when = { after = 3", "tags = [\"x\"", "tags = [\n  \"x\",", "a = [{ b = 1 }"] {
        let text =
            format!("list = [\n  \"y\",\n]\nabout = no\n{open}\n\n[[question]]\nid = \"a\"\n");
        let lines: Vec<usize> = mistakes(&text).iter().map(|it| it.0).collect();
        assert_eq!(lines, [4, 5], "{open}");
        assert!(mistakes(&text)[1].1.contains("isn't closed"), "{open}");
    }
    let all = mistakes("tags = [\"x\", \"y\ntitle = \"z\"\n");
    assert_eq!((all.len(), all[0].0), (1, 1));
    assert!(all[0].1.contains("closing quote"), "{all:?}");
}

#[test]
fn a_list_or_text_that_is_closed_is_never_taken_for_the_bracket_that_is_not() {
    for (text, line, what) in [
        (
            "title = \"Walk\"\nclosing = [\n\"\"\"\nRest\nwell\"\"\",\n]\nwhen = { after = 3\n[[question]]\n",
            7,
            "table",
        ),
        ("a = [\n1,\n2,\n]\nb = \"[{\" # ]\nc = '\\'\ntags = [\"\\\"]\",\n[x]\n", 7, "list"),
        ("a = \"\"\"\n[\\\"\"\"\"\"\nb = { c = [1, 2\n}\nd = 1\n", 3, "list"),
        ("a = [\n  { b = 1,\n  { c = 2 },\n]\n", 2, "table"),
        ("a = [1\nb = { c = 2\nd = [3]\n", 1, "list"),
    ] {
        let all = mistakes(text);
        let open = all.iter().find(|it| it.1 == format!("The {what} isn't closed."));
        assert_eq!(open.map(|it| it.0), Some(line), "{text}: {all:?}");
        assert!(all.iter().all(|it| it.0 >= line), "{text}: {all:?}");
    }
}

#[test]
fn where_no_plain_words_fit_the_readers_own_reason_is_given() {
    let (line, what, fix) = mistakes("a = 1\na.b = 2\n").remove(0);
    assert_eq!(line, 2);
    assert_eq!(what, "This isn't TOML (cannot extend value of type integer with a dotted key).");
    assert!(fix.contains("inward help practice-files"), "{fix}");
}

#[test]
fn a_practice_without_its_title_is_told_so() {
    let lists = "Add it. `inward help practice-files` lists the fields.".to_owned();
    assert_eq!(
        mistakes("about = \"x\"\n"),
        [(1, "This practice has no `title`.".to_owned(), lists)]
    );
}

#[test]
fn a_mistake_in_a_field_hides_no_other_and_brings_none() {
    let text = "titel = \"A walk\"\ncadnce = \"weekly\"\nbegins = true\n\n[[question]]\nid = \"help\"\n\
                kind = \"scale\"\n\n[[question]]\nid = \"a\"\nask = 3\nkind = \"smell\"\n\n[[question]]\n\
                id = \"a\"\nask = \"C\"\nkind = \"choice\"\nopttions = [\"x\"]\n\n[[question]]\nask = \"D\"\n\
                kind = \"text\"\nwhen = { a = \"x\" }\n\n[[question]]\nid = \"d\"\nask = \"D\"\nkind = \"scale\"\n";
    let all = parse("list", text, &["list"]).unwrap_err();
    let all: Vec<(usize, &str)> = all.iter().map(|it| (it.line, it.what.as_str())).collect();
    let ask = "`ask` wants a text, a list of { say = \"…\", when = { … } }, or a table of person and text.";
    let expected = [
        (1, "There's no field `titel` here."),
        (1, "inward has a command “list” already."),
        (2, "There's no field `cadnce` here."),
        (3, "`begins` takes a whole number, not `true`."),
        (5, "This question has no `ask`."),
        (6, "“help” is a flag of every practice."),
        (7, "This scale has no range."),
        (11, ask),
        (12, "There's no kind “smell”."),
        (15, "The id “a” is used twice."),
        (18, "There's no field `opttions` here."),
        (20, "This question has no `id`."),
        (28, "This scale has no range."),
    ];
    assert_eq!(all, expected);
}

#[test]
fn a_field_of_another_type_or_a_missing_one_is_one_mistake_whatever_depends_on_it() {
    // The smaller ones: each line costs a reading of the file.
    for (name, text) in BUILT_IN.iter().filter(|(name, _)| ["grow", "needs"].contains(name)) {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some((key, value)) = line.split_once(" = ") else { continue };
            let is_whole =
                key != "scale" && value.ends_with(['"', ']', '}']) && !value.starts_with("\"\"\"");
            if !is_whole || !key.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                continue;
            }
            for (new, is_mistake) in [(format!("{key} = [[]]"), true), (String::new(), false)] {
                let mut changed = lines.clone();
                changed[at] = &new;
                let all = parse(name, &changed.join("\n"), &[]).err().unwrap_or_default();
                let is_missing = all.iter().any(|it| it.what.contains(" has no `"));
                if is_mistake || is_missing {
                    assert_eq!(all.len(), 1, "{name} {} {new}: {all:?}", at + 1);
                    assert!(!all[0].what.contains("invalid"), "{all:?}");
                }
            }
        }
    }
}
