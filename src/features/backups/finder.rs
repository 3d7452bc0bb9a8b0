//! Open by id: what the list does not show (another bucket or path, a restore, a server that cannot list).

use weaviate_backups::domain::backend::has_buckets;
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::operation::{ConnectionId, Kind, OperationKey};

/// The form as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finder {
    /// As in URLs.
    pub backend: String,
    pub id: String,
    pub bucket: String,
    pub path: String,
    pub kind: Kind,
    /// What is missing, once it was sent.
    pub missing: Option<Missing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Backend,
    Id,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinderEvent {
    BackendChosen(String),
    IdTyped(String),
    BucketTyped(String),
    PathTyped(String),
    KindChosen(Kind),
}

impl Finder {
    /// `backends` of the server, if known: the first is proposed.
    pub fn new<'b>(mut backends: impl Iterator<Item = &'b str>) -> Self {
        Self {
            backend: backends.next().unwrap_or_default().to_owned(),
            id: String::new(),
            bucket: String::new(),
            path: String::new(),
            kind: Kind::Create,
            missing: None,
        }
    }

    pub fn update(&mut self, event: FinderEvent) {
        match event {
            FinderEvent::BackendChosen(backend) => self.backend = backend,
            FinderEvent::IdTyped(id) => self.id = id,
            FinderEvent::BucketTyped(bucket) => self.bucket = bucket,
            FinderEvent::PathTyped(path) => self.path = path,
            FinderEvent::KindChosen(kind) => self.kind = kind,
        }
        self.missing = None;
    }

    /// Whether a bucket can be named for the chosen backend.
    pub fn has_buckets(&self) -> bool {
        has_buckets(&self.backend)
    }

    /// The operation that is meant. Ids of what exists have any form, so only an empty one is refused.
    pub fn key(&self, connection: &ConnectionId) -> Result<OperationKey, Missing> {
        let filled = |text: &str, missing| match text.trim() {
            "" => Err(missing),
            text => Ok(text.to_owned()),
        };
        Ok(OperationKey {
            connection: connection.clone(),
            kind: self.kind,
            backend: filled(&self.backend, Missing::Backend)?,
            location: Location::new(if self.has_buckets() { &self.bucket } else { "" }, &self.path),
            id: filled(&self.id, Missing::Id)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_the_operation_with_its_place() {
        let mut finder = Finder::new(["s3", "gcs"].into_iter());
        finder.update(FinderEvent::IdTyped(" nightly-1 ".into()));
        finder.update(FinderEvent::BucketTyped("second".into()));
        finder.update(FinderEvent::KindChosen(Kind::Restore));
        let key = finder.key(&ConnectionId("prod".into())).unwrap();
        assert_eq!((key.backend.as_str(), key.id.as_str(), key.kind), ("s3", "nightly-1", Kind::Restore));
        assert_eq!(key.location, Location::new("second", ""));
    }

    #[test]
    fn an_id_of_any_form_is_looked_for_and_only_an_empty_one_is_not() {
        let mut finder = Finder::new(["s3"].into_iter());
        let connection = ConnectionId("prod".into());
        assert_eq!(finder.key(&connection), Err(Missing::Id));
        finder.update(FinderEvent::IdTyped("My.Id".into()));
        assert!(finder.key(&connection).is_ok());
    }

    #[test]
    fn a_bucket_typed_for_another_backend_is_no_part_of_a_filesystem_operation() {
        let mut finder = Finder::new(["s3", "filesystem"].into_iter());
        finder.update(FinderEvent::IdTyped("a".into()));
        finder.update(FinderEvent::BucketTyped("second".into()));
        finder.update(FinderEvent::PathTyped("/mnt/x".into()));
        finder.update(FinderEvent::BackendChosen("filesystem".into()));
        assert_eq!(finder.key(&ConnectionId("prod".into())).unwrap().location, Location::new("", "/mnt/x"));
    }

    #[test]
    fn without_known_backends_one_has_to_be_typed() {
        let mut finder = Finder::new(std::iter::empty());
        finder.update(FinderEvent::IdTyped("a".into()));
        assert_eq!(finder.key(&ConnectionId("prod".into())), Err(Missing::Backend));
    }
}
