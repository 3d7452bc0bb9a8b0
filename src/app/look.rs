//! What a status looks like: the same everywhere.

use weaviate_backups::domain::status::Status;

use crate::ui::{Glyph, Tone};

/// Tone and icon of a status; the word beside them is `Lang::status_word`.
pub fn of_status(status: &Status) -> (Tone, Glyph) {
    match status {
        Status::Started => (Tone::Busy, Glyph::Started),
        Status::Transferring => (Tone::Busy, Glyph::Transferring),
        Status::Transferred => (Tone::Busy, Glyph::Transferred),
        Status::Finalizing => (Tone::Busy, Glyph::Finalizing),
        Status::Cancelling => (Tone::Idle, Glyph::Cancelling),
        Status::Success => (Tone::Ok, Glyph::Ok),
        Status::Failed => (Tone::Danger, Glyph::Failed),
        Status::Canceled => (Tone::Idle, Glyph::Canceled),
        Status::Unknown(_) => (Tone::Unknown, Glyph::Unknown),
    }
}
