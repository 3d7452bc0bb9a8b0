//! The form in which an entry is kept.

use super::{Acceptance, Before, Entry, LostPost, PriorRestore, Proof, State, Unreadable, VERSION};
use crate::api::json::{Json, Members, Shape, Value, json_members, json_words, parse, variant};

impl Entry {
    pub fn to_text(&self) -> String {
        self.to_json().to_string()
    }

    pub fn from_text(text: &str) -> Result<Self, Unreadable> {
        let value = parse(text.as_bytes()).map_err(|_| Unreadable { key: None, is_newer: false })?;
        let is_newer = value.get("version").and_then(Value::as_u64) > Some(u64::from(VERSION));
        let key = value.get("key").cloned().and_then(|key| Json::from_json(key).ok()).map(Box::new);
        Self::from_json(value).map_err(|Shape| Unreadable { key, is_newer })
    }
}

json_members!(Entry with others {
    version: required "version",
    key: required "key",
    asked_at: required "asked_at",
    number: optional "number",
    body: required "body",
    collections: required "collections",
    before: optional "before",
    id_seen_free: defaulted "id_seen_free",
    state: required "state",
});

json_members!(Before {
    restore: required "restore",
    present: optional "present",
});

impl Json for PriorRestore {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let (name, content) = variant(value)?;
        match name.as_str() {
            "never" if content.is_null() => Ok(Self::Never),
            "unclear" if content.is_null() => Ok(Self::Unclear),
            "was" => {
                let mut members = Members::of(content)?;
                Ok(Self::Was { status: members.required("status")?, error: members.optional("error")? })
            }
            _ => Err(Shape),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Never => Value::from("never"),
            Self::Unclear => Value::from("unclear"),
            Self::Was { status, error } => {
                let content = Members::default().put("status", status).put_some("error", error.as_ref());
                named("was", content)
            }
        }
    }
}

impl Json for State {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let (name, content) = variant(value)?;
        if name == "intended" {
            return if content.is_null() { Ok(Self::Intended) } else { Err(Shape) };
        }
        if name == "accepted" {
            return Acceptance::from_json(content).map(Self::Accepted);
        }
        let mut members = Members::of(content)?;
        let at = members.required("at")?;
        Ok(match name.as_str() {
            "answer_lost" => Self::AnswerLost { at, why: members.required("why")? },
            "refused" => Self::Refused { at, words: members.required("words")? },
            "not_taken" => Self::NotTaken { at },
            "id_taken" => Self::IdTaken { at },
            "cannot_tell" => Self::CannotTell { at, landed: members.optional("landed")? },
            "ended" => Self::Ended {
                at,
                status: members.required("status")?,
                error: members.optional("error")?,
                acceptance: members.required("acceptance")?,
            },
            _ => return Err(Shape),
        })
    }

    fn to_json(&self) -> Value {
        let (name, at) = match self {
            Self::Intended => return Value::from("intended"),
            Self::Accepted(acceptance) => return named("accepted", acceptance.members()),
            Self::AnswerLost { at, .. } => ("answer_lost", at),
            Self::Refused { at, .. } => ("refused", at),
            Self::NotTaken { at } => ("not_taken", at),
            Self::IdTaken { at } => ("id_taken", at),
            Self::CannotTell { at, .. } => ("cannot_tell", at),
            Self::Ended { at, .. } => ("ended", at),
        };
        let content = Members::default().put("at", at);
        let content = match self {
            Self::AnswerLost { why, .. } => content.put("why", why),
            Self::Refused { words, .. } => content.put("words", words),
            Self::CannotTell { landed, .. } => content.put_some("landed", landed.as_ref()),
            Self::Ended { status, error, acceptance, .. } => {
                content.put("status", status).put_some("error", error.as_ref()).put("acceptance", acceptance)
            }
            _ => content,
        };
        named(name, content)
    }
}

impl Acceptance {
    fn members(&self) -> Members {
        Members::default().put("at", &self.at).put("proof", &self.proof).put_some("classes", self.classes.as_ref())
    }
}

impl Json for Acceptance {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            at: members.required("at")?,
            proof: members.required("proof")?,
            classes: members.optional("classes")?,
        })
    }

    fn to_json(&self) -> Value {
        self.members().into_value()
    }
}

/// A variant with a content.
fn named(name: &str, content: Members) -> Value {
    Members::default().put(name, &content.into_value()).into_value()
}

json_words!(Proof { Answered = "answered", FoundById = "found_by_id", StatusChanged = "status_changed" });

json_words!(LostPost {
    Unreachable = "unreachable",
    TimedOut = "timed_out",
    Aborted = "aborted",
    Unreadable = "unreadable",
    PageGone = "page_gone",
});
