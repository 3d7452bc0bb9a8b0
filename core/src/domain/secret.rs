//! The key or token of a connection.

use super::server_url::Origin;

/// An API key or bearer token, bound to the origin it was typed for.
///
/// It has no `Debug`, `Display` or `Serialize`, so that it cannot slip into a log, a message, a copied command or an
/// export. The transport asks for the header value with the origin it is about to call; whoever stores it because the
/// user asked for that asks with [`Secret::to_be_stored`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    text: String,
    origin: Origin,
}

impl Secret {
    /// `None` for a text that is empty or holds what no header may hold: an open server answers an empty bearer with
    /// a 401 (behaviour notes 6.1), and a line break is a slip of the clipboard.
    pub fn new(text: &str, origin: &Origin) -> Option<Self> {
        let text = text.trim();
        let is_header_value = text.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
        (!text.is_empty() && is_header_value).then(|| Self { text: text.to_owned(), origin: origin.clone() })
    }

    /// The value of the `Authorization` header for a request to `origin`; `None` for any other origin than the one the
    /// secret is bound to.
    pub fn authorization_for(&self, origin: &Origin) -> Option<String> {
        (*origin == self.origin).then(|| format!("Bearer {}", self.text))
    }

    /// The bare text, for the one place that keeps it in the browser when the user chose so.
    pub fn to_be_stored(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::server_url::ServerUrl;

    #[test]
    fn a_secret_goes_to_its_own_origin_only() {
        let url = ServerUrl::parse("https://a.example.com").unwrap();
        let other = ServerUrl::parse("https://b.example.com").unwrap();
        let secret = Secret::new(" key-1 \n", url.origin()).unwrap();
        assert_eq!(secret.authorization_for(url.origin()).as_deref(), Some("Bearer key-1"));
        assert_eq!(secret.authorization_for(other.origin()), None);
    }

    #[test]
    fn what_is_stored_is_read_back_as_the_same_key() {
        let url = ServerUrl::parse("https://a.example.com").unwrap();
        let secret = Secret::new(" key-1 \n", url.origin()).unwrap();
        assert_eq!(secret.to_be_stored(), "key-1");
    }

    #[test]
    fn an_empty_key_or_one_with_a_line_break_inside_is_none() {
        let url = ServerUrl::parse("https://a.example.com").unwrap();
        for text in ["", "  ", "a\nb", "schlüssel"] {
            assert!(Secret::new(text, url.origin()).is_none(), "{text:?}");
        }
    }
}
