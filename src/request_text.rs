//! A request as text, for a person to read before it is sent and to copy. The key is a variable in it, never the key.

use weaviate_backups::api::request::Request;

/// The variable that stands for the key.
pub const KEY_VARIABLE: &str = "$WEAVIATE_API_KEY";

/// As it goes over the wire, the body on several lines.
pub fn http(request: &Request, with_key: bool) -> String {
    let mut text = format!("{} {}\n", request.method.as_str(), request.path);
    if with_key && request.with_key {
        text += "Authorization: Bearer ";
        text += KEY_VARIABLE;
        text.push('\n');
    }
    if let Some(body) = &request.body {
        text.push_str("Content-Type: application/json\n\n");
        text.push_str(&pretty(body));
    }
    text
}

/// For a POSIX shell. `server` is the address before `/v1`.
pub fn curl(request: &Request, server: &str, with_key: bool) -> String {
    let url = quoted(&format!("{server}{}", request.path));
    let mut text = format!("curl -X {} {url}", request.method.as_str());
    if with_key && request.with_key {
        // In double quotes, for the shell to put the key in.
        text += " \\\n  -H \"Authorization: Bearer ";
        text += KEY_VARIABLE;
        text.push('"');
    }
    if let Some(body) = &request.body {
        text.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d ");
        text.push_str(&quoted(&pretty(body)));
    }
    text
}

/// One word of a POSIX shell, whatever the text holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn pretty(body: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(body);
    value.ok().and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use weaviate_backups::api::request;
    use weaviate_backups::domain::operation::Kind;

    fn create() -> Request {
        request::submit(Kind::Create, "s3", "n-1", r#"{"id":"n-1","include":["It's"]}"#.to_owned())
    }

    #[test]
    fn a_request_is_shown_with_the_key_as_a_variable() {
        let text = http(&create(), true);
        assert!(
            text.starts_with("POST /v1/backups/s3\nAuthorization: Bearer $WEAVIATE_API_KEY\nContent-Type"),
            "{text}"
        );
        assert!(!http(&create(), false).contains("Authorization"));
    }

    #[test]
    fn a_quote_in_a_name_stays_inside_its_word_of_the_shell() {
        let text = curl(&create(), "http://localhost:8080", true);
        assert!(text.contains(r#""It'\''s""#), "{text}");
        assert!(text.contains("-H \"Authorization: Bearer $WEAVIATE_API_KEY\""), "{text}");
        assert_eq!(quoted("a b"), "'a b'");
    }
}
