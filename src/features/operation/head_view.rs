//! What can be done with an operation, and the question before it is canceled.

use leptos::prelude::*;
use weaviate_backups::domain::operation::{Action, Kind, OperationKey, can};
use weaviate_backups::domain::status::Status;

use super::cancel::Fate;
use super::model::{Dialog, Event, Trouble};
use super::outcome::left_out;
use super::relation::Relation;
use super::scene::Scene;
use crate::app::server_error;
use crate::app::shell::colour;
use crate::i18n::Lang;
use crate::route::{Route, Target};
use crate::ui::{Banner, Button, ButtonKind, ButtonLink, ConfirmDialog, EnvironmentLabel, Tone, TypedConfirmation};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Offer {
    Nothing,
    Cancel,
    /// A backup that ended, well or not.
    OfBackup,
    /// A restore that ended without some.
    RestoreMissing,
}

pub(super) fn actions(scene: Scene) -> AnyView {
    let offer = Memo::new(move |_| match (scene.kind, scene.status.get()) {
        (_, None) if scene.relation.with(Relation::is_accepted) => Offer::Cancel,
        (_, None) => Offer::Nothing,
        (kind, Some(_)) if scene.end.with(Option::is_some) => match kind {
            Kind::Create => Offer::OfBackup,
            Kind::Restore => {
                let is_missing =
                    scene.outcome.with(|outcome| outcome.as_ref().is_some_and(|outcome| outcome.missing() > 0));
                if is_missing { Offer::RestoreMissing } else { Offer::Nothing }
            }
        },
        _ => Offer::Cancel,
    });
    let view = move || match offer.get() {
        Offer::Nothing => ().into_any(),
        Offer::Cancel => cancel_button(scene).into_any(),
        Offer::OfBackup => of_backup(scene).into_any(),
        Offer::RestoreMissing => restore_missing(scene).into_any(),
    };
    view! { {view} }.into_any()
}

fn cancel_button(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let label = match scene.kind {
        Kind::Create => lang.cancel_backup(),
        Kind::Restore => lang.cancel_restore(),
    };
    let reason = Signal::derive(move || scene.may_cancel.get().err().map(|why| lang.why_not_cancel(&why)));
    view! { <Button label kind=ButtonKind::Danger reason on_press=move |()| scene.send.run(Event::CancelPressed) /> }
}

fn of_backup(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let restore = Route::Restore { backup: scene.key(), only: Vec::new() }.hash();
    let is_good = move || scene.status.with(|status| *status == Some(Status::Success));
    let reason = Signal::derive(move || {
        let status = scene.status.get()?;
        can(Action::Restore, Kind::Create, &status, scene.version.get()).err().map(|why| lang.reason(&why))
    });
    // Another try goes to the same place, until somebody chooses another.
    let OperationKey { connection, backend, location, .. } = scene.key();
    let create = Route::Create { connection, to: Some(Target { backend, location }) }.hash();
    move || {
        let (restore, create) = (restore.clone(), create.clone());
        if is_good() {
            view! { <ButtonLink label=lang.restore_this() href=restore kind=ButtonKind::Primary /> }.into_any()
        } else {
            view! {
                <ButtonLink label=lang.restore_this() href=restore reason />
                <ButtonLink label=lang.head_create() href=create kind=ButtonKind::Primary />
            }
            .into_any()
        }
    }
}

fn restore_missing(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let again = Memo::new(move |_| {
        scene.outcome.with(|outcome| outcome.as_ref().map(|outcome| outcome.again.clone()).unwrap_or_default())
    });
    let backup = OperationKey { kind: Kind::Create, ..scene.key() };
    let href = Signal::derive(move || Route::Restore { backup: backup.clone(), only: again.get() }.hash());
    let count = move || {
        let missing = scene.outcome.with(|outcome| outcome.as_ref().map_or(0, super::outcome::Outcome::missing));
        again.with(|again| if again.is_empty() { missing } else { again.len() })
    };
    let label = Signal::derive(move || lang.restore_the_missing(count()));
    let reason = Signal::derive(move || again.with(Vec::is_empty).then(|| lang.all_still_in_the_way().to_owned()));
    view! { <ButtonLink label href kind=ButtonKind::Primary reason /> }
}

