//! A request as text, for a person to read before it is sent and to copy. The key is a variable in it, never the key.

use serde_json::Value;
use weaviate_backups::api::json;
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

/// How long a line of names may get: what the narrow column beside a form holds.
const WIDTH: usize = 44;

/// A body over several lines. Names share lines, so that a thousand of them stay readable; what is no JSON is left as it
/// is.
fn pretty(body: &str) -> String {
    match json::parse(body.as_bytes()) {
        Ok(value) => {
            let mut text = String::new();
            lay_out(&value, 0, &mut text);
            text
        }
        Err(_) => body.to_owned(),
    }
}

fn lay_out(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                begin_line(index > 0, depth + 1, text);
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push_str(": ");
                lay_out(member, depth + 1, text);
            }
            begin_line(false, depth, text);
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                let item = item.to_string();
                let line = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
                if index > 0 && line + item.len() + 3 > WIDTH {
                    begin_line(true, depth + 1, text);
                } else if index > 0 {
                    text.push_str(", ");
                }
                text.push_str(&item);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn begin_line(after_another: bool, depth: usize, text: &mut String) {
    text.push_str(if after_another { ",\n" } else { "\n" });
    text.extend(std::iter::repeat_n("  ", depth));
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

    #[test]
    fn names_share_lines_and_the_body_says_what_it_said() {
        let names: Vec<String> = (0..30).map(|number| format!("Collection{number}")).collect();
        let body = serde_json::json!({"config": {"CPUPercentage": 33}, "id": "n\"1", "include": names});
        let text = pretty(&body.to_string());
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(body));
        assert!(text.starts_with("{\n  \"config\": {\n    \"CPUPercentage\": 33\n  },\n  \"id\""), "{text}");
        assert!(text.lines().count() < 24 && text.lines().all(|line| line.len() <= WIDTH + 2), "{text}");
        assert_eq!(pretty("no json"), "no json");
    }
}
