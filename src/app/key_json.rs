//! The key as JSON, for the verbs that show it or make it. No secret is in it.

use serde_json::{Value as Json, json};

use crate::error::Result;
use crate::keys::{Protection, RecipientRow};
use crate::render::document;
use crate::seal::Recipient;

use super::App;

/// What opens the journal, and to whom it is sealed.
///
/// # Errors
///
/// The list of recipients cannot be read, or the state of a change of keys.
pub fn key_document(app: &App) -> Result<String> {
    let keys = app.keys();
    let file = keys.identity_file();
    let recipients = listed_recipients(app)?.into_iter().map(|(row, confirmed)| {
        let kind = recipient_kind(&row.key);
        json!({ "recipient": row.key, "name": row.name, "kind": kind, "confirmed": confirmed })
    });
    let identity = json!({ "file": file.to_string_lossy(),
        "passphrase": keys.protection() == Protection::Passphrase,
        "unlocked": keys.is_unlocked() });
    let key = json!({ "identity": identity, "recipients": recipients.collect::<Vec<Json>>(),
        "left_to_reseal": left_to_reseal(app)? });
    Ok(document(json!({ "key": key })))
}

/// Every line of the list, and whether it is confirmed, where that is known.
///
/// # Errors
///
/// The list of recipients cannot be read.
pub fn listed_recipients(app: &App) -> Result<Vec<(RecipientRow, Option<bool>)>> {
    let keys = app.keys();
    let rows = keys.list()?.rows();
    let confirmed = keys.unlocked_identity().map(|it| keys.are_confirmed(&it, &rows));
    let confirmed = confirmed.transpose()?.flatten();
    let of_row = |at: usize| confirmed.as_ref().map(|all| all[at]);
    Ok(rows.into_iter().enumerate().map(|(at, row)| (row, of_row(at))).collect())
}

/// How many entries a change of keys that is half done has still to reach.
///
/// # Errors
///
/// The state of that change cannot be read, or the journal's folders.
pub fn left_to_reseal(app: &App) -> Result<Option<usize>> {
    app.pending_reseal()?.map(|pending| pending.count_left(&app.journal())).transpose()
}

/// What kind of key a recipient is, in a word.
pub fn recipient_kind(key: &str) -> String {
    Recipient::parse(key).map_or("unknown".into(), |key| key.kind())
}
