//! The tone of a state, and the environment colour of a connection.

use super::Glyph;

/// What a state means to the person looking at it. It decides colour and, unless told otherwise, the icon: never one without the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Finished well.
    Ok,
    /// Under way.
    Busy,
    /// Wants a look.
    Warn,
    /// Failed, or in the way.
    Danger,
    /// Over, or not known to be current: canceled, stale, not reached.
    #[default]
    Idle,
    /// A word this console does not know. Coloured as a warning, written as it came.
    Unknown,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Ok => "tone-ok",
            Self::Busy => "tone-busy",
            Self::Warn => "tone-warn",
            Self::Danger => "tone-danger",
            Self::Idle => "tone-idle",
            Self::Unknown => "tone-unknown",
        }
    }

    /// The icon a state of this tone has when it has none of its own.
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Ok => Glyph::Ok,
            Self::Busy => Glyph::Started,
            Self::Warn => Glyph::Warn,
            Self::Danger => Glyph::Failed,
            Self::Idle => Glyph::Canceled,
            Self::Unknown => Glyph::Unknown,
        }
    }
}

/// The colour a user gives a connection, so that nobody restores into production by mistake. Set it as `data-env=colour.name()` on the
/// console's root (the rail's stripe), on a `.env-square` or on a `.env-label`; everything below reads `--env`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EnvironmentColour {
    Rose,
    Olive,
    Slate,
    /// No connection, or none chosen.
    #[default]
    None,
}

impl EnvironmentColour {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rose => "rose",
            Self::Olive => "olive",
            Self::Slate => "slate",
            Self::None => "none",
        }
    }
}
