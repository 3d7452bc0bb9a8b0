//! The kit: controls and displays on native elements. It knows nothing of Weaviate, of routes or of languages: words come in as props, and
//! every control requires a label.
//!
//! Labels and other words of controls are signals (a `&str`, a `String`, a signal or a closure will do); displays that stand in long lists
//! ([`StatusMark`], [`Chip`], [`Icon`]) take plain values and are wrapped in a closure where they change. What looks how is in `style/`,
//! one sheet per part.

mod announce;
mod banner;
mod button;
mod choice;
mod code;
mod dialog;
mod disclosure;
mod field;
mod finding;
mod form;
mod icon;
mod panel;
mod progress;
mod segmented;
mod select;
mod status;
mod stepper;
mod table;
mod tabs;
mod text;
mod time;
mod tone;

pub use announce::{Announcer, LiveRegion, Notice};
pub use banner::Banner;
pub use button::{Button, ButtonKind, ButtonLink, IconButton};
pub use choice::{Checkbox, RadioGroup, RadioOption};
pub use code::{CodeBlock, select_contents};
pub use dialog::{ConfirmDialog, Dialog, TypedConfirmation};
pub use disclosure::Disclosure;
pub use field::{NumberField, SecretField, TextField};
pub use finding::{Finding, FindingGroup};
pub use form::{Form, Search};
pub use icon::{Glyph, Icon};
pub use panel::{EmptyState, Fact, Facts, Panel, PanelSection};
pub use progress::{Cells, IndeterminateBar, SkeletonRows};
pub use segmented::{Segment, Segmented};
pub use select::{Select, SelectOption};
pub use status::{Chip, EnvironmentLabel, EnvironmentSquare, StatusMark, Tag};
pub use stepper::{Phase, PhaseState, Step, Stepper, Steps};
pub use table::{SortHeader, SortOrder};
pub use tabs::{Tab, Tabs};
pub use text::{KeyHint, Note, Sentence};
pub use time::RelativeTime;
pub use tone::{EnvironmentColour, Tone};

use std::sync::atomic::{AtomicUsize, Ordering};

/// An id for `for`, `aria-describedby` and the like, unique in this program: several consoles may stand in one document.
pub fn unique_id(prefix: &str) -> String {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    format!("{prefix}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
