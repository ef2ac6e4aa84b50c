//! `recipients.txt`: one recipient a line, each with an optional comment above it that
//! names its owner. Every other line of a user's own list is kept.

use crate::error::{Result, nearest};
use crate::keys::KeyError;
use crate::seal::{NotARecipient, Recipient, Recipients, SealError, argument_label};

const HEADER: &str = "# Entries are encrypted to these keys, one a line.";

/// The name for the key of the device that made the list.
const OWN: &str = "this device";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientsFile(Vec<String>);

/// A recipient in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientRow {
    pub key: String,
    pub name: Option<String>,
}

impl RecipientRow {
    /// Is it the key that inward made or restored where the list is?
    pub fn is_of_this_device(&self) -> bool {
        self.name.as_deref() == Some(OWN)
    }
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.trim().starts_with('#')
}

/// A key without the comment that an SSH key ends with.
pub(super) fn without_comment(line: &str) -> String {
    Recipient::parse(line).map_or(line.trim().to_owned(), |key| key.text().to_owned())
}

impl RecipientsFile {
    /// A journal's first list.
    pub fn new(own: &[String], others: &[String]) -> RecipientsFile {
        let mut list = RecipientsFile(vec![HEADER.to_owned()]);
        for key in own {
            list.add(key, Some(OWN));
        }
        for key in others {
            list.add(key, None);
        }
        list
    }

