//! Trunk's `post_build` hook: `cargo run -p xtask -- bundle-hook`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{
    GUARD, compress, css, glue, hashed_name, integrity, page,
    parts::{self, Cut, Part},
    read_text, wasm, write,
};

/// What Trunk tells a hook by its environment.
#[derive(Debug)]
pub struct Staging {
    /// `TRUNK_STAGING_DIR`: the folder that becomes `dist`.
    pub folder: PathBuf,
    /// `TRUNK_SOURCE_DIR`: the folder of `index.html`.
    pub source: PathBuf,
    /// `TRUNK_PROFILE`.
    pub release: bool,
}

impl Staging {
    /// # Errors
    /// Not called by Trunk.
    pub fn from_environment() -> Result<Self> {
        let read = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set: this is Trunk's hook"));
        Ok(Self {
            folder: read("TRUNK_STAGING_DIR")?.into(),
            source: read("TRUNK_SOURCE_DIR")?.into(),
            release: read("TRUNK_PROFILE")? == "release",
        })
    }
}

/// Cuts the program that was built into its parts and leaves them, one page with its guard, one script and one sheet in the folder, all
/// but the page named by their content and, in a release, everything with its brotli and gzip form beside it.
///
/// # Errors
/// A folder with other files than Trunk writes for this page, or with content of another shape than expected.
pub fn run(staging: &Staging) -> Result<()> {
    let cut = parts::cut(&parts::program(staging.release)?, &staging.folder.join("parts"))?;
    finish(staging, cut)
}

fn finish(staging: &Staging, cut: Cut) -> Result<()> {
    let old_script = the_one(&staging.folder, ".js")?;
    let old_program = the_one(&staging.folder, ".wasm")?;
    // Such files come from inline JavaScript of a dependency; nothing would hold them to a hash.
    ensure!(!staging.folder.join("snippets").exists(), "a dependency brings JavaScript of its own in snippets/");

    let as_sent = |module: Vec<u8>| if staging.release { wasm::compact(&module) } else { Ok(module) };
    let parts = cut.parts.into_iter().map(|part| Ok(named(Part { content: as_sent(part.content)?, ..part })));
    let parts = parts.collect::<Result<Vec<_>>>()?;
    let described = parts.iter().map(|(file, name, content)| (file, name, integrity(content))).collect::<Vec<_>>();
    let described =
        described.iter().map(|(file, name, integrity)| glue::PartFile { file, name, integrity }).collect::<Vec<_>>();
    // In a debug build as well: it is served under the same policy where somebody looks at it behind the demo server.
    let script = glue::with_trusted_types(&glue::with_parts(&cut.glue, &cut.loader, &described)?)?;
    let program = as_sent(cut.program)?;
    let program_name = hashed_name("console", &program, "wasm");
    let script = glue::with_start(&script, &program_name, &integrity(&program));
    let script = if staging.release { glue::minified(&script)? } else { script }.into_bytes();
    let script_name = hashed_name("console", &script, "js");
    let sheet = css::flatten(&staging.source.join("style/main.css"))?.into_bytes();
    let sheet_name = hashed_name("console", &sheet, "css");
    let guard = read_text(&staging.source.join("guard.js"))?;
    let guard = if staging.release { glue::minified(&guard)? } else { guard }.into_bytes();
    let guard_name = hashed_name(GUARD, &guard, "js");
    let named = page::Files {
        guard: page::Named { name: &guard_name, integrity: &integrity(&guard) },
        script: page::Named { name: &script_name, integrity: &integrity(&script) },
        sheet: page::Named { name: &sheet_name, integrity: &integrity(&sheet) },
    };
    let page = page::finish(&read_text(&staging.folder.join("index.html"))?, &old_script, &named, staging.release)?;

    for old in [old_script, old_program] {
        std::fs::remove_file(staging.folder.join(&old)).with_context(|| format!("cannot remove {old}"))?;
    }
    let files = [
        (program_name, program),
        (script_name, script),
        (sheet_name, sheet),
        (guard_name, guard),
        ("index.html".into(), page.into_bytes()),
    ];
    for (name, content) in files.into_iter().chain(parts.into_iter().map(|(_, name, content)| (name, content))) {
        write(&staging.folder.join(&name), &content)?;
        if staging.release {
            write(&staging.folder.join(format!("{name}.br")), &compress::brotli(&content)?)?;
            write(&staging.folder.join(format!("{name}.gz")), &compress::gzip(&content)?)?;
        }
    }
    Ok(())
}

/// The name of a part's file by the loader, its own, which names all that need it, and its content.
fn named(part: Part) -> (String, String, Vec<u8>) {
    let parts = part.needed_by.into_iter().collect::<Vec<_>>().join("-");
    let name = hashed_name(&format!("console-{parts}"), &part.content, "wasm");
    (part.file, name, part.content)
}

/// The name of the only file that ends in `suffix`.
fn the_one(folder: &Path, suffix: &str) -> Result<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(suffix) {
            names.push(name);
        }
    }
    ensure!(names.len() == 1, "Trunk left {names:?}, expected one file *{suffix}");
    names.pop().context("no file")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Cut, Part, Staging, finish};

    #[test]
    fn a_release_is_one_page_guard_script_sheet_and_program_with_its_parts_each_with_its_compressed_forms() {
        let folder = std::env::temp_dir().join(format!("xtask-hook-{}", std::process::id()));
        let staging = Staging { folder: folder.join("stage"), source: folder.join("source"), release: true };
        std::fs::create_dir_all(&staging.folder).unwrap();
        std::fs::create_dir_all(staging.source.join("style")).unwrap();
        std::fs::write(staging.source.join("style/main.css"), "a{top:0}").unwrap();
        std::fs::write(staging.folder.join("app.js"), "of the whole").unwrap();
        std::fs::write(staging.folder.join("app_bg.wasm"), "the whole").unwrap();
        let empty = b"\0asm\x01\0\0\0".to_vec();
        let cut = Cut {
            glue: "a.innerHTML = getStringFromWasm0(1, 2);\n        \"./console_bg.js\": import0,\n".into(),
            loader: "import { initSync } from \"./console.js\";\nexport const load = wrapAsyncCb(\
                     fetch(new URL(\"./chunk_1.wasm\", import.meta.url)));\n"
                .into(),
            program: empty.clone(),
            parts: vec![Part {
                file: "chunk_1.wasm".into(),
                needed_by: ["work".to_owned(), "list".to_owned()].into(),
                content: empty,
            }],
        };
        std::fs::write(staging.source.join("guard.js"), "// why\nlet guard = 1;\n").unwrap();
        let page = "<meta charset=\"utf-8\"><script src=\"guard.js\"></script><link rel=\"stylesheet\" href=\"style/main.css\">\
                    <script type=\"module\" crossorigin src=\"./app.js\"></script>";
        std::fs::write(staging.folder.join("index.html"), page).unwrap();

        finish(&staging, cut).unwrap();

        let mut kinds: Vec<_> = staging
            .folder
            .read_dir()
            .unwrap()
            .map(|entry| {
                let name = entry.unwrap().file_name().into_string().unwrap();
                name.split_once('.').unwrap().1.to_owned()
            })
            .collect();
        kinds.sort();
        let expected = [
            "css", "css.br", "css.gz", "html", "html.br", "html.gz", "js", "js", "js.br", "js.br", "js.gz", "js.gz",
            "wasm", "wasm", "wasm.br", "wasm.br", "wasm.gz", "wasm.gz",
        ];
        assert_eq!(kinds, expected);
    }
}
