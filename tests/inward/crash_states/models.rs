//! What a disk may have forgotten after a power cut: file systems as data, and the
//! states that each allows.
//!
//! `ext4` and XFS write names in the order of their changes, and a sync of any folder
//! takes all earlier ones with it; btrfs, of earlier ones, those of that folder. Nothing
//! is taken from what they do beyond that, such as ext4's care for files that replace
//! others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fastrand::Rng;

use super::tree::{Change, Tree};
use crate::harness::recorded::Step;

const PAGE: usize = 4096;
const SECTOR: usize = 512;

pub struct Model {
    pub name: &'static str,
    names: NameLoss,
    data: DataLoss,
    /// Does it know files without a name?
    unnamed: bool,
}

/// Which changes of names are missing of those that no sync made sure of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameLoss {
    /// The last of all.
    Last,
    /// The last, but for those in a folder that was synced.
    LastElsewhere,
    /// Any.
    Any,
}

/// What is missing of bytes that no sync made sure of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DataLoss {
    /// The file ends early, at a page.
    Cut,
    /// From some page on it is zeros.
    Zeros,
    /// Any pages are zeros, or what lay there before.
    AnyPages,
    /// Any sectors or pages.
    AnyParts,
}

pub const MODELS: &[Model] = &[
    Model { name: "ext4 ordered", names: NameLoss::Last, data: DataLoss::Cut, unnamed: true },
    Model {
        name: "ext4 writeback",
        names: NameLoss::Last,
        data: DataLoss::AnyPages,
        unnamed: true,
    },
    Model { name: "xfs", names: NameLoss::Last, data: DataLoss::Zeros, unnamed: true },
    Model { name: "btrfs", names: NameLoss::LastElsewhere, data: DataLoss::Cut, unnamed: true },
    Model { name: "anything", names: NameLoss::Any, data: DataLoss::AnyParts, unnamed: true },
    Model {
        name: "anything, all files named",
        names: NameLoss::Any,
        data: DataLoss::AnyParts,
        unnamed: false,
    },
];

/// How much is there of what no sync made sure of. The first three are made at every
/// moment; a program that is killed while the disk continues leaves `All`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    Nothing,
    All,
    /// The name of an empty file.
    NamesAlone,
    Dice,
}

impl Draw {
    pub fn nth(number: usize) -> Draw {
        *[Draw::Nothing, Draw::All, Draw::NamesAlone].get(number).unwrap_or(&Draw::Dice)
    }
}

/// What was done below a home, and what lay there before.
pub struct Record {
    pub before: Tree,
    pub steps: Vec<Step>,
}

impl Record {
    /// What a disk may have after a power cut before step `at`.
    pub fn state(&self, model: &Model, at: usize, draw: Draw, dice: &mut Rng) -> Tree {
        let steps = &self.steps[..at];
        let creations: Vec<&Path> = self.steps.iter().filter_map(Step::creation).collect();
        let of = |(n, step)| {
            Change::of(step, &creations, model.unnamed).into_iter().map(move |c| (n, c))
        };
        let changes: Vec<(usize, Change)> = steps.iter().enumerate().flat_map(of).collect();
        let there = model.survivors(&changes, &Syncs::of(steps), draw, dice);
        let bytes: Vec<Arc<[u8]>> =
            (0..creations.len()).map(|file| model.bytes(steps, file, draw, dice)).collect();
        let mut tree = self.before.clone();
        for ((_, change), _) in changes.iter().zip(there).filter(|(_, there)| *there) {
            change.apply(&mut tree, &bytes);
        }
        tree
    }

    /// How much whoever waited was told to be done before step `at`.
    pub fn done_before(&self, at: usize) -> usize {
        self.steps[..at].iter().filter(|step| **step == Step::Done).count()
    }
}

impl Step {
    fn creation(&self) -> Option<&Path> {
        match self {
            Step::Create { folder, .. } => Some(folder),
            _ => None,
        }
    }
}

/// The last step that made sure of each folder's names.
struct Syncs(BTreeMap<PathBuf, usize>);

impl Syncs {
    fn of(steps: &[Step]) -> Syncs {
        let synced = |(n, step): (usize, &Step)| match step {
            Step::SyncFolder(folder) => Some((folder.clone(), n)),
            _ => None,
        };
        Syncs(steps.iter().enumerate().filter_map(synced).collect())
    }

    fn covers(&self, folder: &Path, step: usize) -> bool {
        self.0.get(folder).is_some_and(|synced| *synced > step)
    }

    fn last(&self) -> Option<usize> {
        self.0.values().copied().max()
    }
}

impl Model {
    /// Which changes of names are on the disk.
    fn survivors(
        &self,
        changes: &[(usize, Change)],
        syncs: &Syncs,
        draw: Draw,
        dice: &mut Rng,
    ) -> Vec<bool> {
        let is_sure = |(step, change): &(usize, Change)| match self.names {
            NameLoss::Last => syncs.last().is_some_and(|synced| synced > *step),
            NameLoss::LastElsewhere | NameLoss::Any => syncs.covers(change.folder(), *step),
        };
        let (until, chance) = match draw {
            Draw::Nothing => (0, 0.0),
            Draw::All | Draw::NamesAlone => (changes.len(), 1.0),
            Draw::Dice => (dice.usize(..=changes.len()), [0.1, 0.5, 0.9][dice.usize(..3)]),
        };
        let mut survives = |(n, change)| {
            is_sure(change)
                || match self.names {
                    NameLoss::Last | NameLoss::LastElsewhere => n < until,
                    NameLoss::Any => dice.f64() < chance,
                }
        };
        changes.iter().enumerate().map(&mut survives).collect()
    }

    /// What is on the disk of a new file.
    fn bytes(&self, steps: &[Step], file: usize, draw: Draw, dice: &mut Rng) -> Arc<[u8]> {
        let (mut written, mut sure) = (Vec::new(), 0);
        for step in steps {
            match step {
                Step::Write { file: of, bytes } if *of == file => written.extend_from_slice(bytes),
                Step::SyncFile(of) if *of == file => sure = written.len(),
                _ => {}
            }
        }
        match draw {
            Draw::All => {}
            _ if sure == written.len() => {}
            Draw::Nothing | Draw::NamesAlone => match self.data {
                DataLoss::Cut => written.truncate(sure),
                DataLoss::Zeros | DataLoss::AnyPages | DataLoss::AnyParts => {
                    written[sure..].fill(0);
                }
            },
            Draw::Dice => self.data.lose(&mut written, sure, dice),
        }
        written.into()
    }
}

impl DataLoss {
    /// Loses some of what is not sure.
    fn lose(self, bytes: &mut Vec<u8>, sure: usize, dice: &mut Rng) {
        let sectors = self == DataLoss::AnyParts && dice.bool();
        let unit = if sectors { SECTOR } else { PAGE };
        let parts = (bytes.len() - sure).div_ceil(unit);
        let part = |n: usize, length: usize| (sure + n * unit).min(length);
        let from = part(dice.usize(..=parts), bytes.len());
        match self {
            DataLoss::Cut => bytes.truncate(from),
            DataLoss::Zeros => bytes[from..].fill(0),
            DataLoss::AnyPages | DataLoss::AnyParts => {
                for n in 0..parts {
                    let lost = part(n, bytes.len())..part(n + 1, bytes.len());
                    match dice.u8(..4) {
                        0 => bytes[lost].fill(0),
                        1 => bytes[lost].fill_with(|| dice.u8(..)),
                        _ => {}
                    }
                }
                if dice.u8(..4) == 0 {
                    bytes.truncate(from);
                }
            }
        }
    }
}
