//! What is written to a terminal only once it's whole.

use std::io::{self, Write};

use crate::secret::SecretBytes;

/// What was written, piece by piece: a buffer that grows would leave copies behind.
#[derive(Default)]
pub(super) struct UnwrittenText(Vec<SecretBytes>);

impl UnwrittenText {
    pub fn pieces(&self) -> impl Iterator<Item = &SecretBytes> {
        self.0.iter()
    }
}

impl Write for UnwrittenText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec().into());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_in_their_order() {
        let mut text = UnwrittenText::default();
        text.write_all(b"one ").and_then(|()| text.write_all(b"two")).unwrap();
        assert_eq!(text.pieces().flat_map(|piece| piece.to_vec()).collect::<Vec<_>>(), b"one two");
    }
}
