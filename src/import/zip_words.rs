//! What is wrong with an archive, in words for the person who gave it.

use std::io;

use zip::result::ZipError;

use crate::error::plain;

const DAMAGED: &str = "it's damaged, or only part of it is here; download or copy it again";

/// Why an archive, or a file in it, can't be read.
pub fn zip_words(error: &ZipError) -> String {
    let words = match error {
        ZipError::Io(error) => return unpacking_words(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "it needs a password; unpack it, and import the folder"
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "it's packed in a way that inward doesn't know; unpack it, and import the folder"
        }
        // The rest say that its parts don't fit together.
        _ => DAMAGED,
    };
    words.to_owned()
}

/// Why reading a file of an archive stopped: the disk's reason, or what the unpacking found.
pub fn unpacking_words(error: &io::Error) -> String {
    if error.raw_os_error().is_some() { plain(error) } else { DAMAGED.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn no_parsers_words_reach_a_person() {
        let raw = "Could not find EOCD";
        let errors = [
            (ZipError::InvalidArchive(Cow::Borrowed(raw)), "damaged"),
            (ZipError::UnsupportedArchive(raw), "packed in a way"),
            (ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED), "password"),
            (ZipError::Io(io::Error::new(io::ErrorKind::InvalidData, raw)), "damaged"),
            (ZipError::Io(io::Error::from_raw_os_error(13)), "permission denied"),
        ];
        for (error, expected) in errors {
            let words = zip_words(&error);
            assert!(words.contains(expected) && !words.contains(raw), "{words}");
        }
    }
}
