//! How go-openapi and Go's JSON decoder read a body: keys in any case, unknown ones ignored, `null` as absent, and the
//! texts of their refusals (behaviour notes 0.1 and 0.3).

use crate::Profile;
use crate::http::{Reply, Request};
use crate::texts::openapi;
use serde_json::{Map, Value};

/// A Go type as far as the refusals tell them apart.
pub(crate) enum Kind {
    Text,
    Texts,
    Int,
    Flag,
    TextMap,
    /// The name of the Go struct, and its fields.
    Struct(&'static str, Fields),
}

pub(crate) type Fields = &'static [(&'static str, Kind)];

pub(crate) const CREATE: Kind = Kind::Struct(
    "BackupCreateRequest",
    &[
        ("id", Kind::Text),
        ("include", Kind::Texts),
        ("exclude", Kind::Texts),
        ("includeUsers", Kind::Texts),
        ("includeRoles", Kind::Texts),
        ("incremental_base_backup_id", Kind::Text),
        (
            "config",
            Kind::Struct(
                "BackupConfig",
                &[
                    ("CPUPercentage", Kind::Int),
                    ("CompressionLevel", Kind::Text),
                    ("Bucket", Kind::Text),
                    ("Path", Kind::Text),
                    ("Endpoint", Kind::Text),
                    ("ChunkSize", Kind::Int),
                ],
            ),
        ),
    ],
);

pub(crate) const RESTORE: Kind = Kind::Struct(
    "BackupRestoreRequest",
    &[
        ("include", Kind::Texts),
        ("exclude", Kind::Texts),
        ("node_mapping", Kind::TextMap),
        ("overwriteAlias", Kind::Flag),
        (
            "config",
            Kind::Struct(
                "RestoreConfig",
                &[
                    ("CPUPercentage", Kind::Int),
                    ("rolesOptions", Kind::Text),
                    ("usersOptions", Kind::Text),
                    ("Bucket", Kind::Text),
                    ("Path", Kind::Text),
                    ("Endpoint", Kind::Text),
                ],
            ),
        ),
    ],
);

/// The first three are gzip, the others came with zstd.
const LEVELS: &[&str] = &[
    "DefaultCompression",
    "BestSpeed",
    "BestCompression",
    "ZstdDefaultCompression",
    "ZstdBestSpeed",
    "ZstdBestCompression",
    "NoCompression",
];
/// The values of a text that may only have some, in the order in which they are checked.
const ENUMS: [(&str, &[&str]); 3] =
    [("CompressionLevel", LEVELS), ("rolesOptions", &["noRestore", "all"]), ("usersOptions", &["noRestore", "all"])];

/// `Content-Type` must be given with a body, and `Accept` must allow JSON.
pub(crate) fn negotiate(request: &Request) -> Result<(), Reply> {
    if !request.body.is_empty() {
        let sent = request.get_header("content-type").unwrap_or("application/octet-stream");
        let media = sent.split(';').next().unwrap_or_default().trim();
        if !["application/json", "application/yaml"].contains(&media) {
            let text =
                format!("unsupported media type \"{media}\", only [application/json application/yaml] are allowed");
            return Err(openapi(415, 415, text));
        }
    }
    let accept = request.get_header("accept").unwrap_or("*/*");
    if ["*/*", "application/*", "application/json"].iter().any(|media| accept.contains(media)) {
        Ok(())
    } else {
        Err(openapi(406, 406, crate::texts::NOT_ACCEPTABLE))
    }
}

/// Reads and validates a body. The object returned has the canonical keys only, those that the version knows, and no
/// `null`.
pub(crate) fn bind(profile: &Profile, kind: &Kind, body: &[u8]) -> Result<Value, Reply> {
    if body.is_empty() {
        return Err(openapi(422, 602, "body in body is required"));
    }
    let refuse = |why: String| openapi(400, 400, format!("parsing body body from \"\" failed, because {why}"));
    let mut value: Value = serde_json::from_slice(body)
        .map_err(|error| refuse(if error.is_eof() { "unexpected EOF".to_owned() } else { error.to_string() }))?;
    for (field, known) in [
        ("includeUsers", profile.include_users),
        ("includeRoles", profile.include_roles),
        ("incremental_base_backup_id", profile.incremental),
    ] {
        if let Some(members) = value.as_object_mut().filter(|_| !known) {
            members.retain(|key, _| !key.eq_ignore_ascii_case(field));
        }
    }
    let bound = read(kind, &value, "", "").map_err(refuse)?.unwrap_or_else(|| Value::Object(Map::new()));
    validate(profile, &bound["config"])?;
    Ok(bound)
}

