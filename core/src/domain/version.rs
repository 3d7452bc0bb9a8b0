//! Versions of the server.

/// `major.minor.patch` of a server; what follows a `-` or `+` is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
    pub patch: u16,
}

impl Version {
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// `None` for a text that is no version, such as that of a build from a branch.
    pub fn parse(text: &str) -> Option<Self> {
        let core = text.strip_prefix('v').unwrap_or(text).split(['-', '+']).next()?;
        let mut numbers = core.split('.').map(|number| number.parse().ok());
        let version = Self { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? };
        numbers.next().is_none().then_some(version)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_with_and_without_extras() {
        assert_eq!(Version::parse("1.39.0"), Some(Version::new(1, 39, 0)));
        assert_eq!(Version::parse("v1.40.0-dev+abc"), Some(Version::new(1, 40, 0)));
        for text in ["", "1.39", "1.39.0.1", "main", "1.x.0"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