    pub fn read(text: &str) -> RecipientsFile {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        RecipientsFile(text.lines().map(str::to_owned).collect())
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|line| format!("{line}\n")).collect()
    }

    pub fn recipients(&self, source: &str) -> Result<Recipients> {
        Recipients::parse(&self.text(), source)
    }

    /// Every key with its name: the comment above it, or at the end of an SSH key.
    pub fn rows(&self) -> Vec<RecipientRow> {
        let keys = self.0.iter().enumerate().filter(|(_, line)| !is_comment(line));
        let row = |(at, line): (usize, &String)| {
            let key = without_comment(line);
            let rest = line.trim().strip_prefix(&key).unwrap_or_default().trim();
            let name = self.comment(at).or((!rest.is_empty()).then_some(rest));
            RecipientRow { name: name.map(str::to_owned), key }
        };
        keys.map(row).collect()
    }

    /// The comment above a line.
    fn comment(&self, at: usize) -> Option<&str> {
        let above = self.0.get(at.checked_sub(1)?)?.trim();
        let comment = above.strip_prefix('#')?.trim();
        (above != HEADER && !comment.is_empty()).then_some(comment)
    }

    /// Adds a key at the end. Returns whether it was new.
    pub fn add(&mut self, key: &str, name: Option<&str>) -> bool {
        let key = key.trim();
        if self.rows().iter().any(|row| row.key == without_comment(key)) {
            return false;
        }
        self.0.extend(name.map(|name| format!("# {name}")));
        self.0.push(key.to_owned());
        true
    }

    /// Removes a key, and the comment that names it.
    pub fn remove(&mut self, key: &str) {
        let position =
            self.0.iter().position(|line| !is_comment(line) && without_comment(line) == key);
        let Some(at) = position else { return };
        let first = if self.comment(at).is_some() { at - 1 } else { at };
        self.0.drain(first..=at);
    }

    /// Replaces a key with another, under the same name. If the new one is listed
    /// already, or the old one isn't, no key is listed twice.
    pub fn replace(&mut self, old: &str, new: &str) {
        let position = |list: &RecipientsFile, key: &str| {
            list.0.iter().position(|line| !is_comment(line) && without_comment(line) == key)
        };
        match (position(self, old), position(self, new)) {
            (Some(at), None) => self.0[at] = new.to_owned(),
            (Some(_), Some(_)) if old != new => self.remove(old),
            (None, None) => {
                self.add(new, Some(OWN));
            }
            _ => {}
        }
    }

    /// Finds a recipient by its key, the beginning of it, or its name.
    pub fn find(&self, text: &str) -> Result<RecipientRow> {
        let rows = self.rows();
        let exact = |row: &&RecipientRow| {
            row.key == without_comment(text) || row.name.as_deref() == Some(text)
        };
        let has_prefix = |row: &&RecipientRow| text.len() >= 4 && row.key.starts_with(text);
        if matches!(Recipient::parse(text), Err(NotARecipient::Secret)) {
            let source = argument_label(text);
            let why = NotARecipient::Secret;
            return Err(SealError::NotARecipient { source, line: 1, why }.into());
        }
        let mut matches: Vec<&RecipientRow> = rows.iter().filter(exact).collect();
        if matches.is_empty() {
            matches = rows.iter().filter(has_prefix).collect();
        }
        let given = text.to_owned();
        match matches.as_slice() {
            [row] => Ok((*row).clone()),
            [] => {
                let names = rows.iter().filter_map(|row| row.name.as_deref());
                let near = nearest(&given, names).map(str::to_owned);
                Err(KeyError::NoSuchRecipient { given, near }.into())
            }
            _ => Err(KeyError::AmbiguousRecipient { given }.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    const TWO: &str = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";

    fn keys(list: &RecipientsFile) -> Vec<String> {
        list.rows().into_iter().map(|row| row.key).collect()
    }

    #[test]
    fn a_name_stands_above_its_key_and_goes_with_it() {
        let mut list = RecipientsFile::new(&[ONE.into()], &[]);
        assert!(list.add(TWO, Some("phone")));
        assert!(!list.add(TWO, Some("again")), "a key stands there once");
        let text = format!("{HEADER}\n# this device\n{ONE}\n# phone\n{TWO}\n");
        assert_eq!(list.text(), text);
        assert_eq!(list.find("phone").unwrap().key, TWO);
        assert_eq!(list.find("age1lg").unwrap().key, TWO);
        assert!(list.find("age").is_err() && list.find("").is_err());
        list.remove(TWO);
        assert_eq!(list.text(), format!("{HEADER}\n# this device\n{ONE}\n"));
    }

    #[test]
    fn lines_of_the_users_own_stay() {
        let text = format!("\n# my keys\n\n{ONE}\n");
        let mut list = RecipientsFile::read(&text);
        assert_eq!(list.rows()[0].name, None, "the comment stands apart");
        list.add(TWO, None);
        list.remove(TWO);
        assert_eq!(list.text(), text);
    }

    #[test]
    fn a_new_key_takes_the_place_and_name_of_the_old() {
        let mut list = RecipientsFile::new(&[ONE.into()], &[]);
        list.replace(ONE, TWO);
        assert_eq!(list.text(), format!("{HEADER}\n# this device\n{TWO}\n"));
        list.add(ONE, None);
        list.replace(ONE, TWO);
        assert_eq!(keys(&list), [TWO], "it stands there once");
    }

    #[test]
    fn the_first_key_is_of_this_device_and_so_is_the_one_that_takes_its_place() {
        let own = |list: &RecipientsFile| -> Vec<String> {
            let rows = list.rows().into_iter();
            rows.filter(RecipientRow::is_of_this_device).map(|row| row.key).collect()
        };
        let mut list = RecipientsFile::new(&[ONE.into()], &[TWO.into()]);
        assert_eq!(own(&list), [ONE]);
        list.remove(TWO);
        list.replace(ONE, TWO);
        assert_eq!(own(&list), [TWO]);
        list.remove(TWO);
        list.add(ONE, Some("phone"));
        assert!(own(&list).is_empty());
        list.replace(TWO, TWO);
        assert_eq!(own(&list), [TWO], "a key that is restored is");
    }

    #[test]
    fn an_ssh_key_is_named_by_its_comment() {
        let key =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN";
        let list = RecipientsFile::read(&format!("{key} ada@desk\n"));
        assert_eq!(list.rows(), [RecipientRow { key: key.into(), name: Some("ada@desk".into()) }]);
        assert_eq!(list.find("ada@desk").unwrap().key, key);
        assert_eq!(list.find(&format!("{key} other comment")).unwrap().key, key);
    }
}
