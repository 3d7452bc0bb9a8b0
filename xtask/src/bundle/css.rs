//! One sheet from `style/main.css`: imports are put in their place, because an imported file would be neither hashed nor held to a hash.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::read_text;

/// The sheet at `entry` with all its imports, each in the layer that its import names, without comments.
///
/// # Errors
/// A file that is missing; an import with a condition; a `url()` that names a file, which would not travel with the sheet.
pub(super) fn flatten(entry: &Path) -> Result<String> {
    let source = squeeze(&read_text(entry)?);
    if let Some(at) = source.match_indices("url(").map(|(at, _)| at).find(|at| names_a_file(&source, *at)) {
        let excerpt: String = source.chars().skip(source[..at].chars().count()).take(60).collect();
        bail!("{}: only data: URLs travel with the sheet: {excerpt}", entry.display());
    }
    let mut flat = String::with_capacity(source.len());
    let mut rest = source.as_str();
    while let Some(at) = rest.find("@import") {
        let (before, from) = rest.split_at(at);
        let (import, after) =
            from.split_once(';').with_context(|| format!("{}: an import without an end", entry.display()))?;
        let (file, layer) =
            parse_import(import).with_context(|| format!("{}: cannot place `{import}`", entry.display()))?;
        flat.push_str(before);
        let content = flatten(&entry.with_file_name("").join(file))?;
        match layer {
            Some(layer) => flat.extend(["@layer ", layer, "{", content.trim(), "}"]),
            None => flat.push_str(content.trim()),
        }
        rest = after;
    }
    flat.push_str(rest);
    Ok(flat.trim().to_owned())
}

/// `@import url("x.css") layer(ui)` or `@import "x.css"` as file and layer.
fn parse_import(import: &str) -> Option<(&str, Option<&str>)> {
    let target = import.strip_prefix("@import")?.trim_start();
    let target = target.strip_prefix("url(").unwrap_or(target);
    let quote = target.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (file, condition) = target.get(1..)?.split_once(quote)?;
    let condition = condition.trim_start_matches(')').trim();
    if condition.is_empty() {
        return Some((file, None));
    }
    let layer = condition.strip_prefix("layer(")?.strip_suffix(')')?;
    (!layer.contains([')', ' '])).then_some((file, Some(layer)))
}

fn names_a_file(source: &str, at: usize) -> bool {
    let target = source.get(at + 4..).unwrap_or_default().trim_start_matches(['"', '\'']);
    let of_an_import = source.get(..at).is_some_and(|before| before.ends_with("@import "));
    !of_an_import && !target.starts_with("data:") && !target.starts_with('#')
}

/// Without comments, and with one space for every run of white space, outside of strings.
fn squeeze(source: &str) -> String {
    let mut squeezed = String::with_capacity(source.len());
    let mut characters = source.chars().peekable();
    let mut quote = None;
    while let Some(character) = characters.next() {
        if let Some(open) = quote {
            squeezed.push(character);
            if character == '\\' {
                squeezed.extend(characters.next());
            } else if character == open {
                quote = None;
            }
        } else if character == '/' && characters.peek() == Some(&'*') {
            characters.next();
            let mut last = ' ';
            for next in characters.by_ref() {
                if last == '*' && next == '/' {
                    break;
                }
                last = next;
            }
        } else if character.is_whitespace() {
            // A space beside these never separates anything. Beside a colon it may: `a :hover`.
            let needless = squeezed.ends_with([' ', '{', '}', ';', ',']) || squeezed.is_empty();
            if !needless {
                squeezed.push(' ');
            }
        } else {
            if matches!(character, '{' | '}' | ';' | ',') && squeezed.ends_with(' ') {
                squeezed.pop();
            }
            if matches!(character, '"' | '\'') {
                quote = Some(character);
            }
            squeezed.push(character);
        }
    }
    squeezed
}

#[cfg(test)]
mod tests;
