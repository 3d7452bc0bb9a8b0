//! The bytes that a host may send instead of a file.

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// Sizes of the encoder's blocks to try, as powers of two. Which one is the best differs from file to file, by a few
/// hundred bytes.
const BLOCKS: [i32; 4] = [16, 18, 20, 22];

/// At the highest quality and in the best of the [`BLOCKS`]: a file is compressed once and sent often.
pub(super) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let tried = BLOCKS.map(|lgblock| {
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, lgblock, ..Default::default() };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).map(|_| compressed)
    });
    let mut smallest: Option<Vec<u8>> = None;
    for compressed in tried {
        let compressed = compressed.context("brotli failed")?;
        if smallest.as_ref().is_none_or(|found| compressed.len() < found.len()) {
            smallest = Some(compressed);
        }
    }
    smallest.context("no size of blocks was tried")
}

pub(super) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).context("gzip failed")?;
    encoder.finish().context("gzip failed")
}
