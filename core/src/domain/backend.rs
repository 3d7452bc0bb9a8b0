//! Where backups are kept.

use super::location::{Location, cleaned};

/// A backup backend of a server, as its `/v1/meta` describes it. Source: behaviour notes 5.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    /// The name for URLs: the module's without `backup-`.
    pub name: String,
    /// The default location in words, such as `s3://bucket/root`; `None` when the module does not tell it.
    pub place: Option<String>,
    /// What the module said instead of describing itself.
    pub error: Option<String>,
}

impl Backend {
    /// Where a backup at this location goes, without its id: the default place with the bucket, the path or both
    /// replaced (behaviour notes 4.1). `None` when that takes a part that the module does not tell.
    pub fn place_at(&self, at: &Location) -> Option<String> {
        if at.is_default() {
            return self.place.clone();
        }
        if !has_buckets(&self.name) {
            // Nothing is left of a path that means the server's working directory.
            let path = at.path.as_deref().map(cleaned).map(|path| if path.is_empty() { ".".to_owned() } else { path });
            return path.or_else(|| self.place.clone());
        }
        let (scheme, default) = match &self.place {
            Some(place) => place.split_once("://")?,
            None => (self.name.as_str(), ""),
        };
        let (bucket, root) = default.split_once('/').unwrap_or((default, ""));
        let bucket = at.bucket.as_deref().unwrap_or(bucket);
        let path = at.path.as_deref().map(cleaned);
        let root = path.as_deref().map_or(root, |path| path.trim_start_matches('/'));
        if bucket.is_empty() || (at.path.is_none() && self.place.is_none()) {
            return None;
        }
        Some(if root.is_empty() { format!("{scheme}://{bucket}") } else { format!("{scheme}://{bucket}/{root}") })
    }
}

/// Where a backup of this backend at this location goes, without its id: as far as `backends` tell, else the parts that
/// are known.
pub fn place_in_words(backends: &[Backend], backend: &str, at: &Location) -> String {
    let told = backends.iter().find(|known| known.name == backend).and_then(|known| known.place_at(at));
    told.unwrap_or_else(|| {
        let path = at.path.as_deref().map(cleaned);
        let path = path.as_deref().map(|path| path.trim_start_matches('/')).filter(|path| !path.is_empty());
        [Some(backend), at.bucket.as_deref(), path].into_iter().flatten().collect::<Vec<_>>().join("/")
    })
}

/// The folder of one backup (behaviour notes 4.1).
pub fn home(place: &str, id: &str) -> String {
    format!("{}/{id}", place.trim_end_matches('/'))
}

/// A backend in a sentence: by its name, or by the place where its default one is not meant.
pub fn backend_in_words(backends: &[Backend], backend: &str, at: &Location) -> String {
    if at.is_default() { backend.to_owned() } else { place_in_words(backends, backend, at) }
}

/// Whether a bucket can be named for one backup of this backend. The filesystem backend ignores it (behaviour notes 1.1).
pub fn has_buckets(backend: &str) -> bool {
    backend != FILESYSTEM
}

/// Prefix of the modules that are backup backends.
pub const MODULE_PREFIX: &str = "backup-";

/// The name of the backend that keeps files on the node itself, which the server refuses on a cluster of several nodes.
pub const FILESYSTEM: &str = "filesystem";

