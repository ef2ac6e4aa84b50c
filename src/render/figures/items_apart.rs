//! The items of a questionnaire on a screen of their own, and where the rest is.

use crate::pattern::{Body, Figure};

use super::super::clean_line;

pub struct ItemsApart {
    /// Those that have no look of their own.
    pub figures: Vec<Figure>,
    /// The line that names those looks.
    pub more: String,
}

/// `None` where there are no items, or nothing can be looked at elsewhere.
pub fn items_apart(figures: &[Figure]) -> Option<ItemsApart> {
    if !figures.iter().any(Figure::shows_items) {
        return None;
    }
    let is_elsewhere = |figure: &&Figure| look(figure).is_some();
    let mut looks: Vec<String> = Vec::new();
    for look in figures.iter().filter_map(look).map(|look| format!("{look} (over time)")) {
        if !looks.contains(&look) {
            looks.push(look);
        }
    }
    let mut figures: Vec<Figure> =
        figures.iter().filter(|figure| !is_elsewhere(figure)).cloned().collect();
    looks.extend(figures.iter_mut().flat_map(take_texts).map(|it| format!("{it} (your words)")));
    let more = format!("More: inward patterns {}.", looks.join(" or "));
    (!looks.is_empty()).then_some(ItemsApart { figures, more })
}

/// By which name else a figure of scores is shown.
fn look(figure: &Figure) -> Option<&str> {
    let is_of_scores = matches!(figure.body, Body::Scores { .. });
    figure.look.as_deref().filter(|_| is_of_scores && figure.says_something())
}

/// Leaves out what was said in words: by which names it is shown.
fn take_texts(figure: &mut Figure) -> Vec<String> {
    let practice = figure.practice.as_deref().map(clean_line).unwrap_or_default();
    let mut texts = Vec::new();
    if let Body::Sessions { pairs } = &mut figure.body {
        let named = pairs.iter().filter(|pair| pair.scale.is_none());
        texts.extend(named.map(|pair| format!("{practice} {}", clean_line(&pair.question))));
        pairs.retain(|pair| pair.scale.is_some());
    }
    texts
}
