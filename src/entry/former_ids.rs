//! The ids that an entry had before it was moved to another month. In JSON they're a
//! string, or a list if there are several.

use serde::{Deserialize, Serialize};

use super::EntryId;

/// Former ids, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "IdOrIds", into = "IdOrIds")]
pub struct FormerIds(Vec<EntryId>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum IdOrIds {
    One(EntryId),
    More(Vec<EntryId>),
}

impl FormerIds {
    /// Adds a later id.
    pub fn with(mut self, latest: EntryId) -> FormerIds {
        self.0.insert(0, latest);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, EntryId> {
        self.0.iter()
    }
}

impl From<IdOrIds> for FormerIds {
    fn from(ids: IdOrIds) -> FormerIds {
        match ids {
            IdOrIds::One(id) => FormerIds(vec![id]),
            IdOrIds::More(ids) => FormerIds(ids),
        }
    }
}

impl From<FormerIds> for IdOrIds {
    fn from(FormerIds(mut ids): FormerIds) -> IdOrIds {
        match ids.len() {
            1 => IdOrIds::One(ids.remove(0)),
            _ => IdOrIds::More(ids),
        }
    }
}
