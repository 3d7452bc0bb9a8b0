//! Text fields. The label is above, help below, and what is wrong in place of help, with a way out where there is one.

use leptos::{html, prelude::*};

use super::{Button, ButtonKind, Glyph, Icon, unique_id};

/// The lines below a control. An error stands in place of `ok`; `help` stays.
#[derive(Clone, Copy, Default)]
pub(super) struct Messages {
    pub(super) help: Signal<Option<String>>,
    pub(super) error: Signal<Option<String>>,
    pub(super) ok: Signal<Option<String>>,
    pub(super) reason: Signal<Option<String>>,
}

impl Messages {
    /// The ids of the lines that stand there now, for `aria-describedby`.
    pub(super) fn described_by(self, id: &str) -> Option<String> {
        let present = [("error", self.error), ("ok", self.ok), ("help", self.help), ("reason", self.reason)];
        let ids: Vec<_> = present
            .into_iter()
            .filter(|(_, text)| text.with(Option::is_some))
            .map(|(line, _)| format!("{id}-{line}"))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The lines, in a polite live region: a check that ends while somebody types is heard.
    pub(super) fn view(self, id: &str, way_out: ViewFn) -> AnyView {
        let line = |name: &'static str, class: &'static str, glyph: Option<Glyph>, text: Signal<Option<String>>| {
            let id = format!("{id}-{name}");
            move || {
                text.get().map(|text| {
                    view! {
                        <p class=class id=id.clone()>
                            {glyph.map(|glyph| view! { <Icon glyph /> })}
                            <span>{text}</span>
                        </p>
                    }
                })
            }
        };
        let Self { help, error, ok, reason } = self;
        let good = Signal::derive(move || if error.with(Option::is_some) { None } else { ok.get() });
        view! {
            <div class="field-messages" aria-live="polite">
                {line("error", "field-error", Some(Glyph::Failed), error)}
                {way_out.run()}
                {line("ok", "field-ok", Some(Glyph::Ok), good)}
                {line("help", "field-help", None, help)}
                {line("reason", "field-help", None, reason)}
            </div>
        }
        .into_any()
    }
}

/// The label of a control, with a remark and something to press beside it.
pub(super) fn field_head(
    id: String,
    label: Signal<String>,
    note: Signal<Option<String>>,
    aside: ViewFn,
) -> impl IntoView {
    view! {
        <div class="field-head">
            <label class="field-label" for=id>{label}</label>
            {move || note.get().map(|note| view! { <span class="field-note">{note}</span> })}
            <span class="field-aside">{aside.run()}</span>
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the field is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// What was checked and found good ("Free on s3, asked 2 s ago").
    #[prop(optional, into)]
    ok: Signal<Option<String>>,
    /// Why the field cannot be changed now. `Some` makes it read-only.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// A remark beside the label.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
    /// Something to press, at the end of the label's line.
    #[prop(optional, into)]
    aside: ViewFn,
    /// The way out of an error, below it.
    #[prop(optional, into)]
    way_out: ViewFn,
    /// A unit or a count at the end of the box.
    #[prop(optional, into)]
    suffix: Signal<Option<String>>,
    /// An example. Never the label.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// For ids, addresses, paths.
    #[prop(optional)]
    mono: bool,
    /// `text`, `url`, `numeric`, ...: which keyboard a phone shows.
    #[prop(default = "text")]
    inputmode: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("field");
    let messages = Messages { help, error, ok, reason };
    let described = id.clone();
    view! {
        <div class="field">
            {field_head(id.clone(), label, note, aside)}
            <div class="field-box" class:mono=mono>
                <input
                    class="field-input"
                    id=id.clone()
                    type="text"
                    spellcheck="false"
                    autocapitalize="off"
                    inputmode=inputmode
                    autocomplete=autocomplete
                    autofocus=autofocus
                    placeholder=placeholder
                    prop:value=value
                    readonly=move || reason.with(Option::is_some)
                    aria-disabled=move || reason.with(Option::is_some).then_some("true")
                    aria-required=required.then_some("true")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || messages.described_by(&described)
                    on:input=move |event| on_input.run(event_target_value(&event))
                    on:blur=move |_| {
                        if let Some(on_leave) = on_leave {
                            on_leave.run(());
                        }
                    }
                    node_ref=node_ref
                />
                {move || suffix.get().map(|suffix| view! { <span class="field-suffix">{suffix}</span> })}
            </div>
            {messages.view(&id, way_out)}
        </div>
    }
    .into_any()
}

/// A whole number, as text: it is parsed by the model, so that what was typed is never lost. The range belongs into the label or the help.
#[component]
pub fn NumberField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    /// The unit, at the end of the box.
    #[prop(optional, into)]
    suffix: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: Signal<Option<String>>,
) -> impl IntoView {
    view! { <TextField label value on_input help error reason suffix placeholder inputmode="numeric" /> }
}

/// A secret. Hidden until asked for, never an attribute, not offered for saving unless `autocomplete` says so.
#[component]
pub fn SecretField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// The word on the toggle while the secret is hidden.
    #[prop(into)]
    show_label: Signal<String>,
    /// The word on the toggle while it is shown.
    #[prop(into)]
    hide_label: Signal<String>,
    #[prop(optional, into)] help: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    #[prop(optional, into)] note: Signal<Option<String>>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("secret");
    let messages = Messages { help, error, reason, ok: Signal::default() };
    let described = id.clone();
    let shown = RwSignal::new(false);
    let toggle_label = Signal::derive(move || if shown.get() { hide_label.get() } else { show_label.get() });
    view! {
        <div class="field">
            {field_head(id.clone(), label, note, ViewFn::default())}
            <div class="field-box mono">
                <input
                    class="field-input"
                    id=id.clone()
                    type=move || if shown.get() { "text" } else { "password" }
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete=autocomplete
                    autofocus=autofocus
                    prop:value=value
                    readonly=move || reason.with(Option::is_some)
                    aria-disabled=move || reason.with(Option::is_some).then_some("true")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || messages.described_by(&described)
                    on:input=move |event| on_input.run(event_target_value(&event))
                    node_ref=node_ref
                />
                <Button label=toggle_label kind=ButtonKind::Link small=true on_press=move |()| shown.update(|shown| *shown = !*shown) />
            </div>
            {messages.view(&id, ViewFn::default())}
        </div>
    }
    .into_any()
}
