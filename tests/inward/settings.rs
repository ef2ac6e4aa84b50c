//! The settings: shown, edited, checked; and what a mistake in them stops, which
//! is nothing.

use crate::harness::{Home, one_line};

#[test]
fn without_a_file_every_setting_is_shown_and_saved_it_changes_nothing() {
    let home = Home::ready();
    let shown = home.run("config").ok().stdout;
    assert!(shown.contains("#morning-ends = \"12:00\""), "{shown}");
    home.config(&shown);
    home.run("config check").ok().says("The settings are valid.\n");
    home.config("partner = \"Sam\"\n");
    home.run("config").ok().prints("partner = \"Sam\"\n");
    let path = home.inward("config/config.toml");
    home.run("config path").ok().prints(&format!("{}\n", path.display()));
    home.run("config edit").exits(2);
}

#[test]
fn a_setting_that_nobody_knows_is_pointed_out_and_stops_nothing() {
    let home = Home::ready();
    home.config("morning-end = \"11:00\"\n");
    let file = home.inward("config/config.toml");
    let says = format!(
        "{} line 1 sets “morning-end”, which isn't a setting, so it's ignored. Did you mean `morning-ends`?\n",
        file.display()
    );
    let said = home.run("list").exits(1).stderr;
    assert!(one_line(&said).starts_with(&one_line(&says)), "{said}");
    assert_eq!(one_line(&home.run("config check").exits(2).stderr), one_line(&says));
    home.run("prompt").ok().says("");
}

#[test]
fn a_setting_that_cannot_be_read_is_pointed_out_and_stops_nothing() {
    let home = Home::ready();
    home.config("partner = \nday-ends = late\neditor = \"nano\"\n");
    let file = home.inward("config/config.toml");
    let says = format!(
        "inward can't read the setting `partner` in {0} line 1, so it's ignored. Give it text in quotes. `inward config edit` opens the settings. inward can't read the setting `day-ends` in {0} line 2, so it's ignored. Give it a time in quotes, such as \"04:00\". `inward config edit` opens the settings.",
        file.display()
    );
    assert_eq!(
        one_line(&home.run("list").exits(1).stderr),
        says + " There are no entries yet. `inward intent` writes the first."
    );
    home.keep("write words");
    home.run("config").ok().prints("partner = \nday-ends = late\neditor = \"nano\"\n");
    let said = one_line(&home.run("config check").exits(2).stderr);
    assert!(said.contains("line 1") && said.contains("line 2"), "{said}");
    home.run("prompt").ok().says("");
}

#[test]
fn a_cadence_that_cannot_be_says_which_half_of_it_is_wrong() {
    let home = Home::ready();
    home.config("[cadence]\ngratitde = \"sunday\"\nwrite = \"Weekly\"\nneeds = \"hourly\"\n");
    let said = one_line(&home.run("config check").exits(2).stderr);
    assert!(said.contains("line 2 lists “gratitde”, which isn't a practice"), "{said}");
    assert!(said.contains("Did you mean `gratitude`?"), "{said}");
    assert!(said.contains("`cadence.needs`") && said.contains("line 4"), "{said}");
    assert!(said.contains("Give it morning, evening, daily, weekly, monthly"), "{said}");
    assert!(!said.contains("line 3"), "{said}");
    assert_eq!(one_line(&home.run("due write").ok().stderr), said);
}

#[test]
fn hours_that_make_no_day_are_refused_by_the_check_and_left_out_otherwise() {
    let mut home = Home::ready();
    for hours in [
        "morning-ends = \"18:00\"",
        "morning-ends = \"17:00\"",
        "day-ends = \"13:00\"",
        "morning-ends = \"00:00\"",
    ] {
        home.config(&format!("partner = \"Sam\"\n{hours}\n"));
        let said = one_line(&home.run("config check").exits(2).stderr);
        assert!(said.contains("line 2") && said.contains("are out of order"), "{said}");
    }
    home.config("day-ends = \"24:00\"\n");
    assert!(home.run("config check").exits(2).stderr.contains("`day-ends`"));
    home.at("2026-11-24T08:00:00+00:00").run("due intent").ok();
}

