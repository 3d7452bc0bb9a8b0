//! Why a call did not give what was asked for.

use serde_json::Value;

use super::call::Call;
use super::json::parse;
use super::transport::NoAnswer;
use crate::domain::operation::ConnectionId;

/// A call that failed. It names the connection it concerns, so that a message can never be about another server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub connection: ConnectionId,
    pub call: Call,
    pub kind: ErrorKind,
    /// The server's own words, from whichever of its three error bodies they came; may be empty.
    pub messages: Vec<String>,
    /// The HTTP status, when there was an answer.
    pub http_status: Option<u16>,
    /// The start of a body that could not be read as what was due.
    pub excerpt: Option<String>,
}

/// What kind of failure. 422 and 500 are no kinds of their own: which of the two an error has changed between versions
/// (behaviour notes 1.1), so both are [`ErrorKind::Refused`], told apart by words only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// See [`NoAnswer::Unreachable`].
    Unreachable,
    TimedOut {
        limit_millis: u32,
    },
    Aborted,
    Redirected,
    /// 401: no key, a wrong one, or one that the server has no scheme for.
    NotSignedIn,
    /// 403
    NotPermitted,
    /// 404
    NotFound,
    /// Any other answer that is no success and carries the server's words.
    Refused,
    /// No success, and no words of a Weaviate in it: most likely of something in front of it.
    ForeignError,
    /// 200 without a body: the handler crashed (behaviour notes 0.2).
    EmptyAnswer,
    /// 200 with a body that is no JSON: HTML of a proxy or a sign-in page.
    NotJson,
    /// 200 with JSON that stops in the middle.
    Truncated,
    /// 200 with JSON of another shape.
    OtherShape,
}

impl ApiError {
    /// Whether asking again later may help without anybody doing something.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            ErrorKind::Unreachable
            | ErrorKind::TimedOut { .. }
            | ErrorKind::ForeignError
            | ErrorKind::EmptyAnswer
            | ErrorKind::NotJson
            | ErrorKind::Truncated => true,
            ErrorKind::Refused => self.http_status.is_some_and(|status| status >= 500),
            _ => false,
        }
    }

    /// Whether the person has to give a key or a better one.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self.kind, ErrorKind::NotSignedIn | ErrorKind::Redirected)
    }

    /// Whether a call that changes something may have been carried out all the same.
    pub fn may_have_been_carried_out(&self) -> bool {
        self.call.changes_something()
            && match self.kind {
                ErrorKind::Unreachable
                | ErrorKind::TimedOut { .. }
                | ErrorKind::Aborted
                | ErrorKind::EmptyAnswer
                | ErrorKind::NotJson
                | ErrorKind::Truncated
                | ErrorKind::OtherShape => true,
                // A gateway that gave up waiting does not know either.
                ErrorKind::ForeignError => self.http_status.is_some_and(|status| status >= 500),
                _ => false,
            }
    }

    /// The server's words in one text, empty when it said none.
    pub fn words(&self) -> String {
        self.messages.join("\n")
    }

    pub(super) fn without_answer(connection: &ConnectionId, call: Call, reason: NoAnswer) -> Self {
        let kind = match reason {
            NoAnswer::Unreachable => ErrorKind::Unreachable,
            NoAnswer::TimedOut { limit_millis } => ErrorKind::TimedOut { limit_millis },
            NoAnswer::Aborted => ErrorKind::Aborted,
            NoAnswer::Redirected => ErrorKind::Redirected,
        };
        Self { connection: connection.clone(), call, kind, messages: Vec::new(), http_status: None, excerpt: None }
    }
}

/// The words of the three error bodies (behaviour notes 0.2): `{"error":[{"message"}]}` of handlers,
/// `{"code","message"}` of the router, and the latter as `text/plain` of the gate for anonymous access. The type of the
/// content is not asked, only the shape. `None` when the body is none of them.
pub(super) fn messages(body: &[u8]) -> Option<Vec<String>> {
    let value = parse(body).ok()?;
    if let Some(errors) = value.get("error").and_then(Value::as_array) {
        return Some(errors.iter().filter_map(|error| text(error, "message")).collect());
    }
    text(&value, "message").map(|message| vec![message])
}

