//! What may differ between two answers, as `tests/recordings/README.md` lists it: each exemption has a name, and is
//! counted where it excuses a difference.

use crate::endpoint::Endpoint;

/// How two values at one place may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Value,
    /// Unless one of them is the zero time.
    Time,
    /// One of them may be missing.
    Presence,
    /// The elements of an array, as a set.
    Order,
    /// The order of an array, before 1.38.
    OrderBefore138,
    /// Unless the shard is a tenant, whose name it then is.
    ShardName,
    /// Any node that stands in the answer.
    ANode,
    /// `Leader` or `Follower`; that exactly one leads is checked apart.
    RaftState,
}

/// An exemption for one member.
pub(crate) struct MemberRule {
    pub(crate) name: &'static str,
    pub(crate) on: &'static [Endpoint],
    /// With `[*]` for the place in an array.
    pub(crate) paths: &'static [&'static str],
    pub(crate) how: How,
}

use Endpoint::{Aliases, Create, CreateStatus, List, Meta, Nodes, OwnInfo, Restore, Schema, Statistics, Tenants};

pub(crate) const MEMBERS: [MemberRule; 22] = [
    MemberRule { name: "order of classes", on: &[Create, Restore], paths: &["classes"], how: How::Order },
    MemberRule { name: "order of classes in the list", on: &[List], paths: &["[*].classes"], how: How::Order },
    MemberRule {
        name: "startedAt, completedAt",
        on: &[CreateStatus, List],
        paths: &["startedAt", "completedAt", "[*].startedAt", "[*].completedAt"],
        how: How::Time,
    },
    MemberRule { name: "size", on: &[CreateStatus, List], paths: &["size", "[*].size"], how: How::Value },
    MemberRule { name: "hostname", on: &[Meta], paths: &["hostname"], how: How::Value },
    MemberRule {
        name: "batchStats",
        on: &[Nodes],
        paths: &["nodes[*].batchStats.queueLength", "nodes[*].batchStats.ratePerSecond"],
        how: How::Value,
    },
    MemberRule { name: "gitHash", on: &[Nodes], paths: &["nodes[*].gitHash"], how: How::Presence },
    MemberRule {
        name: "objectCount",
        on: &[Nodes],
        paths: &["nodes[*].stats.objectCount", "nodes[*].shards[*].objectCount"],
        how: How::Value,
    },
    MemberRule { name: "name of a shard", on: &[Nodes], paths: &["nodes[*].shards[*].name"], how: How::ShardName },
    MemberRule { name: "loaded", on: &[Nodes], paths: &["nodes[*].shards[*].loaded"], how: How::Value },
    MemberRule {
        name: "vectorQueueLength",
        on: &[Nodes],
        paths: &["nodes[*].shards[*].vectorQueueLength"],
        how: How::Value,
    },
    MemberRule {
        name: "asyncReplicationStatus",
        on: &[Nodes],
        paths: &["nodes[*].shards[*].asyncReplicationStatus"],
        how: How::Value,
    },
    MemberRule {
        name: "order of shards before 1.38",
        on: &[Nodes],
        paths: &["nodes[*].shards"],
        how: How::OrderBefore138,
    },
    MemberRule {
        name: "raft indexes",
        on: &[Statistics],
        paths: &[
            "statistics[*].raft.appliedIndex",
            "statistics[*].raft.commitIndex",
            "statistics[*].raft.lastLogIndex",
            "statistics[*].raft.lastLogTerm",
            "statistics[*].raft.term",
            "statistics[*].raft.lastContact",
            "statistics[*].raft.lastSnapshotIndex",
            "statistics[*].raft.lastSnapshotTerm",
            "statistics[*].raft.latestConfigurationIndex",
            "statistics[*].raft.fsmPending",
        ],
        how: How::Value,
    },
    MemberRule {
        name: "bootstrapped, initialLastAppliedIndex",
        on: &[Statistics],
        paths: &["statistics[*].bootstrapped", "statistics[*].initialLastAppliedIndex"],
        how: How::Presence,
    },
    MemberRule {
        name: "which node leads",
        on: &[Statistics],
        paths: &["statistics[*].leaderId", "statistics[*].leaderAddress"],
        how: How::ANode,
    },
    MemberRule {
        name: "which node leads: state",
        on: &[Statistics],
        paths: &["statistics[*].raft.state"],
        how: How::RaftState,
    },
    MemberRule {
        name: "order of latestConfiguration",
        on: &[Statistics],
        paths: &["statistics[*].raft.latestConfiguration"],
        how: How::Order,
    },
    MemberRule { name: "order of the schema", on: &[Schema], paths: &["classes"], how: How::Order },
    MemberRule { name: "order of tenants", on: &[Tenants], paths: &[""], how: How::Order },
    MemberRule { name: "order of aliases", on: &[Aliases], paths: &["aliases"], how: How::Order },
    MemberRule {
        name: "order of roles and permissions",
        on: &[OwnInfo],
        paths: &["roles", "roles[*].permissions"],
        how: How::Order,
    },
];

