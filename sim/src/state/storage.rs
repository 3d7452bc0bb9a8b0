//! Where backups lie, and what a backend says of a file that it cannot give (behaviour notes 4.1).

use super::{Backup, State};
use crate::engine::timestamp;
use crate::http::Reply;
use crate::texts;
use serde::{Deserialize, Deserializer};
use weaviate_backups::domain::location::{Location, cleaned};
use weaviate_backups::domain::status::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Filesystem,
    S3,
}

/// What the module `backup-s3` is set to, and what it meets there. Reads from `given.backends.s3`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct S3 {
    /// `BACKUP_S3_BUCKET`.
    pub bucket: String,
    /// `BACKUP_S3_PATH`, where backups lie in the bucket; empty: at its top.
    #[serde(deserialize_with = "or_empty")]
    pub root: String,
    /// Host and port, as error texts name them.
    pub endpoint: String,
    /// Else connections are refused: everything that needs the storage is an error, and a late one.
    pub reachable: bool,
    pub bucket_exists: bool,
    /// The buckets there are besides.
    pub other_buckets: Vec<String>,
    /// How long the server tries to get or put one object while connections are refused (recorded: 4.5 to 9 s). It
    /// lists for a third of that, and a cancel tries twice.
    pub gives_up_after_millis: u64,
    /// How long a list of the backups takes: long, where there are many or where data is listed as well (behaviour notes
    /// 3).
    pub lists_in_millis: u64,
}

fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Default for S3 {
    fn default() -> Self {
        Self {
            bucket: "weaviate-backups".to_owned(),
            root: String::new(),
            endpoint: "s3.internal:9000".to_owned(),
            reachable: true,
            bucket_exists: true,
            other_buckets: Vec::new(),
            gives_up_after_millis: 7_500,
            lists_in_millis: 0,
        }
    }
}

impl S3 {
    fn has(&self, bucket: &str) -> bool {
        if bucket == self.bucket { self.bucket_exists } else { self.other_buckets.iter().any(|other| other == bucket) }
    }
}

/// Where one backup lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The `path` of the answers.
    pub(crate) home: String,
    /// `None`: the filesystem.
    bucket: Option<String>,
    /// The directory, or what the keys in the bucket begin with.
    directory: String,
    /// The bucket and path that the call named; empty: the backend's own.
    sent: [String; 2],
}

impl Place {
    pub(crate) fn sent(&self) -> [&str; 2] {
        let [bucket, path] = &self.sent;
        [bucket, path]
    }

    pub(crate) fn backend(&self) -> &'static str {
        if self.bucket.is_some() { "s3" } else { "filesystem" }
    }

    /// How the backend calls a file of the backup.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.directory)
    }
}

/// The storage refused the connection.
pub(crate) struct Unreachable {
    text: String,
    after_millis: u64,
}

impl Unreachable {
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// The answer, when the server has given up. `before` is what it puts before the words of the backend.
    pub(crate) fn reply(self, status: u16, before: &str) -> Reply {
        texts::handler(status, format!("{before}{}", self.text)).after(self.after_millis)
    }
}

impl State {
    /// Puts a backup of `classes`, as they are now, into the default location of the filesystem, or of S3 where that is
    /// the only backend. `started_millis` is Unix time.
    pub fn add_backup(&mut self, id: &str, status: Status, classes: &[&str], started_millis: u64) -> &mut Backup {
        self.add_backup_at(self.first_backend(), &Location::default(), id, status, classes, started_millis)
    }

    /// The same at a bucket and a path, which the filesystem has not.
    pub fn add_backup_at(
        &mut self,
        backend: Backend,
        location: &Location,
        id: &str,
        status: Status,
        classes: &[&str],
        started_millis: u64,
    ) -> &mut Backup {
        let classes: Vec<String> = classes.iter().map(|&name| name.to_owned()).collect();
        let home = self.located(backend, location, id).home;
        let mut backup =
            Backup::begun(home, id, self.nodes.clone(), timestamp(started_millis), self.contents(&classes));
        backup.completed_at = backup.started_at.filter(|_| status.is_terminal());
        backup.size_gib = (status == Status::Success).then(|| backup.contents.size_gib());
        backup.status = status;
        backup.classes = classes;
        self.backups.push(backup);
        let last = self.backups.len() - 1;
        &mut self.backups[last]
    }

    /// The backup of this id where [`State::add_backup`] puts them.
    pub fn backup_mut(&mut self, id: &str) -> Option<&mut Backup> {
        self.backup_at_mut(self.first_backend(), &Location::default(), id)
    }

    /// The backup of this id at a bucket and a path.
    pub fn backup_at_mut(&mut self, backend: Backend, location: &Location, id: &str) -> Option<&mut Backup> {
        let home = self.located(backend, location, id).home;
        self.backups.iter_mut().find(|backup| backup.home == home)
    }

    fn first_backend(&self) -> Backend {
        if self.backups_path.is_none() && self.s3.is_some() { Backend::S3 } else { Backend::Filesystem }
    }

