//! What the form can offer, by what the server's version has, and how it stands.

use weaviate_backups::domain::backend::{has_buckets, place_in_words};
use weaviate_backups::domain::capability::{Feature, supports};
use weaviate_backups::domain::compression::{CompressionFamily, CompressionLevel};
use weaviate_backups::domain::location::Location;
use weaviate_backups::domain::version::Version;
use weaviate_backups::preflight::finding::{Finding, Severity};

use super::model::Create;

impl Create {
    /// The first version that takes a bucket and a path, when this server does not.
    pub fn location_needs(&self) -> Option<Version> {
        supports(self.server.version(), Feature::Location).err()
    }

    /// Whether a bucket can be named for the chosen backend.
    pub fn has_buckets(&self) -> bool {
        has_buckets(&self.form.backend)
    }

    /// Whether another bucket or path is being asked for.
    pub fn is_elsewhere(&self) -> bool {
        self.form.elsewhere && self.location_needs().is_none()
    }

    /// What is asked for beside the backend's own place; a bucket only where the backend has one.
    pub fn location(&self) -> Location {
        if !self.is_elsewhere() {
            return Location::default();
        }
        Location::new(if self.has_buckets() { &self.form.bucket } else { "" }, &self.form.path)
    }

    /// The place it goes to, without its id.
    pub fn place(&self) -> String {
        place_in_words(self.server.backends(), &self.form.backend, &self.location())
    }

    /// The backend's name, or, for another place than its own, that.
    pub fn place_word(&self) -> String {
        if self.location().is_default() { self.form.backend.clone() } else { self.place() }
    }

    /// The first version that has the zstd levels and `NoCompression`, when this server has not.
    pub fn zstd_needs(&self) -> Option<Version> {
        supports(self.server.version(), Feature::ZstdCompression).err()
    }

    /// Whether this server has a level.
    pub fn offers(&self, level: CompressionLevel) -> bool {
        level.family() == CompressionFamily::Gzip || self.zstd_needs().is_none()
    }

    /// The chosen level; `None` for the server's default. A level that this server lacks, as a draft of before a change
    /// of servers may name, is not chosen.
    pub fn compression(&self) -> Option<CompressionLevel> {
        CompressionLevel::parse(&self.form.compression).filter(|level| self.offers(*level))
    }

    /// The first version whose backups hold the data of inactive tenants, when this server's do not.
    pub fn inactive_tenants_since(&self) -> Option<Version> {
        supports(self.server.version(), Feature::InactiveTenants).err()
    }

    /// How many warnings it would be sent with; `None` while it cannot be sent.
    pub fn ready(&self) -> Option<usize> {
        let is_warning = |found: &&Finding| found.severity == Severity::Warning;
        self.why_not().is_none().then(|| self.report().findings().iter().filter(is_warning).count())
    }
}