/// What a person must know besides how far it is.
pub(super) fn remarks(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let narrowing = Memo::new(move |_| scene.relation.with(|relation| left_out(relation.ours()?)));
    let taken_otherwise = move || {
        narrowing.get().map(|narrowing| {
            let names = |names: &[String]| names.join(lang.list_comma());
            let left_out = (!narrowing.left_out.is_empty()).then(|| lang.left_out_names(&names(&narrowing.left_out)));
            let unasked = (!narrowing.taken_unasked.is_empty())
                .then(|| lang.taken_unasked_names(&names(&narrowing.taken_unasked)));
            let body = [left_out, unasked].into_iter().flatten().collect::<Vec<_>>().join(lang.gap());
            view! { <Banner tone=Tone::Warn title=lang.taken_otherwise() body=Some(body) /> }
        })
    };
    let is_probable = Memo::new(move |_| scene.relation.with(|relation| matches!(relation, Relation::ProbablyOurs(_))));
    let probable = move || is_probable.get().then(|| view! { <Banner tone=Tone::Busy title=lang.probably_ours() /> });
    let is_endangered = Memo::new(move |_| scene.is_endangered());
    let endangered = move || {
        is_endangered.get().then(|| {
            let body = Some(lang.cancel_with_node_missing().to_owned());
            view! { <Banner tone=Tone::Warn title=lang.node_missing_now() body live=true /> }
        })
    };
    let fate = Memo::new(move |_| scene.fate());
    let canceling = move || {
        fate.get().map(|fate| {
            let tone = if fate == Fate::Awaited { Tone::Busy } else { Tone::Warn };
            let (title, body) = lang.cancel_fate(scene.kind, &fate);
            view! { <Banner tone title body=Some(body) live=true /> }
        })
    };
    (taken_otherwise, probable, endangered, canceling)
}

pub(super) fn cancel_dialog(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let id = scene.id();
    let connection = scene.connection();
    let dialog = Memo::new(move |_| scene.state.with(|state| state.dialog.clone()));
    let open = Signal::derive(move || dialog.with(|dialog| *dialog != Dialog::Closed));
    let working = Signal::derive(move || dialog.with(|dialog| *dialog == Dialog::Sending));
    let error = Signal::derive(move || {
        dialog.with(|dialog| match dialog {
            Dialog::Open(Some(trouble)) => Some(trouble_words(lang, trouble)),
            _ => None,
        })
    });
    let words = move || dialog.with(|dialog| words_behind(lang, dialog)).map(|words| server_error::behind(lang, words));
    // What forbids it may change while the question stands.
    let reason = Signal::derive(move || {
        let why = scene.may_cancel.get().err().filter(|_| !working.get());
        why.map(|why| lang.why_not_cancel(&why))
    });
    let (confirm, does, leaves) = match scene.kind {
        Kind::Create => (lang.cancel_backup_confirm(), lang.cancel_create_does(), lang.cancel_create_leaves()),
        Kind::Restore => (lang.cancel_restore_confirm(), lang.cancel_restore_does(), lang.cancel_restore_leaves()),
    };
    let name = RwSignal::new(id.clone());
    let label = RwSignal::new(lang.type_id_to_confirm(&id));
    let incomplete = RwSignal::new(lang.name_not_complete().to_owned());
    // A restore is cancelled without its id being compared: whoever does it names it.
    let typed = (scene.kind == Kind::Restore).then(|| TypedConfirmation {
        name: name.into(),
        label: label.into(),
        incomplete: incomplete.into(),
    });
    let environment = (colour(connection.environment), connection.name);
    let aside = move || {
        let (colour, name) = environment.clone();
        view! { <EnvironmentLabel colour name /> }
    };
    let (close, send) =
        (move |()| scene.send.run(Event::BackPressed), move |()| scene.send.run(Event::CancelConfirmed));
    let title = lang.cancel_title(&id);
    view! {
        <ConfirmDialog title open on_close=close confirm_label=confirm back_label=lang.go_back() on_confirm=send danger=true typed reason working error aside>
            <p>{does}</p>
            <p>{leaves}</p>
            {words}
        </ConfirmDialog>
    }
    .into_any()
}

fn trouble_words(lang: Lang, trouble: &Trouble) -> String {
    match trouble {
        Trouble::WhyNot(why) => lang.run_on(&[&lang.sentence(lang.why_not_cancel(why)), lang.cancel_not_sent()]),
        Trouble::NotLooked(error) => lang.run_on(&[&lang.told(None, error).in_one(lang), lang.cancel_not_sent()]),
        Trouble::Call(error) => {
            let arrived = if error.may_have_been_carried_out() { lang.cancel_may_have_arrived() } else { "" };
            lang.run_on(&[&lang.told(None, error).in_one(lang), arrived])
        }
    }
}

/// The server's own words, where the sentence of the trouble is not them.
fn words_behind(lang: Lang, dialog: &Dialog) -> Option<String> {
    match dialog {
        Dialog::Open(Some(Trouble::NotLooked(error) | Trouble::Call(error))) => lang.told(None, error).behind,
        _ => None,
    }
}