/// `owner` is the Go struct that holds the field, `path` its dotted name; both empty at the top.
fn read(kind: &Kind, value: &Value, owner: &str, path: &str) -> Result<Option<Value>, String> {
    let mismatch = |go_type: &str, exact: &Value| {
        let what = match exact {
            Value::String(_) => "string".to_owned(),
            Value::Bool(_) => "bool".to_owned(),
            Value::Number(number) if go_type == "int64" => format!("number {number}"),
            Value::Number(_) => "number".to_owned(),
            Value::Array(_) => "array".to_owned(),
            _ => "object".to_owned(),
        };
        if path.is_empty() {
            format!("json: cannot unmarshal {what} into Go value of type {go_type}")
        } else {
            format!("json: cannot unmarshal {what} into Go struct field {owner}.{path} of type {go_type}")
        }
    };
    let texts = |mut values: Box<dyn Iterator<Item = &Value> + '_>| {
        values
            .find(|value| !value.is_string() && !value.is_null())
            .map_or(Ok(()), |wrong| Err(mismatch("string", wrong)))
    };
    match (kind, value) {
        (_, Value::Null) => return Ok(None),
        (Kind::Text, Value::String(_)) | (Kind::Flag, Value::Bool(_)) => {}
        (Kind::Int, Value::Number(number)) if number.is_i64() => {}
        (Kind::Texts, Value::Array(values)) => texts(Box::new(values.iter()))?,
        (Kind::TextMap, Value::Object(values)) => texts(Box::new(values.values()))?,
        (Kind::Struct(name, fields), Value::Object(values)) => {
            let mut bound = Map::new();
            for (key, value) in values {
                let Some((field, kind)) = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(key)) else {
                    continue;
                };
                let path = if path.is_empty() { (*field).to_owned() } else { format!("{path}.{field}") };
                if let Some(value) = read(kind, value, name, &path)? {
                    bound.insert((*field).to_owned(), value);
                }
            }
            return Ok(Some(Value::Object(bound)));
        }
        (Kind::Text, _) => return Err(mismatch("string", value)),
        (Kind::Texts, _) => return Err(mismatch("[]string", value)),
        (Kind::Int, _) => return Err(mismatch("int64", value)),
        (Kind::Flag, _) => return Err(mismatch("bool", value)),
        (Kind::TextMap, _) => return Err(mismatch("map[string]string", value)),
        (Kind::Struct(name, _), _) => return Err(mismatch(&format!("models.{name}"), value)),
    }
    Ok(Some(value.clone()))
}

fn validate(profile: &Profile, config: &Value) -> Result<(), Reply> {
    match config["CPUPercentage"].as_i64() {
        Some(81..) => {
            return Err(openapi(422, 608, "config.CPUPercentage in body should be less than or equal to 80"));
        }
        Some(..0) => {
            return Err(openapi(422, 609, "config.CPUPercentage in body should be greater than or equal to 1"));
        }
        _ => {}
    }
    for (field, allowed) in ENUMS {
        let allowed = if field == "CompressionLevel" && !profile.zstd { &allowed[..3] } else { allowed };
        let value = text(config, field);
        if !value.is_empty() && !allowed.contains(&value) {
            let allowed = allowed.join(" ");
            return Err(openapi(422, 606, format!("config.{field} in body should be one of [{allowed}]")));
        }
    }
    Ok(())
}

/// A text member, `""` when absent.
pub(crate) fn text<'a>(bound: &'a Value, field: &str) -> &'a str {
    bound[field].as_str().unwrap_or_default()
}

/// A list member; a `null` in it is Go's empty string.
pub(crate) fn texts(bound: &Value, field: &str) -> Vec<String> {
    let values = bound[field].as_array().into_iter().flatten();
    values.map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
}
