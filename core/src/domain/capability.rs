//! What a server of a version can do.

use std::cmp::Ordering;

use super::version::Version;

/// A part of the backups API that not every version has. Source: behaviour notes 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    CancelCreate,
    Location,
    List,
    UserAndRoleOptions,
    OverwriteAlias,
    ZstdCompression,
    Wildcards,
    CancelRestore,
    IncrementalBase,
    InactiveTenants,
    IncludeUsers,
    IncludeRoles,
    /// Lists and statuses are withheld from who may not read every collection of a backup; before, they were told to all.
    CheckedReads,
}

/// First patch of each minor line that has the feature, oldest line first. Features were backported, and one exists in
/// 1.38 but not in 1.39.0, so a single "since" would be wrong. The last row holds for all later lines.
const fn first_versions(feature: Feature) -> &'static [(u16, u16)] {
    match feature {
        Feature::CancelCreate => &[(24, 25), (25, 17), (26, 5), (27, 0)],
        Feature::Location => &[(27, 2), (28, 0)],
        Feature::List => &[(30, 12), (31, 5), (32, 0)],
        Feature::UserAndRoleOptions => &[(30, 9), (31, 2), (32, 0)],
        Feature::OverwriteAlias => &[(32, 5), (33, 0)],
        Feature::ZstdCompression => &[(32, 18), (33, 6), (34, 1), (35, 0)],
        Feature::Wildcards | Feature::CancelRestore => &[(36, 0)],
        Feature::IncrementalBase => &[(34, 18), (35, 13), (36, 3), (37, 0)],
        Feature::InactiveTenants => &[(35, 17), (36, 10), (37, 0)],
        Feature::IncludeUsers => &[(38, 3), (39, 0)],
        Feature::IncludeRoles => &[(38, 10), (40, 0)],
        Feature::CheckedReads => &[(36, 19), (37, 10), (38, 2), (39, 0)],
    }
}

/// Whether a server has a feature. `Err` holds the first version that does, to be named beside the disabled control.
///
/// A server whose version could not be read (a build of its own) keeps everything on: it will refuse what it lacks.
pub fn supports(version: Option<Version>, feature: Feature) -> Result<(), Version> {
    let lines = first_versions(feature);
    let Some(version) = version else { return Ok(()) };
    let Some(&(last_minor, last_patch)) = lines.last() else { return Ok(()) };
    match version.major.cmp(&1) {
        Ordering::Less => return Err(Version::new(1, last_minor, last_patch)),
        Ordering::Greater => return Ok(()),
        Ordering::Equal => {}
    }
    let has_line = |&(minor, patch): &(u16, u16)| version.minor == minor && version.patch >= patch;
    if (version.minor, version.patch) >= (last_minor, last_patch) || lines.iter().any(has_line) {
        return Ok(());
    }
    // The nearest way up: a later patch of the same line, else the next line that has it.
    let next = lines.iter().copied().find(|&(minor, _)| minor >= version.minor);
    let (minor, patch) = next.unwrap_or((last_minor, last_patch));
    Err(Version::new(1, minor, patch))
}

/// The newest line whose answers were recorded. A newer one is said to be unknown.
pub const NEWEST_KNOWN: Version = Version::new(1, 39, 0);

#[cfg(test)]
mod tests {
    use super::*;

    fn supported(version: &str, feature: Feature) -> Result<(), String> {
        supports(Version::parse(version), feature).map_err(|needed| needed.to_string())
    }

    #[test]
    fn backports_count_per_minor_line() {
        assert_eq!(supported("1.38.10", Feature::IncludeRoles), Ok(()));
        assert_eq!(supported("1.39.0", Feature::IncludeRoles), Err("1.40.0".to_owned()));
        assert_eq!(supported("1.38.9", Feature::IncludeRoles), Err("1.38.10".to_owned()));
        assert_eq!(supported("1.36.3", Feature::IncrementalBase), Ok(()));
        assert_eq!(supported("1.36.2", Feature::IncrementalBase), Err("1.36.3".to_owned()));
    }

    #[test]
    fn old_servers_lack_and_name_what_is_needed() {
        assert_eq!(supported("1.27.27", Feature::CancelRestore), Err("1.36.0".to_owned()));
        assert_eq!(supported("1.27.27", Feature::CancelCreate), Ok(()));
        assert_eq!(supported("1.30.10", Feature::List), Err("1.30.12".to_owned()));
    }

    #[test]
    fn another_major_version_is_as_a_whole_newer_or_older() {
        assert_eq!(supported("2.0.0", Feature::IncludeRoles), Ok(()));
        assert_eq!(supported("0.99.0", Feature::IncludeRoles), Err("1.40.0".to_owned()));
    }

    #[test]
    fn newer_and_unreadable_versions_keep_everything_on() {
        for version in ["1.41.2", "2.0.0", "main"] {
            assert_eq!(supported(version, Feature::IncludeRoles), Ok(()), "{version}");
        }
    }
}
