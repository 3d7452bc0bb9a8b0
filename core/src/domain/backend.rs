//! Where backups are kept.

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
        assert_eq!(place("tape", s3), None);
    }
}
