//! Points in time as the server writes them.

use thiserror::Error;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

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
        // Near its borders a year is another one in UTC, which may be none that can be held or written.
        let time = OffsetDateTime::parse(text, &Rfc3339).ok().and_then(|time| time.checked_to_offset(UtcOffset::UTC));
        time.and_then(Self::of).ok_or_else(|| TimestampError(text.chars().take(40).collect()))
    }

    /// Milliseconds since 1970, negative before. `None` when outside what the type can hold (years 0 to 9999).
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).ok().and_then(Self::of)
    }

    /// Only years of four digits have a form.
    fn of(time: OffsetDateTime) -> Option<Self> {
        (0..=9999).contains(&time.year()).then_some(Self(time))
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
    fn a_year_that_has_no_four_digits_in_utc_is_an_error_and_not_a_panic() {
        for text in ["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59"] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
        assert!(Timestamp::parse("9999-12-31T23:59:59Z").is_ok());
        assert_eq!(Timestamp::from_unix_millis(-63_000_000_000_000_000), None);
    }

    #[test]
    fn what_is_no_time_is_an_error_and_not_a_panic() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-08-20"] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }
}
