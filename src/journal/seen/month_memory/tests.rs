use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::entry::Entry;
use crate::journal::heads::heads;

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// A journal's month as devices with one writer see it: every revision that there ever
/// was, and the files that are in this device's folder.
#[derive(Default)]
struct World {
    published: Vec<(EntryId, Lineage)>,
    /// By entry and revision.
    here: BTreeMap<(EntryId, RevisionId), Lineage>,
    memory: MonthMemory,
    now: i64,
}

fn entry_id(n: usize) -> EntryId {
    format!("{n:010}").parse().unwrap()
}

impl World {
    /// A new revision of an entry in place of everything that is in the folder of it.
    fn revise(&mut self, id: &EntryId, deleted: bool) -> Lineage {
        let there = self.of(id);
        let new = self.revise_of(id, &there, deleted);
        self.drop_old(id, there);
        new
    }

    /// One that replaces these, and all that they replace.
    fn revise_of(&mut self, id: &EntryId, these: &[Lineage], deleted: bool) -> Lineage {
        let replaced =
            these.iter().flat_map(|it| it.replaces.iter().chain([&it.revision, &it.original]));
        let replaces: BTreeSet<RevisionId> = replaced.cloned().collect();
        let (revision, replaces) = (self.new_revision(), replaces.into_iter().collect());
        let original = revision.clone();
        let new = Lineage { revision, original, replaces, deleted, day: day() };
        self.publish(id, new.clone());
        new
    }

    fn reseal(&mut self, id: &EntryId) {
        let sighting = EntrySighting { revisions: self.of(id), has_unreadable: false };
        let heads: Vec<Lineage> = sighting.heads().into_iter().cloned().collect();
        for head in heads {
            let mut replaces = head.replaces.clone();
            replaces.extend([head.revision.clone(), head.original.clone()]);
            let revision = self.new_revision();
            self.publish(id, Lineage { revision, replaces, ..head });
        }
        self.drop_old(id, sighting.revisions);
    }

    fn new_revision(&self) -> RevisionId {
        format!("{:06}", self.published.len()).parse().unwrap()
    }

    fn publish(&mut self, id: &EntryId, lineage: Lineage) {
        self.published.push((id.clone(), lineage.clone()));
        self.here.insert((id.clone(), lineage.revision.clone()), lineage);
    }

    fn drop_old(&mut self, id: &EntryId, old: Vec<Lineage>) {
        old.into_iter().for_each(|old| drop(self.here.remove(&(id.clone(), old.revision))));
    }

    fn of(&self, id: &EntryId) -> Vec<Lineage> {
        self.here.iter().filter(|((of, _), _)| of == id).map(|(_, it)| it.clone()).collect()
    }

    fn sighting(&self) -> MonthSighting {
        let mut sighting = MonthSighting::new();
        for ((id, _), lineage) in &self.here {
            sighting.entry(id.clone()).or_default().revisions.push(lineage.clone());
        }
        for id in self.memory.unmet(|_, _| false) {
            sighting.entry(id).or_default();
        }
        sighting
    }

    fn read(&mut self) -> Vec<Loss> {
        self.memory.update(&self.sighting(), self.now);
        self.memory.losses()
    }

    /// The same by names: only what is not met is looked at.
    fn read_by_names(&mut self) -> Vec<Loss> {
        let is_there = |id: &EntryId, revision: &RevisionId| {
            self.here.contains_key(&(id.clone(), revision.clone()))
        };
        let unmet = self.memory.unmet(is_there);
        let mut sighting = self.sighting();
        sighting.retain(|id, _| unmet.contains(id));
        self.memory.update(&sighting, self.now);
        self.memory.losses()
    }

    /// What the journal shows a reader: the originals that stand of each entry.
    fn shown(&self) -> BTreeSet<(EntryId, RevisionId)> {
        let mut by_entry: BTreeMap<&EntryId, Vec<Entry>> = BTreeMap::new();
        for ((id, _), lineage) in &self.here {
            by_entry.entry(id).or_default().push(entry(id, lineage));
        }
        let stand = |entries: &Vec<Entry>| {
            let heads = heads(entries).into_iter().filter(|head| !head.deleted);
            heads.map(|head| (head.id.clone(), head.original().clone())).collect::<Vec<_>>()
        };
        by_entry.values().flat_map(stand).collect()
    }
}

fn entry(id: &EntryId, lineage: &Lineage) -> Entry {
    let json = br#"{"format":1,"id":"0000000000","revision":"000000","practice":"write",
        "at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","answers":[]}"#;
    let Lineage { revision, original, replaces, deleted, .. } = lineage.clone();
    let copy_of = (original != revision).then_some(original);
    let id = id.clone();
    Entry { id, revision, replaces, copy_of, deleted, ..Entry::from_json(json).unwrap() }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

