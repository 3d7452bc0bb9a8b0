//! Points in time as the server writes them.

use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time of a server's answer, in UTC.
///
/// The server writes "has not happened" as year 1 rather than leaving it out (behaviour notes 1.2): ask
/// [`Timestamp::happened`] before showing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no RFC 3339 time: {0:?}")]
pub struct TimestampError(String);

impl Timestamp {
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|time| Self(time.to_offset(time::UtcOffset::UTC)))
            .map_err(|_| TimestampError(text.chars().take(40).collect()))
    }

    /// Milliseconds since 1970, negative before. `None` when outside what the type can hold (year 9999).
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).ok().map(Self)
    }

    /// Milliseconds since 1970, negative before.
    pub fn unix_millis(self) -> i64 {
        self.0.unix_timestamp() * 1000 + i64::from(self.0.millisecond())
    }

    /// `None` for the server's zero time (year 1), which means "not finished" or "not started".
    pub fn happened(self) -> Option<Self> {
        (self.0.year() > 1).then_some(self)
    }
}

impl From<Timestamp> for String {
    /// As the server writes it: UTC, milliseconds, `Z`.
    fn from(timestamp: Timestamp) -> Self {
        let time = timestamp.0;
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            time.year(),
            u8::from(time.month()),
            time.day(),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_form_is_read_and_written_alike() {
        for text in ["2026-08-20T17:25:14.123Z", "0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.250Z"] {
            assert_eq!(Timestamp::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn year_one_has_not_happened() {
        let happened = |text: &str| Timestamp::parse(text).unwrap().happened().is_some();
        assert!(!happened("0001-01-01T00:00:00.000Z"));
        assert!(happened("2026-08-20T17:25:14.123Z"));
    }

    #[test]
    fn milliseconds_go_both_ways() {
        let millis = 1_787_246_714_123;
        assert_eq!(Timestamp::from_unix_millis(millis).map(Timestamp::unix_millis), Some(millis));
        assert_eq!(Timestamp::from_unix_millis(-250).map(Timestamp::unix_millis), Some(-250));
    }

    #[test]
    fn what_is_no_time_is_an_error_and_not_a_panic() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-08-20"] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }
}
