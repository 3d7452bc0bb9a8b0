//! How long to wait before asking again a server that gave no usable answer.

use super::clock::Millis;

/// Waits that double from 2 s to 30 s, each moved by up to a quarter to either side, so that many pages that lost one
/// server do not come back at the same moment. The jitter comes from a seed that is handed in.
#[derive(Clone, Debug)]
pub struct Backoff {
    base: Millis,
    state: u64,
}

/// One wait: the base, for showing and testing, and the jittered value that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    pub base: Millis,
    pub jittered: Millis,
}

pub const FIRST: Millis = Millis::from_secs(2);
pub const LONGEST: Millis = Millis::from_secs(30);

impl Backoff {
    pub fn new(seed: u64) -> Self {
        Self { base: FIRST, state: seed }
    }

    /// Back to the first wait. The jitter goes on where it was.
    pub fn reset(&mut self) {
        self.base = FIRST;
    }

    /// The next wait.
    pub fn next_delay(&mut self) -> Delay {
        let base = self.base;
        self.base = Millis(base.0.saturating_mul(2)).min(LONGEST);
        self.jittered(base)
    }

    /// A wait of a given base with this generator's jitter; the doubling does not notice.
    pub fn jittered(&mut self, base: Millis) -> Delay {
        // 750 to 1250 thousandths.
        let parts = 750 + self.random() % 501;
        Delay { base, jittered: base.permille(parts) }
    }

    /// `SplitMix64`: a whole period from any seed, in a few lines.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_start_again_after_a_reset() {
        let mut backoff = Backoff::new(1);
        let bases: Vec<u64> = (0..6).map(|_| backoff.next_delay().base.0).collect();
        assert_eq!(bases, [2000, 4000, 8000, 16_000, 30_000, 30_000]);
        backoff.reset();
        assert_eq!(backoff.next_delay().base, FIRST);
    }

    #[test]
    fn the_jitter_stays_within_a_quarter_and_uses_both_sides() {
        let mut backoff = Backoff::new(7);
        let waits: Vec<u64> = (0..1000).map(|_| backoff.jittered(Millis(1000)).jittered.0).collect();
        assert!(waits.iter().all(|wait| (750..=1250).contains(wait)));
        assert!(waits.iter().any(|&wait| wait < 800) && waits.iter().any(|&wait| wait > 1200));
    }

    #[test]
    fn the_generator_gives_the_published_numbers_of_splitmix64() {
        let mut backoff = Backoff::new(1_234_567);
        let numbers = [(); 3].map(|()| backoff.random());
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn equal_seeds_give_equal_waits_and_others_differ() {
        let waits = |seed| {
            let mut backoff = Backoff::new(seed);
            (0..8).map(|_| backoff.next_delay().jittered.0).collect::<Vec<_>>()
        };
        assert_eq!(waits(3), waits(3));
        assert_ne!(waits(3), waits(4));
    }
}
