//! What depends on the reader's language and zone, implemented by the browser's `Intl`.

/// Formats of numbers and points in time in one language. Times are milliseconds since 1970.
pub trait Formats {
    /// With the grouping of the language: `412,806`.
    fn integer(&self, number: u64) -> String;
    /// With exactly `digits` decimals, three at most.
    fn decimal(&self, number: f64, digits: u8) -> String;
    /// Date, time of day and zone, for where only the absolute time will do.
    fn date_time(&self, wall_millis: i64) -> String;
    /// Hours, minutes and seconds of the reader's zone.
    fn time_of_day(&self, wall_millis: i64) -> String;
}
