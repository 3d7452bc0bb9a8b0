//! What is sent of a module: without its custom sections, because the names of functions are a quarter of it, and with every number as short
//! as it can be, because the linker leaves room in each that it may still have to change.

use anyhow::{Context, Result};
use wasm_encoder::{
    Module,
    reencode::{Error, Reencode},
};
use wasmparser::{CustomSectionReader, Parser};

struct WithoutCustomSections;

impl Reencode for WithoutCustomSections {
    type Error = std::convert::Infallible;

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error> {
        Ok(())
    }
}

/// # Errors
/// Bytes that are no WebAssembly module.
pub(super) fn compact(module: &[u8]) -> Result<Vec<u8>> {
    let mut compacted = Module::new();
    WithoutCustomSections
        .parse_core_module(&mut compacted, Parser::new(0), module)
        .context("not a WebAssembly module")?;
    Ok(compacted.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::compact;

    #[test]
    fn custom_sections_go_and_the_others_stay_in_order_with_short_numbers() {
        let padded_type_section = [1, 0x84, 0x80, 0x00, 1, 0x60, 0, 0];
        let module = [b"\0asm\x01\0\0\0".as_slice(), &[0, 3, 1, b'n', 9], &padded_type_section, &[0, 2, 1, b'x']];
        let module = [module.concat(), vec![3, 0x82, 0x00, 1, 0], vec![10, 4, 1, 2, 0, 0x0b]].concat();
        let expected =
            [b"\0asm\x01\0\0\0".as_slice(), &[1, 4, 1, 0x60, 0, 0], &[3, 2, 1, 0], &[10, 4, 1, 2, 0, 0x0b]].concat();
        assert_eq!(compact(&module).unwrap(), expected);
    }

    #[test]
    fn what_is_cut_off_or_no_module_is_refused() {
        assert!(compact(b"<html>").is_err());
        assert!(compact(b"\0asm\x01\0\0\0\x01\x05\x00").is_err());
    }
}
