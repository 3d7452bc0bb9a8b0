//! Where a backup is kept when not in the backend's default place.

/// A bucket and a path that replace the backend's own for one operation. Source: behaviour notes 1.1 and 4.1.
///
/// They have to be repeated in every later call about the operation; the list never shows such backups. An empty text
/// and an absent one mean the same to the server, so only texts that are not empty are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    pub bucket: Option<String>,
    pub path: Option<String>,
}

impl Location {
    /// Texts are trimmed; empty ones are dropped.
    pub fn new(bucket: &str, path: &str) -> Self {
        let kept = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        Self { bucket: kept(bucket), path: kept(path) }
    }

    /// Whether the backend's own place is meant, the only one that can be listed.
    pub fn is_default(&self) -> bool {
        self.bucket.is_none() && self.path.is_none()
    }
}

/// A path as the server takes it: without empty parts and `.`, and with `..` resolved. Source: the recording
/// `path-override-odd`.
pub fn cleaned(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => drop(parts.pop()),
            // Nothing is above the root.
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_as_the_server_takes_it() {
        for (typed, taken) in [
            ("teams/a", "teams/a"),
            ("//teams//a/", "/teams/a"),
            ("./teams/b/../a", "teams/a"),
            ("teams/../..", ".."),
            ("../../a", "../../a"),
            ("/../a", "/a"),
            ("/", "/"),
            (".", ""),
        ] {
            assert_eq!(cleaned(typed), taken, "{typed}");
        }
    }

    #[test]
    fn a_bucket_or_a_path_alone_makes_another_place() {
        assert!(Location::new(" ", "").is_default());
        for (bucket, path) in [("cold", ""), ("", "2026"), ("cold", "2026")] {
            assert!(!Location::new(bucket, path).is_default(), "{bucket} {path}");
        }
    }
}
