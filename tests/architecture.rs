//! The layers of docs/architecture.md, held: every path of every source file is read, in macros as well, and looked up
//! in the table below.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// What a room may use. A path is allowed when it starts with one of these; `crate::x` are modules of the same crate.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    because: &'static str,
}

/// Every room may use these.
const COMMON: [&str; 4] = ["std", "core", "alloc", "proptest"];

const DOMAIN: Room = Room {
    name: "core::domain",
    may_use: &["crate::domain", "thiserror", "time"],
    because: "the words and rules are read alone and tested in milliseconds",
};
const API: Room = Room {
    name: "core::api",
    may_use: &["crate::api", "crate::domain", "serde_json", "thiserror"],
    because: "a request is a value: the wire may change without touching a rule",
};
const RULES: Room = Room {
    name: "core::poll, ledger, preflight",
    may_use: &[
        "crate::poll",
        "crate::ledger",
        "crate::preflight",
        "crate::domain",
        "crate::api::error",
        "crate::api::request",
        "crate::api::wire",
        "crate::api::call",
        "crate::api::decode",
        "crate::api::json",
        "serde_json",
        "thiserror",
    ],
    because: "they know outcomes and the time they are handed, and neither a clock nor a transport",
};
const VALUES: Room = Room {
    name: "src: route, connection, loadable, request_text, server, theme",
    may_use: &[
        "crate::route",
        "crate::connection",
        "crate::loadable",
        "crate::request_text",
        "crate::server",
        "crate::theme",
        "weaviate_backups",
        "serde_json",
    ],
    because: "links and what is known of a server are values",
};
const I18N: Room = Room {
    name: "src/i18n",
    may_use: &[
        "crate::i18n",
        "crate::features",
        "crate::route",
        "crate::connection",
        "crate::server",
        "crate::theme",
        "weaviate_backups",
    ],
    because: "sentences are functions of values",
};
const MODEL: Room = Room {
    name: "src/features/*/model",
    may_use: &[
        "crate::features::Model",
        "crate::route",
        "crate::connection",
        "crate::loadable",
        "crate::server",
        "crate::theme",
        "weaviate_backups",
        "serde_json",
    ],
    because: "the behaviour of a screen is a state and an update, tested without a browser",
};
const VIEW: Room = Room {
    name: "src/features/*/view",
    may_use: &[
        "crate::ui",
        "crate::i18n",
        "crate::app",
        "crate::route",
        "crate::connection",
        "crate::loadable",
        "crate::server",
        "crate::theme",
        "weaviate_backups",
        "leptos",
    ],
    because: "views match on states: they decide nothing, and never touch the browser",
};
const UI: Room = Room {
    name: "src/ui",
    may_use: &["crate::ui", "leptos", "web_sys", "wasm_bindgen"],
    because: "the kit knows neither Weaviate nor a language",
};
const PLATFORM: Room = Room {
    name: "src/platform",
    may_use: &[
        "crate::platform",
        "crate::i18n::Formats",
        "crate::i18n::Lang",
        "weaviate_backups",
        "thiserror",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "gloo_net",
        "gloo_timers",
        "gloo_events",
        "console_error_panic_hook",
        "send_wrapper",
    ],
    because: "it is the one place for assumptions about a browser, and has no rules",
};

/// Paths that stand at the beginning of a chain of `::` in some source, in their full form. A path that starts with
/// neither a crate nor `crate`, `self` or `super` names something already imported.
fn paths(source: &str, module: &[String], crates: &BTreeSet<String>) -> BTreeSet<String> {
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}", module.join("::")));
    let mut found = BTreeSet::new();
    // A module of the file's own may have the name of a crate.
    let own_modules = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    let own_modules: BTreeSet<String> = own_modules.collect();
    let crates = crates.difference(&own_modules).cloned().collect();
    collect(file.to_token_stream(), &[], module, &crates, &mut found);
    found
}

