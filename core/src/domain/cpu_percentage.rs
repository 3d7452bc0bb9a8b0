//! The share of the processors an operation may use.

use thiserror::Error;

/// 1 to 80 percent of each node's processors; the server takes 50 when none is sent. Source: behaviour notes 0.3. It
/// takes a sent 0 for "not set", so 0 is refused here rather than silently made 50.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CpuPercentage(u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CpuPercentageError {
    #[error("the percentage is no whole number")]
    NotANumber,
    #[error("the percentage is below 1")]
    TooLow,
    #[error("the percentage is over 80")]
    TooHigh,
}

impl CpuPercentage {
    pub const MIN: u8 = 1;
    pub const MAX: u8 = 80;
    /// What the server uses when nothing is sent.
    pub const SERVER_DEFAULT: u8 = 50;

    /// `Ok(None)` for an empty field: nothing is sent.
    pub fn parse(text: &str) -> Result<Option<Self>, CpuPercentageError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CpuPercentageError::NotANumber);
        }
        // More digits than an i64 holds are still a number, and too high or too low.
        let out_of_range = if text.starts_with('-') { i64::MIN } else { i64::MAX };
        Self::try_from(text.parse().unwrap_or(out_of_range)).map(Some)
    }

    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for CpuPercentage {
    type Error = CpuPercentageError;
    fn try_from(value: i64) -> Result<Self, CpuPercentageError> {
        if value < i64::from(Self::MIN) {
            return Err(CpuPercentageError::TooLow);
        }
        match u8::try_from(value) {
            Ok(percent) if percent <= Self::MAX => Ok(Self(percent)),
            _ => Err(CpuPercentageError::TooHigh),
        }
    }
}

impl From<CpuPercentage> for i64 {
    fn from(percentage: CpuPercentage) -> Self {
        Self::from(percentage.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_eighty_pass_and_the_neighbours_do_not() {
        assert_eq!(CpuPercentage::parse(" 1 ").map(|cpu| cpu.map(CpuPercentage::get)), Ok(Some(1)));
        assert_eq!(CpuPercentage::parse("80").map(|cpu| cpu.map(CpuPercentage::get)), Ok(Some(80)));
        assert_eq!(CpuPercentage::parse("0"), Err(CpuPercentageError::TooLow));
        assert_eq!(CpuPercentage::parse("-3"), Err(CpuPercentageError::TooLow));
        assert_eq!(CpuPercentage::parse("81"), Err(CpuPercentageError::TooHigh));
        assert_eq!(CpuPercentage::parse("99999999999999999999"), Err(CpuPercentageError::TooHigh));
    }

    #[test]
    fn the_number_that_is_sent_is_the_one_that_was_read() {
        assert_eq!(CpuPercentage::parse("42").map(|cpu| cpu.map(i64::from)), Ok(Some(42)));
    }

    #[test]
    fn an_empty_field_sends_nothing_and_a_fraction_is_refused() {
        assert_eq!(CpuPercentage::parse("  "), Ok(None));
        for text in ["1.5", "fifty", "+5", "-", "５０"] {
            assert_eq!(CpuPercentage::parse(text), Err(CpuPercentageError::NotANumber), "{text}");
        }
    }
}
