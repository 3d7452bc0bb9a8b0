//! The id of a backup.

use thiserror::Error;

/// An id that the server accepts for a new backup: one or more of `a-z 0-9 _ -`, of any length. Source: behaviour
/// notes 0, seen in `create-validation`.
///
/// Ids of *existing* backups are plain strings in this crate: a status call does not check their form, and a list can
/// hold what an edited descriptor says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackupId(String);

/// Why a text is no backup id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackupIdError {
    #[error("a backup id needs at least one character")]
    Empty,
    /// `suggestion` is the nearest id of the allowed form, absent when nothing of the text could be kept.
    #[error("a backup id has only a-z, 0-9, _ and -")]
    Characters { first: char, suggestion: Option<BackupId> },
}

impl BackupId {
    pub fn parse(text: &str) -> Result<Self, BackupIdError> {
        if text.is_empty() {
            return Err(BackupIdError::Empty);
        }
        match text.chars().find(|&character| !is_allowed(character)) {
            None => Ok(Self(text.to_owned())),
            Some(first) => Err(BackupIdError::Characters { first, suggestion: suggest(text) }),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '_' | '-')
}

fn suggest(text: &str) -> Option<BackupId> {
    let mut id = String::with_capacity(text.len());
    for character in text.trim().chars().map(|character| character.to_ascii_lowercase()) {
        if is_allowed(character) {
            id.push(character);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_matches('-');
    (!id.is_empty()).then(|| BackupId(id.to_owned()))
}

impl From<BackupId> for String {
    fn from(id: BackupId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_rule_decides() {
        for good in ["nightly-1", "-", "_", "0", "a_b-c"] {
            let id = BackupId::parse(good);
            assert_eq!(id.as_ref().map(BackupId::as_str), Ok(good));
            assert_eq!(id.map(String::from), Ok(good.to_owned()));
        }
        assert_eq!(BackupId::parse(""), Err(BackupIdError::Empty));
    }

    #[test]
    fn a_refused_id_comes_with_the_nearest_allowed_one() {
        let suggestion = |text: &str| match BackupId::parse(text) {
            Err(BackupIdError::Characters { suggestion, .. }) => suggestion.map(String::from),
            other => panic!("{other:?}"),
        };
        assert_eq!(suggestion("Nightly.1").as_deref(), Some("nightly-1"));
        assert_eq!(suggestion(" My backup / 2026 ").as_deref(), Some("my-backup-2026"));
        assert_eq!(suggestion("备份"), None);
    }
}
