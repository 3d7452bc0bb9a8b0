//! The kit's own icons: one path each on a 16 px field, stroked in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows. The shapes of the states differ without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Circle with a check.
    Ok,
    /// Octagon with a cross: failed, blocking.
    Failed,
    /// Circle with a slash.
    Canceled,
    /// Empty circle: not reached yet.
    Waiting,
    /// Open circle. It turns where its tone is busy.
    Started,
    /// Arrow to a line.
    Transferring,
    /// Check on a line.
    Transferred,
    /// Lines filling, with a check.
    Finalizing,
    /// Dashed circle with a slash.
    Cancelling,
    /// Dashed circle with a question mark.
    Unknown,
    /// Triangle.
    Warn,
    /// Circle with an i.
    Info,
    Search,
    Down,
    Right,
    Left,
    UpDown,
    Dots,
    Copy,
    Again,
    Close,
    SortDown,
    SortUp,
    Filter,
    /// Arrow out of a box: opens in another tab.
    External,
}

impl Glyph {
    /// One path for the whole shape, so that an icon is two nodes. Lengths of .01 are dots: the line ends are round.
    const fn path(self) -> &'static str {
        match self {
            Self::Ok => "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM5.2 8.2l2 2 3.6-4.2",
            Self::Failed => "M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4l-3.65-3.65V5.4zM6 6l4 4m0-4l-4 4",
            Self::Canceled => "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM3.6 12.4l8.8-8.8",
            Self::Waiting => "M8 2.25a5.75 5.75 0 1 1 0 11.5 5.75 5.75 0 0 1 0-11.5z",
            Self::Started => "M8 1.75a6.25 6.25 0 1 1-6.25 6.25M2.88 4.41a6.25 6.25 0 0 1 1.53-1.53",
            Self::Transferring => "M8 1.75v8.5M4.5 6.75l3.5 3.5 3.5-3.5M2.75 13.75h10.5",
            Self::Transferred => "M4 6.75l3 3 5-6.5M2.75 13.75h10.5",
            Self::Finalizing => "M2 3.5h3.5M2 8h4.5M2 12.5h12M9 5.75l2 2 3.25-4.25",
            Self::Cancelling => {
                "M6.01 2.07A6.25 6.25 0 0 1 9.99 2.07M12.14 3.31A6.25 6.25 0 0 1 14.13 6.76M14.13 9.24A6.25 6.25 0 0 1 12.14 12.69\
                 M9.99 13.93A6.25 6.25 0 0 1 6.01 13.93M3.86 12.69A6.25 6.25 0 0 1 1.87 9.24M1.87 6.76A6.25 6.25 0 0 1 3.86 3.31\
                 M4.5 11.5l7-7"
            }
            Self::Unknown => {
                "M6.01 2.07A6.25 6.25 0 0 1 9.99 2.07M12.14 3.31A6.25 6.25 0 0 1 14.13 6.76M14.13 9.24A6.25 6.25 0 0 1 12.14 12.69\
                 M9.99 13.93A6.25 6.25 0 0 1 6.01 13.93M3.86 12.69A6.25 6.25 0 0 1 1.87 9.24M1.87 6.76A6.25 6.25 0 0 1 3.86 3.31\
                 M6.4 6.5a1.65 1.65 0 1 1 2.45 1.44c-.55.3-.85.6-.85 1.16M8 11.25v.01"
            }
            Self::Warn => "M8 2.1l6.4 11.4H1.6zM8 6.4v3M8 11.5v.01",
            Self::Info => "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM8 7.6v3.5M8 4.9v.01",
            Self::Search => "M7 2.25a4.75 4.75 0 1 1 0 9.5 4.75 4.75 0 0 1 0-9.5zM10.5 10.5L14 14",
            Self::Down => "M4 6l4 4 4-4",
            Self::Right => "M6 4l4 4-4 4",
            Self::Left => "M10 4L6 8l4 4",
            Self::UpDown => "M5 6l3-3 3 3M5 10l3 3 3-3",
            Self::Dots => "M3 8h.01M8 8h.01M13 8h.01",
            Self::Copy => {
                "M6.75 5.75h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM3.25 10.25a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1"
            }
            Self::Again => "M13.5 8A5.5 5.5 0 1 1 8 2.5c1.8 0 3.4.9 4.4 2.2L13.5 6M13.5 2.5V6H10",
            Self::Close => "M4 4l8 8m0-8l-8 8",
            Self::SortDown => "M8 3v10M4.5 9.5L8 13l3.5-3.5",
            Self::SortUp => "M8 13V3M4.5 6.5L8 3l3.5 3.5",
            Self::Filter => "M2.5 4.5h11M4.5 8h7M6.5 11.5h3",
            Self::External => {
                "M9.5 2.75h3.75V6.5M13 3L7.5 8.5M11.25 9.5v2.75a1 1 0 0 1-1 1h-6.5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1H6.5"
            }
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Started => "icon icon-turn",
            Self::Dots => "icon icon-dots",
            _ => "icon",
        }
    }
}

/// An icon, 16 px, hidden from assistive technology: the word beside it, or the label of its control, says the same.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class=glyph.class() viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
}
