//! Tables are native ones, laid out as grids (`style/ui/table.css` has the classes); the kit adds the header that sorts.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The order of the rows, where a column decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    Ascending,
    Descending,
}

/// A column's header that sorts by it when pressed.
#[component]
pub fn SortHeader(
    #[prop(into)] label: Signal<String>,
    /// `None` while another column decides.
    #[prop(into)]
    order: Signal<Option<SortOrder>>,
    #[prop(into)] on_press: Callback<()>,
    /// For columns of numbers.
    #[prop(optional)]
    end: bool,
    /// The column's class, so that a narrow page can leave the column out.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let aria_sort = move || match order.get() {
        Some(SortOrder::Ascending) => "ascending",
        Some(SortOrder::Descending) => "descending",
        None => "none",
    };
    let icon = move || {
        order.get().map(|order| {
            let glyph = if order == SortOrder::Ascending { Glyph::SortUp } else { Glyph::SortDown };
            view! { <Icon glyph /> }
        })
    };
    view! {
        <th role="columnheader" scope="col" class=format!("{class}{}", if end { " end" } else { "" }) aria-sort=aria_sort>
            <button type="button" class="sort" on:click=move |_| on_press.run(())>
                <span>{label}</span>
                {icon}
            </button>
        </th>
    }
    .into_any()
}
