//! Dialogs on the native element: it traps focus, closes on Escape and gives the focus back, in a shadow root as well.

use leptos::{html, prelude::*};

use super::{Button, ButtonKind, Glyph, Icon, TextField, unique_id};

/// Opens `dialog` as a modal one. Where the browser refuses (it is in no document any more), an open dialog that is not modal is left.
fn show(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked()
        && !dialog.open()
        && dialog.show_modal().is_err()
    {
        dialog.set_open(true);
    }
}

fn hide(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked()
        && dialog.open()
    {
        dialog.close();
    }
}

/// A modal dialog. Its content is built when it opens and dropped when it closes. The frame is a form: a submit button in `footer`, or
/// Enter in a field, calls `on_submit`.
#[component]
pub fn Dialog(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] open: Signal<bool>,
    /// Called on Escape. Closing is the caller's: it sets `open`.
    #[prop(into)]
    on_close: Callback<()>,
    #[prop(optional, into)] on_submit: Option<Callback<()>>,
    /// Beside the title: the environment's label.
    #[prop(optional, into)]
    aside: ViewFn,
    /// The buttons, and before them a reason.
    #[prop(optional, into)]
    footer: ViewFn,
    /// What went wrong with what the dialog did: it stays open and says so.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional)] wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    let labelled = title_id.clone();
    let content = move || {
        open.get().then(|| {
            // An effect created here runs once the content stands in the dialog, so that the first field gets the focus.
            Effect::new(move || show(dialog));
            view! {
                <form
                    class="dialog-frame"
                    method="dialog"
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        if let Some(on_submit) = on_submit {
                            on_submit.run(());
                        }
                    }
                >
                    <div class="dialog-head">
                        <h2 class="dialog-title" id=title_id.clone()>{title}</h2>
                        {aside.run()}
                    </div>
                    <div class="dialog-body">
                        {children()}
                        <div role="alert">
                            {move || {
                                error.get().map(|error| {
                                    view! {
                                        <p class="field-error dialog-error"><Icon glyph=Glyph::Failed /><span>{error}</span></p>
                                    }
                                })
                            }}
                        </div>
                    </div>
                    <div class="dialog-foot">{footer.run()}</div>
                </form>
            }
        })
    };
    Effect::new(move || {
        if !open.get() {
            hide(dialog);
        }
    });
    view! {
        <dialog
            class=if wide { "dialog dialog-wide" } else { "dialog" }
            aria-labelledby=labelled
            node_ref=dialog
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:close=move |_| {
                // A browser closes it on a second Escape without asking. Chromium tells of a close with the next frame: by
                // then the dialog may have been opened anew, and stays.
                let is_shut = dialog.get_untracked().is_none_or(|dialog| !dialog.open());
                if is_shut && open.get_untracked() {
                    on_close.run(());
                }
            }
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// The name that must be typed before something dangerous.
#[derive(Clone, Copy)]
pub struct TypedConfirmation {
    /// What must be typed, exactly.
    pub name: Signal<String>,
    /// The field's label: "Type prod-eu to confirm".
    pub label: Signal<String>,
    /// Why the button is disabled until then: "The name is not complete".
    pub incomplete: Signal<String>,
}

/// A question before an act: what, where, with which effect (the children), a way back and the act itself.
#[component]
pub fn ConfirmDialog(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    /// The act, as a verb: "Cancel backup".
    #[prop(into)]
    confirm_label: Signal<String>,
    /// The way back: "Go back".
    #[prop(into)]
    back_label: Signal<String>,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(optional)] danger: bool,
    #[prop(optional_no_strip)] typed: Option<TypedConfirmation>,
    /// Why the act is not possible now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    /// The act is under way: it is not sent twice, and Escape does not hide it.
    #[prop(optional, into)]
    working: Signal<bool>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] aside: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    Effect::new(move || {
        if !open.get() {
            text.set(String::new());
        }
    });
    let complete = move || typed.is_none_or(|typed| text.with(|text| typed.name.with(|name| text.trim() == name)));
    let why_not = Signal::derive(move || {
        reason.get().or_else(|| typed.filter(|_| !complete()).map(|typed| typed.incomplete.get()))
    });
    let back = Callback::new(move |()| {
        if !working.get_untracked() {
            on_close.run(());
        }
    });
    let confirm = Callback::new(move |()| {
        if !working.get_untracked() && untrack(|| why_not.get()).is_none() {
            on_confirm.run(());
        }
    });
    let kind = if danger { ButtonKind::DangerConfirmed } else { ButtonKind::Primary };
    let footer = move || {
        view! {
            // First, so that the focus starts on it where no name is to be typed.
            <Button label=back_label on_press=back />
            <Button label=confirm_label kind reason=why_not working submit=true />
        }
    };
    let field = move || {
        typed.map(|typed| {
            view! {
                <TextField label=typed.label value=text on_input=move |typed| text.set(typed) mono=true autofocus=true />
            }
        })
    };
    view! {
        <Dialog title open on_close=back on_submit=confirm aside footer error>
            {children()}
            {field()}
        </Dialog>
    }
    .into_any()
}
