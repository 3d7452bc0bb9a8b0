//! How a backup is compressed.

/// The words of `config.CompressionLevel`. Source: behaviour notes 0.3; the zstd levels and `NoCompression` exist since
/// the versions of [`crate::domain::capability::Feature::ZstdCompression`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompressionLevel {
    DefaultCompression,
    BestSpeed,
    BestCompression,
    ZstdDefaultCompression,
    ZstdBestSpeed,
    ZstdBestCompression,
    NoCompression,
}

/// Backups of one family can be based on each other (behaviour notes 1.1, "other compression").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompressionFamily {
    Gzip,
    Zstd,
    Uncompressed,
}

impl CompressionLevel {
    pub const ALL: [Self; 7] = [
        Self::DefaultCompression,
        Self::BestSpeed,
        Self::BestCompression,
        Self::ZstdDefaultCompression,
        Self::ZstdBestSpeed,
        Self::ZstdBestCompression,
        Self::NoCompression,
    ];

    /// The server's own word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DefaultCompression => "DefaultCompression",
            Self::BestSpeed => "BestSpeed",
            Self::BestCompression => "BestCompression",
            Self::ZstdDefaultCompression => "ZstdDefaultCompression",
            Self::ZstdBestSpeed => "ZstdBestSpeed",
            Self::ZstdBestCompression => "ZstdBestCompression",
            Self::NoCompression => "NoCompression",
        }
    }

    /// The level of that exact word; the server compares with case.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    pub fn family(self) -> CompressionFamily {
        match self {
            Self::DefaultCompression | Self::BestSpeed | Self::BestCompression => CompressionFamily::Gzip,
            Self::ZstdDefaultCompression | Self::ZstdBestSpeed | Self::ZstdBestCompression => CompressionFamily::Zstd,
            Self::NoCompression => CompressionFamily::Uncompressed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_by_its_word_and_no_other() {
        for level in CompressionLevel::ALL {
            assert_eq!(CompressionLevel::parse(level.as_str()), Some(level));
        }
        assert_eq!(CompressionLevel::parse("bestspeed"), None);
        assert_eq!(CompressionLevel::parse(""), None);
    }
}
