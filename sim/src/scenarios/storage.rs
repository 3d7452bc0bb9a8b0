//! The scenarios in which it matters where the backups lie.

use super::{DAY, HOUR, MINUTE, collections, dated};
use crate::engine::timestamp;
use crate::state::{Backend, Collection, S3, State};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::status::Status;

/// What was lost: name and objects. The shop first, then the knowledge base, then what staff work with.
const LOST: [(&str, u64); 37] = [
    ("Product", 184_377),
    ("ProductVariant", 611_204),
    ("ProductImage", 902_118),
    ("ProductReview", 5_902_114),
    ("ProductQuestion", 77_340),
    ("Category", 1_912),
    ("Brand", 2_806),
    ("Supplier", 913),
    ("PriceList", 48_220),
    ("Promotion", 640),
    ("Order", 3_110_472),
    ("OrderLine", 9_884_031),
    ("Invoice", 2_970_588),
    ("InvoiceLine", 9_551_048),
    ("Shipment", 2_804_915),
    ("Return", 193_006),
    ("Refund", 150_771),
    ("Payment", 3_054_219),
    ("Voucher", 22_400),
    ("StoreLocation", 318),
    ("Article", 412_806),
    ("ArticleDraft", 9_114),
    ("Author", 38_220),
    ("FaqEntry", 5_377),
    ("Glossary", 1_040),
    ("HowTo", 3_615),
    ("KbChunk", 2_704_390),
    ("KbPage", 88_102),
    ("Manual", 12_903),
    ("ReleaseNote", 2_271),
    ("SupportTicket", 731_092),
    ("TicketComment", 4_018_377),
    ("ChatTranscript", 1_266_540),
    ("CallSummary", 340_018),
    ("EmailThread", 3_880_126),
    ("ContractClause", 1_204_551),
    ("ContractParty", 61_903),
];
/// The multi-tenant ones, with their objects.
const LOST_OF_TENANTS: [(&str, u64); 3] =
    [("CustomerProfile", 940_000), ("Mailbox", 801_000), ("SearchHistory", 6_200_000)];
/// Name, status and share of the objects in percent.
const TENANTS: [(&str, &str, u64); 4] = [("at", "HOT", 21), ("ch", "HOT", 12), ("de", "HOT", 60), ("li", "COLD", 7)];

/// What somebody has imported anew since, with the objects it has got so far.
const ANEW: [(&str, u64); 3] = [("Article", 1_207), ("Category", 1_898), ("Product", 20_000)];

/// Only S3, with another bucket beside its own. `nodes`: how many.
pub(super) fn s3(now_millis: u64, nodes: usize) -> State {
    let nodes = (1..=nodes).map(|number| format!("node{number}")).collect();
    let s3 = S3 { root: "prod".to_owned(), other_buckets: vec!["dr-backups".to_owned()], ..S3::default() };
    let mut state = State { nodes, backups_path: None, s3: Some(s3), collections: collections(), ..State::default() };
    for collection in &mut state.collections {
        collection.shards = state.nodes.len();
    }
    let names: Vec<String> = state.collections.iter().map(|collection| collection.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ended = [Status::Success, Status::Success, Status::Failed, Status::Success];
    for (days, status) in [3, 2, 1, 0].into_iter().zip(ended) {
        let started = now_millis.saturating_sub(days * DAY + 3 * HOUR);
        let failed = status == Status::Failed;
        let backup = state.add_backup(&dated("nightly", started), status, &names, started);
        backup.completed_at = timestamp(started + 13 * MINUTE + 2_000);
        backup.error = failed.then(|| "put object: context deadline exceeded".to_owned());
    }
    let elsewhere = Location::new("dr-backups", "weaviate/quarterly");
    let started = now_millis.saturating_sub(40 * DAY);
    let kept = state.add_backup_at(Backend::S3, &elsewhere, "quarter-end", Status::Success, &names, started);
    kept.completed_at = timestamp(started + 51 * MINUTE);
    state
}

/// A server set up anew after the old one was lost.
pub(super) fn rescue(now_millis: u64) -> State {
    let s3 = S3 { root: "prod".to_owned(), ..S3::default() };
    let single = LOST.iter().map(|&(name, objects)| Collection::new(name, objects));
    let shared = LOST_OF_TENANTS.iter().map(|&(name, objects)| {
        Collection::with_tenants(name, &TENANTS.map(|(tenant, status, share)| (tenant, status, objects * share / 100)))
    });
    let mut state = State { s3: Some(s3), collections: single.chain(shared).collect(), ..State::default() };
    let names: Vec<String> = state.collections.iter().map(|collection| collection.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // The one on the node's own disk came over with it, and is a night older.
    for (backend, hours) in [(Backend::Filesystem, 27), (Backend::S3, 3)] {
        let started = now_millis.saturating_sub(hours * HOUR);
        let nightly = state.add_backup_at(backend, &Location::default(), "nightly", Status::Success, &names, started);
        nightly.completed_at = timestamp(started + 22 * MINUTE + 2_000);
    }
    state.collections = ANEW.iter().map(|&(name, objects)| Collection::new(name, objects)).collect();
    state
}
