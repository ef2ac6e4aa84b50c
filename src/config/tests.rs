use chrono::{DateTime, NaiveTime};

use super::*;

fn nothing(_: &str) -> Option<OsString> {
    None
}

#[test]
fn one_folder_holds_everything_where_inward_home_is_set() {
    let env = |name: &str| (name == "INWARD_HOME").then(|| OsString::from("/h"));
    let paths = Paths::find(&env).unwrap();
    assert_eq!(paths.journal, Path::new("/h/journal"));
    assert_eq!(paths.prompts(), Path::new("/h/config/prompts"));
}

#[test]
fn the_variables_that_move_the_folders_are_places_where_they_move_any() {
    let places = |set: &[(&str, &str)]| {
        let find = |name: &str| set.iter().find(|(of, _)| *of == name).map(|(_, path)| path.into());
        let config = Config::without_file(Paths::under(Path::new("/h")), &find).unwrap();
        let names = config.places.iter().map(|(name, path)| format!("{name}={}", path.display()));
        (names.collect::<Vec<_>>(), config.units)
    };
    let (names, units) = places(&[
        ("XDG_STATE_HOME", "/s"),
        ("XDG_CONFIG_HOME", "/c"),
        ("XDG_CACHE_HOME", "near"),
        ("INWARD_JOURNAL", "/j"),
    ]);
    assert_eq!(names, ["INWARD_JOURNAL=/j", "XDG_CONFIG_HOME=/c", "XDG_STATE_HOME=/s"]);
    assert_eq!(units.as_deref(), Some(Path::new("/c/systemd/user")));
    let (names, units) =
        places(&[("INWARD_HOME", "/h"), ("XDG_CONFIG_HOME", "near"), ("HOME", "/me")]);
    assert_eq!(names, ["INWARD_HOME=/h"]);
    assert_eq!(units.as_deref(), Some(Path::new("/me/.config/systemd/user")));
    assert_eq!(places(&[("INWARD_HOME", "/h"), ("XDG_STATE_HOME", "/s")]).0, ["INWARD_HOME=/h"]);
}

#[test]
fn an_editor_in_the_home_folder_is_found_there() {
    let editor = |set: &str| {
        let find = |name: &str| (name == "VISUAL").then(|| set.into());
        Config::without_file(Paths::under(Path::new("/h")), &find).unwrap().editor.unwrap()
    };
    let home = dirs::home_dir().unwrap();
    let words = shell_words::split(&editor("~/bin/ed -n ~/x")).unwrap();
    assert_eq!(words, [&*home.join("bin/ed").to_string_lossy(), "-n", "~/x"]);
    for other in ["nano", "~ada/ed", "/opt/ed ~/x"] {
        assert_eq!(editor(other), other);
    }
}

#[test]
fn an_evening_lasts_past_midnight_where_the_user_says_so() {
    let at = |s| DateTime::parse_from_rfc3339(s).unwrap();
    let mut clock = Clock::at(at("2026-11-24T01:30:00+01:00"));
    assert_eq!(clock.today().to_string(), "2026-11-24");
    clock.day_ends = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
    assert_eq!(clock.today().to_string(), "2026-11-23");
    assert_eq!(clock.day_of(at("2026-11-24T04:00:00+01:00")).to_string(), "2026-11-24");
}

#[test]
fn a_mistake_in_the_file_is_told_by_its_line_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::under(folder.path());
    std::fs::create_dir(&paths.config).unwrap();
    let load = |text: &str| {
        std::fs::write(paths.file(), text).unwrap();
        Config::load(paths.clone(), &nothing).unwrap()
    };
    let config = load("partner = \"Ada\"\nday-ends = \"late\"\n");
    assert_eq!(config.partner.as_deref(), Some("Ada"));
    assert_eq!(config.clock.day_ends, NaiveTime::MIN);
    let text = config.warning_error(&config.warnings[0]).to_string();
    assert!(text.contains("`day-ends`") && text.contains("line 2"), "{text}");
    assert!(!load("remember-when-kept = no\n").remember);
}

#[test]
fn hours_that_do_not_follow_one_another_are_left_out_together() {
    let mut clock = Clock::at(DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap());
    let hour = |h| NaiveTime::from_hms_opt(h, 0, 0);
    let mut file =
        ConfigFile { day_ends: hour(4), morning_ends: hour(18), ..ConfigFile::default() };
    assert!(!clock.set(&file));
    assert_eq!(clock.day_ends, NaiveTime::MIN);
    for (morning, sound) in [(17, false), (4, false), (5, true)] {
        file.morning_ends = hour(morning);
        assert_eq!(clock.set(&file), sound, "{morning}");
    }
    assert_eq!(Some(clock.day_ends), hour(4));
}

#[test]
fn a_clock_continues_unless_its_moment_was_given() {
    let fixed = Clock::at(DateTime::parse_from_rfc3339("2026-11-23T21:00:00Z").unwrap());
    assert_eq!(fixed.tick().written, fixed.written);
    let mut system = Clock::now();
    system.day_ends = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
    let later = system.tick();
    assert!(later.written > system.written);
    assert_eq!(later.day_ends, system.day_ends);
}
