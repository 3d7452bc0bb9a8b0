//! The settings. They have no state of their own: what is chosen is the console's.

use leptos::prelude::*;

use crate::app::context::Reader;
use crate::app::pages::Page;
use crate::app::preferences::Preferences;
use crate::i18n::Lang;
use crate::theme::Theme;
use crate::ui::{Button, ButtonKind, ConfirmDialog, Note, Panel, Select, SelectOption};

const LANGS: [Option<Lang>; 3] = [None, Some(Lang::En), Some(Lang::Zh)];

fn lang_value(lang: Option<Lang>) -> &'static str {
    lang.map_or("", Lang::tag)
}

fn theme_value(theme: Theme) -> &'static str {
    theme.attribute().unwrap_or_default()
}

/// `choose` keeps preferences, `forget` forgets everything; `forgotten` says that it did.
pub fn page(
    preferences: Signal<Preferences>,
    choose: Callback<Preferences>,
    forget: Callback<()>,
    forgotten: Signal<bool>,
) -> Page {
    let reader = Reader::of_view();
    let lang = reader.lang;
    let asking = RwSignal::new(false);
    let langs = LANGS.map(|of| SelectOption::new(lang_value(of), lang.language_choice(of))).to_vec();
    let themes = Theme::ALL.map(|theme| SelectOption::new(theme_value(theme), lang.theme_choice(theme))).to_vec();
    let choose_lang = move |value: String| {
        let lang = LANGS.into_iter().find(|&lang| lang_value(lang) == value).flatten();
        choose.run(Preferences { lang, ..preferences.get_untracked() });
    };
    let choose_theme = move |value: String| {
        let theme = Theme::ALL.into_iter().find(|&theme| theme_value(theme) == value).unwrap_or_default();
        choose.run(Preferences { theme, ..preferences.get_untracked() });
    };
    let confirm = move |()| {
        asking.set(false);
        forget.run(());
    };
    let body = view! {
        <div class="settings">
            <Panel title=lang.look_and_language()>
                <div class="fields">
                    <Select
                        label=lang.language()
                        options=langs
                        chosen=Signal::derive(move || lang_value(preferences.get().lang).to_owned())
                        on_choose=choose_lang
                    />
                    <Select
                        label=lang.theme()
                        options=themes
                        chosen=Signal::derive(move || theme_value(preferences.get().theme).to_owned())
                        on_choose=choose_theme
                    />
                </div>
            </Panel>
            <Panel title=lang.kept_here()>
                <p>{lang.kept_here_what()}</p>
                <div class="form-actions">
                    <Button label=lang.forget_everything_ask() kind=ButtonKind::Danger on_press=move |()| asking.set(true) />
                </div>
                {move || forgotten.get().then(|| view! { <div role="status"><Note>{lang.forgotten()}</Note></div> })}
            </Panel>
            <Panel title=lang.about()>
                <p>{format!("{} {}", lang.product(), env!("CARGO_PKG_VERSION"))}</p>
                <p class="quiet">{lang.licence()}</p>
            </Panel>
        </div>
        <ConfirmDialog
            title=lang.forget_everything_title()
            open=asking
            on_close=move |()| asking.set(false)
            confirm_label=lang.forget_everything()
            back_label=lang.go_back()
            on_confirm=confirm
            danger=true
        >
            <p>{lang.forget_everything_does()}</p>
        </ConfirmDialog>
    }
    .into_any();
    Page::titled(lang.settings(), body)
}
