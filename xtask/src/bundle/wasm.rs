//! The program without its custom sections: the names of functions are a quarter of what is sent, and wasm-bindgen, the only reader of the
//! others, has run.

use anyhow::{Context, Result, ensure};

/// # Errors
/// Bytes that are no WebAssembly module.
pub(super) fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    ensure!(module.starts_with(b"\0asm"), "not a WebAssembly module");
    let (header, mut rest) = module.split_at_checked(8).context("a module without a version")?;
    let mut kept = header.to_vec();
    while let Some((&id, after_id)) = rest.split_first() {
        let (size, length) = read_leb128(after_id).context("a section without a size")?;
        let (section, after) = rest.split_at_checked(1 + length + size).context("a section that is cut off")?;
        if id != 0 {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Ok(kept)
}

/// An unsigned number and the count of bytes it took.
fn read_leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0usize;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::without_custom_sections;

    #[test]
    fn custom_sections_go_and_the_others_stay_in_order() {
        let module =
            [b"\0asm\x01\0\0\0".as_slice(), &[0, 3, 1, b'n', 9], &[1, 2, 7, 7], &[0, 0x80, 0x00], &[3, 1, 5]].concat();
        let expected = [b"\0asm\x01\0\0\0".as_slice(), &[1, 2, 7, 7], &[3, 1, 5]].concat();
        assert_eq!(without_custom_sections(&module).unwrap(), expected);
    }

    #[test]
    fn what_is_cut_off_or_no_module_is_refused() {
        assert!(without_custom_sections(b"<html>").is_err());
        assert!(without_custom_sections(b"\0asm\x01\0\0\0\x01\x05\x00").is_err());
    }
}
