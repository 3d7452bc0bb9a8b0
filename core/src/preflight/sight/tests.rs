use super::*;
use crate::poll::clock::WallMillis;

fn known(json: &str) -> Fact<OwnInfo> {
    Fact::Known { at: WallMillis(1), value: crate::api::json::read(json).unwrap() }
}

#[test]
fn who_has_roles_but_none_that_sees_all_may_miss_something() {
    assert_eq!(sight(&known(r#"{"username":"bob","roles":[{"name":"editor"}]}"#)), Sight::MayBePartial);
    assert_eq!(sight(&known(r#"{"username":"bob","roles":[]}"#)), Sight::MayBePartial);
    assert_eq!(sight(&known(r#"{"username":"bob","roles":[{"name":"editor"},{"name":"root"}]}"#)), Sight::Full);
    assert_eq!(sight(&known(r#"{"username":"bob","groups":null,"roles":null}"#)), Sight::Full);
}

#[test]
fn roles_that_grant_every_collection_see_all() {
    let sight = |backups: &str, collections: &str| {
        let permissions = format!(
            r#"[{{"action":"manage_backups","backups":{backups}}},{{"action":"read_collections","collections":{collections}}}]"#
        );
        sight(&known(&format!(r#"{{"username":"ops","roles":[{{"name":"ops","permissions":{permissions}}}]}}"#)))
    };
    let all = r#"{"collection":"*"}"#;
    assert_eq!(sight(all, all), Sight::Full);
    assert_eq!(sight("{}", all), Sight::Full);
    assert_eq!(sight(r#"{"collection":"Product*"}"#, all), Sight::MayBePartial);
    assert_eq!(sight(all, r#"{"collection":"Product*"}"#), Sight::MayBePartial);
}

#[test]
fn an_anonymous_caller_sees_all_and_a_failure_tells_nothing() {
    let failed = |kind| Fact::Failed { at: WallMillis(1), kind, words: String::new() };
    assert_eq!(sight(&failed(ErrorKind::NotSignedIn)), Sight::Full);
    assert_eq!(sight(&failed(ErrorKind::NotFound)), Sight::Full);
    assert_eq!(sight(&failed(ErrorKind::Unreachable)), Sight::Unknown);
    assert_eq!(sight(&Fact::NotAsked), Sight::Unknown);
}
