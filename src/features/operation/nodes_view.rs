//! The nodes of the cluster, and those that are missing.

use leptos::prelude::*;

use super::model::Event;
use super::scene::Scene;
use crate::app::server_error;
use crate::i18n::ago;
use crate::i18n::catalogue::Told;
use crate::ui::{Button, Panel, StatusMark, Tone};

pub(super) fn nodes(scene: Scene) -> impl IntoView {
    let lang = scene.reader.lang;
    let nodes = Memo::new(move |_| scene.server.with(|server| server.nodes.get().cloned()));
    let missing = Memo::new(move |_| {
        scene.server.with(|server| server.missing_nodes().into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    let asked_at = Memo::new(move |_| scene.server.with(|server| server.nodes.value.as_ref().map(|(_, at)| *at)));
    let asked = move || {
        let text = move || asked_at.get().map(|at| lang.nodes_asked_ago(&ago(lang, scene.now.get() - at)));
        view! { <span class="quiet small num" data-clock>{text}</span> }
    };
    let failed = Memo::new(move |_| scene.server.with(|server| server.nodes.error.clone()));
    let not_read = move || {
        let error = failed.get().filter(|_| asked_at.get().is_some())?;
        let told = lang.told(Some(lang.nodes_not_read_again()), &error);
        Some(view! { <div class="list-row quiet"><div>{server_error::text(lang, told)}</div></div> })
    };
    let leader = Memo::new(move |_| scene.server.with(|server| server.leader_of_several().map(str::to_owned)));
    let row = move |name: String, tone: Tone, word: String, last: AnyView| {
        let leads = leader.with(|leader| leader.as_ref() == Some(&name));
        let leads = leads.then(|| view! { " "<span class="quiet small">{lang.leader()}</span> });
        view! {
            <li class="list-row node">
                <span><span class="mono">{name}</span>{leads}</span>
                <StatusMark tone word quiet={tone == Tone::Ok} />
                {last}
            </li>
        }
    };
    let rows = move || {
        let Some(nodes) = nodes.get() else {
            let told = scene.server.with(|server| server.nodes.error.as_ref().map(|error| lang.told(None, error)));
            let told = told.unwrap_or_else(|| Told::plain(lang.nodes_not_asked()));
            return view! { <div class="list-row quiet"><div>{server_error::text(lang, told)}</div></div> }.into_any();
        };
        let there = nodes.into_iter().map(|node| {
            let tone = if node.is_healthy() { Tone::Ok } else { Tone::Danger };
            let version = view! { <span class="mono quiet">{node.version}</span> }.into_any();
            row(node.name, tone, lang.node_status(&node.status), version)
        });
        let gone = missing.get().into_iter().map(|name| {
            let forgotten = name.clone();
            let press = move |()| scene.send.run(Event::ForgetNodePressed(forgotten.clone()));
            let full_name = Some(lang.forget_nodes(std::slice::from_ref(&name)));
            let forget = view! { <Button label=lang.forget_node() full_name small=true on_press=press /> }.into_any();
            row(name, Tone::Danger, lang.node_missing().to_owned(), forget)
        });
        view! { <ul class="list">{there.chain(gone).collect_view()}</ul> }.into_any()
    };
    view! { <Panel title=lang.nodes() flush=true action=asked>{not_read}{rows}</Panel> }
}
