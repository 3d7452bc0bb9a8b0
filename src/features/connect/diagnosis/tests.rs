use weaviate_backups::api::call::Call;
use weaviate_backups::domain::backend::Backend;
use weaviate_backups::domain::operation::ConnectionId;

use super::*;

fn url(text: &str) -> ServerUrl {
    ServerUrl::parse(text).unwrap()
}

fn error(kind: ErrorKind, http_status: Option<u16>, words: &str) -> ApiError {
    let messages = if words.is_empty() { Vec::new() } else { vec![words.to_owned()] };
    ApiError { connection: ConnectionId("c".into()), call: Call::Meta, kind, messages, http_status, excerpt: None }
}

fn meta(backends: &[&str]) -> MetaFacts {
    let backend = |name: &&str| Backend { name: (*name).into(), place: None, error: None };
    MetaFacts { version_text: "1.39.0".into(), version: None, backends: backends.iter().map(backend).collect() }
}

fn observed(discovery: Result<Discovery, ApiError>) -> Observed {
    Observed {
        discovery,
        answered_unread: None,
        meta: None,
        page: PageFacts { origin: "https://ops.example.com".into(), is_online: true, ..PageFacts::default() },
        key_was_sent: false,
        at: 0,
    }
}

fn unreachable() -> Observed {
    observed(Err(error(ErrorKind::Unreachable, None, "")))
}

fn cause(address: &str, observed: &Observed) -> Cause {
    diagnose(&url(address), observed).unwrap_err()
}

const REMOTE: &str = "http://weaviate.example.com:8080";

#[test]
fn a_server_with_a_backend_is_opened() {
    let seen = Observed { meta: Some(Ok(meta(&["s3"]))), ..observed(Ok(Discovery::NoOidc)) };
    assert_eq!(diagnose(&url(REMOTE), &seen), Ok(meta(&["s3"])));
    let seen = Observed { meta: Some(Ok(meta(&[]))), ..seen };
    assert_eq!(cause(REMOTE, &seen), Cause::NoBackupModule);
}

#[test]
fn an_unreadable_answer_is_told_apart_by_what_the_page_knows() {
    let seen = unreachable();
    assert_eq!(cause(REMOTE, &seen), Cause::NotReachable);
    let with = |change: fn(&mut Observed)| {
        let mut seen = unreachable();
        change(&mut seen);
        seen
    };
    assert_eq!(cause(REMOTE, &with(|seen| seen.answered_unread = Some(44))), Cause::Cors { only_with_key: false });
    assert_eq!(cause(REMOTE, &with(|seen| seen.page.is_online = false)), Cause::Offline);
    assert_eq!(cause(REMOTE, &with(|seen| seen.page.is_https = true)), Cause::MixedContent);
    assert_eq!(cause("http://localhost:8080", &with(|seen| seen.page.is_https = true)), Cause::NotReachable);
    assert_eq!(cause(REMOTE, &with(|seen| seen.page.policy_blocked = true)), Cause::PagePolicy);
    let denied = with(|seen| seen.page.local_network = LocalNetwork::Denied);
    assert_eq!(cause("http://10.0.0.3:8080", &denied), Cause::LocalNetworkDenied);
    assert_eq!(cause("http://localhost:8080", &denied), Cause::LocalNetworkDenied);
    assert_eq!(cause(REMOTE, &denied), Cause::NotReachable);
}

#[test]
fn an_https_page_may_call_what_is_plainly_local_where_a_permission_guards_it() {
    let seen = |local_network| Observed {
        page: PageFacts { is_https: true, local_network, ..unreachable().page },
        ..unreachable()
    };
    let literal = "http://10.0.0.3:8080";
    assert_eq!(cause(literal, &seen(LocalNetwork::NotGuarded)), Cause::MixedContent);
    assert_eq!(cause(literal, &seen(LocalNetwork::NotDenied)), Cause::NotReachable);
    assert_eq!(cause(literal, &seen(LocalNetwork::Denied)), Cause::LocalNetworkDenied);
    // A name that only may be local is stopped before it is looked up.
    assert_eq!(cause("http://weaviate.internal:8080", &seen(LocalNetwork::Denied)), Cause::MixedContent);
    // Another browser with such a permission need not know the exception.
    let ruled_out = ruled_out(&url(literal), &seen(LocalNetwork::NotDenied));
    assert!(!ruled_out.contains(&RuledOut::MixedContent) && ruled_out.contains(&RuledOut::LocalNetwork));
}