fn collect(
    tokens: TokenStream,
    prefix: &[String],
    module: &[String],
    crates: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colons = |at: usize| {
        let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        colon(at) && colon(at + 1)
    };
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let mut path: Vec<String> = prefix.to_vec();
                path.push(first.to_string());
                at += 1;
                let mut group = None;
                while is_colons(at) {
                    match tokens.get(at + 2) {
                        Some(TokenTree::Ident(next)) => {
                            path.push(next.to_string());
                            at += 3;
                        }
                        Some(TokenTree::Group(inner)) if inner.delimiter() == Delimiter::Brace => {
                            group = Some(inner.stream());
                            at += 3;
                            break;
                        }
                        // A glob, or a turbofish.
                        _ => {
                            at += 2;
                            break;
                        }
                    }
                }
                match group {
                    Some(inner) => collect(inner, &path, module, crates, found),
                    None if path.len() > 1 || !prefix.is_empty() => {
                        if let Some(full) = resolve(&path, module, crates) {
                            found.insert(full);
                        }
                    }
                    None => {}
                }
            }
            TokenTree::Group(group) => {
                let prefix = if group.delimiter() == Delimiter::Brace { prefix } else { &[] };
                collect(group.stream(), prefix, module, crates, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

fn resolve(path: &[String], module: &[String], crates: &BTreeSet<String>) -> Option<String> {
    let mut base: Vec<String> = module.to_vec();
    let mut rest = path;
    match rest.first().map(String::as_str) {
        Some("crate") => return Some(path.join("::")),
        Some("self") => rest = &rest[1..],
        Some("super") => {
            while rest.first().is_some_and(|step| step == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        Some(name) if crates.contains(name) => return Some(path.join("::")),
        _ => return None,
    }
    base.extend(rest.iter().cloned());
    Some(base.join("::"))
}

fn is_allowed(path: &str, room: &Room, own: &str) -> bool {
    let starts = |prefix: &str| path == prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"));
    COMMON.iter().copied().chain(room.may_use.iter().copied()).any(starts) || starts(own)
}

/// Folders of a crate's sources with the module path of each file. A file `x/tests.rs` belongs to `x`.
fn files(root: &Path) -> Vec<(PathBuf, Vec<String>)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(root).unwrap().with_extension("");
                let mut module = vec!["crate".to_owned()];
                module.extend(relative.iter().map(|part| part.to_string_lossy().into_owned()));
                if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                    module.pop();
                }
                files.push((path, module));
            }
        }
    }
    files.sort();
    files
}

/// The modules of a feature that exist only in a browser, as its `mod.rs` says.
fn browser_modules(feature: &Path) -> BTreeSet<String> {
    let file = syn::parse_file(&std::fs::read_to_string(feature.join("mod.rs")).unwrap()).unwrap();
    let modules = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module),
        _ => None,
    });
    modules
        .filter(|module| {
            module.attrs.iter().any(|attribute| attribute.to_token_stream().to_string().contains("wasm32"))
        })
        .map(|module| module.ident.to_string())
        .collect()
}

fn crates() -> BTreeSet<String> {
    let others = [
        "weaviate_backups",
        "serde",
        "serde_json",
        "thiserror",
        "time",
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "gloo_net",
        "gloo_timers",
        "gloo_events",
        "gloo_utils",
        "console_error_panic_hook",
        "send_wrapper",
        "weaviate_sim",
        "weaviate_backup_console",
        "tokio",
        "hyper",
        "reqwest",
    ];
    COMMON.iter().chain(&others).map(ToString::to_string).collect()
}

