//! The bytes that a host may send instead of a file.

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// At the highest quality: a file is compressed once and sent often.
pub(super) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    // Small blocks: 1.4 kB less for the program's first part than those the encoder takes by itself, for its code and
    // its data have little in common. Of 16 to 24 the smallest is the best for every file of the bundle.
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, lgblock: 16, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).context("brotli failed")?;
    Ok(compressed)
}

pub(super) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).context("gzip failed")?;
    encoder.finish().context("gzip failed")
}
