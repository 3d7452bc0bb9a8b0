//! Time.

use gloo_timers::callback::Timeout;

/// Milliseconds since 1970. May jump when the machine's clock is set.
pub fn wall_now() -> i64 {
    // A date is far below 2^53, so the number is whole.
    #[expect(clippy::cast_possible_truncation)]
    let millis = js_sys::Date::now() as i64;
    millis
}

/// Milliseconds since the page was opened. Never jumps and never goes back.
pub fn monotonic_now() -> u64 {
    let Some(performance) = web_sys::window().and_then(|window| window.performance()) else { return 0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let millis = performance.now() as u64;
    millis
}

/// A call in the future. Dropping it takes it back.
#[must_use = "dropping the timer takes the call back"]
pub struct Timer(#[expect(dead_code, reason = "its drop is what it is for")] Timeout);

/// Browsers keep the delay in 31 bits and call at once when it is larger.
const LONGEST_MILLIS: u64 = 0x7fff_ffff;

impl Timer {
    pub fn after(millis: u64, call: impl FnOnce() + 'static) -> Self {
        let millis = u32::try_from(millis.min(LONGEST_MILLIS)).unwrap_or(u32::MAX >> 1);
        Self(Timeout::new(millis, call))
    }
}