#[derive(Clone, Debug)]
enum Deed {
    Keep,
    Edit(usize),
    Delete(usize),
    Reseal(usize),
    /// An edit or a deletion on another device, of which the file comes so many hours
    /// after the old one went.
    EditElsewhere(usize, bool, i64),
    /// Another device edits what it has, knowing of nothing else.
    EditApart(prop::sample::Index),
    /// A file that ever was comes back beside what there is.
    Return(prop::sample::Index),
    Read,
    Wait(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::Keep),
        3 => (0..6usize).prop_map(Deed::Edit),
        1 => (0..6usize).prop_map(Deed::Delete),
        1 => (0..6usize).prop_map(Deed::Reseal),
        3 => (0..6usize, any::<bool>(), 0..23i64).prop_map(|(n, d, h)| Deed::EditElsewhere(n, d, h)),
        2 => any::<prop::sample::Index>().prop_map(Deed::EditApart),
        2 => any::<prop::sample::Index>().prop_map(Deed::Return),
        5 => Just(Deed::Read),
        2 => (1..30i64).prop_map(Deed::Wait),
    ]
}

/// Does a deed, reading every hour that passes, and checks that no loss is firm.
fn honest(world: &mut World, deed: &Deed, by_names: bool) {
    let id = |n: &usize| entry_id(*n);
    let exists = |world: &World, n: &usize| !world.of(&id(n)).is_empty();
    match deed {
        Deed::Keep => {
            let new = (0..6).find(|n| !world.published.iter().any(|(id, _)| *id == entry_id(*n)));
            new.into_iter().for_each(|n| drop(world.revise(&entry_id(n), false)));
        }
        Deed::Edit(n) | Deed::Delete(n) if exists(world, n) => {
            let published = world.revise(&id(n), matches!(deed, Deed::Delete(_)));
            world.memory.note(&id(n), published);
        }
        Deed::Reseal(n) if exists(world, n) => world.reseal(&id(n)),
        Deed::EditElsewhere(n, deleted, hours) if exists(world, n) => {
            let new = world.revise(&id(n), *deleted);
            let file = (id(n), new.revision.clone());
            world.here.remove(&file);
            for _ in 0..*hours {
                assert!(world.read().iter().all(|loss| !loss.is_firm(world.now)));
                world.now += HOUR;
            }
            world.here.insert(file, new);
        }
        Deed::EditApart(index) if !world.published.is_empty() => {
            let (id, lineage) = index.get(&world.published).clone();
            world.revise_of(&id, &[lineage], false);
        }
        Deed::Return(index) if !world.published.is_empty() => {
            let (id, lineage) = index.get(&world.published).clone();
            world.here.insert((id, lineage.revision.clone()), lineage);
        }
        Deed::Wait(hours) => world.now += hours * HOUR,
        Deed::Read | Deed::Edit(_) | Deed::Delete(_) | Deed::Reseal(_) => {}
        Deed::EditElsewhere(..) | Deed::EditApart(_) | Deed::Return(_) => {}
    }
    let losses = if by_names { world.read_by_names() } else { world.read() };
    assert_eq!(losses, [], "after {deed:?}");
    assert_eq!(world.read(), []);
}

