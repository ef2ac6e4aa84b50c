//! The media type of a file, by its name.

/// Media types by extension (IANA's registry).
const TYPES: &[(&str, &str)] = &[
    ("aac", "audio/aac"),
    ("avif", "image/avif"),
    ("csv", "text/csv"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("m4v", "video/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("zip", "application/zip"),
];

/// The type of a file whose name says nothing.
pub const OTHER_TYPE: &str = "application/octet-stream";

/// The media type of a file with this name, or [`OTHER_TYPE`].
pub fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let row = extension.and_then(|extension| TYPES.iter().find(|(ext, _)| *ext == extension));
    row.map_or(OTHER_TYPE, |(_, media_type)| media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_whatever_its_case() {
        assert_eq!(media_type("Lake.JPG"), "image/jpeg");
        assert_eq!(media_type("notes.tar.gz"), "application/octet-stream");
        assert_eq!(media_type("README"), "application/octet-stream");
        assert!(TYPES.is_sorted(), "in order, so that nothing stands there twice");
    }
}
