//! Years of several devices from one seed: people who keep, edit, move and delete; kills
//! and failing disks; keys that change; syncers that come late, under other names, in
//! halves, or bring back what was gone. Everything happens in one process, on simulated
//! disks and clocks, and after a quiet time the invariants must hold. `docs/PROOF.md` has
//! the figures.
//!
//! A seed replays every event and its outcome. age's own randomness has no seed, and
//! nothing here depends on it.

mod bugs;
mod git;
mod invariants;
mod people;
mod syncers;
mod world;

use std::collections::BTreeMap;

use rayon::prelude::*;

use bugs::{BUGS, Bug};
use world::World;

const SEED: u64 = 20_261_128;
/// In days.
const YEAR: u32 = 365;
/// Enough for each of the bugs.
const SHORT: u32 = 120;
/// What must have happened in the runs, however rare, or they prove little.
const RARE: &[&str] = &[
    "killed while keeping",
    "killed while editing",
    "killed while moving",
    "killed while deleting",
    "killed while a key changes",
    "a call failed",
    "a clock was set back",
    "edited on two devices",
    "edited beside a deletion",
    "moved beside an edit",
    "came in halves",
    "came under another name",
    "came back though it was replaced",
    "came back though it was deleted",
    "a syncer took away what went elsewhere",
    "came by git",
    "merged by git",
    "read from packs",
    "the key came late",
];

/// So many days of each of some devices; what was rare in them, or which invariant was
/// broken.
fn live(seed: u64, bug: Option<Bug>, days: u32) -> Result<BTreeMap<&'static str, usize>, String> {
    let mut world = World::new(seed, bug);
    for day in 0..days {
        world.pass_a_day();
        world.check_each().map_err(|broken| format!("seed {seed}, day {day}: {broken}"))?;
    }
    world.grow_quiet();
    world.check_all().map_err(|broken| format!("seed {seed}, at the end: {broken}"))?;
    Ok(world.rare)
}

/// So many worlds of so many days; none breaks anything, and all that is rare has happened.
fn live_all(worlds: u64, days: u32) -> BTreeMap<&'static str, usize> {
    let lives: Vec<_> = (0..worlds).into_par_iter().map(|n| live(SEED + n, None, days)).collect();
    let mut all = BTreeMap::new();
    for rare in lives {
        for (what, times) in rare.unwrap() {
            *all.entry(what).or_default() += times;
        }
    }
    let days = worlds as usize * world::DEVICES * days as usize;
    println!("{} device-years", days / 365);
    RARE.iter().for_each(|what| println!("| {what} | {} |", all.get(what).unwrap_or(&0)));
    all
}

#[test]
fn whatever_devices_people_and_syncers_do_for_years_nothing_kept_is_lost() {
    live_all(3, SHORT);
}

#[test]
#[ignore = "takes many minutes; run weekly"]
fn the_whole_of_the_device_years_loses_nothing_and_has_met_all_that_is_rare() {
    let worlds = std::env::var("WORLDS").ok().and_then(|worlds| worlds.parse().ok());
    let rare = live_all(worlds.unwrap_or(1_000), YEAR);
    let missing: Vec<_> = RARE.iter().filter(|what| !rare.contains_key(*what)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn each_planted_bug_breaks_an_invariant() {
    let unnoticed: Vec<_> = BUGS
        .par_iter()
        .filter(|(bug, seed)| match live(*seed, Some(*bug), SHORT) {
            Err(broken) => {
                println!("{bug:?}: {broken}");
                false
            }
            Ok(_) => true,
        })
        .collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

#[test]
#[ignore = "finds the seeds for the table of bugs"]
fn the_whole_search_for_the_first_seed_that_shows_each_bug() {
    BUGS.par_iter().for_each(|(bug, _)| {
        let broken = |n: u64| Some((SEED + n, live(SEED + n, Some(*bug), SHORT).err()?));
        println!("{bug:?}: {:?}", (0..200).find_map(broken));
    });
}
