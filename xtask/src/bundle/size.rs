//! How many bytes a first visit loads.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{compress, read};

/// What html, css, js and wasm are to take together, in bytes after brotli. Not reached yet: docs/adr/0004.
pub const AIM_BYTES: usize = 250_000;

/// The most they may take. It only ever goes down, until it is [`AIM_BYTES`].
pub const GATE_BYTES: usize = 500_000;

/// One file of the bundle; sizes in bytes.
#[derive(Debug)]
pub struct Row {
    pub name: String,
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

/// Every file but the compressed forms, by name.
///
/// # Errors
/// A folder that cannot be listed.
pub fn files(dist: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dist).with_context(|| format!("cannot list {}", dist.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !matches!(name.rsplit_once('.'), Some((_, "br" | "gz"))) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Measured anew, not read off the compressed files: the gate must not depend on what it judges.
///
/// # Errors
/// A file that cannot be read.
pub fn measure(dist: &Path) -> Result<Vec<Row>> {
    let measure_one = |name: String| {
        let content = read(&dist.join(&name))?;
        let gzip = compress::gzip(&content)?.len();
        Ok(Row { name, raw: content.len(), gzip, brotli: compress::brotli(&content)?.len() })
    };
    files(dist)?.into_iter().map(measure_one).collect()
}

/// The rows and their sum, for a person.
pub fn table(rows: &[Row]) -> String {
    let sum = |size: fn(&Row) -> usize| rows.iter().map(size).sum();
    let total =
        Row { name: "total".into(), raw: sum(|row| row.raw), gzip: sum(|row| row.gzip), brotli: sum(|row| row.brotli) };
    let head = format!("{:<36}{:>11}{:>11}{:>11}\n", "bytes", "raw", "gzip", "brotli");
    let line = |row: &Row| format!("{:<36}{:>11}{:>11}{:>11}\n", row.name, row.raw, row.gzip, row.brotli);
    [head].into_iter().chain(rows.iter().chain([&total]).map(line)).collect::<Vec<_>>().concat()
}

/// # Errors
/// More than [`GATE_BYTES`] in all.
pub fn gate(rows: &[Row]) -> Result<()> {
    let total: usize = rows.iter().map(|row| row.brotli).sum();
    ensure!(total <= GATE_BYTES, "{total} bytes after brotli, over the gate of {GATE_BYTES}");
    println!("{total} bytes after brotli; the gate is {GATE_BYTES}, the aim {AIM_BYTES}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{GATE_BYTES, Row, gate, table};

    fn row(name: &str, brotli: usize) -> Row {
        Row { name: name.into(), raw: 3 * brotli, gzip: 2 * brotli, brotli }
    }

    #[test]
    fn the_gate_judges_the_sum_of_all_files() {
        assert!(gate(&[row("a.js", GATE_BYTES - 10), row("a.wasm", 10)]).is_ok());
        assert!(gate(&[row("a.js", GATE_BYTES - 10), row("a.wasm", 11)]).is_err());
    }

    #[test]
    fn the_table_ends_with_the_sum() {
        let table = table(&[row("a.js", 1), row("a.wasm", 10)]);
        let last: Vec<_> = table.lines().last().unwrap_or_default().split_whitespace().collect();
        assert_eq!(last, ["total", "33", "22", "11"]);
    }
}
