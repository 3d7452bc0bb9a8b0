//! What is known about progress, and what stands where data will come.

use leptos::prelude::*;

/// More cells than this are narrower than the gap between them; the bar then shows the same shares undivided.
const MOST_CELLS: u32 = 120;

/// One cell per thing counted: a fact, drawn. The sentence that says it stands below, by the caller.
#[component]
pub fn Cells(
    /// What the picture says: "23 of 60 collections in place".
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] total: Signal<u32>,
    #[prop(into)] done: Signal<u32>,
    #[prop(optional, into)] failed: Signal<u32>,
    /// It has ended: the done cells are good, not under way.
    #[prop(optional, into)]
    ended: Signal<bool>,
) -> impl IntoView {
    let parts = move || {
        let total = total.get();
        let done = done.get().min(total);
        let failed = failed.get().min(total - done);
        [("cell cell-done", done), ("cell cell-failed", failed), ("cell", total - done - failed)]
    };
    let cells = move || {
        if total.get() > MOST_CELLS {
            let bar = |(class, share): (&'static str, u32)| {
                (share > 0).then(|| view! { <span class=class style:flex-grow=share.to_string()></span> })
            };
            parts().into_iter().filter_map(bar).collect_view().into_any()
        } else {
            let cell =
                |(class, count): (&'static str, u32)| (0..count).map(move |_| view! { <span class=class></span> });
            parts().into_iter().flat_map(cell).collect_view().into_any()
        }
    };
    view! {
        <div
            class="cells"
            class:cells-ended=ended
            class:cells-whole=move || { total.get() > MOST_CELLS }
            role="img"
            aria-label=label
        >
            {cells}
        </div>
    }
    .into_any()
}

/// A bar that says "alive" and nothing else. It never fills.
#[component]
pub fn IndeterminateBar(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// Contact is lost, or watching is paused: it stands still.
    #[prop(optional, into)]
    still: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="bar" class:bar-still=still role="progressbar" aria-label=label>
            <span class="bar-run"></span>
        </div>
    }
    .into_any()
}

/// Rows of the height of what comes. They appear after 300 ms. The classes of `cells` are the columns', so that widths agree.
#[component]
pub fn SkeletonRows(
    /// Said once to assistive technology.
    #[prop(into)]
    label: Signal<String>,
    #[prop(default = 3)] rows: usize,
    #[prop(default = 4)] columns: usize,
) -> impl IntoView {
    let row = move |_| {
        let cell = |_| view! { <span class="skeleton-cell"><span class="skeleton"></span></span> };
        view! { <div class="skeleton-row" aria-hidden="true">{(0..columns).map(cell).collect_view()}</div> }
    };
    view! {
        <div class="skeleton-rows" role="status">
            <span class="visually-hidden">{label}</span>
            {(0..rows).map(row).collect_view()}
        </div>
    }
    .into_any()
}
