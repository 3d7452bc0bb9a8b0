//! What a line of versions lacks, or answers differently: a table of facts. Each is told by a recording or by the behaviour
//! notes (7); the few that no recording shows were read in the source of that version.

use weaviate_backups::domain::version::Version;

/// The facts of one line. Without a remark `true` means that the server has it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a row of a table of facts")]
pub struct Profile {
    /// The version that the facts were seen on. They are taken to hold until the next line.
    pub since: Version,
    /// The long value of `Access-Control-Allow-Headers`.
    pub allowed_headers: &'static str,
    /// `GET /v1/users/own-info`.
    pub own_info: bool,
    /// `/v1/aliases`.
    pub aliases: bool,
    /// `numberOfReplicas`, `replicationFactor` and `asyncReplicationStatus` of a shard in `/v1/nodes`.
    pub shard_replicas: bool,
    /// `operationalMode` of a node.
    pub operational_mode: bool,
    /// The list; without it every backend is answered 500 `not implemented`.
    pub lists: bool,
    /// The list refuses a missing module with 500 and the bare words, and not with 422 and the usual ones.
    pub list_refuses_barely: bool,
    /// `startedAt` and `completedAt` of a status.
    pub status_times: bool,
    /// `size` of a status.
    pub status_size: bool,
    /// `incremental_base_backup_id` in list and status, for root users.
    pub shows_base: bool,
    /// The list and the two statuses ask for the permission on each collection.
    pub checks_reads: bool,
    /// The levels of zstd, and `NoCompression`.
    pub zstd: bool,
    /// Wildcards in `include` and `exclude`; without them a pattern is a name that does not exist.
    pub wildcards: bool,
    /// Whether a refusal for an empty selection names the collections there are.
    pub names_choices: bool,
    /// `incremental_base_backup_id`; without it the member is ignored like any unknown one.
    pub incremental: bool,
    pub include_users: bool,
    pub include_roles: bool,
    /// COLD tenants are part of a backup with their objects.
    pub inactive_tenants: bool,
    /// `DELETE .../restore`, and the words TRANSFERRING and FINALIZING; without it a restore is STARTED until its end.
    pub cancels_restores: bool,
    /// `error when trying to restore class: ` before the reason of a collection.
    pub tells_what_failed: bool,
    /// A restore is refused a collection whose name differs in case only from another's, or is an alias.
    pub refuses_similar: bool,
    /// Why a descriptor of another backup may lie where it was found, and what to do.
    pub explains_wrong_descriptor: bool,
    /// `nodes=map[...], nodeMapping=map[...]` after a name that cannot be resolved.
    pub resolve_maps: bool,
    /// `{"node1" "10.0.0.1:7947"}` for a node that refuses, where others say `"node1"`.
    pub names_addresses: bool,
    /// The status of what the coordinator is refused by a node or by the bucket.
    pub coordinator_refused: u16,
    /// The status of a malformed id in the two cancels.
    pub cancel_bad_id: u16,
    /// The status of a restore's status on a backend that is not enabled.
    pub restore_no_module: u16,
    /// The status when a descriptor is there and cannot be read.
    pub unreadable: u16,
    /// A create asks the leader whether a collection is being indexed anew. Seen on this line only.
    pub asks_for_reindex: bool,
    /// One more empty field in the memory of the coordinator that leaks into the 404 texts.
    pub wide_memory: bool,
}

const V1_27_27: Profile = Profile {
    since: Version::new(1, 27, 27),
    allowed_headers: include_str!("data/cors_allow_headers_1.27.txt"),
    own_info: false,
    aliases: false,
    shard_replicas: false,
    operational_mode: false,
    lists: false,
    list_refuses_barely: true,
    status_times: false,
    status_size: false,
    shows_base: false,
    checks_reads: false,
    zstd: false,
    wildcards: false,
    names_choices: false,
    incremental: false,
    include_users: false,
    include_roles: false,
    inactive_tenants: false,
    cancels_restores: false,
    tells_what_failed: false,
    refuses_similar: false,
    explains_wrong_descriptor: false,
    resolve_maps: false,
    names_addresses: true,
    coordinator_refused: 422,
    cancel_bad_id: 500,
    restore_no_module: 422,
    unreadable: 404,
    asks_for_reindex: false,
    wide_memory: false,
};

const V1_30_10: Profile = Profile {
    since: Version::new(1, 30, 10),
    allowed_headers: include_str!("data/cors_allow_headers_1.30.txt"),
    own_info: true,
    ..V1_27_27
};

const V1_32_27: Profile = Profile {
    since: Version::new(1, 32, 27),
    aliases: true,
    shard_replicas: true,
    lists: true,
    status_times: true,
    zstd: true,
    tells_what_failed: true,
    resolve_maps: true,
    names_addresses: false,
    ..V1_30_10
};

const V1_36_18: Profile = Profile {
    since: Version::new(1, 36, 18),
    allowed_headers: include_str!("data/cors_allow_headers_1.36.txt"),
    operational_mode: true,
    status_size: true,
    wildcards: true,
    names_choices: true,
    incremental: true,
    inactive_tenants: true,
    cancels_restores: true,
    ..V1_32_27
};

const V1_38_11: Profile = Profile {
    since: Version::new(1, 38, 11),
    allowed_headers: include_str!("data/cors_allow_headers.txt"),
    list_refuses_barely: false,
    shows_base: true,
    checks_reads: true,
    include_users: true,
    include_roles: true,
    refuses_similar: true,
    explains_wrong_descriptor: true,
    coordinator_refused: 500,
    cancel_bad_id: 422,
    restore_no_module: 500,
    unreadable: 500,
    wide_memory: true,
    ..V1_36_18
};

/// Older by date than 1.38.11, which has what was added to it since.
const V1_39_0: Profile = Profile {
    since: Version::new(1, 39, 0),
    include_roles: false,
    asks_for_reindex: true,
    wide_memory: false,
    ..V1_38_11
};

/// Newest first.
const PROFILES: [Profile; 6] = [V1_39_0, V1_38_11, V1_36_18, V1_32_27, V1_30_10, V1_27_27];

impl Profile {
    /// The newest line that is not newer than this version; the oldest for what is older, the newest for what is no
    /// version.
    pub fn of(version: &str) -> &'static Self {
        let [newest, .., oldest] = &PROFILES;
        Version::parse(version)
            .map_or(newest, |version| PROFILES.iter().find(|profile| profile.since <= version).unwrap_or(oldest))
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_version_has_the_facts_of_the_line_before_it() {
        for (version, line) in [
            ("1.20.0", "1.27.27"),
            ("1.27.27", "1.27.27"),
            ("1.31.5", "1.30.10"),
            ("1.36.19", "1.36.18"),
            ("1.39.0", "1.39.0"),
            ("1.40.0-dev", "1.39.0"),
            ("main", "1.39.0"),
        ] {
            assert_eq!(Profile::of(version).since.to_string(), line, "{version}");
        }
    }
}
