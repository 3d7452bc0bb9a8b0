//! What a caller may do with backups, as far as the server tells.

use super::finding::{Check, Kind, Severity};
use crate::api::wire::{OwnInfo, Role};
use crate::domain::pattern::Pattern;

/// The permission that creates, restores and cancels (behaviour notes 5.6).
pub const MANAGE_BACKUPS: &str = "manage_backups";

/// The collections whose backups a caller may start and stop. By default nothing limits them, or the server does not
/// tell: then it decides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights(Option<Vec<Pattern>>);

impl Rights {
    /// What `GET /v1/users/own-info` says. Source: behaviour notes 5.6.
    pub fn of(own_info: &OwnInfo) -> Self {
        match own_info.roles.as_deref() {
            // Roles are off, or none is assigned: it tells neither.
            None | Some([]) => Self::default(),
            Some(roles) => Self(roles.iter().map(granted).collect::<Option<Vec<_>>>().map(|granted| granted.concat())),
        }
    }

    /// What is lacking for a request about these names; `None` when it is allowed, or the server decides.
    pub fn lack(&self, names: &[String]) -> Option<Lack> {
        let granted = self.0.as_ref()?;
        if granted.is_empty() {
            return Some(Lack::Everything);
        }
        let is_granted = |name: &&String| granted.iter().any(|pattern| pattern.matches(name));
        let of: Vec<String> = names.iter().filter(|name| !is_granted(name)).cloned().collect();
        (!of.is_empty()).then_some(Lack::Of(of))
    }
}

/// For what the permission is lacking.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// There are roles, and none of them has it for any collection.
    Everything,
    /// For these collections; others are covered.
    Of(Vec<String>),
}

/// What the rights lack for a POST about these names.
pub(super) fn check(rights: &Rights, names: &[String], mut findings: Check) {
    if let Some(lack) = rights.lack(names) {
        findings.add(Severity::Blocking, Kind::NotPermitted(lack));
    }
}

/// The collections for which a role allows it; `None` when that cannot be read.
fn granted(role: &Role) -> Option<Vec<Pattern>> {
    collections(role, MANAGE_BACKUPS, "backups")?.map(|collection| Pattern::parse(collection).ok()).collect()
}

/// The collections, as names or patterns, for which a role grants an action on such a resource; `None` when its
/// permissions cannot be read.
pub(super) fn collections<'r>(
    role: &'r Role,
    action: &'r str,
    resource: &'r str,
) -> Option<impl Iterator<Item = &'r str>> {
    let permissions = role.others.get("permissions")?.as_array()?;
    let granted = permissions.iter().filter(move |permission| permission["action"] == action);
    // Without a resource it is for all.
    Some(granted.map(move |permission| permission[resource]["collection"].as_str().unwrap_or("*")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::json;

    fn rights(roles: &str) -> Rights {
        Rights::of(&json::read(&format!(r#"{{"username":"bob","groups":null,"roles":{roles}}}"#)).unwrap())
    }

    fn role(permissions: &str) -> String {
        format!(r#"[{{"name":"of-bob","permissions":{permissions}}}]"#)
    }

    fn lack(rights: &Rights) -> Option<Lack> {
        rights.lack(&["Article".to_owned(), "ArticleDraft".to_owned(), "Author".to_owned()])
    }

    fn of(names: &[&str]) -> Lack {
        Lack::Of(names.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn without_roles_nothing_is_limited_here() {
        for roles in ["null", "[]"] {
            assert_eq!(rights(roles), Rights::default(), "{roles}");
        }
        assert_eq!(lack(&Rights::default()), None);
    }

    #[test]
    fn the_collections_of_a_permission_are_names_or_patterns() {
        let one = rights(&role(r#"[{"action":"manage_backups","backups":{"collection":"Article"}}]"#));
        assert_eq!(lack(&one), Some(of(&["ArticleDraft", "Author"])));
        let some = rights(&role(
            r#"[{"action":"manage_backups","backups":{"collection":"Article*"}},{"action":"read_collections"}]"#,
        ));
        assert_eq!(lack(&some), Some(of(&["Author"])));
        let all = rights(&role(r#"[{"action":"manage_backups","backups":{}}]"#));
        assert_eq!(lack(&all), None);
    }

    #[test]
    fn several_roles_add_up() {
        let both = rights(
            r#"[{"name":"a","permissions":[{"action":"manage_backups","backups":{"collection":"Article"}}]},
                {"name":"b","permissions":[{"action":"manage_backups","backups":{"collection":"Author"}}]}]"#,
        );
        assert_eq!(lack(&both), Some(of(&["ArticleDraft"])));
    }

    #[test]
    fn a_role_without_the_permission_allows_nothing() {
        // As the built-in viewer (tests/recordings, own-info-and-roles).
        let viewer = rights(&role(r#"[{"action":"read_collections","collections":{"collection":"*"}}]"#));
        assert_eq!(lack(&viewer), Some(Lack::Everything));
        assert_eq!(viewer.lack(&[]), Some(Lack::Everything));
    }

    #[test]
    fn what_cannot_be_read_limits_nothing() {
        for roles in [
            r#"[{"name":"of-bob"}]"#.to_owned(),
            role(r#""none""#),
            role(r#"[{"action":"manage_backups","backups":{"collection":"["}}]"#),
        ] {
            assert_eq!(rights(&roles), Rights::default(), "{roles}");
        }
    }
}
