//! How a status looks, everywhere the same: colour and icon for the server's word.

use weaviate_backups::domain::status::Status;

use crate::ui::{Glyph, Tone};

pub fn tone(status: &Status) -> Tone {
    match status {
        Status::Started | Status::Transferring | Status::Transferred | Status::Finalizing => Tone::Busy,
        Status::Success => Tone::Ok,
        Status::Failed => Tone::Danger,
        Status::Cancelling | Status::Canceled => Tone::Idle,
        Status::Unknown(_) => Tone::Unknown,
    }
}

pub fn glyph(status: &Status) -> Glyph {
    match status {
        Status::Started => Glyph::Started,
        Status::Transferring => Glyph::Transferring,
        Status::Transferred => Glyph::Transferred,
        Status::Finalizing => Glyph::Finalizing,
        Status::Cancelling => Glyph::Cancelling,
        Status::Success => Glyph::Ok,
        Status::Failed => Glyph::Failed,
        Status::Canceled => Glyph::Canceled,
        Status::Unknown(_) => Glyph::Unknown,
    }
}
