//! What is done to the JavaScript that wasm-bindgen writes.

use anyhow::{Result, anyhow, ensure};

use super::policy::TRUSTED_TYPES;

/// The one place where text becomes markup: Leptos sets static markup so.
const SINK: &str = ".innerHTML = getStringFromWasm0(";

/// What a browser under Trusted Types refuses as well, or the policy does: none of it may come in unseen.
const OTHER_SINKS: [&str; 6] =
    [".outerHTML = ", ".insertAdjacentHTML(", ".srcdoc = ", "document.write(", "new Function(", "eval("];

/// The glue with its HTML sink behind the page's Trusted Types policy.
///
/// `createPolicy` throws where a host does not allow the name; the text is then passed as it is, which fails only where Trusted Types are
/// enforced.
///
/// # Errors
/// Glue with another number of sinks than one, or with one of another kind: it has to be looked at again.
pub(super) fn with_trusted_types(glue: &str) -> Result<String> {
    let count = glue.matches(SINK).count();
    ensure!(count == 1, "the glue sets innerHTML in {count} places, expected 1: look at its sinks again");
    for other in OTHER_SINKS {
        ensure!(!glue.contains(other), "the glue has the sink `{other}`, which the page's policy refuses");
    }
    let policy = format!(
        "let __policy;try{{__policy=globalThis.trustedTypes?.createPolicy(\"{TRUSTED_TYPES}\",{{createHTML:(text)=>text}})}}catch{{}}\n\
         const __trusted=(text)=>__policy?__policy.createHTML(text):text;\n"
    );
    let at = glue.find(SINK).unwrap_or_default();
    let (before, from) = glue.split_at(at);
    let call = &from[".innerHTML = ".len()..];
    let end = call.find(')').map_or(call.len(), |close| close + 1);
    Ok(format!("{policy}{before}.innerHTML = __trusted({}){}", &call[..end], &call[end..]))
}

/// The module that loads the parts, as the glue imports it.
pub(super) const LOADER: &str = "./parts.js";

/// A file of a part, as the page's host has it.
pub(super) struct PartFile<'a> {
    /// As the loader names it.
    pub(super) file: &'a str,
    pub(super) name: &'a str,
    pub(super) integrity: &'a str,
}

/// The glue and the loader of the parts, which import each other, as one script, with each part held to its hash.
///
/// # Errors
/// A loader of another shape than expected: it has to be looked at again.
pub(super) fn with_parts(glue: &str, loader: &str, parts: &[PartFile]) -> Result<String> {
    let mut script = String::with_capacity(glue.len() + loader.len());
    let import = format!("from \"{LOADER}\"");
    for line in glue.lines().filter(|line| !(line.starts_with("import * as ") && line.contains(&import))) {
        let names_loader = line.trim_start().starts_with(&format!("\"{LOADER}\": "));
        script.push_str(if names_loader { "" } else { line });
        script.push('\n');
    }
    let imports = "        \"./console_bg.js\": import0,\n";
    let script = replace_one(&script, imports, &format!("{imports}        \"{LOADER}\": __parts,\n"))?;

    let loader = replace_one(loader, "import { initSync } from \"./console.js\";\n", "")?;
    let mut loader = loader.replace("export const ", "const ");
    for PartFile { file, name, integrity } in parts {
        loader = replace_one(
            &loader,
            &format!("fetch(new URL(\"./{file}\", import.meta.url))"),
            &format!("fetch(new URL(\"./{name}\", import.meta.url), {{ integrity: \"{integrity}\" }})"),
        )?;
    }
    // As the program itself is loaded: whatever type a host says that the file has.
    let loader = loader.replace("WebAssembly.instantiateStreaming(src, imports)", "__wbg_load(await src, imports)");
    ensure!(!loader.contains("import ") && !loader.contains("instantiateStreaming"), "the loader has changed");
    let names: Vec<_> =
        loader.lines().filter_map(|line| line.strip_prefix("const ")?.split_once(" = wrapAsyncCb")).collect();
    ensure!(!names.is_empty(), "the loader loads no part");
    let names = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    Ok(format!("{script}\n{loader}\nconst __parts = {{ {names} }};\n"))
}

fn replace_one(text: &str, from: &str, to: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(count == 1, "the script has `{}` {count} times, expected once", from.trim());
    Ok(text.replacen(from, to, 1))
}

/// The script without comments and blanks: a tenth less after compression.
///
/// # Errors
/// A script that cannot be read.
pub(super) fn minified(script: &str) -> Result<String> {
    let minified = minifier::js::minify(script).map_err(|error| anyhow!("cannot minify the script: {error}"))?;
    Ok(minified.to_string())
}

