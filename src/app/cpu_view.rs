//! The share of the processors that an operation may use, as both forms ask for it.

use leptos::prelude::*;
use weaviate_backups::domain::cpu_percentage::CpuPercentageError;

use super::context::Reader;
use crate::ui::NumberField;

pub fn field(
    reader: Reader,
    value: Signal<String>,
    error: Signal<Option<CpuPercentageError>>,
    on_input: Callback<String>,
) -> AnyView {
    let lang = reader.lang;
    let words = Signal::derive(move || error.get().map(|error| lang.cpu_error(error).to_owned()));
    view! {
        <NumberField
            label=lang.cpu_label()
            value
            on_input
            help=Some(lang.cpu_help().to_owned())
            error=words
            suffix=Some("%".to_owned())
        />
    }
    .into_any()
}
