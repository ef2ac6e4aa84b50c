//! The length of a file, as people say it.

/// "812 bytes", "3.4 KiB", "179 KiB", "1.2 GiB".
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} byte{}", if bytes == 1 { "" } else { "s" });
    }
    let mut size = bytes as f64 / 1024.0;
    let mut unit = 0;
    // What would be rounded to 1024 of one unit is one of the next.
    while size >= 1023.5 && unit + 1 < UNITS.len() {
        (size, unit) = (size / 1024.0, unit + 1);
    }
    let digits = usize::from(size < 9.95);
    format!("{size:.digits$} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_two_or_three_digits_and_a_unit() {
        for (bytes, expected) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (1023, "1023 bytes"),
            (1024, "1.0 KiB"),
            (183_204, "179 KiB"),
            (1024 * 1024 - 1, "1.0 MiB"),
            (48 << 20, "48 MiB"),
            (1 << 30, "1.0 GiB"),
            (u64::MAX, "16777216 TiB"),
        ] {
            assert_eq!(file_size(bytes), expected, "{bytes}");
        }
    }
}
