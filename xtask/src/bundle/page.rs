//! The page that Trunk wrote, with the final names, hashes and policy.

use anyhow::{Result, ensure};

use super::policy;

/// A file of the bundle as the page names it.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) integrity: &'a str,
}

const SHEET: &str = "<link rel=\"stylesheet\" href=\"style/main.css\">";
const GUARD: &str = "guard.js";
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// What stands where in the page.
pub(super) struct Files<'a> {
    pub(super) guard: Named<'a>,
    pub(super) script: Named<'a>,
    pub(super) sheet: Named<'a>,
}

/// `page` with its guard, its sheet and its script named `old_script` replaced; with the policy when the bundle is a release (`trunk serve` adds an
/// inline script that reloads the page).
///
/// # Errors
/// A page that lacks one of the places, or has one twice.
pub(super) fn finish(page: &str, old_script: &str, files: &Files, release: bool) -> Result<String> {
    let Files { guard, script, sheet } = files;
    let tag = format!("<script src=\"./{}\" integrity=\"{}\">", guard.name, guard.integrity);
    let page = replace_one(page, &format!("<script src=\"{GUARD}\">"), &tag)?;
    // When nothing has replaced this name, the guard did not run.
    let page = page.replace(&format!("<code>{GUARD}</code>"), &format!("<code>{}</code>", guard.name));
    let page = replace_one(
        &page,
        &format!("<script type=\"module\" crossorigin src=\"./{old_script}\">"),
        &format!("<script type=\"module\" crossorigin src=\"./{}\" integrity=\"{}\">", script.name, script.integrity),
    )?;
    let link = format!("<link rel=\"stylesheet\" href=\"./{}\" integrity=\"{}\">", sheet.name, sheet.integrity);
    let page = without_comments(&replace_one(&page, SHEET, &link)?);
    if !release {
        return Ok(page);
    }
    let meta = format!("{CHARSET}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy::IN_PAGE);
    replace_one(&page, CHARSET, &meta)
}

fn without_comments(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, from)) = rest.split_once("<!--") {
        kept.push_str(before.trim_end());
        rest = from.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn replace_one(page: &str, from: &str, to: &str) -> Result<String> {
    let count = page.matches(from).count();
    ensure!(count == 1, "index.html has `{from}` {count} times, expected once");
    Ok(page.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Files, Named, finish};

    const PAGE: &str = "<head><meta charset=\"utf-8\">\n<!-- why -->\n<script src=\"guard.js\"></script><link rel=\"stylesheet\" href=\"style/main.css\">\
         <script type=\"module\" crossorigin src=\"./a.js\"></script></head><code>guard.js</code>";
    const FILES: Files = Files {
        guard: Named { name: "guard-0.js", integrity: "sha384-g" },
        script: Named { name: "console-1.js", integrity: "sha384-j" },
        sheet: Named { name: "console-2.css", integrity: "sha384-c" },
    };

    #[test]
    fn guard_script_and_sheet_carry_their_hash_and_a_release_its_policy() {
        let page = finish(PAGE, "a.js", &FILES, true).unwrap();
        assert!(page.contains("src=\"./guard-0.js\" integrity=\"sha384-g\""), "{page}");
        assert!(page.contains("<code>guard-0.js</code>"), "{page}");
        assert!(page.contains("src=\"./console-1.js\" integrity=\"sha384-j\""), "{page}");
        assert!(page.contains("href=\"./console-2.css\" integrity=\"sha384-c\""), "{page}");
        assert!(page.contains("content=\"default-src 'none';"), "{page}");
        assert!(!page.contains("frame-ancestors") && !page.contains("report-uri") && !page.contains("<!--"), "{page}");
    }

    #[test]
    fn a_debug_build_has_no_policy_and_a_page_without_the_places_is_refused() {
        assert!(!finish(PAGE, "a.js", &FILES, false).unwrap().contains("Content-Security-Policy"));
        assert!(finish(PAGE, "other.js", &FILES, false).is_err());
        assert!(finish(&PAGE.repeat(2), "a.js", &FILES, false).is_err());
    }
}
