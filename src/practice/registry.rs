//! The practices that there are. Each is read when it is first asked for: most
//! commands need one of them, or none, and start the sooner.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::config::{CADENCES, SettingFault};
use crate::disk;
use crate::error::nearest;

use super::builtin::BUILT_IN;
use super::unparsed::{cadence_of, line_of, may_ask};
use super::{Cadence, LoadedPractice, Practice, Redact, parse, read};

/// The built-in practices with the user's own over them, in the order of the
/// list, the user's after it.
#[derive(Clone, Debug)]
pub struct Practices {
    all: Vec<PracticeSource>,
    /// The built-in ones that the user's cover.
    covered: Vec<PracticeSource>,
    /// What a practice cannot be called by: the verbs.
    reserved: Vec<&'static str>,
}

/// The writer's name for the partner, if there is one.
type PartnerName = Option<String>;

/// Where a practice is read from, and what came of it.
#[derive(Clone, Debug)]
struct PracticeSource {
    name: String,
    file: PathBuf,
    built_in: Option<&'static str>,
    /// The user's, over the file's own.
    cadence: Option<Cadence>,
    /// If set, its words are a writer's who calls the partner so.
    partner: Option<PartnerName>,
    found: OnceLock<LoadedPractice>,
}

impl PracticeSource {
    fn new(name: &str, file: PathBuf, built_in: Option<&'static str>) -> PracticeSource {
        PracticeSource {
            name: name.to_owned(),
            file,
            built_in,
            cadence: None,
            partner: None,
            found: OnceLock::new(),
        }
    }

    fn load_if_needed(&self, reserved: &[&str]) -> &LoadedPractice {
        self.found.get_or_init(|| {
            let found = match self.built_in {
                Some(text) => {
                    let parsed = parse::parse_built_in(&self.name, text);
                    LoadedPractice::of(&self.name, &self.file, parsed)
                }
                None => self.on_disk(reserved),
            };
            found.map(|mut practice| {
                practice.cadence = self.cadence.unwrap_or(practice.cadence);
                match &self.partner {
                    Some(partner) => practice.with_partner_name(partner.as_deref()),
                    None => practice,
                }
            })
        })
    }

    /// How often it is due, where that is known sooner than all of it.
    fn cadence_at_once(&self) -> Option<Cadence> {
        let text = self.built_in?;
        self.cadence.or_else(|| cadence_of(text))
    }

    fn on_disk(&self, reserved: &[&str]) -> LoadedPractice {
        match disk::read_user_text(&self.file) {
            Ok(text) => read(&self.name, &self.file, &text, reserved),
            Err(e) => LoadedPractice::Invalid {
                name: self.name.clone(),
                mistakes: vec![parse::unreadable(&e)],
                file: self.file.clone(),
            },
        }
    }
}