fn play(deeds: &[(Deed, bool)]) -> World {
    let mut world = World::default();
    deeds.iter().for_each(|(deed, by_names)| honest(&mut world, deed, *by_names));
    world
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is kept, edited, deleted, sealed again, brought late or brought back,
    /// nothing is named once it has arrived.
    #[test]
    fn an_honest_history_raises_no_alarm(deeds in prop::collection::vec((deed(), any::<bool>()), 1..40)) {
        play(&deeds);
    }

    /// Any files that go, with any older ones that come: whatever is shown less or
    /// otherwise than before is named, by a whole reading and by names alone, at
    /// each reading, firmly after a day, and until it is back.
    #[test]
    fn whatever_is_removed_or_rolled_back_is_named_until_it_is_back(
        deeds in prop::collection::vec((deed(), any::<bool>()), 1..40),
        goes in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
        comes in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        by_names in any::<bool>(),
    ) {
        let mut world = play(&deeds);
        if world.here.is_empty() {
            return Ok(());
        }
        let (before, right) = (world.here.clone(), world.shown());
        for index in &goes {
            let keys: Vec<_> = world.here.keys().cloned().collect();
            if !keys.is_empty() {
                world.here.remove(index.get(&keys));
            }
        }
        for index in &comes {
            let (id, lineage) = index.get(&world.published).clone();
            world.here.insert((id, lineage.revision.clone()), lineage);
        }
        let shown = world.shown();
        let wrong: BTreeSet<EntryId> =
            shown.symmetric_difference(&right).map(|(id, _)| id.clone()).collect();
        for round in 0..3 {
            let losses = if by_names { world.read_by_names() } else { world.read() };
            let named: BTreeSet<EntryId> = losses.iter().map(|loss| loss.id.clone()).collect();
            prop_assert_eq!(&named, &wrong, "round {}", round);
            prop_assert!(losses.iter().all(|loss| loss.is_firm(world.now) == (round > 0)));
            world.now += DAY;
        }
        world.here.extend(before);
        let losses = if by_names { world.read_by_names() } else { world.read() };
        prop_assert_eq!(losses, []);
    }

    #[test]
    fn other_bytes_are_a_memory_that_can_be_compared_or_none(
        deeds in prop::collection::vec((deed(), any::<bool>()), 1..20),
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..12),
        now in any::<i64>(),
    ) {
        let world = play(&deeds);
        let mut changed = postcard::to_stdvec(&world.memory).unwrap();
        let at = at.index(changed.len());
        changed.splice(at..changed.len().min(at + bytes.len()), bytes);
        let Ok(mut memory) = postcard::from_bytes::<MonthMemory>(&changed) else { return Ok(()) };
        let unmet = memory.unmet(|_, _| false).into_iter();
        memory.update(&unmet.map(|id| (id, EntrySighting::default())).collect(), now);
        memory.accept(|loss| loss.is_firm(now));
        let stored = postcard::to_stdvec(&memory).unwrap();
        prop_assert_eq!(postcard::from_bytes::<MonthMemory>(&stored).unwrap(), memory);
    }
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_wait_for_years() {
    let mut world = World { now: 10_000 * DAY, ..World::default() };
    world.revise(&entry_id(1), false);
    assert_eq!(world.read(), []);
    world.here.clear();
    assert!(!world.read()[0].is_firm(world.now));
    world.now = 9_000 * DAY;
    assert!(!world.read()[0].is_firm(world.now));
    world.now += DAY;
    assert!(world.read()[0].is_firm(world.now));
}

#[test]
fn a_file_that_does_not_open_counts_as_there() {
    let mut world = World::default();
    let id = entry_id(1);
    world.revise(&id, false);
    assert_eq!(world.read(), []);
    world.here.clear();
    let unreadable = EntrySighting { revisions: Vec::new(), has_unreadable: true };
    world.memory.update(&MonthSighting::from([(id, unreadable)]), 0);
    assert_eq!(world.memory.losses(), []);
    assert_eq!(world.read()[0].kind, LossKind::Missing);
}

#[test]
fn a_missing_mark_of_deletion_is_named_once_it_matters() {
    let mut world = World::default();
    let id = entry_id(1);
    let old = world.revise(&id, false);
    let mark = world.revise(&id, true);
    assert_eq!(world.read(), []);
    world.here.clear();
    assert_eq!(world.read(), []);
    world.here.insert((id, old.revision.clone()), old);
    let loss = world.read().remove(0);
    assert_eq!((loss.kind, loss.revision), (LossKind::DeletedShown, mark.revision));
}

#[test]
fn where_an_older_revision_is_shown_the_newer_one_is_named_as_missing() {
    let mut world = World::default();
    let id = entry_id(1);
    let old = world.revise(&id, false);
    let new = world.revise(&id, false);
    assert_eq!(world.read(), []);
    world.here.clear();
    world.here.insert((id, old.revision.clone()), old);
    let loss = world.read().remove(0);
    assert_eq!((loss.kind, loss.revision), (LossKind::OlderShown, new.revision));
}

#[test]
fn revisions_that_replace_each_other_raise_no_alarm() {
    let mut world = World::default();
    let id = entry_id(1);
    let mut first = world.revise(&id, false);
    let second = world.revise(&id, false);
    first.replaces.push(second.revision.clone());
    world.here.insert((id, first.revision.clone()), first);
    assert_eq!(world.read(), []);
    assert_eq!(world.read(), []);
}

#[test]
fn what_is_named_is_accepted_and_nothing_else() {
    let mut world = World::default();
    let (named, other) = (entry_id(1), entry_id(2));
    let first = world.revise(&named, false);
    world.revise(&other, false);
    let read =
        |id: &EntryId, revisions| (id.clone(), EntrySighting { revisions, has_unreadable: false });
    let there = [&named, &other].map(|id| read(id, world.of(id)));
    let mut memory = MonthMemory::default();
    memory.update(&there.into(), 0);
    memory.update(&[read(&named, Vec::new())].into(), HOUR);
    assert_eq!(memory.losses().len(), 1);
    // It goes after the listing.
    memory.accept(|loss| loss.revision == first.revision);
    assert_eq!(memory.losses(), []);
    memory.update(&[read(&named, Vec::new()), read(&other, Vec::new())].into(), DAY);
    let lost: Vec<EntryId> = memory.losses().into_iter().map(|loss| loss.id).collect();
    assert_eq!(lost, [other]);
}
