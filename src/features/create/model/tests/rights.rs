//! What the roles allow, in the form.

use weaviate_backups::api::call::Call;
use weaviate_backups::preflight::finding::Source;
use weaviate_backups::preflight::rights::Lack;

use super::*;

fn with_rights(own_info: &str) -> Create {
    let mut create = ready();
    let mut server = create.server.clone();
    server.user.arrived(Ok(User::from(read_json::<OwnInfo>(own_info).unwrap())), 7);
    create.update(Event::ServerChanged(Box::new(server)));
    create
}

#[test]
fn who_may_create_nothing_is_told_the_permission_before_anything_is_sent() {
    let create = with_rights(r#"{"username":"viv","roles":[{"name":"viewer","permissions":[]}]}"#);
    assert_eq!(create.why_not(), Some(WhyNot::NotPermitted(Lack::Everything)));
    let report = create.report();
    assert_eq!(report.findings()[0].kind, Kind::NotPermitted(Lack::Everything));
    let source = Source::Call { call: Call::OwnInfo, at: Some(WallMillis(7)) };
    assert_eq!(report.findings()[0].source, source, "the finding says when the roles were read");
}

#[test]
fn collections_that_the_roles_do_not_cover_are_named_and_can_be_left_out() {
    let mut create = with_rights(
        r#"{"username":"bob","roles":[{"name":"a","permissions":[{"action":"manage_backups","backups":{"collection":"Article"}}]}]}"#,
    );
    let lacking: Vec<String> =
        create.selection().unwrap().names().iter().filter(|name| *name != "Article").cloned().collect();
    assert!(!lacking.is_empty());
    assert_eq!(create.why_not(), Some(WhyNot::NotPermitted(Lack::Of(lacking.clone()))));
    assert_eq!(create.report().findings()[0].kind, Kind::NotPermitted(Lack::Of(lacking.clone())));
    for mode in [Mode::All, Mode::Only, Mode::Except] {
        create.update(Event::ModeChosen(mode));
        create.update(Event::AllTicked(true));
        create.update(Event::LeaveOutPressed(lacking.clone()));
        assert_eq!(create.selection().unwrap().names(), ["Article"], "{mode:?}");
        assert_eq!(create.why_not(), None, "{mode:?}");
    }
}