impl Practices {
    /// The built-in practices, and those in this folder in their place or beside them.
    pub fn load(own: &Path, reserved: &[&'static str]) -> Practices {
        let mut all = Practices::built_in().all;
        let mut covered = Vec::new();
        for file in own_files(own) {
            let Some(name) = file.file_stem().and_then(|s| s.to_str()) else { continue };
            let source = PracticeSource::new(name, file.clone(), None);
            match all.iter_mut().find(|built_in| built_in.name == name) {
                Some(built_in) => covered.push(std::mem::replace(built_in, source)),
                None => all.push(source),
            }
        }
        Practices { all, covered, reserved: reserved.to_vec() }
    }

    /// Those that come with the program, alone.
    pub fn built_in() -> Practices {
        let source = |(name, text): &(&str, &'static str)| {
            PracticeSource::new(name, PathBuf::from(format!("{name}.toml")), Some(*text))
        };
        let all = BUILT_IN.iter().map(source).collect();
        Practices { all, covered: Vec::new(), reserved: Vec::new() }
    }

    /// With the user's own cadences, and what is wrong with those that cannot be.
    pub fn at_cadence(
        mut self,
        own: &BTreeMap<String, String>,
    ) -> (Practices, Vec<(String, SettingFault)>) {
        let mut odd = Vec::new();
        for (name, word) in own {
            let key = format!("cadence.{name}");
            let source = self.all.iter_mut().find(|source| source.name == *name);
            match (source, Cadence::read(word)) {
                (Some(source), Some(cadence)) => {
                    source.cadence = Some(cadence);
                    // What was read before was read without it.
                    source.found = OnceLock::new();
                }
                (Some(_), None) => {
                    let near = nearest(word, Cadence::ALL.iter().map(|(word, _)| *word));
                    let near = near.map(str::to_owned);
                    let fault =
                        SettingFault::BadValue { key: key.clone(), expected: CADENCES, near };
                    odd.push((key, fault));
                }
                (None, _) => {
                    let near = nearest(name, self.names()).map(str::to_owned);
                    odd.push((key, SettingFault::NoSuchPractice { given: name.clone(), near }));
                }
            }
        }
        (self, odd)
    }

    /// All of them in the words of a writer who calls the partner so.
    pub fn with_partner_name(mut self, partner: Option<&str>) -> Practices {
        for source in &mut self.all {
            source.partner = Some(partner.map(str::to_owned));
            // What was read before was read without it.
            source.found = OnceLock::new();
        }
        self
    }

    /// All of them, with the user's own under other names.
    pub fn redacted(&self, redact: Redact) -> Practices {
        let mut redacted = self.clone();
        for source in redacted.all.iter_mut().filter(|source| source.built_in.is_none()) {
            let loaded = source.load_if_needed(&self.reserved).clone();
            let loaded = loaded.map(|practice| practice.redacted(redact));
            redact(&mut source.name);
            source.found = OnceLock::from(loaded);
        }
        redacted
    }

    /// Is this practice, or its replacement of a built-in one, a file of the user's own?
    pub fn is_own(&self, name: &str) -> bool {
        self.all.iter().any(|source| source.name == name && source.built_in.is_none())
    }

    /// What they are called. Nothing is read for it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|source| source.name.as_str())
    }

    /// All, valid or not, in the order of the help.
    pub fn iter(&self) -> impl Iterator<Item = &LoadedPractice> {
        self.all.iter().map(|source| source.load_if_needed(&self.reserved))
    }

    /// Those whose files are valid.
    pub fn valid(&self) -> impl Iterator<Item = &Practice> {
        self.iter().filter_map(LoadedPractice::practice)
    }

    /// Those that are due, by their names and cadences. Of a built-in
    /// one that isn't, only the beginning is read: prompts of shells ask this.
    pub fn due(&self, comes: impl Fn(&str, Cadence) -> bool) -> impl Iterator<Item = &Practice> {
        let comes =
            move |name: &str, cadence: Option<Cadence>| cadence.is_none_or(|c| comes(name, c));
        self.all.iter().filter_map(move |source| {
            let may = comes(&source.name, source.cadence_at_once());
            let practice = source.load_if_needed(may.then_some(&self.reserved)?).practice()?;
            comes(&practice.name, Some(practice.cadence)).then_some(practice)
        })
    }

    /// Is one due, as the beginnings of the built-in files alone say? Those that are first
    /// due some days after the first entry are left out.
    pub fn is_due_at_once(&self, comes: impl Fn(&str, Cadence) -> bool) -> bool {
        let is_of_first_day = |source: &&PracticeSource| {
            !source.built_in.is_some_and(|it| it.contains("\nbegins = "))
        };
        self.all.iter().filter(is_of_first_day).any(|source| {
            source.cadence_at_once().is_some_and(|cadence| comes(&source.name, cadence))
        })
    }

    /// The practices of this name that can tell whether someone is afraid: the
    /// user's own, and the built-in one that it stands over or that is invalid.
    pub fn rules_of_fear(&self, name: &str) -> impl Iterator<Item = &Practice> {
        let built_in = self.covered.iter().filter(move |source| source.name == name);
        let built_in = built_in.filter_map(|it| it.load_if_needed(&self.reserved).practice());
        self.practice(name).into_iter().chain(built_in)
    }

    /// The names of those whose answers can tell it.
    pub fn that_tell_fear(&self) -> impl Iterator<Item = &str> {
        let all = self.all.iter().chain(&self.covered);
        let tells = |source: &&PracticeSource| {
            let practice = source.load_if_needed(&self.reserved).practice();
            practice.is_some_and(|p| !p.afraid.is_empty())
        };
        all.filter(tells).map(|source| source.name.as_str())
    }

