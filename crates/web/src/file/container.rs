//! The container that dangerous files come in: a zip file, encrypted (AES-256), with the password that everybody in the trade
//! expects. No double click is enough to run what is in it, and no scanner on the way takes the evidence away.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

/// Pages show it beside the link.
pub(crate) const PASSWORD: &str = "infected";

pub(super) fn pack(name: &str, content: &[u8]) -> ZipResult<Vec<u8>> {
    let mut container = ZipWriter::new(Cursor::new(Vec::with_capacity(content.len().saturating_add(1024))));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored).with_aes_encryption(AesMode::Aes256, PASSWORD);
    container.start_file(inside(name), options)?;
    container.write_all(content)?;
    Ok(container.finish()?.into_inner())
}

/// `invoice.exe.zip`
pub(super) fn name(name: &str) -> String {
    format!("{name}.zip")
}

/// A name that stays in the folder it is unpacked to.
fn inside(name: &str) -> String {
    let plain: String = name.chars().map(|c| if matches!(c, '/' | '\\' | ':') || c.is_control() { '_' } else { c }).collect();
    let plain = plain.trim_start_matches('.');
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_file_comes_out_with_the_password_and_not_without() {
        let packed = pack("../../evil.exe", b"MZ evil bytes").unwrap();
        assert!(!packed.windows(10).any(|bytes| bytes == b"evil bytes"), "no scanner reads it");
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert!(archive.by_index(0).is_err(), "not without");
        assert!(archive.by_index_decrypt(0, b"wrong").is_err());
        let mut file = archive.by_index_decrypt(0, PASSWORD.as_bytes()).unwrap();
        assert_eq!(file.name().unwrap(), "_.._evil.exe");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"MZ evil bytes");
    }
}
