//! The table of what each version can do is held to what the recorded servers showed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "the recordings are files")]
#![allow(clippy::print_stdout, reason = "the table is for reading")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::location::cleaned;
use weaviate_backups::domain::version::Version;

/// What one exchange shows of its server: that it has a feature, or lacks it. Only what no other cause explains counts.
fn shown(exchange: &Value, restored_tenant: Option<&str>) -> Option<(Feature, bool)> {
    let (request, response) = (&exchange["request"], &exchange["response"]);
    let (sent, got) = (&request["body"], &response["body"]);
    let status = response["status"].as_u64()?;
    let (path, query) = request["path"].as_str()?.split_once('?').unwrap_or((request["path"].as_str()?, ""));
    let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
    let words = got["error"][0]["message"].as_str().or(got["message"].as_str()).unwrap_or_default();
    let names = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    match (request["method"].as_str()?, parts.as_slice()) {
        ("GET", ["backups", _]) if status == 200 => return Some((Feature::List, true)),
        ("GET", ["backups", _]) if words == "not implemented" => return Some((Feature::List, false)),
        ("DELETE", ["backups", _, _]) if status == 204 => return Some((Feature::CancelCreate, true)),
        ("DELETE", ["backups", _, _, "restore"]) if status == 204 || status == 405 => {
            return Some((Feature::CancelRestore, status == 204));
        }
        // Without aliases there is none to overwrite.
        ("GET", ["aliases"]) if status == 404 => return Some((Feature::OverwriteAlias, false)),
        ("GET", ["objects"]) if restored_tenant.is_some_and(|tenant| query.contains(&format!("tenant={tenant}&"))) => {
            let has_objects = got["objects"].as_array().is_some_and(|objects| !objects.is_empty());
            return Some((Feature::InactiveTenants, has_objects));
        }
        ("POST", ["backups", ..]) => {}
        _ => return None,
    }
    if words.starts_with("config.CompressionLevel in body should be one of") {
        return Some((Feature::ZstdCompression, words.contains("Zstd")));
    }
    if words.contains("Options in body should be one of") {
        return Some((Feature::UserAndRoleOptions, true));
    }
    // An option that a server does not know is ignored, so that what must be refused is taken.
    let refuses = |what: &str| (words.contains(what) || status == 200).then(|| words.contains(what));
    if let Some(base) = sent["incremental_base_backup_id"].as_str()
        && sent["id"] == base
    {
        return refuses("base backup").map(|refused| (Feature::IncrementalBase, refused));
    }
    if names(&sent["includeRoles"]).iter().any(|name| name == "admin") {
        return refuses("'includeRoles'").map(|refused| (Feature::IncludeRoles, refused));
    }
    if names(&sent["includeUsers"]).iter().any(|name| name == "nobody-such") {
        return refuses("'includeUsers'").map(|refused| (Feature::IncludeUsers, refused));
    }
    if let Some(pattern) = names(&sent["include"]).iter().find(|name| name.contains('*')) {
        let is_a_name = words.starts_with(&format!("class {pattern} doesn't exist"));
        return (status == 200 || is_a_name).then_some((Feature::Wildcards, !is_a_name));
    }
    let path = cleaned(sent["config"]["Path"].as_str().filter(|_| status == 200)?);
    // The top of a bucket is a part of every place in it.
    let place = Some(path.trim_start_matches('/')).filter(|place| !place.is_empty())?;
    Some((Feature::Location, got["path"].as_str()?.contains(place)))
}

/// A tenant that a `do` of an event made active after a restore.
fn activated(exchange: &Value) -> Option<&str> {
    let actions = exchange["do"].as_array()?;
    actions.iter().find_map(|action| action["set_tenant"]["tenant"].as_str())
}

#[test]
fn the_table_says_of_each_recorded_server_what_it_showed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/recordings");
    let mut seen: BTreeMap<(String, String), (usize, bool)> = BTreeMap::new();
    for folder in std::fs::read_dir(root).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let recording: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
            let text = recording["given"]["version"].as_str().unwrap_or(recording["weaviate"].as_str().unwrap());
            let version = Version::parse(text);
            assert!(version.is_some(), "{text}");
            let (mut restored, mut tenant) = (false, None);
            for exchange in recording["exchanges"].as_array().unwrap() {
                restored |= exchange["request"]["path"].as_str().is_some_and(|path| path.ends_with("/restore"));
                tenant = activated(exchange).filter(|_| restored).or(tenant);
                let Some((feature, has)) = shown(exchange, tenant) else { continue };
                assert_eq!(supports(version, feature).is_ok(), has, "{feature:?} of {text}: {exchange}");
                let counted = seen.entry((format!("{feature:?}"), text.to_owned())).or_insert((0, has));
                counted.0 += 1;
            }
        }
    }
    for ((feature, version), (count, has)) in &seen {
        println!("{feature:20} {version:8} {} ({count} answers)", if *has { "has" } else { "lacks" });
    }
    // Every feature was shown by some server, and by one that lacks it where such a server was recorded.
    let shown = |feature: Feature, has| {
        seen.iter().any(|((name, _), (_, found))| *name == format!("{feature:?}") && *found == has)
    };
    for feature in [
        Feature::List,
        Feature::CancelRestore,
        Feature::ZstdCompression,
        Feature::Wildcards,
        Feature::IncrementalBase,
        Feature::InactiveTenants,
        Feature::IncludeRoles,
    ] {
        assert!(shown(feature, true) && shown(feature, false), "{feature:?}");
    }
    for feature in [Feature::CancelCreate, Feature::Location, Feature::UserAndRoleOptions, Feature::IncludeUsers] {
        assert!(shown(feature, true), "{feature:?}");
    }
    assert!(shown(Feature::OverwriteAlias, false));
}
