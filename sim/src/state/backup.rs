//! A backup in the storage, as its descriptors tell it.

use super::{Alias, Backend, Collection, Role};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use weaviate_backups::api::json::Json;
use weaviate_backups::domain::status::Status;
use weaviate_backups::domain::timestamp::Timestamp;

/// Bytes of an empty collection and of an object, before compression, when a backup's size is made up.
const EMPTY_COLLECTION_BYTES: f64 = 65.0;
const OBJECT_BYTES: f64 = 1_850.0;

/// Reads a member whose form is that of the wire.
fn of_core<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// A backup in the storage, as its descriptors tell it.
#[derive(Clone, Debug, Deserialize)]
pub struct Backup {
    /// The directory, the `path` of the answers. It is what identifies a backup, and tells its backend.
    pub home: String,
    pub id: String,
    #[serde(deserialize_with = "of_core")]
    pub status: Status,
    pub classes: Vec<String>,
    /// `None`: the zero time.
    #[serde(default, deserialize_with = "of_core")]
    pub started_at: Option<Timestamp>,
    /// `None`: the zero time.
    #[serde(default, deserialize_with = "of_core")]
    pub completed_at: Option<Timestamp>,
    /// Before compression; `None`: the server shows none.
    pub size_gib: Option<f64>,
    /// `gzip`, `zstd` or `none`.
    pub compression: String,
    /// The id of the backup it builds upon.
    pub base: Option<String>,
    /// The nodes it was made on.
    pub nodes: Vec<String>,
    pub error: Option<String>,
    /// The stored state of the last restore; `None`: never restored.
    pub restore: Option<StoredRestore>,
    /// What a restore brings back.
    pub contents: Contents,
    #[serde(skip)]
    pub descriptor: Descriptor,
    /// The format in the descriptor; empty: the current one, 2.1.
    #[serde(skip)]
    pub format_version: String,
    /// The node's own `backup.json` is gone.
    #[serde(skip)]
    pub node_descriptor_missing: bool,
}

impl Backup {
    /// A backup that has just been begun.
    pub(crate) fn begun(
        home: String,
        id: &str,
        nodes: Vec<String>,
        started_at: Option<Timestamp>,
        contents: Contents,
    ) -> Self {
        Self {
            home,
            id: id.to_owned(),
            status: Status::Started,
            classes: contents.collections.iter().map(|collection| collection.name.clone()).collect(),
            started_at,
            completed_at: None,
            size_gib: None,
            compression: "gzip".to_owned(),
            base: None,
            nodes,
            error: None,
            restore: None,
            contents,
            descriptor: Descriptor::Good,
            format_version: String::new(),
            node_descriptor_missing: false,
        }
    }

    pub fn backend(&self) -> Backend {
        if self.home.starts_with("s3://") { Backend::S3 } else { Backend::Filesystem }
    }

    /// The last part of its home.
    pub(crate) fn directory(&self) -> &str {
        self.home.rsplit('/').next().unwrap_or_default()
    }

    /// What a reader of the descriptor finds.
    pub(crate) fn as_read(&self) -> Self {
        if self.descriptor != Descriptor::EmptyObject {
            return self.clone();
        }
        let blank = Self::begun(self.home.clone(), "", Vec::new(), None, Contents::default());
        Self { status: Status::Unknown(String::new()), ..blank }
    }
}

/// The state of a backup's `backup_config.json` (recording broken-descriptor).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Descriptor {
    #[default]
    Good,
    /// Cut in half, or empty: the whole list fails, naming it.
    Unreadable,
    /// `{}`: an empty status and zero times.
    EmptyObject,
    /// The file is gone, the data is left: the id is free.
    Missing,
}

#[derive(Clone, Debug, Deserialize)]
pub struct StoredRestore {
    #[serde(deserialize_with = "of_core")]
    pub status: Status,
    pub error: Option<String>,
    /// The selection; empty: all of the backup.
    #[serde(default)]
    pub classes: Vec<String>,
}

impl StoredRestore {
    /// The state of a restore of the whole backup.
    pub fn new(status: Status, error: Option<&str>) -> Self {
        Self { status, error: error.map(str::to_owned), classes: Vec::new() }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Contents {
    pub collections: Vec<Collection>,
    pub aliases: Vec<Alias>,
    #[serde(flatten)]
    pub access: Access,
}

/// What a backup holds of users and roles; `None`: nothing, because the server had none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Access {
    /// The dynamic users.
    pub users: Option<Vec<String>>,
    /// The custom roles.
    pub roles: Option<Vec<String>>,
    /// Users of any kind to their roles.
    pub assignments: BTreeMap<String, Vec<String>>,
    /// What the roles allow; those of a staged backup are taken to be what they are now.
    #[serde(skip)]
    pub definitions: Vec<Role>,
}

impl Contents {
    pub(crate) fn objects(&self) -> u64 {
        self.collections.iter().map(|collection| collection.objects).sum()
    }

    /// A made-up size: bytes / 2^30, never 0 (behaviour notes 1.2).
    pub fn size_gib(&self) -> f64 {
        let bytes: f64 = self
            .collections
            .iter()
            .map(|collection| EMPTY_COLLECTION_BYTES + OBJECT_BYTES * collection.objects as f64)
            .sum();
        bytes / f64::from(1 << 30)
    }
}