/// The room of a file and the module that is its own, `None` where everything may be used.
fn room_of(source: &str, module: &[String], root: &Path) -> Option<(&'static Room, String)> {
    let part = |index: usize| module.get(index).map_or("", String::as_str);
    let own = |depth: usize| module[..depth.min(module.len())].join("::");
    Some(match (source, part(1)) {
        ("core", "domain") => (&DOMAIN, own(2)),
        ("core", "api") => (&API, own(2)),
        ("core", "poll" | "ledger" | "preflight") => (&RULES, own(2)),
        ("core", "") => (&DOMAIN, "crate".to_owned()),
        ("src", "route" | "connection" | "loadable" | "request_text" | "server" | "theme") => (&VALUES, own(2)),
        ("src", "i18n") => (&I18N, own(2)),
        ("src", "ui") => (&UI, own(2)),
        ("src", "platform") => (&PLATFORM, own(2)),
        ("src", "features") if module.len() > 3 => {
            let is_view = browser_modules(&root.join("features").join(part(2))).contains(part(3));
            (if is_view { &VIEW } else { &MODEL }, own(3))
        }
        ("src", "features") => (&MODEL, own(3)),
        ("src", "app" | "lib" | "main" | "") => return None,
        (source, other) => panic!("{source}/{other} belongs to no room: give it one"),
    })
}

#[test]
fn every_path_is_one_that_its_room_may_use() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = crates();
    let mut violations = Vec::new();
    let mut looked_at = 0;
    for (source, root) in [("core", top.join("core/src")), ("src", top.join("src"))] {
        for (file, module) in files(&root) {
            let Some((room, own)) = room_of(source, &module, &root) else { continue };
            for path in paths(&std::fs::read_to_string(&file).unwrap(), &module, &crates) {
                looked_at += 1;
                if !is_allowed(&path, room, &own) {
                    let file = file.strip_prefix(top).unwrap().display();
                    violations.push(format!("{file}: {path} is not for {}: {}", room.name, room.because));
                }
            }
        }
    }
    assert!(looked_at > 300, "only {looked_at} paths were found: the files are not read");
    assert!(violations.is_empty(), "{} paths in the wrong room:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn a_view_that_touches_the_browser_is_noticed_in_a_use_in_a_path_and_in_a_macro() {
    let module: Vec<String> = ["crate", "features", "connect", "view"].map(str::to_owned).to_vec();
    let crates = crates();
    for (source, expected) in [
        ("use crate::{ui::Button, platform::page};", "crate::platform::page"),
        ("fn f() { web_sys::window(); }", "web_sys::window"),
        ("fn f() { view! { <p>{crate::platform::page::origin()}</p> } }", "crate::platform::page::origin"),
        ("use super::super::backups::view;", "crate::features::backups::view"),
    ] {
        let found = paths(source, &module, &crates);
        assert!(found.contains(expected), "{source}: {found:?}");
        assert!(!is_allowed(expected, &VIEW, "crate::features::connect"), "{expected} was let through");
    }
}

/// What the top level holds. A package downloaded by hand beside the sources was committed once.
const TOP_LEVEL: [&str; 26] = [
    ".cargo",
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "clippy.toml",
    "core",
    "deny.toml",
    "deploy",
    "docs",
    "guard.js",
    "index.html",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "sim",
    "src",
    "style",
    "tests",
    "webdriver.json",
    "xtask",
];

#[test]
fn the_top_level_holds_the_project_and_nothing_that_was_left_there() {
    let listed = std::process::Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("git lists the files");
    assert!(listed.status.success(), "git: {}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).unwrap();
    let found: BTreeSet<&str> = listed.split_terminator('\0').map(|file| file.split('/').next().unwrap()).collect();
    assert_eq!(found, BTreeSet::from(TOP_LEVEL));
}

#[test]
fn the_crates_without_a_browser_depend_on_none_of_its_crates() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for manifest in ["core/Cargo.toml", "sim/Cargo.toml"] {
        let text = std::fs::read_to_string(top.join(manifest)).unwrap();
        for forbidden in ["leptos", "web-sys", "js-sys", "wasm-bindgen", "gloo"] {
            assert!(!text.contains(forbidden), "{manifest} names {forbidden}");
        }
    }
}
