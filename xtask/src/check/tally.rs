//! How many tests a runner says it ran.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// One check that passed.
    pub(super) const ONE: Self = Self { passed: 1, failed: 0 };

    /// The sum of the closing lines in `output`: those of cargo's test runners (`test result: ok. 3 passed; 0 failed; ...`) and the plain
    /// `3 passed, 0 failed`. A runner that failed without counting a failure, or that ran nothing, counts as one failure: silence is not
    /// success.
    pub(super) fn of(output: &str, success: bool) -> Self {
        let mut sum = Self::default();
        for tally in output.lines().filter_map(closing_line) {
            sum += tally;
        }
        if sum.failed == 0 && (!success || sum.passed == 0) {
            sum.failed = 1;
        }
        sum
    }
}

fn closing_line(line: &str) -> Option<Tally> {
    let line = line.trim();
    let counts = line.strip_prefix("test result: ").map_or(Some(line), |rest| Some(rest.split_once(". ")?.1))?;
    let mut counts = counts.split([',', ';']).map(str::trim);
    let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some(Tally { passed, failed })
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn the_closing_lines_of_all_runners_are_summed() {
        let output = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
                      noise: 3 passed, 4 failed\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 filtered out\n  5 passed, 0 failed\n";
        assert_eq!(Tally::of(output, false), Tally { passed: 18, failed: 2 });
    }

    #[test]
    fn a_runner_that_died_or_ran_nothing_counts_as_a_failure() {
        assert_eq!(Tally::of("error: could not compile", false), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally::of("test result: ok. 0 passed; 0 failed; 0 ignored", true), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally::of("3 passed, 0 failed", false), Tally { passed: 3, failed: 1 });
    }
}