/// How the matched part of a text may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Any,
    /// The words in its brackets, which this character parts.
    Words(char),
    /// `"Name": text` parts, one after the other.
    Failures,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum In {
    /// An error, by the statuses of its answer.
    Error(&'static [u64]),
    /// The `error` of a status.
    StatusOf(Endpoint),
}

/// An exemption for a part of a text: the first group of the pattern.
pub(crate) struct TextRule {
    pub(crate) name: &'static str,
    pub(crate) within: In,
    /// The text must hold this on both sides.
    pub(crate) about: &'static str,
    pub(crate) pattern: &'static str,
    pub(crate) part: Part,
}

pub(crate) const TEXTS: [TextRule; 12] = [
    TextRule {
        name: "memory address",
        within: In::Error(&[422, 500]),
        about: "cannot resolve hostname",
        pattern: "(0x[0-9a-f]+)",
        part: Part::Any,
    },
    TextRule {
        name: "which missing node is named",
        within: In::Error(&[422, 500]),
        about: "cannot resolve hostname",
        // Of a backup of several nodes only.
        pattern: r#"hostname for ("[^"]+"), nodes=map\[[^ \]]+ "#,
        part: Part::Any,
    },
    TextRule {
        name: "which refusing node is named",
        within: In::Error(&[422, 500]),
        about: "cannot commit",
        pattern: r#"^node ("[^"]+")"#,
        part: Part::Any,
    },
    TextRule {
        name: "start of the last operation",
        within: In::Error(&[404, 500]),
        about: "coordinator cannot get status",
        pattern: r"store: \{(2\d{3}-\d\d-\d\d [\d:.]+ \+0000 UTC)",
        part: Part::Any,
    },
    TextRule {
        name: "order of what a backup has",
        within: In::Error(&[422]),
        about: "doesn't exist in the backup, but does have",
        pattern: r"(\[[A-Za-z0-9_ ]*\])",
        part: Part::Words(' '),
    },
    TextRule {
        name: "order of what to choose from",
        within: In::Error(&[422]),
        about: "please choose from : ",
        pattern: r"(\[[A-Za-z0-9_ ]*\])",
        part: Part::Words(' '),
    },
    TextRule {
        name: "order of what is not permitted",
        within: In::Error(&[403]),
        about: "permissions to C ",
        pattern: r"(\[backups/collections/[^\]]*\])",
        part: Part::Words(' '),
    },
    TextRule {
        name: "which forbidden collection is named",
        within: In::Error(&[403]),
        about: "_backups ",
        pattern: r"(?:read|delete)_backups \[\[Domain: backups,(Collection: [A-Za-z0-9_]+)",
        part: Part::Any,
    },
    TextRule {
        name: "order of methods",
        within: In::Error(&[405]),
        about: " is not allowed, but ",
        pattern: r"but (\[[A-Z,]+\]) are",
        part: Part::Words(','),
    },
    TextRule {
        name: "where the abort caught the node",
        within: In::StatusOf(CreateStatus),
        about: "context canceled",
        pattern: "(.*context canceled.*)",
        part: Part::Any,
    },
    TextRule {
        name: "order of failed collections",
        within: In::StatusOf(Endpoint::RestoreStatus),
        about: "could not restore classes: ",
        pattern: r#"could not restore classes: (\["[^\]]*\])"#,
        part: Part::Failures,
    },
    TextRule {
        name: "when a token expired",
        within: In::Error(&[401]),
        about: "oidc: token is expired",
        pattern: r"Token Expiry: ([^)]*)",
        part: Part::Any,
    },
];
