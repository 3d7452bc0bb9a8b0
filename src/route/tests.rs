use proptest::prelude::*;

use super::*;

fn key(kind: Kind) -> OperationKey {
    OperationKey {
        connection: ConnectionId("prod-eu".into()),
        kind,
        backend: "s3".into(),
        location: Location::default(),
        id: "nightly-1".into(),
    }
}

#[test]
fn every_place_has_a_readable_address() {
    let connection = ConnectionId("prod-eu".into());
    let view = ListView { search: "night ly".into(), status: StatusFilter::NotFinished, ..ListView::default() };
    let at = |bucket, path| OperationKey { location: Location::new(bucket, path), ..key(Kind::Create) };
    for (route, hash) in [
        (Route::Connections, "#/connections"),
        (Route::Settings, "#/settings"),
        (Route::backups(connection.clone()), "#/c/prod-eu/backups"),
        (
            Route::Backups { connection: connection.clone(), view },
            "#/c/prod-eu/backups?q=night%20ly&status=not-finished",
        ),
        (Route::Create { connection: connection.clone(), to: None }, "#/c/prod-eu/create"),
        (
            Route::Create { connection, to: Some(Target { backend: "s3".into(), location: Location::new("b", "") }) },
            "#/c/prod-eu/create?backend=s3&bucket=b",
        ),
        (Route::Operation(key(Kind::Create)), "#/c/prod-eu/backups/s3/nightly-1"),
        (Route::Operation(key(Kind::Restore)), "#/c/prod-eu/backups/s3/nightly-1/restore"),
        (Route::Operation(at("b", "teams/a")), "#/c/prod-eu/backups/s3/nightly-1?bucket=b&path=teams%2Fa"),
        (
            Route::Restore { backup: key(Kind::Create), only: vec!["A".into(), "B".into()] },
            "#/c/prod-eu/backups/s3/nightly-1/restore/new?only=A&only=B",
        ),
    ] {
        assert_eq!(route.hash(), hash);
        assert_eq!(Route::parse(hash), route);
    }
}

#[test]
fn an_empty_hash_is_the_start_and_a_foreign_one_is_kept() {
    for start in ["", "#", "#/"] {
        assert_eq!(Route::parse(start), Route::Connections);
    }
    for foreign in ["#/c/x", "#/backups/../..", "#/c/%zz/backups", "#wbg_style=display-none"] {
        assert_eq!(Route::parse(foreign), Route::Unknown(foreign.to_owned()));
    }
}

#[test]
fn a_name_without_letters_preselects_nothing() {
    let route = Route::parse("#/c/prod-eu/backups/s3/nightly-1/restore/new?only=&only=A&only");
    assert_eq!(route, Route::Restore { backup: key(Kind::Create), only: vec!["A".into()] });
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,20}".prop_filter("steps and blanks are no names", |text| text.trim() == text)
}

prop_compose! {
    fn keys(kind: Kind)(connection in text(), backend in text(), id in text(), bucket in "\\PC{0,8}", path in "\\PC{0,8}") -> OperationKey {
        OperationKey { connection: ConnectionId(connection), kind, backend, location: Location::new(&bucket, &path), id }
    }
}

fn routes() -> impl Strategy<Value = Route> {
    prop_oneof![
        keys(Kind::Create).prop_map(Route::Operation),
        keys(Kind::Restore).prop_map(Route::Operation),
        (keys(Kind::Create), prop::collection::vec(text(), 0..4))
            .prop_map(|(backup, only)| Route::Restore { backup, only }),
        (text(), "\\PC{0,10}", 0usize..5, prop::option::of(text()), 0usize..7, any::<bool>()).prop_map(
            |(connection, search, status, backend, sort, ascending)| Route::Backups {
                connection: ConnectionId(connection),
                view: ListView {
                    search,
                    status: StatusFilter::ALL[status],
                    backend,
                    sort: SortKey::ALL[sort],
                    ascending
                },
            }
        ),
        (text(), text(), text(), text()).prop_map(|(connection, backend, bucket, path)| {
            let to = (!backend.is_empty()).then(|| Target { backend, location: Location::new(&bucket, &path) });
            Route::Create { connection: ConnectionId(connection), to }
        }),
    ]
}

proptest! {
    #[test]
    fn routes_round_trip(route in routes()) {
        prop_assert_eq!(Route::parse(&route.hash()), route);
    }

    #[test]
    fn any_hash_is_read_without_panic(hash in "\\PC{0,60}") {
        Route::parse(&hash);
    }
}