    /// Does the practice of this name ask later what became of an entry? Of a built-in
    /// one nothing is parsed for it: every listing asks this.
    pub fn follows_up(&self, name: &str) -> bool {
        let Some(source) = self.all.iter().find(|source| source.name == name) else {
            return false;
        };
        let loaded = match (source.found.get(), source.built_in) {
            (Some(loaded), _) => loaded,
            (None, Some(text)) => return text.contains("\n[follow-up]\n"),
            (None, None) => source.load_if_needed(&self.reserved),
        };
        loaded.practice().is_some_and(|practice| practice.follow_up.is_some())
    }

    /// The id of the question that words answer in the practice of this name. Like
    /// [`Practices::follows_up`], parsed of hardly any built-in one.
    pub fn primary(&self, name: &str) -> Option<&str> {
        let source = self.all.iter().find(|source| source.name == name)?;
        match source.built_in.and_then(|text| line_of(text, "primary")) {
            Some(id) => Some(id),
            None => {
                let practice = source.load_if_needed(&self.reserved).practice()?;
                Some(practice.primary.as_str())
            }
        }
    }

    /// Those that may have a question whose id begins with one of these. A built-in one
    /// that surely hasn't isn't parsed, and for none of these nothing is.
    pub fn that_may_ask(&self, beginnings: &[&str]) -> Vec<&Practice> {
        let may = |text: &str| beginnings.iter().any(|beginning| may_ask(text, beginning));
        let is_needed =
            |it: &&PracticeSource| !beginnings.is_empty() && it.built_in.is_none_or(may);
        let sources = self.all.iter().filter(is_needed);
        sources.filter_map(|it| it.load_if_needed(&self.reserved).practice()).collect()
    }

    /// What each is called and about, which an invalid one doesn't say, in the order of the
    /// help. Like [`Practices::primary`], parsed of hardly any built-in one.
    pub fn abouts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.all.iter().map(|source| {
            let at_once = source.built_in.and_then(|text| line_of(text, "about"));
            let loaded = || source.load_if_needed(&self.reserved).practice();
            (source.name.as_str(), at_once.or_else(|| Some(loaded()?.about.as_str())))
        })
    }

    /// The practice of this name, if its file is valid.
    pub fn practice(&self, name: &str) -> Option<&Practice> {
        self.get(name)?.practice()
    }

    /// The same, or what is wrong with its file.
    pub fn get(&self, name: &str) -> Option<&LoadedPractice> {
        let source = self.all.iter().find(|source| source.name == name)?;
        Some(source.load_if_needed(&self.reserved))
    }
}

pub(super) fn own_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Practices {
        /// The names of those that were read.
        pub(crate) fn loaded(&self) -> Vec<&str> {
            let loaded = self.all.iter().filter(|source| source.found.get().is_some());
            loaded.map(|source| source.name.as_str()).collect()
        }
    }

    #[test]
    fn a_question_that_no_practice_has_is_looked_for_without_reading_one() {
        let fresh = Practices::built_in();
        assert!(fresh.that_may_ask(&["no-such-question"]).is_empty());
        assert!(fresh.loaded().is_empty());
    }

    #[test]
    fn the_beginning_of_a_built_in_file_says_how_often_as_all_of_it_does() {
        let all = Practices::built_in();
        for (source, found) in all.all.iter().zip(all.iter()) {
            let whole = found.practice().unwrap();
            assert_eq!(source.cadence_at_once(), Some(whole.cadence), "{}", source.name);
        }
        for practice in all.valid() {
            assert_eq!(all.follows_up(&practice.name), practice.follow_up.is_some());
            assert_eq!(all.primary(&practice.name), Some(&*practice.primary));
        }
        let fresh = Practices::built_in();
        assert!(fresh.abouts().all(|(_, about)| about.is_some()) && fresh.loaded().is_empty());
        let named = all.clone().with_partner_name(Some("Sam"));
        let abouts = named.valid().map(|practice| (&*practice.name, Some(&*practice.about)));
        assert!(all.abouts().eq(abouts), "without a line of its own, or with the partner's name");
        let of = |wanted| {
            let found = all.due(move |_, cadence| cadence == wanted);
            found.map(|practice| practice.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(
            (of(Cadence::Morning), of(Cadence::Weekly)),
            (vec!["intent"], vec!["gratitude"])
        );
        let (own, _) = all.clone().at_cadence(&[("gratitude".into(), "daily".into())].into());
        let daily = own.due(|_, cadence| cadence == Cadence::Daily);
        assert_eq!(daily.map(|practice| &*practice.name).collect::<Vec<_>>(), ["gratitude"]);
    }
}
