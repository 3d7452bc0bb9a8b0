//! Times, as they are handed in.

use std::ops::{Add, Sub};

use crate::api::json::{Json, Shape, Value};

/// A point of a monotonic clock, in milliseconds since a moment that its owner chose (a page: its own start).
///
/// Signed, because an operation may have been posted before this page was loaded. Every schedule uses only this: a wall
/// clock may jump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A duration in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

/// A point of the wall clock of this machine, in milliseconds since 1970. For showing, keeping, and comparing with a
/// tolerance; never for a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallMillis(pub i64);

impl Instant {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// How long after `earlier` this is; zero when it is not after.
    pub fn since(self, earlier: Self) -> Millis {
        Millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Millis {
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    #[must_use]
    pub fn permille(self, parts: u64) -> Self {
        Self(self.0.saturating_mul(parts) / 1000)
    }

    fn signed(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }
}

impl Json for WallMillis {
    fn from_json(value: Value) -> Result<Self, Shape> {
        i64::from_json(value).map(Self)
    }

    fn to_json(&self) -> Value {
        self.0.to_json()
    }
}

impl WallMillis {
    /// How long after `earlier` this is; zero when it is not after, as happens when the clock was set back.
    pub fn since(self, earlier: Self) -> Millis {
        Millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Millis> for Instant {
    type Output = Self;
    fn add(self, duration: Millis) -> Self {
        Self(self.0.saturating_add(duration.signed()))
    }
}

impl Sub<Millis> for Instant {
    type Output = Self;
    fn sub(self, duration: Millis) -> Self {
        Self(self.0.saturating_sub(duration.signed()))
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