#[test]
fn that_an_https_page_calls_http_is_not_ruled_out_on_the_own_machine_where_webkit_makes_no_exception() {
    let seen = |is_https| Observed { page: PageFacts { is_https, ..unreachable().page }, ..unreachable() };
    let own_machine = "http://127.0.0.1:8080";
    assert_eq!(cause(own_machine, &seen(true)), Cause::NotReachable);
    assert!(!ruled_out(&url(own_machine), &seen(true)).contains(&RuledOut::MixedContent));
    assert!(ruled_out(&url(own_machine), &seen(false)).contains(&RuledOut::MixedContent));
    assert!(ruled_out(&url("https://127.0.0.1:8080"), &seen(true)).contains(&RuledOut::MixedContent));
}

#[test]
fn the_permission_of_the_address_counts_before_the_one_of_older_browsers() {
    assert_eq!(LocalNetwork::permissions(&url("http://127.0.0.1:8080"))[0], "loopback-network");
    assert_eq!(LocalNetwork::permissions(&url("http://10.0.0.3:8080"))[0], "local-network");
    assert_eq!(LocalNetwork::of_states([]), LocalNetwork::NotGuarded);
    assert_eq!(LocalNetwork::of_states(["prompt", "prompt"]), LocalNetwork::NotDenied);
    assert_eq!(LocalNetwork::of_states(["prompt", "denied"]), LocalNetwork::Denied);
    assert_eq!(LocalNetwork::of_states(["denied", "prompt"]), LocalNetwork::Denied);
    assert_eq!(LocalNetwork::of_states(["granted", "denied"]), LocalNetwork::NotDenied);
}

#[test]
fn a_key_that_only_the_preflight_refuses_is_a_matter_of_cors() {
    let seen = Observed {
        meta: Some(Err(error(ErrorKind::Unreachable, None, ""))),
        key_was_sent: true,
        ..observed(Ok(Discovery::NoOidc))
    };
    assert_eq!(cause(REMOTE, &seen), Cause::Cors { only_with_key: true });
}

#[test]
fn the_three_401_say_which_they_are() {
    let seen = |words: &str, key_was_sent| Observed {
        meta: Some(Err(error(ErrorKind::NotSignedIn, Some(401), words))),
        key_was_sent,
        ..observed(Ok(Discovery::NoOidc))
    };
    let gate =
        "anonymous access not enabled. Please authenticate through one of the available methods: [API-keys, OIDC]";
    assert_eq!(cause(REMOTE, &seen(gate, false)), Cause::KeyNeeded { schemes: vec!["API-keys".into(), "OIDC".into()] });
    assert_eq!(cause(REMOTE, &seen("unauthorized: invalid api key", true)), Cause::WrongKey);
    let open = "no authentication scheme is configured (API Key or OIDC), but an 'Authorization' header was provided.";
    assert_eq!(cause(REMOTE, &seen(open, true)), Cause::KeyNotWanted);
}

#[test]
fn a_sign_in_page_and_a_foreign_server_are_named() {
    assert_eq!(cause(REMOTE, &observed(Err(error(ErrorKind::Redirected, None, "")))), Cause::RedirectToSignIn);
    let html = ApiError { excerpt: Some("<html>".into()), ..error(ErrorKind::NotJson, Some(200), "") };
    let foreign = Cause::NotWeaviate { http_status: Some(200), excerpt: Some("<html>".into()) };
    assert_eq!(cause(REMOTE, &observed(Err(html))), foreign);
}

#[test]
fn what_answered_unread_rules_out_name_port_and_certificate() {
    let seen = Observed { answered_unread: Some(44), ..unreachable() };
    let ruled_out = ruled_out(&url("https://weaviate.example.com"), &seen);
    assert!(ruled_out.contains(&RuledOut::NameAndPort) && ruled_out.contains(&RuledOut::Certificate));
    assert!(ruled_out.contains(&RuledOut::KeyNotSent));
}
