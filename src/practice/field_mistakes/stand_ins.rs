//! Values in the place of required fields that aren't there, so that the rest can be read.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How a text begins that stands in for another: it's an id, too.
pub const NAME: &str = "stand-in-";

/// What is tried until it fits: such a text, and values of other types.
const VALUES: [&str; 4] = ["", "0", "[]", "{}"];

/// The required fields that aren't there, and how many values were tried in their place.
#[derive(Default)]
pub struct StandIns(Vec<StandIn>);

struct StandIn {
    table: Range<usize>,
    field: String,
    tried: usize,
}

impl StandIn {
    /// Where it is in the file: nowhere, at the start of its table.
    fn place(&self) -> Range<usize> {
        self.table.start..self.table.start
    }
}

impl StandIns {
    /// Is one of them at this place?
    pub fn has(&self, place: &Range<usize>) -> bool {
        self.0.iter().any(|it| it.place() == *place)
    }

    /// Puts the next value in the place of a field that the table at this place lacks. Returns
    /// what the table is called; `None` if there's no table, or no value left to try.
    pub fn insert(
        &mut self,
        fields: &mut DeTable,
        root: Range<usize>,
        at: &Range<usize>,
        field: &str,
    ) -> Option<String> {
        let is_known = |it: &StandIn| it.table == *at && it.field == field;
        let known = self.0.iter().position(is_known).unwrap_or_else(|| {
            self.0.push(StandIn { table: at.clone(), field: field.to_owned(), tried: 0 });
            self.0.len() - 1
        });
        let stand_in = self.0.get_mut(known)?;
        let value = match VALUES.get(stand_in.tried)? {
            &"" => DeValue::String(format!("{NAME}{known}").into()),
            other => DeValue::parse(other).ok()?.into_inner(),
        };
        stand_in.tried += 1;
        let place = stand_in.place();
        let (name, table) = table_at("practice", fields, root, at)?;
        let key = Spanned::new(place.clone(), field.to_owned().into());
        table.insert(key, Spanned::new(place, value));
        Some(name)
    }
}

/// The table at this place, with its name or that of its list.
fn table_at<'t, 'i>(
    name: &str,
    fields: &'t mut DeTable<'i>,
    place: Range<usize>,
    at: &Range<usize>,
) -> Option<(String, &'t mut DeTable<'i>)> {
    if place == *at {
        return Some((name.to_owned(), fields));
    }
    fields.iter_mut().find_map(|(name, value)| table_in(name.get_ref(), value, at))
}

fn table_in<'t, 'i>(
    name: &str,
    value: &'t mut Spanned<DeValue<'i>>,
    at: &Range<usize>,
) -> Option<(String, &'t mut DeTable<'i>)> {
    let place = value.span();
    match value.get_mut() {
        DeValue::Table(fields) => table_at(name, fields, place, at),
        DeValue::Array(list) => list.iter_mut().find_map(|value| table_in(name, value, at)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}
