//! Half-filled forms, kept until their tab is closed. Never a key: a draft is made of a model's own fields.

use weaviate_backups::api::json::{self, Json, Members, Shape, Value, json_words};

use crate::features::create::model::{Form as CreateForm, Mode};
use crate::features::restore::model::Form as RestoreForm;
use crate::platform::storage::{self, Keep};

fn name(form: &str) -> String {
    format!("draft/{form}")
}

/// What cannot be read is as if there were none.
pub fn read<T: Json>(form: &str) -> Option<T> {
    json::read(&storage::read(Keep::Tab, &name(form))?).ok()
}

/// A draft that cannot be kept is lost with the page, and no worse: the form itself is on the screen.
pub fn write(form: &str, draft: &impl Json) {
    storage::write(Keep::Tab, &name(form), &draft.to_json().to_string()).ok();
}

pub fn remove(form: &str) {
    storage::remove(Keep::Tab, &name(form)).ok();
}

impl Json for CreateForm {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            id: members.or_default("id")?,
            backend: members.or_default("backend")?,
            mode: members.or_default("mode")?,
            ticked: members.or_default("ticked")?,
            cpu: members.or_default("cpu")?,
            compression: members.or_default("compression")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("id", &self.id)
            .put("backend", &self.backend)
            .put("mode", &self.mode)
            .put("ticked", &self.ticked)
            .put("cpu", &self.cpu)
            .put("compression", &self.compression)
            .into_value()
    }
}

json_words!(Mode { All = "All", Only = "Only", Except = "Except" });

impl Json for RestoreForm {
    fn from_json(value: Value) -> Result<Self, Shape> {
        let mut members = Members::of(value)?;
        Ok(Self {
            left_out: members.or_default("left_out")?,
            cpu: members.or_default("cpu")?,
            overwrite_alias: members.or_default("overwrite_alias")?,
        })
    }

    fn to_json(&self) -> Value {
        Members::default()
            .put("left_out", &self.left_out)
            .put("cpu", &self.cpu)
            .put("overwrite_alias", &self.overwrite_alias)
            .into_value()
    }
}