/// The default location in the words of each backend. `member` reads a text member of the module's description.
pub fn place<'m>(name: &str, member: impl Fn(&str) -> Option<&'m str>) -> Option<String> {
    let joined = |scheme: &str, bucket: &str| {
        let root = member("rootName").map(|root| root.trim_matches('/')).filter(|root| !root.is_empty());
        match root {
            Some(root) => format!("{scheme}{bucket}/{root}"),
            None => format!("{scheme}{bucket}"),
        }
    };
    match name {
        FILESYSTEM => member("backupsPath").map(str::to_owned),
        "s3" => member("bucketName").map(|bucket| joined("s3://", bucket)),
        "gcs" => member("bucketName").map(|bucket| joined("gs://", bucket)),
        "azure" => member("containerName").map(|container| joined("azure://", container)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_sentence_a_backend_has_its_name_and_another_place_its_own() {
        let backends = [Backend { name: "s3".into(), place: Some("s3://b/root".into()), error: None }];
        assert_eq!(backend_in_words(&backends, "s3", &Location::default()), "s3");
        assert_eq!(backend_in_words(&backends, "s3", &Location::new("dr", "")), "s3://dr/root");
        assert_eq!(backend_in_words(&[], "s3", &Location::new("dr", "p")), "s3/dr/p");
    }

    #[test]
    fn each_backend_names_its_place_in_its_own_words() {
        let s3 = |key: &str| match key {
            "bucketName" => Some("weaviate-backups"),
            "rootName" => Some("prod"),
            _ => None,
        };
        assert_eq!(place("s3", s3).as_deref(), Some("s3://weaviate-backups/prod"));
        assert_eq!(
            place(FILESYSTEM, |key| (key == "backupsPath").then_some("/var/backups")).as_deref(),
            Some("/var/backups")
        );
        let bucket = |key: &str| (key == "bucketName").then_some("weaviate-backups");
        assert_eq!(place("gcs", bucket).as_deref(), Some("gs://weaviate-backups"));
        let container = |key: &str| (key == "containerName").then_some("weaviate-container");
        assert_eq!(place("azure", container).as_deref(), Some("azure://weaviate-container"));
        assert_eq!(place("tape", s3), None);
    }

    fn at(name: &str, place: Option<&str>, bucket: &str, path: &str) -> Option<String> {
        let backend = Backend { name: name.into(), place: place.map(str::to_owned), error: None };
        backend.place_at(&Location::new(bucket, path))
    }

    #[test]
    fn a_bucket_and_a_path_each_replace_their_part_of_the_place() {
        let s3 = Some("s3://weaviate-backups/prod");
        assert_eq!(at("s3", s3, "", "").as_deref(), s3);
        assert_eq!(at("s3", s3, "second-bucket", "").as_deref(), Some("s3://second-bucket/prod"));
        assert_eq!(at("s3", s3, "", "/teams//a/").as_deref(), Some("s3://weaviate-backups/teams/a"));
        assert_eq!(at("s3", s3, "", "/").as_deref(), Some("s3://weaviate-backups"));
        assert_eq!(at("s3", s3, "second-bucket", "teams/a").as_deref(), Some("s3://second-bucket/teams/a"));
        assert_eq!(at("s3", Some("s3://weaviate-backups"), "b", "").as_deref(), Some("s3://b"));
    }

    #[test]
    fn a_place_that_no_backend_tells_is_worded_from_its_parts() {
        let s3 = Backend { name: "s3".into(), place: Some("s3://first/prod".into()), error: None };
        let at = Location::new("second", "");
        assert_eq!(place_in_words(std::slice::from_ref(&s3), "s3", &at), "s3://second/prod");
        assert_eq!(place_in_words(&[], "s3", &at), "s3/second");
        assert_eq!(place_in_words(&[], "s3", &Location::new("", "/teams//a/")), "s3/teams/a");
        assert_eq!(place_in_words(&[s3], "gcs", &Location::default()), "gcs");
    }

    #[test]
    fn a_filesystem_has_no_bucket_to_replace() {
        assert_eq!(at(FILESYSTEM, Some("/var/backups"), "b", "").as_deref(), Some("/var/backups"));
        assert_eq!(at(FILESYSTEM, Some("/var/backups"), "b", "/mnt//x/").as_deref(), Some("/mnt/x"));
        assert_eq!(at(FILESYSTEM, Some("/var/backups"), "", "./").as_deref(), Some("."));
        assert_eq!(home(&at(FILESYSTEM, None, "", "//").unwrap(), "x"), "/x");
    }

    #[test]
    fn a_place_whose_default_is_not_told_needs_both_parts() {
        assert_eq!(at("gcs", None, "b", ""), None);
        assert_eq!(at("gcs", None, "", "teams"), None);
        assert_eq!(at("gcs", None, "b", "teams").as_deref(), Some("gcs://b/teams"));
        assert_eq!(at("gcs", None, "b", "/").as_deref(), Some("gcs://b"));
    }
}