/// The glue with the start at its end: one script, so that the hash on its tag covers everything that runs before the program.
///
/// It starts nothing where the guard (`guard.js`, whose `damaged` it calls) did not run or has found a file to be damaged: the message of
/// the page is then seen. `WebKit` may run a module before the sheet has come, and Firefox holds an empty sheet for a lost one until it says
/// so: what is not there yet is waited for, and the guard has seen what failed before. A program that panics shows a page of its own.
pub(super) fn with_start(glue: &str, wasm: &str, integrity: &str) -> String {
    format!(
        "{glue}
async function __start() {{
    const root = document.documentElement.dataset;
    if (!(\"guard\" in root) || \"damaged\" in root) return;
    const link = document.querySelector(\"link[rel=stylesheet]\");
    const isThere = () => link.sheet?.cssRules.length;
    if (!isThere()) await new Promise((end) => [\"load\", \"error\"].forEach((name) => link.addEventListener(name, end)));
    if (!isThere()) return damaged(link.href);
    try {{
        await __wbg_init({{ module_or_path: fetch(new URL(\"./{wasm}\", import.meta.url), {{ integrity: \"{integrity}\" }}) }});
    }} catch (error) {{
        console.error(error);
        if (!document.getElementById(\"console\").firstChild) damaged(\"{wasm}\");
    }}
}}
__start();
"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{PartFile, minified, with_parts, with_start, with_trusted_types};

    const ONE: &str = "function a(arg0, arg1, arg2) {\n  arg0.innerHTML = getStringFromWasm0(arg1, arg2);\n}\n";

    #[test]
    fn the_one_sink_goes_through_the_policy() {
        let glue = with_trusted_types(ONE).unwrap();
        assert!(glue.contains("arg0.innerHTML = __trusted(getStringFromWasm0(arg1, arg2));"), "{glue}");
        assert_eq!(glue.matches("createPolicy(\"weaviate-backup-console\"").count(), 1);
    }

    #[test]
    fn another_number_of_sinks_or_another_kind_is_refused() {
        assert!(with_trusted_types("function a() {}").is_err());
        assert!(with_trusted_types(&format!("{ONE}{ONE}")).is_err());
        assert!(with_trusted_types(&format!("{ONE}arg0.outerHTML = x;")).is_err());
        assert!(with_trusted_types(&format!("{ONE}return new Function(x);")).is_err());
    }

    #[test]
    fn the_program_is_fetched_beside_the_script_and_held_to_its_hash() {
        let glue = with_start("GLUE", "console-1.wasm", "sha384-x");
        assert!(glue.contains("new URL(\"./console-1.wasm\", import.meta.url), { integrity: \"sha384-x\" }"), "{glue}");
    }

    const GLUE: &str = "import * as import1 from \"./parts.js\"\nimport * as import2 from \"./parts.js\"\n\
         function __wbg_get_imports() {\n    return {\n        \"./console_bg.js\": import0,\n        \"./parts.js\": import1,\n        \
         \"./parts.js\": import2,\n    };\n}\n";
    const PARTS_LOADER: &str = "import { initSync } from \"./console.js\";\n\
         export const load_a = wrapAsyncCb(makeLoad(() => {\n    const src = fetch(new URL(\"./split_a.wasm\", import.meta.url));\n    \
         return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}\n, []));\n";
    const PART: PartFile = PartFile { file: "split_a.wasm", name: "console-a-1.wasm", integrity: "sha384-a" };

    #[test]
    fn the_loader_becomes_one_script_with_the_glue_and_holds_each_part_to_its_hash() {
        let script = with_parts(GLUE, PARTS_LOADER, &[PART]).unwrap();
        assert!(!script.contains("import *") && !script.contains("export "), "{script}");
        assert_eq!(script.matches("\"./parts.js\": __parts,").count(), 1, "{script}");
        assert!(
            script.contains("new URL(\"./console-a-1.wasm\", import.meta.url), { integrity: \"sha384-a\" }"),
            "{script}"
        );
        assert!(script.contains("__wbg_load(await src, imports)"), "{script}");
        assert!(script.ends_with("const __parts = { load_a };\n"), "{script}");
    }

    #[test]
    fn a_loader_of_another_shape_is_refused() {
        assert!(with_parts(GLUE, "export const nothing = 1;\n", &[]).is_err());
        assert!(with_parts("", PARTS_LOADER, &[PART]).is_err());
        assert!(with_parts(GLUE, PARTS_LOADER, &[PartFile { file: "split_b.wasm", ..PART }]).is_err());
    }

    #[test]
    fn comments_and_blanks_go_and_texts_stay() {
        let script =
            "// why\nexport const a = new URL(\"./a  b.js\", import.meta.url);\n\n/* so */ a?.go(`x  ${a}`);\n";
        let minified = minified(script).unwrap();
        assert_eq!(minified, "export const a=new URL(\"./a  b.js\",import.meta.url);a?.go(`x  ${a}`);");
    }
}
