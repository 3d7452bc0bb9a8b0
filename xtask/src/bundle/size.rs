//! How many bytes a first visit loads.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{compress, parts_of, read};

/// The most that a first visit may load before it can be used, html, css, js and wasm together, in bytes after brotli.
pub const GATE_BYTES: usize = 250_000;

/// The most that all files may take together. Raised for a reason in docs/adr only (0007, 0008).
pub const WHOLE_GATE_BYTES: usize = 650_000;

/// The part with the page of a first visit: no connection is known then. See `src/app/parts.rs`.
const FIRST_PART: &str = "start";

/// What is loaded before a page is shown, by where somebody opens the console: a name, and the parts beside the program.
const OPENINGS: [(&str, &[&str]); 3] = [
    ("a first visit", &[FIRST_PART]),
    ("opened at the list", &["list", "following"]),
    ("opened at an operation or a form", &["work", "following"]),
];

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

/// Whether a browser loads a file before it shows a page of these parts.
fn is_needed(row: &Row, by: &[&str]) -> bool {
    parts_of(&row.name).is_none_or(|parts| parts.is_empty() || parts.iter().any(|part| by.contains(part)))
}

/// The rows and their sums, for a person.
pub fn table(rows: &[Row]) -> String {
    let sum = |name: &str, of: &dyn Fn(&Row) -> bool| {
        let rows = rows.iter().filter(|row| of(row));
        rows.fold(Row { name: name.into(), raw: 0, gzip: 0, brotli: 0 }, |sum, row| Row {
            raw: sum.raw + row.raw,
            gzip: sum.gzip + row.gzip,
            brotli: sum.brotli + row.brotli,
            ..sum
        })
    };
    let openings = OPENINGS.map(|(name, parts)| sum(name, &|row| is_needed(row, parts)));
    let all = sum("all of it", &|_| true);
    let head = format!("{:<52}{:>11}{:>11}{:>11}\n", "bytes", "raw", "gzip", "brotli");
    let line = |row: &Row| format!("{:<52}{:>11}{:>11}{:>11}\n", row.name, row.raw, row.gzip, row.brotli);
    [head].into_iter().chain(rows.iter().chain(&openings).chain([&all]).map(line)).collect::<Vec<_>>().concat()
}

/// # Errors
/// A first visit over [`GATE_BYTES`], all of it over [`WHOLE_GATE_BYTES`], or no file of a part that [`OPENINGS`] names.
pub fn gate(rows: &[Row]) -> Result<()> {
    for part in OPENINGS.iter().flat_map(|(_, parts)| *parts) {
        let has_file = rows.iter().any(|row| parts_of(&row.name).is_some_and(|parts| parts.contains(part)));
        ensure!(has_file, "no file is of the part `{part}`: what is loaded with it is not known");
    }
    let first: usize = rows.iter().filter(|row| is_needed(row, &[FIRST_PART])).map(|row| row.brotli).sum();
    let all: usize = rows.iter().map(|row| row.brotli).sum();
    ensure!(first <= GATE_BYTES, "a first visit loads {first} bytes after brotli, over the gate of {GATE_BYTES}");
    ensure!(all <= WHOLE_GATE_BYTES, "all of it is {all} bytes after brotli, over the gate of {WHOLE_GATE_BYTES}");
    println!("a first visit: {first} bytes after brotli; the gate is {GATE_BYTES}");
    println!("all of it: {all} bytes after brotli; the gate is {WHOLE_GATE_BYTES}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{GATE_BYTES, Row, WHOLE_GATE_BYTES, gate, table};

    const START: &str = "console-list-start-0123456789abcdef.wasm";
    const LIST: &str = "console-list-0123456789abcdef.wasm";
    const FOLLOWING: &str = "console-following-work-0123456789abcdef.wasm";

    fn row(name: &str, brotli: usize) -> Row {
        Row { name: name.into(), raw: 3 * brotli, gzip: 2 * brotli, brotli }
    }

    #[test]
    fn the_gate_judges_what_a_first_visit_loads() {
        let page = || row("index.html", GATE_BYTES - 10);
        assert!(gate(&[page(), row(START, 10), row(LIST, 1000), row(FOLLOWING, 1000)]).is_ok());
        assert!(gate(&[page(), row(START, 11), row(LIST, 1000), row(FOLLOWING, 1000)]).is_err());
        let guard = row("guard-0123456789abcdef.js", 1);
        assert!(gate(&[page(), row(START, 10), guard, row(LIST, 1000), row(FOLLOWING, 1000)]).is_err());
    }

    #[test]
    fn the_gate_judges_the_whole_as_well() {
        assert!(gate(&[row(START, 1), row(LIST, 1), row(FOLLOWING, WHOLE_GATE_BYTES - 2)]).is_ok());
        assert!(gate(&[row(START, 1), row(LIST, 1), row(FOLLOWING, WHOLE_GATE_BYTES - 1)]).is_err());
    }

    #[test]
    fn a_bundle_without_a_part_that_is_counted_is_refused() {
        assert!(gate(&[row(START, 1), row(LIST, 1), row(FOLLOWING, 1)]).is_ok());
        assert!(gate(&[row("console-list-0123456789abcdef.wasm", 1), row(FOLLOWING, 1)]).is_err());
        assert!(gate(&[row(START, 1), row(LIST, 1)]).is_err());
    }

    #[test]
    fn the_table_ends_with_what_each_opening_loads() {
        let table = table(&[row("index.html", 1), row(START, 10), row(LIST, 100), row(FOLLOWING, 1000)]);
        let last: Vec<_> = table.lines().rev().take(4).filter_map(|line| line.split_whitespace().last()).collect();
        // All of it, an operation, the list, a first visit.
        assert_eq!(last, ["1111", "1001", "1111", "11"]);
    }
}
