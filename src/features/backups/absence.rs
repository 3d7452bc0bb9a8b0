//! Why there are no rows, and who may not see some.

use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::version::Version;

use crate::server::{Sight, User};

/// Why there are no rows: each cause has its own next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The server has no backup module.
    NoBackupModule,
    /// The server is older than the list. Its backups can be opened by their ids.
    CannotList {
        needs: Version,
    },
    /// The server refuses to list to this user, in its own words.
    NotPermitted {
        words: String,
    },
    /// No backend could be listed; each says why.
    NotListed,
    /// All that was listed is empty: the names of those backends.
    NothingYet {
        backends: Vec<String>,
        hidden: Option<Hidden>,
    },
    NothingMatches {
        search: String,
        hidden_rows: usize,
        filters_beside: usize,
    },
}

/// Who the server may be hiding entries from. It leaves out, without a word, every backup with a collection that the
/// caller may not read (behaviour notes 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// From these roles.
    FromRoles(Vec<String>),
    /// From a user to whom no role is assigned, if the server uses roles at all: it tells neither.
    FromNoRole,
    /// From a user of whom the server tells nothing.
    FromUnknown,
}

/// `any_listed`: something was listed. `version`: of the server.
pub fn hidden_from(user: Option<&User>, any_listed: bool, version: Option<Version>) -> Option<Hidden> {
    let user = user.filter(|_| supports(version, Feature::CheckedReads).is_ok())?;
    if user.sight(any_listed) == Sight::Whole {
        return None;
    }
    match user {
        User::Named { roles, .. } if roles.is_empty() => Some(Hidden::FromNoRole),
        User::Named { roles, .. } => Some(Hidden::FromRoles(roles.clone())),
        User::Anonymous | User::BeforeRoles | User::NotTold => Some(Hidden::FromUnknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use weaviate_backups::preflight::rights::Rights;

    fn named(roles: &[&str]) -> User {
        User::Named {
            name: "bob".into(),
            roles: roles.iter().map(ToString::to_string).collect(),
            rights: Rights::default(),
            sees_all: roles.contains(&"admin"),
        }
    }

    #[test]
    fn roles_that_do_not_cover_everything_are_named() {
        let hidden = hidden_from(Some(&named(&["backup-operator"])), true, None);
        assert_eq!(hidden, Some(Hidden::FromRoles(vec!["backup-operator".into()])));
        assert_eq!(hidden_from(Some(&named(&["admin"])), true, None), None);
    }

    #[test]
    fn a_user_without_roles_who_sees_backups_sees_all_of_them() {
        assert_eq!(hidden_from(Some(&named(&[])), true, None), None);
        assert_eq!(hidden_from(Some(&named(&[])), false, None), Some(Hidden::FromNoRole));
    }

    #[test]
    fn an_open_server_hides_nothing_and_a_silent_one_may() {
        assert_eq!(hidden_from(Some(&User::Anonymous), false, None), None);
        assert_eq!(hidden_from(Some(&User::NotTold), true, None), Some(Hidden::FromUnknown));
        assert_eq!(hidden_from(None, true, None), None);
    }

    #[test]
    fn a_version_that_checks_no_reads_hides_nothing() {
        let hidden = |version| hidden_from(Some(&named(&["backup-operator"])), true, Version::parse(version));
        assert_eq!(hidden("1.38.1"), None);
        assert!(hidden("1.38.2").is_some());
    }
}
