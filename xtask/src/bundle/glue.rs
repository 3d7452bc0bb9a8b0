//! What is done to the JavaScript that wasm-bindgen writes.

use anyhow::{Result, ensure};

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

/// The glue with the start at its end: one script, so that the hash on its tag covers everything that runs before the program.
///
/// `ready` settles when `main` has returned. A start that failed is marked on the root element, for the static text of the page.
pub(super) fn with_start(glue: &str, wasm: &str, integrity: &str) -> String {
    format!(
        "{glue}\nexport const ready = __wbg_init({{ module_or_path: fetch(new URL(\"./{wasm}\", import.meta.url), \
         {{ integrity: \"{integrity}\" }}) }});\n\
         ready.catch(() => document.documentElement.setAttribute(\"data-start\", \"failed\"));\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{with_start, with_trusted_types};

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
}