    fn located(&self, backend: Backend, location: &Location, id: &str) -> Place {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        self.place(backend, id, &text(&location.bucket), &text(&location.path))
    }

    /// `bucket` and `path` replace the backend's own unless empty. The filesystem ignores the bucket.
    pub(crate) fn place(&self, backend: Backend, id: &str, bucket: &str, path: &str) -> Place {
        let or = |given: &str, own: Option<&String>| {
            if given.is_empty() { own.cloned().unwrap_or_default() } else { given.to_owned() }
        };
        let (own_bucket, root) = match backend {
            Backend::Filesystem => (None, or(path, self.backups_path.as_ref())),
            Backend::S3 => {
                let own = self.s3.as_ref();
                (Some(or(bucket, own.map(|s3| &s3.bucket))), or(path, own.map(|s3| &s3.root)))
            }
        };
        let root = cleaned(&root);
        let directory = if root.is_empty() { id.to_owned() } else { format!("{}/{id}", root.trim_end_matches('/')) };
        let home = match &own_bucket {
            Some(bucket) => format!("s3://{bucket}/{}", directory.trim_start_matches('/')),
            None => directory.clone(),
        };
        Place { home, bucket: own_bucket, directory, sent: [bucket.to_owned(), path.to_owned()] }
    }

    /// Whether the list looks there.
    pub(crate) fn is_in_default_location(&self, backup: &Backup) -> bool {
        self.place(backup.backend(), backup.directory(), "", "").home == backup.home
    }

    /// Whether what lies at this place can be read at all.
    pub(crate) fn holds(&self, place: &Place) -> bool {
        match &place.bucket {
            None => !self.backups_path_missing,
            Some(bucket) => self.s3.as_ref().is_some_and(|s3| s3.has(bucket)),
        }
    }

    pub(crate) fn is_unreachable(&self, place: &Place) -> bool {
        place.bucket.is_some() && self.s3.as_ref().is_some_and(|s3| !s3.reachable)
    }

    /// What the backend says of a file that is not there.
    pub(crate) fn not_found(&self, place: &Place, name: &str) -> String {
        let file = place.file(name);
        match &place.bucket {
            None => texts::file_not_found(&file),
            Some(bucket) if self.holds(place) => texts::object_not_found(bucket, &file, texts::NO_KEY),
            Some(bucket) => texts::object_not_found(bucket, &file, texts::NO_BUCKET),
        }
    }

    /// Whether the storage answers when this file is read.
    pub(crate) fn reach(&self, place: &Place, name: &str) -> Result<(), Unreachable> {
        let (Some(bucket), Some(s3)) = (&place.bucket, self.s3.as_ref().filter(|s3| !s3.reachable)) else {
            return Ok(());
        };
        let file = place.file(name);
        let refused = texts::refused("Get", &s3.endpoint, &format!("{bucket}/{file}"));
        let text = format!("get object contents from {bucket}:{file} {file}: {refused}");
        Err(Unreachable { text, after_millis: s3.gives_up_after_millis })
    }

    /// The object that the server puts and removes again before it writes, or cancels: it needs the bucket.
    pub(crate) fn check_access(&self, place: &Place) -> Result<(), Reply> {
        let (Some(bucket), Some(s3)) = (&place.bucket, &self.s3) else { return Ok(()) };
        let file = place.file("access-check");
        let (problem, after_millis) = if !s3.reachable {
            // The descriptor has been tried before.
            let refused = texts::refused("Put", &s3.endpoint, &format!("{bucket}/{file}"));
            (refused, 2 * s3.gives_up_after_millis)
        } else if s3.has(bucket) {
            return Ok(());
        } else {
            (texts::NO_BUCKET.to_owned(), 0)
        };
        let text =
            format!("init uploader: failed to access-check s3 backup module: put object: {bucket}:{file}: {problem}");
        Err(texts::handler(self.profile().coordinator_refused, text).after(after_millis))
    }

    /// Whether the default location of a backend can be listed.
    pub(crate) fn check_listing(&self, backend: Backend) -> Result<(), Reply> {
        match (backend, &self.s3) {
            (Backend::Filesystem, _) if self.backups_path_missing => {
                let root = self.backups_path.as_deref().unwrap_or_default();
                Err(texts::handler(500, format!("open backups path: open {root}: no such file or directory")))
            }
            (Backend::S3, Some(s3)) if !s3.reachable => {
                let prefix =
                    if s3.root.is_empty() { String::new() } else { format!("{}%2F", s3.root.replace('/', "%2F")) };
                let query = format!("delimiter=%2F&encoding-type=url&fetch-owner=true&list-type=2&prefix={prefix}");
                let refused = texts::refused("Get", &s3.endpoint, &format!("{}/?{query}", s3.bucket));
                Err(texts::handler(500, format!("list objects: {refused}")).after(s3.gives_up_after_millis / 3))
            }
            (Backend::S3, Some(s3)) if !s3.bucket_exists => {
                Err(texts::handler(500, format!("list objects: {}", texts::NO_BUCKET)))
            }
            _ => Ok(()),
        }
    }
}
