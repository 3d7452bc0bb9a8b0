//! The status words of an operation.

/// What the server says an operation is doing. Source: behaviour notes 2.
///
/// A word this console does not know is kept as it came ([`Status::Unknown`]): it is shown, asked again slowly, and
/// never taken for an end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Started,
    Transferring,
    Transferred,
    Finalizing,
    Cancelling,
    Success,
    Failed,
    Canceled,
    /// Any other word, the empty one included (a descriptor that is `{}` answers `""`, behaviour notes 1.2).
    Unknown(String),
}

impl Status {
    /// The eight words of the API, in the order in which an operation meets them.
    pub const KNOWN: [Self; 8] = [
        Self::Started,
        Self::Transferring,
        Self::Transferred,
        Self::Finalizing,
        Self::Cancelling,
        Self::Success,
        Self::Failed,
        Self::Canceled,
    ];

    /// Reads the server's word. Case matters, as it does on the wire.
    pub fn parse(word: &str) -> Self {
        Self::KNOWN.into_iter().find(|known| known.as_str() == word).unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }

    /// The server's own word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Started => "STARTED",
            Self::Transferring => "TRANSFERRING",
            Self::Transferred => "TRANSFERRED",
            Self::Finalizing => "FINALIZING",
            Self::Cancelling => "CANCELLING",
            Self::Success => "SUCCESS",
            Self::Failed => "FAILED",
            Self::Canceled => "CANCELED",
            Self::Unknown(word) => word,
        }
    }

    /// Whether the server has ended its work. An unknown word never is.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Success | Self::Failed | Self::Canceled)
    }
}

impl Default for Status {
    /// The word of an answer that has none.
    fn default() -> Self {
        Self::Unknown(String::new())
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        Self::parse(&word)
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_words_end_an_operation() {
        let ends: Vec<&str> = Status::KNOWN.iter().filter(|status| status.is_terminal()).map(Status::as_str).collect();
        assert_eq!(ends, ["SUCCESS", "FAILED", "CANCELED"]);
    }

    #[test]
    fn an_unknown_or_empty_word_is_kept_and_never_an_end() {
        for word in ["PAUSED", "", "success", "CANCELLED"] {
            let status = Status::parse(word);
            assert_eq!(status, Status::Unknown(word.to_owned()));
            assert_eq!(status.as_str(), word);
            assert!(!status.is_terminal());
            assert_eq!(String::from(status), word);
        }
    }
}