#[test]
fn one_setting_is_read_and_changed_and_the_others_stay_as_they_were_written() {
    let home = Home::ready();
    home.run("config get partner").exits(1).prints("").says("");
    home.run("config set partner Sam").ok().prints("").says("`partner` is now Sam.\n");
    home.run("config get partner").ok().prints("Sam\n");
    home.run("config set cadence.gratitude daily").ok();
    home.run("config set routines.night pause reflect")
        .ok()
        .says("`routines.night` is now [\"pause\", \"reflect\"].\n");
    home.run("config get routines.night").ok().prints("[\"pause\", \"reflect\"]\n");
    home.run("routine night --list").ok().prints("pause\nreflect\n");
    home.run("config set 'routines.my own' intent").ok();
    home.run("config get 'routines.my own'").ok().prints("[\"intent\"]\n");
    home.run("routine my own --list").ok().prints("intent\n");
    home.run("config get chapter").exits(1).prints("");
    home.run("config set chapter apart").ok().says("`chapter` is now apart.\n");
    home.run("config get chapter").ok().prints("apart\n");
    home.run("config set chapter alone").exits(2).says(
        "“alone” isn't a valid value for the setting `chapter`.\nGive together or apart. The setting is unchanged.\n",
    );
    home.run("config check").ok();
    let file = home.inward("config/config.toml");
    let before = std::fs::read_to_string(&file).unwrap();
    assert!(before.contains("# An evening lasts until"), "it began with every setting explained");
    home.run("config set day-ends late").exits(2).says(
        "“late” isn't a valid value for the setting `day-ends`.\nGive a time, such as 04:00. The setting is unchanged.\n",
    );
    let said = home.run("config set partnr Kim").exits(2).stderr;
    assert!(said.contains("Did you mean `partner`?"), "{said}");
    home.run("config set").exits(2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn a_setting_that_would_be_read_and_then_ignored_is_refused() {
    let home = Home::ready();
    home.run("config set morning-ends 11:00").ok();
    let file = home.inward("config/config.toml");
    let before = std::fs::read_to_string(&file).unwrap();
    for (line, says) in [
        (
            "day-ends 13:00",
            "“13:00” isn't a valid value for the setting `day-ends`.\n`day-ends` must come before `morning-ends`, and `morning-ends` before `evening-begins`. The setting is unchanged.\n",
        ),
        (
            "cadence.gratitude sometimes",
            "“sometimes” isn't a valid value for the setting `cadence.gratitude`.\nGive morning, evening, daily, weekly, monthly, as-needed or a day of the week. The setting is unchanged.\n",
        ),
        ("cadence.nope weekly", "There's no practice “nope”.\n"),
        ("routines.morning pause nope", "The routine `morning` lists “nope”, which isn't a"),
    ] {
        let told = home.run(&format!("config set {line}")).exits(2).stderr;
        assert!(told.starts_with(says), "{line}: {told}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    home.run("config check").ok();
    // What was wrong before is no reason to refuse another setting, or to leave it so.
    home.config("day-ends = \"13:00\"\ncadence.nope = \"weekly\"\nno setting\n");
    home.run("config set partner Sam").ok();
    home.run("config set day-ends 04:00").ok();
    home.run("config set cadence.nope ''").ok();
    let told = home.run("config check").exits(2).stderr.clone();
    assert!(told.contains("line 2 isn't a setting") && !told.contains("nope"), "{told}");
    assert!(!told.contains("day-ends"), "{told}");
}

#[test]
fn a_setting_repairs_its_own_value_and_an_empty_one_unsets_it() {
    let home = Home::ready();
    home.run_args(["config", "set", "partner", "A\nB"]).ok();
    home.run("config set partner Sam").ok().says("`partner` is now Sam.\n");
    home.config("editor = \"vi\"\npartner = \"\"\"\nA\nB\"\"\"\n");
    home.run("config set partner Sam").ok();
    home.run("config get partner").ok().prints("Sam\n");
    for setting in ["partner", "passphrase-command", "day-ends"] {
        home.run(&format!("config set {setting} ''"))
            .ok()
            .says(&format!("`{setting}` isn't set any more.\n"));
        home.run(&format!("config get {setting}")).exits(1);
    }
    home.run("config get editor").ok().prints("vi\n");
    home.run("config check").ok();
}

#[test]
fn settings_are_edited_in_the_editor_from_a_commented_start() {
    let home = Home::ready();
    let editor = home.write("editor", "#!/bin/sh\nsed -i 's/^#partner/partner/' \"$1\"\n");
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let terminal = home.terminal_of(24, 80, "config edit", &[("EDITOR", &editor)]);
    terminal.wait_for("The settings are valid.").ends(0);
    let text = std::fs::read_to_string(home.inward("config/config.toml")).unwrap();
    assert!(text.contains("\npartner = \"Sam\"\n") && text.contains("\n#[routines]\n"), "{text}");
}

#[test]
fn an_editor_that_cannot_be_opened_is_a_failure_that_names_the_file() {
    let home = Home::ready();
    for (editor, why) in [
        ("'vi", "The editor that's set, 'vi, has a quote that isn't closed."),
        ("/nowhere/ed", "The editor `/nowhere/ed` failed (no such file or directory)."),
    ] {
        let terminal = home.terminal_of(24, 200, "config edit", &[("EDITOR", editor.as_ref())]);
        terminal.wait_for(why).wait_for("config/config.toml yourself.").ends(5);
    }
}

#[test]
fn a_time_is_a_text_in_json_however_it_is_written_in_the_file() {
    let home = Home::ready();
    home.config("day-ends = 04:00\nmorning-ends = \"11:00\"\n");
    let settings = &home.run("config --json").ok().json()["settings"];
    assert_eq!(
        (&settings["day-ends"], &settings["morning-ends"]),
        (&"04:00".into(), &"11:00".into())
    );
}

#[test]
fn an_identity_of_no_path_is_none() {
    let home = Home::ready();
    home.keep("write words");
    home.config("identity = \"\"\n");
    home.run("list").ok();
}

/// A pipe would be waited for, and a gigabyte read.
#[test]
fn what_is_no_settings_file_and_no_practice_stops_no_command_for_long() {
    const GIGABYTE: u64 = 1 << 30;
    type Make = fn(&std::path::Path);
    let pipe: Make = |path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let huge: Make = |path| std::fs::File::create(path).unwrap().set_len(GIGABYTE).unwrap();
    let folder: Make = |path| std::fs::create_dir(path).unwrap();
    let device: Make = |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap();
    for make in [pipe, huge, folder, device] {
        let home = Home::ready();
        home.keep("write words");
        std::fs::create_dir_all(home.inward("config/prompts")).unwrap();
        make(&home.inward("config/prompts/walk.toml"));
        make(&home.inward("config/prompts/write.toml"));
        for (arguments, code) in [
            ("list", 0),
            ("due", 0),
            ("prompt", 0),
            ("", 0),
            ("doctor", 0),
            ("practices", 0),
            ("practices check", 2),
            ("practices show walk", 2),
            ("walk words", 2),
            ("completions bash", 0),
            ("reflect words", 0),
        ] {
            let said = home.run(arguments).exits(code);
            assert!(!said.stderr.contains("panicked"), "{said:?}");
        }
        let said = one_line(&home.run("walk words").exits(2).stderr);
        assert!(said.contains("walk.toml") && said.contains("couldn't read the file"), "{said}");
        let settings = home.inward("config/config.toml");
        let _ = std::fs::remove_file(&settings);
        make(&settings);
        for (arguments, code) in [
            ("list", 0),
            ("intent words", 0),
            ("due", 0),
            ("config check", 2),
            ("doctor", 0),
            ("", 0),
        ] {
            let said = one_line(&home.run(arguments).exits(code).stderr);
            assert!(
                said.contains("config.toml (") && said.starts_with("inward can't read "),
                "{arguments}: {said}"
            );
        }
        home.run("help").ok();
        home.run("prompt").outcome();
        home.run("completions bash").ok();
    }
}

#[test]
fn a_routine_that_lists_no_practice_is_named_with_its_line() {
    let home = Home::ready();
    home.config("partner = \"Sam\"\n[routines]\n\"my own\" = [\"intent\", \"refect\"]\n");
    let lists =
        "The routine `my own` in line 3 of the settings lists “refect”, which isn't a practice.";
    let said = one_line(&home.run("config check").exits(2).stderr);
    assert!(said.starts_with(&format!("{lists} Did you mean `reflect`? ")), "{said}");
    assert!(home.run("routine my own --list").exits(2).stderr.starts_with(lists));
    let checked = home.run("config check --json").exits(2).json();
    assert_eq!(checked["checked"]["mistakes"][0]["line"], 3, "{checked}");
    let said = home.run("config set routines.night wlak").exits(2).stderr;
    assert!(said.contains("The setting is unchanged."), "{said}");
}

#[test]
fn settings_and_practices_may_lie_elsewhere_behind_a_link() {
    let home = Home::ready();
    let settings = home.write("dotfiles/config.toml", "partner = \"Sam\"\n");
    let walk = home.write(
        "dotfiles/walk.toml",
        "title = \"A walk\"\n[[question]]\nid = \"seen\"\nask = \"What?\"\nkind = \"text\"\n",
    );
    std::fs::create_dir_all(home.inward("config/prompts")).unwrap();
    std::os::unix::fs::symlink(settings, home.inward("config/config.toml")).unwrap();
    std::os::unix::fs::symlink(walk, home.inward("config/prompts/walk.toml")).unwrap();
    home.run("config check").ok();
    home.run("walk 'a heron'").ok();
    assert_eq!(home.listed(""), ["a heron"]);
}
