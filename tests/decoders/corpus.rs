//! Good texts: what servers answered in the recordings, and what this console keeps.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use weaviate_backup_console::connection::{Environment, KeepKey, SavedConnection, SignIn};
use weaviate_backup_console::features::{create::model as create, restore::model as restore};
use weaviate_backup_console::route::{ListView, Route, SortKey, StatusFilter, Target};
use weaviate_backup_console::server::KnownNodes;
use weaviate_backups::api::json::Json;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};
use weaviate_backups::domain::server_url::ServerUrl;
use weaviate_backups::domain::status::Status;
use weaviate_backups::ledger::entry::{Acceptance, Before, Entry, LostPost, PriorRestore, Proof, State};
use weaviate_backups::poll::clock::WallMillis;
use weaviate_backups::preflight::nodes::Forgotten;

/// A good text, and the HTTP status it came with; 200 for what did not come from a server.
pub struct Good {
    pub status: u16,
    pub text: Vec<u8>,
}

/// By the name of the decoder that reads them.
pub type Corpus = BTreeMap<&'static str, Vec<Good>>;

pub fn corpus() -> Corpus {
    let mut corpus = Corpus::new();
    for file in recordings() {
        let recording: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for exchange in recording["exchanges"].as_array().unwrap() {
            let (request, response) = (&exchange["request"], &exchange["response"]);
            let (Some(method), Some(path)) = (request["method"].as_str(), request["path"].as_str()) else { continue };
            let Some((answer, asked)) = read_by(method, path) else { continue };
            let status = response["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
            let text = match &response["body"] {
                Value::String(text) => text.clone().into_bytes(),
                body => body.to_string().into_bytes(),
            };
            corpus.entry(answer).or_default().push(Good { status, text });
            if let Some(asked) = asked.filter(|_| request["body"].is_object()) {
                let text = request["body"].to_string().into_bytes();
                corpus.entry(asked).or_default().push(Good { status: 200, text });
            }
        }
    }
    let kept =
        |texts: Vec<String>| texts.into_iter().map(|text| Good { status: 200, text: text.into_bytes() }).collect();
    corpus.insert("ledger entry", kept(entries().iter().map(Entry::to_text).collect()));
    corpus.insert("saved connection", kept(connections()));
    corpus.insert("known nodes", kept(vec![known_nodes()]));
    corpus.insert("half-filled create", kept(vec![create_form()]));
    corpus.insert("half-filled restore", kept(vec![restore_form()]));
    corpus.insert("link", kept(links().iter().map(Route::hash).collect()));
    let texts = |texts: &[&str]| kept(texts.iter().map(|&text| text.to_owned()).collect());
    corpus.insert(
        "words of a failed restore",
        texts(&[
            r#"could not restore classes: ["Article": error when trying to restore class: class name Article already exists]"#,
            r#"could not restore classes: ["ARTICLE": class already exists: found similar class "Article" "Author": no module with name "x" present]"#,
        ]),
    );
    corpus
        .insert("time", texts(&["2026-08-20T17:25:14.123Z", "0001-01-01T00:00:00.000Z", "2026-08-20T17:25:14+05:30"]));
    corpus.insert("version", texts(&["1.39.0", "v1.40.0-dev+abc", "65535.0.1"]));
    corpus
        .insert("address", texts(&["http://localhost:8080", "https://weaviate.example/prefix/v1", "http://[::1]:80"]));
    corpus.insert("pattern", texts(&["Article*", "[a-c^]?[^x]\\*", "*a*b*c"]));
    corpus.insert("percent-encoded text", texts(&["teams%2Fa", "%2E%2E", "%E4%BD%A0"]));
    corpus
}

fn recordings() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    for version in std::fs::read_dir(root).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        files.extend(std::fs::read_dir(version.path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

/// The decoder of the answer, and that of the body that was sent.
fn read_by(method: &str, path: &str) -> Option<(&'static str, Option<&'static str>)> {
    let parts: Vec<&str> = path.split('?').next()?.strip_prefix("/v1/")?.split('/').collect();
    Some(match (method, parts.as_slice()) {
        ("GET", ["backups", _]) => ("list", None),
        ("POST", ["backups", _]) => ("accepted create or restore", Some("create body")),
        ("POST", ["backups", _, _, "restore"]) => ("accepted create or restore", Some("restore body")),
        ("GET", ["backups", ..]) => ("status", None),
        ("DELETE", ["backups", ..]) => ("cancel", None),
        ("GET", ["meta"]) => ("meta", None),
        ("GET", ["nodes"]) => ("nodes", None),
        ("GET", ["cluster", "statistics"]) => ("statistics", None),
        ("GET", ["schema"]) => ("schema", None),
        ("GET", ["aliases"]) => ("aliases", None),
        ("GET", ["users", "own-info"]) => ("own-info", None),
        ("GET", [".well-known", "openid-configuration"]) => ("openid-configuration", None),
        _ => return None,
    })
}

fn key(kind: Kind, location: Location) -> OperationKey {
    OperationKey {
        connection: ConnectionId("prod".into()),
        kind,
        backend: "s3".into(),
        location,
        id: "nightly-1".into(),
    }
}

fn entries() -> Vec<Entry> {
    let at = WallMillis(1_795_600_000_000);
    let acceptance = |proof, classes| Acceptance { at, proof, classes };
    let names = || vec!["Article".to_owned(), "Author".to_owned()];
    let states = [
        State::Intended,
        State::Accepted(acceptance(Proof::Answered, Some(names()))),
        State::Accepted(acceptance(Proof::StatusChanged, None)),
        State::AnswerLost { at, why: LostPost::TimedOut },
        State::Refused { at, words: "backup \"nightly-1\" already exists".into() },
        State::NotTaken { at },
        State::IdTaken { at },
        State::CannotTell { at, landed: Some(true) },
        State::Ended {
            at,
            status: Status::Failed,
            error: Some("disk full".into()),
            acceptance: acceptance(Proof::FoundById, None),
        },
    ];
    let befores = [
        None,
        Some(Before { restore: PriorRestore::Never, present: None }),
        Some(Before { restore: PriorRestore::Unclear, present: None }),
        Some(Before {
            restore: PriorRestore::Was { status: Status::Failed, error: Some("before".into()) },
            present: Some(names()),
        }),
    ];
    let mut entries = Vec::new();
    for (number, state) in states.into_iter().enumerate() {
        for (kind, location) in [(Kind::Create, Location::default()), (Kind::Restore, Location::new("dr", "teams/a"))] {
            let body = r#"{"include":["Article","Author"]}"#.to_owned();
            let intended = Entry::intended(key(kind, location), at, body, names());
            let before = befores[number % befores.len()].clone();
            entries.push(Entry { state: state.clone(), before, id_seen_free: number % 2 == 0, ..intended });
        }
    }
    entries
}

fn connections() -> Vec<String> {
    let connection = |url: &str, sign_in, keep_key, last_version: Option<&str>| SavedConnection {
        id: ConnectionId("prod".into()),
        name: "Prod EU".into(),
        url: ServerUrl::parse(url).unwrap(),
        environment: Environment::Production,
        sign_in,
        keep_key,
        last_used: 1_795_600_000_000,
        last_version: last_version.map(str::to_owned),
    };
    [
        connection("http://localhost:8080", SignIn::None, KeepKey::InMemory, None),
        connection("https://weaviate.example/a", SignIn::ApiKey, KeepKey::InBrowser, Some("1.39.0")),
    ]
    .map(|connection| connection.to_json().to_string())
    .to_vec()
}

fn known_nodes() -> String {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let forgotten = Forgotten { name: "node3".into(), at: WallMillis(1_772_593_200_000) };
    KnownNodes { seen: names(&["node1", "node2"]), forgotten: vec![forgotten] }.to_json().to_string()
}

fn create_form() -> String {
    let form = create::Form {
        id: "nightly-1".into(),
        backend: "s3".into(),
        elsewhere: true,
        bucket: "dr".into(),
        path: "teams/a".into(),
        mode: create::Mode::Except,
        ticked: ["Article".to_owned()].into(),
        cpu: "50".into(),
        compression: "BestSpeed".into(),
    };
    form.to_json().to_string()
}

fn restore_form() -> String {
    let form = restore::Form {
        left_out: ["Article".to_owned()].into(),
        added: ["Author".to_owned()].into(),
        typed: "Article, Author".into(),
        everything: true,
        cpu: "50".into(),
        overwrite_alias: true,
    };
    form.to_json().to_string()
}

fn links() -> Vec<Route> {
    let connection = || ConnectionId("prod".into());
    vec![
        Route::Connections,
        Route::Settings,
        Route::Backups {
            connection: connection(),
            view: ListView {
                search: "night ly&=".into(),
                status: StatusFilter::NotFinished,
                backend: Some("s3".into()),
                sort: SortKey::Size,
                ascending: true,
            },
        },
        Route::Create { connection: connection(), to: None },
        Route::Create {
            connection: connection(),
            to: Some(Target { backend: "s3".into(), location: Location::new("b ucket", "teams/a") }),
        },
        Route::Operation(key(Kind::Create, Location::default())),
        Route::Operation(key(Kind::Restore, Location::new("b ucket", "teams/a"))),
        Route::Restore {
            backup: key(Kind::Create, Location::new("", "p")),
            only: vec!["Article".into(), "你好".into()],
        },
    ]
}