fn text(value: &Value, member: &str) -> Option<String> {
    value.get(member).and_then(Value::as_str).map(str::to_owned)
}

/// Characters of an unreadable body that are kept.
const EXCERPT_CHARS: usize = 400;

/// The start of a body, for a person: what is no UTF-8 is replaced, and so are control characters.
pub(super) fn excerpt(body: &[u8]) -> Option<String> {
    // Four bytes hold any character, so no more than this many are looked at, whatever the body's size.
    let start = &body[..body.len().min(EXCERPT_CHARS * 4)];
    let text: String = String::from_utf8_lossy(start)
        .chars()
        .take(EXCERPT_CHARS)
        .map(|character| if character.is_control() && character != '\n' { ' ' } else { character })
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_ANSWER: [ErrorKind; 3] =
        [ErrorKind::Unreachable, ErrorKind::TimedOut { limit_millis: 1 }, ErrorKind::Aborted];
    /// Something that cannot be read as what was due.
    const UNREADABLE: [ErrorKind; 3] = [ErrorKind::EmptyAnswer, ErrorKind::NotJson, ErrorKind::Truncated];
    const SAID_NO: [ErrorKind; 4] =
        [ErrorKind::Redirected, ErrorKind::NotSignedIn, ErrorKind::NotPermitted, ErrorKind::NotFound];

    fn error(call: Call, kind: ErrorKind, http_status: Option<u16>) -> ApiError {
        let connection = ConnectionId("local".into());
        ApiError { connection, call, kind, messages: Vec::new(), http_status, excerpt: None }
    }

    #[test]
    fn asking_again_helps_where_something_may_pass_and_not_where_somebody_has_to_act() {
        let may = |kind, http_status| error(Call::Meta, kind, http_status).is_retryable();
        for kind in [ErrorKind::Unreachable, ErrorKind::TimedOut { limit_millis: 1 }, ErrorKind::ForeignError] {
            assert!(may(kind, None), "{kind:?}");
        }
        for kind in UNREADABLE {
            assert!(may(kind, Some(200)), "{kind:?}");
        }
        for kind in SAID_NO.into_iter().chain([ErrorKind::OtherShape]) {
            assert!(!may(kind, None), "{kind:?}");
        }
        let refused = |http_status| may(ErrorKind::Refused, http_status);
        assert_eq!(
            (refused(Some(422)), refused(Some(499)), refused(Some(500)), refused(None)),
            (false, false, true, false)
        );
    }

    #[test]
    fn a_change_may_have_been_carried_out_unless_the_server_said_no() {
        let may = |kind, http_status| error(Call::Create, kind, http_status).may_have_been_carried_out();
        for kind in NO_ANSWER.into_iter().chain(UNREADABLE).chain([ErrorKind::OtherShape]) {
            assert!(may(kind, None), "{kind:?}");
            assert!(!error(Call::Meta, kind, None).may_have_been_carried_out(), "a reading changes nothing: {kind:?}");
        }
        for kind in SAID_NO.into_iter().chain([ErrorKind::Refused]) {
            assert!(!may(kind, Some(422)), "{kind:?}");
        }
        let foreign = |http_status| may(ErrorKind::ForeignError, http_status);
        assert_eq!((foreign(Some(499)), foreign(Some(500)), foreign(None)), (false, true, false));
    }

    #[test]
    fn a_key_is_wanted_by_who_knows_none_and_by_a_page_to_sign_in() {
        for kind in NO_ANSWER.into_iter().chain(UNREADABLE).chain(SAID_NO) {
            let wanted = matches!(kind, ErrorKind::NotSignedIn | ErrorKind::Redirected);
            assert_eq!(error(Call::Meta, kind, None).needs_sign_in(), wanted, "{kind:?}");
        }
    }

    #[test]
    fn the_start_of_a_body_is_kept_for_a_person() {
        assert_eq!(excerpt(b" a\x07b\nc "), Some("a b\nc".into()));
        assert_eq!(excerpt(b" \n "), None);
        let long = excerpt("😀".repeat(500).as_bytes());
        assert_eq!(long.map(|text| text.chars().count()), Some(400));
    }
}
